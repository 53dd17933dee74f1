/* demo.c: `springbrett demo`. On stdout one login a line: role, e-mail, password, a tab between. */
#include "cli/demo.h"
#include "base/tm.h"
#include "cli/keeping.h"
#include <stdio.h>

int cli_demo(struct cli *cli)
{
    if (cli->argc)
        return cli_usage(cli, "demo does not know %s", cli->argv[0]);
    CLEANUP(db_closep) struct db *db = NULL;
    int rc = cli_open(cli, &db);
    if (rc)
        return rc;
    struct str base = cli->conf.base_url;
    if (!base.n)
        base = arena_fmt(cli->a, "http://%.*s", STR_FMT(cli->conf.listen.n ? cli->conf.listen : STR("127.0.0.1:8080")));
    struct demo_login logins[DEMO_LOGINS];
    const char *failed = NULL;
    CLEANUP(db_tx_end) struct db_tx tx = {0};
    enum err e = db_begin(db, &tx);
    if (!e)
        e = demo_fill(cli->a, db, tm_now(), base, logins, &failed);
    if (e == ERR_STATE && !failed)
        return cli_fail("%s has an organisation already; nothing was changed. The demo wants an empty folder", cli->data);
    if (!e)
        e = db_commit(&tx);
    if (e)
        return cli_fail("the demo could not be made and nothing was changed (%s%s%s)", err_name(e), failed ? ": " : "", failed ? failed : "");
    rc = cli_key_fits(cli, db);
    for (size_t i = 0; !rc && i < DEMO_LOGINS; i++)
        printf("%s\t%.*s\t%.*s\n", role_demo(logins[i].role), STR_FMT(logins[i].email), STR_FMT(logins[i].password));
    return rc;
}
