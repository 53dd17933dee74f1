/* demo_pair.c: mentors, and a trainee's way from the match to the last meeting. */
#include "base/tm.h"
#include "cli/demo_room.h"
#include "domain/workbook.h"
#include "service/confidentiality.h"
#include "service/agreement.h"
#include "service/evaluation.h"
#include "service/matching.h"
#include "service/meeting.h"
#include "service/mentor.h"
#include "service/mentoring.h"
#include "service/task.h"

static struct str words(const char *s)
{
    return str_c(s ? s : "");
}

static struct str full_name(struct demo *d, const char *first, const char *last)
{
    return arena_fmt(d->a, "%s %s", first, last);
}

static struct mentor_row mentor_of(struct demo *d, const struct demo_mentor *m, int i)
{
    return (struct mentor_row){
        .first_name = str_c(m->first), .last_name = str_c(m->last), .email = demo_email(d, m->first, m->last),
        .phone = arena_fmt(d->a, "410 %02d %03d", 11 + i * 3 % 88, 200 + i * 29 % 790), .lang = STR("nb"), .sex = str_c(sex_names[m->sex].code),
        .birth_year = m->born, .field = words(m->field), .specialisation = words(m->specialisation), .occupation = words(m->occupation),
        .job_title = words(m->job_title), .employer = words(m->employer), .sector = words(m->sector), .experience_years = m->years,
        .seniority = m->seniority, .network = m->network, .languages = words(m->languages), .municipality = STR("5001"),
        .motivation = words(m->motivation), .capacity = m->capacity, .wish_sex = words(m->wish_sex), .wish_text = words(m->wish_text)};
}

static enum err add_mentor(struct demo *d, const struct demo_mentor *m, int i)
{
    int on = d->today - 790 + i * 9;
    struct ctx c = demo_as(d, &d->leader, on, 12, 10);
    struct mentor_row row = mentor_of(d, m, i);
    struct actor *who = &d->mentor[i];
    int64_t id;
    bool taken;
    DO(mentor_add(&c, &row, &id, &taken));
    *who = (struct actor){.organisation_id = d->org, .role = ROLE_MENTOR, .mentor_id = id, .name = full_name(d, m->first, m->last)};
    if (m->login) {
        DO(demo_account(d, ROLE_MENTOR, m->first, m->last, "nb", on + 5, who));
        who->mentor_id = id;
        DO(mentor_set_account(d->db, id, who->account_id));
        c = demo_as(d, who, on + 5, 20, 15);
        DO(confidentiality_sign(&c, CONFIDENTIALITY_VERSION));
    }
    if (m->paused) {
        c = demo_as(d, &d->leader, d->today - 20, 9, 0);
        DO(mentor_see(&c, id, &row));
        DO(mentor_pause(&c, id, row.version, d->today + m->paused, STR("Bortreist noen måneder. Vil gjerne ha trainee etterpå.")));
    }
    return OK;
}

enum err demo_mentors_add(struct demo *d)
{
    if (demo_mentors_n > DEMO_MENTORS_MAX)
        return ERR_INTERNAL;
    for (size_t i = 0; i < demo_mentors_n; i++)
        DO(add_mentor(d, &demo_mentors[i], (int)i));
    d->n_mentors = demo_mentors_n;
    return OK;
}

/* ---- match and agreement: days before the first meeting (or, for those on the way, counted back from the newest step) */
static const int match_day[MATCH_STATUS_N] = {[MATCH_PROPOSED] = 0, [MATCH_MEETING_PLANNED] = 2, [MATCH_MEETING_HELD] = 11,
                                              [MATCH_ASKED] = 15, [MATCH_ACCEPTED] = 18, [MATCH_RUNNING] = 24};

static enum err prepare(struct demo *d, const struct demo_trainee *t, const struct actor *who, int on)
{
    struct ctx c = demo_as(d, who, on, 18, 25);
    struct trainee_row row;
    DO(matching_own_preparation(&c, &row));
    row.wish_sex = words(t->wish_sex);
    row.wish_text = words(t->wish_text);
    row.goals = words(t->goals);
    row.expectations = words(t->expectations);
    row.motivation = words(t->motivation);
    DO(matching_prepare(&c, &row));
    return OK;
}

static enum err version_of(struct demo *d, int64_t match_id, int64_t *version)
{
    struct match_row m;
    DO(match_get(d->db, d->a, match_id, &m));
    *version = m.version;
    return OK;
}

