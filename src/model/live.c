#include "model/live.h"

enum { PAGE_ROWS = 500, ROW_BYTES = 256 /* what a row or record takes beside its bytes, at most */ };

/* ---- records: varuints of seven bits a byte, the lowest first, the high bit says that more follow (as in lib0) */

static void put_uint(struct buf *out, uint64_t v)
{
    for (; v >= 0x80; v >>= 7)
        buf_byte(out, (char)(v | 0x80));
    buf_byte(out, (char)v);
}

/* Only the shortest form and at most 63 bits: another one is damage. */
static bool get_uint(struct bytes *in, uint64_t *v)
{
    uint64_t got = 0;
    for (unsigned i = 0; i < in->n && i < 9; i++) {
        uint8_t b = in->p[i];
        got |= (uint64_t)(b & 0x7f) << (7 * i);
        if (b & 0x80)
            continue;
        if (i && !b)
            return false;
        *in = (struct bytes){in->p + i + 1, in->n - i - 1};
        *v = got;
        return true;
    }
    return false;
}

void live_record_write(struct buf *out, const struct live_record *r)
{
    put_uint(out, (uint64_t)r->document_id);
    put_uint(out, (uint64_t)r->account_id);
    put_uint(out, (uint64_t)r->at);
    put_uint(out, r->update.n);
    buf_add(out, r->update.p, r->update.n);
}

bool live_record_read(struct bytes *rest, struct live_record *out, bool *bad)
{
    uint64_t document, account, at, n;
    struct bytes in = *rest;
    *bad = false;
    if (!in.n)
        return false;
    *bad = !get_uint(&in, &document) || !get_uint(&in, &account) || !get_uint(&in, &at) || !get_uint(&in, &n) || n > in.n || !document;
    if (*bad)
        return false;
    *out = (struct live_record){(int64_t)document, (int64_t)account, (int64_t)at, {in.p, (size_t)n}};
    *rest = (struct bytes){in.p + n, in.n - (size_t)n};
    return true;
}

/* ---- journal */

DB_EXEC(q_live_journal_add, 2, "INSERT INTO live_journal (stream, records) VALUES ($1, $2) RETURNING id");
enum err live_journal_add(struct db *db, int stream, struct bytes records, int64_t *id)
{
    return db_insert(db, &q_live_journal_add, id, DB_IN(stream, records));
}

struct size_row { /* of a row of the journal or the log */
    int64_t id, bytes;
};

/* The last of the rows that go into one page; v[0..n), n > 0. */
static int64_t page_end(const struct size_row *v, size_t n)
{
    int64_t bytes = v[0].bytes;
    size_t i = 1;
    while (i < n && (bytes += v[i].bytes) <= LIVE_PAGE_BYTES)
        i++;
    return v[i - 1].id;
}

/* Which rows: of all streams, of one ($1), or of those in which a document's edits can stand ($1). */
struct rows_of {
    const struct db_query *sizes, *rows;
    bool keyed;
};
#define SIZE_COLS DB_COL(struct size_row, id), DB_COL(struct size_row, bytes)
#define JOURNAL_COLS DB_COL(struct live_journal_row, id), DB_COL(struct live_journal_row, stream), DB_COL(struct live_journal_row, records)
DB_QUERY(q_live_journal_sizes, struct size_row, 2, "SELECT id, LENGTH(records) AS bytes FROM live_journal WHERE id > $1 ORDER BY id LIMIT $2", SIZE_COLS);
DB_QUERY(q_live_journal_after, struct live_journal_row, 2, "SELECT id, stream, records FROM live_journal WHERE id > $1 AND id <= $2 ORDER BY id",
         JOURNAL_COLS);
DB_QUERY(q_live_stream_sizes, struct size_row, 3,
         "SELECT id, LENGTH(records) AS bytes FROM live_journal WHERE stream = $1 AND id > $2 ORDER BY id LIMIT $3", SIZE_COLS);
DB_QUERY(q_live_stream_after, struct live_journal_row, 3,
         "SELECT id, stream, records FROM live_journal WHERE stream = $1 AND id > $2 AND id <= $3 ORDER BY id", JOURNAL_COLS);
DB_QUERY(q_live_open_sizes, struct size_row, 3,
         "SELECT id, LENGTH(records) AS bytes FROM live_journal WHERE stream IN (SELECT o.stream FROM live_open o WHERE o.document_id = $1)"
         " AND id > $2 ORDER BY id LIMIT $3",
         SIZE_COLS);
DB_QUERY(q_live_open_after, struct live_journal_row, 3,
         "SELECT id, stream, records FROM live_journal WHERE stream IN (SELECT o.stream FROM live_open o WHERE o.document_id = $1)"
         " AND id > $2 AND id <= $3 ORDER BY id",
         JOURNAL_COLS);
