/* organisation.c: other organisations, and the first administrator there. */
#include "page/organisation/organisation.h"
#include "gen/organisations.html.h"

/* GET /organisations */
enum err organisations_page(struct page *p)
{
    struct organisation_line *rows;
    size_t n;
    TRY(organisations_seen(&p->c, &rows, &n));
    html_organisations(p->o, &p->v, rows, n);
    return OK;
}

static const struct form_choice *kind_choices(struct page *p)
{
    size_t n = 0;
    while (organisation_kinds[n].code)
        n++;
    struct form_choice *out = ARENA_ARRAY(p->c.a, struct form_choice, n + 1);
    for (size_t i = 0; i < n; i++)
        out[i] = (struct form_choice){organisation_kinds[i].code, organisation_kinds[i].label};
    return out;
}

/* GET /organisations/new */
enum err organisation_new_page(struct page *p)
{
    struct organisation_line *rows;
    size_t n;
    TRY(organisations_seen(&p->c, &rows, &n)); /* may the actor */
    struct form f = form_new(NULL, 0);
    html_organisation_new(p->o, &p->v, &f, kind_choices(p));
    return OK;
}

/* POST /organisations */
enum err organisation_new_post(struct page *p)
{
    struct form f = form_of(p->r);
    const struct form_choice *kinds = kind_choices(p);
    struct str name = form_line(&f, "name", 2, 80);
    int kind = form_choice(&f, "kind", true, kinds);
    int64_t id;
    enum err e = form_ok(&f) ? organisation_make(&p->c, name, str_c(kinds[kind].value), &id) : ERR_INVALID;
    if (e == OK)
        return page_go(p, "organisation-made", "/organisations/%lld", (long long)id);
    if (e == ERR_CONFLICT)
        form_fail(&f, "name", N_("En organisasjon med dette navnet finnes alt."));
    else if (e != ERR_INVALID)
        return e;
    html_organisation_new(p->o, &p->v, &f, kinds);
    return page_invalid(p);
}

static enum err show(struct page *p, int64_t id, const struct form *f)
{
    struct organisation_line o;
    TRY(organisation_seen(&p->c, id, &o));
    html_organisation(p->o, &p->v, &o, f, organisation_lacks_administrator(&p->c, &o));
    return OK;
}

/* GET /organisations/:id */
enum err organisation_page(struct page *p)
{
    int64_t id;
    TRY(page_id(p, "id", &id));
    struct form f = form_new(NULL, 0);
    return show(p, id, &f);
}

/* POST /organisations/:id/administrator */
enum err organisation_administrator_post(struct page *p)
{
    int64_t id;
    TRY(page_id(p, "id", &id));
    struct form f = form_of(p->r);
    struct str name = form_line(&f, "name", 1, 120), email = form_email(&f, "email", true);
    enum err e = form_ok(&f) ? organisation_invite(&p->c, id, email, name) : ERR_INVALID;
    if (e == OK)
        return page_go(p, "user-invited", "/organisations/%lld", (long long)id);
    if (e == ERR_STATE)
        form_fail(&f, "email", N_("Organisasjonen har en administrator. Be vedkommende invitere flere."));
    else if (e != ERR_INVALID)
        return e;
    TRY(show(p, id, &f));
    return page_invalid(p);
}
