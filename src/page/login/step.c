/* step.c: the second step of a login, and how long a login lasts. */
#include "gen/step.html.h"
#include "page/app.h"
#include "page/login/login.h"
#include "service/factor.h"
#include "service/login_rules.h"

/* GET /login/step */
enum err login_step_page(struct page *p)
{
    struct login_step_row s;
    enum err e = factor_waits(&p->c, app_cookie(p, COOKIE_STEP), &s);
    if (e == ERR_NOT_FOUND)
        return page_go(p, NULL, "/login");
    TRY(e);
    struct form f = form_new(NULL, 0);
    html_login_step(p->o, &p->v, &f, 0, NULL);
    return OK;
}

static enum err over(struct page *p, bool tries)
{
    app_put_cookie(p, COOKIE_STEP, STR(""), 0);
    html_login_step_over(p->o, &p->v, tries);
    p->r->status = tries ? 422 : 410;
    return OK;
}

/* POST /login/step: the code of the app, or one of the paper. */
enum err login_step_post(struct page *p)
{
    struct form f = form_of(p->r);
    struct str paper = str_trim(req_field(p->r, "paper")), code = str_trim(req_field(p->r, "code"));
    const char *field = paper.n ? "paper" : "code";
    struct login_keep keep = login_kept(p);
    struct factor_try t = {.code = paper.n ? paper : code, .network = login_network(p->c.a, p->r->peer), .device = app_device_cookie(p)};
    struct factor_entry got = {0};
    if (!t.code.n || t.code.n > 40)
        form_fail(&f, field, N_("Skriv koden."));
    else
        TRY(factor_enter(&p->c, app_cookie(p, COOKIE_STEP), &t, login_agent(p->c.a, req_header(p->r, "user-agent")), &got));
    if (form_ok(&f) && got.answer.said == FACTOR_RIGHT) {
        TRY(login_leave(&p->c, app_session_id(p)));
        app_put_cookie(p, COOKIE_STEP, STR(""), 0);
        return login_on(p, &got.opened, got.next, &keep, NULL);
    }
    if (form_ok(&f) && got.answer.said == FACTOR_OVER)
        return over(p, got.tries_over);
    if (form_ok(&f) && got.answer.said == FACTOR_WRONG)
        form_fail(&f, field, paper.n ? N_("Reservekoden er feil eller brukt.") : N_("Koden er feil. Vent til appen viser en ny kode, og skriv den."));
    html_login_step(p->o, &p->v, &f, (got.answer.wait_ms + 999) / 1000, &keep);
    p->r->status = got.answer.wait_ms ? 429 : 422;
    return OK; /* not an error to the edge: the counted failure is kept */
}

/* POST /account/stay: the script of every page, {"left": seconds}. With look=1 it only asks: nothing is prolonged. */
enum err stay_post(struct page *p)
{
    const struct session_row *s = app_session(p);
    int64_t idle = login_idle_ms(s), left = s->expires_at - p->c.now;
    int64_t rest = req_field(p->r, "look").n ? s->seen_at + idle + LOGIN_TOUCH_MS - p->c.now : idle;
    if (!req_field(p->r, "look").n)
        TRY(login_stay(&p->c, s->id));
    p->r->type = "application/json";
    buf_str(p->o, arena_fmt(p->c.a, "{\"left\":%lld}\n", (long long)((rest < left ? rest : left) / 1000)));
    return OK;
}
