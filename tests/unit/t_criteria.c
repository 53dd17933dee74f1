/* The intake criteria: each state of each criterion once, what a person has judged by hand, and what the settings refuse. */
#include "domain/criteria.h"
#include "base/tm.h"
#include "tests/test.h"

static const enum verdict Y = VERDICT_MET, N = VERDICT_NOT_MET;
static int D(int y, int m, int d)
{
    return tm_on(y, m, d);
}

static const struct criterion_result *find(const struct criteria_overview *o, enum criterion c)
{
    for (size_t i = 0; i < o->n; i++)
        if (o->results[i].criterion == c)
            return &o->results[i];
    return NULL;
}

static struct criteria_facts base_facts(void)
{
    return (struct criteria_facts){.today = D(2026, 3, 10)};
}

static void check_one(struct criteria_facts f, enum criterion c, enum criterion_state want, const char *says, const char *why)
{
    struct arena *a = arena_new(1 << 20);
    struct criteria_settings s = criteria_defaults();
    struct criteria_overview o = criteria_look(&s, &f);
    const struct criterion_result *r = find(&o, c);
    struct str text = r ? say_plain(a, r->reason) : STR("");
    bool ok = r && r->state == want && strstr(arena_cstr(a, text), says);
    if (!ok)
        printf("# %s: state %d wanted %d, says '%.*s', wanted '%s'\n", why, r ? (int)r->state : -1, (int)want, STR_FMT(text), says);
    CHECK(ok);
    arena_free(a);
}

