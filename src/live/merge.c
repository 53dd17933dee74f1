/* Merging and compacting: one walk over all inputs, client by client from the highest, in the order of their clocks.
 *
 * A client's blocks wait sorted by where they begin and join a heap of open ones when the walk comes there. So k updates that follow each
 * other cost no more than reading them, and k that overlap cost log k a piece. */
#include "live/part.h"

#include <stdlib.h>

/* A block with something in it. Blocks have no length in bytes, so finding them is reading the update once. */
struct block {
    uint64_t client, clock, pieces;
    const uint8_t *p, *end; /* from the first piece on; end of its update */
    size_t input;
};
struct open_block {
    struct update_in in;
    struct piece head; /* not yet taken */
    size_t input;
};
struct merge {
    struct block *blocks;
    size_t n_blocks, cap_blocks;
    struct span *spans;
    size_t n_spans, cap_spans;
    struct ranges deleted;
    struct open_block *open; /* places; the heap holds their numbers */
    size_t *heap, *unused;
    size_t n_heap, n_unused, cap_open;
    bool compact;
    struct update_out out;
};

static void *grow(void *p, size_t *cap, size_t n, size_t size)
{
    if (n <= *cap)
        return p;
    size_t to = *cap ? *cap * 2 : 8;
    p = reallocarray(p, to, size);
    if (!p)
        abort();
    *cap = to;
    return p;
}

/* ---- finding */

static enum err find_in(struct merge *m, struct bytes update, size_t input)
{
    struct update_in u;
    struct piece p;
    uint64_t left = UINT64_MAX;
    bool listed = false;
    update_open(&u, update);
    while (update_next(&u, &p)) {
        listed &= u.blocks == left;
        left = u.blocks;
        if (listed || p.kind == CONTENT_SKIP)
            continue;
        m->blocks = grow(m->blocks, &m->cap_blocks, m->n_blocks + 1, sizeof *m->blocks);
        m->blocks[m->n_blocks++] = (struct block){p.client, p.clock, u.pieces + 1, p.whole.p, u.in.end, input};
        listed = true;
    }
    struct span s;
    while (update_next_delete(&u, &s)) {
        m->spans = grow(m->spans, &m->cap_spans, m->n_spans + 1, sizeof *m->spans);
        m->spans[m->n_spans++] = s;
    }
    return u.bad;
}

static int by_place(const void *one, const void *other)
{
    const struct block *a = one, *b = other;
    if (a->client != b->client)
        return a->client > b->client ? -1 : 1;
    if (a->clock != b->clock)
        return a->clock < b->clock ? -1 : 1;
    return a->input < b->input ? -1 : a->input > b->input;
}

static void sort_blocks(struct merge *m)
{
    for (size_t i = 1; i < m->n_blocks; i++) {
        if (by_place(&m->blocks[i - 1], &m->blocks[i]) > 0) {
            qsort(m->blocks, m->n_blocks, sizeof *m->blocks, by_place);
            return;
        }
    }
}

/* ---- the heap of open blocks: the head that begins first is on top, of equals the earlier input's */

static bool before(const struct merge *m, size_t a, size_t b)
{
    const struct open_block *x = &m->open[a], *y = &m->open[b];
    return x->head.clock != y->head.clock ? x->head.clock < y->head.clock : x->input < y->input;
}

static void sift_down(struct merge *m)
{
    size_t i = 0, moved = m->heap[0];
    for (;;) {
        size_t child = 2 * i + 1;
        if (child >= m->n_heap)
            break;
        if (child + 1 < m->n_heap && before(m, m->heap[child + 1], m->heap[child]))
            child++;
        if (!before(m, m->heap[child], moved))
            break;
        m->heap[i] = m->heap[child];
        i = child;
    }
    m->heap[i] = moved;
}

static void push(struct merge *m, size_t place)
{
    size_t i = m->n_heap++;
    while (i && before(m, place, m->heap[(i - 1) / 2])) {
        m->heap[i] = m->heap[(i - 1) / 2];
        i = (i - 1) / 2;
    }
    m->heap[i] = place;
}

/* The next piece that is no Skip. */
static bool advance(struct open_block *b)
{
    do {
        if (!b->in.pieces || !update_next(&b->in, &b->head))
            return false;
    } while (b->head.kind == CONTENT_SKIP);
    return true;
}

static void more_places(struct merge *m)
{
    size_t cap = m->cap_open, heap = cap, unused = cap;
    m->open = grow(m->open, &m->cap_open, cap + 1, sizeof *m->open);
    m->heap = grow(m->heap, &heap, cap + 1, sizeof *m->heap);
    m->unused = grow(m->unused, &unused, cap + 1, sizeof *m->unused);
    for (size_t i = m->cap_open; i-- > cap;)
        m->unused[m->n_unused++] = i;
}

