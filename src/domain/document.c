#include "domain/document.h"
#include "base/say.h"
#include "domain/access.h"

static const struct {
    const char *code, *label;
} rights[DOCUMENT_RIGHT_N] = {
    [DOCUMENT_NONE] = {"", N_("Ikke delt")},
    [DOCUMENT_READ] = {"read", N_("Lese")},
    [DOCUMENT_COMMENT] = {"comment", N_("Kommentere")},
    [DOCUMENT_WRITE] = {"write", N_("Skrive")},
};

const char *document_right_label(enum document_right r)
{
    return rights[r < DOCUMENT_RIGHT_N ? r : DOCUMENT_NONE].label;
}

const char *document_right_code(enum document_right r)
{
    return rights[r < DOCUMENT_RIGHT_N ? r : DOCUMENT_NONE].code;
}

enum document_right document_right_of_code(struct str code)
{
    for (enum document_right r = DOCUMENT_READ; r < DOCUMENT_RIGHT_N; r++)
        if (str_is(code, rights[r].code))
            return r;
    return DOCUMENT_NONE;
}

unsigned document_right_rel(enum document_right r)
{
    static const unsigned rel[DOCUMENT_RIGHT_N] = {[DOCUMENT_READ] = REL_DOC_READ, [DOCUMENT_COMMENT] = REL_DOC_READ | REL_DOC_COMMENT,
                                                   [DOCUMENT_WRITE] = REL_DOC_READ | REL_DOC_COMMENT | REL_DOC_WRITE};
    return r < DOCUMENT_RIGHT_N ? rel[r] : 0;
}

