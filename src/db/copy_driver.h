/* copy_driver.h: what copy.c needs of a database. Only for copy.c and the two files that have it. */
#pragma once
#include "db/copy.h"

enum { COPY_WHY_MAX = 300 };
struct copy {
    const struct copy_driver *driver;
    enum copy_way way;
    char why[COPY_WHY_MAX];
};
struct copy_driver {
    /* `c` is what `make` gave: connects, sets up, begins. */
    struct copy *(*make)(void); /* NULL: no memory */
    enum err (*open)(struct copy *c, const char *url);
    void (*close)(struct copy *c);
    enum err (*tables)(struct copy *c, struct arena *a, struct copy_table **tables, size_t *n); /* in any order, by name */
    enum err (*rows)(struct copy *c, const struct copy_table *t, const char *sql, copy_row_fn *each, void *arg);
    enum err (*put)(struct copy *c, const struct copy_table *t, const struct copy_cell *cells);
    enum err (*put_end)(struct copy *c, const struct copy_table *t, int64_t given);
    enum err (*commit)(struct copy *c);
    const char *text_order; /* behind a text column in ORDER BY: by bytes */
};
extern const struct copy_driver copy_sqlite, copy_postgres;

/* Notes why, returns e. */
enum err copy_fail(struct copy *c, enum err e, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
/* ERR_INVALID: this value cannot be kept everywhere. */
enum err copy_refuse(struct copy *c, const struct copy_table *t, size_t column, const char *what);
/* "name", as both databases read a name from their catalog. */
void copy_name(struct buf *b, struct str name);
