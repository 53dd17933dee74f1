#include "model/log_read.h"

struct count_row {
    int64_t n;
};

/* ---- one account's day */

DB_QUERY(q_count_since, struct count_row, 3,
         "SELECT COUNT(*) AS n FROM (SELECT at FROM log_line WHERE account_id = $1 AND at >= $2 AND participant_id > 0 LIMIT $3) AS first_ones",
         DB_COL(struct count_row, n));
enum err log_count_since(struct db *db, struct arena *a, int64_t account_id, int64_t since, int64_t enough, int64_t *n)
{
    struct count_row row;
    TRY(db_one(db, a, &q_count_since, &row, DB_IN(account_id, since, enough)));
    *n = row.n;
    return OK;
}

DB_QUERY(q_persons_since, struct log_person, 3,
         "SELECT DISTINCT participant_id FROM log_line WHERE account_id = $1 AND at >= $2 AND participant_id > 0 LIMIT $3",
         DB_COL(struct log_person, participant_id));
enum err log_persons_since(struct db *db, struct arena *a, int64_t account_id, int64_t since, int64_t limit, struct log_person **rows, size_t *n)
{
    return db_all(db, a, &q_persons_since, rows, n, DB_IN(account_id, since, limit));
}

DB_QUERY(q_acts_since, struct count_row, 4,
         "SELECT COUNT(*) AS n FROM log_line WHERE account_id = $1 AND at >= $2 AND act = $3 AND ($4 = '*' OR outcome = $4)",
         DB_COL(struct count_row, n));
enum err log_acts_since(struct db *db, struct arena *a, int64_t account_id, int64_t since, const char *act, const char *outcome, int64_t *n)
{
    struct count_row row;
    TRY(db_one(db, a, &q_acts_since, &row, DB_IN(account_id, since, act, outcome ? outcome : "*")));
    *n = row.n;
    return OK;
}

/* ---- what a person reads */

DB_QUERY(q_last_before, struct count_row, 3,
         "SELECT at AS n FROM log_line WHERE participant_id = $1 AND account_id <> $2 AND at < $3 ORDER BY at DESC LIMIT 1",
         DB_COL(struct count_row, n));
enum err log_last_before(struct db *db, struct arena *a, int64_t participant_id, int64_t own, int64_t before, int64_t *at)
{
    struct count_row row = {0};
    enum err e = db_one(db, a, &q_last_before, &row, DB_IN(participant_id, own, before));
    if (e && e != ERR_NOT_FOUND)
        return e;
    *at = row.n;
    return OK;
}

#define G(f) DB_COL(struct log_group, f)
DB_QUERY(q_groups, struct log_group, 5,
         "SELECT l.account_id, l.from_organisation_id, l.role, l.act, l.what, COUNT(*) AS n, MAX(l.at) AS last_at, a.name AS who,"
         "       o.name AS organisation"
         "  FROM log_line l LEFT JOIN account a ON a.id = l.account_id LEFT JOIN organisation o ON o.id = l.from_organisation_id"
         " WHERE l.participant_id = $1 AND l.account_id <> $2 AND l.at >= $3 AND l.at < $4"
         " GROUP BY l.account_id, l.from_organisation_id, l.role, l.act, l.what, a.name, o.name ORDER BY last_at DESC, l.account_id LIMIT $5",
         G(account_id), G(from_organisation_id), G(role), G(act), G(what), G(n), G(last_at), G(who), G(organisation));
enum err log_groups(struct db *db, struct arena *a, int64_t participant_id, int64_t own, int64_t from, int64_t until, int64_t limit,
                    struct log_group **rows, size_t *n)
{
    return db_all(db, a, &q_groups, rows, n, DB_IN(participant_id, own, from, until, limit));
}

/* ---- what the administrator reads */

#define F(f) DB_COL(struct log_found, f)
#define FIND                                                                                       \
    "SELECT l.id, l.at, l.account_id, l.role, l.participant_id, l.act, l.what, l.subject_id, l.outcome, a.name AS who," \
    "       o.name AS from_organisation, p.reference, CAST(p.address_protection AS BIGINT) AS address_protection" \
    "  FROM log_line l LEFT JOIN account a ON a.id = l.account_id LEFT JOIN organisation o ON o.id = l.from_organisation_id" \
    "  LEFT JOIN participant p ON p.id = l.participant_id AND p.organisation_id = l.organisation_id"
#define FIND_REST                                                                                  \
    " AND (p.id IS NULL OR l.act = 'refused' OR " RELATION_KNOWS("p", "$9", "$10") ")" \
    " AND ($4 = '' OR l.act = $4) AND l.at >= $5 AND ($6 = 0 OR l.at < $6) AND ($7 = 0 OR l.id < $7) ORDER BY "
#define FIND_COLS                                                                                  \
    F(id), F(at), F(account_id), F(role), F(participant_id), F(act), F(what), F(subject_id), F(outcome), F(who), F(from_organisation), \
        F(reference), F(address_protection)
