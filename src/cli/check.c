#include "cli/cli.h"
#include "db/migrate.h"
#include "model/check.h"
#include <stdio.h>

/* `springbrett check`: 0 and "ok" when nothing is wrong, else 1 and a line for each fault. */
int cli_check(struct cli *cli)
{
    if (cli->argc)
        return cli_usage(cli, "check does not know %s", cli->argv[0]);
    CLEANUP(db_closep) struct db *db = NULL;
    enum err e = db_connect(arena_cstr(cli->a, cli->db_url), DB_READ, &db);
    if (e)
        return cli_fail("cannot open the database in %s (%s)", cli->data, db_why(NULL));
    int version = 0, newest = 0;
    while (migrations[newest].number)
        newest++;
    if (migrate_version(db, &version) != OK || version != newest)
        return cli_fail("the schema is number %d, this program's is %d", version, newest);
    struct str *faults;
    size_t n;
    e = check_database(db, cli->a, &faults, &n);
    if (e)
        return cli_fail("the check could not be finished (%s)", err_name(e));
    for (size_t i = 0; i < n; i++)
        cli_fail("%.*s", STR_FMT(faults[i]));
    if (n)
        return 1;
    puts("ok");
    return 0;
}
