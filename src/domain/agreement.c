#include "domain/agreement.h"
#include "base/buf.h"
#include "base/tm.h"

int agreement_earliest_on(int64_t matching_held_at)
{
    return matching_held_at ? tm_on_of(matching_held_at) + 1 : 0;
}

bool agreement_signed(const struct agreement_facts *f, enum agreement_party who)
{
    const struct agreement_signature *s = &f->signatures[who];
    return s->at != 0 && f->hash.n > 0 && str_eq(s->hash, f->hash);
}

bool agreement_complete(const struct agreement_facts *f)
{
    return agreement_signed(f, PARTY_TRAINEE) && agreement_signed(f, PARTY_MENTOR);
}

enum err agreement_may_sign(const struct agreement_facts *f, enum agreement_party who, struct str shown_hash, struct say *why)
{
    enum err e = ERR_STATE;
    if (f->ended)
        *why = say(N_("Samarbeidet er avsluttet. Avtalen kan ikke signeres."));
    else if (!f->matching_held_at)
        *why = say(N_("Avtalen kan signeres etter matchingmøtet."));
    else if (!f->yes[PARTY_TRAINEE] || !f->yes[PARTY_MENTOR])
        *why = say(N_("Avtalen kan signeres når begge har sagt ja til samarbeidet."));
    else if (f->hash.n == 0)
        *why = say(N_("Avtalen er ikke skrevet ennå."));
    else if (tm_on_of(f->now) < agreement_earliest_on(f->matching_held_at))
        *why = say1(N_("Avtalen signeres ikke samme dag som matchingmøtet. Du kan signere fra {1}."),
                    SAY_D(agreement_earliest_on(f->matching_held_at)));
    else if (agreement_signed(f, who))
        *why = say1(N_("Du signerte avtalen {1}."), SAY_D(tm_on_of(f->signatures[who].at)));
    else if (!str_eq(shown_hash, f->hash)) {
        *why = say(N_("Teksten er endret siden du åpnet den. Les den nye teksten før du signerer."));
        e = ERR_CONFLICT;
    } else
        return OK;
    return e;
}

struct agreement_period agreement_period(int first_meeting_on, int months, const struct leave *l, size_t n, int today)
{
    if (!first_meeting_on)
        return (struct agreement_period){0};
    struct agreement_period p = {.from_on = first_meeting_on, .planned_end_on = tm_add_months(first_meeting_on, months)};
    p.end_on = leave_moves_end(l, n, p.from_on, p.planned_end_on, today);
    p.leave_days = p.end_on - p.planned_end_on;
    return p;
}

const struct agreement_placeholder agreement_placeholders[] = {
    {"trainee", N_("Navnet på traineen")},
    {"mentor", N_("Navnet på mentoren")},
    {"prosjektleder", N_("Navnet på prosjektlederen")},
    {"organisasjon", N_("Navnet på kommunen eller senteret")},
    {"mål", N_("Målene som er avtalt")},
    {"forventninger_trainee", N_("Det traineen forventer")},
    {"forventninger_mentor", N_("Det mentoren forventer")},
    {"måneder", N_("Hvor mange måneder avtalen varer")},
    {"møter", N_("Hvor mange møter som er planlagt")},
};
const size_t agreement_placeholders_n = COUNT(agreement_placeholders);

static bool is_known(struct str name)
{
    for (size_t i = 0; i < agreement_placeholders_n; i++)
        if (str_is(name, agreement_placeholders[i].name))
            return true;
    return false;
}

static struct str value_of(struct str name, const struct agreement_value *v, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_is(name, v[i].name))
            return v[i].value;
    return STR("__________");
}

enum err agreement_template_check(struct str template, struct str *bad)
{
    if (template.n > AGREEMENT_TEXT_MAX)
        return ERR_LIMIT;
    while (template.n > 0) {
        ptrdiff_t open = str_find(template, '{');
        if (open < 0)
            return OK;
        struct str rest = {template.p + open + 1, template.n - (size_t)open - 1};
        ptrdiff_t close = str_find(rest, '}');
        struct str name = {rest.p, close < 0 ? rest.n : (size_t)close};
        if (close < 0 || !is_known(name)) {
            *bad = name;
            return ERR_INVALID;
        }
        template = (struct str){rest.p + close + 1, rest.n - (size_t)close - 1};
    }
    return OK;
}

