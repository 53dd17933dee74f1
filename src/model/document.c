#include "model/document.h"

DB_PUT(q_document_insert, struct document_row,
       "INSERT INTO document (organisation_id, owner_account, participant_id, kind, title, meeting_id, created_by, created_at, changed_by,"
       " changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id",
       DB_COL(struct document_row, organisation_id), DB_COL(struct document_row, owner_account), DB_COL(struct document_row, participant_id),
       DB_COL(struct document_row, kind), DB_COL(struct document_row, title), DB_COL(struct document_row, meeting_id),
       DB_COL(struct document_row, created_by), DB_COL(struct document_row, created_at), DB_COL(struct document_row, changed_by),
       DB_COL(struct document_row, changed_at));
enum err document_insert(struct db *db, const struct document_row *d, int64_t *id)
{
    return db_put_id(db, &q_document_insert, d, id);
}

/* $1 is the account that asks. */
#define DOCUMENT_SELECT                                                                            \
    "SELECT d.id, d.organisation_id, d.owner_account, d.participant_id, d.meeting_id, d.created_by, d.created_at, d.changed_by, d.changed_at," \
    "       d.archived_at, d.deleted_at, d.version, d.kind, d.title, o.name AS owner, w.name AS changed_by_name, p.adviser_id,"  \
    "       p.nav_contact_id, p.address_protection,"                                               \
    "       CASE WHEN d.participant_id > 0 AND EXISTS (SELECT 1 FROM trainee t JOIN mentorship s ON s.trainee_id = t.id" \
    "         JOIN mentor m ON m.id = s.mentor_id WHERE t.participant_id = d.participant_id AND s.status = 0 AND m.account_id = $1)" \
    "         THEN 1 ELSE 0 END AS paired,"                                                        \
    "       h.may, v.at AS visited_at,"                                                            \
    "       (SELECT COUNT(*) FROM document_share x WHERE x.document_id = d.id) AS n_shares,"       \
    "       (SELECT COUNT(*) FROM document_comment x WHERE x.document_id = d.id AND x.parent_id = 0 AND x.resolved_at = 0" \
    "         AND x.deleted_at = 0) AS n_open_comments,"                                           \
    "       (SELECT COUNT(*) FROM document_comment x WHERE x.document_id = d.id AND x.by_account <> $1 AND x.deleted_at = 0" \
    "         AND x.at > COALESCE(v.at, 0)) AS n_new_comments"                                     \
    "  FROM document d JOIN account o ON o.id = d.owner_account LEFT JOIN account w ON w.id = d.changed_by"                     \
    "  LEFT JOIN participant p ON p.id = d.participant_id AND p.organisation_id = d.organisation_id" \
    "  LEFT JOIN document_share h ON h.document_id = d.id AND h.account_id = $1"                  \
    "  LEFT JOIN document_visit v ON v.document_id = d.id AND v.account_id = $1"
#define DOCUMENT_COLS                                                                              \
    DB_COL(struct document_row, id), DB_COL(struct document_row, organisation_id), DB_COL(struct document_row, owner_account), \
        DB_COL(struct document_row, participant_id), DB_COL(struct document_row, meeting_id), DB_COL(struct document_row, created_by), \
        DB_COL(struct document_row, created_at), DB_COL(struct document_row, changed_by), DB_COL(struct document_row, changed_at), \
        DB_COL(struct document_row, archived_at), DB_COL(struct document_row, deleted_at), DB_COL(struct document_row, version), \
        DB_COL(struct document_row, kind), DB_COL(struct document_row, title), DB_COL(struct document_row, owner), \
        DB_COL(struct document_row, changed_by_name), DB_COL(struct document_row, adviser_id), \
        DB_COL(struct document_row, nav_contact_id), DB_COL(struct document_row, address_protection), DB_COL(struct document_row, paired), DB_COL(struct document_row, may), \
        DB_COL(struct document_row, visited_at), DB_COL(struct document_row, n_shares), DB_COL(struct document_row, n_open_comments), \
        DB_COL(struct document_row, n_new_comments)

DB_QUERY(q_document_get, struct document_row, 2, DOCUMENT_SELECT " WHERE d.id = $2", DOCUMENT_COLS);
enum err document_get(struct db *db, struct arena *a, int64_t id, int64_t account_id, struct document_row *out)
{
    return db_one(db, a, &q_document_get, out, DB_IN(account_id, id));
}

