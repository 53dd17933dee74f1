/* b_pages DATABASE ORGANISATION...: every kind of page with a list or a person on it, asked as who would, in each of these organisations of a country
 * (b_country), in process. Prints for each page the statements, the time in microseconds (the least of a few goes) of this process's CPU and of the clock, the bytes of the answer and
 * those of the request's arena. The looks are logged, as ever. */
#include "base/num.h"
#include "base/secret.h"
#include "base/tm.h"
#include "base/vault.h"
#include "db/db.h"
#include "model/account.h"
#include "page/app.h"
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { GOES = 5, ORGS_MAX = 8 };
struct ids { /* of somebody and something in the organisation, to put into addresses */
    int64_t account_id, account_role_id, participant_id, trainee_id, mentor_id, cohort_id, document_id;
};
/* A trainee in the middle of it. */
DB_QUERY(q_ids, struct ids, 1,
         "SELECT p.account_id, r.id AS account_role_id, p.id AS participant_id, t.id AS trainee_id, s.mentor_id, t.cohort_id,"
         "  COALESCE((SELECT MAX(d.id) FROM document d WHERE d.owner_account = p.account_id), 0) AS document_id"
         "  FROM mentorship s JOIN trainee t ON t.id = s.trainee_id JOIN participant p ON p.id = t.participant_id"
         "  JOIN account_role r ON r.account_id = p.account_id WHERE s.organisation_id = $1 AND s.status = 0 AND p.address_protection = 0"
         " ORDER BY s.id LIMIT 1",
         DB_COL(struct ids, account_id), DB_COL(struct ids, account_role_id), DB_COL(struct ids, participant_id), DB_COL(struct ids, trainee_id),
         DB_COL(struct ids, mentor_id), DB_COL(struct ids, cohort_id), DB_COL(struct ids, document_id));
struct role_of_one {
    int64_t account_id, account_role_id;
};
DB_QUERY(q_staff, struct role_of_one, 2,
         "SELECT account_id, id AS account_role_id FROM account_role WHERE organisation_id = $1 AND role = $2 ORDER BY id LIMIT 1",
         DB_COL(struct role_of_one, account_id), DB_COL(struct role_of_one, account_role_id));
DB_QUERY(q_mentor_role, struct role_of_one, 1,
         "SELECT m.account_id, r.id AS account_role_id FROM mentor m JOIN account_role r ON r.account_id = m.account_id WHERE m.id = $1",
         DB_COL(struct role_of_one, account_id), DB_COL(struct role_of_one, account_role_id));

static const struct asked {
    enum role role;
    const char *path; /* {p} participant, {t} trainee, {m} mentor, {c} cohort, {d} document */
} pages[] = {
    {ROLE_PROJECT_LEADER, "/"},
    {ROLE_PROJECT_LEADER, "/participants"},
    {ROLE_PROJECT_LEADER, "/participants?sort=criteria"},
    {ROLE_PROJECT_LEADER, "/participants?sort=settled"},
    {ROLE_PROJECT_LEADER, "/participants?track=2"},
    {ROLE_PROJECT_LEADER, "/participants?stage=interviewed&track=3"},
    {ROLE_PROJECT_LEADER, "/participants?q=hassan"},
    {ROLE_PROJECT_LEADER, "/participants?q=ama+had"},
    {ROLE_PROJECT_LEADER, "/participants?q=zzzz"},
    {ROLE_PROJECT_LEADER, "/screening"},
    {ROLE_PROJECT_LEADER, "/participants/{p}"},
    {ROLE_PROJECT_LEADER, "/participants/{p}/application"},
    {ROLE_PROJECT_LEADER, "/participants/{p}/offer"},
    {ROLE_PROJECT_LEADER, "/cohorts"},
    {ROLE_PROJECT_LEADER, "/cohorts/{c}"},
    {ROLE_PROJECT_LEADER, "/mentors"},
    {ROLE_PROJECT_LEADER, "/mentors?state=free"},
    {ROLE_PROJECT_LEADER, "/mentors?q=tveit"},
    {ROLE_PROJECT_LEADER, "/mentors?q=qqqq"},
    {ROLE_PROJECT_LEADER, "/mentors/{m}"},
    {ROLE_PROJECT_LEADER, "/matching"},
    {ROLE_PROJECT_LEADER, "/trainees"},
    {ROLE_PROJECT_LEADER, "/trainees/{t}"},
    {ROLE_PROJECT_LEADER, "/trainees/{t}/outcome"},
    {ROLE_PROJECT_LEADER, "/tasks"},
    {ROLE_PROJECT_LEADER, "/documents"},
    {ROLE_PROJECT_LEADER, "/results"},
    {ROLE_PROJECT_LEADER, "/rights"},
    {ROLE_PROJECT_LEADER, "/settings"},
    {ROLE_PROJECT_LEADER, "/my-data"},
    {ROLE_ADMINISTRATOR, "/"},
    {ROLE_ADMINISTRATOR, "/users"},
    {ROLE_ADMINISTRATOR, "/log"},
    {ROLE_ADMINISTRATOR, "/mail"},
    {ROLE_ADMINISTRATOR, "/organisations"},
    {ROLE_ADMINISTRATOR, "/settings/check"},
    {ROLE_ADVISER, "/"},
    {ROLE_ADVISER, "/participants"},
    {ROLE_ADVISER, "/participants?sort=criteria"},
    {ROLE_ADVISER, "/trainees"},
    {ROLE_NAV_CONTACT, "/"},
    {ROLE_NAV_CONTACT, "/participants"},
    {ROLE_TRAINEE, "/"},
    {ROLE_TRAINEE, "/my-log"},
    {ROLE_TRAINEE, "/my-data"},
    {ROLE_TRAINEE, "/documents"},
    {ROLE_TRAINEE, "/documents?q=annonse"},
    {ROLE_TRAINEE, "/documents/{d}"},
    {ROLE_TRAINEE, "/documents/{d}/history"},
    {ROLE_TRAINEE, "/meetings"},
    {ROLE_TRAINEE, "/workbook"},
    {ROLE_MENTOR, "/"},
    {ROLE_MENTOR, "/mentor"},
    {ROLE_MENTOR, "/meetings"},
};

