#include "service/login.h"
#include "base/secret.h"
#include "model/login.h"
#include "model/participant.h"
#include "service/letter.h"
#include "service/login_rules.h"
#include "service/slow.h"
#include "service/log.h"

#include <arpa/inet.h>

static enum err slow_of(struct ctx *c, const struct login_try *t, int64_t account_id, struct slow *s)
{
    bool known = false;
    if (t->device.n) /* also for account 0: the work shall be the same for an account that does not exist */
        TRY(device_known(c->db, c->a, secret_hash_hex(c->a, t->device), account_id, &known));
    *s = (struct slow){0};
    if (known) {
        slow_add(c, s, THROTTLE_DEVICE, "d:", t->device, t->email);
        return OK;
    }
    slow_add(c, s, THROTTLE_PAIR, "p:", t->email, t->network);
    slow_add(c, s, THROTTLE_ACCOUNT, "a:", t->email, STR(""));
    slow_add(c, s, THROTTLE_NETWORK, "n:", t->network, STR(""));
    return OK;
}

enum err login_check(struct ctx *c, const struct login_try *t, struct login_checked *out)
{
    struct account_row acc = {0};
    enum err e = account_by_email(c->db, c->a, t->email, &acc);
    if (e && e != ERR_NOT_FOUND)
        return e;
    struct slow s;
    struct login_checked got = {.account_id = acc.disabled_at ? 0 : acc.id};
    TRY(slow_of(c, t, got.account_id, &s));
    TRY(slow_wait(c, &s, &got.wait_ms));
    if (got.wait_ms == 0)
        got.right = secret_password_ok(got.account_id ? acc.password_hash : STR(""), t->password) && got.account_id != 0;
    *out = got;
    return OK;
}

enum err login_failed(struct ctx *c, const struct login_try *t, const struct login_checked *seen)
{
    struct slow s;
    TRY(slow_of(c, t, seen->account_id, &s));
    TRY(slow_count(c, &s, NULL));
    return log_login(c, seen->account_id, "password", "failed");
}

enum err login_forgive(struct ctx *c, const struct login_try *t, int64_t account_id)
{
    struct slow s;
    TRY(slow_of(c, t, account_id, &s));
    return slow_forgive(c, &s);
}

enum err login_open(struct ctx *c, int64_t account_id, const struct login_from *from, int64_t factor_at, struct login_opened *out)
{
    struct role_row *roles;
    size_t n;
    TRY(role_of_account(c->db, c->a, account_id, c->now, &roles, &n));
    if (n == 0)
        return ERR_DENIED;
    struct login_opened got = {.token = secret_token(c->a), .account_id = account_id, .shared = from->shared};
    struct session_row s = {.token_hash = secret_hash_hex(c->a, got.token), .account_id = account_id,
                            .account_role_id = roles[0].id, .created_at = c->now, .seen_at = c->now,
                            .expires_at = c->now + (from->shared ? LOGIN_SHARED_MS : LOGIN_SESSION_MS), .agent = from->agent,
                            .method = from->method, .factor_at = factor_at, .shared = from->shared};
    TRY(session_insert(c->db, &s, &got.session_id));
    if (!from->shared) {
        got.device = from->device.n ? from->device : secret_token(c->a);
        TRY(device_remember(c->db, secret_hash_hex(c->a, got.device), account_id, c->now));
    }
    *out = got;
    return log_login(c, account_id, arena_cstr(c->a, from->method), "");
}

enum err login_begin(struct ctx *c, int64_t account_id, const struct login_from *from, struct login_begun *out)
{
    struct account_row acc;
    struct totp_row totp = {0};
    struct login_begun got = {0};
    TRY(account_get(c->db, c->a, account_id, &acc));
    if (acc.disabled_at)
        return ERR_DENIED;
    enum err e = totp_get(c->db, c->a, account_id, &totp);
    if (e && e != ERR_NOT_FOUND)
        return e;
    if (from->strong || !totp.confirmed_at) {
        TRY(login_open(c, account_id, from, from->strong ? c->now : 0, &got.opened));
        *out = got;
        return OK;
    }
    got.step = secret_token(c->a);
    struct login_step_row step = {.token_hash = secret_hash_hex(c->a, got.step), .account_id = account_id, .method = from->method,
                                  .next = from->next, .shared = from->shared, .expires_at = c->now + LOGIN_STEP_MS};
    TRY(login_step_insert(c->db, &step));
    *out = got;
    return OK;
}

enum err login_event(struct ctx *c, int64_t account_id, const char *kind, const char *outcome)
{
    struct role_row *roles;
    size_t n;
    struct participant_row person = {0};
    bool code = str_starts(str_c(kind), STR("login.")); /* stands in the person's history; what people do with their own account does not */
    TRY(role_of_account(c->db, c->a, account_id, c->now, &roles, &n));
    if (!n)
        return OK;
    enum err e = participant_by_account(c->db, c->a, account_id, &person);
    if (e && e != ERR_NOT_FOUND)
        return e;
    struct actor me = {.account_id = account_id, .organisation_id = roles[0].organisation_id, .role = role_of(roles[0].role)};
    const struct actor *before = c->actor;
    c->actor = &me;
    e = event_add(c, (struct event){.organisation_id = roles[0].organisation_id, .kind = kind, .subject_id = account_id, .outcome = outcome,
                                    .participant_id = person.organisation_id == roles[0].organisation_id && code ? person.id : 0});
    c->actor = before;
    return e;
}

