/* Blocks into items. */
#include "pdf/flow.h"

#include "base/utf8.h"

enum { PAGES_MAX = 200 };

double press_height(const struct press *p)
{
    return PAPER_H - p->form->top - p->form->bottom;
}

static void add(struct press *p, struct flow *f, struct item item)
{
    if (f->n == f->cap) {
        size_t cap = f->cap ? 2 * f->cap : 16;
        struct item *more = ARENA_ARRAY(p->a, struct item, cap);
        if (f->n)
            memcpy(more, f->v, f->n * sizeof *more);
        f->v = more;
        f->cap = cap;
    }
    f->v[f->n++] = item;
}

void flow_box(struct press *p, struct flow *f, struct item item)
{
    item.before = f->gap;
    item.bar = f->bar;
    if (f->bar) {
        item.bar_gap = f->bar->begun ? f->gap : 0;
        f->bar->begun = true;
    }
    f->gap = 0;
    f->h += item.before + item.h;
    if (f->h > PAGES_MAX * press_height(p) && !p->bad)
        p->bad = ERR_LIMIT;
    add(p, f, item);
}

void flow_open(struct press *p, struct flow *f, const char *tag)
{
    add(p, f, (struct item){.kind = ITEM_OPEN, .tag = tag});
}

void flow_close(struct press *p, struct flow *f)
{
    add(p, f, (struct item){.kind = ITEM_CLOSE});
}

void flow_gap(struct flow *f, double gap)
{
    f->gap = gap > f->gap ? gap : f->gap;
}

static bool ends_with_colon(const struct rich *block)
{
    const struct rich *last = block->last;
    return last && last->kind == RICH_RUN && str_ends(str_trim(last->text), STR(":"));
}

static bool is_list(const struct rich *r)
{
    return r && (r->kind == RICH_BULLETS || r->kind == RICH_NUMBERS);
}

static void paragraph(struct press *p, struct flow *f, const struct rich *block, struct place at)
{
    const struct type *type = at.in_cell ? &p->form->table : &p->form->body;
    bool text = paper_has_text(block), rtl = paper_rtl(block, at.rtl);
    struct para how = {.type = type, .x = at.x, .w = at.w, .rtl = rtl, .align = block->align, .bold = at.head};
    how.right = at.in_cell || at.depth > 1 ? at.rtl : rtl; /* in a list or a cell the sides are the list's */
    how.keep = ends_with_colon(block) && is_list(block->next);
    flow_gap(f, type->before);
    if (text)
        flow_open(p, f, "P");
    flow_lines(p, f, block, how);
    if (text)
        flow_close(p, f);
    flow_gap(f, type->after);
}

/* A heading's text for the list of contents. */
static struct str plain(struct press *p, const struct rich *block)
{
    CLEANUP(buf_free) struct buf b = {0};
    for (const struct rich *c = block->first; c && b.n < 200; c = c->next)
        if (c->kind == RICH_RUN)
            buf_str(&b, paper_text(p->a, c->text));
        else
            buf_byte(&b, ' ');
    return arena_str(p->a, buf_view(&b));
}

static void heading(struct press *p, struct flow *f, const struct rich *block, struct place at)
{
    static const char *const tags[] = {"H1", "H2", "H3"};
    int level = block->level < 1 ? 1 : block->level > 3 ? 3 : block->level;
    const struct type *type = &p->form->heading[level - 1];
    bool rtl = paper_rtl(block, at.rtl);
    if (!paper_has_text(block))
        return;
    flow_gap(f, type->before);
    add(p, f, (struct item){.kind = ITEM_OUTLINE, .title = plain(p, block), .level = level});
    flow_open(p, f, tags[level - 1]);
    struct para how = {.type = type, .x = at.x, .w = at.w, .rtl = rtl, .right = rtl, .align = block->align, .keep = true};
    flow_lines(p, f, block, how);
    flow_close(p, f);
    if (type->ruled) {
        flow_gap(f, 1.5);
        flow_box(p, f, (struct item){.kind = ITEM_RULE, .x = at.x, .w = at.w, .h = 0.6, .keep = true});
    }
    flow_gap(f, type->after);
}

static void quote(struct press *p, struct flow *f, const struct rich *block, struct place at)
{
    struct bar *outer = f->bar;
    struct bar *bar = ARENA_NEW(p->a, struct bar);
    bool rtl = paper_rtl(block, at.rtl), room = at.w > 120;
    *bar = (struct bar){rtl ? at.x + at.w - 2 : at.x + 2, false, outer};
    flow_open(p, f, "BlockQuote");
    flow_gap(f, p->form->body.after);
    if (room) {
        f->bar = bar;
        at = (struct place){at.x + (rtl ? 0 : 14), at.w - 14, rtl, at.depth, at.in_cell, at.head};
    }
    flow_blocks(p, f, block, at);
    f->bar = outer;
    flow_close(p, f);
    flow_gap(f, p->form->body.after);
}

