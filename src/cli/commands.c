/* commands.c: every command, in the order --help shows them. */
#include "cli/cli.h"

const struct command commands[] = {
    {"serve", "springbrett serve --data DIR [--listen HOST:PORT] [--database URL]",
     "Serves the pages until it is told to stop (SIGTERM, SIGINT).", cli_serve, true},
    {"init", "springbrett init --data DIR [--database URL] [--organisation NAME] [--email EMAIL] [--name NAME]",
     "Makes the database with an organisation and an administrator, and prints a one-time login link.", cli_init, true},
    {"match", "springbrett match --data DIR --cohort ID [--json]",
     "Proposes mentors for the trainees of a cohort, with points and reasons. Changes nothing.", cli_match, true},
    {"check", "springbrett check --data DIR [--database URL]",
     "Checks the database: file, keys between tables, schema. Changes nothing.", cli_check, true},
    {"import", "springbrett import participants|mentors FILE --data DIR [--dry-run] [--map THEIRS=OURS]... [--database URL]",
     "Reads a CSV file of participants or mentors into the first organisation: all of it, or nothing when a row cannot be read. --dry-run only "
     "counts. --map says which of their columns is which of ours, for instance --map \"Saksnr=Referanse\". The columns and what may stand in them: "
     "docs/user/import.md.",
     cli_import, true},
    {"report", "springbrett report results --data DIR [--json|--csv|--xlsx] [--database URL]",
     "Prints what the programme achieved, counted from the records: every share with its numerator and its denominators.", cli_report, true},
    {"demo", "springbrett demo --data DIR [--database URL]",
     "Fills an empty database with an invented municipality: people at every stage, three cohorts with their results. Prints one login a "
     "line: role, e-mail and password, a tab between. Refuses when there is an organisation already.",
     cli_demo, true},
    {0},
};
