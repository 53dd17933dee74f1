#include "page/about/about.h"

#include "gen/about.html.h"

/* GET /privacy */
enum err privacy_page(struct page *p)
{
    html_privacy(p->o, &p->v);
    return OK;
}

/* GET /accessibility */
enum err accessibility_page(struct page *p)
{
    html_accessibility(p->o, &p->v);
    return OK;
}
