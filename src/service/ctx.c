#include "service/ctx.h"
#include "model/log.h"

enum err may(const struct ctx *c, enum act act, unsigned relations)
{
    if (c->demo)
        relations |= REL_DEMO;
    if (c->actor->unbound)
        relations &= ~(unsigned)(REL_PAIR | REL_MATCH);
    if (access_may(c->actor->role, act, relations))
        return OK;
    return access_ever(c->actor->role, act) ? ERR_NOT_FOUND : ERR_DENIED;
}

unsigned rel_org(const struct ctx *c, int64_t organisation_id)
{
    return organisation_id && organisation_id == c->actor->organisation_id ? REL_ORG : 0;
}

void saw(struct ctx *c, int64_t organisation_id, int64_t participant_id, const char *what)
{
    if (!participant_id || (c->actor->role == ROLE_TRAINEE && c->actor->participant_id == participant_id))
        return;
    for (size_t i = 0; i < c->n_seen; i++)
        if (c->seen[i].participant_id == participant_id && !strcmp(c->seen[i].what, what))
            return;
    if (c->n_seen == c->seen_max) {
        size_t max = c->seen_max ? 2 * c->seen_max : 16;
        struct seen *more = ARENA_ARRAY(c->a, struct seen, max);
        if (c->n_seen)
            memcpy(more, c->seen, c->n_seen * sizeof *more);
        c->seen = more;
        c->seen_max = max;
    }
    c->seen[c->n_seen++] = (struct seen){organisation_id, participant_id, what};
}

enum err seen_save(struct ctx *c)
{
    for (size_t i = 0; i < c->n_seen; i++) {
        const struct seen *s = &c->seen[i];
        struct lookup_row row = {.organisation_id = s->organisation_id, .at = c->now, .account_id = c->actor->account_id,
                                 .participant_id = s->participant_id, .role = str_c(role_code(c->actor->role)),
                                 .what = str_c(s->what), .request = c->request};
        TRY(lookup_insert(c->db, &row));
    }
    return OK;
}

enum err event_add(struct ctx *c, struct event e)
{
    struct event_row row = {.organisation_id = e.organisation_id, .at = c->now, .account_id = c->actor->account_id,
                            .role = str_c(role_code(c->actor->role)), .participant_id = e.participant_id,
                            .kind = str_c(e.kind), .subject_id = e.subject_id, .outcome = str_c(e.outcome), .reason = e.reason};
    return event_insert(c->db, &row);
}

enum err mail_add(struct ctx *c, struct mail m)
{
    if (!m.email.n)
        return OK; /* nobody to write to; the person is told on the screen */
    struct outbox_row row = {.organisation_id = m.organisation_id, .kind = str_c(m.kind), .to_email = m.email,
                             .to_name = m.name, .lang = str_c(lang_info[m.lang].code), .subject = m.subject, .body = m.body,
                             .calendar = m.calendar, .calendar_method = str_c(m.calendar_method),
                             .created_at = c->now, .due_at = c->now};
    return outbox_insert(c->db, &row);
}
