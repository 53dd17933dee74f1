/* db.h over SQLite.
 *
 * One writer at a time and readers beside it (write-ahead log). A statement is prepared and checked against its query once per
 * connection and kept in stmt[], at the place the query has in the list of all queries. */
#include "db/db.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { BUSY_MS = 2000, ROWS_MAX = 1000000, WHY_MAX = 256, SCRATCH_KEEP = 1 << 20 };

struct stmt {
    sqlite3_stmt *s;
    uint8_t at[DB_COLS_MAX]; /* where SQLite has $1, $2, ...: it numbers them as they first appear */
    uint8_t n_in, n_col;
    bool in_use, lone; /* lone: not kept */
};

enum control { CTL_BEGIN, CTL_BEGIN_READ, CTL_COMMIT, CTL_ROLLBACK, CTL_SAVEPOINT, CTL_RELEASE, CTL_ROLLBACK_TO, CTL_N };
static const char *const control_sql[CTL_N] = {
    [CTL_BEGIN] = "BEGIN IMMEDIATE", [CTL_BEGIN_READ] = "BEGIN",    [CTL_COMMIT] = "COMMIT",
    [CTL_ROLLBACK] = "ROLLBACK",     [CTL_SAVEPOINT] = "SAVEPOINT p", [CTL_RELEASE] = "RELEASE p",
    [CTL_ROLLBACK_TO] = "ROLLBACK TO p",
};

struct db {
    sqlite3 *h;
    enum db_open mode;
    struct stmt *stmt; /* one for each query of the program */
    size_t n_stmt;
    sqlite3_stmt *control[CTL_N];
    char *scratch; /* rows on their way to the arena */
    size_t n_scratch;
    bool in_tx, in_savepoint;
    enum err lost; /* why SQLite gave up the transaction */
    int64_t calls, fault_in;
    enum err fault;
    char why[WHY_MAX];
};

/* ---- errors */

static enum err err_of(const struct db *db, int rc)
{
    switch (rc & 0xff) {
    case SQLITE_OK:
    case SQLITE_ROW:
    case SQLITE_DONE:
        return OK;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return ERR_BUSY;
    case SQLITE_CONSTRAINT:
        return rc == SQLITE_CONSTRAINT_CHECK || rc == SQLITE_CONSTRAINT_NOTNULL || rc == SQLITE_CONSTRAINT_DATATYPE ? ERR_INTERNAL
                                                                                                                  : ERR_CONFLICT;
    case SQLITE_FULL:
        return ERR_FULL;
    case SQLITE_READONLY: /* a reader that writes is our fault */
    case SQLITE_CANTOPEN:
        return db->mode == DB_WRITE ? ERR_FULL : ERR_INTERNAL;
    case SQLITE_IOERR:
        return rc == SQLITE_IOERR_WRITE || rc == SQLITE_IOERR_FSYNC || rc == SQLITE_IOERR_DIR_FSYNC ||
                       rc == SQLITE_IOERR_TRUNCATE || rc == SQLITE_IOERR_SHMSIZE || rc == SQLITE_IOERR_SHMOPEN
                   ? ERR_FULL
                   : ERR_INTERNAL;
    case SQLITE_TOOBIG:
        return ERR_LIMIT;
    default:
        return ERR_INTERNAL;
    }
}

static enum err fail(struct db *db, enum err e, const char *what, const char *why)
{
    snprintf(db->why, sizeof db->why, "%.80s: %.170s", what, why);
    return e;
}

/* Notes why the call failed. A plain SQLITE_ERROR while running may quote what a user searched for: then only its general text. */
static enum err fail_rc(struct db *db, int rc, const char *what, bool running)
{
    int ext = sqlite3_extended_errcode(db->h);
    if ((ext & 0xff) != (rc & 0xff))
        ext = rc;
    const char *why = running && (rc & 0xff) == SQLITE_ERROR ? sqlite3_errstr(rc) : sqlite3_errmsg(db->h);
    enum err e = fail(db, err_of(db, ext), what, why);
    if (db->in_tx && !db->lost && sqlite3_get_autocommit(db->h))
        db->lost = e;
    return e;
}

