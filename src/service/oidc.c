#include "service/oidc.h"
#include "base/buf.h"
#include "base/secret.h"
#include "base/vault.h"
#include "model/account.h"
#include "oidc/token.h"
#include "oidc/url.h"
#include "service/invitation.h"
#include "service/letter.h"


static struct str address(struct ctx *c, const struct oidc_conf *p, const char *end)
{
    return arena_fmt(c->a, "%.*s/login/oidc/%.*s/%s", STR_FMT(c->base_url), STR_FMT(p->name), end);
}

enum err oidc_roles(struct str codes, unsigned *bits)
{
    unsigned got = codes.n ? 0 : ROLES_ALL;
    while (codes.n) {
        enum role r = role_of(str_trim(str_cut(&codes, ',')));
        if (r == ROLE_NONE)
            return ERR_INVALID;
        got |= ROLE_BIT(r);
    }
    *bits = got;
    return OK;
}

/* ---- to the provider */

/* Languages that providers know, best first. */
static const char *locales(enum lang lang)
{
    static const char *const of[LANG_N] = {[LANG_NB] = "nb no en", [LANG_NN] = "nn nb no en", [LANG_EN] = "en nb", [LANG_AR] = "ar en nb"};
    return of[lang] ? of[lang] : "nb en";
}

static struct str authorization(struct ctx *c, const struct oidc_conf *p, const struct oidc_meta *m, const struct oidc_login_row *l, struct str state)
{
    CLEANUP(buf_free) struct buf b = {.max = 8192};
    buf_str(&b, m->authorization);
    oidc_url_add(&b, "response_type", STR("code"));
    oidc_url_add(&b, "client_id", p->client_id);
    oidc_url_add(&b, "redirect_uri", address(c, p, "callback"));
    oidc_url_add(&b, "scope", p->scope);
    oidc_url_add(&b, "state", state);
    oidc_url_add(&b, "nonce", l->nonce);
    oidc_url_add(&b, "code_challenge", oidc_challenge(c->a, l->verifier));
    oidc_url_add(&b, "code_challenge_method", STR("S256"));
    oidc_url_add(&b, "ui_locales", str_c(locales(c->lang)));
    if (p->acr_values.n)
        oidc_url_add(&b, "acr_values", p->acr_values);
    return b.bad ? STR("") : arena_str(c->a, buf_view(&b));
}

enum err oidc_go(struct ctx *c, struct oidc *o, size_t provider, const struct oidc_meta *m, const struct oidc_start *s, struct str *url)
{
    if (s->tie)
        TRY(may(c, ACT_ACCOUNT_SELF, REL_SELF));
    const struct oidc_conf *p = oidc_conf(o, provider);
    struct str state = secret_token(c->a);
    struct oidc_login_row l = {.state_hash = secret_hash_hex(c->a, state), .browser_hash = secret_hash_hex(c->a, s->browser), .provider = p->name,
                               .nonce = secret_token(c->a), .verifier = secret_token(c->a), .next = s->next, .shared = s->shared,
                               .account_id = s->tie ? c->actor->account_id : 0, .created_at = c->now, .expires_at = c->now + OIDC_LOGIN_MS};
    if (s->invitation.n)
        l.invitation = vault_seal(c->a, "oidc_invitation", 0, (struct bytes){(const uint8_t *)s->invitation.p, s->invitation.n});
    TRY(oidc_login_insert(c->db, &l));
    *url = authorization(c, p, m, &l, state);
    return url->n ? OK : ERR_INTERNAL;
}

/* ---- and back */

enum { STATE_CHARS = SECRET_TOKEN_CHARS, CODE_MAX = 4000 };

/* Did this browser begin this login, at this provider, a moment ago? */
static enum err find_login(struct ctx *c, const struct oidc_conf *p, const struct oidc_back *b, struct oidc_seen *s)
{
    s->why = "state";
    if (b->state.n != STATE_CHARS)
        return OK;
    enum err e = oidc_login_find(c->db, c->a, secret_hash_hex(c->a, b->state), &s->login);
    if (e)
        return e == ERR_NOT_FOUND ? OK : e;
    if (!str_eq(s->login.provider, p->name)) {
        s->why = "provider";
    } else if (!b->browser.n || !secret_eq(secret_hash_hex(c->a, b->browser), s->login.browser_hash)) {
        s->why = "browser";
    } else {
        s->ours = true;
        s->why = s->login.expires_at <= c->now ? "expired" : NULL;
    }
    return OK;
}

