/* copy.h over PostgreSQL. */
#include "base/num.h"
#include "db/copy_driver.h"
#include "db/db_pg.h"

#include <stdio.h>
#include <stdlib.h>

struct pg_copy {
    struct copy c;
    PGconn *h;
    bool putting;   /* a COPY is under way */
    struct buf row; /* for it */
};
enum { OID_INT8 = 20, OID_INT4 = 23 };

static struct pg_copy *own(struct copy *c)
{
    return (struct pg_copy *)c;
}

/* By the first two digits of SQLSTATE. Only the first line: what follows may quote values. */
static enum err fail_pg(struct copy *c, const PGresult *r)
{
    const char *state = r ? PQresultErrorField(r, PG_DIAG_SQLSTATE) : NULL, *said = r ? PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY) : NULL;
    enum err e = !state || !strncmp(state, "08", 2) || !strncmp(state, "40", 2) || !strncmp(state, "57", 2) ? ERR_BUSY
                 : !strncmp(state, "23", 2) ? ERR_CONFLICT
                 : !strncmp(state, "53", 2) ? ERR_FULL
                                            : ERR_INTERNAL;
    return copy_fail(c, e, "%s", said ? said : PQerrorMessage(own(c)->h));
}

static enum err take(struct copy *c, PGresult *r, ExecStatusType want)
{
    enum err e = PQresultStatus(r) == want ? OK : fail_pg(c, r);
    PQclear(r);
    return e;
}

static enum err run(struct copy *c, const char *sql)
{
    return take(c, PQexec(own(c)->h, sql), PGRES_COMMAND_OK);
}

static struct copy *make(void)
{
    struct pg_copy *p = calloc(1, sizeof *p);
    return p ? &p->c : NULL;
}

static void quiet(void *arg, const char *message)
{
    (void)arg, (void)message;
}

static enum err open_it(struct copy *c, const char *url)
{
    own(c)->row.max = (size_t)2 << 30;
    if (!pg_url_reads(url))
        return copy_fail(c, ERR_INVALID, "%s", PG_URL_UNREAD);
    own(c)->h = PQconnectdb(url);
    if (PQstatus(own(c)->h) != CONNECTION_OK)
        return copy_fail(c, ERR_NOT_FOUND, "%s", PQerrorMessage(own(c)->h));
    PQsetNoticeProcessor(own(c)->h, quiet, NULL);
    TRY(run(c, c->way == COPY_OUT ? "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY" : "BEGIN"));
    TRY(run(c, "SET LOCAL statement_timeout = 0"));
    TRY(run(c, "SET LOCAL idle_in_transaction_session_timeout = 0"));
    return run(c, "SET LOCAL synchronous_commit = on");
}

static void close_it(struct copy *c)
{
    PQfinish(own(c)->h); /* undoes what is open */
    buf_free(&own(c)->row);
    free(c);
}

/* ---- the catalog */

static struct str text_at(struct arena *a, const PGresult *r, int row, int i)
{
    return arena_str(a, (struct str){PQgetvalue(r, row, i), (size_t)PQgetlength(r, row, i)});
}

/* The answer to a question about one table (or none: ""); PQclear it. */
static enum err ask(struct copy *c, const char *sql, const char *of, PGresult **out)
{
    const char *value[] = {of};
    PGresult *r = PQexecParams(own(c)->h, sql, *of ? 1 : 0, NULL, value, NULL, NULL, 0);
    if (PQresultStatus(r) != PGRES_TUPLES_OK) {
        enum err e = fail_pg(c, r);
        PQclear(r);
        return e;
    }
    *out = r;
    return OK;
}

static enum err set_type(struct copy *c, struct copy_table *t, size_t i, struct str type)
{
    struct copy_column *col = &t->columns[i];
    static const struct {
        const char *name;
        enum copy_type type;
        int bytes;
    } known[] = {{"int4", COPY_INT, 4}, {"int8", COPY_INT, 8}, {"text", COPY_TEXT, 0}, {"bytea", COPY_BYTES, 0}};
    for (size_t k = 0; k < COUNT(known); k++)
        if (str_is(type, known[k].name)) {
            col->type = known[k].type;
            col->bytes = known[k].bytes;
            return OK;
        }
    return copy_refuse(c, t, i, "has a type that is not for both databases");
}

