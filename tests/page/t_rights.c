/* A person's rights as pages: the own data, consent, the file, asking; staff answer; who is over time. */
#include "mentoring_data.h"
#include "model/rights.h"
#include "model/user.h"
#include "page/rights/rights.h"
#include "service/document.h"

static struct pt t;
static struct md d;

static int64_t count(const char *what)
{
    struct event_row *rows;
    size_t n, found = 0;
    PT_MUST(event_of_participant(t.db, t.a, d.participant_id, 500, &rows, &n));
    for (size_t i = 0; i < n; i++)
        found += str_is(rows[i].kind, what);
    return (int64_t)found;
}

static void own_data(void)
{
    struct req *r = pt_get(&t, ROLE_TRAINEE, "/my-data");
    CHECK(r->status == 200 && pt_has(r, "Amal") && pt_has(r, "Last ned alt") && pt_has(r, "Farmakologi"));
    CHECK(pt_has(r, "Programrådgiver") && !pt_has(r, "Test adviser"));
    CHECK(!pt_has(r, "Sara")); /* somebody else */
    r = pt_get(&t, ROLE_MENTOR, "/my-data");
    CHECK(r->status == 200 && pt_has(r, "Byens apotek") && !pt_has(r, "Farmakologi"));
    for (enum role role = ROLE_ADMINISTRATOR; role < ROLE_N; role++)
        CHECK_INT(pt_get(&t, role, "/my-data")->status, 200);
    r = pt_ask(&t, STR(""), "GET", "/privacy", NULL);
    CHECK(r->status == 200 && pt_has(r, "integreringsloven") && pt_has(r, "Taushetserklæringen"));
}

static void consents(void)
{
    bool given = true;
    struct req *r = pt_get(&t, ROLE_TRAINEE, "/my-data");
    CHECK(pt_has(r, "Dele CV-en min med virksomheter") && !pt_has(r, "Trekk samtykket"));
    CHECK_ERR(consent_given(t.db, t.a, t.organisation_id, t.who[ROLE_TRAINEE].account_id, CONSENT_cv_business, &given), OK);
    CHECK(!given);
    CHECK(pt_went(pt_post(&t, ROLE_TRAINEE, "/my-data/consent", "what=cv_business&give=1"), "/my-data"));
    CHECK(pt_went(pt_post(&t, ROLE_TRAINEE, "/my-data/consent", "what=cv_business&give=1"), "/my-data")); /* twice is once */
    CHECK_ERR(consent_given(t.db, t.a, t.organisation_id, t.who[ROLE_TRAINEE].account_id, CONSENT_cv_business, &given), OK);
    CHECK(given);
    CHECK_INT(count("consent.given"), 1);
    CHECK(pt_has(pt_get(&t, ROLE_TRAINEE, "/my-data"), "Trekk samtykket"));
    CHECK(pt_went(pt_post(&t, ROLE_TRAINEE, "/my-data/consent", "what=cv_business&give=0"), "/my-data"));
    CHECK_ERR(consent_given(t.db, t.a, t.organisation_id, t.who[ROLE_TRAINEE].account_id, CONSENT_cv_business, &given), OK);
    CHECK(!given);
    CHECK_INT(count("consent.withdrawn"), 1);
    CHECK(pt_has(pt_get(&t, ROLE_TRAINEE, "/my-data"), "trukket"));
    CHECK_INT(pt_post(&t, ROLE_MENTOR, "/my-data/consent", "what=cv_business&give=1")->status, 404); /* not asked of mentors */
    CHECK_INT(pt_post(&t, ROLE_TRAINEE, "/my-data/consent", "what=nonsense&give=1")->status, 404);
    CHECK_INT(pt_post(&t, ROLE_ADVISER, "/my-data/consent", "what=research&give=1")->status, 403);
}

static struct req *give(enum role role, const char *what, int yes)
{
    return pt_post(&t, role, "/my-data/consent", arena_fmt(t.a, "what=%s&give=%d", what, yes).p);
}

