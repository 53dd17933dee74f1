/* ranges.h: sets of clocks, for each client sorted [start, end) without touching neighbours: delete sets, state vectors, what is known.
 *
 * Memory is the set's own (malloc), since it lives as long as an open document; ranges_done frees it. Small: 16 bytes a range. When
 * there is no memory left the process ends, as with arenas. */
#pragma once
#include "base/base.h"

struct range {
    uint64_t start, end; /* start < end <= 2^53 - 1 */
};
struct client_ranges {
    uint64_t client;
    struct range *v;
    size_t n, cap;
};
/* An update names its clients in descending order, other sources in ascending: free room at both ends makes both cheap. */
struct ranges {
    struct client_ranges *v; /* ascending by client; each has at least one range */
    size_t n;
    size_t before, after; /* free places on both sides of v */
};
/* One run on its own, for adding many at once. */
struct span {
    uint64_t client, clock, len;
};
void ranges_done(struct ranges *r);
void ranges_clear(struct ranges *r); /* empty, keeps the memory of the list of clients */
/* Adds [clock, clock + len); coalesces. len > 0 and clock + len <= 2^53 - 1 are the caller's. Appending at the end is O(1). */
void ranges_add(struct ranges *r, uint64_t client, uint64_t clock, uint64_t len);
void ranges_add_all(struct ranges *r, const struct ranges *more);
/* The same for n spans in any order, which it sorts: O((r + n) + n log n). */
void ranges_add_spans(struct ranges *r, struct span *v, size_t n);
bool ranges_has(const struct ranges *r, uint64_t client, uint64_t clock, uint64_t len); /* all of it */
bool ranges_has_all(const struct ranges *r, const struct ranges *part);
bool ranges_eq(const struct ranges *a, const struct ranges *b);
const struct client_ranges *ranges_of(const struct ranges *r, uint64_t client); /* NULL: none */
/* End of the run that begins at 0; 0 when there is none: a state vector's clock. */
uint64_t ranges_next(const struct ranges *r, uint64_t client);
size_t ranges_count(const struct ranges *r); /* ranges in all */
