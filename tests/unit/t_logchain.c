/* logchain.h and what stands on it: the bytes and hashes are fixed, and every change, removal, addition and move is found. */
#include "base/arena.h"
#include "base/secret.h"
#include "base/tm.h"
#include "db/migrate.h"
#include "domain/logchain.h"
#include "model/log_line.h"
#include "service/log_check.h"
#include "service/log_years.h"
#include "service/ctx.h"
#include "tests/test.h"
#include "tests/test_db.h"

enum { MANY = 100000, TODAY = 20775 /* 2026-11-18, the day of `now` */ };

static struct log_line sample(int64_t i)
{
    static const char *const what[] = {"profile", "application", "list", "screening.decided"};
    return (struct log_line){.at = 1795000000000 + i, .account_id = 1 + i % 7, .from_organisation_id = 1, .role = STR("adviser"),
                             .participant_id = i % 50, .act = STR("look"), .what = str_c(what[i % 4]), .subject_id = i % 3,
                             .outcome = i % 5 ? STR("") : STR("yes"), .event_id = i % 4 == 3 ? i : 0, .request = STR("r1")};
}

static void t_vectors(void)
{
    struct log_line l = {.at = 1795000000000, .account_id = 7, .from_organisation_id = 2, .role = STR("adviser"), .participant_id = 12,
                         .act = STR("look"), .what = STR("profile"), .request = STR("abc")};
    char hash[LOG_HASH_CHARS + 1], reason[LOG_HASH_CHARS + 1];
    struct logchain c;
    logchain_start(&c, 2);
    CHECK_ERR(logchain_append(&c, &l, hash), OK);
    struct buf b = {0};
    logchain_bytes(&b, &l);
    static const char want[] = "\0\0\0\1"
                               "2\0\0\0\1"
                               "1\0\0\0\015"
                               "1795000000000\0\0\0\1"
                               "7\0\0\0\1"
                               "2\0\0\0\7"
                               "adviser\0\0\0\2"
                               "12\0\0\0\4"
                               "look\0\0\0\7"
                               "profile\0\0\0\1"
                               "0\0\0\0\0\0\0\0\1"
                               "0\0\0\0\0\0\0\0\3"
                               "abc";
    CHECK(b.n == sizeof want - 1 && !memcmp(b.p, want, b.n));
    /* python3: hashlib.blake2b(b'0' * 64 + line, digest_size=32).hexdigest() */
    CHECK_STR(l.hash, "5ed4ac20c9388509cc8de547561a06c211752f7a77c9227c98fa769644a7c17d");
    l.account_id = -3;
    CHECK_ERR(logchain_append(&c, &l, hash), OK);
    CHECK_STR(l.hash, "67dec0541081f692de255bfd9527f069e18c9d8a384de121932cf36036416287");
    CHECK_ERR(logchain_reason(STR("salt"), STR("Hun har flyttet"), reason), OK);
    CHECK_STR(str_c(reason), "4bf4872eb7bcb31e2d9036eff923c3cc5db41079bdee92ea8d0406dd41f455b3");
    CHECK_ERR(logchain_reason(STR("salt"), STR(""), reason), OK);
    CHECK_STR(str_c(reason), "");
    buf_free(&b);
    logchain_free(&c);
}

/* Two lines whose fields run together differently are not the same bytes. */
static void t_fields_apart(void)
{
    struct log_line x = {.role = STR("ab"), .act = STR("c")}, y = {.role = STR("a"), .act = STR("bc")};
    struct buf bx = {0}, by = {0};
    logchain_bytes(&bx, &x);
    logchain_bytes(&by, &y);
    CHECK(!str_eq(buf_view(&bx), buf_view(&by)));
    buf_free(&bx);
    buf_free(&by);
}

static void change(struct log_line *l, int field)
{
    switch (field) {
    case 0: l->organisation_id++; break;
    case 1: l->seq++; break;
    case 2: l->at++; break;
    case 3: l->account_id++; break;
    case 4: l->from_organisation_id++; break;
    case 5: l->role = STR("mentor"); break;
    case 6: l->participant_id++; break;
    case 7: l->act = STR("change"); break;
    case 8: l->what = STR("other"); break;
    case 9: l->subject_id++; break;
    case 10: l->outcome = STR("other"); break;
    case 11: l->event_id++; break;
    case 12: l->reason_hash = STR("00"); break;
    case 13: l->request = STR("other"); break;
    default: l->hash = STR("00"); break;
    }
}
enum { FIELDS = 15 };

