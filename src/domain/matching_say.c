/* matching_say.c: reasons and lacks in words, and reasons as they are stored. */
#include "base/buf.h"
#include "base/num.h"
#include "base/say.h"
#include "domain/field.h"
#include "domain/language.h"
#include "domain/levels.h"
#include "domain/matching.h"

const struct matching_name matching_seniority_names[MATCHING_SENIORITY_N] = {
    {"", N_("Ikke oppgitt")}, {"new", N_("Ny i faget")}, {"experienced", N_("Erfaren")}, {"senior", N_("Svært erfaren")}, {"leader", N_("Leder")},
};
const struct matching_name matching_sector_names[MATCHING_SECTOR_N] = {
    {"", N_("Ikke oppgitt")}, {"public", N_("Offentlig sektor")}, {"private", N_("Privat sektor")}, {"voluntary", N_("Frivillig sektor")},
};
const struct matching_name matching_age_names[MATCHING_AGE_N] = {
    {"", N_("Spiller ingen rolle")}, {"younger", N_("Yngre")}, {"same", N_("Omtrent samme alder")}, {"older", N_("Eldre")},
};
const struct matching_name matching_background_names[MATCHING_BACKGROUND_N] = {
    {"", N_("Ikke oppgitt")}, {"moved", N_("Har selv flyttet til Norge")}, {"grew_up", N_("Har vokst opp i Norge")},
};

int matching_name_find(const struct matching_name *names, size_t n, struct str code)
{
    for (size_t i = 0; i < n; i++)
        if (str_is(code, names[i].code))
            return (int)i;
    return 0;
}

static const struct {
    const char *code, *text; /* stored; msgid */
    bool against;
} codes[MATCHING_CODE_N] = {
    [MATCHING_FIELD_SAME] = {"field_same", N_("Samme fag: {1}"), false},
    [MATCHING_FIELD_WORK] = {"field_work", N_("Arbeider i samme fag: {1}"), false},
    [MATCHING_FIELD_NEAR] = {"field_near", N_("Nært fag: {1} og {2}"), false},
    [MATCHING_FIELD_RELATED] = {"field_related", N_("Beslektet fag: {1} og {2}"), false},
    [MATCHING_FIELD_OTHER] = {"field_other", N_("Ulikt fag: {1} og {2}"), true},
    [MATCHING_FIELD_UNKNOWN] = {"field_unknown", N_("Faget til en av dem er ikke kjent"), true},
    [MATCHING_OCCUPATION_SAME] = {"occupation_same", N_("Samme yrke: {1}"), false},
    [MATCHING_OCCUPATION_NEAR] = {"occupation_near", N_("Nært yrke: {1}"), false},
    [MATCHING_SPECIALISATION] = {"specialisation", N_("Felles spesialisering: {1}"), false},
    [MATCHING_EXPERIENCE] = {"experience", N_("{1} års erfaring i faget"), false},
    [MATCHING_EXPERIENCE_LESS] = {"experience_less", N_("{1} års erfaring i faget, traineen har {2}"), true},
    [MATCHING_SENIORITY] = {"seniority", N_("Nivå i faget: {1}"), false},
    [MATCHING_NETWORK_WIDE] = {"network_wide", N_("Stort nettverk i faget"), false},
    [MATCHING_NETWORK_GOOD] = {"network_good", N_("Godt nettverk i faget"), false},
    [MATCHING_NETWORK_SOME] = {"network_some", N_("Noe nettverk i faget"), false},
    [MATCHING_NETWORK_NONE] = {"network_none", N_("Lite nettverk i faget, eller ikke kjent"), true},
    [MATCHING_PLACE_SAME] = {"place_same", N_("Samme kommune"), false},
    [MATCHING_PLACE_NEAR] = {"place_near", N_("Samme fylke"), false},
    [MATCHING_PLACE_OTHER] = {"place_other", N_("Ikke samme sted"), true},
    [MATCHING_LANGUAGE] = {"language", N_("Begge snakker {1}"), false},
    [MATCHING_LANGUAGE_ENGLISH] = {"language_english", N_("Begge snakker engelsk"), false},
    [MATCHING_WISH_MET] = {"wish_met", NULL, false},
    [MATCHING_WISH_NOT_MET] = {"wish_not_met", NULL, true},
    [MATCHING_WISH_UNKNOWN] = {"wish_unknown", NULL, true},
};

