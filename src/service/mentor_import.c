#include "service/mentor_import.h"
#include "base/utf8.h"
#include "domain/field.h"
#include "domain/matching.h"
#include "model/mentor.h"

enum { MEMORY_ROW = 4 << 20, TELL_EVERY = 500 };

enum err mentor_import_open(struct arena *a, struct str text, const struct str *maps, size_t n_maps, struct mentor_file *f)
{
    *f = (struct mentor_file){.text = text};
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
    for (size_t i = 0; i < row.n; i++)
        if (row.fields[i].s.n > IMPORT_TEXT_MAX || utf8_clean(a, row.fields[i].s, false, &f->headers[i]) != OK)
            f->headers[i] = STR("");
    e = mentor_map_headers(a, f->headers, f->n, maps, n_maps, f->at, &f->problem);
    return e == ERR_INVALID || e == ERR_LIMIT ? OK : e;
}

struct run {
    struct ctx *c;
    struct mentor_file *f;
    struct arena *row; /* cleared for each row */
    struct import_report *report;
    bool write;
};

static void fault(struct run *r, const struct csv_row *row, int place, struct say why)
{
    struct import_report *rep = r->report;
    rep->n_faults++;
    if (rep->n_shown == IMPORT_FAULTS_SHOWN)
        return;
    struct import_fault x = {.line = row->fields[0].line, .row = row->number, .why = why};
    if (place >= 0) {
        x.column = place + 1;
        x.header = r->f->headers[place];
        if ((size_t)place < row->n)
            x.line = row->fields[place].line;
    }
    for (size_t i = 0; i < x.why.n; i++) /* the row's memory goes; the words stay */
        x.why.args[i].s = arena_str(r->c->a, x.why.args[i].s);
    rep->faults[rep->n_shown++] = x;
}

static bool read_row(struct run *r, const struct csv_row *row, struct mentor_cells *in)
{
    int64_t before = r->report->n_faults;
    struct say why;
    enum mentor_column bad;
    mentor_cells_clear(in);
    for (int col = 0; col < MENTOR_COLUMNS; col++) {
        int at = r->f->at[col];
        if (at >= 0 && (size_t)at < row->n && mentor_cell(r->row, (enum mentor_column)col, row->fields[at].s, r->c->today, in, &why) != OK)
            fault(r, row, at, why);
    }
    if (r->report->n_faults == before && mentor_cells_check(in, &bad, &why) != OK)
        fault(r, row, r->f->at[bad], why);
    for (size_t i = r->f->n; i < row->n; i++)
        if (str_trim(row->fields[i].s).n) {
            fault(r, row, -1, say2(N_("Raden har {1} felter, men overskriftene er {2}. Mangler det anførselstegn rundt et felt?"),
                                   SAY_I((int64_t)row->n), SAY_I((int64_t)r->f->n)));
            break;
        }
    return r->report->n_faults == before;
}

static void put_text(struct str *to, struct str from, bool *changed)
{
    if (from.n && !str_eq(*to, from)) {
        *to = from;
        *changed = true;
    }
}
static void put_int(int *to, int from, int unknown, bool *changed)
{
    if (from != unknown && *to != from) {
        *to = from;
        *changed = true;
    }
}

static bool merge(struct arena *a, struct mentor_row *m, const struct mentor_cells *in)
{
    bool changed = false;
    const struct import_row *p = &in->person;
    put_text(&m->first_name, p->first_name, &changed);
    put_text(&m->last_name, p->last_name, &changed);
    put_text(&m->phone, p->phone, &changed);
    if (p->sex)
        put_text(&m->sex, str_c(sex_names[p->sex].code), &changed);
    put_int(&m->birth_year, p->birth_year, 0, &changed);
    put_text(&m->languages, p->languages, &changed);
    if (p->field_code)
        put_text(&m->field, field_stored(a, p->field_code), &changed);
    put_text(&m->specialisation, in->specialisation.n || p->field_code ? in->specialisation : p->field, &changed);
    if (in->occupation)
        put_text(&m->occupation, occupation_stored(a, in->occupation), &changed);
    put_text(&m->job_title, in->job_title, &changed);
    put_text(&m->employer, in->employer, &changed);
    if (in->sector)
        put_text(&m->sector, str_c(matching_sector_names[in->sector].code), &changed);
    put_int(&m->experience_years, p->experience_years, -1, &changed);
    put_int(&m->seniority, in->seniority, 0, &changed);
    put_int(&m->network, in->network, -1, &changed);
    put_text(&m->municipality, in->municipality, &changed);
    put_int(&m->capacity, in->capacity, -1, &changed);
    put_text(&m->motivation, in->motivation, &changed);
    m->sort_name = mentor_sort_name(a, m->first_name, m->last_name);
    return changed;
}

