/* The first byte chooses the column of a list of mentors, the rest is the cell, and a header. Property: nothing is read outside of the
 * cell; what is refused says why and leaves the row alone; what is taken lies in its range and is clean text. */
#include "base/tm.h"
#include "base/utf8.h"
#include "domain/matching.h"
#include "domain/mentor_import.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool ok)
{
    if (!ok)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_freep) struct arena *a = arena_new(1 << 20);
    if (size == 0)
        return 0;
    enum mentor_column c = (enum mentor_column)(data[0] % (MENTOR_COLUMNS + 1));
    struct str cell = {(const char *)data + 1, size - 1};
    must(mentor_column_of(a, cell) <= MENTOR_IGNORED);
    struct mentor_cells m, untouched;
    struct say why = {0};
    mentor_cells_clear(&m);
    m.capacity = 3;
    untouched = m;
    if (mentor_cell(a, c, cell, tm_on(2026, 11, 22), &m, &why) != OK) {
        must(why.msgid && say_plain(a, why).n > 0 && memcmp(&m, &untouched, sizeof m) == 0);
        return 0;
    }
    must(m.occupation >= 0 && m.occupation <= 9999 && m.sector >= 0 && m.sector < MATCHING_SECTOR_N && m.seniority >= 0 &&
         m.seniority < MATCHING_SENIORITY_N && m.network >= -1 && m.network <= 3 && m.capacity >= -1 && m.capacity <= 10);
    const struct str texts[] = {m.specialisation, m.job_title, m.employer, m.motivation, m.municipality};
    for (size_t i = 0; i < COUNT(texts); i++)
        must(utf8_valid(texts[i]) && texts[i].n <= 2000);
    must(m.municipality.n == 0 || m.municipality.n == 4);
    return 0;
}
