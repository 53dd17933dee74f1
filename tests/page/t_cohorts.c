/* Cohorts, the answer to an applicant, and the applicant's answer. */
#include "model/cohort.h"
#include "model/interview.h"
#include "model/participant.h"
#include "model/trainee.h"
#include "page_test.h"

static int64_t person(struct pt *t, const char *reference, const char *first, enum intake_stage stage)
{
    int64_t id;
    struct participant_row p = {.organisation_id = t->organisation_id, .reference = str_c(reference), .first_name = str_c(first),
                                .last_name = STR("Haddad"), .email = arena_fmt(t->a, "%s@example.no", first), .lang = STR("nb"),
                                .experience_years = -1, .stage = (int)stage, .stage_at = t->now, .created_at = t->now};
    PT_MUST(participant_insert(t->db, t->a, &p, &id));
    struct interview_row i = {.participant_id = id, .interviewer_id = 1, .at = t->now, .status = INTERVIEW_HELD, .created_at = t->now};
    int64_t interview_id;
    if (stage == INTAKE_INTERVIEWED)
        PT_MUST(interview_insert(t->db, &i, &interview_id));
    return id;
}

static int stage_of(struct pt *t, int64_t id)
{
    struct participant_row p;
    PT_MUST(participant_get(t->db, t->a, id, &p));
    return p.stage;
}

static struct req *post(struct pt *t, int64_t id, const char *tail, const char *form)
{
    return pt_post(t, ROLE_PROJECT_LEADER, arena_fmt(t->a, "/participants/%lld/%s", (long long)id, tail).p, form);
}

/* A person who can log in as the applicant. */
static struct pt_person applicant(struct pt *t, int64_t participant_id, const char *email)
{
    struct pt_person who = pt_add(t, ROLE_TRAINEE, email, "Søker");
    PT_MUST(participant_set_account(t->db, participant_id, who.account_id));
    return who;
}

DB_QUERY(q_count_mails, struct { int64_t n; }, 0, "SELECT COUNT(*) AS n FROM outbox", {"n", 0, DB_I64});
DB_QUERY(q_mail_text, struct { struct str body; }, 0, "SELECT body FROM outbox ORDER BY id DESC LIMIT 1", {"body", 0, DB_STR});
static int64_t mails(struct pt *t)
{
    struct { int64_t n; } row;
    PT_MUST(db_one(t->db, t->a, &q_count_mails, &row, DB_NONE));
    return row.n;
}

static void cohorts(struct pt *t)
{
    struct req *r = pt_get(t, ROLE_PROJECT_LEADER, "/cohorts");
    CHECK(r->status == 200 && pt_has(r, "Ingen puljer ennå"));
    CHECK_INT(pt_get(t, ROLE_ADVISER, "/cohorts")->status, 403);
    CHECK_INT(pt_get(t, ROLE_MENTOR, "/cohorts/1")->status, 403);
    CHECK(pt_has(pt_get(t, ROLE_PROJECT_LEADER, "/cohorts/new"), "value=\"5\"")); /* five unless said otherwise */
    r = pt_post(t, ROLE_PROJECT_LEADER, "/cohorts", "name=&start_on=32.1.2027&seats=0");
    CHECK(r->status == 422 && pt_has(r, "32.1.2027") && pt_has(r, "Rett 3 feil"));
    r = pt_post(t, ROLE_PROJECT_LEADER, "/cohorts", "name=H%C3%B8st+2027&start_on=1.9.2027&seats=1&once=a");
    CHECK(pt_went(r, "/cohorts/1"));
    r = pt_post(t, ROLE_PROJECT_LEADER, "/cohorts", "name=H%C3%B8st+2027&start_on=1.9.2027&seats=1&once=a");
    CHECK(pt_went(r, "/cohorts/1")); /* sent twice acts once */
    CHECK_INT(pt_get(t, ROLE_PROJECT_LEADER, "/cohorts/2")->status, 404);
    r = pt_get(t, ROLE_PROJECT_LEADER, "/cohorts");
    CHECK(r->status == 200 && pt_has(r, "Høst 2027") && pt_has(r, "0 av 1 tatt"));
    r = pt_get(t, ROLE_PROJECT_LEADER, "/cohorts/1/edit");
    CHECK(r->status == 200 && pt_has(r, "01.09.2027"));
    r = pt_post(t, ROLE_PROJECT_LEADER, "/cohorts/1/edit", "name=Pulje+1&start_on=1.9.2027&seats=1&version=1");
    CHECK(pt_went(r, "/cohorts/1"));
    r = pt_post(t, ROLE_PROJECT_LEADER, "/cohorts/1/edit", "name=Mitt+navn&start_on=1.9.2027&seats=1&version=1");
    CHECK(r->status == 409 && pt_has(r, "Mitt navn") && pt_has(r, "Pulje 1") && pt_has(r, "Noen andre har endret dette"));
    CHECK_INT(pt_post(t, ROLE_ADVISER, "/cohorts", "name=x&start_on=1.9.2027&seats=1")->status, 403);
    r = pt_get(t, ROLE_ADVISER, "/cohorts/1");
    CHECK(r->status == 200 && !pt_has(r, "/edit")); /* looks, does not change */
}

