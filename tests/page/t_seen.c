/* The log as people meet it: every page that names a participant leaves a line before it is shown; the person reads who looked; refused
 * and missing look alike; too many on a day are stopped; the administrator sees no names. */
#include "cli/demo.h"
#include "domain/looked.h"
#include "mentoring_data.h"
#include "model/document.h"
#include "model/log_line.h"
#include "model/log_read.h"
#include "model/meeting.h"
#include "service/log.h"
#include "service/log_check.h"

struct number {
    int64_t n;
};
DB_QUERY(q_last, struct number, 0, "SELECT COALESCE(MAX(id), 0) AS n FROM log_line", DB_COL(struct number, n));
DB_QUERY(q_looks_since, struct log_person, 2,
         "SELECT DISTINCT participant_id FROM log_line WHERE id > $1 AND account_id = $2 AND act = 'look' AND participant_id > 0",
         DB_COL(struct log_person, participant_id));
DB_QUERY(q_mentor_looks_since, struct log_person, 2,
         "SELECT DISTINCT subject_id AS participant_id FROM log_line WHERE id > $1 AND account_id = $2 AND act = 'look' AND participant_id = 0 AND subject_id > 0",
         DB_COL(struct log_person, participant_id));
DB_QUERY(q_newest, struct log_found, 0,
         "SELECT id, account_id, participant_id, subject_id, role, act, what, outcome FROM log_line ORDER BY id DESC LIMIT 1",
         DB_COL(struct log_found, id), DB_COL(struct log_found, account_id), DB_COL(struct log_found, participant_id),
         DB_COL(struct log_found, subject_id), DB_COL(struct log_found, role), DB_COL(struct log_found, act), DB_COL(struct log_found, what),
         DB_COL(struct log_found, outcome));

static int64_t last(struct pt *t)
{
    struct number x;
    PT_MUST(db_one(t->db, t->a, &q_last, &x, DB_NONE));
    return x.n;
}
static struct log_found newest(struct pt *t)
{
    struct log_found f = {0};
    PT_MUST(db_one(t->db, t->a, &q_newest, &f, DB_NONE));
    return f;
}

/* ---- every page of the demo */

static int64_t ids[8];
static size_t n_ids;
static struct mentor_row own_mentor;

static void session(struct pt *t, enum role role, int64_t role_id)
{
    int64_t id;
    t->who[role].token = secret_token(t->a);
    struct session_row s = {.token_hash = secret_hash_hex(t->a, t->who[role].token), .account_id = t->who[role].account_id,
                            .account_role_id = role_id, .created_at = t->now, .seen_at = t->now, .expires_at = t->now + 36000000};
    PT_MUST(session_insert(t->db, &s, &id));
}

static int64_t demo(struct pt *t)
{
    struct demo_login logins[DEMO_LOGINS];
    struct participant_row p;
    struct trainee_row tr;
    struct mentorship_row m;
    struct meeting_row *meetings;
    struct document_row *documents;
    struct str all[DOCUMENT_WORDS] = {{0}};
    char why[200] = "";
    size_t n;
    *t = (struct pt){.a = arena_new((size_t)8 << 30), .now = tm_now(), .demo = true};
    PT_MUST(db_connect(test_db(), DB_WRITE, &t->db));
    PT_MUST(migrate(t->db, migrations, t->now, why, sizeof why));
    PT_MUST(demo_fill(t->a, t->db, t->now, STR("http://127.0.0.1:8080"), logins, NULL));
    for (size_t i = 0; i < DEMO_LOGINS; i++) {
        struct account_row acc;
        struct role_row *roles;
        PT_MUST(account_by_email(t->db, t->a, logins[i].email, &acc));
        PT_MUST(role_of_account(t->db, t->a, acc.id, t->now, &roles, &n));
        t->who[logins[i].role].account_id = acc.id;
        t->organisation_id = roles[0].organisation_id;
        session(t, logins[i].role, roles[0].id);
    }
    PT_MUST(participant_by_account(t->db, t->a, t->who[ROLE_TRAINEE].account_id, &p));
    PT_MUST(trainee_of_participant(t->db, t->a, p.id, &tr));
    PT_MUST(mentorship_of_trainee(t->db, t->a, tr.id, &m));
    PT_MUST(meeting_of_mentorship(t->db, t->a, m.id, &meetings, &n));
    ids[n_ids++] = meetings[0].id;
    PT_MUST(document_list(t->db, t->a, t->who[ROLE_TRAINEE].account_id, all, 10, &documents, &n));
    ids[n_ids++] = documents[0].id;
    ids[n_ids++] = p.id;
    static const int64_t more[] = {1, 2, 16, 40, 999999999};
    for (size_t i = 0; i < COUNT(more); i++)
        ids[n_ids++] = more[i];
    /* every participant carries the own number in the name, every mentor in what they told of themselves */
    PT_MUST(db_script(t->db, "UPDATE participant SET last_name = 'Kan' || id || 'x'"));
    PT_MUST(db_script(t->db, "UPDATE mentor SET specialisation = 'Men' || id || 'x', employer = 'Men' || id || 'x', job_title = 'Men' || id || 'x',"
                             " phone = 'Men' || id || 'x', motivation = 'Men' || id || 'x', wish_text = 'Men' || id || 'x'"));
    PT_MUST(mentor_by_account(t->db, t->a, t->organisation_id, t->who[ROLE_MENTOR].account_id, &own_mentor));
    return p.id;
}

