/* A trainee and two mentors: proposal, pin, forbid, meeting, pause, two answers in confidence, agreement, signatures, a running pair. */
#include "page_test.h"
#include "model/agreement.h"
#include "model/cohort.h"
#include "model/log.h"
#include "model/match.h"
#include "model/mentor.h"
#include "model/mentorship.h"
#include "model/participant.h"
#include "model/trainee.h"

struct scene {
    struct pt t;
    int64_t cohort, participant, trainee, mentor, other_mentor;
    struct pt_person other;
};

static struct scene scene(void)
{
    struct scene s = {.t = pt_start()};
    struct pt *t = &s.t;
    struct participant_row p = {.organisation_id = t->organisation_id, .reference = STR("M-1"), .first_name = STR("Amal"),
                                .last_name = STR("Haddad"), .email = STR("amal@example.no"), .field = STR("0916"), .lang = STR("nb"),
                                .created_at = t->now, .updated_at = t->now};
    PT_MUST(participant_insert(t->db, t->a, &p, &s.participant));
    PT_MUST(participant_set_account(t->db, s.participant, t->who[ROLE_TRAINEE].account_id));
    struct cohort_row c = {.organisation_id = t->organisation_id, .name = STR("Prøvepulje"), .start_on = 20000, .seats = 5};
    PT_MUST(cohort_insert(t->db, &c, &s.cohort));
    struct trainee_row tr = {.organisation_id = t->organisation_id, .participant_id = s.participant, .cohort_id = s.cohort, .admitted_at = t->now};
    PT_MUST(trainee_insert(t->db, &tr, &s.trainee));
    struct mentor_row m = {.organisation_id = t->organisation_id, .account_id = t->who[ROLE_MENTOR].account_id, .first_name = STR("Ingrid"),
                           .last_name = STR("Solbakken"), .email = STR("mentor@example.no"), .field = STR("0916"), .lang = STR("nb"),
                           .job_title = STR("Farmasøyt"), .experience_years = 14, .network = 3, .capacity = 1};
    PT_MUST(mentor_insert(t->db, &m, &s.mentor));
    s.other = pt_add(t, ROLE_MENTOR, "annen@example.no", "Annen Mentor");
    m = (struct mentor_row){.organisation_id = t->organisation_id, .account_id = s.other.account_id, .first_name = STR("Henrik"),
                            .last_name = STR("Dahl"), .field = STR("0531"), .lang = STR("nb"), .capacity = 1};
    PT_MUST(mentor_insert(t->db, &m, &s.other_mentor));
    return s;
}

static const char *form(struct scene *s, const char *fmt, int64_t a, int64_t b)
{
    char text[400];
    snprintf(text, sizeof text, fmt, (long long)a, (long long)b);
    return arena_cstr(s->t.a, str_c(text));
}

static int count_events(struct scene *s, const char *kind)
{
    struct event_row *e;
    size_t n;
    int k = 0;
    PT_MUST(event_of_participant(s->t.db, s->t.a, s->participant, 100, &e, &n));
    for (size_t i = 0; i < n; i++)
        k += str_is(e[i].kind, kind);
    return k;
}

