/* offer.h: the answer to an applicant: a place in a cohort, the waiting list, another way, not now; and the applicant's own answer (D5).
 * The mail only says that there is news. */
#pragma once
#include "model/interview.h"
#include "service/cohort.h"
#include "service/participant.h"

enum { OFFER_DAYS = 14, OFFER_DAYS_MAX = 180 };
struct offer_sheet { /* what the leader sees before deciding */
    struct participant_row p;
    struct cohort_card *cohorts; /* those one can be admitted to, newest start first */
    size_t n_cohorts;
    struct offer_row offer; /* the newest; id 0: none */
    struct interview_row interview; /* the newest; id 0: none */
    struct event_row *events; /* steps of the intake, newest first */
    size_t n_events;
    enum intake_act acts[INTAKE_ACT_N]; /* what can be decided here, in the order of buttons */
    size_t n_acts;
};
/* Is this one of the decisions made here? */
bool offer_decides(enum intake_act act);
enum err offer_look(struct ctx *c, int64_t participant_id, struct offer_sheet *out) MUST_CHECK;

/* `seen` is the stage that the form showed: ERR_CONFLICT when it is another by now. */
struct offer_ask {
    int64_t cohort_id;
    int answer_by_on;
    struct str reason, over_seats_reason;
};
/* ERR_STATE with *why: the cohort is full and over_seats_reason empty, or closed. ERR_INVALID: no reason, or a date that cannot be. */
enum err offer_make(struct ctx *c, int64_t participant_id, enum intake_stage seen, const struct offer_ask *ask, struct say *why) MUST_CHECK;
/* INTAKE_WITHDRAW_OFFER, INTAKE_WAIT, INTAKE_GO_OTHER_WAY, INTAKE_SAY_NOT_NOW or INTAKE_RESUME. */
enum err offer_decide(struct ctx *c, int64_t participant_id, enum intake_stage seen, enum intake_act act, struct str reason) MUST_CHECK;

struct offer_letter { /* what the applicant sees */
    struct participant_row p;
    struct offer_row offer; /* the newest; id 0: none */
    struct cohort_row cohort;
    struct str words; /* the reason given with the last answer, when the applicant is to read it */
};
enum err offer_mine(struct ctx *c, struct offer_letter *out) MUST_CHECK;
/* Yes makes the person a trainee of the cohort. ERR_STATE: it is not open any more. */
enum err offer_reply(struct ctx *c, int64_t offer_id, bool yes, struct str note) MUST_CHECK;
