/* Erased means gone: a mark in every column in words of a person, by the register, and documents; after the erasure it is nowhere in the files of the
 * data folder, in any case or as UTF-16, while other people's data and the results are as before. Export: every mark of the person that is given out
 * is in it, and nobody else's. */
#include "mentoring_data.h"
#include "live/prose.h"
#include "model/check.h"
#include "model/live.h"
#include "page/rights/rights.h"
#include "service/document_check.h"
#include "service/document_parts.h"
#include "service/log_check.h"
#include "service/participant.h"
#include "gen/my_data.html.h"

#include <ctype.h>
#include <dirent.h>
#include <sqlite3.h>
#include <stdio.h>
#include <unistd.h>

static struct pt t;
static char folder[] = "/tmp/springbrett-erase-XXXXXX", url[128];

struct somebody { /* whose rows are planted */
    const char *mark;
    int64_t participant_id, account_id, mentor_id, trainee_id, match_id, mentorship_id, cohort_id, document_id;
};

static struct ctx *as_actor(struct actor a)
{
    struct ctx *c = ARENA_NEW(t.a, struct ctx);
    struct actor *actor = ARENA_NEW(t.a, struct actor);
    *actor = a;
    *c = (struct ctx){.a = t.a, .db = t.db, .actor = actor, .now = t.now, .today = tm_on_of(t.now), .base_url = STR("http://x"), .request = STR("")};
    return c;
}
static struct ctx *as_trainee(const struct somebody *p)
{
    return as_actor((struct actor){.account_id = p->account_id, .organisation_id = t.organisation_id, .role = ROLE_TRAINEE,
                                   .participant_id = p->participant_id, .name = STR("Noen")});
}
static struct ctx *as_program(void)
{
    return as_actor((struct actor){.organisation_id = t.organisation_id, .role = ROLE_ADMINISTRATOR, .name = STR("springbrett")});
}

static void sql(struct str s)
{
    enum err e = db_script(t.db, arena_cstr(t.a, s));
    if (e)
        printf("# %.*s: %s\n", STR_FMT(s), db_why(t.db));
    CHECK_ERR(e, OK);
}

/* ---- marks, by the register */

static bool marked(const struct register_table *r, const struct register_column *c, bool text)
{
    if (!text || !strcmp(c->name, "kind") || !strcmp(c->name, "to_email"))
        return false;
    return r->rows == ROWS_ROWS || r->rows == ROWS_SPECIAL || c->fate != FATE_KEEP;
}

static struct str mark_of(const struct somebody *p, const struct register_table *r, const struct register_column *c)
{
    return arena_fmt(t.a, "%s.%s.%s", p->mark, r->name, c->name);
}

static bool one_of(const char *name, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!strcmp(name, list[i]))
            return true;
    return false;
}

/* What stands in a column that is no text: the ids of the person, or something harmless. */
static struct str number_of(const struct somebody *p, const struct register_table *r, const char *name)
{
    static const char *const parents[] = {"application_id", "interview_id", "agreement_id", "meeting_id", "session_id"};
    static const char *const zero[] = {"deleted_at", "event_id", "parent_id", "stream", "withdrawn_at", "void_at", "disabled_at", "resolved_at"};
    static const char *const accounts[] = {"account_id", "by_account", "owner_account", "created_by", "given_by", "changed_by"};
    const struct {
        const char *name;
        int64_t id;
    } ids[] = {{"participant_id", p->participant_id}, {"trainee_id", p->trainee_id}, {"mentor_id", p->mentor_id}, {"match_id", p->match_id},
               {"mentorship_id", p->mentorship_id}, {"cohort_id", p->cohort_id}, {"document_id", p->document_id}, {"organisation_id", t.organisation_id},
               {"seq", p->participant_id}, {"subject_id", p->participant_id}};
    for (size_t i = 0; i < COUNT(ids); i++)
        if (!strcmp(name, ids[i].name))
            return arena_fmt(t.a, "%lld", (long long)ids[i].id);
    if (one_of(name, parents, COUNT(parents)) && strncmp(name, r->name, strlen(r->name)) != 0)
        return arena_fmt(t.a, "(SELECT MAX(id) FROM %.*s)", (int)(strlen(name) - 3), name);
    if (one_of(name, accounts, COUNT(accounts)))
        return arena_fmt(t.a, "%lld", (long long)p->account_id);
    return one_of(name, zero, COUNT(zero)) ? STR("0") : STR("1");
}

