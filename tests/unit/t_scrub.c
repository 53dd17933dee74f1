/* What was deleted is nowhere in SQLite's file and its log after a scrub, all else is what it was, and others may read meanwhile. Rows of all sizes come,
 * change and go in trees of all four kinds; the deleted ones carry a mark that is looked for in the bytes. */
#include "db/db.h"
#include "db/sqlite_page.h"
#include "db/sqlite_scrub.h"
#include "tests/test.h"
#include <sqlite3.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[] = "/tmp/scrub-XXXXXX";
static const char mark[] = "Qzj.was.here";
static uint64_t seed = 20261130;

static uint32_t some(uint32_t below)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(seed >> 33) % below;
}

static const char *file(const char *name)
{
    static char path[4][120];
    static int at;
    char *p = path[at++ % 4];
    snprintf(p, sizeof path[0], "%s/%s", folder, name);
    return p;
}

static sqlite3 *open_file(const char *name)
{
    sqlite3 *h = NULL;
    CHECK(sqlite3_open(file(name), &h) == SQLITE_OK);
    return h;
}

static void run(sqlite3 *h, const char *sql)
{
    char *why = NULL;
    if (sqlite3_exec(h, sql, NULL, NULL, &why))
        printf("# %s: %s\n", sql, why);
    CHECK(why == NULL);
    sqlite3_free(why);
}

static void ask(sqlite3 *h, const char *sql, char *to, size_t size)
{
    sqlite3_stmt *s = NULL;
    CHECK(sqlite3_prepare_v2(h, sql, -1, &s, NULL) == SQLITE_OK && sqlite3_step(s) == SQLITE_ROW);
    snprintf(to, size, "%s", (const char *)sqlite3_column_text(s, 0));
    sqlite3_finalize(s);
}

static uint8_t *bytes_of(const char *path, size_t *n)
{
    FILE *f = fopen(path, "rb");
    uint8_t *b = NULL;
    *n = 0;
    if (f && fseek(f, 0, SEEK_END) == 0 && (b = malloc((size_t)ftell(f) + 1)) != NULL) {
        size_t size = (size_t)ftell(f);
        rewind(f);
        *n = fread(b, 1, size, f);
    }
    if (f)
        fclose(f);
    return b;
}

static size_t marks_in(const char *path)
{
    size_t n, found = 0;
    uint8_t *b = bytes_of(path, &n);
    for (const uint8_t *p = b; b && (p = memmem(p, n - (size_t)(p - b), mark, 6)) != NULL; p++)
        found++;
    free(b);
    return found;
}

static size_t marks(const char *name)
{
    char log[130];
    snprintf(log, sizeof log, "%s-wal", file(name));
    return marks_in(file(name)) + marks_in(log);
}

/* Pages of trees, and those of them with something left; -1: one is broken. */
static int left_in(const char *name, uint32_t page_size, int *trees)
{
    static struct sqlite_span span[SQLITE_PAGE_SPANS];
    size_t n, spans;
    uint8_t *b = bytes_of(file(name), &n);
    int left = 0;
    *trees = 0;
    for (size_t at = 0; b && at < n && left >= 0; at += page_size) {
        enum sqlite_page is = sqlite_page_left(b + at, page_size, at ? 0 : 100, span, &spans);
        *trees += is == SQLITE_PAGE_TREE;
        left = is == SQLITE_PAGE_BROKEN ? -1 : left + (spans > 0);
    }
    free(b);
    return left;
}

/* Mostly short, some that go on in other pages. */
static void put(sqlite3 *h, bool marked)
{
    char sql[400];
    uint32_t n = some(10) ? some(120) : some(9) ? some(2000) : some(20000);
    snprintf(sql, sizeof sql, "INSERT INTO thing (name, text) VALUES ('%s' || hex(randomblob(%u)), replace(hex(zeroblob(%u)), '00', '%s'))", marked ? mark : "n", some(12) + 1,
             n / 12 + 1, marked ? "Qzj.was.here" : "other words ");
    run(h, sql);
    snprintf(sql, sizeof sql, "INSERT OR IGNORE INTO pair (a, b, c) VALUES (%u, '%s' || %u, '%s')", some(5000), marked ? mark : "k", some(100000), marked ? mark : "");
    run(h, sql);
}

