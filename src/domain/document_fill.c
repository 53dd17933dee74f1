#include "domain/document_fill.h"

struct filling {
    struct arena *a;
    const struct document_fact *facts;
    size_t n;
};

/* "{navn}" or "{navn: hint}" at the beginning of `s`: the fact it names (NULL: none), its hint, and how long it is. */
static const struct document_fact *place_at(const struct filling *f, struct str s, struct str *hint, size_t *len)
{
    ptrdiff_t end = s.n && s.p[0] == '{' ? str_find(s, '}') : -1;
    if (end < 2)
        return NULL;
    struct str rest = {s.p + 1, (size_t)end - 1}, name = str_cut(&rest, ':');
    for (size_t i = 0; i < f->n; i++)
        if (str_is(str_trim(name), f->facts[i].place)) {
            *hint = str_trim(rest);
            *len = (size_t)end + 1;
            return &f->facts[i];
        }
    return NULL;
}

static struct str first_line(struct str text)
{
    return str_trim(str_cut(&text, '\n'));
}

static struct rich *run(const struct filling *f, const struct rich *like, struct str text, unsigned marks)
{
    struct rich *r = rich_new(f->a, RICH_RUN);
    r->href = like->href;
    r->marks = like->marks | marks;
    r->text = text;
    return r;
}

/* Puts `more` behind `at`, among its siblings. */
static struct rich *put_behind(struct rich *parent, struct rich *at, struct rich *more)
{
    more->next = at->next;
    at->next = more;
    if (parent->last == at)
        parent->last = more;
    return more;
}

static void fill_run(const struct filling *f, struct rich *parent, struct rich *at)
{
    for (size_t i = 0; i < at->text.n; i++) {
        struct str rest = {at->text.p + i, at->text.n - i}, hint;
        size_t len;
        const struct document_fact *fact = place_at(f, rest, &hint, &len);
        if (!fact)
            continue;
        struct str value = first_line(fact->text), after = {rest.p + len, rest.n - len};
        at->text.n = i;
        struct rich *end = put_behind(parent, at, run(f, at, value.n ? value : hint, value.n ? 0 : RICH_ITALIC));
        if (after.n) {
            end = put_behind(parent, end, run(f, at, after, 0));
            fill_run(f, parent, end);
        }
        return;
    }
}

/* Runs without a letter are no runs. */
static void drop_empty(struct rich *block)
{
    struct rich *kept = NULL;
    for (struct rich *r = block->first; r; r = r->next) {
        if (r->kind == RICH_RUN && !r->text.n)
            continue;
        if (kept)
            kept->next = r;
        else
            block->first = r;
        kept = r;
    }
    if (kept)
        kept->next = NULL;
    else
        block->first = NULL;
    block->last = kept;
}

/* A paragraph that is nothing but a place: the answer's lines become paragraphs, lines that begin with "- " a list. */
static bool fill_paragraph(const struct filling *f, struct rich *parent, struct rich *p)
{
    struct str hint;
    size_t len;
    if (p->kind != RICH_PARAGRAPH || !p->first || p->first->next || p->first->kind != RICH_RUN)
        return false;
    struct str text = str_trim(p->first->text);
    const struct document_fact *fact = place_at(f, text, &hint, &len);
    if (!fact || len != text.n || !str_trim(fact->text).n)
        return false;
    struct rich *at = p, *list = NULL;
    p->first = p->last = NULL;
    bool used = false;
    for (struct str rest = fact->text; rest.n;) {
        struct str line = str_trim(str_cut(&rest, '\n'));
        bool item = str_starts(line, STR("- "));
        if (!line.n)
            continue;
        if (item && !list && used)
            list = at = put_behind(parent, at, rich_new(f->a, RICH_BULLETS));
        if (item && !list) { /* the paragraph itself becomes the list */
            p->kind = RICH_BULLETS;
            list = p;
        }
        struct rich *block = used || list ? rich_new(f->a, RICH_PARAGRAPH) : p;
        rich_text(f->a, block, item ? (struct str){line.p + 2, line.n - 2} : line, 0);
        if (item) {
            rich_add(rich_add(list, rich_new(f->a, RICH_ITEM)), block);
        } else {
            list = NULL;
            if (block != p)
                at = put_behind(parent, at, block);
        }
        used = true;
    }
    return true;
}

static void fill(const struct filling *f, struct rich *node, int depth)
{
    for (struct rich *r = node->first, *next; r && depth < RICH_DEPTH_MAX; r = next) {
        next = r->next; /* what is put in is not looked at again */
        if (r->kind == RICH_RUN)
            fill_run(f, node, r);
        else if (!fill_paragraph(f, node, r))
            fill(f, r, depth + 1);
    }
    drop_empty(node);
}

void document_fill(struct arena *a, struct rich *doc, const struct document_fact *facts, size_t n)
{
    struct filling f = {a, facts, n};
    fill(&f, doc, 0);
}
