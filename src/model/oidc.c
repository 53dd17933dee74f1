#include "model/oidc.h"

#define LOGIN_COLS                                                                                                                    \
    DB_COL(struct oidc_login_row, state_hash), DB_COL(struct oidc_login_row, browser_hash), DB_COL(struct oidc_login_row, provider),  \
        DB_COL(struct oidc_login_row, nonce), DB_COL(struct oidc_login_row, verifier), DB_COL(struct oidc_login_row, next),           \
        DB_COL(struct oidc_login_row, account_id), DB_COL(struct oidc_login_row, invitation), DB_COL(struct oidc_login_row, shared), DB_COL(struct oidc_login_row, created_at), \
        DB_COL(struct oidc_login_row, expires_at)

DB_PUT(q_oidc_login_insert, struct oidc_login_row,
       "INSERT INTO oidc_login (state_hash, browser_hash, provider, nonce, verifier, next, account_id, invitation, shared, created_at, expires_at) "
       "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
       LOGIN_COLS);
enum err oidc_login_insert(struct db *db, const struct oidc_login_row *l)
{
    return db_put(db, &q_oidc_login_insert, l, NULL);
}

DB_QUERY(q_oidc_login_find, struct oidc_login_row, 1,
         "SELECT state_hash, browser_hash, provider, nonce, verifier, next, account_id, invitation, shared, created_at, expires_at FROM oidc_login "
         "WHERE state_hash = $1",
         LOGIN_COLS);
enum err oidc_login_find(struct db *db, struct arena *a, struct str state_hash, struct oidc_login_row *out)
{
    return db_one(db, a, &q_oidc_login_find, out, DB_IN(state_hash));
}

DB_EXEC(q_oidc_login_use, 1, "DELETE FROM oidc_login WHERE state_hash = $1");
enum err oidc_login_use(struct db *db, struct str state_hash)
{
    return db_run_one(db, &q_oidc_login_use, DB_IN(state_hash));
}

#define IDENTITY_COLS                                                                                                              \
    DB_COL(struct identity_row, id), DB_COL(struct identity_row, account_id), DB_COL(struct identity_row, issuer),                 \
        DB_COL(struct identity_row, subject_hash), DB_COL(struct identity_row, pid), DB_COL(struct identity_row, created_at),      \
        DB_COL(struct identity_row, used_at)

DB_PUT(q_identity_insert, struct identity_row,
       "INSERT INTO identity (account_id, issuer, subject_hash, pid, created_at, used_at) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id",
       DB_COL(struct identity_row, account_id), DB_COL(struct identity_row, issuer), DB_COL(struct identity_row, subject_hash),
       DB_COL(struct identity_row, pid), DB_COL(struct identity_row, created_at), DB_COL(struct identity_row, used_at));
enum err identity_insert(struct db *db, const struct identity_row *i, int64_t *id)
{
    return db_put_id(db, &q_identity_insert, i, id);
}

DB_QUERY(q_identity_find, struct identity_row, 2,
         "SELECT id, account_id, issuer, subject_hash, pid, created_at, used_at FROM identity WHERE issuer = $1 AND subject_hash = $2",
         IDENTITY_COLS);
enum err identity_find(struct db *db, struct arena *a, struct str issuer, struct str subject_hash, struct identity_row *out)
{
    return db_one(db, a, &q_identity_find, out, DB_IN(issuer, subject_hash));
}

DB_EXEC(q_identity_used, 2, "UPDATE identity SET used_at = $2 WHERE id = $1");
enum err identity_used(struct db *db, int64_t id, int64_t now)
{
    return db_run_one(db, &q_identity_used, DB_IN(id, now));
}

DB_EXEC(q_identity_set_pid, 2, "UPDATE identity SET pid = $2 WHERE id = $1");
enum err identity_set_pid(struct db *db, int64_t id, struct bytes pid)
{
    return db_run_one(db, &q_identity_set_pid, DB_IN(id, pid));
}

DB_QUERY(q_identity_of_account, struct identity_row, 1,
         "SELECT id, account_id, issuer, subject_hash, pid, created_at, used_at FROM identity WHERE account_id = $1 ORDER BY id", IDENTITY_COLS);
enum err identity_of_account(struct db *db, struct arena *a, int64_t account_id, struct identity_row **rows, size_t *n)
{
    return db_all(db, a, &q_identity_of_account, rows, n, DB_IN(account_id));
}

DB_EXEC(q_identity_delete, 2, "DELETE FROM identity WHERE id = $1 AND account_id = $2");
enum err identity_delete(struct db *db, int64_t id, int64_t account_id)
{
    return db_run_one(db, &q_identity_delete, DB_IN(id, account_id));
}

#define SESSION_COLS                                                                                                             \
    DB_COL(struct oidc_session_row, session_id), DB_COL(struct oidc_session_row, issuer), DB_COL(struct oidc_session_row, provider), \
        DB_COL(struct oidc_session_row, sid_hash), DB_COL(struct oidc_session_row, end_session), DB_COL(struct oidc_session_row, id_token)

DB_PUT(q_oidc_session_insert, struct oidc_session_row,
       "INSERT INTO oidc_session (session_id, issuer, provider, sid_hash, end_session, id_token) VALUES ($1, $2, $3, $4, $5, $6)",
       SESSION_COLS);
enum err oidc_session_insert(struct db *db, const struct oidc_session_row *s)
{
    return db_put(db, &q_oidc_session_insert, s, NULL);
}

DB_QUERY(q_oidc_session_get, struct oidc_session_row, 1,
         "SELECT session_id, issuer, provider, sid_hash, end_session, id_token FROM oidc_session WHERE session_id = $1", SESSION_COLS);
enum err oidc_session_get(struct db *db, struct arena *a, int64_t session_id, struct oidc_session_row *out)
{
    return db_one(db, a, &q_oidc_session_get, out, DB_IN(session_id));
}

DB_QUERY(q_oidc_session_of, struct oidc_ended_row, 2,
         "SELECT s.id AS session_id, s.account_id FROM oidc_session o JOIN session s ON s.id = o.session_id "
         "WHERE o.issuer = $1 AND o.sid_hash = $2 AND o.sid_hash <> ''",
         DB_COL(struct oidc_ended_row, session_id), DB_COL(struct oidc_ended_row, account_id));
enum err oidc_session_of(struct db *db, struct arena *a, struct str issuer, struct str sid_hash, struct oidc_ended_row **rows, size_t *n)
{
    return db_all(db, a, &q_oidc_session_of, rows, n, DB_IN(issuer, sid_hash));
}

