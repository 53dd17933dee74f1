/* Every route × every role, on the demo: never our fault (5xx), 403 without the role, strangers are asked to log in, a POST without the
 * form's token does nothing. Which ids: people and things of the demo, the printed trainee's own, one that is not there, none at all. */
#include "page_test.h"
#include "cli/demo.h"
#include "model/document.h"
#include "model/meeting.h"
#include "model/mentorship.h"
#include "model/participant.h"
#include "model/relation.h"
#include "model/trainee.h"

static struct pt t;
static struct demo_login logins[DEMO_LOGINS];
static int64_t role_ids[ROLE_N];
static int64_t internship_id; /* that the printed supervisor follows */
static int64_t own_id, meeting_id, document_id; /* the printed trainee (participant and trainee alike: checked), a meeting and a document of hers */

static void open_session(enum role role)
{
    struct pt_person *p = &t.who[role];
    int64_t id;
    p->token = secret_token(t.a);
    struct session_row s = {.token_hash = secret_hash_hex(t.a, p->token), .account_id = p->account_id, .account_role_id = role_ids[role],
                            .created_at = t.now, .seen_at = t.now, .expires_at = t.now + 36000000};
    PT_MUST(session_insert(t.db, &s, &id));
}

static void start(void)
{
    char why[200] = "";
    t = (struct pt){.a = arena_new((size_t)8 << 30), .now = tm_now(), .demo = true};
    PT_MUST(secret_start());
    vault_start_random();
    PT_MUST(db_connect(test_db(), DB_WRITE, &t.db));
    PT_MUST(migrate(t.db, migrations, t.now, why, sizeof why));
    PT_MUST(demo_fill(t.a, t.db, t.now, STR("http://127.0.0.1:8080"), logins, NULL));
    for (size_t i = 0; i < DEMO_LOGINS; i++) {
        struct account_row acc;
        struct role_row *roles;
        size_t n;
        PT_MUST(account_by_email(t.db, t.a, logins[i].email, &acc));
        PT_MUST(role_of_account(t.db, t.a, acc.id, t.now, &roles, &n));
        t.who[logins[i].role].account_id = acc.id;
        t.organisation_id = roles[0].organisation_id;
        role_ids[logins[i].role] = roles[0].id;
        open_session(logins[i].role);
    }
    struct participant_row p;
    struct trainee_row tr;
    struct mentorship_row m;
    struct meeting_row *meetings;
    size_t n;
    PT_MUST(participant_by_account(t.db, t.a, t.who[ROLE_TRAINEE].account_id, &p));
    PT_MUST(trainee_of_participant(t.db, t.a, p.id, &tr));
    PT_MUST(mentorship_of_trainee(t.db, t.a, tr.id, &m));
    PT_MUST(meeting_of_mentorship(t.db, t.a, m.id, &meetings, &n));
    CHECK_INT(p.id, tr.id);
    own_id = tr.id;
    meeting_id = meetings[0].id;
    struct str all[DOCUMENT_WORDS] = {{0}};
    struct document_row *documents;
    PT_MUST(document_list(t.db, t.a, t.who[ROLE_TRAINEE].account_id, all, 10, &documents, &n));
    for (size_t i = 0; i < n; i++)
        if (str_is(documents[i].kind, "ad")) /* it has every page */
            document_id = documents[i].id;
    CHECK(document_id > 0);
    struct supervised_row *followed;
    PT_MUST(supervised_by(t.db, t.a, t.who[ROLE_SUPERVISOR].account_id, &followed, &n));
    CHECK_INT(n, 1);
    internship_id = followed[0].internship_id;
}

enum { FILLINGS = 6 };
/* The route's path with something in the place of each ":name". */
static const char *fill(const struct route *r, int how)
{
    struct str rest = str_c(r->path), out = STR("");
    bool meeting = str_starts(rest, STR("/meetings/")), document = str_starts(rest, STR("/documents/")), first = true;
    while (rest.n) {
        struct str part = str_cut(&rest, '/');
        if (!part.n)
            continue;
        bool place = part.p[0] == ':';
        int64_t id[FILLINGS] = {1, own_id, 0, 16, 999999999, 40};
        if (str_is(part, ":kind"))
            part = how == 4 ? STR("nothing") : how % 2 ? STR("final") : STR("midway");
        else if (str_is(part, ":moment"))
            part = how == 4 ? STR("nothing") : how % 2 ? STR("start") : STR("midway");
        else if (str_is(part, ":format"))
            part = how == 4 ? STR("exe") : how % 2 ? STR("txt") : STR("docx");
        else if (str_is(part, ":token"))
            part = how ? STR("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa") : STR("x");
        else if (part.p[0] == ':' && how == 0 && str_starts(str_c(r->path), STR("/internships/")))
            part = arena_fmt(t.a, "%lld", (long long)internship_id);
        else if (part.p[0] == ':' && how == 2 && !meeting)
            part = STR("x1");
        else if (part.p[0] == ':' && document && first && how <= 1)
            part = arena_fmt(t.a, "%lld", (long long)document_id);
        else if (part.p[0] == ':' && meeting && how <= 2)
            part = arena_fmt(t.a, "%lld", (long long)meeting_id);
        else if (part.p[0] == ':')
            part = arena_fmt(t.a, "%lld", (long long)(first ? id[how] : how == 4 ? id[how] : 1));
        first = first && !place;
        out = arena_fmt(t.a, "%.*s/%.*s", STR_FMT(out), STR_FMT(part));
    }
    return out.n ? out.p : "/";
}

