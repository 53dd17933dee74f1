/* rich_plain.c: a document as lines: plain text, and the markup of templates. */
#include "domain/rich.h"

/* What begins each line: marks of lists and quotes. `first` counts for the next line only, `rest` for those after it. */
enum { LEAD_MAX = 1024 };
struct lines {
    struct buf *out;
    bool begun, markup, gap; /* gap: an empty line before the next one, if there is one */
    size_t n, gap_n;
    char first[LEAD_MAX], rest[LEAD_MAX];
};

static size_t lead_push(struct lines *l, struct str first, char rest)
{
    size_t before = l->n, n = first.n < LEAD_MAX - l->n ? first.n : LEAD_MAX - l->n;
    memcpy(l->first + l->n, first.p, n);
    memset(l->rest + l->n, ' ', n);
    if (n)
        l->rest[l->n] = rest;
    l->n += n;
    return before;
}

/* The marks of a list do not stand on an empty line, those of a quote do. */
static void empty_line(struct lines *l)
{
    size_t n = l->gap_n;
    while (n && l->rest[n - 1] == ' ')
        n--;
    buf_byte(l->out, '\n');
    buf_add(l->out, l->rest, n);
}

static void line(struct lines *l)
{
    if (l->gap && l->begun)
        empty_line(l);
    l->gap = false;
    if (l->begun)
        buf_byte(l->out, '\n');
    l->begun = true;
    buf_add(l->out, l->first, l->n);
    memcpy(l->first, l->rest, l->n);
}

/* ---- a block's text as markup */

/* Marks turn over right before or behind a character that is no white space: elsewhere stars are text. */
struct stars {
    struct buf *out;
    unsigned now, spaces;   /* marks that hold, white space held back */
    bool begin, digits, bar; /* nothing yet on this line; digits only; a bar must be escaped */
};

static void turn(struct stars *s, unsigned marks)
{
    static const char *const stars[4] = {"", "*", "**", "***"};
    unsigned turns = (s->now ^ marks) & (RICH_BOLD | RICH_ITALIC);
    buf_c(s->out, stars[(turns & RICH_BOLD ? 2 : 0) + (turns & RICH_ITALIC ? 1 : 0)]);
    s->now = marks;
}

static void put_sign(struct stars *s, char c, unsigned marks)
{
    if (c == ' ' || c == '\n' || c == '\t') {
        s->spaces += !s->begin;
        return;
    }
    if (!(marks & ~s->now)) /* what only ends, ends before the space */
        turn(s, marks);
    for (; s->spaces; s->spaces--)
        buf_byte(s->out, ' ');
    turn(s, marks);
    if (c == '*' || c == '\\' || (c == '|' && s->bar) || (s->begin && strchr("#->|=", c)) || (s->digits && c == '.'))
        buf_byte(s->out, '\\');
    buf_byte(s->out, c);
    s->digits = (s->begin || s->digits) && c >= '0' && c <= '9';
    s->begin = false;
}

static void run_markup(struct stars *s, const struct rich *run)
{
    for (size_t i = 0; i < run->text.n; i++)
        if (run->text.p[i])
            put_sign(s, run->text.p[i], run->marks & (RICH_BOLD | RICH_ITALIC));
}

static bool has_text_behind(const struct rich *r)
{
    for (; r; r = r->next)
        if (r->kind == RICH_RUN && str_trim(r->text).n)
            return true;
    return false;
}

static void text_markup(struct lines *l, const struct rich *block)
{
    struct stars s = {.out = l->out, .begin = true};
    if (!has_text_behind(block->first))
        return;
    line(l);
    for (int i = 0; block->kind == RICH_HEADING && i < block->level; i++)
        buf_c(l->out, i + 1 < block->level ? "#" : "# ");
    for (const struct rich *r = block->first; r; r = r->next) {
        if (r->kind == RICH_RUN)
            run_markup(&s, r);
        if (r->kind != RICH_BREAK || s.begin || !has_text_behind(r->next))
            continue;
        s.spaces = 0;
        if (block->kind == RICH_HEADING) {
            s.spaces = 1;
            continue;
        }
        turn(&s, 0);
        line(l);
        s.begin = true;
    }
    turn(&s, 0);
}

