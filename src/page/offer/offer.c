/* offer.c: the leader's answer to an applicant. */
#include "page/offer/offer.h"
#include "base/num.h"
#include "base/tm.h"
#include "gen/offer.html.h"

static const struct offer_words words[INTAKE_ACT_N] = {
    [INTAKE_OFFER] = {N_("Tilby plass"), N_("Personen får beskjed på e-post om å logge inn, og svarer selv ja eller nei."),
                      N_("Hvorfor denne personen?"), N_("Kort. Begrunnelsen blir stående i historikken."), N_("Send tilbudet"), "PersonPlus"},
    [INTAKE_WITHDRAW_OFFER] = {N_("Trekk tilbudet"), N_("Tilbudet gjelder ikke lenger, og plassen blir ledig. Personen får beskjed."),
                               N_("Hvorfor trekkes tilbudet?"), N_("Personen får lese dette. Skriv vennlig og konkret."), N_("Trekk tilbudet"),
                               "ArrowUndo"},
    [INTAKE_WAIT] = {N_("Sett på venteliste"), N_("Personen kan få plass senere. Dere ser ventelisten på puljens side."),
                     N_("Hva venter vi på?"), N_("Personen får lese dette. Skriv vennlig og konkret."), N_("Sett på venteliste"), "Hourglass"},
    [INTAKE_GO_OTHER_WAY] = {N_("En annen vei"), N_("Noe annet bør komme først, for eksempel mer norsk eller en utdanning."),
                             N_("Hva kommer først?"), N_("Personen får lese dette. Skriv hva neste steg er, og hvem som hjelper."),
                             N_("Send svaret"), "ArrowRight"},
    [INTAKE_SAY_NOT_NOW] = {N_("Ikke nå"), N_("Personen får ikke plass denne gangen. Saken kan tas opp igjen senere."),
                            N_("Hvorfor ikke nå?"), N_("Personen får lese dette. Skriv vennlig og konkret."), N_("Send svaret"), "CircleSlash"},
    [INTAKE_RESUME] = {N_("Ta opp igjen"), N_("Søknaden tas opp igjen der den sto. Personen får ingen e-post nå."), N_("Hvorfor nå?"),
                       N_("Kort. Begrunnelsen blir stående i historikken."), N_("Ta opp igjen"), "ArrowsCirclepath"},
};

const struct offer_words *offer_words(enum intake_act act)
{
    return &words[act];
}

static bool act_of(struct str code, enum intake_act *out)
{
    for (int i = 0; i < INTAKE_ACT_N; i++)
        if (str_is(code, intake_act_names[i].code)) {
            *out = (enum intake_act)i;
            return true;
        }
    return false;
}

const char *offer_step(struct str code)
{
    enum intake_act act;
    return act_of(code, &act) ? intake_act_names[act].done : N_("Endret");
}

static bool among(const struct offer_sheet *x, enum intake_act act)
{
    for (size_t i = 0; i < x->n_acts; i++)
        if (x->acts[i] == act)
            return true;
    return false;
}

static struct form fresh(struct page *p, const struct offer_sheet *x)
{
    struct pair *given = ARENA_ARRAY(p->c.a, struct pair, 2);
    struct tm_ymd d = tm_ymd(p->c.today + OFFER_DAYS);
    given[0] = (struct pair){STR("answer_by_on"), arena_fmt(p->c.a, "%02d.%02d.%04d", d.day, d.month, d.year)};
    size_t n = 1;
    for (size_t i = 0; i < x->n_cohorts && n < 2; i++) /* the newest with a free seat that has not begun its meetings */
        if (x->cohorts[i].seats.free > 0 && x->cohorts[i].phase <= COHORT_MATCHING)
            given[n++] = (struct pair){STR("cohort"), arena_fmt(p->c.a, "%lld", (long long)x->cohorts[i].row.id)};
    return form_new(given, n);
}

static enum err open(struct page *p, struct offer_sheet *x)
{
    int64_t id;
    TRY(page_id(p, "id", &id));
    return offer_look(&p->c, id, x);
}

