/* db.h as its callers see it. */
#include "base/arena.h"
#include "db/db.h"
#include "tests/test.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

enum kind { KIND_NONE, KIND_SMALL, KIND_LARGE };
struct thing {
    int64_t id;
    struct str name;
    enum kind kind;
    bool ready;
    int64_t seen_at;
};

static const char schema[] = "CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT UNIQUE, kind INTEGER CHECK (kind < 9),"
                             " ready INTEGER, seen_at BIGINT);"
                             "CREATE TABLE part (id INTEGER PRIMARY KEY, thing_id BIGINT NOT NULL REFERENCES thing (id));";

#define THING DB_COL(struct thing, id), DB_COL(struct thing, name), DB_COL(struct thing, kind), DB_COL(struct thing, ready), DB_COL(struct thing, seen_at)

DB_QUERY(q_all, struct thing, 0, "SELECT id, name, kind, ready, seen_at FROM thing ORDER BY id", THING);
DB_QUERY(q_get, struct thing, 1, "SELECT id, name, kind, ready, seen_at FROM thing WHERE id = $1", THING);
/* $2 comes first in the text: SQLite would number it first. */
DB_QUERY(q_swapped, struct thing, 2, "SELECT id, name, kind, ready, seen_at FROM thing WHERE name = $2 AND id = $1", THING);
DB_QUERY(q_twice, struct thing, 1, "SELECT id, name, kind, ready, seen_at FROM thing WHERE name = $1 OR name = $1 || 'x' ORDER BY id", THING);
DB_PUT(q_put, struct thing, "INSERT INTO thing (id, name, kind, ready, seen_at) VALUES (NULLIF($1, 0), $2, $3, $4, $5) RETURNING id", THING);
DB_EXEC(q_add, 1, "INSERT INTO thing (name) VALUES ($1) RETURNING id");
DB_EXEC(q_add_quiet, 1, "INSERT INTO thing (name) VALUES ($1) ON CONFLICT DO NOTHING RETURNING id");
DB_EXEC(q_add_or_end, 1, "INSERT OR ROLLBACK INTO thing (name) VALUES ($1)");
DB_EXEC(q_kind, 2, "UPDATE thing SET kind = $2 WHERE id = $1");
DB_EXEC(q_kind_all, 1, "UPDATE thing SET kind = $1");
DB_EXEC(q_part, 1, "INSERT INTO part (thing_id) VALUES ($1)");
DB_EXEC(q_fill, 1, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1) INSERT INTO thing (name) SELECT 'n' || i FROM n");

struct one {
    int n;
};
DB_QUERY(q_count, struct one, 0, "SELECT COUNT(*) AS n FROM thing", DB_COL(struct one, n));
DB_QUERY(q_large, struct one, 1, "SELECT $1 + 0 AS n", DB_COL(struct one, n));
DB_QUERY(q_not_number, struct one, 0, "SELECT name AS n FROM thing", DB_COL(struct one, n));

struct settings {
    int foreign_keys, secure_delete, synchronous, query_only, trusted_schema, cell_size_check;
    struct str journal_mode;
};
DB_QUERY(q_settings, struct settings, 0,
         "SELECT foreign_keys, secure_delete, synchronous, query_only, trusted_schema, cell_size_check, journal_mode"
         " FROM pragma_foreign_keys, pragma_secure_delete, pragma_synchronous, pragma_query_only, pragma_trusted_schema,"
         "  pragma_cell_size_check, pragma_journal_mode",
         DB_COL(struct settings, foreign_keys), DB_COL(struct settings, secure_delete), DB_COL(struct settings, synchronous),
         DB_COL(struct settings, query_only), DB_COL(struct settings, trusted_schema), DB_COL(struct settings, cell_size_check),
         DB_COL(struct settings, journal_mode));
static void settings(struct arena *a, struct db *db, int query_only)
{
    struct settings s = {0};
    enum err e = db_one(db, a, &q_settings, &s, DB_NONE);
    if (e)
        printf("# %s\n", db_why(db));
    CHECK_ERR(e, OK);
    CHECK(s.foreign_keys == 1 && s.secure_delete == 1 && s.synchronous == 2 && s.query_only == query_only);
    CHECK(s.trusted_schema == 0 && s.cell_size_check == 1);
    CHECK_STR(s.journal_mode, "wal");
}

