#include "page/link/link.h"
#include "base/secret.h"
#include "domain/password.h"
#include "gen/link.html.h"
#include "page/app.h"
#include "page/login/login.h"
#include "service/invitation.h"
#include "service/login.h"

/* A link that does not work (any more): what to do now. */
static enum err closed(struct page *p, const struct invitation *v)
{
    html_link_closed(p->o, &p->v, v);
    p->r->status = v ? 410 : 404;
    return OK;
}

/* Somebody else's session may be open in this browser; only the account's own makes the password needless. */
static bool own(const struct page *p, const struct invitation *v)
{
    return v->account_id && v->kind != NEW_PASSWORD && p->c.actor->account_id == v->account_id;
}
static bool has_account(const struct invitation *v)
{
    return v->account_id && v->kind != NEW_PASSWORD;
}

static enum err show(struct page *p, const struct invitation *v, const struct form *f, int64_t wait_s)
{
    html_link_open(p->o, &p->v, v, f, own(p, v), wait_s, req_var(p->r, "token"));
    return OK;
}

/* GET /link/:token. Changes nothing: programs that look through mail open every link. */
enum err link_page(struct page *p)
{
    struct invitation v;
    enum err e = invitation_look(&p->c, req_var(p->r, "token"), &v);
    if (e == ERR_NOT_FOUND)
        return closed(p, NULL);
    TRY(e);
    if (v.state != INVITATION_OPEN)
        return closed(p, &v);
    struct form f = form_new(NULL, 0);
    return show(p, &v, &f, 0);
}

struct link_prepared {
    struct str hash;
    struct login_checked got;
};

/* The new password, when both fields hold the same good one. */
static struct str new_password(struct page *p, struct form *f, const struct invitation *v)
{
    struct str a = req_field(p->r, "password"), b = req_field(p->r, "again");
    const char *fault = password_fault(p->c.a, a, v->link.email, v->link.name);
    if (fault)
        form_fail(f, "password", fault);
    else if (!str_eq(a, b))
        form_fail(f, "again", N_("De to passordene er ikke like. Skriv det samme to ganger."));
    return a;
}

static struct login_try try_of(struct page *p, const struct invitation *v)
{
    return (struct login_try){.email = v->link.email, .password = req_field(p->r, "password"),
                              .network = login_network(p->c.a, p->r->peer), .device = app_device_cookie(p)};
}

/* Before POST /link/:token, on a worker: the slow work with the password. */
enum err link_prep(struct page *p)
{
    struct link_prepared *x = ARENA_NEW(p->c.a, struct link_prepared);
    struct invitation v;
    enum err e = invitation_look(&p->c, req_var(p->r, "token"), &v);
    p->prep = x;
    if (e == ERR_NOT_FOUND)
        return OK;
    TRY(e);
    if (v.state != INVITATION_OPEN || own(p, &v))
        return OK;
    if (has_account(&v)) {
        struct login_try t = try_of(p, &v);
        return t.password.n && t.password.n <= PASSWORD_MAX ? login_check(&p->c, &t, &x->got) : OK;
    }
    struct form f = form_of(p->r);
    struct str password = new_password(p, &f, &v);
    return form_ok(&f) ? secret_password_hash(p->c.a, password, &x->hash) : OK;
}

/* Was the password of the account that is there right? Counts failures as the login page does. */
static enum err check_account(struct page *p, const struct invitation *v, struct form *f)
{
    const struct link_prepared *x = p->prep;
    struct login_try t = try_of(p, v);
    if (!t.password.n) {
        form_fail(f, "password", N_("Skriv passordet ditt."));
    } else if (x->got.wait_ms) {
        form_fail(f, "password", N_("For mange forsøk. Vent litt, og prøv igjen."));
    } else if (!x->got.right || x->got.account_id != v->account_id) {
        TRY(login_failed(&p->c, &t, &x->got));
        form_fail(f, "password", N_("Passordet er feil."));
    } else {
        TRY(login_forgive(&p->c, &t, x->got.account_id));
    }
    return OK;
}

/* POST /link/:token */
enum err link_post(struct page *p)
{
    const struct link_prepared *x = p->prep;
    struct invitation v;
    enum err e = invitation_look(&p->c, req_var(p->r, "token"), &v);
    if (e == ERR_NOT_FOUND)
        return closed(p, NULL);
    TRY(e);
    if (v.state != INVITATION_OPEN)
        return closed(p, &v);
    struct form f = form_of(p->r);
    if (!own(p, &v)) {
        if (has_account(&v))
            TRY(check_account(p, &v, &f));
        else
            (void)new_password(p, &f, &v);
    }
    if (!form_ok(&f) || (!has_account(&v) && !x->hash.n)) {
        p->r->status = 422;
        return show(p, &v, &f, (x->got.wait_ms + 999) / 1000); /* OK to the edge: a counted failure is kept */
    }
    int64_t account_id;
    e = invitation_accept(&p->c, &v, x->hash, &account_id);
    if (e == ERR_CONFLICT) {
        html_link_taken(p->o, &p->v, &v);
        return page_conflict(p);
    }
    TRY(e);
    bool anew = v.kind == NEW_PASSWORD;
    return login_enter(p, account_id, &(struct login_way){.method = anew ? STR("link") : STR("invitation"),
                                                          .next = v.kind == INVITE_PARTICIPANT ? STR("/application") : STR("/"),
                                                          .done = anew ? "password-changed" : "welcome"});
}

/* GET /password: forgotten. */
enum err password_page(struct page *p)
{
    struct form f = form_new(NULL, 0);
    html_password(p->o, &p->v, &f, req_query(p->r, "sent").n > 0);
    return OK;
}

/* POST /password: the same answer for every address. */
enum err password_post(struct page *p)
{
    struct form f = form_of(p->r);
    struct str email = form_email(&f, "email", true);
    if (!form_ok(&f)) {
        html_password(p->o, &p->v, &f, false);
        return page_invalid(p);
    }
    TRY(invitation_password(&p->c, email));
    return page_go(p, NULL, "/password?sent=1");
}
