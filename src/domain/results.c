#include "domain/results.h"
#include <stdlib.h>

static const struct {
    const char *code, *name;
} shares[RESULT_SHARES] = {
    [RESULT_COMPLETED] = {"completed_on_time", N_("Fullført på normert tid")},
    [RESULT_RELEVANT_JOB] = {"field_relevant_jobs", N_("Fagrelevant jobb")},
    [RESULT_SELF_SUPPORTED] = {"self_supported", N_("Full fagrelevant jobb uten tilskudd")},
    [RESULT_INTERNSHIP] = {"internship", N_("Har hatt internship")},
    [RESULT_LEAVE] = {"on_leave", N_("I permisjon")},
    [RESULT_EDUCATION] = {"education", N_("Videre i utdanning")},
};

static bool is_due(const struct result_trainee *t, int today)
{
    return t->completed_on || t->ended || (t->due_on && t->due_on <= today);
}

static bool counts_in(const struct result_trainee *t, int share)
{
    switch (share) {
    case RESULT_COMPLETED:
        return t->on_time;
    case RESULT_RELEVANT_JOB:
        return t->job != JOB_NONE;
    case RESULT_SELF_SUPPORTED:
        return t->job == JOB_FULL;
    case RESULT_INTERNSHIP:
        return t->internship;
    case RESULT_LEAVE:
        return t->on_leave;
    default:
        return t->education;
    }
}

static void count(struct result_group *g, const struct result_trainee *t, int today)
{
    bool due = is_due(t, today);
    g->admitted.n++;
    g->women.n += t->sex == SEX_WOMAN;
    g->men.n += t->sex == SEX_MAN;
    g->completed.n += t->completed_on != 0;
    g->completed_on_time.n += t->on_time;
    g->offers_among_completed.n += t->on_time && t->job != JOB_NONE;
    g->on_leave.n += t->on_leave;
    g->ended.n += t->ended;
    g->education.n += t->education;
    g->jobs[JOB_NONE].n += t->job != JOB_NONE;
    if (t->job > JOB_NONE && t->job < JOB_CLASS_N)
        g->jobs[t->job].n++;
    g->internships.n += t->internship;
    g->internship_jobs.n += t->internship && t->job != JOB_NONE;
    for (int k = 0; k < RESULT_SHARES; k++) {
        struct result_share *s = &g->shares[k];
        bool in = counts_in(t, k);
        s->numerator.n += in;
        s->of_admitted.n++;
        s->of_due.n += due;
        s->part_of_due.n += due && in;
        s->of_completed.n += t->on_time;
        s->part_of_completed.n += t->on_time && in;
    }
}

static int by_int(const void *a, const void *b)
{
    int x = *(const int *)a, y = *(const int *)b;
    return (x > y) - (x < y);
}

/* The middle of the days from admission to the offer; of two middle ones the lower, so that it is somebody's. */
static int median(struct arena *a, const struct result_trainee *const *t, size_t n)
{
    int *days = ARENA_ARRAY(a, int, n ? n : 1);
    size_t k = 0;
    for (size_t i = 0; i < n; i++)
        if (t[i]->job != JOB_NONE && t[i]->job_on && t[i]->admitted_on)
            days[k++] = t[i]->job_on - t[i]->admitted_on;
    if (k == 0)
        return -1;
    qsort(days, k, sizeof *days, by_int);
    return days[(k - 1) / 2];
}

static struct result_group group_of(struct arena *a, const struct result_trainee *const *t, size_t n, int today)
{
    struct result_group g = {0};
    for (int k = 0; k < RESULT_SHARES; k++) {
        g.shares[k].code = shares[k].code;
        g.shares[k].name = shares[k].name;
    }
    for (size_t i = 0; i < n; i++)
        count(&g, t[i], today);
    g.median_days_to_job = median(a, t, n);
    return g;
}

typedef int order_fn(const struct result_trainee *a, const struct result_trainee *b);
static int by_cohort(const struct result_trainee *a, const struct result_trainee *b)
{
    return (a->cohort > b->cohort) - (a->cohort < b->cohort);
}
static int by_field(const struct result_trainee *a, const struct result_trainee *b)
{
    return str_cmp(a->field, b->field);
}
static int by_sex(const struct result_trainee *a, const struct result_trainee *b)
{
    return (a->sex > b->sex) - (a->sex < b->sex);
}
static int sort_cohort(const void *a, const void *b)
{
    return by_cohort(*(const struct result_trainee *const *)a, *(const struct result_trainee *const *)b);
}
static int sort_field(const void *a, const void *b)
{
    return by_field(*(const struct result_trainee *const *)a, *(const struct result_trainee *const *)b);
}
static int sort_sex(const void *a, const void *b)
{
    return by_sex(*(const struct result_trainee *const *)a, *(const struct result_trainee *const *)b);
}

