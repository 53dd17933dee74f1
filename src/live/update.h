/* update.h: the update format v1 of Yjs, read and written without integrating it. Pure: no clock, no network, no database.
 *
 * A document's stored bytes are updates in this format; they are the truth. What this file does with them (merge, diff, compact) never
 * looks at what the text says. Source: yjs 13.6 (v1 encoding), lib0 0.2; format and traps: docs/live.md.
 *
 * Words: client = a 53-bit number naming one editing session; clock = counter per client, one tick a unit of content; a unit is one
 * UTF-16 code unit of text or one element; id = (client, clock); a piece = a run of clocks of one client ("struct" in Yjs).
 * Everything from outside is checked by update_check() once, before it is stored; afterwards the cursor cannot fail on it, and if it
 * does (a damaged disk) it says ERR_INVALID and reads nothing outside the bytes. */
#pragma once
#include "live/lib0.h"
#include "live/ranges.h"

#define LIVE_UINT_MAX LIB0_UINT_MAX /* 2^53 - 1 */

struct unit_id {
    uint64_t client, clock;
};
static inline bool unit_id_eq(struct unit_id a, struct unit_id b)
{
    return a.client == b.client && a.clock == b.clock;
}

/* The low five bits of a piece's first byte. */
enum content_kind {
    CONTENT_GC = 0,
    CONTENT_DELETED = 1,
    CONTENT_JSON = 2,
    CONTENT_BINARY = 3,
    CONTENT_STRING = 4,
    CONTENT_EMBED = 5,
    CONTENT_FORMAT = 6,
    CONTENT_TYPE = 7,
    CONTENT_ANY = 8,
    CONTENT_DOC = 9,
    CONTENT_SKIP = 10,
};
enum type_kind { TYPE_ARRAY, TYPE_MAP, TYPE_TEXT, TYPE_XML_ELEMENT, TYPE_XML_FRAGMENT, TYPE_XML_HOOK, TYPE_XML_TEXT, TYPE_N };
enum parent_kind { PARENT_NONE, PARENT_ROOT, PARENT_ID }; /* NONE: taken from origin or right origin */

struct piece {
    uint64_t client, clock, len; /* len > 0 */
    enum content_kind kind;
    bool has_origin, has_right, has_sub; /* has_sub: `sub` was written */
    enum parent_kind parent;
    struct unit_id origin, right, parent_id;
    struct str root, sub;   /* parent's name at the root; key in a map or attribute */
    struct bytes content;   /* what follows the header */
    struct bytes whole;     /* header and content as they stand */
};

/* ---- reading */

/* A cursor over the pieces, in the order written, then the deletions. Points into the bytes, which must outlive it. */
struct update_in {
    struct lib0_in in;
    uint64_t blocks, pieces; /* left: blocks (or clients of the delete set) after this one, pieces (or ranges) in this one */
    uint64_t client, clock;  /* whose, and where the next piece begins */
    bool in_deletes;         /* the pieces are over */
    enum err bad;            /* OK, or why reading stopped */
};
void update_open(struct update_in *u, struct bytes update);
/* False at the end of the pieces or when u->bad. */
bool update_next(struct update_in *u, struct piece *out);
/* After update_next was false with u->bad OK: the next range of the delete set. False at its end, which is the update's, or when u->bad. */
bool update_next_delete(struct update_in *u, struct span *out);
/* The same for all of them: adds the delete set to `into`. */
enum err update_deletes(struct update_in *u, struct ranges *into) MUST_CHECK;

/* Ceilings for one update from a client; 0 in a field: none (but nesting is never deeper than LIB0_DEPTH_MAX). */
struct update_limits {
    size_t bytes, depth, embed_bytes; /* depth of any/JSON nesting, bytes of one embed or format value */
    uint64_t clients;                 /* in blocks, and in the delete set */
    /* Highest end of a piece or a deletion. A ceiling on lengths alone would be none: two long deletions side by side are one when a
     * peer sends them back, and that peer would be refused for it. */
    uint64_t clock;
};
extern const struct update_limits update_from_client; /* 4 MiB, depth 64, 64 KiB, 20,000, 2^31 */
/* The strict rules of docs/live.md: OK, ERR_INVALID, or ERR_LIMIT. Builds nothing. `limits` NULL: no ceilings. `why` (may be NULL): a
 * short English reason; untouched when OK. */
enum err update_check(struct bytes update, const struct update_limits *limits, const char **why) MUST_CHECK;

/* What an update speaks about: the clocks of its pieces but Skips into `content`, its delete set into `deleted`. */
enum err update_ranges(struct bytes update, struct ranges *content, struct ranges *deleted) MUST_CHECK;
/* True when it brings a piece outside `content` or a deletion outside `deleted`: otherwise it is an echo. */
enum err update_is_new(struct bytes update, const struct ranges *content, const struct ranges *deleted, bool *is_new) MUST_CHECK;

/* ---- state vectors: varUint n, n * (client, next expected clock) */

/* Into `out` as ranges [0, clock). ERR_INVALID, ERR_LIMIT above most_clients. */
enum err sv_read(struct bytes sv, uint64_t most_clients, struct ranges *out) MUST_CHECK;
/* Clients whose clocks are known from 0 without a gap; descending by client. */
void sv_write(const struct ranges *content, struct buf *out);

/* ---- changing without integrating. All append to `out`, whose max is the ceiling (out->bad: ERR_LIMIT). Inputs are checked updates. */

/* The union of k updates, 0 of them: the empty update. Where forms of one range differ, the piece that begins first wins, of two that
 * begin together the earlier input's. Neighbouring text and deleted runs become one piece where that changes nothing. */
enum err update_merge(const struct bytes *updates, size_t k, struct buf *out) MUST_CHECK;
/* What somebody with this state vector lacks; the delete set whole. */
enum err update_diff(struct bytes update, const struct ranges *sv, struct buf *out) MUST_CHECK;
/* Deleted content becomes its length: the text is gone, the meaning is the same. */
enum err update_compact(struct bytes update, struct buf *out) MUST_CHECK;
/* Merging and compacting in one go, with less work than one after the other. */
enum err update_merge_compact(const struct bytes *updates, size_t k, struct buf *out) MUST_CHECK;
/* No pieces and no deletions. */
bool update_is_empty(struct bytes update);
