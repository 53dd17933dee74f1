#include "live/part.h"

/* One block: `first` is its first piece that is not known below `from`; the rest follows as it stands, but a Skip at the end says
 * nothing and stays away. *behind: the first piece of the next block, when *more. */
static enum err diff_block(struct update_in *u, struct update_out *o, struct piece *first, uint64_t from, struct piece *behind, bool *more)
{
    struct part t, known;
    if (!part_of(first, &t))
        return ERR_INVALID;
    if (first->clock < from && !part_split(&t, from - first->clock, &known))
        return ERR_INVALID;
    const uint8_t *begin = u->in.p, *end = begin;
    uint64_t n = 0, counted = 0, block = u->blocks;
    while ((*more = update_next(u, behind)) && u->blocks == block) {
        n++;
        if (behind->kind != CONTENT_SKIP) {
            end = u->in.p;
            counted = n;
        }
    }
    update_out_begin(o, first->client);
    update_out_tail(o, &t, (struct bytes){begin, (size_t)(end - begin)}, counted);
    update_out_end(o);
    return OK;
}

static enum err diff(struct update_in *u, const struct ranges *sv, struct update_out *o, struct ranges *deleted)
{
    struct piece p, behind;
    uint64_t client = 0, from = 0;
    bool more = update_next(u, &p), asked = false;
    while (more) {
        if (!asked || p.client != client)
            from = ranges_next(sv, p.client);
        client = p.client;
        asked = true;
        if (p.kind == CONTENT_SKIP || p.clock + p.len <= from) {
            more = update_next(u, &p);
            continue;
        }
        TRY(diff_block(u, o, &p, from, &behind, &more));
        p = behind;
    }
    return u->bad ? u->bad : update_deletes(u, deleted);
}

enum err update_diff(struct bytes update, const struct ranges *sv, struct buf *out)
{
    struct update_in u;
    struct update_out o;
    struct ranges deleted = {0};
    update_open(&u, update);
    update_out_open(&o, out);
    enum err e = diff(&u, sv, &o, &deleted);
    if (e == OK)
        e = update_out_close(&o, &deleted, out);
    else
        update_out_drop(&o);
    ranges_done(&deleted);
    return e;
}
