/* live_parts.h: several servers on one PostgreSQL.
 *
 * A server has a number and says every few seconds that it is there (service/servers.h). Where it has a document open stands in live_open. It says
 * words (live/word.h) and hears them (db/ear.h). Who is not seen for a minute is dead: another one puts its journal into the logs. Should it
 * live after all, it hears that it is gone, and looks everything up. */
#include "base/log.h"
#include "base/tm.h"
#include "live/word.h"
#include "model/live.h"
#include "model/server.h"
#include "service/live_parts.h"

#include <stdlib.h>

enum { LOOK_MS = 15000 /* for the dead */, EAR_ARENA = 512 << 20, WORDS_MAX = 7000, SAYING_SLEEP_MS = 2 };

static enum err speak(struct db *db, const struct word *w, struct str rest)
{
    CLEANUP(buf_free) struct buf words = {.max = EAR_WORDS_MAX};
    word_write(&words, w);
    buf_str(&words, rest);
    return words.bad ? ERR_LIMIT : db_notify(db, buf_view(&words));
}

/* ---- what is said */

/* One piece of work for the writer. */
struct saying {
    struct work work; /* first */
    struct live *l;
    int64_t document;
    bool again;
    size_t n;
    char entries[];
};

static struct saying *saying_new(struct live *l, int64_t document, enum err (*run)(struct work *w, struct db *db),
                                 void (*done)(struct work *w, enum err e), struct str entries)
{
    struct saying *s = malloc(sizeof *s + entries.n);
    if (!s)
        abort(); /* another server would miss something for good */
    atomic_fetch_add(&l->n_sayings, 1);
    *s = (struct saying){.work = {.run = run, .done = done, .lane = DB_LANE_OWN}, .l = l, .document = document, .n = entries.n};
    if (entries.n)
        memcpy(s->entries, entries.p, entries.n);
    return s;
}

static void push(struct saying *s)
{
    if (writer_push(s->l->writer, &s->work))
        s->work.done(&s->work, ERR_BUSY);
}

static void saying_free(struct saying *s)
{
    atomic_fetch_sub(&s->l->n_sayings, 1);
    free(s);
}

static void answer_hub(struct saying *s, unsigned what, enum err e)
{
    hub_say(s->l->hub, &(struct hub_said){.document = s->document, .what = what, .result = e});
    saying_free(s);
}

static int stream_of(const struct live *l, int64_t document)
{
    return (int)l->server * LIVE_STREAMS + (int)(document % l->loops); /* as the hub gives documents to its loops */
}

static enum err open_run(struct work *w, struct db *db)
{
    const struct saying *s = (struct saying *)w;
    TRY(live_open_add(db, s->document, stream_of(s->l, s->document)));
    TRY(speak(db, &(struct word){.kind = WORD_OPEN, .server = s->l->server, .document = s->document}, STR("")));
    if (!s->again)
        return OK;
    return speak(db, &(struct word){.kind = WORD_CHANGED, .server = s->l->server, .document = s->document}, STR(""));
}
static void open_done(struct work *w, enum err e)
{
    answer_hub((struct saying *)w, HUB_OPENED, e);
}
void live_open_here(void *user, int64_t document, bool again)
{
    struct saying *s = saying_new(user, document, open_run, open_done, STR(""));
    s->again = again;
    push(s);
}

static enum err changed_run(struct work *w, struct db *db)
{
    const struct saying *s = (struct saying *)w;
    return speak(db, &(struct word){.kind = WORD_CHANGED, .server = s->l->server, .document = s->document}, STR(""));
}
static void changed_done(struct work *w, enum err e)
{
    if (e)
        answer_hub((struct saying *)w, HUB_UNTOLD, e);
    else
        saying_free((struct saying *)w);
}
void live_say_changed(void *user, int64_t document)
{
    push(saying_new(user, document, changed_run, changed_done, STR("")));
}

static void said(struct work *w, enum err e)
{
    (void)e; /* a row too many, a cursor that moves later */
    saying_free((struct saying *)w);
}

static enum err present_run(struct work *w, struct db *db)
{
    const struct saying *s = (struct saying *)w;
    return speak(db, &(struct word){.kind = WORD_PRESENCE, .server = s->l->server, .document = s->document}, (struct str){s->entries, s->n});
}
void live_say_present(void *user, int64_t document, struct str entries)
{
    push(saying_new(user, document, present_run, said, entries));
}

