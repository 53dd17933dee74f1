#include "model/setting.h"

#define SETTING_COLS                                                                               \
    DB_COL(struct setting_row, organisation_id), DB_COL(struct setting_row, key), DB_COL(struct setting_row, value), \
        DB_COL(struct setting_row, changed_at), DB_COL(struct setting_row, changed_by)

DB_QUERY(q_setting_get, struct setting_row, 2,
         "SELECT organisation_id, key, value, changed_at, changed_by FROM setting WHERE organisation_id = $1 AND key = $2",
         SETTING_COLS);
enum err setting_get(struct db *db, struct arena *a, int64_t organisation_id, const char *key, struct str *value)
{
    struct setting_row row = {0};
    enum err e = db_one(db, a, &q_setting_get, &row, DB_IN(organisation_id, key));
    if (e && e != ERR_NOT_FOUND)
        return e;
    *value = row.value;
    return OK;
}

DB_QUERY(q_setting_all, struct setting_row, 2,
         "SELECT organisation_id, key, value, changed_at, changed_by FROM setting"
         " WHERE organisation_id = $1 AND key LIKE $2 || '%' ORDER BY key",
         SETTING_COLS);
enum err setting_all(struct db *db, struct arena *a, int64_t organisation_id, const char *prefix, struct setting_row **rows, size_t *n)
{
    return db_all(db, a, &q_setting_all, rows, n, DB_IN(organisation_id, prefix));
}

DB_PUT(q_setting_put, struct setting_row,
       "INSERT INTO setting (organisation_id, key, value, changed_at, changed_by) VALUES ($1, $2, $3, $4, $5)"
       " ON CONFLICT (organisation_id, key) DO UPDATE SET value = $3, changed_at = $4, changed_by = $5",
       SETTING_COLS);
enum err setting_put(struct db *db, const struct setting_row *s)
{
    return db_put(db, &q_setting_put, s, NULL);
}

DB_QUERY(q_setting_first, struct setting_row, 1,
         "SELECT organisation_id, key, value, changed_at, changed_by FROM setting WHERE key = $1 ORDER BY organisation_id LIMIT 1",
         SETTING_COLS);
enum err setting_first(struct db *db, struct arena *a, const char *key, struct str *value)
{
    struct setting_row row = {0};
    enum err e = db_one(db, a, &q_setting_first, &row, DB_IN(key));
    if (e && e != ERR_NOT_FOUND)
        return e;
    *value = row.value;
    return OK;
}

enum err setting_demo(struct db *db, struct arena *a, bool *demo)
{
    struct str value;
    TRY(setting_first(db, a, "demo", &value));
    *demo = str_is(value, "1");
    return OK;
}
