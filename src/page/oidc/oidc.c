#include "page/oidc/oidc.h"
#include "base/log.h"
#include "base/secret.h"
#include "gen/oidc.html.h"
#include "oidc/url.h"
#include "page/app.h"
#include "page/login/login.h"

#define BROWSER_COOKIE(r) ((r)->secure ? "__Host-sb_o" : "sb_o")

static enum err provider_of(struct page *p, size_t *i)
{
    return oidc_find(app_oidc(p), req_var(p->r, "name"), i);
}

/* One line for each login that came to nothing: which provider and why, never who. */
static void note(const struct page *p, const char *what, const char *why)
{
    log_warn("oidc", what, LOG_S("provider", req_var(p->r, "name")), LOG_S("why", str_c(why)), LOG_S("request", p->c.request));
}

/* ---- why somebody is not logged in, and what to do */

static const struct oidc_stop stop_away = {N_("{1} svarer ikke"),
                                           {N_("Vi får ikke kontakt med {1} akkurat nå. Vent litt, og prøv igjen."),
                                            N_("Du kan også logge inn på en annen måte.")}};
static const struct oidc_stop stop_cancelled = {N_("Du er ikke logget inn"), {N_("Du avbrøt innloggingen hos {1}. Du kan prøve igjen når du vil.")}};
static const struct oidc_stop stops[] = {
    [OIDC_REFUSED] = {N_("Du er ikke logget inn"),
                      {N_("Innloggingen med {1} ble ikke fullført. Det kan skje når det går for lang tid, eller når du bytter nettleser underveis."),
                       N_("Prøv igjen, og bli i samme nettleser til du er ferdig.")}},
    [OIDC_UNKNOWN] = {N_("Vi kjenner deg ikke igjen ennå"),
                      {N_("Innloggingen med {1} gikk bra. Men ingen konto i Springbrett er knyttet til deg."),
                       N_("Har du fått en invitasjon på e-post? Åpne lenken i den, og velg {1} der."),
                       N_("Har du en konto med passord? Logg inn med passordet. Gå til Min konto, og knytt {1} til kontoen."),
                       N_("Har du ingen av delene? Snakk med kontaktpersonen din i kommunen.")}},
    [OIDC_OTHERS] = {N_("{1} er knyttet til en annen konto"),
                     {N_("Du har allerede en annen konto i Springbrett som er knyttet til {1}. Bruk den."),
                      N_("Er det feil? Snakk med kontaktpersonen din i kommunen.")}},
    [OIDC_NOT_FOR_ROLE] = {N_("Logg inn på en annen måte"), {N_("Med rollen din kan du ikke logge inn på denne måten. Velg en annen måte.")}},
    [OIDC_HAS_ACCOUNT] = {N_("Du har allerede en konto"),
                          {N_("Det er allerede en konto med e-postadressen i invitasjonen. Åpne lenken igjen, og bruk passordet du har."),
                           N_("Etterpå kan du knytte {1} til kontoen. Det gjør du på Min konto.")}},
    [OIDC_LINK_CLOSED] = {N_("Lenken virker ikke lenger"),
                          {N_("Invitasjonen er brukt, eller den er for gammel. Be den som inviterte deg, om en ny."),
                           N_("Har du allerede en konto? Da kan du logge inn.")}},
};

static enum err stopped(struct page *p, size_t provider, const struct oidc_stop *s, const struct oidc_leave *leave, int status)
{
    if (leave->url.n)
        p->form_to = oidc_url_origin(leave->url);
    html_oidc_stopped(p->o, &p->v, s, oidc_conf(app_oidc(p), provider)->label, leave);
    p->r->status = status;
    return OK; /* to the edge: what was used up stays so */
}

/* ---- to the provider */

struct go {
    size_t provider;
    struct oidc_meta meta;
    const char *why; /* it cannot be reached, or is not what it should be */
};

/* On a worker of its own: may ask the provider what it says about itself. */
enum err oidc_go_prep(struct page *p)
{
    struct go *g = ARENA_NEW(p->c.a, struct go);
    TRY(provider_of(p, &g->provider));
    const char *why = "internal";
    if (oidc_meta(app_oidc(p), g->provider, p->c.a, &g->meta, &why))
        g->why = why;
    p->prep = g;
    return OK;
}

