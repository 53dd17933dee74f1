#include "model/log_line.h"
#include "base/secret.h"

/* ---- appending */

#define HEAD(f) DB_COL(struct log_head, f)
#define HEAD_COLS HEAD(organisation_id), HEAD(seq), HEAD(hash)
/* Changes nothing: it takes the row's lock, so that two writers cannot both continue from the same line. */
DB_QUERY(q_head_lock, struct log_head, 1, "UPDATE log_head SET seq = seq WHERE organisation_id = $1 RETURNING organisation_id, seq, hash",
         HEAD_COLS);
DB_EXEC(q_head_new, 2, "INSERT INTO log_head (organisation_id, seq, hash) VALUES ($1, 0, $2) ON CONFLICT (organisation_id) DO NOTHING");
DB_EXEC(q_head_set, 3, "UPDATE log_head SET seq = $2, hash = $3 WHERE organisation_id = $1");

static enum err lock_head(struct db *db, struct arena *a, int64_t organisation_id, struct logchain *c)
{
    struct log_head h = {0};
    logchain_start(c, organisation_id);
    enum err e = db_one(db, a, &q_head_lock, &h, DB_IN(organisation_id));
    if (e == ERR_NOT_FOUND) {
        TRY(db_run(db, &q_head_new, NULL, DB_IN(organisation_id, logchain_head(c))));
        e = db_one(db, a, &q_head_lock, &h, DB_IN(organisation_id));
    }
    TRY(e);
    if (h.hash.n != LOG_HASH_CHARS)
        return ERR_INTERNAL; /* somebody was at it: check says more */
    c->seq = h.seq;
    memcpy(c->hash, h.hash.p, LOG_HASH_CHARS);
    return OK;
}

#define LINE_COLS                                                                                  \
    DB_COL(struct log_line, organisation_id), DB_COL(struct log_line, seq), DB_COL(struct log_line, at), DB_COL(struct log_line, account_id), \
        DB_COL(struct log_line, from_organisation_id), DB_COL(struct log_line, role), DB_COL(struct log_line, participant_id), \
        DB_COL(struct log_line, act), DB_COL(struct log_line, what), DB_COL(struct log_line, subject_id), DB_COL(struct log_line, outcome), \
        DB_COL(struct log_line, event_id), DB_COL(struct log_line, reason_hash), DB_COL(struct log_line, request), DB_COL(struct log_line, hash)
DB_PUT(q_line_insert, struct log_line,
       "INSERT INTO log_line (organisation_id, seq, at, account_id, from_organisation_id, role, participant_id, act, what, subject_id, outcome,"
       "                      event_id, reason_hash, request, hash)"
       " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
       LINE_COLS);

/* A page with a list is many looks that differ in whom, at what and where they stand: ten participants, or ten mentors (subject_id). Ten is what DB_COLS_MAX
 * holds. */
enum { MANY = 10, MANY_SAME = 7, MANY_OWN = 4 };
#define MANY_OF(column)                                                                            \
    "INSERT INTO log_line (organisation_id, seq, at, account_id, from_organisation_id, role, " column ", act, what, request, hash)" \
    " VALUES"                                                                                      \
    " ($1, $8, $2, $3, $4, $5, $9, $6, $10, $7, $11), ($1, $12, $2, $3, $4, $5, $13, $6, $14, $7, $15)," \
    " ($1, $16, $2, $3, $4, $5, $17, $6, $18, $7, $19), ($1, $20, $2, $3, $4, $5, $21, $6, $22, $7, $23)," \
    " ($1, $24, $2, $3, $4, $5, $25, $6, $26, $7, $27), ($1, $28, $2, $3, $4, $5, $29, $6, $30, $7, $31)," \
    " ($1, $32, $2, $3, $4, $5, $33, $6, $34, $7, $35), ($1, $36, $2, $3, $4, $5, $37, $6, $38, $7, $39)," \
    " ($1, $40, $2, $3, $4, $5, $41, $6, $42, $7, $43), ($1, $44, $2, $3, $4, $5, $45, $6, $46, $7, $47)"
