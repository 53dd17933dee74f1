#include "cli/cli.h"
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
    int rc = cli_open_read(cli, &db);
    if (rc)
        return rc;
    enum err e = log_heads_text(db, cli->a, &text);
    if (e)
        return cli_fail("the heads could not be read (%s)", err_name(e));
    fwrite(text.p, 1, text.n, stdout);
    return 0;
}
