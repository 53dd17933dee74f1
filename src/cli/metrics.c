#include "cli/metrics.h"
#include "base/log.h"
#include "base/prom.h"
#include "base/tm.h"
#include "gen/version.h"
#include "job/job.h"
#include "model/health.h"
#include "page/app.h"
#include "page/counts.h"
#include "service/live.h"
#include <dirent.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/statvfs.h>
#include <unistd.h>

struct metrics {
    struct metrics_conf conf;
    struct http_server *http;
    struct db *db; /* the loop's own; NULL until it could be opened */
    int64_t started_at;
};

/* ---- the process, by the names that every exporter uses */

static int64_t open_descriptors(void)
{
    int64_t n = 0;
    DIR *d = opendir("/proc/self/fd");
    if (!d)
        return 0;
    for (const struct dirent *e; (e = readdir(d));)
        n += e->d_name[0] != '.';
    closedir(d);
    return n - 1; /* without the folder itself */
}

static void memory(int64_t *all, int64_t *resident)
{
    long long pages = 0, there = 0;
    FILE *f = fopen("/proc/self/statm", "r");
    if (f && fscanf(f, "%lld %lld", &pages, &there) != 2)
        pages = there = 0;
    if (f)
        fclose(f);
    *all = pages * sysconf(_SC_PAGESIZE);
    *resident = there * sysconf(_SC_PAGESIZE);
}

static void write_process(const struct metrics *m, struct buf *o)
{
    int64_t all, resident;
    struct rusage use = {0};
    struct rlimit files = {0};
    memory(&all, &resident);
    getrusage(RUSAGE_SELF, &use);
    getrlimit(RLIMIT_NOFILE, &files);
    prom_one(o, "process_resident_memory_bytes", PROM_GAUGE, "Resident memory.", resident);
    prom_one(o, "process_virtual_memory_bytes", PROM_GAUGE, "Memory that is asked for; most of it is never touched.", all);
    prom_one(o, "process_open_fds", PROM_GAUGE, "Open descriptors.", open_descriptors());
    prom_one(o, "process_max_fds", PROM_GAUGE, "How many there may be.", (int64_t)files.rlim_cur);
    prom_one_us(o, "process_start_time_seconds", PROM_GAUGE, "When the program began.", m->started_at * 1000);
    prom_one_us(o, "process_cpu_seconds_total", PROM_COUNTER, "Time on the processors.",
                (int64_t)(use.ru_utime.tv_sec + use.ru_stime.tv_sec) * 1000000 + use.ru_utime.tv_usec + use.ru_stime.tv_usec);
}

/* ---- the program */

static void write_build(const struct metrics *m, struct buf *o)
{
    prom_head(o, "springbrett_build_info", PROM_GAUGE, "1; what runs here stands in the labels.");
    prom_sample(o, "springbrett_build_info", PROM_LABELS({"version", STR(VERSION)}, {"database", str_c(db_kind_name(db_kind_of(m->conf.db_url)))}), 1);
}

/* What is asked for and not given back, beside what of it is pages that SQLite may keep: what goes on growing of the rest is lost. The memory of
 * the process is more: pieces between, and what the library keeps for the next who asks. */
static void write_memory(struct buf *o)
{
    struct mallinfo2 heap = mallinfo2();
    prom_one(o, "springbrett_heap_bytes", PROM_GAUGE, "Memory in use by the program.", (int64_t)(heap.uordblks + heap.hblkhd));
    prom_one(o, "springbrett_database_cache_bytes", PROM_GAUGE, "Of it pages of the database that are kept for the next one who asks.", db_cached());
}

static void write_faults(struct buf *o)
{
    struct log_counts l = log_counts();
    struct db_failed f = db_failed();
    prom_one(o, "springbrett_bugs_total", PROM_COUNTER, "Faults of ours.", l.bugs);
    prom_one(o, "springbrett_peer_faults_total", PROM_COUNTER, "Faults of the other side.", l.peers);
    prom_one(o, "springbrett_log_lines_lost_total", PROM_COUNTER, "Lines of the log that nobody took.", l.lost);
    prom_head(o, "springbrett_database_errors_total", PROM_COUNTER, "Calls of the database that failed: busy, full or read-only, everything else.");
    prom_sample(o, "springbrett_database_errors_total", PROM_LABELS({"kind", STR("busy")}), f.busy);
    prom_sample(o, "springbrett_database_errors_total", PROM_LABELS({"kind", STR("full")}), f.full);
    prom_sample(o, "springbrett_database_errors_total", PROM_LABELS({"kind", STR("other")}), f.internal);
}

static void write_writer(struct app *app, struct buf *o)
{
    struct writer_stats w = writer_stats(app_writer(app));
    prom_one(o, "springbrett_commits_total", PROM_COUNTER, "Common commits of the writer.", w.commits);
    prom_one(o, "springbrett_changes_total", PROM_COUNTER, "Changes in those commits.", w.pieces);
    prom_one(o, "springbrett_changes_failed_total", PROM_COUNTER, "Changes undone.", w.failed);
    prom_one(o, "springbrett_changes_waiting", PROM_GAUGE, "Changes that wait for the writer.", w.waiting);
    prom_one(o, "springbrett_commits_again_total", PROM_COUNTER, "Transactions of the writer that met another and were run again.", w.again);
    prom_one_us(o, "springbrett_writer_busy_seconds", PROM_GAUGE, "How long the writer has been at the oldest of the present changes.", w.busy_ms * 1000);
    prom_one(o, "springbrett_stopping", PROM_GAUGE, "1: told to stop, /readyz says no.", app_leaving(app));
}