static bool has_place(const struct route *r)
{
    return strchr(r->path, ':') != NULL;
}

static void wrong(const char *what, enum role role, const char *path, int status)
{
    printf("# %s: %s as %s gave %d\n", what, path, role == ROLE_NONE ? "stranger" : role_code(role), status);
}

/* One request; false when it is not as it must be. */
static bool one(const struct route *rt, enum role role, const char *path, bool *shown)
{
    struct req *r = rt->method == GET ? pt_get(&t, role, path) : pt_post(&t, role, path, "");
    bool allowed = rt->auth == AUTH_ANYONE || (rt->roles & ROLE_BIT(role));
    bool ok = r->status >= 200 && r->status < 500 && (allowed || r->status == 403);
    if (!ok)
        wrong(allowed ? "our fault" : "not refused", role, path, r->status);
    *shown |= r->status == 200 || r->status == 303;
    return ok;
}

static void test_get(void)
{
    int bad = 0, never = 0;
    for (const struct route *rt = routes; rt->path; rt++) {
        if (rt->method != GET)
            continue;
        bool shown = false;
        for (int how = 0; how < (has_place(rt) ? FILLINGS : 1); how++)
            for (enum role role = ROLE_ADMINISTRATOR; role < ROLE_N; role++)
                bad += !one(rt, role, fill(rt, how), &shown);
        if (!shown && rt->auth == AUTH_LOGGED_IN) {
            printf("# nobody was shown %s\n", rt->path);
            never++;
        }
        struct req *r = pt_ask(&t, STR(""), "GET", fill(rt, 0), NULL);
        bool ok = rt->auth == AUTH_ANYONE ? r->status < 500 || str_is(str_c(rt->path), "/healthz")
                                          : r->status == 303 && str_starts(pt_location(r), STR("/login"));
        if (!ok)
            wrong("not sent to log in", ROLE_NONE, rt->path, r->status);
        bad += !ok;
    }
    CHECK_INT(bad, 0);
    CHECK(never <= 8); /* pages that show themselves only at a certain moment; the areas' own tests bring it about */
}

/* Without the form's token: from nobody's own page. */
static bool refused(const struct route *rt, enum role role)
{
    struct req *r = pt_ask(&t, t.who[role].token, "POST", fill(rt, 1), "csrf=wrong");
    if (r->status != 403)
        wrong("accepted without the form's token", role, rt->path, r->status);
    return r->status == 403;
}

static void test_post(void)
{
    int bad = 0;
    for (const struct route *rt = routes; rt->path; rt++) {
        if (rt->method != POST)
            continue;
        bool shown = false;
        for (enum role role = ROLE_ADMINISTRATOR; role < ROLE_N; role++) {
            open_session(role); /* another's form may have ended it */
            if (rt->auth == AUTH_LOGGED_IN)
                bad += !refused(rt, role);
            for (int how = 0; how < (has_place(rt) ? FILLINGS : 1); how++) {
                bad += !one(rt, role, fill(rt, how), &shown);
                open_session(role); /* the form may have ended it */
            }
        }
        struct req *r = pt_ask(&t, STR(""), "POST", fill(rt, 0), "");
        bool ok = r->status == 403 || (r->status == 303 && str_starts(pt_location(r), STR("/login")));
        if (rt->machine) /* it brings no form token of ours, but a proof in its body; here is nobody who could have signed one */
            ok = r->status == 404;
        if (!ok)
            wrong("a stranger's form", ROLE_NONE, rt->path, r->status);
        bad += !ok;
    }
    CHECK_INT(bad, 0);
}

int main(void)
{
    start();
    int64_t at = tm_mono_ms();
    test_get();
    test_post();
    printf("# %lld ms\n", (long long)(tm_mono_ms() - at));
    pt_end(&t);
    return test_end();
}
