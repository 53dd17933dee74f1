/* Protected addresses: a strictly protected person does not exist for whoever is not named, on any route; of a confidential one nobody sees
 * where they are who does not need it. Every GET route is asked, in every role, with every small id. */
#include "domain/protection.h"
#include "mentoring_data.h"
#include "model/interview.h"
#include "model/meeting.h"
#include "model/outcome.h"
#include "model/relation.h"
#include "model/task.h"
#include "page/page.h"
#include "model/log.h"
#include "service/document_cv.h"
#include "service/handover.h"
#include "service/relation.h"

/* Words that stand nowhere else. Only letters, so that searching and folding keep them. */
#define CANARY "Zqxstreng"
#define PLACE_CANARY "Zqxsted"
enum { IDS = 4 };

DB_EXEC(q_pp_protect, 2, "UPDATE participant SET address_protection = $2 WHERE id = $1");
DB_EXEC(q_pp_place, 2, "UPDATE participant SET municipality = $2 WHERE id = $1");

struct world {
    struct pt t;
    struct md amal, hidden;
    struct pt_person named; /* a second project leader, named for the hidden one */
};

static void add_hidden(struct world *w, int degree)
{
    struct pt *t = &w->t;
    int64_t id;
    int64_t p = md_participant(t, CANARY "fornavn", CANARY "etternavn", 0, INTAKE_ADMITTED);
    PT_MUST(db_run(t->db, &q_pp_protect, NULL, DB_IN(p, degree)));
    w->hidden = md_pair(t, w->amal.cohort_id, p, w->amal.mentor_id);
    struct relation_row r = {.organisation_id = t->organisation_id, .participant_id = p, .account_id = w->named.account_id, .kind = STR("named"),
                             .from_on = tm_on_of(t->now), .at = t->now};
    PT_MUST(relation_insert(t->db, &r, &id));
    struct meeting_row m = {.mentorship_id = w->hidden.mentorship_id, .theme = 1, .at = t->now + TM_DAY_MS, .minutes = 60, .place = STR(CANARY "sted"),
                            .status = MEETING_PLANNED, .created_at = t->now};
    PT_MUST(meeting_insert(t->db, &m, &id));
    struct task_row k = {.organisation_id = t->organisation_id, .trainee_id = w->hidden.trainee_id, .owner = TASK_LEADER, .text = STR(CANARY "oppgave"),
                         .at = t->now};
    PT_MUST(task_insert(t->db, &k, &id));
    struct internship_row i = {.trainee_id = w->hidden.trainee_id, .at = t->now, .business = STR(CANARY "bedrift"), .from_on = tm_on_of(t->now) - 10,
                               .until_on = tm_on_of(t->now) + 20, .percent = 50};
    PT_MUST(internship_insert(t->db, &i, &id));
    /* one more who has only begun: applied, with an interview and an open offer */
    int64_t q = md_participant(t, CANARY "ny", CANARY "nyere", 0, INTAKE_INTERVIEW_PLANNED);
    PT_MUST(db_run(t->db, &q_pp_protect, NULL, DB_IN(q, degree)));
    struct interview_row v = {.participant_id = q, .interviewer_id = w->named.account_id, .at = t->now + TM_DAY_MS, .minutes = 45,
                              .place = STR(CANARY "rom"), .created_at = t->now};
    PT_MUST(interview_insert(t->db, &v, &id));
    struct offer_row o = {.participant_id = q, .cohort_id = w->amal.cohort_id, .at = t->now, .answer_by_on = tm_on_of(t->now) + 9,
                          .over_seats_reason = STR(CANARY "grunn")};
    PT_MUST(offer_insert(t->db, &o, &id));
}

static struct world start(void)
{
    struct world w = {.t = pt_start()};
    struct pt *t = &w.t;
    w.named = pt_add(t, ROLE_PROJECT_LEADER, "navngitt@example.no", "Navngitt Leder");
    /* The mentor of the crawl has one pair; the hidden person's mentor is somebody else. */
    int64_t p = md_participant(t, "Amal", "Haddad", t->who[ROLE_TRAINEE].account_id, INTAKE_ADMITTED);
    w.amal = md_pair(t, 0, p, md_mentor(t, "Ingrid", "Solbakken", t->who[ROLE_MENTOR].account_id));
    w.amal.mentor_id = md_mentor(t, "Per", "Annen", 0);
    return w;
}

