/* setting.h: table setting. Keys of an organisation are checked by domain/settings.h's owners; here they are text. */
#pragma once
#include "db/db.h"

struct setting_row {
    int64_t organisation_id, changed_at, changed_by;
    struct str key, value;
};
/* "" when it was never set. */
enum err setting_get(struct db *db, struct arena *a, int64_t organisation_id, const char *key, struct str *value) MUST_CHECK;
/* All whose key starts with prefix (no % or _ in it). */
enum err setting_all(struct db *db, struct arena *a, int64_t organisation_id, const char *prefix, struct setting_row **rows, size_t *n) MUST_CHECK;
enum err setting_put(struct db *db, const struct setting_row *s) MUST_CHECK;
/* Of the installation: kept with the first organisation that has it; "" when there is none. */
enum err setting_first(struct db *db, struct arena *a, const char *key, struct str *value) MUST_CHECK;
/* Is this data a demo (key "demo" of the first organisation)? */
enum err setting_demo(struct db *db, struct arena *a, bool *demo) MUST_CHECK;
