/* home_supervisor.c: a supervisor's start page: whose internship, and whom to call. */
#include "gen/home_supervisor.html.h"
#include "page/home/home.h"
#include "page/supervisor/supervisor.h"

/* GET / */
enum err home_supervisor(struct page *p)
{
    struct supervised_row *rows;
    size_t n;
    TRY(supervision_list(&p->c, &rows, &n));
    html_home_supervisor(p->o, &p->v, rows, n);
    return OK;
}
