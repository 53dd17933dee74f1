/* The demo: refuses a filled database, prints a login for each role, gives exactly the handbook's results, and has something to show
 * at every stage. */
#include "page_test.h"
#include "cli/demo.h"
#include "domain/intake.h"
#include "domain/match.h"
#include "model/cohort.h"
#include "model/match.h"
#include "model/mentor.h"
#include "model/outbox.h"
#include "model/participant.h"
#include "model/person.h"
#include "service/attention.h"
#include "service/overview.h"
#include "service/results.h"

static struct pt t;
static struct demo_login logins[DEMO_LOGINS];

static void fill(void)
{
    char why[200] = "";
    t = (struct pt){.a = arena_new((size_t)1 << 30), .now = tm_now(), .demo = true};
    PT_MUST(secret_start());
    vault_start_random();
    PT_MUST(db_connect(test_db(), DB_WRITE, &t.db));
    PT_MUST(migrate(t.db, migrations, t.now, why, sizeof why));
    const char *failed = NULL;
    int64_t before = tm_mono_ms();
    enum err e = demo_fill(t.a, t.db, t.now, STR("http://127.0.0.1:8080"), logins, &failed);
    if (e)
        printf("# %s: %s\n", err_name(e), failed ? failed : "");
    CHECK_INT(e, OK);
    int64_t took = tm_mono_ms() - before;
    printf("# filled in %lld ms\n", (long long)took);
    CHECK(took < 60000); /* with sanitizers, on a busy machine; the program itself takes a second or two */
    struct demo_login again[DEMO_LOGINS];
    CHECK_INT(demo_fill(t.a, t.db, t.now, STR(""), again, NULL), ERR_STATE);
}

static void open_session(const struct demo_login *l)
{
    struct account_row acc;
    struct role_row *roles;
    size_t n;
    int64_t id;
    PT_MUST(account_by_email(t.db, t.a, l->email, &acc));
    CHECK(secret_password_ok(acc.password_hash, l->password));
    PT_MUST(role_of_account(t.db, t.a, acc.id, t.now, &roles, &n));
    CHECK_INT(n, 1);
    CHECK_INT(role_of(roles[0].role), l->role);
    t.organisation_id = roles[0].organisation_id;
    struct pt_person *p = &t.who[l->role];
    *p = (struct pt_person){acc.id, secret_token(t.a)};
    struct session_row s = {.token_hash = secret_hash_hex(t.a, p->token), .account_id = acc.id, .account_role_id = roles[0].id,
                            .created_at = t.now, .seen_at = t.now, .expires_at = t.now + 36000000};
    PT_MUST(session_insert(t.db, &s, &id));
}

static struct actor leader;
static struct ctx as_leader(void)
{
    leader = (struct actor){.account_id = t.who[ROLE_PROJECT_LEADER].account_id, .organisation_id = t.organisation_id, .role = ROLE_PROJECT_LEADER};
    return (struct ctx){.a = t.a, .db = t.db, .actor = &leader, .now = t.now, .today = tm_on_of(t.now), .lang = LANG_NB};
}

static void test_logins(void)
{
    for (size_t i = 0; i < DEMO_LOGINS; i++) {
        open_session(&logins[i]);
        CHECK(str_ends(logins[i].email, STR("@fjordby.example")));
        struct req *r = pt_get(&t, logins[i].role, "/");
        if (r->status != 200)
            printf("# start page of %s\n", role_code(logins[i].role));
        CHECK_INT(r->status, 200);
    }
    bool demo = false;
    PT_MUST(setting_demo(t.db, t.a, &demo));
    CHECK(demo);
}

