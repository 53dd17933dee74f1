/* Several organisations: cooperation, hand-over, supervisors, the duty of confidentiality: before, during and after each. */
#include "base/tm.h"
#include "mentoring_data.h"
#include "model/organisation.h"
#include "model/outcome.h"
#include "model/relation.h"
#include "service/handover.h"
#include "service/invitation.h"
#include "service/relation.h"

static struct pt t;
static struct md d;
static int64_t office; /* the NAV office */
static struct pt_person nav;

static const char *f(const char *fmt, int64_t a, int64_t b)
{
    return arena_fmt(t.a, fmt, (long long)a, (long long)b).p;
}

static const char *day(int days)
{
    struct tm_ymd y = tm_ymd(tm_on_of(t.now) + days);
    return arena_fmt(t.a, "%02d.%02d.%04d", y.day, y.month, y.year).p;
}

static void set_nav(int64_t account_id)
{
    struct participant_row p;
    PT_MUST(participant_get(t.db, t.a, d.participant_id, &p));
    p.nav_contact_id = account_id;
    PT_MUST(participant_update(t.db, t.a, &p));
}

static void organisations(void)
{
    CHECK_INT(pt_get(&t, ROLE_PROJECT_LEADER, "/organisations")->status, 403);
    struct req *r = pt_post(&t, ROLE_ADMINISTRATOR, "/organisations", "name=&kind=nav");
    CHECK(r->status == 422);
    r = pt_post(&t, ROLE_ADMINISTRATOR, "/organisations", "name=NAV+Fjordby&kind=nav");
    CHECK(pt_went(r, "/organisations/2"));
    office = 2;
    r = pt_post(&t, ROLE_ADMINISTRATOR, "/organisations", "name=nav+fjordby&kind=nav");
    CHECK(r->status == 422 && pt_has(r, "finnes alt"));
    r = pt_get(&t, ROLE_ADMINISTRATOR, "/organisations/2");
    CHECK(r->status == 200 && pt_has(r, "NAV-kontor") && pt_has(r, "Inviter den første"));
    r = pt_post(&t, ROLE_ADMINISTRATOR, "/organisations/2/administrator", "name=Sjef&email=sjef%40nav.example");
    CHECK(pt_went(r, "/organisations/2"));
    r = pt_post(&t, ROLE_ADMINISTRATOR, "/organisations/1/administrator", "name=Tyv&email=tyv%40nav.example"); /* the own one has one */
    CHECK(r->status == 422);
    CHECK_INT(pt_get(&t, ROLE_ADMINISTRATOR, "/organisations/99")->status, 404);

    /* one account, roles in two organisations, switching between them */
    int64_t id;
    struct role_row two = {.account_id = t.who[ROLE_NAV_CONTACT].account_id, .organisation_id = office, .role = STR("nav_contact"), .from_at = t.now};
    PT_MUST(role_insert(t.db, &two, &id));
    CHECK(pt_has(pt_get(&t, ROLE_NAV_CONTACT, "/participants"), "Amal")); /* hers in the municipality */
    CHECK(pt_went(pt_post(&t, ROLE_NAV_CONTACT, "/account/role", f("role=%lld", id, 0)), "/"));
    CHECK(!pt_has(pt_get(&t, ROLE_NAV_CONTACT, "/participants"), "Amal")); /* in the office she has nobody */
    CHECK_INT(pt_get(&t, ROLE_NAV_CONTACT, f("/participants/%lld", d.participant_id, 0))->status, 404);
}

static void nav_of_the_office(void)
{
    int64_t municipality = t.organisation_id;
    t.organisation_id = office;
    nav = pt_add(&t, ROLE_NAV_CONTACT, "nav2@nav.example", "Hege Strand");
    t.organisation_id = municipality;
}

/* All that a NAV contact of the office can reach of the person: seen or not. */
static void sees(bool yes)
{
    int want = yes ? 200 : 404;
    CHECK(pt_has(pt_get_as(&t, nav, "/participants"), "Amal") == yes);
    CHECK(pt_has(pt_get_as(&t, nav, "/participants?q=Amal"), "Haddad") == yes);
    CHECK(pt_has(pt_get_as(&t, nav, "/trainees"), "Amal") == yes);
    CHECK(pt_has(pt_get_as(&t, nav, "/"), "Amal") == yes);
    CHECK_INT(pt_get_as(&t, nav, f("/participants/%lld", d.participant_id, 0))->status, want);
    CHECK_INT(pt_get_as(&t, nav, f("/trainees/%lld", d.trainee_id, 0))->status, want);
    CHECK_INT(pt_get_as(&t, nav, f("/trainees/%lld/outcome", d.trainee_id, 0))->status, want);
    CHECK_INT(pt_get_as(&t, nav, f("/participants/%lld/handover", d.participant_id, 0))->status, want);
    CHECK_INT(pt_get_as(&t, nav, f("/cohorts/%lld", d.cohort_id, 0))->status, want);
}

