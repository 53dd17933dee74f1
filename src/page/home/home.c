#include "page/home/home.h"

/* GET / */
enum err home_page(struct page *p)
{
    switch (p->c.actor->role) {
    case ROLE_PROJECT_LEADER:
        return home_leader(p);
    case ROLE_ADVISER:
        return home_adviser(p);
    case ROLE_NAV_CONTACT:
        return home_nav(p);
    case ROLE_TRAINEE:
        return home_trainee(p);
    case ROLE_MENTOR:
        return home_mentor(p);
    case ROLE_ADMINISTRATOR:
        return home_administrator(p);
    case ROLE_SUPERVISOR:
        return home_supervisor(p);
    case ROLE_NONE:
    case ROLE_N:
        break;
    }
    return ERR_DENIED;
}
