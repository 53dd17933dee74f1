#include "model/rights.h"
#include "domain/register.h"

DB_PUT(q_consent_insert, struct consent_row,
       "INSERT INTO consent (organisation_id, account_id, purpose, text_version, lang, given_at) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id",
       DB_COL(struct consent_row, organisation_id), DB_COL(struct consent_row, account_id), DB_COL(struct consent_row, purpose),
       DB_COL(struct consent_row, text_version), DB_COL(struct consent_row, lang), DB_COL(struct consent_row, given_at));
enum err consent_insert(struct db *db, const struct consent_row *r, int64_t *id)
{
    return db_put_id(db, &q_consent_insert, r, id);
}

DB_EXEC(q_consent_withdraw, 4,
        "UPDATE consent SET withdrawn_at = $4 WHERE organisation_id = $1 AND account_id = $2 AND purpose = $3 AND withdrawn_at = 0");
enum err consent_withdraw(struct db *db, int64_t organisation_id, int64_t account_id, struct str purpose, int64_t now, int64_t *changed)
{
    return db_run(db, &q_consent_withdraw, changed, DB_IN(organisation_id, account_id, purpose, now));
}

DB_QUERY(q_consent_of_account, struct consent_row, 2,
         "SELECT id, organisation_id, account_id, purpose, text_version, lang, given_at, withdrawn_at FROM consent"
         " WHERE organisation_id = $1 AND account_id = $2 ORDER BY id DESC LIMIT 500",
         DB_COL(struct consent_row, id), DB_COL(struct consent_row, organisation_id), DB_COL(struct consent_row, account_id),
         DB_COL(struct consent_row, purpose), DB_COL(struct consent_row, text_version), DB_COL(struct consent_row, lang),
         DB_COL(struct consent_row, given_at), DB_COL(struct consent_row, withdrawn_at));
enum err consent_of_account(struct db *db, struct arena *a, int64_t organisation_id, int64_t account_id, struct consent_row **rows, size_t *n)
{
    return db_all(db, a, &q_consent_of_account, rows, n, DB_IN(organisation_id, account_id));
}

#define Y(f) DB_COL(struct consent_yes_row, f)
/* Somebody who is both is the participant, so that a hidden one does not stand there as the mentor. */
DB_QUERY(q_consent_current, struct consent_yes_row, 7,
         "SELECT c.id, c.given_at, COALESCE(p.id, 0) AS participant_id, COALESCE((SELECT MAX(t.id) FROM trainee t WHERE t.participant_id = p.id), 0) AS trainee_id,"
         "       CASE WHEN p.id IS NULL THEN m.id ELSE 0 END AS mentor_id, COALESCE(p.first_name, m.first_name) AS first_name,"
         "       COALESCE(p.last_name, m.last_name) AS last_name"
         "  FROM consent c LEFT JOIN participant p ON p.account_id = c.account_id AND p.organisation_id = c.organisation_id"
         "  LEFT JOIN mentor m ON m.account_id = c.account_id AND m.organisation_id = c.organisation_id"
         " WHERE c.organisation_id = $1 AND c.purpose = $2 AND c.text_version = $3 AND c.withdrawn_at = 0 AND c.id < $4"
         "   AND CASE WHEN p.id IS NULL THEN m.id IS NOT NULL AND m.sort_name <> '" ERASED_SORT "'"
         "            ELSE p.sort_name <> '" ERASED_SORT "' AND " RELATION_KNOWS("p", "$6", "$7") " END"
         " ORDER BY c.id DESC LIMIT $5",
         Y(id), Y(given_at), Y(participant_id), Y(trainee_id), Y(mentor_id), Y(first_name), Y(last_name));
enum err consent_current(struct db *db, struct arena *a, int64_t organisation_id, struct str purpose, int version, struct viewer v, int64_t before_id, int64_t limit,
                         struct consent_yes_row **rows, size_t *n)
{
    return db_all(db, a, &q_consent_current, rows, n,
                  DB_IN(organisation_id, purpose, version, before_id ? before_id : INT64_MAX, limit, v.account_id, v.today));
}

