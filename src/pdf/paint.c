/* Pages onto Cairo, with the tags of the structure. */
#include "pdf/flow.h"

#include <cairo-pdf.h>
#include <stdlib.h>

static const struct ink ink_link = {0.07, 0.28, 0.55}, ink_rule = {0.62, 0.66, 0.70}, ink_line = {0.80, 0.82, 0.84},
                        ink_head = {0.94, 0.95, 0.965}, ink_soft = {0.40, 0.42, 0.45};

struct painter {
    struct press *p;
    cairo_t *cr;
    cairo_surface_t *to;
    int page, outline[4];
};

static void set_ink(cairo_t *cr, struct ink i)
{
    cairo_set_source_rgb(cr, i.r, i.g, i.b);
}

static void bar(cairo_t *cr, struct ink ink, double x, double y, double w, double h)
{
    set_ink(cr, ink);
    cairo_rectangle(cr, x, y, w, h);
    cairo_fill(cr);
}

/* ---- lines of text */

struct piece { /* a run where it stands */
    PangoLayoutRun *run;
    const struct span *span;
    double x, w;
};

static int by_text(const void *a, const void *b)
{
    const struct piece *x = a, *y = b;
    return (x->run->item->offset > y->run->item->offset) - (x->run->item->offset < y->run->item->offset);
}

static const struct span *span_at(const struct line *l, size_t at)
{
    size_t lo = 0, hi = l->n;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (l->spans[mid].to <= at)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < l->n && l->spans[lo].from <= at ? &l->spans[lo] : NULL;
}

/* The attribute of a Link tag. Everything that means something in it, or in a PDF string, is written as %XX. */
static const char *link_attribute(struct arena *a, struct str href)
{
    CLEANUP(buf_free) struct buf b = {0};
    buf_c(&b, "uri='");
    for (size_t i = 0; i < href.n && i < 2000; i++) {
        unsigned char c = (unsigned char)href.p[i];
        if (c <= ' ' || c >= 0x7F || strchr("'\"\\()<>", c))
            buf_fmt(&b, "%%%02X", c);
        else
            buf_byte(&b, (char)c);
    }
    buf_byte(&b, '\'');
    return arena_cstr(a, buf_view(&b));
}

static bool same_link(const struct span *a, const struct span *b)
{
    return str_eq(a ? a->href : STR(""), b ? b->href : STR(""));
}

static void draw_piece(struct painter *o, const struct line *l, const struct piece *s, double y)
{
    cairo_t *cr = o->cr;
    unsigned marks = s->span ? s->span->marks : 0;
    bool link = s->span && s->span->href.n;
    set_ink(cr, link ? ink_link : l->ink);
    cairo_move_to(cr, l->x + s->x, y);
    pango_cairo_show_glyph_item(cr, l->text, s->run);
    double size = l->ascent / 15;
    if (link || marks & (RICH_UNDERLINE | RICH_INSERTED))
        bar(cr, link ? ink_link : l->ink, l->x + s->x, y + 1.6 * size, s->w, 0.6 * size);
    if (marks & RICH_DELETED)
        bar(cr, l->ink, l->x + s->x, y - 4 * size, s->w, 0.6 * size);
}

/* The runs as they are read, not as they lie: that is the order of the file, which readers aloud follow. */
static void draw_line(struct painter *o, const struct line *l, double y)
{
    size_t n = 0, max = g_slist_length(l->at->runs);
    struct piece *v = ARENA_ARRAY(o->p->a, struct piece, max + 1);
    double x = 0;
    for (GSList *r = l->at->runs; r; r = r->next, n++) {
        PangoLayoutRun *run = r->data;
        double w = (double)pango_glyph_string_get_width(run->glyphs) / PANGO_SCALE;
        v[n] = (struct piece){run, span_at(l, (size_t)run->item->offset), x, w};
        x += w;
    }
    qsort(v, n, sizeof *v, by_text);
    const char *open = NULL;
    for (size_t i = 0; i < n; i++) {
        const struct span *s = v[i].span;
        bool link = s && s->href.n;
        if (!open && l->links) {
            open = link ? CAIRO_TAG_LINK : "Span";
            cairo_tag_begin(o->cr, open, link ? link_attribute(o->p->a, s->href) : NULL);
        }
        draw_piece(o, l, &v[i], y + l->ascent);
        if (open && !(i + 1 < n && same_link(s, v[i + 1].span))) {
            cairo_tag_end(o->cr, open);
            open = NULL;
        }
    }
}

