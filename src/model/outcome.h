/* outcome.h: tables outcome and internship, and what the results are counted from. */
#pragma once
#include "db/db.h"
#include "domain/outcome.h"
#include "model/relation.h"
#include "model/trainee.h"

struct outcome_row {
    int64_t id, trainee_id, by_account, at, version;
    enum outcome_kind kind; /* job, education or none */
    int offered_on, from_on, until_on;
    struct str employer, occupation, job_title; /* the employer counts as an address */
    int percent, practice_percent;
    enum permanence permanent;
    enum outcome_subsidy subsidy;
    enum relevance field_relevant;
    enum outcome_found found_by;
    struct str note;
};
enum err outcome_insert(struct db *db, const struct outcome_row *o, int64_t *id) MUST_CHECK;
enum err outcome_get(struct db *db, struct arena *a, int64_t id, struct outcome_row *out) MUST_CHECK;
/* Everything but the trainee and who registered it. ERR_CONFLICT when version is not o->version. */
enum err outcome_update(struct db *db, const struct outcome_row *o) MUST_CHECK;
/* Newest first. */
enum err outcome_of_trainee(struct db *db, struct arena *a, int64_t trainee_id, struct outcome_row **rows, size_t *n) MUST_CHECK;
/* What the rules read (domain/outcome.h). */
struct outcome outcome_of_row(const struct outcome_row *o);

struct internship_row {
    int64_t id, trainee_id, by_account, at, version;
    struct str business; /* counts as an address */
    int from_on, until_on, percent;
    enum relevance field_relevant;
};
enum err internship_insert(struct db *db, const struct internship_row *i, int64_t *id) MUST_CHECK;
enum err internship_get(struct db *db, struct arena *a, int64_t id, struct internship_row *out) MUST_CHECK;
/* ERR_CONFLICT when version is not i->version. */
enum err internship_update(struct db *db, const struct internship_row *i) MUST_CHECK;
/* Newest first. */
enum err internship_of_trainee(struct db *db, struct arena *a, int64_t trainee_id, struct internship_row **rows, size_t *n) MUST_CHECK;

/* One trainee as the results need it, without a name. */
struct result_fact {
    int64_t id, cohort_id, admitted_at;
    struct str cohort_name, sex, field;
    int cohort_start_on, completed_on, on_time;
    int first_meeting_on; /* the first of all mentoring meetings; 0: none yet */
    enum trainee_status status;
    bool internship; /* has or had one that had begun by then */
    bool education;
};
struct result_ask {
    int64_t organisation_id;
    int64_t cohort_id;       /* 0: all */
    int64_t from_at, to_at;  /* admitted then or later, and before */
    struct viewer viewer;
};
/* Those whose cohort has begun, or who have met a mentor. The cost follows those that were asked for. */
enum err result_facts(struct db *db, struct arena *a, const struct result_ask *k, struct result_fact **rows, size_t *n) MUST_CHECK;
/* The jobs of the same trainees and maybe others, by trainee. */
enum err result_jobs(struct db *db, struct arena *a, const struct result_ask *k, struct outcome_row **rows, size_t *n) MUST_CHECK;
/* What there is to choose from: when the first and the last of them were admitted (0: nobody yet), and their cohorts, the newest 500. */
struct result_span {
    int64_t first_at, last_at;
};
struct result_cohort {
    int64_t id;
    struct str name;
};
enum err result_span(struct db *db, struct arena *a, int64_t organisation_id, struct viewer v, struct result_span *out) MUST_CHECK;
enum err result_cohorts(struct db *db, struct arena *a, int64_t organisation_id, struct viewer v, struct result_cohort **rows, size_t *n) MUST_CHECK;

/* Something with a last day: a temporary or subsidised job, an education, an internship. */
struct ending_row {
    int64_t id, trainee_id, participant_id; /* id: of the outcome or the internship */
    struct str first_name, last_name;
    enum outcome_kind kind;
    enum outcome_subsidy subsidy;
    int until_on, address_protection;
};
enum { ENDINGS_MAX = 50 };
/* Of an organisation's trainees (and, of an adviser or NAV contact, of organisations that cooperate with it today), of one NAV contact, or (nav_contact_id 0) one adviser, with a last day in [from_on, to_on]; the nearest first. */
enum err outcome_endings(struct db *db, struct arena *a, int64_t organisation_id, int64_t nav_contact_id, int64_t adviser_id, int from_on,
                         int to_on, struct viewer v, struct ending_row **rows, size_t *n) MUST_CHECK;
