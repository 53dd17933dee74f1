/* matching.h: proposals over the whole group, and a pair's way to yes or no (product F1, F2). */
#pragma once
#include "domain/matching.h"
#include "model/match.h"
#include "model/mentor.h"
#include "model/trainee.h"
#include "service/ctx.h"

struct matching_board { /* the page of proposals: everything in it belongs to the same calculation */
    struct match_need *needs; /* trainees without a mentor, in the order of the task */
    struct mentor_row *mentors;
    size_t n_needs, n_mentors;
    struct matching_proposal proposal;
    struct match_wish_row *wishes; /* pins and forbids of the organisation */
    size_t n_wishes;
    struct match_row *open; /* pairs under way */
    size_t n_open;
    struct matching_couple bad; /* set when pins contradict each other: then there is no proposal */
    bool contradiction;
    int64_t cohort_id; /* as it was asked for */
    enum matching_reach reach;
    bool cut; /* there are more trainees or mentors than are looked at at once (MATCH_NEEDS_MAX, MENTOR_ALL_MAX) */
};
/* cohort_id 0: all trainees who wait. reach: MATCHING_COUNTY looks for mentors in the trainee's county and at those whose place is not known (of whose address
 * is protected no place is). Slow for thousands of mentors: some ms for a municipality. */
enum err matching_board(struct ctx *c, int64_t cohort_id, enum matching_reach reach, struct matching_board *out) MUST_CHECK;

/* "These two" / "never these two", with a reason; matching_wish_clear takes it back. */
enum err matching_wish(struct ctx *c, int64_t trainee_id, int64_t mentor_id, enum match_wish_kind kind, struct str reason) MUST_CHECK;
enum err matching_wish_clear(struct ctx *c, int64_t trainee_id, int64_t mentor_id) MUST_CHECK;
/* The leader chooses a pair: it is under way from now on. ERR_STATE: the trainee has a match or a mentor already, the mentor
 * no place, or the two are kept apart. */
enum err matching_choose(struct ctx *c, int64_t trainee_id, int64_t mentor_id, int64_t *id) MUST_CHECK;

/* A match as leader, trainee or mentor may see it. *side: 0 leader, 1 trainee, 2 mentor; the other side's answer and comment are blanked
 * for trainee and mentor. ERR_STATE: a mentor who has not confirmed the duty of confidentiality. */
enum err matching_see(struct ctx *c, int64_t id, struct match_row *out, int *side) MUST_CHECK;
enum err matching_plan_meeting(struct ctx *c, int64_t id, int64_t version, int64_t at, struct str place) MUST_CHECK;
enum err matching_hold_meeting(struct ctx *c, int64_t id, int64_t version, int held_on) MUST_CHECK;
/* ERR_STATE with *why before the pause is over. */
enum err matching_ask(struct ctx *c, int64_t id, int64_t version, struct say *why) MUST_CHECK;
/* Trainee or mentor answers for themselves, once, in confidence; nothing happens before both have. Two yes: the agreement is made. Else
 * it is over, both are told in the same words, and the pair is not proposed again. */
enum err matching_answer(struct ctx *c, int64_t id, enum match_answer answer, struct str comment) MUST_CHECK;
enum err matching_take_back(struct ctx *c, int64_t id, int64_t version, struct str reason) MUST_CHECK;

/* The trainee's own preparation: wishes, goals, expectations, motivation. ERR_NOT_FOUND when the actor is no trainee yet. */
enum err matching_own_preparation(struct ctx *c, struct trainee_row *out) MUST_CHECK;
enum err matching_prepare(struct ctx *c, const struct trainee_row *t) MUST_CHECK;
