/* early.c: for kill.test: between the program and SQLite, a COMMIT that answers before it is one: the transaction stays open and is committed with
 * the twentieth that follows. What such a program acknowledges, a kill takes away. Only on the connection that writes most, not at the start. */
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
