/* The interview: planned, moved, cancelled with calendar objects, prepared, assessed, told; and who sees what. */
#include "domain/interview.h"
#include "model/application.h"
#include "model/interview.h"
#include "model/outbox.h"
#include "model/participant.h"
#include "page_test.h"

static int64_t add_person(struct pt *t, const char *reference, int64_t account_id, int protection)
{
    struct participant_row p = {.organisation_id = t->organisation_id, .reference = str_c(reference), .first_name = STR("Amal"),
                                .last_name = STR("Haddad"), .email = STR("amal@example.org"), .lang = STR("nb"), .experience_years = -1,
                                .created_at = t->now, .updated_at = t->now, .stage = INTAKE_APPLIED, .address_protection = protection};
    int64_t id, app;
    PT_MUST(participant_insert(t->db, t->a, &p, &id));
    if (account_id)
        PT_MUST(participant_set_account(t->db, id, account_id));
    struct application_row a = {.participant_id = id, .status = APPLICATION_SENT, .step = 5, .lang = STR("nb"), .created_at = t->now,
                                .updated_at = t->now, .submitted_at = t->now};
    PT_MUST(application_insert(t->db, &a, &app));
    PT_MUST(application_answer_put(t->db, app, &(struct application_answer_row){.question = 1, .text = STR("Jeg er sivilingeni&oslash;r.")}));
    return id;
}
static int stage_of(struct pt *t, int64_t id)
{
    struct participant_row p;
    PT_MUST(participant_get(t->db, t->a, id, &p));
    return p.stage;
}
static struct interview_row row_of(struct pt *t, int64_t person)
{
    struct interview_row x = {0};
    PT_MUST(interview_of(t->db, t->a, person, &x));
    return x;
}
static struct outbox_row newest(struct pt *t)
{
    struct outbox_row *rows;
    size_t n;
    PT_MUST(outbox_list(t->db, t->a, t->organisation_id, 0, 1, &rows, &n));
    CHECK_INT(n, 1);
    return rows[0];
}
static bool has(struct str s, const char *word)
{
    return memmem(s.p, s.n, word, strlen(word)) != NULL;
}
static const char *path(struct pt *t, int64_t person, const char *more)
{
    return arena_fmt(t->a, "/participants/%lld/interview%s", (long long)person, more).p;
}
/* "at=...&at_time=...&version=..." so many days from now. */
static const char *time_form(struct pt *t, int days, int64_t version, const char *place)
{
    struct tm_ymd d = tm_ymd(tm_on_of(t->now) + days);
    return arena_fmt(t->a, "at=%d.%d.%d&at_time=10.30&minutes=45&place=%s&version=%lld", d.day, d.month, d.year, place, (long long)version).p;
}

