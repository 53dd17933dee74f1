#include "http/html.h"

void html_lit(struct buf *o, const char *p, size_t n)
{
    buf_add(o, p, n);
}

void html_raw(struct buf *o, struct html h)
{
    buf_str(o, h.s);
}

/* What & < > " ' are written as; empty for every other byte. */
static const struct {
    unsigned char n;
    char p[7];
} esc[256] = {['&'] = {5, "&amp;"}, ['<'] = {4, "&lt;"}, ['>'] = {4, "&gt;"}, ['"'] = {6, "&quot;"}, ['\''] = {5, "&#39;"}};

void html_esc_str(struct buf *o, struct str s)
{
    size_t from = 0;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (!esc[c].n)
            continue;
        if (i > from)
            buf_add(o, s.p + from, i - from);
        buf_add(o, esc[c].p, esc[c].n);
        from = i + 1;
    }
    if (s.n > from)
        buf_add(o, s.p + from, s.n - from);
}

void html_esc_c(struct buf *o, const char *s)
{
    html_esc_str(o, str_c(s));
}

void html_esc_u64(struct buf *o, unsigned long long v)
{
    char t[20];
    size_t i = sizeof t;
    do
        t[--i] = (char)('0' + v % 10);
    while (v /= 10);
    buf_add(o, t + i, sizeof t - i);
}

void html_esc_i64(struct buf *o, long long v)
{
    if (v < 0)
        buf_byte(o, '-');
    html_esc_u64(o, v < 0 ? 0 - (unsigned long long)v : (unsigned long long)v);
}

/* RFC 3986: letters, digits and - . _ ~ mean themselves everywhere. */
static bool is_unreserved(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
}

static void percent_encode(struct buf *o, struct str s, bool address)
{
    static const char hex[] = "0123456789ABCDEF";
    size_t from = 0;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (is_unreserved(c) || (address && (c == '@' || c == '+')))
            continue;
        char t[3] = {'%', hex[(unsigned char)c >> 4], hex[(unsigned char)c & 15]};
        if (i > from)
            buf_add(o, s.p + from, i - from);
        buf_add(o, t, sizeof t);
        from = i + 1;
    }
    if (s.n > from)
        buf_add(o, s.p + from, s.n - from);
}

void html_uri_str(struct buf *o, struct str s)
{
    percent_encode(o, s, false);
}

void html_uri_c(struct buf *o, const char *s)
{
    percent_encode(o, str_c(s), false);
}

void html_uri_i64(struct buf *o, long long v)
{
    html_esc_i64(o, v);
}

void html_uri_u64(struct buf *o, unsigned long long v)
{
    html_esc_u64(o, v);
}

void html_addr_str(struct buf *o, struct str s)
{
    percent_encode(o, s, true);
}

void html_addr_c(struct buf *o, const char *s)
{
    percent_encode(o, str_c(s), true);
}

void html_url(struct buf *o, struct url u)
{
    html_esc_str(o, u.s);
}

/* scheme is in lower case; cuts it off. */
static bool cut_scheme(struct str *s, struct str scheme)
{
    if (s->n < scheme.n || !str_eq_nocase((struct str){s->p, scheme.n}, scheme))
        return false;
    *s = (struct str){s->p + scheme.n, s->n - scheme.n};
    return true;
}

/* What follows https://: a host, and no "name@" that would make one host look like another. */
static bool has_host(struct str s)
{
    size_t n = 0;
    for (; n < s.n && s.p[n] != '/' && s.p[n] != '?' && s.p[n] != '#'; n++)
        if (s.p[n] == '@')
            return false;
    return n > 0 && s.p[0] != ':';
}

static bool url_ok(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] <= ' ' || s.p[i] == 127 || s.p[i] == '\\')
            return false;
    if (s.n && s.p[0] == '/')
        return s.n == 1 || s.p[1] != '/';
    if (cut_scheme(&s, STR("https://")) || cut_scheme(&s, STR("http://")))
        return has_host(s);
    return (cut_scheme(&s, STR("mailto:")) || cut_scheme(&s, STR("tel:"))) && s.n > 0;
}

struct url url_make(struct str s)
{
    return (struct url){url_ok(s) ? s : STR("#")};
}
