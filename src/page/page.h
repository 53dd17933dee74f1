/* page.h: one request as a page function sees it. A page reads the form into values, calls one service, and shows a template or
 * redirects. It returns an err only for what the edge (page/app.c) shows: 404, 403, 409, 500 pages.
 *
 *     enum err cohort_create(struct page *p)                       // POST /cohorts
 *     {
 *         struct form f = form_of(p->r);
 *         struct str name = form_line(&f, "name", 1, 80);
 *         if (!form_ok(&f))
 *             return cohort_new_again(p, &f);                      // shows the form with errors: page_invalid(p)
 *         int64_t id;
 *         TRY(cohort_add(&p->c, name, ..., &id));
 *         return page_go(p, "saved", "/cohorts/%lld", (long long)id);
 *     }
 *
 * GET runs on a loop thread with a read connection, or, when its route has a `prep`, on a worker thread after that; whatever saw()
 * noted is written before the answer leaves.
 * POST runs inside the writer's savepoint and is kept only when it returns OK. It may run again, and must be quick (< 5 ms): slow work
 * (password hash, parsing a file, matching) goes into the route's `prep`, which runs before on a worker thread with a read connection
 *  and leaves its result in p->prep (in p->c.a). A GET that is slow says page_slow as its prep: it then runs whole on a worker. */
#pragma once
#include "page/view.h"
#include "service/ctx.h"

struct app;
struct route;
struct page {
    struct req *r;
    struct ctx c;
    struct view v;
    struct buf *o; /* the answer's body: templates write to it */
    const struct route *route;
    struct app *app;
    void *prep;
    bool refused; /* the page's answer says "not there, or not for you" in its own way: noted like an error that says so */
    struct str form_to, framed_by; /* further origins for the CSP of this page: where its form goes, who may show it in a frame */
};
typedef enum err page_fn(struct page *p);

enum auth { AUTH_UNSET, AUTH_ANYONE, AUTH_LOGGED_IN };
struct route {
    enum method method;
    const char *path;
    enum auth auth;
    unsigned roles; /* ROLE_BIT()s that may come here at all; 0 with AUTH_ANYONE. The service decides about the thing itself. */
    page_fn *page;
    page_fn *prep;  /* see above */
    size_t body_max; /* 0: HTTP_BODY_MAX */
    bool writes;  /* a GET that changes something: runs in the writer as a POST does (what a provider of logins sends the browser to) */
    bool machine; /* a POST without our form token: from a program that proves itself in the body */
    bool outside; /* its prep asks another server: on workers of its own, so that a slow one holds nobody else up */
    const char *scope; /* programs may come with a token that has this scope (service/token.h); NULL: only people */
};
page_fn page_slow; /* for the prep column of a slow GET */
extern const struct route routes[]; /* ends with path NULL; page/routes.c */

/* Status 422 and ERR_INVALID: call it after writing the page with the form's errors; nothing is saved. */
enum err page_invalid(struct page *p) MUST_CHECK;
/* Status 409, likewise: the page that shows both versions is already written. */
enum err page_conflict(struct page *p) MUST_CHECK;
/* Redirect after a POST to a path of ours; `done` is a code of page/done.c ("saved") or NULL: the next page says so on top. */
enum err page_go(struct page *p, const char *done, const char *fmt, ...) MUST_CHECK __attribute__((format(printf, 3, 4)));
/* An id of the path (":id"): ERR_NOT_FOUND when it is no positive number. */
enum err page_id(struct page *p, const char *name, int64_t *id) MUST_CHECK;
/* The version a form saw: hidden field "version"; 0 when absent. */
int64_t page_version(const struct page *p);
/* A query parameter as number; `otherwise` when absent or odd. */
int64_t page_query_int(const struct page *p, const char *name, int64_t otherwise);
/* A file to save: sets type and Content-Disposition with a name of ASCII letters. Then write p->o. */
void page_download(struct page *p, const char *type, const char *filename);
/* A text that a service gives in the reader's language outside templates: `const struct view *v = &p->v;` and T() of view.h. */
