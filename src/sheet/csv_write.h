/* csv_write.h: CSV that spreadsheets here open as they should: UTF-8 with a byte order mark, semicolon, CR LF.
 *
 * A field that a spreadsheet would run as a formula gets an apostrophe in front: it begins with = + - @, a tab or a line break
 * (or the wide forms of the first four) and is not a plain number such as -12 or +3,5. csv_next() reads the apostrophe as a
 * part of the field. The text in the fields must be UTF-8 without NUL to be read again. */
#pragma once
#include "base/buf.h"

void csv_write_start(struct buf *b); /* the byte order mark; once, first */
void csv_write_row(struct buf *b, const struct str *fields, size_t n);
bool csv_write_is_guarded(struct str s); /* would it get the apostrophe? */
