/* The handbook's chapter "Resultat": entered person by person, its figures come out on the page, in JSON and in CSV. */
#include "handbook.h"
#include "service/results.h"
#include <jansson.h>

static json_int_t number(const json_t *root, const char *a, const char *b)
{
    const json_t *x = json_object_get(root, a);
    return json_integer_value(b ? json_object_get(x, b) : x);
}

static void check_json(struct req *r)
{
    json_t *j = json_loadb(r->body.p, r->body.n, JSON_REJECT_DUPLICATES, NULL);
    CHECK(j != NULL);
    CHECK_INT(number(j, "admitted", "total"), 15);
    CHECK_INT(number(j, "admitted", "women"), 11);
    CHECK_INT(number(j, "admitted", "men"), 4);
    CHECK_INT(number(j, "completed_on_time", NULL), 7);
    CHECK_INT(number(j, "offers_among_completed", NULL), 5);
    CHECK_INT(number(j, "on_leave", NULL), 2);
    CHECK_INT(number(j, "field_relevant_jobs", "total"), 7);
    CHECK_INT(number(j, "field_relevant_jobs", "full_time_unsubsidised"), 3);
    CHECK_INT(number(j, "field_relevant_jobs", "full_time_wage_subsidy"), 3);
    CHECK_INT(number(j, "field_relevant_jobs", "part_time_with_practice"), 1);
    CHECK_INT(number(j, "with_internship", "trainees"), 4);
    CHECK_INT(number(j, "with_internship", "field_relevant_jobs"), 4);
    const json_t *cohorts = json_object_get(j, "cohorts");
    CHECK_INT(json_array_size(cohorts), 3);
    static const int want[3][4] = {{5, 4, 3, 1}, {5, 3, 2, 1}, {5, 0, 2, 0}};
    for (size_t i = 0; i < 3; i++) {
        const json_t *c = json_array_get(cohorts, i);
        CHECK_INT(number(c, "admitted", NULL), want[i][0]);
        CHECK_INT(number(c, "completed_on_time", NULL), want[i][1]);
        CHECK_INT(number(c, "field_relevant_jobs", NULL), want[i][2]);
        CHECK_INT(number(c, "on_leave", NULL), want[i][3]);
    }
    CHECK(json_is_string(json_object_get(json_array_get(cohorts, 2), "name")));
    const json_t *of = json_object_get(json_object_get(json_object_get(j, "shares"), "completed_on_time"), "of_due");
    CHECK(json_integer_value(json_object_get(of, "numerator")) == 7 && json_integer_value(json_object_get(of, "denominator")) == 10);
    CHECK(json_real_value(json_object_get(of, "share")) > 0.699 && json_real_value(json_object_get(of, "share")) < 0.701);
    json_decref(j);
}

/* What the leader reads. */
static void test_insider(struct pt *t, const struct handbook *h)
{
    struct req *r = pt_get(t, ROLE_PROJECT_LEADER, "/results");
    CHECK_INT(r->status, 200);
    static const char *const says[] = {
        "Tatt opp: 15 (11 kvinner, 4 menn).",
        "<strong>7 av 10</strong>", "fullførte på normert tid (70\u00a0%)",
        "<strong>5 av 7</strong>", "fikk tilbud om fagrelevant jobb (71\u00a0%)",
        "<strong>7 av 15</strong>", "har fått fagrelevant jobb så langt (47\u00a0%)",
        "<strong>3 av 7</strong>", "<strong>4 av 4</strong>", "<strong>2 av 15</strong>",
        "7 av 15, 47\u00a0%", "5 av 10, 50\u00a0%", "5 av 7, 71\u00a0%", "3 av 7, 43\u00a0%", "1 av 7, 14\u00a0%",
        "2 av 5, 40\u00a0%", "3 av 11, 27\u00a0%", "300 dager", "1. pulje", "3. pulje", "Kvinne", "Farmasi", "Arkitektur",
    };
    for (size_t i = 0; i < COUNT(says); i++) {
        if (!pt_has(r, says[i]))
            printf("# missing: %s\n", says[i]);
        CHECK(pt_has(r, says[i]));
    }
    CHECK(!pt_has(r, "Haddad") && !pt_has(r, "Skjult"));
    check_json(pt_get(t, ROLE_PROJECT_LEADER, "/results.json"));
    r = pt_get(t, ROLE_PROJECT_LEADER, "/results.csv");
    CHECK(pt_has(r, "Alle;;Tatt opp;15;;;\r\n") && pt_has(r, "Alle;;Fullført på normert tid;7;10;av dem som skulle vært ferdige;\"70,0\"\r\n"));
    CHECK(pt_has(r, "Alle;;Fagrelevant jobb;5;7;av dem som fullførte på normert tid;\"71,4\"\r\n"));
    CHECK(pt_has(r, "Alle;;Fagrelevant jobb;4;4;av dem som har hatt internship;\"100,0\"\r\n") && pt_has(r, ";7;15;av alle som er tatt opp;\"46,7\"\r\n"));
    CHECK(pt_has(r, "Pulje;3. pulje;Fagrelevante jobber;2;;;\r\n") && pt_has(r, "Kjønn;Mann;Tatt opp;4;;;\r\n"));
    char path[80];
    snprintf(path, sizeof path, "/results?cohort=%lld", (long long)h->cohort[3]);
    r = pt_get(t, ROLE_PROJECT_LEADER, path);
    CHECK(pt_has(r, "Tatt opp: 5 (3 kvinner, 2 menn).") && pt_has(r, "<strong>2 av 5</strong>"));
    r = pt_get(t, ROLE_PROJECT_LEADER, "/results?from=2018&to=2019");
    CHECK(pt_has(r, "Tatt opp: 10 (8 kvinner, 2 menn).") && pt_has(r, "<strong>7 av 10</strong>"));
    r = pt_get(t, ROLE_PROJECT_LEADER, "/results?from=2021");
    CHECK(r->status == 200 && pt_has(r, "Ingen i dette utvalget"));
    r = pt_get(t, ROLE_PROJECT_LEADER, "/results?cohort=x%27--&from=-1&to=99999999999999999999");
    CHECK(r->status == 200 && pt_has(r, "Tatt opp: 15 ("));
}

