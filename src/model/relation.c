#include "model/relation.h"
#include "domain/register.h"

struct id_row {
    int64_t participant_id;
};
DB_QUERY(q_relation_named, struct id_row, 2,
         "SELECT participant_id FROM relation WHERE account_id = $1 AND kind = 'named' AND ended_at = 0"
         "   AND from_on <= $2 AND (until_on = 0 OR until_on >= $2) ORDER BY participant_id LIMIT 5000",
         DB_COL(struct id_row, participant_id));
enum err relation_named_ids(struct db *db, struct arena *a, int64_t account_id, int today, int64_t **ids, size_t *n)
{
    struct id_row *rows;
    TRY(db_all(db, a, &q_relation_named, &rows, n, DB_IN(account_id, today)));
    *ids = ARENA_ARRAY(a, int64_t, *n);
    for (size_t i = 0; i < *n; i++)
        (*ids)[i] = rows[i].participant_id;
    return OK;
}

DB_PUT(q_relation_insert, struct relation_row,
       "INSERT INTO relation (organisation_id, participant_id, account_id, kind, subject_id, from_on, until_on, reason, by_account, at)"
       " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id",
       DB_COL(struct relation_row, organisation_id), DB_COL(struct relation_row, participant_id), DB_COL(struct relation_row, account_id),
       DB_COL(struct relation_row, kind), DB_COL(struct relation_row, subject_id), DB_COL(struct relation_row, from_on),
       DB_COL(struct relation_row, until_on), DB_COL(struct relation_row, reason), DB_COL(struct relation_row, by_account),
       DB_COL(struct relation_row, at));
enum err relation_insert(struct db *db, const struct relation_row *r, int64_t *id)
{
    return db_put_id(db, &q_relation_insert, r, id);
}

#define RELATION_SELECT                                                                            \
    "SELECT r.id, r.organisation_id, r.participant_id, r.account_id, r.kind, r.subject_id, r.from_on, r.until_on, r.reason, r.by_account," \
    "       r.at, r.ended_by, r.ended_at, a.name AS who FROM relation r JOIN account a ON a.id = r.account_id"
#define RELATION_COLS                                                                              \
    DB_COL(struct relation_row, id), DB_COL(struct relation_row, organisation_id), DB_COL(struct relation_row, participant_id), \
        DB_COL(struct relation_row, account_id), DB_COL(struct relation_row, kind), DB_COL(struct relation_row, subject_id), \
        DB_COL(struct relation_row, from_on), DB_COL(struct relation_row, until_on), DB_COL(struct relation_row, reason), \
        DB_COL(struct relation_row, by_account), DB_COL(struct relation_row, at), DB_COL(struct relation_row, ended_by), \
        DB_COL(struct relation_row, ended_at), DB_COL(struct relation_row, who)
DB_QUERY(q_relation_of_participant, struct relation_row, 1,
         RELATION_SELECT " WHERE r.participant_id = $1 ORDER BY r.from_on DESC, r.id DESC LIMIT 200", RELATION_COLS);
enum err relation_of_participant(struct db *db, struct arena *a, int64_t participant_id, struct relation_row **rows, size_t *n)
{
    return db_all(db, a, &q_relation_of_participant, rows, n, DB_IN(participant_id));
}

DB_EXEC(q_relation_close, 4,
        "UPDATE relation SET until_on = CASE WHEN from_on > $3 THEN from_on ELSE $3 END, ended_by = $4"
        " WHERE participant_id = $1 AND kind = $2 AND until_on = 0 AND ended_at = 0");
enum err relation_close(struct db *db, int64_t participant_id, const char *kind, int until_on, int64_t by_account)
{
    return db_run(db, &q_relation_close, NULL, DB_IN(participant_id, kind, until_on, by_account));
}

#define SUPERVISED_SELECT                                                                          \
    "SELECT r.id, r.organisation_id, r.participant_id, r.account_id, r.subject_id AS internship_id, r.by_account, r.ended_at, r.from_on," \
    "       i.from_on AS internship_from_on, i.until_on AS internship_until_on, i.percent, p.address_protection, p.first_name, p.last_name," \
    "       o.name AS organisation, COALESCE(b.name, '') AS contact_name, COALESCE(b.email, '') AS contact_email, a.name, a.email"          \
    "  FROM relation r JOIN internship i ON i.id = r.subject_id JOIN participant p ON p.id = r.participant_id"                          \
    "  JOIN organisation o ON o.id = r.organisation_id JOIN account a ON a.id = r.account_id LEFT JOIN account b ON b.id = r.by_account"