DB_EXEC(q_line_insert_many, MANY_SAME + MANY * MANY_OWN, MANY_OF("participant_id"));
DB_EXEC(q_line_insert_subjects, MANY_SAME + MANY * MANY_OWN, MANY_OF("subject_id"));

static bool alike(const struct log_line *x, const struct log_line *y)
{
    return x->organisation_id == y->organisation_id && x->at == y->at && x->account_id == y->account_id &&
           x->from_organisation_id == y->from_organisation_id && str_eq(x->role, y->role) && str_eq(x->act, y->act) &&
           str_eq(x->request, y->request) && !x->subject_id == !y->subject_id && (!y->subject_id || !y->participant_id) && !y->event_id && !y->outcome.n &&
           !y->reason_hash.n;
}

static enum err insert_many(struct db *db, const struct log_line *const *l)
{
    struct db_param in[MANY_SAME + MANY * MANY_OWN] = {DB_P(l[0]->organisation_id), DB_P(l[0]->at), DB_P(l[0]->account_id),
                                                       DB_P(l[0]->from_organisation_id), DB_P(l[0]->role), DB_P(l[0]->act),
                                                       DB_P(l[0]->request)};
    size_t k = MANY_SAME;
    bool subjects = l[0]->subject_id != 0;
    for (size_t i = 0; i < MANY; i++) {
        in[k++] = DB_P(l[i]->seq);
        in[k++] = subjects ? DB_P(l[i]->subject_id) : DB_P(l[i]->participant_id);
        in[k++] = DB_P(l[i]->what);
        in[k++] = DB_P(l[i]->hash);
    }
    return db_run(db, subjects ? &q_line_insert_subjects : &q_line_insert_many, NULL, in, COUNT(in));
}

static enum err insert(struct db *db, const struct log_line *const *l, size_t n)
{
    for (size_t i = 0; i < n;) {
        size_t run = 0;
        while (run < MANY && i + run < n && alike(l[i], l[i + run]))
            run++;
        if (run == MANY)
            TRY(insert_many(db, l + i));
        else
            TRY(db_put(db, &q_line_insert, l[i], NULL));
        i += run == MANY ? MANY : 1;
    }
    return OK;
}

/* The lines of one organisation. */
static enum err append(struct db *db, struct arena *a, struct logchain *c, struct log_line **l, size_t n)
{
    TRY(lock_head(db, a, l[0]->organisation_id, c));
    for (size_t i = 0; i < n; i++)
        TRY(logchain_append(c, l[i], arena_alloc(a, LOG_HASH_CHARS + 1)));
    TRY(insert(db, (const struct log_line *const *)l, n));
    return db_run_one(db, &q_head_set, DB_IN(c->organisation_id, c->seq, logchain_head(c)));
}

enum err log_append(struct db *db, struct arena *a, struct log_line *lines, size_t n)
{
    struct log_line **own = ARENA_ARRAY(a, struct log_line *, n ? n : 1);
    size_t done = 0;
    for (int64_t last = INT64_MIN; done < n;) { /* the lowest organisation first: two writers take the heads in the same order */
        int64_t org = INT64_MAX;
        size_t k = 0;
        for (size_t i = 0; i < n; i++)
            if (lines[i].organisation_id > last && lines[i].organisation_id < org)
                org = lines[i].organisation_id;
        for (size_t i = 0; i < n; i++)
            if (lines[i].organisation_id == org)
                own[k++] = &lines[i];
        CLEANUP(logchain_free) struct logchain c = {0};
        enum err e = append(db, a, &c, own, k);
        if (e == ERR_CONFLICT || e == ERR_NOT_FOUND) /* chain and head do not fit: nobody's mistake but ours, or somebody was at them */
            e = ERR_INTERNAL;
        TRY(e);
        done += k;
        last = org;
    }
    return OK;
}

