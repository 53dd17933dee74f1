/* log_days.h: the days of the log that are over are counted and kept (service/log_days.h), of every organisation. */
#pragma once
#include "db/writer.h"
#include "job/leave.h"

struct log_days_conf {
    const char *db_url;
    struct writer *writer;
    const atomic_bool *leave;
    int64_t at; /* the organisation to go on with; 0: the first */
};
/* Goes through the organisations from conf->at on, begins no other after LOG_DAYS_MS, and leaves there where the next call goes on: the first time it is
 * three months of everybody. What goes wrong in one organisation keeps no other from its turn, is logged, and tried again the next time round. */
enum { LOG_DAYS_MS = 3000 };
enum err log_days_job(struct log_days_conf *conf, int64_t now);
