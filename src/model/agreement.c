#include "model/agreement.h"

DB_PUT(q_agreement_template_insert, struct agreement_template_row,
       "INSERT INTO agreement_template (organisation_id, lang, text, by_account, at) VALUES ($1, $2, $3, $4, $5)",
       DB_COL(struct agreement_template_row, organisation_id), DB_COL(struct agreement_template_row, lang),
       DB_COL(struct agreement_template_row, text), DB_COL(struct agreement_template_row, by_account),
       DB_COL(struct agreement_template_row, at));
enum err agreement_template_insert(struct db *db, const struct agreement_template_row *t)
{
    return db_put(db, &q_agreement_template_insert, t, NULL);
}

DB_QUERY(q_agreement_template_newest, struct agreement_template_row, 2,
         "SELECT id, organisation_id, lang, text, by_account, at FROM agreement_template WHERE organisation_id = $1 AND lang = $2"
         " ORDER BY at DESC, id DESC LIMIT 1",
         DB_COL(struct agreement_template_row, id), DB_COL(struct agreement_template_row, organisation_id),
         DB_COL(struct agreement_template_row, lang), DB_COL(struct agreement_template_row, text),
         DB_COL(struct agreement_template_row, by_account), DB_COL(struct agreement_template_row, at));
enum err agreement_template_newest(struct db *db, struct arena *a, int64_t organisation_id, struct str lang,
                                   struct agreement_template_row *out)
{
    return db_one(db, a, &q_agreement_template_newest, out, DB_IN(organisation_id, lang));
}

DB_PUT(q_agreement_insert, struct agreement_row,
       "INSERT INTO agreement (match_id, text, text_hash, created_at, updated_at) VALUES ($1, $2, $3, $4, $5) RETURNING id",
       DB_COL(struct agreement_row, match_id), DB_COL(struct agreement_row, text), DB_COL(struct agreement_row, text_hash),
       DB_COL(struct agreement_row, created_at), DB_COL(struct agreement_row, updated_at));
enum err agreement_insert(struct db *db, const struct agreement_row *g, int64_t *id)
{
    return db_put_id(db, &q_agreement_insert, g, id);
}

#define AGREEMENT_COLS                                                                             \
    DB_COL(struct agreement_row, id), DB_COL(struct agreement_row, match_id), DB_COL(struct agreement_row, text), \
        DB_COL(struct agreement_row, text_hash), DB_COL(struct agreement_row, created_at),         \
        DB_COL(struct agreement_row, updated_at), DB_COL(struct agreement_row, version)
DB_QUERY(q_agreement_get, struct agreement_row, 1,
         "SELECT id, match_id, text, text_hash, created_at, updated_at, version FROM agreement WHERE id = $1", AGREEMENT_COLS);
enum err agreement_get(struct db *db, struct arena *a, int64_t id, struct agreement_row *out)
{
    return db_one(db, a, &q_agreement_get, out, DB_IN(id));
}
DB_QUERY(q_agreement_of_match, struct agreement_row, 1,
         "SELECT id, match_id, text, text_hash, created_at, updated_at, version FROM agreement WHERE match_id = $1", AGREEMENT_COLS);
enum err agreement_of_match(struct db *db, struct arena *a, int64_t match_id, struct agreement_row *out)
{
    return db_one(db, a, &q_agreement_of_match, out, DB_IN(match_id));
}

struct agreement_id_row {
    int64_t id;
};
DB_QUERY(q_agreement_newest_of_participant, struct agreement_id_row, 1,
         "SELECT g.id FROM agreement g JOIN match x ON x.id = g.match_id JOIN trainee t ON t.id = x.trainee_id"
         " WHERE t.participant_id = $1 ORDER BY g.created_at DESC, g.id DESC LIMIT 1",
         DB_COL(struct agreement_id_row, id));
enum err agreement_newest_of_participant(struct db *db, struct arena *a, int64_t participant_id, int64_t *id)
{
    struct agreement_id_row row;
    TRY(db_one(db, a, &q_agreement_newest_of_participant, &row, DB_IN(participant_id)));
    *id = row.id;
    return OK;
}

DB_EXEC(q_agreement_update, 5,
        "UPDATE agreement SET text = $3, text_hash = $4, updated_at = $5, version = version + 1 WHERE id = $1 AND version = $2");
enum err agreement_update(struct db *db, const struct agreement_row *g)
{
    return db_run_one(db, &q_agreement_update, DB_IN(g->id, g->version, g->text, g->text_hash, g->updated_at));
}

DB_PUT(q_signature_insert, struct signature_row,
       "INSERT INTO agreement_signature (agreement_id, account_id, side, name, text_hash, at) VALUES ($1, $2, $3, $4, $5, $6)",
       DB_COL(struct signature_row, agreement_id), DB_COL(struct signature_row, account_id), DB_COL(struct signature_row, side),
       DB_COL(struct signature_row, name), DB_COL(struct signature_row, text_hash), DB_COL(struct signature_row, at));
enum err signature_insert(struct db *db, const struct signature_row *s)
{
    return db_put(db, &q_signature_insert, s, NULL);
}

DB_QUERY(q_signature_of_agreement, struct signature_row, 1,
         "SELECT id, agreement_id, account_id, side, name, text_hash, at, void_at FROM agreement_signature WHERE agreement_id = $1"
         "   AND void_at = 0 ORDER BY at, id LIMIT 10",
         DB_COL(struct signature_row, id), DB_COL(struct signature_row, agreement_id), DB_COL(struct signature_row, account_id),
         DB_COL(struct signature_row, side), DB_COL(struct signature_row, name), DB_COL(struct signature_row, text_hash),
         DB_COL(struct signature_row, at), DB_COL(struct signature_row, void_at));
enum err signature_of_agreement(struct db *db, struct arena *a, int64_t agreement_id, struct signature_row **rows, size_t *n)
{
    return db_all(db, a, &q_signature_of_agreement, rows, n, DB_IN(agreement_id));
}

DB_EXEC(q_signature_void, 2, "UPDATE agreement_signature SET void_at = $2 WHERE agreement_id = $1 AND void_at = 0");
enum err signature_void(struct db *db, int64_t agreement_id, int64_t now)
{
    return db_run(db, &q_signature_void, NULL, DB_IN(agreement_id, now));
}
