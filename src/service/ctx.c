#include "service/ctx.h"
#include "base/log.h"
#include "base/secret.h"
#include "db/ear.h"
#include "live/word.h"
#include "model/document.h"
#include "model/log.h"
#include "model/log_line.h"

enum { LATE_MAX = 256 };

enum err may(struct ctx *c, enum act act, unsigned relations)
{
    if (c->demo)
        relations |= REL_DEMO;
    if (c->actor->unbound)
        relations &= ~(unsigned)(REL_PAIR | REL_MATCH | REL_SUPERVISOR);
    bool half = c->actor->half && act != ACT_ACCOUNT_SELF;
    if (!half && access_may(c->actor->role, act, relations))
        return OK;
    c->denied = c->about;
    c->denied_act = act;
    return access_ever(c->actor->role, act) ? ERR_NOT_FOUND : ERR_DENIED;
}

unsigned rel_org(const struct ctx *c, int64_t organisation_id)
{
    if (!organisation_id)
        return 0;
    if (organisation_id == c->actor->organisation_id)
        return REL_ORG;
    for (size_t i = 0; i < c->actor->n_coop; i++)
        if (c->actor->coop[i] == organisation_id)
            return REL_COOP;
    return 0;
}

static void see(struct ctx *c, struct seen s)
{
    for (size_t i = 0; i < c->n_seen; i++)
        if (c->seen[i].participant_id == s.participant_id && c->seen[i].mentor_id == s.mentor_id && !strcmp(c->seen[i].what, s.what))
            return;
    if (c->n_seen == c->seen_max) {
        size_t max = c->seen_max ? 2 * c->seen_max : 16;
        struct seen *more = ARENA_ARRAY(c->a, struct seen, max);
        if (c->n_seen)
            memcpy(more, c->seen, c->n_seen * sizeof *more);
        c->seen = more;
        c->seen_max = max;
    }
    c->seen[c->n_seen++] = s;
}

void saw(struct ctx *c, int64_t organisation_id, int64_t participant_id, const char *what)
{
    if (participant_id && !(c->actor->role == ROLE_TRAINEE && c->actor->participant_id == participant_id))
        see(c, (struct seen){organisation_id, participant_id, 0, what});
}

void saw_mentor(struct ctx *c, int64_t organisation_id, int64_t mentor_id, const char *what)
{
    if (mentor_id && c->actor->mentor_id != mentor_id)
        see(c, (struct seen){organisation_id, 0, mentor_id, what});
}

void saw_log(struct ctx *c, int64_t organisation_id, int64_t participant_id)
{
    see(c, (struct seen){organisation_id, participant_id, 0, "log"});
}

/* Heard after the commit. What cannot be told undoes the change (db.h: a failed statement ends its transaction). */
static void tell_others(struct ctx *c, int64_t document_id, unsigned what)
{
    char text[64];
    struct buf words = {.p = text, .cap = sizeof text, .max = sizeof text};
    word_write(&words, &(struct word){.kind = WORD_NEWS, .document = document_id, .what = what});
    if (c->db && db_notify(c->db, buf_view(&words)))
        log_warn("ctx", "other servers cannot be told");
}

void news_of(struct ctx *c, int64_t document_id, unsigned what)
{
    for (size_t i = 0; i < c->n_news; i++)
        if (c->news[i].document_id == document_id) {
            if ((c->news[i].what & what) != what)
                tell_others(c, document_id, what);
            c->news[i].what |= what;
            return;
        }
    tell_others(c, document_id, what);
    if (c->n_news == c->news_max) {
        size_t max = c->news_max ? 2 * c->news_max : 4;
        struct news *more = ARENA_ARRAY(c->a, struct news, max);
        if (c->n_news)
            memcpy(more, c->news, c->n_news * sizeof *more);
        c->news = more;
        c->news_max = max;
    }
    c->news[c->n_news++] = (struct news){document_id, what};
}