/* One group for each run of equal ones in the sorted list. */
static struct result_group *groups_of(struct arena *a, const struct result_trainee **t, size_t n, int today, order_fn *order, size_t *out)
{
    size_t runs = 0;
    for (size_t i = 0; i < n; i++)
        runs += i == 0 || order(t[i - 1], t[i]) != 0;
    struct result_group *g = ARENA_ARRAY(a, struct result_group, runs ? runs : 1);
    for (size_t i = 0, k = 0; k < runs; k++) {
        size_t end = i + 1;
        while (end < n && order(t[i], t[end]) == 0)
            end++;
        g[k] = group_of(a, t + i, end - i, today);
        if (order == by_cohort) {
            g[k].name = t[i]->cohort_name;
            g[k].id = t[i]->cohort;
        } else if (order == by_field && t[i]->field.n) {
            g[k].name = t[i]->field;
        } else if (order == by_field) {
            g[k].msgid = N_("Ikke oppgitt");
        } else {
            g[k].msgid = sex_names[t[i]->sex].name;
            g[k].id = t[i]->sex;
        }
        i = end;
    }
    *out = runs;
    return g;
}

/* What outsiders may not see. A group's counts are looked at as cells with the wholes they are parts of; hiding goes on until nothing
 * more has to be hidden. */
enum { CELL_SHARE = 11 + JOB_CLASS_N, PER_SHARE = 6, CELLS = CELL_SHARE + RESULT_SHARES * PER_SHARE, NO_CELL = -1 };
enum { C_ADMITTED, C_WOMEN, C_MEN, C_COMPLETED, C_ON_TIME, C_OFFERS, C_LEAVE, C_ENDED, C_EDUCATION, C_INTERNSHIPS, C_INTERNSHIP_JOBS, C_JOBS };
enum { S_NUMERATOR, S_OF_ADMITTED, S_PART_DUE, S_OF_DUE, S_PART_COMPLETED, S_OF_COMPLETED };

static struct result_count *cell(struct result_group *g, int i)
{
    if (i >= CELL_SHARE) {
        struct result_share *s = &g->shares[(i - CELL_SHARE) / PER_SHARE];
        struct result_count *of[PER_SHARE] = {&s->numerator, &s->of_admitted, &s->part_of_due, &s->of_due, &s->part_of_completed, &s->of_completed};
        return of[(i - CELL_SHARE) % PER_SHARE];
    }
    if (i >= C_JOBS)
        return &g->jobs[i - C_JOBS];
    struct result_count *of[C_JOBS] = {&g->admitted, &g->women, &g->men, &g->completed, &g->completed_on_time, &g->offers_among_completed,
                                       &g->on_leave, &g->ended, &g->education, &g->internships, &g->internship_jobs};
    return of[i];
}

/* The k-th whole that cell i is a part of, or NO_CELL. */
static int whole(int i, int k)
{
    if (i >= CELL_SHARE) {
        int base = i - (i - CELL_SHARE) % PER_SHARE;
        static const int first[PER_SHARE] = {S_OF_ADMITTED, NO_CELL, S_OF_DUE, S_OF_ADMITTED, S_OF_COMPLETED, S_OF_ADMITTED};
        static const int second[PER_SHARE] = {NO_CELL, NO_CELL, S_NUMERATOR, NO_CELL, S_NUMERATOR, S_OF_DUE};
        int w = k == 0 ? first[i - base] : k == 1 ? second[i - base] : NO_CELL;
        return w == NO_CELL ? NO_CELL : base + w;
    }
    if (i > C_JOBS)
        return k == 0 ? C_JOBS : k == 1 ? C_ADMITTED : NO_CELL;
    static const int of[C_JOBS + 1][3] = {
        [C_ADMITTED] = {NO_CELL, NO_CELL, NO_CELL},      [C_WOMEN] = {C_ADMITTED, NO_CELL, NO_CELL},
        [C_MEN] = {C_ADMITTED, NO_CELL, NO_CELL},        [C_COMPLETED] = {C_ADMITTED, NO_CELL, NO_CELL},
        [C_ON_TIME] = {C_ADMITTED, C_COMPLETED, NO_CELL}, [C_OFFERS] = {C_ADMITTED, C_ON_TIME, C_JOBS},
        [C_LEAVE] = {C_ADMITTED, NO_CELL, NO_CELL},      [C_ENDED] = {C_ADMITTED, NO_CELL, NO_CELL},
        [C_EDUCATION] = {C_ADMITTED, NO_CELL, NO_CELL},  [C_INTERNSHIPS] = {C_ADMITTED, NO_CELL, NO_CELL},
        [C_INTERNSHIP_JOBS] = {C_ADMITTED, C_INTERNSHIPS, C_JOBS}, [C_JOBS] = {C_ADMITTED, NO_CELL, NO_CELL},
    };
    return of[i][k];
}

