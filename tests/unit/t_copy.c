/* Whole tables from one database to another: every kind of cell, the order of tables and rows, sums that see one bit, and what is refused. */
#include "db/copy.h"
#include "base/secret.h"
#include "db/migrate.h"
#include "keep/keep.h"
#include "tests/test.h"

#include <libpq-fe.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <unistd.h>

static struct arena *a;
static char folder[] = "/tmp/springbrett-copy-XXXXXX";

static const char *path_of(const char *name)
{
    return arena_fmt(a, "%s/%s", folder, name).p;
}

/* A database with this schema and these rows, by SQLite itself. */
static const char *made(const char *name, const char *sql)
{
    const char *path = path_of(name);
    sqlite3 *h = NULL;
    char *why = NULL;
    unlink(path);
    CHECK(sqlite3_open(path, &h) == SQLITE_OK && sqlite3_exec(h, sql, NULL, NULL, &why) == SQLITE_OK);
    if (why)
        printf("# %s\n", why);
    sqlite3_free(why);
    sqlite3_close(h);
    return path;
}

/* ---- bytes */

static const struct copy_column columns[] = {{{"n", sizeof "n" - 1}, COPY_INT, 8, 1}, {{"t", sizeof "t" - 1}, COPY_TEXT, 0, 0}, {{"b", sizeof "b" - 1}, COPY_BYTES, 0, 0}};

static struct bytes bytes_of(const struct copy_cell *cells, size_t n, struct buf *b)
{
    buf_clear(b);
    b->max = 64 << 20;
    copy_row_write(b, cells, n);
    CHECK(!b->bad);
    return (struct bytes){(const uint8_t *)b->p, b->n};
}

static void one_row(struct copy_cell *cells)
{
    struct buf b = {0}, again = {0};
    struct copy_cell got[3];
    struct bytes row = bytes_of(cells, 3, &b);
    CHECK_ERR(copy_row_read(row, columns, 3, got), OK);
    struct bytes same = bytes_of(got, 3, &again);
    CHECK(same.n == row.n && !memcmp(same.p, row.p, row.n));
    bool ok = true;
    for (size_t i = 0; i < 3; i++)
        ok = ok && got[i].type == cells[i].type && got[i].i == cells[i].i && str_eq(got[i].s, cells[i].s);
    CHECK(ok);
    size_t taken = 0;
    for (size_t n = 0; n < row.n && n < 200; n++) {
        char *cut = test_exact(row.p, n);
        taken += copy_row_read((struct bytes){(uint8_t *)cut, n}, columns, 3, got) == OK;
        free(cut);
    }
    CHECK_INT(taken, 0);
    buf_free(&b);
    buf_free(&again);
}

