#include "service/live.h"
#include "base/log.h"
#include "base/tm.h"
#include "model/document.h"
#include "model/live.h"
#include "model/token.h"
#include "service/document.h"
#include "service/login.h"
#include "service/relation.h"
#include "service/live_parts.h"
#include "service/login_rules.h"

#include <stdlib.h>

enum { FOLD_RUNS = 200 /* in one piece of work: others wait for it */, KEEP_BYTES = 1 << 20 };

/* ---- loading */

/* Alone, what a room does not know stands in the log: the journal is its own. */
static enum err load_log(struct db *db, struct arena *a, int64_t document, int64_t after_seq, struct hub_loaded *out)
{
    struct live_log_row *rows;
    TRY(live_log_after(db, a, document, after_seq, &rows, &out->n));
    out->updates = ARENA_ARRAY(a, struct bytes, out->n);
    out->seq = after_seq;
    for (size_t i = 0; i < out->n; i++) {
        out->updates[i] = rows[i].data;
        out->seq = rows[i].seq;
    }
    return OK;
}

struct loading {
    struct live *l;
    struct db *db;
    struct arena *a;
    int64_t document, after_seq;
    struct hub_loaded *out;
};

static enum err load_guarded(void *arg)
{
    const struct loading *x = arg;
    struct hub_loaded *out = x->out;
    CLEANUP(db_tx_end) struct db_tx tx = {0};
    TRY(db_begin_read(x->db, &tx));
    if (x->l->server)
        TRY(live_open_others(x->db, x->a, x->document, x->l->server, &out->servers, &out->n_servers));
    if (x->after_seq == 0)
        return live_load(x->db, x->a, x->document, &out->updates, &out->n, &out->seq);
    if (x->l->server)
        return live_load_after(x->db, x->a, x->document, x->after_seq, &out->updates, &out->n, &out->seq);
    return load_log(x->db, x->a, x->document, x->after_seq, out);
}

static enum err load(void *user, int loop, struct arena *a, int64_t document, int64_t after_seq, struct hub_loaded *out)
{
    struct live *l = user;
    return arena_guard(load_guarded, &(struct loading){l, l->read[loop], a, document, after_seq, out});
}

/* ---- rights */

struct touch {
    struct work work; /* first */
    int64_t session_id, at;
};
static enum err touch_run(struct work *w, struct db *db)
{
    struct touch *t = (struct touch *)w;
    return session_touch(db, t->session_id, t->at);
}
static void work_free(struct work *w, enum err e)
{
    if (e)
        log_warn("live", "a small note could not be kept", LOG_S("err", str_c(err_name(e))));
    free(w);
}

static void touch(struct live *l, int64_t session_id, int64_t now)
{
    struct touch *t = calloc(1, sizeof *t);
    if (!t)
        return;
    *t = (struct touch){.work = {.run = touch_run, .done = work_free, .lane = DB_LANE_OWN}, .session_id = session_id, .at = now};
    if (writer_push(l->writer, &t->work))
        free(t);
}

static enum err who_is(struct db *db, struct arena *a, const struct hub_who *who, int64_t now, struct session_row *s)
{
    struct str scopes;
    if (who->program)
        return token_find(db, a, str_c(who->key), now, s, &scopes);
    TRY(session_find(db, a, str_c(who->key), now, s));
    return OK;
}

struct asking {
    struct live *l;
    struct db *db;
    struct arena *a;
    const struct hub_who *who;
    bool wrote;
    int64_t document;
    enum document_right *out;
};

static enum err right_guarded(void *arg)
{
    const struct asking *x = arg;
    struct live *l = x->l;
    struct db *db = x->db;
    struct arena *a = x->a;
    const struct hub_who *who = x->who;
    bool wrote = x->wrote;
    struct session_row s = {0};
    int64_t now = tm_now();
    CLEANUP(db_tx_end) struct db_tx tx = {0};
    TRY(db_begin_read(db, &tx));
    TRY(who_is(db, a, who, now, &s));
    if (!who->program && !wrote && !login_alive(&s, now))
        return ERR_NOT_FOUND;
    if (!who->program && wrote)
        touch(l, s.id, now);
    struct actor actor = session_actor(&s);
    TRY(relation_load(db, a, tm_on_of(now), &actor));
    struct ctx c = {.a = a, .db = db, .actor = &actor, .now = now, .today = tm_on_of(now), .lang = LANG_NB, .demo = l->demo};
    enum err e = document_right_of(&c, x->document, x->out);
    if (e == ERR_NOT_FOUND || e == ERR_DENIED) {
        *x->out = DOCUMENT_NONE;
        e = OK;
    }
    return e;
}

static enum err right(void *user, int loop, struct arena *a, const struct hub_who *who, bool wrote, int64_t document, enum document_right *out)
{
    struct live *l = user;
    return arena_guard(right_guarded, &(struct asking){l, l->read[loop], a, who, wrote, document, out});
}

/* ---- storing */

struct append {
    struct work work; /* first */
    struct hub_batch *batch;
};

