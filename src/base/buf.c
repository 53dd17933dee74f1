#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { FIRST = 1024, MAX_DEFAULT = 16 * 1024 * 1024 };

/* Room for n more bytes; slow path. */
static bool grow(struct buf *b, size_t n)
{
    size_t max = b->max ? b->max : MAX_DEFAULT;
    if (b->n > max || n > max - b->n) {
        b->bad = true;
        return false;
    }
    size_t cap = b->cap ? b->cap : FIRST;
    if (cap > max)
        cap = max;
    while (cap < b->n + n)
        cap = cap > max / 2 ? max : cap * 2;
    char *p = realloc(b->p, cap);
    if (!p) {
        b->bad = true;
        return false;
    }
    b->p = p;
    b->cap = cap;
    return true;
}

/* cap never goes over max, so fitting in cap is fitting in max (unless a caller lowers max later). */
static inline bool has_room(struct buf *b, size_t n)
{
    if (b->bad)
        return false;
    return n <= b->cap - b->n ? b->p || grow(b, n) : grow(b, n);
}

void buf_add(struct buf *b, const void *p, size_t n)
{
    if (n == 0 || !has_room(b, n))
        return;
    memcpy(b->p + b->n, p, n);
    b->n += n;
}

void buf_str(struct buf *b, struct str s)
{
    buf_add(b, s.p, s.n);
}

void buf_c(struct buf *b, const char *s)
{
    buf_add(b, s, s ? strlen(s) : 0);
}

void buf_byte(struct buf *b, char c)
{
    if (has_room(b, 1))
        b->p[b->n++] = c;
}

void buf_i64(struct buf *b, int64_t v)
{
    char digits[20], *at = digits + sizeof digits;
    uint64_t u = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
    do {
        *--at = (char)('0' + u % 10);
        u /= 10;
    } while (u);
    if (v < 0)
        *--at = '-';
    buf_add(b, at, (size_t)(digits + sizeof digits - at));
}

void buf_fmt(struct buf *b, const char *fmt, ...)
{
    if (b->bad)
        return;
    char small[256];
    va_list ap, again;
    va_start(ap, fmt);
    va_copy(again, ap);
    int n = vsnprintf(small, sizeof small, fmt, ap);
    va_end(ap);
    if (n < 0) {
        b->bad = true;
    } else if ((size_t)n < sizeof small) {
        buf_add(b, small, (size_t)n);
    } else {
        /* vsnprintf wants room for its NUL, which must not count against the ceiling */
        char *p = malloc((size_t)n + 1);
        if (p) {
            vsnprintf(p, (size_t)n + 1, fmt, again);
            buf_add(b, p, (size_t)n);
            free(p);
        } else {
            b->bad = true;
        }
    }
    va_end(again);
}

char *buf_reserve(struct buf *b, size_t n)
{
    return has_room(b, n) ? b->p + b->n : NULL;
}

void buf_clear(struct buf *b)
{
    b->n = 0;
    b->bad = false;
}

void buf_free(struct buf *b)
{
    free(b->p);
    *b = (struct buf){.max = b->max};
}
