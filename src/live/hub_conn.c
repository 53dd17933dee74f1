/* hub_conn.c: one socket: frames in, messages to its room, frames out. */
#include "live/hub_loop.h"
#include "base/tm.h"
#include "base/utf8.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { SPARE_MAX = 16 << 10, FRAME_MAX = ROOM_MESSAGE_MAX + 64, IN_FIRST = 1024 };

/* ---- out */

static void take_spare(struct hub_loop *l, struct buf *b)
{
    if (l->n_spare)
        *b = l->spare[--l->n_spare];
    else
        *b = (struct buf){0};
    b->n = 0;
    b->bad = false;
    b->max = 2 * (size_t)OUT_MAX + ROOM_BYTES_MAX;
}

static void give_spare(struct hub_loop *l, struct buf *b)
{
    if (b->cap && b->cap <= SPARE_MAX && l->n_spare < COUNT(l->spare))
        l->spare[l->n_spare++] = *b;
    else
        buf_free(b);
    *b = (struct buf){0};
}

static void mark_dirty(struct hub_conn *c)
{
    if (c->dirty)
        return;
    c->dirty = true;
    c->dirty_next = c->l->dirty;
    c->l->dirty = c;
}

void conn_send(struct hub_conn *c, enum ws_op op, struct bytes payload)
{
    uint8_t head[WS_HEAD_MAX];
    if (c->gone || c->closing || c->ended)
        return;
    if (!c->out.p)
        take_spare(c->l, &c->out);
    size_t waiting = c->out.n - c->out_at;
    if (waiting && waiting + payload.n > OUT_MAX) {
        conn_drop(c); /* it comes again and asks for what it lacks */
        return;
    }
    buf_add(&c->out, head, ws_head(head, op, payload.n));
    buf_add(&c->out, payload.p, payload.n);
    if (op == WS_BINARY)
        c->said_at = c->l->mono;
    if (c->out.bad)
        conn_drop(c);
    else
        mark_dirty(c);
}

void conn_watch(struct hub_conn *c)
{
    bool waits = c->resume_at || c->l->halted || c->l->stopping; /* then its end is not looked for either: what it sent before comes first */
    unsigned want = (c->closing && !c->linger_until ? EPOLLRDHUP : waits && !c->linger_until ? 0 : EPOLLIN | EPOLLRDHUP) | (c->blocked ? EPOLLOUT : 0);
    if (want == c->events || c->gone)
        return;
    struct epoll_event ev = {.events = want, .data.ptr = c};
    if (epoll_ctl(c->l->epoll_fd, EPOLL_CTL_MOD, c->fd, &ev) == 0)
        c->events = want;
}

/* The goodbye is on its way. To close now would reset the line while the other side still sends, and with it what it has not read. */
static void linger(struct hub_conn *c)
{
    hub_part(c);
    shutdown(c->fd, SHUT_WR);
    c->blocked = false;
    c->linger_until = c->l->mono + LINGER_MS;
    conn_watch(c);
}

void conn_write(struct hub_conn *c)
{
    bool blocked = false;
    while (c->out_at < c->out.n && !c->gone) {
        ssize_t n = send(c->fd, c->out.p + c->out_at, c->out.n - c->out_at, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
            blocked = true;
            break;
        }
        if (n < 0) {
            conn_drop(c);
            return;
        }
        c->out_at += (size_t)n;
    }
    if (c->gone)
        return;
    if (c->out_at == c->out.n && c->out.p) {
        give_spare(c->l, &c->out);
        c->out_at = 0;
        if (c->closing) {
            linger(c);
            return;
        }
    }
    if (blocked != c->blocked) {
        c->blocked = blocked;
        conn_watch(c);
    }
}

void conn_flush_all(struct hub_loop *l)
{
    while (l->dirty) {
        struct hub_conn *c = l->dirty;
        l->dirty = c->dirty_next;
        c->dirty = false;
        if (!c->gone && !c->blocked && !c->ended)
            conn_write(c);
    }
}

void conn_close(struct hub_conn *c, int code)
{
    if (c->gone || c->closing)
        return;
    uint8_t payload[2] = {(uint8_t)(code >> 8), (uint8_t)code};
    conn_send(c, WS_CLOSE, (struct bytes){payload, sizeof payload});
    if (c->gone)
        return;
    c->closing = true;
    mark_dirty(c);
    conn_watch(c);
}

/* The rest waits for the end of the turn: a room may be passing something on just now. */
void conn_drop(struct hub_conn *c)
{
    if (c->gone)
        return;
    c->gone = true;
    epoll_ctl(c->l->epoll_fd, EPOLL_CTL_DEL, c->fd, NULL);
    shutdown(c->fd, SHUT_WR); /* the HTTP server holds a copy for up to a second after the upgrade */
    close(c->fd);
    c->fd = -1;
    c->dead_next = c->l->dead;
    c->l->dead = c;
}

