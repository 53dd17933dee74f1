#include "db/copy.h"
#include "base/secret.h"
#include "base/utf8.h"
#include "db/copy_driver.h"
#include "db/db.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static _Thread_local char open_why[COPY_WHY_MAX];

enum err copy_fail(struct copy *c, enum err e, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(c->why, sizeof c->why, fmt, ap);
    va_end(ap);
    return e;
}

enum err copy_refuse(struct copy *c, const struct copy_table *t, size_t column, const char *what)
{
    return copy_fail(c, ERR_INVALID, "%.*s.%.*s %s", STR_FMT(t->name), STR_FMT(t->columns[column].name), what);
}

const char *copy_why(const struct copy *c)
{
    return c ? c->why : open_why;
}

void copy_name(struct buf *b, struct str name)
{
    buf_byte(b, '"');
    for (size_t i = 0; i < name.n; i++) {
        if (name.p[i] == '"')
            buf_byte(b, '"');
        buf_byte(b, name.p[i]);
    }
    buf_byte(b, '"');
}

enum err copy_open(const char *url, enum copy_way way, struct copy **out)
{
    const struct copy_driver *d = db_kind_of(url) == DB_POSTGRES ? &copy_postgres : &copy_sqlite;
    CLEANUP(copy_closep) struct copy *c = d->make();
    if (!c)
        return ERR_INTERNAL;
    c->driver = d;
    c->way = way;
    enum err e = d->open(c, url);
    memcpy(open_why, c->why, sizeof open_why);
    TRY(e);
    *out = c;
    c = NULL;
    return OK;
}

void copy_close(struct copy *c)
{
    if (c)
        c->driver->close(c);
}

void copy_closep(struct copy **c)
{
    copy_close(*c);
    *c = NULL;
}

enum err copy_commit(struct copy *c)
{
    return c->driver->commit(c);
}

/* ---- tables */

static bool placed(const struct copy_table *done, size_t n_done, struct str name)
{
    for (size_t i = 0; i < n_done; i++)
        if (str_eq(done[i].name, name))
            return true;
    return false;
}

static bool may_come(const struct copy_table *t, const struct copy_table *done, size_t n_done)
{
    for (size_t i = 0; i < t->n_parents; i++)
        if (!str_eq(t->parents[i], t->name) && !placed(done, n_done, t->parents[i]))
            return false;
    return true;
}

enum err copy_tables(struct copy *c, struct arena *a, struct copy_table **tables, size_t *n)
{
    struct copy_table *all;
    size_t n_all, done = 0;
    TRY(c->driver->tables(c, a, &all, &n_all));
    struct copy_table *out = ARENA_ARRAY(a, struct copy_table, n_all);
    for (size_t before = SIZE_MAX; done < n_all && before != done;) {
        before = done;
        for (size_t i = 0; i < n_all; i++)
            if (!placed(out, done, all[i].name) && may_come(&all[i], out, done))
                out[done++] = all[i];
    }
    for (size_t i = 0; done < n_all && i < n_all; i++)
        if (!placed(out, done, all[i].name))
            return copy_fail(c, ERR_STATE, "the foreign keys of %.*s lead back to itself over other tables", STR_FMT(all[i].name));
    *tables = out;
    *n = n_all;
    return OK;
}

bool copy_table_like(const struct copy_table *a, const struct copy_table *b)
{
    if (a->n != b->n || !str_eq(a->name, b->name))
        return false;
    for (size_t i = 0; i < a->n; i++)
        if (!str_eq(a->columns[i].name, b->columns[i].name) || a->columns[i].type != b->columns[i].type)
            return false;
    return true;
}

/* ---- rows */

static void add_columns(struct buf *b, const struct copy_table *t)
{
    for (size_t i = 0; i < t->n; i++) {
        buf_c(b, i ? ", " : " ");
        copy_name(b, t->columns[i].name);
    }
}

static void add_order(struct buf *b, const struct copy_table *t, const char *text_order)
{
    int keys = 0;
    for (size_t i = 0; i < t->n; i++)
        keys += t->columns[i].key > 0;
    for (int k = 1; k <= keys; k++)
        for (size_t i = 0; i < t->n; i++)
            if (t->columns[i].key == k) {
                buf_c(b, k > 1 ? ", " : " ORDER BY ");
                copy_name(b, t->columns[i].name);
                buf_c(b, t->columns[i].type == COPY_TEXT ? text_order : "");
            }
}

static bool keyed(const struct copy_table *t)
{
    for (size_t i = 0; i < t->n; i++)
        if (t->columns[i].key)
            return true;
    return false;
}

enum err copy_rows(struct copy *c, const struct copy_table *t, copy_row_fn *each, void *arg)
{
    if (!keyed(t))
        return copy_fail(c, ERR_STATE, "%.*s has no primary key, so its rows have no order", STR_FMT(t->name));
    struct buf sql = {0};
    buf_c(&sql, "SELECT");
    add_columns(&sql, t);
    buf_c(&sql, " FROM ");
    copy_name(&sql, t->name);
    add_order(&sql, t, c->driver->text_order);
    buf_byte(&sql, '\0');
    enum err e = sql.bad ? ERR_LIMIT : c->driver->rows(c, t, sql.p, each, arg);
    buf_free(&sql);
    return e;
}

