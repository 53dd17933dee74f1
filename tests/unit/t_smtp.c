/* t_smtp.c: what we make of a mail server's answers, against one that says what the case wants. All addresses are invented. */
#include "mail/smtp.h"
#include "tests/test.h"
#include "tests/smtp_stand_in.h"

static const struct str message = {"Subject: Prove\r\n\r\nHei.\r\n..to prikker\r\n.\r\nslutt\r\n", 48};

struct sending {
    const char *query, *login;
    struct str to;
    int times;
};

/* Sends to a stand-in with a script; what the stand-in saw stands in *s afterwards. */
static struct smtp_result run(struct arena *a, struct stand_in *s, struct script script, struct sending how)
{
    struct smtp *m = NULL;
    struct smtp_result r = {.outcome = SMTP_NEVER, .reason = "not tried"};
    *s = (struct stand_in){.script = script};
    stand_in_start(s);
    struct smtp_config c = {.url = arena_fmt(a, "smtp://127.0.0.1:%d/klient.example%s", s->port, how.query ? how.query : ""),
                            .login_file = str_c(how.login),
                            .total_ms = script.silent ? 300 : 5000};
    CHECK_ERR(smtp_open(a, &c, &m), OK);
    for (int i = 0; m && i < (how.times ? how.times : 1); i++)
        CHECK_ERR(smtp_send(m, STR("ikke-svar@springbrett.example"), how.to.n ? how.to : STR("nadia@example.org"), message, &r), OK);
    smtp_close(m);
    stand_in_stop(s);
    return r;
}

static void test_outcomes(struct arena *a)
{
    static const struct {
        struct script script;
        const char *query;
        enum smtp_outcome want;
        int code;
        const char *status, *reason, *why;
    } cases[] = {
        {{.end = NULL}, NULL, SMTP_SENT, 250, "", "sent", "accepted"},
        {{.rcpt = "450 4.2.1 full for nadia@example.org"}, NULL, SMTP_LATER, 450, "4.2.1", "sender_or_receiver", "4xx: later"},
        {{.rcpt = "550 5.1.1 no nadia@example.org here"}, NULL, SMTP_NEVER, 550, "5.1.1", "sender_or_receiver", "5xx: never"},
        {{.mail = "553 5.1.8 not you"}, NULL, SMTP_NEVER, 553, "5.1.8", "sender_or_receiver", "the sender is refused"},
        {{.data = "452 later"}, NULL, SMTP_LATER, 452, "", "sender_or_receiver", "no room for data, without an enhanced code"},
        {{.end = "554 5.6.0 we do not like it"}, NULL, SMTP_NEVER, 554, "5.6.0", "content", "refused after it was read"},
        {{.end = "451 4.3.0 try again"}, NULL, SMTP_LATER, 451, "4.3.0", "content", "later after it was read"},
        {{.greeting = "554 5.3.2 nobody home"}, NULL, SMTP_LATER, 554, "5.3.2", "greeting", "a 5xx to us all says nothing about this mail"},
        {{.greeting = "421 4.3.2 busy"}, NULL, SMTP_LATER, 421, "4.3.2", "greeting", "busy"},
        {{.mail = "530 5.7.0 log in first"}, NULL, SMTP_LATER, 530, "5.7.0", "login", "our set-up is wrong, not the mail"},
        {{.greeting = ""}, NULL, SMTP_LATER, 0, "", "broken_off", "closes at once"},
        {{.rcpt = ""}, NULL, SMTP_LATER, 250, "", "broken_off", "closes in the middle"},
        {{.end = ""}, NULL, SMTP_LATER, 354, "", "broken_off", "closes before it said that it has it"},
        {{.silent = true}, NULL, SMTP_LATER, 0, "", "timeout", "says nothing"},
        {{.end = NULL}, "?tls=required", SMTP_LATER, 250, "", "tls", "no STARTTLS where it is required: nothing is sent"},
    };
    struct stand_in s;
    for (size_t i = 0; i < COUNT(cases); i++) {
        printf("# %s\n", cases[i].why);
        struct smtp_result r = run(a, &s, cases[i].script, (struct sending){.query = cases[i].query});
        CHECK_INT(r.outcome, cases[i].want);
        CHECK_STR(str_c(r.reason), cases[i].reason);
        CHECK_INT(r.code, cases[i].code);
        CHECK_STR(str_c(r.status), cases[i].status);
    }
    CHECK(strstr(s.seen, "MAIL") == NULL); /* the last case: not a word about the mail without TLS */
}

