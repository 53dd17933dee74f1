/* Dates and Norwegian clock time. */
#include "base/tm.h"
#include "tests/test.h"

#include <time.h>

static struct arena *a;

/* An independent count: walks day by day from 1890 to 2210. */
static void t_every_day(void)
{
    static const int len[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int on = tm_on(1890, 1, 1), weekday = 3, bad = 0; /* a Wednesday */
    for (int y = 1890; y < 2210; y++)
        for (int m = 1; m <= 12; m++) {
            int n = len[m - 1] + (m == 2 && ((y % 4 == 0 && y % 100 != 0) || y % 400 == 0));
            for (int d = 1; d <= n; d++, on++, weekday = weekday % 7 + 1) {
                struct tm_ymd got = tm_ymd(on);
                bad += got.year != y || got.month != m || got.day != d || tm_on(y, m, d) != on || tm_weekday(on) != weekday;
            }
            bad += tm_exists(y, m, n + 1) || !tm_exists(y, m, n);
        }
    CHECK_INT(bad, 0);
    CHECK_INT(tm_on(1970, 1, 1), 0);
    CHECK_INT(tm_on(2024, 12, 31), 20088);
    CHECK(!tm_exists(2024, 0, 1) && !tm_exists(2024, 13, 1) && !tm_exists(2024, 1, 0));
}

/* The system's own time zone data agree with our rule for the years it covers. */
static void t_against_zone_data(void)
{
    setenv("TZ", "Europe/Oslo", 1);
    tzset();
    int bad = 0;
    for (int64_t at = 820454400000; at < 2145916800000; at += 1800000 * 3) { /* 1996 to 2037 */
        time_t t = (time_t)(at / 1000);
        struct tm z;
        localtime_r(&t, &z);
        struct tm_civil c = tm_civil(at);
        bad += c.year != z.tm_year + 1900 || c.month != z.tm_mon + 1 || c.day != z.tm_mday || c.hour != z.tm_hour || c.minute != z.tm_min ||
               c.weekday % 7 != z.tm_wday || tm_on_of(at) != tm_on(c.year, c.month, c.day);
        int64_t back = tm_at(tm_on_of(at), c.hour, c.minute); /* the hour that comes twice goes to its first */
        bad += back != at && back != at - 3600000;
    }
    CHECK_INT(bad, 0);
}

static void t_wall(void)
{
    static const struct {
        int y, m, d, h, min;
        const char *want, *why;
    } cases[] = {
        {2024, 12, 31, 23, 59, "2024-12-31T22:59:00Z", "winter"},
        {2025, 7, 1, 0, 0, "2025-06-30T22:00:00Z", "summer"},
        {2025, 3, 30, 1, 59, "2025-03-30T00:59:00Z", "the last minute of winter time"},
        {2025, 3, 30, 2, 30, "2025-03-30T01:30:00Z", "does not exist: becomes 03:30"},
        {2025, 3, 30, 3, 0, "2025-03-30T01:00:00Z", "the first minute of summer time"},
        {2025, 10, 26, 1, 59, "2025-10-25T23:59:00Z", "before the hour that comes twice"},
        {2025, 10, 26, 2, 30, "2025-10-26T00:30:00Z", "comes twice: the first"},
        {2025, 10, 26, 3, 0, "2025-10-26T02:00:00Z", "winter again"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        int64_t at = tm_at(tm_on(cases[i].y, cases[i].m, cases[i].d), cases[i].h, cases[i].min);
        printf("# %s\n", cases[i].why);
        CHECK_STR(tm_iso_at(a, at), cases[i].want);
    }
    struct tm_civil c = tm_civil(tm_at(tm_on(2025, 3, 30), 2, 30));
    CHECK_INT(c.hour, 3);
    CHECK_INT(c.minute, 30);
    CHECK_INT(c.weekday, 7);
    CHECK_INT(tm_on_of(0), 0);
    CHECK_INT(tm_on_of(1), 0);
    CHECK_INT(tm_on_of(-3600001 - 1), -1);
    CHECK_STR(tm_iso(a, tm_on_of(tm_at(tm_on(2025, 6, 1), 0, 30))), "2025-06-01");
}

static void t_months(void)
{
    static const struct {
        int y, m, d, add;
        const char *want;
    } cases[] = {
        {2023, 1, 31, 1, "2023-02-28"}, {2024, 1, 31, 1, "2024-02-29"},  {2024, 2, 29, 12, "2025-02-28"}, {2024, 11, 30, 3, "2025-02-28"},
        {2024, 3, 31, -1, "2024-02-29"}, {2024, 1, 15, -1, "2023-12-15"}, {2024, 1, 15, -13, "2022-12-15"}, {2024, 12, 1, 1, "2025-01-01"},
        {2024, 5, 5, 0, "2024-05-05"},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        CHECK_STR(tm_iso(a, tm_add_months(tm_on(cases[i].y, cases[i].m, cases[i].d), cases[i].add)), cases[i].want);
    CHECK_INT(tm_months_between(tm_on(2024, 1, 15), tm_on(2024, 2, 14)), 0);
    CHECK_INT(tm_months_between(tm_on(2024, 1, 15), tm_on(2024, 2, 15)), 1);
    CHECK_INT(tm_months_between(tm_on(2024, 1, 31), tm_on(2024, 2, 29)), 1);
    CHECK_INT(tm_months_between(tm_on(2024, 1, 31), tm_on(2024, 2, 28)), 0);
    CHECK_INT(tm_months_between(tm_on(2024, 1, 15), tm_on(2024, 1, 15)), 0);
    CHECK_INT(tm_months_between(tm_on(2024, 2, 15), tm_on(2023, 2, 15)), -12);
    CHECK_INT(tm_months_between(tm_on(2000, 5, 17), tm_on(2018, 5, 16)), 18 * 12 - 1);
}

static void t_parse_on(void)
{
    static const struct {
        const char *in, *want, *why; /* want NULL: refused */
    } cases[] = {
        {"31.12.2024", "2024-12-31", "as people write"},
        {"1.2.2024", "2024-02-01", "without zeros"},
        {"01.2.2024", "2024-02-01", "one zero"},
        {"2024-12-31", "2024-12-31", "as machines write"},
        {"29.02.2024", "2024-02-29", "leap day"},
        {"01.01.1900", "1900-01-01", "first"},
        {"31.12.2199", "2199-12-31", "last"},
        {"29.02.2023", NULL, "no leap day"},
        {"29.02.1900", NULL, "1900 was no leap year"},
        {"31.4.2024", NULL, "April has 30"},
        {"0.1.2024", NULL, "day 0"},
        {"1.0.2024", NULL, "month 0"},
        {"1.13.2024", NULL, "month 13"},
        {"1.2.24", NULL, "which century?"},
        {"31.12.1899", NULL, "too early"},
        {"1.1.2200", NULL, "too late"},
        {"2024-1-2", NULL, "machines write zeros"},
        {"2024-13-01", NULL, "month 13"},
        {"2024-12-31 ", NULL, "space"},
        {" 31.12.2024", NULL, "space"},
        {"31.12.20240", NULL, "five digits"},
        {"31/12/2024", NULL, "other marks"},
        {"001.2.2024", NULL, "three digits"},
        {"-1.12.2024", NULL, "a sign"},
        {"2024-12.31", NULL, "mixed"},
        {"", NULL, "nothing"},
        {"1", NULL, "cut"},
        {"1.", NULL, "cut"},
        {"1.2.", NULL, "cut"},
        {"1.2.202", NULL, "cut"},
        {"2024-12-3", NULL, "cut"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        size_t n = strlen(cases[i].in);
        char *p = test_exact(cases[i].in, n);
        int on = 12345;
        bool ok = tm_parse_on((struct str){p, n}, &on);
        free(p);
        printf("# %s: %s\n", cases[i].in, cases[i].why);
        CHECK(ok == (cases[i].want != NULL));
        if (ok)
            CHECK_STR(tm_iso(a, on), cases[i].want ? cases[i].want : "");
        else
            CHECK_INT(on, 12345);
    }
    CHECK_STR(tm_iso(a, 0), "");
    CHECK_STR(tm_iso_at(a, 0), "");
}

static void t_parse_hm(void)
{
    static const struct {
        const char *in;
        int h, m; /* h -1: refused */
    } cases[] = {
        {"14:30", 14, 30}, {"14.30", 14, 30}, {"9:05", 9, 5}, {"09:05", 9, 5}, {"0:00", 0, 0}, {"23:59", 23, 59}, {"24:00", -1, 0},
        {"14:60", -1, 0},  {"14:3", -1, 0},   {"14", -1, 0},  {"14:", -1, 0},  {":30", -1, 0}, {"1430", -1, 0},   {"14:300", -1, 0},
        {"014:30", -1, 0}, {"-1:30", -1, 0},  {"", -1, 0},    {"14:30 ", -1, 0},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        size_t n = strlen(cases[i].in);
        char *p = test_exact(cases[i].in, n);
        int h = -1, m = 0;
        printf("# %s\n", cases[i].in);
        CHECK(tm_parse_hm((struct str){p, n}, &h, &m) == (cases[i].h >= 0));
        CHECK(h == cases[i].h && m == cases[i].m);
        free(p);
    }
}

int main(void)
{
    a = arena_new(1 << 24);
    t_every_day();
    t_against_zone_data();
    t_wall();
    t_months();
    t_parse_on();
    t_parse_hm();
    CHECK(tm_now() > 1700000000000 && tm_mono_ms() <= tm_mono_ms());
    arena_free(a);
    return test_end();
}
