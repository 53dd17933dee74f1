/* Links by mail, codes from staff, changing the password, shared computers, the idle end; fixation, theft, reuse, forged forms. */
#include "login_test.h"
#include "model/participant.h"
#include "service/login.h"
#include "service/login_code.h"
#include "service/login_link.h"
#include "service/login_rules.h"
#include <stdlib.h>
#include <time.h>

static const char *link_in(struct pt *t, const struct outbox_row *m)
{
    const char *at = memmem(m->body.p, m->body.n, "/login/link/", 12);
    return at ? arena_str(t->a, (struct str){at, strcspn(at, "?\n ")}).p : "/login/link/none";
}

static const char *ask_link(struct pt *t, struct browser *b, const char *email, bool mailed)
{
    struct outbox_row *rows;
    size_t before = mails(t, &rows);
    (void)visit(b, "/login/link");
    CHECK(pt_went(submit(b, "/login/link", arena_fmt(t->a, "email=%s", email).p), "/login/link"));
    size_t after = mails(t, &rows);
    CHECK_INT(after, before + mailed);
    return mailed && after > before ? link_in(t, &rows[0]) : "/login/link/none";
}

static void t_link(struct pt *t)
{
    struct browser b = {.t = t}, other = {.t = t};
    const char *path = ask_link(t, &b, "mentor%40example.no", true);
    struct req *r = visit(&b, path);
    CHECK(r->status == 200 && pt_has(r, "Logg meg inn"));
    CHECK(!jar_get(&b, "sb").n); /* opening it does nothing */
    r = visit(&other, path);
    CHECK(r->status == 403 && pt_has(r, "i den nettleseren der du ba om den"));
    r = submit(&other, path, "x=1"); /* stolen from the mail */
    CHECK(r->status == 403 && !jar_get(&other, "sb").n);
    CHECK_INT(browse(&b, "POST", path, NULL)->status, 403); /* without the form's token */
    CHECK_INT(visit(&b, path)->status, 200);               /* still good where it was asked for */
    r = submit(&b, path, "x=1");
    CHECK(pt_went(r, "/") && jar_get(&b, "sb").n == SECRET_TOKEN_CHARS);
    CHECK(pt_has(visit(&b, "/account"), "Med lenke på e-post"));
    struct browser same = b;
    jar_put(&same, STR("sb"), STR(""));
    r = visit(&same, path);
    CHECK(r->status == 410 && pt_has(r, "Lenken er brukt"));

    struct browser late = {.t = t};
    path = ask_link(t, &late, "mentor%40example.no", true);
    t->now += LOGIN_LINK_MS + 1;
    r = submit(&late, path, "x=1");
    CHECK(r->status == 410 && pt_has(r, "gått ut") && !jar_get(&late, "sb").n);
    struct browser two = {.t = t};
    const char *first = ask_link(t, &two, "mentor%40example.no", true);
    const char *second = ask_link(t, &two, "mentor%40example.no", true);
    CHECK_INT(visit(&two, first)->status, 403); /* the last asking has the cookie */
    (void)ask_link(t, &two, "mentor%40example.no", false); /* asked often: nothing is sent, and nothing said */
    struct browser owner = {.t = t, .network = "198.51.100.9"}; /* a stranger who asks does not stop the owner, nor end the owner's link */
    const char *mine = ask_link(t, &owner, "mentor%40example.no", true);
    t->now += 3600000;
    second = ask_link(t, &two, "mentor%40example.no", true);
    CHECK_INT(visit(&owner, mine)->status, 410); /* an hour old */
    mine = ask_link(t, &owner, "mentor%40example.no", true);
    CHECK_INT(visit(&two, second)->status, 200);
    CHECK(pt_went(submit(&two, second, "x=1"), "/"));
    CHECK_INT(visit(&owner, mine)->status, 410); /* one that was used ends the others */
    CHECK_INT(visit(&two, "/login/link/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")->status, 404);

    /* Who gets none: staff, trainees, nobody; the answer says nothing. */
    struct browser s = {.t = t};
    (void)ask_link(t, &s, "adviser%40example.no", false);
    (void)ask_link(t, &s, "trainee%40example.no", false);
    (void)ask_link(t, &s, "ukjent%40example.no", false);
    struct setting_row yes = {.organisation_id = t->organisation_id, .key = STR("login.link_trainee"), .value = STR("1")};
    PT_MUST(setting_put(t->db, &yes));
    (void)ask_link(t, &s, "trainee%40example.no", true);
}

