/* interview_show.h: what the templates of the interview need beside HTML. */
#pragma once
#include "page/view.h"
#include "service/interview.h"

/* "3 av 4. Har et mål og en plan som kan fungere." or "" when not judged. */
struct str interview_score(const struct view *v, int area, int score);
/* The four levels of an area as choices; `out` has room for INTERVIEW_SCORES + 1. True. */
bool interview_choices(struct form_choice *out, const struct interview_area *area);
/* An empty form with a prefix for its ids. True. */
bool interview_form_prefix(struct form *f, const char *prefix);
