/* mentorship.h: table mentorship, a pair that works together, read with both persons. */
#pragma once
#include "db/db.h"

enum mentorship_status { MENTORSHIP_ACTIVE, MENTORSHIP_COMPLETED, MENTORSHIP_ENDED };
struct mentorship_row {
    int64_t id, organisation_id, match_id, trainee_id, mentor_id, started_at, version;
    int first_meeting_on, ended_on;
    enum mentorship_status status;
    struct str end_reason, contact_after;
    /* when read */
    int64_t participant_id, trainee_account_id, mentor_account_id;
    struct str trainee_first_name, trainee_last_name, trainee_email, trainee_lang;
    struct str mentor_first_name, mentor_last_name, mentor_email, mentor_lang, mentor_job_title, mentor_employer;
    int address_protection; /* of the trainee */
};
enum err mentorship_insert(struct db *db, const struct mentorship_row *m, int64_t *id) MUST_CHECK;
enum err mentorship_get(struct db *db, struct arena *a, int64_t id, struct mentorship_row *out) MUST_CHECK;
/* A trainee's newest. */
enum err mentorship_of_trainee(struct db *db, struct arena *a, int64_t trainee_id, struct mentorship_row *out) MUST_CHECK;
/* A mentor's running ones, then ended ones. */
enum err mentorship_of_mentor(struct db *db, struct arena *a, int64_t mentor_id, struct mentorship_row **rows, size_t *n) MUST_CHECK;
/* Running ones of an organisation. */
enum err mentorship_running(struct db *db, struct arena *a, int64_t organisation_id, struct mentorship_row **rows, size_t *n) MUST_CHECK;
/* first_meeting_on, status, ended_on, end_reason, contact_after. ERR_CONFLICT when version is not m->version. */
enum err mentorship_update(struct db *db, const struct mentorship_row *m) MUST_CHECK;
