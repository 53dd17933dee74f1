/* code_give.c: staff make a code that a participant logs in with once. */
#include "gen/login_code.html.h"
#include "page/login/login.h"
#include "service/login_code.h"

static enum err show(struct page *p, int64_t id, struct str made, const char *refused)
{
    struct login_code_person x;
    TRY(login_code_look(&p->c, id, &x));
    html_code_give(p->o, &p->v, &x, made, refused);
    return OK;
}

/* GET /participants/:id/login-code */
enum err code_give_page(struct page *p)
{
    int64_t id;
    TRY(page_id(p, "id", &id));
    return show(p, id, STR(""), NULL);
}

/* Before the POST, on a worker: the code and its slow hash. */
enum err code_give_prep(struct page *p)
{
    struct login_code_new *x = ARENA_NEW(p->c.a, struct login_code_new);
    p->prep = x;
    return login_code_make(p->c.a, x);
}

/* POST /participants/:id/login-code: the answer shows the code; it is stored nowhere. */
enum err code_give_post(struct page *p)
{
    int64_t id;
    const struct login_code_new *x = p->prep;
    TRY(page_id(p, "id", &id));
    enum err e = login_code_give(&p->c, id, x);
    if (e == ERR_STATE || e == ERR_CONFLICT) {
        TRY(show(p, id, STR(""), e == ERR_STATE ? N_("Deltakeren må være invitert, og kontoen må være åpen.")
                                                : N_("E-postadressen brukes av en annen konto. Rett den først.")));
        return page_conflict(p);
    }
    TRY(e);
    return show(p, id, x->shown, NULL);
}
