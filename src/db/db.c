/* The part of db.h that is the same for every database: rows on their way to the arena, the state of a transaction, the faults of tests. */
#include "db/db.h"
#include "db/driver.h"

#include <limits.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

enum { ROWS_MAX = 1000000, SCRATCH_KEEP = 1 << 20 };

/* The linker collects one pointer for every query in the section; weak, for a program without any. */
extern const struct db_query *const __start_db_query_list[] __attribute__((weak, visibility("hidden")));
extern const struct db_query *const __stop_db_query_list[] __attribute__((weak, visibility("hidden")));

const struct db_query *const *db_queries(size_t *n)
{
    *n = (size_t)(__stop_db_query_list - __start_db_query_list);
    return __start_db_query_list;
}

void db_some(const int64_t *ids, size_t n, struct db_param in[DB_SOME])
{
    for (size_t i = 0; i < DB_SOME; i++)
        in[i] = db_p_i64(i < n ? ids[i] : 0);
}

size_t db_query_cols(const struct db_query *q)
{
    size_t n = 0;
    while (n < DB_COLS_MAX && q->col[n].type)
        n++;
    return n;
}

size_t db_query_ins(const struct db_query *q)
{
    return q->from_row ? db_query_cols(q) : q->n_in;
}

static struct db_param param_of(const void *row, const struct db_col *c)
{
    const char *at = (const char *)row + c->at;
    struct db_param p = {.type = (enum db_type)c->type};
    int i;
    bool b;
    switch (p.type) {
    case DB_I64:
        memcpy(&p.i, at, sizeof p.i);
        break;
    case DB_INT:
        memcpy(&i, at, sizeof i);
        p.i = i;
        break;
    case DB_BOOL:
        memcpy(&b, at, sizeof b);
        p.i = b;
        break;
    case DB_STR:
    case DB_BYTES: /* the same shape */
        memcpy(&p.s, at, sizeof p.s);
        break;
    }
    return p;
}

/* in: room for DB_COLS_MAX. */
static size_t params_of(const struct db_query *q, const void *row, struct db_param *in)
{
    size_t n = q->from_row ? db_query_cols(q) : 0;
    for (size_t i = 0; i < n; i++)
        in[i] = param_of(row, &q->col[i]);
    return n;
}

enum err db_put(struct db *db, const struct db_query *q, const void *row, int64_t *changed)
{
    struct db_param in[DB_COLS_MAX];
    size_t n = params_of(q, row, in);
    return db_run(db, q, changed, in, n);
}

enum err db_put_id(struct db *db, const struct db_query *q, const void *row, int64_t *id)
{
    struct db_param in[DB_COLS_MAX];
    size_t n = params_of(q, row, in);
    return db_insert(db, q, id, in, n);
}

/* ---- errors */

static _Thread_local char connect_why[DB_WHY_MAX];

const char *db_why(const struct db *db)
{
    return db ? db->why : connect_why;
}

static _Atomic int64_t failed[ERR_N];

struct db_failed db_failed(void)
{
    return (struct db_failed){.busy = failed[ERR_BUSY], .full = failed[ERR_FULL], .internal = failed[ERR_INTERNAL] + failed[ERR_UNSURE]};
}

static _Atomic int64_t cached;

int64_t db_cached(void)
{
    return cached;
}

void db_cache(struct db *db, int64_t bytes)
{
    if (bytes == db->cached) /* mostly: threads need not meet here */
        return;
    cached += bytes - db->cached;
    db->cached = bytes;
}

enum err db_fail(struct db *db, enum err e, const char *what, const char *why)
{
    atomic_fetch_add_explicit(&failed[e], 1, memory_order_relaxed);
    snprintf(db->why, sizeof db->why, "%.80s: %.170s", what, why);
    return e;
}

enum err db_bad_column(struct db *db, const struct db_query *q, const struct db_col *c, const char *why)
{
    char what[DB_WHY_MAX];
    snprintf(what, sizeof what, "%.60s.%.60s", q->name, c->name);
    return db_fail(db, ERR_INTERNAL, what, why);
}

/* In a transaction a failure is its end. */
static enum err note(struct db *db, enum err e)
{
    if (e && db->in_tx && !db->lost)
        db->lost = e;
    return e;
}

/* Every call comes through here: counts it, injects the fault of a test, and stops what would run in a lost transaction, or outside it. */
static enum err gate(struct db *db, const char *what)
{
    db->calls++;
    if (db->fault_in >= 0 && db->fault_in-- == 0)
        return note(db, db_fail(db, db->fault, what, "fault injected by a test"));
    if (db->lost)
        return db->lost; /* the words of the first failure stand */
    if (db->in_tx && db->driver->is_lost(db))
        return note(db, db_fail(db, ERR_INTERNAL, what, "the transaction was given up earlier"));
    return OK;
}

