/* send_mail.c URL CA_FILE [LOGIN_FILE]: sends one mail and writes what came of it. For t_smtp_tls.py. */
#include "mail/smtp.h"
#include <stdio.h>

int main(int argc, char **argv)
{
    CLEANUP(arena_freep) struct arena *a = arena_new(1 << 20);
    CLEANUP(smtp_closep) struct smtp *s = NULL;
    struct smtp_result r = {.code = 0};
    if (argc < 3)
        return 2;
    struct smtp_config c = {.url = str_c(argv[1]), .ca_file = str_c(argv[2]), .login_file = str_c(argc > 3 ? argv[3] : ""), .total_ms = 10000};
    if (smtp_open(a, &c, &s) || smtp_send(s, STR("a@springbrett.example"), STR("b@example.org"), STR("Subject: x\r\n\r\nHei\r\n"), &r))
        return 1;
    static const char *const name[] = {[SMTP_SENT] = "sent", [SMTP_LATER] = "later", [SMTP_NEVER] = "never"};
    printf("%s %s\n", name[r.outcome], r.reason);
    return 0;
}
