/* The primitives: every border, every cut, and that nothing is read behind the end. */
#include "live/lib0.h"
#include "tests/test.h"

#include <math.h>

static const uint64_t top = LIB0_UINT_MAX;

static void t_uint(void)
{
    static const uint64_t borders[] = {0, 1, 127, 128, 16383, 16384, 0xffffffff, 0x100000000, ((uint64_t)1 << 49) - 1, (uint64_t)1 << 49, LIB0_UINT_MAX};
    for (size_t i = 0; i < COUNT(borders); i++) {
        struct buf b = {0};
        lib0_put_uint(&b, borders[i]);
        for (size_t cut = 0; cut <= b.n; cut++) {
            uint8_t *p = (uint8_t *)test_exact(b.p, cut);
            struct lib0_in in = {p, p + cut};
            uint64_t v = 7;
            bool ok = lib0_uint(&in, &v);
            CHECK(ok == (cut == b.n) && (!ok || (v == borders[i] && in.p == in.end)));
            free(p);
        }
        buf_free(&b);
    }
    static const struct {
        const char *bytes;
        size_t n;
        bool ok;
        uint64_t v;
    } cases[] = {
        {"\x80\x01", 2, true, 128},
        {"\xff\xff\xff\xff\x0f", 5, true, 0xffffffff},
        {"\xff\xff\xff\xff\xff\xff\xff\x0f", 8, true, LIB0_UINT_MAX},
        {"\x80\x80\x80\x80\x80\x80\x80\x10", 8, false, 0},         /* 2^53 */
        {"\x80\x80\x80\x80\x80\x80\x80\x80\x01", 9, false, 0},     /* 2^56 */
        {"\x80\x00", 2, true, 0},                                 /* padded */
        {"\x81\x80\x80\x80\x80\x80\x80\x80\x80\x00", 10, true, 1}, /* padded to ten */
        {"\x81\x80\x80\x80\x80\x80\x80\x80\x80\x80\x00", 11, false, 0},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        uint8_t *p = (uint8_t *)test_exact(cases[i].bytes, cases[i].n);
        struct lib0_in in = {p, p + cases[i].n};
        uint64_t v = 0;
        bool ok = lib0_uint(&in, &v);
        CHECK(ok == cases[i].ok && (!ok || v == cases[i].v));
        free(p);
    }
}

static void t_int(void)
{
    static const struct {
        const char *bytes;
        size_t n;
        bool negative;
        uint64_t v;
    } cases[] = {
        {"\x3f", 1, false, 63}, {"\x80\x01", 2, false, 64}, {"\x41", 1, true, 1}, {"\xc0\x01", 2, true, 64}, {"\x40", 1, true, 0},
        {"\xbf\x7f", 2, false, 8191}, {"\x80\x80\x01", 3, false, 8192}, {"\xbf\xff\xff\xff\xff\xff\xff\x1f", 8, false, LIB0_UINT_MAX},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        for (size_t cut = 0; cut <= cases[i].n; cut++) {
            uint8_t *p = (uint8_t *)test_exact(cases[i].bytes, cut);
            struct lib0_in in = {p, p + cut};
            bool negative = false;
            uint64_t v = 0;
            bool ok = lib0_int(&in, &negative, &v);
            CHECK(ok == (cut == cases[i].n) && (!ok || (negative == cases[i].negative && v == cases[i].v)));
            free(p);
        }
        struct buf b = {0};
        lib0_put_int(&b, cases[i].negative, cases[i].v);
        CHECK(b.n == cases[i].n && memcmp(b.p, cases[i].bytes, b.n) == 0);
        buf_free(&b);
    }
    uint8_t over[] = {0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x20};
    struct lib0_in in = {over, over + sizeof over};
    bool negative;
    uint64_t v;
    CHECK(!lib0_int(&in, &negative, &v));
}

