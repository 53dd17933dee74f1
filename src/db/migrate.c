/* migrate.h: compares what was applied with what the program has, and applies the rest in one transaction: all of them or
 * none. The comparison is made inside it too: two programs started at once do not apply anything twice. */
#include "db/migrate.h"

#include "base/secret.h"

#include <stdio.h>

enum { ARENA_MAX = 16 << 20 };

struct applied {
    int number;
    struct str name, hash;
    int64_t applied_at;
};

/* Made by the program itself: it must be there before the first migration. */
static const char table_sql[] = "CREATE TABLE schema_version ("
                                " number INTEGER PRIMARY KEY,"
                                " name TEXT NOT NULL,"
                                " hash TEXT NOT NULL,"
                                " applied_at BIGINT NOT NULL)";

DB_QUERY(q_applied, struct applied, 0, "SELECT number, name, hash, applied_at FROM schema_version ORDER BY number",
         DB_COL(struct applied, number), DB_COL(struct applied, name), DB_COL(struct applied, hash),
         DB_COL(struct applied, applied_at));
DB_PUT(q_apply, struct applied, "INSERT INTO schema_version (number, name, hash, applied_at) VALUES ($1, $2, $3, $4)",
       DB_COL(struct applied, number), DB_COL(struct applied, name), DB_COL(struct applied, hash),
       DB_COL(struct applied, applied_at));

/* *n applied migrations, none when the table is not there yet. */
static enum err load(struct db *db, struct arena *a, struct applied **rows, size_t *n, bool *has_table)
{
    TRY(db_has_table(db, "schema_version", has_table));
    *n = 0;
    return *has_table ? db_all(db, a, &q_applied, rows, n, DB_NONE) : OK;
}

/* The applied ones must be the first n of the list, unchanged. */
static enum err compare(struct arena *a, const struct migration *list, const struct applied *rows, size_t n, char *why, size_t n_why)
{
    for (size_t i = 0; i < n; i++) {
        if (list[i].number == 0) {
            snprintf(why, n_why, "The database is at version %d, this program knows only %zu. Use a newer program.", rows[n - 1].number,
                     i);
            return ERR_STATE;
        }
        if (rows[i].number != (int)i + 1 || list[i].number != (int)i + 1) {
            snprintf(why, n_why, "Migration %zu is missing: the numbers have a gap.", i + 1);
            return ERR_STATE;
        }
        if (!str_eq(rows[i].hash, secret_hash_hex(a, str_c(list[i].sql)))) {
            snprintf(why, n_why, "Migration %d (%s) was changed after it was applied. Put its text back.", list[i].number,
                     list[i].name);
            return ERR_STATE;
        }
    }
    for (; list[n].number; n++)
        if (list[n].number != (int)n + 1) {
            snprintf(why, n_why, "Migration %zu is missing: the numbers have a gap.", n + 1);
            return ERR_STATE;
        }
    return OK;
}

static enum err apply(struct db *db, struct arena *a, const struct migration *m, int64_t now)
{
    struct applied row = {.number = m->number, .name = str_c(m->name), .hash = secret_hash_hex(a, str_c(m->sql)), .applied_at = now};
    TRY(db_script(db, m->sql));
    return db_put(db, &q_apply, &row, NULL);
}

/* What is applied already stays out of it; `why` may be empty after a fault. */
static enum err all_steps(struct db *db, const struct migration *list, int64_t now, char *why, size_t n_why)
{
    CLEANUP(arena_freep) struct arena *a = arena_new(ARENA_MAX);
    CLEANUP(db_tx_end) struct db_tx tx = {0};
    struct applied *rows = NULL;
    size_t n;
    bool has_table;
    TRY(db_begin(db, &tx));
    TRY(load(db, a, &rows, &n, &has_table));
    TRY(compare(a, list, rows, n, why, n_why));
    if (!has_table)
        TRY(db_script(db, table_sql));
    for (; list[n].number; n++) {
        enum err e = apply(db, a, &list[n], now);
        if (e) {
            snprintf(why, n_why, "Migration %d (%s) failed: %s", list[n].number, list[n].name, db_why(db));
            return e;
        }
    }
    TRY(db_settle(db));
    return db_commit(&tx);
}

enum err migrate(struct db *db, const struct migration *list, int64_t now, char *why, size_t n_why)
{
    if (n_why)
        why[0] = '\0';
    enum err e = db_found(db);
    if (!e)
        e = all_steps(db, list, now, why, n_why);
    if (e && n_why && !why[0])
        snprintf(why, n_why, "The database cannot be changed: %s", db_why(db));
    return e;
}

int migrate_newest(const struct migration *list)
{
    int n = 0;
    while (list[n].number)
        n++;
    return n;
}

enum err migrate_to(struct db *db, const struct migration *list, int number, int64_t now, char *why, size_t n_why)
{
    CLEANUP(arena_freep) struct arena *a = arena_new(ARENA_MAX);
    if (number < 1 || number > migrate_newest(list)) {
        snprintf(why, n_why, "The data is of version %d, this program knows only %d. Use a newer program.", number, migrate_newest(list));
        return ERR_STATE;
    }
    struct migration *cut = ARENA_ARRAY(a, struct migration, (size_t)number + 1); /* the last one stays zero: the end */
    memcpy(cut, list, (size_t)number * sizeof *cut);
    return migrate(db, cut, now, why, n_why);
}

enum err migrate_version(struct db *db, int *version)
{
    CLEANUP(arena_freep) struct arena *a = arena_new(ARENA_MAX);
    struct applied *rows = NULL;
    size_t n;
    bool has_table;
    TRY(load(db, a, &rows, &n, &has_table));
    *version = n ? rows[n - 1].number : 0;
    return OK;
}
