/* A trainee's way on the leader's pages: evaluations, leave, the end; tasks, workbook and self-assessment; who sees what. */
#include "mentoring_data.h"
#include "model/meeting.h"
#include "model/task.h"
#include "service/attention.h"

DB_EXEC(q_no_meeting, 1, "DELETE FROM meeting WHERE id = $1");
static struct str date_in(struct pt *t, int days)
{
    return md_date(t, t->now + (int64_t)days * TM_DAY_MS);
}
static const char *at_trainee(struct pt *t, const struct md *d, const char *rest)
{
    return arena_fmt(t->a, "/trainees/%lld%s", (long long)d->trainee_id, rest).p;
}

static void hold_one(struct pt *t, const struct md *d, int days_ago, int theme)
{
    int64_t id;
    struct meeting_row m = {.mentorship_id = d->mentorship_id, .theme = theme, .at = t->now - (int64_t)days_ago * TM_DAY_MS, .minutes = 60,
                            .status = MEETING_HELD, .held_on = tm_on_of(t->now) - days_ago, .created_at = t->now};
    PT_MUST(meeting_insert(t->db, &m, &id));
    struct mentorship_row s;
    PT_MUST(mentorship_get(t->db, t->a, d->mentorship_id, &s));
    if (!s.first_meeting_on || m.held_on < s.first_meeting_on) {
        s.first_meeting_on = m.held_on;
        PT_MUST(mentorship_update(t->db, &s));
    }
}

static void lists(struct pt *t, const struct md *d)
{
    struct req *r = pt_get(t, ROLE_PROJECT_LEADER, "/trainees");
    CHECK(r->status == 200 && pt_has(r, "Amal Haddad") && pt_has(r, "0 av 12"));
    CHECK(pt_has(pt_get(t, ROLE_ADVISER, "/trainees"), "Amal Haddad"));
    CHECK(pt_has(pt_get(t, ROLE_NAV_CONTACT, "/trainees"), "Amal Haddad"));
    CHECK_INT(pt_get(t, ROLE_MENTOR, "/trainees")->status, 403);
    CHECK_INT(pt_get(t, ROLE_TRAINEE, "/trainees")->status, 403);
    CHECK(!pt_has(pt_get(t, ROLE_PROJECT_LEADER, "/trainees?status=completed"), "Amal Haddad"));
    CHECK(pt_has(pt_get(t, ROLE_PROJECT_LEADER, "/trainees?status=completed"), "Ingen trainees her"));
    CHECK(pt_has(pt_get(t, ROLE_PROJECT_LEADER, arena_fmt(t->a, "/trainees?cohort=%lld", (long long)d->cohort_id).p), "Amal Haddad"));
    CHECK_INT(pt_get(t, ROLE_PROJECT_LEADER, "/trainees?cohort=xyz&status=%27--&after=-5")->status, 200); /* odd filters are none */
    struct pt_person other = pt_add(t, ROLE_ADVISER, "annen@example.no", "Annen Rådgiver");
    CHECK(!pt_has(pt_get_as(t, other, "/trainees"), "Amal"));
    CHECK_INT(pt_get_as(t, other, at_trainee(t, d, ""))->status, 404);
    r = pt_get(t, ROLE_PROJECT_LEADER, at_trainee(t, d, ""));
    CHECK(r->status == 200 && pt_has(r, "Ingrid Solbakken") && pt_has(r, "Historikk"));
    r = pt_get(t, ROLE_ADVISER, at_trainee(t, d, ""));
    CHECK(r->status == 200 && pt_has(r, "Historikk") && !pt_has(r, "Midtveisevaluering"));
    r = pt_get(t, ROLE_NAV_CONTACT, at_trainee(t, d, ""));
    CHECK(r->status == 200 && !pt_has(r, "Historikk")); /* progress only */
}

