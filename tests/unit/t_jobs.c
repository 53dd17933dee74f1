/* job/retention.h, job/criteria.h, model/sweep.h: what jobs do for a whole country: the last organisation too, some rows at a time, and not a piece more
 * once the program leaves. */
#include "base/tm.h"
#include "db/migrate.h"
#include "job/criteria.h"
#include "job/log_days.h"
#include "job/retention.h"
#include "job/years.h"
#include "model/account.h"
#include "model/participant.h"
#include "model/rights.h"
#include "model/server.h"
#include "model/sweep.h"
#include "service/log_check.h"
#include "service/log_years.h"
#include "service/screening.h"
#include "tests/test.h"
#include "tests/test_db.h"

enum { ORGANISATIONS = 250, SESSIONS = 2 * SWEEP_SOME + 5 };

static char dir[] = "/tmp/t_jobs.XXXXXX", path[64];
static struct arena *a;
static struct db *db;
static struct writer *writer;
static int64_t last; /* the last organisation */

struct number {
    int64_t n;
};
DB_QUERY(q_notices, struct number, 1, "SELECT COUNT(*) AS n FROM event WHERE organisation_id = $1 AND kind = 'retention.notice'", DB_COL(struct number, n));
DB_QUERY(q_stale, struct number, 1, "SELECT COUNT(*) AS n FROM participant WHERE organisation_id = $1 AND criteria_due_on = 5", DB_COL(struct number, n));
DB_QUERY(q_counted, struct number, 1, "SELECT COUNT(*) AS n FROM log_day WHERE organisation_id = $1 AND opened = 1", DB_COL(struct number, n));
DB_QUERY(q_mails, struct number, 1, "SELECT COUNT(*) AS n FROM outbox WHERE kind = $1", DB_COL(struct number, n));
DB_QUERY(q_sessions, struct number, 1, "SELECT COUNT(*) AS n FROM session WHERE expires_at < $1", DB_COL(struct number, n));

static int64_t number(const struct db_query *q, int64_t of)
{
    struct number x = {-1};
    CHECK_ERR(db_one(db, a, q, &x, DB_IN(of)), OK);
    return x.n;
}

/* Somebody whose programme ended long ago, and whose criteria the day has changed. */
static void add_person(int64_t organisation_id, int n)
{
    int64_t id;
    struct participant_row p = {.organisation_id = organisation_id, .reference = arena_fmt(a, "R%d", n), .first_name = STR("En"), .last_name = STR("Person"),
                                .programme_end_on = 14000, .lang = STR("nb"), .experience_years = -1, .criteria_due_on = 5,
                                .created_at = 1, .updated_at = 1};
    CHECK_ERR(participant_insert(db, a, &p, &id), OK);
    /* and a leader who is told of it */
    CHECK_ERR(db_script(db, arena_fmt(a, "INSERT INTO account (email, name, created_at) VALUES ('l%lld-%d@example.no', 'Leder', 1);"
                                         "INSERT INTO account_role (account_id, organisation_id, role, from_at) SELECT MAX(id), %lld, 'project_leader', 1 FROM account",
                                      (long long)organisation_id, n, (long long)organisation_id).p), OK);
}

static void set_up(void)
{
    char why[200] = "";
    CHECK(mkdtemp(dir) != NULL);
    snprintf(path, sizeof path, "%s/jobs.db", dir);
    a = arena_new((size_t)64 << 20);
    CHECK_ERR(db_connect(test_db_at(path), DB_WRITE, &db), OK);
    CHECK_ERR(migrate(db, migrations, 1, why, sizeof why), OK);
    CLEANUP(db_tx_end) struct db_tx tx = {0};
    CHECK_ERR(db_begin(db, &tx), OK);
    for (int i = 0; i < ORGANISATIONS; i++) {
        struct organisation_row o = {.name = arena_fmt(a, "Kommune %d", i), .kind = STR("municipality"), .created_at = 1};
        CHECK_ERR(organisation_insert(db, &o, &last), OK);
    }
    struct account_row account = {.email = STR("en@example.no"), .name = STR("En"), .lang = STR("nb"), .created_at = 1};
    int64_t who, id;
    CHECK_ERR(account_insert(db, &account, &who), OK);
    for (int i = 0; i < SESSIONS; i++) {
        struct session_row s = {.token_hash = arena_fmt(a, "hash %d", i), .account_id = who, .account_role_id = 1, .created_at = 1, .seen_at = 1,
                                .expires_at = i < SESSIONS - 2 ? 10 : INT64_MAX / 2};
        CHECK_ERR(session_insert(db, &s, &id), OK);
    }
    add_person(last, 1);
    CHECK_ERR(db_commit(&tx), OK);
    CHECK_ERR(writer_start(test_db_at(path), &writer), OK);
}

