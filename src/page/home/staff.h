/* staff.h: the start pages of adviser and NAV contact: one thing to do first, then what waits, then the own people. */
#pragma once
#include "page/home/home.h"
#include "page/parts/parts.h"
#include "service/cohort.h"
#include "service/own.h"

enum { OWN_LINES = 8, OWN_SHOWN = 30 };
struct own_line {
    enum severity severity;
    int on;
    const char *icon;
    struct str title, text;
    struct url href;
    const char *action; /* translated */
};
struct own_view {
    const struct own_people *o;
    struct own_line *lines; /* the most pressing first; the first of them stands on top of the page */
    size_t n_lines;
    struct cohort_member *members; /* the own trainees, at most OWN_SHOWN */
    size_t n_members;
};
struct own_view own_view(struct page *p, const struct own_people *o);
/* What happens next for somebody at this stage, and who does it; msgid. */
const char *own_next(int stage) __attribute__((returns_nonnull));
/* «Lønnstilskuddet slutter», «Internship slutter»; msgid. */
const char *own_ending(const struct ending_row *e) __attribute__((returns_nonnull));
bool nav_ends_any(const struct own_people *o); /* something or somebody nears an end */
