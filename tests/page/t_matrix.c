/* The matrix: every route × every role × whose thing × when × protected or not, against sentences (matrix_rules.h). */
#include <ctype.h>
#include "matrix_ask.h"
#include "service/document.h"
#include "service/login.h"
#include "service/relation.h"

static struct cell *cells;
static int n_cells;
static int failures;

/* ---- what came */

static bool goes_to(const struct req *r, const char *path)
{
    return r->status == 303 && str_starts(pt_location(r), str_c(path));
}
static bool is_open(const struct req *r)
{
    if (goes_to(r, "/login") && str_is(r->path, "/logout"))
        return true;
    return r->status == 200 || r->status == 409 || r->status == 422 || r->status == 426 || r->status == 400 ||
           (r->status == 303 && !goes_to(r, "/login") && !goes_to(r, "/mentor?"));
}

static bool has_word(const struct req *r, char person, char kind)
{
    char word[] = "qzx??xq";
    word[5] = person <= 'Z' ? 'y' : 'x';
    word[3] = person;
    word[4] = kind;
    return pt_has(r, word);
}

/* On the pages of the own documents stand the names of those they are or were shared with: all of the world's staff and mentors. */
static bool shared_with(const struct cell *c, char kind)
{
    return kind == 'n' && w.who[c->actor].participant_id && str_starts(str_c(mx_routes[c->route].path), STR("/documents/"));
}

/* Who erases a person or answers a question sees who it is, there and nowhere else. */
static bool asked_about(const struct cell *c, char person, char kind)
{
    const struct mx_route *r = &mx_routes[c->route];
    if (r->topic != T_ERASE && r->topic != T_RIGHTS)
        return false;
    return strchr("nrNER", kind) && mx_gives(w.who[c->actor].role, mx_tie_person(&w, (enum mx_who)c->actor, &w.person[person - 'a']), TOPIC(r->topic));
}

/* Of the own data one is given all, also what staff judged and noted, but for what another said in confidence. A mentor has the agreement that
 * the mentor is party to, and the own words, after the end too; where the trainee is, or why it ended, until then only. */
static bool own_data(const struct cell *c, char person, char kind)
{
    const struct mx_person *p = &w.person[person - 'a'];
    if (mx_routes[c->route].topic != T_OWN_DATA)
        return false;
    if (p->self && p->self == (enum mx_who)c->actor)
        return kind != 'q';
    if (p->mentor != (enum mx_who)c->actor || (!p->pair && p->match == BEFORE))
        return false;
    return strchr("fq", kind) || (p->pair != AFTER && strchr("xX", kind));
}

/* Who may hand over chooses among the NAV contacts of the house and of those that cooperate with it. */
static bool may_take_over(const struct cell *c, enum mx_who of, char kind)
{
    return kind == 'n' && mx_routes[c->route].about == A_PERSON && strstr(mx_routes[c->route].path, "/handover") &&
           w.who[of].role == ROLE_NAV_CONTACT && (w.who[of].org == w.person[c->person].org || mx_cooperates(w.person[c->person].org, w.who[of].org)) && let_in(c);
}

/* The first word in the answer that this actor may not read; NULL when there is none. */
static const char *stray(const struct cell *c, const struct req *r)
{
    struct str body = buf_view(&r->body);
    for (const char *p = body.p, *end = body.p + body.n; p && p < end;) {
        p = memmem(p, (size_t)(end - p), "qzx", 3);
        if (!p || end - p < 7)
            return NULL;
        char person = p[3], kind = p[4];
        bool ok = true;
        if (p[5] == 'x' && p[6] == 'q' && person >= 'a' && person < 'a' + (int)w.n_person) {
            ok = mx_may_read(&w, (enum mx_who)c->actor, &w.person[person - 'a'], kind) || asked_about(c, person, kind) || own_data(c, person, kind);
        } else if (p[5] == 'y' && p[6] == 'q' && isalpha((unsigned char)person) && !shared_with(c, kind)) {
            enum mx_who of = (enum mx_who)(toupper((unsigned char)person) - 'A');
            ok = mx_may_read_staff(&w, (enum mx_who)c->actor, of, kind) || may_take_over(c, of, kind);
        }
        if (!ok)
            return arena_str(w.t.a, (struct str){p, 7}).p;
        p += 3;
    }
    return NULL;
}

