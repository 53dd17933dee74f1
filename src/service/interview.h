/* interview.h: planning, preparing, holding and assessing an interview, and telling the applicant (D4). */
#pragma once
#include "domain/interview.h"
#include "model/interview.h"
#include "service/application.h"

struct interview {
    struct participant_row person;
    struct interview_row row; /* id 0: none */
    struct interview_question_row *question;
    size_t n_question;
    struct str answer[APPLICATION_NUMBERS]; /* the application's, when it was sent */
};
/* For the project leader. Noted as a look-up. */
enum err interview_open(struct ctx *c, int64_t participant_id, struct interview *out) MUST_CHECK;
/* For the applicant: time, place and feedback that was given; nothing of what was judged. ERR_NOT_FOUND: no participant. */
enum err interview_own(struct ctx *c, struct interview *out) MUST_CHECK;

struct interview_time {
    int64_t at;
    int minutes;
    struct str place;
};
/* Plans one, or moves the planned one (`seen` is then its version). Mail with a calendar object; with a protected address without the
 * place. ERR_STATE: not at this stage of the intake, or the time is impossible (*why says it). ERR_CONFLICT: changed since. */
enum err interview_plan(struct ctx *c, int64_t participant_id, const struct interview_time *when, int64_t seen, struct say *why) MUST_CHECK;
/* ERR_INVALID: no reason. The reason is for the record, the mail only says that it is cancelled. */
enum err interview_cancel(struct ctx *c, int64_t participant_id, int64_t seen, struct str reason) MUST_CHECK;
/* A question to ask, grown from the answer to an application question or free (0). ERR_LIMIT: enough of them. */
enum err interview_question_add(struct ctx *c, int64_t participant_id, int question, struct str text) MUST_CHECK;
enum err interview_question_remove(struct ctx *c, int64_t participant_id, int64_t question_id) MUST_CHECK;

struct interview_judgement {
    int score[INTERVIEW_AREAS]; /* 0: not judged */
    struct str note[INTERVIEW_AREAS], summary;
    const int64_t *question_id; /* notes to the questions */
    const struct str *question_note;
    size_t n_question;
};
/* Saves what was noted and judged; `held` marks the interview as held. ERR_INVALID: held without all three judged. ERR_STATE: none. */
enum err interview_judge(struct ctx *c, int64_t participant_id, const struct interview_judgement *j, bool held, int64_t seen) MUST_CHECK;
/* Shows the applicant the feedback and mails that it is there. ERR_STATE: not held yet. */
enum err interview_feedback(struct ctx *c, int64_t participant_id, struct str text, int64_t seen) MUST_CHECK;
/* The planned or held interview as a calendar object for the project leader's own calendar. */
enum err interview_calendar(struct ctx *c, int64_t participant_id, struct str *out) MUST_CHECK;
