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
    int64_t at; /* when the newest line was written; 0: it is not there */
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

/* ---- what is over goes */

/* The first lines that a chain still has. */
enum err log_oldest(struct db *db, struct arena *a, int64_t organisation_id, size_t limit, struct log_age **rows, size_t *n) MUST_CHECK;
/* All lines up to this one go, with their events, and the chain goes on from it. In a transaction. */
enum err log_forget(struct db *db, int64_t organisation_id, const struct log_age *last) MUST_CHECK;

/* Computes up to `max` hashes of lines taken over by migration 0007, in the caller's transaction; *more: not all done. Begins where the
 * last call ended. ERR_STATE: lines and heads do not fit together, somebody was at them; `check` says more. */
enum err log_begin(struct db *db, struct arena *a, int64_t max, bool *more) MUST_CHECK;
