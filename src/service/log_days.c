#include "service/log_days.h"
#include "base/tm.h"

#include <string.h>

static struct log_day_when when(int on)
{
    return (struct log_day_when){.day = on, .from = tm_at(on, 0, 0), .until = tm_at(on + 1, 0, 0), .morning = tm_at(on, 6, 0), .evening = tm_at(on, 22, 0)};
}

static void more(struct arena *a, struct log_days *d, const struct log_day *rows, size_t n)
{
    struct log_day *all = ARENA_ARRAY(a, struct log_day, d->n + n + 1);
    if (d->n)
        memcpy(all, d->row, d->n * sizeof *all);
    if (n)
        memcpy(all + d->n, rows, n * sizeof *all);
    d->row = all;
    d->n += n;
}

enum err log_days_open(struct db *db, struct arena *a, int64_t organisation_id, int today, int *day)
{
    int64_t kept = 0;
    enum err e = log_day_kept(db, a, organisation_id, &kept);
    *day = kept < today ? (int)kept + 1 : today;
    return e == ERR_NOT_FOUND ? OK : e;
}

static enum err count(struct db *db, struct arena *a, int on, struct log_days *d)
{
    struct log_day_when w = when(on);
    struct log_day *rows, *others;
    size_t n, n_others;
    TRY(log_day_count(db, a, d->organisation_id, &w, &rows, &n));
    TRY(log_day_others(db, a, d->organisation_id, &w, &others, &n_others));
    more(a, d, rows, n);
    more(a, d, others, n_others); /* who is there already stays as it was counted */
    d->until = on;
    return OK;
}

enum err log_days_count(struct db *db, struct arena *a, int64_t organisation_id, int64_t now, struct log_days *out)
{
    struct log_days d = {.organisation_id = organisation_id};
    int today = tm_on_of(now - LOG_DAYS_LATE_MS), first = today - LOG_DAYS_BACK;
    int64_t kept;
    *out = d;
    enum err e = log_day_kept(db, a, organisation_id, &kept);
    if (e)
        return e == ERR_NOT_FOUND ? OK : e;
    if (kept >= first && kept < tm_on_of(now))
        first = (int)kept + 1;
    d.first = first;
    d.oldest = today - LOG_DAYS_KEPT;
    for (int on = first; on < today && !d.n; on++)
        TRY(count(db, a, on, &d));
    *out = d;
    return OK;
}

enum err log_days_keep(struct db *db, const struct log_days *d)
{
    if (!d->until)
        return OK;
    TRY(log_day_forget(db, d->organisation_id, d->oldest, d->first));
    for (size_t i = 0; i < d->n; i++)
        TRY(log_day_put(db, d->organisation_id, &d->row[i]));
    return log_day_keep(db, d->organisation_id, d->until);
}

enum err log_days_read(struct db *db, struct arena *a, int64_t organisation_id, int from, int today, struct log_day **rows, size_t *n)
{
    struct log_days d = {0};
    int open;
    TRY(log_days_open(db, a, organisation_id, today, &open));
    TRY(log_day_read(db, a, organisation_id, from, open, &d.row, &d.n));
    for (int on = open > from ? open : from; on <= today; on++) {
        struct log_day_when w = when(on);
        struct log_day *now;
        size_t n_now;
        TRY(log_day_count(db, a, organisation_id, &w, &now, &n_now));
        more(a, &d, now, n_now);
    }
    *rows = d.row;
    *n = d.n;
    return OK;
}
