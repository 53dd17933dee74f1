/* A candidate's way: the straight way, every stage × every act against a drawn table, and the seats of a cohort. */
#include "domain/intake.h"
#include "tests/test.h"

static void test_straight_way(void)
{
    static const struct {
        enum intake_act act;
        enum intake_stage then;
    } way[] = {
        {INTAKE_RECOMMEND, INTAKE_RECOMMENDED},         {INTAKE_INVITE, INTAKE_INVITED},
        {INTAKE_START, INTAKE_APPLYING},                {INTAKE_SUBMIT, INTAKE_APPLIED},
        {INTAKE_REOPEN, INTAKE_REOPENED},               {INTAKE_SUBMIT, INTAKE_APPLIED},
        {INTAKE_PLAN_INTERVIEW, INTAKE_INTERVIEW_PLANNED}, {INTAKE_MOVE_INTERVIEW, INTAKE_INTERVIEW_PLANNED},
        {INTAKE_HOLD_INTERVIEW, INTAKE_INTERVIEWED},    {INTAKE_OFFER, INTAKE_OFFERED},
        {INTAKE_ACCEPT, INTAKE_ADMITTED},
    };
    enum intake_stage s = INTAKE_LISTED;
    for (size_t i = 0; i < COUNT(way); i++) {
        CHECK_ERR(intake_next(s, way[i].act, (struct intake_past){0}, &s), OK);
        CHECK_INT(s, way[i].then);
    }
}

/* Columns are the acts in the order of the enum: recommend, unrecommend, invite, start, submit, reopen, plan, move, cancel, hold, offer,
 * withdraw, accept, decline, wait, other way, not now, resume. A dot: not from here. */
static const char *const table[INTAKE_STAGE_N] = {
    [INTAKE_LISTED] = "+.+............++.",
    [INTAKE_RECOMMENDED] = ".++............++.",
    [INTAKE_INVITED] = "..++.........+.++.",
    [INTAKE_APPLYING] = "....+........+.++.",
    [INTAKE_APPLIED] = ".....++......++++.",
    [INTAKE_REOPENED] = "....+........+.++.",
    [INTAKE_INTERVIEW_PLANNED] = ".......+++...+.++.",
    [INTAKE_INTERVIEWED] = "......+...+..++++.",
    [INTAKE_OFFERED] = "...........+++....",
    [INTAKE_ADMITTED] = "..................",
    [INTAKE_WAITING] = "..........+..+.+++",
    [INTAKE_DECLINED] = "...............+++",
    [INTAKE_OTHER_WAY] = "................++",
    [INTAKE_NOT_NOW] = "...............+.+",
};

static void test_table(void)
{
    for (int s = 0; s < INTAKE_STAGE_N; s++) {
        enum intake_act acts[INTAKE_ACT_N];
        size_t n = intake_acts((enum intake_stage)s, acts), want = 0;
        for (int a = 0; a < INTAKE_ACT_N; a++) {
            enum intake_stage next = INTAKE_STAGE_N;
            enum err e = intake_next((enum intake_stage)s, (enum intake_act)a, (struct intake_past){0}, &next);
            bool may = table[s][a] == '+';
            want += may;
            if ((e == OK) != may)
                printf("# %s + %s: %s\n", intake_stage_names[s].code, intake_act_names[a].code, err_name(e));
            CHECK(may ? e == OK && next < INTAKE_STAGE_N : e == ERR_STATE && next == INTAKE_STAGE_N);
        }
        CHECK_INT(n, want);
    }
}

static void test_resume(void)
{
    static const struct {
        enum intake_stage from;
        enum intake_act act;
        struct intake_past past;
        enum intake_stage want;
        const char *why;
    } cases[] = {
        {INTAKE_NOT_NOW, INTAKE_RESUME, {0}, INTAKE_LISTED, "had come nowhere"},
        {INTAKE_NOT_NOW, INTAKE_RESUME, {.recommended = true}, INTAKE_RECOMMENDED, "the recommendation stands"},
        {INTAKE_OTHER_WAY, INTAKE_RESUME, {.recommended = true, .applied = true}, INTAKE_APPLIED, "the application stands"},
        {INTAKE_WAITING, INTAKE_RESUME, {.applied = true, .interviewed = true}, INTAKE_INTERVIEWED, "the interview stands"},
        {INTAKE_DECLINED, INTAKE_RESUME, {.applied = true, .interviewed = true}, INTAKE_INTERVIEWED, "a no may be regretted"},
        {INTAKE_INTERVIEW_PLANNED, INTAKE_CANCEL_INTERVIEW, {.applied = true}, INTAKE_APPLIED, "back to the application"},
        {INTAKE_INTERVIEW_PLANNED, INTAKE_CANCEL_INTERVIEW, {.applied = true, .interviewed = true}, INTAKE_INTERVIEWED,
         "a second interview was cancelled, the first stands"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        enum intake_stage next = INTAKE_STAGE_N;
        CHECK_ERR(intake_next(cases[i].from, cases[i].act, cases[i].past, &next), OK);
        if (next != cases[i].want)
            printf("# %s\n", cases[i].why);
        CHECK_INT(next, cases[i].want);
    }
}

static void test_names(void)
{
    for (int s = 0; s < INTAKE_STAGE_N; s++) {
        enum intake_stage back;
        CHECK(intake_stage_names[s].name && intake_stage_names[s].candidate);
        CHECK(intake_stage_of(str_c(intake_stage_names[s].code), &back) && (int)back == s);
    }
    for (int a = 0; a < INTAKE_ACT_N; a++)
        CHECK(intake_act_names[a].code && intake_act_names[a].button && intake_act_names[a].done);
    enum intake_stage s = INTAKE_OFFERED;
    CHECK(!intake_stage_of(STR("nonsense"), &s) && s == INTAKE_OFFERED);
    /* Whoever says no must say why, and only staff can. */
    CHECK(intake_act_names[INTAKE_SAY_NOT_NOW].needs_reason && intake_act_names[INTAKE_GO_OTHER_WAY].needs_reason);
    CHECK(intake_act_names[INTAKE_ACCEPT].by_candidate && !intake_act_names[INTAKE_OFFER].by_candidate);
}

static void test_seats(void)
{
    static const struct {
        int max, admitted, offered, free;
        const char *reason;
        enum err want;
        const char *why;
    } cases[] = {
        {0, 0, 0, 5, "", OK, "five by default"},
        {0, 3, 1, 1, "", OK, "the last one"},
        {0, 3, 2, 0, "", ERR_STATE, "an open offer holds its seat"},
        {0, 5, 0, 0, "  ", ERR_STATE, "spaces are no reason"},
        {0, 5, 0, 0, "To fra samme fagmiljø", OK, "the leader says otherwise, with a reason"},
        {0, 6, 0, 0, "", ERR_STATE, "already over: nothing below zero"},
        {8, 5, 0, 3, "", OK, "a larger cohort"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct intake_seats s = intake_seats(cases[i].max, cases[i].admitted, cases[i].offered);
        struct say why = {0};
        enum err e = intake_may_offer(s, str_c(cases[i].reason), &why);
        if (e != cases[i].want || s.free != cases[i].free)
            printf("# %s\n", cases[i].why);
        CHECK_INT(s.free, cases[i].free);
        CHECK_ERR(e, cases[i].want);
        CHECK((e == OK) == (why.msgid == NULL));
    }
}

int main(void)
{
    test_straight_way();
    test_table();
    test_resume();
    test_names();
    test_seats();
    return test_end();
}