/* ---- the chains as a whole */

/* From one organisation of the log to the next, not through its lines. */
DB_QUERY(q_heads, struct log_head, 0,
         "WITH RECURSIVE l (organisation_id) AS (SELECT MIN(x.organisation_id) FROM log_line x"
         "  UNION ALL SELECT (SELECT MIN(x.organisation_id) FROM log_line x WHERE x.organisation_id > l.organisation_id) FROM l WHERE l.organisation_id IS NOT NULL)"
         " SELECT c.organisation_id, COALESCE(h.seq, 0) AS seq, COALESCE(h.hash, '') AS hash, COALESCE(h.gone_seq, 0) AS gone_seq,"
         "       COALESCE(h.gone_hash, '') AS gone_hash, COALESCE(h.over_seq, 0) AS over_seq, COALESCE(h.over_at, 0) AS over_at, COALESCE(n.at, 0) AS at"
         "  FROM (SELECT organisation_id FROM log_head UNION SELECT l.organisation_id FROM l WHERE l.organisation_id IS NOT NULL) AS c"
         "  LEFT JOIN log_head h ON h.organisation_id = c.organisation_id"
         "  LEFT JOIN log_line n ON n.organisation_id = h.organisation_id AND n.seq = h.seq ORDER BY c.organisation_id",
         HEAD_COLS, HEAD(gone_seq), HEAD(gone_hash), HEAD(over_seq), HEAD(over_at), HEAD(at));
enum err log_heads(struct db *db, struct arena *a, struct log_head **rows, size_t *n)
{
    return db_all(db, a, &q_heads, rows, n, DB_NONE);
}

struct hash_row {
    struct str hash;
};
DB_QUERY(q_hash_at, struct hash_row, 2, "SELECT hash FROM log_line WHERE organisation_id = $1 AND seq = $2", DB_COL(struct hash_row, hash));
enum err log_hash_at(struct db *db, struct arena *a, int64_t organisation_id, int64_t seq, struct str *hash)
{
    struct hash_row row;
    TRY(db_one(db, a, &q_hash_at, &row, DB_IN(organisation_id, seq)));
    *hash = row.hash;
    return OK;
}

struct checked_row { /* flat, for the columns go by name */
    int64_t organisation_id, seq, at, account_id, from_organisation_id, participant_id, subject_id, line_event_id;
    struct str role, act, what, outcome, reason_hash, request, hash;
    int64_t event_id, event_at, event_account_id, event_participant_id, event_subject_id, event_organisation_id;
    struct str event_role, event_kind, event_outcome, reason, reason_salt;
};
#define CHECKED(f) DB_COL(struct checked_row, f)
#define CHECKED_SELECT                                                                             \
    "SELECT l.organisation_id, l.seq, l.at, l.account_id, l.from_organisation_id, l.role, l.participant_id, l.act, l.what, l.subject_id," \
    "       l.outcome, l.event_id AS line_event_id, l.reason_hash, l.request, l.hash, e.id AS event_id, e.at AS event_at,"                  \
    "       e.account_id AS event_account_id, e.participant_id AS event_participant_id, e.subject_id AS event_subject_id,"              \
    "       e.organisation_id AS event_organisation_id, e.role AS event_role, e.kind AS event_kind, e.outcome AS event_outcome,"        \
    "       e.reason, e.reason_salt"                                                                                                    \
    "  FROM log_line l LEFT JOIN event e ON e.id = l.event_id"
#define CHECKED_COLS                                                                               \
    CHECKED(organisation_id), CHECKED(seq), CHECKED(at), CHECKED(account_id), CHECKED(from_organisation_id), CHECKED(role), \
        CHECKED(participant_id), CHECKED(act), CHECKED(what), CHECKED(subject_id), CHECKED(outcome), CHECKED(line_event_id), \
        CHECKED(reason_hash), CHECKED(request), CHECKED(hash), CHECKED(event_id), CHECKED(event_at), CHECKED(event_account_id), \
        CHECKED(event_participant_id), CHECKED(event_subject_id), CHECKED(event_organisation_id), CHECKED(event_role), \
        CHECKED(event_kind), CHECKED(event_outcome), CHECKED(reason), CHECKED(reason_salt)