/* Outsiders get the whole and no small number, whatever they ask for. */
static void test_outsiders(struct pt *t, const struct handbook *h)
{
    static const enum role outside[] = {ROLE_NAV_CONTACT, ROLE_ADMINISTRATOR};
    for (size_t i = 0; i < COUNT(outside); i++) {
        char path[80];
        struct req *r = pt_get(t, outside[i], "/results");
        CHECK(r->status == 200 && pt_has(r, "Tatt opp: 15.") && pt_has(r, "Skjult") && pt_has(r, "Små tall er skjult"));
        CHECK(!pt_has(r, "Arkitektur") && pt_has(r, "færre enn fem personer"));
        CHECK(!pt_has(r, "4 menn") && !pt_has(r, "2 av 5") && !pt_has(r, "name=\"cohort\""));
        snprintf(path, sizeof path, "/results.json?cohort=%lld&from=2020", (long long)h->cohort[3]);
        r = pt_get(t, outside[i], path);
        CHECK(pt_has(r, "\"total\":15,\"women\":null,\"men\":null") && pt_has(r, "\"on_leave\":null"));
        r = pt_get(t, outside[i], "/results.csv");
        CHECK(pt_has(r, "Alle;;Menn;skjult;;;\r\n") && !pt_has(r, "Arkitektur"));
    }
    CHECK_INT(pt_get(t, ROLE_TRAINEE, "/results")->status, 403);
    CHECK_INT(pt_get(t, ROLE_MENTOR, "/results.json")->status, 403);
    CHECK_INT(pt_get(t, ROLE_ADVISER, "/results.csv")->status, 403);
}

/* The figures follow the records. */
static void test_follows(struct pt *t, const struct handbook *h)
{
    char path[80];
    snprintf(path, sizeof path, "/trainees/%lld/outcome", (long long)h->trainee[12]);
    struct req *r = pt_post(t, ROLE_PROJECT_LEADER, path, "kind=job&relevance=yes&percent=100&from_on=15.9.2020&offered_on=1.9.2020&subsidy=none");
    CHECK(pt_went(r, path));
    r = pt_get(t, ROLE_PROJECT_LEADER, "/results");
    CHECK(pt_has(r, "<strong>8 av 15</strong>") && pt_has(r, "<strong>4 av 8</strong>"));
    snprintf(path, sizeof path, "/trainees/%lld/outcome", (long long)h->trainee[13]);
    r = pt_post(t, ROLE_PROJECT_LEADER, path, "kind=job&relevance=partly&percent=100&from_on=15.9.2020&subsidy=none");
    CHECK(pt_went(r, path));
    r = pt_get(t, ROLE_PROJECT_LEADER, "/results");
    CHECK(pt_has(r, "<strong>8 av 15</strong>")); /* partly relevant is not field-relevant */
}

/* Without a choice the page is about the last years; the files, and outsiders, have them all. */
static void test_years(struct pt *t, const struct handbook *h)
{
    PT_MUST(db_script(t->db, arena_fmt(t->a, "UPDATE trainee SET admitted_at = %lld WHERE cohort_id = %lld",
                                       (long long)tm_at(tm_on(tm_ymd(tm_on_of(t->now)).year - RESULTS_YEARS, 12, 31), 23, 59), (long long)h->cohort[1]).p));
    struct req *r = pt_get(t, ROLE_PROJECT_LEADER, "/results");
    CHECK(pt_has(r, "Tatt opp: 10 (") && pt_has(r, "Siste 5 år") && pt_has(r, "/results.csv?cohort=0&amp;from=") && pt_has(r, "1. pulje")); /* to choose */
    r = pt_get(t, ROLE_PROJECT_LEADER, "/results?cohort=&from=&to=");
    CHECK(pt_has(r, "Tatt opp: 10 ("));
    r = pt_get(t, ROLE_PROJECT_LEADER, "/results?from=0");
    CHECK(pt_has(r, "Tatt opp: 15 (") && pt_has(r, "value=\"0\" selected") && pt_has(r, "href=\"/results.csv\""));
    r = pt_get(t, ROLE_PROJECT_LEADER, arena_fmt(t->a, "/results?cohort=%lld&from=&to=", (long long)h->cohort[1]).p);
    CHECK(pt_has(r, "Tatt opp: 5 ("));
    CHECK(pt_has(pt_get(t, ROLE_PROJECT_LEADER, "/results.json"), "\"total\":15"));
    CHECK(pt_has(pt_get(t, ROLE_NAV_CONTACT, "/results"), "Tatt opp: 15."));
}

int main(void)
{
    struct pt t = pt_start();
    struct req *r = pt_get(&t, ROLE_PROJECT_LEADER, "/results");
    CHECK(r->status == 200 && pt_has(r, "Ingen resultater ennå"));
    r = pt_get(&t, ROLE_PROJECT_LEADER, "/results.json");
    CHECK(pt_has(r, "\"total\":0"));
    struct handbook h = handbook_enter(&t);
    test_insider(&t, &h);
    test_outsiders(&t, &h);
    test_follows(&t, &h);
    test_years(&t, &h);
    pt_end(&t);
    return test_end();
}