static char letter_of(const struct cell *c)
{
    const struct mx_route *r = &mx_routes[c->route];
    return r->about == A_MENTOR || r->about == A_OWN_DOC ? w.who[c->person].letter : c->person >= 0 ? w.person[c->person].letter : '?';
}

/* Everybody that ought to stand in a list of this actor's. */
static const char *left_out(const struct cell *c, const struct req *r, const char *list)
{
    unsigned role = w.who[c->actor].role;
    bool mentors = !strcmp(list, "@mentor"), trainees = !strcmp(list, "@trainee");
    for (size_t i = 0; i < w.n_person && !mentors; i++) {
        const struct mx_person *p = &w.person[i];
        bool ought = mx_gives(role, mx_tie_person(&w, (enum mx_who)c->actor, p), TOPIC(trainees ? T_PROGRESS : T_RECORD)) && (!trainees || p->trainee);
        if (ought && !has_word(r, p->letter, 'n'))
            return p->say;
    }
    for (enum mx_who k = W_MENTOR; k <= W_MENTOR_SECRET && mentors; k++)
        if (w.who[c->actor].org == ORG_A && !has_word(r, w.who[k].letter, 'n'))
            return w.who[k].say;
    return NULL;
}

static const char *missing_word(const struct cell *c, const struct req *r)
{
    const struct mx_route *rt = &mx_routes[c->route];
    if (r->status != 200)
        return NULL;
    if (rt->shows[0] == '@')
        return left_out(c, r, rt->shows);
    for (const char *s = rt->shows; *s; s++) {
        char kind = *s == 'd' ? (char)('0' + c->level) : *s, person = letter_of(c);
        if (rt->about == A_NOBODY) {
            person = 0;
            for (size_t i = 0; i < w.n_person; i++)
                if (w.person[i].self == (enum mx_who)c->actor && c->actor)
                    person = w.person[i].letter;
            if (!person)
                continue;
        }
        for (size_t i = 0; i < COUNT(mx_kinds); i++)
            if (mx_kinds[i].letter == kind && mx_kinds[i].address && person >= 'a' && w.person[person - 'a'].protection)
                person = 0;
        if (person && !has_word(r, person, kind))
            return arena_fmt(w.t.a, "word of kind %c", kind).p;
    }
    return NULL;
}

/* ---- as for a thing that does not exist */

struct answer_seen { /* what a request for a missing thing got; the world is the same each time, so it is asked once */
    struct str key, bare;
    int64_t changes;
};
enum { SEEN_MAX = 1 << 15 };
static struct answer_seen *seen;

static struct answer_seen missing(const struct cell *c, enum what what)
{
    struct str path, form;
    struct at at[2];
    (void)target(c, what, &path, &form, at);
    struct str key = arena_fmt(w.t.a, "%d %d %d %.*s %.*s", c->actor, c->doors, (int)mx_routes[c->route].method, STR_FMT(path), STR_FMT(form));
    uint64_t h = 1469598103934665603ULL;
    for (size_t i = 0; i < key.n; i++)
        h = (h ^ (unsigned char)key.p[i]) * 1099511628211ULL;
    struct answer_seen *s = &seen[h % SEEN_MAX];
    for (; s->key.n; s = s + 1 == seen + SEEN_MAX ? seen : s + 1)
        if (str_eq(s->key, key) && !mx_hook.now.kind)
            return *s;
    struct req *r = ask(c, path, form);
    struct answer_seen now = {key, bare(r, at[what == SECOND_MISSING].address), mx_hook.changes};
    if (!mx_hook.now.kind)
        *s = (struct answer_seen){arena_str(w.keep, key), arena_str(w.keep, now.bare), now.changes};
    return now;
}

struct fault {
    const char *what;
    int status;
    struct str path;
};

