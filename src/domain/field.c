#include "domain/field.h"
#include "base/num.h"
#include "base/say.h"
#include "base/utf8.h"
#include "domain/field_table.h"

const struct field *field_all(size_t *n)
{
    *n = field_table_n;
    return field_table;
}

const struct occupation *occupation_all(size_t *n)
{
    *n = occupation_table_n;
    return occupation_table;
}

const struct field *field_get(int code)
{
    size_t lo = 0, hi = field_table_n;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (field_table[mid].code < code)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < field_table_n && field_table[lo].code == code ? &field_table[lo] : NULL;
}

const struct occupation *occupation_get(int code)
{
    size_t lo = 0, hi = occupation_table_n;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (occupation_table[mid].code < code)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < occupation_table_n && occupation_table[lo].code == code ? &occupation_table[lo] : NULL;
}

enum field_level field_level(int code)
{
    if (code < 100 || code > 1099)
        return FIELD_UNKNOWN;
    return code % 10 ? FIELD_DETAILED : code % 100 ? FIELD_NARROW : FIELD_BROAD;
}

int field_narrow(int code)
{
    return code - code % 10;
}

int field_broad(int code)
{
    return code - code % 100;
}

const char *field_name(int code)
{
    const int tries[] = {code, field_narrow(code), field_broad(code), field_broad(code) + 10};
    for (size_t i = 0; field_level(code) != FIELD_UNKNOWN && i < COUNT(tries); i++) {
        const struct field *f = field_get(tries[i]);
        if (f)
            return f->name;
    }
    return N_("Ukjent fag");
}

const char *occupation_name(int code)
{
    const struct occupation *o = occupation_get(code);
    return o ? o->name : N_("Ukjent yrke");
}

int occupation_field(int code)
{
    const struct occupation *o = occupation_get(code);
    return o ? o->field : 0;
}

static int four_digits(struct str s)
{
    int64_t v;
    return s.n == 4 && num_i64(s, 0, 9999, &v) ? (int)v : 0;
}

int field_code(struct str stored)
{
    int code = four_digits(stored);
    return field_level(code) != FIELD_UNKNOWN ? code : 0;
}

struct str field_stored(struct arena *a, int code)
{
    return field_level(code) != FIELD_UNKNOWN ? arena_fmt(a, "%04d", code) : STR("");
}

int occupation_code(struct str stored)
{
    int code = four_digits(stored);
    return code >= 110 ? code : 0;
}

struct str occupation_stored(struct arena *a, int code)
{
    return code >= 110 && code <= 9999 ? arena_fmt(a, "%04d", code) : STR("");
}

/* ---- words ---- */

struct str words_fold(struct arena *a, struct str text)
{
    struct str in = utf8_fold(a, text);
    char *out = arena_alloc(a, in.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < in.n; i++) {
        unsigned char c = (unsigned char)in.p[i];
        bool keep = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '#' || c == '+' || c >= 0x80;
        if (keep)
            out[n++] = (char)c;
        else if (n && out[n - 1] != ' ')
            out[n++] = ' ';
    }
    while (n && out[n - 1] == ' ')
        n--;
    return (struct str){out, n};
}

bool words_have(const char *words, struct str folded)
{
    for (struct str rest = str_c(words); rest.n;)
        if (str_eq(str_cut(&rest, '|'), folded))
            return folded.n != 0;
    return false;
}

size_t words_start(const char *words, struct str folded)
{
    size_t best = 0;
    for (struct str rest = str_c(words); rest.n;) {
        struct str w = str_cut(&rest, '|');
        if (w.n > best && w.n <= folded.n && w.p[0] == folded.p[0] && memcmp(w.p, folded.p, w.n) == 0 &&
            (w.n == folded.n || folded.p[w.n] == ' '))
            best = w.n;
    }
    return best;
}

/* Both tables are searched in the same way: their entry i's words and code. */
struct entry {
    int code;
    const char *words;
};
static struct entry field_entry(size_t i)
{
    return (struct entry){field_table[i].code, field_table[i].words};
}
static struct entry occupation_entry(size_t i)
{
    return (struct entry){occupation_table[i].code, occupation_table[i].words};
}

static int find_whole(struct entry (*entry)(size_t), size_t n, struct str folded)
{
    for (size_t i = 0; i < n; i++)
        if (words_have(entry(i).words, folded))
            return entry(i).code;
    return 0;
}

static int find_part(struct entry (*entry)(size_t), size_t n, struct str folded)
{
    int found = 0;
    size_t best = 0;
    for (size_t at = 0; at < folded.n; at++) {
        if (at && folded.p[at - 1] != ' ')
            continue;
        for (size_t i = 0; i < n; i++) {
            size_t len = words_start(entry(i).words, (struct str){folded.p + at, folded.n - at});
            if (len > best) {
                best = len;
                found = entry(i).code;
            }
        }
    }
    return found;
}

/* "09", "091", "0916", "916"; a group with a single field inside is that field (the classification has no 0420, only 0421). */
static int field_of_digits(struct str s)
{
    int64_t v;
    if (s.n < 2 || s.n > 4 || !num_i64(s, 1, 9999, &v))
        return 0;
    int code = s.n == 2 ? (int)v * 100 : s.n == 3 && s.p[0] == '0' ? (int)v * 10 : (int)v;
    if (field_level(code) == FIELD_UNKNOWN)
        return 0;
    if (!field_get(code) && code % 100 == 0)
        code += 10;
    if (!field_get(code) && code % 10 == 0 && field_get(code + 1))
        code += 1;
    return code;
}