static enum err close_run(struct work *w, struct db *db)
{
    const struct saying *s = (struct saying *)w;
    TRY(live_open_drop(db, s->document, stream_of(s->l, s->document)));
    return speak(db, &(struct word){.kind = WORD_CLOSED, .server = s->l->server, .document = s->document}, STR(""));
}
void live_close_here(struct live *l, int64_t document)
{
    push(saying_new(l, document, close_run, said, STR("")));
}

static int by_number(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

/* The documents of a batch that others have open, each once, in order; malloc. */
static int64_t *shared_documents(const struct hub_batch *b, size_t *n)
{
    int64_t *v = malloc((b->n + 1) * sizeof *v);
    size_t k = 0;
    *n = 0;
    if (!v)
        return NULL;
    for (const struct edit *e = b->first; e; e = e->next)
        if (e->shared)
            v[k++] = e->document;
    qsort(v, k, sizeof *v, by_number);
    for (size_t i = 0; i < k; i++)
        if (i == 0 || v[i] != v[i - 1])
            v[(*n)++] = v[i];
    return v;
}

enum err live_say_stored(struct db *db, const struct hub_batch *b)
{
    struct word w = {.kind = WORD_STORED, .server = b->stream / LIVE_STREAMS, .row = b->id};
    CLEANUP(buf_free) struct buf list = {.max = WORDS_MAX + 64};
    size_t n;
    int64_t *v = shared_documents(b, &n);
    enum err e = v ? OK : ERR_INTERNAL;
    for (size_t i = 0; i < n && !e; i++) {
        word_add_document(&list, v[i]);
        if (list.n > WORDS_MAX || i + 1 == n) {
            e = list.bad ? ERR_LIMIT : speak(db, &w, buf_view(&list));
            buf_clear(&list);
        }
    }
    free(v);
    return e;
}

/* ---- what is heard */

static bool is_listed(const int64_t *v, size_t n, int64_t document)
{
    return n && bsearch(&document, v, n, sizeof *v, by_number) != NULL;
}

struct hearing {
    struct live *l;
    int64_t row;
    int64_t *documents; /* of the word */
    size_t n;
};

/* The row of the journal to the rooms. */
static enum err bring(void *arg)
{
    const struct hearing *h = arg;
    struct live *l = h->l;
    struct live_journal_row row = {0};
    struct live_record r;
    bool bad = false;
    TRY(live_journal_get(l->ear_db, l->ear_a, h->row, &row));
    struct bytes rest = row.records;
    while (live_record_read(&rest, &r, &bad))
        if (is_listed(h->documents, h->n, r.document_id))
            hub_say(l->hub, &(struct hub_said){.document = r.document_id, .what = HUB_EDIT, .data = r.update});
    return bad ? ERR_INVALID : OK;
}

/* If it is in the logs already, or cannot be read now, they look there. */
static void hear_stored(struct live *l, const struct word *w)
{
    struct hearing h = {.l = l, .row = w->row, .documents = l->ear_documents};
    struct str rest = w->rest;
    while (h.n < COUNT(l->ear_documents) && word_document(&rest, &h.documents[h.n]))
        h.n++;
    if (arena_guard(bring, &h) == OK)
        return;
    for (size_t i = 0; i < h.n; i++)
        hub_news(l->hub, h.documents[i], HUB_CONTENT);
}

static void hear_missed(struct live *l)
{
    hub_say(l->hub, &(struct hub_said){.what = HUB_MISSED});
    hub_news(l->hub, 0, HUB_ACCESS);
}

static void hear_word(struct live *l, struct word w)
{
    struct hub_said s = {.document = w.document, .server = w.server};
    switch (w.kind) {
    case WORD_OPEN:
        s.what = HUB_OPEN_THERE;
        break;
    case WORD_CLOSED:
        s.what = HUB_CLOSED_THERE;
        break;
    case WORD_GONE:
        s.what = HUB_GONE_THERE;
        break;
    case WORD_CHANGED:
        s.what = HUB_CONTENT;
        break;
    case WORD_NEWS:
        s.what = w.what;
        break;
    case WORD_PRESENCE:
        s.what = HUB_PRESENCE;
        s.data = (struct bytes){(const uint8_t *)w.rest.p, w.rest.n};
        break;
    case WORD_STORED:
        hear_stored(l, &w);
        return;
    }
    hub_say(l->hub, &s);
}

/* On the ear's thread. */
static void heard(void *user, struct str words)
{
    struct live *l = user;
    struct word w = {0};
    if (!words.n)
        hear_missed(l);
    if (!words.n || !word_read(words, &w))
        return;
    if (w.server != l->server)
        hear_word(l, w);
    else if (w.kind == WORD_GONE)
        hear_missed(l); /* we were taken for dead: what we had open is forgotten */
    arena_clear(l->ear_a);
}

/* ---- coming, staying, going */

static enum err recover(void *arg, struct db *db)
{
    const struct live *l = arg;
    CLEANUP(arena_freep) struct arena *a = arena_new(KEEPER_ARENA);
    return live_recover(db, a, l->server ? tm_now() - SERVER_DEAD_MS : INT64_MAX);
}
static enum err leave(void *arg, struct db *db)
{
    const struct live *l = arg;
    CLEANUP(arena_freep) struct arena *a = arena_new(KEEPER_ARENA);
    return live_recover_server(db, a, l->server);
}

enum err live_meet(struct live *l)
{
    return writer_run(l->writer, DB_LANE_ALL, recover, l);
}

struct looking {
    struct live *l;
    struct arena *a;
    size_t n;
};
static enum err look(void *arg)
{
    struct looking *x = arg;
    int64_t *servers;
    return live_gone(x->l->watch_db, x->a, tm_now() - SERVER_DEAD_MS, &servers, &x->n);
}

/* Asked on a line of its own first: the transaction that buries them holds everybody up. */
static bool some_are_gone(struct live *l, struct arena *a)
{
    struct looking x = {.l = l, .a = a};
    enum err e = arena_guard(look, &x);
    arena_clear(a);
    return e == OK && x.n > 0;
}

/* False: it is time to go. */
static bool rest(struct live *l)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += LOOK_MS / 1000;
    pthread_mutex_lock(&l->lock);
    if (!l->stop)
        pthread_cond_clockwait(&l->beat, &l->lock, CLOCK_MONOTONIC, &until);
    bool go = !l->stop;
    pthread_mutex_unlock(&l->lock);
    return go;
}

