#include "page/app.h"
#include "base/log.h"
#include "base/secret.h"
#include "base/tm.h"
#include "http/assets.h"
#include "http/route.h"
#include "model/account.h"
#include "gen/error.html.h"
#include "page/done.h"
#include "page/login/login.h"
#include "page/nav.h"
#include "page/other_lang.h"
#include "service/login.h"
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { WORKERS = 4, LOOPS_MAX = 8, TRIES = 3, TOUCH_MS = 60000 };

struct app {
    struct http_server *http;
    struct writer *writer;
    struct db *read[LOOPS_MAX];
    char base_url[256];
    bool demo;
    pthread_t worker[WORKERS];
    int n_workers;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    struct job *first, *last; /* waiting for a worker */
    bool stop;
    char db_url[512];
    _Atomic int64_t requests, by_class[6];
};

/* One request under way. Lives in the request's arena. */
struct job {
    struct work work;
    struct page p;
    struct app *app; /* NULL in app_inline */
    bool demo;
    const struct route *route;
    struct session_row session; /* id 0: not logged in */
    struct actor actor;
    struct str cookie; /* the session's or the visitor's token; the form token is made from it */
    bool cookie_new;
    struct str once_key;
    bool asks_login; /* the answer has a login form */
    int tries;
    enum err result; /* of the page, while its look-ups are saved */
    struct job *next;
};

static const char *cookie_name(const struct req *r, const char *plain, const char *secure)
{
    return r->secure ? secure : plain;
}
#define SESSION_COOKIE(r) cookie_name((r), "sb", "__Host-sb")
#define VISITOR_COOKIE(r) cookie_name((r), "sb_v", "__Host-sb_v")
#define DEVICE_COOKIE(r) cookie_name((r), "sb_d", "__Host-sb_d")

void app_login_cookies(struct page *p, struct str token, struct str device)
{
    /* Longer than the session: a form that comes just after its end is still known as ours. */
    res_cookie(p->r, SESSION_COOKIE(p->r), token, 2 * (LOGIN_SESSION_MS / 1000), p->r->secure);
    res_cookie(p->r, DEVICE_COOKIE(p->r), device, 365 * 86400, p->r->secure);
}

void app_logout_cookie(struct page *p)
{
    res_cookie(p->r, SESSION_COOKIE(p->r), STR(""), 0, p->r->secure);
    res_header(p->r, "Clear-Site-Data", STR("\"cache\", \"storage\""));
}

struct str app_device_cookie(const struct page *p)
{
    struct str c = req_cookie(p->r, DEVICE_COOKIE(p->r));
    return c.n == SECRET_TOKEN_CHARS ? c : STR("");
}

int64_t app_session_id(const struct page *p)
{
    return ((const struct job *)p->r->app)->session.id;
}

static struct str csrf_of(struct arena *a, struct str cookie)
{
    struct str parts[2] = {STR("form"), cookie};
    return secret_hash_hex(a, arena_join(a, parts, 2, STR(":")));
}

struct str app_form_token(const struct page *p, struct str token)
{
    return csrf_of(p->c.a, token);
}

static enum lang lang_of_request(const struct req *r, struct str account_lang)
{
    enum lang lang;
    if (lang_of(req_query(r, "lang"), &lang) || lang_of(req_cookie(r, "sb_lang"), &lang) || lang_of(account_lang, &lang))
        return lang;
    return lang_accept(req_header(r, "accept-language"));
}

/* Who is it? Fills actor, context and view. May run again for the same request. */
static enum err begin(struct job *j, struct db *db)
{
    struct page *p = &j->p;
    struct req *r = p->r;
    j->actor = (struct actor){0};
    j->session = (struct session_row){0};
    *p = (struct page){.r = r, .o = &r->body, .route = j->route, .app = j->app, .prep = p->prep};
    r->status = 0;
    r->n_out = 0;
    r->type = "text/html; charset=utf-8";
    r->static_body = (struct str){0};
    buf_clear(&r->body);

