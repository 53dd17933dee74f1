#include "service/log_check.h"
#include "base/buf.h"
#include "base/num.h"

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
    logchain_start(&w->chain, h->organisation_id);
    enum err e = log_each(w->db, w->a, h->organisation_id, check_line, w);
    if (e == ERR_STATE) /* said */
        return OK;
    TRY(e);
    long long org = (long long)h->organisation_id;
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

enum err log_check_anchored(struct db *db, struct arena *a, struct str anchored, struct str **faults, size_t *n)
{
    struct found f = {.a = a, .faults = ARENA_ARRAY(a, struct str, FAULTS_MAX)};
    while (anchored.n) {
        struct str line = str_trim(str_cut(&anchored, '\n')), was;
        int64_t org, seq;
        if (!line.n)
            continue;
        if (!number(str_cut(&line, '\t'), &org) || !number(str_cut(&line, '\t'), &seq) || line.n != LOG_HASH_CHARS)
            return ERR_INVALID;
        enum err e = seq ? log_hash_at(db, a, org, seq, &was) : OK;
        if (e && e != ERR_NOT_FOUND)
            return e;
        if (seq && (e || !str_eq(was, line)))
            add(&f, arena_fmt(a, "the log of organisation %lld is not the one that was anchored: line %lld %s", (long long)org, (long long)seq,
                              e ? "is not there" : "is another"));
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
        lines[i] = arena_fmt(a, "%lld\t%lld\t%.*s\n", (long long)heads[i].organisation_id, (long long)heads[i].seq, STR_FMT(heads[i].hash));
    *out = arena_join(a, lines, n, STR(""));
    return OK;
}