/* When they meet is for those who meet and their leader (docs/access.md); others read that it is planned. */
static void times(struct pt *t, const struct md *d)
{
    int64_t id;
    struct meeting_row m = {.mentorship_id = d->mentorship_id, .theme = 1, .at = t->now + 9 * TM_DAY_MS, .minutes = 60, .status = MEETING_PLANNED, .created_at = t->now};
    PT_MUST(meeting_insert(t->db, &m, &id));
    const char *clock = strstr(arena_cstr(t->a, text_when(t->a, LANG_NB, m.at, 0)), "kl.");
    const char *pages[] = {"/trainees", at_trainee(t, d, ""), arena_fmt(t->a, "/cohorts/%lld", (long long)d->cohort_id).p};
    CHECK(clock != NULL);
    for (size_t i = 0; i < COUNT(pages); i++) {
        CHECK(pt_has(pt_get(t, ROLE_PROJECT_LEADER, pages[i]), clock));
        for (enum role role = ROLE_ADVISER; role <= ROLE_NAV_CONTACT; role++) {
            struct req *r = pt_get(t, role, pages[i]);
            CHECK(r->status == 403 || (r->status == 200 && !pt_has(r, clock) && pt_has(r, i == 1 ? "Neste møte er avtalt" : "Avtalt")));
        }
    }
    PT_MUST(db_run(t->db, &q_no_meeting, NULL, DB_IN(id)));
}

static void tasks(struct pt *t, const struct md *d)
{
    long long id = (long long)d->trainee_id;
    struct req *r = pt_post(t, ROLE_TRAINEE, "/tasks", arena_fmt(t->a, "trainee=%lld&owner=9&text=&due_on=i+morgen", id).p);
    CHECK(r->status == 422 && pt_has(r, "i morgen"));
    r = pt_post(t, ROLE_MENTOR, "/tasks", arena_fmt(t->a, "trainee=%lld&owner=1&text=Ring+apoteket&due_on=%.*s", id, STR_FMT(date_in(t, -2))).p);
    CHECK(pt_went(r, "/tasks"));
    r = pt_get(t, ROLE_TRAINEE, "/tasks");
    CHECK(pt_has(r, "Ring apoteket") && pt_has(r, "Over fristen"));
    CHECK(pt_has(pt_get(t, ROLE_PROJECT_LEADER, "/tasks"), "Ring apoteket"));
    CHECK(pt_has(pt_get(t, ROLE_PROJECT_LEADER, at_trainee(t, d, "")), "En oppgave er over fristen"));
    CHECK_INT(pt_get(t, ROLE_ADVISER, "/tasks")->status, 403);
    struct pt_person other = pt_add(t, ROLE_TRAINEE, "t2@example.no", "To");
    md_pair(t, d->cohort_id, md_participant(t, "Yusuf", "Ali", other.account_id, INTAKE_ADMITTED), 0);
    CHECK_INT(pt_post_as(t, other, "/tasks/done", "done=1")->status, 404);
    CHECK_INT(pt_post_as(t, other, "/tasks", arena_fmt(t->a, "trainee=%lld&owner=1&text=x", id).p)->status, 404);
    CHECK(!pt_has(pt_get_as(t, other, "/tasks"), "apoteket"));
    CHECK(pt_went(pt_post(t, ROLE_TRAINEE, "/tasks/done", "done=1&back=%2F"), "/"));
    CHECK(pt_went(pt_post(t, ROLE_TRAINEE, "/tasks/done", "done=1&back=https%3A%2F%2Fevil.example"), "/tasks")); /* no way out of here */
    CHECK(pt_went(pt_post(t, ROLE_TRAINEE, "/tasks/done", "done=1&back=%2F%2Fevil.example"), "/tasks"));
    CHECK(pt_has(pt_get(t, ROLE_TRAINEE, "/tasks"), "Gjort av meg"));
    CHECK(pt_went(pt_post(t, ROLE_TRAINEE, "/tasks/1/open", ""), "/tasks"));
}

