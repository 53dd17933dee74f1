/* prose_write.c: a tree as an update, in the shape the editor's binding to Yjs gives it. */
#include "live/prose.h"
#include "live/prose_names.h"
#include "live/ydoc_tree.h"

#include <sodium.h>

/* Where the next piece goes: behind a unit, or first in its parent. */
struct place {
    bool has_origin, in_root;
    struct unit_id origin;
    uint64_t parent; /* clock of the piece that holds the parent */
};
struct writer {
    uint64_t client, clock, pieces;
    struct buf body;
    struct arena *text[2]; /* what the formats of one run and of the next are made of */
};

static void put_id(struct buf *b, uint64_t client, uint64_t clock)
{
    lib0_put_uint(b, client);
    lib0_put_uint(b, clock);
}

/* The head of a piece of `len` units; its content follows. Afterwards `at` is the place behind it. */
static void begin(struct writer *w, enum content_kind kind, uint64_t len, struct place *at)
{
    buf_byte(&w->body, (char)((unsigned)kind | (at->has_origin ? 0x80U : 0)));
    if (at->has_origin) {
        put_id(&w->body, at->origin.client, at->origin.clock);
    } else if (at->in_root) {
        lib0_put_uint(&w->body, 1);
        lib0_put_str(&w->body, STR(PROSE_ROOT));
    } else {
        lib0_put_uint(&w->body, 0);
        put_id(&w->body, w->client, at->parent);
    }
    w->clock += len;
    w->pieces++;
    at->has_origin = true;
    at->origin = (struct unit_id){w->client, w->clock - 1};
}

/* An attribute of the element at clock `parent`; its value, one any, follows. */
static void begin_attribute(struct writer *w, uint64_t parent, const char *key)
{
    buf_byte(&w->body, (char)(CONTENT_ANY | 0x20));
    lib0_put_uint(&w->body, 0);
    put_id(&w->body, w->client, parent);
    lib0_put_str(&w->body, str_c(key));
    lib0_put_uint(&w->body, 1);
    w->clock++;
    w->pieces++;
}

static void attribute_int(struct writer *w, uint64_t parent, const char *key, int v)
{
    begin_attribute(w, parent, key);
    lib0_put_number(&w->body, v);
}

/* Returns the clock of the element. */
static uint64_t begin_element(struct writer *w, const char *name, struct place *at)
{
    begin(w, CONTENT_TYPE, 1, at);
    lib0_put_uint(&w->body, TYPE_XML_ELEMENT);
    lib0_put_str(&w->body, str_c(name));
    return w->clock - 1;
}

/* ---- text */

enum { FORMATS_MAX = 64, FORMATS_MEMORY = 4 << 20, MEMBER_MAX = 2000 };
struct formats {
    struct yattr v[FORMATS_MAX];
    size_t n;
};

/* What the editor's binding calls a mark that may lie over itself: eight digits from a hash of the mark. */
static struct str hashed_name(struct arena *a, const char *name, struct str id)
{
    CLEANUP(buf_free) struct buf b = {0}, text = {0};
    uint8_t hash[crypto_hash_sha256_BYTES];
    buf_byte(&b, (char)LIB0_OBJECT);
    lib0_put_uint(&b, 2);
    lib0_put_str(&b, STR("type"));
    buf_byte(&b, (char)LIB0_STRING);
    lib0_put_str(&b, str_c(name));
    lib0_put_str(&b, STR("attrs"));
    buf_byte(&b, (char)LIB0_OBJECT);
    lib0_put_uint(&b, 1);
    lib0_put_str(&b, STR("id"));
    buf_byte(&b, (char)LIB0_STRING);
    lib0_put_str(&b, id);
    struct str s = buf_view(&b);
    crypto_hash_sha256(hash, (const uint8_t *)s.p, s.n);
    for (size_t i = 6; i < sizeof hash; i++)
        hash[i % 6] ^= hash[i];
    json_put_base64(&text, (struct bytes){hash, 6});
    struct str digits = buf_view(&text);
    digits = (struct str){digits.p + 1, digits.n - 2}; /* without the quotes */
    struct str out = arena_fmt(a, "%s--%.*s", name, STR_FMT(digits));
    return out;
}

static void add_format(struct formats *f, struct str key, struct str value)
{
    if (f->n < FORMATS_MAX)
        f->v[f->n++] = (struct yattr){key, value};
}

