/* ydoc_integrate.c: YATA: where an item goes among those that were written at the same place at the same time. */
#include "live/ydoc_tree.h"

/* ---- deleting */

static void mark(struct ydoc *d, struct yitem *i, struct ytype **types)
{
    if (i->deleted)
        return;
    i->deleted = true;
    if (d->log)
        ranges_add(d->log, i->client->id, i->clock, i->len);
    if (i->kind == CONTENT_TYPE) {
        i->type->next = *types;
        *types = i->type;
    }
}

void yitem_delete(struct ydoc *d, struct yitem *i)
{
    struct ytype *types = NULL;
    mark(d, i, &types);
    while (types) {
        struct ytype *t = types;
        types = t->next;
        for (struct yitem *child = t->start; child && ydoc_step(d, 1); child = child->right)
            mark(d, child, &types);
        for (struct yslot *s = t->slots; s && ydoc_step(d, 1); s = s->next)
            if (s->last)
                mark(d, s->last, &types);
    }
}

/* ---- the place */

static bool same_unit(const struct yclient *ac, uint64_t a, const struct yclient *bc, uint64_t b)
{
    return ac == bc && (!ac || a == b);
}

static struct yitem *first_of(const struct yitem *i)
{
    return i->slot ? i->slot->first : i->parent->start;
}

/* What was written between left and right meanwhile: the left one of all that, behind which `i` stands. Two rounds of numbers stand for
 * two sets: `seen` all that was passed, `block` what was passed since the last place that would do. */
static struct yitem *settle(struct ydoc *d, const struct yitem *i)
{
    struct yitem *left = i->left;
    uint32_t seen = ++d->round, block = ++d->round;
    for (struct yitem *o = left ? left->right : first_of(i); o && o != i->right && ydoc_step(d, 1); o = o->right) {
        o->seen = seen;
        o->block = block;
        if (same_unit(o->origin_client, o->origin_clock, i->origin_client, i->origin_clock)) {
            if (o->client->id < i->client->id) {
                left = o;
                block = ++d->round;
            } else if (same_unit(o->right_client, o->right_clock, i->right_client, i->right_clock)) {
                break;
            }
            continue;
        }
        if (!o->origin_client)
            break;
        const struct yitem *origin = yclient_at(o->origin_client, yclient_find(o->origin_client, o->origin_clock));
        if (origin->seen != seen)
            break;
        if (origin->block != block) {
            left = o;
            block = ++d->round;
        }
    }
    return left;
}

static void link_in(struct yitem *i)
{
    struct yitem **first = i->slot ? &i->slot->first : &i->parent->start;
    i->right = i->left ? i->left->right : *first;
    if (i->left)
        i->left->right = i;
    else
        *first = i;
    if (i->right)
        i->right->left = i;
}

static void place(struct ydoc *d, struct yitem *i)
{
    const struct yitem *left = i->left, *right = i->right;
    if (left ? left->right != right : !right || right->left)
        i->left = settle(d, i);
    link_in(i);
    bool over = i->slot && i->right; /* somebody wrote this key later */
    if (i->slot && !over) {
        i->slot->last = i;
        if (i->left)
            yitem_delete(d, i->left);
    }
    if (over || (i->parent->item && i->parent->item->deleted))
        yitem_delete(d, i);
}

/* ---- from a piece to an item */

static void type_content(struct ydoc *d, struct yitem *i, struct content_in c)
{
    uint64_t kind = content_uint(&c);
    if (kind >= TYPE_N)
        c.bad = true;
    i->type = ARENA_NEW(d->a, struct ytype);
    i->type->kind = c.bad ? TYPE_MAP : (enum type_kind)kind;
    i->type->item = i;
    if (i->type->kind == TYPE_XML_ELEMENT || i->type->kind == TYPE_XML_HOOK)
        i->type->name = content_str(&c);
    if (c.bad && !d->bad)
        d->bad = ERR_INVALID;
}

