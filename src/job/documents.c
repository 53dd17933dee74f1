#include "job/documents.h"
#include "base/log.h"
#include "base/tm.h"
#include "model/document.h"
#include "model/live.h"
#include "service/comment.h"
#include "service/document_parts.h"

enum { INDEX_BATCH = 20, SWEEP_BATCH = 50 };

/* ---- texts for searching */

struct text {
    struct arena *a;
    const struct document_row *row;
    struct rich *tree; /* NULL: it cannot be read; it is not tried again before it changes */
};

static enum err put(void *arg, struct db *db)
{
    const struct text *t = arg;
    const struct rich empty = {.kind = RICH_DOC};
    return document_index(db, t->a, t->row->id, t->row->title, t->tree ? t->tree : &empty, t->row->changed_at);
}

static enum err index_one(const struct documents_conf *conf, struct db *db, const struct document_row *row)
{
    CLEANUP(arena_freep) struct arena *a = arena_new(DOCUMENT_ARENA);
    struct text t = {.a = a, .row = row};
    struct bytes *updates;
    size_t n, k = 0;
    enum err e = live_load(db, a, row->id, &updates, &n, NULL);
    if (e && e != ERR_INVALID)
        return e;
    for (size_t i = 0; !e && i < n; i++)
        if (updates[i].n)
            updates[k++] = updates[i];
    if (!e)
        e = document_tree(a, updates, k, &t.tree);
    if (e) {
        log_warn("job", "a document cannot be read for searching", LOG_I("document", row->id), LOG_S("error", str_c(err_name(e))));
        t.tree = NULL;
    }
    return writer_run(conf->writer, DB_LANE_OWN, put, &t);
}

enum err documents_index_at(struct documents_conf *conf, int64_t now, int64_t *made)
{
    CLEANUP(arena_freep) struct arena *a = arena_new((size_t)16 << 20);
    CLEANUP(db_closep) struct db *db = NULL;
    struct document_row *rows;
    size_t n;
    *made = 0;
    TRY(db_connect(conf->db_url, DB_READ, &db));
    TRY(document_stale_text(db, a, conf->looked_at - DOCUMENTS_LATE_MS, now, DOCUMENTS_QUIET_MS, INDEX_BATCH, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        TRY(index_one(conf, db, &rows[i]));
        (*made)++;
    }
    if (n < INDEX_BATCH)
        conf->looked_at = now;
    return OK;
}

enum err documents_index(struct documents_conf *conf)
{
    int64_t made;
    enum err e = documents_index_at(conf, tm_now(), &made);
    if (e)
        log_warn("job", "texts for searching could not be made, tried again soon", LOG_S("error", str_c(err_name(e))));
    return e;
}

/* ---- mails about comments */

static enum err digest(void *arg, struct db *db)
{
    const struct documents_conf *conf = arg;
    CLEANUP(arena_freep) struct arena *a = arena_new((size_t)256 << 20);
    struct actor nobody = {.role = ROLE_NONE, .name = STR("springbrett")};
    int64_t now = tm_now(), sent;
    struct ctx c = {.a = a, .db = db, .actor = &nobody, .now = now, .today = tm_on_of(now), .lang = LANG_NB, .base_url = conf->base_url,
                    .demo = conf->demo, .request = STR("")};
    return comment_digest(&c, &sent);
}

enum err documents_digest(const struct documents_conf *conf)
{
    struct documents_conf copy = *conf;
    enum err e = writer_run(conf->writer, WRITER_LANE_ANY, digest, &copy);
    if (e)
        log_warn("job", "mails about comments could not be made, tried again soon", LOG_S("job", STR("digest")));
    return e;
}

/* ---- the end of what was deleted */

static enum err sweep(void *arg, struct db *db)
{
    int64_t *gone = arg;
    CLEANUP(arena_freep) struct arena *a = arena_new((size_t)16 << 20);
    return document_sweep(db, a, tm_now() - (int64_t)DOCUMENT_KEPT_DAYS * TM_DAY_MS, SWEEP_BATCH, gone);
}

enum err documents_sweep(const struct documents_conf *conf)
{
    int64_t gone = 0;
    do {
        enum err e = writer_run(conf->writer, WRITER_LANE_ANY, sweep, &gone);
        if (e) {
            log_warn("job", "deleted documents could not be swept, tried again in an hour", LOG_S("job", STR("sweep")));
            return e;
        }
        if (gone)
            log_info("job", "deleted documents are gone for good", LOG_I("documents", gone));
    } while (gone == SWEEP_BATCH && !job_leaves(conf->leave));
    return OK;
}
