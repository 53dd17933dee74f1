/* hub_store.c: the way of an edit to the disk and, later, to its document's log. */
#include "live/hub_loop.h"
#include "base/log.h"

#include <stdlib.h>

enum { RETRY_MS = 1000, RUNS_MAX = 200 /* people in one document in one move to the log */ };

/* ---- storing */

void hub_io_send(void *user, struct room_member *m, struct bytes message)
{
    struct hub_loop *l = user;
    atomic_fetch_add_explicit(&l->c_deliveries, 1, memory_order_relaxed);
    conn_send((struct hub_conn *)m, WS_BINARY, message);
}

void hub_io_store(void *user, struct edit *e)
{
    struct hub_loop *l = user;
    struct hub_batch *b = l->batch;
    e->next = NULL;
    if (b->first)
        b->last->next = e;
    else
        b->first = e;
    b->last = e;
    b->n++;
    b->bytes += sizeof *e + e->n;
}

struct hub_batch *hub_batch_new(struct hub_loop *l)
{
    struct hub_batch *b = calloc(1, sizeof *b);
    if (!b)
        abort();
    b->stream = (int)l->hub->conf.server * HUB_LOOPS_MAX + l->index;
    b->loop = l;
    return b;
}

static void begin_store(struct hub_loop *l, struct hub_batch *b)
{
    const struct hub_store *s = &l->hub->conf.store;
    l->in_flight = true;
    l->batch_at = l->mono;
    b->shared = false;
    for (struct edit *e = b->first; e; e = e->next) {
        e->shared = e->n && e->room->n_peers;
        b->shared |= e->shared;
    }
    s->append(s->user, b);
}

/* One commit at a time; what comes in meanwhile goes with the next. */
void hub_store_turn(struct hub_loop *l)
{
    if (l->batch->bytes > BATCH_BYTES_MAX && !l->halted) {
        l->halted = true;
        hub_watch_all(l);
    }
    if (l->in_flight)
        return;
    if (l->failed) {
        if (l->mono < l->retry_at)
            return;
        struct hub_batch *b = l->failed;
        l->failed = NULL;
        begin_store(l, b);
        return;
    }
    if (!l->batch->n || l->mono < l->batch_at + BATCH_MS)
        return;
    struct hub_batch *b = l->batch;
    l->batch = hub_batch_new(l);
    begin_store(l, b);
    if (l->halted) {
        l->halted = false;
        hub_watch_all(l);
    }
}

static void set_trouble(struct hub_loop *l, bool on)
{
    if (l->trouble == on)
        return;
    l->trouble = on;
    for (struct room *r = l->rooms; r; r = r->list_next)
        room_tell(r, ROOM_TROUBLE, on);
}

void hub_on_stored(struct hub_loop *l, struct hub_batch *b)
{
    l->in_flight = false;
    if (b->result) {
        if (!l->trouble)
            log_error("live", "edits cannot be stored; they are kept and tried again", LOG_S("err", str_c(err_name(b->result))));
        l->failed = b;
        l->retry_at = l->mono + RETRY_MS;
        set_trouble(l, true);
        return;
    }
    l->journal_id = b->id;
    atomic_fetch_add_explicit(&l->c_edits, (long long)b->n, memory_order_relaxed);
    atomic_fetch_add_explicit(&l->c_commits, 1, memory_order_relaxed);
    for (struct edit *e = b->first, *next; e; e = next) {
        next = e->next;
        room_stored(e);
    }
    free(b);
    set_trouble(l, false);
}

/* ---- into the logs */

void hub_fold_free(struct hub_fold *f)
{
    for (size_t i = 0; i < f->n; i++)
        free(f->runs[i].data);
    free(f->runs);
    free(f->seq);
    free(f);
}

static void begin_fold(struct hub_loop *l, struct hub_fold *f)
{
    const struct hub_store *s = &l->hub->conf.store;
    l->folding = true;
    s->fold(s->user, f);
}

/* The same order on every server: who folds the same documents at the same time does not wait in a circle. A room's runs stay in theirs. */
static int by_document(const void *a, const void *b)
{
    const struct run *x = a, *y = b;
    if (x->document != y->document)
        return x->document < y->document ? -1 : 1;
    return x->from_at < y->from_at ? -1 : x->from_at > y->from_at;
}

/* Everything that is unfolded; the journal goes with it. */
void hub_fold_turn(struct hub_loop *l)
{
    if (l->folding || l->mono < l->fold_at)
        return;
    l->fold_at = l->mono + l->hub->conf.fold_ms;
    if (l->fold_failed) {
        struct hub_fold *f = l->fold_failed;
        l->fold_failed = NULL;
        begin_fold(l, f);
        return;
    }
    struct hub_fold *f = calloc(1, sizeof *f);
    if (!f)
        return;
    *f = (struct hub_fold){.stream = (int)l->hub->conf.server * HUB_LOOPS_MAX + l->index, .loop = l, .up_to = l->journal_id};
    size_t cap = 0;
    for (struct room *r = l->rooms; r; r = r->list_next) {
        size_t n = 0;
        if (!r->unfolded)
            continue;
        if (f->n + RUNS_MAX > cap) {
            cap = f->n + 2 * (size_t)RUNS_MAX + cap;
            struct run *v = realloc(f->runs, cap * sizeof *v);
            if (!v)
                abort();
            f->runs = v;
        }
        if (room_fold(r, f->runs + f->n, RUNS_MAX, &n)) {
            log_bug("edits cannot be merged for the log");
            f->up_to = 0; /* they stay in the journal */
        }
        if (r->unfolded)
            f->up_to = 0;
        f->n += n;
    }
    if (f->n)
        qsort(f->runs, f->n, sizeof *f->runs, by_document);
    f->seq = calloc(f->n + 1, sizeof *f->seq);
    if (!f->n || !f->seq)
        hub_fold_free(f);
    else
        begin_fold(l, f);
}

void hub_on_folded(struct hub_loop *l, struct hub_fold *f)
{
    l->folding = false;
    if (f->result) {
        log_warn("live", "edits cannot be moved to the log yet", LOG_S("err", str_c(err_name(f->result))));
        l->fold_failed = f;
        return;
    }
    for (size_t i = 0; i < f->n; i++) {
        struct room *r = hub_room(l, f->runs[i].document);
        if (r && f->seq[i] == r->seq + 1)
            r->seq++;
    }
    hub_fold_free(f);
}

