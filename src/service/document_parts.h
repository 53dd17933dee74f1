/* document_parts.h: what the files of service/document*.c share. */
#pragma once
#include "service/document.h"

/* Edits by the program itself are those of a client that no browser can be: browsers take 32 bits. */
#define DOCUMENT_CLIENT ((uint64_t)1 << 32)
enum { DOCUMENT_BYTES = 64 << 20 }; /* of one document's updates */

/* How the actor stands to it: REL_ORG, REL_SELF, REL_ADVISER, REL_NAV, REL_PAIR, and what is shared (REL_DOC_...). */
unsigned document_rel(struct ctx *c, const struct document_row *d);
/* Loads one that is not deleted, if the actor may do that with it; else as if it were not there. Notes the look. */
enum err document_load(struct ctx *c, int64_t id, enum act act, struct document *out) MUST_CHECK;
/* What the actor may with the words of it. */
enum document_right document_right_now(struct ctx *c, const struct document_row *d);
/* A title fit to keep: one line. ERR_INVALID: empty; ERR_LIMIT: too long. */
enum err document_title(struct ctx *c, struct str typed, struct str *out) MUST_CHECK;
/* An event about it. It names no participant: what a trainee writes is no part of the case. */
enum err document_note(struct ctx *c, const struct document_row *d, const char *kind, const char *outcome) MUST_CHECK;

/* Updates are read in an arena of their own, for a document can be larger than what a request may take: a ceiling, not what is used. */
enum { DOCUMENT_ARENA = 1 << 30, DOCUMENT_TREE_MAX = 64 << 20 };
size_t document_tree_bytes(const struct rich *t); /* what a copy of it takes, and more */
/* What stands in a document of these updates; nothing gives an empty tree. ERR_LIMIT: a tree of more than DOCUMENT_TREE_MAX. */
enum err document_tree(struct arena *a, const struct bytes *updates, size_t n, struct rich **out) MUST_CHECK;
/* All updates of a document, none of them empty, in the arena `a`. */
enum err document_updates(struct ctx *c, struct arena *a, int64_t id, struct bytes **updates, size_t *n) MUST_CHECK;
/* Keeps an edit of the actor's, made by the program. */
enum err document_edit(struct ctx *c, int64_t id, struct bytes update) MUST_CHECK;
/* The text for searching, as it is in `tree` now; changed_at: of the words in it. */
enum err document_index(struct db *db, struct arena *a, int64_t id, struct str title, const struct rich *tree, int64_t changed_at) MUST_CHECK;
