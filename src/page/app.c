#include "page/app.h"
#include "page/admit.h"
#include "base/log.h"
#include "base/tm.h"
#include "http/assets.h"
#include "gen/error.html.h"
#include "gen/log_stopped.html.h"
#include "model/account.h"
#include "page/cookie.h"
#include "page/counts.h"
#include "page/edge.h"
#include "page/login/login.h"
#include "page/other_lang.h"
#include "service/live.h"
#include "service/log.h"
#include "service/login.h"
#include "service/login_rules.h"
#include "service/servers.h"
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { WORKERS = 4, REMOTE_WORKERS = 12, OUTSIDE_WORKERS = 4, LOOPS_MAX = 8, TRIES = 3 };

struct app {
    struct http_server *http;
    struct writer *writer;
    struct servers *servers;
    struct live *live;
    struct db *read[LOOPS_MAX];
    char base_url[256];
    bool demo;
    struct oidc *oidc;
    pthread_t worker[REMOTE_WORKERS + OUTSIDE_WORKERS];
    bool remote; /* the database is another process: no page may keep a loop waiting for it */
    int n_workers;
    pthread_mutex_t lock;
    struct queue {
        struct app *app;
        pthread_cond_t wake;
        struct job *first, *last; /* waiting for a worker */
    } inside, outside;            /* outside: those that ask other servers */
    bool stop;
    char db_url[512];
    struct counts *counts;
    atomic_bool leaving, closed;
};

struct oidc *app_oidc(const struct page *p)
{
    return p->app ? p->app->oidc : NULL;
}

/* Nothing of what the page shows leaves; the person is told kindly. */
static enum err stop(struct job *j)
{
    edge_blank(j->p.r);
    j->p.c.n_seen = 0;
    j->p.c.visit_id = 0;
    j->stopped = true;
    j->p.r->status = 429;
    html_log_stopped(j->p.o, &j->p.v);
    return ERR_LIMIT;
}

/* The page with everything that belongs into its transaction. */
static enum err run_page(struct job *j, struct db *db)
{
    bool go, many;
    TRY(admit_begin(j, db));
    TRY(admit(j, db, &go));
    if (!go)
        return OK;
    if (j->own)
        j->p.c.a = j->p.v.a = j->own;
    TRY(j->route->page(&j->p));
    TRY(log_too_many(&j->p.c, &many));
    if (many)
        return stop(j);
    struct req *r = j->p.r;
    if (r->body.bad)
        return ERR_LIMIT;
    if (r->method == POST) {
        TRY(seen_save(&j->p.c));
        if (j->once_key.n && r->status == 303)
            TRY(once_save(db, j->once_key, j->actor.account_id, r->now, edge_location(r)));
    }
    return OK;
}

/* An error that is about what was asked, and not about how the machine fares. */
static bool is_answer(enum err e)
{
    return e == ERR_INVALID || e == ERR_CONFLICT || e == ERR_STATE || e == ERR_DENIED || e == ERR_NOT_FOUND || e == ERR_LIMIT;
}

/* Shall it run once more, now with a look for the same sending? What went wrong may be that one's doing: it was faster. Nobody looks before that,
 * for on PostgreSQL the changes of all organisations would meet in what was read (decisions/0005). */
static bool look_again(struct job *j, enum err e)
{
    if (!is_answer(e) || !j->once_key.n || j->look)
        return false;
    j->look = true;
    return true;
}

static const int status_of[ERR_N] = {[OK] = 200, [ERR_INVALID] = 400, [ERR_NOT_FOUND] = 404, [ERR_DENIED] = 403,
                                     [ERR_CONFLICT] = 409, [ERR_STATE] = 409, [ERR_LIMIT] = 413, [ERR_BUSY] = 503,
                                     [ERR_FULL] = 507, [ERR_UNSURE] = 500, [ERR_INTERNAL] = 500};

/* Has the page itself written what to show with this error? */
static bool own_page(const struct req *r, enum err e)
{
    return is_answer(e) && r->status >= 400 && r->body.n && !r->body.bad;
}

