#include "gen/home_administrator.html.h"
#include "page/home/home.h"
#include "service/user.h"

struct str user_number(const struct view *v, const struct user_counts *c, int64_t n)
{
    return c->exact ? I(n) : TF("{1}+", I(n));
}

enum err home_administrator(struct page *p)
{
    struct user_overview x;
    TRY(user_overview(&p->c, &x));
    html_home_administrator(p->o, &p->v, &x);
    return OK;
}
