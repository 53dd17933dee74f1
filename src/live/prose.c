#include "live/prose.h"
#include "base/utf8.h"
#include "live/prose_names.h"
#include "live/ydoc_tree.h"

#include <jansson.h>
#include <stdlib.h>

const struct prose_node prose_nodes[] = {
    {"paragraph", RICH_PARAGRAPH, false}, {"heading", RICH_HEADING, false},    {"blockquote", RICH_QUOTE, false},
    {"bullet_list", RICH_BULLETS, false}, {"ordered_list", RICH_NUMBERS, false}, {"list_item", RICH_ITEM, false},
    {"table", RICH_TABLE, false},         {"table_row", RICH_ROW, false},       {"table_cell", RICH_CELL, false},
    {"table_header", RICH_CELL, true},    {"horizontal_rule", RICH_RULE, false}, {"hard_break", RICH_BREAK, false},
};
const size_t prose_nodes_n = COUNT(prose_nodes);
const struct prose_mark prose_marks[] = {
    {"strong", RICH_BOLD},         {"em", RICH_ITALIC},         {"underline", RICH_UNDERLINE},
    {"insertion", RICH_INSERTED}, {"deletion", RICH_DELETED},
};
const size_t prose_marks_n = COUNT(prose_marks);
const char *const prose_aligns[3] = {"start", "center", "end"};

bool prose_href_ok(struct str href)
{
    static const char *const schemes[] = {"http://", "https://", "mailto:", "tel:"};
    bool ok = false;
    for (size_t i = 0; i < COUNT(schemes); i++) {
        struct str s = str_c(schemes[i]);
        ok = ok || (href.n > s.n && str_eq_nocase((struct str){href.p, s.n}, s));
    }
    for (size_t i = 0; ok && i < href.n; i++)
        ok = (unsigned char)href.p[i] > ' ' && href.p[i] != 0x7f;
    return ok && href.n <= 2000;
}

/* ---- values */

enum { DEPTH_TYPES = 100, NAME_MAX_BYTES = 100, ID_MAX_BYTES = 64, COMMENTS_MAX_BYTES = 1024 };

struct reader {
    struct arena *a;
    size_t before;    /* of the arena */
    struct buf value; /* of one attribute, as JSON */
    enum err bad;
};

static json_t *attribute(struct reader *r, const struct ytype *t, const char *key)
{
    for (const struct yslot *s = t->slots; s; s = s->next) {
        if (!str_is(s->key, key))
            continue;
        buf_clear(&r->value);
        if (!yslot_json(s, &r->value) || r->value.bad)
            return NULL;
        return json_loadb(r->value.p, r->value.n, JSON_DECODE_ANY, NULL);
    }
    return NULL;
}

/* A number, or a text of digits as some editors write it. */
static int attribute_int(struct reader *r, const struct ytype *t, const char *key, int fallback, int min, int max)
{
    json_t *v = attribute(r, t, key);
    double d = fallback;
    if (json_is_number(v))
        d = json_number_value(v);
    else if (json_is_string(v) && json_string_length(v) < 8)
        d = strtod(json_string_value(v), NULL);
    json_decref(v);
    return d >= min && d <= max ? (int)d : d > max ? max : d < min ? min : fallback;
}

static enum rich_align attribute_align(struct reader *r, const struct ytype *t)
{
    json_t *v = attribute(r, t, "align");
    enum rich_align align = RICH_START;
    for (size_t i = 0; json_is_string(v) && i < COUNT(prose_aligns); i++)
        if (strcmp(json_string_value(v), prose_aligns[i]) == 0)
            align = (enum rich_align)i;
    json_decref(v);
    return align;
}

static struct str member(struct reader *r, const json_t *object, const char *key, size_t most)
{
    const json_t *v = json_object_get(object, key);
    if (json_is_integer(v))
        return arena_fmt(r->a, "%lld", (long long)json_integer_value(v));
    if (!json_is_string(v) || json_string_length(v) > most)
        return STR("");
    return arena_str(r->a, (struct str){json_string_value(v), json_string_length(v)});
}

/* ---- marks */

