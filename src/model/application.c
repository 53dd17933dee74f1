#include "model/application.h"

DB_PUT(q_application_insert, struct application_row,
       "INSERT INTO application (participant_id, status, step, lang, created_at, updated_at, submitted_at, reopened_at)"
       " VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id",
       DB_COL(struct application_row, participant_id), DB_COL(struct application_row, status), DB_COL(struct application_row, step),
       DB_COL(struct application_row, lang), DB_COL(struct application_row, created_at), DB_COL(struct application_row, updated_at),
       DB_COL(struct application_row, submitted_at), DB_COL(struct application_row, reopened_at));
enum err application_insert(struct db *db, const struct application_row *x, int64_t *id)
{
    return db_put_id(db, &q_application_insert, x, id);
}

DB_QUERY(q_application_of, struct application_row, 1,
         "SELECT id, participant_id, status, step, lang, created_at, updated_at, submitted_at, reopened_at, version"
         "  FROM application WHERE participant_id = $1",
         DB_COL(struct application_row, id), DB_COL(struct application_row, participant_id), DB_COL(struct application_row, status),
         DB_COL(struct application_row, step), DB_COL(struct application_row, lang), DB_COL(struct application_row, created_at),
         DB_COL(struct application_row, updated_at), DB_COL(struct application_row, submitted_at),
         DB_COL(struct application_row, reopened_at), DB_COL(struct application_row, version));
enum err application_of(struct db *db, struct arena *a, int64_t participant_id, struct application_row *out)
{
    return db_one(db, a, &q_application_of, out, DB_IN(participant_id));
}

DB_EXEC(q_application_update, 8,
        "UPDATE application SET status = $3, step = $4, lang = $5, updated_at = $6, submitted_at = $7, reopened_at = $8,"
        "       version = version + 1 WHERE id = $1 AND version = $2");
enum err application_update(struct db *db, const struct application_row *x)
{
    return db_run_one(db, &q_application_update,
                      DB_IN(x->id, x->version, x->status, x->step, x->lang, x->updated_at, x->submitted_at, x->reopened_at));
}

DB_QUERY(q_application_answers, struct application_answer_row, 1,
         "SELECT question, text, at_version FROM application_answer WHERE application_id = $1 ORDER BY question",
         DB_COL(struct application_answer_row, question), DB_COL(struct application_answer_row, text),
         DB_COL(struct application_answer_row, at_version));
enum err application_answers(struct db *db, struct arena *a, int64_t application_id, struct application_answer_row **rows, size_t *n)
{
    return db_all(db, a, &q_application_answers, rows, n, DB_IN(application_id));
}

DB_EXEC(q_application_answer_put, 4,
        "INSERT INTO application_answer (application_id, question, text, at_version) VALUES ($1, $2, $3, $4)"
        " ON CONFLICT (application_id, question) DO UPDATE SET text = $3, at_version = $4");
enum err application_answer_put(struct db *db, int64_t application_id, const struct application_answer_row *x)
{
    return db_run(db, &q_application_answer_put, NULL, DB_IN(application_id, x->question, x->text, x->at_version));
}
