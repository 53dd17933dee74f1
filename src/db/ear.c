/* ear.h: a thread with a line of its own. */
#include "db/ear.h"

#include "base/log.h"
#include "base/tm.h"
#include "db/db_pg.h"

#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum { PING_MS = 3000, AGAIN_MS = 1000, MISSED_MS = 5000 };
#define CHANNEL "springbrett"

struct ear {
    struct pg *line;
    ear_heard *heard;
    void *user;
    pthread_t thread;
    int wake_fd;
    bool started;
    atomic_bool stop, hears;
    char own[40];          /* the channel on which it talks to itself */
    bool answered;         /* it heard itself since the last ping */
    int64_t ping_at, missed_at;
};

DB_EXEC(q_pg_notify, 2, "SELECT pg_notify($1, $2)");
enum err db_notify(struct db *db, struct str words)
{
    if (db_kind(db) != DB_POSTGRES)
        return OK;
    if (words.n > EAR_WORDS_MAX)
        return ERR_LIMIT;
    return db_run(db, &q_pg_notify, NULL, DB_IN(CHANNEL, words));
}

/* Until then, or until there is something to read or to stop for. */
static void wait_until(struct ear *ear, int64_t until)
{
    struct pollfd f[2] = {{.fd = ear->wake_fd, .events = POLLIN}, {.fd = ear->line->c ? PQsocket(ear->line->c) : -1, .events = POLLIN}};
    int64_t left = until - tm_mono_ms();
    if (left > 0)
        poll(f, 2, (int)left);
}

static void missed(struct ear *ear)
{
    ear->missed_at = tm_mono_ms();
    ear->heard(ear->user, STR(""));
}

static enum err listen_there(struct ear *ear)
{
    char sql[120];
    struct pg *p = ear->line;
    p->try_at = 0;
    TRY(pg_line(p));
    if (p->pooled) /* it would hear itself, but of the others only what comes while it speaks */
        return db_fail(&p->db, ERR_BUSY, "listen", "behind a pooler: name the way past it in database_listen");
    snprintf(ear->own, sizeof ear->own, CHANNEL "_%d_%d", (int)getpid(), PQbackendPID(p->c));
    snprintf(sql, sizeof sql, "LISTEN " CHANNEL "; LISTEN %s", ear->own);
    return pg_simple(p, "listen", sql, PG_CONNECT_MS, NULL);
}

static enum err ping(struct ear *ear)
{
    char sql[80];
    snprintf(sql, sizeof sql, "NOTIFY %s", ear->own);
    ear->answered = false;
    ear->ping_at = tm_mono_ms() + PING_MS;
    return pg_simple(ear->line, "ping", sql, PG_CONNECT_MS, NULL);
}

static void hear_all(struct ear *ear)
{
    for (PGnotify *n; !atomic_load(&ear->stop) && (n = PQnotifies(ear->line->c));) {
        if (strcmp(n->relname, CHANNEL) == 0 && n->extra[0])
            ear->heard(ear->user, str_c(n->extra));
        else if (strcmp(n->relname, ear->own) == 0)
            ear->answered = true;
        PQfreemem(n);
    }
}

/* Listens until the line is lost or it is time to go. */
static enum err attend(struct ear *ear)
{
    TRY(listen_there(ear));
    TRY(ping(ear));
    while (!atomic_load(&ear->stop)) {
        if (!PQconsumeInput(ear->line->c))
            return ERR_BUSY;
        hear_all(ear);
        if (ear->answered && !atomic_load(&ear->hears)) {
            atomic_store(&ear->hears, true);
            missed(ear); /* from here on it hears all */
        }
        if (tm_mono_ms() >= ear->ping_at) {
            if (!ear->answered)
                return ERR_BUSY;
            TRY(ping(ear));
            continue; /* its answer may be here already */
        }
        wait_until(ear, ear->ping_at);
    }
    return OK;
}

static void *ear_main(void *arg)
{
    struct ear *ear = arg;
    bool said = false;
    while (!atomic_load(&ear->stop)) {
        enum err e = attend(ear);
        if (!e)
            break;
        if (atomic_load(&ear->hears) || !said)
            log_warn("ear", "cannot hear the other servers; looking every few seconds instead", LOG_S("why", str_c(ear->line->db.why)));
        said = true;
        atomic_store(&ear->hears, false);
        pg_hang_up(ear->line);
        if (ear->missed_at + MISSED_MS <= tm_mono_ms())
            missed(ear);
        wait_until(ear, tm_mono_ms() + AGAIN_MS);
    }
    return NULL;
}

enum err ear_start(const char *url, ear_heard *heard, void *user, struct ear **out)
{
    struct db *db = NULL;
    *out = NULL;
    if (db_kind_of(url) != DB_POSTGRES)
        return OK;
    struct ear *ear = calloc(1, sizeof *ear);
    if (!ear)
        return ERR_INTERNAL;
    ear->heard = heard;
    ear->user = user;
    ear->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    enum err e = db_pg_open(url, DB_WRITE, &db); /* not a standby, where one cannot listen */
    ear->line = (struct pg *)db;
    if (!e && (ear->wake_fd < 0 || pthread_create(&ear->thread, NULL, ear_main, ear)))
        e = ERR_INTERNAL;
    ear->started = !e;
    if (e) {
        ear_stop(ear);
        return e;
    }
    *out = ear;
    return OK;
}

void ear_stop(struct ear *ear)
{
    uint64_t one = 1;
    if (!ear)
        return;
    atomic_store(&ear->stop, true);
    if (ear->wake_fd >= 0 && write(ear->wake_fd, &one, sizeof one) < 0)
        log_bug("the ear cannot be woken");
    if (ear->started)
        pthread_join(ear->thread, NULL);
    if (ear->line)
        db_close(&ear->line->db);
    if (ear->wake_fd >= 0)
        close(ear->wake_fd);
    free(ear);
}

bool ear_hears(const struct ear *ear)
{
    return ear && atomic_load(&ear->hears);
}
