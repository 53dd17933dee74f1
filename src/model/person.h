/* person.h: one person in all tables: reading everything, and taking it away, as the data register says (domain/register.h). */
#pragma once
#include "db/db.h"
#include "domain/register.h"

struct person_ids { /* PERSON_NONE where there is none: 0 would be everybody's */
    int64_t participant_id, account_id, mentor_id;
};
enum { PERSON_NONE = -1 };

/* Each row of a table that is about the person: cells in the order of the register's columns, as text; "" for what is not given out.
 * WHO is "self", "other" or "". ERR_NOT_FOUND for tables that are never read so (ROWS_SPECIAL). */
typedef enum err person_row_fn(void *arg, const struct str *cells);
enum err person_rows(struct db *db, struct arena *a, const struct person_ids *p, enum register_id table, person_row_fn *fn, void *arg) MUST_CHECK;

/* Takes away texts and rows, children first. The person's own row, and what counts as statistics, stays without a name. */
enum err person_wipe(struct db *db, const struct person_ids *p, int today) MUST_CHECK;
/* After that: what is left of a person who never became a trainee (or a mentor who was never matched), but for the log. */
enum err person_remove_participant(struct db *db, const struct person_ids *p) MUST_CHECK;
enum err person_remove_mentor(struct db *db, const struct person_ids *p) MUST_CHECK;
/* The account without name, address and password, closed; its roles ended. */
enum err person_wipe_account(struct db *db, const struct person_ids *p, int64_t now) MUST_CHECK;

struct person_facts_row { /* what decides whether and how somebody is erased */
    int64_t organisation_id, participant_id, account_id, mentor_id, /* 0: none */
        running, /* mentorships under way */
        counted, /* trainee rows, or a mentor's matches: they stay as statistics */
        elsewhere, /* what else the account is for: other open roles, another participant or mentor */
        erased, adviser_id, nav_contact_id, ended_on; /* ended_on: last day of the programme as far as known, 0: not over */
    int address_protection;
    struct str first_name, last_name, reference, email;
};
enum err person_of_participant(struct db *db, struct arena *a, int64_t id, int64_t now, struct person_facts_row *out) MUST_CHECK;
enum err person_of_mentor(struct db *db, struct arena *a, int64_t id, int64_t now, struct person_facts_row *out) MUST_CHECK;
enum err person_of_account(struct db *db, struct arena *a, int64_t id, int64_t organisation_id, int64_t now, struct person_facts_row *out) MUST_CHECK;

/* Documents of the person, deleted ones too. */
struct person_document_row {
    int64_t id, deleted_at;
    struct str title;
};
enum err person_documents(struct db *db, struct arena *a, const struct person_ids *p, struct person_document_row **rows, size_t *n) MUST_CHECK;
/* Names of others that may stand in what is written about the person: mentors or trainees, and staff. */
struct person_name_row {
    struct str first_name, last_name;
    int mentor; /* 0 trainee, 1 mentor, 2 staff */
};
enum err person_names(struct db *db, struct arena *a, const struct person_ids *p, struct person_name_row **rows, size_t *n) MUST_CHECK;
/* The hub's journal without what belongs to these documents. */
enum err person_journal_drop(struct db *db, struct arena *a, const struct person_document_row *docs, size_t n) MUST_CHECK;
enum err person_drafts_drop(struct db *db, int64_t organisation_id) MUST_CHECK;

/* Who is over time: participants whose programme or mentoring ended before a day, and mentors who left before it, the first first. */
struct person_due_row {
    int64_t id, organisation_id;
    int ended_on, address_protection;
    struct str name;
};
enum person_due { DUE_ALL, DUE_NEW, DUE_TOLD, DUE_N }; /* DUE_NEW: those without a notice; DUE_TOLD: the last notice is old enough */
struct person_due_ask {
    int64_t organisation_id, limit;
    int before_on;
    enum person_due of;
    int told_after;         /* a notice counts when it was so many days after the end or later: else it was about an earlier end */
    int64_t told_before_at; /* for DUE_TOLD: and no later than this */
};
enum err person_due_participants(struct db *db, struct arena *a, const struct person_due_ask *k, struct person_due_row **rows, size_t *n) MUST_CHECK;
enum err person_due_mentors(struct db *db, struct arena *a, const struct person_due_ask *k, struct person_due_row **rows, size_t *n) MUST_CHECK;
/* Accounts with a role in the organisation that were closed before an instant, are nobody's participant or mentor and not erased; at most `limit` into ids. */
enum err person_closed_accounts(struct db *db, struct arena *a, int64_t organisation_id, int64_t before, size_t limit, int64_t *ids, size_t *n) MUST_CHECK;
/* Of the last notice that this participant or mentor (one of them, the other 0) will be erased: when it was written, when the first mail about it
 * left, and when a leader or administrator first looked at the participant afterwards; 0: never, not yet. */
struct person_notice {
    int64_t at, mail_at, look_at;
};
enum err person_noticed(struct db *db, struct arena *a, int64_t participant_id, int64_t mentor_id, struct person_notice *out) MUST_CHECK;
/* The same of a strictly protected participant: the mail counts only when it went to somebody who is named. */
enum err person_noticed_hidden(struct db *db, struct arena *a, int64_t participant_id, struct person_notice *out) MUST_CHECK;
#define PERSON_NOTICE_ALL "retention" /* kinds of mails about it */
#define PERSON_NOTICE_NAMED "retention_named"
