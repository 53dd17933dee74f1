/* The register of mentors, and the mentor's own profile. */
#include "model/mentor.h"
#include "page_test.h"
#include "service/mentor.h"
#include "service/mentor_import.h"

static const char new_mentor[] = "first_name=Ingrid&last_name=Solbakken&email=ingrid%40example.no&phone=&lang=nb&sex=female&birth_year=1975"
                                 "&field=0916&occupation=Farmas%C3%B8yt&specialisation=onkologi&job_title=Sykehusfarmas%C3%B8yt&employer=Sykehusapoteket"
                                 "&sector=public&seniority=&experience_years=14&network=3&languages=nb&languages=en&municipality=5001"
                                 "&capacity=1&motivation=Vil+hjelpe&wish_sex=&wish_text=&police_certificate_on=&recommended_by=";

static int64_t version_of(struct pt *t, int64_t id)
{
    struct mentor_row m;
    PT_MUST(mentor_get(t->db, t->a, id, &m));
    return m.version;
}

static struct req *post_v(struct pt *t, int64_t id, const char *tail, const char *form)
{
    struct str body = arena_fmt(t->a, "version=%lld&%s", (long long)version_of(t, id), form);
    return pt_post(t, ROLE_PROJECT_LEADER, arena_fmt(t->a, "/mentors/%lld/%s", (long long)id, tail).p, body.p);
}

static void reg(struct pt *t)
{
    struct req *r = pt_get(t, ROLE_PROJECT_LEADER, "/mentors");
    CHECK(r->status == 200 && pt_has(r, "Ingen mentorer ennå"));
    static const char *const closed[] = {"/mentors", "/mentors/new", "/mentors/1", "/mentors/1/edit", "/mentors/1/pause", "/mentors/1/end"};
    for (size_t i = 0; i < COUNT(closed); i++)
        for (enum role role = ROLE_ADMINISTRATOR; role < ROLE_N; role++)
            if (role != ROLE_PROJECT_LEADER)
                CHECK_INT(pt_get(t, role, closed[i])->status, 403);
    CHECK_INT(pt_get(t, ROLE_PROJECT_LEADER, "/mentors/1")->status, 404);
    r = pt_get(t, ROLE_PROJECT_LEADER, "/mentors/new");
    CHECK(r->status == 200 && pt_has(r, "Farmasi") && pt_has(r, "id=\"lang-nb\"") && pt_has(r, "<datalist"));

    r = pt_post(t, ROLE_PROJECT_LEADER, "/mentors", "first_name=&last_name=%3Cb%3E&email=ikke&capacity=99&occupation=tull+og+t%C3%B8ys&languages=ar&municipality=12");
    CHECK(r->status == 422 && pt_has(r, "&lt;b&gt;") && pt_has(r, "Vi kjenner ikke yrket") && pt_has(r, "fire siffer"));
    CHECK(pt_has(r, "id=\"lang-ar\" value=\"ar\" checked")); /* what was ticked is kept */
    r = pt_post(t, ROLE_PROJECT_LEADER, "/mentors", new_mentor);
    CHECK(pt_went(r, "/mentors/1"));
    struct mentor_row m;
    PT_MUST(mentor_get(t->db, t->a, 1, &m));
    CHECK(str_is(m.field, "0916") && str_is(m.occupation, "2262") && str_is(m.languages, "en,nb") && m.network == 3);
    r = pt_post(t, ROLE_PROJECT_LEADER, "/mentors", new_mentor);
    CHECK(r->status == 422 && pt_has(r, "Det finnes allerede en mentor med denne adressen"));
    r = pt_get(t, ROLE_PROJECT_LEADER, "/mentors/1");
    CHECK(r->status == 200 && pt_has(r, "Ingrid Solbakken") && pt_has(r, "Farmasi: onkologi") && pt_has(r, "1 ledig plass") &&
          pt_has(r, "Inviter til Springbrett") && pt_has(r, "Lagt inn i registeret"));
    r = post_v(t, 1, "invite", "");
    CHECK(pt_went(r, "/mentors/1"));
}

