/* What the live engine costs in process, without sockets and without a disk: b_live_core TRACE (b4-editing-trace.bin,
 * trace.h). One line a figure; CPU of this thread, the best of ROUNDS, so that other work on the machine counts little.
 * b_live measures merging in more detail. */
#include "live/room.h"
#include "live/ydoc.h"
#include "tests/bench/trace.h"

#include <time.h>

enum { ROUNDS = 5, MEMBERS = 5, STEP = 512, EDITS = 100000 };

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void must(enum err e, const char *what)
{
    if (e == OK)
        return;
    fprintf(stderr, "b_live_core: %s: %s\n", what, err_name(e));
    exit(1);
}

static void better(double *best, double took)
{
    if (*best == 0 || took < *best)
        *best = took;
}

static struct bytes view(const struct buf *b)
{
    return (struct bytes){(const uint8_t *)b->p, b->n};
}

/* ---- one keystroke after the other, as a server takes them */

static void take_each(const struct trace *t)
{
    double check = 0, is_new = 0, add = 0;
    for (int round = 0; round < ROUNDS; round++) {
        struct ranges content = {0}, deleted = {0};
        double at[4] = {now()};
        for (size_t i = 0; i < t->n; i++)
            must(update_check(t->updates[i], &update_from_client, NULL), "check");
        at[1] = now();
        for (size_t i = 0; i < t->n; i++)
            must(update_ranges(t->updates[i], &content, &deleted), "ranges");
        at[2] = now();
        for (size_t i = 0; i < t->n; i++) { /* all known: the longest way */
            bool news;
            must(update_is_new(t->updates[i], &content, &deleted, &news), "is_new");
            must(news ? ERR_INTERNAL : OK, "is_new: what is known");
        }
        at[3] = now();
        better(&check, at[1] - at[0]);
        better(&add, at[2] - at[1]);
        better(&is_new, at[3] - at[2]);
        ranges_done(&content);
        ranges_done(&deleted);
    }
    double ns = 1e9 / (double)t->n;
    printf("a keystroke of the history: check              %8.0f ns\n", check * ns);
    printf("                            is it new          %8.0f ns\n", is_new * ns);
    printf("                            note its ranges    %8.0f ns\n", add * ns);
}

/* ---- a room of five */

static struct edit *waiting, *waiting_last;
static uint64_t sent;

static void on_send(void *user, struct room_member *m, struct bytes message)
{
    (void)user;
    (void)m;
    sent += message.n > 0;
}

static void on_store(void *user, struct edit *e)
{
    (void)user;
    e->next = NULL;
    *(waiting_last ? &waiting_last->next : &waiting) = e;
    waiting_last = e;
}

/* The disk has it. */
static size_t stored(void)
{
    size_t n = 0;
    for (struct edit *e = waiting, *next; e; e = next, n++) {
        next = e->next;
        room_stored(e);
    }
    waiting = waiting_last = NULL;
    return n;
}

static void fold(struct room *r)
{
    struct run runs[MEMBERS + 1];
    size_t n = 0;
    must(room_fold(r, runs, COUNT(runs), &n), "fold");
    for (size_t i = 0; i < n; i++)
        free(runs[i].data);
}

/* A letter of one of five who write at the end of their own words, as a message. */
static void letter(struct buf *b, uint64_t client, uint64_t clock)
{
    struct buf u = {0};
    buf_add(&u, "\x01\x01", 2);
    lib0_put_uint(&u, 0x10000000u + client);
    lib0_put_uint(&u, clock);
    buf_byte(&u, (char)(CONTENT_STRING | (clock ? 0x80 : 0)));
    if (clock) {
        lib0_put_uint(&u, 0x10000000u + client);
        lib0_put_uint(&u, clock - 1);
    } else {
        lib0_put_uint(&u, 1);
        lib0_put_str(&u, STR("text"));
    }
    lib0_put_str(&u, STR("a"));
    buf_byte(&u, 0);
    buf_clear(b);
    buf_add(b, "\0\2", 2);
    lib0_put_bytes(b, view(&u));
    buf_free(&u);
}