static struct str word_of(const struct somebody *p, const struct register_table *r, const struct register_column *c)
{
    if (marked(r, c, true))
        return arena_fmt(t.a, "'%.*s'", STR_FMT(mark_of(p, r, c)));
    if (!strcmp(c->name, "to_email"))
        return arena_fmt(t.a, "(SELECT email FROM participant WHERE id = %lld)", (long long)p->participant_id);
    if (!strcmp(r->name, "link"))
        return STR("'invite_participant'");
    return !strcmp(c->name, "lang") ? STR("'nb'") : !strcmp(c->name, "role") ? STR("'trainee'") : STR("'x'");
}

/* 'T' text, 'B' bytes, 'N' a number. */
static char type_of(const char *table, const char *column)
{
    static sqlite3 *h;
    const char *type = NULL;
    if (!h && sqlite3_open(url, &h) != SQLITE_OK)
        exit(1);
    if (sqlite3_table_column_metadata(h, "main", table, column, &type, NULL, NULL, NULL, NULL) != SQLITE_OK)
        return '?';
    return !strcmp(type, "TEXT") ? 'T' : !strcmp(type, "BLOB") ? 'B' : 'N';
}

static void insert_row(const struct somebody *p, const struct register_table *r)
{
    struct buf cols = {0}, values = {0};
    for (size_t i = 0; i < r->n; i++) {
        const struct register_column *c = &r->columns[i];
        char type = type_of(r->name, c->name);
        if (!strcmp(c->name, "id"))
            continue;
        struct str v = type == 'T' ? word_of(p, r, c) : type == 'B' ? arena_fmt(t.a, "CAST('%.*s' AS BLOB)", STR_FMT(mark_of(p, r, c))) : number_of(p, r, c->name);
        buf_fmt(&cols, "%s%s", cols.n ? ", " : "", c->name);
        buf_fmt(&values, "%s%.*s", values.n ? ", " : "", STR_FMT(v));
    }
    sql(arena_fmt(t.a, "INSERT INTO %s (%.*s) VALUES (%.*s)", r->name, STR_FMT(buf_view(&cols)), STR_FMT(buf_view(&values))));
    buf_free(&cols);
    buf_free(&values);
}

/* The rows that are there already get marks in every word. */
static void mark_row(const struct somebody *p, enum register_id id, int64_t row)
{
    const struct register_table *r = &register_tables[id];
    for (size_t i = 0; i < r->n; i++)
        if (marked(r, &r->columns[i], type_of(r->name, r->columns[i].name) == 'T'))
            sql(arena_fmt(t.a, "UPDATE %s SET %s = '%.*s' WHERE id = %lld", r->name, r->columns[i].name, STR_FMT(mark_of(p, r, &r->columns[i])), (long long)row));
}

static void write_document(struct somebody *p, const char *title)
{
    struct ctx *c = as_trainee(p);
    struct say why = {0};
    struct bytes *updates;
    size_t n;
    struct buf b = {0};
    CLEANUP(arena_freep) struct arena *own = arena_new(DOCUMENT_ARENA);
    PT_MUST(document_new(c, &(struct document_make){.kind = DOCUMENT_FREE, .title = str_c(title), .template_id = -1}, &p->document_id, &why));
    PT_MUST(document_updates(c, own, p->document_id, &updates, &n));
    struct rich *tree = rich_from_markup(t.a, arena_fmt(t.a, "Dette skrev %s.typed her.", p->mark));
    PT_MUST(n ? prose_replace(own, updates, n, tree, 77, &b) : prose_write(tree, 77, &b));
    PT_MUST(document_edit(c, p->document_id, (struct bytes){(const uint8_t *)b.p, b.n}));
    /* and the same still in the hub's journal, beside another document's */
    struct buf records = {0};
    live_record_write(&records, &(struct live_record){p->document_id, p->account_id, t.now, {(const uint8_t *)b.p, b.n}});
    int64_t id;
    PT_MUST(live_journal_add(t.db, 0, (struct bytes){(const uint8_t *)records.p, records.n}, &id));
    buf_free(&records);
    PT_MUST(document_index(t.db, t.a, p->document_id, STR("x"), tree, t.now));
    buf_free(&b);
}

