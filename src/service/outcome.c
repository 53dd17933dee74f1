#include "service/outcome.h"
#include "domain/protection.h"
#include "service/relation.h"

static unsigned relation(struct ctx *c, const struct trainee_row *t)
{
    return rel_person(c, &(struct person_facts){t->organisation_id, t->participant_id, t->adviser_id, t->nav_contact_id, t->address_protection});
}

static bool sees_places(struct ctx *c, const struct trainee_row *t)
{
    return protection_shows(t->address_protection, PROTECTED_EMPLOYER, c->actor->role, relation(c, t));
}

/* Loads the trainee if the actor may do that with it. */
static enum err open_for(struct ctx *c, int64_t trainee_id, enum act act, struct trainee_row *t)
{
    enum err e = trainee_get(c->db, c->a, trainee_id, t);
    if (e == ERR_NOT_FOUND) {
        TRY(may(c, act, 0)); /* the same answer as for one that is not for the actor */
        return ERR_NOT_FOUND;
    }
    TRY(e);
    return may(c, act, relation(c, t));
}

static enum self_support support_now(struct ctx *c, const struct outcome_person *p)
{
    struct outcome *o = ARENA_ARRAY(c->a, struct outcome, p->n_outcomes + p->n_internships);
    size_t n = 0;
    for (size_t i = 0; i < p->n_outcomes; i++)
        o[n++] = outcome_of_row(&p->outcomes[i]);
    for (size_t i = 0; i < p->n_internships; i++)
        o[n++] = (struct outcome){.kind = OUTCOME_INTERNSHIP, .from_on = p->internships[i].from_on, .until_on = p->internships[i].until_on};
    return outcome_support_now(o, n, c->today);
}

static enum err events(struct ctx *c, struct outcome_person *p, unsigned rel)
{
    if (!access_may(c->actor->role, ACT_PARTICIPANT_HISTORY, rel))
        return OK;
    struct event_row *all;
    size_t n;
    TRY(event_of_participant(c->db, c->a, p->t.participant_id, 500, &all, &n));
    for (size_t i = 0; i < n; i++)
        if (str_starts(all[i].kind, STR("outcome.")) || str_starts(all[i].kind, STR("internship.")))
            all[p->n_events++] = all[i];
    p->events = all;
    return OK;
}

static enum err fill(struct ctx *c, struct outcome_person *p)
{
    unsigned rel = relation(c, &p->t);
    TRY(outcome_of_trainee(c->db, c->a, p->t.id, &p->outcomes, &p->n_outcomes));
    TRY(internship_of_trainee(c->db, c->a, p->t.id, &p->internships, &p->n_internships));
    TRY(events(c, p, rel));
    p->support = support_now(c, p);
    p->may_set = access_may(c->actor->role, ACT_OUTCOME_SET, rel);
    p->hides_places = !sees_places(c, &p->t);
    for (size_t i = 0; p->hides_places && i < p->n_outcomes; i++)
        p->outcomes[i].employer = p->outcomes[i].note = STR("");
    for (size_t i = 0; p->hides_places && i < p->n_internships; i++)
        p->internships[i].business = STR("");
    saw(c, p->t.organisation_id, p->t.participant_id, "outcome");
    return OK;
}

enum err outcome_open(struct ctx *c, int64_t trainee_id, struct outcome_person *out)
{
    struct outcome_person p = {0};
    TRY(open_for(c, trainee_id, ACT_OUTCOME_SEE, &p.t));
    TRY(fill(c, &p));
    *out = p;
    return OK;
}

enum err outcome_own(struct ctx *c, struct outcome_person *out)
{
    struct outcome_person p = {0};
    if (!c->actor->participant_id) {
        TRY(may(c, ACT_OUTCOME_SEE, 0));
        return ERR_NOT_FOUND;
    }
    enum err e = trainee_of_participant(c->db, c->a, c->actor->participant_id, &p.t);
    if (e && e != ERR_NOT_FOUND)
        return e;
    TRY(may(c, ACT_OUTCOME_SEE, e ? 0 : relation(c, &p.t)));
    TRY(e);
    TRY(fill(c, &p));
    *out = p;
    return OK;
}

const struct outcome_row *outcome_find(const struct outcome_person *p, int64_t id)
{
    for (size_t i = 0; i < p->n_outcomes; i++)
        if (p->outcomes[i].id == id)
            return &p->outcomes[i];
    return NULL;
}

const struct internship_row *internship_find(const struct outcome_person *p, int64_t id)
{
    for (size_t i = 0; i < p->n_internships; i++)
        if (p->internships[i].id == id)
            return &p->internships[i];
    return NULL;
}

static enum err fault_at(struct outcome_fault *f, const char *field, const char *msgid)
{
    *f = (struct outcome_fault){field, say(msgid)};
    return ERR_INVALID;
}

static enum err note_event(struct ctx *c, const struct trainee_row *t, int64_t id, const char *kind, const char *outcome)
{
    return event_add(c, (struct event){.organisation_id = t->organisation_id, .participant_id = t->participant_id, .subject_id = id,
                                       .kind = kind, .outcome = outcome});
}

