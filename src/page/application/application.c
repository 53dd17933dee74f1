#include "page/application/application.h"
#include "base/num.h"
#include "gen/application.html.h"
#include "gen/application_read.html.h"
#include "service/application.h"
#include <stdio.h>

/* GET /application */
enum err application_page(struct page *p)
{
    struct application x;
    enum err e = application_own(&p->c, &x);
    if (e == ERR_NOT_FOUND) {
        html_application_none(p->o, &p->v);
        return OK;
    }
    TRY(e);
    html_application(p->o, &p->v, &x);
    return OK;
}

/* POST /application/start */
enum err application_start_post(struct page *p)
{
    enum err e = application_start(&p->c);
    if (e == ERR_STATE || e == ERR_NOT_FOUND)
        return page_go(p, NULL, "/application");
    TRY(e);
    return page_go(p, NULL, "/application/1");
}

static enum err step_of(struct page *p, int *step)
{
    int64_t n;
    if (!num_i64(req_var(p->r, "step"), 1, APPLICATION_PARTS, &n))
        return ERR_NOT_FOUND;
    *step = (int)n;
    return OK;
}

/* "q3": the field of a question. */
static const char *field_of(struct page *p, int question)
{
    return arena_fmt(p->c.a, "q%d", question).p;
}

static struct form form_with(struct page *p, const struct application *x, int step)
{
    struct pair *given = ARENA_ARRAY(p->c.a, struct pair, application_questions_n);
    size_t n = 0;
    for (size_t i = 0; i < application_questions_n; i++)
        if (application_questions[i].part == step) {
            int q = application_questions[i].number;
            given[n++] = (struct pair){str_c(field_of(p, q)), x->answer[q]};
        }
    return form_new(given, n);
}

/* GET /application/:step */
enum err application_step_page(struct page *p)
{
    int step;
    struct application x;
    TRY(step_of(p, &step));
    TRY(application_own(&p->c, &x));
    if (x.state != APPLICATION_OPEN)
        return page_go(p, NULL, "/application");
    struct form f = form_with(p, &x, step);
    html_application_step(p->o, &p->v, &x, step, &f, NULL);
    return OK;
}

/* Where the pressed button leads. */
static enum err step_done(struct page *p, int step)
{
    struct str go = req_field(p->r, "go");
    if (str_is(go, "later"))
        return page_go(p, "saved", "/application");
    if (str_is(go, "back") && step > 1)
        return page_go(p, "saved", "/application/%d", step - 1);
    if (str_is(go, "review") || step == APPLICATION_PARTS)
        return page_go(p, "saved", "/application/review");
    return page_go(p, "saved", "/application/%d", step + 1);
}

/* POST /application/:step */
enum err application_step_post(struct page *p)
{
    int step;
    TRY(step_of(p, &step));
    struct form f = form_of(p->r);
    struct str answer[APPLICATION_NUMBERS] = {0};
    for (size_t i = 0; i < application_questions_n; i++)
        if (application_questions[i].part == step)
            answer[application_questions[i].number] = form_text(&f, field_of(p, application_questions[i].number), 0, APPLICATION_ANSWER_MAX);
    struct application x;
    if (!form_ok(&f)) {
        TRY(application_own(&p->c, &x));
        x.row.version = page_version(p); /* what the form saw, so that a clash is still noticed at the next try */
        html_application_step(p->o, &p->v, &x, step, &f, NULL);
        return page_invalid(p);
    }
    int next = str_is(req_field(p->r, "go"), "later") || step == APPLICATION_PARTS ? step : step + 1;
    enum err e = application_save(&p->c, step, next, page_version(p), answer, &x);
    if (e == ERR_STATE)
        return page_go(p, NULL, "/application");
    if (e == ERR_CONFLICT) {
        html_application_step(p->o, &p->v, &x, step, &f, answer);
        return page_conflict(p);
    }
    TRY(e);
    return step_done(p, step);
}

/* GET /application/review */
enum err application_review_page(struct page *p)
{
    struct application x;
    TRY(application_own(&p->c, &x));
    if (x.state != APPLICATION_OPEN)
        return page_go(p, NULL, "/application");
    html_application_review(p->o, &p->v, &x, false, false);
    return OK;
}

/* POST /application/send */
enum err application_send_post(struct page *p)
{
    enum err e = application_send(&p->c, page_version(p));
    if (e == ERR_STATE)
        return page_go(p, NULL, "/application");
    if (e != ERR_INVALID && e != ERR_CONFLICT) {
        TRY(e);
        return page_go(p, "application-sent", "/application");
    }
    struct application x;
    TRY(application_own(&p->c, &x));
    html_application_review(p->o, &p->v, &x, e == ERR_INVALID, e == ERR_CONFLICT);
    return e == ERR_INVALID ? page_invalid(p) : page_conflict(p);
}

static enum err read_again(struct page *p, int64_t id, const struct form *f)
{
    struct application x;
    TRY(application_read(&p->c, id, &x));
    html_application_read(p->o, &p->v, &x, f);
    return OK;
}

/* GET /participants/:id/application */
enum err participant_application_page(struct page *p)
{
    int64_t id;
    TRY(page_id(p, "id", &id));
    struct form f = form_new(NULL, 0);
    return read_again(p, id, &f);
}

/* POST /participants/:id/application/reopen */
enum err participant_application_reopen_post(struct page *p)
{
    int64_t id;
    TRY(page_id(p, "id", &id));
    struct form f = form_of(p->r);
    struct str reason = form_text(&f, "reason", 1, 1000);
    if (!form_ok(&f)) {
        TRY(read_again(p, id, &f));
        return page_invalid(p);
    }
    enum err e = application_reopen(&p->c, id, reason);
    if (e == ERR_STATE || e == ERR_CONFLICT) { /* somebody else moved on meanwhile: the page says where it stands */
        form_fail(&f, "reason", N_("Søknaden kan ikke åpnes igjen nå. Se hvor søkeren er på veien."));
        TRY(read_again(p, id, &f));
        return page_conflict(p);
    }
    TRY(e);
    return page_go(p, "application-reopened", "/participants/%lld/application", (long long)id);
}
