#include "model/standing.h"
#include "model/relation.h"

/* As a list of values, which an index can look up: $5 -2 stands for 0 and 2, -1 for all of them. */
#define STATUS(is)                                                                                 \
    "t.status IN (CASE WHEN " is " < 0 THEN 0 ELSE " is " END, CASE WHEN " is " < 0 THEN 2 ELSE " is " END," \
    " CASE WHEN " is " = -1 THEN 1 WHEN " is " < 0 THEN 0 ELSE " is " END, CASE WHEN " is " = -1 THEN 3 WHEN " is " < 0 THEN 0 ELSE " is " END)"
/* One page of trainees, by the filter's parameters. */
#define PAGE_IDS                                                                                   \
    "SELECT t.id FROM trainee t JOIN participant p ON p.id = t.participant_id"                     \
    " WHERE t.organisation_id IN " RELATION_ORGS("$1", "CAST($2 AS BIGINT) + CAST($3 AS BIGINT) > 0", "$9") " AND ($2 = 0 OR p.adviser_id = $2) AND ($3 = 0 OR p.nav_contact_id = $3)" \
    "   AND ($4 = 0 OR t.cohort_id = $4) AND " STATUS("CAST($5 AS INTEGER)") \
    "   AND (p.sort_name > $6 OR (p.sort_name = $6 AND t.id > $7) OR $7 = 0) AND " RELATION_KNOWS("p", "$10", "$9") \
    " ORDER BY p.sort_name, t.id LIMIT $8"
#define PAGE_IN(f)                                                                                 \
    (f)->organisation_id, (f)->adviser_id, (f)->nav_contact_id, (f)->cohort_id, (f)->status, (f)->after_name, (f)->after_id, (f)->limit, (f)->today, (f)->viewer

#define ROW_SELECT                                                                                 \
    "SELECT t.id, t.organisation_id, t.participant_id, t.cohort_id, t.admitted_at, p.first_name, p.last_name, p.sort_name," \
    "       c.name AS cohort_name, t.status, t.completed_on, t.ended_on, t.on_time, p.address_protection, p.account_id," \
    "       p.adviser_id, p.nav_contact_id,"                                                       \
    "       CASE WHEN t.goals <> '' AND t.expectations <> '' AND t.motivation <> '' THEN 1 ELSE 0 END AS prepared," \
    "       x.id AS match_id, x.status AS match_status, x.meeting_held_on AS match_held_on, x.trainee_answer, x.mentor_answer," \
    "       x.meeting_at AS match_meeting_at, x.asked_at, x.trainee_answer_at, x.mentor_answer_at,"  \
    "       (SELECT MAX(g.at) FROM agreement r JOIN agreement_signature g ON g.agreement_id = r.id" \
    "         WHERE r.match_id = x.id AND g.side = 1 AND g.void_at = 0) AS trainee_signed_at,"     \
    "       (SELECT MAX(g.at) FROM agreement r JOIN agreement_signature g ON g.agreement_id = r.id" \
    "         WHERE r.match_id = x.id AND g.side = 2 AND g.void_at = 0) AS mentor_signed_at,"      \
    "       s.id AS mentorship_id, s.status AS mentorship_status, s.started_at, s.mentor_id, s.first_meeting_on," \
    "       (SELECT e.held_on FROM evaluation e WHERE e.mentorship_id = s.id AND e.kind = 1) AS midway_on," \
    "       (SELECT e.held_on FROM evaluation e WHERE e.mentorship_id = s.id AND e.kind = 2) AS final_on," \
    "       m.first_name AS mentor_first_name, m.last_name AS mentor_last_name"                    \
    "  FROM trainee t JOIN participant p ON p.id = t.participant_id JOIN cohort c ON c.id = t.cohort_id" \
    "  LEFT JOIN match x ON x.id = (SELECT MAX(x2.id) FROM match x2 WHERE x2.trainee_id = t.id)"   \
    "  LEFT JOIN mentorship s ON s.id ="                                                           \
    "       (SELECT s2.id FROM mentorship s2 WHERE s2.trainee_id = t.id ORDER BY s2.status, s2.id DESC LIMIT 1)" \
    "  LEFT JOIN mentor m ON m.id = s.mentor_id"
