/* outcome_form.h: what the form of an outcome or an internship shows. */
#pragma once
#include "page/outcome/outcome_view.h"
#include "page/page.h"

struct outcome_form {
    struct outcome_person p;
    enum outcome_kind kind; /* OUTCOME_INTERNSHIP for an internship */
    int64_t id, version;    /* id 0: new */
    bool ended;             /* its last day stands there already */
    const char *title;      /* msgid */
    const char *action, *back;
    const struct form *f, *end; /* end: the form for its last day */
    const struct outcome_card *now; /* what is stored, when somebody else has changed it; NULL */
    const struct form_choice *relevance, *subsidy, *permanent, *found, *occupations;
};
/* end NULL: a new form for the last day. */
enum err outcome_form_show(struct page *p, struct outcome_form *x, const struct form *f, const struct form *end) MUST_CHECK;
/* Somebody else was faster: what is there now stands beside what was typed, and the form carries the new version. ERR_CONFLICT. */
enum err outcome_form_conflict(struct page *p, struct outcome_form *x, const struct form *f, const struct form *end, struct outcome_card now) MUST_CHECK;
/* A rule's objection stands at its field. ERR_INVALID. */
enum err outcome_form_invalid(struct page *p, struct outcome_form *x, struct form *f, const struct outcome_fault *fault) MUST_CHECK;
enum err outcome_end_invalid(struct page *p, struct outcome_form *x, const struct form *f, struct form *end, const struct outcome_fault *fault) MUST_CHECK;