/* ---- items */

static void open_tag(struct painter *o, const char *tag)
{
    cairo_tag_begin(o->cr, tag, NULL);
}

/* Tags nest, so which one ends follows from those that began. */
struct open {
    const char *tag[8 * RICH_DEPTH_MAX];
    size_t n;
};

static void tag(struct painter *o, struct open *t, const struct item *it)
{
    if (it->kind == ITEM_OPEN && t->n < COUNT(t->tag)) {
        t->tag[t->n++] = it->tag;
        open_tag(o, it->tag);
    } else if (it->kind == ITEM_CLOSE && t->n)
        cairo_tag_end(o->cr, t->tag[--t->n]);
}

/* A list's sign stands on the baseline of the line that follows. */
static double baseline_shift(const struct item *it, const struct item *end)
{
    for (const struct item *n = it + 1; n < end && n->kind < ITEM_ROW; n++)
        if (n->kind == ITEM_LINE)
            return n->line->ascent - it->line->ascent;
    return 0;
}

static double next_before(const struct item *it, const struct item *end)
{
    for (const struct item *n = it + 1; n < end; n++)
        if (n->kind >= ITEM_LINE)
            return n->before;
    return 0;
}

static void outline(struct painter *o, const struct item *it, double y)
{
    int level = it->level, parent = CAIRO_PDF_OUTLINE_ROOT;
    for (int i = level - 1; i > 0 && !parent; i--)
        parent = o->outline[i];
    struct str to = arena_fmt(o->p->a, "page=%d pos=[%d %d]", o->page + 1, (int)o->p->form->side, (int)y);
    o->outline[level] = cairo_pdf_surface_add_outline(o->to, parent, arena_cstr(o->p->a, it->title), arena_cstr(o->p->a, to),
                                                      CAIRO_PDF_OUTLINE_FLAG_OPEN);
    for (int i = level + 1; i < 4; i++)
        o->outline[i] = 0;
}

static void quote_bars(struct painter *o, const struct item *it, double y, double gap)
{
    for (const struct bar *b = it->bar; b; b = b->outer)
        bar(o->cr, ink_rule, b->x - 0.75, y - gap, 1.5, it->h + gap);
}

static void draw_box(struct painter *o, const struct item *it, double y, double before)
{
    quote_bars(o, it, y, before < it->bar_gap ? before : it->bar_gap);
    if (it->kind == ITEM_LINE)
        draw_line(o, it->line, y);
    else if (it->kind == ITEM_RULE)
        bar(o->cr, ink_rule, it->x, y, it->w, it->h);
}

/* The items [from, to) of a cell. What began in an earlier part of the row begins again. */
static void draw_cell(struct painter *o, const struct cell_box *c, size_t from, size_t to, double y, bool tagged)
{
    struct open t = {.n = 0};
    const struct item *v = c->flow->v;
    bool first = true;
    for (size_t i = 0; i < from && tagged; i++)
        if (v[i].kind == ITEM_OPEN && t.n < COUNT(t.tag))
            t.tag[t.n++] = v[i].tag;
        else if (v[i].kind == ITEM_CLOSE && t.n)
            t.n--;
    for (size_t i = 0; i < t.n; i++)
        open_tag(o, t.tag[i]);
    for (size_t i = from; i < to; i++) {
        if (v[i].kind == ITEM_MARK)
            draw_line(o, v[i].line, y + (first ? 0 : next_before(&v[i], v + c->flow->n)) + baseline_shift(&v[i], v + c->flow->n));
        else if (v[i].kind >= ITEM_LINE) {
            double before = first ? 0 : v[i].before;
            draw_box(o, &v[i], y + before, before);
            y += before + v[i].h;
            first = false;
        } else if (tagged)
            tag(o, &t, &v[i]);
    }
    while (t.n)
        cairo_tag_end(o->cr, t.tag[--t.n]);
}

