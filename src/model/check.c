#include "model/check.h"

/* These two ask SQLite itself; on another database they are replaced by its own tools (docs/sql.md). */
struct integrity_row {
    struct str integrity_check;
};
DB_QUERY(q_integrity, struct integrity_row, 0, "SELECT integrity_check FROM pragma_integrity_check",
         DB_COL(struct integrity_row, integrity_check));
struct orphan_row {
    struct str child, parent;
    int64_t n;
};
DB_QUERY(q_orphans, struct orphan_row, 0,
         "SELECT \"table\" AS child, parent, COUNT(*) AS n FROM pragma_foreign_key_check GROUP BY \"table\", parent",
         DB_COL(struct orphan_row, child), DB_COL(struct orphan_row, parent), DB_COL(struct orphan_row, n));

enum err check_database(struct db *db, struct arena *a, struct str **faults, size_t *n)
{
    struct integrity_row *rows;
    struct orphan_row *orphans;
    size_t nr, no, k = 0;
    TRY(db_all(db, a, &q_integrity, &rows, &nr, DB_NONE));
    TRY(db_all(db, a, &q_orphans, &orphans, &no, DB_NONE));
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
