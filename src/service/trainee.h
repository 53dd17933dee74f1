/* trainee.h: one trainee's page: everything that stands about the way, as far as the actor may see it. */
#pragma once
#include "model/log.h"
#include "service/evaluation.h"
#include "service/rights.h"
#include "service/task.h"

struct trainee_record {
    struct standing s;
    int64_t version; /* of the trainee's row, for the forms */
    bool leader;     /* may register things here */
    bool sees_evaluations, sees_tasks, sees_history;
    struct evaluation_row *evaluations; /* midway, final */
    size_t n_evaluations;
    struct leave_row *leaves; /* oldest first */
    size_t n_leaves;
    const struct leave_row *open_leave; /* not ended yet; NULL */
    struct task_row *tasks;
    size_t n_tasks;
    struct event_row *events; /* newest first */
    size_t n_events;
    struct self_answers self;
    struct str end_reason, contact_after;
    struct consent_state *consents; /* for leaders of the own organisation */
    size_t n_consents;
    bool contact; /* of these: may be contacted after the end */
    int64_t agreement_id; /* of the newest match; 0: none */
};
/* ACT_PROGRESS_SEE. */
enum err trainee_record_open(struct ctx *c, int64_t trainee_id, struct trainee_record *out) MUST_CHECK;
/* For a form of the leader's: standing and version. `act` is what the form does. */
enum err trainee_record_for(struct ctx *c, int64_t trainee_id, enum act act, struct trainee_record *out) MUST_CHECK;
