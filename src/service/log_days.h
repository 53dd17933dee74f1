/* log_days.h: the days of an organisation's log, so that who looks at them waits for one day's lines at most, however long the log is: those that are
 * over are counted once by a job and kept (what was so on that day stays so: who followed whom up, who was protected), today is counted when asked. */
#pragma once
#include "model/log_day.h"

enum {
    LOG_DAYS_BACK = 38,   /* so far back the job counts: the month that tells what is usual, and the week before today */
    LOG_DAYS_KEPT = 100,  /* so long a counted day is kept */
    LOG_DAYS_LATE_MS = 300000 /* a day is over so long after midnight: what began before it is in the log by then */
};
struct log_days {
    int64_t organisation_id, until, oldest; /* `until`: all up to this day are counted; 0: there was nothing to do */
    struct log_day *row;
    size_t n;
};
/* Counts the days that are over and not kept yet. Reads only. */
enum err log_days_count(struct db *db, struct arena *a, int64_t organisation_id, int64_t now, struct log_days *out) MUST_CHECK;
/* Keeps them. In a transaction. */
enum err log_days_keep(struct db *db, const struct log_days *d) MUST_CHECK;
/* Every day from `from` to `today`: kept, or counted now. */
enum err log_days_read(struct db *db, struct arena *a, int64_t organisation_id, int from, int today, struct log_day **rows, size_t *n) MUST_CHECK;
/* The first day that is not kept. */
enum err log_days_open(struct db *db, struct arena *a, int64_t organisation_id, int64_t *day) MUST_CHECK;
