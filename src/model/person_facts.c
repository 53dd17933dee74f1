/* person_facts.c: what decides about erasing somebody; the journal; who is over time (model/person.h). */
#include "model/live.h"
#include "model/person.h"

#define FACTS_COLS                                                                                 \
    DB_COL(struct person_facts_row, organisation_id), DB_COL(struct person_facts_row, participant_id), DB_COL(struct person_facts_row, account_id), \
        DB_COL(struct person_facts_row, mentor_id), DB_COL(struct person_facts_row, running), DB_COL(struct person_facts_row, counted), \
        DB_COL(struct person_facts_row, elsewhere), DB_COL(struct person_facts_row, erased), DB_COL(struct person_facts_row, adviser_id), \
        DB_COL(struct person_facts_row, nav_contact_id), DB_COL(struct person_facts_row, ended_on),  \
        DB_COL(struct person_facts_row, address_protection), DB_COL(struct person_facts_row, first_name), \
        DB_COL(struct person_facts_row, last_name), DB_COL(struct person_facts_row, reference), DB_COL(struct person_facts_row, email)
#define OPEN_ROLES "(SELECT COUNT(*) FROM account_role r WHERE r.account_id = x.account_id AND (r.until_at = 0 OR r.until_at > $2) AND r.role <> "

DB_QUERY(q_person_of_participant, struct person_facts_row, 2,
         "SELECT x.organisation_id, x.id AS participant_id, COALESCE(x.account_id, 0) AS account_id, 0 AS mentor_id,"
         " (SELECT COUNT(*) FROM mentorship s JOIN trainee t ON t.id = s.trainee_id WHERE t.participant_id = x.id AND s.status = 0) AS running,"
         " (SELECT COUNT(*) FROM trainee t WHERE t.participant_id = x.id) AS counted,"
         " " OPEN_ROLES "'trainee') + (SELECT COUNT(*) FROM mentor m WHERE m.account_id = x.account_id AND m.ended_at = 0)"
         "   + (SELECT COUNT(*) FROM participant y WHERE y.account_id = x.account_id AND y.id <> x.id) AS elsewhere,"
         " CASE WHEN x.sort_name = '" ERASED_SORT "' THEN 1 ELSE 0 END AS erased, COALESCE(x.adviser_id, 0) AS adviser_id,"
         " COALESCE(x.nav_contact_id, 0) AS nav_contact_id,"
         " COALESCE((SELECT MAX(CASE WHEN t.completed_on > t.ended_on THEN t.completed_on ELSE t.ended_on END) FROM trainee t WHERE t.participant_id = x.id),"
         "   x.programme_end_on) AS ended_on,"
         " x.address_protection, x.first_name, x.last_name, x.reference, x.email FROM participant x WHERE x.id = $1",
         FACTS_COLS);
enum err person_of_participant(struct db *db, struct arena *a, int64_t id, int64_t now, struct person_facts_row *out)
{
    return db_one(db, a, &q_person_of_participant, out, DB_IN(id, now));
}

DB_QUERY(q_person_of_mentor, struct person_facts_row, 2,
         "SELECT x.organisation_id, 0 AS participant_id, COALESCE(x.account_id, 0) AS account_id, x.id AS mentor_id,"
         " (SELECT COUNT(*) FROM mentorship s WHERE s.mentor_id = x.id AND s.status = 0) AS running,"
         " (SELECT COUNT(*) FROM match s WHERE s.mentor_id = x.id) AS counted,"
         " " OPEN_ROLES "'mentor') + (SELECT COUNT(*) FROM participant y WHERE y.account_id = x.account_id)"
         "   + (SELECT COUNT(*) FROM mentor y WHERE y.account_id = x.account_id AND y.id <> x.id AND y.ended_at = 0) AS elsewhere,"
         " CASE WHEN x.sort_name = '" ERASED_SORT "' THEN 1 ELSE 0 END AS erased, 0 AS adviser_id, 0 AS nav_contact_id,"
         " x.ended_at / 86400000 AS ended_on, 0 AS address_protection, x.first_name, x.last_name, 'M-' || CAST(x.id AS TEXT) AS reference, x.email"
         "  FROM mentor x WHERE x.id = $1",
         FACTS_COLS);
