/* A participants' list as case systems write it: headers, then each kind of cell with what is taken and what is refused. */
#include "base/tm.h"
#include "domain/import.h"
#include "tests/test.h"

static struct arena *a;
static int today;

static void test_headers(void)
{
    static const struct {
        const char *header;
        int want;
    } cases[] = {
        {"Referanse", IMPORT_REFERENCE}, {"REFERANSE", IMPORT_REFERENCE}, {" referanse ", IMPORT_REFERENCE}, {"Saksnummer", IMPORT_REFERENCE},
        {"E-post", IMPORT_EMAIL}, {"Epost", IMPORT_EMAIL}, {"e post", IMPORT_EMAIL}, {"E-postadresse", IMPORT_EMAIL},
        {"Mobil", IMPORT_PHONE}, {"Kjønn", IMPORT_SEX}, {"Kjonn", IMPORT_SEX}, {"KJØNN", IMPORT_SEX}, {"Fodselsar", IMPORT_BIRTH_YEAR},
        {"Fødselsår", IMPORT_BIRTH_YEAR}, {"Norsk muntlig", IMPORT_ORAL}, {"norsk_skriftlig", IMPORT_WRITTEN},
        {"Yrkeserfaring år", IMPORT_EXPERIENCE}, {"Yrkeserfaring (år)", IMPORT_EXPERIENCE}, {"Programrådgiver", IMPORT_ADVISER},
        {"Kommunenummer", IMPORT_MUNICIPALITY}, {"Kommunenr.", IMPORT_MUNICIPALITY},
        {"Adressesperre", IMPORT_ADDRESS_BLOCK}, {"Bosatt", IMPORT_SETTLED}, {"Programslutt", IMPORT_END}, {"Hårfarge", IMPORT_IGNORED},
        {"", IMPORT_IGNORED}, {"\xff\xfe", IMPORT_IGNORED},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char *x = test_exact(cases[i].header, strlen(cases[i].header));
        if ((int)import_column_of(a, (struct str){x, strlen(cases[i].header)}) != cases[i].want)
            printf("# %s\n", cases[i].header);
        CHECK_INT(import_column_of(a, (struct str){x, strlen(cases[i].header)}), cases[i].want);
        free(x);
    }
    for (int c = 0; c < IMPORT_COLUMNS; c++) { /* every name in the tables leads to its own column, and to no other */
        CHECK_INT(import_column_of(a, str_c(import_columns[c].name)), c);
        for (size_t k = 0; k < COUNT(import_columns[c].other) && import_columns[c].other[k]; k++)
            CHECK_INT(import_column_of(a, str_c(import_columns[c].other[k])), c);
    }
}

static enum err map(const char *headers, const char *maps, struct import_map *out, struct say *why)
{
    struct str h[300], m[8], rest = str_c(headers), mrest = str_c(maps);
    size_t n = 0, k = 0;
    while (rest.n)
        h[n++] = str_cut(&rest, ';');
    while (mrest.n)
        m[k++] = str_cut(&mrest, ';');
    return import_map_headers(a, h, n, m, k, out, why);
}

