#include "page/screening/screening.h"
#include "gen/screening.html.h"
#include "page/participant/participant.h"
#include "page/participant/person.h"

/* GET /screening */
enum err screening_page(struct page *p)
{
    struct participant_filter f = {.stage = -1, .screening = true, .sort = SORT_CRITERIA};
    struct screening_list got;
    int64_t after = page_query_int(p, "after", 0);
    TRY(may(&p->c, ACT_SCREENING_DECIDE, rel_org(&p->c, p->c.actor->organisation_id)));
    TRY(screening_find(&p->c, f, after, STR(""), &got));
    html_screening(p->o, &p->v, &got, after == 0);
    return OK;
}

static enum err show(struct page *p, int64_t id, const struct form *f, const char *conflict)
{
    struct screening_person x;
    int64_t next, left;
    bool exact;
    TRY(screening_person(&p->c, id, &x));
    TRY(screening_next(&p->c, id, &next, &left, &exact));
    html_screening_one(p->o, &p->v, &x, f, conflict, next);
    return OK;
}

/* GET /screening/:id */
enum err screening_one_page(struct page *p)
{
    int64_t id;
    struct form f = form_new(NULL, 0);
    TRY(page_id(p, "id", &id));
    return show(p, id, &f, NULL);
}

/* POST /screening/:id: decides, and goes on to the next. */
enum err screening_one_post(struct page *p)
{
    int64_t id, next, left;
    bool exact;
    TRY(page_id(p, "id", &id));
    struct form f = form_of(p->r);
    TRY(screening_next(&p->c, id, &next, &left, &exact));
    enum err e = person_decide(p, id, &f);
    if (e == OK)
        return next ? page_go(p, "decided", "/screening/%lld", (long long)next) : page_go(p, "decided", "/screening");
    if (e == ERR_INVALID && f.n_err) {
        TRY(show(p, id, &f, NULL));
        return page_invalid(p);
    }
    if (e != ERR_CONFLICT && e != ERR_STATE)
        return e;
    TRY(show(p, id, &f, N_("Noen andre har bestemt noe om denne personen i mellomtiden.")));
    return page_conflict(p);
}
