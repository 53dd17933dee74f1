/* login.h: the tables of the ways to log in: one-time codes, half logins, links by mail, codes from staff. Secrets are sealed or hashed by
 * the service. */
#pragma once
#include "db/db.h"

struct totp_row {
    int64_t account_id, confirmed_at, last_step, created_at;
    struct bytes secret;
};
/* ERR_NOT_FOUND: none. */
enum err totp_get(struct db *db, struct arena *a, int64_t account_id, struct totp_row *out) MUST_CHECK;
/* In place of one that was never confirmed; ERR_CONFLICT when there is a confirmed one. */
enum err totp_put(struct db *db, const struct totp_row *t) MUST_CHECK;
/* ERR_CONFLICT when it is confirmed. */
enum err totp_confirm(struct db *db, int64_t account_id, int64_t now) MUST_CHECK;
/* Takes the code of this step: ERR_CONFLICT when it or a later one is taken. */
enum err totp_take(struct db *db, int64_t account_id, int64_t step) MUST_CHECK;
/* With the recovery codes. */
enum err totp_remove(struct db *db, int64_t account_id) MUST_CHECK;

enum err recovery_put(struct db *db, int64_t account_id, struct str code_hash) MUST_CHECK;
enum err recovery_clear(struct db *db, int64_t account_id) MUST_CHECK;
enum err recovery_left(struct db *db, struct arena *a, int64_t account_id, int64_t *left) MUST_CHECK;
/* ERR_CONFLICT when there is no such, or it is used. */
enum err recovery_use(struct db *db, int64_t account_id, struct str code_hash, int64_t now) MUST_CHECK;

struct login_step_row {
    int64_t account_id, tries, expires_at;
    bool shared;
    struct str token_hash, method, next;
};
enum err login_step_insert(struct db *db, const struct login_step_row *s) MUST_CHECK;
/* ERR_NOT_FOUND when it is over. */
enum err login_step_find(struct db *db, struct arena *a, struct str token_hash, int64_t now, struct login_step_row *out) MUST_CHECK;
enum err login_step_tried(struct db *db, struct str token_hash) MUST_CHECK;
enum err login_step_remove(struct db *db, struct str token_hash) MUST_CHECK;

struct login_link_row {
    int64_t account_id, created_at, expires_at, used_at;
    bool shared;
    struct str token_hash, browser_hash;
};
enum err login_link_insert(struct db *db, const struct login_link_row *l) MUST_CHECK;
enum err login_link_find(struct db *db, struct arena *a, struct str token_hash, struct login_link_row *out) MUST_CHECK;
/* ERR_CONFLICT when it was used meanwhile. */
enum err login_link_use(struct db *db, struct str token_hash, int64_t now) MUST_CHECK;
/* One that was used ends the others. */
enum err login_link_void(struct db *db, int64_t account_id, int64_t now) MUST_CHECK;

struct login_code_row {
    int64_t id, account_id, by_account, created_at, expires_at, tries, used_at;
    struct str begins, code_hash;
    struct str who; /* the name of by_account, when read */
};
enum err login_code_insert(struct db *db, const struct login_code_row *r, int64_t *id) MUST_CHECK;
/* The newest open one that begins so. */
enum err login_code_find(struct db *db, struct arena *a, struct str begins, int64_t now, struct login_code_row *out) MUST_CHECK;
/* ERR_CONFLICT when it was used meanwhile. */
enum err login_code_use(struct db *db, int64_t id, int64_t now) MUST_CHECK;
enum err login_code_tried(struct db *db, int64_t id, int64_t most, int64_t now) MUST_CHECK;
enum err login_code_void(struct db *db, int64_t account_id, int64_t now) MUST_CHECK;
/* Newest first. */
enum err login_code_of_account(struct db *db, struct arena *a, int64_t account_id, int64_t limit, struct login_code_row **rows, size_t *n) MUST_CHECK;
