#include "page/nav.h"

#define MAX 8
static const struct nav_item menus[ROLE_N][MAX] = {
    [ROLE_ADMINISTRATOR] = {{N_("Oversikt"), "/", false}, {N_("Brukere"), "/users", false}, {N_("Organisasjoner"), "/organisations", false},
                            {N_("Samarbeid"), "/cooperations", false}, {N_("Innstillinger"), "/settings", false},
                            {N_("E-post"), "/mail", false}, {N_("Logg"), "/log", false}, {N_("Resultater"), "/results", false}},
    [ROLE_PROJECT_LEADER] = {{N_("Oversikt"), "/", false}, {N_("Deltakere"), "/participants", false}, {N_("Puljer"), "/cohorts", false},
                             {N_("Mentorer"), "/mentors", false}, {N_("Matching"), "/matching", false},
                             {N_("Trainees"), "/trainees", false}, {N_("Dokumenter"), "/documents", false},
                             {N_("Resultater"), "/results", false}},
    [ROLE_ADVISER] = {{N_("Oversikt"), "/", false}, {N_("Mine deltakere"), "/participants", false}, {N_("Trainees"), "/trainees", false},
                      {N_("Dokumenter"), "/documents", false}},
    [ROLE_NAV_CONTACT] = {{N_("Oversikt"), "/", false}, {N_("Deltakere"), "/participants", false}, {N_("Trainees"), "/trainees", false},
                          {N_("Dokumenter"), "/documents", false}, {N_("Resultater"), "/results", false}},
    [ROLE_TRAINEE] = {{N_("Min vei"), "/", false}, {N_("Søknaden"), "/application", false}, {N_("Utviklingspermen"), "/workbook", false},
                      {N_("Dokumenter"), "/documents", false}, {N_("Møter"), "/meetings", false}, {N_("Oppgaver"), "/tasks", false},
                      {N_("Avtalen"), "/agreement", false}},
    [ROLE_MENTOR] = {{N_("Oversikt"), "/", false}, {N_("Utviklingspermen"), "/workbook", false}, {N_("Dokumenter"), "/documents", false},
                     {N_("Møter"), "/meetings", false}, {N_("Oppgaver"), "/tasks", false}, {N_("Min profil"), "/mentor", false}},
    [ROLE_SUPERVISOR] = {{N_("Oversikt"), "/", false}},
};

void nav_fill(struct view *v)
{
    for (size_t i = 0; i < MAX && menus[v->actor->role][i].label; i++) {
        struct nav_item item = menus[v->actor->role][i];
        struct str href = str_c(item.href);
        item.current = str_eq(href, v->path) || (href.n > 1 && str_starts(v->path, href) && v->path.p[href.n] == '/');
        v->nav[v->n_nav++] = item;
    }
}
