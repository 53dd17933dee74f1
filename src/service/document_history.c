#include "service/document_history.h"
#include "base/utf8.h"
#include "domain/compare.h"
#include "live/prose.h"
#include "model/account.h"
#include "model/live.h"
#include "service/document_parts.h"

enum { SITTING_MS = 30 * 60 * 1000, SITTINGS = 100, LOG_BATCH = 500 };

/* ---- who wrote when */

struct sittings {
    struct document_sitting *v;
    size_t n;
};

/* Rows come newest first. False: there are enough. */
static bool add_row(struct sittings *s, const struct live_log_row *r)
{
    struct document_sitting *last = s->n ? &s->v[s->n - 1] : NULL;
    if (last && last->seq >= 0 && last->account_id == r->account_id && last->from_at - r->at <= SITTING_MS) {
        last->from_at = r->from_at < last->from_at ? r->from_at : last->from_at;
        last->edits += r->edits;
        last->first_seq = r->seq;
        return true;
    }
    if (s->n == SITTINGS)
        return false;
    s->v[s->n++] = (struct document_sitting){.account_id = r->account_id, .from_at = r->from_at, .at = r->at, .edits = r->edits, .seq = r->seq,
                                             .first_seq = r->seq, .who = r->who};
    return true;
}

/* What is still in the journal: one sitting a person. */
static enum err add_journal(struct ctx *c, int64_t id, struct sittings *s)
{
    CLEANUP(arena_freep) struct arena *own = arena_new(DOCUMENT_ARENA);
    struct live_record *r;
    size_t n;
    TRY(live_load_journal(c->db, own, id, &r, &n));
    for (size_t i = n; i-- > 0;) {
        size_t k = 0;
        while (k < s->n && s->v[k].account_id != r[i].account_id)
            k++;
        if (k < s->n) {
            s->v[k].from_at = r[i].at;
            s->v[k].edits++;
        } else if (s->n < SITTINGS) {
            struct account_row who = {0};
            enum err e = account_get(c->db, c->a, r[i].account_id, &who);
            if (e && e != ERR_NOT_FOUND)
                return e;
            s->v[s->n++] = (struct document_sitting){.account_id = r[i].account_id, .from_at = r[i].at, .at = r[i].at, .edits = 1, .seq = -1,
                                                     .first_seq = -1, .who = who.name};
        }
    }
    return OK;
}

enum err document_sittings(struct ctx *c, int64_t id, int64_t before_seq, struct document_sitting **rows, size_t *n)
{
    struct document d;
    struct sittings s = {.v = ARENA_ARRAY(c->a, struct document_sitting, SITTINGS)};
    struct live_log_row *log;
    size_t got = LOG_BATCH;
    TRY(document_load(c, id, ACT_DOCUMENT_HISTORY, &d));
    if (before_seq < 0)
        return ERR_NOT_FOUND;
    if (!before_seq)
        TRY(add_journal(c, id, &s));
    bool more = true;
    while (more && got == LOG_BATCH && before_seq != 1) {
        TRY(live_log_list(c->db, c->a, id, before_seq, LOG_BATCH, &log, &got));
        for (size_t i = 0; i < got && more; i++) {
            more = add_row(&s, &log[i]);
            before_seq = log[i].seq;
        }
    }
    *rows = s.v;
    *n = s.n;
    return OK;
}

/* ---- named versions */

enum err document_versions(struct ctx *c, int64_t id, struct document_version_row **rows, size_t *n)
{
    struct document d;
    TRY(document_load(c, id, ACT_DOCUMENT_HISTORY, &d));
    return document_version_list(c->db, c->a, id, rows, n);
}

enum err document_version_add(struct ctx *c, int64_t id, struct str name, int64_t *version_id)
{
    CLEANUP(arena_freep) struct arena *own = arena_new(DOCUMENT_ARENA);
    struct document d;
    struct document_version_row *had, v = {.document_id = id, .by_account = c->actor->account_id, .at = c->now};
    struct bytes *updates;
    size_t n;
    TRY(document_load(c, id, ACT_DOCUMENT_HISTORY, &d));
    TRY(utf8_clean(c->a, name, false, &v.name));
    if (!v.name.n)
        return ERR_INVALID;
    TRY(document_version_list(c->db, c->a, id, &had, &n));
    if (n >= VERSIONS_MAX || utf8_count(v.name) > VERSION_NAME_MAX)
        return ERR_LIMIT;
    TRY(document_updates(c, own, id, &updates, &n));
    CLEANUP(buf_free) struct buf whole = {.max = DOCUMENT_BYTES};
    enum err e = update_merge(updates, n, &whole);
    if (!e && whole.bad)
        e = ERR_LIMIT;
    v.state = (struct bytes){(const uint8_t *)whole.p, whole.n};
    if (!e)
        e = document_version_insert(c->db, &v, version_id);
    TRY(e);
    return document_note(c, &d.row, "document.version_named", "");
}

