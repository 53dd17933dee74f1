/* Every database call failing in turn: for each address, by somebody it is for, each of the request's calls once busy, broken, and without room.
 *
 * The answer is the error's own, then nothing may have been kept, the page says so and carries what was typed; or it is the answer that comes
 * without the fault, with the same changes (a busy database is asked again). A fault that is passed over shows as a third kind. In the test run
 * a sample of addresses and calls; FAULT_ALL=1 takes each, FAULT_ONLY=/text the addresses with this in them, FAULT_TELL=1 names those whose form
 * is refused in this world: what is right for them is known by the page tests, which FAULT_EACH=1 runs with faults (fault_each.h). */
#include "base/log.h"
#include "matrix_ask.h"

struct got { /* an answer */
    int status;
    struct str bare;
    int64_t changes, calls;
};
static bool all;
static struct arena *own; /* what outlives a request */
enum { LEAST = 5000 }; /* bytes, for the request itself */
static int n_faults, n_kept, n_routes, n_poor;

/* ---- wrong answers of the program's own, to see that they are found */

static enum { RIGHT, PASSES_OVER, KEEPS_HALF } wrong;
enum err __real_seen_save(struct ctx *c);
enum err __wrap_seen_save(struct ctx *c);
enum err __wrap_seen_save(struct ctx *c)
{
    enum err e = __real_seen_save(c);
    if (wrong == PASSES_OVER && e)
        mx_hook.pretend = true; /* the database would not keep what comes after a fault */
    return wrong == PASSES_OVER ? OK : e;
}
enum err __real_once_save(struct db *db, struct str token, int64_t account_id, int64_t now, struct str location);
enum err __wrap_once_save(struct db *db, struct str token, int64_t account_id, int64_t now, struct str location);
enum err __wrap_once_save(struct db *db, struct str token, int64_t account_id, int64_t now, struct str location)
{
    enum err e = __real_once_save(db, token, account_id, now, location);
    if (e && wrong == KEEPS_HALF)
        mx_hook.changes++; /* as if what came before were kept, and the person told that nothing was */
    return e;
}

/* ---- asking */

