/* rich_words.c: counting words, and the first of them. */
#include "domain/rich.h"
#include "base/utf8.h"

enum sort { SPACE, SIGN, LETTER };

static enum sort sort_of(uint32_t c)
{
    if (c <= ' ' || c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200b) || c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x3000)
        return SPACE;
    if (c < 0x80)
        return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') ? LETTER : SIGN;
    bool sign = c < 0xc0 || c == 0xd7 || c == 0xf7 || (c >= 0x2010 && c <= 0x206f) || (c >= 0x2190 && c <= 0x2bff) ||
                (c >= 0x3001 && c <= 0x303f) || c == 0x60c || c == 0x61b || c == 0x61f || (c >= 0xfe00 && c <= 0xfe0f) || c >= 0x1f000;
    return sign ? SIGN : LETTER;
}

bool rich_is_word(struct str s)
{
    for (uint32_t c; (c = utf8_next(&s));)
        if (sort_of(c) == LETTER)
            return true;
    return false;
}

bool rich_is_space(uint32_t c)
{
    return sort_of(c) == SPACE;
}

static void count(const struct rich *r, int64_t *words, bool *in_word)
{
    struct str s = r->text;
    if (r->kind != RICH_RUN)
        *in_word = false;
    for (uint32_t c; r->kind == RICH_RUN && (c = utf8_next(&s));) {
        enum sort what = sort_of(c);
        *words += what == LETTER && !*in_word;
        *in_word = what == LETTER || (what == SIGN && *in_word);
    }
    for (const struct rich *child = r->first; child; child = child->next)
        count(child, words, in_word);
    if (r->kind != RICH_RUN)
        *in_word = false;
}

int64_t rich_words(const struct rich *doc)
{
    int64_t words = 0;
    bool in_word = false;
    count(doc, &words, &in_word);
    return words;
}

/* ---- excerpt */

struct excerpt {
    char *p;
    size_t n, max, end; /* end: after the last whole word */
    bool space, full;
};

static void take(struct excerpt *x, const struct rich *r)
{
    struct str s = r->text;
    if (r->kind != RICH_RUN)
        x->space = true;
    while (r->kind == RICH_RUN && s.n && !x->full) {
        const char *at = s.p;
        uint32_t c = utf8_next(&s);
        size_t bytes = (size_t)(s.p - at);
        if (!c || sort_of(c) == SPACE) {
            x->space = true;
            continue;
        }
        if (x->space) {
            x->end = x->n;
            bytes += x->n > 0;
        }
        x->full = bytes > x->max - x->n;
        if (x->full)
            break;
        if (x->space && x->n)
            x->p[x->n++] = ' ';
        memcpy(x->p + x->n, at, (size_t)(s.p - at));
        x->n += (size_t)(s.p - at);
        x->space = false;
    }
    for (const struct rich *child = r->first; child && !x->full; child = child->next)
        take(x, child);
    if (r->kind != RICH_RUN)
        x->space = true;
}

struct str rich_excerpt(struct arena *a, const struct rich *doc, size_t n)
{
    struct excerpt x = {.p = arena_alloc(a, n + 1), .max = n};
    take(&x, doc);
    size_t end = x.full && x.end ? x.end : x.n;
    return (struct str){x.p, end};
}
