#include "service/interview.h"
#include "domain/protection.h"
#include "calendar/ical.h"
#include "model/account.h"
#include "service/letter.h"

static enum err load(struct ctx *c, struct interview *x)
{
    enum err e = interview_of(c->db, c->a, x->person.id, &x->row);
    if (e == ERR_NOT_FOUND)
        return OK;
    TRY(e);
    if (x->row.status == INTERVIEW_PLANNED && x->person.stage != INTAKE_INTERVIEW_PLANNED) {
        x->row = (struct interview_row){0}; /* as after a cancelled one: the applicant went another way meanwhile, and may be back */
        return OK;
    }
    return interview_questions(c->db, c->a, x->row.id, &x->question, &x->n_question);
}

/* What the leader does begins so. */
static enum err lead(struct ctx *c, int64_t participant_id, struct interview *x)
{
    *x = (struct interview){0};
    TRY(participant_open(c, participant_id, ACT_INTERVIEW_LEAD, &x->person));
    return load(c, x);
}

enum err interview_open(struct ctx *c, int64_t participant_id, struct interview *out)
{
    struct application app;
    TRY(lead(c, participant_id, out));
    TRY(application_read(c, participant_id, &app));
    memcpy(out->answer, app.answer, sizeof out->answer);
    saw(c, out->person.organisation_id, out->person.id, "interview");
    return OK;
}

enum err interview_own(struct ctx *c, struct interview *out)
{
    struct interview x = {0};
    TRY(may(c, ACT_INTERVIEW_SEE, c->actor->role == ROLE_TRAINEE ? REL_SELF : 0));
    if (!c->actor->participant_id)
        return ERR_NOT_FOUND;
    TRY(participant_open(c, c->actor->participant_id, ACT_INTERVIEW_SEE, &x.person));
    TRY(load(c, &x));
    const struct interview_row *r = &x.row;
    *out = (struct interview){.person = x.person,
                              .row = {.id = r->id, .participant_id = r->participant_id, .at = r->at, .minutes = r->minutes, .place = r->place,
                                      .status = r->status, .interviewer = r->interviewer, .feedback_at = r->feedback_at,
                                      .feedback = r->feedback_at ? r->feedback : STR("")}};
    return OK;
}

static struct str host_of(const struct ctx *c)
{
    struct str rest = c->base_url, scheme = str_cut(&rest, '/');
    (void)scheme;
    (void)str_cut(&rest, '/');
    struct str host = str_cut(&rest, '/'), name = str_cut(&host, ':');
    return name.n ? name : STR("springbrett.invalid");
}

/* invite: with the applicant in it; else for the leader's own calendar. */
static enum err calendar_of(struct ctx *c, const struct interview *x, enum lang lang, bool invite, struct str *out)
{
    struct account_row who = {0};
    enum err e = account_get(c->db, c->a, x->row.interviewer_id, &who);
    if (e && e != ERR_NOT_FOUND)
        return e;
    bool cancelled = x->row.status == INTERVIEW_CANCELLED;
    struct str host = host_of(c);
    struct ical_person to = {participant_name(c->a, &x->person), x->person.email};
    struct ical_event ev = {.uid = arena_fmt(c->a, "interview-%lld@%.*s", (long long)x->row.id, STR_FMT(host)), .sequence = x->row.sequence,
                            .stamp_at = c->now, .start_at = x->row.at, .end_at = x->row.at + (int64_t)x->row.minutes * 60000,
                            .cancelled = cancelled, .summary = str_c(text_get(lang, N_("Intervju, mentorprogrammet"))),
                            .place = protection_leaves(x->person.address_protection) ? x->row.place : STR(""),
                            .url = invite ? arena_fmt(c->a, "%.*s/interview", STR_FMT(c->base_url))
                                          : arena_fmt(c->a, "%.*s/participants/%lld/interview", STR_FMT(c->base_url),
                                                      (long long)x->person.id),
                            .organizer = {who.name, who.email.n ? who.email : arena_fmt(c->a, "noreply@%.*s", STR_FMT(host))},
                            .attendees = &to, .attendee_n = invite ? 1 : 0};
    return ical_invitation(c->a, cancelled ? ICAL_CANCEL : ICAL_REQUEST, &ev, out);
}

