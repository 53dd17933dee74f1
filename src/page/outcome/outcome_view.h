/* outcome_view.h: outcomes and internships as a page tells them: a heading, a state, and facts. */
#pragma once
#include "page/view.h"
#include "service/outcome.h"

enum { OUTCOME_FACTS_MAX = 14 };
struct outcome_line {
    const char *label; /* msgid */
    struct str value;
};
struct outcome_card {
    struct str title; /* "Provisorfarmasøyt", or the kind */
    const char *kind; /* msgid */
    const char *state, *color; /* msgid of now, over, to come; colour of its tag */
    bool internship;
    int64_t id;
    int from_on;
    const struct outcome_row *row; /* NULL for an internship */
    struct outcome_line lines[OUTCOME_FACTS_MAX];
    size_t n;
};
struct outcome_card outcome_card(const struct view *v, const struct outcome_row *o);
struct outcome_card internship_card(const struct view *v, const struct internship_row *i);
/* Both kinds together, newest first. */
struct outcome_card *outcome_cards(const struct view *v, const struct outcome_person *p, size_t *n);
/* Why the person counts as supporting themself or not, in one sentence; msgid. */
const char *outcome_support_why(enum self_support s) __attribute__((returns_nonnull));
/* "Registrert: jobb" */
struct str outcome_event_text(const struct view *v, const struct event_row *e);
struct str outcome_typed_date(const struct view *v, int on); /* 31.12.2026, as a form wants it; "" for 0 */
struct str outcome_name(const struct view *v, const struct trainee_row *t);
/* Choices of a form from a table of levels, without "not known" (or with its first line when `first` is 0). */
const struct form_choice *outcome_choices(const struct view *v, const struct level_name *names, size_t first, size_t n);
const struct form_choice *outcome_occupations(const struct view *v); /* by name in the reader's language */
