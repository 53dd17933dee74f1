#include "model/server.h"

DB_EXEC(q_server_insert, 1, "INSERT INTO server (started_at, seen_at) VALUES ($1, $1) RETURNING id");
enum err server_insert(struct db *db, int64_t now, int64_t *id)
{
    return db_insert(db, &q_server_insert, id, DB_IN(now));
}

DB_EXEC(q_server_beat, 2,
        "INSERT INTO server (id, started_at, seen_at) VALUES ($1, $2, $2) ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at");
enum err server_beat(struct db *db, int64_t id, int64_t now)
{
    return db_run(db, &q_server_beat, NULL, DB_IN(id, now));
}

DB_EXEC(q_server_delete, 1, "DELETE FROM server WHERE id = $1");
enum err server_delete(struct db *db, int64_t id)
{
    return db_run(db, &q_server_delete, NULL, DB_IN(id));
}

struct id_row {
    int64_t id;
};
DB_QUERY(q_server_dead, struct id_row, 2, "SELECT id FROM server WHERE seen_at < $1 ORDER BY id LIMIT $2", DB_COL(struct id_row, id));
enum err server_dead(struct db *db, struct arena *a, int64_t now, int64_t limit, int64_t **ids, size_t *n)
{
    struct id_row *rows;
    TRY(db_all(db, a, &q_server_dead, &rows, n, DB_IN(now - SERVER_DEAD_MS, limit)));
    *ids = &rows->id; /* a row is its id */
    return OK;
}

DB_QUERY(q_server_heard, struct id_row, 1, "SELECT seen_at AS id FROM server WHERE seen_at >= $1 ORDER BY seen_at DESC LIMIT 1", DB_COL(struct id_row, id));
enum err server_heard(struct db *db, struct arena *a, int64_t now, int64_t *at)
{
    struct id_row row;
    enum err e = db_one(db, a, &q_server_heard, &row, DB_IN(now - SERVER_DEAD_MS));
    *at = e ? 0 : row.id;
    return e == ERR_NOT_FOUND ? OK : e;
}

DB_QUERY(q_server_count, struct id_row, 0, "SELECT COUNT(*) AS id FROM server", DB_COL(struct id_row, id));
enum err server_count(struct db *db, struct arena *a, int64_t *n)
{
    struct id_row row;
    TRY(db_one(db, a, &q_server_count, &row, DB_NONE));
    *n = row.id;
    return OK;
}

/* Looks first: PostgreSQL's ON CONFLICT waits for whoever is changing the row just then. */
DB_EXEC(q_job_new, 1,
        "INSERT INTO job (name, due_at) SELECT CAST($1 AS TEXT), 0 WHERE NOT EXISTS (SELECT 1 FROM job WHERE name = $1) ON CONFLICT (name) DO NOTHING");
/* What stands behind pg: is read by PostgreSQL only: who comes while another looks at the row passes by. */
DB_EXEC(q_job_take, 4,
        "UPDATE job SET due_at = $3, taken_by = $4 WHERE name IN (SELECT name FROM job WHERE name = $1 AND due_at <= $2 /*pg: FOR UPDATE SKIP LOCKED */)");
enum err job_take(struct db *db, const char *name, int64_t server, int64_t now, int64_t every_ms, bool *yes)
{
    int64_t changed;
    TRY(db_run(db, &q_job_new, NULL, DB_IN(name)));
    TRY(db_run(db, &q_job_take, &changed, DB_IN(name, now, now + every_ms, server)));
    *yes = changed == 1;
    return OK;
}
