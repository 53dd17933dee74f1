/* log_line.h: tables log_line and log_head: the log and its chains (domain/logchain.h). Written by log_append only. */
#pragma once
#include "db/db.h"
#include "domain/logchain.h"

/* Appends n lines, each to the chain of its organisation, inside the caller's transaction. Fills organisation_id, seq and hash. Right
 * with several writers: the head's row is locked first, and held to the end of the transaction. One line costs three statements, n
 * alike ones (looks of one request) about n / 10 + 2. Any failure: nothing may be shown or kept (the caller undoes). */
enum err log_append(struct db *db, struct arena *a, struct log_line *lines, size_t n) MUST_CHECK;

/* ---- the chains as a whole */

struct log_head {
    int64_t organisation_id, seq;
    struct str hash;
    int64_t gone_seq; /* lines up to this one went when their time was over; 0: none */
    struct str gone_hash;
    int64_t over_seq, over_at; /* lines up to this one were noted as over, and when; 0: none */
    int64_t at;                /* when the newest line was written; 0: it is not there */
};
/* Every chain, also one whose head or whose lines are gone. */
enum err log_heads(struct db *db, struct arena *a, struct log_head **rows, size_t *n) MUST_CHECK;
/* The hash of one line; ERR_NOT_FOUND. */
enum err log_hash_at(struct db *db, struct arena *a, int64_t organisation_id, int64_t seq, struct str *hash) MUST_CHECK;

/* A line with what its event says now (event_id 0: there is none, or it is gone). */
struct log_checked {
    struct log_line line;
    int64_t event_id, event_at, event_account_id, event_participant_id, event_subject_id, event_organisation_id;
    struct str event_role, event_kind, event_outcome, reason, reason_salt;
};
/* All lines of a chain in order; `each` as in db_each. */
enum err log_each(struct db *db, struct arena *a, int64_t organisation_id, enum err (*each)(void *arg, const struct log_checked *l),
                  void *arg) MUST_CHECK;
/* Was somebody erased (table erasure) who is in this line: about whom it is, who did it, or the mentor or account it is about? */
enum err log_erased(struct db *db, struct arena *a, const struct log_line *l, bool *yes) MUST_CHECK;
/* Events without a line. */
enum err log_events_loose(struct db *db, struct arena *a, int64_t limit, int64_t **ids, size_t *n) MUST_CHECK;

/* ---- what is over goes, from the beginning of a chain only, so that the rest still holds: it goes on from the hash of the last that went */

/* One chain as its head says (`at` is not read); ERR_NOT_FOUND. */
enum err log_head_get(struct db *db, struct arena *a, int64_t organisation_id, struct log_head *out) MUST_CHECK;
/* The last of the first lines that were written before an instant; 0: there is none. Up to the first that was not: the order is the chain's, and a line that a
 * clock gone back dated long ago stays behind a younger one. What a clock that ran ahead dated after `now` counts with an older line behind it. */
enum err log_over(struct db *db, struct arena *a, const struct log_head *h, int64_t before, int64_t now, int64_t *seq) MUST_CHECK;
/* Notes that lines up to seq are over; 0, 0: that nothing is. */
enum err log_note_over(struct db *db, int64_t organisation_id, int64_t seq, int64_t now) MUST_CHECK;
/* Of what is noted the first `limit` lines go, with their events, and the chain goes on from the last of them. *gone: how many; none: nothing is left of
 * it. In a transaction, with the head as it is in it. */
enum err log_forget(struct db *db, struct arena *a, const struct log_head *h, size_t limit, size_t *gone) MUST_CHECK;
/* Are lines gone since the free room of the database's file was cleared? And: it is. */
enum err log_uncleared(struct db *db, struct arena *a, bool *yes) MUST_CHECK;
enum err log_cleared(struct db *db) MUST_CHECK;

/* Computes up to `max` hashes of lines taken over by migration 0007, in the caller's transaction; *more: not all done. Begins where the
 * last call ended. ERR_STATE: lines and heads do not fit together, somebody was at them; `check` says more. */
enum err log_begin(struct db *db, struct arena *a, int64_t max, bool *more) MUST_CHECK;
