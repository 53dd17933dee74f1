/* The pages of outcomes and internships: who may, what they say, bad input, two at once. */
#include "handbook.h"

static struct pt t;
static struct handbook h;
static char path[120];

static const char *at(const char *fmt, int i, int64_t id)
{
    snprintf(path, sizeof path, fmt, (long long)h.trainee[i], (long long)id);
    return path;
}
#define PAGE(i) at("/trainees/%lld/outcome", i, 0)

static int64_t newest(int i)
{
    struct outcome_row *o;
    size_t n;
    PT_MUST(outcome_of_trainee(t.db, t.a, h.trainee[i], &o, &n));
    return n ? o[0].id : 0;
}

static void test_who(void)
{
    struct req *r = pt_get(&t, ROLE_PROJECT_LEADER, PAGE(0));
    CHECK(r->status == 200 && pt_has(r, "Nordby sykehus") && pt_has(r, "Nordby apotek") && pt_has(r, "Selvforsørget"));
    CHECK(pt_has(r, "Registrert: Jobb") && pt_has(r, "Registrert: Internship") && pt_has(r, "Test project-leader"));
    r = pt_get(&t, ROLE_NAV_CONTACT, PAGE(0));
    CHECK(r->status == 200 && pt_has(r, "Nordby sykehus") && !pt_has(r, "Hvem har registrert"));
    r = pt_get(&t, ROLE_ADVISER, PAGE(0));
    CHECK(r->status == 200 && !pt_has(r, "Registrer jobb"));
    struct pt_person other = pt_add(&t, ROLE_NAV_CONTACT, "annen@example.no", "En annen");
    CHECK_INT(pt_get_as(&t, other, PAGE(0))->status, 404);
    CHECK_INT(pt_post_as(&t, other, PAGE(0), "kind=none&from_on=1.9.2020")->status, 404);
    CHECK_INT(pt_post(&t, ROLE_ADVISER, PAGE(0), "kind=none&from_on=1.9.2020")->status, 403);
    CHECK_INT(pt_get(&t, ROLE_TRAINEE, PAGE(0))->status, 403);
    CHECK_INT(pt_get(&t, ROLE_MENTOR, PAGE(0))->status, 403);
    CHECK_INT(pt_get(&t, ROLE_PROJECT_LEADER, "/trainees/99999/outcome")->status, 404);
    CHECK_INT(pt_get(&t, ROLE_TRAINEE, "/outcome")->status, 404); /* not admitted */
    PT_MUST(participant_set_account(t.db, h.participant[0], t.who[ROLE_TRAINEE].account_id));
    r = pt_get(&t, ROLE_TRAINEE, "/");
    CHECK(r->status == 200 && pt_has(r, "href=\"/outcome\""));
    r = pt_get(&t, ROLE_TRAINEE, "/outcome");
    CHECK(r->status == 200 && pt_has(r, "Nordby sykehus") && !pt_has(r, "Registrer jobb") && !pt_has(r, "Haddad,"));
}