enum err person_of_mentor(struct db *db, struct arena *a, int64_t id, int64_t now, struct person_facts_row *out)
{
    return db_one(db, a, &q_person_of_mentor, out, DB_IN(id, now));
}

DB_QUERY(q_person_of_account, struct person_facts_row, 3,
         "SELECT CAST($3 AS BIGINT) AS organisation_id, 0 AS participant_id, x.id AS account_id, 0 AS mentor_id, 0 AS running, 1 AS counted,"
         " (SELECT COUNT(*) FROM account_role r WHERE r.account_id = x.id AND x.disabled_at = 0 AND (r.until_at = 0 OR r.until_at > $2))"
         "   + (SELECT COUNT(*) FROM participant y WHERE y.account_id = x.id)"
         "   + (SELECT COUNT(*) FROM mentor y WHERE y.account_id = x.id AND y.ended_at = 0) AS elsewhere,"
         " CASE WHEN x.email = 'slettet-' || CAST(x.id AS TEXT) || '@slettet.invalid' THEN 1 ELSE 0 END AS erased,"
         " 0 AS adviser_id, 0 AS nav_contact_id, 0 AS ended_on, 0 AS address_protection, x.name AS first_name, '' AS last_name,"
         " 'K-' || CAST(x.id AS TEXT) AS reference, x.email"
         "  FROM account x WHERE x.id = $1 AND EXISTS (SELECT 1 FROM account_role r WHERE r.account_id = x.id AND r.organisation_id = $3)",
         FACTS_COLS);
enum err person_of_account(struct db *db, struct arena *a, int64_t id, int64_t organisation_id, int64_t now, struct person_facts_row *out)
{
    return db_one(db, a, &q_person_of_account, out, DB_IN(id, now, organisation_id));
}

DB_QUERY(q_person_documents, struct person_document_row, 2,
         "SELECT id, deleted_at, title FROM document WHERE (participant_id = $1 AND participant_id > 0) OR owner_account = $2 ORDER BY id",
         DB_COL(struct person_document_row, id), DB_COL(struct person_document_row, deleted_at), DB_COL(struct person_document_row, title));
enum err person_documents(struct db *db, struct arena *a, const struct person_ids *p, struct person_document_row **rows, size_t *n)
{
    return db_all(db, a, &q_person_documents, rows, n, DB_IN(p->participant_id, p->account_id));
}

DB_QUERY(q_person_names, struct person_name_row, 3,
         "SELECT m.first_name, m.last_name, 1 AS mentor FROM mentor m JOIN match x ON x.mentor_id = m.id JOIN trainee t ON t.id = x.trainee_id"
         " WHERE t.participant_id = $1 AND m.id <> $3"
         " UNION SELECT p.first_name, p.last_name, 0 AS mentor FROM participant p JOIN trainee t ON t.participant_id = p.id"
         " JOIN match x ON x.trainee_id = t.id WHERE x.mentor_id = $3 AND p.id <> $1"
         " UNION SELECT a.name AS first_name, '' AS last_name, 2 AS mentor FROM account a WHERE a.id <> $2"
         "  AND a.id IN (SELECT e.account_id FROM event e WHERE e.participant_id = $1 UNION SELECT q.adviser_id FROM participant q WHERE q.id = $1"
         "               UNION SELECT r.nav_contact_id FROM participant r WHERE r.id = $1 UNION SELECT o.account_id FROM relation o WHERE o.participant_id = $1)",
         DB_COL(struct person_name_row, first_name), DB_COL(struct person_name_row, last_name), DB_COL(struct person_name_row, mentor));
enum err person_names(struct db *db, struct arena *a, const struct person_ids *p, struct person_name_row **rows, size_t *n)
{
    return db_all(db, a, &q_person_names, rows, n, DB_IN(p->participant_id, p->account_id, p->mentor_id));
}

/* ---- the hub's journal */

static bool among(const struct person_document_row *docs, size_t n, int64_t id)
{
    for (size_t i = 0; i < n; i++)
        if (docs[i].id == id)
            return true;
    return false;
}

