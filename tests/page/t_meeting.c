/* Meetings of a pair: planned, moved, held, minuted, cancelled; who sees what; what is mailed. */
#include "mentoring_data.h"
#include "model/meeting.h"
#include "model/task.h"

static const char *plan(struct pt *t, const struct md *d, int64_t at, const char *more)
{
    return arena_fmt(t->a, "trainee=%lld&theme=1&at=%.*s&at_time=%.*s&minutes=60&digital=0&place=Biblioteket%s", (long long)d->trainee_id,
                     STR_FMT(md_date(t, at)), STR_FMT(md_time(t, at)), more).p;
}

static void planning(struct pt *t, const struct md *d)
{
    int64_t at = t->now + 5LL * TM_DAY_MS;
    struct req *r = pt_get(t, ROLE_TRAINEE, "/meetings");
    CHECK(r->status == 200 && pt_has(r, "Ingen møter ennå")); /* an empty state that helps */
    CHECK(pt_get(t, ROLE_TRAINEE, "/meetings/new")->status == 200);
    CHECK(pt_has(pt_get(t, ROLE_TRAINEE, "/meetings/new?theme=7"), "Intervjutrening"));
    r = pt_post(t, ROLE_TRAINEE, "/meetings", arena_fmt(t->a, "trainee=%lld&theme=1&at=32.1.2027&at_time=99&minutes=5&place=Kafeen", (long long)d->trainee_id).p);
    CHECK(r->status == 422 && pt_has(r, "Kafeen") && pt_has(r, "32.1.2027")); /* what was typed is kept */
    CHECK_INT(md_mails(t), 0);
    r = pt_post(t, ROLE_TRAINEE, "/meetings", plan(t, d, at, "&once=abc"));
    CHECK(pt_went(r, "/meetings/1"));
    CHECK_INT(md_mails(t), 1);
    r = pt_post(t, ROLE_TRAINEE, "/meetings", plan(t, d, at, "&once=abc")); /* sent twice acts once */
    CHECK(pt_went(r, "/meetings/1"));
    CHECK_INT(md_mails(t), 1);
    struct outbox_row m = md_mail(t);
    CHECK(str_is(m.to_email, "Ingrid@mentor.no") || str_is(m.to_email, "ingrid@mentor.no"));
    CHECK(str_is(m.calendar_method, "REQUEST") && md_in(m.calendar, "SEQUENCE:0"));
    CHECK(md_in(m.calendar, "LOCATION:Biblioteket"));          /* the place is in the calendar file */
    CHECK(!md_in(m.body, "Biblioteket") && !md_in(m.body, "Amal")); /* and not in the mail */
    CHECK(pt_has(pt_get(t, ROLE_MENTOR, "/meetings"), "Biblioteket"));
    CHECK(pt_has(pt_get(t, ROLE_MENTOR, "/meetings/1"), "Hvem kjenner du i Norge"));
}

static void moving(struct pt *t, const struct md *d)
{
    int64_t at = t->now + 7LL * TM_DAY_MS;
    struct req *r = pt_get(t, ROLE_MENTOR, "/meetings/1/move");
    CHECK(r->status == 200 && pt_has(r, "Biblioteket"));
    r = pt_post(t, ROLE_MENTOR, "/meetings/1/move", plan(t, d, at, "&version=1"));
    CHECK(pt_went(r, "/meetings/1"));
    struct outbox_row m = md_mail(t);
    CHECK(str_is(m.subject, "Møtet er flyttet") && md_in(m.calendar, "SEQUENCE:1") && md_in(m.to_email, "@deltaker.no"));
    r = pt_post(t, ROLE_TRAINEE, "/meetings/1/move", plan(t, d, at + TM_DAY_MS, "&version=1")); /* the trainee had the old page open */
    CHECK(r->status == 409 && pt_has(r, "Noen andre har endret møtet"));
    CHECK(pt_has(r, arena_cstr(t->a, md_date(t, at + TM_DAY_MS)))); /* the typed one is still there */
    int64_t mails = md_mails(t);
    r = pt_post(t, ROLE_MENTOR, "/meetings/1/move", arena_fmt(t->a, "%s&theme=2", plan(t, d, at, "&version=2")).p);
    CHECK(pt_went(r, "/meetings/1"));
    CHECK_INT(md_mails(t), mails); /* same time and place: nobody is mailed */
    r = pt_post(t, ROLE_TRAINEE, "/meetings/1/held", "version=3");
    CHECK(r->status == 409 && pt_has(r, "Møtet har ikke begynt ennå"));
}

