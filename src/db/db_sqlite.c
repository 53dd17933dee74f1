/* driver.h over SQLite.
 *
 * One writer at a time and readers beside it (write-ahead log). A statement is prepared and checked against its query once per
 * connection and kept in stmt[], at the place the query has in the list of all queries. */
#include "db/driver.h"
#include "db/sqlite_scrub.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BUSY_MS = 2000, SCRUB_BUSY_MS = 200 };

struct stmt {
    sqlite3_stmt *s;
    uint8_t at[DB_COLS_MAX]; /* where SQLite has $1, $2, ...: it numbers them as they first appear */
    uint8_t n_in, n_col;
    bool in_use, lone; /* lone: not kept */
};

static const char *const step_sql[DB_STEPS] = {
    [DB_BEGIN] = "BEGIN IMMEDIATE",   [DB_BEGIN_READ] = "BEGIN",   [DB_COMMIT] = "COMMIT",
    [DB_ROLLBACK] = "ROLLBACK",       [DB_SAVEPOINT] = "SAVEPOINT p", [DB_RELEASE] = "RELEASE p",
    [DB_ROLLBACK_TO] = "ROLLBACK TO p",
};

struct lite {
    struct db db; /* first: a db of ours is a lite */
    sqlite3 *h;
    struct stmt *stmt; /* one for each query of the program */
    size_t n_stmt;
    sqlite3_stmt *step[DB_STEPS];
};

static struct lite *lite_of(struct db *db)
{
    return (struct lite *)db;
}

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

/* Notes why the call failed. A plain SQLITE_ERROR while running may quote what a user searched for: then only its general text. */
static enum err fail_rc(struct db *db, int rc, const char *what, bool running)
{
    int ext = sqlite3_extended_errcode(lite_of(db)->h);
    if ((ext & 0xff) != (rc & 0xff))
        ext = rc;
    const char *why = running && (rc & 0xff) == SQLITE_ERROR ? sqlite3_errstr(rc) : sqlite3_errmsg(lite_of(db)->h);
    return db_fail(db, err_of(db, ext), what, why);
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
    int rc = sqlite3_prepare_v3(lite_of(db)->h, q->sql, -1, flags, &st->s, &tail);
    if (rc != SQLITE_OK)
        return fail_rc(db, rc, q->name, false);
    char why[DB_WHY_MAX];
    if (!st->s)
        return db_fail(db, ERR_INTERNAL, q->name, "there is no SQL");
    if (!is_blank(tail))
        return db_fail(db, ERR_INTERNAL, q->name, "there is more than one statement");
    if (!fit_params(st, q, why, sizeof why) || !fit_columns(st, q, why, sizeof why))
        return db_fail(db, ERR_INTERNAL, q->name, why);
    return OK;
}

static enum err lite_check(struct db *db, const struct db_query *q)
{
    struct stmt st = {0};
    enum err e = prepare(db, q, &st, 0);
    sqlite3_finalize(st.s);
    return e;
}

/* The kept statement of q; a fresh one, not kept, when somebody up the stack is still reading from it. */
static enum err take(struct db *db, const struct db_query *q, struct stmt **out)
{
    struct lite *l = lite_of(db);
    size_t n, i = l->n_stmt;
    if (q->slot)
        i = (size_t)(q->slot - db_queries(&n));
    struct stmt *st = i < l->n_stmt && !l->stmt[i].in_use ? &l->stmt[i] : NULL;
    if (!st || !st->s) {
        struct stmt made = {.lone = !st};
        enum err e = prepare(db, q, &made, st ? SQLITE_PREPARE_PERSISTENT : 0);
        if (!e && !st && !(st = calloc(1, sizeof *st)))
            e = db_fail(db, ERR_INTERNAL, q->name, "out of memory");
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
        free(st);
        return;
    }
    sqlite3_reset(st->s);
    sqlite3_clear_bindings(st->s);
    st->in_use = false;
}

