/* document_comment.c: comments, named versions, templates, texts for searching, and who has been told of what (model/document.h). */
#include "model/document.h"
#include "base/tm.h"

DB_PUT(q_document_comment_insert, struct document_comment_row,
       "INSERT INTO document_comment (document_id, parent_id, mark, quote, text, by_account, at) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id",
       DB_COL(struct document_comment_row, document_id), DB_COL(struct document_comment_row, parent_id), DB_COL(struct document_comment_row, mark),
       DB_COL(struct document_comment_row, quote), DB_COL(struct document_comment_row, text), DB_COL(struct document_comment_row, by_account),
       DB_COL(struct document_comment_row, at));
enum err document_comment_insert(struct db *db, const struct document_comment_row *c, int64_t *id)
{
    return db_put_id(db, &q_document_comment_insert, c, id);
}

#define COMMENT_SELECT                                                                             \
    "SELECT k.id, k.document_id, k.parent_id, k.by_account, k.at, k.resolved_at, k.resolved_by, k.deleted_at, k.mark, k.quote, k.text," \
    "       a.name AS who, b.name AS resolver"                                                     \
    "  FROM document_comment k JOIN account a ON a.id = k.by_account LEFT JOIN account b ON b.id = k.resolved_by"
#define COMMENT_COLS                                                                               \
    DB_COL(struct document_comment_row, id), DB_COL(struct document_comment_row, document_id), \
        DB_COL(struct document_comment_row, parent_id), DB_COL(struct document_comment_row, by_account), DB_COL(struct document_comment_row, at), \
        DB_COL(struct document_comment_row, resolved_at), DB_COL(struct document_comment_row, resolved_by), \
        DB_COL(struct document_comment_row, deleted_at), DB_COL(struct document_comment_row, mark), DB_COL(struct document_comment_row, quote), \
        DB_COL(struct document_comment_row, text), DB_COL(struct document_comment_row, who), DB_COL(struct document_comment_row, resolver)

DB_QUERY(q_document_comment_get, struct document_comment_row, 1, COMMENT_SELECT " WHERE k.id = $1", COMMENT_COLS);
enum err document_comment_get(struct db *db, struct arena *a, int64_t id, struct document_comment_row *out)
{
    return db_one(db, a, &q_document_comment_get, out, DB_IN(id));
}

DB_QUERY(q_document_comment_list, struct document_comment_row, 1, COMMENT_SELECT " WHERE k.document_id = $1 ORDER BY k.id LIMIT 5000", COMMENT_COLS);
enum err document_comment_list(struct db *db, struct arena *a, int64_t document_id, struct document_comment_row **rows, size_t *n)
{
    return db_all(db, a, &q_document_comment_list, rows, n, DB_IN(document_id));
}

DB_EXEC(q_document_comment_resolve, 3,
        "UPDATE document_comment SET resolved_at = $3, resolved_by = CASE WHEN CAST($3 AS BIGINT) = 0 THEN 0 ELSE $2 END WHERE id = $1");
enum err document_comment_resolve(struct db *db, int64_t id, int64_t by_account, int64_t at)
{
    return db_run_one(db, &q_document_comment_resolve, DB_IN(id, by_account, at));
}

DB_EXEC(q_document_comment_delete, 2, "UPDATE document_comment SET deleted_at = $2, text = '', quote = '' WHERE id = $1 AND deleted_at = 0");
enum err document_comment_delete(struct db *db, int64_t id, int64_t at)
{
    return db_run_one(db, &q_document_comment_delete, DB_IN(id, at));
}

/* ---- named versions */

DB_PUT(q_document_version_insert, struct document_version_row,
       "INSERT INTO document_version (document_id, name, by_account, at, state) VALUES ($1, $2, $3, $4, $5) RETURNING id",
       DB_COL(struct document_version_row, document_id), DB_COL(struct document_version_row, name),
       DB_COL(struct document_version_row, by_account), DB_COL(struct document_version_row, at), DB_COL(struct document_version_row, state));
enum err document_version_insert(struct db *db, const struct document_version_row *v, int64_t *id)
{
    return db_put_id(db, &q_document_version_insert, v, id);
}

#define VERSION_COLS                                                                               \
    DB_COL(struct document_version_row, id), DB_COL(struct document_version_row, document_id), DB_COL(struct document_version_row, by_account), \
        DB_COL(struct document_version_row, at), DB_COL(struct document_version_row, name), DB_COL(struct document_version_row, who)
DB_QUERY(q_document_version_list, struct document_version_row, 1,
         "SELECT v.id, v.document_id, v.by_account, v.at, v.name, a.name AS who FROM document_version v LEFT JOIN account a ON a.id = v.by_account"
         " WHERE v.document_id = $1 ORDER BY v.at DESC, v.id DESC LIMIT 500",
         VERSION_COLS);
