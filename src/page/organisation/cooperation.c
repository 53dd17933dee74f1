/* cooperation.c: whom the organisation lets see its people, why, and from when to when. */
#include "base/num.h"
#include "base/tm.h"
#include "gen/organisations.html.h"
#include "page/organisation/organisation.h"

const char *cooperation_state_color(const struct cooperation *k)
{
    return k->state == COOPERATION_NOW ? "success" : k->state == COOPERATION_NEXT ? "info" : "neutral";
}

const char *cooperation_state_text(const struct cooperation *k)
{
    return k->state == COOPERATION_NOW ? N_("Gjelder nå") : k->state == COOPERATION_NEXT ? N_("Ikke begynt") : N_("Avsluttet");
}

struct str cooperation_days(const struct view *v, const struct cooperation *k)
{
    if (k->row.ended_at)
        return TF("Fra {1}, avsluttet {2}", DATE(k->row.from_on), WHEN(k->row.ended_at));
    if (k->row.until_on)
        return TF("Fra {1} til {2}", DATE(k->row.from_on), DATE(k->row.until_on));
    return TF("Fra {1}", DATE(k->row.from_on));
}

/* GET /cooperations */
enum err cooperations_page(struct page *p)
{
    struct cooperation *rows;
    size_t n;
    TRY(cooperations(&p->c, &rows, &n));
    html_cooperations(p->o, &p->v, rows, n);
    return OK;
}

static enum err partners(struct page *p, const struct form_choice **out)
{
    struct organisation_line *rows;
    size_t n;
    TRY(cooperation_partners(&p->c, &rows, &n));
    struct form_choice *c = ARENA_ARRAY(p->c.a, struct form_choice, n + 1);
    for (size_t i = 0; i < n; i++)
        c[i] = (struct form_choice){arena_fmt(p->c.a, "%lld", (long long)rows[i].id).p, arena_cstr(p->c.a, rows[i].name)};
    *out = c;
    return OK;
}

/* GET /cooperations/new */
enum err cooperation_new_page(struct page *p)
{
    const struct view *v = &p->v;
    const struct form_choice *choices;
    TRY(partners(p, &choices));
    struct tm_ymd ymd = tm_ymd(v->today);
    const struct pair given[] = {{STR("from_on"), arena_fmt(v->a, "%02d.%02d.%04d", ymd.day, ymd.month, ymd.year)}};
    struct form f = form_new(given, COUNT(given));
    html_cooperation_new(p->o, &p->v, &f, choices);
    return OK;
}

static void objection(struct form *f, enum cooperation_fault fault)
{
    if (fault == COOPERATION_DAYS)
        form_fail(f, "until_on", N_("Siste dag kan ikke være før den første, og ikke før i dag."));
    else if (fault == COOPERATION_THERE)
        form_fail(f, "partner", N_("Dere har alt et samarbeid med denne organisasjonen i den tiden."));
    else if (fault == COOPERATION_MANY)
        form_fail(f, "partner", N_("Denne organisasjonen samarbeider med for mange. Avslutt et annet samarbeid først."));
    else
        form_fail(f, "partner", N_("Velg en av organisasjonene i listen."));
}

/* POST /cooperations */
enum err cooperation_new_post(struct page *p)
{
    const struct form_choice *choices;
    TRY(partners(p, &choices));
    struct form f = form_of(p->r);
    struct cooperation_row k = {0};
    int partner = form_choice(&f, "partner", true, choices);
    k.purpose = form_text(&f, "purpose", 5, 500);
    k.from_on = form_date(&f, "from_on", true);
    k.until_on = form_date(&f, "until_on", false);
    if (partner >= 0 && !num_i64(str_c(choices[partner].value), 1, INT64_MAX, &k.partner_id))
        return ERR_INTERNAL;
    enum cooperation_fault fault = COOPERATION_OK;
    int64_t id;
    enum err e = form_ok(&f) ? cooperation_begin(&p->c, &k, &id, &fault) : ERR_INVALID;
    if (e == OK)
        return page_go(p, "cooperation-begun", "/cooperations");
    if (e != ERR_INVALID)
        return e;
    if (fault != COOPERATION_OK)
        objection(&f, fault);
    html_cooperation_new(p->o, &p->v, &f, choices);
    return page_invalid(p);
}

/* GET /cooperations/:id */
enum err cooperation_page(struct page *p)
{
    int64_t id;
    struct cooperation k;
    TRY(page_id(p, "id", &id));
    TRY(cooperation_open(&p->c, id, &k));
    html_cooperation(p->o, &p->v, &k);
    return OK;
}

/* POST /cooperations/:id/end */
enum err cooperation_end_post(struct page *p)
{
    int64_t id;
    TRY(page_id(p, "id", &id));
    enum err e = cooperation_stop(&p->c, id);
    if (e && e != ERR_CONFLICT) /* over already: as wished */
        return e;
    return page_go(p, "cooperation-ended", "/cooperations");
}
