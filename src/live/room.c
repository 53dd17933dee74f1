/* room.c: what a message does. What is kept of a document stands in room_state.c. */
#include "live/room.h"
#include "live/lib0.h"
#include "live/room_state.h"
#include "live/ws.h"

#include <stdlib.h>

enum { MESSAGE_SYNC, MESSAGE_AWARENESS, MESSAGE_AUTH, MESSAGE_QUERY_AWARENESS };
enum { SYNC_STEP1, SYNC_STEP2, SYNC_UPDATE };
enum { WALK = 4 /* bytes looked through cost as much as one sent */, AWARENESS_COST = 7 /* each entry is looked for and goes to all */ };

struct room *room_new(int64_t document, const struct room_io *io)
{
    struct room *r = calloc(1, sizeof *r);
    if (r) {
        r->document = document;
        r->io = io;
    }
    return r;
}

void room_free(struct room *r)
{
    if (!r)
        return;
    state_done(r);
    awareness_done(&r->who);
    free(r->peers);
    for (struct edit *e = r->unfolded, *next; e; e = next) {
        next = e->next;
        free(e);
    }
    free(r);
}

/* ---- messages out */

static struct bytes view(const struct buf *b)
{
    return (struct bytes){(const uint8_t *)b->p, b->n};
}

static void send(struct room_member *m, const struct buf *b)
{
    if (!b->bad)
        m->room->io->send(m->room->io->user, m, view(b));
}

static void begin_sync(struct buf *b, int step, struct bytes payload)
{
    buf_clear(b);
    b->max = ROOM_BYTES_MAX + 64;
    buf_byte(b, MESSAGE_SYNC);
    buf_byte(b, (char)step);
    lib0_put_bytes(b, payload);
}

/* `entries`: n awareness entries without their count. */
static void make_awareness(struct buf *b, const struct buf *entries, size_t n)
{
    uint8_t head[10];
    struct buf count = {.p = (char *)head, .cap = sizeof head, .max = sizeof head};
    lib0_put_uint(&count, n);
    buf_clear(b);
    b->max = ROOM_BYTES_MAX + 64;
    buf_byte(b, MESSAGE_AWARENESS);
    lib0_put_uint(b, count.n + entries->n);
    buf_add(b, count.p, count.n);
    buf_add(b, entries->p, entries->n);
}

static void relay_awareness(struct room *r, const struct room_member *but, const struct buf *entries, size_t n)
{
    if (n == 0)
        return;
    struct buf *b = r->io->scratch2;
    make_awareness(b, entries, n);
    for (struct room_member *m = r->members; m; m = m->next)
        if (m != but)
            send(m, b);
}

void room_tell_one(struct room_member *m, enum room_news what, uint64_t value)
{
    if (!m->news)
        return;
    struct buf *b = m->room->io->scratch;
    buf_clear(b);
    lib0_put_uint(b, what);
    lib0_put_uint(b, value);
    send(m, b);
}

void room_tell(struct room *r, enum room_news what, uint64_t value)
{
    for (struct room_member *m = r->members; m; m = m->next)
        room_tell_one(m, what, value);
}

static void relay_update(struct room *r, uint64_t from, struct bytes update)
{
    struct buf *b = r->io->scratch;
    begin_sync(b, SYNC_UPDATE, update);
    for (struct room_member *m = r->members; m; m = m->next)
        if (m->serial != from)
            send(m, b);
}

/* How many bytes that was. */
static size_t send_awareness_of_all(struct room_member *m)
{
    struct room *r = m->room;
    struct buf *entries = r->io->scratch;
    size_t n = 0;
    buf_clear(entries);
    awareness_all(&r->who, entries, &n);
    if (!n)
        return 0;
    make_awareness(r->io->scratch2, entries, n);
    send(m, r->io->scratch2);
    return r->io->scratch2->n;
}

/* ---- coming and going */

static struct room_member *member_of(struct room *r, uint64_t serial)
{
    for (struct room_member *m = r->members; m; m = m->next)
        if (m->serial == serial)
            return m;
    return NULL;
}

