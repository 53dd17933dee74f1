/* db.h: prepared statements, typed both ways, over SQLite and PostgreSQL.
 *
 * SQL stands in model/ only, as DB_QUERY / DB_EXEC above the function that uses it, parameters $1..$n, columns by name into a row
 * struct whose member types decide the column types. Nothing is ever concatenated. Portable subset: docs/sql.md.
 *
 * NULL reads as 0, false or the empty string. To write NULL say NULLIF($1, 0) or NULLIF($1, '') in the SQL.
 * A connection belongs to one thread at a time. Statements are prepared once per connection and kept. */
#pragma once
#include "base/arena.h"

struct db;

enum db_type { DB_I64 = 1, DB_INT, DB_BOOL, DB_STR, DB_BYTES };

struct db_param {
    enum db_type type;
    int64_t i;
    struct str s; /* DB_BYTES too */
};
static inline struct db_param db_p_i64(int64_t v)
{
    return (struct db_param){.type = DB_I64, .i = v};
}
static inline struct db_param db_p_str(struct str v)
{
    return (struct db_param){.type = DB_STR, .s = v};
}
static inline struct db_param db_p_c(const char *v)
{
    return (struct db_param){.type = DB_STR, .s = str_c(v)};
}
static inline struct db_param db_p_bytes(struct bytes v)
{
    return (struct db_param){.type = DB_BYTES, .s = {(const char *)v.p, v.n}};
}
/* Enums are `unsigned` to gcc and clang. */
#define DB_P(x)                                                                                    \
    _Generic((x), int: db_p_i64, unsigned: db_p_i64, long: db_p_i64, long long: db_p_i64,          \
             unsigned long: db_p_i64, bool: db_p_i64, struct str: db_p_str, char *: db_p_c,        \
             struct bytes: db_p_bytes, const char *: db_p_c)(x)

/* DB_IN(a, b) makes the parameter list and its length, up to sixteen; DB_NONE for none. For wider rows use DB_PUT. */
#define DB_NONE NULL, 0
#define DB_IN_N(_1, _2, _3, _4, _5, _6, _7, _8, _9, _10, _11, _12, _13, _14, _15, _16, N, ...) N
#define DB_IN(...)                                                                                 \
    DB_IN_N(__VA_ARGS__, DB_16, DB_15, DB_14, DB_13, DB_12, DB_11, DB_10, DB_9, DB_8, DB_7, DB_6,  \
            DB_5, DB_4, DB_3, DB_2, DB_1, )(__VA_ARGS__)
#define DB_1(a) (const struct db_param[]){DB_P(a)}, 1
#define DB_2(a, b) (const struct db_param[]){DB_P(a), DB_P(b)}, 2
#define DB_3(a, b, c) (const struct db_param[]){DB_P(a), DB_P(b), DB_P(c)}, 3
#define DB_4(a, b, c, d) (const struct db_param[]){DB_P(a), DB_P(b), DB_P(c), DB_P(d)}, 4
#define DB_5(a, b, c, d, e) (const struct db_param[]){DB_P(a), DB_P(b), DB_P(c), DB_P(d), DB_P(e)}, 5
#define DB_6(a, b, c, d, e, f)                                                                     \
    (const struct db_param[]){DB_P(a), DB_P(b), DB_P(c), DB_P(d), DB_P(e), DB_P(f)}, 6
#define DB_7(a, b, c, d, e, f, g)                                                                  \
    (const struct db_param[]){DB_P(a), DB_P(b), DB_P(c), DB_P(d), DB_P(e), DB_P(f), DB_P(g)}, 7
#define DB_8(a, b, c, d, e, f, g, h)                                                               \
    (const struct db_param[]){DB_P(a), DB_P(b), DB_P(c), DB_P(d), DB_P(e), DB_P(f), DB_P(g),       \
                              DB_P(h)}, 8
#define DB_9(a, b, c, d, e, f, g, h, i)                                                            \
    (const struct db_param[]){DB_P(a), DB_P(b), DB_P(c), DB_P(d), DB_P(e), DB_P(f), DB_P(g),       \
                              DB_P(h), DB_P(i)}, 9
#define DB_10(a, b, c, d, e, f, g, h, i, j)                                                        \
    (const struct db_param[]){DB_P(a), DB_P(b), DB_P(c), DB_P(d), DB_P(e), DB_P(f), DB_P(g),       \
                              DB_P(h), DB_P(i), DB_P(j)}, 10
