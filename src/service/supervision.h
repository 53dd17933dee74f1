/* supervision.h: the supervisor ("fadder") of a trainee's internship in a business. Sees the trainee's name, the internship's days and
 * share, and whom to call; from the invitation until 12 weeks after the internship, by itself (domain/supervision.h). */
#pragma once
#include "domain/supervision.h"
#include "model/relation.h"
#include "service/ctx.h"
#include "service/outcome.h"

/* ACT_INTERNSHIP_SEE: those the actor may see today. */
enum err supervision_list(struct ctx *c, struct supervised_row **rows, size_t *n) MUST_CHECK;
enum err supervision_see(struct ctx *c, int64_t internship_id, struct supervised_row *out) MUST_CHECK;

/* The leader's side. */
struct supervision_view {
    struct outcome_person p;
    struct internship_row internship;
    struct supervised_row *supervisors; /* ended ones too */
    size_t n;
};
/* ACT_SUPERVISOR_INVITE. */
enum err supervision_open_for(struct ctx *c, int64_t trainee_id, int64_t internship_id, struct supervision_view *out) MUST_CHECK;
/* By mail, without the trainee's name. The business is made when there is none of that name. ERR_STATE: the internship ended more than 12
 * weeks ago. */
enum err supervision_invite(struct ctx *c, int64_t trainee_id, int64_t internship_id, struct str business, struct str name, struct str email) MUST_CHECK;
/* ERR_CONFLICT: over already. */
enum err supervision_end(struct ctx *c, int64_t trainee_id, int64_t internship_id, int64_t id) MUST_CHECK;
struct supervision_facts supervision_facts_of(const struct supervised_row *r);
