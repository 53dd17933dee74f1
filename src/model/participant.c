#include "model/participant.h"
#include "base/utf8.h"
#include <stdlib.h>

#define PARTICIPANT_COLS \
    DB_COL(struct participant_row, id), DB_COL(struct participant_row, organisation_id), \
    DB_COL(struct participant_row, reference), DB_COL(struct participant_row, first_name), \
    DB_COL(struct participant_row, last_name), DB_COL(struct participant_row, sort_name), DB_COL(struct participant_row, sex), \
    DB_COL(struct participant_row, email), DB_COL(struct participant_row, phone), DB_COL(struct participant_row, lang), \
    DB_COL(struct participant_row, languages), DB_COL(struct participant_row, birth_year), \
    DB_COL(struct participant_row, settled_on), DB_COL(struct participant_row, programme_start_on), \
    DB_COL(struct participant_row, programme_end_on), DB_COL(struct participant_row, track), \
    DB_COL(struct participant_row, education_level), DB_COL(struct participant_row, field), \
    DB_COL(struct participant_row, field_text), DB_COL(struct participant_row, occupation), \
    DB_COL(struct participant_row, education_country), DB_COL(struct participant_row, recognition), \
    DB_COL(struct participant_row, norwegian_oral), DB_COL(struct participant_row, norwegian_written), \
    DB_COL(struct participant_row, experience_years), DB_COL(struct participant_row, municipality), \
    DB_COL(struct participant_row, adviser_id), DB_COL(struct participant_row, nav_contact_id), \
    DB_COL(struct participant_row, adviser_text), DB_COL(struct participant_row, address_protection), \
    DB_COL(struct participant_row, account_id), DB_COL(struct participant_row, stage), DB_COL(struct participant_row, stage_at), \
    DB_COL(struct participant_row, criteria_sort), DB_COL(struct participant_row, criteria_due_on), \
    DB_COL(struct participant_row, created_at), DB_COL(struct participant_row, updated_at), \
    DB_COL(struct participant_row, version), DB_COL(struct participant_row, adviser)
#define PARTICIPANT_SELECT \
    "SELECT p.id, p.organisation_id, p.reference, p.first_name, p.last_name, p.sort_name, p.sex, p.email, p.phone, " \
    "p.lang, p.languages, p.birth_year, p.settled_on, p.programme_start_on, p.programme_end_on, p.track, " \
    "p.education_level, p.field, p.field_text, p.occupation, p.education_country, p.recognition, p.norwegian_oral, " \
    "p.norwegian_written, p.experience_years, p.municipality, p.adviser_id, p.nav_contact_id, p.adviser_text, " \
    "p.address_protection, p.account_id, p.stage, p.stage_at, p.criteria_sort, p.criteria_due_on, p.created_at, " \
    "p.updated_at, p.version," \
    " COALESCE(c.name, p.adviser_text) AS adviser FROM participant p LEFT JOIN account c ON c.id = p.adviser_id"

struct str participant_name(struct arena *a, const struct participant_row *p)
{
    return arena_fmt(a, "%.*s %.*s", STR_FMT(p->first_name), STR_FMT(p->last_name));
}

/* Folding takes æ, ø, å apart; people look for them after z, where the signs { | } stand. */
struct str participant_sort_name(struct arena *a, struct str first, struct str last)
{
    struct str all = arena_fmt(a, "%.*s %.*s", STR_FMT(last), STR_FMT(first)), rest = all;
    char *out = arena_alloc(a, all.n + 1), *at = out;
    while (rest.n) {
        struct str before = rest;
        uint32_t cp = utf8_next(&rest);
        if (cp == 0xe6 || cp == 0xc6 || cp == 0xe4 || cp == 0xc4)
            *at++ = '{';
        else if (cp == 0xf8 || cp == 0xd8 || cp == 0xf6 || cp == 0xd6)
            *at++ = '|';
        else if (cp == 0xe5 || cp == 0xc5)
            *at++ = '}';
        else {
            memcpy(at, before.p, before.n - rest.n);
            at += before.n - rest.n;
        }
    }
    return utf8_fold(a, (struct str){out, (size_t)(at - out)});
}

