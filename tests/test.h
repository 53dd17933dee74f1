/* test.h: the smallest harness. CHECK counts and prints TAP; the program ends with `return test_end();`. */
#pragma once
#include "base/base.h"
#include <stdio.h>
#include <stdlib.h>

static int test_n, test_bad;
#define CHECK(cond) test_check((cond), #cond, __FILE__, __LINE__)
#define CHECK_ERR(expr, want) test_err((expr), (want), #expr, __FILE__, __LINE__)
#define CHECK_STR(got, want) test_str((got), (want), #got, __FILE__, __LINE__)
#define CHECK_INT(got, want) test_int((long long)(got), (long long)(want), #got, __FILE__, __LINE__)

static inline void test_check(bool ok, const char *what, const char *file, int line)
{
    test_n++;
    if (ok) {
        printf("ok %d\n", test_n);
        return;
    }
    test_bad++;
    printf("not ok %d - %s:%d: %s\n", test_n, file, line, what);
}
static inline void test_err(enum err got, enum err want, const char *what, const char *file, int line)
{
    if (got != want)
        printf("# got %s, wanted %s\n", err_name(got), err_name(want));
    test_check(got == want, what, file, line);
}
static inline void test_str(struct str got, const char *want, const char *what, const char *file, int line)
{
    bool ok = str_is(got, want);
    if (!ok)
        printf("# got '%.*s'\n# wanted '%s'\n", STR_FMT(got), want);
    test_check(ok, what, file, line);
}
static inline void test_int(long long got, long long want, const char *what, const char *file, int line)
{
    if (got != want)
        printf("# got %lld, wanted %lld\n", got, want);
    test_check(got == want, what, file, line);
}
static inline int test_end(void)
{
    printf("1..%d\n", test_n);
    return test_bad != 0;
}
/* A copy on the heap of exactly n bytes, so that AddressSanitizer sees reads past the end; free it. */
static inline char *test_exact(const void *p, size_t n)
{
    char *c = malloc(n ? n : 1);
    if (!c)
        abort();
    if (n)
        memcpy(c, p, n);
    return c;
}