/* Where a whole chain breaks, 1 the first line; 0: it holds. `skip` and `swap` as if that line were gone, or had changed places with the next. */
static size_t breaks(struct logchain at, const struct log_line *l, size_t from, size_t to, size_t n, size_t skip, size_t swap)
{
    size_t bad = 0;
    at.scratch = (struct buf){0};
    for (size_t i = from; i < to && !bad; i++) {
        const struct log_line *next = &l[swap == i + 1 ? i + 1 : swap && swap == i ? i - 1 : i];
        if (i + 1 != skip && logchain_next(&at, next) != CHAIN_OK)
            bad = i + 1;
    }
    logchain_free(&at);
    if (!bad && to == n && at.seq != (int64_t)n) /* the head says n */
        bad = (size_t)at.seq + 1;
    return bad;
}

/* 100,000 lines: each field of each line, each removal and each swap. What stands before a wound is as it was, so the verifier is
 * started there, with the state it has when it comes there; the lines after it only matter for the last. */
static void t_every_wound(struct arena *a)
{
    struct log_line *l = ARENA_ARRAY(a, struct log_line, MANY);
    struct logchain c, at;
    logchain_start(&c, 1);
    logchain_start(&at, 1);
    for (int64_t i = 0; i < MANY; i++) {
        l[i] = sample(i);
        if (logchain_append(&c, &l[i], arena_alloc(a, LOG_HASH_CHARS + 1)))
            CHECK(false);
    }
    logchain_free(&c);
    int64_t t = tm_mono_ms();
    CHECK_INT(breaks(at, l, 0, MANY, MANY, 0, 0), 0);
    printf("# %d lines verified in %lld ms\n", MANY, (long long)(tm_mono_ms() - t));
    size_t changed = 0, removed = 0, swapped = 0;
    for (size_t i = 0; i < MANY; i++) {
        size_t to = i + 2 < MANY ? i + 2 : MANY;
        for (int f = 0; f < FIELDS; f++) {
            if (f != 6 && i % 50) /* whom: in each line; every other field: in each fiftieth */
                continue;
            struct log_line was = l[i];
            change(&l[i], f);
            changed += breaks(at, l, i, i + 1, MANY, 0, 0) == i + 1;
            l[i] = was;
        }
        removed += breaks(at, l, i, to, MANY, i + 1, 0) == (i + 1 < MANY ? i + 2 : MANY); /* found at the next line */
        if (i + 1 < MANY)
            swapped += breaks(at, l, i, to, MANY, 0, i + 1) == i + 1;
        if (logchain_next(&at, &l[i]) != CHAIN_OK)
            CHECK(false);
    }
    logchain_free(&at);
    CHECK_INT(changed, MANY / 50 * FIELDS + (MANY - MANY / 50));
    CHECK_INT(removed, MANY);
    CHECK_INT(swapped, MANY - 1);
}

/* ---- in the database */

struct place {
    struct arena *a;
    struct db *db;
    struct actor actor;
    struct ctx c;
};
static struct place place_open(const struct migration *upto)
{
    struct place p = {.a = arena_new((size_t)1 << 30)};
    char why[200] = "";
    CHECK_ERR(db_connect(test_db(), DB_WRITE, &p.db), OK);
    CHECK_ERR(migrate(p.db, upto, 1, why, sizeof why), OK);
    p.actor = (struct actor){.account_id = 5, .organisation_id = 1, .role = ROLE_PROJECT_LEADER};
    return p;
}
static void place_ready(struct place *p)
{
    p->c = (struct ctx){.a = p->a, .db = p->db, .actor = &p->actor, .now = 1795000000000, .request = STR("req")};
}
static void place_close(struct place *p)
{
    db_close(p->db);
    arena_free(p->a);
}