static void test_map(void)
{
    struct import_map m = {0};
    struct say why = {0};
    CHECK_ERR(map("Etternavn;Hårfarge;fornavn;REFERANSE;Epost", "", &m, &why), OK);
    CHECK(m.at[IMPORT_LAST_NAME] == 0 && m.at[IMPORT_FIRST_NAME] == 2 && m.at[IMPORT_REFERENCE] == 3 && m.at[IMPORT_EMAIL] == 4);
    CHECK(m.at[IMPORT_PHONE] == -1 && m.ignored == 1);
    CHECK_ERR(map("Etternavn;Fornavn;Kode", "kode=Referanse", &m, &why), OK);
    CHECK_INT(m.at[IMPORT_REFERENCE], 2);
    CHECK_ERR(map("Etternavn;Fornavn;Referanse;Kode", "kode=Referanse", &m, &why), OK);
    CHECK(m.at[IMPORT_REFERENCE] == 3 && m.ignored == 1); /* the mapping goes before the name */
    static const struct {
        const char *headers, *maps, *says, *why;
    } bad[] = {
        {"Fornavn;Etternavn", "", "Referanse", "a required column is missing"},
        {"", "", "Referanse", "an empty file"},
        {"Referanse;Fornavn;Etternavn;E-post;Epost", "", "Epost", "the same one twice"},
        {"Referanse;Fornavn;Etternavn", "kode=Telefon", "kode", "their column is not in the file"},
        {"Referanse;Fornavn;Etternavn;x", "x=Hårfarge", "Hårfarge", "ours does not exist"},
        {"Referanse;Fornavn;Etternavn;x", "Telefon", "Telefon", "no equals sign"},
        {"Referanse;Fornavn;Etternavn;x;y", "x=Telefon;y=Telefon", "Telefon", "two mapped to one"},
    };
    for (size_t i = 0; i < COUNT(bad); i++) {
        struct import_map b = {.ignored = 77};
        CHECK_ERR(map(bad[i].headers, bad[i].maps, &b, &why), ERR_INVALID);
        bool ok = strstr(arena_cstr(a, say_plain(a, why)), bad[i].says) && b.ignored == 77;
        if (!ok)
            printf("# %s: %.*s\n", bad[i].why, STR_FMT(say_plain(a, why)));
        CHECK(ok);
    }
    struct str many[IMPORT_MAX_COLUMNS + 1] = {{0}};
    CHECK_ERR(import_map_headers(a, many, COUNT(many), NULL, 0, &m, &why), ERR_LIMIT);
}

enum { BAD = -99 };
static int number(enum import_column c, const char *cell)
{
    struct import_row r;
    import_row_clear(&r);
    struct say why = {0};
    char *x = test_exact(cell, strlen(cell));
    enum err e = import_cell(a, c, (struct str){x, strlen(cell)}, today, &r, &why);
    free(x);
    if (e) {
        CHECK(e == ERR_INVALID && why.msgid);
        return BAD;
    }
    CHECK(!why.msgid);
    const int values[IMPORT_COLUMNS] = {[IMPORT_SEX] = (int)r.sex, [IMPORT_BIRTH_YEAR] = r.birth_year, [IMPORT_SETTLED] = r.settled_on,
        [IMPORT_START] = r.programme_start_on, [IMPORT_END] = r.programme_end_on, [IMPORT_TRACK] = r.track, [IMPORT_LEVEL] = (int)r.level,
        [IMPORT_RECOGNITION] = (int)r.recognition, [IMPORT_ORAL] = (int)r.oral, [IMPORT_WRITTEN] = (int)r.written,
        [IMPORT_EXPERIENCE] = r.experience_years, [IMPORT_ADDRESS_BLOCK] = (int)r.address_block, [IMPORT_FIELD] = r.field_code};
    return values[c];
}

