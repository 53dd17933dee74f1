/* The project leader's start page. */
#include "model/cohort.h"
#include "model/interview.h"
#include "model/match.h"
#include "model/mentor.h"
#include "model/mentorship.h"
#include "model/meeting.h"
#include "model/participant.h"
#include "model/trainee.h"
#include "page_test.h"
#include "service/overview.h"

static int64_t person(struct pt *t, const char *first, enum intake_stage stage, int days_ago)
{
    static int number;
    int64_t id;
    struct participant_row p = {.organisation_id = t->organisation_id, .reference = arena_fmt(t->a, "%d", ++number), .first_name = str_c(first),
                                .last_name = STR("Haddad"), .lang = STR("nb"), .experience_years = -1, .stage = (int)stage,
                                .stage_at = t->now - days_ago * (int64_t)TM_DAY_MS, .created_at = t->now};
    PT_MUST(participant_insert(t->db, t->a, &p, &id));
    return id;
}

static void add_cohort(struct pt *t)
{
    struct cohort_row c = {.organisation_id = t->organisation_id, .name = STR("Vår 2026"), .start_on = tm_on_of(t->now) - 90, .seats = 5,
                           .created_at = t->now};
    int64_t id;
    PT_MUST(cohort_insert(t->db, &c, &id));
}

/* A trainee with a mentor whose last meeting was long ago. */
static void add_pair(struct pt *t)
{
    int today = tm_on_of(t->now);
    int64_t trainee, mentor, match, pair, meeting;
    struct trainee_row tr = {.organisation_id = t->organisation_id, .participant_id = person(t, "Reza", INTAKE_ADMITTED, 90), .cohort_id = 1,
                             .admitted_at = t->now - 90 * (int64_t)TM_DAY_MS};
    PT_MUST(trainee_insert(t->db, &tr, &trainee));
    struct mentor_row m = {.organisation_id = t->organisation_id, .first_name = STR("Line"), .last_name = STR("Bergseth"), .capacity = 1,
                           .created_at = t->now};
    PT_MUST(mentor_insert(t->db, &m, &mentor));
    struct match_row x = {.organisation_id = t->organisation_id, .trainee_id = trainee, .mentor_id = mentor, .status = MATCH_RUNNING, .at = t->now};
    PT_MUST(match_insert(t->db, &x, &match));
    struct mentorship_row s = {.organisation_id = t->organisation_id, .match_id = match, .trainee_id = trainee, .mentor_id = mentor,
                               .started_at = t->now - 80 * (int64_t)TM_DAY_MS, .first_meeting_on = today - 70};
    PT_MUST(mentorship_insert(t->db, &s, &pair));
    PT_MUST(mentorship_get(t->db, t->a, pair, &s));
    s.first_meeting_on = today - 70;
    PT_MUST(mentorship_update(t->db, &s));
    struct meeting_row held = {.mentorship_id = pair, .at = t->now - 70 * (int64_t)TM_DAY_MS, .minutes = 60, .status = MEETING_HELD,
                               .held_on = today - 70, .created_at = t->now};
    PT_MUST(meeting_insert(t->db, &held, &meeting));
    struct trainee_row lone = {.organisation_id = t->organisation_id, .participant_id = person(t, "Nadia", INTAKE_ADMITTED, 5), .cohort_id = 1,
                               .admitted_at = t->now - 5 * (int64_t)TM_DAY_MS};
    PT_MUST(trainee_insert(t->db, &lone, &trainee));
}

DB_QUERY(q_looks, struct { int64_t n; }, 1, "SELECT COUNT(*) AS n FROM log_line WHERE what = $1 AND act = 'look'", {"n", 0, DB_I64});
static int64_t looks(struct pt *t)
{
    struct { int64_t n; } row;
    PT_MUST(db_one(t->db, t->a, &q_looks, &row, DB_IN("overview")));
    return row.n;
}

