/* commands.c: every command, in the order --help shows them. */
#include "cli/cli.h"

const struct command commands[] = {
    {"serve", "springbrett serve --data DIR [--listen HOST:PORT] [--database URL] [--metrics HOST:PORT] [--no-sandbox]",
     "Serves the pages until it is told to stop (SIGTERM, SIGINT). SIGHUP reads the configuration again. --metrics: figures for monitoring at /metrics of "
     "that address, which must be of this machine. --no-sandbox is for kernels that cannot take rights away.",
     cli_serve, true},
    {"init", "springbrett init --data DIR [--database URL] [--organisation NAME] [--email EMAIL] [--name NAME]",
     "Makes the database with an organisation and an administrator, and prints a one-time login link. Without --email the administrator logs in as "
     "admin@sb.invalid and gets no mail.", cli_init, true},
    {"match", "springbrett match --data DIR --cohort ID [--json]",
     "Proposes mentors for the trainees of a cohort, with points and reasons. Changes nothing.", cli_match, true},
    {"check", "springbrett check --data DIR [--head FILE] [--database URL]",
     "Checks the data: the database, keys between tables, schema, that every row can be read and every living document too, that snapshots say what "
     "their logs say, that the log holds together, that the key is the one the database was sealed with, and that the files named in the "
     "configuration are there. --head: also that the log still goes on from what log head printed earlier. Changes nothing.",
     cli_check, true},
    {"log", "springbrett log head --data DIR [--database URL]",
     "Prints number and hash of the newest line of each organisation's log, a tab between. Kept where the server's administrators cannot change it, it "
     "shows later that nothing before that line was changed (check --head). Changes nothing.",
     cli_log, true},
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
    {"token",
     "springbrett token new --user EMAIL --scope SCOPE[,SCOPE] [--role ROLE] --data DIR\n"
     "springbrett token list --user EMAIL --data DIR\n"
     "springbrett token end NUMBER --data DIR",
     "Makes a key for a program, with the rights of that account in one of its roles (the first, if none is said), and prints it, once. Scopes: "
     "documents, api, calendar. list prints number, scopes, day and state of an account's keys, a tab between; end takes one back. Works while the "
     "server runs.",
     cli_token, true},
    {"login", "springbrett login codes-off --user EMAIL --data DIR [--database URL]",
     "For somebody who has lost the telephone and the recovery codes, when no administrator can log in to help: turns one-time codes off for that "
     "account and ends its sessions. Be sure whom you do it for. Works while the server runs.",
     cli_login, true},
    {"document",
     "springbrett document new --owner EMAIL --title TEXT [--kind cv|letter|application|ad|free] --data DIR\n"
     "springbrett document export ID --format pdf|docx|txt FILE --data DIR",
     "Makes a living document for an account, with what its kind begins with, and prints its number; or writes one into a file, as its owner sees it. "
     "Works while the server runs.",
     cli_document, true},
    {"person",
     "springbrett person export ID [FILE] --data DIR\n"
     "springbrett person erase ID --data DIR [--dry-run]",
     "Writes everything that is kept about a person into a ZIP (person-ID.zip where nothing is said) and prints its name, or erases the person and says what the law keeps. ID is a participant's number; "
     "M-NUMBER is a mentor's, K-NUMBER an account's. --dry-run only says. Works while the server runs.",
     cli_person, true},
    {"oidc", "springbrett oidc NAME --data DIR",
     "Prints what has to be told to the provider of logins oidc.NAME: the addresses of this installation, and the public half of its key (JWKS).",
     cli_oidc, true},
    {"backup", "springbrett backup --data DIR --to FILE [--key FILE] [--database URL]",
     "Writes everything into one file, as it is at one moment, while the server serves: the database's rows, the configuration and, sealed with --key, "
     "the installation's key. Without --key the file can be read by whoever has it. FILE is whole or not there; one that is there is not overwritten.",
     cli_backup, true},
    {"restore",
     "springbrett restore --from FILE --data DIR [--database URL] [--key FILE] --erasures FILE... | --nothing-erased [--key-is-lost]",
     "Puts a backup into an empty place and checks it before it gets its name. --erasures: the newest erasures.list there is; who was erased after the "
     "backup is erased again. --key opens a sealed backup. --key-is-lost: goes on without the installation's key.",
     cli_restore, true},
    {"move", "springbrett move --to URL|DIR --data DIR [--from URL|DIR]",
     "Carries everything into an empty database of the other kind and reads it back row by row. Stop the server first; then name the new one in "
     "springbrett.conf (database = URL).",
     cli_move, true},
    {"upgrade", "springbrett upgrade --data DIR [--to FILE] [--key FILE] [--no-backup] [--database URL]",
     "Brings the database up to this program's schema, all of it or none, after a backup (DIR/before-upgrade-from-N.backup, or --to). Refuses a "
     "database that is newer than the program.",
     cli_upgrade, true},
    {"key", "springbrett key lost --data DIR",
     "When the installation's key is lost for good: the one that is there now is taken for it. What the lost one sealed stays unreadable.", cli_key,
     true},
    {0},
};
