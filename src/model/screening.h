/* screening.h: tables criterion_assessment, recommendation, competence_gap: what people say about a participant in screening. */
#pragma once
#include "db/db.h"
#include "domain/criteria.h"
#include "model/participant.h"

struct assessment_row {
    int64_t id, participant_id;
    int criterion, verdict; /* enum criterion, enum verdict */
    struct str note;
    bool by_leader;
    int64_t by_account, at;
    struct str who; /* the account's name, when read */
};
enum err assessment_insert(struct db *db, const struct assessment_row *x) MUST_CHECK;
/* Oldest first. */
enum err assessment_of(struct db *db, struct arena *a, int64_t participant_id, struct assessment_row **rows, size_t *n) MUST_CHECK;

enum recommendation_verdict { RECOMMEND_NONE, RECOMMEND_YES, RECOMMEND_NOT_YET, RECOMMEND_OTHER, RECOMMEND_N };
extern const struct level_name recommendation_names[RECOMMEND_N];
struct recommendation_row {
    int64_t id, participant_id;
    int verdict;
    struct str reason;
    int64_t by_account, at;
    struct str who; /* when read */
};
enum err recommendation_insert(struct db *db, const struct recommendation_row *x) MUST_CHECK;
/* Newest first. */
enum err recommendation_of(struct db *db, struct arena *a, int64_t participant_id, struct recommendation_row **rows, size_t *n) MUST_CHECK;

struct gap_row {
    int64_t id, participant_id;
    struct str requirement, gap;
    int64_t closed_at, by_account, at;
    struct str who; /* when read */
};
enum err gap_insert(struct db *db, const struct gap_row *x) MUST_CHECK;
/* Open ones first, then newest first. */
enum err gap_of(struct db *db, struct arena *a, int64_t participant_id, struct gap_row **rows, size_t *n) MUST_CHECK;
/* ERR_CONFLICT when it is not that participant's or is closed. */
enum err gap_close(struct db *db, int64_t id, int64_t participant_id, int64_t now) MUST_CHECK;

/* ---- the criteria: settings "criteria.CODE.weight" and "criteria.CODE.threshold" of an organisation */
/* What is not set, or set to something the rules refuse, is as in criteria_defaults(). */
enum err criteria_load(struct db *db, struct arena *a, int64_t organisation_id, struct criteria_settings *out) MUST_CHECK;
enum err criteria_store(struct db *db, struct arena *a, int64_t organisation_id, const struct criteria_settings *s, int64_t now,
                        int64_t by_account) MUST_CHECK;
/* The facts of n participants that the criteria look at, with what people have judged, into out[n]; some at a time. */
enum err criteria_facts_of(struct db *db, struct arena *a, const struct participant_row *p, size_t n, int today, struct criteria_facts *out) MUST_CHECK;
/* Puts criteria_sort and criteria_due_on into *p (not into the table); of_hand false leaves out what people have judged (a new person). */
enum err criteria_mark(struct db *db, struct arena *a, const struct criteria_settings *s, struct participant_row *p, int today,
                       bool of_hand) MUST_CHECK;