static void workbook(struct pt *t, const struct md *d)
{
    struct req *r = pt_get(t, ROLE_TRAINEE, "/workbook");
    CHECK(r->status == 200 && pt_has(r, "Utviklingspermen") && pt_has(r, "Arbeidskultur"));
    r = pt_get(t, ROLE_TRAINEE, "/workbook/1");
    CHECK(r->status == 200 && pt_has(r, "Snakk om") && pt_has(r, "value=\"t0\"") && !pt_has(r, "value=\"m0\""));
    r = pt_get(t, ROLE_MENTOR, "/workbook/1");
    CHECK(pt_has(r, "value=\"m0\"") && !pt_has(r, "value=\"t0\"")); /* each takes over the own */
    CHECK_INT(pt_get(t, ROLE_PROJECT_LEADER, "/workbook/1")->status, 200);
    CHECK_INT(pt_get(t, ROLE_TRAINEE, "/workbook/13")->status, 404);
    CHECK_INT(pt_get(t, ROLE_TRAINEE, "/workbook/0")->status, 404);
    CHECK_INT(pt_get(t, ROLE_NAV_CONTACT, "/workbook")->status, 403);
    CHECK_INT(pt_post(t, ROLE_TRAINEE, "/workbook/1/task", "task=m0&due_on=1.1.2030")->status, 404); /* not the mentor's */
    r = pt_post(t, ROLE_TRAINEE, "/workbook/1/task", "task=t0&due_on=snart");
    CHECK(r->status == 422 && pt_has(r, "snart"));
    const char *good = arena_fmt(t->a, "task=t0&due_on=%.*s", STR_FMT(date_in(t, 10))).p;
    CHECK(pt_went(pt_post(t, ROLE_TRAINEE, "/workbook/1/task", good), "/workbook/1"));
    CHECK(pt_went(pt_post(t, ROLE_TRAINEE, "/workbook/1/task", good), "/workbook/1")); /* a second time changes nothing */
    struct task_row *rows;
    size_t n, same = 0;
    PT_MUST(task_of_trainee(t->db, t->a, d->trainee_id, &rows, &n));
    for (size_t i = 0; i < n; i++)
        same += str_starts(rows[i].text, STR("Sett minst ti"));
    CHECK_INT(same, 1);
    CHECK(!pt_has(pt_get(t, ROLE_TRAINEE, "/workbook/1"), "value=\"t0\""));
    CHECK(pt_has(pt_get(t, ROLE_TRAINEE, "/workbook/1?lang=ar"), "dir=\"rtl\""));
}

static void evaluations(struct pt *t, const struct md *d)
{
    const char *path = at_trainee(t, d, "/evaluations/midway");
    CHECK_INT(pt_get(t, ROLE_PROJECT_LEADER, path)->status, 200);
    CHECK_INT(pt_get(t, ROLE_MENTOR, path)->status, 403);
    CHECK_INT(pt_get(t, ROLE_PROJECT_LEADER, at_trainee(t, d, "/evaluations/other"))->status, 404);
    struct req *r = pt_post(t, ROLE_PROJECT_LEADER, path, "goals=Godt+i+gang&held_on=");
    CHECK(r->status == 422 && pt_has(r, "Godt i gang"));
    r = pt_post(t, ROLE_PROJECT_LEADER, path, arena_fmt(t->a, "goals=Godt+i+gang&go_on=1&held_on=%.*s", STR_FMT(date_in(t, 3))).p);
    CHECK(r->status == 422 && pt_has(r, "i framtiden"));
    const char *good = arena_fmt(t->a, "goals=Godt+i+gang&go_on=1&held_on=%.*s", STR_FMT(date_in(t, 0))).p;
    CHECK(pt_went(pt_post(t, ROLE_PROJECT_LEADER, path, good), at_trainee(t, d, "")));
    r = pt_post(t, ROLE_PROJECT_LEADER, path, good);
    CHECK(r->status == 422 && pt_has(r, "alt skrevet"));
    r = pt_get(t, ROLE_PROJECT_LEADER, at_trainee(t, d, ""));
    CHECK(pt_has(r, "Godt i gang") && pt_has(r, "Midtveisevaluering holdt")); /* and it stands in the history */
    CHECK(!pt_has(pt_get(t, ROLE_ADVISER, at_trainee(t, d, "")), "Godt i gang"));
}

