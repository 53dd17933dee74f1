/* import.h: participants from a CSV file. Nothing is written unless every row can be read; the same reference is the same person; an empty
 * cell leaves what is there; stage and account are never touched.
 *
 *     struct import_file f;
 *     TRY(import_open(a, text, &f));                       // f.problem says why a file cannot be used at all
 *     TRY(import_map_words(a, &f, words, n));              // or import_map_places(): which column is which
 *     TRY(import_participants(c, &f, IMPORT_LOOK, &report)); */
#pragma once
#include "domain/import.h"
#include "model/participant.h"
#include "service/ctx.h"
#include "sheet/csv.h"

enum { IMPORT_FAULTS_SHOWN = 200, IMPORT_UPLOAD_ROWS = 20000 };
struct import_fault {
    int line, row;     /* of the file, and as a spreadsheet numbers it */
    int column;        /* place in the file from 1, 0 when it is about the whole row */
    struct str header;
    struct say why;
};
struct import_file {
    struct str text;
    struct str *headers;         /* cleaned */
    enum import_column *taken;   /* what each is taken as */
    size_t n;
    struct import_map map;
    struct csv csv;              /* after the headers */
    bool readable;               /* the headers could be read */
    struct say problem;          /* why it cannot be imported as it stands; msgid NULL: it can be tried */
};
struct import_report {
    int rows, created, updated, unchanged;
    int64_t n_faults;
    struct import_fault *faults; /* the first IMPORT_FAULTS_SHOWN */
    size_t n_shown;
    int64_t run_id;              /* when it was written */
};
/* Reads the headers and takes them as what their names say. OK also when f->problem is set. `text` must outlive f. */
enum err import_open(struct arena *a, struct str text, struct import_file *f) MUST_CHECK;
/* With "theirs=ours" before the names; ERR_INVALID with f->problem. */
enum err import_map_words(struct arena *a, struct import_file *f, const struct str *words, size_t n) MUST_CHECK;
/* With a choice for each of the file's columns, IMPORT_IGNORED for none; ERR_INVALID with f->problem. */
enum err import_map_places(struct arena *a, struct import_file *f, const enum import_column *choice, size_t n) MUST_CHECK;

enum import_how { IMPORT_LOOK, IMPORT_WRITE };
struct import_progress {
    void (*tell)(void *arg, size_t done, size_t all); /* bytes of the file; NULL: nobody listens */
    void *arg;
    int rows_max; /* 0: as many as csv.h reads */
};
/* IMPORT_LOOK changes nothing. IMPORT_WRITE in a transaction of the caller: with any fault nothing may be kept, so it returns ERR_INVALID
 * then (the report is filled). The counts are over all rows that can be read. */
enum err import_participants(struct ctx *c, struct import_file *f, enum import_how how, const struct import_progress *progress,
                             struct import_report *out) MUST_CHECK;
/* What is wrong with a file that is no CSV, in words. */
struct say import_csv_words(struct csv_fault fault);
/* "F" for 6, "AB" for 28. */
struct str import_column_letters(struct arena *a, int column);
/* «Linje 14, kolonne F (Bosatt): ...», with the row of a spreadsheet where that is another. */
struct str import_fault_text(struct arena *a, enum lang lang, const struct import_fault *f);

/* ---- uploads: a file waits in the table import_draft between the pages, at most an hour */
enum err import_draft_start(struct ctx *c, struct str filename, struct str data, int64_t *id, struct say *why) MUST_CHECK;
/* The waiting file with its columns as chosen. ERR_NOT_FOUND: another's, or gone. */
enum err import_draft_open(struct ctx *c, int64_t id, struct str *filename, struct import_file *f) MUST_CHECK;
enum err import_draft_choose(struct ctx *c, int64_t id, const enum import_column *choice, size_t n) MUST_CHECK;
/* Imports it and removes it. */
enum err import_draft_use(struct ctx *c, int64_t id, struct import_report *out) MUST_CHECK;
enum err import_draft_drop(struct ctx *c, int64_t id) MUST_CHECK;
/* The counts of an import. */
enum err import_done(struct ctx *c, int64_t run_id, struct import_run_row *out) MUST_CHECK;
