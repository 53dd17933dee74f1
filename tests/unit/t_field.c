/* Fields, occupations and spoken languages: the tables are sound, words find what they should, distances are what they say. */
#include "base/buf.h"
#include "domain/field.h"
#include "domain/field_table.h"
#include "domain/language.h"
#include "tests/test.h"

static void tables_are_sound(struct arena *a)
{
    size_t n;
    const struct field *f = field_all(&n);
    CHECK(n >= 90);
    bool sorted = true, folded = true, named = true, placed = true;
    for (size_t i = 0; i < n; i++) {
        sorted &= i == 0 || f[i - 1].code < f[i].code;
        placed &= field_get(f[i].code) == &f[i] && field_level(f[i].code) != FIELD_UNKNOWN;
        named &= field_find_by_text(a, str_c(f[i].name)) == f[i].code && field_find_by_text(a, field_stored(a, f[i].code)) == f[i].code;
        for (struct str rest = str_c(f[i].words); rest.n;) {
            struct str w = str_cut(&rest, '|');
            folded &= str_eq(words_fold(a, w), w) && field_find_by_text(a, w) == f[i].code; /* no word names two fields */
        }
    }
    CHECK(sorted && placed && named && folded);
    const struct occupation *o = occupation_all(&n);
    CHECK(n >= 150);
    sorted = folded = named = placed = true;
    for (size_t i = 0; i < n; i++) {
        sorted &= i == 0 || o[i - 1].code < o[i].code;
        placed &= occupation_get(o[i].code) == &o[i] && (o[i].field == 0 || field_get(o[i].field));
        named &= occupation_find_by_text(a, str_c(o[i].name)) == o[i].code;
        for (struct str rest = str_c(o[i].words); rest.n;) {
            struct str w = str_cut(&rest, '|');
            folded &= str_eq(words_fold(a, w), w) && occupation_find_by_text(a, w) == o[i].code;
        }
    }
    CHECK(sorted && placed && named && folded);
    const struct language *l = language_all(&n);
    folded = named = true;
    for (size_t i = 0; i < n; i++) {
        named &= language_find(a, str_c(l[i].name)) == (int)i && language_find(a, str_c(l[i].code)) == (int)i;
        for (struct str rest = str_c(l[i].words); rest.n;) {
            struct str w = str_cut(&rest, '|');
            folded &= str_eq(words_fold(a, w), w) && language_find(a, w) == (int)i;
        }
    }
    CHECK(n <= 64 && named && folded);
}

static const struct {
    const char *text;
    int want;
    const char *why;
} field_texts[] = {
    {"0916", 916, "a detailed code"},
    {"916", 916, "a spreadsheet ate the zero"},
    {" 0916 Farmasi", 916, "code and name in one cell"},
    {"091", 910, "a narrow group"},
    {"09", 900, "a broad group"},
    {"06", 610, "a broad group with a single narrow group is that group"},
    {"042", 421, "a narrow group with a single field is that field"},
    {"01", 110, "the same for education"},
    {"9999", 0, "the classification's own code for unknown"},
    {"12345", 0, "no code has five digits"},
    {"Farmasi", 916, "the Norwegian name"},
    {"FARMASI", 916, "case does not matter"},
    {"Pharmacy", 916, "the English name"},
    {"IT", 610, "what people say"},
    {"Data/IT", 610, "two usual words with a bar"},
    {"Bygg", 732, "what people say"},
    {"Jus", 421, "new spelling"},
    {"Juss", 421, "the other spelling"},
    {"Økonomi", 410, "marks are folded, and the wide word is the group"},
    {"Samfunnsøkonomi", 311, "the longer word is another field"},
    {"Siviløkonom", 410, "a title"},
    {"PR", 414, "two letters"},
    {"Sjukepleie", 913, "nynorsk"},
    {"Master i farmasi", 916, "a degree in the text"},
    {"Bachelor of Computer Science", 613, "an English degree"},
    {"B.Sc. Civil Engineering, Damascus University", 732, "the longest word counts: not engineering in general"},
    {"Civil-engineering", 732, "signs between words do not matter"},
    {"Ingeniør", 710, "an engineer of unknown kind is the narrow group"},
    {"Elektroingeniør", 713, "and one of a known kind is the field"},
    {"Fiskesprett", 0, "a word that only begins like one"},
    {"Itch", 0, "whole words only"},
    {"", 0, "nothing"},
    {"   ", 0, "white space"},
    {"?!", 0, "signs"},
};

