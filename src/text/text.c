/* text.c: languages and catalogs. */
#include "text/text.h"
#include "text/catalog.h"
#include "text/words.h"

const struct lang_info lang_info[LANG_N] = {
    [LANG_NB] = {"nb", "Bokmål", false},
    [LANG_NN] = {"nn", "Nynorsk", false},
    [LANG_EN] = {"en", "English", false},
    [LANG_AR] = {"ar", "العربية", true},
};

bool lang_of(struct str code, enum lang *out)
{
    size_t n = 0;
    while (n < code.n && code.p[n] != '-' && code.p[n] != '_')
        n++;
    struct str primary = {code.p, n};
    if (str_eq_nocase(primary, STR("no"))) { /* Norwegian without a form: bokmål, what nine of ten write */
        *out = LANG_NB;
        return true;
    }
    for (int i = 0; i < LANG_N; i++) {
        if (str_eq_nocase(primary, str_c(lang_info[i].code))) {
            *out = (enum lang)i;
            return true;
        }
    }
    return false;
}

/* The weight of ";q=0.8" in thousandths; 1000 without one, 0 for nonsense (then the language is not wanted). */
static int accept_weight(struct str params)
{
    while (params.n) {
        struct str p = str_trim(str_cut(&params, ';'));
        if (p.n < 3 || (p.p[0] != 'q' && p.p[0] != 'Q') || p.p[1] != '=')
            continue;
        if (p.p[2] != '0' && p.p[2] != '1')
            return 0;
        int weight = (p.p[2] - '0') * 1000, unit = 100;
        for (size_t i = 4; i < p.n && i < 7 && p.p[i] >= '0' && p.p[i] <= '9'; i++, unit /= 10)
            weight += (p.p[i] - '0') * unit;
        return weight > 1000 ? 1000 : weight;
    }
    return 1000;
}

enum lang lang_accept(struct str accept_language)
{
    enum { RANGES_MAX = 32 }; /* browsers send a handful */
    enum lang best = LANG_NB;
    int best_weight = 0;
    for (int i = 0; i < RANGES_MAX && accept_language.n; i++) {
        struct str params = str_cut(&accept_language, ',');
        struct str range = str_trim(str_cut(&params, ';'));
        enum lang lang;
        if (!lang_of(range, &lang))
            continue;
        int weight = accept_weight(params);
        if (weight > best_weight) {
            best = lang;
            best_weight = weight;
        }
    }
    return best;
}

/* Multiply and fold, eight bytes at a time: some 5 ns for a usual text. No defence against chosen keys is needed, all keys are ours.
 * tools/catalogs.py has the same in Python. */
__extension__ typedef unsigned __int128 u128;
static uint64_t fold(uint64_t a, uint64_t b)
{
    u128 product = (u128)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}
static uint64_t text_hash(const char *s, size_t n)
{
    const uint64_t k1 = 0x9E3779B97F4A7C15, k2 = 0xD6E8FEB86659FD93;
    uint64_t h = k1 ^ n, w = 0;
    for (; n >= 8; n -= 8, s += 8) {
        memcpy(&w, s, 8); /* little-endian, like every machine this is built for; t_text would notice another */
        h = fold(h ^ w, k2);
    }
    w = 0;
    if (n & 4) {
        uint32_t low;
        memcpy(&low, s, 4);
        w = low;
    }
    for (size_t i = n & 4; i < n; i++)
        w |= (uint64_t)(unsigned char)s[i] << 8 * i;
    return fold(h ^ w, k1);
}

static const struct catalog_entry *find(const char *msgid)
{
    size_t n = strlen(msgid);
    uint64_t h = text_hash(msgid, n);
    for (uint32_t slot = (uint32_t)h & catalog_mask;; slot = (slot + 1) & catalog_mask) {
        const struct catalog_entry *e = &catalog_entry[slot];
        if (!e->id)
            return NULL;
        if (e->tag == h >> 32 && e->len == n && memcmp(catalog_text + e->id, msgid, n) == 0)
            return e;
    }
}

const char *text_get(enum lang lang, const char *msgid)
{
    if (lang == LANG_NB)
        return msgid;
    const struct catalog_entry *e = find(msgid);
    uint32_t at = e ? e->to[lang - LANG_NN] : 0;
    return at ? catalog_text + at : msgid;
}

/* CLDR's plural categories as the numbers that the Plural-Forms line of the catalog gives them. */
unsigned text_plural_form(enum lang lang, int64_t n)
{
    uint64_t u = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
    if (lang != LANG_AR)
        return u != 1;
    if (u <= 2)
        return (unsigned)u; /* zero, one, two */
    u %= 100;
    return u >= 3 && u <= 10 ? 3 : u >= 11 ? 4 : 5; /* few, many, other */
}

const char *text_n(enum lang lang, const char *one, const char *many, int64_t n)
{
    const char *source = n == 1 || n == -1 ? one : many;
    if (lang == LANG_NB)
        return source;
    const struct catalog_entry *e = find(one);
    if (!e || !e->plural)
        return source;
    uint32_t at = catalog_plural[e->plural - 1][lang - LANG_NN][text_plural_form(lang, n)];
    return at ? catalog_text + at : source;
}

bool text_has(enum lang lang, const char *msgid)
{
    const struct catalog_entry *e = find(msgid);
    return e && (lang == LANG_NB || e->to[lang - LANG_NN]);
}

struct str text_fmt(struct arena *a, const char *pattern, const struct str *args, size_t n)
{
    size_t total = 0;
    char *out = NULL;
    for (int pass = 0; pass < 2; pass++) { /* first measure, then write */
        size_t at = 0;
        for (const char *p = pattern; *p;) {
            struct str piece = {p, 1};
            if (p[0] == '{' && p[1] >= '1' && p[1] <= '9' && p[2] == '}' && (size_t)(p[1] - '1') < n) {
                piece = args[p[1] - '1'];
                p += 3;
            } else {
                while (p[piece.n] && p[piece.n] != '{')
                    piece.n++;
                p += piece.n;
            }
            if (out && piece.n)
                memcpy(out + at, piece.p, piece.n);
            at += piece.n;
        }
        total = at;
        if (!out)
            out = arena_alloc(a, total + 1);
    }
    return (struct str){out, total};
}

static struct str say_arg(struct arena *a, enum lang lang, const struct say_arg *arg)
{
    switch (arg->kind) {
    case SAY_INT:
        return text_int(a, lang, arg->i);
    case SAY_ON:
        return text_date(a, lang, (int)arg->i);
    case SAY_TEXT:
        return arg->msgid ? str_c(text_get(lang, arg->msgid)) : STR("");
    case SAY_STR:
        return arg->s;
    }
    return STR("");
}

struct str text_say(struct arena *a, enum lang lang, const struct say *s)
{
    struct str args[SAY_ARGS];
    size_t n = s->n < SAY_ARGS ? s->n : SAY_ARGS;
    if (!s->msgid)
        return STR("");
    for (size_t i = 0; i < n; i++)
        args[i] = say_arg(a, lang, &s->args[i]);
    return text_fmt(a, s->one ? text_n(lang, s->one, s->msgid, s->args[0].i) : text_get(lang, s->msgid), args, n);
}
