#include "live/update.h"

#include <stdlib.h>

/* The bits of a piece's first byte. */
enum { BITS_KIND = 0x1f, BIT_SUB = 0x20, BIT_RIGHT = 0x40, BIT_ORIGIN = 0x80 };
/* The least bytes of things that a count is given of, so that no count is believed that the rest could not hold. */
enum { LEAST_BLOCK = 5, LEAST_PIECE = 2, LEAST_DELETES = 4, LEAST_RANGE = 2 };

static bool stop(struct update_in *u)
{
    u->bad = ERR_INVALID;
    return false;
}

static bool count(struct update_in *u, size_t least, uint64_t *out)
{
    return (lib0_uint(&u->in, out) && *out <= lib0_left(&u->in) / least) || stop(u);
}

void update_open(struct update_in *u, struct bytes update)
{
    *u = (struct update_in){.in = {update.p, update.p ? update.p + update.n : update.p}};
    count(u, LEAST_BLOCK, &u->blocks);
}

/* ---- pieces */

static bool read_id(struct lib0_in *in, struct unit_id *id)
{
    return lib0_uint(in, &id->client) && lib0_uint(in, &id->clock);
}

static bool read_name(struct lib0_in *in, struct str *out)
{
    struct bytes s;
    if (!lib0_bytes(in, &s))
        return false;
    *out = (struct str){(const char *)s.p, s.n};
    return true;
}

static bool read_parent(struct lib0_in *in, bool with_sub, struct piece *out)
{
    uint64_t named;
    if (!lib0_uint(in, &named) || named > 1)
        return false;
    out->parent = named ? PARENT_ROOT : PARENT_ID;
    if (named ? !read_name(in, &out->root) : !read_id(in, &out->parent_id))
        return false;
    out->has_sub = with_sub;
    return !with_sub || read_name(in, &out->sub);
}

static bool read_header(struct lib0_in *in, struct piece *out)
{
    uint8_t info = *in->p++;
    out->kind = (enum content_kind)(info & BITS_KIND);
    if (out->kind == CONTENT_GC || out->kind == CONTENT_SKIP)
        return (info & ~BITS_KIND) == 0;
    if (out->kind > CONTENT_SKIP)
        return false;
    out->has_origin = info & BIT_ORIGIN;
    out->has_right = info & BIT_RIGHT;
    if (out->has_origin && !read_id(in, &out->origin))
        return false;
    if (out->has_right && !read_id(in, &out->right))
        return false;
    return out->has_origin || out->has_right || read_parent(in, info & BIT_SUB, out);
}

static bool skip_list(struct lib0_in *in, bool json, uint64_t *len)
{
    if (!lib0_uint(in, len) || *len > lib0_left(in))
        return false;
    struct bytes s;
    for (uint64_t i = 0; i < *len; i++)
        if (json ? !lib0_bytes(in, &s) : !lib0_skip_any(in, LIB0_DEPTH_MAX))
            return false;
    return true;
}

static bool skip_type(struct lib0_in *in)
{
    uint64_t kind;
    struct bytes s;
    if (!lib0_uint(in, &kind) || kind >= TYPE_N)
        return false;
    return (kind != TYPE_XML_ELEMENT && kind != TYPE_XML_HOOK) || lib0_bytes(in, &s);
}

/* Steps over the content; *len as far as the content says it. */
static bool skip_content(struct lib0_in *in, enum content_kind kind, uint64_t *len)
{
    struct bytes s;
    *len = 1;
    switch (kind) {
    case CONTENT_GC:
    case CONTENT_SKIP:
    case CONTENT_DELETED: return lib0_uint(in, len);
    case CONTENT_STRING:
        if (!lib0_bytes(in, &s))
            return false;
        *len = lib0_units(s);
        return true;
    case CONTENT_BINARY:
    case CONTENT_EMBED: return lib0_bytes(in, &s);
    case CONTENT_FORMAT: return lib0_bytes(in, &s) && lib0_bytes(in, &s);
    case CONTENT_TYPE: return skip_type(in);
    case CONTENT_DOC: return lib0_bytes(in, &s) && lib0_skip_any(in, LIB0_DEPTH_MAX);
    case CONTENT_JSON:
    case CONTENT_ANY: return skip_list(in, kind == CONTENT_JSON, len);
    default: return false;
    }
}

/* To the next block that has pieces; false when there is none. */
static bool next_block(struct update_in *u)
{
    while (!u->pieces) {
        if (!u->blocks) {
            u->in_deletes = true;
            return count(u, LEAST_DELETES, &u->blocks) && false;
        }
        u->blocks--;
        uint64_t pieces;
        if (!lib0_uint(&u->in, &pieces) || !lib0_uint(&u->in, &u->client) || !lib0_uint(&u->in, &u->clock))
            return stop(u);
        if (pieces > lib0_left(&u->in) / LEAST_PIECE)
            return stop(u);
        u->pieces = pieces;
    }
    return true;
}

