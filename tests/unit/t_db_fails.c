/* The drivers when the library below them fails: each call of it in turn, within a round of everything a driver does. Whatever is answered is honest: what
 * was said to be committed is there, what was not is there whole or not at all, the connection is good again afterwards, and nothing leaks.
 * SQLite: memory runs out, once or for good; the disk fails, once or for good. libpq (with TEST_DATABASE): the line is cut, it has no memory for a command, the answer is an error
 * without a code. Control: without faults a round is OK, and with them most are not. */
#include "db/copy.h"
#include "db/db.h"
#include "base/tm.h"
#include "tests/test.h"
#include "tests/test_db.h"
#include "tests/unit/lite_faults.h"

#include <libpq-fe.h>
#include <sys/socket.h>

enum { ROWS = 3, LANE = 7 };
static struct arena *a;
static const char *url, *other;

/* ---- faults */

static enum { NONE, NO_MEMORY, NO_MEMORY_ANY_MORE, NO_DISK, NO_DISK_ANY_MORE, CUT, NO_COMMAND, BAD_ANSWER } mode;
static int64_t until; /* calls that go well before */
static bool failed, watching;

static bool fails(void)
{
    if (!watching || until < 0)
        return false;
    if (until-- > 0)
        return false;
    failed = true;
    if (mode == NO_MEMORY_ANY_MORE || mode == NO_DISK_ANY_MORE)
        until = 0;
    return true;
}

static sqlite3_mem_methods real;
static void *lite_malloc(int n)
{
    return (mode == NO_MEMORY || mode == NO_MEMORY_ANY_MORE) && fails() ? NULL : real.xMalloc(n);
}

static void *lite_realloc(void *p, int n)
{
    return (mode == NO_MEMORY || mode == NO_MEMORY_ANY_MORE) && fails() ? NULL : real.xRealloc(p, n);
}

static bool disk_fails(void)
{
    return (mode == NO_DISK || mode == NO_DISK_ANY_MORE) && fails();
}

/* The linker puts __wrap_ between the driver and libpq (meson.build). */
#define WRAP(result, name, ...) result __real_##name(__VA_ARGS__); result __wrap_##name(__VA_ARGS__); result __wrap_##name(__VA_ARGS__)

static bool cut(PGconn *c)
{
    if (mode == CUT && fails() && PQsocket(c) >= 0)
        shutdown(PQsocket(c), SHUT_RDWR);
    return mode == NO_COMMAND && fails();
}

WRAP(int, PQsendQuery, PGconn *c, const char *sql)
{
    return cut(c) ? 0 : __real_PQsendQuery(c, sql);
}

WRAP(int, PQsendQueryParams, PGconn *c, const char *sql, int n, const Oid *types, const char *const *v, const int *lengths, const int *formats, int format)
{
    return cut(c) ? 0 : __real_PQsendQueryParams(c, sql, n, types, v, lengths, formats, format);
}

WRAP(int, PQsendPrepare, PGconn *c, const char *name, const char *sql, int n, const Oid *types)
{
    return cut(c) ? 0 : __real_PQsendPrepare(c, name, sql, n, types);
}

WRAP(int, PQsendQueryPrepared, PGconn *c, const char *name, int n, const char *const *v, const int *lengths, const int *formats, int format)
{
    return cut(c) ? 0 : __real_PQsendQueryPrepared(c, name, n, v, lengths, formats, format);
}

WRAP(int, PQsendDescribePrepared, PGconn *c, const char *name)
{
    return cut(c) ? 0 : __real_PQsendDescribePrepared(c, name);
}

WRAP(PGresult *, PQexec, PGconn *c, const char *sql)
{
    return cut(c) ? NULL : __real_PQexec(c, sql);
}

WRAP(PGresult *, PQexecParams, PGconn *c, const char *sql, int n, const Oid *types, const char *const *v, const int *lengths, const int *formats, int format)
{
    return cut(c) ? NULL : __real_PQexecParams(c, sql, n, types, v, lengths, formats, format);
}

WRAP(int, PQconsumeInput, PGconn *c)
{
    return cut(c) ? 0 : __real_PQconsumeInput(c);
}

WRAP(int, PQputCopyData, PGconn *c, const char *p, int n)
{
    return cut(c) ? -1 : __real_PQputCopyData(c, p, n);
}

WRAP(int, PQputCopyEnd, PGconn *c, const char *why)
{
    return cut(c) ? -1 : __real_PQputCopyEnd(c, why);
}

WRAP(PGconn *, PQconnectStartParams, const char *const *keys, const char *const *values, int expand)
{
    return mode == NO_COMMAND && fails() ? NULL : __real_PQconnectStartParams(keys, values, expand);
}

