/* What an update from outside must keep to before it is stored: one that stock Yjs throws on, once stored, makes a document that
 * nobody can open (docs/live.md). The cursor has refused what has no form at all; here is the rest. */
#include "base/utf8.h"
#include "live/update.h"

#include <stdlib.h>

enum { DEPTH_CLIENT = 64, EMBED_CLIENT = 64 * 1024, BYTES_CLIENT = 4 * 1024 * 1024, CLIENTS_CLIENT = 20000 };
const struct update_limits update_from_client = {
    .bytes = BYTES_CLIENT,
    .depth = DEPTH_CLIENT,
    .embed_bytes = EMBED_CLIENT,
    .clients = CLIENTS_CLIENT,
    .clock = (uint64_t)1 << 31,
};

struct check {
    const struct update_limits *limits;
    const char *why;
    size_t depth;
};

static enum err no(struct check *c, enum err e, const char *why)
{
    c->why = why;
    return e;
}

static bool is_text(struct str s)
{
    return utf8_valid(s);
}

/* A name that becomes the key of an object in the browser. */
static bool is_key(struct str s)
{
    return is_text(s) && !lib0_is_proto(s);
}

static enum err check_json(struct check *c, struct str s)
{
    if (c->limits->embed_bytes && s.n > c->limits->embed_bytes)
        return no(c, ERR_LIMIT, "an embed or format value is too long");
    return lib0_json_valid(s, c->depth) ? OK : no(c, ERR_INVALID, "a value is not JSON, or nested too deep");
}

static enum err check_json_list(struct check *c, struct lib0_in *in, uint64_t n)
{
    struct str s;
    for (; n; n--) {
        if (!lib0_text(in, &s))
            return no(c, ERR_INVALID, "text is not UTF-8");
        if (!str_eq(s, STR("undefined")))
            TRY(check_json(c, s));
    }
    return OK;
}

static enum err check_any_list(struct check *c, struct lib0_in *in, uint64_t n)
{
    for (; n; n--)
        if (!lib0_check_any(in, c->depth))
            return no(c, ERR_INVALID, "a value is not as lib0 writes it, or nested too deep");
    return OK;
}

static enum err check_type(struct check *c, struct lib0_in *in)
{
    uint64_t kind;
    struct str name;
    if (!lib0_uint(in, &kind))
        return no(c, ERR_INVALID, "a type is cut off");
    if ((kind == TYPE_XML_ELEMENT || kind == TYPE_XML_HOOK) && !lib0_text(in, &name))
        return no(c, ERR_INVALID, "text is not UTF-8");
    return OK;
}

/* Yjs spreads the options of a document inside a document, so they must be an object. */
static enum err check_doc(struct check *c, struct lib0_in *in)
{
    struct str guid;
    if (!lib0_text(in, &guid))
        return no(c, ERR_INVALID, "text is not UTF-8");
    if (in->p == in->end || *in->p != LIB0_OBJECT)
        return no(c, ERR_INVALID, "the options of a document are no object");
    return check_any_list(c, in, 1);
}

static enum err check_content(struct check *c, const struct piece *p)
{
    struct lib0_in in = {p->content.p, p->content.p + p->content.n};
    struct str s, value;
    uint64_t n;
    switch (p->kind) {
    case CONTENT_STRING: return lib0_text(&in, &s) ? OK : no(c, ERR_INVALID, "text is not UTF-8");
    case CONTENT_EMBED: return lib0_text(&in, &s) ? check_json(c, s) : no(c, ERR_INVALID, "text is not UTF-8");
    case CONTENT_FORMAT:
        if (!lib0_text(&in, &s) || !is_key(s) || !lib0_text(&in, &value))
            return no(c, ERR_INVALID, "a format's name or value is not fit for text");
        return check_json(c, value);
    case CONTENT_TYPE: return check_type(c, &in);
    case CONTENT_DOC: return check_doc(c, &in);
    case CONTENT_JSON: return lib0_uint(&in, &n) ? check_json_list(c, &in, n) : no(c, ERR_INVALID, "a list is cut off");
    case CONTENT_ANY: return lib0_uint(&in, &n) ? check_any_list(c, &in, n) : no(c, ERR_INVALID, "a list is cut off");
    case CONTENT_GC:
    case CONTENT_DELETED:
    case CONTENT_BINARY:
    case CONTENT_SKIP:
    default: return OK;
    }
}

static bool from_below(const struct piece *p, bool has, struct unit_id id)
{
    return !has || id.client != p->client || id.clock < p->clock;
}