#define DB_11(a, b, c, d, e, f, g, h, i, j, k)                                                     \
    (const struct db_param[]){DB_P(a), DB_P(b), DB_P(c), DB_P(d), DB_P(e), DB_P(f), DB_P(g),       \
                              DB_P(h), DB_P(i), DB_P(j), DB_P(k)}, 11
#define DB_12(a, b, c, d, e, f, g, h, i, j, k, l)                                                  \
    (const struct db_param[]){DB_P(a), DB_P(b), DB_P(c), DB_P(d), DB_P(e), DB_P(f), DB_P(g),       \
                              DB_P(h), DB_P(i), DB_P(j), DB_P(k), DB_P(l)}, 12
#define DB_13(a, b, c, d, e, f, g, h, i, j, k, l, m)                                               \
    (const struct db_param[]){DB_P(a), DB_P(b), DB_P(c), DB_P(d), DB_P(e), DB_P(f), DB_P(g),       \
                              DB_P(h), DB_P(i), DB_P(j), DB_P(k), DB_P(l), DB_P(m)}, 13
#define DB_14(a, b, c, d, e, f, g, h, i, j, k, l, m, n)                                            \
    (const struct db_param[]){DB_P(a), DB_P(b), DB_P(c), DB_P(d), DB_P(e), DB_P(f), DB_P(g),       \
                              DB_P(h), DB_P(i), DB_P(j), DB_P(k), DB_P(l), DB_P(m), DB_P(n)}, 14
#define DB_15(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o)                                         \
    (const struct db_param[]){DB_P(a), DB_P(b), DB_P(c), DB_P(d), DB_P(e), DB_P(f), DB_P(g),       \
                              DB_P(h), DB_P(i), DB_P(j), DB_P(k), DB_P(l), DB_P(m), DB_P(n),       \
                              DB_P(o)}, 15
#define DB_16(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p)                                      \
    (const struct db_param[]){DB_P(a), DB_P(b), DB_P(c), DB_P(d), DB_P(e), DB_P(f), DB_P(g),       \
                              DB_P(h), DB_P(i), DB_P(j), DB_P(k), DB_P(l), DB_P(m), DB_P(n),       \
                              DB_P(o), DB_P(p)}, 16

/* For the rows of a page in one question: "WHERE id IN " DB_SOME_IN with DB_SOME parameters, which db_some() fills: n numbers, at most DB_SOME, and 0,
 * nobody's id, in what is left. Rows come in the order that the query says, not in that of the ids. */
enum { DB_SOME = 25 };
#define DB_SOME_IN \
    "($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13," \
    " $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25)"
void db_some(const int64_t *ids, size_t n, struct db_param in[DB_SOME]);

enum { DB_COLS_MAX = 48 };
struct db_col {
    const char *name;
    uint16_t at;
    uint8_t type; /* enum db_type; 0 ends the list */
};
/* The type comes from the struct member, so the two cannot disagree. Enum members are DB_INT. */
#define DB_COL(row, field)                                                                         \
    {#field, (uint16_t)offsetof(row, field),                                                       \
     _Generic(((row *)0)->field, long: DB_I64, long long: DB_I64, bool: DB_BOOL, struct str: DB_STR, \
              struct bytes: DB_BYTES, int: DB_INT, unsigned: DB_INT)}

struct db_query {
    const char *name, *sql, *file;
    int line;
    uint16_t n_in;              /* how many $1..$n the SQL takes */
    uint16_t row_size;
    struct db_col col[DB_COLS_MAX]; /* the columns of the answer */
    bool from_row;              /* DB_PUT: col[] are the parameters $1.., read from a row struct, and nothing is answered */
    const struct db_query *const *slot; /* its place in the list of all queries: how a connection finds the prepared statement */
};
/* The section may not be called as the function that lists it: the assembler takes one for the other. */
#define DB_QUERY_SLOT_(id)                                                                         \
    __attribute__((used, retain, section("db_query_list"))) static const struct db_query *const id##_at
/* A statement that answers rows. */
#define DB_QUERY(id, row, n_in_, sql_, ...)                                                        \
    DB_QUERY_SLOT_(id);                                                                            \
    static const struct db_query id = {.name = #id, .slot = &id##_at, .sql = sql_,        \
                                       .file = __FILE__,                                           \
                                       .line = __LINE__, .n_in = n_in_,                            \
                                       .row_size = sizeof(row), .col = {__VA_ARGS__}};             \
    DB_QUERY_SLOT_(id) = &id
/* A statement that changes. */
#define DB_EXEC(id, n_in_, sql_)                                                                   \
    DB_QUERY_SLOT_(id);                                                                            \
    static const struct db_query id = {.name = #id, .slot = &id##_at, .sql = sql_,        \
                                       .file = __FILE__,                                           \
                                       .line = __LINE__, .n_in = n_in_};                           \
    DB_QUERY_SLOT_(id) = &id
