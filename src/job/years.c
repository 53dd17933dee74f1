#include "job/years.h"
#include "base/log.h"
#include "domain/register.h"
#include "model/rights.h"
#include "service/log_years.h"

enum { A_CHAIN = 500 /* pieces of it in one round: a hundred thousand lines */, EVERYBODY = 100 };

struct piece {
    int64_t organisation_id, now, seq;
    size_t done;
};
static enum err note_lines(void *arg, struct db *db)
{
    struct piece *p = arg;
    return log_note_over(db, p->organisation_id, p->seq, p->seq ? p->now : 0);
}

static enum err forget_lines(void *arg, struct db *db)
{
    struct piece *p = arg;
    CLEANUP(arena_freep) struct arena *a = arena_new((size_t)8 << 20);
    return log_years_forget(db, a, p->organisation_id, p->now, &p->done);
}

static enum err note_people(void *arg, struct db *db)
{
    struct piece *p = arg;
    return proof_note(db, years_before(p->now, KEPT_PROOF_YEARS), p->now, YEARS_PEOPLE, &p->done);
}

static enum err forget_people(void *arg, struct db *db)
{
    struct piece *p = arg;
    CLEANUP(arena_freep) struct arena *a = arena_new((size_t)8 << 20);
    return proof_forget(db, a, years_noted_before(p->now), years_before(p->now, KEPT_PROOF_YEARS), YEARS_PEOPLE, &p->done);
}

/* Piece after piece until one was not full. */
static enum err pieces(const struct years_conf *conf, int64_t lane, enum err (*fn)(void *, struct db *), struct piece *p, int most, size_t full, size_t *done)
{
    p->done = full;
    for (int i = 0; i < most && p->done == full && !job_leaves(conf->leave); i++) {
        TRY(writer_run(conf->writer, lane, fn, p));
        *done += p->done;
    }
    return OK;
}

static enum err chain(const struct years_conf *conf, struct db *db, struct arena *a, const struct log_head *h, struct piece *p, size_t *gone)
{
    enum years_next next;
    int64_t lane = h->organisation_id ? h->organisation_id : WRITER_LANE_ANY; /* 0: the installation's own, for which nobody else has to wait */
    p->organisation_id = h->organisation_id;
    TRY(log_years_next(db, a, h, p->now, &next, &p->seq));
    if (next == YEARS_NOTE)
        return writer_run(conf->writer, lane, note_lines, p);
    return next == YEARS_FORGET ? pieces(conf, lane, forget_lines, p, A_CHAIN, YEARS_LINES, gone) : OK;
}

static enum err people(const struct years_conf *conf, struct db *db, struct arena *a, struct piece *p, size_t *gone)
{
    size_t noted = 0;
    bool notes, goes;
    TRY(proof_waits(db, a, years_noted_before(p->now), years_before(p->now, KEPT_PROOF_YEARS), p->now, &notes, &goes));
    if (goes)
        TRY(pieces(conf, WRITER_LANE_ANY, forget_people, p, EVERYBODY, YEARS_PEOPLE, gone));
    return notes ? pieces(conf, WRITER_LANE_ANY, note_people, p, EVERYBODY, YEARS_PEOPLE, &noted) : OK;
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
    db_take_time(db); /* how far a large chain is over is looked at once a month */
    TRY(log_heads(db, a, &heads, &n));
    enum err first = people(conf, db, own, &p, n_people);
    for (size_t i = 0; i < n && !job_leaves(conf->leave); i++) {
        arena_clear(own);
        enum err e = chain(conf, db, own, &heads[i], &p, n_lines);
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
