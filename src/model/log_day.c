#include "model/log_day.h"

/* ---- counted */

/* An opened look: not only named in a list (domain/looked.h: looked_list). */
#define OPENED "l.act = 'look' AND l.what NOT IN ('list', 'overview', 'task')"
/* What grows with the lines of a day is not sorted, for that takes memory for each line. Who looked at whom, and how (2: opened, 1: in a list, 0: was
 * refused), is made distinct first; lines at night and about hidden persons are counted by an index; of refusals and stops there are few. */
#define LINES "FROM log_line l WHERE l.organisation_id = $1 AND l.at >= $2 AND l.at < $3 AND l.account_id > 0"
#define HOW "CASE WHEN l.act = 'refused' THEN 0 WHEN " OPENED " THEN 2 ELSE 1 END"
#define AT_NIGHT "SELECT COUNT(*) FROM log_line l WHERE l.account_id = g.account_id AND l.role = g.role AND +l.organisation_id = $1 AND l.act = 'look'"
#define D(f) DB_COL(struct log_day, f)
DB_QUERY(q_day, struct log_day, 6,
         "SELECT CAST($6 AS BIGINT) AS day, g.account_id, g.role, a.name AS who, g.opened, g.persons, g.outside,"
         "       (" AT_NIGHT " AND l.at >= $2 AND l.at < $4) + (" AT_NIGHT " AND l.at >= $5 AND l.at < $3) AS night, g.refused, g.hidden, g.stops"
         "  FROM (SELECT s.account_id, s.role,"
         "               COUNT(DISTINCT CASE WHEN s.how = 2 AND s.participant_id > 0 THEN s.participant_id END) AS opened,"
         "               COUNT(DISTINCT CASE WHEN s.how >= 1 AND s.participant_id > 0 THEN s.participant_id END) AS persons,"
         "               COUNT(DISTINCT CASE WHEN s.how = 2 AND s.role IN ('adviser', 'nav_contact') AND COALESCE(p.adviser_id, 0) <> s.account_id"
         "                                        AND COALESCE(p.nav_contact_id, 0) <> s.account_id THEN p.id END) AS outside,"
         "               CAST(SUM(s.refused) AS BIGINT) AS refused,"
         "               CAST(SUM(CASE WHEN s.how >= 0 AND p.address_protection >= 2 AND NOT EXISTS"
         "                    (SELECT r.id FROM relation r WHERE r.participant_id = p.id AND r.kind = 'named' AND r.account_id = s.account_id AND r.ended_at = 0)"
         "                   THEN (SELECT COUNT(*) FROM log_line l WHERE l.participant_id = p.id AND l.at >= $2 AND l.at < $3 AND +l.organisation_id = $1"
         "                            AND +l.account_id = s.account_id AND l.role = s.role AND l.act IN ('look', 'refused') AND " HOW " = s.how)"
         "                   ELSE 0 END) AS BIGINT) AS hidden,"
         "               CAST(SUM(s.stops) AS BIGINT) AS stops"
         "          FROM (SELECT DISTINCT l.account_id, l.role, l.participant_id, " HOW " AS how, 0 AS refused, 0 AS stops " LINES
         "                   AND l.act IN ('look', 'refused')"
         "                 UNION ALL"
         "                SELECT l.account_id, l.role, 0, -1, CASE WHEN l.act = 'refused' THEN 1 ELSE 0 END, CASE WHEN l.act = 'stop' THEN 1 ELSE 0 END " LINES
         "                   AND l.act IN ('refused', 'stop')) AS s"
         "               LEFT JOIN participant p ON p.id = s.participant_id"
         "         GROUP BY s.account_id, s.role) AS g LEFT JOIN account a ON a.id = g.account_id ORDER BY g.account_id, g.role",
         D(day), D(account_id), D(role), D(who), D(opened), D(persons), D(outside), D(night), D(refused), D(hidden), D(stops));
enum err log_day_count(struct db *db, struct arena *a, int64_t organisation_id, const struct log_day_when *w, struct log_day **rows, size_t *n)
{
    return db_all(db, a, &q_day, rows, n, DB_IN(organisation_id, w->from, w->until, w->morning, w->evening, w->day));
}

DB_QUERY(q_day_others, struct log_day, 4,
         "SELECT DISTINCT CAST($4 AS BIGINT) AS day, l.account_id, l.role " LINES " AND l.act NOT IN ('look', 'refused', 'stop')", D(day), D(account_id), D(role));
enum err log_day_others(struct db *db, struct arena *a, int64_t organisation_id, const struct log_day_when *w, struct log_day **rows, size_t *n)
{
    return db_all(db, a, &q_day_others, rows, n, DB_IN(organisation_id, w->from, w->until, w->day));
}

