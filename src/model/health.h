/* health.h: figures about the database's state for the monitoring, each bounded or read by an index. Nothing about persons. */
#pragma once
#include "db/db.h"

enum { HEALTH_COUNT_MAX = 10000 }; /* more is not counted */
struct outbox_health {
    int64_t waiting, failed; /* HEALTH_COUNT_MAX at most */
    int64_t due_at;          /* when the first that waits is or was due; 0: none waits */
};
enum err outbox_health(struct db *db, struct arena *a, struct outbox_health *out) MUST_CHECK;

struct log_health {
    int64_t chains, lines;
    int64_t newest_at; /* the newest line of all; 0: there is none */
    int64_t broken;    /* chains whose newest line is not there: `springbrett check` says more */
};
enum err log_health(struct db *db, struct arena *a, struct log_health *out) MUST_CHECK;
