#include "service/overview.h"
#include "service/relation.h"

bool overview_unmatched(const struct standing *s)
{
    bool open = s->row.match_id && match_status_names[s->row.match_status].open;
    return s->row.status == TRAINEE_ACTIVE && !open && !(s->row.mentorship_id && s->row.mentorship_status == MENTORSHIP_ACTIVE);
}

static enum err count(struct ctx *c, struct overview *o)
{
    struct overview_count *rows;
    size_t n;
    TRY(overview_counts(c->db, c->a, c->actor->organisation_id, viewer_of(c), &rows, &n));
    for (size_t i = 0; i < n; i++)
        if (rows[i].stage >= 0 && rows[i].stage < INTAKE_STAGE_N)
            o->stage[rows[i].stage] = rows[i].n;
    return OK;
}

enum err overview_leader(struct ctx *c, struct overview *out)
{
    int64_t org = c->actor->organisation_id;
    TRY(may(c, ACT_COHORT_EDIT, rel_org(c, org)));
    struct overview o = {0};
    TRY(count(c, &o));
    TRY(overview_people(c->db, c->a, org, viewer_of(c), &o.people, &o.n_people));
    TRY(offer_waiting(c->db, c->a, org, OVERVIEW_OFFERS, viewer_of(c), &o.offers, &o.n_offers));
    TRY(interview_coming(c->db, c->a, org, 1, OVERVIEW_INTERVIEWS, viewer_of(c), &o.interviews, &o.n_interviews));
    TRY(match_of_organisation(c->db, c->a, org, viewer_of(c), &o.matches, &o.n_matches));
    TRY(standing_list(c, (struct standing_filter){.status = STANDING_RUNNING, .limit = OVERVIEW_TRAINEES}, &o.trainees, &o.n_trainees));
    TRY(cohort_running(c, &o.cohorts, &o.n_cohorts));
    TRY(task_open(c->db, c->a, org, TASK_LEADER, OVERVIEW_TASKS, viewer_of(c), &o.tasks, &o.n_tasks));
    *out = o;
    return OK;
}