static enum err append_run(struct work *w, struct db *db)
{
    struct hub_batch *b = ((struct append *)w)->batch;
    CLEANUP(buf_free) struct buf records = {.max = (size_t)256 << 20};
    for (const struct edit *e = b->first; e; e = e->next) {
        struct live_record r = {e->document, e->account, e->at, {e->data, e->n}};
        if (e->n)
            live_record_write(&records, &r);
    }
    enum err err = records.bad ? ERR_LIMIT : OK;
    if (!err && records.n)
        err = live_journal_add(db, b->stream, (struct bytes){(const uint8_t *)records.p, records.n}, &b->id);
    return err || !b->shared ? err : live_say_stored(db, b);
}

static void append_done(struct work *w, enum err e)
{
    struct append *a = (struct append *)w;
    struct hub_batch *b = a->batch;
    free(a);
    hub_stored(b, e);
}

static void append(void *user, struct hub_batch *b)
{
    struct live *l = user;
    struct append *a = calloc(1, sizeof *a);
    if (!a) {
        hub_stored(b, ERR_INTERNAL);
        return;
    }
    *a = (struct append){.work = {.run = append_run, .done = append_done, .lane = DB_LANE_OWN}, .batch = b};
    if (writer_push(l->writer, &a->work))
        append_done(&a->work, ERR_BUSY);
}

/* ---- the keeper's list */

static void keep(struct live *l, int64_t document)
{
    struct keeper_item *i = calloc(1, sizeof *i);
    if (!i)
        return;
    i->document = document;
    pthread_mutex_lock(&l->lock);
    *(l->last ? &l->last->next : &l->first) = i;
    l->last = i;
    pthread_cond_signal(&l->wake);
    pthread_mutex_unlock(&l->lock);
}

/* ---- to the logs, a few hundred at a time */

struct folding {
    struct work work; /* first */
    struct live *l;
    struct hub_fold *f;
    size_t from, to;
};

static enum err add_run(struct db *db, const struct run *run, int64_t *seq)
{
    struct live_log_row row = {.document_id = run->document, .account_id = run->account, .from_at = run->from_at, .at = run->at,
                               .edits = run->edits, .data = {run->data, run->n}};
    enum err e = live_log_add(db, &row);
    *seq = e ? 0 : row.seq;
    return e == ERR_NOT_FOUND ? OK : e; /* thrown away for good meanwhile */
}

static enum err fold_run(struct work *w, struct db *db)
{
    struct folding *x = (struct folding *)w;
    struct hub_fold *f = x->f;
    for (size_t i = x->from; i < x->to; i++)
        TRY(add_run(db, &f->runs[i], &f->seq[i]));
    return x->to == f->n && f->up_to ? live_journal_drop(db, f->stream, f->up_to) : OK;
}

static void fold_done(struct work *w, enum err e)
{
    struct folding *x = (struct folding *)w;
    struct hub_fold *f = x->f;
    if (!e)
        f->done = x->to;
    if (!e && x->to < f->n) {
        x->from = x->to;
        x->to = x->from + FOLD_RUNS < f->n ? x->from + FOLD_RUNS : f->n;
        if (writer_push(x->l->writer, &x->work) == OK)
            return;
        e = ERR_BUSY;
    }
    for (size_t i = 0; i < f->n && !e; i++)
        if (f->seq[i] % 64 == 0 || f->runs[i].n >= KEEP_BYTES)
            keep(x->l, f->runs[i].document);
    free(x);
    hub_folded(f, e);
}

static void fold(void *user, struct hub_fold *f)
{
    struct live *l = user;
    struct folding *x = calloc(1, sizeof *x);
    if (!x) {
        hub_folded(f, ERR_INTERNAL);
        return;
    }
    size_t from = f->done < f->n ? f->done : 0;
    *x = (struct folding){.work = {.run = fold_run, .done = fold_done, .lane = DB_LANE_OWN}, .l = l, .f = f, .from = from,
                          .to = f->n - from < FOLD_RUNS ? f->n : from + FOLD_RUNS};
    if (writer_push(l->writer, &x->work)) {
        free(x);
        hub_folded(f, ERR_BUSY);
    }
}

/* ---- who was here */

struct visit {
    struct work work; /* first */
    int64_t document_id, account_id, at;
};
static enum err visit_run(struct work *w, struct db *db)
{
    struct visit *v = (struct visit *)w;
    enum err e = document_visit(db, v->document_id, v->account_id, v->at);
    return e == ERR_CONFLICT ? OK : e; /* the document is gone */
}
static void left(void *user, int64_t document, int64_t account_id)
{
    struct live *l = user;
    struct visit *v = calloc(1, sizeof *v);
    if (!v)
        return;
    *v = (struct visit){.work = {.run = visit_run, .done = work_free, .lane = DB_LANE_OWN}, .document_id = document, .account_id = account_id, .at = tm_now()};
    if (writer_push(l->writer, &v->work))
        free(v);
}

/* ---- the keeper */

static void idle(void *user, int64_t document)
{
    struct live *l = user;
    if (l->server)
        live_close_here(l, document);
    keep(l, document);
}

