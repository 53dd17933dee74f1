/* demo_intake.c: from the list of participants to a place in a cohort, step by step as the office does it. */
#include "base/tm.h"
#include "cli/demo_room.h"
#include "domain/workbook.h"
#include "model/account.h"
#include "model/cohort.h"
#include "service/interview.h"
#include "service/offer.h"
#include "service/relation.h"
#include "service/screening.h"

/* Days from the listing to each stage, for those who go the whole way. */
static const int day_of[INTAKE_STAGE_N] = {
    [INTAKE_LISTED] = 0,      [INTAKE_RECOMMENDED] = 20, [INTAKE_INVITED] = 28,  [INTAKE_APPLYING] = 31,   [INTAKE_APPLIED] = 40,
    [INTAKE_REOPENED] = 44,   [INTAKE_INTERVIEW_PLANNED] = 47, [INTAKE_INTERVIEWED] = 56, [INTAKE_OFFERED] = 63, [INTAKE_ADMITTED] = 68,
    [INTAKE_WAITING] = 66,    [INTAKE_DECLINED] = 70,    [INTAKE_OTHER_WAY] = 64, [INTAKE_NOT_NOW] = 60};

/* How far along the main way a stage lies. */
static int rank(enum intake_stage s)
{
    return s <= INTAKE_APPLIED ? (int)s : s == INTAKE_REOPENED ? (int)INTAKE_APPLIED : s <= INTAKE_ADMITTED ? (int)s : 0;
}

static struct str words(const char *s)
{
    return str_c(s ? s : "");
}

enum err demo_add(struct demo *d, const struct demo_person *p, int listed_on, int64_t *id)
{
    int serial = d->serial++;
    struct participant_row r = {
        .reference = arena_fmt(d->a, "FK-%d", 10250 + serial * 37), .first_name = str_c(p->first), .last_name = str_c(p->last),
        .sex = str_c(sex_names[p->sex].code), .birth_year = p->born, .email = demo_email(d, p->first, p->last), .lang = str_c(p->lang ? p->lang : "nb"),
        .languages = words(p->languages), .settled_on = tm_add_months(d->today, -p->settled) - serial % 23,
        .programme_start_on = tm_add_months(d->today, -p->started) - serial % 17,
        .programme_end_on = p->ended == -99 ? 0 : tm_add_months(d->today, -p->ended), .track = p->track, .education_level = (int)p->level,
        .field = words(p->field), .field_text = words(p->field_text), .occupation = words(p->occupation), .education_country = words(p->country),
        .recognition = (int)p->recognition, .norwegian_oral = (int)p->oral, .norwegian_written = (int)p->written,
        .experience_years = p->experience, .municipality = STR("5001"), .adviser_id = p->adviser ? d->adviser[p->adviser - 1].account_id : 0,
        .nav_contact_id = p->nav ? d->nav[p->nav - 1].account_id : 0, .address_protection = (int)p->protection, .stage = INTAKE_LISTED};
    r.phone = p->protection ? STR("") : arena_fmt(d->a, "400 %02d %03d", 10 + serial * 7 % 89, 100 + serial * 53 % 899);
    struct ctx c = demo_as(d, &d->leader, listed_on, 10, 15);
    DO(participant_add(&c, &r, id));
    r.id = *id;
    r.organisation_id = d->org;
    if (p->protection == BLOCK_STRICT && p->adviser) /* the leader is named by having registered the person */
        DO(relation_name(&c, &r, r.adviser_id, STR("Følger deltakeren opp")));
    if (p->protection == BLOCK_STRICT && p->nav)
        DO(relation_name(&c, &r, r.nav_contact_id, STR("Følger deltakeren opp")));
    return OK;
}

/* What the adviser says: two criteria judged, a recommendation, what is missing. */
static enum err judge(struct demo *d, const struct demo_person *p, int64_t id, int on, bool recommend)
{
    struct ctx c = demo_as(d, p->adviser ? &d->adviser[p->adviser - 1] : &d->leader, on, 13, 40);
    static const enum criterion which[2] = {CRITERION_ONE_YEAR, CRITERION_MOTIVATED};
    for (int i = 0; i < 2; i++)
        if (p->verdict[i])
            DO(screening_judge(&c, id, which[i], (enum verdict)p->verdict[i], i ? words(p->note) : STR("")));
    if (p->gap[0])
        DO(screening_gap_add(&c, id, str_c(p->gap[0]), words(p->gap[1])));
    if (recommend)
        DO(screening_recommend(&c, id, RECOMMEND_YES,
                               p->recommendation ? str_c(p->recommendation) : STR("Jobber målrettet og vil tilbake til yrket sitt.")));
    return OK;
}

