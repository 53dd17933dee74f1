/* The second factor: set up, asked for at login, once each, recovery codes, limits, required of staff; and what a session is. */
#include "domain/totp.h"
#include "login_test.h"
#include "service/factor.h"
#include "service/login_rules.h"

/* What the app on the telephone shows now: the secret is read from the page, as a person types it. */
struct phone {
    unsigned char secret[TOTP_SECRET_BYTES];
};

static void read_secret(struct phone *ph, struct str base32)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    uint32_t bits = 0;
    int have = 0;
    size_t n = 0;
    for (size_t i = 0; i < base32.n; i++) {
        const char *at = base32.p[i] == ' ' ? NULL : strchr(letters, base32.p[i]);
        if (!at)
            continue;
        bits = bits << 5 | (uint32_t)(at - letters);
        have += 5;
        if (have >= 8 && n < sizeof ph->secret) {
            ph->secret[n++] = (unsigned char)(bits >> (have - 8));
            have -= 8;
        }
    }
    CHECK_INT(n, TOTP_SECRET_BYTES);
}

static const char *code_at(struct pt *t, const struct phone *ph, int64_t now)
{
    int code;
    PT_MUST(totp_code((struct bytes){ph->secret, sizeof ph->secret}, now / TOTP_STEP_MS, &code));
    return arena_fmt(t->a, "%06d", code).p;
}
static const char *wrong_code(struct pt *t, const struct phone *ph)
{
    int code;
    bool near;
    unsigned n = 0;
    do { /* none of the three that are good */
        near = false;
        for (int i = -1; i <= 1; i++) {
            PT_MUST(totp_code((struct bytes){ph->secret, sizeof ph->secret}, t->now / TOTP_STEP_MS + i, &code));
            near = near || code == (int)n;
        }
    } while (near && ++n);
    return arena_fmt(t->a, "%06u", n).p;
}

static struct req *say_code(struct browser *b, const char *path, const char *code)
{
    return submit(b, path, arena_fmt(b->t->a, "code=%s", code).p);
}

/* Sets it up for the mentor; the ten codes come back. */
static void set_up(struct pt *t, struct browser *b, struct phone *ph, struct str codes[FACTOR_RECOVERY])
{
    struct req *r = log_in(b, "mentor%40example.no", "riktig-passord-1", "");
    CHECK(pt_went(r, "/"));
    struct str before = jar_get(b, "sb");
    r = visit(b, "/account/code");
    CHECK(r->status == 200 && pt_has(r, "Slå på engangskoder"));
    CHECK(pt_went(submit(b, "/account/code/start", ""), "/account/code"));
    r = visit(b, "/account/code");
    CHECK(pt_has(r, "<svg") && pt_has(r, "fill=\"#000\""));
    read_secret(ph, between(t, body_of(r), "id=\"secret\" dir=\"ltr\">", "<"));
    r = say_code(b, "/account/code/confirm", wrong_code(t, ph));
    CHECK(r->status == 422 && pt_has(r, "Koden er feil"));
    CHECK(str_eq(jar_get(b, "sb"), before)); /* nothing has happened */
    r = say_code(b, "/account/code/confirm", code_at(t, ph, t->now));
    CHECK(r->status == 200 && pt_has(r, "Reservekoder"));
    CHECK(!str_eq(jar_get(b, "sb"), before)); /* stepped up: a new session id */
    struct str rest = body_of(r);
    for (size_t i = 0; i < FACTOR_RECOVERY; i++) {
        codes[i] = between(t, rest, "<li><code>", "</code>");
        CHECK_INT(codes[i].n, 14);
        const char *at = memmem(rest.p, rest.n, codes[i].p, codes[i].n);
        rest = at ? (struct str){at, rest.n - (size_t)(at - rest.p)} : STR("");
    }
    r = visit(b, "/account/code");
    CHECK(pt_has(r, "10 reservekoder igjen") && !pt_has(r, codes[0].p)); /* shown once */
}

