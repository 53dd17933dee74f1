#include "model/mentorship.h"

DB_PUT(q_mentorship_insert, struct mentorship_row,
       "INSERT INTO mentorship (organisation_id, match_id, trainee_id, mentor_id, started_at) VALUES ($1, $2, $3, $4, $5) RETURNING id",
       DB_COL(struct mentorship_row, organisation_id), DB_COL(struct mentorship_row, match_id),
       DB_COL(struct mentorship_row, trainee_id), DB_COL(struct mentorship_row, mentor_id),
       DB_COL(struct mentorship_row, started_at));
enum err mentorship_insert(struct db *db, const struct mentorship_row *m, int64_t *id)
{
    return db_put_id(db, &q_mentorship_insert, m, id);
}

#define MENTORSHIP_SELECT                                                                          \
    "SELECT s.id, s.organisation_id, s.match_id, s.trainee_id, s.mentor_id, s.started_at, s.version, s.first_meeting_on," \
    "       s.ended_on, s.status, s.end_reason, s.contact_after, t.participant_id, p.account_id AS trainee_account_id," \
    "       m.account_id AS mentor_account_id, p.first_name AS trainee_first_name, p.last_name AS trainee_last_name," \
    "       p.email AS trainee_email, p.lang AS trainee_lang, m.first_name AS mentor_first_name," \
    "       m.last_name AS mentor_last_name, m.email AS mentor_email, m.lang AS mentor_lang," \
    "       m.job_title AS mentor_job_title, m.employer AS mentor_employer, p.address_protection"  \
    "  FROM mentorship s JOIN trainee t ON t.id = s.trainee_id JOIN participant p ON p.id = t.participant_id" \
    "  JOIN mentor m ON m.id = s.mentor_id"
#define MENTORSHIP_COLS                                                                            \
    DB_COL(struct mentorship_row, id), DB_COL(struct mentorship_row, organisation_id),             \
        DB_COL(struct mentorship_row, match_id), DB_COL(struct mentorship_row, trainee_id),        \
        DB_COL(struct mentorship_row, mentor_id), DB_COL(struct mentorship_row, started_at),       \
        DB_COL(struct mentorship_row, version), DB_COL(struct mentorship_row, first_meeting_on),   \
        DB_COL(struct mentorship_row, ended_on), DB_COL(struct mentorship_row, status),            \
        DB_COL(struct mentorship_row, end_reason), DB_COL(struct mentorship_row, contact_after),   \
        DB_COL(struct mentorship_row, participant_id), DB_COL(struct mentorship_row, trainee_account_id), \
        DB_COL(struct mentorship_row, mentor_account_id), DB_COL(struct mentorship_row, trainee_first_name), \
        DB_COL(struct mentorship_row, trainee_last_name), DB_COL(struct mentorship_row, trainee_email), \
        DB_COL(struct mentorship_row, trainee_lang), DB_COL(struct mentorship_row, mentor_first_name), \
        DB_COL(struct mentorship_row, mentor_last_name), DB_COL(struct mentorship_row, mentor_email), \
        DB_COL(struct mentorship_row, mentor_lang), DB_COL(struct mentorship_row, mentor_job_title), \
        DB_COL(struct mentorship_row, mentor_employer), DB_COL(struct mentorship_row, address_protection)

DB_QUERY(q_mentorship_get, struct mentorship_row, 1, MENTORSHIP_SELECT " WHERE s.id = $1", MENTORSHIP_COLS);
enum err mentorship_get(struct db *db, struct arena *a, int64_t id, struct mentorship_row *out)
{
    return db_one(db, a, &q_mentorship_get, out, DB_IN(id));
}

DB_QUERY(q_mentorship_of_trainee, struct mentorship_row, 1,
         MENTORSHIP_SELECT " WHERE s.trainee_id = $1 ORDER BY s.status, s.id DESC LIMIT 1", MENTORSHIP_COLS);
enum err mentorship_of_trainee(struct db *db, struct arena *a, int64_t trainee_id, struct mentorship_row *out)
{
    return db_one(db, a, &q_mentorship_of_trainee, out, DB_IN(trainee_id));
}

DB_QUERY(q_mentorship_of_mentor, struct mentorship_row, 1,
         MENTORSHIP_SELECT " WHERE s.mentor_id = $1 ORDER BY s.status, s.id DESC LIMIT 200", MENTORSHIP_COLS);
enum err mentorship_of_mentor(struct db *db, struct arena *a, int64_t mentor_id, struct mentorship_row **rows, size_t *n)
{
    return db_all(db, a, &q_mentorship_of_mentor, rows, n, DB_IN(mentor_id));
}

DB_QUERY(q_mentorship_running, struct mentorship_row, 1,
         MENTORSHIP_SELECT " WHERE s.organisation_id = $1 AND s.status = 0 ORDER BY s.id LIMIT 2000", MENTORSHIP_COLS);
enum err mentorship_running(struct db *db, struct arena *a, int64_t organisation_id, struct mentorship_row **rows, size_t *n)
{
    return db_all(db, a, &q_mentorship_running, rows, n, DB_IN(organisation_id));
}

DB_EXEC(q_mentorship_update, 7,
        "UPDATE mentorship SET first_meeting_on = $3, status = $4, ended_on = $5, end_reason = $6, contact_after = $7,"
        " version = version + 1 WHERE id = $1 AND version = $2");
enum err mentorship_update(struct db *db, const struct mentorship_row *m)
{
    return db_run_one(db, &q_mentorship_update,
                      DB_IN(m->id, m->version, m->first_meeting_on, m->status, m->ended_on, m->end_reason, m->contact_after));
}
