/* writer.h: the threads, their queue, and what happens when something fails.
 *
 * A piece that fails is undone by its savepoint. When the whole transaction is lost on the way (full disk), nothing of the batch has
 * happened, so each piece is run again in a transaction of its own: the one that broke it fails, the others go through. */
#include "db/writer.h"

#include "base/log.h"
#include "base/tm.h"

#include <pthread.h>
#include <stdlib.h>

enum { BATCH_MAX = 256, BUSY_PATIENCE_MS = 3000, BUSY_SLEEP_MS = 5, THREADS_MAX = 4, MEETINGS_MAX = 8 };

struct hand { /* one thread */
    struct writer *w;
    struct db *db; /* its own */
    pthread_t thread;
    bool started, busy;
    int64_t lane, began;    /* while busy; began: monotonic ms */
    int64_t commits, again; /* of the batch under way */
};

struct writer {
    pthread_mutex_t lock;
    pthread_cond_t wake;
    struct hand hand[THREADS_MAX];
    int n_hands;
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
static enum err begin_patiently(struct db *db, struct db_tx *tx, int64_t lane, int64_t patience_ms)
{
    int64_t until = tm_mono_ms() + patience_ms;
    for (;;) {
        enum err e = db_begin_lane(db, tx, lane);
        if (e != ERR_BUSY || tm_mono_ms() >= until)
            return e;
        tm_sleep_ms(BUSY_SLEEP_MS);
    }
}

struct piece {
    struct work *work;
    struct db *db;
};
static enum err piece_guarded(void *arg)
{
    struct piece *p = arg;
    return p->work->run(p->work, p->db);
}

/* Not OK: the transaction can no longer be trusted. */
static enum err run_piece(struct db *db, struct work *w)
{
    TRY(db_savepoint(db));
    w->result = arena_guard(piece_guarded, &(struct piece){w, db});
    return w->result ? db_rollback_to(db) : db_release(db);
}

enum stage { AT_BEGIN, AT_PIECE, AT_COMMIT };

/* OK: each piece has its own result. Otherwise nothing of any happened, and *at says where it failed. */
static enum err once(struct hand *h, struct work *list, int64_t patience_ms, enum stage *at)
{
    CLEANUP(db_tx_end) struct db_tx tx = {0};
    *at = AT_BEGIN;
    TRY(begin_patiently(h->db, &tx, list->lane, patience_ms));
    *at = AT_PIECE;
    for (struct work *w = list; w; w = w->next) {
        enum err e = run_piece(h->db, w);
        if (e)
            return w->result ? w->result : e;
    }
    *at = AT_COMMIT;
    TRY(db_commit(&tx));
    h->commits++;
    return OK;
}

/* What met another transaction (a serialization failure, a deadlock, a lost line) is run again, a little later each time. */
static enum err run_together(struct hand *h, struct work *list, int64_t patience_ms, enum stage *at)
{
    enum err e = once(h, list, patience_ms, at);
    for (int i = 1; i <= MEETINGS_MAX && e == ERR_BUSY && *at != AT_BEGIN && db_kind(h->db) == DB_POSTGRES; i++) {
        h->again++;
        tm_sleep_ms(i + (int)(tm_mono_ms() % (2 * i)));
        e = once(h, list, patience_ms, at);
    }
    return e;
}

static void run_singly(struct hand *h, struct work *list)
{
    int64_t patience_ms = BUSY_PATIENCE_MS;
    for (struct work *w = list; w; w = w->next) {
        struct work *after = w->next;
        enum stage at;
        w->next = NULL;
        enum err e = run_together(h, w, patience_ms, &at);
        w->next = after;
        if (e)
            w->result = e;
        if (e == ERR_BUSY)
            patience_ms = 0; /* once is enough: all the others are waiting too */
    }
}

static void run_batch(struct hand *h, struct work *list)
{
    enum stage at;
    enum err e = run_together(h, list, BUSY_PATIENCE_MS, &at);
    if (e && at == AT_PIECE && list->next)
        run_singly(h, list);
    else if (e)
        answer_all(list, e);
}

/* ---- the thread */

/* Is another thread at this lane? */
static bool taken(const struct writer *w, int64_t lane)
{
    for (int i = 0; i < w->n_hands; i++)
        if (w->hand[i].busy && w->hand[i].lane == lane)
            return true;
    return false;
}

/* Takes all work of the first lane that is free out of the queue, at most BATCH_MAX, in order. NULL: there is none. Under the lock. */
static struct work *pick(struct writer *w, struct hand *h)
{
    struct work *list = NULL, **end = &list, **at = &w->head, *before = NULL;
    int64_t n = 0;
    while (*at && n < BATCH_MAX) {
        struct work *k = *at;
        int64_t lane = w->n_hands > 1 ? k->lane : DB_LANE_ALL;
        if (list ? lane == h->lane : !taken(w, lane)) {
            h->lane = lane;
            *at = k->next;
            if (w->tail == k)
                w->tail = before;
            k->next = NULL;
            *end = k;
            end = &k->next;
            n++;
        } else {
            before = k;
            at = &k->next;
        }
    }
    w->stats.waiting -= n;
    h->busy = list != NULL;
    h->began = tm_mono_ms();
    return list;
}

/* Waits for work; NULL when it is time to go. */
static struct work *take_batch(struct hand *h)
{
    struct writer *w = h->w;
    struct work *list;
    pthread_mutex_lock(&w->lock);
    while (!(list = pick(w, h)) && !(w->stop && !w->head))
        pthread_cond_wait(&w->wake, &w->lock);
    pthread_mutex_unlock(&w->lock);
    return list;
}

/* Before the pieces are answered: who is answered may look at the counts. Others may wait for this lane. */
static void put_down(struct hand *h, const struct work *list)
{
    struct writer *w = h->w;
    int64_t pieces = 0, failed = 0;
    for (const struct work *k = list; k; k = k->next) {
        pieces++;
        failed += k->result != OK;
    }
    pthread_mutex_lock(&w->lock);
    w->stats.commits += h->commits;
    w->stats.again += h->again;
    w->stats.pieces += pieces;
    w->stats.failed += failed;
    h->commits = h->again = 0;
    h->busy = false;
    if (w->head || w->stop)
        pthread_cond_broadcast(&w->wake);
    pthread_mutex_unlock(&w->lock);
}

static void *hand_main(void *arg)
{
    struct hand *h = arg;
    for (struct work *list; (list = take_batch(h));) {
        run_batch(h, list);
        put_down(h, list);
        while (list) {
            struct work *next = list->next; /* done may free it */
            list->done(list, list->result);
            list = next;
        }
    }
    return NULL;
}

static enum err start(struct writer *w, const char *url)
{
    int n = db_kind_of(url) == DB_POSTGRES ? THREADS_MAX : 1;
    for (int i = 0; i < n; i++) {
        w->hand[i].w = w;
        TRY(db_connect(url, DB_WRITE, &w->hand[i].db));
    }
    w->n_hands = n;
    for (int i = 0; i < n; i++) {
        if (pthread_create(&w->hand[i].thread, NULL, hand_main, &w->hand[i]))
            return ERR_INTERNAL;
        w->hand[i].started = true;
    }
    return OK;
}

enum err writer_start(const char *url, struct writer **out)
{
    struct writer *w = calloc(1, sizeof *w);
    if (!w)
        return ERR_INTERNAL;
    pthread_mutex_init(&w->lock, NULL);
    pthread_cond_init(&w->wake, NULL);
    enum err e = start(w, url);
    if (e) {
        writer_stop(w);
        return e;
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
    pthread_cond_broadcast(&w->wake);
    pthread_mutex_unlock(&w->lock);
    for (int i = 0; i < THREADS_MAX; i++) {
        if (w->hand[i].started)
            pthread_join(w->hand[i].thread, NULL);
        db_close(w->hand[i].db);
    }
    pthread_cond_destroy(&w->wake);
    pthread_mutex_destroy(&w->lock);
    free(w);
}

enum err writer_push(struct writer *w, struct work *work)
{
    work->next = NULL;
    work->result = OK;
    pthread_mutex_lock(&w->lock);
    bool full = w->stop || w->stats.waiting >= WRITER_WAITING_MAX;
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

enum err writer_run(struct writer *w, int64_t lane, enum err (*fn)(void *arg, struct db *db), void *arg)
{
    for (int i = 0; i < w->n_hands; i++)
        if (w->hand[i].started && pthread_equal(pthread_self(), w->hand[i].thread)) {
            log_bug("writer_run inside the writer would wait for itself");
            return ERR_INTERNAL;
        }
    struct call c = {.work = {.run = call_run, .done = call_done, .lane = lane}, .fn = fn, .arg = arg};
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
    int64_t now = tm_mono_ms();
    for (int i = 0; i < w->n_hands; i++)
        if (w->hand[i].busy && now - w->hand[i].began > s.busy_ms)
            s.busy_ms = now - w->hand[i].began;
    pthread_mutex_unlock(&w->lock);
    return s;
}
