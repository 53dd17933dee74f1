#include "service/log_check.h"
#include "base/buf.h"
#include "base/num.h"
#include "base/tm.h"
#include "domain/register.h"

#include <limits.h>

enum { FAULTS_MAX = 100, EVENTS_SAID = 20 };

struct found {
    struct arena *a;
    struct str *faults;
    size_t n;
};
static void add(struct found *f, struct str fault)
{
    if (f->n < FAULTS_MAX)
        f->faults[f->n++] = fault;
}

struct walk {
    struct db *db;
    struct arena *a; /* for questions in between */
    struct found *f;
    struct logchain chain;
    size_t events;
};

static bool event_as_written(const struct log_checked *l)
{
    return l->event_at == l->line.at && l->event_account_id == l->line.account_id && l->event_participant_id == l->line.participant_id &&
           l->event_subject_id == l->line.subject_id && l->event_organisation_id == l->line.organisation_id &&
           str_eq(l->event_role, l->line.role) && str_eq(l->event_kind, l->line.what) && str_eq(l->event_outcome, l->line.outcome);
}

/* What a line promises of its event must be there, but for what erasure took: the reason with its salt, or the whole event. */
static enum err check_event(struct walk *w, const struct log_checked *l)
{
    char reason[LOG_HASH_CHARS + 1];
    const char *what = NULL;
    TRY(logchain_reason(l->reason_salt, l->reason, reason));
    if (!l->event_id)
        what = "is gone";
    else if (!event_as_written(l))
        what = "was changed";
    else if (!str_is(l->line.reason_hash, reason))
        what = "has another reason than it had";
    bool erased = false;
    if (what && (!l->event_id || (event_as_written(l) && !l->reason.n && !l->reason_salt.n)))
        TRY(log_erased(w->db, w->a, &l->line, &erased));
    if (what && !erased && ++w->events <= EVENTS_SAID)
        add(w->f, arena_fmt(w->a, "the log of organisation %lld: the event of line %lld %s", (long long)l->line.organisation_id,
                            (long long)l->line.seq, what));
    return OK;
}

static enum err check_line(void *arg, const struct log_checked *l)
{
    struct walk *w = arg;
    long long org = (long long)w->chain.organisation_id, here = (long long)w->chain.seq + 1;
    if (l->line.seq <= w->chain.seq) {
        add(w->f, arena_fmt(w->a, "the log of organisation %lld: line %lld stands before its beginning, line %lld", org, (long long)l->line.seq, here));
        return ERR_STATE;
    }
    switch (logchain_next(&w->chain, &l->line)) {
    case CHAIN_OK:
        return l->line.event_id ? check_event(w, l) : OK;
    case CHAIN_MISSING:
        add(w->f, arena_fmt(w->a, "the log of organisation %lld: line %lld is not there", org, here));
        return ERR_STATE;
    case CHAIN_CHANGED:
        add(w->f, arena_fmt(w->a, "the log of organisation %lld: line %lld was changed, or is not the one that stood there", org, here));
        return ERR_STATE;
    case CHAIN_FAILED:
        break;
    }
    return ERR_INTERNAL;
}

static enum err check_chain(struct walk *w, const struct log_head *h)
{
    long long org = (long long)h->organisation_id;
    if (!logchain_start_after(&w->chain, h->organisation_id, h->gone_seq, h->gone_hash)) {
        add(w->f, arena_fmt(w->a, "the log of organisation %lld: where it begins, line %lld, has no hash", org, (long long)h->gone_seq));
        return OK;
    }
    enum err e = log_each(w->db, w->a, h->organisation_id, check_line, w);
    if (e == ERR_STATE) /* said */
        return OK;
    TRY(e);
    if (w->chain.seq < h->seq)
        add(w->f, arena_fmt(w->a, "the log of organisation %lld: line %lld is not there, the end is cut off (%lld lines were written)", org,
                            (long long)w->chain.seq + 1, (long long)h->seq));
    else if (w->chain.seq > h->seq)
        add(w->f, arena_fmt(w->a, "the log of organisation %lld: line %lld was added past the head", org, (long long)h->seq + 1));
    else if (h->seq && !str_eq(h->hash, logchain_head(&w->chain)))
        add(w->f, arena_fmt(w->a, "the log of organisation %lld: its head is not that of line %lld", org, (long long)h->seq));
    return OK;
}

