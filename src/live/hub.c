/* hub.c: what others call: starting, stopping, sockets and news from other threads. */
#include "live/hub.h"
#include "live/hub_loop.h"
#include "base/log.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum { LOOP_ARENA = 512 << 20 }; /* for a whole document: snapshot, log and journal (model/live.h) */

struct account_count {
    int64_t account;
    int n;
};

/* ---- from other threads */

/* Under the lock. */
void hub_wake(struct hub_loop *l)
{
    uint64_t one = 1;
    if (l->woken)
        return;
    l->woken = true;
    if (write(l->wake_fd, &one, sizeof one) < 0 && errno != EAGAIN)
        log_bug("a loop of the hub cannot be woken");
}

void hub_stored(struct hub_batch *b, enum err e)
{
    struct hub_loop *l = b->loop;
    b->result = e;
    pthread_mutex_lock(&l->lock);
    b->next = l->stored;
    l->stored = b;
    hub_wake(l);
    pthread_mutex_unlock(&l->lock);
}

void hub_folded(struct hub_fold *f, enum err e)
{
    struct hub_loop *l = f->loop;
    f->result = e;
    pthread_mutex_lock(&l->lock);
    f->next = l->folded;
    l->folded = f;
    hub_wake(l);
    pthread_mutex_unlock(&l->lock);
}

/* In the order in which they were said. */
static void put_note(struct hub_loop *l, const struct hub_said *s)
{
    struct hub_note *n = malloc(sizeof *n + s->data.n);
    if (!n)
        abort(); /* an edit of another server would be missing here */
    n->next = NULL;
    n->said = *s;
    if (s->data.n)
        memcpy(n->data, s->data.p, s->data.n);
    n->said.data.p = n->data;
    pthread_mutex_lock(&l->lock);
    *(l->notes ? &l->last_note->next : &l->notes) = n;
    l->last_note = n;
    hub_wake(l);
    pthread_mutex_unlock(&l->lock);
}

void hub_say(struct hub *h, const struct hub_said *s)
{
    for (int i = 0; i < h->n_loops; i++)
        if (!s->document || s->document % h->n_loops == i)
            put_note(h->loop[i], s);
}

void hub_news(struct hub *h, int64_t document, unsigned what)
{
    hub_say(h, &(struct hub_said){.document = document, .what = what});
}

void hub_newcomer_free(struct newcomer *n)
{
    free(n->name);
    free(n->early);
    free(n);
}

static struct newcomer *newcomer_new(const struct hub_guest *g)
{
    struct newcomer *n = calloc(1, sizeof *n);
    if (!n)
        return NULL;
    n->g = *g;
    n->name = strndup(g->name.p ? g->name.p : "", g->name.n);
    n->early = malloc(g->early.n + 1);
    if (!n->name || !n->early) {
        hub_newcomer_free(n);
        return NULL;
    }
    if (g->early.n)
        memcpy(n->early, g->early.p, g->early.n);
    n->g.name = str_c(n->name);
    n->g.early.p = n->early;
    return n;
}

void hub_take(struct hub *h, const struct hub_guest *g)
{
    struct hub_loop *l = h->loop[g->document > 0 ? g->document % h->n_loops : 0];
    struct newcomer *n = newcomer_new(g);
    if (!n || atomic_load(&h->stop)) {
        close(g->fd);
        if (n)
            hub_newcomer_free(n);
        return;
    }
    pthread_mutex_lock(&l->lock);
    n->next = l->newcomers;
    l->newcomers = n;
    hub_wake(l);
    pthread_mutex_unlock(&l->lock);
}

/* ---- how many there may be */

static struct account_count *count_of(struct hub *h, int64_t account)
{
    for (size_t i = 0; i < h->n_accounts; i++)
        if (h->accounts[i].account == account)
            return &h->accounts[i];
    return NULL;
}

bool hub_enter(struct hub *h, const struct hub_who *who)
{
    int most = h->conf.per_account_max * (who->program ? 64 : 1);
    bool may = false;
    pthread_mutex_lock(&h->lock);
    struct account_count *a = count_of(h, who->account_id);
    if (!a && h->n_accounts == h->cap_accounts) {
        size_t cap = h->cap_accounts ? 2 * h->cap_accounts : 64;
        struct account_count *v = realloc(h->accounts, cap * sizeof *v);
        if (v) {
            h->accounts = v;
            h->cap_accounts = cap;
        }
    }
    if (!a && h->n_accounts < h->cap_accounts) {
        a = &h->accounts[h->n_accounts++];
        *a = (struct account_count){who->account_id, 0};
    }
    if (a && a->n < most && h->n_connections < (size_t)h->conf.connections_max) {
        a->n++;
        h->n_connections++;
        may = true;
    }
    pthread_mutex_unlock(&h->lock);
    return may;
}

void hub_leave(struct hub *h, int64_t account)
{
    pthread_mutex_lock(&h->lock);
    struct account_count *a = count_of(h, account);
    if (a && --a->n == 0)
        *a = h->accounts[--h->n_accounts];
    h->n_connections--;
    pthread_mutex_unlock(&h->lock);
}

