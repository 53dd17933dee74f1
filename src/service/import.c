/* import.c: from a file's rows to participants. */
#include "service/import.h"
#include "base/utf8.h"
#include "domain/field.h"
#include "model/account.h"
#include "model/screening.h"
#include "service/relation.h"

enum { MEMORY_ROW = 4 << 20, TELL_EVERY = 500 };

/* ---- references seen in this file, to find the same one twice */
struct seen_slot {
    struct str reference;
    int line;
};
struct seen_set {
    struct seen_slot *slot;
    size_t n, cap; /* cap is a power of two */
};

static uint64_t hash_of(struct str s)
{
    uint64_t h = 14695981039346656037u; /* FNV-1a; a file that makes it slow only slows its own import */
    for (size_t i = 0; i < s.n; i++)
        h = (h ^ (unsigned char)s.p[i]) * 1099511628211u;
    return h ^ h >> 32;
}

static struct seen_slot *slot_of(struct seen_set *set, struct str reference)
{
    size_t i = hash_of(reference) & (set->cap - 1);
    while (set->slot[i].line && !str_eq(set->slot[i].reference, reference))
        i = (i + 1) & (set->cap - 1);
    return &set->slot[i];
}

/* The line where it stood before, or 0 when it is new. */
static int seen_before(struct arena *a, struct seen_set *set, struct str reference, int line)
{
    if (set->n * 2 >= set->cap) {
        struct seen_set more = {.n = set->n, .cap = set->cap ? set->cap * 4 : 1024};
        more.slot = ARENA_ARRAY(a, struct seen_slot, more.cap);
        for (size_t i = 0; i < set->cap; i++)
            if (set->slot[i].line)
                *slot_of(&more, set->slot[i].reference) = set->slot[i];
        *set = more;
    }
    struct seen_slot *s = slot_of(set, reference);
    if (s->line)
        return s->line;
    *s = (struct seen_slot){arena_str(a, reference), line};
    set->n++;
    return 0;
}

/* ---- advisers: by e-mail, or by a name that only one of them has */
struct adviser {
    int64_t account_id;
    struct str email, folded;
};
struct run {
    struct ctx *c;
    struct import_file *f;
    struct arena *row; /* cleared for each row */
    struct criteria_settings settings;
    struct adviser *advisers;
    size_t n_advisers;
    struct seen_set seen;
    struct import_report *report;
    bool write;
};

static enum err load_advisers(struct run *r)
{
    struct ctx *c = r->c;
    struct account_row *rows;
    TRY(account_with_role(c->db, c->a, c->actor->organisation_id, role_code(ROLE_ADVISER), c->now, &rows, &r->n_advisers));
    r->advisers = ARENA_ARRAY(c->a, struct adviser, r->n_advisers);
    for (size_t i = 0; i < r->n_advisers; i++)
        r->advisers[i] = (struct adviser){rows[i].id, rows[i].email, utf8_fold(c->a, rows[i].name)};
    return OK;
}

static int64_t adviser_of(const struct run *r, struct str text)
{
    struct str folded = utf8_fold(r->row, text);
    int64_t found = 0;
    for (size_t i = 0; i < r->n_advisers; i++) {
        if (str_eq_nocase(r->advisers[i].email, text))
            return r->advisers[i].account_id;
        if (!str_eq(r->advisers[i].folded, folded))
            continue;
        if (found)
            return 0; /* two of that name: a person must say which */
        found = r->advisers[i].account_id;
    }
    return found;
}

/* ---- what stands in a row into what we know of the person: an empty cell changes nothing */
static void put_text(struct str *to, struct str from)
{
    if (from.n)
        *to = from;
}
static void put_int(int *to, int from)
{
    if (from)
        *to = from;
}

static void merge_adviser(const struct run *r, struct participant_row *p, struct str text)
{
    if (!text.n)
        return;
    int64_t id = adviser_of(r, text);
    if (id)
        p->adviser_id = id;
    else if (!str_eq(text, p->adviser_text))
        p->adviser_id = 0; /* somebody else by now, and who that is we do not know */
    p->adviser_text = text;
}

