#include "gen/home_trainee.html.h"
#include "page/home/home.h"

enum err home_trainee(struct page *p)
{
    html_home_trainee(p->o, &p->v);
    return OK;
}