static void churn(sqlite3 *h, int rounds)
{
    run(h, "BEGIN");
    for (int i = 0; i < rounds; i++) {
        put(h, some(3) == 0);
        if (!some(4))
            run(h, "UPDATE thing SET text = substr(text, 1, length(text) / 2) || 'x' WHERE id = (SELECT id FROM thing WHERE id > abs(random()) % 3000 LIMIT 1)");
        if (!some(6))
            run(h, "DELETE FROM thing WHERE id IN (SELECT id FROM thing WHERE id > abs(random()) % 3000 LIMIT 3)");
    }
    run(h, "COMMIT");
    run(h, "DELETE FROM thing WHERE name GLOB 'Qzj*'; DELETE FROM pair WHERE b GLOB 'Qzj*'");
}

static sqlite3 *made(const char *name, const char *first)
{
    sqlite3 *h = open_file(name);
    run(h, first);
    run(h, "PRAGMA journal_mode=WAL; PRAGMA secure_delete=ON; CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT, text TEXT); CREATE INDEX thing_name ON thing (name);"
           "CREATE INDEX thing_text ON thing (text, name); CREATE TABLE pair (a INTEGER, b TEXT, c TEXT, PRIMARY KEY (a, b)) WITHOUT ROWID");
    return h;
}

static const char all[] = "SELECT (SELECT count(*) || ' ' || sum(length(text)) || ' ' || sum(id * length(name)) || ' ' || total(unicode(substr(name, 3))) FROM thing)"
                          " || ' ' || (SELECT count(*) || ' ' || sum(a * length(b)) FROM pair)";

static void same(sqlite3 *h, const char *before)
{
    char now[200];
    ask(h, "PRAGMA integrity_check", now, sizeof now);
    CHECK_STR(str_c(now), "ok");
    ask(h, all, now, sizeof now);
    CHECK_STR(str_c(now), before);
}

static void pages_of(const char *size, uint32_t page_size)
{
    char first[60], before[200];
    struct db *db = NULL;
    int trees;
    snprintf(first, sizeof first, "PRAGMA page_size=%s", size);
    sqlite3 *h = made(size, first); /* stays open, with what it keeps of the file */
    size_t found = 0;
    for (int i = 0; i < 4; i++) {
        churn(h, 400);
        ask(h, all, before, sizeof before);
        found += marks(size);
        CHECK_ERR(db_connect(file(size), DB_WRITE, &db), OK);
        CHECK_ERR(db_scrub(db), OK);
        CHECK_INT(marks(size), 0);
        CHECK_INT(left_in(size, page_size, &trees), 0);
        CHECK(trees > 4);
        same(h, before);
        CHECK_ERR(db_scrub(db), OK); /* a second time there is nothing to do */
        db_close(db);
        run(h, "UPDATE pair SET c = c || 'y' WHERE a % 3 = 0; UPDATE thing SET name = name || 'z' WHERE id % 5 = 0"); /* on the pages it kept, if it still had them */
        CHECK_INT(marks(size), 0);
        run(h, "PRAGMA wal_checkpoint(TRUNCATE)");
        CHECK_INT(marks(size), 0);
    }
    CHECK(found > 0); /* control: deleting alone leaves something */
    sqlite3_close(h);
}

/* The same connection deletes, scrubs and goes on. */
static void alone(void)
{
    struct db *db = NULL;
    char before[200];
    sqlite3 *h = made("alone", "");
    churn(h, 300);
    sqlite3_close(h);
    CHECK_ERR(db_connect(file("alone"), DB_WRITE, &db), OK);
    CHECK_ERR(db_script(db, "INSERT INTO thing (name, text) SELECT 'Qzj.was.' || id, 'Qzj.was.' || text FROM thing; DELETE FROM thing WHERE name GLOB 'Qzj*'"), OK);
    CHECK(marks("alone") > 0);
    CHECK_ERR(db_scrub(db), OK);
    CHECK_ERR(db_script(db, "UPDATE thing SET name = name || 'w' WHERE id % 3 = 0; UPDATE pair SET c = c || 'w' WHERE a % 3 = 0"), OK);
    CHECK_INT(marks("alone"), 0);
    db_close(db);
    h = open_file("alone");
    ask(h, all, before, sizeof before);
    same(h, before);
    sqlite3_close(h);
}

