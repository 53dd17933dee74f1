#include "job/job.h"
#include "base/log.h"
#include "base/tm.h"
#include "job/outbox.h"
#include "model/account.h"
#include "model/participant.h"
#include "model/setting.h"
#include "service/screening.h"
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

enum { OUTBOX_EVERY_S = 10, SWEEP_EVERY_MS = 3600 * 1000, DRAFT_MS = 3600 * 1000, REFRESH_BATCHES = 20 };

struct jobs {
    struct writer *writer;
    struct outbox_conf outbox; /* smtp_url empty: mails stay where they are */
    char db_url[512], smtp_url[512], login_file[512], from[512];
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    bool stop;
};

static enum err sweep(void *arg, struct db *db)
{
    (void)arg;
    int64_t now = tm_now();
    TRY(session_sweep(db, now));
    return import_draft_sweep(db, now - DRAFT_MS);
}

struct refresh { /* sorting by criteria, as the day or new settings changed it */
    int64_t organisation_id; /* the one looked at; 0 at the end */
    int n;                   /* how many were counted anew */
};

static enum err refresh(void *arg, struct db *db)
{
    struct refresh *r = arg;
    struct organisation_row o;
    CLEANUP(arena_freep) struct arena *a = arena_new((size_t)64 << 20);
    enum err e = organisation_from(db, a, r->organisation_id, &o);
    if (e) {
        *r = (struct refresh){0};
        return e == ERR_NOT_FOUND ? OK : e;
    }
    r->organisation_id = o.id;
    return screening_refresh(db, a, o.id, tm_now(), &r->n);
}

static void refresh_all(struct jobs *j)
{
    struct refresh r = {.organisation_id = 1};
    for (int i = 0; i < REFRESH_BATCHES; i++) {
        if (writer_run(j->writer, refresh, &r) != OK) {
            log_warn("job", "the criteria could not be counted anew, tried again soon");
            return;
        }
        if (!r.organisation_id)
            return;
        if (r.n < SCREENING_BATCH)
            r.organisation_id++;
    }
}

static void send_mail(struct jobs *j)
{
    struct outbox_done done;
    enum err e = outbox_run(&j->outbox, tm_now(), &done);
    if (e)
        log_warn("job", "the outbox cannot be sent", LOG_S("error", str_c(err_name(e))));
    if (!e && done.sent + done.later + done.failed)
        log_info("job", "outbox", LOG_I("sent", done.sent), LOG_I("later", done.later), LOG_I("failed", done.failed));
}

static void *main_loop(void *arg)
{
    struct jobs *j = arg;
    int64_t swept_at = 0;
    pthread_mutex_lock(&j->lock);
    while (!j->stop) {
        pthread_mutex_unlock(&j->lock);
        if (!swept_at || tm_mono_ms() - swept_at >= SWEEP_EVERY_MS) {
            swept_at = tm_mono_ms();
            if (writer_run(j->writer, sweep, NULL) != OK)
                log_warn("job", "sweep failed, tried again in an hour", LOG_S("job", STR("sweep")));
        }
        refresh_all(j);
        if (j->outbox.smtp_url.n)
            send_mail(j);
        pthread_mutex_lock(&j->lock);
        struct timespec until;
        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_sec += OUTBOX_EVERY_S;
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

enum err jobs_start(const struct job_conf *conf, struct writer *w, struct jobs **out)
{
    bool demo = false;
    TRY(read_demo(conf->db_url, &demo));
    struct str name, address;
    if (conf->smtp_url.n && !demo && !outbox_sender(conf->mail_from, &name, &address)) {
        log_error("job", "mail_from is missing or no address: mails are not sent");
        return ERR_INVALID;
    }
    struct jobs *j = calloc(1, sizeof *j);
    if (!j)
        return ERR_INTERNAL;
    j->writer = w;
    (void)keep(j->db_url, sizeof j->db_url, str_c(conf->db_url));
    j->outbox = (struct outbox_conf){.db_url = j->db_url, .writer = w, .from = keep(j->from, sizeof j->from, conf->mail_from),
                                     .login_file = keep(j->login_file, sizeof j->login_file, conf->smtp_password_file)};
    if (!demo)
        j->outbox.smtp_url = keep(j->smtp_url, sizeof j->smtp_url, conf->smtp_url);
    pthread_mutex_init(&j->lock, NULL);
    pthread_cond_init(&j->wake, NULL);
    if (pthread_create(&j->thread, NULL, main_loop, j)) {
        free(j);
        return ERR_INTERNAL;
    }
    *out = j;
    return OK;
}

void jobs_stop(struct jobs *j)
{
    if (!j)
        return;
    pthread_mutex_lock(&j->lock);
    j->stop = true;
    pthread_cond_signal(&j->wake);
    pthread_mutex_unlock(&j->lock);
    pthread_join(j->thread, NULL);
    pthread_mutex_destroy(&j->lock);
    pthread_cond_destroy(&j->wake);
    free(j);
}
