/* record.h: what stands in a backup, inside its container: one record after the other, each a letter, four bytes of length (big end first) and
 * its bytes. First the files, then for each table a T, its rows, an E; at the end the Z.
 *
 *     F  name, zero byte, content     a file of the data folder: springbrett.conf, secret.key (in sealed backups only)
 *     T  name, then for each column   "name\n" or "name\tgiven\n" (copy.h), and "\tcolumn\ttype\n" with int, text or bytes
 *     R  a row                        as in db/copy.h
 *     E  8 bytes number of rows, 32 bytes hash of them as in db/copy.h
 *     Z  8 bytes number of tables */
#pragma once
#include "db/copy.h"

enum { RECORD_MAX = 1 << 30, RECORD_FILE_MAX = 1 << 20 };
typedef enum err record_put_fn(void *arg, const void *p, size_t n);  /* container_add */
typedef enum err record_take_fn(void *arg, void *p, size_t n);       /* container_take */

enum record_is { RECORD_FILE = 'F', RECORD_TABLE = 'T', RECORD_ROW = 'R', RECORD_END = 'E', RECORD_LAST = 'Z' };
struct record {
    enum record_is is;
    struct str name, content;                 /* a file */
    struct copy_table table;                  /* a table; without keys and parents */
    struct copy_cell cells[COPY_COLUMNS_MAX]; /* a row of the table before it */
    struct bytes row;                         /* and its bytes */
    struct copy_sum sum;                      /* the end of the table before it */
    int64_t tables;                           /* the last */
};

struct record_out {
    record_put_fn *put;
    void *arg;
    struct buf b; /* of this file; record_out_done */
    struct copy_sum sum;
    int64_t tables;
};
enum err record_file(struct record_out *o, const char *name, struct str content) MUST_CHECK;
enum err record_table(struct record_out *o, const struct copy_table *t) MUST_CHECK;
enum err record_row(struct record_out *o, const struct copy_table *t, const struct copy_cell *cells) MUST_CHECK;
enum err record_end(struct record_out *o) MUST_CHECK;
enum err record_last(struct record_out *o) MUST_CHECK;
void record_out_done(struct record_out *o);

struct record_in {
    record_take_fn *take;
    void *arg;
    struct arena *a;         /* for the table at hand: cleared at each T */
    struct buf b;
    struct copy_table table; /* the one whose rows come */
    struct copy_sum sum;
    bool in_table, done;
    int64_t tables;
};
/* The next one; valid until the next call. Order, form, number of rows and hashes are checked: ERR_INVALID. After the last: ERR_NOT_FOUND. */
enum err record_next(struct record_in *in, struct record *out) MUST_CHECK;
void record_in_start(struct record_in *in, record_take_fn *take, void *arg);
void record_in_done(struct record_in *in);
