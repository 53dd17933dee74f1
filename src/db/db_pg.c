/* driver.h over PostgreSQL (libpq): one connection, one statement at a time, numbers and texts in binary.
 *
 * A statement is prepared at its first use on a connection. Behind a pooler that gives each transaction another server connection (PgBouncer; found
 * by the process id, which is not the one of the handshake) nothing is prepared and no setting of the session is relied on. */
#include "db/db_pg.h"

#include <stdio.h>
#include <stdlib.h>

enum { FETCH_ROWS = 1000, TYPE_BYTEA = 17, TYPE_NAME = 19, TYPE_I8 = 20, TYPE_I2 = 21, TYPE_I4 = 23,
       TYPE_TEXT = 25, TYPE_UNKNOWN = 705, TYPE_BPCHAR = 1042, TYPE_VARCHAR = 1043 };

/* ---- parameters */

struct packed {
    Oid type[DB_COLS_MAX];
    const char *value[DB_COLS_MAX];
    int length[DB_COLS_MAX], format[DB_COLS_MAX];
    uint64_t number[DB_COLS_MAX];
    int n;
};

static void pack(struct packed *k, const struct db_param *in, size_t n_in)
{
    k->n = (int)n_in;
    for (size_t i = 0; i < n_in; i++) {
        const struct db_param *v = &in[i];
        bool words = v->type == DB_STR || v->type == DB_BYTES;
        k->format[i] = 1;
        k->type[i] = v->type == DB_STR ? TYPE_TEXT : v->type == DB_BYTES ? TYPE_BYTEA : TYPE_I8;
        if (words) {
            k->value[i] = v->s.n ? v->s.p : "";
            k->length[i] = (int)v->s.n;
        } else {
            k->number[i] = __builtin_bswap64((uint64_t)v->i);
            k->value[i] = (const char *)&k->number[i];
            k->length[i] = 8;
        }
    }
}

static bool too_long(const struct db_param *in, size_t n_in)
{
    for (size_t i = 0; i < n_in; i++)
        if ((in[i].type == DB_STR || in[i].type == DB_BYTES) && in[i].s.n > PG_VALUE_MAX)
            return true;
    return false;
}

/* ---- columns */

static bool fits_type(Oid t, uint8_t want)
{
    if (want == DB_BYTES)
        return t == TYPE_BYTEA;
    if (want == DB_STR)
        return t == TYPE_TEXT || t == TYPE_VARCHAR || t == TYPE_BPCHAR || t == TYPE_NAME || t == TYPE_UNKNOWN || t == TYPE_BYTEA;
    return t == TYPE_I8 || t == TYPE_I4 || t == TYPE_I2;
}

static enum err fit_columns(struct pg *p, const struct db_query *q, const PGresult *r)
{
    char why[DB_WHY_MAX];
    int has = PQnfields(r);
    size_t n = q->from_row ? 0 : db_query_cols(q);
    if (n == 0 && has <= 1)
        return OK; /* INSERT ... RETURNING id, for db_insert */
    if (has != (int)n) {
        snprintf(why, sizeof why, "the SQL answers %d columns, the query lists %zu", has, n);
        return db_fail(&p->db, ERR_INTERNAL, q->name, why);
    }
    for (size_t i = 0; i < n; i++) {
        const char *name = PQfname(r, (int)i);
        if (strcmp(name, q->col[i].name) != 0) {
            snprintf(why, sizeof why, "column %zu is %s in the SQL and %s in the query", i + 1, name, q->col[i].name);
            return db_fail(&p->db, ERR_INTERNAL, q->name, why);
        }
        if (q->col[i].at >= q->row_size)
            return db_bad_column(&p->db, q, &q->col[i], "lies outside its row");
        if (!fits_type(PQftype(r, (int)i), q->col[i].type)) {
            snprintf(why, sizeof why, "has type %u in the database, which is not its member's", (unsigned)PQftype(r, (int)i));
            return db_bad_column(&p->db, q, &q->col[i], why);
        }
    }
    return OK;
}

static enum err number_of(struct pg *p, const struct db_query *q, const PGresult *r, int row, int col, int64_t *out)
{
    const unsigned char *v = (const unsigned char *)PQgetvalue(r, row, col);
    int n = PQgetlength(r, row, col);
    Oid t = PQftype(r, col);
    if (PQgetisnull(r, row, col)) {
        *out = 0;
        return OK;
    }
    if ((t != TYPE_I8 || n != 8) && (t != TYPE_I4 || n != 4) && (t != TYPE_I2 || n != 2))
        return db_fail(&p->db, ERR_INTERNAL, q->name, "a column is not a whole number in the database");
    uint64_t u = (v[0] & 0x80) ? ~(uint64_t)0 : 0;
    for (int i = 0; i < n; i++)
        u = u << 8 | v[i];
    *out = (int64_t)u;
    return OK;
}