DB_PUT(q_request_insert, struct rights_request_row,
       "INSERT INTO rights_request (organisation_id, participant_id, account_id, kind, text, at) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id",
       DB_COL(struct rights_request_row, organisation_id), DB_COL(struct rights_request_row, participant_id),
       DB_COL(struct rights_request_row, account_id), DB_COL(struct rights_request_row, kind), DB_COL(struct rights_request_row, text),
       DB_COL(struct rights_request_row, at));
enum err rights_request_insert(struct db *db, const struct rights_request_row *r, int64_t *id)
{
    return db_put_id(db, &q_request_insert, r, id);
}

#define REQUEST_SELECT                                                                             \
    "SELECT r.id, r.organisation_id, r.participant_id, r.account_id, r.at, r.answered_at, r.answered_by, r.kind, r.text, r.answer," \
    "       COALESCE(p.first_name || ' ' || p.last_name, a.name, '') AS who,"                       \
    "       COALESCE((SELECT MAX(m.id) FROM mentor m WHERE m.account_id = r.account_id AND m.organisation_id = r.organisation_id), 0) AS mentor_id," \
    "       COALESCE(p.adviser_id, 0) AS adviser_id, COALESCE(p.nav_contact_id, 0) AS nav_contact_id," \
    "       COALESCE(p.address_protection, 0) AS address_protection"                                \
    "  FROM rights_request r LEFT JOIN participant p ON p.id = r.participant_id LEFT JOIN account a ON a.id = r.account_id"
#define REQUEST_COLS                                                                               \
    DB_COL(struct rights_request_row, id), DB_COL(struct rights_request_row, organisation_id), DB_COL(struct rights_request_row, participant_id), \
        DB_COL(struct rights_request_row, account_id), DB_COL(struct rights_request_row, at), DB_COL(struct rights_request_row, answered_at), \
        DB_COL(struct rights_request_row, answered_by), DB_COL(struct rights_request_row, kind), DB_COL(struct rights_request_row, text), \
        DB_COL(struct rights_request_row, answer), DB_COL(struct rights_request_row, who), DB_COL(struct rights_request_row, mentor_id), \
        DB_COL(struct rights_request_row, adviser_id), DB_COL(struct rights_request_row, nav_contact_id), \
        DB_COL(struct rights_request_row, address_protection)
DB_QUERY(q_request_get, struct rights_request_row, 1, REQUEST_SELECT " WHERE r.id = $1", REQUEST_COLS);
enum err rights_request_get(struct db *db, struct arena *a, int64_t id, struct rights_request_row *out)
{
    return db_one(db, a, &q_request_get, out, DB_IN(id));
}

DB_QUERY(q_request_list, struct rights_request_row, 1,
         "SELECT * FROM (SELECT * FROM (" REQUEST_SELECT " WHERE r.organisation_id = $1 AND r.answered_at = 0 ORDER BY r.id DESC LIMIT 200) x1 UNION ALL"
         " SELECT * FROM (" REQUEST_SELECT " WHERE r.organisation_id = $1 AND r.answered_at > 0 ORDER BY r.answered_at DESC, r.id DESC LIMIT 200) x2) o"
         " ORDER BY CASE WHEN o.answered_at = 0 THEN 0 ELSE 1 END, o.answered_at DESC, o.id DESC LIMIT 200",
         REQUEST_COLS);
enum err rights_request_list(struct db *db, struct arena *a, int64_t organisation_id, struct rights_request_row **rows, size_t *n)
{
    return db_all(db, a, &q_request_list, rows, n, DB_IN(organisation_id));
}

