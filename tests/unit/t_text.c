/* t_text.c: languages, catalogs, text_fmt and sorting. */
#include "tests/test.h"
#include "text/catalog.h"
#include "text/words.h"

static void test_lang_of(void)
{
    static const struct {
        const char *code;
        int want; /* -1: refused */
        const char *why;
    } cases[] = {
        {"nb", LANG_NB, "the code itself"},
        {"NO", LANG_NB, "Norwegian without a form is bokmål, in any case of letters"},
        {"nb-NO", LANG_NB, "a region does not matter"},
        {"nn_NO", LANG_NN, "written the POSIX way"},
        {"en-GB", LANG_EN, "a region does not matter"},
        {"ar", LANG_AR, "the code itself"},
        {"arc", -1, "Aramaic only begins like Arabic"},
        {"", -1, "nothing"},
        {"-nb", -1, "an empty primary part"},
        {"sv", -1, "not ours"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        enum lang got = LANG_N;
        bool ok = lang_of(str_c(cases[i].code), &got);
        printf("# %s: %s\n", cases[i].code, cases[i].why);
        CHECK_INT(ok ? (int)got : -1, cases[i].want);
        CHECK(ok || got == LANG_N);
    }
}

static void test_lang_accept(void)
{
    static const struct {
        const char *header;
        enum lang want;
        const char *why;
    } cases[] = {
        {"", LANG_NB, "no wish: bokmål"},
        {"ar,en;q=0.8,nb;q=0.5", LANG_AR, "the first has weight 1"},
        {"en;q=0.3, nn;q=0.9", LANG_NN, "the greatest weight wins, not the first"},
        {"nn,nb", LANG_NN, "of equals the first"},
        {"de-DE,de;q=0.9,en;q=0.1", LANG_EN, "what we lack is passed over"},
        {"*;q=0.5", LANG_NB, "any: ours"},
        {"en;q=0", LANG_NB, "0 means not this one"},
        {"en;q=x,nn;q=0.001", LANG_NN, "a weight that is none does not count"},
        {"en ; q=0.7 , ar ; q=0.70", LANG_EN, "spaces are allowed"},
        {",,;;,q=1", LANG_NB, "rubbish is no wish"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char *exact = test_exact(cases[i].header, strlen(cases[i].header));
        printf("# %s: %s\n", cases[i].header, cases[i].why);
        CHECK_INT(lang_accept((struct str){exact, strlen(cases[i].header)}), cases[i].want);
        free(exact);
    }
}

/* Every msgid of the built-in catalogs is found, in every language, and something else is not: the generator and the look-up hash alike. */
static void test_catalog(void)
{
    size_t texts = 0, lost = 0, plain = 0;
    for (uint32_t i = 0; i <= catalog_mask; i++) {
        const struct catalog_entry *e = &catalog_entry[i];
        if (!e->id)
            continue;
        texts++;
        const char *id = catalog_text + e->id;
        lost += !text_has(LANG_NB, id) || strlen(id) != e->len;
        for (int l = LANG_NN; l < LANG_N; l++) {
            const char *want = e->to[l - LANG_NN] ? catalog_text + e->to[l - LANG_NN] : id;
            plain += strcmp(text_get((enum lang)l, id), want) != 0 || text_has((enum lang)l, id) != (e->to[l - LANG_NN] != 0);
        }
    }
    printf("# %zu texts\n", texts);
    CHECK_INT(lost, 0);
    CHECK_INT(plain, 0);
    CHECK(catalog_mask + 1 >= 2 * texts);
    CHECK(!text_has(LANG_NB, "Denne teksten finst ikkje i nokon katalog"));
    const char *unknown = "Denne teksten finst ikkje i nokon katalog";
    CHECK(text_get(LANG_AR, unknown) == unknown);
    CHECK(text_get(LANG_NB, unknown) == unknown);
    CHECK(!text_has(LANG_EN, ""));
}

static void test_plural(void)
{
    static const struct {
        enum lang lang;
        int64_t n;
        unsigned want;
        const char *why;
    } cases[] = {
        {LANG_NN, 0, 1, "none is many"},     {LANG_NN, 1, 0, "one"},           {LANG_EN, 2, 1, "two"},
        {LANG_EN, -1, 0, "minus one is one"}, {LANG_AR, 0, 0, "zero"},          {LANG_AR, 1, 1, "one"},
        {LANG_AR, 2, 2, "dual"},             {LANG_AR, 3, 3, "few begins"},    {LANG_AR, 10, 3, "few ends"},
        {LANG_AR, 11, 4, "many begins"},     {LANG_AR, 99, 4, "many ends"},    {LANG_AR, 100, 5, "other"},
        {LANG_AR, 102, 5, "other, no dual"}, {LANG_AR, 103, 3, "few again"},   {LANG_AR, 111, 4, "many again"},
        {LANG_AR, INT64_MIN, 3, "the least number has no positive; ...808 is few"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        printf("# %lld: %s\n", (long long)cases[i].n, cases[i].why);
        CHECK_INT(text_plural_form(cases[i].lang, cases[i].n), cases[i].want);
    }
    CHECK_STR(str_c(text_n(LANG_NB, "{1} dag til", "{1} dager til", 1)), "{1} dag til");
    CHECK_STR(str_c(text_n(LANG_NB, "{1} dag til", "{1} dager til", 0)), "{1} dager til");
    CHECK_STR(str_c(text_n(LANG_AR, "ukjent ting", "ukjende ting", 3)), "ukjende ting"); /* no catalog has it: bokmål's rule */
}

static void test_fmt(void)
{
    CLEANUP(arena_freep) struct arena *a = arena_new(1 << 20);
    struct str args[] = {STR("to"), STR("{1}"), STR("")};
    static const struct {
        const char *pattern, *want, *why;
    } cases[] = {
        {"{1} av {2}", "to av {1}", "what is put in is not looked through again"},
        {"{2}{1}", "{1}to", "in another order, nothing between"},
        {"{1}{1}", "toto", "twice"},
        {"[{3}]", "[]", "an empty argument"},
        {"{4} {0} {12} { {} {1", "{4} {0} {12} { {} {1", "what is no placeholder stays"},
        {"", "", "nothing"},
        {"{{1}}", "{to}", "braces around"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char *exact = test_exact(cases[i].pattern, strlen(cases[i].pattern) + 1);
        printf("# %s: %s\n", cases[i].pattern, cases[i].why);
        CHECK_STR(text_fmt(a, exact, args, COUNT(args)), cases[i].want);
        free(exact);
    }
    CHECK_STR(text_fmt(a, "{1}", NULL, 0), "{1}");
}

static void test_sort(void)
{
    struct person {
        int64_t id;
        struct str name;
    } people[] = {{1, STR("Åse")}, {2, STR("Zara")}, {3, STR("Ægir")}, {4, STR("ali")}, {5, STR("Ødegård")}, {6, STR("Amina")}, {7, {NULL, 0}}};
    static const struct {
        enum lang lang;
        int64_t order[7];
        const char *why;
    } cases[] = {
        {LANG_NB, {7, 4, 6, 2, 3, 5, 1}, "æ ø å stand after z; case does not matter; the empty name first"},
        {LANG_NN, {7, 4, 6, 2, 3, 5, 1}, "as bokmål"},
        {LANG_EN, {7, 3, 4, 6, 1, 5, 2}, "English takes them as letters with marks"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        printf("# %s\n", cases[i].why);
        text_sort(cases[i].lang, people, COUNT(people), sizeof people[0], offsetof(struct person, name));
        for (size_t j = 0; j < COUNT(people); j++)
            CHECK_INT(people[j].id, cases[i].order[j]);
    }
    text_sort(LANG_AR, people, 1, sizeof people[0], offsetof(struct person, name));
    text_sort(LANG_AR, people, COUNT(people), sizeof people[0], offsetof(struct person, name));
    CHECK_INT(people[0].id, 7);
}

int main(void)
{
    test_lang_of();
    test_lang_accept();
    test_catalog();
    test_plural();
    test_fmt();
    test_sort();
    return test_end();
}
