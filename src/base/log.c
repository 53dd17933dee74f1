#include "base/log.h"

#include "base/tm.h"

#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

enum { LINE_MAX_BYTES = 2048, VALUE_MAX = 400, PEERS_A_SECOND = 10 };

static atomic_int least_level = LOG_INFO;
static atomic_llong bug_count, peer_count;

/* A line is put together here and written by one write(), so lines of two threads never mix. */
struct line {
    char p[LINE_MAX_BYTES];
    size_t n;
};

static void put(struct line *l, const char *p, size_t n)
{
    size_t room = sizeof l->p - 1 - l->n; /* one byte stays for the line break */
    if (n > room)
        n = room;
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

static void put_kv(struct line *l, const struct log_kv *kv)
{
    put_c(l, " ");
    put_c(l, kv->k);
    put_c(l, "=");
    if (kv->is_int) {
        char digits[24];
        int n = snprintf(digits, sizeof digits, "%lld", (long long)kv->i);
        put(l, digits, n > 0 ? (size_t)n : 0);
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
    int n = snprintf(t, sizeof t, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ ", d.year, d.month, d.day, ms / 3600000, ms / 60000 % 60,
                     ms / 1000 % 60, ms % 1000);
    put(l, t, n > 0 ? (size_t)n : 0);
}

void log_line(enum log_level level, const char *area, const char *msg, const struct log_kv *kv, size_t n)
{
    static const char *const names[] = {"debug", "info", "warn", "error"};
    if ((int)level < atomic_load_explicit(&least_level, memory_order_relaxed))
        return;
    struct line l;
    l.n = 0;
    put_time(&l, tm_now());
    put_c(&l, names[level]);
    put_c(&l, " ");
    put_c(&l, area);
    put_c(&l, " ");
    put_c(&l, msg);
    for (size_t i = 0; i < n; i++)
        if (kv[i].k)
            put_kv(&l, &kv[i]);
    l.p[l.n++] = '\n';
    if (write(STDERR_FILENO, l.p, l.n) < 0)
        return; /* nowhere left to say it */
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

void log_counts(int64_t *bugs, int64_t *peers)
{
    *bugs = atomic_load(&bug_count);
    *peers = atomic_load(&peer_count);
}
