#include "live/ydoc.h"
#include "live/lib0.h"
#include "tests/test.h"

/* Bytes from hexadecimal, white space and bars between them left out; on the heap, exactly as long. */
static struct bytes hex(struct arena *a, const char *text)
{
    uint8_t *p = arena_alloc(a, strlen(text) / 2 + 1);
    size_t n = 0, digits = 0;
    for (; *text; text++) {
        int d = *text >= '0' && *text <= '9' ? *text - '0' : *text >= 'a' && *text <= 'f' ? *text - 'a' + 10 : -1;
        if (d < 0)
            continue;
        p[n] = (uint8_t)(p[n] << 4 | d);
        n += digits++ % 2;
    }
    struct bytes out = {arena_alloc(a, n), n};
    memcpy((uint8_t *)(uintptr_t)out.p, p, n);
    return out;
}

static struct str json(struct arena *a, const struct ydoc *d, const char *root, enum type_kind kind)
{
    struct buf b = {0};
    enum err e = ydoc_json(d, str_c(root), kind, &b);
    struct str s = e ? arena_fmt(a, "error %s", err_name(e)) : arena_str(a, buf_view(&b));
    buf_free(&b);
    return s;
}

static struct str reading(struct arena *a, const struct bytes *u, size_t n, const char *root, enum type_kind kind)
{
    struct ydoc *d;
    enum err e = ydoc_make(a, u, n, &d);
    return e ? arena_fmt(a, "error %s", err_name(e)) : json(a, d, root, kind);
}

static void test_text(struct arena *a)
{
    struct bytes u[3] = {hex(a, "01 | 01 01 00 | 04 01 01 74 02 61 62 | 00"), hex(a, "01 | 01 01 02 | c4 01 00 01 01 01 58 | 00"),
                         hex(a, "00 | 01 01 01 00 01")};
    CHECK_STR(reading(a, u, 1, "t", TYPE_TEXT), "[{\"insert\":\"ab\"}]");
    CHECK_STR(reading(a, u, 2, "t", TYPE_TEXT), "[{\"insert\":\"aXb\"}]");
    CHECK_STR(reading(a, u, 3, "t", TYPE_TEXT), "[{\"insert\":\"Xb\"}]");
    struct bytes back[3] = {u[2], u[1], u[0]};
    CHECK_STR(reading(a, back, 3, "t", TYPE_TEXT), "[{\"insert\":\"Xb\"}]");
    CHECK_STR(reading(a, u, 1, "nobody", TYPE_TEXT), "[]");
    CHECK_STR(reading(a, u, 0, "t", TYPE_TEXT), "[]");

    struct ydoc *d;
    struct ranges content = {0}, deleted = {0};
    CHECK_ERR(ydoc_make(a, u, 3, &d), OK);
    ydoc_state(d, &content, &deleted);
    CHECK(!ydoc_has_pending(d) && content.n == 1 && content.v[0].v[0].end == 3);
    CHECK(deleted.n == 1 && deleted.v[0].n == 1 && deleted.v[0].v[0].start == 0 && deleted.v[0].v[0].end == 1);
    ranges_done(&content);
    ranges_done(&deleted);
}

static void test_pending(struct arena *a)
{
    struct ydoc *d;
    struct bytes gap = hex(a, "01 | 03 01 00 | 04 01 01 74 02 61 61 | 0a 03 | 84 01 04 01 63 | 00");
    CHECK_ERR(ydoc_make(a, &gap, 1, &d), OK);
    CHECK(ydoc_has_pending(d));
    CHECK_STR(json(a, d, "t", TYPE_TEXT), "[{\"insert\":\"aa\"}]");
    struct bytes late_delete = hex(a, "00 | 01 07 01 05 01");
    CHECK_ERR(ydoc_make(a, &late_delete, 1, &d), OK);
    CHECK(ydoc_has_pending(d));
    /* two clients that wait for one another for ever */
    struct bytes ring = hex(a, "02 | 01 02 00 | 84 01 00 01 62 | 01 01 00 | 84 02 00 01 61 | 00");
    CHECK_ERR(ydoc_make(a, &ring, 1, &d), OK);
    CHECK(ydoc_has_pending(d));
    struct bytes whole = hex(a, "02 | 01 02 00 | 84 01 00 01 62 | 01 01 00 | 04 01 01 74 01 61 | 00");
    CHECK_ERR(ydoc_make(a, &whole, 1, &d), OK);
    CHECK(!ydoc_has_pending(d));
    CHECK_STR(json(a, d, "t", TYPE_TEXT), "[{\"insert\":\"ab\"}]");
}