/* Is somebody's data on the page although nothing is saved (a form that is wrong, or that another was faster than)? Then the look is. */
static bool looks_left(const struct job *j, enum err e)
{
    return j->p.c.n_seen && own_page(j->p.r, e);
}

/* Was somebody who is logged in told that a thing is not there, or not for them? Both are noted alike. */
static bool refused(const struct job *j, enum err e)
{
    return (e == ERR_NOT_FOUND || e == ERR_DENIED || (!e && j->p.refused)) && j->route && j->actor.account_id && !j->bad_form;
}

/* Has the log something to say although nothing else is saved? */
static bool log_left(const struct job *j, enum err e)
{
    return looks_left(j, e) || refused(j, e) || j->stopped;
}

/* In a transaction of its own, before the answer leaves. */
static enum err save_log(struct job *j, enum err e)
{
    struct ctx *c = &j->p.c;
    if (!e || looks_left(j, e))
        TRY(seen_save(c));
    if (j->stopped)
        return log_stopped(c);
    if (!refused(j, e))
        return OK;
    return log_refused(c, j->route->path, edge_number(j->p.r, j->route->path));
}

/* The page of an error. A form that came to nothing through no fault of its own stands on it, to be sent again with its own tokens: one that
 * did not come from us gets none of ours. */
static void error_page(struct job *j, enum err e)
{
    struct req *r = j->p.r;
    struct login_keep keep;
    edge_blank(r);
    r->status = status_of[e];
    if (!j->p.v.a) /* the session itself could not be read */
        j->p.v = (struct view){.a = r->a, .actor = &j->actor, .now = r->now, .today = tm_on_of(r->now), .path = r->path,
                               .lang_base = other_lang_base(r), .lang = admit_lang(r, STR("")), .csrf = STR(""), .once = STR("")};
    bool again = r->status >= 500 && r->method == POST && j->route && j->route->auth == AUTH_LOGGED_IN && !login_keep(r, &keep);
    if (again) {
        j->p.v.csrf = req_field(r, "csrf");
        j->p.v.once = req_field(r, "once");
    }
    html_error_page(&r->body, &j->p.v, e, r->id, again ? &keep : NULL);
}

/* Status, error page, headers, log. */
static void finish_with(struct job *j, enum err e)
{
    struct req *r = j->p.r;
    if (e && !own_page(r, e))
        error_page(j, e);
    if (e == ERR_INTERNAL)
        log_error("page", "failed", LOG_S("route", str_c(j->route ? j->route->path : "?")), LOG_S("request", r->id));
    else if (e == ERR_FULL || e == ERR_BUSY || e == ERR_UNSURE)
        log_warn("page", err_name(e), LOG_S("route", str_c(j->route ? j->route->path : "?")), LOG_S("request", r->id));
    if (!r->status)
        r->status = 200;
    if (r->status == 503)
        res_header(r, "Retry-After", STR("5"));
    edge_security(r, j->p.form_to, j->p.framed_by);
    if (!r->static_body.n)
        res_header(r, "Cache-Control", STR("no-store"));
    /* The last one here left without logging out. */
    if (!j->session.id && r->method == GET && str_starts(str_c(r->type), STR("text/html")))
        cookie_left_behind(r);
    /* Anew each time, so that the form on this page works for a day; not to machines. */
    if (!j->session.id && ((r->method == GET && r->status == 200) || j->asks_login) && str_starts(str_c(r->type), STR("text/html")))
        res_cookie(r, VISITOR_COOKIE(r), j->cookie, 86400, r->secure);
    enum lang lang;
    if (lang_of(req_query(r, "lang"), &lang))
        res_cookie(r, "sb_lang", str_c(lang_info[lang].code), 365 * 86400, r->secure);
}

struct ending {
    struct job *j;
    enum err e;
};
static enum err finish_guarded(void *arg)
{
    struct ending *x = arg;
    finish_with(x->j, x->e);
    return OK;
}

