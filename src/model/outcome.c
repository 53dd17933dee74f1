#include "model/outcome.h"
#include "model/relation.h"

DB_PUT(q_outcome_insert, struct outcome_row,
       "INSERT INTO outcome (trainee_id, kind, offered_on, from_on, until_on, employer, occupation, job_title, percent, permanent,"
       " subsidy, practice_percent, field_relevant, found_by, note, by_account, at)"
       " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) RETURNING id",
       DB_COL(struct outcome_row, trainee_id), DB_COL(struct outcome_row, kind), DB_COL(struct outcome_row, offered_on),
       DB_COL(struct outcome_row, from_on), DB_COL(struct outcome_row, until_on), DB_COL(struct outcome_row, employer),
       DB_COL(struct outcome_row, occupation), DB_COL(struct outcome_row, job_title), DB_COL(struct outcome_row, percent),
       DB_COL(struct outcome_row, permanent), DB_COL(struct outcome_row, subsidy), DB_COL(struct outcome_row, practice_percent),
       DB_COL(struct outcome_row, field_relevant), DB_COL(struct outcome_row, found_by), DB_COL(struct outcome_row, note),
       DB_COL(struct outcome_row, by_account), DB_COL(struct outcome_row, at));
enum err outcome_insert(struct db *db, const struct outcome_row *o, int64_t *id)
{
    return db_put_id(db, &q_outcome_insert, o, id);
}

#define OUTCOME_SELECT                                                                             \
    "SELECT o.id, o.trainee_id, o.kind, o.offered_on, o.from_on, o.until_on, o.employer, o.occupation, o.job_title, o.percent," \
    "       o.permanent, o.subsidy, o.practice_percent, o.field_relevant, o.found_by, o.note, o.by_account, o.at, o.version" \
    "  FROM outcome o"
#define OUTCOME_COLS                                                                               \
    DB_COL(struct outcome_row, id), DB_COL(struct outcome_row, trainee_id), DB_COL(struct outcome_row, kind), \
        DB_COL(struct outcome_row, offered_on), DB_COL(struct outcome_row, from_on), DB_COL(struct outcome_row, until_on), \
        DB_COL(struct outcome_row, employer), DB_COL(struct outcome_row, occupation), DB_COL(struct outcome_row, job_title), \
        DB_COL(struct outcome_row, percent), DB_COL(struct outcome_row, permanent), DB_COL(struct outcome_row, subsidy), \
        DB_COL(struct outcome_row, practice_percent), DB_COL(struct outcome_row, field_relevant),  \
        DB_COL(struct outcome_row, found_by), DB_COL(struct outcome_row, note), DB_COL(struct outcome_row, by_account), \
        DB_COL(struct outcome_row, at), DB_COL(struct outcome_row, version)

DB_QUERY(q_outcome_get, struct outcome_row, 1, OUTCOME_SELECT " WHERE o.id = $1", OUTCOME_COLS);
enum err outcome_get(struct db *db, struct arena *a, int64_t id, struct outcome_row *out)
{
    return db_one(db, a, &q_outcome_get, out, DB_IN(id));
}

DB_EXEC(q_outcome_update, 16,
        "UPDATE outcome SET kind = $3, offered_on = $4, from_on = $5, until_on = $6, employer = $7, occupation = $8, job_title = $9,"
        " percent = $10, permanent = $11, subsidy = $12, practice_percent = $13, field_relevant = $14, found_by = $15, note = $16,"
        " version = version + 1 WHERE id = $1 AND version = $2");
enum err outcome_update(struct db *db, const struct outcome_row *o)
{
    return db_run_one(db, &q_outcome_update,
                      DB_IN(o->id, o->version, o->kind, o->offered_on, o->from_on, o->until_on, o->employer, o->occupation, o->job_title,
                            o->percent, o->permanent, o->subsidy, o->practice_percent, o->field_relevant, o->found_by, o->note));
}

