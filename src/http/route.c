/* route.c: patterns are short and matched one by one; a program has some hundreds of them and a match fails at the first piece. */
#include "http/route.h"

/* The bytes up to the next slash. */
static struct str piece_at(struct str s, size_t i)
{
    size_t end = i;
    while (end < s.n && s.p[end] != '/')
        end++;
    return (struct str){s.p + i, end - i};
}

bool route_match(const char *pattern, struct str path, struct pair var[4])
{
    struct pair got[4] = {0};
    struct str want = str_c(pattern);
    size_t n = 0, i = 0, k = 0;
    while (i < want.n && k < path.n) {
        if (want.p[i] != ':' || i == 0 || want.p[i - 1] != '/') {
            if (want.p[i++] != path.p[k++])
                return false;
            continue;
        }
        struct str name = piece_at(want, i);
        struct str value = piece_at(path, k);
        if (value.n == 0 || n == COUNT(got))
            return false;
        got[n++] = (struct pair){{name.p + 1, name.n - 1}, value};
        i += name.n;
        k += value.n;
    }
    if (i != want.n || k != path.n)
        return false;
    memcpy(var, got, sizeof got);
    return true;
}
