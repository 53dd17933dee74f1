#include "service/log_years.h"
#include "base/tm.h"
#include "domain/register.h"

int64_t years_before(int64_t now, int years)
{
    return tm_at(tm_add_months(tm_on_of(now) + YEARS_NOTICE_DAYS, -12 * years), 0, 0);
}

bool years_waited(int64_t noted_at, int64_t now)
{
    return noted_at && noted_at <= years_noted_before(now);
}

int64_t years_noted_before(int64_t now)
{
    return tm_at(tm_on_of(now) - YEARS_NOTICE_DAYS + 1, 0, 0) - 1;
}

enum err log_years_next(struct db *db, struct arena *a, const struct log_head *h, int64_t now, enum years_next *next, int64_t *seq)
{
    *next = YEARS_NOTHING;
    *seq = 0;
    if (years_waited(h->over_at, now))
        *next = YEARS_FORGET;
    if (h->over_at && h->over_at <= now)
        return OK;
    TRY(log_over(db, a, h, years_before(now, KEPT_LOG_YEARS), now, seq));
    if (*seq || h->over_at)
        *next = YEARS_NOTE;
    return OK;
}

enum err log_years_forget(struct db *db, struct arena *a, int64_t organisation_id, int64_t now, size_t *gone)
{
    struct log_head h;
    *gone = 0;
    TRY(log_head_get(db, a, organisation_id, &h));
    if (!years_waited(h.over_at, now))
        return OK;
    TRY(log_forget(db, a, &h, YEARS_LINES, gone));
    return *gone < YEARS_LINES ? log_note_over(db, organisation_id, 0, 0) : OK;
}