static void t_two_steps(struct pt *t, struct phone *ph, struct str codes[FACTOR_RECOVERY])
{
    struct browser b = {.t = t};
    struct req *r = log_in(&b, "mentor%40example.no", "riktig-passord-1", "&next=%2Fmeetings");
    CHECK(pt_went(r, "/login/step"));
    CHECK(!jar_get(&b, "sb").n); /* half a login is no session */
    CHECK(jar_get(&b, "sb_l").n == SECRET_TOKEN_CHARS);
    CHECK(pt_went(visit(&b, "/account"), "/login"));
    CHECK(visit(&b, "/login/step")->status == 200);

    /* The code that set it up is taken; it is not good a second time. */
    r = say_code(&b, "/login/step", code_at(t, ph, t->now));
    CHECK(r->status == 422 && pt_has(r, "Koden er feil"));
    t->now += TOTP_STEP_MS;
    const char *code = code_at(t, ph, t->now);
    r = say_code(&b, "/login/step", code);
    CHECK(pt_went(r, "/meetings")); /* where the person wanted to go */
    CHECK(jar_get(&b, "sb").n == SECRET_TOKEN_CHARS && !jar_get(&b, "sb_l").n);
    r = visit(&b, "/account");
    CHECK(r->status == 200 && pt_has(r, "Med passord og engangskode"));

    /* The same code in another browser, within its half minute. */
    struct browser thief = {.t = t};
    CHECK(pt_went(log_in(&thief, "mentor%40example.no", "riktig-passord-1", ""), "/login/step"));
    CHECK_INT(say_code(&thief, "/login/step", code)->status, 422);
    CHECK_INT(say_code(&thief, "/login/step", "")->status, 422); /* nothing typed: not counted */
    /* A half login cannot be moved: without its cookie there is none. */
    struct browser other = {.t = t};
    (void)visit(&other, "/login");
    t->now += TOTP_STEP_MS;
    r = say_code(&other, "/login/step", code_at(t, ph, t->now));
    CHECK(r->status == 410 && !jar_get(&other, "sb").n);
    /* Ten minutes, then it is over. */
    t->now += 10 * 60000 + 1000;
    r = say_code(&thief, "/login/step", code_at(t, ph, t->now));
    CHECK(r->status == 410 && pt_has(r, "Det gikk for lang tid"));

    /* A recovery code, once, written as people write. */
    struct browser paper = {.t = t};
    CHECK(pt_went(log_in(&paper, "mentor%40example.no", "riktig-passord-1", ""), "/login/step"));
    char *lower = arena_alloc(t->a, codes[0].n + 1);
    for (size_t i = 0; i <= codes[0].n; i++)
        lower[i] = i == codes[0].n ? '\0' : codes[0].p[i] == '-' ? '+' : (char)(codes[0].p[i] >= 'A' ? codes[0].p[i] + 32 : codes[0].p[i]);
    r = submit(&paper, "/login/step", arena_fmt(t->a, "paper=%s", lower).p);
    CHECK(pt_went(r, "/"));
    CHECK(pt_has(visit(&paper, "/account/code"), "9 reservekoder igjen"));
    struct browser again = {.t = t};
    CHECK(pt_went(log_in(&again, "mentor%40example.no", "riktig-passord-1", ""), "/login/step"));
    r = submit(&again, "/login/step", arena_fmt(t->a, "paper=%s", lower).p);
    CHECK(r->status == 422 && pt_has(r, "feil eller brukt"));
}

