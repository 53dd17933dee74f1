/* The configuration file: what is taken, and what is refused with the line that is wrong. tests/fuzz/conf looks for the rest. */
#include "conf.h"
#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static struct arena *a;
static char path[] = "/tmp/t_conf.XXXXXX";

static enum err read_text(const char *text, size_t n, struct conf *c, char why[512])
{
    FILE *f = fopen(path, "wb");
    if (!f || fwrite(text, 1, n, f) != n || fclose(f) != 0)
        abort();
    memset(why, 0, 512);
    return conf_read(a, path, c, why, 512);
}

static void t_taken(void)
{
    struct conf c;
    char why[512];
    static const char text[] = "# Where\r\n\n listen\t=\t[::1]:9000 \r\nbase_url=https://a.example/?x=1\nmail_from = Åse <a@example.no>";
    CHECK_INT(read_text(text, sizeof text - 1, &c, why), OK);
    CHECK_STR(c.listen, "[::1]:9000");
    CHECK_STR(c.base_url, "https://a.example/?x=1"); /* only the first = divides */
    CHECK_STR(c.mail_from, "Åse <a@example.no>");    /* the last line needs no end */
    CHECK_INT(c.database.n, 0);
    CHECK_INT(conf_read(a, "/nowhere/springbrett.conf", &c, why, sizeof why), OK); /* no file: defaults */
    CHECK_INT(c.listen.n, 0);
}

static void t_refused(void)
{
#define TEXT(s) s, sizeof(s) - 1
    static const struct {
        const char *text;
        size_t n;
        const char *why; /* behind the file's name */
    } cases[] = {
        {TEXT("listen = a\nlisen = b\n"), ":2: unknown key lisen"},
        {TEXT("LISTEN = a\n"), ":1: unknown key LISTEN"},
        {TEXT("= a\n"), ":1: unknown key "},
        {TEXT("listen\n"), ":1: expected key = value"},
        {TEXT("\n\ndatabase = a\0b\n"), ":3: a control character"}, /* a file name would end at it */
        {TEXT("lis\033[31mten = a\n"), ":1: a control character"},  /* and must not reach the terminal */
        {TEXT("listen = \xc3\x28\n"), ": too long or not UTF-8"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct conf c;
        char why[512];
        CHECK_INT(read_text(cases[i].text, cases[i].n, &c, why), ERR_INVALID);
        CHECK(str_starts(str_c(why), str_c(path)));
        CHECK_STR(str_c(why + strlen(path)), cases[i].why);
    }
    struct conf c;
    char why[512];
    CHECK_INT(conf_read(a, "/tmp", &c, why, sizeof why), ERR_INVALID); /* there, but not to be read: not the same as absent */
    CHECK_STR(str_c(why), "/tmp: cannot be read");
}

int main(void)
{
    a = arena_new(16 << 20);
    int fd = mkstemp(path);
    if (fd < 0)
        return 1;
    close(fd);
    t_taken();
    t_refused();
    unlink(path);
    arena_free(a);
    return test_end();
}