DB_QUERY(q_outcome_of_trainee, struct outcome_row, 1,
         OUTCOME_SELECT " WHERE o.trainee_id = $1 ORDER BY o.from_on DESC, o.id DESC LIMIT 200", OUTCOME_COLS);
enum err outcome_of_trainee(struct db *db, struct arena *a, int64_t trainee_id, struct outcome_row **rows, size_t *n)
{
    return db_all(db, a, &q_outcome_of_trainee, rows, n, DB_IN(trainee_id));
}

struct outcome outcome_of_row(const struct outcome_row *o)
{
    return (struct outcome){.kind = o->kind, .relevance = o->field_relevant, .permanence = o->permanent, .found = o->found_by,
                            .offered_on = o->offered_on, .from_on = o->from_on, .until_on = o->until_on, .percent = o->percent,
                            .practice_percent = o->practice_percent, .subsidy = o->subsidy};
}

DB_PUT(q_internship_insert, struct internship_row,
       "INSERT INTO internship (trainee_id, business, from_on, until_on, percent, field_relevant, by_account, at)"
       " VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id",
       DB_COL(struct internship_row, trainee_id), DB_COL(struct internship_row, business), DB_COL(struct internship_row, from_on),
       DB_COL(struct internship_row, until_on), DB_COL(struct internship_row, percent),
       DB_COL(struct internship_row, field_relevant), DB_COL(struct internship_row, by_account),
       DB_COL(struct internship_row, at));
enum err internship_insert(struct db *db, const struct internship_row *i, int64_t *id)
{
    return db_put_id(db, &q_internship_insert, i, id);
}

#define INTERNSHIP_COLS                                                                            \
    DB_COL(struct internship_row, id), DB_COL(struct internship_row, trainee_id), DB_COL(struct internship_row, business), \
        DB_COL(struct internship_row, from_on), DB_COL(struct internship_row, until_on), DB_COL(struct internship_row, percent), \
        DB_COL(struct internship_row, field_relevant), DB_COL(struct internship_row, by_account),  \
        DB_COL(struct internship_row, at), DB_COL(struct internship_row, version)
#define INTERNSHIP_SELECT                                                                          \
    "SELECT id, trainee_id, business, from_on, until_on, percent, field_relevant, by_account, at, version FROM internship"

DB_QUERY(q_internship_get, struct internship_row, 1, INTERNSHIP_SELECT " WHERE id = $1", INTERNSHIP_COLS);
enum err internship_get(struct db *db, struct arena *a, int64_t id, struct internship_row *out)
{
    return db_one(db, a, &q_internship_get, out, DB_IN(id));
}

DB_EXEC(q_internship_update, 7,
        "UPDATE internship SET business = $3, from_on = $4, until_on = $5, percent = $6, field_relevant = $7, version = version + 1"
        " WHERE id = $1 AND version = $2");
enum err internship_update(struct db *db, const struct internship_row *i)
{
    return db_run_one(db, &q_internship_update,
                      DB_IN(i->id, i->version, i->business, i->from_on, i->until_on, i->percent, i->field_relevant));
}

DB_QUERY(q_internship_of_trainee, struct internship_row, 1,
         INTERNSHIP_SELECT " WHERE trainee_id = $1 ORDER BY from_on DESC, id DESC LIMIT 200", INTERNSHIP_COLS);
enum err internship_of_trainee(struct db *db, struct arena *a, int64_t trainee_id, struct internship_row **rows, size_t *n)
{
    return db_all(db, a, &q_internship_of_trainee, rows, n, DB_IN(trainee_id));
}

/* Those that count: their cohort has begun, or they have met a mentor; of whom the viewer may know. */
#define RESULT_FROM " FROM trainee t JOIN participant p ON p.id = t.participant_id JOIN cohort c ON c.id = t.cohort_id WHERE "
#define RESULT_COUNTS                                                                              \
    " AND (c.start_on <= $2 OR EXISTS (SELECT 1 FROM mentorship fm WHERE fm.trainee_id = t.id AND fm.first_meeting_on > 0)) AND " RELATION_KNOWS("p", "$3", "$2")
