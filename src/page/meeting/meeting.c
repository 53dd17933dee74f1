/* meeting.c: the list of meetings, one meeting, and what can be done with it. */
#include "page/meeting/meeting.h"
#include "gen/meeting.html.h"
#include "page/document/document.h"

/* GET /meetings */
enum err meetings_page(struct page *p)
{
    struct meetings_list l = {0};
    TRY(pair_choice(p, &l.pairs));
    if (l.pairs.now)
        TRY(meeting_list(&p->c, l.pairs.now, &l.rows, &l.n));
    for (size_t i = 0; i < l.n; i++) {
        l.held += l.rows[i].status == MEETING_HELD;
        if (!l.next && l.rows[i].status == MEETING_PLANNED && l.rows[i].at + (int64_t)l.rows[i].minutes * 60000 > p->c.now)
            l.next = &l.rows[i];
    }
    html_meetings(p->o, &p->v, &l);
    return OK;
}

static enum err show(struct page *p, int64_t id, const char *conflict)
{
    struct meeting_view x = {.conflict = conflict};
    TRY(meeting_open(&p->c, id, &x.m, &x.pair));
    unsigned rel = mentoring_rel(&p->c, &x.pair);
    bool running = x.pair.status == MENTORSHIP_ACTIVE;
    x.may_plan = running && access_may(p->c.actor->role, ACT_MEETING_PLAN, rel);
    x.may_write = access_may(p->c.actor->role, ACT_MINUTES_WRITE, rel);
    x.reads_minutes = access_may(p->c.actor->role, ACT_MINUTES_READ, rel);
    x.has_minutes = x.m.has_minutes;
    x.begun = x.m.at <= p->c.now;
    x.may_document = running && (rel & (REL_SELF | REL_PAIR)) && x.m.status != MEETING_CANCELLED;
    TRY(document_of_the_meeting(p, id, &x.document_id));
    if (x.reads_minutes && x.has_minutes)
        TRY(minutes_open(&p->c, id, &x.minutes));
    TRY(task_list_meeting(&p->c, x.pair.trainee_id, id, &x.tasks, &x.n_tasks));
    html_meeting(p->o, &p->v, &x);
    return OK;
}

/* GET /meetings/:id */
enum err meeting_page(struct page *p)
{
    int64_t id;
    TRY(page_id(p, "id", &id));
    return show(p, id, NULL);
}

static enum err act(struct page *p, enum meeting_act act, const char *done)
{
    int64_t id;
    struct say why = {0};
    TRY(page_id(p, "id", &id));
    enum err e = meeting_do(&p->c, id, page_version(p), act, &why);
    if (e == ERR_CONFLICT || e == ERR_STATE) {
        TRY(show(p, id, e == ERR_STATE ? why.msgid : N_("Noen andre har endret møtet. Slik står det nå.")));
        return page_conflict(p);
    }
    TRY(e);
    return page_go(p, done, "/meetings/%lld", (long long)id);
}

/* POST /meetings/:id/held */
enum err meeting_held_post(struct page *p)
{
    return act(p, MEETING_HOLD, "meeting-held");
}

/* POST /meetings/:id/cancel */
enum err meeting_cancel_post(struct page *p)
{
    return act(p, MEETING_CANCEL, "meeting-cancelled");
}

/* POST /meetings/:id/undo */
enum err meeting_undo_post(struct page *p)
{
    return act(p, MEETING_UNDO, "saved");
}
