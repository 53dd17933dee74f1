#include "sheet/csv.h"

#include "base/utf8.h"

enum { STOP_PLAIN = 1, STOP_QUOTED = 2 }; /* in csv.stops: characters that end a run */
enum { SAMPLE_ROWS = 30 };

static enum err fault_err(enum csv_fault_kind kind)
{
    switch (kind) {
    case CSV_FINE: return OK;
    case CSV_UNCLOSED:
    case CSV_AFTER_QUOTE:
    case CSV_NUL:
    case CSV_BAD_TEXT: return ERR_INVALID;
    case CSV_TOO_LARGE:
    case CSV_TOO_MANY_ROWS:
    case CSV_TOO_MANY_COLUMNS:
    case CSV_FIELD_TOO_LONG: return ERR_LIMIT;
    case CSV_FAULT_N: break;
    }
    return ERR_INTERNAL;
}

static enum err fail(struct csv *c, enum csv_fault_kind kind, int line, int column)
{
    c->fault = (struct csv_fault){kind, line, column};
    return fault_err(kind);
}

static void use_separator(struct csv *c, char separator)
{
    c->separator = separator;
    memset(c->stops, 0, sizeof c->stops);
    c->stops[(unsigned char)separator] = STOP_PLAIN;
    c->stops['\n'] = c->stops['\r'] = c->stops[0] = STOP_PLAIN | STOP_QUOTED;
    c->stops['"'] = STOP_QUOTED;
}

static void take_line_end(struct csv *c)
{
    if (*c->at++ == '\r' && c->at < c->end && *c->at == '\n')
        c->at++;
    c->line++;
}

/* raw is what stands between the quotes, with `doubled` pairs of quotes in it. */
static struct str undouble(struct csv *c, struct str raw, size_t doubled)
{
    if (!c->spare)
        c->spare = arena_alloc(c->a, raw.n + (size_t)(c->end - c->at)); /* all that is still to come fits */
    char *to = c->spare;
    struct str out = {to, raw.n - doubled};
    while (raw.n) {
        const char *quote = memchr(raw.p, '"', raw.n);
        size_t n = quote ? (size_t)(quote - raw.p) + 1 : raw.n;
        memcpy(to, raw.p, n);
        to += n;
        n += quote != NULL;
        raw.p += n;
        raw.n -= n;
    }
    c->spare = to;
    return out;
}

/* c->at is at the opening quote. */
static enum err quoted_field(struct csv *c, struct csv_field *f)
{
    const char *p = c->at + 1, *from = p;
    const char *end = (size_t)(c->end - p) > 2 * (size_t)CSV_FIELD_MAX + 1 ? p + 2 * (size_t)CSV_FIELD_MAX + 1 : c->end;
    size_t doubled = 0;
    for (;; p++) {
        while (p < end && !(c->stops[(unsigned char)*p] & STOP_QUOTED))
            p++;
        if (p == end)
            return fail(c, end == c->end ? CSV_UNCLOSED : CSV_FIELD_TOO_LONG, f->line, f->column);
        if (*p == 0)
            return fail(c, CSV_NUL, c->line, f->column);
        if (*p != '"') {
            c->line += *p == '\n' || p + 1 == c->end || p[1] != '\n';
            continue;
        }
        if (p + 1 == c->end || p[1] != '"')
            break;
        doubled++;
        p++;
        if (p == end) /* the pair stood across the longest field there can be */
            return fail(c, CSV_FIELD_TOO_LONG, f->line, f->column);
    }
    f->s = (struct str){from, (size_t)(p - from)};
    c->at = p + 1;
    if (f->s.n - doubled > CSV_FIELD_MAX)
        return fail(c, CSV_FIELD_TOO_LONG, f->line, f->column);
    if (c->at < c->end && !(c->stops[(unsigned char)*c->at] & STOP_PLAIN))
        return fail(c, CSV_AFTER_QUOTE, c->line, f->column);
    if (doubled && c->a)
        f->s = undouble(c, f->s, doubled);
    return OK;
}

static inline enum err plain_field(struct csv *c, struct csv_field *f)
{
    const char *p = c->at, *end = c->end;
    while (p < end && !(c->stops[(unsigned char)*p] & STOP_PLAIN))
        p++;
    f->s = (struct str){c->at, (size_t)(p - c->at)};
    c->at = p;
    return f->s.n > CSV_FIELD_MAX ? fail(c, CSV_FIELD_TOO_LONG, f->line, f->column) : OK;
}

