#include "domain/on_paper.h"

#include "base/utf8.h"

#include <unicode/uchar.h>

static bool is_hidden(uint32_t c)
{
    return (c < 0x20) || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF ||
           (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
}

/* The length of the well-formed character at the front, 0 when there is none. */
static size_t whole_char(struct str s)
{
    for (size_t n = 1; n <= 4 && n <= s.n; n++)
        if (utf8_valid((struct str){s.p, n}))
            return n;
    return 0;
}

static void put(char *to, size_t *n, uint32_t c)
{
    if (c == '\t' || c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029)
        to[(*n)++] = ' ';
    else if (!is_hidden(c)) {
        size_t k = 0;
        utf8_put(to + *n, c, &k);
        *n += k;
    }
}

struct str paper_text(struct arena *a, struct str s)
{
    char *to = arena_alloc(a, 3 * s.n + 4); /* a wrong byte becomes three */
    size_t n = 0;
    bool valid = utf8_valid(s);
    while (s.n) {
        size_t k = valid ? 1 : whole_char(s);
        if (!k) {
            put(to, &n, 0xFFFD);
            s = (struct str){s.p + 1, s.n - 1};
        } else if (valid)
            put(to, &n, utf8_next(&s));
        else {
            struct str one = {s.p, k};
            put(to, &n, utf8_next(&one));
            s = (struct str){s.p + k, s.n - k};
        }
    }
    return (struct str){to, n};
}

struct letters {
    int64_t left, right; /* letters of scripts that run from the left, and from the right */
    bool first_right;
};

static void count_text(struct str s, struct letters *l)
{
    if (!utf8_valid(s))
        return;
    for (uint32_t c; (c = utf8_next(&s));) {
        UCharDirection d = u_charDirection((UChar32)c);
        bool right = d == U_RIGHT_TO_LEFT || d == U_RIGHT_TO_LEFT_ARABIC;
        if (!right && d != U_LEFT_TO_RIGHT)
            continue;
        if (!l->left && !l->right)
            l->first_right = right;
        l->left += !right;
        l->right += right;
    }
}

static void count(const struct rich *r, struct letters *l, int depth)
{
    if (r->kind == RICH_RUN)
        count_text(r->text, l);
    for (const struct rich *c = r->first; c && depth < 2 * RICH_DEPTH_MAX; c = c->next)
        count(c, l, depth + 1);
}

bool paper_rtl(const struct rich *block, bool around)
{
    struct letters l = {0};
    count(block, &l, 0);
    if (!l.left && !l.right)
        return around;
    if (block->kind != RICH_PARAGRAPH && block->kind != RICH_HEADING)
        return l.right > l.left || (around && l.right);
    return around ? l.right > 0 : l.first_right;
}

static bool has_text(const struct rich *r, int depth)
{
    if (r->kind == RICH_RUN && str_trim(r->text).n)
        return true;
    for (const struct rich *c = r->first; c && depth < 2 * RICH_DEPTH_MAX; c = c->next)
        if (has_text(c, depth + 1))
            return true;
    return false;
}

bool paper_has_text(const struct rich *block)
{
    return has_text(block, 0);
}

/* ---- tables */

static int within(int v, int least, int most)
{
    return v < least ? least : v > most ? most : v;
}

static size_t children(const struct rich *r, enum rich_kind kind)
{
    size_t n = 0;
    for (const struct rich *c = r->first; c; c = c->next)
        n += c->kind == kind;
    return n;
}

struct laying {
    struct paper_grid *g;
    int over[PAPER_COLUMNS_MAX]; /* rows that a cell from above still covers */
};

static struct paper_row *next_row(struct arena *a, struct laying *l, size_t cells)
{
    struct paper_row *row = &l->g->rows[l->g->n++];
    row->cells = ARENA_ARRAY(a, struct paper_cell, (cells < PAPER_COLUMNS_MAX ? cells : PAPER_COLUMNS_MAX) + 1); /* each takes a column */
    row->header = cells > 0;
    return row;
}

static void end_row(struct laying *l)
{
    for (int c = 0; c < PAPER_COLUMNS_MAX; c++)
        l->over[c] -= l->over[c] > 0;
}

static int free_column(const struct laying *l, int col)
{
    while (col < PAPER_COLUMNS_MAX && l->over[col])
        col++;
    return col;
}

static void lay_row(struct arena *a, struct laying *l, const struct rich *from, int rows_left)
{
    size_t n = children(from, RICH_CELL);
    struct paper_row *row = next_row(a, l, n);
    int col = 0;
    for (const struct rich *c = from->first; c; c = c->next) {
        if (c->kind != RICH_CELL)
            continue;
        col = free_column(l, col);
        if (col >= PAPER_COLUMNS_MAX) {
            end_row(l);
            memset(l->over, 0, sizeof l->over);
            row = next_row(a, l, n);
            col = 0;
        }
        int span = 1, want = within(c->colspan, 1, PAPER_COLUMNS_MAX - col);
        while (span < want && !l->over[col + span])
            span++;
        struct paper_cell *cell = &row->cells[row->n++];
        *cell = (struct paper_cell){c, col, span, within(c->rowspan, 1, rows_left)};
        row->header = row->header && c->header;
        for (int k = 0; k < span; k++)
            l->over[col + k] = cell->rowspan;
        col += span;
        l->g->cols = col > l->g->cols ? col : l->g->cols;
    }
    end_row(l);
}

struct length {
    int block, word, most, least;
};

static void measure_text(struct str s, struct length *l)
{
    if (!utf8_valid(s))
        return;
    for (uint32_t c; (c = utf8_next(&s));) {
        l->block += l->block < 1000;
        l->word = c == ' ' || c == '\n' || c == '\t' ? 0 : l->word + (l->word < 1000);
        l->most = l->block > l->most ? l->block : l->most;
        l->least = l->word > l->least ? l->word : l->least;
    }
}

static void measure(const struct rich *r, struct length *l, int depth)
{
    if (r->kind == RICH_RUN)
        measure_text(r->text, l);
    else
        l->block = l->word = 0;
    for (const struct rich *c = r->first; c && depth < 2 * RICH_DEPTH_MAX; c = c->next)
        measure(c, l, depth + 1);
}

static void measure_columns(struct paper_grid *g)
{
    for (size_t i = 0; i < g->n; i++)
        for (size_t k = 0; k < g->rows[i].n; k++) {
            const struct paper_cell *c = &g->rows[i].cells[k];
            struct length l = {0};
            measure(c->cell, &l, 0);
            for (int s = c->col; s < c->col + c->colspan; s++) {
                int most = l.most / c->colspan, least = l.least / c->colspan;
                g->most[s] = most > g->most[s] ? most : g->most[s];
                g->least[s] = least > g->least[s] ? least : g->least[s];
            }
        }
}

struct paper_grid paper_grid(struct arena *a, const struct rich *table)
{
    struct paper_grid g = {0};
    struct laying l = {.g = &g};
    size_t rows = children(table, RICH_ROW), cells = 0;
    for (const struct rich *r = table->first; r; r = r->next)
        cells += children(r, RICH_CELL);
    if (!cells)
        return g;
    g.rows = ARENA_ARRAY(a, struct paper_row, rows + cells);
    for (const struct rich *r = table->first; r; r = r->next)
        if (r->kind == RICH_ROW)
            lay_row(a, &l, r, within((int)rows--, 1, 10000));
    while (g.heads + 1 < g.n && g.rows[g.heads].header)
        g.heads++;
    for (size_t i = g.heads; i < g.n; i++)
        g.rows[i].header = false;
    measure_columns(&g);
    return g;
}

void paper_widths(const struct paper_grid *g, double whole, double em, double pad, double widths[PAPER_COLUMNS_MAX])
{
    double least[PAPER_COLUMNS_MAX], more[PAPER_COLUMNS_MAX], leasts = 0, mores = 0;
    for (int c = 0; c < g->cols; c++) {
        least[c] = within(g->least[c], 2, 18) * em + pad;
        more[c] = within(g->most[c], 2, 60) * em + pad - least[c];
        more[c] = more[c] > 0 ? more[c] : 0;
        leasts += least[c];
        mores += more[c];
    }
    double left = whole - leasts;
    for (int c = 0; c < g->cols; c++)
        widths[c] = left <= 0 ? whole * least[c] / leasts
                    : mores > 0 ? least[c] + left * more[c] / mores : least[c] + left / g->cols;
}

bool paper_is_dated(enum paper_form form, const struct paper_grid *g)
{
    return form == PAPER_CV && g->cols == 2 && !g->heads;
}

const struct rich *paper_address_end(const struct rich *from)
{
    const struct rich *r = from;
    while (r && r->kind == RICH_PARAGRAPH)
        r = r->next;
    return r && r->kind == RICH_HEADING && paper_has_text(r) ? r : from;
}

bool paper_address_in_blocks(const struct rich *from, const struct rich *end)
{
    for (const struct rich *r = from; r != end; r = r->next)
        for (const struct rich *c = r->first; c; c = c->next)
            if (c->kind == RICH_BREAK)
                return true;
    return false;
}
