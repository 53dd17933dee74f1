/* How long a supervisor sees an internship, at the borders of the days; and that every version of the duty of confidentiality can be read. */
#include "domain/confidentiality.h"
#include "domain/supervision.h"
#include "tests/test.h"

int main(void)
{
    struct supervision_facts f = {.from_on = 1000};
    CHECK(!supervision_open(&f, 999) && supervision_open(&f, 1000) && supervision_open(&f, 90000)); /* no last day: as long as it lasts */
    CHECK_INT(supervision_last_on(&f), 0);
    f.internship_until_on = 1100;
    CHECK_INT(supervision_last_on(&f), 1100 + 84);
    CHECK(supervision_open(&f, 1100) && supervision_open(&f, 1184) && !supervision_open(&f, 1185));
    f.ended = true;
    CHECK(!supervision_open(&f, 1000) && !supervision_open(&f, 1100));
    f = (struct supervision_facts){.internship_until_on = 1100};
    CHECK(!supervision_open(&f, 1050)); /* never invited */
    for (int version = 1; version <= CONFIDENTIALITY_VERSION; version++) {
        size_t n;
        const char *const *lines = confidentiality_text(version, &n);
        CHECK(lines && n >= 5);
        for (size_t i = 0; i < n; i++)
            CHECK(*lines[i]);
    }
    size_t n;
    CHECK(!confidentiality_text(0, &n) && n == 0);
    CHECK(!confidentiality_text(CONFIDENTIALITY_VERSION + 1, &n) && n == 0);
    return test_end();
}
