/* register.h: the data register: each kind of data about a person that is kept here, why, on what ground, for how long, who sees it, and in which
 * columns it stands (register_table.h). From it come the privacy page, the export, erasure, the retention job and docs/register.md.
 * A column that is not in it fails tests/unit/t_register.c. */
#pragma once
#include "base/base.h"
#include "domain/register_table.h"

enum data_class { /* what happens when it gets out */
    CLASS_A, /* open */
    CLASS_B, /* internal, numbers */
    CLASS_C, /* confidential: forvaltningsloven § 13 */
    CLASS_D, /* tells where somebody is, who knows whom, or the national identity number */
};
enum retention {
    KEPT_PROGRAMME, /* two years after the end of the programme */
    KEPT_MENTOR,    /* two years after the mentor left */
    KEPT_ACCOUNT,   /* as long as the account; of who worked here five years after it was closed (KEPT_LOG_YEARS) */
    KEPT_MAIL,      /* ninety days */
    KEPT_LOG,       /* five years (KEPT_LOG_YEARS) */
    KEPT_PROOF,     /* as long as the account, and five years more as proof (KEPT_PROOF_YEARS) */
    KEPT_HOUR,      /* an hour; the sweep that removes it comes once an hour */
};
enum { KEPT_LOG_YEARS = 5, KEPT_PROOF_YEARS = 5 };
/* X(code, what, purpose, ground, source of the ground in docs/register.md, class, retention, who sees it, what law keeps after erasure or NULL) */
#define REGISTER_KINDS(X)                                                                          \
    X(CONTACT, N_("Navn, kontaktopplysninger og saksnummer"), N_("Vi må vite hvem du er og kunne gi deg beskjed."), BASIS_PROGRAMME, CLASS_C, KEPT_PROGRAMME, \
      N_("Prosjektlederen, programrådgiveren din og NAV-kontakten din. Mentoren og fadderen ser navnet. Administratoren ser navn og e-post."), NULL) \
    X(BACKGROUND, N_("Utdanning, yrke og språk"), N_("Vi vurderer om programmet passer, og finner en mentor i samme fag."), BASIS_PROGRAMME, CLASS_C, KEPT_PROGRAMME, \
      N_("Prosjektlederen, programrådgiveren din, NAV-kontakten din og mentoren."), N_("Kjønn og fagfelt, uten navn, til resultatene.")) \
    X(PROGRAMME, N_("Introduksjonsprogrammet: datoer og hvem som følger deg opp"), N_("Vi følger deg opp til rett tid."), BASIS_PROGRAMME, CLASS_C, KEPT_PROGRAMME, \
      N_("Prosjektlederen, programrådgiveren din og NAV-kontakten din."), NULL)                    \
    X(ASSESSMENT, N_("Vurderinger, anbefalinger og kompetansegap"), N_("Vi vurderer om du kan bli med, og hva du mangler for å komme i yrket."), BASIS_PROGRAMME, CLASS_C, \
      KEPT_PROGRAMME, N_("Du, prosjektlederen, programrådgiveren din og NAV-kontakten din."), NULL)                       \
    X(APPLICATION, N_("Søknaden"), N_("Du søker om plass."), BASIS_PROGRAMME, CLASS_C, KEPT_PROGRAMME, N_("Du og prosjektlederen."), \
      N_("At du søkte, og når."))                                                                  \
    X(INTERVIEW, N_("Intervjuet"), N_("Vi blir kjent og vurderer søknaden."), BASIS_PROGRAMME, CLASS_C, KEPT_PROGRAMME, N_("Prosjektlederen. Du ser tid, sted og tilbakemelding, og får resten når du ber om en kopi."), \
      N_("At intervjuet ble holdt, og når."))                                                      \
    X(DECISION, N_("Tilbud, opptak og avslutning"), N_("Vi må kunne vise hva som ble bestemt, og når."), BASIS_DECISION, CLASS_C, KEPT_PROGRAMME, \
      N_("Du, prosjektlederen, programrådgiveren din og NAV-kontakten din."), N_("Hva som ble bestemt, og datoene. Begrunnelsen slettes.")) \
    X(MATCHING, N_("Ønsker, match og mentoravtale"), N_("Vi finner en mentor som passer."), BASIS_PROGRAMME, CLASS_C, KEPT_PROGRAMME, \
      N_("Du og prosjektlederen. Mentoren ser matchingmøtet og avtalen."), N_("At det var en avtale, og når."))     \
    X(MENTORING, N_("Møter, referater, oppgaver og evalueringer"), N_("Du og mentoren planlegger og ser hvor langt dere er kommet."), BASIS_PROGRAMME, CLASS_D, KEPT_PROGRAMME, \
      N_("Du og mentoren. Prosjektlederen ser møter, oppgaver og evalueringer, men ikke referatene. Programrådgiveren og NAV-kontakten ser hvor langt dere er kommet, og permisjoner."), N_("Hvor mange møter det var, og når. Stedet slettes.")) \
    X(OUTCOME, N_("Praksis, jobb og utdanning"), N_("Vi ser om programmet virker."), BASIS_PROGRAMME, CLASS_D, KEPT_PROGRAMME, \
      N_("Du, prosjektlederen, programrådgiveren din og NAV-kontakten din. Fadderen ser datoene og hvor mye du jobber."), N_("Hva slags jobb eller utdanning, og datoene. Arbeidsgiveren slettes.")) \
    X(MENTOR, N_("Profilen til en mentor"), N_("Vi finner en trainee som passer."), BASIS_AGREEMENT, CLASS_C, KEPT_MENTOR, N_("Mentoren selv og prosjektlederen. Traineen ser navn, yrke, arbeidsgiver, fagfelt og erfaring. Programrådgiveren og NAV-kontakten ser navnet."), \
      N_("At mentoren var med, uten navn."))                                                       \
    X(DOCUMENTS, N_("Dokumenter du skriver her"), N_("Du skriver CV og søknader sammen med dem du velger."), BASIS_PROGRAMME, CLASS_C, KEPT_PROGRAMME, \
      N_("Du, og dem du deler med."), NULL)                                                        \
    X(ACCOUNT, N_("Konto og innlogging"), N_("Bare du skal komme inn på kontoen din."), BASIS_SECURITY, CLASS_D, KEPT_ACCOUNT, N_("Du. Administratoren ser navn, e-post og når kontoen var i bruk."), \
      N_("At det var en konto, uten navn."))                                                       \
    X(PROMISE, N_("Taushetserklæringen"), N_("Mentorer og virksomheter må love å tie om det de får vite."), BASIS_SECRECY, CLASS_B, KEPT_PROOF, \
      N_("Du og prosjektlederen."), N_("At du bekreftet den, og når. Plikten varer etter at du slutter.")) \
    X(MAIL, N_("E-poster fra oss"), N_("Du får beskjed når noe skjer."), BASIS_PROGRAMME, CLASS_C, KEPT_MAIL, N_("Du. Administratoren ser om e-posten kom fram, men ikke innholdet."), NULL) \
    X(LOG, N_("Loggen: hvem har sett og endret"), N_("Vi kan vise at bare de som trenger det, har sett opplysningene."), BASIS_SECURITY, CLASS_C, KEPT_LOG, \
      N_("Du og administratoren. Prosjektlederen og programrådgiveren ser hva som er gjort og bestemt."), N_("Hvem som så og endret, og når. Begrunnelser slettes."))   \
    X(RIGHTS, N_("Samtykker og det du har bedt om"), N_("Vi kan vise at vi har gjort det du ba om."), BASIS_RIGHTS, CLASS_C, KEPT_PROOF, N_("Du, prosjektlederen og administratoren."), \
      N_("At du ba om det, og når. Teksten slettes."))                                             \
    X(IMPORT, N_("Filer som ses over før import"), N_("Prosjektlederen ser over listen før den blir tatt inn."), BASIS_PROGRAMME, CLASS_C, KEPT_HOUR, \
      N_("Den som lastet opp filen."), NULL)
