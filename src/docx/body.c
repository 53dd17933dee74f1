/* The document's own part, and the lists and links it refers to. */
#include "domain/on_paper.h"
#include "docx/parts.h"

#include <unicode/uchar.h>

#include "base/utf8.h"

#define XML "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define W_NS "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
#define R_NS "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\""
#define RELS "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
enum { TEXT_W = 9070, LIST_STEP = 425, LIST_LEVELS = 9 }; /* in twentieths of a point */

struct body {
    struct arena *a;
    struct buf *out, *nums, *rels;
    const struct docx_about *about;
    int lists, links;
    enum err bad;
};
struct where {
    bool rtl; /* of what is around */
    int depth, level; /* level: lists it is in */
    int list;         /* the list's number, for the first paragraph of an item; 0 none */
    int quotes;
    bool in_cell, in_header;
};

/* ---- runs */

struct run {
    unsigned marks;
    bool link, bold;
};

static void run_open(struct body *b, const struct run *r, bool rtl)
{
    buf_c(b->out, "<w:r><w:rPr>");
    if (r->link)
        buf_c(b->out, "<w:rStyle w:val=\"Hyperlink\"/>");
    if (r->marks & RICH_BOLD || r->bold)
        buf_c(b->out, "<w:b/><w:bCs/>");
    if (r->marks & RICH_ITALIC)
        buf_c(b->out, "<w:i/><w:iCs/>");
    if (r->marks & RICH_DELETED)
        buf_c(b->out, "<w:strike/>");
    if (r->marks & (RICH_UNDERLINE | RICH_INSERTED) && !r->link)
        buf_c(b->out, "<w:u w:val=\"single\"/>");
    buf_c(b->out, rtl ? "<w:rtl/></w:rPr>" : "</w:rPr>");
}

static void run_text(struct body *b, struct str text, const struct run *r, bool rtl)
{
    if (!text.n)
        return;
    run_open(b, r, rtl);
    buf_c(b->out, "<w:t xml:space=\"preserve\">");
    xml_text(b->out, text);
    buf_c(b->out, "</w:t></w:r>");
}

/* 1 a letter of a script that runs from the right, -1 from the left, 0 what goes along with either. */
static int way_of(uint32_t c)
{
    UCharDirection d = u_charDirection((UChar32)c);
    return d == U_RIGHT_TO_LEFT || d == U_RIGHT_TO_LEFT_ARABIC ? 1 : d == U_LEFT_TO_RIGHT ? -1 : 0;
}

/* Word wants to be told of each run which way it goes. What stands between two letters of one way goes with them, else with the paragraph. */
static void text_by_way(struct body *b, struct str s, const struct run *r, bool para_rtl)
{
    struct str rest = s;
    size_t from = 0, settled = 0; /* [from, settled) goes `way`; what follows is still open */
    int way = 0, para = para_rtl ? 1 : -1;
    for (uint32_t c; (c = utf8_next(&rest));) {
        size_t end = s.n - rest.n, n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
        int w = way_of(c);
        if (!w)
            continue;
        if (way && w != way) {
            size_t cut = way == para ? end - n : settled; /* the open part goes with the paragraph */
            run_text(b, (struct str){s.p + from, cut - from}, r, way > 0);
            from = cut;
        } else if (!way && w != para) {
            run_text(b, (struct str){s.p, end - n}, r, para_rtl);
            from = end - n;
        }
        way = w;
        settled = end;
    }
    if (way && way != para) {
        run_text(b, (struct str){s.p + from, settled - from}, r, way > 0);
        from = settled;
    }
    run_text(b, (struct str){s.p + from, s.n - from}, r, para_rtl);
}

static void link_open(struct body *b, struct str href)
{
    buf_fmt(b->rels, "<Relationship Id=\"link%d\" Type=\"" RELS "hyperlink\" TargetMode=\"External\" Target=\"", ++b->links);
    for (size_t i = 0; i < href.n && i < 2000; i++) {
        unsigned char c = (unsigned char)href.p[i];
        if (c <= ' ' || c >= 0x7F || strchr("\"<>\\^`{|}", c))
            buf_fmt(b->rels, "%%%02X", c);
        else
            xml_text(b->rels, (struct str){href.p + i, 1});
    }
    buf_c(b->rels, "\"/>");
    buf_fmt(b->out, "<w:hyperlink r:id=\"link%d\" w:history=\"1\">", b->links);
}

