/* The administrator's pages: list and search, inviting, roles, closing, passwords, settings; and what the rules refuse. */
#include "page_test.h"
#include "model/outbox.h"
#include "model/token.h"
#include "model/user.h"

static struct pt t;
static const enum role admin = ROLE_ADMINISTRATOR;

static int64_t version(int64_t id)
{
    struct account_row a;
    PT_MUST(account_get(t.db, t.a, id, &a));
    return a.version;
}
static int64_t mails(void)
{
    struct outbox_counts n;
    PT_MUST(outbox_count(t.db, t.a, t.organisation_id, &n));
    return n.waiting;
}
static const char *path(const char *fmt, int64_t id)
{
    char to[100];
    snprintf(to, sizeof to, fmt, (long long)id);
    return arena_str(t.a, str_c(to)).p;
}

static void test_list(void)
{
    struct req *r = pt_get(&t, admin, "/users");
    CHECK(r->status == 200 && pt_has(r, "Test mentor") && pt_has(r, "Programrådgiver"));
    r = pt_get(&t, admin, "/users?q=ADVISER");
    CHECK(r->status == 200 && pt_has(r, "adviser@example.no") && !pt_has(r, "mentor@example.no"));
    r = pt_get(&t, admin, "/users?q=nobody%25");
    CHECK(r->status == 200 && pt_has(r, "Ingen passer"));
    r = pt_get(&t, admin, "/users?role=mentor");
    CHECK(pt_has(r, "mentor@example.no") && !pt_has(r, "adviser@example.no"));
    r = pt_get(&t, admin, "/users?after=99999999999999999999&role=king&state=x");
    CHECK_INT(r->status, 200);
    for (int i = 0; i < 60; i++)
        (void)pt_add(&t, ROLE_TRAINEE, arena_fmt(t.a, "mange%02d@example.no", i).p, arena_fmt(t.a, "Mange %02d", i).p);
    r = pt_get(&t, admin, "/users?q=mange");
    CHECK(pt_has(r, "Mange 00") && pt_has(r, "Mange 49") && !pt_has(r, "Mange 50") && pt_has(r, "Neste side"));
    const char *at = memmem(r->body.p, r->body.n, "/users?q=mange&amp;", 19);
    CHECK(at != NULL);
    CHECK(!pt_has(r, "Mange%20")); /* an id leads on, never a name in an address */
    struct account_row last;
    PT_MUST(account_by_email(t.db, t.a, STR("mange49@example.no"), &last));
    r = pt_get(&t, admin, arena_fmt(t.a, "/users?q=mange&state=open&after=%lld", (long long)last.id).p);
    CHECK(pt_has(r, "Mange 59") && !pt_has(r, "Mange 48"));
    for (enum role role = ROLE_PROJECT_LEADER; role < ROLE_N; role++)
        CHECK_INT(pt_get(&t, role, "/users")->status, 403);
}

static void test_invite(void)
{
    int64_t before = mails();
    struct req *r = pt_post(&t, admin, "/users/invite", "name=Ny+Person&email=ikke-en-adresse&role=adviser");
    CHECK(r->status == 422 && pt_has(r, "Ny Person"));
    r = pt_post(&t, admin, "/users/invite", "name=Ny+Person&email=ny%40example.no&role=mentor");
    CHECK_INT(r->status, 422); /* mentors are invited from the register */
    CHECK_INT(mails(), before);
    r = pt_post(&t, admin, "/users/invite", "name=Ny+Person&email=ny%40example.no&role=adviser");
    CHECK(pt_went(r, "/users"));
    CHECK_INT(mails(), before + 1);
    r = pt_get(&t, admin, "/users");
    CHECK(pt_has(r, "Invitert, ikke svart") && pt_has(r, "Ny Person"));
    struct link_row *l;
    size_t n;
    PT_MUST(user_invitations(t.db, t.a, t.organisation_id, t.now, &l, &n));
    CHECK_INT(n, 1);
    CHECK(pt_went(pt_post(&t, admin, path("/users/invitations/%lld/withdraw", l[0].id), ""), "/users"));
    CHECK_INT(pt_post(&t, admin, path("/users/invitations/%lld/withdraw", l[0].id), "")->status, 404);
    PT_MUST(user_invitations(t.db, t.a, t.organisation_id, t.now, &l, &n));
    CHECK_INT(n, 0);
}

