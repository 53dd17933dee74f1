#include "cli/cli.h"
#include "base/secret.h"
#include "base/tm.h"
#include "base/utf8.h"
#include "db/migrate.h"
#include "model/account.h"
#include "gen/version.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

/* One plain line: a message may quote a damaged file or somebody's configuration. */
static void print_plain(const char *fmt, va_list ap)
{
    char text[4096];
    int n = vsnprintf(text, sizeof text, fmt, ap);
    size_t len = n < 0 ? 0 : (size_t)n < sizeof text ? (size_t)n : sizeof text - 1;
    bool valid = utf8_valid((struct str){text, len});
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c < ' ' || c == 0x7f || (c >= 0x80 && !valid))
            text[i] = '?';
    }
    fwrite(text, 1, len, stderr);
}

int cli_fail(const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    fputs("springbrett: ", stderr);
    print_plain(fmt, ap);
    fputc('\n', stderr);
    va_end(ap);
    return 1;
}

int cli_usage(const struct cli *cli, const char *fmt, ...)
{
    (void)cli;
    va_list ap;
    va_start(ap, fmt);
    fputs("springbrett: ", stderr);
    print_plain(fmt, ap);
    fputs(" (see springbrett --help)\n", stderr);
    va_end(ap);
    return 2;
}

static void drop(struct cli *cli, int at, int n)
{
    for (int i = at; i + n < cli->argc; i++)
        cli->argv[i] = cli->argv[i + n];
    cli->argc -= n;
}

const char *cli_option(struct cli *cli, const char *name)
{
    size_t n = strlen(name);
    for (int i = 0; i < cli->argc; i++) {
        const char *w = cli->argv[i];
        if (strncmp(w, name, n))
            continue;
        if (w[n] == '=') {
            drop(cli, i, 1);
            return w + n + 1;
        }
        if (!w[n] && i + 1 < cli->argc) {
            const char *v = cli->argv[i + 1];
            drop(cli, i, 2);
            return v;
        }
    }
    return NULL;
}

bool cli_flag(struct cli *cli, const char *name)
{
    for (int i = 0; i < cli->argc; i++)
        if (!strcmp(cli->argv[i], name)) {
            drop(cli, i, 1);
            return true;
        }
    return false;
}

const char *cli_word(struct cli *cli, int n)
{
    for (int i = 0; i < cli->argc; i++)
        if (cli->argv[i][0] != '-' && n-- == 0)
            return cli->argv[i];
    return NULL;
}

int cli_open(struct cli *cli, struct db **db)
{
    char why[256] = "";
    if (mkdir(cli->data, 0700) == 0)
        fprintf(stderr, "springbrett: made the folder %s\n", cli->data);
    enum err e = db_connect(arena_cstr(cli->a, cli->db_url), DB_WRITE, db);
    if (e)
        return cli_fail("cannot open the database in %s (%s)", cli->data, db_why(NULL));
    e = migrate(*db, migrations, tm_now(), why, sizeof why);
    if (e) {
        db_close(*db);
        *db = NULL;
        return cli_fail("%s", *why ? why : err_name(e));
    }
    return 0;
}

enum err cli_ctx(struct cli *cli, struct db *db, enum role role, struct actor *actor, struct ctx *c)
{
    struct organisation_row o;
    TRY(organisation_first(db, cli->a, &o));
    *actor = (struct actor){.organisation_id = o.id, .role = role, .name = STR("springbrett")};
    int64_t now = tm_now();
    *c = (struct ctx){.a = cli->a, .db = db, .actor = actor, .now = now, .today = tm_on_of(now), .lang = LANG_NB,
                      .base_url = cli->conf.base_url, .request = STR("")};
    return OK;
}

static int print_help(FILE *to)
{
    fputs("Springbrett: the mentor programme for refugees with higher education.\n\n", to);
    for (const struct command *c = commands; c->name; c++)
        fprintf(to, "%s\n    %s\n", c->usage, c->help);
    fputs("springbrett --help | --version\n\nspringbrett COMMAND --help shows one command. Exit status: 0 done, 1 refused or "
          "failed, 2 wrong use.\n",
          to);
    return 0;
}

static void help_line(void *arg, const char *key, const char *help)
{
    fprintf(arg, "    %-20s %s\n", key, help);
}

static int prepare(struct cli *cli, const struct command *cmd)
{
    char why[512] = "";
    cli->data = cli_option(cli, "--data");
    if (!cli->data && cmd->needs_data)
        return cli_usage(cli, "%s wants --data DIR", cmd->name);
    const char *data = cli->data ? cli->data : ".";
    struct str path = arena_fmt(cli->a, "%s/springbrett.conf", data);
    if (conf_read(cli->a, arena_cstr(cli->a, path), &cli->conf, why, sizeof why) != OK)
        return cli_fail("%s", why);
    const char *listen = cli_option(cli, "--listen"), *database = cli_option(cli, "--database");
    if (listen)
        cli->conf.listen = str_c(listen);
    if (database)
        cli->conf.database = str_c(database);
    if (str_starts(cli->conf.database, STR("postgres")))
        return cli_fail("this version keeps its data in SQLite only; PostgreSQL is not built in yet");
    cli->db_url = cli->conf.database.n ? cli->conf.database : arena_fmt(cli->a, "%s/springbrett.db", data);
    return 0;
}

int cli_main(int argc, char **argv)
{
    if (secret_start() != OK)
        return cli_fail("no randomness to be had");
    if (argc < 2)
        return print_help(stderr), 2;
    if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "help"))
        return print_help(stdout);
    if (!strcmp(argv[1], "--version"))
        return printf("springbrett %s\n", VERSION), 0;
    for (const struct command *c = commands; c->name; c++) {
        if (strcmp(argv[1], c->name))
            continue;
        struct cli cli = {.argc = argc - 2, .argv = argv + 2};
        if (cli_flag(&cli, "--help")) {
            printf("%s\n    %s\n", c->usage, c->help);
            if (!strcmp(c->name, "serve")) {
                puts("\nDIR/springbrett.conf, key = value:");
                conf_help(help_line, stdout);
            }
            return 0;
        }
        cli.a = arena_new((size_t)4 << 30);
        int rc = prepare(&cli, c);
        if (!rc)
            rc = c->run(&cli);
        arena_free(cli.a);
        return rc;
    }
    return fprintf(stderr, "springbrett: unknown command %s (see springbrett --help)\n", argv[1]), 2;
}
