/* rich_markup.c: the small markup of templates, both ways. */
#include "domain/rich.h"
#include "base/num.h"
#include "base/utf8.h"

/* ---- stars: *** turns bold and italic over, ** bold, * italic */

enum { STAR_ITALIC = 1, STAR_BOLD = 2 };

static bool is_sign(char c)
{
    return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') || (c >= '{' && c <= '~');
}

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\t';
}

/* One step through a text: an escaped sign, a row of stars, or one byte of text. Which marks the stars turn over, 0 when they are text:
 * more than three, or white space on both sides. */
static size_t step(struct str s, size_t at, unsigned *turns, struct str *text)
{
    *turns = 0;
    *text = (struct str){s.p + at, 1};
    if (s.p[at] == '\\' && at + 1 < s.n && is_sign(s.p[at + 1])) {
        *text = (struct str){s.p + at + 1, 1};
        return at + 2;
    }
    size_t n = 0;
    while (at + n < s.n && s.p[at + n] == '*')
        n++;
    if (!n)
        return at + 1;
    bool alone = (at == 0 || is_space(s.p[at - 1])) && (at + n == s.n || is_space(s.p[at + n]));
    *text = (struct str){s.p + at, n};
    *turns = n > 3 || alone ? 0 : (unsigned)n;
    return at + n;
}

/* Where the last turn of each mark stands that has no other half; SIZE_MAX: none. */
static void find_odd(struct str s, size_t *bold, size_t *italic)
{
    size_t last[2] = {0};
    unsigned now = 0, turns;
    struct str text;
    for (size_t at = 0, next; at < s.n; at = next) {
        next = step(s, at, &turns, &text);
        now ^= turns;
        if (turns & STAR_BOLD)
            last[0] = at;
        if (turns & STAR_ITALIC)
            last[1] = at;
    }
    *bold = now & STAR_BOLD ? last[0] : SIZE_MAX;
    *italic = now & STAR_ITALIC ? last[1] : SIZE_MAX;
}

static void flush(struct arena *a, struct rich *block, struct buf *b, unsigned now)
{
    unsigned marks = (now & STAR_BOLD ? RICH_BOLD : 0U) | (now & STAR_ITALIC ? RICH_ITALIC : 0U);
    if (b->n)
        rich_text(a, block, arena_str(a, buf_view(b)), marks);
    buf_clear(b);
}

/* The text of a block, lines between \n. */
static void inline_text(struct arena *a, struct rich *block, struct str s)
{
    size_t odd_bold, odd_italic;
    unsigned now = 0, turns;
    struct str text;
    CLEANUP(buf_free) struct buf b = {.max = s.n + 64};
    find_odd(s, &odd_bold, &odd_italic);
    for (size_t at = 0, next; at < s.n; at = next) {
        next = step(s, at, &turns, &text);
        unsigned left = turns & ~((at == odd_bold ? STAR_BOLD : 0U) | (at == odd_italic ? STAR_ITALIC : 0U));
        if (left != turns)
            text.n = turns - left;
        if (left) {
            flush(a, block, &b, now);
            now ^= left;
        }
        if (text.p[0] == '\n') {
            flush(a, block, &b, now);
            rich_add(block, rich_new(a, RICH_BREAK));
        } else if (left != turns || !turns) {
            buf_str(&b, text);
        }
    }
    flush(a, block, &b, now);
}

/* ---- lines */

static struct str right_trimmed(struct str s)
{
    while (s.n && (s.p[s.n - 1] == ' ' || s.p[s.n - 1] == '\t' || s.p[s.n - 1] == '\r'))
        s.n--;
    return s;
}

static struct str next_line(struct str *rest)
{
    return right_trimmed(str_cut(rest, '\n'));
}

static struct str peek_line(struct str rest)
{
    return next_line(&rest);
}

static struct str behind(struct str s, size_t n)
{
    return n < s.n ? (struct str){s.p + n, s.n - n} : STR("");
}

static size_t spaces(struct str s)
{
    size_t n = 0;
    while (n < s.n && s.p[n] == ' ')
        n++;
    return n;
}

/* Bytes of the mark of a list item, 0: it is none. */
static size_t item_mark(struct str line, enum rich_kind *kind, int *number)
{
    int64_t v = 0;
    size_t digits = 0;
    *kind = RICH_BULLETS;
    if (str_starts(line, STR("- ")) || str_is(line, "-"))
        return 2;
    while (digits < line.n && line.p[digits] >= '0' && line.p[digits] <= '9')
        digits++;
    struct str after = behind(line, digits);
    if (!digits || digits > 6 || !(str_starts(after, STR(". ")) || str_is(after, ".")))
        return 0;
    if (!num_i64((struct str){line.p, digits}, 0, 999999, &v))
        return 0;
    *kind = RICH_NUMBERS;
    *number = (int)v;
    return digits + 2;
}

static size_t heading_mark(struct str line)
{
    size_t n = 0;
    while (n < line.n && line.p[n] == '#')
        n++;
    return n >= 1 && n <= 3 && n < line.n && line.p[n] == ' ' ? n : 0;
}

static bool begins_block(struct str line)
{
    enum rich_kind kind;
    int number;
    return !line.n || heading_mark(line) || item_mark(line, &kind, &number) || line.p[0] == '|' || str_is(line, "---") ||
           str_starts(line, STR("> ")) || str_is(line, ">");
}

static void parse_blocks(struct arena *a, struct rich *parent, struct str s, int depth);