static void cooperation(void)
{
    nav_of_the_office();
    set_nav(nav.account_id);
    sees(false); /* named as NAV contact, but the organisations do not cooperate */
    struct req *r = pt_post(&t, ROLE_ADMINISTRATOR, "/cooperations", f("partner=%lld&purpose=&from_on=1.1.2020", office, 0));
    CHECK(r->status == 422);
    r = pt_post(&t, ROLE_ADMINISTRATOR, "/cooperations", arena_fmt(t.a, "partner=%lld&purpose=Felles+oppf%%C3%%B8lging&from_on=%s", (long long)office, day(1)).p);
    CHECK(pt_went(r, "/cooperations"));
    sees(false); /* tomorrow */
    md_later(&t, 1);
    sees(true);
    r = pt_get(&t, ROLE_PROJECT_LEADER, f("/participants/%lld/edit", d.participant_id, 0));
    CHECK(pt_has(r, "Hege Strand (NAV Fjordby)"));
    set_nav(0);
    CHECK_INT(pt_get_as(&t, nav, f("/participants/%lld", d.participant_id, 0))->status, 404); /* cooperation alone shows nobody */
    CHECK(!pt_has(pt_get_as(&t, nav, "/participants"), "Amal"));
    set_nav(nav.account_id);
    r = pt_post(&t, ROLE_ADMINISTRATOR, "/cooperations", arena_fmt(t.a, "partner=%lld&purpose=Enda+en+gang&from_on=%s", (long long)office, day(1)).p);
    CHECK(r->status == 422 && pt_has(r, "alt et samarbeid"));
    CHECK(pt_went(pt_post(&t, ROLE_ADMINISTRATOR, "/cooperations/1/end", ""), "/cooperations"));
    sees(false); /* at the next request */
    r = pt_get(&t, ROLE_ADMINISTRATOR, "/cooperations");
    CHECK(r->status == 200 && pt_has(r, "Avsluttet"));
    CHECK(pt_went(pt_post(&t, ROLE_ADMINISTRATOR, "/cooperations", arena_fmt(t.a, "partner=%lld&purpose=Felles+igjen&from_on=%s&until_on=%s", (long long)office, day(0), day(2)).p), "/cooperations"));
    md_later(&t, 2);
    sees(true); /* the last day */
    md_later(&t, 1);
    sees(false);
    CHECK(pt_went(pt_post(&t, ROLE_ADMINISTRATOR, "/cooperations", arena_fmt(t.a, "partner=%lld&purpose=Felles+igjen&from_on=%s", (long long)office, day(0)).p), "/cooperations"));
}

static void run_day(void)
{
    struct actor nobody = {.role = ROLE_NONE, .name = STR("springbrett")};
    struct ctx c = {.a = t.a, .db = t.db, .actor = &nobody, .now = t.now, .today = tm_on_of(t.now), .base_url = STR("http://localhost")};
    int64_t done;
    PT_MUST(handover_run(&c, &done));
}

struct n_row {
    int64_t n;
};
DB_QUERY(q_named_in_mail, struct n_row, 0, "SELECT COUNT(*) AS n FROM outbox WHERE kind = 'handover' AND to_email LIKE '%nav.example' AND body LIKE '%Amal%'",
         DB_COL(struct n_row, n));
DB_QUERY(q_adviser_told, struct n_row, 0, "SELECT COUNT(*) AS n FROM outbox WHERE kind = 'handover' AND body LIKE '%Du ser ikke personen lenger%'", DB_COL(struct n_row, n));
DB_QUERY(q_handover_mails, struct n_row, 0, "SELECT COUNT(*) AS n FROM outbox WHERE kind = 'handover'", DB_COL(struct n_row, n));

static int64_t number(const struct db_query *q)
{
    struct n_row row;
    PT_MUST(db_one(t.db, t.a, q, &row, DB_NONE));
    return row.n;
}

