/* Id tokens and logout tokens: a good one is taken, and each bad one is refused by the one rule that is there for it. Every case is tried twice:
 * with all rules, and with that rule switched off, when it must get in: so the case bites. Keys are made anew each time, by GnuTLS, which
 * is not what checks them. */
#include "oidc/idtoken.h"
#include "oidc/json.h"
#include "base/secret.h"
#include "tests/test.h"
#include <gnutls/abstract.h>
#include <gnutls/crypto.h>

#define NOW 1800000000LL
static struct arena *a;

enum which { RSA, EC, FOREIGN, WEAK, N_KEYS };
static gnutls_privkey_t keys[N_KEYS];

static struct str b64(gnutls_datum_t d)
{
    while (d.size > 1 && d.data[0] == 0) { /* numbers without leading zeros */
        d.data++;
        d.size--;
    }
    return oidc_base64(a, (struct bytes){d.data, d.size});
}

static void make_keys(void)
{
    static const struct {
        gnutls_pk_algorithm_t kind;
        unsigned bits;
    } of[N_KEYS] = {[RSA] = {GNUTLS_PK_RSA, 2048}, [EC] = {GNUTLS_PK_ECDSA, GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1)},
                    [FOREIGN] = {GNUTLS_PK_RSA, 2048}, [WEAK] = {GNUTLS_PK_RSA, 1024}};
    for (int i = 0; i < N_KEYS; i++)
        if (gnutls_privkey_init(&keys[i]) || gnutls_privkey_generate(keys[i], of[i].kind, of[i].bits, 0))
            abort();
}

static struct str rsa_jwk(enum which k, const char *kid, const char *more)
{
    gnutls_datum_t m, e;
    if (gnutls_privkey_export_rsa_raw(keys[k], &m, &e, NULL, NULL, NULL, NULL, NULL, NULL))
        abort();
    struct str jwk = arena_fmt(a, "{\"kty\":\"RSA\",\"kid\":\"%s\",\"n\":\"%.*s\",\"e\":\"%.*s\"%s}", kid, STR_FMT(b64(m)), STR_FMT(b64(e)), more);
    gnutls_free(m.data);
    gnutls_free(e.data);
    return jwk;
}

static struct str pad32(gnutls_datum_t d)
{
    unsigned char *to = arena_alloc(a, 32);
    while (d.size > 32) {
        d.data++;
        d.size--;
    }
    memcpy(to + 32 - d.size, d.data, d.size);
    return (struct str){(char *)to, 32};
}

static struct str ec_jwk(const char *kid)
{
    gnutls_ecc_curve_t curve;
    gnutls_datum_t x, y;
    if (gnutls_privkey_export_ecc_raw(keys[EC], &curve, &x, &y, NULL))
        abort();
    struct str px = pad32(x), py = pad32(y);
    struct str jwk = arena_fmt(a, "{\"kty\":\"EC\",\"crv\":\"P-256\",\"use\":\"sig\",\"kid\":\"%s\",\"x\":\"%.*s\",\"y\":\"%.*s\"}", kid,
                               STR_FMT(oidc_base64(a, (struct bytes){(const uint8_t *)px.p, 32})),
                               STR_FMT(oidc_base64(a, (struct bytes){(const uint8_t *)py.p, 32})));
    gnutls_free(x.data);
    gnutls_free(y.data);
    return jwk;
}

static struct str key_set(void)
{
    struct str k[5] = {rsa_jwk(RSA, "r1", ",\"use\":\"sig\",\"alg\":\"RS256\""), rsa_jwk(RSA, "p1", ",\"use\":\"sig\",\"alg\":\"PS256\""), ec_jwk("e1"),
                       rsa_jwk(WEAK, "weak", ""), rsa_jwk(RSA, "enc", ",\"use\":\"enc\"")};
    return arena_fmt(a, "{\"keys\":[%.*s]}", STR_FMT(arena_join(a, k, 5, STR(","))));
}