static struct req *ask_it(const struct cell *c, struct got *out)
{
    struct str path, form;
    struct at at[2];
    arena_clear(w.t.a);
    (void)target(c, AS_IT_IS, &path, &form, at);
    if (mx_routes[c->route].method == POST && w.who[c->actor].role) /* as every form of ours */
        form = arena_fmt(w.t.a, "%.*s%sonce=%s", STR_FMT(form), form.n ? "&" : "", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
    int64_t before = db_calls(w.t.db);
    struct req *r = ask(c, path, form);
    *out = (struct got){r->status, arena_str(own, bare(r, STR(""))), mx_hook.changes, db_calls(w.t.db) - before};
    return r;
}

static bool same(const struct got *a, const struct got *b)
{
    return a->status == b->status && str_eq(a->bare, b->bare) && a->changes == b->changes;
}

/* ---- the cell of an address in which most happens */

static int worth(const struct mx_route *r, const struct got *s, const struct req *q)
{
    bool away = s->status == 303 && str_starts(pt_location(q), STR("/login"));
    if (s->status >= 500 || away)
        return 1;
    if (r->method == GET)
        return s->status == 200 ? 1000 : s->status == 303 ? 500 : 2;
    return (s->status == 303 ? 1000 : s->status == 200 ? 500 : s->status == 422 || s->status == 409 ? 100 : 2) + (s->changes > 99 ? 99 : (int)s->changes);
}

static void try_cell(struct cell c, struct cell *best, int *most)
{
    struct str path, form;
    struct at at[2];
    struct got s;
    arena_clear(w.t.a);
    if (*most >= (mx_routes[c.route].method == GET ? 1000 : 1001) || !target(&c, AS_IT_IS, &path, &form, at))
        return;
    const struct req *r = ask_it(&c, &s);
    int got = worth(&mx_routes[c.route], &s, r);
    if (got > *most) {
        *most = got;
        *best = c;
    }
}

static void try_subjects(struct cell c, struct cell *best, int *most)
{
    switch (mx_routes[c.route].about) {
    case A_NOBODY:
    case A_DRAFT:
        c.person = NOBODY;
        try_cell(c, best, most);
        return;
    case A_HOUSE:
        c.person = ORG_A;
        try_cell(c, best, most);
        return;
    case A_MENTOR:
    case A_OWN_DOC:
        for (c.person = W_ADMIN; c.person < W_STAFF_N; c.person++)
            if (mx_routes[c.route].about == A_MENTOR || c.person == c.actor)
                try_cell(c, best, most);
        return;
    case A_PERSON:
    case A_MATCH:
    case A_DOCUMENT:
        break;
    }
    for (c.person = 0; c.person < (int)w.n_person; c.person++) {
        c.level = mx_routes[c.route].about == A_DOCUMENT ? DOCS - 1 : -1;
        if (c.level < 0 || w.person[c.person].pair)
            try_cell(c, best, most);
    }
}

/* How good it is: 0 for nobody. */
static int best_cell(size_t route, struct cell *best)
{
    int most = 0;
    for (int actor = W_N - 1; actor >= 0; actor--)
        try_subjects((struct cell){.route = (uint16_t)route, .actor = (uint8_t)actor, .other = NOBODY, .level = -1}, best, &most);
    return most;
}

/* ---- one address */

static const struct {
    enum err e;
    int status;
    const char *say;
} kinds[] = {{ERR_INTERNAL, 500, "broken"}, {ERR_FULL, 507, "without room"}, {ERR_BUSY, 503, "busy"}};

/* What is wrong with this answer to a fault; NULL: nothing. */
static const char *fault_said(const struct cell *c, const struct got *clean, const struct got *s, const struct req *r, int status, bool steady)
{
    if (s->status != status)
        return s->status != clean->status ? "another answer" : s->changes != clean->changes ? "the usual answer, and other changes"
               : steady && !str_eq(s->bare, clean->bare) ? "the usual answer with another page" : NULL;
    if (s->changes)
        return "an error, and something was kept";
    if (!pt_has(r, "Ingenting er endret") || !pt_has(r, "<h1"))
        return "the page does not say that nothing has changed";
    if (mx_routes[c->route].method == POST && real_route(&mx_routes[c->route])->auth == AUTH_LOGGED_IN && w.who[c->actor].role && fe_left_out(r))
        return arena_fmt(w.t.a, "what was typed is not on the page: %s", fe_left_out(r)).p;
    n_kept++;
    return NULL;
}

static bool taken(int64_t nth, int64_t calls, size_t kind)
{
    return all || nth == 0 || nth == calls - 1 || (size_t)nth % 7 == kind;
}

/* How many faults were answered wrongly. */
static int faults_of(const struct cell *c, const struct got *clean, bool steady, bool quiet)
{
    int bad = 0;
    for (size_t k = 0; k < COUNT(kinds); k++)
        for (int64_t nth = 0; nth < clean->calls; nth++) {
            struct got s;
            if (!taken(nth, clean->calls, k))
                continue;
            db_fault(w.t.db, nth, kinds[k].e);
            const struct req *r = ask_it(c, &s);
            db_fault(w.t.db, -1, OK);
            n_faults++;
            const char *what = fault_said(c, clean, &s, r, kinds[k].status, steady);
            bad += what != NULL;
            if (what && !quiet)
                printf("# %s %s as %s, call %lld of %lld %s: %s (%d, %lld changes; without the fault %d, %lld)\n", mx_routes[c->route].method == GET ? "GET" : "POST",
                       r->path.p, w.who[c->actor].say, (long long)nth, (long long)clean->calls, kinds[k].say, what, s.status, (long long)s.changes,
                       clean->status, (long long)clean->changes);
        }
    return bad;
}

/* ---- no room in the arena */

static int n_ends;

/* With a part of the memory that the request takes: an honest error, or all of it. How many were neither. */
static int little_memory(const struct cell *c, const struct got *clean, bool steady)
{
    size_t used = arena_used(w.t.a); /* of the last, which was clean */
    int bad = 0;
    for (size_t k = 1; k < 12; k += all ? 1 : 2) {
        struct arena *before = w.t.a;
        size_t cap = used * k / 12;
        struct got s;
        w.t.a = arena_new(cap > LEAST ? cap : LEAST);
        const struct req *r = ask_it(c, &s);
        const char *what = s.status == 500 ? fault_said(c, clean, &s, r, 500, steady) : same(&s, clean) || !steady ? NULL : "another answer";
        n_ends += s.status == 500;
        if (what)
            bad += printf("# %s %s as %s, with %zu of %zu bytes: %s (%d, %lld changes)\n", mx_routes[c->route].method == GET ? "GET" : "POST", r->path.p,
                          w.who[c->actor].say, cap, used, what, s.status, (long long)s.changes) > 0;
        arena_free(w.t.a);
        w.t.a = before;
    }
    return bad;
}

static int try_route(size_t i)
{
    struct cell c;
    struct got first, second, after;
    int good = best_cell(i, &c);
    if (!good)
        return 0;
    n_routes++;
    if (getenv("FAULT_TELL"))
        printf("# %s %s\n", mx_routes[i].method == GET ? "GET" : "POST", mx_routes[i].path);
    if (good < 500) {
        n_poor++;
        if (getenv("FAULT_TELL"))
            printf("# at best refused: %s %s (%d)\n", mx_routes[i].method == GET ? "GET" : "POST", mx_routes[i].path, good);
    }
    ask_it(&c, &first);
    ask_it(&c, &second);
    bool steady = str_eq(first.bare, second.bare);
    if (first.status >= 500 || first.status != second.status || first.changes != second.changes)
        return 0 * printf("# not the same twice: %s %d\n", mx_routes[i].path, first.status);
    int bad = faults_of(&c, &first, steady, false);
    ask_it(&c, &after);
    bad += little_memory(&c, &first, steady);
    ask_it(&c, &after);
    if (after.status != first.status || after.changes != first.changes || (steady && !same(&after, &first)))
        bad += printf("# %s: afterwards it is not as before\n", mx_routes[i].path) > 0;
    return bad;
}

static void t_every_address(void)
{
    const char *only = getenv("FAULT_ONLY");
    int bad = 0;
    for (size_t i = 0; i < COUNT(mx_routes); i++)
        if ((only ? strstr(mx_routes[i].path, only) != NULL : all || i % (mx_routes[i].method == GET ? 9 : 4) == 0) && strcmp(mx_routes[i].path, "/healthz") != 0 && strcmp(mx_routes[i].path, "/readyz") != 0) {
            arena_clear(own);
            bad += try_route(i);
        }
    printf("# %d faults on %d addresses (%d at best refused): %d answered by the error's page, %d wrongly\n", n_faults, n_routes, n_poor, n_kept, bad);
    printf("# %d times the memory for a request ended on the way\n", n_ends);
    CHECK_INT(bad, 0);
    CHECK(n_ends > n_routes);
    CHECK(only || n_poor * 4 < n_routes);
}

/* ---- negative controls */

static int with(int mistake, enum method method, const char *path)
{
    struct cell c;
    struct got clean;
    for (size_t i = 0; i < COUNT(mx_routes); i++)
        if (mx_routes[i].method == method && !strcmp(mx_routes[i].path, path)) {
            best_cell(i, &c);
            ask_it(&c, &clean);
            bool every = all;
            all = true;
            wrong = mistake;
            int bad = faults_of(&c, &clean, true, true);
            wrong = RIGHT;
            all = every;
            return bad;
        }
    return -1;
}

static void t_mistakes_are_found(void)
{
    CHECK_INT(with(RIGHT, GET, "/participants/:id"), 0);
    CHECK(with(PASSES_OVER, GET, "/participants/:id") > 0);
    CHECK_INT(with(RIGHT, POST, "/participants/:id/gaps"), 0);
    CHECK(with(KEEPS_HALF, POST, "/participants/:id/gaps") > 0);
}

int main(void)
{
    setvbuf(stdout, NULL, _IOLBF, 0);
    log_set_level(LOG_ERROR + 1); /* each fault would be a line */
    all = getenv("FAULT_ALL") != NULL;
    mx_hook.keep_commits = true;
    mx_doors(false);
    mx_start(&w);
    mx_hook.keep_commits = false;
    mx_hook.a = arena_new((size_t)1 << 30);
    own = arena_new((size_t)1 << 30);
    t_every_address();
    t_mistakes_are_found();
    arena_free(mx_hook.a);
    arena_free(own);
    arena_free(w.first);
    arena_free(w.keep);
    pt_end(&w.t);
    return test_end();
}
