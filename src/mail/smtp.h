/* smtp.h: hands one mail to the municipality's own mail server (RFC 5321) by libcurl. Blocking for up to the time-out: for the outbox
 * job, never on a loop thread. */
#pragma once
#include "base/arena.h"

struct smtp_config {
    /* smtp://mail.example.org:587   STARTTLS when the server offers it, without if not
     * smtp://...?tls=required       STARTTLS or nothing is sent
     * smtps://mail.example.org      TLS from the start
     * A path after the host is the name we greet with. No user or password in it. */
    struct str url;
    struct str login_file; /* two lines, user and password; empty: no login. Read at each opening. Never sent without TLS. */
    struct str ca_file;    /* PEM of the authority that signed the server's certificate; empty: the system's */
    int connect_ms, total_ms; /* time-outs; 0: 10 s and 60 s */
};
enum smtp_outcome {
    SMTP_SENT,
    SMTP_LATER, /* 4xx, no connection, or something that is wrong with our set-up (login, TLS) and not with this mail */
    SMTP_NEVER, /* 5xx to this sender, receiver or mail */
};
struct smtp_result {
    enum smtp_outcome outcome;
    int code;         /* the server's last, 0 if it said nothing */
    char status[12];  /* its enhanced code, "5.1.1", or "" (RFC 3463) */
    const char *reason; /* a word for log and outbox: "sent", "connect", "tls", "login", "sender_or_receiver", ...; never an address */
};

/* One connection's worth: mails sent with the same smtp reuse the connection. For one thread. ERR_INVALID for a bad URL,
 * ERR_NOT_FOUND when a file cannot be read or holds no login. */
struct smtp;
enum err smtp_open(struct arena *a, const struct smtp_config *config, struct smtp **out) MUST_CHECK;
void smtp_close(struct smtp *s);
void smtp_closep(struct smtp **s); /* for CLEANUP */
/* `from` and `to` must pass mail_address_ok (else ERR_INVALID); `message` is from mail_message. */
enum err smtp_send(struct smtp *s, struct str from, struct str to, struct str message, struct smtp_result *out) MUST_CHECK;
