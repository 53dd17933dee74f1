#include "base/tm.h"
#include "base/vault.h"
#include "cli/cli.h"
#include "cli/keeping.h"
#include "model/check.h"
#include "model/setting.h"
#include "service/document_check.h"
#include "service/log_check.h"
#include <stdio.h>
#include <unistd.h>

enum { HEADS_MAX = 1 << 20 };

static int tell(const struct str *faults, size_t n)
{
    for (size_t i = 0; i < n; i++)
        cli_fail("%.*s", STR_FMT(faults[i]));
    return n ? 1 : 0;
}

/* The chains. `heads`: what `log head` printed earlier, NULL for none. */
static int check_log(struct cli *cli, struct db *db, const char *heads)
{
    struct str *faults, text;
    size_t n;
    enum err e = log_check(db, cli->a, &faults, &n);
    if (e)
        return cli_fail("the log could not be checked (%s)", err_name(e));
    int rc = tell(faults, n);
    if (!heads)
        return rc;
    char *p = arena_alloc(cli->a, HEADS_MAX);
    FILE *f = fopen(heads, "rb");
    if (!f)
        return cli_fail("cannot read %s", heads);
    text = (struct str){p, fread(p, 1, HEADS_MAX, f)};
    fclose(f);
    e = text.n < HEADS_MAX ? log_check_anchored(db, cli->a, text, tm_on_of(tm_now()), &faults, &n) : ERR_INVALID;
    if (e)
        return e == ERR_INVALID ? cli_fail("%s is not what springbrett log head printed", heads)
                                : cli_fail("the log could not be checked (%s)", err_name(e));
    return tell(faults, n) || rc ? 1 : 0;
}

/* A database server says itself whether its keys hold; whether it can still read what it has is seen by reading it. */
static int read_all(struct cli *cli, const char *url)
{
    CLEANUP(copy_closep) struct copy *c = NULL;
    struct copy_table *t;
    struct copy_sum sum;
    size_t n = 0;
    enum err e = copy_open(url, COPY_OUT, &c);
    if (e)
        return cli_fail("the database cannot be read: %s", copy_why(NULL));
    e = copy_tables(c, cli->a, &t, &n);
    for (size_t i = 0; !e && i < n; i++)
        e = copy_sum_table(c, &t[i], &sum);
    return e ? cli_fail("the database cannot be read: %s", copy_why(c)) : 0;
}

int cli_check_database(struct cli *cli, struct db *db, const char *url, const char *heads)
{
    struct str *faults;
    size_t n = 0;
    CLEANUP(db_tx_end) struct db_tx tx = {0};
    bool server = db_kind_of(url) == DB_POSTGRES;
    db_take_time(db);
    enum err e = db_begin_read(db, &tx); /* as it stands at one moment: a server may be at it */
    if (!e && !server)
        e = check_database(db, cli->a, &faults, &n);
    if (e)
        return cli_fail("the check could not be finished (%s)", err_name(e));
    if (n ? tell(faults, n) : read_all(cli, url))
        return 1; /* what the documents and the log hold can only be asked of a sound database */
    int log = check_log(cli, db, heads);
    e = document_check(db, cli->a, &faults, &n);
    if (e)
        return cli_fail("the documents could not be checked (%s)", err_name(e));
    return tell(faults, n) || log ? 1 : 0;
}

static int present(struct cli *cli, struct str file, const char *what)
{
    return !file.n || access(arena_cstr(cli->a, file), R_OK) == 0 ? 0 : cli_fail("%s is not there or cannot be read: %.*s", what, STR_FMT(file));
}

/* The key, and what the configuration names. */
static int check_files(struct cli *cli, struct db *db)
{
    unsigned char key[VAULT_KEY_BYTES];
    struct str known;
    const struct conf *k = &cli->conf;
    int bad = present(cli, k->smtp_password_file, "the mail server's password");
    for (size_t i = 0; i < k->n_oidc; i++)
        bad |= present(cli, k->oidc[i].client_key_file, "a provider's key") | present(cli, k->oidc[i].client_secret_file, "a provider's secret");
    const char *file = cli_key_file(cli);
    if (vault_read_key(file, key))
        return cli_fail("the installation's key %s is not there, or is not 32 bytes that only this user can read", file);
    if (vault_start(file) || setting_first(db, cli->a, "vault.key", &known))
        return cli_fail("the name of the key cannot be read");
    if (known.n && !str_eq(known, vault_name(cli->a)))
        return cli_fail("%s is not the key this database was sealed with", file);
    return bad;
}

/* `springbrett check`: 0 and "ok" when nothing is wrong, else 1 and a line for each fault. Changes nothing. */
int cli_check(struct cli *cli)
{
    const char *heads = cli_option(cli, "--head"), *url = arena_cstr(cli->a, cli->db_url);
    if (cli->argc)
        return cli_usage(cli, "check does not know %s", cli->argv[0]);
    CLEANUP(db_closep) struct db *db = NULL;
    enum err e = db_connect(url, DB_READ, &db);
    if (e)
        return cli_fail("cannot open the database in %s (%s)", cli->data, db_why(NULL));
    bool unfinished = false;
    if (restore_marked(db, &unfinished) == OK && unfinished)
        return cli_fail("a restore into this database was cut short: make it empty and restore again");
    int rc = cli_schema_fits(cli, db);
    if (rc)
        return rc;
    rc = cli_check_database(cli, db, url, heads);
    rc |= check_files(cli, db);
    if (!rc)
        puts("ok");
    return rc;
}
