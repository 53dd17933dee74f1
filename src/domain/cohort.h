/* cohort.h: how far a cohort has come, seen as a whole (handbook: admission, matching, twelve months with a mentor, on to work). */
#pragma once
#include "base/base.h"

enum cohort_phase {
    COHORT_ADMISSION,
    COHORT_MATCHING,
    COHORT_MENTORING,
    COHORT_TO_WORK, /* the last months of the mentoring: into a job */
    COHORT_ENDING,  /* the planned time is over, or nobody is left in it */
    COHORT_PHASE_N,
    COHORT_DONE = COHORT_PHASE_N /* closed */
};
extern const char *const cohort_phase_names[COHORT_PHASE_N + 1]; /* msgids, COHORT_DONE too */
enum { COHORT_TO_WORK_MONTHS = 3 };

struct cohort_facts {
    int today, start_on; /* start_on: planned */
    bool closed;
    int running;          /* trainees, active or on leave */
    int over;             /* completed or ended early */
    int paired;           /* of all of them, who has or had a mentor */
    int first_meeting_on; /* the earliest mentoring meeting held; 0: none */
    int months;           /* 12 */
};
enum cohort_phase cohort_phase(const struct cohort_facts *f);
/* From when to when a phase is, or is planned to be; 0 where that cannot be known yet. */
struct cohort_span {
    int from_on, until_on;
};
struct cohort_span cohort_span(const struct cohort_facts *f, enum cohort_phase phase);
