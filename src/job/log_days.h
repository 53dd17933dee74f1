/* log_days.h: the days of the log that are over are counted and kept (service/log_days.h), of every organisation. */
#pragma once
#include "db/writer.h"
#include "job/leave.h"

struct log_days_conf {
    const char *db_url;
    struct writer *writer;
    const atomic_bool *leave;
};
/* What goes wrong in one organisation keeps no other from its turn, is logged, and tried again at the next call. */
enum err log_days_job(const struct log_days_conf *conf, int64_t now);
