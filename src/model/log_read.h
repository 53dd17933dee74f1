/* log_read.h: table log_line, as people and the limits ask it. */
#pragma once
#include "model/relation.h"

/* ---- one account's day */

/* Lines about persons since an instant, at most `enough`. */
enum err log_count_since(struct db *db, struct arena *a, int64_t account_id, int64_t since, int64_t enough, int64_t *n) MUST_CHECK;
struct log_person {
    int64_t participant_id;
};
enum err log_persons_since(struct db *db, struct arena *a, int64_t account_id, int64_t since, int64_t limit, struct log_person **rows,
                           size_t *n) MUST_CHECK;
/* Lines of one act since an instant; `outcome` NULL: any. */
enum err log_acts_since(struct db *db, struct arena *a, int64_t account_id, int64_t since, const char *act, const char *outcome, int64_t *n) MUST_CHECK;

/* ---- what a person reads */

/* A line about a mentor has no participant: a look, a change of the mentor's data (kind of event), a refusal (address). */
#define LOG_ABOUT_MENTOR(mentor)                                                                   \
    "participant_id = 0 AND subject_id = " mentor " AND subject_id > 0"                            \
    " AND (act = 'look' OR (act = 'change' AND SUBSTR(what, 1, 7) = 'mentor.') OR (act = 'refused' AND SUBSTR(what, 1, 12) = '/mentors/:id'))"
struct log_whose { /* one of the two */
    int64_t participant_id, mentor_id;
};
/* When somebody other than `own` last looked at, changed or asked for this person's data before an instant; 0: never. */
enum err log_last_before(struct db *db, struct arena *a, struct log_whose whose, int64_t own, int64_t before, int64_t *at) MUST_CHECK;
struct log_group { /* the lines of one stretch of time that say the same */
    int64_t account_id, from_organisation_id, n, last_at;
    struct str role, act, what, who, organisation;
};
/* The newest first. */
enum err log_groups(struct db *db, struct arena *a, struct log_whose whose, int64_t own, int64_t from, int64_t until, int64_t limit,
                    struct log_group **rows, size_t *n) MUST_CHECK;

/* ---- what the administrator reads */

struct log_filter {
    int64_t organisation_id;
    int64_t account_id, participant_id; /* 0: any */
    struct str act;                     /* "": any */
    int64_t from, until;                /* until 0: no end */
    int64_t before_id;                  /* 0: from the newest */
    struct viewer viewer;               /* lines about people this one may not know of are left out, but for refusals: see log_find */
};
struct log_found {
    int64_t id, at, account_id, participant_id, subject_id, address_protection;
    struct str role, act, what, outcome, who, from_organisation, reference;
};
/* Newest first. A refusal about somebody hidden stays, as one about nobody does: the caller takes away whom it was about. */
enum err log_find(struct db *db, struct arena *a, const struct log_filter *f, int64_t limit, struct log_found **rows, size_t *n) MUST_CHECK;
/* Who is told when somebody is stopped: the open administrators and project leaders of an organisation. */
struct log_watcher {
    struct str email, name, lang;
};
enum err log_watchers(struct db *db, struct arena *a, int64_t organisation_id, int64_t now, struct log_watcher **rows, size_t *n) MUST_CHECK;