static void sweeping(void)
{
    struct sweep_times t = {.now = 1000};
    bool more;
    CHECK_INT(number(&q_sessions, 1000), SESSIONS - 2);
    CHECK_ERR(sweep_some(db, &t, &more), OK);
    CHECK(more && number(&q_sessions, 1000) == SESSIONS - 2 - SWEEP_SOME);
    atomic_bool leave = true;
    struct retention_conf conf = {test_db_at(path), writer, false, &leave};
    CHECK_ERR(retention_sweep(&conf), OK);
    CHECK_INT(number(&q_sessions, 1000), SESSIONS - 2 - SWEEP_SOME); /* it leaves at once */
    leave = false;
    CHECK_ERR(retention_sweep(&conf), OK);
    CHECK_INT(number(&q_sessions, 1000), 0);
    CHECK_INT(number(&q_sessions, INT64_MAX), 2); /* control: those that hold stay */
    CHECK_ERR(sweep_some(db, &t, &more), OK);
    CHECK(!more);
    /* Of mails that never could be sent those go that were due long ago too; what is to be sent some day stays, however old. */
    static const struct {
        int64_t made, due, sent;
        bool stays;
    } mails[] = {{1, 1, 1, false}, {1, 1, 0, false}, {1, 100, 0, true}, {100, 100, 0, true}, {100, 100, 100, true}};
    t.mail_before = 100;
    for (size_t i = 0; i < COUNT(mails); i++)
        CHECK_ERR(db_script(db, arena_fmt(a, "INSERT INTO outbox (organisation_id, kind, to_email, to_name, lang, subject, body, created_at, due_at, sent_at)"
                                             " VALUES (1, 'mail %zu', 'a@example.no', 'A', 'nb', 's', 'b', %lld, %lld, %lld)", i, (long long)mails[i].made,
                                          (long long)mails[i].due, (long long)mails[i].sent).p), OK);
    CHECK_ERR(sweep_some(db, &t, &more), OK);
    for (size_t i = 0; i < COUNT(mails); i++) {
        struct number x = {-1};
        CHECK_ERR(db_one(db, a, &q_mails, &x, DB_IN(arena_fmt(a, "mail %zu", i))), OK);
        CHECK_INT(x.n, mails[i].stays);
    }
}

DB_QUERY(q_devices, struct number, 1, "SELECT COUNT(*) AS n FROM known_device WHERE account_id = $1", DB_COL(struct number, n));
/* A browser is known for a year after its last login: as long as its cookie. */
static void devices(void)
{
    const int64_t year = 365LL * TM_DAY_MS;
    bool more;
    CHECK_ERR(db_script(db, "INSERT INTO account (id, email, name, created_at) VALUES (900001, 'd1@example.no', 'En', 1), (900002, 'd2@example.no', 'To', 1);"
                            "INSERT INTO known_device (token_hash, account_id, seen_at) VALUES ('same', 900001, 1000), ('same', 900002, 1001)"), OK);
    CHECK_ERR(sweep_some(db, &(struct sweep_times){.now = year + 1000}, &more), OK);
    CHECK(number(&q_devices, 900001) == 1 && number(&q_devices, 900002) == 1);
    CHECK_ERR(sweep_some(db, &(struct sweep_times){.now = year + 1001}, &more), OK);
    CHECK(number(&q_devices, 900001) == 0 && number(&q_devices, 900002) == 1);
    CHECK_ERR(db_script(db, "DELETE FROM known_device; DELETE FROM account WHERE id >= 900000"), OK);
}

static void retention(void)
{
    atomic_bool leave = true;
    struct retention_conf conf = {test_db_at(path), writer, false, &leave};
    CHECK_ERR(retention_run(&conf), OK);
    CHECK_INT(number(&q_notices, last), 0);
    leave = false;
    CHECK_ERR(retention_run(&conf), OK);
    CHECK_INT(number(&q_notices, last), 1); /* in the last of all */
    CHECK_INT(number(&q_notices, last - 1), 0);
    CHECK_ERR(retention_run(&conf), OK);
    CHECK_INT(number(&q_notices, last), 1); /* told once */
}