static void proposals(struct scene *s)
{
    struct pt *t = &s->t;
    struct req *r = pt_get(t, ROLE_PROJECT_LEADER, "/matching");
    CHECK(r->status == 200 && pt_has(r, "Amal Haddad") && pt_has(r, "Ingrid Solbakken"));
    CHECK(pt_has(r, "Samme fag")); /* the reason in words */
    CHECK_INT(pt_get(t, ROLE_ADVISER, "/matching")->status, 403);
    CHECK_INT(pt_get(t, ROLE_MENTOR, "/matching")->status, 403);
    const char *both = form(s, "trainee=%lld&mentor=%lld&kind=forbid&reason=Kjenner+hverandre+fra+for", s->trainee, s->mentor);
    CHECK(pt_went(pt_post(t, ROLE_PROJECT_LEADER, "/matching/wish", both), "/matching"));
    r = pt_get(t, ROLE_PROJECT_LEADER, "/matching");
    CHECK(pt_has(r, "Kjenner hverandre fra for")); /* shown to the leader, and the pair is gone */
    CHECK(!pt_has(r, "Samme fag"));
    CHECK(pt_went(pt_post(t, ROLE_PROJECT_LEADER, "/matching/clear", form(s, "trainee=%lld&mentor=%lld", s->trainee, s->mentor)), "/matching"));
    CHECK(pt_went(pt_post(t, ROLE_PROJECT_LEADER, "/matching/wish", form(s, "trainee=%lld&mentor=%lld&kind=pin", s->trainee, s->other_mentor)),
                  "/matching"));
    r = pt_get(t, ROLE_PROJECT_LEADER, "/matching");
    CHECK(pt_has(r, "Låst")); /* pinned together though the field is another */
    CHECK(pt_went(pt_post(t, ROLE_PROJECT_LEADER, "/matching/clear", form(s, "trainee=%lld&mentor=%lld", s->trainee, s->other_mentor)), "/matching"));
}

static void to_the_answers(struct scene *s)
{
    struct pt *t = &s->t;
    CHECK_INT(pt_get(t, ROLE_TRAINEE, "/matches/1")->status, 404);
    CHECK(pt_went(pt_post(t, ROLE_PROJECT_LEADER, "/matching/choose", form(s, "trainee=%lld&mentor=%lld", s->trainee, s->mentor)), "/matches/1"));
    CHECK_INT(pt_post(t, ROLE_PROJECT_LEADER, "/matching/choose", form(s, "trainee=%lld&mentor=%lld", s->trainee, s->other_mentor))->status, 409);
    CHECK_INT(pt_get(t, ROLE_TRAINEE, "/matches/1")->status, 404); /* a proposal alone is not shown to them */
    CHECK_INT(pt_get(t, ROLE_MENTOR, "/matches/1")->status, 404);
    CHECK_INT(pt_post(t, ROLE_TRAINEE, "/matches/1/answer", "answer=yes")->status, 404); /* nor told of by another answer than for none */
    CHECK(!pt_has(pt_get(t, ROLE_MENTOR, "/"), "Amal"));
    struct req *r = pt_post(t, ROLE_PROJECT_LEADER, "/matches/1/meeting", "version=1&at=32.13.2030&at_time=10:00&place=Rom+3");
    CHECK(r->status == 422 && pt_has(r, "Rom 3") && pt_has(r, "32.13.2030")); /* what was typed is kept */
    CHECK(pt_went(pt_post(t, ROLE_PROJECT_LEADER, "/matches/1/meeting", "version=1&at=1.2.2035&at_time=10:00&place=Rom+3"), "/matches/1"));
    r = pt_post(t, ROLE_PROJECT_LEADER, "/matches/1/meeting", "version=1&at=2.2.2035&at_time=10:00&place=Kantinen"); /* an old form */
    CHECK(r->status == 409 && pt_has(r, "Kantinen") && pt_has(r, "Rom 3")); /* what was typed, and what is there now */
    CHECK_INT(pt_post(t, ROLE_PROJECT_LEADER, "/matches/1/meeting", "at=2.2.2035&at_time=10:00")->status, 409); /* one that saw no version */
    r = pt_get(t, ROLE_TRAINEE, "/matches/1");
    CHECK(r->status == 200 && pt_has(r, "Ingrid Solbakken") && pt_has(r, "Rom 3"));
    CHECK(!pt_has(r, "av 1000 poeng")); /* points and reasons are the leader's */
    CHECK_INT(pt_get_as(t, s->other, "/matches/1")->status, 404); /* another mentor */
    CHECK_INT(pt_post(t, ROLE_PROJECT_LEADER, "/matches/1/ask", "version=2")->status, 409);
}

static void session_again(struct scene *s)
{
    struct pt *t = &s->t;
    for (enum role role = ROLE_ADMINISTRATOR; role < ROLE_N; role++) {
        struct role_row *roles;
        size_t n;
        int64_t id;
        PT_MUST(role_of_account(t->db, t->a, t->who[role].account_id, t->now, &roles, &n));
        t->who[role].token = secret_token(t->a);
        struct session_row x = {.token_hash = secret_hash_hex(t->a, t->who[role].token), .account_id = t->who[role].account_id,
                                .account_role_id = roles[0].id, .created_at = t->now, .seen_at = t->now, .expires_at = t->now + 36000000};
        PT_MUST(session_insert(t->db, &x, &id));
    }
}

