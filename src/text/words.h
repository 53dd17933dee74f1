/* words.h: month and day names and the small words around dates. For date.c and its test only.
 *
 * They stand here as a table, not fetched from ICU at start: opening ICU's formatters costs some milliseconds and a few megabytes
 * of resident memory for words that change once in a decade. t_text compares every one with ICU, so a new CLDR is noticed.
 *
 * Where we differ from CLDR 42, on purpose:
 * - Norwegian short months are the Language Council's (mars, april, juni and juli are written out).
 * - "3 dager", not "3 døgn": klarspråk.
 * - Arabic has Latin digits (nu-latn): a date must be comparable with letters, forms and calendars in Norway, which have no others,
 *   and Arabic-Indic digits beside Latin ones in one line are easily misread in mixed direction. */
#pragma once
#include "text/text.h"

enum words_unit { UNIT_MINUTE, UNIT_HOUR, UNIT_DAY, UNIT_MONTH, UNIT_YEAR, UNIT_N };

struct words {
    const char *month[12], *month_short[12], *day[7]; /* day[0] is Monday */
    const char *yesterday, *today, *tomorrow;
    const char *ordinal;    /* after the number of a day */
    const char *after_day;  /* between the weekday and the date */
    const char *clock;      /* before a time alone */
    const char *at;         /* between a day and a time, in place of `clock` */
    char minutes;           /* between hour and minute */
    const char *now;        /* less than a minute ago */
    const char *ago[UNIT_N][6]; /* by plural form (text.h); {1} is the number */
    const char *group, *minus, *percent; /* numbers */
};
extern const struct words words[LANG_N];
unsigned text_plural_form(enum lang lang, int64_t n); /* 0-5, as in the Plural-Forms line of the catalog; bokmål as nynorsk */
