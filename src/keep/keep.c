#include "keep/keep.h"
#include "keep/target.h"

#include <stdio.h>

enum { ARENA_MAX = 16 << 20 };

/* What a copy or a target said, unless something was said already. */
static enum err noted(struct keep_done *done, enum err e, const char *why)
{
    if (e && !done->why[0])
        snprintf(done->why, sizeof done->why, "%s", why);
    return e;
}

/* The tables of a database that is opened for reading. */
struct source {
    struct copy *c;
    struct arena *a;
    struct copy_table *tables;
    size_t n;
};

static enum err source_open(struct source *s, const char *url, struct keep_done *done)
{
    *s = (struct source){.a = arena_new(ARENA_MAX)};
    TRY(noted(done, copy_open(url, COPY_OUT, &s->c), copy_why(NULL)));
    return noted(done, copy_tables(s->c, s->a, &s->tables, &s->n), copy_why(s->c));
}

static void source_done(struct source *s)
{
    copy_close(s->c);
    arena_free(s->a);
}

/* ---- into a file */

struct writing {
    struct record_out out;
    const struct copy_table *t;
};

static enum err put_bytes(void *arg, const void *p, size_t n)
{
    return container_add(arg, p, n);
}

static enum err write_row(void *arg, const struct copy_cell *cells)
{
    struct writing *w = arg;
    return record_row(&w->out, w->t, cells);
}

static enum err write_tables(struct source *s, struct writing *w, struct keep_done *done)
{
    for (size_t i = 0; i < s->n; i++) {
        if (!target_copies(&s->tables[i]))
            continue;
        w->t = &s->tables[i];
        TRY(record_table(&w->out, w->t));
        TRY(noted(done, copy_rows(s->c, w->t, write_row, w), copy_why(s->c)));
        TRY(record_end(&w->out));
        done->tables++;
        done->rows += w->out.sum.rows;
    }
    return record_last(&w->out);
}

enum err keep_write(const char *url, const struct keep_file *files, size_t n_files, struct container_out *to, struct keep_done *done)
{
    struct source s;
    struct writing w = {.out = {.put = put_bytes, .arg = to}};
    *done = (struct keep_done){0};
    enum err e = source_open(&s, url, done);
    for (size_t i = 0; !e && i < n_files; i++)
        e = record_file(&w.out, files[i].name, files[i].content);
    if (!e)
        e = write_tables(&s, &w, done);
    record_out_done(&w.out);
    source_done(&s);
    return e;
}

/* ---- out of it */

static enum err take_bytes(void *arg, void *p, size_t n)
{
    return container_take(arg, p, n);
}

struct loading {
    struct record_in in;
    struct record r;
    struct target *to; /* NULL: only look */
    keep_file_fn *file;
    void *arg;
    struct keep_done *done;
};

static enum err load_one(struct loading *l)
{
    switch (l->r.is) {
    case RECORD_FILE:
        return l->file ? l->file(l->arg, l->r.name, l->r.content) : OK;
    case RECORD_TABLE:
        l->done->tables++;
        return l->to ? target_table(l->to, &l->r.table) : OK;
    case RECORD_ROW:
        l->done->rows++;
        return l->to ? target_row(l->to, l->r.cells) : OK;
    case RECORD_END:
        return l->to ? target_end(l->to, &l->r.sum, l->in.table.given) : OK;
    case RECORD_LAST:
        break;
    }
    return OK;
}

static enum err load_all(struct loading *l, struct container_in *from)
{
    for (;;) {
        enum err e = record_next(&l->in, &l->r);
        if (e == ERR_NOT_FOUND)
            break;
        TRY(noted(l->done, e, "the backup is damaged or cut"));
        TRY(noted(l->done, load_one(l), l->to ? l->to->why : ""));
    }
    TRY(noted(l->done, container_end(from), "the backup is damaged or cut"));
    return l->to ? noted(l->done, target_commit(l->to), l->to->why) : OK;
}

enum err keep_read(struct container_in *from, const char *url, keep_file_fn *file, void *arg, struct keep_done *done)
{
    struct target t = {0};
    struct loading l = {.to = url ? &t : NULL, .file = file, .arg = arg, .done = done};
    *done = (struct keep_done){0};
    record_in_start(&l.in, take_bytes, from);
    enum err e = url ? target_open(&t, url) : OK;
    e = noted(done, e, t.why);
    if (!e)
        e = load_all(&l, from);
    target_done(&t);
    record_in_done(&l.in);
    return e;
}

/* ---- from one to another */

struct moving {
    struct target to;
    const struct copy_table *t;
    struct copy_sum sum;
    struct buf row;
};

static enum err move_row(void *arg, const struct copy_cell *cells)
{
    struct moving *m = arg;
    buf_clear(&m->row);
    copy_row_write(&m->row, cells, m->t->n);
    if (m->row.bad)
        return ERR_LIMIT;
    TRY(copy_sum_add(&m->sum, (struct bytes){(const uint8_t *)m->row.p, m->row.n}));
    return target_row(&m->to, cells);
}

static enum err move_table(struct source *s, struct moving *m, struct keep_done *done)
{
    m->sum = (struct copy_sum){0};
    TRY(noted(done, target_table(&m->to, m->t), m->to.why));
    enum err e = copy_rows(s->c, m->t, move_row, m);
    noted(done, e, m->to.why[0] ? m->to.why : copy_why(s->c));
    TRY(e);
    TRY(noted(done, target_end(&m->to, &m->sum, m->t->given), m->to.why));
    done->tables++;
    done->rows += m->sum.rows;
    return OK;
}

static enum err move_tables(struct source *s, struct moving *m, struct keep_done *done)
{
    for (size_t i = 0; i < s->n; i++) {
        m->t = &s->tables[i];
        if (target_copies(m->t))
            TRY(move_table(s, m, done));
    }
    return noted(done, target_commit(&m->to), m->to.why);
}

enum err keep_move(const char *from, const char *to, struct keep_done *done)
{
    struct source s;
    struct moving m = {.row = {.max = RECORD_MAX}};
    *done = (struct keep_done){0};
    enum err e = source_open(&s, from, done);
    if (!e)
        e = noted(done, target_open(&m.to, to), m.to.why);
    if (!e)
        e = move_tables(&s, &m, done);
    target_done(&m.to);
    buf_free(&m.row);
    source_done(&s);
    return e;
}