static void others(void)
{
    struct db *db = NULL;
    char before[200], now[200];
    sqlite3 *h = made("others", ""), *r = open_file("others");
    churn(h, 300);
    CHECK(marks("others") > 0);
    CHECK_ERR(db_connect(file("others"), DB_WRITE, &db), OK);
    run(r, "BEGIN");
    ask(r, all, before, sizeof before); /* reads what stands in the log, so that cannot be emptied */
    CHECK_ERR(db_scrub(db), ERR_BUSY);
    run(r, "COMMIT");
    run(h, "BEGIN IMMEDIATE");
    CHECK_ERR(db_scrub(db), ERR_BUSY);
    run(h, "COMMIT");
    run(h, "PRAGMA wal_checkpoint(TRUNCATE)");
    run(r, "BEGIN");
    ask(r, all, before, sizeof before); /* reads the file alone, and goes on doing so */
    CHECK_ERR(db_scrub(db), OK);
    CHECK_INT(marks("others"), 0);
    run(h, "DELETE FROM pair");
    ask(r, all, now, sizeof now);
    CHECK_STR(str_c(now), before);
    run(r, "COMMIT");
    ask(r, all, now, sizeof now);
    CHECK(strcmp(now, before) != 0);
    db_close(db);
    sqlite3_close(r);
    sqlite3_close(h);
}

/* Another program: it was there before this one opened anything, for SQLite's locks are not to be taken along into a child. */
static int ask_it[2], it_says[2];
static void other_program(const char *path)
{
    char byte;
    if (pipe(ask_it) || pipe(it_says))
        exit(1);
    if (fork() != 0)
        return;
    close(ask_it[1]);
    while (read(ask_it[0], &byte, 1) == 1) {
        sqlite3 *h = NULL;
        int rc = sqlite3_open(path, &h);
        if (!rc)
            rc = sqlite3_exec(h, "SELECT count(*) FROM pair", NULL, NULL, NULL);
        rc = rc | sqlite3_close(h);
        byte = (char)(rc != 0);
        if (write(it_says[1], &byte, 1) != 1)
            break;
    }
    _exit(0);
}

/* Opens the database there and closes it again. */
static void elsewhere(void)
{
    char byte = 1;
    CHECK(write(ask_it[1], &byte, 1) == 1 && read(it_says[0], &byte, 1) == 1 && byte == 0);
}

/* A process that opens the database once more, as the job does, goes on holding it: the other program is not the last one. */
static void held(void)
{
    struct db *serves = NULL, *scrubs = NULL;
    char log[130];
    snprintf(log, sizeof log, "%s-wal", file("held"));
    sqlite3_close(made("held", ""));
    CHECK_ERR(db_connect(file("held"), DB_WRITE, &serves), OK);
    CHECK_ERR(db_script(serves, "INSERT INTO pair VALUES (1, 'x', 'y')"), OK);
    CHECK_ERR(db_connect(file("held"), DB_WRITE, &scrubs), OK);
    CHECK_ERR(db_scrub(scrubs), OK);
    db_close(scrubs);
    CHECK_ERR(db_script(serves, "INSERT INTO pair VALUES (2, 'x', 'y')"), OK);
    elsewhere();
    CHECK(access(log, F_OK) == 0);
    close(open(file("held"), O_RDONLY | O_CLOEXEC)); /* control: what takes the locks away is seen */
    elsewhere();
    CHECK(access(log, F_OK) != 0);
    db_close(serves);
}

/* A file that somebody else set up otherwise: by way of VACUUM. */
static void not_ours(void)
{
    struct db *db = NULL;
    char before[200];
    sqlite3 *h = made("not_ours", "PRAGMA auto_vacuum=FULL");
    churn(h, 400);
    ask(h, all, before, sizeof before);
    CHECK(marks("not_ours") > 0);
    CHECK_ERR(db_connect(file("not_ours"), DB_WRITE, &db), OK);
    CHECK_ERR(db_scrub(db), OK);
    CHECK_INT(marks("not_ours"), 0);
    same(h, before);
    db_close(db);
    sqlite3_close(h);
}

