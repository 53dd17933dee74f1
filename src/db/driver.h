/* driver.h: what db.c asks of one kind of database. For db/ only.
 *
 * db.c has what is the same for all: counting, faults of tests, the state of the transaction, rows on their way to the arena. A driver has a
 * statement's life: started with its parameters, stepped through, ended. Errors go through db_fail(), which keeps the words for the log. */
#pragma once
#include "db/db.h"

enum { DB_WHY_MAX = 256 };

/* A statement under way. `p` and `at` are the driver's. */
struct db_cursor {
    void *p, *stream;
    size_t at;
    int columns;     /* of its answer */
    bool changes;    /* not only reading: it has to run to its end */
};

enum db_step { DB_BEGIN, DB_BEGIN_READ, DB_COMMIT, DB_ROLLBACK, DB_SAVEPOINT, DB_RELEASE, DB_ROLLBACK_TO, DB_STEPS };

struct db_driver {
    enum db_kind kind;
    void (*close)(struct db *db); /* everything but the struct itself */
    /* Ready to step; `end` only after OK. `stream`: the rows may be more than memory holds, and the connection is used meanwhile. */
    enum err (*start)(struct db *db, const struct db_query *q, const struct db_param *in, size_t n_in, struct db_cursor *c) MUST_CHECK;
    enum err (*stream)(struct db *db, const struct db_query *q, const struct db_param *in, size_t n_in, struct db_cursor *c) MUST_CHECK;
    enum err (*next)(struct db *db, const struct db_query *q, struct db_cursor *c, bool *row) MUST_CHECK;
    /* The current row. Strings in `a`, or in the driver's memory until the next step when it is NULL. */
    enum err (*read)(struct db *db, const struct db_query *q, struct db_cursor *c, struct arena *a, char *row) MUST_CHECK;
    enum err (*read_id)(struct db *db, const struct db_query *q, struct db_cursor *c, int64_t *id) MUST_CHECK;
    int64_t (*changed)(struct db *db, struct db_cursor *c); /* at the end of a statement that changes */
    void (*end)(struct db *db, struct db_cursor *c);
    enum err (*step)(struct db *db, enum db_step s) MUST_CHECK;
    bool (*is_lost)(struct db *db); /* in_tx, but the database is in no transaction any more */
    enum err (*check)(struct db *db, const struct db_query *q) MUST_CHECK;
    enum err (*found)(struct db *db) MUST_CHECK;
    enum err (*settle)(struct db *db) MUST_CHECK;
    enum err (*script)(struct db *db, const char *sql) MUST_CHECK;
    enum err (*has_table)(struct db *db, const char *name, bool *has) MUST_CHECK;
    enum err (*scrub)(struct db *db) MUST_CHECK;
    void (*cut)(struct db *db);
};

struct db { /* the head of every driver's own struct */
    const struct db_driver *driver;
    enum db_open mode;
    int64_t lane;      /* of the next db_begin */
    bool in_tx, in_savepoint, takes_time;
    enum err lost;     /* why the transaction cannot go on; OK: it can */
    int64_t calls, fault_in;
    int64_t cached;    /* what it told db_cache() last */
    enum err fault;
    char *scratch;     /* rows on their way to the arena */
    size_t n_scratch;
    char why[DB_WHY_MAX];
};

/* Tells how many bytes of pages the connection keeps: for db_cached(). */
void db_cache(struct db *db, int64_t bytes);
enum err db_fail(struct db *db, enum err e, const char *what, const char *why);
enum err db_bad_column(struct db *db, const struct db_query *q, const struct db_col *c, const char *why);
/* A number into its member. */
enum err db_put_number(struct db *db, const struct db_query *q, const struct db_col *c, int64_t v, char *to) MUST_CHECK;

/* Each opens one kind of url. *out is to be closed on failure too, when it is not NULL: its words say why. */
enum err db_sqlite_open(const char *path, enum db_open mode, struct db **out) MUST_CHECK;
enum err db_pg_open(const char *url, enum db_open mode, struct db **out) MUST_CHECK;
