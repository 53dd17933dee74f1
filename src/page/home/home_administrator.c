#include "gen/home_administrator.html.h"
#include "page/home/home.h"

enum err home_administrator(struct page *p)
{
    html_home_administrator(p->o, &p->v);
    return OK;
}
