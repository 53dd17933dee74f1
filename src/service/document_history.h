/* document_history.h: who wrote what when, named versions, comparing, restoring. For who may write (ACT_DOCUMENT_HISTORY). */
#pragma once
#include "service/document.h"

/* A sitting: edits of one person without a break of more than 30 minutes. */
struct document_sitting {
    int64_t account_id, from_at, at, edits;
    int64_t seq;  /* the last log row in it: a point in the history; -1: still in the journal, the newest of all */
    int64_t first_seq; /* the first log row in it: where the next page begins before */
    struct str who;
};
/* Newest first, at most 100, those before `before_seq` (0: from the newest). */
enum err document_sittings(struct ctx *c, int64_t id, int64_t before_seq, struct document_sitting **rows, size_t *n) MUST_CHECK;
enum err document_versions(struct ctx *c, int64_t id, struct document_version_row **rows, size_t *n) MUST_CHECK;
/* Gives the present state a name. ERR_INVALID: none; ERR_LIMIT: too long, or more than VERSIONS_MAX. */
enum { VERSIONS_MAX = 200 };
enum err document_version_add(struct ctx *c, int64_t id, struct str name, int64_t *version_id) MUST_CHECK;

/* A point in the history. */
struct document_point {
    int64_t seq;        /* after this log row; 0: the beginning, -1: now */
    int64_t version_id; /* or this named version, when not 0 */
};
/* ERR_NOT_FOUND: no such point. */
enum err document_at(struct ctx *c, int64_t id, struct document_point point, struct rich **out) MUST_CHECK;
struct document_change {
    struct rich *tree; /* the newer one with what was added and removed marked (domain/compare.h) */
    int64_t added, removed; /* words */
};
enum err document_compare(struct ctx *c, int64_t id, struct document_point old, struct document_point new, struct document_change *out) MUST_CHECK;
/* Writes the old state as a new edit: nothing is lost, whoever has it open sees it change. ERR_STATE: put away, so read only. */
enum err document_restore(struct ctx *c, int64_t id, struct document_point point) MUST_CHECK;