static void criteria(void)
{
    atomic_bool leave = true;
    struct criteria_conf conf = {.db_url = test_db_at(path), .writer = writer, .leave = &leave};
    CHECK_ERR(criteria_job(&conf), OK);
    CHECK_INT(number(&q_stale, last), 1);
    leave = false;
    CHECK_ERR(criteria_job(&conf), OK);
    CHECK_INT(number(&q_stale, last), 0);
    CHECK_INT(conf.at, 0); /* all were gone through */
    /* More than one call does: the next one goes on where it ended. */
    for (int64_t o = 1; o <= CRITERIA_BATCHES + 1; o++)
        add_person(o, 2);
    CHECK_ERR(criteria_job(&conf), OK);
    CHECK_INT(number(&q_stale, CRITERIA_BATCHES), 0);
    CHECK_INT(number(&q_stale, CRITERIA_BATCHES + 1), 1);
    CHECK_ERR(criteria_job(&conf), OK);
    CHECK_INT(number(&q_stale, CRITERIA_BATCHES + 1), 0);
}

/* To the end of the country: a slow machine needs several calls. The first error. */
static enum err every_day(struct log_days_conf *conf, int64_t now)
{
    enum err first = OK;
    do {
        enum err e = log_days_job(conf, now);
        first = first ? first : e;
    } while (conf->at);
    return first;
}

static void log_days(void)
{
    atomic_bool leave = true;
    struct log_days_conf conf = {test_db_at(path), writer, &leave, 0};
    int64_t now = tm_now(), day = tm_on_of(now) - 2;
    for (int64_t o = 1; o <= last; o += last - 1) {
        CHECK_ERR(db_script(db, arena_fmt(a, "INSERT INTO log_line (organisation_id, seq, at, account_id, from_organisation_id, role, participant_id, act, what)"
                                             " VALUES (%lld, 1000001, %lld, 1, %lld, 'adviser', 1, 'look', 'profile')", (long long)o, (long long)tm_at((int)day, 12, 0), (long long)o).p), OK);
        CHECK_ERR(db_script(db, arena_fmt(a, "DELETE FROM log_head WHERE organisation_id = %lld", (long long)o).p), OK);
        CHECK_ERR(db_script(db, arena_fmt(a, "INSERT INTO log_head (organisation_id, seq, hash) VALUES (%lld, 1000001, '')", (long long)o).p), OK);
    }
    CHECK_ERR(log_days_job(&conf, now), OK); /* told to leave: does one, and says where it was */
    CHECK_INT(number(&q_counted, last), 0);
    CHECK_INT(conf.at, 2);
    leave = false;
    conf.at = 0;
    CHECK_ERR(db_script(db, "DELETE FROM log_day"), OK);
    CHECK_ERR(db_script(db, "UPDATE log_head SET counted_on = 0"), OK);
    if (!test_on_postgres()) { /* its triggers are written in another way */
        CHECK_ERR(db_script(db, "CREATE TRIGGER no_day BEFORE INSERT ON log_day WHEN NEW.organisation_id = 1 BEGIN SELECT RAISE(ABORT, 'no'); END"), OK);
        CHECK(every_day(&conf, now) != OK);
        CHECK_INT(number(&q_counted, last), 1); /* the first one's fault keeps the last from nothing */
        CHECK_INT(number(&q_counted, 1), 0);
        CHECK_ERR(db_script(db, "DROP TRIGGER no_day"), OK);
    }
    CHECK_ERR(every_day(&conf, now), OK);
    CHECK_INT(number(&q_counted, 1), 1);
    CHECK_INT(number(&q_counted, last), 1);
    CHECK_ERR(every_day(&conf, now), OK);
    CHECK_INT(number(&q_counted, last), 1);
}

DB_QUERY(q_log_lines, struct number, 1, "SELECT COUNT(*) AS n FROM log_line WHERE organisation_id = $1", DB_COL(struct number, n));
DB_QUERY(q_proofs, struct number, 1,
         "SELECT (SELECT COUNT(*) FROM confidentiality WHERE account_id = $1) + (SELECT COUNT(*) FROM consent WHERE account_id = $1)"
         "       + (SELECT COUNT(*) FROM rights_request WHERE account_id = $1) AS n",
         DB_COL(struct number, n));

static void add_lines(int64_t organisation_id, int64_t at, size_t n)
{
    struct log_line *l = ARENA_ARRAY(a, struct log_line, n);
    CLEANUP(db_tx_end) struct db_tx tx = {0};
    for (size_t i = 0; i < n; i++)
        l[i] = (struct log_line){.organisation_id = organisation_id, .at = at, .account_id = 1, .from_organisation_id = organisation_id,
                                 .role = STR("adviser"), .participant_id = 1, .act = STR("look"), .what = STR("list"), .request = STR("r")};
    CHECK_ERR(db_begin(db, &tx), OK);
    CHECK_ERR(log_append(db, a, l, n), OK);
    CHECK_ERR(db_commit(&tx), OK);
}