static void test_plan(struct pt *t, int64_t person)
{
    struct req *r = pt_get(t, ROLE_PROJECT_LEADER, path(t, person, ""));
    CHECK(r->status == 200 && pt_has(r, "Avtal og send invitasjonen"));
    CHECK_INT(pt_get(t, ROLE_ADVISER, path(t, person, ""))->status, 403);
    CHECK_INT(pt_post(t, ROLE_TRAINEE, path(t, person, ""), time_form(t, 3, 0, "R"))->status, 403);
    CHECK_INT(pt_get(t, ROLE_PROJECT_LEADER, path(t, 9999, ""))->status, 404);
    r = pt_post(t, ROLE_PROJECT_LEADER, path(t, person, ""), "at=31.2.2030&at_time=99&minutes=5&place=Rom+4");
    CHECK(r->status == 422 && pt_has(r, "31.2.2030") && pt_has(r, "Rom 4"));
    r = pt_post(t, ROLE_PROJECT_LEADER, path(t, person, ""), time_form(t, -1, 0, "Rom+4"));
    CHECK(r->status == 422 && pt_has(r, "Tidspunktet har vært"));
    r = pt_post(t, ROLE_PROJECT_LEADER, path(t, person, ""), time_form(t, 3, 0, "Rom+4"));
    CHECK(pt_went(r, path(t, person, "")));
    CHECK_INT(stage_of(t, person), INTAKE_INTERVIEW_PLANNED);
    struct outbox_row m = newest(t);
    CHECK_STR(m.calendar_method, "REQUEST");
    CHECK(has(m.calendar, "METHOD:REQUEST") && has(m.calendar, "SEQUENCE:0") && has(m.calendar, "LOCATION:Rom 4"));
    r = pt_post(t, ROLE_PROJECT_LEADER, path(t, person, ""), time_form(t, 3, 0, "Rom+5"));
    CHECK(r->status == 409 && pt_has(r, "Rom 5") && pt_has(r, "Rom 4")); /* it is planned by now: both are shown */

    int64_t v = row_of(t, person).version;
    r = pt_post(t, ROLE_PROJECT_LEADER, path(t, person, ""), time_form(t, 4, v, "Rom+5"));
    CHECK(pt_went(r, path(t, person, "")));
    CHECK(has(newest(t).calendar, "SEQUENCE:1") && has(newest(t).subject, "flyttet"));
    CHECK_INT(stage_of(t, person), INTAKE_INTERVIEW_PLANNED);
    r = pt_get(t, ROLE_PROJECT_LEADER, path(t, person, "/calendar"));
    CHECK(r->status == 200 && pt_has(r, "BEGIN:VCALENDAR") && pt_has(r, "Rom 5") && !pt_has(r, "amal@")); /* colleagues see a calendar */

    r = pt_post(t, ROLE_PROJECT_LEADER, path(t, person, "/cancel"), arena_fmt(t->a, "version=%lld&reason=", (long long)v + 1).p);
    CHECK_INT(r->status, 422);
    r = pt_post(t, ROLE_PROJECT_LEADER, path(t, person, "/cancel"), arena_fmt(t->a, "version=%lld&reason=Syk", (long long)v).p);
    CHECK(r->status == 409 && pt_has(r, "Syk"));
    r = pt_post(t, ROLE_PROJECT_LEADER, path(t, person, "/cancel"), arena_fmt(t->a, "version=%lld&reason=Syk", (long long)v + 1).p);
    CHECK(pt_went(r, path(t, person, "")));
    m = newest(t);
    CHECK_STR(m.calendar_method, "CANCEL");
    CHECK(has(m.calendar, "STATUS:CANCELLED") && has(m.calendar, "SEQUENCE:2") && !has(m.body, "Syk"));
    CHECK_INT(stage_of(t, person), INTAKE_APPLIED);
    r = pt_post(t, ROLE_PROJECT_LEADER, path(t, person, ""), time_form(t, 5, 0, "Rom+6"));
    CHECK(pt_went(r, path(t, person, "")));
}

static void test_prepare(struct pt *t, int64_t person)
{
    struct req *r = pt_get(t, ROLE_PROJECT_LEADER, path(t, person, ""));
    CHECK(pt_has(r, "Jeg er sivilingeni&amp;oslash;r.") && pt_has(r, "Forbered spørsmål"));
    r = pt_post(t, ROLE_PROJECT_LEADER, path(t, person, "/questions"), "question=1&text=");
    CHECK(r->status == 422 && pt_has(r, "Skriv inn dette feltet"));
    r = pt_post(t, ROLE_PROJECT_LEADER, path(t, person, "/questions"), "question=1&text=Hvilke+broer%3F&once=q1");
    CHECK(pt_went(r, path(t, person, "")));
    CHECK(pt_went(pt_post(t, ROLE_PROJECT_LEADER, path(t, person, "/questions"), "question=1&text=Hvilke+broer%3F&once=q1"), path(t, person, "")));
    CHECK(pt_went(pt_post(t, ROLE_PROJECT_LEADER, path(t, person, "/questions"), "question=0&text=Fri"), path(t, person, "")));
    CHECK_INT(pt_post(t, ROLE_PROJECT_LEADER, path(t, person, "/questions"), "question=31&text=Fri")->status, 422);
    struct interview_question_row *q;
    size_t n;
    PT_MUST(interview_questions(t->db, t->a, row_of(t, person).id, &q, &n));
    CHECK_INT(n, 2); /* sent twice, added once */
    r = pt_post(t, ROLE_PROJECT_LEADER, path(t, person, arena_fmt(t->a, "/questions/%lld/remove", (long long)q[1].id).p), "");
    CHECK(pt_went(r, path(t, person, "")));
    r = pt_get(t, ROLE_PROJECT_LEADER, path(t, person, "/hold"));
    CHECK(pt_has(r, "Hvilke broer?") && !pt_has(r, ">Fri<") && pt_has(r, "Plan og motivasjon"));
}

