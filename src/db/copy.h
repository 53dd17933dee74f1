/* copy.h: whole tables out of one database and into another, whatever kind they are: for `move`, `backup` and `restore`.
 *
 * The one place beside the migrations that works with tables nobody named: their names come from the catalog of the database at hand and are
 * put between quotes. A cell is NULL, a whole number, text or bytes; a number with a fraction, text in a number's column, and text that is
 * not UTF-8 or holds a zero byte are refused with table and column, for the other database would not take them.
 *
 * A copy is a connection of its own with one transaction, begun by copy_open: reading, one consistent view of everything while others go on
 * writing; writing, all or nothing. One thread. */
#pragma once
#include "base/arena.h"
#include "base/buf.h"

enum copy_type { COPY_NULL, COPY_INT, COPY_TEXT, COPY_BYTES };
struct copy_cell {
    enum copy_type type;
    int64_t i;
    struct str s; /* COPY_TEXT, COPY_BYTES */
};
struct copy_column {
    struct str name;
    enum copy_type type; /* what stands in it when it is not NULL */
    int bytes;           /* of a number: 4 or 8. The two databases may differ */
    int key;             /* its place in the primary key from 1, 0: not part of it */
};
enum { COPY_COLUMNS_MAX = 128 };
struct copy_table {
    struct str name;
    struct copy_column *columns; /* as they were made */
    size_t n;
    struct str *parents; /* the tables its foreign keys point to */
    size_t n_parents;
    int64_t given; /* the highest number its own numbering ever gave, also when that row is gone; 0: none, or it has no numbering */
};

struct copy;
enum copy_way { COPY_OUT, COPY_IN };
/* url as for db_connect. ERR_NOT_FOUND: no such database; else copy_why(NULL) says more. */
enum err copy_open(const char *url, enum copy_way way, struct copy **out) MUST_CHECK;
void copy_close(struct copy *c); /* NULL is fine; what was not committed is undone */
void copy_closep(struct copy **c);
/* Words of the database or of this file, without values; NULL: why this thread's last copy_open failed. */
const char *copy_why(const struct copy *c);

/* Every table, in an order where a foreign key points to a table before its own or to its own table. ERR_STATE: there is a circle. */
enum err copy_tables(struct copy *c, struct arena *a, struct copy_table **tables, size_t *n) MUST_CHECK;
/* Every row in the order of the primary key, text by its bytes. Cells are valid during the call; an error of `each` stops and is returned. */
typedef enum err copy_row_fn(void *arg, const struct copy_cell *cells);
enum err copy_rows(struct copy *c, const struct copy_table *t, copy_row_fn *each, void *arg) MUST_CHECK;
/* Rows of one table after another: copy_put as often as there are rows, then copy_put_end, which also makes the table's own numbering go on
 * behind the highest and behind `given`, what it gave where the rows are from. */
enum err copy_put(struct copy *c, const struct copy_table *t, const struct copy_cell *cells) MUST_CHECK;
enum err copy_put_end(struct copy *c, const struct copy_table *t, int64_t given) MUST_CHECK;
enum err copy_commit(struct copy *c) MUST_CHECK;

/* ---- a row as bytes: the same for both databases, so that it can be hashed, and kept in a file */

/* One way only to write a row. NULL: 0. A number: 1 and eight bytes, big end first. Text or bytes: 2 or 3, four bytes of length, and itself. */
void copy_row_write(struct buf *out, const struct copy_cell *cells, size_t n);
/* Exactly n cells that fit the columns, and nothing behind them; texts point into `row`. ERR_INVALID. */
enum err copy_row_read(struct bytes row, const struct copy_column *columns, size_t n, struct copy_cell *cells) MUST_CHECK;

enum { COPY_SUM_BYTES = 32 };
struct copy_sum { /* of a table: BLAKE2b-256 of the sum so far and the next row's bytes, row after row. Zero it first. */
    int64_t rows;
    unsigned char hash[COPY_SUM_BYTES];
};
enum err copy_sum_add(struct copy_sum *s, struct bytes row) MUST_CHECK;
bool copy_sum_eq(const struct copy_sum *a, const struct copy_sum *b);
/* Reads the table through. */
enum err copy_sum_table(struct copy *c, const struct copy_table *t, struct copy_sum *out) MUST_CHECK;
/* Same columns with the same kinds of values. */
bool copy_table_like(const struct copy_table *a, const struct copy_table *b);
