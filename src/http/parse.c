/* parse.c: the parsers of what a browser sends: percent-encoding, urlencoded pairs, cookies and paths. */
#include "http/http.h"

#include "base/utf8.h"

enum { COOKIES_MAX = 64 };

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* %xx and, when `plus`, + for a space. The result is never longer than the raw text. */
static enum err decode(struct arena *a, struct str raw, bool plus, struct str *out)
{
    char *to = arena_alloc(a, raw.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < raw.n; i++) {
        char c = raw.p[i];
        if (c == '%') {
            int hi = raw.n - i > 2 ? hex_digit(raw.p[i + 1]) : -1;
            int lo = hi >= 0 ? hex_digit(raw.p[i + 2]) : -1;
            if (lo < 0)
                return ERR_INVALID;
            c = (char)(hi << 4 | lo);
            i += 2;
        } else if (c == '+' && plus) {
            c = ' ';
        }
        if (c == '\0')
            return ERR_INVALID;
        to[n++] = c;
    }
    struct str got = {to, n};
    if (!utf8_valid(got))
        return ERR_INVALID;
    *out = got;
    return OK;
}

static size_t count_pieces(struct str s, char between)
{
    size_t n = 0;
    while (s.n > 0)
        n += str_cut(&s, between).n > 0;
    return n;
}

enum err http_parse_form(struct arena *a, struct str body, struct pair **out, size_t *n)
{
    size_t most = count_pieces(body, '&');
    if (most > HTTP_FIELDS_MAX)
        return ERR_LIMIT;
    struct pair *pairs = ARENA_ARRAY(a, struct pair, most);
    size_t got = 0;
    while (body.n > 0) {
        struct str piece = str_cut(&body, '&');
        if (piece.n == 0)
            continue;
        struct str k = str_cut(&piece, '=');
        TRY(decode(a, k, true, &pairs[got].k));
        TRY(decode(a, piece, true, &pairs[got].v));
        got++;
    }
    *out = pairs;
    *n = got;
    return OK;
}

/* Cookies of other programs on the same name may be odd; such a one is passed over, it must not lock its owner out. */
static bool cookie_sound(struct str k, struct str v)
{
    if (k.n == 0)
        return false;
    for (size_t i = 0; i < k.n; i++)
        if (k.p[i] <= ' ' || k.p[i] == 0x7f)
            return false;
    for (size_t i = 0; i < v.n; i++)
        if ((unsigned char)v.p[i] < ' ' || v.p[i] == 0x7f)
            return false;
    return utf8_valid(v);
}

enum err http_parse_cookies(struct arena *a, struct str header, struct pair **out, size_t *n)
{
    size_t most = count_pieces(header, ';');
    if (most > COOKIES_MAX)
        return ERR_LIMIT;
    struct pair *pairs = ARENA_ARRAY(a, struct pair, most);
    size_t got = 0;
    while (header.n > 0) {
        struct str piece = str_trim(str_cut(&header, ';'));
        if (str_find(piece, '=') < 0)
            continue;
        struct str k = str_trim(str_cut(&piece, '='));
        struct str v = str_trim(piece);
        if (cookie_sound(k, v))
            pairs[got++] = (struct pair){arena_str(a, k), arena_str(a, v)};
    }
    *out = pairs;
    *n = got;
    return OK;
}

/* An empty piece, "." or ".." would let one page have two addresses, and a proxy see another path than we do. */
static bool path_plain(struct str path)
{
    str_cut(&path, '/');
    while (path.n > 0) {
        struct str piece = str_cut(&path, '/');
        if (piece.n == 0 || str_is(piece, ".") || str_is(piece, ".."))
            return false;
    }
    return true;
}

enum err http_parse_path(struct arena *a, struct str raw, struct str *out)
{
    if (raw.n > HTTP_PATH_MAX)
        return ERR_LIMIT;
    if (raw.n == 0 || raw.p[0] != '/')
        return ERR_INVALID;
    struct str path;
    TRY(decode(a, raw, false, &path));
    size_t slashes = 0;
    for (size_t i = 0; i < raw.n; i++)
        slashes += raw.p[i] == '/';
    for (size_t i = 0; i < path.n; i++) {
        if ((unsigned char)path.p[i] < ' ' || path.p[i] == 0x7f)
            return ERR_INVALID;
        slashes -= path.p[i] == '/';
    }
    if (slashes != 0 || !path_plain(path)) /* not 0: %2F, which proxies read in two ways */
        return ERR_INVALID;
    *out = path;
    return OK;
}
