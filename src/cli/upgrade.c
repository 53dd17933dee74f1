/* upgrade.c: `springbrett upgrade`, and `springbrett key lost`. */
#include "base/tm.h"
#include "base/vault.h"
#include "cli/keeping.h"
#include "db/migrate.h"
#include "model/check.h"
#include "model/server.h"
#include <stdio.h>
#include <unistd.h>

/* DIR/before-upgrade-from-9.backup, or -2, -3 behind it when there are such from earlier tries. */
static const char *free_name(struct cli *cli, int schema)
{
    struct str name = arena_fmt(cli->a, "%s/before-upgrade-from-%d.backup", cli->data, schema);
    for (int i = 2; access(name.p, F_OK) == 0; i++)
        name = arena_fmt(cli->a, "%s/before-upgrade-from-%d-%d.backup", cli->data, schema, i);
    return name.p;
}

/* A backup that the upgrade did not need goes again: a server that is started over and over must not fill the disk. */
static int upgrade(struct cli *cli, struct db *db, int schema, const char *to, const unsigned char *key)
{
    struct keep_done done;
    int rc = cli_backup_to(cli, to, key, &done);
    if (rc)
        return cli_fail("the schema was left as it is, for no backup could be made first");
    rc = cli_bring_up(db);
    if (rc)
        unlink(to);
    else
        fprintf(stderr, "springbrett: %s is as it was before (schema %d); persons who are erased from now on are still in it, so do not keep it for long\n",
                to, schema);
    return rc;
}

int cli_backup_before(struct cli *cli, struct db *db, int schema)
{
    if (db_kind_of(arena_cstr(cli->a, cli->db_url)) == DB_POSTGRES)
        return cli_fail("the database is of schema %d, this program's is %d: stop the other servers, then run springbrett upgrade", schema,
                        migrate_newest(migrations));
    return upgrade(cli, db, schema, free_name(cli, schema), NULL);
}

static int versions(struct cli *cli, struct db *db, int *schema)
{
    bool unfinished = false;
    enum err e = restore_marked(db, &unfinished);
    if (!e)
        e = migrate_version(db, schema);
    if (e)
        return cli_fail("the database cannot be read (%s)", db_why(db));
    if (unfinished || !*schema)
        return cli_fail(unfinished ? "a restore into this database was cut short" : "there is no installation in %s", cli->data);
    if (*schema > migrate_newest(migrations))
        return cli_fail("the database is of schema %d, this program knows only %d. Use a newer program; nothing was changed", *schema,
                        migrate_newest(migrations));
    return 0;
}

/* A server of the older program would go on with a schema that it does not know. */
static int nobody_serves(struct cli *cli, struct db *db)
{
    bool there = false;
    int64_t at = 0, now = tm_now();
    enum err e = db_has_table(db, "server", &there);
    if (!e && there)
        e = server_heard(db, cli->a, now, &at);
    if (e)
        return cli_fail("the database cannot be read (%s)", db_why(db));
    if (!at)
        return 0;
    return cli_fail("a server is serving from this database (heard of %lld s ago). Stop every server, then upgrade; one that was killed is forgotten after a minute",
                    (long long)(now > at ? (now - at) / 1000 : 0));
}

int cli_upgrade(struct cli *cli)
{
    const char *to = cli_option(cli, "--to"), *key_file = cli_option(cli, "--key");
    bool no_backup = cli_flag(cli, "--no-backup");
    unsigned char key[CONTAINER_KEY_BYTES];
    CLEANUP(db_closep) struct db *db = NULL, *look = NULL;
    int schema = 0;
    if (cli->argc || (no_backup && (to || key_file)))
        return cli->argc ? cli_usage(cli, "upgrade does not know %s", cli->argv[0]) : cli_usage(cli, "--no-backup stands alone");
    if (db_connect(arena_cstr(cli->a, cli->db_url), DB_READ, &look))
        return cli_fail("cannot open the database in %s (%s)", cli->data, db_why(NULL));
    int rc = versions(cli, look, &schema);
    if (!rc && schema == migrate_newest(migrations))
        return printf("schema %d: nothing to do\n", schema), 0;
    rc = rc ? rc : nobody_serves(cli, look);
    db_closep(&look);
    if (rc)
        return rc;
    rc = key_file ? cli_backup_key(cli, key_file, key) : 0;
    if (rc)
        return rc;
    if (db_connect(arena_cstr(cli->a, cli->db_url), DB_WRITE, &db))
        return cli_fail("cannot open the database in %s (%s)", cli->data, db_why(NULL));
    rc = no_backup ? cli_bring_up(db) : upgrade(cli, db, schema, to ? to : free_name(cli, schema), key_file ? key : NULL);
    if (!rc)
        printf("schema %d, from %d\n", migrate_newest(migrations), schema);
    return rc;
}

int cli_key(struct cli *cli)
{
    const char *what = cli_word(cli, 0);
    CLEANUP(db_closep) struct db *db = NULL;
    if (!what || strcmp(what, "lost") || cli->argc > 1)
        return cli_usage(cli, "say what to do: springbrett key lost");
    int rc = cli_open_as(cli, true, &db);
    if (!rc && cli_key_forget(db, cli->a))
        rc = cli_fail("the name of the lost key could not be taken away");
    if (!rc)
        rc = cli_key_fits(cli, db);
    if (!rc)
        printf("%s is the key from now on\n", cli_key_file(cli));
    return rc;
}