static void handover(void)
{
    const char *page = f("/participants/%lld/handover", d.participant_id, 0), *person = f("/participants/%lld", d.participant_id, 0);
    int64_t id;
    struct relation_row began = {.organisation_id = t.organisation_id, .participant_id = d.participant_id, .account_id = t.who[ROLE_ADVISER].account_id,
                                 .kind = STR(RELATION_ADVISER), .from_on = tm_on_of(t.now) - 100, .at = t.now};
    PT_MUST(relation_insert(t.db, &began, &id));
    set_nav(0);
    CHECK_INT(pt_get(&t, ROLE_TRAINEE, page)->status, 403);
    CHECK_INT(pt_get_as(&t, nav, page)->status, 404);
    CHECK_INT(pt_get(&t, ROLE_ADVISER, page)->status, 200);
    CHECK_INT(pt_post(&t, ROLE_ADVISER, page, "nav=&on_day=")->status, 422);
    CHECK_INT(pt_post(&t, ROLE_ADVISER, page, arena_fmt(t.a, "nav=%lld&on_day=%s", (long long)nav.account_id, day(-1)).p)->status, 422);
    CHECK(pt_went(pt_post(&t, ROLE_ADVISER, page, arena_fmt(t.a, "nav=%lld&on_day=%s&note=Vil+helst+ringe", (long long)nav.account_id, day(3)).p), page));
    CHECK_INT(pt_get_as(&t, nav, person)->status, 404); /* not before the day */
    run_day();
    CHECK_INT(pt_get(&t, ROLE_ADVISER, person)->status, 200);
    CHECK(pt_went(pt_post(&t, ROLE_ADVISER, f("/participants/%lld/handover/%lld/back", d.participant_id, 1), ""), page)); /* taken back */
    md_later(&t, 3);
    run_day();
    CHECK_INT(pt_get(&t, ROLE_ADVISER, person)->status, 200);
    CHECK(pt_went(pt_post(&t, ROLE_PROJECT_LEADER, page, arena_fmt(t.a, "nav=%lld&on_day=%s&note=Vil+helst+ringe", (long long)nav.account_id, day(2)).p), page));
    CHECK(!pt_has(pt_get(&t, ROLE_TRAINEE, "/"), "Hege Strand"));
    md_later(&t, 2);
    run_day();
    CHECK_INT(pt_get(&t, ROLE_ADVISER, person)->status, 404);
    CHECK_INT(number(&q_adviser_told), 1);
    CHECK(!pt_has(pt_get(&t, ROLE_ADVISER, "/participants"), "Amal"));
    CHECK_INT(pt_get_as(&t, nav, person)->status, 200);
    CHECK(pt_has(pt_get_as(&t, nav, page), "Vil helst ringe"));
    CHECK(pt_has(pt_get(&t, ROLE_PROJECT_LEADER, page), "Programrådgiver til"));
    CHECK(pt_has(pt_get(&t, ROLE_TRAINEE, "/"), "Hege Strand"));
    CHECK_INT(number(&q_handover_mails), 3); /* the NAV contact, the adviser, the person */
    CHECK_INT(number(&q_named_in_mail), 0);
    run_day();
    CHECK_INT(number(&q_handover_mails), 3); /* once */
}

struct body_row {
    struct str body;
};
DB_QUERY(q_invitation, struct body_row, 0, "SELECT body FROM outbox WHERE to_email = 'frida@apotek.example' ORDER BY id DESC LIMIT 1",
         DB_COL(struct body_row, body));

/* The mail names nobody; who takes the invitation is the supervisor from the day it was sent, in a business of its own. */
static void invited(int64_t internship)
{
    struct body_row mail;
    struct invitation i;
    struct supervised_row *rows;
    struct role_row *roles;
    size_t n;
    int64_t account;
    PT_MUST(db_one(t.db, t.a, &q_invitation, &mail, DB_NONE));
    CHECK(!memmem(mail.body.p, mail.body.n, "Amal", 4) && !memmem(mail.body.p, mail.body.n, "Haddad", 6));
    const char *link = memmem(mail.body.p, mail.body.n, "/link/", 6);
    CHECK(link != NULL);
    if (!link)
        return;
    struct actor nobody = {0};
    struct ctx c = {.a = t.a, .db = t.db, .actor = &nobody, .now = t.now, .today = tm_on_of(t.now), .base_url = STR("http://localhost")};
    PT_MUST(invitation_look(&c, (struct str){link + 6, SECRET_TOKEN_CHARS}, &i));
    CHECK(i.kind == INVITE_SUPERVISOR && i.state == INVITATION_OPEN);
    PT_MUST(invitation_accept(&c, &i, STR("x"), &account));
    PT_MUST(supervised_by(t.db, t.a, account, &rows, &n));
    CHECK(n == 1 && rows[0].internship_id == internship && rows[0].from_on == tm_on_of(t.now));
    PT_MUST(role_of_account(t.db, t.a, account, t.now, &roles, &n));
    CHECK(n == 1 && str_is(roles[0].role, "supervisor") && str_is(roles[0].organisation, "Byens apotek") && roles[0].organisation_id != t.organisation_id);
}

