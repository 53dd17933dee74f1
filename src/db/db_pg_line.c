/* db_pg.h: the line to a PostgreSQL server and what it says when something fails.
 *
 * Nothing waits for ever: an answer that does not come in time is a lost line, and the next call makes a new one. Words for the log are the
 * SQLSTATE and names of the schema, never the server's detail, which quotes values. */
#include "db/db_pg.h"

#include "base/num.h"
#include "base/tm.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>

/* ---- what a statement answers is an error of ours */

static bool state_is(const char *state, const char *begins)
{
    return state && strncmp(state, begins, strlen(begins)) == 0;
}

static enum err err_of(const struct pg *p, const char *state)
{
    static const struct {
        const char *state;
        enum err e;
    } list[] = {
        {"23505", ERR_CONFLICT}, {"23503", ERR_CONFLICT}, {"23P01", ERR_CONFLICT}, {"40", ERR_BUSY},      {"55P03", ERR_BUSY},
        {"57014", ERR_BUSY},     {"57P", ERR_BUSY},       {"08", ERR_BUSY},        {"53300", ERR_BUSY},   {"53100", ERR_FULL},
        {"58030", ERR_FULL},     {"54", ERR_LIMIT},       {"26000", ERR_BUSY},     {"42P05", ERR_BUSY},   {"0A000", ERR_BUSY},
        {"25P03", ERR_BUSY},
    };
    if (state_is(state, "25006")) /* a standby that was the primary until now; or a reader that writes, which is our fault */
        return p->db.mode == DB_WRITE ? ERR_BUSY : ERR_INTERNAL;
    for (size_t i = 0; i < COUNT(list); i++)
        if (state_is(state, list[i].state))
            return list[i].e;
    return ERR_INTERNAL;
}

/* The transaction cannot be saved by going back to a savepoint. */
static bool dooms(const char *state)
{
    return state_is(state, "40") || state_is(state, "57P") || state_is(state, "08") || state_is(state, "25006") || state_is(state, "25P03");
}

/* Of what the server says only what holds no value: syntax errors name tables and columns. */
static enum err fail_result(struct pg *p, const PGresult *r, const char *what)
{
    char why[DB_WHY_MAX];
    const char *state = PQresultErrorField(r, PG_DIAG_SQLSTATE), *rule = PQresultErrorField(r, PG_DIAG_CONSTRAINT_NAME);
    const char *words = state_is(state, "42") || state_is(state, "57") || state_is(state, "28") || state_is(state, "3D") ||
                                state_is(state, "53")
                            ? PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY)
                            : rule;
    snprintf(why, sizeof why, "%s%s%s", state ? state : "no state", words ? " " : "", words ? words : "");
    if (dooms(state))
        p->doomed = true;
    if (state_is(state, "26000") || state_is(state, "42P05") || state_is(state, "0A000"))
        p->forget = true; /* what is prepared there is not what we think: a pooler, or a changed table */
    if (!state || (state_is(state, "25006") && p->db.mode == DB_WRITE))
        p->hang_up = true; /* no code: libpq had no memory for the answer, and nothing on this line can be relied on */
    return db_fail(&p->db, err_of(p, state), what, why);
}

/* ---- the line */

void pg_hang_up(struct pg *p)
{
    if (p->c)
        PQfinish(p->c);
    p->c = NULL;
    p->doomed = p->db.in_tx;
    p->forget = p->hang_up = false;
    p->n_streams = 0;
    for (size_t i = 0; i < p->n_stmt; i++)
        p->stmt[i].n_made = 0;
}

static enum err line_lost(struct pg *p, const char *what, const char *why)
{
    pg_hang_up(p);
    return db_fail(&p->db, ERR_BUSY, what, why);
}

/* False: time is up. */
static bool wait_for(int fd, short events, int64_t until)
{
    for (;;) {
        int64_t left = until - tm_mono_ms();
        struct pollfd f = {.fd = fd, .events = events};
        int n = left > 0 ? poll(&f, 1, left > 1000000 ? 1000000 : (int)left) : 0;
        if (n > 0 || (n < 0 && errno != EINTR))
            return true; /* an error shows when it is read */
        if (tm_mono_ms() >= until)
            return false;
    }
}

/* What was sent is answered: the last result, or the first that is an error. NULL: the line is lost. */
static PGresult *answer(struct pg *p, int64_t until)
{
    PGresult *kept = NULL;
    for (;;) {
        int more = PQflush(p->c);
        while (more > 0) {
            if (!wait_for(PQsocket(p->c), POLLIN | POLLOUT, until) || !PQconsumeInput(p->c))
                goto lost;
            more = PQflush(p->c);
        }
        if (more < 0)
            goto lost;
        while (PQisBusy(p->c))
            if (!wait_for(PQsocket(p->c), POLLIN, until) || !PQconsumeInput(p->c))
                goto lost;
        PGresult *r = PQgetResult(p->c);
        if (!r)
            break;
        if (kept && PQresultStatus(kept) == PGRES_FATAL_ERROR) {
            PQclear(r);
            continue;
        }
        PQclear(kept);
        kept = r;
    }
    if (kept && PQstatus(p->c) == CONNECTION_OK)
        return kept;
    if (kept && PQresultErrorField(kept, PG_DIAG_SQLSTATE)) { /* said goodbye in words */
        p->hang_up = true;
        return kept;
    }
lost:
    PQclear(kept);
    return NULL;
}

