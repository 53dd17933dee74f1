#include "oidc/idtoken.h"
#include "oidc/json.h"

static const char *const ladders[][3] = {
    {"idporten-loa-low", "idporten-loa-substantial", "idporten-loa-high"},
    {"http://eidas.europa.eu/LoA/low", "http://eidas.europa.eu/LoA/substantial", "http://eidas.europa.eu/LoA/high"},
};

/* Place on its ladder; false: on none. */
static bool step_of(struct str acr, size_t *ladder, size_t *step)
{
    for (size_t i = 0; i < COUNT(ladders); i++)
        for (size_t k = 0; k < COUNT(ladders[i]); k++)
            if (str_is(acr, ladders[i][k])) {
                *ladder = i;
                *step = k;
                return true;
            }
    return false;
}

bool oidc_acr_enough(struct str list, struct str got)
{
    size_t ladder = 0, step = 0;
    bool known = step_of(got, &ladder, &step);
    while (got.n && list.n) {
        struct str one = str_cut(&list, ' ');
        size_t l, s;
        if (one.n && (str_eq(one, got) || (known && step_of(one, &l, &s) && l == ladder && s <= step)))
            return true;
    }
    return false;
}

/* A lowest step takes no second factor; a level of the operator's own choice is trusted to. */
static bool is_strong(struct str asked, struct str got)
{
    size_t ladder, step;
    return step_of(got, &ladder, &step) ? step > 0 : asked.n > 0;
}

/* aud, and azp where there is one or several are meant. */
static const char *check_audience(const json_t *j, const struct oidc_want *w)
{
    const json_t *aud = json_object_get(j, "aud");
    if (!(w->skip & SKIP_AUD)) {
        if (!oidc_json_has(aud, w->client_id))
            return "aud";
        for (size_t i = 0; i < json_array_size(aud); i++)
            if (!json_is_string(json_array_get(aud, i)))
                return "aud";
    }
    if (!(w->skip & SKIP_AZP)) {
        bool several = json_array_size(aud) > 1, has = json_object_get(j, "azp") != NULL;
        if ((several || has) && !str_eq(oidc_json_str(j, "azp"), w->client_id))
            return "azp";
    }
    return NULL;
}

static const char *check_times(const json_t *j, const struct oidc_want *w)
{
    int64_t exp, iat, nbf, now = w->now / 1000;
    if (!(w->skip & SKIP_EXP) && (!oidc_json_time(j, "exp", &exp) || exp + OIDC_SLACK_S <= now))
        return "exp";
    if (!(w->skip & SKIP_IAT) && (!oidc_json_time(j, "iat", &iat) || iat > now + OIDC_SLACK_S || iat < now - OIDC_AGE_S - OIDC_SLACK_S))
        return "iat";
    if (!(w->skip & SKIP_NBF) && json_object_get(j, "nbf") && (!oidc_json_time(j, "nbf", &nbf) || nbf > now + OIDC_SLACK_S))
        return "nbf";
    return NULL;
}

static bool eleven_digits(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    return s.n == 11;
}

static const char *check_person(struct arena *a, const json_t *j, const struct oidc_want *w, struct oidc_claims *c)
{
    c->sub = arena_str(a, oidc_json_str(j, "sub"));
    c->sid = arena_str(a, oidc_json_str(j, "sid"));
    c->acr = arena_str(a, oidc_json_str(j, "acr"));
    if (!(w->skip & SKIP_SUB) && (!c->sub.n || c->sub.n > OIDC_SUB_MAX))
        return "sub";
    if (c->sid.n > OIDC_SUB_MAX || (json_object_get(j, "sid") && !c->sid.n))
        return "sid";
    if (!(w->skip & SKIP_ACR) && w->acr_values.n && !oidc_acr_enough(w->acr_values, c->acr))
        return "acr";
    if (w->pid_claim.n) {
        c->pid = arena_str(a, oidc_json_str(j, arena_cstr(a, w->pid_claim)));
        if (!(w->skip & SKIP_PID) && !eleven_digits(c->pid))
            return "pid";
    }
    c->strong = is_strong(w->acr_values, c->acr);
    return NULL;
}

/* What both kinds of token have in common. */
static enum err open_token(struct arena *a, struct str token, struct str jwks, enum oidc_kind kind, const struct oidc_want *w, json_t **out,
                           const char **why)
{
    struct str payload;
    TRY(oidc_jws_open(a, token, jwks, kind, w->skip, &payload, why));
    *why = "claims_form";
    CLEANUP(oidc_json_free) json_t *j = NULL;
    TRY(w->skip & SKIP_DUPLICATE ? oidc_json_loose(payload, &j) : oidc_json(payload, &j));
    const char *wrong = NULL;
    if (!(w->skip & SKIP_ISS) && (!w->issuer.n || !str_eq(oidc_json_str(j, "iss"), w->issuer)))
        wrong = "iss";
    if (!wrong)
        wrong = check_audience(j, w);
    if (!wrong)
        wrong = check_times(j, w);
    if (wrong) {
        *why = wrong;
        return ERR_INVALID;
    }
    *out = j;
    j = NULL;
    return OK;
}

static const char logout_event[] = "http://schemas.openid.net/event/backchannel-logout";

enum err oidc_idtoken(struct arena *a, struct str token, struct str jwks, const struct oidc_want *w, struct oidc_claims *out, const char **why)
{
    CLEANUP(oidc_json_free) json_t *j = NULL;
    TRY(open_token(a, token, jwks, OIDC_ID_TOKEN, w, &j, why));
    struct str nonce = oidc_json_str(j, "nonce");
    struct oidc_claims c = {0};
    const char *wrong = NULL;
    if (!(w->skip & SKIP_NONCE) && (!w->nonce.n || !str_eq(nonce, w->nonce)))
        wrong = "nonce";
    if (!wrong && !(w->skip & SKIP_TYP) && json_object_get(json_object_get(j, "events"), logout_event))
        wrong = "typ"; /* a logout token under another name */
    if (!wrong)
        wrong = check_person(a, j, w, &c);
    if (wrong) {
        *why = wrong;
        return ERR_INVALID;
    }
    *out = c;
    return OK;
}

enum err oidc_logout_token(struct arena *a, struct str token, struct str jwks, const struct oidc_want *w, struct str *sid, const char **why)
{
    CLEANUP(oidc_json_free) json_t *j = NULL;
    TRY(open_token(a, token, jwks, OIDC_LOGOUT_TOKEN, w, &j, why));
    struct str got = oidc_json_str(j, "sid");
    *why = !json_is_object(json_object_get(json_object_get(j, "events"), logout_event)) ? "events"
           : json_object_get(j, "nonce")                                                 ? "nonce"
           : !oidc_json_str(j, "jti").n                                                  ? "jti"
           : !got.n || got.n > OIDC_SUB_MAX                                              ? "sid"
                                                                                         : NULL;
    if (*why)
        return ERR_INVALID;
    *sid = arena_str(a, got);
    return OK;
}