/* Last. Also when there is no memory left. */
static void finish(struct job *j, enum err e)
{
    struct req *r = j->p.r;
    struct ending x = {j, e};
    arena_lift(r->a);
    if (arena_guard(finish_guarded, &x))
        edge_bare(r);
}

static void answer(struct job *j, enum err e)
{
    finish(j, e);
    http_answer(j->p.r);
}

/* GET: what was looked at is on disk before the answer leaves. */
static enum err save_looks(struct work *w, struct db *db)
{
    struct job *j = (struct job *)w;
    j->p.c.db = db;
    TRY(save_log(j, j->result));
    if (j->session.id && j->session.seen_at + LOGIN_TOUCH_MS < j->p.r->now)
        TRY(session_touch(db, j->session.id, j->p.r->now));
    return OK;
}
/* What keeps the log from being written is none of the errors with which a page shows what it has. */
static enum err unlogged(enum err e)
{
    return e == ERR_BUSY || e == ERR_FULL ? e : ERR_INTERNAL;
}
static void looks_saved(struct work *w, enum err e)
{
    struct job *j = (struct job *)w;
    answer(j, e ? unlogged(e) : j->result);
}
static int64_t lane_of(const struct job *j)
{
    return j->actor.organisation_id ? j->actor.organisation_id : WRITER_LANE_ANY;
}

/* To the writer with the look-ups; false when it takes nothing more. Then the job is not the caller's any more. */
static bool looks_push(struct job *j, enum err result)
{
    j->result = result;
    j->work.lane = lane_of(j);
    j->work.run = save_looks;
    j->work.done = looks_saved;
    return writer_push(j->app->writer, &j->work) == OK;
}
static void answer_logged(struct job *j, enum err e)
{
    bool left = log_left(j, e);
    if (!left || !looks_push(j, e))
        answer(j, left ? ERR_BUSY : e);
}

static enum err post_run(struct work *w, struct db *db)
{
    return run_page((struct job *)w, db);
}
static void post_done(struct work *w, enum err e)
{
    struct job *j = (struct job *)w;
    struct app *app = j->app;
    if (e == OK && j->p.c.n_news)
        live_tell(app->live, j->p.c.news, j->p.c.n_news);
    bool busy = e == ERR_BUSY && ++j->tries < TRIES;
    if ((busy || look_again(j, e)) && writer_push(app->writer, w) == OK) {
        if (busy)
            counts_again(app->counts); /* the job may be another thread's by now, or over */
        return;
    }
    answer_logged(j, e);
}

static void post_push(struct job *j)
{
    j->work.run = post_run;
    j->work.done = post_done;
    j->work.lane = lane_of(j);
    enum err e = writer_push(j->app->writer, &j->work);
    if (e)
        answer(j, ERR_BUSY);
}

struct reading {
    struct job *j;
    struct db *db;
};
/* Back to the request's memory, with what the answer and the look-ups still need. */
static void keep(struct job *j)
{
    struct req *r = j->p.r;
    struct ctx *c = &j->p.c;
    struct seen *seen = ARENA_ARRAY(r->a, struct seen, c->n_seen ? c->n_seen : 1);
    for (size_t i = 0; i < c->n_seen; i++) {
        seen[i] = c->seen[i];
        seen[i].what = arena_cstr(r->a, str_c(seen[i].what));
    }
    for (size_t i = 0; i < r->n_out; i++)
        r->out[i] = (struct pair){arena_str(r->a, r->out[i].k), arena_str(r->a, r->out[i].v)};
    j->p.form_to = arena_str(r->a, j->p.form_to);
    j->p.framed_by = arena_str(r->a, j->p.framed_by);
    c->seen = seen;
    c->seen_max = c->n_seen;
    c->a = j->p.v.a = r->a;
    j->own = NULL;
}
/* Left in the middle, without memory: nothing of it is shown. */
static void leave(struct job **at)
{
    struct job *j = *at;
    if (!j->own)
        return;
    if (j->p.v.a == j->own) {
        edge_blank(j->p.r);
        j->p.r->status = 0;
        j->p.c.n_seen = 0;
        j->p.c.a = j->p.v.a = j->p.r->a;
    }
    j->own = NULL;
}

