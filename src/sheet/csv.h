/* csv.h: reading CSV as case systems and spreadsheets write it. The whole text is in memory; rows come one at a time and their
 * fields point into the text.
 *
 *     struct csv c;
 *     struct csv_row row;
 *     TRY(csv_open(a, text, &c));
 *     for (;;) {
 *         TRY(csv_next(&c, &row));   on failure c.fault says what and where
 *         if (!row.n)
 *             break;
 *     }
 *
 * Encoding: UTF-8 with or without a byte order mark, UTF-16 with one, and what is not UTF-8 is read as Windows-1252.
 * Separator: semicolon, comma or tab, whichever divides the first records most evenly; a first line `sep=;` decides it.
 * Quotes: a field that begins with " ends at the next single "; "" inside is one "; separators and line breaks inside belong to
 * the field. A " later in an unquoted field is an ordinary character. Fields are not trimmed or cleaned: see utf8_clean().
 * Lines end with CR LF, LF or CR, the last one also without. Empty lines are passed over. */
#pragma once
#include "base/arena.h"

enum {
    CSV_TEXT_MAX = 256 * 1024 * 1024,
    CSV_ROWS_MAX = 1000000,
    CSV_COLUMNS_MAX = 200,
    CSV_FIELD_MAX = 64 * 1024, /* bytes of UTF-8, quotes taken off */
};

enum csv_encoding { CSV_UTF8, CSV_CP1252, CSV_UTF16LE, CSV_UTF16BE };

enum csv_fault_kind {
    CSV_FINE = 0,
    CSV_UNCLOSED,      /* a quoted field is still open at the end of the text; the place is where it begins */
    CSV_AFTER_QUOTE,   /* something other than a separator or a line end follows a closing quote */
    CSV_NUL,           /* a NUL byte: this is no text */
    CSV_BAD_TEXT,      /* the byte order mark promises UTF-8 or UTF-16 and the rest is not; line and column are 0 */
    CSV_TOO_LARGE,     /* over CSV_TEXT_MAX; line and column are 0 */
    CSV_TOO_MANY_ROWS,
    CSV_TOO_MANY_COLUMNS,
    CSV_FIELD_TOO_LONG, /* most often a quote that is never closed; the place is where the field begins */
    CSV_FAULT_N
};

/* line counts the lines of the file from 1; column counts fields from 1 (1 is a spreadsheet's A). */
struct csv_fault {
    enum csv_fault_kind kind;
    int line, column;
};

struct csv_field {
    struct str s;     /* lives as long as the text and the arena */
    int line, column; /* where it begins */
};

struct csv_row {
    const struct csv_field *fields; /* until the next csv_next() */
    size_t n;                       /* at least 1; 0 at the end of the text */
    int number;                     /* as a spreadsheet numbers it: empty lines count, breaks inside of fields do not */
};

struct csv {
    char separator;
    enum csv_encoding encoding;
    struct csv_fault fault;

    /* the rest is csv.c's own */
    const char *at, *end;
    struct arena *a; /* NULL while the records are only counted */
    struct csv_field *fields;
    char *spare; /* where fields with doubled quotes are put together; made when the first one comes */
    int line, number, rows;
    unsigned char stops[256];
};

/* The text must outlive the rows. An arena with room for 6 times the text and 64 KiB more never hits its ceiling (UTF-8 without
 * doubled quotes takes none of it). ERR_INVALID or ERR_LIMIT, and c->fault, when it cannot be read at all. */
enum err csv_open(struct arena *a, struct str text, struct csv *c) MUST_CHECK;
/* For when somebody knows better than the guess: ; , or tab, before the first csv_next(). */
void csv_set_separator(struct csv *c, char separator);
/* ERR_INVALID: not of the form; ERR_LIMIT: larger than we take. A fault stays: later calls return it again. */
enum err csv_next(struct csv *c, struct csv_row *row) MUST_CHECK;
/* Nothing but empty fields and spaces: the `;;;;` that spreadsheets leave behind. */
bool csv_row_is_blank(const struct csv_row *row);
