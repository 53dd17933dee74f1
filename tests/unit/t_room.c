/* A room: what is stored before it is shown, who hears what, rights, echoes, and states made of many pieces. */
#include "live/lib0.h"
#include "live/room.h"
#include "live/ws.h"
#include "tests/test.h"

enum { KINDS = 128 };
struct heard { /* by one member */
    int sync[3], awareness, news[KINDS];
    uint64_t stored;
    struct buf last; /* the payload of the last update or step 2 */
};
static struct heard ears[4];
static struct room_member member[4];
static struct edit *queue, *queue_last;
static size_t queued;
static struct buf scratch, scratch2;

static void on_send(void *user, struct room_member *m, struct bytes message)
{
    (void)user;
    struct heard *h = &ears[m - member];
    struct lib0_in in = {message.p, message.p + message.n};
    uint64_t kind = 0, sub = 0;
    struct bytes payload;
    CHECK(lib0_uint(&in, &kind));
    if (kind == 0) {
        CHECK(lib0_uint(&in, &sub) && sub <= 2 && lib0_bytes(&in, &payload) && in.p == in.end);
        h->sync[sub]++;
        buf_clear(&h->last);
        buf_add(&h->last, payload.p, payload.n);
    } else if (kind == 1) {
        h->awareness++;
    } else if (kind < KINDS) {
        CHECK(lib0_uint(&in, &sub));
        h->news[kind]++;
        if (kind == ROOM_STORED)
            h->stored = sub;
    }
}
static void on_store(void *user, struct edit *e)
{
    (void)user;
    e->next = NULL;
    *(queue_last ? &queue_last->next : &queue) = e;
    queue_last = e;
    queued++;
}
static const struct room_io io = {.scratch = &scratch, .scratch2 = &scratch2, .send = on_send, .store = on_store};

/* The disk has it. */
static void commit(void)
{
    while (queue) {
        struct edit *e = queue;
        queue = e->next;
        room_stored(e);
    }
    queue_last = NULL;
    queued = 0;
}
static void forget(void)
{
    for (size_t i = 0; i < COUNT(ears); i++) {
        struct buf keep = ears[i].last;
        buf_clear(&keep);
        ears[i] = (struct heard){.last = keep};
    }
}
static void join(struct room *r, size_t i, enum document_right right, bool news)
{
    member[i] = (struct room_member){.serial = i + 1, .account = (int64_t)(i + 1) * 10, .name = STR("A"), .right = right, .news = news};
    room_join(r, &member[i]);
}

/* One letter of client `client` at `clock`, after its own letter before. */
static struct bytes letter(struct buf *b, uint64_t client, uint64_t clock, char c)
{
    buf_clear(b);
    lib0_put_uint(b, 1);
    lib0_put_uint(b, 1);
    lib0_put_uint(b, client);
    lib0_put_uint(b, clock);
    buf_byte(b, clock ? (char)0x84 : 0x04);
    if (clock) {
        lib0_put_uint(b, client);
        lib0_put_uint(b, clock - 1);
    } else {
        lib0_put_uint(b, 1);
        lib0_put_str(b, STR("t"));
    }
    lib0_put_str(b, (struct str){&c, 1});
    buf_byte(b, 0);
    return (struct bytes){(const uint8_t *)b->p, b->n};
}
static int sync(size_t i, unsigned step, struct bytes payload)
{
    struct buf b = {0};
    size_t cost;
    buf_byte(&b, 0);
    buf_byte(&b, (char)step);
    lib0_put_bytes(&b, payload);
    int code = room_message(&member[i], (struct bytes){(const uint8_t *)b.p, b.n}, 1, &cost);
    buf_free(&b);
    return code;
}
static void close_room(struct room *r)
{
    commit();
    for (size_t i = 0; i < COUNT(member); i++)
        room_leave(&member[i], 1);
    room_free(r);
    memset(member, 0, sizeof member);
    forget();
}

static void stored_before_shown(void)
{
    struct buf b = {0};
    struct room *r = room_new(7, &io);
    join(r, 0, DOCUMENT_WRITE, true);
    join(r, 1, DOCUMENT_WRITE, false);
    CHECK(ears[0].sync[0] == 1 && ears[1].sync[0] == 1); /* hello: step 1 */
    CHECK_INT(sync(0, 2, letter(&b, 1, 0, 'a')), 0);
    CHECK_INT(ears[1].sync[2], 0);
    CHECK_INT(ears[0].news[ROOM_STORED], 0);
    CHECK_INT(queued, 1);
    commit();
    CHECK_INT(ears[1].sync[2], 1);
    CHECK_INT(ears[0].sync[2], 0); /* not to the one who wrote it */
    CHECK(ears[0].news[ROOM_STORED] == 1 && ears[0].stored == 1);
    CHECK_INT(ears[1].news[ROOM_STORED], 0); /* did not ask for news */
    close_room(r);
    buf_free(&b);
}

