/* Text into lines, by Pango. */
#include "pdf/flow.h"

#include <stdlib.h>

/* One word of megabytes would cost the square of its length in Pango: a long text is cut into parts, each with lines of its own. */
enum { PART_MAX = 6000, LINES_MAX = 60000, LAYOUTS_MAX = 30000 /* some kilobytes each, until the file is made */ };

struct part { /* the text that goes into one layout */
    struct press *p;
    struct flow *f;
    struct para how;
    struct buf text;
    PangoAttrList *attrs;
    struct span *spans;
    size_t n, cap;
    bool any; /* a layout was made already */
};

static void keep_layout(struct press *p, PangoLayout *l)
{
    if (p->n == p->cap) {
        size_t cap = p->cap ? 2 * p->cap : 64;
        PangoLayout **more = realloc(p->layouts, cap * sizeof(PangoLayout *));
        if (!more)
            abort();
        p->layouts = more;
        p->cap = cap;
    }
    p->layouts[p->n++] = l;
    if (p->n > LAYOUTS_MAX && !p->bad)
        p->bad = ERR_LIMIT;
}

static void set_font(PangoLayout *l, const struct type *type, bool bold)
{
    PangoFontDescription *font = pango_font_description_new();
    pango_font_description_set_family_static(font, "Noto Sans,Noto Sans Arabic,sans-serif");
    pango_font_description_set_absolute_size(font, type->size * PANGO_SCALE);
    if (type->bold || bold)
        pango_font_description_set_weight(font, PANGO_WEIGHT_BOLD);
    pango_layout_set_font_description(l, font);
    pango_font_description_free(font);
}

