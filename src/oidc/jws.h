/* jws.h: signed tokens in compact form (RFC 7515) and a provider's keys (RFC 7517), by librhonabwy. Pure: no sockets, no clock.
 *
 * What the token says about its own key (jwk, jku, x5c, x5u) or asks us to understand (crit) makes it refused; the key is one of the
 * provider's, of the kind the algorithm needs, and only RS256, PS256 and ES256 are taken. */
#pragma once
#include "base/arena.h"

enum { OIDC_TOKEN_MAX = 16 << 10, OIDC_JWKS_MAX = 256 << 10, OIDC_KEYS_MAX = 100 };
/* Rules that a test may switch off one by one, to show that each of them is what stops a bad token. The program always passes 0. */
enum oidc_skip {
    SKIP_SIGNATURE = 1, SKIP_ALG = 2, SKIP_HEADER = 4, SKIP_TYP = 8, SKIP_ISS = 16, SKIP_AUD = 32, SKIP_AZP = 64, SKIP_EXP = 128, SKIP_IAT = 256,
    SKIP_NBF = 512, SKIP_NONCE = 1024, SKIP_SUB = 2048, SKIP_ACR = 4096, SKIP_PID = 8192, SKIP_DUPLICATE = 16384, SKIP_KEY = 32768,
};
enum oidc_kind { OIDC_ID_TOKEN, OIDC_LOGOUT_TOKEN };

/* The payload of a token whose signature holds. `why`: a word for the log; "kid": the provider may have got a new key, ask it once. */
enum err oidc_jws_open(struct arena *a, struct str token, struct str jwks, enum oidc_kind kind, unsigned skip, struct str *payload,
                       const char **why) MUST_CHECK;
/* Signs with RS256. `key`: PEM or JWK, RSA of 2048 bits or more. kid "": the JWK's own, else the thumbprint. ERR_INVALID: no such key. */
enum err oidc_jws_sign(struct arena *a, struct str key, struct str kid, struct str payload, struct str *token) MUST_CHECK;
/* The public half as a key set, to give to the provider. */
enum err oidc_jws_public(struct arena *a, struct str key, struct str kid, struct str *jwks) MUST_CHECK;
