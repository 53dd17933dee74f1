/* head.c: what libmicrohttpd 0.9.75 takes and we do not. Behind a proxy none of it arrives; alone, each is a way to make two readers
 * see two different requests (RFC 9112, sections 2.2, 3.2, 5.2, 6.3 and 11.2). */
#include "http/server.h"

#include "base/num.h"
#include "base/utf8.h"

#include <arpa/inet.h>
#include <netinet/in.h>

struct gather {
    struct exchange *x;
    const char *at; /* where the next header line must begin in the connection's memory */
    size_t bytes, n;
    int host, length, coding; /* how many of each */
    struct str host_v, length_v, coding_v, forwarded, proto;
    int status;
};

static bool is_token(struct str s)
{
    static const char others[] = "!#$%&'*+-.^_`|~";
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i], low = (char)(c | 0x20);
        if (!((low >= 'a' && low <= 'z') || (c >= '0' && c <= '9') || (c && strchr(others, c))))
            return false;
    }
    return s.n > 0;
}

static bool value_plain(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (((unsigned char)s.p[i] < ' ' && s.p[i] != '\t') || s.p[i] == 0x7f)
            return false;
    return true;
}

/* libmicrohttpd measures lines with strlen and glues folded ones together. Both show: the lines no longer stand one behind the other
 * in memory, each ended by CRLF (which it makes two zeros). Version 1 refuses these itself and may lay its memory out otherwise. */
static bool line_whole(struct gather *g, const char *key, size_t key_n, const char *value, size_t value_n)
{
#if MHD_VERSION < 0x01000000
    const char *p = key + key_n + 1;
    if (key != g->at || value < p)
        return false;
    while (p < value && (*p == ' ' || *p == '\t'))
        p++;
    g->at = value + value_n + 2;
    return p == value && value[value_n + 1] == '\0';
#else
    (void)g, (void)key, (void)key_n, (void)value, (void)value_n;
    return true;
#endif
}

