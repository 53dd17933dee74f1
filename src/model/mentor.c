#include "model/mentor.h"
#include "base/utf8.h"
#include "model/confidentiality.h"

struct str mentor_sort_name(struct arena *a, struct str first, struct str last)
{
    struct str parts[2] = {last, first};
    return utf8_fold(a, arena_join(a, parts, 2, STR(" ")));
}

DB_PUT(q_mentor_insert, struct mentor_row,
       "INSERT INTO mentor (organisation_id, account_id, first_name, last_name, sort_name, email, phone, lang, sex, birth_year, field,"
       " specialisation, occupation, job_title, employer, sector, experience_years, seniority, network, languages, municipality,"
       " motivation, capacity, wish_sex, wish_text, police_certificate_on, paused_until_on, recommended_by,"
       " created_at, updated_at)"
       " VALUES ($1, NULLIF($2, 0), $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23,"
       " $24, $25, $26, $27, NULLIF($28, 0), $29, $30) RETURNING id",
       DB_COL(struct mentor_row, organisation_id), DB_COL(struct mentor_row, account_id), DB_COL(struct mentor_row, first_name),
       DB_COL(struct mentor_row, last_name), DB_COL(struct mentor_row, sort_name), DB_COL(struct mentor_row, email),
       DB_COL(struct mentor_row, phone), DB_COL(struct mentor_row, lang), DB_COL(struct mentor_row, sex),
       DB_COL(struct mentor_row, birth_year), DB_COL(struct mentor_row, field), DB_COL(struct mentor_row, specialisation),
       DB_COL(struct mentor_row, occupation), DB_COL(struct mentor_row, job_title), DB_COL(struct mentor_row, employer),
       DB_COL(struct mentor_row, sector), DB_COL(struct mentor_row, experience_years), DB_COL(struct mentor_row, seniority),
       DB_COL(struct mentor_row, network), DB_COL(struct mentor_row, languages), DB_COL(struct mentor_row, municipality),
       DB_COL(struct mentor_row, motivation), DB_COL(struct mentor_row, capacity), DB_COL(struct mentor_row, wish_sex),
       DB_COL(struct mentor_row, wish_text), DB_COL(struct mentor_row, police_certificate_on),
       DB_COL(struct mentor_row, paused_until_on),
       DB_COL(struct mentor_row, recommended_by), DB_COL(struct mentor_row, created_at), DB_COL(struct mentor_row, updated_at));
enum err mentor_insert(struct db *db, const struct mentor_row *m, int64_t *id)
{
    return db_put_id(db, &q_mentor_insert, m, id);
}

/* Running mentorships and open matches (enum match_status up to accepted). */
#define TAKEN_BY(s_known, x_known)                                                                 \
    "((SELECT COUNT(*) FROM mentorship s WHERE s.mentor_id = m.id AND s.status = 0" s_known ")"    \
    " + (SELECT COUNT(*) FROM match x WHERE x.mentor_id = m.id AND x.status IN (0, 1, 2, 3, 4)" x_known "))"
#define TAKEN TAKEN_BY("", "")
/* Of those whom the viewer may know of: a place that nobody seems to take would tell of somebody. */
#define IS_KNOWN(of, account, today)                                                               \
    " AND EXISTS (SELECT 1 FROM trainee t JOIN participant p ON p.id = t.participant_id WHERE t.id = " of ".trainee_id AND " \
    RELATION_KNOWS("p", account, today) ")"
#define TAKEN_KNOWN(account, today) TAKEN_BY(IS_KNOWN("s", account, today), IS_KNOWN("x", account, today))
#define MENTOR_SELECT MENTOR_SELECT_WITH(TAKEN)
#define MENTOR_SELECT_WITH(taken)                                                                              \
    "SELECT m.id, m.organisation_id, m.account_id, m.first_name, m.last_name, m.sort_name, m.email, m.phone, m.lang, m.sex," \
    "       m.birth_year, m.field, m.specialisation, m.occupation, m.job_title, m.employer, m.sector, m.experience_years," \
    "       m.seniority, m.network, m.languages, m.municipality, m.motivation, m.capacity, m.wish_sex, m.wish_text," \
    "       m.police_certificate_on, " CONFIDENTIALITY_SIGNED_AT("m.account_id") " AS confidentiality_at, m.paused_until_on, m.recommended_by, m.ended_at, m.created_at," \
    "       m.updated_at, m.version,"                                                              \
    "       " taken " AS trainees FROM mentor m"