static void test_education(void)
{
    static const struct {
        enum education_level level;
        int track;
        enum criterion_state refugee, education;
        const char *says, *why;
    } cases[] = {
        {EDU_MASTER, 3, CRITERION_MET, CRITERION_MET, "Mastergrad", "a degree counts"},
        {EDU_SOME_HIGHER, 3, CRITERION_MET, CRITERION_NOT_MET, "Minst ett år", "track 3, but no degree"},
        {EDU_UNKNOWN, 3, CRITERION_MET, CRITERION_UNKNOWN, "spor 3", "track 3 says at least one year, and no more"},
        {EDU_UNKNOWN, 1, CRITERION_NOT_MET, CRITERION_UNKNOWN, "spor 1", "the track says no higher education"},
        {EDU_UNKNOWN, 0, CRITERION_UNKNOWN, CRITERION_UNKNOWN, "ikke registrert", "nothing is known"},
        {EDU_UPPER_SECONDARY, 2, CRITERION_NOT_MET, CRITERION_NOT_MET, "Videregående", "below higher education"},
        {EDU_UPPER_SECONDARY, 3, CRITERION_UNKNOWN, CRITERION_NOT_MET, "Sjekk", "the two contradict each other: a person must look"},
        {EDU_BACHELOR, 2, CRITERION_MET, CRITERION_MET, "spor 2", "the degree counts, the track is pointed out"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct criteria_facts f = base_facts();
        f.level = cases[i].level;
        f.track = cases[i].track;
        f.settled_on = D(2024, 1, 1);
        check_one(f, CRITERION_REFUGEE, cases[i].refugee, cases[i].says, cases[i].why);
        check_one(f, CRITERION_EDUCATION, cases[i].education, "", cases[i].why);
    }
    struct criteria_facts f = base_facts();
    f.level = EDU_MASTER;
    check_one(f, CRITERION_REFUGEE, CRITERION_UNKNOWN, "bosetting", "neither settled nor in the programme: is this a refugee?");
}

static void test_programme(void)
{
    static const struct {
        int settled[3], start[3], end[3];
        enum criterion_state want;
        const char *says, *why;
    } cases[] = {
        {{0}, {2025, 4, 1}, {0}, CRITERION_MET, "siden 2025-04-01", "in the programme, no end known"},
        {{0}, {2025, 4, 1}, {2026, 3, 10}, CRITERION_MET, "siden", "the last day is in the programme"},
        {{2024, 2, 1}, {2025, 4, 1}, {2026, 3, 9}, CRITERION_MET, "Ferdig", "out yesterday, two years in Norway"},
        {{2021, 3, 10}, {2021, 4, 1}, {2022, 4, 1}, CRITERION_MET, "Ferdig", "five years today is still within five"},
        {{2021, 3, 9}, {2021, 4, 1}, {2022, 4, 1}, CRITERION_NOT_MET, "mer enn 5", "five years and a day"},
        {{0}, {2025, 1, 1}, {2025, 12, 1}, CRITERION_UNKNOWN, "osettingsdato", "out, and nobody knows for how long in Norway"},
        {{0}, {2020, 1, 1}, {2020, 12, 1}, CRITERION_NOT_MET, "mer enn 5", "began more than five years ago: longer than that in Norway"},
        {{2026, 1, 1}, {2026, 4, 1}, {0}, CRITERION_NOT_MET, "2026-04-01", "has not begun"},
        {{0}, {0}, {2026, 6, 1}, CRITERION_MET, "til 2026-06-01", "no start, but an end to come"},
        {{0}, {0}, {0}, CRITERION_UNKNOWN, "ikke registrert", "nothing known"},
        {{2019, 1, 1}, {0}, {0}, CRITERION_NOT_MET, "mer enn 5", "settled long ago, no programme"},
        {{2025, 1, 1}, {0}, {0}, CRITERION_UNKNOWN, "ikke registrert", "settled lately, no programme registered"},
        {{0}, {2025, 4, 1}, {2025, 3, 1}, CRITERION_UNKNOWN, "før", "the end lies before the start: wrong dates"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct criteria_facts f = base_facts();
        const int *s = cases[i].settled, *b = cases[i].start, *e = cases[i].end;
        f.settled_on = s[0] ? D(s[0], s[1], s[2]) : 0;
        f.programme_start_on = b[0] ? D(b[0], b[1], b[2]) : 0;
        f.programme_end_on = e[0] ? D(e[0], e[1], e[2]) : 0;
        check_one(f, CRITERION_PROGRAMME, cases[i].want, cases[i].says, cases[i].why);
    }
}

static void test_norwegian(void)
{
    static const struct {
        enum cefr oral, written;
        enum verdict adviser, leader;
        enum criterion_state want;
        const char *says, *why;
    } cases[] = {
        {CEFR_B1, 0, 0, 0, CRITERION_MET, "B1", "the minimum is enough"},
        {CEFR_C1, 0, 0, 0, CRITERION_MET, "C1", "more than enough"},
        {CEFR_A2, CEFR_B2, 0, 0, CRITERION_NOT_MET, "A2", "it is talking that counts"},
        {0, 0, 0, 0, CRITERION_UNKNOWN, "ikke registrert", "no level"},
        {0, CEFR_B2, 0, 0, CRITERION_UNKNOWN, "B2", "written only"},
        {CEFR_A2, 0, Y, 0, CRITERION_MET, "Programrådgiver", "a person who knows goes before the level"},
        {CEFR_B2, 0, 0, N, CRITERION_NOT_MET, "Prosjektleder", "and also the other way"},
        {CEFR_A2, 0, N, Y, CRITERION_MET, "Prosjektleder", "the leader's word goes before the adviser's"},
        {CEFR_B2, 0, 0, VERDICT_UNKNOWN, CRITERION_UNKNOWN, "usikker", "looked at, and in doubt"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct criteria_facts f = base_facts();
        f.oral = cases[i].oral;
        f.written = cases[i].written;
        f.hand[CRITERION_NORWEGIAN] = (struct criteria_hand){cases[i].adviser, cases[i].leader};
        check_one(f, CRITERION_NORWEGIAN, cases[i].want, cases[i].says, cases[i].why);
    }
}

static void test_recognition(void)
{
    static const struct {
        enum recognition r;
        enum criterion_state want;
        const char *why;
    } cases[] = {
        {REC_RECOGNISED, CRITERION_MET, "recognised"},
        {REC_PARTLY, CRITERION_MET, "in part: a help all the same"},
        {REC_NOT_RELEVANT, CRITERION_MET, "nothing is asked for in that profession"},
        {REC_APPLIED, CRITERION_UNKNOWN, "under way"},
        {REC_UVD_EXPERTS, CRITERION_UNKNOWN, "under way"},
        {REC_COMPLAINT, CRITERION_UNKNOWN, "not decided for good"},
        {REC_ASSESSMENT_GIVEN, CRITERION_NOT_MET, "a statement is no recognition"},
        {REC_REFUSED, CRITERION_NOT_MET, "refused"},
        {REC_NOT_ASSESSED, CRITERION_NOT_MET, "not even applied for"},
        {REC_UNKNOWN, CRITERION_UNKNOWN, "not known"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct criteria_facts f = base_facts();
        f.recognition = cases[i].r;
        check_one(f, CRITERION_RECOGNITION, cases[i].want, "", cases[i].why);
    }
}

static void test_people_and_months(void)
{
    struct criteria_facts f = base_facts();
    check_one(f, CRITERION_MOTIVATED, CRITERION_UNKNOWN, "Ingen har vurdert", "only people know");
    check_one(f, CRITERION_ONE_YEAR, CRITERION_UNKNOWN, "Ingen har vurdert", "only people know");
    f.hand[CRITERION_MOTIVATED].adviser = Y;
    f.hand[CRITERION_ONE_YEAR].leader = N;
    check_one(f, CRITERION_MOTIVATED, CRITERION_MET, "Programrådgiver", "the adviser says so");
    check_one(f, CRITERION_ONE_YEAR, CRITERION_NOT_MET, "Prosjektleder", "the leader does not think so");
    check_one(f, CRITERION_MONTHS, CRITERION_UNKNOWN, "", "no start");
    f.programme_start_on = D(2025, 3, 10);
    check_one(f, CRITERION_MONTHS, CRITERION_MET, "12", "a year today");
    f.programme_start_on = D(2025, 3, 11);
    check_one(f, CRITERION_MONTHS, CRITERION_NOT_MET, "11", "a year tomorrow");
    f.programme_start_on = D(2024, 1, 1);
    f.programme_end_on = D(2024, 7, 1);
    check_one(f, CRITERION_MONTHS, CRITERION_NOT_MET, "6", "months after the end do not count");
}

static void test_overview(void)
{
    struct arena *a = arena_new(1 << 20);
    struct criteria_settings s = criteria_defaults();
    struct criteria_facts best = base_facts();
    best.settled_on = D(2024, 6, 1);
    best.programme_start_on = D(2024, 9, 1);
    best.track = 3;
    best.level = EDU_MASTER;
    best.recognition = REC_RECOGNISED;
    best.oral = CEFR_B2;
    best.hand[CRITERION_MOTIVATED].adviser = Y;
    best.hand[CRITERION_ONE_YEAR].adviser = Y;
    struct criteria_overview b = criteria_look(&s, &best);
    CHECK_INT(b.must, b.must_met);
    CHECK_INT(b.wish, b.wish_met);
    CHECK_INT(b.n, CRITERION_N);
    CHECK_STR(say_plain(a, criteria_summary(&b)), "Alle 5 krav er oppfylt.");

    struct criteria_facts f = best;
    f.recognition = REC_REFUSED;
    struct criteria_overview o = criteria_look(&s, &f);
    CHECK(o.sort_key < b.sort_key && o.must_met == o.must); /* recognition moves the order a little and gates nothing */
    struct criteria_facts g = best;
    g.hand[CRITERION_MOTIVATED].adviser = 0;
    struct criteria_overview u = criteria_look(&s, &g);
    CHECK(u.sort_key < o.sort_key);
    CHECK_STR(say_plain(a, criteria_summary(&u)), "4 av 5 krav er oppfylt. Ikke avklart: 1.");
    g.hand[CRITERION_MOTIVATED].adviser = N;
    struct criteria_overview n = criteria_look(&s, &g);
    CHECK(n.sort_key < u.sort_key);
    CHECK_STR(say_plain(a, criteria_summary(&n)), "4 av 5 krav er oppfylt.");

    s.of[CRITERION_MOTIVATED].weight = WEIGHT_OFF;
    struct criteria_overview off = criteria_look(&s, &g);
    CHECK_INT(off.n, CRITERION_N - 1);
    CHECK(!find(&off, CRITERION_MOTIVATED));
    for (int i = 0; i < CRITERION_N; i++)
        s.of[i].weight = WEIGHT_OFF;
    struct criteria_overview none = criteria_look(&s, &g);
    CHECK_INT(none.n, 0);
    CHECK(criteria_summary(&none).msgid);
    arena_free(a);
}

static void test_settings(void)
{
    static const struct {
        enum criterion c;
        enum criterion_weight w;
        int threshold;
        enum err want;
        const char *why;
    } cases[] = {
        {CRITERION_NORWEGIAN, WEIGHT_MUST, CEFR_B2, OK, "another level"},
        {CRITERION_NORWEGIAN, WEIGHT_MUST, CEFR_N, ERR_INVALID, "no such level"},
        {CRITERION_NORWEGIAN, WEIGHT_MUST, CEFR_UNKNOWN, ERR_INVALID, "no level"},
        {CRITERION_NORWEGIAN, WEIGHT_OFF, 0, OK, "off needs no level"},
        {CRITERION_PROGRAMME, WEIGHT_MUST, 0, ERR_INVALID, "no years"},
        {CRITERION_PROGRAMME, WEIGHT_MUST, 21, ERR_INVALID, "too many years"},
        {CRITERION_EDUCATION, WEIGHT_MUST, EDU_SOME_HIGHER, OK, "one year is the lowest"},
        {CRITERION_EDUCATION, WEIGHT_MUST, EDU_UPPER_SECONDARY, ERR_INVALID, "the programme is for higher education"},
        {CRITERION_RECOGNITION, WEIGHT_PREFERRED, 0, OK, "an element"},
        {CRITERION_RECOGNITION, WEIGHT_MUST, 0, ERR_INVALID, "never a gate"},
        {CRITERION_MONTHS, WEIGHT_MUST, 12, ERR_INVALID, "a guideline, for the introduction programme is often shorter now"},
        {CRITERION_MOTIVATED, WEIGHT_N, 0, ERR_INVALID, "no such weight"},
    };
    struct criteria_settings d = criteria_defaults();
    enum criterion bad = CRITERION_N;
    struct say why = {0};
    CHECK_ERR(criteria_check(&d, &bad, &why), OK);
    CHECK_INT(bad, CRITERION_N);
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct criteria_settings s = criteria_defaults();
        s.of[cases[i].c] = (struct criterion_setting){cases[i].w, cases[i].threshold};
        enum err e = criteria_check(&s, &bad, &why);
        if (e != cases[i].want)
            printf("# %s\n", cases[i].why);
        CHECK_ERR(e, cases[i].want);
        CHECK(e == OK || (bad == cases[i].c && why.msgid));
    }
}

/* When the calendar alone will change the picture. */
static void test_next(void)
{
    struct criteria_settings s = criteria_defaults();
    int today = tm_on(2026, 11, 22);
    const struct {
        struct criteria_facts f;
        int want;
        const char *why;
    } cases[] = {
        {{.today = today}, 0, "without dates nothing changes by itself"},
        {{.today = today, .programme_start_on = tm_on(2027, 1, 4)}, tm_on(2027, 1, 4), "the programme begins"},
        {{.today = today, .programme_end_on = today}, today + 1, "the last day is in the programme, the next is not"},
        {{.today = today, .programme_start_on = tm_on(2026, 2, 1)}, tm_on(2027, 2, 1), "twelve months in the programme"},
        {{.today = today, .settled_on = tm_on(2022, 3, 1)}, tm_on(2027, 3, 2), "more than five years in Norway"},
        {{.today = today, .settled_on = tm_on(2015, 3, 1), .programme_end_on = tm_on(2017, 3, 1)}, 0, "all is past"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        int got = criteria_next_on(&s, &cases[i].f);
        if (got != cases[i].want)
            printf("# %s\n", cases[i].why);
        CHECK_INT(got, cases[i].want);
        if (!got)
            continue;
        struct criteria_facts before = cases[i].f, after = cases[i].f;
        before.today = got - 1;
        after.today = got;
        struct criteria_overview a = criteria_look(&s, &before), b = criteria_look(&s, &after);
        bool same = true;
        for (size_t k = 0; k < a.n; k++)
            same = same && a.results[k].state == b.results[k].state;
        CHECK(!same); /* and that day it is another indeed */
    }
}

int main(void)
{
    test_education();
    test_programme();
    test_norwegian();
    test_recognition();
    test_people_and_months();
    test_overview();
    test_settings();
    test_next();
    for (int i = 0; i < CRITERION_N; i++)
        CHECK(criterion_names[i].code && criterion_names[i].name && criterion_names[i].about && criterion_names[i].ask);
    return test_end();
}
