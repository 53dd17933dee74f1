/* mentor.h: table mentor, the register. */
#pragma once
#include "db/db.h"

struct mentor_row {
    int64_t id, organisation_id, account_id, confidentiality_at, recommended_by, ended_at, created_at, updated_at, version;
    struct str first_name, last_name, sort_name, email, phone, lang, sex, field, specialisation, occupation, job_title, employer,
        sector, languages, municipality, motivation, wish_sex, wish_text;
    int birth_year, experience_years, seniority, network, capacity, police_certificate_on, paused_until_on;
    int trainees; /* running mentorships and matches under way, counted when read */
};
enum err mentor_insert(struct db *db, const struct mentor_row *m, int64_t *id) MUST_CHECK;
enum err mentor_by_account(struct db *db, struct arena *a, int64_t organisation_id, int64_t account_id,
                           struct mentor_row *out) MUST_CHECK;
enum err mentor_get(struct db *db, struct arena *a, int64_t id, struct mentor_row *out) MUST_CHECK;
/* ERR_CONFLICT when version is not m->version. */
enum err mentor_update(struct db *db, const struct mentor_row *m) MUST_CHECK;
enum err mentor_set_account(struct db *db, int64_t id, int64_t account_id) MUST_CHECK;
/* Not ended ones, by name. */
enum err mentor_all(struct db *db, struct arena *a, int64_t organisation_id, struct mentor_row **rows, size_t *n) MUST_CHECK;