static size_t faults(struct place *p, struct str *first)
{
    struct str *f;
    size_t n = 999;
    CHECK_ERR(log_check(p->db, p->a, &f, &n), OK);
    *first = n ? f[0] : STR("");
    return n;
}

/* 33 looks of one page, 20 changes with reasons, two organisations. */
static void fill(struct place *p)
{
    for (int i = 0; i < 33; i++)
        saw(&p->c, 1 + i % 2, 10 + i, "list");
    CHECK_ERR(seen_save(&p->c), OK);
    for (int i = 0; i < 20; i++)
        CHECK_ERR(event_add(&p->c, (struct event){.organisation_id = 1, .participant_id = 10 + i, .subject_id = i, .kind = "screening.decided",
                                                  .outcome = "yes", .reason = i % 2 ? STR("Fordi") : STR("")}), OK);
    CHECK_ERR(log_add(&p->c, (struct log_note){.organisation_id = 1, .act = LOG_LOGIN, .what = STR("password"), .outcome = ""}), OK);
}

/* Each statement is a wound; check says where, and is quiet again when it is undone. */
static void t_wounds(void)
{
    static const struct {
        const char *sql, *says;
    } cases[] = {
        {"UPDATE log_line SET organisation_id = 2, seq = 99 WHERE organisation_id = 1 AND seq = 9", "organisation 1: line 9 is not there"},
        {"UPDATE log_line SET at = at + 1 WHERE organisation_id = 1 AND seq = 9", "organisation 1: line 9 was changed"},
        {"UPDATE log_line SET account_id = 6 WHERE organisation_id = 1 AND seq = 9", "line 9 was changed"},
        {"UPDATE log_line SET from_organisation_id = 6 WHERE organisation_id = 1 AND seq = 9", "line 9 was changed"},
        {"UPDATE log_line SET role = 'adviser' WHERE organisation_id = 1 AND seq = 9", "line 9 was changed"},
        {"UPDATE log_line SET participant_id = 1 WHERE organisation_id = 1 AND seq = 9", "line 9 was changed"},
        {"UPDATE log_line SET act = 'login' WHERE organisation_id = 1 AND seq = 9", "line 9 was changed"},
        {"UPDATE log_line SET what = 'profile' WHERE organisation_id = 1 AND seq = 9", "line 9 was changed"},
        {"UPDATE log_line SET subject_id = 7 WHERE organisation_id = 1 AND seq = 9", "line 9 was changed"},
        {"UPDATE log_line SET outcome = 'no' WHERE organisation_id = 1 AND seq = 9", "line 9 was changed"},
        {"UPDATE log_line SET event_id = 3 WHERE organisation_id = 1 AND seq = 9", "line 9 was changed"},
        {"UPDATE log_line SET reason_hash = 'x' WHERE organisation_id = 1 AND seq = 9", "line 9 was changed"},
        {"UPDATE log_line SET request = '' WHERE organisation_id = 1 AND seq = 9", "line 9 was changed"},
        {"UPDATE log_line SET hash = (SELECT hash FROM log_head WHERE organisation_id = 1) WHERE organisation_id = 1 AND seq = 9", "line 9 was changed"},
        {"DELETE FROM log_line WHERE organisation_id = 1 AND seq = 1", "line 1 is not there"},
        {"DELETE FROM log_line WHERE organisation_id = 1 AND seq = 9", "line 9 is not there"},
        {"DELETE FROM log_line WHERE organisation_id = 1 AND seq = 9; UPDATE log_line SET seq = -seq WHERE organisation_id = 1 AND seq > 9;"
         "UPDATE log_line SET seq = -seq - 1 WHERE organisation_id = 1 AND seq < 0", "line 9 was changed"},
        {"DELETE FROM log_line WHERE organisation_id = 1 AND seq >= 30", "line 30 is not there, the end is cut off (38 lines were written)"},
        {"DELETE FROM log_line WHERE organisation_id = 2", "organisation 2: line 1 is not there"},
        {"UPDATE log_line SET seq = -1 WHERE organisation_id = 1 AND seq = 4; UPDATE log_line SET seq = 4 WHERE organisation_id = 1 AND seq = 5;"
         "UPDATE log_line SET seq = 5 WHERE organisation_id = 1 AND seq = -1", "line 4 was changed"},
        {"UPDATE log_head SET seq = seq - 1 WHERE organisation_id = 1", "line 38 was added past the head"},
        {"UPDATE log_head SET hash = 'x' WHERE organisation_id = 1", "its head is not that of line 38"},
        {"DELETE FROM log_head WHERE organisation_id = 2", "organisation 2: line 1 was added past the head"},
        {"UPDATE event SET outcome = 'no' WHERE id = 4", "the event of line 21 was changed"},
        {"UPDATE event SET at = 1 WHERE id = 4", "the event of line 21 was changed"},
        {"UPDATE event SET account_id = 1 WHERE id = 4", "the event of line 21 was changed"},
        {"UPDATE event SET participant_id = 1 WHERE id = 4", "the event of line 21 was changed"},
        {"UPDATE event SET reason = 'Derfor' WHERE id = 4", "the event of line 21 has another reason"},
        {"UPDATE event SET reason = '' WHERE id = 4", "the event of line 21 has another reason"},
        {"UPDATE event SET reason = '', reason_salt = '' WHERE id = 4", "the event of line 21 has another reason"},
        {"UPDATE event SET reason = 'Ny' WHERE id = 3", "the event of line 20 has another reason"},
        {"DELETE FROM event WHERE id = 4", "the event of line 21 is gone"},
        {"INSERT INTO event (organisation_id, at, account_id, role, kind) VALUES (1, 1, 1, 'adviser', 'x.y')", "event 21 has no line"},
    };
    struct place p = place_open(migrations);
    struct str first;
    place_ready(&p);
    fill(&p);
    CHECK_INT(faults(&p, &first), 0);
    for (size_t i = 0; i < COUNT(cases); i++) {
        CLEANUP(db_tx_end) struct db_tx tx = {0};
        CHECK_ERR(db_begin(p.db, &tx), OK);
        CHECK_ERR(db_script(p.db, cases[i].sql), OK);
        size_t n = faults(&p, &first);
        if (!n || !memmem(first.p, first.n, cases[i].says, strlen(cases[i].says)))
            printf("# %s\n# gave: %.*s\n", cases[i].sql, STR_FMT(first));
        CHECK(n && memmem(first.p, first.n, cases[i].says, strlen(cases[i].says)) != NULL);
    }
    CHECK_INT(faults(&p, &first), 0);
    /* What erasure takes is no wound, of that person; of another it is. */
    CHECK_ERR(db_script(p.db, "INSERT INTO erasure (organisation_id, participant_id, kind, why, at, by_account) VALUES (1, 13, 'erased', 'asked', 1, 1);"
                              "DELETE FROM event WHERE participant_id = 13"), OK);
    CHECK_INT(faults(&p, &first), 0);
    CHECK_ERR(db_script(p.db, "DELETE FROM event WHERE participant_id = 14"), OK);
    CHECK_INT(faults(&p, &first), 1);
    place_close(&p);
}