/* Five tries of one half login; the owner's own device is not slowed by a stranger; a mail says that somebody knows the password. */
static void t_limits(struct pt *t, struct browser *own, struct phone *ph)
{
    struct browser b = {.t = t, .network = "203.0.113.7"};
    struct outbox_row *rows;
    size_t before = mails(t, &rows);
    CHECK(pt_went(log_in(&b, "mentor%40example.no", "riktig-passord-1", ""), "/login/step"));
    struct req *r = NULL;
    for (int i = 0; i < 4; i++)
        CHECK_INT(say_code(&b, "/login/step", wrong_code(t, ph))->status, 422);
    r = say_code(&b, "/login/step", wrong_code(t, ph));
    CHECK(r->status == 422 && pt_has(r, "for mange ganger"));
    r = say_code(&b, "/login/step", code_at(t, ph, t->now));
    CHECK_INT(r->status, 410); /* also the right one is too late */
    int hits = 0, waits = 0;
    for (int i = 0; i < 400; i++) {
        t->now += 1000;
        if (!jar_get(&b, "sb_l").n)
            (void)log_in(&b, "mentor%40example.no", "riktig-passord-1", "");
        r = say_code(&b, "/login/step", wrong_code(t, ph));
        hits += r->status == 303;
        waits += r->status == 429;
    }
    CHECK_INT(hits, 0);
    CHECK(waits > 300); /* slow */
    size_t after = mails(t, &rows);
    bool told = false;
    for (size_t i = 0; i < after; i++)
        told = told || str_is(rows[i].subject, "Springbrett: Mange feil engangskoder") || memmem(rows[i].subject.p, rows[i].subject.n, "Mange feil", 10);
    CHECK(after > before && told);
    t->now += TOTP_STEP_MS;
    CHECK(pt_went(log_in(own, "mentor%40example.no", "riktig-passord-1", ""), "/login/step"));
    CHECK(pt_went(say_code(own, "/login/step", code_at(t, ph, t->now)), "/"));
}

static void t_off(struct pt *t, struct browser *b, struct phone *ph)
{
    t->now += TOTP_STEP_MS;
    CHECK_INT(visit(b, "/account/code")->status, 200);
    struct req *r = submit(b, "/account/code/off", arena_fmt(t->a, "password=feil&code=%s", code_at(t, ph, t->now)).p);
    CHECK(r->status == 422 && pt_has(r, "Passordet er feil"));
    r = submit(b, "/account/code/off", arena_fmt(t->a, "password=riktig-passord-1&code=%s", wrong_code(t, ph)).p);
    CHECK(r->status == 422 && pt_has(r, "Koden er feil"));
    struct str before = jar_get(b, "sb");
    r = submit(b, "/account/code/recovery", arena_fmt(t->a, "code=%s", code_at(t, ph, t->now)).p);
    CHECK(r->status == 200 && pt_has(r, "<li><code>"));
    CHECK(!str_eq(jar_get(b, "sb"), before));
    CHECK(pt_has(visit(b, "/account/code"), "10 reservekoder igjen"));
    t->now += TOTP_STEP_MS;
    CHECK_INT(submit(b, "/account/code/off", arena_fmt(t->a, "code=%s", code_at(t, ph, t->now)).p)->status, 422); /* without the password */
    r = submit(b, "/account/code/off", arena_fmt(t->a, "password=riktig-passord-1&code=%s", code_at(t, ph, t->now)).p);
    CHECK(pt_went(r, "/account"));
    struct browser anew = {.t = t};
    CHECK(pt_went(log_in(&anew, "mentor%40example.no", "riktig-passord-1", ""), "/")); /* one step again */
}