static PangoLayout *layout_new(struct press *p, struct str text, const struct para *how)
{
    PangoLayout *l = pango_layout_new(p->way[how->rtl]);
    keep_layout(p, l);
    set_font(l, how->type, how->bold);
    pango_layout_set_auto_dir(l, FALSE);
    pango_layout_set_wrap(l, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_width(l, (int)(how->w * PANGO_SCALE));
    pango_layout_set_text(l, text.p, (int)text.n);
    return l;
}

static double line_x(const struct para *how, double width)
{
    double left = how->w - width;
    if (left < 0)
        left = 0;
    bool far = (how->align == RICH_END) != how->right;
    return how->x + (how->align == RICH_CENTER ? left / 2 : far ? left : 0);
}

/* Lines of Arabic are as high as its fonts ask for by far more than its letters need; and lines beside each other, with Arabic and with
 * numbers only, must have one baseline. */
static void set_height(const struct press *p, struct line *line, const PangoRectangle *r, const struct para *how)
{
    static const double most = 1.72, above = 1.2;
    line->ascent = (double)-r->y / PANGO_SCALE;
    line->h = (double)r->height / PANGO_SCALE;
    if (p->rtl || how->rtl || line->h > most * how->type->size) {
        line->ascent = above * how->type->size;
        line->h = most * how->type->size;
    }
}

static struct line *line_new(struct press *p, PangoLayout *l, int i, const struct para *how)
{
    struct line *line = ARENA_NEW(p->a, struct line);
    line->at = pango_layout_get_line_readonly(l, i);
    line->text = pango_layout_get_text(l);
    PangoRectangle r;
    pango_layout_line_get_extents(line->at, NULL, &r);
    line->x = line_x(how, (double)r.width / PANGO_SCALE);
    set_height(p, line, &r, how);
    line->links = how->links;
    line->ink = how->type->ink;
    return line;
}

struct line *press_line(struct press *p, struct str text, struct para how)
{
    return line_new(p, layout_new(p, text, &how), 0, &how);
}

/* The last part's last line is kept with what follows if asked for; no line stands alone on a page, above or below. */
static bool keeps(const struct para *how, int i, int n, bool last_part)
{
    if (how->keep)
        return last_part || i < n - 1;
    return n > 1 && (i == 0 || i == n - 2);
}

static void flush(struct part *s, bool last)
{
    PangoLayout *l = layout_new(s->p, buf_view(&s->text), &s->how);
    PangoAttribute *plain = pango_attr_font_features_new("liga=0, clig=0"); /* "fi" is two letters for who searches and copies */
    pango_attr_list_insert(s->attrs, plain);
    pango_layout_set_attributes(l, s->attrs);
    int n = pango_layout_get_line_count(l);
    for (int i = 0; i < n && !s->p->bad; i++) {
        struct line *line = line_new(s->p, l, i, &s->how);
        line->spans = s->spans;
        line->n = s->n;
        if (++s->p->lines > LINES_MAX)
            s->p->bad = ERR_LIMIT;
        flow_box(s->p, s->f, (struct item){.kind = ITEM_LINE, .line = line, .h = line->h, .keep = keeps(&s->how, i, n, last)});
    }
    pango_attr_list_unref(s->attrs);
    s->attrs = pango_attr_list_new();
    buf_clear(&s->text);
    s->spans = NULL;
    s->n = s->cap = 0;
    s->any = true;
}

static void attr(struct part *s, PangoAttribute *a, size_t from)
{
    a->start_index = (guint)from;
    a->end_index = (guint)s->text.n;
    pango_attr_list_insert(s->attrs, a);
}

static void add_span(struct part *s, struct span span)
{
    if (s->n == s->cap) {
        size_t cap = s->cap ? 2 * s->cap : 4;
        struct span *more = ARENA_ARRAY(s->p->a, struct span, cap);
        if (s->n)
            memcpy(more, s->spans, s->n * sizeof *more);
        s->spans = more;
        s->cap = cap;
    }
    s->spans[s->n++] = span;
}

/* Lines are drawn by our own hand: underline and colour are here only so that Pango makes a run of its own. */
static void add_text(struct part *s, struct str text, const struct rich *run)
{
    size_t from = s->text.n;
    buf_str(&s->text, text);
    if (run->marks & RICH_BOLD)
        attr(s, pango_attr_weight_new(PANGO_WEIGHT_BOLD), from);
    if (run->marks & RICH_ITALIC)
        attr(s, pango_attr_style_new(PANGO_STYLE_ITALIC), from);
    if (run->marks & (RICH_UNDERLINE | RICH_INSERTED | RICH_DELETED) || run->href.n)
        attr(s, pango_attr_underline_new(PANGO_UNDERLINE_SINGLE), from);
    add_span(s, (struct span){from, s->text.n, run->marks, run->href});
}

/* How much of a text goes into the part: to a space, else to a whole character. */
static size_t cut_at(struct str s, size_t room)
{
    for (size_t n = room; n > room / 2; n--)
        if (s.p[n - 1] == ' ')
            return n;
    while (room && ((unsigned char)s.p[room] & 0xC0) == 0x80)
        room--;
    return room;
}

static void add_run(struct part *s, const struct rich *run)
{
    struct str t = paper_text(s->p->a, run->text);
    while (t.n && !s->p->bad) {
        if (s->text.n >= PART_MAX - 8)
            flush(s, false);
        size_t room = PART_MAX - s->text.n, n = t.n <= room ? t.n : cut_at(t, room);
        add_text(s, (struct str){t.p, n}, run);
        t = (struct str){t.p + n, t.n - n};
    }
}

static void add_children(struct part *s, const struct rich *block, int depth)
{
    for (const struct rich *c = block->first; c && depth < RICH_DEPTH_MAX && !s->p->bad; c = c->next) {
        if (c->kind == RICH_RUN)
            add_run(s, c);
        else if (c->kind == RICH_BREAK)
            buf_c(&s->text, "\xe2\x80\xa8"); /* U+2028: a new line, the same paragraph */
        else
            add_children(s, c, depth + 1);
        if (s->text.n >= PART_MAX)
            flush(s, false);
    }
}

static bool has_links(const struct rich *block)
{
    for (const struct rich *c = block->first; c; c = c->next)
        if (c->kind == RICH_RUN && c->href.n)
            return true;
    return false;
}

void flow_lines(struct press *p, struct flow *f, const struct rich *block, struct para how)
{
    how.links = has_links(block);
    struct part s = {.p = p, .f = f, .how = how, .attrs = pango_attr_list_new()};
    add_children(&s, block, 0);
    if (s.text.n || !s.any)
        flush(&s, true);
    pango_attr_list_unref(s.attrs);
    buf_free(&s.text);
}

void flow_text(struct press *p, struct flow *f, struct str text, const char *tag, struct para how)
{
    struct rich run = {.kind = RICH_RUN, .text = text}, block = {.kind = RICH_PARAGRAPH, .first = &run, .last = &run};
    flow_open(p, f, tag);
    flow_lines(p, f, &block, how);
    flow_close(p, f);
}