/* Every call comes through here: counts it, injects the fault of a test, and stops what would run outside a lost transaction. */
static enum err gate(struct db *db, const char *what)
{
    db->calls++;
    if (db->fault_in >= 0 && db->fault_in-- == 0)
        return fail(db, db->fault, what, "fault injected by a test");
    if (db->in_tx && sqlite3_get_autocommit(db->h))
        return fail(db, db->lost ? db->lost : ERR_INTERNAL, what, "the transaction was given up earlier");
    return OK;
}

static _Thread_local char connect_why[WHY_MAX];

const char *db_why(const struct db *db)
{
    return db ? db->why : connect_why;
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

/* ---- statements */

static bool is_blank(const char *s)
{
    return s[strspn(s, " \t\r\n;")] == '\0';
}

/* Fills at[] from the names of the parameters; `why` when they are not exactly $1..$n. */
static bool fit_params(struct stmt *st, const struct db_query *q, char *why, size_t n_why)
{
    size_t n = db_query_ins(q);
    int has = sqlite3_bind_parameter_count(st->s);
    if (n > DB_COLS_MAX || has != (int)n) {
        snprintf(why, n_why, "the SQL has %d parameters, the query says %zu", has, n);
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        char name[8];
        snprintf(name, sizeof name, "$%zu", i + 1);
        int at = sqlite3_bind_parameter_index(st->s, name);
        if (at <= 0) {
            snprintf(why, n_why, "the SQL does not use %s", name);
            return false;
        }
        st->at[i] = (uint8_t)at;
    }
    st->n_in = (uint8_t)n;
    return true;
}

static bool fit_columns(struct stmt *st, const struct db_query *q, char *why, size_t n_why)
{
    int has = sqlite3_column_count(st->s);
    size_t n = q->from_row ? 0 : db_query_cols(q);
    if (n == 0 && has == 1 && !sqlite3_stmt_readonly(st->s))
        return true; /* INSERT ... RETURNING id, for db_insert */
    if (has != (int)n) {
        snprintf(why, n_why, "the SQL answers %d columns, the query lists %zu", has, n);
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        const char *name = sqlite3_column_name(st->s, (int)i);
        if (!name || strcmp(name, q->col[i].name) != 0) {
            snprintf(why, n_why, "column %zu is %s in the SQL and %s in the query", i + 1, name ? name : "?", q->col[i].name);
            return false;
        }
        if (q->col[i].at >= q->row_size) {
            snprintf(why, n_why, "column %s lies outside its row", q->col[i].name);
            return false;
        }
    }
    st->n_col = (uint8_t)n;
    return true;
}

/* *st is zeroed before. The caller finalizes st->s on failure too. */
static enum err prepare(struct db *db, const struct db_query *q, struct stmt *st, unsigned flags)
{
    const char *tail = "";
    int rc = sqlite3_prepare_v3(db->h, q->sql, -1, flags, &st->s, &tail);
    if (rc != SQLITE_OK)
        return fail_rc(db, rc, q->name, false);
    char why[WHY_MAX];
    if (!st->s)
        return fail(db, ERR_INTERNAL, q->name, "there is no SQL");
    if (!is_blank(tail))
        return fail(db, ERR_INTERNAL, q->name, "there is more than one statement");
    if (!fit_params(st, q, why, sizeof why) || !fit_columns(st, q, why, sizeof why))
        return fail(db, ERR_INTERNAL, q->name, why);
    return OK;
}

enum err db_check(struct db *db, const struct db_query *q, char *why, size_t n_why)
{
    struct stmt st = {0};
    enum err e = prepare(db, q, &st, 0);
    sqlite3_finalize(st.s);
    if (e)
        snprintf(why, n_why, "%s", db->why);
    return e == ERR_INTERNAL ? ERR_INVALID : e;
}

/* The kept statement of q; a fresh one into *own when there is none or somebody up the stack is still reading from it. */
static enum err take(struct db *db, const struct db_query *q, struct stmt *own, struct stmt **out)
{
    size_t n, i = db->n_stmt;
    if (q->slot)
        i = (size_t)(q->slot - db_queries(&n));
    struct stmt *st = i < db->n_stmt && !db->stmt[i].in_use ? &db->stmt[i] : own;
    if (!st->s) {
        struct stmt made = {.lone = st == own};
        enum err e = prepare(db, q, &made, st == own ? 0 : SQLITE_PREPARE_PERSISTENT);
        if (e) {
            sqlite3_finalize(made.s);
            return e;
        }
        *st = made;
    }
    st->in_use = true;
    *out = st;
    return OK;
}

static void give_back(struct stmt *st)
{
    if (st->lone) {
        sqlite3_finalize(st->s);
        return;
    }
    sqlite3_reset(st->s);
    sqlite3_clear_bindings(st->s);
    st->in_use = false;
}

static enum err bind(struct db *db, const struct db_query *q, const struct stmt *st, const struct db_param *in, size_t n_in)
{
    if (n_in != st->n_in)
        return fail(db, ERR_INTERNAL, q->name, "called with another number of parameters");
    for (size_t i = 0; i < n_in; i++) {
        const struct db_param *p = &in[i];
        /* An empty string is a string: SQLite would read a NULL pointer as NULL. */
        int rc = p->type == DB_STR ? sqlite3_bind_text64(st->s, st->at[i], p->s.n ? p->s.p : "", p->s.n, SQLITE_STATIC, SQLITE_UTF8)
                                   : sqlite3_bind_int64(st->s, st->at[i], p->i);
        if (rc != SQLITE_OK)
            return fail_rc(db, rc, q->name, true);
    }
    return OK;
}

/* Takes the statement and binds: then *out must be given back. */
static enum err ready(struct db *db, const struct db_query *q, const struct db_param *in, size_t n_in, struct stmt *own,
                      struct stmt **out)
{
    TRY(gate(db, q->name));
    struct stmt *st;
    TRY(take(db, q, own, &st));
    enum err e = bind(db, q, st, in, n_in);
    if (e) {
        give_back(st);
        return e;
    }
    *out = st;
    return OK;
}

/* OK with *row false at the end. */
static enum err step(struct db *db, const struct db_query *q, struct stmt *st, bool *row)
{
    int rc = sqlite3_step(st->s);
    if (rc != SQLITE_ROW && rc != SQLITE_DONE)
        return fail_rc(db, rc, q->name, true);
    *row = rc == SQLITE_ROW;
    return OK;
}

static enum err finish(struct db *db, const struct db_query *q, struct stmt *st)
{
    bool row = true;
    while (row)
        TRY(step(db, q, st, &row));
    return OK;
}

/* ---- rows */

static enum err bad_column(struct db *db, const struct db_query *q, const struct db_col *c, const char *why)
{
    char what[WHY_MAX];
    snprintf(what, sizeof what, "%.60s.%.60s", q->name, c->name);
    return fail(db, ERR_INTERNAL, what, why);
}

static enum err read_number(struct db *db, const struct db_query *q, const struct db_col *c, sqlite3_value *from, char *to)
{
    int type = sqlite3_value_type(from);
    if (type != SQLITE_INTEGER && type != SQLITE_NULL)
        return bad_column(db, q, c, "is not a whole number in the database");
    int64_t v = sqlite3_value_int64(from);
    if (c->type == DB_I64) {
        memcpy(to, &v, sizeof v);
    } else if (c->type == DB_BOOL) {
        bool b = v != 0;
        memcpy(to, &b, sizeof b);
    } else {
        if (v < INT_MIN || v > INT_MAX)
            return bad_column(db, q, c, "does not fit an int");
        int n = (int)v;
        memcpy(to, &n, sizeof n);
    }
    return OK;
}

/* Strings are copied to `a`, or left in SQLite's memory (until the next step) when it is NULL. */
static enum err read_text(struct db *db, const struct db_query *q, const struct db_col *c, sqlite3_value *from, struct arena *a, char *to)
{
    struct str v = {"", 0};
    int type = sqlite3_value_type(from);
    if (type == SQLITE_TEXT || type == SQLITE_BLOB) {
        const void *p = type == SQLITE_TEXT ? (const void *)sqlite3_value_text(from) : sqlite3_value_blob(from);
        size_t n = (size_t)sqlite3_value_bytes(from);
        if (n && !p)
            return bad_column(db, q, c, "out of memory");
        if (n)
            v = (struct str){p, n};
    } else if (type != SQLITE_NULL) {
        return bad_column(db, q, c, "is not text in the database");
    }
    if (a)
        v = arena_str(a, v);
    memcpy(to, &v, sizeof v);
    return OK;
}

static enum err read_row(struct db *db, const struct db_query *q, const struct stmt *st, struct arena *a, char *row)
{
    for (int i = 0; i < st->n_col; i++) {
        const struct db_col *c = &q->col[i];
        sqlite3_value *from = sqlite3_column_value(st->s, i); /* unprotected, for this connection is one thread's: one call, not three */
        if (c->type == DB_STR)
            TRY(read_text(db, q, c, from, a, row + c->at));
        else
            TRY(read_number(db, q, c, from, row + c->at));
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
        return fail(db, ERR_INTERNAL, what, "out of memory");
    db->scratch = p;
    db->n_scratch = n;
    return OK;
}

static enum err collect(struct db *db, struct arena *a, const struct db_query *q, struct stmt *st, size_t *n)
{
    if (st->n_col == 0)
        return fail(db, ERR_INTERNAL, q->name, "answers no rows");
    size_t size = q->row_size, got = 0;
    bool row = false;
    TRY(step(db, q, st, &row));
    while (row) {
        if (got == ROWS_MAX)
            return fail(db, ERR_LIMIT, q->name, "more than a million rows");
        TRY(scratch_room(db, q->name, (got + 1) * size));
        char *at = db->scratch + got * size;
        memset(at, 0, size);
        TRY(read_row(db, q, st, a, at));
        got++;
        TRY(step(db, q, st, &row));
    }
    *n = got;
    return OK;
}

enum err db_all_(struct db *db, struct arena *a, const struct db_query *q, void **rows, size_t *n, const struct db_param *in,
                 size_t n_in)
{
    struct stmt own = {0}, *st;
    TRY(ready(db, q, in, n_in, &own, &st));
    size_t got = 0;
    enum err e = collect(db, a, q, st, &got);
    give_back(st);
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

static enum err first(struct db *db, struct arena *a, const struct db_query *q, struct stmt *st, void *row)
{
    if (st->n_col == 0)
        return fail(db, ERR_INTERNAL, q->name, "answers no rows");
    bool has = false;
    TRY(step(db, q, st, &has));
    if (!has)
        return fail(db, ERR_NOT_FOUND, q->name, "no row");
    TRY(scratch_room(db, q->name, q->row_size));
    memset(db->scratch, 0, q->row_size);
    TRY(read_row(db, q, st, a, db->scratch));
    if (!sqlite3_stmt_readonly(st->s))
        TRY(finish(db, q, st));
    memcpy(row, db->scratch, q->row_size);
    return OK;
}

enum err db_one(struct db *db, struct arena *a, const struct db_query *q, void *row, const struct db_param *in, size_t n_in)
{
    struct stmt own = {0}, *st;
    TRY(ready(db, q, in, n_in, &own, &st));
    enum err e = first(db, a, q, st, row);
    give_back(st);
    return e;
}

static enum err walk(struct db *db, const struct db_query *q, struct stmt *st, char *row,
                     enum err (*each)(void *arg, const void *row), void *arg)
{
    bool has = false;
    TRY(step(db, q, st, &has));
    while (has) {
        memset(row, 0, q->row_size);
        TRY(read_row(db, q, st, NULL, row));
        TRY(each(arg, row));
        TRY(step(db, q, st, &has));
    }
    return OK;
}

enum err db_each(struct db *db, struct arena *a, const struct db_query *q, enum err (*each)(void *arg, const void *row), void *arg,
                 const struct db_param *in, size_t n_in)
{
    struct stmt own = {0}, *st;
    TRY(ready(db, q, in, n_in, &own, &st));
    enum err e = st->n_col ? walk(db, q, st, arena_alloc(a, q->row_size), each, arg)
                           : fail(db, ERR_INTERNAL, q->name, "answers no rows");
    give_back(st);
    return e;
}

enum err db_run(struct db *db, const struct db_query *q, int64_t *changed, const struct db_param *in, size_t n_in)
{
    struct stmt own = {0}, *st;
    TRY(ready(db, q, in, n_in, &own, &st));
    enum err e = finish(db, q, st);
    if (!e && changed)
        *changed = sqlite3_stmt_readonly(st->s) ? 0 : sqlite3_changes64(db->h);
    give_back(st);
    return e;
}

static enum err new_id(struct db *db, const struct db_query *q, struct stmt *st, int64_t *id)
{
    if (sqlite3_column_count(st->s) != 1 || sqlite3_stmt_readonly(st->s))
        return fail(db, ERR_INTERNAL, q->name, "is not INSERT ... RETURNING id");
    bool row = false;
    TRY(step(db, q, st, &row));
    if (!row)
        return fail(db, ERR_CONFLICT, q->name, "nothing was inserted");
    int64_t got = sqlite3_column_int64(st->s, 0);
    TRY(finish(db, q, st));
    *id = got;
    return OK;
}

enum err db_insert(struct db *db, const struct db_query *q, int64_t *id, const struct db_param *in, size_t n_in)
{
    struct stmt own = {0}, *st;
    TRY(ready(db, q, in, n_in, &own, &st));
    enum err e = new_id(db, q, st, id);
    give_back(st);
    return e;
}

/* ---- transactions and scripts */

static enum err control(struct db *db, enum control c)
{
    if (!db->control[c]) {
        int rc = sqlite3_prepare_v3(db->h, control_sql[c], -1, SQLITE_PREPARE_PERSISTENT, &db->control[c], NULL);
        if (rc != SQLITE_OK)
            return fail_rc(db, rc, control_sql[c], false);
    }
    int rc = sqlite3_step(db->control[c]);
    enum err e = rc == SQLITE_DONE ? OK : fail_rc(db, rc, control_sql[c], false);
    sqlite3_reset(db->control[c]);
    return e;
}

static enum err begin(struct db *db, struct db_tx *tx, enum control c)
{
    TRY(gate(db, control_sql[c]));
    TRY(control(db, c));
    db->in_tx = true;
    db->in_savepoint = false;
    db->lost = OK;
    tx->db = db;
    return OK;
}

enum err db_begin(struct db *db, struct db_tx *tx)
{
    return begin(db, tx, CTL_BEGIN);
}

enum err db_begin_read(struct db *db, struct db_tx *tx)
{
    return begin(db, tx, CTL_BEGIN_READ);
}

enum err db_commit(struct db_tx *tx)
{
    struct db *db = tx->db;
    TRY(gate(db, control_sql[CTL_COMMIT]));
    TRY(control(db, CTL_COMMIT));
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
    char why[WHY_MAX];
    memcpy(why, db->why, sizeof why); /* what brought us here is of more interest */
    if (!sqlite3_get_autocommit(db->h) && control(db, CTL_ROLLBACK))
        memcpy(why, db->why, sizeof why);
    memcpy(db->why, why, sizeof why);
    db->in_tx = db->in_savepoint = false;
}

enum err db_savepoint(struct db *db)
{
    TRY(gate(db, control_sql[CTL_SAVEPOINT]));
    if (!db->in_tx || db->in_savepoint)
        return fail(db, ERR_INTERNAL, control_sql[CTL_SAVEPOINT], "not in a transaction, or nested");
    TRY(control(db, CTL_SAVEPOINT));
    db->in_savepoint = true;
    return OK;
}

enum err db_release(struct db *db)
{
    TRY(gate(db, control_sql[CTL_RELEASE]));
    if (!db->in_savepoint)
        return fail(db, ERR_INTERNAL, control_sql[CTL_RELEASE], "no savepoint");
    TRY(control(db, CTL_RELEASE));
    db->in_savepoint = false;
    return OK;
}

enum err db_rollback_to(struct db *db)
{
    TRY(gate(db, control_sql[CTL_ROLLBACK_TO]));
    if (!db->in_savepoint)
        return fail(db, ERR_INTERNAL, control_sql[CTL_ROLLBACK_TO], "no savepoint");
    TRY(control(db, CTL_ROLLBACK_TO));
    TRY(control(db, CTL_RELEASE));
    db->in_savepoint = false;
    return OK;
}

/* A script inside a transaction must not end it. */
static int no_transaction(void *arg, int action, const char *a, const char *b, const char *c, const char *d)
{
    (void)arg, (void)a, (void)b, (void)c, (void)d;
    return action == SQLITE_TRANSACTION || action == SQLITE_ATTACH || action == SQLITE_DETACH ? SQLITE_DENY : SQLITE_OK;
}

enum err db_script(struct db *db, const char *sql)
{
    TRY(gate(db, "script"));
    if (db->in_tx)
        sqlite3_set_authorizer(db->h, no_transaction, NULL);
    int rc = sqlite3_exec(db->h, sql, NULL, NULL, NULL);
    enum err e = rc == SQLITE_OK ? OK : fail_rc(db, rc, "script", false);
    if (db->in_tx)
        sqlite3_set_authorizer(db->h, NULL, NULL);
    return e;
}

enum err db_has_table(struct db *db, const char *name, bool *has)
{
    TRY(gate(db, "has table"));
    int rc = sqlite3_table_column_metadata(db->h, "main", name, NULL, NULL, NULL, NULL, NULL, NULL);
    if (rc != SQLITE_OK && rc != SQLITE_ERROR) /* SQLITE_ERROR: there is none */
        return fail_rc(db, rc, "has table", false);
    *has = rc == SQLITE_OK;
    return OK;
}

/* ---- connecting */

static const struct setting {
    const char *set, *get, *want;
    bool file_only, write_only;
} settings[] = {
    {"PRAGMA journal_mode=WAL", "PRAGMA journal_mode", "wal", .file_only = true, .write_only = true},
    {NULL, "PRAGMA journal_mode", "wal", .file_only = true},
    {"PRAGMA journal_size_limit=67108864", "PRAGMA journal_size_limit", "67108864", .file_only = true, .write_only = true},
    {"PRAGMA cache_size=-32768", "PRAGMA cache_size", "-32768", .write_only = true}, /* a large import writes to many indexes at once */
    {.set = "PRAGMA synchronous=FULL", .get = "PRAGMA synchronous", .want = "2"},
    {.set = "PRAGMA foreign_keys=ON", .get = "PRAGMA foreign_keys", .want = "1"},
    {.set = "PRAGMA secure_delete=ON", .get = "PRAGMA secure_delete", .want = "1"},
    {.set = "PRAGMA trusted_schema=OFF", .get = "PRAGMA trusted_schema", .want = "0"},
    {.set = "PRAGMA cell_size_check=ON", .get = "PRAGMA cell_size_check", .want = "1"},
    {.set = "PRAGMA temp_store=MEMORY", .get = "PRAGMA temp_store", .want = "2"}, /* nothing personal in temporary files */
};

static enum err ask(struct db *db, const char *sql, char *out, size_t n_out)
{
    sqlite3_stmt *s = NULL;
    int rc = sqlite3_prepare_v2(db->h, sql, -1, &s, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_step(s);
    enum err e = rc == SQLITE_ROW ? OK : fail_rc(db, rc == SQLITE_DONE ? SQLITE_ERROR : rc, sql, false);
    if (!e) {
        const char *v = (const char *)sqlite3_column_text(s, 0);
        snprintf(out, n_out, "%s", v ? v : "");
    }
    sqlite3_finalize(s);
    return e;
}

static enum err set_pragmas(struct db *db, bool memory)
{
    for (size_t i = 0; i < COUNT(settings); i++) {
        const struct setting *s = &settings[i];
        char got[32];
        if ((s->file_only && memory) || (s->write_only && db->mode != DB_WRITE))
            continue;
        if (s->set) {
            int rc = sqlite3_exec(db->h, s->set, NULL, NULL, NULL);
            if (rc != SQLITE_OK)
                return fail_rc(db, rc, s->set, false);
        }
        TRY(ask(db, s->get, got, sizeof got));
        if (strcmp(got, s->want) != 0)
            return fail(db, ERR_INTERNAL, s->get, got);
    }
    return OK;
}

static enum err set_up(struct db *db, bool memory)
{
    static const struct {
        int op, want;
    } config[] = {{SQLITE_DBCONFIG_DEFENSIVE, 1}, {SQLITE_DBCONFIG_DQS_DML, 0}, {SQLITE_DBCONFIG_DQS_DDL, 0}};
    sqlite3_extended_result_codes(db->h, 1);
    sqlite3_busy_timeout(db->h, BUSY_MS);
    for (size_t i = 0; i < COUNT(config); i++) {
        int is = -1;
        if (sqlite3_db_config(db->h, config[i].op, config[i].want, &is) != SQLITE_OK || is != config[i].want)
            return fail(db, ERR_INTERNAL, "connect", "a safety setting does not hold");
    }
    TRY(set_pragmas(db, memory));
    if (db->mode == DB_READ) {
        char got[8];
        int rc = sqlite3_exec(db->h, "PRAGMA query_only=ON", NULL, NULL, NULL);
        if (rc != SQLITE_OK)
            return fail_rc(db, rc, "query_only", false);
        TRY(ask(db, "PRAGMA query_only", got, sizeof got));
        if (strcmp(got, "1") != 0)
            return fail(db, ERR_INTERNAL, "query_only", got);
    }
    return OK;
}

static enum err path_of(const char *url, const char **path)
{
    static const char own[] = "sqlite:";
    if (strncmp(url, own, sizeof own - 1) == 0)
        url += sizeof own - 1;
    else if (strncmp(url, "postgres", 8) == 0 && strstr(url, "://"))
        return ERR_INVALID;
    if (!*url || strncmp(url, "file:", 5) == 0)
        return ERR_INVALID;
    *path = url;
    return OK;
}

/* Made by us, so that nobody else on the machine may read it; the files beside it take over its rights. */
static enum err make_file(struct db *db, const char *path)
{
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) {
        enum err e = errno == ENOENT || errno == ENOTDIR || errno == EISDIR ? ERR_NOT_FOUND : ERR_FULL;
        return fail(db, e, "open", strerror(errno));
    }
    close(fd);
    return OK;
}

static enum err open_file(struct db *db, const char *path, bool memory)
{
    if (db->mode == DB_READ && (memory || (access(path, F_OK) != 0 && (errno == ENOENT || errno == ENOTDIR))))
        return fail(db, ERR_NOT_FOUND, "open", "there is no such file");
    if (db->mode == DB_WRITE && !memory)
        TRY(make_file(db, path));
    int flags = db->mode == DB_READ ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    int rc = sqlite3_open_v2(path, &db->h, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE, NULL);
    if (rc != SQLITE_OK)
        return fail(db, err_of(db, rc), "open", sqlite3_errstr(rc));
    return set_up(db, memory);
}

/* Counting its memory would take one lock for all threads at every allocation. Nothing here asks for the count. */
static void configure(void)
{
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); /* refused, and then only slower, when the library is in use already */
}

enum err db_connect(const char *url, enum db_open mode, struct db **out)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    const char *path;
    pthread_once(&once, configure);
    snprintf(connect_why, sizeof connect_why, "this kind of url is not known");
    TRY(path_of(url, &path));
    snprintf(connect_why, sizeof connect_why, "out of memory");
    CLEANUP(db_closep) struct db *db = calloc(1, sizeof *db);
    if (!db)
        return ERR_INTERNAL;
    db->mode = mode;
    db->fault_in = -1;
    db_queries(&db->n_stmt);
    db->stmt = calloc(db->n_stmt ? db->n_stmt : 1, sizeof *db->stmt);
    if (!db->stmt)
        return ERR_INTERNAL;
    enum err e = open_file(db, path, strcmp(path, ":memory:") == 0);
    memcpy(connect_why, db->why, sizeof connect_why);
    TRY(e);
    *out = db;
    db = NULL;
    return OK;
}

void db_close(struct db *db)
{
    if (!db)
        return;
    for (size_t i = 0; db->stmt && i < db->n_stmt; i++)
        sqlite3_finalize(db->stmt[i].s);
    for (size_t i = 0; i < CTL_N; i++)
        sqlite3_finalize(db->control[i]);
    sqlite3_close(db->h);
    free(db->stmt);
    free(db->scratch);
    free(db);
}
