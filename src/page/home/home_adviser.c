/* home_adviser.c: the adviser's start page: what do I do first, where are my participants, how are my trainees. */
#include "gen/home_adviser.html.h"
#include "page/home/staff.h"

enum err home_adviser(struct page *p)
{
    struct own_people o;
    int64_t all = 0;
    TRY(own_people(&p->c, &o));
    for (int k = 0; k < INTAKE_STAGE_N; k++)
        all += o.stage[k];
    struct own_view x = own_view(p, &o);
    html_home_adviser(p->o, &p->v, &x, all);
    return OK;
}
