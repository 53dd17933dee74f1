/* erasures.h: the list of who was erased, as a file beside the database: restoring an older backup needs it to erase again. Numbers and codes only. Pure.
 *
 *     springbrett-erasures 1
 *     organisation <tab> participant <tab> mentor <tab> account <tab> at <tab> by account <tab> kind <tab> why <tab> kept      0 where there is none
 *     end NUMBER                                                                                                     of lines between
 */
#pragma once
#include "base/buf.h"

struct erasure_line {
    int64_t organisation_id, participant_id, mentor_id, account_id, at, by_account;
    struct str kind, why, kept; /* letters a to z, digits, _, - and , */
};
void erasures_begin(struct buf *b);
void erasures_add(struct buf *b, const struct erasure_line *l);
void erasures_end(struct buf *b, int64_t n);

struct erasures_in {
    struct str rest;
    int64_t n;
};
/* ERR_INVALID: not such a list, or it is cut: looks through all of it. */
enum err erasures_open(struct str text, struct erasures_in *in) MUST_CHECK;
/* False at the end. Points into the text. */
bool erasures_next(struct erasures_in *in, struct erasure_line *out);
