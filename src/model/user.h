/* user.h: accounts as administrators see them: who has which role in an organisation, open invitations, counts. */
#pragma once
#include "model/relation.h"
#include "model/account.h"

struct user_row {
    int64_t id, created_at, disabled_at, version;
    int64_t seen_at; /* last use of a session that is still there; 0: none */
    unsigned roles;  /* ROLE_BIT()s held now in the organisation */
    struct str email, name;
};
/* Accounts that hold or held a role in the organisation, by name, after that name and id. */
enum err user_page(struct db *db, struct arena *a, int64_t organisation_id, int64_t now, struct str after_name, int64_t after_id, int64_t limit,
                   struct viewer v, struct user_row **rows, size_t *n) MUST_CHECK;
/* ERR_NOT_FOUND also when it never had a role there. */
enum err user_get(struct db *db, struct arena *a, int64_t organisation_id, int64_t now, int64_t id, struct viewer v, struct user_row *out) MUST_CHECK;
/* All roles in the organisation, the ended ones too. */
enum err user_roles(struct db *db, struct arena *a, int64_t organisation_id, int64_t account_id, struct role_row **rows, size_t *n) MUST_CHECK;
/* ERR_CONFLICT when it is no open role of that account there. */
enum err role_end(struct db *db, int64_t id, int64_t account_id, int64_t organisation_id, int64_t now) MUST_CHECK;
/* Closed since at; 0 opens it. ERR_CONFLICT when version is another. */
enum err account_set_disabled(struct db *db, int64_t id, int64_t version, int64_t at) MUST_CHECK;

enum { USER_COUNT_MAX = 5000 };
struct user_counts {
    int64_t looked, users, closed, without_role; /* users: that are open; without_role: of them */
    bool exact;                                  /* false: there are more than USER_COUNT_MAX, of whom so many were looked at, staff before trainees: at least so many */
};
enum err user_count(struct db *db, struct arena *a, int64_t organisation_id, int64_t now, struct user_counts *out) MUST_CHECK;
struct user_rules {
    int64_t administrators, elsewhere; /* open accounts that are administrators here; open roles of `account_id` in other organisations */
};
enum err user_rules(struct db *db, struct arena *a, int64_t organisation_id, int64_t now, int64_t account_id, struct user_rules *out) MUST_CHECK;

/* Invitations of staff that wait for an answer, newest first. */
enum err user_invitations(struct db *db, struct arena *a, int64_t organisation_id, int64_t now, struct link_row **rows, size_t *n) MUST_CHECK;
/* ERR_CONFLICT when it is used or not of that organisation. */
enum err user_invitation_withdraw(struct db *db, int64_t id, int64_t organisation_id, int64_t now) MUST_CHECK;

/* ERR_CONFLICT when the name is another than `was`. */
enum err organisation_rename(struct db *db, int64_t id, struct str was, struct str name) MUST_CHECK;
/* When participants were last imported, 0 never. */
enum err import_last_at(struct db *db, struct arena *a, int64_t organisation_id, int64_t *at) MUST_CHECK;
