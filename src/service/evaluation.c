#include "service/evaluation.h"
#include "domain/workbook.h"
#include "service/letter.h"
#include "service/mentoring.h"

static enum err refuse(struct say *why, const char *msgid)
{
    *why = say(msgid);
    return ERR_STATE;
}

static enum err load(struct ctx *c, int64_t trainee_id, enum act act, struct standing_row *row)
{
    enum err e = standing_row(c->db, c->a, trainee_id, row);
    if (e == ERR_NOT_FOUND)
        TRY(may(c, act, 0)); /* the same answer as for one that is not for the actor */
    TRY(e);
    return may(c, act, standing_rel(c, row));
}

/* ---- evaluation */

enum err evaluation_list(struct ctx *c, const struct standing *s, struct evaluation_row **rows, size_t *n)
{
    TRY(may(c, ACT_EVALUATION_SEE, standing_rel(c, &s->row)));
    *rows = NULL;
    *n = 0;
    return s->row.mentorship_id ? evaluation_of_mentorship(c->db, c->a, s->row.mentorship_id, rows, n) : OK;
}

enum err evaluation_add(struct ctx *c, int64_t trainee_id, const struct evaluation_row *e, struct say *why)
{
    struct standing_row row;
    struct evaluation_row x = *e;
    int64_t id;
    TRY(load(c, trainee_id, ACT_EVALUATION_WRITE, &row));
    if (!row.mentorship_id || row.mentorship_status != MENTORSHIP_ACTIVE)
        return refuse(why, N_("Traineen har ingen mentor nå."));
    if (e->held_on > c->today)
        return refuse(why, N_("Datoen kan ikke være i framtiden."));
    if (e->kind == EVALUATION_FINAL ? row.final_on : row.midway_on)
        return refuse(why, N_("Denne evalueringen er alt skrevet."));
    x.mentorship_id = row.mentorship_id;
    x.by_account = c->actor->account_id;
    x.at = c->now;
    TRY(evaluation_insert(c->db, &x, &id));
    return event_add(c, (struct event){.organisation_id = row.organisation_id, .participant_id = row.participant_id, .subject_id = id,
                                       .kind = e->kind == EVALUATION_FINAL ? "evaluation.final" : "evaluation.midway", .outcome = ""});
}

/* ---- leave */

/* Active or on leave, as the leaves say today. */
static enum err set_status(struct ctx *c, int64_t trainee_id)
{
    struct trainee_row t;
    struct leave_row *rows;
    size_t n;
    TRY(trainee_get(c->db, c->a, trainee_id, &t));
    TRY(leave_of_trainee(c->db, c->a, trainee_id, &rows, &n));
    t.status = leave_is_on(leave_periods(c->a, rows, n), n, c->today) ? TRAINEE_ON_LEAVE : TRAINEE_ACTIVE;
    return trainee_set_status(c->db, &t);
}

static int last_day(const struct leave_row *l)
{
    return l->returned_on ? l->returned_on - 1 : l->until_on ? l->until_on : INT32_MAX;
}

enum err leave_add(struct ctx *c, int64_t trainee_id, const struct leave_row *l, struct say *why)
{
    struct standing_row row;
    struct leave_row *rows, x = *l;
    size_t n;
    int64_t id;
    TRY(load(c, trainee_id, ACT_LEAVE_SET, &row));
    if (row.status == TRAINEE_COMPLETED || row.status == TRAINEE_ENDED)
        return refuse(why, N_("Traineen er alt ferdig."));
    if (x.until_on && x.until_on < x.from_on)
        return refuse(why, N_("Siste dag kan ikke være før første dag."));
    TRY(leave_of_trainee(c->db, c->a, trainee_id, &rows, &n));
    for (size_t i = 0; i < n; i++)
        if (rows[i].from_on <= last_day(&x) && x.from_on <= last_day(&rows[i]))
            return refuse(why, N_("Det er alt registrert permisjon i disse dagene."));
    x.trainee_id = trainee_id;
    x.returned_on = 0;
    x.by_account = c->actor->account_id;
    x.at = c->now;
    TRY(leave_insert(c->db, &x, &id));
    TRY(set_status(c, trainee_id));
    /* of which kind it is tells of health or children, and the log outlives the person's data here */
    return event_add(c, (struct event){.organisation_id = row.organisation_id, .participant_id = row.participant_id, .subject_id = id, .kind = "leave.set", .outcome = ""});
}