/* RFC 9207: the answer names who it is from, and it is whom we asked. */
static const char *check_issuer(const struct oidc_back *b, const struct oidc_meta *m)
{
    return b->iss.n ? (str_eq(b->iss, m->issuer) ? NULL : "iss_param") : m->iss_param ? "iss_param_missing" : NULL;
}

/* The rest of the way, for a login that is ours. Leaves a word in `why` when it ends too soon. */
static enum err redeem(struct ctx *c, struct oidc *o, size_t provider, const struct oidc_back *b, struct oidc_seen *s)
{
    struct oidc_meta m;
    TRY(oidc_meta(o, provider, c->a, &m, &s->why));
    s->end_session = m.end_session;
    s->cancelled = str_is(b->error, "access_denied");
    s->why = check_issuer(b, &m);
    if (!s->why && b->error.n)
        s->why = s->cancelled ? "cancelled" : "provider_error";
    if (!s->why && (!b->code.n || b->code.n > CODE_MAX))
        s->why = "code";
    if (s->why)
        return OK;
    struct oidc_code code = {.code = b->code, .verifier = s->login.verifier, .redirect_uri = address(c, oidc_conf(o, provider), "callback"),
                             .nonce = s->login.nonce};
    s->why = "internal";
    TRY(oidc_redeem(o, provider, c->a, c->now, &code, &s->claims, &s->id_token, &s->why));
    s->why = NULL;
    return OK;
}

enum err oidc_look(struct ctx *c, struct oidc *o, size_t provider, const struct oidc_back *b, struct oidc_seen *out)
{
    struct oidc_seen s = {0};
    TRY(find_login(c, oidc_conf(o, provider), b, &s));
    enum err e = s.why ? OK : redeem(c, o, provider, b, &s);
    if (e && !s.why)
        s.why = "internal";
    s.away = e == ERR_BUSY;
    *out = s;
    return OK;
}

/* ---- whose it is */

static struct str subject(struct ctx *c, const struct oidc_conf *p, const struct oidc_claims *k)
{
    const struct str parts[3] = {p->issuer, p->pid_claim.n ? STR("pid") : STR("sub"), p->pid_claim.n ? k->pid : k->sub};
    return vault_mac_hex(c->a, "identity", arena_join(c->a, parts, 3, STR("\n")));
}

static enum err tie(struct ctx *c, const struct oidc_conf *p, const struct oidc_seen *s, int64_t account_id)
{
    struct identity_row row = {.account_id = account_id, .issuer = p->issuer, .subject_hash = subject(c, p, &s->claims), .created_at = c->now,
                               .used_at = c->now};
    int64_t id;
    TRY(identity_insert(c->db, &row, &id));
    if (p->pid_claim.n && str_is(p->keep_pid, "yes"))
        TRY(identity_set_pid(c->db, id, vault_seal(c->a, "pid", id, (struct bytes){(const uint8_t *)s->claims.pid.p, s->claims.pid.n})));
    return OK;
}

/* Everybody who can log in in a new way shall know it, in case somebody else did it. */
static enum err tell(struct ctx *c, const struct oidc_conf *p)
{
    struct account_row acc;
    TRY(account_get(c->db, c->a, c->actor->account_id, &acc));
    TRY(event_add(c, (struct event){.organisation_id = c->actor->organisation_id, .kind = "account.identity_tied", .subject_id = acc.id}));
    struct letter l = letter_to(c, acc.lang, acc.name);
    letter_say1(&l, N_("Du kan nå logge inn med {1} også."), p->label);
    letter_say(&l, N_("Var det ikke du som gjorde dette? Logg inn, fjern det, og bytt passord."));
    letter_link(&l, N_("Her ser du hvordan du kan logge inn:"), "/account/oidc");
    return letter_send(&l, (struct mail){.organisation_id = c->actor->organisation_id, .kind = "account", .email = acc.email,
                                         .subject = letter_subject(&l, N_("Ny måte å logge inn på"), STR(""))});
}

