/* Log lines: one event a line, whatever the values hold. */
#include "base/log.h"
#include "tests/test.h"

#include <unistd.h>

static char out[1 << 16];
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
    int64_t bugs, peers;
    listen_to_stderr();
    for (int i = 0; i < 100; i++)
        log_peer("http", "bad request line");
    log_bug("cannot be");
    struct str got = heard();
    log_counts(&bugs, &peers);
    CHECK_INT(bugs, 1);
    CHECK_INT(peers, 100);
    int lines = 0;
    for (size_t i = 0; i < got.n; i++)
        lines += got.p[i] == '\n';
    CHECK(lines >= 11 && lines <= 21); /* a second may turn meanwhile */
}

int main(void)
{
    t_escape();
    t_long();
    t_level();
    t_counts();
    return test_end();
}
