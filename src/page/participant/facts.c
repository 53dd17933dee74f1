/* facts.c: GET and POST of the form with the facts about a participant. */
#include "page/participant/facts.h"
#include "base/num.h"
#include "base/tm.h"
#include "domain/field.h"
#include "domain/language.h"
#include "gen/participant_form.html.h"
#include "model/account.h"
#include "page/participant/participant.h"
#include "service/participant.h"

static const struct form_choice tracks[] = {{"1", "1"}, {"2", "2"}, {"3", "3"}, {0}};

/* A level's names as choices; the first, "not known", is the empty choice. */
static const struct form_choice *levels(struct arena *a, const struct level_name *names, size_t n)
{
    struct form_choice *out = ARENA_ARRAY(a, struct form_choice, n);
    for (size_t i = 1; i < n; i++)
        out[i - 1] = (struct form_choice){names[i].code, names[i].name};
    return out;
}

static const struct form_choice *fields(struct arena *a)
{
    size_t n;
    const struct field *all = field_all(&n);
    struct form_choice *out = ARENA_ARRAY(a, struct form_choice, n + 1);
    for (size_t i = 0; i < n; i++)
        out[i] = (struct form_choice){arena_cstr(a, field_stored(a, all[i].code)), all[i].name};
    return out;
}

static enum err staff(struct page *p, enum role role, const struct form_choice **out)
{
    struct account_row *rows;
    size_t n;
    TRY(participant_staff(&p->c, role, &rows, &n));
    struct form_choice *c = ARENA_ARRAY(p->c.a, struct form_choice, n + 1);
    for (size_t i = 0; i < n; i++)
        c[i] = (struct form_choice){arena_fmt(p->c.a, "%lld", (long long)rows[i].id).p, arena_cstr(p->c.a, rows[i].name)};
    *out = c;
    return OK;
}

/* NAV contacts of this organisation and of those that cooperate with it; the latter with their organisation's name. */
static enum err navs(struct page *p, const struct form_choice **out)
{
    struct colleague_row *rows;
    size_t n;
    TRY(participant_navs(&p->c, &rows, &n));
    struct form_choice *c = ARENA_ARRAY(p->c.a, struct form_choice, n + 1);
    for (size_t i = 0; i < n; i++)
        c[i] = (struct form_choice){arena_fmt(p->c.a, "%lld", (long long)rows[i].account_id).p, colleague_label(p->c.a, &rows[i]).p};
    *out = c;
    return OK;
}

enum err facts_choices(struct page *p, struct facts_choices *out)
{
    struct arena *a = p->c.a;
    struct facts_choices c = {.sex = levels(a, sex_names, SEX_N), .track = tracks, .level = levels(a, education_level_names, EDU_N),
                              .recognition = levels(a, recognition_names, REC_N), .cefr = levels(a, cefr_names, CEFR_N),
                              .field = fields(a), .block = levels(a, address_block_names, BLOCK_N),
                              .staff = p->c.actor->role == ROLE_PROJECT_LEADER};
    if (c.staff) {
        TRY(staff(p, ROLE_ADVISER, &c.advisers));
        TRY(navs(p, &c.navs));
    }
    *out = c;
    return OK;
}

/* The place of the choice among a level's values: one more than in the list, which leaves out "not known". */
static int level_in(struct form *f, const char *name, const struct form_choice *c)
{
    return form_choice(f, name, false, c) + 1;
}

static int64_t account_in(struct form *f, const char *name, const struct form_choice *c)
{
    int64_t id = 0;
    int i = form_choice(f, name, false, c);
    return i >= 0 && num_i64(str_c(c[i].value), 1, INT64_MAX, &id) ? id : 0;
}

static void read_staff(struct form *f, const struct facts_choices *c, struct participant_row *row)
{
    int64_t adviser = account_in(f, "adviser", c->advisers);
    if (adviser != row->adviser_id)
        row->adviser_text = STR("");
    row->adviser_id = adviser;
    row->nav_contact_id = account_in(f, "nav", c->navs);
}

