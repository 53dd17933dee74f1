/* utf8.h: text from outside (RFC 3629: shortest form, no surrogates, <= U+10FFFF). */
#pragma once
#include "base/arena.h"

bool utf8_valid(struct str s);
size_t utf8_count(struct str s); /* code points; s must be valid */
/* Next code point of valid text; *s moves on. 0 at the end. */
uint32_t utf8_next(struct str *s);
void utf8_put(char out[4], uint32_t cp, size_t *n);
/* A copy fit to keep: CR LF and CR become LF, other C0/C1 control characters but LF and TAB go, so do
 * U+FEFF and the bidi overrides U+202A-202E, U+2066-2069 (they can make text lie); white space at both ends is trimmed.
 * ERR_INVALID when it is not UTF-8. `lines` false: LF and TAB become a space (single-line fields). */
enum err utf8_clean(struct arena *a, struct str s, bool lines, struct str *out) MUST_CHECK;
/* Windows-1252 to UTF-8 (five undefined bytes become U+FFFD). */
struct str utf8_from_cp1252(struct arena *a, struct str s);
/* UTF-16 without its byte order mark. ERR_INVALID for half a unit at the end and for surrogates without their partner. */
enum err utf8_from_utf16(struct arena *a, struct str s, bool big_endian, struct str *out) MUST_CHECK;
/* Lower case without marks for searching and comparing: "Ødegård" -> "odegard", "É" -> "e". Latin, Greek and Cyrillic
 * case; other scripts unchanged. */
struct str utf8_fold(struct arena *a, struct str s);