static enum err columns_of(struct copy *c, struct arena *a, struct copy_table *t)
{
    static const char sql[] = "SELECT a.attname, COALESCE((SELECT b.typname FROM pg_type b WHERE b.oid = y.typbasetype), y.typname), COALESCE(array_position(i.indkey::int2[], a.attnum), -1) + 1"
                              "  FROM pg_attribute a JOIN pg_class k ON k.oid = a.attrelid JOIN pg_type y ON y.oid = a.atttypid"
                              "  LEFT JOIN pg_index i ON i.indrelid = k.oid AND i.indisprimary"
                              " WHERE k.relname = $1 AND k.relkind IN ('r', 'p') AND k.relnamespace = current_schema()::regnamespace AND a.attnum > 0"
                              "   AND NOT a.attisdropped ORDER BY a.attnum";
    PGresult *r;
    TRY(ask(c, sql, arena_cstr(a, t->name), &r));
    enum err e = PQntuples(r) > COPY_COLUMNS_MAX ? copy_fail(c, ERR_LIMIT, "%.*s has too many columns", STR_FMT(t->name)) : OK;
    t->n = e ? 0 : (size_t)PQntuples(r);
    t->columns = ARENA_ARRAY(a, struct copy_column, t->n);
    for (size_t i = 0; !e && i < t->n; i++) {
        int64_t key = 0;
        if (!num_i64(text_at(a, r, (int)i, 2), 0, COPY_COLUMNS_MAX, &key))
            e = ERR_INTERNAL;
        t->columns[i] = (struct copy_column){.name = text_at(a, r, (int)i, 0), .key = (int)key};
        if (!e)
            e = set_type(c, t, i, text_at(a, r, (int)i, 1));
    }
    PQclear(r);
    return e;
}

static enum err parents_of(struct copy *c, struct arena *a, struct copy_table *t)
{
    static const char sql[] = "SELECT DISTINCT p.relname FROM pg_constraint f JOIN pg_class k ON k.oid = f.conrelid JOIN pg_class p ON p.oid = f.confrelid"
                              " WHERE f.contype = 'f' AND k.relname = $1 AND k.relnamespace = current_schema()::regnamespace";
    PGresult *r;
    TRY(ask(c, sql, arena_cstr(a, t->name), &r));
    t->n_parents = (size_t)PQntuples(r);
    t->parents = ARENA_ARRAY(a, struct str, t->n_parents);
    for (size_t i = 0; i < t->n_parents; i++)
        t->parents[i] = text_at(a, r, (int)i, 0);
    PQclear(r);
    return OK;
}

/* What its sequences gave; one that gave nothing yet is NULL there. */
static enum err given_of(struct copy *c, struct arena *a, struct copy_table *t)
{
    static const char sql[] = "SELECT COALESCE(MAX(s.last_value), 0) FROM pg_class k JOIN pg_depend d ON d.refobjid = k.oid AND d.refclassid = 'pg_class'::regclass AND d.deptype = 'i'"
                              "  JOIN pg_class q ON q.oid = d.objid AND q.relkind = 'S' JOIN pg_sequences s ON s.schemaname = current_schema() AND s.sequencename = q.relname"
                              " WHERE k.relname = $1 AND k.relnamespace = current_schema()::regnamespace";
    PGresult *r;
    TRY(ask(c, sql, arena_cstr(a, t->name), &r));
    enum err e = num_i64(text_at(a, r, 0, 0), 0, INT64_MAX, &t->given) ? OK : ERR_INTERNAL;
    PQclear(r);
    return e;
}