static void search(struct pt *t)
{
    for (int i = 0; i < 55; i++) {
        struct mentor_row m = {.organisation_id = t->organisation_id, .first_name = arena_fmt(t->a, "Nr%02d", i), .last_name = STR("Aas"),
                               .sort_name = arena_fmt(t->a, "aas nr%02d", i), .field = STR("0732"), .capacity = 0, .created_at = t->now};
        int64_t id;
        PT_MUST(mentor_insert(t->db, &m, &id));
    }
    struct req *r = pt_get(t, ROLE_PROJECT_LEADER, "/mentors");
    CHECK(r->status == 200 && pt_has(r, "Nr49") && !pt_has(r, "Nr50") && pt_has(r, "Neste side"));
    r = pt_get(t, ROLE_PROJECT_LEADER, "/mentors?after=51&name=aas%20nr49");
    CHECK(pt_has(r, "Nr50") && !pt_has(r, "Nr49") && pt_has(r, "Ingrid") && !pt_has(r, "Neste side"));
    r = pt_get(t, ROLE_PROJECT_LEADER, "/mentors?q=ingrid+sol");
    CHECK(pt_has(r, "Ingrid") && !pt_has(r, "Nr01"));
    r = pt_get(t, ROLE_PROJECT_LEADER, "/mentors?q=sykehus");
    CHECK(pt_has(r, "Ingrid") && !pt_has(r, "Nr01")); /* the employer */
    r = pt_get(t, ROLE_PROJECT_LEADER, "/mentors?q=%25");
    CHECK(pt_has(r, "Nr01")); /* a percent sign is no pattern */
    r = pt_get(t, ROLE_PROJECT_LEADER, "/mentors?q=%27+OR+1%3D1+--");
    CHECK(r->status == 200 && pt_has(r, "Ingen passer"));
    r = pt_get(t, ROLE_PROJECT_LEADER, "/mentors?field=0916");
    CHECK(pt_has(r, "Ingrid") && !pt_has(r, "Nr01"));
    r = pt_get(t, ROLE_PROJECT_LEADER, "/mentors?state=free");
    CHECK(pt_has(r, "Ingrid") && !pt_has(r, "Nr01"));
    r = pt_get(t, ROLE_PROJECT_LEADER, "/mentors?state=paused");
    CHECK(!pt_has(r, "Ingrid"));
}

static void change(struct pt *t)
{
    int64_t old = version_of(t, 1);
    struct req *r = post_v(t, 1, "edit", arena_fmt(t->a, "%s&x=1", new_mentor).p);
    CHECK(pt_went(r, "/mentors/1"));
    struct str stale = arena_fmt(t->a, "version=%lld&first_name=Inger&last_name=Solbakken&email=ingrid%%40example.no&field=0916&capacity=2&languages=nb",
                                 (long long)old);
    r = pt_post(t, ROLE_PROJECT_LEADER, "/mentors/1/edit", stale.p);
    CHECK(r->status == 409 && pt_has(r, "Noen andre har endret dette") && pt_has(r, "Det står nå «Ingrid». Du skrev «Inger»."));
    CHECK(pt_has(r, "value=\"Inger\""));

    r = post_v(t, 1, "pause", "until_on=1.1.2020&reason=");
    CHECK(r->status == 422 && pt_has(r, "Pausen må slutte etter i dag"));
    struct tm_ymd d = tm_ymd(tm_on_of(t->now) + 60);
    r = post_v(t, 1, "pause", arena_fmt(t->a, "until_on=%d.%d.%d&reason=Permisjon", d.day, d.month, d.year).p);
    CHECK(pt_went(r, "/mentors/1"));
    r = pt_get(t, ROLE_PROJECT_LEADER, "/mentors/1");
    CHECK(pt_has(r, "Pause til") && pt_has(r, "Permisjon"));
    CHECK(pt_has(pt_get(t, ROLE_PROJECT_LEADER, "/mentors?state=paused"), "Ingrid"));
    r = post_v(t, 1, "pause", "back=1");
    CHECK(pt_went(r, "/mentors/1"));

    r = post_v(t, 1, "end", "reason=");
    CHECK_INT(r->status, 422);
    r = pt_post(t, ROLE_PROJECT_LEADER, "/mentors/1/end", "reason=Flyttet&version=1");
    CHECK_INT(r->status, 409);
    r = post_v(t, 1, "end", "reason=Flyttet");
    CHECK(pt_went(r, "/mentors/1"));
    CHECK(!pt_has(pt_get(t, ROLE_PROJECT_LEADER, "/mentors"), "Ingrid"));
    CHECK(pt_has(pt_get(t, ROLE_PROJECT_LEADER, "/mentors?state=ended"), "Ingrid"));
    r = post_v(t, 1, "return", "");
    CHECK(pt_went(r, "/mentors/1"));
}

