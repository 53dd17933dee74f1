#include "gen/home_mentor.html.h"
#include "page/home/home.h"

enum err home_mentor(struct page *p)
{
    html_home_mentor(p->o, &p->v);
    return OK;
}
