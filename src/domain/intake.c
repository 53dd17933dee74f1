#include "domain/intake.h"

const struct intake_stage_name intake_stage_names[INTAKE_STAGE_N] = {
    [INTAKE_LISTED] = {"listed", N_("På listen"), N_("Du er ikke med i mentorprogrammet ennå."), true},
    [INTAKE_RECOMMENDED] = {"recommended", N_("Anbefalt"), N_("Du er foreslått til mentorprogrammet. Du får beskjed."), true},
    [INTAKE_INVITED] = {"invited", N_("Invitert"), N_("Du er invitert til å søke. Begynn på søknaden når du er klar."), true},
    [INTAKE_APPLYING] = {"applying", N_("Skriver søknad"), N_("Du har begynt på søknaden. Fortsett der du slapp."), true},
    [INTAKE_APPLIED] = {"applied", N_("Har søkt"), N_("Søknaden er sendt. Prosjektleder leser den og svarer deg."), true},
    [INTAKE_REOPENED] = {"reopened", N_("Søknad åpnet igjen"), N_("Søknaden er åpnet igjen. Gjør den ferdig og send den på nytt."), true},
    [INTAKE_INTERVIEW_PLANNED] = {"interview_planned", N_("Intervju avtalt"), N_("Du skal på intervju. Forbered deg på spørsmål om deg og målene dine."), true},
    [INTAKE_INTERVIEWED] = {"interviewed", N_("Har vært på intervju"), N_("Du har vært på intervju. Prosjektleder gir deg svar."), true},
    [INTAKE_OFFERED] = {"offered", N_("Tilbudt plass"), N_("Du har fått tilbud om plass. Svar ja eller nei."), true},
    [INTAKE_ADMITTED] = {"admitted", N_("Trainee"), N_("Du er trainee i mentorprogrammet."), false},
    [INTAKE_WAITING] = {"waiting", N_("På venteliste"), N_("Du står på venteliste. Du får beskjed når det blir en ledig plass."), true},
    [INTAKE_DECLINED] = {"declined", N_("Takket nei"), N_("Du har takket nei. Ta kontakt hvis du ombestemmer deg."), false},
    [INTAKE_OTHER_WAY] = {"other_way", N_("En annen vei"), N_("Dere har funnet en annen vei for deg. Snakk med rådgiveren din om neste steg."), false},
    [INTAKE_NOT_NOW] = {"not_now", N_("Ikke nå"), N_("Du får ikke plass nå. Snakk med rådgiveren din om hva du kan gjøre videre."), false},
};

const struct intake_act_name intake_act_names[INTAKE_ACT_N] = {
    [INTAKE_RECOMMEND] = {"recommend", N_("Anbefal"), N_("Anbefalt"), true, false},
    [INTAKE_UNRECOMMEND] = {"unrecommend", N_("Trekk anbefalingen"), N_("Anbefaling trukket"), true, false},
    [INTAKE_INVITE] = {"invite", N_("Inviter til å søke"), N_("Invitert til å søke"), true, false},
    [INTAKE_START] = {"start", N_("Begynn på søknaden"), N_("Begynte på søknaden"), false, true},
    [INTAKE_SUBMIT] = {"submit", N_("Send søknaden"), N_("Sendte søknaden"), false, true},
    [INTAKE_REOPEN] = {"reopen", N_("Åpne søknaden igjen"), N_("Søknaden ble åpnet igjen"), true, false},
    [INTAKE_PLAN_INTERVIEW] = {"plan_interview", N_("Avtal intervju"), N_("Intervju avtalt"), false, false},
    [INTAKE_MOVE_INTERVIEW] = {"move_interview", N_("Flytt intervjuet"), N_("Intervju flyttet"), false, false},
    [INTAKE_CANCEL_INTERVIEW] = {"cancel_interview", N_("Avlys intervjuet"), N_("Intervju avlyst"), true, false},
    [INTAKE_HOLD_INTERVIEW] = {"hold_interview", N_("Intervjuet er gjennomført"), N_("Intervju gjennomført"), false, false},
    [INTAKE_OFFER] = {"offer", N_("Tilby plass"), N_("Tilbudt plass"), true, false},
    [INTAKE_WITHDRAW_OFFER] = {"withdraw_offer", N_("Trekk tilbudet"), N_("Tilbud trukket"), true, false},
    [INTAKE_ACCEPT] = {"accept", N_("Ja, jeg vil ha plassen"), N_("Takket ja"), false, true},
    [INTAKE_DECLINE] = {"decline", N_("Nei takk"), N_("Takket nei"), false, true},
    [INTAKE_WAIT] = {"wait", N_("Sett på venteliste"), N_("Satt på venteliste"), true, false},
    [INTAKE_GO_OTHER_WAY] = {"other_way", N_("Foreslå en annen vei"), N_("En annen vei"), true, false},
    [INTAKE_SAY_NOT_NOW] = {"not_now", N_("Ikke nå"), N_("Ikke nå"), true, false},
    [INTAKE_RESUME] = {"resume", N_("Ta opp igjen"), N_("Tatt opp igjen"), true, false},
};

#define AT(stage) (1u << INTAKE_##stage)
enum { BY_PAST = INTAKE_STAGE_N }; /* where it leads depends on how far the candidate came */