/* GET /participants/:id/offer */
enum err offer_page(struct page *p)
{
    struct offer_sheet x;
    TRY(open(p, &x));
    enum intake_act act = x.n_acts ? x.acts[0] : INTAKE_OFFER, wanted;
    if (act_of(req_query(p->r, "do"), &wanted) && among(&x, wanted))
        act = wanted;
    struct form f = fresh(p, &x);
    html_offer(p->o, &p->v, &x, act, &f, false);
    return OK;
}

/* The page again: after a mistake in the form, or because somebody else was faster. */
static enum err again(struct page *p, enum intake_act act, struct form *f, bool conflict)
{
    struct offer_sheet x;
    TRY(open(p, &x));
    if (!among(&x, act) && x.n_acts)
        act = x.acts[0];
    html_offer(p->o, &p->v, &x, act, f, conflict);
    return conflict ? page_conflict(p) : page_invalid(p);
}

static enum intake_stage seen_of(struct page *p)
{
    int64_t stage;
    return num_i64(req_field(p->r, "seen"), 0, INTAKE_STAGE_N - 1, &stage) ? (enum intake_stage)stage : INTAKE_STAGE_N;
}

/* A rule's sentence at the field; its arguments are numbers. */
static void fail_with(struct form *f, const char *field, const struct say *why)
{
    form_fail(f, field, why->msgid);
    f->err[f->n_err - 1].arg1 = why->args[0].i;
    f->err[f->n_err - 1].arg2 = why->args[1].i;
}

/* POST /participants/:id/offer */
enum err offer_post(struct page *p)
{
    int64_t id;
    struct say why = {0};
    TRY(page_id(p, "id", &id));
    struct form f = form_of(p->r);
    struct offer_ask ask = {0};
    ask.cohort_id = form_id(&f, "cohort", false);
    if (!ask.cohort_id)
        form_fail(&f, "cohort", N_("Velg en pulje."));
    ask.answer_by_on = form_date(&f, "answer_by_on", true);
    if (ask.answer_by_on && ask.answer_by_on <= p->c.today)
        form_fail(&f, "answer_by_on", N_("Svarfristen må være etter i dag."));
    else if (ask.answer_by_on > p->c.today + OFFER_DAYS_MAX)
        form_fail(&f, "answer_by_on", N_("Svarfristen er for langt frem. Velg en dag innen et halvt år."));
    ask.reason = form_text(&f, "reason", 1, 2000);
    ask.over_seats_reason = form_text(&f, "over_seats_reason", 0, 1000);
    enum err e = form_ok(&f) ? offer_make(&p->c, id, seen_of(p), &ask, &why) : ERR_INVALID;
    if (e == ERR_STATE && why.msgid)
        fail_with(&f, why.n ? "over_seats_reason" : "cohort", &why);
    if (e == ERR_CONFLICT || e == ERR_INVALID || e == ERR_STATE)
        return again(p, INTAKE_OFFER, &f, e == ERR_CONFLICT);
    TRY(e);
    return page_go(p, "offer-sent", "/participants/%lld/offer", (long long)id);
}

/* POST /participants/:id/offer/decide */
enum err offer_decide_post(struct page *p)
{
    int64_t id;
    enum intake_act act;
    TRY(page_id(p, "id", &id));
    if (!act_of(req_field(p->r, "act"), &act) || !offer_decides(act) || act == INTAKE_OFFER)
        return ERR_INVALID;
    struct form f = form_of(p->r);
    struct str reason = form_text(&f, "reason", 1, 2000);
    enum err e = form_ok(&f) ? offer_decide(&p->c, id, seen_of(p), act, reason) : ERR_INVALID;
    if (e == ERR_CONFLICT || e == ERR_INVALID || e == ERR_STATE)
        return again(p, act, &f, e != ERR_INVALID);
    TRY(e);
    return page_go(p, act == INTAKE_RESUME ? "resumed" : "answer-sent", "/participants/%lld/offer", (long long)id);
}