struct snap {
    int64_t document, seq;
    struct bytes state;
};
static enum err put_snap(void *arg, struct db *db)
{
    const struct snap *s = arg;
    struct live_snap_row row = {.document_id = s->document, .seq = s->seq, .made_at = tm_now(), .state = s->state};
    enum err e = live_snap_put(db, &row);
    return e == ERR_CONFLICT ? OK : e; /* the document is gone */
}

struct keeping {
    struct live *l;
    struct arena *a;
    int64_t document;
};

static enum err compact_one(void *arg)
{
    const struct keeping *k = arg;
    struct live *l = k->l;
    struct arena *a = k->a;
    int64_t document = k->document;
    CLEANUP(buf_free) struct buf state = {.max = (size_t)64 << 20};
    struct snap s = {.document = document};
    CLEANUP(db_tx_end) struct db_tx tx = {0};
    enum err e = db_begin_read(l->keeper_db, &tx);
    if (!e)
        e = live_compact(l->keeper_db, a, document, &s.seq, &state);
    db_tx_end(&tx);
    s.state = (struct bytes){(const uint8_t *)state.p, state.n};
    if (!e && state.n)
        e = writer_run(l->writer, DB_LANE_OWN, put_snap, &s);
    if (!e && state.n)
        keep(l, document); /* there may be more than went into one */
    return e;
}

static void *keeper_main(void *arg)
{
    struct live *l = arg;
    struct arena *a = arena_new(KEEPER_ARENA);
    pthread_mutex_lock(&l->lock);
    while (!l->stop) {
        struct keeper_item *i = l->first;
        if (!i) {
            pthread_cond_wait(&l->wake, &l->lock);
            continue;
        }
        l->first = i->next;
        if (!l->first)
            l->last = NULL;
        pthread_mutex_unlock(&l->lock);
        enum err e = arena_guard(compact_one, &(struct keeping){l, a, i->document});
        if (e)
            log_warn("live", "a document could not be compacted", LOG_I("document", i->document), LOG_S("err", str_c(err_name(e))));
        arena_clear(a);
        free(i);
        pthread_mutex_lock(&l->lock);
    }
    pthread_mutex_unlock(&l->lock);
    arena_free(a);
    return NULL;
}

/* ---- start and stop */

static enum err start(struct live *l, const struct live_conf *conf)
{
    TRY(live_meet(l));
    struct hub_conf hc = {.server = l->server, .loops = conf->loops,
                          .store = {.user = l, .load = load, .right = right, .append = append, .fold = fold, .left = left, .idle = idle,
                                    .open = live_open_here, .tell = live_say_changed, .present = live_say_present}};
    TRY(db_connect(conf->db_url, DB_READ, &l->keeper_db));
    for (; l->n_read < conf->loops; l->n_read++)
        TRY(db_connect(conf->db_url, DB_READ, &l->read[l->n_read]));
    if (pthread_create(&l->keeper, NULL, keeper_main, l))
        return ERR_INTERNAL;
    l->has_keeper = true;
    TRY(hub_start(&hc, &l->hub));
    return live_listen(l, conf);
}

enum err live_start(const struct live_conf *conf, struct writer *w, struct live **out)
{
    struct live *l = calloc(1, sizeof *l);
    if (!l)
        return ERR_INTERNAL;
    l->writer = w;
    l->demo = conf->demo;
    pthread_mutex_init(&l->lock, NULL);
    pthread_cond_init(&l->wake, NULL);
    pthread_cond_init(&l->beat, NULL);
    l->loops = conf->loops;
    l->servers = conf->servers;
    l->server = conf->servers ? servers_own(conf->servers) : 0;
    enum err e = conf->loops < 1 || conf->loops > (int)COUNT(l->read) ? ERR_INVALID : start(l, conf);
    if (e) {
        live_stop(l);
        live_free(l);
        return e;
    }
    *out = l;
    return OK;
}

void live_stop(struct live *l)
{
    if (!l)
        return;
    live_part(l);
    pthread_mutex_lock(&l->lock);
    l->stop = true;
    pthread_cond_signal(&l->wake);
    pthread_mutex_unlock(&l->lock);
    if (l->has_keeper)
        pthread_join(l->keeper, NULL);
    l->has_keeper = false;
}

void live_free(struct live *l)
{
    if (!l)
        return;
    ear_stop(l->ear);
    hub_free(l->hub);
    for (struct keeper_item *i = l->first, *next; i; i = next) {
        next = i->next;
        free(i);
    }
    for (int i = 0; i < l->n_read; i++)
        db_close(l->read[i]);
    db_close(l->keeper_db);
    db_close(l->ear_db);
    db_close(l->watch_db);
    arena_free(l->ear_a);
    pthread_mutex_destroy(&l->lock);
    pthread_cond_destroy(&l->wake);
    pthread_cond_destroy(&l->beat);
    free(l);
}

struct hub *live_hub(struct live *l)
{
    return l->hub;
}

void live_tell(struct live *l, const struct news *news, size_t n)
{
    if (ear_hears(l->ear))
        return; /* it hears what news_of() said to all */
    for (size_t i = 0; i < n; i++)
        hub_news(l->hub, news[i].document_id, news[i].what);
}
