#include "base/log.h"

#include "base/tm.h"
#include "base/utf8.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum { LINE_MAX_BYTES = 2048, VALUE_MAX = 400, PEERS_A_SECOND = 10, GATHER_MAX = 4096 /* a pipe takes so much at once or not at all */, GATHER_MS = 100 };

static atomic_int least_level = LOG_INFO, format = LOG_TEXT;
static const char *const names[] = {"debug", "info", "warn", "error"};
static atomic_llong bug_count, peer_count, lost_count;

/* A line is put together here and written by one write(), so lines of two threads never mix. */
struct line {
    char p[LINE_MAX_BYTES];
    size_t n, max; /* max: room for the line's end stays behind it */
    bool full;     /* something did not fit */
};

static void put(struct line *l, const char *p, size_t n)
{
    size_t room = l->max - l->n;
    if (n > room) {
        n = room;
        l->full = true;
    }
    memcpy(l->p + l->n, p, n);
    l->n += n;
}

static void put_c(struct line *l, const char *s)
{
    put(l, s, s ? strlen(s) : 0);
}

static bool is_plain(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] <= ' ' || s.p[i] > '~' || s.p[i] == '"' || s.p[i] == '\\' || s.p[i] == '=')
            return false;
    return s.n > 0;
}

static void put_escaped(struct line *l, struct str s)
{
    put_c(l, "\"");
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i], e[5];
        if (c == '"' || c == '\\') {
            e[0] = '\\';
            e[1] = c;
            put(l, e, 2);
        } else if (c == '\n') {
            put_c(l, "\\n");
        } else if (c < ' ' || c > '~') {
            static const char digit[] = "0123456789abcdef";
            unsigned char u = (unsigned char)c;
            e[0] = '\\';
            e[1] = 'x';
            e[2] = digit[u >> 4];
            e[3] = digit[u & 15];
            put(l, e, 4);
        } else {
            put(l, &c, 1);
        }
    }
    put_c(l, "\"");
}

static void put_i64(struct line *l, int64_t i)
{
    char digits[24];
    int n = snprintf(digits, sizeof digits, "%lld", (long long)i);
    put(l, digits, n > 0 ? (size_t)n : 0);
}

static void put_kv(struct line *l, const struct log_kv *kv)
{
    put_c(l, " ");
    put_c(l, kv->k);
    put_c(l, "=");
    if (kv->is_int) {
        put_i64(l, kv->i);
        return;
    }
    struct str s = kv->s;
    bool cut = s.n > VALUE_MAX;
    if (cut)
        s.n = VALUE_MAX;
    if (is_plain(s))
        put(l, s.p, s.n);
    else
        put_escaped(l, s);
    if (cut)
        put_c(l, "...");
}

static void put_time(struct line *l, int64_t at)
{
    int on = (int)(at / TM_DAY_MS), ms = (int)(at % TM_DAY_MS);
    struct tm_ymd d = tm_ymd(on);
    char t[64];
    int n = snprintf(t, sizeof t, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", d.year, d.month, d.day, ms / 3600000, ms / 60000 % 60,
                     ms / 1000 % 60, ms % 1000);
    put(l, t, n > 0 ? (size_t)n : 0);
}

/* RFC 8259, section 7. What is not UTF-8 shows its bytes as U+0080 to U+00FF. */
static void put_json(struct line *l, struct str s)
{
    bool valid = utf8_valid(s);
    put_c(l, "\"");
    for (size_t i = 0; i < s.n; i++) {
        unsigned char u = (unsigned char)s.p[i];
        char e[7];
        if (u == '"' || u == '\\') {
            e[0] = '\\';
            e[1] = s.p[i];
            put(l, e, 2);
        } else if (u < ' ' || u == 0x7f || (u > 0x7f && !valid)) {
            snprintf(e, sizeof e, "\\u%04x", u);
            put(l, e, 6);
        } else {
            put(l, s.p + i, 1);
        }
    }
    put_c(l, "\"");
}

static void put_json_kv(struct line *l, const char *k, const struct log_kv *kv)
{
    put_c(l, l->n > 1 ? "," : "");
    put_json(l, str_c(k));
    put_c(l, ":");
    if (kv->is_int) {
        put_i64(l, kv->i);
        return;
    }
    struct str s = kv->s;
    if (s.n > VALUE_MAX)
        for (s.n = VALUE_MAX; s.n && ((unsigned char)s.p[s.n] & 0xc0) == 0x80;)
            s.n--; /* not within a character */
    put_json(l, s);
}

/* A value that does not fit is left out whole: half an object is none. */
static void json_line(struct line *l, const struct log_kv *head, const struct log_kv *kv, size_t n)
{
    static const char cut[] = ",\"cut\":true";
    l->max -= sizeof cut;
    put_c(l, "{");
    for (size_t i = 0; i < 4; i++)
        put_json_kv(l, head[i].k, &head[i]);
    for (size_t i = 0; i < n && !l->full; i++) {
        size_t before = l->n;
        if (kv[i].k)
            put_json_kv(l, kv[i].k, &kv[i]);
        if (l->full)
            l->n = before;
    }
    l->max += sizeof cut;
    put_c(l, l->full ? cut : "");
    put_c(l, "}");
}

static void text_line(struct line *l, const struct log_kv *head, const struct log_kv *kv, size_t n)
{
    for (size_t i = 0; i < 4; i++) {
        put_c(l, i ? " " : "");
        put(l, head[i].s.p, head[i].s.n);
    }
    for (size_t i = 0; i < n; i++)
        if (kv[i].k)
            put_kv(l, &kv[i]);
}

