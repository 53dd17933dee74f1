/* The edge (page/app.h): where forms may come from, what is sent twice, what stays of a look when nothing is saved, methods, cookies. */
#include "page_test.h"
#include "model/log.h"
#include "model/participant.h"

static struct str csrf_of(struct pt *t, struct str cookie)
{
    struct str parts[2] = {STR("form"), cookie};
    return secret_hash_hex(t->a, arena_join(t->a, parts, 2, STR(":")));
}

/* A whole request with further headers; `cookie` is the header's value. */
static struct req *ask(struct pt *t, const char *method, const char *path, const char *cookie, const char *form, const char *origin,
                       const char *host, bool secure)
{
    struct req *r = ARENA_NEW(t->a, struct req);
    PT_MUST(http_fake(t->a, method, path, cookie, form, r));
    struct pair *h = ARENA_ARRAY(t->a, struct pair, 4);
    r->n_header = 0;
    h[r->n_header++] = (struct pair){STR("Host"), str_c(host)};
    if (origin)
        h[r->n_header++] = (struct pair){STR("Origin"), str_c(origin)};
    r->header = h;
    r->secure = secure;
    r->now = t->now;
    app_inline(t->db, t->demo, r);
    pt_keep(t, r);
    return r;
}

static struct str out(const struct req *r, const char *name, const char *starts)
{
    for (size_t i = 0; i < r->n_out; i++)
        if (str_is(r->out[i].k, name) && str_starts(r->out[i].v, str_c(starts)))
            return r->out[i].v;
    return STR("");
}

