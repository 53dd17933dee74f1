/* person.c: GET /participants/:id and what is done there. */
#include "page/participant/person.h"
#include "base/tm.h"
#include "domain/language.h"
#include "gen/person.html.h"
#include "page/participant/participant.h"

static const struct form_choice verdicts[] = {{"met", N_("Ja")}, {"not_met", N_("Nei")}, {"unknown", N_("Usikker")}, {0}};
static const struct form_choice recommendations[] = {
    {"yes", N_("Anbefaler mentorprogrammet")}, {"not_yet", N_("Anbefaler å vente")}, {"other", N_("Anbefaler noe annet")}, {0}};

const struct form_choice *person_verdicts(void)
{
    return verdicts;
}
const struct form_choice *person_recommendations(void)
{
    return recommendations;
}

const struct form_choice *person_decisions(const struct view *v, const enum intake_act *acts, size_t n)
{
    struct form_choice *out = ARENA_ARRAY(v->a, struct form_choice, n + 1);
    for (size_t i = 0; i < n; i++)
        out[i] = (struct form_choice){intake_act_names[acts[i]].code, intake_act_names[acts[i]].button};
    return out;
}

struct person_forms person_forms(void)
{
    struct person_forms f = {.judged = -1};
    f.judge.prefix = "judge";
    f.recommend.prefix = "recommend";
    f.gap.prefix = "gap";
    f.decide.prefix = "decide";
    return f;
}

const struct form *person_judge_form(struct form *room, const struct person_forms *f, enum criterion c)
{
    *room = f->judged == (int)c ? f->judge : form_new(NULL, 0);
    room->prefix = criterion_names[c].code;
    return room;
}

bool person_has_application(int stage)
{
    return (stage >= INTAKE_APPLYING && stage <= INTAKE_ADMITTED) || stage == INTAKE_WAITING;
}
bool person_has_interview(int stage)
{
    return stage == INTAKE_APPLIED || stage == INTAKE_INTERVIEW_PLANNED || stage == INTAKE_INTERVIEWED || stage == INTAKE_OFFERED ||
           stage == INTAKE_ADMITTED || stage == INTAKE_WAITING;
}
bool person_has_offer(int stage)
{
    return stage == INTAKE_INTERVIEWED || stage == INTAKE_OFFERED || stage == INTAKE_ADMITTED || stage == INTAKE_WAITING;
}

bool person_may_code(const struct view *v, const struct participant_row *p)
{
    bool mine = v->actor->role == ROLE_PROJECT_LEADER || (v->actor->role == ROLE_ADVISER && p->adviser_id == v->actor->account_id);
    return mine && (p->account_id || (p->stage >= INTAKE_INVITED && p->stage <= INTAKE_WAITING));
}

size_t person_phases(const struct view *v, const struct participant_row *p, struct phase out[6])
{
    static const char *const names[6] = {N_("Screening"), N_("Invitasjon"), N_("Søknad"), N_("Intervju"), N_("Tilbud"), N_("Trainee")};
    static const int phase_of[INTAKE_STAGE_N] = {[INTAKE_INVITED] = 1, [INTAKE_APPLYING] = 2, [INTAKE_REOPENED] = 2, [INTAKE_APPLIED] = 2,
                                                 [INTAKE_INTERVIEW_PLANNED] = 3, [INTAKE_INTERVIEWED] = 3, [INTAKE_OFFERED] = 4,
                                                 [INTAKE_WAITING] = 4, [INTAKE_ADMITTED] = 5};
    if (p->stage == INTAKE_DECLINED || p->stage == INTAKE_OTHER_WAY || p->stage == INTAKE_NOT_NOW)
        return 0;
    int now = phase_of[p->stage];
    for (int i = 0; i < 6; i++)
        out[i] = (struct phase){S(T(names[i])), i == now ? S(T(intake_stage_names[p->stage].name)) : STR(""),
                                i < now ? PHASE_DONE : i == now ? PHASE_NOW : PHASE_NEXT};
    return 6;
}

struct str person_languages(const struct view *v, const struct participant_row *p)
{
    struct str rest = p->languages, parts[12];
    size_t n_all, n = 0;
    const struct language *all = language_all(&n_all);
    while (rest.n && n < COUNT(parts)) {
        int i = language_find(v->a, str_cut(&rest, ','));
        if (i >= 0)
            parts[n++] = S(T(all[i].name));
    }
    return arena_join(v->a, parts, n, STR(", "));
}

struct str person_judged(const struct view *v, const struct screening_person *x, enum criterion c)
{
    for (size_t i = x->n_assessments; i > 0; i--) {
        const struct assessment_row *a = &x->assessments[i - 1];
        if (a->criterion != (int)c)
            continue;
        struct str args[4] = {S(T(verdict_names[a->verdict].name)), a->who, DATE(tm_on_of(a->at)), a->note};
        return text_fmt(v->a, a->note.n ? T("{1}, sier {2} {3}: {4}") : T("{1}, sier {2} {3}."), args, 4);
    }
    return STR("");
}