/* ---- statements */

static struct prepared *kept(struct pg *p, const struct db_query *q)
{
    size_t n, i = q->slot ? (size_t)(q->slot - db_queries(&n)) : p->n_stmt;
    return i < p->n_stmt ? &p->stmt[i] : NULL;
}

/* Its name on this connection, prepared now if it is not yet, or not for these types. */
static enum err prepared(struct pg *p, const struct db_query *q, struct prepared *st, const struct packed *k, char *name, size_t n_name)
{
    PGresult *r = NULL;
    bool same = st->n_made > 0;
    for (int i = 0; i < k->n && same; i++)
        same = st->type[i] == (uint8_t)k->type[i];
    if (!same)
        st->serial = ++p->serial;
    snprintf(name, n_name, "q%u", st->serial);
    if (same)
        return OK;
    CLEANUP(buf_free) struct buf sql = {.max = PG_SQL_MAX};
    pg_query(&sql, q->sql);
    if (sql.bad)
        return db_fail(&p->db, ERR_INTERNAL, q->name, "out of memory");
    TRY(pg_answered(p, q->name, PQsendPrepare(p->c, name, sql.p, k->n, k->type), pg_patience(p), &r));
    PQclear(r);
    for (int i = 0; i < k->n; i++)
        st->type[i] = (uint8_t)k->type[i];
    st->n_made = 1;
    return OK;
}

static enum err execute(struct pg *p, const struct db_query *q, const struct packed *k, PGresult **out)
{
    char name[16];
    struct prepared *st = p->pooled ? NULL : kept(p, q);
    if (!st) {
        CLEANUP(buf_free) struct buf sql = {.max = PG_SQL_MAX};
        pg_query(&sql, q->sql);
        if (sql.bad)
            return db_fail(&p->db, ERR_INTERNAL, q->name, "out of memory");
        return pg_answered(p, q->name, PQsendQueryParams(p->c, sql.p, k->n, k->type, k->value, k->length, k->format, 1), pg_patience(p), out);
    }
    TRY(prepared(p, q, st, k, name, sizeof name));
    return pg_answered(p, q->name, PQsendQueryPrepared(p->c, name, k->n, k->value, k->length, k->format, 1), pg_patience(p), out);
}

/* Outside a transaction a reader may simply ask again. */
static enum err run(struct pg *p, const struct db_query *q, const struct packed *k, PGresult **out)
{
    TRY(pg_line(p));
    enum err e = execute(p, q, k, out);
    if (e == ERR_BUSY && !p->db.in_tx && p->db.mode == DB_READ && (!p->c || p->forget)) {
        TRY(pg_line(p));
        e = execute(p, q, k, out);
    }
    return e;
}

static enum err pg_start(struct db *db, const struct db_query *q, const struct db_param *in, size_t n_in, struct db_cursor *c)
{
    struct pg *p = (struct pg *)db;
    struct packed k;
    PGresult *r = NULL;
    if (too_long(in, n_in))
        return db_fail(db, ERR_LIMIT, q->name, "a value is longer than a message may be");
    pack(&k, in, n_in);
    TRY(run(p, q, &k, &r));
    enum err e = fit_columns(p, q, r);
    if (e) {
        PQclear(r);
        return e;
    }
    *c = (struct db_cursor){.p = r, .columns = PQnfields(r), .changes = strncmp(PQcmdStatus(r), "SELECT", 6) != 0};
    return OK;
}

static void pg_end(struct db *db, struct db_cursor *c);

/* A cursor on the server: for what is more than memory holds. */
struct stream {
    char fetch[48], close[32];
    bool own_tx;
};

static enum err fetch(struct pg *p, const struct db_query *q, struct db_cursor *c)
{
    struct stream *s = c->stream;
    PGresult *r = NULL;
    PQclear(c->p);
    c->p = NULL;
    c->at = 0;
    TRY(pg_answered(p, q->name, PQsendQueryParams(p->c, s->fetch, 0, NULL, NULL, NULL, NULL, 1), pg_patience(p), &r));
    c->p = r;
    return OK;
}

static enum err declare(struct pg *p, const struct db_query *q, const struct packed *k, struct db_cursor *c)
{
    struct stream *s = c->stream;
    PGresult *r = NULL;
    unsigned n = ++p->n_streams;
    CLEANUP(buf_free) struct buf sql = {.max = PG_SQL_MAX};
    buf_fmt(&sql, "DECLARE s%u NO SCROLL CURSOR FOR %s", n, q->sql);
    buf_byte(&sql, '\0');
    if (sql.bad)
        return db_fail(&p->db, ERR_INTERNAL, q->name, "out of memory");
    snprintf(s->fetch, sizeof s->fetch, "FETCH %d FROM s%u", FETCH_ROWS, n);
    snprintf(s->close, sizeof s->close, "CLOSE s%u", n);
    TRY(pg_answered(p, q->name, PQsendQueryParams(p->c, sql.p, k->n, k->type, k->value, k->length, k->format, 1), pg_patience(p), &r));
    PQclear(r);
    TRY(fetch(p, q, c));
    return fit_columns(p, q, c->p);
}