DB_EXEC(q_until, 2, "UPDATE internship SET until_on = $2 WHERE id = $1");

static void supervisor(void)
{
    int64_t id, relation;
    struct internship_row i = {.trainee_id = d.trainee_id, .business = STR("Byens apotek"), .from_on = tm_on_of(t.now) - 5,
                               .until_on = tm_on_of(t.now) + 10, .percent = 80, .field_relevant = 1, .at = t.now};
    PT_MUST(internship_insert(t.db, &i, &id));
    const char *own = f("/internships/%lld", id, 0), *lead = f("/trainees/%lld/internships/%lld/supervisor", d.trainee_id, id);
    struct pt_person s = t.who[ROLE_SUPERVISOR];
    CHECK_INT(pt_get(&t, ROLE_SUPERVISOR, own)->status, 404); /* before */
    CHECK(!pt_has(pt_get(&t, ROLE_SUPERVISOR, "/"), "Amal"));
    CHECK_INT(pt_get(&t, ROLE_ADVISER, lead)->status, 403);
    CHECK_INT(pt_get(&t, ROLE_PROJECT_LEADER, lead)->status, 200);
    CHECK_INT(pt_post(&t, ROLE_PROJECT_LEADER, lead, "business=&name=&email=x")->status, 422);
    CHECK(pt_went(pt_post(&t, ROLE_PROJECT_LEADER, lead, "business=Byens+apotek&name=Frida+Fadder&email=frida%40apotek.example"), lead));
    invited(id);
    struct relation_row rel = {.organisation_id = t.organisation_id, .participant_id = d.participant_id, .account_id = s.account_id,
                               .kind = STR(RELATION_SUPERVISOR), .subject_id = id, .from_on = tm_on_of(t.now),
                               .by_account = t.who[ROLE_PROJECT_LEADER].account_id, .at = t.now};
    PT_MUST(relation_insert(t.db, &rel, &relation));
    struct req *r = pt_get(&t, ROLE_SUPERVISOR, own);
    CHECK(r->status == 200 && pt_has(r, "Amal Haddad") && pt_has(r, "80") && pt_has(r, "project-leader@example.no") && !pt_has(r, "Amal@deltaker.no"));
    CHECK(pt_has(pt_get(&t, ROLE_SUPERVISOR, "/"), "Amal"));
    static const char *const nothing[] = {"/participants", "/trainees", "/documents", "/cohorts", "/mentors", "/results", "/users", "/meetings"};
    for (size_t k = 0; k < COUNT(nothing); k++)
        CHECK_INT(pt_get(&t, ROLE_SUPERVISOR, nothing[k])->status, 403);
    pt_unsign(&t, s);
    CHECK(pt_went(pt_get(&t, ROLE_SUPERVISOR, own), "/confidentiality"));
    CHECK(pt_went(pt_get(&t, ROLE_SUPERVISOR, "/"), "/confidentiality"));
    CHECK(!pt_has(pt_get(&t, ROLE_SUPERVISOR, "/confidentiality"), "Amal"));
    CHECK(pt_went(pt_post(&t, ROLE_SUPERVISOR, "/confidentiality", "text=2&promise=1"), "/"));
    CHECK_INT(pt_get(&t, ROLE_SUPERVISOR, own)->status, 200);
    md_later(&t, 10 + 84);
    CHECK_INT(pt_get(&t, ROLE_SUPERVISOR, own)->status, 200); /* the last day */
    md_later(&t, 1);
    CHECK_INT(pt_get(&t, ROLE_SUPERVISOR, own)->status, 404); /* by itself */
    CHECK(!pt_has(pt_get(&t, ROLE_SUPERVISOR, "/"), "Amal"));
    PT_MUST(db_run(t.db, &q_until, NULL, DB_IN(id, tm_on_of(t.now) + 1))); /* it was prolonged */
    CHECK_INT(pt_get(&t, ROLE_SUPERVISOR, own)->status, 200);
    CHECK(pt_went(pt_post(&t, ROLE_PROJECT_LEADER, f("/trainees/%lld/internships/%lld/supervisor/1/end", d.trainee_id, id), ""), lead)); /* another's */
    CHECK_INT(pt_get(&t, ROLE_SUPERVISOR, own)->status, 200);
    CHECK(pt_went(pt_post(&t, ROLE_PROJECT_LEADER, arena_fmt(t.a, "%s/%lld/end", lead, (long long)relation).p, ""), lead));
    CHECK_INT(pt_get(&t, ROLE_SUPERVISOR, own)->status, 404);
}

int main(void)
{
    t = pt_start();
    d = md_start(&t);
    organisations();
    cooperation();
    handover();
    supervisor();
    pt_end(&t);
    return test_end();
}
