/* protection.c: GET and POST /participants/:id/protection: what the protected address means, and who is named. */
#include "gen/protection.html.h"
#include "page/participant/participant.h"
#include "page/participant/protected.h"

static enum err choices(struct page *p, const struct form_choice **out)
{
    static const enum role roles[] = {ROLE_PROJECT_LEADER, ROLE_ADVISER, ROLE_NAV_CONTACT};
    struct account_row *rows[COUNT(roles)];
    size_t n[COUNT(roles)], all = 0, k = 0;
    for (size_t r = 0; r < COUNT(roles); r++) {
        TRY(participant_staff(&p->c, roles[r], &rows[r], &n[r]));
        all += n[r];
    }
    struct form_choice *c = ARENA_ARRAY(p->c.a, struct form_choice, all + 1);
    for (size_t r = 0; r < COUNT(roles); r++)
        for (size_t i = 0; i < n[r]; i++)
            c[k++] = (struct form_choice){arena_fmt(p->c.a, "%lld", (long long)rows[r][i].id).p, arena_cstr(p->c.a, rows[r][i].name)};
    *out = c;
    return OK;
}

static enum err show(struct page *p, int64_t id, const struct form *f)
{
    struct protection_view x;
    const struct form_choice *c;
    TRY(protection_open(&p->c, id, &x));
    TRY(choices(p, &c));
    html_protection(p->o, &p->v, &x, c, f);
    return OK;
}

/* GET /participants/:id/protection */
enum err protection_page(struct page *p)
{
    int64_t id;
    struct form f = form_new(NULL, 0);
    TRY(page_id(p, "id", &id));
    return show(p, id, &f);
}

/* POST /participants/:id/protection */
enum err protection_post(struct page *p)
{
    int64_t id;
    const struct form_choice *c;
    struct protection_view x;
    TRY(page_id(p, "id", &id));
    TRY(protection_open(&p->c, id, &x));
    TRY(choices(p, &c));
    struct form f = form_of(p->r);
    int at = form_choice(&f, "account", true, c);
    struct str reason = form_text(&f, "reason", 1, 500);
    enum err e = ERR_INVALID;
    if (form_ok(&f)) {
        struct str id_text = str_c(c[at].value);
        int64_t account = 0;
        if (!num_i64(id_text, 1, INT64_MAX, &account))
            return ERR_INVALID;
        e = protection_name(&p->c, id, account, reason);
    }
    if (e == OK)
        return page_go(p, "saved", "/participants/%lld/protection", (long long)id);
    if (e == ERR_CONFLICT)
        form_fail(&f, "account", N_("Denne personen er allerede navngitt."));
    else if (e == ERR_STATE)
        form_fail(&f, "account", N_("Bare den som har strengt fortrolig adresse, har navngitte ansatte."));
    else if (e != ERR_INVALID || !f.n_err)
        return e;
    TRY(show(p, id, &f));
    return page_invalid(p);
}

/* POST /participants/:id/protection/:relation/end */
enum err protection_end_post(struct page *p)
{
    int64_t id, relation;
    TRY(page_id(p, "id", &id));
    TRY(page_id(p, "relation", &relation));
    enum err e = protection_take_back(&p->c, id, relation);
    if (e == ERR_STATE) {
        struct form f = form_of(p->r);
        form_fail(&f, "account", N_("Minst én må være navngitt. Navngi en annen først."));
        TRY(show(p, id, &f));
        return page_invalid(p);
    }
    TRY(e);
    return page_go(p, "removed", "/participants/%lld/protection", (long long)id);
}
