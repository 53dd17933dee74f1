/* migrate.h: applied once, in order, unchanged, or refused with a sentence. */
#include "base/arena.h"
#include "base/secret.h"
#include "db/migrate.h"
#include "tests/test.h"
#include "tests/test_db.h"

#define ONE "CREATE TABLE one (id INTEGER PRIMARY KEY);"
#define TWO "CREATE TABLE two (id INTEGER PRIMARY KEY); INSERT INTO two VALUES (1);"
#define END {0, NULL, NULL}
static const struct migration first[] = {{1, "one", ONE}, END};
static const struct migration both[] = {{1, "one", ONE}, {2, "two", TWO}, END};
static const struct migration edited[] = {{1, "one", ONE " "}, {2, "two", TWO}, END};
static const struct migration gap[] = {{1, "one", ONE}, {3, "two", TWO}, END};
static const struct migration late[] = {{2, "two", TWO}, END};
static const struct migration broken[] = {{1, "one", ONE}, {2, "two", TWO "INSERT INTO two VALUES (1);"}, END};
static const struct migration ends_it[] = {{1, "one", ONE}, {2, "two", TWO "COMMIT;"}, END};
static const struct migration none[] = {END};

struct row {
    int number;
    struct str name, hash;
    int64_t applied_at;
};
DB_QUERY(q_rows, struct row, 0, "SELECT number, name, hash, applied_at FROM schema_version ORDER BY number", DB_COL(struct row, number),
         DB_COL(struct row, name), DB_COL(struct row, hash), DB_COL(struct row, applied_at));

static struct db *open_at(const struct migration *list)
{
    struct db *db = NULL;
    char why[200];
    CHECK_ERR(db_connect(test_db(), DB_WRITE, &db), OK);
    if (list)
        CHECK_ERR(migrate(db, list, 1000, why, sizeof why), OK);
    return db;
}

static int version(struct db *db)
{
    int v = -1;
    CHECK_ERR(migrate_version(db, &v), OK);
    return v;
}

