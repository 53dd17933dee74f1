/* login_test.h: a browser of somebody who is not logged in: keeps cookies from answer to answer, takes the form token from the page. */
#pragma once
#include "model/log.h"
#include "model/login.h"
#include "model/outbox.h"
#include "page_test.h"

struct browser {
    struct pt *t;
    struct pair jar[12];
    size_t n;
    struct str csrf; /* of the last page */
    const char *agent, *network;
};

static inline void jar_put(struct browser *b, struct str name, struct str value)
{
    size_t i = 0;
    while (i < b->n && !str_eq(b->jar[i].k, name))
        i++;
    if (i == b->n)
        b->n++;
    b->jar[i] = (struct pair){name, value};
}

static inline struct str jar_get(const struct browser *b, const char *name)
{
    for (size_t i = 0; i < b->n; i++)
        if (str_is(b->jar[i].k, name))
            return b->jar[i].v;
    return STR("");
}

static inline void jar_read(struct browser *b, const struct req *r)
{
    for (size_t i = 0; i < r->n_out; i++) {
        if (!str_is(r->out[i].k, "Set-Cookie"))
            continue;
        struct str rest = r->out[i].v, all = str_cut(&rest, ';'), name = str_cut(&all, '=');
        jar_put(b, arena_str(b->t->a, name), arena_str(b->t->a, all));
    }
    const char *at = r->body.n ? memmem(r->body.p, r->body.n, "name=\"csrf\" value=\"", 19) : NULL;
    if (at)
        b->csrf = arena_str(b->t->a, (struct str){at + 19, 64});
}

static inline struct req *browse(struct browser *b, const char *method, const char *path, const char *form)
{
    struct str cookies = STR(""), body = STR("");
    for (size_t i = 0; i < b->n; i++)
        if (b->jar[i].v.n)
            cookies = arena_fmt(b->t->a, "%.*s%s%.*s=%.*s", STR_FMT(cookies), cookies.n ? "; " : "", STR_FMT(b->jar[i].k), STR_FMT(b->jar[i].v));
    if (form)
        body = arena_fmt(b->t->a, "csrf=%.*s&%s", STR_FMT(b->csrf), form);
    struct req *r = ARENA_NEW(b->t->a, struct req);
    PT_MUST(http_fake(b->t->a, method, path, cookies.n ? cookies.p : NULL, form ? body.p : NULL, r));
    r->now = b->t->now;
    if (b->network)
        r->peer = str_c(b->network);
    app_inline(b->t->db, b->t->demo, r);
    pt_keep(b->t, r);
    jar_read(b, r);
    return r;
}
static inline struct req *visit(struct browser *b, const char *path)
{
    return browse(b, "GET", path, NULL);
}
static inline struct req *submit(struct browser *b, const char *path, const char *form)
{
    return browse(b, "POST", path, form);
}

static inline void has_password(struct pt *t, int64_t account_id, const char *password)
{
    struct str hash;
    PT_MUST(secret_password_hash(t->a, str_c(password), &hash));
    PT_MUST(account_set_password(t->db, account_id, hash));
}

/* GET /login and the form, as a person does. */
static inline struct req *log_in(struct browser *b, const char *email, const char *password, const char *more)
{
    (void)visit(b, "/login");
    struct req *r = submit(b, "/login", arena_fmt(b->t->a, "email=%s&password=%s%s", email, password, more).p);
    if (str_is(pt_location(r), "/login/step"))
        (void)visit(b, "/login/step"); /* where the browser goes on: its form token */
    return r;
}

/* The text between two others in an answer; "" when it is not there. */
static inline struct str between(struct pt *t, struct str all, const char *from, const char *to)
{
    const char *at = all.n ? memmem(all.p, all.n, from, strlen(from)) : NULL;
    if (!at)
        return STR("");
    at += strlen(from);
    const char *end = memmem(at, (size_t)(all.p + all.n - at), to, strlen(to));
    return end ? arena_str(t->a, (struct str){at, (size_t)(end - at)}) : STR("");
}
static inline struct str body_of(const struct req *r)
{
    return (struct str){r->body.p, r->body.n};
}

static inline size_t mails(struct pt *t, struct outbox_row **rows)
{
    size_t n;
    PT_MUST(outbox_list(t->db, t->a, t->organisation_id, 0, 100000, rows, &n));
    return n;
}
