/* comment.h: comments on living documents. The place is a mark in the text with the same id (web/editor); the words are here, so that
 * they can be read, answered and deleted without the editor. */
#pragma once
#include "service/document.h"

struct comment_thread {
    struct document_comment_row first;
    const struct document_comment_row *reply;
    size_t n_reply;
    bool lost; /* its words are gone from the text (filled by comment_threads when `doc` is given) */
    bool is_new; /* something in it by others since the actor's last visit */
};
/* Open threads in the order of their first comment, then resolved ones, newest first. doc: the tree now, or NULL. */
enum err comment_threads(struct ctx *c, int64_t document_id, const struct rich *doc, struct comment_thread **rows, size_t *n) MUST_CHECK;
/* mark: the id that the editor set, "" for one about the whole document. ERR_INVALID: empty, or a mark of odd form. ERR_LIMIT: too long, or too
 * many in one document. ERR_CONFLICT: the mark has a thread already. ACT_DOCUMENT_COMMENT. */
enum { COMMENTS_MAX = 4000 /* of one document */ };
enum err comment_add(struct ctx *c, int64_t document_id, struct str mark, struct str quote, struct str text, int64_t *id) MUST_CHECK;
/* Opens a resolved thread again. */
enum err comment_reply(struct ctx *c, int64_t document_id, int64_t thread_id, struct str text) MUST_CHECK;
enum err comment_resolve(struct ctx *c, int64_t document_id, int64_t thread_id, bool resolved) MUST_CHECK;
enum err comment_delete(struct ctx *c, int64_t document_id, int64_t comment_id) MUST_CHECK; /* one's own only */
/* The job: one mail a person with new comments, at most one in four hours, no content: only how many and a link. Comments of the last ten
 * minutes wait, so that a round of comments becomes one mail. Who has seen them gets none. */
enum { COMMENT_WAIT_MS = 10 * 60 * 1000, COMMENT_QUIET_MS = 4 * 3600 * 1000 };
enum err comment_digest(struct ctx *c, int64_t *sent) MUST_CHECK;
