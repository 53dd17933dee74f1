/* factor.c: one-time codes on the own account, /account/code. */
#include "gen/factor.html.h"
#include "domain/password.h"
#include "page/app.h"
#include "page/login/login.h"
#include "page/login/qr.h"
#include "service/login_rules.h"
#include "service/own_password.h"

struct form *factor_form(struct form *room, const struct form *f, const char *prefix)
{
    *room = f->prefix && !strcmp(f->prefix, prefix) ? *f : form_new(NULL, 0);
    room->prefix = prefix;
    return room;
}

static enum err show(struct page *p, const struct form *f, int64_t wait_ms)
{
    struct factor x;
    struct qr qr = {0};
    TRY(factor_look(&p->c, &x));
    if (x.uri.n)
        TRY(qr_make(p->c.a, x.uri, &qr));
    html_factor(p->o, &p->v, &x, &qr, f, p->c.actor->half, (wait_ms + 999) / 1000);
    return OK;
}

/* GET /account/code */
enum err factor_page(struct page *p)
{
    struct form f = form_new(NULL, 0);
    return show(p, &f, 0);
}

/* POST /account/code/start: a new secret, also in place of one that was not confirmed. */
enum err factor_start_post(struct page *p)
{
    enum err e = factor_start(&p->c);
    if (e && e != ERR_STATE)
        return e;
    return page_go(p, NULL, "/account/code");
}

static struct factor_try try_of(struct page *p, struct form *f)
{
    struct str code = str_trim(req_field(p->r, "code"));
    if (!code.n || code.n > 40)
        form_fail(f, "code", N_("Skriv koden."));
    return (struct factor_try){.code = code, .network = login_network(p->c.a, p->r->peer), .device = app_device_cookie(p),
                               .session_id = app_session_id(p)};
}

/* Not right: the page again, with the failure counted. */
static enum err again(struct page *p, struct form *f, const struct factor_answer *got)
{
    if (form_ok(f) && got->said == FACTOR_WRONG)
        form_fail(f, "code", N_("Koden er feil. Vent til appen viser en ny kode, og skriv den."));
    TRY(show(p, f, got->wait_ms));
    p->r->status = got->wait_ms ? 429 : 422;
    return OK;
}

typedef enum err factor_act(struct ctx *c, const struct factor_try *t, struct factor_answer *out);

/* One of the acts with a code. *done: it was right, and the session has a new token. */
static enum err act(struct page *p, struct form *f, factor_act *what, struct factor_answer *got, bool *done)
{
    struct factor_try t = try_of(p, f);
    *done = false;
    if (form_ok(f)) {
        enum err e = what(&p->c, &t, got);
        if (e == ERR_STATE) /* on or off already: the page says how it is */
            return page_go(p, NULL, "/account/code");
        TRY(e);
    }
    if (!form_ok(f) || got->said != FACTOR_RIGHT)
        return again(p, f, got);
    *done = true;
    app_renew_cookie(p, got->token);
    return OK;
}

/* POST /account/code/confirm */
enum err factor_confirm_post(struct page *p)
{
    struct form f = form_of(p->r);
    struct factor_answer got = {0};
    bool done;
    TRY(act(p, &f, factor_confirm, &got, &done));
    if (done)
        html_factor_recovery(p->o, &p->v, &got, true);
    return OK;
}

/* POST /account/code/prove */
enum err factor_prove_post(struct page *p)
{
    struct form f = form_of(p->r);
    struct factor_answer got = {0};
    bool done;
    TRY(act(p, &f, factor_prove, &got, &done));
    return done ? page_go(p, NULL, "/") : OK;
}

/* POST /account/code/recovery */
enum err factor_recover_post(struct page *p)
{
    struct form f = form_of(p->r);
    struct factor_answer got = {0};
    bool done;
    f.prefix = "recovery";
    TRY(act(p, &f, factor_recover, &got, &done));
    if (done)
        html_factor_recovery(p->o, &p->v, &got, false);
    return OK;
}

struct off_prepared {
    bool right, asked;
    int64_t wait_ms;
};

/* Before POST /account/code/off, on a worker: the slow look at the password. */
enum err factor_off_prep(struct page *p)
{
    struct off_prepared *x = ARENA_NEW(p->c.a, struct off_prepared);
    struct str password = req_field(p->r, "password");
    struct factor look;
    p->prep = x;
    TRY(factor_look(&p->c, &look));
    x->asked = look.has_password;
    return x->asked && password.n && password.n <= PASSWORD_MAX ? own_password_check(&p->c, password, &x->right, &x->wait_ms) : OK;
}

/* POST /account/code/off */
enum err factor_off_post(struct page *p)
{
    const struct off_prepared *x = p->prep;
    struct form f = form_of(p->r);
    struct factor_answer got = {.wait_ms = x->wait_ms, .said = FACTOR_WAIT};
    bool done;
    f.prefix = "off";
    if (x->asked && !x->right && !x->wait_ms) {
        if (req_field(p->r, "password").n)
            TRY(own_password_failed(&p->c));
        form_fail(&f, "password", N_("Passordet er feil."));
    }
    if (x->asked && !x->right)
        return again(p, &f, &got);
    got = (struct factor_answer){0};
    TRY(act(p, &f, factor_off, &got, &done));
    return done ? page_go(p, "factor-off", "/account") : OK;
}
