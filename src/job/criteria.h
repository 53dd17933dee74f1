/* criteria.h: the order of participants by criteria, which the day or new settings change, is counted anew. */
#pragma once
#include "db/writer.h"
#include "job/leave.h"

struct criteria_conf {
    const char *db_url;
    struct writer *writer;
    const atomic_bool *leave;
    int64_t at; /* the organisation to go on with; 0: the first */
};
/* Goes through the organisations from conf->at on, and does at most CRITERIA_BATCHES of SCREENING_BATCH participants; the next call goes on there. What
 * goes wrong is logged, and tried again at the next call. */
enum { CRITERIA_BATCHES = 20 };
enum err criteria_job(struct criteria_conf *conf);