static void merge(const struct run *r, struct participant_row *p, const struct import_row *in)
{
    p->reference = in->reference;
    p->first_name = in->first_name;
    p->last_name = in->last_name;
    if (in->sex)
        p->sex = str_c(sex_names[in->sex].code);
    put_int(&p->birth_year, in->birth_year);
    put_text(&p->email, in->email);
    put_text(&p->phone, in->phone);
    put_text(&p->languages, in->languages);
    put_int(&p->settled_on, in->settled_on);
    put_int(&p->programme_start_on, in->programme_start_on);
    put_int(&p->programme_end_on, in->programme_end_on);
    put_int(&p->track, in->track);
    put_int(&p->education_level, (int)in->level);
    put_text(&p->education_country, in->country);
    put_text(&p->municipality, in->municipality);
    put_int(&p->recognition, (int)in->recognition);
    put_int(&p->norwegian_oral, (int)in->oral);
    put_int(&p->norwegian_written, (int)in->written);
    if (in->experience_years >= 0)
        p->experience_years = in->experience_years;
    if (in->address_block < BLOCK_N)
        p->address_protection = (int)in->address_block;
    if (in->field.n && !str_eq(in->field, p->field_text)) { /* the same words again do not undo what somebody chose by hand */
        p->field_text = in->field;
        p->field = field_stored(r->row, in->field_code);
    }
    merge_adviser(r, p, in->adviser);
}

static bool same(const struct participant_row *a, const struct participant_row *b)
{
    return str_eq(a->first_name, b->first_name) && str_eq(a->last_name, b->last_name) && str_eq(a->sex, b->sex) &&
           str_eq(a->email, b->email) && str_eq(a->phone, b->phone) && str_eq(a->languages, b->languages) &&
           str_eq(a->field, b->field) && str_eq(a->field_text, b->field_text) && str_eq(a->education_country, b->education_country) && str_eq(a->municipality, b->municipality) &&
           str_eq(a->adviser_text, b->adviser_text) && a->birth_year == b->birth_year && a->settled_on == b->settled_on &&
           a->programme_start_on == b->programme_start_on && a->programme_end_on == b->programme_end_on && a->track == b->track &&
           a->education_level == b->education_level && a->recognition == b->recognition && a->norwegian_oral == b->norwegian_oral &&
           a->norwegian_written == b->norwegian_written && a->experience_years == b->experience_years &&
           a->address_protection == b->address_protection && a->adviser_id == b->adviser_id;
}

/* ---- faults */
static void fault(struct run *r, struct import_fault x)
{
    struct import_report *rep = r->report;
    rep->n_faults++;
    if (rep->n_shown == IMPORT_FAULTS_SHOWN)
        return;
    for (size_t i = 0; i < x.why.n; i++) /* the row's memory goes; the words stay */
        x.why.args[i].s = arena_str(r->c->a, x.why.args[i].s);
    rep->faults[rep->n_shown++] = x;
}

static struct import_fault fault_at(const struct run *r, const struct csv_row *row, int place, struct say why)
{
    struct import_fault x = {.line = row->fields[0].line, .row = row->number, .why = why};
    if (place >= 0) {
        x.column = place + 1;
        x.header = r->f->headers[place];
        if ((size_t)place < row->n)
            x.line = row->fields[place].line;
    }
    return x;
}

/* ---- rows */

static enum err changed(struct run *r, int64_t id, const char *outcome)
{
    return event_add(r->c, (struct event){.organisation_id = r->c->actor->organisation_id, .participant_id = id, .subject_id = id,
                                          .kind = "participant.imported", .outcome = outcome, .reason = STR("")});
}

static enum err save(struct run *r, const struct csv_row *row, const struct import_row *in)
{
    struct ctx *c = r->c;
    struct participant_row old = {0}, p;
    enum err e = participant_by_reference(c->db, r->row, c->actor->organisation_id, in->reference, &old);
    if (e && e != ERR_NOT_FOUND)
        return e;
    bool is_new = e == ERR_NOT_FOUND;
    if (is_new)
        old = (struct participant_row){.organisation_id = c->actor->organisation_id, .lang = STR("nb"), .experience_years = -1,
                                       .stage = INTAKE_LISTED, .stage_at = c->now, .created_at = c->now};
    p = old;
    merge(r, &p, in);
    if (!is_new && same(&old, &p)) {
        r->report->unchanged++;
        return OK;
    }
    if ((!c->actor->account_id || c->actor->role == ROLE_ADMINISTRATOR) && p.address_protection >= BLOCK_STRICT && old.address_protection < BLOCK_STRICT) {
        fault(r, fault_at(r, row, r->f->map.at[IMPORT_ADDRESS_BLOCK], say(N_("En person med strengt beskyttet adresse må importeres på nettsiden av en prosjektleder. Den som gjør det, blir den som kan se personen."))));
        return OK;
    }
    *(is_new ? &r->report->created : &r->report->updated) += 1;
    if (!r->write || r->report->n_faults) /* after a fault only counting goes on */
        return OK;
    p.updated_at = c->now;
    TRY(criteria_mark(c->db, r->row, &r->settings, &p, c->today, !is_new));
    int64_t id = p.id;
    if (is_new)
        TRY(participant_insert(c->db, r->row, &p, &id));
    else
        TRY(participant_update(c->db, r->row, &p));
    p.id = id;
    TRY(relation_follow(c, &old, &p));
    return changed(r, id, is_new ? "added" : "changed");
}

