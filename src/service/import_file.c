/* import_file.c: the file itself: its headers, what is wrong with it in words, and how it waits between two pages. */
#include "base/num.h"
#include "base/tm.h"
#include "base/utf8.h"
#include "service/import.h"

enum { DRAFT_MS = 3600000 };

struct say import_csv_words(struct csv_fault fault)
{
    switch (fault.kind) {
    case CSV_UNCLOSED:
        return say(N_("Feltet begynner med anførselstegn, men slutter aldri. Sjekk anførselstegnene."));
    case CSV_AFTER_QUOTE:
        return say(N_("Det står tekst etter et avsluttende anførselstegn. Anførselstegn inne i et felt skal være doble."));
    case CSV_NUL:
    case CSV_BAD_TEXT:
        return say(N_("Dette er ikke en tekstfil. Lagre den som CSV og prøv igjen."));
    case CSV_TOO_LARGE:
        return say(N_("Filen er for stor."));
    case CSV_TOO_MANY_ROWS:
        return say(N_("Filen har for mange rader."));
    case CSV_TOO_MANY_COLUMNS:
        return say(N_("Raden har for mange kolonner."));
    case CSV_FIELD_TOO_LONG:
        return say(N_("Feltet er for langt. Mangler det et anførselstegn?"));
    case CSV_FINE:
    case CSV_FAULT_N:
        break;
    }
    return say(N_("Filen kan ikke leses."));
}

enum err import_open(struct arena *a, struct str text, struct import_file *f)
{
    *f = (struct import_file){.text = text};
    struct csv_row row = {0};
    enum err e = csv_open(a, text, &f->csv);
    if (!e)
        e = csv_next(&f->csv, &row);
    if (e && e != ERR_INVALID && e != ERR_LIMIT)
        return e;
    if (e) {
        f->problem = import_csv_words(f->csv.fault);
        return OK;
    }
    if (!row.n) {
        f->problem = say(N_("Filen er tom. Den første raden skal ha navnene på kolonnene."));
        return OK;
    }
    f->n = row.n;
    f->headers = ARENA_ARRAY(a, struct str, row.n);
    f->taken = ARENA_ARRAY(a, enum import_column, row.n);
    for (size_t i = 0; i < row.n; i++)
        if (row.fields[i].s.n > IMPORT_TEXT_MAX || utf8_clean(a, row.fields[i].s, false, &f->headers[i]) != OK)
            f->headers[i] = STR("");
    f->readable = true;
    e = import_map_words(a, f, NULL, 0);
    return e == ERR_INVALID || e == ERR_LIMIT ? OK : e;
}

static void note_taken(struct import_file *f)
{
    for (size_t i = 0; i < f->n; i++)
        f->taken[i] = IMPORT_IGNORED;
    for (int c = 0; c < IMPORT_COLUMNS; c++)
        if (f->map.at[c] >= 0)
            f->taken[f->map.at[c]] = (enum import_column)c;
}

enum err import_map_words(struct arena *a, struct import_file *f, const struct str *words, size_t n)
{
    if (!f->readable)
        return ERR_INVALID;
    struct import_map map;
    enum err e = import_map_headers(a, f->headers, f->n, words, n, &map, &f->problem);
    if (e) {
        for (size_t i = 0; i < f->n; i++)
            f->taken[i] = import_column_of(a, f->headers[i]);
        return e;
    }
    f->map = map;
    f->problem = (struct say){0};
    note_taken(f);
    return OK;
}

enum err import_map_places(struct arena *a, struct import_file *f, const enum import_column *choice, size_t n)
{
    (void)a;
    if (!f->readable || n != f->n)
        return ERR_INVALID;
    struct import_map map = {0};
    struct say problem = {0};
    for (int c = 0; c < IMPORT_COLUMNS; c++)
        map.at[c] = -1;
    for (size_t i = 0; i < n; i++) {
        f->taken[i] = choice[i];
        if (choice[i] >= IMPORT_COLUMNS)
            map.ignored++;
        else if (map.at[choice[i]] >= 0)
            problem = say1(N_("To kolonner er valgt som «{1}». Velg bare en."), SAY_S(str_c(import_columns[choice[i]].name)));
        else
            map.at[choice[i]] = (int)i;
    }
    for (int c = 0; c < IMPORT_COLUMNS && !problem.msgid; c++)
        if (import_columns[c].required && map.at[c] < 0)
            problem = say1(N_("Velg hvilken kolonne som er «{1}»."), SAY_S(str_c(import_columns[c].name)));
    f->problem = problem;
    f->map = map;
    return problem.msgid ? ERR_INVALID : OK;
}

struct str import_column_letters(struct arena *a, int column)
{
    char out[8];
    size_t at = sizeof out;
    for (int n = column; n > 0 && at; n = (n - 1) / 26)
        out[--at] = (char)('A' + (n - 1) % 26);
    return arena_str(a, (struct str){out + at, sizeof out - at});
}

static struct str filled(struct arena *a, enum lang lang, const char *msg, const struct str *args, size_t n)
{
    return text_fmt(a, text_get(lang, msg), args, n);
}

struct str import_fault_text(struct arena *a, enum lang lang, const struct import_fault *f)
{
    struct str args[5] = {text_int(a, lang, f->line), import_column_letters(a, f->column), f->header, text_say(a, lang, &f->why),
                          text_int(a, lang, f->row)};
    if (!f->line)
        return args[3];
    if (f->column && f->header.n && f->row != f->line)
        return filled(a, lang, N_("Linje {1} (rad {5} i regneark), kolonne {2} ({3}): {4}"), args, 5);
    if (f->column && f->header.n)
        return filled(a, lang, N_("Linje {1}, kolonne {2} ({3}): {4}"), args, 5);
    if (f->column)
        return filled(a, lang, N_("Linje {1}, kolonne {2}: {4}"), args, 5);
    return filled(a, lang, N_("Linje {1}: {4}"), args, 5);
}

