/* The workbook's other tables: application, interview, goals, agendas and evaluations. */
#include "domain/workbook.h"

const struct application_part application_parts[APPLICATION_PARTS] = {
    {1, N_("Om meg"), N_("Fortell kort hvem du er, og hvordan hverdagen din er nå.")},
    {2, N_("Planer og mål"), N_("Skriv om hva du vil, hva du er god til, og hva du vil bli bedre til.")},
    {3, N_("Det jeg trenger"), N_("Tenk på hva som skal til for at du når målene dine.")},
    {4, N_("Fag og arbeid"), N_("Fortell om det du har studert, og om jobbene du har hatt.")},
    {5, N_("En mentor for meg"), N_("Skriv hvorfor du vil ha en mentor, og hva du selv kan bidra med.")},
};

const struct application_question application_questions[] = {
    {1, 1, N_("Hvem er du?"), N_("Skriv det du vil at vi skal vite om deg. Du trenger ikke skrive om familie, helse eller hvorfor du flyktet."),
     N_("Jeg er en person som …"), true},
    {2, 1, N_("Hvordan er hverdagen din nå?"), N_("Skriv om kurs, praksis, jobb og annet du bruker tiden på."), N_("En vanlig uke for meg …"), true},
    {3, 2, N_("Hva er planene og målene dine?"), N_("Hva vil du arbeide med? Hvor vil du være om ett år?"), N_("Om ett år vil jeg …"), true},
    {4, 2, N_("Hva er du god til?"), N_("Tenk på fag, på hvordan du arbeider, og på hvordan du er sammen med andre. Gi gjerne et eksempel."),
     N_("Andre sier at jeg er god til …"), true},
    {5, 2, N_("Hva vil du bli bedre til?"), N_("Alle har noe å lære. Velg en eller to ting."), N_("Jeg vil gjerne lære mer om …"), true},
    {6, 2, N_("Hva drømmer du om i yrket ditt?"), N_("Tenk stort. Det finnes ingen feil svar."), N_("Jeg drømmer om å …"), false},
    {7, 3, N_("Hva trenger du for å nå målene dine?"),
     N_("Det kan være kunnskap, språk, papirer, mennesker, tid eller erfaring. Hva har du prøvd til nå?"), N_("Det viktigste for meg nå er …"), true},
    {8, 4, N_("Hva har du studert?"), N_("Skriv studium, sted, hvor mange år og hvilke fag som var viktigst."), N_("Jeg har studert …"), true},
    {9, 4, N_("Hva kan du ekstra godt i faget ditt?"), N_("Skriv om spesialisering, prosjekter, metoder, maskiner eller programmer."),
     N_("Jeg har spesielt god kjennskap til …"), false},
    {10, 4, N_("Hvilke jobber har du hatt?"), N_("Skriv hvor, når og hva du gjorde. Ta også med praksis og frivillig arbeid."),
     N_("Fra … til … arbeidet jeg som …"), true},
    {11, 5, N_("Hvorfor vil du ha en mentor?"), N_("Hva håper du at en mentor kan hjelpe deg med?"), N_("En mentor kan hjelpe meg med å …"), true},
    {12, 5, N_("Hvordan er en god mentor for deg?"), N_("Tenk først på fag og erfaring. Du kan også skrive andre ønsker."),
     N_("En god mentor for meg er en som …"), true},
    {13, 5, N_("Hva kan du bidra med?"), N_("Et samarbeid går begge veier. Hva kan mentoren lære av deg?"), N_("Jeg kan bidra med …"), true},
};
const size_t application_questions_n = COUNT(application_questions);

const struct application_question *application_question(int number)
{
    for (size_t i = 0; i < application_questions_n; i++)
        if (application_questions[i].number == number)
            return &application_questions[i];
    return NULL;
}

const struct interview_area interview_areas[INTERVIEW_AREAS] = {
    {"motivation", N_("Plan og motivasjon"), N_("Har søkeren et mål i eget fag, og en tanke om veien dit?"),
     {N_("Hvilken jobb vil du ha om ett år?"), N_("Hva har du gjort til nå for å komme nærmere?"), N_("Hvorfor er mentorprogrammet riktig for deg nå?"),
      N_("Hva vil du gjøre hvis veien tar lengre tid enn du tror?"), N_("Tenker du på å studere mer i Norge? Hva betyr det for planen?")},
     {N_("Ikke noe tydelig mål ennå."), N_("Har et mål, men vet lite om veien."), N_("Har et mål og en plan som kan fungere."),
      N_("Har et klart mål, en god plan og er i gang.")}},
    {"drive", N_("Egen innsats og læring"), N_("Tar søkeren initiativ, og lærer søkeren av det som skjer?"),
     {N_("Fortell om noe du har lært på egen hånd."), N_("Hva gjør du når du står fast?"), N_("Fortell om en gang du fikk kritikk. Hva gjorde du?"),
      N_("Hvordan får du tid til oppgavene mellom møtene?")},
     {N_("Venter på at andre skal ta første steg."), N_("Tar noe initiativ, men trenger tett støtte."), N_("Tar initiativ og lærer av erfaring."),
      N_("Driver seg selv, søker råd og bruker dem.")}},
    {"communication", N_("Kommunikasjon og forståelse"), N_("Kan søkeren ha nytte av samtaler med en mentor på norsk?"),
     {N_("Kan du forklare hva du gjorde i den siste jobben din?"), N_("Kan du si med egne ord hva mentorprogrammet er?"),
      N_("Hva gjør du når du ikke forstår hva noen sier?"), N_("Hva vil du spørre oss om?")},
     {N_("Samtalen er vanskelig uten hjelp."), N_("Forstår det meste, men trenger mye tid."), N_("Forstår og gjør seg forstått om eget fag."),
      N_("Snakker lett om fag og om seg selv, og spør når noe er uklart.")}},
};