static const char *fill(struct pt *t, const char *path, int64_t id)
{
    struct str rest = str_c(path), out = STR("");
    bool first = true;
    while (rest.n) {
        struct str part = str_cut(&rest, '/');
        if (!part.n)
            continue;
        if (str_is(part, ":kind"))
            part = STR("midway");
        else if (str_is(part, ":moment"))
            part = STR("start");
        else if (str_is(part, ":format"))
            part = STR("txt");
        else if (part.p[0] == ':') {
            part = arena_fmt(t->a, "%lld", (long long)(first ? id : 1));
            first = false;
        }
        out = arena_fmt(t->a, "%.*s/%.*s", STR_FMT(out), STR_FMT(part));
    }
    return out.n ? out.p : "/";
}

/* Is every "Kan17x" (or "Men17x") of the answer a line about 17? *named: how many there were. */
static bool all_logged(const struct req *r, const char *mark, const struct log_person *seen, size_t n_seen, int64_t self, int *named)
{
    bool ok = true;
    const char *end = r->body.p + r->body.n;
    for (const char *at = r->body.p; at && (at = memmem(at, (size_t)(end - at), mark, 3)) != NULL; at += 3) {
        int64_t id = 0;
        const char *d = at + 3;
        while (d < end && *d >= '0' && *d <= '9')
            id = id * 10 + (*d++ - '0');
        if (d == at + 3 || d == end || *d != 'x' || id == self)
            continue;
        bool has = false;
        for (size_t i = 0; i < n_seen; i++)
            has |= seen[i].participant_id == id;
        (*named)++;
        if (!has)
            printf("# no line about %s %lld\n", mark, (long long)id);
        ok &= has;
    }
    return ok;
}

static void t_every_page(void)
{
    struct pt t;
    int64_t own = demo(&t);
    int bad = 0, named = 0, pages = 0, mentors = 0;
    for (const struct route *rt = routes; rt->path; rt++) {
        if (rt->method != GET || rt->auth != AUTH_LOGGED_IN)
            continue;
        for (size_t i = 0; i < (strchr(rt->path, ':') ? n_ids : 1); i++)
            for (enum role role = ROLE_ADMINISTRATOR; role < ROLE_N; role++) {
                if (!(rt->roles & ROLE_BIT(role)) || !t.who[role].account_id)
                    continue;
                const char *path = fill(&t, rt->path, ids[i]);
                int64_t before = last(&t);
                struct log_person *seen;
                size_t n;
                int here = 0;
                struct req *r = pt_get(&t, role, path);
                PT_MUST(db_all(t.db, t.a, &q_looks_since, &seen, &n, DB_IN(before, t.who[role].account_id)));
                bool ok = all_logged(r, "Kan", seen, n, role == ROLE_TRAINEE ? own : 0, &here);
                PT_MUST(db_all(t.db, t.a, &q_mentor_looks_since, &seen, &n, DB_IN(before, t.who[role].account_id)));
                ok &= all_logged(r, "Men", seen, n, role == ROLE_MENTOR ? own_mentor.id : 0, &mentors);
                if (!ok) {
                    printf("# %s as %s\n", path, role_code(role));
                    bad++;
                }
                named += here;
                pages += here > 0;
            }
    }
    printf("# %d names on %d pages, %d marks of mentors\n", named, pages, mentors);
    CHECK_INT(bad, 0);
    CHECK(pages > 40 && named > 500 && mentors > 50); /* else the marks are not where this test looks */
    struct str *faults;
    size_t n;
    PT_MUST(log_check(t.db, t.a, &faults, &n));
    CHECK_INT(n, 0);
    pt_end(&t);
}

