#include "service/offer.h"
#include "service/relation.h"
#include "model/trainee.h"
#include "service/letter.h"

enum { EVENTS_READ = 100 };

bool offer_decides(enum intake_act act)
{
    return act == INTAKE_OFFER || act == INTAKE_WITHDRAW_OFFER || act == INTAKE_WAIT || act == INTAKE_GO_OTHER_WAY ||
           act == INTAKE_SAY_NOT_NOW || act == INTAKE_RESUME;
}

/* Before there is an application the answer is a matter of screening. */
static bool has_applied(enum intake_stage stage, const struct intake_past *past)
{
    switch (stage) {
    case INTAKE_APPLIED:
    case INTAKE_INTERVIEW_PLANNED:
    case INTAKE_INTERVIEWED:
    case INTAKE_OFFERED:
    case INTAKE_WAITING:
        return true;
    case INTAKE_DECLINED:
    case INTAKE_OTHER_WAY:
    case INTAKE_NOT_NOW:
        return past->applied || past->interviewed;
    case INTAKE_LISTED:
    case INTAKE_RECOMMENDED:
    case INTAKE_INVITED:
    case INTAKE_APPLYING:
    case INTAKE_REOPENED:
    case INTAKE_ADMITTED:
    case INTAKE_STAGE_N:
        break;
    }
    return false;
}

static enum err newest_offer(struct ctx *c, int64_t participant_id, struct offer_row *out)
{
    enum err e = offer_newest(c->db, c->a, participant_id, out);
    return e == ERR_NOT_FOUND ? OK : e;
}

enum err offer_look(struct ctx *c, int64_t participant_id, struct offer_sheet *out)
{
    struct offer_sheet s = {0};
    struct intake_past past;
    struct cohort_card *all;
    size_t n;
    TRY(participant_open(c, participant_id, ACT_OFFER_MAKE, &s.p));
    TRY(participant_past(c->db, c->a, participant_id, &past));
    if (has_applied((enum intake_stage)s.p.stage, &past)) {
        enum intake_act acts[INTAKE_ACT_N];
        size_t n_acts = intake_acts((enum intake_stage)s.p.stage, acts);
        for (size_t i = 0; i < n_acts; i++)
            if (offer_decides(acts[i]))
                s.acts[s.n_acts++] = acts[i];
    }
    TRY(cohort_running(c, &all, &n));
    s.cohorts = all;
    for (size_t i = 0; i < n; i++) /* not into one that is on its way out */
        if (all[i].phase <= COHORT_MENTORING)
            s.cohorts[s.n_cohorts++] = all[i];
    TRY(newest_offer(c, participant_id, &s.offer));
    enum err e = interview_of(c->db, c->a, participant_id, &s.interview);
    if (e && e != ERR_NOT_FOUND)
        return e;
    struct event_row *events;
    TRY(event_of_participant(c->db, c->a, participant_id, EVENTS_READ, &events, &n));
    s.events = ARENA_ARRAY(c->a, struct event_row, n);
    for (size_t i = 0; i < n; i++)
        if (str_is(events[i].kind, "intake.step"))
            s.events[s.n_events++] = events[i];
    saw(c, s.p.organisation_id, s.p.id, "profile");
    if (s.interview.id)
        saw(c, s.p.organisation_id, s.p.id, "interview");
    *out = s;
    return OK;
}

/* The applicant, as the form showed it. */
static enum err take(struct ctx *c, int64_t participant_id, enum intake_stage seen, struct participant_row *p)
{
    TRY(participant_open(c, participant_id, ACT_OFFER_MAKE, p));
    return p->stage == (int)seen ? OK : ERR_CONFLICT;
}

static enum err tell(struct ctx *c, const struct participant_row *p)
{
    struct letter l = letter_to(c, p->lang, participant_name(c->a, p));
    letter_say(&l, N_("Du har fått svar på søknaden din. Logg inn for å lese det."));
    letter_link(&l, N_("Les svaret her:"), "/offer");
    return letter_send(&l, (struct mail){.organisation_id = p->organisation_id, .kind = "answer", .email = p->email,
                                         .subject = letter_subject(&l, N_("Svar på søknaden din"), STR(""))});
}

