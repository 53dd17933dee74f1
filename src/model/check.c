#include "model/check.h"

/* Each database is asked about itself: these are the only queries bound to one of them (docs/sql.md). */
struct integrity_row {
    struct str integrity_check;
};
DB_QUERY(q_sqlite_integrity, struct integrity_row, 0, "SELECT integrity_check FROM pragma_integrity_check",
         DB_COL(struct integrity_row, integrity_check));
struct orphan_row {
    struct str child, parent;
    int64_t n;
};
DB_QUERY(q_sqlite_orphans, struct orphan_row, 0,
         "SELECT \"table\" AS child, parent, COUNT(*) AS n FROM pragma_foreign_key_check GROUP BY \"table\", parent",
         DB_COL(struct orphan_row, child), DB_COL(struct orphan_row, parent), DB_COL(struct orphan_row, n));

/* PostgreSQL holds its own rules at every commit: only what was switched off or not finished can be wrong. */
struct unfinished_row {
    struct str name;
};
DB_QUERY(q_pg_unfinished, struct unfinished_row, 0,
         "SELECT CAST(c.conname AS TEXT) AS name FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace"
         " WHERE NOT c.convalidated AND n.nspname = current_schema()"
         " UNION ALL SELECT CAST(r.relname AS TEXT) FROM pg_index i JOIN pg_class r ON r.oid = i.indexrelid JOIN pg_namespace n ON n.oid = r.relnamespace"
         " WHERE NOT i.indisvalid AND n.nspname = current_schema()"
         " UNION ALL SELECT CAST(t.tgname AS TEXT) FROM pg_trigger t JOIN pg_class r ON r.oid = t.tgrelid JOIN pg_namespace n ON n.oid = r.relnamespace"
         " WHERE t.tgisinternal AND t.tgenabled <> 'O' AND n.nspname = current_schema()",
         DB_COL(struct unfinished_row, name));

static enum err check_postgres(struct db *db, struct arena *a, struct str **faults, size_t *n)
{
    struct unfinished_row *rows;
    TRY(db_all(db, a, &q_pg_unfinished, &rows, n, DB_NONE));
    *faults = ARENA_ARRAY(a, struct str, *n);
    for (size_t i = 0; i < *n; i++)
        (*faults)[i] = arena_fmt(a, "the rule or index %.*s of the database is switched off or not finished", STR_FMT(rows[i].name));
    return OK;
}

static enum err check_sqlite(struct db *db, struct arena *a, struct str **faults, size_t *n)
{
    struct integrity_row *rows;
    struct orphan_row *orphans;
    size_t nr, no, k = 0;
    TRY(db_all(db, a, &q_sqlite_integrity, &rows, &nr, DB_NONE));
    TRY(db_all(db, a, &q_sqlite_orphans, &orphans, &no, DB_NONE));
    struct str *out = ARENA_ARRAY(a, struct str, nr + no);
    for (size_t i = 0; i < nr; i++)
        if (!str_is(rows[i].integrity_check, "ok"))
            out[k++] = arena_fmt(a, "the database file is damaged: %.*s", STR_FMT(rows[i].integrity_check));
    for (size_t i = 0; i < no; i++)
        out[k++] = arena_fmt(a, "%lld rows of %.*s point to a row of %.*s that is not there", (long long)orphans[i].n,
                             STR_FMT(orphans[i].child), STR_FMT(orphans[i].parent));
    *faults = out;
    *n = k;
    return OK;
}

enum err check_database(struct db *db, struct arena *a, struct str **faults, size_t *n)
{
    return db_kind(db) == DB_POSTGRES ? check_postgres(db, a, faults, n) : check_sqlite(db, a, faults, n);
}

enum err restore_mark(struct db *db)
{
    return db_script(db, "CREATE TABLE restore_unfinished (id INTEGER PRIMARY KEY)");
}

enum err restore_unmark(struct db *db)
{
    return db_script(db, "DROP TABLE restore_unfinished");
}

enum err restore_marked(struct db *db, bool *yes)
{
    return db_has_table(db, "restore_unfinished", yes);
}

struct sealed_row {
    int64_t id;
};
DB_QUERY(q_sealed_totp, struct sealed_row, 0, "SELECT COALESCE(MIN(account_id), 0) AS id FROM totp", DB_COL(struct sealed_row, id));
DB_QUERY(q_sealed_recovery, struct sealed_row, 0, "SELECT COALESCE(MIN(account_id), 0) AS id FROM recovery_code", DB_COL(struct sealed_row, id));
DB_QUERY(q_sealed_identity, struct sealed_row, 0, "SELECT COALESCE(MIN(account_id), 0) AS id FROM identity", DB_COL(struct sealed_row, id));
enum err check_sealed(struct db *db, struct arena *a, bool *yes)
{
    static const struct {
        const char *table;
        const struct db_query *q;
    } list[] = {{"totp", &q_sealed_totp}, {"recovery_code", &q_sealed_recovery}, {"identity", &q_sealed_identity}};
    *yes = false;
    for (size_t i = 0; i < COUNT(list) && !*yes; i++) {
        struct sealed_row r = {0};
        bool there = false;
        TRY(db_has_table(db, list[i].table, &there));
        if (there)
            TRY(db_one(db, a, list[i].q, &r, DB_NONE));
        *yes = r.id > 0;
    }
    return OK;
}

struct newest_row {
    int64_t id;
};
DB_QUERY(q_check_newest, struct newest_row, 0, "SELECT COALESCE(MAX(id), 0) AS id FROM log_line", DB_COL(struct newest_row, id));
enum err check_large(struct db *db, struct arena *a, bool *large)
{
    struct newest_row r;
    TRY(db_one(db, a, &q_check_newest, &r, DB_NONE));
    *large = r.id > CHECK_LARGE_LINES;
    return OK;
}