enum data_kind {
#define X(code, ...) DATA_##code,
    REGISTER_KINDS(X)
#undef X
    DATA_N
};
enum basis { BASIS_PROGRAMME, BASIS_DECISION, BASIS_AGREEMENT, BASIS_SECURITY, BASIS_SECRECY, BASIS_RIGHTS, BASIS_CONSENT, BASIS_N };
const char *basis_text(enum basis b);   /* msgid, plain words with the law */
const char *basis_source(enum basis b); /* where we know it from; for docs/register.md */
const char *retention_text(enum retention r); /* msgid */

struct register_kind {
    const char *code, *what, *purpose; /* msgids but for code */
    enum basis basis;
    enum data_class class;
    enum retention retention;
    const char *seen_by, *stays; /* msgids; stays: NULL when nothing does */
};
extern const struct register_kind register_kinds[DATA_N];

enum shown { SHOWN_TEXT, SHOWN_CODE, SHOWN_NUMBER, SHOWN_DAY, SHOWN_AT, SHOWN_WHO, SHOWN_KEY, SHOWN_INNER, SHOWN_BYTES, SHOWN_TRAINEE, SHOWN_MENTOR,
             SHOWN_TRAINEENUM, SHOWN_MENTORNUM, SHOWN_MATCHPLACE, SHOWN_PAIRPLACE, SHOWN_REASON };
bool shown_given(enum shown s); /* given out to the person at all */
enum fate { FATE_KEEP, FATE_EMPTY, FATE_ZERO, FATE_MINUS, FATE_NULLED, FATE_FIRST, FATE_LAST, FATE_LASTMENTOR, FATE_NUMBERED, FATE_SORT, FATE_MAIL,
            FATE_USER };
enum rows { ROWS_ROWS, ROWS_TEXTS, ROWS_STAY, ROWS_SPECIAL };
struct register_column {
    const char *name;
    enum data_kind kind;
    enum shown shown;
    enum fate fate;
    const char *label; /* msgid or NULL */
};
struct register_table {
    const char *name;
    enum data_kind kind;
    enum rows rows;
    const char *title; /* msgid, NULL: not shown to the person */
    const struct register_column *columns;
    size_t n;
};
enum register_id {
#define X(t, ...) REG_##t,
    REGISTER_TABLES(X)
#undef X
    REG_N
};
extern const struct register_table register_tables[REG_N];
struct register_free { /* a table without personal data, and why */
    const char *name, *why;
};
extern const struct register_free register_free[];
extern const size_t register_free_n;

/* What stands instead of an erased person's names. Upper case cannot come out of folding, so no living person sorts there. */
#define ERASED_FIRST "Slettet"
#define ERASED_SORT "SLETTET"
/* SQL: of a row that has a sort_name. In these very words, as the indexes that leave the erased out have them. */
#define NOT_ERASED(t) t ".sort_name <> '" ERASED_SORT "'"