static void leave(struct pt *t, const struct md *d)
{
    struct trainee_row tr;
    const char *path = at_trainee(t, d, "/leave");
    CHECK_INT(pt_get(t, ROLE_PROJECT_LEADER, path)->status, 200);
    CHECK_INT(pt_post(t, ROLE_ADVISER, path, "")->status, 403);
    struct req *r = pt_post(t, ROLE_PROJECT_LEADER, path, arena_fmt(t->a, "kind=1&from_on=%.*s&until_on=%.*s", STR_FMT(date_in(t, -5)), STR_FMT(date_in(t, -9))).p);
    CHECK(r->status == 422 && pt_has(r, "før første dag"));
    const char *good = arena_fmt(t->a, "kind=1&from_on=%.*s&until_on=%.*s", STR_FMT(date_in(t, -5)), STR_FMT(date_in(t, 30))).p;
    CHECK(pt_went(pt_post(t, ROLE_PROJECT_LEADER, path, good), at_trainee(t, d, "")));
    PT_MUST(trainee_get(t->db, t->a, d->trainee_id, &tr));
    CHECK_INT(tr.status, TRAINEE_ON_LEAVE);
    CHECK(pt_post(t, ROLE_PROJECT_LEADER, path, good)->status == 422); /* the same days twice */
    CHECK(pt_has(pt_get(t, ROLE_TRAINEE, "/"), "Du har permisjon"));
    CHECK(pt_has(pt_get(t, ROLE_MENTOR, "/"), "Traineen har permisjon"));
    CHECK(pt_has(pt_get(t, ROLE_PROJECT_LEADER, path), "Traineen er tilbake"));
    md_later(t, 10);
    r = pt_post(t, ROLE_PROJECT_LEADER, at_trainee(t, d, "/leave/1"), arena_fmt(t->a, "what=back&returned_on=%.*s", STR_FMT(date_in(t, 2))).p);
    CHECK(r->status == 422 && pt_has(r, "i framtiden"));
    CHECK_INT(pt_post(t, ROLE_PROJECT_LEADER, at_trainee(t, d, "/leave/99"), "what=back&returned_on=1.1.2026")->status, 404);
    CHECK(pt_went(pt_post(t, ROLE_PROJECT_LEADER, at_trainee(t, d, "/leave/1"), arena_fmt(t->a, "what=longer&until_on=%.*s", STR_FMT(date_in(t, 60))).p), at_trainee(t, d, "")));
    CHECK(pt_went(pt_post(t, ROLE_PROJECT_LEADER, at_trainee(t, d, "/leave/1"), arena_fmt(t->a, "what=back&returned_on=%.*s", STR_FMT(date_in(t, 0))).p), at_trainee(t, d, "")));
    struct outbox_row m = md_mail(t); /* the mentor hears that they can go on, and not of what */
    CHECK(str_is(m.kind, "mentoring") && md_in(m.body, "Dere kan fortsette") && !md_in(m.body, "ermisjon") && !md_in(m.subject, "ermisjon"));
    PT_MUST(trainee_get(t->db, t->a, d->trainee_id, &tr));
    CHECK_INT(tr.status, TRAINEE_ACTIVE);
    CHECK(pt_has(pt_get(t, ROLE_PROJECT_LEADER, at_trainee(t, d, "")), "15 dager")); /* the end has moved */
}