/* ---- the person reads it */

static void t_mine(void)
{
    struct pt t = pt_start();
    struct md d = md_start(&t);
    struct req *r = pt_get(&t, ROLE_TRAINEE, "/my-log");
    CHECK(r->status == 200 && pt_has(r, "Ingen har sett på opplysningene dine ennå"));
    const char *path = arena_fmt(t.a, "/participants/%lld", (long long)d.participant_id).p;
    for (int i = 0; i < 3; i++)
        CHECK_INT(pt_get(&t, ROLE_PROJECT_LEADER, path)->status, 200);
    struct pt_person stranger = pt_add(&t, ROLE_ADVISER, "annen@example.no", "Annen Rådgiver");
    CHECK_INT(pt_get_as(&t, stranger, path)->status, 404);
    CHECK_INT(pt_get(&t, ROLE_TRAINEE, "/application")->status, 200); /* the own looks are not there */
    r = pt_get(&t, ROLE_TRAINEE, "/my-log");
    CHECK(pt_has(r, "Test project-leader") && pt_has(r, "Prosjektleder, Prøveby kommune") && pt_has(r, "Navn, utdanning og erfaring (3 ganger)"));
    CHECK(pt_has(r, "Annen Rådgiver") && pt_has(r, "Fikk ikke se noe") && pt_has(r, "Prøvde, men fikk ikke: Navn, utdanning og erfaring"));
    CHECK(!pt_has(r, "<strong><bdi>Test trainee") && !pt_has(r, "adviser@"));
    CHECK_INT(pt_get(&t, ROLE_PROJECT_LEADER, "/my-log")->status, 403);
    /* another day, newest first; fifteen days are two pages */
    for (int i = 0; i < 15; i++) {
        md_later(&t, 1);
        CHECK_INT(pt_get(&t, ROLE_ADVISER, path)->status, 200);
    }
    r = pt_get(&t, ROLE_TRAINEE, "/my-log");
    CHECK(pt_has(r, "Eldre dager") && pt_has(r, "Programrådgiver") && !pt_has(r, "Annen Rådgiver"));
    const char *next = memmem(r->body.p, r->body.n, "/my-log?before=", 15);
    CHECK(next != NULL);
    r = pt_get(&t, ROLE_TRAINEE, arena_fmt(t.a, "/my-log?before=%lld", next ? strtoll(next + 15, NULL, 10) : 0).p);
    CHECK(pt_has(r, "Annen Rådgiver") && !pt_has(r, "Eldre dager") && pt_has(r, "Tilbake til de nyeste"));
    pt_end(&t);
}

