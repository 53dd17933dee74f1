#include "model/user.h"

/* Roles as bits; enum role (domain/access.h) numbers them. Each role stands at most once for an account in an organisation. */
#define USER_SELECT                                                                                \
    "SELECT a.id, a.email, a.name, a.created_at, a.disabled_at, a.version,"                        \
    "       COALESCE((SELECT MAX(s.seen_at) FROM session s WHERE s.account_id = a.id), 0) AS seen_at," \
    "       COALESCE((SELECT SUM(CASE r.role WHEN 'administrator' THEN 2 WHEN 'project_leader' THEN 4 WHEN 'adviser' THEN 8" \
    "                                        WHEN 'nav_contact' THEN 16 WHEN 'trainee' THEN 32 WHEN 'mentor' THEN 64 WHEN 'supervisor' THEN 128 ELSE 0 END)" \
    "                   FROM account_role r WHERE r.account_id = a.id AND r.organisation_id = $1"  \
    "                    AND (r.until_at = 0 OR r.until_at > $2)), 0) AS roles"
#define USER_COLS                                                                                  \
    DB_COL(struct user_row, id), DB_COL(struct user_row, email), DB_COL(struct user_row, name), DB_COL(struct user_row, created_at), \
        DB_COL(struct user_row, disabled_at), DB_COL(struct user_row, version), DB_COL(struct user_row, seen_at), DB_COL(struct user_row, roles)

#define KNOWN(account, today) "NOT EXISTS (SELECT 1 FROM participant p WHERE p.account_id = a.id AND NOT " RELATION_KNOWS("p", account, today) ")"
/* An account with several roles stands with its first one. */
DB_QUERY(q_user_page, struct user_row, 7,
         USER_SELECT "  FROM account_role o JOIN account a ON a.id = o.account_id WHERE o.organisation_id = $1 AND (o.name, o.account_id) > ($3, $4)"
                     " AND NOT EXISTS (SELECT 1 FROM account_role f WHERE f.account_id = o.account_id AND f.organisation_id = $1 AND f.id < o.id)"
                     " AND " KNOWN("$6", "$7") " ORDER BY o.name, o.account_id LIMIT $5",
         USER_COLS);
enum err user_page(struct db *db, struct arena *a, int64_t organisation_id, int64_t now, struct str after_name, int64_t after_id, int64_t limit,
                   struct viewer v, struct user_row **rows, size_t *n)
{
    return db_all(db, a, &q_user_page, rows, n, DB_IN(organisation_id, now, after_name, after_id, limit, v.account_id, v.today));
}

DB_QUERY(q_user_get, struct user_row, 5,
         USER_SELECT "  FROM account a WHERE a.id = $3 AND EXISTS (SELECT 1 FROM account_role o WHERE o.account_id = a.id AND o.organisation_id = $1)"
                     " AND " KNOWN("$4", "$5"),
         USER_COLS);
enum err user_get(struct db *db, struct arena *a, int64_t organisation_id, int64_t now, int64_t id, struct viewer v, struct user_row *out)
{
    return db_one(db, a, &q_user_get, out, DB_IN(organisation_id, now, id, v.account_id, v.today));
}

DB_QUERY(q_user_roles, struct role_row, 2,
         "SELECT r.id, r.account_id, r.organisation_id, r.role, r.from_at, r.until_at, o.name AS organisation"
         "  FROM account_role r JOIN organisation o ON o.id = r.organisation_id"
         " WHERE r.organisation_id = $1 AND r.account_id = $2 ORDER BY r.id",
         DB_COL(struct role_row, id), DB_COL(struct role_row, account_id), DB_COL(struct role_row, organisation_id),
         DB_COL(struct role_row, role), DB_COL(struct role_row, from_at), DB_COL(struct role_row, until_at), DB_COL(struct role_row, organisation));
enum err user_roles(struct db *db, struct arena *a, int64_t organisation_id, int64_t account_id, struct role_row **rows, size_t *n)
{
    return db_all(db, a, &q_user_roles, rows, n, DB_IN(organisation_id, account_id));
}

DB_EXEC(q_role_end, 4,
        "UPDATE account_role SET until_at = $4 WHERE id = $1 AND account_id = $2 AND organisation_id = $3"
        "   AND (until_at = 0 OR until_at > $4)");
enum err role_end(struct db *db, int64_t id, int64_t account_id, int64_t organisation_id, int64_t now)
{
    return db_run_one(db, &q_role_end, DB_IN(id, account_id, organisation_id, now));
}

DB_EXEC(q_account_set_disabled, 3, "UPDATE account SET disabled_at = $3, version = version + 1 WHERE id = $1 AND version = $2");
enum err account_set_disabled(struct db *db, int64_t id, int64_t version, int64_t at)
{
    return db_run_one(db, &q_account_set_disabled, DB_IN(id, version, at));
}