static void texts_find_fields(struct arena *a)
{
    for (size_t i = 0; i < COUNT(field_texts); i++) {
        struct str t = str_c(field_texts[i].text);
        char *exact = test_exact(t.p, t.n);
        int got = field_find_by_text(a, (struct str){exact, t.n});
        if (got != field_texts[i].want)
            printf("# '%s': %s\n", field_texts[i].text, field_texts[i].why);
        CHECK_INT(got, field_texts[i].want);
        free(exact);
    }
    char story[1000];
    memset(story, 'x', sizeof story);
    memcpy(story, "farmasi ", 8);
    CHECK_INT(field_find_by_text(a, (struct str){story, sizeof story}), 0); /* a story is not the name of a field */
}

static const struct {
    const char *text;
    int want;
    const char *why;
} occupation_texts[] = {
    {"2262", 2262, "a code"},
    {"2262 Farmasøyter", 2262, "code and official name"},
    {"Farmasøyt", 2262, "one"},
    {"Farmasøyter", 2262, "several"},
    {"Sykehusfarmasøyt", 2262, "a special kind"},
    {"Software engineer", 2512, "English"},
    {"Sivilingeniører (bygg og anlegg)", 2142, "the official name with its signs"},
    {"Seniorrådgiver", 2422, "marks"},
    {"Fastlege ved Moholt legesenter", 2211, "a title in a text"},
    {"Kaospilot", 0, "no such title here"},
    {"7", 0, "too short for a code"},
};

static void texts_find_occupations(struct arena *a)
{
    for (size_t i = 0; i < COUNT(occupation_texts); i++) {
        int got = occupation_find_by_text(a, str_c(occupation_texts[i].text));
        if (got != occupation_texts[i].want)
            printf("# '%s': %s\n", occupation_texts[i].text, occupation_texts[i].why);
        CHECK_INT(got, occupation_texts[i].want);
    }
    CHECK_INT(occupation_field(2262), 916);
    CHECK_INT(occupation_field(2310), 0); /* teachers at universities come from all fields */
    CHECK_INT(occupation_field(9999), 0);
    CHECK(strcmp(occupation_name(2262), "Farmasøyt") == 0 && strcmp(occupation_name(1), "Ukjent yrke") == 0);
}

static const struct {
    int a, b, want;
    const char *why;
} distances[] = {
    {916, 916, 0, "the same field"},
    {913, 912, 1, "nursing and medicine are both health"},
    {411, 412, 1, "accounting and finance are both business"},
    {913, 923, 2, "health and welfare share the broad group"},
    {421, 411, 2, "law shares only the broad group with accounting"},
    {916, 732, 3, "pharmacy and building have nothing in common"},
    {714, 613, 2, "electronics and software are declared neighbours"},
    {531, 916, 2, "chemistry and pharmacy are declared neighbours"},
    {531, 711, 1, "chemistry and chemical engineering are near neighbours"},
    {321, 414, 1, "communication and public relations are near neighbours"},
    {311, 411, 2, "economics and accounting: a declared neighbour of the whole group"},
    {311, 412, 1, "economics and finance: the nearer declaration wins"},
    {910, 916, 1, "somewhere in health, and pharmacy"},
    {910, 910, 1, "twice somewhere in health: more is not known"},
    {900, 900, 2, "twice somewhere in health and welfare"},
    {900, 916, 2, "a broad group holds its fields"},
    {0, 916, 3, "not known"},
    {0, 0, 3, "twice not known is not the same"},
    {9999, 9999, 3, "no field"},
    {515, 515, 0, "a well-formed code that the table lacks still has its place"},
    {515, 511, 1, "by its digits"},
};