/* The same three times, each with the index that fits: of an organisation its lines stand in the order of their places in the chain. */
DB_QUERY(q_find, struct log_found, 10, FIND " WHERE l.organisation_id = $1 AND ($2 = 0 OR l.account_id = $2) AND ($3 = 0 OR l.participant_id = $3)"
         " AND l.seq < COALESCE((SELECT b.seq FROM log_line b WHERE b.id = $7 AND b.organisation_id = $1), 9223372036854775807)" FIND_REST "l.seq DESC LIMIT $8", FIND_COLS);
DB_QUERY(q_find_person, struct log_found, 10, FIND " WHERE l.participant_id = $3 AND l.organisation_id = $1 AND ($2 = 0 OR l.account_id = $2)"
         FIND_REST "l.id DESC LIMIT $8", FIND_COLS);
DB_QUERY(q_find_account, struct log_found, 10, FIND " WHERE l.account_id = $2 AND l.organisation_id = $1 AND ($3 = 0 OR l.participant_id = $3)"
         FIND_REST "l.id DESC LIMIT $8", FIND_COLS);
enum err log_find(struct db *db, struct arena *a, const struct log_filter *f, int64_t limit, struct log_found **rows, size_t *n)
{
    return db_all(db, a, f->participant_id ? &q_find_person : f->account_id ? &q_find_account : &q_find, rows, n,
                  DB_IN(f->organisation_id, f->account_id, f->participant_id, f->act, f->from, f->until, f->before_id, limit, f->viewer.account_id, f->viewer.today));
}

DB_QUERY(q_actors, struct log_actor, 3,
         "SELECT l.account_id, a.name FROM (SELECT DISTINCT account_id FROM log_line WHERE organisation_id = $1 AND at >= $2) AS l"
         "  JOIN account a ON a.id = l.account_id ORDER BY a.name, l.account_id LIMIT $3",
         DB_COL(struct log_actor, account_id), DB_COL(struct log_actor, name));
enum err log_actors(struct db *db, struct arena *a, int64_t organisation_id, int64_t since, int64_t limit, struct log_actor **rows, size_t *n)
{
    return db_all(db, a, &q_actors, rows, n, DB_IN(organisation_id, since, limit));
}

/* An opened look: not only named in a list (domain/looked.h: looked_list). */
#define OPENED "l.act = 'look' AND l.what NOT IN ('list', 'overview', 'task')"
/* What grows with the lines of a day is not sorted, for that takes memory for each line. Who looked at whom, and how (2: opened, 1: in a list, 0: was
 * refused), is made distinct first; lines at night and about hidden persons are counted by an index; of refusals and stops there are few. */
#define LINES "FROM log_line l WHERE l.organisation_id = $1 AND l.at >= $2 AND l.at < $3 AND l.account_id > 0"
#define HOW "CASE WHEN l.act = 'refused' THEN 0 WHEN " OPENED " THEN 2 ELSE 1 END"
#define AT_NIGHT "SELECT COUNT(*) FROM log_line l WHERE l.account_id = g.account_id AND l.role = g.role AND l.organisation_id = $1 AND l.act = 'look'"
#define D(f) DB_COL(struct log_day, f)
DB_QUERY(q_day, struct log_day, 5,
         "SELECT g.account_id, g.role, a.name AS who, g.opened, g.persons, g.outside,"
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
         D(account_id), D(role), D(who), D(opened), D(persons), D(outside), D(night), D(refused), D(hidden), D(stops));
enum err log_day(struct db *db, struct arena *a, int64_t organisation_id, int64_t from, int64_t until, int64_t morning, int64_t evening,
                 struct log_day **rows, size_t *n)
{
    return db_all(db, a, &q_day, rows, n, DB_IN(organisation_id, from, until, morning, evening));
}

DB_QUERY(q_habits, struct log_habit, 3,
         "SELECT d.account_id, COUNT(DISTINCT d.day) AS days, COUNT(*) AS persons"
         "  FROM (SELECT DISTINCT l.account_id, l.at / 86400000 AS day, l.participant_id "
         "          " LINES " AND l.participant_id > 0 AND " OPENED ") AS d"
         " GROUP BY d.account_id",
         DB_COL(struct log_habit, account_id), DB_COL(struct log_habit, days), DB_COL(struct log_habit, persons));
enum err log_habits(struct db *db, struct arena *a, int64_t organisation_id, int64_t from, int64_t until, struct log_habit **rows, size_t *n)
{
    return db_all(db, a, &q_habits, rows, n, DB_IN(organisation_id, from, until));
}

DB_QUERY(q_watchers, struct log_watcher, 2,
         "SELECT DISTINCT a.email, a.name, a.lang FROM account a JOIN account_role r ON r.account_id = a.id"
         " WHERE r.organisation_id = $1 AND r.role IN ('administrator', 'project_leader') AND r.from_at <= $2 AND (r.until_at = 0 OR r.until_at > $2)"
         "   AND a.disabled_at = 0 ORDER BY a.email LIMIT 20",
         DB_COL(struct log_watcher, email), DB_COL(struct log_watcher, name), DB_COL(struct log_watcher, lang));
enum err log_watchers(struct db *db, struct arena *a, int64_t organisation_id, int64_t now, struct log_watcher **rows, size_t *n)
{
    return db_all(db, a, &q_watchers, rows, n, DB_IN(organisation_id, now));
}