static void test_hold(struct pt *t, int64_t person)
{
    int64_t v = row_of(t, person).version, q;
    struct interview_question_row *rows;
    size_t n;
    PT_MUST(interview_questions(t->db, t->a, row_of(t, person).id, &rows, &n));
    q = rows[0].id;
    struct req *r = pt_post(t, ROLE_PROJECT_LEADER, path(t, person, "/feedback"), "feedback=Bra&version=1");
    CHECK(r->status == 409 && stage_of(t, person) == INTAKE_INTERVIEW_PLANNED); /* not before it is held */
    r = pt_post(t, ROLE_PROJECT_LEADER, path(t, person, "/hold"), arena_fmt(t->a, "version=%lld&go=held&motivation=3&summary=Sterk", (long long)v).p);
    CHECK(r->status == 422 && pt_has(r, "Sterk")); /* held needs all three */
    r = pt_post(t, ROLE_PROJECT_LEADER, path(t, person, "/hold"),
                arena_fmt(t->a, "version=%lld&go=save&motivation=3&summary=Sterk&n%lld=To+broer", (long long)v, (long long)q).p);
    CHECK(pt_went(r, path(t, person, "/hold")));
    CHECK_INT(stage_of(t, person), INTAKE_INTERVIEW_PLANNED);
    r = pt_post(t, ROLE_PROJECT_LEADER, path(t, person, "/hold"), arena_fmt(t->a, "version=%lld&go=save&summary=Annet", (long long)v).p);
    CHECK(r->status == 409 && pt_has(r, "Annet") && pt_has(r, "Sterk") && pt_has(r, "To broer")); /* both are shown */
    r = pt_post(t, ROLE_PROJECT_LEADER, path(t, person, "/hold"), arena_fmt(t->a, "version=%lld&go=save&motivation=9", (long long)v + 1).p);
    CHECK_INT(r->status, 422);
    r = pt_post(t, ROLE_PROJECT_LEADER, path(t, person, "/hold"),
                arena_fmt(t->a, "version=%lld&go=held&motivation=3&drive=4&communication=2&summary=Hemmelig&n%lld=To+broer", (long long)v + 1,
                          (long long)q).p);
    CHECK(pt_went(r, path(t, person, "/feedback")));
    CHECK_INT(stage_of(t, person), INTAKE_INTERVIEWED);
    r = pt_get(t, ROLE_TRAINEE, "/interview");
    CHECK(r->status == 200 && !pt_has(r, "Hemmelig") && !pt_has(r, "Tilbakemelding til deg"));

    v = row_of(t, person).version;
    r = pt_post(t, ROLE_PROJECT_LEADER, path(t, person, "/feedback"), arena_fmt(t->a, "version=%lld&feedback=Du+var+tydelig", (long long)v).p);
    CHECK(pt_went(r, path(t, person, "/feedback")));
    CHECK(has(newest(t).body, "tilbakemelding") && !has(newest(t).body, "tydelig"));
    r = pt_get(t, ROLE_TRAINEE, "/interview");
    CHECK(pt_has(r, "Du var tydelig") && !pt_has(r, "Hemmelig") && !pt_has(r, "To broer"));
    CHECK_INT(pt_get(t, ROLE_PROJECT_LEADER, "/interview")->status, 403);
}

