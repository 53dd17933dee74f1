#include "page/confidentiality/confidentiality.h"
#include "gen/confidentiality.html.h"

static enum err show(struct page *p, const struct form *f)
{
    struct confidentiality x;
    TRY(confidentiality_open(&p->c, &x));
    html_confidentiality(p->o, &p->v, &x, f);
    return OK;
}

/* GET /confidentiality */
enum err confidentiality_page(struct page *p)
{
    struct form f = form_new(NULL, 0);
    return show(p, &f);
}

/* POST /confidentiality */
enum err confidentiality_post(struct page *p)
{
    struct form f = form_of(p->r);
    int version = (int)form_int(&f, "text", true, 1, 1000);
    if (!form_check(&f, "promise"))
        form_fail(&f, "promise", N_("Kryss av for at du har lest og lover å holde taushetsplikten."));
    enum err e = form_ok(&f) ? confidentiality_sign(&p->c, version) : ERR_INVALID;
    if (e == OK)
        return page_go(p, "promised", "/");
    if (e == ERR_CONFLICT)
        form_fail(&f, "promise", N_("Teksten er endret siden du åpnet siden. Les den nye, og skriv under på den."));
    else if (e != ERR_INVALID)
        return e;
    TRY(show(p, &f));
    return page_invalid(p);
}