static void test_kinds(struct arena *a)
{
    struct bytes map = hex(a, "01 | 02 02 00 | 21 01 01 6d 01 6b 01 | a8 02 00 01 7d 02 | 01 02 01 00 01");
    CHECK_STR(reading(a, &map, 1, "m", TYPE_MAP), "{\"k\":2}");
    struct bytes xml = hex(a, "01 | 05 03 00 | 07 01 07 64656661756c74 03 09 706172616772617068 | 07 00 03 00 06 | 06 00 03 01 04 626f6c64 02 7b7d"
                              " | 84 03 02 02 4869 | 86 03 04 04 626f6c64 04 6e756c6c | 00");
    CHECK_STR(reading(a, &xml, 1, "default", TYPE_XML_FRAGMENT),
              "[{\"name\":\"paragraph\",\"attributes\":{},\"children\":[[{\"insert\":\"Hi\",\"attributes\":{\"bold\":{}}}]]}]");
    struct bytes gone[2] = {xml, hex(a, "00 | 01 03 01 00 01")}; /* only the paragraph is named: its children go with it */
    CHECK_STR(reading(a, gone, 2, "default", TYPE_XML_FRAGMENT), "[]");
    struct ydoc *d;
    struct ranges deleted = {0};
    CHECK_ERR(ydoc_make(a, gone, 2, &d), OK);
    ydoc_state(d, NULL, &deleted);
    CHECK(deleted.n == 1 && deleted.v[0].n == 1 && deleted.v[0].v[0].end == 6);
    ranges_done(&deleted);
    /* every tag of any in an array: undefined null 5 -64 1.5 0.1 -1 true false "x" {k:[]} bytes */
    struct bytes any = hex(a, "01 | 01 01 00 | 08 01 01 61 0c 7f 7e 7d05 7dc001 7c3fc00000 7b3fb999999999999a 7affffffffffffffff 78 79 770178"
                              " 7601016b7500 7403010203 | 00");
    CHECK_STR(reading(a, &any, 1, "a", TYPE_ARRAY), "[null,null,5,-64,1.5,0.1,\"-1\",true,false,\"x\",{\"k\":[]},\"AQID\"]");
    struct bytes undefined = hex(a, "01 | 02 01 00 | 28 01 01 6d 01 6b 01 7f | 28 01 01 6d 01 6c 01 76 02 0161 7f 0162 7d01 | 00");
    CHECK_STR(reading(a, &undefined, 1, "m", TYPE_MAP), "{\"l\":{\"b\":1}}");
}

/* A pair cut in two becomes U+FFFD on both sides; the numbers stay right behind it. */
static void test_pairs(struct arena *a)
{
    struct bytes u[2] = {hex(a, "01 | 01 01 00 | 04 01 01 74 0a 61 f09f9880 f09f9880 62 | 00"), hex(a, "01 | 01 02 00 | c4 01 01 01 02 01 58 | 00")};
    CHECK_STR(reading(a, u, 2, "t", TYPE_TEXT), "[{\"insert\":\"a\xef\xbf\xbdX\xef\xbf\xbd\xf0\x9f\x98\x80" "b\"}]");
    struct bytes cut[2] = {u[0], hex(a, "00 | 01 01 01 02 02")};
    CHECK_STR(reading(a, cut, 2, "t", TYPE_TEXT), "[{\"insert\":\"a\xef\xbf\xbd\xef\xbf\xbd" "b\"}]");
}