static void test_words(void)
{
    static const struct {
        enum import_column c;
        const char *cell;
        int want;
    } cases[] = {
        {IMPORT_SEX, "K", SEX_WOMAN}, {IMPORT_SEX, "kvinne", SEX_WOMAN}, {IMPORT_SEX, "Female", SEX_WOMAN}, {IMPORT_SEX, "m", SEX_MAN},
        {IMPORT_SEX, "MANN", SEX_MAN}, {IMPORT_SEX, "Annet", SEX_OTHER}, {IMPORT_SEX, "", SEX_UNKNOWN}, {IMPORT_SEX, "–", SEX_UNKNOWN},
        {IMPORT_SEX, "Ukjent", SEX_UNKNOWN}, {IMPORT_SEX, "?", SEX_UNKNOWN}, {IMPORT_SEX, "+", BAD}, {IMPORT_SEX, "Q", BAD}, {IMPORT_SEX, "kvinnemann", BAD},
        {IMPORT_LEVEL, "Bachelor", EDU_BACHELOR}, {IMPORT_LEVEL, "bachelorgrad", EDU_BACHELOR}, {IMPORT_LEVEL, "cand.mag.", EDU_BACHELOR},
        {IMPORT_LEVEL, "Master", EDU_MASTER}, {IMPORT_LEVEL, "Ph.d.", EDU_PHD}, {IMPORT_LEVEL, "PhD", EDU_PHD},
        {IMPORT_LEVEL, "Doktorgrad", EDU_PHD}, {IMPORT_LEVEL, "VGS", EDU_UPPER_SECONDARY}, {IMPORT_LEVEL, "grunnskole", EDU_NONE},
        {IMPORT_LEVEL, "some_higher", EDU_SOME_HIGHER}, {IMPORT_LEVEL, "Minst ett år høyere utdanning", EDU_SOME_HIGHER},
        {IMPORT_LEVEL, "6", EDU_BACHELOR}, {IMPORT_LEVEL, "9", EDU_UNKNOWN}, {IMPORT_LEVEL, "", EDU_UNKNOWN}, {IMPORT_LEVEL, "smart", BAD},
        {IMPORT_LEVEL, "10", BAD},
        {IMPORT_RECOGNITION, "Godkjent", REC_RECOGNISED}, {IMPORT_RECOGNITION, "NOKUT-godkjent", REC_RECOGNISED},
        {IMPORT_RECOGNITION, "ikke_vurdert", REC_NOT_ASSESSED}, {IMPORT_RECOGNITION, "ikke_aktuelt", REC_NOT_RELEVANT},
        {IMPORT_RECOGNITION, "forbereder", REC_PREPARING}, {IMPORT_RECOGNITION, "sokt", REC_APPLIED}, {IMPORT_RECOGNITION, "Søkt", REC_APPLIED},
        {IMPORT_RECOGNITION, "mangler_dokumentasjon", REC_MISSING_DOCUMENTS}, {IMPORT_RECOGNITION, "under_verifisering", REC_VERIFYING},
        {IMPORT_RECOGNITION, "henvist_uvd", REC_UVD_REFERRED}, {IMPORT_RECOGNITION, "uvd_intervju", REC_UVD_INTERVIEW},
        {IMPORT_RECOGNITION, "uvd_sakkyndig", REC_UVD_EXPERTS}, {IMPORT_RECOGNITION, "henvist_kvalifikasjonsvurdering", REC_ASSESSMENT_REFERRED},
        {IMPORT_RECOGNITION, "delvis_godkjent", REC_PARTLY}, {IMPORT_RECOGNITION, "avslag", REC_REFUSED}, {IMPORT_RECOGNITION, "klage", REC_COMPLAINT},
        {IMPORT_RECOGNITION, "kvalifikasjonsvurdering_gitt", REC_ASSESSMENT_GIVEN}, {IMPORT_RECOGNITION, "Ikke godkjent", REC_REFUSED},
        {IMPORT_RECOGNITION, "kanskje", BAD},
        {IMPORT_ADDRESS_BLOCK, "", BLOCK_NONE}, {IMPORT_ADDRESS_BLOCK, "Nei", BLOCK_NONE}, {IMPORT_ADDRESS_BLOCK, "fortrolig", BLOCK_CONFIDENTIAL},
        {IMPORT_ADDRESS_BLOCK, "Kode 7", BLOCK_CONFIDENTIAL}, {IMPORT_ADDRESS_BLOCK, "STRENGT FORTROLIG", BLOCK_STRICT},
        {IMPORT_ADDRESS_BLOCK, "kode 6", BLOCK_STRICT}, {IMPORT_ADDRESS_BLOCK, "6", BLOCK_STRICT}, {IMPORT_ADDRESS_BLOCK, "Ja", BLOCK_STRICT},
        {IMPORT_ADDRESS_BLOCK, "kanskje", BAD}, /* a word that is not understood never becomes "none" */
        {IMPORT_ADDRESS_BLOCK, "ukjent", BAD}, {IMPORT_ADDRESS_BLOCK, "?", BAD},
        {IMPORT_ORAL, "B1", CEFR_B1}, {IMPORT_ORAL, "b1", CEFR_B1}, {IMPORT_ORAL, "B1/B2", CEFR_B1}, {IMPORT_ORAL, "B2/B1", CEFR_B1},
        {IMPORT_ORAL, "A2-B1", CEFR_A2}, {IMPORT_ORAL, "A2+", CEFR_A2}, {IMPORT_ORAL, "Nivå C1", CEFR_C1}, {IMPORT_WRITTEN, "C2", CEFR_C2},
        {IMPORT_WRITTEN, "", CEFR_UNKNOWN}, {IMPORT_WRITTEN, "B3", BAD}, {IMPORT_WRITTEN, "D1", BAD}, {IMPORT_WRITTEN, "B", BAD},
        {IMPORT_WRITTEN, "B1B2C1", BAD}, {IMPORT_WRITTEN, "godt", BAD},
        {IMPORT_TRACK, "3", 3}, {IMPORT_TRACK, "Spor 3", 3}, {IMPORT_TRACK, "spor1", 1}, {IMPORT_TRACK, "", 0}, {IMPORT_TRACK, "4", BAD},
        {IMPORT_TRACK, "0", BAD}, {IMPORT_TRACK, "33", BAD}, {IMPORT_TRACK, "spor", BAD},
        {IMPORT_FIELD, "Farmasi", 916}, {IMPORT_FIELD, "Trolldom", 0}, {IMPORT_FIELD, "", 0},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        int got = number(cases[i].c, cases[i].cell);
        if (got != cases[i].want)
            printf("# %s '%s': %d, wanted %d\n", import_columns[cases[i].c].name, cases[i].cell, got, cases[i].want);
        CHECK(got == cases[i].want);
    }
    static const struct {
        const struct import_word *words;
        enum import_column c;
    } lists[] = {{import_sex_words, IMPORT_SEX}, {import_level_words, IMPORT_LEVEL}, {import_recognition_words, IMPORT_RECOGNITION},
                 {import_block_words, IMPORT_ADDRESS_BLOCK}};
    for (size_t k = 0; k < COUNT(lists); k++) /* every spelling in the guide is taken for what it says */
        for (const struct import_word *w = lists[k].words; w->word; w++) {
            if (number(lists[k].c, w->word) != w->value)
                printf("# %s\n", w->word);
            CHECK(number(lists[k].c, w->word) == w->value);
        }
}