static enum err sign(struct demo *d, const struct actor *who, int64_t agreement_id, int on, int hour)
{
    struct ctx c = demo_as(d, who, on, hour, 12);
    struct agreement_view v;
    struct say why = {0};
    DO(agreement_see(&c, agreement_id, &v));
    DO(agreement_sign(&c, agreement_id, v.agreement.text_hash, who->name, &why));
    return OK;
}

static enum err meet_first(struct demo *d, const struct demo_trainee *t, int64_t id, int base)
{
    struct ctx c = demo_as(d, &d->leader, base + match_day[MATCH_MEETING_PLANNED], 10, 5);
    int64_t version;
    int on = t->match == MATCH_MEETING_PLANNED ? d->today + 4 : base + match_day[MATCH_MEETING_HELD];
    DO(version_of(d, id, &version));
    DO(matching_plan_meeting(&c, id, version, tm_at(demo_workday(on), 13, 0), STR("Torggata 4, møterom Utsikten")));
    if (t->match == MATCH_MEETING_PLANNED)
        return OK;
    c = demo_as(d, &d->leader, on, 15, 0);
    DO(version_of(d, id, &version));
    DO(matching_hold_meeting(&c, id, version, c.today));
    return OK;
}

static enum err ask(struct demo *d, const struct demo_trainee *t, const struct actor *who, int64_t id, int base)
{
    struct ctx c = demo_as(d, &d->leader, base + match_day[MATCH_ASKED], 9, 0);
    struct say why = {0};
    int64_t version;
    DO(version_of(d, id, &version));
    DO(matching_ask(&c, id, version, &why));
    if (t->match == MATCH_ASKED) { /* one side has answered */
        c = demo_as(d, who, base + match_day[MATCH_ASKED] + 1, 20, 0);
        DO(matching_answer(&c, id, MATCH_YES, words(t->comment[0])));
        return OK;
    }
    c = demo_as(d, who, base + match_day[MATCH_ACCEPTED] - 1, 20, 0);
    DO(matching_answer(&c, id, MATCH_YES, words(t->comment[0])));
    c = demo_as(d, &d->mentor[t->mentor], base + match_day[MATCH_ACCEPTED], 8, 40);
    DO(matching_answer(&c, id, MATCH_YES, words(t->comment[1])));
    return OK;
}

static enum err match(struct demo *d, const struct demo_trainee *t, const struct actor *who, int64_t trainee_id, int base)
{
    struct ctx c = demo_as(d, &d->leader, base, 14, 30);
    int64_t id;
    DO(matching_choose(&c, trainee_id, d->mentor[t->mentor].mentor_id, &id));
    if (t->match == MATCH_PROPOSED)
        return OK;
    DO(meet_first(d, t, id, base));
    if (t->match == MATCH_MEETING_PLANNED || t->match == MATCH_MEETING_HELD)
        return OK;
    DO(ask(d, t, who, id, base));
    if (t->match != MATCH_RUNNING)
        return OK;
    struct match_row m;
    DO(match_get(d->db, d->a, id, &m));
    DO(sign(d, who, m.agreement_id, base + match_day[MATCH_RUNNING] - 3, 17));
    DO(sign(d, &d->mentor[t->mentor], m.agreement_id, base + match_day[MATCH_RUNNING], 12));
    return OK;
}

/* ---- the meetings */

/* "{fag}" becomes the trainee's field. */
static struct str put_field(struct demo *d, const struct demo_trainee *t, const char *text)
{
    struct str in = str_c(text), mark = STR("{fag}");
    for (size_t i = 0; i + mark.n <= in.n; i++)
        if (memcmp(in.p + i, mark.p, mark.n) == 0)
            return arena_fmt(d->a, "%.*s%s%s", (int)i, in.p, t->p.field_text ? t->p.field_text : "faget", in.p + i + mark.n);
    return in;
}

static size_t variant(const struct demo_trainee *t, int nth)
{
    return (t->mentor + (size_t)nth) % 3;
}

struct course { /* a pair on its way */
    const struct demo_trainee *t;
    const struct actor *who, *mentor;
    int64_t mentorship_id, trainee_id, participant_id;
    int first_on;
};