/* The lines of an item: the first one behind its mark, then those that are indented, also after empty lines. */
static struct str item_lines(struct arena *a, struct str *rest, size_t mark)
{
    CLEANUP(buf_free) struct buf b = {.max = rest->n + 1};
    buf_str(&b, behind(next_line(rest), mark));
    while (rest->n) {
        struct str look = *rest;
        size_t empty = 0;
        while (look.n && !peek_line(look).n) {
            next_line(&look);
            empty++;
        }
        struct str line = next_line(&look);
        size_t in = spaces(line);
        if (in < 2)
            break;
        for (size_t i = 0; i <= empty; i++)
            buf_byte(&b, '\n');
        buf_str(&b, behind(line, in < mark ? in : mark));
        *rest = look;
    }
    struct str s = arena_str(a, buf_view(&b));
    return s;
}

static void parse_list(struct arena *a, struct rich *parent, struct str *rest, int depth)
{
    enum rich_kind kind, next;
    int number = 1;
    item_mark(peek_line(*rest), &kind, &number);
    struct rich *list = rich_add(parent, rich_new(a, kind));
    list->level = kind == RICH_NUMBERS ? number : 0;
    for (size_t mark; rest->n && (mark = item_mark(peek_line(*rest), &next, &number)) && next == kind;) {
        struct rich *item = rich_add(list, rich_new(a, RICH_ITEM));
        parse_blocks(a, item, item_lines(a, rest, mark), depth + 2);
        if (!item->first)
            rich_add(item, rich_new(a, RICH_PARAGRAPH));
    }
}

static void parse_quote(struct arena *a, struct rich *parent, struct str *rest, int depth)
{
    CLEANUP(buf_free) struct buf b = {.max = rest->n + 1};
    for (struct str line; rest->n && (line = peek_line(*rest)).n && line.p[0] == '>' && (line.n == 1 || line.p[1] == ' ');) {
        next_line(rest);
        buf_str(&b, behind(line, 2));
        buf_byte(&b, '\n');
    }
    struct rich *quote = rich_add(parent, rich_new(a, RICH_QUOTE));
    parse_blocks(a, quote, arena_str(a, buf_view(&b)), depth + 1);
    if (!quote->first)
        rich_add(quote, rich_new(a, RICH_PARAGRAPH));
}

/* "| a |= b |": the end of the cell that begins behind a bar. */
static size_t cell_end(struct str line, size_t at)
{
    while (at < line.n && line.p[at] != '|')
        at += line.p[at] == '\\' && at + 1 < line.n ? 2 : 1;
    return at < line.n ? at : line.n;
}

static void parse_table(struct arena *a, struct rich *parent, struct str *rest)
{
    struct rich *table = rich_add(parent, rich_new(a, RICH_TABLE));
    for (struct str line; rest->n && (line = peek_line(*rest)).n && line.p[0] == '|';) {
        struct rich *row = rich_add(table, rich_new(a, RICH_ROW));
        next_line(rest);
        for (size_t at = 1, end; at < line.n || !row->first; at = end + 1) {
            end = at < line.n ? cell_end(line, at) : line.n;
            struct str text = at < line.n ? (struct str){line.p + at, end - at} : STR("");
            struct rich *cell = rich_add(row, rich_new(a, RICH_CELL));
            cell->header = text.n && text.p[0] == '=';
            inline_text(a, rich_add(cell, rich_new(a, RICH_PARAGRAPH)), str_trim(behind(text, cell->header)));
        }
    }
}

/* Lines up to an empty one or to one that begins something else; the first one is text whatever it looks like. */
static void parse_paragraph(struct arena *a, struct rich *parent, struct str *rest)
{
    CLEANUP(buf_free) struct buf b = {.max = rest->n + 1};
    for (bool first = true; rest->n && (first || !begins_block(peek_line(*rest))); first = false) {
        if (!first)
            buf_byte(&b, '\n');
        buf_str(&b, str_trim(next_line(rest)));
    }
    inline_text(a, rich_add(parent, rich_new(a, RICH_PARAGRAPH)), arena_str(a, buf_view(&b)));
}

static void parse_blocks(struct arena *a, struct rich *parent, struct str s, int depth)
{
    enum rich_kind kind;
    int number;
    bool deep = depth > RICH_DEPTH_MAX - 6; /* room for a table in it */
    while (s.n) {
        struct str line = peek_line(s);
        size_t level = heading_mark(line);
        if (!line.n) {
            next_line(&s);
        } else if (level) {
            struct rich *h = rich_add(parent, rich_new(a, RICH_HEADING));
            h->level = (int)level;
            next_line(&s);
            inline_text(a, h, str_trim(behind(line, level + 1)));
        } else if (str_is(line, "---")) {
            next_line(&s);
            rich_add(parent, rich_new(a, RICH_RULE));
        } else if (!deep && item_mark(line, &kind, &number)) {
            parse_list(a, parent, &s, depth);
        } else if (!deep && (str_starts(line, STR("> ")) || str_is(line, ">"))) {
            parse_quote(a, parent, &s, depth);
        } else if (line.p[0] == '|') {
            parse_table(a, parent, &s);
        } else {
            parse_paragraph(a, parent, &s);
        }
    }
}

struct rich *rich_from_markup(struct arena *a, struct str markup)
{
    struct rich *doc = rich_new(a, RICH_DOC);
    parse_blocks(a, doc, markup, 0);
    return doc;
}
