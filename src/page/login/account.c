/* account.c: the own account: language, role, sessions. */
#include "gen/account.html.h"
#include "model/account.h"
#include "page/app.h"
#include "page/login/login.h"
#include "service/login.h"
#include "service/account.h"
#include "service/factor.h"
#include "service/login_code.h"

const char *login_method(struct str method, bool factor)
{
    if (str_is(method, "password"))
        return factor ? N_("Med passord og engangskode") : N_("Med passord");
    if (str_is(method, "link"))
        return N_("Med lenke på e-post");
    if (str_is(method, "code"))
        return N_("Med kode fra en ansatt");
    return str_is(method, "invitation") ? N_("Med invitasjon") : N_("Med en annen innlogging");
}

/* GET /account */
enum err account_page(struct page *p)
{
    struct session_row *s;
    size_t n;
    struct factor x;
    struct login_code_row *codes;
    size_t n_codes;
    TRY(login_sessions(&p->c, &s, &n));
    TRY(factor_look(&p->c, &x));
    TRY(login_code_own(&p->c, &codes, &n_codes));
    html_account(p->o, &p->v, s, n, app_session_id(p), &x, codes, n_codes);
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