static enum err add_tasks(struct demo *d, const struct course *k, const struct demo_minutes *m, int nth, int64_t meeting_id, int on)
{
    struct ctx c = demo_as(d, k->who, on, 20, 30);
    struct task_row task = {.trainee_id = k->trainee_id, .meeting_id = meeting_id, .owner = TASK_TRAINEE, .text = put_field(d, k->t, m->task),
                            .due_on = demo_workday(on + 20)}, was;
    bool last = nth + 1 == k->t->held && !k->t->completed;
    int64_t id;
    if (last && k->t->open_task) {
        task.text = str_c(k->t->open_task);
        task.due_on = d->today + k->t->open_due;
    }
    DO(task_add(&c, &task, &id));
    if (!last) {
        c = demo_as(d, k->who, on + 12 + nth % 6, 19, 0);
        DO(task_tick(&c, id, true, &was));
    }
    if (nth % 3 != 1)
        return OK;
    const struct workbook_theme *theme = workbook_theme(nth + 1);
    task = (struct task_row){.trainee_id = k->trainee_id, .meeting_id = meeting_id, .owner = TASK_MENTOR, .text = str_c(theme->mentor[0]),
                             .due_on = demo_workday(on + 25)};
    c = demo_as(d, k->mentor, on, 21, 0);
    DO(task_add(&c, &task, &id));
    c = demo_as(d, k->mentor, on + 14, 12, 0);
    DO(task_tick(&c, id, !last, &was));
    return OK;
}

static enum err one_meeting(struct demo *d, const struct course *k, int nth)
{
    int on = demo_workday(k->first_on + nth * k->t->gap);
    const struct demo_minutes *m = &demo_minutes_of[nth % 12][variant(k->t, nth)];
    struct say why = {0};
    int64_t id;
    struct ctx c = demo_as(d, nth % 4 == 3 ? k->mentor : k->who, on - 12, 12, 20);
    const struct demo_mentor *mentor = &demo_mentors[k->t->mentor];
    struct meeting_plan plan = {.theme = nth + 1, .at = tm_at(on, 15 + nth % 2, 30), .minutes = workbook_theme(nth + 1)->minutes,
                                .place = nth % 5 == 4 ? STR("Videomøte") : arena_fmt(d->a, "Hos %s", mentor->employer), .digital = nth % 5 == 4};
    DO(meeting_add(&c, k->mentorship_id, &plan, &id, &why));
    bool last = nth + 1 == k->t->held;
    c = demo_as(d, k->who, on, 19, 45);
    if (last && k->t->no_minutes) {
        DO(meeting_do(&c, id, 1, MEETING_HOLD, &why));
        return OK;
    }
    struct minutes_row r = {.meeting_id = id, .talked = put_field(d, k->t, m->talked),
                            .learned = k->t->own[nth] ? str_c(k->t->own[nth]) : put_field(d, k->t, m->learned), .next = put_field(d, k->t, m->next)};
    DO(minutes_write(&c, &r, &why));
    return add_tasks(d, k, m, nth, id, on);
}

static enum err assess(struct demo *d, const struct course *k, enum self_moment moment, int about, int on)
{
    struct ctx c = demo_as(d, k->who, on, 18, 0);
    struct standing s;
    int value[SELF_STATEMENTS_MAX] = {0};
    DO(standing_open(&c, k->trainee_id, &s));
    for (size_t i = 0; i < skill_statements_n && i < SELF_STATEMENTS_MAX; i++) {
        int v = about + (int)(i * 7 + k->t->mentor) % 3 - 1;
        value[i] = v < 1 ? 1 : v > SKILL_MAX ? SKILL_MAX : v;
    }
    DO(self_save(&c, &s, moment, value));
    return OK;
}

static enum err evaluate(struct demo *d, const struct course *k, enum evaluation_kind kind, int on)
{
    struct ctx c = demo_as(d, &d->leader, on, 13, 0);
    struct say why = {0};
    bool final = kind == EVALUATION_FINAL;
    const char *const *text = final ? k->t->final_text : k->t->midway_text;
    struct evaluation_row e = {.kind = kind, .held_on = c.today, .go_on = final ? 0 : EVALUATION_GO_ON};
    if (final) {
        e.goals = words(text[0]);
        e.benefit = words(text[1]);
        e.ending = words(k->t->contact_after);
    } else {
        e.goals = words(text[0]);
        e.new_goals = words(text[1]);
    }
    DO(evaluation_add(&c, k->trainee_id, &e, &why));
    return OK;
}