/* No redirect: a Content-Security-Policy with form-action holds for where a form is redirected to as well. */
static enum err go(struct page *p, struct oidc_start *s)
{
    const struct go *g = p->prep;
    if (g->why) {
        note(p, "a login could not begin", g->why);
        return stopped(p, g->provider, &stop_away, &(struct oidc_leave){0}, 503);
    }
    s->browser = req_cookie(p->r, BROWSER_COOKIE(p->r));
    if (s->browser.n != SECRET_TOKEN_CHARS)
        s->browser = secret_token(p->c.a);
    struct str url;
    TRY(oidc_go(&p->c, app_oidc(p), g->provider, &g->meta, s, &url));
    res_cookie(p->r, BROWSER_COOKIE(p->r), s->browser, OIDC_LOGIN_MS / 1000, p->r->secure);
    res_header(p->r, "Refresh", arena_fmt(p->c.a, "0;url=%.*s", STR_FMT(url)));
    html_oidc_going(p->o, &p->v, oidc_conf(app_oidc(p), g->provider)->label, url);
    return OK;
}

/* POST /login/oidc/:name */
enum err oidc_go_post(struct page *p)
{
    return go(p, &(struct oidc_start){.next = login_next(req_field(p->r, "next")), .shared = req_field(p->r, "shared").n > 0});
}

/* POST /account/oidc/:name */
enum err oidc_tie_post(struct page *p)
{
    return go(p, &(struct oidc_start){.next = STR("/account/oidc"), .tie = true});
}

/* POST /link/:token/oidc/:name */
enum err oidc_link_post(struct page *p)
{
    struct str token = req_var(p->r, "token");
    if (token.n != SECRET_TOKEN_CHARS)
        return ERR_NOT_FOUND;
    return go(p, &(struct oidc_start){.next = STR("/"), .invitation = token});
}

/* ---- and back */

struct back {
    size_t provider;
    struct oidc_seen seen;
};

/* On a worker of its own: asks the provider for the id token and checks it. */
enum err oidc_back_prep(struct page *p)
{
    struct back *b = ARENA_NEW(p->c.a, struct back);
    TRY(provider_of(p, &b->provider));
    if (p->r->head)
        return ERR_NOT_FOUND; /* a look-ahead would use the code up */
    struct oidc_back got = {.state = req_query(p->r, "state"), .code = req_query(p->r, "code"), .iss = req_query(p->r, "iss"),
                            .error = req_query(p->r, "error"), .browser = req_cookie(p->r, BROWSER_COOKIE(p->r))};
    TRY(oidc_look(&p->c, app_oidc(p), b->provider, &got, &b->seen));
    p->prep = b;
    return OK;
}

static enum err log_in(struct page *p, const struct back *b, const struct oidc_done *d)
{
    const struct oidc_conf *conf = oidc_conf(app_oidc(p), b->provider);
    struct str method[2] = {STR("oidc:"), conf->name};
    int64_t session_id = 0;
    TRY(login_enter(p, d->account_id, &(struct login_way){.method = arena_join(p->c.a, method, 2, STR("")), .next = login_next(d->next),
                                                          .strong = b->seen.claims.strong, .shared = b->seen.login.shared, .done = d->welcome ? "welcome" : NULL,
                                                          .session_id = &session_id}));
    return session_id ? oidc_keep(&p->c, app_oidc(p), b->provider, &b->seen, session_id) : OK;
}

/* GET /login/oidc/:name/callback */
enum err oidc_back_page(struct page *p)
{
    const struct back *b = p->prep;
    struct oidc_done d;
    enum err e = oidc_in(&p->c, app_oidc(p), b->provider, &b->seen, &d);
    if (e == ERR_CONFLICT) { /* the invited person and the account do not go together: nothing was done */
        TRY(stopped(p, b->provider, &stops[OIDC_OTHERS], &(struct oidc_leave){0}, 409));
        return ERR_CONFLICT;
    }
    TRY(e);
    if (d.end == OIDC_LOG_IN)
        return log_in(p, b, &d);
    if (d.end == OIDC_TIED)
        return page_go(p, "identity-tied", "%.*s", STR_FMT(d.next));
    static const char *const words[] = {[OIDC_UNKNOWN] = "no_account", [OIDC_OTHERS] = "other_account", [OIDC_NOT_FOR_ROLE] = "role",
                                        [OIDC_HAS_ACCOUNT] = "has_account", [OIDC_LINK_CLOSED] = "link"};
    note(p, "a login was refused", d.end == OIDC_REFUSED ? d.why : words[d.end]);
    const struct oidc_stop *s = d.end != OIDC_REFUSED ? &stops[d.end] : b->seen.away ? &stop_away : b->seen.cancelled ? &stop_cancelled : &stops[d.end];
    struct oidc_leave leave = d.end == OIDC_REFUSED ? (struct oidc_leave){0} : oidc_leave_now(&p->c, app_oidc(p), b->provider, &b->seen);
    return stopped(p, b->provider, s, &leave, b->seen.away ? 503 : 403);
}

