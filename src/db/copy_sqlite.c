/* copy.h over SQLite. */
#include "db/copy_driver.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <unistd.h>

enum { BUSY_MS = 10000 };

struct sqlite_copy {
    struct copy c;
    sqlite3 *h;
    sqlite3_stmt *put;
    struct str into; /* the table `put` is for; of the caller */
};

static struct sqlite_copy *own(struct copy *c)
{
    return (struct sqlite_copy *)c;
}

static enum err fail_rc(struct copy *c, int rc)
{
    enum err e = (rc & 0xff) == SQLITE_BUSY ? ERR_BUSY
                 : (rc & 0xff) == SQLITE_FULL || (rc & 0xff) == SQLITE_IOERR || (rc & 0xff) == SQLITE_CANTOPEN ? ERR_FULL
                 : (rc & 0xff) == SQLITE_CONSTRAINT ? ERR_CONFLICT
                 : (rc & 0xff) == SQLITE_TOOBIG ? ERR_LIMIT
                                                : ERR_INTERNAL;
    return copy_fail(c, e, "%s", sqlite3_errmsg(own(c)->h));
}

static enum err run(struct copy *c, const char *sql)
{
    int rc = sqlite3_exec(own(c)->h, sql, NULL, NULL, NULL);
    return rc == SQLITE_OK ? OK : fail_rc(c, rc);
}

static struct copy *make(void)
{
    struct sqlite_copy *s = calloc(1, sizeof *s);
    return s ? &s->c : NULL;
}