static enum err go_on_leave(struct demo *d, const struct course *k)
{
    struct ctx c = demo_as(d, &d->leader, k->first_on + k->t->leave_from - 14, 9, 10);
    struct say why = {0};
    struct leave_row l = {.kind = LEAVE_PARENTAL, .from_on = k->first_on + k->t->leave_from, .until_on = d->today + k->t->leave_until};
    DO(leave_add(&c, k->trainee_id, &l, &why));
    /* the day comes */
    struct trainee_row row;
    DO(trainee_get(d->db, d->a, k->trainee_id, &row));
    row.status = TRAINEE_ON_LEAVE;
    DO(trainee_set_status(d->db, &row));
    return OK;
}

static enum err plan_next(struct demo *d, const struct course *k)
{
    int on = d->today + k->t->next;
    struct ctx c = demo_as(d, k->who, d->today - 6, 18, 15);
    struct say why = {0};
    int64_t id;
    struct meeting_plan plan = {.theme = k->t->next_theme, .at = tm_at(demo_workday(on), 15, 30), .minutes = 60,
                                .place = arena_fmt(d->a, "Hos %s", demo_mentors[k->t->mentor].employer)};
    if (plan.at <= d->now && k->t->next > 0)
        plan.at = tm_at(d->today + k->t->next, 15, 30);
    DO(meeting_add(&c, k->mentorship_id, &plan, &id, &why));
    return OK;
}

static enum err complete(struct demo *d, const struct course *k)
{
    int on = demo_workday(k->first_on + (k->t->held - 1) * k->t->gap + 7);
    DO(evaluate(d, k, EVALUATION_FINAL, on));
    if (k->t->skill[2])
        DO(assess(d, k, SELF_END, k->t->skill[2], on));
    struct ctx c = demo_as(d, &d->leader, on, 14, 30);
    struct trainee_row row;
    struct say why = {0};
    DO(trainee_get(d->db, d->a, k->trainee_id, &row));
    DO(mentoring_complete(&c, k->trainee_id, row.version, c.today, words(k->t->contact_after), &why));
    return OK;
}

static enum err meetings(struct demo *d, const struct course *k)
{
    const struct demo_trainee *t = k->t;
    if (t->skill[0])
        DO(assess(d, k, SELF_START, t->skill[0], k->first_on - 3));
    for (int i = 0; i < t->held; i++) {
        DO(one_meeting(d, k, i));
        if (i == 5 && t->midway) {
            DO(evaluate(d, k, EVALUATION_MIDWAY, k->first_on + i * t->gap + 6));
            if (t->skill[1])
                DO(assess(d, k, SELF_MIDWAY, t->skill[1], k->first_on + i * t->gap + 6));
        }
    }
    if (t->leave_from)
        DO(go_on_leave(d, k));
    if (t->completed)
        DO(complete(d, k));
    if (t->next)
        DO(plan_next(d, k));
    return OK;
}

static enum err remind_leader(struct demo *d, const struct demo_trainee *t, int64_t trainee_id)
{
    struct ctx c = demo_as(d, &d->leader, d->today - 5, 15, 30);
    struct task_row task = {.trainee_id = trainee_id, .owner = TASK_LEADER, .text = str_c(t->leader_task), .due_on = d->today + t->leader_due};
    int64_t id;
    DO(task_add(&c, &task, &id));
    return OK;
}

enum err demo_pair(struct demo *d, const struct demo_trainee *t, const struct actor *who)
{
    struct trainee_row row;
    DO(trainee_of_participant(d->db, d->a, who->participant_id, &row));
    int first_on = demo_workday(d->cohort_on[t->cohort] + t->first);
    int base = t->cohort == COHORT_NEXT ? d->today - t->match_ago - match_day[t->match % MATCH_STATUS_N] : first_on - match_day[MATCH_RUNNING] - 4;
    if (t->goals)
        DO(prepare(d, t, who, base - 2));
    if (t->leader_task)
        DO(remind_leader(d, t, row.id));
    if (t->match == MATCH_STATUS_N)
        return OK;
    DO(match(d, t, who, row.id, base));
    if (t->match != MATCH_RUNNING || !t->held)
        return OK;
    struct mentorship_row pair;
    DO(mentorship_of_trainee(d->db, d->a, row.id, &pair));
    struct course k = {t, who, &d->mentor[t->mentor], pair.id, row.id, who->participant_id, first_on};
    DO(meetings(d, &k));
    return demo_outcome(d, t, row.id, first_on);
}

enum err demo_trainee(struct demo *d, const struct demo_trainee *t)
{
    struct actor who;
    DO(demo_intake(d, &t->p, &t->s, t->cohort, &who));
    return demo_pair(d, t, &who);
}
