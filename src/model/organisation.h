/* organisation.h: which organisations there are, and which of them lets which see its people (table cooperation). */
#pragma once
#include "model/account.h"

struct organisation_line {
    int64_t id, maker_id, administrators;
    struct str name, kind;
};
/* By name: the own one, those it has made, and all others but businesses of others. */
enum err organisation_list(struct db *db, struct arena *a, int64_t organisation_id, int64_t now, struct organisation_line **rows, size_t *n) MUST_CHECK;
enum err organisation_line(struct db *db, struct arena *a, int64_t organisation_id, int64_t now, int64_t id, struct organisation_line *out) MUST_CHECK;
/* A business of that name which the organisation has made; ERR_NOT_FOUND: none. */
enum err organisation_business(struct db *db, struct arena *a, int64_t maker_id, struct str name, int64_t *id) MUST_CHECK;
enum err organisation_set_maker(struct db *db, int64_t id, int64_t maker_id) MUST_CHECK;

struct cooperation_row {
    int64_t id, organisation_id, partner_id, by_account, at, ended_at, ended_by;
    int from_on, until_on; /* first and last day, the last 0: open */
    struct str purpose;
    struct str organisation, partner; /* names, when read */
};
enum err cooperation_insert(struct db *db, const struct cooperation_row *k, int64_t *id) MUST_CHECK;
/* Those in which the organisation is one of the two; the newest first. */
enum err cooperation_of(struct db *db, struct arena *a, int64_t organisation_id, struct cooperation_row **rows, size_t *n) MUST_CHECK;
enum err cooperation_get(struct db *db, struct arena *a, int64_t id, struct cooperation_row *out) MUST_CHECK;
/* ERR_CONFLICT: it is ended already. */
enum err cooperation_end(struct db *db, int64_t id, int64_t by_account, int64_t now) MUST_CHECK;
/* Whose data this organisation sees on that day. */
enum err cooperation_seen(struct db *db, struct arena *a, int64_t partner_id, int today, int64_t limit, int64_t **ids, size_t *n) MUST_CHECK;
/* With how many it cooperates now or later; the bound of actor.coop (domain/access.h) is kept by it. */
enum err cooperation_open_count(struct db *db, struct arena *a, int64_t partner_id, int today, int64_t *n) MUST_CHECK;
/* NAV contacts, or others of a role, of the organisation and of those that it lets see its data that day; by name. `organisation` is "" for the own. */
struct colleague_row {
    int64_t account_id, organisation_id;
    struct str name, organisation;
};
/* "Hege Strand (NAV Fjordby)", or the name alone. */
struct str colleague_label(struct arena *a, const struct colleague_row *r);
enum err colleague_with_role(struct db *db, struct arena *a, int64_t organisation_id, const char *role, int64_t now, int today,
                             struct colleague_row **rows, size_t *n) MUST_CHECK;