static const struct rows_of of_all = {&q_live_journal_sizes, &q_live_journal_after, false};
static const struct rows_of of_stream = {&q_live_stream_sizes, &q_live_stream_after, true};
static const struct rows_of of_document = {&q_live_open_sizes, &q_live_open_after, true};

static enum err journal_page(struct db *db, struct arena *a, const struct rows_of *of, int64_t key, int64_t after_id, int64_t limit,
                             struct live_journal_row **rows, size_t *n)
{
    struct size_row *sizes;
    struct db_param in[] = {DB_P(key), DB_P(after_id), DB_P(limit)};
    size_t skip = of->keyed ? 0 : 1;
    TRY(db_all(db, a, of->sizes, &sizes, n, in + skip, 3 - skip));
    if (!*n)
        return OK;
    in[2] = DB_P(page_end(sizes, *n));
    return db_all(db, a, of->rows, rows, n, in + skip, 3 - skip);
}

enum err live_journal_after(struct db *db, struct arena *a, int64_t after_id, int64_t limit, struct live_journal_row **rows, size_t *n)
{
    return journal_page(db, a, &of_all, 0, after_id, limit, rows, n);
}

enum err live_journal_of_stream(struct db *db, struct arena *a, int stream, int64_t after_id, int64_t limit, struct live_journal_row **rows,
                                size_t *n)
{
    return journal_page(db, a, &of_stream, stream, after_id, limit, rows, n);
}

DB_QUERY(q_live_journal_row, struct live_journal_row, 1, "SELECT id, stream, records FROM live_journal WHERE id = $1", JOURNAL_COLS);
enum err live_journal_get(struct db *db, struct arena *a, int64_t id, struct live_journal_row *out)
{
    return db_one(db, a, &q_live_journal_row, out, DB_IN(id));
}

DB_EXEC(q_live_journal_drop, 2, "DELETE FROM live_journal WHERE stream = $1 AND id <= $2");
enum err live_journal_drop(struct db *db, int stream, int64_t up_to_id)
{
    return db_run(db, &q_live_journal_drop, NULL, DB_IN(stream, up_to_id));
}

/* ---- where it is open */

DB_EXEC(q_live_open_add, 2, "INSERT INTO live_open (document_id, stream) VALUES ($1, $2) ON CONFLICT (document_id, stream) DO NOTHING");
enum err live_open_add(struct db *db, int64_t document_id, int stream)
{
    return db_run(db, &q_live_open_add, NULL, DB_IN(document_id, stream));
}

DB_EXEC(q_live_open_drop, 2, "DELETE FROM live_open WHERE document_id = $1 AND stream = $2");
enum err live_open_drop(struct db *db, int64_t document_id, int stream)
{
    return db_run(db, &q_live_open_drop, NULL, DB_IN(document_id, stream));
}

DB_EXEC(q_live_open_drop_streams, 2, "DELETE FROM live_open WHERE stream >= $1 AND stream < $2");
enum err live_open_drop_server(struct db *db, int64_t server)
{
    return db_run(db, &q_live_open_drop_streams, NULL, DB_IN(server * LIVE_STREAMS, (server + 1) * LIVE_STREAMS));
}

struct stream_row {
    int64_t id;
};
static enum err ids(struct db *db, struct arena *a, const struct db_query *q, const struct db_param *in, size_t n_in, int64_t **out, size_t *n)
{
    struct stream_row *rows;
    TRY(db_all(db, a, q, &rows, n, in, n_in));
    *out = ARENA_ARRAY(a, int64_t, *n ? *n : 1);
    for (size_t i = 0; i < *n; i++)
        (*out)[i] = rows[i].id;
    return OK;
}

DB_QUERY(q_live_open_others, struct stream_row, 2,
         "SELECT CAST(o.stream / 8 AS BIGINT) AS id FROM live_open o WHERE o.document_id = $1 AND o.stream / 8 <> $2 ORDER BY o.stream LIMIT 64",
         DB_COL(struct stream_row, id));
enum err live_open_others(struct db *db, struct arena *a, int64_t document_id, int64_t server, int64_t **servers, size_t *n)
{
    return ids(db, a, &q_live_open_others, DB_IN(document_id, server), servers, n);
}

/* ---- who is gone */

DB_QUERY(q_live_gone, struct stream_row, 1,
         "SELECT d.id FROM (SELECT CAST(stream / 8 AS BIGINT) AS id FROM live_journal UNION"
         " SELECT CAST(stream / 8 AS BIGINT) AS id FROM live_open) d"
         " WHERE NOT EXISTS (SELECT 1 FROM server s WHERE s.id = d.id AND s.seen_at >= $1) ORDER BY d.id",
         DB_COL(struct stream_row, id));