bool matching_against(enum matching_code code)
{
    return code >= 0 && code < MATCHING_CODE_N && codes[code].against;
}

static const char *language_name(int i)
{
    size_t n;
    const struct language *all = language_all(&n);
    return i >= 0 && (size_t)i < n ? all[i].name : N_("Ikke oppgitt");
}

/* The wished partner, to stand in "Ønske om {1} er oppfylt". */
static const char *wished(const struct matching_reason *r)
{
    switch ((enum matching_wish)r->a) {
    case MATCHING_WISH_SEX:
        if (r->b == SEX_WOMAN)
            return r->by_mentor ? N_("kvinnelig trainee") : N_("kvinnelig mentor");
        if (r->b == SEX_MAN)
            return r->by_mentor ? N_("mannlig trainee") : N_("mannlig mentor");
        return N_("et bestemt kjønn");
    case MATCHING_WISH_AGE:
        if (r->b == MATCHING_OLDER)
            return r->by_mentor ? N_("eldre trainee") : N_("eldre mentor");
        if (r->b == MATCHING_YOUNGER)
            return r->by_mentor ? N_("yngre trainee") : N_("yngre mentor");
        return r->by_mentor ? N_("trainee på samme alder") : N_("mentor på samme alder");
    case MATCHING_WISH_SECTOR:
        return r->b == MATCHING_PUBLIC    ? N_("mentor i offentlig sektor")
               : r->b == MATCHING_PRIVATE ? N_("mentor i privat sektor")
                                          : N_("mentor i frivillig sektor");
    case MATCHING_WISH_BACKGROUND:
        return r->b == MATCHING_MOVED_HERE ? N_("mentor som selv har flyttet til Norge") : N_("mentor som har vokst opp i Norge");
    case MATCHING_WISH_PLACE:
        return r->by_mentor ? N_("trainee i samme kommune") : N_("mentor i samme kommune");
    case MATCHING_WISH_AGE_SPAN:
    case MATCHING_WISH_LANGUAGE:
    case MATCHING_WISH_N:
        break;
    }
    return N_("noe annet");
}

static struct say wish_say(const struct matching_reason *r)
{
    static const char *const plain[2][3] = {
        {N_("Ønske om {1} er oppfylt"), N_("Ønske om {1} er ikke oppfylt"), N_("Ønske om {1}: Vi vet ikke om det er oppfylt")},
        {N_("Mentors ønske om {1} er oppfylt"), N_("Mentors ønske om {1} er ikke oppfylt"), N_("Mentors ønske om {1}: Vi vet ikke om det er oppfylt")},
    };
    static const char *const language[2][3] = {
        {N_("Ønske om mentor som snakker {1} er oppfylt"), N_("Ønske om mentor som snakker {1} er ikke oppfylt"),
         N_("Ønske om mentor som snakker {1}: Vi vet ikke om det er oppfylt")},
        {N_("Mentors ønske om trainee som snakker {1} er oppfylt"), N_("Mentors ønske om trainee som snakker {1} er ikke oppfylt"),
         N_("Mentors ønske om trainee som snakker {1}: Vi vet ikke om det er oppfylt")},
    };
    static const char *const span[2][3] = {
        {N_("Ønske om mentor fra {1} til {2} år er oppfylt"), N_("Ønske om mentor fra {1} til {2} år er ikke oppfylt"),
         N_("Ønske om mentor fra {1} til {2} år: Vi vet ikke om det er oppfylt")},
        {N_("Mentors ønske om trainee fra {1} til {2} år er oppfylt"), N_("Mentors ønske om trainee fra {1} til {2} år er ikke oppfylt"),
         N_("Mentors ønske om trainee fra {1} til {2} år: Vi vet ikke om det er oppfylt")},
    };
    int state = r->code == MATCHING_WISH_MET ? 0 : r->code == MATCHING_WISH_NOT_MET ? 1 : 2;
    if (r->a == MATCHING_WISH_LANGUAGE)
        return say1(language[r->by_mentor][state], SAY_T(language_name(r->b)));
    if (r->a == MATCHING_WISH_AGE_SPAN)
        return say2(span[r->by_mentor][state], SAY_I(r->b / 1000), SAY_I(r->b % 1000 ? r->b % 1000 : 99));
    return say1(plain[r->by_mentor][state], SAY_T(wished(r)));
}

