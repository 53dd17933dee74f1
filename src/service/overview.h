/* overview.h: everything the project leader's start page needs, in a few queries whatever the number of people. */
#pragma once
#include "model/interview.h"
#include "model/match.h"
#include "model/overview.h"
#include "model/task.h"
#include "service/cohort.h"

enum { OVERVIEW_TRAINEES = 500, OVERVIEW_DAYS = 14, OVERVIEW_OFFERS = 50, OVERVIEW_TASKS = 6, OVERVIEW_INTERVIEWS = 50 };
struct overview {
    int64_t stage[INTAKE_STAGE_N]; /* how many; OVERVIEW_COUNT_MAX: at least so many */
    struct overview_person *people; /* see model/overview.h */
    size_t n_people;
    struct offer_row *offers; /* open, the nearest date first */
    size_t n_offers;
    struct interview_coming_row *interviews; /* planned, also those whose time is over; the first first */
    size_t n_interviews;
    struct match_row *matches; /* open */
    size_t n_matches;
    struct standing *trainees; /* running ones, by name; at most OVERVIEW_TRAINEES */
    size_t n_trainees;
    struct cohort_card *cohorts; /* not closed, newest start first */
    size_t n_cohorts;
    struct task_row *tasks; /* the leader's own open ones, by date */
    size_t n_tasks;
};
/* ACT_COHORT_EDIT. Looks are noted by the page, for those it shows. */
enum err overview_leader(struct ctx *c, struct overview *out) MUST_CHECK;
/* Has the trainee neither a mentor nor a match under way? */
bool overview_unmatched(const struct standing *s);