/* ---- the living documents' door: what the hub asks when somebody comes in, and again whenever something changed (service/live.c) */

static bool is_live(const struct cell *c)
{
    const struct mx_route *r = &mx_routes[c->route];
    return (r->about == A_DOCUMENT || r->about == A_OWN_DOC) && !strcmp(r->path, "/ws/documents/:id");
}

static enum document_right live_right(const struct cell *c)
{
    struct session_row s = {0};
    enum document_right right = DOCUMENT_NONE;
    if (c->actor == W_STRANGER || session_find(w.t.db, w.t.a, secret_hash_hex(w.t.a, w.who[c->actor].p.token), w.t.now, &s))
        return DOCUMENT_NONE;
    struct actor actor = session_actor(&s);
    PT_MUST(relation_load(w.t.db, w.t.a, tm_on_of(w.t.now), &actor));
    struct ctx x = {.a = w.t.a, .db = w.t.db, .actor = &actor, .now = w.t.now, .today = tm_on_of(w.t.now), .lang = LANG_NB};
    enum err e = document_right_of(&x, id_of(c, STR("document"), false), &right);
    return e ? DOCUMENT_NONE : right;
}

static struct fault live_fault(const struct cell *c)
{
    static const enum mx_topic topic[] = {T_DOC_READ, T_DOC_COMMENT, T_DOC_WRITE};
    enum document_right ought = DOCUMENT_NONE, right = live_right(c);
    for (int i = 0; i < 3; i++)
        if (!mx_is_hidden_from(&w, (enum mx_who)c->actor) && mx_gives(w.who[c->actor].role, tie_of(c, c->person), TOPIC(topic[i])))
            ought = (enum document_right)(DOCUMENT_READ + i);
    return (struct fault){right == ought ? NULL : right > ought ? "may more than it ought to" : "may less than it ought to", (int)right, STR("live")};
}

static struct fault fault_of(const struct cell *c, struct str path, struct str form, const struct at at[2])
{
    const struct mx_route *rt = &mx_routes[c->route];
    struct req *r = ask(c, path, form);
    struct fault f = {NULL, r->status, path};
    int64_t changes = mx_hook.changes;
    const char *odd = stray(c, r);
    enum wanted v = c->other != NOBODY ? V_HIDDEN : expect(c);
    if (odd)
        f.what = arena_fmt(w.t.a, "the answer holds %s", odd).p;
    else if (r->status >= 500 && !str_is(str_c(rt->path), "/healthz"))
        f.what = arena_fmt(w.t.a, "our fault: %s", db_why(w.t.db)).p;
    else if (v == V_OPEN && !is_open(r))
        f.what = "ought to be shown";
    else if (v == V_OPEN && (odd = missing_word(c, r)))
        f.what = arena_fmt(w.t.a, "does not show %s", odd).p;
    else if (v == V_LOGIN && !(goes_to(r, "/login") || (rt->method == POST && (r->status == 403 || r->status == 200 || r->status == 401 || r->status == 422))))
        f.what = "ought to be asked to log in";
    else if (v == V_SIGN && !goes_to(r, "/mentor") && !goes_to(r, "/confidentiality"))
        f.what = "ought to be asked to sign";
    else if (v == V_REFUSED && r->status != 403)
        f.what = "ought to be refused";
    else if (v == V_KNOWN && r->status != 404 && r->status != 403 && !(r->status == 409 && rt->method == GET))
        f.what = "known, but not to be done";
    else if (v == V_HIDDEN && r->status != 404 && r->status != 403 && !ids_of(rt))
        f.what = "ought to be as if it did not exist";
    if (!f.what && v == V_HIDDEN && ids_of(rt) > 0 && !(c->doors && (r->status == 403 || r->status == 404))) {
        int second = c->other != NOBODY;
        struct answer_seen none = missing(c, second ? SECOND_MISSING : FIRST_MISSING);
        if (!str_eq(none.bare, bare(r, at[second].address)))
            f.what = r->status == 404 || r->status == 403 ? "answers otherwise than for what does not exist" : "ought to be as if it did not exist";
        else if (changes != none.changes)
            f.what = "does something in silence";
    }
    return f;
}

