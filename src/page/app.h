/* app.h: the edge, where a request meets session, route, transaction and answer. The only place that turns an enum err into a page.
 *
 * The way of a request: match the route -> session gives the actor -> may this role come here? -> form token (CSRF) -> has this form been
 * sent already? -> the page function -> look-ups and form token saved -> commit -> answer. GET runs on the loop thread that got it; POST in
 * the writer's savepoint, after the route's `prep` on a worker thread. */
#pragma once
#include "db/writer.h"
#include "oidc/provider.h"
#include "page/page.h"

struct app_conf {
    const char *db_url;   /* for db_connect */
    const char *listen_url; /* for ear_start, when it is another; NULL */
    const char *listen;   /* "127.0.0.1:8080" */
    const char *base_url; /* for links in mails; NULL: http:// and listen */
    const char *trusted_proxy;
    bool demo;
    int loops;            /* 0: one per core */
    const struct oidc_conf *oidc; /* providers of logins */
    size_t n_oidc;
};
enum err app_start(const struct app_conf *conf, struct app **out) MUST_CHECK;
/* Stopping in steps: /readyz says no, all else goes on as before; */
void app_leave(struct app *app);
bool app_leaving(struct app *app);
/* listening ends, requests under way are finished, documents are stored and their readers told to come again; the writer goes on; */
void app_close(struct app *app);
/* what was not done yet of these, then the writer, and the memory. NULL is fine. */
void app_stop(struct app *app);
int app_port(const struct app *app);
struct writer *app_writer(struct app *app);
bool app_demo(const struct app *app);
struct live;
struct servers;
struct servers *app_servers(struct app *app);
struct live *app_live(struct app *app);

/* The providers of logins; NULL in app_inline. */
struct oidc *app_oidc(const struct page *p);

/* One request from start to finish on one connection, without threads: tests of pages in process. r comes from http_fake.
 * `db` must be a DB_WRITE connection. Answer in r. */
void app_inline(struct db *db, bool demo, struct req *r);

struct counts;
struct counts *app_counts(struct app *app); /* page/counts.h */

/* Cookies: a login's, a device's, a visitor's. With the __Host- prefix when the request came by TLS. */
struct login_opened;
void app_login_cookies(struct page *p, const struct login_opened *o);
/* Ends the cookie, and on a shared computer clears what the browser keeps. */
void app_logout_cookie(struct page *p);
/* Between two steps of a login: the half login (service/factor.h), the browser that asked for a link (service/login_link.h). "": ends it. */
enum app_cookie { COOKIE_STEP, COOKIE_LINK };
void app_put_cookie(struct page *p, enum app_cookie which, struct str token, int64_t lasts_ms);
struct str app_cookie(const struct page *p, enum app_cookie which);
/* The session's new token, after a step up. */
void app_renew_cookie(struct page *p, struct str token);
struct str app_device_cookie(const struct page *p);
/* The form token of a session that is opened by this request. */
struct str app_form_token(const struct page *p, struct str token);
int64_t app_session_id(const struct page *p);
/* id 0: not logged in. */
struct session_row;
const struct session_row *app_session(const struct page *p);
/* May a script that came with this request's cookie be trusted to be ours? A program with a token brings no cookie. */
bool app_origin_ours(const struct page *p);
/* The hash of what the request was authenticated with, 64 hex digits: for asking again later. */
void app_key(const struct page *p, char out[65], bool *program);