#define RESULT_YEARS "t.organisation_id = $1 AND t.admitted_at >= $4 AND t.admitted_at < $5"
#define RESULT_COHORT "+t.organisation_id = $1 AND +t.admitted_at >= $4 AND +t.admitted_at < $5 AND t.cohort_id = $6" /* + : few are in a cohort */
#define RESULT_FACTS(which)                                                                        \
    "SELECT t.id, t.cohort_id, t.admitted_at, c.name AS cohort_name, p.sex, p.field, c.start_on AS cohort_start_on, t.completed_on, t.on_time, t.status," \
    "       COALESCE((SELECT MIN(m.first_meeting_on) FROM mentorship m WHERE m.trainee_id = t.id AND m.first_meeting_on > 0), 0) AS first_meeting_on," \
    "       CASE WHEN EXISTS (SELECT 1 FROM internship i WHERE i.trainee_id = t.id AND i.from_on <= $2) THEN 1 ELSE 0 END AS internship," \
    "       CASE WHEN EXISTS (SELECT 1 FROM outcome o WHERE o.trainee_id = t.id AND o.kind = 2) THEN 1 ELSE 0 END AS education" \
    RESULT_FROM which RESULT_COUNTS " ORDER BY t.id"
#define RESULT_FACT_COLS                                                                           \
    DB_COL(struct result_fact, id), DB_COL(struct result_fact, cohort_id), DB_COL(struct result_fact, admitted_at), \
        DB_COL(struct result_fact, cohort_name), DB_COL(struct result_fact, sex), DB_COL(struct result_fact, field), \
        DB_COL(struct result_fact, cohort_start_on), DB_COL(struct result_fact, completed_on), DB_COL(struct result_fact, on_time), \
        DB_COL(struct result_fact, status), DB_COL(struct result_fact, first_meeting_on), DB_COL(struct result_fact, internship), \
        DB_COL(struct result_fact, education)
DB_QUERY(q_result_facts, struct result_fact, 5, RESULT_FACTS(RESULT_YEARS), RESULT_FACT_COLS);
DB_QUERY(q_result_facts_cohort, struct result_fact, 6, RESULT_FACTS(RESULT_COHORT), RESULT_FACT_COLS);
enum err result_facts(struct db *db, struct arena *a, const struct result_ask *k, struct result_fact **rows, size_t *n)
{
    if (k->cohort_id)
        return db_all(db, a, &q_result_facts_cohort, rows, n, DB_IN(k->organisation_id, k->viewer.today, k->viewer.account_id, k->from_at, k->to_at, k->cohort_id));
    return db_all(db, a, &q_result_facts, rows, n, DB_IN(k->organisation_id, k->viewer.today, k->viewer.account_id, k->from_at, k->to_at));
}

DB_QUERY(q_result_jobs, struct outcome_row, 3,
         OUTCOME_SELECT " JOIN trainee t ON t.id = o.trainee_id WHERE t.organisation_id = $1 AND t.admitted_at >= $2 AND t.admitted_at < $3"
                        " AND o.kind = 1 ORDER BY o.trainee_id, o.id",
         OUTCOME_COLS);
DB_QUERY(q_result_jobs_cohort, struct outcome_row, 4,
         OUTCOME_SELECT " JOIN trainee t ON t.id = o.trainee_id WHERE +t.organisation_id = $1 AND +t.admitted_at >= $2 AND +t.admitted_at < $3"
                        " AND t.cohort_id = $4 AND o.kind = 1 ORDER BY o.trainee_id, o.id",
         OUTCOME_COLS);
enum err result_jobs(struct db *db, struct arena *a, const struct result_ask *k, struct outcome_row **rows, size_t *n)
{
    if (k->cohort_id)
        return db_all(db, a, &q_result_jobs_cohort, rows, n, DB_IN(k->organisation_id, k->from_at, k->to_at, k->cohort_id));
    return db_all(db, a, &q_result_jobs, rows, n, DB_IN(k->organisation_id, k->from_at, k->to_at));
}