/* Who does something on the ground of a yes sees it, and sees at once that it is gone. */
static void consents_seen(void)
{
    struct document_make cv = {.kind = DOCUMENT_CV, .participant_id = d.participant_id};
    struct actor leader = {.account_id = t.who[ROLE_PROJECT_LEADER].account_id, .organisation_id = t.organisation_id, .role = ROLE_PROJECT_LEADER};
    struct ctx c = {.a = t.a, .db = t.db, .actor = &leader, .now = t.now, .today = tm_on_of(t.now), .request = STR("r"), .base_url = STR("http://x")};
    struct say why = {0};
    int64_t id;
    PT_MUST(document_new(&c, &cv, &id, &why));
    const char *document = arena_fmt(t.a, "/documents/%lld", (long long)id).p, *trainee = arena_fmt(t.a, "/trainees/%lld", (long long)d.trainee_id).p;
    const char *mentor = arena_fmt(t.a, "/mentors/%lld", (long long)d.mentor_id).p;
    struct req *r = pt_get(&t, ROLE_PROJECT_LEADER, "/rights");
    CHECK(r->status == 200 && pt_has(r, "Ingen har sagt ja.") && !pt_has(r, "Amal"));
    CHECK(pt_has(pt_get(&t, ROLE_PROJECT_LEADER, document), "Traineen har ikke sagt ja til at CV-en blir vist"));
    CHECK(!pt_has(pt_get(&t, ROLE_TRAINEE, document), "blir vist til virksomheter"));
    CHECK(pt_has(pt_get(&t, ROLE_PROJECT_LEADER, trainee), "Samtykker") && !pt_has(pt_get(&t, ROLE_ADVISER, trainee), "h-consents"));
    CHECK(pt_went(give(ROLE_TRAINEE, "cv_business", 1), "/my-data") && pt_went(give(ROLE_TRAINEE, "contact_after", 1), "/my-data"));
    CHECK(pt_went(give(ROLE_MENTOR, "research", 1), "/my-data"));
    r = pt_get(&t, ROLE_PROJECT_LEADER, "/rights");
    CHECK(pt_has(r, arena_fmt(t.a, "%s\"><bdi>Amal Haddad", trainee).p) && pt_has(r, arena_fmt(t.a, "%s\"><bdi>Kari Nordmann", mentor).p) && pt_has(r, "Mentor. Sa ja"));
    CHECK(pt_has(pt_get(&t, ROLE_TRAINEE, "/my-log"), "En liste der navnet står") && pt_has(pt_get(&t, ROLE_MENTOR, "/my-log"), "En liste der navnet står"));
    r = pt_get(&t, ROLE_ADMINISTRATOR, "/rights");
    CHECK(pt_has(r, "Amal Haddad") && !pt_has(r, trainee));
    CHECK(pt_has(pt_get(&t, ROLE_PROJECT_LEADER, document), "Traineen har sagt ja til at du viser CV-en"));
    r = pt_get(&t, ROLE_PROJECT_LEADER, trainee);
    CHECK(pt_has(r, "Vise CV-en til virksomheter") && pt_has(r, "Ja, ") && pt_has(r, "Samtykke gitt: Ta kontakt etter programmet"));
    CHECK(pt_has(pt_get(&t, ROLE_PROJECT_LEADER, mentor), "Bruk i forskning"));
    /* after the end: ask how it goes, or not */
    PT_MUST(db_script(t.db, "UPDATE trainee SET status = 1, completed_on = 20000"));
    CHECK(pt_has(pt_get(&t, ROLE_PROJECT_LEADER, trainee), "Følg gjerne opp hvordan det går"));
    int64_t mails = md_mails(&t);
    CHECK(pt_went(give(ROLE_TRAINEE, "contact_after", 0), "/my-data"));
    CHECK_INT(md_mails(&t), mails + 1); /* one leader */
    struct outbox_row m = md_mail(&t);
    CHECK(str_is(m.kind, "consent") && md_in(m.body, "Noen har trukket et samtykke. Det gjelder fra nå.") && md_in(m.body, "/rights") && !md_in(m.body, "Amal"));
    CHECK(pt_went(give(ROLE_TRAINEE, "contact_after", 0), "/my-data") && pt_went(give(ROLE_TRAINEE, "research", 0), "/my-data"));
    CHECK_INT(md_mails(&t), mails + 1); /* nothing was given */
    r = pt_get(&t, ROLE_PROJECT_LEADER, trainee);
    CHECK(pt_has(r, "Har ikke sagt ja til å bli kontaktet etterpå.") && !pt_has(r, "Følg gjerne opp") && pt_has(r, "Samtykke trukket: Ta kontakt etter programmet"));
    PT_MUST(db_script(t.db, "UPDATE trainee SET status = 0, completed_on = 0"));
    CHECK(pt_has(pt_get(&t, ROLE_PROJECT_LEADER, "/rights"), "Amal Haddad")); /* the CV stands */
    /* strictly protected: for who is named only, also if the same person were a mentor */
    PT_MUST(db_script(t.db, "UPDATE participant SET address_protection = 2"));
    r = pt_get(&t, ROLE_PROJECT_LEADER, "/rights");
    CHECK(!pt_has(r, "Amal") && pt_has(r, "Kari Nordmann"));
    int64_t told = md_mails(&t);
    CHECK(pt_went(give(ROLE_TRAINEE, "research", 1), "/my-data") && pt_went(give(ROLE_TRAINEE, "research", 0), "/my-data"));
    CHECK_INT(md_mails(&t), told); /* that somebody is there is not said either */
    int64_t both = md_mentor(&t, "Amal", "Haddad-Mentor", t.who[ROLE_TRAINEE].account_id);
    CHECK(!pt_has(pt_get(&t, ROLE_PROJECT_LEADER, "/rights"), "Amal"));
    PT_MUST(db_script(t.db, arena_fmt(t.a, "DELETE FROM mentor WHERE id = %lld; INSERT INTO relation (organisation_id, participant_id, account_id, kind, from_on, by_account, at)"
                                           " VALUES (1, %lld, %lld, 'named', 1, 1, 1)", (long long)both, (long long)d.participant_id, (long long)leader.account_id).p));
    CHECK(pt_has(pt_get(&t, ROLE_PROJECT_LEADER, "/rights"), "Amal Haddad"));
    CHECK(pt_went(give(ROLE_TRAINEE, "research", 1), "/my-data") && pt_went(give(ROLE_TRAINEE, "research", 0), "/my-data"));
    CHECK_INT(md_mails(&t), told + 1);
    PT_MUST(db_script(t.db, "DELETE FROM relation; UPDATE participant SET address_protection = 0"));
    /* an older text is no yes to this one */
    PT_MUST(db_script(t.db, "UPDATE consent SET text_version = 1 WHERE purpose = 'cv_business'"));
    CHECK(!pt_has(pt_get(&t, ROLE_PROJECT_LEADER, "/rights"), "Amal"));
    CHECK(pt_went(give(ROLE_TRAINEE, "cv_business", 0), "/my-data") && pt_went(give(ROLE_MENTOR, "research", 0), "/my-data"));
    CHECK(!pt_has(pt_get(&t, ROLE_PROJECT_LEADER, "/rights"), "Kari"));
}