static void mark(struct press *p, struct flow *f, const struct rich *list, int64_t number, struct place at, double gutter)
{
    const struct type *type = at.in_cell ? &p->form->table : &p->form->body;
    struct str text = STR("\xe2\x80\xa2"); /* a bullet */
    struct para how = {.type = type, .x = at.x, .w = gutter - 5, .rtl = at.rtl, .right = at.rtl, .align = RICH_END};
    if (list->kind == RICH_NUMBERS) {
        struct str n = text_int(p->a, p->paper->lang, number);
        text = arena_fmt(p->a, "%.*s.", STR_FMT(n));
    }
    if (at.rtl)
        how.x = at.x + at.w - how.w;
    flow_open(p, f, "Lbl");
    add(p, f, (struct item){.kind = ITEM_MARK, .line = press_line(p, text, how)});
    flow_close(p, f);
}

static double gutter_of(const struct press *p, const struct rich *list, int64_t first)
{
    int64_t last = first;
    if (list->kind == RICH_BULLETS)
        return 15;
    for (const struct rich *c = list->first; c; c = c->next)
        last++;
    int digits = 1;
    for (; last >= 10; last /= 10)
        digits++;
    return 11 + p->form->body.size * 0.6 * (digits < 2 ? 1 : digits);
}

static void list(struct press *p, struct flow *f, const struct rich *block, struct place at)
{
    int64_t number = block->kind == RICH_NUMBERS && block->level > 0 && block->level < 1000000000 ? block->level : 1;
    double gutter = gutter_of(p, block, number);
    at.rtl = paper_rtl(block, at.rtl);
    flow_open(p, f, "L");
    for (const struct rich *c = block->first; c && !p->bad; c = c->next) {
        if (!c->first)
            continue;
        bool room = at.w > 100;
        struct place in = {at.rtl || !room ? at.x : at.x + gutter, room ? at.w - gutter : at.w, at.rtl, at.depth + 1, at.in_cell, at.head};
        flow_open(p, f, "LI");
        if (room)
            mark(p, f, block, number, at, gutter);
        number++;
        flow_open(p, f, "LBody");
        if (c->kind == RICH_ITEM)
            flow_blocks(p, f, c, in);
        else
            flow_block(p, f, c, in);
        flow_close(p, f);
        flow_close(p, f);
        f->gap = 2; /* items stand closer than paragraphs */
    }
    flow_close(p, f);
    f->gap = p->form->body.after;
}

static void rule(struct press *p, struct flow *f, struct place at)
{
    flow_gap(f, 8);
    flow_box(p, f, (struct item){.kind = ITEM_RULE, .x = at.x, .w = at.w, .h = 0.6});
    flow_gap(f, 8);
}

/* Text that stands where only blocks should. */
static void stray(struct press *p, struct flow *f, const struct rich *run, struct place at)
{
    struct rich one = *run, block = {.kind = RICH_PARAGRAPH, .first = &one, .last = &one};
    one.next = NULL;
    paragraph(p, f, &block, at);
}

void flow_block(struct press *p, struct flow *f, const struct rich *block, struct place at)
{
    at.depth++;
    if (at.depth > 2 * RICH_DEPTH_MAX)
        p->bad = p->bad ? p->bad : ERR_LIMIT;
    if (p->bad)
        return;
    switch (block->kind) {
    case RICH_PARAGRAPH:
        paragraph(p, f, block, at);
        return;
    case RICH_HEADING:
        heading(p, f, block, at);
        return;
    case RICH_QUOTE:
        quote(p, f, block, at);
        return;
    case RICH_BULLETS:
    case RICH_NUMBERS:
        list(p, f, block, at);
        return;
    case RICH_TABLE:
        if (at.in_cell) /* a table within a table: its cells one after the other */
            flow_blocks(p, f, block, at);
        else
            flow_table(p, f, block, at);
        return;
    case RICH_RULE:
        rule(p, f, at);
        return;
    case RICH_RUN:
    case RICH_BREAK:
        stray(p, f, block, at);
        return;
    case RICH_DOC:
    case RICH_ITEM:
    case RICH_ROW:
    case RICH_CELL:
    case RICH_KIND_N:
        flow_blocks(p, f, block, at);
        return;
    }
}

void flow_blocks(struct press *p, struct flow *f, const struct rich *parent, struct place at)
{
    for (const struct rich *c = parent->first; c && !p->bad; c = c->next)
        flow_block(p, f, c, at);
}
