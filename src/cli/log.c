#include "cli/cli.h"
#include "db/migrate.h"
#include "service/log_check.h"
#include <stdio.h>

/* `springbrett log head`: where each chain of the log stands, to be kept somewhere else. Changes nothing. */
int cli_log(struct cli *cli)
{
    const char *what = cli_word(cli, 0);
    if (cli->argc != 1 || !what || strcmp(what, "head"))
        return cli_usage(cli, "log knows only head");
    CLEANUP(db_closep) struct db *db = NULL;
    struct str text;
    int version = 0, newest = 0;
    while (migrations[newest].number)
        newest++;
    enum err e = db_connect(arena_cstr(cli->a, cli->db_url), DB_READ, &db);
    if (e)
        return cli_fail("cannot open the database in %s (%s)", cli->data, db_why(NULL));
    if (migrate_version(db, &version) != OK || version != newest)
        return cli_fail("the schema is number %d, this program's is %d", version, newest);
    e = log_heads_text(db, cli->a, &text);
    if (e)
        return cli_fail("the heads could not be read (%s)", err_name(e));
    fwrite(text.p, 1, text.n, stdout);
    return 0;
}