enum err csv_next(struct csv *c, struct csv_row *row)
{
    if (c->fault.kind)
        return fault_err(c->fault.kind);
    while (c->at < c->end && (*c->at == '\n' || *c->at == '\r')) {
        take_line_end(c);
        c->number++;
    }
    if (c->at == c->end) {
        *row = (struct csv_row){0};
        return OK;
    }
    if (c->rows == CSV_ROWS_MAX)
        return fail(c, CSV_TOO_MANY_ROWS, c->line, 1);
    size_t n = 0;
    for (;; c->at++) {
        if (n == CSV_COLUMNS_MAX)
            return fail(c, CSV_TOO_MANY_COLUMNS, c->line, CSV_COLUMNS_MAX + 1);
        struct csv_field *f = &c->fields[n++];
        f->line = c->line;
        f->column = (int)n;
        if (c->at < c->end && *c->at == '"')
            TRY(quoted_field(c, f));
        else
            TRY(plain_field(c, f));
        if (c->at == c->end || *c->at != c->separator)
            break;
    }
    if (c->at < c->end && *c->at == 0)
        return fail(c, CSV_NUL, c->line, (int)n);
    if (c->at < c->end)
        take_line_end(c);
    c->rows++;
    *row = (struct csv_row){c->fields, n, ++c->number};
    return OK;
}

/* How well a separator explains the first records: by what share of them has the number of fields that is most common (and
 * is not one). One that leads into a fault, and yet divided something, is still likelier than one that divides nothing: otherwise
 * the fault would go unseen. */
static int evenness(struct csv sample, char separator)
{
    enum { CLEAN = 1000, BROKEN = 100, NOTHING = 50, NEVER = 0 };
    int records_with[CSV_COLUMNS_MAX + 1] = {0}, most = 0, records = 0;
    use_separator(&sample, separator);
    sample.a = NULL; /* only counting */
    struct csv_row row;
    for (; records < SAMPLE_ROWS; records++) {
        if (csv_next(&sample, &row) != OK)
            return most || sample.fault.column > 1 ? BROKEN + most * 100 / (records + 1) : NEVER;
        if (!row.n)
            break;
        int k = row.n > 1 ? ++records_with[row.n] : 0;
        most = k > most ? k : most;
    }
    return most ? CLEAN + most * 100 / records : NOTHING;
}

static void find_separator(struct csv *c)
{
    static const char candidates[] = {';', '\t', ','}; /* of two that are as good the first: 1,5;2,5 has decimal commas */
    static const size_t directive = sizeof "sep=" - 1;
    struct str text = {c->at, (size_t)(c->end - c->at)};
    if (text.n > directive && str_eq_nocase((struct str){text.p, directive}, STR("sep="))) {
        char s = text.p[directive];
        bool line_ends = text.n == directive + 1 || text.p[directive + 1] == '\r' || text.p[directive + 1] == '\n';
        if (line_ends && memchr(candidates, s, sizeof candidates)) {
            use_separator(c, s);
            c->at += directive + 1;
            if (c->at < c->end)
                take_line_end(c);
            return;
        }
    }
    char best = candidates[0];
    int most = evenness(*c, best);
    for (size_t i = 1; i < sizeof candidates; i++) {
        int n = evenness(*c, candidates[i]);
        if (n > most) {
            most = n;
            best = candidates[i];
        }
    }
    use_separator(c, best);
}

/* The text as UTF-8 without a byte order mark. */
static enum err decode(struct csv *c, struct str *text)
{
    struct str s = *text;
    bool utf8_mark = str_starts(s, STR("\xef\xbb\xbf"));
    if (str_starts(s, STR("\xff\xfe")) || str_starts(s, STR("\xfe\xff"))) {
        c->encoding = s.p[0] == '\xff' ? CSV_UTF16LE : CSV_UTF16BE;
        s = (struct str){s.p + 2, s.n - 2};
        return utf8_from_utf16(c->a, s, c->encoding == CSV_UTF16BE, text) == OK ? OK : fail(c, CSV_BAD_TEXT, 0, 0);
    }
    if (utf8_mark)
        s = (struct str){s.p + 3, s.n - 3};
    if (utf8_valid(s)) {
        *text = s;
        return OK;
    }
    if (utf8_mark)
        return fail(c, CSV_BAD_TEXT, 0, 0);
    c->encoding = CSV_CP1252;
    *text = utf8_from_cp1252(c->a, s);
    return OK;
}

enum err csv_open(struct arena *a, struct str text, struct csv *c)
{
    *c = (struct csv){.separator = ';', .a = a, .line = 1};
    if (text.n > CSV_TEXT_MAX)
        return fail(c, CSV_TOO_LARGE, 0, 0);
    TRY(decode(c, &text));
    c->at = text.n ? text.p : "";
    c->end = c->at + text.n;
    c->fields = ARENA_ARRAY(a, struct csv_field, CSV_COLUMNS_MAX);
    find_separator(c);
    return OK;
}

void csv_set_separator(struct csv *c, char separator)
{
    use_separator(c, separator);
}

bool csv_row_is_blank(const struct csv_row *row)
{
    for (size_t i = 0; i < row->n; i++)
        if (str_trim(row->fields[i].s).n)
            return false;
    return true;
}
