/* person.h: what the template of a person's page needs. */
#pragma once
#include "page/parts/parts.h"
#include "page/view.h"
#include "service/screening.h"

struct person_forms { /* one of them may come back with what was typed; the others are empty */
    struct form judge, recommend, gap, decide;
    int judged;           /* the criterion that `judge` is about, -1 none */
    const char *conflict; /* msgid: somebody was faster; NULL */
};
struct person_forms person_forms(void);
/* Six phases from screening to trainee. */
size_t person_phases(const struct view *v, const struct participant_row *p, struct phase out[6]);
struct str person_event(const struct view *v, const struct event_row *e);
/* Choices for radio buttons. */
const struct form_choice *person_verdicts(void);
const struct form_choice *person_recommendations(void);
const struct form_choice *person_decisions(const struct view *v, const enum intake_act *acts, size_t n);
/* What the newest judgement about a criterion says in words, "" when there is none. */
struct str person_judged(const struct view *v, const struct screening_person *x, enum criterion c);
struct str person_languages(const struct view *v, const struct participant_row *p);
bool person_has_application(int stage);
bool person_has_interview(int stage);
bool person_has_offer(int stage);
/* May the reader make a code to log in with? The service decides; this hides the button where it would say no. */
bool person_may_code(const struct view *v, const struct participant_row *p);
/* The judgement form of one criterion: what was typed when it is that one's, else an empty one with ids of its own. `room` is filled. */
const struct form *person_judge_form(struct form *room, const struct person_forms *f, enum criterion c);