static bool has_row_already(enum register_id id)
{
    static const enum register_id there[] = {REG_participant, REG_participant_word, REG_trainee, REG_match, REG_mentorship, REG_mentor, REG_account, REG_account_role,
                                             REG_document, REG_document_visit, REG_document_log, REG_document_text, REG_document_snap, REG_live_journal, REG_login_throttle, REG_event, REG_log_line};
    for (size_t i = 0; i < COUNT(there); i++)
        if (there[i] == id)
            return true;
    return false;
}

/* An event with a reason, in the log's chain. */
static void note(const char *kind, struct pt_person who, enum role role, int64_t participant_id, int64_t subject_id, struct str reason)
{
    struct ctx *c = as_actor((struct actor){.account_id = who.account_id, .organisation_id = t.organisation_id, .role = role, .name = STR("Noen")});
    CHECK_ERR(event_add(c, (struct event){.organisation_id = t.organisation_id, .participant_id = participant_id, .subject_id = subject_id, .kind = kind,
                                          .outcome = "", .reason = reason}), OK);
}

/* Their rows hang on the newest row of another table. */
static bool is_child(enum register_id id)
{
    return id == REG_application_answer || id == REG_interview_question || id == REG_minutes || id == REG_agreement_signature || id == REG_oidc_session;
}

static void plant(struct somebody *p)
{
    write_document(p, arena_fmt(t.a, "%s.document.title", p->mark).p);
    sql(STR("PRAGMA foreign_keys=OFF"));
    for (int children = 0; children < 2; children++)
        for (enum register_id id = 0; id < REG_N; id++)
            if (!has_row_already(id) && is_child(id) == (children == 1))
                insert_row(p, &register_tables[id]);
    sql(STR("UPDATE document_version SET state = (SELECT data FROM document_log l WHERE l.document_id = document_version.document_id)"));
    mark_row(p, REG_participant, p->participant_id);
    mark_row(p, REG_trainee, p->trainee_id);
    mark_row(p, REG_match, p->match_id);
    mark_row(p, REG_mentorship, p->mentorship_id);
    mark_row(p, REG_account, p->account_id);
    sql(arena_fmt(t.a, "INSERT INTO participant_word (participant_id, organisation_id, word) VALUES (%lld, 1, '%s.word')", (long long)p->participant_id, p->mark));
    sql(arena_fmt(t.a, "UPDATE outbox SET to_email = '%s.participant.email' WHERE to_name LIKE '%s%%'", p->mark, p->mark));
    sql(arena_fmt(t.a, "UPDATE mentorship SET status = 1 WHERE id = %lld", (long long)p->mentorship_id));
    sql(arena_fmt(t.a, "UPDATE trainee SET status = 1, completed_on = %d WHERE id = %lld", tm_on_of(t.now) - 10, (long long)p->trainee_id));
    sql(STR("PRAGMA foreign_keys=ON"));
    note("participant.corrected", t.who[ROLE_PROJECT_LEADER], ROLE_PROJECT_LEADER, p->participant_id, 0, arena_fmt(t.a, "%s.event.reason", p->mark));
    note("matching.forbidden", t.who[ROLE_PROJECT_LEADER], ROLE_PROJECT_LEADER, 0, p->trainee_id, arena_fmt(t.a, "%s.event.forbidden", p->mark));
    note("match.answered", (struct pt_person){.account_id = p->account_id}, ROLE_TRAINEE, p->participant_id, 0, arena_fmt(t.a, "%s.event.own", p->mark));
}