static void t_anchored(void)
{
    struct place p = place_open(migrations);
    struct str heads, *f, first;
    size_t n;
    place_ready(&p);
    fill(&p);
    CHECK_ERR(log_heads_text(p.db, p.a, &heads), OK);
    fill(&p); /* goes on */
    CHECK_ERR(log_check_anchored(p.db, p.a, heads, TODAY, &f, &n), OK);
    CHECK_INT(n, 0);
    CHECK_ERR(log_check_anchored(p.db, p.a, STR("1\t2\n"), TODAY, &f, &n), ERR_INVALID);
    CHECK_ERR(log_check_anchored(p.db, p.a, STR("x"), TODAY, &f, &n), ERR_INVALID);
    /* Somebody writes the whole log anew, with right hashes: only what was kept outside tells. */
    CHECK_ERR(db_script(p.db, "DELETE FROM log_line; DELETE FROM log_head; DELETE FROM event"), OK);
    p.actor.account_id = 6;
    fill(&p);
    CHECK_INT(faults(&p, &first), 0);
    CHECK_ERR(log_check_anchored(p.db, p.a, heads, TODAY, &f, &n), OK);
    CHECK_INT(n, 2);
    place_close(&p);
}

/* ---- five years */

/* One chain whose lines were written at these times; which of them are noted as over at NOW. */
static void t_over(void)
{
    enum { BEFORE = 100, NOW = 200 };
    static const struct {
        int64_t at[6];
        int n;
        int64_t gone, over;
    } cases[] = {
        {{0}, 0, 0, 0},
        {{99}, 1, 0, 1},
        {{100}, 1, 0, 0},                    /* the very moment is not before it */
        {{200}, 1, 0, 0},
        {{10, 20, 99, 100, 150}, 5, 0, 3},
        {{10, 150, 20}, 3, 0, 1},            /* an old line behind a young one stays: the clock was wrong then */
        {{10, 201, 20, 150}, 4, 0, 3},       /* dated after today, and an old one behind it */
        {{10, 201, 150}, 3, 0, 1},
        {{201, 202}, 2, 0, 0},               /* nothing says that these are old */
        {{201, 202, 203, 99}, 4, 0, 4},
        {{10, 20, 30, 150}, 4, 2, 3},
        {{10, 20, 30, 150}, 4, 3, 0},
    };
    struct place p = place_open(migrations);
    for (size_t i = 0; i < COUNT(cases); i++) {
        CLEANUP(db_tx_end) struct db_tx tx = {0};
        CHECK_ERR(db_begin(p.db, &tx), OK);
        for (int k = 0; k < cases[i].n; k++)
            CHECK_ERR(db_script(p.db, arena_fmt(p.a, "INSERT INTO log_line (organisation_id, seq, at, account_id, from_organisation_id, role, act, what)"
                                                     " VALUES (1, %d, %lld, 1, 1, '', 'look', 'list'), (2, %d, 1, 1, 1, '', 'look', 'list')",
                                                k + 1, (long long)cases[i].at[k], k + 1).p), OK);
        struct log_head h = {.organisation_id = 1, .seq = cases[i].n, .gone_seq = cases[i].gone};
        int64_t over = -1;
        CHECK_ERR(log_over(p.db, p.a, &h, BEFORE, NOW, &over), OK);
        if (over != cases[i].over)
            printf("# case %zu\n", i);
        CHECK_INT(over, cases[i].over);
    }
    int64_t day = tm_at(tm_on(2028, 1, 30), 13, 5), then = tm_at(tm_on(2028, 1, 30) + YEARS_NOTICE_DAYS, 0, 0);
    CHECK_INT(years_before(day, 5), tm_at(tm_on(2023, 2, 28), 0, 0)); /* five years before 29 February */
    CHECK(!years_waited(0, then) && !years_waited(day, day) && !years_waited(day, then - 1) && years_waited(day, then));
    CHECK(!years_waited(then, day)); /* noted by a clock that was ahead */
    place_close(&p);
}

