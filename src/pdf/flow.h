/* flow.h: a document as a row of items for paper, top to bottom: boxes that have a height, and marks of structure between them. For pdf/. */
#pragma once
#include "domain/on_paper.h"
#include "pdf/pdf.h"

#define __G_ALLOCA_H__ /* GLib's own stack memory, which base/banned.h forbids: without its header */
#include <pango/pangocairo.h>

enum item_kind {
    ITEM_OPEN,    /* a tag of the structure begins */
    ITEM_CLOSE,   /* and ends */
    ITEM_MARK,    /* a list item's sign, on the next line's baseline; no height */
    ITEM_OUTLINE, /* a heading, for the reader's list of contents; no height */
    /* Boxes: */
    ITEM_LINE,
    ITEM_RULE,
    ITEM_ROW,
};
struct span { /* of a text: what Pango does not carry */
    size_t from, to;
    unsigned marks;
    struct str href;
};
struct ink {
    double r, g, b;
};
struct line {
    PangoLayoutLine *at; /* of a layout the press keeps */
    const char *text;
    const struct span *spans;
    size_t n;
    double x, ascent, h;
    struct ink ink;
    bool links; /* its paragraph has links, or goes on on another page: all text is in a Link or a Span, as Cairo marks only what has no tags
                   within, and a page number would fall into a paragraph that is open */
};
struct bar { /* beside a quote */
    double x;
    bool begun;
    struct bar *outer;
};
struct flow;
struct cell_box {
    struct flow *flow;
    double x, w, h;
    bool header;
    size_t rowspan;
};
struct row {
    struct cell_box *cells;
    size_t n;
    double h, pad;  /* pad: above and below */
    bool header, joined, glued; /* joined: a cell goes on in the next row, or comes from the one above; glued: goes on */
    const struct row *heads; /* the table's header rows, to repeat */
    size_t n_heads;
    double head_h;
    bool plain; /* without lines */
};
struct item {
    enum item_kind kind;
    bool keep;        /* of a box: on the same page as the next one */
    double before, h; /* of a box: `before` falls away on top of a page */
    const char *tag;
    struct line *line;
    struct row *row;
    double x, w;           /* of a rule */
    const struct bar *bar; /* of a box */
    double bar_gap;        /* how much of `before` the bar goes beside */
    struct str title;      /* of an outline */
    int level;
};
struct flow {
    struct item *v;
    size_t n, cap;
    double gap; /* before the next box: the largest that was asked for */
    double h;   /* of all boxes, gaps with them */
    struct bar *bar;
};

struct type { /* how a kind of text looks */
    double size, before, after;
    bool bold, ruled;
    struct ink ink;
};
struct form {
    double top, bottom, side; /* margins */
    struct type body, contact, name, heading[3], table;
};
extern const double PAPER_W, PAPER_H; /* A4 in points */

struct press {
    struct arena *a;
    const struct paper *paper;
    const struct form *form;
    bool rtl; /* the document's language */
    PangoFontMap *fonts;
    PangoContext *way[2]; /* left to right, right to left: a context is not changed once a text hangs on it */
    PangoLayout **layouts; /* malloc'ed */
    size_t n, cap;
    size_t lines;
    enum err bad; /* the first thing that went wrong */
};
struct slot { /* where an item is painted */
    const struct item *item;
    int page;
    double y;
    size_t *from, *to;     /* of a row: the items of each cell; NULL all */
    double h;              /* of a row: this part of it */
    const struct row *row; /* a repeated header row: `item` is NULL */
};
struct pages {
    struct slot *v;
    size_t n, cap;
    int count;
};

struct place { /* where a block stands */
    double x, w;
    bool rtl;  /* of what is around it */
    int depth;
    bool in_cell, head; /* head: the text of a header cell */
};

void press_open(struct press *p, struct arena *a, const struct paper *paper);
void press_close(struct press *p);
double press_height(const struct press *p); /* of a page, between the margins */

void flow_box(struct press *p, struct flow *f, struct item item);
void flow_open(struct press *p, struct flow *f, const char *tag);
void flow_close(struct press *p, struct flow *f);
void flow_gap(struct flow *f, double gap);
/* A block, and what stands in it. */
void flow_block(struct press *p, struct flow *f, const struct rich *block, struct place at);
void flow_blocks(struct press *p, struct flow *f, const struct rich *parent, struct place at);
/* The whole document with the head its form has. */
void flow_document(struct press *p, struct flow *f, const struct rich *doc);
void flow_table(struct press *p, struct flow *f, const struct rich *table, struct place at);

struct para {
    const struct type *type;
    double x, w;
    bool rtl; /* the order of its words */
    enum rich_align align; /* START is the left unless `right` */
    bool right;
    bool bold, keep, links; /* keep: with what follows; links: has some */
};
/* The runs under `block` as lines; an empty block is an empty line. */
void flow_lines(struct press *p, struct flow *f, const struct rich *block, struct para how);
void flow_text(struct press *p, struct flow *f, struct str text, const char *tag, struct para how);
/* A line of its own, not in any flow: a list's sign, a page number. */
struct line *press_line(struct press *p, struct str text, struct para how);

/* Where every item stands. Headings stay with what follows, no line stands alone, a table's header rows stand on each of its pages. */
void pages_break(struct press *p, const struct flow *f, struct pages *out);
enum err pages_paint(struct press *p, const struct pages *pages, cairo_t *cr) MUST_CHECK;