#define MENTOR_COLS                                                                                \
    DB_COL(struct mentor_row, id), DB_COL(struct mentor_row, organisation_id), DB_COL(struct mentor_row, account_id), \
        DB_COL(struct mentor_row, first_name), DB_COL(struct mentor_row, last_name), DB_COL(struct mentor_row, sort_name), \
        DB_COL(struct mentor_row, email), DB_COL(struct mentor_row, phone), DB_COL(struct mentor_row, lang), \
        DB_COL(struct mentor_row, sex), DB_COL(struct mentor_row, birth_year), DB_COL(struct mentor_row, field), \
        DB_COL(struct mentor_row, specialisation), DB_COL(struct mentor_row, occupation),          \
        DB_COL(struct mentor_row, job_title), DB_COL(struct mentor_row, employer), DB_COL(struct mentor_row, sector), \
        DB_COL(struct mentor_row, experience_years), DB_COL(struct mentor_row, seniority),         \
        DB_COL(struct mentor_row, network), DB_COL(struct mentor_row, languages), DB_COL(struct mentor_row, municipality), \
        DB_COL(struct mentor_row, motivation), DB_COL(struct mentor_row, capacity), DB_COL(struct mentor_row, wish_sex), \
        DB_COL(struct mentor_row, wish_text), DB_COL(struct mentor_row, police_certificate_on),    \
        DB_COL(struct mentor_row, confidentiality_at), DB_COL(struct mentor_row, paused_until_on), \
        DB_COL(struct mentor_row, recommended_by), DB_COL(struct mentor_row, ended_at), DB_COL(struct mentor_row, created_at), \
        DB_COL(struct mentor_row, updated_at), DB_COL(struct mentor_row, version), DB_COL(struct mentor_row, trainees)

DB_QUERY(q_mentor_get, struct mentor_row, 1, MENTOR_SELECT " WHERE m.id = $1", MENTOR_COLS);
enum err mentor_get(struct db *db, struct arena *a, int64_t id, struct mentor_row *out)
{
    return db_one(db, a, &q_mentor_get, out, DB_IN(id));
}

DB_QUERY(q_mentor_get_for, struct mentor_row, 3, MENTOR_SELECT_WITH(TAKEN_KNOWN("$2", "$3")) " WHERE m.id = $1", MENTOR_COLS);
enum err mentor_get_for(struct db *db, struct arena *a, int64_t id, struct viewer v, struct mentor_row *out)
{
    return db_one(db, a, &q_mentor_get_for, out, DB_IN(id, v.account_id, v.today));
}

DB_QUERY(q_mentor_by_account, struct mentor_row, 2, MENTOR_SELECT " WHERE m.organisation_id = $1 AND m.account_id = $2", MENTOR_COLS);
enum err mentor_by_account(struct db *db, struct arena *a, int64_t organisation_id, int64_t account_id, struct mentor_row *out)
{
    return db_one(db, a, &q_mentor_by_account, out, DB_IN(organisation_id, account_id));
}

