#include "live/lib0.h"

#include <math.h>

#include "base/utf8.h"

/* ---- numbers */

bool lib0_uint_long(struct lib0_in *in, uint64_t *out)
{
    uint64_t v = 0;
    for (unsigned shift = 0; shift < 70 && in->p < in->end; shift += 7) {
        uint8_t c = *in->p++;
        if (shift >= 56 && (c & 0x7f))
            return false;
        if (shift < 56)
            v |= (uint64_t)(c & 0x7f) << shift;
        if (c < 0x80) {
            *out = v;
            return v <= LIB0_UINT_MAX;
        }
    }
    return false;
}

bool lib0_int(struct lib0_in *in, bool *negative, uint64_t *magnitude)
{
    if (in->p == in->end)
        return false;
    uint8_t first = *in->p++;
    uint64_t rest = 0;
    if (first & 0x80 && (!lib0_uint(in, &rest) || rest > LIB0_UINT_MAX >> 6))
        return false;
    *negative = first & 0x40;
    *magnitude = rest << 6 | (first & 0x3f);
    return true;
}

void lib0_put_uint(struct buf *b, uint64_t v)
{
    uint8_t bytes[10];
    size_t n = 0;
    for (; v >= 0x80; v >>= 7)
        bytes[n++] = (uint8_t)(v | 0x80);
    bytes[n++] = (uint8_t)v;
    buf_add(b, bytes, n);
}

void lib0_put_int(struct buf *b, bool negative, uint64_t magnitude)
{
    bool more = magnitude >> 6;
    buf_byte(b, (char)((more ? 0x80 : 0) | (negative ? 0x40 : 0) | (magnitude & 0x3f)));
    if (more)
        lib0_put_uint(b, magnitude >> 6);
}

static void put_big_endian(struct buf *b, uint64_t bits, int bytes)
{
    for (int i = bytes - 1; i >= 0; i--)
        buf_byte(b, (char)(bits >> (8 * i) & 0xff));
}

void lib0_put_number(struct buf *b, double v)
{
    if (fabs(v) <= 2147483647 && trunc(v) == v) {
        buf_byte(b, (char)LIB0_INTEGER);
        lib0_put_int(b, signbit(v), (uint64_t)fabs(v));
        return;
    }
    float small = (fabs(v) <= 3.4028234663852886e38 || isinf(v)) ? (float)v : 0;
    if ((double)small == v) {
        uint32_t bits;
        memcpy(&bits, &small, sizeof bits);
        buf_byte(b, (char)LIB0_FLOAT32);
        put_big_endian(b, bits, 4);
        return;
    }
    uint64_t bits;
    memcpy(&bits, &v, sizeof bits);
    buf_byte(b, (char)LIB0_FLOAT64);
    put_big_endian(b, bits, 8);
}

/* ---- text */

bool lib0_text(struct lib0_in *in, struct str *out)
{
    struct bytes s;
    if (!lib0_bytes(in, &s))
        return false;
    *out = (struct str){(const char *)s.p, s.n};
    return utf8_valid(*out);
}

void lib0_put_bytes(struct buf *b, struct bytes s)
{
    lib0_put_uint(b, s.n);
    buf_add(b, s.p, s.n);
}

void lib0_put_str(struct buf *b, struct str s)
{
    lib0_put_uint(b, s.n);
    buf_str(b, s);
}

/* A byte that begins a code point is a unit, one that begins four bytes is two. */
uint64_t lib0_units(struct bytes text)
{
    uint64_t n = 0;
    for (size_t i = 0; i < text.n; i++)
        n += (uint64_t)((text.p[i] & 0xC0) != 0x80) + (uint64_t)(text.p[i] >= 0xF0);
    return n > text.n ? text.n : n;
}

bool lib0_unit_at(struct bytes text, uint64_t units, size_t *at)
{
    size_t i = 0;
    while (units && i < text.n) {
        uint64_t w;
        if (units >= 8 && text.n - i >= 8 && (memcpy(&w, text.p + i, 8), !(w & 0x8080808080808080u))) {
            i += 8;
            units -= 8;
            continue;
        }
        uint8_t c = text.p[i];
        size_t bytes = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
        if (bytes == 4 && units == 1) {
            *at = i;
            return true;
        }
        units -= bytes == 4 ? 2 : 1;
        i += bytes;
    }
    *at = i < text.n ? i : text.n;
    return false;
}

/* ---- any */

static bool skip(struct lib0_in *in, size_t n)
{
    if (n > lib0_left(in))
        return false;
    in->p += n;
    return true;
}

static bool text_or_bytes(struct lib0_in *in, bool strict)
{
    struct bytes s;
    return lib0_bytes(in, &s) && (!strict || utf8_valid((struct str){(const char *)s.p, s.n}));
}

static bool object_key(struct lib0_in *in, bool strict)
{
    struct bytes s;
    if (!lib0_bytes(in, &s))
        return false;
    struct str key = {(const char *)s.p, s.n};
    return !strict || (utf8_valid(key) && !lib0_is_proto(key));
}

static bool any(struct lib0_in *in, size_t depth, bool strict);

static bool elements(struct lib0_in *in, size_t depth, bool strict, bool object)
{
    uint64_t n;
    if (depth == 0 || !lib0_uint(in, &n) || n > lib0_left(in) / (object ? 2 : 1))
        return false;
    for (; n; n--) {
        if (object && !object_key(in, strict))
            return false;
        if (!any(in, depth - 1, strict))
            return false;
    }
    return true;
}