static char dir[] = "/tmp/t_db.XXXXXX";
static const char *file(const char *name)
{
    static char path[4][128];
    static int k;
    char *p = path[k++ % 4];
    snprintf(p, sizeof path[0], "%s/%s", dir, name);
    return p;
}

static struct db *fresh(void)
{
    struct db *db = NULL;
    CHECK_ERR(db_connect(":memory:", DB_WRITE, &db), OK);
    CHECK_ERR(db_script(db, schema), OK);
    return db;
}

static int count(struct db *db)
{
    struct arena *a = arena_new(1 << 20);
    struct one one = {-1};
    CHECK_ERR(db_one(db, a, &q_count, &one, DB_NONE), OK);
    arena_free(a);
    return one.n;
}

static void rows_and_types(struct arena *a)
{
    struct db *db = fresh();
    struct thing t = {.name = STR("first"), .kind = KIND_LARGE, .ready = true, .seen_at = INT64_MAX}, got = {0}, *v = NULL;
    int64_t id = 0, changed = -1;
    size_t n = 99;
    CHECK_ERR(db_all(db, a, &q_all, &v, &n, DB_NONE), OK);
    CHECK(n == 0 && v != NULL);
    CHECK_ERR(db_put_id(db, &q_put, &t, &id), OK);
    CHECK_INT(id, 1);
    CHECK_ERR(db_one(db, a, &q_get, &got, DB_IN(id)), OK);
    CHECK_STR(got.name, "first");
    CHECK(got.id == 1 && got.kind == KIND_LARGE && got.ready && got.seen_at == INT64_MAX);
    CHECK_ERR(db_script(db, "INSERT INTO thing (id) VALUES (7)"), OK);
    CHECK_ERR(db_one(db, a, &q_get, &got, DB_IN(7)), OK);
    CHECK(got.name.n == 0 && got.name.p && got.kind == 0 && !got.ready && got.seen_at == 0);
    CHECK_ERR(db_put(db, &q_put, &(struct thing){.name = {NULL, 0}}, &changed), OK);
    CHECK_INT(changed, 1);
    CHECK_ERR(db_script(db, "SELECT 1 / (SELECT COUNT(*) FROM thing WHERE name = '')"), OK);
    CHECK_ERR(db_one(db, a, &q_swapped, &got, DB_IN(1, "first")), OK);
    CHECK_INT(got.id, 1);
    CHECK_ERR(db_one(db, a, &q_twice, &got, DB_IN("first")), OK);
    got.id = 42;
    CHECK_ERR(db_one(db, a, &q_get, &got, DB_IN(1000)), ERR_NOT_FOUND);
    CHECK_INT(got.id, 42);
    CHECK_ERR(db_run(db, &q_kind_all, &changed, DB_IN(KIND_SMALL)), OK);
    CHECK_INT(changed, 3);
    CHECK_ERR(db_run_one(db, &q_kind, DB_IN(7, 2)), OK);
    CHECK_ERR(db_run_one(db, &q_kind, DB_IN(70, 2)), ERR_CONFLICT);
    CHECK_ERR(db_insert(db, &q_add, &id, DB_IN("a\xc3\xa5")), OK);
    CHECK_ERR(db_one(db, a, &q_get, &got, DB_IN(id)), OK);
    CHECK_STR(got.name, "a\xc3\xa5");
    struct str nul = {"a\0b", 3};
    CHECK_ERR(db_insert(db, &q_add, &id, DB_IN(nul)), OK);
    CHECK_ERR(db_one(db, a, &q_get, &got, DB_IN(id)), OK);
    CHECK(str_eq(got.name, nul));
    db_close(db);
}

static void many_rows(struct arena *a)
{
    struct db *db = fresh();
    struct thing *v = NULL;
    size_t n = 0;
    CHECK_ERR(db_run(db, &q_fill, NULL, DB_IN(30000)), OK);
    CHECK_ERR(db_all(db, a, &q_all, &v, &n, DB_NONE), OK);
    CHECK_INT(n, 30000);
    CHECK_STR(v[29999].name, "n30000");
    CHECK_STR(v[0].name, "n1");
    db_close(db);
}

