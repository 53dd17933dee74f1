/* writer.h: what many threads push is committed together, and a failure stays with its piece. */
#include "base/arena.h"
#include "base/tm.h"
#include "db/writer.h"
#include "tests/test.h"
#include "tests/test_db.h"

#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

DB_EXEC(q_add, 1, "INSERT INTO line (text) VALUES ($1)");
DB_EXEC(q_many, 1, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1) INSERT INTO line (text) SELECT 'n' || i FROM n");
DB_EXEC(q_end_all, 0, "INSERT OR ROLLBACK INTO line (id, text) VALUES (1, 'again')"); /* 1 is there: the transaction ends */
struct one {
    int n;
};
DB_QUERY(q_count, struct one, 0, "SELECT COUNT(*) AS n FROM line WHERE id > 1", DB_COL(struct one, n));

static char dir[] = "/tmp/t_writer.XXXXXX", path[64];

static void fresh(void)
{
    static const char *const files[] = {"", "-wal", "-shm"};
    struct db *db = NULL;
    for (size_t i = 0; i < COUNT(files); i++) {
        char f[80];
        snprintf(f, sizeof f, "%s%s", path, files[i]);
        unlink(f);
    }
    CHECK_ERR(db_connect(path, DB_WRITE, &db), OK);
    CHECK_ERR(db_script(db, "CREATE TABLE line (id INTEGER PRIMARY KEY, text TEXT); INSERT INTO line VALUES (1, '')"), OK);
    db_close(db);
}

static int lines(void)
{
    struct arena *a = arena_new(1 << 20);
    struct db *db = NULL;
    struct one one = {-1};
    CHECK_ERR(db_connect(path, DB_READ, &db), OK);
    CHECK_ERR(db_one(db, a, &q_count, &one, DB_NONE), OK);
    db_close(db);
    arena_free(a);
    return one.n;
}

/* ---- pieces */

struct piece {
    struct work work; /* first */
    enum err give;
    const struct db_query *then; /* run after the line is added */
    int64_t fault_in;            /* for the calls after this one; -1 none */
    enum err fault;
    bool swallow; /* does as if its errors did not matter */
    _Atomic int runs, dones;
    enum err got;
};
static sem_t finished, gate_open, gate_reached;

static enum err piece_run(struct work *w, struct db *db)
{
    struct piece *p = (struct piece *)w;
    if (p->fault_in >= 0 && p->runs == 0)
        db_fault(db, p->fault_in, p->fault);
    p->runs++;
    enum err e = db_run(db, &q_add, NULL, DB_IN("line"));
    if (!e && p->then)
        e = db_run(db, p->then, NULL, DB_NONE);
    if (e && p->swallow)
        e = OK;
    return e ? e : p->give;
}
static void piece_done(struct work *w, enum err result)
{
    struct piece *p = (struct piece *)w;
    p->got = result;
    p->dones++;
    sem_post(&finished);
}
static struct piece piece(enum err give)
{
    return (struct piece){.work = {.run = piece_run, .done = piece_done}, .give = give, .fault_in = -1};
}

/* Holds the writer, so that what is pushed meanwhile becomes one batch. */
static enum err gate_run(struct work *w, struct db *db)
{
    (void)w, (void)db;
    sem_post(&gate_reached);
    sem_wait(&gate_open);
    return OK;
}
static void gate_done(struct work *w, enum err result)
{
    (void)w, (void)result;
}
static struct work gate_work = {.run = gate_run, .done = gate_done};
static void hold(struct writer *w)
{
    CHECK_ERR(writer_push(w, &gate_work), OK);
    sem_wait(&gate_reached);
}
static void one_batch(struct writer *w, struct piece *p, size_t n)
{
    hold(w);
    for (size_t i = 0; i < n; i++)
        CHECK_ERR(writer_push(w, &p[i].work), OK);
    sem_post(&gate_open);
    for (size_t i = 0; i < n; i++)
        sem_wait(&finished);
    for (size_t i = 0; i < n; i++)
        CHECK_INT(p[i].dones, 1);
}

/* ---- tests */

static void a_failure_stays_alone(void)
{
    struct writer *w = NULL;
    fresh();
    CHECK_ERR(writer_start(path, &w), OK);
    struct piece p[5] = {piece(OK), piece(ERR_CONFLICT), piece(OK), piece(ERR_BUSY), piece(OK)};
    one_batch(w, p, 5);
    static const enum err want[] = {OK, ERR_CONFLICT, OK, ERR_BUSY, OK};
    for (size_t i = 0; i < 5; i++)
        CHECK_ERR(p[i].got, want[i]);
    struct writer_stats s = writer_stats(w);
    CHECK(s.commits == 2 && s.pieces == 6 && s.failed == 2 && s.waiting == 0); /* the gate was one of each */
    writer_stop(w);
    CHECK_INT(lines(), 3);
}