static void echoes(void)
{
    struct buf b = {0};
    struct room *r = room_new(7, &io);
    join(r, 0, DOCUMENT_WRITE, true);
    join(r, 1, DOCUMENT_WRITE, true);
    CHECK_INT(sync(0, 2, letter(&b, 1, 0, 'a')), 0);
    CHECK_INT(sync(1, 2, letter(&b, 1, 0, 'a')), 0); /* the same, while the first is on its way */
    CHECK_INT(ears[1].news[ROOM_STORED], 0);        /* not before it is on disk */
    commit();
    CHECK(ears[1].stored == 1 && ears[0].stored == 1);
    CHECK_INT(ears[1].sync[2], 1);
    CHECK_INT(ears[0].sync[2], 0);
    CHECK_INT(sync(1, 2, letter(&b, 1, 0, 'a')), 0);
    CHECK_INT(queued, 0); /* known and stored: nothing to do */
    CHECK_INT(ears[1].stored, 2);
    close_room(r);
    buf_free(&b);
}

static void rights(void)
{
    struct buf b = {0};
    struct room *r = room_new(7, &io);
    join(r, 0, DOCUMENT_READ, false);
    join(r, 1, DOCUMENT_COMMENT, false);
    CHECK(sync(0, 1, letter(&b, 1, 0, 'a')) == 0 && sync(1, 2, letter(&b, 1, 0, 'a')) == 0);
    CHECK_INT(queued, 0);
    uint8_t nothing = 0;
    forget();
    CHECK_INT(sync(0, 0, (struct bytes){&nothing, 1}), 0);
    CHECK_INT(ears[0].sync[1], 1); /* readers are answered */
    member[0].right = DOCUMENT_WRITE;
    CHECK_INT(sync(0, 2, letter(&b, 1, 0, 'a')), 0);
    CHECK_INT(queued, 1);
    close_room(r);
    buf_free(&b);
}

static void broken(void)
{
    struct room *r = room_new(7, &io);
    join(r, 0, DOCUMENT_WRITE, false);
    join(r, 1, DOCUMENT_WRITE, false);
    static const uint8_t bad[] = {1, 1, 1, 0, 0, 0, 0}; /* a GC of length 0 */
    CHECK_INT(sync(0, 2, (struct bytes){bad, sizeof bad}), 0);
    CHECK_INT(sync(0, 2, (struct bytes){bad, sizeof bad}), 0);
    CHECK_INT(sync(0, 2, (struct bytes){bad, sizeof bad}), WS_BAD);
    size_t cost;
    static const uint8_t unknown[] = {77, 1, 2, 3};
    for (int i = 0; i < 5; i++)
        CHECK_INT(room_message(&member[1], (struct bytes){unknown, sizeof unknown}, 1, &cost), 0);
    CHECK_INT(queued, 0);
    CHECK_INT(ears[1].sync[2], 0);
    close_room(r);
}

/* 5,000 letters by two people: the room answers with all of them, whatever its pieces are. */
static void many(void)
{
    enum { EACH = 2500 };
    struct buf b = {0}, state = {0};
    struct room *r = room_new(7, &io);
    struct ranges content = {0}, deleted = {0};
    join(r, 0, DOCUMENT_WRITE, true);
    join(r, 1, DOCUMENT_WRITE, true);
    for (uint64_t k = 0; k < EACH; k++) {
        CHECK_INT(sync(0, 2, letter(&b, 1, k, 'a')), 0);
        CHECK_INT(sync(1, 2, letter(&b, 2, k, 'b')), 0);
        if (k % 7 == 0)
            commit();
    }
    commit();
    CHECK(r->n_parts < 100);
    CHECK_INT(ears[0].sync[2], EACH);
    forget();
    uint8_t none = 0;
    CHECK_INT(sync(0, 0, (struct bytes){&none, 1}), 0);
    CHECK_ERR(update_ranges((struct bytes){(const uint8_t *)ears[0].last.p, ears[0].last.n}, &content, &deleted), OK);
    CHECK(ranges_next(&content, 1) == EACH && ranges_next(&content, 2) == EACH);
    CHECK(ears[0].last.n < 3 * 2 * EACH); /* keystrokes have become runs */
    static const uint8_t half[] = {1, 1, 0xc4, 0x13}; /* client 1: 2500 */
    CHECK_INT(sync(0, 0, (struct bytes){half, sizeof half}), 0);
    ranges_clear(&content);
    CHECK_ERR(update_ranges((struct bytes){(const uint8_t *)ears[0].last.p, ears[0].last.n}, &content, &deleted), OK);
    CHECK(ranges_of(&content, 1) == NULL && ranges_next(&content, 2) == EACH);

    struct run runs[4];
    size_t n = 0;
    CHECK_ERR(room_fold(r, runs, 4, &n), OK);
    CHECK_INT(n, 2);
    CHECK(runs[0].edits == EACH && runs[1].edits == EACH && runs[0].account != runs[1].account && !r->unfolded);
    ranges_clear(&content);
    for (size_t i = 0; i < n; i++) {
        CHECK_ERR(update_ranges((struct bytes){runs[i].data, runs[i].n}, &content, &deleted), OK);
        free(runs[i].data);
    }
    CHECK(ranges_eq(&content, &r->content));
    CHECK_ERR(room_state(r, &state), OK);

    struct room *again = room_new(7, &io);
    struct bytes stored = {(const uint8_t *)state.p, state.n};
    CHECK_ERR(room_load(again, &stored, 1), OK);
    CHECK(ranges_eq(&again->content, &r->content));
    room_free(again);
    ranges_done(&content);
    ranges_done(&deleted);
    buf_free(&state);
    buf_free(&b);
    close_room(r);
}