#define SUPERVISED_COLS                                                                            \
    DB_COL(struct supervised_row, id), DB_COL(struct supervised_row, organisation_id), DB_COL(struct supervised_row, participant_id), \
        DB_COL(struct supervised_row, account_id), DB_COL(struct supervised_row, internship_id), DB_COL(struct supervised_row, by_account), \
        DB_COL(struct supervised_row, ended_at), DB_COL(struct supervised_row, from_on), DB_COL(struct supervised_row, internship_from_on), \
        DB_COL(struct supervised_row, internship_until_on), DB_COL(struct supervised_row, percent),  \
        DB_COL(struct supervised_row, address_protection), DB_COL(struct supervised_row, first_name), DB_COL(struct supervised_row, last_name), \
        DB_COL(struct supervised_row, organisation), DB_COL(struct supervised_row, contact_name), DB_COL(struct supervised_row, contact_email), \
        DB_COL(struct supervised_row, name), DB_COL(struct supervised_row, email)
DB_QUERY(q_supervised_by, struct supervised_row, 1,
         SUPERVISED_SELECT " WHERE r.account_id = $1 AND r.kind = 'supervisor' ORDER BY r.from_on DESC, r.id DESC LIMIT 100", SUPERVISED_COLS);
enum err supervised_by(struct db *db, struct arena *a, int64_t account_id, struct supervised_row **rows, size_t *n)
{
    return db_all(db, a, &q_supervised_by, rows, n, DB_IN(account_id));
}

DB_QUERY(q_supervisors_of, struct supervised_row, 1,
         SUPERVISED_SELECT " WHERE r.participant_id = (SELECT t.participant_id FROM internship x JOIN trainee t ON t.id = x.trainee_id"
                           " WHERE x.id = $1) AND r.kind = 'supervisor' AND r.subject_id = $1 ORDER BY r.id LIMIT 100",
         SUPERVISED_COLS);
enum err supervisors_of(struct db *db, struct arena *a, int64_t internship_id, struct supervised_row **rows, size_t *n)
{
    return db_all(db, a, &q_supervisors_of, rows, n, DB_IN(internship_id));
}

DB_EXEC(q_supervisor_end, 4,
        "UPDATE relation SET ended_at = $4, ended_by = $3 WHERE id = $1 AND kind = 'supervisor' AND subject_id = $2 AND ended_at = 0");
enum err supervisor_end(struct db *db, int64_t id, int64_t internship_id, int64_t by_account, int64_t now)
{
    return db_run_one(db, &q_supervisor_end, DB_IN(id, internship_id, by_account, now));
}

DB_PUT(q_handover_insert, struct handover_row,
       "INSERT INTO handover (organisation_id, participant_id, adviser_id, nav_contact_id, on_day, note, by_account, at)"
       " VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id",
       DB_COL(struct handover_row, organisation_id), DB_COL(struct handover_row, participant_id), DB_COL(struct handover_row, adviser_id),
       DB_COL(struct handover_row, nav_contact_id), DB_COL(struct handover_row, on_day), DB_COL(struct handover_row, note),
       DB_COL(struct handover_row, by_account), DB_COL(struct handover_row, at));
enum err handover_insert(struct db *db, const struct handover_row *h, int64_t *id)
{
    return db_put_id(db, &q_handover_insert, h, id);
}

#define HANDOVER_SELECT                                                                            \
    "SELECT h.id, h.organisation_id, h.participant_id, h.adviser_id, h.nav_contact_id, h.on_day, h.note, h.by_account, h.at, h.done_at," \
    "       h.withdrawn_at, COALESCE(x.name, '') AS adviser, COALESCE(y.name, '') AS nav_contact"  \
    "  FROM handover h LEFT JOIN account x ON x.id = h.adviser_id LEFT JOIN account y ON y.id = h.nav_contact_id"
#define HANDOVER_COLS                                                                              \
    DB_COL(struct handover_row, id), DB_COL(struct handover_row, organisation_id), DB_COL(struct handover_row, participant_id), \
        DB_COL(struct handover_row, adviser_id), DB_COL(struct handover_row, nav_contact_id), DB_COL(struct handover_row, on_day), \
        DB_COL(struct handover_row, note), DB_COL(struct handover_row, by_account), DB_COL(struct handover_row, at), \
        DB_COL(struct handover_row, done_at), DB_COL(struct handover_row, withdrawn_at), DB_COL(struct handover_row, adviser), \
        DB_COL(struct handover_row, nav_contact)
DB_QUERY(q_handover_of, struct handover_row, 1, HANDOVER_SELECT " WHERE h.participant_id = $1 ORDER BY h.id DESC LIMIT 50", HANDOVER_COLS);
enum err handover_of(struct db *db, struct arena *a, int64_t participant_id, struct handover_row **rows, size_t *n)
{
    return db_all(db, a, &q_handover_of, rows, n, DB_IN(participant_id));
}

DB_QUERY(q_handover_due, struct handover_row, 2,
         HANDOVER_SELECT " WHERE h.done_at = 0 AND h.withdrawn_at = 0 AND h.on_day <= $1 ORDER BY h.on_day, h.id LIMIT $2", HANDOVER_COLS);
