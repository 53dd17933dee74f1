/* Log lines: one event a line, whatever the values hold. */
#include "base/log.h"
#include "tests/test.h"

#include <jansson.h>
#include <unistd.h>

enum { VALUE_CUT = 400 };
static char out[1 << 17];
static int saved, pipes[2];

static void listen_to_stderr(void)
{
    fflush(stderr);
    saved = dup(STDERR_FILENO);
    if (pipe(pipes) != 0 || dup2(pipes[1], STDERR_FILENO) < 0)
        abort();
}

static struct str heard(void)
{
    dup2(saved, STDERR_FILENO);
    close(saved);
    close(pipes[1]);
    size_t n = 0;
    for (ssize_t k; (k = read(pipes[0], out + n, sizeof out - n)) > 0;)
        n += (size_t)k;
    close(pipes[0]);
    return (struct str){out, n};
}

static struct str without_time(struct str line)
{
    str_cut(&line, ' ');
    return line;
}

static void t_escape(void)
{
    static const struct {
        struct str value;
        const char *want;
    } cases[] = {
        {{"plain/:id", 9}, "info a b k=plain/:id\n"},
        {{"", 0}, "info a b k=\"\"\n"},
        {{NULL, 0}, "info a b k=\"\"\n"},
        {{"two words", 9}, "info a b k=\"two words\"\n"},
        {{"a\nb\r\0c", 6}, "info a b k=\"a\\nb\\x0d\\x00c\"\n"},
        {{"\"\\", 2}, "info a b k=\"\\\"\\\\\"\n"},
        {{"x=1", 3}, "info a b k=\"x=1\"\n"},
        {{"\xc3\xb8\x7f", 3}, "info a b k=\"\\xc3\\xb8\\x7f\"\n"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        listen_to_stderr();
        log_info("a", "b", LOG_S("k", cases[i].value));
        CHECK_STR(without_time(heard()), cases[i].want);
    }
    listen_to_stderr();
    log_warn("db", "slow", LOG_I("ms", -5), LOG_S("q", STR("x")), LOG_I("n", INT64_MAX));
    struct str all = heard();
    CHECK(all.n > 24 && all.p[4] == '-' && all.p[10] == 'T' && all.p[19] == '.' && all.p[23] == 'Z' && all.p[24] == ' ');
    CHECK_STR(without_time(all), "warn db slow ms=-5 q=x n=9223372036854775807\n");
    listen_to_stderr();
    log_error("db", "gone");
    CHECK_STR(without_time(heard()), "error db gone\n");
}

static void t_long(void)
{
    static char big[5000];
    memset(big, '\n', sizeof big);
    struct str v = {big, sizeof big};
    listen_to_stderr();
    log_info("a", "b", LOG_S("one", v), LOG_S("two", v), LOG_S("three", v));
    struct str got = heard();
    CHECK(got.n <= 2048 && str_ends(got, STR("\n")));
    CHECK_INT(str_find(got, '\n'), got.n - 1); /* still one line */
}

static void t_level(void)
{
    listen_to_stderr();
    log_line(LOG_DEBUG, "a", "quiet", NULL, 0);
    log_set_level(LOG_ERROR);
    log_warn("a", "quiet");
    log_set_level(LOG_DEBUG);
    log_line(LOG_DEBUG, "a", "loud", NULL, 0);
    log_set_level(LOG_INFO);
    CHECK_STR(without_time(heard()), "debug a loud\n");
}

static void t_counts(void)
{
    listen_to_stderr();
    for (int i = 0; i < 100; i++)
        log_peer("http", "bad request line");
    log_bug("cannot be");
    struct str got = heard();
    CHECK_INT(log_counts().bugs, 1);
    CHECK_INT(log_counts().peers, 100);
    int lines = 0;
    for (size_t i = 0; i < got.n; i++)
        lines += got.p[i] == '\n';
    CHECK(lines >= 11 && lines <= 21); /* a second may turn meanwhile */
}

/* The line as an object, or NULL when it is none. */
static json_t *object(struct str line)
{
    return json_loadb(line.p, line.n, JSON_REJECT_DUPLICATES, NULL);
}

static void t_json(void)
{
    static const struct {
        struct str value;
        const char *want;
    } cases[] = {
        {{"plain/:id", 9}, "plain/:id"},
        {{NULL, 0}, ""},
        {{"\"\\\n\x7f\x01", 5}, "\"\\\n\x7f\x01"},
        {{"bl\xc3\xa5", 4}, "bl\xc3\xa5"},
        {{"\xff\xc3", 2}, "\xc3\xbf\xc3\x83"}, /* no UTF-8: each byte by itself */
    };
    log_set_format(LOG_JSON);
    for (size_t i = 0; i < COUNT(cases); i++) {
        listen_to_stderr();
        log_warn("db", "slow", LOG_S("k", cases[i].value), LOG_I("n", INT64_MIN));
        struct str got = heard();
        json_t *o = object(got);
        CHECK(o && str_ends(got, STR("}\n")) && str_find(got, '\n') == (ptrdiff_t)got.n - 1);
        CHECK_STR(str_c(json_string_value(json_object_get(o, "k"))), cases[i].want);
        CHECK_STR(str_c(json_string_value(json_object_get(o, "level"))), "warn");
        CHECK_STR(str_c(json_string_value(json_object_get(o, "area"))), "db");
        CHECK_STR(str_c(json_string_value(json_object_get(o, "message"))), "slow");
        CHECK_INT(json_string_length(json_object_get(o, "time")), 24);
        CHECK_INT(json_integer_value(json_object_get(o, "n")), INT64_MIN);
        json_decref(o);
    }
    /* too much for a line: whole, and it says so */
    static char big[5000];
    int n_cut = 0;
    for (size_t n = 300; n < 500; n++) {
        memset(big, n % 2 ? '\n' : 'a', sizeof big);
        memcpy(big + VALUE_CUT - 1, "\xc3\xa5", 2); /* where a value is cut */
        struct str v = {big, n % 3 ? n : sizeof big};
        listen_to_stderr();
        log_info("a", "b", LOG_S("one", v), LOG_S("two", v), LOG_S("three", v), LOG_S("four", v), LOG_S("five", v), LOG_S("six", v));
        struct str got = heard();
        json_t *o = object(got);
        CHECK(o && got.n <= 2048);
        CHECK(json_is_true(json_object_get(o, "cut")) ? json_object_size(o) < 11 : json_object_size(o) == 10);
        n_cut += json_is_true(json_object_get(o, "cut"));
        json_decref(o);
    }
    CHECK(n_cut > 100);
    log_set_format(LOG_TEXT);
}

/* A reader that stands still stops nobody; once it reads again, lines come again. */
static void t_stuck_reader(void)
{
    static char some[400];
    memset(some, 'x', sizeof some);
    int64_t before = log_counts().lost;
    listen_to_stderr();
    for (int i = 0; i < 1000; i++) /* a pipe holds 64 KiB */
        log_info("a", "b", LOG_S("k", ((struct str){some, sizeof some})));
    struct str got = heard();
    int lines = 0;
    for (size_t i = 0; i < got.n; i++)
        lines += got.p[i] == '\n';
    CHECK(lines > 50 && lines < 1000);
    CHECK_INT(log_counts().lost - before, 1000 - lines);
    listen_to_stderr();
    log_info("a", "again");
    CHECK_STR(without_time(heard()), "info a again\n");
}

/* Gathered lines come whole and in order, before a warning that comes after them, and without one by themselves. */
static void t_gather(void)
{
    listen_to_stderr();
    log_gather();
    for (int i = 0; i < 200; i++)
        log_info("a", "line", LOG_I("n", i));
    log_warn("a", "at once");
    for (int i = 200; i < 250; i++)
        log_info("a", "line", LOG_I("n", i));
    log_gather_end();
    log_info("a", "after");
    struct str got = heard(), rest = got;
    char want[64];
    for (int i = 0; i < 252; i++) {
        snprintf(want, sizeof want, i == 200 ? "warn a at once" : i == 251 ? "info a after" : "info a line n=%d", i < 200 ? i : i - 1);
        CHECK_STR(without_time(str_cut(&rest, '\n')), want);
    }
    CHECK_INT(rest.n, 0);
    listen_to_stderr();
    log_gather();
    log_info("a", "by itself");
    char first[64];
    ssize_t n = read(pipes[0], first, sizeof first); /* waits for it */
    CHECK(n > 25 && str_ends(((struct str){first, (size_t)n}), STR("by itself\n")));
    log_gather_end();
    CHECK_INT(heard().n, 0);
}

static void t_names(void)
{
    enum log_level l;
    enum log_format f;
    CHECK(log_level_of(STR("warn"), &l) && l == LOG_WARN);
    CHECK(log_level_of(STR("debug"), &l) && l == LOG_DEBUG);
    CHECK(!log_level_of(STR("loud"), &l) && !log_level_of(STR(""), &l));
    CHECK(log_format_of(STR("json"), &f) && f == LOG_JSON);
    CHECK(log_format_of(STR("text"), &f) && f == LOG_TEXT);
    CHECK(!log_format_of(STR("xml"), &f));
}

int main(void)
{
    t_escape();
    t_long();
    t_level();
    t_counts();
    t_json();
    t_stuck_reader();
    t_gather();
    t_names();
    return test_end();
}