static void runs(struct body *b, const struct rich *block, bool rtl, bool bold, int depth)
{
    struct str open = STR("");
    for (const struct rich *c = block->first; c && depth < RICH_DEPTH_MAX; c = c->next) {
        bool link = c->kind == RICH_RUN && c->href.n;
        if (open.n && !(link && str_eq(open, c->href))) {
            buf_c(b->out, "</w:hyperlink>");
            open = STR("");
        }
        if (link && !open.n) {
            link_open(b, c->href);
            open = c->href;
        }
        if (c->kind == RICH_RUN)
            text_by_way(b, paper_text(b->a, c->text), &(struct run){c->marks, link, bold}, rtl);
        else if (c->kind == RICH_BREAK)
            buf_c(b->out, "<w:r><w:br/></w:r>");
        else
            runs(b, c, rtl, bold, depth + 1);
    }
    if (open.n)
        buf_c(b->out, "</w:hyperlink>");
}

/* ---- blocks */

static void indent(struct body *b, const struct where *at)
{
    int left = at->level * LIST_STEP + at->quotes * LIST_STEP;
    if (left > TEXT_W / 2)
        left = TEXT_W / 2;
    if (at->list)
        buf_fmt(b->out, "<w:ind w:left=\"%d\" w:hanging=\"%d\"/>", left, LIST_STEP - 85);
    else if (left)
        buf_fmt(b->out, "<w:ind w:left=\"%d\"/>", left);
}

/* The properties stand in the order that the standard's schema asks for. START is the side where the paragraph's own text begins, or its
 * list's: Word's "left" means that side in a bidi paragraph, "right" the other. */
static void para(struct body *b, const struct rich *block, struct where *at, const char *style)
{
    bool rtl = paper_rtl(block, at->rtl), sides = at->in_cell || at->level ? at->rtl : rtl;
    enum rich_align align = block->align;
    if (sides != rtl && align != RICH_CENTER)
        align = align == RICH_START ? RICH_END : RICH_START;
    buf_c(b->out, "<w:p><w:pPr>");
    if (style)
        buf_fmt(b->out, "<w:pStyle w:val=\"%s\"/>", style);
    if (at->list)
        buf_fmt(b->out, "<w:numPr><w:ilvl w:val=\"%d\"/><w:numId w:val=\"%d\"/></w:numPr>",
                at->level > LIST_LEVELS ? LIST_LEVELS - 1 : at->level - 1, at->list);
    if (at->quotes && !style)
        buf_fmt(b->out, "<w:pBdr><w:%s w:val=\"single\" w:sz=\"12\" w:space=\"8\" w:color=\"9FA8B2\"/></w:pBdr>", sides ? "right" : "left");
    if (rtl || at->list)
        buf_c(b->out, (at->list ? sides : rtl) ? "<w:bidi/>" : "<w:bidi w:val=\"0\"/>");
    if (at->in_cell)
        buf_c(b->out, "<w:spacing w:after=\"0\"/>");
    indent(b, at);
    if (align != RICH_START && !at->list)
        buf_fmt(b->out, "<w:jc w:val=\"%s\"/>", align == RICH_CENTER ? "center" : "right");
    buf_c(b->out, "</w:pPr>");
    runs(b, block, rtl, at->in_header, 0);
    buf_c(b->out, "</w:p>");
    at->list = 0;
}

static void blocks(struct body *b, const struct rich *parent, struct where *at);

static void heading(struct body *b, const struct rich *block, struct where *at)
{
    static const char *const names[] = {"Heading1", "Heading2", "Heading3"};
    int level = block->level < 1 ? 1 : block->level > 3 ? 3 : block->level;
    para(b, block, at, names[level - 1]);
}