static void self_assessment(struct pt *t)
{
    CHECK(pt_has(pt_get(t, ROLE_TRAINEE, "/self-assessment"), "Ved start"));
    CHECK_INT(pt_get(t, ROLE_TRAINEE, "/self-assessment/end")->status, 404); /* not open yet */
    CHECK_INT(pt_get(t, ROLE_TRAINEE, "/self-assessment/start")->status, 200);
    CHECK_INT(pt_get(t, ROLE_MENTOR, "/self-assessment")->status, 403);
    struct req *r = pt_post(t, ROLE_TRAINEE, "/self-assessment/start", "s1=3&s2=7");
    CHECK_INT(r->status, 422);
    r = pt_post(t, ROLE_TRAINEE, "/self-assessment/start", "s1=1&s2=2&s3=3&s4=4&s5=5&s6=5&s7=5&s8=5&s9=1&s10=1&s11=1&s12=2");
    CHECK(pt_went(r, "/self-assessment"));
    r = pt_get(t, ROLE_TRAINEE, "/self-assessment");
    CHECK(pt_has(r, "<svg") && pt_has(r, "2,5") && pt_has(r, "5,0") && pt_has(r, "1,3"));
}

static void attention(struct pt *t)
{
    struct actor leader = {.account_id = t->who[ROLE_PROJECT_LEADER].account_id, .organisation_id = t->organisation_id, .role = ROLE_PROJECT_LEADER};
    struct ctx c = {.a = t->a, .db = t->db, .actor = &leader, .now = t->now, .today = tm_on_of(t->now)};
    struct attention_item *items;
    size_t n, trainees;
    int64_t before = db_calls(t->db);
    PT_MUST(attention_list(&c, &items, &n, &trainees));
    int64_t calls = db_calls(t->db) - before;
    CHECK(calls <= 5 && trainees == 2 && n > 0);
    for (size_t i = 1; i < n; i++)
        CHECK(items[i - 1].what.severity >= items[i].what.severity); /* most pressing first */
    leader.role = ROLE_MENTOR;
    CHECK_ERR(attention_list(&c, &items, &n, NULL), ERR_DENIED);
}

static void ending(struct pt *t, const struct md *d)
{
    struct trainee_row tr;
    const char *path = at_trainee(t, d, "/complete");
    PT_MUST(trainee_get(t->db, t->a, d->trainee_id, &tr));
    CHECK_INT(pt_get(t, ROLE_PROJECT_LEADER, path)->status, 200);
    CHECK_INT(pt_get(t, ROLE_PROJECT_LEADER, at_trainee(t, d, "/end"))->status, 200);
    struct req *r = pt_post(t, ROLE_PROJECT_LEADER, at_trainee(t, d, "/end"), arena_fmt(t->a, "version=%lld&what=pair&ended_on=%.*s&reason=", (long long)tr.version, STR_FMT(date_in(t, 0))).p);
    CHECK_INT(r->status, 422); /* a reason is asked for */
    r = pt_post(t, ROLE_PROJECT_LEADER, path, arena_fmt(t->a, "version=1&completed_on=%.*s&contact_after=Kaffe", STR_FMT(date_in(t, 0))).p);
    CHECK(r->status == 409 && pt_has(r, "Kaffe")); /* somebody else saved meanwhile */
    r = pt_post(t, ROLE_PROJECT_LEADER, path, arena_fmt(t->a, "version=%lld&completed_on=%.*s&contact_after=Kaffe", (long long)tr.version, STR_FMT(date_in(t, 0))).p);
    CHECK(pt_went(r, at_trainee(t, d, "")));
    PT_MUST(trainee_get(t->db, t->a, d->trainee_id, &tr));
    CHECK(tr.status == TRAINEE_COMPLETED && tr.on_time);
    CHECK(pt_has(pt_get(t, ROLE_TRAINEE, "/"), "Du har fullført mentorprogrammet"));
    CHECK(pt_has(pt_get(t, ROLE_PROJECT_LEADER, "/trainees?status=completed"), "Amal Haddad"));
    r = pt_get(t, ROLE_PROJECT_LEADER, at_trainee(t, d, ""));
    CHECK(pt_has(r, "Kaffe") && pt_has(r, "Har ikke sagt ja") && !pt_has(r, "Møtene begynner når"));
    CHECK_INT(pt_get(t, ROLE_MENTOR, "/meetings/1")->status, 404); /* the pair is over */
    CHECK(pt_has(pt_get(t, ROLE_MENTOR, "/"), "Takk for at du vil være mentor"));
    r = pt_post(t, ROLE_PROJECT_LEADER, path, arena_fmt(t->a, "version=%lld&completed_on=%.*s", (long long)tr.version, STR_FMT(date_in(t, 0))).p);
    CHECK(r->status == 422 && pt_has(r, "alt ferdig"));
}