static void rows_as_bytes(void)
{
    struct str big = {arena_alloc(a, 3 << 20), 3 << 20};
    struct copy_cell cases[][3] = {
        {{.type = COPY_INT, .i = 1}, {.type = COPY_TEXT, .s = STR("Ødegård")}, {.type = COPY_BYTES, .s = STR("\0\1\377")}},
        {{.type = COPY_INT, .i = INT64_MIN}, {.type = COPY_TEXT, .s = STR("")}, {.type = COPY_BYTES, .s = STR("")}},
        {{.type = COPY_INT, .i = INT64_MAX}, {.type = COPY_NULL}, {.type = COPY_NULL}},
        {{.type = COPY_NULL}, {.type = COPY_TEXT, .s = big}, {.type = COPY_BYTES, .s = big}},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        one_row(cases[i]);
    struct copy_cell wrong[3] = {{.type = COPY_TEXT, .s = STR("1")}, {.type = COPY_TEXT, .s = STR("x")}, {.type = COPY_NULL}}, got[3];
    struct buf b = {0};
    CHECK_ERR(copy_row_read(bytes_of(wrong, 3, &b), columns, 3, got), ERR_INVALID);
    CHECK_ERR(copy_row_read(bytes_of(cases[0], 3, &b), columns, 2, got), ERR_INVALID); /* something behind the last cell */
    CHECK_ERR(copy_row_read((struct bytes){(const uint8_t *)"\4", 1}, columns, 1, got), ERR_INVALID);
    CHECK_ERR(copy_row_read((struct bytes){(const uint8_t *)"\2\377\377\377\377x", 6}, columns + 1, 1, got), ERR_INVALID);
    buf_free(&b);
}

static void sums(void)
{
    uint8_t row[40] = {1, 0};
    struct copy_sum first = {0}, s;
    size_t same = 0;
    CHECK_ERR(copy_sum_add(&first, (struct bytes){row, sizeof row}), OK);
    for (size_t bit = 0; bit < 8 * sizeof row; bit++) {
        row[bit / 8] ^= (uint8_t)(1 << bit % 8);
        s = (struct copy_sum){0};
        CHECK_ERR(copy_sum_add(&s, (struct bytes){row, sizeof row}), OK);
        same += copy_sum_eq(&s, &first);
        row[bit / 8] ^= (uint8_t)(1 << bit % 8);
    }
    CHECK_INT(same, 0);
    s = (struct copy_sum){0};
    CHECK_ERR(copy_sum_add(&s, (struct bytes){row, sizeof row}), OK);
    CHECK(copy_sum_eq(&s, &first)); /* control */
    CHECK_ERR(copy_sum_add(&s, (struct bytes){row, sizeof row}), OK);
    CHECK(!copy_sum_eq(&s, &first) && s.rows == 2);
}

/* ---- tables */

static enum err tables_of(const char *path, struct copy_table **t, size_t *n)
{
    CLEANUP(copy_closep) struct copy *c = NULL;
    TRY(copy_open(path, COPY_OUT, &c));
    enum err e = copy_tables(c, a, t, n);
    if (e)
        printf("# %s\n", copy_why(c));
    return e;
}

static void order_of_tables(void)
{
    struct copy_table *t;
    size_t n;
    const char *p = made("order.db", "CREATE TABLE a (id INTEGER PRIMARY KEY, b BIGINT REFERENCES b(id));"
                                     "CREATE TABLE b (id INTEGER PRIMARY KEY, up BIGINT REFERENCES b(id), c BIGINT REFERENCES c(id));"
                                     "CREATE TABLE c (k TEXT, n INTEGER, x BLOB, PRIMARY KEY (n, k));");
    CHECK_ERR(tables_of(p, &t, &n), OK);
    CHECK(n == 3 && str_is(t[0].name, "c") && str_is(t[1].name, "b") && str_is(t[2].name, "a"));
    CHECK(t[0].n == 3 && t[0].columns[0].key == 2 && t[0].columns[1].key == 1 && t[0].columns[2].type == COPY_BYTES);
    CHECK(t[1].columns[0].bytes == 8 && t[1].columns[1].bytes == 8);
    CHECK_ERR(tables_of(made("circle.db", "CREATE TABLE a (id INTEGER PRIMARY KEY, b BIGINT REFERENCES b(id));"
                                          "CREATE TABLE b (id INTEGER PRIMARY KEY, a BIGINT REFERENCES a(id));"), &t, &n), ERR_STATE);
    CHECK_ERR(tables_of(made("odd.db", "CREATE TABLE a (id INTEGER PRIMARY KEY, x REAL);"), &t, &n), ERR_INVALID);
    CHECK_ERR(tables_of(path_of("none.db"), &t, &n), ERR_NOT_FOUND);
}

struct seen {
    size_t n;
    int64_t sum;
    struct str order;
};
static enum err look(void *arg, const struct copy_cell *cells)
{
    struct seen *s = arg;
    s->n++;
    s->sum += cells[0].i;
    s->order = arena_fmt(a, "%.*s%.*s,", STR_FMT(s->order), STR_FMT(cells[1].s));
    return OK;
}

/* ERR of reading the first table's rows. */
static enum err read_rows(const char *path, struct seen *s)
{
    CLEANUP(copy_closep) struct copy *c = NULL;
    struct copy_table *t;
    size_t n;
    TRY(copy_open(path, COPY_OUT, &c));
    TRY(copy_tables(c, a, &t, &n));
    enum err e = copy_rows(c, &t[0], look, s);
    if (e)
        printf("# %s\n", copy_why(c));
    return e;
}

static void order_of_rows(void)
{
    struct seen s = {0};
    CHECK_ERR(read_rows(made("rows.db", "CREATE TABLE a (n BIGINT, k TEXT, PRIMARY KEY (k, n));"
                                        "INSERT INTO a VALUES (1, 'b'), (2, 'å'), (3, 'B'), (4, 'ab'), (5, 'a'), (6, '')"), &s), OK);
    CHECK(s.n == 6 && s.sum == 21);
    CHECK_STR(s.order, ",B,a,ab,b,å,"); /* by bytes */
    CHECK_ERR(read_rows(made("nokey.db", "CREATE TABLE a (n BIGINT, k TEXT)"), &s), ERR_STATE);
    CHECK_ERR(read_rows(made("half.db", "CREATE TABLE a (n BIGINT, k TEXT, PRIMARY KEY (k)); INSERT INTO a VALUES (1.5, 'a')"), &s), ERR_INVALID);
    CHECK_ERR(read_rows(made("text.db", "CREATE TABLE a (n BIGINT, k TEXT, PRIMARY KEY (k)); INSERT INTO a VALUES ('x', 'a')"), &s), ERR_INVALID);
}

/* ---- into another */

static const char schema[] = "CREATE TABLE p (id INTEGER PRIMARY KEY, t TEXT, n INTEGER, b BLOB);"
                             "CREATE TABLE q (id INTEGER PRIMARY KEY, p BIGINT NOT NULL REFERENCES p(id));";

static struct str with(const char *rows)
{
    return arena_fmt(a, "%s%s", schema, rows);
}

static enum err moved(const char *rows, const char *there, struct keep_done *d)
{
    const char *from = made("from.db", with(rows).p), *to = made("to.db", with(there).p);
    enum err e = keep_move(from, to, d);
    if (e)
        printf("# %s\n", d->why);
    return e;
}

static int64_t rows_in(const char *name)
{
    sqlite3 *h = NULL;
    sqlite3_stmt *s = NULL;
    CHECK(sqlite3_open(path_of(name), &h) == SQLITE_OK);
    CHECK(sqlite3_prepare_v2(h, "SELECT (SELECT COUNT(*) FROM p) + (SELECT COUNT(*) FROM q)", -1, &s, NULL) == SQLITE_OK && sqlite3_step(s) == SQLITE_ROW);
    int64_t n = sqlite3_column_int64(s, 0);
    sqlite3_finalize(s);
    sqlite3_close(h);
    return n;
}

static struct copy_sum sum_of(const char *url, const char *table)
{
    CLEANUP(copy_closep) struct copy *c = NULL;
    struct copy_sum sum = {.rows = -1};
    struct copy_table *t;
    size_t n = 0;
    CHECK_ERR(copy_open(url, COPY_OUT, &c), OK);
    CHECK_ERR(copy_tables(c, a, &t, &n), OK);
    for (size_t i = 0; i < n; i++)
        if (str_is(t[i].name, table))
            CHECK_ERR(copy_sum_table(c, &t[i], &sum), OK);
    return sum;
}

/* Wider, or more, than there is room for; and a path that says what it is. */
static void limits(void)
{
    struct buf sql = {.max = 1 << 20};
    for (int many = 0; many < 2; many++) {
        buf_clear(&sql);
        if (!many)
            buf_c(&sql, "CREATE TABLE wide (id INTEGER PRIMARY KEY");
        for (int i = 0; i < (many ? 1200 : COPY_COLUMNS_MAX); i++)
            buf_str(&sql, arena_fmt(a, many ? "CREATE TABLE t%d (id INTEGER PRIMARY KEY);" : ", c%d INTEGER", i));
        buf_c(&sql, many ? "" : ")");
        buf_byte(&sql, '\0');
        struct copy *c = NULL;
        struct copy_table *t;
        size_t n;
        CHECK_ERR(copy_open(arena_fmt(a, "sqlite:%s", made("limits.db", sql.p)).p, COPY_OUT, &c), OK);
        CHECK_ERR(copy_tables(c, a, &t, &n), ERR_LIMIT);
        copy_close(c);
    }
    buf_free(&sql);
    CHECK_INT(sum_of(made("limits.db", "CREATE TABLE \"a\"\"b\" (id INTEGER PRIMARY KEY); INSERT INTO \"a\"\"b\" VALUES (1), (2)"), "a\"b").rows, 2);
    unlink(path_of("limits.db"));
}

static void moving(void)
{
    static const char *const bad[] = {
        "INSERT INTO p VALUES (1, CAST(x'c328' AS TEXT), 1, NULL)",             /* no UTF-8 */
        "INSERT INTO p VALUES (1, CAST(x'610062' AS TEXT), 1, NULL)",           /* a zero byte */
        "INSERT INTO p VALUES (1, 'a', 2147483648, NULL)",                      /* too large for 32 bits */
        "INSERT INTO p VALUES (1, 'a', 1, 'text')",                             /* text among bytes */
        "INSERT INTO q VALUES (1, 7)",                                          /* points into the void */
    };
    struct keep_done d;
    CHECK_ERR(moved("INSERT INTO p VALUES (1, 'a', 1, x'00ff'), (5, '', -2147483648, x''), (9, NULL, NULL, NULL), (3, 'Ø', 0, zeroblob(2000000));"
                    "INSERT INTO q VALUES (1, 5), (2, 5), (-3, 9)", "", &d), OK);
    CHECK(d.tables == 2 && d.rows == 7 && rows_in("to.db") == 7);
    for (size_t i = 0; i < COUNT(bad); i++) {
        CHECK_ERR(moved(arena_fmt(a, "INSERT INTO p VALUES (100, 'good', 1, x'');%s", bad[i]).p, "", &d), i < 4 ? ERR_INVALID : ERR_CONFLICT);
        CHECK(d.why[0] && !strstr(d.why, "good"));
        CHECK_INT(rows_in("to.db"), 0); /* nothing of it, not even what was good */
    }
    CHECK_ERR(moved("INSERT INTO p VALUES (1, 'a', 1, x'')", "INSERT INTO p VALUES (7, 'theirs', 1, x'')", &d), ERR_STATE);
    CHECK_INT(rows_in("to.db"), 1);
    const char *from = made("from.db", schema);
    CHECK_ERR(keep_move(from, made("to.db", "CREATE TABLE p (id INTEGER PRIMARY KEY, t TEXT, n INTEGER, b BLOB);"), &d), ERR_INVALID);
    CHECK_ERR(keep_move(from, made("to.db", with("CREATE TABLE more (id INTEGER PRIMARY KEY)").p), &d), ERR_INVALID);
    CHECK_ERR(keep_move(from, path_of("none.db"), &d), ERR_NOT_FOUND);
}

/* ---- a database server: a schema of its own in TEST_DATABASE, when that is one */

static void there_and_back(PGconn *h, const char *url)
{
    static const char next[] = "INSERT INTO p (t) VALUES ('next') RETURNING id";
    struct keep_done d;
    const char *from = made("from.db", with("INSERT INTO p VALUES (1, 'a', 1, x'00ff'), (5, '', -2147483648, x''), (9, NULL, NULL, NULL),"
                                            " (-9223372036854775808, 'Ø', 2147483647, zeroblob(2000000)); INSERT INTO q VALUES (1, 5), (2, 5)").p);
    CHECK_ERR(keep_move(from, url, &d), OK);
    struct copy_sum p = sum_of(from, "p"), q = sum_of(from, "q"), their_p = sum_of(url, "p"), their_q = sum_of(url, "q");
    CHECK(d.rows == 6 && p.rows == 4 && copy_sum_eq(&p, &their_p) && copy_sum_eq(&q, &their_q));
    PGresult *known = PQexec(h, "SELECT reltuples FROM pg_class WHERE oid = 'p'::regclass"); /* -1: nobody has counted */
    CHECK(PQresultStatus(known) == PGRES_TUPLES_OK && !strcmp(PQgetvalue(known, 0, 0), "4"));
    PQclear(known);
    CHECK_ERR(keep_move(from, url, &d), ERR_STATE);
    CHECK_ERR(keep_move(url, made("to.db", schema), &d), OK);
    their_p = sum_of(path_of("to.db"), "p");
    CHECK(copy_sum_eq(&p, &their_p));
    PGresult *r = PQexec(h, next);
    CHECK(PQresultStatus(r) == PGRES_TUPLES_OK && !strcmp(PQgetvalue(r, 0, 0), "10")); /* goes on behind the highest */
    PQclear(r);
    their_p = sum_of(url, "p");
    CHECK(!copy_sum_eq(&p, &their_p)); /* control: one row more is seen */
    PQclear(PQexec(h, "DELETE FROM q"));
    PQclear(PQexec(h, "DELETE FROM p"));
    CHECK_ERR(keep_move(made("from.db", with("INSERT INTO p VALUES (1, 'good', 1, x''), (2, CAST(x'610062' AS TEXT), 1, NULL)").p), url, &d), ERR_INVALID);
    CHECK_INT(sum_of(url, "p").rows, 0);
    CHECK_ERR(keep_move(made("from.db", with("INSERT INTO p VALUES (1, 'good', 1, x''); INSERT INTO q VALUES (1, 7)").p), url, &d), ERR_CONFLICT);
    CHECK(!strstr(d.why, "7"));
    CHECK_INT(sum_of(url, "p").rows, 0);
}

/* A numbering goes on behind what it ever gave, not behind what is left. */
static const char counted[] = "CREATE TABLE p (id INTEGER PRIMARY KEY AUTOINCREMENT, t TEXT, n INTEGER, b BLOB); CREATE TABLE q (id INTEGER PRIMARY KEY AUTOINCREMENT, p BIGINT NOT NULL REFERENCES p(id));";

static int64_t next_in(const char *path)
{
    sqlite3 *h = NULL;
    CHECK(sqlite3_open(path, &h) == SQLITE_OK && sqlite3_exec(h, "INSERT INTO p (t) VALUES ('next')", NULL, NULL, NULL) == SQLITE_OK);
    int64_t id = sqlite3_last_insert_rowid(h);
    sqlite3_close(h);
    return id;
}

static void numbering(void)
{
    struct keep_done d;
    const char *from = made("from.db", arena_fmt(a, "%sINSERT INTO p (id, t) VALUES (1, 'a'), (40, 'gone'); DELETE FROM p WHERE id = 40", counted).p);
    CHECK_ERR(keep_move(from, made("to.db", counted), &d), OK);
    CHECK_INT(next_in(path_of("to.db")), 41);
    from = made("from.db", arena_fmt(a, "%sINSERT INTO p (id) VALUES (40); DELETE FROM p", counted).p);
    CHECK_ERR(keep_move(from, made("to.db", counted), &d), OK);
    CHECK_INT(next_in(path_of("to.db")), 41);
    CHECK_ERR(keep_move(made("from.db", counted), made("to.db", counted), &d), OK);
    CHECK_INT(next_in(path_of("to.db")), 1); /* control */
}

static void numbering_there(PGconn *h, const char *url)
{
    struct keep_done d;
    PQclear(PQexec(h, "DELETE FROM q"));
    PQclear(PQexec(h, "DELETE FROM p"));
    CHECK_ERR(keep_move(made("from.db", arena_fmt(a, "%sINSERT INTO p (id) VALUES (7), (60); DELETE FROM p WHERE id = 60", counted).p), url, &d), OK);
    PGresult *r = PQexec(h, "INSERT INTO p (t) VALUES ('next') RETURNING id");
    CHECK(PQresultStatus(r) == PGRES_TUPLES_OK && !strcmp(PQgetvalue(r, 0, 0), "61"));
    PQclear(r);
    PQclear(PQexec(h, "DELETE FROM p WHERE id = 61"));
    CHECK_ERR(keep_move(url, made("to.db", counted), &d), OK);
    CHECK_INT(next_in(path_of("to.db")), 62);
}

static void server(void)
{
    const char *base = getenv("TEST_DATABASE");
    if (!base || strncmp(base, "postgres", 8)) {
        puts("# without a database server");
        return;
    }
    const char *name = arena_fmt(a, "copy_%ld", (long)getpid()).p;
    const char *url = arena_fmt(a, "%s%coptions=-csearch_path%%3D%s", base, strchr(base, '?') ? '&' : '?', name).p;
    PGconn *h = PQconnectdb(url);
    CHECK(PQstatus(h) == CONNECTION_OK);
    PGresult *r = PQexec(h, arena_fmt(a, "CREATE SCHEMA %s; CREATE DOMAIN blob AS bytea;"
                                         "CREATE TABLE p (id BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, t TEXT, n INTEGER, b blob);"
                                         "CREATE TABLE q (id BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, p BIGINT NOT NULL REFERENCES p(id))",
                                      name).p);
    CHECK(PQresultStatus(r) == PGRES_COMMAND_OK);
    PQclear(r);
    there_and_back(h, url);
    numbering_there(h, url);
    PQclear(PQexec(h, arena_fmt(a, "DROP SCHEMA %s CASCADE", name).p));
    PQfinish(h);
}

/* A view stays as it was when others write. */
static void one_view(void)
{
    const char *p = made("view.db", with("INSERT INTO p VALUES (1, 'a', 1, x'')").p);
    made("wal.db", ""); /* and a write-ahead log, as the program has */
    sqlite3 *h = NULL;
    struct copy *c = NULL;
    struct copy_table *t;
    struct copy_sum before, after;
    size_t n;
    CHECK(sqlite3_open(p, &h) == SQLITE_OK && sqlite3_exec(h, "PRAGMA journal_mode=WAL", NULL, NULL, NULL) == SQLITE_OK);
    CHECK_ERR(copy_open(p, COPY_OUT, &c), OK);
    CHECK_ERR(copy_tables(c, a, &t, &n), OK);
    CHECK_ERR(copy_sum_table(c, &t[0], &before), OK);
    CHECK(sqlite3_exec(h, "INSERT INTO p VALUES (2, 'b', 1, x'')", NULL, NULL, NULL) == SQLITE_OK);
    CHECK_ERR(copy_sum_table(c, &t[0], &after), OK);
    CHECK(copy_sum_eq(&before, &after) && before.rows == 1);
    copy_close(c);
    CHECK_ERR(copy_open(p, COPY_OUT, &c), OK);
    CHECK_ERR(copy_sum_table(c, &t[0], &after), OK);
    CHECK(!copy_sum_eq(&before, &after) && after.rows == 2); /* control */
    copy_close(c);
    sqlite3_close(h);
}

static int64_t count_in(const char *path, const char *sql)
{
    sqlite3 *h = NULL;
    sqlite3_stmt *s = NULL;
    CHECK(sqlite3_open(path, &h) == SQLITE_OK && sqlite3_prepare_v2(h, sql, -1, &s, NULL) == SQLITE_OK && sqlite3_step(s) == SQLITE_ROW);
    int64_t n = sqlite3_column_int64(s, 0);
    sqlite3_finalize(s);
    sqlite3_close(h);
    return n;
}

/* Every table of the program can be ordered and read; each with a numbering of its own never gives a number twice, and SQLite finds all in order. */
static void own_schema(void)
{
    struct db *db = NULL;
    struct copy *c = NULL;
    struct copy_table *t;
    char why[300] = "";
    size_t n, bad = 0;
    CHECK_ERR(db_connect(path_of("own.db"), DB_WRITE, &db), OK);
    CHECK_ERR(migrate(db, migrations, 1, why, sizeof why), OK);
    db_close(db);
    CHECK_ERR(copy_open(path_of("own.db"), COPY_OUT, &c), OK);
    CHECK_ERR(copy_tables(c, a, &t, &n), OK);
    for (size_t i = 0; i < n; i++) {
        struct copy_sum s;
        bad += copy_sum_table(c, &t[i], &s) != OK;
    }
    CHECK_INT(bad, 0);
    CHECK(n > 60);
    copy_close(c);
    CHECK_INT(count_in(path_of("own.db"), "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND sql LIKE '% id INTEGER PRIMARY KEY%' AND sql NOT LIKE '% id INTEGER PRIMARY KEY AUTOINCREMENT,%'"), 0);
    CHECK(count_in(path_of("own.db"), "SELECT COUNT(*) FROM sqlite_master WHERE sql LIKE '% id INTEGER PRIMARY KEY AUTOINCREMENT,%'") > 40);
    CHECK_INT(count_in(path_of("own.db"), "SELECT COUNT(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'"), 0);
}

int main(void)
{
    a = arena_new((size_t)256 << 20);
    CHECK(secret_start() == OK && mkdtemp(folder) != NULL);
    rows_as_bytes();
    sums();
    order_of_tables();
    order_of_rows();
    limits();
    moving();
    numbering();
    server();
    one_view();
    own_schema();
    static const char *const names[] = {"order", "circle", "odd", "rows", "nokey", "half", "text", "from", "to", "view", "wal", "own"};
    for (size_t i = 0; i < COUNT(names); i++)
        for (const char *const *end = (const char *const[]){".db", ".db-wal", ".db-shm", NULL}; *end; end++)
            unlink(arena_fmt(a, "%s/%s%s", folder, names[i], *end).p);
    CHECK(rmdir(folder) == 0);
    arena_free(a);
    return test_end();
}