static void cell_lines(struct painter *o, const struct row *r, const struct cell_box *c, double y, double h)
{
    for (size_t i = 1; i < c->rowspan; i++)
        h += r[i].h;
    if (r->plain)
        return;
    if (c->header)
        bar(o->cr, ink_head, c->x, y, c->w, h);
    bar(o->cr, ink_line, c->x, y + h - 0.3, c->w, 0.6);
    if (r->header || !r->n_heads)
        bar(o->cr, ink_line, c->x, y - 0.3, c->w, 0.6);
}

static void draw_row(struct painter *o, const struct row *r, const struct slot *s, bool tagged)
{
    if (tagged)
        open_tag(o, "TR");
    for (size_t k = 0; k < r->n; k++) {
        const struct cell_box *c = &r->cells[k];
        const char *name = c->header ? "TH" : "TD";
        cell_lines(o, r, c, s->y, s->h);
        if (tagged)
            open_tag(o, name);
        draw_cell(o, c, s->from ? s->from[k] : 0, s->to ? s->to[k] : c->flow->n, s->y + r->pad, tagged);
        if (tagged)
            cairo_tag_end(o->cr, name);
    }
    if (tagged)
        cairo_tag_end(o->cr, "TR");
}

/* ---- pages */

static void foot(struct painter *o, int count)
{
    struct press *p = o->p;
    struct type type = {.size = 8.5, .ink = ink_soft};
    struct str n[2] = {text_int(p->a, p->paper->lang, o->page + 1), text_int(p->a, p->paper->lang, count)};
    if (count < 2 || !p->paper->page_of.n)
        return;
    struct str text = paper_text(p->a, text_fmt(p->a, arena_cstr(p->a, p->paper->page_of), n, 2));
    struct para how = {.type = &type, .x = p->form->side, .w = PAPER_W - 2 * p->form->side, .rtl = p->rtl, .right = p->rtl,
                       .align = RICH_END};
    draw_line(o, press_line(p, text, how), PAPER_H - 40);
}

static void draw_slot(struct painter *o, struct open *t, const struct slot *s, const struct slot *end)
{
    const struct item *it = s->item;
    if (!it)
        draw_row(o, s->row, s, false);
    else if (it->kind == ITEM_ROW) {
        quote_bars(o, &(struct item){.bar = it->bar, .h = s->h}, s->y, 0);
        draw_row(o, it->row, s, true);
    } else if (it->kind == ITEM_MARK) {
        double y = s->y;
        for (const struct slot *n = s + 1; n < end && n->page == s->page; n++)
            if (n->item && n->item->kind >= ITEM_LINE) {
                y = n->y + (n->item->kind == ITEM_LINE ? n->item->line->ascent - it->line->ascent : 0);
                break;
            }
        draw_line(o, it->line, y);
    } else if (it->kind == ITEM_OUTLINE)
        outline(o, it, s->y);
    else if (it->kind >= ITEM_LINE)
        draw_box(o, it, s->y, s->y - it->before >= o->p->form->top - 0.01 ? it->before : 0);
    else
        tag(o, t, it);
}

enum err pages_paint(struct press *p, const struct pages *pages, cairo_t *cr)
{
    struct painter o = {.p = p, .cr = cr, .to = cairo_get_target(cr)};
    struct open t = {.n = 0};
    const struct slot *end = pages->v + pages->n;
    for (const struct slot *s = pages->v; s < end; s++) {
        while (o.page < s->page) {
            foot(&o, pages->count);
            cairo_show_page(cr);
            o.page++;
        }
        draw_slot(&o, &t, s, end);
    }
    foot(&o, pages->count);
    cairo_show_page(cr);
    return cairo_status(cr) ? ERR_INTERNAL : OK;
}
