/* One-time links: looking uses nothing up, the second use is told so, an account that is there is tied with its own password. */
#include "model/mentor.h"
#include "model/outbox.h"
#include "model/participant.h"
#include "page_test.h"
#include "service/invitation.h"

static const struct str cookie = {"0123456789012345678901234567890123456789abc", 43};

static struct req *visit(struct pt *t, const char *method, const char *path, const char *form)
{
    struct str parts[2] = {STR("form"), cookie}, body = {0};
    if (form)
        body = arena_fmt(t->a, "csrf=%.*s&%s", STR_FMT(secret_hash_hex(t->a, arena_join(t->a, parts, 2, STR(":")))), form);
    struct req *r = ARENA_NEW(t->a, struct req);
    PT_MUST(http_fake(t->a, method, path, arena_fmt(t->a, "sb_v=%.*s", STR_FMT(cookie)).p, form ? body.p : NULL, r));
    r->now = t->now;
    app_inline(t->db, false, r);
    pt_keep(t, r);
    return r;
}

static struct ctx ctx_of(struct pt *t, const struct actor *actor)
{
    return (struct ctx){.a = t->a, .db = t->db, .actor = actor, .now = t->now, .today = tm_on_of(t->now), .base_url = STR("http://localhost")};
}
static struct actor actor_of(struct pt *t, enum role role)
{
    return (struct actor){.account_id = t->who[role].account_id, .organisation_id = t->organisation_id, .role = role, .name = STR("Kari Berg")};
}

/* The newest mail, and the path of the link in it. */
static struct outbox_row newest(struct pt *t)
{
    struct outbox_row *rows;
    size_t n;
    PT_MUST(outbox_list(t->db, t->a, t->organisation_id, 0, 1, &rows, &n));
    CHECK_INT(n, 1);
    return rows[0];
}
static const char *link_in(struct pt *t, struct str body)
{
    const char *at = memmem(body.p, body.n, "/link/", 6);
    if (!at)
        return "/link/none";
    size_t n = strcspn(at, "?\n ");
    return arena_str(t->a, (struct str){at, n}).p;
}

static int64_t add_person(struct pt *t, const char *reference, const char *email, const char *lang)
{
    struct participant_row p = {.organisation_id = t->organisation_id, .reference = str_c(reference), .first_name = STR("Amal\r\nBcc: x@y.no"),
                                .last_name = STR("Haddad"), .email = str_c(email), .lang = str_c(lang), .experience_years = -1,
                                .created_at = t->now, .updated_at = t->now, .stage = INTAKE_INVITED};
    int64_t id;
    PT_MUST(participant_insert(t->db, t->a, &p, &id));
    return id;
}

static const char *invite(struct pt *t, int64_t person)
{
    struct actor leader = actor_of(t, ROLE_PROJECT_LEADER);
    struct ctx c = ctx_of(t, &leader);
    PT_MUST(invitation_send(&c, person));
    return link_in(t, newest(t).body);
}