void conn_free(struct hub_conn *c)
{
    for (struct hub_conn **at = &c->l->again; c->again && *at; at = &(*at)->again_next)
        if (*at == c) {
            *at = c->again_next;
            break;
        }
    c->l->in_all -= c->cap_in + c->message.cap;
    free(c->in);
    buf_free(&c->message);
    buf_free(&c->out);
    free(c);
}

/* ---- how much one may send */

static void refill(struct hub_conn *c)
{
    int64_t ms = c->l->mono - c->tokens_at;
    if (ms <= 0)
        return;
    c->tokens_at = c->l->mono;
    c->credit_updates += ms * RATE_UPDATES;
    c->credit_bytes += ms * RATE_BYTES / 1000;
    int64_t most_updates = (int64_t)RATE_UPDATES * 1000 * RATE_BURST, most_bytes = (int64_t)RATE_BYTES * RATE_BURST;
    if (c->credit_updates > most_updates)
        c->credit_updates = most_updates;
    if (c->credit_bytes > most_bytes)
        c->credit_bytes = most_bytes;
}

/* Who sends faster than allowed is not refused, only read from later: nothing is lost. */
static void charge(struct hub_conn *c, size_t bytes)
{
    c->credit_updates -= 1000;
    c->credit_bytes -= (int64_t)bytes;
    if (c->credit_updates >= 0 && c->credit_bytes >= 0)
        return;
    refill(c);
    int64_t wait_updates = c->credit_updates < 0 ? -c->credit_updates / RATE_UPDATES : 0;
    int64_t wait_bytes = c->credit_bytes < 0 ? -c->credit_bytes * 1000 / RATE_BYTES : 0;
    int64_t wait = wait_updates > wait_bytes ? wait_updates : wait_bytes;
    if (wait > 0) {
        c->resume_at = c->l->mono + wait;
        conn_watch(c);
    }
}

/* ---- in */

static void on_message(struct hub_conn *c, struct bytes message)
{
    size_t cost;
    uint64_t before = c->m.received;
    if (!c->m.room)
        return;
    c->spoke = true;
    int code = room_message(&c->m, message, c->l->now, &cost);
    c->wrote |= c->m.received != before;
    hub_present_soon(c->l, c->m.room);
    if (code)
        conn_close(c, code);
    else if (!c->gone)
        charge(c, message.n + cost);
}

static bool add_fragment(struct hub_conn *c, const uint8_t *p, size_t n)
{
    size_t before = c->message.cap;
    c->message.max = FRAME_MAX;
    buf_add(&c->message, p, n);
    c->l->in_all += c->message.cap - before;
    return !c->message.bad && c->l->in_all <= IN_ALL_MAX;
}

static void on_data(struct hub_conn *c, const struct ws_frame *f, const uint8_t *p)
{
    if ((f->op == WS_CONT) != c->in_message) {
        conn_close(c, WS_PROTOCOL);
        return;
    }
    if (f->op == WS_TEXT) {
        conn_close(c, WS_KIND);
        return;
    }
    if (f->fin && !c->in_message) {
        on_message(c, (struct bytes){p, f->n});
        return;
    }
    c->in_message = !f->fin;
    if (!add_fragment(c, p, f->n)) {
        conn_close(c, WS_TOO_BIG);
        return;
    }
    if (f->fin) {
        on_message(c, (struct bytes){(const uint8_t *)c->message.p, c->message.n});
        c->l->in_all -= c->message.cap;
        buf_free(&c->message);
        c->message = (struct buf){0};
    }
}

static void on_frame(struct hub_conn *c, const struct ws_frame *f, uint8_t *p)
{
    ws_unmask(p, f->n, f->mask);
    switch (f->op) {
    case WS_PING:
        conn_send(c, WS_PONG, (struct bytes){p, f->n});
        charge(c, f->n);
        break;
    case WS_PONG:
        break;
    case WS_CLOSE:
        if (!ws_close_ok(p, f->n)) {
            conn_close(c, WS_PROTOCOL);
            break;
        }
        conn_send(c, WS_CLOSE, (struct bytes){p, f->n < 2 ? 0 : 2});
        if (!c->gone) {
            c->closing = true;
            mark_dirty(c);
            conn_watch(c);
        }
        break;
    case WS_CONT:
    case WS_TEXT:
    case WS_BINARY:
        on_data(c, f, p);
        break;
    }
}

/* Who sends much at once, or asks what is long to answer, waits for the others between slices. */
static void cut_short(struct hub_conn *c)
{
    c->resume_at = c->l->mono;
    if (!c->again) {
        c->again = true;
        c->again_next = c->l->again;
        c->l->again = c;
    }
    conn_watch(c);
}