/* ---- looking through the files */

static size_t count_in(const char *p, size_t n, const char *what, size_t step, size_t first)
{
    size_t hits = 0, k = strlen(what);
    for (size_t i = 0; i + k * step <= n; i++) {
        size_t j = 0;
        while (j < k && (char)tolower((unsigned char)p[i + j * step + first]) == what[j] && (step == 1 || p[i + j * step + 1 - first] == 0))
            j++;
        hits += j == k;
    }
    return hits;
}

/* In any case, as UTF-8 and as UTF-16 of both orders, in every file of the folder. */
static size_t hits(const char *mark)
{
    size_t all = 0;
    struct dirent *e;
    DIR *d = opendir(folder);
    while (d && (e = readdir(d)) != NULL) {
        FILE *f = fopen(arena_fmt(t.a, "%s/%s", folder, e->d_name).p, "rb");
        if (!f || e->d_name[0] == '.') {
            if (f)
                fclose(f);
            continue;
        }
        struct buf b = {.max = 1 << 30};
        char part[65536];
        for (size_t n; (n = fread(part, 1, sizeof part, f)) > 0;)
            buf_add(&b, part, n);
        fclose(f);
        all += count_in(b.p, b.n, mark, 1, 0) + count_in(b.p, b.n, mark, 2, 0) + count_in(b.p, b.n, mark, 2, 1);
        buf_free(&b);
    }
    if (d)
        closedir(d);
    return all;
}

/* ---- what is given out */

static struct str json_of(struct ctx *c, struct person_ref ref)
{
    struct person_data *d = ARENA_NEW(t.a, struct person_data);
    struct buf b = {.max = 64 << 20};
    CHECK_ERR(person_data(c, ref, d), OK);
    person_json(d, &b);
    struct str s = arena_str(t.a, buf_view(&b));
    buf_free(&b);
    return s;
}
static struct str html_of(struct ctx *c, struct person_ref ref)
{
    struct person_data *d = ARENA_NEW(t.a, struct person_data);
    struct buf b = {.max = 64 << 20};
    struct view v = {.a = t.a, .lang = LANG_AR, .actor = c->actor, .now = c->now, .today = c->today};
    CHECK_ERR(person_data(c, ref, d), OK);
    html_my_data_file(&b, &v, d, 24);
    struct str s = arena_str(t.a, buf_view(&b));
    buf_free(&b);
    return s;
}
static bool in(struct str s, struct str what)
{
    return memmem(s.p, s.n, what.p, what.n) != NULL;
}

static void exported(const struct somebody *p, const struct somebody *other, struct str mentor)
{
    struct ctx *c = as_trainee(p);
    struct person_ref me = {PERSON_PARTICIPANT, p->participant_id};
    struct str json = json_of(c, me), html = html_of(c, me);
    size_t looked = 0, missing = 0;
    for (enum register_id id = 0; id < REG_N; id++) {
        const struct register_table *r = &register_tables[id];
        for (size_t i = 0; i < r->n && r->rows != ROWS_SPECIAL && id != REG_mentor; i++) {
            const struct register_column *col = &r->columns[i];
            if (!shown_given(col->shown) || col->shown == SHOWN_MENTOR || !marked(r, col, type_of(r->name, col->name) == 'T'))
                continue;
            looked++;
            bool j = in(json, mark_of(p, r, col)), h = !col->label || !r->title || in(html, mark_of(p, r, col));
            if (!j || !h)
                printf("# not given out: %s.%s%s%s\n", r->name, col->name, j ? "" : " (json)", h ? "" : " (page)");
            missing += !j || !h;
        }
    }
    CHECK(looked > 60);
    CHECK_INT(missing, 0);
    CHECK(!in(json, str_c(other->mark)) && !in(html, str_c(other->mark)));
    CHECK(!in(json, mentor) && !in(html, mentor));
    CHECK(in(html, STR("dir=\"rtl\"")));
    struct buf zip = {0};
    CHECK_ERR(my_data_zip(c, me, &zip), OK);
    CHECK(zip.n > 100 && memcmp(zip.p, "PK", 2) == 0);
    struct str z = buf_view(&zip);
    CHECK(in(z, STR("data.json")) && in(z, STR("mine-opplysninger.html")) && in(z, STR(".pdf")) && in(z, STR(".txt")));
    buf_free(&zip);
}

