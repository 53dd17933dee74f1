/* client_assertion.h: how the program proves itself to a provider (private_key_jwt, RFC 7523). Pure. */
#pragma once
#include "base/arena.h"

enum { OIDC_ASSERTION_S = 60 }; /* ID-porten takes 120 at most */
/* `jti` is random and used once. ERR_INVALID: the key is no private RSA key of 2048 bits or more. */
enum err oidc_client_assertion(struct arena *a, struct str key, struct str kid, struct str client_id, struct str audience, struct str jti,
                               int64_t now, struct str *out) MUST_CHECK;