static struct fault try_cell(const struct cell *c)
{
    struct str path, form;
    struct at at[2];
    arena_clear(w.t.a);
    if (!target(c, AS_IT_IS, &path, &form, at))
        return (struct fault){0};
    if (is_live(c))
        return live_fault(c);
    return fault_of(c, path, form, at);
}

/* The first of its kind: one mistake is many cells. */
static bool told_before(const struct cell *c, const struct fault *f)
{
    static struct {
        uint16_t route;
        uint8_t role, doors;
        char what;
    } told[400];
    static size_t n;
    for (size_t i = 0; i < n; i++)
        if (told[i].route == c->route && told[i].role == w.who[c->actor].role && told[i].doors == c->doors && told[i].what == f->what[0])
            return true;
    if (n < COUNT(told)) {
        told[n].route = c->route;
        told[n].role = (uint8_t)w.who[c->actor].role;
        told[n].doors = c->doors;
        told[n++].what = f->what[0];
    }
    return n == COUNT(told);
}

static void tell(const struct cell *c, const struct fault *f)
{
    const struct mx_route *r = &mx_routes[c->route];
    failures++;
    if (told_before(c, f))
        return;
    const char *sentence = mx_sentence(w.who[c->actor].role, r->topic);
    const char *whose = r->about == A_NOBODY ? "" : r->about == A_HOUSE ? (c->person == ORG_A ? "own municipality" : "other municipality")
                        : r->about == A_MENTOR || r->about == A_OWN_DOC ? w.who[c->person].say : r->about == A_DRAFT ? "the leader" : w.person[c->person].say;
    printf("# %s %s (%.*s) as %s%s%s%s%s: %s; status %d, expected: %s. Sentence: %s\n", r->method == GET ? "GET" : "POST", r->path, STR_FMT(f->path),
               w.who[c->actor].say, *whose ? ", of " : "", whose, c->other != NOBODY ? " with another's thing" : "", c->doors ? " [doors open]" : "", f->what,
               f->status, verdict_say[expect(c)], sentence ? sentence : "none: this role never has it");
}

/* ---- the cells */

static void add(struct cell c)
{
    struct str path, form;
    struct at here[2], with_other[2];
    arena_clear(w.t.a);
    if (!target(&c, AS_IT_IS, &path, &form, with_other))
        return;
    struct cell same = c;
    same.other = NOBODY;
    if (c.other != NOBODY && target(&same, AS_IT_IS, &path, &form, here) && here[1].id == with_other[1].id)
        return; /* a cohort of both */
    if (n_cells == CELLS_MAX)
        abort();
    cells[n_cells++] = c;
}

/* With the doors open, one or two of each role are enough. */
static bool stands_for_role(enum mx_who k)
{
    static const enum mx_who few[] = {W_ADMIN, W_LEADER, W_ADVISER, W_NAV, W_NAV_COOP, W_ADVISER_COOP, W_MENTOR, W_MENTOR_MATCH, W_TRAINEE, W_MATCHED, W_LEADER_B};
    for (size_t i = 0; i < COUNT(few); i++)
        if (few[i] == k)
            return true;
    return false;
}

/* A password or a code is hashed before the page is asked: slow by design. A few of each kind are enough. */
static bool hashes(const struct route *rt)
{
    static const char *const post[] = {"/login", "/login/code", "/account/password", "/my-data/download", "/participants/:id/login-code"};
    for (size_t i = 0; i < COUNT(post); i++)
        if (rt->method == POST && !strcmp(rt->path, post[i]))
            return true;
    return false;
}

static bool all_levels(const struct mx_person *p)
{
    return p->self == W_TRAINEE || p->nav == W_NAV_COOP || p->adviser == W_ADVISER_COOP;
}

