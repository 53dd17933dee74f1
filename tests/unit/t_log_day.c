/* log_day.h: what one account did on a day, counted from lines that are known, and that counting takes no memory for each line. */
#include "base/tm.h"
#include "db/migrate.h"
#include "model/log_read.h"
#include "service/log_days.h"
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
    struct log_day_when w = {on, from, from + DAY, from + 6 * HOUR, from + 22 * HOUR};
    CHECK_ERR(log_day_count(db, a, ORG, &w, d, n), OK);
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
    struct log_day_when w = {ON, (int64_t)ON * DAY, (int64_t)(ON + 1) * DAY, 0, 0};
    CHECK_ERR(log_day_others(db, a, ORG, &w, &d, &n), OK);
    CHECK(n == 1 && d[0].account_id == 2 && str_is(d[0].role, "adviser") && d[0].opened == 0 && d[0].day == ON); /* logged in, changed */
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
    size_t n;
    read_day(BUSY, &d, &n);
    CHECK(n == 2 && d[0].persons == 9 && d[0].night == LINES / 4 && d[1].night == LINES / 4);
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

/* ---- kept */

static bool same_days(const struct log_day *x, size_t n_x, const struct log_day *y, size_t n_y)
{
    size_t at = 0;
    for (size_t i = 0; i < n_y; i++) { /* y has those who looked at nobody as well */
        if (at < n_x && x[at].day == y[i].day && x[at].account_id == y[i].account_id && str_eq(x[at].role, y[i].role)) {
            if (!counts(&y[i], x[at].opened, x[at].persons, x[at].outside, x[at].night, x[at].refused, x[at].hidden, x[at].stops) || !str_eq(x[at].who, y[i].who))
                return false;
            at++;
        } else if (!counts(&y[i], 0, 0, 0, 0, 0, 0, 0)) {
            return false;
        }
    }
    return at == n_x;
}

/* As the job does it: day by day. */
static void keep(int64_t now, int64_t until)
{
    struct log_days d = {.until = 1};
    int64_t last = 0;
    for (int i = 0; d.until && i < 200; i++) {
        struct db_tx tx = {0};
        CHECK_ERR(log_days_count(db, a, ORG, now, &d), OK);
        CHECK_ERR(db_begin_lane(db, &tx, ORG), OK);
        CHECK_ERR(log_days_keep(db, &d), OK);
        CHECK_ERR(db_commit(&tx), OK);
        last = d.until ? d.until : last;
    }
    CHECK_INT(last, until);
}

/* Ten days of all kinds of lines: kept days say what counting said, whenever they are kept. */
static void kept(void)
{
    enum { FIRST = 21000, DAYS = 10, TODAY = FIRST + DAYS };
    static const char *const acts[] = {"look", "look", "look", "look", "refused", "stop", "change", "login"}, *const what[] = {"profile", "list", "minutes", "overview"};
    struct log_day *live, *now;
    struct log_actor *who;
    struct log_habit *h;
    size_t n_live, n_now, n;
    int open;
    uint32_t r = 7;
    for (int i = 0; i < 600; i++) {
        r = r * 1664525 + 1013904223;
        line(tm_at(FIRST + (int)(r >> 8) % (DAYS + 1), (int)(r >> 12) % 24, 30), 1 + (int)(r >> 16) % 2, roles[(r >> 17) % 2], (int)(r >> 18) % 10, acts[(r >> 22) % 8], what[(r >> 26) % 4]);
    }
    line(tm_at(FIRST + 1, 9, 0), 3, "mentor", 0, "login", "password");
    sql("INSERT INTO log_head (organisation_id, seq, hash) VALUES (1, 1, '')");
    CHECK_ERR(log_days_open(db, a, ORG, TODAY, &open), OK);
    CHECK_INT(open, 1);
    CHECK_ERR(log_days_read(db, a, ORG, FIRST, TODAY, &live, &n_live), OK);
    CHECK(n_live > 30 && live[n_live - 1].day == TODAY);
    keep(tm_at(TODAY - 5, 0, 2), TODAY - 7); /* two minutes after midnight yesterday is not over yet */
    keep(tm_at(TODAY - 5, 0, 6), TODAY - 6);
    keep(tm_at(TODAY - 5, 12, 0), 0);
    CHECK_ERR(log_days_read(db, a, ORG, FIRST, TODAY, &now, &n_now), OK);
    CHECK(same_days(live, n_live, now, n_now)); /* half of them kept */
    keep(tm_at(TODAY, 1, 0), TODAY - 1);
    CHECK_ERR(log_days_read(db, a, ORG, FIRST, TODAY, &now, &n_now), OK);
    CHECK(n_now > n_live && same_days(live, n_live, now, n_now));
    CHECK_ERR(log_days_open(db, a, ORG, TODAY, &open), OK);
    CHECK_INT(open, TODAY);
    CHECK_ERR(log_actors(db, a, ORG, FIRST, tm_at(TODAY, 0, 0), 10, &who, &n), OK);
    CHECK(n == 3 && str_is(who[2].name, "C"));
    CHECK_ERR(log_actors(db, a, ORG, FIRST + 2, tm_at(TODAY, 0, 0), 10, &who, &n), OK);
    CHECK_INT(n, 2);
    CHECK_ERR(log_habits(db, a, ORG, FIRST, FIRST + 3, &h, &n), OK);
    int64_t opened[3] = {0};
    for (size_t i = 0; i < n_live; i++)
        if (live[i].day < FIRST + 3)
            opened[live[i].account_id] += live[i].opened;
    CHECK(n == 2 && h[0].days <= 3 && h[0].persons == opened[h[0].account_id] && h[1].persons == opened[h[1].account_id] && opened[1] && opened[2]);
    keep(tm_at(TODAY + 300, 12, 0), TODAY + 299); /* a clock that is wrong for a while */
    CHECK_ERR(log_days_open(db, a, ORG, TODAY, &open), OK);
    CHECK_INT(open, TODAY);
    CHECK_ERR(log_days_read(db, a, ORG, FIRST, TODAY, &now, &n_now), OK);
    CHECK(n_now > 0 && now[0].day == TODAY); /* today is counted all the same */
    keep(tm_at(TODAY, 1, 0), TODAY - 1);
    keep(tm_at(TODAY + 1, 23, 0), TODAY); /* by a day */
    keep(tm_at(TODAY, 2, 0), TODAY - 1);
    CHECK_ERR(log_days_read(db, a, ORG, FIRST, TODAY, &now, &n_now), OK);
    CHECK(n_now > n_live && same_days(live, n_live, now, n_now));
    sql("UPDATE participant SET address_protection = 2, adviser_id = NULL"); /* what was so on those days stays so */
    CHECK_ERR(log_days_read(db, a, ORG, FIRST, TODAY, &now, &n_now), OK);
    while (n_live && live[n_live - 1].day == TODAY)
        n_live--;
    while (n_now && now[n_now - 1].day == TODAY)
        n_now--;
    CHECK(same_days(live, n_live, now, n_now));
    keep(tm_at(TODAY + 104, 1, 0), TODAY + 103); /* old ones go, and what nobody counted in time is not counted any more */
    CHECK_ERR(log_day_read(db, a, ORG, 0, 1 << 30, &now, &n_now), OK);
    CHECK(n_now == 0);
}

