/* home_leader.c: the project leader's start page: what must I do now, how are the cohorts, what is coming. */
#include "base/tm.h"
#include "gen/home_leader.html.h"
#include "page/home/leader.h"
#include "service/rights.h"

const enum intake_stage leader_stages[] = {INTAKE_RECOMMENDED, INTAKE_INVITED, INTAKE_APPLYING, INTAKE_APPLIED, INTAKE_INTERVIEW_PLANNED,
                                           INTAKE_INTERVIEWED, INTAKE_OFFERED, INTAKE_WAITING, INTAKE_STAGE_N};

struct str leader_count(const struct view *v, int64_t n)
{
    return n >= OVERVIEW_COUNT_MAX ? TF("{1}+", I(OVERVIEW_COUNT_MAX)) : I(n);
}

/* The cohorts to show, the oldest of them first to end: those with trainees in them. Empty ones stand on the page of cohorts. */
static void put_cohorts(struct page *p, struct leader_view *x)
{
    const struct overview *o = x->o;
    size_t left = LEADER_MEMBERS;
    x->cohorts = ARENA_ARRAY(p->c.a, struct leader_cohort, LEADER_COHORTS);
    for (size_t i = 0; i < o->n_cohorts && x->n_cohorts < LEADER_COHORTS; i++) {
        const struct cohort_card *card = &o->cohorts[i];
        if (!card->row.running && card->phase != COHORT_ADMISSION)
            continue;
        struct leader_cohort *lc = &x->cohorts[x->n_cohorts++];
        lc->card = card;
        lc->members = ARENA_ARRAY(p->c.a, struct cohort_member, left);
        for (size_t k = 0; k < o->n_trainees && left; k++)
            if (o->trainees[k].row.cohort_id == card->row.id) {
                lc->members[lc->n_members++] = (struct cohort_member){.s = o->trainees[k]};
                saw(&p->c, p->c.actor->organisation_id, o->trainees[k].row.participant_id, "overview");
                left--;
            }
    }
}

/* Whoever asks about the own data waits for an answer within a month: it stands first. */
static enum err put_rights(struct page *p, struct leader_view *x)
{
    const struct view *v = &p->v;
    int64_t n, oldest;
    TRY(request_waiting(&p->c, &n, &oldest));
    if (!n)
        return OK;
    struct leader_line *more = ARENA_ARRAY(p->c.a, struct leader_line, x->n_lines + 1);
    int on = tm_on_of(oldest);
    more[0] = (struct leader_line){on + 14 <= v->today ? SEVERITY_NOW : SEVERITY_SOON, on, "PadlockLocked",
                                   TN("{1} spørsmål om egne opplysninger", "{1} spørsmål om egne opplysninger", n),
                                   TF("Det eldste kom {1}. Svar innen en måned.", DAY(on)), url_make(STR("/rights")), T("Svar")};
    if (x->n_lines)
        memcpy(more + 1, x->lines, x->n_lines * sizeof *more);
    x->lines = more;
    x->n_lines++;
    return OK;
}

enum err home_leader(struct page *p)
{
    struct overview o;
    TRY(overview_leader(&p->c, &o));
    struct leader_view x = {.o = &o};
    x.lines = leader_lines(p, &o, &x.n_lines);
    TRY(put_rights(p, &x));
    x.days = leader_days(p, &o, &x.n_days);
    put_cohorts(p, &x);
    html_home_leader(p->o, &p->v, &x);
    return OK;
}