static enum err show(struct page *p, int64_t id, const struct person_forms *f)
{
    struct screening_person x;
    TRY(screening_person(&p->c, id, &x));
    html_person(p->o, &p->v, &x, f);
    return OK;
}

/* GET /participants/:id */
enum err participant_page(struct page *p)
{
    int64_t id;
    struct person_forms f = person_forms();
    TRY(page_id(p, "id", &id));
    return show(p, id, &f);
}

static enum err show_invalid(struct page *p, int64_t id, const struct person_forms *f)
{
    TRY(show(p, id, f));
    return page_invalid(p);
}

/* POST /participants/:id/criteria */
enum err participant_judge(struct page *p)
{
    int64_t id;
    struct person_forms all = person_forms();
    TRY(page_id(p, "id", &id));
    struct form f = form_of(p->r);
    f.prefix = "judge";
    int criterion = -1;
    for (int i = 0; i < CRITERION_N; i++)
        if (str_is(req_field(p->r, "criterion"), criterion_names[i].code))
            criterion = i;
    int verdict = form_choice(&f, "verdict", true, verdicts);
    struct str note = form_text(&f, "note", 0, 2000);
    if (criterion < 0)
        return ERR_INVALID;
    if (!form_ok(&f)) {
        all.judge = f;
        all.judged = criterion;
        return show_invalid(p, id, &all);
    }
    TRY(screening_judge(&p->c, id, (enum criterion)criterion, (enum verdict)(verdict + VERDICT_MET), note));
    return page_go(p, "judged", "/participants/%lld#h-criteria", (long long)id);
}

/* POST /participants/:id/recommendation */
enum err participant_recommend(struct page *p)
{
    int64_t id;
    struct person_forms all = person_forms();
    TRY(page_id(p, "id", &id));
    struct form f = form_of(p->r);
    f.prefix = "recommend";
    int verdict = form_choice(&f, "verdict", true, recommendations);
    struct str reason = form_text(&f, "reason", 1, 2000);
    if (!form_ok(&f)) {
        all.recommend = f;
        return show_invalid(p, id, &all);
    }
    TRY(screening_recommend(&p->c, id, (enum recommendation_verdict)(verdict + RECOMMEND_YES), reason));
    return page_go(p, "recommended", "/participants/%lld#h-recommend", (long long)id);
}

/* POST /participants/:id/gaps */
enum err participant_gap_add(struct page *p)
{
    int64_t id;
    struct person_forms all = person_forms();
    TRY(page_id(p, "id", &id));
    struct form f = form_of(p->r);
    f.prefix = "gap";
    struct str requirement = form_line(&f, "requirement", 1, 200), gap = form_text(&f, "gap", 1, 2000);
    if (!form_ok(&f)) {
        all.gap = f;
        return show_invalid(p, id, &all);
    }
    TRY(screening_gap_add(&p->c, id, requirement, gap));
    return page_go(p, "saved", "/participants/%lld#h-gaps", (long long)id);
}

/* POST /participants/:id/gaps/:gap/close */
enum err participant_gap_close(struct page *p)
{
    int64_t id, gap;
    TRY(page_id(p, "id", &id));
    TRY(page_id(p, "gap", &gap));
    TRY(screening_gap_close(&p->c, id, gap));
    return page_go(p, "gap-closed", "/participants/%lld#h-gaps", (long long)id);
}

enum err person_decide(struct page *p, int64_t id, struct form *f)
{
    struct screening_person x;
    enum intake_stage seen;
    TRY(screening_person(&p->c, id, &x));
    if (!x.may_decide)
        return ERR_DENIED;
    if (!intake_stage_of(req_field(p->r, "stage"), &seen))
        return ERR_INVALID;
    enum intake_act acts[INTAKE_ACT_N];
    size_t n = screening_acts(seen, acts);
    int chosen = form_choice(f, "act", true, person_decisions(&p->v, acts, n));
    struct str reason = form_text(f, "reason", 1, 2000);
    if (chosen >= 0 && acts[chosen] == INTAKE_INVITE && !x.p.email.n)
        form_fail(f, "act", N_("Legg inn e-postadressen til deltakeren først. Invitasjonen sendes på e-post."));
    if (!form_ok(f))
        return ERR_INVALID;
    return screening_decide(&p->c, id, acts[chosen], seen, reason);
}

/* POST /participants/:id/decision */
enum err participant_decide(struct page *p)
{
    int64_t id;
    struct person_forms all = person_forms();
    TRY(page_id(p, "id", &id));
    struct form f = form_of(p->r);
    f.prefix = "decide";
    enum err e = person_decide(p, id, &f);
    if (e == OK)
        return page_go(p, "decided", "/participants/%lld", (long long)id);
    all.decide = f;
    if (e == ERR_INVALID && f.n_err)
        return show_invalid(p, id, &all);
    if (e != ERR_CONFLICT && e != ERR_STATE)
        return e;
    all.conflict = N_("Noen andre har bestemt noe om denne personen i mellomtiden. Se hva som står nederst under «Historikk», og velg på nytt.");
    TRY(show(p, id, &all));
    return page_conflict(p);
}
