/* log_days.h: the days of an organisation's log, so that who looks at them waits for one day's lines at most, however long the log is: those that are
 * over are counted once by a job and kept (what was so on that day stays so: who followed whom up, who was protected), today is counted when asked. */
#pragma once
#include "model/log_day.h"

enum {
    LOG_DAYS_BACK = 91,       /* so far back the job counts: accounts that worked here in three months can be searched for */
    LOG_DAYS_KEPT = 100,      /* so long a counted day is kept */
    LOG_DAYS_LATE_MS = 300000 /* a day is over so long after midnight: what began before it is in the log by then */
};
struct log_days {
    int64_t organisation_id, first, until, oldest; /* all from `first` to `until` are counted; until 0: there was nothing to do */
    struct log_day *row;
    size_t n;
};
/* Counts the next day that is over, not kept yet, and not empty. Reads only; what is empty before it, or to the end, is counted with it. Days that are kept
 * though they are not over, by a clock that was wrong, are counted anew. */
enum err log_days_count(struct db *db, struct arena *a, int64_t organisation_id, int64_t now, struct log_days *out) MUST_CHECK;
/* Keeps them, in place of what may stand there. In a transaction. */
enum err log_days_keep(struct db *db, const struct log_days *d) MUST_CHECK;
/* Every day from `from` to `today`: kept, or counted now. */
enum err log_days_read(struct db *db, struct arena *a, int64_t organisation_id, int from, int today, struct log_day **rows, size_t *n) MUST_CHECK;
/* The first day that is not kept, `today` at the latest. */
enum err log_days_open(struct db *db, struct arena *a, int64_t organisation_id, int today, int *day) MUST_CHECK;
