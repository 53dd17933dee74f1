/* app.h: the edge, where a request meets session, route, transaction and answer. The only place that turns an enum err into a page.
 *
 * The way of a request: match the route -> session gives the actor -> may this role come here? -> form token (CSRF) -> has this form been
 * sent already? -> the page function -> look-ups and form token saved -> commit -> answer. GET runs on the loop thread that got it; POST in
 * the writer's savepoint, after the route's `prep` on a worker thread. */
#pragma once
#include "db/writer.h"
#include "page/page.h"

struct app_conf {
    const char *db_url;   /* for db_connect */
    const char *listen;   /* "127.0.0.1:8080" */
    const char *base_url; /* for links in mails; NULL: http:// and listen */
    const char *trusted_proxy;
    bool demo;
    int loops;            /* 0: one per core */
};
enum err app_start(const struct app_conf *conf, struct app **out) MUST_CHECK;
void app_stop(struct app *app);
int app_port(const struct app *app);
struct writer *app_writer(struct app *app);
bool app_demo(const struct app *app);

/* One request from start to finish on one connection, without threads: tests of pages in process. r comes from http_fake.
 * `db` must be a DB_WRITE connection. Answer in r. */
void app_inline(struct db *db, bool demo, struct req *r);

/* What /metrics shows. */
struct app_counts {
    int64_t requests, by_class[6]; /* by_class[2]: 2xx answers */
};
struct app_counts app_counts(struct app *app);

/* Cookies: a login's, a device's, a visitor's. With the __Host- prefix when the request came by TLS. */
void app_login_cookies(struct page *p, struct str token, struct str device);
void app_logout_cookie(struct page *p);
struct str app_device_cookie(const struct page *p);
/* The form token of a session that is opened by this request. */
struct str app_form_token(const struct page *p, struct str token);
int64_t app_session_id(const struct page *p);