static int64_t role_id(int64_t account, enum role role)
{
    struct role_row *r;
    size_t n;
    PT_MUST(user_roles(t.db, t.a, t.organisation_id, account, &r, &n));
    for (size_t i = 0; i < n; i++)
        if (role_of(r[i].role) == role)
            return r[i].id;
    return 0;
}

static void test_roles(void)
{
    int64_t id = t.who[ROLE_ADVISER].account_id, me = t.who[admin].account_id;
    const char *page = path("/users/%lld", id), *add = path("/users/%lld/roles", id);
    CHECK(pt_went(pt_post(&t, admin, add, "role=administrator"), page));
    struct req *r = pt_get(&t, admin, page);
    CHECK(pt_has(r, "Fikk en rolle: Administrator"));
    CHECK_INT(pt_post(&t, admin, add, "role=trainee")->status, 422); /* only roles of staff */
    char end[100];
    snprintf(end, sizeof end, "/users/%lld/roles/%lld/end", (long long)id, (long long)role_id(id, ROLE_ADVISER));
    CHECK(pt_went(pt_post(&t, admin, end, ""), page));
    CHECK(pt_went(pt_post(&t, admin, end, ""), page)); /* twice is once */
    CHECK(pt_went(pt_get(&t, ROLE_ADVISER, "/"), "/login")); /* the session used that role */
    snprintf(end, sizeof end, "/users/%lld/roles/%lld/end", (long long)me, (long long)role_id(id, admin));
    CHECK_INT(pt_post(&t, admin, end, "")->status, 404); /* another account's role */
    snprintf(end, sizeof end, "/users/%lld/roles/%lld/end", (long long)id, (long long)role_id(id, admin));
    CHECK(pt_went(pt_post(&t, admin, end, ""), page));
    snprintf(end, sizeof end, "/users/%lld/roles/%lld/end", (long long)me, (long long)role_id(me, admin));
    r = pt_post(&t, admin, end, "");
    CHECK(r->status == 422 && pt_has(r, "siste administratoren"));
    CHECK_INT(pt_get(&t, admin, "/users")->status, 200); /* still there */
    r = pt_get(&t, admin, "/users?state=roleless");
    CHECK(pt_has(r, "Test adviser"));
    r = pt_get(&t, admin, "/");
    CHECK(pt_has(r, "1 konto har ingen rolle"));
}

static void test_close(void)
{
    int64_t id = t.who[ROLE_MENTOR].account_id, me = t.who[admin].account_id;
    const char *page = path("/users/%lld", id), *close = path("/users/%lld/close", id);
    CHECK_INT(pt_get(&t, admin, close)->status, 200);
    struct req *r = pt_post(&t, admin, close, arena_fmt(t.a, "version=%lld&reason=", (long long)version(id)).p);
    CHECK_INT(r->status, 422);
    r = pt_post(&t, admin, close, arena_fmt(t.a, "version=%lld&reason=Har+sluttet", (long long)version(id) + 7).p);
    CHECK(r->status == 409 && pt_has(r, "Har sluttet") && pt_has(r, "kontoen er åpen"));
    CHECK_INT(pt_get(&t, ROLE_MENTOR, "/")->status, 200); /* nothing happened yet */
    struct token_row key = {.account_id = id, .account_role_id = 1, .created_at = t.now, .token_hash = STR("en"), .scopes = STR("read")}, *keys;
    int64_t key_id;
    size_t n_keys;
    PT_MUST(token_insert(t.db, &key, &key_id));
    r = pt_post(&t, admin, close, arena_fmt(t.a, "version=%lld&reason=Har+sluttet", (long long)version(id)).p);
    CHECK(pt_went(r, page));
    CHECK(pt_went(pt_get(&t, ROLE_MENTOR, "/"), "/login"));
    r = pt_get(&t, admin, page);
    CHECK(pt_has(r, "Har sluttet") && pt_has(r, "Kontoen ble stengt"));
    PT_MUST(token_of_account(t.db, t.a, id, &keys, &n_keys));
    CHECK(n_keys == 1 && keys[0].ended_at > 0); /* a key does not come back when the account does */
    int64_t before = mails();
    CHECK_INT(pt_post(&t, admin, path("/users/%lld/password", id), "")->status, 422);
    CHECK(pt_went(pt_post(&t, admin, path("/users/%lld/open", id), arena_fmt(t.a, "version=%lld", (long long)version(id)).p), page));
    CHECK(pt_went(pt_post(&t, admin, path("/users/%lld/password", id), ""), page));
    CHECK_INT(mails(), before + 1);
    r = pt_post(&t, admin, path("/users/%lld/close", me), arena_fmt(t.a, "version=%lld&reason=Prøve", (long long)version(me)).p);
    CHECK(r->status == 422 && pt_has(r, "din egen konto"));
    CHECK(pt_went(pt_post(&t, admin, path("/users/%lld/sessions/end", t.who[ROLE_TRAINEE].account_id), ""), path("/users/%lld", t.who[ROLE_TRAINEE].account_id)));
    CHECK(pt_went(pt_get(&t, ROLE_TRAINEE, "/"), "/login"));
    CHECK_INT(pt_get(&t, admin, "/users/999999")->status, 404);
}