DB_QUERY(q_checked, struct checked_row, 1, CHECKED_SELECT " WHERE l.organisation_id = $1 ORDER BY l.seq", CHECKED_COLS);

static struct log_line line_of(const struct checked_row *r)
{
    return (struct log_line){.organisation_id = r->organisation_id, .seq = r->seq, .at = r->at, .account_id = r->account_id,
                             .from_organisation_id = r->from_organisation_id, .role = r->role, .participant_id = r->participant_id,
                             .act = r->act, .what = r->what, .subject_id = r->subject_id, .outcome = r->outcome,
                             .event_id = r->line_event_id, .reason_hash = r->reason_hash, .request = r->request, .hash = r->hash};
}

struct walk {
    enum err (*each)(void *arg, const struct log_checked *l);
    void *arg;
};
static enum err walk(void *arg, const void *row)
{
    const struct walk *w = arg;
    const struct checked_row *r = row;
    struct log_checked l = {.line = line_of(r), .event_id = r->event_id, .event_at = r->event_at, .event_account_id = r->event_account_id,
                            .event_participant_id = r->event_participant_id, .event_subject_id = r->event_subject_id,
                            .event_organisation_id = r->event_organisation_id, .event_role = r->event_role, .event_kind = r->event_kind,
                            .event_outcome = r->event_outcome, .reason = r->reason, .reason_salt = r->reason_salt};
    return w->each(w->arg, &l);
}

enum err log_each(struct db *db, struct arena *a, int64_t organisation_id, enum err (*each)(void *arg, const struct log_checked *l), void *arg)
{
    struct walk w = {each, arg};
    return db_each(db, a, &q_checked, walk, &w, DB_IN(organisation_id));
}

struct id_row {
    int64_t id;
};
DB_QUERY(q_erased, struct id_row, 5,
         "SELECT id FROM erasure WHERE (participant_id = $1 AND participant_id > 0) OR (account_id IN ($2, $3) AND account_id > 0)"
         " OR (mentor_id = $4 AND mentor_id > 0)"
         " OR ($5 > 0 AND mentor_id > 0) OR (participant_id IN (SELECT t.participant_id FROM trainee t WHERE t.id = $5) AND participant_id > 0) LIMIT 1",
         DB_COL(struct id_row, id));
enum err log_erased(struct db *db, struct arena *a, const struct log_line *l, bool *yes)
{
    struct id_row row;
    int64_t user_id = !l->participant_id && str_starts(l->what, STR("user.")) ? l->subject_id : 0;
    int64_t mentor_id = !l->participant_id && str_starts(l->what, STR("mentor.")) ? l->subject_id : 0;
    int64_t trainee_id = !l->participant_id && str_starts(l->what, STR("matching.")) ? l->subject_id : 0; /* a wish names no mentor */
    enum err e = db_one(db, a, &q_erased, &row, DB_IN(l->participant_id, l->account_id, user_id, mentor_id, trainee_id));
    if (e && e != ERR_NOT_FOUND)
        return e;
    *yes = e == OK;
    return OK;
}

DB_QUERY(q_loose, struct id_row, 1,
         "SELECT e.id FROM event e LEFT JOIN (SELECT event_id FROM log_line WHERE event_id > 0) AS l ON l.event_id = e.id"
         " WHERE l.event_id IS NULL ORDER BY e.id LIMIT $1",
         DB_COL(struct id_row, id));
enum err log_events_loose(struct db *db, struct arena *a, int64_t limit, int64_t **ids, size_t *n)
{
    struct id_row *rows;
    TRY(db_all(db, a, &q_loose, &rows, n, DB_IN(limit)));
    *ids = ARENA_ARRAY(a, int64_t, *n ? *n : 1);
    for (size_t i = 0; i < *n; i++)
        (*ids)[i] = rows[i].id;
    return OK;
}

