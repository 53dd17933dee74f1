/* trainee.c: the list of trainees, and one trainee's way. */
#include "page/trainee/trainee.h"
#include "gen/trainee.html.h"
#include "service/relation.h"

enum { PAGE = 50 };
static const struct form_choice statuses[] = {{"running", N_("I programmet")}, {"completed", N_("Fullført")}, {"ended", N_("Avsluttet før tiden")},
                                              {"all", N_("Alle")}, {0}};
static const int status_of[] = {STANDING_RUNNING, TRAINEE_COMPLETED, TRAINEE_ENDED, STANDING_ALL};

/* For the leader: the cohorts to choose from. */
static enum err cohort_choices(struct page *p, struct trainees_view *x)
{
    struct cohort_name *rows;
    size_t n;
    if (p->c.actor->role != ROLE_PROJECT_LEADER)
        return OK;
    TRY(cohort_names(p->c.db, p->c.a, p->c.actor->organisation_id, page_query_int(p, "cohort", 0), &rows, &n));
    struct form_choice *c = ARENA_ARRAY(p->c.a, struct form_choice, n + 1);
    for (size_t i = 0; i < n; i++)
        c[i] = (struct form_choice){arena_fmt(p->c.a, "%lld", (long long)rows[i].id).p, arena_cstr(p->c.a, rows[i].name)};
    x->cohorts = c;
    return OK;
}

/* GET /trainees */
enum err trainees_page(struct page *p)
{
    struct trainees_view x = {.statuses = statuses, .f = form_of(p->r)};
    TRY(cohort_choices(p, &x));
    int status = form_choice(&x.f, "status", false, statuses);
    int64_t cohort = x.cohorts ? form_id(&x.f, "cohort", false) : 0, after = page_query_int(p, "after", 0);
    x.f.n_err = 0; /* an odd filter is none */
    x.filtered = status > 0 || cohort;
    struct standing_filter f = {.status = status_of[status > 0 ? status : 0], .cohort_id = cohort, .after_id = after > 0 ? after : 0, .limit = PAGE + 1};
    TRY(standing_list(&p->c, f, &x.rows, &x.n));
    if (x.n > PAGE) {
        x.n = PAGE;
        x.next = arena_fmt(p->c.a, "/trainees?status=%s&cohort=%lld&after=%lld", statuses[status > 0 ? status : 0].value, (long long)cohort,
                           (long long)x.rows[PAGE - 1].row.id);
    }
    for (size_t i = 0; i < x.n; i++)
        saw(&p->c, x.rows[i].row.organisation_id, x.rows[i].row.participant_id, "list");
    if (status < 0) { /* show what is chosen when nothing is */
        const struct pair given[] = {{STR("status"), STR("running")}, {STR("cohort"), cohort ? arena_fmt(p->c.a, "%lld", (long long)cohort) : STR("")}};
        x.f = form_new(given, COUNT(given));
        html_trainees(p->o, &p->v, &x);
        return OK;
    }
    html_trainees(p->o, &p->v, &x);
    return OK;
}

/* GET /trainees/:id */
enum err trainee_page(struct page *p)
{
    struct trainee_view x;
    int64_t id;
    TRY(page_id(p, "id", &id));
    TRY(trainee_record_open(&p->c, id, &x.o));
    TRY(documents_of(p, x.o.s.row.participant_id, &x.documents, &x.n_documents));
    trainee_phases(&p->v, &x.o.s, x.phases);
    html_trainee(p->o, &p->v, &x);
    return OK;
}