static struct str signature(enum which k, struct str alg, struct str text)
{
    gnutls_datum_t in = {(unsigned char *)(uintptr_t)text.p, (unsigned)text.n}, sig;
    bool ec = str_is(alg, "ES256");
    gnutls_sign_algorithm_t how = ec ? GNUTLS_SIGN_ECDSA_SHA256 : str_is(alg, "PS256") ? GNUTLS_SIGN_RSA_PSS_RSAE_SHA256 : GNUTLS_SIGN_RSA_SHA256;
    if (gnutls_privkey_sign_data2(keys[ec ? EC : k], how, 0, &in, &sig))
        abort();
    struct str out;
    if (ec) {
        gnutls_datum_t r, s;
        if (gnutls_decode_rs_value(&sig, &r, &s))
            abort();
        struct str both[2] = {pad32(r), pad32(s)};
        struct str raw = arena_join(a, both, 2, STR(""));
        out = oidc_base64(a, (struct bytes){(const uint8_t *)raw.p, raw.n});
        gnutls_free(r.data);
        gnutls_free(s.data);
    } else {
        out = oidc_base64(a, (struct bytes){sig.data, sig.size});
    }
    gnutls_free(sig.data);
    return out;
}

static struct str token_of(const char *head, struct str claims, enum which k)
{
    CLEANUP(oidc_json_free) json_t *h = json_loads(head, 0, NULL);
    struct str h64 = oidc_base64(a, (struct bytes){(const uint8_t *)head, strlen(head)});
    struct str parts[2] = {h64, oidc_base64(a, (struct bytes){(const uint8_t *)claims.p, claims.n})};
    struct str text = arena_join(a, parts, 2, STR("."));
    struct str whole[2] = {text, signature(k, oidc_json_str(h, "alg"), text)};
    return arena_join(a, whole, 2, STR("."));
}

static const char good_head[] = "{\"alg\":\"RS256\",\"kid\":\"r1\",\"typ\":\"JWT\"}";

/* The good claims with some of them put over: null takes one away. */
static struct str claims_with(const char *set)
{
    CLEANUP(oidc_json_free) json_t *j =
        json_pack("{sssssssIsIsssssssssI}", "iss", "https://op.example", "sub", "pairwise-1", "aud", "client-1", "exp", (json_int_t)NOW + 120, "iat",
                  (json_int_t)NOW, "nonce", "n-1", "acr", "idporten-loa-high", "sid", "s-1", "pid", "12345678901", "auth_time", (json_int_t)NOW);
    CLEANUP(oidc_json_free) json_t *over = json_loads(set, 0, NULL);
    const char *key;
    json_t *v;
    if (!j || !over)
        abort();
    json_object_foreach(over, key, v) if (json_is_null(v)) json_object_del(j, key);
    else json_object_set(j, key, v);
    char *text = json_dumps(j, JSON_COMPACT);
    struct str out = arena_str(a, str_c(text));
    free(text);
    return out;
}

static struct oidc_want want(unsigned skip)
{
    return (struct oidc_want){.issuer = STR("https://op.example"), .client_id = STR("client-1"), .nonce = STR("n-1"),
                              .acr_values = STR("idporten-loa-high"), .pid_claim = STR("pid"), .now = NOW * 1000, .skip = skip};
}