/* {"key":"value"} and what `more` says behind it. */
static struct str object_of(struct arena *a, const char *key, struct str value, struct str more)
{
    CLEANUP(buf_free) struct buf b = {0};
    buf_byte(&b, '{');
    json_put_str(&b, str_c(key));
    buf_byte(&b, ':');
    json_put_str(&b, value);
    buf_str(&b, more);
    buf_byte(&b, '}');
    struct str s = arena_str(a, buf_view(&b));
    return s;
}

static struct str at_most(struct str s)
{
    return s.n <= MEMBER_MAX ? s : STR("");
}

/* An author who is not named is "", as the schema has it: another value would be mended by the editor. */
static struct str suggestion_value(struct arena *a, const struct rich *run)
{
    CLEANUP(buf_free) struct buf b = {0};
    buf_c(&b, ",\"name\":");
    json_put_str(&b, at_most(run->author));
    struct str s = object_of(a, "id", at_most(run->suggestion), buf_view(&b));
    return s;
}

static void formats_of(struct arena *a, const struct rich *run, struct formats *f)
{
    f->n = 0;
    for (size_t i = 0; i < prose_marks_n; i++) {
        bool suggestion = prose_marks[i].mark == RICH_INSERTED || prose_marks[i].mark == RICH_DELETED;
        if (run->marks & prose_marks[i].mark)
            add_format(f, str_c(prose_marks[i].name), suggestion ? suggestion_value(a, run) : STR("{}"));
    }
    if (prose_href_ok(run->href))
        add_format(f, STR("link"), object_of(a, "href", run->href, STR("")));
    for (struct str rest = run->comment; rest.n;) {
        struct str id = str_cut(&rest, ' ');
        if (id.n && id.n <= MEMBER_MAX)
            add_format(f, hashed_name(a, "comment", id), object_of(a, "id", id, STR("")));
    }
}

static const struct yattr *format_find(const struct formats *f, struct str key)
{
    for (size_t i = 0; i < f->n; i++)
        if (str_eq(f->v[i].key, key))
            return &f->v[i];
    return NULL;
}

static void put_format(struct writer *w, struct place *at, struct str key, struct str value)
{
    begin(w, CONTENT_FORMAT, 1, at);
    lib0_put_str(&w->body, key);
    lib0_put_str(&w->body, value);
}

static void change_formats(struct writer *w, struct place *at, const struct formats *was, const struct formats *is)
{
    for (size_t i = 0; i < was->n; i++)
        if (!format_find(is, was->v[i].key))
            put_format(w, at, was->v[i].key, STR("null"));
    for (size_t i = 0; i < is->n; i++) {
        const struct yattr *old = format_find(was, is->v[i].key);
        if (!old || !str_eq(old->value, is->v[i].value))
            put_format(w, at, is->v[i].key, is->v[i].value);
    }
}

/* Runs up to a break become one text. */
static const struct rich *write_text(struct writer *w, const struct rich *run, struct place *at)
{
    struct formats f[2] = {{.n = 0}};
    size_t now = 0;
    begin(w, CONTENT_TYPE, 1, at);
    lib0_put_uint(&w->body, TYPE_XML_TEXT);
    struct place in = {.parent = w->clock - 1};
    for (; run && run->kind == RICH_RUN; run = run->next) {
        if (!run->text.n)
            continue;
        arena_clear(w->text[!now]);
        formats_of(w->text[!now], run, &f[!now]);
        change_formats(w, &in, &f[now], &f[!now]);
        now = !now;
        begin(w, CONTENT_STRING, lib0_units((struct bytes){(const uint8_t *)run->text.p, run->text.n}), &in);
        lib0_put_str(&w->body, run->text);
    }
    f[!now].n = 0;
    change_formats(w, &in, &f[now], &f[!now]);
    return run;
}

static void write_inline(struct writer *w, const struct rich *r, struct place at)
{
    while (r) {
        if (r->kind == RICH_RUN && r->text.n) {
            r = write_text(w, r, &at);
            continue;
        }
        if (r->kind == RICH_BREAK)
            begin_element(w, "hard_break", &at);
        r = r->next;
    }
}

/* ---- blocks */

static const char *name_of(const struct rich *r)
{
    for (size_t i = 0; i < prose_nodes_n; i++)
        if (prose_nodes[i].kind == r->kind && prose_nodes[i].header == (r->kind == RICH_CELL && r->header))
            return prose_nodes[i].name;
    return NULL;
}