DB_EXEC(q_journal_rewrite, 2, "UPDATE live_journal SET records = $2 WHERE id = $1");
static enum err rewrite(struct db *db, const struct live_journal_row *row, const struct person_document_row *docs, size_t n)
{
    CLEANUP(buf_free) struct buf kept = {.max = (size_t)256 << 20};
    struct bytes rest = row->records;
    struct live_record r;
    bool bad = false, changed = false;
    while (live_record_read(&rest, &r, &bad)) {
        if (among(docs, n, r.document_id))
            changed = true;
        else
            live_record_write(&kept, &r);
    }
    enum err e = bad || kept.bad ? ERR_INVALID : OK;
    if (!e && changed)
        e = db_run(db, &q_journal_rewrite, NULL, DB_IN(row->id, ((struct bytes){(const uint8_t *)(kept.p ? kept.p : ""), kept.n})));
    return e;
}

enum err person_journal_drop(struct db *db, struct arena *a, const struct person_document_row *docs, size_t n)
{
    int64_t after = 0;
    (void)a;
    for (;;) {
        CLEANUP(arena_freep) struct arena *page = arena_new((size_t)512 << 20);
        struct live_journal_row *rows;
        size_t n_rows;
        TRY(live_journal_after(db, page, after, 500, &rows, &n_rows));
        if (!n_rows || !n)
            return OK;
        for (size_t i = 0; i < n_rows; i++)
            TRY(rewrite(db, &rows[i], docs, n));
        after = rows[n_rows - 1].id;
    }
}

DB_EXEC(q_drafts_drop, 1, "DELETE FROM import_draft WHERE organisation_id = $1");
enum err person_drafts_drop(struct db *db, int64_t organisation_id)
{
    return db_run(db, &q_drafts_drop, NULL, DB_IN(organisation_id));
}

/* ---- time is over */

#define DUE_COLS                                                                                   \
    DB_COL(struct person_due_row, id), DB_COL(struct person_due_row, organisation_id), DB_COL(struct person_due_row, ended_on), \
        DB_COL(struct person_due_row, address_protection), DB_COL(struct person_due_row, name)
/* A trainee's time counts from the end of the mentoring; a participant's from the end of the introduction programme, or from when somebody last
 * did something with the record. Each of them walks along an index of its own from who was over first: of(when it was over). Nobody erased stands in those. */
#define DUE_PERSON(on) "SELECT p.id, p.organisation_id, " on " AS ended_on, p.address_protection, p.first_name || ' ' || p.last_name AS name"
#define NO_TRAINEE " AND p.sort_name <> '" ERASED_SORT "' AND NOT EXISTS (SELECT 1 FROM trainee t WHERE t.participant_id = p.id) AND "
#define DUE_PARTICIPANTS(of)                                                                       \
    "SELECT * FROM (" DUE_PERSON("t.over_on") " FROM trainee t JOIN participant p ON p.id = t.participant_id"  \
    "  WHERE t.organisation_id = $1 AND t.over_on > 0 AND t.over_on < $2 AND p.sort_name <> '" ERASED_SORT "'" \
    "   AND NOT EXISTS (SELECT 1 FROM mentorship s WHERE s.trainee_id = t.id AND s.status = 0) AND " of("t.over_on") \
    "  ORDER BY t.over_on, t.id LIMIT $3) x1"                                                      \
    " UNION ALL SELECT * FROM (" DUE_PERSON("p.programme_end_on") " FROM participant p"            \
    "  WHERE p.organisation_id = $1 AND p.programme_end_on > 0 AND p.programme_end_on < $2" NO_TRAINEE of("p.programme_end_on") \
    "  ORDER BY p.programme_end_on, p.id LIMIT $3) x2"                                             \
    " UNION ALL SELECT * FROM (" DUE_PERSON("p.updated_at / 86400000") " FROM participant p"       \
    "  WHERE p.organisation_id = $1 AND p.programme_end_on = 0 AND p.updated_at >= 86400000 AND p.updated_at < CAST($2 AS BIGINT) * 86400000" \
    NO_TRAINEE of("p.updated_at / 86400000") "  ORDER BY p.updated_at, p.id LIMIT $3) x3 ORDER BY ended_on, id LIMIT $3"
