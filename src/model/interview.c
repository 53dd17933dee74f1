#include "model/interview.h"
#include "domain/register.h"

DB_PUT(q_interview_insert, struct interview_row,
       "INSERT INTO interview (participant_id, interviewer_id, at, minutes, place, status, motivation, motivation_note, drive,"
       " drive_note, communication, communication_note, summary, feedback, feedback_at, sequence, created_at)"
       " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) RETURNING id",
       DB_COL(struct interview_row, participant_id), DB_COL(struct interview_row, interviewer_id), DB_COL(struct interview_row, at),
       DB_COL(struct interview_row, minutes), DB_COL(struct interview_row, place), DB_COL(struct interview_row, status),
       DB_COL(struct interview_row, motivation), DB_COL(struct interview_row, motivation_note), DB_COL(struct interview_row, drive),
       DB_COL(struct interview_row, drive_note), DB_COL(struct interview_row, communication),
       DB_COL(struct interview_row, communication_note), DB_COL(struct interview_row, summary), DB_COL(struct interview_row, feedback),
       DB_COL(struct interview_row, feedback_at), DB_COL(struct interview_row, sequence), DB_COL(struct interview_row, created_at));
DB_EXEC(q_interview_drop_planned, 1, "UPDATE interview SET status = 2 WHERE participant_id = $1 AND status = 0"); /* enum interview_status: cancelled */
enum err interview_cancel_planned(struct db *db, int64_t participant_id)
{
    return db_run(db, &q_interview_drop_planned, NULL, DB_IN(participant_id));
}

enum err interview_insert(struct db *db, const struct interview_row *x, int64_t *id)
{
    return db_put_id(db, &q_interview_insert, x, id);
}

#define INTERVIEW_SELECT                                                                           \
    "SELECT i.id, i.participant_id, i.interviewer_id, i.at, i.minutes, i.place, i.status, i.motivation, i.motivation_note, i.drive," \
    "       i.drive_note, i.communication, i.communication_note, i.summary, i.feedback, i.feedback_at, i.sequence, i.created_at," \
    "       i.version, a.name AS interviewer FROM interview i LEFT JOIN account a ON a.id = i.interviewer_id"
#define INTERVIEW_COLS                                                                             \
    DB_COL(struct interview_row, id), DB_COL(struct interview_row, participant_id), DB_COL(struct interview_row, interviewer_id), \
        DB_COL(struct interview_row, at), DB_COL(struct interview_row, minutes), DB_COL(struct interview_row, place), \
        DB_COL(struct interview_row, status), DB_COL(struct interview_row, motivation),            \
        DB_COL(struct interview_row, motivation_note), DB_COL(struct interview_row, drive), DB_COL(struct interview_row, drive_note), \
        DB_COL(struct interview_row, communication), DB_COL(struct interview_row, communication_note), \
        DB_COL(struct interview_row, summary), DB_COL(struct interview_row, feedback), DB_COL(struct interview_row, feedback_at), \
        DB_COL(struct interview_row, sequence), DB_COL(struct interview_row, created_at), DB_COL(struct interview_row, version), \
        DB_COL(struct interview_row, interviewer)

DB_QUERY(q_interview_get, struct interview_row, 1, INTERVIEW_SELECT " WHERE i.id = $1", INTERVIEW_COLS);
enum err interview_get(struct db *db, struct arena *a, int64_t id, struct interview_row *out)
{
    return db_one(db, a, &q_interview_get, out, DB_IN(id));
}

DB_QUERY(q_interview_of, struct interview_row, 1,
         INTERVIEW_SELECT " WHERE i.participant_id = $1 AND i.status <> 2 ORDER BY i.at DESC, i.id DESC LIMIT 1", INTERVIEW_COLS);
enum err interview_of(struct db *db, struct arena *a, int64_t participant_id, struct interview_row *out)
{
    return db_one(db, a, &q_interview_of, out, DB_IN(participant_id));
}

DB_QUERY(q_interview_all_of, struct interview_row, 1,
         INTERVIEW_SELECT " WHERE i.participant_id = $1 ORDER BY i.at DESC, i.id DESC LIMIT 50", INTERVIEW_COLS);
enum err interview_all_of(struct db *db, struct arena *a, int64_t participant_id, struct interview_row **rows, size_t *n)
{
    return db_all(db, a, &q_interview_all_of, rows, n, DB_IN(participant_id));
}

DB_EXEC(q_interview_set_plan, 8,
        "UPDATE interview SET interviewer_id = $3, at = $4, minutes = $5, place = $6, status = $7, sequence = $8, version = version + 1"
        " WHERE id = $1 AND version = $2");