static enum err open_it(struct copy *c, const char *url)
{
    static const char prefix[] = "sqlite:";
    static const char *const always[] = {"PRAGMA trusted_schema=OFF", "PRAGMA cell_size_check=ON", "PRAGMA temp_store=MEMORY"};
    static const char *const in[] = {"PRAGMA synchronous=FULL", "PRAGMA foreign_keys=ON", "PRAGMA cache_size=-262144", "BEGIN IMMEDIATE"};
    static const char *const out[] = {"PRAGMA query_only=ON", "BEGIN", "SELECT COUNT(*) FROM sqlite_master"}; /* the view begins with the first look */
    const char *path = strncmp(url, prefix, sizeof prefix - 1) ? url : url + sizeof prefix - 1;
    if (access(path, F_OK))
        return copy_fail(c, ERR_NOT_FOUND, "there is no such file");
    int rc = sqlite3_open_v2(path, &own(c)->h, (c->way == COPY_OUT ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE) | SQLITE_OPEN_NOMUTEX, NULL);
    if (rc != SQLITE_OK)
        return fail_rc(c, rc);
    sqlite3_busy_timeout(own(c)->h, BUSY_MS);
    sqlite3_db_config(own(c)->h, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    for (size_t i = 0; i < COUNT(always); i++)
        TRY(run(c, always[i]));
    for (size_t i = 0; c->way == COPY_IN && i < COUNT(in); i++)
        TRY(run(c, in[i]));
    for (size_t i = 0; c->way == COPY_OUT && i < COUNT(out); i++)
        TRY(run(c, out[i]));
    return OK;
}

static void close_it(struct copy *c)
{
    sqlite3_finalize(own(c)->put);
    sqlite3_close(own(c)->h); /* undoes what is open */
    free(c);
}

/* ---- the catalog */

static struct str text_at(struct arena *a, sqlite3_stmt *s, int i)
{
    return arena_str(a, (struct str){(const char *)sqlite3_column_text(s, i), (size_t)sqlite3_column_bytes(s, i)});
}

/* One text bound to ?1; `each` gets every row. */
static enum err ask(struct copy *c, const char *sql, struct str of, enum err (*each)(void *arg, sqlite3_stmt *s), void *arg)
{
    sqlite3_stmt *s = NULL;
    int rc = sqlite3_prepare_v2(own(c)->h, sql, -1, &s, NULL);
    if (rc == SQLITE_OK && of.n)
        rc = sqlite3_bind_text64(s, 1, of.p, of.n, SQLITE_STATIC, SQLITE_UTF8);
    enum err e = OK;
    while (rc == SQLITE_OK && !e && (rc = sqlite3_step(s)) == SQLITE_ROW) {
        rc = SQLITE_OK;
        e = each(arg, s);
    }
    if (!e && rc != SQLITE_DONE)
        e = fail_rc(c, rc);
    sqlite3_finalize(s);
    return e;
}

struct catalog {
    struct copy *c;
    struct arena *a;
    struct copy_table *tables, *t; /* t: the one at hand */
    size_t n;
};
enum { TABLES_MAX = 1000 };

static enum err one_table(void *arg, sqlite3_stmt *s)
{
    struct catalog *k = arg;
    if (k->n == TABLES_MAX)
        return copy_fail(k->c, ERR_LIMIT, "more than %d tables", TABLES_MAX);
    k->tables[k->n++] = (struct copy_table){.name = text_at(k->a, s, 0), .columns = ARENA_ARRAY(k->a, struct copy_column, COPY_COLUMNS_MAX),
                                            .parents = ARENA_ARRAY(k->a, struct str, COPY_COLUMNS_MAX)};
    return OK;
}

static enum err one_column(void *arg, sqlite3_stmt *s)
{
    struct catalog *k = arg;
    struct copy_table *t = k->t;
    struct str type = text_at(k->a, s, 1);
    if (t->n == COPY_COLUMNS_MAX)
        return copy_fail(k->c, ERR_LIMIT, "%.*s has more than %d columns", STR_FMT(t->name), COPY_COLUMNS_MAX);
    struct copy_column *col = &t->columns[t->n++];
    *col = (struct copy_column){.name = text_at(k->a, s, 0), .key = sqlite3_column_int(s, 2)};
    if (str_is(type, "INTEGER") || str_is(type, "BIGINT"))
        *col = (struct copy_column){col->name, COPY_INT, str_is(type, "BIGINT") || col->key ? 8 : 4, col->key};
    else if (str_is(type, "TEXT") || str_is(type, "BLOB"))
        col->type = str_is(type, "TEXT") ? COPY_TEXT : COPY_BYTES;
    else
        return copy_refuse(k->c, t, t->n - 1, "has a type that is not for both databases");
    return OK;
}

static enum err one_parent(void *arg, sqlite3_stmt *s)
{
    struct catalog *k = arg;
    if (k->t->n_parents < COPY_COLUMNS_MAX)
        k->t->parents[k->t->n_parents++] = text_at(k->a, s, 0);
    return OK;
}

static enum err the_given(void *arg, sqlite3_stmt *s)
{
    struct catalog *k = arg;
    k->t->given = sqlite3_column_int64(s, 0);
    return OK;
}

static enum err has_rows(void *arg, sqlite3_stmt *s)
{
    (void)s;
    *(bool *)arg = true;
    return OK;
}

/* sqlite_sequence is there once a table is AUTOINCREMENT. */
static enum err has_numbering(struct copy *c, struct str table, bool *has)
{
    static const char sql[] = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?1 AND sql LIKE '% AUTOINCREMENT%'";
    *has = false;
    return ask(c, sql, table, has_rows, has);
}

static enum err given_of(struct catalog *k)
{
    bool has;
    TRY(has_numbering(k->c, k->t->name, &has));
    return has ? ask(k->c, "SELECT seq FROM sqlite_sequence WHERE name = ?1", k->t->name, the_given, k) : OK;
}

static enum err tables(struct copy *c, struct arena *a, struct copy_table **out, size_t *n)
{
    struct catalog k = {c, a, ARENA_ARRAY(a, struct copy_table, TABLES_MAX), NULL, 0};
    TRY(ask(c, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name", STR(""), one_table, &k));
    for (size_t i = 0; i < k.n; i++) {
        k.t = &k.tables[i];
        TRY(ask(c, "SELECT name, type, pk FROM pragma_table_info(?1) ORDER BY cid", k.t->name, one_column, &k));
        TRY(ask(c, "SELECT DISTINCT \"table\" FROM pragma_foreign_key_list(?1)", k.t->name, one_parent, &k));
        TRY(given_of(&k));
    }
    *out = k.tables;
    *n = k.n;
    return OK;
}

/* ---- rows */

static enum err read_cell(struct copy *c, const struct copy_table *t, sqlite3_stmt *s, int i, struct copy_cell *cell)
{
    static const enum copy_type of[] = {[SQLITE_INTEGER] = COPY_INT, [SQLITE_TEXT] = COPY_TEXT, [SQLITE_BLOB] = COPY_BYTES, [SQLITE_NULL] = COPY_NULL};
    int type = sqlite3_column_type(s, i);
    if (type == SQLITE_FLOAT)
        return copy_refuse(c, t, (size_t)i, "holds a fraction");
    *cell = (struct copy_cell){.type = of[type]};
    if (cell->type == COPY_INT)
        cell->i = sqlite3_column_int64(s, i);
    if (cell->type == COPY_TEXT || cell->type == COPY_BYTES) {
        const void *p = cell->type == COPY_TEXT ? (const void *)sqlite3_column_text(s, i) : sqlite3_column_blob(s, i);
        cell->s = (struct str){p ? p : "", (size_t)sqlite3_column_bytes(s, i)};
        if (cell->s.n && !p)
            return copy_fail(c, ERR_INTERNAL, "out of memory");
    }
    return cell->type == COPY_NULL || cell->type == t->columns[i].type
               ? OK
               : copy_refuse(c, t, (size_t)i, "holds another kind of value than its column is for");
}

struct reading {
    struct copy *c;
    const struct copy_table *t;
    copy_row_fn *each;
    void *arg;
};

static enum err one_row(void *arg, sqlite3_stmt *s)
{
    struct reading *r = arg;
    struct copy_cell cells[COPY_COLUMNS_MAX];
    for (size_t i = 0; i < r->t->n; i++)
        TRY(read_cell(r->c, r->t, s, (int)i, &cells[i]));
    return r->each(r->arg, cells);
}

static enum err rows(struct copy *c, const struct copy_table *t, const char *sql, copy_row_fn *each, void *arg)
{
    struct reading r = {c, t, each, arg};
    return ask(c, sql, STR(""), one_row, &r);
}

static enum err prepare_put(struct copy *c, const struct copy_table *t)
{
    struct sqlite_copy *s = own(c);
    struct buf sql = {0};
    if (s->put && str_eq(s->into, t->name))
        return OK;
    sqlite3_finalize(s->put);
    s->put = NULL;
    buf_c(&sql, "INSERT INTO ");
    copy_name(&sql, t->name);
    buf_c(&sql, " (");
    for (size_t i = 0; i < t->n; i++) {
        buf_c(&sql, i ? ", " : "");
        copy_name(&sql, t->columns[i].name);
    }
    buf_c(&sql, ") VALUES (?");
    for (size_t i = 1; i < t->n; i++)
        buf_c(&sql, ", ?");
    buf_c(&sql, ")");
    int rc = sql.bad ? SQLITE_NOMEM : sqlite3_prepare_v2(s->h, sql.p, (int)sql.n, &s->put, NULL);
    buf_free(&sql);
    s->into = t->name;
    return rc == SQLITE_OK ? OK : fail_rc(c, rc);
}

static int bind(sqlite3_stmt *s, int at, const struct copy_cell *cell)
{
    const char *p = cell->s.n ? cell->s.p : ""; /* a NULL pointer would be NULL */
    switch (cell->type) {
    case COPY_INT:
        return sqlite3_bind_int64(s, at, cell->i);
    case COPY_TEXT:
        return sqlite3_bind_text64(s, at, p, cell->s.n, SQLITE_STATIC, SQLITE_UTF8);
    case COPY_BYTES:
        return sqlite3_bind_blob64(s, at, p, cell->s.n, SQLITE_STATIC);
    case COPY_NULL:
        break;
    }
    return sqlite3_bind_null(s, at);
}

static enum err put(struct copy *c, const struct copy_table *t, const struct copy_cell *cells)
{
    TRY(prepare_put(c, t));
    int rc = SQLITE_OK;
    for (size_t i = 0; rc == SQLITE_OK && i < t->n; i++)
        rc = bind(own(c)->put, (int)i + 1, &cells[i]);
    if (rc == SQLITE_OK)
        rc = sqlite3_step(own(c)->put);
    enum err e = rc == SQLITE_DONE ? OK : fail_rc(c, rc);
    sqlite3_reset(own(c)->put);
    sqlite3_clear_bindings(own(c)->put);
    return e;
}

static enum err run_with(struct copy *c, const char *sql, int64_t given, struct str table)
{
    sqlite3_stmt *s = NULL;
    int rc = sqlite3_prepare_v2(own(c)->h, sql, -1, &s, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_bind_int64(s, 1, given);
    if (rc == SQLITE_OK)
        rc = sqlite3_bind_text64(s, 2, table.p, table.n, SQLITE_STATIC, SQLITE_UTF8);
    if (rc == SQLITE_OK)
        rc = sqlite3_step(s);
    enum err e = rc == SQLITE_DONE ? OK : fail_rc(c, rc);
    sqlite3_finalize(s);
    return e;
}

/* The highest row is in sqlite_sequence by itself. */
static enum err put_end(struct copy *c, const struct copy_table *t, int64_t given)
{
    bool has;
    sqlite3_finalize(own(c)->put);
    own(c)->put = NULL;
    TRY(has_numbering(c, t->name, &has));
    if (!has || given <= 0)
        return OK;
    TRY(run_with(c, "UPDATE sqlite_sequence SET seq = MAX(seq, ?1) WHERE name = ?2", given, t->name));
    return run_with(c, "INSERT INTO sqlite_sequence (seq, name) SELECT ?1, ?2 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = ?2)", given, t->name);
}

static enum err commit(struct copy *c)
{
    return run(c, "COMMIT");
}

const struct copy_driver copy_sqlite = {make, open_it, close_it, tables, rows, put, put_end, commit, .text_order = ""};