#define ROW_COLS                                                                                   \
    DB_COL(struct standing_row, id), DB_COL(struct standing_row, organisation_id),                 \
        DB_COL(struct standing_row, participant_id), DB_COL(struct standing_row, cohort_id),       \
        DB_COL(struct standing_row, admitted_at), DB_COL(struct standing_row, first_name),         \
        DB_COL(struct standing_row, last_name), DB_COL(struct standing_row, sort_name),            \
        DB_COL(struct standing_row, cohort_name), DB_COL(struct standing_row, status),             \
        DB_COL(struct standing_row, completed_on), DB_COL(struct standing_row, ended_on),          \
        DB_COL(struct standing_row, on_time), DB_COL(struct standing_row, address_protection),     \
        DB_COL(struct standing_row, account_id), DB_COL(struct standing_row, adviser_id),          \
        DB_COL(struct standing_row, nav_contact_id), DB_COL(struct standing_row, prepared),        \
        DB_COL(struct standing_row, match_id), DB_COL(struct standing_row, match_status),          \
        DB_COL(struct standing_row, match_held_on), DB_COL(struct standing_row, trainee_answer),   \
        DB_COL(struct standing_row, mentor_answer), DB_COL(struct standing_row, match_meeting_at), \
        DB_COL(struct standing_row, asked_at), DB_COL(struct standing_row, trainee_answer_at),     \
        DB_COL(struct standing_row, mentor_answer_at), DB_COL(struct standing_row, trainee_signed_at), \
        DB_COL(struct standing_row, mentor_signed_at), DB_COL(struct standing_row, mentorship_id), \
        DB_COL(struct standing_row, mentorship_status), DB_COL(struct standing_row, started_at),   \
        DB_COL(struct standing_row, mentor_id), DB_COL(struct standing_row, first_meeting_on),     \
        DB_COL(struct standing_row, midway_on), DB_COL(struct standing_row, final_on),             \
        DB_COL(struct standing_row, mentor_first_name), DB_COL(struct standing_row, mentor_last_name)

DB_QUERY(q_standing_rows, struct standing_row, 10, ROW_SELECT " WHERE t.id IN (" PAGE_IDS ") ORDER BY p.sort_name, t.id", ROW_COLS);
enum err standing_rows(struct db *db, struct arena *a, const struct standing_filter *f, struct standing_row **rows, size_t *n)
{
    return db_all(db, a, &q_standing_rows, rows, n, DB_IN(PAGE_IN(f)));
}

DB_QUERY(q_standing_row, struct standing_row, 1, ROW_SELECT " WHERE t.id = $1", ROW_COLS);
enum err standing_row(struct db *db, struct arena *a, int64_t trainee_id, struct standing_row *out)
{
    return db_one(db, a, &q_standing_row, out, DB_IN(trainee_id));
}

#define MEETING_SELECT                                                                             \
    "SELECT m.id, s.trainee_id, m.mentorship_id, m.at, m.theme, m.held_on, m.sequence, m.status,"  \
    "       CASE WHEN r.meeting_id IS NULL THEN 0 ELSE 1 END AS has_minutes"                       \
    "  FROM mentorship s JOIN meeting m ON m.mentorship_id = s.id LEFT JOIN minutes r ON r.meeting_id = m.id"
#define MEETING_COLS                                                                               \
    DB_COL(struct standing_meeting, id), DB_COL(struct standing_meeting, trainee_id),              \
        DB_COL(struct standing_meeting, mentorship_id), DB_COL(struct standing_meeting, at),       \
        DB_COL(struct standing_meeting, theme), DB_COL(struct standing_meeting, held_on),          \
        DB_COL(struct standing_meeting, sequence), DB_COL(struct standing_meeting, status),        \
        DB_COL(struct standing_meeting, has_minutes)

DB_QUERY(q_standing_meetings, struct standing_meeting, 10,
         MEETING_SELECT " WHERE s.trainee_id IN (" PAGE_IDS ") ORDER BY s.trainee_id, s.id, m.at, m.id", MEETING_COLS);
enum err standing_meetings(struct db *db, struct arena *a, const struct standing_filter *f, struct standing_meeting **rows, size_t *n)
{
    return db_all(db, a, &q_standing_meetings, rows, n, DB_IN(PAGE_IN(f)));
}