static void at(struct scene *s, int day, int hour)
{
    s->t.now = tm_at(tm_on(2035, 2, day), hour, 0);
    session_again(s);
}

static void answers(struct scene *s)
{
    struct pt *t = &s->t;
    at(s, 1, 15);
    CHECK_INT(pt_post(t, ROLE_PROJECT_LEADER, "/matches/1/held", "version=2&held_on=2.2.2035")->status, 422); /* not in the future */
    CHECK(pt_went(pt_post(t, ROLE_PROJECT_LEADER, "/matches/1/held", "version=2&held_on=1.2.2035"), "/matches/1"));
    struct req *r = pt_post(t, ROLE_PROJECT_LEADER, "/matches/1/ask", "version=3");
    CHECK(r->status == 422 && pt_has(r, "minst en natt")); /* not on the day of the meeting */
    at(s, 4, 9);
    CHECK(pt_went(pt_post(t, ROLE_PROJECT_LEADER, "/matches/1/ask", "version=3"), "/matches/1"));
    CHECK_INT(pt_post(t, ROLE_TRAINEE, "/matches/1/answer", "answer=maybe")->status, 422);
    CHECK(pt_went(pt_post(t, ROLE_TRAINEE, "/matches/1/answer", "answer=yes&comment=Hun+er+flink"), "/"));
    CHECK_INT(pt_post(t, ROLE_TRAINEE, "/matches/1/answer", "answer=no&comment=x")->status, 409); /* answered once */
    r = pt_get(t, ROLE_MENTOR, "/matches/1");
    CHECK(r->status == 200 && !pt_has(r, "Hun er flink")); /* in confidence */
    CHECK(pt_has(pt_get(t, ROLE_PROJECT_LEADER, "/matches/1"), "Hun er flink"));
    CHECK(pt_went(pt_post(t, ROLE_MENTOR, "/matches/1/answer", "answer=yes"), "/"));
}

static void sign(struct scene *s)
{
    struct pt *t = &s->t;
    struct agreement_row g;
    PT_MUST(agreement_of_match(t->db, t->a, 1, &g));
    CHECK(pt_went(pt_get(t, ROLE_TRAINEE, "/agreement"), "/agreements/1"));
    struct req *r = pt_get(t, ROLE_MENTOR, "/agreements/1");
    CHECK(r->status == 200 && pt_has(r, "Skriv under") && pt_has(r, "Amal Haddad"));
    r = pt_post(t, ROLE_MENTOR, "/agreements/1/sign", "name=Ingrid&hash=x");
    CHECK(r->status == 422 && pt_has(r, "Kryss av")); /* must say that it was read */
    r = pt_post(t, ROLE_MENTOR, "/agreements/1/sign", "name=Ingrid+Solbakken&read=on&hash=0000");
    CHECK_INT(r->status, 409); /* another text than the one on the screen */
    struct str body = arena_fmt(t->a, "name=Ingrid+Solbakken&read=on&hash=%.*s", STR_FMT(g.text_hash));
    CHECK(pt_went(pt_post(t, ROLE_MENTOR, "/agreements/1/sign", body.p), "/agreements/1"));
    CHECK(pt_went(pt_post(t, ROLE_TRAINEE, "/agreements/1/edit", "version=1&text=%23%23+Ny+avtale%0A%0ADette+er+teksten+vi+vil+ha."), "/agreements/1"));
    r = pt_post(t, ROLE_MENTOR, "/agreements/1/edit", "version=1&text=En+helt+annen+tekst+som+er+gammel.");
    CHECK(r->status == 409 && pt_has(r, "En helt annen tekst") && pt_has(r, "Dette er teksten vi vil ha")); /* both are shown */
    r = pt_get(t, ROLE_MENTOR, "/agreements/1");
    CHECK(pt_has(r, "Ingen har skrevet under")); /* the change voided the signature */
    PT_MUST(agreement_of_match(t->db, t->a, 1, &g));
    body = arena_fmt(t->a, "name=Amal+Haddad&read=on&hash=%.*s", STR_FMT(g.text_hash));
    CHECK(pt_went(pt_post(t, ROLE_TRAINEE, "/agreements/1/sign", body.p), "/agreements/1"));
    body = arena_fmt(t->a, "name=Ingrid+Solbakken&read=on&hash=%.*s", STR_FMT(g.text_hash));
    CHECK(pt_went(pt_post(t, ROLE_MENTOR, "/agreements/1/sign", body.p), "/agreements/1"));
    struct mentorship_row m;
    CHECK_ERR(mentorship_of_trainee(t->db, t->a, s->trainee, &m), OK);
    CHECK(m.mentor_id == s->mentor && m.first_meeting_on == 0);
    CHECK(pt_has(pt_get(t, ROLE_TRAINEE, "/agreements/1"), "Avtalen er signert"));
    CHECK_INT(pt_get(t, ROLE_TRAINEE, "/agreements/1/edit")->status, 409); /* signed by both: no more changes */
    CHECK_INT(count_events(s, "agreement.signed"), 3);
    CHECK_INT(count_events(s, "mentorship.started"), 1);
}

