/* Outcomes, and the results of the handbook's three cohorts; then what outsiders may see. */
#include "base/tm.h"
#include "domain/results.h"
#include "tests/test.h"

static void test_outcome(void)
{
    static const struct {
        struct outcome o;
        enum job_class class;
        enum self_support support;
        bool relevant;
        const char *why;
    } cases[] = {
        {{.kind = OUTCOME_JOB, .percent = 100, .relevance = RELEVANT_YES}, JOB_FULL, SUPPORT_YES, true, "full position, own wage"},
        {{.kind = OUTCOME_JOB, .percent = 100, .relevance = RELEVANT_YES, .subsidy = SUBSIDY_WAGE}, JOB_FULL_SUBSIDY, SUPPORT_PARTLY, true, "wage subsidy"},
        {{.kind = OUTCOME_JOB, .percent = 50, .practice_percent = 50, .relevance = RELEVANT_YES}, JOB_PART_PRACTICE, SUPPORT_PARTLY, true,
         "half job, half practice"},
        {{.kind = OUTCOME_JOB, .percent = 50, .practice_percent = 50, .subsidy = SUBSIDY_WAGE}, JOB_PART_PRACTICE, SUPPORT_PARTLY, false,
         "the practice decides"},
        {{.kind = OUTCOME_JOB, .percent = 60, .relevance = RELEVANT_PARTLY}, JOB_PART, SUPPORT_PARTLY, false, "partly relevant is not relevant"},
        {{.kind = OUTCOME_JOB, .percent = 60, .subsidy = SUBSIDY_WAGE, .relevance = RELEVANT_NO}, JOB_PART_SUBSIDY, SUPPORT_PARTLY, false, "part, subsidised"},
        {{.kind = OUTCOME_JOB, .relevance = RELEVANT_YES}, JOB_PART, SUPPORT_UNKNOWN, true, "share not known: nothing is claimed"},
        {{.kind = OUTCOME_EDUCATION, .relevance = RELEVANT_YES}, JOB_NONE, SUPPORT_NO, false, "education is no job"},
        {{.kind = OUTCOME_NONE}, JOB_NONE, SUPPORT_NO, false, "nothing"},
        {{.kind = OUTCOME_INTERNSHIP, .percent = 100, .relevance = RELEVANT_YES}, JOB_NONE, SUPPORT_NO, false, "an internship is no job"},
        {{.kind = OUTCOME_LEAVE}, JOB_NONE, SUPPORT_UNKNOWN, false, "leave says nothing about it"},
        {{0}, JOB_NONE, SUPPORT_UNKNOWN, false, "not known"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        const struct outcome *o = &cases[i].o;
        bool ok = outcome_job_class(o) == cases[i].class && outcome_self_support(o) == cases[i].support &&
                  outcome_is_relevant_job(o) == cases[i].relevant;
        if (!ok)
            printf("# %s\n", cases[i].why);
        CHECK(ok);
    }
}

static void test_outcome_check(void)
{
    static const struct {
        struct outcome o;
        const char *field; /* NULL: fine */
        const char *why;
    } cases[] = {
        {{.kind = OUTCOME_JOB, .relevance = RELEVANT_YES, .percent = 100, .from_on = 100}, NULL, "a job"},
        {{.kind = OUTCOME_JOB, .relevance = RELEVANT_YES, .percent = 50, .practice_percent = 50, .from_on = 100}, NULL, "half and half"},
        {{.kind = OUTCOME_NONE, .from_on = 100}, NULL, "none needs no share"},
        {{.from_on = 100}, "kind", "what came of it?"},
        {{.kind = OUTCOME_JOB, .relevance = RELEVANT_YES, .percent = 100}, "from_on", "since when?"},
        {{.kind = OUTCOME_JOB, .relevance = RELEVANT_YES, .percent = 0, .from_on = 100}, "percent", "how much?"},
        {{.kind = OUTCOME_JOB, .relevance = RELEVANT_YES, .percent = 101, .from_on = 100}, "percent", "too much"},
        {{.kind = OUTCOME_JOB, .relevance = RELEVANT_YES, .percent = 60, .practice_percent = 50, .from_on = 100}, "practice_percent", "110 per cent"},
        {{.kind = OUTCOME_JOB, .percent = 60, .from_on = 100}, "relevance", "in the own profession?"},
        {{.kind = OUTCOME_JOB, .relevance = RELEVANT_YES, .percent = 60, .from_on = 100, .until_on = 99}, "until_on", "ends before it begins"},
        {{.kind = OUTCOME_EDUCATION, .subsidy = SUBSIDY_WAGE, .from_on = 100}, "subsidy", "a wage subsidy without a wage"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        const char *field = NULL;
        struct say why = {0};
        enum err e = outcome_check(&cases[i].o, &field, &why);
        bool ok = cases[i].field ? e == ERR_INVALID && field && strcmp(field, cases[i].field) == 0 && why.msgid : e == OK && !field;
        if (!ok)
            printf("# %s: %s\n", cases[i].why, field ? field : "-");
        CHECK(ok);
    }
    CHECK(outcome_is_current(&(struct outcome){.from_on = 10}, 10) && !outcome_is_current(&(struct outcome){.from_on = 10}, 9));
    CHECK(outcome_is_current(&(struct outcome){.from_on = 10, .until_on = 12}, 12) && !outcome_is_current(&(struct outcome){.from_on = 10, .until_on = 12}, 13));
    static const struct {
        struct outcome o[2];
        enum self_support want;
        const char *why;
    } now[] = {
        {{{.kind = OUTCOME_JOB, .percent = 50, .from_on = 5}, {.kind = OUTCOME_JOB, .percent = 50, .from_on = 5}}, SUPPORT_YES, "two halves are a whole"},
        {{{.kind = OUTCOME_JOB, .percent = 50, .from_on = 5}, {.kind = OUTCOME_JOB, .percent = 50, .from_on = 5, .subsidy = SUBSIDY_WAGE}}, SUPPORT_PARTLY, "one of them subsidised"},
        {{{.kind = OUTCOME_JOB, .percent = 100, .from_on = 5, .until_on = 9}, {.kind = OUTCOME_EDUCATION, .from_on = 10}}, SUPPORT_NO, "the job is over"},
        {{{.kind = OUTCOME_JOB, .percent = 100, .from_on = 11}, {.kind = OUTCOME_EDUCATION, .from_on = 1}}, SUPPORT_NO, "the job has not begun"},
        {{{.kind = OUTCOME_JOB, .percent = 100, .from_on = 5, .until_on = 9}, {.kind = OUTCOME_LEAVE, .from_on = 10}}, SUPPORT_UNKNOWN, "leave says nothing"},
        {{{.kind = OUTCOME_JOB, .percent = 60, .from_on = 5}, {.kind = OUTCOME_EDUCATION, .from_on = 1}}, SUPPORT_PARTLY, "a job beside studies"},
    };
    for (size_t i = 0; i < COUNT(now); i++) {
        if (outcome_support_now(now[i].o, 2, 10) != now[i].want)
            printf("# %s\n", now[i].why);
        CHECK(outcome_support_now(now[i].o, 2, 10) == now[i].want);
    }
    CHECK(outcome_support_now(NULL, 0, 10) == SUPPORT_UNKNOWN);
    static const struct outcome several[] = {
        {.kind = OUTCOME_EDUCATION}, {.kind = OUTCOME_JOB, .percent = 100, .relevance = RELEVANT_NO},
        {.kind = OUTCOME_JOB, .percent = 50, .relevance = RELEVANT_YES, .offered_on = 5},
        {.kind = OUTCOME_JOB, .percent = 100, .relevance = RELEVANT_YES, .subsidy = SUBSIDY_WAGE, .offered_on = 9},
        {.kind = OUTCOME_JOB, .percent = 100, .relevance = RELEVANT_YES, .subsidy = SUBSIDY_WAGE, .offered_on = 7},
    };
    CHECK_INT(outcome_best_job(several, 5), 4);
    CHECK_INT(outcome_best_job(several, 3), 2);
    CHECK_INT(outcome_best_job(several, 2), 1);
    CHECK_INT(outcome_best_job(several, 1), -1);
}

/* The chapter "Resultat": three cohorts of five, eleven women and four men. Of the ten in the first two, seven completed on time and
 * five of those were offered field-relevant work; two went on leave; one has a gap that takes education. The third is halfway, two of
 * its five have field-relevant work. Seven jobs: three full, three full with wage subsidy, one half with half practice. All with an
 * internship got one. */
enum { TRAINEES = 15 };
static struct result_trainee t[TRAINEES];
static int today;

static void fill_handbook(void)
{
    static const struct {
        int cohort;
        enum sex sex;
        bool done, leave, ended;
        enum job_class job;
        bool internship;
        int days;
    } rows[TRAINEES] = {
        {1, SEX_WOMAN, true, false, false, JOB_FULL, true, 300},        {1, SEX_WOMAN, true, false, false, JOB_FULL_SUBSIDY, true, 320},
        {1, SEX_MAN, true, false, false, JOB_FULL, false, 360},         {1, SEX_WOMAN, true, false, false, JOB_NONE, false, 0},
        {1, SEX_WOMAN, false, true, false, JOB_NONE, false, 0},         {2, SEX_WOMAN, true, false, false, JOB_FULL_SUBSIDY, true, 280},
        {2, SEX_WOMAN, true, false, false, JOB_PART_PRACTICE, true, 350}, {2, SEX_MAN, true, false, false, JOB_NONE, false, 0},
        {2, SEX_WOMAN, false, true, false, JOB_NONE, false, 0},         {2, SEX_WOMAN, false, false, true, JOB_NONE, false, 0},
        {3, SEX_WOMAN, false, false, false, JOB_FULL, true, 150},       {3, SEX_MAN, false, false, false, JOB_FULL_SUBSIDY, true, 170},
        {3, SEX_WOMAN, false, false, false, JOB_NONE, false, 0},        {3, SEX_WOMAN, false, false, false, JOB_NONE, false, 0},
        {3, SEX_MAN, false, false, false, JOB_NONE, false, 0},
    };
    static const char *const names[] = {"", "1. pulje", "2. \"pulje\"", "3. pulje"};
    today = tm_on(2020, 9, 1);
    const int starts[] = {0, tm_on(2018, 10, 1), tm_on(2019, 6, 1), tm_on(2020, 3, 1)};
    for (int i = 0; i < TRAINEES; i++) {
        int start = starts[rows[i].cohort];
        t[i] = (struct result_trainee){.cohort = rows[i].cohort, .cohort_name = str_c(names[rows[i].cohort]), .sex = rows[i].sex,
            .field = i < 10 ? STR("Farmasi") : STR("Økonomi"), .admitted_on = start, .due_on = tm_add_months(start, 12),
            .completed_on = rows[i].done ? tm_add_months(start, 12) : 0, .on_time = rows[i].done, .on_leave = rows[i].leave,
            .ended = rows[i].ended, .education = rows[i].ended, .internship = rows[i].internship, .job = rows[i].job,
            .job_on = rows[i].days ? start + rows[i].days : 0};
    }
}

static void test_handbook(void)
{
    struct arena *a = arena_new(4 << 20);
    fill_handbook();
    struct results r = results_of(a, t, TRAINEES, today, false);
    const struct result_group *g = &r.all;
    CHECK_INT(g->admitted.n, 15);
    CHECK_INT(g->women.n, 11);
    CHECK_INT(g->men.n, 4);
    CHECK_INT(g->completed_on_time.n, 7);
    CHECK_INT(g->offers_among_completed.n, 5);
    CHECK_INT(g->on_leave.n, 2);
    CHECK_INT(g->jobs[JOB_NONE].n, 7);
    CHECK_INT(g->jobs[JOB_FULL].n, 3);
    CHECK_INT(g->jobs[JOB_FULL_SUBSIDY].n, 3);
    CHECK_INT(g->jobs[JOB_PART_PRACTICE].n, 1);
    CHECK_INT(g->internships.n, g->internship_jobs.n);
    CHECK(g->internships.n > 0 && g->internships.n < 7);
    CHECK_INT(g->median_days_to_job, 300);
    const struct result_share *job = &g->shares[RESULT_RELEVANT_JOB], *done = &g->shares[RESULT_COMPLETED];
    CHECK(done->numerator.n == 7 && done->of_admitted.n == 15 && done->part_of_due.n == 7 && done->of_due.n == 10);
    CHECK(job->numerator.n == 7 && job->part_of_due.n == 5 && job->of_due.n == 10 && job->part_of_completed.n == 5 && job->of_completed.n == 7);
    CHECK_INT(results_share(job->part_of_completed, job->of_completed), 7143);
    CHECK_INT(r.cohorts_n, 3);
    CHECK_INT(r.cohorts[0].completed_on_time.n + r.cohorts[1].completed_on_time.n, 7);
    CHECK_INT(r.cohorts[2].jobs[JOB_NONE].n, 2);
    CHECK_INT(r.cohorts[2].completed_on_time.n, 0);
    CHECK_INT(r.cohorts[2].admitted.n, 5);
    CHECK_INT(r.fields_n, 2);
    CHECK_STR(r.fields[0].name, "Farmasi");
    CHECK_INT(r.fields[0].admitted.n, 10);
    CHECK_INT(r.sexes_n, 2);
    CHECK_INT(r.sexes[0].admitted.n, 11);
    for (int k = 0; k < RESULT_SHARES; k++)
        CHECK(g->shares[k].code && g->shares[k].name && !g->shares[k].numerator.hidden);
    struct results none = results_of(a, NULL, 0, today, false);
    CHECK(none.all.admitted.n == 0 && none.cohorts_n == 0 && none.all.median_days_to_job == -1);
    CHECK_INT(results_share(none.all.completed_on_time, none.all.admitted), -1);
    arena_free(a);
}

static bool contains(struct str s, const char *what)
{
    bool found = memmem(s.p, s.n, what, strlen(what)) != NULL;
    if (!found)
        printf("# not found: %s\n", what);
    return found;
}

static void test_json(void)
{
    struct arena *a = arena_new(4 << 20);
    fill_handbook();
    struct results r = results_of(a, t, TRAINEES, today, false);
    struct buf b = {0};
    results_json(&b, &r);
    struct str s = arena_str(a, buf_view(&b));
    CHECK(contains(s, "\"admitted\":{\"total\":15,\"women\":11,\"men\":4}"));
    CHECK(contains(s, "\"completed_on_time\":7"));
    CHECK(contains(s, "\"offers_among_completed\":5"));
    CHECK(contains(s, "\"on_leave\":2"));
    CHECK(contains(s, "\"field_relevant_jobs\":{\"total\":7,\"full_time_unsubsidised\":3,\"full_time_wage_subsidy\":3,\"part_time_with_practice\":1"));
    CHECK(contains(s, "\"with_internship\":{\"trainees\":6,\"field_relevant_jobs\":6}"));
    CHECK(contains(s, "\"name\":\"3. pulje\",\"admitted\":5,\"completed_on_time\":0,\"field_relevant_jobs\":2,\"on_leave\":0"));
    CHECK(contains(s, "\"2. \\\"pulje\\\"\""));
    CHECK(contains(s, "\"of_completed\":{\"numerator\":5,\"denominator\":7,\"share\":0.7143}"));
    buf_clear(&b);
    t[0].cohort_name = STR("a\n\x01\\<");
    r = results_of(a, t, TRAINEES, today, true);
    results_json(&b, &r);
    s = arena_str(a, buf_view(&b));
    CHECK(contains(s, "\"a\\n\\u0001\\\\<\""));
    CHECK(contains(s, "null"));
    buf_free(&b);
    arena_free(a);
}

/* What an outsider sees, counted over every group and cell: nothing from 1 to 4, no rest from 1 to 4, and in every line of parts that
 * make up a whole none or at least two are hidden, with five or more persons behind them. */
static bool small(int n)
{
    return n > 0 && n < RESULTS_SMALL;
}
static bool shown_small(struct result_count c)
{
    return !c.hidden && small(c.n);
}
static bool shown_rest(struct result_count part, struct result_count whole)
{
    return !part.hidden && !whole.hidden && small(whole.n - part.n);
}
static bool line_ok(const struct result_count *parts, size_t n, struct result_count whole)
{
    int hidden = 0, behind = 0;
    for (size_t i = 0; i < n; i++)
        if (parts[i].hidden) {
            hidden++;
            behind += parts[i].n;
        }
    return whole.hidden || hidden == 0 || (hidden >= 2 && behind >= RESULTS_SMALL);
}
static bool group_ok(const struct result_group *g)
{
    const struct result_count all[] = {g->admitted, g->women, g->men, g->completed, g->completed_on_time, g->offers_among_completed,
                                       g->on_leave, g->ended, g->education, g->jobs[0], g->jobs[1], g->jobs[2], g->jobs[3], g->jobs[4],
                                       g->jobs[5], g->internships, g->internship_jobs};
    for (size_t i = 0; i < COUNT(all); i++)
        if (shown_small(all[i]) || (!g->admitted.hidden && shown_rest(all[i], g->admitted)))
            return false;
    if (shown_rest(g->offers_among_completed, g->completed_on_time) || shown_rest(g->completed_on_time, g->completed) ||
        shown_rest(g->internship_jobs, g->internships) || !line_ok(g->jobs + 1, JOB_CLASS_N - 1, g->jobs[0]))
        return false;
    if (!g->admitted.hidden && !g->internships.hidden && !g->jobs[0].hidden && !g->internship_jobs.hidden &&
        small(g->admitted.n - g->internships.n - g->jobs[0].n + g->internship_jobs.n))
        return false; /* without an internship and without a job */
    for (int k = 0; k < RESULT_SHARES; k++) {
        const struct result_share *s = &g->shares[k];
        if (shown_small(s->numerator) || shown_small(s->part_of_due) || shown_small(s->part_of_completed) || shown_small(s->of_due) ||
            shown_rest(s->numerator, s->of_admitted) || shown_rest(s->part_of_due, s->of_due) || shown_rest(s->part_of_completed, s->of_completed))
            return false;
    }
    return true;
}
static bool groups_ok(const struct result_group *g, size_t n, const struct result_group *all)
{
    struct result_count admitted[64], women[64], jobs[64], done[64];
    for (size_t i = 0; i < n; i++) {
        if (!group_ok(&g[i]))
            return false;
        admitted[i] = g[i].admitted;
        women[i] = g[i].women;
        jobs[i] = g[i].jobs[0];
        done[i] = g[i].shares[RESULT_COMPLETED].part_of_due;
    }
    return line_ok(admitted, n, all->admitted) && line_ok(women, n, all->women) && line_ok(jobs, n, all->jobs[0]) &&
           line_ok(done, n, all->shares[RESULT_COMPLETED].part_of_due);
}
static bool results_ok(const struct results *r)
{
    return group_ok(&r->all) && groups_ok(r->cohorts, r->cohorts_n, &r->all) && groups_ok(r->fields, r->fields_n, &r->all) &&
           groups_ok(r->sexes, r->sexes_n, &r->all);
}

static void test_outsiders(void)
{
    struct arena *a = arena_new(64 << 20);
    fill_handbook();
    struct results inside = results_of(a, t, TRAINEES, today, false);
    CHECK(!results_ok(&inside)); /* the check itself sees what an insider sees */
    struct results r = results_of(a, t, TRAINEES, today, true);
    CHECK(results_ok(&r));
    CHECK(!r.all.admitted.hidden && r.all.admitted.n == 15);
    CHECK(r.all.men.hidden && r.all.women.hidden); /* four men: the women would tell */
    /* Random programmes of many sizes: the property holds for all of them. */
    unsigned seed = 12345;
    static struct result_trainee many[400];
    for (int round = 0; round < 300; round++) {
        size_t n = 1 + (size_t)round % 400;
        for (size_t i = 0; i < n; i++) {
            seed = seed * 1103515245u + 12345u;
            unsigned x = seed >> 8;
            many[i] = (struct result_trainee){.cohort = 1 + (x % 7), .cohort_name = STR("p"), .sex = (enum sex)(1 + (x >> 3) % 9 / 4),
                .field = (x >> 7) % 3 ? STR("a") : STR("b"), .admitted_on = 1000, .due_on = 1365, .completed_on = (x >> 9) % 4 ? 1300 : 0,
                .on_time = (x >> 9) % 4 > 1, .on_leave = (x >> 11) % 11 == 0, .internship = (x >> 13) % 3 == 0,
                .job = (enum job_class)((x >> 15) % JOB_CLASS_N), .job_on = 1200};
        }
        struct results m = results_of(a, many, n, 1500, true);
        bool ok = results_ok(&m);
        if (!ok || round % 50 == 0)
            CHECK(ok);
    }
    arena_free(a);
}

int main(void)
{
    test_outcome();
    test_outcome_check();
    test_handbook();
    test_json();
    test_outsiders();
    return test_end();
}