enum err live_gone(struct db *db, struct arena *a, int64_t alive_since, int64_t **servers, size_t *n)
{
    return ids(db, a, &q_live_gone, DB_IN(alive_since), servers, n);
}

/* ---- log */

DB_EXEC(q_live_touch, 3,
        "UPDATE document SET changed_at = CASE WHEN changed_at > $3 THEN changed_at ELSE $3 END,"
        " changed_by = CASE WHEN $2 = 0 OR changed_at > $3 THEN changed_by ELSE $2 END WHERE id = $1");
DB_EXEC(q_live_log_add, 6,
        "INSERT INTO document_log (document_id, seq, account_id, from_at, at, edits, data)"
        " SELECT $1, COALESCE(MAX(seq), 0) + 1, $2, $3, $4, $5, $6 FROM document_log WHERE document_id = $1 RETURNING seq");
enum err live_log_add(struct db *db, struct live_log_row *row)
{
    int64_t changed;
    TRY(db_run(db, &q_live_touch, &changed, DB_IN(row->document_id, row->account_id, row->at)));
    if (changed == 0)
        return ERR_NOT_FOUND;
    return db_insert(db, &q_live_log_add, &row->seq, DB_IN(row->document_id, row->account_id, row->from_at, row->at, row->edits, row->data));
}

#define LOG_COLS                                                                                   \
    DB_COL(struct live_log_row, document_id), DB_COL(struct live_log_row, seq), DB_COL(struct live_log_row, account_id), \
        DB_COL(struct live_log_row, from_at), DB_COL(struct live_log_row, at), DB_COL(struct live_log_row, edits)

DB_QUERY(q_live_log_between, struct live_log_row, 3,
         "SELECT document_id, seq, account_id, from_at, at, edits, data FROM document_log"
         " WHERE document_id = $1 AND seq > $2 AND seq <= $3 ORDER BY seq",
         LOG_COLS, DB_COL(struct live_log_row, data));
DB_QUERY(q_live_log_all, struct size_row, 2,
         "SELECT COUNT(*) AS id, CAST(COALESCE(SUM(LENGTH(data)), 0) AS BIGINT) AS bytes FROM document_log WHERE document_id = $1 AND seq > $2",
         DB_COL(struct size_row, id), DB_COL(struct size_row, bytes));
DB_QUERY(q_live_log_sizes, struct size_row, 4,
         "SELECT seq AS id, LENGTH(data) AS bytes FROM document_log WHERE document_id = $1 AND seq > $2 AND seq <= $3 ORDER BY seq LIMIT $4",
         SIZE_COLS);
enum err live_log_after(struct db *db, struct arena *a, int64_t document_id, int64_t after_seq, struct live_log_row **rows, size_t *n)
{
    struct size_row all;
    TRY(db_one(db, a, &q_live_log_all, &all, DB_IN(document_id, after_seq)));
    if (all.bytes + all.id * ROW_BYTES > LIVE_BYTES_MAX)
        return ERR_LIMIT;
    return db_all(db, a, &q_live_log_between, rows, n, DB_IN(document_id, after_seq, INT64_MAX));
}

enum err live_log_page(struct db *db, struct arena *a, int64_t document_id, int64_t after_seq, int64_t until_seq, struct live_log_row **rows,
                       size_t *n)
{
    struct size_row *sizes;
    TRY(db_all(db, a, &q_live_log_sizes, &sizes, n, DB_IN(document_id, after_seq, until_seq, PAGE_ROWS)));
    if (!*n)
        return OK;
    return db_all(db, a, &q_live_log_between, rows, n, DB_IN(document_id, after_seq, page_end(sizes, *n)));
}

DB_QUERY(q_live_log_list, struct live_log_row, 3,
         "SELECT l.document_id, l.seq, l.account_id, l.from_at, l.at, l.edits, a.name AS who FROM document_log l"
         " LEFT JOIN account a ON a.id = l.account_id WHERE l.document_id = $1 AND ($2 = 0 OR l.seq < $2) ORDER BY l.seq DESC LIMIT $3",
         LOG_COLS, DB_COL(struct live_log_row, who));
enum err live_log_list(struct db *db, struct arena *a, int64_t document_id, int64_t before_seq, int64_t limit, struct live_log_row **rows,
                       size_t *n)
{
    return db_all(db, a, &q_live_log_list, rows, n, DB_IN(document_id, before_seq, limit));
}

/* ---- snapshot */

DB_QUERY(q_live_snap_get, struct live_snap_row, 1, "SELECT document_id, seq, made_at, state FROM document_snap WHERE document_id = $1",
         DB_COL(struct live_snap_row, document_id), DB_COL(struct live_snap_row, seq), DB_COL(struct live_snap_row, made_at),
         DB_COL(struct live_snap_row, state));
