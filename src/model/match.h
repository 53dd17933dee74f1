/* match.h: tables match and match_wish, and the facts matching works on. */
#pragma once
#include "db/db.h"
#include "domain/match.h"
#include "model/relation.h"

struct match_row {
    int64_t id, organisation_id, trainee_id, mentor_id, meeting_at, asked_at, trainee_answer_at, mentor_answer_at, by_account, at, version;
    int points, meeting_held_on, trainee_answer, mentor_answer, sequence;
    enum match_status status;
    struct str reasons, meeting_place, trainee_comment, mentor_comment;
    /* when read */
    int64_t participant_id, cohort_id, trainee_account_id, mentor_account_id, agreement_id;
    struct str trainee_first_name, trainee_last_name, trainee_email, trainee_lang, trainee_field;
    struct str mentor_first_name, mentor_last_name, mentor_email, mentor_lang, mentor_job_title, mentor_employer, mentor_specialisation;
    int mentor_experience_years, address_protection;
};
enum err match_insert(struct db *db, const struct match_row *m, int64_t *id) MUST_CHECK;
enum err match_get(struct db *db, struct arena *a, int64_t id, struct match_row *out) MUST_CHECK;
/* The open one (proposed to accepted) of a trainee; ERR_NOT_FOUND when there is none. */
enum err match_open_of_trainee(struct db *db, struct arena *a, int64_t trainee_id, struct match_row *out) MUST_CHECK;
enum err match_of_mentor(struct db *db, struct arena *a, int64_t mentor_id, struct match_row **rows, size_t *n) MUST_CHECK; /* open ones */
/* Open ones and those of the last months, newest first. */
enum err match_of_organisation(struct db *db, struct arena *a, int64_t organisation_id, struct viewer v, struct match_row **rows, size_t *n) MUST_CHECK;
/* Everything but who and the reasons. ERR_CONFLICT when version is not m->version. */
enum err match_update(struct db *db, const struct match_row *m) MUST_CHECK;

enum match_wish_kind { MATCH_PIN = 1, MATCH_FORBID = 2 };
struct match_wish_row {
    int64_t id, trainee_id, mentor_id, by_account, at;
    enum match_wish_kind kind;
    struct str reason;
};
enum err match_wish_put(struct db *db, const struct match_wish_row *w) MUST_CHECK; /* replaces one for the same two */
enum err match_wish_remove(struct db *db, int64_t trainee_id, int64_t mentor_id) MUST_CHECK;
enum err match_wish_all(struct db *db, struct arena *a, int64_t organisation_id, struct viewer v, struct match_wish_row **rows, size_t *n) MUST_CHECK;

struct match_need { /* a trainee without a mentor */
    int64_t id, participant_id, cohort_id;
    struct str first_name, last_name, sex, languages, field, field_text, occupation, municipality, cohort_name, wish_sex, wish_age,
        wish_language, wish_sector, wish_text;
    int birth_year, experience_years, address_protection;
};
/* Active trainees without an open match or a running mentorship, of a cohort or (0) of the organisation, by name; at most MATCH_NEEDS_MAX. */
enum { MATCH_NEEDS_MAX = 500 };
enum err match_needs(struct db *db, struct arena *a, int64_t organisation_id, int64_t cohort_id, struct viewer v, struct match_need **rows, size_t *n) MUST_CHECK;
struct match_place { /* how many places of a mentor are taken by open matches and running mentorships */
    int64_t mentor_id;
    int taken;
};
enum err match_places(struct db *db, struct arena *a, int64_t organisation_id, struct viewer v, struct match_place **rows, size_t *n) MUST_CHECK;
