#include "oidc/jws.h"
#include "oidc/json.h"
#include <rhonabwy.h>
#include <stdio.h>

static void free_jwk(jwk_t **k)
{
    r_jwk_free(*k);
}
static void free_jws(jws_t **s)
{
    r_jws_free(*s);
}
static void free_text(char **s)
{
    r_free(*s);
}

struct head {
    struct str alg, kid;
};

static const char *const own_key[] = {"jwk", "jku", "x5c", "x5u", "x5t", "x5t#S256", "crit", "b64", "zip", "enc", "cty"};

/* NULL, or the word for what is wrong with the header. */
static const char *check_head(const json_t *j, enum oidc_kind kind, unsigned skip, struct head *out)
{
    *out = (struct head){.alg = oidc_json_str(j, "alg"), .kid = oidc_json_str(j, "kid")};
    if (!(skip & SKIP_ALG) && !str_is(out->alg, "RS256") && !str_is(out->alg, "PS256") && !str_is(out->alg, "ES256"))
        return "alg";
    for (size_t i = 0; i < COUNT(own_key) && !(skip & SKIP_HEADER); i++)
        if (json_object_get(j, own_key[i]))
            return "header";
    struct str typ = oidc_json_str(j, "typ");
    bool plain = !json_object_get(j, "typ") || str_eq_nocase(typ, STR("JWT"));
    if (!(skip & SKIP_TYP) && !plain && !(kind == OIDC_LOGOUT_TOKEN && str_eq_nocase(typ, STR("logout+jwt"))))
        return "typ";
    return NULL;
}

/* The members of a key that make it, and nothing else of what the provider wrote beside them; NULL: not of this kind, or too weak. */
static json_t *bare_key(struct arena *a, const json_t *k, bool ec)
{
    struct bytes x, y;
    if (ec) {
        if (!str_is(oidc_json_str(k, "crv"), "P-256") || !oidc_unbase64(a, oidc_json_str(k, "x"), &x) || x.n != 32 ||
            !oidc_unbase64(a, oidc_json_str(k, "y"), &y) || y.n != 32)
            return NULL;
        return json_pack("{ssssssss}", "kty", "EC", "crv", "P-256", "x", json_string_value(json_object_get(k, "x")), "y",
                         json_string_value(json_object_get(k, "y")));
    }
    if (oidc_json_str(k, "n").n > 1500 || !oidc_unbase64(a, oidc_json_str(k, "n"), &x) || x.n < 256 || x.n > 1024 || x.p[0] == 0 ||
        !oidc_unbase64(a, oidc_json_str(k, "e"), &y) || y.n < 1 || y.n > 4 || !(y.p[y.n - 1] & 1) || (y.n == 1 && y.p[0] < 3))
        return NULL;
    return json_pack("{ssssss}", "kty", "RSA", "n", json_string_value(json_object_get(k, "n")), "e", json_string_value(json_object_get(k, "e")));
}

/* Is the key there for checking signatures of this algorithm? */
static bool fits(const json_t *k, const struct head *h, bool ec)
{
    const json_t *use = json_object_get(k, "use"), *alg = json_object_get(k, "alg"), *ops = json_object_get(k, "key_ops");
    return str_is(oidc_json_str(k, "kty"), ec ? "EC" : "RSA") && (!use || str_is(oidc_json_str(k, "use"), "sig")) &&
           (!alg || str_eq(oidc_json_str(k, "alg"), h->alg)) && (!ops || oidc_json_has(ops, STR("verify")));
}

/* The one key that this token may be signed with. */
static enum err find_key(struct arena *a, const json_t *set, const struct head *h, unsigned skip, json_t **out, const char **why)
{
    const json_t *keys = json_object_get(set, "keys");
    *why = "jwks";
    if (!json_is_array(keys) || json_array_size(keys) > OIDC_KEYS_MAX)
        return ERR_INVALID;
    bool ec = str_is(h->alg, "ES256");
    const json_t *found = NULL;
    size_t n = 0;
    for (size_t i = 0; i < json_array_size(keys); i++) {
        const json_t *k = json_array_get(keys, i);
        if ((h->kid.n && !str_eq(oidc_json_str(k, "kid"), h->kid)) || (!(skip & SKIP_KEY) && !fits(k, h, ec)))
            continue;
        found = k;
        n++;
    }
    *why = n ? "key" : "kid";
    if (n != 1)
        return ERR_INVALID;
    *why = "key";
    *out = bare_key(a, found, ec);
    return *out ? OK : ERR_INVALID;
}

static bool signature_holds(struct str token, json_t *key)
{
    CLEANUP(free_jwk) jwk_t *jwk = NULL;
    CLEANUP(free_jws) jws_t *jws = NULL;
    return r_jwk_init(&jwk) == RHN_OK && r_jws_init(&jws) == RHN_OK && r_jwk_import_from_json_t(jwk, key) == RHN_OK &&
           r_jws_advanced_compact_parsen(jws, token.p, token.n, R_PARSE_NONE, R_FLAG_IGNORE_REMOTE) == RHN_OK &&
           r_jws_verify_signature(jws, jwk, R_FLAG_IGNORE_REMOTE) == RHN_OK;
}