static enum err bind(struct db *db, const struct db_query *q, const struct stmt *st, const struct db_param *in, size_t n_in)
{
    for (size_t i = 0; i < n_in; i++) {
        const struct db_param *p = &in[i];
        /* An empty string is a string: SQLite would read a NULL pointer as NULL. */
        const char *p_s = p->s.n ? p->s.p : "";
        int rc;
        if (p->type == DB_STR)
            rc = sqlite3_bind_text64(st->s, st->at[i], p_s, p->s.n, SQLITE_STATIC, SQLITE_UTF8);
        else if (p->type == DB_BYTES)
            rc = sqlite3_bind_blob64(st->s, st->at[i], p_s, p->s.n, SQLITE_STATIC);
        else
            rc = sqlite3_bind_int64(st->s, st->at[i], p->i);
        if (rc != SQLITE_OK)
            return fail_rc(db, rc, q->name, true);
    }
    return OK;
}

static enum err lite_start(struct db *db, const struct db_query *q, const struct db_param *in, size_t n_in, struct db_cursor *c)
{
    struct stmt *st;
    TRY(take(db, q, &st));
    enum err e = bind(db, q, st, in, n_in);
    if (e) {
        give_back(st);
        return e;
    }
    c->p = st;
    c->columns = sqlite3_column_count(st->s);
    c->changes = !sqlite3_stmt_readonly(st->s);
    return OK;
}

static void lite_end(struct db *db, struct db_cursor *c)
{
    (void)db;
    give_back(c->p);
}

/* OK with *row false at the end. */
static enum err lite_next(struct db *db, const struct db_query *q, struct db_cursor *c, bool *row)
{
    struct stmt *st = c->p;
    int rc = sqlite3_step(st->s);
    if (rc != SQLITE_ROW && rc != SQLITE_DONE)
        return fail_rc(db, rc, q->name, true);
    *row = rc == SQLITE_ROW;
    return OK;
}

/* ---- rows */

static enum err read_number(struct db *db, const struct db_query *q, const struct db_col *c, sqlite3_value *from, char *to)
{
    int type = sqlite3_value_type(from);
    if (type != SQLITE_INTEGER && type != SQLITE_NULL)
        return db_bad_column(db, q, c, "is not a whole number in the database");
    return db_put_number(db, q, c, sqlite3_value_int64(from), to);
}

/* Strings and bytes are copied to `a`, or left in SQLite's memory (until the next step) when it is NULL. */
static enum err read_text(struct db *db, const struct db_query *q, const struct db_col *c, sqlite3_value *from, struct arena *a, char *to)
{
    struct str v = {"", 0};
    int type = sqlite3_value_type(from);
    if (type == (c->type == DB_BYTES ? SQLITE_BLOB : SQLITE_TEXT) || (type == SQLITE_BLOB && c->type == DB_STR)) {
        const void *p = type == SQLITE_TEXT ? (const void *)sqlite3_value_text(from) : sqlite3_value_blob(from);
        size_t n = (size_t)sqlite3_value_bytes(from);
        if (n && !p)
            return db_bad_column(db, q, c, "out of memory");
        if (n)
            v = (struct str){p, n};
    } else if (type != SQLITE_NULL) {
        return db_bad_column(db, q, c, c->type == DB_BYTES ? "is not bytes in the database" : "is not text in the database");
    }
    if (a)
        v = arena_str(a, v);
    memcpy(to, &v, sizeof v);
    return OK;
}

static enum err lite_read(struct db *db, const struct db_query *q, struct db_cursor *cur, struct arena *a, char *row)
{
    const struct stmt *st = cur->p;
    for (int i = 0; i < st->n_col; i++) {
        const struct db_col *c = &q->col[i];
        sqlite3_value *from = sqlite3_column_value(st->s, i); /* unprotected, for this connection is one thread's: one call, not three */
        if (c->type == DB_STR || c->type == DB_BYTES)
            TRY(read_text(db, q, c, from, a, row + c->at));
        else
            TRY(read_number(db, q, c, from, row + c->at));
    }
    return OK;
}

