#include "domain/compare.h"
#include "base/utf8.h"

#include <stdlib.h>

/* Ceilings: pairs of blocks that are looked at, words of a block that count for likeness, cells of the table of words, steps to find
 * likeness, bytes of a block that is looked into. */
enum { PAIRS_MAX = 250000, LIKE_WORDS_MAX = 400, WORDS_TABLE_MAX = 4000000, LIKE_WORK_MAX = 40000000, TEXT_MAX = 1000000 };
/* Of a whole comparison: cells of all tables of words, and runs that words beside each other were divided into. */
enum { TABLES_WORK_MAX = 200000000, PIECES_MAX = 200000 };

struct work {
    struct arena *a;
    struct compare_count *count;
    int64_t like_work, table_work, pieces; /* left */
};

/* ---- the longest way through two rows with the most weight in pairs */

/* weight(i, j) 0: not a pair. pair[i] becomes the index in the second row or -1. False: too large, nothing done. */
static bool align(size_t n, size_t m, size_t most, const uint8_t *weight, int32_t *pair)
{
    for (size_t i = 0; i < n; i++)
        pair[i] = -1;
    if (!n || !m)
        return true;
    if (n > most / m)
        return false;
    uint32_t *best = calloc((n + 1) * (m + 1), sizeof *best);
    if (!best)
        return false;
    size_t w = m + 1;
    for (size_t i = n; i-- > 0;)
        for (size_t j = m; j-- > 0;) {
            uint32_t skip = best[(i + 1) * w + j] > best[i * w + j + 1] ? best[(i + 1) * w + j] : best[i * w + j + 1];
            uint32_t take = weight[i * m + j] ? best[(i + 1) * w + j + 1] + weight[i * m + j] : 0;
            best[i * w + j] = take > skip ? take : skip;
        }
    for (size_t i = 0, j = 0; i < n && j < m;) {
        if (weight[i * m + j] && best[i * w + j] == best[(i + 1) * w + j + 1] + weight[i * m + j])
            pair[i++] = (int32_t)j++;
        else if (best[(i + 1) * w + j] >= best[i * w + j + 1])
            i++;
        else
            j++;
    }
    free(best);
    return true;
}

/* ---- words of a text block */

struct token {
    struct str s;           /* a word, a space, one other character; "\n" a break */
    const struct rich *run; /* NULL: a break */
};
struct tokens {
    struct token *v;
    size_t n;
};

static bool is_word_start(struct str s)
{
    uint32_t c = utf8_next(&s);
    char one[4];
    size_t n = 0;
    if (!c)
        return false;
    utf8_put(one, c, &n);
    return rich_is_word((struct str){one, n});
}

static size_t char_bytes(struct str s)
{
    struct str rest = s;
    utf8_next(&rest);
    return rest.p > s.p ? (size_t)(rest.p - s.p) : 1;
}

static size_t token_bytes(struct str s)
{
    size_t n = char_bytes(s);
    while (is_word_start(s) && n < s.n && is_word_start((struct str){s.p + n, s.n - n}))
        n += char_bytes((struct str){s.p + n, s.n - n});
    return n;
}

static size_t tokens_most(const struct rich *block)
{
    size_t most = 0;
    for (const struct rich *r = block->first; r; r = r->next)
        most += r->kind == RICH_RUN ? r->text.n : 1;
    return most;
}

static void tokens_fill(struct tokens *t, const struct rich *block)
{
    for (const struct rich *r = block->first; r; r = r->next) {
        if (r->kind != RICH_RUN)
            t->v[t->n++] = (struct token){STR("\n"), NULL};
        for (struct str s = r->text; r->kind == RICH_RUN && s.n;) {
            size_t n = token_bytes(s);
            t->v[t->n++] = (struct token){{s.p, n}, r};
            s = (struct str){s.p + n, s.n - n};
        }
    }
}

static void count_words(struct work *w, struct str s, unsigned mark)
{
    while (mark && s.n) {
        size_t n = token_bytes(s);
        int64_t words = rich_is_word((struct str){s.p, n});
        w->count->added += mark & RICH_INSERTED ? words : 0;
        w->count->removed += mark & RICH_DELETED ? words : 0;
        s = (struct str){s.p + n, s.n - n};
    }
}

/* A line break that is gone would only break the line. */
static void put_break(struct work *w, struct rich *out, unsigned mark)
{
    if (mark != RICH_DELETED)
        rich_add(out, rich_new(w->a, RICH_BREAK));
}

static void put(struct work *w, struct rich *out, const struct token *t, unsigned mark)
{
    count_words(w, t->s, mark);
    if (!t->run) {
        put_break(w, out, mark);
        return;
    }
    struct rich like = *t->run;
    like.marks |= mark;
    struct rich *last = out->last;
    if (last && last->kind == RICH_RUN && rich_same_marks(last, &like) && last->text.p + last->text.n == t->s.p)
        last->text.n += t->s.n; /* it goes on right there */
    else
        rich_run(w->a, out, t->s, &like);
}