enum err document_version_list(struct db *db, struct arena *a, int64_t document_id, struct document_version_row **rows, size_t *n)
{
    return db_all(db, a, &q_document_version_list, rows, n, DB_IN(document_id));
}

DB_QUERY(q_document_version_get, struct document_version_row, 1,
         "SELECT v.id, v.document_id, v.by_account, v.at, v.name, a.name AS who, v.state"
         "  FROM document_version v LEFT JOIN account a ON a.id = v.by_account WHERE v.id = $1",
         VERSION_COLS, DB_COL(struct document_version_row, state));
enum err document_version_get(struct db *db, struct arena *a, int64_t id, struct document_version_row *out)
{
    return db_one(db, a, &q_document_version_get, out, DB_IN(id));
}

/* ---- templates */

DB_PUT(q_document_template_insert, struct document_template_row,
       "INSERT INTO document_template (organisation_id, kind, lang, title, text, changed_by, changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7)"
       " RETURNING id",
       DB_COL(struct document_template_row, organisation_id), DB_COL(struct document_template_row, kind),
       DB_COL(struct document_template_row, lang), DB_COL(struct document_template_row, title), DB_COL(struct document_template_row, text),
       DB_COL(struct document_template_row, changed_by), DB_COL(struct document_template_row, changed_at));
enum err document_template_insert(struct db *db, const struct document_template_row *t, int64_t *id)
{
    return db_put_id(db, &q_document_template_insert, t, id);
}

#define TEMPLATE_SELECT                                                                            \
    "SELECT id, organisation_id, changed_by, changed_at, ended_at, version, kind, lang, title, text FROM document_template"
#define TEMPLATE_COLS                                                                              \
    DB_COL(struct document_template_row, id), DB_COL(struct document_template_row, organisation_id), \
        DB_COL(struct document_template_row, changed_by), DB_COL(struct document_template_row, changed_at), \
        DB_COL(struct document_template_row, ended_at), DB_COL(struct document_template_row, version), \
        DB_COL(struct document_template_row, kind), DB_COL(struct document_template_row, lang), DB_COL(struct document_template_row, title), \
        DB_COL(struct document_template_row, text)
DB_QUERY(q_document_template_list, struct document_template_row, 1,
         TEMPLATE_SELECT " WHERE organisation_id = $1 AND ended_at = 0 ORDER BY kind, title, id LIMIT 200", TEMPLATE_COLS);
enum err document_template_list(struct db *db, struct arena *a, int64_t organisation_id, struct document_template_row **rows, size_t *n)
{
    return db_all(db, a, &q_document_template_list, rows, n, DB_IN(organisation_id));
}

DB_QUERY(q_document_template_get, struct document_template_row, 1, TEMPLATE_SELECT " WHERE id = $1", TEMPLATE_COLS);
enum err document_template_get(struct db *db, struct arena *a, int64_t id, struct document_template_row *out)
{
    return db_one(db, a, &q_document_template_get, out, DB_IN(id));
}

DB_EXEC(q_document_template_update, 9,
        "UPDATE document_template SET kind = $3, lang = $4, title = $5, text = $6, changed_by = $7, changed_at = $8, ended_at = $9,"
        " version = version + 1 WHERE id = $1 AND version = $2");
enum err document_template_update(struct db *db, const struct document_template_row *t)
{
    return db_run_one(db, &q_document_template_update,
                      DB_IN(t->id, t->version, t->kind, t->lang, t->title, t->text, t->changed_by, t->changed_at, t->ended_at));
}

/* ---- texts for searching */

DB_QUERY(q_document_stale_text, struct document_row, 3,
         "SELECT d.id, d.organisation_id, d.owner_account, d.title, d.changed_at FROM document d"
         "  LEFT JOIN document_text x ON x.document_id = d.id"
         " WHERE d.changed_at < $1 AND d.changed_at >= $3 AND d.deleted_at = 0 AND d.changed_at > COALESCE(x.made_at, 0) ORDER BY d.changed_at LIMIT $2",
         DB_COL(struct document_row, id), DB_COL(struct document_row, organisation_id), DB_COL(struct document_row, owner_account),
         DB_COL(struct document_row, title), DB_COL(struct document_row, changed_at));
enum err document_stale_text(struct db *db, struct arena *a, int64_t since, int64_t now, int64_t quiet_ms, int64_t limit, struct document_row **rows,
                             size_t *n)
{
    return db_all(db, a, &q_document_stale_text, rows, n, DB_IN(now - quiet_ms, limit, since));
}