DB_EXEC(q_document_update, 6,
        "UPDATE document SET title = $3, kind = $4, archived_at = $5, deleted_at = $6, version = version + 1 WHERE id = $1 AND version = $2");
enum err document_update(struct db *db, const struct document_row *d)
{
    return db_run_one(db, &q_document_update, DB_IN(d->id, d->version, d->title, d->kind, d->archived_at, d->deleted_at));
}

/* Two look-ups by index, own and shared; the text is only opened when words are looked for. */
DB_QUERY(q_document_list, struct document_row, 5,
         DOCUMENT_SELECT
         " LEFT JOIN document_text x ON x.document_id = d.id AND $3 <> ''"
         " WHERE d.id IN (SELECT id FROM document WHERE owner_account = $1 AND deleted_at = 0"
         "                UNION ALL SELECT document_id FROM document_share WHERE account_id = $1)"
         "   AND d.deleted_at = 0"
         "   AND ($3 = '' OR x.folded LIKE '%' || $3 || '%') AND ($4 = '' OR x.folded LIKE '%' || $4 || '%')"
         "   AND ($5 = '' OR x.folded LIKE '%' || $5 || '%')"
         " ORDER BY d.changed_at DESC, d.id DESC LIMIT $2",
         DOCUMENT_COLS);
enum err document_list(struct db *db, struct arena *a, int64_t account_id, const struct str words[DOCUMENT_WORDS], int64_t limit,
                       struct document_row **rows, size_t *n)
{
    return db_all(db, a, &q_document_list, rows, n, DB_IN(account_id, limit, words[0], words[1], words[2]));
}

DB_QUERY(q_document_list_deleted, struct document_row, 1,
         DOCUMENT_SELECT " WHERE d.owner_account = $1 AND d.deleted_at > 0 ORDER BY d.deleted_at DESC LIMIT 100", DOCUMENT_COLS);
enum err document_list_deleted(struct db *db, struct arena *a, int64_t account_id, struct document_row **rows, size_t *n)
{
    return db_all(db, a, &q_document_list_deleted, rows, n, DB_IN(account_id));
}

#define DOCUMENT_SHORT                                                                             \
    DB_COL(struct document_row, id), DB_COL(struct document_row, organisation_id), DB_COL(struct document_row, owner_account), \
        DB_COL(struct document_row, title), DB_COL(struct document_row, changed_at)

DB_QUERY(q_document_after, struct document_row, 2,
         "SELECT id, organisation_id, owner_account, title, changed_at FROM document WHERE id > $1 ORDER BY id LIMIT $2", DOCUMENT_SHORT);
enum err document_after(struct db *db, struct arena *a, int64_t after_id, int64_t limit, struct document_row **rows, size_t *n)
{
    return db_all(db, a, &q_document_after, rows, n, DB_IN(after_id, limit));
}

DB_QUERY(q_document_of_meeting, struct document_row, 1,
         "SELECT id, organisation_id, owner_account, title, changed_at FROM document WHERE meeting_id = $1 AND meeting_id > 0 AND deleted_at = 0"
         " ORDER BY id LIMIT 1",
         DOCUMENT_SHORT);
enum err document_of_meeting(struct db *db, struct arena *a, int64_t meeting_id, struct document_row *out)
{
    return db_one(db, a, &q_document_of_meeting, out, DB_IN(meeting_id));
}

struct count_row {
    int64_t n;
};
DB_QUERY(q_document_count_own, struct count_row, 1, "SELECT COUNT(*) AS n FROM document WHERE owner_account = $1 AND deleted_at = 0",
         DB_COL(struct count_row, n));
enum err document_count_own(struct db *db, struct arena *a, int64_t account_id, int64_t *n)
{
    struct count_row c;
    TRY(db_one(db, a, &q_document_count_own, &c, DB_IN(account_id)));
    *n = c.n;
    return OK;
}

/* ---- the end of one */

struct id_row {
    int64_t id;
};
DB_QUERY(q_document_swept, struct id_row, 2, "SELECT id FROM document WHERE deleted_at > 0 AND deleted_at < $1 ORDER BY deleted_at LIMIT $2",
         DB_COL(struct id_row, id));