static bool split(struct str token, struct str part[3])
{
    for (int i = 0; i < 2; i++) {
        if (str_find(token, '.') <= 0)
            return false;
        part[i] = str_cut(&token, '.');
    }
    part[2] = token;
    return str_find(token, '.') < 0;
}

enum err oidc_jws_open(struct arena *a, struct str token, struct str jwks, enum oidc_kind kind, unsigned skip, struct str *payload, const char **why)
{
    struct str part[3];
    struct bytes head, body, signature;
    CLEANUP(oidc_json_free) json_t *jhead = NULL, *set = NULL, *key = NULL;
    *why = "token_form";
    if (token.n > OIDC_TOKEN_MAX || !split(token, part) || !oidc_unbase64(a, part[0], &head) || !oidc_unbase64(a, part[1], &body) ||
        !oidc_unbase64(a, part[2], &signature))
        return ERR_INVALID;
    TRY(oidc_json((struct str){(const char *)head.p, head.n}, &jhead));
    struct head h;
    const char *wrong = check_head(jhead, kind, skip, &h);
    if (wrong) {
        *why = wrong;
        return ERR_INVALID;
    }
    if (!(skip & SKIP_SIGNATURE)) {
        *why = "jwks";
        if (jwks.n > OIDC_JWKS_MAX)
            return ERR_INVALID;
        TRY(oidc_json(jwks, &set));
        TRY(find_key(a, set, &h, skip, &key, why));
        *why = "signature";
        if (!signature.n || !signature_holds(token, key))
            return ERR_INVALID;
    }
    *payload = (struct str){(const char *)body.p, body.n};
    return OK;
}

/* The private key with its kid set. */
static enum err load_key(struct str text, struct str kid, jwk_t **out)
{
    CLEANUP(free_jwk) jwk_t *jwk = NULL;
    if (r_jwk_init(&jwk) != RHN_OK)
        return ERR_INTERNAL;
    struct str t = str_trim(text);
    CLEANUP(oidc_json_free) json_t *j = NULL;
    if (t.n && t.p[0] == '{') {
        TRY(oidc_json(t, &j));
        if (r_jwk_import_from_json_t(jwk, j) != RHN_OK)
            return ERR_INVALID;
    } else if (r_jwk_import_from_pem_der(jwk, R_X509_TYPE_PRIVKEY, R_FORMAT_PEM, (const unsigned char *)t.p, t.n) != RHN_OK) {
        return ERR_INVALID;
    }
    unsigned bits = 0;
    int type = r_jwk_key_type(jwk, &bits, R_FLAG_IGNORE_REMOTE);
    if (!(type & R_KEY_TYPE_RSA) || !(type & R_KEY_TYPE_PRIVATE) || bits < 2048)
        return ERR_INVALID;
    char word[200];
    if (kid.n) {
        snprintf(word, sizeof word, "%.*s", STR_FMT(kid));
        if (r_jwk_set_property_str(jwk, "kid", word) != RHN_OK)
            return ERR_INTERNAL;
    } else if (!r_jwk_get_property_str(jwk, "kid")) {
        CLEANUP(free_text) char *thumb = r_jwk_thumbprint(jwk, R_JWK_THUMB_SHA256, R_FLAG_IGNORE_REMOTE);
        if (!thumb || r_jwk_set_property_str(jwk, "kid", thumb) != RHN_OK)
            return ERR_INTERNAL;
    }
    *out = jwk;
    jwk = NULL;
    return OK;
}

enum err oidc_jws_sign(struct arena *a, struct str key, struct str kid, struct str payload, struct str *token)
{
    CLEANUP(free_jwk) jwk_t *jwk = NULL;
    CLEANUP(free_jws) jws_t *jws = NULL;
    TRY(load_key(key, kid, &jwk));
    if (r_jws_init(&jws) != RHN_OK || r_jws_set_alg(jws, R_JWA_ALG_RS256) != RHN_OK ||
        r_jws_set_header_str_value(jws, "kid", r_jwk_get_property_str(jwk, "kid")) != RHN_OK ||
        r_jws_set_header_str_value(jws, "typ", "JWT") != RHN_OK ||
        r_jws_set_payload(jws, (const unsigned char *)payload.p, payload.n) != RHN_OK)
        return ERR_INTERNAL;
    CLEANUP(free_text) char *text = r_jws_serialize(jws, jwk, R_FLAG_IGNORE_REMOTE);
    if (!text)
        return ERR_INVALID;
    *token = arena_str(a, str_c(text));
    return OK;
}

enum err oidc_jws_public(struct arena *a, struct str key, struct str kid, struct str *jwks)
{
    CLEANUP(free_jwk) jwk_t *jwk = NULL;
    TRY(load_key(key, kid, &jwk));
    *jwks = arena_fmt(a, "{\"keys\":[{\"kty\":\"RSA\",\"use\":\"sig\",\"alg\":\"RS256\",\"kid\":\"%s\",\"n\":\"%s\",\"e\":\"%s\"}]}",
                      r_jwk_get_property_str(jwk, "kid"), r_jwk_get_property_str(jwk, "n"), r_jwk_get_property_str(jwk, "e"));
    return OK;
}
