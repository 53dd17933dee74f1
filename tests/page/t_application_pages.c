/* The application from invitation to reading: drafts, two windows, sending once, reopening, and who sees what. */
#include "domain/workbook.h"
#include "model/application.h"
#include "model/outbox.h"
#include "model/participant.h"
#include "page_test.h"

static int64_t add_person(struct pt *t, const char *reference, int64_t account_id, int stage)
{
    struct participant_row p = {.organisation_id = t->organisation_id, .reference = str_c(reference), .first_name = STR("Amal"),
                                .last_name = STR("<b>Haddad</b>"), .email = STR("amal@example.org"), .lang = STR("nb"), .experience_years = -1,
                                .created_at = t->now, .updated_at = t->now, .stage = stage};
    int64_t id;
    PT_MUST(participant_insert(t->db, t->a, &p, &id));
    if (account_id)
        PT_MUST(participant_set_account(t->db, id, account_id));
    return id;
}

static int stage_of(struct pt *t, int64_t id)
{
    struct participant_row p;
    PT_MUST(participant_get(t->db, t->a, id, &p));
    return p.stage;
}
static struct application_row row_of(struct pt *t, int64_t person)
{
    struct application_row x = {0};
    PT_MUST(application_of(t->db, t->a, person, &x));
    return x;
}
static int64_t mails(struct pt *t)
{
    struct outbox_counts n;
    PT_MUST(outbox_count(t->db, t->a, t->organisation_id, &n));
    return n.waiting;
}

/* Answers of one part, all the same, as a form. */
static const char *form(struct pt *t, int part, int64_t version, const char *text, const char *go)
{
    struct str all = arena_fmt(t->a, "version=%lld&go=%s", (long long)version, go);
    for (size_t i = 0; i < application_questions_n; i++)
        if (application_questions[i].part == part)
            all = arena_fmt(t->a, "%.*s&q%d=%s", STR_FMT(all), application_questions[i].number, text);
    return all.p;
}

static void test_write(struct pt *t, int64_t person)
{
    struct req *r = pt_get(t, ROLE_TRAINEE, "/application");
    CHECK(r->status == 200 && pt_has(r, "Begynn på søknaden"));
    CHECK(pt_went(pt_get(t, ROLE_TRAINEE, "/application/1"), "/application")); /* not begun */
    CHECK(pt_went(pt_post(t, ROLE_TRAINEE, "/application/start", ""), "/application/1"));
    CHECK(pt_went(pt_post(t, ROLE_TRAINEE, "/application/start", ""), "/application/1")); /* twice begins once */
    CHECK_INT(stage_of(t, person), INTAKE_APPLYING);

    r = pt_get(t, ROLE_TRAINEE, "/application/1");
    CHECK(r->status == 200 && pt_has(r, "Hvem er du?") && pt_has(r, "Steg 1 av 5") && pt_has(r, "Jeg er en person som"));
    CHECK_INT(pt_get(t, ROLE_TRAINEE, "/application/6")->status, 404);
    CHECK_INT(pt_get(t, ROLE_TRAINEE, "/application/x")->status, 404);
    int64_t v = row_of(t, person).version;
    r = pt_post(t, ROLE_TRAINEE, "/application/1", form(t, 1, v, "%3Cscript%3E%C3%A5", "later"));
    CHECK(pt_went(r, "/application")); /* a draft may lack anything */
    r = pt_get(t, ROLE_TRAINEE, "/application/1");
    CHECK(pt_has(r, "&lt;script&gt;å") && !pt_has(r, "<script>å"));

    /* two windows: other steps do not disturb, the same answer does */
    r = pt_post(t, ROLE_TRAINEE, "/application/2", form(t, 2, v, "plan", "next"));
    CHECK(pt_went(r, "/application/3"));
    r = pt_post(t, ROLE_TRAINEE, "/application/1", form(t, 1, v, "noe+annet", "next"));
    CHECK(r->status == 409 && pt_has(r, "noe annet") && pt_has(r, "&lt;script&gt;å") && pt_has(r, "endret i et annet vindu"));
    v = row_of(t, person).version;
    CHECK(pt_has(r, arena_fmt(t->a, "name=\"version\" value=\"%lld\"", (long long)v).p)); /* saving again is on purpose */
    r = pt_post(t, ROLE_TRAINEE, "/application/1", form(t, 1, v, "noe+annet", "next"));
    CHECK(pt_went(r, "/application/2"));

    char long_text[4200];
    memset(long_text, 'x', sizeof long_text - 1);
    long_text[sizeof long_text - 1] = 0;
    r = pt_post(t, ROLE_TRAINEE, "/application/3", form(t, 3, v, long_text, "next"));
    CHECK(r->status == 422 && pt_has(r, "xxxxxxxx") && pt_has(r, "000 tegn"));

    r = pt_get(t, ROLE_TRAINEE, "/application/review");
    CHECK(r->status == 200 && pt_has(r, "mangler svar") && !pt_has(r, "Send søknaden"));
    v = row_of(t, person).version;
    CHECK_INT(pt_post(t, ROLE_TRAINEE, "/application/send", arena_fmt(t->a, "version=%lld", (long long)v).p)->status, 422);
    r = pt_get(t, ROLE_PROJECT_LEADER, arena_fmt(t->a, "/participants/%lld/application", (long long)person).p);
    CHECK(r->status == 200 && pt_has(r, "ikke sendt ennå") && !pt_has(r, "noe annet")); /* a draft is the applicant's own */
    CHECK(pt_has(r, "&lt;b&gt;Haddad"));
}

