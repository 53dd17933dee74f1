/* home_nav.c: the NAV contact's start page: what must be started in time, how are my trainees, who else could join. */
#include "gen/home_nav.html.h"
#include "page/home/staff.h"

bool nav_ends_any(const struct own_people *o)
{
    for (size_t i = 0; i < o->n_trainees; i++)
        if (own_near_end(&o->trainees[i]))
            return true;
    return o->n_endings > 0;
}

enum err home_nav(struct page *p)
{
    struct own_people o;
    int64_t all = 0;
    TRY(own_people(&p->c, &o));
    for (int k = 0; k < INTAKE_STAGE_N; k++)
        all += o.stage[k];
    struct own_view x = own_view(p, &o);
    html_home_nav(p->o, &p->v, &x, all);
    return OK;
}
