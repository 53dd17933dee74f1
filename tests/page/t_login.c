#include "page_test.h"
#include "service/login.h"

static void set_password(struct pt *t, enum role role, const char *password)
{
    struct str hash;
    PT_MUST(secret_password_hash(t->a, str_c(password), &hash));
    PT_MUST(account_set_password(t->db, t->who[role].account_id, hash));
}

/* A visitor's POST: the form token belongs to the visitor's cookie. */
static struct req *login(struct pt *t, const char *email, const char *password, const char *more)
{
    struct str cookie = STR("0123456789012345678901234567890123456789abc"), parts[2] = {STR("form"), cookie};
    struct str body = arena_fmt(t->a, "csrf=%.*s&email=%s&password=%s%s", STR_FMT(secret_hash_hex(t->a, arena_join(t->a, parts, 2, STR(":")))),
                                email, password, more);
    struct req *r = ARENA_NEW(t->a, struct req);
    PT_MUST(http_fake(t->a, "POST", "/login", arena_fmt(t->a, "sb_v=%.*s", STR_FMT(cookie)).p, body.p, r));
    r->now = t->now;
    app_inline(t->db, false, r);
    pt_keep(t, r);
    return r;
}

static bool sets_cookie(const struct req *r, const char *start)
{
    for (size_t i = 0; i < r->n_out; i++)
        if (str_is(r->out[i].k, "Set-Cookie") && str_starts(r->out[i].v, str_c(start)))
            return true;
    return false;
}

int main(void)
{
    struct pt t = pt_start();
    set_password(&t, ROLE_MENTOR, "riktig-passord-1");

    struct req *r = pt_ask(&t, STR(""), "GET", "/", NULL);
    CHECK(pt_went(r, "/login")); /* a stranger is asked to log in */
    r = pt_ask(&t, STR(""), "GET", "/login", NULL);
    CHECK(r->status == 200 && pt_has(r, "E-post") && pt_has(r, "Passord") && pt_has(r, "Logg inn"));
    CHECK(sets_cookie(r, "sb_v="));

    r = login(&t, "mentor%40example.no", "helt-feil", "");
    CHECK(r->status == 422 && pt_has(r, "E-post eller passord er feil"));
    CHECK(pt_has(r, "value=\"mentor@example.no\"")); /* what was typed is kept */
    CHECK(!pt_has(r, "helt-feil"));                  /* but never the password */
    struct req *unknown = login(&t, "finnes-ikke%40example.no", "helt-feil", "");
    CHECK(unknown->status == 422 && pt_has(unknown, "E-post eller passord er feil")); /* the same answer for no such account */
    r = login(&t, "mentor%40example.no", "riktig-passord-1", "&next=%2Fworkbook");
    CHECK(pt_went(r, "/workbook"));
    CHECK(sets_cookie(r, "sb="));
    r = login(&t, "mentor%40example.no", "riktig-passord-1", "&next=%2F%2Fevil.example");
    CHECK(pt_went(r, "/")); /* no open redirect */
    r = login(&t, "mentor%40example.no", "riktig-passord-1", "&next=%2F%5Cevil.example");
    CHECK(pt_went(r, "/"));

    for (int i = 0; i < 6; i++)
        r = login(&t, "mentor%40example.no", "helt-feil", "");
    r = login(&t, "mentor%40example.no", "riktig-passord-1", "");
    CHECK_INT(r->status, 429); /* slowed down, and told how long */
    CHECK(pt_has(r, "Vent "));
    t.now += 20000;
    r = login(&t, "mentor%40example.no", "riktig-passord-1", "");
    CHECK(pt_went(r, "/"));

    r = pt_ask(&t, STR(""), "POST", "/login", "email=mentor%40example.no&password=riktig-passord-1");
    CHECK_INT(r->status, 403); /* no form token */
    r = pt_get(&t, ROLE_MENTOR, "/account");
    CHECK(r->status == 200 && pt_has(r, "Her er du logget inn"));
    r = pt_ask(&t, t.who[ROLE_MENTOR].token, "POST", "/logout", "csrf=wrong");
    CHECK_INT(r->status, 403);
    r = pt_post(&t, ROLE_MENTOR, "/logout", "");
    CHECK(pt_went(r, "/login"));
    r = pt_get(&t, ROLE_MENTOR, "/");
    CHECK(pt_went(r, "/login")); /* the session is gone */
    for (enum role role = ROLE_ADMINISTRATOR; role < ROLE_MENTOR; role++)
        CHECK_INT(pt_get(&t, role, "/")->status, 200);
    r = pt_get(&t, ROLE_ADVISER, "/nothing-here");
    CHECK(r->status == 404 && pt_has(r, "Vi finner ikke siden"));
    r = pt_post(&t, ROLE_ADVISER, "/", "");
    CHECK_INT(r->status, 405);
    pt_end(&t);
    return test_end();
}
