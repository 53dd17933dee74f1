/* db_pg.h: transactions on PostgreSQL.
 *
 * A change locks its lane's table before it sees anything (db.h: db_begin_lane). LOCK TABLE takes no snapshot (PostgreSQL's manual, "LOCK"), so what
 * the lane's last change committed is seen, which an advisory lock would not give at this isolation level.
 *
 * Each commit leaves a mark, a random number in write_mark. When its answer is lost the mark is looked for, once the transaction is over: it is there or
 * it did not happen, also on a server that took over or was restored. (The transaction's id alone does not tell: after a crash a server gives an id
 * that never reached its disk to another transaction.) A commit may wait for a standby: no time limit ends that wait, for PostgreSQL would then say
 * "committed" of what the standby has not got. */
#include "db/db_pg.h"

#include "base/secret.h"
#include "base/tm.h"

#include <stdio.h>

enum { COMMIT_LOOK_MS = 60000, LOOK_EVERY_MS = 100, MARK_KEPT_MS = 3600 * 1000, SWEEP_EVERY = 1000 /* commits of a line */ };

static int lane_table(int64_t lane)
{
    return (int)((uint64_t)lane % PG_LANES);
}

static enum err begin(struct pg *p)
{
    char sql[640], lock[120] = "";
    PGresult *r = NULL;
    const char *limits = p->pooled ? PG_WRITES("SET LOCAL") : "";
    if (p->db.lane == DB_LANE_ALL)
        snprintf(lock, sizeof lock, "LOCK TABLE write_lane IN EXCLUSIVE MODE;");
    else if (p->db.lane != DB_LANE_OWN)
        snprintf(lock, sizeof lock, "LOCK TABLE write_lane IN ROW EXCLUSIVE MODE; LOCK TABLE write_lane_%d IN EXCLUSIVE MODE;",
                 lane_table(p->db.lane));
    snprintf(sql, sizeof sql, "BEGIN ISOLATION LEVEL %s; %s %s SELECT pg_current_xact_id()",
             p->db.lane == DB_LANE_OWN ? "READ COMMITTED" : "SERIALIZABLE", limits, lock);
    TRY(pg_simple(p, "begin", sql, PG_PATIENCE_MS, &r));
    snprintf(p->xid, sizeof p->xid, "%s", PQntuples(r) == 1 ? PQgetvalue(r, 0, 0) : "");
    p->backend = p->pooled ? 0 : PQbackendPID(p->c);
    PQclear(r);
    return p->xid[0] ? OK : db_fail(&p->db, ERR_INTERNAL, "begin", "the transaction has no id");
}

int64_t pg_patience(const struct pg *p)
{
    return p->db.takes_time ? PG_SCRIPT_MS : PG_PATIENCE_MS;
}

static enum err begin_read(struct pg *p)
{
    char sql[640];
    snprintf(sql, sizeof sql, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; %s %s", p->pooled ? PG_SETTINGS("SET LOCAL") : "",
             p->db.takes_time ? "SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0" : "");
    p->xid[0] = '\0';
    return pg_simple(p, "begin", sql, PG_PATIENCE_MS, NULL);
}

static enum err either_begin(struct pg *p, enum db_step s)
{
    enum err e = s == DB_BEGIN ? begin(p) : begin_read(p);
    if (e && p->c && PQtransactionStatus(p->c) != PQTRANS_IDLE && pg_simple(p, "rollback", "ROLLBACK", PG_PATIENCE_MS, NULL))
        pg_hang_up(p);
    return e;
}

/* One number, as words, from a server that can be asked. False: it cannot, or there is none. */
static bool ask(struct pg *p, const char *sql, char *out, size_t n_out)
{
    PGresult *r = NULL;
    p->try_at = 0;
    if (pg_line(p) || pg_simple(p, "look up", sql, PG_PATIENCE_MS, &r))
        return false;
    bool has = PQntuples(r) == 1 && !PQgetisnull(r, 0, 0);
    snprintf(out, n_out, "%s", has ? PQgetvalue(r, 0, 0) : "");
    PQclear(r);
    return true;
}

/* Can the transaction no longer commit? A server that never heard of its id says so with an error (22023), which is as good as an end. The old
 * server process is ended, unless it waits for a standby: then it has committed as far as it can. */