/* Who reads the log from a pipe or socket may stand still: lines are dropped then, and nobody waits for it. */
static void write_out(const char *p, size_t bytes, int lines)
{
    struct stat st;
    struct iovec v = {.iov_base = (void *)(uintptr_t)p, .iov_len = bytes};
    bool stream = fstat(STDERR_FILENO, &st) == 0 && (S_ISFIFO(st.st_mode) || S_ISSOCK(st.st_mode));
    ssize_t n = stream ? pwritev2(STDERR_FILENO, &v, 1, -1, RWF_NOWAIT) : -1;
    if (n < 0 && stream && errno == EAGAIN)
        atomic_fetch_add(&lost_count, lines);
    else if (n < 0 && write(STDERR_FILENO, p, bytes) < 0)
        atomic_fetch_add(&lost_count, lines); /* nowhere left to say it */
}

/* ---- while the program serves, lines below warn are gathered: a call of the system for each would cost more than the line */

static struct {
    pthread_mutex_t lock;
    pthread_cond_t wake;
    pthread_t thread;
    bool on, end;
    int lines;
    size_t n;
    char p[GATHER_MAX];
} gather = {.lock = PTHREAD_MUTEX_INITIALIZER, .wake = PTHREAD_COND_INITIALIZER};

/* Under the lock. */
static void flush(void)
{
    if (gather.n)
        write_out(gather.p, gather.n, gather.lines);
    gather.n = 0;
    gather.lines = 0;
}

static void write_line(const struct line *l, bool at_once)
{
    pthread_mutex_lock(&gather.lock);
    if (at_once || gather.n + l->n > sizeof gather.p)
        flush(); /* what came before stands before */
    if (at_once || !gather.on) {
        write_out(l->p, l->n, 1);
    } else {
        memcpy(gather.p + gather.n, l->p, l->n);
        gather.n += l->n;
        gather.lines++;
    }
    pthread_mutex_unlock(&gather.lock);
}

static void *gather_main(void *arg)
{
    (void)arg;
    pthread_mutex_lock(&gather.lock);
    while (!gather.end) {
        struct timespec until;
        clock_gettime(CLOCK_MONOTONIC, &until); /* the time of day may jump */
        until.tv_nsec += GATHER_MS * 1000000L;
        until.tv_sec += until.tv_nsec / 1000000000L;
        until.tv_nsec %= 1000000000L;
        pthread_cond_clockwait(&gather.wake, &gather.lock, CLOCK_MONOTONIC, &until);
        flush();
    }
    pthread_mutex_unlock(&gather.lock);
    return NULL;
}

void log_gather(void)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before); /* signals are the main thread's */
    gather.end = false;
    bool on = pthread_create(&gather.thread, NULL, gather_main, NULL) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    pthread_mutex_lock(&gather.lock);
    gather.on = on;
    pthread_mutex_unlock(&gather.lock);
}

void log_gather_end(void)
{
    pthread_mutex_lock(&gather.lock);
    bool was = gather.on;
    gather.on = false;
    gather.end = true;
    flush();
    pthread_cond_signal(&gather.wake);
    pthread_mutex_unlock(&gather.lock);
    if (was)
        pthread_join(gather.thread, NULL);
}

/* ---- */

void log_line(enum log_level level, const char *area, const char *msg, const struct log_kv *kv, size_t n)
{
    if ((int)level < atomic_load_explicit(&least_level, memory_order_relaxed))
        return;
    struct line l, at;
    l.n = at.n = 0;
    l.full = at.full = false;
    l.max = at.max = sizeof l.p - 1; /* one byte stays for the line break */
    put_time(&at, tm_now());
    const struct log_kv head[4] = {LOG_S("time", ((struct str){at.p, at.n})), LOG_S("level", str_c(names[level])), LOG_S("area", str_c(area)),
                                   LOG_S("message", str_c(msg))};
    if (atomic_load_explicit(&format, memory_order_relaxed) == LOG_JSON)
        json_line(&l, head, kv, n);
    else
        text_line(&l, head, kv, n);
    l.p[l.n++] = '\n';
    write_line(&l, level >= LOG_WARN);
}

void log_bug_at(const char *file, int line, const char *msg)
{
    atomic_fetch_add(&bug_count, 1);
    log_error("bug", msg, LOG_S("file", str_c(file)), LOG_I("line", line));
}

void log_peer(const char *area, const char *msg)
{
    static atomic_llong second;
    static atomic_int written;
    atomic_fetch_add(&peer_count, 1);
    long long now = tm_mono_ms() / 1000, seen = atomic_load(&second);
    if (seen != now && atomic_compare_exchange_strong(&second, &seen, now))
        atomic_store(&written, 0);
    if (atomic_fetch_add(&written, 1) < PEERS_A_SECOND)
        log_line(LOG_WARN, area, msg, NULL, 0);
}

void log_set_level(enum log_level least)
{
    atomic_store(&least_level, (int)least);
}

void log_set_format(enum log_format f)
{
    atomic_store(&format, (int)f);
}

bool log_level_of(struct str name, enum log_level *out)
{
    for (size_t i = 0; i < COUNT(names); i++)
        if (str_is(name, names[i])) {
            *out = (enum log_level)i;
            return true;
        }
    return false;
}

bool log_format_of(struct str name, enum log_format *out)
{
    *out = str_is(name, "json") ? LOG_JSON : LOG_TEXT;
    return *out == LOG_JSON || str_is(name, "text");
}

struct log_counts log_counts(void)
{
    return (struct log_counts){.bugs = atomic_load(&bug_count), .peers = atomic_load(&peer_count), .lost = atomic_load(&lost_count)};
}