void facts_read(struct page *p, struct form *f, const struct facts_choices *c, struct participant_row *row)
{
    int this_year = tm_ymd(p->c.today).year, i;
    row->reference = form_line(f, "reference", 1, 60);
    row->first_name = form_line(f, "first_name", 1, 100);
    row->last_name = form_line(f, "last_name", 1, 100);
    row->email = form_email(f, "email", false);
    row->phone = form_phone(f, "phone", false);
    row->municipality = form_line(f, "municipality", 0, 4);
    int64_t number_of;
    if (row->municipality.n && (row->municipality.n != 4 || !num_i64(row->municipality, 101, 9999, &number_of)))
        form_fail(f, "municipality", N_("Skriv kommunenummeret med fire siffer, for eksempel 5001."));
    row->sex = str_c(sex_names[level_in(f, "sex", c->sex)].code);
    row->birth_year = (int)form_int(f, "birth_year", false, 1900, this_year - 10);
    row->languages = language_set_codes(p->c.a, language_set_parse(p->c.a, form_line(f, "languages", 0, 200), &i));
    if (i && form_value(f, "languages").n)
        form_fail(f, "languages", N_("Vi kjenner ikke alle språkene. Skriv navnet på norsk, med komma mellom."));
    row->settled_on = form_date(f, "settled_on", false);
    row->programme_start_on = form_date(f, "programme_start_on", false);
    row->programme_end_on = form_date(f, "programme_end_on", false);
    if (row->programme_start_on && row->programme_end_on && row->programme_end_on < row->programme_start_on)
        form_fail(f, "programme_end_on", N_("Sluttdatoen er før startdatoen."));
    row->track = level_in(f, "track", c->track);
    row->education_level = level_in(f, "level", c->level);
    i = form_choice(f, "field", false, c->field);
    row->field = i >= 0 ? str_c(c->field[i].value) : STR("");
    row->field_text = form_line(f, "field_text", 0, 200);
    row->education_country = form_line(f, "country", 0, 100);
    row->recognition = level_in(f, "recognition", c->recognition);
    row->norwegian_oral = level_in(f, "oral", c->cefr);
    row->norwegian_written = level_in(f, "written", c->cefr);
    row->experience_years = form_value(f, "experience").n ? (int)form_int(f, "experience", false, 0, 70) : -1;
    row->address_protection = level_in(f, "block", c->block);
    if (c->staff)
        read_staff(f, c, row);
}

static struct pair text_pair(const char *name, struct str v)
{
    return (struct pair){str_c(name), v};
}

/* Dates as people here write them, so that the form takes them back. */
static struct str on_text(struct arena *a, int on)
{
    struct tm_ymd d = tm_ymd(on);
    return on ? arena_fmt(a, "%02d.%02d.%04d", d.day, d.month, d.year) : STR("");
}

static struct str number(struct arena *a, int64_t v)
{
    return v > 0 ? arena_fmt(a, "%lld", (long long)v) : STR("");
}

static struct str language_names(struct page *p, struct str codes)
{
    struct str parts[12];
    size_t n = 0, n_all;
    const struct language *all = language_all(&n_all);
    while (codes.n && n < COUNT(parts)) {
        int i = language_find(p->c.a, str_cut(&codes, ','));
        if (i >= 0)
            parts[n++] = str_c(all[i].name);
    }
    return arena_join(p->c.a, parts, n, STR(", "));
}

struct form facts_form(struct page *p, const struct participant_row *r)
{
    struct arena *a = p->c.a;
    struct pair *g = ARENA_ARRAY(a, struct pair, FACTS_FIELDS);
    size_t n = 0;
    g[n++] = text_pair("reference", r->reference);
    g[n++] = text_pair("first_name", r->first_name);
    g[n++] = text_pair("last_name", r->last_name);
    g[n++] = text_pair("email", r->email);
    g[n++] = text_pair("phone", r->phone);
    g[n++] = text_pair("municipality", r->municipality);
    g[n++] = text_pair("sex", r->sex);
    g[n++] = text_pair("birth_year", number(a, r->birth_year));
    g[n++] = text_pair("languages", language_names(p, r->languages));
    g[n++] = text_pair("settled_on", on_text(a, r->settled_on));
    g[n++] = text_pair("programme_start_on", on_text(a, r->programme_start_on));
    g[n++] = text_pair("programme_end_on", on_text(a, r->programme_end_on));
    g[n++] = text_pair("track", number(a, r->track));
    g[n++] = text_pair("level", str_c(education_level_names[r->education_level].code));
    g[n++] = text_pair("field", r->field);
    g[n++] = text_pair("field_text", r->field_text);
    g[n++] = text_pair("country", r->education_country);
    g[n++] = text_pair("recognition", str_c(recognition_names[r->recognition].code));
    g[n++] = text_pair("oral", str_c(cefr_names[r->norwegian_oral].code));
    g[n++] = text_pair("written", str_c(cefr_names[r->norwegian_written].code));
    g[n++] = text_pair("experience", r->experience_years >= 0 ? arena_fmt(a, "%d", r->experience_years) : STR(""));
    g[n++] = text_pair("block", str_c(address_block_names[r->address_protection].code));
    g[n++] = text_pair("adviser", number(a, r->adviser_id));
    g[n++] = text_pair("nav", number(a, r->nav_contact_id));
    return form_new(g, n);
}

/* What a choice is called; the text itself when it is none. */
static struct str called(const struct view *v, const struct form_choice *c, struct str value)
{
    for (size_t i = 0; c && c[i].value; i++)
        if (str_is(value, c[i].value))
            return S(T(c[i].label));
    return value;
}

