/* t_catalog.c: the generated tables and the look-up together, on the small catalogs of tests/catalog. Linked with its own tables in
 * place of the program's. */
#include "base/tm.h"
#include "tests/test.h"
#include "text/text.h"

static void test_say(void)
{
    CLEANUP(arena_freep) struct arena *a = arena_new(1 << 20);
    struct say nothing = {0}, plain = say("Hei"), seven = say_n("{1} møte", "{1} møter", 7000), one = say_n("{1} møte", "{1} møter", 1);
    struct say all = say3("{1}: {2}, {3}", SAY_T("Hei"), SAY_D(tm_on(2027, 4, 3)), SAY_S(STR("{1} & co")));
    CHECK_STR(text_say(a, LANG_EN, &nothing), "");
    CHECK_STR(text_say(a, LANG_EN, &plain), "Hello");
    CHECK_STR(text_say(a, LANG_EN, &seven), "7,000 meetings");
    CHECK_STR(text_say(a, LANG_NB, &one), "1 møte");
    CHECK_STR(text_say(a, LANG_AR, &one), "one");
    CHECK_STR(text_say(a, LANG_EN, &all), "Hello: 3 April 2027, {1} & co");
    CHECK_STR(text_say(a, LANG_NB, &all), "Hei: 3. april 2027, {1} & co");
}

int main(void)
{
    test_say();
    static const struct {
        const char *id, *en, *ar, *why;
    } cases[] = {
        {"Hei", "Hello", "مرحبا", "a plain text"},
        {"To linjer\nog «\"sitat\"» \\ \t?", "Two lines\nand \"quotes\" \\ \t?", NULL, "escapes and continued lines"},
        {"Usikker", NULL, NULL, "an uncertain translation is not shown"},
        {"Tom", NULL, NULL, "an empty one is not shown"},
        {"Borte", NULL, NULL, "an obsolete one is not there"},
        {"Åtte tegn eller flere, så løkken går rundt", "Eight characters or more", NULL, "longer than one step of the hash"},
        {"Uten tom linje foran", "No empty line before", NULL, "entries need no empty line between them"},
        {"{1} møte", "{1} meeting", "one", "a text with plural asked for plainly gives the form for one"},
        {"{1} møter", NULL, NULL, "the plural is no msgid"},
        {"Hei ", NULL, NULL, "one byte more"},
        {"He", NULL, NULL, "one byte less"},
        {"", NULL, NULL, "the header is no text"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char *id = test_exact(cases[i].id, strlen(cases[i].id) + 1); /* reads past the NUL are caught */
        printf("# %s\n", cases[i].why);
        CHECK_STR(str_c(text_get(LANG_EN, id)), cases[i].en ? cases[i].en : cases[i].id);
        CHECK_STR(str_c(text_get(LANG_AR, id)), cases[i].ar ? cases[i].ar : cases[i].id);
        CHECK_STR(str_c(text_get(LANG_NN, id)), cases[i].id);
        CHECK(text_has(LANG_EN, id) == (cases[i].en != NULL));
        CHECK(text_has(LANG_AR, id) == (cases[i].ar != NULL));
        free(id);
    }
    static const struct {
        enum lang lang;
        int64_t n;
        const char *want;
    } plural[] = {
        {LANG_NB, 1, "{1} møte"},     {LANG_NB, 0, "{1} møter"},     {LANG_NN, 2, "{1} møter"},  {LANG_EN, 1, "{1} meeting"},
        {LANG_EN, 0, "{1} meetings"}, {LANG_AR, 0, "zero"},          {LANG_AR, 1, "one"},        {LANG_AR, 2, "two"},
        {LANG_AR, 7, "few {1}"},      {LANG_AR, 11, "many {1}"},     {LANG_AR, 100, "{1} møter"}, /* an empty form is not shown */
    };
    for (size_t i = 0; i < COUNT(plural); i++)
        CHECK_STR(str_c(text_n(plural[i].lang, "{1} møte", "{1} møter", plural[i].n)), plural[i].want);
    CHECK_STR(str_c(text_n(LANG_EN, "Hei", "Heier", 2)), "Heier"); /* has no plural in the catalog */
    return test_end();
}
