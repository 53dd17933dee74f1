#include "live/ranges.h"

#include <stdlib.h>

static void *need(void *p)
{
    if (!p)
        abort();
    return p;
}

void ranges_done(struct ranges *r)
{
    for (size_t i = 0; i < r->n; i++)
        free(r->v[i].v);
    if (r->v)
        free(r->v - r->before);
    *r = (struct ranges){0};
}

void ranges_clear(struct ranges *r)
{
    for (size_t i = 0; i < r->n; i++)
        free(r->v[i].v);
    r->after += r->n;
    r->n = 0;
}

/* The first client at or above this one. */
static size_t client_at(const struct ranges *r, uint64_t client)
{
    size_t low = 0, high = r->n;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (r->v[mid].client < client)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

const struct client_ranges *ranges_of(const struct ranges *r, uint64_t client)
{
    size_t i = client_at(r, client);
    return i < r->n && r->v[i].client == client ? &r->v[i] : NULL;
}

/* Moves the list into twice the room, with as much free before it as behind. */
static void spread(struct ranges *r)
{
    size_t side = r->n / 2 + 4;
    struct client_ranges *p = need(calloc(r->n + 2 * side, sizeof *p));
    if (r->v) {
        memcpy(p + side, r->v, r->n * sizeof *p);
        free(r->v - r->before);
    }
    r->v = p + side;
    r->before = r->after = side;
}

static struct client_ranges *insert_client(struct ranges *r, size_t i, uint64_t client)
{
    bool low = i < r->n / 2 || (i == 0 && r->n == 0);
    if (low ? !r->before : !r->after)
        spread(r);
    if (low) {
        r->v--;
        r->before--;
        memmove(r->v, r->v + 1, i * sizeof *r->v);
    } else {
        r->after--;
        memmove(r->v + i + 1, r->v + i, (r->n - i) * sizeof *r->v);
    }
    r->n++;
    r->v[i] = (struct client_ranges){.client = client};
    return &r->v[i];
}

static struct client_ranges *client_of(struct ranges *r, uint64_t client)
{
    size_t i = client_at(r, client);
    return i < r->n && r->v[i].client == client ? &r->v[i] : insert_client(r, i, client);
}

static void room(struct client_ranges *c, size_t n)
{
    if (n <= c->cap)
        return;
    size_t cap = c->cap ? c->cap * 2 : 1;
    while (cap < n)
        cap *= 2;
    c->v = need(realloc(c->v, cap * sizeof *c->v));
    c->cap = cap;
}

/* The first range that ends at or behind this clock. */
static size_t range_at(const struct client_ranges *c, uint64_t clock)
{
    size_t low = 0, high = c->n;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (c->v[mid].end < clock)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

static void add(struct client_ranges *c, uint64_t start, uint64_t end)
{
    struct range *last = c->n ? &c->v[c->n - 1] : NULL;
    if (!last || start > last->end) {
        room(c, c->n + 1);
        c->v[c->n++] = (struct range){start, end};
        return;
    }
    if (start >= last->start) {
        last->end = end > last->end ? end : last->end;
        return;
    }
    size_t i = range_at(c, start), j = i;
    while (j < c->n && c->v[j].start <= end)
        j++;
    if (i == j) { /* touches none */
        room(c, c->n + 1);
        memmove(c->v + i + 1, c->v + i, (c->n - i) * sizeof *c->v);
        c->v[i] = (struct range){start, end};
        c->n++;
        return;
    }
    c->v[i].start = start < c->v[i].start ? start : c->v[i].start;
    c->v[i].end = end > c->v[j - 1].end ? end : c->v[j - 1].end;
    memmove(c->v + i + 1, c->v + j, (c->n - j) * sizeof *c->v);
    c->n -= j - i - 1;
}

void ranges_add(struct ranges *r, uint64_t client, uint64_t clock, uint64_t len)
{
    add(client_of(r, client), clock, clock + len);
}

/* Puts sorted ranges into a client's: both lists once, from the front. */
static void add_sorted(struct client_ranges *c, const struct range *v, size_t n)
{
    if (n == 0)
        return;
    if (c->n == 0 || v[0].start >= c->v[c->n - 1].start || n == 1) {
        for (size_t i = 0; i < n; i++)
            add(c, v[i].start, v[i].end);
        return;
    }
    struct client_ranges all = {.client = c->client};
    room(&all, c->n + n);
    for (size_t i = 0, j = 0; i < c->n || j < n;) {
        bool own = j == n || (i < c->n && c->v[i].start <= v[j].start);
        const struct range *x = own ? &c->v[i++] : &v[j++];
        add(&all, x->start, x->end);
    }
    free(c->v);
    *c = all;
}

void ranges_add_all(struct ranges *r, const struct ranges *more)
{
    for (size_t i = 0; i < more->n; i++)
        add_sorted(client_of(r, more->v[i].client), more->v[i].v, more->v[i].n);
}

static int by_place(const void *one, const void *other)
{
    const struct span *a = one, *b = other;
    if (a->client != b->client)
        return a->client < b->client ? -1 : 1;
    return a->clock < b->clock ? -1 : a->clock > b->clock;
}

void ranges_add_spans(struct ranges *r, struct span *v, size_t n)
{
    bool sorted = true;
    for (size_t i = 1; i < n && sorted; i++)
        sorted = by_place(&v[i - 1], &v[i]) <= 0;
    if (!sorted)
        qsort(v, n, sizeof *v, by_place);
    struct client_ranges one = {0};
    for (size_t i = 0; i < n;) {
        one.client = v[i].client;
        one.n = 0;
        for (; i < n && v[i].client == one.client; i++)
            add(&one, v[i].clock, v[i].clock + v[i].len);
        add_sorted(client_of(r, one.client), one.v, one.n);
    }
    free(one.v);
}

static bool has(const struct client_ranges *c, uint64_t start, uint64_t end)
{
    if (!c || !c->n)
        return false;
    const struct range *last = &c->v[c->n - 1];
    if (start < last->start) {
        last = &c->v[range_at(c, start)];
        if (last->end == start) /* ends where this begins: the next one may hold it */
            last++;
    }
    return last->start <= start && end <= last->end;
}

bool ranges_has(const struct ranges *r, uint64_t client, uint64_t clock, uint64_t len)
{
    return has(ranges_of(r, client), clock, clock + len);
}

bool ranges_has_all(const struct ranges *r, const struct ranges *part)
{
    for (size_t i = 0; i < part->n; i++) {
        const struct client_ranges *p = &part->v[i], *c = ranges_of(r, p->client);
        for (size_t j = 0; j < p->n; j++)
            if (!has(c, p->v[j].start, p->v[j].end))
                return false;
    }
    return true;
}

bool ranges_eq(const struct ranges *a, const struct ranges *b)
{
    if (a->n != b->n)
        return false;
    for (size_t i = 0; i < a->n; i++) {
        const struct client_ranges *x = &a->v[i], *y = &b->v[i];
        if (x->client != y->client || x->n != y->n || memcmp(x->v, y->v, x->n * sizeof *x->v) != 0)
            return false;
    }
    return true;
}

uint64_t ranges_next(const struct ranges *r, uint64_t client)
{
    const struct client_ranges *c = ranges_of(r, client);
    return c && c->v[0].start == 0 ? c->v[0].end : 0;
}

size_t ranges_count(const struct ranges *r)
{
    size_t n = 0;
    for (size_t i = 0; i < r->n; i++)
        n += r->v[i].n;
    return n;
}
