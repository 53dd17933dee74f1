/* token.h: table access_token: keys for programs. The token itself is shown once and kept nowhere. */
#pragma once
#include "model/account.h"

struct token_row {
    int64_t id, account_id, account_role_id, created_at, ended_at;
    struct str token_hash, scopes;
};
enum err token_insert(struct db *db, const struct token_row *t, int64_t *id) MUST_CHECK;
/* What a request with the token needs to know, filled as session_find() does (id 0: it is no session; expires_at 0), and its scopes.
 * ERR_NOT_FOUND: no such, taken back, role over, account closed. */
enum err token_find(struct db *db, struct arena *a, struct str token_hash, int64_t now, struct session_row *out, struct str *scopes) MUST_CHECK;
/* Those of an account, newest first, ended ones too; without the hash. */
enum err token_of_account(struct db *db, struct arena *a, int64_t account_id, struct token_row **rows, size_t *n) MUST_CHECK;
/* ERR_CONFLICT: no such open one. */
enum err token_end(struct db *db, int64_t id, int64_t now) MUST_CHECK;
/* All open ones of an account. */
enum err token_end_all(struct db *db, int64_t account_id, int64_t now) MUST_CHECK;