/* May this account log in in this way today? Every role it has must be one that may, for the session can change between them. */
static enum err allowed(struct ctx *c, const struct oidc_conf *p, int64_t account_id, struct oidc_done *d)
{
    struct account_row acc;
    struct role_row *roles;
    size_t n;
    unsigned bits;
    TRY(account_get(c->db, c->a, account_id, &acc));
    TRY(role_of_account(c->db, c->a, account_id, c->now, &roles, &n));
    TRY(oidc_roles(p->roles, &bits));
    if (acc.disabled_at || n == 0)
        d->end = OIDC_UNKNOWN;
    for (size_t i = 0; d->end == OIDC_LOG_IN && i < n; i++)
        if (!(bits & ROLE_BIT(role_of(roles[i].role))))
            d->end = OIDC_NOT_FOR_ROLE;
    return OK;
}

/* Somebody who is logged in wants to log in this way, too. */
static enum err finish_tie(struct ctx *c, const struct oidc_conf *p, const struct oidc_seen *s, const struct identity_row *known, struct oidc_done *d)
{
    if (c->actor->account_id != s->login.account_id) {
        *d = (struct oidc_done){.end = OIDC_REFUSED, .why = "session"};
        return OK;
    }
    TRY(may(c, ACT_ACCOUNT_SELF, REL_SELF));
    *d = (struct oidc_done){.end = OIDC_LOG_IN, .account_id = c->actor->account_id, .next = s->login.next};
    TRY(allowed(c, p, c->actor->account_id, d));
    if (d->end != OIDC_LOG_IN)
        return OK;
    d->end = known->id && known->account_id != c->actor->account_id ? OIDC_OTHERS : OIDC_TIED;
    if (d->end == OIDC_OTHERS || known->id)
        return OK;
    TRY(tie(c, p, s, c->actor->account_id));
    return tell(c, p);
}

static enum role invited_as(const struct invitation *v)
{
    return v->kind == INVITE_PARTICIPANT ? ROLE_TRAINEE : v->kind == INVITE_MENTOR ? ROLE_MENTOR : role_of(v->link.role);
}

/* Somebody with an open invitation makes the account by this identity, without a password. */
static enum err finish_invitation(struct ctx *c, const struct oidc_conf *p, const struct oidc_seen *s, const struct identity_row *known,
                                  struct oidc_done *d)
{
    struct bytes token;
    struct invitation v;
    unsigned bits;
    *d = (struct oidc_done){.end = OIDC_LINK_CLOSED};
    if (vault_open(c->a, "oidc_invitation", 0, s->login.invitation, &token) != OK)
        return OK;
    enum err e = invitation_look(c, (struct str){(const char *)token.p, token.n}, &v);
    if (e == ERR_NOT_FOUND || (!e && (v.state != INVITATION_OPEN || v.kind == NEW_PASSWORD)))
        return OK;
    TRY(e);
    TRY(oidc_roles(p->roles, &bits));
    d->end = !(bits & ROLE_BIT(invited_as(&v)))                                                  ? OIDC_NOT_FOR_ROLE
             : known->id && known->account_id != v.account_id                                    ? OIDC_OTHERS
             : !known->id && v.account_id && c->actor->account_id != v.account_id                ? OIDC_HAS_ACCOUNT
                                                                                                 : OIDC_LOG_IN;
    if (d->end == OIDC_LOG_IN && v.account_id)
        TRY(allowed(c, p, v.account_id, d));
    if (d->end != OIDC_LOG_IN)
        return OK;
    TRY(invitation_accept(c, &v, STR(""), &d->account_id));
    if (!known->id)
        TRY(tie(c, p, s, d->account_id));
    d->welcome = true;
    d->next = v.kind == INVITE_PARTICIPANT ? STR("/application") : STR("/");
    return OK;
}