static void preparation(struct scene *s)
{
    struct pt *t = &s->t;
    CHECK_INT(pt_get(t, ROLE_TRAINEE, "/preparation")->status, 200);
    CHECK(pt_went(pt_post(t, ROLE_TRAINEE, "/preparation", "version=1&motivation=Jeg+vil+videre&goals=Jobb&wish_sex=female"), "/preparation"));
    struct req *r = pt_post(t, ROLE_TRAINEE, "/preparation", "version=1&motivation=Min+egen+gamle");
    CHECK(r->status == 409 && pt_has(r, "Min egen gamle") && pt_has(r, "Jeg vil videre"));
    CHECK_INT(pt_get(t, ROLE_MENTOR, "/preparation")->status, 403);
    r = pt_get(t, ROLE_PROJECT_LEADER, "/settings/agreement");
    CHECK(r->status == 200 && pt_has(r, "{trainee}"));
    r = pt_post(t, ROLE_PROJECT_LEADER, "/settings/agreement?for=nb", "text=Avtale+mellom+%7Bukjent%7D+og+noen+andre");
    CHECK(r->status == 422 && pt_has(r, "{ukjent}"));
    CHECK(pt_went(pt_post(t, ROLE_PROJECT_LEADER, "/settings/agreement?for=nn", "text=Avtale+mellom+%7Btrainee%7D+og+%7Bmentor%7D."), "/settings/agreement"));
}

struct mail_seen {
    int64_t n;
};
DB_QUERY(q_alike, struct mail_seen, 0,
         "SELECT COUNT(*) AS n FROM outbox a JOIN outbox b ON b.id > a.id AND b.subject = a.subject AND b.to_email <> a.to_email"
         "   AND b.created_at = a.created_at AND REPLACE(a.body, 'Ingrid', 'Amal') = REPLACE(b.body, 'Ingrid', 'Amal')"
         " WHERE a.subject = 'Nytt fra mentorprogrammet'",
         DB_COL(struct mail_seen, n));
DB_QUERY(q_over, struct mail_seen, 0, "SELECT COUNT(*) AS n FROM outbox WHERE subject = 'Nytt fra mentorprogrammet'",
         DB_COL(struct mail_seen, n));
DB_QUERY(q_strangers, struct mail_seen, 0,
         "SELECT COUNT(*) AS n FROM outbox WHERE (to_email = 'amal@example.no' AND calendar LIKE '%mentor@example.no%')"
         "    OR (to_email = 'mentor@example.no' AND calendar LIKE '%amal@example.no%')",
         DB_COL(struct mail_seen, n));
DB_EXEC(q_no_promise, 0, "DELETE FROM confidentiality");

