/* Tables into rows. */
#include "pdf/flow.h"

static const double pad_side = 5;

struct table {
    struct press *p;
    struct paper_grid grid;
    struct row *rows;
    double widths[PAPER_COLUMNS_MAX], x, w;
    bool rtl, plain;
    int depth;
};

static double column_x(const struct table *t, int col, int span)
{
    double before = 0, w = 0;
    for (int c = 0; c < col + span; c++)
        *(c < col ? &before : &w) += t->widths[c];
    return t->rtl ? t->x + t->w - before - w : t->x + before;
}

static double span_w(const struct table *t, int col, int span)
{
    double w = 0;
    for (int c = col; c < col + span; c++)
        w += t->widths[c];
    return w;
}

static void lay_cell(struct table *t, struct row *row, const struct paper_cell *from, struct cell_box *to)
{
    double side = t->plain ? 0 : pad_side, right = t->plain && from->col + from->colspan < t->grid.cols ? 10 : side;
    *to = (struct cell_box){.x = column_x(t, from->col, from->colspan), .w = span_w(t, from->col, from->colspan),
                            .header = from->cell->header || row->header, .rowspan = (size_t)from->rowspan};
    to->flow = ARENA_NEW(t->p->a, struct flow);
    double inner = to->w - side - right;
    struct place at = {to->x + (t->rtl ? right : side), inner > 4 ? inner : 4, t->rtl, t->depth, true, to->header};
    flow_blocks(t->p, to->flow, from->cell, at);
    to->h = to->flow->h;
}

/* Heights of rows by the cells that stand in one row; then the last row of a cell over several rows grows with it. */
static void stretch(struct table *t, size_t i)
{
    for (size_t k = 0; k < t->rows[i].n; k++) {
        struct cell_box *c = &t->rows[i].cells[k];
        double have = 0, want = c->h + 2 * t->rows[i].pad;
        for (size_t r = i; r < i + c->rowspan; r++)
            have += t->rows[r].h;
        if (have < want)
            t->rows[i + c->rowspan - 1].h += want - have;
    }
}

/* The row after the last that hangs together with row i by cells over several rows. */
static size_t band_end(const struct table *t, size_t i)
{
    size_t end = i + 1;
    for (size_t r = i; r < end; r++)
        for (size_t k = 0; k < t->rows[r].n; k++)
            if (r + t->rows[r].cells[k].rowspan > end)
                end = r + t->rows[r].cells[k].rowspan;
    return end;
}

static double tallest(const struct row *r)
{
    double h = 0;
    for (size_t k = 0; k < r->n; k++)
        if (r->cells[k].rowspan == 1 && r->cells[k].h > h)
            h = r->cells[k].h;
    return h + 2 * r->pad;
}

/* A band is never divided between pages, so it must be well below a page: else its cells are taken as cells of one row. */
static void lay_band(struct table *t, size_t from, size_t end)
{
    double h = 0;
    for (int loose = 0; loose < 2; loose++) {
        h = 0;
        for (size_t i = from; i < end; i++)
            t->rows[i].h = tallest(&t->rows[i]);
        for (size_t i = from; i < end; i++)
            stretch(t, i);
        for (size_t i = from; i < end; i++)
            h += t->rows[i].h;
        if (end == from + 1 || h < 0.6 * press_height(t->p))
            break;
        for (size_t i = from; i < end; i++)
            for (size_t k = 0; k < t->rows[i].n; k++)
                t->rows[i].cells[k].rowspan = 1;
    }
    for (size_t i = from; i + 1 < end && h < 0.6 * press_height(t->p); i++)
        t->rows[i].joined = t->rows[i + 1].joined = t->rows[i].glued = true;
}

static void lay_rows(struct table *t)
{
    t->rows = ARENA_ARRAY(t->p->a, struct row, t->grid.n);
    for (size_t i = 0; i < t->grid.n && !t->p->bad; i++) {
        const struct paper_row *from = &t->grid.rows[i];
        struct row *row = &t->rows[i];
        *row = (struct row){.n = from->n, .pad = t->plain ? 2 : 3.5, .header = from->header, .plain = t->plain};
        row->cells = ARENA_ARRAY(t->p->a, struct cell_box, from->n + 1);
        for (size_t k = 0; k < from->n && !t->p->bad; k++) {
            lay_cell(t, row, &from->cells[k], &row->cells[k]);
            if (i + row->cells[k].rowspan > t->grid.n)
                row->cells[k].rowspan = t->grid.n - i;
        }
    }
    for (size_t i = 0, end; i < t->grid.n && !t->p->bad; i = end) {
        end = band_end(t, i);
        lay_band(t, i, end);
    }
}

static void set_widths(struct table *t)
{
    const struct paper_grid *g = &t->grid;
    if (paper_is_dated(t->p->paper->form, g)) {
        t->plain = true;
        t->widths[0] = t->w * 0.24;
        t->widths[1] = t->w - t->widths[0];
    } else
        paper_widths(g, t->w, t->p->form->table.size * 0.64, 2 * pad_side, t->widths);
}

static void add_rows(struct table *t, struct flow *f)
{
    double head = 0;
    size_t heads = t->grid.heads;
    for (size_t i = 0; i < heads; i++)
        head += t->rows[i].h;
    if (head > 0.3 * press_height(t->p))
        heads = 0;
    for (size_t i = 0; i < t->grid.n && !t->p->bad; i++) {
        struct row *r = &t->rows[i];
        r->heads = t->rows;
        r->n_heads = r->header ? 0 : heads;
        r->head_h = head;
        bool keep = (r->header && heads) || r->glued;
        flow_box(t->p, f, (struct item){.kind = ITEM_ROW, .row = r, .h = r->h, .keep = keep, .x = t->x, .w = t->w});
    }
}

void flow_table(struct press *p, struct flow *f, const struct rich *table, struct place at)
{
    struct table t = {.p = p, .grid = paper_grid(p->a, table), .x = at.x, .w = at.w, .rtl = paper_rtl(table, at.rtl), .depth = at.depth};
    if (!t.grid.n)
        return;
    set_widths(&t);
    lay_rows(&t);
    flow_gap(f, t.plain ? p->form->body.after : 6);
    flow_open(p, f, "Table");
    add_rows(&t, f);
    flow_close(p, f);
    flow_gap(f, t.plain ? p->form->body.after : 10);
}