static void holding(struct pt *t, const struct md *d)
{
    struct mentorship_row s;
    md_later(t, 8);
    CHECK(pt_has(pt_get(t, ROLE_TRAINEE, "/meetings/1"), "Ble møtet holdt?"));
    struct req *r = pt_post(t, ROLE_TRAINEE, "/meetings/1/held", "version=3");
    CHECK(pt_went(r, "/meetings/1"));
    PT_MUST(mentorship_get(t->db, t->a, d->mentorship_id, &s));
    CHECK_INT(s.first_meeting_on, tm_on_of(t->now - TM_DAY_MS)); /* the day it was held, not the day it was said */
    r = pt_post(t, ROLE_TRAINEE, "/meetings/1/undo", "version=4");
    CHECK(pt_went(r, "/meetings/1"));
    PT_MUST(mentorship_get(t->db, t->a, d->mentorship_id, &s));
    CHECK_INT(s.first_meeting_on, 0);
    CHECK(pt_get(t, ROLE_MENTOR, "/meetings/1/minutes")->status == 403); /* the trainee writes */
    CHECK(pt_get(t, ROLE_TRAINEE, "/meetings/1/minutes")->status == 200);
    r = pt_post(t, ROLE_TRAINEE, "/meetings/1/minutes", "talked=&learned=Ett+tips");
    CHECK(r->status == 422 && pt_has(r, "Ett tips"));
    r = pt_post(t, ROLE_TRAINEE, "/meetings/1/minutes", "talked=Vi+snakket+om+nettverk&learned=Ring+to&next=CV");
    CHECK(pt_went(r, "/meetings/1")); /* minutes say that it was held */
    PT_MUST(mentorship_get(t->db, t->a, d->mentorship_id, &s));
    CHECK(s.first_meeting_on > 0);
    r = pt_post(t, ROLE_TRAINEE, "/meetings/1/minutes", "talked=Noe+annet");
    CHECK(r->status == 409 && pt_has(r, "Noe annet") && pt_has(r, "Vi snakket om nettverk")); /* both are shown */
    r = pt_post(t, ROLE_TRAINEE, "/meetings/1/minutes", "talked=Vi+snakket+om+CV&version=1");
    CHECK(pt_went(r, "/meetings/1"));
    CHECK(pt_has(pt_get(t, ROLE_MENTOR, "/meetings/1"), "Vi snakket om CV"));
    r = pt_get(t, ROLE_PROJECT_LEADER, "/meetings/1");
    CHECK(r->status == 200 && !pt_has(r, "Vi snakket om CV") && pt_has(r, "Referat skrevet")); /* the talk is theirs */
    r = pt_post(t, ROLE_TRAINEE, "/meetings/1/undo", "version=6");
    CHECK(r->status == 409); /* with minutes it stays held */
}

static void cancelling(struct pt *t, const struct md *d)
{
    int64_t at = t->now + 20LL * TM_DAY_MS;
    struct req *r = pt_post(t, ROLE_MENTOR, "/meetings", plan(t, d, at, ""));
    struct str to = pt_location(r), page = str_cut(&to, '?'); /* not always number 2: what was sent twice may have taken that */
    const char *here = arena_cstr(t->a, page), *cancel = arena_fmt(t->a, "%s/cancel", here).p, *undo = arena_fmt(t->a, "%s/undo", here).p;
    CHECK(str_starts(page, STR("/meetings/")) && strcmp(here, "/meetings/1"));
    r = pt_post(t, ROLE_PROJECT_LEADER, cancel, "version=1"); /* the leader may, and both hear of it */
    CHECK(pt_went(r, here));
    struct outbox_row m = md_mail(t);
    CHECK(str_is(m.calendar_method, "CANCEL") && md_in(m.calendar, "SEQUENCE:1") && md_in(m.calendar, "STATUS:CANCELLED"));
    CHECK_INT(md_mails(t), 5);
    r = pt_post(t, ROLE_TRAINEE, cancel, "version=1");
    CHECK(r->status == 409 && pt_has(r, "Noen andre har endret møtet"));
    r = pt_post(t, ROLE_TRAINEE, cancel, "version=2");
    CHECK(r->status == 409 && pt_has(r, "alt avlyst"));
    r = pt_post(t, ROLE_TRAINEE, undo, "version=2");
    CHECK(pt_went(r, here));
    CHECK(md_in(md_mail(t).calendar, "SEQUENCE:2"));
}

