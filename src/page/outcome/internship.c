/* internship.c: registering and changing a trainee's internships. */
#include "page/outcome/outcome.h"
#include "page/outcome/outcome_form.h"

static enum err form_open(struct page *p, bool there, struct outcome_form *x)
{
    const struct view *v = &p->v;
    int64_t trainee_id, id = 0;
    *x = (struct outcome_form){.kind = OUTCOME_INTERNSHIP};
    TRY(page_id(p, "id", &trainee_id));
    if (there)
        TRY(page_id(p, "internship", &id));
    TRY(outcome_open(&p->c, trainee_id, &x->p));
    if (!x->p.may_set)
        return ERR_DENIED;
    const struct internship_row *row = there ? internship_find(&x->p, id) : NULL;
    if (there && !row)
        return ERR_NOT_FOUND;
    x->id = id;
    x->version = row ? row->version : 0;
    x->ended = row && row->until_on && row->until_on < v->today;
    x->title = there ? N_("Endre internship") : N_("Registrer internship");
    x->back = arena_fmt(v->a, "/trainees/%lld/outcome", (long long)trainee_id).p;
    x->action = there ? arena_fmt(v->a, "/trainees/%lld/internships/%lld", (long long)trainee_id, (long long)id).p
                      : arena_fmt(v->a, "/trainees/%lld/internships", (long long)trainee_id).p;
    x->relevance = outcome_choices(v, relevance_names, 1, RELEVANCE_N);
    return OK;
}

static struct form given(const struct view *v, const struct internship_row *i)
{
    struct pair *g = ARENA_ARRAY(v->a, struct pair, 5);
    g[0] = (struct pair){STR("business"), i->business};
    g[1] = (struct pair){STR("relevance"), S(relevance_names[i->field_relevant].code)};
    g[2] = (struct pair){STR("from_on"), outcome_typed_date(v, i->from_on)};
    g[3] = (struct pair){STR("until_on"), outcome_typed_date(v, i->until_on)};
    g[4] = (struct pair){STR("percent"), arena_fmt(v->a, "%d", i->percent)};
    return form_new(g, 5);
}

/* GET /trainees/:id/internships/new */
enum err internship_new_page(struct page *p)
{
    struct outcome_form x;
    TRY(form_open(p, false, &x));
    struct form f = form_new(NULL, 0);
    return outcome_form_show(p, &x, &f, NULL);
}

/* GET /trainees/:id/internships/:internship */
enum err internship_edit_page(struct page *p)
{
    struct outcome_form x;
    TRY(form_open(p, true, &x));
    struct form f = given(&p->v, internship_find(&x.p, x.id));
    return outcome_form_show(p, &x, &f, NULL);
}

static enum err save(struct page *p, struct outcome_form *x)
{
    struct form f = form_of(p->r);
    struct internship_row i = {.id = x->id, .version = page_version(p)};
    i.business = x->p.hides_places ? STR("") : form_line(&f, "business", 1, 120);
    i.field_relevant = (enum relevance)(form_choice(&f, "relevance", true, x->relevance) + 1);
    i.from_on = form_date(&f, "from_on", true);
    i.until_on = form_date(&f, "until_on", false);
    i.percent = (int)form_int(&f, "percent", true, 1, 100);
    struct outcome_fault fault = {0};
    enum err e = form_ok(&f) ? internship_save(&p->c, x->p.t.id, &i, &fault) : ERR_INVALID;
    if (e == ERR_CONFLICT)
        return outcome_form_conflict(p, x, &f, NULL, internship_card(&p->v, internship_find(&x->p, x->id)));
    if (e == ERR_INVALID)
        return outcome_form_invalid(p, x, &f, &fault);
    TRY(e);
    return page_go(p, x->id ? "saved" : "outcome-registered", "/trainees/%lld/outcome", (long long)x->p.t.id);
}

/* POST /trainees/:id/internships */
enum err internship_add_post(struct page *p)
{
    struct outcome_form x;
    TRY(form_open(p, false, &x));
    return save(p, &x);
}

/* POST /trainees/:id/internships/:internship */
enum err internship_edit_post(struct page *p)
{
    struct outcome_form x;
    TRY(form_open(p, true, &x));
    return save(p, &x);
}

/* POST /trainees/:id/internships/:internship/end */
enum err internship_end_post(struct page *p)
{
    struct outcome_form x;
    TRY(form_open(p, true, &x));
    struct form f = given(&p->v, internship_find(&x.p, x.id)), end = form_of(p->r);
    end.prefix = "end";
    int until_on = form_date(&end, "until_on", true);
    struct outcome_fault fault = {0};
    enum err e = form_ok(&end) ? internship_finish(&p->c, x.p.t.id, x.id, page_version(p), until_on, &fault) : ERR_INVALID;
    if (e == ERR_CONFLICT)
        return outcome_form_conflict(p, &x, &f, &end, internship_card(&p->v, internship_find(&x.p, x.id)));
    if (e == ERR_INVALID)
        return outcome_end_invalid(p, &x, &f, &end, &fault);
    TRY(e);
    return page_go(p, "saved", "/trainees/%lld/outcome", (long long)x.p.t.id);
}
