/* outbox.h: mails leave once, wait when the server says so, fail when it says never, and outlive the program. */
#include "job/outbox.h"
#include "base/arena.h"
#include "base/log.h"
#include "db/migrate.h"
#include "job/job.h"
#include "mail/message.h"
#include "model/account.h"
#include "model/outbox.h"
#include "model/setting.h"
#include "tests/smtp_stand_in.h"
#include "tests/test.h"
#include "tests/test_db.h"

static char dir[] = "/tmp/t_outbox.XXXXXX", path[64];
static const int64_t start_at = 1795000000000;

struct place { /* a fresh database with mails, and who sends them */
    struct arena *a;
    struct db *db; /* for looking */
    struct writer *writer;
    struct stand_in server;
    struct outbox_conf conf;
    struct outbox_owed owed;
};

static void add(struct place *p, const char *email, const char *name)
{
    struct outbox_row m = {.organisation_id = 1, .kind = STR("invite"), .to_email = str_c(email), .to_name = str_c(name), .lang = STR("nb"),
                           .subject = STR("Invitasjon"), .body = STR("Hei!\n\nLenken er hemmelig-token.\n"), .created_at = start_at,
                           .due_at = start_at};
    CHECK_ERR(outbox_insert(p->db, &m), OK);
}

static void place_open(struct place *p, struct script script)
{
    *p = (struct place){.a = arena_new((size_t)64 << 20), .server = {.script = script}};
    char why[200] = "";
    int64_t id;
    test_db_remove(path);
    CHECK_ERR(db_connect(path, DB_WRITE, &p->db), OK);
    CHECK_ERR(migrate(p->db, migrations, start_at, why, sizeof why), OK);
    struct organisation_row o = {.name = STR("Prøveby kommune"), .kind = STR("municipality"), .created_at = start_at};
    CHECK_ERR(organisation_insert(p->db, &o, &id), OK);
    CHECK_ERR(writer_start(path, &p->writer), OK);
    stand_in_start(&p->server);
    p->conf = (struct outbox_conf){.db_url = path, .writer = p->writer, .from = STR("Springbrett <ikke-svar@springbrett.example>"),
                                  .smtp_url = arena_fmt(p->a, "smtp://127.0.0.1:%d", p->server.port), .owed = &p->owed};
}

static void place_close(struct place *p)
{
    if (p->server.listener)
        stand_in_stop(&p->server);
    writer_stop(p->writer);
    db_close(p->db);
    arena_free(p->a);
}

static struct outbox_row row(struct place *p, int64_t id)
{
    struct outbox_row m = {0};
    CHECK_ERR(outbox_get(p->db, p->a, id, 1, &m), OK);
    return m;
}

static struct outbox_done run(struct place *p, int64_t now)
{
    struct outbox_done d = {-1, -1, -1};
    CHECK_ERR(outbox_run(&p->conf, now, &d), OK);
    return d;
}

static int times(const char *text, const char *word)
{
    int n = 0;
    for (const char *at = text; (at = strstr(at, word)); at += strlen(word))
        n++;
    return n;
}

static void test_sent(void)
{
    struct place p;
    place_open(&p, (struct script){0});
    add(&p, "nadia@example.org", "Nadia");
    add(&p, "omar@example.org", "Omar\r\nBcc: all@example.org");
    struct outbox_done d = run(&p, start_at);
    CHECK_INT(d.sent, 2);
    d = run(&p, start_at + 1000);
    CHECK_INT(d.sent, 0); /* each leaves once */
    struct outbox_row m = row(&p, 1);
    CHECK_INT(m.sent_at, start_at);
    CHECK_INT(m.body.n, 0); /* the link does not stay */
    stand_in_stop(&p.server);
    p.server.listener = 0;
    CHECK_INT(times(p.server.seen, "RCPT TO:<nadia@example.org>"), 1);
    CHECK_INT(times(p.server.seen, "RCPT TO:"), 2); /* a line break in a name makes no receiver */
    CHECK_INT(times(p.server.seen, "\nBcc:"), 0);
    CHECK(strstr(p.server.seen, "hemmelig-token") != NULL);
    place_close(&p);
}

