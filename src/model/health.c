#include "model/health.h"

DB_QUERY(q_outbox_health, struct outbox_health, 1,
         "SELECT (SELECT COUNT(*) FROM (SELECT id FROM outbox WHERE sent_at = 0 AND failed_at = 0 LIMIT $1) AS w) AS waiting,"
         "       (SELECT COUNT(*) FROM (SELECT id FROM outbox WHERE sent_at = 0 AND failed_at > 0 LIMIT $1) AS f) AS failed,"
         "       COALESCE((SELECT MIN(due_at) FROM outbox WHERE sent_at = 0 AND failed_at = 0), 0) AS due_at",
         DB_COL(struct outbox_health, waiting), DB_COL(struct outbox_health, failed), DB_COL(struct outbox_health, due_at));
enum err outbox_health(struct db *db, struct arena *a, struct outbox_health *out)
{
    return db_one(db, a, &q_outbox_health, out, DB_IN((int64_t)HEALTH_COUNT_MAX));
}

DB_QUERY(q_log_health, struct log_health, 0,
         "SELECT COUNT(*) AS chains, CAST(COALESCE(SUM(h.seq - h.gone_seq), 0) AS BIGINT) AS lines, COALESCE(MAX(l.at), 0) AS newest_at,"
         "       CAST(COALESCE(SUM(CASE WHEN l.id IS NULL AND h.seq > h.gone_seq THEN 1 ELSE 0 END), 0) AS BIGINT) AS broken"
         "  FROM log_head h LEFT JOIN log_line l ON l.organisation_id = h.organisation_id AND l.seq = h.seq",
         DB_COL(struct log_health, chains), DB_COL(struct log_health, lines), DB_COL(struct log_health, newest_at),
         DB_COL(struct log_health, broken));
enum err log_health(struct db *db, struct arena *a, struct log_health *out)
{
    return db_one(db, a, &q_log_health, out, DB_NONE);
}