/* More than a page of them. */
static void consents_paged(void)
{
    for (int i = 0; i < CONSENT_PAGE + 3; i++) {
        int64_t id;
        struct pt_person who = pt_add(&t, ROLE_TRAINEE, arena_fmt(t.a, "p%d@example.no", i).p, "Prøve");
        md_participant(&t, arena_fmt(t.a, "Side%dx", i).p, "Prøve", who.account_id, 3);
        struct consent_row row = {.organisation_id = t.organisation_id, .account_id = who.account_id, .purpose = STR("research"), .text_version = 1, .lang = STR("nb"),
                                  .given_at = t.now};
        PT_MUST(consent_insert(t.db, &row, &id));
    }
    struct req *r = pt_get(&t, ROLE_PROJECT_LEADER, "/rights");
    CHECK(pt_has(r, "Side52x") && pt_has(r, "Side3x") && !pt_has(r, "Side2x") && pt_has(r, "Vis flere"));
    const char *next = memmem(r->body.p, r->body.n, "consent=research&amp;before=", 28);
    CHECK(next != NULL);
    r = pt_get(&t, ROLE_PROJECT_LEADER, arena_fmt(t.a, "/rights?consent=research&before=%lld", next ? strtoll(next + 28, NULL, 10) : 0).p);
    CHECK(!pt_has(r, "Side52x") && !pt_has(r, "Side3x") && pt_has(r, "Side2x") && !pt_has(r, "Vis flere") && pt_has(r, "Tilbake til de nyeste"));
    CHECK_INT(pt_get(&t, ROLE_PROJECT_LEADER, "/rights?consent=nonsense&before=x")->status, 200);
}