/* ---- back in time */

static enum err at_version(struct ctx *c, int64_t id, int64_t version_id, struct rich **out)
{
    CLEANUP(arena_freep) struct arena *own = arena_new(DOCUMENT_ARENA);
    struct document_version_row v;
    TRY(document_version_get(c->db, own, version_id, &v));
    if (v.document_id != id)
        return ERR_NOT_FOUND;
    return document_tree(c->a, &v.state, v.state.n ? 1 : 0, out);
}

/* One more page of the log, into what the pages before it were together. */
static enum err merge_page(const struct live_log_row *log, size_t n, struct arena *page, struct buf *whole)
{
    struct bytes *parts = ARENA_ARRAY(page, struct bytes, n + 1);
    struct buf next = {.max = DOCUMENT_BYTES};
    size_t k = 0;
    if (whole->n)
        parts[k++] = (struct bytes){(const uint8_t *)whole->p, whole->n};
    for (size_t i = 0; i < n; i++)
        parts[k++] = log[i].data;
    enum err e = update_merge(parts, k, &next);
    buf_free(whole);
    *whole = next;
    return e ? e : next.bad ? ERR_LIMIT : OK;
}

/* The log's rows 1 to `seq` as one update. It is merged page by page, for all that was ever written stands there. */
static enum err merge_until(struct ctx *c, struct arena *own, int64_t id, int64_t seq, struct bytes *out)
{
    CLEANUP(arena_freep) struct arena *page = arena_new(DOCUMENT_ARENA);
    CLEANUP(buf_free) struct buf whole = {0};
    struct live_log_row *log;
    size_t n;
    for (int64_t after = 0; after < seq; after = log[n - 1].seq) {
        arena_clear(page);
        TRY(live_log_page(c->db, page, id, after, seq, &log, &n));
        if (!n)
            return ERR_NOT_FOUND;
        TRY(merge_page(log, n, page, &whole));
    }
    struct str kept = arena_str(own, buf_view(&whole));
    *out = (struct bytes){(const uint8_t *)kept.p, kept.n};
    return OK;
}

enum err document_at(struct ctx *c, int64_t id, struct document_point point, struct rich **out)
{
    CLEANUP(arena_freep) struct arena *own = arena_new(DOCUMENT_ARENA);
    struct document d;
    struct bytes whole;
    TRY(document_load(c, id, ACT_DOCUMENT_HISTORY, &d));
    if (point.version_id)
        return at_version(c, id, point.version_id, out);
    if (point.seq == -1)
        return document_read(c, id, out);
    if (point.seq < 0)
        return ERR_NOT_FOUND;
    TRY(merge_until(c, own, id, point.seq, &whole));
    return document_tree(c->a, &whole, whole.n ? 1 : 0, out);
}

/* The edit that makes what stands there now into the tree. */
static enum err replace(struct ctx *c, int64_t id, const struct rich *tree)
{
    CLEANUP(arena_freep) struct arena *own = arena_new(DOCUMENT_ARENA);
    struct bytes *updates;
    struct live_log_row *last;
    size_t n, n_last;
    TRY(document_updates(c, own, id, &updates, &n));
    TRY(live_log_list(c->db, c->a, id, 0, 1, &last, &n_last));
    uint64_t client = DOCUMENT_CLIENT + 1 + (uint64_t)(n_last ? last[0].seq : 0); /* the row's own: no other edit of the program has it */
    CLEANUP(buf_free) struct buf edit = {.max = DOCUMENT_BYTES};
    enum err e = n ? prose_replace(own, updates, n, tree, client, &edit) : prose_write(tree, client, &edit);
    if (!e)
        e = edit.bad ? ERR_LIMIT : document_edit(c, id, (struct bytes){(const uint8_t *)edit.p, edit.n});
    return e;
}

enum err document_restore(struct ctx *c, int64_t id, struct document_point point)
{
    struct document d;
    struct rich *tree;
    TRY(document_load(c, id, ACT_DOCUMENT_HISTORY, &d));
    if (d.right != DOCUMENT_WRITE)
        return ERR_STATE;
    TRY(document_at(c, id, point, &tree));
    TRY(replace(c, id, tree));
    news_of(c, id, NEWS_CONTENT);
    return document_note(c, &d.row, "document.restored", point.version_id ? "version" : "point");
}

enum err document_compare(struct ctx *c, int64_t id, struct document_point old, struct document_point new, struct document_change *out)
{
    struct rich *was, *is;
    struct compare_count count;
    TRY(document_at(c, id, old, &was));
    TRY(document_at(c, id, new, &is));
    if (document_tree_bytes(was) + document_tree_bytes(is) > DOCUMENT_TREE_MAX)
        return ERR_LIMIT; /* their views and what comes of them are in the request's arena too */
    struct rich *tree = rich_compare(c->a, was, is, &count);
    *out = (struct document_change){.tree = tree, .added = count.added, .removed = count.removed};
    return OK;
}
