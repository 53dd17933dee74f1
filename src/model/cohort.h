/* cohort.h: tables cohort and offer. */
#pragma once
#include "db/db.h"

struct cohort_row {
    int64_t id, organisation_id, closed_at, created_at, version;
    struct str name;
    int start_on, seats;
    int admitted, open_offers; /* counted when read */
};
enum err cohort_insert(struct db *db, const struct cohort_row *c, int64_t *id) MUST_CHECK;
enum err cohort_get(struct db *db, struct arena *a, int64_t id, struct cohort_row *out) MUST_CHECK;
/* ERR_CONFLICT when version is not c->version. */
enum err cohort_update(struct db *db, const struct cohort_row *c) MUST_CHECK;
/* Newest start first. */
enum err cohort_all(struct db *db, struct arena *a, int64_t organisation_id, struct cohort_row **rows, size_t *n) MUST_CHECK;

enum offer_status { OFFER_OPEN, OFFER_ACCEPTED, OFFER_DECLINED, OFFER_WITHDRAWN };
struct offer_row {
    int64_t id, participant_id, cohort_id, by_account, at, answered_at;
    int answer_by_on;
    enum offer_status status;
    struct str answer_note, over_seats_reason;
    struct str cohort_name, first_name, last_name; /* when read */
    int64_t organisation_id;                       /* of the participant, when read */
};
enum err offer_insert(struct db *db, const struct offer_row *o, int64_t *id) MUST_CHECK;
enum err offer_get(struct db *db, struct arena *a, int64_t id, struct offer_row *out) MUST_CHECK;
/* The newest of a participant; ERR_NOT_FOUND when there is none. */
enum err offer_newest(struct db *db, struct arena *a, int64_t participant_id, struct offer_row *out) MUST_CHECK;
enum err offer_of_cohort(struct db *db, struct arena *a, int64_t cohort_id, struct offer_row **rows, size_t *n) MUST_CHECK;
/* Only an open offer can be answered: else ERR_CONFLICT. */
enum err offer_answer(struct db *db, int64_t id, enum offer_status status, int64_t now, struct str note) MUST_CHECK;
