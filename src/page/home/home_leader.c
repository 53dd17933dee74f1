#include "gen/home_leader.html.h"
#include "page/home/home.h"

enum err home_leader(struct page *p)
{
    html_home_leader(p->o, &p->v);
    return OK;
}