static bool all_digits(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    return s.n != 0;
}

enum { TEXT_MAX = 200 }; /* the name of a field is shorter; a story is not one */

int field_find_by_text(struct arena *a, struct str text)
{
    if (text.n > TEXT_MAX)
        return 0;
    struct str folded = words_fold(a, text), first = folded;
    if (all_digits(folded))
        return field_of_digits(folded);
    first = str_cut(&first, ' '); /* "0916 Farmasi" */
    if (first.n == 4 && all_digits(first) && field_of_digits(first))
        return field_of_digits(first);
    int code = find_whole(field_entry, field_table_n, folded);
    return code ? code : find_part(field_entry, field_table_n, folded);
}

int occupation_find_by_text(struct arena *a, struct str text)
{
    if (text.n > TEXT_MAX)
        return 0;
    struct str folded = words_fold(a, text), first = folded;
    if (all_digits(folded))
        return occupation_code(folded);
    first = str_cut(&first, ' ');
    if (first.n == 4 && all_digits(first))
        return occupation_code(first);
    int code = find_whole(occupation_entry, occupation_table_n, folded);
    return code ? code : find_part(occupation_entry, occupation_table_n, folded);
}

/* ---- distance ---- */

/* Fields that stand near each other although the classification puts them into different groups. An entry that ends in zero
 * stands for the whole group. */
static const struct {
    int a, b, distance;
} neighbours[] = {
    {531, 711, 1},  /* chemistry: chemical engineering */
    {512, 531, 1},  /* biochemistry: chemistry */
    {532, 724, 1},  /* geology: mining and petroleum */
    {521, 712, 1},  /* environmental science: environmental technology */
    {311, 412, 1},  /* economics: finance */
    {321, 414, 1},  /* journalism and communication: marketing and public relations */
    {112, 922, 1},  /* kindergarten: work with children */
    {540, 610, 2},  /* mathematics and statistics: computing */
    {610, 714, 2},  /* computing: electronics and automation */
    {531, 916, 2},  /* chemistry: pharmacy */
    {512, 916, 2},  /* biochemistry, pharmacology: pharmacy */
    {711, 916, 2},  /* chemical engineering: pharmacy (production of medicines) */
    {510, 914, 2},  /* biology: medical laboratory */
    {512, 912, 2},  /* biomedicine: medicine */
    {714, 914, 2},  /* electronics: medical technology */
    {841, 912, 2},  /* veterinary: medicine */
    {811, 511, 2},  /* plants and animals: biology */
    {831, 511, 2},  /* fisheries: biology */
    {821, 522, 2},  /* forestry: nature management */
    {810, 721, 2},  /* agriculture: food */
    {512, 721, 2},  /* biochemistry: food */
    {721, 915, 2},  /* food: nutrition */
    {532, 732, 2},  /* geology: building (ground works) */
    {533, 714, 2},  /* physics: electronics */
    {533, 713, 2},  /* physics: energy */
    {311, 410, 2},  /* economics: business administration, accounting and the rest of the group */
    {540, 311, 2},  /* mathematics and statistics: economics */
    {540, 412, 2},  /* mathematics and statistics: finance, insurance */
    {312, 421, 2},  /* political science: law */
    {312, 413, 2},  /* political science: public administration */
    {211, 321, 2},  /* media production: journalism */
    {211, 414, 2},  /* media production: marketing */
    {211, 613, 2},  /* multimedia: software */
    {212, 731, 2},  /* interior design: architecture */
    {322, 612, 2},  /* archives and information: databases */
    {222, 322, 2},  /* history: archives and museums */
    {313, 923, 2},  /* psychology: social work */
    {313, 111, 2},  /* psychology: education */
    {314, 923, 2},  /* sociology: social work */
    {110, 920, 2},  /* education: welfare */
    {230, 114, 2},  /* languages: teachers of a subject */
    {540, 114, 2},  /* mathematics: teachers of a subject */
    {1022, 712, 2}, /* health and safety at work: environmental technology */
    {1013, 413, 2}, /* hotels: management */
    {1015, 413, 2}, /* tourism: management */
    {1041, 413, 2}, /* transport: logistics */
    {1041, 716, 2}, /* seafaring, aviation: ships and aircraft */
    {1014, 915, 2}, /* sports: physiotherapy */
};

static bool is_in(int code, int group)
{
    return code == group || (group % 10 == 0 && field_narrow(code) == group);
}

int field_distance(int a, int b)
{
    if (field_level(a) == FIELD_UNKNOWN || field_level(b) == FIELD_UNKNOWN)
        return FIELD_DISTANCE_MAX;
    if (a == b && field_level(a) == FIELD_DETAILED)
        return 0;
    int best = FIELD_DISTANCE_MAX;
    if (field_narrow(a) == field_narrow(b) && field_level(a) != FIELD_BROAD)
        best = 1;
    else if (field_broad(a) == field_broad(b))
        best = 2;
    for (size_t i = 0; i < COUNT(neighbours) && best > 1; i++) {
        bool fits = (is_in(a, neighbours[i].a) && is_in(b, neighbours[i].b)) || (is_in(b, neighbours[i].a) && is_in(a, neighbours[i].b));
        if (fits && neighbours[i].distance < best)
            best = neighbours[i].distance;
    }
    return best;
}

int occupation_distance(int a, int b)
{
    if (a < 110 || b < 110 || a > 9999 || b > 9999)
        return OCCUPATION_DISTANCE_MAX;
    int distance = 0;
    while (a != b) {
        a /= 10;
        b /= 10;
        distance++;
    }
    return distance;
}