static void list(struct body *b, const struct rich *block, struct where at)
{
    int first = block->kind == RICH_NUMBERS && block->level > 0 && block->level < 32767 ? block->level : 1, number = ++b->lists;
    at.rtl = paper_rtl(block, at.rtl);
    at.level++;
    int level = at.level > LIST_LEVELS ? LIST_LEVELS - 1 : at.level - 1;
    buf_fmt(b->nums, "<w:num w:numId=\"%d\"><w:abstractNumId w:val=\"%d\"/><w:lvlOverride w:ilvl=\"%d\"><w:startOverride w:val=\"%d\"/>"
                     "</w:lvlOverride></w:num>", number, block->kind == RICH_NUMBERS ? 2 : 1, level, first);
    for (const struct rich *c = block->first; c && !b->bad; c = c->next) {
        struct where in = at;
        in.list = number;
        struct rich one = *c, wrap = {.kind = RICH_ITEM, .first = &one, .last = &one};
        one.next = NULL;
        if (c->first || c->kind == RICH_RUN)
            blocks(b, c->kind == RICH_ITEM ? c : &wrap, &in);
    }
}

/* ---- tables */

struct covered { /* columns that a cell of an earlier row still covers */
    int rows[PAPER_COLUMNS_MAX], span[PAPER_COLUMNS_MAX];
};

static void cell_open(struct body *b, const double *widths, int col, int span, const char *merge, bool header)
{
    double w = 0;
    for (int c = col; c < col + span; c++)
        w += widths[c];
    buf_fmt(b->out, "<w:tc><w:tcPr><w:tcW w:w=\"%d\" w:type=\"dxa\"/>", (int)w);
    if (span > 1)
        buf_fmt(b->out, "<w:gridSpan w:val=\"%d\"/>", span);
    buf_c(b->out, merge);
    if (header)
        buf_c(b->out, "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"EFF1F4\"/>");
    buf_c(b->out, "</w:tcPr>");
}

/* Columns up to `end` that no cell of this row has: below a cell from above, or nothing. */
static int fill_columns(struct body *b, struct covered *over, const double *widths, int col, int end)
{
    while (col < end) {
        int span = over->rows[col] ? over->span[col] : 1;
        cell_open(b, widths, col, span, over->rows[col] ? "<w:vMerge/>" : "", false);
        buf_c(b->out, "<w:p/></w:tc>");
        over->rows[col] -= over->rows[col] > 0;
        col += span;
    }
    return col;
}

static void row(struct body *b, const struct paper_grid *g, const struct paper_row *r, struct covered *over, const double *widths,
                struct where at)
{
    int col = 0;
    buf_c(b->out, r->header ? "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" : "<w:tr>");
    for (size_t k = 0; k < r->n; k++) {
        const struct paper_cell *c = &r->cells[k];
        struct where in = at;
        in.in_cell = true;
        in.list = in.level = in.quotes = 0;
        in.in_header = c->cell->header || r->header;
        fill_columns(b, over, widths, col, c->col);
        cell_open(b, widths, c->col, c->colspan, c->rowspan > 1 ? "<w:vMerge w:val=\"restart\"/>" : "", in.in_header);
        blocks(b, c->cell, &in);
        const struct rich *last = c->cell->last; /* a cell must end with a paragraph */
        if (!last || (last->kind != RICH_PARAGRAPH && last->kind != RICH_HEADING))
            buf_c(b->out, "<w:p/>");
        buf_c(b->out, "</w:tc>");
        over->rows[c->col] = c->rowspan - 1;
        over->span[c->col] = c->colspan;
        col = c->col + c->colspan;
    }
    fill_columns(b, over, widths, col, g->cols);
    buf_c(b->out, "</w:tr>");
}