static void wrong_use(struct arena *a)
{
    struct db *db = fresh();
    struct thing t = {0}, *v = NULL;
    struct one one = {5};
    int64_t id = 0;
    size_t n = 0;
    CHECK_ERR(db_one(db, a, &q_get, &t, DB_IN(1, 2)), ERR_INTERNAL);
    CHECK_ERR(db_one(db, a, &q_get, &t, DB_NONE), ERR_INTERNAL);
    CHECK_ERR(db_all(db, a, &q_kind, &v, &n, DB_IN(1, 2)), ERR_INTERNAL);
    CHECK_ERR(db_insert(db, &q_kind, &id, DB_IN(1, 2)), ERR_INTERNAL);
    CHECK_ERR(db_put(db, &q_kind, &t, NULL), ERR_INTERNAL);
    CHECK_ERR(db_one(db, a, &q_large, &one, DB_IN(INT64_C(2147483648))), ERR_INTERNAL);
    CHECK_INT(one.n, 5);
    CHECK_ERR(db_one(db, a, &q_large, &one, DB_IN(INT64_C(-2147483648))), OK);
    CHECK_ERR(db_insert(db, &q_add, &id, DB_IN("word")), OK);
    CHECK_ERR(db_one(db, a, &q_not_number, &one, DB_NONE), ERR_INTERNAL);
    CHECK(strstr(db_why(db), "q_not_number.n") && !strstr(db_why(db), "word"));
    db_close(db);
}

static void rules_broken(struct arena *a)
{
    struct db *db = fresh();
    int64_t id = 0, again = 0;
    (void)a;
    CHECK_ERR(db_insert(db, &q_add, &id, DB_IN("Kari Nordmann")), OK);
    CHECK_ERR(db_insert(db, &q_add, &again, DB_IN("Kari Nordmann")), ERR_CONFLICT);
    CHECK(strstr(db_why(db), "thing.name") && strstr(db_why(db), "q_add") && !strstr(db_why(db), "Kari"));
    CHECK_ERR(db_insert(db, &q_add_quiet, &again, DB_IN("Kari Nordmann")), ERR_CONFLICT);
    CHECK_INT(again, 0);
    CHECK_ERR(db_run(db, &q_part, NULL, DB_IN(99)), ERR_CONFLICT);
    CHECK_ERR(db_run(db, &q_part, NULL, DB_IN(id)), OK);
    CHECK_ERR(db_run(db, &q_kind, NULL, DB_IN(id, 9)), ERR_INTERNAL);
    CHECK_ERR(db_script(db, "not SQL"), ERR_INTERNAL);
    db_close(db);
}

struct walk {
    struct db *db;
    int n, inner;
    enum err stop;
};
static enum err walk_each(void *arg, const void *row)
{
    struct walk *w = arg;
    const struct thing *t = row;
    struct arena *a = arena_new(1 << 20);
    struct thing *v = NULL;
    size_t n = 0;
    enum err e = db_all(w->db, a, &q_all, &v, &n, DB_NONE); /* the very query being read */
    w->inner += (int)n;
    w->n += str_starts(t->name, STR("n"));
    arena_free(a);
    return e ? e : w->n == 2 ? w->stop : OK;
}
static void one_at_a_time(struct arena *a)
{
    struct db *db = fresh();
    struct walk w = {.db = db};
    CHECK_ERR(db_run(db, &q_fill, NULL, DB_IN(5)), OK);
    CHECK_ERR(db_each(db, a, &q_all, walk_each, &w, DB_NONE), OK);
    CHECK(w.n == 5 && w.inner == 25);
    w = (struct walk){.db = db, .stop = ERR_LIMIT};
    CHECK_ERR(db_each(db, a, &q_all, walk_each, &w, DB_NONE), ERR_LIMIT);
    CHECK_INT(w.n, 2);
    w = (struct walk){.db = db};
    CHECK_ERR(db_each(db, a, &q_all, walk_each, &w, DB_NONE), OK);
    CHECK_INT(w.n, 5);
    db_close(db);
}

static enum err add_in_tx(struct db *db, bool commit)
{
    CLEANUP(db_tx_end) struct db_tx tx = {0};
    int64_t id;
    TRY(db_begin(db, &tx));
    TRY(db_insert(db, &q_add, &id, DB_IN("in tx")));
    return commit ? db_commit(&tx) : OK;
}
static void transactions(void)
{
    struct db *db = fresh();
    struct db_tx tx = {0}, second = {0};
    int64_t id = 0;
    CHECK_ERR(add_in_tx(db, false), OK);
    CHECK_INT(count(db), 0);
    CHECK_ERR(add_in_tx(db, true), OK);
    CHECK_INT(count(db), 1);
    CHECK_ERR(db_savepoint(db), ERR_INTERNAL);
    CHECK_ERR(db_begin(db, &tx), OK);
    CHECK_ERR(db_begin(db, &second), ERR_INTERNAL);
    CHECK_ERR(db_release(db), ERR_INTERNAL);
    CHECK_ERR(db_savepoint(db), OK);
    CHECK_ERR(db_savepoint(db), ERR_INTERNAL);
    CHECK_ERR(db_insert(db, &q_add, &id, DB_IN("undone")), OK);
    CHECK_ERR(db_rollback_to(db), OK);
    CHECK_ERR(db_savepoint(db), OK);
    CHECK_ERR(db_insert(db, &q_add, &id, DB_IN("kept")), OK);
    CHECK_ERR(db_release(db), OK);
    CHECK_ERR(db_commit(&tx), OK);
    db_tx_end(&tx);
    CHECK_INT(count(db), 2);
    db_close(db);
}

