#include "live/part.h"

static const uint8_t half[] = {0xEF, 0xBF, 0xBD}; /* U+FFFD */

bool part_of(const struct piece *p, struct part *out)
{
    *out = (struct part){.p = *p, .body = p->content, .as_it_stood = true};
    struct lib0_in in = {p->content.p, p->content.p + p->content.n};
    uint64_t n;
    if (p->kind == CONTENT_STRING)
        return lib0_bytes(&in, &out->body);
    if (p->kind == CONTENT_ANY || p->kind == CONTENT_JSON) {
        bool ok = lib0_uint(&in, &n);
        out->body = (struct bytes){in.p, lib0_left(&in)};
        return ok;
    }
    return true;
}

void part_delete(struct part *t)
{
    if (t->p.kind == CONTENT_DELETED)
        return;
    t->p.kind = CONTENT_DELETED;
    t->half_before = t->half_behind = t->as_it_stood = false;
}

/* ---- cutting */

/* Bytes of the first k elements. */
static bool elements_end(struct bytes body, enum content_kind kind, uint64_t k, size_t *at)
{
    struct lib0_in in = {body.p, body.p + body.n};
    struct bytes s;
    for (; k; k--)
        if (kind == CONTENT_JSON ? !lib0_bytes(&in, &s) : !lib0_skip_any(&in, LIB0_DEPTH_MAX))
            return false;
    *at = (size_t)(in.p - body.p);
    return true;
}

static void split_text(struct part *rest, uint64_t k, struct part *head)
{
    size_t at = 0;
    if (rest->half_before)
        k--;
    bool inside = lib0_unit_at(rest->body, k, &at);
    size_t skipped = inside ? 4 : 0;
    if (skipped > rest->body.n - at)
        skipped = rest->body.n - at;
    head->body.n = at;
    head->half_behind = inside;
    rest->body = (struct bytes){rest->body.p + at + skipped, rest->body.n - at - skipped};
    rest->half_before = inside;
}

bool part_split(struct part *rest, uint64_t k, struct part *head)
{
    *head = *rest;
    head->p.len = k;
    rest->p.clock += k;
    rest->p.len -= k;
    head->as_it_stood = rest->as_it_stood = false;
    enum content_kind kind = rest->p.kind;
    if (kind == CONTENT_GC)
        return true;
    rest->p.has_origin = true;
    rest->p.origin = (struct unit_id){rest->p.client, rest->p.clock - 1};
    rest->p.parent = PARENT_NONE;
    rest->p.has_sub = false;
    if (kind == CONTENT_DELETED)
        return true;
    if (kind == CONTENT_STRING) {
        split_text(rest, k, head);
        return true;
    }
    size_t at;
    if ((kind != CONTENT_ANY && kind != CONTENT_JSON) || !elements_end(rest->body, kind, k, &at))
        return false;
    head->body.n = at;
    rest->body = (struct bytes){rest->body.p + at, rest->body.n - at};
    return true;
}

/* ---- writing */

static void put_id(struct buf *b, struct unit_id id)
{
    lib0_put_uint(b, id.client);
    lib0_put_uint(b, id.clock);
}

static void put_header(struct buf *b, const struct piece *p)
{
    if (p->kind == CONTENT_GC || p->kind == CONTENT_SKIP) {
        buf_byte(b, (char)p->kind);
        return;
    }
    buf_byte(b, (char)((int)p->kind | (p->has_sub ? 0x20 : 0) | (p->has_right ? 0x40 : 0) | (p->has_origin ? 0x80 : 0)));
    if (p->has_origin)
        put_id(b, p->origin);
    if (p->has_right)
        put_id(b, p->right);
    if (p->has_origin || p->has_right)
        return;
    buf_byte(b, (char)(p->parent == PARENT_ROOT));
    if (p->parent == PARENT_ROOT)
        lib0_put_str(b, p->root);
    else
        put_id(b, p->parent_id);
    if (p->has_sub)
        lib0_put_str(b, p->sub);
}

static void put_text(struct buf *b, const struct part *t)
{
    if (t->half_before)
        buf_add(b, half, sizeof half);
    buf_add(b, t->body.p, t->body.n);
    if (t->half_behind)
        buf_add(b, half, sizeof half);
}