static bool is_small(int n)
{
    return n > 0 && n < RESULTS_SMALL;
}

static bool hide(struct result_count *c)
{
    bool news = !c->hidden;
    c->hidden = true;
    return news;
}

/* Parts that make up a whole: when some are hidden and the whole is not, at least two are, with RESULTS_SMALL or more persons behind them.
 * part(i) of n. */
static bool hide_line(struct result_count **part, size_t n, struct result_count *all)
{
    bool news = false;
    for (;;) {
        size_t hidden = 0;
        int behind = 0;
        struct result_count *next = NULL; /* the smallest that is still shown and not empty, else an empty one */
        for (size_t i = 0; i < n; i++) {
            struct result_count *c = part[i];
            if (c->hidden) {
                hidden++;
                behind += c->n;
            } else if (!next || (c->n > 0 && (next->n == 0 || c->n < next->n))) {
                next = c;
            }
        }
        if (all->hidden || hidden == 0 || (hidden >= 2 && behind >= RESULTS_SMALL))
            return news;
        hide(next ? next : all);
        news = true;
    }
}

static bool hide_in_group(struct result_group *g)
{
    bool news = false;
    for (int i = 0; i < CELLS; i++) {
        struct result_count *c = cell(g, i);
        if (is_small(g->admitted.n) || is_small(c->n))
            news |= hide(c);
        for (int k = 0; k < 3; k++) {
            int w = whole(i, k);
            if (w != NO_CELL && !c->hidden && !cell(g, w)->hidden && is_small(cell(g, w)->n - c->n))
                news |= hide(c);
        }
    }
    int others = g->admitted.n - g->women.n - g->men.n; /* counted nowhere, but the three numbers would tell */
    if (is_small(others) && !g->admitted.hidden && !g->women.hidden && !g->men.hidden)
        news = g->women.hidden = g->men.hidden = true;
    /* Without an internship: the same reckoning, and who of them has no job. */
    int others_n = g->admitted.n - g->internships.n, others_jobs = g->jobs[JOB_NONE].n - g->internship_jobs.n;
    if (is_small(others_n - others_jobs) && !g->admitted.hidden && !g->internships.hidden && !g->jobs[JOB_NONE].hidden)
        news |= hide(&g->internship_jobs);
    struct result_count *jobs[JOB_CLASS_N - 1];
    for (int k = 1; k < JOB_CLASS_N; k++)
        jobs[k - 1] = &g->jobs[k];
    news |= hide_line(jobs, JOB_CLASS_N - 1, &g->jobs[JOB_NONE]);
    return news;
}

static bool hide_across(struct arena *a, struct result_group *g, size_t n, struct result_group *all)
{
    bool news = false;
    struct result_count **part = ARENA_ARRAY(a, struct result_count *, n ? n : 1);
    for (size_t i = 0; i < n; i++)
        news |= hide_in_group(&g[i]);
    for (int i = 0; i < CELLS; i++) {
        for (size_t k = 0; k < n; k++)
            part[k] = cell(&g[k], i);
        news |= hide_line(part, n, cell(all, i));
    }
    return news;
}

/* The same number in two places is hidden in both. */
static bool hide_same(struct result_count *a, struct result_count *b)
{
    bool news = a->hidden != b->hidden;
    a->hidden = b->hidden = a->hidden || b->hidden;
    return news;
}

