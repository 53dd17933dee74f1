#include "db/sqlite_page.h"

#include <string.h>

enum { INDEX_INNER = 2, TABLE_INNER = 5, INDEX_LEAF = 10, TABLE_LEAF = 13 };
enum { FREE, TAKEN };

struct page {
    const uint8_t *p;
    size_t size;
    int type;
    size_t cells, cells_at, content, fragments; /* cells_at: where the list of their places begins */
    uint8_t is[SQLITE_PAGE_MAX];                /* of each byte: FREE or TAKEN */
};

static size_t two(const uint8_t *p)
{
    return (size_t)p[0] << 8 | p[1];
}

/* Varint: seven bits a byte, of the ninth all eight. 0: it does not end in the page. */
static size_t varint(const struct page *g, size_t at, uint64_t *out)
{
    *out = 0;
    for (size_t i = 0; i < 9 && at + i < g->size; i++) {
        uint8_t b = g->p[at + i];
        if (i == 8) {
            *out = *out << 8 | b;
            return 9;
        }
        *out = *out << 7 | (b & 0x7f);
        if (b < 0x80)
            return i + 1;
    }
    return 0;
}

/* How much of a payload lies in the page itself, with the number of the page where the rest is. */
static size_t local(const struct page *g, uint64_t payload)
{
    size_t u = g->size;
    size_t most = g->type == TABLE_LEAF ? u - 35 : (u - 12) * 64 / 255 - 23, least = (u - 12) * 32 / 255 - 23;
    if (payload <= most)
        return (size_t)payload;
    size_t fits = least + (size_t)((payload - least) % (u - 4));
    return (fits <= most ? fits : least) + 4;
}

/* 0: there is no such cell. */
static size_t cell_size(const struct page *g, size_t at)
{
    uint64_t payload, key;
    size_t n = g->type == INDEX_INNER || g->type == TABLE_INNER ? 4 : 0, step;
    if (g->type == TABLE_INNER)
        return (step = varint(g, at + n, &key)) ? n + step : 0;
    if (!(step = varint(g, at + n, &payload)) || payload > INT32_MAX)
        return 0;
    n += step;
    if (g->type == TABLE_LEAF) {
        if (!(step = varint(g, at + n, &key)))
            return 0;
        n += step;
    }
    n += local(g, payload);
    return n < 4 ? 4 : n;
}

static bool take(struct page *g, size_t at, size_t n)
{
    if (at < g->content || n > g->size || at > g->size - n || memchr(g->is + at, TAKEN, n))
        return false;
    memset(g->is + at, TAKEN, n);
    return true;
}

static bool take_cells(struct page *g)
{
    for (size_t i = 0; i < g->cells; i++) {
        size_t at = two(g->p + g->cells_at + 2 * i), n = cell_size(g, at);
        if (!n || !take(g, at, n))
            return false;
    }
    return true;
}

/* Free blocks are a chain in the order of the page: two bytes where the next is, two for how long this is. *body: without those heads. */
static bool take_heads(struct page *g, size_t at, size_t *body)
{
    for (size_t before = 0; at; before = at, at = two(g->p + at)) {
        if (at > g->size - 4 || (before && at < before + two(g->p + before + 2)))
            return false;
        size_t n = two(g->p + at + 2);
        if (n < 4 || at > g->size - n || memchr(g->is + at, TAKEN, n) || !take(g, at, 4))
            return false;
        *body += n - 4;
    }
    return true;
}

static bool is_zero(const uint8_t *p, size_t n)
{
    return n == 0 || (p[0] == 0 && memcmp(p, p + 1, n - 1) == 0);
}

/* Adds what is not zero; *free: of all from `content` on. */
static void free_spans(const struct page *g, size_t from, struct sqlite_span *out, size_t *n, size_t *free)
{
    for (size_t at = from; at < g->size;) {
        const uint8_t *begin = memchr(g->is + at, FREE, g->size - at);
        if (!begin)
            return;
        at = (size_t)(begin - g->is);
        const uint8_t *end = memchr(begin, TAKEN, g->size - at);
        size_t to = end ? (size_t)(end - g->is) : g->size;
        if (to > g->content)
            *free += to - (at > g->content ? at : g->content);
        if (!is_zero(g->p + at, to - at))
            out[(*n)++] = (struct sqlite_span){(uint32_t)at, (uint32_t)(to - at)};
        at = to;
    }
}

enum sqlite_page sqlite_page_left(const uint8_t *page, size_t size, size_t first, struct sqlite_span out[SQLITE_PAGE_SPANS], size_t *n)
{
    struct page g;
    const uint8_t *head = page + first;
    *n = 0;
    if (*head != INDEX_INNER && *head != TABLE_INNER && *head != INDEX_LEAF && *head != TABLE_LEAF)
        return SQLITE_PAGE_OTHER;
    g.p = page;
    g.size = size;
    g.type = *head;
    g.cells = two(head + 3);
    g.cells_at = first + (g.type == INDEX_INNER || g.type == TABLE_INNER ? 12 : 8);
    g.content = two(head + 5) ? two(head + 5) : SQLITE_PAGE_MAX;
    g.fragments = head[7];
    size_t from = g.cells_at + 2 * g.cells, body = 0, free = 0;
    if (from > g.content || g.content > size)
        return SQLITE_PAGE_BROKEN;
    memset(g.is, FREE, size);
    if (!take_cells(&g) || !take_heads(&g, two(head + 1), &body))
        return SQLITE_PAGE_BROKEN;
    free_spans(&g, from, out, n, &free);
    if (free == body + g.fragments)
        return SQLITE_PAGE_TREE;
    *n = 0;
    return SQLITE_PAGE_BROKEN;
}
