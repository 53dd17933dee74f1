#include "base/base.h"

const char *err_name(enum err e)
{
    switch (e) {
    case OK: return "ok";
    case ERR_INVALID: return "invalid";
    case ERR_NOT_FOUND: return "not_found";
    case ERR_DENIED: return "denied";
    case ERR_CONFLICT: return "conflict";
    case ERR_STATE: return "state";
    case ERR_LIMIT: return "limit";
    case ERR_BUSY: return "busy";
    case ERR_FULL: return "full";
    case ERR_UNSURE: return "unsure";
    case ERR_INTERNAL: return "internal";
    case ERR_N: break;
    }
    return "unknown";
}

bool str_starts(struct str s, struct str prefix)
{
    return s.n >= prefix.n && (prefix.n == 0 || memcmp(s.p, prefix.p, prefix.n) == 0);
}

bool str_ends(struct str s, struct str suffix)
{
    return s.n >= suffix.n && (suffix.n == 0 || memcmp(s.p + (s.n - suffix.n), suffix.p, suffix.n) == 0);
}

static unsigned char lower(char c)
{
    unsigned char u = (unsigned char)c;
    return u >= 'A' && u <= 'Z' ? (unsigned char)(u + 32) : u;
}

bool str_eq_nocase(struct str a, struct str b)
{
    if (a.n != b.n)
        return false;
    for (size_t i = 0; i < a.n; i++)
        if (lower(a.p[i]) != lower(b.p[i]))
            return false;
    return true;
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

struct str str_trim(struct str s)
{
    while (s.n && is_space(s.p[0])) {
        s.p++;
        s.n--;
    }
    while (s.n && is_space(s.p[s.n - 1]))
        s.n--;
    return s;
}

ptrdiff_t str_find(struct str s, char c)
{
    const char *at = s.n ? memchr(s.p, (unsigned char)c, s.n) : NULL;
    return at ? at - s.p : -1;
}

struct str str_cut(struct str *rest, char c)
{
    struct str head = *rest;
    ptrdiff_t at = str_find(head, c);
    if (at < 0) {
        *rest = (struct str){head.n ? head.p + head.n : "", 0};
        return head;
    }
    head.n = (size_t)at;
    rest->p += at + 1;
    rest->n -= (size_t)at + 1;
    return head;
}

int str_cmp(struct str a, struct str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int d = n ? memcmp(a.p, b.p, n) : 0;
    if (d)
        return d < 0 ? -1 : 1;
    return a.n < b.n ? -1 : a.n > b.n;
}