struct bad {
    const char *what, *why, *set, *head;
    unsigned skip; /* with this off it gets in; 0: no rule of ours can be switched off for it */
    enum which key;
};
static const struct bad bads[] = {
    {"another nonce", "nonce", "{\"nonce\":\"n-2\"}", NULL, SKIP_NONCE, RSA},
    {"no nonce", "nonce", "{\"nonce\":null}", NULL, SKIP_NONCE, RSA},
    {"a nonce that is a number", "nonce", "{\"nonce\":1}", NULL, SKIP_NONCE, RSA},
    {"another audience", "aud", "{\"aud\":\"client-2\"}", NULL, SKIP_AUD, RSA},
    {"no audience", "aud", "{\"aud\":null}", NULL, SKIP_AUD, RSA},
    {"several audiences without us", "aud", "{\"aud\":[\"a\",\"b\"],\"azp\":\"client-1\"}", NULL, SKIP_AUD, RSA},
    {"an audience that is no text", "aud", "{\"aud\":[\"client-1\",7],\"azp\":\"client-1\"}", NULL, SKIP_AUD, RSA},
    {"several audiences without azp", "azp", "{\"aud\":[\"client-1\",\"b\"]}", NULL, SKIP_AZP, RSA},
    {"meant for another party", "azp", "{\"aud\":[\"client-1\",\"b\"],\"azp\":\"b\"}", NULL, SKIP_AZP, RSA},
    {"one audience, another party", "azp", "{\"azp\":\"b\"}", NULL, SKIP_AZP, RSA},
    {"another issuer", "iss", "{\"iss\":\"https://evil.example\"}", NULL, SKIP_ISS, RSA},
    {"the issuer with a slash", "iss", "{\"iss\":\"https://op.example/\"}", NULL, SKIP_ISS, RSA},
    {"the issuer in capitals", "iss", "{\"iss\":\"https://OP.example\"}", NULL, SKIP_ISS, RSA},
    {"no issuer", "iss", "{\"iss\":null}", NULL, SKIP_ISS, RSA},
    {"expired", "exp", "{\"exp\":1799999940}", NULL, SKIP_EXP, RSA},
    {"no end", "exp", "{\"exp\":null}", NULL, SKIP_EXP, RSA},
    {"an end as text", "exp", "{\"exp\":\"1800000120\"}", NULL, SKIP_EXP, RSA},
    {"an end beyond all time", "exp", "{\"exp\":1e300}", NULL, SKIP_EXP, RSA},
    {"not yet", "nbf", "{\"nbf\":1800000061}", NULL, SKIP_NBF, RSA},
    {"a beginning as text", "nbf", "{\"nbf\":\"soon\"}", NULL, SKIP_NBF, RSA},
    {"made in an hour", "iat", "{\"iat\":1800003600}", NULL, SKIP_IAT, RSA},
    {"made long ago", "iat", "{\"iat\":1799999339}", NULL, SKIP_IAT, RSA},
    {"made at no time", "iat", "{\"iat\":null}", NULL, SKIP_IAT, RSA},
    {"nobody", "sub", "{\"sub\":null}", NULL, SKIP_SUB, RSA},
    {"an empty sub", "sub", "{\"sub\":\"\"}", NULL, SKIP_SUB, RSA},
    {"a sub that is a list", "sub", "{\"sub\":[\"x\"]}", NULL, SKIP_SUB, RSA},
    {"too low a level", "acr", "{\"acr\":\"idporten-loa-substantial\"}", NULL, SKIP_ACR, RSA},
    {"no level", "acr", "{\"acr\":null}", NULL, SKIP_ACR, RSA},
    {"a level like ours", "acr", "{\"acr\":\"idporten-loa-high-ish\"}", NULL, SKIP_ACR, RSA},
    {"levels in a list", "acr", "{\"acr\":[\"idporten-loa-high\"]}", NULL, SKIP_ACR, RSA},
    {"no number", "pid", "{\"pid\":null}", NULL, SKIP_PID, RSA},
    {"ten digits", "pid", "{\"pid\":\"1234567890\"}", NULL, SKIP_PID, RSA},
    {"letters", "pid", "{\"pid\":\"1234567890x\"}", NULL, SKIP_PID, RSA},
    {"a number that is a number", "pid", "{\"pid\":12345678901}", NULL, SKIP_PID, RSA},
    {"a logout token by its header", "typ", "{}", "{\"alg\":\"RS256\",\"kid\":\"r1\",\"typ\":\"logout+jwt\"}", SKIP_TYP, RSA},
    {"a logout token by its events", "typ", "{\"events\":{\"http://schemas.openid.net/event/backchannel-logout\":{}}}", NULL, SKIP_TYP, RSA},
    {"an access token", "typ", "{}", "{\"alg\":\"RS256\",\"kid\":\"r1\",\"typ\":\"at+jwt\"}", SKIP_TYP, RSA},
    {"no algorithm", "alg", "{}", "{\"alg\":\"none\",\"kid\":\"r1\"}", SKIP_ALG | SKIP_SIGNATURE, RSA},
    {"no algorithm in odd letters", "alg", "{}", "{\"alg\":\"nOnE\",\"kid\":\"r1\"}", SKIP_ALG | SKIP_SIGNATURE, RSA},
    {"a shared secret", "alg", "{}", "{\"alg\":\"HS256\",\"kid\":\"r1\"}", SKIP_ALG | SKIP_SIGNATURE, RSA},
    {"an algorithm we do not take", "alg", "{}", "{\"alg\":\"RS512\",\"kid\":\"r1\"}", SKIP_ALG | SKIP_SIGNATURE, RSA},
    {"no algorithm named", "alg", "{}", "{\"kid\":\"r1\"}", SKIP_ALG | SKIP_SIGNATURE, RSA},
    {"a foreign key under our name", "signature", "{}", NULL, SKIP_SIGNATURE, FOREIGN},
    {"an unknown key", "kid", "{}", "{\"alg\":\"RS256\",\"kid\":\"r9\"}", SKIP_SIGNATURE, RSA},
    {"a key for enciphering", "kid", "{}", "{\"alg\":\"RS256\",\"kid\":\"enc\"}", SKIP_KEY, RSA},
    {"a key of another algorithm", "kid", "{}", "{\"alg\":\"RS256\",\"kid\":\"p1\"}", SKIP_KEY, RSA},
    {"a key of another kind", "kid", "{}", "{\"alg\":\"RS256\",\"kid\":\"e1\"}", SKIP_SIGNATURE, RSA},
    {"a weak key", "key", "{}", "{\"alg\":\"RS256\",\"kid\":\"weak\"}", SKIP_SIGNATURE, WEAK},
    {"its own key", "header", "{}", "{\"alg\":\"RS256\",\"kid\":\"r1\",\"jwk\":{\"kty\":\"RSA\"}}", SKIP_HEADER, RSA},
    {"the address of its key", "header", "{}", "{\"alg\":\"RS256\",\"kid\":\"r1\",\"jku\":\"https://evil.example/k\"}", SKIP_HEADER, RSA},
    {"the address of its certificate", "header", "{}", "{\"alg\":\"RS256\",\"kid\":\"r1\",\"x5u\":\"https://evil.example/k\"}", SKIP_HEADER, RSA},
    {"something we must understand", "header", "{}", "{\"alg\":\"RS256\",\"kid\":\"r1\",\"crit\":[\"exp\"],\"exp\":1}", SKIP_HEADER, RSA},
};