/* ---- logging out */

enum err oidc_leave_page(struct page *p, const struct oidc_leave *leave)
{
    static const struct actor nobody;
    p->v.actor = &nobody;
    p->v.n_nav = p->v.n_roles = 0;
    p->v.organisation = STR("");
    p->v.dense = false;
    p->form_to = oidc_url_origin(leave->url);
    html_oidc_leaving(p->o, &p->v, leave);
    return OK;
}

/* Which pages of the provider may hold our page in a frame. */
static struct str frames(struct page *p, size_t i)
{
    struct str o[3] = {oidc_url_origin(oidc_conf(app_oidc(p), i)->issuer)};
    struct oidc_meta m;
    size_t n = 1;
    if (oidc_meta_known(app_oidc(p), i, p->c.a, &m) == OK) {
        o[n++] = oidc_url_origin(m.authorization);
        if (m.end_session.n)
            o[n++] = oidc_url_origin(m.end_session);
    }
    return arena_join(p->c.a, o, n, STR(" "));
}

/* GET /login/oidc/:name/frontchannel-logout: in a frame of the provider's page, without our cookies. */
enum err oidc_front_logout_page(struct page *p)
{
    size_t i;
    TRY(provider_of(p, &i));
    p->framed_by = frames(p, i);
    p->r->type = "text/plain; charset=utf-8";
    struct str sid = req_query(p->r, "sid");
    if (!str_eq(req_query(p->r, "iss"), oidc_conf(app_oidc(p), i)->issuer) || !sid.n || sid.n > OIDC_SUB_MAX) {
        note(p, "a logout was refused", "iss_or_sid");
        buf_c(p->o, "?\n");
        p->r->status = 400;
        return OK;
    }
    if (!p->r->head)
        TRY(oidc_ended(&p->c, oidc_conf(app_oidc(p), i)->issuer, sid));
    buf_c(p->o, "OK\n"); /* the same whether there was a session or not */
    return OK;
}

struct said {
    size_t provider;
    struct str sid;
    const char *why;
};

/* On a worker of its own: checks the logout token; the provider's keys may have to be fetched. */
enum err oidc_back_logout_prep(struct page *p)
{
    struct said *s = ARENA_NEW(p->c.a, struct said);
    TRY(provider_of(p, &s->provider));
    const char *why = "internal";
    if (oidc_said_logout(app_oidc(p), s->provider, p->c.a, p->c.now, req_field(p->r, "logout_token"), &s->sid, &why))
        s->why = why;
    p->prep = s;
    return OK;
}

/* POST /login/oidc/:name/backchannel-logout */
enum err oidc_back_logout_post(struct page *p)
{
    const struct said *s = p->prep;
    p->r->type = "application/json";
    if (s->why) {
        note(p, "a logout was refused", s->why);
        buf_c(p->o, "{\"error\":\"invalid_request\"}\n");
        p->r->status = 400;
        return OK;
    }
    TRY(oidc_ended(&p->c, oidc_conf(app_oidc(p), s->provider)->issuer, s->sid));
    buf_c(p->o, "{}\n");
    return OK;
}

/* ---- the own identities */

/* GET /account/oidc */
enum err oidc_own_page(struct page *p)
{
    struct identity_row *rows;
    size_t n;
    TRY(oidc_own(&p->c, &rows, &n));
    struct str *labels = ARENA_ARRAY(p->c.a, struct str, n + 1);
    for (size_t i = 0; i < n; i++) {
        labels[i] = rows[i].issuer; /* a provider that is not configured any more */
        for (size_t k = oidc_count(app_oidc(p)); k > 0; k--)
            if (str_eq(oidc_conf(app_oidc(p), k - 1)->issuer, rows[i].issuer))
                labels[i] = oidc_conf(app_oidc(p), k - 1)->label;
    }
    html_oidc_own(p->o, &p->v, rows, labels, n);
    return OK;
}

/* POST /account/oidc/:id/remove */
enum err oidc_forget_post(struct page *p)
{
    int64_t id;
    TRY(page_id(p, "id", &id));
    TRY(oidc_forget(&p->c, id));
    return page_go(p, "identity-removed", "/account/oidc");
}