/* ---- kinds, and what they begin with. A hint in braces is shown, in italics, as long as there is nothing better to put there. */
static const struct {
    const char *code, *label, *about, *begins;
} kinds[DOCUMENT_KIND_N] = {
    [DOCUMENT_CV] =
        {"cv", N_("CV"), N_("Det en arbeidsgiver ser først: hva du kan, hva du har gjort, og hvordan de når deg."),
         N_("# {navn}\n\n"
            "{kontakt: Telefon, e-post og sted}\n\n"
            "## Nøkkelkvalifikasjoner\n\n"
            "{styrker: Tre til fem linjer om deg som fagperson: yrke, antall år, det du er ekstra god på, og det du vil arbeide med.}\n\n"
            "## Arbeidserfaring\n\n"
            "{erfaring: Den nyeste jobben står øverst. Skriv hva du hadde ansvar for, og hva det førte til. Forklar virksomheter som norske lesere ikke "
            "kjenner.}\n\n"
            "| 2020–nå | **Stilling**, virksomhet, sted. Oppgaver og resultater. |\n"
            "| 2016–2020 | **Stilling**, virksomhet, sted. Oppgaver og resultater. |\n\n"
            "## Utdanning\n\n"
            "{utdanning: Den nyeste utdanningen står øverst. Skriv grad, fag, skole og land, og om utdanningen er godkjent i Norge.}\n\n"
            "| 2012–2016 | **Grad i fag**, skole, land |\n\n"
            "## Språk\n\n"
            "{språk: Skriv hvert språk med nivå, for eksempel norsk B2 muntlig og B1 skriftlig.}\n\n"
            "## Kurs og sertifikater\n\n"
            "{kurs: Kurs som betyr noe for jobben, førerkort og dataprogrammer du kan.}\n\n"
            "## Referanser\n\n"
            "Referanser oppgis på forespørsel.")},
    [DOCUMENT_LETTER] =
        {"letter", N_("Søknadsbrev"), N_("Et brev på én side til én arbeidsgiver: hvorfor denne jobben, og hvorfor du."),
         N_("{navn}\n"
            "{kontakt: Telefon og e-post}\n\n"
            "[Virksomhet]\n"
            "[Navnet på den som leser søknaden, hvis du vet det]\n\n"
            "## Søknad på stilling som [stilling]\n\n"
            "[Innledning: Hvor så du annonsen, og hva fikk deg til å søke? Si med én setning hvem du er som fagperson.]\n\n"
            "[Det du kan: Velg de to eller tre viktigste kravene i annonsen. Skriv hvordan du har vist at du kan nettopp det, med et eksempel for hvert krav.]\n\n"
            "[Hvorfor dem: Hva vet du om virksomheten? Hvorfor vil du arbeide der, og hva kan du bidra med som andre ikke kan?]\n\n"
            "[Avslutning: Når kan du begynne? Si at du gjerne kommer til en samtale.]\n\n"
            "Med vennlig hilsen\n\n"
            "{navn}")},
    [DOCUMENT_APPLICATION] =
        {"application", N_("Søknad"), N_("En søknad til studieplass, kurs, internship eller ordning, der du svarer på det de spør om."),
         N_("{navn}\n"
            "{kontakt: Telefon og e-post}\n\n"
            "## Søknad om [det du søker om]\n\n"
            "### Hvem jeg er\n\n"
            "{styrker: To eller tre linjer om utdanning, erfaring og situasjonen din nå.}\n\n"
            "### Hva jeg søker om\n\n"
            "[Skriv hva du søker om, fra når og hvor lenge.]\n\n"
            "### Hvorfor\n\n"
            "[Hva skal du bruke det til? Knytt det til målet ditt.]\n\n"
            "### Hva jeg kan fra før\n\n"
            "- [Erfaring eller utdanning som passer]\n"
            "- [Kurs, språk eller annet som trengs]\n\n"
            "### Vedlegg\n\n"
            "- CV\n"
            "- Vitnemål og attester\n\n"
            "Med vennlig hilsen\n\n"
            "{navn}")},
    [DOCUMENT_MINUTES] =
        {"minutes", N_("Referat"), N_("Fra et møte med mentoren. Det tar fem minutter, og begge kan fylle ut."),
         N_("## {tema: Møte}\n\n"
            "{dato}\n\n"
            "### Hva snakket vi om?\n\n"
            "[Skriv det viktigste med noen få ord.]\n\n"
            "### Hva lærte jeg?\n\n"
            "[Noe nytt om faget, arbeidslivet eller deg selv.]\n\n"
            "### Hva gjør vi til neste gang?\n\n"
            "- [Jeg …]\n"
            "- [Mentoren …]")},
    [DOCUMENT_AD] =
        {"ad", N_("Annonseanalyse"), N_("Annonsen ved siden av det du kan: hva de ber om, hva du har, og hva du bør skrive om i søknaden."),
         N_("## {arbeidsgiver: Stilling og arbeidsgiver}\n\n"
            "*Les annonsen sammen med en som kjenner faget. Skriv stikkord i begge kolonner. Det som står til høyre, er utkastet til søknaden din.*\n\n"
            "|= Det står i annonsen |= Mine ferdigheter |\n"
            "| **Virksomheten:** Hva gjør de, og hva er viktig for dem? Finn også ut mer enn det som står her. | Hva har jeg til felles med dem? |\n"
            "| **Oppgavene:** Hva skal jeg gjøre, og hva får jeg ansvar for? | Når har jeg gjort noe som ligner? |\n"
            "| **Kvalifikasjonene:** Hva må jeg ha, og hva er en fordel? | Hva har jeg, og hvordan kan jeg vise det? Hva mangler? |\n"
            "| **Hva de tilbyr:** Lønn, opplæring, arbeidstid og miljø. | Hva er viktig for meg? Hva vil jeg spørre om? |\n\n"
            "### Skal jeg søke?\n\n"
            "[Skriv kort hvorfor, og hva du gjør først.]")},
    [DOCUMENT_FREE] = {"free", N_("Fritt dokument"), N_("Et tomt ark til lister, notater, presentasjonen din eller hva som helst."), ""},
};

const char *document_kind_code(enum document_kind k)
{
    return kinds[k < DOCUMENT_KIND_N ? k : DOCUMENT_FREE].code;
}

const char *document_kind_label(enum document_kind k)
{
    return kinds[k < DOCUMENT_KIND_N ? k : DOCUMENT_FREE].label;
}

const char *document_kind_about(enum document_kind k)
{
    return kinds[k < DOCUMENT_KIND_N ? k : DOCUMENT_FREE].about;
}

const char *document_kind_template(enum document_kind k)
{
    return kinds[k < DOCUMENT_KIND_N ? k : DOCUMENT_FREE].begins;
}

bool document_kind_is(struct str code, enum document_kind *out)
{
    for (enum document_kind k = DOCUMENT_CV; k < DOCUMENT_KIND_N; k++)
        if (str_is(code, kinds[k].code)) {
            *out = k;
            return true;
        }
    return false;
}

enum document_kind document_kind_of(struct str code)
{
    enum document_kind k = DOCUMENT_FREE;
    return document_kind_is(code, &k) ? k : DOCUMENT_FREE;
}

bool document_mark_ok(struct str mark)
{
    if (!mark.n || mark.n > DOCUMENT_MARK_MAX)
        return false;
    for (size_t i = 0; i < mark.n; i++)
        if (!((mark.p[i] >= 'a' && mark.p[i] <= 'z') || (mark.p[i] >= '0' && mark.p[i] <= '9') || mark.p[i] == '-'))
            return false;
    return true;
}
