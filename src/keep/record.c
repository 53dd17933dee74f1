#include "keep/record.h"

#include "base/num.h"

enum { PART = 1 << 20, TABLE_MAX = 64 << 10 };
static const char *const type_names[] = {[COPY_INT] = "int", [COPY_TEXT] = "text", [COPY_BYTES] = "bytes"};

/* ---- writing: b holds the payload */

static enum err send_it(struct record_out *o, enum record_is is)
{
    unsigned char head[5] = {(unsigned char)is, (unsigned char)(o->b.n >> 24), (unsigned char)(o->b.n >> 16), (unsigned char)(o->b.n >> 8),
                             (unsigned char)o->b.n};
    if (o->b.bad)
        return ERR_LIMIT;
    TRY(o->put(o->arg, head, sizeof head));
    return o->put(o->arg, o->b.p ? o->b.p : "", o->b.n);
}

static struct buf *fresh(struct record_out *o)
{
    o->b.max = RECORD_MAX;
    buf_clear(&o->b);
    return &o->b;
}

static void add_number(struct buf *b, uint64_t v)
{
    for (int i = 7; i >= 0; i--)
        buf_byte(b, (char)(v >> (8 * i)));
}

enum err record_file(struct record_out *o, const char *name, struct str content)
{
    struct buf *b = fresh(o);
    if (content.n > RECORD_FILE_MAX)
        return ERR_LIMIT;
    buf_add(b, name, strlen(name) + 1);
    buf_str(b, content);
    return send_it(o, RECORD_FILE);
}

enum err record_table(struct record_out *o, const struct copy_table *t)
{
    struct buf *b = fresh(o);
    buf_str(b, t->name);
    if (t->given) {
        buf_byte(b, '\t');
        buf_i64(b, t->given);
    }
    buf_byte(b, '\n');
    for (size_t i = 0; i < t->n; i++) {
        buf_byte(b, '\t');
        buf_str(b, t->columns[i].name);
        buf_byte(b, '\t');
        buf_c(b, type_names[t->columns[i].type]);
        buf_byte(b, '\n');
    }
    o->sum = (struct copy_sum){0};
    o->tables++;
    return send_it(o, RECORD_TABLE);
}

enum err record_row(struct record_out *o, const struct copy_table *t, const struct copy_cell *cells)
{
    struct buf *b = fresh(o);
    copy_row_write(b, cells, t->n);
    TRY(send_it(o, RECORD_ROW));
    return copy_sum_add(&o->sum, (struct bytes){(const uint8_t *)b->p, b->n});
}

enum err record_end(struct record_out *o)
{
    struct buf *b = fresh(o);
    add_number(b, (uint64_t)o->sum.rows);
    buf_add(b, o->sum.hash, sizeof o->sum.hash);
    return send_it(o, RECORD_END);
}

enum err record_last(struct record_out *o)
{
    add_number(fresh(o), (uint64_t)o->tables);
    return send_it(o, RECORD_LAST);
}

void record_out_done(struct record_out *o)
{
    buf_free(&o->b);
}

/* ---- reading */

void record_in_start(struct record_in *in, record_take_fn *take, void *arg)
{
    *in = (struct record_in){.take = take, .arg = arg, .a = arena_new(16 << 20)};
    in->b.max = RECORD_MAX;
}

void record_in_done(struct record_in *in)
{
    arena_free(in->a);
    buf_free(&in->b);
}

/* In parts: a length that lies must not take memory that its bytes never fill. */
static enum err payload(struct record_in *in, size_t n)
{
    buf_clear(&in->b);
    while (n) {
        size_t k = n < PART ? n : PART;
        char *to = buf_reserve(&in->b, k);
        if (!to)
            return ERR_LIMIT;
        TRY(in->take(in->arg, to, k));
        in->b.n += k;
        n -= k;
    }
    return OK;
}

static uint64_t number(struct str s)
{
    uint64_t v = 0;
    for (int i = 0; i < 8; i++)
        v = v << 8 | (unsigned char)s.p[i];
    return v;
}

static bool is_name(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!(s.p[i] >= 'a' && s.p[i] <= 'z') && !(s.p[i] >= '0' && s.p[i] <= '9') && s.p[i] != '_')
            return false;
    return s.n > 0 && s.n < 64;
}