void db_fault(struct db *db, int64_t nth, enum err e)
{
    db->fault_in = nth;
    db->fault = e;
}

int64_t db_calls(const struct db *db)
{
    return db->calls;
}

void db_cut(struct db *db)
{
    db->driver->cut(db);
}

enum err db_check(struct db *db, const struct db_query *q, char *why, size_t n_why)
{
    enum err e = db->driver->check(db, q);
    if (e)
        snprintf(why, n_why, "%s", db->why);
    return e == ERR_INTERNAL ? ERR_INVALID : e;
}

/* ---- rows */

enum err db_put_number(struct db *db, const struct db_query *q, const struct db_col *c, int64_t v, char *to)
{
    if (c->type == DB_I64) {
        memcpy(to, &v, sizeof v);
    } else if (c->type == DB_BOOL) {
        bool b = v != 0;
        memcpy(to, &b, sizeof b);
    } else if (c->type == DB_INT) {
        if (v < INT_MIN || v > INT_MAX)
            return db_bad_column(db, q, c, "does not fit an int");
        int n = (int)v;
        memcpy(to, &n, sizeof n);
    } else {
        return db_bad_column(db, q, c, c->type == DB_BYTES ? "is not bytes in the database" : "is not text in the database");
    }
    return OK;
}

static enum err scratch_room(struct db *db, const char *what, size_t need)
{
    if (need <= db->n_scratch)
        return OK;
    size_t n = db->n_scratch ? db->n_scratch : 4096;
    while (n < need)
        n *= 2;
    char *p = realloc(db->scratch, n);
    if (!p)
        return db_fail(db, ERR_INTERNAL, what, "out of memory");
    db->scratch = p;
    db->n_scratch = n;
    return OK;
}

/* A statement under way. For CLEANUP, as the arena may end what reads (arena_guard). */
struct reading {
    struct db *db; /* NULL: there is none */
    struct db_cursor c;
};
static void end_reading(struct reading *r)
{
    if (r->db)
        r->db->driver->end(r->db, &r->c);
}

typedef enum err starter(struct db *db, const struct db_query *q, const struct db_param *in, size_t n_in, struct db_cursor *c);

static enum err start(struct db *db, const struct db_query *q, const struct db_param *in, size_t n_in, starter *how, struct reading *r)
{
    TRY(gate(db, q->name));
    if (n_in != db_query_ins(q))
        return note(db, db_fail(db, ERR_INTERNAL, q->name, "called with another number of parameters"));
    TRY(note(db, how(db, q, in, n_in, &r->c)));
    r->db = db;
    return OK;
}

static enum err answers(struct db *db, const struct db_query *q)
{
    return q->from_row || !q->col[0].type ? db_fail(db, ERR_INTERNAL, q->name, "answers no rows") : OK;
}

static enum err collect(struct db *db, struct arena *a, const struct db_query *q, struct db_cursor *c, size_t *n)
{
    size_t size = q->row_size, got = 0;
    bool row = false;
    TRY(answers(db, q));
    TRY(db->driver->next(db, q, c, &row));
    while (row) {
        if (got == ROWS_MAX)
            return db_fail(db, ERR_LIMIT, q->name, "more than a million rows");
        TRY(scratch_room(db, q->name, (got + 1) * size));
        char *at = db->scratch + got * size;
        memset(at, 0, size);
        TRY(db->driver->read(db, q, c, a, at));
        got++;
        TRY(db->driver->next(db, q, c, &row));
    }
    *n = got;
    return OK;
}

enum err db_all_(struct db *db, struct arena *a, const struct db_query *q, void **rows, size_t *n, const struct db_param *in,
                 size_t n_in)
{
    CLEANUP(end_reading) struct reading r = {0};
    size_t got = 0;
    TRY(start(db, q, in, n_in, db->driver->start, &r));
    enum err e = note(db, collect(db, a, q, &r.c, &got));
    if (!e) {
        void *v = arena_array(a, got ? got : 1, q->row_size);
        if (got)
            memcpy(v, db->scratch, got * q->row_size);
        *rows = v;
        *n = got;
    }
    if (db->n_scratch > SCRATCH_KEEP) {
        free(db->scratch);
        db->scratch = NULL;
        db->n_scratch = 0;
    }
    return e;
}

static enum err finish(struct db *db, const struct db_query *q, struct db_cursor *c)
{
    bool row = true;
    while (row)
        TRY(db->driver->next(db, q, c, &row));
    return OK;
}