static void download(void)
{
    struct req *r = pt_post(&t, ROLE_TRAINEE, "/my-data/download", "password=");
    CHECK(r->status == 200 && r->body.n > 100 && !memcmp(r->body.p, "PK", 2)); /* no password: nothing to ask for */
    CHECK_INT(count("data.exported"), 1);
    struct str hash;
    PT_MUST(secret_password_hash(t.a, STR("riktig passord"), &hash));
    PT_MUST(account_set_password(t.db, t.who[ROLE_TRAINEE].account_id, hash));
    r = pt_post(&t, ROLE_TRAINEE, "/my-data/download", "password=feil");
    CHECK(r->status == 422 && pt_has(r, "Passordet er ikke riktig") && !pt_has(r, "PK\x03\x04"));
    CHECK_INT(count("data.exported"), 1);
    r = pt_post(&t, ROLE_TRAINEE, "/my-data/download", "password=riktig+passord");
    CHECK(r->status == 200 && !memcmp(r->body.p, "PK", 2));
    CHECK_INT(count("data.exported"), 2);
    int status = 422;
    for (int i = 0; i < 12 && status == 422; i++)
        status = pt_post(&t, ROLE_TRAINEE, "/my-data/download", "password=gjetting")->status;
    CHECK_INT(status, 429);
    CHECK_INT(pt_post(&t, ROLE_TRAINEE, "/my-data/download", "password=riktig+passord")->status, 429); /* also the right one waits */
    CHECK_INT(count("data.exported"), 2);
}

static void asking(void)
{
    CHECK_INT(pt_post(&t, ROLE_TRAINEE, "/my-data/ask", "kind=correction&text=")->status, 422);
    CHECK(!pt_has(pt_get(&t, ROLE_PROJECT_LEADER, "/"), "spørsmål om egne opplysninger"));
    CHECK(pt_went(pt_post(&t, ROLE_TRAINEE, "/my-data/ask", "kind=correction&text=Etternavnet+er+feil"), "/my-data"));
    CHECK(pt_has(pt_get(&t, ROLE_TRAINEE, "/my-data"), "Venter på svar"));
    CHECK(pt_has(pt_get(&t, ROLE_PROJECT_LEADER, "/"), "spørsmål om egne opplysninger"));
    CHECK(pt_has(pt_get(&t, ROLE_PROJECT_LEADER, "/rights"), "Rette noe som er feil"));
    CHECK(pt_has(pt_get(&t, ROLE_PROJECT_LEADER, "/rights/1"), "Etternavnet er feil"));
    CHECK_INT(pt_get(&t, ROLE_ADVISER, "/rights/1")->status, 403);
    CHECK_INT(pt_get(&t, ROLE_PROJECT_LEADER, "/rights/99")->status, 404);
    CHECK_INT(pt_post(&t, ROLE_PROJECT_LEADER, "/rights/1", "answer=")->status, 422);
    CHECK(pt_went(pt_post(&t, ROLE_PROJECT_LEADER, "/rights/1", "answer=Det+er+rettet"), "/rights"));
    CHECK_INT(pt_post(&t, ROLE_PROJECT_LEADER, "/rights/1", "answer=igjen")->status, 409);
    CHECK(pt_has(pt_get(&t, ROLE_TRAINEE, "/my-data"), "Det er rettet"));
    for (int i = 0; i < REQUESTS_OPEN_MAX; i++)
        CHECK_INT(pt_post(&t, ROLE_MENTOR, "/my-data/ask", "kind=erasure&text=Slett+meg")->status, 303);
    CHECK_INT(pt_post(&t, ROLE_MENTOR, "/my-data/ask", "kind=erasure&text=Slett+meg")->status, 422);
}

