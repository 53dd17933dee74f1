/* log_read.h: what one account did on a day, counted from lines that are known, and that counting takes no memory for each line. */
#include "model/log_read.h"
#include "db/migrate.h"
#include "tests/test.h"
#include "tests/test_db.h"

#include <sqlite3.h>

static struct arena *a;
static struct db *db;
static int seq;
enum { ORG = 1, DAY = 86400000, HOUR = 3600000, NOON = 12 * HOUR, NIGHT = 23 * HOUR };
static const char *const roles[] = {"project_leader", "adviser"};

static void sql(const char *text)
{
    CHECK_ERR(db_script(db, text), OK);
}

static void line(int64_t at, int account, const char *role, int participant, const char *act, const char *what)
{
    seq++;
    sql(arena_fmt(a, "INSERT INTO log_line (organisation_id, seq, at, account_id, from_organisation_id, role, participant_id, act, what) VALUES (%d, %d, %lld, %d, 1, '%s', %d, '%s', '%s')",
                  ORG, seq, (long long)at, account, role, participant, act, what).p);
}

static const struct log_day *of(const struct log_day *d, size_t n, int64_t account, const char *role)
{
    for (size_t i = 0; i < n; i++)
        if (d[i].account_id == account && str_is(d[i].role, role))
            return &d[i];
    CHECK(false);
    return &(const struct log_day){0};
}

static void read_day(int on, struct log_day **d, size_t *n)
{
    int64_t from = (int64_t)on * DAY;
    CHECK_ERR(log_day(db, a, ORG, from, from + DAY, from + 6 * HOUR, from + 22 * HOUR, d, n), OK);
}

static bool counts(const struct log_day *d, int64_t opened, int64_t persons, int64_t outside, int64_t night, int64_t refused, int64_t hidden, int64_t stops)
{
    bool fits = d->opened == opened && d->persons == persons && d->outside == outside && d->night == night && d->refused == refused && d->hidden == hidden && d->stops == stops;
    if (!fits)
        printf("# opened %lld persons %lld outside %lld night %lld refused %lld hidden %lld stops %lld\n", (long long)d->opened, (long long)d->persons, (long long)d->outside,
               (long long)d->night, (long long)d->refused, (long long)d->hidden, (long long)d->stops);
    return fits;
}

/* Participants 1 to 9: the adviser is account 2 for 1 to 5; 8 and 9 are hidden, and account 2 is named for 8. */
static void people(void)
{
    sql("INSERT INTO organisation (name, created_at) VALUES ('Prøveby', 1), ('En annen', 1)");
    sql("INSERT INTO account (email, name, created_at) VALUES ('a@example.no', 'A', 1), ('b@example.no', 'B', 1), ('c@example.no', 'C', 1)");
    for (int i = 1; i <= 9; i++)
        sql(arena_fmt(a, "INSERT INTO participant (organisation_id, reference, first_name, last_name, adviser_id, address_protection, created_at, updated_at) VALUES (1, 'R%d', 'F', 'L', %s, %d, 1, 1)",
                      i, i <= 5 ? "2" : "NULL", i >= 8 ? 2 : 0).p);
    sql("INSERT INTO relation (organisation_id, participant_id, account_id, kind, from_on, by_account, at) VALUES (1, 8, 2, 'named', 1, 1, 1)");
}