enum err offer_make(struct ctx *c, int64_t participant_id, enum intake_stage seen, const struct offer_ask *ask, struct say *why)
{
    struct participant_row p;
    struct cohort_card cohort;
    TRY(take(c, participant_id, seen, &p));
    TRY(cohort_see(c, ask->cohort_id, &cohort));
    if (cohort.row.closed_at) {
        *why = say(N_("Puljen er avsluttet. Velg en annen pulje."));
        return ERR_STATE;
    }
    if (ask->answer_by_on < c->today || ask->answer_by_on > c->today + OFFER_DAYS_MAX)
        return ERR_INVALID;
    TRY(intake_may_offer(cohort.seats, ask->over_seats_reason, why));
    struct offer_row o = {.participant_id = p.id, .cohort_id = cohort.row.id, .by_account = c->actor->account_id, .at = c->now,
                          .answer_by_on = ask->answer_by_on};
    if (!cohort.seats.free)
        o.over_seats_reason = ask->over_seats_reason;
    int64_t id;
    TRY(participant_step(c, &p, ACT_OFFER_MAKE, INTAKE_OFFER, ask->reason));
    TRY(offer_insert(c->db, &o, &id));
    TRY(event_add(c, (struct event){.organisation_id = p.organisation_id, .participant_id = p.id, .subject_id = id, .kind = "offer.made",
                                    .outcome = o.over_seats_reason.n ? "over_seats" : "", .reason = o.over_seats_reason}));
    return tell(c, &p);
}

enum err offer_decide(struct ctx *c, int64_t participant_id, enum intake_stage seen, enum intake_act act, struct str reason)
{
    struct participant_row p;
    struct offer_row offer = {0};
    if (!offer_decides(act) || act == INTAKE_OFFER)
        return ERR_INVALID;
    TRY(take(c, participant_id, seen, &p));
    if (act == INTAKE_WITHDRAW_OFFER) {
        TRY(newest_offer(c, p.id, &offer));
        if (offer.id && offer.status == OFFER_OPEN)
            TRY(offer_answer(c->db, offer.id, OFFER_WITHDRAWN, c->now, STR("")));
    }
    TRY(participant_step(c, &p, ACT_OFFER_MAKE, act, reason));
    return act == INTAKE_RESUME ? OK : tell(c, &p);
}

/* ---- the applicant */
static enum err me(struct ctx *c, struct participant_row *p)
{
    return participant_open(c, c->actor->participant_id, ACT_OFFER_ANSWER, p);
}

static bool is_for_applicant(struct str outcome)
{
    static const enum intake_act acts[] = {INTAKE_WITHDRAW_OFFER, INTAKE_WAIT, INTAKE_GO_OTHER_WAY, INTAKE_SAY_NOT_NOW};
    for (size_t i = 0; i < COUNT(acts); i++)
        if (str_is(outcome, intake_act_names[acts[i]].code))
            return true;
    return false;
}

enum err offer_mine(struct ctx *c, struct offer_letter *out)
{
    struct offer_letter l = {0};
    TRY(me(c, &l.p));
    TRY(newest_offer(c, l.p.id, &l.offer));
    if (l.offer.id)
        TRY(cohort_get(c->db, c->a, l.offer.cohort_id, viewer_of(c), &l.cohort));
    struct event_row *events;
    size_t n;
    TRY(event_of_participant(c->db, c->a, l.p.id, EVENTS_READ, &events, &n));
    for (size_t i = 0; i < n; i++)
        if (str_is(events[i].kind, "intake.step")) {
            if (is_for_applicant(events[i].outcome))
                l.words = events[i].reason;
            break; /* only the last step says where the person stands */
        }
    *out = l;
    return OK;
}

static enum err admit(struct ctx *c, const struct participant_row *p, const struct offer_row *o)
{
    struct trainee_row t = {.organisation_id = p->organisation_id, .participant_id = p->id, .cohort_id = o->cohort_id, .admitted_at = c->now};
    int64_t id;
    TRY(trainee_insert(c->db, &t, &id));
    return event_add(c, (struct event){.organisation_id = p->organisation_id, .participant_id = p->id, .subject_id = id,
                                       .kind = "trainee.admitted", .outcome = "", .reason = STR("")});
}

enum err offer_reply(struct ctx *c, int64_t offer_id, bool yes, struct str note)
{
    struct participant_row p;
    struct offer_row o;
    TRY(me(c, &p));
    TRY(offer_get(c->db, c->a, offer_id, &o));
    if (o.participant_id != p.id)
        return ERR_NOT_FOUND;
    if (o.status != OFFER_OPEN)
        return ERR_STATE;
    TRY(offer_answer(c->db, o.id, yes ? OFFER_ACCEPTED : OFFER_DECLINED, c->now, note));
    TRY(participant_step(c, &p, ACT_OFFER_ANSWER, yes ? INTAKE_ACCEPT : INTAKE_DECLINE, note));
    return yes ? admit(c, &p, &o) : OK;
}