static int64_t count(struct pt *t, const struct db_query *q)
{
    struct mail_seen m;
    PT_MUST(db_one(t->db, t->a, q, &m, DB_NONE));
    return m.n;
}

static int forbidden(struct scene *s)
{
    struct match_wish_row *w;
    size_t n;
    int k = 0;
    PT_MUST(match_wish_all(s->t.db, s->t.a, s->t.organisation_id, (struct viewer){0}, &w, &n));
    for (size_t i = 0; i < n; i++)
        k += w[i].kind == MATCH_FORBID && w[i].mentor_id == s->mentor && !w[i].reason.n && !w[i].by_account;
    return k;
}

DB_EXEC(q_protect, 1, "UPDATE participant SET address_protection = 1 WHERE id = $1");
DB_QUERY(q_told, struct mail_seen, 0, "SELECT COUNT(*) AS n FROM outbox WHERE kind = 'match' AND (calendar <> '' OR body LIKE '%kalenderfil%')", DB_COL(struct mail_seen, n));
/* Of who has a protected address no time leaves. */
static void protected_time(void)
{
    struct scene s = scene();
    struct pt *t = &s.t;
    CHECK(pt_went(pt_post(t, ROLE_PROJECT_LEADER, "/matching/choose", form(&s, "trainee=%lld&mentor=%lld", s.trainee, s.mentor)), "/matches/1"));
    CHECK(pt_went(pt_post(t, ROLE_PROJECT_LEADER, "/matches/1/meeting", "version=1&at=1.2.2035&at_time=10:00"), "/matches/1"));
    CHECK_INT(count(t, &q_told), 2); /* control */
    PT_MUST(db_run(t->db, &q_protect, NULL, DB_IN(s.participant)));
    CHECK(pt_has(pt_get(t, ROLE_PROJECT_LEADER, "/matches/1"), "uten tid og sted"));
    CHECK(pt_went(pt_post(t, ROLE_PROJECT_LEADER, "/matches/1/meeting", "version=2&at=2.2.2035&at_time=10:00"), "/matches/1"));
    CHECK_INT(count(t, &q_told), 2);
    pt_end(t);
}

/* Two who have met and are asked. */
static struct scene asked(void)
{
    struct scene s = scene();
    struct pt *t = &s.t;
    CHECK(pt_went(pt_post(t, ROLE_PROJECT_LEADER, "/matching/choose", form(&s, "trainee=%lld&mentor=%lld", s.trainee, s.mentor)), "/matches/1"));
    CHECK(pt_went(pt_post(t, ROLE_PROJECT_LEADER, "/matches/1/meeting", "version=1&at=1.2.2035&at_time=10:00"), "/matches/1"));
    at(&s, 1, 15);
    CHECK(pt_went(pt_post(t, ROLE_PROJECT_LEADER, "/matches/1/held", "version=2&held_on=1.2.2035"), "/matches/1"));
    at(&s, 3, 9);
    CHECK(pt_went(pt_post(t, ROLE_PROJECT_LEADER, "/matches/1/ask", "version=3"), "/matches/1"));
    return s;
}