static enum err tables(struct copy *c, struct arena *a, struct copy_table **out, size_t *n)
{
    /* not the writers' own (db_pg_tx.c): the lanes, tables without columns that are only locked, and the marks of commits, which mean nothing elsewhere */
    static const char sql[] = "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition AND relpersistence <> 't' AND relnatts > 0 AND relname <> 'write_mark'"
                              "   AND relnamespace = current_schema()::regnamespace ORDER BY relname COLLATE \"C\"";
    PGresult *r;
    TRY(ask(c, sql, "", &r));
    size_t count = (size_t)PQntuples(r);
    struct copy_table *v = ARENA_ARRAY(a, struct copy_table, count);
    for (size_t i = 0; i < count; i++)
        v[i].name = text_at(a, r, (int)i, 0);
    PQclear(r);
    for (size_t i = 0; i < count; i++) {
        TRY(columns_of(c, a, &v[i]));
        TRY(parents_of(c, a, &v[i]));
        TRY(given_of(c, a, &v[i]));
    }
    *out = v;
    *n = count;
    return OK;
}

/* ---- rows out: one at a time, in binary form */

static int64_t number_at(const PGresult *r, int i)
{
    const unsigned char *p = (const unsigned char *)PQgetvalue(r, 0, i);
    uint64_t v = 0;
    int n = PQgetlength(r, 0, i);
    for (int k = 0; k < n; k++)
        v = v << 8 | p[k];
    return n == 4 ? (int32_t)(uint32_t)v : (int64_t)v;
}

static enum err one_row(const struct copy_table *t, const PGresult *r, copy_row_fn *each, void *arg)
{
    struct copy_cell cells[COPY_COLUMNS_MAX];
    for (size_t i = 0; i < t->n; i++) {
        int at = (int)i;
        cells[i] = (struct copy_cell){.type = PQgetisnull(r, 0, at) ? COPY_NULL : t->columns[i].type};
        if (cells[i].type == COPY_INT)
            cells[i].i = number_at(r, at);
        else if (cells[i].type != COPY_NULL)
            cells[i].s = (struct str){PQgetvalue(r, 0, at), (size_t)PQgetlength(r, 0, at)};
    }
    return each(arg, cells);
}

static enum err rows(struct copy *c, const struct copy_table *t, const char *sql, copy_row_fn *each, void *arg)
{
    PGconn *h = own(c)->h;
    if (!PQsendQueryParams(h, sql, 0, NULL, NULL, NULL, NULL, 1) || !PQsetSingleRowMode(h))
        return fail_pg(c, NULL);
    enum err e = OK;
    for (PGresult *r; (r = PQgetResult(h)) != NULL; PQclear(r)) { /* to the end, also after a fault */
        ExecStatusType is = PQresultStatus(r);
        if (!e && is == PGRES_SINGLE_TUPLE)
            e = one_row(t, r, each, arg);
        else if (!e && is != PGRES_TUPLES_OK)
            e = fail_pg(c, r);
    }
    return e;
}

/* ---- rows in: COPY in binary form */

static void add_number(struct buf *b, uint64_t v, int bytes)
{
    for (int i = bytes - 1; i >= 0; i--)
        buf_byte(b, (char)(v >> (8 * i)));
}

static enum err start_put(struct copy *c, const struct copy_table *t)
{
    static const char head[] = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0";
    struct buf sql = {0};
    buf_c(&sql, "COPY ");
    copy_name(&sql, t->name);
    buf_c(&sql, " (");
    for (size_t i = 0; i < t->n; i++) {
        buf_c(&sql, i ? ", " : "");
        copy_name(&sql, t->columns[i].name);
    }
    buf_c(&sql, ") FROM STDIN (FORMAT binary)");
    buf_byte(&sql, '\0');
    enum err e = sql.bad ? ERR_LIMIT : take(c, PQexec(own(c)->h, sql.p), PGRES_COPY_IN);
    buf_free(&sql);
    TRY(e);
    own(c)->putting = true;
    return PQputCopyData(own(c)->h, head, 19) == 1 ? OK : fail_pg(c, NULL);
}

