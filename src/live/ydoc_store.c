/* ydoc_store.c: the items of each client, cutting them, and the keys of types. */
#include "live/ydoc_tree.h"

/* ---- the leaves */

struct yplace yclient_find(const struct yclient *c, uint64_t clock)
{
    size_t from = 0, to = c->leaves; /* the last leaf that begins at or before clock */
    while (to - from > 1) {
        size_t mid = from + (to - from) / 2;
        if (c->leaf[mid]->v[0].clock <= clock)
            from = mid;
        else
            to = mid;
    }
    const struct yleaf *leaf = c->leaf[from];
    size_t a = 0, b = leaf->n;
    while (b - a > 1) {
        size_t mid = a + (b - a) / 2;
        if (leaf->v[mid].clock <= clock)
            a = mid;
        else
            b = mid;
    }
    return (struct yplace){from, a};
}

struct yitem *yclient_at(const struct yclient *c, struct yplace p)
{
    return p.leaf < c->leaves ? c->leaf[p.leaf]->v[p.at].item : NULL;
}

struct yplace yclient_after(const struct yclient *c, struct yplace p)
{
    return p.at + 1 < c->leaf[p.leaf]->n ? (struct yplace){p.leaf, p.at + 1} : (struct yplace){p.leaf + 1, 0};
}

static struct yleaf *leaf_new(struct ydoc *d, size_t cap)
{
    struct yleaf *l = arena_alloc(d->a, sizeof *l + cap * sizeof l->v[0]);
    l->cap = cap;
    return l;
}

static void leaf_add(struct ydoc *d, struct yclient *c, size_t at, struct yleaf *l)
{
    if (c->leaves == c->cap) {
        struct yleaf **more = ARENA_ARRAY(d->a, struct yleaf *, c->cap = c->cap ? c->cap * 2 : 1);
        if (c->leaves)
            memcpy(more, c->leaf, c->leaves * sizeof *more);
        c->leaf = more;
    }
    memmove(c->leaf + at + 1, c->leaf + at, (c->leaves - at) * sizeof(struct yleaf *));
    c->leaf[at] = l;
    c->leaves++;
}

/* Room for one more in a full leaf: a small one grows, a large one gives its upper half away. */
static struct yplace make_room(struct ydoc *d, struct yclient *c, struct yplace p)
{
    enum { HALF = LEAF_MAX / 2 };
    struct yleaf *old = c->leaf[p.leaf];
    if (old->cap < LEAF_MAX) {
        struct yleaf *l = leaf_new(d, old->cap * 4 < LEAF_MAX ? old->cap * 4 : LEAF_MAX);
        memcpy(l->v, old->v, old->n * sizeof l->v[0]);
        l->n = old->n;
        c->leaf[p.leaf] = l;
        return p;
    }
    struct yleaf *upper = leaf_new(d, LEAF_MAX);
    if (p.leaf + 1 == c->leaves && p.at == old->n) { /* appending leaves full leaves behind */
        leaf_add(d, c, p.leaf + 1, upper);
        return (struct yplace){p.leaf + 1, 0};
    }
    memcpy(upper->v, old->v + HALF, HALF * sizeof upper->v[0]);
    upper->n = old->n = HALF;
    leaf_add(d, c, p.leaf + 1, upper);
    return p.at <= HALF ? p : (struct yplace){p.leaf + 1, p.at - HALF};
}

static void insert(struct ydoc *d, struct yclient *c, struct yplace p, struct yitem *i)
{
    if (c->leaf[p.leaf]->n == c->leaf[p.leaf]->cap)
        p = make_room(d, c, p);
    struct yleaf *l = c->leaf[p.leaf];
    memmove(l->v + p.at + 1, l->v + p.at, (l->n - p.at) * sizeof l->v[0]);
    l->v[p.at].clock = i->clock;
    l->v[p.at].item = i;
    l->n++;
}

void yclient_append(struct ydoc *d, struct yclient *c, struct yitem *i)
{
    if (!c->leaves)
        leaf_add(d, c, 0, leaf_new(d, 4));
    insert(d, c, (struct yplace){c->leaves - 1, c->leaf[c->leaves - 1]->n}, i);
    c->state = i->clock + i->len;
}

/* ---- cutting */