static void words_between(struct work *w, struct rich *out, struct tokens was, struct tokens is)
{
    int32_t *pair = ARENA_ARRAY(w->a, int32_t, was.n);
    uint8_t *same = NULL;
    bool fits = was.n && is.n && was.n <= WORDS_TABLE_MAX / is.n && (w->table_work -= (int64_t)(was.n * is.n)) >= 0 &&
                (w->pieces -= (int64_t)(was.n + is.n)) >= 0 && (same = malloc(was.n * is.n));
    for (size_t i = 0; fits && i < was.n; i++)
        for (size_t j = 0; j < is.n; j++) /* a space alone is worth less than a word: else words that differ would be paired by them */
            same[i * is.n + j] = str_eq(was.v[i].s, is.v[j].s) ? (rich_is_word(was.v[i].s) ? 5 : 1) : 0;
    if (!fits || !align(was.n, is.n, WORDS_TABLE_MAX, same, pair))
        for (size_t i = 0; i < was.n; i++)
            pair[i] = -1;
    free(same);
    size_t j = 0;
    for (size_t i = 0; i < was.n; i++) {
        if (pair[i] < 0) {
            put(w, out, &was.v[i], RICH_DELETED);
            continue;
        }
        for (; j < (size_t)pair[i]; j++)
            put(w, out, &is.v[j], RICH_INSERTED);
        put(w, out, &is.v[j++], 0);
    }
    for (; j < is.n; j++)
        put(w, out, &is.v[j], RICH_INSERTED);
}

static void copy_text(struct work *w, struct rich *out, const struct rich *block, unsigned mark)
{
    for (const struct rich *r = block->first; r; r = r->next) {
        struct rich like = *r;
        like.marks |= mark;
        if (r->kind == RICH_RUN)
            rich_run(w->a, out, r->text, &like);
        else
            put_break(w, out, mark);
        count_words(w, r->text, mark);
    }
}

static void compare_tokens(struct work *w, struct rich *out, struct tokens was, struct tokens is)
{
    size_t head = 0, tail = 0;
    while (head < was.n && head < is.n && str_eq(was.v[head].s, is.v[head].s))
        put(w, out, &is.v[head++], 0);
    while (tail < was.n - head && tail < is.n - head && str_eq(was.v[was.n - 1 - tail].s, is.v[is.n - 1 - tail].s))
        tail++;
    words_between(w, out, (struct tokens){was.v + head, was.n - head - tail}, (struct tokens){is.v + head, is.n - head - tail});
    for (size_t k = is.n - tail; k < is.n; k++)
        put(w, out, &is.v[k], 0);
}

static void compare_text(struct work *w, struct rich *out, const struct rich *was_block, const struct rich *is_block)
{
    size_t n = tokens_most(was_block), m = tokens_most(is_block);
    struct token *v = n + m <= TEXT_MAX ? calloc(n + m + 1, sizeof *v) : NULL;
    if (!v) {
        copy_text(w, out, was_block, RICH_DELETED);
        copy_text(w, out, is_block, RICH_INSERTED);
        return;
    }
    struct tokens was = {v, 0}, is = {v + n, 0};
    tokens_fill(&was, was_block);
    tokens_fill(&is, is_block);
    compare_tokens(w, out, was, is);
    free(v);
}

/* ---- blocks */

struct block {
    const struct rich *r;
    uint64_t hash;   /* of kind and text below */
    uint32_t *words; /* hashes of its words, ascending, at most LIKE_WORDS_MAX */
    size_t n;
};

static uint64_t hash_str(uint64_t h, struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        h = (h ^ (uint8_t)s.p[i]) * 0x100000001b3U;
    return h;
}

static void gather(struct block *b, const struct rich *r)
{
    if (r->kind != RICH_RUN)
        b->hash = (b->hash ^ ((uint64_t)r->kind + 1)) * 0x100000001b3U;
    b->hash = hash_str(b->hash, r->text);
    for (struct str s = r->text; r->kind == RICH_RUN && s.n && b->n < LIKE_WORDS_MAX;) {
        size_t n = token_bytes(s);
        struct str word = {s.p, n};
        if (rich_is_word(word))
            b->words[b->n++] = (uint32_t)(hash_str(0xcbf29ce484222325U, word) >> 16);
        s = (struct str){s.p + n, s.n - n};
    }
    for (const struct rich *c = r->first; c; c = c->next)
        gather(b, c);
}

static int by_number(const void *x, const void *y)
{
    uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;
    return (a > b) - (a < b);
}

