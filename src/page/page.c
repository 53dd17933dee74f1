#include "page/page.h"
#include "base/num.h"
#include <stdarg.h>
#include <stdio.h>

enum err page_slow(struct page *p)
{
    (void)p;
    return OK;
}

enum err page_invalid(struct page *p)
{
    p->r->status = 422;
    return ERR_INVALID;
}

enum err page_conflict(struct page *p)
{
    p->r->status = 409;
    return ERR_CONFLICT;
}

enum err page_go(struct page *p, const char *done, const char *fmt, ...)
{
    char t[512];
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(t, sizeof t, fmt, ap);
    va_end(ap);
    if (n < 0 || (size_t)n >= sizeof t)
        return ERR_INTERNAL;
    struct str to = {t, (size_t)n};
    if (!done) {
        res_redirect(p->r, arena_str(p->c.a, to));
        return OK;
    }
    struct str path = to, anchor = {0};
    ptrdiff_t hash = str_find(to, '#');
    if (hash >= 0) {
        path.n = (size_t)hash;
        anchor = (struct str){to.p + hash, to.n - (size_t)hash};
    }
    res_redirect(p->r, arena_fmt(p->c.a, "%.*s%cdone=%s%.*s", STR_FMT(path), str_find(path, '?') < 0 ? '?' : '&', done,
                                 STR_FMT(anchor)));
    return OK;
}

enum err page_id(struct page *p, const char *name, int64_t *id)
{
    return num_i64(req_var(p->r, name), 1, INT64_MAX, id) ? OK : ERR_NOT_FOUND;
}

int64_t page_version(const struct page *p)
{
    int64_t v;
    return num_i64(req_field(p->r, "version"), 1, INT64_MAX, &v) ? v : 0;
}

int64_t page_query_int(const struct page *p, const char *name, int64_t otherwise)
{
    int64_t v;
    return num_i64(req_query(p->r, name), INT64_MIN, INT64_MAX, &v) ? v : otherwise;
}

void page_download(struct page *p, const char *type, const char *filename)
{
    p->r->type = type;
    res_header(p->r, "Content-Disposition", arena_fmt(p->c.a, "attachment; filename=\"%s\"", filename));
}
