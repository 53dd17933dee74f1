#include "model/login.h"

#define T struct totp_row
DB_QUERY(q_totp_get, T, 1, "SELECT account_id, secret, confirmed_at, last_step, created_at FROM totp WHERE account_id = $1",
         DB_COL(T, account_id), DB_COL(T, secret), DB_COL(T, confirmed_at), DB_COL(T, last_step), DB_COL(T, created_at));
enum err totp_get(struct db *db, struct arena *a, int64_t account_id, struct totp_row *out)
{
    return db_one(db, a, &q_totp_get, out, DB_IN(account_id));
}

DB_EXEC(q_totp_drop, 1, "DELETE FROM totp WHERE account_id = $1 AND confirmed_at = 0");
DB_EXEC(q_totp_put, 3, "INSERT INTO totp (account_id, secret, created_at) VALUES ($1, $2, $3) ON CONFLICT (account_id) DO NOTHING");
enum err totp_put(struct db *db, const struct totp_row *t)
{
    TRY(db_run(db, &q_totp_drop, NULL, DB_IN(t->account_id)));
    return db_run_one(db, &q_totp_put, DB_IN(t->account_id, t->secret, t->created_at));
}

DB_EXEC(q_totp_confirm, 2, "UPDATE totp SET confirmed_at = $2 WHERE account_id = $1 AND confirmed_at = 0");
enum err totp_confirm(struct db *db, int64_t account_id, int64_t now)
{
    return db_run_one(db, &q_totp_confirm, DB_IN(account_id, now));
}

DB_EXEC(q_totp_take, 2, "UPDATE totp SET last_step = $2 WHERE account_id = $1 AND last_step < $2");
enum err totp_take(struct db *db, int64_t account_id, int64_t step)
{
    return db_run_one(db, &q_totp_take, DB_IN(account_id, step));
}

DB_EXEC(q_totp_remove, 1, "DELETE FROM totp WHERE account_id = $1");
enum err totp_remove(struct db *db, int64_t account_id)
{
    TRY(db_run(db, &q_totp_remove, NULL, DB_IN(account_id)));
    return recovery_clear(db, account_id);
}

DB_EXEC(q_recovery_put, 2, "INSERT INTO recovery_code (account_id, code_hash) VALUES ($1, $2)");
enum err recovery_put(struct db *db, int64_t account_id, struct str code_hash)
{
    return db_run(db, &q_recovery_put, NULL, DB_IN(account_id, code_hash));
}

DB_EXEC(q_recovery_clear, 1, "DELETE FROM recovery_code WHERE account_id = $1");
enum err recovery_clear(struct db *db, int64_t account_id)
{
    return db_run(db, &q_recovery_clear, NULL, DB_IN(account_id));
}

struct recovery_count {
    int64_t remaining;
};
DB_QUERY(q_recovery_left, struct recovery_count, 1, "SELECT COUNT(*) AS remaining FROM recovery_code WHERE account_id = $1 AND used_at = 0",
         DB_COL(struct recovery_count, remaining));
enum err recovery_left(struct db *db, struct arena *a, int64_t account_id, int64_t *left)
{
    struct recovery_count c;
    TRY(db_one(db, a, &q_recovery_left, &c, DB_IN(account_id)));
    *left = c.remaining;
    return OK;
}

DB_EXEC(q_recovery_use, 3, "UPDATE recovery_code SET used_at = $3 WHERE account_id = $1 AND code_hash = $2 AND used_at = 0");
enum err recovery_use(struct db *db, int64_t account_id, struct str code_hash, int64_t now)
{
    return db_run_one(db, &q_recovery_use, DB_IN(account_id, code_hash, now));
}

#undef T
#define T struct login_step_row
DB_PUT(q_step_insert, T, "INSERT INTO login_step (token_hash, account_id, method, next, shared, expires_at) VALUES ($1, $2, $3, $4, $5, $6)",
       DB_COL(T, token_hash), DB_COL(T, account_id), DB_COL(T, method), DB_COL(T, next), DB_COL(T, shared), DB_COL(T, expires_at));
enum err login_step_insert(struct db *db, const struct login_step_row *s)
{
    return db_put(db, &q_step_insert, s, NULL);
}

DB_QUERY(q_step_find, T, 2,
         "SELECT token_hash, account_id, method, next, shared, tries, expires_at FROM login_step WHERE token_hash = $1 AND expires_at > $2",
         DB_COL(T, token_hash), DB_COL(T, account_id), DB_COL(T, method), DB_COL(T, next), DB_COL(T, shared), DB_COL(T, tries), DB_COL(T, expires_at));
enum err login_step_find(struct db *db, struct arena *a, struct str token_hash, int64_t now, struct login_step_row *out)
{
    return db_one(db, a, &q_step_find, out, DB_IN(token_hash, now));
}

DB_EXEC(q_step_tried, 1, "UPDATE login_step SET tries = tries + 1 WHERE token_hash = $1");
enum err login_step_tried(struct db *db, struct str token_hash)
{
    return db_run(db, &q_step_tried, NULL, DB_IN(token_hash));
}

