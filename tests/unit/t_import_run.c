/* Importing files into a database: what is made, what changes, what is refused, and that nothing is half-done. */
#include "base/buf.h"
#include "base/tm.h"
#include "db/migrate.h"
#include "model/account.h"
#include "service/import.h"
#include "tests/test.h"
#include "tests/test_db.h"

struct world {
    struct arena *a;
    struct db *db;
    struct actor actor;
    struct ctx c;
    int64_t adviser_id;
};
#define MUST(expr) CHECK_ERR((expr), OK)

static struct world start(void)
{
    struct world w = {.a = arena_new((size_t)1 << 30)};
    char why[200];
    int64_t role;
    MUST(db_connect(test_db(), DB_WRITE, &w.db));
    MUST(migrate(w.db, migrations, 1, why, sizeof why));
    struct organisation_row o = {.name = STR("Prøveby"), .kind = STR("municipality"), .created_at = 1};
    MUST(organisation_insert(w.db, &o, &w.actor.organisation_id));
    struct account_row acc = {.email = STR("raadgiver@example.no"), .name = STR("Test adviser"), .lang = STR("nb"), .created_at = 1};
    MUST(account_insert(w.db, &acc, &w.adviser_id));
    struct role_row r = {.account_id = w.adviser_id, .organisation_id = w.actor.organisation_id, .role = STR("adviser"), .from_at = 1};
    MUST(role_insert(w.db, &r, &role));
    w.actor.role = ROLE_PROJECT_LEADER;
    w.actor.name = STR("test");
    return w;
}

static struct ctx *ctx(struct world *w)
{
    int64_t now = tm_at(tm_on(2026, 11, 22), 12, 0);
    w->c = (struct ctx){.a = w->a, .db = w->db, .actor = &w->actor, .now = now, .today = tm_on_of(now)};
    return &w->c;
}

static struct str slurp(struct world *w, const char *name)
{
    struct str path = arena_fmt(w->a, "tests/data/import/%s", name);
    FILE *in = fopen(path.p, "rb");
    CHECK(in != NULL);
    if (!in)
        return STR("");
    char *p = arena_alloc(w->a, 1 << 20);
    size_t n = fread(p, 1, 1 << 20, in);
    fclose(in);
    return (struct str){p, n};
}

/* As the command line does it: a transaction that is only kept when all is well. */
static enum err import(struct world *w, struct str text, enum import_how how, struct import_report *rep)
{
    struct import_file f;
    *rep = (struct import_report){0};
    TRY(import_open(w->a, text, &f));
    if (f.problem.msgid)
        return ERR_STATE;
    CLEANUP(db_tx_end) struct db_tx tx = {0};
    TRY(db_begin(w->db, &tx));
    TRY(import_participants(ctx(w), &f, how, NULL, rep));
    return db_commit(&tx);
}

static enum err find(struct world *w, const char *reference, struct participant_row *p)
{
    return participant_by_reference(w->db, w->a, w->actor.organisation_id, str_c(reference), p);
}

/* The same three persons, as different programs write them. */
static void test_files(void)
{
    static const char *const files[] = {"semicolon_utf8.csv", "comma_bom.csv", "tab_cp1252.csv", "semicolon_utf16.csv"};
    for (size_t i = 0; i < COUNT(files); i++) {
        struct world w = start();
        struct import_report rep;
        struct participant_row p;
        struct str text = slurp(&w, files[i]);
        printf("# %s\n", files[i]);
        CHECK_ERR(import(&w, text, IMPORT_LOOK, &rep), OK);
        CHECK(rep.created == 3 && rep.n_faults == 0);
        CHECK_ERR(find(&w, "D-1001", &p), ERR_NOT_FOUND); /* only looked */
        CHECK_ERR(import(&w, text, IMPORT_WRITE, &rep), OK);
        CHECK_ERR(find(&w, "D-1002", &p), OK);
        CHECK_STR(p.last_name, "Ødegård");
        CHECK_INT(p.settled_on, tm_on(2024, 12, 31));
        CHECK_STR(p.field, "0731");
        CHECK_ERR(find(&w, "D-1001", &p), OK);
        CHECK(p.settled_on == tm_on(2024, 12, 31) && p.adviser_id == w.adviser_id && p.norwegian_oral == CEFR_B2 && p.criteria_sort > 0);
        CHECK_ERR(find(&w, "D-1003", &p), OK);
        CHECK_STR(p.last_name, "Ahmadi \"Rez\"");
        CHECK(p.adviser_id == 0 && str_is(p.adviser_text, "Kari Ukjent"));
        CHECK_ERR(import(&w, text, IMPORT_WRITE, &rep), OK);
        CHECK(rep.created == 0 && rep.updated == 0 && rep.unchanged == 3); /* twice makes no doubles */
        db_close(w.db);
        arena_free(w.a);
    }
}