/* Read: from any of these stages the act leads there. */
static const struct {
    unsigned from;
    int to;
} moves[INTAKE_ACT_N] = {
    [INTAKE_RECOMMEND] = {AT(LISTED), INTAKE_RECOMMENDED},
    [INTAKE_UNRECOMMEND] = {AT(RECOMMENDED), INTAKE_LISTED},
    [INTAKE_INVITE] = {AT(LISTED) | AT(RECOMMENDED) | AT(INVITED), INTAKE_INVITED}, /* again: a new link */
    [INTAKE_START] = {AT(INVITED), INTAKE_APPLYING},
    [INTAKE_SUBMIT] = {AT(APPLYING) | AT(REOPENED), INTAKE_APPLIED},
    [INTAKE_REOPEN] = {AT(APPLIED), INTAKE_REOPENED},
    [INTAKE_PLAN_INTERVIEW] = {AT(APPLIED) | AT(INTERVIEWED), INTAKE_INTERVIEW_PLANNED}, /* a second one is possible */
    [INTAKE_MOVE_INTERVIEW] = {AT(INTERVIEW_PLANNED), INTAKE_INTERVIEW_PLANNED},
    [INTAKE_CANCEL_INTERVIEW] = {AT(INTERVIEW_PLANNED), BY_PAST},
    [INTAKE_HOLD_INTERVIEW] = {AT(INTERVIEW_PLANNED), INTAKE_INTERVIEWED},
    [INTAKE_OFFER] = {AT(INTERVIEWED) | AT(WAITING), INTAKE_OFFERED},
    [INTAKE_WITHDRAW_OFFER] = {AT(OFFERED), INTAKE_INTERVIEWED},
    [INTAKE_ACCEPT] = {AT(OFFERED), INTAKE_ADMITTED},
    [INTAKE_DECLINE] = {AT(INVITED) | AT(APPLYING) | AT(APPLIED) | AT(REOPENED) | AT(INTERVIEW_PLANNED) | AT(INTERVIEWED) | AT(OFFERED) |
                            AT(WAITING), INTAKE_DECLINED},
    [INTAKE_WAIT] = {AT(APPLIED) | AT(INTERVIEWED), INTAKE_WAITING},
    /* An open offer is withdrawn first, so that nobody holds an offer that no longer stands. */
    [INTAKE_GO_OTHER_WAY] = {AT(LISTED) | AT(RECOMMENDED) | AT(INVITED) | AT(APPLYING) | AT(APPLIED) | AT(REOPENED) |
                                 AT(INTERVIEW_PLANNED) | AT(INTERVIEWED) | AT(WAITING) | AT(DECLINED) | AT(NOT_NOW), INTAKE_OTHER_WAY},
    [INTAKE_SAY_NOT_NOW] = {AT(LISTED) | AT(RECOMMENDED) | AT(INVITED) | AT(APPLYING) | AT(APPLIED) | AT(REOPENED) |
                                AT(INTERVIEW_PLANNED) | AT(INTERVIEWED) | AT(WAITING) | AT(DECLINED) | AT(OTHER_WAY), INTAKE_NOT_NOW},
    [INTAKE_RESUME] = {AT(WAITING) | AT(DECLINED) | AT(OTHER_WAY) | AT(NOT_NOW), BY_PAST},
};

static bool may(enum intake_stage stage, enum intake_act act)
{
    return (unsigned)stage < INTAKE_STAGE_N && (unsigned)act < INTAKE_ACT_N && (moves[act].from & 1u << stage);
}

enum err intake_next(enum intake_stage stage, enum intake_act act, struct intake_past past, enum intake_stage *next)
{
    if (!may(stage, act))
        return ERR_STATE;
    if (moves[act].to != BY_PAST)
        *next = (enum intake_stage)moves[act].to;
    else if (past.interviewed)
        *next = INTAKE_INTERVIEWED;
    else if (past.applied || act == INTAKE_CANCEL_INTERVIEW)
        *next = INTAKE_APPLIED;
    else
        *next = past.recommended ? INTAKE_RECOMMENDED : INTAKE_LISTED;
    return OK;
}

size_t intake_acts(enum intake_stage stage, enum intake_act out[INTAKE_ACT_N])
{
    size_t n = 0;
    for (int a = 0; a < INTAKE_ACT_N; a++)
        if (may(stage, (enum intake_act)a))
            out[n++] = (enum intake_act)a;
    return n;
}

bool intake_stage_of(struct str code, enum intake_stage *out)
{
    for (int i = 0; i < INTAKE_STAGE_N; i++)
        if (str_is(code, intake_stage_names[i].code)) {
            *out = (enum intake_stage)i;
            return true;
        }
    return false;
}

struct intake_seats intake_seats(int max, int admitted, int offered)
{
    struct intake_seats s = {.max = max > 0 ? max : INTAKE_SEATS, .taken = admitted + offered};
    s.free = s.max > s.taken ? s.max - s.taken : 0;
    return s;
}

enum err intake_may_offer(struct intake_seats seats, struct str over_reason, struct say *why)
{
    if (seats.free > 0 || str_trim(over_reason).n > 0)
        return OK;
    *why = say2(N_("Puljen er full: {1} av {2} plasser er gitt eller tilbudt. Skriv en begrunnelse for å gå over."), SAY_I(seats.taken),
                SAY_I(seats.max));
    return ERR_STATE;
}
