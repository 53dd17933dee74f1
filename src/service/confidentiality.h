/* confidentiality.h: reading and signing the duty of confidentiality. Until then actor.unbound: may() knows of no relation to a trainee,
 * and the edge sends all other pages to /confidentiality. */
#pragma once
#include "domain/confidentiality.h"
#include "model/confidentiality.h"
#include "service/ctx.h"

struct confidentiality {
    struct confidentiality_row last; /* the last one signed; text_version 0: none */
    bool current;                    /* ... is that of now */
};
/* ACT_CONFIDENTIALITY_SIGN: mentors and supervisors. */
enum err confidentiality_open(struct ctx *c, struct confidentiality *out) MUST_CHECK;
/* Signs the version that was read. ERR_CONFLICT: there is a newer text by now. Twice is fine. Event "confidentiality.signed", or for
 * somebody of the register of mentors "mentor.promised". */
enum err confidentiality_sign(struct ctx *c, int version) MUST_CHECK;
