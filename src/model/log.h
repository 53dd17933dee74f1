/* log.h: tables event and outbox, written to from everywhere. The log itself (log_line) is in model/log_line.h. */
#pragma once
#include "db/db.h"

struct event_row {
    int64_t id, organisation_id, at, account_id, participant_id, subject_id;
    struct str role, kind, outcome, reason;
    struct str who; /* the account's name, when read */
    struct str reason_salt; /* written only */
};
/* Only together with its line of the log (service/ctx.h: event_add). */
enum err event_insert(struct db *db, const struct event_row *e, int64_t *id) MUST_CHECK;
/* Newest first. */
enum err event_of_participant(struct db *db, struct arena *a, int64_t participant_id, int64_t limit, struct event_row **rows,
                              size_t *n) MUST_CHECK;
/* About something that is no participant (a cohort, a mentor): those whose kind begins with `area` ("mentor."), newest first. */
enum err event_of_subject(struct db *db, struct arena *a, int64_t organisation_id, const char *area, int64_t subject_id, int64_t limit,
                          struct event_row **rows, size_t *n) MUST_CHECK;

struct outbox_row {
    int64_t id, organisation_id, created_at, due_at, attempts, sent_at, failed_at;
    struct str kind, to_email, to_name, lang, subject, body, calendar, calendar_method, error;
};
enum err outbox_insert(struct db *db, const struct outbox_row *m) MUST_CHECK;
