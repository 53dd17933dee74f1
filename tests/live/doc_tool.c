/* doc_tool: for doc_diff.mjs and doc_prose.mjs. Each line of standard input is a document: "ROOT:KIND,ROOT:KIND UPDATE UPDATE...", KIND a number of
 * enum type_kind, updates in hexadecimal. For each a line of JSON: {"pending":..,"sv":{client:clock},"ds":{client:[[start,end]..]},
 * "roots":[..]}, or {"error":"..."}. Updates are checked first as those of a client are. Before the roots may stand "compact ": merge and
 * compact first. "time UPDATE..." says how long integrating takes. "read UPDATE..." gives the tree of a document, "write CLIENT TREE" and
 * "replace CLIENT TREE UPDATE..." an update, trees as JSON (in hexadecimal when they are given). */
#include "base/banned.h"
#include "live/prose.h"
#include "live/ydoc.h"

#include <jansson.h>

static int digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : 0;
}

static struct bytes from_hex(struct arena *a, struct str hex)
{
    uint8_t *p = arena_alloc(a, hex.n / 2);
    for (size_t i = 0; i < hex.n / 2; i++)
        p[i] = (uint8_t)(digit(hex.p[2 * i]) << 4 | digit(hex.p[2 * i + 1]));
    return (struct bytes){p, hex.n / 2};
}

static size_t updates_of(struct arena *a, struct str line, struct bytes **out)
{
    size_t n = 0;
    *out = ARENA_ARRAY(a, struct bytes, line.n / 4 + 1);
    while (line.n)
        (*out)[n++] = from_hex(a, str_cut(&line, ' '));
    return n;
}

static void say_ranges(struct buf *b, const struct ranges *r, bool ends)
{
    buf_byte(b, '{');
    for (size_t i = 0; i < r->n; i++) {
        buf_fmt(b, "%s\"%llu\":", i ? "," : "", (unsigned long long)r->v[i].client);
        if (ends) {
            buf_fmt(b, "%llu", (unsigned long long)r->v[i].v[0].end);
            continue;
        }
        buf_byte(b, '[');
        for (size_t k = 0; k < r->v[i].n; k++)
            buf_fmt(b, "%s[%llu,%llu]", k ? "," : "", (unsigned long long)r->v[i].v[k].start, (unsigned long long)r->v[i].v[k].end);
        buf_byte(b, ']');
    }
    buf_byte(b, '}');
}

static enum err compacted(struct arena *a, struct bytes *updates, size_t *n)
{
    struct buf all = {.max = (size_t)64 << 20}, small = {.max = (size_t)64 << 20};
    enum err e = update_merge(updates, *n, &all);
    struct str s = buf_view(&all);
    if (!e)
        e = update_compact((struct bytes){(const uint8_t *)s.p, s.n}, &small);
    s = arena_str(a, buf_view(&small));
    updates[0] = (struct bytes){(const uint8_t *)s.p, s.n};
    *n = 1;
    buf_free(&all);
    buf_free(&small);
    return e;
}

/* Takes the word off the front. */
static bool word(struct str *line, struct str w)
{
    if (!str_starts(*line, w))
        return false;
    *line = (struct str){line->p + w.n, line->n - w.n};
    return true;
}

static enum err read_document(struct arena *a, struct str line, struct buf *b)
{
    bool compact = word(&line, STR("compact "));
    struct str roots = str_cut(&line, ' ');
    struct bytes *updates;
    size_t n = updates_of(a, line, &updates);
    struct ydoc *d;
    for (size_t i = 0; i < n; i++)
        TRY(update_check(updates[i], &update_from_client, NULL));
    if (compact)
        TRY(compacted(a, updates, &n));
    TRY(ydoc_make(a, updates, n, &d));
    struct ranges content = {0}, deleted = {0};
    ydoc_state(d, &content, &deleted);
    buf_fmt(b, "{\"pending\":%s,\"sv\":", ydoc_has_pending(d) ? "true" : "false");
    say_ranges(b, &content, true);
    buf_c(b, ",\"ds\":");
    say_ranges(b, &deleted, false);
    ranges_done(&content);
    ranges_done(&deleted);
    buf_c(b, ",\"roots\":[");
    for (bool more = false; roots.n; more = true) {
        struct str kind = str_cut(&roots, ','), name = str_cut(&kind, ':');
        if (more)
            buf_byte(b, ',');
        TRY(ydoc_json(d, name, (enum type_kind)(kind.p[0] - '0'), b));
    }
    buf_c(b, "]}");
    return OK;
}

/* Best of several, since the machine does other things too. */
static enum err time_document(struct arena *a, struct str line, struct buf *b)
{
    bool compact = word(&line, STR("compact "));
    struct bytes *updates;
    size_t n = updates_of(a, line, &updates), memory = 0;
    if (compact)
        TRY(compacted(a, updates, &n));
    double best = 0;
    for (int k = 0; k < 10; k++) {
        struct arena *each = arena_new(YDOC_ARENA_MAX);
        struct timespec t0, t1;
        struct ydoc *d;
        clock_gettime(CLOCK_MONOTONIC, &t0);
        enum err e = ydoc_make(each, updates, n, &d);
        clock_gettime(CLOCK_MONOTONIC, &t1);
        memory = arena_used(each);
        arena_free(each);
        TRY(e);
        double ms = (double)(t1.tv_sec - t0.tv_sec) * 1e3 + (double)(t1.tv_nsec - t0.tv_nsec) / 1e6;
        best = k == 0 || ms < best ? ms : best;
    }
    buf_fmt(b, "{\"ms\":%.3f,\"bytes\":%zu}", best, memory);
    return OK;
}

