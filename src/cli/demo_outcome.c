/* demo_outcome.c: internships, jobs, education. */
#include "base/tm.h"
#include "cli/demo_room.h"
#include "model/outcome.h"

static struct str words(const char *s)
{
    return str_c(s ? s : "");
}

enum err demo_outcome(struct demo *d, const struct demo_trainee *t, const struct actor *who, int64_t trainee_id, int first_on)
{
    int64_t id;
    if (t->internship.business) {
        struct ctx c = demo_as(d, &d->leader, first_on + t->internship.from, 10, 0);
        int until = demo_workday(c.today + t->internship.days);
        struct internship_row i = {.trainee_id = trainee_id, .by_account = c.actor->account_id, .at = c.now, .business = str_c(t->internship.business),
                                   .from_on = c.today, .until_on = until, .percent = t->internship.percent, .field_relevant = RELEVANT_YES};
        DO(internship_insert(d->db, &i, &id));
        DO(event_add(&c, (struct event){.organisation_id = d->org, .participant_id = who->participant_id, .subject_id = id, .kind = "internship.added"}));
    }
    const struct demo_job *j = &t->job;
    if (j->kind == OUTCOME_UNKNOWN)
        return OK;
    struct ctx c = demo_as(d, t->p.nav ? &d->nav[t->p.nav - 1] : &d->leader, first_on + (j->offered ? j->offered : j->from) + 2, 9, 0);
    struct outcome_row o = {.trainee_id = trainee_id, .by_account = c.actor->account_id, .at = c.now, .kind = j->kind,
                            .offered_on = j->kind == OUTCOME_JOB ? demo_workday(first_on + j->offered) : 0, .from_on = demo_workday(first_on + j->from),
                            .employer = words(j->employer), .occupation = words(j->occupation), .job_title = words(j->title), .percent = j->percent,
                            .practice_percent = j->practice, .permanent = j->permanent, .subsidy = j->subsidy,
                            .field_relevant = RELEVANT_YES, .found_by = j->found, .note = words(j->note)};
    DO(outcome_insert(d->db, &o, &id));
    return event_add(&c, (struct event){.organisation_id = d->org, .participant_id = who->participant_id, .subject_id = id, .kind = "outcome.added"});
}
