/* ydoc_read.c: what stands in an integrated document, as JSON. */
#include "live/ydoc_tree.h"

#include <stdlib.h>

/* ---- formatting */

enum err yattrs_apply(struct yattrs *at, const struct yitem *format)
{
    struct content_in c = content_open((struct bytes){format->p, format->n});
    struct str key = content_str(&c), value = content_str(&c);
    if (c.bad)
        return ERR_INVALID;
    size_t k = 0;
    while (k < at->n && str_cmp(at->v[k].key, key) < 0)
        k++;
    bool there = k < at->n && str_eq(at->v[k].key, key), gone = str_is(value, "null");
    if (there && gone) {
        memmove(at->v + k, at->v + k + 1, (--at->n - k) * sizeof at->v[0]);
    } else if (!gone) {
        if (!there && at->n == YATTRS_MAX)
            return ERR_LIMIT;
        if (!there)
            memmove(at->v + k + 1, at->v + k, (at->n++ - k) * sizeof at->v[0]);
        at->v[k] = (struct yattr){key, value};
    }
    return OK;
}

bool yattrs_eq(const struct yattrs *a, const struct yattrs *b)
{
    bool same = a->n == b->n;
    for (size_t i = 0; same && i < a->n; i++)
        same = str_eq(a->v[i].key, b->v[i].key) && str_eq(a->v[i].value, b->v[i].value);
    return same;
}

static void put_attributes(const struct yattrs *at, struct buf *out)
{
    if (!at->n)
        return;
    buf_c(out, ",\"attributes\":{");
    for (size_t i = 0; i < at->n; i++) {
        if (i)
            buf_byte(out, ',');
        json_put_str(out, at->v[i].key);
        buf_byte(out, ':');
        buf_str(out, at->v[i].value);
    }
    buf_byte(out, '}');
}

/* ---- values */

static enum err type_json(const struct ytype *t, enum type_kind kind, int depth, struct buf *out);

static const struct str half = {"\xef\xbf\xbd", 3}; /* what stands for half of a pair */

void ystring_put(const struct yitem *i, struct buf *out)
{
    if (i->cut_head)
        buf_str(out, half);
    buf_add(out, i->p, i->n);
    if (i->cut_tail)
        buf_str(out, half);
}

/* A value of the legacy JSON content. */
static void legacy_json(struct str s, struct buf *out)
{
    buf_str(out, str_is(s, "undefined") ? STR("null") : s);
}

/* An item that is one value. */
static enum err value_json(const struct yitem *i, int depth, struct buf *out)
{
    struct content_in c = content_open((struct bytes){i->p, i->n});
    switch ((enum content_kind)i->kind) {
    case CONTENT_TYPE:
        return type_json(i->type, i->type->kind, depth + 1, out);
    case CONTENT_EMBED:
        buf_add(out, i->p, i->n);
        return OK;
    case CONTENT_BINARY:
        json_put_base64(out, (struct bytes){i->p, i->n});
        return OK;
    case CONTENT_DOC:
        buf_c(out, "{\"guid\":");
        json_put_str(out, content_str(&c));
        buf_byte(out, '}');
        return c.bad ? ERR_INVALID : OK;
    case CONTENT_GC:
    case CONTENT_DELETED:
    case CONTENT_JSON:
    case CONTENT_STRING:
    case CONTENT_FORMAT:
    case CONTENT_ANY:
    case CONTENT_SKIP:
        break;
    }
    buf_c(out, "null");
    return OK;
}

static void between(bool *more, struct buf *out)
{
    if (*more)
        buf_byte(out, ',');
    *more = true;
}

/* ---- arrays */

static enum err elements_json(const struct yitem *i, int depth, bool *more, struct buf *out)
{
    struct content_in c = content_open((struct bytes){i->p, i->n});
    if (i->kind != CONTENT_JSON && i->kind != CONTENT_ANY) {
        between(more, out);
        return value_json(i, depth, out);
    }
    for (uint64_t k = 0; k < i->len && !c.bad && !out->bad; k++) {
        between(more, out);
        if (i->kind == CONTENT_JSON)
            legacy_json(content_str(&c), out);
        else
            content_any_json(&c, out);
    }
    return c.bad ? ERR_INVALID : OK;
}