/* The start page of somebody on the way, in every stage. */
static void stages(struct pt *t)
{
    static const struct {
        enum intake_stage stage;
        const char *says;
    } cases[] = {
        {INTAKE_LISTED, "Du trenger ikke gjøre noe nå"}, {INTAKE_INVITED, "Begynn på søknaden"},      {INTAKE_APPLYING, "Gjør søknaden ferdig"},
        {INTAKE_APPLIED, "Vent på svar"},               {INTAKE_REOPENED, "Skriv mer i søknaden"},    {INTAKE_INTERVIEW_PLANNED, "Forbered deg til intervjuet"},
        {INTAKE_INTERVIEWED, "Takk for samtalen"},      {INTAKE_OFFERED, "Svar på tilbudet"},         {INTAKE_WAITING, "Du står på venteliste"},
        {INTAKE_DECLINED, "Snakk med rådgiveren din"},  {INTAKE_OTHER_WAY, "Snakk med rådgiveren din"}, {INTAKE_NOT_NOW, "Snakk med rådgiveren din"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct pt_person p = pt_add(t, ROLE_TRAINEE, arena_fmt(t->a, "stage%zu@example.no", i).p, "Kandidat");
        md_participant(t, arena_fmt(t->a, "Kandidat%zu", i).p, "Test", p.account_id, (int)cases[i].stage);
        struct req *r = pt_get_as(t, p, "/");
        CHECK(r->status == 200 && pt_has(r, cases[i].says));
        CHECK_INT(pt_get_as(t, p, "/tasks")->status, 200); /* nothing breaks on the way there */
        CHECK_INT(pt_get_as(t, p, "/meetings")->status, 200);
        CHECK_INT(pt_get_as(t, p, "/workbook/3")->status, 200);
        CHECK_INT(pt_get_as(t, p, "/self-assessment")->status, 200);
        CHECK_INT(pt_get_as(t, p, "/meetings/new")->status, 404);
    }
}

int main(void)
{
    struct pt t = pt_start();
    CHECK(pt_has(pt_get(&t, ROLE_TRAINEE, "/"), "Her er det tomt ennå")); /* an account without a participant */
    CHECK(pt_has(pt_get(&t, ROLE_MENTOR, "/"), "Takk for at du vil være mentor"));
    CHECK_INT(pt_get(&t, ROLE_PROJECT_LEADER, "/tasks")->status, 200);
    CHECK(pt_has(pt_get(&t, ROLE_PROJECT_LEADER, "/trainees"), "Ingen trainees ennå"));
    struct md d = md_start(&t);
    CHECK(pt_has(pt_get(&t, ROLE_TRAINEE, "/"), "Avtal det første møtet"));
    CHECK(pt_has(pt_get(&t, ROLE_MENTOR, "/"), "Avtal neste møte"));
    lists(&t, &d);
    times(&t, &d);
    tasks(&t, &d);
    workbook(&t, &d);
    hold_one(&t, &d, 20, 1);
    CHECK(pt_has(pt_get(&t, ROLE_TRAINEE, "/"), "Skriv referat"));
    CHECK(pt_has(pt_get(&t, ROLE_TRAINEE, "/?lang=ar"), "dir=\"rtl\""));
    evaluations(&t, &d);
    self_assessment(&t);
    leave(&t, &d);
    attention(&t);
    ending(&t, &d);
    stages(&t);
    pt_end(&t);
    return test_end();
}
