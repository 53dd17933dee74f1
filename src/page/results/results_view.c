#include "page/results/results_view.h"

struct str results_count_text(const struct view *v, struct result_count c)
{
    return c.hidden ? S(T("Skjult")) : I(c.n);
}

struct str results_of_text(const struct view *v, struct result_count part, struct result_count whole)
{
    if (part.hidden || whole.hidden)
        return S(T("Skjult"));
    if (!whole.n)
        return STR("–");
    return TF("{1} av {2}, {3}", I(part.n), I(whole.n), text_percent(v->a, v->lang, part.n, whole.n));
}

struct str results_days_text(const struct view *v, const struct result_group *g)
{
    if (g->median_days_to_job < 0)
        return g->jobs[JOB_NONE].hidden || g->jobs[JOB_NONE].n ? S(T("Skjult")) : STR("–");
    return TN("{1} dag", "{1} dager", g->median_days_to_job);
}

struct str results_sexes_text(const struct view *v, const struct result_group *g)
{
    struct str parts[] = {TN("{1} kvinne", "{1} kvinner", g->women.n), TN("{1} mann", "{1} menn", g->men.n)};
    return arena_join(v->a, parts, 2, STR(", "));
}

struct str results_name(const struct view *v, const struct result_group *g)
{
    return g->msgid ? S(T(g->msgid)) : g->name;
}

/* The words have {1} for the per cent. */
static void key(const struct view *v, struct results_view *x, struct result_count part, struct result_count whole, const char *words)
{
    if (part.hidden || whole.hidden || !whole.n)
        return;
    x->keys[x->n_keys++] = (struct results_key){TF("{1} av {2}", I(part.n), I(whole.n)),
                                                TF(words, text_percent(v->a, v->lang, part.n, whole.n))};
}

static void keys(const struct view *v, struct results_view *x, const struct result_group *g)
{
    const struct result_share *done = &g->shares[RESULT_COMPLETED], *job = &g->shares[RESULT_RELEVANT_JOB],
                              *leave = &g->shares[RESULT_LEAVE];
    key(v, x, done->part_of_due, done->of_due, N_("som skulle vært ferdige nå, fullførte på normert tid ({1})"));
    key(v, x, job->part_of_completed, job->of_completed, N_("som fullførte på normert tid, fikk tilbud om fagrelevant jobb ({1})"));
    key(v, x, job->numerator, job->of_admitted, N_("som er tatt opp, har fått fagrelevant jobb så langt ({1})"));
    key(v, x, g->jobs[JOB_FULL], g->jobs[JOB_NONE], N_("fagrelevante jobber er full stilling uten tilskudd ({1})"));
    key(v, x, g->internship_jobs, g->internships, N_("som har hatt internship, har fått fagrelevant jobb ({1})"));
    key(v, x, leave->numerator, leave->of_admitted, N_("som er tatt opp, er i permisjon nå ({1})"));
}

/* "1. pulje: 3 av 5, 60 %. 2. pulje: ..." */
static struct str in_words(const struct view *v, const struct chart_bar *b, size_t n)
{
    struct str *parts = ARENA_ARRAY(v->a, struct str, n + 1);
    for (size_t i = 0; i < n; i++)
        parts[i] = arena_fmt(v->a, "%.*s: %.*s.", STR_FMT(b[i].label), STR_FMT(b[i].says));
    return arena_join(v->a, parts, n, STR(" "));
}