static void a_failed_commit_is_everybodys(void)
{
    static const enum err errs[] = {ERR_INTERNAL, ERR_FULL, ERR_BUSY};
    for (size_t k = 0; k < COUNT(errs); k++) {
        struct writer *w = NULL;
        fresh();
        CHECK_ERR(writer_start(path, &w), OK);
        struct piece p[3] = {piece(OK), piece(ERR_CONFLICT), piece(OK)};
        p[2].fault_in = 2; /* its insert, its release, then the commit */
        p[2].fault = errs[k];
        one_batch(w, p, 3);
        for (size_t i = 0; i < 3; i++) {
            CHECK_ERR(p[i].got, errs[k]);
            CHECK_INT(p[i].runs, 1);
        }
        CHECK_INT(lines(), 0);
        struct piece after[2] = {piece(OK), piece(OK)}; /* the negative control: the same without the fault */
        one_batch(w, after, 2);
        CHECK(after[0].got == OK && after[1].got == OK);
        writer_stop(w);
        CHECK_INT(lines(), 2);
    }
}

/* Each database call of a batch fails once: every piece stands whole or left nothing, and answers which. */
static void each_call_fails(void)
{
    static const enum err errs[] = {ERR_INTERNAL, ERR_FULL, ERR_BUSY};
    static const struct {
        int good;
        const char *why;
    } cases[] = {
        {2, "insert of the first: its own failure"},
        {3, "release: the transaction is not trusted, all run again"},
        {3, "savepoint of the second: the same"},
        {2, "insert of the second"},
        {3, "release"},
        {3, "savepoint of the third"},
        {2, "insert of the third"},
        {3, "release"},
        {0, "commit: everybody's failure"},
        {3, "no call any more: the negative control"},
    };
    for (size_t k = 0; k < COUNT(errs); k++) {
        for (size_t nth = 0; nth < COUNT(cases); nth++) {
            struct writer *w = NULL;
            fresh();
            CHECK_ERR(writer_start(path, &w), OK);
            struct piece p[3] = {piece(OK), piece(OK), piece(OK)};
            p[0].fault_in = (int64_t)nth;
            p[0].fault = errs[k];
            one_batch(w, p, 3);
            int good = 0;
            for (size_t i = 0; i < 3; i++)
                good += p[i].got == OK;
            if (good != cases[nth].good)
                printf("# %s\n", cases[nth].why);
            CHECK_INT(good, cases[nth].good);
            writer_stop(w);
            CHECK_INT(lines(), good);
        }
    }
}

/* A piece that makes the database give up the whole transaction, even one that keeps quiet about it, hurts only itself. */
static void a_lost_transaction(void)
{
    for (int quiet = 0; quiet < 2; quiet++) {
        struct writer *w = NULL;
        fresh();
        CHECK_ERR(writer_start(path, &w), OK);
        struct piece p[4] = {piece(OK), piece(OK), piece(OK), piece(ERR_STATE)};
        p[1].then = &q_end_all;
        p[1].swallow = quiet;
        one_batch(w, p, 4);
        CHECK_ERR(p[0].got, OK);
        CHECK_ERR(p[1].got, ERR_CONFLICT);
        CHECK_ERR(p[2].got, OK);
        CHECK_ERR(p[3].got, ERR_STATE);
        writer_stop(w);
        CHECK_INT(lines(), 2);
    }
}

/* A batch for each hand, begun one after the other: the age is the oldest one's. */
struct gate {
    struct work work; /* first */
    sem_t reached, open;
};
static enum err gate_wait(struct work *w, struct db *db)
{
    struct gate *g = (struct gate *)w;
    (void)db;
    sem_post(&g->reached);
    sem_wait(&g->open);
    return OK;
}
static void the_oldest_batch(void)
{
    enum { OLD_MS = 30 };
    struct writer *w = NULL;
    struct gate g[2];
    struct db *db = NULL;
    const char *url = test_on_postgres() ? test_db() : path;
    int hands = test_on_postgres() ? 2 : 1;
    fresh();
    CHECK_ERR(db_connect(url, DB_WRITE, &db), OK);
    CHECK_ERR(db_found(db), OK); /* the lanes */
    db_close(db);
    CHECK_ERR(writer_start(url, &w), OK);
    CHECK_INT(writer_stats(w).busy_ms, 0);
    for (int i = 0; i < hands; i++) {
        g[i].work = (struct work){.run = gate_wait, .done = gate_done, .lane = i + 1};
        sem_init(&g[i].reached, 0, 0);
        sem_init(&g[i].open, 0, 0);
        CHECK_ERR(writer_push(w, &g[i].work), OK);
        sem_wait(&g[i].reached);
        while (i == 0 && writer_stats(w).busy_ms < OLD_MS)
            tm_sleep_ms(1);
    }
    CHECK(writer_stats(w).busy_ms >= OLD_MS);
    for (int i = 0; i < hands; i++)
        sem_post(&g[i].open);
    while (writer_stats(w).pieces < hands)
        tm_sleep_ms(1);
    CHECK_INT(writer_stats(w).busy_ms, 0);
    writer_stop(w);
}

