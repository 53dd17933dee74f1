/* outcome.c: what became of a trainee, shown; registering and changing jobs, education and none. */
#include "page/outcome/outcome.h"
#include "gen/outcome.html.h"
#include "page/outcome/outcome_form.h"

/* GET /trainees/:id/outcome */
enum err outcome_page(struct page *p)
{
    const struct view *v = &p->v;
    int64_t id;
    struct outcome_person x;
    TRY(page_id(p, "id", &id));
    TRY(outcome_open(&p->c, id, &x));
    size_t n;
    const struct outcome_card *cards = outcome_cards(v, &x, &n);
    html_outcome(p->o, v, &x, cards, n);
    return OK;
}

/* GET /outcome: the trainee's own. */
enum err outcome_own_page(struct page *p)
{
    const struct view *v = &p->v;
    struct outcome_person x;
    TRY(outcome_own(&p->c, &x));
    size_t n;
    const struct outcome_card *cards = outcome_cards(v, &x, &n);
    html_outcome_own(p->o, v, &x, cards, n);
    return OK;
}

/* ---- the form */
static const char *const new_titles[] = {[OUTCOME_JOB] = N_("Registrer jobb"), [OUTCOME_EDUCATION] = N_("Registrer utdanning"),
                                         [OUTCOME_NONE] = N_("Registrer verken jobb eller utdanning")};
static const char *const edit_titles[] = {[OUTCOME_JOB] = N_("Endre jobb"), [OUTCOME_EDUCATION] = N_("Endre utdanning"),
                                          [OUTCOME_NONE] = N_("Endre verken jobb eller utdanning")};

/* The trainee, if the actor may register; what the form needs to be shown. */
static enum err form_open(struct page *p, enum outcome_kind kind, int64_t id, struct outcome_form *x)
{
    const struct view *v = &p->v;
    int64_t trainee_id;
    *x = (struct outcome_form){.kind = kind, .id = id};
    TRY(page_id(p, "id", &trainee_id));
    TRY(outcome_open(&p->c, trainee_id, &x->p));
    if (!x->p.may_set)
        return ERR_DENIED;
    const struct outcome_row *row = id ? outcome_find(&x->p, id) : NULL;
    if (id && !row)
        return ERR_NOT_FOUND;
    x->kind = row ? row->kind : kind;
    x->version = row ? row->version : 0;
    x->ended = row && row->until_on;
    x->title = id ? edit_titles[x->kind] : new_titles[x->kind];
    x->back = arena_fmt(v->a, "/trainees/%lld/outcome", (long long)trainee_id).p;
    x->action = id ? arena_fmt(v->a, "%s/%lld", x->back, (long long)id).p : x->back;
    x->relevance = outcome_choices(v, relevance_names, 1, RELEVANCE_N);
    x->subsidy = outcome_choices(v, outcome_subsidy_names, 0, SUBSIDY_N);
    x->permanent = outcome_choices(v, permanence_names, 1, PERMANENCE_N);
    x->found = outcome_choices(v, outcome_found_names, 1, FOUND_N);
    x->occupations = outcome_occupations(v);
    return OK;
}

static struct str number(const struct view *v, int n)
{
    return n ? arena_fmt(v->a, "%d", n) : STR("");
}

static struct form given(const struct view *v, const struct outcome_row *o)
{
    struct pair *g = ARENA_ARRAY(v->a, struct pair, 14);
    size_t n = 0;
    g[n++] = (struct pair){STR("relevance"), S(relevance_names[o->field_relevant].code)};
    g[n++] = (struct pair){STR("job_title"), o->job_title};
    g[n++] = (struct pair){STR("occupation"), o->occupation};
    g[n++] = (struct pair){STR("employer"), o->employer};
    g[n++] = (struct pair){STR("percent"), number(v, o->percent)};
    g[n++] = (struct pair){STR("practice_percent"), number(v, o->practice_percent)};
    g[n++] = (struct pair){STR("offered_on"), outcome_typed_date(v, o->offered_on)};
    g[n++] = (struct pair){STR("from_on"), outcome_typed_date(v, o->from_on)};
    g[n++] = (struct pair){STR("until_on"), outcome_typed_date(v, o->until_on)};
    g[n++] = (struct pair){STR("subsidy"), o->subsidy ? S(outcome_subsidy_names[o->subsidy].code) : STR("none")};
    g[n++] = (struct pair){STR("permanent"), S(permanence_names[o->permanent].code)};
    g[n++] = (struct pair){STR("found_by"), S(outcome_found_names[o->found_by].code)};
    g[n++] = (struct pair){STR("note"), o->note};
    return form_new(g, n);
}

