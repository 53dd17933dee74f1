/* message.h: one mail as the bytes that are sent (RFC 5322, MIME): seven-bit, CRLF, lines under 78 octets, whatever the text.
 *
 * Texts are cleaned first (base/utf8.h), so no value can begin a header of its own. Never anything sensitive in a mail: it says that
 * there is something to read, and where. */
#pragma once
#include "base/arena.h"

struct mail {
    struct str from_name, from_mail;
    struct str to_name, to_mail;
    struct str reply_mail;       /* empty: no Reply-To */
    struct str subject, text;    /* text: lines end in LF or CRLF */
    const char *lang;            /* "nb": Content-Language; NULL leaves it out */
    struct str id;               /* left half of the Message-ID, letters, digits, '.', '-', '_': the same when a mail is tried again */
    int64_t at;                  /* Date */
    struct str calendar;         /* an iCalendar text, or empty */
    const char *calendar_method; /* "REQUEST", "CANCEL"; needed with `calendar` */
    struct str calendar_name;    /* name of the attached file: "møte.ics"; empty gives "invitasjon.ics" */
};
enum { MAIL_ADDRESS_MAX = 254, MAIL_SUBJECT_MAX = 500, MAIL_NAME_MAX = 200, MAIL_TEXT_MAX = 200000 };

/* ERR_INVALID for an address that mail_address_ok refuses, no subject, a bad id or method, bad UTF-8; ERR_LIMIT beyond the limits. */
enum err mail_message(struct arena *a, const struct mail *m, struct str *out) MUST_CHECK;
/* name@domain in ASCII: dot-atom on both sides (RFC 5321), a domain of two labels or more, or localhost. No quoted names, no
 * comments, no address literals, no letters beyond ASCII (would need SMTPUTF8 all the way). */
bool mail_address_ok(struct str address);