static enum err first(struct db *db, struct arena *a, const struct db_query *q, struct db_cursor *c, void *row, bool *has)
{
    TRY(answers(db, q));
    TRY(db->driver->next(db, q, c, has));
    if (!*has)
        return OK;
    TRY(scratch_room(db, q->name, q->row_size));
    memset(db->scratch, 0, q->row_size);
    TRY(db->driver->read(db, q, c, a, db->scratch));
    if (c->changes)
        TRY(finish(db, q, c));
    memcpy(row, db->scratch, q->row_size);
    return OK;
}

enum err db_one(struct db *db, struct arena *a, const struct db_query *q, void *row, const struct db_param *in, size_t n_in)
{
    CLEANUP(end_reading) struct reading r = {0};
    bool has = false;
    TRY(start(db, q, in, n_in, db->driver->start, &r));
    enum err e = note(db, first(db, a, q, &r.c, row, &has));
    return e || has ? e : db_fail(db, ERR_NOT_FOUND, q->name, "no row");
}

/* What `each` answers is its caller's and ends no transaction. */
static enum err walk(struct db *db, const struct db_query *q, struct db_cursor *c, char *row, enum err (*each)(void *arg, const void *row),
                     void *arg)
{
    bool has = false;
    TRY(note(db, answers(db, q)));
    TRY(note(db, db->driver->next(db, q, c, &has)));
    while (has) {
        memset(row, 0, q->row_size);
        TRY(note(db, db->driver->read(db, q, c, NULL, row)));
        TRY(each(arg, row));
        TRY(note(db, db->driver->next(db, q, c, &has)));
    }
    return OK;
}

enum err db_each(struct db *db, struct arena *a, const struct db_query *q, enum err (*each)(void *arg, const void *row), void *arg,
                 const struct db_param *in, size_t n_in)
{
    CLEANUP(end_reading) struct reading r = {0};
    TRY(start(db, q, in, n_in, db->driver->stream, &r));
    return walk(db, q, &r.c, arena_alloc(a, q->row_size), each, arg);
}

enum err db_run(struct db *db, const struct db_query *q, int64_t *changed, const struct db_param *in, size_t n_in)
{
    CLEANUP(end_reading) struct reading r = {0};
    TRY(start(db, q, in, n_in, db->driver->start, &r));
    enum err e = note(db, finish(db, q, &r.c));
    if (!e && changed)
        *changed = r.c.changes ? db->driver->changed(db, &r.c) : 0;
    return e;
}

static enum err new_id(struct db *db, const struct db_query *q, struct db_cursor *c, int64_t *id, bool *has)
{
    int64_t got = 0;
    if (!c->changes || c->columns != 1 || (!q->from_row && q->col[0].type))
        return db_fail(db, ERR_INTERNAL, q->name, "is not INSERT ... RETURNING id");
    TRY(db->driver->next(db, q, c, has));
    if (!*has)
        return OK;
    TRY(db->driver->read_id(db, q, c, &got));
    TRY(finish(db, q, c));
    *id = got;
    return OK;
}

enum err db_insert(struct db *db, const struct db_query *q, int64_t *id, const struct db_param *in, size_t n_in)
{
    CLEANUP(end_reading) struct reading r = {0};
    bool has = false;
    TRY(start(db, q, in, n_in, db->driver->start, &r));
    enum err e = note(db, new_id(db, q, &r.c, id, &has));
    return e || has ? e : db_fail(db, ERR_CONFLICT, q->name, "nothing was inserted");
}

enum err db_run_one(struct db *db, const struct db_query *q, const struct db_param *in, size_t n_in)
{
    int64_t changed;
    TRY(db_run(db, q, &changed, in, n_in));
    return changed == 1 ? OK : ERR_CONFLICT;
}

/* ---- transactions and scripts */

static enum err begin(struct db *db, struct db_tx *tx, enum db_step step, int64_t lane)
{
    TRY(gate(db, "begin"));
    if (db->in_tx)
        return db_fail(db, ERR_INTERNAL, "begin", "in a transaction already");
    db->lane = lane;
    TRY(db->driver->step(db, step));
    db->in_tx = true;
    db->in_savepoint = false;
    db->lost = OK;
    tx->db = db;
    return OK;
}

enum err db_begin(struct db *db, struct db_tx *tx)
{
    return begin(db, tx, DB_BEGIN, DB_LANE_ALL);
}

enum err db_begin_lane(struct db *db, struct db_tx *tx, int64_t lane)
{
    return begin(db, tx, DB_BEGIN, lane);
}

enum err db_begin_read(struct db *db, struct db_tx *tx)
{
    return begin(db, tx, DB_BEGIN_READ, DB_LANE_OWN);
}

