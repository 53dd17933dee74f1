#include "model/token.h"
#include "model/confidentiality.h"

DB_PUT(q_token_insert, struct token_row,
       "INSERT INTO access_token (token_hash, account_id, account_role_id, scopes, created_at) VALUES ($1, $2, $3, $4, $5) RETURNING id",
       DB_COL(struct token_row, token_hash), DB_COL(struct token_row, account_id), DB_COL(struct token_row, account_role_id),
       DB_COL(struct token_row, scopes), DB_COL(struct token_row, created_at));
enum err token_insert(struct db *db, const struct token_row *t, int64_t *id)
{
    return db_put_id(db, &q_token_insert, t, id);
}

struct found_row {
    struct str scopes;
    int64_t account_id, account_role_id, created_at, organisation_id, participant_id, mentor_id, promised_at, n_roles;
    struct str name, lang, role, organisation;
};
DB_QUERY(q_token_find, struct found_row, 2,
         "SELECT t.account_id, t.account_role_id, t.created_at, t.scopes, a.name, a.lang, r.role, r.organisation_id, o.name AS organisation,"
         "       (SELECT p.id FROM participant p WHERE p.account_id = t.account_id AND p.organisation_id = r.organisation_id)"
         "         AS participant_id,"
         "       (SELECT m.id FROM mentor m WHERE m.account_id = t.account_id AND m.organisation_id = r.organisation_id) AS mentor_id,"
         "       " CONFIDENTIALITY_SIGNED_AT("t.account_id") " AS promised_at,"
         "       (SELECT COUNT(*) FROM account_role x WHERE x.account_id = t.account_id) AS n_roles"
         "  FROM access_token t JOIN account a ON a.id = t.account_id"
         "  JOIN account_role r ON r.id = t.account_role_id AND r.account_id = t.account_id"
         "  JOIN organisation o ON o.id = r.organisation_id"
         " WHERE t.token_hash = $1 AND t.ended_at = 0 AND a.disabled_at = 0 AND (r.until_at = 0 OR r.until_at > $2)",
         DB_COL(struct found_row, account_id), DB_COL(struct found_row, account_role_id), DB_COL(struct found_row, created_at),
         DB_COL(struct found_row, scopes), DB_COL(struct found_row, name), DB_COL(struct found_row, lang), DB_COL(struct found_row, role),
         DB_COL(struct found_row, organisation_id), DB_COL(struct found_row, organisation), DB_COL(struct found_row, participant_id),
         DB_COL(struct found_row, mentor_id), DB_COL(struct found_row, promised_at), DB_COL(struct found_row, n_roles));
enum err token_find(struct db *db, struct arena *a, struct str token_hash, int64_t now, struct session_row *out, struct str *scopes)
{
    struct found_row f;
    TRY(db_one(db, a, &q_token_find, &f, DB_IN(token_hash, now)));
    *out = (struct session_row){.account_id = f.account_id, .account_role_id = f.account_role_id, .created_at = f.created_at, .seen_at = now,
                                .organisation_id = f.organisation_id, .participant_id = f.participant_id, .mentor_id = f.mentor_id,
                                .n_roles = f.n_roles, .promised_at = f.promised_at, .name = f.name, .lang = f.lang, .role = f.role,
                                .organisation = f.organisation};
    *scopes = f.scopes;
    return OK;
}

DB_QUERY(q_token_of_account, struct token_row, 1,
         "SELECT id, account_id, account_role_id, scopes, created_at, ended_at FROM access_token WHERE account_id = $1 ORDER BY id DESC LIMIT 200",
         DB_COL(struct token_row, id), DB_COL(struct token_row, account_id), DB_COL(struct token_row, account_role_id),
         DB_COL(struct token_row, scopes), DB_COL(struct token_row, created_at), DB_COL(struct token_row, ended_at));
enum err token_of_account(struct db *db, struct arena *a, int64_t account_id, struct token_row **rows, size_t *n)
{
    return db_all(db, a, &q_token_of_account, rows, n, DB_IN(account_id));
}

DB_EXEC(q_token_end, 2, "UPDATE access_token SET ended_at = $2 WHERE id = $1 AND ended_at = 0");
enum err token_end(struct db *db, int64_t id, int64_t now)
{
    return db_run_one(db, &q_token_end, DB_IN(id, now));
}

DB_EXEC(q_token_end_all, 2, "UPDATE access_token SET ended_at = $2 WHERE account_id = $1 AND ended_at = 0");
enum err token_end_all(struct db *db, int64_t account_id, int64_t now)
{
    return db_run(db, &q_token_end_all, NULL, DB_IN(account_id, now));
}