static void kinds(void)
{
    enum { ON = 20000 };
    int64_t noon = (int64_t)ON * DAY + NOON, night = (int64_t)ON * DAY + NIGHT, dawn = (int64_t)ON * DAY + 5 * HOUR;
    for (int again = 0; again < 3; again++) { /* the same person is one */
        line(noon, 2, "adviser", 1, "look", "profile");
        line(noon, 2, "adviser", 2, "look", "list");
        line(noon, 2, "adviser", 6, "look", "profile");  /* not the adviser of that one */
        line(noon, 2, "adviser", 7, "look", "overview"); /* seen in a list only: not outside */
    }
    line(noon, 2, "adviser", 8, "look", "profile"); /* named: not hidden; not the adviser: outside */
    line(noon, 2, "adviser", 9, "look", "profile");
    line(noon, 2, "adviser", 9, "look", "list");
    line(noon, 2, "adviser", 9, "look", "list");
    line(noon, 2, "adviser", 9, "refused", "/participants");
    line(noon, 2, "adviser", 0, "refused", "/log");
    line(noon, 2, "adviser", 0, "stop", "day");
    line(noon, 2, "adviser", 0, "login", "password");
    line(night, 2, "adviser", 1, "look", "profile");
    line(dawn, 2, "adviser", 0, "look", "log");
    line(dawn, 2, "adviser", 1, "change", "gap.added");
    line(noon, 2, "project_leader", 6, "look", "profile"); /* another role of the same: a row of its own, and a leader is never outside */
    line(noon, 0, "", 1, "look", "profile");               /* the program */
    line(noon - DAY, 2, "adviser", 5, "look", "profile");
    line(noon + DAY, 2, "adviser", 4, "look", "profile");
    line(noon, 3, "project_leader", 1, "look", "list");
    sql("UPDATE log_line SET organisation_id = 2 WHERE account_id = 3");
    struct log_day *d;
    size_t n;
    read_day(ON, &d, &n);
    CHECK_INT(n, 2);
    CHECK(counts(of(d, n, 2, "adviser"), 4, 6, 3, 2, 2, 4, 1));
    CHECK(counts(of(d, n, 2, "project_leader"), 1, 1, 0, 0, 0, 0, 0));
    CHECK(str_is(of(d, n, 2, "adviser")->who, "B"));
    struct log_habit *h;
    CHECK_ERR(log_habits(db, a, ORG, (int64_t)(ON - 1) * DAY, (int64_t)(ON + 2) * DAY, &h, &n), OK);
    CHECK(n == 1 && h[0].account_id == 2 && h[0].days == 3 && h[0].persons == 6); /* 5; 1, 6, 8, 9; 4 */
}

/* The most that SQLite took beyond what it had before. */
static int64_t memory_of(void (*run)(void))
{
    sqlite3_memory_highwater(1);
    int64_t before = sqlite3_memory_used();
    run();
    return sqlite3_memory_highwater(0) - before;
}

enum { BUSY = 20010, LINES = 40000 };
static void look_at_the_day(void)
{
    struct log_day *d;
    struct log_habit *h;
    size_t n;
    read_day(BUSY, &d, &n);
    CHECK(n == 2 && d[0].persons == 9 && d[0].night == LINES / 4 && d[1].night == LINES / 4);
    CHECK_ERR(log_habits(db, a, ORG, (int64_t)BUSY * DAY, (int64_t)(BUSY + 1) * DAY, &h, &n), OK);
    CHECK_INT(n, 2);
}

static void sort_the_day(void)
{
    sql("SELECT account_id, COUNT(DISTINCT participant_id), SUM(at), MAX(role) FROM log_line GROUP BY account_id, role");
}

static void no_memory_for_lines(void)
{
    sql(arena_fmt(a, "WITH RECURSIVE c (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < %d)"
                     " INSERT INTO log_line (organisation_id, seq, at, account_id, from_organisation_id, role, participant_id, act, what)"
                     " SELECT 1, 100000 + i, %lld + (i %% 2) * %d, 1 + i / 2 %% 2, 1, '%s', 1 + i %% 9, 'look', 'profile' FROM c",
                  LINES, (long long)BUSY * DAY + NOON, 11 * HOUR, roles[0]).p);
    look_at_the_day(); /* what is prepared once, and the pages in the cache */
    int64_t took = memory_of(look_at_the_day), sorted = memory_of(sort_the_day);
    printf("# %lld bytes, and %lld to sort %d lines\n", (long long)took, (long long)sorted, LINES);
    CHECK(took < LINES * 8);
    CHECK(sorted > LINES * 8); /* control: what sorts all of them is seen */
}

int main(void)
{
    char why[200];
    a = arena_new((size_t)64 << 20);
    CHECK(sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 1) == SQLITE_OK && sqlite3_initialize() == SQLITE_OK); /* the program would switch it off */
    CHECK_ERR(db_connect(test_db(), DB_WRITE, &db), OK);
    CHECK_ERR(migrate(db, migrations, 1, why, sizeof why), OK);
    people();
    kinds();
    if (!test_on_postgres())
        no_memory_for_lines();
    db_close(db);
    arena_free(a);
    return test_end();
}
