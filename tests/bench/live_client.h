/* live_client.h: many WebSocket clients of living documents in one epoll loop, for measuring: y-websocket's framing,
 * and Hocuspocus'.
 *
 * A client opens one document, asks for its state, and hands on every update. Whatever the load needs of it stands in
 * the program that includes this file. Frames in several parts are not spoken: no server measured here sends them. A
 * loop belongs to one thread. */
#pragma once
#include "live/update.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { CLIENT_READ = 1 << 18, CLIENT_OUT_SOFT = 1 << 20 };
enum client_state { CLIENT_CONNECTING, CLIENT_HANDSHAKE, CLIENT_AUTH, CLIENT_OPEN, CLIENT_SYNCED, CLIENT_CLOSED };

struct target {                      /* a document on a server */
    const char *path, *name, *token; /* name: in Hocuspocus' messages; token "-": none */
};
struct client_loop;
struct client {
    struct client_loop *l;
    const struct target *t;
    int fd;
    enum client_state state;
    uint32_t events;
    struct buf in, out; /* a frame that has not come whole; what could not be sent at once */
    size_t out_at;
    void *user;      /* the document's, the program's */
    unsigned member; /* which of the document's clients */
};
struct client_loop {
    int epoll_fd, port;
    bool hocuspocus;
    uint8_t *read;
    struct buf message;
    int64_t now_us;  /* when what is being handled was received */
    uint64_t closed; /* by the other side */
    uint16_t close_code;
    void (*on_update)(struct client *c, struct bytes update);
    void (*on_synced)(struct client *c); /* the first answer to step 1 was handed on */
};

static inline void bench_fail(const char *what)
{
    fprintf(stderr, "b_live_load: %s: %s\n", what, strerror(errno));
    exit(1);
}

static inline int64_t bench_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static inline void loop_open(struct client_loop *l, int port, bool hocuspocus)
{
    *l = (struct client_loop){.port = port, .hocuspocus = hocuspocus, .message = {.max = 64 << 20}};
    l->epoll_fd = epoll_create1(0);
    l->read = malloc(CLIENT_READ);
    if (l->epoll_fd < 0 || !l->read)
        bench_fail("epoll");
}

/* ---- out */

static inline void client_watch(struct client *c, uint32_t events)
{
    struct epoll_event ev = {.events = events, .data.ptr = c};
    if (events != c->events && epoll_ctl(c->l->epoll_fd, c->events ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, c->fd, &ev) != 0)
        bench_fail("epoll_ctl");
    c->events = events;
}

static inline void client_close(struct client *c)
{
    if (c->state == CLIENT_CLOSED)
        return;
    close(c->fd); /* epoll forgets it too */
    c->state = CLIENT_CLOSED;
    buf_free(&c->in);
    buf_free(&c->out);
}

static inline void client_lost(struct client *c)
{
    c->l->closed++;
    client_close(c);
}

