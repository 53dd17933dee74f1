/* The forms: sizes, margins, and what stands on top. */
#include "pdf/flow.h"

#include <stdlib.h>

const double PAPER_W = 595.276, PAPER_H = 841.89;

#define INK_TEXT {0.10, 0.10, 0.11}
#define INK_DEEP {0.09, 0.20, 0.33}
#define INK_SOFT {0.33, 0.35, 0.38}

static const struct form forms[] = {
    [PAPER_PLAIN] = {.top = 62, .bottom = 62, .side = 68,
        .body = {10.5, 0, 7, .ink = INK_TEXT}, .contact = {10.5, 0, 7, .ink = INK_TEXT},
        .name = {20, 0, 12, true, .ink = INK_DEEP}, .table = {9.5, 0, 2, .ink = INK_TEXT},
        .heading = {{18, 18, 8, true, .ink = INK_DEEP}, {13.5, 16, 5, true, .ink = INK_DEEP}, {11, 12, 3, true, .ink = INK_TEXT}}},
    [PAPER_CV] = {.top = 54, .bottom = 56, .side = 60,
        .body = {10, 0, 5, .ink = INK_TEXT}, .contact = {9.5, 0, 1, .ink = INK_SOFT},
        .name = {26, 0, 2, true, .ink = INK_DEEP}, .table = {10, 0, 2, .ink = INK_TEXT},
        .heading = {{13, 18, 7, true, true, INK_DEEP}, {13, 18, 7, true, true, INK_DEEP}, {10.5, 9, 2, true, .ink = INK_TEXT}}},
    [PAPER_LETTER] = {.top = 71, .bottom = 71, .side = 76,
        .body = {10.5, 0, 9, .ink = INK_TEXT}, .contact = {10.5, 0, 1, .ink = INK_TEXT},
        .name = {10.5, 0, 1, true, .ink = INK_TEXT}, .table = {9.5, 0, 2, .ink = INK_TEXT},
        .heading = {{13, 14, 9, true, .ink = INK_TEXT}, {12, 14, 7, true, .ink = INK_TEXT}, {10.5, 10, 3, true, .ink = INK_TEXT}}},
};

void press_open(struct press *p, struct arena *a, const struct paper *paper)
{
    *p = (struct press){.a = a, .paper = paper, .form = &forms[paper->form <= PAPER_LETTER ? paper->form : PAPER_PLAIN]};
    p->rtl = lang_info[paper->lang].rtl;
    p->fonts = pango_cairo_font_map_new();
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(p->fonts), 72);
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    for (int i = 0; i < 2; i++) {
        p->way[i] = pango_font_map_create_context(p->fonts);
        pango_context_set_base_dir(p->way[i], i ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
        pango_context_set_language(p->way[i], pango_language_from_string(lang_info[paper->lang].code));
        pango_context_set_round_glyph_positions(p->way[i], FALSE);
        pango_cairo_context_set_font_options(p->way[i], options);
    }
    cairo_font_options_destroy(options);
}

void press_close(struct press *p)
{
    for (size_t i = 0; i < p->n; i++)
        g_object_unref(p->layouts[i]);
    free(p->layouts);
    for (int i = 0; i < 2; i++)
        g_object_unref(p->way[i]);
    g_object_unref(p->fonts);
}

static struct para wide(const struct press *p, const struct type *type, bool rtl)
{
    return (struct para){.type = type, .x = p->form->side, .w = PAPER_W - 2 * p->form->side, .rtl = rtl, .right = rtl};
}

static void text_line(struct press *p, struct flow *f, struct str text, const struct type *type, const char *tag, bool far)
{
    struct rich run = {.kind = RICH_RUN, .text = text}, block = {.kind = RICH_PARAGRAPH, .first = &run, .last = &run};
    struct para how = wide(p, type, paper_rtl(&block, p->rtl));
    how.right = p->rtl;
    how.align = far ? RICH_END : RICH_START;
    how.keep = true;
    flow_gap(f, type->before);
    flow_text(p, f, text, tag, how);
    flow_gap(f, type->after);
}

static bool is_heading(const struct rich *r)
{
    return r && r->kind == RICH_HEADING && paper_has_text(r);
}

/* Paragraphs of an address or of how to reach somebody: close to each other, an empty one parts them. */
static void address(struct press *p, struct flow *f, const struct rich *from, const struct rich *end, double between)
{
    for (const struct rich *r = from; r != end; r = r->next) {
        if (!paper_has_text(r)) {
            flow_gap(f, 14);
            continue;
        }
        struct para how = wide(p, &p->form->contact, paper_rtl(r, p->rtl));
        how.right = p->rtl;
        how.align = r->align;
        flow_open(p, f, "P");
        flow_lines(p, f, r, how);
        flow_close(p, f);
        flow_gap(f, between);
    }
}

/* The name is the document's first heading, else the author's, else the title. */
static const struct rich *cv_head(struct press *p, struct flow *f, const struct rich *r)
{
    const struct type *name = &p->form->name;
    if (is_heading(r) && r->level == 1) {
        struct para how = wide(p, name, paper_rtl(r, p->rtl));
        how.right = p->rtl;
        how.keep = true;
        flow_open(p, f, "H1");
        flow_lines(p, f, r, how);
        flow_close(p, f);
        r = r->next;
    } else if (p->paper->author.n || p->paper->title.n)
        text_line(p, f, p->paper->author.n ? p->paper->author : p->paper->title, name, "H1", false);
    flow_gap(f, name->after);
    const struct rich *end = paper_address_end(r);
    address(p, f, r, end, p->form->contact.after);
    return end;
}

/* Sender and receiver are the paragraphs before the heading; without any the author sends. The date stands at the far side. */
static const struct rich *letter_head(struct press *p, struct flow *f, const struct rich *r)
{
    const struct rich *end = paper_address_end(r);
    const struct type *title = &p->form->heading[0];
    if (end != r)
        address(p, f, r, end, paper_address_in_blocks(r, end) ? 14 : p->form->contact.after);
    else if (p->paper->author.n)
        text_line(p, f, p->paper->author, &p->form->name, "P", false);
    if (p->paper->dated.n) {
        flow_gap(f, 20);
        text_line(p, f, p->paper->dated, &p->form->contact, "P", true);
    }
    flow_gap(f, 24);
    if (!is_heading(end) && p->paper->title.n)
        text_line(p, f, p->paper->title, title, "H1", false);
    return end;
}

static const struct rich *plain_head(struct press *p, struct flow *f, const struct rich *r)
{
    if (!(is_heading(r) && r->level <= 1) && p->paper->title.n)
        text_line(p, f, p->paper->title, &p->form->name, "H1", false);
    return r;
}

void flow_document(struct press *p, struct flow *f, const struct rich *doc)
{
    const struct rich *r = doc->first;
    struct place at = {.x = p->form->side, .w = PAPER_W - 2 * p->form->side, .rtl = p->rtl};
    flow_open(p, f, "Document");
    r = p->paper->form == PAPER_CV       ? cv_head(p, f, r)
        : p->paper->form == PAPER_LETTER ? letter_head(p, f, r)
                                         : plain_head(p, f, r);
    for (; r && !p->bad; r = r->next)
        flow_block(p, f, r, at);
    flow_close(p, f);
}