/* ---- trees */

static void add_str(json_t *o, const char *key, struct str s)
{
    if (s.n)
        json_object_set_new(o, key, json_stringn(s.p, s.n));
}

static json_t *tree_json(const struct rich *r)
{
    json_t *o = json_pack("{s:i,s:i,s:i,s:i,s:b,s:i,s:i}", "kind", (int)r->kind, "level", r->level, "colspan", r->colspan, "rowspan", r->rowspan,
                          "header", r->header, "align", (int)r->align, "marks", (int)r->marks);
    add_str(o, "text", r->text);
    add_str(o, "href", r->href);
    add_str(o, "comment", r->comment);
    add_str(o, "suggestion", r->suggestion);
    add_str(o, "author", r->author);
    json_t *children = json_array();
    for (const struct rich *c = r->first; c; c = c->next)
        json_array_append_new(children, tree_json(c));
    json_object_set_new(o, "children", children);
    return o;
}

static int number(const json_t *o, const char *key)
{
    return (int)json_integer_value(json_object_get(o, key));
}

static struct str text_of(struct arena *a, const json_t *o, const char *key)
{
    const json_t *v = json_object_get(o, key);
    return v ? arena_str(a, (struct str){json_string_value(v), json_string_length(v)}) : STR("");
}

static struct rich *tree_of(struct arena *a, const json_t *o)
{
    struct rich *r = rich_new(a, (enum rich_kind)number(o, "kind"));
    r->level = number(o, "level");
    r->colspan = number(o, "colspan");
    r->rowspan = number(o, "rowspan");
    r->header = json_is_true(json_object_get(o, "header"));
    r->align = (enum rich_align)number(o, "align");
    r->marks = (unsigned)number(o, "marks");
    r->text = text_of(a, o, "text");
    r->href = text_of(a, o, "href");
    r->comment = text_of(a, o, "comment");
    r->suggestion = text_of(a, o, "suggestion");
    r->author = text_of(a, o, "author");
    size_t i;
    json_t *c;
    json_array_foreach(json_object_get(o, "children"), i, c)
        rich_add(r, tree_of(a, c));
    return r;
}

static enum err read_tree(struct arena *a, struct str line, struct buf *b)
{
    struct bytes *updates;
    struct rich *doc;
    size_t n = updates_of(a, line, &updates);
    TRY(prose_read(a, updates, n, &doc));
    json_t *o = tree_json(doc);
    char *text = json_dumps(o, JSON_COMPACT);
    buf_c(b, text);
    free(text);
    json_decref(o);
    return OK;
}

static enum err write_tree(struct arena *a, struct str line, bool replace, struct buf *b)
{
    struct str client = str_cut(&line, ' ');
    struct bytes tree = from_hex(a, str_cut(&line, ' ')), *updates;
    struct buf made = {0};
    size_t n = updates_of(a, line, &updates);
    json_t *o = json_loadb((const char *)tree.p, tree.n, 0, NULL);
    const struct rich *doc = tree_of(a, o);
    uint64_t id = strtoull(arena_cstr(a, client), NULL, 10);
    enum err e = replace ? prose_replace(a, updates, n, doc, id, &made) : prose_write(doc, id, &made);
    if (!e)
        e = update_check((struct bytes){(const uint8_t *)made.p, made.n}, &update_from_client, NULL);
    buf_c(b, "{\"update\":\"");
    for (size_t i = 0; i < made.n; i++)
        buf_fmt(b, "%02x", (unsigned char)made.p[i]);
    buf_c(b, "\"}");
    buf_free(&made);
    json_decref(o);
    return e;
}

static enum err answer(struct arena *a, struct str s, struct buf *b)
{
    if (word(&s, STR("time ")))
        return time_document(a, s, b);
    if (word(&s, STR("read ")))
        return read_tree(a, s, b);
    if (word(&s, STR("write ")))
        return write_tree(a, s, false, b);
    if (word(&s, STR("replace ")))
        return write_tree(a, s, true, b);
    return read_document(a, s, b);
}

int main(void)
{
    char *line = NULL;
    size_t cap = 0;
    ssize_t n;
    struct buf b = {.max = (size_t)64 << 20};
    while ((n = getline(&line, &cap, stdin)) > 0) {
        struct arena *a = arena_new(PROSE_ARENA_MAX + ((size_t)256 << 20));
        struct str s = str_trim((struct str){line, (size_t)n});
        buf_clear(&b);
        enum err e = answer(a, s, &b);
        if (e)
            printf("{\"error\":\"%s\"}\n", err_name(e));
        else
            printf("%.*s\n", (int)b.n, b.p);
        arena_free(a);
    }
    buf_free(&b);
    free(line);
    return 0;
}
