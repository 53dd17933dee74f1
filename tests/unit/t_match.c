#include "domain/match.h"
#include "tests/test.h"

static const struct {
    enum match_status from;
    enum match_act act;
    enum err err;
    enum match_status to;
    const char *why;
} steps[] = {
    {MATCH_PROPOSED, MATCH_PLAN_MEETING, OK, MATCH_MEETING_PLANNED, "a proposal becomes a meeting"},
    {MATCH_MEETING_PLANNED, MATCH_PLAN_MEETING, OK, MATCH_MEETING_PLANNED, "a meeting may be moved"},
    {MATCH_PROPOSED, MATCH_HOLD_MEETING, ERR_STATE, 0, "no meeting was planned"},
    {MATCH_PROPOSED, MATCH_ASK, ERR_STATE, 0, "nobody is asked before they have met"},
    {MATCH_MEETING_PLANNED, MATCH_ASK, ERR_STATE, 0, "nor before the meeting was held"},
    {MATCH_MEETING_HELD, MATCH_ASK, OK, MATCH_ASKED, "after the pause both are asked"},
    {MATCH_ASKED, MATCH_START, ERR_STATE, 0, "no start without two answers"},
    {MATCH_ACCEPTED, MATCH_START, OK, MATCH_RUNNING, "both signed"},
    {MATCH_ACCEPTED, MATCH_TAKE_BACK, OK, MATCH_TAKEN_BACK, "until it is signed it can be taken back"},
    {MATCH_RUNNING, MATCH_TAKE_BACK, ERR_STATE, 0, "a running pair is ended, not taken back"},
    {MATCH_DECLINED, MATCH_ASK, ERR_STATE, 0, "a no stands"},
};

int main(void)
{
    for (size_t i = 0; i < COUNT(steps); i++) {
        enum match_status to = MATCH_STATUS_N;
        enum err e = match_next(steps[i].from, steps[i].act, &to);
        if (e != steps[i].err || (!e && to != steps[i].to))
            printf("# %s\n", steps[i].why);
        CHECK(e == steps[i].err && (e || to == steps[i].to) && (!e || to == MATCH_STATUS_N));
    }
    CHECK(match_answered(MATCH_YES, MATCH_NO_ANSWER) == MATCH_ASKED);
    CHECK(match_answered(MATCH_NO_ANSWER, MATCH_YES) == MATCH_ASKED);
    CHECK(match_answered(MATCH_YES, MATCH_YES) == MATCH_ACCEPTED);
    CHECK(match_answered(MATCH_NO, MATCH_NO_ANSWER) == MATCH_ASKED); /* an end now would tell the other who said no */
    CHECK(match_answered(MATCH_NO_ANSWER, MATCH_NO) == MATCH_ASKED);
    CHECK(match_answered(MATCH_NO, MATCH_NO) == MATCH_DECLINED);
    CHECK(match_answered(MATCH_YES, MATCH_NO) == MATCH_DECLINED);
    struct say why = {0};
    CHECK_ERR(match_may_ask(0, 100, &why), ERR_STATE);
    CHECK_ERR(match_may_ask(100, 100, &why), ERR_STATE); /* not on the same day */
    CHECK(why.msgid != NULL);
    CHECK_ERR(match_may_ask(100, 101, &why), OK);
    for (int s = 0; s < MATCH_STATUS_N; s++)
        CHECK(match_status_names[s].name && match_status_names[s].party);
    CHECK(!strcmp(match_status_names[MATCH_DECLINED].party, match_status_names[MATCH_TAKEN_BACK].party)); /* no telling them apart */
    return test_end();
}
