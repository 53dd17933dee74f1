/* The part of db.h that is the same for every database. */
#include "db/db.h"

/* The linker collects one pointer for every query in the section; weak, for a program without any. */
extern const struct db_query *const __start_db_query_list[] __attribute__((weak, visibility("hidden")));
extern const struct db_query *const __stop_db_query_list[] __attribute__((weak, visibility("hidden")));

const struct db_query *const *db_queries(size_t *n)
{
    *n = (size_t)(__stop_db_query_list - __start_db_query_list);
    return __start_db_query_list;
}

size_t db_query_cols(const struct db_query *q)
{
    size_t n = 0;
    while (n < DB_COLS_MAX && q->col[n].type)
        n++;
    return n;
}

size_t db_query_ins(const struct db_query *q)
{
    return q->from_row ? db_query_cols(q) : q->n_in;
}

static struct db_param param_of(const void *row, const struct db_col *c)
{
    const char *at = (const char *)row + c->at;
    struct db_param p = {.type = (enum db_type)c->type};
    int i;
    bool b;
    switch (p.type) {
    case DB_I64:
        memcpy(&p.i, at, sizeof p.i);
        break;
    case DB_INT:
        memcpy(&i, at, sizeof i);
        p.i = i;
        break;
    case DB_BOOL:
        memcpy(&b, at, sizeof b);
        p.i = b;
        break;
    case DB_STR:
        memcpy(&p.s, at, sizeof p.s);
        break;
    }
    return p;
}

/* in: room for DB_COLS_MAX. */
static size_t params_of(const struct db_query *q, const void *row, struct db_param *in)
{
    size_t n = q->from_row ? db_query_cols(q) : 0;
    for (size_t i = 0; i < n; i++)
        in[i] = param_of(row, &q->col[i]);
    return n;
}

enum err db_put(struct db *db, const struct db_query *q, const void *row, int64_t *changed)
{
    struct db_param in[DB_COLS_MAX];
    size_t n = params_of(q, row, in);
    return db_run(db, q, changed, in, n);
}

enum err db_put_id(struct db *db, const struct db_query *q, const void *row, int64_t *id)
{
    struct db_param in[DB_COLS_MAX];
    size_t n = params_of(q, row, in);
    return db_insert(db, q, id, in, n);
}

enum err db_run_one(struct db *db, const struct db_query *q, const struct db_param *in, size_t n_in)
{
    int64_t changed;
    TRY(db_run(db, q, &changed, in, n_in));
    return changed == 1 ? OK : ERR_CONFLICT;
}

void db_closep(struct db **db)
{
    db_close(*db);
    *db = NULL;
}
