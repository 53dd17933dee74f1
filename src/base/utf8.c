#include "base/utf8.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>

/* The length in bytes of the code point at p, 0 if it is not well-formed; n >= 1. */
static size_t decode(const char *s, size_t n, uint32_t *cp)
{
    const unsigned char *p = (const unsigned char *)s;
    if (p[0] < 0x80) {
        *cp = p[0];
        return 1;
    }
    if (p[0] < 0xC2)
        return 0;
    if (p[0] < 0xE0) {
        if (n < 2 || (p[1] & 0xC0) != 0x80)
            return 0;
        *cp = (uint32_t)(p[0] & 0x1F) << 6 | (p[1] & 0x3F);
        return 2;
    }
    if (p[0] < 0xF0) {
        if (n < 3 || (p[1] & 0xC0) != 0x80 || (p[2] & 0xC0) != 0x80)
            return 0;
        *cp = (uint32_t)(p[0] & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3F);
        return *cp >= 0x800 && (*cp < 0xD800 || *cp > 0xDFFF) ? 3 : 0;
    }
    if (p[0] > 0xF4 || n < 4 || (p[1] & 0xC0) != 0x80 || (p[2] & 0xC0) != 0x80 || (p[3] & 0xC0) != 0x80)
        return 0;
    *cp = (uint32_t)(p[0] & 0x07) << 18 | (uint32_t)(p[1] & 0x3F) << 12 | (uint32_t)(p[2] & 0x3F) << 6 | (p[3] & 0x3F);
    return *cp >= 0x10000 && *cp <= 0x10FFFF ? 4 : 0;
}

/* How many bytes at the front are plain ASCII, eight at a time. */
static size_t ascii_run(const char *p, size_t n)
{
    size_t i = 0;
    for (uint64_t w; i + 8 <= n; i += 8) {
        memcpy(&w, p + i, 8);
        if (w & 0x8080808080808080u)
            break;
    }
    while (i < n && !((unsigned char)p[i] & 0x80))
        i++;
    return i;
}

bool utf8_valid(struct str s)
{
    for (size_t i = 0; i < s.n;) { /* not one step from a NULL pointer */
        i += ascii_run(s.p + i, s.n - i);
        uint32_t cp;
        size_t k = i < s.n ? decode(s.p + i, s.n - i, &cp) : 0;
        if (!k)
            return i == s.n;
        i += k;
    }
    return true;
}

size_t utf8_count(struct str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        n += ((unsigned char)s.p[i] & 0xC0) != 0x80;
    return n;
}

uint32_t utf8_next(struct str *s)
{
    if (!s->n)
        return 0;
    uint32_t cp = 0xFFFD;
    size_t k = decode(s->p, s->n, &cp);
    if (!k) {
        cp = 0xFFFD; /* not valid after all: never read past the end */
        k = 1;
    }
    s->p += k;
    s->n -= k;
    return cp;
}

void utf8_put(char out[4], uint32_t cp, size_t *n)
{
    if (cp < 0x80) {
        out[0] = (char)cp;
        *n = 1;
    } else if (cp < 0x800) {
        out[0] = (char)(0xC0 | cp >> 6);
        out[1] = (char)(0x80 | (cp & 0x3F));
        *n = 2;
    } else if (cp < 0x10000) {
        out[0] = (char)(0xE0 | cp >> 12);
        out[1] = (char)(0x80 | (cp >> 6 & 0x3F));
        out[2] = (char)(0x80 | (cp & 0x3F));
        *n = 3;
    } else {
        out[0] = (char)(0xF0 | cp >> 18);
        out[1] = (char)(0x80 | (cp >> 12 & 0x3F));
        out[2] = (char)(0x80 | (cp >> 6 & 0x3F));
        out[3] = (char)(0x80 | (cp & 0x3F));
        *n = 4;
    }
}

static bool is_white(uint32_t cp)
{
    return cp == ' ' || cp == '\n' || cp == '\t' || cp == 0xA0 || cp == 0x1680 || (cp >= 0x2000 && cp <= 0x200A) || cp == 0x2028 ||
           cp == 0x2029 || cp == 0x202F || cp == 0x205F || cp == 0x3000;
}

static bool is_dropped(uint32_t cp)
{
    return (cp < 0x20 && cp != '\n' && cp != '\t') || (cp >= 0x7F && cp <= 0x9F) || cp == 0xFEFF || (cp >= 0x202A && cp <= 0x202E) ||
           (cp >= 0x2066 && cp <= 0x2069);
}

enum err utf8_clean(struct arena *a, struct str s, bool lines, struct str *out)
{
    if (!utf8_valid(s))
        return ERR_INVALID;
    char *to = arena_alloc(a, s.n + 1);
    size_t n = 0, end = 0; /* end: after the last code point that is not white space */
    while (s.n) {
        const char *from = s.p;
        uint32_t cp = utf8_next(&s);
        size_t k = (size_t)(s.p - from);
        if (cp == '\r') {
            if (s.n && s.p[0] == '\n')
                continue;
            cp = '\n';
        }
        if (is_dropped(cp))
            continue;
        if (is_white(cp)) {
            if (n == 0)
                continue;
            if (k > 1)
                memcpy(to + n, from, k);
            else
                to[n] = lines ? (char)cp : ' ';
            n += k;
            continue;
        }
        memcpy(to + n, from, k);
        n += k;
        end = n;
    }
    memset(to + end, 0, n - end);
    *out = (struct str){to, end};
    return OK;
}