bool update_next(struct update_in *u, struct piece *out)
{
    if (u->bad || u->in_deletes || (!u->pieces && !next_block(u)))
        return false;
    const uint8_t *from = u->in.p;
    if (from == u->in.end)
        return stop(u);
    *out = (struct piece){.client = u->client, .clock = u->clock};
    if (!read_header(&u->in, out))
        return stop(u);
    const uint8_t *body = u->in.p;
    if (!skip_content(&u->in, out->kind, &out->len) || out->len == 0 || out->len > LIB0_UINT_MAX - u->clock)
        return stop(u);
    out->content = (struct bytes){body, (size_t)(u->in.p - body)};
    out->whole = (struct bytes){from, (size_t)(u->in.p - from)};
    u->clock += out->len;
    u->pieces--;
    return true;
}

/* ---- deletions */

bool update_next_delete(struct update_in *u, struct span *out)
{
    while (!u->bad && u->in_deletes && !u->pieces) {
        if (!u->blocks)
            return u->in.p == u->in.end ? false : stop(u);
        u->blocks--;
        if (!lib0_uint(&u->in, &u->client) || !count(u, LEAST_RANGE, &u->pieces))
            return stop(u);
    }
    if (u->bad || !u->in_deletes)
        return false;
    *out = (struct span){.client = u->client};
    if (!lib0_uint(&u->in, &out->clock) || !lib0_uint(&u->in, &out->len) || out->len == 0 || out->len > LIB0_UINT_MAX - out->clock)
        return stop(u);
    u->pieces--;
    return true;
}

/* Runs on their way into a set. Added one by one, runs in a bad order would move the whole set each time; so they are gathered and sorted
 * once. An edit has few, and those need no memory. */
struct gathered {
    struct span few[8], *v;
    size_t n, cap;
};

static void gather(struct gathered *g, const struct span *s)
{
    struct span *last = g->n ? &(g->cap ? g->v : g->few)[g->n - 1] : NULL;
    if (last && last->client == s->client && last->clock + last->len == s->clock) {
        last->len += s->len;
        return;
    }
    if (g->n == (g->cap ? g->cap : COUNT(g->few))) {
        size_t cap = g->n * 4;
        struct span *v = reallocarray(g->v, cap, sizeof *v);
        if (!v)
            abort();
        if (!g->cap)
            memcpy(v, g->few, sizeof g->few);
        g->v = v;
        g->cap = cap;
    }
    (g->cap ? g->v : g->few)[g->n++] = *s;
}

static void gathered_add(struct gathered *g, struct ranges *into)
{
    if (g->cap)
        ranges_add_spans(into, g->v, g->n);
    else
        for (size_t i = 0; i < g->n; i++)
            ranges_add(into, g->few[i].client, g->few[i].clock, g->few[i].len);
    free(g->v);
}

enum err update_deletes(struct update_in *u, struct ranges *into)
{
    struct gathered g;
    g.v = NULL;
    g.n = g.cap = 0;
    struct span s;
    while (update_next_delete(u, &s))
        gather(&g, &s);
    gathered_add(&g, into);
    return u->bad;
}

/* ---- what it speaks about */

enum err update_ranges(struct bytes update, struct ranges *content, struct ranges *deleted)
{
    struct gathered g;
    g.v = NULL;
    g.n = g.cap = 0;
    struct update_in u;
    struct piece p;
    update_open(&u, update);
    while (update_next(&u, &p))
        if (p.kind != CONTENT_SKIP)
            gather(&g, &(struct span){p.client, p.clock, p.len});
    gathered_add(&g, content);
    return u.bad ? u.bad : update_deletes(&u, deleted);
}

enum err update_is_new(struct bytes update, const struct ranges *content, const struct ranges *deleted, bool *is_new)
{
    struct update_in u;
    struct piece p;
    struct span s;
    bool found = false;
    update_open(&u, update);
    while (!found && update_next(&u, &p))
        found = p.kind != CONTENT_SKIP && !ranges_has(content, p.client, p.clock, p.len);
    while (!found && update_next_delete(&u, &s))
        found = !ranges_has(deleted, s.client, s.clock, s.len);
    if (u.bad)
        return u.bad;
    *is_new = found;
    return OK;
}

bool update_is_empty(struct bytes update)
{
    struct update_in u;
    struct piece p;
    struct span s;
    update_open(&u, update);
    return !update_next(&u, &p) && !update_next_delete(&u, &s) && !u.bad;
}

/* ---- state vectors */

enum err sv_read(struct bytes sv, uint64_t most_clients, struct ranges *out)
{
    struct lib0_in in = {sv.p, sv.p ? sv.p + sv.n : sv.p};
    uint64_t n;
    if (!lib0_uint(&in, &n) || n > lib0_left(&in) / 2)
        return ERR_INVALID;
    if (n > most_clients)
        return ERR_LIMIT;
    for (; n; n--) {
        struct unit_id next;
        if (!read_id(&in, &next) || ranges_of(out, next.client))
            return ERR_INVALID;
        if (next.clock)
            ranges_add(out, next.client, 0, next.clock);
    }
    return in.p == in.end ? OK : ERR_INVALID;
}

void sv_write(const struct ranges *content, struct buf *out)
{
    uint64_t n = 0;
    for (size_t i = 0; i < content->n; i++)
        n += content->v[i].v[0].start == 0;
    lib0_put_uint(out, n);
    for (size_t i = content->n; i-- > 0;) {
        const struct client_ranges *c = &content->v[i];
        if (c->v[0].start == 0) {
            lib0_put_uint(out, c->client);
            lib0_put_uint(out, c->v[0].end);
        }
    }
}