static enum err lite_read_id(struct db *db, const struct db_query *q, struct db_cursor *c, int64_t *id)
{
    const struct stmt *st = c->p;
    (void)db, (void)q;
    *id = sqlite3_column_int64(st->s, 0);
    return OK;
}

static int64_t lite_changed(struct db *db, struct db_cursor *c)
{
    (void)c;
    return sqlite3_changes64(lite_of(db)->h);
}

/* ---- transactions and scripts */

static void count_cache(struct db *db)
{
    int bytes = 0, highest = 0;
    if (sqlite3_db_status(lite_of(db)->h, SQLITE_DBSTATUS_CACHE_USED, &bytes, &highest, 0) == SQLITE_OK)
        db_cache(db, bytes);
}

static enum err lite_step(struct db *db, enum db_step s)
{
    struct lite *l = lite_of(db);
    if (!l->step[s]) {
        int rc = sqlite3_prepare_v3(l->h, step_sql[s], -1, SQLITE_PREPARE_PERSISTENT, &l->step[s], NULL);
        if (rc != SQLITE_OK)
            return fail_rc(db, rc, step_sql[s], false);
    }
    int rc = sqlite3_step(l->step[s]);
    enum err e = rc == SQLITE_DONE ? OK : fail_rc(db, rc, step_sql[s], false);
    sqlite3_reset(l->step[s]);
    if (s == DB_COMMIT || s == DB_ROLLBACK)
        count_cache(db);
    return !e && s == DB_ROLLBACK_TO ? lite_step(db, DB_RELEASE) : e;
}

/* A full disk makes SQLite give the transaction up by itself. */
static bool lite_is_lost(struct db *db)
{
    return sqlite3_get_autocommit(lite_of(db)->h) != 0;
}

/* A script inside a transaction must not end it. */
static int no_transaction(void *arg, int action, const char *a, const char *b, const char *c, const char *d)
{
    (void)arg, (void)a, (void)b, (void)c, (void)d;
    return action == SQLITE_TRANSACTION || action == SQLITE_ATTACH || action == SQLITE_DETACH ? SQLITE_DENY : SQLITE_OK;
}

static enum err lite_script(struct db *db, const char *sql)
{
    if (db->in_tx)
        sqlite3_set_authorizer(lite_of(db)->h, no_transaction, NULL);
    int rc = sqlite3_exec(lite_of(db)->h, sql, NULL, NULL, NULL);
    enum err e = rc == SQLITE_OK ? OK : fail_rc(db, rc, "script", false);
    if (db->in_tx)
        sqlite3_set_authorizer(lite_of(db)->h, NULL, NULL);
    return e;
}

static enum err lite_found(struct db *db)
{
    (void)db;
    return OK;
}

