#include "model/task.h"

DB_PUT(q_task_insert, struct task_row,
       "INSERT INTO task (organisation_id, trainee_id, meeting_id, owner, text, due_on, done_at, by_account, at)"
       " VALUES ($1, $2, NULLIF($3, 0), $4, $5, $6, $7, $8, $9) RETURNING id",
       DB_COL(struct task_row, organisation_id), DB_COL(struct task_row, trainee_id), DB_COL(struct task_row, meeting_id),
       DB_COL(struct task_row, owner), DB_COL(struct task_row, text), DB_COL(struct task_row, due_on),
       DB_COL(struct task_row, done_at), DB_COL(struct task_row, by_account), DB_COL(struct task_row, at));
enum err task_insert(struct db *db, const struct task_row *t, int64_t *id)
{
    return db_put_id(db, &q_task_insert, t, id);
}

#define TASK_SELECT                                                                                \
    "SELECT k.id, k.organisation_id, k.trainee_id, k.meeting_id, k.owner, k.text, k.due_on, k.done_at, k.by_account, k.at," \
    "       p.first_name, p.last_name, t.participant_id"                                           \
    "  FROM task k JOIN trainee t ON t.id = k.trainee_id JOIN participant p ON p.id = t.participant_id"
#define TASK_COLS                                                                                  \
    DB_COL(struct task_row, id), DB_COL(struct task_row, organisation_id), DB_COL(struct task_row, trainee_id), \
        DB_COL(struct task_row, meeting_id), DB_COL(struct task_row, owner), DB_COL(struct task_row, text), \
        DB_COL(struct task_row, due_on), DB_COL(struct task_row, done_at), DB_COL(struct task_row, by_account), \
        DB_COL(struct task_row, at), DB_COL(struct task_row, first_name), DB_COL(struct task_row, last_name), \
        DB_COL(struct task_row, participant_id)
/* A task without a date comes after those with one. */
#define BY_DATE_OF(k) "CASE WHEN " k ".due_on = 0 THEN 1 ELSE 0 END, " k ".due_on, " k ".id"
#define TASK_BY_DATE BY_DATE_OF("k")

DB_QUERY(q_task_get, struct task_row, 1, TASK_SELECT " WHERE k.id = $1", TASK_COLS);
enum err task_get(struct db *db, struct arena *a, int64_t id, struct task_row *out)
{
    return db_one(db, a, &q_task_get, out, DB_IN(id));
}

DB_QUERY(q_task_of_trainee, struct task_row, 1,
         TASK_SELECT " WHERE k.trainee_id = $1 ORDER BY CASE WHEN k.done_at = 0 THEN 0 ELSE 1 END, k.done_at DESC, " TASK_BY_DATE
                     " LIMIT 300",
         TASK_COLS);
enum err task_of_trainee(struct db *db, struct arena *a, int64_t trainee_id, struct task_row **rows, size_t *n)
{
    return db_all(db, a, &q_task_of_trainee, rows, n, DB_IN(trainee_id));
}

DB_QUERY(q_task_of_meeting, struct task_row, 1,
         TASK_SELECT " WHERE k.trainee_id = (SELECT s.trainee_id FROM meeting m JOIN mentorship s ON s.id = m.mentorship_id"
                     "                        WHERE m.id = $1)"
                     "   AND k.meeting_id = $1 ORDER BY k.id LIMIT 100",
         TASK_COLS);
enum err task_of_meeting(struct db *db, struct arena *a, int64_t meeting_id, struct task_row **rows, size_t *n)
{
    return db_all(db, a, &q_task_of_meeting, rows, n, DB_IN(meeting_id));
}

/* First those with a date, then those without: each in the order of an index, as far as the limit. */
#define TASK_OPEN_PART(owner, due, by)                                                             \
    "SELECT * FROM (" TASK_SELECT " WHERE k.organisation_id = $1 AND k.done_at = 0 AND " due owner " AND t.status IN (0, 2) AND " RELATION_KNOWS("p", "$3", "$4") \
    " ORDER BY " by " LIMIT $2) "
#define TASK_OPEN(owner)                                                                           \
    "SELECT * FROM (" TASK_OPEN_PART(owner, "k.due_on > 0", "k.due_on, k.id") "x1 UNION ALL " TASK_OPEN_PART(owner, "k.due_on = 0", "k.id") "x2) o" \
    " ORDER BY " BY_DATE_OF("o") " LIMIT $2"
DB_QUERY(q_task_open, struct task_row, 4, TASK_OPEN(""), TASK_COLS);
DB_QUERY(q_task_open_of, struct task_row, 5, TASK_OPEN(" AND k.owner = $5"), TASK_COLS);
enum err task_open(struct db *db, struct arena *a, int64_t organisation_id, enum task_owner owner, int64_t limit, struct viewer v, struct task_row **rows,
                   size_t *n)
{
    if (owner)
        return db_all(db, a, &q_task_open_of, rows, n, DB_IN(organisation_id, limit, v.account_id, v.today, owner));
    return db_all(db, a, &q_task_open, rows, n, DB_IN(organisation_id, limit, v.account_id, v.today));
}

DB_EXEC(q_task_set_done, 2, "UPDATE task SET done_at = $2 WHERE id = $1");
enum err task_set_done(struct db *db, int64_t id, int64_t done_at)
{
    return db_run_one(db, &q_task_set_done, DB_IN(id, done_at));
}