static struct outcome_row read_form(struct form *f, const struct outcome_form *x, int64_t version)
{
    struct outcome_row o = {.id = x->id, .version = version, .kind = x->kind};
    o.from_on = form_date(f, "from_on", true);
    o.until_on = form_date(f, "until_on", false);
    o.note = form_text(f, "note", 0, 2000);
    if (x->kind != OUTCOME_NONE) {
        o.job_title = form_line(f, "job_title", 0, 120);
        o.employer = form_line(f, "employer", 0, 120);
    }
    if (x->kind != OUTCOME_JOB)
        return o;
    o.field_relevant = (enum relevance)(form_choice(f, "relevance", true, x->relevance) + 1);
    int occupation = form_choice(f, "occupation", false, x->occupations);
    o.occupation = occupation < 0 ? STR("") : str_c(x->occupations[occupation].value);
    o.percent = (int)form_int(f, "percent", true, 1, 100);
    o.practice_percent = (int)form_int(f, "practice_percent", false, 0, 100);
    o.offered_on = form_date(f, "offered_on", false);
    int subsidy = form_choice(f, "subsidy", true, x->subsidy);
    o.subsidy = subsidy < 0 ? SUBSIDY_NONE : (enum outcome_subsidy)subsidy;
    o.permanent = (enum permanence)(form_choice(f, "permanent", false, x->permanent) + 1);
    o.found_by = (enum outcome_found)(form_choice(f, "found_by", false, x->found) + 1);
    return o;
}

static enum outcome_kind kind_of(struct str code)
{
    int k = OUTCOME_JOB;
    (void)level_of(outcome_kind_names, OUTCOME_KIND_N, code, &k);
    return k == OUTCOME_EDUCATION || k == OUTCOME_NONE ? (enum outcome_kind)k : OUTCOME_JOB;
}

/* GET /trainees/:id/outcome/new?kind= */
enum err outcome_new_page(struct page *p)
{
    struct outcome_form x;
    TRY(form_open(p, kind_of(req_query(p->r, "kind")), 0, &x));
    struct form f = form_new(NULL, 0); /* nothing is chosen beforehand: each answer counts in the results */
    return outcome_form_show(p, &x, &f, NULL);
}

/* GET /trainees/:id/outcome/:outcome */
enum err outcome_edit_page(struct page *p)
{
    struct outcome_form x;
    int64_t id;
    TRY(page_id(p, "outcome", &id));
    TRY(form_open(p, OUTCOME_JOB, id, &x));
    struct form f = given(&p->v, outcome_find(&x.p, id));
    return outcome_form_show(p, &x, &f, NULL);
}

static enum err save(struct page *p, struct outcome_form *x)
{
    struct form f = form_of(p->r);
    struct outcome_row o = read_form(&f, x, page_version(p));
    struct outcome_fault fault = {0};
    enum err e = form_ok(&f) ? outcome_save(&p->c, x->p.t.id, &o, &fault) : ERR_INVALID;
    if (e == ERR_CONFLICT)
        return outcome_form_conflict(p, x, &f, NULL, outcome_card(&p->v, outcome_find(&x->p, x->id)));
    if (e == ERR_INVALID)
        return outcome_form_invalid(p, x, &f, &fault);
    TRY(e);
    return page_go(p, x->id ? "saved" : "outcome-registered", "/trainees/%lld/outcome", (long long)x->p.t.id);
}

/* POST /trainees/:id/outcome */
enum err outcome_add_post(struct page *p)
{
    struct outcome_form x;
    TRY(form_open(p, kind_of(req_field(p->r, "kind")), 0, &x));
    return save(p, &x);
}

/* POST /trainees/:id/outcome/:outcome */
enum err outcome_edit_post(struct page *p)
{
    struct outcome_form x;
    int64_t id;
    TRY(page_id(p, "outcome", &id));
    TRY(form_open(p, OUTCOME_JOB, id, &x));
    return save(p, &x);
}

/* POST /trainees/:id/outcome/:outcome/end */
enum err outcome_end_post(struct page *p)
{
    struct outcome_form x;
    int64_t id;
    TRY(page_id(p, "outcome", &id));
    TRY(form_open(p, OUTCOME_JOB, id, &x));
    struct form f = given(&p->v, outcome_find(&x.p, id)), end = form_of(p->r);
    end.prefix = "end";
    int until_on = form_date(&end, "until_on", true);
    struct outcome_fault fault = {0};
    enum err e = form_ok(&end) ? outcome_finish(&p->c, x.p.t.id, id, page_version(p), until_on, &fault) : ERR_INVALID;
    if (e == ERR_CONFLICT)
        return outcome_form_conflict(p, &x, &f, &end, outcome_card(&p->v, outcome_find(&x.p, x.id)));
    if (e == ERR_INVALID)
        return outcome_end_invalid(p, &x, &f, &end, &fault);
    TRY(e);
    return page_go(p, "saved", "/trainees/%lld/outcome", (long long)x.p.t.id);
}
