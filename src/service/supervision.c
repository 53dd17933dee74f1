#include "service/supervision.h"
#include "model/organisation.h"
#include "service/invitation.h"
#include "service/relation.h"

struct supervision_facts supervision_facts_of(const struct supervised_row *r)
{
    return (struct supervision_facts){.from_on = r->from_on, .ended = r->ended_at != 0, .internship_until_on = r->internship_until_on};
}

static bool open_now(const struct ctx *c, const struct supervised_row *r)
{
    struct supervision_facts f = supervision_facts_of(r);
    return r->account_id == c->actor->account_id && supervision_open(&f, c->today);
}

/* What the actor may see today, first; `rel` is what the table is asked with. */
static enum err mine(struct ctx *c, struct supervised_row **rows, size_t *n)
{
    size_t got, k = 0;
    struct supervised_row *all;
    TRY(supervised_by(c->db, c->a, c->actor->account_id, &all, &got));
    for (size_t i = 0; i < got; i++)
        if (open_now(c, &all[i]))
            all[k++] = all[i];
    *rows = all;
    *n = k;
    return OK;
}

static unsigned rel_of(struct ctx *c, const struct supervised_row *r)
{
    return REL_SUPERVISOR | rel_person(c, &(struct person_facts){.organisation_id = r->organisation_id, .participant_id = r->participant_id,
                                                                .address_protection = r->address_protection});
}

enum err supervision_list(struct ctx *c, struct supervised_row **rows, size_t *n)
{
    size_t got, k = 0;
    TRY(mine(c, rows, &got));
    for (size_t i = 0; i < got; i++) {
        if (may(c, ACT_INTERNSHIP_SEE, rel_of(c, &(*rows)[i])))
            continue;
        saw(c, (*rows)[i].organisation_id, (*rows)[i].participant_id, "outcome");
        (*rows)[k++] = (*rows)[i];
    }
    *n = k;
    return OK;
}

enum err supervision_see(struct ctx *c, int64_t internship_id, struct supervised_row *out)
{
    struct supervised_row *rows;
    size_t n;
    TRY(mine(c, &rows, &n));
    for (size_t i = 0; i < n; i++)
        if (rows[i].internship_id == internship_id) {
            TRY(may(c, ACT_INTERNSHIP_SEE, rel_of(c, &rows[i])));
            saw(c, rows[i].organisation_id, rows[i].participant_id, "outcome");
            *out = rows[i];
            return OK;
        }
    TRY(may(c, ACT_INTERNSHIP_SEE, 0)); /* the same answer as for one that is not for the actor */
    return ERR_NOT_FOUND;
}

enum err supervision_open_for(struct ctx *c, int64_t trainee_id, int64_t internship_id, struct supervision_view *out)
{
    struct supervision_view v = {0};
    TRY(outcome_open(c, trainee_id, &v.p));
    TRY(may(c, ACT_SUPERVISOR_INVITE, rel_person(c, &(struct person_facts){.organisation_id = v.p.t.organisation_id, .participant_id = v.p.t.participant_id,
                                                                         .adviser_id = v.p.t.adviser_id, .nav_contact_id = v.p.t.nav_contact_id,
                                                                         .address_protection = v.p.t.address_protection})));
    const struct internship_row *i = internship_find(&v.p, internship_id);
    if (!i)
        return ERR_NOT_FOUND;
    v.internship = *i;
    TRY(supervisors_of(c->db, c->a, internship_id, &v.supervisors, &v.n));
    *out = v;
    return OK;
}

enum err supervision_invite(struct ctx *c, int64_t trainee_id, int64_t internship_id, struct str business, struct str name, struct str email)
{
    struct supervision_view v;
    int64_t id;
    TRY(supervision_open_for(c, trainee_id, internship_id, &v));
    struct supervision_facts f = {.from_on = c->today, .internship_until_on = v.internship.until_on};
    if (!supervision_open(&f, c->today))
        return ERR_STATE;
    enum err e = organisation_business(c->db, c->a, c->actor->organisation_id, business, &id);
    if (e == ERR_NOT_FOUND) {
        TRY(organisation_insert(c->db, &(struct organisation_row){.name = business, .kind = STR("business"), .created_at = c->now}, &id));
        TRY(organisation_set_maker(c->db, id, c->actor->organisation_id));
    } else {
        TRY(e);
    }
    TRY(invitation_supervisor(c, id, internship_id, email, name));
    return event_add(c, (struct event){.organisation_id = v.p.t.organisation_id, .participant_id = v.p.t.participant_id, .subject_id = internship_id,
                                       .kind = "internship.supervisor_invited"});
}

enum err supervision_end(struct ctx *c, int64_t trainee_id, int64_t internship_id, int64_t id)
{
    struct supervision_view v;
    TRY(supervision_open_for(c, trainee_id, internship_id, &v));
    TRY(supervisor_end(c->db, id, internship_id, c->actor->account_id, c->now));
    news_of(c, 0, NEWS_ACCESS);
    return event_add(c, (struct event){.organisation_id = v.p.t.organisation_id, .participant_id = v.p.t.participant_id, .subject_id = internship_id,
                                       .kind = "internship.supervisor_ended"});
}