static void write_attributes(struct writer *w, const struct rich *r, uint64_t element)
{
    if (r->kind == RICH_HEADING)
        attribute_int(w, element, "level", r->level);
    if (r->kind == RICH_NUMBERS)
        attribute_int(w, element, "order", r->level);
    if (r->kind == RICH_CELL) {
        attribute_int(w, element, "colspan", r->colspan);
        attribute_int(w, element, "rowspan", r->rowspan);
    }
    if (rich_is_text_block(r->kind) && r->align != RICH_START) {
        begin_attribute(w, element, "align");
        buf_byte(&w->body, (char)LIB0_STRING);
        lib0_put_str(&w->body, str_c(prose_aligns[r->align]));
    }
}

/* The schema wants something in each of them; a node that does not fit would be deleted by the first editor that opens the document. */
static bool is_hollow(const struct rich *r)
{
    return (r->kind == RICH_BULLETS || r->kind == RICH_NUMBERS || r->kind == RICH_TABLE || r->kind == RICH_ROW) && !r->first;
}

static bool needs_paragraph(const struct rich *r)
{
    if (r->kind == RICH_ITEM)
        return !r->first || (r->first->kind != RICH_PARAGRAPH && r->first->kind != RICH_RUN);
    return (r->kind == RICH_DOC || r->kind == RICH_QUOTE || r->kind == RICH_CELL) && !r->first;
}

static void write_blocks(struct writer *w, const struct rich *parent, struct place at)
{
    if (needs_paragraph(parent))
        begin_element(w, "paragraph", &at);
    for (const struct rich *r = parent->first; r; r = r->next) {
        const char *name = name_of(r);
        if (r->kind == RICH_RUN) { /* text that stands outside of a block */
            uint64_t element = begin_element(w, "paragraph", &at);
            struct place in = {.parent = element};
            write_text(w, r, &in);
            while (r->next && r->next->kind == RICH_RUN)
                r = r->next;
            continue;
        }
        if (!name || r->kind == RICH_BREAK || is_hollow(r))
            continue;
        uint64_t element = begin_element(w, name, &at);
        write_attributes(w, r, element);
        if (rich_is_text_block(r->kind))
            write_inline(w, r->first, (struct place){.parent = element});
        else if (r->kind != RICH_RULE)
            write_blocks(w, r, (struct place){.parent = element});
    }
}

/* ---- updates */

static enum err finish(struct writer *w, const struct ranges *deleted, struct buf *out)
{
    lib0_put_uint(out, 1);
    lib0_put_uint(out, w->pieces);
    put_id(out, w->client, 0);
    buf_str(out, buf_view(&w->body));
    lib0_put_uint(out, deleted->n);
    for (size_t i = deleted->n; i-- > 0;) { /* descending by client, as stock writers do */
        const struct client_ranges *c = &deleted->v[i];
        put_id(out, c->client, c->n);
        for (size_t k = 0; k < c->n; k++)
            put_id(out, c->v[k].start, c->v[k].end - c->v[k].start);
    }
    return w->body.bad || out->bad ? ERR_LIMIT : OK;
}

static enum err write_at(const struct rich *doc, uint64_t client, struct place at, const struct ranges *deleted, struct buf *out)
{
    CLEANUP(arena_freep) struct arena *one = arena_new(FORMATS_MEMORY), *other = arena_new(FORMATS_MEMORY);
    struct writer w = {.client = client, .body = {.max = update_from_client.bytes}, .text = {one, other}};
    write_blocks(&w, doc, at);
    enum err e = finish(&w, deleted, out);
    buf_free(&w.body);
    return e;
}

enum err prose_write(const struct rich *doc, uint64_t client, struct buf *out)
{
    struct ranges nothing = {0};
    return write_at(doc, client, (struct place){.in_root = true}, &nothing, out);
}

/* Everything that stands in the fragment, and the place behind it. */
static void clear_root(struct ydoc *d, struct ranges *deleted, struct place *at)
{
    const struct ytype *root = ydoc_root(d, STR(PROSE_ROOT));
    *at = (struct place){.in_root = true};
    d->log = deleted;
    for (struct yitem *i = root ? root->start : NULL; i; i = i->right) {
        yitem_delete(d, i);
        at->has_origin = true;
        at->origin = (struct unit_id){i->client->id, i->clock + i->len - 1};
    }
    d->log = NULL;
}

enum err prose_replace(struct arena *a, const struct bytes *updates, size_t n, const struct rich *doc, uint64_t client, struct buf *out)
{
    struct ydoc *d;
    struct place at;
    struct ranges deleted = {0};
    TRY(ydoc_make(a, updates, n, &d));
    if (ydoc_client(d, client))
        return ERR_CONFLICT;
    clear_root(d, &deleted, &at);
    enum err e = d->bad ? d->bad : write_at(doc, client, at, &deleted, out);
    ranges_done(&deleted);
    return e;
}