/* What another wrote into the log reaches those who are here, once. */
static void from_the_log(void)
{
    struct buf b = {0};
    struct room *r = room_new(7, &io);
    join(r, 0, DOCUMENT_READ, false);
    struct bytes u = letter(&b, 9, 0, 'x');
    CHECK_ERR(room_load(r, &u, 1), OK);
    CHECK_ERR(room_load(r, &u, 1), OK);
    CHECK_INT(ears[0].sync[2], 1);
    static const uint8_t rubbish[] = {9, 9};
    struct bytes bad = {rubbish, 2};
    CHECK_ERR(room_load(r, &bad, 1), ERR_INVALID);
    close_room(r);
    buf_free(&b);
}

static void fold_some(void)
{
    struct buf b = {0};
    struct room *r = room_new(7, &io);
    struct run run;
    size_t n = 0;
    for (size_t i = 0; i < 3; i++)
        join(r, i, DOCUMENT_WRITE, false);
    for (uint64_t i = 0; i < 3; i++)
        CHECK_INT(sync((size_t)i, 2, letter(&b, i, 0, 'a')), 0);
    commit();
    CHECK_ERR(room_fold(r, &run, 1, &n), OK);
    CHECK(n == 1 && run.edits == 1 && r->unfolded && r->unfolded->next && !r->unfolded->next->next);
    free(run.data);
    close_room(r);
    buf_free(&b);
}

/* Who asks again and again what is new pays for the looking, though the answer is empty; who asks who is here pays for the answer. */
static void asking_costs(void)
{
    enum { EACH = 20000 };
    struct buf b = {0};
    struct room *r = room_new(7, &io);
    size_t cost = 0;
    join(r, 0, DOCUMENT_WRITE, false);
    buf_clear(&b);
    static const uint8_t head[] = {1, 1, 1, 0, 4, 1, 1, 't'};
    buf_add(&b, head, sizeof head);
    lib0_put_uint(&b, EACH);
    for (int i = 0; i < EACH; i++)
        buf_byte(&b, 'x');
    buf_byte(&b, 0);
    CHECK_INT(sync(0, 2, (struct bytes){(const uint8_t *)b.p, b.n}), 0);
    commit();
    static const uint8_t knows_all[] = {0, 0, 5, 1, 1, 0xa0, 0x9c, 1}, knows_none[] = {0, 0, 1, 0};
    CHECK_INT(room_message(&member[0], (struct bytes){knows_all, sizeof knows_all}, 1, &cost), 0);
    CHECK(ears[0].last.n < 10 && cost >= EACH / 8);
    CHECK_INT(room_message(&member[0], (struct bytes){knows_none, sizeof knows_none}, 1, &cost), 0);
    CHECK(ears[0].last.n > EACH && cost == ears[0].last.n); /* the first question costs its answer only */
    static const uint8_t here[] = {1, 13, 1, 9, 1, 9, '{', '"', 'a', '"', ':', '"', 'b', '"', '}'}, who[] = {3};
    CHECK_INT(room_message(&member[0], (struct bytes){here, sizeof here}, 1, &cost), 0);
    CHECK(cost >= 4 * sizeof here);
    CHECK_INT(room_message(&member[0], (struct bytes){who, sizeof who}, 1, &cost), 0);
    CHECK(ears[0].awareness == 1 && cost > 9);
    close_room(r);
    buf_free(&b);
}

int main(void)
{
    stored_before_shown();
    asking_costs();
    echoes();
    rights();
    broken();
    many();
    from_the_log();
    fold_some();
    for (size_t i = 0; i < COUNT(ears); i++)
        buf_free(&ears[i].last);
    buf_free(&scratch);
    buf_free(&scratch2);
    return test_end();
}