static void table(struct body *b, const struct rich *block, struct where at)
{
    struct paper_grid g = paper_grid(b->a, block);
    struct covered over = {0};
    double widths[PAPER_COLUMNS_MAX];
    if (!g.n)
        return;
    at.rtl = paper_rtl(block, at.rtl);
    bool dated = paper_is_dated(b->about->form, &g);
    paper_widths(&g, TEXT_W, 140, 240, widths);
    if (dated) {
        widths[0] = TEXT_W * 0.24;
        widths[1] = TEXT_W - widths[0];
    }
    buf_fmt(b->out, "<w:tbl><w:tblPr><w:tblStyle w:val=\"%s\"/>", dated ? "Dates" : "Lines");
    buf_c(b->out, at.rtl ? "<w:bidiVisual/>" : "");
    buf_fmt(b->out, "<w:tblW w:w=\"%d\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/><w:tblLook w:val=\"%s\" w:firstRow=\"%d\" "
                    "w:lastRow=\"0\" w:firstColumn=\"0\" w:lastColumn=\"0\" w:noHBand=\"1\" w:noVBand=\"1\"/></w:tblPr><w:tblGrid>",
            TEXT_W, g.heads ? "0620" : "0600", g.heads > 0);
    for (int c = 0; c < g.cols; c++)
        buf_fmt(b->out, "<w:gridCol w:w=\"%d\"/>", (int)widths[c]);
    buf_c(b->out, "</w:tblGrid>");
    for (size_t i = 0; i < g.n && !b->bad; i++)
        row(b, &g, &g.rows[i], &over, widths, at);
    buf_c(b->out, "</w:tbl>");
    if (!block->next || block->next->kind == RICH_TABLE) /* two tables would become one; the last thing is a paragraph */
        buf_c(b->out, "<w:p><w:pPr><w:spacing w:after=\"0\"/></w:pPr></w:p>");
    else
        buf_c(b->out, "<w:p><w:pPr><w:spacing w:after=\"0\" w:line=\"160\" w:lineRule=\"exact\"/></w:pPr></w:p>");
}

static void rule(struct body *b)
{
    buf_c(b->out, "<w:p><w:pPr><w:pBdr><w:bottom w:val=\"single\" w:sz=\"6\" w:space=\"1\" w:color=\"9FA8B2\"/></w:pBdr></w:pPr></w:p>");
}

static void stray(struct body *b, const struct rich *run, struct where *at)
{
    struct rich one = *run, wrap = {.kind = RICH_PARAGRAPH, .first = &one, .last = &one};
    one.next = NULL;
    para(b, &wrap, at, at->list ? "ListParagraph" : NULL);
}

static void block_of(struct body *b, const struct rich *r, struct where *at)
{
    struct where in = *at;
    switch (r->kind) {
    case RICH_PARAGRAPH:
        para(b, r, at, at->level ? "ListParagraph" : NULL);
        return;
    case RICH_HEADING:
        heading(b, r, at);
        return;
    case RICH_QUOTE:
        in.quotes++;
        in.rtl = paper_rtl(r, at->rtl);
        blocks(b, r, &in);
        return;
    case RICH_BULLETS:
    case RICH_NUMBERS:
        in.list = 0;
        list(b, r, in);
        return;
    case RICH_TABLE:
        if (at->in_cell)
            blocks(b, r, at);
        else
            table(b, r, in);
        return;
    case RICH_RULE:
        rule(b);
        return;
    case RICH_RUN:
    case RICH_BREAK:
        stray(b, r, at);
        return;
    case RICH_DOC:
    case RICH_ITEM:
    case RICH_ROW:
    case RICH_CELL:
    case RICH_KIND_N:
        blocks(b, r, at);
        return;
    }
}

static void blocks(struct body *b, const struct rich *parent, struct where *at)
{
    at->depth++;
    if (at->depth > 2 * RICH_DEPTH_MAX || b->out->bad)
        b->bad = ERR_LIMIT;
    for (const struct rich *c = parent->first; c && !b->bad; c = c->next)
        block_of(b, c, at);
    at->depth--;
}

static void list_kinds(struct buf *b)
{
    for (int kind = 1; kind <= 2; kind++) {
        buf_fmt(b, "<w:abstractNum w:abstractNumId=\"%d\"><w:multiLevelType w:val=\"hybridMultilevel\"/>", kind);
        for (int i = 0; i < LIST_LEVELS; i++) {
            buf_fmt(b, "<w:lvl w:ilvl=\"%d\"><w:start w:val=\"1\"/><w:numFmt w:val=\"%s\"/>", i, kind == 1 ? "bullet" : "decimal");
            if (kind == 1)
                buf_c(b, "<w:lvlText w:val=\"\xe2\x80\xa2\"/>");
            else
                buf_fmt(b, "<w:lvlText w:val=\"%%%d.\"/>", i + 1);
            buf_fmt(b, "<w:lvlJc w:val=\"left\"/><w:pPr><w:ind w:left=\"%d\" w:hanging=\"%d\"/></w:pPr></w:lvl>", (i + 1) * LIST_STEP,
                    LIST_STEP - 85);
        }
        buf_c(b, "</w:abstractNum>");
    }
}

