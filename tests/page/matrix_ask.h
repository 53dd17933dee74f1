/* matrix_ask.h: one cell of the matrix: what its names stand for, the request it makes, and the answer the sentences want. */
#pragma once
#include "matrix_mutate.h"
#include "matrix_routes.h"

enum { CELLS_MAX = 120000, MISSING = 999999999, NOBODY = -1 };
enum wanted { V_OPEN, V_HIDDEN, V_REFUSED, V_KNOWN, V_LOGIN, V_SIGN, V_ANY };
static const char *const verdict_say[] = {"shown", "as if it did not exist", "refused", "known, but not to be done", "asked to log in", "asked to sign", "anything"};

struct cell {
    uint16_t route;
    uint8_t actor, doors;
    int16_t person, level; /* person: index, or the organisation, or the mentor, by the route's `about`; level: of a document */
    int16_t other;         /* whose the second thing is; NOBODY: the same person's */
};
static struct mx w;

/* ---- what a name in matrix_routes.h stands for */

static int64_t of_person(const struct mx_person *p, struct str name, int level)
{
    const struct {
        const char *name;
        int64_t id;
    } ids[] = {{"participant", p->participant}, {"interview", p->interview}, {"question", p->question}, {"gap", p->gap},
               {"offer", p->offer},             {"trainee", p->trainee},     {"match", p->match_id},    {"agreement", p->agreement},
               {"named", p->named_id}, {"mentorship", p->mentorship},   {"planned", p->planned},     {"held", p->held},         {"past", p->past},
               {"task", p->task},               {"leave", p->leave},         {"outcome", p->outcome},   {"internship", p->internship},
               {"ad", p->ad},                   {"cohort", w.cohort[p->org]}, {"running", p->pair == DURING}, {"request", p->request},
               {"application", p->interview},
               {"mentor", w.who[p->org == ORG_A ? W_MENTOR_OTHER : W_MENTOR_B].mentor_id},
               {"document", level < 0 ? 0 : p->document[level]}, {"comment", level < 0 ? 0 : p->comment[level]}};
    for (size_t i = 0; i < COUNT(ids); i++)
        if (str_is(name, ids[i].name))
            return ids[i].id;
    return 0;
}

static int64_t of_house(enum mx_org org, struct str name)
{
    if (str_is(name, "cohort"))
        return w.cohort[org];
    if (str_is(name, "run"))
        return org == ORG_A ? w.run : 0;
    if (str_is(name, "template"))
        return org == ORG_A ? w.template : 0;
    if (str_is(name, "mail"))
        return org == ORG_A ? w.mail : 0;
    if (str_is(name, "cooperation"))
        return org == ORG_A; /* the first: with the NAV office */
    if (str_is(name, "invitation"))
        return w.invitation[org];
    enum mx_who k = org == ORG_A ? W_ADVISER_TWO : W_ADVISER_B;
    if (str_is(name, "user"))
        return w.who[k].p.account_id;
    if (str_is(name, "user_role"))
        return w.who[k].role_id;
    if (str_is(name, "user_closed"))
        return org == ORG_A ? w.who[W_CLOSED].p.account_id : 0;
    return 0;
}

static int64_t of_actor(const struct mx_actor *a, struct str name)
{
    if (str_is(name, "own_role"))
        return a->role_id;
    if (str_is(name, "own_session"))
        return a->session_id;
    bool pair_now = false, as_trainee = a->role == ROLE_TRAINEE;
    for (size_t i = 0; i < w.n_person; i++)
        pair_now |= w.person[i].pair == DURING && &w.who[as_trainee ? w.person[i].self : w.person[i].mentor] == a && a->role;
    if (str_is(name, "running"))
        return pair_now;
    if (str_is(name, "running_trainee") || str_is(name, "running_mentor"))
        return pair_now && as_trainee == str_is(name, "running_trainee");
    if (str_is(name, "mentorship") && a->role == ROLE_MENTOR)
        return pair_now;
    for (size_t i = 0; i < w.n_person; i++)
        if (w.person[i].participant == a->participant_id && a->participant_id)
            return str_starts(name, STR("own_")) ? of_person(&w.person[i], (struct str){name.p + 4, name.n - 4}, -1) : of_person(&w.person[i], name, -1);
    return 0;
}

