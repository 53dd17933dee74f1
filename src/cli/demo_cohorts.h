/* demo_cohorts.h: the demo's trainees, cohort by cohort. */
#pragma once
#include "cli/demo_room.h"

enum { DEMO_NEXT_N = 6 };
extern const struct demo_trainee demo_cohort_one[5], demo_cohort_two[5], demo_cohort_three[5]; /* the fifteen of the handbook */
extern const struct demo_trainee demo_cohort_next[DEMO_NEXT_N];                               /* of the cohort that begins soon */
