#include "domain/rich.h"
#include "base/utf8.h"

struct rich *rich_new(struct arena *a, enum rich_kind kind)
{
    struct rich *r = ARENA_NEW(a, struct rich);
    r->kind = kind;
    r->level = kind == RICH_HEADING || kind == RICH_NUMBERS;
    r->colspan = r->rowspan = kind == RICH_CELL;
    return r;
}

struct rich *rich_add(struct rich *parent, struct rich *child)
{
    child->next = NULL;
    if (parent->last)
        parent->last->next = child;
    else
        parent->first = child;
    return parent->last = child;
}

bool rich_same_marks(const struct rich *a, const struct rich *b)
{
    return a->marks == b->marks && str_eq(a->href, b->href) && str_eq(a->comment, b->comment) && str_eq(a->suggestion, b->suggestion) &&
           str_eq(a->author, b->author);
}

/* A text may be joined from very many runs: its room doubles, so that all of it is copied a few times and not once for each. */
static void append(struct arena *a, struct rich *r, struct str text)
{
    if (r->room_of != r || r->room < text.n) {
        size_t n = 2 * (r->text.n + text.n);
        char *p = arena_alloc(a, n + 1);
        if (r->text.n)
            memcpy(p, r->text.p, r->text.n);
        r->text.p = p;
        r->room_of = r;
        r->room = n - r->text.n;
    }
    if (text.n)
        memcpy((char *)(uintptr_t)r->text.p + r->text.n, text.p, text.n);
    r->text.n += text.n;
    r->room -= text.n;
}

struct rich *rich_run(struct arena *a, struct rich *parent, struct str text, const struct rich *like)
{
    struct rich *last = parent->last;
    if (last && last->kind == RICH_RUN && rich_same_marks(last, like)) {
        append(a, last, text);
        return last;
    }
    struct rich *r = ARENA_NEW(a, struct rich);
    *r = *like;
    r->kind = RICH_RUN;
    r->text = text;
    r->first = r->last = NULL;
    return rich_add(parent, r);
}

struct rich *rich_text(struct arena *a, struct rich *parent, struct str text, unsigned marks)
{
    return rich_run(a, parent, text, &(struct rich){.kind = RICH_RUN, .marks = marks});
}

bool rich_is_text_block(enum rich_kind kind)
{
    return kind == RICH_PARAGRAPH || kind == RICH_HEADING;
}

/* ---- views */

static bool hidden(const struct rich *r, enum rich_view view)
{
    return view == RICH_ORIGINAL && r->kind == RICH_RUN && r->marks & RICH_INSERTED;
}

static struct rich *copy_one(struct arena *a, const struct rich *r, enum rich_view view)
{
    struct rich *c = ARENA_NEW(a, struct rich);
    *c = *r;
    c->first = c->last = c->next = NULL;
    if (view == RICH_ORIGINAL) {
        c->marks &= ~(unsigned)(RICH_INSERTED | RICH_DELETED);
        c->suggestion = c->author = STR("");
    }
    return c;
}

static void copy_children(struct arena *a, struct rich *to, const struct rich *from, enum rich_view view);

/* NULL: nothing is left of it, and something was hidden. A cell stays, for the sake of its column; a row of such cells goes. */
static struct rich *copy_block(struct arena *a, const struct rich *r, enum rich_view view)
{
    struct rich *c = copy_one(a, r, view);
    copy_children(a, c, r, view);
    bool empty = !c->first;
    if (r->kind == RICH_ROW) {
        empty = r->first;
        const struct rich *was = r->first;
        for (const struct rich *cell = c->first; cell; cell = cell->next, was = was->next)
            empty = empty && !cell->first && was->first;
    }
    return empty && r->first && r->kind != RICH_CELL ? NULL : c;
}

static void copy_children(struct arena *a, struct rich *to, const struct rich *from, enum rich_view view)
{
    for (const struct rich *r = from->first; r; r = r->next) {
        if (hidden(r, view))
            continue;
        if (r->kind == RICH_RUN) {
            const struct rich *c = copy_one(a, r, view);
            rich_run(a, to, r->text, c);
            continue;
        }
        struct rich *c = copy_block(a, r, view);
        if (c)
            rich_add(to, c);
    }
}

struct rich *rich_view(struct arena *a, const struct rich *doc, enum rich_view view)
{
    struct rich *c = copy_one(a, doc, view);
    copy_children(a, c, doc, view);
    return c;
}
