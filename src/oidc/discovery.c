#include "oidc/discovery.h"
#include "oidc/json.h"
#include "oidc/url.h"

/* Only an issuer on this machine may send us to addresses on it. */
static bool address(struct str url, struct str issuer)
{
    return oidc_url_ok(url) && oidc_url_local(url) == oidc_url_local(issuer);
}

/* Absent means: as the standard has it. */
static bool offers(const json_t *j, const char *name, struct str word)
{
    const json_t *v = json_object_get(j, name);
    return !v || (json_is_array(v) && oidc_json_has(v, word));
}

enum err oidc_discovery(struct arena *a, struct str text, struct str issuer, struct oidc_meta *out, const char **why)
{
    CLEANUP(oidc_json_free) json_t *j = NULL;
    *why = "discovery_form";
    if (text.n > OIDC_DISCOVERY_MAX)
        return ERR_INVALID;
    TRY(oidc_json(text, &j));
    *why = "discovery_issuer";
    if (!issuer.n || !str_eq(oidc_json_str(j, "issuer"), issuer))
        return ERR_INVALID;
    struct oidc_meta m = {.authorization = oidc_json_str(j, "authorization_endpoint"), .token = oidc_json_str(j, "token_endpoint"),
                          .jwks = oidc_json_str(j, "jwks_uri"), .end_session = oidc_json_str(j, "end_session_endpoint"),
                          .iss_param = json_is_true(json_object_get(j, "authorization_response_iss_parameter_supported"))};
    *why = "discovery_address";
    if (!address(m.authorization, issuer) || !address(m.token, issuer) || !address(m.jwks, issuer) ||
        (m.end_session.n && !address(m.end_session, issuer)))
        return ERR_INVALID;
    *why = "discovery_flow";
    if (!offers(j, "response_types_supported", STR("code")) || !offers(j, "code_challenge_methods_supported", STR("S256")))
        return ERR_INVALID;
    m.issuer = arena_str(a, issuer);
    m.authorization = arena_str(a, m.authorization);
    m.token = arena_str(a, m.token);
    m.jwks = arena_str(a, m.jwks);
    m.end_session = arena_str(a, m.end_session);
    *out = m;
    return OK;
}