static enum err check_piece(struct check *c, const struct piece *p)
{
    if (c->limits->clock && p->clock + p->len > c->limits->clock)
        return no(c, ERR_LIMIT, "a clock is too high");
    if (!from_below(p, p->has_origin, p->origin) || !from_below(p, p->has_right, p->right) ||
        !from_below(p, p->parent == PARENT_ID, p->parent_id))
        return no(c, ERR_INVALID, "a piece refers to its own client's later clocks");
    if (p->parent == PARENT_ROOT && !is_text(p->root))
        return no(c, ERR_INVALID, "text is not UTF-8");
    if (p->has_sub && !is_key(p->sub))
        return no(c, ERR_INVALID, "a key is not fit for an entry");
    if (p->has_sub && p->kind == CONTENT_STRING)
        return no(c, ERR_INVALID, "a run of text is the entry of a map");
    return check_content(c, p);
}

/* ---- no client twice */

/* Clients as they come. Yjs writes them descending, and then none can come twice; only others need the list. */
struct seen {
    uint64_t last, n;
    bool disordered;
};

static void see(struct seen *s, uint64_t client)
{
    s->disordered |= s->n && client >= s->last;
    s->last = client;
    s->n++;
}

static int by_number(const void *one, const void *other)
{
    uint64_t a = *(const uint64_t *)one, b = *(const uint64_t *)other;
    return a < b ? -1 : a > b;
}

/* Reads the update again and collects its clients: of the blocks, or of the delete set. n: how many there are. */
static bool repeats(struct bytes update, bool of_deletes, uint64_t n)
{
    struct update_in u;
    struct piece p;
    struct span s;
    uint64_t *v = calloc(n, sizeof *v), left = UINT64_MAX;
    if (!v)
        abort();
    size_t at = 0;
    update_open(&u, update);
    while (update_next(&u, &p)) {
        if (!of_deletes && u.blocks != left)
            v[at++] = p.client;
        left = u.blocks;
    }
    left = UINT64_MAX;
    while (of_deletes && update_next_delete(&u, &s)) {
        if (u.blocks != left)
            v[at++] = s.client;
        left = u.blocks;
    }
    qsort(v, at, sizeof *v, by_number);
    bool found = false;
    for (size_t i = 1; i < at; i++)
        found |= v[i] == v[i - 1];
    free(v);
    return found;
}

/* ---- the whole */

static enum err check_seen(struct check *c, struct bytes update, bool of_deletes, uint64_t said, const struct seen *s)
{
    if (s->n != said)
        return no(c, ERR_INVALID, "a client is named with nothing of it");
    if (s->disordered && repeats(update, of_deletes, s->n))
        return no(c, ERR_INVALID, "a client is named twice");
    return OK;
}

static enum err check_pieces(struct check *c, struct update_in *u, struct bytes update)
{
    uint64_t said = u->blocks, left = UINT64_MAX;
    struct seen seen = {0};
    struct piece p;
    if (c->limits->clients && said > c->limits->clients)
        return no(c, ERR_LIMIT, "too many clients");
    while (update_next(u, &p)) {
        if (u->blocks != left)
            see(&seen, p.client);
        left = u->blocks;
        TRY(check_piece(c, &p));
    }
    if (u->bad)
        return no(c, u->bad, "not of the form of an update");
    return check_seen(c, update, false, said, &seen);
}

static enum err check_deletes(struct check *c, struct update_in *u, struct bytes update)
{
    uint64_t said = u->blocks, left = UINT64_MAX;
    struct seen seen = {0};
    struct span s;
    if (c->limits->clients && said > c->limits->clients)
        return no(c, ERR_LIMIT, "too many clients");
    while (update_next_delete(u, &s)) {
        if (u->blocks != left)
            see(&seen, s.client);
        left = u->blocks;
        if (c->limits->clock && s.clock + s.len > c->limits->clock)
            return no(c, ERR_LIMIT, "a clock is too high");
    }
    if (u->bad)
        return no(c, u->bad, "not of the form of a delete set");
    return check_seen(c, update, true, said, &seen);
}

enum err update_check(struct bytes update, const struct update_limits *limits, const char **why)
{
    static const struct update_limits none = {0};
    struct check c = {.limits = limits ? limits : &none};
    c.depth = c.limits->depth ? c.limits->depth : LIB0_DEPTH_MAX;
    struct update_in u;
    update_open(&u, update);
    enum err e = c.limits->bytes && update.n > c.limits->bytes ? no(&c, ERR_LIMIT, "too many bytes")
                 : u.bad                                       ? no(&c, u.bad, "not of the form of an update")
                                                               : check_pieces(&c, &u, update);
    if (e == OK)
        e = check_deletes(&c, &u, update);
    if (e && why)
        *why = c.why;
    return e;
}