static void t_number(void)
{
    static const struct {
        double v;
        const char *bytes;
        size_t n;
    } cases[] = {
        {0, "\x7d\x00", 2},
        {-0.0, "\x7d\x40", 2},
        {1, "\x7d\x01", 2},
        {2147483647, "\x7d\xbf\xff\xff\xff\x0f", 6},
        {2147483648, "\x7c\x4f\x00\x00\x00", 5},
        {-2147483648.0, "\x7c\xcf\x00\x00\x00", 5},
        {0.5, "\x7c\x3f\x00\x00\x00", 5},
        {0.1, "\x7b\x3f\xb9\x99\x99\x99\x99\x99\x9a", 9},
        {1e300, "\x7b\x7e\x37\xe4\x3c\x88\x00\x75\x9c", 9},
        {INFINITY, "\x7c\x7f\x80\x00\x00", 5},
        {-INFINITY, "\x7c\xff\x80\x00\x00", 5},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct buf b = {0};
        lib0_put_number(&b, cases[i].v);
        CHECK(b.n == cases[i].n && memcmp(b.p, cases[i].bytes, b.n) == 0);
        buf_free(&b);
    }
    struct buf b = {0};
    lib0_put_number(&b, NAN);
    CHECK(b.n == 9 && b.p[0] == LIB0_FLOAT64);
    buf_free(&b);
}

static void t_text(void)
{
    static const struct {
        const char *s;
        bool ok;
        uint64_t units;
    } cases[] = {
        {"", true, 0}, {"a", true, 1}, {"\xc3\xb8", true, 1}, {"\xe2\x82\xac", true, 1}, {"\xf0\x9f\x98\x80", true, 2},
        {"12345678a\xf0\x9f\x98\x80z", true, 12}, {"\xef\xbb\xbf", true, 1}, {"\xed\xa0\x80", false, 0}, {"\xc0\xaf", false, 0},
        {"\xf4\x90\x80\x80", false, 0}, {"\xf0\x9f\x98", false, 0}, {"\x80", false, 0},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct buf b = {0};
        lib0_put_str(&b, str_c(cases[i].s));
        uint8_t *p = (uint8_t *)test_exact(b.p, b.n);
        struct lib0_in in = {p, p + b.n};
        struct str s;
        bool ok = lib0_text(&in, &s);
        CHECK(ok == cases[i].ok);
        if (ok)
            CHECK_INT(lib0_units((struct bytes){(const uint8_t *)s.p, s.n}), cases[i].units);
        free(p);
        buf_free(&b);
    }
    /* a NUL is text too; a length behind the end is not */
    uint8_t nul[] = {3, 'a', 0, 'b'}, lying[] = {3, 'a', 'b'};
    struct lib0_in in = {nul, nul + sizeof nul};
    struct str s;
    CHECK(lib0_text(&in, &s) && s.n == 3);
    in = (struct lib0_in){lying, lying + sizeof lying};
    CHECK(!lib0_text(&in, &s));
}

static void t_unit_at(void)
{
    static const char text[] = "abcdefgh\xc3\xb8\xe2\x82\xac\xf0\x9f\x98\x80z";
    static const size_t want[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 13, 13, 17, 18};
    for (uint64_t k = 0; k < COUNT(want); k++) {
        uint8_t *p = (uint8_t *)test_exact(text, sizeof text - 1);
        size_t at = 99;
        bool inside = lib0_unit_at((struct bytes){p, sizeof text - 1}, k, &at);
        CHECK_INT(at, want[k]);
        CHECK(inside == (k == 11));
        free(p);
    }
}

static bool any_ok(const char *bytes, size_t n, size_t depth)
{
    uint8_t *p = (uint8_t *)test_exact(bytes, n);
    struct lib0_in in = {p, p + n}, again = in;
    bool ok = lib0_check_any(&in, depth) && in.p == in.end;
    CHECK(!ok || (lib0_skip_any(&again, depth) && again.p == again.end));
    free(p);
    return ok;
}
#define ANY(lit) any_ok("" lit, sizeof(lit) - 1, 64)

