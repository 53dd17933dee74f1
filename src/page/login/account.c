/* account.c: the own account: language, role, sessions. */
#include "gen/account.html.h"
#include "model/account.h"
#include "page/app.h"
#include "page/login/login.h"
#include "service/login.h"
#include "service/account.h"

/* GET /account */
enum err account_page(struct page *p)
{
    struct session_row *s;
    size_t n;
    TRY(login_sessions(&p->c, &s, &n));
    html_account(p->o, &p->v, s, n, app_session_id(p));
    return OK;
}

/* POST /account/sessions/:id/end */
enum err session_end_post(struct page *p)
{
    int64_t id;
    TRY(page_id(p, "id", &id));
    enum err e = login_end(&p->c, id);
    if (e == ERR_CONFLICT)
        return ERR_NOT_FOUND;
    TRY(e);
    return page_go(p, "session-ended", "/account");
}

/* POST /account/sessions/end-others */
enum err session_end_others_post(struct page *p)
{
    TRY(login_end_others(&p->c, app_session_id(p)));
    return page_go(p, "session-ended", "/account");
}

/* POST /account/role: use another of the own roles. */
enum err role_post(struct page *p)
{
    struct form f = form_of(p->r);
    int64_t role = form_id(&f, "role", true);
    enum err e = form_ok(&f) ? login_switch(&p->c, app_session_id(p), role) : ERR_CONFLICT;
    if (e == ERR_CONFLICT) /* not the own role, or over */
        return ERR_DENIED;
    TRY(e);
    return page_go(p, NULL, "/");
}

/* POST /account/language */
enum err lang_post(struct page *p)
{
    enum lang lang;
    if (!lang_of(req_field(p->r, "lang"), &lang))
        return ERR_INVALID;
    TRY(account_use_lang(&p->c, lang));
    res_cookie(p->r, "sb_lang", str_c(lang_info[lang].code), 365 * 86400, p->r->secure);
    return page_go(p, NULL, "/account");
}
