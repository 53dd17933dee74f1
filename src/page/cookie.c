#include "page/cookie.h"
#include "base/secret.h"
#include "model/account.h"
#include "page/app.h"
#include "service/login.h"

const char *cookie_name(const struct req *r, const char *plain, const char *secure)
{
    return r->secure ? secure : plain;
}

void app_login_cookies(struct page *p, const struct login_opened *o)
{
    /* Longer than the session: a form that comes just after its end is still known as ours. On a shared computer: until the browser is closed. */
    res_cookie(p->r, SESSION_COOKIE(p->r), o->token, o->shared ? -1 : 2 * (LOGIN_SESSION_MS / 1000), p->r->secure);
    if (o->device.n)
        res_cookie(p->r, DEVICE_COOKIE(p->r), o->device, 365 * 86400, p->r->secure);
    if (o->shared)
        res_cookie(p->r, SHARED_COOKIE(p->r), STR("1"), -1, p->r->secure);
}

void app_renew_cookie(struct page *p, struct str token)
{
    const struct session_row *s = app_session(p);
    res_cookie(p->r, SESSION_COOKIE(p->r), token, s->shared ? -1 : 2 * (LOGIN_SESSION_MS / 1000), p->r->secure);
    p->v.csrf = app_form_token(p, token);
}

static const char *between_name(const struct req *r, enum app_cookie which)
{
    return which == COOKIE_STEP ? cookie_name(r, "sb_l", "__Host-sb_l") : cookie_name(r, "sb_k", "__Host-sb_k");
}

void app_put_cookie(struct page *p, enum app_cookie which, struct str token, int64_t lasts_ms)
{
    res_cookie(p->r, between_name(p->r, which), token, token.n ? lasts_ms / 1000 : 0, p->r->secure);
}

struct str app_cookie(const struct page *p, enum app_cookie which)
{
    struct str c = req_cookie(p->r, between_name(p->r, which));
    return c.n == SECRET_TOKEN_CHARS ? c : STR("");
}

/* What the browser kept of a login is cleared; documents that were kept for working offline too. */
static void clear_browser(struct req *r)
{
    res_header(r, "Clear-Site-Data", STR("\"cache\", \"storage\""));
    res_cookie(r, SHARED_COOKIE(r), STR(""), 0, r->secure);
}

void app_logout_cookie(struct page *p)
{
    res_cookie(p->r, SESSION_COOKIE(p->r), STR(""), 0, p->r->secure);
    clear_browser(p->r);
}

struct str app_device_cookie(const struct page *p)
{
    struct str c = req_cookie(p->r, DEVICE_COOKIE(p->r));
    return c.n == SECRET_TOKEN_CHARS ? c : STR("");
}

void cookie_left_behind(struct req *r)
{
    if (req_cookie(r, SHARED_COOKIE(r)).n)
        clear_browser(r);
}
