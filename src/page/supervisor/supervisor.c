#include "page/supervisor/supervisor.h"
#include "gen/supervisor.html.h"

struct str supervised_name(const struct view *v, const struct supervised_row *r)
{
    return arena_fmt(v->a, "%.*s %.*s", STR_FMT(r->first_name), STR_FMT(r->last_name));
}

struct str supervised_days(const struct view *v, const struct supervised_row *r)
{
    if (!r->internship_until_on)
        return TF("Fra {1}", DATE(r->internship_from_on));
    return TF("Fra {1} til {2}", DATE(r->internship_from_on), DATE(r->internship_until_on));
}

struct str supervised_until(const struct view *v, const struct supervised_row *r)
{
    struct supervision_facts f = supervision_facts_of(r);
    int last = supervision_last_on(&f);
    return last ? TF("Du ser dette til og med {1}.", DATE(last)) : S(T("Du ser dette til 12 uker etter siste dag."));
}

/* GET /internships/:id */
enum err supervised_page(struct page *p)
{
    int64_t id;
    struct supervised_row r;
    TRY(page_id(p, "id", &id));
    TRY(supervision_see(&p->c, id, &r));
    html_supervised(p->o, &p->v, &r);
    return OK;
}

static enum err ids(struct page *p, int64_t *trainee, int64_t *internship)
{
    TRY(page_id(p, "id", trainee));
    return page_id(p, "internship", internship);
}

static enum err show(struct page *p, int64_t trainee, int64_t internship, const struct form *f)
{
    struct supervision_view x;
    TRY(supervision_open_for(&p->c, trainee, internship, &x));
    struct pair *given = ARENA_ARRAY(p->c.a, struct pair, 1);
    given[0] = (struct pair){STR("business"), x.p.hides_places ? STR("") : x.internship.business};
    struct form fresh = form_new(given, 1);
    html_supervisor(p->o, &p->v, &x, f ? f : &fresh);
    return OK;
}

/* GET /trainees/:id/internships/:internship/supervisor */
enum err supervisor_page(struct page *p)
{
    int64_t trainee, internship;
    TRY(ids(p, &trainee, &internship));
    return show(p, trainee, internship, NULL);
}

/* POST /trainees/:id/internships/:internship/supervisor */
enum err supervisor_post(struct page *p)
{
    int64_t trainee, internship;
    TRY(ids(p, &trainee, &internship));
    struct form f = form_of(p->r);
    struct str business = form_line(&f, "business", 1, 80), name = form_line(&f, "name", 1, 120), email = form_email(&f, "email", true);
    enum err e = form_ok(&f) ? supervision_invite(&p->c, trainee, internship, business, name, email) : ERR_INVALID;
    if (e == OK)
        return page_go(p, "user-invited", "/trainees/%lld/internships/%lld/supervisor", (long long)trainee, (long long)internship);
    if (e == ERR_STATE)
        form_fail(&f, "", N_("Internshipet er over for mer enn 12 uker siden. Da trengs ingen fadder."));
    else if (e != ERR_INVALID)
        return e;
    TRY(show(p, trainee, internship, &f));
    return page_invalid(p);
}

/* POST /trainees/:id/internships/:internship/supervisor/:relation/end */
enum err supervisor_end_post(struct page *p)
{
    int64_t trainee, internship, relation;
    TRY(ids(p, &trainee, &internship));
    TRY(page_id(p, "relation", &relation));
    enum err e = supervision_end(&p->c, trainee, internship, relation);
    if (e && e != ERR_CONFLICT) /* over already: as wished */
        return e;
    return page_go(p, "saved", "/trainees/%lld/internships/%lld/supervisor", (long long)trainee, (long long)internship);
}