/* The server had accepted it, and the database could not be written: it is noted first, and not sent again. */
static void test_owed(void)
{
    struct place p;
    place_open(&p, (struct script){0});
    add(&p, "nadia@example.org", "Nadia");
    add(&p, "omar@example.org", "Omar");
    p.owed = (struct outbox_owed){1, start_at - 5000};
    CHECK_INT(run(&p, start_at).sent, 1);
    CHECK_INT(row(&p, 1).sent_at, start_at - 5000);
    CHECK_INT(row(&p, 2).sent_at, start_at);
    CHECK_INT(p.owed.id, 0);
    p.owed = (struct outbox_owed){99, start_at}; /* erased meanwhile */
    CHECK_INT(run(&p, start_at).sent, 0);
    CHECK_INT(p.owed.id, 0);
    stand_in_stop(&p.server);
    p.server.listener = 0;
    CHECK_INT(times(p.server.seen, "nadia@example.org"), 0);
    place_close(&p);
}

DB_EXEC(q_put_off, 2, "UPDATE outbox SET due_at = $2 WHERE id = $1");
/* Put off while the clock was a year ahead: nothing is due so late. */
static void test_clock(void)
{
    struct place p;
    place_open(&p, (struct script){0});
    add(&p, "nadia@example.org", "Nadia");
    add(&p, "omar@example.org", "Omar");
    CHECK_ERR(db_run(p.db, &q_put_off, NULL, DB_IN(1, start_at + INT64_C(366) * 86400000)), OK);
    CHECK_ERR(db_run(p.db, &q_put_off, NULL, DB_IN(2, start_at + 12 * 3600000)), OK); /* the longest that is meant */
    CHECK_INT(run(&p, start_at).sent, 1);
    CHECK_INT(row(&p, 1).sent_at, start_at);
    CHECK_INT(row(&p, 2).sent_at, 0);
    place_close(&p);
}

static void test_later(void)
{
    static const int64_t minutes[] = {1, 5, 30, 120, 720};
    struct place p;
    place_open(&p, (struct script){.rcpt = "450 4.2.1 full"});
    add(&p, "nadia@example.org", "Nadia");
    int64_t now = start_at;
    for (size_t i = 0; i < COUNT(minutes); i++) {
        CHECK_INT(run(&p, now).later, 1);
        struct outbox_row m = row(&p, 1);
        CHECK_INT(m.due_at, now + minutes[i] * 60000);
        CHECK_STR(m.error, "450 4.2.1 sender_or_receiver"); /* no address in it */
        CHECK_INT(run(&p, m.due_at - 1).later, 0); /* not before */
        now = m.due_at;
    }
    CHECK_INT(run(&p, now).failed, 1);
    CHECK_INT(row(&p, 1).failed_at, now);
    CHECK(row(&p, 1).body.n > 0); /* kept, so that it can be tried again */
    CHECK_INT(run(&p, now + 1).failed, 0);
    CHECK_ERR(outbox_again(p.db, 1, 2, now), ERR_CONFLICT); /* another organisation's */
    CHECK_ERR(outbox_again(p.db, 1, 1, now), OK);
    memset(&p.server.script, 0, sizeof p.server.script);
    CHECK_INT(run(&p, now).sent, 1);
    place_close(&p);
}

static void test_never(void)
{
    struct place p;
    place_open(&p, (struct script){.rcpt = "550 5.1.1 no nadia@example.org here"});
    add(&p, "nadia@example.org", "Nadia");
    add(&p, "not an address", "Omar");
    struct outbox_done d = run(&p, start_at);
    CHECK_INT(d.failed, 2); /* the one does not stop the other */
    CHECK_STR(row(&p, 1).error, "550 5.1.1 sender_or_receiver");
    CHECK_STR(row(&p, 2).error, "0 message");
    struct outbox_counts n;
    CHECK_ERR(outbox_count(p.db, p.a, 1, &n), OK);
    CHECK(n.failed == 2 && n.waiting == 0 && n.sent == 0);
    place_close(&p);
}

/* Nobody listens: one attempt is counted, the rest is left alone. */
static void test_away(void)
{
    struct place p;
    place_open(&p, (struct script){0});
    stand_in_stop(&p.server);
    p.server.listener = 0;
    add(&p, "nadia@example.org", "Nadia");
    add(&p, "omar@example.org", "Omar");
    struct outbox_done d = run(&p, start_at);
    CHECK(d.later == 1 && d.sent == 0 && d.failed == 0);
    CHECK_INT(row(&p, 2).attempts, 0);
    CHECK_STR(row(&p, 1).error, "0 connect");
    place_close(&p);
}

