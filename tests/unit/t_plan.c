/* How the database will answer every query of the program: none reads a table from beginning to end that grows with people and years, but for the few
 * named here with a reason. The plans are asked for twice: as a new database makes them, and with the statistics of a country
 * (tests/data/country_stat.h), for both may happen. */
#include "base/arena.h"
#include "db/migrate.h"
#include "tests/data/country_stat.h"
#include "tests/test.h"
#include "tests/test_db.h"

#include <ctype.h>

/* Tables that do not grow with people and years: everything else does. */
static const struct {
    const char *table, *why;
} small[] = {
    {"organisation", "some hundreds in a country"},
    {"setting", "some for each organisation"},
    {"schema_version", "one for each migration"},
    {"log_head", "one for each organisation"},
    {"cooperation", "some for each organisation"},
    {"agreement_template", "some for each organisation"},
    {"document_template", "some for each organisation"},
    {"login_throttle", "swept after a day"},
    {"login_step", "swept after minutes"},
    {"login_link", "swept after an hour"},
    {"login_code", "swept after days, and few get one"},
    {"oidc_login", "swept after minutes"},
    {"import_draft", "swept after an hour"},
    {"live_journal", "emptied every few seconds"},
    {"live_open", "one for each document that is open just now"},
    {"server", "one for each process"},
    {"job", "one for each kind of job"},
};

/* Reading all of it is what these are for. */
static const struct whole {
    const char *query, *table, *why;
} wholes[] = {
    {"q_loose", "event", "`springbrett check` looks at every event"},
    {"q_loose", "log_line", "and for its line"},
    {"q_check_newest", "log_line", "the newest number is at the end of the table"},
    {"q_erasure_each", "erasure", "a restored backup has everybody erased again"},
    {"q_erasure_newest", "erasure", "the highest number, which SQLite and PostgreSQL take from the end of the key"},
    {"q_sweep_session", "session", "the country's statistics have 54 sessions, fewer than it takes at once; without them it goes by the index"},
    {"q_drop_document_visit", "document_visit", "one person's erasure; with the statistics of a country the OR of two indexes seems dearer than all of it"},
};

/* ---- seeded faults */

struct id_row {
    int64_t id;
};
DB_QUERY(q_bad_scan, struct id_row, 1, "SELECT id FROM participant WHERE phone = $1", DB_COL(struct id_row, id));
DB_QUERY(q_bad_alias, struct id_row, 1, "SELECT p.id FROM organisation o JOIN participant p ON p.organisation_id + 0 = o.id WHERE p.phone = $1", DB_COL(struct id_row, id));
DB_QUERY(q_bad_or, struct id_row, 2, "SELECT e.id FROM event AS e WHERE e.participant_id = $1 OR e.role = $2", DB_COL(struct id_row, id));
DB_QUERY(q_bad_index_made, struct id_row, 0, "SELECT e.id FROM organisation o JOIN event e ON e.role = o.name", DB_COL(struct id_row, id));
DB_QUERY(q_bad_order, struct id_row, 1, "SELECT id FROM log_line WHERE request <> $1 ORDER BY id DESC LIMIT 10", DB_COL(struct id_row, id));
DB_QUERY(q_bad_max, struct id_row, 1, "SELECT MAX(e.at) AS id FROM event e WHERE e.kind = $1", DB_COL(struct id_row, id));
DB_EXEC(q_bad_delete, 1, "DELETE FROM minutes WHERE written_at < $1");
DB_EXEC(q_bad_parent, 1, "DELETE FROM cohort WHERE id = $1"); /* trainee.cohort_id has an index, offer's too: this one is good */
enum { BAD = 7 };

static bool is_seeded(const struct db_query *q)
{
    return str_starts(str_c(q->name), STR("q_bad_")) && strcmp(q->name, "q_bad_parent") != 0;
}

/* ---- names */

static bool is_small(struct str table)
{
    for (size_t i = 0; i < COUNT(small); i++)
        if (str_is(table, small[i].table))
            return true;
    return false;
}

/* What PostgreSQL does only while the tables are empty. */
static const struct whole while_empty[] = {
    {"q_link_use", "link", "any index will do; one row by its number"},
    {"q_log_health", "log_line", "joined in order; with a country one line is looked up for each organisation"},
};

static bool used[COUNT(wholes)];
static bool is_whole(const struct db_query *q, struct str table)
{
    for (size_t i = 0; i < COUNT(wholes); i++)
        if (!strcmp(q->name, wholes[i].query) && str_is(table, wholes[i].table))
            return used[i] = true;
    return false;
}
static bool is_while_empty(const struct db_query *q, struct str table)
{
    for (size_t i = 0; i < COUNT(while_empty); i++)
        if (!strcmp(q->name, while_empty[i].query) && str_is(table, while_empty[i].table))
            return true;
    return false;
}

