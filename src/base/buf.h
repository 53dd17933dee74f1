/* buf.h: a growing byte buffer with a ceiling. After the ceiling is hit every append does nothing and
 * `bad` stays set: append freely, test once at the end. `p` is malloc'ed; buf_free gives it back. */
#pragma once
#include "base/base.h"

struct buf {
    char *p;
    size_t n, cap, max; /* max 0 means 16 MiB */
    bool bad;
};
void buf_add(struct buf *b, const void *p, size_t n);
void buf_str(struct buf *b, struct str s);
void buf_c(struct buf *b, const char *s);
void buf_byte(struct buf *b, char c);
void buf_i64(struct buf *b, int64_t v);
void buf_fmt(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
char *buf_reserve(struct buf *b, size_t n); /* room for n more bytes or NULL (bad set); then b->n += used */
void buf_clear(struct buf *b);              /* n = 0, bad = false; keeps the memory */
void buf_free(struct buf *b);
static inline struct str buf_view(const struct buf *b)
{
    return (struct str){b->p ? b->p : "", b->n};
}