/* A program that died after taking a mail: the next one sends it when the taking has run out, and not before. */
static void test_restart(void)
{
    struct place p;
    place_open(&p, (struct script){0});
    add(&p, "nadia@example.org", "Nadia");
    add(&p, "omar@example.org", "Omar");
    CHECK_ERR(outbox_take(p.db, 1, 0, start_at + OUTBOX_TAKEN_MS), OK);
    CHECK_ERR(outbox_take(p.db, 1, 0, start_at + OUTBOX_TAKEN_MS), ERR_CONFLICT); /* taken once */
    writer_stop(p.writer);
    CHECK_ERR(writer_start(path, &p.writer), OK);
    p.conf.writer = p.writer;
    CHECK_INT(run(&p, start_at).sent, 1);
    CHECK_INT(row(&p, 1).sent_at, 0);
    CHECK_INT(run(&p, start_at + OUTBOX_TAKEN_MS).sent, 1);
    place_close(&p);
}

/* The thread that does it in the server: it sends by itself, but never from a demo. */
static void test_job(bool demo)
{
    struct place p;
    place_open(&p, (struct script){0});
    add(&p, "nadia@example.org", "Nadia");
    struct setting_row s = {.organisation_id = 1, .key = STR("demo"), .value = STR("1"), .changed_at = start_at};
    if (demo)
        CHECK_ERR(setting_put(p.db, &s), OK);
    struct job_conf conf = {.db_url = path, .smtp_url = p.conf.smtp_url};
    struct jobs *jobs = NULL;
    if (!demo)
        CHECK_ERR(jobs_start(&conf, p.writer, &jobs), ERR_INVALID); /* a server, but nobody who sends */
    conf.mail_from = p.conf.from;
    CHECK_ERR(jobs_start(&conf, p.writer, &jobs), OK);
    for (int i = 0; i < (demo ? 20 : 500) && !row(&p, 1).sent_at; i++)
        usleep(10000);
    jobs_stop(jobs);
    CHECK_INT(row(&p, 1).sent_at > 0, !demo);
    stand_in_stop(&p.server);
    p.server.listener = 0;
    CHECK_INT(p.server.connections, demo ? 0 : 1);
    place_close(&p);
}

static void test_sender(void)
{
    static const struct {
        const char *from, *name, *address, *why;
        bool ok;
    } cases[] = {
        {"Springbrett <a@b.no>", "Springbrett", "a@b.no", "name and address", true},
        {"a@b.no", "", "a@b.no", "the address alone", true},
        {"  \"Inn, Prøveby\"  < a@b.no > ", "Inn, Prøveby", "a@b.no", "quotes and spaces", true},
        {"", "", "", "nothing", false},
        {"Springbrett", "", "", "no address", false},
        {"<a@b.no\r\nBcc: x@y.no>", "", "", "a line break", false},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct str name, address;
        printf("# %s\n", cases[i].why);
        CHECK_INT(outbox_sender(str_c(cases[i].from), &name, &address), cases[i].ok);
        if (cases[i].ok) {
            CHECK_STR(name, cases[i].name);
            CHECK_STR(address, cases[i].address);
        }
    }
    CHECK_INT(outbox_delay_ms(0), 0);
    CHECK_INT(outbox_delay_ms(6), -1);
    struct outbox_conf bad = {.db_url = path, .from = STR("nobody")};
    struct outbox_done d;
    CHECK_ERR(outbox_run(&bad, start_at, &d), ERR_INVALID);
}

int main(void)
{
    log_set_level(LOG_ERROR); /* what is given up is expected here */
    if (!mkdtemp(dir))
        abort();
    snprintf(path, sizeof path, "%s/x.db", dir);
    test_sent();
    test_owed();
    test_clock();
    test_later();
    test_never();
    test_away();
    test_restart();
    test_job(false);
    test_job(true);
    test_sender();
    test_db_remove(path);
    rmdir(dir);
    return test_end();
}
