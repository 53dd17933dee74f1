#include "page/login/login.h"
#include "domain/password.h"
#include "gen/step.html.h"
#include "service/login_rules.h"
#include "gen/login.html.h"
#include "page/app.h"
#include "page/oidc/oidc.h"
#include "service/login.h"

/* "/x", not "//host" or "/\host". */
struct str login_next(struct str next)
{
    if (next.n < 1 || next.p[0] != '/' || (next.n > 1 && (next.p[1] == '/' || next.p[1] == '\\')))
        return STR("/");
    for (size_t i = 0; i < next.n; i++)
        if ((unsigned char)next.p[i] < 0x21 || next.p[i] == '\\')
            return STR("/");
    return next.n > 500 ? STR("/") : next;
}

enum { KEEP_BYTES = 400000, KEEP_FIELDS = 400 };

static void keep_field(struct login_keep *k, struct str name, struct str value)
{
    if (!str_is(name, "csrf") && !str_is(name, "once") && !str_starts(name, STR("password")))
        k->field[k->n++] = (struct pair){name, value};
}

enum err login_keep(const struct req *r, struct login_keep *out)
{
    struct login_keep k = {.to = r->target, .field = ARENA_ARRAY(r->a, struct pair, r->n_form)};
    size_t bytes = 0;
    for (size_t i = 0; i < r->n_form; i++) {
        bytes += r->form[i].k.n + r->form[i].v.n;
        keep_field(&k, r->form[i].k, r->form[i].v);
    }
    if (bytes > KEEP_BYTES || k.n > KEEP_FIELDS || r->n_file)
        return ERR_LIMIT;
    *out = k;
    return OK;
}

enum err login_ended(struct page *p)
{
    struct login_keep k;
    TRY(login_keep(p->r, &k));
    struct form f = form_new(NULL, 0);
    html_login(p->o, &p->v, &f, STR("/"), true, 0, &k);
    p->r->status = 403;
    return OK;
}

struct login_keep login_kept(struct page *p)
{
    const struct req *r = p->r;
    struct str to = req_field(r, "keep_to");
    struct login_keep k = {.field = ARENA_ARRAY(p->c.a, struct pair, r->n_form)};
    if (to.n && str_eq(login_next(to), to))
        k.to = to;
    for (size_t i = 0; k.to.n && i < r->n_form; i++)
        if (str_starts(r->form[i].k, STR("keep.")))
            keep_field(&k, (struct str){r->form[i].k.p + 5, r->form[i].k.n - 5}, r->form[i].v);
    return k;
}

/* GET /login */
enum err login_page(struct page *p)
{
    if (p->c.actor->account_id)
        return page_go(p, NULL, "/");
    struct form f = form_new(NULL, 0);
    html_login(p->o, &p->v, &f, login_next(req_query(p->r, "next")), req_query(p->r, "ended").n > 0, 0, NULL);
    return OK;
}

enum err login_on(struct page *p, const struct login_opened *o, struct str next, const struct login_keep *keep, const char *done)
{
    app_login_cookies(p, o);
    if (keep && keep->to.n) {
        p->v.csrf = app_form_token(p, o->token);
        html_login_again(p->o, &p->v, keep);
        p->r->status = 200;
        return OK;
    }
    if (done)
        return page_go(p, done, "%.*s", STR_FMT(next));
    res_redirect(p->r, next);
    return OK;
}

enum err login_enter(struct page *p, int64_t account_id, const struct login_way *way)
{
    struct login_from from = {.method = way->method, .agent = login_agent(p->c.a, req_header(p->r, "user-agent")),
                              .device = app_device_cookie(p), .next = way->next, .strong = way->strong, .shared = way->shared};
    struct login_begun b;
    TRY(login_leave(&p->c, app_session_id(p)));
    TRY(login_begin(&p->c, account_id, &from, &b));
    if (way->session_id)
        *way->session_id = b.opened.session_id;
    if (!b.step.n)
        return login_on(p, &b.opened, way->next, way->keep, way->done);
    app_put_cookie(p, COOKIE_STEP, b.step, LOGIN_STEP_MS);
    if (way->keep && way->keep->to.n) {
        struct form f = form_new(NULL, 0);
        html_login_step(p->o, &p->v, &f, 0, way->keep);
        p->r->status = 200;
        return OK;
    }
    res_redirect(p->r, STR("/login/step"));
    return OK;
}

struct login_prepared {
    struct login_try t;
    struct login_checked got;
};

static struct login_try try_of(struct page *p, struct form *f)
{
    return (struct login_try){.email = form_email(f, "email", true), .password = req_field(p->r, "password"),
                              .network = login_network(p->c.a, p->r->peer), .device = app_device_cookie(p)};
}

/* Before POST /login, on a worker: the slow look at the password. */
enum err login_prep(struct page *p)
{
    struct form f = form_of(p->r);
    struct login_prepared *x = ARENA_NEW(p->c.a, struct login_prepared);
    x->t = try_of(p, &f);
    if (form_ok(&f) && x->t.password.n && x->t.password.n <= PASSWORD_MAX)
        TRY(login_check(&p->c, &x->t, &x->got));
    p->prep = x;
    return OK;
}

/* POST /login */
enum err login_post(struct page *p)
{
    struct login_prepared *x = p->prep;
    struct form f = form_of(p->r);
    struct login_try t = try_of(p, &f);
    struct str next = login_next(req_field(p->r, "next"));
    struct login_keep keep = login_kept(p);
    if (!t.password.n)
        form_fail(&f, "password", N_("Skriv passordet ditt."));
    if (form_ok(&f) && !x->got.right && !x->got.wait_ms) {
        TRY(login_failed(&p->c, &t, &x->got));
        form_fail(&f, "email", N_("E-post eller passord er feil."));
    }
    if (!form_ok(&f) || x->got.wait_ms) {
        html_login(p->o, &p->v, &f, next, false, (x->got.wait_ms + 999) / 1000, &keep);
        p->r->status = x->got.wait_ms ? 429 : 422;
        return OK; /* not an error to the edge: the counted failure is kept */
    }
    TRY(login_forgive(&p->c, &t, x->got.account_id));
    return login_enter(p, x->got.account_id, &(struct login_way){.method = STR("password"), .next = next, .shared = form_check(&f, "shared"), .keep = &keep});
}

/* POST /logout */
enum err logout_post(struct page *p)
{
    struct oidc_leave leave;
    TRY(oidc_leave_of(&p->c, app_oidc(p), app_session_id(p), &leave));
    enum err e = login_end(&p->c, app_session_id(p));
    if (e && e != ERR_CONFLICT)
        return e;
    app_logout_cookie(p);
    if (leave.url.n)
        return oidc_leave_page(p, &leave);
    return page_go(p, "logged-out", "/login");
}
