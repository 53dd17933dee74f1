/* The data register and the real schema are equal: every table and column is in the register, or the table is in the list of those without personal
 * data; and nothing is in it that is not there. */
#include "db/migrate.h"
#include "domain/register.h"
#include "tests/test.h"

#include <sqlite3.h>
#include <unistd.h>

static char file[] = "/tmp/springbrett-register-XXXXXX";

static const struct register_table *find(const char *name)
{
    for (size_t i = 0; i < REG_N; i++)
        if (!strcmp(register_tables[i].name, name))
            return &register_tables[i];
    return NULL;
}

static bool is_free(const char *name)
{
    for (size_t i = 0; i < register_free_n; i++)
        if (!strcmp(register_free[i].name, name))
            return true;
    return false;
}

static bool has_column(const struct register_table *t, const char *column)
{
    for (size_t i = 0; t && i < t->n; i++)
        if (!strcmp(t->columns[i].name, column))
            return true;
    return false;
}

/* How many columns of the schema the register does not know; *seen: how many were looked at. */
static size_t unknown(sqlite3 *h, size_t *seen)
{
    sqlite3_stmt *s = NULL;
    size_t bad = 0;
    CHECK(sqlite3_prepare_v2(h, "SELECT m.name, p.name FROM sqlite_master m JOIN pragma_table_info(m.name) p WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'",
                             -1, &s, NULL) == SQLITE_OK);
    for (*seen = 0; sqlite3_step(s) == SQLITE_ROW; (*seen)++) {
        const char *table = (const char *)sqlite3_column_text(s, 0), *column = (const char *)sqlite3_column_text(s, 1);
        if (is_free(table) || has_column(find(table), column))
            continue;
        printf("# not in the register (src/domain/register_table.h): %s.%s\n", table, column);
        bad++;
    }
    sqlite3_finalize(s);
    return bad;
}

/* How many columns of the register are not in the schema. */
static size_t invented(sqlite3 *h)
{
    size_t bad = 0;
    for (size_t t = 0; t < REG_N; t++)
        for (size_t i = 0; i < register_tables[t].n; i++)
            if (sqlite3_table_column_metadata(h, "main", register_tables[t].name, register_tables[t].columns[i].name, NULL, NULL, NULL, NULL, NULL) != SQLITE_OK) {
                printf("# in the register, but not in the schema: %s.%s\n", register_tables[t].name, register_tables[t].columns[i].name);
                bad++;
            }
    for (size_t i = 0; i < register_free_n; i++)
        if (sqlite3_table_column_metadata(h, "main", register_free[i].name, NULL, NULL, NULL, NULL, NULL, NULL) != SQLITE_OK)
            bad++;
    return bad;
}

/* What stays in words is of a list or a hash, never somebody's own words. */
static void kept_words(sqlite3 *h)
{
    for (size_t t = 0; t < REG_N; t++)
        for (size_t i = 0; register_tables[t].rows == ROWS_TEXTS && i < register_tables[t].n; i++) {
            const struct register_column *c = &register_tables[t].columns[i];
            const char *type = "";
            (void)sqlite3_table_column_metadata(h, "main", register_tables[t].name, c->name, &type, NULL, NULL, NULL, NULL);
            bool words = !strcmp(type, "TEXT") && c->fate == FATE_KEEP && c->shown != SHOWN_CODE && c->shown != SHOWN_INNER;
            if (words)
                printf("# stays after erasure: %s.%s\n", register_tables[t].name, c->name);
            CHECK(!words);
        }
}

int main(void)
{
    struct db *db = NULL;
    sqlite3 *h = NULL;
    char why[300] = "";
    size_t seen;
    int fd = mkstemp(file);
    CHECK(fd >= 0);
    close(fd);
    CHECK_ERR(db_connect(file, DB_WRITE, &db), OK);
    CHECK_ERR(migrate(db, migrations, 1, why, sizeof why), OK);
    CHECK(sqlite3_open(file, &h) == SQLITE_OK);
    CHECK_INT(unknown(h, &seen), 0);
    CHECK(seen > 400);
    CHECK_INT(invented(h), 0);
    kept_words(h);
    /* the looking finds a column and a table that are new */
    CHECK(sqlite3_exec(h, "ALTER TABLE participant ADD COLUMN shoe_size TEXT; CREATE TABLE diary (id INTEGER, words TEXT)", NULL, NULL, NULL) == SQLITE_OK);
    CHECK_INT(unknown(h, &seen), 3);
    for (size_t i = 0; i < DATA_N; i++)
        CHECK(*register_kinds[i].what && *register_kinds[i].purpose && *register_kinds[i].seen_by && *basis_text(register_kinds[i].basis));
    sqlite3_close(h);
    db_close(db);
    for (int i = 0; i < 3; i++) {
        char name[80];
        static const char *const ends[] = {"", "-wal", "-shm"};
        snprintf(name, sizeof name, "%s%s", file, ends[i]);
        unlink(name);
    }
    return test_end();
}
