/* The clock, what rises by itself, and the trainee's next step. */
#include "base/tm.h"
#include "domain/progress.h"
#include "tests/test.h"

static int T; /* the first mentoring meeting: 15 September 2025 */

static struct progress_facts active(int today) /* a month ago held, minuted, next planned */
{
    return (struct progress_facts){.today = today, .pair = PAIR_ACTIVE, .prepared = true, .signed_on = T - 5, .trainee_signed = true,
                                   .first_meeting_on = T, .meetings_held = 3, .last_held_on = today - 14, .next_planned_on = today + 14};
}

static void test_clock(void)
{
    struct progress_settings s = progress_defaults();
    struct progress_facts f = active(T + 73);
    struct progress_clock c = progress_clock(&f, &s);
    CHECK(c.running && !c.on_leave && !c.overdue);
    CHECK_INT(c.days_used, 73);
    CHECK_INT(c.days_left, 365 - 73);
    CHECK_INT(c.percent, 20);
    struct leave l = {T + 53, 0, 0};
    f.leaves = &l;
    f.leaves_n = 1;
    c = progress_clock(&f, &s);
    CHECK(!c.running && c.on_leave);
    CHECK_INT(c.days_used, 53);
    l.returned_on = T + 63;
    c = progress_clock(&f, &s);
    CHECK(c.running);
    CHECK_INT(c.days_used, 63);
    CHECK_INT(c.period.end_on, T + 365 + 10);
    f.today = T + 365 + 10 + s.tolerance_days;
    CHECK(!progress_clock(&f, &s).overdue);
    f.today++;
    c = progress_clock(&f, &s);
    CHECK(c.overdue && c.days_left == 0 && c.percent == 100);
    f.completed_on = f.today;
    CHECK(!progress_clock(&f, &s).overdue && !progress_clock(&f, &s).running);
    f = (struct progress_facts){.today = T};
    c = progress_clock(&f, &s);
    CHECK(!c.running && c.percent == 0 && c.period.end_on == 0);
}

