/* Property: whatever the bytes, csv_open and csv_next end without reading outside of the text, lines and row numbers never go
 * back, and the rows that came out, written by csv_write_row and read again, are the same rows (but for the apostrophe before
 * formulas). A table whose rows are equally long is also read again without being told the separator. */
#include "sheet/csv.h"
#include "sheet/csv_write.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool ok)
{
    if (!ok)
        abort();
}

static void same_field(struct str was, struct str is)
{
    if (csv_write_is_guarded(was)) {
        must(is.n == was.n + 1 && is.p[0] == '\'');
        is = (struct str){is.p + 1, is.n - 1};
    }
    must(str_eq(was, is));
}

/* Are the rows equally long? */
static bool write_again(struct arena *a, struct csv *c, struct buf *b)
{
    struct csv_row row;
    int line = 1, number = 0;
    size_t width = 0;
    bool even = true;
    csv_write_start(b);
    while (csv_next(c, &row) == OK && row.n) {
        must(row.n <= CSV_COLUMNS_MAX && row.number > number);
        number = row.number;
        even = even && (!width || width == row.n);
        width = row.n;
        struct str *s = ARENA_ARRAY(a, struct str, row.n);
        for (size_t i = 0; i < row.n; i++) {
            must(row.fields[i].line >= line && row.fields[i].column == (int)i + 1);
            line = row.fields[i].line;
            s[i] = row.fields[i].s;
        }
        csv_write_row(b, s, row.n);
    }
    must(!c->fault.kind || csv_next(c, &row) != OK);
    return even;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > 20000) /* one field may not reach the limit by its apostrophe or by its encoding alone */
        return 0;
    CLEANUP(arena_freep) struct arena *a = arena_new(64 << 20), *limited = arena_new(6 * size + 64 * 1024);
    struct csv c, again;
    struct csv_row was, is;
    struct buf b = {0};
    struct str text = {(const char *)data, size};
    bool even = csv_open(limited, text, &c) == OK && write_again(a, &c, &b);
    arena_clear(limited);
    if (b.n && csv_open(limited, text, &c) == OK) {
        must(csv_open(a, buf_view(&b), &again) == OK && again.encoding == CSV_UTF8);
        if (!even)
            csv_set_separator(&again, ';');
        while (csv_next(&c, &was) == OK && was.n) {
            must(csv_next(&again, &is) == OK && is.n == was.n);
            for (size_t i = 0; i < is.n; i++)
                same_field(was.fields[i].s, is.fields[i].s);
        }
        must(csv_next(&again, &is) == OK && !is.n);
    }
    buf_free(&b);
    return 0;
}
