/* test_db.h: a fresh database for a test. In memory or in a file, and, when the environment's TEST_DATABASE names a PostgreSQL server
 * (tests/pg starts one), a database of its own there. So one text tests both. */
#pragma once
#include "db/db.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static inline const char *test_server(void)
{
    const char *url = getenv("TEST_DATABASE");
    return url && *url ? url : NULL;
}
/* For what only one of them can do. */
static inline bool test_on_postgres(void)
{
    return test_server() != NULL;
}

static inline void test_db_must(enum err e, const char *what)
{
    if (e) {
        printf("not ok - test_db.h: %s: %s (%s)\n", what, err_name(e), db_why(NULL));
        exit(1);
    }
}

/* The url of database `name` on the test server; made when it is not there. */
static inline const char *test_db_named(const char *name)
{
    static char url[64][256];
    static size_t used;
    const char *server = test_server(), *end = strrchr(server, '/'), *options = strchr(end, '?');
    char sql[120];
    struct db *db = NULL;
    for (size_t i = 0; i < used; i++)
        if (strstr(url[i], name))
            return url[i];
    char *to = url[used++ % 64];
    snprintf(to, sizeof url[0], "%.*s/%s%s", (int)(end - server), server, name, options ? options : "");
    test_db_must(db_connect(server, DB_WRITE, &db), "connect");
    snprintf(sql, sizeof sql, "CREATE DATABASE %s", name);
    test_db_must(db_script(db, sql), "create");
    db_close(db);
    return to;
}

/* Another one at each call. */
static inline const char *test_db(void)
{
    static int n;
    char name[40];
    if (!test_on_postgres())
        return ":memory:";
    snprintf(name, sizeof name, "t_%d_%d_", (int)getpid(), ++n);
    return test_db_named(name);
}

/* The file of a test, and what SQLite puts beside it. */
static inline void test_db_remove(const char *path)
{
    static const char *const ends[] = {"", "-wal", "-shm"};
    char name[200];
    for (size_t i = 0; i < COUNT(ends); i++) {
        snprintf(name, sizeof name, "%s%s", path, ends[i]);
        unlink(name);
    }
}

/* The same one for the same path, for several connections. */
static inline const char *test_db_at(const char *path)
{
    char name[48];
    uint64_t h = 1469598103934665603u;
    if (!test_on_postgres())
        return path;
    for (const char *c = path; *c; c++)
        h = (h ^ (unsigned char)*c) * 1099511628211u;
    snprintf(name, sizeof name, "f_%d_%llx_", (int)getpid(), (unsigned long long)h);
    return test_db_named(name);
}
