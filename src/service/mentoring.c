#include "service/mentoring.h"
#include "service/relation.h"
#include "service/meeting.h"

unsigned mentoring_rel(struct ctx *c, const struct mentorship_row *m)
{
    const struct actor *a = c->actor;
    unsigned rel = rel_person(c, &(struct person_facts){.organisation_id = m->organisation_id, .participant_id = m->participant_id,
                                                        .address_protection = m->address_protection});
    if (a->mentor_id && a->mentor_id == m->mentor_id && m->status == MENTORSHIP_ACTIVE)
        rel |= REL_PAIR;
    return rel;
}

enum err mentoring_open(struct ctx *c, int64_t mentorship_id, enum act act, struct mentorship_row *out)
{
    struct mentorship_row m;
    enum err e = mentorship_get(c->db, c->a, mentorship_id, &m);
    if (e == ERR_NOT_FOUND) {
        TRY(may(c, act, 0)); /* the same answer as for one that is not for the actor */
        return ERR_NOT_FOUND;
    }
    TRY(e);
    TRY(may(c, act, mentoring_rel(c, &m)));
    *out = m;
    return OK;
}

enum err mentoring_pairs(struct ctx *c, struct mentorship_row **rows, size_t *n)
{
    TRY(may(c, ACT_WORKBOOK_SEE, REL_SELF | rel_org(c, c->actor->organisation_id)));
    struct mentorship_row *list = ARENA_NEW(c->a, struct mentorship_row);
    size_t found = 0;
    if (c->actor->participant_id) {
        struct trainee_row t;
        enum err e = trainee_of_participant(c->db, c->a, c->actor->participant_id, &t);
        if (!e)
            e = mentorship_of_trainee(c->db, c->a, t.id, list);
        if (e && e != ERR_NOT_FOUND)
            return e;
        found = e ? 0 : 1;
    } else if (c->actor->mentor_id) {
        struct mentorship_row *all;
        size_t n_all;
        TRY(mentorship_of_mentor(c->db, c->a, c->actor->mentor_id, &all, &n_all));
        list = all;
        while (found < n_all && all[found].status == MENTORSHIP_ACTIVE) /* running ones stand first */
            found++;
    }
    *rows = list;
    *n = found;
    return OK;
}

struct str mentoring_trainee_name(struct arena *a, const struct mentorship_row *m)
{
    return arena_fmt(a, "%.*s %.*s", STR_FMT(m->trainee_first_name), STR_FMT(m->trainee_last_name));
}

struct str mentoring_mentor_name(struct arena *a, const struct mentorship_row *m)
{
    return arena_fmt(a, "%.*s %.*s", STR_FMT(m->mentor_first_name), STR_FMT(m->mentor_last_name));
}

/* The trainee with the newest pair; *has_pair: that one is running. */
static enum err load(struct ctx *c, int64_t trainee_id, struct trainee_row *t, struct mentorship_row *m, bool *has_pair)
{
    enum err e = trainee_get(c->db, c->a, trainee_id, t);
    if (e == ERR_NOT_FOUND)
        TRY(may(c, ACT_MENTORSHIP_END, 0));
    TRY(e);
    TRY(may(c, ACT_MENTORSHIP_END, rel_person(c, &(struct person_facts){t->organisation_id, t->participant_id, t->adviser_id, t->nav_contact_id,
                                                                        t->address_protection})));
    e = mentorship_of_trainee(c->db, c->a, trainee_id, m);
    if (e && e != ERR_NOT_FOUND)
        return e;
    *has_pair = !e && m->status == MENTORSHIP_ACTIVE;
    return OK;
}

static enum err refuse(struct say *why, const char *msgid)
{
    *why = say(msgid);
    return ERR_STATE;
}

static enum err check_date(const struct ctx *c, int on, int first_on, struct say *why)
{
    if (on > c->today)
        return refuse(why, N_("Datoen kan ikke være i framtiden."));
    if (first_on && on < first_on)
        return refuse(why, N_("Datoen kan ikke være før det første møtet."));
    return OK;
}

enum err mentoring_complete(struct ctx *c, int64_t trainee_id, int64_t version, int completed_on, struct str contact_after, struct say *why)
{
    struct trainee_row t;
    struct mentorship_row m;
    struct progress_settings settings;
    struct leave_row *leaves;
    size_t n;
    bool has_pair;
    TRY(load(c, trainee_id, &t, &m, &has_pair));
    if (t.version != version)
        return ERR_CONFLICT;
    if (t.status == TRAINEE_COMPLETED || t.status == TRAINEE_ENDED)
        return refuse(why, N_("Traineen er alt ferdig."));
    if (!has_pair || !m.first_meeting_on)
        return refuse(why, N_("Traineen har ikke hatt noe møte med en mentor. Avslutt løpet i stedet."));
    TRY(check_date(c, completed_on, m.first_meeting_on, why));
    TRY(standing_settings(c, t.organisation_id, &settings));
    TRY(leave_of_trainee(c->db, c->a, trainee_id, &leaves, &n));
    t.on_time = progress_on_time(completed_on, m.first_meeting_on, leave_periods(c->a, leaves, n), n, &settings);
    t.status = TRAINEE_COMPLETED;
    t.completed_on = completed_on;
    TRY(trainee_set_status(c->db, &t));
    m.status = MENTORSHIP_COMPLETED;
    m.ended_on = completed_on;
    m.contact_after = contact_after;
    TRY(meeting_cancel_planned(c, &m));
    TRY(mentorship_update(c->db, &m));
    news_of(c, 0, NEWS_ACCESS);
    return event_add(c, (struct event){.organisation_id = t.organisation_id, .participant_id = t.participant_id, .subject_id = m.id,
                                       .kind = "mentorship.completed", .outcome = t.on_time ? "on_time" : "late"});
}

enum err mentoring_end(struct ctx *c, int64_t trainee_id, int64_t version, int ended_on, struct str reason, bool programme, struct say *why)
{
    struct trainee_row t;
    struct mentorship_row m;
    bool has_pair;
    TRY(load(c, trainee_id, &t, &m, &has_pair));
    if (t.version != version)
        return ERR_CONFLICT;
    if (t.status == TRAINEE_COMPLETED || t.status == TRAINEE_ENDED)
        return refuse(why, N_("Traineen er alt ferdig."));
    if (!programme && !has_pair)
        return refuse(why, N_("Traineen har ingen mentor nå."));
    TRY(check_date(c, ended_on, has_pair ? m.first_meeting_on : 0, why));
    if (has_pair) {
        TRY(meeting_cancel_planned(c, &m));
        m.status = MENTORSHIP_ENDED;
        m.ended_on = ended_on;
        m.end_reason = reason;
        TRY(mentorship_update(c->db, &m));
        news_of(c, 0, NEWS_ACCESS);
    }
    if (programme) {
        t.status = TRAINEE_ENDED;
        t.ended_on = ended_on;
        t.end_reason = reason;
    }
    TRY(trainee_set_status(c->db, &t)); /* also when only the pair ends: a new version for who has the page open */
    return event_add(c, (struct event){.organisation_id = t.organisation_id, .participant_id = t.participant_id, .subject_id = t.id,
                                       .kind = "mentorship.ended", .outcome = programme ? "programme" : "pair", .reason = reason});
}