static enum err pg_stream(struct db *db, const struct db_query *q, const struct db_param *in, size_t n_in, struct db_cursor *c)
{
    struct pg *p = (struct pg *)db;
    struct packed k;
    struct stream *s = calloc(1, sizeof *s);
    if (!s)
        return db_fail(db, ERR_INTERNAL, q->name, "out of memory");
    *c = (struct db_cursor){.stream = s};
    enum err e = pg_line(p);
    if (!e && !db->in_tx && PQtransactionStatus(p->c) == PQTRANS_IDLE) {
        e = pg_simple(p, q->name, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", PG_PATIENCE_MS, NULL);
        s->own_tx = !e;
    }
    pack(&k, in, n_in);
    if (!e)
        e = declare(p, q, &k, c);
    if (e)
        pg_end(db, c);
    return e;
}

static enum err pg_next(struct db *db, const struct db_query *q, struct db_cursor *c, bool *row)
{
    struct pg *p = (struct pg *)db;
    if (c->stream && c->p && c->at > 0 && (int)c->at == PQntuples(c->p)) {
        if (!p->c)
            return db_fail(db, ERR_BUSY, q->name, "the line to the database is lost");
        TRY(fetch(p, q, c));
    }
    *row = c->p && (int)c->at < PQntuples(c->p);
    if (*row)
        c->at++;
    return OK;
}

static enum err pg_read(struct db *db, const struct db_query *q, struct db_cursor *cur, struct arena *a, char *row)
{
    const PGresult *r = cur->p;
    int at = (int)cur->at - 1, n = PQnfields(r);
    for (int i = 0; i < n; i++) {
        const struct db_col *c = &q->col[i];
        if (c->type == DB_STR || c->type == DB_BYTES) {
            struct str v = {PQgetvalue(r, at, i), (size_t)PQgetlength(r, at, i)};
            if (PQgetisnull(r, at, i) || !v.n)
                v = (struct str){"", 0};
            if (a)
                v = arena_str(a, v);
            memcpy(row + c->at, &v, sizeof v);
        } else {
            int64_t v;
            TRY(number_of((struct pg *)db, q, r, at, i, &v));
            TRY(db_put_number(db, q, c, v, row + c->at));
        }
    }
    return OK;
}

static enum err pg_read_id(struct db *db, const struct db_query *q, struct db_cursor *c, int64_t *id)
{
    return number_of((struct pg *)db, q, c->p, (int)c->at - 1, 0, id);
}

static int64_t pg_changed(struct db *db, struct db_cursor *c)
{
    (void)db;
    return strtoll(PQcmdTuples(c->p), NULL, 10);
}

static void pg_end(struct db *db, struct db_cursor *c)
{
    struct pg *p = (struct pg *)db;
    struct stream *s = c->stream;
    char why[DB_WHY_MAX];
    PQclear(c->p);
    memcpy(why, db->why, sizeof why);
    if (s && p->c && PQtransactionStatus(p->c) == PQTRANS_INTRANS && pg_simple(p, "close", s->own_tx ? "COMMIT" : s->close, PG_PATIENCE_MS, NULL))
        pg_hang_up(p);
    else if (s && s->own_tx && p->c && PQtransactionStatus(p->c) != PQTRANS_IDLE &&
             pg_simple(p, "close", "ROLLBACK", PG_PATIENCE_MS, NULL))
        pg_hang_up(p);
    memcpy(db->why, why, sizeof why);
    free(s);
}

static enum err pg_check(struct db *db, const struct db_query *q)
{
    struct pg *p = (struct pg *)db;
    char why[DB_WHY_MAX];
    Oid type[DB_COLS_MAX] = {0};
    PGresult *r = NULL;
    size_t n = db_query_ins(q);
    for (size_t i = 0; i < n && q->from_row; i++)
        type[i] = q->col[i].type == DB_STR ? TYPE_TEXT : q->col[i].type == DB_BYTES ? TYPE_BYTEA : TYPE_I8;
    TRY(pg_line(p));
    CLEANUP(buf_free) struct buf sql = {.max = PG_SQL_MAX};
    pg_query(&sql, q->sql);
    if (sql.bad)
        return db_fail(db, ERR_INTERNAL, q->name, "out of memory");
    TRY(pg_answered(p, q->name, PQsendPrepare(p->c, "", sql.p, (int)n, type), PG_PATIENCE_MS, &r));
    PQclear(r);
    TRY(pg_answered(p, q->name, PQsendDescribePrepared(p->c, ""), PG_PATIENCE_MS, &r));
    enum err e = OK;
    if (PQnparams(r) != (int)n) {
        snprintf(why, sizeof why, "the SQL has %d parameters, the query says %zu", PQnparams(r), n);
        e = db_fail(db, ERR_INTERNAL, q->name, why);
    }
    if (!e)
        e = fit_columns(p, q, r);
    PQclear(r);
    return e;
}

/* ---- scripts, schema, start */

static enum err pg_script(struct db *db, const char *sql)
{
    struct pg *p = (struct pg *)db;
    CLEANUP(buf_free) struct buf own = {.max = (size_t)16 << 20};
    if (db->in_tx && pg_ends_transaction(sql))
        return db_fail(db, ERR_INTERNAL, "script", "a transaction may not be ended in here");
    TRY(pg_line(p));
    pg_dialect(&own, sql);
    buf_byte(&own, '\0');
    if (own.bad)
        return db_fail(db, ERR_INTERNAL, "script", "out of memory");
    return pg_simple(p, "script", own.p, PG_SCRIPT_MS, NULL);
}

/* The tables whose locks are the lanes, and the marks of commits (db_pg_tx.c). Two programs may come at once. */
static enum err pg_settle(struct db *db)
{
    (void)db; /* a sequence never goes back */
    return OK;
}

static enum err pg_found(struct db *db)
{
    struct pg *p = (struct pg *)db;
    char sql[PG_LANES * 60 + 300];
    size_t n = (size_t)snprintf(sql, sizeof sql, "BEGIN; SELECT pg_advisory_xact_lock(5317); CREATE TABLE IF NOT EXISTS write_lane ();"
                                                 "CREATE TABLE IF NOT EXISTS write_mark (mark BIGINT NOT NULL, at BIGINT NOT NULL);");
    for (int i = 0; i < PG_LANES; i++)
        n += (size_t)snprintf(sql + n, sizeof sql - n, "CREATE TABLE IF NOT EXISTS write_lane_%d ();", i);
    snprintf(sql + n, sizeof sql - n, "COMMIT");
    TRY(pg_line(p));
    return pg_simple(p, "found", sql, PG_PATIENCE_MS, NULL);
}

static enum err pg_has_table(struct db *db, const char *name, bool *has)
{
    struct pg *p = (struct pg *)db;
    PGresult *r = NULL;
    const char *value[] = {name};
    TRY(pg_line(p));
    TRY(pg_answered(p, "has table", PQsendQueryParams(p->c, "SELECT to_regclass($1) IS NOT NULL", 1, NULL, value, NULL, NULL, 0), PG_PATIENCE_MS, &r));
    *has = strcmp(PQgetvalue(r, 0, 0), "t") == 0;
    PQclear(r);
    return OK;
}

/* Rows that were erased leave the tables' files. Others may read and write meanwhile. The server's write-ahead log and its archive keep their own time. */
static enum err pg_scrub(struct db *db)
{
    struct pg *p = (struct pg *)db;
    TRY(pg_line(p));
    return pg_simple(p, "scrub", "VACUUM", PG_SCRIPT_MS, NULL);
}

static void pg_cut(struct db *db)
{
    struct pg *p = (struct pg *)db;
    if (p->c)
        shutdown(PQsocket(p->c), SHUT_RDWR);
}

static void pg_close(struct db *db)
{
    struct pg *p = (struct pg *)db;
    pg_hang_up(p);
    free(p->stmt);
    free(p->url);
}

static const struct db_driver driver = {
    .kind = DB_POSTGRES, .close = pg_close, .start = pg_start, .stream = pg_stream, .next = pg_next, .read = pg_read, .read_id = pg_read_id,
    .changed = pg_changed, .end = pg_end, .step = pg_tx_step, .is_lost = pg_tx_is_lost, .check = pg_check, .found = pg_found, .settle = pg_settle, .script = pg_script,
    .has_table = pg_has_table, .scrub = pg_scrub, .cut = pg_cut,
};

enum err db_pg_open(const char *url, enum db_open mode, struct db **out)
{
    struct pg *p = calloc(1, sizeof *p);
    if (!p)
        return ERR_INTERNAL;
    *out = &p->db;
    p->db.driver = &driver;
    p->db.mode = mode;
    if (!pg_url_reads(url))
        return db_fail(&p->db, ERR_INVALID, "connect", PG_URL_UNREAD);
    db_queries(&p->n_stmt);
    p->stmt = calloc(p->n_stmt ? p->n_stmt : 1, sizeof *p->stmt);
    p->url = strdup(url);
    if (!p->stmt || !p->url)
        return ERR_INTERNAL;
    return pg_line(p);
}
