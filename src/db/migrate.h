/* migrate.h: numbered schema changes, built into the program from migrations/NNNN_name.sql.
 *
 * All that are not applied yet run in one transaction, so that a failure leaves what the older program can go on with; they are recorded in
 * schema_version with the BLAKE2b hash of their text. A changed text of an applied one, a gap, or a database newer than the program is refused (ERR_STATE) with a sentence in `why`. */
#pragma once
#include "db/db.h"

struct migration {
    int number;
    const char *name, *sql;
};
extern const struct migration migrations[]; /* made at build time; ends with number 0 */
enum err migrate(struct db *db, const struct migration *list, int64_t now, char *why, size_t n_why) MUST_CHECK;
/* Only as far as `number`, for data that an older program wrote. ERR_STATE: the list does not reach it. */
enum err migrate_to(struct db *db, const struct migration *list, int number, int64_t now, char *why, size_t n_why) MUST_CHECK;
int migrate_newest(const struct migration *list); /* the last number */
/* 0 for an empty database. */
enum err migrate_version(struct db *db, int *version) MUST_CHECK;