/* Handbook, "Resultat". */
static void test_results(void)
{
    struct ctx c = as_leader();
    struct results_page p;
    PT_MUST(results_see(&c, (struct results_filter){0}, &p));
    const struct result_group *g = &p.r.all;
    CHECK_INT(g->admitted.n, 15);
    CHECK_INT(g->women.n, 11);
    CHECK_INT(g->men.n, 4);
    CHECK_INT(g->completed_on_time.n, 7);
    CHECK_INT(g->completed.n, 7);
    CHECK_INT(g->offers_among_completed.n, 5);
    CHECK_INT(g->on_leave.n, 2);
    CHECK_INT(g->jobs[JOB_NONE].n, 7);
    CHECK_INT(g->jobs[JOB_FULL].n, 3);
    CHECK_INT(g->jobs[JOB_FULL_SUBSIDY].n, 3);
    CHECK_INT(g->jobs[JOB_PART_PRACTICE].n, 1);
    CHECK_INT(g->jobs[JOB_PART].n + g->jobs[JOB_PART_SUBSIDY].n, 0);
    CHECK(g->internships.n > 0);
    CHECK_INT(g->internships.n, g->internship_jobs.n);
    CHECK_INT(g->education.n, 3); /* all who neither got a job nor are on leave, of the two first cohorts */
    CHECK_INT(p.r.cohorts_n, 3);
    int first_two = 0, jobs_first_two = 0;
    for (size_t i = 0; i < p.r.cohorts_n; i++) {
        CHECK_INT(p.r.cohorts[i].admitted.n, 5);
        if (i < 2) {
            first_two += p.r.cohorts[i].completed_on_time.n;
            jobs_first_two += p.r.cohorts[i].jobs[JOB_NONE].n;
        }
    }
    CHECK_INT(first_two, 7);
    CHECK_INT(jobs_first_two, 5);
    CHECK_INT(p.r.cohorts[2].jobs[JOB_NONE].n, 2);
    CHECK_INT(p.r.cohorts[2].completed.n, 0);
}

static void test_stages(void)
{
    for (int stage = 0; stage < INTAKE_STAGE_N; stage++) {
        struct participant_filter f = {.organisation_id = t.organisation_id, .stage = stage};
        int64_t n;
        bool exact;
        PT_MUST(participant_count(t.db, t.a, &f, &n, &exact));
        if (n < 1)
            printf("# nobody at stage %s\n", intake_stage_names[stage].code);
        CHECK(n >= 1);
    }
    struct participant_filter all = {.organisation_id = t.organisation_id, .stage = -1};
    int64_t n;
    bool exact;
    PT_MUST(participant_count(t.db, t.a, &all, &n, &exact));
    CHECK(n >= 70);
    struct match_row *m;
    size_t n_m;
    unsigned seen = 0;
    PT_MUST(match_of_organisation(t.db, t.a, t.organisation_id, (struct viewer){0}, &m, &n_m));
    for (size_t i = 0; i < n_m; i++)
        seen |= 1u << m[i].status;
    CHECK(seen & 1u << MATCH_MEETING_PLANNED);
    CHECK(seen & 1u << MATCH_MEETING_HELD);
    CHECK(seen & 1u << MATCH_ASKED);
    CHECK(seen & 1u << MATCH_ACCEPTED);
    struct match_need *need;
    size_t n_need, n_mentors, free = 0;
    PT_MUST(match_needs(t.db, t.a, t.organisation_id, 0, (struct viewer){0}, &need, &n_need));
    CHECK(n_need >= 1);
    struct mentor_row *mentor;
    PT_MUST(mentor_all(t.db, t.a, t.organisation_id, &mentor, &n_mentors));
    for (size_t i = 0; i < n_mentors; i++)
        free += mentor[i].capacity > mentor[i].trainees;
    CHECK(free >= 25);
}

static void test_attention(void)
{
    struct ctx c = as_leader();
    struct attention_item *items;
    size_t n;
    unsigned seen = 0;
    PT_MUST(attention_list(&c, &items, &n, NULL));
    for (size_t i = 0; i < n; i++)
        seen |= 1u << items[i].what.kind;
    for (int k = ATTENTION_MATCH_NOT_ASKED; k < ATTENTION_N; k++) { /* unanswered offers are about candidates, below */
        if (k == ATTENTION_PAST_END)
            continue; /* would be an eleventh of the ten in the two first cohorts */
        if (!(seen & 1u << k))
            printf("# no attention of the kind %s\n", attention_names[k].code);
        CHECK(seen & 1u << k);
    }
}

static void test_mail(void)
{
    struct outbox_counts n;
    PT_MUST(outbox_count(t.db, t.a, t.organisation_id, &n));
    CHECK(n.waiting >= 10); /* to be read in the demo */
    CHECK(n.sent >= 100);
    CHECK(n.failed >= 1);
}

