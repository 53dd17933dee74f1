#include "model/match.h"

DB_PUT(q_match_insert, struct match_row,
       "INSERT INTO match (organisation_id, trainee_id, mentor_id, points, reasons, status, by_account, at)"
       " VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id",
       DB_COL(struct match_row, organisation_id), DB_COL(struct match_row, trainee_id), DB_COL(struct match_row, mentor_id),
       DB_COL(struct match_row, points), DB_COL(struct match_row, reasons), DB_COL(struct match_row, status),
       DB_COL(struct match_row, by_account), DB_COL(struct match_row, at));
enum err match_insert(struct db *db, const struct match_row *m, int64_t *id)
{
    return db_put_id(db, &q_match_insert, m, id);
}

#define MATCH_SELECT                                                                               \
    "SELECT x.id, x.organisation_id, x.trainee_id, x.mentor_id, x.points, x.reasons, x.status, x.meeting_at, x.meeting_place," \
    "       x.meeting_held_on, x.asked_at, x.trainee_answer, x.trainee_answer_at, x.trainee_comment, x.mentor_answer," \
    "       x.mentor_answer_at, x.mentor_comment, x.sequence, x.by_account, x.at, x.version, t.participant_id, t.cohort_id," \
    "       p.account_id AS trainee_account_id, p.first_name AS trainee_first_name, p.last_name AS trainee_last_name," \
    "       p.email AS trainee_email, p.lang AS trainee_lang, p.field AS trainee_field, p.address_protection," \
    "       m.account_id AS mentor_account_id, m.first_name AS mentor_first_name, m.last_name AS mentor_last_name," \
    "       m.email AS mentor_email, m.lang AS mentor_lang, m.job_title AS mentor_job_title, m.employer AS mentor_employer," \
    "       m.specialisation AS mentor_specialisation, m.experience_years AS mentor_experience_years," \
    "       (SELECT g.id FROM agreement g WHERE g.match_id = x.id) AS agreement_id"                \
    "  FROM match x JOIN trainee t ON t.id = x.trainee_id JOIN participant p ON p.id = t.participant_id" \
    "  JOIN mentor m ON m.id = x.mentor_id"
#define MATCH_COLS                                                                                 \
    DB_COL(struct match_row, id), DB_COL(struct match_row, organisation_id), DB_COL(struct match_row, trainee_id), \
        DB_COL(struct match_row, mentor_id), DB_COL(struct match_row, points), DB_COL(struct match_row, reasons), \
        DB_COL(struct match_row, status), DB_COL(struct match_row, meeting_at), DB_COL(struct match_row, meeting_place), \
        DB_COL(struct match_row, meeting_held_on), DB_COL(struct match_row, asked_at), DB_COL(struct match_row, trainee_answer), \
        DB_COL(struct match_row, trainee_answer_at), DB_COL(struct match_row, trainee_comment),    \
        DB_COL(struct match_row, mentor_answer), DB_COL(struct match_row, mentor_answer_at),       \
        DB_COL(struct match_row, mentor_comment), DB_COL(struct match_row, sequence), DB_COL(struct match_row, by_account), \
        DB_COL(struct match_row, at), DB_COL(struct match_row, version), DB_COL(struct match_row, participant_id), \
        DB_COL(struct match_row, cohort_id), DB_COL(struct match_row, trainee_account_id),         \
        DB_COL(struct match_row, trainee_first_name), DB_COL(struct match_row, trainee_last_name), \
        DB_COL(struct match_row, trainee_email), DB_COL(struct match_row, trainee_lang), DB_COL(struct match_row, trainee_field), \
        DB_COL(struct match_row, address_protection), DB_COL(struct match_row, mentor_account_id), \
        DB_COL(struct match_row, mentor_first_name), DB_COL(struct match_row, mentor_last_name),   \
        DB_COL(struct match_row, mentor_email), DB_COL(struct match_row, mentor_lang),             \
        DB_COL(struct match_row, mentor_job_title), DB_COL(struct match_row, mentor_employer),     \
        DB_COL(struct match_row, mentor_specialisation), DB_COL(struct match_row, mentor_experience_years), \
        DB_COL(struct match_row, agreement_id)

