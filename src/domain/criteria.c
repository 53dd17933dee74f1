#include "domain/criteria.h"
#include "base/tm.h"

const struct criterion_name criterion_names[CRITERION_N] = {
    [CRITERION_REFUGEE] = {"refugee", N_("Målgruppe"), N_("Flyktning som har med seg høyere utdanning."),
                           N_("Er dette en flyktning med høyere utdanning?"), NULL, 0, 0},
    [CRITERION_PROGRAMME] = {"programme", N_("Introduksjonsprogram"),
                             N_("Er i introduksjonsprogrammet, eller er ferdig og har bodd kort tid i Norge."),
                             N_("Er personen i introduksjonsprogrammet, eller nylig ferdig?"), N_("Høyst antall år i Norge"), 1, 20},
    [CRITERION_ONE_YEAR] = {"one_year", N_("Et år unna jobb"), N_("Er omtrent et år unna fagrelevant jobb, og ønsker det."),
                            N_("Kan personen være klar for fagrelevant jobb om et år, og ønsker personen det?"),
                            N_("Omtrent antall måneder unna jobb"), 3, 36},
    [CRITERION_NORWEGIAN] = {"norwegian", N_("Norsk"), N_("Kommuniserer godt på norsk."),
                             N_("Snakker personen godt nok norsk til å ha utbytte av en mentor?"), N_("Laveste nivå muntlig"), CEFR_A1,
                             CEFR_C2},
    [CRITERION_EDUCATION] = {"education", N_("Utdanningsnivå"), N_("Har fullført utdanning på et visst nivå."),
                             N_("Er utdanningen på høyt nok nivå?"), N_("Laveste nivå"), EDU_SOME_HIGHER, EDU_PHD},
    [CRITERION_RECOGNITION] = {"recognition", N_("Godkjenning"),
                               N_("Utdanningen er godkjent i Norge. Det er en fordel, men aldri et krav."),
                               N_("Er utdanningen godkjent, eller er godkjenning uten betydning i dette yrket?"), NULL, 0, 0},
    [CRITERION_MOTIVATED] = {"motivated", N_("Motivasjon"), N_("Er motivert for fagrelevant jobb og for å jobbe aktivt."),
                             N_("Er personen motivert for fagrelevant jobb?"), NULL, 0, 0},
    [CRITERION_MONTHS] = {"months", N_("Tid i programmet"),
                          N_("Har vært en stund i introduksjonsprogrammet. Dette er veiledende, aldri et krav."),
                          N_("Har personen vært lenge nok i introduksjonsprogrammet?"), N_("Antall måneder"), 1, 36},
};

const struct level_name criterion_state_names[3] = {
    [CRITERION_UNKNOWN] = {"unknown", N_("Ikke avklart")},
    [CRITERION_NOT_MET] = {"not_met", N_("Ikke oppfylt")},
    [CRITERION_MET] = {"met", N_("Oppfylt")},
};

const struct level_name criterion_weight_names[WEIGHT_N] = {
    [WEIGHT_OFF] = {"off", N_("Ikke i bruk")},
    [WEIGHT_GUIDELINE] = {"guideline", N_("Veiledende")},
    [WEIGHT_PREFERRED] = {"preferred", N_("En fordel")},
    [WEIGHT_MUST] = {"must", N_("Krav")},
};

const struct level_name verdict_names[VERDICT_N] = {
    [VERDICT_NONE] = {"", N_("Ikke vurdert")},
    [VERDICT_MET] = {"met", N_("Ja")},
    [VERDICT_NOT_MET] = {"not_met", N_("Nei")},
    [VERDICT_UNKNOWN] = {"unknown", N_("Usikker")},
};

/* What a rule found. */
struct finding {
    enum criterion_state state;
    struct say reason;
};
static struct finding unknown(struct say s)
{
    return (struct finding){CRITERION_UNKNOWN, s};
}
static struct finding met(struct say s)
{
    return (struct finding){CRITERION_MET, s};
}
static struct finding not_met(struct say s)
{
    return (struct finding){CRITERION_NOT_MET, s};
}