static void stop_finishes_the_queue(void)
{
    enum { N = 1000 };
    static struct piece p[N];
    struct writer *w = NULL;
    int ok = 0;
    fresh();
    CHECK_ERR(writer_start(path, &w), OK);
    hold(w);
    for (size_t i = 0; i < N; i++) {
        p[i] = piece(OK);
        if (writer_push(w, &p[i].work))
            CHECK(false);
    }
    CHECK_INT(writer_stats(w).waiting, N);
    sem_post(&gate_open);
    writer_stop(w);
    for (size_t i = 0; i < N; i++) {
        sem_wait(&finished);
        ok += p[i].got == OK && p[i].dones == 1;
    }
    CHECK_INT(ok, N);
    CHECK_INT(lines(), N);
}

static void the_queue_has_an_end(void)
{
    enum { N = 10000 };
    static struct piece p[N + 1];
    struct writer *w = NULL;
    size_t pushed = 0;
    fresh();
    CHECK_ERR(writer_start(path, &w), OK);
    hold(w);
    for (size_t i = 0; i < N; i++) {
        p[i] = piece(ERR_STATE);
        pushed += writer_push(w, &p[i].work) == OK;
    }
    CHECK_INT(pushed, N);
    p[N] = piece(OK);
    CHECK_ERR(writer_push(w, &p[N].work), ERR_LIMIT);
    sem_post(&gate_open);
    for (size_t i = 0; i < N; i++)
        sem_wait(&finished);
    CHECK_ERR(writer_push(w, &p[N].work), OK); /* and goes on */
    sem_wait(&finished);
    CHECK_ERR(p[N].got, OK);
    writer_stop(w);
    CHECK_INT(lines(), 1);
}

/* ---- many threads, waiting for each answer */

enum { THREADS = 8, EACH = 200 };
struct pusher {
    struct writer *w;
    pthread_t thread;
    int right;
};
static enum err add_or_fail(void *arg, struct db *db)
{
    TRY(db_run(db, &q_add, NULL, DB_IN("by a thread")));
    return *(enum err *)arg;
}
static void *push_all(void *arg)
{
    struct pusher *p = arg;
    for (int i = 0; i < EACH; i++) {
        enum err want = i % 5 == 4 ? ERR_STATE : OK;
        p->right += writer_run(p->w, DB_LANE_ALL, add_or_fail, &want) == want;
    }
    return NULL;
}
static void many_threads(void)
{
    struct writer *w = NULL;
    struct pusher p[THREADS];
    fresh();
    CHECK_ERR(writer_start(path, &w), OK);
    for (size_t i = 0; i < THREADS; i++) {
        p[i] = (struct pusher){.w = w};
        CHECK(pthread_create(&p[i].thread, NULL, push_all, &p[i]) == 0);
    }
    for (size_t i = 0; i < THREADS; i++) {
        pthread_join(p[i].thread, NULL);
        CHECK_INT(p[i].right, EACH);
    }
    struct writer_stats s = writer_stats(w);
    CHECK_INT(s.pieces, THREADS * EACH);
    CHECK_INT(s.failed, THREADS * EACH / 5);
    CHECK(s.commits <= s.pieces && s.commits > 0);
    writer_stop(w);
    CHECK_INT(lines(), THREADS * EACH * 4 / 5);
}

/* ---- the world outside */

static enum err add_many(void *arg, struct db *db)
{
    return db_run(db, &q_many, NULL, DB_IN(*(int *)arg));
}