/* A strictly protected person's request is there for named staff only. */
static void hidden(void)
{
    CHECK(pt_went(pt_post(&t, ROLE_TRAINEE, "/my-data/ask", "kind=restriction&text=Vent+litt"), "/my-data"));
    struct rights_request_row *rows;
    size_t n;
    PT_MUST(rights_request_of_account(t.db, t.a, t.who[ROLE_TRAINEE].account_id, &rows, &n));
    CHECK(n > 0 && str_is(rows[0].kind, "restriction") && !rows[0].answered_at); /* the newest */
    const char *path = arena_fmt(t.a, "/rights/%lld", (long long)rows[0].id).p, *erase = arena_fmt(t.a, "/participants/%lld/erase", (long long)d.participant_id).p;
    CHECK_INT(pt_get(&t, ROLE_PROJECT_LEADER, path)->status, 200);
    const char *of[] = {arena_fmt(t.a, "%d spørsmål om egne", REQUESTS_OPEN_MAX).p, arena_fmt(t.a, "%d spørsmål om egne", REQUESTS_OPEN_MAX + 1).p};
    CHECK(pt_has(pt_get(&t, ROLE_PROJECT_LEADER, "/"), of[1]));
    PT_MUST(db_script(t.db, "UPDATE participant SET address_protection = 2"));
    CHECK(pt_has(pt_get(&t, ROLE_PROJECT_LEADER, "/"), of[0]));
    CHECK_INT(pt_get(&t, ROLE_PROJECT_LEADER, path)->status, 404);
    CHECK_INT(pt_get(&t, ROLE_PROJECT_LEADER, erase)->status, 404);
    CHECK(!pt_has(pt_get(&t, ROLE_PROJECT_LEADER, "/rights"), "Amal"));
    PT_MUST(db_script(t.db, arena_fmt(t.a, "INSERT INTO relation (organisation_id, participant_id, account_id, kind, from_on, by_account, at)"
                                           " VALUES (1, %lld, %lld, 'named', 1, 1, 1)", (long long)d.participant_id, (long long)t.who[ROLE_PROJECT_LEADER].account_id).p));
    CHECK_INT(pt_get(&t, ROLE_PROJECT_LEADER, path)->status, 200);
    PT_MUST(db_script(t.db, "UPDATE participant SET address_protection = 0"));
}

static struct ctx program(int64_t now)
{
    static struct actor a;
    a = (struct actor){.organisation_id = t.organisation_id, .role = ROLE_ADMINISTRATOR};
    return (struct ctx){.a = t.a, .db = t.db, .actor = &a, .now = now, .today = tm_on_of(now), .request = STR(""), .base_url = STR("http://x")};
}

/* Who asked to be erased can read the answer before it goes too. */
static void answered(void)
{
    int64_t account = t.who[ROLE_TRAINEE].account_id;
    const char *erase = arena_fmt(t.a, "/participants/%lld/erase", (long long)d.participant_id).p;
    struct participant_row p;
    PT_MUST(db_script(t.db, "UPDATE mentorship SET status = 1"));
    PT_MUST(participant_get(t.db, t.a, d.participant_id, &p));
    const char *typed = arena_fmt(t.a, "reference=%.*s", STR_FMT(p.reference)).p, *wrong = "reference=feil";
    CHECK(!pt_has(pt_get(&t, ROLE_PROJECT_LEADER, erase), "Kan ikke slettes nå")); /* control */
    CHECK(pt_went(pt_post(&t, ROLE_TRAINEE, "/my-data/ask", "kind=erasure&text=Slett+meg"), "/my-data"));
    struct rights_request_row *rows;
    size_t n;
    PT_MUST(rights_request_of_account(t.db, t.a, account, &rows, &n));
    struct req *r = pt_get(&t, ROLE_PROJECT_LEADER, erase);
    CHECK(pt_has(r, "Svar først"));
    CHECK_INT(pt_post(&t, ROLE_PROJECT_LEADER, erase, typed)->status, 409);
    CHECK(pt_went(pt_post(&t, ROLE_PROJECT_LEADER, arena_fmt(t.a, "/rights/%lld", (long long)rows[0].id).p, "answer=Vi+sletter+alt"), "/rights"));
    r = pt_post(&t, ROLE_PROJECT_LEADER, erase, typed);
    CHECK(r->status == 422 && pt_has(r, "kryss av her"));
    CHECK(pt_has(pt_get(&t, ROLE_TRAINEE, "/my-data"), "Vi sletter alt"));
    int64_t now = t.now;
    t.now += 7 * TM_DAY_MS;
    CHECK(!pt_has(pt_get(&t, ROLE_PROJECT_LEADER, erase), "kanskje ikke lest"));
    t.now = now;
    r = pt_post(&t, ROLE_PROJECT_LEADER, erase, arena_fmt(t.a, "%s&answered=1", wrong).p);
    CHECK(r->status == 422 && pt_has(r, "ikke det samme") && pt_has(r, "checked")); /* told in another way: only the reference is wrong now */
    PT_MUST(db_script(t.db, "UPDATE mentorship SET status = 0"));
}

