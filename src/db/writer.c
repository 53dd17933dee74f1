/* writer.h: the thread, its queue, and what happens when something fails.
 *
 * A piece that fails is undone by its savepoint. When the whole transaction is lost on the way (full disk), nothing of the batch has
 * happened, so each piece is run again in a transaction of its own: the one that broke it fails, the others go through. */
#include "db/writer.h"

#include "base/log.h"
#include "base/tm.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

enum { BATCH_MAX = 256, WAITING_MAX = 10000, BUSY_PATIENCE_MS = 3000, BUSY_SLEEP_MS = 5 };

struct writer {
    pthread_mutex_t lock;
    pthread_cond_t wake;
    pthread_t thread;
    struct db *db; /* the thread's own */
    struct work *head, *tail;
    struct writer_stats stats;
    bool stop;
};

/* ---- one batch: a list of pieces, with a result in each */

static void answer_all(struct work *list, enum err e)
{
    for (struct work *w = list; w; w = w->next)
        w->result = e;
}

/* Somebody else may hold the database for a moment (a backup, the command line). */
static enum err begin_patiently(struct db *db, struct db_tx *tx, int64_t patience_ms)
{
    int64_t until = tm_mono_ms() + patience_ms;
    for (;;) {
        enum err e = db_begin(db, tx);
        if (e != ERR_BUSY || tm_mono_ms() >= until)
            return e;
        nanosleep(&(struct timespec){.tv_nsec = BUSY_SLEEP_MS * 1000000L}, NULL);
    }
}

/* Not OK: the transaction can no longer be trusted. */
static enum err run_piece(struct db *db, struct work *w)
{
    TRY(db_savepoint(db));
    w->result = w->run(w, db);
    return w->result ? db_rollback_to(db) : db_release(db);
}

/* OK: each piece has its own result. Otherwise nothing of any happened; *lost when it was the transaction that broke on the way. */
static enum err run_together(struct db *db, struct work *list, int64_t patience_ms, int64_t *commits, bool *lost)
{
    CLEANUP(db_tx_end) struct db_tx tx = {0};
    *lost = false;
    TRY(begin_patiently(db, &tx, patience_ms));
    for (struct work *w = list; w; w = w->next) {
        enum err e = run_piece(db, w);
        if (e) {
            *lost = true;
            return w->result ? w->result : e;
        }
    }
    TRY(db_commit(&tx));
    (*commits)++;
    return OK;
}

static void run_singly(struct db *db, struct work *list, int64_t *commits)
{
    int64_t patience_ms = BUSY_PATIENCE_MS;
    for (struct work *w = list; w; w = w->next) {
        struct work *after = w->next;
        bool lost;
        w->next = NULL;
        enum err e = run_together(db, w, patience_ms, commits, &lost);
        w->next = after;
        if (e)
            w->result = e;
        if (e == ERR_BUSY)
            patience_ms = 0; /* once is enough: all the others are waiting too */
    }
}

static void run_batch(struct db *db, struct work *list, int64_t *commits)
{
    bool lost;
    enum err e = run_together(db, list, BUSY_PATIENCE_MS, commits, &lost);
    if (e && lost && list->next)
        run_singly(db, list, commits);
    else if (e)
        answer_all(list, e);
}

/* ---- the thread */

/* Waits for work; NULL when it is time to go. */
static struct work *take_batch(struct writer *w)
{
    pthread_mutex_lock(&w->lock);
    while (!w->head && !w->stop)
        pthread_cond_wait(&w->wake, &w->lock);
    struct work *list = w->head, *last = list;
    if (list) {
        int64_t n = 1;
        while (last->next && n < BATCH_MAX) {
            last = last->next;
            n++;
        }
        w->head = last->next;
        if (!w->head)
            w->tail = NULL;
        last->next = NULL;
        w->stats.waiting -= n;
    }
    pthread_mutex_unlock(&w->lock);
    return list;
}

