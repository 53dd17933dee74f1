/* discovery.h: what a provider says about itself (OpenID Connect Discovery 1.0). Pure. */
#pragma once
#include "base/arena.h"

enum { OIDC_DISCOVERY_MAX = 64 << 10 };
struct oidc_meta {
    struct str issuer, authorization, token, jwks;
    struct str end_session; /* "": one cannot log out there */
    bool iss_param;         /* it always names itself in its answer (RFC 9207) */
};
/* Strings are copied to the arena. `why`: a word for the log. ERR_INVALID: not of the agreed form, not this issuer, no code flow with S256,
 * or an address that we do not go to. */
enum err oidc_discovery(struct arena *a, struct str text, struct str issuer, struct oidc_meta *out, const char **why) MUST_CHECK;