/* Somebody who promised, agreed and asked; `erased` 0: is here still. */
static int64_t add_proofs(const char *email, int64_t erased)
{
    int64_t who;
    struct account_row account = {.email = str_c(email), .name = STR("En"), .lang = STR("nb"), .created_at = 1};
    CHECK_ERR(account_insert(db, &account, &who), OK);
    long long id = (long long)who;
    CHECK_ERR(db_script(db, arena_fmt(a, "INSERT INTO confidentiality (account_id, text_version, lang, at) VALUES (%lld, 1, 'nb', 1);"
                                         "INSERT INTO consent (organisation_id, account_id, purpose, text_version, lang, given_at) VALUES (1, %lld, 'results', 1, 'nb', 1);"
                                         "INSERT INTO rights_request (organisation_id, account_id, kind, text, at) VALUES (1, %lld, 'correction', '', 1)", id, id, id).p), OK);
    if (erased)
        CHECK_ERR(db_script(db, arena_fmt(a, "INSERT INTO erasure (organisation_id, account_id, kind, why, at, by_account) VALUES (1, %lld, 'erased', 'asked', %lld, 1)",
                                          id, (long long)erased).p), OK);
    return who;
}

/* Lines of five years in the first and the last organisation and of nobody's; one that cannot be changed keeps the last from nothing. */
static void years(void)
{
    atomic_bool leave = true;
    struct years_conf conf = {test_db_at(path), writer, &leave};
    int64_t now = tm_now(), then = years_before(now, 5), lines = number(&q_log_lines, last);
    int64_t goes = tm_at(tm_on_of(now) + YEARS_NOTICE_DAYS, 12, 0);
    size_t gone = 99, n;
    struct str *faults;
    CHECK_ERR(db_script(db, "DELETE FROM log_line; DELETE FROM log_head; DELETE FROM event; UPDATE erasure SET proof_at = -1"), OK);
    for (int64_t o = 1; o <= last; o += last - 1) {
        add_lines(o, then - 1, o == 1 ? 3 : 2 * YEARS_LINES + 7);
        add_lines(o, then, 2);
    }
    add_lines(0, then - 1, 1);
    int64_t here = add_proofs("her@example.no", 0), long_gone = add_proofs("lenge@example.no", then - 1), gone_now = add_proofs("naa@example.no", then);
    int64_t anew = add_proofs("ny@example.no", then - 1); /* the number was somebody else's once, who was erased */
    CHECK_ERR(db_script(db, arena_fmt(a, "UPDATE confidentiality SET at = %lld WHERE account_id = %lld; UPDATE consent SET given_at = %lld WHERE account_id = %lld;"
                                         "UPDATE rights_request SET at = %lld WHERE account_id = %lld", (long long)then, (long long)anew, (long long)then,
                                      (long long)anew, (long long)then, (long long)anew).p), OK);
    lines = number(&q_log_lines, last);
    CHECK_ERR(years_run(&conf, now, &gone), OK); /* told to leave: not even a note */
    leave = false;
    CHECK_ERR(years_run(&conf, goes, &gone), OK); /* so this is the first that it sees of them: it notes */
    CHECK_INT((int64_t)gone, 0);
    CHECK_ERR(years_run(&conf, now, &gone), OK); /* a note from later than now was a clock's that ran ahead */
    CHECK_ERR(years_run(&conf, goes - TM_DAY_MS, &gone), OK);
    CHECK_INT((int64_t)gone, 0);
    CHECK_INT(number(&q_log_lines, last), lines);
    bool postgres = test_on_postgres(); /* its triggers are written in another way */
    if (!postgres) {
        CHECK_ERR(db_script(db, "CREATE TRIGGER no_gone BEFORE UPDATE OF gone_seq ON log_head WHEN NEW.organisation_id = 1 BEGIN SELECT RAISE(ABORT, 'no'); END"), OK);
        CHECK(years_run(&conf, goes, &gone) != OK);
        CHECK_INT(number(&q_log_lines, 1), 5);
        CHECK_INT(number(&q_log_lines, last), 2);
        CHECK_INT(number(&q_log_lines, 0), 0);
        CHECK_INT((int64_t)gone, 2 * YEARS_LINES + 7 + 1 + 2);
        CHECK_ERR(db_script(db, "DROP TRIGGER no_gone"), OK);
    }
    CHECK_ERR(years_run(&conf, goes, &gone), OK);
    CHECK_INT((int64_t)gone, postgres ? 3 + 2 * YEARS_LINES + 7 + 1 + 2 : 3);
    CHECK_INT(number(&q_log_lines, 1), 2);
    CHECK_INT(number(&q_log_lines, last), 2);
    CHECK_INT(number(&q_proofs, here), 3);
    CHECK_INT(number(&q_proofs, long_gone), 0);
    CHECK_INT(number(&q_proofs, gone_now), 3);
    CHECK_INT(number(&q_proofs, anew), 3);
    CHECK_ERR(log_check(db, a, &faults, &n), OK);
    CHECK_INT((int64_t)n, 0);
    CHECK_ERR(years_run(&conf, goes, &gone), OK); /* notes what has become old since */
    CHECK_INT((int64_t)gone, 0);
    CHECK_ERR(years_run(&conf, goes + (int64_t)(YEARS_NOTICE_DAYS + 1) * TM_DAY_MS, &gone), OK);
    CHECK_INT((int64_t)gone, 5);
    CHECK_INT(number(&q_proofs, gone_now), 0);
    CHECK_INT(number(&q_proofs, here), 3);
}