/* A mentor reads the own log in the same way. */
static void t_mentor(void)
{
    struct pt t = pt_start();
    struct md d = md_start(&t);
    struct req *r = pt_get(&t, ROLE_MENTOR, "/my-log");
    CHECK(r->status == 200 && pt_has(r, "Ingen har sett på opplysningene dine ennå"));
    CHECK(pt_has(pt_get(&t, ROLE_MENTOR, "/my-data"), "/my-log") && pt_has(pt_get(&t, ROLE_MENTOR, "/account"), "/my-log"));
    const char *path = arena_fmt(t.a, "/mentors/%lld", (long long)d.mentor_id).p;
    CHECK_INT(pt_get(&t, ROLE_PROJECT_LEADER, path)->status, 200);
    CHECK_INT(pt_get(&t, ROLE_PROJECT_LEADER, path)->status, 200);
    struct log_found f = newest(&t);
    CHECK(str_is(f.act, "look") && str_is(f.what, "mentor") && f.participant_id == 0 && f.subject_id == d.mentor_id);
    CHECK_INT(pt_get(&t, ROLE_PROJECT_LEADER, "/mentors")->status, 200);
    CHECK_INT(pt_get(&t, ROLE_PROJECT_LEADER, arena_fmt(t.a, "/matches/%lld", (long long)d.match_id).p)->status, 200);
    CHECK(pt_get(&t, ROLE_ADVISER, path)->status >= 400);
    CHECK_INT(pt_get(&t, ROLE_MENTOR, "/mentor")->status, 200); /* the own looks are not there */
    r = pt_get(&t, ROLE_MENTOR, "/my-log");
    CHECK(pt_has(r, "Test project-leader") && pt_has(r, "Opplysninger som mentor (2 ganger)") && pt_has(r, "En liste der navnet står") && pt_has(r, "Valget av mentor"));
    CHECK(pt_has(r, "Test adviser") && pt_has(r, "Prøvde, men fikk ikke: Opplysninger som mentor") && !pt_has(r, "Test mentor</bdi></strong>"));
    CHECK(!pt_has(pt_get(&t, ROLE_TRAINEE, "/my-log"), "Opplysninger som mentor"));
    r = pt_get(&t, ROLE_ADMINISTRATOR, "/log?act=look");
    CHECK(r->status == 200 && pt_has(r, arena_fmt(t.a, "Mentor %lld", (long long)d.mentor_id).p));
    /* many of a list go to the log together, and the chain holds */
    struct ctx c = {.a = t.a, .db = t.db, .actor = &(struct actor){.account_id = t.who[ROLE_ADVISER].account_id, .organisation_id = t.organisation_id,
                                                                  .role = ROLE_ADVISER}, .now = t.now};
    int64_t before = last(&t), calls = db_calls(t.db);
    for (int64_t i = 0; i < 57; i++)
        saw_mentor(&c, t.organisation_id, 1000 + i, "list");
    for (int64_t i = 0; i < 33; i++)
        saw(&c, t.organisation_id, 1000 + i, "list");
    PT_MUST(seen_save(&c));
    CHECK_INT(last(&t), before + 90);
    CHECK(db_calls(t.db) - calls < 30);
    struct str *faults;
    size_t n;
    PT_MUST(log_check(t.db, t.a, &faults, &n));
    CHECK_INT(n, 0);
    pt_end(&t);
}

/* ---- refused and missing */

static void t_refused(void)
{
    struct pt t = pt_start();
    struct md d = md_start(&t);
    struct pt_person stranger = pt_add(&t, ROLE_ADVISER, "annen@example.no", "Annen Rådgiver");
    const char *there = arena_fmt(t.a, "/participants/%lld", (long long)d.participant_id).p;
    pt_get_as(&t, stranger, "/participants/999999998"); /* begins the chain */
    int64_t before = last(&t), calls = db_calls(t.db);
    struct req *a = pt_get_as(&t, stranger, there);
    int64_t calls_there = db_calls(t.db) - calls;
    struct log_found f = newest(&t);
    CHECK(last(&t) == before + 1 && str_is(f.act, "refused") && f.participant_id == d.participant_id && f.account_id == stranger.account_id);
    CHECK(str_is(f.what, "/participants/:id") && f.subject_id == d.participant_id && str_is(f.role, "adviser"));
    calls = db_calls(t.db);
    struct req *b = pt_get_as(&t, stranger, "/participants/999999999");
    int64_t calls_missing = db_calls(t.db) - calls;
    f = newest(&t);
    CHECK(last(&t) == before + 2 && str_is(f.act, "refused") && f.participant_id == 0 && f.subject_id == 999999999);
    CHECK(a->status == 404 && b->status == 404);
    printf("# statements: there %lld, missing %lld\n", (long long)calls_there, (long long)calls_missing);
    CHECK_INT(calls_there, calls_missing);
    /* the role may not come here at all; a form that is not ours; nobody is logged in; no such address */
    pt_get(&t, ROLE_MENTOR, "/participants");
    CHECK(last(&t) == before + 3 && newest(&t).participant_id == 0);
    CHECK_INT(pt_ask(&t, stranger.token, "POST", "/participants", "csrf=x")->status, 403);
    pt_ask(&t, STR(""), "GET", there, NULL);
    pt_get_as(&t, stranger, "/no-such-page");
    CHECK_INT(last(&t), before + 3);
    /* a change that is refused leaves nothing but its line */
    struct req *r = pt_post_as(&t, stranger, arena_fmt(t.a, "%s/gaps", there).p, "requirement=Norsk&gap=B2");
    CHECK(r->status == 404 || r->status == 403);
    CHECK(last(&t) == before + 4 && str_is(newest(&t).act, "refused"));
    /* a flood does not fill the disk */
    for (int i = 0; i < 3 * LOG_REFUSED_MINUTE; i++)
        CHECK_INT(pt_get_as(&t, stranger, i % 2 ? there : "/participants/999999999")->status, 404);
    CHECK(last(&t) == before + LOG_REFUSED_MINUTE + 1 /* the mentor's */);
    CHECK(str_is(newest(&t).outcome, "many"));
    md_later(&t, 1);
    before = last(&t);
    pt_get_as(&t, stranger, there);
    CHECK_INT(last(&t), before + 1);
    pt_end(&t);
}

