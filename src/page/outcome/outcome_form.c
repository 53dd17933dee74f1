#include "page/outcome/outcome_form.h"
#include "gen/outcome_form.html.h"

enum err outcome_form_show(struct page *p, struct outcome_form *x, const struct form *f, const struct form *end)
{
    struct form last = form_new(NULL, 0);
    last.prefix = "end";
    x->f = f;
    x->end = end ? end : &last;
    html_outcome_form(p->o, &p->v, x);
    x->end = NULL;
    return OK;
}

enum err outcome_form_conflict(struct page *p, struct outcome_form *x, const struct form *f, const struct form *end, struct outcome_card now)
{
    x->now = &now;
    TRY(outcome_form_show(p, x, f, end));
    x->now = NULL;
    return page_conflict(p);
}

enum err outcome_form_invalid(struct page *p, struct outcome_form *x, struct form *f, const struct outcome_fault *fault)
{
    if (form_ok(f))
        form_fail(f, fault->field, fault->why.msgid);
    TRY(outcome_form_show(p, x, f, NULL));
    return page_invalid(p);
}

enum err outcome_end_invalid(struct page *p, struct outcome_form *x, const struct form *f, struct form *end, const struct outcome_fault *fault)
{
    if (form_ok(end))
        form_fail(end, "until_on", fault->why.msgid); /* whatever the rule names: the date is all there is to change */
    TRY(outcome_form_show(p, x, f, end));
    return page_invalid(p);
}