static enum err put(struct copy *c, const struct copy_table *t, const struct copy_cell *cells)
{
    struct buf *b = &own(c)->row;
    if (!own(c)->putting)
        TRY(start_put(c, t));
    buf_clear(b);
    add_number(b, t->n, 2);
    for (size_t i = 0; i < t->n; i++) {
        bool number = cells[i].type == COPY_INT;
        if (cells[i].type == COPY_NULL) {
            add_number(b, UINT32_MAX, 4);
            continue;
        }
        add_number(b, number ? (uint64_t)t->columns[i].bytes : cells[i].s.n, 4);
        if (number)
            add_number(b, (uint64_t)cells[i].i, t->columns[i].bytes);
        else
            buf_str(b, cells[i].s);
    }
    if (b->bad || b->n > INT32_MAX)
        return copy_fail(c, ERR_LIMIT, "a row of %.*s is too large", STR_FMT(t->name));
    return PQputCopyData(own(c)->h, b->p, (int)b->n) == 1 ? OK : fail_pg(c, NULL);
}

static enum err end_copy(struct copy *c)
{
    PGconn *h = own(c)->h;
    own(c)->putting = false;
    if (PQputCopyData(h, "\377\377", 2) != 1 || PQputCopyEnd(h, NULL) != 1)
        return fail_pg(c, NULL);
    enum err e = OK;
    for (PGresult *r; (r = PQgetResult(h)) != NULL; PQclear(r))
        if (!e && PQresultStatus(r) != PGRES_COMMAND_OK)
            e = fail_pg(c, r);
    return e;
}

/* Identity columns go on behind the highest number; columns without a numbering of their own are none of the answer's rows. */
static enum err set_numbering(struct copy *c, const struct copy_table *t, struct str column, int64_t given)
{
    struct buf sql = {0};
    PGresult *r;
    buf_c(&sql, "SELECT setval(s.q, GREATEST(m.top, 1), m.top > 0) FROM (SELECT pg_get_serial_sequence($1, '");
    buf_str(&sql, column);
    buf_c(&sql, "') AS q) s, (SELECT GREATEST(COALESCE(MAX(");
    copy_name(&sql, column);
    buf_c(&sql, "), 0), ");
    buf_i64(&sql, given);
    buf_c(&sql, ") AS top FROM ");
    copy_name(&sql, t->name);
    buf_c(&sql, ") m WHERE s.q IS NOT NULL");
    buf_byte(&sql, '\0');
    struct buf name = {0};
    copy_name(&name, t->name);
    buf_byte(&name, '\0');
    enum err e = sql.bad || name.bad ? ERR_LIMIT : ask(c, sql.p, name.p, &r);
    buf_free(&sql);
    buf_free(&name);
    if (!e)
        PQclear(r);
    return e;
}

/* The planner knows nothing of a table filled a moment ago, and its own round of counting may come minutes later: until then every page
 * would be planned as for an empty table. One that is empty is not counted: who knows nothing expects some pages, who has counted none reads from end to end. */
static enum err count_rows(struct copy *c, const struct copy_table *t)
{
    struct buf sql = {0};
    buf_c(&sql, "ANALYZE ");
    copy_name(&sql, t->name);
    buf_byte(&sql, '\0');
    enum err e = sql.bad ? ERR_LIMIT : run(c, sql.p);
    buf_free(&sql);
    return e;
}

static enum err put_end(struct copy *c, const struct copy_table *t, int64_t given)
{
    bool filled = own(c)->putting;
    if (filled)
        TRY(end_copy(c));
    for (size_t i = 0; i < t->n; i++)
        if (t->columns[i].key && t->columns[i].type == COPY_INT)
            TRY(set_numbering(c, t, t->columns[i].name, given));
    return filled ? count_rows(c, t) : OK;
}

static enum err commit(struct copy *c)
{
    return run(c, "COMMIT");
}

const struct copy_driver copy_postgres = {make, open_it, close_it, tables, rows, put, put_end, commit, .text_order = " COLLATE \"C\""};
