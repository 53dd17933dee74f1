#include "page/document/rich_html.h"
#include "domain/on_paper.h"

/* In words for who does not see the line under or through it. */
static void in_words(struct buf *o, const char *text)
{
    buf_c(o, "<span class=\"ds-sr-only\">");
    html_esc_c(o, text);
    buf_c(o, " </span>");
}

static void attribute(struct buf *o, const char *name, struct str value)
{
    if (!value.n)
        return;
    buf_fmt(o, " %s=\"", name);
    html_esc_str(o, value);
    buf_byte(o, '"');
}

/* Only addresses that lead out: the tree promises it, and a page does not rely on that. */
static struct url link_of(const struct rich *run)
{
    struct url u = url_make(run->href);
    bool out = str_starts(u.s, STR("http")) || str_starts(u.s, STR("mailto:")) || str_starts(u.s, STR("tel:"));
    return out ? u : (struct url){STR("")};
}

static void text(struct buf *o, const struct view *v, const struct rich *run)
{
    static const struct {
        unsigned mark;
        const char *open, *close;
    } marks[] = {{RICH_BOLD, "<strong>", "</strong>"}, {RICH_ITALIC, "<em>", "</em>"}, {RICH_UNDERLINE, "<u>", "</u>"}};
    struct url to = link_of(run);
    const char *changed = run->marks & RICH_DELETED ? "del" : run->marks & RICH_INSERTED ? "ins" : NULL;
    if (run->comment.n) {
        buf_c(o, "<mark");
        attribute(o, "data-comment", run->comment);
        buf_byte(o, '>');
    }
    if (changed) {
        buf_fmt(o, "<%s", changed);
        attribute(o, "data-suggestion", run->suggestion);
        buf_byte(o, '>');
        in_words(o, run->marks & RICH_DELETED ? T("Fjernet:") : T("Lagt til:"));
    }
    if (to.s.n) {
        buf_c(o, "<a rel=\"nofollow noopener\"");
        attribute(o, "href", to.s);
        buf_byte(o, '>');
    }
    for (size_t i = 0; i < COUNT(marks); i++)
        if (run->marks & marks[i].mark)
            buf_c(o, marks[i].open);
    html_esc_str(o, run->text);
    for (size_t i = COUNT(marks); i > 0; i--)
        if (run->marks & marks[i - 1].mark)
            buf_c(o, marks[i - 1].close);
    buf_c(o, to.s.n ? "</a>" : "");
    if (changed)
        buf_fmt(o, "</%s>", changed);
    buf_c(o, run->comment.n ? "</mark>" : "");
}

static void nodes(struct buf *o, const struct view *v, const struct rich *first, int depth);

/* Lists and tables stand on the side of their first words. dir="auto" would not do: it passes over children that have a dir of their own. */
static const char *side_of(const struct rich *n)
{
    return paper_rtl(n, false) ? "rtl" : "ltr";
}

static void block(struct buf *o, const struct view *v, const struct rich *b, const char *tag, int depth)
{
    bool holds_blocks = b->kind == RICH_BULLETS || b->kind == RICH_NUMBERS || b->kind == RICH_ITEM || b->kind == RICH_QUOTE;
    buf_fmt(o, "<%s dir=\"%s\"", tag, holds_blocks ? side_of(b) : "auto");
    if (b->align != RICH_START)
        buf_fmt(o, " class=\"sb-align-%s\"", b->align == RICH_CENTER ? "center" : "end");
    if (b->kind == RICH_NUMBERS && b->level != 1 && b->level)
        buf_fmt(o, " start=\"%d\"", b->level);
    buf_byte(o, '>');
    if (b->first)
        nodes(o, v, b->first, depth + 1);
    else if (b->kind == RICH_PARAGRAPH)
        buf_c(o, "<br>"); /* an empty line keeps its height */
    buf_fmt(o, "</%s>", tag);
}

static void cell(struct buf *o, const struct view *v, const struct rich *c, bool first_row, int depth)
{
    const char *tag = c->header ? "th" : "td";
    buf_fmt(o, "<%s dir=\"%s\"", tag, side_of(c));
    if (c->header)
        buf_fmt(o, " scope=\"%s\"", first_row ? "col" : "row");
    if (c->colspan > 1)
        buf_fmt(o, " colspan=\"%d\"", c->colspan < 100 ? c->colspan : 100);
    if (c->rowspan > 1)
        buf_fmt(o, " rowspan=\"%d\"", c->rowspan < 1000 ? c->rowspan : 1000);
    buf_byte(o, '>');
    nodes(o, v, c->first, depth + 1);
    buf_fmt(o, "</%s>", tag);
}

static void table(struct buf *o, const struct view *v, const struct rich *t, int depth)
{
    buf_fmt(o, "<table dir=\"%s\"><tbody>", side_of(t));
    for (const struct rich *row = t->first; row; row = row->next) {
        buf_c(o, "<tr>");
        for (const struct rich *c = row->first; c; c = c->next)
            cell(o, v, c, row == t->first, depth + 1);
        buf_c(o, "</tr>");
    }
    buf_c(o, "</tbody></table>");
}

static void node(struct buf *o, const struct view *v, const struct rich *n, int depth)
{
    static const char *const headings[] = {"h2", "h3", "h4"};
    switch (n->kind) {
    case RICH_PARAGRAPH:
        block(o, v, n, "p", depth);
        return;
    case RICH_HEADING:
        block(o, v, n, headings[n->level < 1 ? 0 : n->level > 3 ? 2 : n->level - 1], depth);
        return;
    case RICH_QUOTE:
        block(o, v, n, "blockquote", depth);
        return;
    case RICH_BULLETS:
        block(o, v, n, "ul", depth);
        return;
    case RICH_NUMBERS:
        block(o, v, n, "ol", depth);
        return;
    case RICH_ITEM:
        block(o, v, n, "li", depth);
        return;
    case RICH_TABLE:
        table(o, v, n, depth);
        return;
    case RICH_RULE:
        buf_c(o, "<hr>");
        return;
    case RICH_RUN:
        text(o, v, n);
        return;
    case RICH_BREAK:
        buf_c(o, "<br>");
        return;
    case RICH_DOC: /* inside a document there is none of these: what they hold is shown */
    case RICH_ROW:
    case RICH_CELL:
    case RICH_KIND_N:
        break;
    }
    nodes(o, v, n->first, depth + 1);
}

static void nodes(struct buf *o, const struct view *v, const struct rich *first, int depth)
{
    if (depth > RICH_DEPTH_MAX + 4)
        return;
    for (const struct rich *n = first; n; n = n->next)
        node(o, v, n, depth);
}

void html_rich(struct buf *o, const struct view *v, const struct rich *doc)
{
    nodes(o, v, doc ? doc->first : NULL, 0);
}