/* ---- what is over goes */

#define HEAD_GONE HEAD(gone_seq), HEAD(gone_hash), HEAD(over_seq), HEAD(over_at)
DB_QUERY(q_head, struct log_head, 1,
         "SELECT organisation_id, seq, hash, gone_seq, gone_hash, over_seq, over_at FROM log_head WHERE organisation_id = $1", HEAD_COLS, HEAD_GONE);
enum err log_head_get(struct db *db, struct arena *a, int64_t organisation_id, struct log_head *out)
{
    return db_one(db, a, &q_head, out, DB_IN(organisation_id));
}

struct seq_row {
    int64_t seq;
};
/* In the order of the chain, whatever index on time there is. */
DB_QUERY(q_first_young, struct seq_row, 4,
         "SELECT seq FROM log_line WHERE organisation_id = $1 AND seq > $2 AND +at >= $3 AND +at <= $4 ORDER BY seq LIMIT 1", DB_COL(struct seq_row, seq));
DB_QUERY(q_last_old, struct seq_row, 4,
         "SELECT seq FROM log_line WHERE organisation_id = $1 AND seq > $2 AND seq < $3 AND +at < $4 ORDER BY seq DESC LIMIT 1", DB_COL(struct seq_row, seq));
enum err log_over(struct db *db, struct arena *a, const struct log_head *h, int64_t before, int64_t now, int64_t *seq)
{
    struct seq_row young = {h->seq + 1}, old = {0};
    *seq = 0;
    enum err e = db_one(db, a, &q_first_young, &young, DB_IN(h->organisation_id, h->gone_seq, before, now));
    if (e && e != ERR_NOT_FOUND)
        return e;
    e = db_one(db, a, &q_last_old, &old, DB_IN(h->organisation_id, h->gone_seq, young.seq, before));
    if (e && e != ERR_NOT_FOUND)
        return e;
    *seq = e ? 0 : old.seq;
    return OK;
}

DB_EXEC(q_head_over, 3, "UPDATE log_head SET over_seq = $2, over_at = $3 WHERE organisation_id = $1");
enum err log_note_over(struct db *db, int64_t organisation_id, int64_t seq, int64_t now)
{
    return db_run_one(db, &q_head_over, DB_IN(organisation_id, seq, now));
}

struct last_row {
    int64_t seq;
    struct str hash;
};
DB_QUERY(q_oldest, struct last_row, 4, "SELECT seq, hash FROM log_line WHERE organisation_id = $1 AND seq > $2 AND seq <= $3 ORDER BY seq LIMIT $4",
         DB_COL(struct last_row, seq), DB_COL(struct last_row, hash));
/* The head first: who appends to this chain waits, and every writer takes the locks in one order. */
DB_EXEC(q_head_gone, 4, "UPDATE log_head SET gone_seq = $3, gone_hash = $4 WHERE organisation_id = $1 AND gone_seq = $2 AND seq >= $3");
DB_EXEC(q_event_gone, 3,
        "DELETE FROM event WHERE id IN (SELECT event_id FROM log_line WHERE organisation_id = $1 AND seq > $2 AND seq <= $3 AND event_id > 0)");
DB_EXEC(q_line_gone, 3, "DELETE FROM log_line WHERE organisation_id = $1 AND seq > $2 AND seq <= $3");
enum err log_forget(struct db *db, struct arena *a, const struct log_head *h, size_t limit, size_t *gone)
{
    struct last_row *rows;
    TRY(db_all(db, a, &q_oldest, &rows, gone, DB_IN(h->organisation_id, h->gone_seq, h->over_seq, (int64_t)limit)));
    if (!*gone)
        return OK;
    const struct last_row *last = &rows[*gone - 1];
    TRY(db_run_one(db, &q_head_gone, DB_IN(h->organisation_id, h->gone_seq, last->seq, last->hash)));
    TRY(db_run(db, &q_event_gone, NULL, DB_IN(h->organisation_id, h->gone_seq, last->seq)));
    return db_run(db, &q_line_gone, NULL, DB_IN(h->organisation_id, h->gone_seq, last->seq));
}