/* Whose the things of a route can be. */
static void add_subjects(struct cell c, bool one)
{
    const struct mx_route *r = &mx_routes[c.route];
    int from = n_cells;
    c.other = NOBODY;
    c.level = -1;
    switch (r->about) {
    case A_NOBODY:
    case A_DRAFT:
        c.person = NOBODY;
        cells[n_cells++] = c;
        return;
    case A_HOUSE:
        for (c.person = ORG_A; c.person <= ORG_B && !(one && n_cells > from); c.person++)
            add(c);
        return;
    case A_MENTOR:
    case A_OWN_DOC:
        for (c.person = W_ADMIN; c.person < W_STAFF_N && !(one && n_cells > from); c.person++)
            if ((r->about == A_MENTOR && !(c.doors && c.person == c.actor)) ||
                (r->about == A_OWN_DOC && (c.person == c.actor || c.person == W_LEADER || c.person == W_MENTOR)))
                add(c);
        return;
    case A_PERSON:
    case A_MATCH:
    case A_DOCUMENT:
        break;
    }
    for (c.person = 0; c.person < (int)w.n_person && !(one && n_cells > from); c.person++)
        if ((c.doors && !w.person[c.person].stands) || (hashes(real_route(r)) && w.person[c.person].self != W_TRAINEE && w.person[c.person].org != ORG_B))
            continue;
        else if (r->about != A_DOCUMENT)
            add(c);
        else if (w.person[c.person].pair)
            for (c.level = all_levels(&w.person[c.person]) ? 0 : DOCS - 1; c.level < DOCS; c.level++)
                add(c);
}

/* The first thing one's own, the second another's: what a hand-made address would try. */
static void add_mixed(struct cell c)
{
    const struct mx_route *r = &mx_routes[c.route];
    if (ids_of(r) < 2 || (r->about != A_PERSON && r->about != A_DOCUMENT) || !strcmp(r->ids, ""))
        return;
    c.level = r->about == A_DOCUMENT ? DOCS - 1 : -1;
    for (c.person = 0; c.person < (int)w.n_person; c.person++)
        for (c.other = 0; c.other < (int)w.n_person; c.other++)
            if (c.other != c.person && (c.other + 1 == c.person || c.other == c.person + 1 || c.other == (int)w.n_person - 1) && let_in(&c))
                add(c);
}

/* Empty forms and own pages: the route table alone says for whom they are, and nothing on them is anybody's. */
static bool edge_only(const struct route *rt)
{
    static const char *const get[] = {"/participants/new", "/application", "/interview", "/cohorts", "/cohorts/new", "/cohorts/:id/edit",
                                      "/cohorts/:id/close", "/mentors/new", "/agreement", "/self-assessment",
                                      "/log", "/settings/privacy", "/settings/login",
                                      "/internships/:id", "/organisations/new", "/cooperations/new", "/confidentiality"};
    if (rt->method == POST)
        return !strcmp(rt->path, "/participants/import") || !strcmp(rt->path, "/log") || !strcmp(rt->path, "/settings/login"); /* without a file; a search, on its way to the page */
    for (size_t i = 0; i < COUNT(get); i++)
        if (!strcmp(rt->path, get[i]))
            return true;
    return false;
}

static const char *only; /* MATRIX_ONLY: addresses with this in them, while working on one */

static void make_cells(void)
{
    cells = calloc(CELLS_MAX, sizeof *cells);
    seen = calloc(SEEN_MAX, sizeof *seen);
    for (size_t i = 0; i < COUNT(mx_routes); i++)
        for (enum mx_who k = 0; k < W_N; k++) {
            struct cell c = {.route = (uint16_t)i, .actor = (uint8_t)k, .other = NOBODY};
            const struct route *rt = real_route(&mx_routes[i]);
            if (!rt || (only && !strstr(rt->path, only)) || (hashes(rt) && !stands_for_role(k) && k))
                continue;
            bool outside = rt->auth != AUTH_ANYONE && !(rt->roles & ROLE_BIT(w.who[k].role)), nobody = expect(&c) == V_LOGIN;
            add_subjects(c, outside || nobody);
            if (rt->auth == AUTH_ANYONE || nobody)
                continue;
            if (outside && (!stands_for_role(k) || edge_only(rt)))
                continue;
            if (outside) {
                c.doors = 1;
                add_subjects(c, false);
            } else {
                add_mixed(c);
            }
        }
}