    struct str token = req_cookie(r, SESSION_COOKIE(r));
    if (token.n == SECRET_TOKEN_CHARS) {
        enum err e = session_find(db, r->a, secret_hash_hex(r->a, token), r->now, &j->session);
        if (e && e != ERR_NOT_FOUND)
            return e;
        if (j->session.seen_at + LOGIN_IDLE_MS < r->now)
            j->session = (struct session_row){0};
    }
    if (j->session.id) {
        const struct session_row *s = &j->session;
        j->actor = (struct actor){.account_id = s->account_id, .organisation_id = s->organisation_id,
                                  .account_role_id = s->account_role_id, .role = role_of(s->role), .name = s->name};
        j->actor.participant_id = j->actor.role == ROLE_TRAINEE ? s->participant_id : 0;
        j->actor.mentor_id = j->actor.role == ROLE_MENTOR ? s->mentor_id : 0;
        j->actor.unbound = j->actor.mentor_id && !s->promised_at;
        j->cookie = token;
    } else if (!j->cookie_new) {
        j->cookie = req_cookie(r, VISITOR_COOKIE(r));
        if (j->cookie.n != SECRET_TOKEN_CHARS) {
            j->cookie = secret_token(r->a);
            j->cookie_new = true;
        }
    }
    enum lang lang = lang_of_request(r, j->session.lang);
    int today = tm_on_of(r->now);
    p->c = (struct ctx){.a = r->a, .db = db, .actor = &j->actor, .now = r->now, .today = today, .lang = lang, .demo = j->demo,
                        .base_url = j->app ? str_c(j->app->base_url) : STR("http://localhost"), .request = r->id};
    p->v = (struct view){.a = r->a, .lang = lang, .actor = &j->actor, .csrf = csrf_of(r->a, j->cookie),
                         .once = secret_token(r->a), .now = r->now, .today = today, .path = r->path, .lang_base = other_lang_base(r),
                         .organisation = j->session.organisation, .demo = j->demo,
                         .dense = (ROLES_STAFF & ROLE_BIT(j->actor.role)) != 0,
                         .done = done_text(req_query(r, "done"))};
    nav_fill(&p->v);
    if (j->session.n_roles > 1) {
        struct role_row *rows;
        size_t n;
        TRY(role_of_account(db, r->a, j->actor.account_id, r->now, &rows, &n));
        struct role_choice *rc = ARENA_ARRAY(r->a, struct role_choice, n);
        for (size_t i = 0; i < n; i++)
            rc[i] = (struct role_choice){rows[i].id, role_of(rows[i].role), rows[i].organisation,
                                         rows[i].id == j->actor.account_role_id};
        p->v.roles = rc;
        p->v.n_roles = n;
    }
    return OK;
}

/* A browser names the page a form came from: it must be one of ours, scheme, host and port. One that names none has only the form token. */
static bool origin_ours(const struct job *j)
{
    const struct req *r = j->p.r;
    struct str origin = req_header(r, "origin"), parts[2] = {r->secure ? STR("https") : STR("http"), req_header(r, "host")};
    return !origin.n || str_eq_nocase(origin, arena_join(r->a, parts, 2, STR("://"))) ||
           (j->app && str_eq_nocase(origin, str_c(j->app->base_url)));
}

/* What makes two sendings the same: the address and every field and file of it, the form's own token among them. */
static struct str once_key_of(const struct req *r)
{
    struct buf all = {.max = HTTP_UPLOAD_MAX + HTTP_BODY_MAX};
    buf_str(&all, r->target);
    for (size_t i = 0; i < r->n_form; i++) {
        buf_byte(&all, 0);
        buf_str(&all, r->form[i].k);
        buf_byte(&all, 1);
        buf_str(&all, r->form[i].v);
    }
    for (size_t i = 0; i < r->n_file; i++) {
        buf_byte(&all, 2);
        buf_str(&all, r->file[i].data);
    }
    struct str key = all.bad ? (struct str){0} : secret_hash_hex(r->a, buf_view(&all));
    buf_free(&all);
    return key;
}

