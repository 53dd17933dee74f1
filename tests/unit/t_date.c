/* t_date.c: dates and numbers in words, and the tables behind them against ICU. */
#include "base/tm.h"
#include "tests/test.h"
#include "text/words.h"
#include <unicode/udat.h>
#include <unicode/unum.h>
#include <unicode/ureldatefmt.h>
#include <unicode/ustring.h>

#define NBSP "\u00a0"
#define MINUTE INT64_C(60000)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)
static struct arena *a;

static void test_dates(void)
{
    int on = tm_on(2027, 4, 3), today = tm_on(2027, 3, 29); /* a Saturday */
    static const char *const date[] = {"3. april 2027", "3. april 2027", "3 April 2027", "3 أبريل 2027"};
    static const char *const day[] = {"lørdag 3. april", "laurdag 3. april", "Saturday 3 April", "السبت، 3 أبريل"};
    static const char *const later[] = {"lørdag 3. april 2027", "laurdag 3. april 2027", "Saturday 3 April 2027", "السبت، 3 أبريل 2027"};
    static const char *const near[][3] = {
        {"i går", "i dag", "i morgen"}, {"i går", "i dag", "i morgon"}, {"yesterday", "today", "tomorrow"}, {"أمس", "اليوم", "غدًا"}};
    static const char *const month[] = {"april 2027", "april 2027", "April 2027", "أبريل 2027"};
    static const char *const brief[] = {"3.", "3.", "3", "3"};
    for (int i = 0; i < LANG_N; i++) {
        enum lang l = (enum lang)i;
        CHECK_STR(text_date(a, l, on), date[i]);
        CHECK_STR(text_day(a, l, on, today), day[i]);
        CHECK_STR(text_day(a, l, on, tm_on(2026, 12, 31)), later[i]); /* another year is said */
        CHECK_STR(text_day(a, l, on, 0), later[i]);                   /* no today: nothing is left out */
        for (int d = -1; d <= 1; d++)
            CHECK_STR(text_day(a, l, on + d, on), near[i][d + 1]);
        CHECK_STR(text_month(a, l, on), month[i]);
        CHECK_STR(text_day_short(a, l, on), brief[i]);
        CHECK_STR(text_date(a, l, 0), "");
        CHECK_STR(text_day(a, l, 0, today), "");
        CHECK_STR(text_month(a, l, 0), "");
        CHECK_STR(text_month_short(a, l, 0), "");
        CHECK_STR(text_day_short(a, l, 0), "");
    }
    CHECK_STR(text_day(a, LANG_NB, tm_on(2027, 1, 1), tm_on(2026, 12, 31)), "i morgen"); /* nearness goes before the year */
    CHECK_STR(text_month_short(a, LANG_NB, on), "april");
    CHECK_STR(text_month_short(a, LANG_NN, tm_on(2027, 9, 1)), "sep.");
}

static void test_times(void)
{
    int64_t at = tm_at(tm_on(2027, 4, 7), 14, 0), now = tm_at(tm_on(2027, 3, 1), 9, 0);
    static const char *const time[] = {"kl.\u00a014.00", "kl.\u00a014.00", "14:00", "الساعة 14:00"};
    static const char *const when[] = {"onsdag 7. april kl.\u00a014.00", "onsdag 7. april kl.\u00a014.00", "Wednesday 7 April at 14:00",
                                       "الأربعاء، 7 أبريل الساعة 14:00"};
    static const char *const soon[] = {"i dag kl.\u00a014.00", "i dag kl.\u00a014.00", "today at 14:00", "اليوم الساعة 14:00"};
    for (int i = 0; i < LANG_N; i++) {
        enum lang l = (enum lang)i;
        CHECK_STR(text_time(a, l, at), time[i]);
        CHECK_STR(text_when(a, l, at, now), when[i]);
        CHECK_STR(text_when(a, l, at, at - 3600000), soon[i]);
        CHECK_STR(text_time(a, l, 0), "");
        CHECK_STR(text_when(a, l, 0, now), "");
        CHECK_STR(text_ago(a, l, 0, now), "");
    }
    CHECK_STR(text_when(a, LANG_NB, at, 0), "onsdag 7. april 2027 kl.\u00a014.00");
    CHECK_STR(text_time(a, LANG_NB, tm_at(tm_on(2027, 1, 4), 9, 5)), "kl.\u00a009.05");
    /* 23:30 in Oslo is the same day there, though the next one begins in UTC+2 terms only at 22:00 UTC. */
    CHECK_STR(text_when(a, LANG_NB, tm_at(tm_on(2027, 7, 7), 23, 30), tm_at(tm_on(2027, 7, 8), 0, 30)), "i går kl.\u00a023.30");
}

