#include "service/login.h"
#include "base/secret.h"
#include "domain/throttle.h"

#include <arpa/inet.h>

static struct str key_of(struct arena *a, const char *kind, struct str x, struct str y)
{
    struct str parts[3] = {str_c(kind), x, y};
    return arena_fmt(a, "%s%.*s", kind, STR_FMT(secret_hash_hex(a, arena_join(a, parts, 3, STR("|")))));
}

struct keys { /* the counters one attempt is under */
    struct str key[3];
    enum throttle_kind kinds[3];
    size_t n;
};

static enum err keys_of(struct ctx *c, const struct login_try *t, int64_t account_id, struct keys *k)
{
    bool known = false;
    if (t->device.n) /* also for account 0: the work shall be the same for an account that does not exist */
        TRY(device_known(c->db, c->a, secret_hash_hex(c->a, t->device), account_id, &known));
    *k = (struct keys){0};
    if (known) {
        k->key[k->n] = key_of(c->a, "d:", t->device, t->email);
        k->kinds[k->n++] = THROTTLE_DEVICE;
        return OK;
    }
    k->key[k->n] = key_of(c->a, "p:", t->email, t->network);
    k->kinds[k->n++] = THROTTLE_PAIR;
    k->key[k->n] = key_of(c->a, "a:", t->email, STR(""));
    k->kinds[k->n++] = THROTTLE_ACCOUNT;
    k->key[k->n] = key_of(c->a, "n:", t->network, STR(""));
    k->kinds[k->n++] = THROTTLE_NETWORK;
    return OK;
}

enum err login_check(struct ctx *c, const struct login_try *t, struct login_checked *out)
{
    struct account_row acc = {0};
    enum err e = account_by_email(c->db, c->a, t->email, &acc);
    if (e && e != ERR_NOT_FOUND)
        return e;
    struct keys k;
    struct login_checked got = {.account_id = acc.disabled_at ? 0 : acc.id};
    TRY(keys_of(c, t, got.account_id, &k));
    for (size_t i = 0; i < k.n; i++) {
        struct throttle_row row;
        TRY(throttle_get(c->db, c->a, k.key[i], &row));
        if (row.until_at - c->now > got.wait_ms)
            got.wait_ms = row.until_at - c->now;
    }
    if (got.wait_ms == 0)
        got.right = secret_password_ok(got.account_id ? acc.password_hash : STR(""), t->password) && got.account_id != 0;
    *out = got;
    return OK;
}

enum err login_failed(struct ctx *c, const struct login_try *t, const struct login_checked *seen)
{
    struct keys k;
    TRY(keys_of(c, t, seen->account_id, &k));
    for (size_t i = 0; i < k.n; i++) {
        struct throttle_row row;
        TRY(throttle_get(c->db, c->a, k.key[i], &row));
        row.failures = throttle_remembered(k.kinds[i], row.failures, c->now - row.seen_at) + 1;
        row.seen_at = c->now;
        row.until_at = c->now + throttle_delay_ms(k.kinds[i], row.failures);
        TRY(throttle_put(c->db, &row));
    }
    return OK;
}

enum err login_forgive(struct ctx *c, const struct login_try *t, int64_t account_id)
{
    struct keys k;
    TRY(keys_of(c, t, account_id, &k));
    for (size_t i = 0; i < k.n; i++)
        if (k.kinds[i] != THROTTLE_NETWORK)
            TRY(throttle_clear(c->db, k.key[i]));
    return OK;
}

enum err login_open(struct ctx *c, int64_t account_id, struct str agent, struct str device, struct login_opened *out)
{
    struct role_row *roles;
    size_t n;
    TRY(role_of_account(c->db, c->a, account_id, c->now, &roles, &n));
    if (n == 0)
        return ERR_DENIED;
    struct login_opened got = {.token = secret_token(c->a), .device = device.n ? device : secret_token(c->a),
                               .account_id = account_id};
    struct session_row s = {.token_hash = secret_hash_hex(c->a, got.token), .account_id = account_id,
                            .account_role_id = roles[0].id, .created_at = c->now, .seen_at = c->now,
                            .expires_at = c->now + LOGIN_SESSION_MS, .agent = agent};
    int64_t id;
    TRY(session_insert(c->db, &s, &id));
    TRY(device_remember(c->db, secret_hash_hex(c->a, got.device), account_id, c->now));
    *out = got;
    return OK;
}

enum err login_leave(struct ctx *c, int64_t session_id)
{
    enum err e = session_id ? login_end(c, session_id) : OK;
    return e == ERR_CONFLICT ? OK : e; /* it has ended meanwhile */
}

enum err login_end(struct ctx *c, int64_t session_id)
{
    TRY(may(c, ACT_ACCOUNT_SELF, REL_SELF));
    return session_end(c->db, session_id, c->actor->account_id);
}

enum err login_end_others(struct ctx *c, int64_t but_session_id)
{
    TRY(may(c, ACT_ACCOUNT_SELF, REL_SELF));
    return session_end_others(c->db, c->actor->account_id, but_session_id);
}

enum err login_switch(struct ctx *c, int64_t session_id, int64_t account_role_id)
{
    TRY(may(c, ACT_ACCOUNT_SELF, REL_SELF));
    return session_set_role(c->db, session_id, c->actor->account_id, account_role_id, c->now);
}

enum err login_sessions(struct ctx *c, struct session_row **rows, size_t *n)
{
    TRY(may(c, ACT_ACCOUNT_SELF, REL_SELF));
    return session_of_account(c->db, c->a, c->actor->account_id, c->now, c->now - LOGIN_IDLE_MS, rows, n);
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
