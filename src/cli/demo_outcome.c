/* demo_outcome.c: internships, jobs, education. */
#include "base/tm.h"
#include "cli/demo_room.h"
#include "service/outcome.h"

static struct str words(const char *s)
{
    return str_c(s ? s : "");
}

static enum err internship(struct demo *d, const struct demo_trainee *t, int64_t trainee_id, int first_on)
{
    struct ctx c = demo_as(d, &d->leader, first_on + t->internship.from, 10, 0);
    struct outcome_fault fault = {0};
    struct internship_row i = {.business = str_c(t->internship.business), .from_on = c.today, .percent = t->internship.percent,
                               .until_on = demo_workday(c.today + t->internship.days), .field_relevant = RELEVANT_YES};
    DO(internship_save(&c, trainee_id, &i, &fault));
    return OK;
}

/* A job is registered when it is offered, by the NAV contact; where the address is protected, by the leader, who may know the employer. */
enum err demo_outcome(struct demo *d, const struct demo_trainee *t, int64_t trainee_id, int first_on)
{
    const struct demo_job *j = &t->job;
    struct outcome_fault fault = {0};
    if (t->internship.business)
        DO(internship(d, t, trainee_id, first_on));
    if (j->kind == OUTCOME_UNKNOWN)
        return OK;
    bool job = j->kind == OUTCOME_JOB;
    struct ctx c = demo_as(d, t->p.nav && !t->p.protection ? &d->nav[t->p.nav - 1] : &d->leader, first_on + (job ? j->offered : j->from) + 2, 9, 0);
    struct outcome_row o = {.kind = j->kind, .offered_on = job ? demo_workday(first_on + j->offered) : 0, .from_on = demo_workday(first_on + j->from),
                            .employer = words(j->employer), .occupation = words(j->occupation), .job_title = words(j->title), .percent = j->percent,
                            .practice_percent = j->practice, .permanent = j->permanent, .subsidy = j->subsidy, .field_relevant = RELEVANT_YES,
                            .found_by = j->found, .note = words(j->note)};
    DO(outcome_save(&c, trainee_id, &o, &fault));
    return OK;
}
