/* login_rules.c: the administrator's settings of the login, and help for somebody who lost telephone and codes. */
#include "gen/login_rules.html.h"
#include "base/num.h"
#include "page/login/login.h"
#include "service/factor.h"
#include "service/login_rules.h"

static const struct form_choice minutes[] = {{"15", N_("Etter 15 minutter")}, {"30", N_("Etter 30 minutter")}, {"60", N_("Etter 1 time")},
                                             {"120", N_("Etter 2 timer")},    {NULL, NULL}};

static struct str choice_near(int n)
{
    size_t best = 0;
    for (size_t i = 0; minutes[i].value; i++) {
        int64_t m;
        if (num_i64(str_c(minutes[i].value), 1, 1000, &m) && m <= n)
            best = i;
    }
    return str_c(minutes[best].value);
}

/* GET /settings/login */
enum err login_rules_page(struct page *p)
{
    struct login_rules r;
    TRY(login_rules_look(&p->c, &r));
    const struct pair now[] = {{STR("factor_staff"), r.factor_staff ? STR("1") : STR("")}, {STR("link_trainee"), r.link_trainee ? STR("1") : STR("")},
                               {STR("idle_staff"), choice_near(r.idle_staff)}, {STR("idle_others"), choice_near(r.idle_others)}};
    struct form f = form_new(now, COUNT(now));
    html_login_rules(p->o, &p->v, &f, minutes, minutes);
    return OK;
}

static int chosen(struct form *f, const char *name)
{
    int64_t m = 0;
    int i = form_choice(f, name, true, minutes);
    return i >= 0 && num_i64(str_c(minutes[i].value), 1, 1000, &m) ? (int)m : 0;
}

/* POST /settings/login */
enum err login_rules_post(struct page *p)
{
    struct form f = form_of(p->r);
    struct login_rules r = {.factor_staff = form_check(&f, "factor_staff"), .link_trainee = form_check(&f, "link_trainee")};
    r.idle_staff = chosen(&f, "idle_staff");
    r.idle_others = chosen(&f, "idle_others");
    if (!form_ok(&f)) {
        html_login_rules(p->o, &p->v, &f, minutes, minutes);
        return page_invalid(p);
    }
    TRY(login_rules_save(&p->c, &r));
    return page_go(p, "saved", "/settings");
}

/* POST /users/:id/factor/off */
enum err factor_reset_post(struct page *p)
{
    int64_t id;
    TRY(page_id(p, "id", &id));
    enum err e = factor_reset(&p->c, id);
    if (e && e != ERR_STATE) /* off already: as wished */
        return e;
    return page_go(p, e ? NULL : "user-factor-off", "/users/%lld", (long long)id);
}
