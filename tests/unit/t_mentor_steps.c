/* What a mentor should do now: cases with a reason each. */
#include "domain/mentor_steps.h"
#include "domain/progress.h"
#include "tests/test.h"

enum { DAY = 20000 };

static void mentor(void)
{
    static const struct {
        struct mentor_facts f;
        enum mentor_step_kind first;
        size_t n;
        const char *why;
    } cases[] = {
        {{.today = DAY}, MENTOR_NOTHING, 1, "nobody yet: thanks and patience"},
        {{.today = DAY, .has_match = true, .match = MATCH_PROPOSED}, MENTOR_MATCHING_MEETING, 1, "a proposal is no duty"},
        {{.today = DAY, .has_match = true, .match = MATCH_MEETING_HELD}, MENTOR_THINK, 1, "the pause"},
        {{.today = DAY, .has_match = true, .match = MATCH_ASKED}, MENTOR_ANSWER, 1, "asked"},
        {{.today = DAY, .has_match = true, .match = MATCH_ASKED, .answered = true}, MENTOR_WAIT, 1, "nobody is asked twice"},
        {{.today = DAY, .has_match = true, .match = MATCH_ACCEPTED}, MENTOR_SIGN, 1, "both said yes"},
        {{.today = DAY, .has_match = true, .match = MATCH_ACCEPTED, .signed_it = true}, MENTOR_WAIT, 1, "the other signs"},
        {{.today = DAY, .has_match = true, .match = MATCH_DECLINED}, MENTOR_NOTHING, 1, "over without blame"},
        {{.today = DAY, .running = true}, MENTOR_PLAN_MEETING, 1, "no meeting planned"},
        {{.today = DAY, .running = true, .next_planned_on = DAY}, MENTOR_PREPARE_MEETING, 1, "today counts as planned"},
        {{.today = DAY, .running = true, .next_planned_on = DAY - 1}, MENTOR_PLAN_MEETING, 1, "yesterday does not"},
        {{.today = DAY, .running = true, .unmarked_on = DAY - 1}, MENTOR_MARK_MEETING, 1, "first say whether it was held, then plan"},
        {{.today = DAY, .running = true, .next_planned_on = DAY + 5, .tasks_open = 2, .tasks_overdue = 1}, MENTOR_DO_TASKS, 2, "overdue before preparing"},
        {{.today = DAY, .running = true, .next_planned_on = DAY + 5, .tasks_open = 2, .minutes_on = DAY - 3}, MENTOR_READ_MINUTES, 3, "minutes, tasks, theme"},
        {{.today = DAY, .running = true, .on_leave = true, .unmarked_on = DAY - 9, .tasks_overdue = 3}, MENTOR_WAIT, 1, "nothing is asked during leave"},
        {{.today = DAY, .running = true, .all_held = true}, MENTOR_WAIT, 1, "twelve held: nothing more to plan"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct mentor_step out[MENTOR_STEP_N];
        size_t n = mentor_steps(&cases[i].f, out);
        if (n != cases[i].n || out[0].kind != cases[i].first)
            printf("# %s: %zu steps, first %d\n", cases[i].why, n, (int)out[0].kind);
        CHECK(n == cases[i].n && out[0].kind == cases[i].first && out[0].title.msgid && out[0].why.msgid);
    }
}

/* A meeting that nobody has said anything about comes first for the trainee too, and no new one is asked for until then. */
static void trainee_marks(void)
{
    struct progress_settings s = progress_defaults();
    struct step out[STEP_N];
    struct progress_facts f = {.today = DAY, .pair = PAIR_ACTIVE, .signed_on = DAY - 60, .first_meeting_on = DAY - 50, .meetings_held = 1,
                               .last_held_on = DAY - 50, .unmarked_on = DAY - 2, .unminuted = 1, .unminuted_on = DAY - 50};
    size_t n = progress_steps(INTAKE_ADMITTED, 0, &f, &s, out);
    CHECK(n == 2 && out[0].kind == STEP_MARK_MEETING && out[1].kind == STEP_WRITE_MINUTES);
    f.unmarked_on = 0; /* the control: without it planning is asked for again */
    n = progress_steps(INTAKE_ADMITTED, 0, &f, &s, out);
    CHECK(n == 2 && out[0].kind == STEP_WRITE_MINUTES && out[1].kind == STEP_PLAN_MEETING);
}

int main(void)
{
    mentor();
    trainee_marks();
    return test_end();
}