enum err log_check(struct db *db, struct arena *a, struct str **faults, size_t *n)
{
    struct found f = {.a = a, .faults = ARENA_ARRAY(a, struct str, FAULTS_MAX)};
    struct walk w = {.db = db, .a = a, .f = &f};
    struct log_head *heads;
    int64_t *loose;
    size_t n_heads, n_loose;
    TRY(log_heads(db, a, &heads, &n_heads));
    for (size_t i = 0; i < n_heads; i++) {
        enum err e = check_chain(&w, &heads[i]);
        logchain_free(&w.chain);
        TRY(e);
    }
    TRY(log_events_loose(db, a, EVENTS_SAID, &loose, &n_loose));
    for (size_t i = 0; i < n_loose; i++)
        add(&f, arena_fmt(a, "event %lld has no line in the log", (long long)loose[i]));
    *faults = f.faults;
    *n = f.n;
    return OK;
}

static bool number(struct str s, int64_t *out)
{
    return num_i64(s, 0, INT64_MAX, out);
}

struct anchor {
    int64_t organisation_id, seq;
    struct str hash;
    int on; /* when the line was written; 0: it was gone already, INT_MAX: not said, by earlier programs */
};
static bool anchor(struct str line, struct anchor *out)
{
    struct str day;
    if (!number(str_cut(&line, '\t'), &out->organisation_id) || !number(str_cut(&line, '\t'), &out->seq))
        return false;
    out->hash = str_cut(&line, '\t');
    day = str_trim(line);
    out->on = day.n ? 0 : INT_MAX;
    return out->hash.n == LOG_HASH_CHARS && (!day.n || str_is(day, "-") || tm_parse_on(day, &out->on));
}

/* What has become of an anchored line; NULL: nothing, or its time was over. */
static enum err became(struct db *db, struct arena *a, const struct anchor *x, const struct log_head *h, int today, const char **what)
{
    struct str is;
    *what = NULL;
    if (!x->seq)
        return OK;
    if (h && x->seq <= h->gone_seq && x->on >= tm_add_months(today, -12 * KEPT_LOG_YEARS)) {
        *what = "went before its time was over";
        return OK;
    }
    if (h && x->seq < h->gone_seq)
        return OK;
    enum err e = OK;
    if (h && x->seq == h->gone_seq)
        is = h->gone_hash;
    else
        e = log_hash_at(db, a, x->organisation_id, x->seq, &is);
    if (e && e != ERR_NOT_FOUND)
        return e;
    if (e)
        *what = "is not there";
    else if (!str_eq(is, x->hash))
        *what = "is another";
    return OK;
}

enum err log_check_anchored(struct db *db, struct arena *a, struct str anchored, int today, struct str **faults, size_t *n)
{
    struct found f = {.a = a, .faults = ARENA_ARRAY(a, struct str, FAULTS_MAX)};
    struct log_head *heads;
    size_t n_heads;
    TRY(log_heads(db, a, &heads, &n_heads));
    while (anchored.n) {
        struct str line = str_trim(str_cut(&anchored, '\n'));
        const struct log_head *h = NULL;
        const char *what;
        struct anchor x;
        if (!line.n)
            continue;
        if (!anchor(line, &x))
            return ERR_INVALID;
        for (size_t i = 0; i < n_heads; i++)
            if (heads[i].organisation_id == x.organisation_id)
                h = &heads[i];
        TRY(became(db, a, &x, h, today, &what));
        if (what)
            add(&f, arena_fmt(a, "the log of organisation %lld is not the one that was anchored: line %lld %s", (long long)x.organisation_id,
                              (long long)x.seq, what));
    }
    *faults = f.faults;
    *n = f.n;
    return OK;
}

enum err log_heads_text(struct db *db, struct arena *a, struct str *out)
{
    struct log_head *heads;
    size_t n;
    TRY(log_heads(db, a, &heads, &n));
    struct str *lines = ARENA_ARRAY(a, struct str, n ? n : 1);
    for (size_t i = 0; i < n; i++)
        lines[i] = arena_fmt(a, "%lld\t%lld\t%.*s\t%.*s\n", (long long)heads[i].organisation_id, (long long)heads[i].seq, STR_FMT(heads[i].hash),
                             STR_FMT(heads[i].at ? tm_iso(a, tm_on_of(heads[i].at)) : STR("-")));
    *out = arena_join(a, lines, n, STR(""));
    return OK;
}
