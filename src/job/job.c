#include "job/job.h"
#include "base/log.h"
#include "base/tm.h"
#include "job/criteria.h"
#include "job/documents.h"
#include "job/handover.h"
#include "job/log_days.h"
#include "job/outbox.h"
#include "job/retention.h"
#include "job/years.h"
#include "model/setting.h"
#include "service/servers.h"
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

enum { LOOK_EVERY_S = 2, OUTBOX_EVERY_MS = 10 * 1000, DIGEST_EVERY_MS = 5 * 60 * 1000, SWEEP_EVERY_MS = 3600 * 1000 };

struct mail_conf {
    char smtp_url[512], login_file[512], from[512]; /* smtp_url empty: mails stay where they are */
};

struct jobs {
    struct writer *writer;
    struct servers *servers;
    struct outbox_owed owed; /* the thread's */
    struct documents_conf documents;
    struct criteria_conf criteria;
    struct log_days_conf log_days;
    struct retention_conf retention;
    char db_url[512], folder[512], base_url[512];
    pthread_t thread;
    _Atomic int64_t ok_at[JOB_N], failed[JOB_N];
    pthread_mutex_t lock;
    pthread_cond_t wake;
    struct mail_conf mail; /* under the lock */
    atomic_bool stop;
};

static void note(struct jobs *j, enum job which, enum err e)
{
    if (e)
        atomic_fetch_add(&j->failed[which], 1);
    else
        atomic_store(&j->ok_at[which], tm_now());
}

struct job_counts jobs_counts(struct jobs *j, enum job which)
{
    static const char *const names[JOB_N] = {[JOB_SWEEP] = "sweep", [JOB_DOCUMENTS] = "documents", [JOB_RETENTION] = "retention", [JOB_YEARS] = "years",
                                             [JOB_INDEX] = "index", [JOB_DIGEST] = "digest", [JOB_CRITERIA] = "criteria",
                                             [JOB_LOG_DAYS] = "log_days", [JOB_HANDOVER] = "handover", [JOB_SCRUB] = "scrub", [JOB_LIST] = "erasures_list", [JOB_OUTBOX] = "outbox"};
    return (struct job_counts){names[which], atomic_load(&j->ok_at[which]), atomic_load(&j->failed[which])};
}

static void send_mail(struct jobs *j)
{
    struct outbox_done done;
    pthread_mutex_lock(&j->lock);
    struct mail_conf mail = j->mail;
    pthread_mutex_unlock(&j->lock);
    if (!mail.smtp_url[0])
        return;
    struct outbox_conf conf = {.db_url = j->db_url, .writer = j->writer, .smtp_url = str_c(mail.smtp_url),
                               .login_file = str_c(mail.login_file), .from = str_c(mail.from), .owed = &j->owed, .leave = &j->stop};
    enum err e = outbox_run(&conf, tm_now(), &done);
    note(j, JOB_OUTBOX, e);
    if (e)
        log_warn("job", "the outbox cannot be sent", LOG_S("error", str_c(err_name(e))));
    if (!e && done.sent + done.later + done.failed)
        log_info("job", "outbox", LOG_I("sent", done.sent), LOG_I("later", done.later), LOG_I("failed", done.failed));
}

/* Is it time again? The first time always. */
static bool time_again(int64_t *done_at, int64_t every_ms)
{
    int64_t now = tm_mono_ms();
    if (*done_at && now - *done_at < every_ms)
        return false;
    *done_at = now;
    return true;
}

/* And is it this process that does it? */
static bool due(struct jobs *j, const char *name, int64_t *done_at, int64_t every_ms)
{
    return time_again(done_at, every_ms) && servers_turn(j->servers, name, every_ms);
}

struct round {
    struct jobs *j;
    int64_t at[4], list_at, files_at, list;
};

/* What lies in this process's folder: every process looks after its own. */
static void own_folder(struct jobs *j, struct round *r)
{
    if (*j->folder && time_again(&r->list_at, OUTBOX_EVERY_MS))
        note(j, JOB_LIST, retention_list(j->db_url, j->folder, &r->list));
    if (*j->folder && time_again(&r->files_at, SWEEP_EVERY_MS))
        retention_files(j->folder, tm_now());
}

static void what_is_over(struct jobs *j)
{
    note(j, JOB_SWEEP, retention_sweep(&j->retention));
    note(j, JOB_DOCUMENTS, documents_sweep(&j->documents));
    if (j->documents.demo)
        return;
    size_t gone = 0;
    note(j, JOB_RETENTION, retention_run(&j->retention));
    note(j, JOB_YEARS, years_run(&(struct years_conf){j->db_url, j->writer, &j->stop}, tm_now(), &gone));
}