static void t_bad(void)
{
    struct str set = key_set();
    for (size_t i = 0; i < COUNT(bads); i++) {
        const struct bad *b = &bads[i];
        struct str token = token_of(b->head ? b->head : good_head, claims_with(b->set), b->key);
        struct oidc_claims c = {.sub = STR("untouched")};
        struct oidc_want all = want(0), but = want(b->skip);
        const char *why = "";
        enum err e = oidc_idtoken(a, token, set, &all, &c, &why);
        if (e != ERR_INVALID || strcmp(why, b->why) != 0)
            printf("# %s: %s\n", b->what, why);
        CHECK_ERR(e, ERR_INVALID);
        CHECK_STR(str_c(why), b->why);
        CHECK_STR(c.sub, "untouched");
        e = oidc_idtoken(a, token, set, &but, &c, &why);
        if (e)
            printf("# %s does not bite: %s\n", b->what, why);
        CHECK_ERR(e, OK);
    }
}

/* Two readers must not see two persons. */
static void t_twice(void)
{
    struct str set = key_set(), one = claims_with("{}");
    struct str twice = arena_fmt(a, "%.*s,\"sub\":\"ADMIN\"}", (int)one.n - 1, one.p);
    struct str token = token_of(good_head, twice, RSA);
    struct oidc_want all = want(0), but = want(SKIP_DUPLICATE);
    struct oidc_claims c;
    const char *why = "";
    CHECK_ERR(oidc_idtoken(a, token, set, &all, &c, &why), ERR_INVALID);
    CHECK_STR(str_c(why), "claims_form");
    CHECK_ERR(oidc_idtoken(a, token, set, &but, &c, &why), OK);
    CHECK_STR(c.sub, "ADMIN");
    token = token_of("{\"alg\":\"RS256\",\"kid\":\"r1\",\"kid\":\"r1\"}", one, RSA);
    CHECK_ERR(oidc_idtoken(a, token, set, &all, &c, &why), ERR_INVALID);
    CHECK_STR(str_c(why), "token_form");
}