/* The mentor's own page, and the promise that comes before everything about a trainee. */
static void own(struct pt *t)
{
    CHECK_INT(pt_get(t, ROLE_MENTOR, "/mentor")->status, 404); /* an account that is no mentor of the register */
    PT_MUST(mentor_set_account(t->db, 1, t->who[ROLE_MENTOR].account_id));
    pt_unsign(t, t->who[ROLE_MENTOR]);
    struct req *r = pt_get(t, ROLE_MENTOR, "/mentor");
    CHECK(r->status == 200 && pt_has(r, "taushetsplikten"));
    r = pt_get(t, ROLE_MENTOR, "/confidentiality");
    CHECK(r->status == 200 && pt_has(r, "Skriv under"));
    CHECK_INT(pt_get(t, ROLE_TRAINEE, "/mentor")->status, 403);
    static const char *const later[] = {"/", "/meetings", "/tasks", "/workbook", "/matches/1", "/agreements/1"};
    for (size_t i = 0; i < COUNT(later); i++)
        CHECK(pt_went(pt_get(t, ROLE_MENTOR, later[i]), "/confidentiality")); /* nothing before the promise */
    CHECK(pt_went(pt_post(t, ROLE_MENTOR, "/matches/1/answer", "answer=yes"), "/confidentiality"));
    CHECK_INT(pt_get(t, ROLE_MENTOR, "/account")->status, 200);
    struct actor loose = {.organisation_id = t->organisation_id, .role = ROLE_MENTOR, .mentor_id = 1, .unbound = true};
    struct ctx seeing = {.a = t->a, .db = t->db, .actor = &loose};
    CHECK(may(&seeing, ACT_MINUTES_READ, REL_PAIR) != OK && may(&seeing, ACT_MATCH_SEE, REL_MATCH) != OK);
    loose.unbound = false;
    CHECK(may(&seeing, ACT_MINUTES_READ, REL_PAIR) == OK); /* the same with the promise */

    struct actor actor = {.account_id = t->who[ROLE_MENTOR].account_id, .organisation_id = t->organisation_id, .role = ROLE_MENTOR, .mentor_id = 1};
    struct ctx c = {.a = t->a, .db = t->db, .actor = &actor, .now = t->now, .today = tm_on_of(t->now)};
    CHECK_INT(mentor_confidential(&c), ERR_STATE);
    r = pt_post(t, ROLE_MENTOR, "/confidentiality", "text=2");
    CHECK(r->status == 422 && pt_has(r, "Kryss av"));
    r = pt_post(t, ROLE_MENTOR, "/confidentiality", "text=1&promise=1"); /* read before the text became another */
    CHECK(r->status == 422 && pt_has(r, "Teksten er endret"));
    CHECK_INT(mentor_confidential(&c), ERR_STATE);
    PT_MUST(confidentiality_insert(t->db, &(struct confidentiality_row){.account_id = t->who[ROLE_MENTOR].account_id, .text_version = 1,
                                                                        .lang = STR("nb"), .at = t->now}));
    CHECK(pt_went(pt_get(t, ROLE_MENTOR, "/"), "/confidentiality")); /* an older text does not count */
    CHECK(pt_has(pt_get(t, ROLE_MENTOR, "/confidentiality"), "Teksten er ny"));
    r = pt_post(t, ROLE_MENTOR, "/confidentiality", "text=2&promise=1");
    CHECK(pt_went(r, "/"));
    CHECK_INT(mentor_confidential(&c), OK);
    r = pt_post(t, ROLE_MENTOR, "/confidentiality", "text=2&promise=1");
    CHECK(pt_went(r, "/")); /* twice is fine */
    CHECK_INT(pt_get(t, ROLE_MENTOR, "/")->status, 200);
    actor = (struct actor){.role = ROLE_PROJECT_LEADER, .organisation_id = t->organisation_id};
    CHECK_INT(mentor_confidential(&c), OK); /* only mentors promise */

    r = pt_get(t, ROLE_MENTOR, "/mentor/edit");
    CHECK(r->status == 200 && !pt_has(r, "name=\"first_name\"") && pt_has(r, "name=\"capacity\""));
    r = pt_post(t, ROLE_MENTOR, "/mentor/edit",
                arena_fmt(t->a, "version=%lld&first_name=Tyv&email=tyv%%40example.no&field=0732&capacity=2&languages=nb&lang=nb&employer=Nytt+sted",
                          (long long)version_of(t, 1)).p);
    CHECK(pt_went(r, "/mentor"));
    struct mentor_row m;
    PT_MUST(mentor_get(t->db, t->a, 1, &m));
    CHECK(m.capacity == 2 && str_is(m.employer, "Nytt sted"));
    CHECK(str_is(m.first_name, "Ingrid") && str_is(m.email, "ingrid@example.no") && str_is(m.field, "0916")); /* the leader's to change */
    CHECK_INT(pt_get(t, ROLE_MENTOR, "/mentor/pause")->status, 200);
    r = pt_post(t, ROLE_MENTOR, "/mentor/pause", "version=1&until_on=1.1.2199&reason=");
    CHECK_INT(r->status, 409);
}

