/* page_test.h: whole requests in process: a fresh database in memory, people in every role, GET and POST through the same edge as in
 * the server (page/app.h: app_inline). Assert on status, text and ids, not on tags.
 *
 *     struct pt t = pt_start();
 *     struct req *r = pt_get(&t, ROLE_PROJECT_LEADER, "/participants");
 *     CHECK(r->status == 200 && pt_has(r, "Deltakere"));
 *     r = pt_post(&t, ROLE_PROJECT_LEADER, "/cohorts", "name=V%C3%A5r&start_on=1.2.2027&seats=5");
 *     CHECK(pt_went(r, "/cohorts/1"));
 *     pt_end(&t);
 */
#pragma once
#include "base/secret.h"
#include "base/tm.h"
#include "base/vault.h"
#include "db/migrate.h"
#include "domain/confidentiality.h"
#include "model/account.h"
#include "model/confidentiality.h"
#include "model/setting.h"
#include "page/app.h"
#include "fault_each.h"
#include "tests/test.h"
#include "tests/test_db.h"

struct pt_person {
    int64_t account_id;
    struct str token; /* of the session cookie */
};
struct pt {
    struct arena *a;
    struct db *db;
    int64_t organisation_id, now;
    struct pt_person who[ROLE_N]; /* one in each role; add more with pt_add */
    bool demo;
};

