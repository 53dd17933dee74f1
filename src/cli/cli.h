/* cli.h: the command line. Exit status 0 done, 1 refused or failed (one clear line on stderr, nothing half-done), 2 wrong use. */
#pragma once
#include "base/buf.h"
#include "conf.h"
#include "db/db.h"
#include "service/ctx.h"

struct cli {
    struct arena *a;
    int argc; /* words after the command */
    char **argv;
    const char *data; /* --data DIR, NULL if not given */
    const char *conf_path; /* DIR/springbrett.conf */
    struct conf file; /* as it stands there */
    struct conf conf; /* with --listen, --database and --metrics over it */
    struct str db_url;
};
struct command {
    const char *name, *usage, *help; /* usage: "init --data DIR"; help: one paragraph */
    int (*run)(struct cli *cli);
    bool needs_data;
};
extern const struct command commands[]; /* ends with name NULL; cli/commands.c */

int cli_main(int argc, char **argv);
/* One line on stderr, returns 1. */
int cli_fail(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
int cli_usage(const struct cli *cli, const char *fmt, ...) __attribute__((format(printf, 2, 3))); /* returns 2 */
/* "--name VALUE" or "--name=VALUE" among the words, removed from them; NULL when absent. */
const char *cli_option(struct cli *cli, const char *name);
bool cli_flag(struct cli *cli, const char *name);
/* The n-th word that is no option, NULL when absent; call after the options were taken. */
const char *cli_word(struct cli *cli, int n);
/* A file with these bytes, whole or not at all: on disk before it has its name. 0, or 1 and why not on stderr. */
int cli_write(const char *name, const struct buf *b);
/* Opens the data folder's database for changes; says why not on stderr. An older schema is brought up after a backup (keeping.h). */
int cli_open(struct cli *cli, struct db **db);
/* The same for looking only; of this program's schema, or refused: what is in another one's tables would be misread. */
int cli_open_read(struct cli *cli, struct db **db);
/* A context that acts as the installation: role of the first organisation's project leader (or administrator), account 0. */
enum err cli_ctx(struct cli *cli, struct db *db, enum role role, struct actor *actor, struct ctx *c) MUST_CHECK;
/* Writes what a command that changes nothing looked at into the log (service/ctx.h: saw), before it shows it. */
enum err cli_seen(struct ctx *c) MUST_CHECK;

int cli_serve(struct cli *cli);
int cli_init(struct cli *cli);
int cli_check(struct cli *cli);
int cli_match(struct cli *cli);
int cli_import(struct cli *cli);
int cli_report(struct cli *cli);
int cli_demo(struct cli *cli);
int cli_token(struct cli *cli);
int cli_login(struct cli *cli);
int cli_document(struct cli *cli);
int cli_log(struct cli *cli);
int cli_person(struct cli *cli);
int cli_oidc(struct cli *cli);
int cli_backup(struct cli *cli);
int cli_restore(struct cli *cli);
int cli_move(struct cli *cli);
int cli_upgrade(struct cli *cli);
int cli_key(struct cli *cli);