static struct str word(const char **at)
{
    const char *p = *at;
    while (*p && !isalnum((unsigned char)*p) && *p != '_' && *p != ')')
        p++;
    const char *from = p;
    if (*p == ')')
        p++;
    else
        while (isalnum((unsigned char)*p) || *p == '_')
            p++;
    *at = p;
    return (struct str){from, (size_t)(p - from)};
}

static bool is_table(struct db *db, struct arena *a, struct str name)
{
    bool has = false;
    return db_has_table(db, arena_cstr(a, name), &has) == OK && has;
}

/* What a name of the plan stands for in the SQL: calls bad() for each table that grows. A name of none is what a SELECT in brackets is called. */
static int growing(struct db *db, struct arena *a, const struct db_query *q, struct str name)
{
    const char *at = q->sql;
    struct str before = {0}, table = {0};
    int n = 0;
    bool known = false;
    for (struct str w = word(&at); w.n; before = w, w = word(&at)) {
        bool as = str_is(before, "AS") || str_is(before, ")");
        if (str_eq(w, name) && as)
            known = true;
        if (table.n && !str_is(w, "AS")) {
            if (str_eq(w, name) && !is_small(table) && !is_whole(q, table))
                n++;
            known |= str_eq(w, name);
            table = (struct str){0};
        }
        bool first = str_is(before, "FROM") || str_is(before, "JOIN") || str_is(before, "INTO") || str_is(before, "UPDATE");
        if (first && is_table(db, a, w)) {
            table = w;
            known |= str_eq(w, name);
            if (str_eq(w, name) && !is_small(w) && !is_whole(q, w))
                n++;
        }
        if (first && str_eq(w, name)) /* what a WITH has made */
            known = true;
    }
    if (known)
        return n;
    /* Children of a row that goes or gets another key; of a new one they are asked for only when rules wait for the end of the transaction, which none does here. */
    return str_starts(str_c(q->sql), STR("INSERT")) || is_small(name) || is_whole(q, name) ? 0 : 1;
}

/* ---- plans of SQLite */

struct plan_row {
    int id, parent, notused;
    struct str detail;
};

/* How many tables that grow q would read whole, or make an index for first. -1: the plan could not be had. */
static int sqlite_faults(struct db *db, struct arena *a, const struct db_query *q, bool say)
{
    struct db_query ask = {.name = q->name, .sql = arena_cstr(a, arena_fmt(a, "EXPLAIN QUERY PLAN %s", q->sql)), .n_in = (uint16_t)db_query_ins(q),
                           .row_size = sizeof(struct plan_row),
                           .col = {DB_COL(struct plan_row, id), DB_COL(struct plan_row, parent), DB_COL(struct plan_row, notused), DB_COL(struct plan_row, detail)}};
    struct db_param in[DB_COLS_MAX] = {0};
    struct plan_row *rows;
    size_t n;
    int faults = 0;
    for (size_t i = 0; i < COUNT(in); i++)
        in[i] = db_p_i64(1);
    if (db_all(db, a, &ask, &rows, &n, in, ask.n_in)) {
        printf("# %s: %s\n", q->name, db_why(db));
        return -1;
    }
    for (size_t i = 0; i < n; i++) {
        struct str d = rows[i].detail, how = str_cut(&d, ' '), name = str_cut(&d, ' ');
        bool made = memmem(d.p, d.n, "AUTOMATIC", 9) != NULL, by = memmem(d.p, d.n, "USING", 5) != NULL;
        bool whole = str_is(how, "SCAN") || (str_is(how, "SEARCH") && !by); /* a MIN or MAX without an index is called a search too */
        if ((!whole && !made) || str_is(name, "CONSTANT") || memmem(d.p, d.n, "CONSTANT ROW", 12) || memmem(d.p, d.n, "VIRTUAL TABLE", 13))
            continue;
        int k = growing(db, a, q, name);
        faults += k;
        if (k && say)
            printf("# %s:%d: %s: %.*s\n", q->file, q->line, q->name, STR_FMT(rows[i].detail));
    }
    return faults;
}

/* ---- plans of PostgreSQL */

struct pg_row {
    struct str line;
};

static bool has(struct str line, const char *words)
{
    return memmem(line.p, line.n, words, strlen(words)) != NULL;
}
/* "... Seq Scan on TABLE", "... Index Scan using INDEX on TABLE" */
static bool node_of(struct str line, const char *words, struct str *table)
{
    const char *at = memmem(line.p, line.n, words, strlen(words));
    if (!at)
        return false;
    at += strlen(words);
    struct str rest = {at, line.n - (size_t)(at - line.p)};
    *table = str_cut(&rest, ' ');
    if (str_starts(rest, STR("on "))) { /* it was the index' name */
        str_cut(&rest, ' ');
        *table = str_cut(&rest, ' ');
    }
    return true;
}

