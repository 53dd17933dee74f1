/* handover.h: hand-overs from adviser to NAV contact take effect on their day (service/handover.h). */
#pragma once
#include "db/writer.h"

struct handover_conf {
    struct writer *writer;
    struct str base_url;
    bool demo;
};
enum err handover_job(const struct handover_conf *conf); /* what goes wrong is logged, and tried again at the next call */
