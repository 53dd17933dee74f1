#include "job/criteria.h"
#include "base/log.h"
#include "base/tm.h"
#include "model/account.h"
#include "service/screening.h"

struct refresh {
    int64_t organisation_id;
    int n; /* how many were counted anew */
};
static enum err refresh(void *arg, struct db *db)
{
    struct refresh *r = arg;
    CLEANUP(arena_freep) struct arena *a = arena_new((size_t)64 << 20);
    return screening_refresh(db, a, r->organisation_id, tm_now(), &r->n);
}

/* The next organisation where there is something to do, from *id on; 0: there is none. Asked on a connection of its own: nobody who writes waits for it. */
static enum err next(struct db *db, const atomic_bool *leave, int64_t *id)
{
    CLEANUP(arena_freep) struct arena *a = arena_new(1 << 20);
    bool stale = false;
    while (!stale) {
        struct organisation_row o;
        arena_clear(a);
        enum err e = job_leaves(leave) ? ERR_NOT_FOUND : organisation_from(db, a, *id, &o);
        if (e) {
            *id = 0;
            return e == ERR_NOT_FOUND ? OK : e;
        }
        TRY(screening_stale(db, a, o.id, tm_now(), &stale));
        *id = stale ? o.id : o.id + 1;
    }
    return OK;
}

static enum err all(struct criteria_conf *conf)
{
    CLEANUP(db_closep) struct db *db = NULL;
    enum err first = OK;
    TRY(db_connect(conf->db_url, DB_READ, &db));
    for (int i = 0; i < CRITERIA_BATCHES; i++) {
        TRY(next(db, conf->leave, &conf->at));
        if (!conf->at)
            break;
        struct refresh r = {.organisation_id = conf->at};
        enum err e = writer_run(conf->writer, conf->at, refresh, &r);
        conf->at += e != OK; /* keeps no other from its turn */
        first = first ? first : e;
    }
    return first;
}

enum err criteria_job(struct criteria_conf *conf)
{
    enum err e = all(conf);
    if (e)
        log_warn("job", "the criteria could not be counted anew, tried again soon", LOG_S("job", STR("criteria")));
    return e;
}