struct str utf8_from_cp1252(struct arena *a, struct str s)
{
    static const uint16_t high[32] = {
        0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD,
        0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178,
    };
    size_t n = 1;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        n += c < 0x80 ? 1 : c < 0xA0 ? 3 : 2;
    }
    char *p = arena_alloc(a, n), *at = p;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        size_t k;
        char one[4];
        utf8_put(one, c >= 0x80 && c < 0xA0 ? high[c - 0x80] : c, &k);
        memcpy(at, one, k);
        at += k;
    }
    return (struct str){p, (size_t)(at - p)};
}

static uint32_t unit16(const char *p, bool big_endian)
{
    unsigned char first = (unsigned char)p[0], second = (unsigned char)p[1];
    return big_endian ? (uint32_t)first << 8 | second : (uint32_t)second << 8 | first;
}

enum err utf8_from_utf16(struct arena *a, struct str s, bool big_endian, struct str *out)
{
    if (s.n % 2)
        return ERR_INVALID;
    size_t n = 1;
    for (size_t i = 0; i < s.n; i += 2) {
        uint32_t u = unit16(s.p + i, big_endian);
        n += u < 0x80 ? 1 : u < 0x800 || (u >= 0xD800 && u <= 0xDFFF) ? 2 : 3;
    }
    char *p = arena_alloc(a, n), *at = p;
    for (size_t i = 0; i < s.n; i += 2) {
        uint32_t cp = unit16(s.p + i, big_endian);
        if (cp >= 0xD800 && cp <= 0xDFFF) {
            uint32_t low = i + 4 <= s.n ? unit16(s.p + i + 2, big_endian) : 0;
            if (cp > 0xDBFF || low < 0xDC00 || low > 0xDFFF)
                return ERR_INVALID;
            cp = 0x10000 + ((cp - 0xD800) << 10) + (low - 0xDC00);
            i += 2;
        }
        char one[4];
        size_t k;
        utf8_put(one, cp, &k);
        memcpy(at, one, k);
        at += k;
    }
    *out = (struct str){p, (size_t)(at - p)};
    return OK;
}

/* Latin letters whose mark is part of the letter, so that Unicode does not take them apart. Lower case only. */
static const char *plain_letter(uint32_t cp)
{
    switch (cp) {
    case 0xE6: return "ae";  /* æ */
    case 0xF8: return "o";   /* ø */
    case 0xDF: return "ss";  /* ß */
    case 0xF0: return "d";   /* ð */
    case 0xFE: return "th";  /* þ */
    case 0x111: return "d";  /* đ */
    case 0x127: return "h";  /* ħ */
    case 0x131: return "i";  /* ı */
    case 0x142: return "l";  /* ł */
    case 0x14B: return "n";  /* ŋ */
    case 0x153: return "oe"; /* œ */
    case 0x167: return "t";  /* ŧ */
    case 0x1FD: return "ae"; /* ǽ */
    default: return NULL;
    }
}

static bool is_folded_script(uint32_t cp)
{
    return cp < 0x530 || (cp >= 0x1E00 && cp < 0x2000);
}

static char *fold_one(char *at, uint32_t cp)
{
    if (cp >= 0x300 && cp <= 0x36F)
        return at;
    if (is_folded_script(cp))
        cp = (uint32_t)u_foldCase((UChar32)cp, U_FOLD_CASE_DEFAULT);
    const char *plain = plain_letter(cp);
    if (plain) {
        size_t n = strlen(plain);
        memcpy(at, plain, n);
        return at + n;
    }
    size_t k;
    char one[4];
    utf8_put(one, cp, &k);
    memcpy(at, one, k);
    return at + k;
}

struct str utf8_fold(struct arena *a, struct str s)
{
    UErrorCode bad = U_ZERO_ERROR;
    const UNormalizer2 *nfd = unorm2_getNFDInstance(&bad);
    /* The longest: a two-byte letter that becomes a base letter and marks, and marks go; three bytes for one broken byte. */
    char *p = arena_alloc(a, s.n * 3 + 1), *at = p;
    while (s.n) {
        uint32_t cp = utf8_next(&s);
        if (cp < 0x80) {
            *at++ = (char)(cp >= 'A' && cp <= 'Z' ? cp + 32 : cp);
            continue;
        }
        UChar parts[8];
        UErrorCode e = U_ZERO_ERROR;
        int32_t n = is_folded_script(cp) && U_SUCCESS(bad) ? unorm2_getDecomposition(nfd, (UChar32)cp, parts, COUNT(parts), &e) : -1;
        if (n <= 0 || U_FAILURE(e)) {
            at = fold_one(at, cp);
            continue;
        }
        for (int32_t i = 0; i < n; i++) /* these scripts have no parts outside of the basic plane */
            at = fold_one(at, parts[i]);
    }
    return (struct str){p, (size_t)(at - p)};
}
