#include "page/handover/handover.h"
#include "base/num.h"
#include "gen/handover.html.h"

struct str handover_relation_text(const struct view *v, const struct relation_row *r)
{
    bool adviser = str_is(r->kind, RELATION_ADVISER);
    if (r->until_on)
        return adviser ? TF("Programrådgiver til {1}", DATE(r->until_on)) : TF("NAV-kontakt til {1}", DATE(r->until_on));
    return adviser ? TF("Programrådgiver fra {1}", DATE(r->from_on)) : TF("NAV-kontakt fra {1}", DATE(r->from_on));
}

static const struct form_choice *choices(struct page *p, const struct handover_view *x)
{
    struct form_choice *c = ARENA_ARRAY(p->c.a, struct form_choice, x->n_navs + 1);
    for (size_t i = 0; i < x->n_navs; i++)
        c[i] = (struct form_choice){arena_fmt(p->c.a, "%lld", (long long)x->navs[i].account_id).p, colleague_label(p->c.a, &x->navs[i]).p};
    return c;
}

static enum err show(struct page *p, int64_t id, const struct form *f)
{
    struct handover_view x;
    TRY(handover_open(&p->c, id, &x));
    html_handover(p->o, &p->v, &x, f, choices(p, &x));
    return OK;
}

/* GET /participants/:id/handover */
enum err handover_page(struct page *p)
{
    int64_t id;
    TRY(page_id(p, "id", &id));
    struct form f = form_new(NULL, 0);
    return show(p, id, &f);
}

static void objection(struct form *f, enum handover_fault fault)
{
    if (fault == HANDOVER_DAY)
        form_fail(f, "on_day", N_("Velg i dag eller en dag som kommer."));
    else if (fault == HANDOVER_NAV)
        form_fail(f, "nav", N_("Velg en av NAV-kontaktene i listen."));
    else if (fault == HANDOVER_PENDING)
        form_fail(f, "", N_("En overføring er planlagt alt. Trekk den tilbake først."));
    else if (fault == HANDOVER_LAST)
        form_fail(f, "", N_("Adressen er strengt beskyttet. Sett opp en prosjektleder som kan se personen, først."));
    else
        form_fail(f, "", N_("Personen har ingen programrådgiver å overføre fra."));
}

/* POST /participants/:id/handover */
enum err handover_post(struct page *p)
{
    int64_t id, nav = 0;
    struct handover_view x;
    TRY(page_id(p, "id", &id));
    TRY(handover_open(&p->c, id, &x));
    if (!x.may_set)
        return ERR_DENIED;
    struct form f = form_of(p->r);
    const struct form_choice *navs = choices(p, &x);
    int chosen = form_choice(&f, "nav", true, navs);
    int on_day = form_date(&f, "on_day", true);
    struct str note = form_text(&f, "note", 0, 2000);
    if (chosen >= 0 && !num_i64(str_c(navs[chosen].value), 1, INT64_MAX, &nav))
        return ERR_INTERNAL;
    enum handover_fault fault = HANDOVER_OK;
    enum err e = form_ok(&f) ? handover_plan(&p->c, id, nav, on_day, note, &fault) : ERR_INVALID;
    if (e == OK && on_day == p->c.today && p->c.actor->role == ROLE_ADVISER)
        return page_go(p, "handed-over", "/participants"); /* the person is not the adviser's to see any more */
    if (e == OK)
        return page_go(p, on_day == p->c.today ? "handed-over" : "handover-planned", "/participants/%lld/handover", (long long)id);
    if (e != ERR_INVALID)
        return e;
    if (fault != HANDOVER_OK)
        objection(&f, fault);
    TRY(show(p, id, &f));
    return page_invalid(p);
}

/* POST /participants/:id/handover/:handover/back */
enum err handover_back_post(struct page *p)
{
    int64_t id, handover;
    TRY(page_id(p, "id", &id));
    TRY(page_id(p, "handover", &handover));
    enum err e = handover_take_back(&p->c, id, handover);
    if (e && e != ERR_CONFLICT)
        return e;
    return page_go(p, e ? NULL : "handover-back", "/participants/%lld/handover", (long long)id);
}
