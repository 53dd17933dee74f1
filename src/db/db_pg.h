/* db_pg.h: what the files over PostgreSQL share. For db/ only. */
#pragma once
#include "base/buf.h"
#include "db/driver.h"

#include <libpq-fe.h>
#include <sys/socket.h>

enum {
    PG_LANES = 16,              /* tables whose locks put the changes of an organisation in a row */
    PG_CONNECT_MS = 3000,
    PG_AGAIN_MS = 300,          /* after a connection that could not be made */
    PG_PATIENCE_MS = 20000,     /* for the answer to a statement */
    PG_SCRIPT_MS = 24 * 3600 * 1000, /* migrations and vacuum take their time */
    PG_VALUE_MAX = 1 << 30,
    PG_SQL_MAX = 1 << 20,
};
/* Of a transaction that changes. Reading a table from end to end, which the planner prefers while it is small, is for SERIALIZABLE to have read what
 * anybody adds: then changes of different organisations would all meet. */
#define PG_WRITES(set) PG_SETTINGS(set) set " enable_seqscan = off;"
/* On the server. Times a little shorter than our own patience, so that it is the server that ends a statement while it can. No query is compiled (jit):
 * each reads little, however large its tables are. Rows that are taken some at a time are all taken (cursor_tuple_fraction). */
#define PG_SETTINGS(set)                                                                           \
    set " statement_timeout = '15s'; " set " lock_timeout = '10s'; " set " idle_in_transaction_session_timeout = '60s'; "  \
    set " jit = off; " set " cursor_tuple_fraction = 1;"

struct prepared {
    unsigned serial;
    uint8_t n_made; /* on this connection: 0 or 1 */
    uint8_t type[DB_COLS_MAX];
};

struct pg {
    struct db db; /* first: a db of ours is a pg */
    char *url;
    PGconn *c;    /* NULL: no line at the moment */
    struct prepared *stmt;
    size_t n_stmt;
    unsigned serial, n_streams;
    bool pooled, doomed, forget, hang_up;
    int64_t try_at; /* tm_mono_ms */
    unsigned commits;
    char xid[24];   /* of the transaction under way; empty: it only reads */
    int backend;    /* the server's process behind it, 0 not known */
};

/* May the url be shown to libpq? It names what it cannot read, and that may be a part of a password with an @ or a / in it. */
bool pg_url_reads(const char *url);
#define PG_URL_UNREAD "the url is not postgresql://ROLE:PASSWORD@HOST:PORT/NAME?KEY=VALUE; in a password write @ as %40, / as %2F, : as %3A, % as %25"
/* A line, made now if there is none. ERR_BUSY: the server does not answer. */
enum err pg_line(struct pg *p) MUST_CHECK;
void pg_hang_up(struct pg *p);
int64_t pg_patience(const struct pg *p); /* with a statement of a query, in ms */
/* One or several statements without parameters; *out (may be NULL) is the caller's to clear. */
enum err pg_simple(struct pg *p, const char *what, const char *sql, int64_t patience_ms, PGresult **out) MUST_CHECK;
/* Waits for what was sent (0: it could not be). OK: *out is a good result, the caller's to clear. */
enum err pg_answered(struct pg *p, const char *what, int sent, int64_t patience_ms, PGresult **out) MUST_CHECK;
/* driver.h */
enum err pg_tx_step(struct db *db, enum db_step s) MUST_CHECK;
bool pg_tx_is_lost(struct db *db);
/* Does one of these statements begin or end a transaction? */
bool pg_ends_transaction(const char *sql);
/* A query's text in PostgreSQL's words, ended by a zero. */
void pg_query(struct buf *out, const char *sql);
/* A migration's text in PostgreSQL's words (docs/sql.md). */
void pg_dialect(struct buf *out, const char *sql);