static void text(struct lines *l, const struct rich *block)
{
    if (l->markup) {
        text_markup(l, block);
        return;
    }
    line(l);
    for (const struct rich *r = block->first; r; r = r->next) {
        if (r->kind == RICH_BREAK)
            line(l);
        else
            buf_str(l->out, r->text);
    }
}

/* ---- blocks */

/* All text below, on one line. */
static void flat(const struct rich *r, struct buf *out)
{
    bool more = false;
    for (const struct rich *c = r->first; c; c = c->next) {
        if (c->kind == RICH_RUN) {
            buf_str(out, c->text);
            continue;
        }
        if (more || c->kind == RICH_BREAK)
            buf_byte(out, ' ');
        more = true;
        flat(c, out);
    }
}

static void cell_markup(struct stars *s, const struct rich *r)
{
    for (const struct rich *c = r->first; c; c = c->next) {
        if (c->kind == RICH_RUN)
            run_markup(s, c);
        else
            cell_markup(s, c);
        s->spaces = c->kind == RICH_RUN || s->begin ? s->spaces : 1;
    }
}

static void row_markup(struct lines *l, const struct rich *r)
{
    line(l);
    buf_byte(l->out, '|');
    for (const struct rich *cell = r->first; cell; cell = cell->next) {
        struct stars s = {.out = l->out, .begin = true, .bar = true};
        buf_c(l->out, cell->header ? "= " : " ");
        cell_markup(&s, cell);
        turn(&s, 0);
        buf_c(l->out, " |");
    }
}

static void row(struct lines *l, const struct rich *r)
{
    if (l->markup) {
        row_markup(l, r);
        return;
    }
    line(l);
    for (const struct rich *cell = r->first; cell; cell = cell->next) {
        flat(cell, l->out);
        if (cell->next)
            buf_byte(l->out, '\t');
    }
}

static void blocks(struct lines *l, const struct rich *parent);

static void list(struct lines *l, const struct rich *r)
{
    int number = r->level;
    for (const struct rich *item = r->first; item; item = item->next) {
        char mark[16];
        int n = r->kind == RICH_NUMBERS ? snprintf(mark, sizeof mark, "%d. ", number++) : snprintf(mark, sizeof mark, "- ");
        size_t before = lead_push(l, (struct str){mark, (size_t)n}, ' ');
        size_t was = l->out->n;
        blocks(l, item);
        if (l->out->n == was)
            line(l);
        l->n = before;
    }
}

static void block(struct lines *l, const struct rich *r)
{
    size_t before;
    switch (r->kind) {
    case RICH_PARAGRAPH:
    case RICH_HEADING:
        text(l, r);
        return;
    case RICH_BULLETS:
    case RICH_NUMBERS:
        list(l, r);
        return;
    case RICH_QUOTE:
        before = lead_push(l, STR("> "), '>');
        blocks(l, r);
        l->n = before;
        return;
    case RICH_TABLE:
        for (const struct rich *each = r->first; each; each = each->next)
            row(l, each);
        return;
    case RICH_RULE:
        line(l);
        buf_c(l->out, "---");
        return;
    case RICH_DOC:
    case RICH_ITEM:
    case RICH_ROW:
    case RICH_CELL:
    case RICH_RUN:
    case RICH_BREAK:
    case RICH_KIND_N:
        return;
    }
}

/* Plain items are dense; in markup only what would otherwise be read as one is kept apart. */
static bool needs_gap(const struct lines *l, const struct rich *parent, const struct rich *r)
{
    if (parent->kind != RICH_ITEM)
        return true;
    return l->markup && !(rich_is_text_block(r->kind) && !rich_is_text_block(r->next->kind));
}

static void blocks(struct lines *l, const struct rich *parent)
{
    for (const struct rich *r = parent->first; r; r = r->next) {
        size_t before = l->out->n;
        block(l, r);
        if (r->next && l->out->n > before && needs_gap(l, parent, r)) {
            l->gap = true;
            l->gap_n = l->n;
        }
    }
}

void rich_plain(const struct rich *doc, struct buf *out)
{
    struct lines l = {.out = out};
    blocks(&l, doc);
    if (l.begun)
        buf_byte(out, '\n');
}

void rich_to_markup(const struct rich *doc, struct buf *out)
{
    struct lines l = {.out = out, .markup = true};
    blocks(&l, doc);
    if (l.begun)
        buf_byte(out, '\n');
}