struct criteria_settings criteria_defaults(void)
{
    return (struct criteria_settings){.of = {
        [CRITERION_REFUGEE] = {WEIGHT_MUST, 0},
        [CRITERION_PROGRAMME] = {WEIGHT_MUST, 5},
        [CRITERION_ONE_YEAR] = {WEIGHT_MUST, 12},
        [CRITERION_NORWEGIAN] = {WEIGHT_MUST, CEFR_B1},
        /* Higher education itself is in CRITERION_REFUGEE; a completed bachelor's degree is what the handbook prefers. */
        [CRITERION_EDUCATION] = {WEIGHT_PREFERRED, EDU_BACHELOR},
        [CRITERION_RECOGNITION] = {WEIGHT_PREFERRED, 0},
        [CRITERION_MOTIVATED] = {WEIGHT_MUST, 0},
        [CRITERION_MONTHS] = {WEIGHT_GUIDELINE, 12},
    }};
}

static bool may_be_must(enum criterion c)
{
    return c != CRITERION_RECOGNITION && c != CRITERION_MONTHS;
}

enum err criteria_check(const struct criteria_settings *s, enum criterion *bad, struct say *why)
{
    for (int i = 0; i < CRITERION_N; i++) {
        const struct criterion_setting *c = &s->of[i];
        const struct criterion_name *name = &criterion_names[i];
        struct say problem = {0};
        if ((int)c->weight < WEIGHT_OFF || c->weight >= WEIGHT_N)
            problem = say(N_("Velg hvor mye kriteriet skal telle."));
        else if (c->weight == WEIGHT_MUST && !may_be_must((enum criterion)i))
            problem = say1(N_("«{1}» kan ikke være et krav. Velg «En fordel» eller «Veiledende»."), SAY_T(name->name));
        else if (c->weight != WEIGHT_OFF && name->threshold_label && (c->threshold < name->threshold_min || c->threshold > name->threshold_max))
            problem = say1(N_("Velg en gyldig grense for «{1}»."), SAY_T(name->name));
        if (problem.msgid) {
            *bad = (enum criterion)i;
            *why = problem;
            return ERR_INVALID;
        }
    }
    return OK;
}

static struct finding look_refugee(const struct criteria_facts *f)
{
    const char *level = education_level_names[f->level].name;
    if (f->level != EDU_UNKNOWN && f->level < EDU_SOME_HIGHER) {
        if (f->track == 3)
            return unknown(say1(N_("Står i spor 3, men utdanningen er registrert som «{1}». Sjekk hva som er riktig."), SAY_T(level)));
        return not_met(say1(N_("Registrert utdanning er «{1}». Programmet er for dem med høyere utdanning."), SAY_T(level)));
    }
    if (f->level == EDU_UNKNOWN && f->track != 3) {
        if (f->track == 0)
            return unknown(say(N_("Spor og utdanningsnivå er ikke registrert.")));
        return not_met(say1(N_("Står i spor {1}. De som har høyere utdanning, står i spor 3."), SAY_I(f->track)));
    }
    if (!f->settled_on && !f->programme_start_on && !f->programme_end_on)
        return unknown(say(N_("Har høyere utdanning, men verken bosetting eller introduksjonsprogram er registrert.")));
    if (f->level == EDU_UNKNOWN)
        return met(say(N_("Står i spor 3. Det betyr minst ett år høyere utdanning.")));
    if (f->track == 1 || f->track == 2)
        return met(say2(N_("Utdanning: {1}. Står likevel i spor {2}. Sjekk om sporet er riktig."), SAY_T(level), SAY_I(f->track)));
    return met(say1(N_("Utdanning: {1}."), SAY_T(level)));
}

/* Out of the programme, or never registered in it: how long in Norway? Settlement counts; when it is not known, the programme's start can
 * only show that the stay is too long. */
static struct finding look_years(const struct criteria_facts *f, int years)
{
    int known = f->settled_on ? f->settled_on : f->programme_start_on;
    bool too_long = known && tm_add_months(known, 12 * years) < f->today;
    if (too_long)
        return not_met(say2(N_("Har bodd i Norge siden {1}, mer enn {2} år."), SAY_D(known), SAY_I(years)));
    if (!f->programme_end_on)
        return unknown(say(N_("Introduksjonsprogrammet er ikke registrert.")));
    if (!f->settled_on)
        return unknown(say1(N_("Ferdig i introduksjonsprogrammet {1}. Bosettingsdatoen mangler."), SAY_D(f->programme_end_on)));
    return met(say3(N_("Ferdig i introduksjonsprogrammet {1}. Bosatt {2}, under {3} år siden."), SAY_D(f->programme_end_on),
                    SAY_D(f->settled_on), SAY_I(years)));
}