/* As when there is no memory for what came: an error without a code. */
WRAP(PGresult *, PQgetResult, PGconn *c)
{
    PGresult *r = __real_PQgetResult(c);
    if (!r || mode != BAD_ANSWER || !fails())
        return r;
    PQclear(r);
    return PQmakeEmptyPGresult(c, PGRES_FATAL_ERROR);
}

/* ---- a round */

struct row {
    int64_t id, tag;
    struct str t;
    struct bytes b;
};
struct one {
    int64_t n;
};
DB_QUERY(q_fails_rows, struct row, 1, "SELECT id, tag, t, b FROM fails WHERE tag = $1 ORDER BY id", DB_COL(struct row, id), DB_COL(struct row, tag), DB_COL(struct row, t),
         DB_COL(struct row, b));
DB_QUERY(q_fails_count, struct one, 1, "SELECT COUNT(*) AS n FROM fails WHERE tag = $1", DB_COL(struct one, n));
DB_EXEC(q_fails_add, 3, "INSERT INTO fails (tag, t, b) VALUES ($1, $2, $3) RETURNING id");
DB_EXEC(q_fails_change, 2, "UPDATE fails SET t = $2 WHERE tag = $1");

static bool committed;

static enum err put_rows(struct db *db, int64_t tag)
{
    CLEANUP(db_tx_end) struct db_tx tx = {0};
    int64_t id, n;
    struct bytes b = {(const uint8_t *)"\0\377", 2};
    TRY(db_begin_lane(db, &tx, tag % 3 ? LANE : tag % 2 ? DB_LANE_ALL : DB_LANE_OWN));
    for (int i = 0; i < ROWS; i++)
        TRY(db_insert(db, &q_fails_add, &id, DB_IN(tag, "noe", b)));
    TRY(db_savepoint(db));
    TRY(db_insert(db, &q_fails_add, &id, DB_IN(tag, "angret", b)));
    TRY(db_rollback_to(db));
    TRY(db_savepoint(db));
    TRY(db_run(db, &q_fails_change, &n, DB_IN(tag, "annet")));
    TRY(db_release(db));
    TRY(db_commit(&tx));
    committed = true;
    return n == ROWS ? OK : ERR_INTERNAL;
}

static enum err look(void *arg, const void *row)
{
    struct one one;
    const struct row *r = row;
    return db_one(arg, a, &q_fails_count, &one, DB_IN(r->tag));
}

static enum err read_rows(struct db *db, int64_t tag)
{
    struct row *rows, one;
    size_t n;
    struct one count;
    {
        CLEANUP(db_tx_end) struct db_tx tx = {0};
        TRY(db_begin_read(db, &tx));
        TRY(db_all(db, a, &q_fails_rows, &rows, &n, DB_IN(tag)));
        TRY(db_one(db, a, &q_fails_count, &count, DB_IN(tag)));
        TRY(db_each(db, a, &q_fails_rows, look, db, DB_IN(tag)));
        TRY(db_commit(&tx));
    }
    TRY(db_each(db, a, &q_fails_rows, look, db, DB_IN(tag)));
    enum err e = db_one(db, a, &q_fails_rows, &one, DB_IN((int64_t)-1));
    if (e != ERR_NOT_FOUND)
        return e ? e : ERR_INTERNAL;
    return n == ROWS && count.n == ROWS && str_is(rows[0].t, "annet") && rows[0].b.n == 2 ? OK : ERR_INTERNAL;
}

static enum err to_the_other(void *arg, const struct copy_cell *cells)
{
    struct copy_table *there = ((void **)arg)[1];
    return copy_put(((void **)arg)[0], there, cells);
}

/* All rows into another database, and not committed. */
static enum err carry(void)
{
    CLEANUP(copy_closep) struct copy *from = NULL, *to = NULL;
    struct copy_table *here, *there;
    size_t n_here, n_there;
    TRY(copy_open(url, COPY_OUT, &from));
    TRY(copy_open(other, COPY_IN, &to));
    TRY(copy_tables(from, a, &here, &n_here));
    TRY(copy_tables(to, a, &there, &n_there));
    if (n_here != 1 || n_there != 1)
        return ERR_INTERNAL;
    TRY(copy_rows(from, here, to_the_other, (void *[]){to, there}));
    return copy_put_end(to, there, 1000);
}

/* As a migration does; and given up. */
static enum err change_schema(struct db *db)
{
    CLEANUP(db_tx_end) struct db_tx tx = {0};
    TRY(db_begin(db, &tx));
    TRY(db_script(db, "CREATE TABLE more (id INTEGER PRIMARY KEY, t TEXT NOT NULL); INSERT INTO more (t) VALUES ('x')"));
    return db_settle(db);
}

