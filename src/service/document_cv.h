/* document_cv.h: what is known about a person that a new document of theirs can begin with. */
#pragma once
#include "domain/document_fill.h"
#include "model/participant.h"
#include "service/ctx.h"

enum { DOCUMENT_FACTS = 12 };
struct document_about {
    struct document_fact fact[DOCUMENT_FACTS]; /* "navn", "kontakt", "styrker", "erfaring", "utdanning", "språk" ... */
    size_t n;
};
/* Adds the facts that the actor may read anyway: of the participant's record, and of the application's answers about background. In the
 * language that the document begins in. Notes the looks. */
enum err document_about_person(struct ctx *c, const struct participant_row *p, enum lang lang, struct document_about *out) MUST_CHECK;
void document_about_add(struct document_about *out, const char *place, struct str text);
