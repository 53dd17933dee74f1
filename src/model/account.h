/* account.h: accounts, their roles, sessions, known devices, login counters, one-time links, forms sent. */
#pragma once
#include "db/db.h"

struct organisation_row {
    int64_t id, created_at;
    struct str name, kind, municipality;
};
enum err organisation_insert(struct db *db, const struct organisation_row *o, int64_t *id) MUST_CHECK;
enum err organisation_get(struct db *db, struct arena *a, int64_t id, struct organisation_row *out) MUST_CHECK;
/* The first one made: where the command line works when nothing is said. */
enum err organisation_first(struct db *db, struct arena *a, struct organisation_row *out) MUST_CHECK;
/* The first with this id or a greater one, for work over all of them. */
enum err organisation_from(struct db *db, struct arena *a, int64_t id, struct organisation_row *out) MUST_CHECK;

struct account_row {
    int64_t id, created_at, disabled_at, version;
    struct str email, name, lang, password_hash;
};
enum err account_insert(struct db *db, const struct account_row *x, int64_t *id) MUST_CHECK;
enum err account_get(struct db *db, struct arena *a, int64_t id, struct account_row *out) MUST_CHECK;
enum err account_by_email(struct db *db, struct arena *a, struct str email, struct account_row *out) MUST_CHECK;
enum err account_set_password(struct db *db, int64_t id, struct str hash) MUST_CHECK;
enum err account_set_lang(struct db *db, int64_t id, struct str lang) MUST_CHECK;
/* Accounts of an organisation that hold a role now, by name. */
enum err account_with_role(struct db *db, struct arena *a, int64_t organisation_id, const char *role, int64_t now,
                           struct account_row **rows, size_t *n) MUST_CHECK;

struct role_row {
    int64_t id, account_id, organisation_id, from_at, until_at;
    struct str role, organisation;
};
enum err role_insert(struct db *db, const struct role_row *r, int64_t *id) MUST_CHECK;
enum err role_of_account(struct db *db, struct arena *a, int64_t account_id, int64_t now, struct role_row **rows, size_t *n) MUST_CHECK;

struct session_row { /* a session with all that a request needs to know */
    int64_t id, account_id, account_role_id, created_at, seen_at, expires_at, organisation_id, participant_id, mentor_id, n_roles,
        promised_at, /* when the duty of confidentiality was signed, as its text is now; 0: not */
        factor_at;   /* when a second factor was given, 0: none */
    bool shared;     /* a computer that others use */
    struct str token_hash, agent, name, lang, role, organisation, method,
        factor_staff, idle_staff, idle_others; /* settings "login.*" of the role's organisation, "" when not set */
};
enum err session_insert(struct db *db, const struct session_row *s, int64_t *id) MUST_CHECK;
/* ERR_NOT_FOUND: no such, expired, role over, account closed. */
enum err session_find(struct db *db, struct arena *a, struct str token_hash, int64_t now, struct session_row *out) MUST_CHECK;
/* Another token for the same session, from now on; factor_at: when a second factor was given. ERR_CONFLICT: it has ended. */
enum err session_renew(struct db *db, int64_t id, struct str token_hash, int64_t factor_at) MUST_CHECK;
enum err session_touch(struct db *db, int64_t id, int64_t now) MUST_CHECK;
/* ERR_CONFLICT when the role is not the account's, or over. */
enum err session_set_role(struct db *db, int64_t id, int64_t account_id, int64_t account_role_id, int64_t now) MUST_CHECK;
/* Those not expired and used since. */
enum err session_of_account(struct db *db, struct arena *a, int64_t account_id, int64_t now, int64_t since, struct session_row **rows,
                            size_t *n) MUST_CHECK;
/* ERR_CONFLICT when it is not the account's. */
enum err session_end(struct db *db, int64_t id, int64_t account_id) MUST_CHECK;
enum err session_end_others(struct db *db, int64_t account_id, int64_t but_id) MUST_CHECK; /* but_id 0: all */

enum err device_known(struct db *db, struct arena *a, struct str token_hash, int64_t account_id, bool *known) MUST_CHECK;
enum err device_remember(struct db *db, struct str token_hash, int64_t account_id, int64_t now) MUST_CHECK;

struct throttle_row {
    struct str key;
    int64_t failures, until_at, seen_at;
};
enum err throttle_get(struct db *db, struct arena *a, struct str key, struct throttle_row *out) MUST_CHECK; /* zeros when absent */
enum err throttle_put(struct db *db, const struct throttle_row *t) MUST_CHECK;
enum err throttle_clear(struct db *db, struct str key) MUST_CHECK;

struct link_row {
    int64_t id, organisation_id, subject_id, created_by, created_at, expires_at, used_at;
    struct str token_hash, kind, email, name, lang, role;
};
enum err link_insert(struct db *db, const struct link_row *l) MUST_CHECK;
enum err link_find(struct db *db, struct arena *a, struct str token_hash, struct link_row *out) MUST_CHECK;
/* ERR_CONFLICT when it was used meanwhile. */
enum err link_use(struct db *db, int64_t id, int64_t now) MUST_CHECK;
/* Ends open links of that kind to that subject: a newer one replaces them. */
enum err link_void(struct db *db, struct str kind, int64_t subject_id, int64_t now) MUST_CHECK;
/* The same for staff, who are known by their address until they have an account. */
enum err link_void_staff(struct db *db, int64_t organisation_id, struct str email, int64_t now) MUST_CHECK;

/* *location: where the first sending of this form went; ERR_NOT_FOUND when it is new. */
enum err once_find(struct db *db, struct arena *a, struct str token, int64_t account_id, struct str *location) MUST_CHECK;
/* ERR_STATE: it is there already. */
enum err once_save(struct db *db, struct str token, int64_t account_id, int64_t now, struct str location) MUST_CHECK;
