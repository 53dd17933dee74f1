/* writer.h: the threads that change the database, many changes to one commit. SQLite has one; on PostgreSQL there are some, each with a connection
 * of its own, and each takes work of one lane at a time (db.h: db_begin_lane).
 *
 * Work is queued from any thread. A writer takes all that waits (of its lane, at most 256), begins a transaction, runs each piece in its own
 * savepoint, commits once (one fsync), and then calls each `done` with the piece's own result, or with the commit's error when the
 * commit failed (then nothing of any of them happened). A piece that runs out of memory is undone like one that fails (arena_guard). `run` may be run again, by the writer (when another piece broke the common
 * transaction) or by who pushed it (after ERR_BUSY): it must have no effect outside the database. `done` is called on the writer's thread, exactly once; it must be short, and may free the work. */
#pragma once
#include "db/db.h"

enum { WRITER_WAITING_MAX = 10000 };
struct writer;
struct work {
    enum err (*run)(struct work *w, struct db *db); /* OK keeps its changes, anything else undoes them */
    void (*done)(struct work *w, enum err result);
    int64_t lane;      /* whose rows it changes: an organisation, DB_LANE_OWN, DB_LANE_ALL */
    struct work *next; /* the writer's */
    enum err result;   /* the writer's */
};
enum err writer_start(const char *url, struct writer **out) MUST_CHECK;
/* Finishes what is queued, then stops. NULL is fine. */
void writer_stop(struct writer *w);
/* ERR_LIMIT when more than WRITER_WAITING_MAX pieces wait, or while the writer stops: the caller answers 503. */
enum err writer_push(struct writer *w, struct work *work) MUST_CHECK;
/* For work of nobody's organisation (a login, a link): it may meet others and is run again then. */
enum { WRITER_LANE_ANY = 1 << 20 };
/* Pushes and waits: for jobs and workers, never on a loop thread or inside `run`. `fn` as work.run. */
enum err writer_run(struct writer *w, int64_t lane, enum err (*fn)(void *arg, struct db *db), void *arg) MUST_CHECK;
struct writer_stats {
    int64_t commits, pieces, failed, waiting;
    int64_t again;   /* transactions that met another and were run once more */
    int64_t busy_ms; /* how long the oldest batch under way has been; 0: none is */
};
struct writer_stats writer_stats(struct writer *w);