static void test_dialogue(struct arena *a)
{
    struct stand_in s;
    struct smtp_result r = run(a, &s, (struct script){0}, (struct sending){.times = 2});
    CHECK_INT(r.outcome, SMTP_SENT);
    CHECK_INT(s.connections, 1); /* the second mail takes the same one */
    CHECK(strstr(s.seen, "EHLO klient.example\r\n") != NULL);
    CHECK(strstr(s.seen, "MAIL FROM:<ikke-svar@springbrett.example>") != NULL);
    CHECK(strstr(s.seen, "RCPT TO:<nadia@example.org>\r\n") != NULL);
    CHECK(strstr(s.seen, "\r\n...to prikker\r\n..\r\nslutt\r\n.\r\n") != NULL); /* dots are doubled */
}

static void write_file(const char *path, const char *text)
{
    FILE *f = fopen(path, "w");
    if (!f || fputs(text, f) < 0 || fclose(f))
        abort();
}

static void test_login(struct arena *a)
{
    char path[] = "/tmp/t_smtp.XXXXXX";
    struct stand_in s;
    struct smtp *m = NULL;
    int fd = mkstemp(path);
    if (fd < 0)
        abort();
    close(fd);
    write_file(path, "bruker\nhemmelig\n");
    struct script with_auth = {.ehlo = "250-stand-in\r\n250 AUTH PLAIN LOGIN"};
    struct smtp_result r = run(a, &s, with_auth, (struct sending){.login = path});
    CHECK_INT(r.outcome, SMTP_LATER); /* no TLS: the password stays here */
    CHECK_STR(str_c(r.reason), "tls");
    CHECK(strstr(s.seen, "AUTH") == NULL);

    struct smtp_config c = {.url = STR("smtp://127.0.0.1:1"), .login_file = str_c(path)};
    write_file(path, "bruker\n");
    CHECK_ERR(smtp_open(a, &c, &m), ERR_NOT_FOUND); /* no password */
    unlink(path);
    CHECK_ERR(smtp_open(a, &c, &m), ERR_NOT_FOUND); /* no file */
    CHECK(m == NULL);
}

static void test_refused(struct arena *a)
{
    static const char *const bad[] = {"", "http://example.org", "smtp://", "smtp:///x", "smtp://user:pw@example.org", "smtp://example.org?tls=no",
                                      "smtp://example.org\r\nQUIT", "smtp://example.org#x"};
    CLEANUP(smtp_closep) struct smtp *m = NULL;
    struct smtp_result r = {.code = 7};
    for (size_t i = 0; i < COUNT(bad); i++) {
        struct smtp_config c = {.url = str_c(bad[i])};
        CHECK_ERR(smtp_open(a, &c, &m), ERR_INVALID);
    }
    struct smtp_config nobody = {.url = STR("smtp://127.0.0.1:1")};
    CHECK_ERR(smtp_open(a, &nobody, &m), OK);
    CHECK_ERR(smtp_send(m, STR("a@example.org"), STR("b@example.org>\r\nDATA"), message, &r), ERR_INVALID);
    CHECK_ERR(smtp_send(m, STR("a@example.org"), STR("b@example.org"), STR(""), &r), ERR_INVALID);
    CHECK_INT(r.code, 7);
    CHECK_ERR(smtp_send(m, STR("a@example.org"), STR("b@example.org"), message, &r), OK);
    CHECK_INT(r.outcome, SMTP_LATER);
    CHECK_STR(str_c(r.reason), "connect");
    smtp_close(NULL);
}

int main(void)
{
    CLEANUP(arena_freep) struct arena *a = arena_new(1 << 20);
    CHECK_INT(message.n, strlen(message.p));
    test_outcomes(a);
    test_dialogue(a);
    test_login(a);
    test_refused(a);
    return test_end();
}
