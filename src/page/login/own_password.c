/* own_password.c: changing the own password. */
#include "gen/own_password.html.h"
#include "base/secret.h"
#include "domain/password.h"
#include "page/app.h"
#include "page/login/login.h"
#include "service/own_password.h"

/* GET /account/password */
enum err own_password_page(struct page *p)
{
    struct own_password x;
    struct form f = form_new(NULL, 0);
    TRY(own_password_look(&p->c, app_session(p), &x));
    html_own_password(p->o, &p->v, &x, &f, 0);
    return OK;
}

struct prepared {
    bool right;
    int64_t wait_ms;
    struct str hash;
};

static void check_new(struct page *p, struct form *f, const struct own_password *x)
{
    struct str a = req_field(p->r, "password");
    const char *fault = password_fault(p->c.a, a, x->email, x->name);
    if (fault)
        form_fail(f, "password", fault);
    else if (!str_eq(a, req_field(p->r, "again")))
        form_fail(f, "again", N_("De to passordene er ikke like. Skriv det samme to ganger."));
}

/* Before POST /account/password, on a worker: the old one is looked at, the new one hashed. */
enum err own_password_prep(struct page *p)
{
    struct prepared *x = ARENA_NEW(p->c.a, struct prepared);
    struct own_password own;
    struct form f = form_of(p->r);
    struct str old = req_field(p->r, "old");
    p->prep = x;
    TRY(own_password_look(&p->c, app_session(p), &own));
    if (own.asks_old && old.n && old.n <= PASSWORD_MAX)
        TRY(own_password_check(&p->c, old, &x->right, &x->wait_ms));
    check_new(p, &f, &own);
    return form_ok(&f) && (x->right || !own.asks_old) ? secret_password_hash(p->c.a, req_field(p->r, "password"), &x->hash) : OK;
}

/* POST /account/password */
enum err own_password_post(struct page *p)
{
    const struct prepared *x = p->prep;
    struct own_password own;
    struct form f = form_of(p->r);
    TRY(own_password_look(&p->c, app_session(p), &own));
    if (own.asks_old && !x->right && !x->wait_ms) {
        if (req_field(p->r, "old").n)
            TRY(own_password_failed(&p->c));
        form_fail(&f, "old", req_field(p->r, "old").n ? N_("Passordet er feil.") : N_("Skriv passordet ditt."));
    }
    check_new(p, &f, &own);
    if (!form_ok(&f) || x->wait_ms || !x->hash.n) {
        html_own_password(p->o, &p->v, &own, &f, (x->wait_ms + 999) / 1000);
        p->r->status = x->wait_ms ? 429 : 422;
        return OK; /* not an error to the edge: the counted failure is kept */
    }
    struct str token;
    TRY(own_password_set(&p->c, app_session(p), x->hash, &token));
    app_renew_cookie(p, token);
    return page_go(p, "password-changed", own.asks_old ? "/account" : "/");
}
