/* token.h: the form that buys an id token for a code, and the answer to it. Pure. */
#pragma once
#include "base/arena.h"

enum { OIDC_ANSWER_MAX = 64 << 10 };
struct oidc_ask {
    struct str client_id, code, verifier, redirect_uri;
    struct str assertion; /* "": the program proves itself otherwise */
};
struct str oidc_token_form(struct arena *a, const struct oidc_ask *q);
/* *id_token in the arena. ERR_INVALID: no JSON, no id token, or an access token of a kind we did not ask for. */
enum err oidc_token_answer(struct arena *a, struct str text, struct str *id_token, const char **why) MUST_CHECK;
/* PKCE: base64url(SHA-256(verifier)). */
struct str oidc_challenge(struct arena *a, struct str verifier);
