/* meeting.h: mentoring meetings and their minutes; and what all pages of a pair share. */
#pragma once
#include "domain/workbook.h"
#include "page/page.h"
#include "service/meeting.h"
#include "service/mentoring.h"
#include "service/task.h"

page_fn meetings_page, meeting_page, meeting_new_page, meeting_add_post, meeting_move_page, meeting_move_post, meeting_held_post,
    meeting_cancel_post, meeting_undo_post, minutes_page, minutes_post;

/* The pair that this page is about: a trainee's own; of a mentor with several the one in "?trainee=ID", else the first. */
struct pair_choice {
    struct mentorship_row *all;
    size_t n;
    const struct mentorship_row *now; /* NULL: none */
};
enum err pair_choice(struct page *p, struct pair_choice *out) MUST_CHECK;
/* "?trainee=7" where it has to be said, else "". */
struct str pair_query(const struct view *v, const struct pair_choice *c);
/* The other one's name, for the reader. */
struct str pair_other(const struct view *v, const struct mentorship_row *m);

/* "7. Intervjutrening"; "Samarbeidsmøte" for a free one. */
struct str meeting_title(const struct view *v, int theme);
const char *meeting_color(const struct meeting_row *m); /* of the tag */
const char *meeting_status(const struct meeting_row *m); /* msgid */
/* May the place stand in a list? Not for a protected address. */
bool meeting_place_listed(const struct mentorship_row *m);

struct meeting_view {
    struct meeting_row m;
    struct mentorship_row pair;
    struct minutes_row minutes;
    bool reads_minutes, has_minutes; /* the minutes are in `minutes` when both are true */
    bool may_plan, may_write;        /* and the pair is running */
    bool begun;                      /* its time has come */
    struct task_row *tasks;
    size_t n_tasks;
    const char *conflict; /* msgid: why what was asked for was not done; NULL */
    struct form *task_form;
    int64_t document_id; /* its minutes as a living document that the reader may see; 0 */
    bool may_document;   /* begin one: the two, while they are a pair */
};
struct meetings_list {
    struct pair_choice pairs;
    struct meeting_row *rows;
    size_t n;
    const struct meeting_row *next;
    int held;
};
struct meeting_form {
    struct form f;
    struct mentorship_row pair;
    const struct meeting_row *m;   /* NULL: a new one */
    const struct meeting_row *now; /* what stands there now when somebody else was faster; NULL */
    const struct form_choice *themes, *places;
    int64_t version;
};
struct minutes_form {
    struct form f;
    struct meeting_row m;
    struct mentorship_row pair;
    const struct minutes_row *now; /* what stands there now when somebody else was faster; NULL */
    int64_t version;
};
/* Choices of a form: who does a task. */
const struct form_choice *task_owners(void);
