/* cohort.h: tables cohort and offer. */
#pragma once
#include "db/db.h"
#include "model/relation.h"

struct cohort_row {
    int64_t id, organisation_id, closed_at, created_at, version;
    struct str name;
    int start_on, seats;
    /* counted when read */
    int admitted, open_offers;
    int running, on_leave, completed, ended; /* of the admitted: running includes those on leave; ended early */
    int paired;                              /* of the admitted: has or had a mentor */
    int field_jobs;                          /* of the admitted: a job in the own profession */
    int first_meeting_on;                    /* the earliest mentoring meeting, 0: none */
};
enum err cohort_insert(struct db *db, const struct cohort_row *c, int64_t *id) MUST_CHECK;
enum err cohort_get(struct db *db, struct arena *a, int64_t id, struct viewer v, struct cohort_row *out) MUST_CHECK;
/* ERR_CONFLICT when version is not c->version. */
enum err cohort_update(struct db *db, const struct cohort_row *c) MUST_CHECK;
/* To choose from: those that start last, newest start first, and `also` (0: none) when it is an older one. */
enum { COHORT_NAMES_MAX = 100 };
struct cohort_name {
    int64_t id;
    struct str name;
    int start_on;
};
enum err cohort_names(struct db *db, struct arena *a, int64_t organisation_id, int64_t also, struct cohort_name **rows, size_t *n) MUST_CHECK;

/* One page, newest start first, after a start and an id (id 0: the beginning). */
enum err cohort_after(struct db *db, struct arena *a, int64_t organisation_id, int after_start_on, int64_t after_id, int64_t limit,
                     struct viewer v, struct cohort_row **rows, size_t *n) MUST_CHECK;
/* Those not closed, newest start first; at most 100. */
enum err cohort_current(struct db *db, struct arena *a, int64_t organisation_id, struct viewer v, struct cohort_row **rows, size_t *n) MUST_CHECK;

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
enum err offer_of_cohort(struct db *db, struct arena *a, int64_t cohort_id, struct viewer v, struct offer_row **rows, size_t *n) MUST_CHECK;
/* Open ones of an organisation, the nearest date to answer by first. */
enum err offer_waiting(struct db *db, struct arena *a, int64_t organisation_id, int64_t limit, struct viewer v, struct offer_row **rows, size_t *n) MUST_CHECK;
/* Only an open offer can be answered: else ERR_CONFLICT. */
enum err offer_answer(struct db *db, int64_t id, enum offer_status status, int64_t now, struct str note) MUST_CHECK;
