/* evaluation.h: midway and final evaluation (G7), leave (G7) and the skill self-assessment (G8). */
#pragma once
#include "model/evaluation.h"
#include "service/standing.h"

/* ACT_EVALUATION_SEE: leader, trainee, mentor of the running pair. */
enum err evaluation_list(struct ctx *c, const struct standing *s, struct evaluation_row **rows, size_t *n) MUST_CHECK;
/* ERR_STATE with *why: no running pair, or it was held already, or the date cannot be. kind, held_on, go_on and the texts of `e` count. */
enum err evaluation_add(struct ctx *c, int64_t trainee_id, const struct evaluation_row *e, struct say *why) MUST_CHECK;

/* Leave stops the clock from its first day. ERR_STATE with *why: there is one already on these days, or the trainee has finished. */
enum err leave_add(struct ctx *c, int64_t trainee_id, const struct leave_row *l, struct say *why) MUST_CHECK;
/* Back on returned_on, or (0) away until until_on. ERR_NOT_FOUND: not that trainee's. */
enum err leave_change(struct ctx *c, int64_t trainee_id, int64_t leave_id, int until_on, int returned_on, struct say *why) MUST_CHECK;

/* Which moments can be filled in now: the start from admission, midway and the end as the time comes. */
bool self_is_open(const struct standing *s, enum self_moment m);
enum { SELF_STATEMENTS_MAX = 32 };
struct self_answers { /* by place in skill_statements (domain/workbook.h); 0: no answer */
    int value[SELF_MOMENT_N][SELF_STATEMENTS_MAX];
    int64_t at[SELF_MOMENT_N]; /* 0: not filled in */
};
/* ACT_EVALUATION_SEE. */
enum err self_answers(struct ctx *c, const struct standing *s, struct self_answers *out) MUST_CHECK;
/* ACT_SELF_ASSESS: the trainee's own. ERR_STATE: that moment is not open. */
enum err self_save(struct ctx *c, const struct standing *s, enum self_moment m, const int *value) MUST_CHECK;