static void put_part(struct buf *b, const struct part *t)
{
    if (t->as_it_stood) {
        buf_add(b, t->p.whole.p, t->p.whole.n);
        return;
    }
    put_header(b, &t->p);
    if (t->p.kind == CONTENT_GC || t->p.kind == CONTENT_SKIP || t->p.kind == CONTENT_DELETED) {
        lib0_put_uint(b, t->p.len);
    } else if (t->p.kind == CONTENT_STRING) {
        lib0_put_uint(b, t->body.n + sizeof half * ((size_t)t->half_before + t->half_behind));
        put_text(b, t);
    } else {
        if (t->p.kind == CONTENT_ANY || t->p.kind == CONTENT_JSON)
            lib0_put_uint(b, t->p.len);
        buf_add(b, t->body.p, t->body.n);
    }
}

/* May b be the continuation of a in one piece? Other clients' pieces may stand between them: whoever integrates cuts there again. Lists
 * of values are left alone, since entries of one key of a map would look the same. */
static bool joins(const struct part *a, const struct part *b)
{
    if (a->p.kind != b->p.kind || a->p.clock + a->p.len != b->p.clock)
        return false;
    if (a->p.kind == CONTENT_GC)
        return true;
    return (a->p.kind == CONTENT_STRING || a->p.kind == CONTENT_DELETED) && b->p.has_origin &&
           unit_id_eq(b->p.origin, (struct unit_id){b->p.client, b->p.clock - 1}) && a->p.has_right == b->p.has_right &&
           (!a->p.has_right || unit_id_eq(a->p.right, b->p.right));
}

static void join(struct update_out *o, const struct part *t)
{
    struct part *last = &o->last;
    last->p.len += t->p.len;
    last->as_it_stood = false;
    if (last->p.kind != CONTENT_STRING)
        return;
    if (!o->text.n) {
        put_text(&o->text, last);
        last->half_before = last->half_behind = false;
    }
    put_text(&o->text, t);
}

static void flush(struct update_out *o)
{
    if (!o->has_last)
        return;
    if (o->text.n)
        o->last.body = (struct bytes){(const uint8_t *)o->text.p, o->text.n};
    put_part(&o->body, &o->last);
    o->body.bad |= o->text.bad;
    buf_clear(&o->text);
    o->has_last = false;
    o->n_pieces++;
}

void update_out_open(struct update_out *o, const struct buf *to)
{
    *o = (struct update_out){.blocks = {.max = to->max}, .body = {.max = to->max}, .text = {.max = to->max}};
}

void update_out_begin(struct update_out *o, uint64_t client)
{
    o->client = client;
    o->n_pieces = 0;
    o->has_last = false;
    o->body.n = 0;
}

void update_out_part(struct update_out *o, const struct part *t)
{
    if (o->has_last && joins(&o->last, t)) {
        join(o, t);
        o->next = t->p.clock + t->p.len;
        return;
    }
    flush(o);
    if (!o->n_pieces)
        o->first = t->p.clock;
    if (o->n_pieces && t->p.clock > o->next) {
        struct part gap = {.p = {.kind = CONTENT_SKIP, .len = t->p.clock - o->next}};
        put_part(&o->body, &gap);
        o->n_pieces++;
    }
    o->last = *t;
    o->has_last = true;
    o->next = t->p.clock + t->p.len;
}

void update_out_tail(struct update_out *o, const struct part *first, struct bytes tail, uint64_t n)
{
    update_out_part(o, first);
    flush(o);
    buf_add(&o->body, tail.p, tail.n);
    o->n_pieces += n;
}

void update_out_end(struct update_out *o)
{
    flush(o);
    if (!o->n_pieces)
        return;
    lib0_put_uint(&o->blocks, o->n_pieces);
    lib0_put_uint(&o->blocks, o->client);
    lib0_put_uint(&o->blocks, o->first);
    buf_add(&o->blocks, o->body.p, o->body.n);
    o->n_blocks++;
}

void update_out_drop(struct update_out *o)
{
    buf_free(&o->blocks);
    buf_free(&o->body);
    buf_free(&o->text);
}

static void put_deletes(struct buf *b, const struct ranges *deleted)
{
    lib0_put_uint(b, deleted->n);
    for (size_t i = deleted->n; i-- > 0;) {
        const struct client_ranges *c = &deleted->v[i];
        lib0_put_uint(b, c->client);
        lib0_put_uint(b, c->n);
        for (size_t j = 0; j < c->n; j++) {
            lib0_put_uint(b, c->v[j].start);
            lib0_put_uint(b, c->v[j].end - c->v[j].start);
        }
    }
}

enum err update_out_close(struct update_out *o, const struct ranges *deleted, struct buf *to)
{
    lib0_put_uint(to, o->n_blocks);
    buf_add(to, o->blocks.p, o->blocks.n);
    put_deletes(to, deleted);
    to->bad |= o->blocks.bad || o->body.bad;
    update_out_drop(o);
    return to->bad ? ERR_LIMIT : OK;
}
