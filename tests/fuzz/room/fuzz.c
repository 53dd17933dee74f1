/* What two members send to a room: one may write, one may read. The input is a list of steps: a byte (who, what), a length in two bytes, bytes.
 * Properties: what goes out is whole; only what the writer sent is stored; acknowledged is what is on disk, no more; at the end what is known
 * equals what was stored, what is answered to somebody new equals it too, and so does a room made from what was stored; runs for the log lose
 * nothing. */
#include "live/lib0.h"
#include "live/room.h"

#include <stdlib.h>

enum { STEPS_MAX = 200, EDITS_MAX = STEPS_MAX };
enum { RAW, UPDATE, STEP1, AWARENESS, COMMIT, REJOIN, FOLD, TICK };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct room_member member[2];
static struct edit *queue, *queue_last;
static struct bytes stored[EDITS_MAX];
static size_t n_stored;
static uint64_t acknowledged[2], serial;
static struct buf scratch, scratch2;

static void must(bool ok)
{
    if (!ok)
        abort();
}

static void must_be_awareness(struct bytes update)
{
    struct lib0_in in = {update.p, update.p + update.n};
    uint64_t n, client, clock;
    struct str state;
    must(lib0_uint(&in, &n));
    while (n--)
        must(lib0_uint(&in, &client) && lib0_uint(&in, &clock) && lib0_text(&in, &state));
    must(in.p == in.end);
}

static void on_send(void *user, struct room_member *m, struct bytes message)
{
    struct lib0_in in = {message.p, message.p + message.n};
    uint64_t kind, value = 0;
    struct bytes payload = {0};
    (void)user;
    must(m == &member[0] || m == &member[1]);
    must(lib0_uint(&in, &kind) && (kind <= 1 || kind >= ROOM_STORED));
    if (kind == 0)
        must(lib0_uint(&in, &value) && value <= 2);
    must(kind <= 1 ? lib0_bytes(&in, &payload) : lib0_uint(&in, &value));
    must(in.p == in.end);
    if (kind == 1)
        must_be_awareness(payload);
    if (kind == 0 && value > 0)
        must(update_check(payload, NULL, NULL) == OK);
    if (kind == ROOM_STORED) {
        must(value == acknowledged[m - member] + 1 && value <= m->received);
        acknowledged[m - member] = value;
    }
}

static void on_store(void *user, struct edit *e)
{
    (void)user;
    must(e->account == 10); /* the writer's */
    e->next = NULL;
    *(queue_last ? &queue_last->next : &queue) = e;
    queue_last = e;
}
static const struct room_io io = {.scratch = &scratch, .scratch2 = &scratch2, .send = on_send, .store = on_store};

static void keep(const struct edit *e)
{
    uint8_t *p = malloc(e->n);
    must(n_stored < EDITS_MAX && p);
    memcpy(p, e->data, e->n);
    stored[n_stored++] = (struct bytes){p, e->n};
}

static void commit(void)
{
    while (queue) {
        struct edit *e = queue;
        queue = e->next;
        if (e->n)
            keep(e);
        room_stored(e);
    }
    queue_last = NULL;
}

static void join(struct room *r, size_t i)
{
    member[i] = (struct room_member){.serial = ++serial, .account = i ? 20 : 10, .name = i ? STR("Leser") : STR("Skriver"),
                                     .right = i ? DOCUMENT_READ : DOCUMENT_WRITE, .news = true};
    acknowledged[i] = 0;
    room_join(r, &member[i]);
}

static void say(size_t who, int what, struct bytes b)
{
    struct buf m = {0};
    size_t cost;
    if (what == UPDATE || what == STEP1) {
        buf_byte(&m, 0);
        buf_byte(&m, what == UPDATE ? 2 : 0);
        lib0_put_bytes(&m, b);
    } else if (what == AWARENESS) {
        buf_byte(&m, 1);
        lib0_put_bytes(&m, b);
    } else {
        buf_add(&m, b.p, b.n);
    }
    int code = room_message(&member[who], (struct bytes){(const uint8_t *)m.p, m.n}, 1000, &cost);
    must(code == 0 || (code >= 1000 && code < 5000));
    must(member[who].stored <= member[who].received && (who == 0 || member[who].received == 0));
    buf_free(&m);
}