static void count(struct writer *w, const struct work *list, int64_t commits)
{
    int64_t pieces = 0, failed = 0;
    for (const struct work *k = list; k; k = k->next) {
        pieces++;
        failed += k->result != OK;
    }
    pthread_mutex_lock(&w->lock);
    w->stats.commits += commits;
    w->stats.pieces += pieces;
    w->stats.failed += failed;
    pthread_mutex_unlock(&w->lock);
}

static void *writer_main(void *arg)
{
    struct writer *w = arg;
    for (struct work *list; (list = take_batch(w));) {
        int64_t commits = 0;
        run_batch(w->db, list, &commits);
        count(w, list, commits);
        while (list) {
            struct work *next = list->next; /* done may free it */
            list->done(list, list->result);
            list = next;
        }
    }
    return NULL;
}

enum err writer_start(const char *url, struct writer **out)
{
    struct writer *w = calloc(1, sizeof *w);
    if (!w)
        return ERR_INTERNAL;
    enum err e = db_connect(url, DB_WRITE, &w->db);
    if (e) {
        free(w);
        return e;
    }
    pthread_mutex_init(&w->lock, NULL);
    pthread_cond_init(&w->wake, NULL);
    if (pthread_create(&w->thread, NULL, writer_main, w) != 0) {
        pthread_cond_destroy(&w->wake);
        pthread_mutex_destroy(&w->lock);
        db_close(w->db);
        free(w);
        return ERR_INTERNAL;
    }
    *out = w;
    return OK;
}

void writer_stop(struct writer *w)
{
    if (!w)
        return;
    pthread_mutex_lock(&w->lock);
    w->stop = true;
    pthread_cond_signal(&w->wake);
    pthread_mutex_unlock(&w->lock);
    pthread_join(w->thread, NULL);
    pthread_cond_destroy(&w->wake);
    pthread_mutex_destroy(&w->lock);
    db_close(w->db);
    free(w);
}

enum err writer_push(struct writer *w, struct work *work)
{
    work->next = NULL;
    work->result = OK;
    pthread_mutex_lock(&w->lock);
    bool full = w->stop || w->stats.waiting >= WAITING_MAX;
    if (!full) {
        *(w->tail ? &w->tail->next : &w->head) = work;
        w->tail = work;
        w->stats.waiting++;
        pthread_cond_signal(&w->wake);
    }
    pthread_mutex_unlock(&w->lock);
    return full ? ERR_LIMIT : OK;
}

/* ---- waiting for it */

struct call {
    struct work work; /* first: a work is a call */
    enum err (*fn)(void *arg, struct db *db);
    void *arg;
    pthread_mutex_t lock;
    pthread_cond_t ready;
    bool is_done;
    enum err result;
};

static enum err call_run(struct work *work, struct db *db)
{
    struct call *c = (struct call *)work;
    return c->fn(c->arg, db);
}

static void call_done(struct work *work, enum err result)
{
    struct call *c = (struct call *)work;
    pthread_mutex_lock(&c->lock);
    c->is_done = true;
    c->result = result;
    pthread_cond_signal(&c->ready);
    pthread_mutex_unlock(&c->lock);
}

enum err writer_run(struct writer *w, enum err (*fn)(void *arg, struct db *db), void *arg)
{
    if (pthread_equal(pthread_self(), w->thread)) {
        log_bug("writer_run inside the writer would wait for itself");
        return ERR_INTERNAL;
    }
    struct call c = {.work = {.run = call_run, .done = call_done}, .fn = fn, .arg = arg};
    pthread_mutex_init(&c.lock, NULL);
    pthread_cond_init(&c.ready, NULL);
    enum err e = writer_push(w, &c.work);
    if (!e) {
        pthread_mutex_lock(&c.lock);
        while (!c.is_done)
            pthread_cond_wait(&c.ready, &c.lock);
        pthread_mutex_unlock(&c.lock);
        e = c.result;
    }
    pthread_cond_destroy(&c.ready);
    pthread_mutex_destroy(&c.lock);
    return e;
}

struct writer_stats writer_stats(struct writer *w)
{
    pthread_mutex_lock(&w->lock);
    struct writer_stats s = w->stats;
    pthread_mutex_unlock(&w->lock);
    return s;
}