#define DUE_MENTORS(of)                                                                            \
    "SELECT m.id, m.organisation_id, m.ended_at / 86400000 AS ended_on, 0 AS address_protection, m.first_name || ' ' || m.last_name AS name FROM mentor m" \
    " WHERE m.organisation_id = $1 AND m.sort_name <> '" ERASED_SORT "' AND m.ended_at > 0 AND m.ended_at < CAST($2 AS BIGINT) * 86400000" \
    "   AND NOT EXISTS (SELECT 1 FROM mentorship s WHERE s.mentor_id = m.id AND s.status = 0) AND " of("m.ended_at / 86400000") \
    " ORDER BY m.ended_at, m.id LIMIT $3"

/* The last notice of this end, and not of one before it that was not the end. A value, and no EXISTS: PostgreSQL would look through all events to have them at hand. */
#define ANYBODY(on) "TRUE"
#define NOTICE(on) "(SELECT MAX(e.at) FROM event e WHERE e.participant_id = p.id AND e.kind = 'retention.notice' AND e.at >= (" on " + CAST($4 AS BIGINT)) * 86400000)"
#define MENTOR_NOTICE(on)                                                                          \
    "(SELECT MAX(e.at) FROM event e WHERE e.participant_id = 0 AND e.subject_id = m.id AND e.kind = 'mentor.retention_notice'" \
    " AND e.at >= (" on " + CAST($4 AS BIGINT)) * 86400000)"
#define UNNOTICED(on) NOTICE(on) " IS NULL"
#define NOTICED(on) NOTICE(on) " <= $5"
#define MENTOR_UNNOTICED(on) MENTOR_NOTICE(on) " IS NULL"
#define MENTOR_NOTICED(on) MENTOR_NOTICE(on) " <= $5"
DB_QUERY(q_due_participants, struct person_due_row, 3, DUE_PARTICIPANTS(ANYBODY), DUE_COLS);
DB_QUERY(q_due_participants_new, struct person_due_row, 4, DUE_PARTICIPANTS(UNNOTICED), DUE_COLS);
DB_QUERY(q_due_participants_told, struct person_due_row, 5, DUE_PARTICIPANTS(NOTICED), DUE_COLS);
DB_QUERY(q_due_mentors, struct person_due_row, 3, DUE_MENTORS(ANYBODY), DUE_COLS);
DB_QUERY(q_due_mentors_new, struct person_due_row, 4, DUE_MENTORS(MENTOR_UNNOTICED), DUE_COLS);
DB_QUERY(q_due_mentors_told, struct person_due_row, 5, DUE_MENTORS(MENTOR_NOTICED), DUE_COLS);

static enum err due(struct db *db, struct arena *a, const struct db_query *const of[DUE_N], const struct person_due_ask *k, struct person_due_row **rows, size_t *n)
{
    if (k->of == DUE_TOLD)
        return db_all(db, a, of[DUE_TOLD], rows, n, DB_IN(k->organisation_id, k->before_on, k->limit, k->told_after, k->told_before_at));
    if (k->of == DUE_NEW)
        return db_all(db, a, of[DUE_NEW], rows, n, DB_IN(k->organisation_id, k->before_on, k->limit, k->told_after));
    return db_all(db, a, of[DUE_ALL], rows, n, DB_IN(k->organisation_id, k->before_on, k->limit));
}

enum err person_due_participants(struct db *db, struct arena *a, const struct person_due_ask *k, struct person_due_row **rows, size_t *n)
{
    static const struct db_query *const of[DUE_N] = {&q_due_participants, &q_due_participants_new, &q_due_participants_told};
    return due(db, a, of, k, rows, n);
}

enum err person_due_mentors(struct db *db, struct arena *a, const struct person_due_ask *k, struct person_due_row **rows, size_t *n)
{
    static const struct db_query *const of[DUE_N] = {&q_due_mentors, &q_due_mentors_new, &q_due_mentors_told};
    return due(db, a, of, k, rows, n);
}