struct count_row {
    int64_t n;
};
DB_QUERY(q_events, struct count_row, 0, "SELECT COUNT(*) AS n FROM event", DB_COL(struct count_row, n));
DB_QUERY(q_lines, struct count_row, 0, "SELECT COUNT(*) AS n FROM log_line", DB_COL(struct count_row, n));
static int64_t count(struct place *p, const struct db_query *q)
{
    struct count_row r = {-1};
    CHECK_ERR(db_one(p->db, p->a, q, &r, DB_NONE), OK);
    return r.n;
}

/* What the job does with a chain today: -1 nothing, 0 a note, else how many lines go. */
static int64_t round_of(struct place *p, int64_t organisation_id)
{
    struct log_head h;
    enum years_next next;
    int64_t seq, all = 0;
    size_t n = YEARS_LINES;
    CLEANUP(db_tx_end) struct db_tx tx = {0};
    CHECK_ERR(db_begin(p->db, &tx), OK);
    CHECK_ERR(log_head_get(p->db, p->a, organisation_id, &h), OK);
    CHECK_ERR(log_years_next(p->db, p->a, &h, p->c.now, &next, &seq), OK);
    if (next == YEARS_NOTE)
        CHECK_ERR(log_note_over(p->db, organisation_id, seq, seq ? p->c.now : 0), OK);
    while (next == YEARS_FORGET && n == YEARS_LINES) {
        CHECK_ERR(log_years_forget(p->db, p->a, organisation_id, p->c.now, &n), OK);
        all += (int64_t)n;
    }
    CHECK_ERR(db_commit(&tx), OK);
    return next == YEARS_NOTHING ? -1 : all;
}