/* Reads the cells; false when any of them is wrong. */
static bool read_row(struct run *r, const struct csv_row *row, struct import_row *in)
{
    int64_t before = r->report->n_faults;
    struct say why;
    import_row_clear(in);
    in->address_block = BLOCK_N; /* not said: «nei» takes the protection away, an empty cell does not */
    for (int col = 0; col < IMPORT_COLUMNS; col++) {
        int at = r->f->map.at[col];
        if (at < 0 || (size_t)at >= row->n)
            continue;
        if (import_cell(r->row, (enum import_column)col, row->fields[at].s, r->c->today, in, &why) != OK)
            fault(r, fault_at(r, row, at, why));
    }
    enum import_column bad;
    if (r->report->n_faults == before && import_row_check(in, &bad, &why) != OK)
        fault(r, fault_at(r, row, r->f->map.at[bad], why));
    for (size_t i = r->f->n; i < row->n; i++)
        if (str_trim(row->fields[i].s).n) {
            fault(r, fault_at(r, row, -1, say2(N_("Raden har {1} felter, men overskriftene er {2}. Mangler det anførselstegn rundt et felt?"),
                                               SAY_I((int64_t)row->n), SAY_I((int64_t)r->f->n))));
            break;
        }
    return r->report->n_faults == before;
}

static enum err one_row(struct run *r, const struct csv_row *row)
{
    struct import_row in;
    arena_clear(r->row);
    if (csv_row_is_blank(row))
        return OK;
    r->report->rows++;
    if (!read_row(r, row, &in))
        return OK;
    int place = r->f->map.at[IMPORT_REFERENCE];
    int before = seen_before(r->c->a, &r->seen, in.reference, row->fields[place].line);
    if (before) {
        fault(r, fault_at(r, row, place, say2(N_("Referansen «{1}» står også på linje {2}."), SAY_S(in.reference), SAY_I(before))));
        return OK;
    }
    return save(r, row, &in);
}

static enum err all_rows(struct run *r, const struct import_progress *progress)
{
    struct csv csv = r->f->csv; /* a copy: the same file may be read again */
    struct csv_row row;
    for (int n = 0;; n++) {
        enum err e = csv_next(&csv, &row);
        if (e == ERR_INVALID || e == ERR_LIMIT) {
            fault(r, (struct import_fault){.line = csv.fault.line, .row = csv.fault.line, .column = csv.fault.column,
                                           .why = import_csv_words(csv.fault)});
            return OK;
        }
        TRY(e);
        if (progress && progress->tell && (n % TELL_EVERY == 0 || !row.n))
            progress->tell(progress->arg, r->f->text.n - (size_t)(csv.end - csv.at), r->f->text.n);
        if (!row.n)
            return OK;
        if (progress && progress->rows_max && r->report->rows == progress->rows_max) {
            fault(r, fault_at(r, &row, -1, say1(N_("Filen har flere enn {1} rader. Del den opp, eller be administratoren importere den på tjeneren."),
                                                SAY_I(progress->rows_max))));
            return OK;
        }
        TRY(one_row(r, &row));
    }
}

enum err import_participants(struct ctx *c, struct import_file *f, enum import_how how, const struct import_progress *progress,
                             struct import_report *out)
{
    TRY(may(c, ACT_PARTICIPANT_IMPORT, rel_org(c, c->actor->organisation_id)));
    CLEANUP(arena_freep) struct arena *row = arena_new(MEMORY_ROW);
    struct import_report rep = {.faults = ARENA_ARRAY(c->a, struct import_fault, IMPORT_FAULTS_SHOWN)};
    struct run r = {.c = c, .f = f, .row = row, .report = &rep, .write = how == IMPORT_WRITE};
    TRY(criteria_load(c->db, c->a, c->actor->organisation_id, &r.settings));
    TRY(load_advisers(&r));
    log_later(c);
    enum err e = all_rows(&r, progress), logged = log_done(c, !e && r.write && !rep.n_faults);
    TRY(e);
    TRY(logged);
    if (!r.write || rep.n_faults) {
        *out = rep;
        return r.write ? ERR_INVALID : OK;
    }
    struct import_run_row done = {.organisation_id = c->actor->organisation_id, .by_account = c->actor->account_id, .at = c->now,
                                  .kind = STR("participants"), .rows = rep.rows, .created = rep.created, .updated = rep.updated,
                                  .unchanged = rep.unchanged};
    TRY(import_run_insert(c->db, &done, &rep.run_id));
    TRY(event_add(c, (struct event){.organisation_id = done.organisation_id, .subject_id = rep.run_id, .kind = "import.done",
                                    .outcome = "participants", .reason = STR("")}));
    *out = rep;
    return OK;
}