enum err agreement_text(struct arena *a, struct str template, const struct agreement_value *v, size_t n, struct str *out, struct str *bad)
{
    TRY(agreement_template_check(template, bad));
    CLEANUP(buf_free) struct buf text = {.max = AGREEMENT_TEXT_MAX};
    while (template.n > 0) { /* every brace that opens also closes: checked above */
        bool has = str_find(template, '{') >= 0;
        buf_str(&text, str_cut(&template, '{'));
        if (has)
            buf_str(&text, value_of(str_cut(&template, '}'), v, n));
    }
    bool full = text.bad;
    if (!full)
        *out = arena_str(a, buf_view(&text));
    return full ? ERR_LIMIT : OK;
}

const struct agreement_section agreement_default[] = {
    {N_("Hva avtalen er"),
     {N_("Avtalen gjelder mellom {trainee} (trainee) og {mentor} (mentor). {organisasjon} har ansvar for mentorprogrammet. "
         "{prosjektleder} er kontaktperson for dere begge."),
      N_("Dere møtes som to fagpersoner. Traineen blir kjent med faget i Norge, bygger nettverk og arbeider mot en fagrelevant jobb. "
         "Mentoren deler erfaring, gir råd og hjelper traineen med å se mulighetene."),
      N_("Dere er likeverdige. Begge bidrar, og begge kan lære noe.")}},
    {N_("Hva avtalen ikke er"),
     {N_("Mentoren har ikke ansvar for å skaffe traineen jobb. Mentoren er heller ikke leder, lærer eller saksbehandler for traineen."),
      N_("Traineen skal ikke gjøre gratis arbeid for mentoren eller for mentorens arbeidsgiver."),
      N_("Avtalen er frivillig. Den gir ikke rett til jobb, lønn eller andre ytelser.")}},
    {N_("Møter og tid"),
     {N_("Avtalen varer i {måneder} måneder fra det første samarbeidsmøtet. Dere møtes omtrent {møter} ganger i denne tiden."),
      N_("Traineen avtaler møtene, forbereder dem og skriver et kort referat etterpå. Mentoren forbereder sine oppgaver."),
      N_("Si fra så tidlig som mulig hvis du ikke kan komme, og foreslå et nytt tidspunkt."),
      N_("Hvis traineen har permisjon, stopper tiden. Da flyttes sluttdatoen like mange dager.")}},
    {N_("Forventninger"),
     {N_("Traineen forventer: {forventninger_trainee}"), N_("Mentoren forventer: {forventninger_mentor}"),
      N_("Prosjektleder følger med på fremdriften, hjelper når noe er vanskelig, og kaller inn til samtale midtveis og til slutt.")}},
    {N_("Mål for samarbeidet"),
     {N_("Målene vi har avtalt: {mål}"), N_("Vi ser på målene sammen midtveis. Da kan vi endre dem eller lage nye.")}},
    {N_("Fortrolighet"),
     {N_("Det dere snakker om, blir mellom dere. Prosjektleder ser hvilke møter og oppgaver dere har, men ikke den private samtalen."),
      N_("Spør den andre før du deler noe videre. Dette gjelder også etter at avtalen er slutt."),
      N_("Hvis du er redd for at noen kan bli alvorlig skadet, skal du likevel si fra.")}},
    {N_("Slutt"),
     {N_("Begge kan avslutte avtalen når som helst. Snakk gjerne med prosjektleder først. Ingen får skylden når et samarbeid ikke passer."),
      N_("Når tiden er ute, ser dere tilbake på målene og avslutter rollene. Dere blir enige om dere vil ha kontakt videre, og hvordan.")}},
};
const size_t agreement_default_n = COUNT(agreement_default);
