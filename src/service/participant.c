#include "service/participant.h"
#include "model/account.h"
#include "model/screening.h"
#include "service/relation.h"

unsigned participant_rel(struct ctx *c, const struct participant_row *p)
{
    return rel_person(c, &(struct person_facts){p->organisation_id, p->id, p->adviser_id, p->nav_contact_id, p->address_protection});
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
    c->about = (struct about){p.organisation_id, p.id};
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

static enum err mark(struct ctx *c, struct participant_row *p, bool of_hand)
{
    struct criteria_settings s;
    TRY(criteria_load(c->db, c->a, p->organisation_id, &s));
    return criteria_mark(c->db, c->a, &s, p, c->today, of_hand);
}

enum err participant_add(struct ctx *c, const struct participant_row *p, int64_t *id)
{
    struct participant_row row = *p;
    int64_t new_id;
    row.organisation_id = c->actor->organisation_id;
    row.created_at = row.updated_at = row.stage_at = c->now;
    if (c->actor->role == ROLE_ADVISER)
        row.adviser_id = c->actor->account_id;
    TRY(may(c, ACT_PARTICIPANT_EDIT, participant_rel(c, &row)));
    TRY(mark(c, &row, false));
    TRY(participant_insert(c->db, c->a, &row, &new_id));
    row.id = new_id;
    TRY(relation_follow(c, &(struct participant_row){0}, &row));
    TRY(event_add(c, (struct event){.organisation_id = row.organisation_id, .participant_id = new_id, .subject_id = new_id,
                                    .kind = "participant.added", .outcome = "", .reason = STR("")}));
    *id = new_id;
    return OK;
}

enum err participant_change(struct ctx *c, const struct participant_row *p, bool *taken)
{
    struct participant_row now, row = *p, other;
    TRY(participant_open(c, p->id, ACT_PARTICIPANT_EDIT, &now));
    *taken = false;
    if (now.version != p->version)
        return ERR_CONFLICT;
    row.organisation_id = now.organisation_id;
    row.updated_at = c->now;
    if (c->actor->role == ROLE_ADVISER) {
        row.adviser_id = now.adviser_id;
        row.adviser_text = now.adviser_text;
        row.nav_contact_id = now.nav_contact_id;
    }
    enum err e = participant_by_reference(c->db, c->a, now.organisation_id, row.reference, &other);
    if (e == OK && other.id != row.id) {
        *taken = true;
        return ERR_CONFLICT;
    }
    if (e && e != ERR_NOT_FOUND)
        return e;
    TRY(mark(c, &row, true));
    TRY(participant_update(c->db, c->a, &row));
    TRY(relation_follow(c, &now, &row));
    return event_add(c, (struct event){.organisation_id = now.organisation_id, .participant_id = row.id, .subject_id = row.id,
                                       .kind = "participant.changed", .outcome = "", .reason = STR("")});
}

enum err participant_staff(struct ctx *c, enum role role, struct account_row **rows, size_t *n)
{
    TRY(may(c, ACT_PARTICIPANT_LIST, rel_org(c, c->actor->organisation_id)));
    return account_with_role(c->db, c->a, c->actor->organisation_id, role_code(role), c->now, rows, n);
}

enum err participant_navs(struct ctx *c, struct colleague_row **rows, size_t *n)
{
    TRY(may(c, ACT_PARTICIPANT_LIST, rel_org(c, c->actor->organisation_id)));
    return colleague_with_role(c->db, c->a, c->actor->organisation_id, role_code(ROLE_NAV_CONTACT), c->now, c->today, rows, n);
}
