#include "http/assets.h"
#include "http/http.h"

const struct asset *asset_find(struct str path)
{
    if (path.n == 0)
        return NULL;
    for (const struct asset *f = assets; f->name; f++)
        if (str_eq(f->path, path) || str_eq(f->plain, path))
            return f;
    return NULL;
}

struct url asset_url(const char *name)
{
    for (const struct asset *f = assets; f->name; f++)
        if (strcmp(f->name, name) == 0)
            return (struct url){f->path};
    return (struct url){STR("/assets/missing")};
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t';
}

/* "gzip;q=0" and "gzip; q=0.000" refuse; anything else after the name accepts. */
static bool is_refused(struct str params)
{
    size_t i = 0;
    while (i < params.n && (is_space(params.p[i]) || params.p[i] == ';'))
        i++;
    if (params.n - i < 3 || (params.p[i] != 'q' && params.p[i] != 'Q') || params.p[i + 1] != '=')
        return false;
    for (i += 2; i < params.n; i++)
        if (params.p[i] != '0' && params.p[i] != '.' && !is_space(params.p[i]))
            return false;
    return true;
}

static bool is_name(struct str got, struct str name)
{
    if (got.n != name.n)
        return false;
    for (size_t i = 0; i < name.n; i++)
        if ((got.p[i] | 0x20) != name.p[i])
            return false;
    return true;
}

/* Only what is named counts: "*" may mean an encoding that we do not have. */
static bool accepts(struct str header, struct str name)
{
    size_t at = 0;
    while (at < header.n) {
        while (at < header.n && (is_space(header.p[at]) || header.p[at] == ','))
            at++;
        size_t end = at;
        while (end < header.n && header.p[end] != ',')
            end++;
        size_t stop = at;
        while (stop < end && !is_space(header.p[stop]) && header.p[stop] != ';')
            stop++;
        if (is_name((struct str){header.p + at, stop - at}, name))
            return !is_refused((struct str){header.p + stop, end - stop});
        at = end;
    }
    return false;
}

struct str asset_body(const struct asset *f, struct str accept_encoding, const char **encoding)
{
    if (f->br.n && accepts(accept_encoding, STR("br"))) {
        *encoding = "br";
        return f->br;
    }
    if (f->gz.n && accepts(accept_encoding, STR("gzip"))) {
        *encoding = "gzip";
        return f->gz;
    }
    *encoding = NULL;
    return f->raw;
}

const char *asset_caching(const struct asset *f, struct str path)
{
    return str_eq(f->path, path) ? "public, max-age=31536000, immutable" : "public, max-age=86400";
}

bool asset_serve(struct req *r)
{
    const struct asset *as = r->method == GET ? asset_find(r->path) : NULL;
    if (!as)
        return false;
    const char *encoding = NULL;
    r->static_body = asset_body(as, req_header(r, "accept-encoding"), &encoding);
    r->type = as->type;
    r->status = 200;
    res_header(r, "Cache-Control", str_c(asset_caching(as, r->path)));
    if (encoding)
        res_header(r, "Content-Encoding", str_c(encoding));
    res_header(r, "Vary", STR("Accept-Encoding"));
    res_header(r, "Content-Security-Policy", STR("default-src 'none'; frame-ancestors 'none'"));
    res_header(r, "X-Content-Type-Options", STR("nosniff"));
    res_header(r, "Referrer-Policy", STR("same-origin"));
    res_header(r, "Cross-Origin-Resource-Policy", STR("same-origin"));
    return true;
}
