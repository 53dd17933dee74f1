/* progress.h: the clock of a mentorship, what needs attention, and what the trainee should do now (handbook, "Mentorprogramfasen";
 * product G4, G5, G7). All dates are given; nothing here reads a clock. */
#pragma once
#include "domain/agreement.h"
#include "domain/intake.h"
#include "domain/meeting.h"

struct progress_settings {
    int months;           /* 12: length from the first mentoring meeting */
    int meetings;         /* 12 */
    int stalled_days;     /* 42: no meeting held for so long */
    int minutes_days;     /* 7: a held meeting without minutes */
    int midway_meetings;  /* 6 meetings held, or */
    int midway_months;    /* 6 months since the first */
    int final_days;       /* 30: the final evaluation is due so long before the end */
    int sign_days;        /* 14 after both said yes */
    int answer_days;      /* 14: an offer, an invitation or a question about the match without an answer */
    int pause_days;       /* 3: after the matching meeting, before both are asked */
    int tolerance_days;   /* 30: "on time" allows so many days after the planned end */
};
struct progress_settings progress_defaults(void);
enum err progress_check(const struct progress_settings *s, struct say *why) MUST_CHECK;

enum pair_stage { /* where the trainee stands with a mentor, as far as progress cares */
    PAIR_NONE,    /* no mentor proposed */
    PAIR_MEETING, /* matching meeting planned */
    PAIR_THINKING, /* held; the pause, then each is asked */
    PAIR_ACCEPTED, /* both said yes */
    PAIR_ACTIVE,   /* agreement signed by both */
    PAIR_ENDED
};
struct progress_facts {
    int today;
    enum pair_stage pair;
    int matching_meeting_on;     /* planned or held */
    bool prepared;               /* the trainee has written motivation, goals and expectations */
    int asked_on;                /* both were asked; 0: not yet */
    bool answered, mentor_answered;
    int accepted_on, signed_on;  /* both */
    bool trainee_signed;
    int first_meeting_on;        /* the first mentoring meeting held; the clock starts */
    int meetings_held, last_held_on;
    int next_planned_on;         /* 0: none planned */
    int unmarked_on;             /* a planned meeting whose time is over, and nobody has said whether it was held; 0: none */
    int unminuted, unminuted_on; /* held meetings without minutes; the oldest one's date */
    int tasks_overdue, task_due_on; /* the trainee's and mentor's; the oldest due date */
    int my_tasks_overdue, my_tasks_open, my_task_due_on; /* the trainee's own, nearest due date */
    int midway_on, final_on;     /* done */
    int completed_on, ended_on;  /* completed; or ended early */
    const struct leave *leaves;
    size_t leaves_n;
};
struct progress_clock {
    bool running, on_leave;
    struct agreement_period period;
    int days_used, days_left; /* without leave; days_left 0 after the end */
    int percent;              /* of the time, 0-100 */
    bool overdue;             /* past end + tolerance and not completed */
};
struct progress_clock progress_clock(const struct progress_facts *f, const struct progress_settings *s);
/* Completed by the planned end, moved by leave, and at most `tolerance_days` later. */
bool progress_on_time(int completed_on, int first_meeting_on, const struct leave *l, size_t n, const struct progress_settings *s);

enum severity { SEVERITY_INFO, SEVERITY_SOON, SEVERITY_NOW };
enum attention_kind {
    ATTENTION_OFFER_UNANSWERED,
    ATTENTION_MATCH_NOT_ASKED,
    ATTENTION_MATCH_UNANSWERED,
    ATTENTION_NOT_SIGNED,
    ATTENTION_NO_FIRST_MEETING,
    ATTENTION_NO_MEETING,
    ATTENTION_NO_MINUTES,
    ATTENTION_TASKS_OVERDUE,
    ATTENTION_NO_NEXT_MEETING,
    ATTENTION_MIDWAY_DUE,
    ATTENTION_FINAL_DUE,
    ATTENTION_PAST_END,
    ATTENTION_LEAVE_OVER, /* longer than expected */
    ATTENTION_N
};
struct attention {
    enum attention_kind kind;
    enum severity severity;
    int since_on;
    struct say text;   /* what it is */
    struct say action; /* what to do about it */
};
extern const struct level_name attention_names[ATTENTION_N];
/* Most pressing first, then the oldest. During leave nothing is asked for but its end. Nothing about who has completed or ended. For the
 * leader: what the parties answer in confidence is not for the other party. */
size_t progress_attention(const struct progress_facts *f, const struct progress_settings *s, struct attention out[ATTENTION_N]);
/* The same for a candidate: an offer or an invitation that waits for an answer. False: nothing. */
bool progress_waits(enum intake_stage stage, int since_on, int today, const struct progress_settings *s, struct attention *out);

enum step_kind { /* what to do now; the page knows where each one leads */
    STEP_NONE,
    STEP_APPLY,
    STEP_FINISH_APPLICATION,
    STEP_WAIT_FOR_LEADER,
    STEP_PREPARE_INTERVIEW,
    STEP_ANSWER_OFFER,
    STEP_WAIT_FOR_MENTOR,
    STEP_PREPARE_MATCHING,
    STEP_ANSWER_MATCH,
    STEP_THINK,
    STEP_WAIT_FOR_ANSWER,
    STEP_SIGN,
    STEP_WAIT_FOR_SIGNATURE,
    STEP_MARK_MEETING, /* was it held? */
    STEP_PLAN_MEETING,
    STEP_WRITE_MINUTES,
    STEP_DO_TASKS,
    STEP_PREPARE_MEETING,
    STEP_MIDWAY,
    STEP_FINAL,
    STEP_ON_LEAVE,
    STEP_FINISHED,
    STEP_N
};
struct step {
    enum step_kind kind;
    struct say title; /* «Skriv referat» */
    struct say why;   /* one sentence: why, and what to do */
    int due_on;       /* 0: no date */
};
/* The first thing, then what comes after it, in order; at least one, at most STEP_N. `interview_on` 0: none planned. */
size_t progress_steps(enum intake_stage stage, int interview_on, const struct progress_facts *f, const struct progress_settings *s,
                      struct step out[STEP_N]);