struct say matching_say(const struct matching_reason *r)
{
    if (r->code < 0 || r->code >= MATCHING_CODE_N)
        return say(NULL);
    const char *text = codes[r->code].text;
    switch (r->code) {
    case MATCHING_FIELD_SAME:
        return say1(text, SAY_T(field_name(r->a)));
    case MATCHING_FIELD_NEAR:
    case MATCHING_FIELD_RELATED:
    case MATCHING_FIELD_OTHER:
        return say2(text, SAY_T(field_name(r->a)), SAY_T(field_name(r->b)));
    case MATCHING_FIELD_WORK:
    case MATCHING_OCCUPATION_SAME:
    case MATCHING_OCCUPATION_NEAR:
        return say1(text, SAY_T(occupation_name(r->a)));
    case MATCHING_SPECIALISATION:
        return say1(text, SAY_S(r->text));
    case MATCHING_EXPERIENCE:
        return say_n(N_PLURAL("{1} års erfaring i faget", "{1} års erfaring i faget"), r->a);
    case MATCHING_EXPERIENCE_LESS:
        return say2(text, SAY_I(r->a), SAY_I(r->b));
    case MATCHING_SENIORITY:
        return say1(text, SAY_T(matching_seniority_names[r->a > 0 && r->a < MATCHING_SENIORITY_N ? r->a : 0].name));
    case MATCHING_LANGUAGE:
        return say1(text, SAY_T(language_name(r->a)));
    case MATCHING_WISH_MET:
    case MATCHING_WISH_NOT_MET:
    case MATCHING_WISH_UNKNOWN:
        return wish_say(r);
    case MATCHING_FIELD_UNKNOWN:
    case MATCHING_NETWORK_WIDE:
    case MATCHING_NETWORK_GOOD:
    case MATCHING_NETWORK_SOME:
    case MATCHING_NETWORK_NONE:
    case MATCHING_PLACE_SAME:
    case MATCHING_PLACE_NEAR:
    case MATCHING_PLACE_OTHER:
    case MATCHING_LANGUAGE_ENGLISH:
    case MATCHING_CODE_N:
        break;
    }
    return say(text);
}

/* ---- what is lacking ---- */

static const char *profession(const struct matching_missing *m)
{
    return m->occupation && occupation_get(m->occupation) ? occupation_name(m->occupation) : field_name(m->field);
}

struct say matching_lack_say(const struct matching_missing *m)
{
    switch (m->lack) {
    case MATCHING_LACK_FIELD:
        return say1(N_("Ingen mentor i registeret er nær nok i faget: {1}"), SAY_T(field_name(m->field)));
    case MATCHING_LACK_CAPACITY:
        return say_n(N_PLURAL("{1} mentor er nær nok i faget, men har ikke ledig plass",
                              "{1} mentorer er nær nok i faget, men ingen av dem har ledig plass"),
                     m->in_field);
    case MATCHING_LACK_ALLOWED:
        return say_n(N_PLURAL("{1} mentor er nær nok i faget, men er utelukket for denne traineen",
                              "{1} mentorer er nær nok i faget, men alle er utelukket for denne traineen"),
                     m->in_field);
    case MATCHING_LACK_UNKNOWN:
        return say(N_("Faget til traineen er ikke kjent. Fyll ut fag eller yrke, og lag nye forslag."));
    case MATCHING_LACK_N:
        break;
    }
    return say(NULL);
}

struct say matching_recruit_say(const struct matching_missing *m)
{
    const char *level = matching_seniority_names[m->seniority > 0 && m->seniority < MATCHING_SENIORITY_N ? m->seniority : 0].name;
    if (m->lack == MATCHING_LACK_UNKNOWN)
        return say(NULL);
    if (m->sector > 0 && m->sector < MATCHING_SECTOR_N)
        return say3(N_("Let etter en mentor. Yrke eller fag: {1}. Nivå, minst: {2}. Sektor: {3}."), SAY_T(profession(m)), SAY_T(level),
                    SAY_T(matching_sector_names[m->sector].name));
    return say2(N_("Let etter en mentor. Yrke eller fag: {1}. Nivå, minst: {2}."), SAY_T(profession(m)), SAY_T(level));
}