/* What differs from answer to answer without telling anything: tokens. */
static struct str plain(struct pt *t, const struct req *r)
{
    char *out = arena_alloc(t->a, r->body.n + 32);
    size_t n = (size_t)snprintf(out, 32, "%d ", r->status), run = 0;
    for (size_t i = 0; i < r->body.n; i++) {
        char ch = (char)r->body.p[i];
        bool word = (ch >= '0' && ch <= '9') || (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || ch == '-' || ch == '_';
        run = word ? run + 1 : 0;
        out[n++] = ch;
        if (run >= 40) { /* from here on the run is cut away */
            if (run == 40)
                n -= 40;
            else
                n--;
        }
    }
    return (struct str){out, n};
}

/* The pattern with the same id in every variable. */
static struct str path_of(struct arena *a, const char *pattern, int id)
{
    struct buf b = {.max = 4096};
    for (const char *s = pattern; *s;) {
        if (*s != ':') {
            buf_byte(&b, (uint8_t)*s++);
            continue;
        }
        while (*s && *s != '/' && *s != '.')
            s++;
        buf_str(&b, arena_fmt(a, "%d", id));
    }
    struct str path = arena_fmt(a, "%.*s", STR_FMT(buf_view(&b)));
    buf_free(&b);
    return path;
}

static bool skipped(const char *path)
{
    /* Whether a mentor may be erased is a question of truth: with a running pair, no. docs/decisions/0007-protection.md */
    return !strcmp(path, "/logout") || !strcmp(path, "/mentors/:id/erase");
}

typedef void seen_fn(void *user, const char *route, struct str path, enum role role, const struct req *r);
static void crawl(struct world *w, struct pt_person who, enum role role, seen_fn *see, void *user)
{
    for (const struct route *rt = routes; rt->path; rt++) {
        int ids = strchr(rt->path, ':') ? IDS : 1;
        if (rt->method != GET || skipped(rt->path))
            continue;
        for (int id = 1; id <= ids; id++) {
            struct str path = path_of(w->t.a, rt->path, id);
            see(user, rt->path, path, role, pt_get_as(&w->t, who, path.p));
        }
    }
}

struct found {
    int pages, canaries;
    bool quiet;
};
static void look_for(void *user, const char *route, struct str path, enum role role, const struct req *r)
{
    struct found *f = user;
    (void)route;
    f->pages += r->status == 200;
    bool has = pt_has(r, CANARY);
    for (size_t i = 0; i < r->n_out && !has; i++)
        has = r->out[i].v.n && memmem(r->out[i].v.p, r->out[i].v.n, CANARY, strlen(CANARY)) != NULL;
    f->canaries += has;
    if (has && !f->quiet)
        printf("# %s sees the canary on %.*s\n", role_code(role), STR_FMT(path));
}

static struct found canaries(struct world *w, struct pt_person who, enum role role, bool quiet)
{
    struct found f = {.quiet = quiet};
    crawl(w, who, role, look_for, &f);
    return f;
}

static void nobody_sees(void)
{
    struct world w = start();
    add_hidden(&w, BLOCK_STRICT);
    for (enum role role = ROLE_ADMINISTRATOR; role < ROLE_N; role++) {
        struct found f = canaries(&w, w.t.who[role], role, false);
        CHECK_INT(f.canaries, 0);
        CHECK(f.pages > 5); /* it did look */
    }
    /* Who is named sees all the usual: the canaries are there to be found. */
    CHECK(canaries(&w, w.named, ROLE_PROJECT_LEADER, true).canaries > 8);
    pt_end(&w.t);
}

/* The control: without the protection the same crawl finds them. */
static void control(void)
{
    struct world w = start();
    add_hidden(&w, BLOCK_NONE);
    CHECK(canaries(&w, w.t.who[ROLE_PROJECT_LEADER], ROLE_PROJECT_LEADER, true).canaries > 8);
    CHECK(canaries(&w, w.t.who[ROLE_ADVISER], ROLE_ADVISER, true).canaries > 1);
    CHECK(canaries(&w, w.t.who[ROLE_NAV_CONTACT], ROLE_NAV_CONTACT, true).canaries > 1);
    pt_end(&w.t);
}

static bool quiet;
struct answers {
    struct str *v;
    size_t n, max, differ;
    struct pt *t;
    const struct answers *other;
};
static void keep(void *user, const char *route, struct str path, enum role role, const struct req *r)
{
    struct answers *x = user;
    (void)route;
    if (x->n == x->max)
        exit(1);
    x->v[x->n] = plain(x->t, r);
    if (x->other && !str_eq(x->v[x->n], x->other->v[x->n])) {
        struct str a = x->v[x->n], b = x->other->v[x->n];
        size_t i = 0;
        while (i < a.n && i < b.n && a.p[i] == b.p[i])
            i++;
        size_t from = i > 60 ? i - 60 : 0;
        if (!quiet)
            printf("# %s: %.*s differs at %zu: '%.*s' without: '%.*s'\n", role_code(role), STR_FMT(path), i, (int)(a.n - from > 120 ? 120 : a.n - from),
               a.p + from, (int)(b.n - from > 120 ? 120 : b.n - from), b.p + from);
        x->differ++;
    }
    x->n++;
}

static size_t differences(int degree)
{
    struct world with, without;
    do { /* minutes are shown */
        with = start();
        without = start();
    } while (with.t.now / 60000 != without.t.now / 60000);
    without.t.now = with.t.now;
    struct db *both[] = {with.t.db, without.t.db};
    for (size_t i = 0; i < COUNT(both); i++) /* everybody has the role by then, also for a mail */
        PT_MUST(db_script(both[i], "UPDATE account_role SET from_at = 1"));
    add_hidden(&with, degree);
    size_t differ = 0;
    for (enum role role = ROLE_ADMINISTRATOR; role < ROLE_N; role++) {
        struct answers a = {.max = 4096, .t = &without.t}, b = {.max = 4096, .t = &with.t, .other = &a};
        a.v = ARENA_ARRAY(without.t.a, struct str, a.max);
        b.v = ARENA_ARRAY(with.t.a, struct str, b.max);
        crawl(&without, without.t.who[role], role, keep, &a);
        crawl(&with, with.t.who[role], role, keep, &b);
        differ += b.differ;
    }
    pt_end(&with.t);
    pt_end(&without.t);
    return differ;
}

static size_t differences_found(int degree)
{
    quiet = true;
    return differences(degree);
}

/* Of a confidential one the place of living, e-mail and phone are not the NAV contact's. */
static void confidential(void)
{
    struct world w = start();
    struct pt *t = &w.t;
    int64_t id = w.amal.participant_id;
    PT_MUST(db_run(t->db, &q_pp_place, NULL, DB_IN(id, STR(PLACE_CANARY))));
    const char *page = arena_fmt(t->a, "/participants/%lld", (long long)id).p;
    CHECK(pt_has(pt_get(t, ROLE_NAV_CONTACT, page), "Amal@deltaker.no")); /* the control */
    PT_MUST(db_run(t->db, &q_pp_protect, NULL, DB_IN(id, BLOCK_CONFIDENTIAL)));
    struct req *r = pt_get(t, ROLE_NAV_CONTACT, page);
    CHECK(r->status == 200 && pt_has(r, "Amal") && !pt_has(r, "Amal@deltaker.no") && !pt_has(r, PLACE_CANARY));
    CHECK(pt_has(pt_get(t, ROLE_PROJECT_LEADER, page), "Amal@deltaker.no"));
    CHECK(pt_has(pt_get(t, ROLE_ADVISER, page), "Amal@deltaker.no"));
    pt_end(t);
}

/* What a new document of the person begins with, when `role` makes it: is the contact in it? */
static bool written(struct world *w, enum role role)
{
    struct pt *t = &w->t;
    struct actor who = {.account_id = t->who[role].account_id, .organisation_id = t->organisation_id, .role = role, .name = STR("x")};
    struct ctx c = {.a = t->a, .db = t->db, .actor = &who, .now = t->now, .today = tm_on_of(t->now), .request = STR("r")};
    struct participant_row p;
    struct document_about about = {0};
    PT_MUST(participant_get(t->db, t->a, w->amal.participant_id, &p));
    PT_MUST(document_about_person(&c, &p, LANG_NB, &about));
    for (size_t i = 0; i < about.n; i++)
        if (!strcmp(about.fact[i].place, "kontakt"))
            return about.fact[i].text.n > 0;
    CHECK(false);
    return false;
}

/* Nor do they leave in a document that the NAV contact makes, nor the place of a meeting in what the mentor is given of the own data. */
static void confidential_leaves(void)
{
    struct world w = start();
    struct pt *t = &w.t;
    int64_t id, p = w.amal.participant_id;
    struct meeting_row m = {.mentorship_id = w.amal.mentorship_id, .theme = 1, .at = t->now + TM_DAY_MS, .minutes = 60, .place = STR(PLACE_CANARY),
                            .status = MEETING_PLANNED, .created_at = t->now};
    PT_MUST(meeting_insert(t->db, &m, &id));
    for (int degree = BLOCK_NONE; degree <= BLOCK_CONFIDENTIAL; degree++) {
        bool open = degree == BLOCK_NONE; /* the control */
        PT_MUST(db_run(t->db, &q_pp_protect, NULL, DB_IN(p, degree)));
        CHECK(written(&w, ROLE_NAV_CONTACT) == open);
        CHECK(written(&w, ROLE_PROJECT_LEADER) && written(&w, ROLE_ADVISER) && written(&w, ROLE_TRAINEE));
        CHECK(pt_has(pt_get(t, ROLE_MENTOR, "/my-data"), PLACE_CANARY) == open);
        CHECK(pt_has(pt_get(t, ROLE_TRAINEE, "/my-data"), PLACE_CANARY));
    }
    pt_end(t);
}

/* Why a leader took a proposal back stands for leaders: the page says so, and the reason may tell who said no. */
static void confided(void)
{
    struct world w = start();
    struct pt *t = &w.t;
    int64_t id;
    struct event_row e = {.organisation_id = t->organisation_id, .at = t->now, .account_id = t->who[ROLE_PROJECT_LEADER].account_id, .role = STR("project_leader"),
                          .participant_id = w.amal.participant_id, .kind = STR("match.taken_back"), .reason = STR(CANARY "grunn")};
    PT_MUST(event_insert(t->db, &e, &id));
    CHECK(!pt_has(pt_get(t, ROLE_TRAINEE, "/my-data"), CANARY));
    CHECK(pt_has(pt_get(t, ROLE_PROJECT_LEADER, arena_fmt(t->a, "/participants/%lld", (long long)w.amal.participant_id).p), CANARY));
    e.kind = STR("screening.decided");
    PT_MUST(event_insert(t->db, &e, &id));
    CHECK(pt_has(pt_get(t, ROLE_TRAINEE, "/my-data"), CANARY)); /* the control */
    pt_end(t);
}

/* Who takes over a strictly protected person by a planned handover can see the person from that day. */
static void taken_over(void)
{
    struct world w = start();
    struct pt *t = &w.t;
    add_hidden(&w, BLOCK_STRICT);
    int64_t id, done, p = w.hidden.participant_id;
    const char *page = arena_fmt(t->a, "/participants/%lld", (long long)p).p;
    struct participant_row row;
    PT_MUST(participant_get(t->db, t->a, p, &row));
    struct handover_row h = {.organisation_id = t->organisation_id, .participant_id = p, .adviser_id = row.adviser_id, .on_day = tm_on_of(t->now),
                             .nav_contact_id = t->who[ROLE_NAV_CONTACT].account_id, .by_account = w.named.account_id, .at = t->now};
    PT_MUST(handover_insert(t->db, &h, &id));
    CHECK_INT(pt_get(t, ROLE_NAV_CONTACT, page)->status, 404);
    struct actor nobody = {.role = ROLE_NONE, .name = STR("springbrett")};
    struct ctx c = {.a = t->a, .db = t->db, .actor = &nobody, .now = t->now, .today = tm_on_of(t->now), .base_url = STR("http://localhost")};
    for (int i = 0; i < 2; i++) /* the second finds nothing to do */
        PT_MUST(handover_run(&c, &done));
    CHECK_INT(pt_get(t, ROLE_NAV_CONTACT, page)->status, 200);
    CHECK_INT(pt_get(t, ROLE_ADVISER, page)->status, 404);
    struct relation_row *named;
    size_t n;
    PT_MUST(relation_named_for(t->db, t->a, p, tm_on_of(t->now), &named, &n));
    CHECK_INT(n, 2);
    pt_end(t);
}

/* The last account that can see a strictly protected person is not closed, and its last role not ended, before somebody else is named. */
static void last_one(void)
{
    struct world w = start();
    struct pt *t = &w.t;
    add_hidden(&w, BLOCK_STRICT);
    const char *close = arena_fmt(t->a, "/users/%lld/close", (long long)w.named.account_id).p, *form = "version=1&reason=Sluttet";
    struct req *r = pt_post(t, ROLE_ADMINISTRATOR, close, form);
    CHECK(r->status == 422 && pt_has(r, "strengt beskyttet") && pt_has(r, "Sluttet") && !pt_has(r, CANARY));
    CHECK_INT(pt_get_as(t, w.named, "/")->status, 200);
    int64_t id, roles = w.named.account_id;
    struct role_row *all;
    size_t n;
    PT_MUST(role_of_account(t->db, t->a, roles, t->now, &all, &n));
    CHECK_INT(n, 1);
    const char *end = arena_fmt(t->a, "/users/%lld/roles/%lld/end", (long long)roles, (long long)all[0].id).p;
    CHECK_INT(pt_post(t, ROLE_ADMINISTRATOR, end, "")->status, 422);
    /* Neither who has another role besides, nor another account that may see but not look after: a NAV contact. */
    struct role_row more = {.account_id = roles, .organisation_id = t->organisation_id, .role = STR("mentor"), .from_at = t->now - 5};
    PT_MUST(role_insert(t->db, &more, &id));
    CHECK_INT(pt_post(t, ROLE_ADMINISTRATOR, end, "")->status, 422);
    struct relation_row x = {.organisation_id = t->organisation_id, .participant_id = w.hidden.participant_id, .account_id = t->who[ROLE_NAV_CONTACT].account_id,
                             .kind = STR("named"), .from_on = tm_on_of(t->now), .at = t->now};
    PT_MUST(relation_insert(t->db, &x, &id));
    CHECK_INT(pt_post(t, ROLE_ADMINISTRATOR, close, form)->status, 422);
    CHECK_INT(pt_post_as(t, w.named, arena_fmt(t->a, "/participants/%lld/protection/1/end", (long long)w.hidden.participant_id).p, "")->status, 422);
    x.account_id = t->who[ROLE_PROJECT_LEADER].account_id;
    PT_MUST(relation_insert(t->db, &x, &id));
    r = pt_post(t, ROLE_ADMINISTRATOR, close, form);
    CHECK(r->status == 303);
    CHECK_INT(pt_post(t, ROLE_ADMINISTRATOR, arena_fmt(t->a, "/users/%lld/close", (long long)t->who[ROLE_PROJECT_LEADER].account_id).p, form)->status, 422); /* a closed one does not count */
    pt_end(t);
}

/* Of who is erased nobody has to know any more. */
static void last_of_erased(void)
{
    struct world w = start();
    struct pt *t = &w.t;
    add_hidden(&w, BLOCK_STRICT);
    const char *close = arena_fmt(t->a, "/users/%lld/close", (long long)w.named.account_id).p, *form = "version=1&reason=Sluttet";
    CHECK_INT(pt_post(t, ROLE_ADMINISTRATOR, close, form)->status, 422);
    PT_MUST(db_script(t->db, "UPDATE participant SET sort_name = 'SLETTET' WHERE address_protection >= 2"));
    CHECK_INT(pt_post(t, ROLE_ADMINISTRATOR, close, form)->status, 303);
    pt_end(t);
}

static void rules(void)
{
    CHECK(protection_shows(BLOCK_NONE, PROTECTED_MUNICIPALITY, ROLE_NAV_CONTACT, REL_ORG | REL_NAV));
    for (int degree = BLOCK_CONFIDENTIAL; degree < BLOCK_N; degree++) {
        CHECK(!protection_shows(degree, PROTECTED_MUNICIPALITY, ROLE_NAV_CONTACT, REL_ORG | REL_NAV));
        CHECK(!protection_shows(degree, PROTECTED_EMPLOYER, ROLE_MENTOR, REL_PAIR));
        CHECK(protection_shows(degree, PROTECTED_PLACE, ROLE_MENTOR, REL_PAIR));
        CHECK(!protection_shows(degree, PROTECTED_PLACE, ROLE_MENTOR, REL_ORG));
        CHECK(!protection_shows(degree, PROTECTED_PLACE, ROLE_SUPERVISOR, REL_SUPERVISOR));
        CHECK(protection_shows(degree, PROTECTED_CONTACT, ROLE_TRAINEE, REL_SELF));
        CHECK(protection_shows(degree, PROTECTED_EMPLOYER, ROLE_ADVISER, REL_ORG | REL_ADVISER));
        CHECK(!protection_shows(degree, PROTECTED_EMPLOYER, ROLE_ADVISER, REL_ORG));
        CHECK(!protection_leaves(degree));
    }
    CHECK(protection_leaves(BLOCK_NONE));
}

/* Who gets a mail about something that happened to the person. */
static void leaders_told(void)
{
    struct world w = start();
    struct pt *t = &w.t;
    struct actor program = {.organisation_id = t->organisation_id};
    struct ctx c = {.a = t->a, .db = t->db, .actor = &program, .now = t->now + 1000, .today = tm_on_of(t->now)};
    struct participant_row p;
    struct account_row *who;
    size_t n;
    add_hidden(&w, BLOCK_STRICT);
    PT_MUST(participant_get(t->db, t->a, w.hidden.participant_id, &p));
    CHECK_ERR(relation_leaders(&c, &p, &who, &n), OK);
    CHECK(n == 1 && who[0].id == w.named.account_id);
    p.address_protection = BLOCK_CONFIDENTIAL;
    CHECK_ERR(relation_leaders(&c, &p, &who, &n), OK);
    CHECK(n >= 2); /* the control */
    pt_end(t);
}

static void naming(void)
{
    struct world w = start();
    struct pt *t = &w.t;
    add_hidden(&w, BLOCK_STRICT);
    const char *page = arena_fmt(t->a, "/participants/%lld/protection", (long long)w.hidden.participant_id).p;
    const char *person = arena_fmt(t->a, "/participants/%lld", (long long)w.hidden.participant_id).p;
    const char *form = arena_fmt(t->a, "account=%lld&reason=Vikar", (long long)t->who[ROLE_PROJECT_LEADER].account_id).p;
    CHECK_INT(pt_get(t, ROLE_PROJECT_LEADER, page)->status, 404);
    CHECK_INT(pt_post(t, ROLE_PROJECT_LEADER, page, form)->status, 404); /* nobody names oneself */
    CHECK_INT(pt_get_as(t, w.named, page)->status, 200);
    CHECK_INT(pt_post_as(t, w.named, page, "account=&reason=")->status, 422);
    CHECK_INT(pt_post_as(t, w.named, page, arena_fmt(t->a, "account=%lld&reason=x", (long long)t->who[ROLE_MENTOR].account_id).p)->status, 422);
    CHECK_INT(pt_post_as(t, w.named, arena_fmt(t->a, "%s/99/end", page).p, "")->status, 404); /* no such relation */
    struct relation_row *rows;
    size_t n;
    PT_MUST(relation_named_for(t->db, t->a, w.hidden.participant_id, tm_on_of(t->now), &rows, &n));
    CHECK_INT(n, 1);
    const char *end = arena_fmt(t->a, "%s/%lld/end", page, (long long)rows[0].id).p;
    struct req *r = pt_post_as(t, w.named, end, "");
    CHECK_INT(r->status, 422);
    CHECK(pt_has(r, "navngitt. Navngi en annen"));
    CHECK(pt_went(pt_post_as(t, w.named, page, form), page));
    CHECK_INT(pt_post_as(t, w.named, page, form)->status, 422); /* is named already */
    CHECK_INT(pt_get(t, ROLE_PROJECT_LEADER, person)->status, 200);
    CHECK(pt_went(pt_post(t, ROLE_PROJECT_LEADER, end, ""), page)); /* the other one is taken back */
    CHECK_INT(pt_get_as(t, w.named, person)->status, 404);
    pt_end(t);
}

int main(void)
{
    rules();
    nobody_sees();
    control();
    confidential();
    confidential_leaves();
    confided();
    taken_over();
    last_one();
    last_of_erased();
    naming();
    leaders_told();
    CHECK_INT(differences(BLOCK_STRICT), 0);
    CHECK(differences_found(BLOCK_NONE) > 8); /* the control */
    return test_end();
}