enum notice { NOTICE_PLANNED, NOTICE_MOVED, NOTICE_CANCELLED };
static const struct {
    const char *subject, *text, *without_time; /* to somebody whose address is protected */
} news_words[] = {
    [NOTICE_PLANNED] = {N_("Invitasjon til intervju"), N_("Du er invitert til et intervju om mentorprogrammet {1}."),
                        N_("Du er invitert til et intervju om mentorprogrammet. Logg inn og se når og hvor.")},
    [NOTICE_MOVED] = {N_("Intervjuet er flyttet"), N_("Intervjuet om mentorprogrammet er flyttet. Ny tid: {1}."),
                      N_("Intervjuet om mentorprogrammet er flyttet. Logg inn og se den nye tiden.")},
    [NOTICE_CANCELLED] = {N_("Intervjuet er avlyst"), N_("Intervjuet om mentorprogrammet {1} er avlyst. Prosjektleder tar kontakt med deg."),
                          N_("Intervjuet om mentorprogrammet er avlyst. Prosjektleder tar kontakt med deg.")},
};

static enum err mail_news(struct ctx *c, const struct interview *x, enum notice news)
{
    if (!x->person.email.n)
        return OK;
    struct str calendar = STR("");
    struct letter l = letter_to(c, x->person.lang, participant_name(c->a, &x->person));
    if (protection_leaves(x->person.address_protection)) {
        enum err e = calendar_of(c, x, l.lang, true, &calendar);
        if (e && e != ERR_INVALID) /* an address that no calendar takes: the mail alone has to do */
            return e;
        letter_say1(&l, news_words[news].text, text_when(c->a, l.lang, x->row.at, 0));
    } else {
        letter_say(&l, news_words[news].without_time);
    }
    if (news != NOTICE_CANCELLED) {
        letter_say(&l, N_("Passer det ikke? Si fra så snart du kan, så finner vi en annen tid."));
        letter_link(&l, N_("Se tid og sted, og les hvordan du kan forberede deg:"), "/interview");
    } else {
        letter_link(&l, N_("Her ser du hvor du er i søknaden:"), "/application");
    }
    return letter_send(&l, (struct mail){.organisation_id = x->person.organisation_id, .kind = "interview", .email = x->person.email,
                                         .subject = letter_subject(&l, news_words[news].subject, STR("")), .calendar = calendar,
                                         .calendar_method = !calendar.n ? NULL : news == NOTICE_CANCELLED ? "CANCEL" : "REQUEST"});
}

enum err interview_plan(struct ctx *c, int64_t participant_id, const struct interview_time *when, int64_t seen, struct say *why)
{
    struct interview x;
    TRY(lead(c, participant_id, &x));
    *why = say(N_("Det kan ikke avtales intervju nå. Se hvor søkeren er på veien."));
    bool move = x.row.id && x.row.status == INTERVIEW_PLANNED;
    if (!move && seen)
        return ERR_CONFLICT; /* it was cancelled or held meanwhile */
    if (move && x.row.version != seen)
        return ERR_CONFLICT;
    TRY(interview_may_plan(when->at, c->now, why));
    *why = say(N_("Det kan ikke avtales intervju nå. Se hvor søkeren er på veien."));
    TRY(participant_step(c, &x.person, ACT_INTERVIEW_LEAD, move ? INTAKE_MOVE_INTERVIEW : INTAKE_PLAN_INTERVIEW, STR("")));
    if (move) {
        x.row.at = when->at;
        x.row.minutes = when->minutes;
        x.row.place = when->place;
        x.row.interviewer_id = c->actor->account_id;
        x.row.sequence++;
        TRY(interview_set_plan(c->db, &x.row));
    } else {
        x.row = (struct interview_row){.participant_id = participant_id, .interviewer_id = c->actor->account_id, .at = when->at,
                                       .minutes = when->minutes, .place = when->place, .created_at = c->now};
        TRY(interview_cancel_planned(c->db, participant_id));
        TRY(interview_insert(c->db, &x.row, &x.row.id));
    }
    return mail_news(c, &x, move ? NOTICE_MOVED : NOTICE_PLANNED);
}

enum err interview_cancel(struct ctx *c, int64_t participant_id, int64_t seen, struct str reason)
{
    struct interview x;
    TRY(lead(c, participant_id, &x));
    if (!x.row.id || x.row.status != INTERVIEW_PLANNED)
        return ERR_STATE;
    if (x.row.version != seen)
        return ERR_CONFLICT;
    TRY(participant_step(c, &x.person, ACT_INTERVIEW_LEAD, INTAKE_CANCEL_INTERVIEW, reason));
    x.row.status = INTERVIEW_CANCELLED;
    x.row.sequence++;
    TRY(interview_set_plan(c->db, &x.row));
    return mail_news(c, &x, NOTICE_CANCELLED);
}

