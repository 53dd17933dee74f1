#include "keep/target.h"

#include <stdarg.h>
#include <stdio.h>

enum { ARENA_MAX = 16 << 20 };

static enum err say_why(struct target *t, enum err e, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
static enum err say_why(struct target *t, enum err e, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(t->why, sizeof t->why, fmt, ap);
    va_end(ap);
    return e;
}

static enum err of_copy(struct target *t, enum err e)
{
    return e ? say_why(t, e, "%s", copy_why(t->c)) : OK;
}

bool target_copies(const struct copy_table *t)
{
    return !str_is(t->name, "schema_version") && !str_is(t->name, "restore_unfinished");
}

static enum err a_row(void *arg, const struct copy_cell *cells)
{
    (void)cells;
    *(bool *)arg = true;
    return ERR_STATE; /* one is enough */
}

static enum err must_be_empty(struct target *t)
{
    for (size_t i = 0; i < t->n; i++) {
        bool any = false;
        enum err e = target_copies(&t->tables[i]) ? copy_rows(t->c, &t->tables[i], a_row, &any) : OK;
        if (any)
            return say_why(t, ERR_STATE, "it is not empty: there are rows in %.*s", STR_FMT(t->tables[i].name));
        TRY(of_copy(t, e));
    }
    return OK;
}

enum err target_open(struct target *t, const char *url)
{
    *t = (struct target){.a = arena_new(ARENA_MAX)};
    enum err e = copy_open(url, COPY_IN, &t->c);
    if (e)
        return say_why(t, e, "it cannot be opened: %s", copy_why(NULL));
    TRY(of_copy(t, copy_tables(t->c, t->a, &t->tables, &t->n)));
    t->seen = ARENA_ARRAY(t->a, bool, t->n);
    return must_be_empty(t);
}

enum err target_table(struct target *t, const struct copy_table *theirs)
{
    for (size_t i = 0; i < t->n; i++)
        if (!t->seen[i] && target_copies(&t->tables[i]) && copy_table_like(&t->tables[i], theirs)) {
            t->at = i;
            t->seen[i] = true;
            return OK;
        }
    return say_why(t, ERR_INVALID, "the table %.*s is not one of this schema", STR_FMT(theirs->name));
}

enum err target_row(struct target *t, const struct copy_cell *cells)
{
    return of_copy(t, copy_put(t->c, &t->tables[t->at], cells));
}

enum err target_end(struct target *t, const struct copy_sum *want, int64_t given)
{
    struct copy_sum got = {0};
    TRY(of_copy(t, copy_put_end(t->c, &t->tables[t->at], given)));
    TRY(of_copy(t, copy_sum_table(t->c, &t->tables[t->at], &got)));
    return copy_sum_eq(&got, want) ? OK
                                   : say_why(t, ERR_INVALID, "the table %.*s reads back otherwise than it was written", STR_FMT(t->tables[t->at].name));
}

enum err target_commit(struct target *t)
{
    for (size_t i = 0; i < t->n; i++)
        if (!t->seen[i] && target_copies(&t->tables[i]))
            return say_why(t, ERR_INVALID, "the table %.*s is missing", STR_FMT(t->tables[i].name));
    return of_copy(t, copy_commit(t->c));
}

void target_done(struct target *t)
{
    copy_close(t->c);
    arena_free(t->a);
    *t = (struct target){0};
}