DB_PUT(q_mentor_update, struct mentor_row,
       "UPDATE mentor SET first_name = $3, last_name = $4, sort_name = $5, email = $6, phone = $7, lang = $8, sex = $9, birth_year = $10,"
       " field = $11, specialisation = $12, occupation = $13, job_title = $14, employer = $15, sector = $16, experience_years = $17,"
       " seniority = $18, network = $19, languages = $20, municipality = $21, motivation = $22, capacity = $23, wish_sex = $24,"
       " wish_text = $25, police_certificate_on = $26, paused_until_on = $27,"
       " recommended_by = NULLIF($28, 0), ended_at = $29, updated_at = $30, version = version + 1 WHERE id = $1 AND version = $2",
       DB_COL(struct mentor_row, id), DB_COL(struct mentor_row, version), DB_COL(struct mentor_row, first_name),
       DB_COL(struct mentor_row, last_name), DB_COL(struct mentor_row, sort_name), DB_COL(struct mentor_row, email),
       DB_COL(struct mentor_row, phone), DB_COL(struct mentor_row, lang), DB_COL(struct mentor_row, sex),
       DB_COL(struct mentor_row, birth_year), DB_COL(struct mentor_row, field), DB_COL(struct mentor_row, specialisation),
       DB_COL(struct mentor_row, occupation), DB_COL(struct mentor_row, job_title), DB_COL(struct mentor_row, employer),
       DB_COL(struct mentor_row, sector), DB_COL(struct mentor_row, experience_years), DB_COL(struct mentor_row, seniority),
       DB_COL(struct mentor_row, network), DB_COL(struct mentor_row, languages), DB_COL(struct mentor_row, municipality),
       DB_COL(struct mentor_row, motivation), DB_COL(struct mentor_row, capacity), DB_COL(struct mentor_row, wish_sex),
       DB_COL(struct mentor_row, wish_text), DB_COL(struct mentor_row, police_certificate_on),
       DB_COL(struct mentor_row, paused_until_on),
       DB_COL(struct mentor_row, recommended_by), DB_COL(struct mentor_row, ended_at), DB_COL(struct mentor_row, updated_at));
enum err mentor_update(struct db *db, const struct mentor_row *m)
{
    int64_t changed = 0;
    TRY(db_put(db, &q_mentor_update, m, &changed));
    return changed == 1 ? OK : ERR_CONFLICT;
}

DB_EXEC(q_mentor_set_account, 2, "UPDATE mentor SET account_id = $2, version = version + 1 WHERE id = $1");
enum err mentor_set_account(struct db *db, int64_t id, int64_t account_id)
{
    return db_run_one(db, &q_mentor_set_account, DB_IN(id, account_id));
}

DB_QUERY(q_mentor_all, struct mentor_row, 2,
         MENTOR_SELECT " WHERE m.organisation_id = $1 AND m.ended_at = 0 ORDER BY m.sort_name, m.id LIMIT $2", MENTOR_COLS);
enum err mentor_all(struct db *db, struct arena *a, int64_t organisation_id, struct mentor_row **rows, size_t *n)
{
    return db_all(db, a, &q_mentor_all, rows, n, DB_IN(organisation_id, MENTOR_ALL_MAX));
}

#define IN_SEARCH(n) "(" n " = '' OR m.sort_name LIKE '%' || " n " || '%' OR LOWER(m.employer) LIKE '%' || " n " || '%')"
DB_QUERY(q_mentor_find, struct mentor_row, 10,
         MENTOR_SELECT_WITH(TAKEN_KNOWN("$10", "$8")) " WHERE m.organisation_id = $1 AND (m.sort_name > $2 OR (m.sort_name = $2 AND m.id > $3) OR $3 = 0)"
                       "   AND " IN_SEARCH("$4") " AND " IN_SEARCH("$5") " AND ($6 = '' OR SUBSTR(m.field, 1, 3) = $6)"
                       "   AND CASE CAST($7 AS BIGINT) WHEN 1 THEN m.ended_at = 0 AND m.paused_until_on < $8 AND m.capacity > " TAKEN_KNOWN("$10", "$8")
                       "               WHEN 2 THEN m.ended_at = 0 AND m.paused_until_on >= $8"
                       "               WHEN 3 THEN m.ended_at > 0 ELSE m.ended_at = 0 END"
                       " ORDER BY m.sort_name, m.id LIMIT $9",
         MENTOR_COLS);
enum err mentor_find(struct db *db, struct arena *a, const struct mentor_filter *f, struct mentor_row **rows, size_t *n)
{
    return db_all(db, a, &q_mentor_find, rows, n,
                  DB_IN(f->organisation_id, f->after_name, f->after_id, f->words[0], f->words[1], f->field, f->state, f->today, f->limit, f->viewer));
}

DB_QUERY(q_mentor_by_email, struct mentor_row, 2,
         MENTOR_SELECT " WHERE m.organisation_id = $1 AND m.email = $2 ORDER BY m.ended_at, m.id LIMIT 1", MENTOR_COLS);
enum err mentor_by_email(struct db *db, struct arena *a, int64_t organisation_id, struct str email, struct mentor_row *out)
{
    return db_one(db, a, &q_mentor_by_email, out, DB_IN(organisation_id, email));
}
