/* letter.h: the text of a mail, paragraph by paragraph in the receiver's language: greeting, what it is about, a link, the sender.
 *
 *     struct letter l = letter_to(c, lang, name);
 *     letter_say(&l, N_("Du er invitert til å søke."));
 *     letter_link(&l, N_("Åpne lenken:"), "/link/%.*s", STR_FMT(token));
 *     TRY(letter_send(&l, (struct mail){.kind = "invite", .email = ..., .organisation_id = ..., .subject = letter_subject(&l, N_("..."))}));
 *
 * Line breaks and other control characters in arguments become spaces: nobody writes lines into a letter by way of a name. */
#pragma once
#include "service/ctx.h"

enum { LETTER_PARTS = 16 };
struct letter {
    struct ctx *c;
    enum lang lang;
    struct str name;
    struct str part[LETTER_PARTS];
    size_t n;
};
struct letter letter_to(struct ctx *c, struct str lang_code, struct str name);
/* A paragraph; the arguments go into {1} to {3}, unused ones are "". */
void letter_say(struct letter *l, const char *msgid);
void letter_say1(struct letter *l, const char *msgid, struct str a);
void letter_say2(struct letter *l, const char *msgid, struct str a, struct str b);
void letter_say3(struct letter *l, const char *msgid, struct str a, struct str b, struct str d);
/* A line of words and below it an address of ours; `fmt` begins with a slash. */
void letter_link(struct letter *l, const char *msgid, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
struct str letter_subject(struct letter *l, const char *msgid, struct str a);
/* Fills name, lang and body of `m`, signs with the organisation's name, and puts it in the outbox. */
enum err letter_send(struct letter *l, struct mail m) MUST_CHECK;
