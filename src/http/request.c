/* request.c: looking things up in a request, and writing the head of its answer. */
#include "http/request.h"

#include "base/log.h"
#include "base/tm.h"

#include <stdlib.h>

static const struct str *find(const struct pair *v, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (str_is(v[i].k, name))
            return &v[i].v;
    return NULL;
}

static struct str find_or_empty(const struct pair *v, size_t n, const char *name)
{
    const struct str *s = find(v, n, name);
    return s ? *s : STR("");
}

struct str req_query(const struct req *r, const char *name)
{
    return find_or_empty(r->query, r->n_query, name);
}

struct str req_field(const struct req *r, const char *name)
{
    return find_or_empty(r->form, r->n_form, name);
}

struct str req_cookie(const struct req *r, const char *name)
{
    return find_or_empty(r->cookie, r->n_cookie, name);
}

struct str req_var(const struct req *r, const char *name)
{
    return find_or_empty(r->var, COUNT(r->var), name);
}

struct str req_header(const struct req *r, const char *name)
{
    for (size_t i = 0; i < r->n_header; i++)
        if (str_eq_nocase(r->header[i].k, str_c(name)))
            return r->header[i].v;
    return STR("");
}

const struct upload *req_file(const struct req *r, const char *name)
{
    for (size_t i = 0; i < r->n_file; i++)
        if (str_is(r->file[i].name, name))
            return r->file[i].data.n > 0 ? &r->file[i] : NULL;
    return NULL;
}

/* A header that could be split in two is a hole, and only our own code writes headers: stop at once. */
static void must_be_plain(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < ' ' || s.p[i] == 0x7f) {
            log_bug("control character in a response header");
            abort();
        }
}

void res_header(struct req *r, const char *name, struct str value)
{
    must_be_plain(value);
    must_be_plain(str_c(name));
    if (r->n_out == COUNT(r->out)) {
        log_bug("too many response headers");
        abort();
    }
    r->out[r->n_out++] = (struct pair){arena_str(r->a, str_c(name)), arena_str(r->a, value)};
}

void res_redirect(struct req *r, struct str location)
{
    static const char hex[] = "0123456789ABCDEF";
    bool ours = location.n > 0 && location.p[0] == '/' && (location.n == 1 || (location.p[1] != '/' && location.p[1] != '\\'));
    if (!ours) {
        log_bug("redirect to something that is not a path of ours");
        location = STR("/");
    }
    char *to = arena_array(r->a, location.n, 3);
    size_t n = 0;
    for (size_t i = 0; i < location.n; i++) {
        unsigned char c = (unsigned char)location.p[i];
        if (c > ' ' && c < 0x7f && c != '"' && c != '<' && c != '>' && c != '\\') {
            to[n++] = (char)c;
        } else {
            to[n++] = '%';
            to[n++] = hex[c >> 4];
            to[n++] = hex[c & 15];
        }
    }
    r->status = 303;
    res_header(r, "Location", (struct str){to, n});
}

/* RFC 6265, section 4.1.1: what a cookie's value may hold. */
static bool cookie_plain(struct str v)
{
    for (size_t i = 0; i < v.n; i++)
        if (v.p[i] <= ' ' || v.p[i] > '~' || v.p[i] == '"' || v.p[i] == ',' || v.p[i] == ';' || v.p[i] == '\\')
            return false;
    return true;
}

void res_cookie(struct req *r, const char *name, struct str value, int64_t max_age_s, bool secure)
{
    if (!cookie_plain(value) || !cookie_plain(str_c(name))) {
        log_bug("a cookie with bytes a cookie may not have");
        abort();
    }
    struct str age = max_age_s >= 0 ? arena_fmt(r->a, "; Max-Age=%lld", (long long)max_age_s) : STR("");
    res_header(r, "Set-Cookie",
               arena_fmt(r->a, "%s=%.*s; Path=/%.*s; HttpOnly; SameSite=Lax%s", name, STR_FMT(value), STR_FMT(age),
                         secure ? "; Secure" : ""));
}

bool request_method(struct str method, enum method *out, bool *head)
{
    *head = str_is(method, "HEAD");
    *out = *head || str_is(method, "GET") ? GET : str_is(method, "POST") ? POST : METHOD_OTHER;
    return *out != METHOD_OTHER;
}

enum err request_target(struct req *r, struct str target)
{
    struct str rest = target;
    struct str raw = str_cut(&rest, '?');
    struct str path;
    struct pair *query;
    size_t n;
    for (size_t i = 0; i < target.n; i++)
        if ((unsigned char)target.p[i] <= ' ' || target.p[i] == 0x7f || target.p[i] == '#')
            return ERR_INVALID;
    TRY(http_parse_path(r->a, raw, &path));
    TRY(http_parse_form(r->a, rest, &query, &n));
    r->target = target;
    r->path = path;
    r->query = query;
    r->n_query = n;
    return OK;
}

/* The boundary of `multipart/form-data; boundary=...`, bare or quoted. */
static struct str boundary_of(struct str params)
{
    while (params.n > 0) {
        struct str v = str_trim(str_cut(&params, ';'));
        if (str_find(v, '=') < 0)
            continue;
        struct str k = str_trim(str_cut(&v, '='));
        if (!str_eq_nocase(k, STR("boundary")))
            continue;
        v = str_trim(v);
        if (v.n >= 2 && v.p[0] == '"' && v.p[v.n - 1] == '"')
            v = (struct str){v.p + 1, v.n - 2};
        return v;
    }
    return STR("");
}

enum body_kind request_body_kind(struct str content_type, struct str *boundary)
{
    struct str rest = content_type;
    struct str kind = str_trim(str_cut(&rest, ';'));
    *boundary = STR("");
    if (kind.n == 0)
        return BODY_NONE;
    if (str_eq_nocase(kind, STR("application/x-www-form-urlencoded")))
        return BODY_FORM;
    if (!str_eq_nocase(kind, STR("multipart/form-data")))
        return BODY_OTHER;
    *boundary = boundary_of(rest);
    return BODY_MULTIPART;
}

enum err request_body(struct req *r, enum body_kind kind, struct str boundary, struct str body)
{
    if (kind == BODY_MULTIPART)
        return http_parse_multipart(r->a, body, boundary, &r->form, &r->n_form, &r->file, &r->n_file);
    return http_parse_form(r->a, body, &r->form, &r->n_form);
}

enum err http_fake(struct arena *a, const char *method, const char *target, const char *cookie, const char *form, struct req *r)
{
    struct req q = {.a = a, .status = 200, .type = "text/html; charset=utf-8", .now = tm_now()};
    q.peer = STR("127.0.0.1");
    q.id = STR("00000000000000fa");
    if (!request_method(str_c(method), &q.method, &q.head))
        return ERR_INVALID;
    TRY(request_target(&q, arena_str(a, str_c(target))));
    TRY(http_parse_cookies(a, str_c(cookie), &q.cookie, &q.n_cookie));
    if (q.method == POST)
        TRY(request_body(&q, BODY_FORM, STR(""), arena_str(a, str_c(form))));
    q.header = ARENA_ARRAY(a, struct pair, 2);
    q.header[q.n_header++] = (struct pair){STR("Host"), STR("localhost")};
    if (cookie && *cookie)
        q.header[q.n_header++] = (struct pair){STR("Cookie"), arena_str(a, str_c(cookie))};
    *r = q;
    return OK;
}
