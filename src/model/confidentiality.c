#include "model/confidentiality.h"

#define COLS                                                                                       \
    DB_COL(struct confidentiality_row, account_id), DB_COL(struct confidentiality_row, text_version), \
        DB_COL(struct confidentiality_row, lang), DB_COL(struct confidentiality_row, at)
DB_PUT(q_confidentiality_insert, struct confidentiality_row,
       "INSERT INTO confidentiality (account_id, text_version, lang, at) VALUES ($1, $2, $3, $4)", COLS);
enum err confidentiality_insert(struct db *db, const struct confidentiality_row *r)
{
    return db_put(db, &q_confidentiality_insert, r, NULL);
}

DB_QUERY(q_confidentiality_last, struct confidentiality_row, 1,
         "SELECT account_id, text_version, lang, at FROM confidentiality WHERE account_id = $1 ORDER BY text_version DESC, at DESC, id DESC LIMIT 1",
         COLS);
enum err confidentiality_last(struct db *db, struct arena *a, int64_t account_id, struct confidentiality_row *out)
{
    return db_one(db, a, &q_confidentiality_last, out, DB_IN(account_id));
}
