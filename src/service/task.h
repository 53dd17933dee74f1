/* task.h: tasks with owner and date, of a trainee's way (G4): the trainee's, the mentor's and the leader's own. */
#pragma once
#include "model/task.h"
#include "service/standing.h"

/* Who the actor is among the owners; TASK_NOBODY for others. */
enum task_owner task_me(const struct ctx *c);
/* A trainee's tasks, open ones first, for trainee, mentor and leader. ACT_TASK_ADD. */
enum err task_list(struct ctx *c, int64_t trainee_id, struct task_row **rows, size_t *n) MUST_CHECK;
/* Those of one meeting, whose pair the actor has seen already (meeting_open). ACT_TASK_ADD. */
enum err task_list_meeting(struct ctx *c, int64_t trainee_id, int64_t meeting_id, struct task_row **rows, size_t *n) MUST_CHECK;
/* Open ones of all trainees of the organisation, for the leader: owner TASK_NOBODY everybody's. */
enum { TASK_LIST_MAX = 200 };
enum err task_list_all(struct ctx *c, enum task_owner owner, struct task_row **rows, size_t *n) MUST_CHECK;
/* meeting_id 0: from no meeting; else it must be the trainee's: ERR_NOT_FOUND. */
enum err task_add(struct ctx *c, const struct task_row *task, int64_t *id) MUST_CHECK;
/* Done, or open again. *task is the one it was. */
enum err task_tick(struct ctx *c, int64_t id, bool done, struct task_row *task) MUST_CHECK;
bool task_overdue(const struct task_row *t, int today);
