#include "gen/home_adviser.html.h"
#include "page/home/home.h"

enum err home_adviser(struct page *p)
{
    html_home_adviser(p->o, &p->v);
    return OK;
}
