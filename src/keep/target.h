/* target.h: an empty database that tables are put into, each read back before the next: for `move` and `restore`.
 *
 * One transaction. It has the schema already (migrate_to); its table schema_version is its own and is not copied. */
#pragma once
#include "db/copy.h"

bool target_copies(const struct copy_table *t); /* false for schema_version, and the mark of model/check.h */

struct target {
    struct copy *c;
    struct arena *a;
    struct copy_table *tables;
    bool *seen;
    size_t n, at; /* at: the table at hand */
    char why[400];
};
/* ERR_STATE: there are rows in it. target_done in any case. */
enum err target_open(struct target *t, const char *url) MUST_CHECK;
/* The table that is like this one. ERR_INVALID: there is none, or it had its turn. */
enum err target_table(struct target *t, const struct copy_table *theirs) MUST_CHECK;
enum err target_row(struct target *t, const struct copy_cell *cells) MUST_CHECK;
/* Reads the table back from the database. ERR_INVALID: it is not what was put in. given: as copy_put_end. */
enum err target_end(struct target *t, const struct copy_sum *want, int64_t given) MUST_CHECK;
/* ERR_INVALID: a table had no turn. */
enum err target_commit(struct target *t) MUST_CHECK;
void target_done(struct target *t); /* what was not committed is undone */
