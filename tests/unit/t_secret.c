/* Tokens, hashes and passwords. */
#include "base/secret.h"
#include "base/tm.h"
#include "tests/test.h"
#include <time.h>

static struct arena *a;

static void t_token(void)
{
    struct str seen[200];
    for (size_t i = 0; i < COUNT(seen); i++) {
        seen[i] = secret_token(a);
        int bad = seen[i].n != SECRET_TOKEN_CHARS;
        for (size_t k = 0; k < seen[i].n; k++) {
            char c = seen[i].p[k];
            bad += !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_');
        }
        for (size_t k = 0; k < i; k++)
            bad += str_eq(seen[i], seen[k]);
        CHECK_INT(bad, 0);
    }
    unsigned char x[32] = {0}, y[32] = {0};
    secret_random(x, sizeof x);
    secret_random(y, sizeof y);
    CHECK(memcmp(x, y, sizeof x) != 0);
}

static void t_hash(void)
{
    CHECK_STR(secret_hash_hex(a, STR("abc")), "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319"); /* b2sum -l 256 */
    CHECK_STR(secret_hash_hex(a, (struct str){0}), "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
    struct str m = secret_mac_hex(a, STR("key"), STR("abc"));
    CHECK_INT(m.n, 64);
    CHECK(str_eq(m, secret_mac_hex(a, STR("key"), STR("abc"))));
    CHECK(!str_eq(m, secret_mac_hex(a, STR("kez"), STR("abc"))));
    CHECK(!str_eq(m, secret_mac_hex(a, STR("key"), STR("abd"))));
    CHECK(!str_eq(m, secret_mac_hex(a, STR("keya"), STR("bc"))));
    CHECK_INT(secret_mac_hex(a, (struct str){0}, (struct str){0}).n, 64);
    CHECK(secret_eq(STR("abc"), STR("abc")) && !secret_eq(STR("abc"), STR("abd")) && !secret_eq(STR("abc"), STR("ab")));
    CHECK(secret_eq(STR(""), (struct str){0}) && !secret_eq(STR(""), STR("a")));
}

static int64_t cpu_us(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &ts);
    return (int64_t)ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}

static void t_password(void)
{
    struct str h = {0}, again = {0};
    CHECK_ERR(secret_password_hash(a, STR("correct horse"), &h), OK);
    CHECK_ERR(secret_password_hash(a, STR("correct horse"), &again), OK);
    CHECK(str_starts(h, STR("$argon2id$v=19$m=")) && !str_eq(h, again)); /* salted */
    CHECK(secret_password_ok(h, STR("correct horse")));
    CHECK(!secret_password_ok(h, STR("correct hors")));
    CHECK(!secret_password_ok(h, (struct str){0}));
    CHECK(!secret_password_ok(STR("plain"), STR("plain")));
    static char big[500] = {1};
    CHECK(!secret_password_ok((struct str){big, sizeof big}, STR("x")));
    /* An account that does not exist costs the same work; counted in processor time, which a busy machine does not stretch. */
    int64_t t0 = cpu_us();
    CHECK(!secret_password_ok(h, STR("wrong")));
    int64_t t1 = cpu_us();
    CHECK(!secret_password_ok(STR(""), STR("wrong")));
    int64_t t2 = cpu_us();
    CHECK((t2 - t1) * 3 >= t1 - t0 && (t1 - t0) * 3 >= t2 - t1);
}

int main(void)
{
    a = arena_new(1 << 20);
    CHECK_ERR(secret_start(), OK);
    t_token();
    t_hash();
    t_password();
    arena_free(a);
    return test_end();
}
