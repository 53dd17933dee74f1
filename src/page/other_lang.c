/* other_lang.c: see the header. */
#include "page/other_lang.h"
#include "http/html.h"
#include "http/route.h"
#include "page/page.h"

static bool has_page(struct str path)
{
    struct pair var[4];
    for (const struct route *rt = routes; rt->path; rt++)
        if (rt->method == GET && route_match(rt->path, path, var))
            return true;
    return false;
}

static struct str nearest_page(struct str path)
{
    while (path.n > 1 && !has_page(path)) {
        path.n--;
        while (path.n > 1 && path.p[path.n] != '/')
            path.n--;
    }
    return path;
}

static void put_path(struct buf *to, struct str path)
{
    for (size_t i = 0, from = 0; i <= path.n; i++) {
        if (i < path.n && path.p[i] != '/')
            continue;
        html_uri_str(to, (struct str){path.p + from, i - from});
        if (i < path.n)
            buf_byte(to, '/');
        from = i + 1;
    }
}

struct str other_lang_base(const struct req *r)
{
    CLEANUP(buf_free) struct buf to = {.max = 4096};
    struct str path = nearest_page(r->path);
    put_path(&to, path);
    buf_byte(&to, '?');
    for (size_t i = 0; path.n == r->path.n && i < r->n_query; i++) {
        const struct pair *q = &r->query[i];
        if (str_is(q->k, "lang") || str_is(q->k, "done")) /* what was just done is not done once more */
            continue;
        html_uri_str(&to, q->k);
        buf_byte(&to, '=');
        html_uri_str(&to, q->v);
        buf_byte(&to, '&');
    }
    buf_c(&to, "lang=");
    struct str base = arena_str(r->a, to.bad ? STR("/?lang=") : buf_view(&to));
    return base;
}