/* `folded`: edits of a room move to its log every so many, as the hub does after some seconds. */
static double room_once(const struct buf *messages, size_t folded)
{
    static struct buf scratch, scratch2;
    static const struct room_io io = {.scratch = &scratch, .scratch2 = &scratch2, .send = on_send, .store = on_store};
    struct room_member m[MEMBERS];
    struct room *r = room_new(1, &io);
    size_t cost, kept = 0;
    must(r ? OK : ERR_INTERNAL, "room");
    for (size_t i = 0; i < MEMBERS; i++) {
        m[i] = (struct room_member){.serial = i + 1, .account = 1, .name = STR("A"), .right = DOCUMENT_WRITE};
        room_join(r, &m[i]);
    }
    sent = 0;
    double from = now();
    for (size_t i = 0; i < EDITS; i++) {
        must(room_message(&m[i % MEMBERS], view(&messages[i]), 1, &cost) ? ERR_INVALID : OK, "message");
        kept += stored();
        if (i % folded == folded - 1)
            fold(r);
    }
    double took = now() - from;
    must(kept == EDITS && sent == (uint64_t)EDITS * (MEMBERS - 1) ? OK : ERR_INTERNAL,
         "not everybody heard everything");
    fold(r);
    for (size_t i = 0; i < MEMBERS; i++)
        room_leave(&m[i], 1);
    room_free(r);
    return took;
}

static void rooms(void)
{
    struct buf *messages = calloc(EDITS, sizeof *messages);
    double best = 0;
    must(messages ? OK : ERR_INTERNAL, "memory");
    for (size_t i = 0; i < EDITS; i++)
        letter(&messages[i], i % MEMBERS, i / MEMBERS);
    for (int round = 0; round < ROUNDS; round++)
        better(&best, room_once(messages, 100));
    printf("a room of %d: message, stored, shown to %d      %8.0f ns an edit, %.0f ns a delivery (without sockets and "
           "disk)\n",
           MEMBERS, MEMBERS - 1, best / EDITS * 1e9, best / EDITS / (MEMBERS - 1) * 1e9);
    for (size_t i = 0; i < EDITS; i++)
        buf_free(&messages[i]);
    free(messages);
}

/* ---- the history as a whole */

static void merging(const struct trace *t, struct buf *state)
{
    double merge = 0, compact = 0, steps = 0;
    struct buf out = {.max = 64 << 20};
    for (int round = 0; round < ROUNDS; round++) {
        double at[4] = {now()};
        buf_clear(&out);
        must(update_merge(t->updates, t->n, &out), "merge");
        at[1] = now();
        buf_clear(state);
        struct bytes whole = view(&out);
        must(update_merge_compact(&whole, 1, state), "compact");
        at[2] = now();
        struct buf *parts = calloc(t->n / STEP + 1, sizeof *parts);
        struct bytes *v = calloc(t->n / STEP + 1, sizeof *v);
        size_t n = 0;
        must(parts && v ? OK : ERR_INTERNAL, "memory");
        for (size_t i = 0; i < t->n; i += STEP, n++) {
            must(update_merge_compact(t->updates + i, t->n - i < STEP ? t->n - i : STEP, &parts[n]), "merge");
            v[n] = view(&parts[n]);
        }
        buf_clear(&out);
        must(update_merge_compact(v, n, &out), "merge");
        at[3] = now();
        for (size_t i = 0; i < n; i++)
            buf_free(&parts[i]);
        free(parts);
        free(v);
        better(&merge, at[1] - at[0]);
        better(&compact, at[2] - at[1]);
        better(&steps, at[3] - at[2]);
    }
    printf("the history: merged at once                    %8.1f ms\n", merge * 1e3);
    printf("             that compacted                    %8.1f ms, %zu bytes\n", compact * 1e3, state->n);
    printf("             merged and compacted by %d       %8.1f ms\n", STEP, steps * 1e3);
    buf_free(&out);
}

static void reading(struct bytes state)
{
    double make = 0, json = 0;
    size_t n = 0;
    for (int round = 0; round < ROUNDS; round++) {
        struct arena *a = arena_new(YDOC_ARENA_MAX);
        struct ydoc *d = NULL;
        struct buf out = {.max = 64 << 20};
        double at[3] = {now()};
        must(ydoc_make(a, &state, 1, &d), "ydoc");
        at[1] = now();
        must(ydoc_json(d, STR("text"), TYPE_TEXT, &out), "json");
        at[2] = now();
        better(&make, at[1] - at[0]);
        better(&json, at[2] - at[1]);
        n = out.n;
        buf_free(&out);
        arena_free(a);
    }
    printf("             integrated to be read             %8.1f ms\n", make * 1e3);
    printf("             written as JSON                   %8.1f ms, %zu bytes\n", json * 1e3, n);
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: b_live_core TRACE\n");
        return 2;
    }
    struct trace t = trace_read(argv[1]);
    struct buf state = {.max = 64 << 20};
    take_each(&t);
    rooms();
    merging(&t, &state);
    reading(view(&state));
    buf_free(&state);
    trace_done(&t);
    return 0;
}