/* A file size limit is a full disk that a test may make. */
static void the_disk_is_full_for_a_while(void)
{
    struct writer *w = NULL;
    struct rlimit was, small;
    int many = 100000, few = 10;
    signal(SIGXFSZ, SIG_IGN);
    fresh();
    CHECK_ERR(writer_start(path, &w), OK);
    getrlimit(RLIMIT_FSIZE, &was);
    small = was;
    small.rlim_cur = 128 * 1024;
    setrlimit(RLIMIT_FSIZE, &small);
    CHECK_ERR(writer_run(w, DB_LANE_ALL, add_many, &many), ERR_FULL);
    CHECK_ERR(writer_run(w, DB_LANE_ALL, add_many, &many), ERR_FULL);
    CHECK_ERR(writer_run(w, DB_LANE_ALL, add_many, &few), OK); /* for this there is room */
    setrlimit(RLIMIT_FSIZE, &was);
    CHECK_ERR(writer_run(w, DB_LANE_ALL, add_many, &many), OK);
    writer_stop(w);
    CHECK_INT(lines(), many + few);
}

static void *let_go(void *arg)
{
    struct db_tx *tx = arg;
    nanosleep(&(struct timespec){.tv_sec = 2, .tv_nsec = 500000000}, NULL);
    db_tx_end(tx);
    return NULL;
}

/* Longer than the database itself waits, shorter than the writer does. */
static void somebody_else_holds_it(void)
{
    struct writer *w = NULL;
    struct db *other = NULL;
    struct db_tx tx = {0};
    pthread_t t;
    int few = 3;
    fresh();
    CHECK_ERR(writer_start(path, &w), OK);
    CHECK_ERR(db_connect(path, DB_WRITE, &other), OK);
    CHECK_ERR(db_begin(other, &tx), OK);
    CHECK(pthread_create(&t, NULL, let_go, &tx) == 0);
    int64_t before = tm_mono_ms();
    CHECK_ERR(writer_run(w, DB_LANE_ALL, add_many, &few), OK);
    CHECK(tm_mono_ms() - before >= 2000);
    pthread_join(t, NULL);
    CHECK_ERR(db_begin(other, &tx), OK);
    CHECK_ERR(writer_run(w, DB_LANE_ALL, add_many, &few), ERR_BUSY);
    db_tx_end(&tx);
    CHECK_ERR(writer_run(w, DB_LANE_ALL, add_many, &few), OK);
    db_close(other);
    writer_stop(w);
    CHECK_INT(lines(), 6);
}

/* The child says a number only after its line is committed; then it is killed without warning. */
static enum err add_one(void *arg, struct db *db)
{
    return db_run(db, arg, NULL, DB_IN("line"));
}
static void child(int to)
{
    struct writer *w = NULL;
    if (writer_start(path, &w))
        _exit(1);
    for (;;)
        if (writer_run(w, DB_LANE_ALL, add_one, (void *)(uintptr_t)&q_add) || write(to, "x", 1) != 1)
            _exit(1);
}
static void killed_in_the_middle(void)
{
    int fd[2], said = 0, status = 0;
    char c[64];
    fresh();
    CHECK(pipe(fd) == 0);
    pid_t pid = fork();
    if (pid == 0)
        child(fd[1]);
    close(fd[1]);
    while (said < 200) {
        ssize_t n = read(fd[0], c, sizeof c);
        if (n <= 0)
            break;
        said += (int)n;
    }
    kill(pid, SIGKILL);
    for (ssize_t n; (n = read(fd[0], c, sizeof c)) > 0;)
        said += (int)n;
    CHECK(waitpid(pid, &status, 0) == pid && WIFSIGNALED(status));
    close(fd[0]);
    int there = lines();
    CHECK(said >= 200 && there >= said && there <= said + 1); /* at most the one that was not yet answered */
}

static enum err run_inside(void *arg, struct db *db)
{
    int few = 1;
    (void)db;
    return writer_run(arg, DB_LANE_ALL, add_many, &few);
}

int main(void)
{
    struct writer *w = NULL;
    if (!mkdtemp(dir))
        return 1;
    snprintf(path, sizeof path, "%s/w.db", dir);
    sem_init(&finished, 0, 0);
    sem_init(&gate_open, 0, 0);
    sem_init(&gate_reached, 0, 0);
    CHECK_ERR(writer_start("/no/such/folder/w.db", &w), ERR_NOT_FOUND);
    writer_stop(NULL);
    a_failure_stays_alone();
    a_failed_commit_is_everybodys();
    each_call_fails();
    a_lost_transaction();
    the_oldest_batch();
    stop_finishes_the_queue();
    the_queue_has_an_end();
    many_threads();
    the_disk_is_full_for_a_while();
    somebody_else_holds_it();
    killed_in_the_middle();
    fresh();
    CHECK_ERR(writer_start(path, &w), OK);
    CHECK_ERR(writer_run(w, DB_LANE_ALL, run_inside, w), ERR_INTERNAL); /* would wait for itself */
    writer_stop(w);
    unlink(path);
    CHECK(rmdir(dir) == 0);
    return test_end();
}