enum err interview_question_add(struct ctx *c, int64_t participant_id, int question, struct str text)
{
    struct interview x;
    int64_t id;
    TRY(lead(c, participant_id, &x));
    if (!x.row.id)
        return ERR_STATE;
    if (x.n_question >= INTERVIEW_QUESTIONS_MAX)
        return ERR_LIMIT;
    if (question && !application_question(question))
        return ERR_INVALID;
    struct interview_question_row q = {.interview_id = x.row.id, .question = question, .text = text,
                                       .place = question ? question : APPLICATION_NUMBERS};
    return interview_question_insert(c->db, &q, &id);
}

enum err interview_question_remove(struct ctx *c, int64_t participant_id, int64_t question_id)
{
    struct interview x;
    TRY(lead(c, participant_id, &x));
    if (!x.row.id)
        return ERR_NOT_FOUND;
    enum err e = interview_question_delete(c->db, question_id, x.row.id);
    return e == ERR_CONFLICT ? OK : e; /* gone already */
}

enum err interview_judge(struct ctx *c, int64_t participant_id, const struct interview_judgement *j, bool held, int64_t seen)
{
    struct interview x;
    TRY(lead(c, participant_id, &x));
    if (!x.row.id)
        return ERR_STATE;
    if (x.row.version != seen)
        return ERR_CONFLICT;
    if (held && !interview_judged(j->score))
        return ERR_INVALID;
    struct interview_row *r = &x.row;
    r->motivation = j->score[0];
    r->drive = j->score[1];
    r->communication = j->score[2];
    r->motivation_note = j->note[0];
    r->drive_note = j->note[1];
    r->communication_note = j->note[2];
    r->summary = j->summary;
    TRY(interview_set_judged(c->db, r));
    r->version++;
    for (size_t i = 0; i < j->n_question; i++) {
        enum err e = interview_question_note(c->db, j->question_id[i], r->id, j->question_note[i]);
        if (e && e != ERR_CONFLICT) /* a question that was removed meanwhile takes no note */
            return e;
    }
    if (held && r->status == INTERVIEW_PLANNED) {
        r->status = INTERVIEW_HELD;
        TRY(interview_set_plan(c->db, r));
        TRY(participant_step(c, &x.person, ACT_INTERVIEW_LEAD, INTAKE_HOLD_INTERVIEW, STR("")));
    }
    return event_add(c, (struct event){.organisation_id = x.person.organisation_id, .participant_id = participant_id, .subject_id = r->id,
                                       .kind = "interview.assessed"});
}

enum err interview_feedback(struct ctx *c, int64_t participant_id, struct str text, int64_t seen)
{
    struct interview x;
    TRY(lead(c, participant_id, &x));
    if (!x.row.id || x.row.status != INTERVIEW_HELD)
        return ERR_STATE;
    if (x.row.version != seen)
        return ERR_CONFLICT;
    x.row.feedback = text;
    x.row.feedback_at = c->now;
    TRY(interview_set_judged(c->db, &x.row));
    struct letter l = letter_to(c, x.person.lang, participant_name(c->a, &x.person));
    letter_say(&l, N_("Du har fått tilbakemelding etter intervjuet."));
    letter_link(&l, N_("Logg inn og les den:"), "/interview");
    TRY(letter_send(&l, (struct mail){.organisation_id = x.person.organisation_id, .kind = "interview", .email = x.person.email,
                                      .subject = letter_subject(&l, N_("Du har fått tilbakemelding"), STR(""))}));
    return event_add(c, (struct event){.organisation_id = x.person.organisation_id, .participant_id = participant_id,
                                       .subject_id = x.row.id, .kind = "interview.feedback_given"});
}

enum err interview_calendar(struct ctx *c, int64_t participant_id, struct str *out)
{
    struct interview x;
    TRY(lead(c, participant_id, &x));
    if (!x.row.id)
        return ERR_NOT_FOUND;
    saw(c, x.person.organisation_id, x.person.id, "interview");
    return calendar_of(c, &x, c->lang, false, out);
}
