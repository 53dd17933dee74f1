/* trainee.h: table trainee, read together with the participant behind it. */
#pragma once
#include "db/db.h"

enum trainee_status { TRAINEE_ACTIVE, TRAINEE_COMPLETED, TRAINEE_ON_LEAVE, TRAINEE_ENDED };
struct trainee_row {
    int64_t id, organisation_id, participant_id, cohort_id, admitted_at, version;
    enum trainee_status status;
    int completed_on, on_time, ended_on;
    struct str end_reason, wish_sex, wish_age, wish_language, wish_sector, wish_text, goals, expectations, motivation;
    /* of the participant and the cohort, when read */
    struct str first_name, last_name, sort_name, sex, email, phone, lang, languages, field, field_text, occupation, municipality, cohort_name;
    int birth_year, experience_years, address_protection;
    int64_t account_id, adviser_id, nav_contact_id;
};
enum err trainee_insert(struct db *db, const struct trainee_row *t, int64_t *id) MUST_CHECK;
enum err trainee_get(struct db *db, struct arena *a, int64_t id, struct trainee_row *out) MUST_CHECK;
enum err trainee_of_participant(struct db *db, struct arena *a, int64_t participant_id, struct trainee_row *out) MUST_CHECK;
enum err trainee_of_cohort(struct db *db, struct arena *a, int64_t cohort_id, struct trainee_row **rows, size_t *n) MUST_CHECK;
/* Of the whole organisation, newest cohort first, by name. */
enum err trainee_all(struct db *db, struct arena *a, int64_t organisation_id, struct trainee_row **rows, size_t *n) MUST_CHECK;
/* Status with its dates and reason, and over_on after them; on_time as given. ERR_CONFLICT when version is not t->version. */
enum err trainee_set_status(struct db *db, const struct trainee_row *t) MUST_CHECK;
/* Wishes for a mentor and the preparation of the matching meeting. ERR_CONFLICT when version is not t->version. */
enum err trainee_set_preparation(struct db *db, const struct trainee_row *t) MUST_CHECK;
