/* Property: an update that passes the check is integrated without reading outside of it and within the budget; what was integrated and
 * deleted is what the update speaks about (of its content all when nothing is pending, and nothing else ever); every root reads as JSON
 * that a strict parser takes, as every kind; given again in part, before or behind it, it is the same document; the editor's
 * tree comes out of it, and is written again as an update that passes the check. */
#include "live/prose.h"
#include "live/ydoc.h"

#include <jansson.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool ok)
{
    if (!ok)
        abort();
}

static void same_ranges(const struct ydoc *d, struct bytes update)
{
    struct ranges content = {0}, deleted = {0}, said = {0}, said_deleted = {0};
    ydoc_state(d, &content, &deleted);
    must(update_ranges(update, &said, &said_deleted) == OK);
    must(ranges_has_all(&said, &content));
    if (!ydoc_has_pending(d))
        must(ranges_eq(&content, &said) && ranges_has_all(&deleted, &said_deleted));
    ranges_done(&content);
    ranges_done(&deleted);
    ranges_done(&said);
    ranges_done(&said_deleted);
}

static void read_root(struct ydoc *d, struct str name, struct buf *out)
{
    for (int kind = 0; kind < TYPE_N; kind++) {
        size_t before = out->n;
        enum err e = ydoc_json(d, name, (enum type_kind)kind, out);
        must(e == OK || e == ERR_LIMIT || e == ERR_INVALID);
        if (e)
            return;
        json_error_t error;
        json_t *v = json_loadb(out->p + before, out->n - before, JSON_DECODE_ANY | JSON_ALLOW_NUL, &error);
        /* an Embed or a Format may hold numbers and escapes that jansson refuses and JSON.parse does not */
        must(v || json_error_code(&error) != json_error_premature_end_of_input);
        json_decref(v);
    }
}

/* All roots that pieces name. */
static void read_all(struct ydoc *d, struct bytes update, struct buf *out)
{
    struct update_in in;
    struct piece p;
    update_open(&in, update);
    for (int n = 0; n < 20 && update_next(&in, &p);)
        if (p.parent == PARENT_ROOT) {
            read_root(d, p.root, out);
            n++;
        }
}

static void halves(struct arena *a, struct bytes update, const struct buf *whole)
{
    struct ranges sv = {0}, content = {0}, deleted = {0};
    struct buf late = {0}, text = {.max = whole->max};
    must(update_ranges(update, &content, &deleted) == OK);
    for (size_t i = 0; i < content.n; i++)
        ranges_add(&sv, content.v[i].client, 0, content.v[i].v[0].end / 2 + 1);
    must(update_diff(update, &sv, &late) == OK);
    struct bytes behind = {(const uint8_t *)late.p, late.n};
    struct ydoc *d;
    struct bytes both[2] = {update, behind}, back[2] = {behind, update};
    enum err e = ydoc_make(a, both, 2, &d);
    if (!e)
        read_all(d, update, &text);
    must(e == ERR_LIMIT || (text.n == whole->n && (!text.n || memcmp(text.p, whole->p, text.n) == 0)));
    e = ydoc_make(a, back, 2, &d); /* the same but for pairs that the cut went through */
    buf_clear(&text);
    if (!e)
        read_all(d, update, &text);
    must(e == OK || e == ERR_LIMIT);
    ranges_done(&sv);
    ranges_done(&content);
    ranges_done(&deleted);
    buf_free(&late);
    buf_free(&text);
}

static void as_prose(struct arena *a, struct bytes update)
{
    struct rich *doc;
    struct buf made = {0};
    enum err e = prose_read(a, &update, 1, &doc);
    if (!e) {
        e = prose_write(doc, 77, &made);
        must(e == OK || e == ERR_LIMIT);
        if (!e)
            must(update_check((struct bytes){(const uint8_t *)made.p, made.n}, &update_from_client, NULL) == OK);
        buf_clear(&made);
        e = prose_replace(a, &update, 1, doc, LIVE_UINT_MAX, &made);
        must(e == OK || e == ERR_LIMIT || e == ERR_CONFLICT);
        if (!e)
            must(update_check((struct bytes){(const uint8_t *)made.p, made.n}, &update_from_client, NULL) == OK);
    }
    buf_free(&made);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytes update = {data, size};
    struct ydoc *d;
    if (size > 20000 || update_check(update, &update_from_client, NULL))
        return 0;
    CLEANUP(arena_freep) struct arena *a = arena_new(2 * PROSE_ARENA_MAX);
    enum err e = ydoc_make(a, &update, 1, &d);
    must(e == OK || e == ERR_LIMIT);
    if (e)
        return 0;
    same_ranges(d, update);
    struct buf text = {.max = 1 << 20};
    read_all(d, update, &text);
    halves(a, update, &text);
    buf_free(&text);
    as_prose(a, update);
    return 0;
}