static enum err outcome_rules(const struct ctx *c, const struct outcome_row *o, struct outcome_fault *fault)
{
    struct outcome x = outcome_of_row(o);
    if (o->kind != OUTCOME_JOB && o->kind != OUTCOME_EDUCATION && o->kind != OUTCOME_NONE)
        return fault_at(fault, "kind", N_("Velg hva som skjedde."));
    TRY(outcome_check(&x, &fault->field, &fault->why));
    if (o->offered_on > c->today)
        return fault_at(fault, "offered_on", N_("Tilbudet kan ikke være gitt i framtiden."));
    if (o->offered_on && o->offered_on > o->from_on)
        return fault_at(fault, "offered_on", N_("Tilbudet må være gitt før jobben begynte."));
    return OK;
}

/* A row that is there must be that trainee's. What the actor may not see stays as it is. */
static enum err before(struct ctx *c, const struct trainee_row *t, int64_t id, struct outcome_row *o)
{
    struct outcome_row was;
    TRY(outcome_get(c->db, c->a, id, &was));
    if (was.trainee_id != t->id)
        return ERR_NOT_FOUND;
    if (!sees_places(c, t)) {
        o->employer = was.employer;
        o->note = was.note;
    }
    return OK;
}

enum err outcome_save(struct ctx *c, int64_t trainee_id, const struct outcome_row *o, struct outcome_fault *fault)
{
    struct trainee_row t;
    struct outcome_row x = *o;
    TRY(open_for(c, trainee_id, ACT_OUTCOME_SET, &t));
    if (!x.id && !sees_places(c, &t))
        x.employer = x.note = STR("");
    if (x.id)
        TRY(before(c, &t, x.id, &x));
    TRY(outcome_rules(c, &x, fault));
    const char *code = outcome_kind_names[x.kind].code;
    if (x.id) {
        TRY(outcome_update(c->db, &x));
        return note_event(c, &t, x.id, "outcome.changed", code);
    }
    x.trainee_id = t.id;
    x.by_account = c->actor->account_id;
    x.at = c->now;
    int64_t id;
    TRY(outcome_insert(c->db, &x, &id));
    return note_event(c, &t, id, "outcome.registered", code);
}

enum err outcome_finish(struct ctx *c, int64_t trainee_id, int64_t id, int64_t version, int until_on, struct outcome_fault *fault)
{
    struct trainee_row t;
    struct outcome_row o;
    TRY(open_for(c, trainee_id, ACT_OUTCOME_SET, &t));
    TRY(outcome_get(c->db, c->a, id, &o));
    if (o.trainee_id != t.id)
        return ERR_NOT_FOUND;
    o.version = version;
    o.until_on = until_on;
    TRY(outcome_rules(c, &o, fault));
    TRY(outcome_update(c->db, &o));
    return note_event(c, &t, id, "outcome.ended", outcome_kind_names[o.kind].code);
}

static enum err internship_rules(const struct internship_row *i, struct outcome_fault *fault)
{
    if (!i->from_on)
        return fault_at(fault, "from_on", N_("Skriv datoen det gjelder fra."));
    if (i->until_on && i->until_on < i->from_on)
        return fault_at(fault, "until_on", N_("Sluttdatoen er før startdatoen."));
    if (i->percent < 1 || i->percent > 100)
        return fault_at(fault, "percent", N_("Skriv hvor mye av full tid, et tall fra 1 til 100."));
    if (i->field_relevant <= RELEVANT_UNKNOWN || i->field_relevant >= RELEVANCE_N)
        return fault_at(fault, "relevance", N_("Velg om oppholdet er fagrelevant."));
    return OK;
}

enum err internship_save(struct ctx *c, int64_t trainee_id, const struct internship_row *i, struct outcome_fault *fault)
{
    struct trainee_row t;
    struct internship_row x = *i, was;
    TRY(open_for(c, trainee_id, ACT_OUTCOME_SET, &t));
    if (x.id) {
        TRY(internship_get(c->db, c->a, x.id, &was));
        if (was.trainee_id != t.id)
            return ERR_NOT_FOUND;
    }
    if (!sees_places(c, &t))
        x.business = x.id ? was.business : STR("");
    TRY(internship_rules(&x, fault));
    if (x.id) {
        TRY(internship_update(c->db, &x));
        return note_event(c, &t, x.id, "internship.changed", "");
    }
    x.trainee_id = t.id;
    x.by_account = c->actor->account_id;
    x.at = c->now;
    int64_t id;
    TRY(internship_insert(c->db, &x, &id));
    return note_event(c, &t, id, "internship.registered", "");
}

enum err internship_finish(struct ctx *c, int64_t trainee_id, int64_t id, int64_t version, int until_on, struct outcome_fault *fault)
{
    struct trainee_row t;
    struct internship_row i;
    TRY(open_for(c, trainee_id, ACT_OUTCOME_SET, &t));
    TRY(internship_get(c->db, c->a, id, &i));
    if (i.trainee_id != t.id)
        return ERR_NOT_FOUND;
    i.version = version;
    i.until_on = until_on;
    TRY(internship_rules(&i, fault));
    TRY(internship_update(c->db, &i));
    return note_event(c, &t, id, "internship.ended", "");
}
