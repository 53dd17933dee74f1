#include "base/num.h"
#include "base/tm.h"
#include "cli/cli.h"
#include "service/token.h"
#include <stdio.h>

struct token_cli {
    const char *what, *user, *scope, *role;
    int64_t id;
};

static int list(struct cli *cli, struct ctx *c, const struct token_cli *t)
{
    struct token_row *rows;
    size_t n;
    enum err e = token_list(c, str_c(t->user), &rows, &n);
    if (e)
        return cli_fail(e == ERR_NOT_FOUND ? "there is no account %s" : "the tokens of %s could not be listed", t->user);
    for (size_t i = 0; i < n; i++)
        printf("%lld\t%.*s\t%.*s\t%s\n", (long long)rows[i].id, STR_FMT(rows[i].scopes), STR_FMT(tm_iso(cli->a, tm_on_of(rows[i].created_at))),
               rows[i].ended_at ? "ended" : "open");
    return 0;
}

static int refuse(const struct token_cli *t, enum err e)
{
    if (!strcmp(t->what, "end"))
        return e == ERR_NOT_FOUND ? cli_fail("there is no open token %lld", (long long)t->id) : cli_fail("the token was not ended (%s)", err_name(e));
    return e == ERR_NOT_FOUND ? cli_fail("there is no account %s", t->user)
           : e == ERR_STATE   ? cli_fail("%s is closed or has no such role now; no token was made", t->user)
                              : cli_fail("no token was made (%s)", err_name(e));
}

/* In a transaction of its own, beside a server that may be running on the same folder. */
static enum err change(struct ctx *c, const struct token_cli *t, unsigned scopes, struct str *token)
{
    CLEANUP(db_tx_end) struct db_tx tx = {0};
    TRY(db_begin(c->db, &tx));
    if (!strcmp(t->what, "end"))
        TRY(token_take_back(c, t->id));
    else
        TRY(token_make(c, str_c(t->user), t->role ? role_of(str_c(t->role)) : ROLE_NONE, scopes, token));
    return db_commit(&tx);
}

static int run(struct cli *cli, const struct token_cli *t, unsigned scopes)
{
    CLEANUP(db_closep) struct db *db = NULL;
    struct actor actor;
    struct ctx c;
    struct str token = STR("");
    int rc = cli_open(cli, &db);
    if (rc)
        return rc;
    if (cli_ctx(cli, db, ROLE_ADMINISTRATOR, &actor, &c) != OK)
        return cli_fail("%s has no organisation yet; make it with springbrett init", cli->data);
    if (!strcmp(t->what, "list"))
        return list(cli, &c, t);
    enum err e = change(&c, t, scopes, &token);
    if (e)
        return refuse(t, e);
    if (token.n)
        printf("%.*s\n", STR_FMT(token));
    return 0;
}

int cli_token(struct cli *cli)
{
    struct token_cli t = {.user = cli_option(cli, "--user"), .scope = cli_option(cli, "--scope"), .role = cli_option(cli, "--role")};
    unsigned scopes = 0;
    t.what = cli_word(cli, 0);
    bool make = t.what && !strcmp(t.what, "new"), end = t.what && !strcmp(t.what, "end");
    if (!t.what || (!make && !end && strcmp(t.what, "list")))
        return cli_usage(cli, "say what to do: springbrett token new|list|end");
    if (cli->argc != 1 + end)
        return cli_usage(cli, end && cli->argc < 2 ? "token end wants the number of the token" : "token %s does not know %s", t.what, cli->argv[cli->argc - 1]);
    if (end && !num_i64(str_c(cli_word(cli, 1)), 1, INT64_MAX, &t.id))
        return cli_usage(cli, "token end wants the number of the token");
    if (!end && !t.user)
        return cli_usage(cli, "token %s wants --user EMAIL", t.what);
    if (make && !t.scope)
        return cli_usage(cli, "token new wants --scope SCOPE[,SCOPE]: documents, api, calendar");
    if (make && !token_scopes(str_c(t.scope), &scopes))
        return cli_usage(cli, "a scope of %s is not known; there are documents, api, calendar", t.scope);
    if (t.role && role_of(str_c(t.role)) == ROLE_NONE)
        return cli_usage(cli, "the role %s is not known", t.role);
    return run(cli, &t, scopes);
}