static void test_merge(void)
{
    struct world w = start();
    struct import_report rep;
    struct participant_row p;
    struct str file = STR("Referanse;Fornavn;Etternavn;E-post;Norsk muntlig;Adressesperre;Yrkeserfaring år;Programrådgiver\n"
                          "M-1;Amal;Haddad;amal@example.no;B1;strengt fortrolig;5;raadgiver@example.no\n");
    CHECK(import(&w, file, IMPORT_WRITE, &rep) != OK); /* on the command line: there is nobody who would be named, and nobody would see the person */
    CHECK(rep.n_faults == 1 && rep.faults[0].line == 2 && str_is(rep.faults[0].header, "Adressesperre"));
    CHECK_ERR(find(&w, "M-1", &p), ERR_NOT_FOUND);
    w.actor.account_id = w.adviser_id;
    CHECK_ERR(import(&w, file, IMPORT_WRITE, &rep), OK);
    w.actor.account_id = 0;
    CHECK_ERR(import(&w, file, IMPORT_WRITE, &rep), OK); /* once somebody is, the same file may come from there too */
    CHECK_INT(rep.unchanged, 1);
    CHECK_ERR(find(&w, "M-1", &p), OK);
    CHECK(p.address_protection == BLOCK_STRICT && p.adviser_id == w.adviser_id);
    CHECK_ERR(participant_set_stage(w.db, p.id, INTAKE_LISTED, INTAKE_INVITED, 5), OK);
    CHECK_ERR(import(&w, STR("Referanse;Fornavn;Etternavn;E-post;Norsk muntlig;Adressesperre;Yrkeserfaring år\nM-1;Amal;Haddad-Berg;;ukjent;;\n"),
                     IMPORT_WRITE, &rep), OK);
    CHECK_INT(rep.updated, 1);
    CHECK_ERR(find(&w, "M-1", &p), OK);
    CHECK_STR(p.last_name, "Haddad-Berg");
    CHECK_STR(p.email, "amal@example.no"); /* an empty cell takes nothing away */
    CHECK(p.norwegian_oral == CEFR_B1 && p.experience_years == 5 && p.address_protection == BLOCK_STRICT && p.adviser_id == w.adviser_id);
    CHECK_INT(p.stage, INTAKE_INVITED); /* nor does an import move anybody */
    CHECK_ERR(import(&w, STR("Referanse;Fornavn;Etternavn;Adressesperre;Programrådgiver;Kommunenr\nM-1;Amal;Haddad-Berg;nei;Ny Rådgiver;301\n"), IMPORT_WRITE, &rep), OK);
    CHECK_ERR(find(&w, "M-1", &p), OK);
    CHECK_STR(p.municipality, "0301");
    CHECK(p.address_protection == BLOCK_NONE); /* «nei» says it, an empty cell does not */
    CHECK(p.adviser_id == 0 && str_is(p.adviser, "Ny Rådgiver"));
    db_close(w.db);
    arena_free(w.a);
}

