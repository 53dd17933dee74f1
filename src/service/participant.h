/* participant.h: what everybody who works with participants does: look one up with the right to it, move it on its way. */
#pragma once
#include "model/organisation.h"
#include "model/participant.h"
#include "service/ctx.h"

/* How the actor stands to this participant: REL_ORG, REL_ADVISER, REL_NAV, REL_SELF. Relations by mentorship are not among them. */
unsigned participant_rel(struct ctx *c, const struct participant_row *p);
/* Loads a participant if the actor may do that with it: ERR_NOT_FOUND or ERR_DENIED else. */
enum err participant_open(struct ctx *c, int64_t id, enum act act, struct participant_row *out) MUST_CHECK;
/* One step in the intake: may the actor -> does the rule allow it from here, and is the reason there that it asks for -> stage,
 * event ("intake.step", outcome the act's code). *p gets the new stage and version. ERR_STATE: not from this stage; ERR_INVALID: the reason is
 * missing; ERR_CONFLICT: somebody was faster. */
enum err participant_step(struct ctx *c, struct participant_row *p, enum act act, enum intake_act step, struct str reason) MUST_CHECK;
/* A new participant, by hand; of an adviser, one of the own. ERR_CONFLICT: the reference is taken. */
enum err participant_add(struct ctx *c, const struct participant_row *p, int64_t *id) MUST_CHECK;
/* Corrects the facts; organisation, stage, account and, for an adviser, who the adviser is stay as they are. ERR_CONFLICT: the version is
 * another by now, or the reference is taken (then *taken). */
enum err participant_change(struct ctx *c, const struct participant_row *p, bool *taken) MUST_CHECK;
/* The accounts to choose an adviser or a NAV contact from. */
struct account_row;
enum err participant_staff(struct ctx *c, enum role role, struct account_row **rows, size_t *n) MUST_CHECK;
/* NAV contacts of the actor's organisation and of those that it lets see its data today. ACT_PARTICIPANT_LIST. */
enum err participant_navs(struct ctx *c, struct colleague_row **rows, size_t *n) MUST_CHECK;