DB_QUERY(q_match_get, struct match_row, 1, MATCH_SELECT " WHERE x.id = $1", MATCH_COLS);
enum err match_get(struct db *db, struct arena *a, int64_t id, struct match_row *out)
{
    return db_one(db, a, &q_match_get, out, DB_IN(id));
}

DB_QUERY(q_match_open_of_trainee, struct match_row, 1,
         MATCH_SELECT " WHERE x.trainee_id = $1 AND x.status < 5 ORDER BY x.at DESC, x.id DESC LIMIT 1", MATCH_COLS);
enum err match_open_of_trainee(struct db *db, struct arena *a, int64_t trainee_id, struct match_row *out)
{
    return db_one(db, a, &q_match_open_of_trainee, out, DB_IN(trainee_id));
}

DB_QUERY(q_match_of_mentor, struct match_row, 1, MATCH_SELECT " WHERE x.mentor_id = $1 AND x.status < 5 ORDER BY x.id LIMIT 100",
         MATCH_COLS);
enum err match_of_mentor(struct db *db, struct arena *a, int64_t mentor_id, struct match_row **rows, size_t *n)
{
    return db_all(db, a, &q_match_of_mentor, rows, n, DB_IN(mentor_id));
}

DB_QUERY(q_match_of_organisation, struct match_row, 3,
         MATCH_SELECT " WHERE x.organisation_id = $1 AND x.status < 5 AND " RELATION_KNOWS("p", "$2", "$3") " ORDER BY x.status DESC, x.id LIMIT 500", MATCH_COLS);
enum err match_of_organisation(struct db *db, struct arena *a, int64_t organisation_id, struct viewer v, struct match_row **rows, size_t *n)
{
    return db_all(db, a, &q_match_of_organisation, rows, n, DB_IN(organisation_id, v.account_id, v.today));
}

DB_PUT(q_match_update, struct match_row,
       "UPDATE match SET status = $3, meeting_at = $4, meeting_place = $5, meeting_held_on = $6, asked_at = $7, trainee_answer = $8,"
       " trainee_answer_at = $9, trainee_comment = $10, mentor_answer = $11, mentor_answer_at = $12, mentor_comment = $13,"
       " sequence = $14, version = version + 1 WHERE id = $1 AND version = $2",
       DB_COL(struct match_row, id), DB_COL(struct match_row, version), DB_COL(struct match_row, status),
       DB_COL(struct match_row, meeting_at), DB_COL(struct match_row, meeting_place), DB_COL(struct match_row, meeting_held_on),
       DB_COL(struct match_row, asked_at), DB_COL(struct match_row, trainee_answer), DB_COL(struct match_row, trainee_answer_at),
       DB_COL(struct match_row, trainee_comment), DB_COL(struct match_row, mentor_answer),
       DB_COL(struct match_row, mentor_answer_at), DB_COL(struct match_row, mentor_comment), DB_COL(struct match_row, sequence));
enum err match_update(struct db *db, const struct match_row *m)
{
    int64_t changed = 0;
    TRY(db_put(db, &q_match_update, m, &changed));
    return changed == 1 ? OK : ERR_CONFLICT;
}

DB_PUT(q_match_wish_put, struct match_wish_row,
       "INSERT INTO match_wish (trainee_id, mentor_id, kind, reason, by_account, at) VALUES ($1, $2, $3, $4, $5, $6)"
       " ON CONFLICT (trainee_id, mentor_id) DO UPDATE SET kind = $3, reason = $4, by_account = $5, at = $6",
       DB_COL(struct match_wish_row, trainee_id), DB_COL(struct match_wish_row, mentor_id), DB_COL(struct match_wish_row, kind),
       DB_COL(struct match_wish_row, reason), DB_COL(struct match_wish_row, by_account), DB_COL(struct match_wish_row, at));
enum err match_wish_put(struct db *db, const struct match_wish_row *w)
{
    return db_put(db, &q_match_wish_put, w, NULL);
}

DB_EXEC(q_match_wish_remove, 2, "DELETE FROM match_wish WHERE trainee_id = $1 AND mentor_id = $2");
enum err match_wish_remove(struct db *db, int64_t trainee_id, int64_t mentor_id)
{
    return db_run(db, &q_match_wish_remove, NULL, DB_IN(trainee_id, mentor_id));
}

