/* matrix_mutate.h: the table of domain/access.c, one line dropped, widened or added at a time. The program calls access_may and
 * access_ever; the linker hands the calls to us (meson.build: --wrap), and with them the answers a wrong table would give. Who asked what in
 * which cell is kept, so that a wrong table is tried in those cells only where it answers otherwise: in all others nothing can change. */
#pragma once
#include "matrix_rules.h"

struct mx_mutant {
    enum { MUTANT_NONE, MUTANT_DROP, MUTANT_WIDEN, MUTANT_ADD, MUTANT_UNHIDDEN, MUTANT_EVER_NO, MUTANT_EVER_YES, MUTANT_ANY_ORG } kind;
    size_t line;            /* of the table */
    struct access_rule rule; /* WIDEN, ADD */
};
enum { ASKED_MAX = 8192, EVER = 1u << 30 };
struct mx_asked {
    enum role role;
    enum act act;
    unsigned rel;
    int n_cells, max_cells, *cell;
};
static struct {
    struct mx_mutant now;
    bool record, open_doors, keep_commits;
    bool pretend; /* the next commit says that it was one, and is none */
    int cell; /* under way */
    struct arena *a;
    int64_t changes_before, changes; /* rows that the last request would have changed */
    struct mx_asked *asked;
    size_t n_asked;
    int table[2 * ASKED_MAX];
} mx_hook;

static bool mx_evaluate(const struct mx_mutant *m, enum role role, enum act act, unsigned rel)
{
    size_t n;
    const struct access_rule *r = access_rules(&n);
    if (m->kind != MUTANT_UNHIDDEN && (rel & REL_HIDDEN) && !(rel & (REL_SELF | REL_NAMED | REL_PAIR | REL_MATCH | REL_SUPERVISOR)))
        return false;
    if ((m->kind == MUTANT_ADD || m->kind == MUTANT_WIDEN) && m->rule.act == act && m->rule.role == role && (m->rule.need & ~rel) == 0)
        return true;
    for (size_t i = 0; i < n; i++)
        if (!(m->kind == MUTANT_DROP && m->line == i) && r[i].act == act && r[i].role == role && (r[i].need & ~rel) == 0)
            return true;
    return false;
}

static void mx_note_cell(struct mx_asked *a)
{
    if (a->n_cells && a->cell[a->n_cells - 1] == mx_hook.cell)
        return;
    if (a->n_cells == a->max_cells) {
        a->max_cells = a->max_cells ? 2 * a->max_cells : 8;
        a->cell = realloc(a->cell, (size_t)a->max_cells * sizeof *a->cell);
        if (!a->cell)
            abort();
    }
    a->cell[a->n_cells++] = mx_hook.cell;
}

static void mx_note(enum role role, enum act act, unsigned rel)
{
    size_t h = (role * 2654435761u ^ act * 40503u ^ rel * 97u) % (2 * ASKED_MAX);
    for (; mx_hook.table[h]; h = (h + 1) % (2 * ASKED_MAX)) {
        struct mx_asked *a = &mx_hook.asked[mx_hook.table[h] - 1];
        if (a->role != role || a->act != act || a->rel != rel)
            continue;
        mx_note_cell(a);
        return;
    }
    if (mx_hook.n_asked == ASKED_MAX)
        abort();
    mx_hook.table[h] = (int)mx_hook.n_asked + 1;
    mx_hook.asked[mx_hook.n_asked++] = (struct mx_asked){.role = role, .act = act, .rel = rel};
    mx_note_cell(&mx_hook.asked[mx_hook.n_asked - 1]);
}

bool __real_access_may(enum role role, enum act act, unsigned relations);
bool __wrap_access_may(enum role role, enum act act, unsigned relations);
bool __wrap_access_may(enum role role, enum act act, unsigned relations)
{
    if (mx_hook.record)
        mx_note(role, act, relations);
    return mx_hook.now.kind ? mx_evaluate(&mx_hook.now, role, act, relations) : __real_access_may(role, act, relations);
}
bool __real_access_ever(enum role role, enum act act);
bool __wrap_access_ever(enum role role, enum act act);
bool __wrap_access_ever(enum role role, enum act act)
{
    if (mx_hook.record)
        mx_note(role, act, REL_ALL | EVER);
    if (mx_hook.now.kind == MUTANT_EVER_NO || mx_hook.now.kind == MUTANT_EVER_YES)
        return mx_hook.now.kind == MUTANT_EVER_YES;
    if (mx_hook.now.kind)
        return mx_evaluate(&mx_hook.now, role, act, REL_ALL);
    bool record = mx_hook.record; /* it asks access_may for all relations at once, which no service does */
    mx_hook.record = false;
    bool ever = __real_access_ever(role, act);
    mx_hook.record = record;
    return ever;
}
/* "Drop the WHERE": everything belongs to the actor's organisation. */
unsigned __real_rel_org(const struct ctx *c, int64_t organisation_id);
unsigned __wrap_rel_org(const struct ctx *c, int64_t organisation_id);
unsigned __wrap_rel_org(const struct ctx *c, int64_t organisation_id)
{
    return mx_hook.now.kind == MUTANT_ANY_ORG ? REL_ORG : __real_rel_org(c, organisation_id);
}

/* PostgreSQL has no such count: there 0 is as good as 0. */
DB_QUERY(q_sqlite_mx_changes, struct md_outbox, 0, "SELECT total_changes() AS n", DB_COL(struct md_outbox, n));
static enum err mx_count(struct db *db, int64_t *n)
{
    struct md_outbox row = {0};
    if (db_kind(db) == DB_SQLITE)
        TRY(db_one(db, mx_hook.a, &q_sqlite_mx_changes, &row, DB_NONE));
    *n = row.n;
    return OK;
}
/* Every cell finds the same world: what a request would keep is rolled back. Counted are the rows that transactions changed which were to be
 * kept. Both ask the database once more, so that a fault of a test (db_fault) falls on them too. */
enum err __real_db_begin(struct db *db, struct db_tx *tx);
enum err __wrap_db_begin(struct db *db, struct db_tx *tx);
enum err __wrap_db_begin(struct db *db, struct db_tx *tx)
{
    TRY(__real_db_begin(db, tx));
    if (mx_hook.keep_commits)
        return OK;
    return mx_count(db, &mx_hook.changes_before);
}
enum err __real_db_commit(struct db_tx *tx);
enum err __wrap_db_commit(struct db_tx *tx);
enum err __wrap_db_commit(struct db_tx *tx)
{
    if (mx_hook.keep_commits)
        return __real_db_commit(tx);
    int64_t n;
    if (mx_hook.pretend) {
        mx_hook.pretend = false;
        db_tx_end(tx);
        return OK;
    }
    TRY(mx_count(tx->db, &n));
    mx_hook.changes += n - mx_hook.changes_before;
    db_tx_end(tx);
    return OK;
}

/* The route table, with its column of roles taken away when the doors stand open: then only the services refuse. */
extern const struct route __real_routes[];
enum { ROUTES_MAX = 600 };
struct route __wrap_routes[ROUTES_MAX];
static void mx_doors(bool open)
{
    size_t i = 0;
    for (; __real_routes[i].path; i++) {
        if (i + 1 >= ROUTES_MAX)
            abort();
        __wrap_routes[i] = __real_routes[i];
        if (open && __wrap_routes[i].auth == AUTH_LOGGED_IN)
            __wrap_routes[i].roles = LOGGED_IN;
    }
    __wrap_routes[i] = (struct route){0};
    mx_hook.open_doors = open;
}
