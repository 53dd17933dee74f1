#include "domain/looked.h"
#include "domain/logchain.h"

#define N_(s) s

static const struct {
    const char *code, *words;
} kinds[] = {
    {"profile", N_("Navn, utdanning og erfaring")},
    {"participant", N_("Navn, utdanning og erfaring")},
    {"participants", N_("Navn, utdanning og erfaring")},
    {"list", N_("En liste der navnet står")},
    {"overview", N_("En oversikt der navnet står")},
    {"application", N_("Søknaden")},
    {"interview", N_("Intervjuet")},
    {"intake", N_("Opptaket til programmet")},
    {"mentor", N_("Opplysninger som mentor")},
    {"mentors", N_("Opplysninger som mentor")},
    {"criteria", N_("Inntakskriterier")},
    {"mail", N_("E-post")},
    {"organisation", N_("Innstillinger")},
    {"settings", N_("Innstillinger")},
    {"users", N_("Kontoen")},
    {"screening", N_("Vurderingen til programmet")},
    {"criterion", N_("Vurderingen til programmet")},
    {"recommendation", N_("Anbefalingen")},
    {"gap", N_("Kompetanse som mangler")},
    {"invitation", N_("Invitasjonen")},
    {"invite", N_("Invitasjonen")},
    {"offer", N_("Tilbudet om plass")},
    {"cohort", N_("Puljen")},
    {"cohorts", N_("Puljen")},
    {"trainee", N_("Framdriften i mentorprogrammet")},
    {"trainees", N_("Framdriften i mentorprogrammet")},
    {"progress", N_("Framdriften i mentorprogrammet")},
    {"mentorship", N_("Samarbeidet med mentoren")},
    {"match", N_("Valget av mentor")},
    {"matching", N_("Valget av mentor")},
    {"agreement", N_("Avtalen")},
    {"meeting", N_("Tid og sted for møter")},
    {"meetings", N_("Tid og sted for møter")},
    {"minutes", N_("Referater fra møter")},
    {"task", N_("Oppgaver")},
    {"tasks", N_("Oppgaver")},
    {"workbook", N_("Utviklingspermen")},
    {"evaluation", N_("Evalueringen")},
    {"self", N_("Egenvurderingen")},
    {"leave", N_("Permisjon")},
    {"outcome", N_("Jobb, praksis og utdanning")},
    {"internship", N_("Jobb, praksis og utdanning")},
    {"document", N_("Et dokument")},
    {"documents", N_("Et dokument")},
    {"relation", N_("Hvem som følger opp")},
    {"handover", N_("Overføringen til NAV")},
    {"protection", N_("Adressebeskyttelse")},
    {"user", N_("Kontoen")},
    {"account", N_("Kontoen")},
    {"login", N_("Innlogging")},
    {"data", N_("En kopi av alle opplysninger")},
    {"consent", N_("Samtykker")},
    {"rights", N_("Spørsmål om egne opplysninger")},
    {"cooperation", N_("Samarbeid mellom organisasjoner")},
    {"token", N_("Kontoen")},
    {"log", N_("Loggen over hvem som har sett")},
    {"export", N_("En kopi av alle opplysninger")},
    {"import", N_("Opplysninger fra en fil")},
    {"password", N_("Med passord")},
    {"link", N_("Med lenke på e-post")},
    {"code", N_("Med kode")},
    {"oidc", N_("Med ID-porten eller en annen innlogging")},
    {"factor", N_("Engangskode")},
    {"session", N_("Logget ut")},
};

static struct str head_of(struct str what)
{
    if (what.n && what.p[0] == '/') {
        str_cut(&what, '/');
        return str_cut(&what, '/');
    }
    struct str head = str_cut(&what, '.');
    return str_cut(&head, ':');
}

static const char *words_of(struct str what)
{
    struct str head = head_of(what);
    for (size_t i = 0; i < COUNT(kinds); i++)
        if (str_is(head, kinds[i].code))
            return kinds[i].words;
    return NULL;
}

const char *looked_words(struct str what)
{
    const char *words = words_of(what);
    return words ? words : N_("Andre opplysninger");
}

bool looked_known(struct str what)
{
    return words_of(what) != NULL;
}

bool looked_list(struct str what)
{
    return str_is(what, "list") || str_is(what, "overview") || str_is(what, "task");
}

const char *looked_act(struct str act)
{
    static const struct {
        const char *act, *words;
    } acts[] = {
        {LOG_LOOK, N_("Så")},           {LOG_CHANGE, N_("Endret")},     {LOG_REFUSED, N_("Prøvde, men fikk ikke")},
        {LOG_LOGIN, N_("Innlogging")},  {LOG_EXPORT, N_("Hentet ut")},  {LOG_ERASE, N_("Slettet")},
        {LOG_STOP, N_("Stoppet")},
    };
    for (size_t i = 0; i < COUNT(acts); i++)
        if (str_is(act, acts[i].act))
            return acts[i].words;
    return "";
}