DB_EXEC(q_document_sweep_share, 1, "DELETE FROM document_share WHERE document_id = $1");
DB_EXEC(q_document_sweep_visit, 1, "DELETE FROM document_visit WHERE document_id = $1");
DB_EXEC(q_document_sweep_ad, 1, "DELETE FROM document_ad WHERE document_id = $1");
DB_EXEC(q_document_sweep_comment, 1, "DELETE FROM document_comment WHERE document_id = $1");
DB_EXEC(q_document_sweep_version, 1, "DELETE FROM document_version WHERE document_id = $1");
DB_EXEC(q_document_sweep_text, 1, "DELETE FROM document_text WHERE document_id = $1");
DB_EXEC(q_document_sweep_log, 1, "DELETE FROM document_log WHERE document_id = $1");
DB_EXEC(q_document_sweep_snap, 1, "DELETE FROM document_snap WHERE document_id = $1");
DB_EXEC(q_document_sweep_one, 1, "DELETE FROM document WHERE id = $1");
enum err document_sweep(struct db *db, struct arena *a, int64_t before, int64_t limit, int64_t *gone)
{
    static const struct db_query *const parts[] = {&q_document_sweep_share,   &q_document_sweep_visit, &q_document_sweep_ad,
                                                   &q_document_sweep_comment, &q_document_sweep_version, &q_document_sweep_text,
                                                   &q_document_sweep_log,     &q_document_sweep_snap, &q_document_sweep_one};
    struct id_row *rows;
    size_t n;
    TRY(db_all(db, a, &q_document_swept, &rows, &n, DB_IN(before, limit)));
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < COUNT(parts); k++)
            TRY(db_run(db, parts[k], NULL, DB_IN(rows[i].id)));
    *gone = (int64_t)n;
    return OK;
}

DB_EXEC(q_document_visit, 3,
        "INSERT INTO document_visit (document_id, account_id, at) VALUES ($1, $2, $3)"
        " ON CONFLICT (document_id, account_id) DO UPDATE SET at = excluded.at WHERE document_visit.at < excluded.at");
enum err document_visit(struct db *db, int64_t document_id, int64_t account_id, int64_t at)
{
    return db_run(db, &q_document_visit, NULL, DB_IN(document_id, account_id, at));
}

/* ---- sharing */

DB_QUERY(q_document_share_list, struct document_share_row, 1,
         "SELECT s.document_id, s.account_id, s.given_by, s.given_at, v.at AS visited_at, s.may, a.name, a.email, a.lang"
         "  FROM document_share s JOIN account a ON a.id = s.account_id"
         "  LEFT JOIN document_visit v ON v.document_id = s.document_id AND v.account_id = s.account_id"
         " WHERE s.document_id = $1 ORDER BY a.name, a.id",
         DB_COL(struct document_share_row, document_id), DB_COL(struct document_share_row, account_id),
         DB_COL(struct document_share_row, given_by), DB_COL(struct document_share_row, given_at),
         DB_COL(struct document_share_row, visited_at), DB_COL(struct document_share_row, may), DB_COL(struct document_share_row, name),
         DB_COL(struct document_share_row, email), DB_COL(struct document_share_row, lang));
enum err document_share_list(struct db *db, struct arena *a, int64_t document_id, struct document_share_row **rows, size_t *n)
{
    return db_all(db, a, &q_document_share_list, rows, n, DB_IN(document_id));
}

DB_EXEC(q_document_share_put, 5,
        "INSERT INTO document_share (document_id, account_id, may, given_by, given_at) VALUES ($1, $2, $3, $4, $5)"
        " ON CONFLICT (document_id, account_id) DO UPDATE SET may = excluded.may");
DB_EXEC(q_document_share_end, 2, "DELETE FROM document_share WHERE document_id = $1 AND account_id = $2");
enum err document_share_put(struct db *db, const struct document_share_row *s)
{
    if (!s->may)
        return db_run(db, &q_document_share_end, NULL, DB_IN(s->document_id, s->account_id));
    return db_run(db, &q_document_share_put, NULL, DB_IN(s->document_id, s->account_id, s->may, s->given_by, s->given_at));
}

#define CIRCLE_OPEN "(r.until_at = 0 OR r.until_at > $4)"
#define CIRCLE_ORGS                                                                                \
    "(SELECT CAST($1 AS BIGINT) AS id UNION ALL SELECT k.partner_id AS id FROM cooperation k WHERE k.organisation_id = $1 AND k.ended_at = 0" \
    " AND k.from_on <= $5 AND (k.until_on = 0 OR k.until_on >= $5))"
