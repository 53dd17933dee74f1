/* facts.h: the form with the facts about a participant: its choices, reading it, filling it. */
#pragma once
#include "model/participant.h"
#include "page/page.h"

enum { FACTS_FIELDS = 24 };
struct facts_choices {
    const struct form_choice *sex, *track, *level, *recognition, *cefr, *field, *block, *advisers, *navs;
    bool staff; /* adviser and NAV contact may be chosen (the leader) */
};
enum err facts_choices(struct page *p, struct facts_choices *out) MUST_CHECK;
/* Reads the form into *row over what stands there. Errors are in f. */
void facts_read(struct page *p, struct form *f, const struct facts_choices *c, struct participant_row *row);
/* The row as values for an empty form. */
struct form facts_form(struct page *p, const struct participant_row *row);
/* One line for each fact that differs between what is there now and what was typed: for the page after a conflict. */
struct facts_difference {
    const char *label;     /* msgid */
    struct str there, typed;
};
size_t facts_differ(struct page *p, const struct facts_choices *c, const struct participant_row *there, const struct participant_row *typed,
                    struct facts_difference out[FACTS_FIELDS]);
