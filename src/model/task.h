/* task.h: table task: what somebody promised to do, with an owner and a date. */
#pragma once
#include "db/db.h"
#include "model/relation.h"

enum task_owner { TASK_NOBODY, TASK_TRAINEE, TASK_MENTOR, TASK_LEADER, TASK_OWNER_N };
enum { TASK_TEXT_MAX = 300 /* characters */ };
struct task_row {
    int64_t id, organisation_id, trainee_id;
    int64_t meeting_id; /* 0: from no meeting */
    enum task_owner owner;
    struct str text;
    int due_on; /* 0: no date */
    int64_t done_at, by_account, at;
    struct str first_name, last_name; /* of the trainee, when read */
    int64_t participant_id;           /* when read */
};
enum err task_insert(struct db *db, const struct task_row *t, int64_t *id) MUST_CHECK;
enum err task_get(struct db *db, struct arena *a, int64_t id, struct task_row *out) MUST_CHECK;
/* A trainee's, all owners: open ones by date (those without a date last), then the done ones, newest first. */
enum err task_of_trainee(struct db *db, struct arena *a, int64_t trainee_id, struct task_row **rows, size_t *n) MUST_CHECK;
enum err task_of_meeting(struct db *db, struct arena *a, int64_t meeting_id, struct task_row **rows, size_t *n) MUST_CHECK;
/* Open ones of all trainees of an organisation, by date; owner TASK_NOBODY: everybody's. */
enum err task_open(struct db *db, struct arena *a, int64_t organisation_id, enum task_owner owner, int64_t limit, struct viewer v, struct task_row **rows,
                   size_t *n) MUST_CHECK;
/* done_at 0 opens it again. */
enum err task_set_done(struct db *db, int64_t id, int64_t done_at) MUST_CHECK;