static bool is_over(struct pg *p)
{
    char sql[200], is[24];
    snprintf(sql, sizeof sql, "SELECT pg_xact_status('%s'::xid8)", p->xid);
    if (!ask(p, sql, is, sizeof is))
        return p->c && strstr(p->db.why, "22023");
    if (strcmp(is, "in progress") != 0)
        return true;
    snprintf(sql, sizeof sql, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = %d AND wait_event IS DISTINCT FROM 'SyncRep'", p->backend);
    if (p->backend)
        (void)ask(p, sql, is, sizeof is);
    return false;
}

/* The commit was sent and no answer came. Did it happen? */
static enum err look_up_commit(struct pg *p, int64_t mark)
{
    int64_t until = tm_mono_ms() + COMMIT_LOOK_MS;
    char sql[80], n[24] = "";
    snprintf(sql, sizeof sql, "SELECT COUNT(*) FROM write_mark WHERE mark = %lld", (long long)mark);
    p->db.in_tx = false; /* it is over, one way or the other: these are calls of their own */
    while (!n[0] && tm_mono_ms() < until)
        if (!is_over(p) || !ask(p, sql, n, sizeof n))
            tm_sleep_ms(LOOK_EVERY_MS);
    p->db.in_tx = true;
    p->doomed = true;
    if (!n[0])
        return db_fail(&p->db, ERR_UNSURE, "commit", "the line was lost, and whether it happened cannot be found out");
    return n[0] == '1' ? OK : db_fail(&p->db, ERR_BUSY, "commit", "the line was lost; nothing was changed");
}

/* Marks are looked for within minutes. */
static void sweep_marks(struct pg *p)
{
    char sql[100];
    snprintf(sql, sizeof sql, "DELETE FROM write_mark WHERE at < %lld", (long long)(tm_now() - MARK_KEPT_MS));
    if (++p->commits % SWEEP_EVERY == 0 && pg_simple(p, "marks", sql, PG_PATIENCE_MS, NULL))
        p->commits--; /* with the next one */
}

static enum err commit_read(struct pg *p)
{
    return pg_simple(p, "commit", "COMMIT", PG_PATIENCE_MS, NULL);
}

static enum err commit(struct pg *p)
{
    char sql[160];
    PGresult *r = NULL;
    int64_t mark;
    secret_random(&mark, sizeof mark);
    snprintf(sql, sizeof sql, "SET LOCAL statement_timeout = 0; INSERT INTO write_mark (mark, at) VALUES (%lld, %lld); COMMIT", (long long)mark, (long long)tm_now());
    enum err e = pg_simple(p, "commit", sql, PG_PATIENCE_MS, &r);
    if (e && !p->c)
        return look_up_commit(p, mark);
    TRY(e);
    bool done = strcmp(PQcmdStatus(r), "COMMIT") == 0;
    PQclear(r);
    if (!done)
        return db_fail(&p->db, ERR_INTERNAL, "commit", "it was rolled back instead");
    sweep_marks(p);
    return OK;
}

enum err pg_tx_step(struct db *db, enum db_step s)
{
    static const char *const sql[DB_STEPS] = {
        [DB_ROLLBACK] = "ROLLBACK", [DB_SAVEPOINT] = "SAVEPOINT p", [DB_RELEASE] = "RELEASE SAVEPOINT p",
        [DB_ROLLBACK_TO] = "ROLLBACK TO SAVEPOINT p; RELEASE SAVEPOINT p",
    };
    struct pg *p = (struct pg *)db;
    if (s == DB_BEGIN || s == DB_BEGIN_READ) {
        TRY(pg_line(p));
        p->doomed = false;
        enum err e = either_begin(p, s);
        if (e == ERR_BUSY && !p->c) { /* the line was cut while nobody used it */
            TRY(pg_line(p));
            p->doomed = false;
            e = either_begin(p, s);
        }
        return e;
    }
    if (!p->c)
        return db_fail(db, ERR_BUSY, "transaction", "the line to the database is lost");
    if (s == DB_COMMIT)
        return p->xid[0] ? commit(p) : commit_read(p);
    return pg_simple(p, sql[s], sql[s], PG_PATIENCE_MS, NULL);
}

/* A transaction that only waits for its ROLLBACK is not lost in the sense of driver.h: it is still to be ended. */
bool pg_tx_is_lost(struct db *db)
{
    struct pg *p = (struct pg *)db;
    if (p->doomed && p->c && PQtransactionStatus(p->c) == PQTRANS_INERROR) {
        if (pg_simple(p, "rollback", "ROLLBACK", PG_PATIENCE_MS, NULL))
            pg_hang_up(p);
    }
    return p->doomed || !p->c || PQtransactionStatus(p->c) == PQTRANS_IDLE || PQtransactionStatus(p->c) == PQTRANS_UNKNOWN;
}
