/* relation.h: table relation: who stands or stood in a relation to a person, from day to day. */
#pragma once
#include "db/db.h"

/* SQL: the ids of the organisations in which somebody of organisation `me` may look for people: the own one and, where the condition
 * `others` holds, those that let it see their data on the day `today`. Adviser and NAV contact look there for their own people only. */
#define RELATION_ORGS(me, others, today)                                                           \
    "(SELECT CAST(" me " AS BIGINT) AS id UNION ALL SELECT k.organisation_id AS id FROM cooperation k WHERE k.partner_id = " me \
    " AND " others " AND k.ended_at = 0 AND k.from_on <= " today " AND (k.until_on = 0 OR k.until_on >= " today "))"

#define RELATION_ADVISER "adviser"
#define RELATION_NAV "nav_contact"
#define RELATION_SUPERVISOR "supervisor"
#define RELATION_NAMED "named"

struct relation_row {
    int64_t id, organisation_id, participant_id, account_id, subject_id, by_account, at, ended_by, ended_at;
    int from_on, until_on;
    struct str kind, reason;
    struct str who; /* the account's name, when read */
};
enum err relation_insert(struct db *db, const struct relation_row *r, int64_t *id) MUST_CHECK;
/* All of a person, the newest first. */
enum err relation_of_participant(struct db *db, struct arena *a, int64_t participant_id, struct relation_row **rows, size_t *n) MUST_CHECK;
/* Those of this kind that are open get a last day (one before its first day becomes that). */
enum err relation_close(struct db *db, int64_t participant_id, const char *kind, int until_on, int64_t by_account) MUST_CHECK;

/* Who is named for this person today. */
enum err relation_named_for(struct db *db, struct arena *a, int64_t participant_id, int today, struct relation_row **rows, size_t *n) MUST_CHECK;
/* Is the account named for a strictly protected person of the organisation whom nobody else can look after: named, open, and a project leader there or
 * the person's own adviser? role_id: only this role of the account goes, what its others can do counts; 0: all of it goes. */
enum err relation_last_named(struct db *db, struct arena *a, int64_t account_id, int64_t organisation_id, int64_t role_id, int today, int64_t now, bool *last)
    MUST_CHECK;
/* Can anybody but this account look after the strictly protected person, in that sense? */
enum err relation_other_named(struct db *db, struct arena *a, int64_t participant_id, int64_t but_account, int today, int64_t now, bool *yes) MUST_CHECK;
enum err relation_take_back(struct db *db, int64_t id, int64_t by_account, int64_t now) MUST_CHECK;

/* For which people with a strictly protected address is the account named today? */
enum err relation_named_ids(struct db *db, struct arena *a, int64_t account_id, int today, int64_t **ids, size_t *n) MUST_CHECK;
/* Who looks, for queries that list, count or sum people. Account 0 is the program itself, which knows everybody. */
struct viewer {
    int64_t account_id;
    int today;
};
/* In a query over participants `p`: those that this account may know of. Strictly protected ones only when it is named. */
#define RELATION_KNOWS(p, account, today)                                                          \
    "(" p ".address_protection < 2 OR " account " = 0 OR EXISTS (SELECT 1 FROM relation nr WHERE nr.participant_id = " p ".id AND nr.kind = 'named'" \
    " AND nr.account_id = " account " AND nr.ended_at = 0 AND nr.from_on <= " today " AND (nr.until_on = 0 OR nr.until_on >= " today ")))"

/* ---- supervisors: an internship with what a supervisor may see of it, and who the supervisor is */
struct supervised_row {
    int64_t id, organisation_id, participant_id, account_id, internship_id, by_account, ended_at; /* id: of the relation */
    int from_on, internship_from_on, internship_until_on, percent, address_protection;
    struct str first_name, last_name;                     /* of the trainee */
    struct str organisation, contact_name, contact_email; /* who invited */
    struct str name, email;                               /* of the supervisor */
};
enum err supervised_by(struct db *db, struct arena *a, int64_t account_id, struct supervised_row **rows, size_t *n) MUST_CHECK;
enum err supervisors_of(struct db *db, struct arena *a, int64_t internship_id, struct supervised_row **rows, size_t *n) MUST_CHECK;
/* ERR_CONFLICT: it is over, or not of that internship. */
enum err supervisor_end(struct db *db, int64_t id, int64_t internship_id, int64_t by_account, int64_t now) MUST_CHECK;

/* ---- hand-over from adviser to NAV contact */
struct handover_row {
    int64_t id, organisation_id, participant_id, adviser_id, nav_contact_id, by_account, at, done_at, withdrawn_at;
    int on_day;
    struct str note;
    struct str adviser, nav_contact; /* names, when read */
};
enum err handover_insert(struct db *db, const struct handover_row *h, int64_t *id) MUST_CHECK;
/* The newest first. */
enum err handover_of(struct db *db, struct arena *a, int64_t participant_id, struct handover_row **rows, size_t *n) MUST_CHECK;
/* Those whose day has come. */
enum err handover_due(struct db *db, struct arena *a, int today, int64_t limit, struct handover_row **rows, size_t *n) MUST_CHECK;
/* ERR_CONFLICT: done or taken back already. */
enum err handover_done(struct db *db, int64_t id, int64_t now) MUST_CHECK;
enum err handover_withdraw(struct db *db, int64_t id, int64_t now) MUST_CHECK;
