/* way.c: logging in by a link in a mail, and by a code from staff. */
#include "gen/way.html.h"
#include "page/app.h"
#include "page/login/login.h"
#include "service/login_code.h"
#include "service/login_link.h"

/* GET /login/link */
enum err login_link_page(struct page *p)
{
    struct form f = form_new(NULL, 0);
    html_login_link(p->o, &p->v, &f, req_query(p->r, "sent").n > 0);
    return OK;
}

/* POST /login/link: the same answer for every address. */
enum err login_link_post(struct page *p)
{
    struct form f = form_of(p->r);
    struct str email = form_email(&f, "email", true), browser;
    bool shared = form_check(&f, "shared");
    if (!form_ok(&f)) {
        html_login_link(p->o, &p->v, &f, false);
        return page_invalid(p);
    }
    TRY(login_link_ask(&p->c, email, login_network(p->c.a, p->r->peer), shared, &browser));
    app_put_cookie(p, COOKIE_LINK, browser, LOGIN_LINK_MS);
    return page_go(p, NULL, "/login/link?sent=1");
}

static enum err closed(struct page *p, enum login_link_state state)
{
    html_login_link_closed(p->o, &p->v, state);
    p->r->status = state == LOGIN_LINK_NONE ? 404 : state == LOGIN_LINK_ELSEWHERE ? 403 : 410;
    return OK;
}

/* GET /login/link/:token. Changes nothing. */
enum err login_link_open_page(struct page *p)
{
    struct login_link l;
    TRY(login_link_look(&p->c, req_var(p->r, "token"), app_cookie(p, COOKIE_LINK), &l));
    if (l.state != LOGIN_LINK_OPEN)
        return closed(p, l.state);
    html_login_link_open(p->o, &p->v, p->r->path);
    return OK;
}

/* POST /login/link/:token */
enum err login_link_open_post(struct page *p)
{
    struct login_link l;
    int64_t account_id;
    enum err e = login_link_take(&p->c, req_var(p->r, "token"), app_cookie(p, COOKIE_LINK), &l, &account_id);
    if (e == ERR_STATE)
        return closed(p, l.state == LOGIN_LINK_OPEN ? LOGIN_LINK_OLD : l.state);
    TRY(e);
    app_put_cookie(p, COOKIE_LINK, STR(""), 0);
    return login_enter(p, account_id, &(struct login_way){.method = STR("link"), .next = STR("/"), .shared = l.shared});
}

/* GET /login/code */
enum err login_code_page(struct page *p)
{
    struct form f = form_new(NULL, 0);
    html_login_code(p->o, &p->v, &f, 0);
    return OK;
}

/* Before POST /login/code, on a worker: the slow look at the code. */
enum err login_code_prep(struct page *p)
{
    struct login_code_checked *x = ARENA_NEW(p->c.a, struct login_code_checked);
    struct str code = str_trim(req_field(p->r, "code"));
    p->prep = x;
    return code.n && code.n <= 40 ? login_code_check(&p->c, code, login_network(p->c.a, p->r->peer), x) : OK;
}

/* POST /login/code */
enum err login_code_post(struct page *p)
{
    const struct login_code_checked *x = p->prep;
    struct form f = form_of(p->r);
    struct str code = str_trim(req_field(p->r, "code"));
    bool shared = form_check(&f, "shared");
    if (!code.n) {
        form_fail(&f, "code", N_("Skriv koden."));
    } else if (x->right) {
        enum err e = login_code_take(&p->c, x);
        if (!e)
            return login_enter(p, x->account_id, &(struct login_way){.method = STR("code"), .next = STR("/account/password"), .shared = shared});
        if (e != ERR_CONFLICT)
            return e;
        form_fail(&f, "code", N_("Koden er feil, brukt eller for gammel. Se nøye på tegnene, eller be om en ny kode."));
    } else if (!x->wait_ms) {
        TRY(login_code_failed(&p->c, x, login_network(p->c.a, p->r->peer)));
        form_fail(&f, "code", N_("Koden er feil, brukt eller for gammel. Se nøye på tegnene, eller be om en ny kode."));
    }
    html_login_code(p->o, &p->v, &f, (x->wait_ms + 999) / 1000);
    p->r->status = x->wait_ms ? 429 : 422;
    return OK; /* not an error to the edge: the counted failure is kept */
}
