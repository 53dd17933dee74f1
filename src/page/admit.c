/* admit.h: session, actor, form token. */
#include "page/admit.h"
#include "base/log.h"
#include "base/secret.h"
#include "base/tm.h"
#include "model/token.h"
#include "page/cookie.h"
#include "page/done.h"
#include "page/edge.h"
#include "page/login/login.h"
#include "page/nav.h"
#include "page/other_lang.h"
#include "service/login.h"
#include "service/login_rules.h"
#include "service/relation.h"

int64_t app_session_id(const struct page *p)
{
    return ((const struct job *)p->r->app)->session.id;
}

const struct session_row *app_session(const struct page *p)
{
    return &((const struct job *)p->r->app)->session;
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

enum lang admit_lang(const struct req *r, struct str account_lang)
{
    enum lang lang;
    if (lang_of(req_query(r, "lang"), &lang) || lang_of(req_cookie(r, "sb_lang"), &lang) || lang_of(account_lang, &lang))
        return lang;
    return lang_accept(req_header(r, "accept-language"));
}

/* "Authorization: Bearer TOKEN", on routes that programs may use. One that does not hold is nobody. */
static enum err begin_program(struct job *j, struct db *db)
{
    struct req *r = j->p.r;
    struct str token = req_header(r, "authorization"), scopes;
    if (!str_eq_nocase(str_cut(&token, ' '), STR("bearer")))
        return OK;
    struct session_row s;
    enum err e = token_find(db, r->a, secret_hash_hex(r->a, str_trim(token)), r->now, &s, &scopes);
    if (e == ERR_NOT_FOUND)
        return OK;
    TRY(e);
    if (edge_has_scope(scopes, j->route->scope)) {
        j->session = s;
        j->program = true;
    }
    return OK;
}

/* The person's other roles, for switching. */
static enum err fill_roles(struct job *j, struct db *db)
{
    struct page *p = &j->p;
    struct req *r = p->r;
    struct role_row *rows;
    size_t n;
    TRY(role_of_account(db, r->a, j->actor.account_id, r->now, &rows, &n));
    struct role_choice *rc = ARENA_ARRAY(r->a, struct role_choice, n);
    for (size_t i = 0; i < n; i++)
        rc[i] = (struct role_choice){rows[i].id, role_of(rows[i].role), rows[i].organisation,
                                     rows[i].id == j->actor.account_role_id};
    p->v.roles = rc;
    p->v.n_roles = n;
    return OK;
}

enum err admit_begin(struct job *j, struct db *db)
{
    struct page *p = &j->p;
    struct req *r = p->r;
    j->actor = (struct actor){0};
    j->session = (struct session_row){0};
    *p = (struct page){.r = r, .o = &r->body, .route = j->route, .app = j->app, .prep = p->prep};
    j->bad_form = j->stopped = false;
    r->status = 0;
    edge_blank(r);

    struct str token = req_cookie(r, SESSION_COOKIE(r));
    j->program = false;
    if (j->route && j->route->scope && req_header(r, "authorization").n) {
        TRY(begin_program(j, db));
    } else if (token.n == SECRET_TOKEN_CHARS) {
        enum err e = session_find(db, r->a, secret_hash_hex(r->a, token), r->now, &j->session);
        if (e && e != ERR_NOT_FOUND)
            return e;
        if (!login_alive(&j->session, r->now))
            j->session = (struct session_row){0};
    }
    if (j->session.id) {
        j->actor = session_actor(&j->session);
        j->cookie = token;
    } else if (j->program) {
        j->actor = session_actor(&j->session);
    } else if (!j->cookie_new) {
        j->cookie = req_cookie(r, VISITOR_COOKIE(r));
        if (j->cookie.n != SECRET_TOKEN_CHARS) {
            j->cookie = secret_token(r->a);
            j->cookie_new = true;
        }
    }
    enum lang lang = admit_lang(r, j->session.lang);
    int today = tm_on_of(r->now);
    TRY(relation_load(db, r->a, today, &j->actor));
    p->c = (struct ctx){.a = r->a, .db = db, .actor = &j->actor, .now = r->now, .today = today, .lang = lang, .demo = j->demo,
                        .base_url = j->base_url, .request = r->id};
    p->v = (struct view){.a = r->a, .lang = lang, .actor = &j->actor, .csrf = csrf_of(r->a, j->cookie),
                         .once = secret_token(r->a), .now = r->now, .today = today, .path = r->path, .lang_base = other_lang_base(r),
                         .organisation = j->session.organisation, .demo = j->demo,
                         .summary = ARENA_ARRAY(r->a, struct summary, 1), .dense = (ROLES_STAFF & ROLE_BIT(j->actor.role)) != 0,
                         .done = done_text(req_query(r, "done"))};
    if (j->session.id) {
        p->v.idle_s = login_idle_ms(&j->session) / 1000;
        p->v.left_s = (j->session.expires_at - r->now) / 1000;
        p->v.shared = j->session.shared;
    }
    nav_fill(&p->v);
    p->v.oidc = app_oidc(p);
    return j->session.n_roles > 1 ? fill_roles(j, db) : OK;
}

/* A browser names the page a form came from: it must be one of ours, scheme, host and port. One that names none has only the form token. */
static bool origin_ours(const struct job *j)
{
    const struct req *r = j->p.r;
    struct str origin = req_header(r, "origin"), parts[2] = {r->secure ? STR("https") : STR("http"), req_header(r, "host")};
    return !origin.n || str_eq_nocase(origin, arena_join(r->a, parts, 2, STR("://"))) ||
           (j->app && str_eq_nocase(origin, j->base_url));
}

bool app_origin_ours(const struct page *p)
{
    const struct job *j = p->r->app;
    return j->program || origin_ours(j);
}

void app_key(const struct page *p, char out[65], bool *program)
{
    const struct job *j = p->r->app;
    struct str auth = req_header(p->r, "authorization"), key;
    if (j->program) {
        str_cut(&auth, ' ');
        key = secret_hash_hex(p->r->a, str_trim(auth));
    } else {
        key = secret_hash_hex(p->r->a, j->cookie);
    }
    memcpy(out, key.p, 64);
    out[64] = '\0';
    *program = j->program;
}

/* Comes a form that changes something from our own page, in this session, and for the first time? *go as below. */
static enum err admit_form(struct job *j, struct db *db, bool *go)
{
    struct req *r = j->p.r;
    j->bad_form = true;
    if (!secret_eq(req_field(r, "csrf"), j->p.v.csrf))
        return ERR_DENIED;
    if (!origin_ours(j)) {
        log_peer("page", "a form from another site, or base_url and trusted_proxy do not fit the proxy");
        return ERR_DENIED;
    }
    j->bad_form = false;
    if (req_field(r, "once").n && j->actor.account_id) {
        if (!j->once_key.n)
            j->once_key = edge_once_key(r);
        struct str to;
        enum err e = j->look && j->once_key.n ? once_find(db, r->a, j->once_key, j->actor.account_id, &to) : ERR_NOT_FOUND;
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

/* Mentors and supervisors sign the duty of confidentiality before anything else: what may be seen before that. */
static bool before_promise(struct str path)
{
    return str_is(path, "/confidentiality") || str_is(path, "/mentor") || str_starts(path, STR("/mentor/")) || str_starts(path, STR("/account")) || str_is(path, "/logout");
}

/* Staff who have to give a second factor do that first. */
static bool before_factor(struct str path)
{
    return str_is(path, "/account/code") || str_starts(path, STR("/account/code/")) || str_is(path, "/account/language") ||
           str_is(path, "/account/role") || str_is(path, "/account/stay") || str_is(path, "/logout");
}

enum err admit(struct job *j, struct db *db, bool *go)
{
    struct req *r = j->p.r;
    *go = false;
    if (j->route->auth == AUTH_LOGGED_IN) {
        if (!j->session.id) {
            if (r->method == GET) {
                CLEANUP(buf_free) struct buf to = {.max = 4096};
                buf_c(&to, "/login?next=");
                html_uri_str(&to, r->target);
                res_redirect(r, arena_str(r->a, to.bad ? STR("/login") : buf_view(&to)));
                return OK;
            }
            return session_ended(j);
        }
        if (!(j->route->roles & ROLE_BIT(j->actor.role)))
            return ERR_DENIED;
        if (j->actor.half && !before_factor(r->path)) {
            res_redirect(r, STR("/account/code"));
            return OK;
        }
        if (j->actor.unbound && !before_promise(r->path)) {
            res_redirect(r, STR("/confidentiality"));
            return OK;
        }
    }
    if (r->method == POST && !j->route->machine)
        return admit_form(j, db, go);
    *go = true;
    return OK;
}