#define PT_MUST(expr)                                                                              \
    do {                                                                                           \
        enum err pt_e = (expr);                                                                    \
        if (pt_e) {                                                                                \
            printf("not ok - %s:%d: %s gave %s\n", __FILE__, __LINE__, #expr, err_name(pt_e));     \
            exit(1);                                                                               \
        }                                                                                          \
    } while (0)

/* Another person with a role and an open session. */
static inline struct pt_person pt_add(struct pt *t, enum role role, const char *email, const char *name)
{
    struct pt_person p = {0};
    int64_t role_id, session_id;
    struct account_row acc = {.email = str_c(email), .name = str_c(name), .lang = STR("nb"), .created_at = t->now};
    PT_MUST(account_insert(t->db, &acc, &p.account_id));
    struct role_row r = {.account_id = p.account_id, .organisation_id = t->organisation_id, .role = str_c(role_code(role)), .from_at = t->now};
    PT_MUST(role_insert(t->db, &r, &role_id));
    if (role == ROLE_MENTOR || role == ROLE_SUPERVISOR) /* the duty of confidentiality; pt_unsign takes it back */
        PT_MUST(confidentiality_insert(t->db, &(struct confidentiality_row){.account_id = p.account_id, .text_version = CONFIDENTIALITY_VERSION,
                                                                            .lang = STR("nb"), .at = t->now}));
    p.token = secret_token(t->a);
    struct session_row s = {.token_hash = secret_hash_hex(t->a, p.token), .account_id = p.account_id, .account_role_id = role_id,
                            .created_at = t->now, .seen_at = t->now, .expires_at = t->now + 36000000};
    PT_MUST(session_insert(t->db, &s, &session_id));
    return p;
}

DB_EXEC(pt_q_unsign, 1, "DELETE FROM confidentiality WHERE account_id = $1");
/* As if never signed. */
static inline void pt_unsign(struct pt *t, struct pt_person who)
{
    PT_MUST(db_run(t->db, &pt_q_unsign, NULL, DB_IN(who.account_id)));
}

DB_EXEC(pt_q_seen, 1, "UPDATE session SET seen_at = $1");
/* It is `now`, and every open session was used just then. */
static inline void pt_clock(struct pt *t, int64_t now)
{
    t->now = now;
    PT_MUST(db_run(t->db, &pt_q_seen, NULL, DB_IN(now)));
}

static inline struct pt pt_start_in(const char *url)
{
    struct pt t = {.a = arena_new((size_t)1 << 30), .now = tm_now()};
    char why[200] = "";
    PT_MUST(secret_start());
    vault_start_random();
    PT_MUST(db_connect(url, DB_WRITE, &t.db));
    PT_MUST(migrate(t.db, migrations, t.now, why, sizeof why));
    struct organisation_row o = {.name = STR("Prøveby kommune"), .kind = STR("municipality"), .municipality = STR("5001"), .created_at = t.now};
    PT_MUST(organisation_insert(t.db, &o, &t.organisation_id));
    for (enum role role = ROLE_ADMINISTRATOR; role < ROLE_N; role++) {
        struct str email = arena_fmt(t.a, "%s@example.no", role_demo(role)), name = arena_fmt(t.a, "Test %s", role_demo(role));
        t.who[role] = pt_add(&t, role, email.p, name.p);
    }
    return t;
}

static inline struct pt pt_start(void)
{
    return pt_start_in(test_db());
}

static inline void pt_end(struct pt *t)
{
    fe_end();
    db_close(t->db);
    arena_free(t->a);
}

/* The answer's body moves to the arena, so that nothing has to be freed. */
static inline void pt_keep(struct pt *t, struct req *r)
{
    struct str kept = arena_str(t->a, buf_view(&r->body));
    buf_free(&r->body);
    r->body = (struct buf){.p = (char *)(uintptr_t)kept.p, .n = kept.n};
}

struct pt_request {
    struct pt *t;
    struct str token;
    const char *method, *path, *form;
};
static inline struct req *pt_ask_once(void *arg)
{
    const struct pt_request *q = arg;
    struct pt *t = q->t;
    struct req *r = ARENA_NEW(t->a, struct req);
    struct str cookie = q->token.n ? arena_fmt(t->a, "sb=%.*s", STR_FMT(q->token)) : STR("");
    PT_MUST(http_fake(t->a, q->method, q->path, cookie.n ? cookie.p : NULL, q->form, r));
    r->now = t->now;
    app_inline(t->db, t->demo, r);
    arena_lift(t->a); /* room for the copy, where a test says how little there is */
    pt_keep(t, r);
    return r;
}
static inline struct req *pt_ask(struct pt *t, struct str token, const char *method, const char *path, const char *form)
{
    struct pt_request q = {t, token, method, path, form};
    return fe_on() ? fe_ask(t->db, token.n > 0, pt_ask_once, &q) : pt_ask_once(&q);
}
static inline struct req *pt_get_as(struct pt *t, struct pt_person who, const char *path)
{
    return pt_ask(t, who.token, "GET", path, NULL);
}
/* The form token is added. */
static inline struct req *pt_post_as(struct pt *t, struct pt_person who, const char *path, const char *form)
{
    struct str parts[2] = {STR("form"), who.token};
    struct str csrf = secret_hash_hex(t->a, arena_join(t->a, parts, 2, STR(":")));
    struct str body = arena_fmt(t->a, "csrf=%.*s%s%s", STR_FMT(csrf), *form ? "&" : "", form);
    return pt_ask(t, who.token, "POST", path, body.p);
}
static inline struct req *pt_get(struct pt *t, enum role role, const char *path)
{
    return pt_get_as(t, t->who[role], path);
}
static inline struct req *pt_post(struct pt *t, enum role role, const char *path, const char *form)
{
    return pt_post_as(t, t->who[role], path, form);
}
static inline bool pt_has(const struct req *r, const char *text)
{
    return r->body.n && memmem(r->body.p, r->body.n, text, strlen(text)) != NULL;
}
static inline struct str pt_location(const struct req *r)
{
    for (size_t i = 0; i < r->n_out; i++)
        if (str_is(r->out[i].k, "Location"))
            return r->out[i].v;
    return STR("");
}
/* Redirected to this path (whatever its query). */
static inline bool pt_went(const struct req *r, const char *path)
{
    struct str to = pt_location(r), q = str_cut(&to, '?'), h = str_cut(&q, '#');
    if (r->status != 303 || !str_is(h, path))
        printf("# status %d, went to '%.*s'\n", r->status, STR_FMT(h));
    return r->status == 303 && str_is(h, path);
}
