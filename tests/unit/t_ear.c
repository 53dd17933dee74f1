/* What one program says to the others: heard after the commit and only then, in order; who did not listen is told that it may have missed
 * something. On PostgreSQL (TEST_DATABASE); on SQLite there is nobody to hear. */
#include "base/tm.h"
#include "db/ear.h"
#include "tests/test.h"
#include "tests/test_db.h"

#include <pthread.h>

enum { SOON_MS = 15000, SLOW_MS = 300, HEARD_MAX = 64 };

static struct {
    pthread_mutex_t lock;
    char words[HEARD_MAX][32];
    int n, missed;
} got = {.lock = PTHREAD_MUTEX_INITIALIZER};

static void heard(void *user, struct str words)
{
    (void)user;
    if (str_is(words, "langsomt"))
        tm_sleep_ms(SLOW_MS);
    pthread_mutex_lock(&got.lock);
    if (!words.n)
        got.missed++;
    else if (got.n < HEARD_MAX)
        snprintf(got.words[got.n++], sizeof got.words[0], "%.*s", STR_FMT(words));
    pthread_mutex_unlock(&got.lock);
}
static int count(int *of)
{
    pthread_mutex_lock(&got.lock);
    int n = *of;
    pthread_mutex_unlock(&got.lock);
    return n;
}
static bool comes_to(int *of, int n)
{
    int64_t end = tm_mono_ms() + SOON_MS;
    while (count(of) < n && tm_mono_ms() < end)
        tm_sleep_ms(2);
    return count(of) >= n;
}

static enum err say(struct db *db, const char *words, bool commit)
{
    CLEANUP(db_tx_end) struct db_tx tx = {0};
    TRY(db_begin_lane(db, &tx, DB_LANE_OWN));
    TRY(db_notify(db, str_c(words)));
    return commit ? db_commit(&tx) : OK;
}

static void alone(void)
{
    struct db *db = NULL;
    struct ear *ear = NULL;
    CHECK_ERR(db_connect(":memory:", DB_WRITE, &db), OK);
    CHECK_ERR(say(db, "ingen", true), OK);
    CHECK_ERR(ear_start(":memory:", heard, NULL, &ear), OK);
    CHECK(!ear && !ear_hears(ear));
    ear_stop(ear);
    db_close(db);
}

/* Ends every line but the asker's, as a server's restart does. */
static void cut_all(struct db *db)
{
    CHECK_ERR(db_script(db, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()"), OK);
}

/* Told to stop while it hears one of two that came together: the other is given back (the leak checker sees to that). */
static void stopped_between(struct db *db, const char *url)
{
    struct ear *ear = NULL;
    int before = count(&got.missed), n = count(&got.n);
    CHECK_ERR(ear_start(url, heard, NULL, &ear), OK);
    CHECK(comes_to(&got.missed, before + 1));
    {
        CLEANUP(db_tx_end) struct db_tx tx = {0};
        CHECK_ERR(db_begin_lane(db, &tx, DB_LANE_OWN), OK);
        CHECK_ERR(db_notify(db, STR("langsomt")), OK);
        CHECK_ERR(db_notify(db, STR("den andre")), OK);
        CHECK_ERR(db_commit(&tx), OK);
    }
    tm_sleep_ms(SLOW_MS / 3); /* it has begun with the first */
    ear_stop(ear);
    CHECK(count(&got.n) <= n + 1);
}

int main(void)
{
    alone();
    if (!test_on_postgres())
        return test_end();
    const char *url = test_db();
    struct db *db = NULL;
    struct ear *ear = NULL;
    char *longest = calloc(1, EAR_WORDS_MAX + 2);
    memset(longest, 'a', EAR_WORDS_MAX + 1);
    CHECK_ERR(db_connect(url, DB_WRITE, &db), OK);
    CHECK_ERR(db_found(db), OK); /* the marks of commits */
    CHECK_ERR(ear_start(url, heard, NULL, &ear), OK);
    CHECK(comes_to(&got.missed, 1) && ear_hears(ear));
    CHECK_ERR(say(db, "tatt tilbake", false), OK);
    for (int i = 0; i < 5; i++) {
        char words[16];
        snprintf(words, sizeof words, "ord %d", i);
        CHECK_ERR(say(db, words, true), OK);
    }
    CHECK(comes_to(&got.n, 5));
    for (int i = 0; i < 5 && i < count(&got.n); i++)
        CHECK(got.words[i][4] == '0' + i); /* in order, and not what was taken back */
    CHECK_ERR(say(db, longest, true), ERR_LIMIT);
    longest[EAR_WORDS_MAX] = '\0';
    CHECK_ERR(say(db, longest, true), OK);
    CHECK(comes_to(&got.n, 6));
    int before = count(&got.missed);
    cut_all(db);
    CHECK(comes_to(&got.missed, before + 1)); /* it says so, and hears again */
    int64_t end = tm_mono_ms() + SOON_MS;
    while (!ear_hears(ear) && tm_mono_ms() < end)
        tm_sleep_ms(2);
    CHECK_ERR(say(db, "igjen", true), OK);
    CHECK(comes_to(&got.n, 7) && strcmp(got.words[6], "igjen") == 0);
    ear_stop(ear);
    CHECK_ERR(say(db, "etterpå", true), OK);
    tm_sleep_ms(50);
    CHECK_INT(got.n, 7); /* control: nobody listens */
    stopped_between(db, url);
    free(longest);
    db_close(db);
    return test_end();
}
