/* vault.h: sealing single values with the installation's key (libsodium: XChaCha20-Poly1305, BLAKE2b). For what must be read back but
 * must not stand in a stolen database or backup: secrets of one-time codes, national identity numbers, tokens of providers.
 *
 * The key is a file of 32 random bytes outside the database ("key_file" in springbrett.conf, else DIR/secret.key, mode 0600), made when it
 * is missing. Several servers on one database share it. Without it what was sealed is gone: docs/operator.md. */
#pragma once
#include "base/arena.h"

/* Reads or makes the key; once per process. ERR_DENIED: cannot be read or made; ERR_INVALID: another size, or others may read it. */
enum err vault_start(const char *path) MUST_CHECK;
enum { VAULT_KEY_BYTES = 32 };
/* The bytes of such a file, without making one: ERR_NOT_FOUND, ERR_DENIED, ERR_INVALID. */
enum err vault_read_key(const char *path, unsigned char out[VAULT_KEY_BYTES]) MUST_CHECK;
/* 32 hex digits that name the key and say nothing about it: two installations with the same name have the same key. */
struct str vault_name(struct arena *a);
/* A random key that lives as long as the process: for tests and databases in memory. */
void vault_start_random(void);
/* `purpose` ("totp", "pid") and `owner` (a row's id) are bound to it: a value moved elsewhere does not open. */
struct bytes vault_seal(struct arena *a, const char *purpose, int64_t owner, struct bytes plain);
/* ERR_INVALID: damaged, of another purpose, owner or key. */
enum err vault_open(struct arena *a, const char *purpose, int64_t owner, struct bytes sealed, struct bytes *plain) MUST_CHECK;
/* Keyed BLAKE2b-256 in hex: finds a value again that cannot be guessed from the database alone. */
struct str vault_mac_hex(struct arena *a, const char *purpose, struct str s);