static void one_round(struct jobs *j, int64_t at[4])
{
    if (due(j, "sweep", &at[0], SWEEP_EVERY_MS))
        what_is_over(j);
    if (j->stop)
        return;
    note(j, JOB_INDEX, documents_index(&j->documents));
    if (due(j, "digest", &at[1], DIGEST_EVERY_MS))
        note(j, JOB_DIGEST, documents_digest(&j->documents));
    if (!j->stop && due(j, "outbox", &at[2], OUTBOX_EVERY_MS)) {
        note(j, JOB_CRITERIA, criteria_job(&j->criteria));
        note(j, JOB_HANDOVER, handover_job(&(struct handover_conf){j->writer, j->documents.base_url, j->documents.demo}));
        note(j, JOB_SCRUB, retention_scrub(j->writer, j->db_url));
        send_mail(j);
    }
    if (!j->stop && (j->log_days.at || due(j, "log_days", &at[3], SWEEP_EVERY_MS)))
        note(j, JOB_LOG_DAYS, log_days_job(&j->log_days, tm_now()));
}

static enum err round_guarded(void *arg)
{
    struct round *r = arg;
    own_folder(r->j, r);
    one_round(r->j, r->at);
    return OK;
}

static void *main_loop(void *arg)
{
    struct jobs *j = arg;
    struct round r = {.j = j, .list = -1};
    pthread_mutex_lock(&j->lock);
    while (!j->stop) {
        pthread_mutex_unlock(&j->lock);
        if (arena_guard(round_guarded, &r))
            log_error("job", "out of memory, tried again soon");
        pthread_mutex_lock(&j->lock);
        struct timespec until;
        clock_gettime(CLOCK_MONOTONIC, &until); /* the time of day may jump */
        until.tv_sec += LOOK_EVERY_S;
        while (!j->stop && pthread_cond_timedwait(&j->wake, &j->lock, &until) == 0) {
        }
    }
    pthread_mutex_unlock(&j->lock);
    return NULL;
}

static struct str keep(char *to, size_t size, struct str s)
{
    size_t n = s.n < size ? s.n : size - 1;
    if (n)
        memcpy(to, s.p, n);
    return (struct str){to, n};
}

/* A demo's mails are read on a page and never leave. */
static enum err read_demo(const char *db_url, bool *demo)
{
    CLEANUP(arena_freep) struct arena *a = arena_new(1 << 20);
    CLEANUP(db_closep) struct db *db = NULL;
    TRY(db_connect(db_url, DB_READ, &db));
    return setting_demo(db, a, demo);
}

static enum err mail_of(const struct job_conf *conf, bool demo, struct mail_conf *out)
{
    struct str name, address;
    *out = (struct mail_conf){0};
    if (demo)
        return OK;
    if (conf->smtp_url.n && !outbox_sender(conf->mail_from, &name, &address)) {
        log_error("job", "mail_from is missing or no address: mails are not sent");
        return ERR_INVALID;
    }
    (void)keep(out->smtp_url, sizeof out->smtp_url, conf->smtp_url);
    (void)keep(out->login_file, sizeof out->login_file, conf->smtp_password_file);
    (void)keep(out->from, sizeof out->from, conf->mail_from);
    return OK;
}

enum err jobs_mail(struct jobs *j, const struct job_conf *conf)
{
    struct mail_conf mail;
    TRY(mail_of(conf, j->documents.demo, &mail));
    pthread_mutex_lock(&j->lock);
    j->mail = mail;
    pthread_mutex_unlock(&j->lock);
    return OK;
}

enum err jobs_start(const struct job_conf *conf, struct writer *w, struct jobs **out)
{
    bool demo = false;
    struct mail_conf mail;
    TRY(read_demo(conf->db_url, &demo));
    TRY(mail_of(conf, demo, &mail));
    struct jobs *j = calloc(1, sizeof *j);
    if (!j)
        return ERR_INTERNAL;
    j->writer = w;
    j->servers = conf->servers;
    (void)keep(j->db_url, sizeof j->db_url, str_c(conf->db_url));
    (void)keep(j->folder, sizeof j->folder, str_c(conf->folder));
    j->mail = mail;
    j->documents = (struct documents_conf){.db_url = j->db_url, .writer = w, .demo = demo, .leave = &j->stop,
                                           .base_url = keep(j->base_url, sizeof j->base_url, conf->base_url)};
    j->log_days = (struct log_days_conf){.db_url = j->db_url, .writer = w, .leave = &j->stop};
    j->criteria = (struct criteria_conf){.db_url = j->db_url, .writer = w, .leave = &j->stop};
    j->retention = (struct retention_conf){.db_url = j->db_url, .writer = w, .demo = demo, .leave = &j->stop};
    pthread_mutex_init(&j->lock, NULL);
    pthread_condattr_t steady;
    pthread_condattr_init(&steady);
    pthread_condattr_setclock(&steady, CLOCK_MONOTONIC);
    pthread_cond_init(&j->wake, &steady);
    pthread_condattr_destroy(&steady);
    if (pthread_create(&j->thread, NULL, main_loop, j)) {
        free(j);
        return ERR_INTERNAL;
    }
    *out = j;
    return OK;
}

void jobs_leave(struct jobs *j)
{
    pthread_mutex_lock(&j->lock);
    j->stop = true;
    pthread_cond_signal(&j->wake);
    pthread_mutex_unlock(&j->lock);
}

void jobs_stop(struct jobs *j)
{
    if (!j)
        return;
    jobs_leave(j);
    pthread_join(j->thread, NULL);
    pthread_mutex_destroy(&j->lock);
    pthread_cond_destroy(&j->wake);
    free(j);
}
