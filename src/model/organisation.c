#include "model/organisation.h"

#define LINE_SELECT                                                                                \
    "SELECT o.id, o.maker_id, o.name, o.kind,"                                                     \
    "       (SELECT COUNT(*) FROM account_role r JOIN account a ON a.id = r.account_id WHERE r.organisation_id = o.id" \
    "           AND r.role = 'administrator' AND (r.until_at = 0 OR r.until_at > $2) AND a.disabled_at = 0) AS administrators" \
    "  FROM organisation o WHERE (o.kind <> 'business' OR o.maker_id = $1 OR o.id = $1)"
#define LINE_COLS                                                                                  \
    DB_COL(struct organisation_line, id), DB_COL(struct organisation_line, maker_id), DB_COL(struct organisation_line, name), \
        DB_COL(struct organisation_line, kind), DB_COL(struct organisation_line, administrators)
DB_QUERY(q_organisation_list, struct organisation_line, 2, LINE_SELECT " ORDER BY o.name, o.id LIMIT 500", LINE_COLS);
enum err organisation_list(struct db *db, struct arena *a, int64_t organisation_id, int64_t now, struct organisation_line **rows, size_t *n)
{
    return db_all(db, a, &q_organisation_list, rows, n, DB_IN(organisation_id, now));
}

DB_QUERY(q_organisation_line, struct organisation_line, 3, LINE_SELECT " AND o.id = $3", LINE_COLS);
enum err organisation_line(struct db *db, struct arena *a, int64_t organisation_id, int64_t now, int64_t id, struct organisation_line *out)
{
    return db_one(db, a, &q_organisation_line, out, DB_IN(organisation_id, now, id));
}

struct id_row {
    int64_t id;
};
DB_QUERY(q_organisation_business, struct id_row, 2,
         "SELECT id FROM organisation WHERE kind = 'business' AND maker_id = $1 AND name = $2 ORDER BY id LIMIT 1", DB_COL(struct id_row, id));
enum err organisation_business(struct db *db, struct arena *a, int64_t maker_id, struct str name, int64_t *id)
{
    struct id_row row;
    TRY(db_one(db, a, &q_organisation_business, &row, DB_IN(maker_id, name)));
    *id = row.id;
    return OK;
}

DB_EXEC(q_organisation_set_maker, 2, "UPDATE organisation SET maker_id = $2 WHERE id = $1");
enum err organisation_set_maker(struct db *db, int64_t id, int64_t maker_id)
{
    return db_run_one(db, &q_organisation_set_maker, DB_IN(id, maker_id));
}

DB_PUT(q_cooperation_insert, struct cooperation_row,
       "INSERT INTO cooperation (organisation_id, partner_id, purpose, from_on, until_on, by_account, at)"
       " VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id",
       DB_COL(struct cooperation_row, organisation_id), DB_COL(struct cooperation_row, partner_id), DB_COL(struct cooperation_row, purpose),
       DB_COL(struct cooperation_row, from_on), DB_COL(struct cooperation_row, until_on), DB_COL(struct cooperation_row, by_account),
       DB_COL(struct cooperation_row, at));
enum err cooperation_insert(struct db *db, const struct cooperation_row *k, int64_t *id)
{
    return db_put_id(db, &q_cooperation_insert, k, id);
}

#define COOPERATION_SELECT                                                                         \
    "SELECT k.id, k.organisation_id, k.partner_id, k.purpose, k.from_on, k.until_on, k.ended_at, k.ended_by, k.by_account, k.at," \
    "       o.name AS organisation, p.name AS partner"                                             \
    "  FROM cooperation k JOIN organisation o ON o.id = k.organisation_id JOIN organisation p ON p.id = k.partner_id"
#define COOPERATION_COLS                                                                           \
    DB_COL(struct cooperation_row, id), DB_COL(struct cooperation_row, organisation_id), DB_COL(struct cooperation_row, partner_id), \
        DB_COL(struct cooperation_row, purpose), DB_COL(struct cooperation_row, from_on), DB_COL(struct cooperation_row, until_on), \
        DB_COL(struct cooperation_row, ended_at), DB_COL(struct cooperation_row, ended_by), DB_COL(struct cooperation_row, by_account), \
        DB_COL(struct cooperation_row, at), DB_COL(struct cooperation_row, organisation), DB_COL(struct cooperation_row, partner)
DB_QUERY(q_cooperation_of, struct cooperation_row, 1,
         COOPERATION_SELECT " WHERE k.organisation_id = $1 OR k.partner_id = $1 ORDER BY k.at DESC, k.id DESC LIMIT 200", COOPERATION_COLS);
