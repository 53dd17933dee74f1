/* CSV as it comes: read, refused with a place, and written. */
#include "base/buf.h"
#include "base/tm.h"
#include "sheet/csv.h"
#include "sheet/csv_write.h"
#include "tests/test.h"

static struct arena *a;

/* "a|b/c|d": the fields with | between, the rows with / between; on a fault "!kind line column" at the end. */
static struct str dump(struct str text, struct csv *c)
{
    CLEANUP(buf_free) struct buf b = {0};
    struct csv_row row;
    bool first = true;
    enum err e = csv_open(a, text, c);
    for (; !e && !(e = csv_next(c, &row)) && row.n; first = false) {
        if (!first)
            buf_byte(&b, '/');
        for (size_t i = 0; i < row.n; i++) {
            if (i)
                buf_byte(&b, '|');
            buf_str(&b, row.fields[i].s);
        }
    }
    if (e)
        buf_fmt(&b, "!%d %d %d", (int)c->fault.kind, c->fault.line, c->fault.column);
    CHECK((e == OK) == (c->fault.kind == CSV_FINE));
    return arena_str(a, buf_view(&b));
}

#define TEXT(lit) {lit, sizeof(lit) - 1}

static void t_read(void)
{
    static const struct {
        struct str in;
        const char *want, *why;
    } cases[] = {
        {TEXT(""), "", "nothing"},
        {TEXT("\r\n\n\r"), "", "only empty lines"},
        {TEXT("a"), "a", "one field, no line break"},
        {TEXT("a;b\nc;d\n"), "a|b/c|d", "LF"},
        {TEXT("a;b\r\nc;d"), "a|b/c|d", "CR LF, the last line without"},
        {TEXT("a;b\rc;d\r"), "a|b/c|d", "CR"},
        {TEXT("a;b\n\n\r\nc;d\n"), "a|b/c|d", "empty lines between"},
        {TEXT("a;;\n;;b\n;;"), "a||/||b/||", "empty fields at every place"},
        {TEXT(" a ;b\n"), " a |b", "spaces stay"},
        {TEXT("a,b\nc,d\n"), "a|b/c|d", "commas"},
        {TEXT("a\tb\nc\td\n"), "a|b/c|d", "tabs"},
        {TEXT("\"a;b\";\"c\"\n"), "a;b|c", "a separator inside of quotes"},
        {TEXT("\"a\nb\r\nc\";d\n"), "a\nb\r\nc|d", "line breaks inside of quotes"},
        {TEXT("\"a\"\"b\";\"\"\"\";\"\"\n"), "a\"b|\"|", "doubled quotes"},
        {TEXT("\"\"\"a\"\"\";x\n\"\"\"\"\"\";\"b\"\"\"\n"), "\"a\"|x/\"\"|b\"", "doubled quotes at the ends"},
        {TEXT("5\" pipe;a\"b\"\n"), "5\" pipe|a\"b\"", "quotes inside of a field without quotes"},
        {TEXT("\"a\""), "a", "a closing quote ends the text"},
        {TEXT("\"\"\nb\n"), "/b", "a quoted nothing is a row"},
        {TEXT("\xef\xbb\xbf\"a\";b\n"), "a|b", "a byte order mark before a quote"},
        {TEXT("Bj\xf8rn;\x80\n"), "Bjørn|€", "Windows-1252"},
        {TEXT("Bj\xc3\xb8rn;x\n"), "Bjørn|x", "UTF-8 without mark"},
        {TEXT("\xff\xfe" "B\0\xf8\0;\0\x3d\xd8\0\xde\n\0"), "Bø|😀", "UTF-16, low byte first"},
        {TEXT("\xfe\xff" "\0B\0\xf8\0;\xd8\x3d\xde\0\0\n"), "Bø|😀", "UTF-16, high byte first"},
        {TEXT("sep=,\na;b,c\n"), "a;b|c", "the first line names the separator"},
        {TEXT("SEP=\t\r\na;b\tc\r\n"), "a;b|c", "and a tab"},
        {TEXT("sep=x\naxb\n"), "sep=x/axb", "but not every character"},
        {TEXT("sep=;"), "", "and nothing else"},
        {TEXT("sep=;;x\n"), "sep=||x", "a field that only begins so"},
        {TEXT("a;\"b\n"), "!1 1 2", "never closed"},
        {TEXT("x;y\na;b\n\"c\nd\ne"), "x|y/a|b!1 3 1", "never closed: where it begins"},
        {TEXT("\""), "!1 1 1", "a lonely quote"},
        {TEXT("x;y\n\"c\n\nd\"e;f"), "x|y!2 4 1", "text after a closing quote: where it stands"},
        {TEXT("x;y\n1;\"a\" ;b"), "x|y!2 2 2", "a space after a closing quote"},
        {TEXT("x;y\na;b\0c\n"), "x|y!3 2 2", "NUL"},
        {TEXT("x;y\na;\"b\n\0c\"\n"), "x|y!3 3 2", "NUL inside of quotes"},
        {TEXT("x;y\na;\"b\"\0"), "x|y!3 2 2", "NUL after quotes"},
        {TEXT("a\0;\0b\0"), "!3 1 1", "UTF-16 without its mark"},
        {TEXT("\xef\xbb\xbf" "a;\xf8\n"), "!4 0 0", "marked as UTF-8 and is not"},
        {TEXT("\xff\xfe" "a\0b"), "!4 0 0", "UTF-16 cut in the middle of a unit"},
        {TEXT("\xff\xfe\x3d\xd8"), "!4 0 0", "UTF-16 cut in the middle of a pair"},
        {TEXT("\xff\xfe\x00\xde\x3d\xd8"), "!4 0 0", "UTF-16 with a pair the wrong way round"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct csv c;
        char *p = test_exact(cases[i].in.p, cases[i].in.n);
        printf("# %s\n", cases[i].why);
        CHECK_STR(dump((struct str){p, cases[i].in.n}, &c), cases[i].want);
        free(p);
        arena_clear(a);
    }
    struct csv c;
    CHECK_STR(dump((struct str){0}, &c), "");
}

static void t_separator(void)
{
    static const struct {
        const char *in;
        char want;
        const char *why;
    } cases[] = {
        {"navn;alder\nKari;17\n", ';', "semicolons"},
        {"navn,alder\nKari,17\n", ',', "commas"},
        {"navn\talder\nKari\t17\n", '\t', "tabs"},
        {"navn;sum\nKari;1,5\nOla;2,5\n", ';', "decimal commas, but not in the heading"},
        {"1,5;2,5\n3,5;4,5\n", ';', "decimal commas everywhere: as even, semicolon goes first"},
        {"navn,merknad\nKari,a;b;c\nOla,d\n", ',', "semicolons in a text"},
        {"\"a;b\",c\n\"d;e\",f\n", ',', "semicolons only inside of quotes"},
        {"\"a,b\";c\n\"d,e,f\";g\n", ';', "commas only inside of quotes"},
        {"\"a\nb;c\",d\ne,f\n", ',', "a line break inside of quotes"},
        {"Liste fra fagsystemet\n\na;b,c;d\n1;2;3\n4;5,6,7;8\n", ';', "a heading above the table"},
        {"a,b\tc\nd\te\nf,g,h\ti\n", '\t', "tabs with commas in the texts"},
        {"a,b\nc,\"d\" e\n", ',', "a fault in the text does not hide the separator"},
        {"\"a\",\"b\"\n\"c\",\"d\n", ',', "nor does a quote that is never closed"},
        {"a;b\n\"c\";x\nd;\"e\n\tf\n\tg\n\th\"\n", ';', "a list with tabs inside of one field"},
        {"alone\n", ';', "one column: nothing to find"},
        {"", ';', "nothing"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct csv c;
        CHECK_ERR(csv_open(a, str_c(cases[i].in), &c), OK);
        if (c.separator != cases[i].want)
            printf("# '%c': %s\n", c.separator, cases[i].why);
        CHECK(c.separator == cases[i].want);
    }
}

static void t_places(void)
{
    struct csv c;
    struct csv_row row;
    CHECK_ERR(csv_open(a, STR("sep=;\r\na;b\r\n\r\n\"x\r\ny\r\rz\";c;d\r\ne;f\r\n; ;\n"), &c), OK);
    CHECK(csv_next(&c, &row) == OK && row.n == 2);
    CHECK_INT(row.number, 1);
    CHECK_INT(row.fields[0].line, 2);
    CHECK(!csv_row_is_blank(&row));
    CHECK(csv_next(&c, &row) == OK && row.n == 3);
    CHECK_INT(row.number, 3); /* a spreadsheet shows the empty line */
    CHECK_INT(row.fields[0].line, 4);
    CHECK_INT(row.fields[1].line, 7);
    CHECK_INT(row.fields[2].column, 3);
    CHECK(csv_next(&c, &row) == OK && row.n == 2);
    CHECK_INT(row.number, 4);
    CHECK_INT(row.fields[1].line, 8);
    CHECK(csv_next(&c, &row) == OK && row.n == 3 && csv_row_is_blank(&row));
    CHECK(csv_next(&c, &row) == OK && row.n == 0);
    CHECK(csv_next(&c, &row) == OK && row.n == 0);
    struct str text = STR("a;b\nc;d\n");
    CHECK_ERR(csv_open(a, text, &c), OK);
    CHECK(csv_next(&c, &row) == OK && row.fields[1].s.p == text.p + 2); /* no copy */
    CHECK_INT(c.encoding, CSV_UTF8);
    CHECK_ERR(csv_open(a, STR("\xe5;b\n"), &c), OK);
    CHECK_INT(c.encoding, CSV_CP1252);
}

static struct str many(char c, size_t n, struct str before, struct str after)
{
    char *p = arena_alloc(a, before.n + n + after.n);
    memcpy(p, before.p, before.n);
    memset(p + before.n, c, n);
    memcpy(p + before.n + n, after.p, after.n);
    return (struct str){p, before.n + n + after.n};
}

/* The first fault of a text, and how long the longest field before it was. */
static struct csv_fault fault_of(struct str text, size_t *longest)
{
    struct csv c;
    struct csv_row row;
    *longest = 0;
    enum err e = csv_open(a, text, &c);
    while (!e && !(e = csv_next(&c, &row)) && row.n)
        for (size_t i = 0; i < row.n; i++)
            if (row.fields[i].s.n > *longest)
                *longest = row.fields[i].s.n;
    CHECK_ERR(csv_next(&c, &row), e); /* it stays */
    CHECK(e == OK || e == ERR_LIMIT);
    return c.fault;
}

static void t_limits(void)
{
    size_t n;
    const struct str q = STR("\""), head = STR("x;y\n1;"), none = STR("");
    CHECK(fault_of(many('a', CSV_FIELD_MAX, none, none), &n).kind == CSV_FINE && n == CSV_FIELD_MAX);
    struct csv_fault f = fault_of(many('a', CSV_FIELD_MAX + 1, head, STR("\n")), &n);
    CHECK(f.kind == CSV_FIELD_TOO_LONG && f.line == 2 && f.column == 2);
    CHECK(fault_of(many('a', CSV_FIELD_MAX, q, q), &n).kind == CSV_FINE && n == CSV_FIELD_MAX);
    CHECK(fault_of(many('a', CSV_FIELD_MAX + 1, q, q), &n).kind == CSV_FIELD_TOO_LONG);
    CHECK(fault_of(many('"', 2 * (size_t)CSV_FIELD_MAX, q, q), &n).kind == CSV_FINE && n == CSV_FIELD_MAX);
    CHECK(fault_of(many('"', 2 * (size_t)CSV_FIELD_MAX, q, STR("\";b\n")), &n).kind == CSV_FINE && n == CSV_FIELD_MAX);
    CHECK(fault_of(many('"', 2 * (size_t)CSV_FIELD_MAX + 2, q, q), &n).kind == CSV_FIELD_TOO_LONG);
    f = fault_of(many('\n', 500000, STR("x;y\n1;\""), none), &n);
    CHECK(f.kind == CSV_FIELD_TOO_LONG && f.line == 2 && f.column == 2);
    CHECK(fault_of(many(';', CSV_COLUMNS_MAX - 1, none, none), &n).kind == CSV_FINE);
    f = fault_of(many(';', CSV_COLUMNS_MAX, STR("a\n"), none), &n);
    CHECK(f.kind == CSV_TOO_MANY_COLUMNS && f.line == 2 && f.column == CSV_COLUMNS_MAX + 1);

    char *rows = malloc(2 * ((size_t)CSV_ROWS_MAX + 1));
    for (size_t i = 0; i <= CSV_ROWS_MAX; i++)
        memcpy(rows + 2 * i, "a\n", 2);
    CHECK(fault_of((struct str){rows, 2 * (size_t)CSV_ROWS_MAX}, &n).kind == CSV_FINE);
    f = fault_of((struct str){rows, 2 * ((size_t)CSV_ROWS_MAX + 1)}, &n);
    CHECK(f.kind == CSV_TOO_MANY_ROWS && f.line == CSV_ROWS_MAX + 1);
    f = fault_of((struct str){rows, (size_t)CSV_TEXT_MAX + 1}, &n); /* refused before it is looked at */
    CHECK(f.kind == CSV_TOO_LARGE && f.line == 0);
    free(rows);
}

static void t_write(void)
{
    static const struct {
        const char *in, *want, *why;
    } cases[] = {
        {"a", "a", "plain"},
        {"Bjørn Å", "Bjørn Å", "letters"},
        {"a;b", "\"a;b\"", "our separator"},
        {"a,b", "\"a,b\"", "somebody else's"},
        {"a\tb", "\"a\tb\"", "somebody else's"},
        {"a\nb", "\"a\nb\"", "a line break"},
        {"say \"hi\"", "\"say \"\"hi\"\"\"", "quotes"},
        {"\"", "\"\"\"\"", "a quote alone"},
        {" a", "\" a\"", "a space at the front"},
        {"a ", "\"a \"", "a space at the end"},
        {"sep=", "\"sep=\"", "what names a separator"},
        {"=1+1", "'=1+1", "formula"},
        {"=HYPERLINK(\"x\";\"y\")", "\"'=HYPERLINK(\"\"x\"\";\"\"y\"\")\"", "formula with quotes"},
        {"@SUM(A1)", "'@SUM(A1)", "formula"},
        {"+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0", "formula"},
        {"-2+3+cmd", "'-2+3+cmd", "formula"},
        {"\t=1", "\"'\t=1\"", "a tab first"},
        {"\r=1", "\"'\r=1\"", "a carriage return first"},
        {"\n=1", "\"'\n=1\"", "a line break first"},
        {"＝1+1", "'＝1+1", "the wide sign"},
        {"-12", "-12", "a number"},
        {"+4722334455", "+4722334455", "a number"},
        {"-1,5", "\"-1,5\"", "a number with a comma"},
        {"-1.5", "-1.5", "a number with a point"},
        {"-1.5.2", "'-1.5.2", "no number"},
        {"-.5", "'-.5", "no plain number"},
        {"-5.", "'-5.", "no plain number"},
        {"-", "'-", "a dash"},
        {"+47 22 33", "'+47 22 33", "spaces make it a text"},
        {"--5", "'--5", "two signs"},
        {"1=1", "1=1", "only the first character counts"},
        {"'=1", "'=1", "is a text already"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        CLEANUP(buf_free) struct buf b = {0};
        struct str row[2] = {str_c(cases[i].in), STR("z")};
        csv_write_row(&b, row, 2);
        printf("# %s\n", cases[i].why);
        CHECK_STR(buf_view(&b), arena_cstr(a, arena_fmt(a, "%s;z\r\n", cases[i].want)));
        struct csv c;
        struct csv_row got;
        CHECK(csv_open(a, buf_view(&b), &c) == OK && csv_next(&c, &got) == OK && got.n == 2);
        bool guarded = csv_write_is_guarded(row[0]);
        CHECK_STR(got.fields[0].s, arena_cstr(a, arena_fmt(a, "%s%s", guarded ? "'" : "", cases[i].in)));
    }
    CLEANUP(buf_free) struct buf b = {0};
    csv_write_start(&b);
    csv_write_row(&b, (struct str[]){{0}}, 1);
    csv_write_row(&b, (struct str[]){{0}, {0}}, 2);
    csv_write_row(&b, NULL, 0);
    CHECK_STR(buf_view(&b), "\xef\xbb\xbf\"\"\r\n;\r\n\r\n");
}

/* A list as large as the largest county's, twenty columns: a guard against a parser that has become slow, with much to spare
 * because the machine that tests may be busy and the sanitizers are on. */
static void t_size(void)
{
    struct buf b = {.max = 64 << 20};
    for (int i = 0; i < 100000; i++)
        buf_c(&b, "12345678;Kari Nordmann;\"Storgata 1; 0155 Oslo\";kari@example.org;22334455;1.2.2001;x;y;z;a;b;c;d;e;f;g;h;i;\"j\";k\r\n");
    struct csv c;
    struct csv_row row;
    size_t fields = 0;
    int64_t t0 = tm_mono_ms();
    CHECK_ERR(csv_open(a, buf_view(&b), &c), OK);
    while (csv_next(&c, &row) == OK && row.n)
        fields += row.n;
    int64_t ms = tm_mono_ms() - t0;
    printf("# %zu bytes in %lld ms\n", b.n, (long long)ms);
    CHECK_INT(fields, 2000000);
    CHECK(ms < 5000);
    buf_free(&b);
}

int main(void)
{
    a = arena_new(256 << 20);
    t_read();
    t_separator();
    t_places();
    t_limits();
    t_write();
    t_size();
    arena_free(a);
    return test_end();
}