DB_QUERY(q_document_circle, struct document_circle_row, 5,
         "SELECT a.id AS account_id, c.role, a.name, a.email, a.lang FROM ("
         "  SELECT r.account_id, r.role FROM account_role r WHERE r.organisation_id = $1 AND r.role = 'project_leader' AND " CIRCLE_OPEN
         "  UNION ALL SELECT r.account_id, r.role FROM participant p JOIN account_role r ON r.account_id = p.adviser_id"
         "   WHERE p.id = $2 AND r.role = 'adviser' AND " CIRCLE_OPEN " AND r.organisation_id IN " CIRCLE_ORGS
         "  UNION ALL SELECT r.account_id, r.role FROM participant p JOIN account_role r ON r.account_id = p.nav_contact_id"
         "   WHERE p.id = $2 AND r.role = 'nav_contact' AND " CIRCLE_OPEN " AND r.organisation_id IN " CIRCLE_ORGS
         "  UNION SELECT r.account_id, r.role FROM trainee t JOIN mentorship s ON s.trainee_id = t.id JOIN mentor m ON m.id = s.mentor_id"
         "   JOIN account_role r ON r.account_id = m.account_id WHERE t.participant_id = $2 AND s.status = 0 AND r.organisation_id = $1"
         "    AND r.role = 'mentor' AND " CIRCLE_OPEN ") c JOIN account a ON a.id = c.account_id WHERE a.disabled_at = 0 AND a.id <> $3"
         " ORDER BY CASE c.role WHEN 'mentor' THEN 1 WHEN 'project_leader' THEN 2 WHEN 'adviser' THEN 3 ELSE 4 END, a.name, a.id LIMIT 200",
         DB_COL(struct document_circle_row, account_id), DB_COL(struct document_circle_row, role), DB_COL(struct document_circle_row, name),
         DB_COL(struct document_circle_row, email), DB_COL(struct document_circle_row, lang));
enum err document_circle_of(struct db *db, struct arena *a, int64_t organisation_id, int64_t participant_id, int64_t but_account, int64_t now,
                            int today, struct document_circle_row **rows, size_t *n)
{
    struct document_circle_row *all;
    size_t got, k = 0;
    TRY(db_all(db, a, &q_document_circle, &all, &got, DB_IN(organisation_id, participant_id, but_account, now, today)));
    for (size_t i = 0; i < got; i++) {
        bool twice = false;
        for (size_t j = 0; j < k; j++)
            twice |= all[j].account_id == all[i].account_id;
        if (!twice)
            all[k++] = all[i];
    }
    *rows = all;
    *n = k;
    return OK;
}

/* ---- the advertisement */

DB_QUERY(q_document_ad_get, struct document_ad_row, 1,
         "SELECT document_id, version, deadline_on, employer, url, text FROM document_ad WHERE document_id = $1",
         DB_COL(struct document_ad_row, document_id), DB_COL(struct document_ad_row, version), DB_COL(struct document_ad_row, deadline_on),
         DB_COL(struct document_ad_row, employer), DB_COL(struct document_ad_row, url), DB_COL(struct document_ad_row, text));
enum err document_ad_get(struct db *db, struct arena *a, int64_t document_id, struct document_ad_row *out)
{
    enum err e = db_one(db, a, &q_document_ad_get, out, DB_IN(document_id));
    if (e == ERR_NOT_FOUND)
        *out = (struct document_ad_row){.document_id = document_id};
    return e == ERR_NOT_FOUND ? OK : e;
}

DB_EXEC(q_document_ad_new, 5, "INSERT INTO document_ad (document_id, employer, url, deadline_on, text) VALUES ($1, $2, $3, $4, $5)");
DB_EXEC(q_document_ad_update, 6,
        "UPDATE document_ad SET employer = $3, url = $4, deadline_on = $5, text = $6, version = version + 1 WHERE document_id = $1 AND version = $2");
enum err document_ad_put(struct db *db, const struct document_ad_row *ad)
{
    if (!ad->version)
        return db_run(db, &q_document_ad_new, NULL, DB_IN(ad->document_id, ad->employer, ad->url, ad->deadline_on, ad->text));
    return db_run_one(db, &q_document_ad_update, DB_IN(ad->document_id, ad->version, ad->employer, ad->url, ad->deadline_on, ad->text));
}