/* A page whose numbers do not fit together is left alone, and said. */
static void damaged(void)
{
    struct db *db = NULL;
    size_t n;
    sqlite3 *h = made("damaged", "");
    churn(h, 300);
    sqlite3_close(h); /* the log is in the file now */
    uint8_t *b = bytes_of(file("damaged"), &n);
    size_t at = 4096;
    while (at < n && b[at] != 13)
        at += 4096;
    b[at + 7] ^= 1; /* how much lies about between the cells */
    FILE *f = fopen(file("damaged"), "wb");
    CHECK(at < n && f && fwrite(b, 1, n, f) == n);
    fclose(f);
    CHECK_ERR(db_connect(file("damaged"), DB_WRITE, &db), OK);
    CHECK_ERR(db_scrub(db), ERR_INTERNAL);
    CHECK(strstr(db_why(db), "a page of the file") != NULL);
    CHECK_ERR(db_script(db, "INSERT INTO pair VALUES (-1, 'x', 'y')"), OK); /* nothing is held on to */
    db_close(db);
    uint8_t *now = bytes_of(file("damaged"), &n);
    CHECK(now && memcmp(b + at, now + at, 4096) == 0);
    free(b);
    free(now);
}

/* ---- pages by hand */

enum { SMALL = 512 };
static uint8_t hand[SMALL];
static void two(size_t at, size_t n)
{
    hand[at] = (uint8_t)(n >> 8);
    hand[at + 1] = (uint8_t)n;
}

/* A leaf of a table: two cells of six bytes at 400 and 500, and behind each a free block. */
static void right(void)
{
    memset(hand, 0, sizeof hand);
    hand[0] = 13;
    two(1, 406);
    two(3, 2);
    two(5, 400);
    two(8, 400);
    two(10, 500);
    hand[400] = hand[500] = 4; /* four bytes, row 1 */
    hand[401] = hand[501] = 1;
    two(406, 506);
    two(408, 94);
    two(508, 6);
}

static enum sqlite_page judge(size_t *n)
{
    static struct sqlite_span span[SQLITE_PAGE_SPANS];
    return sqlite_page_left(hand, SMALL, 0, span, n);
}

static void broken(size_t at, uint8_t value, const char *why)
{
    size_t n = 1;
    right();
    hand[at] = value;
    bool is = judge(&n) == SQLITE_PAGE_BROKEN && n == 0;
    if (!is)
        printf("# %s\n", why);
    CHECK(is);
}

static void by_hand(void)
{
    size_t n;
    right();
    CHECK(judge(&n) == SQLITE_PAGE_TREE && n == 0);
    hand[300] = hand[450] = hand[511] = 'x';
    CHECK(judge(&n) == SQLITE_PAGE_TREE && n == 3);
    for (int type = 0; type < 256; type++)
        if (type != 2 && type != 5 && type != 10 && type != 13) {
            hand[0] = (uint8_t)type;
            CHECK(judge(&n) == SQLITE_PAGE_OTHER && n == 0);
        }
    broken(7, 1, "a fragment that is not there");
    broken(3, 1, "more cells than fit");
    broken(3, 255, "far more");
    broken(5, 3, "the cells begin behind the page");
    broken(8, 0, "a cell before the content");
    broken(8, 2, "a cell behind the page");
    broken(11, 147, "a cell upon another");
    broken(400, 120, "a cell into a free block");
    broken(500, 120, "a cell out of the page");
    broken(1, 2, "a free block behind the page");
    broken(409, 3, "a free block too short for its head");
    broken(409, 110, "a free block over a cell");
    broken(508, 1, "a free block out of the page");
    broken(406, 0, "the next free block before this one");
    right();
    two(406, 450); /* and within it */
    CHECK(judge(&n) == SQLITE_PAGE_BROKEN);
    right();
    memset(hand + 500, 0x81, 12); /* a length that does not end */
    two(1, 0);
    CHECK(judge(&n) == SQLITE_PAGE_BROKEN);
    right();
    memset(hand + 500, 0xff, 9); /* nine bytes, and too much */
    CHECK(judge(&n) == SQLITE_PAGE_BROKEN);
    right();
    hand[0] = 5; /* inner pages have the list of their cells four bytes later */
    CHECK(judge(&n) == SQLITE_PAGE_BROKEN);
    memset(hand, 0, sizeof hand);
    hand[0] = 10; /* an empty one, and one whose content begins at 65536 */
    CHECK(judge(&n) == SQLITE_PAGE_BROKEN);
    two(5, SMALL);
    CHECK(judge(&n) == SQLITE_PAGE_TREE && n == 0);
}

/* ---- the file's own lists */