static enum err a_round(int64_t tag)
{
    CLEANUP(db_closep) struct db *db = NULL, *r = NULL;
    bool has;
    char why[200];
    committed = false;
    TRY(db_connect(url, DB_WRITE, &db));
    TRY(db_has_table(db, "fails", &has));
    TRY(put_rows(db, tag));
    TRY(db_script(db, "UPDATE fails SET t = t WHERE tag = 0; DELETE FROM fails WHERE tag = -7"));
    TRY(db_check(db, &q_fails_rows, why, sizeof why));
    TRY(db_connect(url, DB_READ, &r));
    TRY(read_rows(r, tag));
    TRY(change_schema(db));
    TRY(db_scrub(db));
    return carry();
}

/* ---- each call in turn */

/* How many rows the round has left; they are taken away, so that each has as much to do. */
static int64_t take_rows(int64_t tag)
{
    struct db *db = NULL;
    struct one one = {-1};
    CHECK_ERR(db_connect(url, DB_WRITE, &db), OK);
    CHECK_ERR(db_one(db, a, &q_fails_count, &one, DB_IN(tag)), OK);
    CHECK_ERR(db_script(db, "DELETE FROM fails"), OK);
    db_close(db);
    return one.n;
}

static int64_t tags;
/* `step`: every so many calls. */
static void each_call(int how, const char *name, int64_t step)
{
    int64_t began = tm_mono_ms(), rounds = 0, bad = 0, lost = 0, halves = 0;
    for (int64_t at = 0;; at += step) {
        int64_t tag = ++tags;
        mode = how;
        until = at;
        failed = false;
        watching = true;
        enum err e = a_round(tag);
        watching = false;
        mode = NONE;
        int64_t n = take_rows(tag);
        if (!failed)
            break;
        rounds++;
        bad += e != OK;
        lost += committed && n != ROWS;
        halves += n != 0 && n != ROWS;
        arena_clear(a);
    }
    printf("# %s: %lld rounds, %lld of them with an error, %lld ms\n", name, (long long)rounds, (long long)bad, (long long)(tm_mono_ms() - began));
    CHECK(rounds > 20 && bad * 2 > rounds);
    CHECK_INT(lost, 0);
    CHECK_INT(halves, 0);
    CHECK_ERR(a_round(++tags), OK);
    CHECK_INT(take_rows(tags), ROWS);
}

static const char table[] = "CREATE TABLE fails (id INTEGER PRIMARY KEY, tag BIGINT NOT NULL, t TEXT NOT NULL, b BLOB NOT NULL)";
static void prepare(const char *to)
{
    struct db *db = NULL;
    struct db_tx tx = {0};
    CHECK_ERR(db_connect(to, DB_WRITE, &db), OK);
    CHECK_ERR(db_found(db), OK);
    CHECK_ERR(db_begin(db, &tx), OK);
    CHECK_ERR(db_script(db, table), OK);
    CHECK_ERR(db_settle(db), OK);
    CHECK_ERR(db_commit(&tx), OK);
    db_tx_end(&tx);
    db_close(db);
}

int main(void)
{
    char folder[] = "/tmp/springbrett-fails-XXXXXX";
    a = arena_new((size_t)64 << 20);
    CHECK_INT(sqlite3_config(SQLITE_CONFIG_GETMALLOC, &real), SQLITE_OK);
    sqlite3_mem_methods ours = real;
    ours.xMalloc = lite_malloc;
    ours.xRealloc = lite_realloc;
    CHECK_INT(sqlite3_config(SQLITE_CONFIG_MALLOC, &ours), SQLITE_OK);
    CHECK_INT(disk_shim(), SQLITE_OK);
    CHECK(mkdtemp(folder) != NULL);
    const char *files[2] = {arena_cstr(a, arena_fmt(a, "%s/a.db", folder)), arena_cstr(a, arena_fmt(a, "%s/b.db", folder))};
    char here[300], there[300];
    snprintf(here, sizeof here, "%s", test_on_postgres() ? test_db() : files[0]);
    snprintf(there, sizeof there, "%s", test_on_postgres() ? test_db() : files[1]);
    url = here;
    other = there;
    prepare(url);
    prepare(other);
    CHECK_ERR(a_round(++tags), OK);
    if (test_on_postgres()) {
        each_call(CUT, "the line is cut", 1);
        each_call(NO_COMMAND, "no memory for a command", 1);
        each_call(BAD_ANSWER, "an error without a code", 1);
    } else {
        bool all = getenv("LONG") != NULL;
        each_call(NO_MEMORY, "no memory once", all ? 1 : 29);
        each_call(NO_MEMORY_ANY_MORE, "no memory any more", all ? 1 : 41);
        each_call(NO_DISK, "the disk fails once", 1);
        each_call(NO_DISK_ANY_MORE, "the disk fails for good", 1);
    }
    arena_clear(a);
    CHECK(system(arena_fmt(a, "rm -rf %s", folder).p) == 0);
    arena_free(a);
    return test_end();
}
