#include "model/screening.h"

const struct level_name recommendation_names[RECOMMEND_N] = {
    [RECOMMEND_NONE] = {"", N_("Ikke oppgitt")},
    [RECOMMEND_YES] = {"yes", N_("Anbefaler mentorprogrammet")},
    [RECOMMEND_NOT_YET] = {"not_yet", N_("Anbefaler å vente")},
    [RECOMMEND_OTHER] = {"other", N_("Anbefaler noe annet")},
};

DB_PUT(q_assessment_insert, struct assessment_row,
       "INSERT INTO criterion_assessment (participant_id, criterion, verdict, note, by_leader, by_account, at)"
       " VALUES ($1, $2, $3, $4, $5, $6, $7)",
       DB_COL(struct assessment_row, participant_id), DB_COL(struct assessment_row, criterion), DB_COL(struct assessment_row, verdict),
       DB_COL(struct assessment_row, note), DB_COL(struct assessment_row, by_leader), DB_COL(struct assessment_row, by_account),
       DB_COL(struct assessment_row, at));
enum err assessment_insert(struct db *db, const struct assessment_row *x)
{
    return db_put(db, &q_assessment_insert, x, NULL);
}

DB_QUERY(q_assessment_of, struct assessment_row, 1,
         "SELECT x.id, x.participant_id, x.criterion, x.verdict, x.note, x.by_leader, x.by_account, x.at, c.name AS who"
         "  FROM criterion_assessment x LEFT JOIN account c ON c.id = x.by_account"
         " WHERE x.participant_id = $1 ORDER BY x.at, x.id",
         DB_COL(struct assessment_row, id), DB_COL(struct assessment_row, participant_id), DB_COL(struct assessment_row, criterion),
         DB_COL(struct assessment_row, verdict), DB_COL(struct assessment_row, note), DB_COL(struct assessment_row, by_leader),
         DB_COL(struct assessment_row, by_account), DB_COL(struct assessment_row, at), DB_COL(struct assessment_row, who));
enum err assessment_of(struct db *db, struct arena *a, int64_t participant_id, struct assessment_row **rows, size_t *n)
{
    return db_all(db, a, &q_assessment_of, rows, n, DB_IN(participant_id));
}

DB_PUT(q_recommendation_insert, struct recommendation_row,
       "INSERT INTO recommendation (participant_id, verdict, reason, by_account, at) VALUES ($1, $2, $3, $4, $5)",
       DB_COL(struct recommendation_row, participant_id), DB_COL(struct recommendation_row, verdict),
       DB_COL(struct recommendation_row, reason), DB_COL(struct recommendation_row, by_account), DB_COL(struct recommendation_row, at));
enum err recommendation_insert(struct db *db, const struct recommendation_row *x)
{
    return db_put(db, &q_recommendation_insert, x, NULL);
}

DB_QUERY(q_recommendation_of, struct recommendation_row, 1,
         "SELECT x.id, x.participant_id, x.verdict, x.reason, x.by_account, x.at, c.name AS who"
         "  FROM recommendation x LEFT JOIN account c ON c.id = x.by_account"
         " WHERE x.participant_id = $1 ORDER BY x.at DESC, x.id DESC LIMIT 100",
         DB_COL(struct recommendation_row, id), DB_COL(struct recommendation_row, participant_id),
         DB_COL(struct recommendation_row, verdict), DB_COL(struct recommendation_row, reason),
         DB_COL(struct recommendation_row, by_account), DB_COL(struct recommendation_row, at), DB_COL(struct recommendation_row, who));
enum err recommendation_of(struct db *db, struct arena *a, int64_t participant_id, struct recommendation_row **rows, size_t *n)
{
    return db_all(db, a, &q_recommendation_of, rows, n, DB_IN(participant_id));
}

DB_PUT(q_gap_insert, struct gap_row, "INSERT INTO competence_gap (participant_id, requirement, gap, by_account, at) VALUES ($1, $2, $3, $4, $5)",
       DB_COL(struct gap_row, participant_id), DB_COL(struct gap_row, requirement), DB_COL(struct gap_row, gap),
       DB_COL(struct gap_row, by_account), DB_COL(struct gap_row, at));
enum err gap_insert(struct db *db, const struct gap_row *x)
{
    return db_put(db, &q_gap_insert, x, NULL);
}

DB_QUERY(q_gap_of, struct gap_row, 1,
         "SELECT x.id, x.participant_id, x.requirement, x.gap, x.closed_at, x.by_account, x.at, c.name AS who"
         "  FROM competence_gap x LEFT JOIN account c ON c.id = x.by_account"
         " WHERE x.participant_id = $1 ORDER BY CASE WHEN x.closed_at = 0 THEN 0 ELSE 1 END, x.id DESC LIMIT 100",
         DB_COL(struct gap_row, id), DB_COL(struct gap_row, participant_id), DB_COL(struct gap_row, requirement), DB_COL(struct gap_row, gap),
         DB_COL(struct gap_row, closed_at), DB_COL(struct gap_row, by_account), DB_COL(struct gap_row, at), DB_COL(struct gap_row, who));
enum err gap_of(struct db *db, struct arena *a, int64_t participant_id, struct gap_row **rows, size_t *n)
{
    return db_all(db, a, &q_gap_of, rows, n, DB_IN(participant_id));
}

DB_EXEC(q_gap_close, 3, "UPDATE competence_gap SET closed_at = $3 WHERE id = $1 AND participant_id = $2 AND closed_at = 0");
enum err gap_close(struct db *db, int64_t id, int64_t participant_id, int64_t now)
{
    return db_run_one(db, &q_gap_close, DB_IN(id, participant_id, now));
}