/* A no: no blame, the pair is not proposed again, and nobody reads who said it: not from words, mails, history, nor from when. */
static void decline(void)
{
    struct scene s = asked();
    struct pt *t = &s.t;
    CHECK_INT(count(t, &q_strangers), 0); /* the invitations told neither the other's address */
    struct req *before = pt_get(t, ROLE_TRAINEE, "/matches/1");
    CHECK(pt_went(pt_post(t, ROLE_MENTOR, "/matches/1/answer", "answer=no&comment=Har+ikke+tid"), "/"));
    struct req *r = pt_get(t, ROLE_TRAINEE, "/matches/1");
    CHECK(r->status == 200 && !pt_has(r, "Har ikke tid"));
    CHECK(pt_has(before, "Vil du gå videre?") && pt_has(r, "Vil du gå videre?")); /* the trainee is still asked, and hears nothing */
    CHECK_INT(count(t, &q_over), 0);
    r = pt_get(t, ROLE_PROJECT_LEADER, "/matches/1");
    CHECK(pt_has(r, "Har ikke tid") && pt_has(r, "får ikke vite det"));
    CHECK_INT(count_events(&s, "match.answered"), 0); /* the adviser reads this history */
    CHECK(pt_went(pt_post(t, ROLE_TRAINEE, "/matches/1/answer", "answer=yes"), "/"));
    r = pt_get(t, ROLE_TRAINEE, "/matches/1");
    CHECK(r->status == 200 && pt_has(r, "Dette ble ikke noe av") && !pt_has(r, "Har ikke tid") && !pt_has(r, "Nei"));
    CHECK_INT(count(t, &q_over), 2);
    CHECK_INT(count(t, &q_alike), 1); /* both got the same words at the same time */
    struct event_row *e;
    size_t n;
    PT_MUST(event_of_participant(t->db, t->a, s.participant, 1, &e, &n));
    CHECK(n == 1 && str_is(e[0].kind, "match.declined") && e[0].account_id == 0);
    CHECK_INT(forbidden(&s), 1);
    r = pt_get(t, ROLE_PROJECT_LEADER, "/matching");
    CHECK(!pt_has(r, "Samme fag")); /* not proposed again */
    CHECK_INT(pt_post(t, ROLE_PROJECT_LEADER, "/matching/choose", form(&s, "trainee=%lld&mentor=%lld", s.trainee, s.mentor))->status, 409);
    CHECK_INT(pt_get(t, ROLE_MENTOR, "/matches/1")->status, 404); /* access ended with it */
    pt_end(t);
}

/* The leader need not wait for the second answer: taking it back after a no looks the same to both. */
static void take_back(void)
{
    struct scene s = asked();
    struct pt *t = &s.t;
    CHECK(pt_went(pt_post(t, ROLE_TRAINEE, "/matches/1/answer", "answer=no"), "/"));
    struct req *r = pt_post(t, ROLE_PROJECT_LEADER, "/matches/1/take-back", "version=4&reason=Ble+for+lenge"); /* read before the answer */
    CHECK(r->status == 409 && pt_has(r, "Ble for lenge"));
    CHECK(pt_went(pt_post(t, ROLE_PROJECT_LEADER, "/matches/1/take-back", "version=5&reason=Ble+for+lenge"), "/matching"));
    CHECK_INT(count(t, &q_alike), 1);
    CHECK_INT(forbidden(&s), 1);
    r = pt_get(t, ROLE_TRAINEE, "/matches/1");
    CHECK(pt_has(r, "Dette ble ikke noe av") && !pt_has(r, "Ble for lenge"));
    pt_end(t);
}

/* Before the mentor has promised confidentiality there is nothing to see; a proposal taken back before it was shown never is. */
static void confidential(void)
{
    struct scene s = asked();
    struct pt *t = &s.t;
    PT_MUST(db_run(t->db, &q_no_promise, NULL, DB_NONE));
    struct req *r = pt_get(t, ROLE_MENTOR, "/matches/1");
    CHECK(pt_went(r, "/confidentiality") && !pt_has(r, "Amal"));
    t->who[ROLE_MENTOR] = s.other;
    session_again(&s);
    CHECK(pt_went(pt_get(t, ROLE_MENTOR, "/matches/1"), "/confidentiality")); /* another mentor is not even told that */
    pt_end(t);
    s = scene();
    t = &s.t;
    CHECK(pt_went(pt_post(t, ROLE_PROJECT_LEADER, "/matching/choose", form(&s, "trainee=%lld&mentor=%lld", s.trainee, s.mentor)), "/matches/1"));
    CHECK(pt_went(pt_post(t, ROLE_PROJECT_LEADER, "/matches/1/take-back", "version=1&reason=Feil"), "/matching"));
    CHECK_INT(pt_get(t, ROLE_TRAINEE, "/matches/1")->status, 404);
    pt_end(t);
}

int main(void)
{
    struct scene s = scene();
    proposals(&s);
    preparation(&s);
    to_the_answers(&s);
    answers(&s);
    sign(&s);
    pt_end(&s.t);
    decline();
    protected_time();
    take_back();
    confidential();
    return test_end();
}
