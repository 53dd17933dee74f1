/* task.h: tasks: own ones and the other's, with dates. */
#pragma once
#include "page/meeting/meeting.h"

page_fn tasks_page, task_add_post, tasks_done_post, task_open_post;

struct tasks_view {
    struct pair_choice pairs;
    int64_t trainee_id;     /* whose way; 0: of a leader's overview */
    enum task_owner me;
    struct task_row *rows;  /* all of them */
    size_t n;
    struct form *f;         /* the form for a new one, with its errors; NULL */
    bool all;               /* the leader looks at everybody's */
};
/* The words of a task: one from the workbook is shown in the reader's language. */
struct str task_words(const struct view *v, struct str text);
/* Whose it is, as the reader says it: «Deg», «Traineen». */
const char *task_owner_word(const struct view *v, enum task_owner owner);
/* Those that belong on a list: of this owner (others: of everybody else), open or done. */
size_t task_pick(struct arena *a, const struct task_row *rows, size_t n, enum task_owner me, bool mine, bool done, struct task_row **out);
bool task_any_open(const struct task_row *rows, size_t n);
/* How many of a trainee's list are open: they stand first. */
size_t task_open_n(const struct task_row *rows, size_t n);
