/* tm.h: dates and times. Times (`_at`) are int64_t milliseconds since 1970-01-01 UTC; dates (`_on`) are int days since
 * 1970-01-01; 0 means "not known" for both. Civil days and hours are Norwegian (Europe/Oslo): UTC+1, and +2 from the last Sunday
 * of March 01:00 UTC to the last Sunday of October 01:00 UTC (Regulation of 2001-12-21 no. 1497; directive 2000/84/EC). */
#pragma once
#include "base/arena.h"

enum { TM_DAY_MS = 86400000 };

struct tm_ymd {
    int year, month, day; /* month 1-12 */
};
struct tm_civil {
    int year, month, day, hour, minute, second, weekday; /* weekday 1 Monday .. 7 Sunday */
};

int64_t tm_now(void);                        /* wall clock; only the edges call it, everything else is given `now` */
int64_t tm_mono_ms(void);                    /* monotonic, for measuring */
int64_t tm_mono_us(void);
void tm_sleep_ms(int ms);
int tm_on(int year, int month, int day);     /* days since 1970; the date must exist */
bool tm_exists(int year, int month, int day);
struct tm_ymd tm_ymd(int on);
int tm_weekday(int on);                      /* 1 Monday .. 7 Sunday */
int tm_add_months(int on, int months);       /* 31 January + 1 month = 28 or 29 February */
int tm_months_between(int from, int to);     /* whole months */
int64_t tm_at(int on, int hour, int minute); /* Oslo wall time -> ms UTC; a time that does not exist in March moves forward */
int tm_on_of(int64_t at);                    /* the Oslo date of an instant; 0 for 0 */
struct tm_civil tm_civil(int64_t at);        /* in Oslo */
/* 31.12.2024, 1.2.24 is refused (four-digit year), 2024-12-31. Years 1900-2199. */
bool tm_parse_on(struct str s, int *out);
bool tm_parse_hm(struct str s, int *hour, int *minute); /* 14:30, 14.30, 9:05 */
struct str tm_iso(struct arena *a, int on);    /* 2024-12-31, "" for 0 */
struct str tm_iso_at(struct arena *a, int64_t at); /* 2024-12-31T22:59:00Z, "" for 0 */