enum err pg_answered(struct pg *p, const char *what, int sent, int64_t patience_ms, PGresult **out)
{
    PGresult *r = sent ? answer(p, tm_mono_ms() + patience_ms) : NULL;
    if (!r)
        return line_lost(p, what, "the line to the database is lost");
    ExecStatusType s = PQresultStatus(r);
    if (s == PGRES_TUPLES_OK || s == PGRES_COMMAND_OK || s == PGRES_COPY_IN || s == PGRES_COPY_OUT) {
        *out = r;
        return OK;
    }
    enum err e = fail_result(p, r, what);
    PQclear(r);
    if (p->hang_up || PQstatus(p->c) != CONNECTION_OK)
        pg_hang_up(p);
    return e;
}

enum err pg_simple(struct pg *p, const char *what, const char *sql, int64_t patience_ms, PGresult **out)
{
    PGresult *r = NULL;
    TRY(pg_answered(p, what, PQsendQuery(p->c, sql), patience_ms, &r));
    if (out)
        *out = r;
    else
        PQclear(r);
    return OK;
}

static enum err refuse(struct pg *p, const char *why)
{
    return db_fail(&p->db, ERR_INTERNAL, "connect", why);
}

/* What we rely on, read back from the server. */
static enum err fits(struct pg *p, const PGresult *r)
{
    int64_t version = 0, pid = 0;
    if (!num_i64(str_c(PQgetvalue(r, 0, 0)), 0, INT64_MAX, &version) || version < 150000)
        return refuse(p, "PostgreSQL 15 or newer is needed");
    if (strcmp(PQgetvalue(r, 0, 1), "UTF8") != 0)
        return refuse(p, "the database must be made with ENCODING 'UTF8'");
    if (strcmp(PQgetvalue(r, 0, 2), "C") != 0)
        return refuse(p, "the database must be made with LC_COLLATE 'C' (TEMPLATE template0)");
    if (strcmp(PQgetvalue(r, 0, 3), "off") == 0)
        return refuse(p, "synchronous_commit is off: what is answered would not be on disk");
    if (p->db.mode == DB_WRITE && strcmp(PQgetvalue(r, 0, 4), "t") == 0)
        return db_fail(&p->db, ERR_BUSY, "connect", "the server is a standby and takes no changes");
    p->pooled = !num_i64(str_c(PQgetvalue(r, 0, 5)), 0, INT64_MAX, &pid) || pid != PQbackendPID(p->c);
    return OK;
}

static enum err set_up(struct pg *p)
{
    static const char ask[] = "SELECT current_setting('server_version_num'), current_setting('server_encoding'),"
                              " (SELECT datcollate FROM pg_database WHERE datname = current_database()),"
                              " current_setting('synchronous_commit'), pg_is_in_recovery(), pg_backend_pid()";
    PGresult *r;
    TRY(pg_simple(p, "connect", ask, PG_CONNECT_MS, &r));
    enum err e = fits(p, r);
    PQclear(r);
    TRY(e);
    if (p->pooled)
        return OK;
    return pg_simple(p, "connect",
                     p->db.mode == DB_READ ? "SET default_transaction_read_only = on; " PG_SETTINGS("SET SESSION") : PG_WRITES("SET SESSION"),
                     PG_CONNECT_MS, NULL);
}

/* The operator's url wins over these. */
static PGconn *dial(const char *url)
{
    static const char *const key[] = {"connect_timeout", "keepalives_idle", "keepalives_interval", "keepalives_count", "tcp_user_timeout",
                                      "application_name", "client_encoding", "dbname", NULL};
    const char *value[] = {"3", "5", "2", "3", "10000", "springbrett", "UTF8", url, NULL};
    return PQconnectStartParams(key, value, 1);
}

static bool connected(PGconn *c)
{
    int64_t until = tm_mono_ms() + PG_CONNECT_MS;
    PostgresPollingStatusType want = PGRES_POLLING_WRITING;
    while (want != PGRES_POLLING_OK) {
        if (want == PGRES_POLLING_FAILED || !wait_for(PQsocket(c), want == PGRES_POLLING_READING ? POLLIN : POLLOUT, until))
            return false;
        want = PQconnectPoll(c);
    }
    return true;
}

/* libpq's words of a url that can be read: host and port may be in them, a password is not. */
static const char *one_line(char *s)
{
    char *to = s;
    for (const char *c = s; *c; c++)
        if (*c != '\n' && *c != '\t')
            *to++ = *c;
        else if (to > s && to[-1] != ' ' && c[1])
            *to++ = ' ';
    *to = '\0';
    return s;
}

/* "relation exists, skipping" and the like are for people at a terminal. */
static void hush(void *arg, const char *words)
{
    (void)arg, (void)words;
}

enum err pg_line(struct pg *p)
{
    char words[160];
    if (p->c && p->hang_up)
        pg_hang_up(p);
    if (p->c && p->forget && !p->db.in_tx)
        pg_hang_up(p);
    if (p->c)
        return OK;
    if (tm_mono_ms() < p->try_at)
        return ERR_BUSY; /* the words of the last try stand */
    p->c = dial(p->url);
    if (!p->c)
        return db_fail(&p->db, ERR_INTERNAL, "connect", "out of memory");
    enum err e = OK;
    if (PQstatus(p->c) == CONNECTION_BAD || !connected(p->c)) {
        snprintf(words, sizeof words, "%s", PQerrorMessage(p->c));
        e = db_fail(&p->db, ERR_BUSY, "connect", words[0] ? one_line(words) : "the server does not answer");
    } else {
        PQsetnonblocking(p->c, 1);
        PQsetNoticeProcessor(p->c, hush, NULL);
        e = set_up(p);
    }
    if (e) {
        char why[DB_WHY_MAX];
        memcpy(why, p->db.why, sizeof why);
        pg_hang_up(p);
        memcpy(p->db.why, why, sizeof why);
        p->try_at = tm_mono_ms() + PG_AGAIN_MS;
    }
    return e;
}
