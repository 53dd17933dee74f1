/* The first byte chooses the column, the rest is the cell; the same bytes are also a header. Property: nothing is read outside of the
 * cell; what is refused says why and leaves the row alone; what is taken lies in its range, holds no control character, and a normalised
 * e-mail address or telephone number is read again as itself; address protection is "none" only for an empty cell or a clear no. */
#include "base/tm.h"
#include "base/utf8.h"
#include "domain/import.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool ok)
{
    if (!ok)
        abort();
}

static void plain(struct str s)
{
    must(utf8_valid(s) && s.n <= IMPORT_TEXT_MAX + 2);
    for (size_t i = 0; i < s.n; i++)
        must((unsigned char)s.p[i] >= 0x20 && s.p[i] != 0x7f);
}

static void in_range(const struct import_row *r)
{
    must(r->birth_year == 0 || (r->birth_year >= 1900 && r->birth_year <= 2026));
    must(r->track >= 0 && r->track <= 3 && r->experience_years >= -1 && r->experience_years <= 60);
    must(r->sex < SEX_N && r->level < EDU_N && r->recognition < REC_N && r->oral < CEFR_N && r->written < CEFR_N && r->address_block < BLOCK_N);
    must(r->settled_on >= 0 && r->programme_start_on >= 0 && r->programme_end_on >= 0 && r->field_code >= 0 && r->field_code <= 9999);
    const struct str texts[] = {r->reference, r->first_name, r->last_name, r->email, r->phone, r->language, r->languages, r->field, r->country, r->adviser};
    for (size_t i = 0; i < COUNT(texts); i++)
        plain(texts[i]);
}

static void again(struct arena *a, enum import_column c, struct str got, int today)
{
    struct import_row r;
    struct say why = {0};
    import_row_clear(&r);
    must(import_cell(a, c, got, today, &r, &why) == OK && str_eq(c == IMPORT_EMAIL ? r.email : r.phone, got));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_freep) struct arena *a = arena_new(1 << 20);
    if (size == 0)
        return 0;
    enum import_column c = (enum import_column)(data[0] % (IMPORT_COLUMNS + 1));
    struct str cell = {(const char *)data + 1, size - 1};
    int today = tm_on(2026, 11, 22);
    must(import_column_of(a, cell) <= IMPORT_IGNORED);
    struct import_row r, untouched;
    struct say why = {0};
    import_row_clear(&r);
    r.birth_year = 1985;
    r.address_block = BLOCK_CONFIDENTIAL;
    untouched = r;
    enum err e = import_cell(a, c, cell, today, &r, &why);
    if (e) {
        must(e == ERR_INVALID && why.msgid && say_plain(a, why).n > 0 && memcmp(&r, &untouched, sizeof r) == 0);
        return 0;
    }
    must(!why.msgid);
    in_range(&r);
    if (c == IMPORT_EMAIL && r.email.n)
        again(a, c, r.email, today);
    if (c == IMPORT_PHONE && r.phone.n)
        again(a, c, r.phone, today);
    return 0;
}