static void open_one(struct merge *m, const struct block *b)
{
    if (!m->n_unused)
        more_places(m);
    size_t place = m->unused[--m->n_unused];
    struct open_block *o = &m->open[place];
    o->in = (struct update_in){.in = {b->p, b->end}, .pieces = b->pieces, .client = b->client, .clock = b->clock};
    o->input = b->input;
    if (advance(o))
        push(m, place);
    else
        m->unused[m->n_unused++] = place;
}

static void next_of_top(struct merge *m)
{
    if (!advance(&m->open[m->heap[0]])) {
        m->unused[m->n_unused++] = m->heap[0];
        m->heap[0] = m->heap[--m->n_heap];
    }
    if (m->n_heap)
        sift_down(m);
}

/* ---- one client */

/* Writes a part cut at the borders of the deletions of its client, those inside as their length. *at: the first of them that may matter. */
static enum err write_cut(struct merge *m, struct part *t, const struct client_ranges *deleted, size_t *at)
{
    while (deleted && t->p.kind != CONTENT_GC) {
        while (*at < deleted->n && deleted->v[*at].end <= t->p.clock)
            ++*at;
        if (*at == deleted->n)
            break;
        const struct range *d = &deleted->v[*at];
        bool inside = d->start <= t->p.clock;
        uint64_t border = inside ? d->end : d->start;
        if (border >= t->p.clock + t->p.len) {
            if (inside)
                part_delete(t);
            break;
        }
        struct part head;
        if (!part_split(t, border - t->p.clock, &head))
            return ERR_INVALID;
        if (inside)
            part_delete(&head);
        update_out_part(&m->out, &head);
    }
    update_out_part(&m->out, t);
    return OK;
}

/* Blocks [i, j) are of one client. */
static enum err merge_client(struct merge *m, size_t i, size_t j)
{
    uint64_t client = m->blocks[i].client, pos = 0; /* what ends at or below pos is written, or was never there */
    const struct client_ranges *deleted = m->compact ? ranges_of(&m->deleted, client) : NULL;
    size_t at = 0;
    update_out_begin(&m->out, client);
    for (;;) {
        while (i < j && (!m->n_heap || m->blocks[i].clock <= m->open[m->heap[0]].head.clock))
            open_one(m, &m->blocks[i++]);
        if (!m->n_heap)
            break;
        const struct piece *head = &m->open[m->heap[0]].head;
        uint64_t end = head->clock + head->len;
        if (end > pos) {
            struct part t, done;
            if (!part_of(head, &t))
                return ERR_INVALID;
            if (head->clock < pos && !part_split(&t, pos - head->clock, &done))
                return ERR_INVALID;
            TRY(write_cut(m, &t, deleted, &at));
            pos = end;
        }
        next_of_top(m);
    }
    update_out_end(&m->out);
    return OK;
}

/* ---- all of it */

static enum err merge_blocks(struct merge *m)
{
    for (size_t i = 0, j; i < m->n_blocks; i = j) {
        for (j = i + 1; j < m->n_blocks && m->blocks[j].client == m->blocks[i].client;)
            j++;
        TRY(merge_client(m, i, j));
    }
    return OK;
}

static enum err merge_all(struct merge *m, const struct bytes *updates, size_t k)
{
    for (size_t i = 0; i < k; i++)
        TRY(find_in(m, updates[i], i));
    sort_blocks(m);
    ranges_add_spans(&m->deleted, m->spans, m->n_spans);
    return merge_blocks(m);
}

static enum err merge(const struct bytes *updates, size_t k, bool compact, struct buf *out)
{
    struct merge m = {.compact = compact};
    update_out_open(&m.out, out);
    enum err e = merge_all(&m, updates, k);
    if (e == OK)
        e = update_out_close(&m.out, &m.deleted, out);
    else
        update_out_drop(&m.out);
    ranges_done(&m.deleted);
    free(m.blocks);
    free(m.spans);
    free(m.open);
    free(m.heap);
    free(m.unused);
    return e;
}

enum err update_merge(const struct bytes *updates, size_t k, struct buf *out)
{
    return merge(updates, k, false, out);
}

enum err update_compact(struct bytes update, struct buf *out)
{
    return merge(&update, 1, true, out);
}

enum err update_merge_compact(const struct bytes *updates, size_t k, struct buf *out)
{
    return merge(updates, k, true, out);
}
