#include "live/ydoc.h"
#include "live/ydoc_tree.h"

#include <stdlib.h>

bool ydoc_step(struct ydoc *d, uint64_t n)
{
    if (d->steps < n && !d->bad)
        d->bad = ERR_LIMIT;
    if (d->bad)
        return false;
    d->steps -= n;
    return true;
}

struct yclient *ydoc_client(const struct ydoc *d, uint64_t id)
{
    size_t from = 0, to = d->clients_n;
    while (from < to) {
        size_t mid = from + (to - from) / 2;
        if (d->clients[mid]->id < id)
            from = mid + 1;
        else
            to = mid;
    }
    return from < d->clients_n && d->clients[from]->id == id ? d->clients[from] : NULL;
}

/* ---- what stands in the way of the next piece of a client */

static void next_head(struct ydoc *d, struct yclient *c)
{
    do
        c->has_head = update_next(&c->in, &c->head) && c->head.client == c->id;
    while (c->has_head && c->head.kind == CONTENT_SKIP);
    if (c->in.bad && !d->bad)
        d->bad = c->in.bad;
}

enum need { NEED_NOTHING, NEED_OTHER, NEED_NEVER };

static enum need need_unit(struct ydoc *d, const struct yclient *c, struct unit_id id, struct yclient **other)
{
    if (id.client == c->id) {
        if (id.clock >= c->head.clock && !d->bad) /* update_check refuses it */
            d->bad = ERR_INVALID;
        return d->bad ? NEED_NEVER : NEED_NOTHING;
    }
    struct yclient *o = ydoc_client(d, id.client);
    if (o && id.clock < o->state)
        return NEED_NOTHING;
    *other = o;
    return o && o->has_head && !o->blocked && !o->waiting ? NEED_OTHER : NEED_NEVER;
}

/* NEED_OTHER: a piece of *other has to come before. */
static enum need need_of_head(struct ydoc *d, struct yclient *c, struct yclient **other)
{
    const struct piece *p = &c->head;
    enum need n = NEED_NOTHING;
    if (p->clock != c->state)
        return NEED_NEVER; /* a gap */
    if (p->kind == CONTENT_GC)
        return NEED_NOTHING;
    if (p->has_origin)
        n = need_unit(d, c, p->origin, other);
    if (!n && p->has_right)
        n = need_unit(d, c, p->right, other);
    if (!n && p->parent == PARENT_ID)
        n = need_unit(d, c, p->parent_id, other);
    return n;
}

/* Integrates all that can be. Clients wait for one another on a stack; whoever waits for somebody who waits below, or has no more, is
 * blocked for good, since all there is has been read. One piece at a time: the next of the other client may wait for this one. */
static void integrate_all(struct ydoc *d)
{
    struct yclient **stack = ARENA_ARRAY(d->a, struct yclient *, d->clients_n + 1);
    for (size_t i = d->clients_n; i-- && !d->bad;) {
        size_t depth = 0;
        stack[depth++] = d->clients[i];
        while (depth && !d->bad) {
            struct yclient *c = stack[depth - 1], *other = NULL;
            if (!c->has_head || c->blocked) {
                c->waiting = false;
                depth--;
                continue;
            }
            enum need n = need_of_head(d, c, &other);
            if (n == NEED_OTHER) {
                c->waiting = true;
                stack[depth++] = other;
                continue;
            }
            if (n == NEED_NEVER) {
                c->blocked = true;
                continue;
            }
            ydoc_integrate(d, c, &c->head);
            next_head(d, c);
            if (depth > 1) {
                c->waiting = false;
                depth--;
            }
        }
    }
}

/* ---- deletions */

static void delete_range(struct ydoc *d, struct yclient *c, uint64_t start, uint64_t end)
{
    struct yplace at = yclient_find(c, start);
    for (struct yitem *i; (i = yclient_at(c, at)) && i->clock < end && ydoc_step(d, 1);) {
        if (!i->deleted && i->clock < start) {
            ydoc_begin_at(d, c, start);
            at = yclient_find(c, start);
            continue;
        }
        if (!i->deleted) {
            if (end - i->clock < i->len) {
                ydoc_end_at(d, c, end - 1);
                at = yclient_find(c, i->clock);
            }
            yitem_delete(d, i);
        }
        at = yclient_after(c, at);
    }
}