size_t facts_differ(struct page *p, const struct facts_choices *c, const struct participant_row *there, const struct participant_row *typed,
                    struct facts_difference out[FACTS_FIELDS])
{
    const struct {
        const char *name, *label;
        const struct form_choice *choices;
    } facts[] = {
        {"reference", N_("Referanse"), NULL}, {"first_name", N_("Fornavn"), NULL}, {"last_name", N_("Etternavn"), NULL},
        {"email", N_("E-post"), NULL}, {"phone", N_("Telefon"), NULL}, {"municipality", N_("Kommunenummer"), NULL}, {"sex", N_("Kjønn"), c->sex}, {"birth_year", N_("Fødselsår"), NULL},
        {"languages", N_("Språk"), NULL}, {"settled_on", N_("Bosatt"), NULL}, {"programme_start_on", N_("Introduksjonsprogram fra"), NULL},
        {"programme_end_on", N_("Introduksjonsprogram til"), NULL}, {"track", N_("Spor"), NULL}, {"level", N_("Utdanningsnivå"), c->level},
        {"field", N_("Fagfelt"), c->field}, {"field_text", N_("Fagfelt med egne ord"), NULL}, {"country", N_("Utdanningsland"), NULL},
        {"recognition", N_("Godkjenning"), c->recognition}, {"oral", N_("Norsk muntlig"), NULL}, {"written", N_("Norsk skriftlig"), NULL},
        {"experience", N_("Yrkeserfaring"), NULL}, {"block", N_("Adressesperre"), c->block}, {"adviser", N_("Programrådgiver"), c->advisers},
        {"nav", N_("NAV-kontakt"), c->navs},
    };
    struct form a = facts_form(p, there), b = facts_form(p, typed);
    size_t n = 0;
    for (size_t i = 0; i < COUNT(facts); i++) {
        struct str x = form_value(&a, facts[i].name), y = form_value(&b, facts[i].name);
        if (!str_eq(x, y))
            out[n++] = (struct facts_difference){facts[i].label, called(&p->v, facts[i].choices, x), called(&p->v, facts[i].choices, y)};
    }
    return n;
}

/* GET /participants/new */
enum err participant_new_page(struct page *p)
{
    struct facts_choices c;
    TRY(facts_choices(p, &c));
    struct form f = form_new(NULL, 0);
    html_participant_new(p->o, &p->v, &f, &c);
    return OK;
}

/* POST /participants */
enum err participant_create(struct page *p)
{
    struct facts_choices c;
    struct participant_row row = {.lang = STR("nb"), .experience_years = -1, .stage = INTAKE_LISTED};
    int64_t id = 0;
    TRY(facts_choices(p, &c));
    struct form f = form_of(p->r);
    facts_read(p, &f, &c, &row);
    enum err e = form_ok(&f) ? participant_add(&p->c, &row, &id) : ERR_INVALID;
    if (e == OK)
        return page_go(p, "participant-added", "/participants/%lld", (long long)id);
    if (e == ERR_CONFLICT)
        form_fail(&f, "reference", N_("Denne referansen er brukt på en annen deltaker."));
    else if (e != ERR_INVALID || !f.n_err)
        return e;
    html_participant_new(p->o, &p->v, &f, &c);
    return page_invalid(p);
}

/* GET /participants/:id/edit */
enum err participant_edit_page(struct page *p)
{
    int64_t id;
    struct facts_choices c;
    struct participant_row row;
    TRY(page_id(p, "id", &id));
    TRY(participant_open(&p->c, id, ACT_PARTICIPANT_EDIT, &row));
    TRY(facts_choices(p, &c));
    saw(&p->c, row.organisation_id, id, "profile");
    struct form f = facts_form(p, &row);
    html_participant_edit(p->o, &p->v, &row, &f, &c, NULL, 0);
    return OK;
}

static enum err show_conflict(struct page *p, const struct participant_row *typed, struct form *f, const struct facts_choices *c)
{
    struct participant_row there;
    struct facts_difference *d = ARENA_ARRAY(p->c.a, struct facts_difference, FACTS_FIELDS);
    TRY(participant_open(&p->c, typed->id, ACT_PARTICIPANT_EDIT, &there));
    size_t n = facts_differ(p, c, &there, typed, d);
    html_participant_edit(p->o, &p->v, &there, f, c, d, n);
    return page_conflict(p);
}

/* POST /participants/:id */
enum err participant_save(struct page *p)
{
    int64_t id;
    struct facts_choices c;
    struct participant_row row;
    bool taken = false;
    TRY(page_id(p, "id", &id));
    TRY(participant_open(&p->c, id, ACT_PARTICIPANT_EDIT, &row));
    TRY(facts_choices(p, &c));
    struct form f = form_of(p->r);
    facts_read(p, &f, &c, &row);
    int64_t there = row.version;
    row.version = page_version(p);
    enum err e = form_ok(&f) ? participant_change(&p->c, &row, &taken) : ERR_INVALID;
    if (e == OK)
        return page_go(p, "saved", "/participants/%lld", (long long)id);
    if (e == ERR_CONFLICT && !taken)
        return show_conflict(p, &row, &f, &c);
    if (e == ERR_CONFLICT)
        form_fail(&f, "reference", N_("Denne referansen er brukt på en annen deltaker."));
    else if (e != ERR_INVALID || !f.n_err)
        return e;
    row.version = row.version ? row.version : there;
    html_participant_edit(p->o, &p->v, &row, &f, &c, NULL, 0);
    return page_invalid(p);
}