static void write_live(struct app *app, struct buf *o)
{
    struct hub_counts c = hub_counts(live_hub(app_live(app)));
    prom_one(o, "springbrett_live_connections", PROM_GAUGE, "Living documents: open sockets.", c.connections);
    prom_one(o, "springbrett_live_documents", PROM_GAUGE, "Living documents: in memory.", c.documents);
    prom_one(o, "springbrett_live_edits_total", PROM_COUNTER, "Living documents: edits stored.", c.edits);
    prom_one(o, "springbrett_live_commits_total", PROM_COUNTER, "Living documents: commits they were stored with.", c.commits);
    prom_one(o, "springbrett_live_messages_total", PROM_COUNTER, "Living documents: messages sent.", c.deliveries);
    prom_one(o, "springbrett_live_refused_total", PROM_COUNTER, "Living documents: sockets refused.", c.refused);
    prom_one(o, "springbrett_live_waiting", PROM_GAUGE, "Living documents: edits that wait to be stored.", c.waiting);
}

static void write_jobs(struct jobs *jobs, struct buf *o)
{
    prom_head(o, "springbrett_job_last_success_seconds", PROM_GAUGE, "When a job last went well. One that has not yet is not here.");
    for (int i = 0; i < JOB_N; i++) {
        struct job_counts c = jobs_counts(jobs, (enum job)i);
        if (c.ok_at)
            prom_sample_us(o, "springbrett_job_last_success_seconds", PROM_LABELS({"job", str_c(c.name)}), c.ok_at * 1000);
    }
    prom_head(o, "springbrett_job_failures_total", PROM_COUNTER, "How often a job did not go well.");
    for (int i = 0; i < JOB_N; i++) {
        struct job_counts c = jobs_counts(jobs, (enum job)i);
        prom_sample(o, "springbrett_job_failures_total", PROM_LABELS({"job", str_c(c.name)}), c.failed);
    }
}

/* ---- the database */

static enum err read_health(struct metrics *m, struct outbox_health *outbox, struct log_health *log)
{
    CLEANUP(arena_freep) struct arena *a = arena_new(1 << 20);
    if (!m->db)
        TRY(db_connect(m->conf.db_url, DB_READ, &m->db));
    TRY(outbox_health(m->db, a, outbox));
    return log_health(m->db, a, log);
}

static void write_database(struct metrics *m, struct buf *o)
{
    struct outbox_health outbox;
    struct log_health log;
    struct statvfs disk;
    bool up = read_health(m, &outbox, &log) == OK;
    int64_t now = tm_now();
    prom_one(o, "springbrett_database_up", PROM_GAUGE, "1: these figures could be read from it.", up);
    if (statvfs(m->conf.data, &disk) == 0)
        prom_one(o, "springbrett_data_disk_free_bytes", PROM_GAUGE, "Room on the disk of the data folder.", (int64_t)disk.f_bavail * (int64_t)disk.f_frsize);
    if (!up) {
        db_closep(&m->db); /* a new one the next time */
        return;
    }
    prom_one(o, "springbrett_outbox_waiting", PROM_GAUGE, "Mails that wait, 10,000 at most.", outbox.waiting);
    prom_one(o, "springbrett_outbox_failed", PROM_GAUGE, "Mails given up, 10,000 at most.", outbox.failed);
    prom_one_us(o, "springbrett_outbox_late_seconds", PROM_GAUGE, "How long the first mail that waits is overdue.",
                outbox.due_at && outbox.due_at < now ? (now - outbox.due_at) * 1000 : 0);
    prom_one(o, "springbrett_log_chains", PROM_GAUGE, "Chains of the log, one for each organisation and one for the installation.", log.chains);
    prom_one(o, "springbrett_log_chains_broken", PROM_GAUGE, "Chains whose newest line is gone.", log.broken);
    prom_one(o, "springbrett_log_lines", PROM_GAUGE, "Lines of the log, by the numbers at the heads of the chains.", log.lines);
    prom_one_us(o, "springbrett_log_newest_seconds", PROM_GAUGE, "When the newest line of the log was written.", log.newest_at * 1000);
}

static enum http_when handle(void *user, int loop, struct req *r)
{
    struct metrics *m = user;
    (void)loop;
    r->type = "text/plain; version=0.0.4; charset=utf-8";
    if (r->method != GET || !str_is(r->path, "/metrics")) {
        r->status = 404;
        buf_c(&r->body, "only /metrics is here\n");
        return HTTP_NOW;
    }
    write_build(m, &r->body);
    counts_write(app_counts(m->conf.app), &r->body);
    write_writer(m->conf.app, &r->body);
    write_live(m->conf.app, &r->body);
    write_jobs(m->conf.jobs, &r->body);
    write_database(m, &r->body);
    write_faults(&r->body);
    write_memory(&r->body);
    write_process(m, &r->body);
    return HTTP_NOW;
}

static size_t no_body(void *user, const struct req *r)
{
    (void)user, (void)r;
    return 0;
}

enum err metrics_start(const struct metrics_conf *conf, struct metrics **out)
{
    struct metrics *m = calloc(1, sizeof *m);
    if (!m)
        return ERR_INTERNAL;
    *m = (struct metrics){.conf = *conf, .started_at = tm_now()};
    struct http_conf hc = {.listen = conf->listen, .loops = 1, .connections_max = 16, .per_address_max = 16, .handle = handle, .body_max = no_body,
                           .user = m};
    enum err e = http_start(&hc, &m->http);
    if (e) {
        free(m);
        return e;
    }
    *out = m;
    return OK;
}

int metrics_port(const struct metrics *m)
{
    return http_port(m->http);
}

void metrics_stop(struct metrics *m)
{
    if (!m)
        return;
    http_stop(m->http);
    db_close(m->db);
    free(m);
}