enum err db_commit(struct db_tx *tx)
{
    struct db *db = tx->db;
    TRY(gate(db, "commit"));
    TRY(note(db, db->driver->step(db, DB_COMMIT)));
    db->in_tx = false;
    tx->db = NULL;
    return OK;
}

void db_tx_end(struct db_tx *tx)
{
    struct db *db = tx->db;
    if (!db)
        return;
    tx->db = NULL;
    char why[DB_WHY_MAX];
    memcpy(why, db->why, sizeof why); /* what brought us here is of more interest */
    if (!db->driver->is_lost(db) && db->driver->step(db, DB_ROLLBACK))
        memcpy(why, db->why, sizeof why);
    memcpy(db->why, why, sizeof why);
    db->in_tx = db->in_savepoint = false;
    db->lost = OK;
}

enum err db_savepoint(struct db *db)
{
    TRY(gate(db, "savepoint"));
    if (!db->in_tx || db->in_savepoint)
        return db_fail(db, ERR_INTERNAL, "savepoint", "not in a transaction, or nested");
    TRY(note(db, db->driver->step(db, DB_SAVEPOINT)));
    db->in_savepoint = true;
    return OK;
}

enum err db_release(struct db *db)
{
    TRY(gate(db, "release"));
    if (!db->in_savepoint)
        return db_fail(db, ERR_INTERNAL, "release", "no savepoint");
    TRY(note(db, db->driver->step(db, DB_RELEASE)));
    db->in_savepoint = false;
    return OK;
}

enum err db_rollback_to(struct db *db)
{
    enum err why = db->lost;
    if (!db->in_savepoint)
        return db_fail(db, ERR_INTERNAL, "rollback to", "no savepoint");
    if (db->driver->is_lost(db))
        return why ? why : note(db, db_fail(db, ERR_INTERNAL, "rollback to", "the transaction was given up earlier"));
    db->lost = OK; /* its words stand: what brought us here */
    TRY(gate(db, "rollback to"));
    TRY(note(db, db->driver->step(db, DB_ROLLBACK_TO)));
    db->in_savepoint = false;
    return OK;
}

enum err db_script(struct db *db, const char *sql)
{
    TRY(gate(db, "script"));
    return note(db, db->driver->script(db, sql));
}

enum err db_found(struct db *db)
{
    TRY(gate(db, "found"));
    return note(db, db->driver->found(db));
}

enum err db_settle(struct db *db)
{
    TRY(gate(db, "settle"));
    return note(db, db->driver->settle(db));
}

enum err db_has_table(struct db *db, const char *name, bool *has)
{
    TRY(gate(db, "has table"));
    return note(db, db->driver->has_table(db, name, has));
}

void db_take_time(struct db *db)
{
    db->takes_time = true;
}

/* secure_delete overwrites what is deleted where it stood, but a page that was put together anew may keep copies between its cells. */
enum err db_scrub(struct db *db)
{
    if (db->in_tx)
        return db_fail(db, ERR_INTERNAL, "scrub", "in a transaction");
    TRY(gate(db, "scrub"));
    return db->driver->scrub(db);
}

/* ---- connecting */

enum db_kind db_kind_of(const char *url)
{
    return strncmp(url, "postgresql://", 13) == 0 || strncmp(url, "postgres://", 11) == 0 ? DB_POSTGRES : DB_SQLITE;
}

const char *db_kind_name(enum db_kind kind)
{
    return kind == DB_POSTGRES ? "postgresql" : "sqlite";
}

enum db_kind db_kind(const struct db *db)
{
    return db->driver->kind;
}

enum err db_connect(const char *url, enum db_open mode, struct db **out)
{
    static const char own[] = "sqlite:";
    CLEANUP(db_closep) struct db *db = NULL;
    enum err e;
    if (strncmp(url, own, sizeof own - 1) == 0)
        url += sizeof own - 1;
    if (!*url || strncmp(url, "file:", 5) == 0) {
        snprintf(connect_why, sizeof connect_why, "this kind of url is not known");
        return ERR_INVALID;
    }
    e = db_kind_of(url) == DB_POSTGRES ? db_pg_open(url, mode, &db) : db_sqlite_open(url, mode, &db);
    snprintf(connect_why, sizeof connect_why, "%s", db ? db->why : "out of memory");
    TRY(e);
    db->fault_in = -1;
    *out = db;
    db = NULL;
    return OK;
}

void db_close(struct db *db)
{
    if (!db)
        return;
    db->driver->close(db);
    free(db->scratch);
    free(db);
}

void db_closep(struct db **db)
{
    db_close(*db);
    *db = NULL;
}