static void content(struct ydoc *d, struct yitem *i, const struct piece *p)
{
    struct content_in c = content_open(p->content);
    i->kind = (uint8_t)p->kind;
    i->deleted = p->kind == CONTENT_DELETED || p->kind == CONTENT_GC;
    switch (p->kind) {
    case CONTENT_TYPE:
        type_content(d, i, c);
        return;
    case CONTENT_STRING:
    case CONTENT_EMBED:
    case CONTENT_BINARY: {
        struct str s = content_str(&c);
        i->p = (const uint8_t *)s.p;
        i->n = (uint32_t)s.n;
        break;
    }
    case CONTENT_JSON:
    case CONTENT_ANY:
        content_uint(&c);
        i->p = c.in.p;
        i->n = (uint32_t)(c.in.end - c.in.p);
        break;
    case CONTENT_FORMAT:
    case CONTENT_DOC:
        i->p = c.in.p;
        i->n = (uint32_t)(c.in.end - c.in.p);
        break;
    case CONTENT_GC:
    case CONTENT_DELETED:
    case CONTENT_SKIP:
        break;
    }
    if (c.bad && !d->bad)
        d->bad = ERR_INVALID;
}

/* Ranges of what is gone are never looked into, so that neighbours can be one. */
static void add_gc(struct ydoc *d, struct yclient *c, const struct piece *p)
{
    struct yitem *last = NULL;
    if (c->leaves) {
        const struct yleaf *l = c->leaf[c->leaves - 1];
        last = l->v[l->n - 1].item;
    }
    if (last && last->kind == CONTENT_GC) {
        last->len += p->len;
        c->state += p->len;
        return;
    }
    struct yitem *i = ARENA_NEW(d->a, struct yitem);
    *i = (struct yitem){.client = c, .clock = p->clock, .len = p->len, .kind = CONTENT_GC, .deleted = true};
    yclient_append(d, c, i);
}

/* The parent: as said, or that of a neighbour. False: there is none any more. */
static bool find_parent(struct ydoc *d, struct yitem *i, const struct piece *p)
{
    if ((i->left && i->left->kind == CONTENT_GC) || (i->right && i->right->kind == CONTENT_GC))
        return false;
    const struct yitem *like = i->left ? i->left : i->right;
    if (p->parent == PARENT_ROOT) {
        i->parent = ydoc_root_make(d, p->root);
    } else if (p->parent == PARENT_ID) {
        struct yclient *c = ydoc_client(d, p->parent_id.client);
        const struct yitem *holder = yclient_at(c, yclient_find(c, p->parent_id.clock));
        i->parent = holder->kind == CONTENT_TYPE ? holder->type : NULL;
    } else if (like) {
        i->parent = like->parent;
        i->slot = like->slot;
        return true;
    }
    if (i->parent && p->has_sub)
        i->slot = ytype_slot(d, i->parent, p->sub);
    return i->parent;
}

void ydoc_integrate(struct ydoc *d, struct yclient *c, const struct piece *p)
{
    if (!ydoc_step(d, 1))
        return;
    if (arena_used(d->a) - d->arena_before > YDOC_MEMORY_MAX) {
        d->bad = ERR_LIMIT;
        return;
    }
    struct yitem probe = {.client = c, .clock = p->clock, .len = p->len};
    if (p->kind != CONTENT_GC) {
        if (p->has_right) {
            probe.right_client = ydoc_client(d, p->right.client);
            probe.right_clock = p->right.clock;
            probe.right = ydoc_begin_at(d, probe.right_client, p->right.clock);
        }
        if (p->has_origin) { /* last: the cut before right may have gone through the same item */
            probe.origin_client = ydoc_client(d, p->origin.client);
            probe.origin_clock = p->origin.clock;
            probe.left = ydoc_end_at(d, probe.origin_client, p->origin.clock);
        }
    }
    if (p->kind == CONTENT_GC || !find_parent(d, &probe, p)) {
        add_gc(d, c, p);
        return;
    }
    struct yitem *i = ARENA_NEW(d->a, struct yitem);
    *i = probe;
    content(d, i, p);
    yclient_append(d, c, i);
    place(d, i);
}