/* Nobody goes without the leaders having been told a month before. */
static void over_time(void)
{
    size_t erased = 9;
    int64_t day = TM_DAY_MS, end = t.now - 10 * day;
    struct participant_row p;
    PT_MUST(db_script(t.db, arena_fmt(t.a, "UPDATE mentorship SET status = 1; UPDATE trainee SET status = 1, completed_on = %d, over_on = %d", tm_on_of(end), tm_on_of(end)).p));
    int due = tm_add_months(tm_on_of(end), 24);
    int64_t now = t.now;
    t.now = tm_at(due - 40, 12, 0); /* soon over: on the list, of a strictly protected person for who is named only */
    struct actor leader = {.account_id = t.who[ROLE_PROJECT_LEADER].account_id, .organisation_id = t.organisation_id, .role = ROLE_PROJECT_LEADER};
    struct ctx look = {.a = t.a, .db = t.db, .actor = &leader, .now = t.now, .today = tm_on_of(t.now), .request = STR("r")};
    struct erase_due *rows;
    size_t n;
    for (int named = 0; named < 2; named++)
        for (int degree = 0; degree <= 2; degree++) {
            bool there = false;
            PT_MUST(db_script(t.db, arena_fmt(t.a, "UPDATE participant SET address_protection = %d WHERE id = %lld", degree, (long long)d.participant_id).p));
            leader.named = &d.participant_id;
            leader.n_named = (size_t)named;
            PT_MUST(erase_due(&look, t.organisation_id, 180, &rows, &n));
            for (size_t i = 0; i < n; i++)
                there = there || (rows[i].ref.is == PERSON_PARTICIPANT && rows[i].ref.id == d.participant_id);
            CHECK(there == (degree < 2 || named == 1));
        }
    PT_MUST(db_script(t.db, "UPDATE participant SET address_protection = 0"));
    t.now = now;
    struct ctx c = program(tm_at(due - 40, 12, 0));
    CHECK_ERR(erase_round(&c, t.organisation_id, 5, &erased), OK);
    CHECK(erased == 0 && count("retention.notice") == 0);
    c = program(tm_at(due - 20, 12, 0)); /* nobody can be written to: nothing is noted, nothing goes later */
    PT_MUST(db_script(t.db, "UPDATE account SET email = 'u' || CAST(id AS TEXT) || '@sb.invalid'"));
    CHECK_ERR(erase_round(&c, t.organisation_id, 5, &erased), OK);
    CHECK(erased == 0 && count("retention.notice") == 0);
    PT_MUST(db_script(t.db, "UPDATE account SET email = 'u' || CAST(id AS TEXT) || '@example.no'"));
    CHECK_ERR(erase_round(&c, t.organisation_id, 5, &erased), OK);
    CHECK_ERR(erase_round(&c, t.organisation_id, 5, &erased), OK);
    CHECK(erased == 0 && count("retention.notice") == 1);
    c = program(tm_at(due + 11, 12, 0)); /* the mail never left, nobody has looked: nobody was told, so they are told again */
    CHECK_ERR(erase_round(&c, t.organisation_id, 5, &erased), OK);
    CHECK(erased == 0 && count("retention.notice") == 2);
    PT_MUST(db_script(t.db, "DELETE FROM outbox WHERE kind = 'retention' AND created_at = (SELECT MAX(created_at) FROM outbox WHERE kind = 'retention')"));
    PT_MUST(db_script(t.db, "DELETE FROM event WHERE kind = 'retention.notice' AND at = (SELECT MAX(at) FROM event WHERE kind = 'retention.notice')"));
    PT_MUST(db_script(t.db, "UPDATE outbox SET sent_at = created_at WHERE kind = 'retention'"));
    c = program(tm_at(due + 1, 12, 0)); /* due, but told only three weeks ago */
    CHECK_ERR(erase_round(&c, t.organisation_id, 5, &erased), OK);
    CHECK_INT(erased, 0);
    CHECK_ERR(participant_get(t.db, t.a, d.participant_id, &p), OK);
    CHECK(str_is(p.first_name, "Amal"));
    c = program(tm_at(due + 11, 12, 0));
    CHECK_ERR(erase_round(&c, t.organisation_id, 5, &erased), OK);
    CHECK(erased >= 1);
    CHECK_ERR(participant_get(t.db, t.a, d.participant_id, &p), OK);
    CHECK(str_is(p.first_name, "Slettet"));
    struct req *r = pt_get(&t, ROLE_PROJECT_LEADER, "/participants");
    CHECK(r->status == 200 && !pt_has(r, "Slettet person") && pt_has(r, "Sara"));
    CHECK_INT(pt_get(&t, ROLE_PROJECT_LEADER, "/trainees")->status, 200);
    CHECK_INT(pt_get(&t, ROLE_PROJECT_LEADER, arena_fmt(t.a, "/trainees/%lld", (long long)d.trainee_id).p)->status, 200);
    CHECK_INT(pt_get(&t, ROLE_PROJECT_LEADER, arena_fmt(t.a, "/participants/%lld", (long long)d.participant_id).p)->status, 200);
}