static void run_cells(void)
{
    mx_hook.record = true;
    for (int doors = 0; doors <= 1; doors++) {
        mx_doors(doors);
        for (int i = 0; i < n_cells; i++) {
            if (cells[i].doors != doors)
                continue;
            mx_hook.cell = i;
            struct fault f = try_cell(&cells[i]);
            if (f.what)
                tell(&cells[i], &f);
        }
    }
    mx_hook.record = false;
}

/* ---- no route left out */

static void test_all_routes(void)
{
    int lost = 0;
    for (const struct route *rt = __real_routes; rt->path; rt++) {
        bool found = false;
        for (size_t i = 0; i < COUNT(mx_routes); i++)
            found |= mx_routes[i].method == rt->method && !strcmp(mx_routes[i].path, rt->path);
        if (!found)
            printf("# no expectation for %s %s\n", rt->method == GET ? "GET" : "POST", rt->path);
        lost += !found;
    }
    for (size_t i = 0; i < COUNT(mx_routes); i++)
        if (!real_route(&mx_routes[i])) {
            printf("# there is no route %s\n", mx_routes[i].path);
            lost++;
        }
    CHECK_INT(lost, 0);
}

/* ---- a wrong table must be found */

static bool found_out(const struct mx_mutant *m, const int *which, int n)
{
    bool found = false;
    mx_hook.now = *m;
    for (int i = 0; i < n && !found; i++) {
        const struct cell *c = &cells[which[i]];
        if (c->doors != mx_hook.open_doors)
            mx_doors(c->doors);
        found = try_cell(c).what != NULL;
    }
    mx_hook.now.kind = MUTANT_NONE;
    return found;
}

/* What a cell answers, for comparing: all refusals are one. */
static struct str answer_of(const struct cell *c)
{
    struct str path, form;
    struct at at[2];
    (void)target(c, AS_IT_IS, &path, &form, at);
    if (is_live(c))
        return arena_fmt(w.t.a, "%d", (int)live_right(c));
    const struct req *r = ask(c, path, form);
    return r->status == 403 || r->status == 404 ? STR("refused") : bare(r, STR(""));
}

/* Does nothing at all change where this table answers otherwise? Then another question refuses the same. */
static bool changes_nothing(const struct mx_mutant *m, const int *which, int n)
{
    bool same = true;
    for (int i = 0; i < n && same; i++) {
        const struct cell *c = &cells[which[i]];
        arena_clear(w.t.a);
        mx_doors(c->doors);
        struct str right = answer_of(c);
        mx_hook.now = *m;
        same = str_eq(right, answer_of(c));
        mx_hook.now.kind = MUTANT_NONE;
    }
    return same;
}

enum fate { NEVER_ASKED, SURVIVED, LOCKED_TWICE, KILLED, IDLE, FATES };
/* In the cells where it answers otherwise than the right table. */
static enum fate try_mutant(const struct mx_mutant *m)
{
    enum fate fate = NEVER_ASKED;
    bool same = true;
    for (size_t i = 0; i < mx_hook.n_asked; i++) {
        const struct mx_asked *a = &mx_hook.asked[i];
        if (m->kind <= MUTANT_ADD && (a->role != m->rule.role || a->act != m->rule.act))
            continue; /* one line answers one question */
        bool ever = a->rel & EVER;
        unsigned rel = a->rel & ~(unsigned)EVER;
        if (mx_evaluate(m, a->role, a->act, rel) == (ever ? __real_access_ever(a->role, a->act) : __real_access_may(a->role, a->act, rel)))
            continue;
        fate = fate == NEVER_ASKED && ever ? NEVER_ASKED : SURVIVED;
        if (found_out(m, a->cell, a->n_cells))
            return KILLED;
        same = same && changes_nothing(m, a->cell, a->n_cells);
    }
    return fate == SURVIVED && same ? LOCKED_TWICE : fate;
}

