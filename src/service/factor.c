#include "service/factor.h"
#include "service/relation.h"
#include "base/secret.h"
#include "base/vault.h"
#include "domain/totp.h"
#include "model/user.h"
#include "service/login_rules.h"
#include "service/slow.h"

static const char seal[] = "totp", paper[] = "recovery";

static struct str paper_hash(struct ctx *c, int64_t account_id, struct str code)
{
    return vault_mac_hex(c->a, paper, arena_fmt(c->a, "%lld:%.*s", (long long)account_id, STR_FMT(code)));
}

/* ERR_NOT_FOUND: none. */
static enum err load(struct ctx *c, int64_t account_id, struct totp_row *t, struct bytes *secret)
{
    TRY(totp_get(c->db, c->a, account_id, t));
    return vault_open(c->a, seal, account_id, t->secret, secret) ? ERR_INTERNAL : OK; /* another key than it was sealed with */
}

enum err factor_has(struct ctx *c, int64_t account_id, bool *on)
{
    struct totp_row t = {0};
    enum err e = totp_get(c->db, c->a, account_id, &t);
    *on = t.confirmed_at != 0;
    return e == ERR_NOT_FOUND ? OK : e;
}

enum err factor_look(struct ctx *c, struct factor *out)
{
    struct account_row acc;
    struct organisation_row o;
    struct login_rules rules;
    struct totp_row t = {0};
    struct bytes secret = {0};
    struct factor f = {0};
    int64_t me = c->actor->account_id;
    TRY(may(c, ACT_ACCOUNT_SELF, REL_SELF));
    TRY(account_get(c->db, c->a, me, &acc));
    TRY(login_rules_of(c, c->actor->organisation_id, &rules));
    f.required = rules.factor_staff && (ROLES_STAFF & ROLE_BIT(c->actor->role));
    f.has_password = acc.password_hash.n > 0;
    enum err e = load(c, me, &t, &secret);
    if (e && e != ERR_NOT_FOUND)
        return e;
    f.on = !e && t.confirmed_at;
    f.since = t.confirmed_at;
    if (f.on) {
        TRY(recovery_left(c->db, c->a, me, &f.recovery_left));
    } else if (!e) {
        TRY(organisation_get(c->db, c->a, c->actor->organisation_id, &o));
        f.secret = totp_base32(c->a, secret);
        f.uri = totp_uri(c->a, secret, STR("Springbrett"), acc.email);
    }
    *out = f;
    return OK;
}

enum err factor_start(struct ctx *c)
{
    unsigned char raw[TOTP_SECRET_BYTES];
    int64_t me = c->actor->account_id;
    TRY(may(c, ACT_ACCOUNT_SELF, REL_SELF));
    secret_random(raw, sizeof raw);
    struct totp_row t = {.account_id = me, .created_at = c->now, .secret = vault_seal(c->a, seal, me, (struct bytes){raw, sizeof raw})};
    enum err e = totp_put(c->db, &t);
    return e == ERR_CONFLICT ? ERR_STATE : e;
}

/* ---- is this code right? */

static enum err slow_of(struct ctx *c, int64_t account_id, const struct factor_try *t, struct slow *s)
{
    struct str who = arena_fmt(c->a, "%lld", (long long)account_id);
    bool known = false;
    *s = (struct slow){0};
    if (t->device.n)
        TRY(device_known(c->db, c->a, secret_hash_hex(c->a, t->device), account_id, &known));
    if (known) {
        slow_add(c, s, THROTTLE_DEVICE, "fd:", t->device, who);
        return OK;
    }
    slow_add(c, s, THROTTLE_PAIR, "fp:", who, t->network);
    slow_add(c, s, THROTTLE_FACTOR, "fa:", who, STR(""));
    return OK;
}

