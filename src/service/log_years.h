/* log_years.h: what is kept for some years goes when they are over (domain/register.h): lines of the log with their events, and what erased people promised,
 * agreed to and asked for.
 *
 * What is over is noted first and goes YEARS_NOTICE_DAYS after, when it is over those years for sure: so a clock that jumps years ahead takes nothing away. A note
 * from later than now was made by such a clock and is made anew. So lines go at five years and up to a month. */
#pragma once
#include "model/log_line.h"

enum {
    YEARS_NOTICE_DAYS = 30,
    YEARS_LINES = 200, /* in one piece of work: others who write wait for it */
    YEARS_PEOPLE = 20,
};
/* Noted as over is what happened before this: when it goes, `years` have passed. */
int64_t years_before(int64_t now, int years);
/* Has what was noted then waited long enough? False for 0, and for a note from later than now. */
bool years_waited(int64_t noted_at, int64_t now);
/* The last moment for which that is so. */
int64_t years_noted_before(int64_t now);

enum years_next { YEARS_NOTHING, YEARS_NOTE, YEARS_FORGET };
/* What is to be done with a chain. Reads only, so that nobody who writes waits where there is nothing to do; *seq: what to note. */
enum err log_years_next(struct db *db, struct arena *a, const struct log_head *h, int64_t now, enum years_next *next, int64_t *seq) MUST_CHECK;
/* The first YEARS_LINES of what is noted go, if it has waited. In a transaction. *gone: how many; fewer than YEARS_LINES: that was all. */
enum err log_years_forget(struct db *db, struct arena *a, int64_t organisation_id, int64_t now, size_t *gone) MUST_CHECK;