/* Text in an array: each character an element. Only documents made on purpose have it. */
static void characters_json(const struct yitem *i, bool *more, struct buf *out)
{
    if (i->cut_head) {
        between(more, out);
        json_put_str(out, half);
    }
    for (size_t at = 0, n; at < i->n && !out->bad; at += n) {
        n = i->p[at] < 0x80 ? 1 : i->p[at] < 0xe0 ? 2 : i->p[at] < 0xf0 ? 3 : 4;
        n = n < i->n - at ? n : i->n - at;
        between(more, out);
        json_put_str(out, (struct str){(const char *)i->p + at, n});
    }
    if (i->cut_tail) {
        between(more, out);
        json_put_str(out, half);
    }
}

static enum err array_json(const struct ytype *t, int depth, struct buf *out)
{
    bool more = false;
    buf_byte(out, '[');
    for (const struct yitem *i = t->start; i && !out->bad; i = i->right) {
        if (i->deleted || i->kind == CONTENT_FORMAT)
            continue;
        if (i->kind == CONTENT_STRING)
            characters_json(i, &more, out);
        else
            TRY(elements_json(i, depth, &more, out));
    }
    buf_byte(out, ']');
    return OK;
}

/* ---- maps */

/* The last of several values in one item; false: undefined. */
static bool last_value_json(const struct yitem *i, struct buf *out)
{
    struct content_in c = content_open((struct bytes){i->p, i->n});
    struct str legacy = {0};
    for (uint64_t k = 0; k + (i->kind == CONTENT_ANY) < i->len && !c.bad; k++) {
        if (i->kind == CONTENT_JSON)
            legacy = content_str(&c);
        else
            content_skip_any(&c);
    }
    if (c.bad || (i->kind == CONTENT_JSON ? str_is(legacy, "undefined") : content_is_undefined(&c)))
        return false;
    if (i->kind == CONTENT_JSON)
        legacy_json(legacy, out);
    else
        content_any_json(&c, out);
    return !c.bad;
}

bool yslot_json(const struct yslot *s, struct buf *out)
{
    const struct yitem *i = s->last;
    if (!i || i->deleted)
        return false;
    if (i->kind == CONTENT_JSON || i->kind == CONTENT_ANY)
        return last_value_json(i, out);
    if (i->kind == CONTENT_TYPE)
        return false;
    return value_json(i, 0, out) == OK;
}

static int by_key(const void *x, const void *y)
{
    return str_cmp((*(struct yslot *const *)x)->key, (*(struct yslot *const *)y)->key);
}

static enum err slots_json(struct yslot **v, size_t n, int depth, struct buf *out)
{
    bool more = false;
    for (size_t k = 0; k < n && !out->bad; k++) {
        size_t before = out->n;
        bool was = more, is_type = v[k]->last && !v[k]->last->deleted && v[k]->last->kind == CONTENT_TYPE;
        between(&more, out);
        json_put_str(out, v[k]->key);
        buf_byte(out, ':');
        if (is_type) {
            TRY(value_json(v[k]->last, depth, out));
        } else if (!yslot_json(v[k], out) && !out->bad) {
            out->n = before;
            more = was;
        }
    }
    return OK;
}

static enum err map_json(const struct ytype *t, int depth, struct buf *out)
{
    size_t n = 0;
    for (const struct yslot *s = t->slots; s; s = s->next)
        n++;
    struct yslot **v = calloc(n + 1, sizeof(struct yslot *));
    if (!v)
        return ERR_LIMIT;
    n = 0;
    for (struct yslot *s = t->slots; s; s = s->next)
        v[n++] = s;
    qsort(v, n, sizeof(struct yslot *), by_key);
    buf_byte(out, '{');
    enum err e = slots_json(v, n, depth, out);
    free(v);
    buf_byte(out, '}');
    return e;
}

/* ---- text */