static void test_participant(struct pt *t)
{
    int64_t person = add_person(t, "A-1", "amal@example.org", "en"), other = add_person(t, "A-2", "", "nb");
    const char *first = invite(t, person);
    struct outbox_row m = newest(t);
    CHECK_STR(m.kind, "invite");
    CHECK(memmem(m.body.p, m.body.n, "?lang=en", 8) != NULL);
    CHECK(memmem(m.body.p, m.body.n, "\nBcc:", 5) == NULL && str_find(m.to_name, '\n') < 0); /* a name brings no lines */
    struct actor leader = actor_of(t, ROLE_PROJECT_LEADER), adviser = actor_of(t, ROLE_ADVISER);
    struct ctx c = ctx_of(t, &leader), ca = ctx_of(t, &adviser);
    CHECK_ERR(invitation_send(&c, other), ERR_INVALID); /* no address */
    CHECK_ERR(invitation_send(&c, 999), ERR_NOT_FOUND);
    CHECK_ERR(invitation_send(&ca, person), ERR_DENIED); /* the leader's alone */

    for (int i = 0; i < 3; i++) {
        struct req *r = visit(t, "GET", first, NULL);
        CHECK(r->status == 200 && pt_has(r, "Du er invitert til å søke") && pt_has(r, "amal@example.org") && pt_has(r, "Lag konto og logg inn"));
    }
    const char *second = invite(t, person); /* ends the first */
    struct req *r = visit(t, "GET", first, NULL);
    CHECK(r->status == 410 && pt_has(r, "Lenken har gått ut"));
    CHECK_INT(visit(t, "POST", first, "password=et-godt-passord&again=et-godt-passord")->status, 410);

    r = visit(t, "POST", second, "password=kort&again=kort");
    CHECK(r->status == 422 && pt_has(r, "minst 10 tegn"));
    r = visit(t, "POST", second, "password=et-godt-passord&again=et-annet-passord");
    CHECK(r->status == 422 && pt_has(r, "ikke like") && !pt_has(r, "et-godt-passord"));
    r = visit(t, "POST", second, "password=amal%40example.org&again=amal%40example.org");
    CHECK_INT(r->status, 422);
    CHECK_INT(visit(t, "POST", "/link/0123456789012345678901234567890123456789abd", "password=et-godt-passord&again=et-godt-passord")->status, 404);
    r = visit(t, "GET", "/link/short", NULL);
    CHECK(r->status == 404 && pt_has(r, "Lenken er ikke hel"));

    r = visit(t, "POST", second, "password=et-godt-passord&again=et-godt-passord");
    CHECK(pt_went(r, "/application"));
    struct participant_row p;
    PT_MUST(participant_get(t->db, t->a, person, &p));
    CHECK(p.account_id > 0);
    CHECK_INT(p.stage, INTAKE_INVITED); /* the account alone is no application */
    r = visit(t, "POST", second, "password=et-godt-passord&again=et-godt-passord");
    CHECK(r->status == 410 && pt_has(r, "Lenken er brukt") && pt_has(r, "Logg inn"));
    r = visit(t, "GET", second, NULL);
    CHECK_INT(r->status, 410);

    (void)invite(t, person); /* who has an account gets no new link */
    m = newest(t);
    CHECK(memmem(m.body.p, m.body.n, "/link/", 6) == NULL && memmem(m.body.p, m.body.n, "/application", 12) != NULL);

    int64_t late = add_person(t, "A-3", "late@example.org", "nb");
    const char *old = invite(t, late);
    t->now += (int64_t)INVITATION_DAYS * TM_DAY_MS;
    CHECK_INT(visit(t, "GET", old, NULL)->status, 410);
    t->now -= (int64_t)INVITATION_DAYS * TM_DAY_MS;
    CHECK_INT(visit(t, "GET", old, NULL)->status, 200);
    r = visit(t, "POST", old, "password=et-godt-passord&again=et-godt-passord&csrf=x");
    CHECK(pt_went(r, "/application"));
}

/* The address has an account already: its own password ties it; twice the same account for two people is refused. */
static void test_tied(struct pt *t)
{
    struct str hash;
    PT_MUST(secret_password_hash(t->a, STR("nav-kontaktens-passord"), &hash));
    PT_MUST(account_set_password(t->db, t->who[ROLE_NAV_CONTACT].account_id, hash));
    struct mentor_row m = {.organisation_id = t->organisation_id, .first_name = STR("Nina"), .last_name = STR("Vik"), .sort_name = STR("vik nina"),
                           .email = STR("nav-contact@example.no"), .lang = STR("nb"), .capacity = 1, .created_at = t->now, .updated_at = t->now};
    int64_t id, again;
    PT_MUST(mentor_insert(t->db, &m, &id));
    struct actor leader = actor_of(t, ROLE_PROJECT_LEADER);
    struct ctx c = ctx_of(t, &leader);
    PT_MUST(invitation_mentor(&c, id));
    const char *link = link_in(t, newest(t).body);
    struct req *r = visit(t, "GET", link, NULL);
    CHECK(r->status == 200 && pt_has(r, "allerede en konto") && !pt_has(r, "name=\"again\""));
    r = visit(t, "POST", link, "password=noe-helt-annet-1&again=noe-helt-annet-1");
    CHECK(r->status == 422 && pt_has(r, "Passordet er feil")); /* a link alone does not open another's account */
    r = visit(t, "POST", link, "password=nav-kontaktens-passord");
    CHECK(pt_went(r, "/"));
    PT_MUST(mentor_get(t->db, t->a, id, &m));
    CHECK_INT(m.account_id, t->who[ROLE_NAV_CONTACT].account_id);

    m.account_id = 0;
    PT_MUST(mentor_insert(t->db, &m, &again));
    PT_MUST(invitation_mentor(&c, again));
    link = link_in(t, newest(t).body);
    r = pt_post(t, ROLE_NAV_CONTACT, link, ""); /* logged in as that account: no password asked */
    CHECK(r->status == 409 && pt_has(r, "Kontoen er i bruk"));
}