static void test_numbers(void)
{
    static const struct {
        enum import_column c;
        const char *cell;
        int want;
        const char *why;
    } cases[] = {
        {IMPORT_BIRTH_YEAR, "1985", 1985, "a year"},
        {IMPORT_BIRTH_YEAR, "31.12.1985", 1985, "only the year of a date is kept"},
        {IMPORT_BIRTH_YEAR, "", 0, "not known"},
        {IMPORT_BIRTH_YEAR, "85", BAD, "two digits"},
        {IMPORT_BIRTH_YEAR, "1899", BAD, "too long ago"},
        {IMPORT_BIRTH_YEAR, "2027", BAD, "not born yet"},
        {IMPORT_BIRTH_YEAR, "31128512345", BAD, "a national identity number does not belong here"},
        {IMPORT_EXPERIENCE, "5", 5, "years"},
        {IMPORT_EXPERIENCE, "5 år", 5, "with the unit"},
        {IMPORT_EXPERIENCE, "2,5", 2, "whole years count, and the comma is not a thousand's"},
        {IMPORT_EXPERIENCE, "2.5", 2, "a point too"},
        {IMPORT_EXPERIENCE, "10+", 10, "at least"},
        {IMPORT_EXPERIENCE, "0", 0, "none is known"},
        {IMPORT_EXPERIENCE, "", -1, "not known"},
        {IMPORT_EXPERIENCE, "-", -1, "not known"},
        {IMPORT_EXPERIENCE, "61", BAD, "longer than a working life"},
        {IMPORT_EXPERIENCE, "-1", BAD, "less than none"},
        {IMPORT_EXPERIENCE, "mange", BAD, "a word"},
        {IMPORT_EXPERIENCE, "5 6", BAD, "two numbers"},
        {IMPORT_EXPERIENCE, "99999999999999999999", BAD, "no number overflows"},
        {IMPORT_SETTLED, "15.04.2024", 19828, "Norwegian"},
        {IMPORT_SETTLED, "2024-04-15", 19828, "ISO"},
        {IMPORT_SETTLED, "2024-04-15 00:00:00", 19828, "as a database exports it"},
        {IMPORT_SETTLED, "15.04.2024 00:00", 19828, "as a spreadsheet exports it"},
        {IMPORT_SETTLED, "2024-04-15T00:00:00Z", 19828, "as a program exports it"},
        {IMPORT_SETTLED, "", 0, "not known"},
        {IMPORT_SETTLED, "15.04.24", BAD, "two digits of a year"},
        {IMPORT_SETTLED, "31.02.2024", BAD, "no such day"},
        {IMPORT_SETTLED, "45397", BAD, "a spreadsheet's serial number"},
        {IMPORT_SETTLED, "15.04.2024 i Bodø", BAD, "more than a date"},
        {IMPORT_SETTLED, "15.04.1924", BAD, "a slip of the finger"},
        {IMPORT_START, "15.04.2104", BAD, "a slip of the finger"},
        {IMPORT_END, "15.04.2028", 21289, "ends are in the future"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        int got = number(cases[i].c, cases[i].cell);
        if (got != cases[i].want)
            printf("# %s '%s': %d, wanted %d: %s\n", import_columns[cases[i].c].name, cases[i].cell, got, cases[i].want, cases[i].why);
        CHECK(got == cases[i].want);
    }
}

static void test_texts(void)
{
    static const struct {
        enum import_column c;
        const char *cell, *want; /* NULL: refused */
    } cases[] = {
        {IMPORT_EMAIL, " Amal.Haddad@Example.NO ", "amal.haddad@example.no"}, {IMPORT_EMAIL, "", ""}, {IMPORT_EMAIL, "amal", NULL},
        {IMPORT_EMAIL, "a@b", NULL}, {IMPORT_EMAIL, "@b.no", NULL}, {IMPORT_EMAIL, "a@b@c.no", NULL}, {IMPORT_EMAIL, "a b@c.no", NULL},
        {IMPORT_EMAIL, "<a@c.no>", NULL}, {IMPORT_EMAIL, "a@.no", NULL}, {IMPORT_EMAIL, "a@c.no.", NULL}, {IMPORT_EMAIL, "a@c..no", NULL},
        {IMPORT_EMAIL, "å@c.no", NULL}, {IMPORT_EMAIL, "a@c.no\r\nBcc: x@y.no", NULL},
        {IMPORT_PHONE, "+47 912 34 567", "+4791234567"}, {IMPORT_PHONE, "91 23 45 67", "91234567"}, {IMPORT_PHONE, "004791234567", "+4791234567"},
        {IMPORT_PHONE, "(+47) 912-34-567", "+4791234567"}, {IMPORT_PHONE, "", ""}, {IMPORT_PHONE, "1234", NULL}, {IMPORT_PHONE, "9,12E+07", NULL},
        {IMPORT_PHONE, "ring meg", NULL}, {IMPORT_PHONE, "1234567890123456", NULL}, {IMPORT_PHONE, "+", NULL},
        {IMPORT_FIRST_NAME, "  Amal \t", "Amal"}, {IMPORT_FIRST_NAME, "Na", "Na"}, {IMPORT_FIRST_NAME, "A\nB", "A B"}, {IMPORT_FIRST_NAME, "", NULL},
        {IMPORT_LAST_NAME, " ", NULL}, {IMPORT_REFERENCE, "", NULL}, {IMPORT_REFERENCE, "2024/118", "2024/118"}, {IMPORT_FIRST_NAME, "\xff", NULL},
        {IMPORT_COUNTRY, "Syria", "Syria"}, {IMPORT_ADVISER, "", ""},
        {IMPORT_MUNICIPALITY, "5001", "5001"}, {IMPORT_MUNICIPALITY, "301", "0301"}, {IMPORT_MUNICIPALITY, "ukjent", ""},
        {IMPORT_MUNICIPALITY, "Oslo", NULL}, {IMPORT_MUNICIPALITY, "50011", NULL}, {IMPORT_MUNICIPALITY, "-301", NULL}, {IMPORT_MUNICIPALITY, "12", NULL},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct import_row r;
        import_row_clear(&r);
        struct say why = {0};
        char *x = test_exact(cases[i].cell, strlen(cases[i].cell));
        enum err e = import_cell(a, cases[i].c, (struct str){x, strlen(cases[i].cell)}, today, &r, &why);
        free(x); /* what is kept is a copy */
        struct str got = cases[i].c == IMPORT_EMAIL ? r.email : cases[i].c == IMPORT_PHONE ? r.phone : cases[i].c == IMPORT_FIRST_NAME ? r.first_name
                       : cases[i].c == IMPORT_LAST_NAME ? r.last_name : cases[i].c == IMPORT_REFERENCE ? r.reference
                       : cases[i].c == IMPORT_COUNTRY ? r.country : cases[i].c == IMPORT_MUNICIPALITY ? r.municipality : r.adviser;
        bool ok = cases[i].want ? e == OK && str_is(got, cases[i].want) : e == ERR_INVALID && why.msgid && got.n == 0;
        if (!ok)
            printf("# %s '%s': %s '%.*s'\n", import_columns[cases[i].c].name, cases[i].cell, err_name(e), STR_FMT(got));
        CHECK(ok);
    }
    char big[IMPORT_TEXT_MAX + 1];
    memset(big, 'x', sizeof big);
    struct import_row r;
    import_row_clear(&r);
    struct say why = {0};
    CHECK_ERR(import_cell(a, IMPORT_FIRST_NAME, (struct str){big, sizeof big}, today, &r, &why), ERR_INVALID);
    CHECK_ERR(import_cell(a, IMPORT_FIRST_NAME, (struct str){big, sizeof big - 1}, today, &r, &why), OK);
    CHECK_ERR(import_cell(a, IMPORT_LANGUAGE, STR("Arabisk, engelsk, klingon"), today, &r, &why), OK);
    CHECK_STR(r.languages, "ar,en");
    CHECK_STR(r.language, "Arabisk, engelsk, klingon");
    CHECK_ERR(import_cell(a, IMPORT_IGNORED, STR("what ever"), today, &r, &why), OK);
}

static void test_row(void)
{
    struct import_row r;
    import_row_clear(&r);
    CHECK_INT(r.experience_years, -1);
    enum import_column bad = IMPORT_COLUMNS;
    struct say why = {0};
    CHECK_ERR(import_row_check(&r, &bad, &why), ERR_INVALID);
    CHECK_INT(bad, IMPORT_REFERENCE);
    r.reference = r.first_name = STR("x");
    CHECK_ERR(import_row_check(&r, &bad, &why), ERR_INVALID);
    CHECK_INT(bad, IMPORT_LAST_NAME);
    r.last_name = STR("x");
    CHECK_ERR(import_row_check(&r, &bad, &why), OK);
    r.programme_start_on = 20000;
    r.programme_end_on = 19999;
    CHECK_ERR(import_row_check(&r, &bad, &why), ERR_INVALID);
    CHECK_INT(bad, IMPORT_END);
}

int main(void)
{
    a = arena_new(64 << 20);
    today = tm_on(2026, 11, 22);
    test_headers();
    test_map();
    test_words();
    test_numbers();
    test_texts();
    test_row();
    arena_free(a);
    return test_end();
}
