/* live_keep.c: the journal into the logs after a crash; snapshots. */
#include "base/log.h"
#include "db/ear.h"
#include "live/word.h"
#include "model/live.h"
#include "model/server.h"
#include "service/live.h"

#include <stdlib.h>

enum { JOURNAL_PAGE = 500, SNAP_ROWS = 8 };

/* ---- after a crash */

struct found { /* one edit of the journal */
    struct live_record r;
    size_t place; /* in the order of the journal */
};

static int by_document(const void *a, const void *b)
{
    const struct found *x = a, *y = b;
    if (x->r.document_id != y->r.document_id)
        return x->r.document_id < y->r.document_id ? -1 : 1;
    if (x->r.account_id != y->r.account_id)
        return x->r.account_id < y->r.account_id ? -1 : 1;
    return x->place < y->place ? -1 : x->place > y->place;
}

/* v[0..n) are of one document and account. */
static enum err add_run(struct db *db, struct arena *a, const struct found *v, size_t n)
{
    struct bytes *u = ARENA_ARRAY(a, struct bytes, n);
    CLEANUP(buf_free) struct buf out = {.max = (size_t)64 << 20};
    for (size_t i = 0; i < n; i++)
        u[i] = v[i].r.update;
    enum err e = update_merge(u, n, &out);
    struct live_log_row row = {.document_id = v[0].r.document_id, .account_id = v[0].r.account_id, .from_at = v[0].r.at, .at = v[n - 1].r.at,
                               .edits = (int64_t)n, .data = {(const uint8_t *)out.p, out.n}};
    if (!e)
        e = live_log_add(db, &row);
    return e == ERR_NOT_FOUND ? OK : e;
}

static enum err read_rows(struct arena *a, const struct live_journal_row *rows, size_t n, struct found **out, size_t *n_out)
{
    size_t cap = 0, got = 0;
    struct found *v = NULL;
    for (size_t i = 0; i < n; i++) {
        struct bytes rest = rows[i].records;
        struct live_record r;
        bool bad = false;
        while (live_record_read(&rest, &r, &bad)) {
            if (got == cap) {
                struct found *more = ARENA_ARRAY(a, struct found, cap ? 2 * cap : 256);
                if (got)
                    memcpy(more, v, got * sizeof *v);
                cap = cap ? 2 * cap : 256;
                v = more;
            }
            v[got] = (struct found){r, got};
            got++;
        }
        if (bad)
            return ERR_INVALID;
    }
    *out = v;
    *n_out = got;
    return OK;
}

static enum err add_all(struct db *db, struct arena *a, struct found *v, size_t n)
{
    if (n)
        qsort(v, n, sizeof *v, by_document);
    for (size_t i = 0, end; i < n; i = end) {
        for (end = i + 1; end < n; end++)
            if (v[end].r.document_id != v[i].r.document_id || v[end].r.account_id != v[i].r.account_id)
                break;
        TRY(add_run(db, a, v + i, end - i));
    }
    return OK;
}

static enum err recover_stream(struct db *db, struct arena *a, int stream, int64_t *edits)
{
    int64_t after = 0;
    for (;;) {
        struct live_journal_row *rows;
        struct found *v = NULL;
        size_t n, n_found = 0;
        TRY(live_journal_of_stream(db, a, stream, after, JOURNAL_PAGE, &rows, &n));
        if (n == 0)
            break;
        TRY(read_rows(a, rows, n, &v, &n_found));
        TRY(add_all(db, a, v, n_found));
        after = rows[n - 1].id;
        *edits += (int64_t)n_found;
        arena_clear(a);
    }
    return after ? live_journal_drop(db, stream, after) : OK;
}

enum err live_recover_server(struct db *db, struct arena *a, int64_t server)
{
    char text[40];
    struct buf words = {.p = text, .cap = sizeof text, .max = sizeof text};
    int64_t edits = 0;
    for (int i = 0; i < LIVE_STREAMS; i++)
        TRY(recover_stream(db, a, (int)server * LIVE_STREAMS + i, &edits));
    TRY(live_open_drop_server(db, server));
    TRY(server_delete(db, server));
    if (edits)
        log_info("live", "took edits over that had not come into the logs", LOG_I("server", server), LOG_I("edits", edits));
    word_write(&words, &(struct word){.kind = WORD_GONE, .server = server});
    return db_notify(db, buf_view(&words));
}

enum err live_recover(struct db *db, struct arena *a, int64_t alive_since)
{
    for (;;) {
        int64_t *servers;
        size_t n;
        TRY(live_gone(db, a, alive_since, &servers, &n));
        if (n == 0)
            return OK;
        int64_t first = servers[0];
        arena_clear(a);
        TRY(live_recover_server(db, a, first));
    }
}

/* ---- snapshots */

/* The new state says the same as its parts: it can be read, and its clocks and deletions are theirs. */
static enum err is_same(struct bytes state, const struct bytes *parts, size_t n)
{
    struct ranges content = {0}, deleted = {0}, want_content = {0}, want_deleted = {0};
    enum err e = update_check(state, NULL, NULL);
    if (!e)
        e = update_ranges(state, &content, &deleted);
    for (size_t i = 0; i < n && !e; i++)
        e = update_ranges(parts[i], &want_content, &want_deleted);
    if (!e && (!ranges_eq(&content, &want_content) || !ranges_eq(&deleted, &want_deleted)))
        e = ERR_INTERNAL;
    ranges_done(&content);
    ranges_done(&deleted);
    ranges_done(&want_content);
    ranges_done(&want_deleted);
    return e;
}

static enum err make_snap(const struct bytes *parts, size_t n, struct buf *state)
{
    enum err e = update_merge_compact(parts, n, state);
    if (!e)
        e = is_same((struct bytes){(const uint8_t *)state->p, state->n}, parts, n);
    if (e)
        log_bug("a document's snapshot is not what it should be; the old one stays");
    return e;
}

enum err live_compact(struct db *db, struct arena *a, int64_t document_id, int64_t *seq, struct buf *state)
{
    struct live_snap_row snap = {0};
    struct live_log_row *rows;
    size_t n, k = 0, bytes = 0;
    enum err e = live_snap_get(db, a, document_id, &snap);
    if (e && e != ERR_NOT_FOUND)
        return e;
    e = live_log_after(db, a, document_id, snap.seq, &rows, &n);
    bool all = e != ERR_LIMIT;
    TRY(all ? e : live_log_page(db, a, document_id, snap.seq, INT64_MAX, &rows, &n)); /* the rest: the next time */
    struct bytes *parts = ARENA_ARRAY(a, struct bytes, n + 1);
    if (snap.state.n)
        parts[k++] = snap.state;
    for (size_t i = 0; i < n; i++) {
        parts[k++] = rows[i].data;
        bytes += rows[i].data.n;
    }
    if (n == 0 || (all && n < SNAP_ROWS && bytes < snap.state.n / 4))
        return OK; /* not worth it yet */
    TRY(make_snap(parts, k, state));
    *seq = rows[n - 1].seq;
    return OK;
}