static void t_origin(struct pt *t)
{
    static const struct {
        const char *origin, *host;
        bool secure;
        int status;
        const char *why;
    } cases[] = {
        {NULL, "springbrett.no", false, 303, "an old browser says nothing"},
        {"http://springbrett.no", "springbrett.no", false, 303, "our own page"},
        {"http://Springbrett.NO", "springbrett.no", false, 303, "names have no case"},
        {"http://springbrett.no:8080", "springbrett.no:8080", false, 303, "with its port"},
        {"https://springbrett.no", "springbrett.no", true, 303, "by TLS"},
        {"http://evil-springbrett.no", "springbrett.no", false, 403, "ends the same"},
        {"http://evil.example/springbrett.no", "springbrett.no", false, 403, "ends the same, in a path"},
        {"http://springbrett.no", "springbrett.no", true, 403, "the same name without TLS is another"},
        {"http://springbrett.no:8081", "springbrett.no:8080", false, 403, "another port"},
        {"http://springbrett.no.evil.example", "springbrett.no", false, 403, "begins the same"},
        {"null", "springbrett.no", false, 403, "a page that hides where it is from"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct str token = t->who[ROLE_ADVISER].token;
        struct str cookie = arena_fmt(t->a, "%s=%.*s", cases[i].secure ? "__Host-sb" : "sb", STR_FMT(token));
        struct str body = arena_fmt(t->a, "csrf=%.*s&lang=nb", STR_FMT(csrf_of(t, token)));
        struct req *r = ask(t, "POST", "/account/language", cookie.p, body.p, cases[i].origin, cases[i].host, cases[i].secure);
        if (r->status != cases[i].status)
            printf("# %s\n", cases[i].why);
        CHECK_INT(r->status, cases[i].status);
    }
}

static int64_t count_participants(struct pt *t, const char *reference)
{
    struct participant_row p;
    enum err e = participant_by_reference(t->db, t->a, t->organisation_id, str_c(reference), &p);
    return e == OK;
}

static void t_twice(struct pt *t)
{
    struct req *r = pt_post(t, ROLE_PROJECT_LEADER, "/participants", "once=a1&reference=T-1&first_name=Amal&last_name=Haddad");
    CHECK_INT(r->status, 303);
    struct str to = pt_location(r);
    CHECK(count_participants(t, "T-1"));
    r = pt_post(t, ROLE_PROJECT_LEADER, "/participants", "once=a1&reference=T-1&first_name=Amal&last_name=Haddad");
    CHECK(r->status == 303 && str_eq(pt_location(r), to)); /* the same sending goes where the first went */
    r = pt_post(t, ROLE_PROJECT_LEADER, "/participants", "once=a2&reference=T-1&first_name=Amal&last_name=Haddad");
    CHECK(r->status == 422); /* another form with the same words is another sending: this reference is taken */
    r = pt_post(t, ROLE_PROJECT_LEADER, "/participants", "once=a1&reference=T-2&first_name=Amal&last_name=Haddad");
    CHECK(r->status == 303 && !str_eq(pt_location(r), to)); /* gone back and corrected */
    r = pt_post(t, ROLE_ADVISER, "/participants", "once=a1&reference=T-1&first_name=Amal&last_name=Haddad");
    CHECK(!str_eq(pt_location(r), to)); /* somebody else's form is not mine */
}

struct count {
    int64_t n;
};
DB_QUERY(q_looks, struct count, 1, "SELECT COUNT(*) AS n FROM log_line WHERE account_id = $1 AND act = 'look'", DB_COL(struct count, n));
DB_EXEC(q_role_over, 2, "UPDATE account_role SET until_at = $2 WHERE id = $1");

static int64_t looks(struct pt *t, int64_t account_id)
{
    struct count c;
    PT_MUST(db_one(t->db, t->a, &q_looks, &c, DB_IN(account_id)));
    return c.n;
}

/* The line broke while it was committed (db_pg_tx.c): the page claims nothing, and offers what is safe. */
static void t_unsure(struct pt *t)
{
    static const char form[] = "once=u1&reference=U-1&first_name=Amal&last_name=Haddad";
    static const struct {
        enum err e;
        bool sure;
    } cases[] = {{ERR_UNSURE, false}, {ERR_INTERNAL, true}, {ERR_FULL, true}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        db_fault(t->db, 0, cases[i].e);
        struct req *r = pt_post(t, ROLE_PROJECT_LEADER, "/participants", form);
        db_fault(t->db, -1, OK);
        CHECK(r->status >= 500 && pt_has(r, "value=\"U-1\"") && pt_has(r, "value=\"u1\""));
        CHECK(pt_has(r, "Ingenting er endret") == cases[i].sure);
        CHECK(pt_has(r, "ikke lagret to ganger") == !cases[i].sure);
    }
    CHECK_INT(pt_post(t, ROLE_PROJECT_LEADER, "/participants", form)->status, 303);
    CHECK_INT(pt_post(t, ROLE_PROJECT_LEADER, "/participants", form)->status, 303);
    CHECK(count_participants(t, "U-1"));
}

static void t_looks(struct pt *t)
{
    int64_t id, me = t->who[ROLE_PROJECT_LEADER].account_id;
    struct participant_row p = {.organisation_id = t->organisation_id, .reference = STR("L-1"), .first_name = STR("Omar"),
                                .last_name = STR("Said"), .lang = STR("nb"), .created_at = t->now, .updated_at = t->now};
    PT_MUST(participant_insert(t->db, t->a, &p, &id));
    struct str path = arena_fmt(t->a, "/participants/%lld", (long long)id);
    int64_t before = looks(t, me);
    CHECK_INT(pt_get(t, ROLE_PROJECT_LEADER, path.p)->status, 200);
    CHECK_INT(looks(t, me), before + 1);
    /* A wrong form shows the person's page again: that is a look too, though nothing is saved. */
    struct str gaps = arena_fmt(t->a, "/participants/%lld/gaps", (long long)id);
    struct req *r = pt_post(t, ROLE_PROJECT_LEADER, gaps.p, "requirement=&gap=");
    CHECK(r->status == 422 && pt_has(r, "Omar"));
    CHECK_INT(looks(t, me), before + 2);
}

static void t_methods(struct pt *t)
{
    struct req *r = pt_post(t, ROLE_ADVISER, "/", "");
    CHECK_INT(r->status, 405);
    CHECK_STR(out(r, "Allow", ""), "GET, HEAD");
    r = pt_get(t, ROLE_ADVISER, "/logout");
    CHECK_INT(r->status, 405);
    CHECK_STR(out(r, "Allow", ""), "POST");
    r = pt_ask(t, t->who[ROLE_ADVISER].token, "HEAD", "/", NULL);
    CHECK(r->status == 200 && r->head);
    r = pt_ask(t, t->who[ROLE_ADVISER].token, "HEAD", "/nothing-here", NULL);
    CHECK_INT(r->status, 404);
    r = pt_get(t, ROLE_ADVISER, "/healthz");
    CHECK(r->status == 200 && pt_has(r, "ok"));
}

static bool holds(struct str s, const char *text)
{
    size_t n = strlen(text);
    for (size_t i = 0; i + n <= s.n; i++)
        if (!memcmp(s.p + i, text, n))
            return true;
    return false;
}

static void t_cookies(struct pt *t)
{
    struct req *r = ask(t, "GET", "/login", NULL, NULL, NULL, "springbrett.no", true);
    struct str c = out(r, "Set-Cookie", "__Host-sb_v=");
    CHECK(holds(c, "; Secure") && holds(c, "; HttpOnly") && holds(c, "; SameSite=Lax") && holds(c, "; Path=/;") && !holds(c, "Domain"));
    CHECK_STR(out(r, "Cache-Control", ""), "no-store");
    /* Who has the cookie already gets it for another day: the form on the page is good as long as the page. */
    r = ask(t, "GET", "/login", "sb_v=0123456789012345678901234567890123456789abc", NULL, NULL, "springbrett.no", false);
    CHECK(out(r, "Set-Cookie", "sb_v=0123456789012345678901234567890123456789abc;").n);
    r = pt_get(t, ROLE_ADVISER, "/");
    CHECK(!out(r, "Set-Cookie", "sb_v=").n);
    CHECK_STR(out(r, "Cache-Control", ""), "no-store");
    r = pt_post(t, ROLE_NAV_CONTACT, "/logout", "");
    CHECK(out(r, "Set-Cookie", "sb=;").n && out(r, "Clear-Site-Data", "").n);
    /* Without use for over two hours, and the minute that its last use may be written down too early. */
    t->now += 2 * 3600000 + 59000;
    CHECK_INT(pt_get(t, ROLE_TRAINEE, "/privacy")->status, 200);
    CHECK_INT(pt_get(t, ROLE_TRAINEE, "/")->status, 200);
    CHECK(pt_went(pt_get(t, ROLE_ADVISER, "/"), "/login")); /* staff: half an hour */
    t->now += 2000;
    CHECK(pt_went(pt_get(t, ROLE_TRAINEE, "/"), "/login"));
    t->now -= 2 * 3600000 + 61000;
    CHECK_INT(pt_get(t, ROLE_TRAINEE, "/")->status, 200);
}

/* Logging in while somebody is logged in: the session that this browser had is over. */
static void t_login_over(struct pt *t)
{
    struct str hash, old = t->who[ROLE_ADVISER].token;
    PT_MUST(secret_password_hash(t->a, STR("riktig-passord-1"), &hash));
    PT_MUST(account_set_password(t->db, t->who[ROLE_MENTOR].account_id, hash));
    struct req *r = pt_post(t, ROLE_ADVISER, "/login", "email=mentor%40example.no&password=riktig-passord-1");
    CHECK(pt_went(r, "/"));
    struct str c = out(r, "Set-Cookie", "sb=");
    CHECK(c.n && !holds(c, arena_cstr(t->a, old)));         /* never the token that was there before */
    CHECK(pt_went(pt_get(t, ROLE_ADVISER, "/"), "/login")); /* nor does that one work any more */
}

/* A form sent when the session is over goes through the login page, and nothing typed is lost. */
static void t_ended(struct pt *t)
{
    struct pt_person who = pt_add(t, ROLE_PROJECT_LEADER, "skriver@example.no", "Skriver");
    struct str hash;
    PT_MUST(secret_password_hash(t->a, STR("riktig-passord-1"), &hash));
    PT_MUST(account_set_password(t->db, who.account_id, hash));
    t->now += 3 * 3600000;
    struct req *r = pt_post_as(t, who, "/participants", "once=e1&reference=E-1&first_name=Amal+%22x%22&last_name=Haddad&password=hemmelig");
    CHECK(r->status == 403 && pt_has(r, "Det du skrev, er ikke borte") && pt_has(r, "Amal &quot;x&quot;") && !pt_has(r, "hemmelig"));
    CHECK(!count_participants(t, "E-1"));
    struct str c = out(r, "Set-Cookie", "sb_v="); /* the login form on it needs the visitor's cookie */
    CHECK(c.n > 48);
    struct str visitor = {c.p + 5, 43}, cookie = arena_fmt(t->a, "sb_v=%.*s", STR_FMT(visitor));
    const char *again = "email=skriver%%40example.no&password=%s&keep_to=%%2Fparticipants&keep.reference=E-1&keep.first_name=Amal&keep.last_name=Haddad";
    struct str csrf = csrf_of(t, visitor), wrong = arena_fmt(t->a, again, "feil"), right = arena_fmt(t->a, again, "riktig-passord-1");
    r = ask(t, "POST", "/login", cookie.p, arena_fmt(t->a, "csrf=%.*s&%.*s", STR_FMT(csrf), STR_FMT(wrong)).p, NULL, "localhost", false);
    CHECK(r->status == 422 && pt_has(r, "name=\"keep.first_name\" value=\"Amal\"")); /* a slip at the password loses nothing either */
    r = ask(t, "POST", "/login", cookie.p, arena_fmt(t->a, "csrf=%.*s&%.*s", STR_FMT(csrf), STR_FMT(right)).p, NULL, "localhost", false);
    CHECK(r->status == 200 && pt_has(r, "action=\"/participants\"") && pt_has(r, "Send det jeg skrev"));
    CHECK(!count_participants(t, "E-1")); /* nothing is sent by itself */
    struct str session = out(r, "Set-Cookie", "sb=");
    who.token = (struct str){session.p + 3, 43};
    CHECK(pt_has(r, arena_cstr(t->a, csrf_of(t, who.token)))); /* its button works in the new session */
    CHECK_INT(pt_post_as(t, who, "/participants", "reference=E-1&first_name=Amal&last_name=Haddad")->status, 303);
    /* What another site makes up is not carried. */
    t->now += 3 * 3600000;
    r = pt_ask(t, who.token, "POST", "/participants", "csrf=0&reference=E-2&first_name=Ond");
    CHECK(pt_went(r, "/login") && !pt_has(r, "Ond"));
    struct str away = arena_fmt(t->a, "csrf=%.*s&email=skriver%%40example.no&password=riktig-passord-1&keep_to=%%2F%%2Fevil.example&keep.a=b",
                                STR_FMT(csrf));
    r = ask(t, "POST", "/login", cookie.p, away.p, NULL, "localhost", false);
    CHECK(pt_went(r, "/") && !pt_has(r, "evil"));
}

/* A role that is over, or another's, cannot be switched to. */
static void t_role(struct pt *t)
{
    struct role_row x = {.account_id = t->who[ROLE_MENTOR].account_id, .organisation_id = t->organisation_id, .role = STR("adviser"),
                         .from_at = t->now};
    int64_t id;
    PT_MUST(role_insert(t->db, &x, &id));
    struct str body = arena_fmt(t->a, "role=%lld", (long long)id);
    CHECK(pt_went(pt_post(t, ROLE_MENTOR, "/account/role", body.p), "/"));
    CHECK_INT(pt_get(t, ROLE_MENTOR, "/participants")->status, 200);
    CHECK_INT(pt_post(t, ROLE_TRAINEE, "/account/role", body.p)->status, 403);
    PT_MUST(db_run(t->db, &q_role_over, NULL, DB_IN(id, t->now - 1)));
    CHECK_INT(pt_post(t, ROLE_TRAINEE, "/account/role", body.p)->status, 403);
}

/* The language menu keeps what the page was asked for, and leads to a page from where only forms may go. */
static void t_other_lang(struct pt *t)
{
    static const struct {
        const char *method, *path, *has, *why;
    } cases[] = {
        {"GET", "/participants?q=a%26b&done=saved&lang=nb", "/participants?q=a%26b&amp;lang=ar", "the search stays; done and the old language do not"},
        {"GET", "/account", "/account?lang=ar", "nothing was asked for"},
        {"GET", "/participants/99999/gaps/1/close", "/participants/99999?lang=ar", "only forms go there: the nearest page above"},
        {"GET", "/nowhere/at/all", "\"/?lang=ar", "no page at all: the start page"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct req *r = pt_ask(t, t->who[ROLE_PROJECT_LEADER].token, cases[i].method, cases[i].path, NULL);
        if (!pt_has(r, cases[i].has))
            printf("# %s\n", cases[i].why);
        CHECK(pt_has(r, cases[i].has));
    }
    struct req *r = pt_post(t, ROLE_PROJECT_LEADER, "/participants", "first_name=");
    CHECK(r->status == 422 && pt_has(r, "/participants?lang=ar"));
    r = pt_ask(t, STR(""), "GET", "/login?next=%2Fworkbook", NULL);
    CHECK(r->status == 200 && pt_has(r, "/login?next=%2Fworkbook&amp;lang=ar")); /* a visitor too */
}

int main(void)
{
    struct pt t = pt_start();
    t_other_lang(&t);
    t_origin(&t);
    t_twice(&t);
    t_unsure(&t);
    t_looks(&t);
    t_methods(&t);
    t_role(&t);
    t_cookies(&t);
    t_login_over(&t);
    t_ended(&t);
    pt_end(&t);
    return test_end();
}
