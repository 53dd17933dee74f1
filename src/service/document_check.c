#include "service/document_check.h"
#include "live/update.h"
#include "model/document.h"
#include "model/live.h"

enum { CHECK_BATCH = 500, FAULTS_MAX = 200, ONE_ARENA = 1 << 30 };

struct faults {
    struct arena *a;
    struct str *v;
    size_t n;
};

static void fault(struct faults *f, const char *what, int64_t id, const char *why)
{
    if (f->n < FAULTS_MAX)
        f->v[f->n++] = arena_fmt(f->a, "%s %lld cannot be read: %s", what, (long long)id, why);
}

/* As strictly as when it came in, and what it says of itself can be added up. */
static bool readable(struct bytes update, const char **why)
{
    static const struct update_limits none = {0};
    struct ranges content = {0}, deleted = {0};
    *why = "not of the agreed form";
    bool ok = update_check(update, &none, why) == OK && update_ranges(update, &content, &deleted) == OK;
    ranges_done(&content);
    ranges_done(&deleted);
    return ok;
}

static enum err check_versions(struct db *db, struct arena *a, int64_t id, struct faults *f)
{
    struct document_version_row *rows, v;
    size_t n;
    const char *why;
    TRY(document_version_list(db, a, id, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        TRY(document_version_get(db, a, rows[i].id, &v));
        if (v.state.n && !readable(v.state, &why))
            fault(f, "the named version", v.id, why);
    }
    return OK;
}

/* A snapshot says what the rows up to its own say together. */
struct sums {
    int64_t seq; /* of the snapshot; 0: none */
    struct ranges content, deleted;
};

static enum err check_log(struct db *db, int64_t id, struct sums *up_to, struct faults *f)
{
    CLEANUP(arena_freep) struct arena *a = arena_new(ONE_ARENA);
    struct live_log_row *log;
    const char *why = "";
    size_t n;
    for (int64_t after = 0;; after += (int64_t)n) {
        arena_clear(a);
        TRY(live_log_page(db, a, id, after, INT64_MAX, &log, &n));
        if (!n)
            return OK;
        for (size_t i = 0; i < n; i++)
            if (log[i].seq != after + (int64_t)i + 1 || !readable(log[i].data, &why)) {
                fault(f, "document", id, log[i].seq != after + (int64_t)i + 1 ? "a row of its log is missing" : why);
                up_to->seq = 0;
                return OK;
            }
        for (size_t i = 0; i < n && log[i].seq <= up_to->seq; i++)
            TRY(update_ranges(log[i].data, &up_to->content, &up_to->deleted));
    }
}

/* The snapshot and every row of the log, also those that the snapshot holds: they are the history. */
static enum err check_one(struct db *db, int64_t id, struct faults *f)
{
    CLEANUP(arena_freep) struct arena *a = arena_new(ONE_ARENA);
    struct live_snap_row snap = {0};
    const char *why = "";
    enum err e = live_snap_get(db, a, id, &snap);
    if (e && e != ERR_NOT_FOUND)
        return e;
    bool has = snap.state.n && readable(snap.state, &why);
    if (snap.state.n && !has)
        fault(f, "the snapshot of document", id, why);
    struct sums rows = {.seq = has ? snap.seq : 0}, own = {0};
    e = check_log(db, id, &rows, f);
    if (!e && rows.seq)
        e = update_ranges(snap.state, &own.content, &own.deleted);
    if (!e && rows.seq && (!ranges_eq(&own.content, &rows.content) || !ranges_eq(&own.deleted, &rows.deleted)))
        fault(f, "the snapshot of document", id, "it says something else than the log");
    ranges_done(&rows.content);
    ranges_done(&rows.deleted);
    ranges_done(&own.content);
    ranges_done(&own.deleted);
    TRY(e);
    return check_versions(db, a, id, f);
}

static enum err check_journal(struct db *db, struct faults *f)
{
    struct live_journal_row *rows;
    size_t n;
    int64_t after = 0;
    do {
        CLEANUP(arena_freep) struct arena *a = arena_new(ONE_ARENA);
        TRY(live_journal_after(db, a, after, CHECK_BATCH, &rows, &n));
        for (size_t i = 0; i < n; i++) {
            struct bytes rest = rows[i].records;
            struct live_record r;
            const char *why;
            bool bad;
            while (live_record_read(&rest, &r, &bad))
                if (!readable(r.update, &why))
                    fault(f, "an edit in the journal of document", r.document_id, why);
            if (bad)
                fault(f, "the journal's row", rows[i].id, "it is damaged");
            after = rows[i].id;
        }
    } while (n);
    return OK;
}

enum err document_check(struct db *db, struct arena *a, struct str **out, size_t *n_out)
{
    struct faults f = {.a = a, .v = ARENA_ARRAY(a, struct str, FAULTS_MAX)};
    struct document_row *rows;
    size_t n;
    int64_t after = 0;
    do {
        TRY(document_after(db, a, after, CHECK_BATCH, &rows, &n));
        for (size_t i = 0; i < n; i++) {
            TRY(check_one(db, rows[i].id, &f));
            after = rows[i].id;
        }
    } while (n == CHECK_BATCH);
    TRY(check_journal(db, &f));
    *out = f.v;
    *n_out = f.n;
    return OK;
}