static void clean(void)
{
    struct str *faults;
    size_t n;
    CHECK_ERR(check_database(t.db, t.a, &faults, &n), OK);
    for (size_t i = 0; i < n; i++)
        printf("# %.*s\n", STR_FMT(faults[i]));
    CHECK_INT(n, 0);
    CHECK_ERR(log_check(t.db, t.a, &faults, &n), OK); /* the chains hold: what was erased stands in them as a commitment only */
    for (size_t i = 0; i < n; i++)
        printf("# %.*s\n", STR_FMT(faults[i]));
    CHECK_INT(n, 0);
    CHECK_ERR(document_check(t.db, t.a, &faults, &n), OK);
    for (size_t i = 0; i < n; i++)
        printf("# %.*s\n", STR_FMT(faults[i]));
    CHECK_INT(n, 0);
}

static void scrub(void)
{
    bool done = false;
    CHECK_ERR(erase_scrub(t.db, t.a, t.now, &done), OK);
    CHECK(done);
    CHECK_ERR(erase_scrub(t.db, t.a, t.now, &done), OK);
    CHECK(!done);
}

static struct somebody pair_of(const char *mark, struct pt_person who, const char *first, const char *last, int64_t mentor_id)
{
    struct somebody p = {.mark = mark, .account_id = who.account_id, .mentor_id = mentor_id};
    p.participant_id = md_participant(&t, first, last, who.account_id, 13);
    struct md d = md_pair(&t, 0, p.participant_id, mentor_id);
    p.trainee_id = d.trainee_id;
    p.match_id = d.match_id;
    p.mentorship_id = d.mentorship_id;
    p.cohort_id = d.cohort_id;
    return p;
}

static const char results[] = "/results.json";

struct tells {
    int64_t n;
};
DB_QUERY(q_tells, struct tells, 3,
         "SELECT (SELECT COUNT(*) FROM match m WHERE m.id = $1 AND (m.trainee_answer <> 0 OR m.trainee_answer_at <> 0 OR m.mentor_answer <> 0 OR m.mentor_answer_at <> 0))"
         " + (SELECT COUNT(*) FROM evaluation e WHERE e.mentorship_id = $2 AND e.go_on <> 0) + (SELECT COUNT(*) FROM leave l WHERE l.trainee_id = $3) AS n",
         DB_COL(struct tells, n));
/* What no words say and tells all the same: who said no, who was on leave. */
static int64_t tells(const struct somebody *p)
{
    struct tells x = {-1};
    CHECK_ERR(db_one(t.db, t.a, &q_tells, &x, DB_IN(p->match_id, p->mentorship_id, p->trainee_id)), OK);
    return x.n;
}