DB_EXEC(q_step_remove, 1, "DELETE FROM login_step WHERE token_hash = $1");
enum err login_step_remove(struct db *db, struct str token_hash)
{
    return db_run(db, &q_step_remove, NULL, DB_IN(token_hash));
}

#undef T
#define T struct login_link_row
DB_PUT(q_link_insert_login, T, "INSERT INTO login_link (token_hash, browser_hash, account_id, shared, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)",
       DB_COL(T, token_hash), DB_COL(T, browser_hash), DB_COL(T, account_id), DB_COL(T, shared), DB_COL(T, created_at), DB_COL(T, expires_at));
enum err login_link_insert(struct db *db, const struct login_link_row *l)
{
    return db_put(db, &q_link_insert_login, l, NULL);
}

DB_QUERY(q_login_link_find, T, 1,
         "SELECT token_hash, browser_hash, account_id, shared, created_at, expires_at, used_at FROM login_link WHERE token_hash = $1",
         DB_COL(T, token_hash), DB_COL(T, browser_hash), DB_COL(T, account_id), DB_COL(T, shared), DB_COL(T, created_at), DB_COL(T, expires_at),
         DB_COL(T, used_at));
enum err login_link_find(struct db *db, struct arena *a, struct str token_hash, struct login_link_row *out)
{
    return db_one(db, a, &q_login_link_find, out, DB_IN(token_hash));
}

DB_EXEC(q_login_link_use, 2, "UPDATE login_link SET used_at = $2 WHERE token_hash = $1 AND used_at = 0 AND expires_at > $2");
enum err login_link_use(struct db *db, struct str token_hash, int64_t now)
{
    return db_run_one(db, &q_login_link_use, DB_IN(token_hash, now));
}

DB_EXEC(q_login_link_void, 2, "UPDATE login_link SET expires_at = $2 WHERE account_id = $1 AND used_at = 0 AND expires_at > $2");
enum err login_link_void(struct db *db, int64_t account_id, int64_t now)
{
    return db_run(db, &q_login_link_void, NULL, DB_IN(account_id, now));
}

#undef T
#define T struct login_code_row
DB_PUT(q_code_insert, T,
       "INSERT INTO login_code (account_id, begins, code_hash, by_account, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id",
       DB_COL(T, account_id), DB_COL(T, begins), DB_COL(T, code_hash), DB_COL(T, by_account), DB_COL(T, created_at), DB_COL(T, expires_at));
enum err login_code_insert(struct db *db, const struct login_code_row *r, int64_t *id)
{
    return db_put_id(db, &q_code_insert, r, id);
}

DB_QUERY(q_code_find, T, 2,
         "SELECT id, account_id, begins, code_hash, by_account, created_at, expires_at, tries, used_at FROM login_code"
         " WHERE begins = $1 AND used_at = 0 AND expires_at > $2 ORDER BY id DESC LIMIT 1",
         DB_COL(T, id), DB_COL(T, account_id), DB_COL(T, begins), DB_COL(T, code_hash), DB_COL(T, by_account), DB_COL(T, created_at),
         DB_COL(T, expires_at), DB_COL(T, tries), DB_COL(T, used_at));
enum err login_code_find(struct db *db, struct arena *a, struct str begins, int64_t now, struct login_code_row *out)
{
    return db_one(db, a, &q_code_find, out, DB_IN(begins, now));
}

DB_EXEC(q_code_use, 2, "UPDATE login_code SET used_at = $2 WHERE id = $1 AND used_at = 0 AND expires_at > $2");
enum err login_code_use(struct db *db, int64_t id, int64_t now)
{
    return db_run_one(db, &q_code_use, DB_IN(id, now));
}

DB_EXEC(q_code_tried, 3, "UPDATE login_code SET tries = tries + 1, expires_at = CASE WHEN tries + 1 >= $2 THEN $3 ELSE expires_at END WHERE id = $1");
enum err login_code_tried(struct db *db, int64_t id, int64_t most, int64_t now)
{
    return db_run(db, &q_code_tried, NULL, DB_IN(id, most, now));
}

DB_EXEC(q_code_void, 2, "UPDATE login_code SET expires_at = $2 WHERE account_id = $1 AND used_at = 0 AND expires_at > $2");
enum err login_code_void(struct db *db, int64_t account_id, int64_t now)
{
    return db_run(db, &q_code_void, NULL, DB_IN(account_id, now));
}

DB_QUERY(q_code_of_account, T, 2,
         "SELECT c.id, c.account_id, c.by_account, c.created_at, c.expires_at, c.tries, c.used_at, b.name AS who"
         "  FROM login_code c LEFT JOIN account b ON b.id = c.by_account WHERE c.account_id = $1 ORDER BY c.id DESC LIMIT $2",
         DB_COL(T, id), DB_COL(T, account_id), DB_COL(T, by_account), DB_COL(T, created_at), DB_COL(T, expires_at), DB_COL(T, tries),
         DB_COL(T, used_at), DB_COL(T, who));
enum err login_code_of_account(struct db *db, struct arena *a, int64_t account_id, int64_t limit, struct login_code_row **rows, size_t *n)
{
    return db_all(db, a, &q_code_of_account, rows, n, DB_IN(account_id, limit));
}