static bool hide_sexes(struct results *r)
{
    bool news = false;
    for (size_t i = 0; i < r->sexes_n; i++) {
        struct result_group *g = &r->sexes[i];
        bool woman = g->id == SEX_WOMAN;
        if (!woman && g->id != SEX_MAN)
            continue;
        news |= hide_same(&g->admitted, woman ? &r->all.women : &r->all.men);
        news |= hide_same(woman ? &g->women : &g->men, &g->admitted);
    }
    return news;
}

/* What is counted twice inside a group: named counts, and the same ones in the shares. */
static bool hide_twins(struct result_group *g)
{
    static const int twin[RESULT_SHARES] = {[RESULT_COMPLETED] = C_ON_TIME, [RESULT_RELEVANT_JOB] = C_JOBS,
        [RESULT_SELF_SUPPORTED] = C_JOBS + JOB_FULL, [RESULT_INTERNSHIP] = C_INTERNSHIPS, [RESULT_LEAVE] = C_LEAVE,
        [RESULT_EDUCATION] = C_EDUCATION};
    bool news = false;
    for (int k = 0; k < RESULT_SHARES; k++) {
        struct result_share *s = &g->shares[k];
        news |= hide_same(&s->numerator, cell(g, twin[k]));
        news |= hide_same(&s->of_admitted, &g->admitted);
        news |= hide_same(&s->of_completed, &g->completed_on_time);
        news |= hide_same(&s->of_due, &g->shares[0].of_due);
    }
    news |= hide_same(&g->shares[RESULT_RELEVANT_JOB].part_of_completed, &g->offers_among_completed);
    news |= hide_same(&g->shares[RESULT_COMPLETED].part_of_completed, &g->completed_on_time);
    return news;
}

static void hide_medians(struct result_group *g, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (g[i].jobs[JOB_NONE].hidden || g[i].jobs[JOB_NONE].n < RESULTS_SMALL)
            g[i].median_days_to_job = -1;
}

static void hide_all(struct arena *a, struct results *r)
{
    struct {
        struct result_group *g;
        size_t n;
    } lists[] = {{&r->all, 1}, {r->cohorts, r->cohorts_n}, {r->fields, r->fields_n}, {r->sexes, r->sexes_n}};
    for (bool news = true; news;) {
        news = hide_in_group(&r->all);
        news |= hide_sexes(r);
        for (size_t k = 0; k < COUNT(lists); k++) {
            for (size_t i = 0; i < lists[k].n; i++)
                news |= hide_twins(&lists[k].g[i]);
            if (k > 0)
                news |= hide_across(a, lists[k].g, lists[k].n, &r->all);
        }
    }
    for (size_t k = 0; k < COUNT(lists); k++)
        hide_medians(lists[k].g, lists[k].n);
}

struct results results_of(struct arena *a, const struct result_trainee *t, size_t n, int today, bool outsider)
{
    struct results r = {.today = today, .outsider = outsider};
    const struct result_trainee **p = ARENA_ARRAY(a, const struct result_trainee *, n ? n : 1);
    for (size_t i = 0; i < n; i++)
        p[i] = &t[i];
    r.all = group_of(a, p, n, today);
    qsort(p, n, sizeof *p, sort_cohort);
    r.cohorts = groups_of(a, p, n, today, by_cohort, &r.cohorts_n);
    qsort(p, n, sizeof *p, sort_field);
    r.fields = groups_of(a, p, n, today, by_field, &r.fields_n);
    qsort(p, n, sizeof *p, sort_sex);
    r.sexes = groups_of(a, p, n, today, by_sex, &r.sexes_n);
    if (outsider)
        hide_all(a, &r);
    return r;
}

int results_share(struct result_count numerator, struct result_count denominator)
{
    if (numerator.hidden || denominator.hidden || denominator.n <= 0)
        return -1;
    return (int)(((int64_t)numerator.n * 20000 / denominator.n + 1) / 2);
}

/* JSON. */
static void put_string(struct buf *out, struct str s)
{
    buf_byte(out, '"');
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c == '"' || c == '\\')
            buf_byte(out, '\\');
        if (c == '\n')
            buf_c(out, "\\n");
        else if (c < 0x20)
            buf_fmt(out, "\\u%04x", c);
        else
            buf_byte(out, (char)c);
    }
    buf_byte(out, '"');
}

static void put_count(struct buf *out, const char *key, struct result_count c)
{
    buf_fmt(out, "\"%s\":", key);
    if (c.hidden)
        buf_c(out, "null");
    else
        buf_i64(out, c.n);
}