static void gone(struct somebody *p, const struct somebody *other)
{
    struct str theirs = json_of(as_trainee(other), (struct person_ref){PERSON_PARTICIPANT, other->participant_id});
    struct req *before = pt_get(&t, ROLE_PROJECT_LEADER, results);
    const char *path = arena_fmt(t.a, "/participants/%lld/erase", (long long)p->participant_id).p;
    CHECK(hits("qzj.") > 100); /* the looking finds it while it is there */
    sql(arena_fmt(t.a, "UPDATE match SET trainee_answer = 2, trainee_answer_at = 5, mentor_answer = 1, mentor_answer_at = 4 WHERE id = %lld", (long long)p->match_id));
    sql(arena_fmt(t.a, "UPDATE evaluation SET go_on = 2 WHERE mentorship_id = %lld", (long long)p->mentorship_id));
    CHECK(tells(p) >= 3);
    CHECK(pt_get(&t, ROLE_PROJECT_LEADER, path)->status == 200);
    CHECK_INT(pt_post(&t, ROLE_PROJECT_LEADER, path, "reference=noe+annet")->status, 422);
    CHECK(hits("qzj.") > 100);
    CHECK_INT(pt_post(&t, ROLE_ADVISER, path, "reference=x")->status, 403);
    CHECK(pt_went(pt_post(&t, ROLE_PROJECT_LEADER, path, "reference=Qzj.participant.reference"), "/rights"));
    CHECK(pt_get_as(&t, t.who[ROLE_TRAINEE], "/")->status != 200); /* logged out, the account closed */
    CHECK(hits("qzj.") > 0); /* still in the free pages and the log of writes: that is why there is scrubbing */
    scrub();
    size_t left = hits("qzj.");
    if (left)
        printf("# %zu left\n", left);
    CHECK_INT(left, 0);
    CHECK_INT(tells(p), 0);
    CHECK(hits("wvk.") > 100);
    struct req *after = pt_get(&t, ROLE_PROJECT_LEADER, results);
    CHECK(before->status == 200 && before->body.n == after->body.n && !memcmp(before->body.p, after->body.p, before->body.n));
    CHECK(str_eq(theirs, json_of(as_trainee(other), (struct person_ref){PERSON_PARTICIPANT, other->participant_id})));
    CHECK_INT(pt_post(&t, ROLE_PROJECT_LEADER, path, "reference=slettet-1")->status, 409);
    clean();
}

/* A participant who never became a trainee goes whole. */
static void whole(void)
{
    struct erase_plan plan;
    struct participant_row row;
    int64_t id = md_participant(&t, "Xyq.first", "Xyq.last", 0, 3);
    sql(arena_fmt(t.a, "INSERT INTO interview (participant_id, interviewer_id, at, place, created_at) VALUES (%lld, 1, 1, 'Xyq.place', 1)", (long long)id));
    CHECK_ERR(erase_look(as_program(), (struct person_ref){PERSON_PARTICIPANT, id}, &plan), OK);
    CHECK(plan.whole && plan.goes[DATA_CONTACT] && !plan.goes[DATA_MENTOR]);
    CHECK(hits("xyq.") > 0);
    CHECK_ERR(person_erase(as_program(), (struct person_ref){PERSON_PARTICIPANT, id}, ERASE_RETENTION, STR(""), false, &plan), OK);
    CHECK_ERR(participant_get(t.db, t.a, id, &row), ERR_NOT_FOUND);
    CHECK_ERR(person_erase(as_program(), (struct person_ref){PERSON_PARTICIPANT, id}, ERASE_RETENTION, STR(""), false, &plan), ERR_NOT_FOUND);
    scrub();
    CHECK_INT(hits("xyq."), 0);
    clean();
}

DB_QUERY(q_waits, struct tells, 0,
         "SELECT (SELECT COUNT(*) FROM trainee t JOIN participant p ON p.id = t.participant_id WHERE p.sort_name = 'SLETTET' AND t.status IN (0, 2))"
         " + (SELECT COUNT(*) FROM match m JOIN trainee t ON t.id = m.trainee_id JOIN participant p ON p.id = t.participant_id"
         "     WHERE p.sort_name = 'SLETTET' AND m.status < 5) AS n",
         DB_COL(struct tells, n));
