#include "gen/home_nav.html.h"
#include "page/home/home.h"

enum err home_nav(struct page *p)
{
    html_home_nav(p->o, &p->v);
    return OK;
}