static void *watch_main(void *arg)
{
    struct live *l = arg;
    struct arena *a = arena_new(EAR_ARENA);
    while (rest(l)) {
        if (!some_are_gone(l, a) || !servers_turn(l->servers, "live.dead", LOOK_MS))
            continue;
        enum err e = writer_run(l->writer, DB_LANE_ALL, recover, l);
        if (e)
            log_warn("live", "cannot take over from a server that is gone", LOG_S("err", str_c(err_name(e))));
    }
    arena_free(a);
    return NULL;
}

enum err live_listen(struct live *l, const struct live_conf *conf)
{
    if (!l->server)
        return OK;
    l->ear_a = arena_new(EAR_ARENA);
    TRY(db_connect(conf->db_url, DB_READ, &l->ear_db));
    TRY(db_connect(conf->db_url, DB_READ, &l->watch_db));
    TRY(ear_start(conf->listen_url ? conf->listen_url : conf->db_url, heard, l, &l->ear));
    if (pthread_create(&l->watch, NULL, watch_main, l))
        return ERR_INTERNAL;
    l->watches = true;
    log_info("live", "serves beside others", LOG_I("server", l->server));
    return OK;
}

void live_part(struct live *l)
{
    pthread_mutex_lock(&l->lock);
    l->stop = true;
    pthread_cond_broadcast(&l->beat);
    pthread_mutex_unlock(&l->lock);
    if (l->watches)
        pthread_join(l->watch, NULL);
    l->watches = false;
    hub_stop(l->hub);
    while (atomic_load(&l->n_sayings))
        tm_sleep_ms(SAYING_SLEEP_MS);
    if (l->server && writer_run(l->writer, DB_LANE_ALL, leave, l))
        log_warn("live", "could not say goodbye; another server will notice that this one is gone");
}
