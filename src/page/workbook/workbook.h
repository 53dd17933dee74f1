/* workbook.h: «Utviklingspermen»: the twelve themes with questions, tools and tasks. */
#pragma once
#include "page/document/document.h"
#include "page/task/task.h"

page_fn workbook_page, workbook_theme_page, workbook_task_post;

enum theme_state { THEME_OPEN, THEME_PLANNED, THEME_HELD };
struct theme_line {
    const struct workbook_theme *theme;
    enum theme_state state;
    const struct meeting_row *meeting; /* the newest about it that is not cancelled; NULL */
};
struct theme_task {
    const char *text; /* msgid */
    struct str code;  /* "t0", "m1", "n": for the form */
    bool mine;        /* the reader's own to do */
    const struct task_row *have; /* it stands among the tasks already; NULL */
};
struct workbook_view {
    struct pair_choice pairs;
    struct theme_line line[WORKBOOK_THEMES];
    int number;              /* the theme shown; 0: the overview */
    int held;
    const struct theme_line *next; /* the next one to take up; NULL: all are done */
    struct theme_task trainee[WORKBOOK_LINES + 1], mentor[WORKBOOK_LINES];
    size_t n_trainee, n_mentor;
    int due_on;              /* suggested for a new task */
    struct form f;
    bool can_add;
    const struct theme_document *write; /* what is written in this theme; NULL: nothing of its own */
    struct document *documents;         /* of that kind, that the reader may see */
    size_t n_documents;
};
/* A theme in which something is written. */
struct theme_document {
    int number;
    enum document_kind kind;
    const char *title, *text, *button; /* msgids */
};
