/* Property: two updates that pass the check, merged either way round, speak about the union of both, and so does the compacted form; the
 * merge is of good form, merging it with one of them again changes nothing, and each of them is no news beside it. The first byte says
 * how long the first update is. */
#include "live/update.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool ok)
{
    if (!ok)
        abort();
}

static struct bytes made(const struct buf *b)
{
    return (struct bytes){(const uint8_t *)b->p, b->n};
}

static void says(struct bytes update, const struct ranges *content, const struct ranges *deleted)
{
    struct ranges c = {0}, d = {0};
    must(update_check(update, NULL, NULL) == OK);
    must(update_ranges(update, &c, &d) == OK && ranges_eq(&c, content) && ranges_eq(&d, deleted));
    ranges_done(&c);
    ranges_done(&d);
}

static void both(struct bytes a, struct bytes b)
{
    struct ranges c = {0}, d = {0};
    struct buf one = {.max = 64 << 20}, other = {.max = 64 << 20}, again = {.max = 64 << 20}, compact = {.max = 64 << 20};
    must(update_ranges(a, &c, &d) == OK && update_ranges(b, &c, &d) == OK);
    must(update_merge((struct bytes[]){a, b}, 2, &one) == OK);
    says(made(&one), &c, &d);
    must(update_merge((struct bytes[]){b, a}, 2, &other) == OK);
    says(made(&other), &c, &d);
    must(update_merge((struct bytes[]){made(&one), a}, 2, &again) == OK);
    says(made(&again), &c, &d);
    must(update_merge_compact((struct bytes[]){a, b}, 2, &compact) == OK);
    says(made(&compact), &c, &d);
    bool is_new = true;
    must(update_is_new(a, &c, &d, &is_new) == OK && !is_new);
    must(update_is_new(b, &c, &d, &is_new) == OK && !is_new);
    buf_free(&one);
    buf_free(&other);
    buf_free(&again);
    buf_free(&compact);
    ranges_done(&c);
    ranges_done(&d);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1 || data[0] > size - 1)
        return 0;
    struct bytes a = {data + 1, data[0]}, b = {data + 1 + data[0], size - 1 - data[0]};
    if (update_check(a, &update_from_client, NULL) == OK && update_check(b, &update_from_client, NULL) == OK)
        both(a, b);
    return 0;
}
