/* A provider's description of itself, addresses, forms and the program's own proof. */
#include "base/secret.h"
#include "oidc/client_assertion.h"
#include "oidc/discovery.h"
#include "oidc/idtoken.h"
#include "oidc/json.h"
#include "oidc/token.h"
#include "oidc/url.h"
#include "tests/test.h"
#include <rhonabwy.h>

static struct arena *a;

static void t_url(void)
{
    static const char *const good[] = {"https://idporten.no", "https://a.example:8443/x?y=1&z=%20", "http://127.0.0.1:8080/", "http://localhost", "http://[::1]:9/a"};
    static const char *const bad[] = {"", "https://", "http://a.example", "https://u@a.example", "https://a.example/#x", "https://a.example/ x",
                                      "https://a\\b", "ftp://a", "//a", "javascript:x", "https://a.example/\"", "https://a.example/\n", "https://:1/",
                                      "http://127.0.0.1.evil.example/", "http://localhost@evil.example", "https://a.example;b", "https://å.example", "HTTPS://a"};
    for (size_t i = 0; i < COUNT(good); i++)
        CHECK(oidc_url_ok(str_c(good[i])));
    for (size_t i = 0; i < COUNT(bad); i++)
        CHECK(!oidc_url_ok(str_c(bad[i])));
    CHECK_STR(oidc_url_origin(STR("https://login.example:8/a/b?c")), "https://login.example:8");
    CHECK_STR(oidc_url_origin(STR("http://[::1]:9?c")), "http://[::1]:9");
    struct buf b = {.max = 1000};
    buf_c(&b, "https://a.example/x?y=1");
    oidc_url_add(&b, "k", STR("å &=+"));
    CHECK_STR(buf_view(&b), "https://a.example/x?y=1&k=%C3%A5%20%26%3D%2B");
    buf_clear(&b);
    oidc_url_add(&b, "a", STR("1"));
    oidc_url_add(&b, "b", STR("2"));
    CHECK_STR(buf_view(&b), "a=1&b=2");
    buf_free(&b);
}