/* Who still waited for a mentor holds no place afterwards, and no mentor. */
static void waited(int64_t mentor_id)
{
    struct erase_plan plan;
    struct tells x;
    int64_t id = md_participant(&t, "Venter", "Ennå", 0, 13);
    struct md d = md_pair(&t, 0, id, mentor_id);
    sql(arena_fmt(t.a, "DELETE FROM meeting WHERE mentorship_id = %lld", (long long)d.mentorship_id));
    sql(arena_fmt(t.a, "DELETE FROM mentorship WHERE id = %lld", (long long)d.mentorship_id));
    sql(arena_fmt(t.a, "UPDATE match SET status = 3 WHERE id = %lld", (long long)d.match_id));
    CHECK(pt_has(pt_get(&t, ROLE_PROJECT_LEADER, "/matching"), "Venter"));
    CHECK_ERR(person_erase(as_program(), (struct person_ref){PERSON_PARTICIPANT, id}, ERASE_ASKED, STR(""), false, &plan), OK);
    CHECK_ERR(db_one(t.db, t.a, &q_waits, &x, DB_NONE), OK);
    CHECK_INT(x.n, 0);
    CHECK(!pt_has(pt_get(&t, ROLE_PROJECT_LEADER, "/matching"), "Slettet person"));
    scrub();
    clean();
}

/* A mentor: not while somebody is mentored; then the name goes, and the trainee's own stays. */
static void mentor_gone(const struct somebody *q)
{
    struct erase_plan plan;
    struct person_ref ref = {PERSON_MENTOR, q->mentor_id};
    sql(arena_fmt(t.a, "UPDATE mentorship SET status = 0 WHERE id = %lld", (long long)q->mentorship_id));
    CHECK_ERR(person_erase(as_program(), ref, ERASE_ASKED, STR(""), false, &plan), ERR_STATE);
    CHECK(plan.not_now.msgid != NULL);
    sql(arena_fmt(t.a, "UPDATE mentorship SET status = 1 WHERE id = %lld", (long long)q->mentorship_id));
    CHECK(hits("mmt.") > 10);
    CHECK_ERR(person_erase(as_program(), ref, ERASE_ASKED, STR(""), false, &plan), OK);
    CHECK(!plan.whole);
    scrub();
    CHECK_INT(hits("mmt."), 0);
    CHECK(in(json_of(as_trainee(q), (struct person_ref){PERSON_PARTICIPANT, q->participant_id}), STR("Wvk.minutes.talked")));
    clean();
}

int main(void)
{
    if (!mkdtemp(folder))
        return 1;
    snprintf(url, sizeof url, "%s/springbrett.db", folder);
    t = pt_start_in(url);
    struct pt_person other = pt_add(&t, ROLE_TRAINEE, "annen@example.no", "Annen Person");
    int64_t m1 = md_mentor(&t, "Mmt.first", "Mmt.last", t.who[ROLE_MENTOR].account_id);
    struct somebody q = pair_of("Wvk", other, "Sara", "Omar", m1);
    struct somebody p = pair_of("Qzj", t.who[ROLE_TRAINEE], "Amal", "Haddad", m1);
    plant(&q);
    plant(&p);
    struct somebody m = {.mark = "Mmt"};
    mark_row(&m, REG_mentor, m1);
    sql(arena_fmt(t.a, "UPDATE mentor SET first_name = 'Mmt.first', last_name = 'Mmt.last' WHERE id = %lld", (long long)m1));
    sql(arena_fmt(t.a, "UPDATE agreement SET text = text || ' med Mmt.first Mmt.last' WHERE match_id IN (%lld, %lld)", (long long)p.match_id, (long long)q.match_id));
    note("mentor.ended", t.who[ROLE_PROJECT_LEADER], ROLE_PROJECT_LEADER, 0, m1, STR("Mmt.event.reason"));
    note("matching.pinned", t.who[ROLE_PROJECT_LEADER], ROLE_PROJECT_LEADER, 0, q.trainee_id, STR("Mmt.event.pinned"));
    note("match.answered", t.who[ROLE_MENTOR], ROLE_MENTOR, q.participant_id, 0, STR("Mmt.event.own"));
    clean();
    exported(&p, &q, STR("Mmt.f"));
    exported(&q, &p, STR("Mmt.f"));
    gone(&p, &q);
    whole();
    waited(m1);
    mentor_gone(&q);
    pt_end(&t);
    unlink(url);
    rmdir(folder);
    return test_end();
}
