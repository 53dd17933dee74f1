#include "service/mentor.h"
#include "service/relation.h"
#include "base/utf8.h"

static unsigned rel_of(const struct ctx *c, const struct mentor_row *m)
{
    return rel_org(c, m->organisation_id) | (c->actor->mentor_id && c->actor->mentor_id == m->id ? REL_SELF : 0);
}

static enum err find(struct ctx *c, int64_t id, enum act act, struct mentor_row *out)
{
    struct mentor_row m = {0};
    enum err e = mentor_get_for(c->db, c->a, id, viewer_of(c), &m);
    if (e && e != ERR_NOT_FOUND)
        return e;
    TRY(may(c, act, e ? 0 : rel_of(c, &m)));
    if (e)
        return e;
    *out = m;
    return OK;
}

static enum err note(struct ctx *c, const struct mentor_row *m, const char *kind, const char *outcome, struct str reason)
{
    return event_add(c, (struct event){.organisation_id = m->organisation_id, .subject_id = m->id, .kind = kind, .outcome = outcome,
                                       .reason = reason});
}

enum err mentor_mine(struct ctx *c, struct mentor_row *out)
{
    return find(c, c->actor->mentor_id, ACT_MENTOR_SEE, out);
}

enum err mentor_confidential(struct ctx *c)
{
    struct mentor_row m;
    if (c->actor->role != ROLE_MENTOR)
        return OK;
    TRY(mentor_mine(c, &m));
    return m.confidentiality_at ? OK : ERR_STATE;
}

/* What may stand in a LIKE pattern as it is. */
static struct str plain(struct arena *a, struct str s)
{
    char *out = arena_alloc(a, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] != '%' && s.p[i] != '_')
            out[n++] = s.p[i];
    return (struct str){out, n};
}

enum err mentor_list(struct ctx *c, struct mentor_filter f, struct str search, struct mentor_row **rows, size_t *n, bool *more)
{
    TRY(may(c, ACT_MENTOR_LIST, rel_org(c, c->actor->organisation_id)));
    struct str rest = plain(c->a, utf8_fold(c->a, str_trim(search)));
    f.words[0] = str_cut(&rest, ' ');
    rest = str_trim(rest);
    f.words[1] = str_cut(&rest, ' ');
    f.organisation_id = c->actor->organisation_id;
    f.today = c->today;
    f.viewer = c->actor->account_id;
    f.limit = MENTOR_LIST + 1;
    size_t got;
    TRY(mentor_find(c->db, c->a, &f, rows, &got));
    *more = got > MENTOR_LIST;
    *n = *more ? MENTOR_LIST : got;
    for (size_t i = 0; i < *n; i++)
        saw_mentor(c, (*rows)[i].organisation_id, (*rows)[i].id, "list");
    return OK;
}

enum err mentor_see(struct ctx *c, int64_t id, struct mentor_row *out)
{
    TRY(find(c, id, ACT_MENTOR_EDIT, out));
    saw_mentor(c, out->organisation_id, id, "mentor");
    return OK;
}

static void leave_out_hidden(const struct ctx *c, struct mentor_view *v)
{
    size_t n = 0;
    for (size_t i = 0; i < v->n_pairs; i++)
        if (rel_known(c, v->pairs[i].participant_id, v->pairs[i].address_protection))
            v->pairs[n++] = v->pairs[i];
    v->n_pairs = n;
    n = 0;
    for (size_t i = 0; i < v->n_matches; i++)
        if (rel_known(c, v->matches[i].participant_id, v->matches[i].address_protection))
            v->matches[n++] = v->matches[i];
    v->n_matches = n;
}

enum err mentor_open(struct ctx *c, int64_t id, struct mentor_view *out)
{
    struct mentor_view v = {0};
    TRY(find(c, id, ACT_MENTOR_SEE, &v.m));
    TRY(may(c, ACT_MENTOR_LIST, rel_org(c, v.m.organisation_id))); /* the whole view is the register's; a mentor has mentor_mine */
    TRY(mentorship_of_mentor(c->db, c->a, id, &v.pairs, &v.n_pairs));
    TRY(match_of_mentor(c->db, c->a, id, &v.matches, &v.n_matches));
    leave_out_hidden(c, &v);
    if (v.n_pairs > MENTOR_TRAINEES)
        v.n_pairs = MENTOR_TRAINEES;
    if (v.n_matches > MENTOR_TRAINEES)
        v.n_matches = MENTOR_TRAINEES;
    for (size_t i = 0; i < v.n_pairs; i++)
        saw(c, v.m.organisation_id, v.pairs[i].participant_id, "overview");
    for (size_t i = 0; i < v.n_matches; i++)
        saw(c, v.m.organisation_id, v.matches[i].participant_id, "overview");
    saw_mentor(c, v.m.organisation_id, id, "mentor");
    struct mentor_row by;
    if (v.m.recommended_by && mentor_get(c->db, c->a, v.m.recommended_by, &by) == OK && by.organisation_id == v.m.organisation_id)
        v.recommended_by = arena_fmt(c->a, "%.*s %.*s", STR_FMT(by.first_name), STR_FMT(by.last_name));
    TRY(event_of_subject(c->db, c->a, v.m.organisation_id, "mentor.", id, MENTOR_EVENTS, &v.events, &v.n_events));
    if (access_may(c->actor->role, ACT_RIGHTS_ANSWER, rel_of(c, &v.m)))
        TRY(consent_of_person(c, rel_of(c, &v.m), v.m.organisation_id, v.m.account_id, CONSENT_MENTOR, &v.consents, &v.n_consents));
    *out = v;
    return OK;
}