#define RESULT_END(by) "COALESCE((SELECT t.admitted_at" RESULT_FROM "t.organisation_id = $1" RESULT_COUNTS " ORDER BY t.admitted_at" by " LIMIT 1), 0)"
DB_QUERY(q_result_span, struct result_span, 3, "SELECT " RESULT_END("") " AS first_at, " RESULT_END(" DESC") " AS last_at", DB_COL(struct result_span, first_at),
         DB_COL(struct result_span, last_at));
enum err result_span(struct db *db, struct arena *a, int64_t organisation_id, struct viewer v, struct result_span *out)
{
    return db_one(db, a, &q_result_span, out, DB_IN(organisation_id, v.today, v.account_id));
}

DB_QUERY(q_result_cohorts, struct result_cohort, 3,
         "SELECT x.id, x.name FROM (SELECT k.id, k.name FROM cohort k WHERE k.organisation_id = $1 AND EXISTS (SELECT 1" RESULT_FROM "t.cohort_id = k.id" RESULT_COUNTS ")"
         " ORDER BY k.id DESC LIMIT 500) x ORDER BY x.id",
         DB_COL(struct result_cohort, id), DB_COL(struct result_cohort, name));
enum err result_cohorts(struct db *db, struct arena *a, int64_t organisation_id, struct viewer v, struct result_cohort **rows, size_t *n)
{
    return db_all(db, a, &q_result_cohorts, rows, n, DB_IN(organisation_id, v.today, v.account_id));
}

#define ENDING_WHO                                                                                 \
    " JOIN trainee t ON t.id = x.trainee_id JOIN participant p ON p.id = t.participant_id"         \
    " WHERE p.id IN (SELECT n.id FROM participant n WHERE n.nav_contact_id = $2 AND n.nav_contact_id IS NOT NULL AND ($3 = 0 OR n.adviser_id = $3)" \
    "  UNION ALL SELECT d.id FROM participant d WHERE d.adviser_id = $3 AND $2 = 0)"                \
    "   AND t.organisation_id IN " RELATION_ORGS("$1", "CAST($2 AS BIGINT) + CAST($3 AS BIGINT) > 0", "$7") \
    "   AND x.until_on >= $4 AND x.until_on <= $5 AND " RELATION_KNOWS("p", "$8", "$7")
DB_QUERY(q_outcome_endings, struct ending_row, 8,
         "SELECT x.id AS id, x.trainee_id AS trainee_id, t.participant_id, p.first_name, p.last_name, x.kind, x.subsidy, x.until_on AS until_on, p.address_protection"
         "  FROM outcome x" ENDING_WHO
         " UNION ALL"
         " SELECT x.id AS id, x.trainee_id AS trainee_id, t.participant_id, p.first_name, p.last_name, 4 AS kind, 0 AS subsidy, x.until_on AS until_on, p.address_protection"
         "  FROM internship x" ENDING_WHO " ORDER BY until_on, trainee_id, id LIMIT $6",
         DB_COL(struct ending_row, id), DB_COL(struct ending_row, trainee_id), DB_COL(struct ending_row, participant_id),
         DB_COL(struct ending_row, first_name), DB_COL(struct ending_row, last_name), DB_COL(struct ending_row, kind),
         DB_COL(struct ending_row, subsidy), DB_COL(struct ending_row, until_on), DB_COL(struct ending_row, address_protection));
enum err outcome_endings(struct db *db, struct arena *a, int64_t organisation_id, int64_t nav_contact_id, int64_t adviser_id, int from_on,
                         int to_on, struct viewer v, struct ending_row **rows, size_t *n)
{
    return db_all(db, a, &q_outcome_endings, rows, n, DB_IN(organisation_id, nav_contact_id, adviser_id, from_on, to_on, ENDINGS_MAX, v.today, v.account_id));
}
