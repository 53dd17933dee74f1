#include "page/login/login.h"
#include "gen/login.html.h"
#include "page/app.h"
#include "service/login.h"

/* Only a path of ours may be gone to after logging in: "/x", not "//host" or "/\host". */
static struct str safe_next(struct str next)
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

enum err login_ended(struct page *p)
{
    const struct req *r = p->r;
    struct login_keep k = {.to = r->target, .field = ARENA_ARRAY(p->c.a, struct pair, r->n_form)};
    size_t bytes = 0;
    for (size_t i = 0; i < r->n_form; i++) {
        bytes += r->form[i].k.n + r->form[i].v.n;
        keep_field(&k, r->form[i].k, r->form[i].v);
    }
    if (bytes > KEEP_BYTES || k.n > KEEP_FIELDS || r->n_file)
        return ERR_LIMIT;
    struct form f = form_new(NULL, 0);
    html_login(p->o, &p->v, &f, STR("/"), true, 0, &k);
    p->r->status = 403;
    return OK;
}

/* The form that the login page carried. */
static struct login_keep kept(struct page *p)
{
    const struct req *r = p->r;
    struct str to = req_field(r, "keep_to");
    struct login_keep k = {.field = ARENA_ARRAY(p->c.a, struct pair, r->n_form)};
    if (to.n && str_eq(safe_next(to), to))
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
    html_login(p->o, &p->v, &f, safe_next(req_query(p->r, "next")), req_query(p->r, "ended").n > 0, 0, NULL);
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
    if (form_ok(&f) && x->t.password.n && x->t.password.n <= LOGIN_PASSWORD_MAX)
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
    struct str next = safe_next(req_field(p->r, "next"));
    struct login_keep keep = kept(p);
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
    struct login_opened opened;
    TRY(login_leave(&p->c, app_session_id(p)));
    TRY(login_forgive(&p->c, &t, x->got.account_id));
    TRY(login_open(&p->c, x->got.account_id, login_agent(p->c.a, req_header(p->r, "user-agent")), t.device, &opened));
    app_login_cookies(p, opened.token, opened.device);
    if (keep.to.n) {
        p->v.csrf = app_form_token(p, opened.token);
        html_login_again(p->o, &p->v, &keep);
        p->r->status = 200;
        return OK;
    }
    res_redirect(p->r, next);
    return OK;
}

/* POST /logout */
enum err logout_post(struct page *p)
{
    enum err e = login_end(&p->c, app_session_id(p));
    if (e && e != ERR_CONFLICT)
        return e;
    app_logout_cookie(p);
    return page_go(p, "logged-out", "/login");
}
