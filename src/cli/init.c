#include "base/secret.h"
#include "base/tm.h"
#include "cli/keeping.h"
#include "http/form.h"
#include "model/account.h"
#include <stdio.h>

/* What the link of `init` opens: a first password for the administrator, within two days. */
static enum err make(struct cli *cli, struct db *db, struct str organisation, struct str email, struct str name, struct str *token)
{
    CLEANUP(db_tx_end) struct db_tx tx = {0};
    int64_t now = tm_now(), org, account, role;
    TRY(db_begin(db, &tx));
    struct organisation_row o = {.name = organisation, .kind = STR("municipality"), .created_at = now};
    enum err e = organisation_first(db, cli->a, &o);
    if (e == OK)
        return ERR_STATE;
    if (e != ERR_NOT_FOUND)
        return e;
    TRY(organisation_insert(db, &o, &org));
    struct account_row acc = {.email = email, .name = name, .lang = STR("nb"), .created_at = now};
    TRY(account_insert(db, &acc, &account));
    struct role_row r = {.account_id = account, .organisation_id = org, .role = str_c(role_code(ROLE_ADMINISTRATOR)), .from_at = now};
    TRY(role_insert(db, &r, &role));
    *token = secret_token(cli->a);
    struct link_row l = {.token_hash = secret_hash_hex(cli->a, *token), .kind = STR("new_password"), .organisation_id = org,
                         .email = email, .name = name, .lang = STR("nb"), .subject_id = account, .created_at = now,
                         .expires_at = now + 2 * (int64_t)TM_DAY_MS};
    TRY(link_insert(db, &l));
    return db_commit(&tx);
}

int cli_init(struct cli *cli)
{
    const char *organisation = cli_option(cli, "--organisation"), *email = cli_option(cli, "--email"), *name = cli_option(cli, "--name");
    if (cli->argc)
        return cli_usage(cli, "init does not know %s", cli->argv[0]);
    struct str enters_as = form_email_of(cli->a, str_c(email ? email : "admin@" MAIL_NOWHERE));
    if (!enters_as.n)
        return cli_fail("\"%s\" is no e-mail address that somebody can log in with; nothing was made", email);
    CLEANUP(db_closep) struct db *db = NULL;
    int rc = cli_open(cli, &db);
    if (rc)
        return rc;
    struct str token;
    enum err e = make(cli, db, str_c(organisation ? organisation : "Kommunen"), enters_as,
                      str_c(name ? name : "Administrator"), &token);
    if (e == ERR_STATE)
        return cli_fail("%s has an organisation already; nothing was changed", cli->data);
    if (e)
        return cli_fail("could not make the first administrator (%s)", err_name(e));
    rc = cli_key_fits(cli, db);
    if (rc)
        return rc;
    struct str base = cli->conf.base_url.n ? cli->conf.base_url
                                           : arena_fmt(cli->a, "http://%s", cli->conf.listen.n ? arena_cstr(cli->a, cli->conf.listen)
                                                                                                 : "127.0.0.1:8080");
    printf("The administrator's login link (works once, for two days):\n%.*s/link/%.*s\n", STR_FMT(base), STR_FMT(token));
    if (!email)
        fprintf(stderr, "springbrett: without --email the administrator logs in as %.*s, and gets no mail\n", STR_FMT(enters_as));
    return 0;
}