DB_EXEC(q_word_insert, 3,
        "INSERT INTO participant_word (participant_id, organisation_id, word) VALUES ($1, $2, $3) ON CONFLICT (participant_id, word) DO NOTHING");
DB_EXEC(q_word_delete, 1, "DELETE FROM participant_word WHERE participant_id = $1");

static bool between_words(char c)
{
    return c == ' ' || c == '-' || c == '.' || c == ',' || c == '/' || c == '\'';
}

static enum err words_add(struct db *db, int64_t organisation_id, int64_t id, struct str folded)
{
    while (folded.n) {
        size_t k = 0;
        while (k < folded.n && !between_words(folded.p[k]))
            k++;
        if (k)
            TRY(db_run(db, &q_word_insert, NULL, DB_IN(id, organisation_id, ((struct str){folded.p, k}))));
        folded.p += k;
        folded.n -= k;
        while (folded.n && between_words(folded.p[0]))
            folded.p++, folded.n--;
    }
    return OK;
}

/* A reference "2024-117" is found by all of it as well as by its parts. */
static enum err words_save(struct db *db, struct arena *a, int64_t id, const struct participant_row *p)
{
    struct str reference = utf8_fold(a, p->reference);
    TRY(words_add(db, p->organisation_id, id, utf8_fold(a, participant_name(a, p))));
    TRY(words_add(db, p->organisation_id, id, reference));
    for (size_t i = 0; i < reference.n; i++)
        if (between_words(reference.p[i]))
            return db_run(db, &q_word_insert, NULL, DB_IN(id, p->organisation_id, reference));
    return OK;
}

DB_PUT(q_participant_insert, struct participant_row,
       "INSERT INTO participant (organisation_id, reference, first_name, last_name, sort_name, sex, email, phone, lang, languages, birth_year, "
       "settled_on, programme_start_on, programme_end_on, track, education_level, field, field_text, occupation, "
       "education_country, recognition, norwegian_oral, norwegian_written, experience_years, municipality, "
       "adviser_id, nav_contact_id, adviser_text, address_protection, account_id, stage, stage_at, criteria_sort, "
       "criteria_due_on, created_at, updated_at)"
       " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, "
       "$24, $25, NULLIF($26, 0), NULLIF($27, 0), $28, $29, NULLIF($30, 0), $31, $32, $33, $34, $35, $36)"
       " ON CONFLICT (organisation_id, reference) DO NOTHING RETURNING id",
       DB_COL(struct participant_row, organisation_id), DB_COL(struct participant_row, reference),
       DB_COL(struct participant_row, first_name), DB_COL(struct participant_row, last_name),
       DB_COL(struct participant_row, sort_name), DB_COL(struct participant_row, sex), DB_COL(struct participant_row, email),
       DB_COL(struct participant_row, phone), DB_COL(struct participant_row, lang), DB_COL(struct participant_row, languages),
       DB_COL(struct participant_row, birth_year), DB_COL(struct participant_row, settled_on),
       DB_COL(struct participant_row, programme_start_on), DB_COL(struct participant_row, programme_end_on),
       DB_COL(struct participant_row, track), DB_COL(struct participant_row, education_level),
       DB_COL(struct participant_row, field), DB_COL(struct participant_row, field_text),
       DB_COL(struct participant_row, occupation), DB_COL(struct participant_row, education_country),
       DB_COL(struct participant_row, recognition), DB_COL(struct participant_row, norwegian_oral),
       DB_COL(struct participant_row, norwegian_written), DB_COL(struct participant_row, experience_years),
       DB_COL(struct participant_row, municipality), DB_COL(struct participant_row, adviser_id),
       DB_COL(struct participant_row, nav_contact_id), DB_COL(struct participant_row, adviser_text),
       DB_COL(struct participant_row, address_protection), DB_COL(struct participant_row, account_id),
       DB_COL(struct participant_row, stage), DB_COL(struct participant_row, stage_at),
       DB_COL(struct participant_row, criteria_sort), DB_COL(struct participant_row, criteria_due_on),
       DB_COL(struct participant_row, created_at), DB_COL(struct participant_row, updated_at));

