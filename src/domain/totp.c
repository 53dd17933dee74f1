#include "domain/totp.h"
#include "base/secret.h"

enum err totp_code(struct bytes secret, int64_t step, int *code)
{
    unsigned char counter[8], mac[SECRET_SHA1_BYTES];
    for (int i = 0; i < 8; i++)
        counter[i] = (unsigned char)((uint64_t)step >> (8 * (7 - i)));
    TRY(secret_hmac_sha1(secret, (struct bytes){counter, sizeof counter}, mac));
    int at = mac[SECRET_SHA1_BYTES - 1] & 15;
    uint32_t n = (uint32_t)(mac[at] & 0x7f) << 24 | (uint32_t)mac[at + 1] << 16 | (uint32_t)mac[at + 2] << 8 | mac[at + 3];
    *code = (int)(n % 1000000);
    return OK;
}

static bool digits(struct str typed, int *code)
{
    int n = 0, value = 0;
    for (size_t i = 0; i < typed.n; i++) {
        char c = typed.p[i];
        if (c == ' ')
            continue;
        if (c < '0' || c > '9' || ++n > TOTP_DIGITS)
            return false;
        value = 10 * value + (c - '0');
    }
    *code = value;
    return n == TOTP_DIGITS;
}

bool totp_fits(struct bytes secret, struct str typed, int64_t now, int64_t last_step, int64_t *step)
{
    int given;
    bool fits = false;
    if (!digits(typed, &given))
        return false;
    int64_t here = now / TOTP_STEP_MS;
    for (int64_t s = here - TOTP_SLACK; s <= here + TOTP_SLACK; s++) {
        int code;
        if (totp_code(secret, s, &code) == OK && code == given && s > last_step && !fits) {
            fits = true;
            *step = s;
        }
    }
    return fits;
}

struct str totp_base32(struct arena *a, struct bytes secret)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    char *p = arena_alloc(a, secret.n * 8 / 5 + 2);
    size_t n = 0;
    uint32_t bits = 0;
    int have = 0;
    for (size_t i = 0; i < secret.n; i++) {
        bits = bits << 8 | secret.p[i];
        for (have += 8; have >= 5; have -= 5)
            p[n++] = letters[bits >> (have - 5) & 31];
    }
    if (have)
        p[n++] = letters[bits << (5 - have) & 31];
    p[n] = '\0';
    return (struct str){p, n};
}

static struct str escaped(struct arena *a, struct str s)
{
    static const char hex[] = "0123456789ABCDEF";
    char *p = arena_alloc(a, 3 * s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char b = (unsigned char)s.p[i];
        if ((b >= '0' && b <= '9') || (b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z') || b == '.' || b == '-' || b == '_') {
            p[n++] = (char)b;
        } else {
            p[n++] = '%';
            p[n++] = hex[b >> 4];
            p[n++] = hex[b & 15];
        }
    }
    p[n] = '\0';
    return (struct str){p, n};
}

struct str totp_uri(struct arena *a, struct bytes secret, struct str issuer, struct str label)
{
    struct str who = escaped(a, issuer), whom = escaped(a, label), key = totp_base32(a, secret);
    return arena_fmt(a, "otpauth://totp/%.*s:%.*s?secret=%.*s&issuer=%.*s", STR_FMT(who), STR_FMT(whom), STR_FMT(key), STR_FMT(who));
}