static void delete_all(struct ydoc *d, const struct ranges *deleted)
{
    for (size_t k = 0; k < deleted->n; k++) {
        const struct client_ranges *r = &deleted->v[k];
        struct yclient *c = ydoc_client(d, r->client);
        uint64_t state = c ? c->state : 0;
        for (size_t i = 0; i < r->n && !d->bad; i++) {
            d->pending = d->pending || r->v[i].end > state;
            if (r->v[i].start < state)
                delete_range(d, c, r->v[i].start, r->v[i].end < state ? r->v[i].end : state);
        }
    }
}

/* ---- from bytes */

static int by_id(const void *x, const void *y)
{
    const struct yclient *a = *(struct yclient *const *)x, *b = *(struct yclient *const *)y;
    return (a->id > b->id) - (a->id < b->id);
}

/* Every block of the update becomes a client with a cursor of its own. */
static enum err open_blocks(struct ydoc *d, struct bytes update, struct ranges *deleted)
{
    struct update_in in, before;
    struct piece p;
    size_t cap = 0;
    update_open(&in, update);
    for (before = in; update_next(&in, &p); before = in) {
        if (d->clients_n && d->clients[d->clients_n - 1]->id == p.client)
            continue;
        if (d->clients_n == cap) {
            struct yclient **more = ARENA_ARRAY(d->a, struct yclient *, cap = cap ? cap * 2 : 16);
            if (d->clients_n)
                memcpy(more, d->clients, d->clients_n * sizeof *more);
            d->clients = more;
        }
        struct yclient *c = d->clients[d->clients_n++] = ARENA_NEW(d->a, struct yclient);
        *c = (struct yclient){.id = p.client, .in = before};
    }
    TRY(in.bad);
    TRY(update_deletes(&in, deleted));
    if (d->clients_n)
        qsort(d->clients, d->clients_n, sizeof(struct yclient *), by_id);
    for (size_t i = 1; i < d->clients_n; i++)
        if (d->clients[i - 1]->id == d->clients[i]->id)
            return ERR_INVALID;
    return OK;
}

static enum err merged(struct arena *a, const struct bytes *updates, size_t n, struct bytes *out)
{
    static const uint8_t nothing[2] = {0, 0};
    if (n == 0)
        *out = (struct bytes){nothing, sizeof nothing};
    if (n == 1)
        *out = updates[0];
    if (n < 2)
        return OK;
    CLEANUP(buf_free) struct buf b = {.max = YDOC_MERGED_MAX};
    enum err e = update_merge(updates, n, &b);
    if (!e && b.bad)
        e = ERR_LIMIT;
    if (!e) {
        struct str copy = arena_str(a, buf_view(&b));
        *out = (struct bytes){(const uint8_t *)copy.p, copy.n};
    }
    return e;
}

static enum err integrate(struct ydoc *d, struct bytes update, struct ranges *deleted)
{
    TRY(open_blocks(d, update, deleted));
    for (size_t i = 0; i < d->clients_n; i++)
        next_head(d, d->clients[i]);
    integrate_all(d);
    for (size_t i = 0; i < d->clients_n; i++)
        d->pending = d->pending || d->clients[i]->has_head;
    if (!d->bad)
        delete_all(d, deleted);
    return d->bad;
}

enum err ydoc_make(struct arena *a, const struct bytes *updates, size_t n, struct ydoc **out)
{
    struct bytes update;
    struct ydoc *d = ARENA_NEW(a, struct ydoc);
    struct ranges deleted = {0};
    TRY(merged(a, updates, n, &update));
    *d = (struct ydoc){.a = a, .arena_before = arena_used(a), .steps = YDOC_STEPS_MAX};
    enum err e = integrate(d, update, &deleted);
    ranges_done(&deleted);
    TRY(e);
    *out = d;
    return OK;
}

bool ydoc_has_pending(const struct ydoc *d)
{
    return d->pending;
}

void ydoc_state(const struct ydoc *d, struct ranges *content, struct ranges *deleted)
{
    for (size_t k = 0; k < d->clients_n; k++) {
        const struct yclient *c = d->clients[k];
        if (content && c->state)
            ranges_add(content, c->id, 0, c->state);
        for (size_t l = 0; deleted && l < c->leaves; l++)
            for (size_t j = 0; j < c->leaf[l]->n; j++) {
                const struct yitem *i = c->leaf[l]->v[j].item;
                if (i->deleted)
                    ranges_add(deleted, c->id, i->clock, i->len);
            }
    }
}