/* A flood that goes on: a line a minute says so, also past what a day may hold; who watches is told once a day. */
static void t_flood(void)
{
    struct pt t = pt_start();
    struct pt_person stranger = pt_add(&t, ROLE_ADVISER, "annen@example.no", "Annen Rådgiver");
    const char *missing = "/participants/999999999";
    for (int i = 0; i < LOG_REFUSED_DAY + 10; i++) {
        t.now += 2500; /* 24 a minute: each stands by itself, to the thousandth */
        md_later(&t, 0); /* the session stays open */
        CHECK_INT(pt_get_as(&t, stranger, missing)->status, 404);
        if (i == LOG_REFUSED_DAY - 1)
            CHECK(str_is(newest(&t).outcome, "") && md_mails(&t) == 0);
    }
    CHECK(str_is(newest(&t).outcome, "many"));
    CHECK_INT(md_mails(&t), 2); /* administrator and leader */
    struct outbox_row m = md_mail(&t);
    CHECK(str_is(m.kind, "log_many") && md_in(m.body, "svært mange ganger") && !md_in(m.body, "Annen"));
    int64_t before = last(&t);
    for (int minute = 1; minute <= 5; minute++) {
        t.now += 61000;
        md_later(&t, 0);
        for (int i = 0; i < 50; i++)
            pt_get_as(&t, stranger, missing);
        CHECK_INT(last(&t), before + minute);
        CHECK(str_is(newest(&t).outcome, "many"));
    }
    CHECK_INT(md_mails(&t), 2);
    struct req *r = pt_get(&t, ROLE_ADMINISTRATOR, "/log?act=refused");
    CHECK(r->status == 200 && pt_has(r, "· Mange") && pt_has(r, "Prøver noen svært mange ganger"));
    /* the next day begins anew: 30 by themselves, then many, and a mail of that day */
    md_later(&t, 2);
    before = last(&t);
    for (int i = 0; i < 3 * LOG_REFUSED_MINUTE; i++)
        pt_get_as(&t, stranger, missing);
    CHECK_INT(last(&t), before + LOG_REFUSED_MINUTE + 1);
    CHECK_INT(md_mails(&t), 4);
    pt_end(&t);
}

/* The log cannot be written: no data, whatever was asked. The control: it can, and there is data. */
static void t_fail_closed(void)
{
    struct pt t = pt_start();
    struct md d = md_start(&t);
    const char *path = arena_fmt(t.a, "/participants/%lld", (long long)d.participant_id).p;
    struct req *r = pt_get(&t, ROLE_PROJECT_LEADER, path);
    CHECK(r->status == 200 && pt_has(r, "Haddad"));
    bool postgres = test_on_postgres();
    PT_MUST(db_script(t.db, postgres ? "ALTER TABLE log_line ADD CONSTRAINT stuck CHECK (false) NOT VALID"
                                     : "CREATE TRIGGER stuck BEFORE INSERT ON log_line BEGIN SELECT RAISE(ABORT, 'stuck'); END"));
    r = pt_get(&t, ROLE_PROJECT_LEADER, path);
    CHECK(r->status >= 500 && !pt_has(r, "Haddad"));
    r = pt_post(&t, ROLE_PROJECT_LEADER, arena_fmt(t.a, "%s/gaps", path).p, "requirement=&gap=");
    CHECK(r->status >= 500 && !pt_has(r, "Haddad"));
    r = pt_post(&t, ROLE_PROJECT_LEADER, arena_fmt(t.a, "%s/gaps", path).p, "requirement=Norsk&gap=B2-pr%C3%B8ve");
    CHECK(r->status >= 500);
    PT_MUST(db_script(t.db, postgres ? "ALTER TABLE log_line DROP CONSTRAINT stuck" : "DROP TRIGGER stuck"));
    r = pt_get(&t, ROLE_PROJECT_LEADER, path);
    CHECK(r->status == 200 && !pt_has(r, "B2-prøve")); /* the change went with its line */
    pt_end(&t);
}