static bool is_heading(const struct rich *r)
{
    return r && r->kind == RICH_HEADING && r->level <= 1 && paper_has_text(r);
}

/* A line of our own; it stands on the sides of the document's language. */
static void own_line(struct body *b, struct str text, const char *style)
{
    struct where at = {.rtl = lang_info[b->about->lang].rtl, .level = 0};
    struct rich run = {.kind = RICH_RUN, .text = text}, block = {.kind = RICH_PARAGRAPH, .first = &run, .last = &run};
    if (text.n)
        para(b, &block, &at, style);
}

static void address(struct body *b, const struct rich *from, const struct rich *end)
{
    bool apart = b->about->form == PAPER_LETTER && paper_address_in_blocks(from, end);
    for (const struct rich *r = from; r != end; r = r->next) {
        struct where at = {.rtl = lang_info[b->about->lang].rtl};
        para(b, r, &at, "Address");
        if (apart && r->next != end)
            buf_c(b->out, "<w:p><w:pPr><w:pStyle w:val=\"Address\"/></w:pPr></w:p>");
    }
}

/* What stands on top, as in the PDF (pdf/form.c); returns where the rest begins. */
static const struct rich *head(struct body *b, const struct rich *r)
{
    const struct docx_about *about = b->about;
    bool headed = is_heading(r);
    struct where at = {.rtl = lang_info[about->lang].rtl};
    if (about->form == PAPER_PLAIN && !headed)
        own_line(b, about->title, "Title");
    if (about->form == PAPER_CV && headed)
        para(b, r, &at, "Title");
    else if (about->form == PAPER_CV)
        own_line(b, about->author.n ? about->author : about->title, "Title");
    if (about->form == PAPER_PLAIN)
        return r;
    r = about->form == PAPER_CV && headed ? r->next : r;
    const struct rich *end = paper_address_end(r);
    address(b, r, end);
    if (about->form == PAPER_LETTER) {
        if (end == r)
            own_line(b, about->author, "Address");
        own_line(b, about->dated, "Dated");
        if (!(end && end->kind == RICH_HEADING))
            own_line(b, about->title, "Title");
    }
    return end;
}

enum err part_document(struct arena *a, const struct rich *doc, const struct docx_about *about, struct buf *doc_out, struct buf *numbering,
                       struct buf *rels)
{
    struct body b = {.a = a, .out = doc_out, .nums = numbering, .rels = rels, .about = about};
    bool rtl = lang_info[about->lang].rtl;
    buf_c(rels, XML "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
                    "<Relationship Id=\"rId1\" Type=\"" RELS "styles\" Target=\"styles.xml\"/>"
                    "<Relationship Id=\"rId2\" Type=\"" RELS "numbering\" Target=\"numbering.xml\"/>"
                    "<Relationship Id=\"rId3\" Type=\"" RELS "settings\" Target=\"settings.xml\"/>");
    buf_c(numbering, XML "<w:numbering " W_NS ">");
    list_kinds(numbering);
    buf_c(doc_out, XML "<w:document " W_NS " " R_NS "><w:body>");
    struct rich rest = {.kind = RICH_DOC, .first = (struct rich *)(uintptr_t)head(&b, doc->first)};
    blocks(&b, &rest, &(struct where){.rtl = rtl});
    buf_c(doc_out, "<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1304\" w:right=\"1418\" w:bottom=\"1304\" "
                   "w:left=\"1418\" w:header=\"709\" w:footer=\"709\" w:gutter=\"0\"/>");
    buf_c(doc_out, rtl ? "<w:bidi/></w:sectPr></w:body></w:document>" : "</w:sectPr></w:body></w:document>");
    buf_c(numbering, "</w:numbering>");
    buf_c(rels, "</Relationships>");
    return b.bad;
}