/* ---- uploads */
static unsigned own_org(const struct ctx *c)
{
    return rel_org(c, c->actor->organisation_id);
}

/* The file as UTF-8, as the table keeps text. */
static enum err as_utf8(struct arena *a, struct str data, enum csv_encoding encoding, struct str *out)
{
    if (encoding == CSV_CP1252)
        *out = utf8_from_cp1252(a, data);
    else if (encoding == CSV_UTF8)
        *out = str_starts(data, STR("\xef\xbb\xbf")) ? (struct str){data.p + 3, data.n - 3} : data;
    else
        return utf8_from_utf16(a, (struct str){data.p + 2, data.n - 2}, encoding == CSV_UTF16BE, out);
    return OK;
}

/* Text that is no table whatever its name says: a page, a drawing, PDF, RTF. What holds a NUL is refused by the reader. */
static bool other_kind(struct str data)
{
    if (str_starts(data, STR("\xef\xbb\xbf")))
        data = (struct str){data.p + 3, data.n - 3};
    data = str_trim(data);
    return str_starts(data, STR("<")) || str_starts(data, STR("%PDF-")) || str_starts(data, STR("{\\rtf"));
}

enum err import_draft_start(struct ctx *c, struct str filename, struct str data, int64_t *id, struct say *why)
{
    TRY(may(c, ACT_PARTICIPANT_IMPORT, own_org(c)));
    struct import_file f;
    struct import_draft_row d = {.organisation_id = c->actor->organisation_id, .account_id = c->actor->account_id, .at = c->now};
    if (other_kind(data)) {
        *why = import_csv_words((struct csv_fault){.kind = CSV_NUL});
        return ERR_INVALID;
    }
    TRY(import_open(c->a, data, &f));
    if (!f.readable) {
        *why = f.problem;
        return ERR_INVALID;
    }
    if (utf8_clean(c->a, filename, false, &d.filename) != OK || d.filename.n > IMPORT_TEXT_MAX)
        d.filename = STR("");
    TRY(as_utf8(c->a, data, f.csv.encoding, &d.text));
    if (memchr(d.text.p, 0, d.text.n)) {
        *why = import_csv_words((struct csv_fault){.kind = CSV_NUL});
        return ERR_INVALID;
    }
    TRY(import_draft_sweep(c->db, c->now - DRAFT_MS));
    return import_draft_insert(c->db, &d, id);
}

static size_t choices_of(struct str mapping, enum import_column *out, size_t max)
{
    size_t n = 0;
    int64_t v;
    while (mapping.n && n < max)
        out[n++] = num_i64(str_cut(&mapping, ','), 0, IMPORT_COLUMNS, &v) ? (enum import_column)v : IMPORT_IGNORED;
    return n;
}

enum err import_draft_open(struct ctx *c, int64_t id, struct str *filename, struct import_file *f)
{
    TRY(may(c, ACT_PARTICIPANT_IMPORT, own_org(c)));
    struct import_draft_row d;
    TRY(import_draft_get(c->db, c->a, id, c->actor->account_id, &d));
    if (d.at < c->now - DRAFT_MS || d.organisation_id != c->actor->organisation_id)
        return ERR_NOT_FOUND;
    TRY(import_open(c->a, d.text, f));
    *filename = d.filename;
    if (!d.mapping.n || !f->readable)
        return OK;
    enum import_column *choice = ARENA_ARRAY(c->a, enum import_column, CSV_COLUMNS_MAX);
    size_t n = choices_of(d.mapping, choice, CSV_COLUMNS_MAX);
    enum err e = import_map_places(c->a, f, choice, n);
    return e == ERR_INVALID ? OK : e;
}

enum err import_draft_choose(struct ctx *c, int64_t id, const enum import_column *choice, size_t n)
{
    TRY(may(c, ACT_PARTICIPANT_IMPORT, own_org(c)));
    struct str *parts = ARENA_ARRAY(c->a, struct str, n);
    for (size_t i = 0; i < n; i++)
        parts[i] = arena_fmt(c->a, "%d", (int)choice[i]);
    enum err e = import_draft_map(c->db, id, c->actor->account_id, arena_join(c->a, parts, n, STR(",")));
    return e == ERR_CONFLICT ? ERR_NOT_FOUND : e;
}

enum err import_draft_use(struct ctx *c, int64_t id, struct import_report *out)
{
    struct str filename;
    struct import_file f;
    TRY(import_draft_open(c, id, &filename, &f));
    if (f.problem.msgid)
        return ERR_INVALID;
    struct import_progress limit = {.rows_max = IMPORT_UPLOAD_ROWS};
    TRY(import_participants(c, &f, IMPORT_WRITE, &limit, out));
    return import_draft_delete(c->db, id, c->actor->account_id);
}

enum err import_draft_drop(struct ctx *c, int64_t id)
{
    TRY(may(c, ACT_PARTICIPANT_IMPORT, own_org(c)));
    enum err e = import_draft_delete(c->db, id, c->actor->account_id);
    return e == ERR_CONFLICT ? OK : e; /* gone already */
}

enum err import_done(struct ctx *c, int64_t run_id, struct import_run_row *out)
{
    TRY(may(c, ACT_PARTICIPANT_IMPORT, own_org(c)));
    struct import_run_row r;
    TRY(import_run_get(c->db, c->a, run_id, &r));
    if (r.organisation_id != c->actor->organisation_id)
        return ERR_NOT_FOUND;
    *out = r;
    return OK;
}