/* ---- too many on a day */

static void t_stop(void)
{
    struct pt t = pt_start();
    int64_t id[8];
    for (int i = 0; i < 8; i++)
        id[i] = md_participant(&t, arena_fmt(t.a, "Prøveperson%d", i).p, "Person", 0, INTAKE_LISTED);
    struct req *r = pt_post(&t, ROLE_ADMINISTRATOR, "/log/limits", "warn=7&stop=5");
    CHECK(r->status == 422 && pt_has(r, "høyere enn grensen for varsel") && pt_has(r, "value=\"5\""));
    CHECK(pt_went(pt_post(&t, ROLE_ADMINISTRATOR, "/log/limits", "warn=2&stop=5"), "/log"));
    for (int i = 0; i < 8; i++) {
        r = pt_get(&t, ROLE_PROJECT_LEADER, arena_fmt(t.a, "/participants/%lld", (long long)id[i]).p);
        CHECK_INT(r->status, i < 5 ? 200 : 429);
        CHECK(pt_has(r, arena_fmt(t.a, "Prøveperson%d", i).p) == (i < 5));
        CHECK(i < 5 || pt_has(r, "Du har sett på uvanlig mange personer i dag"));
    }
    CHECK(str_is(newest(&t).act, "stop"));
    CHECK_INT(pt_get(&t, ROLE_PROJECT_LEADER, arena_fmt(t.a, "/participants/%lld", (long long)id[2]).p)->status, 200); /* seen today already */
    r = pt_get(&t, ROLE_PROJECT_LEADER, "/participants");
    CHECK(r->status == 429 && !pt_has(r, "Nr0")); /* a list counts by its rows */
    CHECK_INT(md_mails(&t), 2); /* administrator and leader, once, and no name in it */
    struct outbox_row m = md_mail(&t);
    CHECK(str_is(m.kind, "log_stop") && !md_in(m.body, "Nr") && !md_in(m.body, "Test project") == !md_in(m.body, "Hei, Test project"));
    r = pt_get(&t, ROLE_ADMINISTRATOR, "/log");
    CHECK(r->status == 200 && pt_has(r, "Så på så mange at det ble stoppet") && pt_has(r, "Åpnet opplysningene til mange"));
    md_later(&t, 1);
    CHECK_INT(pt_get(&t, ROLE_PROJECT_LEADER, arena_fmt(t.a, "/participants/%lld", (long long)id[7]).p)->status, 200);
    pt_end(&t);
}

/* ---- the administrator's page */

