#include "base/tm.h"
#include "domain/matching.h"
#include "domain/mentor_import.h"
#include "tests/test.h"

static struct arena *a;

static void cells(void)
{
    const struct {
        enum mentor_column c;
        const char *cell;
        enum err want;
        const char *why;
    } cases[] = {
        {MENTOR_EMAIL, "Ingrid@Example.NO", OK, "an address in any case"},
        {MENTOR_EMAIL, "ikke en adresse", ERR_INVALID, "no address"},
        {MENTOR_OCCUPATION, "Farmasøyt", OK, "a title"},
        {MENTOR_OCCUPATION, "2262", OK, "a code"},
        {MENTOR_OCCUPATION, "qzx", ERR_INVALID, "nothing we know"},
        {MENTOR_OCCUPATION, "", OK, "empty is not known"},
        {MENTOR_SECTOR, "offentlig", OK, "our word"},
        {MENTOR_SECTOR, "PRIVAT", OK, "in any case"},
        {MENTOR_SECTOR, "halvt", ERR_INVALID, "no sector"},
        {MENTOR_SENIORITY, "Leder", OK, "our word"},
        {MENTOR_SENIORITY, "konge", ERR_INVALID, "no level"},
        {MENTOR_NETWORK, "3", OK, "the most"},
        {MENTOR_NETWORK, "4", ERR_INVALID, "too much"},
        {MENTOR_CAPACITY, "0", OK, "none just now"},
        {MENTOR_CAPACITY, "-1", ERR_INVALID, "below nothing"},
        {MENTOR_MUNICIPALITY, "5001", OK, "four digits"},
        {MENTOR_MUNICIPALITY, "301", OK, "a spreadsheet took the zero away"},
        {MENTOR_MUNICIPALITY, "Oslo", ERR_INVALID, "a name is no number"},
        {MENTOR_BIRTH_YEAR, "01010112345", ERR_INVALID, "a national identity number is refused"},
        {MENTOR_IGNORED, "whatever", OK, "a column of theirs"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct mentor_cells m;
        struct say why = {0};
        mentor_cells_clear(&m);
        enum err got = mentor_cell(a, cases[i].c, str_c(cases[i].cell), tm_on(2026, 11, 22), &m, &why);
        if (got != cases[i].want)
            printf("# %s\n", cases[i].why);
        CHECK_INT(got, cases[i].want);
        CHECK((got == OK) == (why.msgid == NULL));
    }
    struct mentor_cells m;
    struct say why = {0};
    enum mentor_column bad;
    mentor_cells_clear(&m);
    CHECK_INT(mentor_cell(a, MENTOR_MUNICIPALITY, STR("301"), 20000, &m, &why), OK);
    CHECK(str_is(m.municipality, "0301"));
    CHECK_INT(mentor_cell(a, MENTOR_SECTOR, STR("Kommune"), 20000, &m, &why), OK);
    CHECK_INT(m.sector, MATCHING_PUBLIC);
    CHECK(mentor_cells_check(&m, &bad, &why) == ERR_INVALID && bad == MENTOR_FIRST_NAME);
}

static void headers(void)
{
    const struct str good[] = {STR("E-POST"), STR("fornavn"), STR("Etternavn"), STR("Virksomhet"), STR("Hobby")};
    const struct str map[] = {STR("Hobby=Motivasjon")};
    int at[MENTOR_COLUMNS];
    struct say why = {0};
    CHECK_INT(mentor_map_headers(a, good, COUNT(good), NULL, 0, at, &why), OK);
    CHECK(at[MENTOR_EMAIL] == 0 && at[MENTOR_EMPLOYER] == 3 && at[MENTOR_MOTIVATION] == -1);
    CHECK_INT(mentor_map_headers(a, good, COUNT(good), map, 1, at, &why), OK);
    CHECK_INT(at[MENTOR_MOTIVATION], 4);
    CHECK_INT(mentor_map_headers(a, good + 1, COUNT(good) - 1, NULL, 0, at, &why), ERR_INVALID); /* no address */
    CHECK(str_is(say_plain(a, why), "Kolonnen «E-post» mangler."));
    const struct str twice[] = {STR("E-post"), STR("Fornavn"), STR("Etternavn"), STR("Mail")};
    CHECK_INT(mentor_map_headers(a, twice, COUNT(twice), NULL, 0, at, &why), ERR_INVALID);
    const struct str odd[] = {STR("Finnes ikke=Motivasjon")}, other[] = {STR("Hobby=Tull")};
    CHECK_INT(mentor_map_headers(a, good, COUNT(good), odd, 1, at, &why), ERR_INVALID);
    CHECK_INT(mentor_map_headers(a, good, COUNT(good), other, 1, at, &why), ERR_INVALID);
    for (int c = 0; c < MENTOR_COLUMNS; c++)
        CHECK_INT(mentor_column_of(a, str_c(mentor_columns[c].name)), c); /* no two columns share a name */
}

int main(void)
{
    a = arena_new(1 << 22);
    cells();
    headers();
    arena_free(a);
    return test_end();
}