/* A statement that fails ends its transaction, or its savepoint. */
static void failed_statement(void)
{
    struct db *db = fresh();
    struct db_tx tx = {0};
    int64_t id;
    CHECK_ERR(db_begin(db, &tx), OK);
    CHECK_ERR(db_insert(db, &q_add, &id, DB_IN("kept")), OK);
    CHECK_ERR(db_savepoint(db), OK);
    CHECK_ERR(db_insert(db, &q_add, &id, DB_IN("kept")), ERR_CONFLICT);
    CHECK_ERR(db_insert(db, &q_add, &id, DB_IN("not reached")), ERR_CONFLICT);
    CHECK_ERR(db_release(db), ERR_CONFLICT);
    CHECK_ERR(db_rollback_to(db), OK);
    CHECK_ERR(db_insert(db, &q_add, &id, DB_IN("goes on")), OK);
    CHECK_ERR(db_commit(&tx), OK);
    CHECK_INT(count(db), 2);
    CHECK_ERR(db_begin(db, &tx), OK);
    CHECK_ERR(db_script(db, "COMMIT"), ERR_INTERNAL);
    CHECK_ERR(db_commit(&tx), ERR_INTERNAL);
    db_tx_end(&tx);
    CHECK_INT(count(db), 2);
    db_close(db);
}

/* A statement that makes SQLite roll back everything: what follows must not run on its own. */
static void lost_transaction(void)
{
    struct db *db = fresh();
    struct db_tx tx = {0};
    int64_t id;
    CHECK_ERR(db_begin(db, &tx), OK);
    CHECK_ERR(db_savepoint(db), OK);
    CHECK_ERR(db_insert(db, &q_add, &id, DB_IN("twice")), OK);
    CHECK_ERR(db_run(db, &q_add_or_end, NULL, DB_IN("twice")), ERR_CONFLICT);
    CHECK_ERR(db_insert(db, &q_add, &id, DB_IN("must not stand alone")), ERR_CONFLICT);
    CHECK_ERR(db_rollback_to(db), ERR_CONFLICT);
    CHECK_ERR(db_commit(&tx), ERR_CONFLICT);
    db_tx_end(&tx);
    CHECK_INT(count(db), 0);
    CHECK_ERR(add_in_tx(db, true), OK);
    CHECK_INT(count(db), 1);
    db_close(db);
}

static void faults(struct arena *a)
{
    struct db *db = fresh();
    struct one one;
    int64_t before = db_calls(db);
    CHECK_ERR(add_in_tx(db, true), OK); /* negative control: three calls, none fails */
    CHECK_INT(db_calls(db) - before, 3);
    for (int nth = 0; nth < 3; nth++) {
        int64_t failed = db_failed().busy, others = db_failed().full + db_failed().internal;
        db_fault(db, nth, ERR_BUSY);
        CHECK_ERR(db_script(db, "DELETE FROM thing"), nth == 0 ? ERR_BUSY : OK);
        CHECK_ERR(add_in_tx(db, true), nth == 0 ? ERR_CONFLICT : ERR_BUSY);
        CHECK_ERR(db_one(db, a, &q_count, &one, DB_NONE), OK);
        CHECK_INT(one.n, nth == 0 ? 1 : 0);
        CHECK_INT(db_failed().busy, failed + 1); /* for the monitoring: once each */
        CHECK_INT(db_failed().full + db_failed().internal, others);
    }
    db_fault(db, 0, ERR_INTERNAL);
    db_fault(db, -1, OK);
    CHECK_ERR(add_in_tx(db, true), OK);
    db_close(db);
}

