/* Commits shared by many threads against one commit each, on the same disk, by turns: b_writer [FOLDER] [SECONDS, 1 to 9].
 * Prints pieces a second for both, pieces per commit, the ratio, and the latency that a waiting thread saw. */
#include "base/tm.h"
#include "db/writer.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { THREADS = 64, LATENCIES = 1 << 20, ROUNDS = 5, WARM = 1000 };

DB_EXEC(q_add, 2, "INSERT INTO lookup_bench (account_id, at) VALUES ($1, $2)");

static _Atomic bool stop;
static _Atomic int64_t pieces;
static int32_t latency_us[LATENCIES];

static int64_t now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static void must(enum err e, const char *what)
{
    if (e) {
        fprintf(stderr, "b_writer: %s: %s\n", what, err_name(e));
        exit(1);
    }
}

static enum err add(void *arg, struct db *db)
{
    return db_run(db, &q_add, NULL, DB_IN(*(int64_t *)arg, tm_now()));
}

static void *push(void *arg)
{
    for (int64_t id = 1; !stop; id++) {
        int64_t before = now_us();
        must(writer_run(arg, DB_LANE_ALL, add, &id), "piece");
        latency_us[pieces++ % LATENCIES] = (int32_t)(now_us() - before);
    }
    return NULL;
}

static int by_size(const void *a, const void *b)
{
    return *(const int32_t *)a - *(const int32_t *)b;
}

static void report(const char *what, int64_t n, double seconds, int64_t commits)
{
    size_t k = (size_t)(n < LATENCIES ? n : LATENCIES);
    qsort(latency_us, k, sizeof latency_us[0], by_size);
    printf("%-16s %9.0f pieces/s  %6.1f pieces/commit  p50 %7.2f ms  p99 %7.2f ms\n", what, (double)n / seconds,
           commits ? (double)n / (double)commits : 1.0, latency_us[k / 2] / 1000.0, latency_us[k * 99 / 100] / 1000.0);
}

static double run(const char *path, int threads, unsigned seconds)
{
    pthread_t t[THREADS];
    struct writer *w = NULL;
    char what[32];
    must(writer_start(path, &w), "start");
    stop = false;
    pieces = 0;
    int64_t before = now_us();
    for (int i = 0; i < threads; i++)
        if (pthread_create(&t[i], NULL, push, w) != 0)
            exit(1);
    sleep(seconds);
    stop = true;
    for (int i = 0; i < threads; i++)
        pthread_join(t[i], NULL);
    double took = (double)(now_us() - before) / 1e6;
    struct writer_stats s = writer_stats(w);
    writer_stop(w);
    snprintf(what, sizeof what, "%d thread%s", threads, threads > 1 ? "s" : "");
    report(what, s.pieces, took, s.commits);
    return (double)s.pieces / took;
}

/* One commit for each piece, nothing else: what a program without the common commit would do. */
static double run_each(const char *path, unsigned seconds)
{
    struct db *db = NULL;
    int64_t n = 0, before = now_us();
    must(db_connect(path, DB_WRITE, &db), "connect");
    while (now_us() - before < (int64_t)seconds * 1000000) {
        int64_t at = now_us();
        struct db_tx tx = {0};
        must(db_begin(db, &tx), "begin");
        n++;
        must(add(&n, db), "insert");
        must(db_commit(&tx), "commit");
        latency_us[(n - 1) % LATENCIES] = (int32_t)(now_us() - at);
    }
    double took = (double)(now_us() - before) / 1e6;
    db_close(db);
    report("a commit each", n, took, n);
    return (double)n / took;
}

int main(int argc, char **argv)
{
    char dir[200], path[220], side[230];
    unsigned seconds = argc > 2 ? (unsigned)(argv[2][0] - '0') : 2;
    struct db *db = NULL;
    snprintf(dir, sizeof dir, "%s/b_writer.XXXXXX", argc > 1 ? argv[1] : "/var/tmp");
    if (!mkdtemp(dir))
        return 1;
    snprintf(path, sizeof path, "%s/b.db", dir);
    must(db_connect(path, DB_WRITE, &db), "connect");
    must(db_script(db, "CREATE TABLE lookup_bench (id INTEGER PRIMARY KEY, account_id BIGINT, at BIGINT)"), "table");
    for (int64_t n = 0; n < 2 * WARM; n++) /* the log of a long running server has its full size; `db` stays open to keep it so */
        must(add(&n, db), "warm up");
    int32_t ratio[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) { /* by turns: a disk has moods */
        double each = run_each(path, seconds);
        run(path, 1, seconds);
        ratio[i] = (int32_t)(run(path, THREADS, seconds) / each);
    }
    qsort(ratio, ROUNDS, sizeof ratio[0], by_size);
    printf("ratio %d (median of %d rounds, %d to %d)\n", ratio[ROUNDS / 2], ROUNDS, ratio[0], ratio[ROUNDS - 1]);
    db_close(db);
    static const char *const ends[] = {"", "-wal", "-shm"};
    for (size_t i = 0; i < COUNT(ends); i++) {
        snprintf(side, sizeof side, "%s%s", path, ends[i]);
        unlink(side);
    }
    return rmdir(dir) != 0;
}
