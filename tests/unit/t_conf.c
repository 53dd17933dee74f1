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

static void t_providers(void)
{
    struct conf c;
    char why[512];
    static const char text[] = "oidc.id-porten.issuer = https://idporten.no\noidc.staff2.client_id = s\noidc.id-porten.client_id = c\n"
                               "oidc.staff2.issuer = https://login.example/x\noidc.id-porten.acr_values = idporten-loa-substantial idporten-loa-high\n";
    CHECK_INT(read_text(text, sizeof text - 1, &c, why), OK);
    CHECK_INT(c.n_oidc, 2);
    CHECK_STR(c.oidc[0].name, "id-porten");
    CHECK_STR(c.oidc[0].client_id, "c");
    CHECK_STR(c.oidc[0].acr_values, "idporten-loa-substantial idporten-loa-high");
    CHECK_STR(c.oidc[1].name, "staff2");
    CHECK_STR(c.oidc[1].issuer, "https://login.example/x");
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
        {TEXT("listen = a\nlog = yaml\n"), ":2: log is json or text"},
        {TEXT("stop_grace = 601\n"), ":1: stop_grace is a number of seconds, 600 at most"},
        {TEXT("metrics = 0.0.0.0:9464\n"), ":1: metrics is an address of this machine and a port, as 127.0.0.1:9464"},
        {TEXT("oidc.a.issuer = https://op.example\noidc.a.isuer = x\n"), ":2: unknown key oidc.a.isuer"},
        {TEXT("oidc.A.issuer = https://op.example\n"), ":1: unknown key oidc.A.issuer"},
        {TEXT("oidc..issuer = https://op.example\n"), ":1: unknown key oidc..issuer"},
        {TEXT("oidc.a.issuer = https://op.example\n"), ": oidc.a: client_id is missing"},
        {TEXT("oidc.a.client_id = c\n"), ": oidc.a: issuer must be an address with https:// (http:// only on this machine)"},
        {TEXT("oidc.a.client_id = c\noidc.a.issuer = http://op.example\n"), ": oidc.a: issuer must be an address with https:// (http:// only on this machine)"},
        {TEXT("oidc.a.client_id = c\noidc.a.issuer = https://op.example\noidc.a.keep_pid = yes\n"), ": oidc.a: keep_pid needs pid_claim"},
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

static char changed[256];

static void note_change(void *arg, const char *key, bool reload)
{
    (void)arg;
    size_t n = strlen(changed);
    snprintf(changed + n, sizeof changed - n, "%s%s ", key, reload ? "" : "!");
}

static void t_reload(void)
{
    struct conf now, fresh;
    char why[512];
    static const char before[] = "listen = a\nmail_from = b\noidc.x.issuer = https://op.example\noidc.x.client_id = c\n";
    static const char after[] = "listen = b\nlog = json\nmail_from = c\nstop_grace = 7\noidc.x.issuer = https://op.example\noidc.x.client_id = d\n";
    CHECK_INT(read_text(before, sizeof before - 1, &now, why), OK);
    CHECK_INT(read_text(before, sizeof before - 1, &fresh, why), OK);
    conf_compare(&now, &fresh, note_change, NULL);
    CHECK_STR(str_c(changed), "");
    CHECK_INT(read_text(after, sizeof after - 1, &fresh, why), OK);
    conf_compare(&now, &fresh, note_change, NULL);
    CHECK_STR(str_c(changed), "listen! mail_from log stop_grace oidc! ");
    conf_take(&now, &fresh);
    CHECK_STR(now.listen, "a"); /* wants a restart */
    CHECK_STR(now.mail_from, "c");
    CHECK_STR(now.log, "json");
    CHECK_STR(now.stop_grace, "7");
    changed[0] = '\0';
    conf_compare(&now, &fresh, note_change, NULL); /* what was not taken is said again */
    CHECK_STR(str_c(changed), "listen! oidc! ");
}

static void t_values(void)
{
    static const struct {
        const char *key, *value;
        bool ok;
    } cases[] = {
        {"log", "json", true}, {"log", "text", true}, {"log", "", true}, {"log", "xml", false},
        {"log_level", "warn", true}, {"log_level", "WARN", false},
        {"stop_grace", "0", true}, {"stop_grace", "600", true}, {"stop_grace", "601", false}, {"stop_grace", "-1", false}, {"stop_grace", "5s", false},
        {"metrics", "127.0.0.1:9464", true}, {"metrics", "127.1.2.3:0", true}, {"metrics", "[::1]:9464", true}, {"metrics", "", true},
        {"metrics", "0.0.0.0:9464", false}, {"metrics", "[::]:9464", false}, {"metrics", "192.0.2.1:9464", false}, {"metrics", "127.0.0.1", false},
        {"metrics", "localhost:9464", false}, {"metrics", "127.0.0.1:70000", false}, {"metrics", "[::1]", false}, {"metrics", "127.0.0.1:", false},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct conf c = {0};
        bool set = !conf_set(&c, str_c(cases[i].key), str_c(cases[i].value));
        CHECK_INT(set, cases[i].ok);
        if (set != cases[i].ok)
            printf("# %s = %s\n", cases[i].key, cases[i].value);
    }
}

int main(void)
{
    a = arena_new(16 << 20);
    int fd = mkstemp(path);
    if (fd < 0)
        return 1;
    close(fd);
    t_taken();
    t_providers();
    t_refused();
    t_reload();
    t_values();
    unlink(path);
    arena_free(a);
    return test_end();
}
