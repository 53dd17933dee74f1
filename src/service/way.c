#include "service/way.h"
#include "base/tm.h"
#include "model/agreement.h"

enum err way_own(struct ctx *c, struct way *out)
{
    struct way w = {0};
    struct trainee_row t;
    struct progress_settings settings;
    struct progress_facts none = {.today = c->today};
    if (!c->actor->participant_id)
        return ERR_NOT_FOUND;
    TRY(may(c, ACT_PROGRESS_SEE, REL_SELF));
    TRY(participant_get(c->db, c->a, c->actor->participant_id, &w.participant));
    enum err e = trainee_of_participant(c->db, c->a, w.participant.id, &t);
    if (!e) {
        w.is_trainee = true;
        TRY(standing_open(c, t.id, &w.standing));
        TRY(task_list(c, t.id, &w.tasks, &w.n_tasks));
        e = w.standing.row.mentorship_id ? mentorship_get(c->db, c->a, w.standing.row.mentorship_id, &w.pair) : ERR_NOT_FOUND;
        w.has_pair = !e;
        if (w.has_pair) /* with what the mentor works as */
            saw_mentor(c, w.pair.organisation_id, w.pair.mentor_id, "overview");
    }
    if (e && e != ERR_NOT_FOUND)
        return e;
    e = interview_of(c->db, c->a, w.participant.id, &w.interview);
    if (e && e != ERR_NOT_FOUND)
        return e;
    if (w.interview.status == INTERVIEW_PLANNED && w.participant.stage != INTAKE_INTERVIEW_PLANNED)
        w.interview = (struct interview_row){0}; /* the way went on without it */
    TRY(standing_settings(c, w.participant.organisation_id, &settings));
    w.n_steps = progress_steps((enum intake_stage)w.participant.stage, w.interview.status == INTERVIEW_PLANNED ? tm_on_of(w.interview.at) : 0, w.is_trainee ? &w.standing.facts : &none,
                               &settings, w.steps);
    *out = w;
    return OK;
}

/* Only the mentor's own open ones. */
static size_t own_tasks(struct task_row *rows, size_t n, int today, struct mentor_facts *f)
{
    size_t k = 0;
    for (size_t i = 0; i < n; i++)
        if (rows[i].owner == TASK_MENTOR && !rows[i].done_at) {
            if (rows[i].due_on && (!f->task_due_on || rows[i].due_on < f->task_due_on))
                f->task_due_on = rows[i].due_on;
            f->tasks_overdue += task_overdue(&rows[i], today);
            rows[k++] = rows[i];
        }
    f->tasks_open = (int)k;
    return k;
}

static enum err pair_way(struct ctx *c, const struct mentorship_row *pair, struct mentor_way *w)
{
    struct mentor_facts f = {.today = c->today, .running = true};
    w->has_pair = true;
    w->pair = *pair;
    TRY(match_get(c->db, c->a, pair->match_id, &w->match));
    TRY(standing_open(c, pair->trainee_id, &w->standing));
    TRY(task_list(c, pair->trainee_id, &w->tasks, &w->n_tasks));
    w->n_tasks = own_tasks(w->tasks, w->n_tasks, c->today, &f);
    const struct standing *s = &w->standing;
    for (size_t i = 0; i < s->n_meetings; i++)
        if (s->meetings[i].has_minutes && c->now - s->meetings[i].at < (int64_t)WAY_MINUTES_DAYS * TM_DAY_MS)
            w->minutes = &s->meetings[i];
    f.on_leave = s->clock.on_leave;
    f.all_held = s->facts.meetings_held >= s->settings.meetings || s->facts.final_on;
    f.unmarked_on = s->facts.unmarked_on;
    f.next_planned_on = s->facts.next_planned_on;
    f.minutes_on = w->minutes ? tm_on_of(w->minutes->at) : 0;
    w->n_steps = mentor_steps(&f, w->steps);
    return OK;
}

static enum err match_way(struct ctx *c, const struct match_row *m, struct mentor_way *w)
{
    struct mentor_facts f = {.today = c->today, .has_match = true, .match = m->status, .answered = m->mentor_answer != MATCH_NO_ANSWER,
                             .matching_meeting_on = tm_on_of(m->meeting_at)};
    struct signature_row *signatures;
    size_t n = 0;
    w->match = *m;
    if (m->agreement_id)
        TRY(signature_of_agreement(c->db, c->a, m->agreement_id, &signatures, &n));
    for (size_t i = 0; i < n; i++)
        f.signed_it |= signatures[i].side == 2 && !signatures[i].void_at;
    w->n_steps = mentor_steps(&f, w->steps);
    return OK;
}

enum err way_mentor(struct ctx *c, struct mentor_way **out, size_t *n)
{
    struct mentorship_row *pairs;
    struct match_row *matches = NULL;
    size_t n_pairs, n_matches = 0, k = 0;
    TRY(may(c, ACT_MENTOR_SEE, REL_SELF));
    TRY(mentoring_pairs(c, &pairs, &n_pairs));
    if (c->actor->mentor_id)
        TRY(match_of_mentor(c->db, c->a, c->actor->mentor_id, &matches, &n_matches));
    struct mentor_way *list = ARENA_ARRAY(c->a, struct mentor_way, n_pairs + n_matches);
    for (size_t i = 0; i < n_pairs; i++)
        TRY(pair_way(c, &pairs[i], &list[k++]));
    for (size_t i = 0; i < n_matches; i++)
        if (matches[i].meeting_at) /* a proposal is the leader's until the two are invited to meet */
            TRY(match_way(c, &matches[i], &list[k++]));
    *out = list;
    *n = k;
    return OK;
}
