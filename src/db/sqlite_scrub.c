#include "db/sqlite_scrub.h"
#include "db/sqlite_page.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TRIES = 50, CHUNK = 1 << 20, PAGES_MAX = 1 << 25, PENDING_BYTE = 0x40000000 };

struct scrub {
    sqlite3 *h;
    sqlite3_file *file;
    sqlite3_int64 size;
    uint32_t page_size;
    const char *why;
    uint8_t *chunk;
    struct sqlite_span span[SQLITE_PAGE_SPANS];
};

static const uint8_t zeros[SQLITE_PAGE_MAX];

static uint32_t four(const uint8_t *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static int read_at(struct scrub *s, void *to, size_t n, sqlite3_int64 at)
{
    return s->file->pMethods->xRead(s->file, to, (int)n, at);
}

static int zero_at(struct scrub *s, size_t n, sqlite3_int64 at)
{
    return s->file->pMethods->xWrite(s->file, zeros, (int)n, at);
}

static int broken(struct scrub *s, const char *why)
{
    s->why = why;
    return SQLITE_CORRUPT;
}

/* ---- the freelist: pages that nobody uses */

static int zero_leaf(struct scrub *s, uint32_t page)
{
    sqlite3_int64 at = (sqlite3_int64)(page - 1) * s->page_size;
    int rc = read_at(s, s->chunk + s->page_size, s->page_size, at);
    if (rc)
        return rc;
    return memcmp(s->chunk + s->page_size, zeros, s->page_size) == 0 ? SQLITE_OK : zero_at(s, s->page_size, at);
}

/* A trunk: the number of the next one, how many leaves, their numbers; the rest is free. */
static int free_pages(struct scrub *s, uint32_t trunk)
{
    sqlite3_int64 pages = s->size / s->page_size, left = pages;
    while (trunk) {
        sqlite3_int64 at = (sqlite3_int64)(trunk - 1) * s->page_size;
        if (trunk < 2 || trunk > pages || left-- <= 0)
            return broken(s, "the list of free pages");
        int rc = read_at(s, s->chunk, s->page_size, at);
        uint32_t n = four(s->chunk + 4);
        if (!rc && n > s->page_size / 4 - 2)
            rc = broken(s, "the list of free pages");
        for (uint32_t i = 0; !rc && i < n; i++) {
            uint32_t leaf = four(s->chunk + 8 + 4 * (size_t)i);
            rc = leaf >= 2 && leaf <= pages ? zero_leaf(s, leaf) : broken(s, "the list of free pages");
        }
        size_t used = 8 + 4 * (size_t)n, rest = s->page_size - used;
        if (!rc && memcmp(s->chunk + used, zeros, rest) != 0)
            rc = zero_at(s, rest, at + (sqlite3_int64)used);
        if (rc)
            return rc;
        trunk = four(s->chunk);
    }
    return SQLITE_OK;
}

/* ---- the trees */

static int one_page(struct scrub *s, const uint8_t *page, sqlite3_int64 at)
{
    size_t n;
    if (at == PENDING_BYTE) /* where SQLite locks; never used */
        return SQLITE_OK;
    if (sqlite_page_left(page, s->page_size, at ? 0 : 100, s->span, &n) == SQLITE_PAGE_BROKEN)
        return broken(s, "a page of the file");
    int rc = SQLITE_OK;
    for (size_t i = 0; !rc && i < n; i++)
        rc = zero_at(s, s->span[i].n, at + s->span[i].at);
    return rc;
}

static int all_pages(struct scrub *s)
{
    int rc = SQLITE_OK;
    for (sqlite3_int64 at = 0; !rc && at < s->size; at += CHUNK) {
        size_t n = s->size - at < CHUNK ? (size_t)(s->size - at) : CHUNK;
        rc = read_at(s, s->chunk, n, at);
        for (size_t i = 0; !rc && i < n; i += s->page_size)
            rc = one_page(s, s->chunk + i, at + (sqlite3_int64)i);
    }
    return rc;
}

/* ---- the whole */

/* Everything is in the file, and only we may write. */
static int alone(struct scrub *s)
{
    for (int i = 0; i < TRIES; i++) {
        sqlite3_file *log = NULL;
        sqlite3_int64 in_log = 0;
        int rc = sqlite3_wal_checkpoint_v2(s->h, "main", SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
        if (!rc)
            rc = sqlite3_exec(s->h, "BEGIN IMMEDIATE", NULL, NULL, NULL);
        if (!rc)
            rc = sqlite3_file_control(s->h, "main", SQLITE_FCNTL_JOURNAL_POINTER, (void *)&log);
        if (!rc)
            rc = log && log->pMethods ? log->pMethods->xFileSize(log, &in_log) : SQLITE_MISUSE;
        if (rc || in_log == 0)
            return rc;
        sqlite3_exec(s->h, "ROLLBACK", NULL, NULL, NULL); /* somebody wrote in between */
    }
    return SQLITE_BUSY;
}

/* Makes the others forget what they keep, by writing a number of the file's head as it stands, and forgets it as well. */
static int tell(struct scrub *s)
{
    char sql[64];
    sqlite3_stmt *st = NULL;
    int number = 0;
    int rc = sqlite3_prepare_v2(s->h, "PRAGMA user_version", -1, &st, NULL);
    if (!rc && sqlite3_step(st) == SQLITE_ROW)
        number = sqlite3_column_int(st, 0);
    if (!rc)
        rc = sqlite3_finalize(st);
    snprintf(sql, sizeof sql, "PRAGMA user_version=%d; COMMIT", number);
    if (!rc)
        rc = sqlite3_exec(s->h, sql, NULL, NULL, NULL);
    return rc ? rc : sqlite3_db_release_memory(s->h);
}

static int scrub(struct scrub *s)
{
    uint8_t head[100];
    int rc = alone(s);
    if (!rc)
        rc = s->file->pMethods->xFileSize(s->file, &s->size);
    if (!rc && s->size < 512)
        return broken(s, "the file's head");
    if (!rc)
        rc = read_at(s, head, sizeof head, 0);
    if (rc)
        return rc;
    s->page_size = (uint32_t)head[16] << 8 | head[17];
    s->page_size = s->page_size == 1 ? SQLITE_PAGE_MAX : s->page_size;
    if (s->page_size < 512 || (s->page_size & (s->page_size - 1)) || s->size % s->page_size)
        return broken(s, "the file's head");
    if (head[20] != 0 || four(head + 52) != 0 || s->size / s->page_size >= PAGES_MAX) /* an overflow page might begin like one of a tree */
        return SQLITE_NOTFOUND;
    rc = free_pages(s, four(head + 32));
    if (!rc)
        rc = all_pages(s);
    if (!rc)
        rc = s->file->pMethods->xSync(s->file, SQLITE_SYNC_NORMAL);
    return rc ? rc : tell(s);
}

static int vacuum(sqlite3 *h)
{
    int rc = sqlite3_exec(h, "VACUUM", NULL, NULL, NULL);
    return rc ? rc : sqlite3_wal_checkpoint_v2(h, "main", SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
}

int sqlite_scrub(sqlite3 *h, const char **why)
{
    struct scrub *s = calloc(1, sizeof *s);
    int rc = SQLITE_NOMEM;
    *why = "scrub";
    if (s && (s->chunk = malloc(CHUNK)) != NULL) {
        s->h = h;
        s->why = *why;
        rc = sqlite3_file_control(h, "main", SQLITE_FCNTL_FILE_POINTER, (void *)&s->file);
        if (!rc && s->file && s->file->pMethods) /* one in memory has none, and nothing lies on a disk */
            rc = scrub(s);
        *why = s->why;
        free(s->chunk);
    }
    free(s);
    if (!sqlite3_get_autocommit(h))
        sqlite3_exec(h, "ROLLBACK", NULL, NULL, NULL);
    return rc == SQLITE_NOTFOUND ? vacuum(h) : rc;
}