const char *const interview_explain[] = {
    N_("Programmet varer ett år. Du møter mentoren omtrent en gang i måneden."),
    N_("Du er trainee. Det betyr at du har kunnskap, og at du selv driver arbeidet fremover."),
    N_("Mentoren er en frivillig fagperson fra ditt felt. Mentoren skaffer deg ikke jobb, men viser deg veien."),
    N_("Prosjektleder følger deg opp hele veien og hjelper deg mellom møtene."),
    N_("Mange har også et internship i en virksomhet. Da får du vist hva du kan."),
    N_("Du skriver referat, gjør oppgaver og avtaler møtene selv."),
    NULL,
};

const struct smart_letter smart_letters[] = {
    {"S", N_("Spesifikt"), N_("Hva vil du oppnå, helt konkret?")},
    {"M", N_("Målbart"), N_("Hvordan ser du at du har nådd målet?")},
    {"A", N_("Ambisiøst"), N_("Er målet noe å strekke seg etter?")},
    {"R", N_("Realistisk"), N_("Kan du klare det med den tiden og hjelpen du har?")},
    {"T", N_("Tidsbestemt"), N_("Når skal det være gjort?")},
};
const size_t smart_letters_n = COUNT(smart_letters);
const char *const smart_example_weak = N_("Jeg vil bli bedre til å søke jobb.");
const char *const smart_example_good = N_("Innen 1. mai har jeg sendt fem søknader på stillinger i faget. Mentoren har lest to av dem.");

const struct workbook_point matching_preparation[] = {
    {N_("Hvorfor jeg vil ha en mentor"), N_("Skriv tre eller fire setninger om motivasjonen din. Du kan bruke det du skrev i søknaden."), 0},
    {N_("Målene mine"), N_("Skriv ett til tre mål. Bruk hjelpen om SMARTe mål."), 0},
    {N_("Det jeg forventer"), N_("Hva håper du at mentoren gjør? Hva lover du å gjøre selv?"), 0},
};
const size_t matching_preparation_n = COUNT(matching_preparation);

const struct workbook_point matching_agenda[] = {
    {N_("Velkommen"), N_("Prosjektleder forteller om programmet, rollene og Utviklingspermen. Møtet er uforpliktende."), 10},
    {N_("Hvem er vi?"), N_("Dere forteller om fag, arbeid og veien hit. Prosjektleder går ut når dere er i gang."), 15},
    {N_("Hvorfor er vi her?"), N_("Hva vil traineen oppnå? Hvorfor vil mentoren bidra?"), 10},
    {N_("Mål"), N_("Se på målene som traineen har skrevet. Er de tydelige nok å arbeide med?"), 10},
    {N_("Forventninger"), N_("Hva forventer dere av hverandre? Hva er samarbeidet, og hva er det ikke?"), 10},
    {N_("Hvordan vi arbeider"), N_("Hvor og hvor ofte kan dere møtes? Hvordan vil dere holde kontakten mellom møtene?"), 5},
    {N_("Avslutning"), N_("Ingen skal svare nå. Prosjektleder tar kontakt med hver av dere om noen dager."), 0},
};
const size_t matching_agenda_n = COUNT(matching_agenda);

const struct workbook_point midway_questions[] = {
    {N_("Hvordan går samarbeidet?"), N_("Hva fungerer godt? Hva kan bli bedre?"), 10},
    {N_("Vil dere fortsette?"), N_("Begge svarer for seg. Det er lov å si nei."), 5},
    {N_("Arbeider dere med målene?"), N_("Se på målene i avtalen. Hva er gjort, og hva står igjen?"), 10},
    {N_("Er det nye mål?"), N_("Noe kan ha endret seg. Skriv nye mål, og ta bort mål som ikke passer lenger."), 10},
    {N_("Hva trenger traineen nå?"), N_("Tenk på internship, kurs, språk, nettverk og tiltak fra NAV."), 10},
    {N_("Hva gjør vi videre?"), N_("Avtal de neste møtene, og hvem som gjør hva."), 5},
};
const size_t midway_questions_n = COUNT(midway_questions);

const struct workbook_point final_questions[] = {
    {N_("Er målene nådd?"), N_("Gå gjennom dem ett for ett. Hva hjalp, og hva hindret?"), 15},
    {N_("Hva har traineen fått ut av året?"), N_("Tenk på jobb, nettverk, kunnskap og trygghet."), 10},
    {N_("Hva har mentoren fått ut av året?"), N_("Hva har mentoren lært? Hva tar mentoren med seg til sin egen arbeidsplass?"), 5},
    {N_("Hva bør programmet gjøre bedre?"), N_("Gi råd til dem som kommer etter dere."), 5},
    {N_("Slik avslutter vi"), N_("Rollene som mentor og trainee slutter nå. Er det noe som gjenstår?"), 5},
    {N_("Kontakt videre"), N_("Vil dere ha kontakt? Bli enige om hvordan, og om hva som er greit for begge."), 5},
};
const size_t final_questions_n = COUNT(final_questions);