static enum err is_taken(struct ctx *c, struct str email, int64_t but_id, bool *taken)
{
    struct mentor_row other;
    *taken = false;
    if (!email.n)
        return OK;
    enum err e = mentor_by_email(c->db, c->a, c->actor->organisation_id, email, &other);
    if (e == ERR_NOT_FOUND)
        return OK;
    *taken = e == OK && other.id != but_id;
    return e;
}

enum err mentor_add(struct ctx *c, const struct mentor_row *in, int64_t *id, bool *taken)
{
    struct mentor_row m = *in;
    m.organisation_id = c->actor->organisation_id;
    TRY(may(c, ACT_MENTOR_EDIT, rel_org(c, m.organisation_id)));
    TRY(is_taken(c, m.email, 0, taken));
    if (*taken)
        return ERR_CONFLICT;
    m.account_id = m.ended_at = 0;
    m.sort_name = mentor_sort_name(c->a, m.first_name, m.last_name);
    m.created_at = m.updated_at = c->now;
    TRY(mentor_insert(c->db, &m, &m.id));
    TRY(note(c, &m, "mentor.added", "", STR("")));
    *id = m.id;
    return OK;
}

enum err mentor_change(struct ctx *c, const struct mentor_row *in, bool *taken)
{
    struct mentor_row now, m = *in;
    *taken = false;
    TRY(find(c, in->id, ACT_MENTOR_EDIT, &now));
    if (c->actor->role == ROLE_MENTOR)
        m.email = now.email; /* where the register writes to is the leader's to change */
    if (!str_eq(m.email, now.email))
        TRY(is_taken(c, m.email, m.id, taken));
    if (*taken)
        return ERR_CONFLICT;
    m.organisation_id = now.organisation_id;
    m.paused_until_on = now.paused_until_on;
    m.ended_at = now.ended_at;
    m.sort_name = mentor_sort_name(c->a, m.first_name, m.last_name);
    m.updated_at = c->now;
    TRY(mentor_update(c->db, &m));
    return note(c, &m, "mentor.changed", "", STR(""));
}

enum err mentor_pause(struct ctx *c, int64_t id, int64_t version, int until_on, struct str reason)
{
    struct mentor_row m;
    TRY(find(c, id, ACT_MENTOR_EDIT, &m));
    if (until_on && until_on <= c->today)
        return ERR_INVALID;
    m.version = version;
    m.paused_until_on = until_on;
    m.updated_at = c->now;
    TRY(mentor_update(c->db, &m));
    return note(c, &m, until_on ? "mentor.paused" : "mentor.unpaused", "", reason);
}

enum err mentor_end(struct ctx *c, int64_t id, int64_t version, struct str reason, struct say *why)
{
    struct mentor_row m;
    TRY(find(c, id, ACT_MENTOR_EDIT, &m));
    TRY(may(c, ACT_MENTOR_LIST, rel_org(c, m.organisation_id))); /* the leader's decision */
    if (m.ended_at)
        return ERR_CONFLICT;
    if (m.trainees) {
        *why = say_n(N_PLURAL("Mentoren har {1} trainee eller forslag til par. Avslutt det først.",
                              "Mentoren har {1} trainees eller forslag til par. Avslutt dem først."), m.trainees);
        return ERR_STATE;
    }
    m.version = version;
    m.ended_at = m.updated_at = c->now;
    TRY(mentor_update(c->db, &m));
    news_of(c, 0, NEWS_ACCESS);
    return note(c, &m, "mentor.ended", "", reason);
}

enum err mentor_return(struct ctx *c, int64_t id, int64_t version)
{
    struct mentor_row m;
    TRY(find(c, id, ACT_MENTOR_EDIT, &m));
    TRY(may(c, ACT_MENTOR_LIST, rel_org(c, m.organisation_id)));
    if (!m.ended_at)
        return ERR_CONFLICT;
    m.version = version;
    m.ended_at = 0;
    m.updated_at = c->now;
    TRY(mentor_update(c->db, &m));
    return note(c, &m, "mentor.returned", "", STR(""));
}
