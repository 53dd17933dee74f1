/* way.h: the own way: what a trainee (or somebody on the way to become one) and a mentor see on their start pages. */
#pragma once
#include "domain/mentor_steps.h"
#include "model/interview.h"
#include "model/match.h"
#include "model/participant.h"
#include "service/mentoring.h"
#include "service/task.h"

struct way { /* of a participant or trainee */
    struct participant_row participant;
    struct interview_row interview; /* id 0: none; of it only time, place and feedback are the candidate's to see */
    bool is_trainee;
    struct standing standing; /* when is_trainee */
    bool has_pair;
    struct mentorship_row pair;
    struct step steps[STEP_N]; /* the first is what to do now */
    size_t n_steps;
    struct task_row *tasks; /* everybody's, open ones first */
    size_t n_tasks;
};
/* ACT_PROGRESS_SEE about oneself. ERR_NOT_FOUND: the account belongs to no participant. */
enum err way_own(struct ctx *c, struct way *out) MUST_CHECK;

struct mentor_way { /* of a mentor with one trainee */
    bool has_pair;                /* else only a match is under way */
    struct mentorship_row pair;
    struct standing standing;
    struct match_row match;       /* of the pair, or under way */
    const struct standing_meeting *minutes; /* the newest meeting with minutes, at most some weeks ago; NULL */
    struct task_row *tasks;       /* open ones of the mentor */
    size_t n_tasks;
    struct mentor_step steps[MENTOR_STEP_N];
    size_t n_steps;
};
enum { WAY_MINUTES_DAYS = 14 /* so long minutes are shown as something to read */ };
/* Running pairs, then matches under way. ACT_MENTOR_SEE about oneself. */
enum err way_mentor(struct ctx *c, struct mentor_way **out, size_t *n) MUST_CHECK;