enum err handover_due(struct db *db, struct arena *a, int today, int64_t limit, struct handover_row **rows, size_t *n)
{
    return db_all(db, a, &q_handover_due, rows, n, DB_IN(today, limit));
}

DB_EXEC(q_handover_done, 2, "UPDATE handover SET done_at = $2 WHERE id = $1 AND done_at = 0 AND withdrawn_at = 0");
enum err handover_done(struct db *db, int64_t id, int64_t now)
{
    return db_run_one(db, &q_handover_done, DB_IN(id, now));
}

DB_EXEC(q_handover_withdraw, 2, "UPDATE handover SET withdrawn_at = $2 WHERE id = $1 AND done_at = 0 AND withdrawn_at = 0");
enum err handover_withdraw(struct db *db, int64_t id, int64_t now)
{
    return db_run_one(db, &q_handover_withdraw, DB_IN(id, now));
}

DB_QUERY(q_relation_named_for, struct relation_row, 2,
         RELATION_SELECT " WHERE r.participant_id = $1 AND r.kind = 'named' AND r.ended_at = 0 AND r.from_on <= $2"
                         " AND (r.until_on = 0 OR r.until_on >= $2) ORDER BY r.id LIMIT 200",
         RELATION_COLS);
enum err relation_named_for(struct db *db, struct arena *a, int64_t participant_id, int today, struct relation_row **rows, size_t *n)
{
    return db_all(db, a, &q_relation_named_for, rows, n, DB_IN(participant_id, today));
}

#define NAMED_TODAY(r, today) r ".kind = 'named' AND " r ".ended_at = 0 AND " r ".from_on <= " today " AND (" r ".until_on = 0 OR " r ".until_on >= " today ")"
/* An account a with a role w that can look after p: edit what stands of them, and name others. */
#define LOOKS_AFTER(now)                                                                           \
    "a.disabled_at = 0 AND w.organisation_id = p.organisation_id AND w.from_at <= " now " AND (w.until_at = 0 OR w.until_at > " now ")" \
    " AND (w.role = 'project_leader' OR (w.role = 'adviser' AND p.adviser_id = a.id))"
DB_QUERY(q_relation_other_named, struct id_row, 4,
         "SELECT p.id AS participant_id FROM participant p JOIN relation o ON o.participant_id = p.id JOIN account a ON a.id = o.account_id"
         "  JOIN account_role w ON w.account_id = a.id WHERE p.id = $1 AND o.account_id <> $2 AND " NAMED_TODAY("o", "$3") " AND " LOOKS_AFTER("$4") " LIMIT 1",
         DB_COL(struct id_row, participant_id));
enum err relation_other_named(struct db *db, struct arena *a, int64_t participant_id, int64_t but_account, int today, int64_t now, bool *yes)
{
    struct id_row row;
    enum err e = db_one(db, a, &q_relation_other_named, &row, DB_IN(participant_id, but_account, today, now));
    *yes = !e;
    return e == ERR_NOT_FOUND ? OK : e;
}

/* $5: a role of the account's that ends while the account stays; 0: all of them. */
DB_QUERY(q_relation_last_named, struct id_row, 5,
         "SELECT p.id AS participant_id FROM relation r JOIN participant p ON p.id = r.participant_id"
         " WHERE r.account_id = $1 AND p.organisation_id = $2 AND p.address_protection >= 2 AND p.sort_name <> '" ERASED_SORT "' AND " NAMED_TODAY("r", "$3")
         "   AND NOT EXISTS (SELECT 1 FROM relation o JOIN account a ON a.id = o.account_id JOIN account_role w ON w.account_id = a.id"
         "                    WHERE o.participant_id = p.id AND (o.account_id <> $1 OR ($5 > 0 AND w.id <> $5))"
         "                      AND " LOOKS_AFTER("$4") " AND " NAMED_TODAY("o", "$3") ") LIMIT 1",
         DB_COL(struct id_row, participant_id));
enum err relation_last_named(struct db *db, struct arena *a, int64_t account_id, int64_t organisation_id, int64_t role_id, int today, int64_t now, bool *last)
{
    struct id_row row;
    enum err e = db_one(db, a, &q_relation_last_named, &row, DB_IN(account_id, organisation_id, today, now, role_id));
    *last = !e;
    return e == ERR_NOT_FOUND ? OK : e;
}

DB_EXEC(q_relation_take_back, 3, "UPDATE relation SET ended_by = $2, ended_at = $3 WHERE id = $1 AND ended_at = 0");
enum err relation_take_back(struct db *db, int64_t id, int64_t by_account, int64_t now)
{
    return db_run_one(db, &q_relation_take_back, DB_IN(id, by_account, now));
}