static enum err begin(struct demo *d, const struct demo_person *p, int64_t id, int on, struct actor *who)
{
    DO(demo_account(d, ROLE_TRAINEE, p->first, p->last, p->lang ? p->lang : "nb", on, who));
    who->participant_id = id;
    DO(participant_set_account(d->db, id, who->account_id));
    struct ctx c = demo_as(d, who, on, 17, 5);
    DO(link_void(d->db, STR("invite_participant"), id, c.now));
    DO(event_add(&c, (struct event){.organisation_id = d->org, .participant_id = id, .kind = "invitation.accepted"}));
    c = demo_as(d, who, on, 17, 20);
    DO(application_start(&c));
    return OK;
}

/* Part by part, some days between; an unfinished one ends where the answers end. */
static enum err write_application(struct demo *d, const struct demo_person *p, const struct demo_story *s, const struct actor *who, int on)
{
    struct str answer[APPLICATION_NUMBERS] = {0};
    for (size_t q = 1; q < COUNT(s->answer) && q < APPLICATION_NUMBERS; q++)
        answer[q] = words(s->answer[q]);
    struct application now;
    struct ctx c = demo_as(d, who, on, 17, 30);
    DO(application_own(&c, &now));
    for (int part = 1; part <= APPLICATION_PARTS; part++) {
        bool any = false;
        for (size_t i = 0; i < application_questions_n; i++)
            any |= application_questions[i].part == part && answer[application_questions[i].number].n;
        if (!any)
            break;
        c = demo_as(d, who, on + part, 18, part * 7);
        if (p->lang && !strcmp(p->lang, "en"))
            c.lang = LANG_EN;
        DO(application_save(&c, part, part < APPLICATION_PARTS ? part + 1 : part, now.row.version, answer, &now));
    }
    return OK;
}

static enum err send(struct demo *d, const struct actor *who, int on)
{
    struct application now;
    struct ctx c = demo_as(d, who, on, 19, 10);
    DO(application_own(&c, &now));
    DO(application_send(&c, now.row.version));
    return OK;
}

static enum err plan_interview(struct demo *d, const struct demo_story *s, int64_t id, int on, int at_on)
{
    struct ctx c = demo_as(d, &d->leader, on, 11, 0);
    struct say why = {0};
    DO(interview_plan(&c, id, &(struct interview_time){tm_at(demo_workday(at_on), 10, 30), 60, STR("Rom 214, Torggata 4")}, 0, &why));
    for (int i = 0; i < 2; i++)
        if (s->question[i])
            DO(interview_question_add(&c, id, i ? 7 : 3, str_c(s->question[i])));
    return OK;
}

static enum err hold_interview(struct demo *d, const struct demo_story *s, int64_t id, int on)
{
    struct ctx c = demo_as(d, &d->leader, on, 11, 45);
    struct interview x;
    struct interview_judgement j = {.summary = words(s->summary)};
    int64_t question[2];
    struct str said[2];
    DO(interview_open(&c, id, &x));
    for (; j.n_question < x.n_question && j.n_question < 2; j.n_question++) {
        question[j.n_question] = x.question[j.n_question].id;
        said[j.n_question] = words(s->said[j.n_question]);
    }
    j.question_id = question;
    j.question_note = said;
    for (int i = 0; i < INTERVIEW_AREAS; i++) {
        j.score[i] = s->score[i];
        j.note[i] = words(s->score_note[i]);
    }
    DO(interview_judge(&c, id, &j, true, x.row.version));
    if (!s->feedback)
        return OK;
    c = demo_as(d, &d->leader, on + 2, 15, 0);
    DO(interview_open(&c, id, &x));
    DO(interview_feedback(&c, id, str_c(s->feedback), x.row.version));
    return OK;
}

static enum err offer(struct demo *d, const struct demo_story *s, int64_t id, enum demo_cohort cohort, int on)
{
    struct ctx c = demo_as(d, &d->leader, on, 9, 20);
    struct say why = {0};
    struct offer_ask ask = {.cohort_id = d->cohort[cohort], .answer_by_on = demo_workday(c.today + 14),
                            .reason = s->offer_reason ? str_c(s->offer_reason) : STR("Helhetlig vurdering: god plan, god innsats og klar for en mentor.")};
    DO(offer_make(&c, id, INTAKE_INTERVIEWED, &ask, &why));
    return OK;
}

static enum err accept(struct demo *d, const struct demo_story *s, const struct actor *who, int on)
{
    struct ctx c = demo_as(d, who, on, 16, 10);
    struct offer_row o;
    DO(offer_newest(d->db, d->a, who->participant_id, &o));
    DO(offer_reply(&c, o.id, true, s->accept_note ? str_c(s->accept_note) : STR("")));
    return OK;
}

