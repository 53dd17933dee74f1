/* mailbox.h: what people see of the outbox: all of it in a demo, else only its state. */
#pragma once
#include "model/outbox.h"
#include "service/ctx.h"

enum { MAILBOX_PAGE = 50 };
/* The demo's mails, newest first, from below `before` (0: the top). *next: for the next page, 0 when this is the last. ERR_NOT_FOUND: no demo. */
enum err mailbox_list(struct ctx *c, int64_t before, struct outbox_row **rows, size_t *n, int64_t *next) MUST_CHECK;
enum err mailbox_get(struct ctx *c, int64_t id, struct outbox_row *out) MUST_CHECK;
/* How the queue stands, and the mails in trouble, without receiver and content. */
enum err mailbox_state(struct ctx *c, struct outbox_counts *counts, struct outbox_row **rows, size_t *n) MUST_CHECK;
/* A mail that failed is tried again. ERR_CONFLICT: it did not fail (any more). */
enum err mailbox_again(struct ctx *c, int64_t id) MUST_CHECK;

/* What went wrong, in words, from an outbox_row.error ("550 5.1.1 sender_or_receiver"). A msgid. */
const char *mailbox_trouble(struct str error);
/* What the mail is about. A msgid. */
const char *mailbox_kind(struct str kind);