/* ---- start and stop */

static void batch_free(struct hub_batch *b)
{
    for (struct edit *e = b ? b->first : NULL, *next; e; e = next) {
        next = e->next;
        free(e);
    }
    free(b);
}

static void newcomers_free(struct newcomer *list)
{
    for (struct newcomer *n = list, *next; n; n = next) {
        next = n->next;
        close(n->g.fd);
        hub_newcomer_free(n);
    }
}

static void loop_free(struct hub_loop *l)
{
    for (struct room *r = l->rooms, *next; r; r = next) {
        next = r->list_next;
        room_free(r);
    }
    newcomers_free(l->newcomers);
    newcomers_free(l->pending);
    for (struct hub_note *n = l->notes, *next; n; n = next) {
        next = n->next;
        free(n);
    }
    for (size_t i = 0; i < l->n_spare; i++)
        buf_free(&l->spare[i]);
    batch_free(l->batch);
    batch_free(l->failed);
    if (l->fold_failed)
        hub_fold_free(l->fold_failed);
    buf_free(&l->scratch);
    buf_free(&l->scratch2);
    free(l->read);
    arena_free(l->a);
    if (l->epoll_fd >= 0)
        close(l->epoll_fd);
    if (l->wake_fd >= 0)
        close(l->wake_fd);
    pthread_mutex_destroy(&l->lock);
    free(l);
}

static enum err loop_start(struct hub *h, int index)
{
    struct hub_loop *l = calloc(1, sizeof *l);
    if (!l)
        return ERR_INTERNAL;
    l->hub = h;
    l->index = index;
    pthread_mutex_init(&l->lock, NULL);
    l->io = (struct room_io){.user = l, .scratch = &l->scratch, .scratch2 = &l->scratch2, .send = hub_io_send, .store = hub_io_store};
    l->scratch.max = l->scratch2.max = ROOM_BYTES_MAX + 64;
    l->a = arena_new(LOOP_ARENA);
    l->read = malloc(READ_MAX);
    l->batch = hub_batch_new(l);
    l->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
    l->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    h->loop[h->n_loops++] = l;
    if (!l->read || l->epoll_fd < 0 || l->wake_fd < 0 || !hub_watch(l->epoll_fd, l->wake_fd, NULL))
        return ERR_INTERNAL;
    if (pthread_create(&l->thread, NULL, hub_loop_main, l))
        return ERR_INTERNAL;
    l->started = true;
    return OK;
}

static void use_defaults(struct hub_conf *c)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    if (c->loops <= 0)
        c->loops = cores < 1 ? 1 : (int)cores;
    if (c->loops > HUB_LOOPS_MAX)
        c->loops = HUB_LOOPS_MAX;
    if (c->connections_max <= 0)
        c->connections_max = 20000;
    if (c->per_account_max <= 0)
        c->per_account_max = 64;
    if (c->per_document_max <= 0)
        c->per_document_max = 256;
    if (c->silent_ms <= 0)
        c->silent_ms = 60000;
    if (c->fold_ms <= 0)
        c->fold_ms = 10000;
}

enum err hub_start(const struct hub_conf *conf, struct hub **out)
{
    struct hub *h = calloc(1, sizeof *h);
    sigset_t all, before;
    enum err e = OK;
    if (!h)
        return ERR_INTERNAL;
    h->conf = *conf;
    use_defaults(&h->conf);
    pthread_mutex_init(&h->lock, NULL);
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before); /* signals are the main thread's */
    for (int i = 0; i < h->conf.loops && !e; i++)
        e = loop_start(h, i);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (e) {
        hub_stop(h);
        hub_free(h);
        return e;
    }
    *out = h;
    return OK;
}

void hub_stop(struct hub *h)
{
    if (!h)
        return;
    atomic_store(&h->stop, true);
    for (int i = 0; i < h->n_loops; i++) {
        pthread_mutex_lock(&h->loop[i]->lock);
        hub_wake(h->loop[i]);
        pthread_mutex_unlock(&h->loop[i]->lock);
    }
    for (int i = 0; i < h->n_loops; i++)
        if (h->loop[i]->started)
            pthread_join(h->loop[i]->thread, NULL);
}

void hub_free(struct hub *h)
{
    if (!h)
        return;
    for (int i = 0; i < h->n_loops; i++)
        loop_free(h->loop[i]);
    pthread_mutex_destroy(&h->lock);
    free(h->accounts);
    free(h);
}

struct hub_counts hub_counts(struct hub *h)
{
    struct hub_counts c = {.refused = atomic_load(&h->refused)};
    for (int i = 0; h && i < h->n_loops; i++) {
        const struct hub_loop *l = h->loop[i];
        c.connections += atomic_load(&l->c_conns);
        c.documents += atomic_load(&l->c_rooms);
        c.edits += atomic_load(&l->c_edits);
        c.deliveries += atomic_load(&l->c_deliveries);
        c.commits += atomic_load(&l->c_commits);
        c.waiting += atomic_load(&l->c_waiting);
    }
    return c;
}
