#include "oidc/client_assertion.h"
#include "oidc/json.h"
#include "oidc/jws.h"
#include <stdlib.h>

static void free_text(char **s)
{
    free(*s);
}

enum err oidc_client_assertion(struct arena *a, struct str key, struct str kid, struct str client_id, struct str audience, struct str jti, int64_t now,
                               struct str *out)
{
    // jansson's "%" reads a size_t for the length: an int there is garbage in the upper half
    json_int_t at = (json_int_t)(now / 1000);
    CLEANUP(oidc_json_free) json_t *j =
        json_pack("{ss%ss%ss%ss%sIsI}", "iss", client_id.p, client_id.n, "sub", client_id.p, client_id.n, "aud", audience.p,
                  audience.n, "jti", jti.p, jti.n, "iat", at, "exp", at + OIDC_ASSERTION_S);
    CLEANUP(free_text) char *text = j ? json_dumps(j, JSON_COMPACT) : NULL;
    return text ? oidc_jws_sign(a, key, kid, str_c(text), out) : ERR_INTERNAL;
}
