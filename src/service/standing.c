#include "service/standing.h"
#include "service/relation.h"
#include "base/num.h"
#include "base/tm.h"
#include "domain/match.h"
#include "model/setting.h"

enum err standing_settings(struct ctx *c, int64_t organisation_id, struct progress_settings *out)
{
    struct progress_settings s = progress_defaults();
    struct {
        const char *key;
        int *value;
    } keys[] = {{"progress.months", &s.months},           {"progress.meetings", &s.meetings},
                {"progress.stalled_days", &s.stalled_days}, {"progress.minutes_days", &s.minutes_days},
                {"progress.midway_meetings", &s.midway_meetings}, {"progress.midway_months", &s.midway_months},
                {"progress.final_days", &s.final_days},   {"progress.sign_days", &s.sign_days},
                {"progress.answer_days", &s.answer_days}, {"progress.pause_days", &s.pause_days},
                {"progress.tolerance_days", &s.tolerance_days}};
    struct setting_row *rows;
    size_t n;
    TRY(setting_all(c->db, c->a, organisation_id, "progress.", &rows, &n));
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < COUNT(keys); k++) {
            int64_t v;
            if (str_is(rows[i].key, keys[k].key) && num_i64(rows[i].value, 0, 365, &v))
                *keys[k].value = (int)v;
        }
    struct say why;
    *out = progress_check(&s, &why) == OK ? s : progress_defaults();
    return OK;
}

unsigned standing_rel(struct ctx *c, const struct standing_row *row)
{
    const struct actor *a = c->actor;
    unsigned rel = rel_person(c, &(struct person_facts){row->organisation_id, row->participant_id, row->adviser_id, row->nav_contact_id,
                                                        row->address_protection});
    if (a->mentor_id && a->mentor_id == row->mentor_id && row->mentorship_id && row->mentorship_status == MENTORSHIP_ACTIVE)
        rel |= REL_PAIR;
    return rel;
}

static enum pair_stage pair_stage(const struct standing_row *r)
{
    if (r->mentorship_id && r->mentorship_status == MENTORSHIP_ACTIVE)
        return PAIR_ACTIVE;
    if (r->match_id)
        switch ((enum match_status)r->match_status) {
        case MATCH_MEETING_PLANNED:
            return PAIR_MEETING;
        case MATCH_MEETING_HELD:
        case MATCH_ASKED:
            return PAIR_THINKING;
        case MATCH_ACCEPTED:
            return PAIR_ACCEPTED;
        case MATCH_PROPOSED:
        case MATCH_DECLINED:
        case MATCH_TAKEN_BACK:
        case MATCH_RUNNING:
        case MATCH_STATUS_N:
            break;
        }
    return r->mentorship_id ? PAIR_ENDED : PAIR_NONE;
}

