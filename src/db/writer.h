/* writer.h: one thread that changes the database, many changes to one commit.
 *
 * Work is queued from any thread. The writer takes all that waits (at most 256), begins a transaction, runs each piece in its own
 * savepoint, commits once (one fsync), and then calls each `done` with the piece's own result, or with the commit's error when the
 * commit failed (then nothing of any of them happened). `run` may be run again, by the writer (when another piece broke the common
 * transaction) or by who pushed it (after ERR_BUSY): it must have no effect outside the database. `done` is called on the writer's thread, exactly once; it must be short, and may free the work. */
#pragma once
#include "db/db.h"

struct writer;
struct work {
    enum err (*run)(struct work *w, struct db *db); /* OK keeps its changes, anything else undoes them */
    void (*done)(struct work *w, enum err result);
    struct work *next; /* the writer's */
    enum err result;   /* the writer's */
};
enum err writer_start(const char *url, struct writer **out) MUST_CHECK;
/* Finishes what is queued, then stops. NULL is fine. */
void writer_stop(struct writer *w);
/* ERR_LIMIT when more than 10,000 pieces wait, or while the writer stops: the caller answers 503. */
enum err writer_push(struct writer *w, struct work *work) MUST_CHECK;
/* Pushes and waits: for jobs and workers, never on a loop thread or inside `run`. `fn` as work.run. */
enum err writer_run(struct writer *w, enum err (*fn)(void *arg, struct db *db), void *arg) MUST_CHECK;
struct writer_stats {
    int64_t commits, pieces, failed, waiting;
};
struct writer_stats writer_stats(struct writer *w);
