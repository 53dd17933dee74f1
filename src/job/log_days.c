#include "job/log_days.h"
#include "base/log.h"
#include "base/tm.h"
#include "model/account.h"
#include "service/log_days.h"

static enum err keep(void *arg, struct db *db)
{
    return log_days_keep(db, arg);
}

static enum err count(struct db *db, struct arena *a, int64_t organisation_id, int64_t now, struct log_days *d)
{
    CLEANUP(db_tx_end) struct db_tx tx = {0};
    TRY(db_begin_read(db, &tx));
    TRY(log_days_count(db, a, organisation_id, now, d));
    return db_commit(&tx);
}

/* Counted on a connection of its own: nobody who writes waits for it. Day by day: what is counted of the one is gone from memory before the next. */
static enum err one(const struct log_days_conf *conf, struct db *db, struct arena *a, int64_t organisation_id, int64_t now)
{
    while (!job_leaves(conf->leave)) {
        struct log_days d;
        arena_clear(a);
        TRY(count(db, a, organisation_id, now, &d));
        if (!d.until)
            return OK;
        TRY(writer_run(conf->writer, organisation_id, keep, &d));
    }
    return OK;
}

static enum err all(struct log_days_conf *conf, int64_t now)
{
    CLEANUP(db_closep) struct db *db = NULL;
    CLEANUP(arena_freep) struct arena *a = arena_new((size_t)64 << 20);
    enum err first = OK;
    int64_t until = tm_mono_ms() + LOG_DAYS_MS;
    TRY(db_connect(conf->db_url, DB_READ, &db));
    db_take_time(db); /* a day of a large municipality */
    do {
        struct organisation_row o;
        arena_clear(a);
        enum err e = organisation_from(db, a, conf->at, &o);
        if (e) {
            conf->at = 0;
            return e == ERR_NOT_FOUND ? first : e;
        }
        conf->at = o.id + 1; /* also when memory ends in this one */
        e = one(conf, db, a, o.id, now);
        first = first ? first : e;
    } while (!job_leaves(conf->leave) && tm_mono_ms() < until);
    return first;
}

enum err log_days_job(struct log_days_conf *conf, int64_t now)
{
    enum err e = all(conf, now);
    if (e)
        log_warn("job", "days of the log could not be counted, tried again in an hour", LOG_S("job", STR("log_days")));
    return e;
}