static void test_faults(void)
{
    static const char *const want[] = {
        "Linje 3, kolonne C (Fornavn): «Fornavn» mangler.",
        "Linje 5 (rad 4 i regneark), kolonne E (Fødselsår): «nitten» er ikke et årstall. Skriv fire siffer.",
        "Linje 5 (rad 4 i regneark), kolonne F (Bosatt): «32.12.2024» er ikke en dato. Skriv den som 31.12.2024.",
        "Linje 5 (rad 4 i regneark), kolonne G (Norsk muntlig): «Z9» er ikke et språknivå. Skriv A1, A2, B1, B2, C1 eller C2.",
        "Linje 6 (rad 5 i regneark), kolonne B (Referanse): Referansen «E-1» står også på linje 2.",
        "Linje 7: Raden har 8 felter, men overskriftene er 7. Mangler det anførselstegn rundt et felt?",
    };
    struct world w = start();
    struct import_report rep;
    struct participant_row p;
    CHECK_ERR(import(&w, slurp(&w, "errors.csv"), IMPORT_WRITE, &rep), ERR_INVALID);
    CHECK_INT(rep.n_faults, COUNT(want));
    for (size_t i = 0; i < COUNT(want) && i < rep.n_shown; i++)
        CHECK_STR(import_fault_text(w.a, LANG_NB, &rep.faults[i]), want[i]);
    CHECK_ERR(find(&w, "E-1", &p), ERR_NOT_FOUND); /* the first row was fine, and yet nothing is kept */
    CHECK_ERR(import(&w, STR("Referanse;Fornavn;Etternavn\nE-1;Amal;Haddad\n"), IMPORT_WRITE, &rep), OK);
    CHECK_ERR(find(&w, "E-1", &p), OK); /* and with the fault gone it is: the control */
    CHECK_ERR(import(&w, slurp(&w, "no_reference.csv"), IMPORT_WRITE, &rep), ERR_STATE);
    CHECK_ERR(import(&w, slurp(&w, "broken.csv"), IMPORT_WRITE, &rep), ERR_INVALID);
    CHECK_STR(import_fault_text(w.a, LANG_NB, &rep.faults[0]),
              "Linje 2, kolonne B: Feltet begynner med anførselstegn, men slutter aldri. Sjekk anførselstegnene.");
    CHECK_ERR(import(&w, STR(""), IMPORT_WRITE, &rep), ERR_STATE);
    w.actor.role = ROLE_ADVISER;
    CHECK_ERR(import(&w, STR("Referanse;Fornavn;Etternavn\nE-9;Amal;Haddad\n"), IMPORT_WRITE, &rep), ERR_DENIED);
    db_close(w.db);
    arena_free(w.a);
}

static void test_many_faults(void)
{
    struct world w = start();
    struct import_report rep;
    struct buf b = {0};
    buf_c(&b, "Referanse;Fornavn;Etternavn;Spor\n");
    for (int i = 0; i < 1000; i++)
        buf_fmt(&b, "R-%d;A;B;9\n", i);
    CHECK_ERR(import(&w, buf_view(&b), IMPORT_LOOK, &rep), OK);
    CHECK(rep.n_faults == 1000 && rep.n_shown == IMPORT_FAULTS_SHOWN && rep.rows == 1000);
    buf_free(&b);
    db_close(w.db);
    arena_free(w.a);
}

static void test_columns(void)
{
    struct arena *a = arena_new(1 << 20);
    struct import_file f;
    static const struct {
        int n;
        const char *want;
    } letters[] = {{1, "A"}, {26, "Z"}, {27, "AA"}, {28, "AB"}, {702, "ZZ"}, {703, "AAA"}};
    for (size_t i = 0; i < COUNT(letters); i++)
        CHECK_STR(import_column_letters(a, letters[i].n), letters[i].want);
    CHECK_ERR(import_open(a, STR("Nr i fag;Fornavn;Etternavn\n1;A;B\n"), &f), OK);
    CHECK(f.readable && f.problem.msgid && f.taken[1] == IMPORT_FIRST_NAME);
    enum import_column choice[3] = {IMPORT_REFERENCE, IMPORT_FIRST_NAME, IMPORT_FIRST_NAME};
    CHECK_ERR(import_map_places(a, &f, choice, 3), ERR_INVALID);
    choice[2] = IMPORT_LAST_NAME;
    CHECK_ERR(import_map_places(a, &f, choice, 3), OK);
    CHECK(!f.problem.msgid && f.map.at[IMPORT_REFERENCE] == 0);
    const struct str words[] = {STR("Nr i fag=Referanse")};
    CHECK_ERR(import_map_words(a, &f, words, 1), OK);
    CHECK_ERR(import_map_words(a, &f, (const struct str[]){STR("Finnes ikke=Referanse")}, 1), ERR_INVALID);
    arena_free(a);
}

