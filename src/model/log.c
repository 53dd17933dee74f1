#include "model/log.h"

DB_PUT(q_event_insert, struct event_row,
       "INSERT INTO event (organisation_id, at, account_id, role, participant_id, kind, subject_id, outcome, reason, reason_salt)"
       " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id",
       DB_COL(struct event_row, organisation_id), DB_COL(struct event_row, at), DB_COL(struct event_row, account_id),
       DB_COL(struct event_row, role), DB_COL(struct event_row, participant_id), DB_COL(struct event_row, kind),
       DB_COL(struct event_row, subject_id), DB_COL(struct event_row, outcome), DB_COL(struct event_row, reason),
       DB_COL(struct event_row, reason_salt));

enum err event_insert(struct db *db, const struct event_row *e, int64_t *id)
{
    return db_put_id(db, &q_event_insert, e, id);
}

#define EVENT_SELECT                                                                               \
    "SELECT e.id, e.organisation_id, e.at, e.account_id, e.role, e.participant_id, e.kind, e.subject_id, e.outcome," \
    "       e.reason, a.name AS who"                                                               \
    "  FROM event e LEFT JOIN account a ON a.id = e.account_id"
#define EVENT_COLS                                                                                 \
    DB_COL(struct event_row, id), DB_COL(struct event_row, organisation_id), DB_COL(struct event_row, at), \
        DB_COL(struct event_row, account_id), DB_COL(struct event_row, role), DB_COL(struct event_row, participant_id), \
        DB_COL(struct event_row, kind), DB_COL(struct event_row, subject_id), DB_COL(struct event_row, outcome), \
        DB_COL(struct event_row, reason), DB_COL(struct event_row, who)

DB_QUERY(q_event_of_participant, struct event_row, 2,
         EVENT_SELECT " WHERE e.participant_id = $1 ORDER BY e.at DESC, e.id DESC LIMIT $2", EVENT_COLS);

enum err event_of_participant(struct db *db, struct arena *a, int64_t participant_id, int64_t limit, struct event_row **rows,
                              size_t *n)
{
    return db_all(db, a, &q_event_of_participant, rows, n, DB_IN(participant_id, limit));
}

DB_QUERY(q_event_of_subject, struct event_row, 4,
         EVENT_SELECT " WHERE e.participant_id = 0 AND e.subject_id = $2 AND e.organisation_id = $1 AND SUBSTR(e.kind, 1, LENGTH($3)) = $3"
                      " ORDER BY e.at DESC, e.id DESC LIMIT $4",
         EVENT_COLS);

enum err event_of_subject(struct db *db, struct arena *a, int64_t organisation_id, const char *area, int64_t subject_id, int64_t limit,
                          struct event_row **rows, size_t *n)
{
    return db_all(db, a, &q_event_of_subject, rows, n, DB_IN(organisation_id, subject_id, area, limit));
}

DB_PUT(q_outbox_insert, struct outbox_row,
       "INSERT INTO outbox (organisation_id, kind, to_email, to_name, lang, subject, body, calendar, calendar_method, created_at, due_at)"
       " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
       DB_COL(struct outbox_row, organisation_id), DB_COL(struct outbox_row, kind), DB_COL(struct outbox_row, to_email),
       DB_COL(struct outbox_row, to_name), DB_COL(struct outbox_row, lang), DB_COL(struct outbox_row, subject),
       DB_COL(struct outbox_row, body), DB_COL(struct outbox_row, calendar), DB_COL(struct outbox_row, calendar_method),
       DB_COL(struct outbox_row, created_at), DB_COL(struct outbox_row, due_at));

enum err outbox_insert(struct db *db, const struct outbox_row *m)
{
    return db_put(db, &q_outbox_insert, m, NULL);
}