static int64_t id_of(const struct cell *c, struct str name, bool second)
{
    const struct mx_route *r = &mx_routes[c->route];
    int person = second && c->other != NOBODY ? c->other : c->person;
    switch (r->about) {
    case A_PERSON:
    case A_MATCH:
    case A_DOCUMENT:
        return of_person(&w.person[person], name, c->level);
    case A_OWN_DOC:
        return str_is(name, "document") ? w.who[c->person].own_document : 0;
    case A_MENTOR:
        return str_is(name, "mentor") ? w.who[c->person].mentor_id : 0;
    case A_HOUSE:
        return of_house((enum mx_org)person, name);
    case A_DRAFT:
        return w.draft;
    case A_NOBODY:
        break;
    }
    return of_actor(&w.who[c->actor], name);
}

static struct str version_of(const struct cell *c, struct str name)
{
    const struct mx_person *p = &w.person[c->person];
    bool told = p->match != BEFORE || p->pair;
    if (str_is(name, "match"))
        return p->match_id ? STR("2") : STR("1");
    (void)told;
    return STR("1");
}

enum what { AS_IT_IS, FIRST_MISSING, SECOND_MISSING };
struct at { /* an id that was put in, and the address up to it */
    int64_t id;
    struct str address;
};

/* "trainee={trainee}&...": ids in the place of names. *n_ids counts those met so far. */
static struct str fill_text(const struct cell *c, struct str text, enum what what, int *n_ids, struct at at[2], bool *lacks)
{
    struct buf out = {.max = 4000};
    while (text.n) {
        struct str before = str_cut(&text, '{');
        buf_str(&out, before);
        if (!text.n)
            break;
        struct str name = str_cut(&text, '}');
        if (str_starts(name, STR("version:"))) {
            buf_str(&out, version_of(c, (struct str){name.p + 8, name.n - 8}));
            continue;
        }
        if (str_is(name, "hash")) {
            buf_str(&out, w.person[c->person].hash);
            continue;
        }
        int64_t id = id_of(c, name, *n_ids > 0);
        *lacks |= !id;
        int n = (*n_ids)++;
        if (n < 2)
            at[n].id = id;
        if (n == (what == FIRST_MISSING ? 0 : what == SECOND_MISSING ? 1 : -1))
            id = MISSING;
        struct str number = arena_fmt(w.t.a, "%lld", (long long)id), key = before;
        for (size_t i = before.n; i > 0 && before.p[i - 1] != '&'; i--)
            key = (struct str){before.p + i - 1, before.n - i + 1};
        if (n < 2)
            at[n].address = arena_fmt(w.t.a, "%.*s%.*s", STR_FMT(key), STR_FMT(number));
        buf_str(&out, number);
    }
    struct str done = arena_str(w.t.a, buf_view(&out));
    buf_free(&out);
    return done;
}

static bool is_part(const struct mx_route *r)
{
    return str_starts(str_c(r->query_or_form), STR("only="));
}

/* The request of a cell. False: the person has no such thing. */
static bool target(const struct cell *c, enum what what, struct str *path, struct str *form, struct at at[2])
{
    const struct mx_route *r = &mx_routes[c->route];
    struct str rest = str_c(r->path), ids = str_c(r->ids), out = STR("");
    int n = 0;
    bool lacks = false;
    at[0] = at[1] = (struct at){0};
    while (rest.n) {
        struct str part = str_cut(&rest, '/');
        if (!part.n)
            continue;
        if (part.p[0] == ':') {
            struct str name = str_cut(&ids, ',');
            if (name.n && name.p[0] == '=')
                part = (struct str){name.p + 1, name.n - 1};
            else {
                int64_t id = id_of(c, name, n > 0);
                lacks |= !id;
                if (n < 2)
                    at[n].id = id;
                if (n == (what == FIRST_MISSING ? 0 : what == SECOND_MISSING ? 1 : -1))
                    id = MISSING;
                part = arena_fmt(w.t.a, "%lld", (long long)id);
                if (n < 2)
                    at[n].address = arena_fmt(w.t.a, "%.*s/%.*s", STR_FMT(out), STR_FMT(part));
                n++;
            }
        }
        out = arena_fmt(w.t.a, "%.*s/%.*s", STR_FMT(out), STR_FMT(part));
    }
    while (ids.n) /* what it must have besides */
        lacks |= !id_of(c, str_cut(&ids, ','), false);
    *path = out.n ? out : STR("/");
    *form = is_part(r) ? STR("") : fill_text(c, str_c(r->query_or_form), what, &n, at, &lacks);
    if (r->method == GET && form->n) {
        *path = arena_fmt(w.t.a, "%.*s?%.*s", STR_FMT(*path), STR_FMT(*form));
        *form = STR("");
    }
    return !lacks;
}