static void t_discovery(void)
{
#define ENDS "\"token_endpoint\":\"https://op.example/t\",\"jwks_uri\":\"https://op.example/k\""
#define WHOLE "\"issuer\":\"https://op.example\",\"authorization_endpoint\":\"https://login.op.example/a\"," ENDS
    static const struct {
        const char *text, *why;
    } cases[] = {
        {"{" WHOLE "}", NULL},
        {"{" WHOLE ",\"end_session_endpoint\":\"https://op.example/e\",\"authorization_response_iss_parameter_supported\":true,"
         "\"code_challenge_methods_supported\":[\"plain\",\"S256\"],\"response_types_supported\":[\"code\",\"id_token\"]}", NULL},
        {"", "discovery_form"},
        {"<html>", "discovery_form"},
        {"[]", "discovery_form"},
        {"{" WHOLE "} x", "discovery_form"},
        {"{" WHOLE ",\"jwks_uri\":\"https://evil.example/k\"}", "discovery_form"}, /* the same name twice */
        {"{\"issuer\":\"https://op.example/\",\"authorization_endpoint\":\"https://op.example/a\"," ENDS "}", "discovery_issuer"},
        {"{\"authorization_endpoint\":\"https://op.example/a\"," ENDS "}", "discovery_issuer"},
        {"{\"issuer\":\"https://op.example\"," ENDS "}", "discovery_address"},
        {"{\"issuer\":\"https://op.example\",\"authorization_endpoint\":\"http://op.example/a\"," ENDS "}", "discovery_address"},
        {"{\"issuer\":\"https://op.example\",\"authorization_endpoint\":\"javascript:alert(1)\"," ENDS "}", "discovery_address"},
        {"{\"issuer\":\"https://op.example\",\"authorization_endpoint\":\"http://127.0.0.1/a\"," ENDS "}", "discovery_address"}, /* not through us */
        {"{" WHOLE ",\"end_session_endpoint\":\"file:///etc/passwd\"}", "discovery_address"},
        {"{" WHOLE ",\"code_challenge_methods_supported\":[\"plain\"]}", "discovery_flow"},
        {"{" WHOLE ",\"response_types_supported\":[\"id_token\"]}", "discovery_flow"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct oidc_meta m = {.token = STR("untouched")};
        const char *why = NULL;
        enum err e = oidc_discovery(a, str_c(cases[i].text), STR("https://op.example"), &m, &why);
        CHECK_ERR(e, cases[i].why ? ERR_INVALID : OK);
        CHECK_STR(e ? str_c(why) : m.token, cases[i].why ? cases[i].why : "https://op.example/t");
        CHECK_INT(m.iss_param, i == 1);
    }
}

static void t_answer(void)
{
    struct str id = STR("");
    const char *why;
    CHECK_ERR(oidc_token_answer(a, STR("{\"id_token\":\"a.b.c\",\"token_type\":\"bearer\",\"access_token\":\"x\"}"), &id, &why), OK);
    CHECK_STR(id, "a.b.c");
    static const char *const bad[] = {"", "null", "{}", "{\"id_token\":7,\"token_type\":\"Bearer\"}", "{\"id_token\":\"\",\"token_type\":\"Bearer\"}",
                                      "{\"id_token\":\"a.b.c\"}", "{\"id_token\":\"a.b.c\",\"token_type\":\"DPoP\"}",
                                      "{\"id_token\":\"a.b.c\",\"id_token\":\"d.e.f\",\"token_type\":\"Bearer\"}"};
    for (size_t i = 0; i < COUNT(bad); i++)
        CHECK_ERR(oidc_token_answer(a, str_c(bad[i]), &id, &why), ERR_INVALID);
    CHECK_STR(id, "a.b.c");
    /* RFC 7636, appendix B */
    CHECK_STR(oidc_challenge(a, STR("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    struct oidc_ask q = {.client_id = STR("c/1"), .code = STR("a+b"), .verifier = STR("v"), .redirect_uri = STR("http://x/y"), .assertion = STR("j")};
    CHECK_STR(oidc_token_form(a, &q),
              "grant_type=authorization_code&client_id=c%2F1&code=a%2Bb&code_verifier=v&redirect_uri=http%3A%2F%2Fx%2Fy"
              "&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&client_assertion=j");
}

/* The program's own proof, read back with the public half that it gives away. */
static void t_assertion(void)
{
    jwk_t *priv = NULL, *pub = NULL, *small = NULL, *small_pub = NULL;
    if (r_jwk_init(&priv) || r_jwk_init(&pub) || r_jwk_init(&small) || r_jwk_init(&small_pub) ||
        r_jwk_generate_key_pair(priv, pub, R_KEY_TYPE_RSA, 2048, "mine") != RHN_OK ||
        r_jwk_generate_key_pair(small, small_pub, R_KEY_TYPE_RSA, 1024, "small") != RHN_OK)
        abort();
    unsigned char pem[4096];
    size_t n = sizeof pem;
    if (r_jwk_export_to_pem_der(priv, R_FORMAT_PEM, pem, &n, 0) != RHN_OK)
        abort();
    char *json = r_jwk_export_to_json_str(priv, 0), *weak = r_jwk_export_to_json_str(small, 0), *open = r_jwk_export_to_json_str(pub, 0);
    const struct {
        struct str key, kid;
        const char *want_kid; /* NULL: some thumbprint */
    } cases[] = {{str_c(json), STR(""), "mine"}, {{(char *)pem, n}, STR("other"), "other"}, {{(char *)pem, n}, STR(""), NULL}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct str token, set, payload;
        const char *why = "";
        CHECK_ERR(oidc_client_assertion(a, cases[i].key, cases[i].kid, STR("client \"1\""), STR("https://op.example"), STR("jti-1"), 1800000000123, &token), OK);
        CHECK_ERR(oidc_jws_public(a, cases[i].key, cases[i].kid, &set), OK);
        CHECK(!memmem(set.p, set.n, "\"d\"", 3) && !memmem(set.p, set.n, "\"p\"", 3)); /* the public half only */
        CHECK_ERR(oidc_jws_open(a, token, set, OIDC_ID_TOKEN, 0, &payload, &why), OK);
        CHECK_STR(payload, "{\"iss\":\"client \\\"1\\\"\",\"sub\":\"client \\\"1\\\"\",\"aud\":\"https://op.example\",\"jti\":\"jti-1\",\"iat\":1800000000,"
                           "\"exp\":1800000060}");
        json_t *keys = json_loadb(set.p, set.n, 0, NULL);
        struct str kid = oidc_json_str(json_array_get(json_object_get(keys, "keys"), 0), "kid");
        CHECK(cases[i].want_kid ? str_is(kid, cases[i].want_kid) : kid.n == 43);
        json_decref(keys);
    }
    struct str token;
    CHECK_ERR(oidc_client_assertion(a, str_c(weak), STR(""), STR("c"), STR("i"), STR("j"), 0, &token), ERR_INVALID);
    CHECK_ERR(oidc_client_assertion(a, str_c(open), STR(""), STR("c"), STR("i"), STR("j"), 0, &token), ERR_INVALID);
    CHECK_ERR(oidc_client_assertion(a, STR("-----BEGIN"), STR(""), STR("c"), STR("i"), STR("j"), 0, &token), ERR_INVALID);
    CHECK_ERR(oidc_client_assertion(a, STR("{}"), STR(""), STR("c"), STR("i"), STR("j"), 0, &token), ERR_INVALID);
    r_free(json);
    r_free(weak);
    r_free(open);
    r_jwk_free(priv);
    r_jwk_free(pub);
    r_jwk_free(small);
    r_jwk_free(small_pub);
}

int main(void)
{
    a = arena_new((size_t)64 << 20);
    CHECK_ERR(secret_start(), OK);
    t_url();
    t_discovery();
    t_answer();
    t_assertion();
    arena_free(a);
    return test_end();
}