DB_QUERY(q_request_open, struct rights_open, 3,
         "SELECT COUNT(*) AS n, COALESCE(MIN(x.at), 0) AS oldest_at FROM (SELECT r.at FROM rights_request r WHERE r.organisation_id = $1 AND r.answered_at = 0"
         "  AND NOT EXISTS (SELECT 1 FROM participant p WHERE p.id = r.participant_id AND NOT " RELATION_KNOWS("p", "$2", "$3") ") ORDER BY r.id LIMIT 1000) x",
         DB_COL(struct rights_open, n), DB_COL(struct rights_open, oldest_at));
enum err rights_request_open(struct db *db, struct arena *a, int64_t organisation_id, struct viewer v, struct rights_open *out)
{
    return db_one(db, a, &q_request_open, out, DB_IN(organisation_id, v.account_id, v.today));
}

DB_QUERY(q_request_of_account, struct rights_request_row, 1, REQUEST_SELECT " WHERE r.account_id = $1 ORDER BY r.id DESC LIMIT 200", REQUEST_COLS);
enum err rights_request_of_account(struct db *db, struct arena *a, int64_t account_id, struct rights_request_row **rows, size_t *n)
{
    return db_all(db, a, &q_request_of_account, rows, n, DB_IN(account_id));
}

DB_EXEC(q_request_answer, 4, "UPDATE rights_request SET answer = $2, answered_at = $3, answered_by = $4 WHERE id = $1 AND answered_at = 0");
enum err rights_request_answer(struct db *db, int64_t id, struct str answer, int64_t now, int64_t by_account)
{
    return db_run_one(db, &q_request_answer, DB_IN(id, answer, now, by_account));
}

struct asked_row {
    int64_t open, answered_at;
};
DB_QUERY(q_request_erasure, struct asked_row, 2,
         "SELECT COALESCE(SUM(CASE WHEN answered_at = 0 THEN 1 ELSE 0 END), 0) AS open, COALESCE(MAX(answered_at), 0) AS answered_at"
         "  FROM (SELECT r.answered_at FROM rights_request r WHERE r.account_id = $1 AND r.kind = 'erasure'"
         "        UNION ALL SELECT s.answered_at FROM rights_request s WHERE s.participant_id = $2 AND s.kind = 'erasure') x",
         DB_COL(struct asked_row, open), DB_COL(struct asked_row, answered_at));
enum err rights_request_erasure(struct db *db, struct arena *a, int64_t account_id, int64_t participant_id, bool *open, int64_t *answered_at)
{
    struct asked_row row;
    TRY(db_one(db, a, &q_request_erasure, &row, DB_IN(account_id, participant_id)));
    *open = row.open > 0;
    *answered_at = row.answered_at;
    return OK;
}

DB_EXEC(q_request_close, 4,
        "UPDATE rights_request SET answered_at = $3, answered_by = $4 WHERE answered_at = 0 AND (participant_id = $1 OR account_id = $2)");
enum err rights_request_close(struct db *db, int64_t participant_id, int64_t account_id, int64_t now, int64_t by_account)
{
    return db_run(db, &q_request_close, NULL, DB_IN(participant_id, account_id, now, by_account));
}

DB_PUT(q_erasure_insert, struct erasure_row,
       "INSERT INTO erasure (organisation_id, participant_id, account_id, mentor_id, kind, why, kept, at, by_account)"
       " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id",
       DB_COL(struct erasure_row, organisation_id), DB_COL(struct erasure_row, participant_id), DB_COL(struct erasure_row, account_id),
       DB_COL(struct erasure_row, mentor_id),
       DB_COL(struct erasure_row, kind), DB_COL(struct erasure_row, why), DB_COL(struct erasure_row, kept), DB_COL(struct erasure_row, at),
       DB_COL(struct erasure_row, by_account));
enum err erasure_insert(struct db *db, const struct erasure_row *r, int64_t *id)
{
    return db_put_id(db, &q_erasure_insert, r, id);
}