static struct log_line line_of(const struct ctx *c, int64_t organisation_id, int64_t participant_id, const char *act, struct str what)
{
    return (struct log_line){.organisation_id = organisation_id, .at = c->now, .account_id = c->actor->account_id,
                             .from_organisation_id = c->actor->organisation_id, .role = str_c(role_code(c->actor->role)),
                             .participant_id = participant_id, .act = str_c(act), .what = what, .request = c->request};
}

enum err seen_save(struct ctx *c)
{
    struct log_line *lines = ARENA_ARRAY(c->a, struct log_line, c->n_seen ? c->n_seen : 1);
    for (size_t i = 0; i < c->n_seen; i++) {
        lines[i] = line_of(c, c->seen[i].organisation_id, c->seen[i].participant_id, LOG_LOOK, str_c(c->seen[i].what));
        lines[i].subject_id = c->seen[i].mentor_id;
    }
    TRY(log_append(c->db, c->a, lines, c->n_seen));
    return c->visit_id ? document_visit(c->db, c->visit_id, c->actor->account_id, c->now) : OK;
}

void log_later(struct ctx *c)
{
    c->late = ARENA_ARRAY(c->a, struct log_line, LATE_MAX);
    c->n_late = 0;
}

static enum err write_late(struct ctx *c)
{
    size_t n = c->n_late;
    c->n_late = 0;
    return n ? log_append(c->db, c->a, c->late, n) : OK;
}

enum err log_done(struct ctx *c, bool keep)
{
    enum err e = keep ? write_late(c) : OK;
    c->late = NULL;
    return e;
}

static enum err line_add(struct ctx *c, struct log_line *l)
{
    if (!c->late)
        return log_append(c->db, c->a, l, 1);
    if (c->n_late == LATE_MAX)
        TRY(write_late(c));
    l->reason_hash = arena_str(c->a, l->reason_hash);
    c->late[c->n_late++] = *l;
    return OK;
}

enum err event_add(struct ctx *c, struct event e)
{
    struct str salt = e.reason.n ? secret_token(c->a) : STR("");
    char reason_hash[LOG_HASH_CHARS + 1];
    struct event_row row = {.organisation_id = e.organisation_id, .at = c->now, .account_id = c->actor->account_id,
                            .role = str_c(role_code(c->actor->role)), .participant_id = e.participant_id,
                            .kind = str_c(e.kind), .subject_id = e.subject_id, .outcome = str_c(e.outcome), .reason = e.reason,
                            .reason_salt = salt};
    struct log_line l = line_of(c, e.organisation_id, e.participant_id, LOG_CHANGE, str_c(e.kind));
    TRY(logchain_reason(salt, e.reason, reason_hash));
    TRY(event_insert(c->db, &row, &l.event_id));
    l.subject_id = e.subject_id;
    l.outcome = row.outcome;
    l.reason_hash = str_c(reason_hash);
    return line_add(c, &l);
}

enum err log_add(struct ctx *c, struct log_note n)
{
    struct log_line l = line_of(c, n.organisation_id, n.participant_id, n.act, n.what);
    l.subject_id = n.subject_id;
    l.outcome = str_c(n.outcome);
    return line_add(c, &l);
}

bool mail_nowhere(struct str email)
{
    return str_ends(email, STR("@" MAIL_NOWHERE));
}

enum err mail_add(struct ctx *c, struct mail m)
{
    if (!m.email.n || mail_nowhere(m.email))
        return OK; /* nobody to write to; the person is told on the screen */
    struct outbox_row row = {.organisation_id = m.organisation_id, .kind = str_c(m.kind), .to_email = m.email,
                             .to_name = m.name, .lang = str_c(lang_info[m.lang].code), .subject = m.subject, .body = m.body,
                             .calendar = m.calendar, .calendar_method = str_c(m.calendar_method),
                             .created_at = c->now, .due_at = c->now};
    return outbox_insert(c->db, &row);
}