/* Not a word of leave: why somebody was away is theirs to tell. */
static enum err tell_mentor(struct ctx *c, const struct standing_row *row)
{
    struct mentorship_row pair;
    if (!row->mentorship_id || row->mentorship_status != MENTORSHIP_ACTIVE)
        return OK;
    TRY(mentorship_get(c->db, c->a, row->mentorship_id, &pair));
    struct letter l = letter_to(c, pair.mentor_lang, mentoring_mentor_name(c->a, &pair));
    letter_say(&l, N_("Dere kan fortsette. Logg inn og avtal neste møte."));
    letter_link(&l, N_("Møtene står her:"), "/meetings");
    return letter_send(&l, (struct mail){.organisation_id = pair.organisation_id, .kind = "mentoring", .email = pair.mentor_email,
                                         .subject = letter_subject(&l, N_("Nytt i mentorprogrammet"), STR(""))});
}

enum err leave_change(struct ctx *c, int64_t trainee_id, int64_t leave_id, int until_on, int returned_on, struct say *why)
{
    struct standing_row row;
    struct leave_row *rows, *l = NULL;
    size_t n;
    TRY(load(c, trainee_id, ACT_LEAVE_SET, &row));
    TRY(leave_of_trainee(c->db, c->a, trainee_id, &rows, &n));
    for (size_t i = 0; i < n; i++)
        if (rows[i].id == leave_id)
            l = &rows[i];
    if (!l)
        return ERR_NOT_FOUND;
    if (l->returned_on)
        return refuse(why, N_("Traineen er alt tilbake fra denne permisjonen."));
    if (returned_on ? returned_on < l->from_on : until_on < l->from_on)
        return refuse(why, N_("Datoen kan ikke være før permisjonen begynte."));
    if (returned_on > c->today)
        return refuse(why, N_("Datoen kan ikke være i framtiden."));
    TRY(leave_set(c->db, leave_id, returned_on ? l->until_on : until_on, returned_on));
    if (row.status == TRAINEE_ACTIVE || row.status == TRAINEE_ON_LEAVE)
        TRY(set_status(c, trainee_id));
    if (returned_on)
        TRY(tell_mentor(c, &row));
    return event_add(c, (struct event){.organisation_id = row.organisation_id, .participant_id = row.participant_id, .subject_id = leave_id,
                                       .kind = returned_on ? "leave.returned" : "leave.prolonged"});
}

/* ---- self-assessment */

bool self_is_open(const struct standing *s, enum self_moment m)
{
    const struct progress_facts *f = &s->facts;
    bool over = f->completed_on || f->ended_on;
    switch (m) {
    case SELF_START:
        return !over;
    case SELF_MIDWAY:
        return !over && (f->midway_on || f->meetings_held + 1 >= s->settings.midway_meetings || s->clock.percent >= 45);
    case SELF_END:
        return f->completed_on || (!f->ended_on && (f->final_on || f->meetings_held + 2 >= s->settings.meetings || s->clock.percent >= 85));
    case SELF_NEVER:
    case SELF_MOMENT_N:
        break;
    }
    return false;
}

enum err self_answers(struct ctx *c, const struct standing *s, struct self_answers *out)
{
    struct self_row *rows;
    size_t n;
    TRY(may(c, ACT_EVALUATION_SEE, standing_rel(c, &s->row)));
    TRY(self_of_trainee(c->db, c->a, s->row.id, &rows, &n));
    *out = (struct self_answers){0};
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < skill_statements_n && k < SELF_STATEMENTS_MAX; k++)
            if (skill_statements[k].number == rows[i].statement && rows[i].moment > SELF_NEVER && rows[i].moment < SELF_MOMENT_N) {
                out->value[rows[i].moment][k] = rows[i].value;
                out->at[rows[i].moment] = rows[i].at > out->at[rows[i].moment] ? rows[i].at : out->at[rows[i].moment];
            }
    return OK;
}

enum err self_save(struct ctx *c, const struct standing *s, enum self_moment m, const int *value)
{
    TRY(may(c, ACT_SELF_ASSESS, standing_rel(c, &s->row)));
    if (!self_is_open(s, m))
        return ERR_STATE;
    for (size_t k = 0; k < skill_statements_n && k < SELF_STATEMENTS_MAX; k++)
        if (value[k])
            TRY(self_put(c->db, &(struct self_row){.trainee_id = s->row.id, .at = c->now, .moment = m,
                                                   .statement = skill_statements[k].number, .value = value[k]}));
    static const char *const codes[SELF_MOMENT_N] = {[SELF_START] = "start", [SELF_MIDWAY] = "midway", [SELF_END] = "end"};
    return event_add(c, (struct event){.organisation_id = s->row.organisation_id, .participant_id = s->row.participant_id,
                                       .subject_id = s->row.id, .kind = "self.assessed", .outcome = codes[m]});
}