struct last_row {
    int64_t id;
};
DB_QUERY(q_erasure_unscrubbed, struct last_row, 0, "SELECT COALESCE(MAX(id), 0) AS id FROM erasure WHERE scrubbed_at = 0", DB_COL(struct last_row, id));
enum err erasure_unscrubbed(struct db *db, struct arena *a, int64_t *id)
{
    struct last_row row;
    TRY(db_one(db, a, &q_erasure_unscrubbed, &row, DB_NONE));
    *id = row.id;
    return OK;
}

DB_QUERY(q_erasure_newest, struct last_row, 0, "SELECT COALESCE(MAX(id), 0) AS id FROM erasure", DB_COL(struct last_row, id));
enum err erasure_newest(struct db *db, struct arena *a, int64_t *id)
{
    struct last_row row;
    TRY(db_one(db, a, &q_erasure_newest, &row, DB_NONE));
    *id = row.id;
    return OK;
}

DB_EXEC(q_erasure_scrubbed, 2, "UPDATE erasure SET scrubbed_at = $2 WHERE scrubbed_at = 0 AND id <= $1");
enum err erasure_scrubbed(struct db *db, int64_t up_to_id, int64_t now)
{
    return db_run(db, &q_erasure_scrubbed, NULL, DB_IN(up_to_id, now));
}

DB_QUERY(q_erasure_each, struct erasure_row, 0,
         "SELECT id, organisation_id, participant_id, account_id, mentor_id, kind, why, kept, at, by_account FROM erasure ORDER BY id",
         DB_COL(struct erasure_row, id), DB_COL(struct erasure_row, organisation_id), DB_COL(struct erasure_row, participant_id),
         DB_COL(struct erasure_row, account_id), DB_COL(struct erasure_row, mentor_id), DB_COL(struct erasure_row, kind),
         DB_COL(struct erasure_row, why), DB_COL(struct erasure_row, kept), DB_COL(struct erasure_row, at), DB_COL(struct erasure_row, by_account));
enum err erasure_each(struct db *db, struct arena *a, enum err (*each)(void *arg, const void *row), void *arg)
{
    return db_each(db, a, &q_erasure_each, each, arg, DB_NONE);
}

struct erasure_count_row {
    int64_t n;
};
DB_QUERY(q_erasure_known, struct erasure_count_row, 5,
         "SELECT COUNT(*) AS n FROM erasure WHERE organisation_id = $1 AND participant_id = $2 AND mentor_id = $3 AND account_id = $4 AND at = $5",
         DB_COL(struct erasure_count_row, n));
enum err erasure_known(struct db *db, struct arena *a, const struct erasure_row *r, bool *known)
{
    struct erasure_count_row row;
    TRY(db_one(db, a, &q_erasure_known, &row, DB_IN(r->organisation_id, r->participant_id, r->mentor_id, r->account_id, r->at)));
    *known = row.n > 0;
    return OK;
}

struct erasure_created_row {
    int64_t at;
};
DB_QUERY(q_erasure_created, struct erasure_created_row, 3,
         "SELECT created_at AS at FROM participant WHERE id = $1 UNION ALL SELECT created_at AS at FROM mentor WHERE id = $2"
         " UNION ALL SELECT created_at AS at FROM account WHERE id = $3",
         DB_COL(struct erasure_created_row, at));
enum err erasure_created(struct db *db, struct arena *a, int64_t participant_id, int64_t mentor_id, int64_t account_id, int64_t *at)
{
    struct erasure_created_row row = {0};
    enum err e = db_one(db, a, &q_erasure_created, &row, DB_IN(participant_id, mentor_id, account_id));
    if (e && e != ERR_NOT_FOUND)
        return e;
    *at = row.at;
    return OK;
}

/* ---- proofs */

struct gone_row {
    int64_t id, participant_id, account_id, at;
};
DB_QUERY(q_proof_noted, struct gone_row, 3,
         "SELECT id, participant_id, account_id, at FROM erasure WHERE proof_at > 0 AND proof_at <= $1 AND at < $2 ORDER BY proof_at LIMIT $3",
         DB_COL(struct gone_row, id), DB_COL(struct gone_row, participant_id), DB_COL(struct gone_row, account_id), DB_COL(struct gone_row, at));