/* The first column of the one row. */
static enum err ask(struct db *db, const char *sql, char *out, size_t n_out)
{
    sqlite3_stmt *s = NULL;
    int rc = sqlite3_prepare_v2(lite_of(db)->h, sql, -1, &s, NULL);
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

/* Each of the tables has its highest number noted, as if it had been AUTOINCREMENT from the beginning. */
static enum err note_highest(struct db *db)
{
    sqlite3_stmt *s = NULL;
    int rc = sqlite3_prepare_v2(lite_of(db)->h,
                                "SELECT 'INSERT INTO sqlite_sequence (name, seq) SELECT ''' || name || ''', MAX(id) FROM \"' || name || '\" HAVING MAX(id) > 0' FROM sqlite_master"
                                " WHERE type = 'table' AND sql LIKE '% id INTEGER PRIMARY KEY,%'",
                                -1, &s, NULL);
    while (rc == SQLITE_OK && (rc = sqlite3_step(s)) == SQLITE_ROW)
        rc = sqlite3_exec(lite_of(db)->h, (const char *)sqlite3_column_text(s, 0), NULL, NULL, NULL);
    sqlite3_finalize(s);
    return rc == SQLITE_DONE ? OK : fail_rc(db, rc, "settle", false);
}

/* By the way that SQLite describes for changes of a table's text alone (lang_altertable, 7): what lies on the disk is the same for both kinds of
 * table, but for the list of the highest numbers. The table that comes and goes makes that list, and tells other connections that the schema changed. */
static enum err lite_settle(struct db *db)
{
    static const char begin[] = "CREATE TABLE settle_ (id INTEGER PRIMARY KEY AUTOINCREMENT)";
    static const char change[] = "PRAGMA writable_schema=ON;"
                                 "UPDATE sqlite_master SET sql = replace(sql, ' id INTEGER PRIMARY KEY,', ' id INTEGER PRIMARY KEY AUTOINCREMENT,')"
                                 " WHERE type = 'table' AND sql LIKE '% id INTEGER PRIMARY KEY,%';"
                                 "PRAGMA writable_schema=RESET;"
                                 "DROP TABLE settle_";
    char old[24];
    TRY(ask(db, "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND sql LIKE '% id INTEGER PRIMARY KEY,%'", old, sizeof old));
    if (strcmp(old, "0") == 0)
        return OK;
    TRY(lite_script(db, begin));
    TRY(note_highest(db));
    sqlite3_db_config(lite_of(db)->h, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL);
    enum err e = lite_script(db, change);
    if (e)
        sqlite3_exec(lite_of(db)->h, "PRAGMA writable_schema=OFF", NULL, NULL, NULL);
    sqlite3_db_config(lite_of(db)->h, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    return e;
}

static enum err lite_has_table(struct db *db, const char *name, bool *has)
{
    int rc = sqlite3_table_column_metadata(lite_of(db)->h, "main", name, NULL, NULL, NULL, NULL, NULL, NULL);
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

static enum err lite_scrub(struct db *db)
{
    const char *why;
    sqlite3 *h = lite_of(db)->h;
    sqlite3_busy_timeout(h, SCRUB_BUSY_MS); /* who waits for somebody that reads for long keeps those who write waiting */
    int rc = sqlite_scrub(h, &why);
    sqlite3_busy_timeout(h, BUSY_MS);
    return rc ? db_fail(db, err_of(db, rc), why, sqlite3_errstr(rc)) : OK;
}

static enum err set_pragmas(struct db *db, bool memory)
{
    for (size_t i = 0; i < COUNT(settings); i++) {
        const struct setting *s = &settings[i];
        char got[32];
        if ((s->file_only && memory) || (s->write_only && db->mode != DB_WRITE))
            continue;
        if (s->set) {
            int rc = sqlite3_exec(lite_of(db)->h, s->set, NULL, NULL, NULL);
            if (rc != SQLITE_OK)
                return fail_rc(db, rc, s->set, false);
        }
        TRY(ask(db, s->get, got, sizeof got));
        if (strcmp(got, s->want) != 0)
            return db_fail(db, ERR_INTERNAL, s->get, got);
    }
    return OK;
}

static enum err set_up(struct db *db, bool memory)
{
    static const struct {
        int op, want;
    } config[] = {{SQLITE_DBCONFIG_DEFENSIVE, 1}, {SQLITE_DBCONFIG_DQS_DML, 0}, {SQLITE_DBCONFIG_DQS_DDL, 0}};
    sqlite3_extended_result_codes(lite_of(db)->h, 1);
    sqlite3_busy_timeout(lite_of(db)->h, BUSY_MS);
    for (size_t i = 0; i < COUNT(config); i++) {
        int is = -1;
        if (sqlite3_db_config(lite_of(db)->h, config[i].op, config[i].want, &is) != SQLITE_OK || is != config[i].want)
            return db_fail(db, ERR_INTERNAL, "connect", "a safety setting does not hold");
    }
    TRY(set_pragmas(db, memory));
    if (db->mode == DB_READ) {
        char got[8];
        int rc = sqlite3_exec(lite_of(db)->h, "PRAGMA query_only=ON", NULL, NULL, NULL);
        if (rc != SQLITE_OK)
            return fail_rc(db, rc, "query_only", false);
        TRY(ask(db, "PRAGMA query_only", got, sizeof got));
        if (strcmp(got, "1") != 0)
            return db_fail(db, ERR_INTERNAL, "query_only", got);
    }
    return OK;
}

/* Made by us, so that nobody else on the machine may read it; the files beside it take over its rights.
 * A file that is there is not opened: closing it would take away all locks that this process holds on it (fcntl, POSIX), those of SQLite's other connections
 * too. The next program that closes the database would then take itself for the last one, and remove the log that these go on writing to. */
static enum err make_file(struct db *db, const char *path)
{
    struct stat st;
    if (stat(path, &st) == 0 && S_ISREG(st.st_mode) && access(path, R_OK | W_OK) == 0)
        return OK;
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) {
        enum err e = errno == ENOENT || errno == ENOTDIR || errno == EISDIR ? ERR_NOT_FOUND : ERR_FULL;
        return db_fail(db, e, "open", strerror(errno));
    }
    close(fd);
    return OK;
}

static enum err open_file(struct db *db, const char *path, bool memory)
{
    if (db->mode == DB_READ && (memory || (access(path, F_OK) != 0 && (errno == ENOENT || errno == ENOTDIR))))
        return db_fail(db, ERR_NOT_FOUND, "open", "there is no such file");
    if (db->mode == DB_WRITE && !memory)
        TRY(make_file(db, path));
    int flags = db->mode == DB_READ ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    int rc = sqlite3_open_v2(path, &lite_of(db)->h, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE, NULL);
    if (rc != SQLITE_OK)
        return db_fail(db, err_of(db, rc), "open", sqlite3_errstr(rc));
    return set_up(db, memory);
}

/* Counting its memory would take one lock for all threads at every allocation. Nothing here asks for the count. */
static void configure(void)
{
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); /* refused, and then only slower, when the library is in use already */
}

static void lite_close(struct db *db)
{
    struct lite *l = lite_of(db);
    for (size_t i = 0; l->stmt && i < l->n_stmt; i++)
        sqlite3_finalize(l->stmt[i].s);
    for (size_t i = 0; i < DB_STEPS; i++)
        sqlite3_finalize(l->step[i]);
    sqlite3_close(l->h);
    db_cache(db, 0);
    free(l->stmt);
}

static void lite_cut(struct db *db)
{
    (void)db;
}

static const struct db_driver driver = {
    .kind = DB_SQLITE, .close = lite_close, .start = lite_start, .stream = lite_start, .next = lite_next, .read = lite_read,
    .read_id = lite_read_id, .changed = lite_changed, .end = lite_end, .step = lite_step, .is_lost = lite_is_lost, .check = lite_check,
    .found = lite_found, .settle = lite_settle, .script = lite_script, .has_table = lite_has_table, .scrub = lite_scrub, .cut = lite_cut,
};

enum err db_sqlite_open(const char *path, enum db_open mode, struct db **out)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, configure);
    struct lite *l = calloc(1, sizeof *l);
    if (!l)
        return ERR_INTERNAL;
    *out = &l->db;
    l->db.driver = &driver;
    l->db.mode = mode;
    db_queries(&l->n_stmt);
    l->stmt = calloc(l->n_stmt ? l->n_stmt : 1, sizeof *l->stmt);
    if (!l->stmt)
        return ERR_INTERNAL;
    return open_file(&l->db, path, strcmp(path, ":memory:") == 0);
}
