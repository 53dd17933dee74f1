/* container.h: the file of a backup: a head that can be read, then the content in pieces, each sealed or hashed.
 *
 *     springbrett-backup 1\n          the form; another number is another form
 *     program 0.4.0\n                 what wrote it
 *     schema 10\n                     which migrations the content is of
 *     from sqlite\n                   or postgresql
 *     at 2026-11-28T02:00:00Z\n       the moment the content is of
 *     key 9f86d081884c7d65\n          which key opens it (the first half of a hash of it), or "key none"
 *     \n
 *     sealed only: 24 bytes           the beginning of a stream of libsodium (crypto_secretstream_xchacha20poly1305)
 *     pieces                          4 bytes length, big end first, and so many bytes
 *
 * A sealed piece is what secretstream makes of at most PIECE bytes; the first has the head as additional data, the last the tag FINAL. An open
 * piece is a byte (0, or 1 for the last), the content, and BLAKE2b-256 of (the hash of the piece before, or of the head) ‖ byte ‖ content. So
 * a byte that changed anywhere, a cut, pieces in another order or from another file are found at the latest when the file is read through.
 * Hashes find accidents; against somebody who wants to change a backup only the key helps. */
#pragma once
#include "base/arena.h"

enum { CONTAINER_KEY_BYTES = 32, CONTAINER_FORM = 1 };
struct container_head {
    struct str program, from, at, key_id; /* words as they stand above; key_id is found by container_create, whatever stands here */
    int schema;
};
struct container_out;
struct container_in;

/* Begins FILE.part, which only this user can read. `key`: 32 bytes, or NULL. ERR_CONFLICT: there is a FILE already; ERR_BUSY: somebody else
 * is writing it; ERR_FULL: it cannot be written. */
enum err container_create(const char *file, const struct container_head *head, const unsigned char *key, struct container_out **out) MUST_CHECK;
enum err container_add(struct container_out *o, const void *p, size_t n) MUST_CHECK; /* ERR_FULL */
/* Writes the rest, waits for the disk, and gives it its name. Frees in any case; after a fault there is neither FILE nor FILE.part. */
enum err container_finish(struct container_out *o) MUST_CHECK;
void container_drop(struct container_out *o); /* gives up: FILE.part goes. NULL is fine */
void container_dropp(struct container_out **o);

/* Reads the head. ERR_NOT_FOUND: no such file; ERR_INVALID: no backup, or its head is damaged; ERR_LIMIT: a newer form. Texts of *head live as long as *in. */
enum err container_open(const char *file, struct container_head *head, struct container_in **in) MUST_CHECK;
/* Before the content, NULL for an open one. ERR_DENIED: it is sealed with another key, or there is one too many or none. */
enum err container_unlock(struct container_in *in, const unsigned char *key) MUST_CHECK;
/* Exactly n bytes. ERR_INVALID: damaged, or it ends before. */
enum err container_take(struct container_in *in, void *p, size_t n) MUST_CHECK;
/* ERR_INVALID: there is more, or it is cut. */
enum err container_end(struct container_in *in) MUST_CHECK;
void container_close(struct container_in *in); /* NULL is fine */
void container_closep(struct container_in **in);

/* A key's 32 bytes from a file that only this user can read; ERR_NOT_FOUND, ERR_INVALID (as vault.h). */
enum err container_key(const char *file, unsigned char key[CONTAINER_KEY_BYTES]) MUST_CHECK;
