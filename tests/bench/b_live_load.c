/* Load on a server of living documents, and what comes of it, as one JSON object on stdout: b_live_load MODE
 * --NAME=VALUE...; tests/bench/live/run calls it for each server alike. Modes: load    every document has MEMBERS
 * writers who each send a letter `rate` times a second at their own place in one text; delivered is what reaches
 * another writer; at the end all must know all, and a newcomer be given it idle    opens connections, each says who it
 * is, and looks at the server's memory before and after replay  sends a history by one client until another one has all
 * of it fetch   times how long a newcomer waits for all of a history kill    one types, and when the other has seen the
 * last letter the server is killed look    which letters of the writer of `kill` a newcomer is given */
#include "tests/bench/live_client.h"
#include "tests/bench/trace.h"

#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>

enum {
    MEMBERS = 5,
    RING = 256,
    HIST_US = 10,
    HIST = 600000 /* 6 s; later is counted as that */,
    AT_ONCE = 64,
    THREADS_MAX = 8,
    DRAIN_MS = 10000,
    CROWD = 100000000 /* client ids of another program's writers in the same documents are so far away: --crowd */
};

static struct options {
    const char *mode, *targets, *history, *dump;
    int port, documents, first, crowd, threads, pid, times, letters, pace_ms, wait_ms, bundle;
    bool hocuspocus;
    double rate, seconds, warm;
} opt = {.threads = 1,
         .rate = 2,
         .seconds = 10,
         .warm = 3,
         .times = 1,
         .letters = 10,
         .pace_ms = 100,
         .wait_ms = 2000,
         .bundle = 1,
         .documents = 1};
static struct target *targets;
static int n_targets;

/* ---- the server's process */