/* ---- stored ---- */

/* Which of a and b is a place in the list of languages, and goes out as a code. */
static bool is_language(enum matching_code code, int a, bool second)
{
    bool wish = code == MATCHING_WISH_MET || code == MATCHING_WISH_NOT_MET || code == MATCHING_WISH_UNKNOWN;
    return second ? wish && a == MATCHING_WISH_LANGUAGE : code == MATCHING_LANGUAGE;
}

static void write_arg(struct buf *b, int value, bool language)
{
    size_t n;
    const struct language *all = language_all(&n);
    buf_byte(b, ':');
    if (language && value >= 0 && (size_t)value < n)
        buf_c(b, all[value].code);
    else
        buf_i64(b, value);
}

struct str matching_reasons_write(struct arena *a, const struct matching_reason *r, size_t n)
{
    CLEANUP(buf_free) struct buf b = {0};
    for (size_t i = 0; i < n; i++) {
        if (r[i].code < 0 || r[i].code >= MATCHING_CODE_N)
            continue;
        if (b.n)
            buf_byte(&b, ';');
        buf_fmt(&b, "%s:%d/%d", codes[r[i].code].code, r[i].points, r[i].of);
        bool text = r[i].text.n != 0, mentor = text || r[i].by_mentor, second = mentor || r[i].b != 0 || is_language(r[i].code, r[i].a, true);
        if (second || r[i].a != 0 || is_language(r[i].code, 0, false))
            write_arg(&b, r[i].a, is_language(r[i].code, 0, false));
        if (second)
            write_arg(&b, r[i].b, is_language(r[i].code, r[i].a, true));
        if (mentor)
            buf_c(&b, r[i].by_mentor ? ":mentor" : ":");
        if (text) {
            buf_byte(&b, ':');
            for (size_t k = 0; k < r[i].text.n; k++)
                if (!memchr(":;", r[i].text.p[k], 2))
                    buf_byte(&b, r[i].text.p[k]);
        }
    }
    return arena_str(a, buf_view(&b));
}

static bool read_arg(struct arena *a, struct str s, bool language, int *out)
{
    int64_t v = 0;
    if (s.n == 0)
        return true;
    if (language) {
        *out = language_find(a, s);
        return *out >= 0;
    }
    if (!num_i64(s, -1, 9999999, &v))
        return false;
    *out = (int)v;
    return true;
}

static bool read_one(struct arena *a, struct str s, struct matching_reason *out)
{
    struct matching_reason r = {.code = MATCHING_CODE_N};
    struct str name = str_cut(&s, ':'), points = str_cut(&s, ':'), got = str_cut(&points, '/');
    for (int c = 0; c < MATCHING_CODE_N; c++)
        if (str_is(name, codes[c].code))
            r.code = (enum matching_code)c;
    int64_t p, of;
    if (r.code == MATCHING_CODE_N || !num_i64(got, 0, 1000, &p) || !num_i64(points, 0, 1000, &of))
        return false;
    r.points = (int)p;
    r.of = (int)of;
    struct str first = str_cut(&s, ':'), second = str_cut(&s, ':');
    if (!read_arg(a, first, is_language(r.code, 0, false), &r.a) || !read_arg(a, second, is_language(r.code, r.a, true), &r.b))
        return false;
    r.by_mentor = str_is(str_cut(&s, ':'), "mentor");
    r.text = s;
    *out = r;
    return true;
}

size_t matching_reasons_read(struct arena *a, struct str stored, struct matching_reason **out)
{
    struct matching_reason *r = ARENA_ARRAY(a, struct matching_reason, MATCHING_REASONS_MAX);
    size_t n = 0;
    while (stored.n && n < MATCHING_REASONS_MAX)
        n += read_one(a, str_cut(&stored, ';'), &r[n]);
    *out = r;
    return n;
}