/* The same: with reading a whole table made dear, one that is read whole still, or along a whole index, is one that nothing else can answer. */
static int pg_faults(struct db *db, struct arena *a, const struct db_query *q, bool say)
{
    struct str nulls[DB_COLS_MAX];
    size_t n, n_in = db_query_ins(q);
    for (size_t i = 0; i < n_in; i++)
        nulls[i] = STR("NULL");
    struct str values = n_in ? arena_fmt(a, "(%s)", arena_join(a, nulls, n_in, STR(", ")).p) : STR("");
    struct db_query ask = {.name = q->name, .sql = arena_cstr(a, arena_fmt(a, "EXPLAIN EXECUTE asked%s", values.p)), .row_size = sizeof(struct pg_row),
                           .col = {{.name = "QUERY PLAN", .at = 0, .type = DB_STR}}};
    struct pg_row *rows;
    int faults = 0;
    if (db_script(db, arena_cstr(a, arena_fmt(a, "PREPARE asked AS %s", q->sql))) || db_all(db, a, &ask, &rows, &n, DB_NONE)) {
        printf("# %s: %s\n", q->name, db_why(db));
        return -1;
    }
    if (db_script(db, "DEALLOCATE asked"))
        return -1;
    bool ends = false; /* a LIMIT ends it early */
    for (size_t i = 0; i < n; i++)
        ends = ends || has(rows[i].line, "Limit  (");
    for (size_t i = 0; i < n; i++) {
        struct str table;
        bool whole = node_of(rows[i].line, "Seq Scan on ", &table);
        if (!whole && !ends && (node_of(rows[i].line, "Index Scan using ", &table) || node_of(rows[i].line, "Index Only Scan using ", &table)))
            whole = i + 1 == n || !has(rows[i + 1].line, "Index Cond:");
        if (!whole || is_small(table) || is_whole(q, table) || is_while_empty(q, table))
            continue;
        faults++;
        if (say)
            printf("# %s:%d: %s: %.*s\n", q->file, q->line, q->name, STR_FMT(rows[i].line));
    }
    return faults;
}

static void ask_all(struct db *db)
{
    size_t n, seeded = 0;
    const struct db_query *const *all = db_queries(&n);
    for (size_t i = 0; i < n; i++) {
        CLEANUP(arena_freep) struct arena *a = arena_new(64 << 20);
        bool bad = is_seeded(all[i]);
        if (str_starts(str_c(all[i]->name), STR("q_pg_")) || str_starts(str_c(all[i]->name), STR("q_sqlite_"))) /* asks one of them about itself */
            continue;
        int faults = (db_kind(db) == DB_SQLITE ? sqlite_faults : pg_faults)(db, a, all[i], !bad);
        seeded += bad && faults > 0;
        if (bad && faults <= 0 && db_kind(db) == DB_SQLITE)
            printf("# %s was not found\n", all[i]->name);
        if (!bad)
            CHECK_INT(faults, 0);
    }
    CHECK_INT(seeded, db_kind(db) == DB_SQLITE ? BAD : BAD - 1); /* PostgreSQL calls walking along a whole index no reading of the table */
}

/* The rows of a country in the table where SQLite keeps what ANALYZE found. */
static enum err take_statistics(struct db *db)
{
    TRY(db_script(db, "ANALYZE"));
    TRY(db_script(db, country_stat));
    return db_script(db, "ANALYZE sqlite_schema");
}

int main(void)
{
    struct db *db = NULL;
    char why[300] = "";
    CHECK_ERR(db_connect(test_db(), DB_WRITE, &db), OK);
    CHECK_ERR(migrate(db, migrations, 1, why, sizeof why), OK);
    if (db_kind(db) == DB_POSTGRES)
        CHECK_ERR(db_script(db, "SET enable_seqscan = off; SET plan_cache_mode = force_generic_plan"), OK);
    ask_all(db);
    if (db_kind(db) == DB_SQLITE) {
        CHECK_ERR(take_statistics(db), OK);
        ask_all(db);
    }
    for (size_t i = 0; i < COUNT(wholes) && db_kind(db) == DB_SQLITE; i++) { /* a reason that nothing needs any more is taken out */
        if (!used[i])
            printf("# %s does not read %s whole\n", wholes[i].query, wholes[i].table);
        CHECK(used[i]);
    }
    db_close(db);
    return test_end();
}
