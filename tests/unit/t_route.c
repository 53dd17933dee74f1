#include "http/route.h"
#include "tests/test.h"

static const struct {
    const char *pattern, *path;
    bool want;
    const char *var1, *var2, *why;
} cases[] = {
    {"/", "/", true, "", "", "the front page"},
    {"/", "/a", false, "", "", "longer than the pattern"},
    {"/a", "/", false, "", "", "shorter than the pattern"},
    {"/a", "/a/", false, "", "", "one address a page: no slash at the end"},
    {"/a/", "/a/", true, "", "", "unless the pattern has it"},
    {"/a/", "/a", false, "", "", "and then it must be there"},
    {"/a", "/ab", false, "", "", "whole pieces only"},
    {"/cohorts/:id", "/cohorts/12", true, "12", "", "a piece is taken"},
    {"/cohorts/:id", "/cohorts/", false, "", "", "a piece is never empty"},
    {"/cohorts/:id", "/cohorts/12/x", false, "", "", "nor more than one"},
    {"/cohorts/:id/matching", "/cohorts/12/matching", true, "12", "", "a piece in the middle"},
    {"/cohorts/:id/matching", "/cohorts/12", false, "", "", "the rest is missing"},
    {"/cohorts/:id/matching", "/cohorts//matching", false, "", "", "empty in the middle"},
    {"/a/:x/b/:y", "/a/1/b/ø", true, "1", "ø", "two pieces, any letters"},
    {"/a:b", "/a:b", true, "", "", "a colon inside a piece is itself"},
    {"/:x", "/a", true, "a", "", "a piece at the start"},
    {"", "", true, "", "", "nothing matches nothing"},
    {"/:a/:b/:c/:d/:e", "/1/2/3/4/5", false, "", "", "more than four pieces are not kept"},
};

int main(void)
{
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct pair var[4] = {{STR("before"), STR("before")}};
        size_t n = strlen(cases[i].path);
        char *exact = test_exact(cases[i].path, n);
        bool got = route_match(cases[i].pattern, (struct str){exact, n}, var);
        if (got != cases[i].want)
            printf("# %s\n", cases[i].why);
        CHECK(got == cases[i].want);
        if (got) {
            CHECK_STR(var[0].v, cases[i].var1);
            CHECK_STR(var[1].v, cases[i].var2);
        } else {
            CHECK_STR(var[0].v, "before");
        }
        free(exact);
    }
    struct pair var[4];
    CHECK(route_match("/a/:id/b/:day", STR("/a/7/b/8"), var));
    CHECK_STR(var[0].k, "id");
    CHECK_STR(var[1].k, "day");
    CHECK(var[2].k.n == 0);
    return test_end();
}
