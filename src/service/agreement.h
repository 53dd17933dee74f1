/* agreement.h: the mentoring agreement (product F3). */
#pragma once
#include "domain/agreement.h"
#include "model/agreement.h"
#include "model/match.h"
#include "service/ctx.h"

struct agreement_view {
    struct agreement_row agreement;
    struct match_row match;
    struct signature_row *signatures; /* those that stand */
    size_t n_signatures;
    struct agreement_facts facts;
    int side;            /* 0 leader, 1 trainee, 2 mentor */
    bool may_edit, may_sign;
    struct say why_not;  /* when this side may not sign now */
};
/* Made of the organisation's template when both have said yes; called by matching_answer. */
enum err agreement_make(struct ctx *c, const struct match_row *m) MUST_CHECK;
/* ERR_STATE: a mentor who has not confirmed the duty of confidentiality. */
enum err agreement_see(struct ctx *c, int64_t id, struct agreement_view *out) MUST_CHECK;
/* The trainee's own; ERR_NOT_FOUND when there is none yet. */
enum err agreement_own(struct ctx *c, int64_t *id) MUST_CHECK;
/* A changed text voids the signatures under the old one, and says so to both. */
enum err agreement_change(struct ctx *c, int64_t id, int64_t version, struct str text) MUST_CHECK;
/* shown_hash: of the text that was on the screen. ERR_STATE or ERR_CONFLICT with *why. The second signature starts the mentorship. */
enum err agreement_sign(struct ctx *c, int64_t id, struct str shown_hash, struct str name, struct say *why) MUST_CHECK;

/* The organisation's template, or the program's own. */
enum err agreement_template_see(struct ctx *c, enum lang lang, struct str *text, bool *own) MUST_CHECK;
/* ERR_INVALID with *bad the placeholder that is unknown. */
enum err agreement_template_change(struct ctx *c, enum lang lang, struct str text, struct str *bad) MUST_CHECK;
