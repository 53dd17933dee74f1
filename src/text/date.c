/* date.c: dates and numbers in words, put together from the tables of words.h: some 100 ns each. */
#include "base/tm.h"
#include "text/words.h"

/* What is being put together. Every result fits with a wide margin: the longest is a full Arabic date, under 80 bytes. */
struct line {
    char p[192];
    size_t n;
};
static void line_c(struct line *l, const char *s)
{
    size_t n = strlen(s), room = sizeof l->p - l->n;
    n = n < room ? n : room;
    memcpy(l->p + l->n, s, n);
    l->n += n;
}
static void line_u64(struct line *l, uint64_t v, int least_digits)
{
    char digits[21];
    size_t at = sizeof digits - 1;
    digits[at] = 0;
    do {
        digits[--at] = (char)('0' + v % 10);
        v /= 10;
    } while (v || (int)(sizeof digits - 1 - at) < least_digits);
    line_c(l, digits + at);
}
static struct str line_end(struct arena *a, const struct line *l)
{
    return arena_str(a, (struct str){l->p, l->n});
}

static void add_day_month(struct line *l, const struct words *w, struct tm_ymd d)
{
    line_u64(l, (uint64_t)d.day, 1);
    line_c(l, w->ordinal);
    line_c(l, " ");
    line_c(l, w->month[d.month - 1]);
}
static void add_year(struct line *l, int year)
{
    line_c(l, " ");
    line_u64(l, (uint64_t)(year < 0 ? 0 : year), 1);
}
static void add_day(struct line *l, const struct words *w, int on, int today)
{
    const char *near = !today             ? NULL
                       : on == today      ? w->today
                       : on == today + 1  ? w->tomorrow
                       : on == today - 1  ? w->yesterday
                                          : NULL;
    if (near) {
        line_c(l, near);
        return;
    }
    struct tm_ymd d = tm_ymd(on);
    line_c(l, w->day[tm_weekday(on) - 1]);
    line_c(l, w->after_day);
    add_day_month(l, w, d);
    if (!today || d.year != tm_ymd(today).year)
        add_year(l, d.year);
}
static void add_clock(struct line *l, const struct words *w, int64_t at)
{
    struct tm_civil c = tm_civil(at);
    line_u64(l, (uint64_t)c.hour, 2);
    line_c(l, (char[]){w->minutes, 0});
    line_u64(l, (uint64_t)c.minute, 2);
}

struct str text_date(struct arena *a, enum lang lang, int on)
{
    if (!on)
        return STR("");
    struct line l = {.n = 0};
    struct tm_ymd d = tm_ymd(on);
    add_day_month(&l, &words[lang], d);
    add_year(&l, d.year);
    return line_end(a, &l);
}

struct str text_day(struct arena *a, enum lang lang, int on, int today)
{
    if (!on)
        return STR("");
    struct line l = {.n = 0};
    add_day(&l, &words[lang], on, today);
    return line_end(a, &l);
}

struct str text_time(struct arena *a, enum lang lang, int64_t at)
{
    if (!at)
        return STR("");
    struct line l = {.n = 0};
    line_c(&l, words[lang].clock);
    add_clock(&l, &words[lang], at);
    return line_end(a, &l);
}

struct str text_when(struct arena *a, enum lang lang, int64_t at, int64_t now)
{
    if (!at)
        return STR("");
    struct line l = {.n = 0};
    add_day(&l, &words[lang], tm_on_of(at), tm_on_of(now));
    line_c(&l, words[lang].at);
    add_clock(&l, &words[lang], at);
    return line_end(a, &l);
}

struct str text_month(struct arena *a, enum lang lang, int on)
{
    if (!on)
        return STR("");
    struct line l = {.n = 0};
    struct tm_ymd d = tm_ymd(on);
    line_c(&l, words[lang].month[d.month - 1]);
    add_year(&l, d.year);
    return line_end(a, &l);
}

struct str text_day_short(struct arena *a, enum lang lang, int on)
{
    if (!on)
        return STR("");
    struct line l = {.n = 0};
    line_u64(&l, (uint64_t)tm_ymd(on).day, 1);
    line_c(&l, words[lang].ordinal);
    return line_end(a, &l);
}

struct str text_month_short(struct arena *a, enum lang lang, int on)
{
    (void)a;
    return on ? str_c(words[lang].month_short[tm_ymd(on).month - 1]) : STR("");
}

struct str text_ago(struct arena *a, enum lang lang, int64_t at, int64_t now)
{
    if (!at)
        return STR("");
    const int64_t minute = 60000, hour = 60 * minute;
    int64_t ms = now - at;
    if (ms < minute)
        return str_c(words[lang].now); /* also what a clock ahead of ours stamped */
    int from = tm_on_of(at), to = tm_on_of(now), months = tm_months_between(from, to);
    enum words_unit unit = UNIT_YEAR;
    int64_t n = months / 12;
    if (ms < hour) {
        unit = UNIT_MINUTE;
        n = ms / minute;
    } else if (ms < 24 * hour) {
        unit = UNIT_HOUR;
        n = ms / hour;
    } else if (months < 2) { /* "for 45 dager siden" says more than "for 1 måned siden" */
        unit = UNIT_DAY;
        n = to - from;
    } else if (months < 24) {
        unit = UNIT_MONTH;
        n = months;
    }
    return text_fmt(a, words[lang].ago[unit][text_plural_form(lang, n)], (struct str[]){text_int(a, lang, n)}, 1);
}

struct str text_int(struct arena *a, enum lang lang, int64_t v)
{
    const struct words *w = &words[lang];
    struct line l = {.n = 0};
    uint64_t u = v < 0 ? 0 - (uint64_t)v : (uint64_t)v, unit = 1;
    if (v < 0)
        line_c(&l, w->minus);
    while (u / unit >= 1000)
        unit *= 1000;
    line_u64(&l, u / unit, 1);
    for (unit /= 1000; unit; unit /= 1000) {
        line_c(&l, w->group);
        line_u64(&l, u / unit % 1000, 3);
    }
    return line_end(a, &l);
}

struct str text_percent(struct arena *a, enum lang lang, int64_t part, int64_t whole)
{
    if (whole <= 0 || part < 0)
        return STR("–");
    double share = (double)part * 100 / (double)whole + 0.5; /* an exact half is a double, so it rounds up */
    if (share > 1e15)
        return STR("–");
    struct str parts[] = {text_int(a, lang, (int64_t)share), str_c(words[lang].percent)};
    return arena_join(a, parts, 2, STR(""));
}
