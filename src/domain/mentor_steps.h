/* mentor_steps.h: what a mentor should do now: at most ten minutes a month of administration (product §2). Pure. */
#pragma once
#include "domain/match.h"

enum mentor_step_kind {
    MENTOR_NOTHING,         /* no trainee yet */
    MENTOR_MATCHING_MEETING, /* a proposal, or the matching meeting to come */
    MENTOR_THINK,           /* the pause after it */
    MENTOR_ANSWER,
    MENTOR_WAIT,            /* for the other's answer or signature, or for the end of a leave */
    MENTOR_SIGN,
    MENTOR_MARK_MEETING,
    MENTOR_PLAN_MEETING,
    MENTOR_DO_TASKS,
    MENTOR_READ_MINUTES,
    MENTOR_PREPARE_MEETING,
    MENTOR_STEP_N
};
struct mentor_facts { /* about one trainee */
    int today;
    bool has_match;
    enum match_status match; /* one under way */
    int matching_meeting_on;
    bool answered, signed_it;
    bool running;            /* the agreement is signed by both */
    bool on_leave;           /* the trainee */
    bool all_held;           /* the twelve meetings are held */
    int unmarked_on;         /* a meeting whose time is over, and nobody has said whether it was held */
    int next_planned_on;
    int tasks_open, tasks_overdue, task_due_on; /* the mentor's own; nearest date */
    int minutes_on;          /* the newest minutes are from this day; 0: none in the last days */
};
struct mentor_step {
    enum mentor_step_kind kind;
    struct say title, why;
    int due_on; /* 0: no date */
};
/* The first thing, then what comes after it; at least one, at most MENTOR_STEP_N. */
size_t mentor_steps(const struct mentor_facts *f, struct mentor_step out[MENTOR_STEP_N]);