/* Staff of an organisation that wants it: led to set it up, and nothing else until then. */
static void t_required(struct pt *t)
{
    struct phone ph;
    t->who[ROLE_ADMINISTRATOR] = pt_add(t, ROLE_ADMINISTRATOR, "admin2@example.no", "Test Testesen"); /* the first ones have been idle too long */
    t->who[ROLE_TRAINEE] = pt_add(t, ROLE_TRAINEE, "trainee2@example.no", "Test Prøvesen");
    t->who[ROLE_PROJECT_LEADER] = pt_add(t, ROLE_PROJECT_LEADER, "leader2@example.no", "Test Leder");
    has_password(t, t->who[ROLE_ADVISER].account_id, "riktig-passord-2");
    struct req *r = pt_get(t, ROLE_PROJECT_LEADER, "/settings/login");
    CHECK_INT(r->status, 403);
    r = pt_post(t, ROLE_ADMINISTRATOR, "/settings/login", "idle_staff=30");
    CHECK(r->status == 422); /* a choice is missing */
    r = pt_post(t, ROLE_ADMINISTRATOR, "/settings/login", "factor_staff=1&idle_staff=15&idle_others=60");
    CHECK(pt_went(r, "/settings"));
    CHECK(pt_went(pt_get(t, ROLE_ADMINISTRATOR, "/users"), "/account/code")); /* a session that began before, too */
    CHECK_INT(pt_get(t, ROLE_TRAINEE, "/")->status, 200);

    struct browser b = {.t = t};
    CHECK(pt_went(log_in(&b, "adviser%40example.no", "riktig-passord-2", ""), "/"));
    static const char *const closed[] = {"/", "/participants", "/account", "/account/password", "/trainees", "/documents", "/programme", "/participants/1"};
    for (size_t i = 0; i < COUNT(closed); i++)
        CHECK(pt_went(visit(&b, closed[i]), "/account/code"));
    r = visit(&b, "/account/code");
    CHECK(r->status == 200 && pt_has(r, "krever at ansatte"));
    CHECK(pt_went(submit(&b, "/participants/1/recommendation", "verdict=yes&reason=x"), "/account/code"));
    CHECK(pt_went(submit(&b, "/account/code/start", ""), "/account/code"));
    read_secret(&ph, between(t, body_of(visit(&b, "/account/code")), "id=\"secret\" dir=\"ltr\">", "<"));
    CHECK_INT(say_code(&b, "/account/code/confirm", code_at(t, &ph, t->now))->status, 200);
    CHECK_INT(visit(&b, "/participants")->status, 200);
    t->now += TOTP_STEP_MS;
    r = submit(&b, "/account/code/off", arena_fmt(t->a, "password=riktig-passord-2&code=%s", code_at(t, &ph, t->now)).p);
    CHECK_INT(r->status, 403); /* required: stays on */

    /* Lost telephone: an administrator with a code of the own turns it off. */
    CHECK(pt_went(pt_post(t, ROLE_ADMINISTRATOR, "/settings/login", "idle_staff=30&idle_others=120"), "/account/code"));
    struct setting_row off = {.organisation_id = t->organisation_id, .key = STR("login.factor_staff"), .value = STR("0")};
    PT_MUST(setting_put(t->db, &off));
    char path[80];
    snprintf(path, sizeof path, "/users/%lld/factor/off", (long long)t->who[ROLE_ADVISER].account_id);
    CHECK_INT(pt_post(t, ROLE_PROJECT_LEADER, path, "")->status, 403);
    r = pt_post(t, ROLE_ADMINISTRATOR, path, "");
    CHECK_INT(r->status, 303);
    CHECK(pt_went(visit(&b, "/participants"), "/login")); /* logged out everywhere */
    struct browser c = {.t = t};
    CHECK(pt_went(log_in(&c, "adviser%40example.no", "riktig-passord-2", ""), "/"));
}

/* The database alone gives no code, and no recovery code. */
static void t_at_rest(struct pt *t, const struct phone *ph)
{
    struct totp_row row;
    PT_MUST(totp_get(t->db, t->a, t->who[ROLE_MENTOR].account_id, &row));
    CHECK(!memmem(row.secret.p, row.secret.n, ph->secret, 8));
}

int main(void)
{
    struct pt t = pt_start();
    struct phone ph;
    struct str codes[FACTOR_RECOVERY];
    struct browser own = {.t = &t};
    t.now -= t.now % TOTP_STEP_MS;
    has_password(&t, t.who[ROLE_MENTOR].account_id, "riktig-passord-1");
    set_up(&t, &own, &ph, codes);
    t_at_rest(&t, &ph);
    t_two_steps(&t, &ph, codes);
    t_limits(&t, &own, &ph);
    t_off(&t, &own, &ph);
    t_required(&t);
    pt_end(&t);
    return test_end();
}
