#include "service/servers.h"
#include "base/log.h"
#include "base/tm.h"
#include "model/server.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

struct servers {
    struct writer *writer;
    int64_t own;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    bool started, stop;
};

static enum err enter(void *arg, struct db *db)
{
    struct servers *s = arg;
    return server_insert(db, tm_now(), &s->own);
}
static enum err beat(void *arg, struct db *db)
{
    const struct servers *s = arg;
    return server_beat(db, s->own, tm_now());
}
static enum err leave(void *arg, struct db *db)
{
    const struct servers *s = arg;
    return server_delete(db, s->own);
}

static void *main_loop(void *arg)
{
    struct servers *s = arg;
    pthread_mutex_lock(&s->lock);
    while (!s->stop) {
        struct timespec until;
        clock_gettime(CLOCK_MONOTONIC, &until);
        until.tv_sec += SERVER_BEAT_MS / 1000;
        while (!s->stop && pthread_cond_timedwait(&s->wake, &s->lock, &until) == 0) {
        }
        if (s->stop)
            break;
        pthread_mutex_unlock(&s->lock);
        enum err e = writer_run(s->writer, DB_LANE_OWN, beat, s);
        if (e)
            log_warn("servers", "the others cannot be told that this process is there", LOG_S("err", str_c(err_name(e))));
        pthread_mutex_lock(&s->lock);
    }
    pthread_mutex_unlock(&s->lock);
    return NULL;
}

static enum err start(struct servers *s)
{
    TRY(writer_run(s->writer, DB_LANE_OWN, enter, s));
    if (pthread_create(&s->thread, NULL, main_loop, s))
        return ERR_INTERNAL;
    s->started = true;
    return OK;
}

enum err servers_start(const char *db_url, struct writer *w, struct servers **out)
{
    pthread_condattr_t at;
    struct servers *s = calloc(1, sizeof *s);
    if (!s)
        return ERR_INTERNAL;
    s->writer = w;
    pthread_mutex_init(&s->lock, NULL);
    pthread_condattr_init(&at);
    pthread_condattr_setclock(&at, CLOCK_MONOTONIC);
    pthread_cond_init(&s->wake, &at);
    pthread_condattr_destroy(&at);
    enum err e = db_kind_of(db_url) == DB_POSTGRES ? start(s) : OK;
    if (e) {
        servers_stop(s);
        return e;
    }
    *out = s;
    return OK;
}

void servers_stop(struct servers *s)
{
    if (!s)
        return;
    pthread_mutex_lock(&s->lock);
    s->stop = true;
    pthread_cond_signal(&s->wake);
    pthread_mutex_unlock(&s->lock);
    if (s->started) {
        pthread_join(s->thread, NULL);
        if (writer_run(s->writer, DB_LANE_OWN, leave, s))
            log_warn("servers", "the others find out by themselves that this process has left");
    }
    pthread_cond_destroy(&s->wake);
    pthread_mutex_destroy(&s->lock);
    free(s);
}

int64_t servers_own(const struct servers *s)
{
    return s->own;
}

struct turn {
    const char *name;
    int64_t server, every_ms;
    bool yes;
};
static enum err take(void *arg, struct db *db)
{
    struct turn *t = arg;
    return job_take(db, t->name, t->server, tm_now(), t->every_ms, &t->yes);
}

bool servers_turn(struct servers *s, const char *name, int64_t every_ms)
{
    if (!s || !s->own)
        return true;
    struct turn t = {.name = name, .server = s->own, .every_ms = every_ms};
    return writer_run(s->writer, DB_LANE_OWN, take, &t) == OK && t.yes;
}