DB_QUERY(q_uncleared, struct seq_row, 0, "SELECT organisation_id AS seq FROM log_head WHERE gone_seq > cleared_seq LIMIT 1", DB_COL(struct seq_row, seq));
enum err log_uncleared(struct db *db, struct arena *a, bool *yes)
{
    struct seq_row row;
    enum err e = db_one(db, a, &q_uncleared, &row, DB_NONE);
    *yes = !e;
    return e == ERR_NOT_FOUND ? OK : e;
}

DB_EXEC(q_cleared, 0, "UPDATE log_head SET cleared_seq = gone_seq WHERE gone_seq > cleared_seq");
enum err log_cleared(struct db *db)
{
    return db_run(db, &q_cleared, NULL, DB_NONE);
}

/* ---- beginning */

DB_QUERY(q_checked_after, struct checked_row, 3, CHECKED_SELECT " WHERE l.organisation_id = $1 AND l.seq > $2 ORDER BY l.seq LIMIT $3", CHECKED_COLS);
DB_EXEC(q_line_seal, 4, "UPDATE log_line SET hash = $3, reason_hash = $4 WHERE organisation_id = $1 AND seq = $2 AND hash = ''");
DB_EXEC(q_event_salt, 2, "UPDATE event SET reason_salt = $2 WHERE id = $1");

static enum err seal(struct db *db, struct arena *a, struct logchain *c, const struct checked_row *r)
{
    struct log_line l = line_of(r);
    if (r->hash.n)
        return ERR_STATE; /* written, but the head does not know of it */
    if (r->reason.n) {
        struct str salt = secret_token(a);
        char *hash = arena_alloc(a, LOG_HASH_CHARS + 1);
        TRY(logchain_reason(salt, r->reason, hash));
        l.reason_hash = str_c(hash);
        TRY(db_run(db, &q_event_salt, NULL, DB_IN(r->event_id, salt)));
    }
    TRY(logchain_append(c, &l, arena_alloc(a, LOG_HASH_CHARS + 1)));
    if (l.seq != r->seq)
        return ERR_INTERNAL;
    return db_run_one(db, &q_line_seal, DB_IN(l.organisation_id, l.seq, l.hash, l.reason_hash));
}

static enum err begin(struct db *db, struct arena *a, struct logchain *c, int64_t organisation_id, int64_t max, size_t *n)
{
    struct checked_row *rows;
    TRY(lock_head(db, a, organisation_id, c));
    TRY(db_all(db, a, &q_checked_after, &rows, n, DB_IN(organisation_id, c->seq, max)));
    for (size_t i = 0; i < *n; i++)
        TRY(seal(db, a, c, &rows[i]));
    return *n ? db_run_one(db, &q_head_set, DB_IN(organisation_id, c->seq, logchain_head(c))) : OK;
}

DB_QUERY(q_heads_begun, struct log_head, 0, "SELECT organisation_id, seq, hash FROM log_head ORDER BY organisation_id", HEAD_COLS);
enum err log_begin(struct db *db, struct arena *a, int64_t max, bool *more)
{
    struct log_head *h;
    size_t n_heads, n = 0;
    TRY(db_all(db, a, &q_heads_begun, &h, &n_heads, DB_NONE));
    *more = false;
    for (size_t i = 0; i < n_heads && max > 0; i++) {
        CLEANUP(logchain_free) struct logchain c = {0};
        TRY(begin(db, a, &c, h[i].organisation_id, max, &n));
        max -= (int64_t)n;
        *more = max <= 0;
    }
    return OK;
}