static int64_t later(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static void match_facts(struct progress_facts *f, const struct standing_row *r)
{
    f->matching_meeting_on = r->match_held_on ? r->match_held_on : tm_on_of(r->match_meeting_at);
    f->prepared = r->prepared;
    f->asked_on = tm_on_of(r->asked_at);
    f->answered = r->trainee_answer != MATCH_NO_ANSWER;
    f->mentor_answered = r->mentor_answer != MATCH_NO_ANSWER;
    f->accepted_on = f->pair == PAIR_ACCEPTED ? tm_on_of(later(r->trainee_answer_at, r->mentor_answer_at)) : 0;
    f->trainee_signed = r->trainee_signed_at != 0;
}

static void meeting_facts(struct standing *s, const struct ctx *c)
{
    struct progress_facts *f = &s->facts;
    for (size_t i = 0; i < s->n_meetings; i++) {
        const struct standing_meeting *m = &s->meetings[i];
        int on = tm_on_of(m->at), held = m->held_on ? m->held_on : on;
        if (m->status == MEETING_HELD) {
            f->meetings_held++;
            f->last_held_on = held > f->last_held_on ? held : f->last_held_on;
            if (!m->has_minutes && !f->unminuted++) {
                f->unminuted_on = held;
                s->unminuted = m;
            }
        } else if (m->status == MEETING_PLANNED && m->at < c->now) {
            if (!s->unmarked) {
                s->unmarked = m;
                f->unmarked_on = on;
            }
        } else if (m->status == MEETING_PLANNED && !s->next) {
            s->next = m;
            f->next_planned_on = on;
        }
    }
}

/* Held and planned ones in their order; cancelled ones as far as there is room beside them. */
static const char *strip_of(struct arena *a, const struct standing *s)
{
    size_t places = (size_t)s->settings.meetings, real = 0, n = 0;
    for (size_t i = 0; i < s->n_meetings; i++)
        real += s->meetings[i].status != MEETING_CANCELLED;
    size_t room = real < places ? places - real : 0;
    char *out = arena_alloc(a, places + real + 1);
    for (size_t i = 0; i < s->n_meetings; i++) {
        enum meeting_stage stage = s->meetings[i].status;
        if (stage == MEETING_CANCELLED && !room)
            continue;
        room -= stage == MEETING_CANCELLED;
        out[n++] = stage == MEETING_HELD ? 'h' : stage == MEETING_CANCELLED ? 'c' : 'p';
    }
    while (n < places)
        out[n++] = '-';
    out[n] = '\0';
    return out;
}

static void leave_out_confidences(const struct ctx *c, struct standing *s)
{
    size_t n = 0;
    for (size_t i = 0; i < s->n_attention; i++) {
        enum attention_kind k = s->attention[i].kind;
        if (c->actor->role == ROLE_PROJECT_LEADER || (k != ATTENTION_MATCH_UNANSWERED && k != ATTENTION_MATCH_NOT_ASKED))
            s->attention[n++] = s->attention[i];
    }
    s->n_attention = n;
}

/* Everything that follows from row, meetings, settings and leaves. */
static void conclude(struct ctx *c, struct standing *s, const struct standing_tasks *t, const struct leave_row *leaves, size_t n_leaves)
{
    struct progress_facts *f = &s->facts;
    const struct standing_row *r = &s->row;
    *f = (struct progress_facts){.today = c->today, .pair = pair_stage(r), .completed_on = r->completed_on, .ended_on = r->ended_on};
    match_facts(f, r);
    /* A pair that was ended early is no measure for the next one. */
    if (f->pair == PAIR_ACTIVE || r->completed_on || r->ended_on) {
        f->signed_on = tm_on_of(r->started_at);
        f->first_meeting_on = r->first_meeting_on;
        f->midway_on = r->midway_on;
        f->final_on = r->final_on;
        meeting_facts(s, c);
    }
    f->tasks_overdue = (int)t->overdue;
    f->task_due_on = t->overdue_on;
    f->my_tasks_overdue = (int)t->my_overdue;
    f->my_tasks_open = (int)t->my_open;
    f->my_task_due_on = t->my_due_on;
    s->tasks_open = t->open;
    f->leaves = leave_periods(c->a, leaves, n_leaves);
    f->leaves_n = n_leaves;
    s->clock = progress_clock(f, &s->settings);
    s->strip = strip_of(c->a, s);
    s->n_attention = progress_attention(f, &s->settings, s->attention);
    leave_out_confidences(c, s);
}

enum err standing_open(struct ctx *c, int64_t trainee_id, struct standing *out)
{
    struct standing s = {0};
    struct standing_meeting *meetings = NULL;
    struct standing_tasks tasks;
    struct leave_row *leaves;
    size_t n_leaves;
    enum err e = standing_row(c->db, c->a, trainee_id, &s.row);
    if (e == ERR_NOT_FOUND) {
        TRY(may(c, ACT_PROGRESS_SEE, 0)); /* the same answer as for one that is not for the actor */
        return ERR_NOT_FOUND;
    }
    TRY(e);
    TRY(may(c, ACT_PROGRESS_SEE, standing_rel(c, &s.row)));
    TRY(standing_settings(c, s.row.organisation_id, &s.settings));
    if (s.row.mentorship_id)
        TRY(standing_meetings_of(c->db, c->a, s.row.mentorship_id, &meetings, &s.n_meetings));
    s.meetings = meetings;
    TRY(standing_tasks_of(c->db, c->a, trainee_id, c->today, &tasks));
    TRY(leave_of_trainee(c->db, c->a, trainee_id, &leaves, &n_leaves));
    conclude(c, &s, &tasks, leaves, n_leaves);
    saw(c, s.row.organisation_id, s.row.participant_id, "progress");
    *out = s;
    return OK;
}

/* Rows sorted by trainee_id: where a trainee's begin, and how many there are. */
#define GROUP(rows, n, id, first, count)                                                           \
    do {                                                                                           \
        size_t low_ = 0, high_ = (n);                                                              \
        while (low_ < high_) {                                                                     \
            size_t mid_ = low_ + (high_ - low_) / 2;                                               \
            if ((rows)[mid_].trainee_id < (id))                                                    \
                low_ = mid_ + 1;                                                                   \
            else                                                                                   \
                high_ = mid_;                                                                      \
        }                                                                                          \
        (first) = low_;                                                                            \
        (count) = 0;                                                                               \
        while ((first) + (count) < (n) && (rows)[(first) + (count)].trainee_id == (id))            \
            (count)++;                                                                             \
    } while (0)

/* Of a trainee's meetings those of this pair; by pair they stand together. */
static void of_pair(struct standing *s, const struct standing_meeting *m, size_t n)
{
    while (n && m->mentorship_id != s->row.mentorship_id)
        m++, n--;
    while (n && m[n - 1].mentorship_id != s->row.mentorship_id)
        n--;
    s->meetings = m;
    s->n_meetings = n;
}

enum err standing_list(struct ctx *c, struct standing_filter f, struct standing **out, size_t *n)
{
    struct standing_row *rows;
    struct standing_meeting *meetings;
    struct standing_tasks *tasks;
    struct leave_row *leaves;
    struct progress_settings settings;
    size_t n_rows, n_meetings, n_tasks, n_leaves;
    f.organisation_id = c->actor->organisation_id;
    f.adviser_id = c->actor->role == ROLE_ADVISER ? c->actor->account_id : 0;
    f.nav_contact_id = c->actor->role == ROLE_NAV_CONTACT ? c->actor->account_id : 0;
    f.today = c->today;
    f.viewer = c->actor->account_id;
    TRY(may(c, ACT_TRAINEE_LIST, rel_org(c, f.organisation_id)));
    if (f.after_id) {
        struct standing_row last;
        TRY(standing_row(c->db, c->a, f.after_id, &last));
        if (!rel_org(c, last.organisation_id) || !rel_known(c, last.participant_id, last.address_protection))
            return ERR_NOT_FOUND;
        f.after_name = last.sort_name;
    }
    TRY(standing_settings(c, f.organisation_id, &settings));
    TRY(standing_rows(c->db, c->a, &f, &rows, &n_rows));
    TRY(standing_meetings(c->db, c->a, &f, &meetings, &n_meetings));
    TRY(standing_tasks(c->db, c->a, &f, &tasks, &n_tasks));
    TRY(standing_leaves(c->db, c->a, &f, &leaves, &n_leaves));
    struct standing *list = ARENA_ARRAY(c->a, struct standing, n_rows);
    for (size_t i = 0; i < n_rows; i++) {
        struct standing *s = &list[i];
        size_t at, count, task_at, task_count, leave_at, leave_count;
        if (rows[i].organisation_id != (i ? rows[i - 1].organisation_id : f.organisation_id))
            TRY(standing_settings(c, rows[i].organisation_id, &settings));
        *s = (struct standing){.row = rows[i], .settings = settings};
        GROUP(meetings, n_meetings, rows[i].id, at, count);
        GROUP(tasks, n_tasks, rows[i].id, task_at, task_count);
        GROUP(leaves, n_leaves, rows[i].id, leave_at, leave_count);
        of_pair(s, meetings + at, count);
        conclude(c, s, task_count ? &tasks[task_at] : &(struct standing_tasks){0}, leaves + leave_at, leave_count);
    }
    *out = list;
    *n = n_rows;
    return OK;
}