/* ---- searching */

struct id_row {
    int64_t id;
};
DB_QUERY(q_want, struct id_row, 6, "SELECT id FROM log_line WHERE organisation_id = 1 AND ($1 = 0 OR account_id = $1) AND ($2 = 0 OR participant_id = $2)"
         " AND ($3 = '' OR act = $3) AND at >= $4 AND at < $5 AND id > $6 ORDER BY at DESC, id DESC", DB_COL(struct id_row, id));

/* Page by page it finds the same lines as all at once. */
static void finds(struct log_filter f)
{
    struct id_row *want;
    size_t n_want, at = 0, n = 1;
    enum { PAGE = 7 };
    f.organisation_id = ORG;
    f.act = f.act.p ? f.act : STR("");
    CHECK_ERR(db_all(db, a, &q_want, &want, &n_want, DB_IN(f.account_id, f.participant_id, f.act, f.from, f.until ? f.until : INT64_MAX, 0)), OK);
    CHECK(n_want > PAGE);
    for (int i = 0; i < 200 && n && at < n_want && at < 60; i++) {
        struct log_found *rows;
        CHECK_ERR(log_find(db, a, &f, PAGE, &rows, &n), OK);
        for (size_t k = 0; k < n; k++, at++)
            if (at >= n_want || rows[k].id != want[at].id) {
                CHECK(false);
                return;
            }
        if (n)
            f.before_id = rows[n - 1].id;
    }
    CHECK(at == n_want || at >= 60);
    f.before_id = 1LL << 60; /* a line that is not there: from the newest */
    struct log_found *rows;
    CHECK_ERR(log_find(db, a, &f, PAGE, &rows, &n), OK);
    CHECK(n == PAGE && rows[0].id == want[0].id);
}

static void searching(void)
{
    int64_t from = tm_at(21000, 0, 0), until = tm_at(21002, 0, 0);
    sql("UPDATE log_line SET at = at - at % 3600000 WHERE id % 2 = 0"); /* many at the same instant */
    finds((struct log_filter){0});
    finds((struct log_filter){.act = STR("change")});
    finds((struct log_filter){.act = STR("look")});
    finds((struct log_filter){.account_id = 2});
    finds((struct log_filter){.account_id = 2, .act = STR("refused")});
    finds((struct log_filter){.participant_id = 3});
    finds((struct log_filter){.participant_id = 3, .account_id = 1});
    finds((struct log_filter){.from = from, .until = until});
    finds((struct log_filter){.from = from, .until = until, .act = STR("look")});
    finds((struct log_filter){.from = from, .until = tm_at(21011, 0, 0), .act = STR("stop")});
    finds((struct log_filter){.from = from, .until = tm_at(21011, 0, 0), .account_id = 1, .act = STR("login")});
    /* The number of a line that one may not see says no more than one that is not there; and a day does not end later for a line after it. */
    struct id_row *hidden;
    struct log_found *x, *y;
    size_t n_hidden, n_x, n_y;
    CHECK_ERR(db_all(db, a, &q_want, &hidden, &n_hidden, DB_IN(0, 9, STR("look"), 0, INT64_MAX, 0)), OK);
    struct log_filter f = {.organisation_id = ORG, .act = STR(""), .viewer = {3, 21000}, .before_id = hidden[n_hidden / 2].id};
    CHECK_ERR(log_find(db, a, &f, 5, &x, &n_x), OK);
    f.before_id = 1LL << 60;
    CHECK_ERR(log_find(db, a, &f, 5, &y, &n_y), OK);
    CHECK(n_x == 5 && n_y == 5 && x[0].id == y[0].id && x[4].id == y[4].id);
    f = (struct log_filter){.organisation_id = ORG, .act = STR(""), .from = from, .until = until, .before_id = x[0].id};
    CHECK_ERR(log_find(db, a, &f, 5, &y, &n_y), OK);
    CHECK(n_y == 5 && y[0].at < until && x[0].at >= until);
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
    kept();
    searching();
    db_close(db);
    arena_free(a);
    return test_end();
}
