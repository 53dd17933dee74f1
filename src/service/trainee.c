#include "service/trainee.h"
#include "model/agreement.h"

enum { EVENTS_MAX = 100 };

static enum err load(struct ctx *c, int64_t trainee_id, struct trainee_record *o)
{
    struct trainee_row t;
    TRY(standing_open(c, trainee_id, &o->s));
    TRY(trainee_get(c->db, c->a, trainee_id, &t));
    o->version = t.version;
    o->end_reason = t.end_reason;
    TRY(leave_of_trainee(c->db, c->a, trainee_id, &o->leaves, &o->n_leaves));
    for (size_t i = 0; i < o->n_leaves; i++)
        if (!o->leaves[i].returned_on)
            o->open_leave = &o->leaves[i];
    o->leader = c->actor->role == ROLE_PROJECT_LEADER;
    return OK;
}

enum err trainee_record_for(struct ctx *c, int64_t trainee_id, enum act act, struct trainee_record *out)
{
    struct trainee_record o = {0};
    TRY(load(c, trainee_id, &o));
    TRY(may(c, act, standing_rel(c, &o.s.row)));
    *out = o;
    return OK;
}

static enum err load_consents(struct ctx *c, unsigned rel, struct trainee_record *o)
{
    const struct standing_row *r = &o->s.row;
    if (!o->leader || !access_may(c->actor->role, ACT_RIGHTS_ANSWER, rel))
        return OK;
    TRY(consent_of_person(c, rel, r->organisation_id, r->account_id, CONSENT_TRAINEE, &o->consents, &o->n_consents));
    for (size_t i = 0; i < o->n_consents; i++)
        o->contact |= o->consents[i].what == CONSENT_contact_after && o->consents[i].given_at;
    return OK;
}

enum err trainee_record_open(struct ctx *c, int64_t trainee_id, struct trainee_record *out)
{
    struct trainee_record o = {0};
    struct mentorship_row pair;
    struct agreement_row agreement;
    TRY(load(c, trainee_id, &o));
    const struct standing_row *r = &o.s.row;
    unsigned rel = standing_rel(c, r);
    o.sees_evaluations = access_may(c->actor->role, ACT_EVALUATION_SEE, rel);
    o.sees_tasks = access_may(c->actor->role, ACT_TASK_ADD, rel);
    o.sees_history = access_may(c->actor->role, ACT_PARTICIPANT_HISTORY, rel);
    if (o.sees_evaluations) {
        TRY(evaluation_list(c, &o.s, &o.evaluations, &o.n_evaluations));
        TRY(self_answers(c, &o.s, &o.self));
    }
    if (o.sees_tasks)
        TRY(task_list(c, trainee_id, &o.tasks, &o.n_tasks));
    if (o.sees_history)
        TRY(event_of_participant(c->db, c->a, r->participant_id, EVENTS_MAX, &o.events, &o.n_events));
    if (r->mentorship_id && o.leader) {
        TRY(mentorship_get(c->db, c->a, r->mentorship_id, &pair));
        o.contact_after = pair.contact_after;
    }
    if (r->match_id && o.leader) {
        enum err e = agreement_of_match(c->db, c->a, r->match_id, &agreement);
        if (e && e != ERR_NOT_FOUND)
            return e;
        o.agreement_id = e ? 0 : agreement.id;
    }
    TRY(load_consents(c, rel, &o));
    *out = o;
    return OK;
}