static void t_any(void)
{
    CHECK(ANY("\x7f") && ANY("\x7e") && ANY("\x79") && ANY("\x78"));
    CHECK(ANY("\x7d\x40") && ANY("\x7d\xff\x7f") && !ANY("\x7d") && !ANY("\x7d\x80"));
    CHECK(ANY("\x7c""1234") && !ANY("\x7c""123") && ANY("\x7b""12345678") && !ANY("\x7b""1234567"));
    CHECK(ANY("\x7a""12345678") && !ANY("\x7a""1234567"));
    CHECK(ANY("\x77\x02""ab") && !ANY("\x77\x03""ab") && !ANY("\x77\x01\x80"));
    CHECK(ANY("\x74\x01\x80") && !ANY("\x74\x02\x80"));
    CHECK(ANY("\x76\x00") && ANY("\x76\x01\x01k\x7e") && !ANY("\x76\x01\x01k") && !ANY("\x76\x01\x01\x80\x7e") && !ANY("\x76\x7f\x01k\x7e"));
    CHECK(!ANY("\x76\x01\x09__proto__\x7e") && ANY("\x76\x01\x09__proto_x\x7e"));
    CHECK(ANY("\x75\x02\x7e\x7f") && !ANY("\x75\x02\x7e") && !ANY("\x75\xff\xff\xff\xff\x0f\x7e"));
    for (int tag = 0; tag < 256; tag++) {
        char body[10] = {(char)tag};
        CHECK((tag >= LIB0_BYTES && tag <= LIB0_UNDEFINED) || !any_ok(body, sizeof body, 64));
    }
    char deep[600];
    for (size_t n = 1; n <= 300; n++) {
        for (size_t i = 0; i < n; i++)
            memcpy(deep + 2 * i, "\x75\x01", 2);
        deep[2 * n] = LIB0_NULL;
        CHECK(any_ok(deep, 2 * n + 1, 64) == (n <= 64));
        CHECK(any_ok(deep, 2 * n + 1, 1000) == (n <= LIB0_DEPTH_MAX));
        if (n == 3)
            n = 60;
        if (n == 66)
            n = 253;
        if (n == 258)
            break;
    }
}

static void t_json(void)
{
    static const struct {
        const char *s;
        bool ok;
    } cases[] = {
        {"null", true}, {" true ", true}, {"false", true}, {"0", true}, {"-0", true}, {"1.5e+10", true}, {"1E-2", true}, {"\"\"", true}, {"[]", true},
        {"{}", true}, {"[1, [2], {\"a\":\"b\"}]", true}, {"{\"a\" : 1 , \"b\":[ ]}", true}, {"\"\\u00e6\\n\\/\\ud800\"", true}, {"\"\xc3\xa6\"", true}, {"\"\x7f\"", true},
        {"\t\n\r 1", true}, {"1e999", true}, {"{\"a\":1,\"a\":2}", true}, {"\"__proto__\"", true}, {"{\"__proto_\":1}", true}, {"{\"__proto__x\":1}", true},
        {"", false}, {" ", false}, {"nul", false}, {"nulll", false}, {"True", false}, {"01", false}, {"+1", false}, {"-", false}, {"1.", false}, {".5", false},
        {"1e", false}, {"1e+", false}, {"0x1", false}, {"NaN", false}, {"\"", false}, {"\"\\x\"", false}, {"\"\\u12\"", false}, {"\"\\u12g4\"", false},
        {"\"\n\"", false}, {"\"\\", false}, {"'a'", false}, {"[1,]", false}, {"[,1]", false}, {"[1 2]", false}, {"[", false}, {"]", false}, {"{", false},
        {"{\"a\"}", false}, {"{\"a\":}", false}, {"{\"a\":1,}", false}, {"{a:1}", false}, {"{1:1}", false}, {"1 2", false}, {"\"\xc3\"", false},
        {"\v1", false}, {"\xef\xbb\xbf" "1", false}, {"{\"__proto__\":1}", false}, {"{\"_\\u005fproto__\":1}", false}, {"[{\"a\":{\"__proto__\":1}}]", false}, {"undefined", false},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        size_t n = strlen(cases[i].s);
        char *p = test_exact(cases[i].s, n);
        if (lib0_json_valid((struct str){p, n}, 64) != cases[i].ok)
            printf("# %s\n", cases[i].s);
        CHECK(lib0_json_valid((struct str){p, n}, 64) == cases[i].ok);
        free(p);
    }
    CHECK(!lib0_json_valid((struct str){"\"\0\"", 3}, 64));
    CHECK(lib0_json_valid(STR("[[1]]"), 2) && !lib0_json_valid(STR("[[1]]"), 1) && lib0_json_valid(STR("1"), 0));
    char deep[1000];
    memset(deep, '[', 400);
    memset(deep + 400, ']', 400);
    CHECK(!lib0_json_valid((struct str){deep, 800}, 1000));
    CHECK(lib0_json_valid((struct str){deep + 200, 400}, 1000));
}

int main(void)
{
    CHECK(top == ((uint64_t)1 << 53) - 1);
    t_uint();
    t_int();
    t_number();
    t_text();
    t_unit_at();
    t_any();
    t_json();
    return test_end();
}