static enum err save(struct run *r, const struct mentor_cells *in)
{
    struct ctx *c = r->c;
    struct mentor_row m = {0};
    enum err e = mentor_by_email(c->db, r->row, c->actor->organisation_id, in->person.email, &m);
    if (e && e != ERR_NOT_FOUND)
        return e;
    bool is_new = e == ERR_NOT_FOUND;
    if (is_new)
        m = (struct mentor_row){.organisation_id = c->actor->organisation_id, .email = in->person.email, .lang = STR("nb"), .capacity = 1,
                                .created_at = c->now};
    bool changed = merge(r->row, &m, in);
    *(is_new ? &r->report->created : changed ? &r->report->updated : &r->report->unchanged) += 1;
    if (!r->write || r->report->n_faults || !(is_new || changed)) /* after a fault only counting goes on */
        return OK;
    m.updated_at = c->now;
    if (is_new)
        TRY(mentor_insert(c->db, &m, &m.id));
    else
        TRY(mentor_update(c->db, &m));
    return event_add(c, (struct event){.organisation_id = m.organisation_id, .subject_id = m.id, .kind = "mentor.imported",
                                       .outcome = is_new ? "added" : "changed", .reason = STR("")});
}

static enum err all_rows(struct run *r, const struct import_progress *progress)
{
    struct csv csv = r->f->csv; /* a copy: the same file may be read again */
    struct csv_row row;
    struct mentor_cells in;
    for (int n = 0;; n++) {
        enum err e = csv_next(&csv, &row);
        if (e == ERR_INVALID || e == ERR_LIMIT) {
            struct import_report *rep = r->report;
            if (rep->n_faults++ < IMPORT_FAULTS_SHOWN)
                rep->faults[rep->n_shown++] = (struct import_fault){.line = csv.fault.line, .row = csv.fault.line, .column = csv.fault.column,
                                                                    .why = import_csv_words(csv.fault)};
            return OK;
        }
        TRY(e);
        if (progress && progress->tell && (n % TELL_EVERY == 0 || !row.n))
            progress->tell(progress->arg, r->f->text.n - (size_t)(csv.end - csv.at), r->f->text.n);
        if (!row.n)
            return OK;
        arena_clear(r->row);
        if (csv_row_is_blank(&row))
            continue;
        r->report->rows++;
        if (read_row(r, &row, &in))
            TRY(save(r, &in));
    }
}

enum err import_mentors(struct ctx *c, struct mentor_file *f, enum import_how how, const struct import_progress *progress,
                        struct import_report *out)
{
    TRY(may(c, ACT_MENTOR_EDIT, rel_org(c, c->actor->organisation_id)));
    CLEANUP(arena_freep) struct arena *row = arena_new(MEMORY_ROW);
    struct import_report rep = {.faults = ARENA_ARRAY(c->a, struct import_fault, IMPORT_FAULTS_SHOWN)};
    struct run r = {.c = c, .f = f, .row = row, .report = &rep, .write = how == IMPORT_WRITE};
    log_later(c);
    enum err e = all_rows(&r, progress), logged = log_done(c, !e && r.write && !rep.n_faults);
    TRY(e);
    TRY(logged);
    if (!r.write || rep.n_faults) {
        *out = rep;
        return r.write ? ERR_INVALID : OK;
    }
    struct import_run_row done = {.organisation_id = c->actor->organisation_id, .by_account = c->actor->account_id, .at = c->now,
                                  .kind = STR("mentors"), .rows = rep.rows, .created = rep.created, .updated = rep.updated,
                                  .unchanged = rep.unchanged};
    TRY(import_run_insert(c->db, &done, &rep.run_id));
    *out = rep;
    return OK;
}