/* docs/user/import.md names every column, its other names, and every word that is taken. */
static bool has(struct str s, const char *word)
{
    return s.n && memmem(s.p, s.n, word, strlen(word)) != NULL;
}
static void test_guide(void)
{
    struct arena *a = arena_new(1 << 22);
    static const struct import_word *const lists[] = {import_sex_words, import_level_words, import_recognition_words, import_block_words, import_none_words};
    FILE *in = fopen("docs/user/import.md", "rb");
    CHECK(in != NULL);
    if (!in)
        return;
    char *p = arena_alloc(a, 1 << 20);
    struct str doc = {p, fread(p, 1, 1 << 20, in)};
    fclose(in);
    for (int c = 0; c < IMPORT_COLUMNS; c++) {
        CHECK(has(doc, arena_fmt(a, "| %s |", import_columns[c].name).p));
        for (size_t i = 0; i < COUNT(import_columns[c].other) && import_columns[c].other[i]; i++)
            if (!has(doc, import_columns[c].other[i])) {
                printf("# %s\n", import_columns[c].other[i]);
                CHECK(false);
            }
    }
    for (size_t i = 0; i < COUNT(lists); i++)
        for (const struct import_word *w = lists[i]; w->word; w++)
            if (!has(doc, w->word)) {
                printf("# %s\n", w->word);
                CHECK(false);
            }
    CHECK(!has(doc, "A word that is not there"));
    arena_free(a);
}

struct lines {
    int64_t n, top;
};
DB_QUERY(q_import_lines, struct lines, 0, "SELECT COUNT(*) AS n, COALESCE(MAX(seq), 0) AS top FROM log_line", DB_COL(struct lines, n), DB_COL(struct lines, top));

/* A line of the log for each, written together: each by itself would change the head of the chain once for every row. */
static void test_lines(void)
{
    enum { ROWS = 600 };
    struct world w = start();
    struct import_report rep;
    struct lines lines;
    struct buf csv = {.max = 1 << 20};
    buf_c(&csv, "Referanse;Fornavn;Etternavn\n");
    for (int i = 0; i < ROWS; i++)
        buf_str(&csv, arena_fmt(w.a, "L%d;Amal;Haddad\n", i));
    int64_t before = db_calls(w.db);
    CHECK_ERR(import(&w, buf_view(&csv), IMPORT_WRITE, &rep), OK);
    int64_t calls = db_calls(w.db) - before;
    if (calls > ROWS * 8)
        printf("# %lld calls\n", (long long)calls);
    CHECK(calls <= ROWS * 8);
    MUST(db_one(w.db, w.a, &q_import_lines, &lines, DB_NONE));
    CHECK(lines.n == ROWS + 1 && lines.top == ROWS + 1); /* and one for the import itself */
    buf_str(&csv, STR("L9;Amal;Haddad\n")); /* twice: nothing of it, also not in the log */
    CHECK_ERR(import(&w, buf_view(&csv), IMPORT_WRITE, &rep), ERR_INVALID);
    CHECK(w.c.late == NULL);
    MUST(db_one(w.db, w.a, &q_import_lines, &lines, DB_NONE));
    CHECK_INT(lines.n, ROWS + 1);
    buf_free(&csv);
    db_close(w.db);
    arena_free(w.a);
}

int main(void)
{
    test_lines();
    test_files();
    test_merge();
    test_faults();
    test_many_faults();
    test_columns();
    test_guide();
    return test_end();
}