static inline void client_flush(struct client *c)
{
    while (c->out_at < c->out.n) {
        ssize_t n = send(c->fd, c->out.p + c->out_at, c->out.n - c->out_at, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (n < 0 && errno != EAGAIN) {
            client_lost(c);
            return;
        }
        if (n <= 0)
            break;
        c->out_at += (size_t)n;
    }
    if (c->out_at == c->out.n)
        c->out.n = c->out_at = 0;
    client_watch(c, EPOLLIN | (c->out.n ? EPOLLOUT : 0));
}

static inline void client_raw(struct client *c, const void *p, size_t n)
{
    size_t done = 0;
    if (c->state == CLIENT_CLOSED)
        return;
    if (!c->out.n) {
        ssize_t got = send(c->fd, p, n, MSG_NOSIGNAL | MSG_DONTWAIT);
        done = got > 0 ? (size_t)got : 0;
    }
    if (done < n) {
        c->out.max = 1 << 30;
        buf_add(&c->out, (const uint8_t *)p + done, n - done);
        client_flush(c);
    }
}

static inline void client_frame(struct client *c, int op, struct bytes payload)
{
    static const uint8_t mask[4] = {0x5a, 0xc3, 0x17, 0x9e}; /* secrecy of the mask is a matter of browsers */
    uint8_t small[512], *p = payload.n + 14 <= sizeof small ? small : malloc(payload.n + 14);
    size_t n = 0;
    if (!p)
        bench_fail("memory");
    p[n++] = (uint8_t)(0x80 | op);
    if (payload.n < 126) {
        p[n++] = (uint8_t)(0x80 | payload.n);
    } else if (payload.n < 65536) {
        p[n++] = 0x80 | 126;
        p[n++] = (uint8_t)(payload.n >> 8);
        p[n++] = (uint8_t)payload.n;
    } else {
        p[n++] = 0x80 | 127;
        for (int i = 56; i >= 0; i -= 8)
            p[n++] = (uint8_t)((uint64_t)payload.n >> i);
    }
    memcpy(p + n, mask, 4);
    n += 4;
    for (size_t i = 0; i < payload.n; i++)
        p[n++] = payload.p[i] ^ mask[i & 3];
    client_raw(c, p, n);
    if (p != small)
        free(p);
}

/* Begins a message of this type in l->message. */
static inline struct buf *client_begin(struct client *c, uint64_t type)
{
    struct buf *b = &c->l->message;
    buf_clear(b);
    if (c->l->hocuspocus)
        lib0_put_str(b, str_c(c->t->name));
    lib0_put_uint(b, type);
    return b;
}

static inline void client_end(struct client *c)
{
    client_frame(c, 2, (struct bytes){(const uint8_t *)c->l->message.p, c->l->message.n});
}

/* sub: 0 step 1, 1 step 2, 2 update */
static inline void client_sync(struct client *c, uint64_t sub, struct bytes body)
{
    struct buf *b = client_begin(c, 0);
    lib0_put_uint(b, sub);
    lib0_put_bytes(b, body);
    client_end(c);
}

/* Who I am, as an editor says it. */
static inline void client_presence(struct client *c, uint64_t id)
{
    struct buf state = {0};
    lib0_put_uint(&state, 1);
    lib0_put_uint(&state, id);
    lib0_put_uint(&state, 1);
    lib0_put_str(&state, STR("{\"user\":{\"name\":\"Amal Haddad\",\"color\":\"#30bced\"}}"));
    struct buf *b = client_begin(c, 1);
    lib0_put_bytes(b, (struct bytes){(const uint8_t *)state.p, state.n});
    client_end(c);
    buf_free(&state);
}

/* ---- in */

static inline void client_ask(struct client *c)
{
    static const uint8_t nothing[] = {0};
    c->state = CLIENT_OPEN;
    client_sync(c, 0, (struct bytes){nothing, sizeof nothing});
}

static inline void client_opened(struct client *c)
{
    if (!c->l->hocuspocus) {
        client_ask(c);
        return;
    }
    c->state = CLIENT_AUTH;
    struct buf *b = client_begin(c, 2);
    lib0_put_uint(b, 0);
    lib0_put_str(b, STR("bench"));
    lib0_put_str(b, STR("4.7.0"));
    client_end(c);
}

static inline void client_on_sync(struct client *c, struct lib0_in *in)
{
    static const uint8_t nothing[] = {0, 0};
    uint64_t sub;
    struct bytes body;
    if (!lib0_uint(in, &sub) || !lib0_bytes(in, &body))
        bench_fail("a sync message is cut off");
    if (sub == 0) { /* all that one has was sent as updates already */
        client_sync(c, 1, (struct bytes){nothing, sizeof nothing});
        return;
    }
    c->l->on_update(c, body);
    if (sub == 1 && c->state == CLIENT_OPEN) {
        c->state = CLIENT_SYNCED;
        if (c->l->on_synced)
            c->l->on_synced(c);
    }
}

static inline void client_on_message(struct client *c, struct bytes m)
{
    static const uint8_t pong[] = {10};
    struct lib0_in in = {m.p, m.p + m.n};
    struct bytes name;
    uint64_t type, sub;
    if (c->l->hocuspocus && m.n == 1 && m.p[0] == 9) {
        client_frame(c, 2, (struct bytes){pong, 1});
        return;
    }
    if (c->l->hocuspocus && (m.n <= 1 || !lib0_bytes(&in, &name)))
        return;
    if (!lib0_uint(&in, &type))
        bench_fail("a message is cut off");
    if (type == 0 || type == 4) {
        client_on_sync(c, &in);
    } else if (type == 2 && c->l->hocuspocus && c->state == CLIENT_AUTH) {
        if (!lib0_uint(&in, &sub) || sub != 2)
            bench_fail("not let in");
        client_ask(c);
    }
}

static inline void client_on_frame(struct client *c, int op, struct bytes payload)
{
    if (op == 2)
        client_on_message(c, payload);
    else if (op == 9)
        client_frame(c, 10, payload);
    else if (op == 8) {
        if (payload.n >= 2)
            c->l->close_code = (uint16_t)(payload.p[0] << 8 | payload.p[1]);
        client_lost(c);
    }
}

/* Whole frames in p[0..n): how many bytes they took. */
static inline size_t client_frames(struct client *c, const uint8_t *p, size_t n)
{
    size_t at = 0;
    while (c->state != CLIENT_CLOSED && n - at >= 2) {
        const uint8_t *f = p + at;
        size_t head = 2, len = f[1] & 127;
        if (len >= 126) {
            size_t more = len == 126 ? 2 : 8;
            if (n - at < 2 + more)
                break;
            len = 0;
            for (size_t i = 0; i < more; i++)
                len = len << 8 | f[2 + i];
            head += more;
        }
        if (!(f[0] & 0x80))
            bench_fail("a frame in several parts");
        if (n - at - head < len)
            break;
        client_on_frame(c, f[0] & 15, (struct bytes){f + head, len});
        at += head + len;
    }
    return at;
}

/* The answer to the handshake; how many bytes it took. */
static inline size_t client_answer(struct client *c, const uint8_t *p, size_t n)
{
    const uint8_t *end = memmem(p, n, "\r\n\r\n", 4);
    if (!end)
        return 0;
    if (n < 12 || memcmp(p, "HTTP/1.1 101", 12) != 0) {
        fprintf(stderr, "b_live_load: %.*s\n", (int)(end - p), (const char *)p);
        exit(1);
    }
    client_opened(c);
    return (size_t)(end - p) + 4;
}

static inline size_t client_take(struct client *c, const uint8_t *p, size_t n)
{
    size_t at = c->state == CLIENT_HANDSHAKE ? client_answer(c, p, n) : 0;
    return c->state == CLIENT_HANDSHAKE ? 0 : at + client_frames(c, p + at, n - at);
}

static inline void client_read(struct client *c)
{
    ssize_t got = recv(c->fd, c->l->read, CLIENT_READ, MSG_DONTWAIT);
    if (got < 0 && errno == EAGAIN)
        return;
    if (got <= 0) {
        client_lost(c);
        return;
    }
    c->l->now_us = bench_us();
    size_t n = (size_t)got, used;
    if (!c->in.n) {
        used = client_take(c, c->l->read, n);
        if (used < n && c->state != CLIENT_CLOSED) {
            c->in.max = 256 << 20;
            buf_add(&c->in, c->l->read + used, n - used);
        }
        return;
    }
    buf_add(&c->in, c->l->read, n);
    used = client_take(c, (const uint8_t *)c->in.p, c->in.n);
    if (c->state == CLIENT_CLOSED)
        return;
    memmove(c->in.p, c->in.p + used, c->in.n - used);
    c->in.n -= used;
    if (!c->in.n)
        buf_free(&c->in);
}

/* ---- connecting, turning */

static inline void client_open(struct client_loop *l, struct client *c, const struct target *t)
{
    struct sockaddr_in to = {
        .sin_family = AF_INET, .sin_port = htons((uint16_t)l->port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int one = 1;
    c->l = l;
    c->t = t;
    c->state = CLIENT_CONNECTING;
    c->events = 0;
    c->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (c->fd < 0)
        bench_fail("socket");
    setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (connect(c->fd, (const struct sockaddr *)&to, sizeof to) != 0 && errno != EINPROGRESS)
        bench_fail("connect");
    client_watch(c, EPOLLIN | EPOLLOUT);
}

static inline void client_connected(struct client *c)
{
    struct buf b = {0};
    int e = 0;
    socklen_t n = sizeof e;
    if (getsockopt(c->fd, SOL_SOCKET, SO_ERROR, &e, &n) != 0 || e) {
        errno = e;
        bench_fail("connect");
    }
    c->state = CLIENT_HANDSHAKE;
    client_watch(c, EPOLLIN);
    buf_fmt(&b,
            "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\nConnection: "
            "Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n",
            c->t->path, c->l->port);
    if (strcmp(c->t->token, "-") != 0)
        buf_fmt(&b, "Authorization: Bearer %s\r\n", c->t->token);
    buf_c(&b, "\r\n");
    client_raw(c, b.p, b.n);
    buf_free(&b);
}

/* Handles what has come, waits at most so long for it. */
static inline void loop_turn(struct client_loop *l, int ms)
{
    struct epoll_event ev[512];
    int n = epoll_wait(l->epoll_fd, ev, COUNT(ev), ms);
    for (int i = 0; i < n; i++) {
        struct client *c = ev[i].data.ptr;
        if (c->state == CLIENT_CLOSED)
            continue;
        if (c->state == CLIENT_CONNECTING) {
            client_connected(c);
            continue;
        }
        if (ev[i].events & EPOLLOUT)
            client_flush(c);
        if (c->state != CLIENT_CLOSED && ev[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR))
            client_read(c);
    }
}
