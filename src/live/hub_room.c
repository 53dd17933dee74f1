/* hub_room.c: rooms opened and closed, connections that come and go, what they may. */
#include "live/hub_loop.h"
#include "base/log.h"
#include "base/tm.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { CHECKS_A_TURN = 20 };

/* ---- rooms */

static struct room **bucket_of(struct hub_loop *l, int64_t document)
{
    return &l->bucket[(uint64_t)document * 0x9E3779B97F4A7C15u >> 52];
}

struct room *hub_room(struct hub_loop *l, int64_t document)
{
    struct room *r = *bucket_of(l, document);
    while (r && r->document != document)
        r = r->hash_next;
    return r;
}

static void room_link(struct hub_loop *l, struct room *r)
{
    struct room **b = bucket_of(l, r->document);
    r->hash_next = *b;
    *b = r;
    r->list_prev = NULL;
    r->list_next = l->rooms;
    if (l->rooms)
        l->rooms->list_prev = r;
    l->rooms = r;
    l->n_rooms++;
}

static void room_unlink(struct hub_loop *l, struct room *r)
{
    struct room **b = bucket_of(l, r->document);
    while (*b != r)
        b = &(*b)->hash_next;
    *b = r->hash_next;
    if (r->list_prev)
        r->list_prev->list_next = r->list_next;
    else
        l->rooms = r->list_next;
    if (r->list_next)
        r->list_next->list_prev = r->list_prev;
    l->n_rooms--;
}

enum err hub_fetch(struct hub_loop *l, struct room *r)
{
    const struct hub_store *s = &l->hub->conf.store;
    struct hub_loaded got = {0};
    enum err e = s->load(s->user, l->index, l->a, r->document, r->seq, &got);
    if (!e)
        e = room_load(r, got.updates, got.n);
    if (!e) {
        hub_peers_set(l, r, got.servers, got.n_servers);
        if (got.seq > r->seq)
            r->seq = got.seq;
    }
    arena_clear(l->a);
    if (e == ERR_BUSY)
        hub_make_stale(l, r, ASK_AGAIN_MS);
    return e;
}

static enum err open_room(struct hub_loop *l, int64_t document, struct room **out)
{
    struct room *r = hub_room(l, document);
    if (!r) {
        r = room_new(document, &l->io);
        if (!r)
            return ERR_INTERNAL;
        enum err e = hub_fetch(l, r);
        if (e) {
            room_free(r);
            return e;
        }
        room_link(l, r);
    }
    *out = r;
    return OK;
}

/* Nobody has it open, and all of it is in the log. */
void hub_close_rooms(struct hub_loop *l)
{
    const struct hub_store *s = &l->hub->conf.store;
    for (struct room *r = l->rooms, *next; r; r = next) {
        next = r->list_next;
        if (r->n_members || r->n_waiting || r->unfolded || r->opening || r->tell)
            continue;
        s->idle(s->user, r->document);
        room_unlink(l, r);
        room_free(r);
    }
}

void hub_drop_all(struct room *r, int code)
{
    for (struct room_member *m = r->members; m; m = m->next)
        conn_close((struct hub_conn *)m, code);
}

/* ---- connections */

static void say_and_go(struct hub_loop *l, int fd, int code)
{
    uint8_t frame[4] = {0x80 | WS_CLOSE, 2, (uint8_t)(code >> 8), (uint8_t)code};
    atomic_fetch_add(&l->hub->refused, 1);
    if (send(fd, frame, sizeof frame, MSG_NOSIGNAL | MSG_DONTWAIT) < 0)
        log_peer("live", "a refusal could not be told");
    shutdown(fd, SHUT_WR); /* the other side reads the frame before it sees the end */
    close(fd);
}

bool hub_watch(int epoll_fd, int fd, void *what)
{
    struct epoll_event ev = {.events = EPOLLIN | EPOLLRDHUP, .data.ptr = what};
    return epoll_ctl(epoll_fd, EPOLL_CTL_ADD, fd, &ev) == 0;
}

static struct hub_conn *conn_new(struct hub_loop *l, const struct newcomer *n)
{
    struct hub_conn *c = calloc(1, sizeof *c + n->g.name.n + 1);
    if (!c)
        return NULL;
    char *name = (char *)(c + 1);
    memcpy(name, n->g.name.p, n->g.name.n);
    c->m = (struct room_member){.serial = atomic_fetch_add(&l->hub->serial, 1) + 1, .account = n->g.who.account_id,
                                .name = {name, n->g.name.n}, .right = n->g.right, .news = n->g.news};
    c->l = l;
    c->fd = n->g.fd;
    c->who = n->g.who;
    c->heard_at = c->said_at = c->tokens_at = c->checked_at = l->mono;
    c->credit_updates = (int64_t)RATE_UPDATES * 1000 * RATE_BURST;
    c->credit_bytes = (int64_t)RATE_BYTES * RATE_BURST;
    c->events = EPOLLIN | EPOLLRDHUP;
    return c;
}

static void conn_link(struct hub_loop *l, struct hub_conn *c)
{
    c->next = l->conns;
    if (l->conns)
        l->conns->prev = c;
    l->conns = c;
    l->n_conns++;
}

