#include "model/meeting.h"

DB_PUT(q_meeting_insert, struct meeting_row,
       "INSERT INTO meeting (mentorship_id, theme, at, minutes, place, digital, status, held_on, sequence, created_by, created_at)"
       " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id",
       DB_COL(struct meeting_row, mentorship_id), DB_COL(struct meeting_row, theme), DB_COL(struct meeting_row, at),
       DB_COL(struct meeting_row, minutes), DB_COL(struct meeting_row, place), DB_COL(struct meeting_row, digital),
       DB_COL(struct meeting_row, status), DB_COL(struct meeting_row, held_on), DB_COL(struct meeting_row, sequence),
       DB_COL(struct meeting_row, created_by), DB_COL(struct meeting_row, created_at));
enum err meeting_insert(struct db *db, const struct meeting_row *m, int64_t *id)
{
    return db_put_id(db, &q_meeting_insert, m, id);
}

#define MEETING_SELECT                                                                             \
    "SELECT m.id, m.mentorship_id, m.theme, m.at, m.minutes, m.place, m.digital, m.status, m.held_on, m.sequence, m.created_by," \
    "       m.created_at, m.version, CASE WHEN r.meeting_id IS NULL THEN 0 ELSE 1 END AS has_minutes" \
    "  FROM meeting m LEFT JOIN minutes r ON r.meeting_id = m.id"
#define MEETING_COLS                                                                               \
    DB_COL(struct meeting_row, id), DB_COL(struct meeting_row, mentorship_id), DB_COL(struct meeting_row, theme), \
        DB_COL(struct meeting_row, at), DB_COL(struct meeting_row, minutes), DB_COL(struct meeting_row, place), \
        DB_COL(struct meeting_row, digital), DB_COL(struct meeting_row, status), DB_COL(struct meeting_row, held_on), \
        DB_COL(struct meeting_row, sequence), DB_COL(struct meeting_row, created_by),              \
        DB_COL(struct meeting_row, created_at), DB_COL(struct meeting_row, version),               \
        DB_COL(struct meeting_row, has_minutes)

DB_QUERY(q_meeting_get, struct meeting_row, 1, MEETING_SELECT " WHERE m.id = $1", MEETING_COLS);
enum err meeting_get(struct db *db, struct arena *a, int64_t id, struct meeting_row *out)
{
    return db_one(db, a, &q_meeting_get, out, DB_IN(id));
}

DB_QUERY(q_meeting_of_mentorship, struct meeting_row, 1,
         MEETING_SELECT " WHERE m.mentorship_id = $1 ORDER BY m.at, m.id LIMIT 500", MEETING_COLS);
enum err meeting_of_mentorship(struct db *db, struct arena *a, int64_t mentorship_id, struct meeting_row **rows, size_t *n)
{
    return db_all(db, a, &q_meeting_of_mentorship, rows, n, DB_IN(mentorship_id));
}

DB_EXEC(q_meeting_update, 10,
        "UPDATE meeting SET theme = $3, at = $4, minutes = $5, place = $6, digital = $7, status = $8, held_on = $9, sequence = $10,"
        " version = version + 1 WHERE id = $1 AND version = $2");
enum err meeting_update(struct db *db, const struct meeting_row *m)
{
    return db_run_one(db, &q_meeting_update,
                      DB_IN(m->id, m->version, m->theme, m->at, m->minutes, m->place, m->digital, m->status, m->held_on, m->sequence));
}

DB_QUERY(q_minutes_get, struct minutes_row, 1,
         "SELECT r.meeting_id, r.talked, r.learned, r.next, r.by_account, r.written_at, r.version, a.name AS who"
         "  FROM minutes r LEFT JOIN account a ON a.id = r.by_account WHERE r.meeting_id = $1",
         DB_COL(struct minutes_row, meeting_id), DB_COL(struct minutes_row, talked), DB_COL(struct minutes_row, learned),
         DB_COL(struct minutes_row, next), DB_COL(struct minutes_row, by_account), DB_COL(struct minutes_row, written_at),
         DB_COL(struct minutes_row, version), DB_COL(struct minutes_row, who));
enum err minutes_get(struct db *db, struct arena *a, int64_t meeting_id, struct minutes_row *out)
{
    return db_one(db, a, &q_minutes_get, out, DB_IN(meeting_id));
}

DB_PUT(q_minutes_insert, struct minutes_row,
       "INSERT INTO minutes (meeting_id, talked, learned, next, by_account, written_at) VALUES ($1, $2, $3, $4, $5, $6)"
       " ON CONFLICT (meeting_id) DO NOTHING",
       DB_COL(struct minutes_row, meeting_id), DB_COL(struct minutes_row, talked), DB_COL(struct minutes_row, learned),
       DB_COL(struct minutes_row, next), DB_COL(struct minutes_row, by_account), DB_COL(struct minutes_row, written_at));
enum err minutes_insert(struct db *db, const struct minutes_row *m)
{
    int64_t changed;
    TRY(db_put(db, &q_minutes_insert, m, &changed));
    return changed ? OK : ERR_CONFLICT;
}

DB_EXEC(q_minutes_update, 7,
        "UPDATE minutes SET talked = $3, learned = $4, next = $5, by_account = $6, written_at = $7, version = version + 1"
        " WHERE meeting_id = $1 AND version = $2");
enum err minutes_update(struct db *db, const struct minutes_row *m)
{
    return db_run_one(db, &q_minutes_update,
                      DB_IN(m->meeting_id, m->version, m->talked, m->learned, m->next, m->by_account, m->written_at));
}