static int ids_of(const struct mx_route *r)
{
    int n = 0;
    struct str rest = str_c(r->path), ids = str_c(r->ids), form = is_part(r) ? STR("") : str_c(r->query_or_form);
    while (rest.n) {
        struct str part = str_cut(&rest, '/');
        if (part.n && part.p[0] == ':') {
            struct str name = str_cut(&ids, ',');
            n += name.n && name.p[0] != '=';
        }
    }
    for (size_t i = 0; i < form.n; i++)
        n += form.p[i] == '{' && !str_starts((struct str){form.p + i, form.n - i}, STR("{version")) && !str_starts((struct str){form.p + i, form.n - i}, STR("{hash"));
    return n;
}

/* ---- asking */

static struct req *ask(const struct cell *c, struct str path, struct str form)
{
    const struct mx_actor *a = &w.who[c->actor];
    const struct mx_route *r = &mx_routes[c->route];
    const char *p = arena_cstr(w.t.a, path), *f = arena_cstr(w.t.a, form);
    mx_hook.changes = 0; /* a request that fails keeps nothing */
    if (a->role == ROLE_NONE)
        return pt_ask(&w.t, STR(""), r->method == GET ? "GET" : "POST", p, r->method == GET ? NULL : f);
    return r->method == GET ? pt_get_as(&w.t, a->p, p) : pt_post_as(&w.t, a->p, p, f);
}

/* The answer without what differs each time: the address up to the thing's id, the request's id, the form's one-time token. */
static void put_without(struct buf *out, struct str body, struct str address, struct str request)
{
    const struct str gone[] = {address, request, STR("name=\"once\" value=\"")};
    while (body.n) {
        const char *first = NULL;
        size_t which = 0;
        for (size_t i = 0; i < COUNT(gone); i++) {
            const char *at = gone[i].n ? memmem(body.p, body.n, gone[i].p, gone[i].n) : NULL;
            while (at && i == 0 && at + gone[0].n < body.p + body.n && at[gone[0].n] >= '0' && at[gone[0].n] <= '9') /* 11 is not 1 */
                at = memmem(at + 1, (size_t)(body.p + body.n - at - 1), gone[0].p, gone[0].n);
            if (at && (!first || at < first)) {
                first = at;
                which = i;
            }
        }
        if (!first)
            break;
        buf_str(out, (struct str){body.p, (size_t)(first - body.p)});
        buf_byte(out, (unsigned char)"@#!"[which]);
        size_t skip = (size_t)(first - body.p) + gone[which].n + (which == 2 ? SECRET_TOKEN_CHARS : 0);
        body = skip < body.n ? (struct str){body.p + skip, body.n - skip} : (struct str){0};
    }
    buf_str(out, body);
}

static struct str bare(const struct req *r, struct str address)
{
    struct buf out = {.max = 64 << 20};
    buf_str(&out, arena_fmt(w.t.a, "%d %s\n", r->status, r->type));
    for (size_t i = 0; i < r->n_out; i++)
        if (!str_is(r->out[i].k, "Set-Cookie")) {
            buf_str(&out, r->out[i].k);
            buf_c(&out, ": ");
            put_without(&out, r->out[i].v, address, r->id);
            buf_c(&out, "\n");
        }
    put_without(&out, buf_view(&r->body), address, r->id);
    struct str s = secret_hash_hex(w.t.a, buf_view(&out));
    buf_free(&out);
    return s;
}

/* ---- what ought to come */

