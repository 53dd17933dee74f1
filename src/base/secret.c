#include "base/secret.h"

#include <gnutls/crypto.h>
#include <sodium.h>

_Static_assert(SECRET_HASH_BYTES == crypto_generichash_BYTES, "BLAKE2b-256");

static const unsigned long long PASSES = crypto_pwhash_OPSLIMIT_INTERACTIVE > 2 ? crypto_pwhash_OPSLIMIT_INTERACTIVE : 2;
static const size_t MEMORY =
    crypto_pwhash_MEMLIMIT_INTERACTIVE > 19 * 1024 * 1024 ? crypto_pwhash_MEMLIMIT_INTERACTIVE : 19 * 1024 * 1024;

enum err secret_start(void)
{
    return sodium_init() < 0 ? ERR_INTERNAL : OK;
}

void secret_random(void *out, size_t n)
{
    randombytes_buf(out, n);
}

struct str secret_token(struct arena *a)
{
    unsigned char raw[32];
    randombytes_buf(raw, sizeof raw);
    char *p = arena_alloc(a, SECRET_TOKEN_CHARS + 1);
    sodium_bin2base64(p, SECRET_TOKEN_CHARS + 1, raw, sizeof raw, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    sodium_memzero(raw, sizeof raw);
    return (struct str){p, SECRET_TOKEN_CHARS};
}

static struct str hex(struct arena *a, const unsigned char hash[SECRET_HASH_BYTES])
{
    enum { N = SECRET_HASH_BYTES * 2 };
    char *p = arena_alloc(a, N + 1);
    sodium_bin2hex(p, N + 1, hash, SECRET_HASH_BYTES);
    return (struct str){p, N};
}

void secret_hash(struct str s, unsigned char out[SECRET_HASH_BYTES])
{
    crypto_generichash(out, SECRET_HASH_BYTES, (const unsigned char *)(s.n ? s.p : ""), s.n, NULL, 0);
}

struct str secret_hash_hex(struct arena *a, struct str s)
{
    unsigned char out[SECRET_HASH_BYTES];
    secret_hash(s, out);
    return hex(a, out);
}

struct str secret_mac_hex(struct arena *a, struct str key, struct str s)
{
    unsigned char fixed[SECRET_HASH_BYTES], out[SECRET_HASH_BYTES];
    secret_hash(key, fixed); /* BLAKE2b takes keys of 16 to 64 bytes; ours may have any length */
    crypto_generichash(out, sizeof out, (const unsigned char *)(s.n ? s.p : ""), s.n, fixed, sizeof fixed);
    sodium_memzero(fixed, sizeof fixed);
    return hex(a, out);
}

bool secret_eq(struct str a, struct str b)
{
    return a.n == b.n && (a.n == 0 || sodium_memcmp(a.p, b.p, a.n) == 0);
}

enum err secret_password_hash(struct arena *a, struct str password, struct str *out)
{
    char phc[crypto_pwhash_STRBYTES];
    if (crypto_pwhash_str_alg(phc, password.n ? password.p : "", password.n, PASSES, MEMORY, crypto_pwhash_ALG_ARGON2ID13) != 0)
        return ERR_INTERNAL; /* no memory */
    *out = arena_str(a, str_c(phc));
    return OK;
}

bool secret_password_ok(struct str hash, struct str password)
{
    const char *p = password.n ? password.p : "";
    char phc[crypto_pwhash_STRBYTES] = {0};
    if (hash.n == 0 || hash.n >= sizeof phc) {
        static const unsigned char salt[crypto_pwhash_SALTBYTES];
        unsigned char ignored[32];
        /* The time is the point: an unknown member must not answer faster than a known one. */
        if (crypto_pwhash(ignored, sizeof ignored, p, password.n, salt, PASSES, MEMORY, crypto_pwhash_ALG_ARGON2ID13) != 0)
            return false;
        return false;
    }
    memcpy(phc, hash.p, hash.n);
    return crypto_pwhash_str_verify(phc, p, password.n) == 0;
}

enum err secret_hmac_sha1(struct bytes key, struct bytes data, unsigned char out[SECRET_SHA1_BYTES])
{
    return gnutls_hmac_fast(GNUTLS_MAC_SHA1, key.p, key.n, data.p, data.n, out) ? ERR_INTERNAL : OK;
}

static const char readable[] = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

struct str secret_readable(struct arena *a, size_t n)
{
    char *p = arena_alloc(a, n + 1);
    for (size_t i = 0; i < n; i++)
        p[i] = readable[randombytes_uniform(sizeof readable - 1)];
    p[n] = '\0';
    return (struct str){p, n};
}

struct str secret_typed(struct arena *a, struct str typed)
{
    char *p = arena_alloc(a, typed.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < typed.n; i++) {
        char c = typed.p[i];
        if (c == ' ' || c == '-' || c == '\t')
            continue;
        c = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
        if (!c || !strchr(readable, c))
            return STR("");
        p[n++] = c;
    }
    p[n] = '\0';
    return (struct str){p, n};
}

struct str secret_groups(struct arena *a, struct str s, char between)
{
    char *p = arena_alloc(a, s.n + s.n / 4 + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (i && i % 4 == 0)
            p[n++] = between;
        p[n++] = s.p[i];
    }
    p[n] = '\0';
    return (struct str){p, n};
}
