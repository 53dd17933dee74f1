/* Every query of the program is prepared on a database with the real migrations: parameters, columns, names, order. And it keeps
 * to the words that both databases know (docs/sql.md). */
#include "base/arena.h"
#include "db/migrate.h"
#include "tests/test.h"
#include "tests/test_db.h"

#include <ctype.h>

/* What one of the two databases does not know, or does differently. Whole words, in any case, outside of '...'; a name that ends
 * in ( is a function. */
static const char *const not_portable[] = {
    "any(", "array", "autoincrement", "datetime(", "date(", "distinct on", "extract(", "full join", "glob", "greatest(", "group_concat(", "hex(",
    "ifnull(", "iif(", "ilike", "insert or", "instr(", "json(", "jsonb", "julianday(", "last_insert_rowid(", "lateral", "least(", "now(", "pragma",
    "printf(", "random(", "randomblob(", "replace into", "rowid", "similar to", "sqlite_master", "strftime(", "string_agg(", "total(", "typeof(",
    "unixepoch(", "update or", "without rowid",
};

static bool is_word(char c)
{
    return isalnum((unsigned char)c) || c == '_' || c == '$';
}

static bool has_words(const char *sql, const char *words)
{
    size_t n = strlen(words);
    bool quoted = false;
    for (const char *p = sql; *p; p++) {
        quoted ^= *p == '\'';
        if (!quoted && (p == sql || !is_word(p[-1])) && strncasecmp(p, words, n) == 0 && (words[n - 1] == '(' || !is_word(p[n])))
            return true;
    }
    return false;
}

static bool has_mark(const char *sql, const char *marks)
{
    bool quoted = false;
    for (const char *p = sql; *p; p++) {
        quoted ^= *p == '\'';
        if (!quoted && strchr(marks, *p))
            return true;
    }
    return false;
}

/* NULL when it is portable. */
static const char *stranger(const char *sql)
{
    for (size_t i = 0; i < COUNT(not_portable); i++)
        if (has_words(sql, not_portable[i]))
            return not_portable[i];
    return has_mark(sql, "\"`[?") ? "a quote or mark of one dialect" : NULL;
}

struct row {
    int64_t id;
};
DB_QUERY(q_wrong_table, struct row, 0, "SELECT id FROM no_such_table", DB_COL(struct row, id));
DB_QUERY(q_wrong_name, struct row, 0, "SELECT id AS other FROM organisation", DB_COL(struct row, id));
DB_QUERY(q_wrong_count, struct row, 2, "SELECT id FROM organisation WHERE id = $1", DB_COL(struct row, id));
DB_QUERY(q_wrong_param, struct row, 1, "SELECT id FROM organisation WHERE id = $2", DB_COL(struct row, id));
DB_EXEC(q_wrong_words, 0, "INSERT OR REPLACE INTO organisation (id) VALUES (1)");

static bool is_seeded(const struct db_query *q)
{
    return str_starts(str_c(q->name), STR("q_wrong_"));
}

/* Queries that ask one database about itself say so in their name. */
static bool is_of(const struct db_query *q, const char *kind)
{
    return str_starts(str_c(q->name), str_c(kind));
}
static bool is_bound(const struct db_query *q)
{
    return is_of(q, "q_sqlite_") || is_of(q, "q_pg_");
}
static bool is_others(const struct db *db, const struct db_query *q)
{
    return is_of(q, db_kind(db) == DB_POSTGRES ? "q_sqlite_" : "q_pg_");
}

/* What is wrong with q, NULL when nothing is. */
static const char *fault_of(struct db *db, const struct db_query *q, char *why, size_t n_why)
{
    if (db_check(db, q, why, n_why))
        return why;
    const char *word = is_bound(q) ? NULL : stranger(q->sql);
    if (word)
        snprintf(why, n_why, "not in the portable subset: %s", word);
    return word ? why : NULL;
}

static void words(void)
{
    static const struct {
        const char *sql;
        bool ok;
    } cases[] = {
        {"SELECT a FROM t WHERE b = $1", true},
        {"SELECT update_or FROM t", true},
        {"SELECT 'ilike it' AS a", true},
        {"SELECT manual_date, date, total FROM t", true},
        {"SELECT 'why?' AS a", true},
        {"SELECT a FROM t WHERE b ILIKE $1", false},
        {"SELECT strftime('%Y', a) FROM t", false},
        {"SELECT IFNULL(a, 0) FROM t", false},
        {"INSERT OR IGNORE INTO t VALUES ($1)", false},
        {"SELECT \"a\" FROM t", false},
        {"SELECT a FROM t WHERE b = ?", false},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        bool ok = stranger(cases[i].sql) == NULL;
        if (ok != cases[i].ok)
            printf("# %s\n", cases[i].sql);
        CHECK(ok == cases[i].ok);
    }
}

int main(void)
{
    struct db *db = NULL;
    char why[300];
    size_t n, seeded = 0, own = 0, bound = 0;
    const struct db_query *const *all = db_queries(&n);
    words();
    CHECK_ERR(db_connect(test_db(), DB_WRITE, &db), OK);
    enum err e = migrate(db, migrations, 1, why, sizeof why);
    if (e)
        printf("# %s\n", why);
    CHECK_ERR(e, OK);
    for (size_t i = 0; i < n; i++) {
        if (is_others(db, all[i])) {
            bound++;
            continue;
        }
        const char *wrong = fault_of(db, all[i], why, sizeof why);
        if (is_seeded(all[i])) {
            seeded++;
            CHECK(wrong != NULL);
            continue;
        }
        own++;
        if (wrong)
            printf("# %s:%d: %s: %s\n", all[i]->file, all[i]->line, all[i]->name, wrong);
        CHECK(wrong == NULL);
    }
    CHECK_INT(seeded, 5);
    CHECK(bound > 0 && bound < 20); /* each is one more thing to write for the next database */
    CHECK(own > 1);
    db_close(db);
    return test_end();
}