static void t_admin(void)
{
    struct pt t = pt_start();
    struct md d = md_start(&t);
    int64_t hidden = md_participant(&t, "Skjult", "Person", 0, INTAKE_LISTED);
    PT_MUST(db_script(t.db, arena_fmt(t.a, "UPDATE participant SET address_protection = 2 WHERE id = %lld", (long long)hidden).p));
    for (int i = 0; i < 60; i++)
        CHECK_INT(pt_get(&t, ROLE_ADVISER, arena_fmt(t.a, "/participants/%lld", (long long)d.participant_id).p)->status, 200);
    struct ctx c = {.a = t.a, .db = t.db, .actor = &(struct actor){.account_id = t.who[ROLE_ADVISER].account_id, .organisation_id = t.organisation_id,
                                                                  .role = ROLE_ADVISER}, .now = t.now};
    saw(&c, t.organisation_id, hidden, "leave");
    PT_MUST(seen_save(&c));
    const char *profile = arena_fmt(t.a, "/participants/%lld", (long long)hidden).p;
    CHECK_INT(pt_get(&t, ROLE_PROJECT_LEADER, profile)->status, 404);
    struct req *r = pt_get(&t, ROLE_ADMINISTRATOR, "/log");
    const char *leave = looked_words(STR("leave"));
    CHECK(leave && !pt_has(r, leave)); /* what was looked at of somebody hidden */
    CHECK(pt_has(r, "Prøvde, men fikk ikke") && pt_has(r, "Ingen bestemt")); /* the leader's try stands there as one at nobody */
    CHECK(r->status == 200 && pt_has(r, "R-Amal-Haddad") && pt_has(r, "Test adviser") && pt_has(r, "Navn, utdanning og erfaring") && pt_has(r, "Eldre linjer"));
    CHECK(!pt_has(r, "Amal Haddad") && !pt_has(r, "R-Skjult"));
    CHECK(pt_has(r, "Så på eller prøvde å se en skjermet person"));
    struct log_found f = newest(&t);
    CHECK(str_is(f.act, "look") && str_is(f.what, "log") && f.account_id == t.who[ROLE_ADMINISTRATOR].account_id); /* looking in the log is logged */
    /* by reference: it does not stand in the address */
    r = pt_post(&t, ROLE_ADMINISTRATOR, "/log", "who=&act=look&on=&reference=R-Amal-Haddad");
    struct str to = pt_location(r);
    CHECK(r->status == 303 && md_in(to, arena_fmt(t.a, "person=%lld", (long long)d.participant_id).p) && !md_in(to, "Amal"));
    struct str address = str_cut(&to, '#');
    r = pt_get(&t, ROLE_ADMINISTRATOR, arena_cstr(t.a, address));
    CHECK(r->status == 200 && pt_has(r, "R-Amal-Haddad"));
    CHECK_INT(newest(&t).participant_id, d.participant_id); /* and the person reads that */
    CHECK(pt_has(pt_get(&t, ROLE_TRAINEE, "/my-log"), "Loggen over hvem som har sett"));
    r = pt_post(&t, ROLE_ADMINISTRATOR, "/log", "who=&act=&on=31.2.2026&reference=R-Amal-Haddad");
    CHECK(r->status == 422 && pt_has(r, "31.2.2026") && pt_has(r, "R-Amal-Haddad"));
    r = pt_post(&t, ROLE_ADMINISTRATOR, "/log", "who=&act=&on=&reference=R-Ingen");
    CHECK(r->status == 422 && pt_has(r, "Vi finner ingen deltaker med den referansen."));
    r = pt_post(&t, ROLE_ADMINISTRATOR, "/log", "who=&act=&on=&reference=R-Skjult-Person");
    CHECK(r->status == 422 && pt_has(r, "Vi finner ingen deltaker med den referansen."));
    CHECK_INT(pt_get(&t, ROLE_ADMINISTRATOR, arena_fmt(t.a, "/log?person=%lld", (long long)hidden).p)->status, 404);
    CHECK_INT(pt_get(&t, ROLE_ADMINISTRATOR, "/log?person=999999999")->status, 404);
    CHECK_INT(pt_get(&t, ROLE_ADMINISTRATOR, "/log?who=x&act=%27&on=99&before=-1")->status, 200);
    r = pt_get(&t, ROLE_ADMINISTRATOR, arena_fmt(t.a, "/log?who=%lld&on=%.*s", (long long)t.who[ROLE_ADVISER].account_id,
                                                 STR_FMT(tm_iso(t.a, tm_on_of(t.now)))).p);
    CHECK(r->status == 200 && pt_has(r, "selected>Test adviser") && !pt_has(r, "Loggen over hvem"));
    for (enum role role = ROLE_PROJECT_LEADER; role < ROLE_N; role++)
        CHECK_INT(pt_get(&t, role, "/log")->status, 403);
    pt_end(&t);
}

static void t_logins(void)
{
    struct pt t = pt_start();
    struct ctx c = {.a = t.a, .db = t.db, .actor = &(struct actor){0}, .now = t.now};
    int64_t me = t.who[ROLE_ADVISER].account_id, before = last(&t);
    PT_MUST(log_login(&c, me, "password", ""));
    struct log_found f = newest(&t);
    CHECK(last(&t) == before + 1 && str_is(f.act, "login") && f.account_id == me && str_is(f.role, "adviser"));
    for (int i = 0; i < 50; i++)
        PT_MUST(log_login(&c, me, "password", "failed"));
    CHECK_INT(last(&t), before + 2); /* once a minute */
    PT_MUST(log_login(&c, 0, "password", "failed"));
    CHECK_INT(last(&t), before + 2);
    CHECK_INT(pt_post(&t, ROLE_ADVISER, "/logout", "")->status, 303);
    CHECK(last(&t) == before + 3 && str_is(newest(&t).outcome, "ended"));
    pt_end(&t);
}

int main(void)
{
    PT_MUST(secret_start());
    vault_start_random();
    t_mine();
    t_mentor();
    t_refused();
    t_flood();
    t_fail_closed();
    t_stop();
    t_admin();
    t_logins();
    t_every_page();
    return test_end();
}