enum err oidc_in(struct ctx *c, struct oidc *o, size_t provider, const struct oidc_seen *s, struct oidc_done *out)
{
    const struct oidc_conf *p = oidc_conf(o, provider);
    struct oidc_done d = {.end = OIDC_REFUSED, .why = s->why};
    if (s->ours) {
        enum err e = oidc_login_use(c->db, s->login.state_hash);
        if (e == ERR_CONFLICT)
            d.why = "state"; /* another answer with it was faster */
        else
            TRY(e);
    }
    if (d.why) {
        *out = d;
        return OK;
    }
    struct identity_row known = {0};
    enum err e = identity_find(c->db, c->a, p->issuer, subject(c, p, &s->claims), &known);
    if (e && e != ERR_NOT_FOUND)
        return e;
    if (s->login.account_id) {
        TRY(finish_tie(c, p, s, &known, &d));
    } else if (s->login.invitation.n) {
        TRY(finish_invitation(c, p, s, &known, &d));
    } else if (!known.id) {
        d.end = OIDC_UNKNOWN;
    } else {
        d = (struct oidc_done){.end = OIDC_LOG_IN, .account_id = known.account_id, .next = s->login.next};
        TRY(allowed(c, p, known.account_id, &d));
    }
    if (known.id && (d.end == OIDC_LOG_IN || d.end == OIDC_TIED))
        TRY(identity_used(c->db, known.id, c->now));
    *out = d;
    return OK;
}

/* ---- the end of sessions */

enum err oidc_keep(struct ctx *c, struct oidc *o, size_t provider, const struct oidc_seen *s, int64_t session_id)
{
    const struct oidc_conf *p = oidc_conf(o, provider);
    struct oidc_session_row row = {.session_id = session_id, .issuer = p->issuer, .provider = p->name,
                                   .sid_hash = s->claims.sid.n ? secret_hash_hex(c->a, s->claims.sid) : STR(""), .end_session = s->end_session,
                                   .id_token = vault_seal(c->a, "id_token", session_id,
                                                          (struct bytes){(const uint8_t *)s->id_token.p, s->id_token.n})};
    return oidc_session_insert(c->db, &row);
}

static struct oidc_leave leave(struct ctx *c, const struct oidc_conf *p, struct str url, struct str id_token)
{
    const struct str back[2] = {c->base_url, STR("/login")};
    return (struct oidc_leave){.url = url, .id_token = id_token, .client_id = p->client_id, .back = arena_join(c->a, back, 2, STR("")),
                               .label = p->label};
}

struct oidc_leave oidc_leave_now(struct ctx *c, const struct oidc *o, size_t provider, const struct oidc_seen *s)
{
    return s->id_token.n ? leave(c, oidc_conf(o, provider), s->end_session, s->id_token) : (struct oidc_leave){0};
}

enum err oidc_leave_of(struct ctx *c, const struct oidc *o, int64_t session_id, struct oidc_leave *out)
{
    TRY(may(c, ACT_ACCOUNT_SELF, REL_SELF));
    struct oidc_session_row row;
    struct bytes token;
    size_t i;
    *out = (struct oidc_leave){0};
    enum err e = oidc_session_get(c->db, c->a, session_id, &row);
    if (e)
        return e == ERR_NOT_FOUND ? OK : e;
    if (oidc_find(o, row.provider, &i) != OK || !oidc_url_ok(row.end_session) ||
        vault_open(c->a, "id_token", session_id, row.id_token, &token) != OK)
        return OK;
    *out = leave(c, oidc_conf(o, i), row.end_session, (struct str){(const char *)token.p, token.n});
    return OK;
}

enum err oidc_ended(struct ctx *c, struct str issuer, struct str sid)
{
    struct oidc_ended_row *rows;
    size_t n;
    if (!sid.n)
        return OK;
    TRY(oidc_session_of(c->db, c->a, issuer, secret_hash_hex(c->a, sid), &rows, &n));
    for (size_t i = 0; i < n; i++)
        TRY(session_end(c->db, rows[i].session_id, rows[i].account_id));
    if (n)
        news_of(c, 0, NEWS_ACCESS);
    return OK;
}

/* ---- the own identities */

enum err oidc_own(struct ctx *c, struct identity_row **rows, size_t *n)
{
    TRY(may(c, ACT_ACCOUNT_SELF, REL_SELF));
    return identity_of_account(c->db, c->a, c->actor->account_id, rows, n);
}

enum err oidc_forget(struct ctx *c, int64_t identity_id)
{
    TRY(may(c, ACT_ACCOUNT_SELF, REL_SELF));
    enum err e = identity_delete(c->db, identity_id, c->actor->account_id);
    if (e)
        return e == ERR_CONFLICT ? ERR_NOT_FOUND : e;
    return event_add(c, (struct event){.organisation_id = c->actor->organisation_id, .kind = "account.identity_removed",
                                       .subject_id = c->actor->account_id});
}
