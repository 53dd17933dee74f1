/* oidc.h: logins under way at providers, whom a provider knows as whom, and which sessions a provider began. */
#pragma once
#include "db/db.h"

struct oidc_login_row {
    int64_t account_id, created_at, expires_at;
    struct str state_hash, browser_hash, provider, nonce, verifier, next;
    struct bytes invitation;
    bool shared;
};
enum err oidc_login_insert(struct db *db, const struct oidc_login_row *l) MUST_CHECK;
enum err oidc_login_find(struct db *db, struct arena *a, struct str state_hash, struct oidc_login_row *out) MUST_CHECK;
/* ERR_CONFLICT when it was used meanwhile. */
enum err oidc_login_use(struct db *db, struct str state_hash) MUST_CHECK;

struct identity_row {
    int64_t id, account_id, created_at, used_at;
    struct str issuer, subject_hash;
    struct bytes pid;
};
/* ERR_CONFLICT: this identity is somebody's already. */
enum err identity_insert(struct db *db, const struct identity_row *i, int64_t *id) MUST_CHECK;
enum err identity_find(struct db *db, struct arena *a, struct str issuer, struct str subject_hash, struct identity_row *out) MUST_CHECK;
enum err identity_used(struct db *db, int64_t id, int64_t now) MUST_CHECK;
enum err identity_set_pid(struct db *db, int64_t id, struct bytes pid) MUST_CHECK;
enum err identity_of_account(struct db *db, struct arena *a, int64_t account_id, struct identity_row **rows, size_t *n) MUST_CHECK;
/* ERR_CONFLICT when it is not the account's. */
enum err identity_delete(struct db *db, int64_t id, int64_t account_id) MUST_CHECK;

struct oidc_session_row {
    int64_t session_id;
    struct str issuer, provider, sid_hash, end_session;
    struct bytes id_token;
};
/* It goes with the session. */
enum err oidc_session_insert(struct db *db, const struct oidc_session_row *s) MUST_CHECK;
enum err oidc_session_get(struct db *db, struct arena *a, int64_t session_id, struct oidc_session_row *out) MUST_CHECK;
struct oidc_ended_row {
    int64_t session_id, account_id;
};
/* The sessions of ours that belong to a session of the provider. */
enum err oidc_session_of(struct db *db, struct arena *a, struct str issuer, struct str sid_hash, struct oidc_ended_row **rows, size_t *n) MUST_CHECK;
