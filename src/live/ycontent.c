#include "live/ycontent.h"

#include <math.h>
#include <stdlib.h>

enum { ANY_DEPTH_MAX = 100 }; /* update_check lets 64 in */

uint64_t content_uint(struct content_in *c)
{
    uint64_t v = 0;
    if (c->bad || !lib0_uint(&c->in, &v)) {
        c->bad = true;
        return 0;
    }
    return v;
}

struct str content_str(struct content_in *c)
{
    struct bytes b;
    if (c->bad || !lib0_bytes(&c->in, &b)) {
        c->bad = true;
        return STR("");
    }
    return (struct str){(const char *)b.p, b.n};
}

void content_skip_any(struct content_in *c)
{
    c->bad = c->bad || !lib0_skip_any(&c->in, ANY_DEPTH_MAX);
}

static uint8_t byte(struct content_in *c)
{
    if (c->bad || c->in.p == c->in.end) {
        c->bad = true;
        return 0;
    }
    return *c->in.p++;
}

bool content_is_undefined(const struct content_in *c)
{
    return !c->bad && c->in.p < c->in.end && *c->in.p == LIB0_UNDEFINED;
}

static uint64_t big_endian(struct content_in *c, int n)
{
    uint64_t v = 0;
    for (int i = 0; i < n; i++)
        v = v << 8 | byte(c);
    return v;
}

static void put_double(struct buf *out, double d)
{
    if (!isfinite(d)) {
        buf_c(out, "null");
        return;
    }
    for (int digits = 15; digits <= 17; digits++) {
        char text[40];
        int n = snprintf(text, sizeof text, "%.*g", digits, d);
        if (digits == 17 || strtod(text, NULL) == d) {
            buf_add(out, text, (size_t)n);
            return;
        }
    }
}

static void put_float(struct content_in *c, struct buf *out, bool wide)
{
    uint64_t bits = big_endian(c, wide ? 8 : 4);
    double d;
    if (wide) {
        memcpy(&d, &bits, sizeof d);
    } else {
        float f;
        uint32_t narrow = (uint32_t)bits;
        memcpy(&f, &narrow, sizeof f);
        d = (double)f;
    }
    put_double(out, d);
}

static void put_int(struct content_in *c, struct buf *out)
{
    bool negative = false;
    uint64_t v = 0;
    if (!lib0_int(&c->in, &negative, &v)) {
        c->bad = true;
        return;
    }
    if (negative && v)
        buf_byte(out, '-');
    buf_i64(out, (int64_t)v);
}

static void any_json(struct content_in *c, struct buf *out, int depth);

static void array_json(struct content_in *c, struct buf *out, int depth)
{
    uint64_t n = content_uint(c);
    buf_byte(out, '[');
    for (uint64_t i = 0; i < n && !c->bad; i++) {
        if (i)
            buf_byte(out, ',');
        any_json(c, out, depth);
    }
    buf_byte(out, ']');
}

static void object_json(struct content_in *c, struct buf *out, int depth)
{
    uint64_t n = content_uint(c);
    bool more = false;
    buf_byte(out, '{');
    for (uint64_t i = 0; i < n && !c->bad; i++) {
        struct str key = content_str(c);
        if (content_is_undefined(c)) {
            c->in.p++;
            continue;
        }
        if (more)
            buf_byte(out, ',');
        more = true;
        json_put_str(out, key);
        buf_byte(out, ':');
        any_json(c, out, depth);
    }
    buf_byte(out, '}');
}

static void any_json(struct content_in *c, struct buf *out, int depth)
{
    uint8_t tag = byte(c);
    struct str s;
    if (depth > ANY_DEPTH_MAX || out->bad)
        c->bad = true;
    if (c->bad)
        return;
    switch (tag) {
    case LIB0_BYTES:
        s = content_str(c);
        json_put_base64(out, (struct bytes){(const uint8_t *)s.p, s.n});
        return;
    case LIB0_ARRAY:
        array_json(c, out, depth + 1);
        return;
    case LIB0_OBJECT:
        object_json(c, out, depth + 1);
        return;
    case LIB0_STRING:
        json_put_str(out, content_str(c));
        return;
    case LIB0_TRUE:
    case LIB0_FALSE:
        buf_c(out, tag == LIB0_TRUE ? "true" : "false");
        return;
    case LIB0_BIGINT:
        buf_fmt(out, "\"%lld\"", (long long)big_endian(c, 8));
        return;
    case LIB0_FLOAT64:
    case LIB0_FLOAT32:
        put_float(c, out, tag == LIB0_FLOAT64);
        return;
    case LIB0_INTEGER:
        put_int(c, out);
        return;
    case LIB0_NULL:
    case LIB0_UNDEFINED:
        buf_c(out, "null");
        return;
    default:
        c->bad = true;
    }
}

void content_any_json(struct content_in *c, struct buf *out)
{
    any_json(c, out, 0);
}

void json_put_str(struct buf *b, struct str s)
{
    size_t from = 0;
    buf_byte(b, '"');
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        buf_add(b, s.p + from, i - from);
        from = i + 1;
        if (c == '\n')
            buf_c(b, "\\n");
        else if (c < 0x20)
            buf_fmt(b, "\\u%04x", c);
        else
            buf_add(b, (char[]){'\\', (char)c}, 2);
    }
    if (from < s.n)
        buf_add(b, s.p + from, s.n - from);
    buf_byte(b, '"');
}

void json_put_base64(struct buf *b, struct bytes v)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    buf_byte(b, '"');
    for (size_t i = 0; i < v.n; i += 3) {
        size_t have = v.n - i < 3 ? v.n - i : 3;
        uint32_t w = (uint32_t)v.p[i] << 16 | (have > 1 ? (uint32_t)v.p[i + 1] << 8 : 0) | (have > 2 ? v.p[i + 2] : 0);
        char four[4] = {digits[w >> 18], digits[w >> 12 & 63], have > 1 ? digits[w >> 6 & 63] : '=', have > 2 ? digits[w & 63] : '='};
        buf_add(b, four, 4);
    }
    buf_byte(b, '"');
}