int main(void)
{
    struct pt t = pt_start();
    struct req *r = pt_get(&t, ROLE_PROJECT_LEADER, "/");
    CHECK(r->status == 200 && pt_has(r, "Ingenting haster") && pt_has(r, "Ingen pulje er i gang") && pt_has(r, "Ingenting er avtalt"));
    CHECK_INT(looks(&t), 0);

    add_cohort(&t);
    add_pair(&t);
    int64_t applied = person(&t, "Amal", INTAKE_APPLIED, 3), offered = person(&t, "Omar", INTAKE_OFFERED, 30), invited = person(&t, "Leila", INTAKE_INTERVIEW_PLANNED, 2);
    for (int i = 0; i < 5; i++)
        person(&t, arena_fmt(t.a, "Rek%d", i).p, INTAKE_RECOMMENDED, 10 - i);
    struct offer_row o = {.participant_id = offered, .cohort_id = 1, .by_account = 1, .at = t.now, .answer_by_on = tm_on_of(t.now) - 2};
    int64_t id;
    PT_MUST(offer_insert(t.db, &o, &id));
    struct interview_row i = {.participant_id = invited, .interviewer_id = 1, .at = t.now + 3 * (int64_t)TM_DAY_MS, .minutes = 60, .created_at = t.now};
    PT_MUST(interview_insert(t.db, &i, &id));
    i.participant_id = applied; /* it was planned, and then the applicant went another way */
    PT_MUST(interview_insert(t.db, &i, &id));

    int64_t before = db_calls(t.db);
    r = pt_get(&t, ROLE_PROJECT_LEADER, "/");
    CHECK_INT(r->status, 200);
    CHECK(db_calls(t.db) - before < 60); /* a few queries for all of it, and the looks */
    CHECK(pt_has(r, "Amal Haddad har søkt") && pt_has(r, "/application"));
    CHECK(pt_has(r, "Omar Haddad har ikke svart på tilbudet"));
    CHECK(pt_has(r, "5 nye anbefalinger") && pt_has(r, "og 2 til")); /* many become one line, longest waiting first */
    CHECK(pt_has(r, "1 trainee mangler mentor") && pt_has(r, "Nadia Haddad"));
    CHECK(pt_has(r, "Reza Haddad") && pt_has(r, "Line Bergseth") && pt_has(r, "1 av 12 møter holdt"));
    CHECK(pt_has(r, "Intervju med Leila Haddad") && !pt_has(r, "Intervju med Amal Haddad")); /* in the calendar */
    CHECK(pt_has(r, "/participants?stage=applied") && pt_has(r, "Vår 2026"));
    CHECK(looks(&t) > 4);
    const char *late = memmem(r->body.p, r->body.n, "har ikke svart", 14), *soon = memmem(r->body.p, r->body.n, "nye anbefalinger", 16);
    CHECK(late && soon && late < soon); /* the most pressing first */

    CHECK(!pt_has(pt_get(&t, ROLE_ADVISER, "/"), "Amal Haddad")); /* the page is the leader's */
    CHECK(!pt_has(r, "Vi ser på de første"));
    PT_MUST(db_script(t.db, arena_fmt(t.a,
                                      "INSERT INTO participant (organisation_id, reference, first_name, last_name, sort_name, stage, created_at, updated_at)"
                                      " WITH RECURSIVE k (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM k WHERE n < %d)"
                                      " SELECT %lld, 'M-' || CAST(n AS TEXT), 'Mange', 'Zahl', 'zahl mange', 9, 1, 1 FROM k;"
                                      "INSERT INTO trainee (organisation_id, participant_id, cohort_id, admitted_at) SELECT organisation_id, id, 1, 1 FROM participant WHERE first_name = 'Mange'",
                                      OVERVIEW_TRAINEES, (long long)t.organisation_id).p));
    CHECK(pt_has(pt_get(&t, ROLE_PROJECT_LEADER, "/"), "Vi ser på de første 500 traineene, etter navn."));
    pt_end(&t);
    return test_end();
}
