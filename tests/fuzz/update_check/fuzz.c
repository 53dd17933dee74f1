/* Property: what passes the check is read by the cursor to its end; its sets, the diff for any state vector, the merge with itself and the
 * compacted form can be made, pass the check again (but for the ceilings of a client), and speak about the same clocks and deletions. And
 * nothing at all, checked or not, is read outside of its bytes. */
#include "live/update.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct sets {
    struct ranges content, deleted;
};

static void must(bool ok)
{
    if (!ok)
        abort();
}

static void sets_done(struct sets *s)
{
    ranges_done(&s->content);
    ranges_done(&s->deleted);
}

static struct bytes made(const struct buf *b)
{
    return (struct bytes){(const uint8_t *)b->p, b->n};
}

static void same(struct bytes update, const struct sets *want)
{
    struct sets got = {0};
    must(update_check(update, NULL, NULL) == OK);
    must(update_ranges(update, &got.content, &got.deleted) == OK);
    must(ranges_eq(&got.content, &want->content) && ranges_eq(&got.deleted, &want->deleted));
    bool is_new = true;
    must(update_is_new(update, &want->content, &want->deleted, &is_new) == OK && !is_new);
    sets_done(&got);
}

/* A diff says exactly what is asked for: nothing below the state vector, and with what is below it everything. */
static void diff(struct bytes update, const struct sets *s, uint64_t cut)
{
    struct ranges sv = {0};
    for (size_t i = 0; i < s->content.n; i++) {
        uint64_t end = ranges_next(&s->content, s->content.v[i].client), clock = end ? cut % (end + 1) : 0;
        if (clock)
            ranges_add(&sv, s->content.v[i].client, 0, clock);
    }
    struct buf out = {.max = 64 << 20};
    struct sets got = {0};
    must(update_diff(update, &sv, &out) == OK && update_check(made(&out), NULL, NULL) == OK);
    must(update_ranges(made(&out), &got.content, &got.deleted) == OK && ranges_eq(&got.deleted, &s->deleted));
    for (size_t i = 0; i < got.content.n; i++)
        must(got.content.v[i].v[0].start >= ranges_next(&sv, got.content.v[i].client));
    ranges_add_all(&got.content, &sv);
    must(ranges_eq(&got.content, &s->content));
    ranges_done(&sv);
    sets_done(&got);
    buf_free(&out);
}

static void all(struct bytes update, uint64_t cut)
{
    struct sets s = {0};
    struct update_in u;
    struct piece p;
    update_open(&u, update);
    while (update_next(&u, &p))
        must(p.len > 0 && p.whole.n > 0);
    must(u.bad == OK && update_deletes(&u, &s.deleted) == OK);
    ranges_clear(&s.deleted);
    must(update_ranges(update, &s.content, &s.deleted) == OK);
    struct buf merged = {.max = 64 << 20}, compact = {.max = 64 << 20}, again = {.max = 64 << 20};
    struct bytes twice[2] = {update, update};
    must(update_merge(twice, 2, &merged) == OK);
    same(made(&merged), &s);
    must(update_compact(update, &compact) == OK);
    same(made(&compact), &s);
    must(update_compact(made(&compact), &again) == OK);
    must(again.n == compact.n && memcmp(again.p, compact.p, again.n) == 0);
    diff(update, &s, cut);
    diff(made(&compact), &s, cut);
    buf_free(&merged);
    buf_free(&compact);
    buf_free(&again);
    sets_done(&s);
}

/* Without the check nothing is promised but that it ends, in bounds. */
static void anything(struct bytes update)
{
    struct sets s = {0};
    struct buf out = {.max = 64 << 20};
    bool is_new;
    must(update_ranges(update, &s.content, &s.deleted) <= ERR_N);
    must(update_is_new(update, &s.content, &s.deleted, &is_new) <= ERR_N);
    must(update_merge_compact(&update, 1, &out) <= ERR_N);
    must(update_diff(update, &s.content, &out) <= ERR_N);
    buf_free(&out);
    sets_done(&s);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1)
        return 0;
    uint8_t *copy = malloc(size);
    if (!copy)
        return 0;
    memcpy(copy, data, size);
    struct bytes update = {copy + 1, size - 1}; /* the first byte says where the diff cuts */
    if (update_check(update, &update_from_client, NULL) == OK)
        all(update, copy[0]);
    else
        anything(update);
    free(copy);
    return 0;
}