enum err cooperation_of(struct db *db, struct arena *a, int64_t organisation_id, struct cooperation_row **rows, size_t *n)
{
    return db_all(db, a, &q_cooperation_of, rows, n, DB_IN(organisation_id));
}

DB_QUERY(q_cooperation_get, struct cooperation_row, 1, COOPERATION_SELECT " WHERE k.id = $1", COOPERATION_COLS);
enum err cooperation_get(struct db *db, struct arena *a, int64_t id, struct cooperation_row *out)
{
    return db_one(db, a, &q_cooperation_get, out, DB_IN(id));
}

DB_EXEC(q_cooperation_end, 3, "UPDATE cooperation SET ended_at = $3, ended_by = $2 WHERE id = $1 AND ended_at = 0");
enum err cooperation_end(struct db *db, int64_t id, int64_t by_account, int64_t now)
{
    return db_run_one(db, &q_cooperation_end, DB_IN(id, by_account, now));
}

DB_QUERY(q_cooperation_seen, struct id_row, 3,
         "SELECT DISTINCT k.organisation_id AS id FROM cooperation k WHERE k.partner_id = $1 AND k.ended_at = 0 AND k.from_on <= $2"
         "   AND (k.until_on = 0 OR k.until_on >= $2) ORDER BY id LIMIT $3",
         DB_COL(struct id_row, id));
enum err cooperation_seen(struct db *db, struct arena *a, int64_t partner_id, int today, int64_t limit, int64_t **ids, size_t *n)
{
    struct id_row *rows;
    TRY(db_all(db, a, &q_cooperation_seen, &rows, n, DB_IN(partner_id, today, limit)));
    *ids = ARENA_ARRAY(a, int64_t, *n + 1);
    for (size_t i = 0; i < *n; i++)
        (*ids)[i] = rows[i].id;
    return OK;
}

DB_QUERY(q_cooperation_open_count, struct id_row, 2,
         "SELECT COUNT(*) AS id FROM cooperation WHERE partner_id = $1 AND ended_at = 0 AND (until_on = 0 OR until_on >= $2)",
         DB_COL(struct id_row, id));
enum err cooperation_open_count(struct db *db, struct arena *a, int64_t partner_id, int today, int64_t *n)
{
    struct id_row row;
    TRY(db_one(db, a, &q_cooperation_open_count, &row, DB_IN(partner_id, today)));
    *n = row.id;
    return OK;
}

DB_QUERY(q_colleagues, struct colleague_row, 4,
         "SELECT a.id AS account_id, r.organisation_id, a.name, CASE WHEN r.organisation_id = $1 THEN '' ELSE o.name END AS organisation"
         "  FROM account_role r JOIN account a ON a.id = r.account_id JOIN organisation o ON o.id = r.organisation_id"
         " WHERE r.role = $2 AND (r.until_at = 0 OR r.until_at > $3) AND a.disabled_at = 0"
         "   AND (r.organisation_id = $1 OR r.organisation_id IN (SELECT k.partner_id FROM cooperation k WHERE k.organisation_id = $1"
         "     AND k.ended_at = 0 AND k.from_on <= $4 AND (k.until_on = 0 OR k.until_on >= $4)))"
         " ORDER BY a.name, a.id, r.organisation_id LIMIT 500",
         DB_COL(struct colleague_row, account_id), DB_COL(struct colleague_row, organisation_id), DB_COL(struct colleague_row, name),
         DB_COL(struct colleague_row, organisation));
enum err colleague_with_role(struct db *db, struct arena *a, int64_t organisation_id, const char *role, int64_t now, int today,
                             struct colleague_row **rows, size_t *n)
{
    struct colleague_row *all;
    size_t got, k = 0;
    TRY(db_all(db, a, &q_colleagues, &all, &got, DB_IN(organisation_id, role, now, today)));
    for (size_t i = 0; i < got; i++) /* one that works in both stands once */
        if (!k || all[k - 1].account_id != all[i].account_id)
            all[k++] = all[i];
    *rows = all;
    *n = k;
    return OK;
}

struct str colleague_label(struct arena *a, const struct colleague_row *r)
{
    if (!r->organisation.n)
        return arena_fmt(a, "%.*s", STR_FMT(r->name));
    return arena_fmt(a, "%.*s (%.*s)", STR_FMT(r->name), STR_FMT(r->organisation));
}
