#include "model/leave.h"

DB_PUT(q_leave_insert, struct leave_row,
       "INSERT INTO leave (trainee_id, kind, from_on, until_on, returned_on, by_account, at) VALUES ($1, $2, $3, $4, $5, $6, $7)"
       " RETURNING id",
       DB_COL(struct leave_row, trainee_id), DB_COL(struct leave_row, kind), DB_COL(struct leave_row, from_on),
       DB_COL(struct leave_row, until_on), DB_COL(struct leave_row, returned_on), DB_COL(struct leave_row, by_account),
       DB_COL(struct leave_row, at));
enum err leave_insert(struct db *db, const struct leave_row *l, int64_t *id)
{
    return db_put_id(db, &q_leave_insert, l, id);
}

#define LEAVE_COLS                                                                                 \
    DB_COL(struct leave_row, id), DB_COL(struct leave_row, trainee_id), DB_COL(struct leave_row, kind), \
        DB_COL(struct leave_row, from_on), DB_COL(struct leave_row, until_on), DB_COL(struct leave_row, returned_on), \
        DB_COL(struct leave_row, by_account), DB_COL(struct leave_row, at)

DB_QUERY(q_leave_of_trainee, struct leave_row, 1,
         "SELECT id, trainee_id, kind, from_on, until_on, returned_on, by_account, at FROM leave WHERE trainee_id = $1"
         " ORDER BY from_on, id LIMIT 100",
         LEAVE_COLS);
enum err leave_of_trainee(struct db *db, struct arena *a, int64_t trainee_id, struct leave_row **rows, size_t *n)
{
    return db_all(db, a, &q_leave_of_trainee, rows, n, DB_IN(trainee_id));
}

DB_EXEC(q_leave_set, 3, "UPDATE leave SET until_on = $2, returned_on = $3 WHERE id = $1 AND returned_on = 0");
enum err leave_set(struct db *db, int64_t id, int until_on, int returned_on)
{
    return db_run_one(db, &q_leave_set, DB_IN(id, until_on, returned_on));
}

const struct leave *leave_periods(struct arena *a, const struct leave_row *rows, size_t n)
{
    struct leave *l = ARENA_ARRAY(a, struct leave, n);
    for (size_t i = 0; i < n; i++)
        l[i] = (struct leave){rows[i].from_on, rows[i].until_on, rows[i].returned_on};
    return l;
}
