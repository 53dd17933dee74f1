#include "service/participant.h"

unsigned participant_rel(const struct ctx *c, const struct participant_row *p)
{
    unsigned rel = rel_org(c, p->organisation_id);
    if (c->actor->account_id && p->adviser_id == c->actor->account_id)
        rel |= REL_ADVISER;
    if (c->actor->account_id && p->nav_contact_id == c->actor->account_id)
        rel |= REL_NAV;
    if (c->actor->participant_id == p->id)
        rel |= REL_SELF;
    return rel;
}

enum err participant_open(struct ctx *c, int64_t id, enum act act, struct participant_row *out)
{
    struct participant_row p;
    enum err e = participant_get(c->db, c->a, id, &p);
    if (e == ERR_NOT_FOUND) {
        TRY(may(c, act, 0)); /* the same answer as for one that is not for the actor */
        return ERR_NOT_FOUND;
    }
    TRY(e);
    TRY(may(c, act, participant_rel(c, &p)));
    *out = p;
    return OK;
}

enum err participant_step(struct ctx *c, struct participant_row *p, enum act act, enum intake_act step, struct str reason)
{
    TRY(may(c, act, participant_rel(c, p)));
    if (intake_act_names[step].needs_reason && !str_trim(reason).n)
        return ERR_INVALID;
    struct intake_past past;
    enum intake_stage next;
    TRY(participant_past(c->db, c->a, p->id, &past));
    TRY(intake_next((enum intake_stage)p->stage, step, past, &next));
    TRY(participant_set_stage(c->db, p->id, p->stage, (int)next, c->now));
    p->stage = (int)next;
    p->stage_at = c->now;
    p->version++;
    return event_add(c, (struct event){.organisation_id = p->organisation_id, .participant_id = p->id, .subject_id = p->id,
                                       .kind = "intake.step", .outcome = intake_act_names[step].code, .reason = reason});
}