static void test_register(void)
{
    struct req *r = pt_get(&t, ROLE_NAV_CONTACT, at("/trainees/%lld/outcome/new?kind=job", 14, 0));
    CHECK(r->status == 200 && pt_has(r, "Er jobben fagrelevant?") && pt_has(r, "Farmasøyt"));
    r = pt_get(&t, ROLE_PROJECT_LEADER, at("/trainees/%lld/outcome/new?kind=education", 14, 0));
    CHECK(pt_has(r, "Registrer utdanning") && !pt_has(r, "Stillingsprosent"));
    static const struct {
        const char *form, *says, *why;
    } wrong[] = {
        {"kind=job&relevance=yes&percent=0&from_on=1.9.2020&subsidy=none&job_title=Utvikler", "Skriv et helt tall fra 1 til 100", "no share"},
        {"kind=job&percent=100&from_on=1.9.2020&subsidy=none&job_title=Utvikler", "Velg et av svarene", "relevant or not?"},
        {"kind=job&relevance=yes&percent=100&from_on=31.2.2020&subsidy=none&job_title=Utvikler", "Skriv datoen slik", "no such day"},
        {"kind=job&relevance=yes&percent=80&practice_percent=50&from_on=1.9.2020&subsidy=none&job_title=Utvikler", "ikke bli mer enn 100", "130 per cent"},
        {"kind=job&relevance=yes&percent=80&from_on=1.9.2020&until_on=1.8.2020&subsidy=none&job_title=Utvikler", "Sluttdatoen er før", "ends before it begins"},
        {"kind=job&relevance=yes&percent=80&from_on=1.12.2020&offered_on=1.10.2020&subsidy=none&job_title=Utvikler", "ikke være gitt i framtiden", "an offer to come"},
        {"kind=job&relevance=yes&percent=80&from_on=1.7.2020&offered_on=1.8.2020&subsidy=none&job_title=Utvikler", "før jobben begynte", "began before the offer"},
    };
    for (size_t i = 0; i < COUNT(wrong); i++) {
        r = pt_post(&t, ROLE_NAV_CONTACT, PAGE(14), wrong[i].form);
        if (r->status != 422 || !pt_has(r, wrong[i].says))
            printf("# %s: %d\n", wrong[i].why, r->status);
        CHECK(r->status == 422 && pt_has(r, wrong[i].says) && pt_has(r, "value=\"Utvikler\""));
    }
    CHECK_INT(newest(14), 0); /* nothing was saved */
    r = pt_post(&t, ROLE_NAV_CONTACT, PAGE(14),
                "kind=job&relevance=partly&percent=60&from_on=1.9.2020&subsidy=wage&job_title=%3Cb%3EUtvikler&employer=Kode+AS&occupation=2512&found_by=nav&permanent=temporary");
    CHECK(pt_went(r, PAGE(14)));
    r = pt_get(&t, ROLE_NAV_CONTACT, PAGE(14));
    CHECK(pt_has(r, "&lt;b&gt;Utvikler") && pt_has(r, "Programvareutvikler") && pt_has(r, "Delvis selvforsørget") && pt_has(r, "Gjennom NAV"));
    r = pt_post(&t, ROLE_NAV_CONTACT, PAGE(14), "kind=leave&from_on=1.9.2020");
    CHECK_INT(r->status, 422); /* leave is not registered here: read as a job, which it is not */
}

static void test_change(void)
{
    int64_t id = newest(14);
    char form[300];
    struct req *r = pt_get(&t, ROLE_PROJECT_LEADER, at("/trainees/%lld/outcome/%lld", 14, id));
    CHECK(r->status == 200 && pt_has(r, "value=\"Kode AS\"") && pt_has(r, "value=\"01.09.2020\"") && pt_has(r, "name=\"version\" value=\"1\""));
    snprintf(form, sizeof form, "version=1&relevance=yes&percent=100&from_on=1.9.2020&subsidy=none&job_title=Utvikler&employer=Kode+AS");
    r = pt_post(&t, ROLE_PROJECT_LEADER, at("/trainees/%lld/outcome/%lld", 14, id), form);
    CHECK(pt_went(r, PAGE(14)));
    r = pt_post(&t, ROLE_NAV_CONTACT, at("/trainees/%lld/outcome/%lld", 14, id),
                "version=1&relevance=no&percent=40&from_on=1.9.2020&subsidy=none&job_title=Ekstrahjelp");
    CHECK(r->status == 409 && pt_has(r, "Noen andre har endret dette") && pt_has(r, "value=\"Ekstrahjelp\"") && pt_has(r, "100 prosent"));
    CHECK(pt_has(r, "name=\"version\" value=\"2\"")); /* saving again counts */
    CHECK_INT(pt_get(&t, ROLE_PROJECT_LEADER, at("/trainees/%lld/outcome/%lld", 13, id))->status, 404); /* another's */
    CHECK_INT(pt_post(&t, ROLE_PROJECT_LEADER, at("/trainees/%lld/outcome/%lld", 13, id), form)->status, 404);
    r = pt_post(&t, ROLE_PROJECT_LEADER, at("/trainees/%lld/outcome/%lld/end", 14, id), "version=2&until_on=1.1.2020");
    CHECK(r->status == 422 && pt_has(r, "Sluttdatoen er før startdatoen"));
    r = pt_post(&t, ROLE_PROJECT_LEADER, at("/trainees/%lld/outcome/%lld/end", 14, id), "version=1&until_on=1.9.2020");
    CHECK_INT(r->status, 409);
    r = pt_post(&t, ROLE_PROJECT_LEADER, at("/trainees/%lld/outcome/%lld/end", 14, id), "version=2&until_on=1.9.2020");
    CHECK(pt_went(r, PAGE(14)));
    pt_clock(&t, t.now + TM_DAY_MS);
    r = pt_get(&t, ROLE_PROJECT_LEADER, PAGE(14));
    CHECK(pt_has(r, "Avsluttet") && pt_has(r, "Ikke kjent") && pt_has(r, "Avsluttet: Jobb"));
    r = pt_post(&t, ROLE_PROJECT_LEADER, PAGE(14), "kind=none&from_on=2.9.2020&note=Leter");
    CHECK(pt_went(r, PAGE(14)));
    r = pt_get(&t, ROLE_PROJECT_LEADER, PAGE(14));
    CHECK(pt_has(r, "Ikke selvforsørget") && pt_has(r, "Leter"));
}