/* A statement that changes and takes its parameters from a row struct: $1 is the first DB_COL, and so on. */
#define DB_PUT(id, row, sql_, ...)                                                                 \
    DB_QUERY_SLOT_(id);                                                                            \
    static const struct db_query id = {.name = #id, .slot = &id##_at, .sql = sql_,        \
                                       .file = __FILE__,                                           \
                                       .line = __LINE__, .row_size = sizeof(row),                  \
                                       .col = {__VA_ARGS__}, .from_row = true};                    \
    DB_QUERY_SLOT_(id) = &id

/* All rows, in the arena: *rows points at n structs of q->row_size. More than a million rows is ERR_LIMIT: page by key. */
enum err db_all_(struct db *db, struct arena *a, const struct db_query *q, void **rows, size_t *n,
                 const struct db_param *in, size_t n_in) MUST_CHECK;
#define db_all(db, a, q, rows, n, ...) db_all_((db), (a), (q), (void **)(rows), (n), __VA_ARGS__)
/* The first row, ERR_NOT_FOUND if there is none. *row is untouched on failure. */
enum err db_one(struct db *db, struct arena *a, const struct db_query *q, void *row,
                const struct db_param *in, size_t n_in) MUST_CHECK;
/* Rows one at a time, for exports: `each` may stop with an error, which is returned. `row` and its strings are valid
 * during the call only; `each` may use the same connection. */
enum err db_each(struct db *db, struct arena *a, const struct db_query *q,
                 enum err (*each)(void *arg, const void *row), void *arg,
                 const struct db_param *in, size_t n_in) MUST_CHECK;
/* *changed (may be NULL): rows changed. Breaking a UNIQUE or FOREIGN KEY rule is ERR_CONFLICT; a CHECK or NOT NULL rule is
 * ERR_INTERNAL, for the program should have asked. */
enum err db_run(struct db *db, const struct db_query *q, int64_t *changed, const struct db_param *in,
                size_t n_in) MUST_CHECK;
/* For DB_PUT. */
enum err db_put(struct db *db, const struct db_query *q, const void *row, int64_t *changed) MUST_CHECK;
/* For "INSERT ... RETURNING id" written as DB_PUT or DB_EXEC: the new id. ERR_CONFLICT when nothing was inserted (ON CONFLICT DO
 * NOTHING). */
enum err db_insert(struct db *db, const struct db_query *q, int64_t *id, const struct db_param *in,
                   size_t n_in) MUST_CHECK;
enum err db_put_id(struct db *db, const struct db_query *q, const void *row, int64_t *id) MUST_CHECK;
/* Exactly one row must change, else ERR_CONFLICT: for "UPDATE ... WHERE id = $1 AND version = $2". */
enum err db_run_one(struct db *db, const struct db_query *q, const struct db_param *in, size_t n_in) MUST_CHECK;

/* Prepares q without running it and compares parameters, column count, names and order. `why` says what is wrong. */
enum err db_check(struct db *db, const struct db_query *q, char *why, size_t n_why) MUST_CHECK;
size_t db_query_cols(const struct db_query *q); /* how many DB_COL it lists */
size_t db_query_ins(const struct db_query *q);  /* how many parameters it takes: n_in, or for DB_PUT its columns */
/* Every query of the program. */
const struct db_query *const *db_queries(size_t *n);

enum db_open { DB_READ, DB_WRITE }; /* DB_WRITE creates the file; DB_READ refuses every change */
enum db_kind { DB_SQLITE, DB_POSTGRES };
enum db_kind db_kind_of(const char *url); /* by its beginning */
const char *db_kind_name(enum db_kind kind); /* "sqlite", "postgresql" */
enum db_kind db_kind(const struct db *db);
/* url: a path, or "sqlite:PATH", or ":memory:" (one connection only, for tests), or "postgresql://..." as libpq reads it. The database's
 * settings for safety (a commit is on disk when it returns, foreign keys hold, what is deleted is overwritten) are set and read
 * back; ERR_INTERNAL when one does not hold. ERR_NOT_FOUND: DB_READ and no such file, or no such folder. ERR_INVALID: a kind of
 * url that is not known. ERR_BUSY: the server does not answer.
 * A connection to a server that is lost is made again by the next call; what stood in a transaction is ERR_BUSY. */