/* The empty line stands where the last header ended, and with it the head ends. */
static bool end_whole(const struct gather *g, const char *head)
{
#if MHD_VERSION < 0x01000000
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(g->x->mhd, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
    return info && g->at + 2 == head + info->header_size && g->at[0] == '\0' && g->at[1] == '\0';
#else
    (void)g, (void)head;
    return true;
#endif
}

static bool once(struct str k, const char *name, struct str v, int *n, struct str *out)
{
    if (!str_eq_nocase(k, str_c(name)))
        return false;
    (*n)++;
    *out = v;
    return true;
}

static enum MHD_Result on_header(void *cls, enum MHD_ValueKind kind, const char *key, size_t key_n, const char *value, size_t value_n)
{
    struct gather *g = cls;
    struct req *r = &g->x->r;
    (void)kind;
    struct str k = {key, key_n}, v = {value ? value : "", value ? value_n : 0};
    if (!value || !line_whole(g, key, key_n, value, value_n) || !is_token(k) || !value_plain(v)) {
        g->status = 400;
        return MHD_NO;
    }
    g->bytes += k.n + v.n + 4;
    if (g->bytes > HTTP_HEADER_BYTES || g->n == HTTP_HEADERS_MAX) {
        g->status = 431;
        return MHD_NO;
    }
    g->n++;
    v = arena_str(r->a, str_trim(v));
    if (!once(k, "host", v, &g->host, &g->host_v) && !once(k, "content-length", v, &g->length, &g->length_v))
        (void)once(k, "transfer-encoding", v, &g->coding, &g->coding_v);
    if (str_eq_nocase(k, STR("x-forwarded-for")))
        g->forwarded = v;
    else if (str_eq_nocase(k, STR("x-forwarded-proto")))
        g->proto = v;
    if (utf8_valid(v)) /* others are of no use to any handler */
        r->header[r->n_header++] = (struct pair){arena_str(r->a, k), v};
    return MHD_YES;
}

/* name[:port], an IPv4 address or [IPv6]. */
static bool host_ok(struct str h)
{
    size_t i = 0;
    if (h.n == 0 || h.n > 255)
        return false;
    if (h.p[0] == '[') {
        struct str inner = {h.p + 1, h.n - 1};
        char text[INET6_ADDRSTRLEN];
        unsigned char addr[16];
        ptrdiff_t end = str_find(inner, ']');
        if (end < 0 || (size_t)end >= sizeof text)
            return false;
        memcpy(text, inner.p, (size_t)end);
        text[end] = '\0';
        if (inet_pton(AF_INET6, text, addr) != 1)
            return false;
        i = (size_t)end + 2;
    } else {
        while (i < h.n && h.p[i] != ':') {
            char c = h.p[i++], low = (char)(c | 0x20);
            if (!((low >= 'a' && low <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_'))
                return false;
        }
        if (i == 0)
            return false;
    }
    int64_t port;
    return i == h.n || (h.p[i] == ':' && num_i64((struct str){h.p + i + 1, h.n - i - 1}, 1, 65535, &port));
}

/* Only digits, and few enough for a number. */
static bool length_ok(struct str s, size_t *out)
{
    int64_t v;
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    if (s.n > 18 || !num_i64(s, 0, INT64_MAX, &v))
        return false;
    *out = (size_t)v;
    return true;
}

/* The length of the body as one certain number; SIZE_MAX for a chunked one. */
static bool framing_ok(const struct gather *g, bool old_version, size_t *body)
{
    *body = 0;
    if (g->host != 1 || !host_ok(g->host_v) || g->length + g->coding > 1)
        return false;
    if (g->length)
        return length_ok(g->length_v, body);
    if (!g->coding)
        return true;
    *body = SIZE_MAX;
    return !old_version && str_eq_nocase(g->coding_v, STR("chunked"));
}

static bool looks_like_address(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!strchr("0123456789abcdefABCDEF:.", s.p[i]))
            return false;
    return s.n > 0 && s.n <= 45;
}

static void trust_proxy(struct exchange *x, const struct gather *g)
{
    struct req *r = &x->r;
    const char *proxy = x->loop->server->trusted_proxy;
    if (!proxy || !str_is(r->peer, proxy))
        return;
    struct str rest = g->forwarded, last = rest;
    while (str_find(rest, ',') >= 0) {
        str_cut(&rest, ',');
        last = rest;
    }
    last = str_trim(last);
    if (looks_like_address(last))
        r->peer = last;
    r->secure = str_is(g->proto, "https");
}

static int read_cookies(struct req *r)
{
    /* HTTP/2 proxies may split the cookie header; the pieces are one list (RFC 9113, section 8.2.3). */
    struct str parts[16];
    size_t n = 0;
    for (size_t i = 0; i < r->n_header && n < COUNT(parts); i++)
        if (str_eq_nocase(r->header[i].k, STR("cookie")))
            parts[n++] = r->header[i].v;
    struct str all = n == 0 ? STR("") : n == 1 ? parts[0] : arena_join(r->a, parts, n, STR("; "));
    enum err e = http_parse_cookies(r->a, all, &r->cookie, &r->n_cookie);
    return !e ? 0 : e == ERR_LIMIT ? 431 : 400;
}

static int read_target(struct exchange *x)
{
    struct req *r = &x->r;
    if (x->target.n > HTTP_TARGET_MAX)
        return 414;
    enum err e = request_target(r, x->target);
    return !e ? 0 : e == ERR_LIMIT ? 414 : 400;
}

/* What the body may be. Nothing of it was read yet. */
static int check_body(struct exchange *x, size_t body)
{
    const struct http_conf *conf = &x->loop->server->conf;
    x->kind = request_body_kind(req_header(&x->r, "content-type"), &x->boundary);
    if (body == 0)
        return 0;
    if (x->r.method != POST)
        return 400;
    x->body_max = conf->body_max ? conf->body_max(conf->user, &x->r) : HTTP_BODY_MAX;
    if (x->body_max == 0 || (body != SIZE_MAX && body > x->body_max))
        return 413;
    return x->kind == BODY_FORM || x->kind == BODY_MULTIPART ? 0 : 415;
}

int head_read(struct exchange *x, const char *method, const char *version, bool *framed)
{
    struct req *r = &x->r;
    size_t body;
    int status;
    int n = MHD_get_connection_values_n(x->mhd, MHD_HEADER_KIND, NULL, NULL);
    struct gather g = {.x = x, .at = version + strlen(version) + 2};
    *framed = false;
    r->header = ARENA_ARRAY(r->a, struct pair, n > HTTP_HEADERS_MAX ? HTTP_HEADERS_MAX : (size_t)n);
    if (!x->raw_target || x->raw_target + x->target.n + 1 != version) /* a NUL in it */
        return 400;
    bool old_version = strcmp(version, "HTTP/1.0") == 0;
    if (!old_version && strcmp(version, "HTTP/1.1") != 0)
        return 505;
    r->old = old_version;
    MHD_get_connection_values_n(x->mhd, MHD_HEADER_KIND, on_header, &g);
    if (g.status)
        return g.status;
    if (!end_whole(&g, method) || !framing_ok(&g, old_version, &body))
        return 400;
    *framed = body == SIZE_MAX || body <= HTTP_DRAIN_MAX;
    trust_proxy(x, &g);
    if (!request_method(str_c(method), &r->method, &r->head))
        return 405;
    if ((status = read_target(x)) != 0 || (status = read_cookies(r)) != 0)
        return status;
    return check_body(x, body);
}
