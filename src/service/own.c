#include "service/own.h"
#include "service/relation.h"
#include "base/tm.h"
#include "model/screening.h"
#include <stdlib.h>

enum { VIEW_HOLDS_DAYS = 90 };

static struct participant_filter mine(const struct ctx *c, int stage, enum participant_sort sort)
{
    const struct actor *a = c->actor;
    return (struct participant_filter){.viewer = a->account_id, .organisation_id = a->organisation_id, .adviser_id = a->role == ROLE_ADVISER ? a->account_id : 0,
                                       .nav_contact_id = a->role == ROLE_NAV_CONTACT ? a->account_id : 0, .others = true, .today = c->today, .stage = stage, .sort = sort};
}

/* Has the actor said something about this person lately? */
static enum err has_view(struct ctx *c, int64_t participant_id, bool *has)
{
    struct recommendation_row *r;
    size_t n;
    TRY(recommendation_of(c->db, c->a, participant_id, &r, &n));
    *has = false;
    for (size_t i = 0; i < n; i++)
        *has |= r[i].by_account == c->actor->account_id && r[i].at > c->now - (int64_t)VIEW_HOLDS_DAYS * TM_DAY_MS;
    return OK;
}

static enum err candidates(struct ctx *c, struct own_people *o)
{
    struct participant_row *rows;
    struct participant_key next;
    struct criteria_settings s;
    size_t n;
    struct participant_filter f = mine(c, INTAKE_LISTED, SORT_CRITERIA);
    TRY(participant_list(c->db, c->a, &f, &rows, &n, &next));
    TRY(criteria_load(c->db, c->a, f.organisation_id, &s));
    o->candidates = ARENA_ARRAY(c->a, struct own_candidate, OWN_CANDIDATES);
    n = n < OWN_LOOKED_AT ? n : OWN_LOOKED_AT;
    struct criteria_facts *facts = ARENA_ARRAY(c->a, struct criteria_facts, n);
    TRY(criteria_facts_of(c->db, c->a, rows, n, c->today, facts));
    for (size_t i = 0; i < n && o->n_candidates < OWN_CANDIDATES; i++) {
        bool has;
        bool left = rows[i].programme_end_on && rows[i].programme_end_on < c->today;
        if (rows[i].organisation_id != (i ? rows[i - 1].organisation_id : f.organisation_id))
            TRY(criteria_load(c->db, c->a, rows[i].organisation_id, &s));
        if (c->actor->role == ROLE_NAV_CONTACT && !left)
            continue;
        struct criteria_overview seen = criteria_look(&s, &facts[i]);
        if (seen.must_met + seen.must_unknown < seen.must)
            continue;
        TRY(has_view(c, rows[i].id, &has));
        if (has)
            continue;
        o->candidates[o->n_candidates++] = (struct own_candidate){rows[i], seen};
        saw(c, rows[i].organisation_id, rows[i].id, "overview");
    }
    return OK;
}

static int by_wait(const void *x, const void *y)
{
    const struct own_waiting *a = x, *b = y;
    if (a->long_ != b->long_)
        return a->long_ ? -1 : 1;
    return (a->p.stage_at > b->p.stage_at) - (a->p.stage_at < b->p.stage_at);
}

static enum err waiting(struct ctx *c, struct own_people *o)
{
    static const enum intake_stage stages[] = {INTAKE_RECOMMENDED, INTAKE_INVITED, INTAKE_APPLYING, INTAKE_APPLIED, INTAKE_REOPENED,
                                               INTAKE_INTERVIEW_PLANNED, INTAKE_INTERVIEWED, INTAKE_OFFERED, INTAKE_WAITING};
    struct progress_settings s;
    TRY(standing_settings(c, c->actor->organisation_id, &s));
    o->waiting = ARENA_ARRAY(c->a, struct own_waiting, COUNT(stages) * PARTICIPANT_PAGE);
    for (size_t k = 0; k < COUNT(stages); k++) {
        struct participant_row *rows;
        struct participant_key next;
        size_t n;
        if (!o->stage[stages[k]])
            continue;
        struct participant_filter f = mine(c, stages[k], SORT_NAME);
        TRY(participant_list(c->db, c->a, &f, &rows, &n, &next));
        for (size_t i = 0; i < n; i++) {
            struct own_waiting *w = &o->waiting[o->n_waiting++];
            w->p = rows[i];
            w->long_ = progress_waits(stages[k], tm_on_of(rows[i].stage_at), c->today, &s, &w->what);
        }
    }
    if (o->n_waiting)
        qsort(o->waiting, o->n_waiting, sizeof *o->waiting, by_wait);
    o->n_waiting = o->n_waiting < OWN_WAITING ? o->n_waiting : OWN_WAITING;
    for (size_t i = 0; i < o->n_waiting; i++)
        saw(c, o->waiting[i].p.organisation_id, o->waiting[i].p.id, "overview");
    return OK;
}

enum err own_people(struct ctx *c, struct own_people *out)
{
    const struct actor *a = c->actor;
    struct own_people o = {0};
    TRY(may(c, ACT_PARTICIPANT_LIST, rel_org(c, a->organisation_id)));
    struct participant_filter f = mine(c, -1, SORT_NAME);
    TRY(participant_stages(c->db, c->a, &f, o.stage));
    TRY(candidates(c, &o));
    TRY(waiting(c, &o));
    TRY(standing_list(c, (struct standing_filter){.status = STANDING_RUNNING, .limit = OWN_TRAINEES}, &o.trainees, &o.n_trainees));
    TRY(outcome_endings(c->db, c->a, a->organisation_id, f.nav_contact_id, f.adviser_id, c->today, c->today + OWN_END_DAYS, viewer_of(c), &o.endings,
                        &o.n_endings));
    *out = o;
    return OK;
}

bool own_near_end(const struct standing *s)
{
    return s->clock.running && !s->clock.on_leave && s->clock.days_left <= OWN_END_DAYS;
}