enum err live_snap_get(struct db *db, struct arena *a, int64_t document_id, struct live_snap_row *out)
{
    return db_one(db, a, &q_live_snap_get, out, DB_IN(document_id));
}

DB_EXEC(q_live_snap_put, 4,
        "INSERT INTO document_snap (document_id, seq, made_at, state) VALUES ($1, $2, $3, $4)"
        " ON CONFLICT (document_id) DO UPDATE SET seq = excluded.seq, made_at = excluded.made_at, state = excluded.state"
        " WHERE document_snap.seq < excluded.seq");
enum err live_snap_put(struct db *db, const struct live_snap_row *s)
{
    return db_run(db, &q_live_snap_put, NULL, DB_IN(s->document_id, s->seq, s->made_at, s->state));
}

/* ---- all of a document */

struct found { /* records of one document, growing in the arena */
    struct live_record *v;
    size_t n, max, bytes;
};

static void keep(struct arena *a, struct found *f, const struct live_record *r)
{
    if (f->n == f->max) {
        size_t max = f->max ? 2 * f->max : 16;
        struct live_record *more = ARENA_ARRAY(a, struct live_record, max);
        if (f->n)
            memcpy(more, f->v, f->n * sizeof *more);
        f->v = more;
        f->max = max;
    }
    f->v[f->n] = *r;
    f->v[f->n++].update.p = r->update.n ? memcpy(arena_alloc(a, r->update.n), r->update.p, r->update.n) : NULL;
    f->bytes += r->update.n + ROW_BYTES;
}

static enum err keep_row(struct arena *a, struct found *f, const struct live_journal_row *row, int64_t document_id)
{
    struct bytes rest = row->records;
    struct live_record r;
    bool bad;
    while (live_record_read(&rest, &r, &bad))
        if (r.document_id == document_id) {
            if (f->bytes + r.update.n > LIVE_BYTES_MAX)
                return ERR_LIMIT;
            keep(a, f, &r);
        }
    return bad ? ERR_INVALID : OK;
}

/* The journal is everybody's: what is not this document's goes after each page. On SQLite one program writes it and knows no live_open. */
enum err live_load_journal(struct db *db, struct arena *a, int64_t document_id, struct live_record **records, size_t *n)
{
    CLEANUP(arena_freep) struct arena *page = arena_new((size_t)1 << 30);
    const struct rows_of *of = db_kind(db) == DB_POSTGRES ? &of_document : &of_all;
    struct found f = {0};
    struct live_journal_row *rows;
    size_t got;
    int64_t after = 0;
    for (;;) {
        TRY(journal_page(db, page, of, document_id, after, PAGE_ROWS, &rows, &got));
        if (!got)
            break;
        for (size_t i = 0; i < got; i++)
            TRY(keep_row(a, &f, &rows[i], document_id));
        after = rows[got - 1].id;
        arena_clear(page);
    }
    *records = f.v;
    *n = f.n;
    return OK;
}

enum err live_load_after(struct db *db, struct arena *a, int64_t document_id, int64_t after_seq, struct bytes **updates, size_t *n, int64_t *seq)
{
    struct live_log_row *log;
    struct live_record *journal;
    size_t n_log, n_journal;
    TRY(live_log_after(db, a, document_id, after_seq, &log, &n_log));
    TRY(live_load_journal(db, a, document_id, &journal, &n_journal));
    struct bytes *out = ARENA_ARRAY(a, struct bytes, n_log + n_journal + 1);
    for (size_t i = 0; i < n_log; i++)
        out[i] = log[i].data;
    for (size_t i = 0; i < n_journal; i++)
        out[n_log + i] = journal[i].update;
    *updates = out;
    *n = n_log + n_journal;
    *seq = n_log ? log[n_log - 1].seq : after_seq;
    return OK;
}

enum err live_load(struct db *db, struct arena *a, int64_t document_id, struct bytes **updates, size_t *n, int64_t *seq)
{
    struct live_snap_row snap = {0};
    struct bytes *rest;
    size_t n_rest;
    int64_t last;
    enum err e = live_snap_get(db, a, document_id, &snap);
    if (e && e != ERR_NOT_FOUND)
        return e;
    TRY(live_load_after(db, a, document_id, snap.seq, &rest, &n_rest, &last));
    struct bytes *out = ARENA_ARRAY(a, struct bytes, 1 + n_rest);
    out[0] = snap.state;
    if (n_rest)
        memcpy(out + 1, rest, n_rest * sizeof *out);
    *updates = out;
    *n = 1 + n_rest;
    if (seq)
        *seq = last;
    return OK;
}
