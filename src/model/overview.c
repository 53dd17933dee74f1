#include "model/overview.h"
#include "domain/register.h"

/* Fourteen short walks along participant_count. */
DB_QUERY(q_overview_counts, struct overview_count, 3,
         "WITH s (stage) AS (VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9), (10), (11), (12), (13))"
         " SELECT s.stage, (SELECT COUNT(*) FROM (SELECT 1 FROM participant p WHERE p.organisation_id = $1 AND p.stage = s.stage AND " NOT_ERASED("p") " AND " RELATION_KNOWS("p", "$2", "$3") " LIMIT 1000) x)"
         "   AS n FROM s ORDER BY s.stage",
         DB_COL(struct overview_count, stage), DB_COL(struct overview_count, n));
enum err overview_counts(struct db *db, struct arena *a, int64_t organisation_id, struct viewer v, struct overview_count **rows, size_t *n)
{
    return db_all(db, a, &q_overview_counts, rows, n, DB_IN(organisation_id, v.account_id, v.today));
}

#define PEOPLE_AT(stage)                                                                           \
    "SELECT * FROM (SELECT p.id, p.stage_at, p.stage, p.first_name, p.last_name FROM participant p" \
    " WHERE p.organisation_id = $1 AND p.stage = " stage " AND " NOT_ERASED("p") " AND " RELATION_KNOWS("p", "$2", "$3") " ORDER BY p.sort_name, p.id LIMIT 100) at" stage
DB_QUERY(q_overview_people, struct overview_person, 3,
         PEOPLE_AT("1") " UNION ALL " PEOPLE_AT("4") " UNION ALL " PEOPLE_AT("7") " ORDER BY 2, 1",
         DB_COL(struct overview_person, id), DB_COL(struct overview_person, stage_at), DB_COL(struct overview_person, stage),
         DB_COL(struct overview_person, first_name), DB_COL(struct overview_person, last_name));
enum err overview_people(struct db *db, struct arena *a, int64_t organisation_id, struct viewer v, struct overview_person **rows, size_t *n)
{
    return db_all(db, a, &q_overview_people, rows, n, DB_IN(organisation_id, v.account_id, v.today));
}
