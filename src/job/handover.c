#include "job/handover.h"
#include "base/log.h"
#include "base/tm.h"
#include "service/handover.h"

static enum err run(void *arg, struct db *db)
{
    const struct handover_conf *conf = arg;
    CLEANUP(arena_freep) struct arena *a = arena_new((size_t)64 << 20);
    struct actor nobody = {.role = ROLE_NONE, .name = STR("springbrett")};
    int64_t now = tm_now(), done;
    struct ctx c = {.a = a, .db = db, .actor = &nobody, .now = now, .today = tm_on_of(now), .lang = LANG_NB, .base_url = conf->base_url,
                    .demo = conf->demo, .request = STR("")};
    return handover_run(&c, &done);
}

enum err handover_job(const struct handover_conf *conf)
{
    struct handover_conf copy = *conf;
    enum err e = writer_run(conf->writer, WRITER_LANE_ANY, run, &copy);
    if (e)
        log_warn("job", "hand-overs could not be made, tried again soon", LOG_S("job", STR("handover")));
    return e;
}