static void later(struct place *p, int days)
{
    p->c.now = tm_at(tm_on_of(p->c.now) + days, 12, 0);
}

static size_t anchored(struct place *p, struct str heads, int today, struct str *first)
{
    struct str *f;
    size_t n = 999;
    CHECK_ERR(log_check_anchored(p->db, p->a, heads, today, &f, &n), OK);
    *first = n ? f[0] : STR("");
    return n;
}

/* Each statement is a wound where a chain begins anew. */
static void years_wounds(struct place *p)
{
    static const struct {
        const char *sql, *says;
    } cases[] = {
        {"UPDATE log_head SET gone_seq = gone_seq + 1 WHERE organisation_id = 1", "organisation 1: line 39 stands before its beginning, line 40"},
        {"UPDATE log_head SET gone_seq = gone_seq - 1 WHERE organisation_id = 1", "organisation 1: line 38 is not there"},
        {"UPDATE log_head SET gone_seq = 0 WHERE organisation_id = 1", "organisation 1: line 1 is not there"},
        {"UPDATE log_head SET gone_hash = hash WHERE organisation_id = 1", "organisation 1: line 39 was changed"},
        {"UPDATE log_head SET gone_hash = '' WHERE organisation_id = 1", "organisation 1: where it begins, line 38, has no hash"},
        {"UPDATE log_head SET gone_seq = -1 WHERE organisation_id = 1", "organisation 1: where it begins, line -1, has no hash"},
        {"DELETE FROM log_line WHERE organisation_id = 1 AND seq = 39", "organisation 1: line 39 is not there"},
        {"UPDATE log_line SET seq = 5 WHERE organisation_id = 1 AND seq = 39", "organisation 1: line 5 stands before its beginning, line 39"},
        {"DELETE FROM event WHERE participant_id = 14", "the event of line 60 is gone"},
        {"UPDATE log_line SET event_id = 0 WHERE organisation_id = 1 AND seq = 60", "line 60 was changed"},
    };
    struct str first;
    for (size_t i = 0; i < COUNT(cases); i++) {
        CLEANUP(db_tx_end) struct db_tx tx = {0};
        CHECK_ERR(db_begin(p->db, &tx), OK);
        CHECK_ERR(db_script(p->db, cases[i].sql), OK);
        size_t n = faults(p, &first);
        if (!n || !memmem(first.p, first.n, cases[i].says, strlen(cases[i].says)))
            printf("# %s\n# gave: %.*s\n", cases[i].sql, STR_FMT(first));
        CHECK(n && memmem(first.p, first.n, cases[i].says, strlen(cases[i].says)) != NULL);
    }
    CHECK_INT(faults(p, &first), 0);
}