/* A code of the app, or one of the paper; both are good once. */
static enum err right(struct ctx *c, int64_t account_id, struct str typed, bool *by_recovery, bool *ok)
{
    struct totp_row t;
    struct bytes secret;
    int64_t step;
    enum err e;
    TRY(load(c, account_id, &t, &secret));
    *by_recovery = false;
    if (totp_fits(secret, typed, c->now, t.last_step, &step)) {
        e = totp_take(c->db, account_id, step);
    } else {
        struct str code = secret_typed(c->a, typed);
        *by_recovery = true;
        e = t.confirmed_at && code.n == FACTOR_RECOVERY_CHARS ? recovery_use(c->db, account_id, paper_hash(c, account_id, code), c->now)
                                                              : ERR_CONFLICT;
    }
    *ok = e == OK;
    return e == ERR_CONFLICT ? OK : e;
}

/* The same with the counting of failures. The tenth wrong one in a row: somebody else may know the password. */
static enum err judge(struct ctx *c, int64_t account_id, const struct factor_try *t, struct factor_answer *out)
{
    struct slow s;
    bool ok;
    int64_t most;
    TRY(slow_of(c, account_id, t, &s));
    TRY(slow_wait(c, &s, &out->wait_ms));
    if (out->wait_ms > 0) {
        out->said = FACTOR_WAIT;
        return OK;
    }
    TRY(right(c, account_id, t->code, &out->by_recovery, &ok));
    out->said = ok ? FACTOR_RIGHT : FACTOR_WRONG;
    if (ok) {
        TRY(slow_forgive(c, &s));
        return out->by_recovery ? login_event(c, account_id, "account.recovery_used", "") : OK;
    }
    TRY(slow_count(c, &s, &most));
    return most == FACTOR_WARN_AT ? login_tell(c, account_id, N_("Mange feil engangskoder"),
                                               N_("Noen har skrevet mange feil engangskoder for kontoen din. Den som gjorde det, kan passordet ditt."))
                                  : OK;
}

/* ---- the own account */

static enum err new_recovery(struct ctx *c, struct factor_answer *out)
{
    int64_t me = c->actor->account_id;
    TRY(recovery_clear(c->db, me));
    for (size_t i = 0; i < FACTOR_RECOVERY; i++) {
        struct str code = secret_readable(c->a, FACTOR_RECOVERY_CHARS);
        TRY(recovery_put(c->db, me, paper_hash(c, me, code)));
        out->recovery[i] = secret_groups(c->a, code, '-');
    }
    return OK;
}

static enum err is_on(struct ctx *c, bool want)
{
    struct totp_row t;
    TRY(may(c, ACT_ACCOUNT_SELF, REL_SELF));
    enum err e = totp_get(c->db, c->a, c->actor->account_id, &t);
    if (e && e != ERR_NOT_FOUND)
        return e;
    return e || (t.confirmed_at != 0) != want ? ERR_STATE : OK;
}

enum err factor_confirm(struct ctx *c, const struct factor_try *t, struct factor_answer *out)
{
    struct factor_answer a = {0};
    int64_t me = c->actor->account_id;
    TRY(is_on(c, false));
    TRY(judge(c, me, t, &a));
    if (a.said == FACTOR_RIGHT) {
        TRY(totp_confirm(c->db, me, c->now));
        TRY(new_recovery(c, &a));
        TRY(session_end_others(c->db, me, t->session_id)); /* they began without a code */
        TRY(login_renew(c, t->session_id, c->now, &a.token));
        TRY(login_event(c, me, "account.factor_on", ""));
        TRY(login_tell(c, me, N_("Engangskoder er slått på"), N_("Engangskoder er slått på for kontoen din. Fra nå av trenger du både passord og kode.")));
    }
    *out = a;
    return OK;
}

enum err factor_prove(struct ctx *c, const struct factor_try *t, struct factor_answer *out)
{
    struct factor_answer a = {0};
    TRY(is_on(c, true));
    TRY(judge(c, c->actor->account_id, t, &a));
    if (a.said == FACTOR_RIGHT)
        TRY(login_renew(c, t->session_id, c->now, &a.token));
    *out = a;
    return OK;
}