/* The page works in memory of its own, for its answer may wait long for the writer: some hundred of them together would hold what they all
 * have read. */
static enum err run_apart(struct job *j, struct db *db)
{
    CLEANUP(arena_freep) struct arena *own = arena_new(HTTP_REQUEST_ARENA);
    CLEANUP(leave) struct job *left = j;
    left->own = own;
    enum err e = run_page(j, db);
    if (j->p.v.a == own)
        keep(j);
    return e;
}

static enum err get_guarded(void *arg)
{
    struct reading *x = arg;
    CLEANUP(db_tx_end) struct db_tx tx = {0};
    TRY(db_begin_read(x->db, &tx));
    return run_apart(x->j, x->db);
}

/* A GET on this connection: finished when it returns, or, if true, when its look-ups are saved. */
static bool get_run(struct job *j, struct db *db)
{
    struct req *r = j->p.r;
    enum err e = ERR_BUSY;
    for (int i = 0; i < TRIES && e == ERR_BUSY; i++) {
        if (i)
            counts_again(j->app->counts);
        e = arena_guard(get_guarded, &(struct reading){j, db});
    }
    bool touch = j->session.id && j->session.seen_at + LOGIN_TOUCH_MS < r->now;
    if ((e == OK && (j->p.c.n_seen || j->p.c.visit_id || touch)) || log_left(j, e)) {
        if (looks_push(j, e))
            return true;
        e = ERR_BUSY;
    }
    finish(j, e);
    return false;
}

/* Does it run in the writer? */
static bool changes(const struct route *rt)
{
    return rt->method == POST || rt->writes;
}

/* Not even the session could be read. */
static void finish_unheard(struct job *j, enum err e)
{
    log_warn("page", "a worker cannot open the database", LOG_S("err", str_c(err_name(e))));
    answer(j, e == ERR_BUSY ? e : ERR_INTERNAL);
}

/* What a route does before its turn: slow, and outside any transaction. j->go: the page may follow. */
static enum err prepare(void *arg)
{
    struct reading *x = arg;
    struct job *j = x->j;
    const struct route *rt = j->route;
    j->go = !rt->prep;
    if (rt->prep || changes(rt)) /* of what changes it is good to know the organisation: its lane */
        TRY(admit_begin(j, x->db));
    if (!rt->prep)
        return OK;
    j->look = true;
    TRY(admit(j, x->db, &j->go));
    j->look = false;
    return j->go ? rt->prep(&j->p) : OK;
}

static void *worker_main(void *arg)
{
    struct queue *q = arg;
    struct app *app = q->app;
    struct db *db = NULL;
    for (;;) {
        pthread_mutex_lock(&app->lock);
        while (!q->first && !app->stop)
            pthread_cond_wait(&q->wake, &app->lock);
        struct job *j = q->first;
        if (j) {
            q->first = j->next;
            if (!q->first)
                q->last = NULL;
        }
        pthread_mutex_unlock(&app->lock);
        if (!j)
            break;
        enum err e = db ? OK : db_connect(app->db_url, DB_READ, &db);
        if (e) {
            finish_unheard(j, e);
            continue;
        }
        e = arena_guard(prepare, &(struct reading){j, db});
        if (e || !j->go)
            answer_logged(j, e);
        else if (changes(j->route))
            post_push(j);
        else if (!get_run(j, db))
            http_answer(j->p.r);
    }
    db_close(db);
    return NULL;
}

static void worker_push(struct app *app, struct job *j)
{
    struct queue *q = j->route->outside ? &app->outside : &app->inside;
    pthread_mutex_lock(&app->lock);
    j->next = NULL;
    if (q->last)
        q->last->next = j;
    else
        q->first = j;
    q->last = j;
    pthread_cond_signal(&q->wake);
    pthread_mutex_unlock(&app->lock);
}

