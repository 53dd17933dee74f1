/* hub_loop.c: one loop: sleeping, waking, reading what came, and stopping. */
#include "live/hub_loop.h"
#include "base/log.h"
#include "base/tm.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <unistd.h>

enum { EVENTS = 256, TICK_MS = 1000, STOP_MS = 5000 };

static void read_mail(struct hub_loop *l)
{
    uint64_t count;
    if (read(l->wake_fd, &count, sizeof count) < 0 && errno != EAGAIN)
        log_bug("the wake-up of the hub cannot be read");
    pthread_mutex_lock(&l->lock);
    struct newcomer *n = l->newcomers;
    struct hub_batch *b = l->stored;
    struct hub_fold *f = l->folded;
    struct hub_note *note = l->notes;
    l->newcomers = NULL;
    l->stored = NULL;
    l->folded = NULL;
    l->notes = l->last_note = NULL;
    l->woken = false;
    pthread_mutex_unlock(&l->lock);
    if (b)
        hub_on_stored(l, b);
    if (f)
        hub_on_folded(l, f);
    while (n) {
        struct newcomer *next = n->next;
        hub_welcome(l, n);
        n = next;
    }
    while (note) {
        struct hub_note *next = note->next;
        hub_on_note(l, note);
        free(note);
        note = next;
    }
}

static void tick(struct hub_loop *l)
{
    l->tick_at = l->mono + TICK_MS;
    for (struct hub_conn *c = l->conns; c; c = c->next)
        conn_tick(c);
    for (struct room *r = l->rooms; r; r = r->list_next)
        room_tick(r, l->now);
    hub_check_rights(l);
    hub_close_rooms(l);
    atomic_store_explicit(&l->c_conns, (long long)l->n_conns, memory_order_relaxed);
    atomic_store_explicit(&l->c_rooms, (long long)l->n_rooms, memory_order_relaxed);
    atomic_store_explicit(&l->c_waiting, (long long)l->batch->n, memory_order_relaxed);
}

static int64_t sooner(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int wait_ms(const struct hub_loop *l)
{
    if (l->recheck || (l->again && !l->halted) || (l->telling && !l->in_flight))
        return 0;
    int64_t until = l->tick_at;
    if (l->refresh)
        until = sooner(until, l->refresh_at);
    if (l->present_at)
        until = sooner(until, l->present_at);
    if (!l->in_flight && l->failed)
        until = sooner(until, l->retry_at);
    else if (!l->in_flight && l->batch->n)
        until = sooner(until, l->batch_at + BATCH_MS);
    return until > l->mono ? (int)(until - l->mono) : 0;
}

static void take_time(struct hub_loop *l)
{
    l->mono = tm_mono_ms();
    l->now = tm_now();
}

static void turn(struct hub_loop *l)
{
    struct epoll_event ev[EVENTS];
    int n = epoll_wait(l->epoll_fd, ev, EVENTS, wait_ms(l));
    take_time(l);
    for (int i = 0; i < n; i++) {
        struct hub_conn *c = ev[i].data.ptr;
        if (!c) {
            read_mail(l);
            continue;
        }
        if (c->gone)
            continue;
        if (ev[i].events & EPOLLOUT)
            conn_write(c);
        bool ended = (ev[i].events & (EPOLLHUP | EPOLLERR | EPOLLRDHUP)) != 0;
        bool reads = !c->closing || c->linger_until;
        if (!c->gone && !reads && ended)
            conn_drop(c);
        else if (!c->gone && reads && (ended || (ev[i].events & EPOLLIN)))
            conn_read(c); /* the end comes after what was sent */
    }
    if (l->again && !l->halted)
        conn_again_all(l);
    if (l->recheck)
        hub_check_rights(l);
    if (l->mono >= l->tick_at)
        tick(l);
    hub_others_turn(l);
    hub_store_turn(l);
    hub_fold_turn(l);
    hub_end_turn(l);
}

static bool all_stored(const struct hub_loop *l)
{
    return !l->in_flight && !l->batch->n && !l->failed && !l->folding;
}

/* Says goodbye to everybody, and stays until they have heard it: to close while somebody still sends resets the line, and with it what that one has not read. */
static void goodbye(struct hub_loop *l)
{
    for (struct hub_conn *c = l->conns; c; c = c->next)
        conn_close(c, WS_GOING);
    hub_end_turn(l);
    take_time(l);
    int64_t until = l->mono + LINGER_MS;
    while (l->conns && l->mono < until) {
        l->tick_at = sooner(l->tick_at, until);
        turn(l);
    }
    for (struct hub_conn *c = l->conns; c; c = c->next)
        conn_drop(c);
    hub_end_turn(l);
}

/* Stores what came in and moves it to the logs, then says goodbye. */
static void finish(struct hub_loop *l)
{
    int64_t end = tm_mono_ms() + STOP_MS;
    bool folded = false;
    take_time(l);
    l->stopping = true;
    hub_watch_all(l);
    while (l->in_flight || l->folding || l->mono < end) {
        if (all_stored(l)) {
            if (folded)
                break;
            folded = true;
            l->fold_at = 0;
        }
        if (!l->in_flight && !l->folding)
            l->tick_at = l->mono; /* nothing will wake the loop: do not sleep */
        turn(l);
    }
    goodbye(l);
}

void *hub_loop_main(void *arg)
{
    struct hub_loop *l = arg;
    take_time(l);
    l->fold_at = l->mono + l->hub->conf.fold_ms;
    while (!atomic_load(&l->hub->stop))
        turn(l);
    finish(l);
    return NULL;
}