static void strangers(struct pt *t, const struct md *d)
{
    struct pt_person other = pt_add(t, ROLE_TRAINEE, "annen@example.no", "Annen Trainee");
    int64_t p = md_participant(t, "Yusuf", "Ali", other.account_id, INTAKE_ADMITTED);
    struct pt_person other_mentor = pt_add(t, ROLE_MENTOR, "annenmentor@example.no", "Annen Mentor");
    md_pair(t, d->cohort_id, p, md_mentor(t, "Ola", "Vik", other_mentor.account_id));
    static const char *const gets[] = {"/meetings/1", "/meetings/1/move", "/meetings/1/minutes", "/meetings/999"};
    for (size_t i = 0; i < COUNT(gets); i++) {
        CHECK_INT(pt_get_as(t, other, gets[i])->status, 404); /* not even that it exists */
        if (!strstr(gets[i], "minutes"))
            CHECK_INT(pt_get_as(t, other_mentor, gets[i])->status, 404);
    }
    static const char *const posts[] = {"/meetings/1/move", "/meetings/1/held", "/meetings/1/cancel", "/meetings/1/undo", "/meetings/1/minutes"};
    for (size_t i = 0; i < COUNT(posts); i++) {
        CHECK_INT(pt_post_as(t, other, posts[i], "version=1&talked=x")->status, 404);
        CHECK_INT(pt_post(t, ROLE_ADVISER, posts[i], "version=1")->status, 403);
        CHECK_INT(pt_post(t, ROLE_NAV_CONTACT, posts[i], "version=1")->status, 403);
        CHECK_INT(pt_post(t, ROLE_ADMINISTRATOR, posts[i], "version=1")->status, 403);
    }
    CHECK_INT(pt_post_as(t, other, "/meetings", plan(t, d, t->now + TM_DAY_MS, ""))->status, 404); /* for another's trainee */
    CHECK_INT(pt_get(t, ROLE_ADVISER, "/meetings")->status, 403);
    CHECK(!pt_has(pt_get_as(t, other, "/meetings"), "Biblioteket"));
}

DB_EXEC(q_md_protect, 1, "UPDATE participant SET address_protection = 2 WHERE id = $1");
static void protected_address(struct pt *t, const struct md *d)
{
    const char *when = arena_cstr(t->a, text_when(t->a, LANG_NB, t->now + 40LL * TM_DAY_MS, 0));
    CHECK_INT(pt_post(t, ROLE_TRAINEE, "/meetings", plan(t, d, t->now + 40LL * TM_DAY_MS, ""))->status, 303);
    struct outbox_row m = md_mail(t);
    CHECK(md_in(m.body, when) && md_in(m.calendar, "Biblioteket")); /* control */
    PT_MUST(db_run(t->db, &q_md_protect, NULL, DB_IN(d->participant_id)));
    CHECK(pt_has(pt_get(t, ROLE_TRAINEE, "/meetings/new"), "Tid og sted blir ikke sendt"));
    struct req *r = pt_post(t, ROLE_TRAINEE, "/meetings", plan(t, d, t->now + 40LL * TM_DAY_MS, ""));
    CHECK_INT(r->status, 303);
    m = md_mail(t);
    CHECK(str_is(m.kind, "meeting.planned") && !m.calendar.n && !md_in(m.body, when) && !md_in(m.body, "Biblioteket") && md_in(m.body, "Logg inn og se når"));
    struct str rest = pt_location(r), page = str_cut(&rest, '?');
    CHECK_INT(pt_post(t, ROLE_TRAINEE, arena_fmt(t->a, "%.*s/cancel", STR_FMT(page)).p, "version=1")->status, 303);
    m = md_mail(t);
    CHECK(str_is(m.kind, "meeting.cancelled") && !m.calendar.n && !md_in(m.body, when));
    r = pt_get(t, ROLE_MENTOR, "/meetings");
    CHECK(!pt_has(r, "Biblioteket") && pt_has(r, "Stedet står på møtesiden"));
    CHECK(pt_has(pt_get_as(t, t->who[ROLE_MENTOR], arena_cstr(t->a, pt_location(pt_post(t, ROLE_TRAINEE, "/meetings", plan(t, d, t->now + 50LL * TM_DAY_MS, ""))))), "Biblioteket"));
}

static void hostile(struct pt *t, const struct md *d)
{
    struct req *r = pt_post(t, ROLE_TRAINEE, "/meetings", arena_fmt(t->a, "trainee=%lld&theme=99&at=1.1.2999&at_time=12.00&minutes=60&digital=0&place=%%3Cscript%%3E", (long long)d->trainee_id).p);
    CHECK(r->status == 422 && !pt_has(r, "<script>") && pt_has(r, "&lt;script&gt;"));
    CHECK_INT(pt_post(t, ROLE_TRAINEE, "/meetings", "trainee=-1")->status, 404);
    CHECK_INT(pt_get(t, ROLE_TRAINEE, "/meetings/0")->status, 404);
    CHECK_INT(pt_get(t, ROLE_TRAINEE, "/meetings/1%27")->status, 404);
    CHECK_INT(pt_get(t, ROLE_TRAINEE, "/meetings?trainee=99999999999999999999")->status, 200);
    CHECK(pt_has(pt_get(t, ROLE_TRAINEE, "/meetings?lang=ar"), "dir=\"rtl\""));
}

int main(void)
{
    struct pt t = pt_start();
    struct md d = md_start(&t);
    planning(&t, &d);
    moving(&t, &d);
    holding(&t, &d);
    cancelling(&t, &d);
    strangers(&t, &d);
    hostile(&t, &d);
    protected_address(&t, &d);
    pt_end(&t);
    return test_end();
}