/* A number may have been given anew since, after a backup was restored: what is younger than the erasure is somebody else's. */
DB_EXEC(q_proof_promise, 2, "DELETE FROM confidentiality WHERE account_id = $1 AND at <= $2");
DB_EXEC(q_proof_consent, 2, "DELETE FROM consent WHERE account_id = $1 AND given_at <= $2");
DB_EXEC(q_proof_asked, 2, "DELETE FROM rights_request WHERE account_id = $1 AND at <= $2");
DB_EXEC(q_proof_about, 2, "DELETE FROM rights_request WHERE participant_id = $1 AND at <= $2");
DB_EXEC(q_proof_gone, 1, "UPDATE erasure SET proof_at = -1, scrubbed_at = 0 WHERE id = $1");
static enum err forget_one(struct db *db, const struct gone_row *r)
{
    if (r->account_id > 0) {
        TRY(db_run(db, &q_proof_promise, NULL, DB_IN(r->account_id, r->at)));
        TRY(db_run(db, &q_proof_consent, NULL, DB_IN(r->account_id, r->at)));
        TRY(db_run(db, &q_proof_asked, NULL, DB_IN(r->account_id, r->at)));
    }
    if (r->participant_id > 0)
        TRY(db_run(db, &q_proof_about, NULL, DB_IN(r->participant_id, r->at)));
    return db_run(db, &q_proof_gone, NULL, DB_IN(r->id));
}

enum err proof_forget(struct db *db, struct arena *a, int64_t noted_before, int64_t erased_before, size_t limit, size_t *people)
{
    struct gone_row *rows;
    TRY(db_all(db, a, &q_proof_noted, &rows, people, DB_IN(noted_before, erased_before, (int64_t)limit)));
    for (size_t i = 0; i < *people; i++)
        TRY(forget_one(db, &rows[i]));
    return OK;
}

DB_EXEC(q_proof_unnote, 1, "UPDATE erasure SET proof_at = 0 WHERE proof_at > 0 AND proof_at > $1");
DB_EXEC(q_proof_note, 3, "UPDATE erasure SET proof_at = $2 WHERE id IN (SELECT id FROM erasure WHERE proof_at = 0 AND at < $1 ORDER BY at LIMIT $3)");
enum err proof_note(struct db *db, int64_t erased_before, int64_t now, size_t limit, size_t *people)
{
    int64_t n;
    TRY(db_run(db, &q_proof_unnote, NULL, DB_IN(now)));
    TRY(db_run(db, &q_proof_note, &n, DB_IN(erased_before, now, (int64_t)limit)));
    *people = (size_t)n;
    return OK;
}

struct waiting_row {
    int64_t notes, goes;
};
DB_QUERY(q_proof_waits, struct waiting_row, 3,
         "SELECT (SELECT COUNT(*) FROM (SELECT id FROM erasure WHERE proof_at = 0 AND at < $1 LIMIT 1) AS x)"
         "       + (SELECT COUNT(*) FROM (SELECT id FROM erasure WHERE proof_at > 0 AND proof_at > $3 LIMIT 1) AS y) AS notes,"
         "       (SELECT COUNT(*) FROM (SELECT id FROM erasure WHERE proof_at > 0 AND proof_at <= $2 AND at < $1 LIMIT 1) AS z) AS goes",
         DB_COL(struct waiting_row, notes), DB_COL(struct waiting_row, goes));
enum err proof_waits(struct db *db, struct arena *a, int64_t noted_before, int64_t erased_before, int64_t now, bool *notes, bool *goes)
{
    struct waiting_row r;
    TRY(db_one(db, a, &q_proof_waits, &r, DB_IN(erased_before, noted_before, now)));
    *notes = r.notes > 0;
    *goes = r.goes > 0;
    return OK;
}