/* A job is one server's at a time; on PostgreSQL who comes while another is taking it passes by and does not wait. */
static void turns(void)
{
    enum { EVERY = 1000 };
    bool yes = false;
    CHECK_ERR(job_take(db, "a job", 1, 10, EVERY, &yes), OK);
    CHECK(yes);
    CHECK_ERR(job_take(db, "a job", 2, 10 + EVERY - 1, EVERY, &yes), OK);
    CHECK(!yes);
    CHECK_ERR(job_take(db, "another", 2, 10, EVERY, &yes), OK);
    CHECK(yes);
    CHECK_ERR(job_take(db, "a job", 2, 10 + EVERY, EVERY, &yes), OK);
    CHECK(yes);
    if (!test_on_postgres())
        return;
    CLEANUP(db_closep) struct db *other = NULL;
    CHECK_ERR(db_connect(test_db_at(path), DB_WRITE, &other), OK);
    struct db_tx tx = {0};
    struct db_tx its = {0};
    CHECK_ERR(db_begin_lane(db, &tx, DB_LANE_OWN), OK);
    CHECK_ERR(db_begin_lane(other, &its, DB_LANE_OWN), OK);
    CHECK_ERR(job_take(db, "a job", 1, 10 + 2 * EVERY, EVERY, &yes), OK);
    CHECK(yes);
    CHECK_ERR(job_take(other, "a job", 2, 10 + 9 * EVERY, EVERY, &yes), OK); /* long due by its own clock, and taken this very moment */
    CHECK(!yes);
    db_tx_end(&tx); /* the first one dies before it said so */
    CHECK_ERR(job_take(other, "a job", 2, 10 + 9 * EVERY, EVERY, &yes), OK);
    CHECK(yes);
    db_tx_end(&its);
}

/* One organisation whose rows cannot be written (a trigger says so) keeps the last one from nothing. */
static void one_fails(void)
{
    if (test_on_postgres()) /* its triggers are written in another way */
        return;
    struct retention_conf retention = {test_db_at(path), writer, false, NULL};
    struct criteria_conf criteria = {.db_url = test_db_at(path), .writer = writer};
    CHECK_ERR(db_script(db, "CREATE TRIGGER no_event BEFORE INSERT ON event WHEN NEW.organisation_id = 2 BEGIN SELECT RAISE(ABORT, 'no'); END;"
                            "CREATE TRIGGER no_order BEFORE UPDATE OF criteria_due_on ON participant WHEN NEW.organisation_id = 2 BEGIN SELECT RAISE(ABORT, 'no'); END;"), OK);
    add_person(2, 3);
    add_person(last, 3);
    CHECK(retention_run(&retention) != OK);
    CHECK_INT(number(&q_notices, last), 2);
    CHECK(criteria_job(&criteria) != OK);
    CHECK_INT(number(&q_stale, last), 0);
    CHECK_INT(number(&q_stale, 2), 1); /* control: it did fail */
    CHECK_ERR(db_script(db, "DROP TRIGGER no_event; DROP TRIGGER no_order"), OK);
}

int main(void)
{
    set_up();
    sweeping();
    devices();
    retention();
    criteria();
    one_fails();
    log_days();
    years();
    turns();
    writer_stop(writer);
    db_close(db);
    arena_free(a);
    test_db_remove(path);
    rmdir(dir);
    return test_end();
}
