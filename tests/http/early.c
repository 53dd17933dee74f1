/* early.c: for kill.test: between the program and its database (SQLite, libpq), a COMMIT that answers before it is one: the transaction stays open and
 * is committed with the twentieth that follows. What such a program acknowledges, a kill takes away. Only on one connection, not at the start. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stddef.h>
#include <string.h>

struct sqlite3_stmt;
struct sqlite3;
int sqlite3_step(struct sqlite3_stmt *s);
const char *sqlite3_sql(struct sqlite3_stmt *s);
struct sqlite3 *sqlite3_db_handle(struct sqlite3_stmt *s);

enum { DONE = 101, AFTER = 6, TOGETHER = 20 };

/* The connection that writes most. */
int sqlite3_step(struct sqlite3_stmt *s)
{
    static int (*real)(struct sqlite3_stmt *);
    static struct sqlite3 *writer;
    static int begun, open; /* open: how many were acknowledged in the transaction that is open */
    if (!real)
        *(void **)&real = dlsym(RTLD_NEXT, "sqlite3_step");
    const char *sql = sqlite3_sql(s);
    int begins = sql && !strcmp(sql, "BEGIN IMMEDIATE"), commits = sql && !strcmp(sql, "COMMIT");
    if (begins && !writer)
        writer = sqlite3_db_handle(s);
    if (!begins && !commits)
        return real(s);
    if (sqlite3_db_handle(s) != writer) {
        if (begins && begun < AFTER) {
            writer = sqlite3_db_handle(s); /* the first was the migration's */
            begun = 0;
        }
        return real(s);
    }
    if (begins && open)
        return DONE;
    begun += begins;
    if (commits && begun > AFTER && ++open < TOGETHER)
        return DONE; /* it says */
    if (commits)
        open = 0;
    return real(s);
}

struct pg_conn;
struct pg_result;
static _Thread_local int says_commit;

/* The first connection that changes something of a municipality, which the others then wait for: it holds the lane. */
int PQsendQuery(struct pg_conn *c, const char *sql)
{
    static int (*real)(struct pg_conn *, const char *);
    static struct pg_conn *writer;
    static int begun, open;
    if (!real)
        *(void **)&real = dlsym(RTLD_NEXT, "PQsendQuery");
    int begins = strstr(sql, "LOCK TABLE write_lane_") != NULL, commits = strstr(sql, "INSERT INTO write_mark") != NULL;
    if (begins && ++begun > AFTER && !writer)
        writer = c;
    says_commit = 0;
    if (c != writer || (!begins && !commits))
        return real(c, sql);
    if (begins && open)
        return real(c, "SELECT pg_current_xact_id()");
    says_commit = commits && ++open < TOGETHER;
    if (says_commit)
        return real(c, "SET LOCAL idle_in_transaction_session_timeout = 0");
    if (commits)
        open = 0;
    return real(c, sql);
}

char *PQcmdStatus(struct pg_result *r)
{
    static char *(*real)(struct pg_result *);
    static char commit[] = "COMMIT";
    if (!real)
        *(void **)&real = dlsym(RTLD_NEXT, "PQcmdStatus");
    return says_commit ? commit : real(r);
}
