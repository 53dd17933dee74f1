#include "model/trainee.h"

DB_PUT(q_trainee_insert, struct trainee_row,
       "INSERT INTO trainee (organisation_id, participant_id, cohort_id, admitted_at) VALUES ($1, $2, $3, $4) RETURNING id",
       DB_COL(struct trainee_row, organisation_id), DB_COL(struct trainee_row, participant_id),
       DB_COL(struct trainee_row, cohort_id), DB_COL(struct trainee_row, admitted_at));
enum err trainee_insert(struct db *db, const struct trainee_row *t, int64_t *id)
{
    return db_put_id(db, &q_trainee_insert, t, id);
}

#define TRAINEE_SELECT                                                                             \
    "SELECT t.id, t.organisation_id, t.participant_id, t.cohort_id, t.admitted_at, t.status, t.completed_on, t.on_time," \
    "       t.ended_on, t.end_reason, t.wish_sex, t.wish_age, t.wish_language, t.wish_sector, t.wish_text, t.goals," \
    "       t.expectations, t.motivation, t.version, p.first_name, p.last_name, p.sort_name, p.sex, p.email, p.phone, p.lang," \
    "       p.languages, p.field, p.field_text, p.occupation, p.municipality, p.birth_year, p.experience_years," \
    "       p.address_protection, p.account_id, p.adviser_id, p.nav_contact_id, c.name AS cohort_name" \
    "  FROM trainee t JOIN participant p ON p.id = t.participant_id JOIN cohort c ON c.id = t.cohort_id"
#define TRAINEE_COLS                                                                               \
    DB_COL(struct trainee_row, id), DB_COL(struct trainee_row, organisation_id),                   \
        DB_COL(struct trainee_row, participant_id), DB_COL(struct trainee_row, cohort_id),         \
        DB_COL(struct trainee_row, admitted_at), DB_COL(struct trainee_row, status),               \
        DB_COL(struct trainee_row, completed_on), DB_COL(struct trainee_row, on_time),             \
        DB_COL(struct trainee_row, ended_on), DB_COL(struct trainee_row, end_reason),              \
        DB_COL(struct trainee_row, wish_sex), DB_COL(struct trainee_row, wish_age),                \
        DB_COL(struct trainee_row, wish_language), DB_COL(struct trainee_row, wish_sector),        \
        DB_COL(struct trainee_row, wish_text), DB_COL(struct trainee_row, goals),                  \
        DB_COL(struct trainee_row, expectations), DB_COL(struct trainee_row, motivation),          \
        DB_COL(struct trainee_row, version), DB_COL(struct trainee_row, first_name),               \
        DB_COL(struct trainee_row, last_name), DB_COL(struct trainee_row, sort_name),              \
        DB_COL(struct trainee_row, sex), DB_COL(struct trainee_row, email),                        \
        DB_COL(struct trainee_row, phone), DB_COL(struct trainee_row, lang),                       \
        DB_COL(struct trainee_row, languages), DB_COL(struct trainee_row, field),                  \
        DB_COL(struct trainee_row, field_text), DB_COL(struct trainee_row, occupation),            \
        DB_COL(struct trainee_row, municipality), DB_COL(struct trainee_row, birth_year),          \
        DB_COL(struct trainee_row, experience_years), DB_COL(struct trainee_row, address_protection), \
        DB_COL(struct trainee_row, account_id), DB_COL(struct trainee_row, adviser_id),            \
        DB_COL(struct trainee_row, nav_contact_id), DB_COL(struct trainee_row, cohort_name)

DB_QUERY(q_trainee_get, struct trainee_row, 1, TRAINEE_SELECT " WHERE t.id = $1", TRAINEE_COLS);
enum err trainee_get(struct db *db, struct arena *a, int64_t id, struct trainee_row *out)
{
    return db_one(db, a, &q_trainee_get, out, DB_IN(id));
}

DB_QUERY(q_trainee_of_participant, struct trainee_row, 1, TRAINEE_SELECT " WHERE t.participant_id = $1", TRAINEE_COLS);
enum err trainee_of_participant(struct db *db, struct arena *a, int64_t participant_id, struct trainee_row *out)
{
    return db_one(db, a, &q_trainee_of_participant, out, DB_IN(participant_id));
}

DB_QUERY(q_trainee_of_cohort, struct trainee_row, 1, TRAINEE_SELECT " WHERE t.cohort_id = $1 ORDER BY p.sort_name, t.id LIMIT 500",
         TRAINEE_COLS);
enum err trainee_of_cohort(struct db *db, struct arena *a, int64_t cohort_id, struct trainee_row **rows, size_t *n)
{
    return db_all(db, a, &q_trainee_of_cohort, rows, n, DB_IN(cohort_id));
}

DB_QUERY(q_trainee_all, struct trainee_row, 1,
         TRAINEE_SELECT " WHERE t.organisation_id = $1 ORDER BY c.start_on DESC, c.id DESC, p.sort_name, t.id LIMIT 2000",
         TRAINEE_COLS);
enum err trainee_all(struct db *db, struct arena *a, int64_t organisation_id, struct trainee_row **rows, size_t *n)
{
    return db_all(db, a, &q_trainee_all, rows, n, DB_IN(organisation_id));
}

DB_EXEC(q_trainee_set_status, 8,
        "UPDATE trainee SET status = $3, completed_on = $4, on_time = $5, ended_on = $6, end_reason = $7, over_on = $8, version = version + 1"
        " WHERE id = $1 AND version = $2");
enum err trainee_set_status(struct db *db, const struct trainee_row *t)
{
    bool over = t->status == TRAINEE_COMPLETED || t->status == TRAINEE_ENDED;
    int on = t->completed_on > t->ended_on ? t->completed_on : t->ended_on;
    return db_run_one(db, &q_trainee_set_status,
                      DB_IN(t->id, t->version, t->status, t->completed_on, t->on_time, t->ended_on, t->end_reason, over ? on : 0));
}

DB_EXEC(q_trainee_set_preparation, 10,
        "UPDATE trainee SET wish_sex = $3, wish_age = $4, wish_language = $5, wish_sector = $6, wish_text = $7, goals = $8,"
        " expectations = $9, motivation = $10, version = version + 1 WHERE id = $1 AND version = $2");
enum err trainee_set_preparation(struct db *db, const struct trainee_row *t)
{
    return db_run_one(db, &q_trainee_set_preparation,
                      DB_IN(t->id, t->version, t->wish_sex, t->wish_age, t->wish_language, t->wish_sector, t->wish_text,
                            t->goals, t->expectations, t->motivation));
}
