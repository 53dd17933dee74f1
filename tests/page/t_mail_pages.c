/* Mails as people see them: all of them in a demo only, else how the queue stands, without receiver and content. */
#include "domain/intake.h"
#include "model/outbox.h"
#include "page_test.h"
#include "service/mailbox.h"

static void add(struct pt *t, const char *subject, const char *error, bool failed)
{
    struct outbox_row m = {.organisation_id = t->organisation_id, .kind = STR("interview"), .to_email = STR("amal@example.org"),
                           .to_name = STR("Amal <Haddad>"), .lang = STR("ar"), .subject = str_c(subject), .created_at = t->now, .due_at = t->now,
                           .body = STR("Hei!\n\nÅpne lenken:\nhttp://localhost/link/hemmelig?lang=nb\n\nHttp://evil.example/x <b>\n"),
                           .calendar = STR("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"), .calendar_method = STR("REQUEST")};
    PT_MUST(outbox_insert(t->db, &m));
    struct outbox_row *rows;
    size_t n;
    PT_MUST(outbox_list(t->db, t->a, t->organisation_id, 0, 1, &rows, &n));
    if (error)
        PT_MUST(outbox_take(t->db, rows[0].id, 0, t->now + 1));
    if (error && failed)
        PT_MUST(outbox_set_failed(t->db, rows[0].id, t->now, str_c(error)));
    else if (error)
        PT_MUST(outbox_set_later(t->db, rows[0].id, t->now + 60000, str_c(error)));
}

static void test_queue(struct pt *t)
{
    struct req *r = pt_get(t, ROLE_ADMINISTRATOR, "/mail");
    CHECK(r->status == 200 && pt_has(r, "Alt er i orden"));
    add(t, "Hemmelig emne", "550 5.1.1 sender_or_receiver", true);
    add(t, "Hemmelig emne", "0 connect", false);
    add(t, "Hemmelig emne", NULL, false);
    r = pt_get(t, ROLE_ADMINISTRATOR, "/mail");
    CHECK(r->status == 200 && pt_has(r, "550 5.1.1") && pt_has(r, "Sjekk adressen") && pt_has(r, "Vi får ikke kontakt") && pt_has(r, "Prøv igjen"));
    CHECK(!pt_has(r, "amal@") && !pt_has(r, "Haddad") && !pt_has(r, "Hemmelig emne") && !pt_has(r, "/link/"));
    CHECK_INT(pt_get(t, ROLE_PROJECT_LEADER, "/mail")->status, 403);
    CHECK_INT(pt_post(t, ROLE_PROJECT_LEADER, "/mail/1/again", "")->status, 403);
    CHECK(pt_went(pt_post(t, ROLE_ADMINISTRATOR, "/mail/1/again", "once=a"), "/mail"));
    CHECK(pt_went(pt_post(t, ROLE_ADMINISTRATOR, "/mail/1/again", "once=b"), "/mail")); /* it waits already */
    struct outbox_counts n;
    PT_MUST(outbox_count(t->db, t->a, t->organisation_id, &n));
    CHECK(n.failed == 0 && n.waiting == 3);
    r = pt_get(t, ROLE_ADMINISTRATOR, "/mail");
    CHECK(!pt_has(r, "/again"));
    t->now += 2 * 3600000; /* staff are logged out by then */
    t->who[ROLE_ADMINISTRATOR] = pt_add(t, ROLE_ADMINISTRATOR, "senere@example.no", "Test Senere");
    t->who[ROLE_PROJECT_LEADER] = pt_add(t, ROLE_PROJECT_LEADER, "leder-senere@example.no", "Test Leder");
    CHECK(pt_has(pt_get(t, ROLE_ADMINISTRATOR, "/mail"), "E-post har ventet"));
}

static void test_demo(struct pt *t)
{
    CHECK_INT(pt_get(t, ROLE_PROJECT_LEADER, "/demo/mail")->status, 404); /* not a demo */
    CHECK_INT(pt_get(t, ROLE_PROJECT_LEADER, "/demo/mail/1")->status, 404);
    t->demo = true;
    struct req *r = pt_get(t, ROLE_PROJECT_LEADER, "/demo/mail");
    CHECK(r->status == 200 && pt_has(r, "Hemmelig emne") && pt_has(r, "Amal &lt;Haddad&gt;"));
    CHECK_INT(pt_get(t, ROLE_TRAINEE, "/demo/mail")->status, 403);
    r = pt_get(t, ROLE_ADMINISTRATOR, "/demo/mail/1");
    CHECK(r->status == 200 && pt_has(r, "href=\"/link/hemmelig?lang=nb\"") && pt_has(r, "BEGIN:VCALENDAR") && pt_has(r, "dir=\"rtl\""));
    CHECK(!pt_has(r, "href=\"Http") && pt_has(r, "&lt;b&gt;")); /* only what is nothing but an address is a link */
    CHECK_INT(pt_get(t, ROLE_PROJECT_LEADER, "/demo/mail/99")->status, 404);
    r = pt_get(t, ROLE_PROJECT_LEADER, "/demo/mail/1/calendar");
    CHECK(r->status == 200 && pt_has(r, "BEGIN:VCALENDAR"));
    for (int i = 0; i < MAILBOX_PAGE; i++)
        add(t, "Mange", NULL, false);
    r = pt_get(t, ROLE_PROJECT_LEADER, "/demo/mail");
    CHECK(pt_has(r, "Eldre e-post") && !pt_has(r, "Hemmelig emne"));
    r = pt_get(t, ROLE_PROJECT_LEADER, "/demo/mail?before=4");
    CHECK(pt_has(r, "Hemmelig emne") && !pt_has(r, "Eldre e-post"));
    CHECK_INT(pt_get(t, ROLE_PROJECT_LEADER, "/demo/mail?before=x")->status, 200);
    CHECK(pt_has(pt_get(t, ROLE_ADMINISTRATOR, "/mail"), "Dette er en demo"));
}

int main(void)
{
    struct pt t = pt_start();
    test_queue(&t);
    test_demo(&t);
    CHECK_STR(str_c(mailbox_kind(STR("meeting.moved"))), "Møte");
    CHECK_STR(str_c(mailbox_kind(STR("noe"))), "E-post");
    CHECK_STR(str_c(mailbox_trouble(STR("451 4.7.0"))), "Sendingen gikk ikke.");
    pt_end(&t);
    return test_end();
}