/* The route of a path; *known: another method would do. */
static const struct route *find_route(struct req *r, bool *known)
{
    *known = false;
    for (const struct route *rt = routes; rt->path; rt++) {
        if (!route_match(rt->path, r->path, r->var))
            continue;
        if (rt->method == r->method)
            return rt;
        *known = true;
    }
    return NULL;
}

static struct job *job_new(struct app *app, bool demo, struct req *r, const struct route *rt)
{
    struct job *j = ARENA_NEW(r->a, struct job);
    j->app = app;
    j->demo = demo;
    j->base_url = app ? str_c(app->base_url) : STR("http://localhost");
    j->route = rt;
    j->p.r = r;
    r->app = j;
    return j;
}

static enum http_when handle(void *user, int loop, struct req *r)
{
    struct app *app = user;
    counts_begun(app->counts);
    if (asset_serve(r))
        return HTTP_NOW;
    bool known;
    const struct route *rt = find_route(r, &known);
    struct job *j = job_new(app, app->demo, r, rt);
    struct db *db = app->read[loop];
    if (!rt) {
        enum err e = admit_begin(j, db);
        finish(j, e ? e : ERR_NOT_FOUND);
        if (known && !e)
            edge_other_method(r);
        return HTTP_NOW;
    }
    if (rt->prep || changes(rt) || app->remote) {
        if (rt->prep || app->remote)
            worker_push(app, j);
        else
            post_push(j);
        return HTTP_LATER;
    }
    return get_run(j, db) ? HTTP_LATER : HTTP_NOW;
}

static size_t body_max(void *user, const struct req *r)
{
    (void)user;
    if (r->method != POST)
        return 0;
    bool known;
    struct req copy = *r;
    const struct route *rt = find_route(&copy, &known);
    return rt && rt->body_max ? rt->body_max : HTTP_BODY_MAX;
}

static enum err inline_guarded(void *arg)
{
    struct reading *x = arg;
    struct job *j = x->j;
    CLEANUP(db_tx_end) struct db_tx tx = {0};
    TRY(db_begin(x->db, &tx));
    bool get = j->p.r->method == GET;
    TRY(!j->route ? admit_begin(j, x->db) : get ? run_apart(j, x->db) : run_page(j, x->db));
    if (get)
        TRY(seen_save(&j->p.c));
    return db_commit(&tx);
}

static enum err inline_log(void *arg)
{
    struct reading *x = arg;
    CLEANUP(db_tx_end) struct db_tx tx = {0};
    TRY(db_begin(x->db, &tx));
    TRY(save_log(x->j, x->j->result));
    return db_commit(&tx);
}

void app_inline(struct db *db, bool demo, struct req *r)
{
    if (asset_serve(r))
        return;
    bool known;
    const struct route *rt = find_route(r, &known);
    struct job *j = job_new(NULL, demo, r, rt);
    enum err e = OK;
    if (rt && rt->prep) {
        e = arena_guard(prepare, &(struct reading){j, db});
        if (e || !j->go)
            goto out;
    }
    int tries = 0;
    do {
        e = arena_guard(inline_guarded, &(struct reading){j, db});
    } while ((e == ERR_BUSY && ++tries < TRIES) || look_again(j, e));
out:
    if (log_left(j, e)) {
        j->result = e;
        enum err saved = arena_guard(inline_log, &(struct reading){j, db});
        e = saved ? unlogged(saved) : e;
    }
    finish(j, !e && !rt ? ERR_NOT_FOUND : e);
    if (!rt && known && !e)
        edge_other_method(r);
}

/* r->app is the job: set by handle() for all but built-in files. */
static void done(void *user, const struct req *r, const struct http_done *d)
{
    struct app *app = user;
    const struct job *j = r->app;
    counts_done(app->counts, r, j ? j->route : NULL, d->handled && !j, d);
}

static void app_free(struct app *app)
{
    counts_free(app->counts);
    for (int i = 0; i < LOOPS_MAX; i++)
        db_close(app->read[i]);
    oidc_close(app->oidc);
    pthread_mutex_destroy(&app->lock);
    pthread_cond_destroy(&app->inside.wake);
    pthread_cond_destroy(&app->outside.wake);
    free(app);
}