enum err participant_insert(struct db *db, struct arena *a, const struct participant_row *p, int64_t *id)
{
    struct participant_row row = *p;
    int64_t new_id;
    row.sort_name = participant_sort_name(a, p->first_name, p->last_name);
    TRY(db_put_id(db, &q_participant_insert, &row, &new_id));
    TRY(words_save(db, a, new_id, &row));
    *id = new_id;
    return OK;
}

DB_PUT(q_participant_update, struct participant_row,
       "UPDATE participant SET reference = $2, first_name = $3, last_name = $4, sort_name = $5, sex = $6, email = $7, phone = $8, lang = $9, "
       "languages = $10, birth_year = $11, settled_on = $12, programme_start_on = $13, programme_end_on = $14, track "
       "= $15, education_level = $16, field = $17, field_text = $18, occupation = $19, education_country = $20, "
       "recognition = $21, norwegian_oral = $22, norwegian_written = $23, experience_years = $24, municipality = $25, "
       "adviser_id = NULLIF($26, 0), nav_contact_id = NULLIF($27, 0), adviser_text = $28, address_protection = $29, "
       "updated_at = $30, criteria_sort = $32, criteria_due_on = $33,"
       " version = version + 1 WHERE id = $1 AND version = $31",
       DB_COL(struct participant_row, id), DB_COL(struct participant_row, reference), DB_COL(struct participant_row, first_name),
       DB_COL(struct participant_row, last_name), DB_COL(struct participant_row, sort_name), DB_COL(struct participant_row, sex),
       DB_COL(struct participant_row, email), DB_COL(struct participant_row, phone), DB_COL(struct participant_row, lang),
       DB_COL(struct participant_row, languages), DB_COL(struct participant_row, birth_year),
       DB_COL(struct participant_row, settled_on), DB_COL(struct participant_row, programme_start_on),
       DB_COL(struct participant_row, programme_end_on), DB_COL(struct participant_row, track),
       DB_COL(struct participant_row, education_level), DB_COL(struct participant_row, field),
       DB_COL(struct participant_row, field_text), DB_COL(struct participant_row, occupation),
       DB_COL(struct participant_row, education_country), DB_COL(struct participant_row, recognition),
       DB_COL(struct participant_row, norwegian_oral), DB_COL(struct participant_row, norwegian_written),
       DB_COL(struct participant_row, experience_years), DB_COL(struct participant_row, municipality),
       DB_COL(struct participant_row, adviser_id), DB_COL(struct participant_row, nav_contact_id),
       DB_COL(struct participant_row, adviser_text), DB_COL(struct participant_row, address_protection),
       DB_COL(struct participant_row, updated_at), DB_COL(struct participant_row, version),
       DB_COL(struct participant_row, criteria_sort), DB_COL(struct participant_row, criteria_due_on));

enum err participant_update(struct db *db, struct arena *a, const struct participant_row *p)
{
    struct participant_row row = *p;
    int64_t changed = 0;
    row.sort_name = participant_sort_name(a, p->first_name, p->last_name);
    TRY(db_put(db, &q_participant_update, &row, &changed));
    if (changed != 1)
        return ERR_CONFLICT;
    TRY(db_run(db, &q_word_delete, NULL, DB_IN(p->id)));
    return words_save(db, a, p->id, &row);
}

DB_QUERY(q_participant_get, struct participant_row, 1, PARTICIPANT_SELECT " WHERE p.id = $1", PARTICIPANT_COLS);
enum err participant_get(struct db *db, struct arena *a, int64_t id, struct participant_row *out)
{
    return db_one(db, a, &q_participant_get, out, DB_IN(id));
}

DB_QUERY(q_participant_some, struct participant_row, DB_SOME, PARTICIPANT_SELECT " WHERE p.id IN " DB_SOME_IN " ORDER BY p.id", PARTICIPANT_COLS);

static int by_id(const void *key, const void *row)
{
    int64_t id = *(const int64_t *)key, here = ((const struct participant_row *)row)->id;
    return (id > here) - (id < here);
}

