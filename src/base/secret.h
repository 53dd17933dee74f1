/* secret.h: randomness, tokens and hashes (libsodium). secret_start() once per process. */
#pragma once
#include "base/arena.h"

enum { SECRET_TOKEN_CHARS = 43, SECRET_HASH_BYTES = 32 };
enum err secret_start(void) MUST_CHECK;
void secret_random(void *out, size_t n);
/* 256 random bits as 43 characters of base64url: session cookies, one-time links, form tokens. */
struct str secret_token(struct arena *a);
/* BLAKE2b-256 as 64 hex digits: what is stored in place of a token. */
struct str secret_hash_hex(struct arena *a, struct str s);
void secret_hash(struct str s, unsigned char out[SECRET_HASH_BYTES]);
/* Keyed: a value that only the holder of `key` could have made. */
struct str secret_mac_hex(struct arena *a, struct str key, struct str s);
bool secret_eq(struct str a, struct str b); /* constant time for equal lengths */
/* Argon2id, PHC string, 19 MiB and 2 passes (OWASP's floor) or libsodium's interactive figures, whichever is more. 30-100 ms:
 * never on a loop thread. */
enum err secret_password_hash(struct arena *a, struct str password, struct str *out) MUST_CHECK;
/* False for a wrong one; an empty `hash` costs the same time and is false. */
bool secret_password_ok(struct str hash, struct str password);
/* HMAC-SHA-1 (GnuTLS): only for one-time codes, whose standard wants it. */
enum { SECRET_SHA1_BYTES = 20 };
enum err secret_hmac_sha1(struct bytes key, struct bytes data, unsigned char out[SECRET_SHA1_BYTES]) MUST_CHECK;
/* `n` characters that are hard to misread (digits and capitals without 0, O, 1, I, L), 4.95 bits each. */
struct str secret_readable(struct arena *a, size_t n);
/* What somebody typed of such characters, as it was made: capitals, without spaces and hyphens; "" when there is anything else in it. */
struct str secret_typed(struct arena *a, struct str typed);
/* "ABCDEFGHJKMN" -> "ABCD-EFGH-JKMN". */
struct str secret_groups(struct arena *a, struct str readable, char between);