static unsigned tie_of(const struct cell *c, int person)
{
    const struct mx_route *r = &mx_routes[c->route];
    const struct mx_actor *a = &w.who[c->actor];
    enum mx_who k = (enum mx_who)c->actor;
    unsigned demo = w.t.demo ? TIE_DEMO : 0;
    switch (r->about) {
    case A_PERSON:
        if (str_is(str_c(r->ids), "ad"))
            return mx_tie_document(&w, k, &w.person[person], DOCUMENT_WRITE);
        return mx_tie_person(&w, k, &w.person[person]);
    case A_MATCH: {
        const struct mx_person *p = &w.person[person];
        unsigned tie = mx_tie_person(&w, k, p);
        return p->match == BEFORE ? tie & ~(unsigned)TIE_SELF : tie;
    }
    case A_DOCUMENT:
        return mx_tie_document(&w, k, &w.person[person], c->level);
    case A_OWN_DOC:
        return c->actor == person ? TIE_SELF : a->org == w.who[person].org ? TIE_ORG | TIE_HOUSE : 0;
    case A_MENTOR:
        return (a->org == w.who[person].org ? TIE_ORG : 0) | (c->actor == person ? TIE_SELF : 0);
    case A_HOUSE:
        return (a->org == (enum mx_org)person ? TIE_ORG | TIE_HOUSE : mx_cooperates((enum mx_org)person, a->org) ? TIE_HOUSE : 0) | demo;
    case A_DRAFT:
        return k == W_LEADER ? TIE_ORG | TIE_SELF : 0;
    case A_NOBODY:
        break;
    }
    return TIE_ORG | TIE_HOUSE | TIE_SELF | demo;
}

static const struct route *real_route(const struct mx_route *r)
{
    for (const struct route *x = __real_routes; x->path; x++)
        if (x->method == r->method && !strcmp(x->path, r->path))
            return x;
    return NULL;
}

static bool let_in(const struct cell *c)
{
    const struct mx_route *r = &mx_routes[c->route];
    /* Somebody's record as a list of one's own: no person is let in by it that the sentences do not name */
    if (r->about == A_NOBODY && (r->topic == T_RECORD_EDIT))
        return mx_gives(w.who[c->actor].role, TIE_ORG | TIE_HOUSE | TIE_ADVISER, TOPIC(r->topic)); /* a new one is the adviser's own */
    return mx_gives(w.who[c->actor].role, tie_of(c, c->person), TOPIC(r->topic));
}

/* Who may read it need not be told that it is not there when it is not to be changed. */
static uint64_t reading(const struct mx_route *r)
{
    enum mx_topic t = r->topic;
    if (t == T_AGREEMENT_EDIT || t == T_SIGN)
        return TOPIC(T_AGREEMENT);
    if (t == T_CODE && strstr(r->path, "/handover"))
        return TOPIC(T_HANDOVER);
    return t == T_DOC_OWN || t == T_DOC_COMMENT || t == T_DOC_WRITE ? TOPIC(T_DOC_READ) : 0;
}

/* What a role may by the sentences, but has another page for: this one need not serve it. */
static bool more_than_asked(const struct mx_route *r, enum role role)
{
    return (role == ROLE_PROJECT_LEADER && r->method == POST && !strcmp(r->path, "/meetings")) || /* a leader moves and cancels */
           (role == ROLE_ADMINISTRATOR && !strcmp(r->path, "/documents/new"));                   /* writes nothing */
}

static enum wanted expect(const struct cell *c)
{
    const struct mx_route *r = &mx_routes[c->route];
    const struct mx_actor *a = &w.who[c->actor];
    bool outside = !(real_route(r)->roles & ROLE_BIT(a->role));
    if (r->topic == T_PUBLIC)
        return r->need ? V_ANY : V_OPEN;
    if (a->role == ROLE_NONE || a->closed || a->role_over)
        return V_LOGIN;
    if (outside && !c->doors)
        return V_REFUSED;
    if (a->unsigned_ && r->topic != T_ACCOUNT && r->topic != T_MENTOR_OWN)
        return V_SIGN;
    if (!let_in(c) && mx_gives(a->role, tie_of(c, c->person), reading(r)))
        return V_KNOWN;
    if (r->about == A_MENTOR && c->actor == c->person)
        return V_ANY; /* the own record, by the register's address */
    if (!let_in(c))
        return is_part(r) ? V_ANY : V_HIDDEN;
    if ((outside && more_than_asked(r, a->role)) || (r->need && !of_actor(a, str_c(r->need))))
        return V_ANY;
    return V_OPEN;
}
