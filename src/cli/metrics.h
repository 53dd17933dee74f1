/* metrics.h: what monitoring reads: GET /metrics on a listener of its own, which is on this machine only. Prometheus text 0.0.4. Counts,
 * times and sizes; nothing about persons. */
#pragma once
#include "cli/cli.h"

struct app;
struct jobs;
struct metrics;
struct metrics_conf {
    const char *listen; /* of conf.metrics: a loopback address */
    const char *db_url;
    const char *data;   /* the folder whose disk is looked at */
    struct app *app;
    struct jobs *jobs;
};
/* Errors as http_start. app and jobs must outlive it; so must the strings. */
enum err metrics_start(const struct metrics_conf *conf, struct metrics **out) MUST_CHECK;
int metrics_port(const struct metrics *m);
void metrics_stop(struct metrics *m); /* NULL is fine */
