/* self.c: the trainee's own judgement of skills at start, midway and end, and how it has changed. */
#include "gen/self.html.h"
#include "page/trainee/trainee.h"

static enum err open_own(struct page *p, struct self_view *x)
{
    struct trainee_row t;
    *x = (struct self_view){0};
    if (!p->c.actor->participant_id)
        return ERR_NOT_FOUND;
    TRY(trainee_of_participant(p->c.db, p->c.a, p->c.actor->participant_id, &t));
    TRY(standing_open(&p->c, t.id, &x->s));
    return self_answers(&p->c, &x->s, &x->answers);
}

static enum err moment_of(struct page *p, enum self_moment *m)
{
    for (enum self_moment i = SELF_START; i < SELF_MOMENT_N; i++)
        if (str_is(req_var(p->r, "moment"), self_moment_code(i))) {
            *m = i;
            return OK;
        }
    return ERR_NOT_FOUND;
}

/* GET /self-assessment */
enum err self_page(struct page *p)
{
    struct self_view x;
    enum err e = open_own(p, &x);
    if (e == ERR_NOT_FOUND) {
        html_self_none(p->o, &p->v);
        return OK;
    }
    TRY(e);
    html_self_overview(p->o, &p->v, &x);
    return OK;
}

/* GET /self-assessment/:moment */
enum err self_moment_page(struct page *p)
{
    struct self_view x;
    TRY(open_own(p, &x));
    TRY(moment_of(p, &x.moment));
    if (!self_is_open(&x.s, x.moment))
        return ERR_NOT_FOUND;
    struct pair *given = ARENA_ARRAY(p->c.a, struct pair, skill_statements_n);
    size_t n = 0;
    for (size_t i = 0; i < skill_statements_n && i < SELF_STATEMENTS_MAX; i++)
        if (x.answers.value[x.moment][i])
            given[n++] = (struct pair){arena_fmt(p->c.a, "s%d", skill_statements[i].number), arena_fmt(p->c.a, "%d", x.answers.value[x.moment][i])};
    x.f = form_new(given, n);
    html_self_form(p->o, &p->v, &x);
    return OK;
}

/* POST /self-assessment/:moment */
enum err self_post(struct page *p)
{
    static const struct form_choice values[] = {{"1", ""}, {"2", ""}, {"3", ""}, {"4", ""}, {"5", ""}, {0}};
    struct self_view x;
    int value[SELF_STATEMENTS_MAX] = {0};
    TRY(open_own(p, &x));
    TRY(moment_of(p, &x.moment));
    if (!self_is_open(&x.s, x.moment))
        return ERR_NOT_FOUND;
    x.f = form_of(p->r);
    for (size_t i = 0; i < skill_statements_n && i < SELF_STATEMENTS_MAX; i++)
        value[i] = form_choice(&x.f, arena_fmt(p->c.a, "s%d", skill_statements[i].number).p, true, values) + 1;
    if (!form_ok(&x.f)) {
        html_self_form(p->o, &p->v, &x);
        return page_invalid(p);
    }
    TRY(self_save(&p->c, &x.s, x.moment, value));
    return page_go(p, "self-saved", "/self-assessment");
}
