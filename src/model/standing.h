/* standing.h: where trainees stand: trainee, newest match with its signatures, pair, evaluations in one row; meetings, tasks and
 * leave of the same trainees beside it. What progress is computed from (service/standing.h), for one or for many, in the same few queries. */
#pragma once
#include "model/leave.h"
#include "model/meeting.h"
#include "model/mentorship.h"
#include "model/trainee.h"

struct standing_row {
    int64_t id, organisation_id, participant_id, cohort_id, admitted_at; /* id: the trainee's */
    struct str first_name, last_name, sort_name, cohort_name;
    enum trainee_status status;
    int completed_on, ended_on, on_time, address_protection;
    int64_t account_id, adviser_id, nav_contact_id;
    bool prepared; /* goals, expectations and motivation are written */
    int64_t match_id; /* the newest; 0: none */
    int match_status, match_held_on, trainee_answer, mentor_answer;
    int64_t match_meeting_at, asked_at, trainee_answer_at, mentor_answer_at;
    int64_t trainee_signed_at, mentor_signed_at; /* of that match, not voided */
    int64_t mentorship_id;                       /* the running one, else the newest; 0: none */
    enum mentorship_status mentorship_status;
    int64_t started_at, mentor_id;
    int first_meeting_on, midway_on, final_on;
    struct str mentor_first_name, mentor_last_name;
};
struct standing_meeting {
    int64_t id, trainee_id, mentorship_id, at;
    int theme, held_on, sequence;
    enum meeting_stage status;
    bool has_minutes;
};
struct standing_tasks { /* open ones, counted; the leader's own are not among them */
    int64_t trainee_id;
    int64_t overdue, open, my_overdue, my_open; /* my: the trainee's own */
    int overdue_on, my_due_on;                  /* the oldest date passed; the trainee's nearest date; 0: none */
};

enum { STANDING_ALL = -1, STANDING_RUNNING = -2, STANDING_MAX = 5000 };
struct standing_filter {
    int64_t organisation_id;
    int64_t adviser_id, nav_contact_id, cohort_id; /* only theirs; 0: all */
    int status;                                    /* enum trainee_status, STANDING_ALL, or STANDING_RUNNING: active or on leave */
    struct str after_name;                         /* sort_name and id of the last one of the page before; id 0: the beginning */
    int64_t after_id;
    int64_t limit;
    int64_t viewer; /* account that looks; 0: the program itself */
    int today;
};
/* By name. */
enum err standing_rows(struct db *db, struct arena *a, const struct standing_filter *f, struct standing_row **rows, size_t *n) MUST_CHECK;
/* Of the same trainees: meetings by trainee, pair and time, tasks and leaves by trainee. */
enum err standing_meetings(struct db *db, struct arena *a, const struct standing_filter *f, struct standing_meeting **rows, size_t *n) MUST_CHECK;
enum err standing_tasks(struct db *db, struct arena *a, const struct standing_filter *f, struct standing_tasks **rows, size_t *n) MUST_CHECK;
enum err standing_leaves(struct db *db, struct arena *a, const struct standing_filter *f, struct leave_row **rows, size_t *n) MUST_CHECK;
/* The same for one trainee. */
enum err standing_row(struct db *db, struct arena *a, int64_t trainee_id, struct standing_row *out) MUST_CHECK;
enum err standing_meetings_of(struct db *db, struct arena *a, int64_t mentorship_id, struct standing_meeting **rows, size_t *n) MUST_CHECK;
enum err standing_tasks_of(struct db *db, struct arena *a, int64_t trainee_id, int today, struct standing_tasks *out) MUST_CHECK;