void room_join(struct room *r, struct room_member *m)
{
    m->room = r;
    m->prev = NULL;
    m->next = r->members;
    if (r->members)
        r->members->prev = m;
    r->members = m;
    r->n_members++;
    struct buf *sv = r->io->scratch2;
    buf_clear(sv);
    sv_write(&r->content, sv);
    begin_sync(r->io->scratch, SYNC_STEP1, view(sv));
    send(m, r->io->scratch);
    (void)send_awareness_of_all(m);
}

void room_leave(struct room_member *m, int64_t now)
{
    struct room *r = m->room;
    if (!r)
        return;
    if (m->prev)
        m->prev->next = m->next;
    else
        r->members = m->next;
    if (m->next)
        m->next->prev = m->prev;
    r->n_members--;
    m->room = NULL;
    struct buf *entries = r->io->scratch;
    size_t n = 0;
    buf_clear(entries);
    awareness_leave(&r->who, m->serial, now, entries, &n);
    relay_awareness(r, NULL, entries, n);
}

void room_server_gone(struct room *r, int64_t server, int64_t now)
{
    struct buf *entries = r->io->scratch;
    size_t n = 0;
    buf_clear(entries);
    awareness_leave(&r->who, AWARENESS_SERVER | (uint64_t)server, now, entries, &n);
    relay_awareness(r, NULL, entries, n);
}

void room_tick(struct room *r, int64_t now)
{
    struct buf *entries = r->io->scratch;
    size_t n = 0;
    buf_clear(entries);
    awareness_expire(&r->who, now, entries, &n);
    relay_awareness(r, NULL, entries, n);
}

/* ---- messages in */

static int strike(struct room_member *m)
{
    return ++m->strikes >= ROOM_STRIKES ? WS_BAD : 0;
}

static int on_step1(struct room_member *m, struct bytes sv, size_t *cost)
{
    struct room *r = m->room;
    struct ranges known = {0};
    struct buf *answer = r->io->scratch2;
    int code = 0;
    buf_clear(answer);
    answer->max = ROOM_BYTES_MAX + 64;
    if (sv_read(sv, ROOM_CLIENTS_MAX, &known)) {
        code = strike(m);
    } else if (state_diff(r, &known, answer)) {
        code = WS_TRY_LATER;
    } else {
        begin_sync(r->io->scratch, SYNC_STEP2, view(answer));
        send(m, r->io->scratch);
        *cost = answer->n > r->bytes / WALK ? answer->n : r->bytes / WALK; /* all of it was looked through, however short the answer */
    }
    ranges_done(&known);
    return code;
}

static struct edit *edit_new(struct room_member *m, struct bytes update, int64_t now)
{
    struct edit *e = malloc(sizeof *e + update.n);
    if (!e)
        return NULL;
    *e = (struct edit){.room = m->room, .from = m->serial, .document = m->room->document, .account = m->account, .at = now, .n = update.n};
    if (update.n)
        memcpy(e->data, update.p, update.n);
    return e;
}

static int on_update(struct room_member *m, struct bytes update, int64_t now)
{
    struct room *r = m->room;
    bool is_new;
    if (m->right != DOCUMENT_WRITE)
        return 0; /* a reader's step 2 always comes */
    if (update_check(update, &update_from_client, NULL))
        return strike(m);
    if (update_is_new(update, &r->content, &r->deleted, &is_new))
        return strike(m);
    if (is_new) {
        if (r->bytes + update.n > ROOM_BYTES_MAX || r->content.n > ROOM_CLIENTS_MAX || r->crowded)
            return WS_FULL;
        if (update_ranges(update, &r->content, &r->deleted))
            return WS_BAD;
        r->bytes += update.n;
    } else {
        update.n = 0;
    }
    m->received++;
    if (!is_new && r->n_waiting == 0) {
        m->stored++;
        room_tell_one(m, ROOM_STORED, m->stored);
        return 0;
    }
    struct edit *e = edit_new(m, update, now);
    if (!e)
        return WS_TRY_LATER;
    r->n_waiting++;
    r->io->store(r->io->user, e);
    return 0;
}