/* ---- kept */

struct kept_row {
    int64_t day;
};
DB_QUERY(q_day_kept, struct kept_row, 1, "SELECT CAST(counted_on AS BIGINT) AS day FROM log_head WHERE organisation_id = $1", DB_COL(struct kept_row, day));
enum err log_day_kept(struct db *db, struct arena *a, int64_t organisation_id, int64_t *day)
{
    struct kept_row row;
    TRY(db_one(db, a, &q_day_kept, &row, DB_IN(organisation_id)));
    *day = row.day;
    return OK;
}

DB_EXEC(q_day_put, 11, "INSERT INTO log_day (organisation_id, day, account_id, role, opened, persons, outside, night, refused, hidden, stops)"
                       " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (organisation_id, day, account_id, role) DO NOTHING");
enum err log_day_put(struct db *db, int64_t organisation_id, const struct log_day *r)
{
    return db_run(db, &q_day_put, NULL,
                  DB_IN(organisation_id, r->day, r->account_id, r->role, r->opened, r->persons, r->outside, r->night, r->refused, r->hidden, r->stops));
}

DB_EXEC(q_day_forget, 3, "DELETE FROM log_day WHERE organisation_id = $1 AND (day < $2 OR day >= $3)");
enum err log_day_forget(struct db *db, int64_t organisation_id, int64_t oldest, int64_t first)
{
    return db_run(db, &q_day_forget, NULL, DB_IN(organisation_id, oldest, first));
}

DB_EXEC(q_day_counted, 2, "UPDATE log_head SET counted_on = $2 WHERE organisation_id = $1");
enum err log_day_keep(struct db *db, int64_t organisation_id, int64_t day)
{
    return db_run(db, &q_day_counted, NULL, DB_IN(organisation_id, day));
}

DB_QUERY(q_day_read, struct log_day, 3,
         "SELECT CAST(d.day AS BIGINT) AS day, d.account_id, d.role, a.name AS who, CAST(d.opened AS BIGINT) AS opened, CAST(d.persons AS BIGINT) AS persons,"
         "       CAST(d.outside AS BIGINT) AS outside, CAST(d.night AS BIGINT) AS night, CAST(d.refused AS BIGINT) AS refused,"
         "       CAST(d.hidden AS BIGINT) AS hidden, CAST(d.stops AS BIGINT) AS stops"
         "  FROM log_day d LEFT JOIN account a ON a.id = d.account_id WHERE d.organisation_id = $1 AND d.day >= $2 AND d.day < $3 ORDER BY d.day, d.account_id, d.role",
         D(day), D(account_id), D(role), D(who), D(opened), D(persons), D(outside), D(night), D(refused), D(hidden), D(stops));
enum err log_day_read(struct db *db, struct arena *a, int64_t organisation_id, int64_t from, int64_t until, struct log_day **rows, size_t *n)
{
    return db_all(db, a, &q_day_read, rows, n, DB_IN(organisation_id, from, until));
}

DB_QUERY(q_habits, struct log_habit, 3,
         "SELECT d.account_id, COUNT(DISTINCT d.day) AS days, CAST(SUM(d.opened) AS BIGINT) AS persons"
         "  FROM log_day d WHERE d.organisation_id = $1 AND d.day >= $2 AND d.day < $3 AND d.opened > 0 GROUP BY d.account_id",
         DB_COL(struct log_habit, account_id), DB_COL(struct log_habit, days), DB_COL(struct log_habit, persons));
enum err log_habits(struct db *db, struct arena *a, int64_t organisation_id, int64_t from, int64_t until, struct log_habit **rows, size_t *n)
{
    return db_all(db, a, &q_habits, rows, n, DB_IN(organisation_id, from, until));
}

DB_QUERY(q_actors, struct log_actor, 4,
         "SELECT l.account_id, a.name FROM (SELECT account_id FROM log_day WHERE organisation_id = $1 AND day >= $2"
         "                                   UNION SELECT account_id FROM log_line WHERE organisation_id = $1 AND at >= $3) AS l"
         "  JOIN account a ON a.id = l.account_id ORDER BY a.name, l.account_id LIMIT $4",
         DB_COL(struct log_actor, account_id), DB_COL(struct log_actor, name));
enum err log_actors(struct db *db, struct arena *a, int64_t organisation_id, int64_t from, int64_t since, int64_t limit, struct log_actor **rows, size_t *n)
{
    return db_all(db, a, &q_actors, rows, n, DB_IN(organisation_id, from, since, limit));
}
