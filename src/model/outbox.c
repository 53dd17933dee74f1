#include "model/outbox.h"

#define OUTBOX_SELECT                                                                              \
    "SELECT id, organisation_id, kind, to_email, to_name, lang, subject, body, calendar, calendar_method, created_at, due_at, attempts," \
    "       sent_at, failed_at, error FROM outbox"
#define OUTBOX_COLS                                                                                \
    DB_COL(struct outbox_row, id), DB_COL(struct outbox_row, organisation_id), DB_COL(struct outbox_row, kind), \
        DB_COL(struct outbox_row, to_email), DB_COL(struct outbox_row, to_name), DB_COL(struct outbox_row, lang), \
        DB_COL(struct outbox_row, subject), DB_COL(struct outbox_row, body), DB_COL(struct outbox_row, calendar), \
        DB_COL(struct outbox_row, calendar_method), DB_COL(struct outbox_row, created_at), DB_COL(struct outbox_row, due_at), \
        DB_COL(struct outbox_row, attempts), DB_COL(struct outbox_row, sent_at), DB_COL(struct outbox_row, failed_at), \
        DB_COL(struct outbox_row, error)

DB_QUERY(q_outbox_due, struct outbox_row, 3,
         OUTBOX_SELECT " WHERE sent_at = 0 AND failed_at = 0 AND (due_at <= $1 OR due_at > $3) ORDER BY due_at, id LIMIT $2", OUTBOX_COLS);
enum err outbox_due(struct db *db, struct arena *a, int64_t now, int64_t latest, int64_t limit, struct outbox_row **rows, size_t *n)
{
    return db_all(db, a, &q_outbox_due, rows, n, DB_IN(now, limit, latest));
}

DB_EXEC(q_outbox_take, 3,
        "UPDATE outbox SET attempts = attempts + 1, due_at = $3 WHERE id = $1 AND attempts = $2 AND sent_at = 0 AND failed_at = 0");
enum err outbox_take(struct db *db, int64_t id, int64_t attempts, int64_t until)
{
    return db_run_one(db, &q_outbox_take, DB_IN(id, attempts, until));
}

DB_EXEC(q_outbox_set_sent, 2,
        "UPDATE outbox SET sent_at = $2, error = '', subject = '', body = '', calendar = '', calendar_method = '' WHERE id = $1");
enum err outbox_set_sent(struct db *db, int64_t id, int64_t now)
{
    return db_run_one(db, &q_outbox_set_sent, DB_IN(id, now));
}

DB_EXEC(q_outbox_set_later, 3, "UPDATE outbox SET due_at = $2, error = $3 WHERE id = $1 AND sent_at = 0");
enum err outbox_set_later(struct db *db, int64_t id, int64_t due_at, struct str error)
{
    return db_run_one(db, &q_outbox_set_later, DB_IN(id, due_at, error));
}

DB_EXEC(q_outbox_set_failed, 3, "UPDATE outbox SET failed_at = $2, error = $3 WHERE id = $1 AND sent_at = 0");
enum err outbox_set_failed(struct db *db, int64_t id, int64_t now, struct str error)
{
    return db_run_one(db, &q_outbox_set_failed, DB_IN(id, now, error));
}

DB_EXEC(q_outbox_again, 3,
        "UPDATE outbox SET failed_at = 0, attempts = 0, due_at = $3, error = '' WHERE id = $1 AND organisation_id = $2 AND failed_at > 0");
enum err outbox_again(struct db *db, int64_t id, int64_t organisation_id, int64_t now)
{
    return db_run_one(db, &q_outbox_again, DB_IN(id, organisation_id, now));
}

/* Those that are sent are counted up to a bound: they are of all the years that mails are kept. */
DB_QUERY(q_outbox_count, struct outbox_counts, 2,
         "SELECT (SELECT COUNT(*) FROM outbox w WHERE w.organisation_id = $1 AND w.sent_at = 0 AND w.failed_at = 0) AS waiting,"
         "       (SELECT COUNT(*) FROM (SELECT 1 FROM outbox s WHERE s.organisation_id = $1 AND s.sent_at > 0 LIMIT $2) AS sent) AS sent,"
         "       (SELECT COUNT(*) FROM outbox f WHERE f.organisation_id = $1 AND f.sent_at = 0 AND f.failed_at > 0) AS failed,"
         "       COALESCE((SELECT MIN(o.created_at) FROM outbox o WHERE o.organisation_id = $1 AND o.sent_at = 0 AND o.failed_at = 0), 0) AS oldest_at",
         DB_COL(struct outbox_counts, waiting), DB_COL(struct outbox_counts, sent), DB_COL(struct outbox_counts, failed),
         DB_COL(struct outbox_counts, oldest_at));
enum err outbox_count(struct db *db, struct arena *a, int64_t organisation_id, struct outbox_counts *out)
{
    return db_one(db, a, &q_outbox_count, out, DB_IN(organisation_id, (int64_t)OUTBOX_SENT_MAX));
}

DB_QUERY(q_outbox_troubled, struct outbox_row, 2,
         "SELECT id, organisation_id, kind, created_at, due_at, attempts, failed_at, error FROM outbox"
         " WHERE organisation_id = $1 AND sent_at = 0 AND (failed_at > 0 OR attempts > 0) ORDER BY id DESC LIMIT $2",
         DB_COL(struct outbox_row, id), DB_COL(struct outbox_row, organisation_id), DB_COL(struct outbox_row, kind),
         DB_COL(struct outbox_row, created_at), DB_COL(struct outbox_row, due_at), DB_COL(struct outbox_row, attempts),
         DB_COL(struct outbox_row, failed_at), DB_COL(struct outbox_row, error));
enum err outbox_troubled(struct db *db, struct arena *a, int64_t organisation_id, int64_t limit, struct outbox_row **rows, size_t *n)
{
    return db_all(db, a, &q_outbox_troubled, rows, n, DB_IN(organisation_id, limit));
}

DB_QUERY(q_outbox_list, struct outbox_row, 3,
         OUTBOX_SELECT " WHERE organisation_id = $1 AND subject <> '' AND ($2 = 0 OR id < $2) ORDER BY id DESC LIMIT $3", OUTBOX_COLS);
enum err outbox_list(struct db *db, struct arena *a, int64_t organisation_id, int64_t before_id, int64_t limit, struct outbox_row **rows,
                     size_t *n)
{
    return db_all(db, a, &q_outbox_list, rows, n, DB_IN(organisation_id, before_id, limit));
}

DB_QUERY(q_outbox_get, struct outbox_row, 2, OUTBOX_SELECT " WHERE id = $1 AND organisation_id = $2", OUTBOX_COLS);
enum err outbox_get(struct db *db, struct arena *a, int64_t id, int64_t organisation_id, struct outbox_row *out)
{
    return db_one(db, a, &q_outbox_get, out, DB_IN(id, organisation_id));
}