static void distances_hold(void)
{
    for (size_t i = 0; i < COUNT(distances); i++) {
        int got = field_distance(distances[i].a, distances[i].b);
        if (got != distances[i].want)
            printf("# %d %d: %s\n", distances[i].a, distances[i].b, distances[i].why);
        CHECK_INT(got, distances[i].want);
    }
    size_t n;
    const struct field *f = field_all(&n);
    bool symmetric = true, digits = true;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            int d = field_distance(f[i].code, f[j].code);
            symmetric &= d == field_distance(f[j].code, f[i].code) && d >= 0 && d <= FIELD_DISTANCE_MAX;
            digits &= (d == 0) == (i == j && field_level(f[i].code) == FIELD_DETAILED);
        }
    CHECK(symmetric && digits);
    CHECK_INT(occupation_distance(2262, 2262), 0);
    CHECK_INT(occupation_distance(2262, 2269), 1);
    CHECK_INT(occupation_distance(2262, 2211), 2);
    CHECK_INT(occupation_distance(2262, 2411), 3);
    CHECK_INT(occupation_distance(2262, 3213), 4);
    CHECK_INT(occupation_distance(0, 0), 4);
}

static void codes_are_kept(struct arena *a)
{
    CHECK_STR(field_stored(a, 916), "0916");
    CHECK_STR(field_stored(a, 1041), "1041");
    CHECK_STR(field_stored(a, 0), "");
    CHECK_STR(field_stored(a, -5), "");
    CHECK_INT(field_code(STR("0916")), 916);
    CHECK_INT(field_code(STR("916")), 0);
    CHECK_INT(field_code(STR("09x6")), 0);
    CHECK_INT(field_code(STR("")), 0);
    CHECK_STR(occupation_stored(a, 2262), "2262");
    CHECK_INT(occupation_code(STR("2262")), 2262);
    CHECK_INT(occupation_code(STR("0001")), 0);
    CHECK(strcmp(field_name(916), "Farmasi") == 0 && strcmp(field_name(919), "Helse") == 0);
    CHECK(strcmp(field_name(600), "Informasjons- og kommunikasjonsteknologi") == 0);
    CHECK(strcmp(field_name(0), "Ukjent fag") == 0 && strcmp(field_name(7777), "Ukjent fag") == 0);
}

static void languages_are_sets(struct arena *a)
{
    int unknown;
    uint64_t set = language_set_parse(a, STR("Arabisk, engelsk; TIGRINJA / norsk bokmål"), &unknown);
    CHECK_STR(language_set_codes(a, set), "ar,en,nb,ti");
    CHECK_INT(unknown, 0);
    CHECK_STR(language_set_codes(a, language_set_parse(a, STR("ar en nb"), NULL)), "ar,en,nb");
    CHECK_STR(language_set_codes(a, language_set_parse(a, STR("no, nn"), NULL)), "nb");
    CHECK_STR(language_set_codes(a, language_set_parse(a, STR("farsi,klingonsk,dari"), &unknown)), "fa,prs");
    CHECK_INT(unknown, 1);
    CHECK_STR(language_set_codes(a, language_set_parse(a, STR("kurdisk sorani norsk"), &unknown)), "ckb,nb");
    CHECK_STR(language_set_codes(a, language_set_parse(a, STR(" , ;"), &unknown)), "");
    CHECK(language_bit("ar") != 0 && language_bit("xx") == 0 && language_find(a, STR("Klingonsk")) == -1);
    uint64_t all = 0;
    size_t n;
    const struct language *l = language_all(&n);
    for (size_t i = 0; i < n; i++)
        all |= language_bit(l[i].code);
    CHECK(language_set_parse(a, language_set_codes(a, all), &unknown) == all && unknown == 0);
}

int main(void)
{
    struct arena *a = arena_new(16 << 20);
    tables_are_sound(a);
    texts_find_fields(a);
    texts_find_occupations(a);
    distances_hold();
    codes_are_kept(a);
    languages_are_sets(a);
    arena_free(a);
    return test_end();
}
