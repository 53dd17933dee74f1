/* serving.h: what cli/serve.c and cli/reload.c share: the running parts. */
#pragma once
#include "cli/cli.h"

struct serving {
    struct cli *cli;
    struct app *app;
    struct jobs *jobs;
    struct metrics *metrics; /* NULL: none asked for */
    bool held;               /* the sandbox holds: what was not named at the start cannot be reached */
    struct arena *fresh;     /* what the last reload read; NULL: none yet */
};
/* The log's looks and least level, as configured. */
void serving_log(const struct conf *conf);
/* The port of a mail server's address. */
int serving_smtp_port(struct str url);
/* SIGHUP: reads the configuration again. What can change while serving changes; what wants a restart is named in the log; a file that is wrong
 * changes nothing, and the log says which line. */
void serving_reload(struct serving *s);
