#include "service/log_years.h"
#include "base/tm.h"
#include "domain/register.h"

int64_t years_before(int64_t now, int years)
{
    return tm_at(tm_add_months(tm_on_of(now), -12 * years), 0, 0);
}

static enum err over(struct db *db, struct arena *a, int64_t organisation_id, int64_t now, struct log_age **lines, size_t *n)
{
    size_t all;
    TRY(log_oldest(db, a, organisation_id, YEARS_LINES, lines, &all));
    *n = logchain_over(*lines, all, years_before(now, KEPT_LOG_YEARS), now);
    return OK;
}

enum err log_years_wait(struct db *db, struct arena *a, int64_t organisation_id, int64_t now, bool *wait)
{
    struct log_age *lines;
    size_t n;
    TRY(over(db, a, organisation_id, now, &lines, &n));
    *wait = n > 0;
    return OK;
}

enum err log_years_forget(struct db *db, struct arena *a, int64_t organisation_id, int64_t now, size_t *gone)
{
    struct log_age *lines;
    TRY(over(db, a, organisation_id, now, &lines, gone));
    return *gone ? log_forget(db, organisation_id, &lines[*gone - 1]) : OK;
}
