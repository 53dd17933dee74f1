/* keeping.h: what backup, restore, upgrade and check have in common. Each prints why it fails and returns the exit status. */
#pragma once
#include "cli/cli.h"
#include "keep/keep.h"

const char *cli_key_file(struct cli *cli); /* of the installation, not of backups */
int cli_backup_key(struct cli *cli, const char *file, unsigned char key[CONTAINER_KEY_BYTES]);
int cli_backup_to(struct cli *cli, const char *file, const unsigned char *key, struct keep_done *done);
/* Of an older schema: makes a backup beside the database (SQLite), says where, and brings it up. A database server is left alone: refuses. */
int cli_backup_before(struct cli *cli, struct db *db, int schema);
/* Up to this program's schema: every migration or none, and what belongs behind them. */
int cli_bring_up(struct db *db);
/* Is the database of this program's schema? */
int cli_schema_fits(struct cli *cli, struct db *db);
/* As cli_open, also when the key is not the one of the database. */
int cli_open_as(struct cli *cli, bool any_key, struct db **db);
/* Everything that `check` looks at in a database; a line for each fault on stderr. `heads`: what `log head` printed, NULL for none. */
int cli_check_database(struct cli *cli, struct db *db, const char *url, const char *heads);
/* Is the key at hand (vault.h) the one that the database was sealed with? Notes it in a database that does not say. */
int cli_key_fits(struct cli *cli, struct db *db);
/* The next key is the right one. */
enum err cli_key_forget(struct db *db, struct arena *a) MUST_CHECK;

enum { CLI_ERASURES_MAX = 256 << 20 };
