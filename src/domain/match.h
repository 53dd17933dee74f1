/* match.h: a proposed pair on its way to yes or no (handbook, "Matchingmøte"; EMCC ISMCP: both influence whether and with whom).
 *
 *   proposed -> meeting planned -> meeting held, a pause -> both asked, each alone -> accepted -> running (the agreement is signed)
 *                                                              '-> declined: in confidence, and a new proposal without blame
 *   until the agreement is signed the leader may take a match back, with a reason. To the two that looks like a no, and a no like that. */
#pragma once
#include "base/say.h"

enum match_status {
    MATCH_PROPOSED,
    MATCH_MEETING_PLANNED,
    MATCH_MEETING_HELD,
    MATCH_ASKED,
    MATCH_ACCEPTED,
    MATCH_DECLINED,
    MATCH_TAKEN_BACK,
    MATCH_RUNNING,
    MATCH_STATUS_N
};
enum match_act { MATCH_PLAN_MEETING, MATCH_HOLD_MEETING, MATCH_ASK, MATCH_TAKE_BACK, MATCH_START, MATCH_ACT_N };
enum match_answer { MATCH_NO_ANSWER, MATCH_YES, MATCH_NO };

struct match_status_name {
    const char *name;  /* msgid: for the leader */
    const char *party; /* msgid: what trainee and mentor read */
    bool open;         /* under way: takes up the trainee and a place of the mentor */
};
extern const struct match_status_name match_status_names[MATCH_STATUS_N];

/* The next status, or ERR_STATE. */
enum err match_next(enum match_status from, enum match_act act, enum match_status *next) MUST_CHECK;
/* After one or both answered. MATCH_ASKED while an answer is missing, also after a no: who has not answered yet and hears that it is over
 * would know who said no. */
enum match_status match_answered(enum match_answer trainee, enum match_answer mentor);
/* May both be asked today? Not on the day of the meeting: a pause of at least one night (Oslo dates). The pause we advise is
 * MATCH_PAUSE_DAYS. */
enum { MATCH_PAUSE_DAYS = 3 };
enum err match_may_ask(int meeting_held_on, int today, struct say *why) MUST_CHECK;
