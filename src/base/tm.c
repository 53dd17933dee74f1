#include "base/tm.h"

#include <time.h>

static int64_t clock_us(clockid_t id)
{
    struct timespec t;
    if (clock_gettime(id, &t) != 0)
        return 0;
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

int64_t tm_now(void)
{
    return clock_us(CLOCK_REALTIME) / 1000;
}

int64_t tm_mono_ms(void)
{
    return tm_mono_us() / 1000;
}

int64_t tm_mono_us(void)
{
    return clock_us(CLOCK_MONOTONIC);
}

void tm_sleep_ms(int ms)
{
    nanosleep(&(struct timespec){.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000L}, NULL);
}

static bool is_leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int month_days(int year, int month)
{
    static const signed char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[month - 1] + (month == 2 && is_leap(year));
}

bool tm_exists(int year, int month, int day)
{
    return month >= 1 && month <= 12 && day >= 1 && day <= month_days(year, month);
}

/* Years are counted from March, so that the leap day is the last of its year, and in eras of 400 years (146,097 days). */
enum { ERA_DAYS = 146097, MARCH_0000 = 719468 /* days from 0000-03-01 to 1970-01-01 */ };

int tm_on(int year, int month, int day)
{
    year -= month <= 2;
    int era = (year >= 0 ? year : year - 399) / 400;
    int yoe = year - era * 400;
    int doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * ERA_DAYS + yoe * 365 + yoe / 4 - yoe / 100 + doy - MARCH_0000;
}

struct tm_ymd tm_ymd(int on)
{
    int64_t z = (int64_t)on + MARCH_0000;
    int era = (int)((z >= 0 ? z : z - (ERA_DAYS - 1)) / ERA_DAYS);
    int doe = (int)(z - (int64_t)era * ERA_DAYS);
    int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int mp = (5 * doy + 2) / 153;
    int month = mp < 10 ? mp + 3 : mp - 9;
    return (struct tm_ymd){era * 400 + yoe + (month <= 2), month, doy - (153 * mp + 2) / 5 + 1};
}

int tm_weekday(int on)
{
    int r = on % 7; /* 1970-01-01 was a Thursday */
    return (r + 7 + 3) % 7 + 1;
}

int tm_add_months(int on, int months)
{
    struct tm_ymd d = tm_ymd(on);
    int count = d.year * 12 + d.month - 1 + months;
    int year = count >= 0 ? count / 12 : -((11 - count) / 12);
    int month = count - year * 12 + 1;
    int last = month_days(year, month);
    return tm_on(year, month, d.day < last ? d.day : last);
}

int tm_months_between(int from, int to)
{
    if (to < from)
        return -tm_months_between(to, from);
    struct tm_ymd a = tm_ymd(from), b = tm_ymd(to);
    int months = (b.year - a.year) * 12 + b.month - a.month;
    return tm_add_months(from, months) > to ? months - 1 : months;
}

enum { HOUR_MS = 3600000 };

static int day_of(int64_t ms) /* floor */
{
    int64_t day = ms / TM_DAY_MS;
    return (int)(ms % TM_DAY_MS < 0 ? day - 1 : day);
}

static int last_sunday(int year, int month) /* of a month with 31 days */
{
    int last = tm_on(year, month, 31);
    return last - tm_weekday(last) % 7;
}

static int64_t oslo_offset(int64_t at)
{
    struct tm_ymd d = tm_ymd(day_of(at));
    bool summer = d.month > 3 && d.month < 10;
    if (d.month == 3 || d.month == 10) {
        int64_t turn = (int64_t)last_sunday(d.year, d.month) * TM_DAY_MS + HOUR_MS;
        summer = (at >= turn) == (d.month == 3);
    }
    return summer ? 2 * HOUR_MS : HOUR_MS;
}

int64_t tm_at(int on, int hour, int minute)
{
    int64_t wall = (int64_t)on * TM_DAY_MS + (int64_t)hour * HOUR_MS + (int64_t)minute * 60000;
    int64_t summer = wall - 2 * HOUR_MS;
    /* The hour that comes twice in October is the first, summer one. */
    return oslo_offset(summer) == 2 * HOUR_MS ? summer : wall - HOUR_MS;
}

int tm_on_of(int64_t at)
{
    return at ? day_of(at + oslo_offset(at)) : 0;
}

struct tm_civil tm_civil(int64_t at)
{
    int64_t wall = at + oslo_offset(at);
    int on = day_of(wall);
    int second = (int)((wall - (int64_t)on * TM_DAY_MS) / 1000);
    struct tm_ymd d = tm_ymd(on);
    return (struct tm_civil){d.year, d.month, d.day, second / 3600, second / 60 % 60, second % 60, tm_weekday(on)};
}

/* Takes between least and most digits off the front. */
static bool digits(struct str *s, size_t least, size_t most, int *out)
{
    size_t n = 0;
    int v = 0;
    while (n < s->n && n < most && s->p[n] >= '0' && s->p[n] <= '9')
        v = v * 10 + (s->p[n++] - '0');
    if (n < least)
        return false;
    s->p += n;
    s->n -= n;
    *out = v;
    return true;
}

static bool one_char(struct str *s, char c)
{
    if (!s->n || s->p[0] != c)
        return false;
    s->p++;
    s->n--;
    return true;
}

bool tm_parse_on(struct str s, int *out)
{
    int y, m, d;
    if (s.n == 10 && s.p[4] == '-') {
        if (!digits(&s, 4, 4, &y) || !one_char(&s, '-') || !digits(&s, 2, 2, &m) || !one_char(&s, '-') || !digits(&s, 2, 2, &d))
            return false;
    } else if (!digits(&s, 1, 2, &d) || !one_char(&s, '.') || !digits(&s, 1, 2, &m) || !one_char(&s, '.') || !digits(&s, 4, 4, &y)) {
        return false;
    }
    if (s.n || y < 1900 || y > 2199 || !tm_exists(y, m, d))
        return false;
    *out = tm_on(y, m, d);
    return true;
}

bool tm_parse_hm(struct str s, int *hour, int *minute)
{
    int h, m;
    if (!digits(&s, 1, 2, &h) || !(one_char(&s, ':') || one_char(&s, '.')) || !digits(&s, 2, 2, &m) || s.n || h > 23 || m > 59)
        return false;
    *hour = h;
    *minute = m;
    return true;
}

static char *put(char *at, int v, int width)
{
    for (int i = width - 1; i >= 0; i--, v /= 10)
        at[i] = (char)('0' + v % 10);
    return at + width;
}

static char *put_date(char *at, int on)
{
    struct tm_ymd d = tm_ymd(on);
    at = put(at, d.year, 4);
    *at++ = '-';
    at = put(at, d.month, 2);
    *at++ = '-';
    return put(at, d.day, 2);
}

struct str tm_iso(struct arena *a, int on)
{
    if (!on)
        return STR("");
    char *p = arena_alloc(a, sizeof "2024-12-31");
    return (struct str){p, (size_t)(put_date(p, on) - p)};
}

struct str tm_iso_at(struct arena *a, int64_t at)
{
    if (!at)
        return STR("");
    int on = day_of(at);
    int second = (int)((at - (int64_t)on * TM_DAY_MS) / 1000);
    char *p = arena_alloc(a, sizeof "2024-12-31T22:59:00Z"), *o = put_date(p, on);
    *o++ = 'T';
    o = put(o, second / 3600, 2);
    *o++ = ':';
    o = put(o, second / 60 % 60, 2);
    *o++ = ':';
    o = put(o, second % 60, 2);
    *o++ = 'Z';
    return (struct str){p, (size_t)(o - p)};
}
