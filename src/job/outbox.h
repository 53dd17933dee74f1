/* outbox.h: sends the mails of the outbox through the municipality's mail server (mail/smtp.h), every change through the writer.
 *
 * A mail is taken before it is sent, so that no two senders have it, and marked afterwards. When the database cannot be written then, nothing
 * more is sent until it is marked. A program that dies in between leaves it taken for OUTBOX_TAKEN_MS; then it is sent (again, with the same
 * Message-ID). A mail the server refuses for good fails at once; what may
 * go better later is tried again with a growing delay. When the server itself is away, the mails that were not taken wait untouched. */
#pragma once
#include "db/writer.h"
#include <stdatomic.h>

enum { OUTBOX_TAKEN_MS = 10 * 60 * 1000, OUTBOX_BATCH = 50 };
struct outbox_owed { /* a mail that the server has accepted and the database does not know of yet; id 0: none */
    int64_t id, at;
};
struct outbox_conf {
    const char *db_url;
    struct writer *writer;
    struct str smtp_url, login_file, from; /* from: "Springbrett <ikke-svar@kommune.no>" or the address alone */
    struct outbox_owed *owed;              /* the caller's, kept from run to run */
    const atomic_bool *leave; /* true: the mail under way is the last one; NULL: all of them */
};
struct outbox_done {
    int64_t sent, later, failed;
};
/* The mails that are due at `now`, at most OUTBOX_BATCH of them. ERR_INVALID: the sender or the server's address is wrong. */
enum err outbox_run(const struct outbox_conf *conf, int64_t now, struct outbox_done *out) MUST_CHECK;

/* How long to wait after so many attempts, -1: give up. 1 minute, 5, 30, 2 hours, 12 hours. */
int64_t outbox_delay_ms(int64_t attempts);
/* "Name <a@b.no>" or "a@b.no" in its parts; false when the address is none. */
bool outbox_sender(struct str from, struct str *name, struct str *address);