static void test_internship(void)
{
    struct req *r = pt_get(&t, ROLE_NAV_CONTACT, at("/trainees/%lld/internships/new", 13, 0));
    CHECK(r->status == 200 && pt_has(r, "Virksomhet"));
    r = pt_post(&t, ROLE_NAV_CONTACT, at("/trainees/%lld/internships", 13, 0), "business=&relevance=yes&percent=100&from_on=1.8.2020");
    CHECK(r->status == 422 && pt_has(r, "Skriv inn dette feltet") && pt_has(r, "value=\"1.8.2020\""));
    r = pt_post(&t, ROLE_NAV_CONTACT, at("/trainees/%lld/internships", 13, 0), "business=Tegnestua&relevance=yes&percent=100&from_on=1.8.2020");
    CHECK(pt_went(r, PAGE(13)));
    r = pt_get(&t, ROLE_PROJECT_LEADER, PAGE(13));
    CHECK(pt_has(r, "Tegnestua") && pt_has(r, "Ikke selvforsørget"));
    struct internship_row *rows;
    size_t n;
    PT_MUST(internship_of_trainee(t.db, t.a, h.trainee[13], &rows, &n));
    CHECK_INT(n, 1);
    r = pt_post(&t, ROLE_NAV_CONTACT, at("/trainees/%lld/internships/%lld", 13, rows[0].id), "version=1&business=Tegnestua+2&relevance=partly&percent=60&from_on=1.8.2020");
    CHECK(pt_went(r, PAGE(13)));
    r = pt_post(&t, ROLE_NAV_CONTACT, at("/trainees/%lld/internships/%lld", 13, rows[0].id), "version=1&business=Annet&relevance=no&percent=60&from_on=1.8.2020");
    CHECK(r->status == 409 && pt_has(r, "Tegnestua 2") && pt_has(r, "value=\"Annet\""));
    r = pt_post(&t, ROLE_NAV_CONTACT, at("/trainees/%lld/internships/%lld/end", 13, rows[0].id), "version=2&until_on=");
    CHECK(r->status == 422 && pt_has(r, "Skriv inn dette feltet"));
    r = pt_post(&t, ROLE_NAV_CONTACT, at("/trainees/%lld/internships/%lld/end", 13, rows[0].id), "version=2&until_on=31.8.2020");
    CHECK(pt_went(r, PAGE(13)));
    CHECK_INT(pt_get(&t, ROLE_NAV_CONTACT, at("/trainees/%lld/internships/%lld", 12, rows[0].id))->status, 404);
    CHECK_INT(pt_post(&t, ROLE_ADVISER, at("/trainees/%lld/internships", 13, 0), "")->status, 403);
}

/* A protected address: the NAV contact registers without seeing or touching the place of work. */
static void test_protected(void)
{
    struct participant_row p;
    PT_MUST(participant_get(t.db, t.a, h.participant[1], &p));
    p.address_protection = BLOCK_CONFIDENTIAL; /* of a strictly protected one the NAV contact would not even know: t_protected */
    PT_MUST(participant_update(t.db, t.a, &p));
    struct req *r = pt_get(&t, ROLE_NAV_CONTACT, PAGE(1));
    CHECK(r->status == 200 && !pt_has(r, "Nordby sykehus") && pt_has(r, "Arbeidssted er skjult"));
    r = pt_get(&t, ROLE_ADVISER, PAGE(1));
    CHECK(pt_has(r, "Nordby sykehus"));
    int64_t id = newest(1);
    r = pt_get(&t, ROLE_NAV_CONTACT, at("/trainees/%lld/outcome/%lld", 1, id));
    CHECK(!pt_has(r, "Nordby sykehus") && !pt_has(r, "name=\"employer\""));
    r = pt_post(&t, ROLE_NAV_CONTACT, at("/trainees/%lld/outcome/%lld", 1, id), "version=1&relevance=yes&percent=80&from_on=1.9.2019&subsidy=wage&employer=Overskrevet");
    CHECK(pt_went(r, PAGE(1)));
    struct outcome_row o;
    PT_MUST(outcome_get(t.db, t.a, id, &o));
    CHECK_STR(o.employer, "Nordby sykehus");
    CHECK_INT(o.percent, 80);
}

int main(void)
{
    t = pt_start();
    h = handbook_enter(&t);
    test_who();
    test_register();
    test_change();
    test_internship();
    test_protected();
    pt_end(&t);
    return test_end();
}
