/* Sets of clocks: against a plain table of flags, at random and at the edges. */
#include "live/ranges.h"
#include "tests/test.h"

enum { CLIENTS = 12, CLOCKS = 64 };

static uint64_t state = 1;
static uint32_t chance(uint32_t below)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(state >> 33) % below;
}

/* Sorted, apart, not empty. */
static bool is_sound(const struct ranges *r)
{
    for (size_t i = 0; i < r->n; i++) {
        const struct client_ranges *c = &r->v[i];
        if ((i && r->v[i - 1].client >= c->client) || !c->n)
            return false;
        for (size_t j = 0; j < c->n; j++)
            if (c->v[j].start >= c->v[j].end || (j && c->v[j - 1].end >= c->v[j].start))
                return false;
    }
    return true;
}

static bool is_table(const struct ranges *r, bool table[CLIENTS][CLOCKS])
{
    for (uint64_t c = 0; c < CLIENTS; c++) {
        uint64_t next = 0;
        while (next < CLOCKS && table[c][next])
            next++;
        if (ranges_next(r, c) != next)
            return false;
        for (uint64_t from = 0; from < CLOCKS; from++) {
            bool all = true;
            for (uint64_t to = from; to < CLOCKS; to++) {
                all &= table[c][to];
                if (ranges_has(r, c, from, to - from + 1) != all)
                    return false;
            }
        }
    }
    return true;
}

static void t_random(void)
{
    int bad = 0;
    for (int round = 0; round < 60; round++) {
        bool table[CLIENTS][CLOCKS] = {0};
        struct ranges one = {0}, many = {0}, halves[2] = {0};
        struct span spans[40];
        size_t n = 1 + chance(COUNT(spans));
        for (size_t i = 0; i < n; i++) {
            spans[i] = (struct span){chance(CLIENTS), chance(CLOCKS - 8), 1 + chance(8)};
            for (uint64_t k = 0; k < spans[i].len; k++)
                table[spans[i].client][spans[i].clock + k] = true;
            ranges_add(&one, spans[i].client, spans[i].clock, spans[i].len);
            ranges_add(&halves[i % 2], spans[i].client, spans[i].clock, spans[i].len);
        }
        bad += !is_sound(&one) || !is_table(&one, table);
        ranges_add_spans(&many, spans, n / 2);
        ranges_add_spans(&many, spans + n / 2, n - n / 2);
        bad += !is_sound(&many) || !ranges_eq(&one, &many);
        bad += !ranges_has_all(&one, &halves[0]) || !ranges_has_all(&one, &halves[1]);
        bad += ranges_has_all(&halves[0], &one) != ranges_eq(&halves[0], &one);
        ranges_add_all(&halves[0], &halves[1]);
        bad += !is_sound(&halves[0]) || !ranges_eq(&one, &halves[0]);
        ranges_done(&one);
        ranges_done(&many);
        ranges_done(&halves[0]);
        ranges_done(&halves[1]);
    }
    CHECK_INT(bad, 0);
}

static void t_edges(void)
{
    const uint64_t last = ((uint64_t)1 << 53) - 1;
    struct ranges r = {0}, none = {0}, same = {0};
    CHECK(!ranges_has(&r, 0, 0, 1));
    CHECK(ranges_of(&r, 0) == NULL);
    CHECK(ranges_eq(&r, &none));
    CHECK(ranges_has_all(&r, &none));
    ranges_add(&r, 0, 0, 1);
    ranges_add(&r, last, last - 1, 1);
    CHECK(ranges_has(&r, last, last - 1, 1));
    CHECK(!ranges_has(&r, last, last - 2, 2));
    CHECK_INT(ranges_next(&r, 0), 1);
    CHECK_INT(ranges_next(&r, last), 0);
    CHECK(!ranges_eq(&r, &none));
    CHECK(!ranges_has_all(&none, &r));
    ranges_add(&r, last, 5, 5);
    ranges_add(&r, last, 20, 5);
    ranges_add(&r, last, 10, 10);
    CHECK_INT(ranges_count(&r), 3);
    CHECK(ranges_has(&r, last, 5, 20) && !ranges_has(&r, last, 4, 2) && !ranges_has(&r, last, 24, 2));
    ranges_add_all(&same, &r);
    CHECK(ranges_eq(&same, &r));
    ranges_clear(&r);
    CHECK(r.n == 0 && ranges_eq(&r, &none));
    ranges_add(&r, 3, 1, 1);
    CHECK(ranges_has(&r, 3, 1, 1) && !ranges_has(&r, 3, 0, 1));
    ranges_done(&r);
    ranges_done(&same);
}

/* Clients upwards, downwards and from the middle outwards. */
static void t_many_clients(void)
{
    enum { N = 3000 };
    for (int way = 0; way < 3; way++) {
        struct ranges r = {0};
        for (uint64_t i = 0; i < N; i++)
            ranges_add(&r, way == 0 ? i : way == 1 ? N - i : i % 2 ? N + i : N - i, 0, i + 1);
        CHECK(r.n == N && is_sound(&r));
        ranges_done(&r);
    }
}

int main(void)
{
    t_random();
    t_edges();
    t_many_clients();
    return test_end();
}