static void put_part(struct buf *out, const char *key, struct result_count numerator, struct result_count denominator)
{
    int share = results_share(numerator, denominator);
    buf_fmt(out, "\"%s\":{", key);
    put_count(out, "numerator", numerator);
    buf_byte(out, ',');
    put_count(out, "denominator", denominator);
    if (share < 0)
        buf_c(out, ",\"share\":null}");
    else
        buf_fmt(out, ",\"share\":%d.%04d}", share / 10000, share % 10000);
}

static void put_shares(struct buf *out, const struct result_group *g)
{
    buf_c(out, "\"shares\":{");
    for (int k = 0; k < RESULT_SHARES; k++) {
        const struct result_share *s = &g->shares[k];
        buf_fmt(out, "%s\"%s\":{", k ? "," : "", s->code);
        put_part(out, "of_admitted", s->numerator, s->of_admitted);
        buf_byte(out, ',');
        put_part(out, "of_due", s->part_of_due, s->of_due);
        buf_byte(out, ',');
        put_part(out, "of_completed", s->part_of_completed, s->of_completed);
        buf_byte(out, '}');
    }
    buf_byte(out, '}');
}

/* What both the whole and each group has: the counts below the head, without the comma before them. */
static void put_common(struct buf *out, const struct result_group *g)
{
    put_count(out, "completed", g->completed);
    buf_byte(out, ',');
    put_count(out, "ended_early", g->ended);
    buf_byte(out, ',');
    put_count(out, "education", g->education);
    buf_c(out, ",\"with_internship\":{");
    put_count(out, "trainees", g->internships);
    buf_byte(out, ',');
    put_count(out, "field_relevant_jobs", g->internship_jobs);
    buf_c(out, "},\"median_days_to_job\":");
    if (g->median_days_to_job < 0)
        buf_c(out, "null");
    else
        buf_i64(out, g->median_days_to_job);
    buf_byte(out, ',');
    put_shares(out, g);
}

static void put_group(struct buf *out, const struct result_group *g)
{
    buf_c(out, "{\"name\":");
    put_string(out, g->msgid ? str_c(g->msgid) : g->name);
    buf_byte(out, ',');
    put_count(out, "admitted", g->admitted);
    buf_byte(out, ',');
    put_count(out, "completed_on_time", g->completed_on_time);
    buf_byte(out, ',');
    put_count(out, "field_relevant_jobs", g->jobs[JOB_NONE]);
    buf_byte(out, ',');
    put_count(out, "on_leave", g->on_leave);
    buf_byte(out, ',');
    put_count(out, "offers_among_completed", g->offers_among_completed);
    buf_byte(out, ',');
    put_count(out, "women", g->women);
    buf_byte(out, ',');
    put_count(out, "men", g->men);
    buf_byte(out, ',');
    put_common(out, g);
    buf_byte(out, '}');
}

static void put_groups(struct buf *out, const char *key, const struct result_group *g, size_t n)
{
    buf_fmt(out, ",\"%s\":[", key);
    for (size_t i = 0; i < n; i++) {
        if (i)
            buf_byte(out, ',');
        put_group(out, &g[i]);
    }
    buf_byte(out, ']');
}

void results_json(struct buf *out, const struct results *r)
{
    const struct result_group *g = &r->all;
    buf_c(out, "{\"admitted\":{");
    put_count(out, "total", g->admitted);
    buf_byte(out, ',');
    put_count(out, "women", g->women);
    buf_byte(out, ',');
    put_count(out, "men", g->men);
    buf_c(out, "},");
    put_count(out, "completed_on_time", g->completed_on_time);
    buf_byte(out, ',');
    put_count(out, "offers_among_completed", g->offers_among_completed);
    buf_byte(out, ',');
    put_count(out, "on_leave", g->on_leave);
    buf_c(out, ",\"field_relevant_jobs\":{");
    put_count(out, "total", g->jobs[JOB_NONE]);
    for (int k = 1; k < JOB_CLASS_N; k++) {
        buf_byte(out, ',');
        put_count(out, job_class_names[k].code, g->jobs[k]);
    }
    buf_c(out, "},");
    put_common(out, g);
    put_groups(out, "cohorts", r->cohorts, r->cohorts_n);
    put_groups(out, "fields", r->fields, r->fields_n);
    put_groups(out, "sexes", r->sexes, r->sexes_n);
    buf_c(out, "}\n");
}
