#include "job/job.h"
#include "base/log.h"
#include "base/tm.h"
#include "model/account.h"
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

struct jobs {
    struct writer *writer;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    bool stop;
};

static enum err sweep(void *arg, struct db *db)
{
    (void)arg;
    return session_sweep(db, tm_now());
}

/* Once an hour. */
static void *main_loop(void *arg)
{
    struct jobs *j = arg;
    pthread_mutex_lock(&j->lock);
    while (!j->stop) {
        pthread_mutex_unlock(&j->lock);
        if (writer_run(j->writer, sweep, NULL) != OK)
            log_warn("job", "sweep failed, tried again in an hour", LOG_S("job", STR("sweep")));
        pthread_mutex_lock(&j->lock);
        struct timespec until;
        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_sec += 3600;
        while (!j->stop && pthread_cond_timedwait(&j->wake, &j->lock, &until) == 0) {
        }
    }
    pthread_mutex_unlock(&j->lock);
    return NULL;
}

enum err jobs_start(const struct job_conf *conf, struct writer *w, struct jobs **out)
{
    (void)conf;
    struct jobs *j = calloc(1, sizeof *j);
    if (!j)
        return ERR_INTERNAL;
    j->writer = w;
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