static void t_good(void)
{
    static const struct {
        const char *head, *set;
    } goods[] = {
        {good_head, "{}"},
        {"{\"alg\":\"PS256\",\"kid\":\"p1\"}", "{}"},
        {"{\"alg\":\"ES256\",\"kid\":\"e1\",\"typ\":\"jwt\"}", "{}"},
        {"{\"alg\":\"ES256\"}", "{}"}, /* no kid: there is one key only that fits */
        {good_head, "{\"aud\":[\"client-1\"]}"},
        {good_head, "{\"aud\":[\"client-1\",\"x\"],\"azp\":\"client-1\"}"},
        {good_head, "{\"exp\":1799999941,\"iat\":1799999341,\"nbf\":1800000060}"}, /* the last second of each slack */
        {good_head, "{\"iat\":1800000060.25}"},
        {good_head, "{\"sid\":null}"},
    };
    struct str set = key_set();
    for (size_t i = 0; i < COUNT(goods); i++) {
        struct oidc_want w = want(0);
        struct oidc_claims c = {0};
        const char *why = "";
        enum err e = oidc_idtoken(a, token_of(goods[i].head, claims_with(goods[i].set), RSA), set, &w, &c, &why);
        if (e)
            printf("# good %zu: %s\n", i, why);
        CHECK_ERR(e, OK);
        CHECK_STR(c.sub, "pairwise-1");
        CHECK_STR(c.pid, "12345678901");
        CHECK(c.strong);
    }
}

/* Any changed byte, and any other shape. */
static void t_bytes(void)
{
    struct str set = key_set(), token = token_of(good_head, claims_with("{}"), RSA);
    struct oidc_want w = want(0);
    struct oidc_claims c;
    const char *why;
    int in = 0;
    for (size_t i = 0; i < token.n; i++) {
        char *t = test_exact(token.p, token.n);
        t[i] = t[i] == 'A' ? 'B' : 'A';
        in += oidc_idtoken(a, (struct str){t, token.n}, set, &w, &c, &why) == OK;
        free(t);
    }
    CHECK_INT(in, 0);
    for (size_t n = 0; n < token.n; n++)
        in += oidc_idtoken(a, (struct str){token.p, n}, set, &w, &c, &why) == OK;
    CHECK_INT(in, 0);
    struct str more[2] = {token, STR(".x")};
    CHECK_ERR(oidc_idtoken(a, arena_join(a, more, 2, STR("")), set, &w, &c, &why), ERR_INVALID);
    more[1] = STR("=");
    CHECK_ERR(oidc_idtoken(a, arena_join(a, more, 2, STR("")), set, &w, &c, &why), ERR_INVALID);
    struct str head = token;
    head = str_cut(&head, '.');
    CHECK_ERR(oidc_idtoken(a, arena_fmt(a, "%.*s..", STR_FMT(head)), set, &w, &c, &why), ERR_INVALID);
    /* a sub that is longer than the standard lets it be */
    char *longer = arena_alloc(a, 400);
    snprintf(longer, 400, "{\"sub\":\"%0256d\"}", 0);
    CHECK_ERR(oidc_idtoken(a, token_of(good_head, claims_with(longer), RSA), set, &w, &c, &why), ERR_INVALID);
    CHECK_STR(str_c(why), "sub");
}

static void t_key_sets(void)
{
    struct str token = token_of(good_head, claims_with("{}"), RSA);
    struct oidc_want w = want(0);
    struct oidc_claims c;
    const char *why;
    struct str one = rsa_jwk(RSA, "r1", ""), crowd[OIDC_KEYS_MAX + 1];
    for (size_t i = 0; i < COUNT(crowd); i++)
        crowd[i] = i ? arena_fmt(a, "{\"kty\":\"RSA\",\"kid\":\"k%zu\"}", i) : one;
    static const char *const odd[] = {"", "{}", "[]", "{\"keys\":{}}", "{\"keys\":[]}", "{\"keys\":[7]}", "{\"keys\":[],\"keys\":[]}", "null"};
    for (size_t i = 0; i < COUNT(odd); i++)
        CHECK_ERR(oidc_idtoken(a, token, str_c(odd[i]), &w, &c, &why), ERR_INVALID);
    CHECK_ERR(oidc_idtoken(a, token, arena_fmt(a, "{\"keys\":[%.*s]}", STR_FMT(arena_join(a, crowd, OIDC_KEYS_MAX, STR(",")))), &w, &c, &why), OK);
    CHECK_ERR(oidc_idtoken(a, token, arena_fmt(a, "{\"keys\":[%.*s]}", STR_FMT(arena_join(a, crowd, OIDC_KEYS_MAX + 1, STR(",")))), &w, &c, &why),
              ERR_INVALID);
    CHECK_STR(str_c(why), "jwks");
    CHECK_ERR(oidc_idtoken(a, token, arena_fmt(a, "{\"keys\":[%.*s,%.*s]}", STR_FMT(one), STR_FMT(one)), &w, &c, &why), ERR_INVALID);
    CHECK_STR(str_c(why), "key"); /* which of the two? */
}