enum err db_connect(const char *url, enum db_open mode, struct db **out) MUST_CHECK;
/* What a connection to this url needs outside the program: ports to connect to (ended by 0) and files to read (ended by NULL); both empty for
 * SQLite. In the arena. ERR_INVALID: libpq cannot read the url. */
enum err db_reaches(struct arena *a, const char *url, const int **ports, const char *const **files) MUST_CHECK;
void db_close(struct db *db);   /* NULL is fine */
void db_closep(struct db **db); /* for CLEANUP */
enum err db_script(struct db *db, const char *sql) MUST_CHECK; /* several statements; migrations and tests */
/* Writes zeros over what belongs to nothing in the file, so that nothing erased is left in pages that moved, and empties the log of writes. Outside
 * any transaction; others may read meanwhile, and wait with writing as long as reading the file takes (0.2 s for 700 MB in memory; who writes gives up after 3 s,
 * ERR_BUSY, so that a file of many gigabytes is felt). ERR_BUSY: somebody else was at it; nothing is lost, try again. */
enum err db_scrub(struct db *db) MUST_CHECK;
/* What reads from now on on this connection may take as long as it takes, and rest as long in between: for commands that read everything. Before db_begin_read(). */
void db_take_time(struct db *db);
/* What a fresh database needs before its first migration; in the migration's transaction. */
enum err db_found(struct db *db) MUST_CHECK;
/* After migrations, in their transaction: a number (`id INTEGER PRIMARY KEY`) that was given is never given again, also when its row is gone. Who
 * was erased still has a number in the log, in addresses and in browsers that were open. PostgreSQL counts so by itself; SQLite's tables become AUTOINCREMENT. */
enum err db_settle(struct db *db) MUST_CHECK;
enum err db_has_table(struct db *db, const char *name, bool *has) MUST_CHECK;
/* Why the last call failed, for the log: the library's own words, no values. NULL: why this thread's last db_connect failed. */
const char *db_why(const struct db *db);

/* A statement that fails in a transaction (a broken rule, a full disk, a lost line) ends it: every later call, and the commit, answer the
 * same error until it is rolled back, or back to the savepoint if that still stands. So no service goes on after a conflict: it asks
 * first, or writes ON CONFLICT. (PostgreSQL does so by itself; SQLite is held to it.) "No row" and "nothing inserted" are no failures. */
/* Transactions, for the command line and tests; requests get theirs from the writer. Rolls back unless committed:
 *     CLEANUP(db_tx_end) struct db_tx tx = {0};
 *     TRY(db_begin(db, &tx)); ... TRY(db_commit(&tx)); */
struct db_tx {
    struct db *db;
};
enum err db_begin(struct db *db, struct db_tx *tx) MUST_CHECK; /* the only one that changes, whatever others wait for */
/* On PostgreSQL changes of one lane (an organisation, by its id) wait for each other and run beside those of other lanes; what meets all the
 * same, across lanes, is found by the database and is ERR_BUSY (isolation level SERIALIZABLE). DB_LANE_ALL: as db_begin. DB_LANE_OWN: waits for
 * nobody and sees what others commit meanwhile (READ COMMITTED): for what adds or claims single rows. SQLite has one lane. */
enum { DB_LANE_ALL = 0, DB_LANE_OWN = -1 };
enum err db_begin_lane(struct db *db, struct db_tx *tx, int64_t lane) MUST_CHECK;
enum err db_begin_read(struct db *db, struct db_tx *tx) MUST_CHECK; /* one consistent view for a page */
enum err db_commit(struct db_tx *tx) MUST_CHECK; /* ERR_UNSURE: the line was lost, and for a minute nobody could say whether it happened */
void db_tx_end(struct db_tx *tx);
enum err db_savepoint(struct db *db) MUST_CHECK; /* inside a transaction, not nested; ended by one of: */
enum err db_release(struct db *db) MUST_CHECK;
enum err db_rollback_to(struct db *db) MUST_CHECK;

/* What failed since the program began, over all connections: for the monitoring. */
struct db_failed {
    int64_t busy, full, internal;
};
struct db_failed db_failed(void);
/* Bytes of pages that SQLite keeps in memory, over all connections, as of each one's last transaction: up to 32 MB for one that writes,
 * 2 MB for one that reads. 0 on PostgreSQL, which keeps them itself. */
int64_t db_cached(void);

/* Cuts the line to the database, for tests: as if the network had done so. Nothing on SQLite. */
void db_cut(struct db *db);
/* Tests: the n-th call from now (0 = the next) returns e instead of running. Negative switches it off. */
void db_fault(struct db *db, int64_t nth, enum err e);
/* How many statements this connection has run, for tests and the log. */
int64_t db_calls(const struct db *db);
