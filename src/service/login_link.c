#include "service/login_link.h"
#include "base/secret.h"
#include "service/letter.h"
#include "service/login_rules.h"
#include "service/slow.h"

/* May an account with these roles log in by a link? One role of staff is enough for no. */
static enum err may_have(struct ctx *c, const struct role_row *roles, size_t n, bool *yes)
{
    *yes = n > 0;
    for (size_t i = 0; i < n; i++) {
        enum role role = role_of(roles[i].role);
        struct login_rules rules;
        TRY(login_rules_of(c, roles[i].organisation_id, &rules));
        if ((ROLES_STAFF & ROLE_BIT(role)) || (role == ROLE_TRAINEE && !rules.link_trainee))
            *yes = false;
    }
    return OK;
}

enum err login_link_ask(struct ctx *c, struct str email, struct str network, bool shared, struct str *browser)
{
    struct slow s = {0};
    struct account_row acc = {.email = email};
    struct role_row *roles;
    size_t n;
    int64_t wait;
    bool yes;
    slow_add(c, &s, THROTTLE_ASK, "lp:", email, network); /* others cannot ask so often that the owner gets none */
    slow_add(c, &s, THROTTLE_FACTOR, "la:", email, STR(""));
    slow_add(c, &s, THROTTLE_NETWORK, "ln:", network, STR(""));
    TRY(slow_wait(c, &s, &wait));
    TRY(slow_count(c, &s, NULL));
    enum err e = account_by_email(c->db, c->a, email, &acc);
    if (e && e != ERR_NOT_FOUND)
        return e;
    TRY(role_of_account(c->db, c->a, acc.id, c->now, &roles, &n));
    TRY(may_have(c, roles, n, &yes));
    yes = yes && !acc.disabled_at && wait <= 0;
    struct str token = secret_token(c->a), cookie = secret_token(c->a);
    struct login_link_row l = {.token_hash = secret_hash_hex(c->a, token), .browser_hash = secret_hash_hex(c->a, cookie),
                               .account_id = yes ? acc.id : 0, .shared = shared, .created_at = c->now, .expires_at = c->now + LOGIN_LINK_MS};
    TRY(login_link_insert(c->db, &l));
    struct letter m = letter_to(c, acc.lang, acc.name);
    letter_say(&m, N_("Her er lenken du ba om."));
    letter_link(&m, N_("Åpne den i nettleseren du ba om den i, og trykk på knappen:"), "/login/link/%.*s", STR_FMT(token));
    letter_say(&m, N_("Lenken virker én gang, i et kvarter. Den er bare til deg. Ikke send den videre."));
    letter_say(&m, N_("Har du ikke bedt om noen lenke? Da trenger du ikke gjøre noe. Uten lenken kommer ingen inn."));
    struct str subject = letter_subject(&m, N_("Lenke til innlogging"), STR(""));
    if (yes)
        TRY(letter_send(&m, (struct mail){.organisation_id = roles[0].organisation_id, .kind = "login", .email = acc.email, .subject = subject}));
    *browser = cookie;
    return OK;
}

static enum err find(struct ctx *c, struct str token, struct str browser, struct login_link *out, struct login_link_row *row)
{
    struct login_link_row l;
    struct login_link got = {.state = LOGIN_LINK_NONE};
    enum err e = token.n == SECRET_TOKEN_CHARS ? login_link_find(c->db, c->a, secret_hash_hex(c->a, token), &l) : ERR_NOT_FOUND;
    if (e && e != ERR_NOT_FOUND)
        return e;
    if (!e && l.account_id) {
        bool here = browser.n == SECRET_TOKEN_CHARS && secret_eq(secret_hash_hex(c->a, browser), l.browser_hash);
        got.shared = l.shared;
        got.state = l.used_at               ? LOGIN_LINK_USED
                    : l.expires_at <= c->now ? LOGIN_LINK_OLD
                    : here                   ? LOGIN_LINK_OPEN
                                             : LOGIN_LINK_ELSEWHERE;
        *row = l;
    }
    *out = got;
    return OK;
}

enum err login_link_look(struct ctx *c, struct str token, struct str browser, struct login_link *out)
{
    struct login_link_row row;
    return find(c, token, browser, out, &row);
}

enum err login_link_take(struct ctx *c, struct str token, struct str browser, struct login_link *out, int64_t *account_id)
{
    struct login_link_row row;
    struct role_row *roles;
    size_t n;
    bool yes;
    TRY(find(c, token, browser, out, &row));
    if (out->state != LOGIN_LINK_OPEN)
        return ERR_STATE;
    TRY(role_of_account(c->db, c->a, row.account_id, c->now, &roles, &n));
    TRY(may_have(c, roles, n, &yes)); /* a role of staff since it was asked for */
    if (!yes)
        return ERR_STATE;
    TRY(login_link_use(c->db, row.token_hash, c->now));
    TRY(login_link_void(c->db, row.account_id, c->now));
    *account_id = row.account_id;
    return OK;
}