static double us_of(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static struct str filled(struct arena *a, const char *path, const struct ids *ids)
{
    const char *at = strchr(path, '{');
    if (!at)
        return str_c(path);
    int64_t id = at[1] == 'p' ? ids->participant_id : at[1] == 't' ? ids->trainee_id : at[1] == 'm' ? ids->mentor_id : at[1] == 'c' ? ids->cohort_id : ids->document_id;
    return arena_fmt(a, "%.*s%lld%s", (int)(at - path), path, (long long)id, at + 3);
}

struct who {
    struct str cookie[ROLE_N];
    struct ids ids;
};

static enum err log_in(struct db *db, struct arena *a, int64_t org, int64_t now, struct who *w)
{
    struct role_of_one r;
    TRY(db_one(db, a, &q_ids, &w->ids, DB_IN(org)));
    for (enum role role = ROLE_ADMINISTRATOR; role <= ROLE_MENTOR; role++) {
        if (role == ROLE_TRAINEE)
            r = (struct role_of_one){w->ids.account_id, w->ids.account_role_id};
        else if (role == ROLE_MENTOR)
            TRY(db_one(db, a, &q_mentor_role, &r, DB_IN(w->ids.mentor_id)));
        else
            TRY(db_one(db, a, &q_staff, &r, DB_IN(org, role_code(role))));
        struct str token = secret_token(a);
        int64_t id;
        TRY(session_insert(db, &(struct session_row){.token_hash = secret_hash_hex(a, token), .account_id = r.account_id, .account_role_id = r.account_role_id,
                                                     .created_at = now, .seen_at = now, .expires_at = now + 36000000}, &id));
        w->cookie[role] = arena_fmt(a, "sb=%.*s", STR_FMT(token));
    }
    return OK;
}

static void ask(struct db *db, const struct asked *p, const struct who *w, int64_t now)
{
    double best = 1e18, waited = 1e18;
    int64_t calls = 0;
    int status = 0;
    size_t bytes = 0, held = 0;
    for (int i = 0; i < GOES && (i < 2 || best < 2e6); i++) {
        struct arena *a = arena_new((size_t)1 << 30);
        struct req r;
        if (http_fake(a, "GET", filled(a, p->path, &w->ids).p, w->cookie[p->role].p, NULL, &r))
            abort();
        r.now = now;
        int64_t before = db_calls(db);
        double start = us_of(CLOCK_PROCESS_CPUTIME_ID), at = us_of(CLOCK_MONOTONIC);
        app_inline(db, false, &r);
        double took = us_of(CLOCK_PROCESS_CPUTIME_ID) - start, wait = us_of(CLOCK_MONOTONIC) - at;
        best = took < best ? took : best;
        waited = wait < waited ? wait : waited;
        calls = db_calls(db) - before;
        status = r.status;
        bytes = r.body.n;
        held = arena_used(a);
        buf_free(&r.body);
        arena_free(a);
    }
    if (status != 200)
        fprintf(stderr, "%s: %d\n", p->path, status);
    printf("\t%lld\t%.0f\t%.0f\t%zu\t%zu", (long long)calls, best, waited, bytes, held);
}

int main(int argc, char **argv)
{
    struct arena *a = arena_new((size_t)1 << 30);
    struct who w[ORGS_MAX] = {0};
    struct db *db = NULL;
    int64_t now = tm_now(), org;
    int n = argc - 2 < ORGS_MAX ? argc - 2 : ORGS_MAX;
    if (argc < 3 || secret_start() || db_connect(argv[1], DB_WRITE, &db)) {
        fprintf(stderr, "b_pages DATABASE ORGANISATION...\n");
        return 2;
    }
    vault_start_random();
    for (int i = 0; i < n; i++)
        if (!num_i64(str_c(argv[i + 2]), 1, INT32_MAX, &org) || log_in(db, a, org, now, &w[i])) {
            fprintf(stderr, "organisation %s: %s\n", argv[i + 2], db_why(db));
            return 1;
        }
    printf("role\tpage");
    for (int i = 0; i < n; i++)
        printf("\tcalls %s\tus %s\tclock %s\tbytes %s\tarena %s", argv[i + 2], argv[i + 2], argv[i + 2], argv[i + 2], argv[i + 2]);
    putchar('\n');
    for (size_t k = 0; k < COUNT(pages); k++) {
        printf("%s\t%s", role_code(pages[k].role), pages[k].path);
        for (int i = 0; i < n; i++)
            ask(db, &pages[k], &w[i], now);
        putchar('\n');
        fflush(stdout);
    }
    db_close(db);
    arena_free(a);
    return 0;
}
