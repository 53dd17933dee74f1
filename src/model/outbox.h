/* outbox.h: table outbox as the mail job and the pages about mail see it. Mails are written by outbox_insert (model/log.h).
 *
 * A mail waits, is taken (attempts + 1, due again after a while in case the program dies), and ends as sent or failed, or waits again. */
#pragma once
#include "model/log.h"

/* Mails that are due now, the oldest first; also those that are due after `latest`, as nothing is: the clock was wrong when they were put off. */
enum err outbox_due(struct db *db, struct arena *a, int64_t now, int64_t latest, int64_t limit, struct outbox_row **rows, size_t *n) MUST_CHECK;
/* Takes one that stands at `attempts`: nobody else takes it before `until`. ERR_CONFLICT: somebody has it, or it is sent. */
enum err outbox_take(struct db *db, int64_t id, int64_t attempts, int64_t until) MUST_CHECK;
/* Its text goes: it may hold a link. Only who, when and of what kind stays. */
enum err outbox_set_sent(struct db *db, int64_t id, int64_t now) MUST_CHECK;
enum err outbox_set_later(struct db *db, int64_t id, int64_t due_at, struct str error) MUST_CHECK;
enum err outbox_set_failed(struct db *db, int64_t id, int64_t now, struct str error) MUST_CHECK;
/* A failed mail is tried again from now on; ERR_CONFLICT when it is not the organisation's or did not fail. */
enum err outbox_again(struct db *db, int64_t id, int64_t organisation_id, int64_t now) MUST_CHECK;

enum { OUTBOX_SENT_MAX = 1000 };
struct outbox_counts {
    int64_t waiting, failed, oldest_at; /* waiting since, 0 when nothing waits */
    int64_t sent;                       /* OUTBOX_SENT_MAX: so many or more */
};
enum err outbox_count(struct db *db, struct arena *a, int64_t organisation_id, struct outbox_counts *out) MUST_CHECK;
/* Those that failed, or wait after a failed attempt; newest first, without subject, text and receiver. */
enum err outbox_troubled(struct db *db, struct arena *a, int64_t organisation_id, int64_t limit, struct outbox_row **rows, size_t *n) MUST_CHECK;
/* All that still have their text, newest first, from below an id (0: from the top): the demo's mailbox. */
enum err outbox_list(struct db *db, struct arena *a, int64_t organisation_id, int64_t before_id, int64_t limit, struct outbox_row **rows,
                     size_t *n) MUST_CHECK;
enum err outbox_get(struct db *db, struct arena *a, int64_t id, int64_t organisation_id, struct outbox_row *out) MUST_CHECK;
