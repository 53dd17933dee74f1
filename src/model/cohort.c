#include "model/cohort.h"

DB_PUT(q_cohort_insert, struct cohort_row,
       "INSERT INTO cohort (organisation_id, name, start_on, seats, created_at) VALUES ($1, $2, $3, $4, $5) RETURNING id",
       DB_COL(struct cohort_row, organisation_id), DB_COL(struct cohort_row, name), DB_COL(struct cohort_row, start_on),
       DB_COL(struct cohort_row, seats), DB_COL(struct cohort_row, created_at));
enum err cohort_insert(struct db *db, const struct cohort_row *c, int64_t *id)
{
    return db_put_id(db, &q_cohort_insert, c, id);
}

/* All counts are of those whom the viewer ($1, today $2) may know of. */
#define KNOWN RELATION_KNOWS("p", "$1", "$2")
#define TRAINEES(condition) "(SELECT COUNT(*) FROM trainee t JOIN participant p ON p.id = t.participant_id WHERE t.cohort_id = c.id AND " KNOWN condition ")"
#define COHORT_SELECT                                                                              \
    "SELECT c.id, c.organisation_id, c.name, c.start_on, c.seats, c.closed_at, c.created_at, c.version," \
    "       " TRAINEES("") " AS admitted,"                                                         \
    "       (SELECT COUNT(*) FROM offer o JOIN participant p ON p.id = o.participant_id WHERE o.cohort_id = c.id AND o.status = 0 AND " KNOWN ") AS open_offers," \
    "       " TRAINEES(" AND t.status IN (0, 2)") " AS running, " TRAINEES(" AND t.status = 2") " AS on_leave," \
    "       " TRAINEES(" AND t.status = 1") " AS completed, " TRAINEES(" AND t.status = 3") " AS ended," \
    "       " TRAINEES(" AND EXISTS (SELECT 1 FROM mentorship s WHERE s.trainee_id = t.id)") " AS paired," \
    "       " TRAINEES(" AND EXISTS (SELECT 1 FROM outcome u WHERE u.trainee_id = t.id AND u.kind = 1 AND u.field_relevant = 1)") \
    "         AS field_jobs,"                                                                      \
    "       (SELECT MIN(s.first_meeting_on) FROM trainee t JOIN participant p ON p.id = t.participant_id JOIN mentorship s ON s.trainee_id = t.id" \
    "         WHERE t.cohort_id = c.id AND s.first_meeting_on > 0 AND " KNOWN ") AS first_meeting_on FROM cohort c"
#define COHORT_COLS                                                                                \
    DB_COL(struct cohort_row, id), DB_COL(struct cohort_row, organisation_id), DB_COL(struct cohort_row, name), \
        DB_COL(struct cohort_row, start_on), DB_COL(struct cohort_row, seats), DB_COL(struct cohort_row, closed_at), \
        DB_COL(struct cohort_row, created_at), DB_COL(struct cohort_row, version),                 \
        DB_COL(struct cohort_row, admitted), DB_COL(struct cohort_row, open_offers), DB_COL(struct cohort_row, running), \
        DB_COL(struct cohort_row, on_leave), DB_COL(struct cohort_row, completed), DB_COL(struct cohort_row, ended), \
        DB_COL(struct cohort_row, paired), DB_COL(struct cohort_row, field_jobs), DB_COL(struct cohort_row, first_meeting_on)

DB_QUERY(q_cohort_get, struct cohort_row, 3, COHORT_SELECT " WHERE c.id = $3", COHORT_COLS);
enum err cohort_get(struct db *db, struct arena *a, int64_t id, struct viewer v, struct cohort_row *out)
{
    return db_one(db, a, &q_cohort_get, out, DB_IN(v.account_id, v.today, id));
}

DB_EXEC(q_cohort_update, 6,
        "UPDATE cohort SET name = $3, start_on = $4, seats = $5, closed_at = $6, version = version + 1"
        " WHERE id = $1 AND version = $2");
enum err cohort_update(struct db *db, const struct cohort_row *c)
{
    return db_run_one(db, &q_cohort_update, DB_IN(c->id, c->version, c->name, c->start_on, c->seats, c->closed_at));
}

DB_QUERY(q_cohort_names, struct cohort_name, 3,
         "SELECT id, name, start_on FROM (SELECT c.id, c.name, c.start_on FROM cohort c WHERE c.organisation_id = $1 ORDER BY c.start_on DESC, c.id DESC LIMIT $2) AS newest"
         " UNION SELECT x.id, x.name, x.start_on FROM cohort x WHERE x.id = $3 AND x.organisation_id = $1 ORDER BY 3 DESC, 1 DESC",
         DB_COL(struct cohort_name, id), DB_COL(struct cohort_name, name), DB_COL(struct cohort_name, start_on));
enum err cohort_names(struct db *db, struct arena *a, int64_t organisation_id, int64_t also, struct cohort_name **rows, size_t *n)
{
    return db_all(db, a, &q_cohort_names, rows, n, DB_IN(organisation_id, (int64_t)COHORT_NAMES_MAX, also));
}

