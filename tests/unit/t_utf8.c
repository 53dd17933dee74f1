/* Text from outside: what is well-formed, what is kept, what is compared. */
#include "base/utf8.h"
#include "tests/test.h"

static struct arena *a;

static void t_valid(void)
{
    static const struct {
        const char *in;
        bool ok;
        const char *why;
    } cases[] = {
        {"", true, "nothing"},
        {"a\x7f", true, "ASCII"},
        {"12345678\xc3\xb8", true, "after eight plain bytes"},
        {"\xc2\x80\xdf\xbf", true, "two bytes: first and last"},
        {"\xe0\xa0\x80\xef\xbf\xbf", true, "three bytes: first and last"},
        {"\xf0\x90\x80\x80\xf4\x8f\xbf\xbf", true, "four bytes: first and last"},
        {"\xed\x9f\xbf\xee\x80\x80", true, "around the surrogates"},
        {"\xc0\xaf", false, "long form of /"},
        {"\xc1\xbf", false, "long form"},
        {"\xe0\x9f\xbf", false, "long form"},
        {"\xf0\x8f\xbf\xbf", false, "long form"},
        {"\xed\xa0\x80", false, "surrogate"},
        {"\xed\xbf\xbf", false, "surrogate"},
        {"\xf4\x90\x80\x80", false, "above U+10FFFF"},
        {"\xf5\x80\x80\x80", false, "above U+10FFFF"},
        {"\xff", false, "never a byte of UTF-8"},
        {"\x80", false, "a tail without a head"},
        {"\xc3", false, "cut after one of two"},
        {"\xe2\x82", false, "cut after two of three"},
        {"\xf0\x9f\x98", false, "cut after three of four"},
        {"\xc3(", false, "no tail"},
        {"\xe2(\x82", false, "no tail"},
        {"\xe2\x82(", false, "no tail"},
        {"1234567\xff", false, "in the eighth byte"},
        {"\xf8", false, "Windows-1252 \xc3\xb8"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        size_t n = strlen(cases[i].in);
        char *p = test_exact(cases[i].in, n);
        test_check(utf8_valid((struct str){p, n}) == cases[i].ok, cases[i].why, __FILE__, __LINE__);
        struct str rest = {p, n};
        size_t steps = 0;
        while (rest.n) {
            utf8_next(&rest);
            steps++;
        }
        if (cases[i].ok)
            CHECK_INT(utf8_count((struct str){p, n}), steps);
        free(p);
    }
}

static void t_every_code_point(void)
{
    int bad = 0;
    for (uint32_t cp = 1; cp <= 0x10FFFF; cp++) {
        if (cp == 0xD800)
            cp = 0xE000;
        char p[4];
        size_t n = 0;
        utf8_put(p, cp, &n);
        struct str s = {p, n};
        bad += !utf8_valid(s) || utf8_count(s) != 1 || utf8_next(&s) != cp || s.n != 0;
    }
    CHECK_INT(bad, 0);
    struct str none = {0};
    CHECK_INT(utf8_next(&none), 0);
}

static void t_clean(void)
{
    static const struct {
        const char *in;
        bool lines;
        const char *want, *why; /* want NULL: refused */
    } cases[] = {
        {"", true, "", "nothing"},
        {"a\r\nb\rc\nd", true, "a\nb\nc\nd", "line breaks of three kinds"},
        {"a\r\nb\tc", false, "a b c", "one line only"},
        {"a\tb", true, "a\tb", "a tab stays"},
        {"a\x01\x1b\x7f" "b", true, "ab", "control characters go"},
        {"a\xc2\x85" "b\xc2\x9f", true, "ab", "C1 goes"},
        {"\xef\xbb\xbf" "a", true, "a", "a byte order mark goes"},
        {"a\xe2\x80\xae" "b\xe2\x81\xa6" "c\xe2\x81\xa9", true, "abc", "overrides of direction go"},
        {"\xe2\x80\x8f" "a", true, "\xe2\x80\x8f" "a", "a plain direction mark stays"},
        {" \n\t a b \n\r\n", true, "a b", "white space at the ends"},
        {"\xc2\xa0" "a\xc2\xa0" "b\xe2\x80\xaf", true, "a\xc2\xa0" "b", "no-break spaces at the ends too"},
        {" \x01 ", false, "", "nothing left"},
        {"\x01 a \x01", true, "a", "a dropped character does not save the space"},
        {"Kari \xc3\x98", false, "Kari \xc3\x98", "as it is"},
        {"\xf0\x9f\x98\x80", false, "\xf0\x9f\x98\x80", "four bytes"},
        {"a\xff", true, NULL, "not UTF-8"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        size_t n = strlen(cases[i].in);
        char *p = test_exact(cases[i].in, n);
        struct str out = STR("untouched");
        printf("# %s\n", cases[i].why);
        CHECK_ERR(utf8_clean(a, (struct str){p, n}, cases[i].lines, &out), cases[i].want ? OK : ERR_INVALID);
        free(p);
        CHECK_STR(out, cases[i].want ? cases[i].want : "untouched");
    }
    struct str out;
    CHECK(utf8_clean(a, (struct str){"a\0b", 3}, true, &out) == OK && str_is(out, "ab"));
    CHECK(utf8_clean(a, (struct str){0}, true, &out) == OK && out.n == 0);
}

static void t_cp1252(void)
{
    CHECK_STR(utf8_from_cp1252(a, STR("")), "");
    CHECK_STR(utf8_from_cp1252(a, STR("Bj\xf8rn \xc5s \xe6")), "Bjørn Ås æ");
    CHECK_STR(utf8_from_cp1252(a, STR("\x80 \x93x\x94 \x96")), "€ “x” –");
    CHECK_STR(utf8_from_cp1252(a, STR("\x81\x8d\x8f\x90\x9d")), "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
    for (int c = 1; c < 256; c++) {
        char one = (char)c;
        struct str s = utf8_from_cp1252(a, (struct str){&one, 1});
        CHECK(utf8_valid(s) && utf8_count(s) == 1);
    }
}

static void t_fold(void)
{
    static const struct {
        const char *in, *want;
    } cases[] = {
        {"", ""},
        {"Ødegård", "odegard"},
        {"ÆØÅ æøå", "aeoa aeoa"},
        {"É é Ü ñ ç Š ž", "e e u n c s z"},
        {"e\xcc\x81", "e"},
        {"Ǽ ǻ ǿ", "ae a o"},
        {"Łódź Đorđe Þór ð œ ẞ ß", "lodz dorde thor d oe ss ss"},
        {"Nguyễn Thị", "nguyen thi"},
        {"Kárášjohka Ŋ Ŧ", "karasjohka n t"},
        {"ΆΣ", "ασ"},
        {"ЁЖ Й", "еж и"},
        {"İstanbul ı", "istanbul i"},
        {"日本 한국 عَرَب", "日本 한국 عَرَب"},
        {"😀", "😀"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        CHECK_STR(utf8_fold(a, str_c(cases[i].in)), cases[i].want);
        CHECK_STR(utf8_fold(a, str_c(cases[i].want)), cases[i].want);
    }
}

int main(void)
{
    a = arena_new(1 << 24);
    t_valid();
    t_every_code_point();
    t_clean();
    t_cp1252();
    t_fold();
    arena_free(a);
    return test_end();
}
