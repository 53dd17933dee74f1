/* live.h: tables live_journal, live_open, document_log, document_snap: the updates of living documents.
 *
 * An acknowledged edit stands in exactly one of live_journal (first, for all documents together, so that thousands of edits a second cost
 * one page) and document_log (some seconds later, a run of edits of one person as one row). What a document is: its snapshot, the log
 * rows behind it, then the journal. Reading the same edit twice does no harm.
 *
 * The journal is many: each loop of each server writes a stream of its own, one batch at a time, so a stream's ids grow in the order of its
 * commits. On PostgreSQL live_open says in which streams a document's edits can stand; a row is there before the first of them. */
#pragma once
#include "base/buf.h"
#include "db/db.h"

/* One edit in a journal row's `records`. */
struct live_record {
    int64_t document_id, account_id, at;
    struct bytes update;
};
void live_record_write(struct buf *out, const struct live_record *r);
/* False at the end; *bad when the row is damaged. `rest` moves on. */
bool live_record_read(struct bytes *rest, struct live_record *out, bool *bad);

struct live_journal_row {
    int64_t id;
    int stream;
    struct bytes records;
};
enum err live_journal_add(struct db *db, int stream, struct bytes records, int64_t *id) MUST_CHECK;
/* The first rows after an id, in order: at most `limit`, and no more than LIVE_PAGE_BYTES but for one. None: the end. */
enum err live_journal_after(struct db *db, struct arena *a, int64_t after_id, int64_t limit, struct live_journal_row **rows, size_t *n) MUST_CHECK;
enum err live_journal_drop(struct db *db, int stream, int64_t up_to_id) MUST_CHECK;
/* The same of one stream. */
enum err live_journal_of_stream(struct db *db, struct arena *a, int stream, int64_t after_id, int64_t limit, struct live_journal_row **rows,
                                size_t *n) MUST_CHECK;
enum err live_journal_get(struct db *db, struct arena *a, int64_t id, struct live_journal_row *out) MUST_CHECK; /* ERR_NOT_FOUND */

enum { LIVE_STREAMS = 8 }; /* of one server: its number times this, and on (so says the SQL too) */
enum err live_open_add(struct db *db, int64_t document_id, int stream) MUST_CHECK; /* again: fine */
enum err live_open_drop(struct db *db, int64_t document_id, int stream) MUST_CHECK;
enum err live_open_drop_server(struct db *db, int64_t server) MUST_CHECK;
/* Which other servers have it open, at most 64. */
enum err live_open_others(struct db *db, struct arena *a, int64_t document_id, int64_t server, int64_t **servers, size_t *n) MUST_CHECK;
/* The servers that left a journal or open documents and were not seen since then (INT64_MAX: all). */
enum err live_gone(struct db *db, struct arena *a, int64_t alive_since, int64_t **servers, size_t *n) MUST_CHECK;

/* How much is read at once: what a hostile writer fills the log and the journal with must not reach an arena's ceiling. */
enum { LIVE_PAGE_BYTES = 16 << 20, LIVE_BYTES_MAX = 128 << 20 };

struct live_log_row {
    int64_t document_id, seq, account_id, from_at, at, edits;
    struct bytes data;
    struct str who; /* the account's name, when read for the history */
};
/* Gives it the next seq of its document, and notes in the document who changed it when. ERR_NOT_FOUND: no such document. */
enum err live_log_add(struct db *db, struct live_log_row *row) MUST_CHECK;
/* All rows behind after_seq. ERR_LIMIT: more than LIVE_BYTES_MAX. */
enum err live_log_after(struct db *db, struct arena *a, int64_t document_id, int64_t after_seq, struct live_log_row **rows, size_t *n) MUST_CHECK;
/* The first of the rows behind after_seq and not behind until_seq: as many as are LIVE_PAGE_BYTES together, at least one. None: the end. */
enum err live_log_page(struct db *db, struct arena *a, int64_t document_id, int64_t after_seq, int64_t until_seq, struct live_log_row **rows,
                       size_t *n) MUST_CHECK;
/* For the history: without data, newest first, those before `before_seq` (0: all). */
enum err live_log_list(struct db *db, struct arena *a, int64_t document_id, int64_t before_seq, int64_t limit, struct live_log_row **rows,
                       size_t *n) MUST_CHECK;

struct live_snap_row {
    int64_t document_id, seq, made_at;
    struct bytes state;
};
enum err live_snap_get(struct db *db, struct arena *a, int64_t document_id, struct live_snap_row *out) MUST_CHECK; /* ERR_NOT_FOUND */
/* Only forwards: an older seq changes nothing. */
enum err live_snap_put(struct db *db, const struct live_snap_row *s) MUST_CHECK;

/* All of a document as updates, oldest first: snapshot, log behind it, journal. *seq (may be NULL): the last log row in it. The snapshot is
 * an empty slice when there is none. ERR_LIMIT: more than LIVE_BYTES_MAX of log or as much of journal: a snapshot ends that. */
enum err live_load(struct db *db, struct arena *a, int64_t document_id, struct bytes **updates, size_t *n, int64_t *seq) MUST_CHECK;
/* Only what is behind that log row: the log from there, then the journal. */
enum err live_load_after(struct db *db, struct arena *a, int64_t document_id, int64_t after_seq, struct bytes **updates, size_t *n,
                         int64_t *seq) MUST_CHECK;
/* The journal's edits of one document only. ERR_LIMIT: more than LIVE_BYTES_MAX. */
enum err live_load_journal(struct db *db, struct arena *a, int64_t document_id, struct live_record **records, size_t *n) MUST_CHECK;