static void test_protected(struct pt *t)
{
    int64_t person = add_person(t, "A-2", 0, 1);
    struct req *r = pt_post(t, ROLE_PROJECT_LEADER, path(t, person, ""), time_form(t, 3, 0, "Storgata+1"));
    CHECK(pt_went(r, path(t, person, "")));
    CHECK(!newest(t).calendar.n && !has(newest(t).body, "Storgata") && has(newest(t).body, "Logg inn og se når og hvor") && !has(newest(t).body, "kl."));
    r = pt_get(t, ROLE_PROJECT_LEADER, path(t, person, ""));
    CHECK(pt_has(r, "Storgata 1") && pt_has(r, "beskyttet adresse"));
}

/* Somebody goes another way while an interview is planned, and comes back: there can be a new one. */
static void test_back_again(struct pt *t)
{
    struct req *r;
    int64_t person = add_person(t, "A-3", 0, 0);
    CHECK(pt_went(pt_post(t, ROLE_PROJECT_LEADER, path(t, person, ""), time_form(t, 6, 0, "Rom+1")), path(t, person, "")));
    PT_MUST(participant_set_stage(t->db, person, INTAKE_INTERVIEW_PLANNED, INTAKE_OTHER_WAY, t->now));
    PT_MUST(participant_set_stage(t->db, person, INTAKE_OTHER_WAY, INTAKE_APPLIED, t->now));
    CHECK(pt_has(pt_get(t, ROLE_PROJECT_LEADER, path(t, person, "")), "Avtal og send invitasjonen"));
    CHECK(pt_went(pt_post(t, ROLE_PROJECT_LEADER, path(t, person, ""), time_form(t, 5, 0, "Rom+2")), path(t, person, "")));
    CHECK_INT(stage_of(t, person), INTAKE_INTERVIEW_PLANNED);
    CHECK(has(newest(t).calendar, "LOCATION:Rom 2") && has(newest(t).calendar, "SEQUENCE:0"));
    r = pt_get(t, ROLE_PROJECT_LEADER, path(t, person, ""));
    CHECK(pt_has(r, "Rom 2") && !pt_has(r, "Rom 1")); /* though the old one would have been later */
}

int main(void)
{
    struct pt t = pt_start();
    struct req *r = pt_get(&t, ROLE_TRAINEE, "/interview");
    CHECK(r->status == 200 && pt_has(r, "ikke noe intervju"));
    int64_t person = add_person(&t, "A-1", t.who[ROLE_TRAINEE].account_id, 0);
    test_plan(&t, person);
    r = pt_get(&t, ROLE_TRAINEE, "/interview");
    CHECK(pt_has(r, "Rom 6") && pt_has(r, "Du skal på intervju"));
    test_prepare(&t, person);
    test_hold(&t, person);
    test_protected(&t);
    test_back_again(&t);
    for (enum role role = ROLE_ADMINISTRATOR; role < ROLE_N; role++)
        CHECK_INT(pt_get(&t, role, "/programme")->status, 200);
    r = pt_get(&t, ROLE_TRAINEE, "/programme?lang=ar");
    CHECK(pt_has(r, "translate(50 6)"));
    struct say why;
    CHECK_ERR(interview_may_plan(1000, 1000, &why), ERR_STATE);
    CHECK_ERR(interview_may_plan(1001, 1000, &why), OK);
    CHECK_ERR(interview_may_plan((int64_t)400 * TM_DAY_MS, 1000, &why), ERR_STATE);
    pt_end(&t);
    return test_end();
}