/* The runs say the same as the edits they are made of; they go to the log, so the room forgets the edits. */
static void fold(struct room *r)
{
    struct run runs[2];
    struct ranges content = {0}, deleted = {0}, of_runs = {0}, deleted_by_runs = {0};
    size_t n = 0;
    for (const struct edit *e = r->unfolded; e; e = e->next)
        must(update_ranges((struct bytes){e->data, e->n}, &content, &deleted) == OK);
    must(room_fold(r, runs, 2, &n) == OK && !r->unfolded);
    for (size_t i = 0; i < n; i++) {
        must(update_ranges((struct bytes){runs[i].data, runs[i].n}, &of_runs, &deleted_by_runs) == OK);
        free(runs[i].data);
    }
    must(ranges_eq(&content, &of_runs) && ranges_eq(&deleted, &deleted_by_runs));
    ranges_done(&content);
    ranges_done(&deleted);
    ranges_done(&of_runs);
    ranges_done(&deleted_by_runs);
}

static void must_know(struct room *r, const struct ranges *content, const struct ranges *deleted)
{
    struct ranges c = {0}, d = {0};
    struct buf state = {.max = ROOM_BYTES_MAX};
    must(ranges_eq(&r->content, content) && ranges_eq(&r->deleted, deleted));
    must(room_state(r, &state) == OK);
    if (state.n)
        must(update_ranges((struct bytes){(const uint8_t *)state.p, state.n}, &c, &d) == OK);
    must(ranges_eq(&c, content) && ranges_eq(&d, deleted));
    buf_free(&state);
    ranges_done(&c);
    ranges_done(&d);
}

static void at_the_end(struct room *r)
{
    struct ranges content = {0}, deleted = {0};
    commit();
    must(r->n_waiting == 0 && acknowledged[0] == member[0].stored && member[0].stored == member[0].received);
    for (size_t i = 0; i < n_stored; i++)
        must(update_ranges(stored[i], &content, &deleted) == OK);
    must_know(r, &content, &deleted);
    struct room *again = room_new(1, &io);
    must(room_load(again, stored, n_stored) == OK);
    must_know(again, &content, &deleted);
    room_free(again);
    ranges_done(&content);
    ranges_done(&deleted);
}

static void step(struct room *r, unsigned head, struct bytes b)
{
    size_t who = head >> 3 & 1;
    int what = (int)(head & 7);
    if (what == COMMIT) {
        commit();
    } else if (what == REJOIN) {
        commit(); /* what was on its way is acknowledged to who sent it */
        room_leave(&member[who], 2000);
        join(r, who);
    } else if (what == FOLD) {
        fold(r);
    } else if (what == TICK) {
        room_tick(r, 1000 + 40000 * (int64_t)b.n);
    } else {
        say(who, what, b);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const uint8_t *p = data, *end = data + size;
    struct room *r = room_new(1, &io);
    serial = 0;
    n_stored = 0;
    join(r, 0);
    join(r, 1);
    for (int i = 0; i < STEPS_MAX && end - p >= 3; i++) {
        unsigned head = p[0];
        size_t n = (size_t)p[1] | (size_t)p[2] << 8;
        p += 3;
        if (n > (size_t)(end - p))
            n = (size_t)(end - p);
        step(r, head, (struct bytes){p, n});
        p += n;
    }
    at_the_end(r);
    room_leave(&member[0], 1);
    room_leave(&member[1], 1);
    room_free(r);
    for (size_t i = 0; i < n_stored; i++)
        free((void *)(uintptr_t)stored[i].p);
    buf_free(&scratch);
    buf_free(&scratch2);
    scratch = scratch2 = (struct buf){0};
    return 0;
}