/* Off the main way, with a reason. */
static enum err leave_way(struct demo *d, const struct demo_person *p, int64_t id, const struct actor *who)
{
    struct ctx c = demo_as(d, &d->leader, d->today - p->ago, 14, 0);
    struct participant_row row;
    DO(participant_get(d->db, d->a, id, &row));
    struct str reason = p->reason ? str_c(p->reason) : STR("Etter samtale med deltakeren.");
    if (p->stage == INTAKE_WAITING)
        DO(offer_decide(&c, id, (enum intake_stage)row.stage, INTAKE_WAIT, reason));
    else if (p->stage == INTAKE_OTHER_WAY || p->stage == INTAKE_NOT_NOW)
        DO(screening_decide(&c, id, p->stage == INTAKE_NOT_NOW ? INTAKE_SAY_NOT_NOW : INTAKE_GO_OTHER_WAY, (enum intake_stage)row.stage, reason));
    else if (p->stage == INTAKE_REOPENED)
        DO(application_reopen(&c, id, reason));
    else if (p->stage == INTAKE_DECLINED) {
        struct offer_row o;
        struct ctx mine = demo_as(d, who, d->today - p->ago, 14, 0);
        DO(offer_newest(d->db, d->a, id, &o));
        DO(offer_reply(&mine, o.id, false, reason));
    }
    return OK;
}

struct walk {
    int64_t id;
    int base, upto; /* day of the listing; rank to reach */
    struct actor who;
};

static enum err screen(struct demo *d, const struct demo_person *p, const struct walk *w)
{
    int on = w->base;
    if (p->verdict[0] || p->verdict[1] || p->gap[0] || w->upto >= INTAKE_RECOMMENDED)
        DO(judge(d, p, w->id, on + day_of[INTAKE_RECOMMENDED], w->upto >= INTAKE_RECOMMENDED));
    if (w->upto >= INTAKE_INVITED) {
        struct ctx c = demo_as(d, &d->leader, on + day_of[INTAKE_INVITED], 9, 45);
        DO(screening_decide(&c, w->id, INTAKE_INVITE, INTAKE_RECOMMENDED, STR("Fyller kravene og har et tydelig mål.")));
    }
    return OK;
}

static enum err apply(struct demo *d, const struct demo_person *p, const struct demo_story *s, struct walk *w)
{
    if (w->upto < INTAKE_APPLYING)
        return OK;
    DO(begin(d, p, w->id, w->base + day_of[INTAKE_APPLYING], &w->who));
    DO(write_application(d, p, s, &w->who, w->base + day_of[INTAKE_APPLYING]));
    if (w->upto >= INTAKE_APPLIED)
        DO(send(d, &w->who, w->base + day_of[INTAKE_APPLIED]));
    return OK;
}

static enum err meet_and_offer(struct demo *d, const struct demo_person *p, const struct demo_story *s, enum demo_cohort cohort, struct walk *w)
{
    int held_on = p->stage == INTAKE_INTERVIEW_PLANNED ? d->today + 5 + p->ago : w->base + day_of[INTAKE_INTERVIEWED];
    if (w->upto < INTAKE_INTERVIEW_PLANNED)
        return OK;
    DO(plan_interview(d, s, w->id, w->base + day_of[INTAKE_INTERVIEW_PLANNED], held_on));
    if (w->upto >= INTAKE_INTERVIEWED)
        DO(hold_interview(d, s, w->id, held_on));
    if (w->upto >= INTAKE_OFFERED)
        DO(offer(d, s, w->id, cohort, w->base + day_of[INTAKE_OFFERED]));
    if (w->upto >= INTAKE_ADMITTED)
        DO(accept(d, s, &w->who, w->base + day_of[INTAKE_ADMITTED]));
    return OK;
}

enum err demo_intake(struct demo *d, const struct demo_person *p, const struct demo_story *s, enum demo_cohort cohort, struct actor *trainee)
{
    bool off = p->stage == INTAKE_REOPENED || p->stage > INTAKE_ADMITTED;
    struct walk w = {.base = d->today - p->ago - day_of[p->stage], .upto = rank(off && p->stage != INTAKE_REOPENED ? p->from : p->stage)};
    DO(demo_add(d, p, w.base, &w.id));
    DO(screen(d, p, &w));
    DO(apply(d, p, s, &w));
    DO(meet_and_offer(d, p, s, cohort, &w));
    if (off)
        DO(leave_way(d, p, w.id, &w.who));
    if (trainee)
        *trainee = w.who;
    return OK;
}
