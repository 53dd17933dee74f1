/* application.h: tables application and application_answer. */
#pragma once
#include "db/db.h"

enum application_status { APPLICATION_DRAFT, APPLICATION_SENT };
struct application_row {
    int64_t id, participant_id, created_at, updated_at, submitted_at, reopened_at, version;
    int status, step;
    struct str lang;
};
/* ERR_CONFLICT: the participant has one. */
enum err application_insert(struct db *db, const struct application_row *x, int64_t *id) MUST_CHECK;
enum err application_of(struct db *db, struct arena *a, int64_t participant_id, struct application_row *out) MUST_CHECK;
/* Draft saved, sent, opened again: status, step, lang and the times as in *x; x->version must be the one there, else ERR_CONFLICT. */
enum err application_update(struct db *db, const struct application_row *x) MUST_CHECK;

struct application_answer_row {
    int question;
    struct str text;
    int64_t at_version; /* of the application, when it was last changed */
};
enum err application_answers(struct db *db, struct arena *a, int64_t application_id, struct application_answer_row **rows, size_t *n) MUST_CHECK;
enum err application_answer_put(struct db *db, int64_t application_id, const struct application_answer_row *x) MUST_CHECK;