/* The tables and rules are there, their pages are still being built. */
static bool not_yet(const struct access_rule *r)
{
    static const enum act acts[] = {ACT_CONFIDENTIALITY_SIGN, ACT_INTERNSHIP_SEE, ACT_SUPERVISOR_INVITE,
                                    ACT_HANDOVER_SET, ACT_HANDOVER_SEE, ACT_COOPERATION_SET, ACT_ORGANISATION_ADMIN};
    for (size_t i = 0; i < COUNT(acts); i++)
        if (r->act == acts[i])
            return true;
    return r->role == ROLE_SUPERVISOR;
}

/* Lines that no page asks about, or not yet: each with its reason. A page that comes to ask needs its cells before its line leaves this list. */
static bool idle(const struct access_rule *r)
{
    if (r->act == ACT_INTERVIEW_SEE && r->role == ROLE_PROJECT_LEADER)
        return true; /* a leader's pages ask for leading it */
    if (r->act == ACT_WORKBOOK_SEE && r->role == ROLE_MENTOR && r->need == REL_PAIR)
        return true; /* a mentor's pages ask for the own one */
    return not_yet(r);
}

static int fates[3][FATES];
static void tell_mutant(const char *how, const struct access_rule *r, enum fate f, int group)
{
    fates[group][f == NEVER_ASKED && group == 0 && idle(r) ? IDLE : f]++;
    if (group == 0 && f == NEVER_ASKED && idle(r))
        return;
    if (f == SURVIVED || (group == 0 && f != KILLED))
        printf("# %s: %s %s: %s need %u\n", f == SURVIVED ? "survived" : f == LOCKED_TWICE ? "changes nothing" : "never asked", how, act_name(r->act), role_code(r->role), r->need);
}

/* The least that somebody could be given by mistake: what is in reach of the role. */
static void add_each(enum role role, enum act act)
{
    static const unsigned near[] = {REL_ORG, REL_SELF, REL_PAIR, REL_MATCH, REL_ORG | REL_ADVISER, REL_ORG | REL_NAV, REL_ORG | REL_DOC_READ, REL_PAIR | REL_DOC_READ,
                                    REL_ORG | REL_ADVISER | REL_DOC_READ, REL_ORG | REL_NAV | REL_DOC_READ};
    for (size_t i = 0; i < COUNT(near); i++) {
        struct mx_mutant m = {.kind = MUTANT_ADD, .rule = {act, role, near[i]}};
        if (!__real_access_may(role, act, near[i]))
            tell_mutant("added", &m.rule, try_mutant(&m), 2);
    }
}

static void test_mutants(void)
{
    size_t n;
    const struct access_rule *r = access_rules(&n);
    for (size_t i = 0; i < n; i++) {
        struct mx_mutant drop = {.kind = MUTANT_DROP, .line = i, .rule = r[i]};
        tell_mutant("dropped", &r[i], try_mutant(&drop), 0);
        for (unsigned bit = 1; bit <= r[i].need; bit <<= 1)
            if (r[i].need & bit) {
                struct mx_mutant wide = {.kind = MUTANT_WIDEN, .rule = {r[i].act, r[i].role, r[i].need & ~bit}};
                tell_mutant("widened", &wide.rule, try_mutant(&wide), 1);
            }
    }
    for (enum act act = ACT_UNSET + 1; act < ACT_N; act++)
        for (enum role role = ROLE_ADMINISTRATOR; role < ROLE_N; role++)
            add_each(role, act);
    static const char *const group[] = {"lines dropped", "lines widened", "lines added"};
    for (int g = 0; g < 3; g++) {
        printf("# %s: %d found, %d not found; %d change nothing, another question refuses the same; %d nobody asks about\n", group[g], fates[g][KILLED],
               fates[g][SURVIVED], fates[g][LOCKED_TWICE], fates[g][NEVER_ASKED]);
        CHECK_INT(fates[g][SURVIVED], 0);
    }
    CHECK_INT(fates[0][NEVER_ASKED], 0);
}

/* ---- docs/access-rules.md */

