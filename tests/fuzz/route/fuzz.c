/* The first line is a pattern, the rest a path. Property: route_match says the same as a slow matcher that cuts both at their slashes
 * and compares piece by piece; the pieces taken out are not empty, hold no slash and, put into the pattern, give the path; on a
 * mismatch var[] is left alone. */
#include "base/buf.h"
#include "http/route.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool ok)
{
    if (!ok)
        abort();
}

static bool is_name(struct str piece, bool first)
{
    return !first && piece.n > 0 && piece.p[0] == ':';
}

/* *names: how many names the pattern has. */
static bool matches(struct str pattern, struct str path, size_t *names)
{
    bool same = true, first = true;
    *names = 0;
    for (;; first = false) {
        bool more_want = str_find(pattern, '/') >= 0, more_has = str_find(path, '/') >= 0;
        struct str want = str_cut(&pattern, '/'), has = str_cut(&path, '/');
        if (is_name(want, first)) {
            (*names)++;
            same = same && has.n > 0;
        } else {
            same = same && str_eq(want, has);
        }
        if (!more_want || !more_has)
            return same && more_want == more_has;
    }
}

static void put_in(struct buf *b, struct str pattern, const struct pair *var)
{
    for (bool first = true;; first = false) {
        bool more = str_find(pattern, '/') >= 0;
        struct str want = str_cut(&pattern, '/');
        if (is_name(want, first)) {
            must(str_eq((struct str){want.p + 1, want.n - 1}, var->k) && var->v.n > 0 && str_find(var->v, '/') < 0);
            want = var++->v;
        }
        buf_str(b, want);
        if (!more)
            return;
        buf_byte(b, '/');
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_freep) struct arena *a = arena_new(1 << 20);
    struct str path = {(const char *)data, size}, pattern = str_cut(&path, '\n');
    if (size > 4096 || str_find(pattern, '\0') >= 0)
        return 0;
    struct pair var[4], untouched[4];
    struct buf b = {0};
    memset(var, 0x5a, sizeof var);
    memcpy(untouched, var, sizeof var);
    size_t names;
    bool want = matches(pattern, path, &names) && names <= COUNT(var);
    must(route_match(arena_cstr(a, pattern), path, var) == want);
    if (!want) {
        must(!memcmp(var, untouched, sizeof var));
        return 0;
    }
    put_in(&b, pattern, var);
    must(!b.bad && str_eq(buf_view(&b), path));
    buf_free(&b);
    return 0;
}
