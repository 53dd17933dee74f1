#include "sheet/csv_write.h"

void csv_write_start(struct buf *b)
{
    buf_c(b, "\xef\xbb\xbf");
}

/* Digits, perhaps a sign before, perhaps one decimal sign between. */
static bool is_plain_number(struct str s)
{
    size_t i = s.n && (s.p[0] == '-' || s.p[0] == '+');
    bool digit = false, point = false;
    for (; i < s.n; i++) {
        bool is_digit = s.p[i] >= '0' && s.p[i] <= '9';
        if (!is_digit && (!digit || point || (s.p[i] != '.' && s.p[i] != ',')))
            return false;
        point = point || !is_digit;
        digit = is_digit;
    }
    return digit;
}

bool csv_write_is_guarded(struct str s)
{
    static const char *const wide[] = {"\xef\xbc\x9d", "\xef\xbc\x8b", "\xef\xbc\x8d", "\xef\xbc\xa0"}; /* U+FF1D FF0B FF0D FF20 */
    if (!s.n)
        return false;
    for (size_t i = 0; i < COUNT(wide); i++)
        if (str_starts(s, str_c(wide[i])))
            return true;
    return memchr("=+-@\t\r\n", s.p[0], 7) && !is_plain_number(s);
}

static bool needs_quotes(struct str s)
{
    static const struct {
        unsigned char c[256];
    } special = {.c = {[';'] = 1, [','] = 1, ['\t'] = 1, ['"'] = 1, ['\r'] = 1, ['\n'] = 1}};
    if (!s.n)
        return false;
    if (s.p[0] == ' ' || s.p[s.n - 1] == ' ')
        return true; /* some readers take spaces off otherwise */
    if (s.n >= 4 && str_eq_nocase((struct str){s.p, 4}, STR("sep=")))
        return true; /* means something at the top of a file */
    for (size_t i = 0; i < s.n; i++)
        if (special.c[(unsigned char)s.p[i]])
            return true;
    return false;
}

static void write_field(struct buf *b, struct str s)
{
    bool guarded = csv_write_is_guarded(s);
    if (!needs_quotes(s)) {
        if (guarded)
            buf_byte(b, '\'');
        buf_str(b, s);
        return;
    }
    buf_byte(b, '"');
    if (guarded)
        buf_byte(b, '\'');
    while (s.n) {
        ptrdiff_t quote = str_find(s, '"');
        size_t n = quote < 0 ? s.n : (size_t)quote + 1;
        buf_add(b, s.p, n);
        if (quote >= 0)
            buf_byte(b, '"');
        s.p += n;
        s.n -= n;
    }
    buf_byte(b, '"');
}

void csv_write_row(struct buf *b, const struct str *fields, size_t n)
{
    if (n == 1 && !fields[0].n)
        buf_c(b, "\"\""); /* an empty line would be no row */
    else
        for (size_t i = 0; i < n; i++) {
            if (i)
                buf_byte(b, ';');
            write_field(b, fields[i]);
        }
    buf_c(b, "\r\n");
}
