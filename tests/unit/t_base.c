/* The strings, errors and numbers that every file uses. */
#include "base/num.h"
#include "tests/test.h"

static void t_err_names(void)
{
    for (int i = 0; i < ERR_N; i++) {
        CHECK(strcmp(err_name((enum err)i), "unknown") != 0);
        for (int j = 0; j < i; j++)
            CHECK(strcmp(err_name((enum err)i), err_name((enum err)j)) != 0);
    }
    CHECK_STR(str_c(err_name(ERR_NOT_FOUND)), "not_found");
}

static void t_str(void)
{
    struct str none = {0};
    CHECK(str_eq(none, STR("")));
    CHECK(str_starts(none, none) && str_ends(none, none));
    CHECK(str_starts(STR("abc"), STR("ab")) && !str_starts(STR("ab"), STR("abc")) && !str_starts(STR("abc"), STR("b")));
    CHECK(str_ends(STR("abc"), STR("bc")) && !str_ends(STR("bc"), STR("abc")) && !str_ends(STR("abc"), STR("b")));
    CHECK(str_eq_nocase(STR("AbZ@["), STR("aBz@[")) && !str_eq_nocase(STR("@"), STR("`")) && !str_eq_nocase(STR("["), STR("{")));
    CHECK(!str_eq_nocase(STR("Ø"), STR("ø")));
    CHECK_STR(str_trim(STR(" \t\r\n\v\fa b \n")), "a b");
    CHECK_STR(str_trim(STR("  ")), "");
    CHECK_STR(str_trim(none), "");
    CHECK_INT(str_find(STR("abcb"), 'b'), 1);
    CHECK_INT(str_find(STR("abcb"), 'x'), -1);
    CHECK_INT(str_find(none, 'x'), -1);
    CHECK_INT(str_cmp(STR("a"), STR("b")), -1);
    CHECK_INT(str_cmp(STR("b"), STR("a")), 1);
    CHECK_INT(str_cmp(STR("a"), STR("aa")), -1);
    CHECK_INT(str_cmp(STR("aa"), STR("a")), 1);
    CHECK_INT(str_cmp(STR("\x7f"), STR("\x80")), -1);
    CHECK_INT(str_cmp(none, STR("")), 0);
}

static void t_cut(void)
{
    struct str rest = STR("a,,b");
    CHECK_STR(str_cut(&rest, ','), "a");
    CHECK_STR(str_cut(&rest, ','), "");
    CHECK_STR(str_cut(&rest, ','), "b");
    CHECK_INT(rest.n, 0);
    CHECK_STR(str_cut(&rest, ','), "");
    rest = (struct str){0};
    CHECK_STR(str_cut(&rest, ','), "");
    rest = STR("a,");
    CHECK_STR(str_cut(&rest, ','), "a");
    CHECK_STR(rest, "");
}

static void t_i64(void)
{
    static const struct {
        const char *in;
        bool ok;
        int64_t want;
        const char *why;
    } cases[] = {
        {"0", true, 0, "zero"},
        {"42", true, 42, "plain"},
        {"-42", true, -42, "minus"},
        {"007", true, 7, "leading zeros are digits too"},
        {"9223372036854775807", true, INT64_MAX, "the largest"},
        {"-9223372036854775808", true, INT64_MIN, "the smallest"},
        {"9223372036854775808", false, 0, "one too large"},
        {"-9223372036854775809", false, 0, "one too small"},
        {"99999999999999999999999", false, 0, "far too large"},
        {"", false, 0, "nothing"},
        {"-", false, 0, "only a sign"},
        {"+1", false, 0, "a plus"},
        {"--1", false, 0, "two signs"},
        {"-0", false, 0, "a second way to write zero"},
        {" 1", false, 0, "space before"},
        {"1 ", false, 0, "space after"},
        {"1.0", false, 0, "not whole"},
        {"1e3", false, 0, "an exponent"},
        {"0x10", false, 0, "hex"},
        {"\xd9\xa1", false, 0, "another script's digit"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        int64_t v = 77;
        size_t n = strlen(cases[i].in);
        char *p = test_exact(cases[i].in, n);
        bool ok = num_i64((struct str){p, n}, INT64_MIN, INT64_MAX, &v);
        test_check(ok == cases[i].ok && v == (ok ? cases[i].want : 77), cases[i].why, __FILE__, __LINE__);
        free(p);
    }
    int64_t v = 0;
    CHECK(num_i64(STR("5"), 5, 5, &v) && v == 5);
    CHECK(!num_i64(STR("4"), 5, 9, &v) && !num_i64(STR("10"), 5, 9, &v));
    CHECK(!num_i64((struct str){"1\0", 2}, 0, 9, &v));
    CHECK(!num_i64((struct str){0}, 0, 9, &v));
}

static void t_hex(void)
{
    uint64_t v = 0;
    CHECK(num_hex64(STR("0"), &v) && v == 0);
    CHECK(num_hex64(STR("dEadBeef"), &v) && v == 0xdeadbeef);
    CHECK(num_hex64(STR("ffffffffffffffff"), &v) && v == UINT64_MAX);
    CHECK(!num_hex64(STR("10000000000000000"), &v) && !num_hex64(STR(""), &v) && !num_hex64(STR("0x1"), &v));
    CHECK(!num_hex64(STR("g"), &v) && !num_hex64(STR("-1"), &v) && !num_hex64(STR(" 1"), &v));
}

int main(void)
{
    t_err_names();
    t_str();
    t_cut();
    t_i64();
    t_hex();
    return test_end();
}
