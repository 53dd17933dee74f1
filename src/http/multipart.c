/* multipart.c: multipart/form-data as browsers write it (RFC 7578, and the HTML standard for names: a quote is %22, and a backslash
 * means itself). Nothing is copied out of a file: its bytes stay in the body. */
#include "http/http.h"

#include "base/utf8.h"

enum { BOUNDARY_MAX = 70, PART_HEADER_MAX = 4096 };

struct part {
    struct str name, filename;
    bool named, is_file;
};

/* The text up to `end` off the front of *rest, which moves behind it. */
static bool cut_at(struct str *rest, struct str end, struct str *out)
{
    const char *at = rest->n >= end.n ? memmem(rest->p, rest->n, end.p, end.n) : NULL;
    if (!at)
        return false;
    size_t n = (size_t)(at - rest->p);
    *out = (struct str){rest->p, n};
    *rest = (struct str){at + end.n, rest->n - n - end.n};
    return true;
}

static bool text_sound(struct str s)
{
    return utf8_valid(s) && str_find(s, '\0') < 0;
}

static bool line_sound(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (((unsigned char)s.p[i] < ' ' && s.p[i] != '\t') || s.p[i] == 0x7f)
            return false;
    return utf8_valid(s);
}

/* %22, %0D and %0A are what browsers write for the three characters that a quoted name cannot hold. */
static struct str unquote(struct arena *a, struct str s)
{
    static const struct {
        const char *code;
        char c;
    } codes[] = {{"%22", '"'}, {"%0D", '\r'}, {"%0A", '\n'}};
    char *to = arena_alloc(a, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        to[n] = s.p[i];
        for (size_t k = 0; k < COUNT(codes); k++)
            if (s.n - i >= 3 && memcmp(s.p + i, codes[k].code, 3) == 0) {
                to[n] = codes[k].c;
                i += 2;
                break;
            }
        n++;
    }
    return (struct str){to, n};
}

static struct str last_piece(struct str path)
{
    for (size_t i = path.n; i > 0; i--)
        if (path.p[i - 1] == '/' || path.p[i - 1] == '\\')
            return (struct str){path.p + i, path.n - i};
    return path;
}

/* One `; key="value"` or `; key=value` off the front of *rest. */
static bool cut_param(struct str *rest, struct str *key, struct str *value)
{
    struct str s = str_trim(*rest);
    if (s.n == 0 || s.p[0] != ';')
        return false;
    s = str_trim((struct str){s.p + 1, s.n - 1});
    if (str_find(s, '=') < 0)
        return false;
    *key = str_trim(str_cut(&s, '='));
    if (s.n > 0 && s.p[0] == '"') {
        s = (struct str){s.p + 1, s.n - 1};
        if (str_find(s, '"') < 0)
            return false;
        *value = str_cut(&s, '"');
    } else {
        size_t n = 0;
        while (n < s.n && s.p[n] != ';')
            n++;
        *value = str_trim((struct str){s.p, n});
        s = (struct str){s.p + n, s.n - n};
    }
    *rest = s;
    return true;
}

static enum err read_disposition(struct arena *a, struct str value, struct part *p)
{
    size_t n = 0;
    while (n < value.n && value.p[n] != ';')
        n++;
    if (!str_eq_nocase(str_trim((struct str){value.p, n}), STR("form-data")) || p->named)
        return ERR_INVALID;
    struct str rest = {value.p + n, value.n - n};
    while (str_trim(rest).n > 0) {
        struct str key, v;
        if (!cut_param(&rest, &key, &v))
            return ERR_INVALID;
        if (str_eq_nocase(key, STR("name"))) {
            if (p->named)
                return ERR_INVALID;
            p->name = unquote(a, v);
            p->named = true;
        } else if (str_eq_nocase(key, STR("filename"))) {
            if (p->is_file)
                return ERR_INVALID;
            p->filename = last_piece(unquote(a, v));
            p->is_file = true;
        }
    }
    return p->named ? OK : ERR_INVALID;
}