static enum err read_file(struct str s, struct record *out)
{
    ptrdiff_t at = str_find(s, '\0');
    if (at <= 0 || at > 64 || s.n - (size_t)at - 1 > RECORD_FILE_MAX)
        return ERR_INVALID;
    out->name = (struct str){s.p, (size_t)at};
    out->content = (struct str){s.p + at + 1, s.n - (size_t)at - 1};
    return OK;
}

static enum err read_column(struct str line, struct copy_column *c)
{
    if (!str_starts(line, STR("\t")))
        return ERR_INVALID;
    str_cut(&line, '\t');
    *c = (struct copy_column){.name = str_cut(&line, '\t'), .bytes = 8};
    for (enum copy_type t = COPY_INT; t <= COPY_BYTES; t++)
        if (str_is(line, type_names[t]))
            c->type = t;
    return is_name(c->name) && c->type ? OK : ERR_INVALID;
}

static enum err read_table(struct record_in *in, struct str s)
{
    if (!str_ends(s, STR("\n")) || s.n > TABLE_MAX)
        return ERR_INVALID;
    arena_clear(in->a);
    s = arena_str(in->a, s); /* the payload's place is used for the rows */
    struct str given = str_cut(&s, '\n');
    bool says = str_find(given, '\t') >= 0;
    in->table = (struct copy_table){.name = str_cut(&given, '\t'), .columns = ARENA_ARRAY(in->a, struct copy_column, COPY_COLUMNS_MAX)};
    if (!is_name(in->table.name) || (says && (str_starts(given, STR("0")) || !num_i64(given, 1, INT64_MAX, &in->table.given))))
        return ERR_INVALID;
    while (s.n) {
        if (in->table.n == COPY_COLUMNS_MAX)
            return ERR_INVALID;
        TRY(read_column(str_cut(&s, '\n'), &in->table.columns[in->table.n++]));
    }
    in->sum = (struct copy_sum){0};
    in->in_table = true;
    in->tables++;
    return in->table.n ? OK : ERR_INVALID;
}

static enum err read_row(struct record_in *in, struct str s, struct record *out)
{
    out->row = (struct bytes){(const uint8_t *)s.p, s.n};
    TRY(copy_row_read(out->row, in->table.columns, in->table.n, out->cells));
    return copy_sum_add(&in->sum, out->row);
}

static enum err read_end(struct record_in *in, struct str s, struct record *out)
{
    if (s.n != 8 + COPY_SUM_BYTES)
        return ERR_INVALID;
    out->sum.rows = (int64_t)number(s);
    memcpy(out->sum.hash, s.p + 8, COPY_SUM_BYTES);
    in->in_table = false;
    return copy_sum_eq(&out->sum, &in->sum) ? OK : ERR_INVALID;
}

static enum err read_last(struct record_in *in, struct str s, struct record *out)
{
    if (s.n != 8 || number(s) != (uint64_t)in->tables)
        return ERR_INVALID;
    out->tables = in->tables;
    in->done = true;
    return OK;
}

enum err record_next(struct record_in *in, struct record *out)
{
    unsigned char h[5];
    if (in->done)
        return ERR_NOT_FOUND;
    TRY(in->take(in->arg, h, sizeof h));
    size_t n = (size_t)h[1] << 24 | (size_t)h[2] << 16 | (size_t)h[3] << 8 | h[4];
    if (n > RECORD_MAX)
        return ERR_INVALID;
    TRY(payload(in, n));
    struct str s = buf_view(&in->b);
    out->is = (enum record_is)h[0];
    out->sum = (struct copy_sum){0};
    if (h[0] == RECORD_FILE)
        return in->tables ? ERR_INVALID : read_file(s, out);
    if (h[0] == RECORD_ROW)
        return in->in_table ? read_row(in, s, out) : ERR_INVALID;
    if (h[0] == RECORD_END)
        return in->in_table ? read_end(in, s, out) : ERR_INVALID;
    if (in->in_table)
        return ERR_INVALID;
    if (h[0] == RECORD_LAST)
        return read_last(in, s, out);
    if (h[0] != RECORD_TABLE)
        return ERR_INVALID;
    TRY(read_table(in, s));
    out->table = in->table;
    return OK;
}
