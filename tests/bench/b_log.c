/* What the log's chain costs: b_log [FOLDER] [SECONDS, 1 to 9].
 *
 * The same looks are written with the chain (service/ctx.h: seen_save) and without (a row each in a table like the one before, with its
 * index), by turns in one run, so that the ratio does not hang on the machine. Three figures:
 *   page    one page view of a person and of a list of fifty in memory, whole, and how much of it is the log: with / without chain
 *   writer  pieces a second of the shared writer on a disk, each one look: with / without
 *   writer  the same with fifty looks a piece */
#include "../page/page_test.h"
#include "db/writer.h"
#include "model/participant.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

enum { THREADS = 16, ROUNDS = 5, PEOPLE = 50, VIEWS = 300 };

DB_EXEC(q_plain, 7, "INSERT INTO plain_bench (organisation_id, at, account_id, role, participant_id, what, request) VALUES ($1, $2, $3, $4, $5, $6, $7)");
#define PLAIN                                                                                      \
    "CREATE TABLE plain_bench (id INTEGER PRIMARY KEY, organisation_id BIGINT, at BIGINT, account_id BIGINT, role TEXT, participant_id BIGINT," \
    " what TEXT, request TEXT); CREATE INDEX plain_bench_participant ON plain_bench (participant_id, at);"                                    \
    "CREATE INDEX plain_bench_account ON plain_bench (account_id, at)"

static int64_t now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* n looks, with the chain or without. */
static enum err looks(struct db *db, struct arena *a, int n, bool chain)
{
    struct actor actor = {.account_id = 1, .organisation_id = 1, .role = ROLE_ADVISER};
    struct ctx c = {.a = a, .db = db, .actor = &actor, .now = tm_now(), .request = STR("0123456789abcdef")};
    if (chain) {
        for (int i = 1; i <= n; i++)
            saw(&c, 1, i, n > 1 ? "list" : "profile");
        return seen_save(&c);
    }
    for (int i = 1; i <= n; i++)
        TRY(db_run(db, &q_plain, NULL, DB_IN((int64_t)1, c.now, actor.account_id, "adviser", (int64_t)i, n > 1 ? "list" : "profile", c.request)));
    return OK;
}

static double alone(struct pt *t, int n, bool chain)
{
    int64_t before = now_us();
    for (int i = 0; i < VIEWS; i++) {
        CLEANUP(arena_freep) struct arena *a = arena_new((size_t)1 << 24);
        struct db_tx tx = {0};
        PT_MUST(db_begin(t->db, &tx));
        PT_MUST(looks(t->db, a, n, chain));
        PT_MUST(db_commit(&tx));
    }
    return (double)(now_us() - before) / VIEWS;
}

static void pages(void)
{
    struct pt t = pt_start();
    int64_t id = 0;
    PT_MUST(db_script(t.db, PLAIN));
    for (int i = 0; i < PEOPLE; i++) {
        struct participant_row p = {.organisation_id = t.organisation_id, .reference = arena_fmt(t.a, "P-%d", i), .first_name = STR("Per"),
                                    .last_name = STR("Prøve"), .lang = STR("nb"), .created_at = t.now, .updated_at = t.now};
        PT_MUST(participant_insert(t.db, t.a, &p, &id));
    }
    static const struct {
        const char *path;
        int looks;
    } cases[] = {{"/participants/1", 1}, {"/participants", PEOPLE}};
    for (size_t k = 0; k < COUNT(cases); k++) {
        double whole = 0, with = 0, without = 0;
        for (int r = 0; r < ROUNDS; r++) {
            int64_t before = now_us();
            for (int i = 0; i < VIEWS; i++)
                if (pt_get(&t, ROLE_PROJECT_LEADER, cases[k].path)->status != 200)
                    exit(1);
            whole += (double)(now_us() - before) / VIEWS / ROUNDS;
            with += alone(&t, cases[k].looks, true) / ROUNDS;
            without += alone(&t, cases[k].looks, false) / ROUNDS;
        }
        printf("page %-16s %7.0f us whole, log %5.0f us with the chain, %5.0f us without: page x %.2f\n", cases[k].path, whole, with, without,
               whole / (whole - with + without));
    }
    pt_end(&t);
}

/* ---- the writer */

static _Atomic bool stop;
static _Atomic int64_t pieces;
static int piece_looks;
static bool piece_chain;

static enum err piece(void *arg, struct db *db)
{
    (void)arg;
    CLEANUP(arena_freep) struct arena *a = arena_new((size_t)1 << 22);
    return looks(db, a, piece_looks, piece_chain);
}
static void *push(void *w)
{
    while (!stop) {
        PT_MUST(writer_run(w, DB_LANE_ALL, piece, NULL));
        pieces++;
    }
    return NULL;
}

static double writer(const char *path, int n, bool chain, unsigned seconds)
{
    pthread_t t[THREADS];
    struct writer *w = NULL;
    PT_MUST(writer_start(path, &w));
    piece_looks = n;
    piece_chain = chain;
    stop = false;
    pieces = 0;
    int64_t before = now_us();
    for (int i = 0; i < THREADS; i++)
        if (pthread_create(&t[i], NULL, push, w))
            exit(1);
    sleep(seconds);
    stop = true;
    for (int i = 0; i < THREADS; i++)
        pthread_join(t[i], NULL);
    double took = (double)(now_us() - before) / 1e6;
    writer_stop(w);
    return (double)pieces / took;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
    char dir[200], path[220], side[230], why[200] = "";
    unsigned seconds = argc > 2 ? (unsigned)(argv[2][0] - '0') : 1;
    struct db *db = NULL;
    PT_MUST(secret_start());
    pages();
    snprintf(dir, sizeof dir, "%s/b_log.XXXXXX", argc > 1 ? argv[1] : "/var/tmp");
    if (!mkdtemp(dir))
        return 1;
    snprintf(path, sizeof path, "%s/b.db", dir);
    PT_MUST(db_connect(path, DB_WRITE, &db));
    PT_MUST(migrate(db, migrations, tm_now(), why, sizeof why));
    PT_MUST(db_script(db, PLAIN));
    static const int sizes[] = {1, PEOPLE};
    for (size_t k = 0; k < COUNT(sizes); k++) {
        double ratio[ROUNDS], with = 0, without = 0;
        for (int r = 0; r < ROUNDS; r++) {
            double a = writer(path, sizes[k], false, seconds), b = writer(path, sizes[k], true, seconds);
            ratio[r] = b / a;
            without += a / ROUNDS;
            with += b / ROUNDS;
        }
        qsort(ratio, ROUNDS, sizeof ratio[0], by_size);
        printf("writer, %2d looks a piece: %6.0f pieces/s with the chain, %6.0f without; ratio %.2f (median of %d rounds, %.2f to %.2f)\n", sizes[k], with,
               without, ratio[ROUNDS / 2], ROUNDS, ratio[0], ratio[ROUNDS - 1]);
    }
    db_close(db);
    static const char *const ends[] = {"", "-wal", "-shm"};
    for (size_t i = 0; i < COUNT(ends); i++) {
        snprintf(side, sizeof side, "%s%s", path, ends[i]);
        unlink(side);
    }
    return rmdir(dir) != 0;
}