static int on_awareness(struct room_member *m, struct bytes message, int64_t now)
{
    struct room *r = m->room;
    struct buf *relay = r->io->scratch;
    struct buf back = {.max = 2 * ROOM_AWARENESS_MAX};
    size_t n = 0, n_back = 0;
    buf_clear(relay);
    if (message.n > ROOM_AWARENESS_MAX)
        return 0;
    struct speaker who = {m->serial, m->account, m->name, !m->announced};
    enum err e = awareness_take(&r->who, message, &who, now, relay, &n, &back, &n_back);
    if (!e) {
        m->announced = true;
        relay_awareness(r, m, relay, n);
        if (n_back) {
            make_awareness(r->io->scratch2, &back, n_back);
            send(m, r->io->scratch2);
        }
    }
    buf_free(&back);
    return e && e != ERR_LIMIT ? strike(m) : 0; /* a crowd's echo is too large, and no fault of who sends it back */
}

/* To the one who speaks for this client: it has been said to be gone. */
static void send_back(struct room *r, uint64_t serial, const struct word_presence *e)
{
    struct room_member *m = member_of(r, serial);
    struct buf entry = {.max = 64};
    lib0_put_uint(&entry, e->client);
    lib0_put_uint(&entry, e->clock);
    lib0_put_str(&entry, STR("null"));
    make_awareness(r->io->scratch2, &entry, 1);
    if (m)
        send(m, r->io->scratch2);
    buf_free(&entry);
}

void room_hear(struct room *r, struct str entries, int64_t server, int64_t now)
{
    struct buf *relay = r->io->scratch;
    struct word_presence e;
    size_t n = 0;
    buf_clear(relay);
    while (word_presence(&entries, &e)) {
        uint64_t back;
        if (awareness_hear(&r->who, &e, server, now, relay, &n, &back))
            break; /* no server of ours says so */
        if (back)
            send_back(r, back, &e);
    }
    relay_awareness(r, NULL, relay, n);
}

static int on_sync(struct room_member *m, struct lib0_in *in, int64_t now, size_t *cost)
{
    uint64_t step;
    struct bytes payload;
    if (!lib0_uint(in, &step) || step > SYNC_UPDATE || !lib0_bytes(in, &payload) || in->p != in->end)
        return strike(m);
    return step == SYNC_STEP1 ? on_step1(m, payload, cost) : on_update(m, payload, now);
}

int room_message(struct room_member *m, struct bytes message, int64_t now, size_t *cost)
{
    struct lib0_in in = {message.p, message.n ? message.p + message.n : message.p}; /* of no pieces at all: NULL */
    struct bytes payload;
    uint64_t kind;
    *cost = 0;
    if (!lib0_uint(&in, &kind))
        return strike(m);
    switch (kind) {
    case MESSAGE_SYNC:
        return on_sync(m, &in, now, cost);
    case MESSAGE_AWARENESS:
        *cost = AWARENESS_COST * message.n;
        return lib0_bytes(&in, &payload) && in.p == in.end ? on_awareness(m, payload, now) : strike(m);
    case MESSAGE_QUERY_AWARENESS:
        *cost = send_awareness_of_all(m);
        return 0;
    default: /* authentication is the cookie's; what is not known is passed over, as y-websocket does */
        return 0;
    }
}

/* ---- stored */

void room_stored(struct edit *e)
{
    struct room *r = e->room;
    struct room_member *sender = member_of(r, e->from);
    r->n_waiting--;
    if (e->n) {
        struct bytes update = {e->data, e->n};
        relay_update(r, e->from, update);
        state_add(r, update);
    }
    if (sender) {
        sender->stored++;
        room_tell_one(sender, ROOM_STORED, sender->stored);
    }
    if (!e->n) {
        free(e);
        return;
    }
    e->next = NULL;
    *(r->unfolded_last ? &r->unfolded_last->next : &r->unfolded) = e;
    r->unfolded_last = e;
}

enum err room_load(struct room *r, const struct bytes *updates, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        bool is_new;
        if (updates[i].n == 0)
            continue;
        TRY(update_is_new(updates[i], &r->content, &r->deleted, &is_new));
        if (!is_new)
            continue;
        TRY(update_ranges(updates[i], &r->content, &r->deleted));
        r->bytes += updates[i].n;
        state_add(r, updates[i]);
        if (r->members)
            relay_update(r, 0, updates[i]);
    }
    return OK;
}
