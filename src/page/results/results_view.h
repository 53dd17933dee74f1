/* results_view.h: the results in words and pictures. */
#pragma once
#include "page/results/chart.h"
#include "service/results.h"

enum { RESULTS_KEYS = 6 };
struct results_key {
    struct str figure; /* "7 av 10" */
    struct str words;  /* "som skulle vært ferdige, fullførte på normert tid (70 %)" */
};
struct results_view {
    const struct results_page *p;
    struct results_key keys[RESULTS_KEYS];
    size_t n_keys;
    struct chart cohorts, jobs, internship, time;
    struct str query; /* "?cohort=2", "" when nothing is chosen; for the downloads */
    bool hides;       /* something is hidden on this page */
};
struct results_view results_view(const struct view *v, const struct results_page *p);

/* "7 av 10, 70 %"; "Skjult" when one of them is; "–" of nobody. */
struct str results_of_text(const struct view *v, struct result_count part, struct result_count whole);
struct str results_count_text(const struct view *v, struct result_count c);
struct str results_days_text(const struct view *v, const struct result_group *g); /* "323 dager" */
struct str results_sexes_text(const struct view *v, const struct result_group *g); /* "4 kvinner, 1 mann" */
struct str results_name(const struct view *v, const struct result_group *g);