struct delta {
    struct buf *out;
    struct yattrs now, open; /* open: of the run that is being written */
    bool in_run, more;
    struct buf run;
};

static void end_run(struct delta *t)
{
    if (t->in_run) {
        between(&t->more, t->out);
        buf_c(t->out, "{\"insert\":");
        json_put_str(t->out, buf_view(&t->run));
        put_attributes(&t->open, t->out);
        buf_byte(t->out, '}');
    }
    buf_clear(&t->run);
    t->in_run = false;
}

static enum err delta_item(struct delta *t, const struct yitem *i, int depth)
{
    if (i->kind == CONTENT_FORMAT)
        return yattrs_apply(&t->now, i);
    if (i->kind == CONTENT_STRING) {
        if (t->in_run && !yattrs_eq(&t->now, &t->open))
            end_run(t);
        if (!t->in_run)
            t->open = t->now;
        t->in_run = true;
        ystring_put(i, &t->run);
        return t->run.bad ? ERR_LIMIT : OK;
    }
    if (i->kind != CONTENT_EMBED && i->kind != CONTENT_TYPE)
        return OK;
    end_run(t);
    between(&t->more, t->out);
    buf_c(t->out, "{\"insert\":");
    TRY(value_json(i, depth, t->out));
    put_attributes(&t->now, t->out);
    buf_byte(t->out, '}');
    return OK;
}

static enum err text_json(const struct ytype *type, int depth, struct buf *out)
{
    struct delta *t = calloc(1, sizeof *t); /* too large for a frame that may stand 200 deep */
    enum err e = t ? OK : ERR_LIMIT;
    buf_byte(out, '[');
    if (t) {
        t->out = out;
        t->run.max = out->max;
    }
    for (const struct yitem *i = type->start; !e && i && !out->bad; i = i->right)
        if (!i->deleted)
            e = delta_item(t, i, depth);
    if (!e)
        end_run(t);
    if (t)
        buf_free(&t->run);
    free(t);
    buf_byte(out, ']');
    return e;
}

/* ---- XML */

static enum err children_json(const struct ytype *t, int depth, struct buf *out)
{
    bool more = false;
    buf_byte(out, '[');
    for (const struct yitem *i = t->start; i && !out->bad; i = i->right) {
        if (i->deleted || i->kind != CONTENT_TYPE)
            continue;
        between(&more, out);
        TRY(value_json(i, depth, out));
    }
    buf_byte(out, ']');
    return OK;
}

static enum err element_json(const struct ytype *t, const char *what, int depth, struct buf *out)
{
    buf_c(out, what);
    json_put_str(out, t->name);
    buf_c(out, ",\"attributes\":");
    TRY(map_json(t, depth, out));
    if (t->kind != TYPE_XML_HOOK) {
        buf_c(out, ",\"children\":");
        TRY(children_json(t, depth, out));
    }
    buf_byte(out, '}');
    return OK;
}

static enum err type_json(const struct ytype *t, enum type_kind kind, int depth, struct buf *out)
{
    if (depth > YDOC_DEPTH_MAX || out->bad)
        return ERR_LIMIT;
    switch (kind) {
    case TYPE_ARRAY:
        return array_json(t, depth, out);
    case TYPE_MAP:
        return map_json(t, depth, out);
    case TYPE_TEXT:
    case TYPE_XML_TEXT:
        return text_json(t, depth, out);
    case TYPE_XML_ELEMENT:
        return element_json(t, "{\"name\":", depth, out);
    case TYPE_XML_HOOK:
        return element_json(t, "{\"hook\":", depth, out);
    case TYPE_XML_FRAGMENT:
        return children_json(t, depth, out);
    case TYPE_N:
        break;
    }
    return ERR_INTERNAL;
}

enum err ydoc_json(const struct ydoc *d, struct str root, enum type_kind kind, struct buf *out)
{
    static const struct ytype nothing = {.kind = TYPE_N};
    const struct ytype *t = ydoc_root(d, root);
    TRY(type_json(t ? t : &nothing, kind, 0, out));
    return out->bad ? ERR_LIMIT : OK;
}
