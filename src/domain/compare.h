/* compare.h: what changed between two versions of a document, for the page that shows its history. Pure. */
#pragma once
#include "domain/rich.h"

struct compare_count {
    int64_t added, removed; /* words */
};
/* A tree of what stands in either version: what only the new one has is marked RICH_INSERTED, what only the old one had RICH_DELETED, in
 * all their runs; what both have is as in the new one, also where only its formatting changed. Suggestions in both are taken as not
 * accepted, their marks dropped. Blocks are paired by what they say, then words within them; work is bounded: very large changed parts
 * come out as all removed and all added. The trees are not changed; the text is theirs. */
struct rich *rich_compare(struct arena *a, const struct rich *was, const struct rich *is, struct compare_count *count);