/* Organisation 1 has 38 lines and organisation 2 has 16 of six years ago, and as many of today; then all of it grows old. */
static void t_years(void)
{
    struct place p = place_open(migrations);
    struct str old_heads, heads, empty, first;
    bool yes;
    place_ready(&p);
    int64_t now = p.c.now;
    p.c.now = tm_at(tm_add_months(tm_on_of(now), -72), 12, 0);
    int then = tm_on_of(p.c.now);
    fill(&p);
    CHECK_ERR(log_heads_text(p.db, p.a, &old_heads), OK);
    p.c.now = now;
    CHECK_INT(tm_on_of(now), TODAY);
    fill(&p);
    CHECK_ERR(log_heads_text(p.db, p.a, &heads), OK);
    int64_t lines = count(&p, &q_lines), events = count(&p, &q_events);

    /* A clock six years ahead notes everything; set right, its note is made anew, and nothing has gone. */
    later(&p, 6 * 366);
    CHECK_INT(round_of(&p, 1), 0);
    CHECK_INT(round_of(&p, 1), -1);
    p.c.now = now;
    CHECK_INT(round_of(&p, 1), 0);
    later(&p, YEARS_NOTICE_DAYS - 1);
    CHECK_INT(round_of(&p, 1), -1);
    CHECK_INT(count(&p, &q_lines), lines);
    later(&p, 1);
    CHECK_INT(round_of(&p, 1), 38);
    CHECK_INT(count(&p, &q_lines), lines - 38);
    CHECK_INT(count(&p, &q_events), events - 20); /* go with their lines */
    CHECK_INT(round_of(&p, 1), -1);
    CHECK_INT(round_of(&p, 2), 0); /* each chain for itself */
    CHECK_INT(faults(&p, &first), 0);
    years_wounds(&p);
    CHECK_ERR(log_uncleared(p.db, p.a, &yes), OK);
    CHECK(yes);
    CHECK_ERR(log_cleared(p.db), OK);
    CHECK_ERR(log_uncleared(p.db, p.a, &yes), OK);
    CHECK(!yes);

    /* What was kept outside: the old head is the last that went, the new one is there. */
    int today = tm_on_of(p.c.now);
    CHECK_INT(anchored(&p, old_heads, today, &first), 0);
    CHECK_INT(anchored(&p, heads, today, &first), 0);
    struct str early = arena_fmt(p.a, "1\t5\t%064d\t%.*s\n", 0, STR_FMT(tm_iso(p.a, then)));
    CHECK_INT(anchored(&p, early, today, &first), 0); /* gone, and it was time: its hash can no longer be compared */
    CHECK_INT(anchored(&p, early, tm_add_months(then, 59), &first), 1); /* gone before it was time */
    CHECK_STR(first, "the log of organisation 1 is not the one that was anchored: line 5 went before its time was over");
    CHECK_INT(anchored(&p, arena_fmt(p.a, "1\t38\t%064d\t%.*s\n", 0, STR_FMT(tm_iso(p.a, then))), today, &first), 1); /* another line went */
    struct str three = arena_fmt(p.a, "1\t%d\t%.*s\n", 76, LOG_HASH_CHARS, heads.p + 5); /* as earlier programs printed it */
    CHECK_INT(anchored(&p, three, today, &first), 0);
    CHECK_INT(anchored(&p, arena_fmt(p.a, "1\t5\t%064d\n", 0), today, &first), 1);
    /* Somebody takes away everything up to the very line that was anchored, today's, and says that it was old. */
    {
        CLEANUP(db_tx_end) struct db_tx tx = {0};
        CHECK_ERR(db_begin(p.db, &tx), OK);
        CHECK_ERR(db_script(p.db, "UPDATE log_head SET gone_seq = seq, gone_hash = hash; DELETE FROM log_line; DELETE FROM event"), OK);
        CHECK_INT(faults(&p, &first), 0);
        CHECK_INT(anchored(&p, heads, today, &first), 2);
        CHECK_STR(first, "the log of organisation 1 is not the one that was anchored: line 76 went before its time was over");
    }

    /* The last line goes too, and the chain goes on. */
    later(&p, 6 * 366);
    CHECK_INT(round_of(&p, 1), 0);
    CHECK_INT(round_of(&p, 2), 16); /* noted six years ago: that they were old then is so still */
    CHECK_INT(round_of(&p, 2), 0);
    later(&p, YEARS_NOTICE_DAYS);
    CHECK_INT(round_of(&p, 1), 38);
    CHECK_INT(round_of(&p, 2), 16);
    CHECK_INT(count(&p, &q_lines), 0);
    CHECK_INT(count(&p, &q_events), 0);
    CHECK_INT(faults(&p, &first), 0);
    CHECK_ERR(log_heads_text(p.db, p.a, &empty), OK);
    CHECK(str_starts(empty, STR("1\t76\t")) && memmem(empty.p, empty.n, "\t-\n", 3) != NULL);
    fill(&p);
    CHECK_INT(faults(&p, &first), 0);
    CHECK_INT(anchored(&p, empty, tm_on_of(p.c.now), &first), 0);
    CHECK_INT(anchored(&p, heads, tm_on_of(p.c.now), &first), 0);
    place_close(&p);
}

