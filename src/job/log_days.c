#include "job/log_days.h"
#include "base/log.h"
#include "model/account.h"
#include "service/log_days.h"

static enum err keep(void *arg, struct db *db)
{
    return log_days_keep(db, arg);
}

/* Counted on a connection of its own: nobody who writes waits for it. */
static enum err one(const struct log_days_conf *conf, struct db *db, struct arena *a, int64_t organisation_id, int64_t now)
{
    struct log_days d;
    TRY(log_days_count(db, a, organisation_id, now, &d));
    return d.until ? writer_run(conf->writer, organisation_id, keep, &d) : OK;
}

static enum err all(const struct log_days_conf *conf, int64_t now)
{
    CLEANUP(db_closep) struct db *db = NULL;
    CLEANUP(arena_freep) struct arena *a = arena_new((size_t)64 << 20);
    enum err first = OK;
    TRY(db_connect(conf->db_url, DB_READ, &db));
    db_take_time(db); /* the first time it is a month of a large municipality */
    for (struct organisation_row o = {0}; !job_leaves(conf->leave);) {
        arena_clear(a);
        enum err e = organisation_from(db, a, o.id + 1, &o);
        if (e)
            return e == ERR_NOT_FOUND ? first : e;
        e = one(conf, db, a, o.id, now);
        first = first ? first : e;
    }
    return first;
}

enum err log_days_job(const struct log_days_conf *conf, int64_t now)
{
    enum err e = all(conf, now);
    if (e)
        log_warn("job", "days of the log could not be counted, tried again in an hour", LOG_S("job", STR("log_days")));
    return e;
}