static void test_ago(void)
{
    int64_t now = tm_at(tm_on(2027, 6, 15), 12, 0);
    static const struct {
        enum lang lang;
        int64_t before;
        const char *want, *why;
    } cases[] = {
        {LANG_NB, 59999, "nå", "under a minute"},
        {LANG_NB, -5000, "nå", "the other clock is ahead"},
        {LANG_NB, MINUTE, "for 1 minutt siden", "one"},
        {LANG_NB, 59 * MINUTE, "for 59 minutter siden", "many"},
        {LANG_NB, HOUR, "for 1 time siden", "an hour"},
        {LANG_NB, 23 * HOUR, "for 23 timer siden", "not yet a day"},
        {LANG_NB, 3 * DAY, "for 3 dager siden", "days, in plain words"},
        {LANG_NB, 45 * DAY, "for 45 dager siden", "up to two months in days"},
        {LANG_NB, 61 * DAY, "for 2 måneder siden", "then months"},
        {LANG_NB, 800 * DAY, "for 2 år siden", "then years"},
        {LANG_NN, 3 * DAY, "for 3 dagar sidan", "nynorsk"},
        {LANG_EN, DAY, "1 day ago", "English one"},
        {LANG_AR, 2 * DAY, "قبل يومين", "the dual has no number"},
        {LANG_AR, 3 * DAY, "قبل 3 أيام", "few"},
        {LANG_AR, 11 * DAY, "قبل 11 يومًا", "many"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        printf("# %s\n", cases[i].why);
        CHECK_STR(text_ago(a, cases[i].lang, now - cases[i].before, now), cases[i].want);
    }
}

static void test_numbers(void)
{
    CHECK_STR(text_int(a, LANG_NB, 0), "0");
    CHECK_STR(text_int(a, LANG_NB, 999), "999");
    CHECK_STR(text_int(a, LANG_NB, 1000), "1" NBSP "000");
    CHECK_STR(text_int(a, LANG_NB, 1234567), "1" NBSP "234" NBSP "567");
    CHECK_STR(text_percent(a, LANG_NB, 1, 2), "50" NBSP "%");
    CHECK_STR(text_percent(a, LANG_EN, 1, 8), "13%"); /* 12.5 rounds up */
    CHECK_STR(text_percent(a, LANG_NN, 2, 3), "67" NBSP "%");
    CHECK_STR(text_percent(a, LANG_NB, 0, 5), "0" NBSP "%");
    CHECK_STR(text_percent(a, LANG_NB, 0, 0), "–");
    CHECK_STR(text_percent(a, LANG_NB, 3, 2), "150" NBSP "%");
}

static struct str from_u(const UChar *u)
{
    char out[400];
    int32_t n = 0;
    UErrorCode bad = U_ZERO_ERROR;
    u_strToUTF8(out, sizeof out, &n, u, -1, &bad);
    return arena_str(a, (struct str){out, U_SUCCESS(bad) ? (size_t)n : 0});
}

static struct str icu_ago(enum lang l, const char *locale, int64_t n, URelativeDateTimeUnit unit)
{
    (void)l;
    UChar u[200] = {0};
    UErrorCode bad = U_ZERO_ERROR;
    URelativeDateTimeFormatter *r = ureldatefmt_open(locale, NULL, UDAT_STYLE_LONG, UDISPCTX_CAPITALIZATION_NONE, &bad);
    ureldatefmt_formatNumeric(r, (double)-n, unit, u, 199, &bad);
    ureldatefmt_close(r);
    return from_u(u);
}

/* The tables say what CLDR says, but where words.h explains why not. */
static void test_against_icu(void)
{
    static const char *const locale[] = {"nb", "nn", "en-GB", "ar-u-nu-latn"};
    static const URelativeDateTimeUnit unit[] = {UDAT_REL_UNIT_MINUTE, UDAT_REL_UNIT_HOUR, UDAT_REL_UNIT_DAY, UDAT_REL_UNIT_MONTH,
                                                 UDAT_REL_UNIT_YEAR};
    static const int64_t counts[] = {1, 2, 3, 11, 100};
    static const int64_t numbers[] = {0, 999, 1234, -1234567, INT64_MAX, INT64_MIN};
    for (int l = 0; l < LANG_N; l++) {
        UErrorCode bad = U_ZERO_ERROR;
        UChar u[400] = {0};
        const struct words *w = &words[l];
        UDateFormat *f = udat_open(UDAT_FULL, UDAT_FULL, locale[l], NULL, -1, NULL, 0, &bad);
        for (int m = 0; m < 12; m++) {
            udat_getSymbols(f, UDAT_MONTHS, m, u, 400, &bad);
            CHECK_STR(from_u(u), w->month[m]);
            udat_getSymbols(f, UDAT_SHORT_MONTHS, m, u, 400, &bad);
            CHECK(l <= LANG_NN || str_is(from_u(u), w->month_short[m]));
        }
        for (int d = 0; d < 7; d++) { /* ICU counts from 1, Sunday first */
            udat_getSymbols(f, UDAT_WEEKDAYS, (d + 1) % 7 + 1, u, 400, &bad);
            CHECK_STR(from_u(u), w->day[d]);
        }
        udat_close(f);
        UNumberFormat *nf = unum_open(UNUM_DECIMAL, NULL, 0, locale[l], NULL, &bad);
        for (size_t i = 0; i < COUNT(numbers); i++) {
            unum_formatInt64(nf, numbers[i], u, 400, NULL, &bad);
            CHECK(str_eq(from_u(u), text_int(a, (enum lang)l, numbers[i])));
        }
        unum_close(nf);
        nf = unum_open(UNUM_PERCENT, NULL, 0, locale[l], NULL, &bad);
        unum_formatDouble(nf, 0.5, u, 400, NULL, &bad);
        CHECK(str_eq(from_u(u), text_percent(a, (enum lang)l, 1, 2)));
        unum_close(nf);
        for (size_t i = 0; i < COUNT(unit); i++)
            for (size_t j = 0; j < COUNT(counts); j++) {
                if (unit[i] == UDAT_REL_UNIT_DAY && l <= LANG_NN)
                    continue;
                struct str n = text_int(a, (enum lang)l, counts[j]);
                struct str got = text_fmt(a, w->ago[i][text_plural_form((enum lang)l, counts[j])], &n, 1);
                CHECK(str_eq(got, icu_ago((enum lang)l, locale[l], counts[j], unit[i])));
            }
        CHECK(U_SUCCESS(bad));
    }
}

int main(void)
{
    a = arena_new(1 << 22);
    test_dates();
    test_times();
    test_ago();
    test_numbers();
    test_against_icu();
    arena_free(a);
    return test_end();
}