/* Comes a form that changes something from our own page, in this session, and for the first time? *go as below. */
static enum err admit_form(struct job *j, struct db *db, bool *go)
{
    struct req *r = j->p.r;
    if (!secret_eq(req_field(r, "csrf"), j->p.v.csrf))
        return ERR_DENIED;
    if (!origin_ours(j)) {
        log_peer("page", "a form from another site, or base_url and trusted_proxy do not fit the proxy");
        return ERR_DENIED;
    }
    if (req_field(r, "once").n && j->actor.account_id) {
        if (!j->once_key.n)
            j->once_key = once_key_of(r);
        struct str to;
        enum err e = j->once_key.n ? once_find(db, r->a, j->once_key, j->actor.account_id, &to) : ERR_NOT_FOUND;
        if (e == OK) {
            res_redirect(r, to);
            return OK;
        }
        if (e != ERR_NOT_FOUND)
            return e;
    }
    *go = true;
    return OK;
}

/* A form of ours whose session has ended: the person logs in again and sends it then. */
static enum err session_ended(struct job *j)
{
    struct req *r = j->p.r;
    struct str token = req_cookie(r, SESSION_COOKIE(r));
    if (token.n == SECRET_TOKEN_CHARS && secret_eq(req_field(r, "csrf"), csrf_of(r->a, token)) && origin_ours(j)) {
        enum err e = login_ended(&j->p);
        j->asks_login = e == OK;
        if (e != ERR_LIMIT)
            return e;
    }
    res_redirect(r, STR("/login?ended=1"));
    return OK;
}

/* A mentor confirms the duty of confidentiality before anything else: what may be seen before that. */
static bool before_promise(struct str path)
{
    return str_is(path, "/mentor") || str_starts(path, STR("/mentor/")) || str_starts(path, STR("/account")) || str_is(path, "/logout");
}

/* May this visitor come to this route with this form? *go: the page function shall run. */
static enum err admit(struct job *j, struct db *db, bool *go)
{
    struct req *r = j->p.r;
    *go = false;
    if (j->route->auth == AUTH_LOGGED_IN) {
        if (!j->session.id) {
            if (r->method == GET) {
                struct buf to = {.max = 4096};
                buf_c(&to, "/login?next=");
                html_uri_str(&to, r->target);
                res_redirect(r, arena_str(r->a, to.bad ? STR("/login") : buf_view(&to)));
                buf_free(&to);
                return OK;
            }
            return session_ended(j);
        }
        if (!(j->route->roles & ROLE_BIT(j->actor.role)))
            return ERR_DENIED;
        if (j->actor.unbound && !before_promise(r->path)) {
            res_redirect(r, STR("/mentor"));
            return OK;
        }
    }
    if (r->method == POST)
        return admit_form(j, db, go);
    *go = true;
    return OK;
}

static struct str location_of(const struct req *r)
{
    for (size_t i = 0; i < r->n_out; i++)
        if (str_is(r->out[i].k, "Location"))
            return r->out[i].v;
    return (struct str){0};
}

/* The page with everything that belongs into its transaction. */
static enum err run_page(struct job *j, struct db *db)
{
    bool go;
    TRY(begin(j, db));
    TRY(admit(j, db, &go));
    if (!go)
        return OK;
    TRY(j->route->page(&j->p));
    struct req *r = j->p.r;
    if (r->body.bad)
        return ERR_LIMIT;
    if (r->method == POST) {
        TRY(seen_save(&j->p.c));
        if (j->once_key.n && r->status == 303)
            TRY(once_save(db, j->once_key, j->actor.account_id, r->now, location_of(r)));
    }
    return OK;
}

static void security_headers(struct req *r)
{
    res_header(r, "Content-Security-Policy",
               STR("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
                   "connect-src 'self'; manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"));
    res_header(r, "X-Content-Type-Options", STR("nosniff"));
    res_header(r, "Referrer-Policy", STR("same-origin"));
    res_header(r, "Cross-Origin-Opener-Policy", STR("same-origin"));
    res_header(r, "Cross-Origin-Resource-Policy", STR("same-origin"));
    res_header(r, "Permissions-Policy", STR("camera=(), geolocation=(), microphone=(), payment=(), usb=()"));
}

