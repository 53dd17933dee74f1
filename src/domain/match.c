#include "domain/match.h"

const struct match_status_name match_status_names[MATCH_STATUS_N] = {
    [MATCH_PROPOSED] = {N_("Foreslått"), N_("Vi har et forslag til deg"), true},
    [MATCH_MEETING_PLANNED] = {N_("Matchingmøte avtalt"), N_("Dere skal møtes for å bli kjent"), true},
    [MATCH_MEETING_HELD] = {N_("Tenkepause"), N_("Tenk over det i noen dager"), true},
    [MATCH_ASKED] = {N_("Begge er spurt"), N_("Vil du gå videre? Vi venter på svar"), true},
    [MATCH_ACCEPTED] = {N_("Begge sa ja"), N_("Dere vil jobbe sammen. Nå skal avtalen skrives under"), true},
    [MATCH_DECLINED] = {N_("Ble ikke noe av"), N_("Dette ble ikke noe av. Vi finner en ny vei"), false},
    [MATCH_TAKEN_BACK] = {N_("Trukket tilbake"), N_("Dette ble ikke noe av. Vi finner en ny vei"), false},
    [MATCH_RUNNING] = {N_("Par i gang"), N_("Dere er i gang"), false},
};

/* 0 stands for "not from here"; no act leads to MATCH_PROPOSED. */
static const enum match_status table[MATCH_STATUS_N][MATCH_ACT_N] = {
    [MATCH_PROPOSED] = {[MATCH_PLAN_MEETING] = MATCH_MEETING_PLANNED, [MATCH_TAKE_BACK] = MATCH_TAKEN_BACK},
    [MATCH_MEETING_PLANNED] = {[MATCH_PLAN_MEETING] = MATCH_MEETING_PLANNED,
                               [MATCH_HOLD_MEETING] = MATCH_MEETING_HELD,
                               [MATCH_TAKE_BACK] = MATCH_TAKEN_BACK},
    [MATCH_MEETING_HELD] = {[MATCH_ASK] = MATCH_ASKED, [MATCH_TAKE_BACK] = MATCH_TAKEN_BACK},
    [MATCH_ASKED] = {[MATCH_TAKE_BACK] = MATCH_TAKEN_BACK},
    [MATCH_ACCEPTED] = {[MATCH_START] = MATCH_RUNNING, [MATCH_TAKE_BACK] = MATCH_TAKEN_BACK},
};

enum err match_next(enum match_status from, enum match_act act, enum match_status *next)
{
    if (from >= MATCH_STATUS_N || act >= MATCH_ACT_N || table[from][act] == MATCH_PROPOSED)
        return ERR_STATE;
    *next = table[from][act];
    return OK;
}

enum match_status match_answered(enum match_answer trainee, enum match_answer mentor)
{
    if (trainee == MATCH_NO_ANSWER || mentor == MATCH_NO_ANSWER)
        return MATCH_ASKED;
    return trainee == MATCH_YES && mentor == MATCH_YES ? MATCH_ACCEPTED : MATCH_DECLINED;
}

enum err match_may_ask(int meeting_held_on, int today, struct say *why)
{
    if (!meeting_held_on) {
        *why = say(N_("Matchingmøtet må være holdt først."));
        return ERR_STATE;
    }
    if (today <= meeting_held_on) {
        *why = say(N_("Gi dem minst en natt til å tenke seg om. Spør tidligst i morgen."));
        return ERR_STATE;
    }
    return OK;
}