static void test_send(struct pt *t, int64_t person)
{
    for (int part = 1; part <= APPLICATION_PARTS; part++) {
        struct req *r = pt_post(t, ROLE_TRAINEE, arena_fmt(t->a, "/application/%d", part).p,
                                form(t, part, row_of(t, person).version, "Et+svar", "next"));
        CHECK_INT(r->status, 303);
    }
    struct req *r = pt_get(t, ROLE_TRAINEE, "/application/review");
    CHECK(pt_has(r, "Send søknaden") && !pt_has(r, "mangler svar"));
    int64_t v = row_of(t, person).version, before = mails(t);
    r = pt_post(t, ROLE_TRAINEE, "/application/send", arena_fmt(t->a, "version=%lld", (long long)v - 1).p);
    CHECK(r->status == 409 && pt_has(r, "endret i et annet vindu"));
    const char *send = arena_fmt(t->a, "version=%lld&once=abc", (long long)v).p;
    CHECK(pt_went(pt_post(t, ROLE_TRAINEE, "/application/send", send), "/application"));
    CHECK(pt_went(pt_post(t, ROLE_TRAINEE, "/application/send", send), "/application"));
    CHECK_INT(stage_of(t, person), INTAKE_APPLIED);
    CHECK_INT(mails(t), before + 2); /* the applicant and the leader, once */
    CHECK(pt_went(pt_post(t, ROLE_TRAINEE, "/application/1", form(t, 1, v + 1, "senere", "next")), "/application"));
    r = pt_get(t, ROLE_TRAINEE, "/application");
    CHECK(pt_has(r, "Et svar") && !pt_has(r, "senere") && !pt_has(r, "<textarea"));
    struct outbox_row *m;
    size_t n;
    PT_MUST(outbox_list(t->db, t->a, t->organisation_id, 0, 10, &m, &n));
    for (size_t i = 0; i < n; i++)
        CHECK(memmem(m[i].body.p, m[i].body.n, "Et svar", 7) == NULL); /* nothing of what was written goes by mail */
}

static void test_leader(struct pt *t, int64_t person)
{
    const char *path = arena_fmt(t->a, "/participants/%lld/application", (long long)person).p;
    const char *reopen = arena_fmt(t->a, "%s/reopen", path).p;
    struct req *r = pt_get(t, ROLE_PROJECT_LEADER, path);
    CHECK(r->status == 200 && pt_has(r, "Et svar") && pt_has(r, "Åpne søknaden igjen"));
    CHECK_INT(pt_get(t, ROLE_ADVISER, path)->status, 403);
    CHECK_INT(pt_get(t, ROLE_TRAINEE, path)->status, 403);
    CHECK_INT(pt_get(t, ROLE_PROJECT_LEADER, "/participants/9999/application")->status, 404);
    CHECK_INT(pt_post(t, ROLE_MENTOR, reopen, "reason=x")->status, 403);
    r = pt_post(t, ROLE_PROJECT_LEADER, reopen, "reason=");
    CHECK(r->status == 422 && pt_has(r, "Skriv inn dette feltet"));
    int64_t before = mails(t);
    r = pt_post(t, ROLE_PROJECT_LEADER, reopen, "reason=Skriv+mer+om+jobbene+dine");
    CHECK(pt_went(r, path));
    CHECK_INT(stage_of(t, person), INTAKE_REOPENED);
    CHECK_INT(mails(t), before + 1);
    r = pt_post(t, ROLE_PROJECT_LEADER, reopen, "reason=igjen");
    CHECK_INT(r->status, 409);
    r = pt_get(t, ROLE_TRAINEE, "/application");
    CHECK(pt_has(r, "Skriv mer om jobbene dine") && pt_has(r, "åpnet igjen"));
    struct outbox_row *m;
    size_t n;
    PT_MUST(outbox_list(t->db, t->a, t->organisation_id, 0, 1, &m, &n));
    CHECK(memmem(m[0].body.p, m[0].body.n, "jobbene dine", 12) == NULL); /* the reason is read after logging in */
    r = pt_post(t, ROLE_TRAINEE, "/application/send", arena_fmt(t->a, "version=%lld", (long long)row_of(t, person).version).p);
    CHECK(pt_went(r, "/application"));
    CHECK_INT(stage_of(t, person), INTAKE_APPLIED);
}

int main(void)
{
    struct pt t = pt_start();
    struct req *r = pt_get(&t, ROLE_TRAINEE, "/application"); /* an account that is nobody's participant */
    CHECK(r->status == 200 && pt_has(r, "Du har ingen søknad her"));
    CHECK_INT(pt_get(&t, ROLE_PROJECT_LEADER, "/application")->status, 403);
    CHECK(pt_went(pt_post(&t, ROLE_TRAINEE, "/application/start", ""), "/application"));
    int64_t person = add_person(&t, "A-1", t.who[ROLE_TRAINEE].account_id, INTAKE_INVITED);
    test_write(&t, person);
    test_send(&t, person);
    test_leader(&t, person);
    r = pt_get(&t, ROLE_TRAINEE, "/application?lang=ar");
    CHECK(r->status == 200 && pt_has(r, "dir=\"rtl\""));
    int64_t listed = add_person(&t, "A-2", 0, INTAKE_LISTED);
    r = pt_get(&t, ROLE_PROJECT_LEADER, arena_fmt(t.a, "/participants/%lld/application", (long long)listed).p);
    CHECK(r->status == 200 && pt_has(r, "Ingen søknad"));
    pt_end(&t);
    return test_end();
}