struct mails {
    int64_t n;
};
DB_QUERY(q_mails_of, struct mails, 2, "SELECT COUNT(*) AS n FROM outbox WHERE kind = $1 AND to_email LIKE $2", DB_COL(struct mails, n));
static int64_t mails_of(const char *kind, const char *to)
{
    struct mails x = {-1};
    PT_MUST(db_one(t.db, t.a, &q_mails_of, &x, DB_IN(kind, to)));
    return x.n;
}

/* Of a strictly protected person only who is named is told, and only that counts. */
static void hidden_over_time(void)
{
    struct participant_row p;
    size_t erased;
    int end = tm_on_of(t.now) - 100, due = tm_add_months(end, 24);
    struct pt_person named = pt_add(&t, ROLE_PROJECT_LEADER, "navngitt@left.example", "Navngitt");
    int64_t id = md_participant(&t, "Skjult", "Person", 0, 3);
    PT_MUST(db_script(t.db, arena_fmt(t.a, "UPDATE participant SET address_protection = 2, programme_end_on = %d WHERE id = %lld", end, (long long)id).p));
    PT_MUST(db_script(t.db, "DELETE FROM outbox"));
    struct ctx c = program(tm_at(due - 20, 12, 0));
    CHECK_ERR(erase_round(&c, t.organisation_id, 5, &erased), OK); /* nobody is named: nobody is told, nothing is noted */
    int64_t others = mails_of("retention", "%");
    CHECK(mails_of("retention_named", "%") == 0);
    PT_MUST(db_script(t.db, arena_fmt(t.a, "INSERT INTO relation (organisation_id, participant_id, account_id, kind, from_on, by_account, at) VALUES (%lld, %lld, %lld, 'named', 1, 1, 1)",
                                      (long long)t.organisation_id, (long long)id, (long long)named.account_id).p));
    c = program(tm_at(due - 20, 13, 0));
    CHECK_ERR(erase_round(&c, t.organisation_id, 5, &erased), OK);
    CHECK(mails_of("retention_named", "navngitt@left.example") == 1 && mails_of("retention_named", "%") == 1 && mails_of("retention", "%") == others);
    /* somebody else's mail of that very instant left, about somebody else; a command looked; the one to who is named has not left */
    PT_MUST(db_script(t.db, "INSERT INTO outbox (organisation_id, kind, to_email, to_name, lang, subject, body, created_at, due_at, sent_at)"
                            " SELECT organisation_id, 'retention_named', 'annen@left.example', 'x', 'nb', 's', 'b', created_at, due_at, created_at FROM outbox"
                            "  WHERE kind = 'retention_named'"));
    c = program(tm_at(due - 19, 12, 0));
    struct actor command = {.organisation_id = t.organisation_id, .role = ROLE_PROJECT_LEADER};
    c.actor = &command;
    saw(&c, t.organisation_id, id, "matching");
    PT_MUST(seen_save(&c));
    c = program(tm_at(due + 5, 12, 0));
    CHECK_ERR(erase_round(&c, t.organisation_id, 5, &erased), OK);
    PT_MUST(participant_get(t.db, t.a, id, &p));
    CHECK(str_is(p.first_name, "Skjult"));
    PT_MUST(db_script(t.db, "UPDATE outbox SET sent_at = created_at WHERE to_email = 'navngitt@left.example'"));
    c = program(tm_at(due + 11, 12, 0));
    CHECK_ERR(erase_round(&c, t.organisation_id, 5, &erased), OK);
    enum err e = participant_get(t.db, t.a, id, &p);
    CHECK(e == ERR_NOT_FOUND || str_is(p.first_name, "Slettet"));
}