static enum err check_cell(struct copy *c, const struct copy_table *t, size_t i, const struct copy_cell *cell)
{
    if (cell->type == COPY_NULL)
        return OK;
    if (cell->type != t->columns[i].type)
        return copy_refuse(c, t, i, "holds another kind of value than its column is for");
    if (cell->type == COPY_INT && t->columns[i].bytes == 4 && (cell->i < INT32_MIN || cell->i > INT32_MAX))
        return copy_refuse(c, t, i, "holds a number that is too large for its column");
    if (cell->type == COPY_TEXT && (!utf8_valid(cell->s) || (cell->s.n && memchr(cell->s.p, 0, cell->s.n))))
        return copy_refuse(c, t, i, "holds text that is not UTF-8 or has a zero byte in it");
    return OK;
}

enum err copy_put(struct copy *c, const struct copy_table *t, const struct copy_cell *cells)
{
    for (size_t i = 0; i < t->n; i++)
        TRY(check_cell(c, t, i, &cells[i]));
    return c->driver->put(c, t, cells);
}

enum err copy_put_end(struct copy *c, const struct copy_table *t, int64_t given)
{
    return c->driver->put_end(c, t, given);
}

/* ---- as bytes */

static void add_number(struct buf *out, uint64_t v, int bytes)
{
    for (int i = bytes - 1; i >= 0; i--)
        buf_byte(out, (char)(v >> (8 * i)));
}

static uint64_t get_number(struct bytes *rest, int bytes)
{
    uint64_t v = 0;
    for (int i = 0; i < bytes; i++)
        v = v << 8 | rest->p[i];
    rest->p += bytes;
    rest->n -= (size_t)bytes;
    return v;
}

void copy_row_write(struct buf *out, const struct copy_cell *cells, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        buf_byte(out, (char)cells[i].type);
        if (cells[i].type == COPY_INT)
            add_number(out, (uint64_t)cells[i].i, 8);
        if (cells[i].type == COPY_TEXT || cells[i].type == COPY_BYTES) {
            out->bad |= cells[i].s.n > UINT32_MAX;
            add_number(out, cells[i].s.n, 4);
            buf_str(out, cells[i].s);
        }
    }
}

static enum err read_cell(struct bytes *rest, struct copy_cell *cell)
{
    if (!rest->n)
        return ERR_INVALID;
    uint64_t type = get_number(rest, 1);
    *cell = (struct copy_cell){.type = (enum copy_type)type};
    if (type == COPY_NULL)
        return OK;
    if (type == COPY_INT && rest->n >= 8) {
        cell->i = (int64_t)get_number(rest, 8);
        return OK;
    }
    if ((type != COPY_TEXT && type != COPY_BYTES) || rest->n < 4)
        return ERR_INVALID;
    uint64_t n = get_number(rest, 4);
    if (n > rest->n)
        return ERR_INVALID;
    cell->s = (struct str){(const char *)rest->p, (size_t)n};
    rest->p += n;
    rest->n -= (size_t)n;
    return OK;
}

enum err copy_row_read(struct bytes row, const struct copy_column *columns, size_t n, struct copy_cell *cells)
{
    for (size_t i = 0; i < n; i++) {
        TRY(read_cell(&row, &cells[i]));
        if (cells[i].type != COPY_NULL && cells[i].type != columns[i].type)
            return ERR_INVALID;
    }
    return row.n ? ERR_INVALID : OK;
}

enum err copy_sum_add(struct copy_sum *s, struct bytes row)
{
    struct buf b = {.max = (size_t)2 << 30};
    buf_add(&b, s->hash, sizeof s->hash);
    buf_add(&b, row.p, row.n);
    if (!b.bad)
        secret_hash(buf_view(&b), s->hash);
    s->rows++;
    enum err e = b.bad ? ERR_LIMIT : OK;
    buf_free(&b);
    return e;
}

bool copy_sum_eq(const struct copy_sum *a, const struct copy_sum *b)
{
    return a->rows == b->rows && !memcmp(a->hash, b->hash, sizeof a->hash);
}

struct summing {
    const struct copy_table *t;
    struct copy_sum sum;
    struct buf row;
};

static enum err sum_row(void *arg, const struct copy_cell *cells)
{
    struct summing *s = arg;
    buf_clear(&s->row);
    copy_row_write(&s->row, cells, s->t->n);
    return s->row.bad ? ERR_LIMIT : copy_sum_add(&s->sum, (struct bytes){(const uint8_t *)s->row.p, s->row.n});
}

enum err copy_sum_table(struct copy *c, const struct copy_table *t, struct copy_sum *out)
{
    struct summing s = {.t = t, .row = {.max = (size_t)2 << 30}};
    enum err e = copy_rows(c, t, sum_row, &s);
    buf_free(&s.row);
    if (!e)
        *out = s.sum;
    return e;
}