/* Another organisation's people do not exist. */
static void test_others(void)
{
    int64_t other, here = t.organisation_id;
    PT_MUST(organisation_insert(t.db, &(struct organisation_row){.name = STR("Annen"), .kind = STR("municipality"), .created_at = t.now}, &other));
    t.organisation_id = other;
    struct pt_person x = pt_add(&t, ROLE_PROJECT_LEADER, "annen@example.no", "Annen Leder");
    t.organisation_id = here;
    CHECK_INT(pt_get(&t, admin, path("/users/%lld", x.account_id))->status, 404);
    CHECK_INT(pt_post(&t, admin, path("/users/%lld/sessions/end", x.account_id), "")->status, 404);
    CHECK(!pt_has(pt_get(&t, admin, "/users?q=annen"), "annen@example.no"));
    int64_t role;
    PT_MUST(role_insert(t.db, &(struct role_row){.account_id = x.account_id, .organisation_id = here, .role = STR("adviser"), .from_at = t.now}, &role));
    struct req *r = pt_post(&t, admin, path("/users/%lld/close", x.account_id), arena_fmt(t.a, "version=%lld&reason=Prøve", (long long)version(x.account_id)).p);
    CHECK(r->status == 422 && pt_has(r, "annen organisasjon"));
}

static void test_settings(void)
{
    struct req *r = pt_get(&t, admin, "/settings");
    CHECK(r->status == 200 && pt_has(r, "Prøveby kommune") && pt_has(r, "/settings/criteria"));
    CHECK(!pt_has(pt_get(&t, ROLE_PROJECT_LEADER, "/settings"), "name=\"was\""));
    CHECK_INT(pt_post(&t, ROLE_PROJECT_LEADER, "/settings", "name=X&was=Y")->status, 403);
    CHECK_INT(pt_post(&t, admin, "/settings", "name=&was=Pr%C3%B8veby+kommune")->status, 422);
    CHECK(pt_went(pt_post(&t, admin, "/settings", "name=Nyby+kommune&was=Pr%C3%B8veby+kommune"), "/settings"));
    r = pt_post(&t, admin, "/settings", "name=Gammelby+kommune&was=Pr%C3%B8veby+kommune");
    CHECK(r->status == 409 && pt_has(r, "Nyby kommune") && pt_has(r, "Gammelby kommune"));
    r = pt_get(&t, admin, "/settings/check");
    CHECK(r->status == 200 && pt_has(r, "Alt er i orden"));
}

int main(void)
{
    t = pt_start();
    test_list();
    test_invite();
    test_roles();
    test_close();
    test_others();
    test_settings();
    pt_end(&t);
    return test_end();
}