struct named {
    int64_t n;
};
DB_QUERY(q_still_named, struct named, 1, "SELECT COUNT(*) AS n FROM account WHERE email LIKE $1 AND name <> 'Slettet bruker'", DB_COL(struct named, n));
static int64_t still_named(const char *email)
{
    struct named x = {-1};
    PT_MUST(db_one(t.db, t.a, &q_still_named, &x, DB_IN(email)));
    return x.n;
}

/* Who worked here is forgotten five years after the account was closed; by hand as soon as it is closed. */
static void left(void)
{
    static const struct {
        const char *email;
        int years; /* since it was closed; 0: it is open */
        bool stays;
    } cases[] = {{"open@left.example", 0, true}, {"four@left.example", 4, true}, {"six@left.example", 6, false}};
    size_t erased;
    struct ctx c = program(t.now);
    int64_t id = 0;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct pt_person who = pt_add(&t, ROLE_ADVISER, cases[i].email, "Noen Som Sluttet");
        int64_t closed = cases[i].years ? (int64_t)tm_add_months(c.today, -12 * cases[i].years) * TM_DAY_MS : 0;
        PT_MUST(db_script(t.db, arena_fmt(t.a, "UPDATE account SET disabled_at = %lld WHERE id = %lld", (long long)closed, (long long)who.account_id).p));
        id = cases[i].years == 4 ? who.account_id : id;
    }
    bool waits;
    CHECK_ERR(erase_waits(&c, t.organisation_id, &waits), OK);
    CHECK(waits);
    CHECK_ERR(erase_round(&c, t.organisation_id, 5, &erased), OK);
    for (size_t i = 0; i < COUNT(cases); i++)
        CHECK_INT(still_named(cases[i].email), cases[i].stays);
    const char *path = arena_fmt(t.a, "/users/%lld/erase", (long long)id).p;
    CHECK(!pt_has(pt_get(&t, ROLE_ADMINISTRATOR, path), "Kan ikke slettes nå"));
    CHECK_INT(pt_post(&t, ROLE_ADMINISTRATOR, path, arena_fmt(t.a, "reference=K-%lld", (long long)id).p)->status, 303);
    CHECK_INT(still_named("four@left.example"), 0);
}

static void settings(void)
{
    CHECK_INT(pt_post(&t, ROLE_ADMINISTRATOR, "/settings/privacy", "contact=Ombudet&months=0")->status, 422);
    CHECK(pt_went(pt_post(&t, ROLE_ADMINISTRATOR, "/settings/privacy", "contact=Ombudet+12345678&months=12"), "/settings/privacy"));
    struct req *r = pt_get(&t, ROLE_TRAINEE, "/privacy"); /* the page says what is set, not what is usual */
    CHECK(pt_has(r, "Til 12 måneder etter at programmet er slutt.") && pt_has(r, "Til 12 måneder etter at du sluttet som mentor.") && !pt_has(r, "Til to år"));
    CHECK(pt_has(pt_ask(&t, STR(""), "GET", "/privacy", NULL), "Ombudet 12345678"));
    CHECK_INT(pt_post(&t, ROLE_PROJECT_LEADER, "/settings/privacy", "contact=x&months=3")->status, 403);
    CHECK(pt_went(pt_post(&t, ROLE_ADMINISTRATOR, "/settings/privacy", "contact=&months=24"), "/settings/privacy"));
    r = pt_get(&t, ROLE_TRAINEE, "/privacy");
    CHECK(pt_has(r, "Til to år etter at programmet er slutt.") && !pt_has(r, "måneder etter at"));
}

int main(void)
{
    t = pt_start();
    int64_t p = md_participant(&t, "Amal", "Haddad", t.who[ROLE_TRAINEE].account_id, 13);
    md_participant(&t, "Sara", "Omar", 0, 3);
    int64_t m = md_mentor(&t, "Kari", "Nordmann", t.who[ROLE_MENTOR].account_id);
    d = md_pair(&t, 0, p, m);
    PT_MUST(db_script(t.db, arena_fmt(t.a, "UPDATE participant SET field_text = 'Farmakologi' WHERE id = %lld; UPDATE participant SET programme_end_on = 30000 WHERE first_name = 'Sara'", (long long)p).p));
    own_data();
    consents();
    consents_seen();
    download();
    asking();
    hidden();
    answered();
    settings();
    left();
    hidden_over_time();
    over_time();
    consents_paged();
    pt_end(&t);
    return test_end();
}