static const int status_of[ERR_N] = {[OK] = 200, [ERR_INVALID] = 400, [ERR_NOT_FOUND] = 404, [ERR_DENIED] = 403,
                                     [ERR_CONFLICT] = 409, [ERR_STATE] = 409, [ERR_LIMIT] = 413, [ERR_BUSY] = 503,
                                     [ERR_FULL] = 507, [ERR_INTERNAL] = 500};

/* Has the page itself written what to show with this error? */
static bool own_page(const struct req *r, enum err e)
{
    return (e == ERR_INVALID || e == ERR_CONFLICT || e == ERR_STATE || e == ERR_DENIED || e == ERR_NOT_FOUND || e == ERR_LIMIT) &&
           r->status >= 400 && r->body.n && !r->body.bad;
}

/* Is somebody's data on the page although nothing is saved (a form that is wrong, or that another was faster than)? Then the look is. */
static bool looks_left(const struct job *j, enum err e)
{
    return j->p.c.n_seen && own_page(j->p.r, e);
}

/* Last: status, error page, headers, log. */
static void finish(struct job *j, enum err e)
{
    struct req *r = j->p.r;
    if (e && !own_page(r, e)) {
        buf_clear(&r->body);
        r->static_body = (struct str){0};
        r->n_out = 0;
        r->type = "text/html; charset=utf-8";
        r->status = status_of[e];
        if (!j->p.v.a) /* the session itself could not be read */
            j->p.v = (struct view){.a = r->a, .actor = &j->actor, .now = r->now, .today = tm_on_of(r->now), .path = r->path,
                                   .lang_base = other_lang_base(r), .lang = lang_of_request(r, STR("")), .csrf = STR(""), .once = STR("")};
        html_error_page(&r->body, &j->p.v, e, r->id);
    }
    if (e == ERR_INTERNAL)
        log_error("page", "failed", LOG_S("route", str_c(j->route ? j->route->path : "?")), LOG_S("request", r->id));
    else if (e == ERR_FULL || e == ERR_BUSY)
        log_warn("page", err_name(e), LOG_S("route", str_c(j->route ? j->route->path : "?")), LOG_S("request", r->id));
    if (!r->status)
        r->status = 200;
    if (r->status == 503)
        res_header(r, "Retry-After", STR("5"));
    security_headers(r);
    if (!r->static_body.n)
        res_header(r, "Cache-Control", STR("no-store"));
    if (r->status == 503)
        res_header(r, "Retry-After", STR("5"));
    /* Anew each time, so that the form on this page works for a day; not to machines. */
    if (!j->session.id && ((r->method == GET && r->status == 200) || j->asks_login) && str_starts(str_c(r->type), STR("text/html")))
        res_cookie(r, VISITOR_COOKIE(r), j->cookie, 86400, r->secure);
    enum lang lang;
    if (lang_of(req_query(r, "lang"), &lang))
        res_cookie(r, "sb_lang", str_c(lang_info[lang].code), 365 * 86400, r->secure);
    if (j->app) {
        j->app->requests++;
        j->app->by_class[r->status / 100 % 6]++;
    }
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
    TRY(seen_save(&j->p.c));
    if (j->session.id && j->session.seen_at + TOUCH_MS < j->p.r->now)
        TRY(session_touch(db, j->session.id, j->p.r->now));
    return OK;
}
static void looks_saved(struct work *w, enum err e)
{
    struct job *j = (struct job *)w;
    answer(j, e ? e : j->result);
}
/* To the writer with the look-ups; false when it takes nothing more. Then the job is not the caller's any more. */
static bool looks_push(struct job *j, enum err result)
{
    j->result = result;
    j->work.run = save_looks;
    j->work.done = looks_saved;
    return writer_push(j->app->writer, &j->work) == OK;
}

static enum err post_run(struct work *w, struct db *db)
{
    return run_page((struct job *)w, db);
}
static void post_done(struct work *w, enum err e)
{
    struct job *j = (struct job *)w;
    if (e == ERR_BUSY && ++j->tries < TRIES && writer_push(j->app->writer, w) == OK)
        return;
    if (looks_left(j, e)) {
        if (looks_push(j, e))
            return;
        e = ERR_BUSY;
    }
    answer(j, e);
}