void app_leave(struct app *app)
{
    atomic_store(&app->leaving, true);
}

void app_close(struct app *app)
{
    app_leave(app);
    if (atomic_exchange(&app->closed, true))
        return;
    http_stop(app->http);
    pthread_mutex_lock(&app->lock);
    app->stop = true;
    pthread_cond_broadcast(&app->inside.wake);
    pthread_cond_broadcast(&app->outside.wake);
    pthread_mutex_unlock(&app->lock);
    for (int i = 0; i < app->n_workers; i++)
        pthread_join(app->worker[i], NULL);
    live_stop(app->live);
}

void app_stop(struct app *app)
{
    if (!app)
        return;
    app_close(app);
    servers_stop(app->servers);
    writer_stop(app->writer);
    live_free(app->live);
    app_free(app);
}

/* Without an address of its own in the configuration. */
static void name_itself(void *user, int port)
{
    struct app *app = user;
    if (!app->base_url[0])
        snprintf(app->base_url, sizeof app->base_url, "http://127.0.0.1:%d", port);
}

static enum err start_all(struct app *app, const struct app_conf *conf)
{
    TRY(oidc_open(conf->oidc, conf->n_oidc, &app->oidc));
    TRY(writer_start(conf->db_url, &app->writer));
    int loops = conf->loops ? conf->loops : (int)sysconf(_SC_NPROCESSORS_ONLN);
    if (loops < 1)
        loops = 1;
    if (loops > LOOPS_MAX)
        loops = LOOPS_MAX;
    for (int i = 0; i < loops; i++)
        TRY(db_connect(conf->db_url, DB_READ, &app->read[i]));
    int inside = app->remote ? REMOTE_WORKERS : WORKERS;
    for (; app->n_workers < inside + OUTSIDE_WORKERS; app->n_workers++)
        if (pthread_create(&app->worker[app->n_workers], NULL, worker_main, app->n_workers < inside ? &app->inside : &app->outside))
            return ERR_INTERNAL;
    TRY(servers_start(conf->db_url, app->writer, &app->servers));
    struct live_conf lc = {.db_url = conf->db_url, .listen_url = conf->listen_url, .servers = app->servers, .loops = loops, .demo = conf->demo};
    TRY(live_start(&lc, app->writer, &app->live));
    struct http_conf hc = {.listen = conf->listen, .loops = loops, .trusted_proxy = conf->trusted_proxy, .handle = handle,
                           .body_max = body_max, .done = done, .bound = name_itself, .user = app};
    TRY(http_start(&hc, &app->http));
    return OK;
}

enum err app_start(const struct app_conf *conf, struct app **out)
{
    struct app *app = calloc(1, sizeof *app);
    if (!app)
        return ERR_INTERNAL;
    pthread_mutex_init(&app->lock, NULL);
    pthread_cond_init(&app->inside.wake, NULL);
    pthread_cond_init(&app->outside.wake, NULL);
    app->inside.app = app->outside.app = app;
    app->demo = conf->demo;
    app->counts = counts_new();
    app->remote = db_kind_of(conf->db_url) == DB_POSTGRES;
    snprintf(app->base_url, sizeof app->base_url, "%s", conf->base_url ? conf->base_url : "");
    snprintf(app->db_url, sizeof app->db_url, "%s", conf->db_url);
    enum err e = start_all(app, conf);
    if (e) {
        app_stop(app);
        return e;
    }
    *out = app;
    return OK;
}

int app_port(const struct app *app)
{
    return http_port(app->http);
}
struct writer *app_writer(struct app *app)
{
    return app->writer;
}
struct servers *app_servers(struct app *app)
{
    return app->servers;
}
struct live *app_live(struct app *app)
{
    return app->live;
}
bool app_demo(const struct app *app)
{
    return app->demo;
}
struct counts *app_counts(struct app *app)
{
    return app->counts;
}
bool app_leaving(struct app *app)
{
    return atomic_load(&app->leaving);
}
