/* settings.c: the organisation's settings, and a look through the database. */
#include "gen/settings.html.h"
#include "page/user/user.h"

static enum err show(struct page *p, const struct form *given, bool conflict)
{
    struct organisation_row o;
    TRY(user_organisation(&p->c, &o));
    const struct pair now[] = {{STR("name"), o.name}};
    struct form f = given ? *given : form_new(now, COUNT(now));
    html_settings(p->o, &p->v, &o, &f, p->c.actor->role == ROLE_ADMINISTRATOR, conflict);
    return OK;
}

/* GET /settings */
enum err settings_page(struct page *p)
{
    return show(p, NULL, false);
}

/* POST /settings */
enum err settings_post(struct page *p)
{
    struct form f = form_of(p->r);
    struct str name = form_line(&f, "name", 2, 80), was = form_line(&f, "was", 1, 300);
    enum err e = form_ok(&f) ? user_rename_organisation(&p->c, was, name) : ERR_INVALID;
    if (e == OK)
        return page_go(p, "saved", "/settings");
    if (e != ERR_INVALID && e != ERR_CONFLICT)
        return e;
    TRY(show(p, &f, e == ERR_CONFLICT));
    return e == ERR_CONFLICT ? page_conflict(p) : page_invalid(p);
}

/* GET /settings/check */
enum err settings_check_page(struct page *p)
{
    struct str *faults;
    size_t n;
    enum err e = user_check_database(&p->c, &faults, &n);
    if (e && e != ERR_LIMIT)
        return e;
    html_settings_check(p->o, &p->v, e ? 0 : n, e == ERR_LIMIT);
    return OK;
}
