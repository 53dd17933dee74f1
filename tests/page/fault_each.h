/* fault_each.h: with FAULT_EACH in the environment, every request of every page test is first made with its first database call failing, then with
 * its second, and so on, until none is left to fail: that answer is the test's. So each test goes its usual way with every form that it knows to be
 * right, and nothing may show that anything failed before. What is asked of the answers between: the error's page, what was typed on it, and every
 * table as it was. tests/long/faults runs all page tests so. */
#pragma once
#include "base/arena.h"
#include "base/log.h"
#include "db/db.h"
#include "http/html.h"
#include "http/http.h"
#include "tests/test.h"

struct fe_text {
    struct str s;
};
enum { FE_TABLES = 200 };
static struct {
    struct arena *a;
    struct db *db;
    size_t n;
    struct str sql[FE_TABLES];
    int requests, faults, bad;
} fe;

DB_QUERY(fe_q_tables, struct fe_text, 0,
         "SELECT 'SELECT COALESCE(group_concat(' || (SELECT group_concat('quote(' || c.name || ')', ' || ') FROM pragma_table_info(m.name) c) || '), '''') AS s FROM ' || m.name AS s "
         "FROM sqlite_master m WHERE m.type = 'table' AND m.name NOT LIKE '%fts%' AND m.name NOT LIKE 'sqlite%' ORDER BY m.name",
         DB_COL(struct fe_text, s));

static inline bool fe_on(void)
{
    return getenv("FAULT_EACH") != NULL;
}

/* Everything that is in the database, as one number. */
static inline uint64_t fe_print(struct db *db)
{
    CLEANUP(arena_freep) struct arena *a = arena_new((size_t)1 << 30);
    uint64_t h = 1469598103934665603ULL;
    if (fe.db != db || !fe.n) {
        struct fe_text *t;
        arena_free(fe.a);
        fe.a = arena_new((size_t)1 << 24);
        fe.db = db;
        if (db_all(db, fe.a, &fe_q_tables, &t, &fe.n, DB_NONE) || fe.n > FE_TABLES)
            abort();
        for (size_t i = 0; i < fe.n; i++)
            fe.sql[i] = t[i].s;
    }
    for (size_t i = 0; i < fe.n; i++) {
        struct db_query q = {.name = "fe", .sql = arena_cstr(a, fe.sql[i]), .file = __FILE__, .row_size = sizeof(struct fe_text), .col = {DB_COL(struct fe_text, s)}};
        struct fe_text all;
        if (db_one(db, a, &q, &all, DB_NONE)) {
            printf("# %s\n", db_why(db));
            abort();
        }
        for (size_t k = 0; k < all.s.n; k++)
            h = (h ^ (unsigned char)all.s.p[k]) * 1099511628211ULL;
    }
    return h;
}

/* A field that was typed and is not on the page; NULL: all are. What is secret must not be. */
static inline const char *fe_left_out(const struct req *r)
{
    for (size_t i = 0; i < r->n_form; i++) {
        const struct pair *f = &r->form[i];
        struct buf text = {.max = 1 << 20};
        buf_c(&text, " name=\"");
        html_esc_str(&text, f->k);
        buf_c(&text, "\" value=\"");
        html_esc_str(&text, f->v);
        bool there = r->body.n && memmem(r->body.p, r->body.n, text.p, text.n);
        buf_free(&text);
        if (str_starts(f->k, STR("password")) ? there : !there && !str_is(f->k, "csrf"))
            return arena_cstr(r->a, f->k);
    }
    return NULL;
}

static inline const char *fe_said(const struct req *r, int status, bool logged_in)
{
    if (r->status != status)
        return "the fault was passed over";
    if (!memmem(r->body.p, r->body.n, "<h1", 3))
        return "there is no page";
    return r->method == POST && logged_in && !r->n_file ? fe_left_out(r) : NULL;
}

static inline void fe_judge(struct db *db, const struct req *r, int64_t nth, int status, bool logged_in, uint64_t before)
{
    const char *what = fe_said(r, status, logged_in);
    if (!what && fe_print(db) != before)
        what = "something was kept";
    fe.faults++;
    if (!what)
        return;
    fe.bad++;
    printf("# fault: %s %.*s, call %lld: %s (%d)\n", r->method == GET ? "GET" : "POST", STR_FMT(r->path), (long long)nth, what, r->status);
    test_check(false, "a fault is answered as it should be", __FILE__, __LINE__);
}

/* once(arg): makes the request. */
static inline struct req *fe_ask(struct db *db, bool logged_in, struct req *(*once)(void *arg), void *arg)
{
    fe.requests++;
    log_set_level((enum log_level)(LOG_ERROR + 1));
    for (int64_t nth = 0;; nth++) {
        uint64_t before = fe_print(db);
        int64_t calls = db_calls(db);
        db_fault(db, nth, nth % 2 ? ERR_FULL : ERR_INTERNAL);
        struct req *r = once(arg);
        db_fault(db, -1, OK);
        if (db_calls(db) - calls <= nth) {
            log_set_level(LOG_INFO);
            return r;
        }
        int bad = fe.bad;
        fe_judge(db, r, nth, nth % 2 ? 507 : 500, logged_in, before);
        if (fe.bad > bad && r->status < 500)
            return r; /* it has happened: the test goes on with it */
    }
}

static inline void fe_end(void)
{
    if (fe_on())
        printf("# each call failing: %d requests, %d faults, %d answered wrongly\n", fe.requests, fe.faults, fe.bad);
    arena_free(fe.a);
    fe.a = NULL;
    fe.n = 0;
}
