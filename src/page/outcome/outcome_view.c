#include "page/outcome/outcome_view.h"
#include "base/tm.h"
#include "domain/field.h"

static void line(struct outcome_card *c, const char *label, struct str value)
{
    if (value.n && c->n < OUTCOME_FACTS_MAX)
        c->lines[c->n++] = (struct outcome_line){label, value};
}

static struct str percent(const struct view *v, int n)
{
    return n ? TF("{1} prosent", I(n)) : STR("");
}

static void state(const struct view *v, struct outcome_card *c, int from_on, int until_on)
{
    bool over = until_on && until_on < v->today, to_come = from_on > v->today;
    c->state = over ? N_("Avsluttet") : to_come ? N_("Begynner senere") : N_("Nå");
    c->color = over ? "neutral" : to_come ? "info" : "success";
    c->from_on = from_on;
}

static void job_lines(const struct view *v, struct outcome_card *c, const struct outcome_row *o)
{
    line(c, N_("Arbeidsgiver"), o->employer);
    if (o->occupation.n)
        line(c, N_("Yrke"), S(T(occupation_name(occupation_code(o->occupation)))));
    line(c, N_("Fagrelevant"), S(T(relevance_names[o->field_relevant].name)));
    line(c, N_("Tilbud gitt"), DATE(o->offered_on));
    line(c, N_("Fra"), DATE(o->from_on));
    line(c, N_("Til"), DATE(o->until_on));
    line(c, N_("Stilling"), percent(v, o->percent));
    line(c, N_("Praksis ved siden av"), percent(v, o->practice_percent));
    if (o->permanent)
        line(c, N_("Ansettelse"), S(T(permanence_names[o->permanent].name)));
    line(c, N_("Tilskudd"), S(T(outcome_subsidy_names[o->subsidy].name)));
    if (o->found_by)
        line(c, N_("Slik kom jobben"), S(T(outcome_found_names[o->found_by].name)));
    line(c, N_("Merknad"), o->note);
}

struct outcome_card outcome_card(const struct view *v, const struct outcome_row *o)
{
    const char *kind = outcome_kind_names[o->kind].name;
    struct outcome_card c = {.id = o->id, .row = o, .kind = kind, .title = o->job_title.n ? o->job_title : S(T(kind))};
    state(v, &c, o->from_on, o->until_on);
    if (o->kind == OUTCOME_JOB) {
        job_lines(v, &c, o);
        return c;
    }
    line(&c, N_("Skole"), o->employer);
    line(&c, N_("Fra"), DATE(o->from_on));
    line(&c, N_("Til"), DATE(o->until_on));
    line(&c, N_("Merknad"), o->note);
    return c;
}

struct outcome_card internship_card(const struct view *v, const struct internship_row *i)
{
    const char *kind = outcome_kind_names[OUTCOME_INTERNSHIP].name;
    struct outcome_card c = {.id = i->id, .internship = true, .kind = kind, .title = i->business.n ? i->business : S(T(kind))};
    state(v, &c, i->from_on, i->until_on);
    line(&c, N_("Fagrelevant"), S(T(relevance_names[i->field_relevant].name)));
    line(&c, N_("Fra"), DATE(i->from_on));
    line(&c, N_("Til"), DATE(i->until_on));
    line(&c, N_("Omfang"), percent(v, i->percent));
    return c;
}

struct outcome_card *outcome_cards(const struct view *v, const struct outcome_person *p, size_t *n)
{
    struct outcome_card *c = ARENA_ARRAY(v->a, struct outcome_card, p->n_outcomes + p->n_internships);
    size_t o = 0, i = 0, k = 0;
    while (o < p->n_outcomes || i < p->n_internships) {
        bool other = o == p->n_outcomes || (i < p->n_internships && p->internships[i].from_on > p->outcomes[o].from_on);
        if (other)
            c[k++] = internship_card(v, &p->internships[i++]);
        else
            c[k++] = outcome_card(v, &p->outcomes[o++]);
    }
    *n = k;
    return c;
}

const char *outcome_support_why(enum self_support s)
{
    switch (s) {
    case SUPPORT_YES:
        return N_("Full stilling uten tilskudd.");
    case SUPPORT_PARTLY:
        return N_("Har jobb, men med tilskudd eller i deltid.");
    case SUPPORT_NO:
        return N_("Har ikke jobb nå.");
    case SUPPORT_UNKNOWN:
    case SUPPORT_N:
        break;
    }
    return N_("Ingenting er registrert for tiden nå.");
}

struct str outcome_event_text(const struct view *v, const struct event_row *e)
{
    static const struct {
        const char *kind, *text;
    } texts[] = {{"outcome.registered", N_("Registrert: {1}")},        {"outcome.changed", N_("Endret: {1}")},
                 {"outcome.ended", N_("Avsluttet: {1}")},              {"internship.registered", N_("Registrert: {1}")},
                 {"internship.changed", N_("Endret: {1}")}, {"internship.ended", N_("Avsluttet: {1}")}};
    int kind = str_starts(e->kind, STR("internship.")) ? OUTCOME_INTERNSHIP : OUTCOME_UNKNOWN;
    (void)level_of(outcome_kind_names, OUTCOME_KIND_N, e->outcome, kind ? &(int){0} : &kind);
    for (size_t i = 0; i < COUNT(texts); i++)
        if (str_is(e->kind, texts[i].kind))
            return TF(texts[i].text, S(T(outcome_kind_names[kind].name)));
    return e->kind;
}

struct str outcome_typed_date(const struct view *v, int on)
{
    struct tm_ymd d = tm_ymd(on);
    return on ? arena_fmt(v->a, "%02d.%02d.%04d", d.day, d.month, d.year) : STR("");
}

struct str outcome_name(const struct view *v, const struct trainee_row *t)
{
    return arena_fmt(v->a, "%.*s %.*s", STR_FMT(t->first_name), STR_FMT(t->last_name));
}

const struct form_choice *outcome_choices(const struct view *v, const struct level_name *names, size_t first, size_t n)
{
    struct form_choice *c = ARENA_ARRAY(v->a, struct form_choice, n - first + 1);
    for (size_t i = first; i < n; i++)
        c[i - first] = (struct form_choice){*names[i].code ? names[i].code : "none", names[i].name};
    return c;
}

const struct form_choice *outcome_occupations(const struct view *v)
{
    struct named {
        struct str name;
        int code;
    };
    size_t n;
    const struct occupation *all = occupation_all(&n);
    struct named *s = ARENA_ARRAY(v->a, struct named, n);
    struct form_choice *c = ARENA_ARRAY(v->a, struct form_choice, n + 1);
    for (size_t i = 0; i < n; i++)
        s[i] = (struct named){S(T(all[i].name)), all[i].code};
    text_sort(v->lang, s, n, sizeof *s, offsetof(struct named, name));
    for (size_t i = 0; i < n; i++)
        c[i] = (struct form_choice){occupation_stored(v->a, s[i].code).p, s[i].name.p};
    return c;
}
