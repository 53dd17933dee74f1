/* ydoc.h: a document integrated from its updates, only to read it: export, search, history, the page without JavaScript.
 *
 * The network never waits for this, and nothing is ever stored from it: the stored updates are the truth (docs/live.md). Memory lies in
 * the arena; so one document is integrated, read, and gone. Hostile documents are bounded by a step and a memory budget: ERR_LIMIT.
 * Algorithm: yjs 13.6 (YATA with right origins). */
#pragma once
#include "base/arena.h"
#include "live/update.h"

#define YDOC_STEPS_MAX ((uint64_t)50 * 1000 * 1000) /* some 0.5 s */
#define YDOC_MEMORY_MAX ((size_t)256 << 20)         /* of integrated items; real documents need some 150 bytes an edit */
#define YDOC_MERGED_MAX ((size_t)64 << 20)          /* all updates of a document merged */
#define YDOC_ARENA_MAX (YDOC_MEMORY_MAX + 2 * YDOC_MERGED_MAX) /* the least ceiling of an arena to integrate in */
enum { YDOC_DEPTH_MAX = 200 }; /* types in types that ydoc_json writes */

struct ydoc;
struct ytype; /* a shared type: text, array, map, XML element, ... */

/* Integrates checked updates, which must outlive the document. Their order does not matter, but where two say different things about
 * the same clocks the earlier one holds. Pieces that refer to what has not come stay pending: they are not read.
 * The arena's ceiling must be YDOC_ARENA_MAX or more. ERR_LIMIT, ERR_INVALID. */
enum err ydoc_make(struct arena *a, const struct bytes *updates, size_t n, struct ydoc **out) MUST_CHECK;
bool ydoc_has_pending(const struct ydoc *d);
/* State vector and deletions of what was integrated, added to both (either may be NULL): for tests and comparisons. */
void ydoc_state(const struct ydoc *d, struct ranges *content, struct ranges *deleted);
/* A root by name; NULL when no update names it. */
struct ytype *ydoc_root(const struct ydoc *d, struct str name);

/* What stands in a root, read as `kind`, as JSON text. Array -> array; map -> object; text -> Yjs' delta, an array of
 * {"insert":..,"attributes":{..}} in which neighbours with the same attributes are one; XML element -> {"name","attributes","children"};
 * fragment -> array of children; hook -> {"hook","attributes"}. The same for types within; a subdocument is {"guid"}. Keys are sorted.
 * A root that nobody names is empty. ERR_LIMIT when types stand deeper than YDOC_DEPTH_MAX or `out` is full. */
enum err ydoc_json(const struct ydoc *d, struct str root, enum type_kind kind, struct buf *out) MUST_CHECK;