static struct chart cohorts(const struct view *v, const struct results *r)
{
    struct chart_bar *b = ARENA_ARRAY(v->a, struct chart_bar, r->cohorts_n + 1);
    for (size_t i = 0; i < r->cohorts_n; i++) {
        const struct result_group *g = &r->cohorts[i];
        b[i] = (struct chart_bar){.label = results_name(v, g), .says = results_of_text(v, g->jobs[JOB_NONE], g->admitted),
                                  .part = {g->jobs[JOB_FULL].n, g->jobs[JOB_FULL_SUBSIDY].n,
                                           g->jobs[JOB_PART_PRACTICE].n + g->jobs[JOB_PART].n + g->jobs[JOB_PART_SUBSIDY].n},
                                  .whole = g->admitted.n, .hidden = g->admitted.hidden};
        for (int k = 0; k < JOB_CLASS_N; k++)
            b[i].hidden |= g->jobs[k].hidden;
    }
    return (struct chart){.id = "c-cohorts", .title = S(T("Hvem som har fått fagrelevant jobb, for hver pulje")), .bars = b, .n = r->cohorts_n,
                          .series = {S(T("Full stilling uten tilskudd")), S(T("Full stilling med tilskudd")), S(T("Deltid"))},
                          .n_series = 3, .desc = in_words(v, b, r->cohorts_n)};
}

static struct chart jobs(const struct view *v, const struct results *r)
{
    struct chart_bar *b = ARENA_ARRAY(v->a, struct chart_bar, JOB_CLASS_N);
    size_t n = 0;
    for (int k = 1; k < JOB_CLASS_N; k++) {
        struct result_count c = r->all.jobs[k], all = r->all.jobs[JOB_NONE];
        if (c.n || c.hidden || k <= JOB_PART_PRACTICE)
            b[n++] = (struct chart_bar){.label = S(T(job_class_names[k].name)), .says = results_of_text(v, c, all), .part = {c.n},
                                        .whole = all.n, .hidden = c.hidden || all.hidden};
    }
    return (struct chart){.id = "c-jobs", .title = S(T("Hva slags fagrelevante jobber det er")), .bars = b, .n = n, .n_series = 1,
                          .desc = in_words(v, b, n)};
}

static struct chart_bar share_bar(const struct view *v, const char *label, struct result_count part, struct result_count whole)
{
    return (struct chart_bar){.label = S(T(label)), .says = results_of_text(v, part, whole), .part = {part.n}, .whole = whole.n,
                              .hidden = part.hidden || whole.hidden};
}

static struct chart internship(const struct view *v, const struct results *r)
{
    const struct result_group *g = &r->all;
    struct chart_bar *b = ARENA_ARRAY(v->a, struct chart_bar, 2);
    b[0] = share_bar(v, N_("Med internship"), g->internship_jobs, g->internships);
    b[1] = share_bar(v, N_("Uten internship"), results_without(g->jobs[JOB_NONE], g->internship_jobs),
                     results_without(g->admitted, g->internships));
    return (struct chart){.id = "c-internship", .title = S(T("Fagrelevant jobb med og uten internship")), .bars = b, .n = 2, .n_series = 1,
                          .desc = in_words(v, b, 2)};
}

static struct chart time_to_job(const struct view *v, const struct results *r)
{
    struct chart_bar *b = ARENA_ARRAY(v->a, struct chart_bar, r->cohorts_n + 1);
    for (size_t i = 0; i < r->cohorts_n; i++) {
        const struct result_group *g = &r->cohorts[i];
        b[i] = (struct chart_bar){.label = results_name(v, g), .says = results_days_text(v, g), .part = {g->median_days_to_job},
                                  .hidden = g->median_days_to_job < 0};
    }
    return (struct chart){.id = "c-time", .title = S(T("Dager fra opptak til jobbtilbud, for den midterste")), .bars = b, .n = r->cohorts_n,
                          .n_series = 1, .desc = in_words(v, b, r->cohorts_n)};
}

static struct str query(const struct view *v, const struct results_filter *f)
{
    if (!f->cohort_id && !f->from_year && !f->to_year)
        return STR("");
    return arena_fmt(v->a, "?cohort=%lld&from=%d&to=%d", (long long)f->cohort_id, f->from_year, f->to_year);
}

struct results_view results_view(const struct view *v, const struct results_page *p)
{
    struct results_view x = {.p = p, .query = query(v, &p->filter), .hides = p->r.outsider};
    keys(v, &x, &p->r.all);
    x.cohorts = cohorts(v, &p->r);
    x.jobs = jobs(v, &p->r);
    x.internship = internship(v, &p->r);
    x.time = time_to_job(v, &p->r);
    return x;
}
