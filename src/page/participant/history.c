/* history.c: what happened to a person, in words. Each area adds its kinds of events. */
#include "page/participant/person.h"
#include "domain/consent.h"

static const struct {
    const char *kind, *text;
} kinds[] = {
    {"participant.added", N_("Lagt inn")},
    {"participant.erased", N_("Slettet")},
    {"data.exported", N_("Opplysningene ble lastet ned")},
    {"consent.given", N_("Samtykke gitt")},
    {"consent.withdrawn", N_("Samtykke trukket")},
    {"rights.asked", N_("Ba om retting eller sletting")},
    {"rights.answered", N_("Fikk svar på det de ba om")},
    {"retention.notice", N_("Slettes snart av seg selv")},
    {"participant.changed", N_("Opplysninger rettet")},
    {"invitation.sent", N_("Invitasjon sendt på e-post")},
    {"login.code_made", N_("Kode til innlogging laget")},
    {"login.code_used", N_("Logget inn med koden")},
    {"offer.made", N_("Plass tilbudt")},
    {"trainee.admitted", N_("Tatt opp som trainee")},
    {"match.proposed", N_("Mentor foreslått")},
    {"match.meeting_planned", N_("Matchingmøte avtalt")},
    {"match.meeting_moved", N_("Matchingmøte flyttet")},
    {"match.meeting_held", N_("Matchingmøte holdt")},
    {"match.asked", N_("Begge er spurt")},
    {"match.accepted", N_("Begge sa ja")},
    {"match.declined", N_("Forslaget ble ikke noe av")},
    {"match.taken_back", N_("Forslaget er trukket tilbake")},
    {"agreement.changed", N_("Teksten i avtalen endret")},
    {"agreement.signed", N_("Avtalen signert av en av partene")},
    {"mentorship.started", N_("Mentorløpet er i gang")},
    {"gap.added", N_("Kompetansegap notert")},
    {"gap.closed", N_("Kompetansegap lukket")},
    {"meeting.planned", N_("Samarbeidsmøte avtalt")},
    {"meeting.moved", N_("Samarbeidsmøte flyttet")},
    {"meeting.held", N_("Samarbeidsmøte holdt")},
    {"meeting.cancelled", N_("Samarbeidsmøte avlyst")},
    {"meeting.undone", N_("Samarbeidsmøte rettet")},
    {"minutes.written", N_("Referat skrevet")},
    {"task.added", N_("Oppgave lagt til")},
    {"task.done", N_("Oppgave gjort")},
    {"task.reopened", N_("Oppgave åpnet igjen")},
    {"evaluation.midway", N_("Midtveisevaluering holdt")},
    {"evaluation.final", N_("Sluttevaluering holdt")},
    {"leave.set", N_("Permisjon registrert")},
    {"leave.prolonged", N_("Permisjon forlenget")},
    {"leave.returned", N_("Tilbake fra permisjon")},
    {"self.assessed", N_("Egen vurdering fylt ut")},
    {"mentorship.completed", N_("Mentorprogrammet fullført")},
    {"mentorship.ended", N_("Avsluttet før tiden")},
    {"handover.planned", N_("Overføring til NAV bestemt")},
    {"handover.done", N_("Ansvaret overført til NAV")},
    {"handover.withdrawn", N_("Overføring til NAV trukket tilbake")},
    {"handover.stopped", N_("Overføring til NAV stoppet")},
    {"protection.named", N_("En til kan se personen")},
    {"protection.taken_back", N_("En færre kan se personen")},
};

static struct str level_text(const struct view *v, const struct level_name *names, size_t n, struct str code)
{
    int i;
    return level_of(names, n, code, &i) ? S(T(names[i].name)) : STR("");
}

struct str person_event(const struct view *v, const struct event_row *e)
{
    if (str_is(e->kind, "intake.step"))
        for (int i = 0; i < INTAKE_ACT_N; i++)
            if (str_is(e->outcome, intake_act_names[i].code))
                return S(T(intake_act_names[i].done));
    if (str_is(e->kind, "participant.imported"))
        return S(str_is(e->outcome, "added") ? T("Importert fra fil") : T("Oppdatert fra fil"));
    if (str_is(e->kind, "recommendation.given"))
        return level_text(v, recommendation_names, RECOMMEND_N, e->outcome);
    if (str_is(e->kind, "criterion.judged") && e->subject_id >= 0 && e->subject_id < CRITERION_N)
        return TF("{1}: {2}", S(T(criterion_names[e->subject_id].name)), level_text(v, verdict_names, VERDICT_N, e->outcome));
    enum consent what;
    if ((str_is(e->kind, "consent.given") || str_is(e->kind, "consent.withdrawn")) && consent_of(e->outcome, &what))
        return TF("{1}: {2}", S(str_is(e->kind, "consent.given") ? T("Samtykke gitt") : T("Samtykke trukket")), S(T(consent_info[what].label)));
    for (size_t i = 0; i < COUNT(kinds); i++)
        if (str_is(e->kind, kinds[i].kind))
            return S(T(kinds[i].text));
    return S(T("Noe ble registrert"));
}