DB_QUERY(q_standing_meetings_of, struct standing_meeting, 1, MEETING_SELECT " WHERE m.mentorship_id = $1 ORDER BY m.at, m.id",
         MEETING_COLS);
enum err standing_meetings_of(struct db *db, struct arena *a, int64_t mentorship_id, struct standing_meeting **rows, size_t *n)
{
    return db_all(db, a, &q_standing_meetings_of, rows, n, DB_IN(mentorship_id));
}

/* owner: 1 the trainee, 2 the mentor */
#define TASK_COUNTS(today)                                                                         \
    "SUM(CASE WHEN k.due_on > 0 AND k.due_on < " today " THEN 1 ELSE 0 END) AS overdue, COUNT(*) AS open," \
    "       SUM(CASE WHEN k.owner = 1 AND k.due_on > 0 AND k.due_on < " today " THEN 1 ELSE 0 END) AS my_overdue," \
    "       SUM(CASE WHEN k.owner = 1 THEN 1 ELSE 0 END) AS my_open,"                              \
    "       MIN(CASE WHEN k.due_on > 0 AND k.due_on < " today " THEN k.due_on END) AS overdue_on," \
    "       MIN(CASE WHEN k.owner = 1 AND k.due_on > 0 THEN k.due_on END) AS my_due_on"
#define TASK_COLS                                                                                  \
    DB_COL(struct standing_tasks, trainee_id), DB_COL(struct standing_tasks, overdue),             \
        DB_COL(struct standing_tasks, open), DB_COL(struct standing_tasks, my_overdue),            \
        DB_COL(struct standing_tasks, my_open), DB_COL(struct standing_tasks, overdue_on),         \
        DB_COL(struct standing_tasks, my_due_on)

DB_QUERY(q_standing_tasks, struct standing_tasks, 10,
         "SELECT k.trainee_id, " TASK_COUNTS("$9")
         "  FROM task k WHERE k.trainee_id IN (" PAGE_IDS ") AND k.done_at = 0 AND k.owner IN (1, 2) GROUP BY k.trainee_id"
         " ORDER BY k.trainee_id",
         TASK_COLS);
enum err standing_tasks(struct db *db, struct arena *a, const struct standing_filter *f, struct standing_tasks **rows, size_t *n)
{
    return db_all(db, a, &q_standing_tasks, rows, n, DB_IN(PAGE_IN(f)));
}

DB_QUERY(q_standing_tasks_of, struct standing_tasks, 2,
         "SELECT k.trainee_id, " TASK_COUNTS("$2")
         "  FROM task k WHERE k.trainee_id = $1 AND k.done_at = 0 AND k.owner IN (1, 2) GROUP BY k.trainee_id",
         TASK_COLS);
enum err standing_tasks_of(struct db *db, struct arena *a, int64_t trainee_id, int today, struct standing_tasks *out)
{
    enum err e = db_one(db, a, &q_standing_tasks_of, out, DB_IN(trainee_id, today));
    if (e == ERR_NOT_FOUND) {
        *out = (struct standing_tasks){.trainee_id = trainee_id};
        return OK;
    }
    return e;
}

DB_QUERY(q_standing_leaves, struct leave_row, 10,
         "SELECT l.id, l.trainee_id, l.kind, l.from_on, l.until_on, l.returned_on, l.by_account, l.at"
         "  FROM leave l WHERE l.trainee_id IN (" PAGE_IDS ") ORDER BY l.trainee_id, l.from_on, l.id",
         DB_COL(struct leave_row, id), DB_COL(struct leave_row, trainee_id), DB_COL(struct leave_row, kind),
         DB_COL(struct leave_row, from_on), DB_COL(struct leave_row, until_on), DB_COL(struct leave_row, returned_on),
         DB_COL(struct leave_row, by_account), DB_COL(struct leave_row, at));
enum err standing_leaves(struct db *db, struct arena *a, const struct standing_filter *f, struct leave_row **rows, size_t *n)
{
    return db_all(db, a, &q_standing_leaves, rows, n, DB_IN(PAGE_IN(f)));
}
