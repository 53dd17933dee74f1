/* form.c: the facts about a mentor as a form, read back, and compared when two people changed them at once. */
#include "base/num.h"
#include "base/tm.h"
#include "domain/field.h"
#include "domain/language.h"
#include "domain/levels.h"
#include "domain/matching.h"
#include "page/mentor/mentor.h"

enum { RECOMMENDERS = 300 };
static const struct form_choice wishes[] = {{"female", N_("Helst en kvinne")}, {"male", N_("Helst en mann")}, {0}};
static const struct form_choice networks[] = {{"1", N_("Noen få i faget")}, {"2", N_("Flere i faget")}, {"3", N_("Mange, på tvers av virksomheter")}, {0}};

const char *network_name(int network)
{
    return network >= 1 && network <= 3 ? networks[network - 1].label : "";
}

static const struct form_choice *sexes(struct arena *a)
{
    struct form_choice *out = ARENA_ARRAY(a, struct form_choice, SEX_N);
    for (size_t i = 1; i < SEX_N; i++)
        out[i - 1] = (struct form_choice){sex_names[i].code, sex_names[i].name};
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

/* The first, "not known", is the empty choice. */
static const struct form_choice *names(struct arena *a, const struct matching_name *all, size_t n)
{
    struct form_choice *out = ARENA_ARRAY(a, struct form_choice, n);
    for (size_t i = 1; i < n; i++)
        out[i - 1] = (struct form_choice){all[i].code, all[i].name};
    return out;
}

static const struct form_choice *langs(struct arena *a)
{
    struct form_choice *out = ARENA_ARRAY(a, struct form_choice, LANG_N + 1);
    for (enum lang l = LANG_NB; l < LANG_N; l++)
        out[l] = (struct form_choice){lang_info[l].code, lang_info[l].name};
    return out;
}

static enum err recommenders(struct page *p, const struct form_choice **out)
{
    struct mentor_row *rows;
    size_t n;
    TRY(mentor_all(p->c.db, p->c.a, p->c.actor->organisation_id, &rows, &n));
    if (n > RECOMMENDERS)
        n = RECOMMENDERS;
    struct form_choice *c = ARENA_ARRAY(p->c.a, struct form_choice, n + 1);
    for (size_t i = 0; i < n; i++)
        c[i] = (struct form_choice){arena_fmt(p->c.a, "%lld", (long long)rows[i].id).p,
                                    arena_cstr(p->c.a, mentor_full_name(&p->v, &rows[i]))};
    *out = c;
    return OK;
}

enum err mentor_choices(struct page *p, bool own, struct mentor_choices *out)
{
    struct arena *a = p->c.a;
    struct mentor_choices c = {.sex = sexes(a), .wish_sex = wishes, .field = fields(a), .network = networks, .lang = langs(a),
                               .sector = names(a, matching_sector_names, MATCHING_SECTOR_N),
                               .seniority = names(a, matching_seniority_names, MATCHING_SENIORITY_N)};
    if (!own)
        TRY(recommenders(p, &c.recommenders));
    *out = c;
    return OK;
}

static struct str number(struct arena *a, int64_t v)
{
    return v > 0 ? arena_fmt(a, "%lld", (long long)v) : STR("");
}

static struct str on_text(struct arena *a, int on)
{
    struct tm_ymd d = tm_ymd(on);
    return on ? arena_fmt(a, "%02d.%02d.%04d", d.day, d.month, d.year) : STR("");
}

static struct str occupation_text(const struct view *v, struct str stored)
{
    int code = occupation_code(stored);
    return code ? S(T(occupation_name(code))) : STR("");
}

static int seniority_of(int stored)
{
    return stored > 0 && stored < MATCHING_SENIORITY_N ? stored : 0;
}

struct form mentor_form_of(struct page *p, const struct mentor_row *m)
{
    struct arena *a = p->c.a;
    const struct pair all[] = {
        {STR("first_name"), m->first_name}, {STR("last_name"), m->last_name}, {STR("email"), m->email}, {STR("phone"), m->phone},
        {STR("lang"), m->lang}, {STR("sex"), m->sex}, {STR("birth_year"), number(a, m->birth_year)}, {STR("field"), m->field},
        {STR("specialisation"), m->specialisation}, {STR("occupation"), occupation_text(&p->v, m->occupation)},
        {STR("job_title"), m->job_title}, {STR("employer"), m->employer}, {STR("sector"), m->sector},
        {STR("experience_years"), number(a, m->experience_years)},
        {STR("seniority"), str_c(matching_seniority_names[seniority_of(m->seniority)].code)}, {STR("network"), number(a, m->network)},
        {STR("municipality"), m->municipality}, {STR("motivation"), m->motivation}, {STR("capacity"), number(a, m->capacity)},
        {STR("wish_sex"), m->wish_sex}, {STR("wish_text"), m->wish_text},
        {STR("police_certificate_on"), on_text(a, m->police_certificate_on)}, {STR("recommended_by"), number(a, m->recommended_by)},
    };
    struct pair *g = ARENA_ARRAY(a, struct pair, COUNT(all));
    memcpy(g, all, sizeof all);
    return form_new(g, COUNT(all));
}

static struct str chosen(struct form *f, const char *name, const struct form_choice *c)
{
    int i = form_choice(f, name, false, c);
    return i >= 0 ? str_c(c[i].value) : STR("");
}

/* Check boxes carry the language's code; the set is kept for showing the form again. */
static void read_languages(struct page *p, struct mentor_choices *c, struct mentor_row *m)
{
    uint64_t set = 0;
    for (size_t i = 0; i < p->r->n_form; i++)
        if (str_is(p->r->form[i].k, "languages") && p->r->form[i].v.n < 8)
            set |= language_bit(arena_cstr(p->c.a, p->r->form[i].v));
    c->languages = set;
    m->languages = language_set_codes(p->c.a, set);
}

static void read_work(struct page *p, struct form *f, const struct mentor_choices *c, struct mentor_row *m)
{
    m->field = chosen(f, "field", c->field);
    struct str occupation = form_line(f, "occupation", 0, 120);
    int code = occupation.n ? occupation_find_by_text(p->c.a, occupation) : 0;
    if (occupation.n && !code)
        form_fail(f, "occupation", N_("Vi kjenner ikke yrket. Velg et fra listen, eller la feltet stå tomt."));
    m->occupation = occupation_stored(p->c.a, code);
    m->sector = chosen(f, "sector", c->sector);
    m->experience_years = (int)form_int(f, "experience_years", false, 0, 70);
    m->seniority = matching_name_find(matching_seniority_names, MATCHING_SENIORITY_N, chosen(f, "seniority", c->seniority));
}

static void read_register(struct page *p, struct form *f, const struct mentor_choices *c, struct mentor_row *m)
{
    m->first_name = form_line(f, "first_name", 1, 100);
    m->last_name = form_line(f, "last_name", 1, 100);
    m->email = form_email(f, "email", false);
    m->sex = chosen(f, "sex", c->sex);
    m->birth_year = (int)form_int(f, "birth_year", false, 1900, tm_ymd(p->c.today).year - 15);
    read_work(p, f, c, m);
    m->police_certificate_on = form_date(f, "police_certificate_on", false);
    if (m->police_certificate_on > p->c.today)
        form_fail(f, "police_certificate_on", N_("Datoen kan ikke være frem i tid."));
    int64_t by;
    m->recommended_by = num_i64(chosen(f, "recommended_by", c->recommenders), 1, INT64_MAX, &by) ? by : 0;
}

void mentor_form_read(struct page *p, struct form *f, struct mentor_choices *c, bool own, struct mentor_row *m)
{
    if (!own)
        read_register(p, f, c, m);
    m->phone = form_phone(f, "phone", false);
    struct str lang = chosen(f, "lang", c->lang);
    m->lang = lang.n ? lang : STR("nb");
    m->specialisation = form_line(f, "specialisation", 0, 200);
    m->job_title = form_line(f, "job_title", 0, 120);
    m->employer = form_line(f, "employer", 0, 120);
    int64_t network;
    m->network = num_i64(chosen(f, "network", c->network), 1, 3, &network) ? (int)network : 0;
    read_languages(p, c, m);
    struct str place = form_line(f, "municipality", 0, 4);
    int64_t number_of;
    if (place.n && (place.n != 4 || !num_i64(place, 1, 9999, &number_of)))
        form_fail(f, "municipality", N_("Skriv kommunenummeret med fire siffer, for eksempel 5001."));
    m->municipality = place;
    m->motivation = form_text(f, "motivation", 0, 2000);
    m->capacity = (int)form_int(f, "capacity", true, 0, MENTOR_CAPACITY_MAX);
    m->wish_sex = chosen(f, "wish_sex", c->wish_sex);
    m->wish_text = form_text(f, "wish_text", 0, 1000);
}

static struct str called(const struct view *v, const struct form_choice *c, struct str value)
{
    for (size_t i = 0; c && c[i].value; i++)
        if (str_is(value, c[i].value))
            return S(T(c[i].label));
    return value;
}

size_t mentor_differ(struct page *p, const struct mentor_choices *c, bool own, const struct mentor_row *there, const struct mentor_row *typed,
                     struct mentor_difference out[MENTOR_FIELDS])
{
    const struct {
        const char *name, *label;
        const struct form_choice *choices;
        bool own; /* mentors change it themselves */
    } facts[] = {
        {"first_name", N_("Fornavn"), NULL, false}, {"last_name", N_("Etternavn"), NULL, false}, {"email", N_("E-post"), NULL, false},
        {"phone", N_("Telefon"), NULL, true}, {"lang", N_("Språk i e-post"), c->lang, true}, {"sex", N_("Kjønn"), c->sex, false},
        {"birth_year", N_("Fødselsår"), NULL, false}, {"field", N_("Fagfelt"), c->field, false},
        {"specialisation", N_("Spesialfelt"), NULL, true}, {"occupation", N_("Yrke"), NULL, false}, {"job_title", N_("Stilling"), NULL, true},
        {"employer", N_("Arbeidsgiver"), NULL, true}, {"sector", N_("Sektor"), c->sector, false},
        {"experience_years", N_("År i faget"), NULL, false}, {"seniority", N_("Nivå"), c->seniority, false},
        {"network", N_("Nettverk"), c->network, true}, {"municipality", N_("Kommunenummer"), NULL, true},
        {"motivation", N_("Hvorfor mentor"), NULL, true}, {"capacity", N_("Trainees samtidig"), NULL, true},
        {"wish_sex", N_("Ønske om trainee"), c->wish_sex, true}, {"wish_text", N_("Ønsker med egne ord"), NULL, true},
        {"police_certificate_on", N_("Politiattest vist"), NULL, false}, {"recommended_by", N_("Anbefalt av"), c->recommenders, false},
    };
    struct form a = mentor_form_of(p, there), b = mentor_form_of(p, typed);
    size_t n = 0;
    for (size_t i = 0; i < COUNT(facts); i++) {
        struct str x = form_value(&a, facts[i].name), y = form_value(&b, facts[i].name);
        if ((facts[i].own || !own) && !str_eq(x, y))
            out[n++] = (struct mentor_difference){facts[i].label, called(&p->v, facts[i].choices, x), called(&p->v, facts[i].choices, y)};
    }
    if (!str_eq(there->languages, typed->languages))
        out[n++] = (struct mentor_difference){N_("Språk"), language_names(&p->v, there->languages), language_names(&p->v, typed->languages)};
    return n;
}