enum err participant_some(struct db *db, struct arena *a, const int64_t *ids, size_t n, struct participant_row *rows)
{
    for (size_t at = 0; at < n; at += DB_SOME) {
        size_t here = n - at < DB_SOME ? n - at : DB_SOME, k;
        struct db_param in[DB_SOME];
        struct participant_row *got;
        db_some(ids + at, here, in);
        TRY(db_all(db, a, &q_participant_some, &got, &k, in, DB_SOME));
        for (size_t i = 0; i < here; i++) {
            const struct participant_row *r = k ? bsearch(&ids[at + i], got, k, sizeof *got, by_id) : NULL;
            if (!r)
                return ERR_NOT_FOUND;
            rows[at + i] = *r;
        }
    }
    return OK;
}

DB_QUERY(q_participant_by_reference, struct participant_row, 2,
         PARTICIPANT_SELECT " WHERE p.organisation_id = $1 AND p.reference = $2", PARTICIPANT_COLS);
enum err participant_by_reference(struct db *db, struct arena *a, int64_t organisation_id, struct str reference,
                                  struct participant_row *out)
{
    return db_one(db, a, &q_participant_by_reference, out, DB_IN(organisation_id, reference));
}

DB_QUERY(q_participant_by_account, struct participant_row, 1, PARTICIPANT_SELECT " WHERE p.account_id = $1 ORDER BY p.id LIMIT 1",
         PARTICIPANT_COLS);
enum err participant_by_account(struct db *db, struct arena *a, int64_t account_id, struct participant_row *out)
{
    return db_one(db, a, &q_participant_by_account, out, DB_IN(account_id));
}

DB_EXEC(q_participant_set_stage, 4,
        "UPDATE participant SET stage = $3, stage_at = $4, version = version + 1 WHERE id = $1 AND stage = $2");
enum err participant_set_stage(struct db *db, int64_t id, int from, int to, int64_t now)
{
    return db_run_one(db, &q_participant_set_stage, DB_IN(id, from, to, now));
}

DB_EXEC(q_participant_set_account, 2, "UPDATE participant SET account_id = NULLIF($2, 0), version = version + 1 WHERE id = $1");
enum err participant_set_account(struct db *db, int64_t id, int64_t account_id)
{
    return db_run_one(db, &q_participant_set_account, DB_IN(id, account_id));
}

DB_EXEC(q_participant_set_criteria, 3, "UPDATE participant SET criteria_sort = $2, criteria_due_on = $3 WHERE id = $1");
enum err participant_set_criteria(struct db *db, int64_t id, int sort, int due_on)
{
    return db_run_one(db, &q_participant_set_criteria, DB_IN(id, sort, due_on));
}

struct past_row {
    bool recommended, applied, interviewed;
};
DB_QUERY(q_participant_past, struct past_row, 1,
         "SELECT CASE WHEN COALESCE((SELECT r.verdict FROM recommendation r WHERE r.participant_id = $1 ORDER BY r.at DESC, r.id DESC LIMIT 1), 0)"
         "         = 1 THEN 1 ELSE 0 END AS recommended,"
         "       CASE WHEN EXISTS (SELECT 1 FROM application x WHERE x.participant_id = $1 AND x.status = 1) THEN 1 ELSE 0 END AS applied,"
         "       CASE WHEN EXISTS (SELECT 1 FROM interview i WHERE i.participant_id = $1 AND i.status = 1) THEN 1 ELSE 0 END AS interviewed",
         DB_COL(struct past_row, recommended), DB_COL(struct past_row, applied), DB_COL(struct past_row, interviewed));
enum err participant_past(struct db *db, struct arena *a, int64_t id, struct intake_past *past)
{
    struct past_row r;
    TRY(db_one(db, a, &q_participant_past, &r, DB_IN(id)));
    *past = (struct intake_past){r.recommended, r.applied, r.interviewed};
    return OK;
}

DB_QUERY(q_participant_after, struct participant_row, 3,
         PARTICIPANT_SELECT " WHERE p.organisation_id = $1 AND p.id > $2 ORDER BY p.id LIMIT $3", PARTICIPANT_COLS);
enum err participant_after(struct db *db, struct arena *a, int64_t organisation_id, int64_t after_id, int64_t limit,
                           struct participant_row **rows, size_t *n)
{
    return db_all(db, a, &q_participant_after, rows, n, DB_IN(organisation_id, after_id, limit));
}

