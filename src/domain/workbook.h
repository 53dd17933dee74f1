/* workbook.h: the words of the programme as tables: the twelve themes of «Utviklingspermen» (the handbook names them, the words are our
 * own), the application's questions (D3), the interview guide (D4), SMARTe goals (F2), agendas and evaluations (F2, G7), and
 * the statements of the skill self-assessment (G8).
 *
 * All texts are bokmål msgids, at about level B1: short sentences, plain words, "du". Tables end with a NULL. What the database keeps is
 * the number that stands beside each entry: numbers are never reused and never change. */
#pragma once
#include "base/say.h"

enum { WORKBOOK_THEMES = 12, WORKBOOK_LINES = 7 };
struct workbook_theme {
    int number;          /* 1 to 12, meeting.theme */
    const char *title;
    const char *use;     /* when the title alone does not say which: "Åpent tema ...", else NULL */
    const char *purpose; /* two sentences */
    int minutes;         /* how long the meeting takes */
    const char *questions[WORKBOOK_LINES]; /* to talk about, 4 to 6 */
    const char *tools[WORKBOOK_LINES];     /* what to have at hand or to use */
    const char *trainee[WORKBOOK_LINES];   /* tasks */
    const char *mentor[WORKBOOK_LINES];    /* tasks */
    const char *next;    /* the suggested task for next time */
};
extern const struct workbook_theme workbook_themes[WORKBOOK_THEMES];
const struct workbook_theme *workbook_theme(int number); /* NULL for a free meeting or no such number */

/* The application. */
enum { APPLICATION_PARTS = 5, APPLICATION_ANSWER_MAX = 4000 /* characters */ };
struct application_part {
    int number; /* 1 to 5, application.step */
    const char *title, *about;
};
struct application_question {
    int number; /* application_answer.question */
    int part;
    const char *question;
    const char *help;    /* what to think of */
    const char *example; /* how an answer may begin */
    bool required;       /* before it can be sent; a draft may lack everything */
};
extern const struct application_part application_parts[APPLICATION_PARTS];
extern const struct application_question application_questions[];
extern const size_t application_questions_n;
const struct application_question *application_question(int number); /* NULL when there is none */

/* The interview: three things to assess, each from 1 to 4. */
enum { INTERVIEW_AREAS = 3, INTERVIEW_SCORES = 4 };
struct interview_area {
    const char *code;  /* the column: "motivation", "drive", "communication" */
    const char *title;
    const char *about; /* what to listen for */
    const char *questions[WORKBOOK_LINES];
    const char *scores[INTERVIEW_SCORES]; /* what 1, 2, 3 and 4 mean here */
};
extern const struct interview_area interview_areas[INTERVIEW_AREAS];
extern const char *const interview_explain[]; /* what the interviewer tells about the programme, in order; ends with NULL */

/* SMARTe goals: five letters; the e is only the Norwegian plural. */
struct smart_letter {
    const char *letter, *word, *ask;
};
extern const struct smart_letter smart_letters[];
extern const size_t smart_letters_n;
extern const char *const smart_example_weak, *const smart_example_good;

/* Agendas and evaluations: a list of points or questions. */
struct workbook_point {
    const char *title;
    const char *about;
    int minutes; /* 0 when it has none of its own */
};
extern const struct workbook_point matching_agenda[];
extern const size_t matching_agenda_n;
extern const struct workbook_point matching_preparation[]; /* the trainee's own, before: motivation, goals, expectations */
extern const size_t matching_preparation_n;
extern const struct workbook_point midway_questions[];
extern const size_t midway_questions_n;
extern const struct workbook_point final_questions[];
extern const size_t final_questions_n;

/* Skill self-assessment: how well does it fit, 1 (not at all) to 5 (very well), at start, midway and end. */
enum skill_area { SKILL_NETWORK, SKILL_JOB_SEEKING, SKILL_CAREER, SKILL_AREAS };
enum { SKILL_MAX = 5 };
struct skill_statement {
    int number; /* self_assessment.statement */
    enum skill_area area;
    const char *text; /* "Jeg ..." */
};
extern const struct skill_statement skill_statements[];
extern const size_t skill_statements_n;
extern const char *const skill_area_names[SKILL_AREAS];
extern const char *const skill_scale[SKILL_MAX]; /* what 1 to 5 mean */
/* The mean of an area in hundredths (100 to 500), or -1 when fewer than half of its statements are answered. `value` is indexed by the
 * place in skill_statements; 0 is no answer. */
int skill_mean(enum skill_area area, const int *value);
