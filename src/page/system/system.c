#include "page/system/system.h"
#include "base/log.h"
#include "model/setting.h"
#include "page/app.h"
#include <stdio.h>

/* GET /healthz: 200 "ok" when this process can read its database. */
enum err healthz_page(struct page *p)
{
    bool demo;
    TRY(setting_demo(p->c.db, p->c.a, &demo)); /* any row will do */
    p->r->type = "text/plain; charset=utf-8";
    buf_c(p->o, "ok\n");
    return OK;
}

static void metric(struct buf *o, const char *name, const char *help, const char *type, int64_t v)
{
    buf_fmt(o, "# HELP %s %s\n# TYPE %s %s\n%s %lld\n", name, help, name, type, name, (long long)v);
}

static int64_t resident_bytes(void)
{
    long long pages = 0, skip;
    FILE *f = fopen("/proc/self/statm", "r");
    if (!f)
        return 0;
    if (fscanf(f, "%lld %lld", &skip, &pages) != 2)
        pages = 0;
    fclose(f);
    return pages * 4096;
}

/* GET /metrics: Prometheus text format 0.0.4. Counts only, nothing about persons. */
enum err metrics_page(struct page *p)
{
    if (!p->app)
        return ERR_NOT_FOUND;
    struct buf *o = p->o;
    struct app_counts c = app_counts(p->app);
    struct writer_stats w = writer_stats(app_writer(p->app));
    int64_t bugs, peers;
    log_counts(&bugs, &peers);
    p->r->type = "text/plain; version=0.0.4; charset=utf-8";
    buf_c(o, "# HELP springbrett_answers_total Answers by class of status.\n# TYPE springbrett_answers_total counter\n");
    for (int i = 2; i < 6; i++)
        buf_fmt(o, "springbrett_answers_total{class=\"%dxx\"} %lld\n", i, (long long)c.by_class[i]);
    metric(o, "springbrett_commits_total", "Common commits of the writer.", "counter", w.commits);
    metric(o, "springbrett_changes_total", "Changes in those commits.", "counter", w.pieces);
    metric(o, "springbrett_changes_failed_total", "Changes undone.", "counter", w.failed);
    metric(o, "springbrett_changes_waiting", "Changes that wait for the writer.", "gauge", w.waiting);
    metric(o, "springbrett_bugs_total", "Faults of ours.", "counter", bugs);
    metric(o, "springbrett_peer_faults_total", "Faults of the other side.", "counter", peers);
    metric(o, "process_resident_memory_bytes", "Resident memory.", "gauge", resident_bytes());
    return OK;
}