struct closed_row {
    int64_t id;
};
DB_QUERY(q_closed_accounts, struct closed_row, 3,
         "SELECT x.id FROM account x WHERE x.disabled_at > 0 AND x.disabled_at < $2 AND x.name <> 'Slettet bruker'"
         "   AND EXISTS (SELECT 1 FROM account_role r WHERE r.account_id = x.id AND r.organisation_id = $1)"
         "   AND NOT EXISTS (SELECT 1 FROM participant y WHERE y.account_id = x.id) AND NOT EXISTS (SELECT 1 FROM mentor z WHERE z.account_id = x.id)"
         " ORDER BY x.disabled_at LIMIT $3",
         DB_COL(struct closed_row, id));
enum err person_closed_accounts(struct db *db, struct arena *a, int64_t organisation_id, int64_t before, size_t limit, int64_t *ids, size_t *n)
{
    struct closed_row *rows;
    TRY(db_all(db, a, &q_closed_accounts, &rows, n, DB_IN(organisation_id, before, (int64_t)limit)));
    for (size_t i = 0; i < *n; i++)
        ids[i] = rows[i].id;
    return OK;
}

/* The mail about a notice is written in the same instant as its event. A look is one of a person at a page, not of a command; at a mentor it is a line
 * without participant that names the mentor. */
#define MAIL_OF(kind) "FROM outbox o WHERE o.created_at = e.at AND o.organisation_id = e.organisation_id AND o.kind = '" kind "' AND o.sent_at > 0"
#define TOLD(mail, of)                                                                             \
    " COALESCE((SELECT MIN(o.sent_at) " mail "), 0) AS mail_at,"                                   \
    " COALESCE((SELECT MIN(l.at) FROM log_line l WHERE " of " AND l.at >= e.at AND l.act = 'look' AND l.account_id > 0" \
    "            AND l.role IN ('project_leader', 'administrator')), 0) AS look_at"
#define NOTICE_COLS DB_COL(struct person_notice, at), DB_COL(struct person_notice, mail_at), DB_COL(struct person_notice, look_at)
#define OF_PARTICIPANT " FROM event e WHERE e.participant_id = $1 AND e.kind = 'retention.notice' ORDER BY e.at DESC LIMIT 1"
DB_QUERY(q_noticed_participant, struct person_notice, 1, "SELECT e.at," TOLD(MAIL_OF(PERSON_NOTICE_ALL), "l.participant_id = $1") OF_PARTICIPANT, NOTICE_COLS);
/* A mail to somebody who is named: another one of the same instant was about somebody else. */
DB_QUERY(q_noticed_hidden, struct person_notice, 1,
         "SELECT e.at," TOLD(MAIL_OF(PERSON_NOTICE_NAMED) " AND EXISTS (SELECT 1 FROM relation r JOIN account n ON n.id = r.account_id"
                             "  WHERE r.participant_id = $1 AND r.kind = 'named' AND r.ended_at = 0 AND n.email = o.to_email)", "l.participant_id = $1") OF_PARTICIPANT,
         NOTICE_COLS);
DB_QUERY(q_noticed_mentor, struct person_notice, 1,
         "SELECT e.at," TOLD(MAIL_OF(PERSON_NOTICE_ALL), "l.participant_id = 0 AND l.subject_id = $1 AND l.subject_id > 0")
         " FROM event e WHERE e.participant_id = 0 AND e.subject_id = $1 AND e.kind = 'mentor.retention_notice' ORDER BY e.at DESC LIMIT 1",
         NOTICE_COLS);
static enum err notice_of(struct db *db, struct arena *a, const struct db_query *q, int64_t id, struct person_notice *out)
{
    *out = (struct person_notice){0};
    enum err e = db_one(db, a, q, out, DB_IN(id));
    return e == ERR_NOT_FOUND ? OK : e;
}

enum err person_noticed(struct db *db, struct arena *a, int64_t participant_id, int64_t mentor_id, struct person_notice *out)
{
    return notice_of(db, a, participant_id ? &q_noticed_participant : &q_noticed_mentor, participant_id ? participant_id : mentor_id, out);
}

enum err person_noticed_hidden(struct db *db, struct arena *a, int64_t participant_id, struct person_notice *out)
{
    return notice_of(db, a, &q_noticed_hidden, participant_id, out);
}