static struct import_report take(struct pt *t, const char *text, enum import_how how, enum err want)
{
    struct actor actor = {.organisation_id = t->organisation_id, .role = ROLE_PROJECT_LEADER};
    struct ctx c = {.a = t->a, .db = t->db, .actor = &actor, .now = t->now, .today = tm_on_of(t->now)};
    struct mentor_file f;
    struct import_report rep = {0};
    PT_MUST(mentor_import_open(t->a, str_c(text), NULL, 0, &f));
    CHECK(!f.problem.msgid);
    CLEANUP(db_tx_end) struct db_tx tx = {0}; /* the caller's: with a fault it is not kept */
    PT_MUST(db_begin(t->db, &tx));
    CHECK_INT(import_mentors(&c, &f, how, NULL, &rep), want);
    if (!want)
        PT_MUST(db_commit(&tx));
    return rep;
}

static void import(struct pt *t)
{
    static const char file[] = "Fornavn;Etternavn;E-post;Fagfelt;Yrke;Arbeidsgiver;Kapasitet\r\n"
                               "Marit;Aune;Marit@Example.no;Bygg;Sivilingeniør;\"Fjordby vann; avløp\";2\r\n"
                               "Ingrid;Solbakken;ingrid@example.no;;;;\r\n;;;;;;\r\n";
    struct import_report rep = take(t, file, IMPORT_LOOK, OK);
    CHECK(rep.rows == 2 && rep.created == 1 && rep.unchanged == 1 && rep.n_faults == 0);
    struct mentor_row m;
    CHECK_INT(mentor_by_email(t->db, t->a, t->organisation_id, STR("marit@example.no"), &m), ERR_NOT_FOUND); /* only looked */
    rep = take(t, file, IMPORT_WRITE, OK);
    CHECK_INT(mentor_by_email(t->db, t->a, t->organisation_id, STR("marit@example.no"), &m), OK);
    CHECK(m.capacity == 2 && str_is(m.employer, "Fjordby vann; avløp") && str_is(m.field, "0732"));
    rep = take(t, file, IMPORT_WRITE, OK);
    CHECK(rep.created == 0 && rep.unchanged == 2); /* the same file twice makes no doubles */
    rep = take(t, "Fornavn,Etternavn,E-post,Nettverk\nA,B,a@b.no,1\nC,D,feil,9\n", IMPORT_WRITE, ERR_INVALID);
    CHECK(rep.rows == 2 && rep.n_faults == 2 && rep.faults[0].line == 3 && rep.faults[1].column == 4);
    CHECK(str_starts(import_fault_text(t->a, LANG_NB, &rep.faults[0]), STR("Linje 3, kolonne C (E-post): ")));
    CHECK_INT(mentor_by_email(t->db, t->a, t->organisation_id, STR("a@b.no"), &m), ERR_NOT_FOUND); /* all or nothing */
}

int main(void)
{
    struct pt t = pt_start();
    reg(&t);
    search(&t);
    change(&t);
    own(&t);
    import(&t);
    pt_end(&t);
    return test_end();
}