/* The first so many of an organisation's accounts, each once. */
DB_QUERY(q_user_count, struct user_counts, 3,
         "SELECT COUNT(*) AS looked, CAST(COALESCE(SUM(CASE WHEN a.disabled_at = 0 THEN 1 ELSE 0 END), 0) AS BIGINT) AS users,"
         "       CAST(COALESCE(SUM(CASE WHEN a.disabled_at = 0 AND NOT EXISTS (SELECT 1 FROM account_role x"
         "                     WHERE x.account_id = a.id AND (x.until_at = 0 OR x.until_at > $2)) THEN 1 ELSE 0 END), 0) AS BIGINT) AS without_role"
         "  FROM (SELECT r.account_id FROM account_role r WHERE r.organisation_id = $1 AND NOT EXISTS (SELECT 1 FROM account_role f"
         "         WHERE f.account_id = r.account_id AND f.organisation_id = $1 AND f.id < r.id) ORDER BY r.role LIMIT $3) s JOIN account a ON a.id = s.account_id",
         DB_COL(struct user_counts, looked), DB_COL(struct user_counts, users), DB_COL(struct user_counts, without_role));
DB_QUERY(q_user_rules, struct user_rules, 3,
         "SELECT (SELECT COUNT(*) FROM account_role r JOIN account a ON a.id = r.account_id"
         "         WHERE r.organisation_id = $1 AND r.role = 'administrator' AND (r.until_at = 0 OR r.until_at > $2)"
         "           AND a.disabled_at = 0) AS administrators,"
         "       (SELECT COUNT(*) FROM account_role r WHERE r.account_id = $3 AND r.organisation_id <> $1"
         "           AND (r.until_at = 0 OR r.until_at > $2)) AS elsewhere",
         DB_COL(struct user_rules, administrators), DB_COL(struct user_rules, elsewhere));
enum err user_count(struct db *db, struct arena *a, int64_t organisation_id, int64_t now, struct user_counts *out)
{
    TRY(db_one(db, a, &q_user_count, out, DB_IN(organisation_id, now, (int64_t)USER_COUNT_MAX + 1)));
    out->exact = out->looked <= USER_COUNT_MAX;
    out->closed = out->looked - out->users;
    return OK;
}
enum err user_rules(struct db *db, struct arena *a, int64_t organisation_id, int64_t now, int64_t account_id, struct user_rules *out)
{
    return db_one(db, a, &q_user_rules, out, DB_IN(organisation_id, now, account_id));
}

DB_QUERY(q_user_invitations, struct link_row, 2,
         "SELECT id, organisation_id, email, name, lang, role, created_at, expires_at FROM link"
         " WHERE organisation_id = $1 AND kind = 'invite_staff' AND used_at = 0 AND expires_at > $2 ORDER BY created_at DESC, id DESC LIMIT 50",
         DB_COL(struct link_row, id), DB_COL(struct link_row, organisation_id), DB_COL(struct link_row, email), DB_COL(struct link_row, name),
         DB_COL(struct link_row, lang), DB_COL(struct link_row, role), DB_COL(struct link_row, created_at), DB_COL(struct link_row, expires_at));
enum err user_invitations(struct db *db, struct arena *a, int64_t organisation_id, int64_t now, struct link_row **rows, size_t *n)
{
    return db_all(db, a, &q_user_invitations, rows, n, DB_IN(organisation_id, now));
}

DB_EXEC(q_user_invitation_withdraw, 3,
        "UPDATE link SET used_at = $3 WHERE id = $1 AND organisation_id = $2 AND kind = 'invite_staff' AND used_at = 0");
enum err user_invitation_withdraw(struct db *db, int64_t id, int64_t organisation_id, int64_t now)
{
    return db_run_one(db, &q_user_invitation_withdraw, DB_IN(id, organisation_id, now));
}

DB_EXEC(q_organisation_rename, 3, "UPDATE organisation SET name = $3 WHERE id = $1 AND name = $2");
enum err organisation_rename(struct db *db, int64_t id, struct str was, struct str name)
{
    return db_run_one(db, &q_organisation_rename, DB_IN(id, was, name));
}

struct at_row {
    int64_t at;
};
DB_QUERY(q_import_last_at, struct at_row, 1, "SELECT COALESCE(MAX(at), 0) AS at FROM import_run WHERE organisation_id = $1", DB_COL(struct at_row, at));
enum err import_last_at(struct db *db, struct arena *a, int64_t organisation_id, int64_t *at)
{
    struct at_row row;
    TRY(db_one(db, a, &q_import_last_at, &row, DB_IN(organisation_id)));
    *at = row.at;
    return OK;
}
