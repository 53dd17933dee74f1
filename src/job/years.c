#include "job/years.h"
#include "base/log.h"
#include "base/tm.h"
#include "domain/register.h"
#include "model/rights.h"
#include "service/log_years.h"

enum { A_CHAIN = 500 /* pieces of it in one round: a hundred thousand lines */, EVERYBODY = 100 };

struct piece {
    int64_t organisation_id, now;
    size_t gone;
};
static enum err lines(void *arg, struct db *db)
{
    struct piece *p = arg;
    CLEANUP(arena_freep) struct arena *a = arena_new((size_t)8 << 20);
    return log_years_forget(db, a, p->organisation_id, p->now, &p->gone);
}

static enum err proofs(void *arg, struct db *db)
{
    struct piece *p = arg;
    CLEANUP(arena_freep) struct arena *a = arena_new((size_t)8 << 20);
    return proof_forget(db, a, years_before(p->now, KEPT_PROOF_YEARS), YEARS_PEOPLE, &p->gone);
}

/* Looked at on a connection of its own, so that nobody who writes waits where there is nothing to do: nearly always. */
static enum err chain(const struct years_conf *conf, struct db *db, struct arena *a, struct piece *p, size_t *gone)
{
    bool wait;
    TRY(log_years_wait(db, a, p->organisation_id, p->now, &wait));
    for (int i = 0; wait && i < A_CHAIN && !job_leaves(conf->leave); i++) {
        TRY(writer_run(conf->writer, p->organisation_id, lines, p));
        *gone += p->gone;
        wait = p->gone == YEARS_LINES;
    }
    return OK;
}

static enum err people(const struct years_conf *conf, struct db *db, struct arena *a, struct piece *p, size_t *gone)
{
    bool wait;
    TRY(proof_over(db, a, years_before(p->now, KEPT_PROOF_YEARS), &wait));
    for (int i = 0; wait && i < EVERYBODY && !job_leaves(conf->leave); i++) {
        TRY(writer_run(conf->writer, WRITER_LANE_ANY, proofs, p));
        *gone += p->gone;
        wait = p->gone == YEARS_PEOPLE;
    }
    return OK;
}

static enum err all(const struct years_conf *conf, int64_t now, size_t *n_lines, size_t *n_people)
{
    CLEANUP(db_closep) struct db *db = NULL;
    CLEANUP(arena_freep) struct arena *a = arena_new((size_t)16 << 20);
    CLEANUP(arena_freep) struct arena *own = arena_new((size_t)8 << 20);
    struct log_head *heads;
    struct piece p = {.now = now};
    size_t n;
    TRY(db_connect(conf->db_url, DB_READ, &db));
    TRY(log_heads(db, a, &heads, &n));
    enum err first = people(conf, db, own, &p, n_people);
    for (size_t i = 0; i < n && !job_leaves(conf->leave); i++) {
        arena_clear(own);
        p.organisation_id = heads[i].organisation_id;
        enum err e = chain(conf, db, own, &p, n_lines);
        first = first ? first : e;
    }
    return first;
}

enum err years_run(const struct years_conf *conf, int64_t now, size_t *gone)
{
    size_t n_lines = 0, n_people = 0;
    enum err e = all(conf, now, &n_lines, &n_people);
    if (e)
        log_warn("job", "what was kept for its years could not be removed, tried again in an hour", LOG_S("job", STR("years")));
    if (n_lines + n_people)
        log_info("job", "what was kept for its years is removed", LOG_I("lines", (int64_t)n_lines), LOG_I("people", (int64_t)n_people));
    *gone = n_lines + n_people;
    return e;
}
