/* One-time codes: the vectors of RFC 6238 (appendix B, SHA-1) and RFC 4226 (appendix D), slack, once only, base32 of RFC 4648. */
#include "base/secret.h"
#include "domain/totp.h"
#include "tests/test.h"

static const struct bytes key = {(const uint8_t *)"12345678901234567890", 20};

static void t_vectors(void)
{
    static const struct {
        int64_t s;
        int code; /* the last six of the eight digits printed there */
    } rfc6238[] = {{59, 287082}, {1111111109, 81804}, {1111111111, 50471}, {1234567890, 5924}, {2000000000, 279037}, {20000000000, 353130}};
    static const int rfc4226[] = {755224, 287082, 359152, 969429, 338314, 254676, 287922, 162583, 399871, 520489};
    for (size_t i = 0; i < COUNT(rfc6238); i++) {
        int code = -1;
        CHECK(totp_code(key, rfc6238[i].s * 1000 / TOTP_STEP_MS, &code) == OK);
        CHECK_INT(code, rfc6238[i].code);
    }
    for (size_t i = 0; i < COUNT(rfc4226); i++) {
        int code = -1;
        CHECK(totp_code(key, (int64_t)i, &code) == OK);
        CHECK_INT(code, rfc4226[i]);
    }
}

static void t_fits(void)
{
    const int64_t now = 1111111111000; /* step 37037037, code 050471; the step before: 081804 */
    int64_t step = 0;
    CHECK(totp_fits(key, STR("050471"), now, 0, &step));
    CHECK_INT(step, 37037037);
    CHECK(totp_fits(key, STR("050 471"), now, 0, &step));
    CHECK(totp_fits(key, STR("050471"), now + TOTP_STEP_MS, 0, &step));      /* the clock of the telephone is behind */
    CHECK(totp_fits(key, STR("050471"), now - TOTP_STEP_MS, 0, &step));      /* or ahead */
    CHECK(!totp_fits(key, STR("050471"), now + 2 * TOTP_STEP_MS, 0, &step)); /* but not more */
    CHECK(!totp_fits(key, STR("050471"), now - 2 * TOTP_STEP_MS, 0, &step));
    CHECK(totp_fits(key, STR("081804"), now, 37037035, &step));
    CHECK_INT(step, 37037036);
    CHECK(!totp_fits(key, STR("050471"), now, 37037037, &step)); /* taken already */
    CHECK(!totp_fits(key, STR("081804"), now, 37037037, &step)); /* nor an older one after a newer one */
    static const char *const bad[] = {"", "0", "50471", "0504711", "05047a", "-50471", "+50471", "050471x", "\xd9\xa0\xd9\xa5\xd9\xa0\xd9\xa4\xd9\xa7\xd9\xa1"};
    for (size_t i = 0; i < COUNT(bad); i++)
        CHECK(!totp_fits(key, str_c(bad[i]), now, 0, &step));
}

static void t_text(void)
{
    struct arena *a = arena_new(1 << 20);
    static const char *const rfc4648[][2] = {{"", ""}, {"f", "MY"}, {"fo", "MZXQ"}, {"foo", "MZXW6"}, {"foob", "MZXW6YQ"}, {"fooba", "MZXW6YTB"}, {"foobar", "MZXW6YTBOI"}};
    for (size_t i = 0; i < COUNT(rfc4648); i++)
        CHECK_STR(totp_base32(a, (struct bytes){(const uint8_t *)rfc4648[i][0], strlen(rfc4648[i][0])}), rfc4648[i][1]);
    CHECK_STR(secret_groups(a, STR("GEZDGNBVGY3TQ"), ' '), "GEZD GNBV GY3T Q");
    CHECK_STR(totp_uri(a, key, STR("Bø kommune"), STR("a&b@c.no")),
              "otpauth://totp/B%C3%B8%20kommune:a%26b%40c.no?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=B%C3%B8%20kommune");
    CHECK_STR(secret_typed(a, STR("abcd-EFGH 2345")), "ABCDEFGH2345");
    CHECK_STR(secret_typed(a, STR("ABCD0")), ""); /* what is easily misread is in no code */
    CHECK_STR(secret_typed(a, STR("ABC\0DE")), "");
    CHECK_STR(secret_groups(a, STR("ABCDEFGH2345"), '-'), "ABCD-EFGH-2345");
    struct str one = secret_readable(a, 12), two = secret_readable(a, 12);
    CHECK(one.n == 12 && !str_eq(one, two) && str_eq(secret_typed(a, secret_groups(a, one, '-')), one));
    arena_free(a);
}

int main(void)
{
    CHECK(secret_start() == OK);
    t_vectors();
    t_fits();
    t_text();
    return test_end();
}
