#include "page/design/design.h"

#include "gen/design.html.h"
#include "page/parts/parts.h"

static const struct form_choice answers[] = {{"yes", N_("Ja")}, {"no", N_("Nei")}, {"later", N_("Vet ikke ennå")}, {0}};

/* A form with one of each, some of them wrong. */
static struct form sample_form(void)
{
    static const struct pair given[] = {
        {{"name", 4}, {"Amal Haddad", 11}},   {{"email", 5}, {"amal.haddad@example", 19}}, {{"phone", 5}, {"22 33 44 55", 11}},
        {{"born", 4}, {"32.12.1990", 10}},    {{"meet", 4}, {"08.04.2027", 10}},           {{"meet_time", 9}, {"14.00", 5}},
        {{"answer", 6}, {"later", 5}},        {{"agree", 5}, {"1", 1}},                    {{"year", 4}, {"16", 2}},
        {{"why", 3}, {"Jeg vil bruke utdanningen min.\nDerfor søker jeg.", 49}},
    };
    struct form f = form_new(given, COUNT(given));
    f.err[f.n_err++] = (struct form_error){"email", N_("Skriv en e-postadresse, for eksempel navn@eksempel.no."), 0, 0};
    f.err[f.n_err++] = (struct form_error){"born", N_("Skriv datoen slik: 31.12.2026."), 0, 0};
    f.err[f.n_err++] = (struct form_error){"country", N_("Velg et av svarene."), 0, 0};
    return f;
}

enum err design_page(struct page *p)
{
    if (!p->c.demo)
        return ERR_NOT_FOUND;
    const struct phase phases[] = {
        {STR("Rekruttering"), STR("mai til juni"), PHASE_DONE},  {STR("Opptak"), STR("august"), PHASE_DONE},
        {STR("Matching"), STR("september"), PHASE_DONE},         {STR("Mentorperiode"), STR("til 31. august 2027"), PHASE_NOW},
        {STR("Overgang til jobb"), STR("juni til august"), PHASE_NEXT}, {STR("Avslutning"), STR("september"), PHASE_NEXT},
    };
    struct form f = sample_form();
    html_design(p->o, &p->v, &f, answers, phases, COUNT(phases));
    return OK;
}