static struct block *blocks_of(struct arena *a, const struct rich *parent, size_t *n)
{
    *n = 0;
    for (const struct rich *r = parent->first; r; r = r->next)
        ++*n;
    struct block *v = ARENA_ARRAY(a, struct block, *n), *b = v;
    for (const struct rich *r = parent->first; r; r = r->next, b++) {
        uint32_t all[LIKE_WORDS_MAX];
        *b = (struct block){.r = r, .hash = 0xcbf29ce484222325U, .words = all};
        gather(b, r);
        b->words = ARENA_ARRAY(a, uint32_t, b->n);
        memcpy(b->words, all, b->n * sizeof *all);
        qsort(b->words, b->n, sizeof *b->words, by_number);
    }
    return v;
}

/* 0 to 100: how much of their words they share. */
static int likeness(struct work *w, const struct block *a, const struct block *b)
{
    size_t common = 0;
    if ((w->like_work -= (int64_t)(a->n + b->n)) < 0 || !(a->n + b->n))
        return 0;
    for (size_t i = 0, j = 0; i < a->n && j < b->n;) {
        common += a->words[i] == b->words[j];
        uint32_t x = a->words[i], y = b->words[j];
        i += x <= y;
        j += y <= x;
    }
    return (int)(200 * common / (a->n + b->n));
}

static uint8_t weight(struct work *w, const struct block *a, const struct block *b)
{
    bool pairs = a->r->kind == b->r->kind || (rich_is_text_block(a->r->kind) && rich_is_text_block(b->r->kind));
    if (!pairs)
        return 0;
    if (a->hash == b->hash)
        return 200;
    int like = likeness(w, a, b);
    if (a->r->kind == RICH_CELL || a->r->kind == RICH_ROW) /* their place says more than their words */
        return (uint8_t)(20 + like);
    return like >= 40 ? (uint8_t)like : 0;
}

static void copy_marked(struct work *w, struct rich *to, const struct rich *r, unsigned mark)
{
    struct rich *c = ARENA_NEW(w->a, struct rich);
    *c = *r;
    c->first = c->last = c->next = NULL;
    rich_add(to, c);
    if (rich_is_text_block(r->kind)) {
        copy_text(w, c, r, mark);
        return;
    }
    for (const struct rich *child = r->first; child; child = child->next)
        copy_marked(w, c, child, mark);
}

static void compare_children(struct work *w, struct rich *out, const struct rich *was, const struct rich *is);

static void compare_pair(struct work *w, struct rich *to, const struct block *was, const struct block *is)
{
    if (was->hash == is->hash) {
        copy_marked(w, to, is->r, 0);
        return;
    }
    struct rich *c = ARENA_NEW(w->a, struct rich);
    *c = *is->r;
    c->first = c->last = c->next = NULL;
    rich_add(to, c);
    if (rich_is_text_block(is->r->kind))
        compare_text(w, c, was->r, is->r);
    else
        compare_children(w, c, was->r, is->r);
}

static void blocks_between(struct work *w, struct rich *out, const struct block *was, size_t n, const struct block *is, size_t m)
{
    int32_t *pair = ARENA_ARRAY(w->a, int32_t, n);
    uint8_t *weights = NULL;
    bool fits = n && m && n <= PAIRS_MAX / m && (weights = malloc(n * m));
    for (size_t i = 0; fits && i < n; i++)
        for (size_t j = 0; j < m; j++)
            weights[i * m + j] = weight(w, &was[i], &is[j]);
    if (!fits || !align(n, m, PAIRS_MAX, weights, pair))
        for (size_t i = 0; i < n; i++)
            pair[i] = -1;
    free(weights);
    size_t j = 0;
    for (size_t i = 0; i < n; i++) {
        if (pair[i] < 0) {
            copy_marked(w, out, was[i].r, RICH_DELETED);
            continue;
        }
        for (; j < (size_t)pair[i]; j++)
            copy_marked(w, out, is[j].r, RICH_INSERTED);
        compare_pair(w, out, &was[i], &is[j++]);
    }
    for (; j < m; j++)
        copy_marked(w, out, is[j].r, RICH_INSERTED);
}

static void compare_children(struct work *w, struct rich *out, const struct rich *was, const struct rich *is)
{
    size_t n, m, head = 0, tail = 0;
    struct block *a = blocks_of(w->a, was, &n), *b = blocks_of(w->a, is, &m);
    while (head < n && head < m && a[head].hash == b[head].hash)
        copy_marked(w, out, b[head++].r, 0);
    while (tail < n - head && tail < m - head && a[n - 1 - tail].hash == b[m - 1 - tail].hash)
        tail++;
    blocks_between(w, out, a + head, n - head - tail, b + head, m - head - tail);
    for (size_t k = m - tail; k < m; k++)
        copy_marked(w, out, b[k].r, 0);
}

struct rich *rich_compare(struct arena *a, const struct rich *was, const struct rich *is, struct compare_count *count)
{
    struct rich *out = rich_new(a, RICH_DOC);
    *count = (struct compare_count){0};
    struct work w = {a, count, LIKE_WORK_MAX, TABLES_WORK_MAX, PIECES_MAX};
    compare_children(&w, out, rich_view(a, was, RICH_ORIGINAL), rich_view(a, is, RICH_ORIGINAL));
    return out;
}