/* The old transfer encodings are not used by any browser; decoding them would be a second way to say the same. */
static bool encoding_plain(struct str v)
{
    return str_eq_nocase(v, STR("binary")) || str_eq_nocase(v, STR("8bit")) || str_eq_nocase(v, STR("7bit"));
}

static enum err read_part_headers(struct arena *a, struct str *rest, struct part *p)
{
    size_t before = rest->n;
    for (;;) {
        struct str line;
        if (!cut_at(rest, STR("\r\n"), &line))
            return ERR_INVALID;
        if (before - rest->n > PART_HEADER_MAX)
            return ERR_LIMIT;
        if (line.n == 0)
            break;
        if (str_find(line, ':') < 0 || !line_sound(line))
            return ERR_INVALID;
        struct str key = str_cut(&line, ':');
        struct str value = str_trim(line);
        if (str_eq_nocase(key, STR("content-disposition")))
            TRY(read_disposition(a, value, p));
        else if (str_eq_nocase(key, STR("content-transfer-encoding")) && !encoding_plain(value))
            return ERR_INVALID;
    }
    return p->named ? OK : ERR_INVALID;
}

/* Behind a delimiter: "--" ends the body, spaces and CRLF begin a part. */
static enum err after_delimiter(struct str *rest, bool *last)
{
    if (str_starts(*rest, STR("--"))) {
        *last = true;
        return OK;
    }
    size_t i = 0;
    while (i < rest->n && (rest->p[i] == ' ' || rest->p[i] == '\t'))
        i++;
    struct str s = {rest->p + i, rest->n - i};
    if (!str_starts(s, STR("\r\n")))
        return ERR_INVALID;
    *rest = (struct str){s.p + 2, s.n - 2};
    *last = false;
    return OK;
}

static bool boundary_sound(struct str b)
{
    if (b.n == 0 || b.n > BOUNDARY_MAX || b.p[b.n - 1] == ' ')
        return false;
    for (size_t i = 0; i < b.n; i++)
        if (b.p[i] < ' ' || b.p[i] > '~')
            return false;
    return true;
}

/* How many parts there are at most, so that the two tables are made once. */
static size_t count_parts(struct str body, struct str delimiter)
{
    size_t n = 0;
    struct str part;
    while (n <= HTTP_FIELDS_MAX + 1 && cut_at(&body, delimiter, &part))
        n++;
    return n;
}

enum err http_parse_multipart(struct arena *a, struct str body, struct str boundary, struct pair **out, size_t *n,
                              struct upload **files, size_t *n_files)
{
    if (!boundary_sound(boundary))
        return ERR_INVALID;
    struct str delimiter = arena_fmt(a, "\r\n--%.*s", STR_FMT(boundary));
    struct str first = {delimiter.p + 2, delimiter.n - 2};
    if (!str_starts(body, first))
        return ERR_INVALID;
    struct str rest = {body.p + first.n, body.n - first.n};
    size_t most = count_parts(rest, delimiter);
    if (most > HTTP_FIELDS_MAX)
        return ERR_LIMIT;
    struct pair *pairs = ARENA_ARRAY(a, struct pair, most);
    struct upload *uploads = ARENA_ARRAY(a, struct upload, most);
    size_t n_pairs = 0, n_uploads = 0;
    for (;;) {
        bool last;
        TRY(after_delimiter(&rest, &last));
        if (last)
            break;
        struct part p = {0};
        struct str data;
        TRY(read_part_headers(a, &rest, &p));
        if (!cut_at(&rest, delimiter, &data))
            return ERR_INVALID;
        if (p.is_file) {
            uploads[n_uploads++] = (struct upload){p.name, p.filename, data};
            continue;
        }
        if (!text_sound(data))
            return ERR_INVALID;
        pairs[n_pairs++] = (struct pair){p.name, data};
    }
    *out = pairs;
    *n = n_pairs;
    *files = uploads;
    *n_files = n_uploads;
    return OK;
}
