/* commands.c: every command, in the order --help shows them. */
#include "cli/cli.h"

const struct command commands[] = {
    {"serve", "springbrett serve --data DIR [--listen HOST:PORT] [--database URL]",
     "Serves the pages until it is told to stop (SIGTERM, SIGINT).", cli_serve, true},
    {"init", "springbrett init --data DIR [--database URL] [--organisation NAME] [--email EMAIL] [--name NAME]",
     "Makes the database with an organisation and an administrator, and prints a one-time login link.", cli_init, true},
    {"check", "springbrett check --data DIR [--database URL]",
     "Checks the database: file, keys between tables, schema. Changes nothing.", cli_check, true},
    {0},
};