/* Known and unknown addresses: the same answer, byte for byte but for what is random. */
static void t_same_answer(struct pt *t)
{
    static const char *const who[] = {"mentor%40example.no", "ukjent2%40example.no", "adviser%40example.no"};
    struct str bodies[3], cookies[3];
    for (int i = 0; i < 3; i++) {
        struct browser b = {.t = t};
        (void)visit(&b, "/login/link");
        struct req *r = submit(&b, "/login/link", arena_fmt(t->a, "email=%s", who[i]).p);
        CHECK_INT(r->status, 303);
        cookies[i] = jar_get(&b, "sb_k");
        CHECK_INT(cookies[i].n, SECRET_TOKEN_CHARS);
        r = visit(&b, "/login/link?sent=1");
        CHECK_INT(r->status, 200);
        bodies[i] = body_of(r);
    }
    CHECK_INT(bodies[0].n, bodies[1].n);
    CHECK_INT(bodies[0].n, bodies[2].n);
    CHECK(!str_eq(cookies[0], cookies[1]));
}

static int by_size(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

/* How long each takes; shown, not judged. */
static void t_same_time(struct pt *t)
{
    enum { N = 300 };
    static int64_t took[2][N];
    struct actor nobody = {0};
    for (int i = 0; i < 2 * N; i++) {
        struct ctx c = {.a = t->a, .db = t->db, .actor = &nobody, .now = t->now += 3600000, .base_url = STR("http://localhost")};
        struct str cookie;
        struct timespec from, to;
        clock_gettime(CLOCK_MONOTONIC, &from);
        struct db_tx tx = {0};
        PT_MUST(db_begin(t->db, &tx));
        PT_MUST(login_link_ask(&c, i % 2 ? STR("mentor@example.no") : STR("ukjent@example.no"), STR("192.0.2"), false, &cookie));
        PT_MUST(db_commit(&tx));
        clock_gettime(CLOCK_MONOTONIC, &to);
        took[i % 2][i / 2] = (to.tv_sec - from.tv_sec) * 1000000 + (to.tv_nsec - from.tv_nsec) / 1000;
    }
    qsort(took[0], N, sizeof took[0][0], by_size);
    qsort(took[1], N, sizeof took[1][0], by_size);
    printf("# asking for a link takes %lld us (unknown address), %lld us (known), the middle of %d\n", (long long)took[0][N / 2],
           (long long)took[1][N / 2], N);
}

static int64_t person(struct pt *t, const char *reference, const char *email, int64_t account_id, int stage)
{
    struct participant_row p = {.organisation_id = t->organisation_id, .reference = str_c(reference), .first_name = STR("Amal"), .last_name = STR("Haddad"),
                                .email = str_c(email), .lang = STR("nb"), .experience_years = -1, .created_at = t->now, .updated_at = t->now,
                                .stage = stage, .adviser_id = t->who[ROLE_ADVISER].account_id};
    int64_t id;
    PT_MUST(participant_insert(t->db, t->a, &p, &id));
    if (account_id)
        PT_MUST(participant_set_account(t->db, id, account_id));
    return id;
}

static void t_code(struct pt *t)
{
    struct outbox_row *rows;
    int64_t id = person(t, "K-1", "", 0, INTAKE_INVITED), listed = person(t, "K-2", "", 0, INTAKE_LISTED);
    const char *path = arena_fmt(t->a, "/participants/%lld/login-code", (long long)id).p;
    struct pt_person stranger = pt_add(t, ROLE_ADVISER, "annen@example.no", "Annen Rådgiver");
    struct pt_person leader = pt_add(t, ROLE_PROJECT_LEADER, "leder3@example.no", "Test Leder"), adviser = t->who[ROLE_ADVISER];
    adviser.token = secret_token(t->a);
    struct role_row *roles;
    size_t n_roles;
    PT_MUST(role_of_account(t->db, t->a, adviser.account_id, t->now, &roles, &n_roles));
    struct session_row fresh = {.token_hash = secret_hash_hex(t->a, adviser.token), .account_id = adviser.account_id, .account_role_id = roles[0].id,
                                .created_at = t->now, .seen_at = t->now, .expires_at = t->now + 36000000, .method = STR("password")};
    int64_t session_id;
    PT_MUST(session_insert(t->db, &fresh, &session_id));

    CHECK_INT(pt_post_as(t, stranger, path, "")->status, 404); /* not one of the own */
    CHECK_INT(pt_post_as(t, leader, arena_fmt(t->a, "/participants/%lld/login-code", (long long)listed).p, "")->status, 409); /* not invited */
    CHECK(pt_has(pt_get_as(t, adviser, path), "Lag en kode"));
    struct req *r = pt_post_as(t, adviser, path, "");
    CHECK_INT(r->status, 200);
    struct str code = between(t, body_of(r), "id=\"login-code\" dir=\"ltr\">", "<"), name = between(t, body_of(r), "id=\"login-name\">", "<");
    CHECK_INT(code.n, 14);
    CHECK(str_ends(name, STR("@sb.invalid")));
    r = pt_get_as(t, adviser, path);
    CHECK(!pt_has(r, code.p) && pt_has(r, "Laget")); /* shown once */

    struct browser b = {.t = t};
    (void)visit(&b, "/login/code");
    r = submit(&b, "/login/code", "code=ABCD-EFGH-JKMN");
    CHECK(r->status == 422 && pt_has(r, "Koden er feil, brukt eller for gammel"));
    r = submit(&b, "/login/code", "code=");
    CHECK(r->status == 422 && pt_has(r, "Skriv koden"));
    r = submit(&b, "/login/code", arena_fmt(t->a, "code=%.*s", STR_FMT(code)).p);
    CHECK(pt_went(r, "/account/password"));
    r = visit(&b, "/account/password");
    CHECK(r->status == 200 && pt_has(r, "Lag et passord") && pt_has(r, name.p));
    r = submit(&b, "/account/password", "password=haddad-1999-x&again=haddad-1999-x");
    CHECK(r->status == 422 && pt_has(r, "Ikke bruk navnet ditt"));
    r = submit(&b, "/account/password", "password=tre+kjekke+geiter&again=tre+kjekke+geiter");
    CHECK(pt_went(r, "/"));
    r = visit(&b, "/account");
    CHECK(r->status == 200 && pt_has(r, "Koder som ansatte har laget til deg") && pt_has(r, "Brukt"));
    struct browser again = {.t = t};
    (void)visit(&again, "/login/code");
    CHECK_INT(submit(&again, "/login/code", arena_fmt(t->a, "code=%.*s", STR_FMT(code)).p)->status, 422); /* once */
    CHECK(pt_went(log_in(&again, arena_fmt(t->a, "%.*s%%40sb.invalid", 6, name.p).p, "tre+kjekke+geiter", ""), "/"));
    size_t n = mails(t, &rows);
    for (size_t i = 0; i < n; i++)
        CHECK(!str_ends(rows[i].to_email, STR("sb.invalid"))); /* nothing is sent to nowhere */

    struct event_row *events;
    size_t n_events, made = 0, used = 0;
    PT_MUST(event_of_participant(t->db, t->a, id, 50, &events, &n_events));
    for (size_t i = 0; i < n_events; i++) {
        made += str_is(events[i].kind, "login.code_made") && events[i].account_id == adviser.account_id;
        used += str_is(events[i].kind, "login.code_used") && events[i].account_id != adviser.account_id;
    }
    CHECK_INT(made, 1);
    CHECK_INT(used, 1);

    /* With an address: the person is told by mail, of the code and of its use. A newer code ends the older. Ten tries. A week. */
    int64_t with = person(t, "K-3", "trainee@example.no", t->who[ROLE_TRAINEE].account_id, INTAKE_ADMITTED);
    path = arena_fmt(t->a, "/participants/%lld/login-code", (long long)with).p;
    size_t before = mails(t, &rows);
    struct str old = between(t, body_of(pt_post_as(t, leader, path, "")), "id=\"login-code\" dir=\"ltr\">", "<");
    CHECK_INT(mails(t, &rows), before + 1);
    CHECK(str_is(rows[0].to_email, "trainee@example.no"));
    code = between(t, body_of(pt_post_as(t, leader, path, "")), "id=\"login-code\" dir=\"ltr\">", "<");
    struct browser c = {.t = t};
    (void)visit(&c, "/login/code");
    CHECK_INT(submit(&c, "/login/code", arena_fmt(t->a, "code=%.*s", STR_FMT(old)).p)->status, 422);
    for (int i = 0; i < LOGIN_CODE_TRIES; i++) {
        t->now += 3600000 / 10;
        CHECK_INT(submit(&c, "/login/code", arena_fmt(t->a, "code=%.*s-ABCD-EFGH", 4, code.p).p)->status, 422);
    }
    CHECK_INT(submit(&c, "/login/code", arena_fmt(t->a, "code=%.*s", STR_FMT(code)).p)->status, 422);
    code = between(t, body_of(pt_post_as(t, leader, path, "")), "id=\"login-code\" dir=\"ltr\">", "<");
    if (!code.n) { /* the leader has been idle too long meanwhile */
        leader = pt_add(t, ROLE_PROJECT_LEADER, "leder4@example.no", "Test Leder");
        code = between(t, body_of(pt_post_as(t, leader, path, "")), "id=\"login-code\" dir=\"ltr\">", "<");
    }
    t->now += LOGIN_CODE_DAYS * (int64_t)86400000 + 1;
    (void)visit(&c, "/login/code");
    CHECK_INT(submit(&c, "/login/code", arena_fmt(t->a, "code=%.*s", STR_FMT(code)).p)->status, 422);
    leader = pt_add(t, ROLE_PROJECT_LEADER, "leder5@example.no", "Test Leder");
    code = between(t, body_of(pt_post_as(t, leader, path, "")), "id=\"login-code\" dir=\"ltr\">", "<");
    before = mails(t, &rows);
    CHECK(pt_went(submit(&c, "/login/code", arena_fmt(t->a, "code=%.*s", STR_FMT(code)).p), "/account/password"));
    CHECK_INT(mails(t, &rows), before + 1);
}

static void t_password(struct pt *t)
{
    struct browser b = {.t = t}, elsewhere = {.t = t};
    has_password(t, t->who[ROLE_MENTOR].account_id, "riktig-passord-1");
    CHECK(pt_went(log_in(&elsewhere, "mentor%40example.no", "riktig-passord-1", ""), "/"));
    CHECK(pt_went(log_in(&b, "mentor%40example.no", "riktig-passord-1", ""), "/"));
    struct req *r = visit(&b, "/account/password");
    CHECK(pt_has(r, "Passordet du har nå"));
    r = submit(&b, "/account/password", "old=feil&password=grønn+traktor+i+regn&again=grønn+traktor+i+regn");
    CHECK(r->status == 422 && pt_has(r, "Passordet er feil"));
    r = submit(&b, "/account/password", "password=grønn+traktor+i+regn&again=grønn+traktor+i+regn");
    CHECK(r->status == 422 && pt_has(r, "Skriv passordet ditt"));
    r = submit(&b, "/account/password", "old=riktig-passord-1&password=Sommer2026!&again=Sommer2026!");
    CHECK(r->status == 422 && pt_has(r, "lett å gjette"));
    r = submit(&b, "/account/password", "old=riktig-passord-1&password=traktor+i+regn&again=traktor+i+snø");
    CHECK(r->status == 422 && pt_has(r, "ikke like"));
    struct str before = jar_get(&b, "sb");
    r = submit(&b, "/account/password", "old=riktig-passord-1&password=traktor+i+regn&again=traktor+i+regn");
    CHECK(pt_went(r, "/account"));
    CHECK(!str_eq(jar_get(&b, "sb"), before));
    CHECK_INT(visit(&b, "/account")->status, 200);
    CHECK(pt_went(visit(&elsewhere, "/account"), "/login")); /* other sessions end */
    struct browser c = {.t = t};
    CHECK_INT(log_in(&c, "mentor%40example.no", "riktig-passord-1", "")->status, 422);
    CHECK(pt_went(log_in(&c, "mentor%40example.no", "traktor+i+regn", ""), "/"));
}

static bool said(const struct req *r, const char *name, const char *start)
{
    for (size_t i = 0; i < r->n_out; i++)
        if (str_is(r->out[i].k, name) && str_starts(r->out[i].v, str_c(start)))
            return true;
    return false;
}

static void t_shared(struct pt *t)
{
    struct browser b = {.t = t};
    has_password(t, t->who[ROLE_MENTOR].account_id, "riktig-passord-1");
    struct req *r = log_in(&b, "mentor%40example.no", "riktig-passord-1", "&shared=1");
    CHECK(pt_went(r, "/"));
    CHECK(!jar_get(&b, "sb_d").n && jar_get(&b, "sb_s").n); /* not remembered as a known device */
    for (size_t i = 0; i < r->n_out; i++) /* until the browser is closed */
        if (str_is(r->out[i].k, "Set-Cookie") && str_starts(r->out[i].v, STR("sb=")))
            CHECK(!memmem(r->out[i].v.p, r->out[i].v.n, "Max-Age", 7));
    r = visit(&b, "/account");
    CHECK(pt_has(r, "data-idle=\"900\"") && pt_has(r, "data-shared") && pt_has(r, "Delt maskin"));
    t->now += 15 * 60000;
    CHECK_INT(visit(&b, "/account")->status, 200);
    t->now += 17 * 60000;
    r = visit(&b, "/account");
    CHECK(pt_went(r, "/login"));
    CHECK(said(r, "Clear-Site-Data", "\"cache\", \"storage\"") && !jar_get(&b, "sb_s").n); /* left without logging out */
    CHECK(!said(visit(&b, "/login"), "Clear-Site-Data", "")); /* once */
    CHECK(pt_went(log_in(&b, "mentor%40example.no", "riktig-passord-1", "&shared=1"), "/"));
    for (int i = 0; i < 11; i++) {
        t->now += 11 * 60000;
        if (i < 10)
            CHECK_INT(visit(&b, "/account")->status, 200);
        if (i < 10)
            CHECK_INT(submit(&b, "/account/stay", "x=1")->status, 200);
    }
    CHECK(pt_went(visit(&b, "/account"), "/login")); /* two hours at most */
    CHECK(pt_went(log_in(&b, "mentor%40example.no", "riktig-passord-1", ""), "/"));
    CHECK(jar_get(&b, "sb_d").n == SECRET_TOKEN_CHARS);
}

static void t_stay(struct pt *t)
{
    struct browser b = {.t = t};
    CHECK(pt_went(log_in(&b, "mentor%40example.no", "riktig-passord-1", ""), "/"));
    struct req *r = visit(&b, "/account");
    CHECK(pt_has(r, "data-idle=\"7200\""));
    t->now += 7000000; /* 1 h 56 min */
    r = submit(&b, "/account/stay", "look=1");
    CHECK(r->status == 200 && pt_has(r, "{\"left\":260}"));
    t->now += 100000;
    r = submit(&b, "/account/stay", "look=1");
    CHECK(pt_has(r, "{\"left\":160}")); /* looking does not prolong */
    r = submit(&b, "/account/stay", "x=1");
    CHECK(pt_has(r, "{\"left\":7200}"));
    t->now += 7200000;
    CHECK_INT(submit(&b, "/account/stay", "look=1")->status, 200);
    t->now += 61000;
    CHECK_INT(submit(&b, "/account/stay", "look=1")->status, 403); /* over: asked to log in */
}

/* A session id that somebody planted before is nobody's after; forms without their token do nothing. */
static void t_fixation(struct pt *t)
{
    struct browser b = {.t = t};
    struct str planted = STR("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    jar_put(&b, STR("sb"), planted);
    jar_put(&b, STR("sb_l"), planted);
    jar_put(&b, STR("sb_k"), planted);
    CHECK(pt_went(log_in(&b, "mentor%40example.no", "riktig-passord-1", ""), "/"));
    CHECK(!str_eq(jar_get(&b, "sb"), planted));
    struct browser thief = {.t = t};
    jar_put(&thief, STR("sb"), planted);
    CHECK(pt_went(visit(&thief, "/account"), "/login"));
    static const char *const forms[] = {"/login", "/login/step", "/login/link", "/login/code", "/account/stay", "/account/password",
                                        "/account/code/start", "/account/code/confirm", "/account/code/prove", "/account/code/recovery",
                                        "/account/code/off", "/participants/1/login-code", "/settings/login", "/users/1/factor/off"};
    for (size_t i = 0; i < COUNT(forms); i++)
        for (enum role role = ROLE_ADMINISTRATOR; role < ROLE_N; role++) {
            struct pt_person who = pt_add(t, role, arena_fmt(t->a, "f%zu-%d@example.no", i, (int)role).p, "Test Testesen");
            struct req *r = pt_ask(t, who.token, "POST", forms[i], "csrf=0000000000000000000000000000000000000000000000000000000000000000&x=1");
            if (r->status != 403)
                printf("# %s as %s: %d\n", forms[i], role_code(role), r->status);
            CHECK_INT(r->status, 403);
        }
}

/* Ten thousand guesses from everywhere against one account: no hit, and the owner on the usual device gets in at once. */
static void t_ten_thousand(struct pt *t)
{
    struct browser own = {.t = t};
    CHECK(pt_went(log_in(&own, "mentor%40example.no", "riktig-passord-1", ""), "/"));
    CHECK(jar_get(&own, "sb_d").n == SECRET_TOKEN_CHARS);
    jar_put(&own, STR("sb"), STR(""));
    struct browser b[8];
    int64_t looked = 0, hits = 0, began = t->now;
    for (size_t i = 0; i < COUNT(b); i++) {
        b[i] = (struct browser){.t = t, .network = arena_fmt(t->a, "203.0.%zu.9", i).p};
        (void)visit(&b[i], "/login");
    }
    for (int i = 0; i < 10000; i++) {
        t->now += 200; /* five a second */
        /* The last one is right: it comes while the account makes strangers wait. */
        struct browser *who = &b[i % 8];
        struct req *r = submit(who, "/login", arena_fmt(t->a, "email=mentor%%40example.no&password=%s%d", i == 9999 ? "riktig-passord-" : "gjett-", i == 9999 ? 1 : i).p);
        hits += r->status == 303;
        looked += r->status != 429;
    }
    CHECK_INT(hits, 0);
    printf("# %lld of 10000 guesses in %lld s were looked at\n", (long long)looked, (long long)(t->now - began) / 1000);
    CHECK(looked < 300);
    CHECK(pt_went(log_in(&own, "mentor%40example.no", "riktig-passord-1", ""), "/"));
    struct browser anew = {.t = t, .network = "198.51.100.1"}; /* the owner on a new device: a minute at most */
    t->now += 60001;
    CHECK(pt_went(log_in(&anew, "mentor%40example.no", "riktig-passord-1", ""), "/"));
}

int main(void)
{
    struct pt t = pt_start();
    t_link(&t);
    t_same_answer(&t);
    t_same_time(&t);
    t_code(&t);
    t_password(&t);
    t_shared(&t);
    t_stay(&t);
    t_fixation(&t);
    t_ten_thousand(&t);
    pt_end(&t);
    return test_end();
}
