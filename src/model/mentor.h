/* mentor.h: table mentor, the register. */
#pragma once
#include "db/db.h"
#include "model/relation.h"

struct mentor_row {
    int64_t id, organisation_id, account_id, confidentiality_at, recommended_by, ended_at, created_at, updated_at, version;
    struct str first_name, last_name, sort_name, email, phone, lang, sex, field, specialisation, occupation, job_title, employer,
        sector, languages, municipality, motivation, wish_sex, wish_text;
    int birth_year, experience_years, seniority, network, capacity, police_certificate_on, paused_until_on;
    /* confidentiality_at: when the text of now was signed (table confidentiality), read only; the column of that name is not used any more */
    int trainees; /* running mentorships and matches under way, counted when read */
};
/* What sort_name holds: "last first", folded. */
struct str mentor_sort_name(struct arena *a, struct str first, struct str last);
enum err mentor_insert(struct db *db, const struct mentor_row *m, int64_t *id) MUST_CHECK;
enum err mentor_by_account(struct db *db, struct arena *a, int64_t organisation_id, int64_t account_id,
                           struct mentor_row *out) MUST_CHECK;
enum err mentor_get(struct db *db, struct arena *a, int64_t id, struct mentor_row *out) MUST_CHECK;
/* The same, with `trainees` counted as the viewer may know of them. */
enum err mentor_get_for(struct db *db, struct arena *a, int64_t id, struct viewer v, struct mentor_row *out) MUST_CHECK;
/* ERR_CONFLICT when version is not m->version. */
enum err mentor_update(struct db *db, const struct mentor_row *m) MUST_CHECK;
enum err mentor_set_account(struct db *db, int64_t id, int64_t account_id) MUST_CHECK;
/* Not ended ones, by name; at most MENTOR_ALL_MAX. */
enum { MENTOR_ALL_MAX = 5000 };
enum err mentor_all(struct db *db, struct arena *a, int64_t organisation_id, struct mentor_row **rows, size_t *n) MUST_CHECK;

enum mentor_state { MENTORS_ALL, MENTORS_FREE, MENTORS_PAUSED, MENTORS_ENDED, MENTOR_STATE_N }; /* all: that have not left */
struct mentor_filter {
    int64_t viewer; /* account that looks */
    int64_t organisation_id;
    struct str words[2]; /* folded, without % and _: each somewhere in the name or the employer; "" for none */
    struct str field;    /* the first three digits of the field; "" for all */
    enum mentor_state state;
    int today;
    struct str after_name; /* sort_name and id of the last one of the page before; id 0: the beginning */
    int64_t after_id, limit;
};
/* By name. */
enum err mentor_find(struct db *db, struct arena *a, const struct mentor_filter *f, struct mentor_row **rows, size_t *n) MUST_CHECK;
/* Who has this address in the register, also somebody who has left; ERR_NOT_FOUND: nobody. */
enum err mentor_by_email(struct db *db, struct arena *a, int64_t organisation_id, struct str email, struct mentor_row *out) MUST_CHECK;
