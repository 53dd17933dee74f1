#include "cli/cli.h"
#include "base/file.h"
#include "base/secret.h"
#include "base/tm.h"
#include "base/utf8.h"
#include "base/vault.h"
#include "cli/keeping.h"
#include "db/migrate.h"
#include "model/account.h"
#include "model/check.h"
#include "model/log_line.h"
#include "model/setting.h"
#include "gen/version.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

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

enum err cli_key_forget(struct db *db, struct arena *a)
{
    struct organisation_row o;
    enum err e = organisation_first(db, a, &o);
    if (e)
        return e == ERR_NOT_FOUND ? OK : e;
    return setting_put(db, &(struct setting_row){.organisation_id = o.id, .key = STR("vault.key"), .changed_at = tm_now()});
}

/* Its name into the database, or the one that stands there. */
static enum err name_of_key(struct db *db, struct arena *a, struct str *known)
{
    struct organisation_row o;
    CLEANUP(db_tx_end) struct db_tx tx = {0};
    TRY(db_begin(db, &tx));
    TRY(setting_first(db, a, "vault.key", known));
    if (known->n)
        return OK;
    *known = vault_name(a);
    enum err e = organisation_first(db, a, &o);
    if (e)
        return e == ERR_NOT_FOUND ? OK : e; /* at init: the next command does it */
    TRY(setting_put(db, &(struct setting_row){.organisation_id = o.id, .key = STR("vault.key"), .value = *known, .changed_at = tm_now()}));
    return db_commit(&tx);
}

int cli_key_fits(struct cli *cli, struct db *db)
{
    struct str known;
    enum err e = name_of_key(db, cli->a, &known);
    if (e)
        return cli_fail("the name of the key cannot be read (%s)", err_name(e));
    return str_eq(known, vault_name(cli->a)) ? 0
                                             : cli_fail("%s is not the key this database was sealed with. Put the right one there (a sealed backup has it); "
                                                        "if it is lost for good: springbrett key lost",
                                                        cli_key_file(cli));
}

/* Hashes what an older version noted, a part at a time: a start that is cut short goes on at the next. */
static enum err begin_log(struct db *db)
{
    for (bool more = true; more;) {
        CLEANUP(arena_freep) struct arena *a = arena_new((size_t)256 << 20);
        CLEANUP(db_tx_end) struct db_tx tx = {0};
        TRY(db_begin(db, &tx));
        TRY(log_begin(db, a, 2000, &more));
        TRY(db_commit(&tx));
    }
    return OK;
}

int cli_write(const char *name, const struct buf *b)
{
    return file_write(name, buf_view(b), false) ? cli_fail("cannot write %s", name) : 0;
}

int cli_bring_up(struct db *db)
{
    char why[256] = "";
    enum err e = migrate(db, migrations, tm_now(), why, sizeof why);
    if (e)
        return cli_fail("%s", *why ? why : err_name(e));
    e = begin_log(db);
    if (e)
        return cli_fail(e == ERR_STATE ? "the log does not hold together: see springbrett check (%s)" : "the log cannot be begun (%s)", err_name(e));
    return 0;
}

/* What may be opened as it is, and what first wants a backup. */
static int ready_for(struct cli *cli, struct db *db)
{
    int version = 0, newest = migrate_newest(migrations);
    bool unfinished = false;
    enum err e = restore_marked(db, &unfinished);
    if (!e)
        e = migrate_version(db, &version);
    if (e)
        return cli_fail("the database cannot be read (%s)", db_why(db));
    if (unfinished)
        return cli_fail("a restore into this database was cut short: make it empty and restore again");
    if (version && version < newest)
        return cli_backup_before(cli, db, version);
    return cli_bring_up(db);
}

