/* protection.h: who is named for a strictly protected person. The degree itself is one of the person's facts (service/participant.h). */
#pragma once
#include "model/relation.h"
#include "service/participant.h"

struct protection_view {
    struct participant_row p;
    struct relation_row *named; /* who is named today */
    size_t n_named;
};
/* ACT_PARTICIPANT_EDIT. Notes the look. */
enum err protection_open(struct ctx *c, int64_t participant_id, struct protection_view *out) MUST_CHECK;
/* Names an account of the own organisation that works with participants. ERR_CONFLICT: is named already; ERR_INVALID: nobody who may be;
 * ERR_STATE: the person is not strictly protected. */
enum err protection_name(struct ctx *c, int64_t participant_id, int64_t account_id, struct str reason) MUST_CHECK;
/* Takes it back. ERR_STATE: without it nobody who can look after the person would know of them. */
enum err protection_take_back(struct ctx *c, int64_t participant_id, int64_t relation_id) MUST_CHECK;