static void readers(struct arena *a)
{
    const char *path = file("read.db");
    struct db *w = NULL, *r = NULL;
    struct db_tx tx = {0}, rtx = {0};
    struct stat st;
    int64_t id;
    CHECK_ERR(db_connect(path, DB_READ, &r), ERR_NOT_FOUND);
    CHECK_ERR(db_connect(file("no/such/folder.db"), DB_WRITE, &w), ERR_NOT_FOUND);
    CHECK(strstr(db_why(NULL), "No such file or directory"));
    CHECK_ERR(db_connect("file:read.db", DB_WRITE, &w), ERR_INVALID);
    CHECK(strstr(db_why(NULL), "url"));
    CHECK_ERR(db_connect(":memory:", DB_READ, &r), ERR_NOT_FOUND);
    CHECK(w == NULL && r == NULL);
    CHECK_ERR(db_connect(path, DB_WRITE, &w), OK);
    CHECK_ERR(db_script(w, schema), OK);
    CHECK_ERR(db_connect(path, DB_READ, &r), OK);
    settings(a, w, 0);
    settings(a, r, 1);
    CHECK_ERR(db_insert(r, &q_add, &id, DB_IN("x")), ERR_INTERNAL);
    CHECK_ERR(db_begin(w, &tx), OK);
    CHECK_ERR(db_insert(w, &q_add, &id, DB_IN("x")), OK);
    CHECK_ERR(db_begin_read(r, &rtx), OK);
    CHECK_INT(count(r), 0);
    CHECK_ERR(db_commit(&tx), OK);
    CHECK_INT(count(r), 0); /* still the view it began with */
    CHECK_ERR(db_commit(&rtx), OK);
    CHECK_INT(count(r), 1);
    db_close(r);
    db_close(w);
    CHECK(stat(path, &st) == 0 && (st.st_mode & 0777) == 0600);
    char url[200];
    snprintf(url, sizeof url, "sqlite:%s", path);
    CHECK_ERR(db_connect(url, DB_READ, &r), OK); /* nobody writes */
    CHECK_INT(count(r), 1);
    db_close(r);
    FILE *f = fopen(file("junk.db"), "w");
    for (int i = 0; i < 200; i++)
        fputs("this is not a database\n", f);
    fclose(f);
    CHECK_ERR(db_connect(file("junk.db"), DB_WRITE, &w), ERR_INTERNAL);
    CHECK(strstr(db_why(NULL), "not a database"));
    CHECK_ERR(db_connect(file("junk.db"), DB_READ, &w), ERR_INTERNAL);
}

/* What SQLite keeps of the file grows with what was touched, and goes with the connection. */
static void cache(void)
{
    struct db *db = NULL;
    int64_t before = db_cached();
    CHECK_ERR(db_connect(file("cache.db"), DB_WRITE, &db), OK);
    CHECK_ERR(db_script(db, schema), OK);
    CHECK_ERR(add_in_tx(db, true), OK);
    int64_t few = db_cached() - before;
    CHECK(few > 0 && few < 64 << 10);
    CHECK_ERR(db_run(db, &q_fill, NULL, DB_IN(20000)), OK);
    CHECK_INT(db_cached() - before, few); /* as of the last transaction */
    CHECK_ERR(db_script(db, "DELETE FROM thing WHERE id = 1"), OK);
    CHECK_ERR(add_in_tx(db, false), OK);
    CHECK(db_cached() - before > few + (256 << 10));
    CHECK(db_cached() - before <= 33 << 20);
    db_close(db);
    CHECK_INT(db_cached(), before);
}

static void two_writers(void)
{
    struct db *one = NULL, *two = NULL;
    struct db_tx tx = {0}, second = {0};
    CHECK_ERR(db_connect(file("two.db"), DB_WRITE, &one), OK);
    CHECK_ERR(db_connect(file("two.db"), DB_WRITE, &two), OK);
    CHECK_ERR(db_begin(one, &tx), OK);
    CHECK_ERR(db_begin(two, &second), ERR_BUSY);
    CHECK(second.db == NULL);
    db_tx_end(&tx);
    CHECK_ERR(db_begin(two, &second), OK);
    db_tx_end(&second);
    db_close(one);
    db_close(two);
}

