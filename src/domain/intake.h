/* intake.h: the way of a candidate from the list to the cohort (handbook, "Rekruttering av trainees"; product D1-D5).
 *
 *   listed -> recommended -> invited -> applying -> applied -> interview planned -> interviewed -> offered -> admitted
 *                                          ^ reopened <-'                              '-> waiting
 *   from every stage before admission a person may say, with a reason: another way, not now; and take it up again later.
 *   The candidate may decline an offer, and withdraw. Every step is somebody's act; nothing here moves by itself. */
#pragma once
#include "domain/levels.h"

enum intake_stage {
    INTAKE_LISTED,
    INTAKE_RECOMMENDED,
    INTAKE_INVITED,
    INTAKE_APPLYING,
    INTAKE_APPLIED,
    INTAKE_REOPENED,
    INTAKE_INTERVIEW_PLANNED,
    INTAKE_INTERVIEWED,
    INTAKE_OFFERED,
    INTAKE_ADMITTED,
    INTAKE_WAITING,
    INTAKE_DECLINED,  /* the candidate said no */
    INTAKE_OTHER_WAY, /* for instance a longer education first */
    INTAKE_NOT_NOW,
    INTAKE_STAGE_N
};
enum intake_act {
    INTAKE_RECOMMEND,
    INTAKE_UNRECOMMEND,
    INTAKE_INVITE,
    INTAKE_START,            /* the candidate opens the application */
    INTAKE_SUBMIT,
    INTAKE_REOPEN,
    INTAKE_PLAN_INTERVIEW,
    INTAKE_MOVE_INTERVIEW,
    INTAKE_CANCEL_INTERVIEW,
    INTAKE_HOLD_INTERVIEW,
    INTAKE_OFFER,
    INTAKE_WITHDRAW_OFFER,
    INTAKE_ACCEPT,           /* the candidate */
    INTAKE_DECLINE,          /* the candidate: no to an offer, or withdraws */
    INTAKE_WAIT,
    INTAKE_GO_OTHER_WAY,
    INTAKE_SAY_NOT_NOW,
    INTAKE_RESUME,           /* takes it up again where it stood */
    INTAKE_ACT_N
};
struct intake_past { /* how far the candidate came before; decides where INTAKE_RESUME leads */
    bool recommended, applied, interviewed;
};
/* The next stage, or ERR_STATE when that cannot be done from here (*next untouched). */
enum err intake_next(enum intake_stage stage, enum intake_act act, struct intake_past past, enum intake_stage *next) MUST_CHECK;
/* What can be done from here, in the order in which buttons stand; at most INTAKE_ACT_N. */
size_t intake_acts(enum intake_stage stage, enum intake_act out[INTAKE_ACT_N]);

struct intake_stage_name {
    const char *code;
    const char *name;      /* msgid: for staff */
    const char *candidate; /* msgid: what the candidate reads: where I am and what comes next */
    bool open;             /* still on the way */
};
struct intake_act_name {
    const char *code;
    const char *button;   /* msgid */
    const char *done;     /* msgid: in the history */
    bool needs_reason;    /* a person must say why */
    bool by_candidate;    /* the candidate's own act, never staff's */
};
extern const struct intake_stage_name intake_stage_names[INTAKE_STAGE_N];
extern const struct intake_act_name intake_act_names[INTAKE_ACT_N];
bool intake_stage_of(struct str code, enum intake_stage *out);

/* Places in a cohort: at most five, unless the leader says otherwise with a reason (handbook, "Intervju"). */
enum { INTAKE_SEATS = 5 };
struct intake_seats {
    int max, taken, free; /* free may be 0, never negative */
};
struct intake_seats intake_seats(int max, int admitted, int offered); /* max 0 means INTAKE_SEATS */
/* OK; ERR_STATE when the cohort is full and no reason for going over is given; *why says it in words. */
enum err intake_may_offer(struct intake_seats seats, struct str over_reason, struct say *why) MUST_CHECK;
