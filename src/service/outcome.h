/* outcome.h: what became of a trainee: jobs, education, internships over time (product L1).
 *
 * Employers and businesses count as addresses: of a person with protected address they are read and written by the project leader, the
 * adviser and the person only. For others they come empty, and what they save leaves them as they are. */
#pragma once
#include "model/log.h"
#include "model/outcome.h"
#include "service/ctx.h"

struct outcome_person {
    struct trainee_row t;
    struct outcome_row *outcomes; /* newest first */
    size_t n_outcomes;
    struct internship_row *internships; /* newest first */
    size_t n_internships;
    struct event_row *events; /* who registered what, newest first; none for those who may not see the history */
    size_t n_events;
    enum self_support support; /* today */
    bool may_set;
    bool hides_places; /* protected address, and not for the actor */
};
/* ACT_OUTCOME_SEE. Notes the look. */
enum err outcome_open(struct ctx *c, int64_t trainee_id, struct outcome_person *out) MUST_CHECK;
/* The trainee's own; ERR_NOT_FOUND for who is not admitted. */
enum err outcome_own(struct ctx *c, struct outcome_person *out) MUST_CHECK;
/* The row of that trainee, or NULL. */
const struct outcome_row *outcome_find(const struct outcome_person *p, int64_t id);
const struct internship_row *internship_find(const struct outcome_person *p, int64_t id);

/* What a rule objects to: the field as the form names it (the columns' names; "relevance" for field_relevant), and why. */
struct outcome_fault {
    const char *field;
    struct say why;
};
/* ACT_OUTCOME_SET. Registers (id 0) or changes. ERR_INVALID with *fault; ERR_CONFLICT: the version is another by now; ERR_NOT_FOUND: not
 * that trainee's. */
enum err outcome_save(struct ctx *c, int64_t trainee_id, const struct outcome_row *o, struct outcome_fault *fault) MUST_CHECK;
enum err internship_save(struct ctx *c, int64_t trainee_id, const struct internship_row *i, struct outcome_fault *fault) MUST_CHECK;
/* Its last day. The rest as above. */
enum err outcome_finish(struct ctx *c, int64_t trainee_id, int64_t id, int64_t version, int until_on, struct outcome_fault *fault) MUST_CHECK;
enum err internship_finish(struct ctx *c, int64_t trainee_id, int64_t id, int64_t version, int until_on, struct outcome_fault *fault) MUST_CHECK;
