/* preparation.c: what the trainee thinks through before the matching meeting. */
#include "gen/preparation.html.h"
#include "page/matching/matching.h"
#include "domain/levels.h"

static const struct form_choice sexes[] = {{"", N_("Det spiller ingen rolle")}, {"female", N_("Kvinne")}, {"male", N_("Mann")}, {0}};
static const struct form_choice ages[] = {{"", N_("Det spiller ingen rolle")}, {"younger", N_("Yngre enn meg")},
                                          {"same", N_("Omtrent som meg")}, {"older", N_("Eldre enn meg")}, {0}};
static const struct form_choice sectors[] = {{"", N_("Det spiller ingen rolle")}, {"public", N_("Offentlig sektor")},
                                             {"private", N_("Privat sektor")}, {0}};

static void show(struct page *p, const struct trainee_row *t, const struct form *f, const struct trainee_row *theirs)
{
    html_preparation(p->o, &p->v, t, f, theirs, sexes, ages, sectors);
}

static struct form given(struct page *p, const struct trainee_row *t)
{
    struct pair *g = ARENA_ARRAY(p->c.a, struct pair, 7);
    g[0] = (struct pair){STR("motivation"), t->motivation};
    g[1] = (struct pair){STR("goals"), t->goals};
    g[2] = (struct pair){STR("expectations"), t->expectations};
    g[3] = (struct pair){STR("wish_sex"), t->wish_sex};
    g[4] = (struct pair){STR("wish_age"), t->wish_age};
    g[5] = (struct pair){STR("wish_sector"), t->wish_sector};
    g[6] = (struct pair){STR("wish_text"), t->wish_text};
    return form_new(g, 7);
}

/* GET /preparation */
enum err preparation_page(struct page *p)
{
    struct trainee_row t;
    TRY(matching_own_preparation(&p->c, &t));
    struct form f = given(p, &t);
    show(p, &t, &f, NULL);
    return OK;
}

/* POST /preparation */
enum err preparation_post(struct page *p)
{
    struct trainee_row t, now;
    TRY(matching_own_preparation(&p->c, &now));
    t = now;
    struct form f = form_of(p->r);
    t.motivation = form_text(&f, "motivation", 0, 4000);
    t.goals = form_text(&f, "goals", 0, 4000);
    t.expectations = form_text(&f, "expectations", 0, 4000);
    t.wish_text = form_text(&f, "wish_text", 0, 2000);
    int sex = form_choice(&f, "wish_sex", false, sexes), age = form_choice(&f, "wish_age", false, ages),
        sector = form_choice(&f, "wish_sector", false, sectors);
    t.wish_sex = str_c(sex > 0 ? sexes[sex].value : "");
    t.wish_age = str_c(age > 0 ? ages[age].value : "");
    t.wish_sector = str_c(sector > 0 ? sectors[sector].value : "");
    t.version = page_version(p);
    if (!form_ok(&f)) {
        show(p, &now, &f, NULL);
        return page_invalid(p);
    }
    enum err e = matching_prepare(&p->c, &t);
    if (e == ERR_CONFLICT) {
        show(p, &now, &f, &now);
        return page_conflict(p);
    }
    TRY(e);
    return page_go(p, "saved", "/preparation");
}