static struct finding look_programme(const struct criteria_facts *f, int years)
{
    int start = f->programme_start_on, end = f->programme_end_on;
    if (start && end && end < start)
        return unknown(say(N_("Sluttdatoen i introduksjonsprogrammet er før startdatoen. Rett datoene.")));
    if (start > f->today)
        return not_met(say1(N_("Begynner i introduksjonsprogrammet {1}."), SAY_D(start)));
    if (start && (!end || end >= f->today))
        return met(say1(N_("I introduksjonsprogrammet siden {1}."), SAY_D(start)));
    if (end && end >= f->today)
        return met(say1(N_("I introduksjonsprogrammet til {1}."), SAY_D(end)));
    return look_years(f, years);
}

static struct finding look_norwegian(const struct criteria_facts *f, enum cefr least)
{
    if (f->oral == CEFR_UNKNOWN) {
        if (f->written == CEFR_UNKNOWN)
            return unknown(say(N_("Norsknivået er ikke registrert.")));
        return unknown(say1(N_("Skriftlig norsk er {1}, men muntlig nivå mangler."), SAY_T(cefr_names[f->written].name)));
    }
    struct say s = say2(N_("Muntlig norsk er {1}. Grensen er {2}."), SAY_T(cefr_names[f->oral].name), SAY_T(cefr_names[least].name));
    return f->oral >= least ? met(s) : not_met(s);
}

static struct finding look_education(const struct criteria_facts *f, enum education_level least)
{
    if (f->level == EDU_UNKNOWN && f->track == 3) {
        if (least <= EDU_SOME_HIGHER)
            return met(say(N_("Står i spor 3. Det betyr minst ett år høyere utdanning.")));
        return unknown(say(N_("Står i spor 3, men graden er ikke registrert.")));
    }
    if (f->level == EDU_UNKNOWN)
        return unknown(say(N_("Utdanningsnivået er ikke registrert.")));
    struct say s = say2(N_("Utdanning: {1}. Grensen er: {2}."), SAY_T(education_level_names[f->level].name),
                        SAY_T(education_level_names[least].name));
    return f->level >= least ? met(s) : not_met(s);
}

static struct finding look_recognition(enum recognition r)
{
    struct say s = say1(N_("Status: {1}."), SAY_T(recognition_names[r].name));
    switch (r) {
    case REC_RECOGNISED:
    case REC_PARTLY:
    case REC_NOT_RELEVANT:
        return met(s);
    case REC_ASSESSMENT_GIVEN:
        return not_met(say(N_("Har en kvalifikasjonsvurdering. Den beskriver nivået, men er ikke en godkjenning.")));
    case REC_NOT_ASSESSED:
    case REC_PREPARING:
    case REC_REFUSED:
        return not_met(s);
    case REC_UNKNOWN:
        return unknown(say(N_("Status for godkjenning er ikke registrert.")));
    case REC_APPLIED:
    case REC_MISSING_DOCUMENTS:
    case REC_VERIFYING:
    case REC_UVD_REFERRED:
    case REC_UVD_INTERVIEW:
    case REC_UVD_EXPERTS:
    case REC_ASSESSMENT_REFERRED:
    case REC_COMPLAINT:
    case REC_N:
        break;
    }
    return unknown(s);
}

static struct finding look_months(const struct criteria_facts *f, int least)
{
    int start = f->programme_start_on, end = f->programme_end_on;
    if (!start || (end && end < start))
        return unknown(say(N_("Startdatoen i introduksjonsprogrammet mangler.")));
    int until = end && end < f->today ? end : f->today;
    int months = start < until ? tm_months_between(start, until) : 0;
    struct say s = say_n2(N_PLURAL("{1} måned i introduksjonsprogrammet. Veiledende grense er {2}.",
                                   "{1} måneder i introduksjonsprogrammet. Veiledende grense er {2}."), months, SAY_I(least));
    return months >= least ? met(s) : not_met(s);
}