DB_QUERY(q_participant_due, struct participant_row, 3,
         PARTICIPANT_SELECT " WHERE p.organisation_id = $1 AND p.criteria_due_on BETWEEN 1 AND $2 ORDER BY p.criteria_due_on, p.id LIMIT $3",
         PARTICIPANT_COLS);
enum err participant_due(struct db *db, struct arena *a, int64_t organisation_id, int today, int64_t limit,
                         struct participant_row **rows, size_t *n)
{
    return db_all(db, a, &q_participant_due, rows, n, DB_IN(organisation_id, today, limit));
}

DB_PUT(q_import_run_insert, struct import_run_row,
       "INSERT INTO import_run (organisation_id, kind, by_account, at, rows, created, updated, unchanged)"
       " VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id",
       DB_COL(struct import_run_row, organisation_id), DB_COL(struct import_run_row, kind), DB_COL(struct import_run_row, by_account),
       DB_COL(struct import_run_row, at), DB_COL(struct import_run_row, rows), DB_COL(struct import_run_row, created),
       DB_COL(struct import_run_row, updated), DB_COL(struct import_run_row, unchanged));
enum err import_run_insert(struct db *db, const struct import_run_row *r, int64_t *id)
{
    return db_put_id(db, &q_import_run_insert, r, id);
}

DB_QUERY(q_import_run_get, struct import_run_row, 1,
         "SELECT organisation_id, kind, by_account, at, rows, created, updated, unchanged FROM import_run WHERE id = $1",
         DB_COL(struct import_run_row, organisation_id), DB_COL(struct import_run_row, kind), DB_COL(struct import_run_row, by_account),
         DB_COL(struct import_run_row, at), DB_COL(struct import_run_row, rows), DB_COL(struct import_run_row, created),
         DB_COL(struct import_run_row, updated), DB_COL(struct import_run_row, unchanged));
enum err import_run_get(struct db *db, struct arena *a, int64_t id, struct import_run_row *out)
{
    return db_one(db, a, &q_import_run_get, out, DB_IN(id));
}

DB_PUT(q_import_draft_insert, struct import_draft_row,
       "INSERT INTO import_draft (organisation_id, account_id, at, filename, text, mapping) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id",
       DB_COL(struct import_draft_row, organisation_id), DB_COL(struct import_draft_row, account_id), DB_COL(struct import_draft_row, at),
       DB_COL(struct import_draft_row, filename), DB_COL(struct import_draft_row, text), DB_COL(struct import_draft_row, mapping));
enum err import_draft_insert(struct db *db, const struct import_draft_row *d, int64_t *id)
{
    return db_put_id(db, &q_import_draft_insert, d, id);
}

DB_QUERY(q_import_draft_get, struct import_draft_row, 2,
         "SELECT id, organisation_id, account_id, at, filename, text, mapping FROM import_draft WHERE id = $1 AND account_id = $2",
         DB_COL(struct import_draft_row, id), DB_COL(struct import_draft_row, organisation_id),
         DB_COL(struct import_draft_row, account_id), DB_COL(struct import_draft_row, at), DB_COL(struct import_draft_row, filename),
         DB_COL(struct import_draft_row, text), DB_COL(struct import_draft_row, mapping));
enum err import_draft_get(struct db *db, struct arena *a, int64_t id, int64_t account_id, struct import_draft_row *out)
{
    return db_one(db, a, &q_import_draft_get, out, DB_IN(id, account_id));
}

DB_EXEC(q_import_draft_map, 3, "UPDATE import_draft SET mapping = $3 WHERE id = $1 AND account_id = $2");
enum err import_draft_map(struct db *db, int64_t id, int64_t account_id, struct str mapping)
{
    return db_run_one(db, &q_import_draft_map, DB_IN(id, account_id, mapping));
}

DB_EXEC(q_import_draft_delete, 2, "DELETE FROM import_draft WHERE id = $1 AND account_id = $2");
enum err import_draft_delete(struct db *db, int64_t id, int64_t account_id)
{
    return db_run_one(db, &q_import_draft_delete, DB_IN(id, account_id));
}

DB_EXEC(q_import_draft_sweep, 1, "DELETE FROM import_draft WHERE at < $1");
enum err import_draft_sweep(struct db *db, int64_t before)
{
    return db_run(db, &q_import_draft_sweep, NULL, DB_IN(before));
}