/* What versions before had noted: 60 looks and 40 events, begun in parts, and cut short after each. */
static void t_taken_over(void)
{
    static struct migration before[40];
    size_t k = 0;
    while (migrations[k].number && migrations[k].number < 7) {
        before[k] = migrations[k];
        k++;
    }
    struct place p = place_open(before);
    char why[200] = "";
    struct str first;
    bool more = true;
    int parts = 0;
    CHECK_ERR(db_script(p.db, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60)"
                              " INSERT INTO lookup (organisation_id, at, account_id, role, participant_id, what, request)"
                              " SELECT 1 + i % 3, i / 4, 5, 'adviser', i, 'profile', 'r' FROM n;"
                              "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40)"
                              " INSERT INTO event (organisation_id, at, account_id, role, participant_id, kind, subject_id, outcome, reason)"
                              " SELECT 1 + i % 3, i / 4, 5, 'adviser', i, 'offer.made', i, 'yes', CASE WHEN i % 2 = 0 THEN 'Fordi' ELSE '' END FROM n"), OK);
    CHECK_ERR(migrate(p.db, migrations, 1, why, sizeof why), OK);
    place_ready(&p);
    CHECK(faults(&p, &first) > 0); /* not begun yet */
    saw(&p.c, 2, 7, "profile");
    CHECK(seen_save(&p.c) != OK); /* and so nothing is shown */
    for (; more; parts++) {
        struct db_tx tx = {0};
        CHECK_ERR(db_begin(p.db, &tx), OK);
        CHECK_ERR(log_begin(p.db, p.a, 7, &more), OK);
        db_tx_end(&tx); /* the program dies: this part is not kept */
        CHECK_ERR(db_begin(p.db, &tx), OK);
        CHECK_ERR(log_begin(p.db, p.a, 7, &more), OK);
        CHECK_ERR(db_commit(&tx), OK);
    }
    CHECK_INT(parts, 100 / 7 + 1);
    CHECK_INT(faults(&p, &first), 0);
    CHECK_ERR(seen_save(&p.c), OK);
    CHECK_INT(faults(&p, &first), 0);
    CHECK_ERR(log_begin(p.db, p.a, 7, &more), OK);
    CHECK(!more);
    CHECK_INT(faults(&p, &first), 0);
    CHECK_ERR(db_script(p.db, "UPDATE log_head SET seq = 3 WHERE organisation_id = 1"), OK);
    CHECK_ERR(log_begin(p.db, p.a, 7, &more), ERR_STATE); /* does not sign what it did not write */
    place_close(&p);
}

/* 100,000 lines in a database, whole: how long. */
static void t_long(void)
{
    struct place p = place_open(migrations);
    struct str first;
    int64_t t = tm_mono_ms();
    place_ready(&p);
    {
        CLEANUP(db_tx_end) struct db_tx tx = {0};
        CHECK_ERR(db_begin(p.db, &tx), OK);
        for (int i = 0; i < MANY / 50; i++) {
            CLEANUP(arena_freep) struct arena *a = arena_new((size_t)64 << 20);
            struct ctx c = p.c;
            c.a = a;
            for (int j = 0; j < 50; j++)
                saw(&c, 1, 1 + j, "list");
            if (seen_save(&c))
                CHECK(false);
        }
        CHECK_ERR(db_commit(&tx), OK);
    }
    printf("# %d lines written in %lld ms\n", MANY, (long long)(tm_mono_ms() - t));
    t = tm_mono_ms();
    CHECK_INT(faults(&p, &first), 0);
    printf("# checked in %lld ms\n", (long long)(tm_mono_ms() - t));
    CHECK_ERR(db_script(p.db, "UPDATE log_line SET participant_id = participant_id + 1 WHERE seq = 77777"), OK);
    CHECK_INT(faults(&p, &first), 1);
    CHECK_STR(first, "the log of organisation 1: line 77777 was changed, or is not the one that stood there");
    place_close(&p);
}

int main(void)
{
    CHECK_ERR(secret_start(), OK);
    CLEANUP(arena_freep) struct arena *a = arena_new((size_t)256 << 20);
    t_vectors();
    t_fields_apart();
    t_every_wound(a);
    t_wounds();
    t_anchored();
    t_over();
    t_years();
    t_taken_over();
    t_long();
    return test_end();
}