static void t_logout(void)
{
#define EVENT "\"events\":{\"http://schemas.openid.net/event/backchannel-logout\":{}}"
    static const struct {
        const char *set, *head, *why;
    } cases[] = {
        {"{\"nonce\":null,\"jti\":\"j\"," EVENT "}", "{\"alg\":\"RS256\",\"kid\":\"r1\",\"typ\":\"logout+jwt\"}", NULL},
        {"{\"nonce\":null,\"jti\":\"j\"," EVENT "}", good_head, NULL},
        {"{\"jti\":\"j\"," EVENT "}", good_head, "nonce"}, /* an id token that is played back */
        {"{\"nonce\":null,\"jti\":\"j\"}", good_head, "events"},
        {"{\"nonce\":null,\"jti\":\"j\",\"events\":{}}", good_head, "events"},
        {"{\"nonce\":null," EVENT "}", good_head, "jti"},
        {"{\"nonce\":null,\"jti\":\"j\",\"sid\":null," EVENT "}", good_head, "sid"},
        {"{\"nonce\":null,\"jti\":\"j\",\"aud\":\"x\"," EVENT "}", good_head, "aud"},
        {"{\"nonce\":null,\"jti\":\"j\",\"iss\":\"x\"," EVENT "}", good_head, "iss"},
        {"{\"nonce\":null,\"jti\":\"j\",\"iat\":1700000000," EVENT "}", good_head, "iat"},
        {"{\"nonce\":null,\"jti\":\"j\"," EVENT "}", "{\"alg\":\"none\"}", "alg"},
    };
    struct str set = key_set();
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct oidc_want w = want(0);
        struct str sid = STR("");
        const char *why = NULL;
        enum err e = oidc_logout_token(a, token_of(cases[i].head, claims_with(cases[i].set), RSA), set, &w, &sid, &why);
        CHECK_ERR(e, cases[i].why ? ERR_INVALID : OK);
        CHECK_STR(e ? str_c(why) : sid, cases[i].why ? cases[i].why : "s-1");
    }
}

static void t_levels(void)
{
    static const struct {
        const char *list, *got;
        bool enough;
    } cases[] = {
        {"idporten-loa-high", "idporten-loa-high", true},
        {"idporten-loa-high", "idporten-loa-substantial", false},
        {"idporten-loa-substantial", "idporten-loa-high", true}, /* more than was asked for */
        {"idporten-loa-substantial", "idporten-loa-low", false},
        {"idporten-loa-substantial idporten-loa-high", "idporten-loa-substantial", true},
        {"idporten-loa-substantial", "http://eidas.europa.eu/LoA/high", false}, /* another ladder */
        {"mfa  phr", "phr", true},
        {"mfa", "mfa phr", false},
        {"mfa", "", false},
        {"", "", false},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        CHECK_INT(oidc_acr_enough(str_c(cases[i].list), str_c(cases[i].got)), cases[i].enough);
    struct oidc_want w = want(0);
    struct oidc_claims c;
    const char *why;
    w.acr_values = STR("idporten-loa-low");
    CHECK_ERR(oidc_idtoken(a, token_of(good_head, claims_with("{\"acr\":\"idporten-loa-low\"}"), RSA), key_set(), &w, &c, &why), OK);
    CHECK(!c.strong);
    w.acr_values = STR("");
    CHECK_ERR(oidc_idtoken(a, token_of(good_head, claims_with("{\"acr\":null}"), RSA), key_set(), &w, &c, &why), OK);
    CHECK(!c.strong); /* nothing was asked for, nothing was shown */
}

int main(void)
{
    a = arena_new((size_t)256 << 20);
    CHECK_ERR(secret_start(), OK);
    make_keys();
    t_good();
    t_bad();
    t_twice();
    t_bytes();
    t_key_sets();
    t_logout();
    t_levels();
    for (int i = 0; i < N_KEYS; i++)
        gnutls_privkey_deinit(keys[i]);
    arena_free(a);
    return test_end();
}
