/* Property: whatever the bytes, at most HTTP_FIELDS_MAX parts come out; fields are UTF-8 without NUL; a file's bytes lie inside the
 * body and hold no delimiter; a file's name has no path; and the parts written again give the same parts (but for names so long that
 * coding them reaches the limit of a part's headers). The boundary is the input's first line. */
#include "base/utf8.h"
#include "http/http.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool ok)
{
    if (!ok)
        abort();
}

static void quoted(struct buf *b, struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == '"' || s.p[i] == '\r' || s.p[i] == '\n')
            buf_fmt(b, "%%%02X", s.p[i]);
        else
            buf_byte(b, s.p[i]);
}

enum { NAMES_MAX = 1200 };

static void part(struct buf *b, struct str boundary, struct str name, const struct str *filename, struct str value)
{
    buf_fmt(b, "--%.*s\r\nContent-Disposition: form-data; name=\"", STR_FMT(boundary));
    quoted(b, name);
    buf_c(b, "\"");
    if (filename) {
        buf_c(b, "; filename=\"");
        quoted(b, *filename);
        buf_c(b, "\"");
    }
    buf_c(b, "\r\n\r\n");
    buf_str(b, value);
    buf_c(b, "\r\n");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_freep) struct arena *a = arena_new(64 << 20);
    struct str body = {(const char *)data, size}, boundary = str_cut(&body, '\n');
    struct pair *p, *p2;
    struct upload *f, *f2;
    size_t n, n_f, n2, n_f2;
    struct buf b = {0};
    bool long_names = false;
    if (http_parse_multipart(a, body, boundary, &p, &n, &f, &n_f))
        return 0;
    must(n + n_f <= HTTP_FIELDS_MAX);
    for (size_t i = 0; i < n; i++) {
        must(utf8_valid(p[i].k) && utf8_valid(p[i].v) && str_find(p[i].k, '\0') < 0 && str_find(p[i].v, '\0') < 0);
        long_names = long_names || p[i].k.n > NAMES_MAX;
        part(&b, boundary, p[i].k, NULL, p[i].v);
    }
    struct str delimiter = arena_fmt(a, "\r\n--%.*s", STR_FMT(boundary));
    for (size_t i = 0; i < n_f; i++) {
        struct str d = f[i].data, name = f[i].filename;
        must(d.p >= body.p && d.p + d.n <= body.p + body.n && !memmem(d.p, d.n, delimiter.p, delimiter.n));
        must(utf8_valid(name) && str_find(name, '/') < 0 && str_find(name, '\\') < 0);
        long_names = long_names || f[i].name.n + name.n > NAMES_MAX;
        part(&b, boundary, f[i].name, &name, d);
    }
    buf_fmt(&b, "--%.*s--\r\n", STR_FMT(boundary));
    if (long_names) {
        buf_free(&b);
        return 0;
    }
    must(!b.bad && http_parse_multipart(a, buf_view(&b), boundary, &p2, &n2, &f2, &n_f2) == OK && n2 == n && n_f2 == n_f);
    for (size_t i = 0; i < n; i++)
        must(str_eq(p[i].k, p2[i].k) && str_eq(p[i].v, p2[i].v));
    for (size_t i = 0; i < n_f; i++)
        must(str_eq(f[i].name, f2[i].name) && str_eq(f[i].filename, f2[i].filename) && str_eq(f[i].data, f2[i].data));
    buf_free(&b);
    return 0;
}
