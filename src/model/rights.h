/* rights.h: tables consent, rights_request and erasure. */
#pragma once
#include "db/db.h"
#include "model/relation.h"

struct consent_row {
    int64_t id, organisation_id, account_id, given_at, withdrawn_at;
    int text_version;
    struct str purpose, lang;
};
enum err consent_insert(struct db *db, const struct consent_row *r, int64_t *id) MUST_CHECK;
/* Withdraws what is given for the purpose; *changed: how many. */
enum err consent_withdraw(struct db *db, int64_t organisation_id, int64_t account_id, struct str purpose, int64_t now, int64_t *changed) MUST_CHECK;
/* All of an account's in an organisation, newest first. */
enum err consent_of_account(struct db *db, struct arena *a, int64_t organisation_id, int64_t account_id, struct consent_row **rows, size_t *n) MUST_CHECK;
/* Who has said yes to this text and not taken it back, the newest yes first: participants that the viewer may know of, and mentors; not the erased. */
struct consent_yes_row {
    int64_t id, given_at, participant_id, trainee_id, mentor_id; /* participant_id 0: a mentor; trainee_id 0: no trainee yet */
    struct str first_name, last_name;
};
enum err consent_current(struct db *db, struct arena *a, int64_t organisation_id, struct str purpose, int version, struct viewer v, int64_t before_id, int64_t limit,
                         struct consent_yes_row **rows, size_t *n) MUST_CHECK;

struct rights_request_row {
    int64_t id, organisation_id, participant_id, account_id, at, answered_at, answered_by;
    struct str kind, text, answer;
    struct str who;           /* the person's name, when read */
    int64_t mentor_id, adviser_id, nav_contact_id; /* when read; 0: none */
    int address_protection;
};
enum err rights_request_insert(struct db *db, const struct rights_request_row *r, int64_t *id) MUST_CHECK;
enum err rights_request_get(struct db *db, struct arena *a, int64_t id, struct rights_request_row *out) MUST_CHECK;
/* Open ones first, the newest of them first, then those that were answered last; at most 200. */
enum err rights_request_list(struct db *db, struct arena *a, int64_t organisation_id, struct rights_request_row **rows, size_t *n) MUST_CHECK;
struct rights_open {
    int64_t n, oldest_at; /* n RIGHTS_OPEN_MAX: at least so many */
};
enum { RIGHTS_OPEN_MAX = 1000 };
/* How many wait, of those that the viewer may know of. */
enum err rights_request_open(struct db *db, struct arena *a, int64_t organisation_id, struct viewer v, struct rights_open *out) MUST_CHECK;
enum err rights_request_of_account(struct db *db, struct arena *a, int64_t account_id, struct rights_request_row **rows, size_t *n) MUST_CHECK;
/* ERR_CONFLICT: answered already. */
enum err rights_request_answer(struct db *db, int64_t id, struct str answer, int64_t now, int64_t by_account) MUST_CHECK;
/* Does this account or participant (PERSON_NONE: not meant) wait for an answer to being erased, and when was it last answered? 0: never. */
enum err rights_request_erasure(struct db *db, struct arena *a, int64_t account_id, int64_t participant_id, bool *open, int64_t *answered_at) MUST_CHECK;
/* Open ones of an erased person are answered by the erasure. */
enum err rights_request_close(struct db *db, int64_t participant_id, int64_t account_id, int64_t now, int64_t by_account) MUST_CHECK;

struct erasure_row {
    int64_t id, organisation_id, participant_id, account_id, mentor_id, at, by_account;
    struct str kind, why, kept;
};
enum err erasure_insert(struct db *db, const struct erasure_row *r, int64_t *id) MUST_CHECK;
/* The newest whose words may still be in the file's free pages; 0: none. */
enum err erasure_unscrubbed(struct db *db, struct arena *a, int64_t *id) MUST_CHECK;
enum err erasure_scrubbed(struct db *db, int64_t up_to_id, int64_t now) MUST_CHECK;
/* The number of the newest; 0: nobody was erased yet. */
enum err erasure_newest(struct db *db, struct arena *a, int64_t *id) MUST_CHECK;
/* ---- what stays of erased people as proof (their promises, consents and requests) and is over some years later: service/log_years.h */

/* Of at most `limit` people who were erased before an instant it is noted that their proofs are over; notes from later than now are taken back. */
enum err proof_note(struct db *db, int64_t erased_before, int64_t now, size_t limit, size_t *people) MUST_CHECK;
/* Of at most `limit` of whom that was noted before an instant, the longest ago first, they go. *people: how many. */
enum err proof_forget(struct db *db, struct arena *a, int64_t noted_before, int64_t erased_before, size_t limit, size_t *people) MUST_CHECK;
/* Would either do anything? */
enum err proof_waits(struct db *db, struct arena *a, int64_t noted_before, int64_t erased_before, int64_t now, bool *notes, bool *goes) MUST_CHECK;

/* All, oldest first, as db_each. */
enum err erasure_each(struct db *db, struct arena *a, enum err (*each)(void *arg, const void *row), void *arg) MUST_CHECK;
/* Is this very erasure there (organisation, person, moment)? */
enum err erasure_known(struct db *db, struct arena *a, const struct erasure_row *r, bool *known) MUST_CHECK;
/* When the participant, mentor or account (0: not meant) was made; 0: there is none. */
enum err erasure_created(struct db *db, struct arena *a, int64_t participant_id, int64_t mentor_id, int64_t account_id, int64_t *at) MUST_CHECK;
