#include "oidc/url.h"

enum { URL_MAX = 2000 };

static bool plain(struct str url)
{
    for (size_t i = 0; i < url.n; i++) {
        char c = url.p[i];
        if (c <= ' ' || c >= 0x7f || c == '"' || c == '\'' || c == '<' || c == '>' || c == '\\' || c == '#' || c == '^' || c == '`' || c == '{' ||
            c == '|' || c == '}' || c == ';' || c == ',')
            return false;
    }
    return true;
}

/* Host and port; empty when the address is not of a kind we go to. */
static struct str authority(struct str url, bool *tls)
{
    *tls = str_starts(url, STR("https://"));
    size_t from = *tls ? 8 : str_starts(url, STR("http://")) ? 7 : 0, to = from;
    if (!from)
        return STR("");
    while (to < url.n && url.p[to] != '/' && url.p[to] != '?')
        to++;
    return (struct str){url.p + from, to - from};
}

static bool host_plain(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == ':' || c == '[' || c == ']'))
            return false;
    }
    return s.n > 0 && s.p[0] != ':';
}

static bool local_host(struct str s)
{
    struct str rest = s, host = str_starts(s, STR("[::1]")) ? STR("[::1]") : str_cut(&rest, ':');
    return str_is(host, "127.0.0.1") || str_is(host, "localhost") || str_is(host, "[::1]");
}

bool oidc_url_local(struct str url)
{
    bool tls;
    return local_host(authority(url, &tls));
}

bool oidc_url_ok(struct str url)
{
    bool tls;
    struct str host = authority(url, &tls);
    return url.n <= URL_MAX && plain(url) && host_plain(host) && (tls || local_host(host));
}

struct str oidc_url_origin(struct str url)
{
    bool tls;
    struct str host = authority(url, &tls);
    return (struct str){url.p, host.n + (tls ? 8 : 7)};
}

void oidc_url_encode(struct buf *b, struct str s)
{
    static const char hex[] = "0123456789ABCDEF";
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~') {
            buf_byte(b, (char)c);
        } else {
            buf_byte(b, '%');
            buf_byte(b, hex[c >> 4]);
            buf_byte(b, hex[c & 15]);
        }
    }
}

void oidc_url_add(struct buf *b, const char *key, struct str value)
{
    struct str so_far = buf_view(b);
    if (so_far.n)
        buf_byte(b, str_starts(so_far, STR("http")) && str_find(so_far, '?') < 0 ? '?' : '&');
    buf_c(b, key);
    buf_byte(b, '=');
    oidc_url_encode(b, value);
}
