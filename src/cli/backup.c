/* backup.c: `springbrett backup` and `springbrett move`: the data as a whole, while the server serves. */
#include "base/file.h"
#include "base/tm.h"
#include "cli/cli.h"
#include "cli/keeping.h"
#include "db/migrate.h"
#include "gen/version.h"
#include "keep/keep.h"
#include <stdio.h>
#include <sys/stat.h>

const char *cli_key_file(struct cli *cli)
{
    return cli->conf.key_file.n ? arena_cstr(cli->a, cli->conf.key_file) : arena_fmt(cli->a, "%s/secret.key", cli->data).p;
}

int cli_backup_key(struct cli *cli, const char *file, unsigned char key[CONTAINER_KEY_BYTES])
{
    unsigned char own[CONTAINER_KEY_BYTES];
    enum err e = container_key(file, key);
    if (e)
        return cli_fail(e == ERR_NOT_FOUND ? "there is no key %s; make one with: (umask 077; head -c 32 /dev/urandom > %s)"
                                           : "the key %s cannot be used: it must be a file of 32 bytes that only this user can read (chmod 600 %s)",
                        file, file);
    if (!container_key(cli_key_file(cli), own) && !memcmp(own, key, sizeof own))
        return cli_fail("%s is the installation's own key, which is in the backup: whoever loses one would lose both. Make another for backups", file);
    return 0;
}

/* What goes with the rows: the configuration, and in a sealed backup the key without which parts of it cannot be read. */
static int files_of(struct cli *cli, bool sealed, struct keep_file files[2], size_t *n)
{
    struct str s;
    *n = 0;
    const char *conf = arena_fmt(cli->a, "%s/springbrett.conf", cli->data).p;
    enum err e = file_read(cli->a, conf, RECORD_FILE_MAX, &s);
    if (!e)
        files[(*n)++] = (struct keep_file){"springbrett.conf", s};
    else if (e != ERR_NOT_FOUND)
        return cli_fail("cannot read %s", conf);
    e = sealed ? file_read(cli->a, cli_key_file(cli), CONTAINER_KEY_BYTES, &s) : ERR_NOT_FOUND;
    if (!e)
        files[(*n)++] = (struct keep_file){"secret.key", s};
    else if (e != ERR_NOT_FOUND)
        return cli_fail("cannot read %s", cli_key_file(cli));
    return 0;
}

static int open_source(const char *url, int *schema)
{
    CLEANUP(db_closep) struct db *db = NULL;
    enum err e = db_connect(url, DB_READ, &db);
    if (!e)
        e = migrate_version(db, schema);
    if (e)
        return cli_fail("cannot open the database (%s)", db ? db_why(db) : db_why(NULL));
    return *schema ? 0 : cli_fail("there is no installation in it");
}

static int cannot_write(const char *file, enum err e)
{
    return cli_fail(e == ERR_CONFLICT ? "%s is there already; nothing was changed"
                    : e == ERR_BUSY   ? "%s is being written by another backup"
                                      : "%s cannot be written: is there room, and may this user write there?",
                    file);
}

int cli_backup_to(struct cli *cli, const char *file, const unsigned char *key, struct keep_done *done)
{
    struct keep_file files[2];
    struct container_out *to = NULL;
    size_t n;
    int schema = 0;
    const char *url = arena_cstr(cli->a, cli->db_url);
    int rc = open_source(url, &schema);
    if (!rc)
        rc = files_of(cli, key != NULL, files, &n);
    if (rc)
        return rc;
    struct container_head head = {.program = STR(VERSION), .schema = schema, .at = tm_iso_at(cli->a, tm_now()),
                                  .from = str_c(db_kind_name(db_kind_of(url)))};
    enum err e = container_create(file, &head, key, &to);
    if (e)
        return cannot_write(file, e);
    e = keep_write(url, files, n, to, done);
    if (e) {
        container_drop(to);
        return e == ERR_FULL && !done->why[0] ? cannot_write(file, e) : cli_fail("no backup was made: %s", done->why[0] ? done->why : err_name(e));
    }
    e = container_finish(to);
    return e ? cannot_write(file, e) : 0;
}

int cli_backup(struct cli *cli)
{
    const char *to = cli_option(cli, "--to"), *key_file = cli_option(cli, "--key");
    unsigned char key[CONTAINER_KEY_BYTES];
    struct keep_done done;
    if (cli->argc || !to)
        return cli->argc ? cli_usage(cli, "backup does not know %s", cli->argv[0]) : cli_usage(cli, "backup wants --to FILE");
    int rc = key_file ? cli_backup_key(cli, key_file, key) : 0;
    if (!rc)
        rc = cli_backup_to(cli, to, key_file ? key : NULL, &done);
    if (rc)
        return rc;
    printf("%s\t%lld tables\t%lld rows\n", to, (long long)done.tables, (long long)done.rows);
    if (!key_file)
        fprintf(stderr, "springbrett: whoever has %s can read it, and the installation's key is not in it: keep %s too, in another place\n", to,
                cli_key_file(cli));
    return 0;
}

static bool is_url(const char *where)
{
    return db_kind_of(where) == DB_POSTGRES || strncmp(where, "sqlite:", 7) == 0;
}

/* "DIR" or a url. */
static const char *url_of(struct cli *cli, const char *where)
{
    return is_url(where) ? where : arena_fmt(cli->a, "%s/springbrett.db", where).p;
}

static int prepare_target(const char *to, int schema)
{
    CLEANUP(db_closep) struct db *db = NULL;
    char why[300] = "";
    enum err e = db_connect(to, DB_WRITE, &db);
    if (e)
        return cli_fail("cannot open the database to move to (%s)", db_why(NULL));
    e = migrate_to(db, migrations, schema, tm_now(), why, sizeof why);
    return e ? cli_fail("the database to move to cannot be made ready: %s", *why ? why : err_name(e)) : 0;
}

int cli_move(struct cli *cli)
{
    const char *from = cli_option(cli, "--from"), *to = cli_option(cli, "--to");
    struct keep_done done;
    int schema = 0;
    if (cli->argc || !to)
        return cli->argc ? cli_usage(cli, "move does not know %s", cli->argv[0]) : cli_usage(cli, "move wants --to URL");
    from = from ? url_of(cli, from) : arena_cstr(cli->a, cli->db_url);
    int rc = open_source(from, &schema);
    if (rc)
        return rc;
    if (schema > migrate_newest(migrations))
        return cli_fail("the schema is number %d, this program knows only %d. Use a newer program", schema, migrate_newest(migrations));
    if (!is_url(to) && mkdir(to, 0700) == 0)
        fprintf(stderr, "springbrett: made the folder %s\n", to);
    to = url_of(cli, to);
    rc = prepare_target(to, schema);
    if (rc)
        return rc;
    enum err e = keep_move(from, to, &done);
    if (e)
        return cli_fail("nothing was moved: %s", done.why[0] ? done.why : err_name(e));
    printf("moved and read back\t%lld tables\t%lld rows\n", (long long)done.tables, (long long)done.rows);
    return 0;
}
