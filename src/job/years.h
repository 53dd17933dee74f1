/* years.h: what is kept for five years goes when they are over (service/log_years.h), of every chain of the log and of everybody who was erased. */
#pragma once
#include "db/writer.h"
#include "job/leave.h"

struct years_conf {
    const char *db_url;
    struct writer *writer;
    const atomic_bool *leave;
};
/* *gone: lines and people, also when it fails later. What goes wrong in one chain keeps no other from its turn; it is logged, and the first error is
 * returned. */
enum err years_run(const struct years_conf *conf, int64_t now, size_t *gone);
