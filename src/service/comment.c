#include "service/comment.h"
#include "base/utf8.h"
#include "live/prose.h"
#include "service/document_parts.h"
#include <stdlib.h>

/* ---- reading */

static int in_order(const void *x, const void *y)
{
    const struct comment_thread *a = x, *b = y;
    if ((a->first.resolved_at > 0) != (b->first.resolved_at > 0))
        return a->first.resolved_at ? 1 : -1;
    if (a->first.resolved_at && a->first.resolved_at != b->first.resolved_at)
        return a->first.resolved_at > b->first.resolved_at ? -1 : 1;
    return a->first.id < b->first.id ? -1 : a->first.id > b->first.id;
}

static bool is_new(const struct ctx *c, const struct document *d, const struct document_comment_row *k)
{
    return k->by_account != c->actor->account_id && k->at > d->row.visited_at && !k->deleted_at;
}

/* The thread of rows[i], with its answers; false when nothing of it is left. */
static bool thread_of(struct ctx *c, const struct document *d, const struct document_comment_row *rows, size_t n, size_t i, struct comment_thread *out)
{
    size_t k = 0, max = 0;
    for (size_t j = i + 1; j < n; j++)
        max += rows[j].parent_id == rows[i].id && !rows[j].deleted_at;
    struct document_comment_row *reply = ARENA_ARRAY(c->a, struct document_comment_row, max + 1);
    *out = (struct comment_thread){.first = rows[i], .is_new = is_new(c, d, &rows[i])};
    for (size_t j = i + 1; j < n && k < max; j++)
        if (rows[j].parent_id == rows[i].id && !rows[j].deleted_at) {
            out->is_new |= is_new(c, d, &rows[j]);
            reply[k++] = rows[j];
        }
    out->reply = reply;
    out->n_reply = k;
    return k || !rows[i].deleted_at;
}

static bool has_mark(const struct str *ids, size_t n, struct str mark)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(ids[i], mark))
            return true;
    return false;
}

enum err comment_threads(struct ctx *c, int64_t document_id, const struct rich *doc, struct comment_thread **rows, size_t *n)
{
    struct document d;
    struct document_comment_row *all;
    struct str *ids = NULL;
    size_t n_all, n_ids = 0, k = 0;
    TRY(document_load(c, document_id, ACT_DOCUMENT_SEE, &d));
    TRY(document_comment_list(c->db, c->a, document_id, &all, &n_all));
    if (doc)
        TRY(prose_comments(c->a, doc, &ids, &n_ids));
    struct comment_thread *out = ARENA_ARRAY(c->a, struct comment_thread, n_all + 1);
    for (size_t i = 0; i < n_all; i++)
        if (!all[i].parent_id && thread_of(c, &d, all, n_all, i, &out[k])) {
            out[k].lost = doc && out[k].first.mark.n && !has_mark(ids, n_ids, out[k].first.mark);
            k++;
        }
    qsort(out, k, sizeof *out, in_order);
    *rows = out;
    *n = k;
    return OK;
}

/* ---- writing */

/* The first `max` characters. */
static struct str cut(struct str s, size_t max)
{
    struct str rest = s;
    for (size_t i = 0; i < max && rest.n; i++)
        (void)utf8_next(&rest);
    return (struct str){s.p, s.n - rest.n};
}

static enum err write_words(struct ctx *c, struct str typed, struct str *out)
{
    TRY(utf8_clean(c->a, typed, true, out));
    return !out->n ? ERR_INVALID : utf8_count(*out) > COMMENT_MAX ? ERR_LIMIT : OK;
}

static enum err add(struct ctx *c, struct document_comment_row *k, int64_t *id)
{
    k->by_account = c->actor->account_id;
    k->at = c->now;
    TRY(document_comment_insert(c->db, k, id));
    news_of(c, k->document_id, NEWS_COMMENTS);
    return OK;
}

enum err comment_add(struct ctx *c, int64_t document_id, struct str mark, struct str quote, struct str text, int64_t *id)
{
    struct document d;
    struct document_comment_row *all, k = {.document_id = document_id, .mark = mark};
    size_t n;
    TRY(document_load(c, document_id, ACT_DOCUMENT_COMMENT, &d));
    if (mark.n && !document_mark_ok(mark))
        return ERR_INVALID;
    TRY(write_words(c, text, &k.text));
    TRY(utf8_clean(c->a, quote, false, &k.quote));
    k.quote = cut(k.quote, COMMENT_QUOTE_MAX);
    TRY(document_comment_list(c->db, c->a, document_id, &all, &n));
    if (n >= COMMENTS_MAX)
        return ERR_LIMIT;
    for (size_t i = 0; i < n; i++)
        if (mark.n && !all[i].parent_id && str_eq(all[i].mark, mark))
            return ERR_CONFLICT;
    return add(c, &k, id);
}

/* The comment, if it is one of this document's that can be spoken of. */
static enum err find(struct ctx *c, int64_t document_id, int64_t id, struct document_comment_row *k)
{
    struct document d;
    TRY(document_load(c, document_id, ACT_DOCUMENT_COMMENT, &d));
    TRY(document_comment_get(c->db, c->a, id, k));
    return k->document_id == document_id ? OK : ERR_NOT_FOUND;
}

static enum err find_first(struct ctx *c, int64_t document_id, int64_t id, struct document_comment_row *k)
{
    TRY(find(c, document_id, id, k));
    return k->parent_id ? ERR_NOT_FOUND : OK;
}

enum err comment_reply(struct ctx *c, int64_t document_id, int64_t thread_id, struct str text)
{
    struct document_comment_row first, k = {.document_id = document_id, .parent_id = thread_id}, *all;
    int64_t id;
    size_t n;
    TRY(find_first(c, document_id, thread_id, &first));
    TRY(write_words(c, text, &k.text));
    TRY(document_comment_list(c->db, c->a, document_id, &all, &n));
    if (n >= COMMENTS_MAX)
        return ERR_LIMIT;
    if (first.resolved_at)
        TRY(document_comment_resolve(c->db, thread_id, 0, 0));
    return add(c, &k, &id);
}

enum err comment_resolve(struct ctx *c, int64_t document_id, int64_t thread_id, bool resolved)
{
    struct document_comment_row first;
    TRY(find_first(c, document_id, thread_id, &first));
    if ((first.resolved_at > 0) == resolved)
        return OK;
    TRY(document_comment_resolve(c->db, thread_id, c->actor->account_id, resolved ? c->now : 0));
    news_of(c, document_id, NEWS_COMMENTS);
    return OK;
}

enum err comment_delete(struct ctx *c, int64_t document_id, int64_t comment_id)
{
    struct document_comment_row k;
    TRY(find(c, document_id, comment_id, &k));
    if (k.by_account != c->actor->account_id)
        return ERR_DENIED;
    if (k.deleted_at)
        return OK;
    TRY(document_comment_delete(c->db, comment_id, c->now));
    news_of(c, document_id, NEWS_COMMENTS);
    return OK;
}