static struct finding look_by_rule(const struct criteria_facts *f, enum criterion c, int threshold)
{
    switch (c) {
    case CRITERION_REFUGEE:
        return look_refugee(f);
    case CRITERION_PROGRAMME:
        return look_programme(f, threshold);
    case CRITERION_NORWEGIAN:
        return look_norwegian(f, (enum cefr)threshold);
    case CRITERION_EDUCATION:
        return look_education(f, (enum education_level)threshold);
    case CRITERION_RECOGNITION:
        return look_recognition(f->recognition);
    case CRITERION_MONTHS:
        return look_months(f, threshold);
    case CRITERION_ONE_YEAR:
    case CRITERION_MOTIVATED:
    case CRITERION_N:
        break;
    }
    return unknown(say(N_("Ingen har vurdert dette ennå. Spør programrådgiveren.")));
}

static struct finding look_by_hand(enum verdict v, bool leader)
{
    switch (v) {
    case VERDICT_MET:
        return met(say(leader ? N_("Prosjektleder har vurdert dette: ja.") : N_("Programrådgiver har vurdert dette: ja.")));
    case VERDICT_NOT_MET:
        return not_met(say(leader ? N_("Prosjektleder har vurdert dette: nei.") : N_("Programrådgiver har vurdert dette: nei.")));
    case VERDICT_UNKNOWN:
    case VERDICT_NONE:
    case VERDICT_N:
        break;
    }
    return unknown(say(leader ? N_("Prosjektleder har vurdert dette og er usikker.") : N_("Programrådgiver har vurdert dette og er usikker.")));
}

static struct finding look(const struct criteria_facts *f, enum criterion c, int threshold)
{
    struct criteria_hand h = f->hand[c];
    if (h.leader != VERDICT_NONE)
        return look_by_hand(h.leader, true);
    if (h.adviser != VERDICT_NONE)
        return look_by_hand(h.adviser, false);
    return look_by_rule(f, c, threshold);
}

struct criteria_overview criteria_look(const struct criteria_settings *s, const struct criteria_facts *f)
{
    struct criteria_overview o = {0};
    for (int i = 0; i < CRITERION_N; i++) {
        enum criterion_weight w = s->of[i].weight;
        if (w == WEIGHT_OFF)
            continue;
        struct finding got = look(f, (enum criterion)i, s->of[i].threshold);
        o.results[o.n++] = (struct criterion_result){(enum criterion)i, got.state, w, got.reason};
        bool is_met = got.state == CRITERION_MET;
        if (w == WEIGHT_MUST) {
            o.must++;
            o.must_met += is_met;
            o.must_unknown += got.state == CRITERION_UNKNOWN;
        } else {
            o.wish++;
            o.wish_met += is_met;
        }
    }
    int failed = o.must - o.must_met - o.must_unknown;
    o.sort_key = (CRITERION_N - failed) * 10000 + (CRITERION_N - o.must_unknown) * 100 + o.wish_met;
    return o;
}

struct say criteria_summary(const struct criteria_overview *o)
{
    if (o->must == 0)
        return say(N_("Ingen krav er satt."));
    if (o->must_met == o->must)
        return say_n(N_PLURAL("Kravet er oppfylt.", "Alle {1} krav er oppfylt."), o->must);
    if (o->must_unknown == 0)
        return say2(N_("{1} av {2} krav er oppfylt."), SAY_I(o->must_met), SAY_I(o->must));
    return say3(N_("{1} av {2} krav er oppfylt. Ikke avklart: {3}."), SAY_I(o->must_met), SAY_I(o->must), SAY_I(o->must_unknown));
}

int criteria_next_on(const struct criteria_settings *s, const struct criteria_facts *f)
{
    int known = f->settled_on ? f->settled_on : f->programme_start_on;
    int days[] = {f->programme_start_on, f->programme_end_on ? f->programme_end_on + 1 : 0,
                  known ? tm_add_months(known, 12 * s->of[CRITERION_PROGRAMME].threshold) + 1 : 0,
                  f->programme_start_on ? tm_add_months(f->programme_start_on, s->of[CRITERION_MONTHS].threshold) : 0};
    int next = 0;
    for (size_t i = 0; i < COUNT(days); i++)
        if (days[i] > f->today && (!next || days[i] < next))
            next = days[i];
    return next;
}
