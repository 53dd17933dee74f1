#include "cli/cli.h"
#include "model/account.h"
#include "service/factor.h"
#include <stdio.h>

/* In a transaction of its own, beside a server that may be running on the same folder. */
static enum err codes_off(struct ctx *c, struct str email)
{
    struct account_row acc;
    CLEANUP(db_tx_end) struct db_tx tx = {0};
    TRY(db_begin(c->db, &tx));
    TRY(account_by_email(c->db, c->a, email, &acc));
    TRY(factor_reset(c, acc.id));
    return db_commit(&tx);
}

int cli_login(struct cli *cli)
{
    const char *user = cli_option(cli, "--user"), *what = cli_word(cli, 0);
    if (!what || strcmp(what, "codes-off") != 0)
        return cli_usage(cli, "say what to do: springbrett login codes-off");
    if (cli->argc != 1)
        return cli_usage(cli, "login codes-off does not know %s", cli->argv[cli->argc - 1]);
    if (!user)
        return cli_usage(cli, "login codes-off wants --user EMAIL");
    CLEANUP(db_closep) struct db *db = NULL;
    struct actor actor;
    struct ctx c;
    int rc = cli_open(cli, &db);
    if (rc)
        return rc;
    if (cli_ctx(cli, db, ROLE_ADMINISTRATOR, &actor, &c) != OK)
        return cli_fail("%s has no organisation yet; make it with springbrett init", cli->data);
    enum err e = codes_off(&c, str_c(user));
    if (e == ERR_NOT_FOUND)
        return cli_fail("there is no account %s in the first organisation", user);
    if (e == ERR_STATE)
        return cli_fail("%s has no one-time codes; nothing was changed", user);
    return e ? cli_fail("nothing was changed (%s)", err_name(e)) : 0;
}
