#include "service/own_password.h"
#include "base/secret.h"
#include "service/slow.h"

enum err own_password_look(struct ctx *c, const struct session_row *s, struct own_password *out)
{
    struct account_row acc;
    TRY(may(c, ACT_ACCOUNT_SELF, REL_SELF));
    TRY(account_get(c->db, c->a, c->actor->account_id, &acc));
    bool by_code = str_is(s->method, "code") && s->created_at + PASSWORD_FRESH_MS > c->now;
    *out = (struct own_password){.email = acc.email, .name = acc.name, .first = !acc.password_hash.n,
                                 .asks_old = acc.password_hash.n && !by_code};
    return OK;
}

static void slow_of(struct ctx *c, struct slow *s)
{
    slow_add(c, s, THROTTLE_DEVICE, "o:", arena_fmt(c->a, "%lld", (long long)c->actor->account_id), STR(""));
}

enum err own_password_check(struct ctx *c, struct str old, bool *right, int64_t *wait_ms)
{
    struct account_row acc;
    struct slow s = {0};
    TRY(may(c, ACT_ACCOUNT_SELF, REL_SELF));
    TRY(account_get(c->db, c->a, c->actor->account_id, &acc));
    slow_of(c, &s);
    TRY(slow_wait(c, &s, wait_ms));
    *right = *wait_ms <= 0 && secret_password_ok(acc.password_hash, old);
    return OK;
}

enum err own_password_failed(struct ctx *c)
{
    struct slow s = {0};
    TRY(may(c, ACT_ACCOUNT_SELF, REL_SELF));
    slow_of(c, &s);
    return slow_count(c, &s, NULL);
}

enum err own_password_set(struct ctx *c, const struct session_row *s, struct str hash, struct str *token)
{
    struct slow slow = {0};
    int64_t me = c->actor->account_id;
    TRY(may(c, ACT_ACCOUNT_SELF, REL_SELF));
    TRY(account_set_password(c->db, me, hash));
    TRY(session_end_others(c->db, me, s->id));
    slow_of(c, &slow);
    TRY(slow_forgive(c, &slow));
    TRY(login_renew(c, s->id, s->factor_at, token));
    TRY(login_event(c, me, "account.password_changed", ""));
    return login_tell(c, me, N_("Passordet ditt er byttet"), N_("Passordet til kontoen din er byttet. Du er logget ut alle andre steder."));
}