DB_QUERY(q_cohort_after, struct cohort_row, 6,
         COHORT_SELECT " WHERE c.organisation_id = $3 AND (c.start_on, c.id) < ($4, $5)"
                       " ORDER BY c.start_on DESC, c.id DESC LIMIT $6",
         COHORT_COLS);
enum err cohort_after(struct db *db, struct arena *a, int64_t organisation_id, int after_start_on, int64_t after_id, int64_t limit,
                     struct viewer v, struct cohort_row **rows, size_t *n)
{
    return db_all(db, a, &q_cohort_after, rows, n, DB_IN(v.account_id, v.today, organisation_id, after_id ? after_start_on : INT32_MAX, after_id ? after_id : INT64_MAX, limit));
}

DB_QUERY(q_cohort_current, struct cohort_row, 3,
         COHORT_SELECT " WHERE c.organisation_id = $3 AND c.closed_at = 0 ORDER BY c.start_on DESC, c.id DESC LIMIT 100", COHORT_COLS);
enum err cohort_current(struct db *db, struct arena *a, int64_t organisation_id, struct viewer v, struct cohort_row **rows, size_t *n)
{
    return db_all(db, a, &q_cohort_current, rows, n, DB_IN(v.account_id, v.today, organisation_id));
}

DB_PUT(q_offer_insert, struct offer_row,
       "INSERT INTO offer (participant_id, cohort_id, by_account, at, answer_by_on, over_seats_reason)"
       " VALUES ($1, $2, $3, $4, $5, $6) RETURNING id",
       DB_COL(struct offer_row, participant_id), DB_COL(struct offer_row, cohort_id), DB_COL(struct offer_row, by_account),
       DB_COL(struct offer_row, at), DB_COL(struct offer_row, answer_by_on), DB_COL(struct offer_row, over_seats_reason));
enum err offer_insert(struct db *db, const struct offer_row *o, int64_t *id)
{
    return db_put_id(db, &q_offer_insert, o, id);
}

#define OFFER_SELECT                                                                               \
    "SELECT o.id, o.participant_id, o.cohort_id, o.by_account, o.at, o.answer_by_on, o.status, o.answered_at, o.answer_note," \
    "       o.over_seats_reason, c.name AS cohort_name, p.first_name, p.last_name, p.organisation_id" \
    "  FROM offer o JOIN cohort c ON c.id = o.cohort_id JOIN participant p ON p.id = o.participant_id"
#define OFFER_COLS                                                                                 \
    DB_COL(struct offer_row, id), DB_COL(struct offer_row, participant_id), DB_COL(struct offer_row, cohort_id), \
        DB_COL(struct offer_row, by_account), DB_COL(struct offer_row, at), DB_COL(struct offer_row, answer_by_on), \
        DB_COL(struct offer_row, status), DB_COL(struct offer_row, answered_at), DB_COL(struct offer_row, answer_note), \
        DB_COL(struct offer_row, over_seats_reason), DB_COL(struct offer_row, cohort_name),        \
        DB_COL(struct offer_row, first_name), DB_COL(struct offer_row, last_name),                 \
        DB_COL(struct offer_row, organisation_id)

DB_QUERY(q_offer_get, struct offer_row, 1, OFFER_SELECT " WHERE o.id = $1", OFFER_COLS);
enum err offer_get(struct db *db, struct arena *a, int64_t id, struct offer_row *out)
{
    return db_one(db, a, &q_offer_get, out, DB_IN(id));
}

DB_QUERY(q_offer_newest, struct offer_row, 1, OFFER_SELECT " WHERE o.participant_id = $1 ORDER BY o.at DESC, o.id DESC LIMIT 1",
         OFFER_COLS);
enum err offer_newest(struct db *db, struct arena *a, int64_t participant_id, struct offer_row *out)
{
    return db_one(db, a, &q_offer_newest, out, DB_IN(participant_id));
}

DB_QUERY(q_offer_of_cohort, struct offer_row, 3, OFFER_SELECT " WHERE o.cohort_id = $3 AND " KNOWN " ORDER BY o.at, o.id LIMIT 500", OFFER_COLS);
enum err offer_of_cohort(struct db *db, struct arena *a, int64_t cohort_id, struct viewer v, struct offer_row **rows, size_t *n)
{
    return db_all(db, a, &q_offer_of_cohort, rows, n, DB_IN(v.account_id, v.today, cohort_id));
}

DB_QUERY(q_offer_waiting, struct offer_row, 4,
         OFFER_SELECT " WHERE c.organisation_id = $3 AND c.closed_at = 0 AND o.status = 0 AND " KNOWN " ORDER BY o.answer_by_on, o.id LIMIT $4", OFFER_COLS);
enum err offer_waiting(struct db *db, struct arena *a, int64_t organisation_id, int64_t limit, struct viewer v, struct offer_row **rows, size_t *n)
{
    return db_all(db, a, &q_offer_waiting, rows, n, DB_IN(v.account_id, v.today, organisation_id, limit));
}

DB_EXEC(q_offer_answer, 4,
        "UPDATE offer SET status = $2, answered_at = $3, answer_note = $4 WHERE id = $1 AND status = 0");
enum err offer_answer(struct db *db, int64_t id, enum offer_status status, int64_t now, struct str note)
{
    return db_run_one(db, &q_offer_answer, DB_IN(id, status, now, note));
}