DB_EXEC(q_document_text_put, 5,
        "INSERT INTO document_text (document_id, text, folded, words, made_at) VALUES ($1, $2, $3, $4, $5)"
        " ON CONFLICT (document_id) DO UPDATE SET text = excluded.text, folded = excluded.folded, words = excluded.words, made_at = excluded.made_at");
DB_EXEC(q_document_text_title, 2,
        "INSERT INTO document_text (document_id, text, folded, words, made_at) VALUES ($1, '', $2, 0, 0)"
        " ON CONFLICT (document_id) DO UPDATE SET folded = excluded.folded");
enum err document_text_put(struct db *db, int64_t document_id, struct str text, struct str folded, int64_t words, int64_t made_at)
{
    if (!made_at)
        return db_run(db, &q_document_text_title, NULL, DB_IN(document_id, folded));
    return db_run(db, &q_document_text_put, NULL, DB_IN(document_id, text, folded, words, made_at));
}

DB_QUERY(q_document_text_get, struct document_text_row, 1,
         "SELECT document_id, words, made_at, text, folded FROM document_text WHERE document_id = $1", DB_COL(struct document_text_row, document_id),
         DB_COL(struct document_text_row, words), DB_COL(struct document_text_row, made_at), DB_COL(struct document_text_row, text),
         DB_COL(struct document_text_row, folded));
enum err document_text_get(struct db *db, struct arena *a, int64_t document_id, struct document_text_row *out)
{
    enum err e = db_one(db, a, &q_document_text_get, out, DB_IN(document_id));
    if (e == ERR_NOT_FOUND)
        *out = (struct document_text_row){.document_id = document_id};
    return e == ERR_NOT_FOUND ? OK : e;
}

/* ---- the digest */

/* Owners, and those it is shared with: comments from before that are old news to them. */
DB_QUERY(q_document_untold, struct document_untold_row, 4,
         "SELECT w.account_id, w.document_id, w.organisation_id, COUNT(*) AS n, MAX(k.at) AS last_at, a.email, a.name, a.lang FROM"
         " (SELECT k1.id AS comment_id, d.owner_account AS account_id, d.id AS document_id, d.organisation_id, d.created_at AS since"
         "   FROM document_comment k1 JOIN document d ON d.id = k1.document_id WHERE k1.at > $1 AND k1.at <= $2 AND d.deleted_at = 0"
         "  UNION ALL SELECT k2.id AS comment_id, s.account_id, d.id AS document_id, d.organisation_id, s.given_at AS since"
         "   FROM document_comment k2 JOIN document d ON d.id = k2.document_id JOIN document_share s ON s.document_id = d.id"
         "   WHERE k2.at > $1 AND k2.at <= $2 AND d.deleted_at = 0) w"
         " JOIN document_comment k ON k.id = w.comment_id AND k.by_account <> w.account_id AND k.deleted_at = 0 AND k.at > w.since"
         " JOIN account a ON a.id = w.account_id AND a.disabled_at = 0"
         " LEFT JOIN document_visit v ON v.document_id = w.document_id AND v.account_id = w.account_id"
         " LEFT JOIN document_digest g ON g.account_id = w.account_id"
         " WHERE k.at > COALESCE(v.at, 0) AND k.at > COALESCE(g.told_at, 0) AND COALESCE(g.told_at, 0) <= $3"
         " GROUP BY w.account_id, w.document_id, w.organisation_id, a.email, a.name, a.lang ORDER BY w.account_id, w.document_id LIMIT $4",
         DB_COL(struct document_untold_row, account_id), DB_COL(struct document_untold_row, document_id),
         DB_COL(struct document_untold_row, organisation_id), DB_COL(struct document_untold_row, n), DB_COL(struct document_untold_row, last_at),
         DB_COL(struct document_untold_row, email), DB_COL(struct document_untold_row, name), DB_COL(struct document_untold_row, lang));
enum err document_untold(struct db *db, struct arena *a, int64_t before_at, int64_t quiet_since, int64_t limit, struct document_untold_row **rows,
                         size_t *n)
{
    return db_all(db, a, &q_document_untold, rows, n,
                  DB_IN(before_at - (int64_t)DOCUMENT_UNTOLD_DAYS * TM_DAY_MS, before_at, quiet_since, limit));
}

DB_EXEC(q_document_told, 2,
        "INSERT INTO document_digest (account_id, told_at) VALUES ($1, $2)"
        " ON CONFLICT (account_id) DO UPDATE SET told_at = excluded.told_at WHERE document_digest.told_at < excluded.told_at");
enum err document_told(struct db *db, int64_t account_id, int64_t at)
{
    return db_run(db, &q_document_told, NULL, DB_IN(account_id, at));
}