static int64_t cpu_us_of(int pid)
{
    char path[64], line[1024];
    unsigned long long user = 0, sys = 0;
    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    FILE *f = pid ? fopen(path, "r") : NULL;
    if (!f)
        return 0;
    if (fgets(line, sizeof line, f) && strrchr(line, ')'))
        if (sscanf(strrchr(line, ')') + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %llu %llu", &user, &sys) != 2)
            user = sys = 0;
    fclose(f);
    return (int64_t)(user + sys) * (1000000 / sysconf(_SC_CLK_TCK));
}

static double resident_mib(int pid)
{
    char path[64], line[256];
    unsigned long long kb = 0;
    snprintf(path, sizeof path, "/proc/%d/status", pid);
    FILE *f = pid ? fopen(path, "r") : NULL;
    while (f && fgets(line, sizeof line, f))
        if (sscanf(line, "VmRSS: %llu", &kb) == 1)
            break;
    if (f)
        fclose(f);
    return (double)kb / 1024;
}

static int64_t own_cpu_us(void)
{
    struct rusage u;
    getrusage(RUSAGE_SELF, &u);
    return (int64_t)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) * 1000000 + u.ru_utime.tv_usec + u.ru_stime.tv_usec;
}

/* ---- writers */

/* A writer's Yjs id: of five bytes, as most that are drawn; ascending within a document. */
static uint64_t id_of(const struct target *t, unsigned member)
{
    return (0x10000000u + (uint64_t)(t - targets) * 8 + member) + (uint64_t)opt.crowd * CROWD;
}

/* A letter behind its writer's letter before, in front of what the next writer wrote: all began at the same place at
 * the same time. */
static struct bytes letter(struct buf *b, const struct target *t, unsigned member, uint64_t clock, unsigned members)
{
    bool right = clock && member + 1 < members;
    buf_clear(b);
    buf_add(b, "\x01\x01", 2);
    lib0_put_uint(b, id_of(t, member));
    lib0_put_uint(b, clock);
    buf_byte(b, (char)(CONTENT_STRING | (clock ? 0x80 : 0) | (right ? 0x40 : 0)));
    if (clock) {
        lib0_put_uint(b, id_of(t, member));
        lib0_put_uint(b, clock - 1);
    } else {
        lib0_put_uint(b, 1);
        lib0_put_str(b, STR("text"));
    }
    if (right) {
        lib0_put_uint(b, id_of(t, member + 1));
        lib0_put_uint(b, 0);
    }
    char c = (char)('a' + (clock + member) % 26);
    lib0_put_str(b, (struct str){&c, 1});
    buf_byte(b, 0);
    return (struct bytes){(const uint8_t *)b->p, b->n};
}

struct writer_client {
    struct client c; /* first */
    uint64_t sent;   /* letters of its own */
    uint64_t seen[MEMBERS];
    uint32_t sent_us[RING], counted_from; /* when, since start; only letters from there on are measured */
};
struct document {
    const struct target *t;
    struct writer_client w[MEMBERS];
    struct client late; /* the newcomer at the end */
    uint64_t late_seen[MEMBERS];
};
struct load { /* a thread's */
    struct client_loop loop;
    struct document *documents;
    int n;
    struct buf update;
    uint32_t *hist, *lateness; /* lateness: of sending, in milliseconds */
    uint64_t edits, delivered, measured, gaps, synced;
    bool measuring, agreed, all_first, newcomers_ok;
    FILE *dump;
};
static int64_t start_us;
static pthread_barrier_t barrier;

static void count_latency(struct load *s, struct writer_client *from, uint64_t clock, int64_t now)
{
    if (clock < from->counted_from)
        return;
    int64_t took = now - start_us - from->sent_us[clock % RING];
    int64_t slot = clock + RING <= from->sent ? HIST
                   : took < 0                 ? 0
                                              : took / HIST_US; /* when it was sent is forgotten: very late */
    s->hist[slot < HIST ? slot : HIST - 1]++;
    s->measured++;
}

static struct load *load_of(struct client *c)
{
    return (struct load *)(void *)((char *)c->l - offsetof(struct load, loop));
}

static void on_load_update(struct client *c, struct bytes update)
{
    struct load *s = load_of(c);
    struct document *d = c->user;
    bool late = c->member == MEMBERS;
    uint64_t *seen = late ? d->late_seen : d->w[c->member].seen;
    struct update_in u;
    struct piece p;
    update_open(&u, update);
    while (update_next(&u, &p)) {
        uint64_t m = p.client - id_of(d->t, 0);
        if (m >= MEMBERS || p.kind == CONTENT_SKIP)
            continue;
        if (p.clock > seen[m])
            s->gaps++;
        for (uint64_t k = seen[m]; k < p.clock + p.len && p.clock <= seen[m]; k++) {
            seen[m] = k + 1;
            if (late || m == c->member)
                continue;
            s->delivered += s->measuring;
            count_latency(s, &d->w[m], k, c->l->now_us);
        }
    }
    if (u.bad)
        bench_fail("an update that cannot be read");
    if (late && s->dump) {
        struct buf head = {0};
        lib0_put_uint(&head, (uint64_t)(d->t - targets));
        lib0_put_bytes(&head, update);
        fwrite(head.p, 1, head.n, s->dump);
        buf_free(&head);
    }
}

static void on_load_synced(struct client *c)
{
    load_of(c)->synced++;
}

static void send_letter(struct load *s, struct document *d, unsigned member)
{
    struct writer_client *w = &d->w[member];
    int64_t now = bench_us();
    w->sent_us[w->sent % RING] = (uint32_t)(now - start_us);
    if (!s->measuring)
        w->counted_from = (uint32_t)w->sent + 1;
    client_sync(&w->c, 2, letter(&s->update, d->t, member, w->sent++, MEMBERS));
    w->seen[member] = w->sent;
    s->edits += s->measuring;
}

static bool agreed(const struct document *d, const uint64_t *seen)
{
    for (unsigned m = 0; m < MEMBERS; m++)
        if (seen[m] != d->w[m].sent)
            return false;
    return true;
}

static bool all_agree(const struct load *s)
{
    for (int i = 0; i < s->n; i++)
        for (unsigned m = 0; m < MEMBERS; m++)
            if (!agreed(&s->documents[i], s->documents[i].w[m].seen))
                return false;
    return true;
}

static bool wait_agreed(struct load *s, int ms)
{
    int64_t until = bench_us() + (int64_t)ms * 1000;
    while (!all_agree(s)) {
        if (bench_us() > until)
            return false;
        for (int64_t turn = bench_us() + 50000; bench_us() < turn;)
            loop_turn(&s->loop, 10);
    }
    return true;
}

static void open_all(struct load *s)
{
    int64_t until = bench_us() + 300 * (int64_t)1000000;
    uint64_t opened = 0, all = (uint64_t)s->n * MEMBERS;
    while (s->synced < all && bench_us() < until && !s->loop.closed) {
        for (; opened < all && opened - s->synced < AT_ONCE; opened++) {
            struct document *d = &s->documents[opened / MEMBERS];
            struct client *c = &d->w[opened % MEMBERS].c;
            c->user = d;
            c->member = (unsigned)(opened % MEMBERS);
            client_open(&s->loop, c, d->t);
        }
        loop_turn(&s->loop, 10);
    }
}

/* Writers in the order of the moment in the period at which each sends, evenly spread, those of one document far from
 * each other. */
static void write_until(struct load *s, int64_t *next_us, uint64_t *turn, int64_t until)
{
    uint64_t all = (uint64_t)s->n * MEMBERS;
    double gap = 1e6 / (opt.rate * (double)all);
    static _Thread_local double fraction;
    for (int64_t now = bench_us(); now < until; now = bench_us()) {
        for (; *next_us <= now; ++*turn) {
            uint64_t k = *turn % all;
            int64_t late = (now - *next_us) / 1000;
            if (s->measuring)
                s->lateness[late < 9999 ? late : 9999]++;
            send_letter(s, &s->documents[k % (uint64_t)s->n], (unsigned)(k / (uint64_t)s->n));
            fraction += gap;
            *next_us += (int64_t)fraction;
            fraction -= (double)(int64_t)fraction;
        }
        int64_t wait = (*next_us - bench_us() + 999) / 1000;
        loop_turn(&s->loop, wait < 0 ? 0 : wait > 10 ? 10 : (int)wait);
    }
}

/* A newcomer in each document, a few at a time: it must be given what the writers know. */
static bool newcomers(struct load *s)
{
    int64_t until = bench_us() + 60 * (int64_t)1000000;
    int opened = 0, done = 0;
    while (done < s->n && bench_us() < until) {
        for (; opened < s->n && opened - done < AT_ONCE; opened++) {
            struct document *d = &s->documents[opened];
            d->late.user = d;
            d->late.member = MEMBERS;
            client_open(&s->loop, &d->late, d->t);
        }
        loop_turn(&s->loop, 10);
        for (; done < opened && agreed(&s->documents[done], s->documents[done].late_seen); done++)
            client_close(&s->documents[done].late);
    }
    return done == s->n;
}

static void *load_main(void *arg)
{
    struct load *s = arg;
    open_all(s);
    pthread_barrier_wait(&barrier); /* 1: all are there */
    pthread_barrier_wait(&barrier); /* 2: start_us is set */
    for (int i = 0; i < s->n; i++)
        for (unsigned m = 0; m < MEMBERS; m++)
            send_letter(s, &s->documents[i], m);
    s->all_first = s->synced == (uint64_t)s->n * MEMBERS && wait_agreed(s, 60000);
    pthread_barrier_wait(&barrier); /* 3: all know the first letters */
    int64_t next = bench_us(), begin = next;
    uint64_t turn = 0;
    if (s->all_first)
        write_until(s, &next, &turn, begin + (int64_t)(opt.warm * 1e6));
    pthread_barrier_wait(&barrier); /* 4: measuring begins */
    s->measuring = true;
    if (s->all_first)
        write_until(s, &next, &turn, begin + (int64_t)((opt.warm + opt.seconds) * 1e6));
    s->measuring = false;
    pthread_barrier_wait(&barrier); /* 5: and ends */
    s->agreed = s->all_first && wait_agreed(s, DRAIN_MS);
    pthread_barrier_wait(&barrier); /* 6 */
    s->newcomers_ok = s->agreed && newcomers(s);
    return NULL;
}

static double percentile(const struct load *s, int n, double part)
{
    uint64_t all = 0, at = 0;
    for (int i = 0; i < n; i++)
        all += s[i].measured;
    for (int slot = 0; slot < HIST; slot++) {
        for (int i = 0; i < n; i++)
            at += s[i].hist[slot];
        if (at && (double)at >= part * (double)all)
            return slot * HIST_US / 1000.0;
    }
    return HIST * HIST_US / 1000.0;
}

static int lateness_p99(const struct load *s, int n)
{
    uint64_t all = 0, at = 0;
    for (int i = 0; i < n; i++)
        for (int ms = 0; ms < 10000; ms++)
            all += s[i].lateness[ms];
    for (int ms = 0; ms < 10000; ms++) {
        for (int i = 0; i < n; i++)
            at += s[i].lateness[ms];
        if ((double)at >= 0.99 * (double)all)
            return ms;
    }
    return 9999;
}

static void load_report(const struct load *s, int n, double seconds, double server, double own)
{
    struct load all = {.agreed = true, .newcomers_ok = true, .all_first = true};
    for (int i = 0; i < n; i++) {
        all.edits += s[i].edits;
        all.delivered += s[i].delivered;
        all.measured += s[i].measured;
        all.gaps += s[i].gaps;
        all.loop.closed += s[i].loop.closed;
        all.all_first &= s[i].all_first;
        all.agreed &= s[i].agreed;
        all.newcomers_ok &= s[i].newcomers_ok;
    }
    printf("{\"documents\": %d, \"connections\": %d, \"seconds\": %.2f, \"edits\": %llu, \"delivered\": %llu, "
           "\"edits_per_s\": %.0f, "
           "\"p50_ms\": %.2f, \"p95_ms\": %.2f, \"p99_ms\": %.2f, \"converged\": %s, \"newcomers\": %s, \"all_open\": "
           "%s, \"gaps\": %llu, \"closed\": %llu, "
           "\"late_p99_ms\": %d, \"server_cpu\": %.3f, \"generator_cpu\": %.3f, \"server_us_per_delivery\": %.3f, "
           "\"generator_us_per_delivery\": %.3f, "
           "\"resident_mib\": %.1f}\n",
           opt.documents, opt.documents * MEMBERS, seconds, (unsigned long long)all.edits,
           (unsigned long long)all.delivered, (double)all.edits / seconds, percentile(s, n, 0.5),
           percentile(s, n, 0.95), percentile(s, n, 0.99), all.agreed ? "true" : "false",
           all.newcomers_ok ? "true" : "false", all.all_first ? "true" : "false", (unsigned long long)all.gaps,
           (unsigned long long)all.loop.closed, lateness_p99(s, n), server / seconds / 1e6, own / seconds / 1e6,
           all.delivered ? server / (double)all.delivered : 0, all.delivered ? own / (double)all.delivered : 0,
           resident_mib(opt.pid));
}

static void load_prepare(struct load *s, int first, int n)
{
    *s = (struct load){.n = n};
    loop_open(&s->loop, opt.port, opt.hocuspocus);
    s->loop.on_update = on_load_update;
    s->loop.on_synced = on_load_synced;
    s->documents = calloc((size_t)n, sizeof *s->documents);
    s->hist = calloc(HIST, sizeof *s->hist);
    s->lateness = calloc(10000, sizeof *s->lateness);
    if (!s->documents || !s->hist || !s->lateness)
        bench_fail("memory");
    for (int i = 0; i < n; i++)
        s->documents[i].t = &targets[first + i];
}

static int load(void)
{
    static struct load s[THREADS_MAX];
    pthread_t threads[THREADS_MAX];
    int n = opt.threads, at = opt.first;
    pthread_barrier_init(&barrier, NULL, (unsigned)n + 1);
    for (int i = 0; i < n; i++) {
        int part = (opt.documents - (at - opt.first)) / (n - i);
        load_prepare(&s[i], at, part);
        at += part;
    }
    if (opt.dump && n == 1)
        s[0].dump = fopen(opt.dump, "wb");
    for (int i = 0; i < n; i++)
        if (pthread_create(&threads[i], NULL, load_main, &s[i]) != 0)
            bench_fail("thread");
    pthread_barrier_wait(&barrier);
    start_us = bench_us();
    pthread_barrier_wait(&barrier);
    pthread_barrier_wait(&barrier);
    pthread_barrier_wait(&barrier);
    int64_t from = bench_us(), server = cpu_us_of(opt.pid), own = own_cpu_us();
    pthread_barrier_wait(&barrier);
    double seconds = (double)(bench_us() - from) / 1e6, server_us = (double)(cpu_us_of(opt.pid) - server),
           own_us = (double)(own_cpu_us() - own);
    pthread_barrier_wait(&barrier);
    for (int i = 0; i < n; i++)
        pthread_join(threads[i], NULL);
    if (s[0].dump)
        fclose(s[0].dump);
    load_report(s, n, seconds, server_us, own_us);
    return 0;
}

/* ---- idle connections */

static void turn_for(struct client_loop *l, int ms)
{
    for (int64_t until = bench_us() + (int64_t)ms * 1000; bench_us() < until;)
        loop_turn(l, 20);
}

static int idle(void)
{
    static struct load s;
    load_prepare(&s, opt.first, opt.documents);
    turn_for(&s.loop, opt.wait_ms);
    double before = resident_mib(opt.pid);
    open_all(&s);
    for (int i = 0; i < s.n; i++)
        for (unsigned m = 0; m < MEMBERS; m++)
            client_presence(&s.documents[i].w[m].c, id_of(s.documents[i].t, m));
    turn_for(&s.loop, 2 * opt.wait_ms);
    double after = resident_mib(opt.pid);
    int64_t cpu = cpu_us_of(opt.pid);
    turn_for(&s.loop, opt.wait_ms);
    cpu = cpu_us_of(opt.pid) - cpu;
    printf("{\"connections\": %llu, \"closed\": %llu, \"before_mib\": %.1f, \"after_mib\": %.1f, \"grown_mib\": %.1f, "
           "\"idle_cpu\": %.4f}\n",
           (unsigned long long)s.synced, (unsigned long long)s.loop.closed, before, after, after - before,
           (double)cpu / (opt.wait_ms * 1e3));
    return 0;
}

/* ---- a long history */

struct whole { /* what a client knows of one document */
    struct ranges content, deleted;
    struct buf updates; /* as they came, each behind its length */
    int64_t at_us;      /* of the last message */
};

static void on_whole_update(struct client *c, struct bytes update)
{
    struct whole *w = c->user;
    if (!w)
        return;
    if (update_ranges(update, &w->content, &w->deleted))
        bench_fail("an update that cannot be read");
    w->updates.max = 256 << 20;
    lib0_put_bytes(&w->updates, update);
    w->at_us = c->l->now_us;
}

static void whole_done(struct whole *w)
{
    ranges_done(&w->content);
    ranges_done(&w->deleted);
    buf_free(&w->updates);
    *w = (struct whole){0};
}

static void whole_of(const struct trace *t, struct whole *out)
{
    for (size_t i = 0; i < t->n; i++)
        if (update_ranges(t->updates[i], &out->content, &out->deleted))
            bench_fail("the history cannot be read");
}

static bool whole_has(const struct whole *w, const struct whole *all)
{
    return ranges_has_all(&w->content, &all->content) && ranges_has_all(&w->deleted, &all->deleted);
}

static void wait_synced(struct client_loop *l, struct client *c)
{
    int64_t until = bench_us() + 60 * (int64_t)1000000;
    while (c->state != CLIENT_SYNCED && c->state != CLIENT_CLOSED && bench_us() < until)
        loop_turn(l, 5);
    if (c->state != CLIENT_SYNCED)
        bench_fail("no answer");
}

static int replay(void)
{
    struct client_loop l;
    struct client writer = {0}, reader = {0};
    struct whole got = {0}, all = {0};
    struct trace t = trace_read(opt.history);
    whole_of(&t, &all);
    loop_open(&l, opt.port, opt.hocuspocus);
    l.on_update = on_whole_update;
    reader.user = &got;
    client_open(&l, &writer, &targets[opt.first]);
    client_open(&l, &reader, &targets[opt.first]);
    wait_synced(&l, &writer);
    wait_synced(&l, &reader);
    int64_t from = bench_us(), cpu = cpu_us_of(opt.pid), until = from + 600 * (int64_t)1000000;
    struct buf bundle = {.max = 64 << 20};
    size_t messages = 0;
    for (size_t i = 0; i < t.n && !l.closed; loop_turn(&l, 0)) {
        while (i < t.n && writer.out.n < CLIENT_OUT_SOFT) {
            size_t k = t.n - i < (size_t)opt.bundle ? t.n - i : (size_t)opt.bundle;
            buf_clear(&bundle);
            if (k > 1 && update_merge(t.updates + i, k, &bundle))
                bench_fail("merge");
            client_sync(&writer, 2, k > 1 ? (struct bytes){(const uint8_t *)bundle.p, bundle.n} : t.updates[i]);
            i += k;
            if (++messages % 64 == 0)
                break;
        }
    }
    while (!l.closed && bench_us() < until) {
        if (whole_has(&got, &all))
            break;
        turn_for(&l, 20);
    }
    printf("{\"messages\": %zu, \"seconds\": %.2f, \"server_cpu_s\": %.2f, \"complete\": %s, \"closed\": %llu, "
           "\"resident_mib\": %.1f}\n",
           messages, (double)(got.at_us - from) / 1e6, (double)(cpu_us_of(opt.pid) - cpu) / 1e6,
           whole_has(&got, &all) ? "true" : "false", (unsigned long long)l.closed, resident_mib(opt.pid));
    trace_done(&t);
    return 0;
}

static int fetch(void)
{
    struct client_loop l;
    struct whole all = {0};
    struct trace t = trace_read(opt.history);
    whole_of(&t, &all);
    printf("{\"ms\": [");
    for (int i = 0; i < opt.times; i++) {
        struct whole got = {0};
        struct client c = {.user = &got};
        loop_open(&l, opt.port, opt.hocuspocus);
        l.on_update = on_whole_update;
        int64_t from = bench_us(), until = from + opt.wait_ms * (int64_t)1000;
        client_open(&l, &c, &targets[opt.first]);
        while (!whole_has(&got, &all) && bench_us() < until && !l.closed)
            loop_turn(&l, 5);
        printf("%s%.2f", i ? ", " : "", whole_has(&got, &all) ? (double)(got.at_us - from) / 1e3 : -1.0);
        if (opt.dump && i == 0) {
            FILE *f = fopen(opt.dump, "wb");
            if (!f || fwrite(got.updates.p, 1, got.updates.n, f) != got.updates.n)
                bench_fail("dump");
            fclose(f);
        }
        client_close(&c);
        close(l.epoll_fd);
        free(l.read);
        whole_done(&got);
        usleep(500000);
    }
    printf("], \"resident_mib\": %.1f}\n", resident_mib(opt.pid));
    trace_done(&t);
    return 0;
}

/* ---- killed right after an edit was seen */

static int kill_mode(void)
{
    struct client_loop l;
    struct client writer = {0}, reader = {.member = 1};
    struct whole got = {0};
    struct buf b = {0};
    const struct target *t = &targets[opt.first];
    loop_open(&l, opt.port, opt.hocuspocus);
    l.on_update = on_whole_update;
    reader.user = &got;
    client_open(&l, &writer, t);
    client_open(&l, &reader, t);
    wait_synced(&l, &writer);
    wait_synced(&l, &reader);
    for (uint64_t k = 0; k < (uint64_t)opt.letters; k++) {
        turn_for(&l, opt.pace_ms);
        int64_t until = bench_us() + 20 * (int64_t)1000000;
        client_sync(&writer, 2, letter(&b, t, 0, k, 1));
        while (ranges_next(&got.content, id_of(t, 0)) <= k && bench_us() < until && !l.closed)
            loop_turn(&l, 100);
        if (ranges_next(&got.content, id_of(t, 0)) <= k)
            bench_fail("the other one does not see it");
    }
    if (kill(opt.pid, SIGKILL) != 0)
        bench_fail("kill");
    printf("{\"seen\": %llu}\n", (unsigned long long)ranges_next(&got.content, id_of(t, 0)));
    return 0;
}

static int look(void)
{
    struct client_loop l;
    struct whole got = {0};
    struct client c = {.user = &got};
    const struct target *t = &targets[opt.first];
    loop_open(&l, opt.port, opt.hocuspocus);
    l.on_update = on_whole_update;
    client_open(&l, &c, t);
    for (int64_t until = bench_us() + opt.wait_ms * (int64_t)1000; bench_us() < until && !l.closed;) {
        if (ranges_next(&got.content, id_of(t, 0)) >= (uint64_t)opt.letters)
            break;
        loop_turn(&l, 5);
    }
    printf("{\"there\": %llu}\n", (unsigned long long)ranges_next(&got.content, id_of(t, 0)));
    return 0;
}

/* ---- options */

/* Lines of PATH NAME TOKEN. */
static void read_targets(const char *path)
{
    char a[256], b[256], c[256];
    int cap = 0;
    FILE *f = fopen(path, "r");
    if (!f)
        bench_fail(path);
    while (fscanf(f, "%255s %255s %255s", a, b, c) == 3) {
        if (n_targets == cap) {
            cap = cap ? 2 * cap : 1024;
            targets = realloc(targets, (size_t)cap * sizeof *targets);
            if (!targets)
                bench_fail("memory");
        }
        targets[n_targets++] = (struct target){strdup(a), strdup(b), strdup(c)};
    }
    fclose(f);
    if (opt.first + opt.documents > n_targets)
        bench_fail("fewer targets than documents");
}

static void read_option(char *word)
{
    static const struct {
        const char *name;
        int *number;
        double *real;
        const char **text;
    } known[] = {{"port", &opt.port},
                 {"documents", &opt.documents},
                 {"first", &opt.first},
                 {"crowd", &opt.crowd},
                 {"threads", &opt.threads},
                 {"pid", &opt.pid},
                 {"times", &opt.times},
                 {"letters", &opt.letters},
                 {"pace-ms", &opt.pace_ms},
                 {"wait-ms", &opt.wait_ms},
                 {"bundle", &opt.bundle},
                 {"rate", .real = &opt.rate},
                 {"seconds", .real = &opt.seconds},
                 {"warm", .real = &opt.warm},
                 {"targets", .text = &opt.targets},
                 {"history", .text = &opt.history},
                 {"dump", .text = &opt.dump}};
    char *value = strchr(word, '=');
    if (strcmp(word, "--hocuspocus") == 0) {
        opt.hocuspocus = true;
        return;
    }
    for (size_t i = 0; value && i < COUNT(known); i++) {
        if (strlen(known[i].name) != (size_t)(value - word) - 2 ||
            strncmp(word + 2, known[i].name, strlen(known[i].name)) != 0)
            continue;
        if (known[i].number)
            *known[i].number = (int)strtol(value + 1, NULL, 10);
        if (known[i].real)
            *known[i].real = strtod(value + 1, NULL);
        if (known[i].text)
            *known[i].text = value + 1;
        return;
    }
    fprintf(stderr, "b_live_load: what is %s?\n", word);
    exit(2);
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        int (*run)(void);
    } modes[] = {{"load", load},   {"idle", idle},      {"replay", replay},
                 {"fetch", fetch}, {"kill", kill_mode}, {"look", look}};
    signal(SIGPIPE, SIG_IGN);
    for (int i = 2; i < argc; i++)
        read_option(argv[i]);
    if (argc < 2 || !opt.targets || !opt.port || opt.threads < 1 || opt.threads > THREADS_MAX) {
        fprintf(stderr, "usage: b_live_load MODE --port=N --targets=FILE ...\n");
        return 2;
    }
    read_targets(opt.targets);
    for (size_t i = 0; i < COUNT(modes); i++)
        if (strcmp(argv[1], modes[i].name) == 0)
            return modes[i].run();
    fprintf(stderr, "b_live_load: no mode %s\n", argv[1]);
    return 2;
}