static bool any(struct lib0_in *in, size_t depth, bool strict)
{
    if (in->p == in->end)
        return false;
    bool negative;
    uint64_t magnitude;
    switch (*in->p++) {
    case LIB0_UNDEFINED:
    case LIB0_NULL:
    case LIB0_TRUE:
    case LIB0_FALSE: return true;
    case LIB0_INTEGER: return lib0_int(in, &negative, &magnitude);
    case LIB0_FLOAT32: return skip(in, 4);
    case LIB0_FLOAT64:
    case LIB0_BIGINT: return skip(in, 8);
    case LIB0_STRING: return text_or_bytes(in, strict);
    case LIB0_BYTES: return text_or_bytes(in, false);
    case LIB0_OBJECT: return elements(in, depth, strict, true);
    case LIB0_ARRAY: return elements(in, depth, strict, false);
    default: return false;
    }
}

static size_t bounded(size_t depth)
{
    return depth < LIB0_DEPTH_MAX ? depth : LIB0_DEPTH_MAX;
}

bool lib0_skip_any(struct lib0_in *in, size_t depth)
{
    return any(in, bounded(depth), false);
}

bool lib0_check_any(struct lib0_in *in, size_t depth)
{
    return any(in, bounded(depth), true);
}

/* ---- JSON */

static void space(struct str *s)
{
    while (s->n && (*s->p == ' ' || *s->p == '\n' || *s->p == '\t' || *s->p == '\r')) {
        s->p++;
        s->n--;
    }
}

static bool take(struct str *s, char c)
{
    if (!s->n || *s->p != c)
        return false;
    s->p++;
    s->n--;
    return true;
}

static int hex_digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* One unit of a string behind its backslash; -1 when it is no escape. */
static int escaped(struct str *s)
{
    if (!s->n)
        return -1;
    char c = *s->p;
    s->p++;
    s->n--;
    if (c != 'u')
        return memchr("\"\\/bfnrt", c, 8) ? c : -1;
    int v = 0;
    for (int i = 0; i < 4; i++) {
        int d = s->n ? hex_digit(*s->p) : -1;
        if (d < 0)
            return -1;
        v = v << 4 | d;
        s->p++;
        s->n--;
    }
    return v;
}

/* A string; *is_proto when it spells __proto__, however it is escaped. The bytes are known to be UTF-8. */
static bool json_string(struct str *s, bool *is_proto)
{
    static const char proto[] = "__proto__";
    size_t n = 0; /* characters so far that agree with proto; more than it has: they differ */
    if (!take(s, '"'))
        return false;
    while (s->n) {
        int c = (unsigned char)*s->p;
        s->p++;
        s->n--;
        if (c == '"') {
            *is_proto = n == sizeof proto - 1;
            return true;
        }
        bool plain = c != '\\';
        if (c < 0x20 || (!plain && (c = escaped(s)) < 0))
            return false;
        n = n < sizeof proto - 1 && c == proto[n] ? n + 1 : sizeof proto;
    }
    return false;
}

static bool digits(struct str *s)
{
    size_t before = s->n;
    while (s->n && *s->p >= '0' && *s->p <= '9') {
        s->p++;
        s->n--;
    }
    return s->n < before;
}

static bool json_number(struct str *s)
{
    take(s, '-');
    if (!take(s, '0') && !digits(s))
        return false;
    if (take(s, '.') && !digits(s))
        return false;
    if (take(s, 'e') || take(s, 'E')) {
        if (!take(s, '+'))
            take(s, '-');
        return digits(s);
    }
    return true;
}

static bool json_word(struct str *s, struct str word)
{
    if (!str_starts(*s, word))
        return false;
    s->p += word.n;
    s->n -= word.n;
    return true;
}

static bool json_value(struct str *s, size_t depth);

static bool json_member(struct str *s, size_t depth, bool object)
{
    bool is_proto = false;
    space(s);
    if (object) {
        if (!json_string(s, &is_proto) || is_proto)
            return false;
        space(s);
        if (!take(s, ':'))
            return false;
    }
    if (!json_value(s, depth))
        return false;
    space(s);
    return true;
}

static bool json_members(struct str *s, size_t depth, bool object)
{
    char close = object ? '}' : ']';
    if (depth == 0)
        return false;
    space(s);
    if (take(s, close))
        return true;
    do {
        if (!json_member(s, depth - 1, object))
            return false;
    } while (take(s, ','));
    return take(s, close);
}

static bool json_value(struct str *s, size_t depth)
{
    bool is_proto;
    space(s);
    if (!s->n)
        return false;
    switch (*s->p) {
    case '"': return json_string(s, &is_proto);
    case 't': return json_word(s, STR("true"));
    case 'f': return json_word(s, STR("false"));
    case 'n': return json_word(s, STR("null"));
    case '{':
    case '[': {
        bool object = *s->p == '{';
        s->p++;
        s->n--;
        return json_members(s, depth, object);
    }
    default: return json_number(s);
    }
}

bool lib0_json_valid(struct str text, size_t depth)
{
    if (!utf8_valid(text) || !json_value(&text, bounded(depth)))
        return false;
    space(&text);
    return text.n == 0;
}
