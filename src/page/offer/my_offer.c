/* my_offer.c: the applicant's own page. */
#include "gen/my_offer.html.h"
#include "page/offer/offer.h"

/* GET /offer */
enum err my_offer_page(struct page *p)
{
    struct offer_letter x;
    TRY(offer_mine(&p->c, &x));
    struct form f = form_new(NULL, 0);
    html_my_offer(p->o, &p->v, &x, &f);
    return OK;
}

/* POST /offer */
enum err my_offer_post(struct page *p)
{
    static const struct form_choice answers[] = {{"yes", ""}, {"no", ""}, {0}};
    struct form f = form_of(p->r);
    int64_t offer = form_id(&f, "offer", true);
    int answer = form_choice(&f, "answer", true, answers);
    struct str note = form_text(&f, "note", 0, 2000);
    enum err e = form_ok(&f) ? offer_reply(&p->c, offer, answer == 0, note) : ERR_INVALID;
    if (e == ERR_INVALID || e == ERR_STATE || e == ERR_CONFLICT) {
        struct offer_letter x;
        TRY(offer_mine(&p->c, &x));
        html_my_offer(p->o, &p->v, &x, &f); /* when the offer is gone the page says where the person stands now */
        return e == ERR_INVALID ? page_invalid(p) : page_conflict(p);
    }
    TRY(e);
    return page_go(p, answer == 0 ? "offer-yes" : "offer-no", "/offer");
}
