/* mentoring.h: the pairs somebody works in, and how a mentorship ends. */
#pragma once
#include "model/mentorship.h"
#include "service/standing.h"

/* How the actor stands to a pair: REL_ORG, REL_SELF (is its trainee), REL_PAIR (is its mentor, while it runs). */
unsigned mentoring_rel(struct ctx *c, const struct mentorship_row *m);
/* Loads a pair if the actor may do that with it. */
enum err mentoring_open(struct ctx *c, int64_t mentorship_id, enum act act, struct mentorship_row *out) MUST_CHECK;
/* The actor's pairs: a trainee's newest one (none or one), a mentor's running ones. Others have none. ACT_WORKBOOK_SEE. */
enum err mentoring_pairs(struct ctx *c, struct mentorship_row **rows, size_t *n) MUST_CHECK;
/* "Amal Haddad" */
struct str mentoring_trainee_name(struct arena *a, const struct mentorship_row *m);
struct str mentoring_mentor_name(struct arena *a, const struct mentorship_row *m);

/* Completed: trainee and pair. on_time follows from domain/progress.h. ERR_STATE with *why: no pair, no meeting held, or a date that
 * cannot be. Meetings still planned are cancelled. ERR_CONFLICT when the trainee's row is another version. */
enum err mentoring_complete(struct ctx *c, int64_t trainee_id, int64_t version, int completed_on, struct str contact_after, struct say *why) MUST_CHECK;
/* Ended early, with a reason: the pair only (the trainee gets another mentor), or the whole programme for the trainee. */
enum err mentoring_end(struct ctx *c, int64_t trainee_id, int64_t version, int ended_on, struct str reason, bool programme, struct say *why) MUST_CHECK;