/* n clients that all insert at the start, each before another unit of a long text: every one is compared with all before it. */
static struct bytes crowd(struct arena *a, unsigned n)
{
    struct buf b = {0};
    lib0_put_uint(&b, n + 1);
    lib0_put_uint(&b, 1); /* client 2^20: a text of n units */
    lib0_put_uint(&b, 1 << 20);
    lib0_put_uint(&b, 0);
    buf_add(&b, "\x04\x01\x01t", 4);
    lib0_put_uint(&b, n);
    for (unsigned i = 0; i < n; i++)
        buf_byte(&b, 'a');
    for (unsigned i = n; i-- > 0;) {
        lib0_put_uint(&b, 1);
        lib0_put_uint(&b, i + 1);
        lib0_put_uint(&b, 0);
        buf_byte(&b, 0x44); /* right origin only */
        lib0_put_uint(&b, 1 << 20);
        lib0_put_uint(&b, i);
        buf_add(&b, "\x01x", 2);
    }
    lib0_put_uint(&b, 0);
    struct str s = arena_str(a, buf_view(&b));
    buf_free(&b);
    return (struct bytes){(const uint8_t *)s.p, s.n};
}

static void test_budget(struct arena *a)
{
    struct ydoc *d;
    struct bytes few = crowd(a, 1000), many = crowd(a, 15000);
    CHECK_ERR(ydoc_make(a, &few, 1, &d), OK);
    CHECK(!ydoc_has_pending(d));
    CHECK_ERR(ydoc_make(a, &many, 1, &d), ERR_LIMIT);
}

/* Arrays in arrays: read to a depth, refused beyond it, and deleting from the top needs no stack either way. */
static struct bytes nest(struct arena *a, unsigned depth, bool deleted)
{
    struct buf b = {0};
    lib0_put_uint(&b, 1);
    lib0_put_uint(&b, depth);
    buf_add(&b, "\x01\x00\x07\x01\x01" "a\x00", 7);
    for (unsigned i = 1; i < depth; i++) {
        buf_add(&b, "\x07\x00\x01", 3);
        lib0_put_uint(&b, i - 1);
        buf_byte(&b, 0);
    }
    if (deleted)
        buf_add(&b, "\x01\x01\x01\x00\x01", 5);
    else
        buf_byte(&b, 0);
    struct str s = arena_str(a, buf_view(&b));
    buf_free(&b);
    return (struct bytes){(const uint8_t *)s.p, s.n};
}

static void test_depth(struct arena *a)
{
    struct bytes fine = nest(a, YDOC_DEPTH_MAX, false), deep = nest(a, 100000, false), gone = nest(a, 100000, true);
    struct str text = reading(a, &fine, 1, "a", TYPE_ARRAY);
    CHECK(text.n == 2 * (size_t)YDOC_DEPTH_MAX + 2 && str_starts(text, STR("[[[[")));
    CHECK_STR(reading(a, &deep, 1, "a", TYPE_ARRAY), "error limit");
    CHECK_STR(reading(a, &gone, 1, "a", TYPE_ARRAY), "[]");
}

/* One long run, cut at every unit from the back, the front and the middle. */
static void test_cuts(struct arena *a)
{
    enum { N = 3000 };
    struct buf b = {0}, want = {0};
    buf_add(&b, "\x02\x01\x05\x00\x04\x01\x01t", 8);
    lib0_put_uint(&b, 2 * N);
    for (int i = 0; i < N; i++)
        buf_c(&b, "ø");
    lib0_put_uint(&b, N - 1);
    lib0_put_uint(&b, 3);
    lib0_put_uint(&b, 0);
    for (unsigned i = 0; i + 1 < N; i++) {
        unsigned at = i * 1009 % (N - 1); /* a permutation */
        buf_byte(&b, (char)0xc4);
        lib0_put_uint(&b, 5);
        lib0_put_uint(&b, at);
        lib0_put_uint(&b, 5);
        lib0_put_uint(&b, at + 1);
        buf_add(&b, "\x01-", 2);
    }
    buf_byte(&b, 0);
    buf_c(&want, "[{\"insert\":\"");
    for (int i = 0; i < N; i++)
        buf_c(&want, i ? "-ø" : "ø");
    buf_c(&want, "\"}]");
    buf_byte(&want, 0);
    struct bytes u = {(const uint8_t *)b.p, b.n};
    CHECK_STR(reading(a, &u, 1, "t", TYPE_TEXT), want.p);
    buf_free(&b);
    buf_free(&want);
}

int main(void)
{
    static void (*const tests[])(struct arena *) = {test_text, test_pending, test_kinds, test_pairs, test_budget, test_depth, test_cuts};
    for (size_t i = 0; i < COUNT(tests); i++) {
        struct arena *a = arena_new(YDOC_ARENA_MAX);
        tests[i](a);
        arena_free(a);
    }
    return test_end();
}
