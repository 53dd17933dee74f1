/* migrate.h: numbered schema changes, built into the program from migrations/NNNN_name.sql.
 *
 * Each runs in one transaction and is recorded in schema_version with the BLAKE2b hash of its text. A changed text of an applied one,
 * a gap, or a database newer than the program is refused (ERR_STATE) with a sentence in `why`. */
#pragma once
#include "db/db.h"

struct migration {
    int number;
    const char *name, *sql;
};
extern const struct migration migrations[]; /* made at build time; ends with number 0 */
enum err migrate(struct db *db, const struct migration *list, int64_t now, char *why, size_t n_why) MUST_CHECK;
/* 0 for an empty database. */
enum err migrate_version(struct db *db, int *version) MUST_CHECK;
