#include "page/done.h"

#define N_(s) s

/* Each area adds its lines. */
static const struct {
    const char *code, *text;
} codes[] = {
    {"saved", N_("Lagret.")},
    {"removed", N_("Fjernet.")},
    {"sent", N_("Sendt.")},
    {"pinned", N_("De to er låst sammen. Forslaget er regnet ut på nytt.")},
    {"forbidden", N_("Vi foreslår ikke disse to igjen. Forslaget er regnet ut på nytt.")},
    {"chosen", N_("Paret er valgt. Avtal et matchingmøte.")},
    {"invited", N_("Invitasjonen er sendt til begge.")},
    {"asked", N_("Begge er spurt. Du får se svarene her.")},
    {"answered", N_("Takk for svaret. Det er mellom deg og prosjektlederen.")},
    {"signed", N_("Du har skrevet under.")},
    {"outcome-registered", N_("Registrert. Resultatene er oppdatert.")},
    {"logged-out", N_("Du er logget ut.")},
    {"session-ended", N_("Innloggingen er avsluttet.")},
    {"welcome", N_("Kontoen din er klar. Du er logget inn.")},
    {"application-sent", N_("Søknaden er sendt.")},
    {"application-reopened", N_("Søknaden er åpnet igjen. Søkeren får en e-post.")},
    {"meeting-planned", N_("Møtet er avtalt. Den andre får beskjed på e-post.")},
    {"meeting-moved", N_("Møtet er endret. Den andre får beskjed på e-post.")},
    {"meeting-held", N_("Møtet er merket som gjennomført.")},
    {"meeting-cancelled", N_("Møtet er avlyst. Den andre får beskjed på e-post.")},
    {"minutes-saved", N_("Referatet er lagret.")},
    {"task-added", N_("Oppgaven er lagt til.")},
    {"evaluation-saved", N_("Evalueringen er lagret.")},
    {"leave-saved", N_("Permisjonen er registrert. Tiden står stille imens.")},
    {"leave-ended", N_("Traineen er tilbake. Planlagt slutt er flyttet.")},
    {"trainee-completed", N_("Traineen er registrert som ferdig. Gratulerer!")},
    {"self-saved", N_("Vurderingen er lagret.")},
    {"tasks-done", N_("Fint! Oppgavene er merket som gjort.")},
    {"interview-planned", N_("Intervjuet er avtalt. Søkeren får en e-post.")},
    {"interview-cancelled", N_("Intervjuet er avlyst. Søkeren får en e-post.")},
    {"interview-held", N_("Vurderingen er lagret. Nå kan du gi søkeren tilbakemelding.")},
    {"feedback-sent", N_("Tilbakemeldingen er sendt.")},
    {"mail-again", N_("E-posten blir sendt på nytt om litt.")},
    {"user-invited", N_("Invitasjonen er sendt.")},
    {"user-uninvited", N_("Invitasjonen er trukket.")},
    {"user-closed", N_("Kontoen er stengt.")},
    {"user-opened", N_("Kontoen er åpnet igjen.")},
    {"sessions-ended", N_("Brukeren er logget ut overalt.")},
    {"password-sent", N_("E-posten med lenke til nytt passord er på vei.")},
    {"password-changed", N_("Du har fått nytt passord.")},
    {"judged", N_("Vurderingen er lagret.")},
    {"recommended", N_("Anbefalingen er lagret.")},
    {"gap-closed", N_("Gapet er lukket.")},
    {"decided", N_("Avgjørelsen er lagret.")},
    {"participant-added", N_("Deltakeren er lagt inn.")},
    {"import-dropped", N_("Filen er kastet. Ingenting er importert.")},
    {"criteria-saved", N_("Kriteriene er lagret.")},
    {"cohort-closed", N_("Puljen er avsluttet.")},
    {"cohort-reopened", N_("Puljen er åpnet igjen.")},
    {"offer-sent", N_("Tilbudet er sendt. Du ser svaret her når det kommer.")},
    {"answer-sent", N_("Svaret er sendt.")},
    {"resumed", N_("Søknaden er tatt opp igjen.")},
    {"offer-yes", N_("Takk for svaret. Velkommen som trainee!")},
    {"mentor-added", N_("Mentoren er lagt inn.")},
    {"mentor-invited", N_("Invitasjonen er sendt.")},
    {"mentor-ended", N_("Mentoren er tatt ut av registeret.")},
    {"mentor-returned", N_("Mentoren er tilbake i registeret.")},
    {"paused", N_("Pausen er lagret.")},
    {"pause-over", N_("Pausen er over.")},
    {"promised", N_("Takk. Taushetsplikten er bekreftet.")},
    {"offer-no", N_("Takk for svaret. Du har takket nei.")},
};

const char *done_text(struct str code)
{
    for (size_t i = 0; i < COUNT(codes); i++)
        if (str_is(code, codes[i].code))
            return codes[i].text;
    return NULL;
}