static void enter_room(struct hub_loop *l, const struct newcomer *n, enum err opened)
{
    struct hub *h = l->hub;
    struct room *r = NULL;
    int yes = 1;
    enum err e = opened ? opened : open_room(l, n->g.document, &r);
    if (e || r->n_members >= (size_t)h->conf.per_document_max) {
        if (e)
            log_error("live", "a document cannot be opened", LOG_I("document", n->g.document), LOG_S("err", str_c(err_name(e))));
        hub_leave(h, n->g.who.account_id);
        say_and_go(l, n->g.fd, WS_TRY_LATER);
        return;
    }
    setsockopt(n->g.fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    struct hub_conn *c = conn_new(l, n);
    if (!c || !hub_watch(l->epoll_fd, c->fd, c)) {
        hub_leave(h, n->g.who.account_id);
        close(n->g.fd);
        free(c);
        return;
    }
    if (n->g.asked_at <= l->access_at) { /* its right may be from before the change */
        c->checked_at = l->mono - ACCESS_EVERY_MS;
        l->recheck = true;
    }
    conn_link(l, c);
    room_join(r, &c->m);
    if (l->trouble)
        room_tell_one(&c->m, ROOM_TROUBLE, 1);
    if (n->g.early.n)
        conn_feed(c, n->g.early.p, n->g.early.n);
}

void hub_welcome(struct hub_loop *l, struct newcomer *n)
{
    if (n->g.refuse) {
        say_and_go(l, n->g.fd, n->g.refuse);
        hub_newcomer_free(n);
    } else if (!hub_enter(l->hub, &n->g.who)) {
        log_peer("live", "too many connections");
        say_and_go(l, n->g.fd, WS_TRY_LATER);
        hub_newcomer_free(n);
    } else if (l->hub->conf.server && !hub_room(l, n->g.document)) {
        hub_pend(l, n);
    } else {
        hub_admit(l, n, OK);
    }
}

void hub_admit(struct hub_loop *l, struct newcomer *n, enum err opened)
{
    enter_room(l, n, opened);
    hub_newcomer_free(n);
}

void hub_part(struct hub_conn *c)
{
    const struct hub_store *s = &c->l->hub->conf.store;
    if (!c->m.room)
        return;
    struct room *r = c->m.room;
    s->left(s->user, r->document, c->who.account_id);
    room_leave(&c->m, c->l->now);
    hub_present_soon(c->l, r);
}

static void bury(struct hub_loop *l, struct hub_conn *c)
{
    hub_part(c);
    if (c->prev)
        c->prev->next = c->next;
    else
        l->conns = c->next;
    if (c->next)
        c->next->prev = c->prev;
    l->n_conns--;
    hub_leave(l->hub, c->who.account_id);
    conn_free(c);
}

/* Sends what is queued and buries who is gone, until nothing is left to do: a burial gives others something to send. */
void hub_end_turn(struct hub_loop *l)
{
    for (;;) {
        conn_flush_all(l);
        struct hub_conn *c = l->dead;
        if (!c)
            return;
        l->dead = NULL;
        while (c) {
            struct hub_conn *next = c->dead_next;
            bury(l, c);
            c = next;
        }
    }
}

void hub_watch_all(struct hub_loop *l)
{
    for (struct hub_conn *c = l->conns; c; c = c->next)
        conn_watch(c);
}

/* ---- rights */

/* False: the database is busy. */
static bool check_right(struct hub_loop *l, struct hub_conn *c)
{
    const struct hub_store *s = &l->hub->conf.store;
    enum document_right right = DOCUMENT_NONE;
    c->checked_at = l->mono;
    enum err e = s->right(s->user, l->index, l->a, &c->who, c->wrote, c->m.room->document, &right);
    c->wrote = false;
    arena_clear(l->a);
    if (e && e != ERR_NOT_FOUND) {
        c->checked_at += ASK_AGAIN_MS - ACCESS_EVERY_MS;
        return false;
    }
    if (e || right == DOCUMENT_NONE) {
        conn_close(c, e ? WS_NOT_LOGGED_IN : WS_NO_RIGHT);
    } else if (right != c->m.right) {
        c->m.right = right;
        room_tell_one(&c->m, ROOM_RIGHT, right);
    }
    return true;
}

/* A few in each turn, so that nobody waits for a thousand. */
void hub_check_rights(struct hub_loop *l)
{
    int n = 0;
    l->recheck = false;
    if (l->mono < l->busy_until)
        return;
    for (struct hub_conn *c = l->conns; c; c = c->next) {
        if (c->checked_at + ACCESS_EVERY_MS > l->mono || c->gone || c->closing || !c->m.room)
            continue;
        if (n++ == CHECKS_A_TURN) {
            l->recheck = true;
            return;
        }
        if (!check_right(l, c)) {
            l->busy_until = l->mono + BUSY_MS; /* asking for each would take its time, and nobody would be heard meanwhile */
            return;
        }
    }
}

static void look(struct hub_loop *l, struct room *r)
{
    enum err e = hub_fetch(l, r);
    if (e && e != ERR_BUSY) {
        log_error("live", "what was written beside the hub cannot be read", LOG_I("document", r->document));
        hub_drop_all(r, WS_TRY_LATER);
    }
}

void hub_on_note(struct hub_loop *l, const struct hub_note *note)
{
    const struct hub_said *n = &note->said;
    if (n->what & ~(unsigned)(HUB_ACCESS | HUB_CONTENT | HUB_COMMENTS)) {
        hub_on_others(l, n);
        return;
    }
    if (n->what & HUB_ACCESS) {
        l->access_at = tm_now();
        for (struct hub_conn *c = l->conns; c; c = c->next)
            if (!n->document || (c->m.room && c->m.room->document == n->document))
                c->checked_at = l->mono - ACCESS_EVERY_MS;
        hub_check_rights(l);
    }
    struct room *r = n->document ? hub_room(l, n->document) : NULL;
    if (!r)
        return;
    if (n->what & HUB_CONTENT)
        look(l, r);
    if (n->what & HUB_COMMENTS)
        room_tell(r, ROOM_COMMENTS, 0);
}