static void test_on_time(void)
{
    struct progress_settings s = progress_defaults();
    struct leave l = {T + 100, 0, T + 200};
    static const struct {
        int done;
        bool leave, want;
        const char *why;
    } cases[] = {
        {0, false, false, "not completed"},
        {300, false, true, "earlier than planned"},
        {365, false, true, "on the day"},
        {395, false, true, "within the tolerance"},
        {396, false, false, "a day too late"},
        {495, true, true, "a hundred days of leave move the end"},
        {496, true, false, "and no further"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        bool got = progress_on_time(cases[i].done ? T + cases[i].done : 0, T, &l, cases[i].leave, &s);
        if (got != cases[i].want)
            printf("# %s\n", cases[i].why);
        CHECK(got == cases[i].want);
    }
    CHECK(!progress_on_time(T, 0, NULL, 0, &s));
}

static bool has(const struct attention *a, size_t n, enum attention_kind k)
{
    for (size_t i = 0; i < n; i++)
        if (a[i].kind == k)
            return a[i].text.msgid && a[i].action.msgid && a[i].since_on;
    return false;
}

static void expect(struct progress_facts f, enum attention_kind k, bool want, const char *why)
{
    struct progress_settings s = progress_defaults();
    struct attention a[ATTENTION_N];
    size_t n = progress_attention(&f, &s, a);
    if (has(a, n, k) != want)
        printf("# %s: %s\n", attention_names[k].code, why);
    CHECK(has(a, n, k) == want);
    for (size_t i = 1; i < n; i++)
        CHECK(a[i - 1].severity > a[i].severity || (a[i - 1].severity == a[i].severity && a[i - 1].since_on <= a[i].since_on));
}

static void test_attention_before(void)
{
    struct progress_facts f = {.today = T, .pair = PAIR_THINKING, .matching_meeting_on = T - 3};
    expect(f, ATTENTION_MATCH_NOT_ASKED, true, "the pause is over, nobody has asked");
    f.matching_meeting_on = T - 2;
    expect(f, ATTENTION_MATCH_NOT_ASKED, false, "they are still thinking");
    f.asked_on = T - 14;
    expect(f, ATTENTION_MATCH_UNANSWERED, true, "two weeks without an answer");
    f.answered = true;
    expect(f, ATTENTION_MATCH_UNANSWERED, true, "the mentor has not answered");
    f.mentor_answered = true;
    expect(f, ATTENTION_MATCH_UNANSWERED, false, "both have");
    f = (struct progress_facts){.today = T, .pair = PAIR_ACCEPTED, .accepted_on = T - 14};
    expect(f, ATTENTION_NOT_SIGNED, true, "both said yes two weeks ago");
    f.accepted_on++;
    expect(f, ATTENTION_NOT_SIGNED, false, "a day less");
    f = (struct progress_facts){.today = T, .pair = PAIR_ACTIVE, .signed_on = T - 14};
    expect(f, ATTENTION_NO_FIRST_MEETING, true, "signed, and nothing came of it");
    f.next_planned_on = T + 2;
    expect(f, ATTENTION_NO_FIRST_MEETING, false, "it is planned");
}

static void test_attention_meetings(void)
{
    struct leave l = {T + 60, 0, T + 80};
    struct progress_facts f = active(T + 100);
    for (int k = 0; k < ATTENTION_N; k++)
        expect(f, (enum attention_kind)k, false, "all is well");
    f.last_held_on = f.today - 42;
    expect(f, ATTENTION_NO_MEETING, true, "six weeks");
    f.leaves = &l;
    f.leaves_n = 1;
    expect(f, ATTENTION_NO_MEETING, false, "three of them on leave");
    f.last_held_on = f.today - 62;
    expect(f, ATTENTION_NO_MEETING, true, "six weeks besides the leave");
    l.returned_on = 0;
    expect(f, ATTENTION_NO_MEETING, false, "on leave nothing is asked");
    expect(f, ATTENTION_LEAVE_OVER, false, "nobody knows when it ends");
    l.until_on = f.today - 1;
    expect(f, ATTENTION_LEAVE_OVER, true, "it should have ended yesterday");
    f = active(T + 100);
    f.last_held_on = f.today - 41;
    expect(f, ATTENTION_NO_MEETING, false, "a day less than six weeks");
    f.next_planned_on = 0;
    expect(f, ATTENTION_NO_NEXT_MEETING, true, "none planned");
    f.next_planned_on = f.today - 1;
    expect(f, ATTENTION_NO_NEXT_MEETING, true, "the planned one has passed");
    f.last_held_on = f.today - 60;
    expect(f, ATTENTION_NO_NEXT_MEETING, false, "said already by the stall");
    f = active(T + 100);
    f.unminuted = 1;
    f.unminuted_on = f.today - 7;
    expect(f, ATTENTION_NO_MINUTES, true, "a week without minutes");
    f.unminuted_on = f.today - 6;
    expect(f, ATTENTION_NO_MINUTES, false, "a day less");
    f.tasks_overdue = 2;
    f.task_due_on = f.today - 1;
    expect(f, ATTENTION_TASKS_OVERDUE, true, "overdue");
}

static void test_attention_evaluations(void)
{
    struct progress_facts f = active(tm_add_months(T, 6));
    expect(f, ATTENTION_MIDWAY_DUE, true, "half a year");
    f.today--;
    expect(f, ATTENTION_MIDWAY_DUE, false, "a day less");
    f.meetings_held = 6;
    expect(f, ATTENTION_MIDWAY_DUE, true, "six meetings");
    f.midway_on = f.today;
    expect(f, ATTENTION_MIDWAY_DUE, false, "done");
    f.today = T + 365 - 30;
    f.last_held_on = f.today - 1;
    f.next_planned_on = f.today + 1;
    expect(f, ATTENTION_FINAL_DUE, true, "a month before the end");
    f.today--;
    expect(f, ATTENTION_FINAL_DUE, false, "a day earlier");
    f.meetings_held = 12;
    expect(f, ATTENTION_FINAL_DUE, true, "all meetings held");
    f.final_on = f.today;
    expect(f, ATTENTION_FINAL_DUE, false, "done");
    expect(f, ATTENTION_NO_NEXT_MEETING, false, "there is no next one after the last");
    f.today = T + 366;
    expect(f, ATTENTION_PAST_END, true, "evaluated and over, but not closed");
    f.final_on = 0;
    expect(f, ATTENTION_PAST_END, false, "the final evaluation first");
    f.completed_on = f.today;
    for (int k = 0; k < ATTENTION_N; k++)
        expect(f, (enum attention_kind)k, false, "completed: nothing more");
    f.completed_on = 0;
    f.ended_on = f.today;
    expect(f, ATTENTION_FINAL_DUE, false, "ended early: nothing more");
}

static void test_waits(void)
{
    struct progress_settings s = progress_defaults();
    struct attention a = {0};
    CHECK(progress_waits(INTAKE_OFFERED, T - 14, T, &s, &a) && a.severity == SEVERITY_NOW && a.text.msgid && a.action.msgid);
    CHECK(!progress_waits(INTAKE_OFFERED, T - 13, T, &s, &a));
    CHECK(progress_waits(INTAKE_INVITED, T - 30, T, &s, &a));
    CHECK(progress_waits(INTAKE_APPLIED, T - 30, T, &s, &a));
    CHECK(!progress_waits(INTAKE_WAITING, T - 300, T, &s, &a));
    CHECK(!progress_waits(INTAKE_ADMITTED, T - 300, T, &s, &a));
}

static void step_is(enum intake_stage stage, struct progress_facts f, enum step_kind want, const char *why)
{
    struct progress_settings s = progress_defaults();
    struct step out[STEP_N];
    size_t n = progress_steps(stage, stage == INTAKE_INTERVIEW_PLANNED ? f.today + 3 : 0, &f, &s, out);
    if (n == 0 || out[0].kind != want)
        printf("# %s: got %d wanted %d\n", why, n ? (int)out[0].kind : -1, (int)want);
    CHECK(n >= 1 && n <= STEP_N && out[0].kind == want && out[0].title.msgid && out[0].why.msgid);
}

static void test_steps(void)
{
    static const enum step_kind by_stage[INTAKE_STAGE_N] = {
        [INTAKE_LISTED] = STEP_WAIT_FOR_LEADER,   [INTAKE_RECOMMENDED] = STEP_WAIT_FOR_LEADER,
        [INTAKE_INVITED] = STEP_APPLY,            [INTAKE_APPLYING] = STEP_FINISH_APPLICATION,
        [INTAKE_APPLIED] = STEP_WAIT_FOR_LEADER,  [INTAKE_REOPENED] = STEP_FINISH_APPLICATION,
        [INTAKE_INTERVIEW_PLANNED] = STEP_PREPARE_INTERVIEW, [INTAKE_INTERVIEWED] = STEP_WAIT_FOR_LEADER,
        [INTAKE_OFFERED] = STEP_ANSWER_OFFER,     [INTAKE_ADMITTED] = STEP_PREPARE_MATCHING,
        [INTAKE_WAITING] = STEP_WAIT_FOR_LEADER,  [INTAKE_DECLINED] = STEP_NONE,
        [INTAKE_OTHER_WAY] = STEP_NONE,           [INTAKE_NOT_NOW] = STEP_NONE,
    };
    struct progress_facts f = {.today = T};
    for (int i = 0; i < INTAKE_STAGE_N; i++)
        step_is((enum intake_stage)i, f, by_stage[i], intake_stage_names[i].code);
    enum intake_stage in = INTAKE_ADMITTED;
    f.prepared = true;
    step_is(in, f, STEP_WAIT_FOR_MENTOR, "prepared, no mentor yet");
    f.pair = PAIR_MEETING;
    f.matching_meeting_on = T + 3;
    step_is(in, f, STEP_PREPARE_MATCHING, "the matching meeting comes");
    f.pair = PAIR_THINKING;
    step_is(in, f, STEP_THINK, "the pause");
    f.asked_on = T;
    step_is(in, f, STEP_ANSWER_MATCH, "asked");
    f.answered = true;
    step_is(in, f, STEP_WAIT_FOR_ANSWER, "the other one is still thinking");
    f.pair = PAIR_ACCEPTED;
    f.accepted_on = T;
    step_is(in, f, STEP_SIGN, "both said yes");
    f.trainee_signed = true;
    step_is(in, f, STEP_WAIT_FOR_SIGNATURE, "the mentor signs too");
    f = active(T + 100);
    step_is(in, f, STEP_PREPARE_MEETING, "all is well");
    f.my_tasks_open = 1;
    f.my_task_due_on = f.today + 3;
    step_is(in, f, STEP_DO_TASKS, "a task before the meeting");
    f.midway_on = 0;
    f.meetings_held = 6;
    step_is(in, f, STEP_MIDWAY, "midway");
    f.next_planned_on = 0;
    step_is(in, f, STEP_PLAN_MEETING, "no meeting planned");
    f.my_tasks_overdue = 1;
    step_is(in, f, STEP_DO_TASKS, "a task is overdue");
    f.unminuted = 1;
    f.unminuted_on = f.today - 1;
    step_is(in, f, STEP_WRITE_MINUTES, "minutes first, while one remembers");
    struct leave l = {f.today - 1, 0, 0};
    f.leaves = &l;
    f.leaves_n = 1;
    step_is(in, f, STEP_ON_LEAVE, "on leave nothing else");
    f.leaves_n = 0;
    f.completed_on = f.today;
    step_is(in, f, STEP_FINISHED, "done");
    f = active(T + 340);
    f.midway_on = T + 180;
    f.next_planned_on = f.today + 5;
    step_is(in, f, STEP_FINAL, "the final evaluation");
    f.meetings_held = 12;
    f.next_planned_on = 0;
    f.final_on = f.today;
    step_is(in, f, STEP_WAIT_FOR_LEADER, "all done, the leader closes");
}

static void test_settings(void)
{
    struct progress_settings s = progress_defaults();
    struct say why = {0};
    CHECK_ERR(progress_check(&s, &why), OK);
    s.months = 0;
    CHECK_ERR(progress_check(&s, &why), ERR_INVALID);
    CHECK(why.msgid);
    s = progress_defaults();
    s.tolerance_days = -1;
    CHECK_ERR(progress_check(&s, &why), ERR_INVALID);
    s = progress_defaults();
    s.midway_meetings = s.meetings + 1;
    CHECK_ERR(progress_check(&s, &why), ERR_INVALID);
}

int main(void)
{
    T = tm_on(2025, 9, 15);
    test_clock();
    test_on_time();
    test_attention_before();
    test_attention_meetings();
    test_attention_evaluations();
    test_waits();
    test_steps();
    test_settings();
    return test_end();
}
