/* Property: whatever the bytes, names are not empty and hold no mark that divides cookies, values are UTF-8 without control
 * characters, and the cookies written again give the same cookies. A cookie in front of anything is always found. */
#include "base/utf8.h"
#include "http/http.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool ok)
{
    if (!ok)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_freep) struct arena *a = arena_new(64 << 20);
    struct str text = {(const char *)data, size};
    struct pair *p, *q;
    size_t n, m;
    struct buf b = {0};
    if (http_parse_cookies(a, text, &p, &n))
        return 0;
    for (size_t i = 0; i < n; i++) {
        must(p[i].k.n > 0 && str_find(p[i].k, '=') < 0 && str_find(p[i].k, ';') < 0 && str_find(p[i].v, ';') < 0);
        must(utf8_valid(p[i].v) && str_find(p[i].v, '\n') < 0 && str_find(p[i].v, '\0') < 0);
        buf_fmt(&b, "%s%.*s=", i ? "; " : "", STR_FMT(p[i].k));
        buf_str(&b, p[i].v);
    }
    must(!b.bad && http_parse_cookies(a, buf_view(&b), &q, &m) == OK && n == m);
    for (size_t i = 0; i < n; i++)
        must(str_eq(p[i].k, q[i].k) && str_eq(p[i].v, q[i].v));
    buf_clear(&b);
    buf_c(&b, "session=token;");
    buf_str(&b, text);
    if (!b.bad && !http_parse_cookies(a, buf_view(&b), &q, &m))
        must(m == n + 1 && str_is(q[0].k, "session") && str_is(q[0].v, "token"));
    buf_free(&b);
    return 0;
}