static void put_four(const char *name, long at, uint32_t v)
{
    uint8_t b[4] = {(uint8_t)(v >> 24), (uint8_t)(v >> 16), (uint8_t)(v >> 8), (uint8_t)v};
    FILE *f = fopen(file(name), "r+b");
    CHECK(f && fseek(f, at, SEEK_SET) == 0 && fwrite(b, 1, 4, f) == 4);
    if (f)
        fclose(f);
}

static uint32_t get_four(const char *name, long at)
{
    uint8_t b[4] = {0};
    FILE *f = fopen(file(name), "rb");
    CHECK(f && fseek(f, at, SEEK_SET) == 0 && fread(b, 1, 4, f) == 4);
    if (f)
        fclose(f);
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

static int scrub_file(const char *name)
{
    const char *why = NULL;
    sqlite3 *h = open_file(name);
    int rc = sqlite3_exec(h, "PRAGMA journal_mode=WAL", NULL, NULL, NULL);
    rc = rc ? rc : sqlite_scrub(h, &why);
    CHECK(rc == SQLITE_OK || why != NULL);
    CHECK(sqlite3_get_autocommit(h));
    sqlite3_close(h);
    return rc;
}

static void lists(void)
{
    const char *why;
    sqlite3 *h = made("lists", "PRAGMA page_size=512");
    churn(h, 300);
    run(h, "DELETE FROM thing WHERE id % 2 = 0; DROP TABLE pair");
    sqlite3_close(h);
    uint32_t trunk = get_four("lists", 32), pages = get_four("lists", 28);
    long at = (long)(trunk - 1) * 512;
    CHECK(trunk > 1 && get_four("lists", at + 4) > 0 && get_four("lists", 36) > 20); /* there are free pages */
    long leaf = (long)(get_four("lists", at + 8) - 1) * 512;
    uint32_t next = get_four("lists", at), first = get_four("lists", at + 8), n = get_four("lists", at + 4);
    put_four("lists", leaf + 100, 0x517a6a21); /* something that stayed in a free page, and behind the list in its trunk */
    put_four("lists", at + 508, n < 126 ? 0x517a6a21 : get_four("lists", at + 508));
    CHECK_INT(scrub_file("lists"), SQLITE_OK);
    CHECK_INT(get_four("lists", leaf + 100), 0);
    CHECK(n >= 126 || get_four("lists", at + 508) == 0);
    put_four("lists", at + 8, pages + 1);
    CHECK_INT(scrub_file("lists"), SQLITE_CORRUPT); /* a page that is not there */
    put_four("lists", at + 8, first);
    put_four("lists", at + 4, 127);
    CHECK_INT(scrub_file("lists"), SQLITE_CORRUPT); /* more than one page can name */
    put_four("lists", at + 4, n);
    put_four("lists", at, trunk);
    CHECK_INT(scrub_file("lists"), SQLITE_CORRUPT); /* a list in a circle */
    put_four("lists", at, 1);
    CHECK_INT(scrub_file("lists"), SQLITE_CORRUPT);
    put_four("lists", at, pages + 7);
    CHECK_INT(scrub_file("lists"), SQLITE_CORRUPT);
    put_four("lists", at, next);
    CHECK_INT(scrub_file("lists"), SQLITE_OK);
    h = open_file("lists");
    run(h, "PRAGMA journal_mode=DELETE");
    CHECK_INT(sqlite_scrub(h, &why), SQLITE_MISUSE); /* there has to be a log of writes that can be looked at */
    sqlite3_close(h);
    CHECK(sqlite3_open(":memory:", &h) == SQLITE_OK);
    CHECK_INT(sqlite_scrub(h, &why), SQLITE_OK);
    sqlite3_close(h);
}

int main(void)
{
    if (!mkdtemp(folder))
        return 1;
    other_program(file("held"));
    pages_of("512", 512);
    pages_of("4096", 4096);
    pages_of("65536", 65536);
    alone();
    others();
    held();
    not_ours();
    damaged();
    by_hand();
    lists();
    static const char *const names[] = {"512", "4096", "65536", "alone", "others", "held", "not_ours", "damaged", "lists"};
    for (size_t i = 0; i < COUNT(names); i++) {
        char side[130];
        unlink(file(names[i]));
        snprintf(side, sizeof side, "%s-wal", file(names[i]));
        unlink(side);
        snprintf(side, sizeof side, "%s-shm", file(names[i]));
        unlink(side);
    }
    CHECK(rmdir(folder) == 0);
    close(ask_it[1]);
    wait(NULL);
    return test_end();
}