static size_t char_bytes(uint8_t first)
{
    return first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

/* Bytes before unit k of a string of n bytes and `units` units; *within: k is the second half of the character that begins there. */
static size_t byte_of_unit(struct ydoc *d, const uint8_t *p, size_t n, uint64_t units, uint64_t k, bool *within)
{
    *within = false;
    if (n == units)
        return (size_t)k;
    if (k <= units / 2) {
        size_t at = 0;
        ydoc_step(d, k / 16);
        for (uint64_t u = 0; u < k && at < n;) {
            size_t bytes = char_bytes(p[at]);
            u += bytes == 4 ? 2 : 1;
            *within = u > k;
            at += *within ? 0 : bytes;
        }
        return at < n ? at : n;
    }
    size_t at = n;
    ydoc_step(d, (units - k) / 16);
    for (uint64_t u = units; u > k && at > 0;) {
        do
            at--;
        while (at > 0 && (p[at] & 0xc0) == 0x80);
        uint64_t wide = char_bytes(p[at]) == 4 ? 2 : 1;
        *within = u - k < wide;
        u -= wide < u ? wide : u;
    }
    return at;
}

/* Gives the units of a string from k on to `right`. A pair that is cut in two becomes U+FFFD on both sides, as in every stock client. */
static void cut_string(struct ydoc *d, struct yitem *i, uint64_t k, struct yitem *right)
{
    uint64_t head = i->cut_head, tail = i->cut_tail, units = i->len - head - tail;
    bool within;
    size_t at = byte_of_unit(d, i->p, i->n, units, k - head, &within);
    size_t skip = within ? char_bytes(i->p[at]) : 0;
    if (at + skip > i->n)
        skip = i->n - at;
    right->p = i->p + at + skip;
    right->n = (uint32_t)(i->n - at - skip);
    right->cut_head = within;
    right->cut_tail = i->cut_tail;
    i->n = (uint32_t)at;
    i->cut_tail = within;
}

static void cut_values(struct ydoc *d, struct yitem *i, uint64_t k, struct yitem *right)
{
    struct content_in c = content_open((struct bytes){i->p, i->n});
    ydoc_step(d, k);
    for (uint64_t j = 0; j < k && !c.bad; j++) {
        if (i->kind == CONTENT_JSON)
            content_str(&c);
        else
            content_skip_any(&c);
    }
    right->p = c.in.p;
    right->n = (uint32_t)(c.in.end - c.in.p);
    i->n = (uint32_t)(c.in.p - i->p);
}

/* Cuts so that the part from unit k on is an item of its own, which is returned. */
static struct yitem *cut(struct ydoc *d, struct yclient *c, struct yplace at, uint64_t k)
{
    struct yitem *i = yclient_at(c, at), *right = ARENA_NEW(d->a, struct yitem);
    *right = *i;
    right->seen = right->block = 0;
    right->clock += k;
    right->len -= k;
    right->origin_client = c;
    right->origin_clock = right->clock - 1;
    if (i->kind == CONTENT_STRING)
        cut_string(d, i, k, right);
    else if (i->kind == CONTENT_JSON || i->kind == CONTENT_ANY)
        cut_values(d, i, k, right);
    i->len = k;
    right->left = i;
    if (right->right)
        right->right->left = right;
    i->right = right;
    if (i->slot && i->slot->last == i)
        i->slot->last = right;
    insert(d, c, (struct yplace){at.leaf, at.at + 1}, right);
    return right;
}

struct yitem *ydoc_begin_at(struct ydoc *d, struct yclient *c, uint64_t clock)
{
    struct yplace at = yclient_find(c, clock);
    struct yitem *i = yclient_at(c, at);
    if (i->kind == CONTENT_GC || i->clock == clock)
        return i;
    return cut(d, c, at, clock - i->clock);
}

struct yitem *ydoc_end_at(struct ydoc *d, struct yclient *c, uint64_t clock)
{
    struct yplace at = yclient_find(c, clock);
    struct yitem *i = yclient_at(c, at);
    if (i->kind != CONTENT_GC && i->clock + i->len - 1 != clock)
        cut(d, c, at, clock + 1 - i->clock);
    return i;
}

/* ---- keys */

static size_t hash(const struct ytype *t, struct str key)
{
    uint64_t h = (uint64_t)(uintptr_t)t * 0x9e3779b97f4a7c15U ^ 0xcbf29ce484222325U;
    for (size_t i = 0; i < key.n; i++)
        h = (h ^ (uint8_t)key.p[i]) * 0x100000001b3U;
    return (size_t)(h ^ h >> 29);
}

static void grow(struct ydoc *d)
{
    struct ytable *t = &d->slots, old = *t;
    t->cap = t->cap ? t->cap * 2 : 64;
    t->v = ARENA_ARRAY(d->a, struct yslot *, t->cap);
    for (size_t i = 0; i < old.cap; i++)
        for (struct yslot *s = old.v[i], *next; s; s = next) {
            struct yslot **to = &t->v[hash(s->type, s->key) & (t->cap - 1)];
            next = s->chain;
            s->chain = *to;
            *to = s;
        }
}

static struct yslot *slot_find(const struct ydoc *d, const struct ytype *t, struct str key, uint64_t *steps)
{
    struct yslot *s = d->slots.cap ? d->slots.v[hash(t, key) & (d->slots.cap - 1)] : NULL;
    for (; s && (s->type != t || !str_eq(s->key, key)); s = s->chain)
        ++*steps;
    return s;
}

struct yslot *ytype_slot(struct ydoc *d, struct ytype *t, struct str key)
{
    uint64_t steps = 0;
    struct yslot *s = slot_find(d, t, key, &steps);
    ydoc_step(d, steps + key.n / 16);
    if (s)
        return s;
    if (d->slots.n++ >= d->slots.cap)
        grow(d);
    struct yslot **to = &d->slots.v[hash(t, key) & (d->slots.cap - 1)];
    s = ARENA_NEW(d->a, struct yslot);
    *s = (struct yslot){.type = t, .key = key, .next = t ? t->slots : NULL, .chain = *to};
    *to = s;
    if (t)
        t->slots = s;
    return s;
}

struct ytype *ydoc_root_make(struct ydoc *d, struct str name)
{
    struct yslot *s = ytype_slot(d, NULL, name);
    if (!s->root) {
        s->root = ARENA_NEW(d->a, struct ytype);
        s->root->kind = TYPE_N;
        s->root->name = name;
    }
    return s->root;
}

struct ytype *ydoc_root(const struct ydoc *d, struct str name)
{
    uint64_t steps = 0;
    const struct yslot *s = slot_find(d, NULL, name, &steps);
    return s ? s->root : NULL;
}
