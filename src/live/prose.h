/* prose.h: between a living document and its tree (domain/rich.h): the ProseMirror schema in a Yjs XmlFragment named "prosemirror".
 *
 * Nodes: paragraph{align? "center" or "end"} heading{level,align?} blockquote bullet_list ordered_list{order} list_item table table_row table_cell{colspan,
 * rowspan} table_header{..} horizontal_rule hard_break; marks: strong em underline link{href} comment{id} insertion{id,name?}
 * deletion{id,name?} (name "" when nobody is named). Marks may carry a "--XXXXXXXX" suffix (y-prosemirror, for marks that overlap themselves). */
#pragma once
#include "domain/rich.h"
#include "live/ydoc.h"

#define PROSE_ROOT "prosemirror"

#define PROSE_MEMORY_MAX ((size_t)128 << 20)
#define PROSE_ARENA_MAX (YDOC_ARENA_MAX + PROSE_MEMORY_MAX + YDOC_MERGED_MAX) /* the least ceiling of an arena to read in */

/* Reads the tree. Unknown nodes show their text, unknown marks are dropped, so are links with other schemes and control characters; what
 * stands where the schema does not have it is put into what it needs (a paragraph right in a list into an item); deeper than RICH_DEPTH_MAX is cut.
 * ERR_LIMIT, ERR_INVALID as ydoc_make. */
enum err prose_read(struct arena *a, const struct bytes *updates, size_t n, struct rich **out) MUST_CHECK;

/* An update that makes a new, empty document into this tree. The same tree and client give the same bytes, so that it can be sent twice.
 * What the schema demands is filled in: a paragraph where there is no block, and in front of an item's first block that is none.
 * ERR_LIMIT: larger than a client's update may be. */
enum err prose_write(const struct rich *doc, uint64_t client, struct buf *out) MUST_CHECK;
/* An update that replaces everything in an existing document by this tree (restoring a version): deletes what stands in the fragment
 * and writes the tree behind it, as the new client `client` (one that has written nothing there, else ERR_CONFLICT). */
enum err prose_replace(struct arena *a, const struct bytes *updates, size_t n, const struct rich *doc, uint64_t client, struct buf *out) MUST_CHECK;

/* Comment ids that still mark some text, each once, in the order of the text. */
enum err prose_comments(struct arena *a, const struct rich *doc, struct str **ids, size_t *n) MUST_CHECK;
