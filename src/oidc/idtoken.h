/* idtoken.h: is this id token for us, of this login, fresh, and strong enough? (OpenID Connect Core 3.1.3.7, and ID-porten's further demands.)
 * And the same for a logout token (OpenID Connect Back-Channel Logout 1.0). Pure: the time is given. */
#pragma once
#include "oidc/jws.h"

enum { OIDC_SLACK_S = 60, OIDC_AGE_S = 600, OIDC_SUB_MAX = 255 };
struct oidc_want {
    struct str issuer, client_id, nonce;
    struct str acr_values; /* "": any */
    struct str pid_claim;  /* "": none */
    int64_t now;           /* ms */
    unsigned skip;         /* bits of enum oidc_skip, for tests; 0 */
};
struct oidc_claims {
    struct str sub, sid, acr, pid;
    bool strong; /* the level that was asked for takes a second factor */
};
/* ERR_INVALID with a word for the log in `why`: that of the first rule that does not hold. Never a value of the token. */
enum err oidc_idtoken(struct arena *a, struct str token, struct str jwks, const struct oidc_want *w, struct oidc_claims *out,
                      const char **why) MUST_CHECK;
/* *sid: the provider's session that has ended. nonce, acr_values and pid_claim of `w` are not used. */
enum err oidc_logout_token(struct arena *a, struct str token, struct str jwks, const struct oidc_want *w, struct str *sid,
                           const char **why) MUST_CHECK;
/* Is `got` one of the levels of the list, or above one of them on a ladder that is known (ID-porten, eIDAS)? */
bool oidc_acr_enough(struct str list, struct str got);
