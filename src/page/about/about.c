#include "page/about/about.h"

#include "gen/about.html.h"
#include "service/rights.h"

/* GET /privacy */
enum err privacy_page(struct page *p)
{
    struct privacy_settings s;
    TRY(privacy_settings_get(&p->c, &s));
    html_privacy(p->o, &p->v, s.contact, s.months);
    return OK;
}

/* GET /accessibility */
enum err accessibility_page(struct page *p)
{
    html_accessibility(p->o, &p->v);
    return OK;
}