/* The whole frames in p[0..n), until it has sent more than it may or its slice is over; how many bytes they took. */
static size_t take_frames(struct hub_conn *c, uint8_t *p, size_t n)
{
    size_t at = 0;
    int64_t began = tm_mono_ms();
    while (!c->gone && !c->closing) {
        if (at && !c->resume_at && tm_mono_ms() - began >= SLICE_MS)
            cut_short(c);
        if (c->resume_at)
            return at;
        struct ws_frame f;
        switch (ws_read(p + at, n - at, FRAME_MAX, &f)) {
        case WS_MORE:
            return at;
        case WS_BROKEN:
            conn_close(c, WS_PROTOCOL);
            return n;
        case WS_HUGE:
            conn_close(c, WS_TOO_BIG);
            return n;
        case WS_FRAME:
            on_frame(c, &f, p + at + f.head);
            at += f.head + f.n;
        }
    }
    return n;
}

static bool room_for(struct hub_conn *c, size_t need)
{
    if (need <= c->cap_in)
        return true;
    size_t cap = c->cap_in ? c->cap_in : IN_FIRST;
    while (cap < need)
        cap *= 2;
    if (c->l->in_all + cap - c->cap_in > IN_ALL_MAX)
        return false;
    uint8_t *p = realloc(c->in, cap);
    if (!p)
        return false;
    c->l->in_all += cap - c->cap_in;
    c->in = p;
    c->cap_in = cap;
    return true;
}

static void forget_in(struct hub_conn *c)
{
    c->l->in_all -= c->cap_in;
    free(c->in);
    c->in = NULL;
    c->cap_in = c->n_in = 0;
}

/* What is kept of it. */
static void take_kept(struct hub_conn *c)
{
    size_t used = take_frames(c, c->in, c->n_in);
    if (used == c->n_in) {
        forget_in(c);
        return;
    }
    if (used)
        memmove(c->in, c->in + used, c->n_in - used);
    c->n_in -= used;
}

void conn_feed(struct hub_conn *c, const uint8_t *p, size_t n)
{
    if (!room_for(c, c->n_in + n)) {
        conn_close(c, WS_TRY_LATER);
        return;
    }
    memcpy(c->in + c->n_in, p, n);
    c->n_in += n;
    take_kept(c);
}

void conn_read(struct hub_conn *c)
{
    struct hub_loop *l = c->l;
    ssize_t n = recv(c->fd, l->read, READ_MAX, MSG_DONTWAIT);
    if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR))
        return;
    if (n <= 0 && c->resume_at && c->n_in && !c->closing) { /* what it sent before counts, in its turn */
        c->ended = true;
        epoll_ctl(l->epoll_fd, EPOLL_CTL_DEL, c->fd, NULL);
        return;
    }
    if (n <= 0) {
        conn_drop(c);
        return;
    }
    c->heard_at = l->mono;
    size_t got = (size_t)n;
    if (c->n_in) {
        conn_feed(c, l->read, got);
        return;
    }
    size_t used = take_frames(c, l->read, got);
    if (used < got && !c->gone)
        conn_feed(c, l->read + used, got - used);
}

/* ---- time */

static void resume(struct hub_conn *c)
{
    c->resume_at = 0;
    refill(c);
    if (c->n_in)
        take_kept(c);
    if (c->ended && !c->resume_at)
        conn_drop(c);
    conn_watch(c);
}

void conn_again_all(struct hub_loop *l)
{
    struct hub_conn *c = l->again;
    l->again = NULL; /* who is cut short again comes with the next turn */
    while (c) {
        struct hub_conn *next = c->again_next;
        c->again = false;
        if (!c->gone && c->resume_at && c->resume_at <= l->mono)
            resume(c);
        c = next;
    }
}

void conn_tick(struct hub_conn *c)
{
    static const uint8_t nobody_new[] = {1, 1, 0}; /* an awareness update without entries: y-websocket's clock starts again */
    struct hub_loop *l = c->l;
    int64_t silent = l->mono - c->heard_at;
    if (c->gone)
        return;
    if ((c->linger_until && c->linger_until <= l->mono) || silent > l->hub->conf.silent_ms || (!c->spoke && silent > FIRST_WORD_MS)) {
        conn_drop(c);
        return;
    }
    if (c->resume_at && c->resume_at <= l->mono && !c->again)
        resume(c);
    if (l->mono - c->said_at >= KEEP_ALIVE_MS)
        conn_send(c, WS_BINARY, (struct bytes){nobody_new, sizeof nobody_new});
    if (silent >= KEEP_ALIVE_MS && l->mono - c->pinged_at >= KEEP_ALIVE_MS) {
        c->pinged_at = l->mono;
        conn_send(c, WS_PING, (struct bytes){0});
    }
}