/* A new key is made for new data only. What a program before 0.4.0 sealed does not name its key yet. */
static bool key_is_missed(struct cli *cli, const char *key)
{
    CLEANUP(db_closep) struct db *look = NULL;
    struct str known = {0};
    bool sealed = false;
    if (access(key, F_OK) == 0 || db_connect(arena_cstr(cli->a, cli->db_url), DB_READ, &look) != OK)
        return false;
    if (setting_first(look, cli->a, "vault.key", &known) == OK && known.n)
        return true;
    return check_sealed(look, cli->a, &sealed) == OK && sealed;
}

int cli_open_as(struct cli *cli, bool any_key, struct db **db)
{
    if (mkdir(cli->data, 0700) == 0)
        fprintf(stderr, "springbrett: made the folder %s\n", cli->data);
    const char *key = cli_key_file(cli);
    if (!any_key && key_is_missed(cli, key))
        return cli_fail("the installation's key %s is missing. Put it back (a sealed backup has it); if it is lost for good: springbrett key lost", key);
    enum err e = vault_start(key);
    if (e)
        return cli_fail("the key in %s cannot be used: it must be a file of 32 bytes that only this user can read", key);
    e = db_connect(arena_cstr(cli->a, cli->db_url), DB_WRITE, db);
    if (e)
        return cli_fail("cannot open the database in %s (%s)", cli->data, db_why(NULL));
    int rc = ready_for(cli, *db);
    if (!rc && !any_key)
        rc = cli_key_fits(cli, *db);
    if (rc)
        db_closep(db);
    return rc;
}

int cli_open(struct cli *cli, struct db **db)
{
    return cli_open_as(cli, false, db);
}

int cli_schema_fits(struct cli *cli, struct db *db)
{
    int version = 0, newest = migrate_newest(migrations);
    if (migrate_version(db, &version) != OK)
        return cli_fail("the database cannot be read (%s)", db_why(db));
    if (!version)
        return cli_fail("there is no installation in %s; make it with springbrett init", cli->data);
    if (version > newest)
        return cli_fail("the database is of schema %d, this program knows only %d. Use a newer program", version, newest);
    return version == newest ? 0 : cli_fail("the schema is number %d, this program's is %d. springbrett upgrade brings it up", version, newest);
}

int cli_open_read(struct cli *cli, struct db **db)
{
    if (db_connect(arena_cstr(cli->a, cli->db_url), DB_READ, db) != OK)
        return cli_fail("cannot open the database in %s (%s)", cli->data, db_why(NULL));
    return cli_schema_fits(cli, *db);
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

enum err cli_seen(struct ctx *c)
{
    CLEANUP(db_tx_end) struct db_tx tx = {0};
    TRY(db_begin(c->db, &tx));
    TRY(seen_save(c));
    return db_commit(&tx);
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

static void help_line(void *arg, const char *key, const char *help, bool reload)
{
    (void)reload;
    fprintf(arg, "    %-20s %s\n", key, help);
}

static void help_reload(void *arg, const char *key, const char *help, bool reload)
{
    (void)help;
    if (reload)
        fprintf(arg, " %s", key);
}

static int prepare(struct cli *cli, const struct command *cmd)
{
    char why[512] = "";
    cli->data = cli_option(cli, "--data");
    if (!cli->data && cmd->needs_data)
        return cli_usage(cli, "%s wants --data DIR", cmd->name);
    const char *data = cli->data ? cli->data : ".";
    struct str path = arena_fmt(cli->a, "%s/springbrett.conf", data);
    cli->conf_path = arena_cstr(cli->a, path);
    if (conf_read(cli->a, cli->conf_path, &cli->file, why, sizeof why) != OK)
        return cli_fail("%s", why);
    cli->conf = cli->file;
    const char *listen = cli_option(cli, "--listen"), *database = cli_option(cli, "--database");
    if (listen)
        cli->conf.listen = str_c(listen);
    if (database)
        cli->conf.database = str_c(database);
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
                fputs("SIGHUP takes new values of:", stdout);
                conf_help(help_reload, stdout);
                putchar('\n');
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