DB_QUERY(q_match_wish_all, struct match_wish_row, 3,
         "SELECT w.id, w.trainee_id, w.mentor_id, w.kind, w.reason, w.by_account, w.at FROM match_wish w"
         "  JOIN trainee t ON t.id = w.trainee_id JOIN participant p ON p.id = t.participant_id WHERE t.organisation_id = $1 AND " RELATION_KNOWS("p", "$2", "$3") " ORDER BY w.id",
         DB_COL(struct match_wish_row, id), DB_COL(struct match_wish_row, trainee_id), DB_COL(struct match_wish_row, mentor_id),
         DB_COL(struct match_wish_row, kind), DB_COL(struct match_wish_row, reason), DB_COL(struct match_wish_row, by_account),
         DB_COL(struct match_wish_row, at));
enum err match_wish_all(struct db *db, struct arena *a, int64_t organisation_id, struct viewer v, struct match_wish_row **rows, size_t *n)
{
    return db_all(db, a, &q_match_wish_all, rows, n, DB_IN(organisation_id, v.account_id, v.today));
}

DB_QUERY(q_match_needs, struct match_need, 5,
         "SELECT t.id, t.participant_id, t.cohort_id, p.first_name, p.last_name, p.sex, p.languages, p.field, p.field_text, p.occupation,"
         "       p.municipality, c.name AS cohort_name, t.wish_sex, t.wish_age, t.wish_language, t.wish_sector, t.wish_text,"
         "       p.birth_year, p.experience_years, p.address_protection"
         "  FROM trainee t JOIN participant p ON p.id = t.participant_id JOIN cohort c ON c.id = t.cohort_id"
         " WHERE t.organisation_id = $1 AND t.status = 0 AND ($2 = 0 OR t.cohort_id = $2) AND " RELATION_KNOWS("p", "$3", "$4")
         "   AND NOT EXISTS (SELECT 1 FROM match x WHERE x.trainee_id = t.id AND x.status < 5)"
         "   AND NOT EXISTS (SELECT 1 FROM mentorship s WHERE s.trainee_id = t.id AND s.status = 0)"
         " ORDER BY p.sort_name, t.id LIMIT $5",
         DB_COL(struct match_need, id), DB_COL(struct match_need, participant_id), DB_COL(struct match_need, cohort_id),
         DB_COL(struct match_need, first_name), DB_COL(struct match_need, last_name), DB_COL(struct match_need, sex),
         DB_COL(struct match_need, languages), DB_COL(struct match_need, field), DB_COL(struct match_need, field_text),
         DB_COL(struct match_need, occupation), DB_COL(struct match_need, municipality), DB_COL(struct match_need, cohort_name),
         DB_COL(struct match_need, wish_sex), DB_COL(struct match_need, wish_age), DB_COL(struct match_need, wish_language),
         DB_COL(struct match_need, wish_sector), DB_COL(struct match_need, wish_text), DB_COL(struct match_need, birth_year),
         DB_COL(struct match_need, experience_years), DB_COL(struct match_need, address_protection));
enum err match_needs(struct db *db, struct arena *a, int64_t organisation_id, int64_t cohort_id, struct viewer v, struct match_need **rows, size_t *n)
{
    return db_all(db, a, &q_match_needs, rows, n, DB_IN(organisation_id, cohort_id, v.account_id, v.today, MATCH_NEEDS_MAX));
}

DB_QUERY(q_match_places, struct match_place, 3,
         "SELECT u.mentor_id, COUNT(*) AS taken FROM ("
         "  SELECT s.mentor_id, s.trainee_id FROM mentorship s WHERE s.organisation_id = $1 AND s.status = 0"
         "  UNION ALL SELECT x.mentor_id, x.trainee_id FROM match x WHERE x.organisation_id = $1 AND x.status < 5) u"
         " JOIN trainee t ON t.id = u.trainee_id JOIN participant p ON p.id = t.participant_id WHERE " RELATION_KNOWS("p", "$2", "$3") " GROUP BY u.mentor_id",
         DB_COL(struct match_place, mentor_id), DB_COL(struct match_place, taken));
enum err match_places(struct db *db, struct arena *a, int64_t organisation_id, struct viewer v, struct match_place **rows, size_t *n)
{
    return db_all(db, a, &q_match_places, rows, n, DB_IN(organisation_id, v.account_id, v.today));
}
