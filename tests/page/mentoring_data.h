/* mentoring_data.h: a pair that works together, for the tests of its pages: the people of page_test.h in the roles trainee and mentor. */
#pragma once
#include "model/agreement.h"
#include "model/cohort.h"
#include "model/log.h"
#include "model/match.h"
#include "model/mentor.h"
#include "model/mentorship.h"
#include "model/participant.h"
#include "model/trainee.h"
#include "page_test.h"

struct md {
    int64_t cohort_id, participant_id, trainee_id, mentor_id, match_id, mentorship_id;
};

/* A participant who can log in as `who`; account 0: nobody. */
static inline int64_t md_participant(struct pt *t, const char *first, const char *last, int64_t account_id, int stage)
{
    int64_t id;
    struct participant_row p = {.organisation_id = t->organisation_id, .reference = arena_fmt(t->a, "R-%s-%s", first, last),
                                .first_name = str_c(first), .last_name = str_c(last), .email = arena_fmt(t->a, "%s@deltaker.no", first),
                                .lang = STR("nb"), .stage = stage, .stage_at = t->now, .experience_years = 5,
                                .adviser_id = t->who[ROLE_ADVISER].account_id, .nav_contact_id = t->who[ROLE_NAV_CONTACT].account_id,
                                .created_at = t->now, .updated_at = t->now};
    PT_MUST(participant_insert(t->db, t->a, &p, &id));
    if (account_id)
        PT_MUST(participant_set_account(t->db, id, account_id));
    return id;
}

static inline int64_t md_mentor(struct pt *t, const char *first, const char *last, int64_t account_id)
{
    int64_t id;
    struct mentor_row m = {.organisation_id = t->organisation_id, .first_name = str_c(first), .last_name = str_c(last),
                           .email = arena_fmt(t->a, "%s@mentor.no", first), .lang = STR("nb"), .capacity = 2, .job_title = STR("Farmasøyt"),
                           .employer = STR("Byens apotek"), .created_at = t->now, .updated_at = t->now};
    PT_MUST(mentor_insert(t->db, &m, &id));
    if (account_id)
        PT_MUST(mentor_set_account(t->db, id, account_id));
    return id;
}

/* A running pair. cohort_id 0: a new cohort. */
static inline struct md md_pair(struct pt *t, int64_t cohort_id, int64_t participant_id, int64_t mentor_id)
{
    struct md d = {.cohort_id = cohort_id, .participant_id = participant_id, .mentor_id = mentor_id};
    if (!cohort_id) {
        struct cohort_row c = {.organisation_id = t->organisation_id, .name = STR("Pulje vår"), .start_on = tm_on_of(t->now) - 60, .seats = 5,
                               .created_at = t->now};
        PT_MUST(cohort_insert(t->db, &c, &d.cohort_id));
    }
    struct trainee_row tr = {.organisation_id = t->organisation_id, .participant_id = participant_id, .cohort_id = d.cohort_id, .admitted_at = t->now - 60LL * TM_DAY_MS};
    PT_MUST(trainee_insert(t->db, &tr, &d.trainee_id));
    if (!mentor_id)
        return d;
    struct match_row m = {.organisation_id = t->organisation_id, .trainee_id = d.trainee_id, .mentor_id = mentor_id, .points = 800, .reasons = STR(""),
                          .by_account = t->who[ROLE_PROJECT_LEADER].account_id, .at = t->now - 50LL * TM_DAY_MS};
    PT_MUST(match_insert(t->db, &m, &d.match_id));
    PT_MUST(match_get(t->db, t->a, d.match_id, &m));
    m.status = MATCH_RUNNING;
    PT_MUST(match_update(t->db, &m));
    struct mentorship_row s = {.organisation_id = t->organisation_id, .match_id = d.match_id, .trainee_id = d.trainee_id, .mentor_id = mentor_id,
                               .started_at = t->now - 40LL * TM_DAY_MS};
    PT_MUST(mentorship_insert(t->db, &s, &d.mentorship_id));
    return d;
}

static inline struct md md_start(struct pt *t)
{
    int64_t p = md_participant(t, "Amal", "Haddad", t->who[ROLE_TRAINEE].account_id, INTAKE_ADMITTED);
    return md_pair(t, 0, p, md_mentor(t, "Ingrid", "Solbakken", t->who[ROLE_MENTOR].account_id));
}

/* Some days later; everybody is still logged in. */
DB_EXEC(q_md_session, 2, "UPDATE session SET expires_at = $1, seen_at = $2");
static inline void md_later(struct pt *t, int days)
{
    t->now += (int64_t)days * TM_DAY_MS;
    PT_MUST(db_run(t->db, &q_md_session, NULL, DB_IN(t->now + 36000000, t->now)));
}

/* "31.12.2026" and "14.30" of an instant, percent-encoded enough for a form. */
static inline struct str md_date(struct pt *t, int64_t at)
{
    struct tm_civil c = tm_civil(at);
    return arena_fmt(t->a, "%02d.%02d.%04d", c.day, c.month, c.year);
}
static inline struct str md_time(struct pt *t, int64_t at)
{
    struct tm_civil c = tm_civil(at);
    return arena_fmt(t->a, "%02d.%02d", c.hour, c.minute);
}

struct md_outbox {
    int64_t n;
};
DB_QUERY(q_md_outbox_last, struct outbox_row, 0,
         "SELECT id, kind, to_email, subject, body, calendar, calendar_method FROM outbox ORDER BY id DESC LIMIT 1", DB_COL(struct outbox_row, id),
         DB_COL(struct outbox_row, kind), DB_COL(struct outbox_row, to_email), DB_COL(struct outbox_row, subject),
         DB_COL(struct outbox_row, body), DB_COL(struct outbox_row, calendar), DB_COL(struct outbox_row, calendar_method));
DB_QUERY(q_md_outbox_count, struct md_outbox, 0, "SELECT COUNT(*) AS n FROM outbox", DB_COL(struct md_outbox, n));
static inline struct outbox_row md_mail(struct pt *t)
{
    struct outbox_row m = {0};
    enum err e = db_one(t->db, t->a, &q_md_outbox_last, &m, DB_NONE);
    if (e && e != ERR_NOT_FOUND)
        exit(1);
    return m;
}
static inline int64_t md_mails(struct pt *t)
{
    struct md_outbox n = {0};
    PT_MUST(db_one(t->db, t->a, &q_md_outbox_count, &n, DB_NONE));
    return n.n;
}
static inline bool md_in(struct str s, const char *what)
{
    return s.n && memmem(s.p, s.n, what, strlen(what)) != NULL;
}
