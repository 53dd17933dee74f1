/* encode.h: the encodings of mail, for message.c. All append to a buffer; texts are valid UTF-8 without control characters but LF
 * and TAB. */
#pragma once
#include "base/buf.h"

void mail_base64(struct buf *o, struct str s); /* lines of 76, CRLF after each */
void mail_quoted(struct buf *o, struct str s); /* quoted-printable; LF becomes CRLF; ends in CRLF */
bool mail_mostly_ascii(struct str s);          /* quoted-printable is the shorter one, and readable as it is */
/* A header with free text (RFC 2047), folded: as it is when short and plain, else encoded words of at most 75 octets, cut between
 * characters. */
void mail_header(struct buf *o, const char *name, struct str value);
/* `"Name" <address>`, the name quoted or encoded; the address alone without a name. */
void mail_header_address(struct buf *o, const char *name, struct str who, struct str address);
/* `; name="value"` or, beyond ASCII or 60 octets, in pieces by RFC 2231; each on a line of its own. */
void mail_param(struct buf *o, const char *name, struct str value);
