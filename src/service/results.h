/* results.h: what the programme achieved, counted from the records (product L3, L4): the one source of the results page, its downloads and
 * `springbrett report results`.
 *
 * Trainees count from the day their cohort begins, or their own first meeting if that comes before it.
 *
 * The project leader is an insider and may choose a part. Outsiders (NAV contact, administrator) always get the whole: two choices that
 * differ by one cohort, laid side by side, would tell what domain/results.h hides in each. */
#pragma once
#include "domain/results.h"
#include "model/outcome.h"
#include "service/ctx.h"

struct results_filter {
    int64_t cohort_id;       /* 0: all */
    int from_year, to_year;  /* of admission; 0: open */
    bool latest;             /* when nothing is chosen: those admitted in the last RESULTS_YEARS years, this one among them */
};
enum { RESULTS_YEARS = 5 };
struct results_page {
    struct results r;
    struct results_filter filter; /* as used: with .latest also from_year */
    bool may_filter;
    struct result_cohort *cohorts; /* to choose from; none when one may not */
    size_t n_cohorts;
    int first_year, last_year; /* of admissions; 0: nobody yet */
};
/* ACT_RESULTS_SEE. */
enum err results_see(struct ctx *c, struct results_filter f, struct results_page *out) MUST_CHECK;
/* Without an internship: those who had none, and how many of them have a field-relevant job. Hidden when either side is. */
struct result_count results_without(struct result_count all, struct result_count with);
/* One line for each count and share: group, name, figure, numerator, denominator, which denominator, per cent. A hidden count says so. */
void results_csv(struct buf *out, struct arena *a, enum lang lang, const struct results *r);
