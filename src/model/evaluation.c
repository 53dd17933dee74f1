#include "model/evaluation.h"

DB_PUT(q_evaluation_insert, struct evaluation_row,
       "INSERT INTO evaluation (mentorship_id, kind, held_on, go_on, goals, new_goals, benefit, ending, by_account, at)"
       " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (mentorship_id, kind) DO NOTHING RETURNING id",
       DB_COL(struct evaluation_row, mentorship_id), DB_COL(struct evaluation_row, kind), DB_COL(struct evaluation_row, held_on),
       DB_COL(struct evaluation_row, go_on), DB_COL(struct evaluation_row, goals), DB_COL(struct evaluation_row, new_goals),
       DB_COL(struct evaluation_row, benefit), DB_COL(struct evaluation_row, ending), DB_COL(struct evaluation_row, by_account),
       DB_COL(struct evaluation_row, at));
enum err evaluation_insert(struct db *db, const struct evaluation_row *e, int64_t *id)
{
    return db_put_id(db, &q_evaluation_insert, e, id);
}

DB_QUERY(q_evaluation_of_mentorship, struct evaluation_row, 1,
         "SELECT e.id, e.mentorship_id, e.kind, e.held_on, e.go_on, e.goals, e.new_goals, e.benefit, e.ending, e.by_account, e.at,"
         "       a.name AS who"
         "  FROM evaluation e LEFT JOIN account a ON a.id = e.by_account WHERE e.mentorship_id = $1 ORDER BY e.kind",
         DB_COL(struct evaluation_row, id), DB_COL(struct evaluation_row, mentorship_id), DB_COL(struct evaluation_row, kind),
         DB_COL(struct evaluation_row, held_on), DB_COL(struct evaluation_row, go_on), DB_COL(struct evaluation_row, goals),
         DB_COL(struct evaluation_row, new_goals), DB_COL(struct evaluation_row, benefit), DB_COL(struct evaluation_row, ending),
         DB_COL(struct evaluation_row, by_account), DB_COL(struct evaluation_row, at), DB_COL(struct evaluation_row, who));
enum err evaluation_of_mentorship(struct db *db, struct arena *a, int64_t mentorship_id, struct evaluation_row **rows, size_t *n)
{
    return db_all(db, a, &q_evaluation_of_mentorship, rows, n, DB_IN(mentorship_id));
}

DB_EXEC(q_self_put, 5,
        "INSERT INTO self_assessment (trainee_id, moment, statement, value, at) VALUES ($1, $2, $3, $4, $5)"
        " ON CONFLICT (trainee_id, moment, statement) DO UPDATE SET value = $4, at = $5");
enum err self_put(struct db *db, const struct self_row *s)
{
    return db_run(db, &q_self_put, NULL, DB_IN(s->trainee_id, s->moment, s->statement, s->value, s->at));
}

DB_QUERY(q_self_of_trainee, struct self_row, 1,
         "SELECT trainee_id, moment, statement, value, at FROM self_assessment WHERE trainee_id = $1 ORDER BY moment, statement",
         DB_COL(struct self_row, trainee_id), DB_COL(struct self_row, moment), DB_COL(struct self_row, statement),
         DB_COL(struct self_row, value), DB_COL(struct self_row, at));
enum err self_of_trainee(struct db *db, struct arena *a, int64_t trainee_id, struct self_row **rows, size_t *n)
{
    return db_all(db, a, &q_self_of_trainee, rows, n, DB_IN(trainee_id));
}
