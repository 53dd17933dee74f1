/* edit.c: a cohort is made, changed, closed, opened again. */
#include "base/tm.h"
#include "gen/cohort_form.html.h"
#include "page/cohort/cohort.h"

static struct cohort_row read(struct form *f)
{
    struct cohort_row in = {0};
    in.name = form_line(f, "name", 1, COHORT_NAME_MAX);
    in.start_on = form_date(f, "start_on", true);
    in.seats = (int)form_int(f, "seats", true, 1, COHORT_SEATS_MAX);
    return in;
}

/* GET /cohorts/new */
enum err cohort_new_page(struct page *p)
{
    struct pair given[] = {{STR("seats"), arena_fmt(p->c.a, "%d", INTAKE_SEATS)}};
    struct form f = form_new(given, COUNT(given));
    html_cohort_form(p->o, &p->v, &f, NULL, 0, NULL);
    return OK;
}

/* POST /cohorts */
enum err cohort_new_post(struct page *p)
{
    struct form f = form_of(p->r);
    struct cohort_row in = read(&f);
    if (!form_ok(&f)) {
        html_cohort_form(p->o, &p->v, &f, NULL, 0, NULL);
        return page_invalid(p);
    }
    int64_t id;
    TRY(cohort_add(&p->c, &in, &id));
    return page_go(p, "saved", "/cohorts/%lld", (long long)id);
}

static enum err find(struct page *p, struct cohort_card *card)
{
    int64_t id;
    TRY(page_id(p, "id", &id));
    return cohort_see(&p->c, id, card);
}

/* GET /cohorts/:id/edit */
enum err cohort_edit_page(struct page *p)
{
    struct cohort_card card;
    TRY(find(p, &card));
    struct tm_ymd d = tm_ymd(card.row.start_on);
    struct pair given[] = {{STR("name"), card.row.name},
                           {STR("start_on"), arena_fmt(p->c.a, "%02d.%02d.%04d", d.day, d.month, d.year)},
                           {STR("seats"), arena_fmt(p->c.a, "%d", card.row.seats)}};
    struct form f = form_new(given, COUNT(given));
    html_cohort_form(p->o, &p->v, &f, &card.row, card.row.version, NULL);
    return OK;
}

/* POST /cohorts/:id/edit */
enum err cohort_edit_post(struct page *p)
{
    struct cohort_card card;
    TRY(find(p, &card));
    struct form f = form_of(p->r);
    struct cohort_row in = read(&f);
    in.id = card.row.id;
    in.version = page_version(p);
    if (!form_ok(&f)) {
        html_cohort_form(p->o, &p->v, &f, &card.row, in.version, NULL);
        return page_invalid(p);
    }
    enum err e = cohort_change(&p->c, &in);
    if (e == ERR_CONFLICT) {
        html_cohort_form(p->o, &p->v, &f, &card.row, card.row.version, &card.row);
        return page_conflict(p);
    }
    TRY(e);
    return page_go(p, "saved", "/cohorts/%lld", (long long)card.row.id);
}

/* GET /cohorts/:id/close */
enum err cohort_close_page(struct page *p)
{
    struct cohort_card card;
    TRY(find(p, &card));
    if (card.row.closed_at)
        return page_go(p, NULL, "/cohorts/%lld", (long long)card.row.id);
    struct form f = form_new(NULL, 0);
    html_cohort_close(p->o, &p->v, &f, &card, STR(""));
    return OK;
}

/* POST /cohorts/:id/close */
enum err cohort_close_post(struct page *p)
{
    struct cohort_card card;
    struct say why = {0};
    TRY(find(p, &card));
    struct form f = form_of(p->r);
    struct str reason = form_text(&f, "reason", 1, 1000);
    enum err e = form_ok(&f) ? cohort_close(&p->c, card.row.id, page_version(p), reason, &why) : ERR_INVALID;
    if (e == ERR_CONFLICT) {
        html_cohort_close(p->o, &p->v, &f, &card, S(text_get(p->v.lang, N_("Noen andre har endret puljen. Se over, og prøv igjen."))));
        return page_conflict(p);
    }
    if (e == ERR_INVALID || e == ERR_STATE) {
        html_cohort_close(p->o, &p->v, &f, &card, text_say(p->c.a, p->v.lang, &why));
        return page_invalid(p);
    }
    TRY(e);
    return page_go(p, "cohort-closed", "/cohorts/%lld", (long long)card.row.id);
}

/* POST /cohorts/:id/reopen */
enum err cohort_reopen_post(struct page *p)
{
    int64_t id;
    TRY(page_id(p, "id", &id));
    TRY(cohort_reopen(&p->c, id, page_version(p), STR("")));
    return page_go(p, "cohort-reopened", "/cohorts/%lld", (long long)id);
}
