/* overview.h: what the project leader's start page counts. The cost does not grow with the number of participants: counting stops at
 * OVERVIEW_COUNT_MAX, and each list at its limit. */
#pragma once
#include "db/db.h"
#include "model/relation.h"

enum { OVERVIEW_COUNT_MAX = 1000, OVERVIEW_PEOPLE = 100 };
struct overview_count {
    int stage;
    int64_t n; /* OVERVIEW_COUNT_MAX: at least so many */
};
/* A row for each stage of the intake, in order. */
enum err overview_counts(struct db *db, struct arena *a, int64_t organisation_id, struct viewer v, struct overview_count **rows, size_t *n) MUST_CHECK;

struct overview_person {
    int64_t id, stage_at;
    int stage;
    struct str first_name, last_name;
};
/* Those for whom the leader does the next thing: recommended, applied, interviewed; the longest waiting first. At most OVERVIEW_PEOPLE of
 * each stage are looked at. */
enum err overview_people(struct db *db, struct arena *a, int64_t organisation_id, struct viewer v, struct overview_person **rows, size_t *n) MUST_CHECK;