enum err login_tell(struct ctx *c, int64_t account_id, const char *subject, const char *words)
{
    struct account_row acc;
    struct role_row *roles;
    size_t n;
    TRY(account_get(c->db, c->a, account_id, &acc));
    TRY(role_of_account(c->db, c->a, account_id, c->now, &roles, &n));
    if (!n)
        return OK;
    struct letter l = letter_to(c, acc.lang, acc.name);
    letter_say(&l, words);
    letter_say(&l, N_("Var det deg? Da trenger du ikke gjøre noe."));
    letter_link(&l, N_("Var det ikke deg? Bytt passord med en gang, og avslutt alle innlogginger:"), "/account");
    return letter_send(&l, (struct mail){.organisation_id = roles[0].organisation_id, .kind = "login", .email = acc.email,
                                         .subject = letter_subject(&l, subject, STR(""))});
}

enum err login_leave(struct ctx *c, int64_t session_id)
{
    enum err e = session_id ? login_end(c, session_id) : OK;
    return e == ERR_CONFLICT ? OK : e; /* it has ended meanwhile */
}

enum err login_end(struct ctx *c, int64_t session_id)
{
    TRY(may(c, ACT_ACCOUNT_SELF, REL_SELF));
    news_of(c, 0, NEWS_ACCESS);
    TRY(session_end(c->db, session_id, c->actor->account_id));
    return log_login(c, c->actor->account_id, "session", "ended");
}

enum err login_end_others(struct ctx *c, int64_t but_session_id)
{
    TRY(may(c, ACT_ACCOUNT_SELF, REL_SELF));
    news_of(c, 0, NEWS_ACCESS);
    return session_end_others(c->db, c->actor->account_id, but_session_id);
}

enum err login_switch(struct ctx *c, int64_t session_id, int64_t account_role_id)
{
    TRY(may(c, ACT_ACCOUNT_SELF, REL_SELF));
    news_of(c, 0, NEWS_ACCESS);
    return session_set_role(c->db, session_id, c->actor->account_id, account_role_id, c->now);
}

enum err login_open_sessions(struct ctx *c, int64_t account_id, struct session_row **rows, size_t *n)
{
    struct session_row *all;
    size_t n_all, kept = 0;
    TRY(session_of_account(c->db, c->a, account_id, c->now, c->now - (int64_t)LOGIN_IDLE_MOST_MIN * 60000 - LOGIN_TOUCH_MS, &all, &n_all));
    for (size_t i = 0; i < n_all; i++)
        if (login_alive(&all[i], c->now))
            all[kept++] = all[i];
    *rows = all;
    *n = kept;
    return OK;
}

enum err login_sessions(struct ctx *c, struct session_row **rows, size_t *n)
{
    TRY(may(c, ACT_ACCOUNT_SELF, REL_SELF));
    return login_open_sessions(c, c->actor->account_id, rows, n);
}

enum err login_stay(struct ctx *c, int64_t session_id)
{
    TRY(may(c, ACT_ACCOUNT_SELF, REL_SELF));
    return session_touch(c->db, session_id, c->now);
}

enum err login_renew(struct ctx *c, int64_t session_id, int64_t factor_at, struct str *token)
{
    TRY(may(c, ACT_ACCOUNT_SELF, REL_SELF));
    struct str anew = secret_token(c->a);
    TRY(session_renew(c->db, session_id, secret_hash_hex(c->a, anew), factor_at));
    news_of(c, 0, NEWS_ACCESS);
    *token = anew;
    return OK;
}

struct str login_network(struct arena *a, struct str peer)
{
    unsigned char b[16] = {0};
    char text[INET6_ADDRSTRLEN];
    if (peer.n >= sizeof text)
        return peer;
    memcpy(text, peer.p, peer.n);
    text[peer.n] = '\0';
    static const unsigned char mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    if (inet_pton(AF_INET, text, b + 12) == 1 || (inet_pton(AF_INET6, text, b) == 1 && !memcmp(b, mapped, sizeof mapped)))
        return arena_fmt(a, "%d.%d.%d", b[12], b[13], b[14]);
    if (inet_pton(AF_INET6, text, b) == 1)
        return arena_fmt(a, "%02x%02x:%02x%02x:%02x%02x:%02x", b[0], b[1], b[2], b[3], b[4], b[5], b[6]);
    return peer;
}

static bool has(struct str s, const char *word)
{
    size_t n = strlen(word);
    for (size_t i = 0; i + n <= s.n; i++)
        if (!memcmp(s.p + i, word, n))
            return true;
    return false;
}

struct str login_agent(struct arena *a, struct str ua)
{
    const char *browser = has(ua, "Edg/")      ? "Edge"
                          : has(ua, "Firefox/") ? "Firefox"
                          : has(ua, "Chrome/")  ? "Chrome"
                          : has(ua, "Safari/")  ? "Safari"
                                                : "";
    const char *on = has(ua, "iPhone")     ? "iPhone"
                     : has(ua, "iPad")     ? "iPad"
                     : has(ua, "Android")  ? "Android"
                     : has(ua, "Windows")  ? "Windows"
                     : has(ua, "Mac OS X") ? "Mac"
                     : has(ua, "Linux")    ? "Linux"
                                           : "";
    if (!*browser || !*on)
        return arena_str(a, str_c(*browser ? browser : on));
    return arena_fmt(a, "%s, %s", browser, on);
}

struct actor session_actor(const struct session_row *s)
{
    struct actor actor = {.account_id = s->account_id, .organisation_id = s->organisation_id, .account_role_id = s->account_role_id,
                          .role = role_of(s->role), .name = s->name};
    actor.participant_id = actor.role == ROLE_TRAINEE ? s->participant_id : 0;
    actor.mentor_id = actor.role == ROLE_MENTOR ? s->mentor_id : 0;
    actor.unbound = (actor.mentor_id || actor.role == ROLE_SUPERVISOR) && !s->promised_at;
    actor.half = login_factor_due(s);
    return actor;
}
