#include "service/task.h"
#include "service/relation.h"

enum task_owner task_me(const struct ctx *c)
{
    switch (c->actor->role) {
    case ROLE_TRAINEE:
        return TASK_TRAINEE;
    case ROLE_MENTOR:
        return TASK_MENTOR;
    case ROLE_PROJECT_LEADER:
        return TASK_LEADER;
    case ROLE_NONE:
    case ROLE_ADMINISTRATOR:
    case ROLE_ADVISER:
    case ROLE_NAV_CONTACT:
    case ROLE_SUPERVISOR:
    case ROLE_N:
        break;
    }
    return TASK_NOBODY;
}

static enum err allowed(struct ctx *c, int64_t trainee_id, enum act act, struct standing_row *row)
{
    enum err e = standing_row(c->db, c->a, trainee_id, row);
    if (e == ERR_NOT_FOUND)
        TRY(may(c, act, 0)); /* the same answer as for one that is not for the actor */
    TRY(e);
    return may(c, act, standing_rel(c, row));
}

enum err task_list(struct ctx *c, int64_t trainee_id, struct task_row **rows, size_t *n)
{
    struct standing_row row;
    TRY(allowed(c, trainee_id, ACT_TASK_ADD, &row));
    saw(c, row.organisation_id, row.participant_id, "task");
    return task_of_trainee(c->db, c->a, trainee_id, rows, n);
}

enum err task_list_meeting(struct ctx *c, int64_t trainee_id, int64_t meeting_id, struct task_row **rows, size_t *n)
{
    struct standing_row row;
    struct task_row *all;
    size_t n_all;
    TRY(allowed(c, trainee_id, ACT_TASK_ADD, &row));
    TRY(task_of_meeting(c->db, c->a, meeting_id, &all, &n_all));
    *rows = all;
    *n = 0;
    for (size_t i = 0; i < n_all; i++) /* of this trainee, whatever meeting was asked for */
        if (all[i].trainee_id == trainee_id)
            all[(*n)++] = all[i];
    saw(c, row.organisation_id, row.participant_id, "task");
    return OK;
}

enum err task_list_all(struct ctx *c, enum task_owner owner, struct task_row **rows, size_t *n)
{
    TRY(may(c, ACT_TASK_ADD, rel_org(c, c->actor->organisation_id)));
    TRY(task_open(c->db, c->a, c->actor->organisation_id, owner, TASK_LIST_MAX, viewer_of(c), rows, n));
    for (size_t i = 0; i < *n; i++)
        saw(c, (*rows)[i].organisation_id, (*rows)[i].participant_id, "task");
    return OK;
}

enum err task_add(struct ctx *c, const struct task_row *task, int64_t *id)
{
    struct standing_row row;
    struct meeting_row m;
    struct task_row t = *task;
    TRY(allowed(c, t.trainee_id, ACT_TASK_ADD, &row));
    if (t.meeting_id) {
        struct mentorship_row pair;
        TRY(meeting_get(c->db, c->a, t.meeting_id, &m));
        TRY(mentorship_get(c->db, c->a, m.mentorship_id, &pair));
        if (pair.trainee_id != t.trainee_id)
            return ERR_NOT_FOUND;
    }
    t.organisation_id = row.organisation_id;
    t.by_account = c->actor->account_id;
    t.at = c->now;
    t.done_at = 0;
    TRY(task_insert(c->db, &t, id));
    return event_add(c, (struct event){.organisation_id = row.organisation_id, .participant_id = row.participant_id, .subject_id = *id,
                                       .kind = "task.added"});
}

enum err task_tick(struct ctx *c, int64_t id, bool done, struct task_row *task)
{
    struct standing_row row;
    struct task_row t;
    enum err e = task_get(c->db, c->a, id, &t);
    if (e == ERR_NOT_FOUND)
        TRY(may(c, ACT_TASK_DONE, 0));
    TRY(e);
    TRY(allowed(c, t.trainee_id, ACT_TASK_DONE, &row));
    *task = t;
    if (done == (t.done_at != 0))
        return OK; /* somebody was faster: it is as it should be */
    TRY(task_set_done(c->db, id, done ? c->now : 0));
    return event_add(c, (struct event){.organisation_id = row.organisation_id, .participant_id = row.participant_id, .subject_id = id,
                                       .kind = done ? "task.done" : "task.reopened"});
}

bool task_overdue(const struct task_row *t, int today)
{
    return !t->done_at && t->due_on && t->due_on < today;
}