static void tables(void)
{
    static const struct {
        const struct migration *was, *now;
        enum err want;
        int version;
        const char *says, *reason;
    } cases[] = {
        {NULL, none, OK, 0, "", "nothing to apply is fine"},
        {NULL, first, OK, 1, "", "a fresh database"},
        {NULL, both, OK, 2, "", "all of them"},
        {first, both, OK, 2, "", "only the next one"},
        {both, both, OK, 2, "", "again changes nothing"},
        {both, edited, ERR_STATE, 2, "Migration 1 (one) was changed", "a changed text is refused"},
        {first, edited, ERR_STATE, 1, "Migration 1 (one) was changed", "and nothing after it is applied"},
        {both, first, ERR_STATE, 2, "version 2, this program knows only 1", "an old program leaves a new database alone"},
        {both, none, ERR_STATE, 2, "knows only 0", "even the oldest"},
        {first, gap, ERR_STATE, 1, "Migration 2 is missing", "a gap in the list"},
        {NULL, late, ERR_STATE, 0, "Migration 1 is missing", "the list begins at 1"},
        {first, broken, ERR_CONFLICT, 1, "Migration 2 (two) failed: script: ", "a failing one leaves the state before it"},
        {NULL, broken, ERR_CONFLICT, 0, "Migration 2 (two) failed", "and what came before it in the same run goes too: the old program can go on"},
        {first, ends_it, ERR_INTERNAL, 1, "failed: script: ", "a migration cannot end its transaction"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct db *db = open_at(cases[i].was);
        char why[200] = "untouched";
        bool has_two = false;
        printf("# %s\n", cases[i].reason);
        CHECK_ERR(migrate(db, cases[i].now, 2000, why, sizeof why), cases[i].want);
        if (!strstr(why, cases[i].says))
            printf("# %s\n", why);
        CHECK(strstr(why, cases[i].says) != NULL);
        CHECK_INT(version(db), cases[i].version);
        CHECK_ERR(db_has_table(db, "two", &has_two), OK);
        CHECK(has_two == (cases[i].version == 2));
        if (cases[i].want == ERR_CONFLICT || cases[i].want == ERR_INTERNAL) {
            CHECK_ERR(migrate(db, both, 3000, why, sizeof why), OK); /* repaired, it goes on */
            CHECK_INT(version(db), 2);
        }
        db_close(db);
    }
}

DB_EXEC(q_one_more, 0, "INSERT INTO three (name) VALUES ('x') RETURNING id");

/* A number whose row is gone is not given again: in a table that was there before this was so, and in a new one. */
static void numbers(void)
{
    static const char three[] = "CREATE TABLE three (\n    id INTEGER PRIMARY KEY,\n    name TEXT NOT NULL\n);";
    static const struct migration with[] = {{1, "one", ONE}, {2, "three", three}, END};
    for (int old = 0; old < 2; old++) {
        struct db *db = open_at(NULL);
        int64_t id = 0;
        char why[200];
        if (old) {
            CHECK_ERR(db_script(db, three), OK);
            for (int i = 0; i < 3; i++)
                CHECK_ERR(db_insert(db, &q_one_more, &id, DB_NONE), OK);
            CHECK_ERR(migrate(db, first, 1000, why, sizeof why), OK);
        } else {
            CHECK_ERR(migrate(db, with, 1000, why, sizeof why), OK);
            for (int i = 0; i < 3; i++)
                CHECK_ERR(db_insert(db, &q_one_more, &id, DB_NONE), OK);
        }
        CHECK_INT(id, 3);
        CHECK_ERR(db_script(db, "DELETE FROM three WHERE id = 3"), OK);
        CHECK_ERR(migrate(db, old ? first : with, 2000, why, sizeof why), OK); /* a start in between */
        CHECK_ERR(db_insert(db, &q_one_more, &id, DB_NONE), OK);
        CHECK_INT(id, 4);
        CHECK_ERR(db_script(db, "DELETE FROM three"), OK);
        CHECK_ERR(db_insert(db, &q_one_more, &id, DB_NONE), OK);
        CHECK_INT(id, 5);
        db_close(db);
    }
}

static void record(void)
{
    struct arena *a = arena_new(1 << 20);
    struct db *db = open_at(first);
    struct row *v = NULL;
    size_t n = 0;
    char why[200];
    CHECK_ERR(migrate(db, both, 2000, why, sizeof why), OK);
    CHECK_ERR(db_all(db, a, &q_rows, &v, &n, DB_NONE), OK);
    CHECK_INT(n, 2);
    CHECK(v[0].number == 1 && v[0].applied_at == 1000 && v[1].number == 2 && v[1].applied_at == 2000);
    CHECK_STR(v[1].name, "two");
    CHECK(str_eq(v[1].hash, secret_hash_hex(a, STR(TWO))) && v[1].hash.n == 64);
    CHECK_ERR(db_script(db, "DELETE FROM schema_version WHERE number = 1"), OK);
    CHECK_ERR(migrate(db, both, 3000, why, sizeof why), ERR_STATE);
    CHECK(strstr(why, "gap"));
    db_close(db);
    arena_free(a);
}

/* Every call fails in turn: the database is at a whole version, and the next run completes. */
static void faults(void)
{
    int runs = 0;
    for (bool hit = true; hit; runs++) {
        struct db *db = open_at(NULL);
        char why[200] = "";
        db_fault(db, runs, ERR_INTERNAL);
        enum err e = migrate(db, both, 1000, why, sizeof why);
        hit = e != OK;
        CHECK(!hit || why[0]);
        db_fault(db, -1, OK);
        bool one = false, two = false;
        CHECK_ERR(db_has_table(db, "one", &one), OK);
        CHECK_ERR(db_has_table(db, "two", &two), OK);
        CHECK_INT(version(db), two ? 2 : one ? 1 : 0);
        CHECK_ERR(migrate(db, both, 1000, why, sizeof why), OK);
        CHECK_INT(version(db), 2);
        db_close(db);
    }
    CHECK(runs > 8); /* the faults did hit */
}

static void own(void)
{
    struct db *db = open_at(migrations);
    int last = 0;
    while (migrations[last].number)
        last++;
    CHECK_INT(version(db), last);
    CHECK(last > 0);
    db_close(db);
}

struct named_row {
    int64_t account_id;
};
DB_QUERY(q_named, struct named_row, 1, "SELECT account_id FROM relation WHERE participant_id = $1 AND kind = 'named' ORDER BY account_id",
         DB_COL(struct named_row, account_id));
DB_QUERY(q_signed, struct named_row, 0, "SELECT account_id FROM confidentiality WHERE text_version = 1", DB_COL(struct named_row, account_id));

/* From 0.2.0 with people in it: whoever knew of a strictly protected person is named, and nobody else; who had promised still has. */
static void from_0_2_0(void)
{
    struct migration old[6] = {0};
    char why[200];
    for (int i = 0; i < 5; i++)
        old[i] = migrations[i];
    struct db *db = open_at(old);
    struct arena *a = arena_new(1 << 20);
    CHECK_ERR(db_script(db, "INSERT INTO organisation (id, name, created_at) VALUES (1, 'A', 1), (2, 'B', 1);"
                            "INSERT INTO account (id, email, name, created_at) VALUES (1, 'leader', 'x', 1), (2, 'adviser', 'x', 1), (3, 'nav', 'x', 1),"
                            "  (4, 'other', 'x', 1), (5, 'former', 'x', 1), (6, 'mentor', 'x', 1);"
                            "INSERT INTO account_role (account_id, organisation_id, role, from_at, until_at) VALUES (1, 1, 'project_leader', 1, 0),"
                            "  (2, 1, 'adviser', 1, 0), (3, 1, 'nav_contact', 1, 0), (4, 2, 'project_leader', 1, 0), (5, 1, 'project_leader', 1, 2);"
                            "INSERT INTO participant (id, organisation_id, reference, first_name, last_name, adviser_id, nav_contact_id, address_protection,"
                            "  created_at, updated_at) VALUES (1, 1, 'r1', 'x', 'x', 2, 3, 2, 1, 1), (2, 1, 'r2', 'x', 'x', 2, NULL, 1, 1, 1);"
                            "INSERT INTO mentor (organisation_id, account_id, first_name, last_name, confidentiality_at, created_at, updated_at)"
                            "  VALUES (1, 6, 'x', 'x', 9, 1, 1);"),
              OK);
    CHECK_ERR(migrate(db, migrations, 1000, why, sizeof why), OK);
    struct named_row *rows;
    size_t n;
    CHECK_ERR(db_all(db, a, &q_named, &rows, &n, DB_IN((int64_t)1)), OK);
    CHECK(n == 3 && rows[0].account_id == 1 && rows[1].account_id == 2 && rows[2].account_id == 3);
    CHECK_ERR(db_all(db, a, &q_named, &rows, &n, DB_IN((int64_t)2)), OK);
    CHECK_INT(n, 0);
    CHECK_ERR(db_all(db, a, &q_signed, &rows, &n, DB_NONE), OK);
    CHECK(n == 1 && rows[0].account_id == 6);
    arena_free(a);
    db_close(db);
}

/* As `restore` brings an older backup's database up to where it was: to one that there is. */
static void as_far_as(void)
{
    char why[200];
    struct db *db = open_at(NULL);
    CHECK_ERR(migrate_to(db, both, 0, 1000, why, sizeof why), ERR_STATE);
    CHECK_ERR(migrate_to(db, both, 3, 1000, why, sizeof why), ERR_STATE);
    CHECK(strstr(why, "version 3, this program knows only 2") != NULL);
    CHECK_INT(version(db), 0);
    CHECK_ERR(migrate_to(db, both, 1, 1000, why, sizeof why), OK);
    CHECK_INT(version(db), 1);
    CHECK_ERR(migrate_to(db, both, 2, 1000, why, sizeof why), OK);
    CHECK_INT(version(db), 2);
    db_close(db);
}

int main(void)
{
    if (secret_start())
        return 1;
    tables();
    numbers();
    record();
    faults();
    own();
    from_0_2_0();
    as_far_as();
    return test_end();
}