static void post_push(struct job *j)
{
    j->work.run = post_run;
    j->work.done = post_done;
    enum err e = writer_push(j->app->writer, &j->work);
    if (e)
        answer(j, ERR_BUSY);
}

/* A GET on this connection: finished when it returns, or, if true, when its look-ups are saved. */
static bool get_run(struct job *j, struct db *db)
{
    struct req *r = j->p.r;
    enum err e = ERR_BUSY;
    for (int i = 0; i < TRIES && e == ERR_BUSY; i++) {
        CLEANUP(db_tx_end) struct db_tx tx = {0};
        e = db_begin_read(db, &tx);
        if (!e)
            e = run_page(j, db);
    }
    bool touch = j->session.id && j->session.seen_at + TOUCH_MS < r->now;
    if ((e == OK && (j->p.c.n_seen || touch)) || looks_left(j, e)) {
        if (looks_push(j, e))
            return true;
        e = ERR_BUSY;
    }
    finish(j, e);
    return false;
}

static void *worker_main(void *arg)
{
    struct app *app = arg;
    struct db *db = NULL;
    if (db_connect(app->db_url, DB_READ, &db) != OK)
        log_bug("a worker cannot open the database");
    for (;;) {
        pthread_mutex_lock(&app->lock);
        while (!app->first && !app->stop)
            pthread_cond_wait(&app->wake, &app->lock);
        struct job *j = app->first;
        if (j) {
            app->first = j->next;
            if (!app->first)
                app->last = NULL;
        }
        pthread_mutex_unlock(&app->lock);
        if (!j)
            break;
        bool go = false;
        enum err e = db ? begin(j, db) : ERR_INTERNAL;
        if (!e)
            e = admit(j, db, &go);
        if (!e && go)
            e = j->route->prep(&j->p);
        if (e || !go)
            answer(j, e);
        else if (j->route->method == POST)
            post_push(j);
        else if (!get_run(j, db))
            http_answer(j->p.r);
    }
    db_close(db);
    return NULL;
}