/* On whatever day and hour it is made: weekends, turns of month and year, summer time, leap day, first and last minute. */
static void test_days(void)
{
    static const int days[][5] = {{2027, 1, 1, 0, 1},   {2027, 2, 28, 23, 59}, {2027, 3, 28, 3, 30}, {2027, 10, 31, 2, 30},
                                  {2028, 2, 29, 12, 0}, {2027, 5, 17, 8, 0},   {2027, 8, 7, 4, 0},   {2027, 8, 8, 22, 0}};
    for (size_t i = 0; i < COUNT(days); i++) {
        struct arena *a = arena_new((size_t)1 << 30);
        struct db *db;
        char why[200] = "";
        struct demo_login out[DEMO_LOGINS];
        const char *failed = NULL;
        int64_t now = tm_at(tm_on(days[i][0], days[i][1], days[i][2]), days[i][3], days[i][4]);
        PT_MUST(db_connect(test_db(), DB_WRITE, &db));
        PT_MUST(migrate(db, migrations, now, why, sizeof why));
        enum err e = demo_fill(a, db, now, STR("http://127.0.0.1:8080"), out, &failed);
        if (e)
            printf("# %d-%d-%d: %s: %s\n", days[i][0], days[i][1], days[i][2], err_name(e), failed ? failed : "");
        CHECK_INT(e, OK);
        db_close(db);
        arena_free(a);
    }
}

/* Who is over time was one walk through everybody; now each kind has an index: the same people come out. */
DB_QUERY(q_due_all, struct person_due_row, 2,
         "SELECT d.id, d.organisation_id, d.ended_on, d.address_protection, d.name FROM (SELECT p.id, p.organisation_id, p.address_protection,"
         "  p.first_name || ' ' || p.last_name AS name,"
         "  CASE WHEN t.id IS NULL THEN CASE WHEN p.programme_end_on > 0 THEN p.programme_end_on ELSE p.updated_at / 86400000 END"
         "       WHEN t.status NOT IN (1, 3) THEN 0 WHEN t.completed_on > t.ended_on THEN t.completed_on ELSE t.ended_on END AS ended_on"
         "  FROM participant p LEFT JOIN trainee t ON t.participant_id = p.id"
         " WHERE p.organisation_id = $1 AND p.sort_name <> 'SLETTET' AND NOT EXISTS (SELECT 1 FROM mentorship s WHERE s.trainee_id = t.id AND s.status = 0)) d"
         " WHERE d.ended_on > 0 AND d.ended_on < $2 ORDER BY d.ended_on, d.id",
         DB_COL(struct person_due_row, id), DB_COL(struct person_due_row, organisation_id), DB_COL(struct person_due_row, ended_on),
         DB_COL(struct person_due_row, address_protection), DB_COL(struct person_due_row, name));
static void test_due(void)
{
    size_t most = 0;
    PT_MUST(db_script(t.db, "UPDATE participant SET programme_end_on = 0, updated_at = updated_at - 86400000 * id WHERE id > 40 AND id < 50"));
    for (int days = -800; days <= 800; days += 100) {
        struct person_due_row *was, *is;
        size_t n_was, n_is;
        struct person_due_ask ask = {.organisation_id = t.organisation_id, .before_on = tm_on_of(t.now) + days, .limit = 10000};
        PT_MUST(db_all(t.db, t.a, &q_due_all, &was, &n_was, DB_IN(ask.organisation_id, ask.before_on)));
        PT_MUST(person_due_participants(t.db, t.a, &ask, &is, &n_is));
        CHECK_INT(n_is, n_was);
        for (size_t i = 0; i < n_is && i < n_was; i++)
            CHECK(is[i].id == was[i].id && is[i].ended_on == was[i].ended_on && is[i].address_protection == was[i].address_protection && str_eq(is[i].name, was[i].name));
        most = n_is > most ? n_is : most;
        ask.limit = 7; /* the first of all of them, of whatever kind */
        PT_MUST(person_due_participants(t.db, t.a, &ask, &is, &n_is));
        CHECK_INT(n_is, n_was < 7 ? n_was : 7);
        for (size_t i = 0; i < n_is && i < n_was; i++)
            CHECK(is[i].ended_on == was[i].ended_on);
    }
    CHECK(most > 20);
}

int main(void)
{
    fill();
    test_logins();
    test_results();
    test_stages();
    test_attention();
    test_mail();
    test_days();
    test_due();
    pt_end(&t);
    return test_end();
}