enum err interview_set_plan(struct db *db, const struct interview_row *x)
{
    return db_run_one(db, &q_interview_set_plan,
                      DB_IN(x->id, x->version, x->interviewer_id, x->at, x->minutes, x->place, x->status, x->sequence));
}

DB_EXEC(q_interview_set_judged, 11,
        "UPDATE interview SET motivation = $3, motivation_note = $4, drive = $5, drive_note = $6, communication = $7,"
        "       communication_note = $8, summary = $9, feedback = $10, feedback_at = $11, version = version + 1"
        " WHERE id = $1 AND version = $2");
enum err interview_set_judged(struct db *db, const struct interview_row *x)
{
    return db_run_one(db, &q_interview_set_judged,
                      DB_IN(x->id, x->version, x->motivation, x->motivation_note, x->drive, x->drive_note, x->communication,
                            x->communication_note, x->summary, x->feedback, x->feedback_at));
}

/* From the people of the stage (6: INTAKE_INTERVIEW_PLANNED) to their interviews, however many the others have; CROSS JOIN: SQLite goes so, too. */
DB_QUERY(q_interview_coming, struct interview_coming_row, 5,
         "SELECT i.id, i.participant_id, i.at, i.minutes, i.place, p.first_name, p.last_name, p.address_protection, a.name AS interviewer"
         "  FROM participant p CROSS JOIN interview i LEFT JOIN account a ON a.id = i.interviewer_id"
         " WHERE p.organisation_id = $1 AND p.stage = 6 AND " NOT_ERASED("p") " AND " RELATION_KNOWS("p", "$4", "$5")
         "   AND i.participant_id = p.id AND i.status = 0 AND i.at >= $2 ORDER BY i.at, i.id LIMIT $3",
         DB_COL(struct interview_coming_row, id), DB_COL(struct interview_coming_row, participant_id),
         DB_COL(struct interview_coming_row, at), DB_COL(struct interview_coming_row, minutes),
         DB_COL(struct interview_coming_row, place), DB_COL(struct interview_coming_row, first_name),
         DB_COL(struct interview_coming_row, last_name), DB_COL(struct interview_coming_row, address_protection),
         DB_COL(struct interview_coming_row, interviewer));
enum err interview_coming(struct db *db, struct arena *a, int64_t organisation_id, int64_t from, int64_t limit,
                          struct viewer v, struct interview_coming_row **rows, size_t *n)
{
    return db_all(db, a, &q_interview_coming, rows, n, DB_IN(organisation_id, from, limit, v.account_id, v.today));
}

DB_PUT(q_interview_question_insert, struct interview_question_row,
       "INSERT INTO interview_question (interview_id, question, text, note, place) VALUES ($1, $2, $3, $4, $5) RETURNING id",
       DB_COL(struct interview_question_row, interview_id), DB_COL(struct interview_question_row, question),
       DB_COL(struct interview_question_row, text), DB_COL(struct interview_question_row, note),
       DB_COL(struct interview_question_row, place));
enum err interview_question_insert(struct db *db, const struct interview_question_row *x, int64_t *id)
{
    return db_put_id(db, &q_interview_question_insert, x, id);
}

DB_QUERY(q_interview_questions, struct interview_question_row, 1,
         "SELECT id, interview_id, question, text, note, place FROM interview_question WHERE interview_id = $1 ORDER BY place, id",
         DB_COL(struct interview_question_row, id), DB_COL(struct interview_question_row, interview_id),
         DB_COL(struct interview_question_row, question), DB_COL(struct interview_question_row, text),
         DB_COL(struct interview_question_row, note), DB_COL(struct interview_question_row, place));
enum err interview_questions(struct db *db, struct arena *a, int64_t interview_id, struct interview_question_row **rows, size_t *n)
{
    return db_all(db, a, &q_interview_questions, rows, n, DB_IN(interview_id));
}

DB_EXEC(q_interview_question_note, 3, "UPDATE interview_question SET note = $3 WHERE id = $1 AND interview_id = $2");
enum err interview_question_note(struct db *db, int64_t id, int64_t interview_id, struct str note)
{
    return db_run_one(db, &q_interview_question_note, DB_IN(id, interview_id, note));
}

DB_EXEC(q_interview_question_delete, 2, "DELETE FROM interview_question WHERE id = $1 AND interview_id = $2");
enum err interview_question_delete(struct db *db, int64_t id, int64_t interview_id)
{
    return db_run_one(db, &q_interview_question_delete, DB_IN(id, interview_id));
}