static void worker_push(struct app *app, struct job *j)
{
    pthread_mutex_lock(&app->lock);
    j->next = NULL;
    if (app->last)
        app->last->next = j;
    else
        app->first = j;
    app->last = j;
    pthread_cond_signal(&app->wake);
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

/* The path is there, but not for this method. Others than these two never come so far. */
static void other_method(struct req *r)
{
    r->status = 405;
    res_header(r, "Allow", r->method == POST ? STR("GET, HEAD") : STR("POST"));
}

static bool serve_asset(struct req *r)
{
    const struct asset *as = r->method == GET ? asset_find(r->path) : NULL;
    if (!as)
        return false;
    const char *encoding = NULL;
    r->static_body = asset_body(as, req_header(r, "accept-encoding"), &encoding);
    r->type = as->type;
    r->status = 200;
    res_header(r, "Cache-Control", str_c(asset_caching(as, r->path)));
    if (encoding)
        res_header(r, "Content-Encoding", str_c(encoding));
    res_header(r, "Vary", STR("Accept-Encoding"));
    res_header(r, "Content-Security-Policy", STR("default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"));
    res_header(r, "X-Content-Type-Options", STR("nosniff"));
    res_header(r, "Referrer-Policy", STR("same-origin"));
    res_header(r, "Cross-Origin-Resource-Policy", STR("same-origin"));
    return true;
}

static struct job *job_new(struct app *app, bool demo, struct req *r, const struct route *rt)
{
    struct job *j = ARENA_NEW(r->a, struct job);
    j->app = app;
    j->demo = demo;
    j->route = rt;
    j->p.r = r;
    r->app = j;
    return j;
}

static enum http_when handle(void *user, int loop, struct req *r)
{
    struct app *app = user;
    if (serve_asset(r))
        return HTTP_NOW;
    bool known;
    const struct route *rt = find_route(r, &known);
    struct job *j = job_new(app, app->demo, r, rt);
    struct db *db = app->read[loop];
    if (!rt) {
        enum err e = begin(j, db);
        finish(j, e ? e : ERR_NOT_FOUND);
        if (known && !e)
            other_method(r);
        return HTTP_NOW;
    }
    if (rt->prep || rt->method == POST) {
        if (rt->prep)
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

void app_inline(struct db *db, bool demo, struct req *r)
{
    if (serve_asset(r))
        return;
    bool known;
    const struct route *rt = find_route(r, &known);
    struct job *j = job_new(NULL, demo, r, rt);
    enum err e = OK;
    if (rt && rt->prep) {
        bool go = false;
        e = begin(j, db);
        if (!e)
            e = admit(j, db, &go);
        if (!e && go)
            e = rt->prep(&j->p);
        if (e || !go) {
            finish(j, e);
            return;
        }
    }
    for (int i = 0; i < TRIES; i++) {
        CLEANUP(db_tx_end) struct db_tx tx = {0};
        e = db_begin(db, &tx);
        if (!e)
            e = rt ? run_page(j, db) : begin(j, db);
        if (!e && r->method == GET)
            e = seen_save(&j->p.c);
        if (!e)
            e = db_commit(&tx);
        if (e != ERR_BUSY)
            break;
    }
    if (looks_left(j, e)) {
        CLEANUP(db_tx_end) struct db_tx tx = {0};
        enum err saved = db_begin(db, &tx);
        if (!saved)
            saved = seen_save(&j->p.c);
        if (!saved)
            saved = db_commit(&tx);
        e = saved ? saved : e;
    }
    finish(j, !e && !rt ? ERR_NOT_FOUND : e);
    if (!rt && known && !e)
        other_method(r);
}

static void app_free(struct app *app)
{
    for (int i = 0; i < LOOPS_MAX; i++)
        db_close(app->read[i]);
    pthread_mutex_destroy(&app->lock);
    pthread_cond_destroy(&app->wake);
    free(app);
}

void app_stop(struct app *app)
{
    if (!app)
        return;
    http_stop(app->http);
    pthread_mutex_lock(&app->lock);
    app->stop = true;
    pthread_cond_broadcast(&app->wake);
    pthread_mutex_unlock(&app->lock);
    for (int i = 0; i < app->n_workers; i++)
        pthread_join(app->worker[i], NULL);
    writer_stop(app->writer);
    app_free(app);
}

static enum err start_all(struct app *app, const struct app_conf *conf)
{
    TRY(writer_start(conf->db_url, &app->writer));
    int loops = conf->loops ? conf->loops : (int)sysconf(_SC_NPROCESSORS_ONLN);
    if (loops < 1)
        loops = 1;
    if (loops > LOOPS_MAX)
        loops = LOOPS_MAX;
    for (int i = 0; i < loops; i++)
        TRY(db_connect(conf->db_url, DB_READ, &app->read[i]));
    for (; app->n_workers < WORKERS; app->n_workers++)
        if (pthread_create(&app->worker[app->n_workers], NULL, worker_main, app))
            return ERR_INTERNAL;
    struct http_conf hc = {.listen = conf->listen, .loops = loops, .trusted_proxy = conf->trusted_proxy, .handle = handle,
                           .body_max = body_max, .user = app};
    TRY(http_start(&hc, &app->http));
    if (!app->base_url[0])
        snprintf(app->base_url, sizeof app->base_url, "http://127.0.0.1:%d", http_port(app->http));
    return OK;
}

enum err app_start(const struct app_conf *conf, struct app **out)
{
    struct app *app = calloc(1, sizeof *app);
    if (!app)
        return ERR_INTERNAL;
    pthread_mutex_init(&app->lock, NULL);
    pthread_cond_init(&app->wake, NULL);
    app->demo = conf->demo;
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
bool app_demo(const struct app *app)
{
    return app->demo;
}
struct app_counts app_counts(struct app *app)
{
    struct app_counts c = {.requests = app->requests};
    for (int i = 0; i < 6; i++)
        c.by_class[i] = app->by_class[i];
    return c;
}