static void test_staff(struct pt *t)
{
    struct actor admin = actor_of(t, ROLE_ADMINISTRATOR), leader = actor_of(t, ROLE_PROJECT_LEADER);
    struct ctx c = ctx_of(t, &admin), cl = ctx_of(t, &leader);
    CHECK_ERR(invitation_staff(&c, STR("ny@example.no"), STR("Ny Rådgiver"), ROLE_TRAINEE), ERR_INVALID);
    CHECK_ERR(invitation_staff(&cl, STR("ny@example.no"), STR("Ny Rådgiver"), ROLE_ADVISER), ERR_DENIED);
    PT_MUST(invitation_staff(&c, STR("ny@example.no"), STR("Ny Rådgiver"), ROLE_ADVISER));
    const char *first = link_in(t, newest(t).body);
    PT_MUST(invitation_staff(&c, STR("ny@example.no"), STR("Ny Rådgiver"), ROLE_ADVISER));
    CHECK_INT(visit(t, "GET", first, NULL)->status, 410);
    struct req *r = visit(t, "POST", link_in(t, newest(t).body), "password=et-godt-passord&again=et-godt-passord");
    CHECK(pt_went(r, "/"));
}

static void test_password(struct pt *t)
{
    struct req *r = visit(t, "GET", "/password", NULL);
    CHECK(r->status == 200 && pt_has(r, "Glemt passord?"));
    CHECK(pt_has(visit(t, "GET", "/login", NULL), "/password"));
    r = visit(t, "POST", "/password", "email=ikke-en-adresse");
    CHECK(r->status == 422 && pt_has(r, "ikke-en-adresse"));
    int64_t before = newest(t).id;
    r = visit(t, "POST", "/password", "email=finnes-ikke%40example.no");
    CHECK(pt_went(r, "/password"));
    CHECK_INT(newest(t).id, before);
    r = visit(t, "POST", "/password", "email=mentor%40example.no");
    CHECK(pt_went(r, "/password")); /* the same answer */
    struct outbox_row m = newest(t);
    CHECK(m.id > before);
    r = visit(t, "POST", "/password", "email=mentor%40example.no");
    CHECK_INT(newest(t).id, m.id); /* not one mail for each press */
    const char *link = link_in(t, m.body);
    r = visit(t, "GET", link, NULL);
    CHECK(r->status == 200 && pt_has(r, "Lag et nytt passord"));
    CHECK(pt_get(t, ROLE_MENTOR, "/account")->status == 200);
    r = visit(t, "POST", link, "password=et-nytt-godt-passord&again=et-nytt-godt-passord");
    CHECK(pt_went(r, "/"));
    CHECK(pt_went(pt_get(t, ROLE_MENTOR, "/account"), "/login")); /* other sessions are over */
    CHECK_INT(visit(t, "POST", link, "password=et-nytt-godt-passord&again=et-nytt-godt-passord")->status, 410);
    struct account_row acc;
    PT_MUST(account_get(t->db, t->a, t->who[ROLE_MENTOR].account_id, &acc));
    CHECK(secret_password_ok(acc.password_hash, STR("et-nytt-godt-passord")));
}

int main(void)
{
    struct pt t = pt_start();
    test_participant(&t);
    test_tied(&t);
    test_staff(&t);
    test_password(&t);
    pt_end(&t);
    return test_end();
}
