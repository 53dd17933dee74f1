#include "base/tm.h"
#include "domain/cohort.h"
#include "tests/test.h"

#define ON(y, m, d) tm_on(y, m, d)

static void phases(void)
{
    const struct {
        struct cohort_facts f;
        enum cohort_phase want;
        const char *why;
    } cases[] = {
        {{.today = ON(2026, 5, 1), .start_on = ON(2026, 9, 1)}, COHORT_ADMISSION, "nobody admitted yet"},
        {{.today = ON(2026, 10, 1), .start_on = ON(2026, 9, 1)}, COHORT_ADMISSION, "the start passed without anybody: still admission"},
        {{.today = ON(2026, 8, 1), .start_on = ON(2026, 9, 1), .running = 3}, COHORT_ADMISSION, "some are in, more may come before the start"},
        {{.today = ON(2026, 8, 1), .start_on = ON(2026, 9, 1), .running = 3, .paired = 1}, COHORT_MATCHING, "the first has a mentor"},
        {{.today = ON(2026, 9, 1), .start_on = ON(2026, 9, 1), .running = 3}, COHORT_MATCHING, "from the start on they need mentors"},
        {{.today = ON(2026, 10, 1), .start_on = ON(2026, 9, 1), .running = 3, .paired = 1, .first_meeting_on = ON(2026, 9, 20)},
         COHORT_MENTORING, "one pair has met"},
        {{.today = ON(2027, 6, 19), .running = 3, .first_meeting_on = ON(2026, 9, 20)}, COHORT_MENTORING, "the day before the last three months"},
        {{.today = ON(2027, 6, 20), .running = 3, .first_meeting_on = ON(2026, 9, 20)}, COHORT_TO_WORK, "the last three months begin"},
        {{.today = ON(2027, 9, 20), .running = 3, .first_meeting_on = ON(2026, 9, 20)}, COHORT_TO_WORK, "the last day counts"},
        {{.today = ON(2027, 9, 21), .running = 1, .over = 4, .first_meeting_on = ON(2026, 9, 20)}, COHORT_ENDING, "one is late"},
        {{.today = ON(2027, 1, 1), .over = 2, .first_meeting_on = ON(2026, 9, 20)}, COHORT_ENDING, "nobody is left in it"},
        {{.today = ON(2026, 5, 1), .start_on = ON(2026, 9, 1), .closed = true}, COHORT_DONE, "closed is closed"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct cohort_facts f = cases[i].f;
        f.months = 12;
        enum cohort_phase got = cohort_phase(&f);
        if (got != cases[i].want)
            printf("# %s\n", cases[i].why);
        CHECK_INT(got, cases[i].want);
    }
}

static void spans(void)
{
    struct cohort_facts f = {.start_on = ON(2026, 9, 1), .months = 12};
    CHECK_INT(cohort_span(&f, COHORT_ADMISSION).until_on, ON(2026, 9, 1));
    CHECK_INT(cohort_span(&f, COHORT_MENTORING).from_on, 0); /* nobody can know yet */
    CHECK_INT(cohort_span(&f, COHORT_ENDING).from_on, 0);
    f.first_meeting_on = ON(2026, 9, 20);
    CHECK_INT(cohort_span(&f, COHORT_MATCHING).until_on, ON(2026, 9, 20));
    CHECK_INT(cohort_span(&f, COHORT_MENTORING).until_on, ON(2027, 6, 20));
    CHECK_INT(cohort_span(&f, COHORT_TO_WORK).until_on, ON(2027, 9, 20));
    CHECK_INT(cohort_span(&f, COHORT_ENDING).from_on, ON(2027, 9, 20));
    CHECK_INT(cohort_span(&f, COHORT_DONE).from_on, 0);
}

int main(void)
{
    phases();
    spans();
    return test_end();
}