static void offers(struct pt *t)
{
    int64_t amal = person(t, "1", "amal", INTAKE_INTERVIEWED), omar = person(t, "2", "omar", INTAKE_INTERVIEWED),
            listed = person(t, "3", "lina", INTAKE_LISTED);
    struct pt_person me = applicant(t, amal, "amal.login@example.no"), other = applicant(t, omar, "omar.login@example.no");
    char by[16];
    struct tm_ymd d = tm_ymd(tm_on_of(t->now) + 10);
    snprintf(by, sizeof by, "%02d.%02d.%04d", d.day, d.month, d.year);
    struct str make = arena_fmt(t->a, "cohort=1&answer_by_on=%s&reason=Klar&seen=%d&over_seats_reason=", by, INTAKE_INTERVIEWED);

    struct req *r = pt_get(t, ROLE_PROJECT_LEADER, arena_fmt(t->a, "/participants/%lld/offer", (long long)amal).p);
    CHECK(r->status == 200 && pt_has(r, "Send tilbudet") && pt_has(r, "Sett på venteliste") && pt_has(r, "1 plass ledig"));
    r = pt_get(t, ROLE_PROJECT_LEADER, arena_fmt(t->a, "/participants/%lld/offer", (long long)listed).p);
    CHECK(r->status == 200 && pt_has(r, "Det er for tidlig"));
    CHECK_INT(pt_get(t, ROLE_ADVISER, arena_fmt(t->a, "/participants/%lld/offer", (long long)amal).p)->status, 403);
    r = pt_get_as(t, me, "/offer");
    CHECK(r->status == 200 && pt_has(r, "Du har vært på intervju"));

    r = post(t, amal, "offer", "cohort=&answer_by_on=1.1.2020&reason=&seen=7");
    CHECK(r->status == 422 && pt_has(r, "Velg en pulje") && pt_has(r, "Svarfristen må være etter i dag"));
    CHECK(mails(t) == 0);
    r = post(t, amal, "offer", arena_fmt(t->a, "cohort=1&answer_by_on=%s&reason=Klar&seen=4", by).p);
    CHECK(r->status == 409 && pt_has(r, "Noen andre har endret dette") && pt_has(r, "Klar")); /* the form showed another stage */
    r = post(t, amal, "offer", make.p);
    CHECK(r->status == 303 && stage_of(t, amal) == INTAKE_OFFERED);
    CHECK_INT(mails(t), 1);
    struct { struct str body; } mail;
    PT_MUST(db_one(t->db, t->a, &q_mail_text, &mail, DB_NONE));
    CHECK(memmem(mail.body.p, mail.body.n, "Logg inn for å lese det", 24) && !memmem(mail.body.p, mail.body.n, "tilbud", 6));

    /* The one seat is taken by the offer: the next needs a reason. */
    r = post(t, omar, "offer", make.p);
    CHECK(r->status == 422 && pt_has(r, "Puljen er full") && stage_of(t, omar) == INTAKE_INTERVIEWED);
    r = post(t, omar, "offer/decide", arena_fmt(t->a, "act=wait&seen=%d&reason=Vi+venter+p%%C3%%A5+plass", INTAKE_INTERVIEWED).p);
    CHECK(r->status == 303 && stage_of(t, omar) == INTAKE_WAITING);
    r = pt_get_as(t, other, "/offer");
    CHECK(pt_has(r, "Vi venter på plass") && pt_has(r, "venteliste"));
    r = pt_get(t, ROLE_PROJECT_LEADER, "/cohorts/1");
    CHECK(pt_has(r, "Venteliste") && pt_has(r, "omar Haddad") && pt_has(r, "Puljen er full") && pt_has(r, "Venter på svar"));
    r = pt_post(t, ROLE_PROJECT_LEADER, "/cohorts/1/close", "reason=Ferdig&version=2");
    CHECK(r->status == 422 && pt_has(r, "1 tilbud om plass er ikke besvart"));

    /* The applicant's answer. */
    r = pt_get_as(t, me, "/offer");
    CHECK(r->status == 200 && pt_has(r, "Du har fått tilbud om plass") && pt_has(r, "Ja, jeg vil ha plassen"));
    r = pt_post_as(t, other, "/offer", "offer=1&answer=yes&note=");
    CHECK_INT(r->status, 404); /* not the own offer */
    r = pt_post_as(t, me, "/offer", "offer=1&note=Hei");
    CHECK(r->status == 422 && pt_has(r, "Hei"));
    r = pt_post_as(t, me, "/offer", "offer=1&answer=yes&note=Tusen+takk");
    CHECK(pt_went(r, "/offer") && stage_of(t, amal) == INTAKE_ADMITTED);
    struct trainee_row tr;
    PT_MUST(trainee_of_participant(t->db, t->a, amal, &tr));
    CHECK_INT(tr.cohort_id, 1);
    r = pt_post_as(t, me, "/offer", "offer=1&answer=no&note=");
    CHECK(r->status == 409 && pt_has(r, "Du er trainee")); /* answered already */
    r = pt_get(t, ROLE_PROJECT_LEADER, "/cohorts/1");
    CHECK(pt_has(r, "amal Haddad") && pt_has(r, "0 av 12 møter holdt") && pt_has(r, "Finn mentorer"));

    /* Over the seats with a reason, withdrawn again. */
    r = post(t, omar, "offer", arena_fmt(t->a, "cohort=1&answer_by_on=%s&reason=Klar&seen=%d&over_seats_reason=Avtalt+med+leder", by, INTAKE_WAITING).p);
    CHECK(r->status == 303 && stage_of(t, omar) == INTAKE_OFFERED);
    r = post(t, omar, "offer/decide", arena_fmt(t->a, "act=withdraw_offer&seen=%d&reason=Feil+pulje", INTAKE_OFFERED).p);
    CHECK(r->status == 303 && stage_of(t, omar) == INTAKE_INTERVIEWED);
    r = pt_post_as(t, other, "/offer", "offer=2&answer=yes&note=");
    CHECK_INT(r->status, 409); /* withdrawn: too late */
    r = post(t, omar, "offer/decide", arena_fmt(t->a, "act=other_way&seen=%d&reason=", INTAKE_INTERVIEWED).p);
    CHECK_INT(r->status, 422);
    r = post(t, omar, "offer/decide", arena_fmt(t->a, "act=other_way&seen=%d&reason=Norsk+f%%C3%%B8rst", INTAKE_INTERVIEWED).p);
    CHECK(r->status == 303 && stage_of(t, omar) == INTAKE_OTHER_WAY);
    CHECK(pt_has(pt_get_as(t, other, "/offer"), "Norsk først"));
    r = post(t, omar, "offer/decide", arena_fmt(t->a, "act=resume&seen=%d&reason=Klar+n%%C3%%A5", INTAKE_OTHER_WAY).p);
    CHECK(r->status == 303 && stage_of(t, omar) == INTAKE_INTERVIEWED);
    CHECK_INT(post(t, omar, "offer/decide", "act=recommend&seen=7&reason=x")->status, 400); /* no decision of this page */
    r = pt_post(t, ROLE_PROJECT_LEADER, "/cohorts/1/close", "reason=Ferdig&version=2");
    CHECK(pt_went(r, "/cohorts/1"));
    r = pt_get(t, ROLE_PROJECT_LEADER, "/cohorts/1");
    CHECK(pt_has(r, "Puljen ble avsluttet") && pt_has(r, "Ferdig"));
    r = post(t, omar, "offer", make.p);
    CHECK(r->status == 422 && pt_has(r, "Puljen er avsluttet"));
    CHECK(pt_went(pt_post(t, ROLE_PROJECT_LEADER, "/cohorts/1/reopen", "version=3"), "/cohorts/1"));
    CHECK_INT(pt_post(t, ROLE_PROJECT_LEADER, "/cohorts/1/reopen", "version=4")->status, 409);
}

static void other_organisation(struct pt *t)
{
    struct organisation_row o = {.name = STR("Annenby"), .kind = STR("municipality"), .municipality = STR("5002"), .created_at = t->now};
    int64_t org, id;
    PT_MUST(organisation_insert(t->db, &o, &org));
    struct cohort_row c = {.organisation_id = org, .name = STR("Deres"), .start_on = 20000, .seats = 5, .created_at = t->now};
    PT_MUST(cohort_insert(t->db, &c, &id));
    CHECK_INT(pt_get(t, ROLE_PROJECT_LEADER, arena_fmt(t->a, "/cohorts/%lld", (long long)id).p)->status, 404);
    CHECK_INT(pt_get(t, ROLE_PROJECT_LEADER, arena_fmt(t->a, "/cohorts/%lld/edit", (long long)id).p)->status, 404);
    CHECK(!pt_has(pt_get(t, ROLE_PROJECT_LEADER, "/cohorts"), "Deres"));
}

int main(void)
{
    struct pt t = pt_start();
    cohorts(&t);
    offers(&t);
    other_organisation(&t);
    pt_end(&t);
    return test_end();
}
