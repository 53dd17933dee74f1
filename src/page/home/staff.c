#include "page/home/staff.h"
#include "page/cohort/cohort.h"
#include <stdlib.h>

const char *own_next(int stage)
{
    switch ((enum intake_stage)stage) {
    case INTAKE_RECOMMENDED:
        return N_("Prosjektlederen vurderer anbefalingen.");
    case INTAKE_INVITED:
        return N_("Invitert. Søknaden er ikke påbegynt.");
    case INTAKE_APPLYING:
    case INTAKE_REOPENED:
        return N_("Skriver på søknaden.");
    case INTAKE_APPLIED:
        return N_("Prosjektlederen leser søknaden.");
    case INTAKE_INTERVIEW_PLANNED:
        return N_("Intervjuet er avtalt.");
    case INTAKE_INTERVIEWED:
        return N_("Venter på svar etter intervjuet.");
    case INTAKE_OFFERED:
        return N_("Har fått tilbud om plass og skal svare.");
    case INTAKE_WAITING:
        return N_("Står på venteliste til neste pulje.");
    case INTAKE_LISTED:
    case INTAKE_ADMITTED:
    case INTAKE_DECLINED:
    case INTAKE_OTHER_WAY:
    case INTAKE_NOT_NOW:
    case INTAKE_STAGE_N:
        break;
    }
    return "";
}

const char *own_ending(const struct ending_row *e)
{
    if (e->kind == OUTCOME_JOB)
        return e->subsidy == SUBSIDY_NONE ? N_("Jobben slutter") : N_("Jobben med tilskudd slutter");
    return e->kind == OUTCOME_INTERNSHIP ? N_("Internshipet slutter") : N_("Utdanningen slutter");
}

static void add(struct own_view *x, struct own_line line)
{
    x->lines[x->n_lines++] = line;
}

static struct url to(const struct view *v, const char *fmt, int64_t id)
{
    return url_make(arena_fmt(v->a, fmt, (long long)id));
}

static void add_endings(struct page *p, struct own_view *x)
{
    const struct view *v = &p->v;
    for (size_t i = 0; i < x->o->n_endings; i++) {
        const struct ending_row *e = &x->o->endings[i];
        saw(&p->c, p->c.actor->organisation_id, e->participant_id, "overview");
        add(x, (struct own_line){e->until_on <= v->today + 14 ? SEVERITY_NOW : SEVERITY_SOON, e->until_on, "Hourglass",
                                 TF("{1}: {2}", person_name(v, e->first_name, e->last_name), S(T(own_ending(e)))),
                                 TF("Siste dag er {1}. Avtal hva som kommer etterpå.", DAY(e->until_on)),
                                 to(v, "/trainees/%lld/outcome", e->trainee_id), T("Planlegg neste steg")});
    }
}

static void add_trainees(struct page *p, struct own_view *x)
{
    const struct view *v = &p->v;
    for (size_t i = 0; i < x->o->n_trainees; i++) {
        const struct standing *s = &x->o->trainees[i];
        const struct attention *w = &s->attention[0];
        struct str name = person_name(v, s->row.first_name, s->row.last_name);
        if (s->n_attention && w->severity != SEVERITY_INFO) {
            saw(&p->c, s->row.organisation_id, s->row.participant_id, "overview");
            add(x, (struct own_line){w->severity, w->since_on, attention_icon(w->kind), TF("Hør hvordan det går med {1}", name), text_say(v->a, v->lang, &w->text),
                                     attention_url(v, s->row.id), T("Se hvordan det går")});
        } else if (own_near_end(s)) {
            saw(&p->c, s->row.organisation_id, s->row.participant_id, "overview");
            add(x, (struct own_line){SEVERITY_SOON, s->clock.period.end_on, "Calendar", name,
                                     TF("Mentorløpet slutter {1}. Planlegg jobb, tiltak eller utdanning nå.", DAY(s->clock.period.end_on)),
                                     to(v, "/trainees/%lld/outcome", s->row.id), T("Planlegg neste steg")});
        }
    }
}

static void add_waiting(struct page *p, struct own_view *x)
{
    const struct view *v = &p->v;
    for (size_t i = 0; i < x->o->n_waiting; i++) {
        const struct own_waiting *w = &x->o->waiting[i];
        bool theirs = w->p.stage == INTAKE_INVITED || w->p.stage == INTAKE_APPLYING || w->p.stage == INTAKE_REOPENED ||
                      w->p.stage == INTAKE_OFFERED; /* the rest is the leader's to do */
        if (!w->long_ || !theirs)
            continue;
        struct str parts[] = {text_say(v->a, v->lang, &w->what.text), text_say(v->a, v->lang, &w->what.action)};
        add(x, (struct own_line){w->what.severity, w->what.since_on, "Hourglass", person_name(v, w->p.first_name, w->p.last_name),
                                 arena_join(v->a, parts, 2, STR(" ")), to(v, "/participants/%lld", w->p.id), T("Ta kontakt")});
    }
}

/* The best one only: the others stand in a list of their own. */
static void add_candidate(struct page *p, struct own_view *x)
{
    const struct view *v = &p->v;
    if (!x->o->n_candidates)
        return;
    const struct own_candidate *k = &x->o->candidates[0];
    struct say fits = criteria_summary(&k->overview);
    add(x, (struct own_line){SEVERITY_INFO, 0, "Star", TF("Passer {1} for mentorprogrammet?", person_name(v, k->p.first_name, k->p.last_name)),
                             text_say(v->a, v->lang, &fits), to(v, "/participants/%lld", k->p.id), T("Gi en anbefaling")});
}

/* Pressing first, then by date. */
static int by_need(const void *x, const void *y)
{
    const struct own_line *a = x, *b = y;
    if (a->severity != b->severity)
        return a->severity > b->severity ? -1 : 1;
    if (a->on != b->on)
        return a->on < b->on ? -1 : 1;
    return 0;
}

static void put_members(struct page *p, struct own_view *x)
{
    size_t n = x->o->n_trainees < OWN_SHOWN ? x->o->n_trainees : OWN_SHOWN;
    x->members = ARENA_ARRAY(p->c.a, struct cohort_member, n);
    for (size_t i = 0; i < n; i++) {
        x->members[x->n_members++] = (struct cohort_member){.s = x->o->trainees[i]};
        saw(&p->c, x->o->trainees[i].row.organisation_id, x->o->trainees[i].row.participant_id, "overview");
    }
}

struct own_view own_view(struct page *p, const struct own_people *o)
{
    struct own_view x = {.o = o};
    x.lines = ARENA_ARRAY(p->c.a, struct own_line, o->n_endings + o->n_trainees + o->n_waiting + 1);
    add_endings(p, &x);
    add_trainees(p, &x);
    if (p->c.actor->role == ROLE_ADVISER)
        add_waiting(p, &x); /* one person rings, not two */
    if (x.n_lines)
        qsort(x.lines, x.n_lines, sizeof *x.lines, by_need);
    add_candidate(p, &x);
    put_members(p, &x);
    return x;
}