static void put_topics(struct buf *out, uint64_t topics)
{
    for (int t = 0; t < TOPIC_N; t++)
        if (topics & TOPIC(t)) {
            buf_c(out, "  - ");
            buf_c(out, mx_topic_say[t]);
            buf_c(out, "\n");
        }
}

static void put_rules(struct buf *out)
{
    buf_c(out, "# Who may see and do what, in sentences\n\n"
               "This page is made from the sentences of the matrix test (`tests/page/matrix_rules.h`); the test keeps the two equal. It tries every\n"
               "address of the program as every kind of person against them, and does not ask the program's own table (`docs/access.md`).\n\n"
               "Over all sentences:\n\n");
    for (size_t i = 0; i < COUNT(mx_over); i++) {
        buf_c(out, "- ");
        buf_c(out, mx_over[i]);
        buf_c(out, "\n");
    }
    buf_c(out, "\n## The sentences\n\n");
    for (size_t i = 0; i < COUNT(mx_rules); i++) {
        buf_str(out, arena_fmt(w.t.a, "%zu. %s\n", i + 1, mx_rules[i].say));
        put_topics(out, mx_rules[i].topics);
    }
    buf_c(out, "\n## The addresses\n");
    for (int t = 0; t < TOPIC_N; t++) {
        buf_str(out, arena_fmt(w.t.a, "\n**%s**\n\n", mx_topic_say[t]));
        for (size_t i = 0; i < COUNT(mx_routes); i++)
            if (mx_routes[i].topic == (enum mx_topic)t && !(i && mx_routes[i - 1].topic == mx_routes[i].topic && !strcmp(mx_routes[i - 1].path, mx_routes[i].path) && mx_routes[i - 1].method == mx_routes[i].method))
                buf_str(out, arena_fmt(w.t.a, "- `%s %s`\n", mx_routes[i].method == GET ? "GET" : "POST", mx_routes[i].path));
    }
}

static void test_page(void)
{
    struct buf made = {.max = 1 << 20}, there = {.max = 1 << 20};
    char some[4096];
    size_t n;
    put_rules(&made);
    FILE *f = fopen("docs/access-rules.md", getenv("MATRIX_WRITE") ? "w" : "r");
    if (f && getenv("MATRIX_WRITE")) {
        fwrite(made.p, 1, made.n, f);
        buf_str(&there, buf_view(&made));
    }
    while (f && !getenv("MATRIX_WRITE") && (n = fread(some, 1, sizeof some, f)) > 0)
        buf_str(&there, (struct str){some, n});
    if (f)
        fclose(f);
    if (!str_eq(buf_view(&made), buf_view(&there)))
        puts("# docs/access-rules.md is not as the sentences say: MATRIX_WRITE=1 build/t_matrix");
    CHECK(str_eq(buf_view(&made), buf_view(&there)));
    buf_free(&made);
    buf_free(&there);
}

int main(void)
{
    setvbuf(stdout, NULL, _IOLBF, 0); /* what is found is seen at once */
    mx_hook.keep_commits = true;
    mx_hook.asked = calloc(ASKED_MAX, sizeof *mx_hook.asked);
    mx_doors(false);
    int64_t at = tm_mono_ms();
    mx_start(&w);
    w.t.demo = true;
    mx_hook.keep_commits = false;
    mx_hook.a = w.t.a;
    test_all_routes();
    test_page();
    only = getenv("MATRIX_ONLY");
    make_cells();
    printf("# %d cells; %lld ms\n", n_cells, (long long)(tm_mono_ms() - at));
    run_cells();
    printf("# %d cells, %d wrong; %zu questions; %lld ms\n", n_cells, failures, mx_hook.n_asked, (long long)(tm_mono_ms() - at));
    CHECK_INT(failures, 0);
    if (getenv("MATRIX_MUTANTS"))
        test_mutants();
    printf("# %lld ms\n", (long long)(tm_mono_ms() - at));
    free(cells);
    free(seen);
    for (size_t i = 0; i < mx_hook.n_asked; i++)
        free(mx_hook.asked[i].cell);
    free(mx_hook.asked);
    arena_free(w.first);
    arena_free(w.keep);
    pt_end(&w.t);
    return test_end();
}