/* Marks that may lie over themselves are written with a hash of what they say: "comment--A1b2C3d4". */
static struct str mark_name(struct str key)
{
    enum { HASH = 10 };
    if (key.n < HASH || key.p[key.n - HASH] != '-' || key.p[key.n - HASH + 1] != '-')
        return key;
    for (size_t i = key.n - HASH + 2; i < key.n; i++) {
        char c = key.p[i];
        bool digit = (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || c == '+' || c == '/' || c == '=';
        if (!digit)
            return key;
    }
    return (struct str){key.p, key.n - HASH};
}

static bool id_ok(struct str id)
{
    for (size_t i = 0; i < id.n; i++)
        if ((unsigned char)id.p[i] <= ' ')
            return false;
    return id.n;
}

static void apply_mark(struct reader *r, struct rich *run, const struct yattr *at)
{
    struct str name = mark_name(at->key), id;
    json_t *v = json_loadb(at->value.p, at->value.n, JSON_DECODE_ANY, NULL);
    for (size_t i = 0; i < prose_marks_n; i++)
        if (str_is(name, prose_marks[i].name))
            run->marks |= prose_marks[i].mark;
    if (str_is(name, "link")) {
        struct str href = member(r, v, "href", 2000);
        run->href = prose_href_ok(href) ? href : STR("");
    } else if (str_is(name, "comment") && run->comment.n < COMMENTS_MAX_BYTES && id_ok(id = member(r, v, "id", ID_MAX_BYTES))) {
        run->comment = run->comment.n ? arena_join(r->a, (struct str[]){run->comment, id}, 2, STR(" ")) : id;
    } else if (str_is(name, "insertion") || str_is(name, "deletion")) {
        struct str author = member(r, v, "name", NAME_MAX_BYTES);
        id = member(r, v, "id", ID_MAX_BYTES);
        run->suggestion = id_ok(id) ? id : STR("");
        if (utf8_clean(r->a, author, false, &run->author))
            run->author = STR("");
    }
    json_decref(v);
}

/* ---- text */

/* The text up to a control character; those go, a tab is a space, a new line breaks. */
static void add_text(struct reader *r, struct rich *block, struct str s, const struct rich *like)
{
    CLEANUP(buf_free) struct buf b = {.max = s.n + 1};
    for (size_t i = 0; i <= s.n; i++) {
        bool end = i == s.n || s.p[i] == '\n';
        if (end && b.n)
            rich_run(r->a, block, arena_str(r->a, buf_view(&b)), like);
        if (end) {
            buf_clear(&b);
            if (i < s.n)
                rich_add(block, rich_new(r->a, RICH_BREAK));
        } else if (s.p[i] == '\t' || (unsigned char)s.p[i] >= ' ') {
            if (s.p[i] != 0x7f)
                buf_byte(&b, s.p[i] == '\t' ? ' ' : s.p[i]);
        }
    }
}

static void flush(struct reader *r, struct rich *block, struct buf *run, const struct yattrs *at)
{
    struct rich like = {.kind = RICH_RUN};
    if (arena_used(r->a) - r->before > PROSE_MEMORY_MAX)
        r->bad = ERR_LIMIT;
    if (!run->n || r->bad)
        return;
    for (size_t i = 0; i < at->n; i++)
        apply_mark(r, &like, &at->v[i]);
    add_text(r, block, buf_view(run), &like);
    buf_clear(run);
}

static void read_text(struct reader *r, struct rich *block, const struct ytype *t)
{
    CLEANUP(buf_free) struct buf run = {.max = YDOC_MERGED_MAX};
    struct yattrs *now = calloc(2, sizeof *now), *open = now ? now + 1 : NULL;
    if (!now)
        r->bad = ERR_LIMIT;
    for (const struct yitem *i = t->start; i && !r->bad; i = i->right) {
        if (i->deleted)
            continue;
        if (i->kind == CONTENT_FORMAT) {
            r->bad = yattrs_apply(now, i);
        } else if (i->kind == CONTENT_STRING) {
            if (!yattrs_eq(now, open))
                flush(r, block, &run, open);
            *open = *now;
            ystring_put(i, &run);
        }
    }
    if (!r->bad)
        flush(r, block, &run, open);
    free(now);
}

/* ---- the tree */

static void read_inline(struct reader *r, struct rich *block, const struct ytype *t, int depth)
{
    for (const struct yitem *i = t->start; i && !r->bad && depth < DEPTH_TYPES; i = i->right) {
        if (i->deleted || i->kind != CONTENT_TYPE)
            continue;
        if (i->type->kind == TYPE_XML_TEXT || i->type->kind == TYPE_TEXT)
            read_text(r, block, i->type);
        else if (i->type->kind == TYPE_XML_ELEMENT && str_is(i->type->name, "hard_break"))
            rich_add(block, rich_new(r->a, RICH_BREAK));
        else
            read_inline(r, block, i->type, depth + 1);
    }
}

/* What stands in it, where not every block may. */
static enum rich_kind only_child(enum rich_kind parent)
{
    return parent == RICH_BULLETS || parent == RICH_NUMBERS ? RICH_ITEM : parent == RICH_TABLE ? RICH_ROW : parent == RICH_ROW ? RICH_CELL : RICH_KIND_N;
}

/* Where a block of this kind may stand: in `parent`, or in what has to be put between them. NULL: its children only. */
static struct rich *place_for(struct reader *r, struct rich *parent, enum rich_kind kind, int *depth)
{
    enum rich_kind only;
    while ((only = only_child(parent->kind)) != RICH_KIND_N && only != kind) {
        parent = rich_add(parent, rich_new(r->a, only));
        ++*depth;
    }
    bool part = kind == RICH_ITEM || kind == RICH_ROW || kind == RICH_CELL;
    return part && only != kind ? NULL : parent;
}

static const struct prose_node *node_of(const struct ytype *t)
{
    for (size_t i = 0; t->kind == TYPE_XML_ELEMENT && i < prose_nodes_n; i++)
        if (str_is(t->name, prose_nodes[i].name))
            return &prose_nodes[i];
    return NULL;
}

static void read_blocks(struct reader *r, struct rich *parent, const struct ytype *t, int depth, int types);

static void read_block(struct reader *r, struct rich *parent, const struct ytype *t, int depth, int types)
{
    const struct prose_node *node = node_of(t);
    bool text = t->kind == TYPE_XML_TEXT || t->kind == TYPE_TEXT;
    enum rich_kind kind = node ? node->kind : RICH_PARAGRAPH;
    struct rich *to = text || node ? place_for(r, parent, kind, &depth) : NULL;
    if (!to || kind == RICH_BREAK) {
        read_blocks(r, parent, t, depth, types + 1);
        return;
    }
    struct rich *b = rich_add(to, rich_new(r->a, kind));
    if (text) {
        read_text(r, b, t);
        return;
    }
    if (kind == RICH_HEADING)
        b->level = attribute_int(r, t, "level", 1, 1, 3);
    if (kind == RICH_NUMBERS)
        b->level = attribute_int(r, t, "order", 1, 0, 999999);
    if (kind == RICH_CELL) {
        b->header = node->header;
        b->colspan = attribute_int(r, t, "colspan", 1, 1, 100);
        b->rowspan = attribute_int(r, t, "rowspan", 1, 1, 100);
    }
    if (!rich_is_text_block(kind)) {
        read_blocks(r, b, t, depth + 1, types + 1);
        return;
    }
    b->align = attribute_align(r, t);
    read_inline(r, b, t, types + 1);
}

static void read_blocks(struct reader *r, struct rich *parent, const struct ytype *t, int depth, int types)
{
    if (depth > RICH_DEPTH_MAX - 5 || types > DEPTH_TYPES) /* room for a wrapped paragraph and its run */
        return;
    for (const struct yitem *i = t->start; i && !r->bad; i = i->right)
        if (!i->deleted && i->kind == CONTENT_TYPE)
            read_block(r, parent, i->type, depth, types);
}

enum err prose_read(struct arena *a, const struct bytes *updates, size_t n, struct rich **out)
{
    struct ydoc *d;
    TRY(ydoc_make(a, updates, n, &d));
    const struct ytype *root = ydoc_root(d, STR(PROSE_ROOT));
    struct reader r = {.a = a, .before = arena_used(a), .value = {.max = (size_t)1 << 20}};
    struct rich *doc = rich_new(a, RICH_DOC);
    if (root)
        read_blocks(&r, doc, root, 0, 0);
    buf_free(&r.value);
    TRY(r.bad);
    *out = doc;
    return OK;
}

/* ---- comments */

struct found {
    struct str id;
    size_t at;
};

static int by_id(const void *x, const void *y)
{
    const struct found *a = x, *b = y;
    int c = str_cmp(a->id, b->id);
    return c ? c : (a->at > b->at) - (a->at < b->at);
}

static int by_place(const void *x, const void *y)
{
    const struct found *a = x, *b = y;
    return (a->at > b->at) - (a->at < b->at);
}

/* Into `v`, or only counted when it is NULL. */
static size_t find_comments(const struct rich *r, struct found *v, size_t n)
{
    for (struct str rest = r->comment; rest.n; n++) {
        struct str id = str_cut(&rest, ' ');
        if (v)
            v[n] = (struct found){id, n};
    }
    for (const struct rich *c = r->first; c; c = c->next)
        n = find_comments(c, v, n);
    return n;
}

enum err prose_comments(struct arena *a, const struct rich *doc, struct str **ids, size_t *n)
{
    size_t all = find_comments(doc, NULL, 0), once = 0;
    struct found *v = ARENA_ARRAY(a, struct found, all);
    find_comments(doc, v, 0);
    qsort(v, all, sizeof *v, by_id);
    for (size_t i = 0; i < all; i++)
        if (i == 0 || !str_eq(v[i].id, v[once - 1].id))
            v[once++] = v[i];
    qsort(v, once, sizeof *v, by_place);
    *ids = ARENA_ARRAY(a, struct str, once);
    for (size_t i = 0; i < once; i++)
        (*ids)[i] = v[i].id;
    *n = once;
    return OK;
}