/* A file size limit is a full disk that a test may make. */
static void full_disk(void)
{
    struct db *db = NULL;
    struct rlimit was, small;
    signal(SIGXFSZ, SIG_IGN);
    CHECK_ERR(db_connect(file("full.db"), DB_WRITE, &db), OK);
    CHECK_ERR(db_script(db, schema), OK);
    getrlimit(RLIMIT_FSIZE, &was);
    small = was;
    small.rlim_cur = 64 * 1024;
    setrlimit(RLIMIT_FSIZE, &small);
    CHECK_ERR(db_run(db, &q_fill, NULL, DB_IN(100000)), ERR_FULL);
    CHECK_INT(count(db), 0);
    setrlimit(RLIMIT_FSIZE, &was);
    CHECK_ERR(db_run(db, &q_fill, NULL, DB_IN(1000)), OK); /* by itself, when the cause is gone */
    CHECK_INT(count(db), 1000);
    db_close(db);
}

static void checks(void)
{
#define Q(sql_, n, ...) {.name = "q", .sql = sql_, .n_in = n, .row_size = sizeof(struct thing), .col = {__VA_ARGS__}}
    static const struct {
        struct db_query q;
        const char *says; /* NULL: right */
    } cases[] = {
        {Q("SELECT id FROM thing WHERE id = $1", 1, DB_COL(struct thing, id)), NULL},
        {Q("SELECT id FROM thing WHERE id = $1;\n", 1, DB_COL(struct thing, id)), NULL},
        {Q("INSERT INTO thing (name) VALUES ($1) RETURNING id", 1, {0}), NULL},
        {Q("SELEC id", 0, {0}), "syntax"},
        {Q("SELECT id FROM thing WHERE id = $1", 2, DB_COL(struct thing, id)), "1 parameters"},
        {Q("SELECT id FROM thing WHERE id = $2", 1, DB_COL(struct thing, id)), "does not use $1"},
        {Q("SELECT id FROM thing WHERE id = ?", 1, DB_COL(struct thing, id)), "does not use $1"},
        {Q("SELECT id FROM thing WHERE id = $1 AND name = $3", 2, DB_COL(struct thing, id)), "does not use $2"},
        {Q("SELECT id, name FROM thing", 0, DB_COL(struct thing, id)), "2 columns"},
        {Q("SELECT id FROM thing", 0, {0}), "1 columns"},
        {Q("SELECT name, id FROM thing", 0, DB_COL(struct thing, id), DB_COL(struct thing, name)), "column 1 is name"},
        {Q("SELECT id FROM thing; DELETE FROM thing", 0, DB_COL(struct thing, id)), "more than one"},
        {Q("SELECT absent FROM thing", 0, DB_COL(struct thing, id)), "no such column"},
        {Q("SELECT id FROM thing WHERE name = \"literal\"", 0, DB_COL(struct thing, id)), "no such column"},
        {Q("", 0, {0}), "no SQL"},
    };
    struct db *db = fresh();
    for (size_t i = 0; i < COUNT(cases); i++) {
        char why[256] = "";
        enum err e = db_check(db, &cases[i].q, why, sizeof why);
        CHECK_ERR(e, cases[i].says ? ERR_INVALID : OK);
        if (cases[i].says && !strstr(why, cases[i].says))
            printf("# %s\n", why);
        CHECK(!cases[i].says || strstr(why, cases[i].says));
    }
    db_close(db);
}

static void list_of_queries(void)
{
    size_t n, own = 0;
    const struct db_query *const *all = db_queries(&n);
    for (size_t i = 0; i < n; i++) {
        CHECK(all[i]->slot == &all[i]);
        own += str_ends(str_c(all[i]->file), STR("t_db.c"));
    }
    CHECK_INT(own, 16);
}

int main(void)
{
    struct arena *a = arena_new(64 << 20);
    if (!mkdtemp(dir))
        return 1;
    rows_and_types(a);
    many_rows(a);
    wrong_use(a);
    rules_broken(a);
    one_at_a_time(a);
    transactions();
    failed_statement();
    lost_transaction();
    faults(a);
    readers(a);
    cache();
    two_writers();
    full_disk();
    checks();
    list_of_queries();
    arena_free(a);
    db_close(NULL);
    static const char *const made[] = {"read.db", "junk.db", "cache.db", "two.db", "full.db"};
    for (size_t i = 0; i < COUNT(made); i++) {
        unlink(file(made[i]));
        char side[160];
        snprintf(side, sizeof side, "%s-wal", file(made[i]));
        unlink(side);
        snprintf(side, sizeof side, "%s-shm", file(made[i]));
        unlink(side);
    }
    CHECK(rmdir(dir) == 0); /* nothing else was left behind */
    return test_end();
}