enum err factor_recover(struct ctx *c, const struct factor_try *t, struct factor_answer *out)
{
    struct factor_answer a = {0};
    TRY(is_on(c, true));
    TRY(judge(c, c->actor->account_id, t, &a));
    if (a.said == FACTOR_RIGHT) {
        TRY(new_recovery(c, &a));
        TRY(login_renew(c, t->session_id, c->now, &a.token));
        TRY(login_event(c, c->actor->account_id, "account.recovery_new", ""));
    }
    *out = a;
    return OK;
}

enum err factor_off(struct ctx *c, const struct factor_try *t, struct factor_answer *out)
{
    struct factor_answer a = {0};
    struct factor f;
    int64_t me = c->actor->account_id;
    TRY(is_on(c, true));
    TRY(factor_look(c, &f));
    if (f.required)
        return ERR_DENIED;
    TRY(judge(c, me, t, &a));
    if (a.said == FACTOR_RIGHT) {
        TRY(totp_remove(c->db, me));
        TRY(login_renew(c, t->session_id, 0, &a.token));
        TRY(login_event(c, me, "account.factor_off", ""));
        TRY(login_tell(c, me, N_("Engangskoder er slått av"), N_("Engangskoder er slått av for kontoen din. Nå trengs bare passordet.")));
    }
    *out = a;
    return OK;
}

enum err factor_reset(struct ctx *c, int64_t account_id)
{
    struct user_row u;
    bool on;
    TRY(may(c, ACT_ACCOUNT_ADMIN, rel_org(c, c->actor->organisation_id)));
    TRY(user_get(c->db, c->a, c->actor->organisation_id, c->now, account_id, viewer_of(c), &u));
    TRY(factor_has(c, account_id, &on));
    if (!on || account_id == c->actor->account_id)
        return ERR_STATE;
    TRY(totp_remove(c->db, account_id));
    TRY(session_end_others(c->db, account_id, 0));
    news_of(c, 0, NEWS_ACCESS);
    TRY(event_add(c, (struct event){.organisation_id = c->actor->organisation_id, .subject_id = account_id, .kind = "user.factor_off"}));
    return login_tell(c, account_id, N_("Engangskoder er slått av"),
                      N_("En administrator har slått av engangskoder for kontoen din. Du er logget ut overalt. Logg inn, og slå dem på igjen."));
}

/* ---- at login */

enum err factor_waits(struct ctx *c, struct str step, struct login_step_row *out)
{
    if (step.n != SECRET_TOKEN_CHARS)
        return ERR_NOT_FOUND;
    return login_step_find(c->db, c->a, secret_hash_hex(c->a, step), c->now, out);
}

enum err factor_enter(struct ctx *c, struct str step, const struct factor_try *t, struct str agent, struct factor_entry *out)
{
    struct login_step_row s;
    struct factor_entry got = {.answer.said = FACTOR_OVER};
    enum err e = factor_waits(c, step, &s);
    if (e == ERR_NOT_FOUND) {
        *out = got;
        return OK;
    }
    TRY(e);
    TRY(judge(c, s.account_id, t, &got.answer));
    if (got.answer.said == FACTOR_RIGHT) {
        struct login_from from = {.method = s.method, .agent = agent, .device = t->device, .next = s.next, .shared = s.shared};
        TRY(login_step_remove(c->db, s.token_hash));
        TRY(login_open(c, s.account_id, &from, c->now, &got.opened));
        got.next = s.next;
    } else if (got.answer.said == FACTOR_WRONG) {
        got.tries_over = s.tries + 1 >= FACTOR_TRIES;
        if (got.tries_over) {
            got.answer.said = FACTOR_OVER;
            TRY(login_step_remove(c->db, s.token_hash));
        } else {
            TRY(login_step_tried(c->db, s.token_hash));
        }
    }
    *out = got;
    return OK;
}
