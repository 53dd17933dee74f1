#include "oidc/token.h"
#include "oidc/json.h"
#include "oidc/jws.h"
#include "oidc/url.h"
#include <sodium.h>

struct str oidc_token_form(struct arena *a, const struct oidc_ask *q)
{
    CLEANUP(buf_free) struct buf b = {.max = OIDC_ANSWER_MAX};
    oidc_url_add(&b, "grant_type", STR("authorization_code"));
    oidc_url_add(&b, "client_id", q->client_id);
    oidc_url_add(&b, "code", q->code);
    oidc_url_add(&b, "code_verifier", q->verifier);
    oidc_url_add(&b, "redirect_uri", q->redirect_uri);
    if (q->assertion.n) {
        oidc_url_add(&b, "client_assertion_type", STR("urn:ietf:params:oauth:client-assertion-type:jwt-bearer"));
        oidc_url_add(&b, "client_assertion", q->assertion);
    }
    struct str form = b.bad ? STR("") : arena_str(a, buf_view(&b));
    return form;
}

enum err oidc_token_answer(struct arena *a, struct str text, struct str *id_token, const char **why)
{
    CLEANUP(oidc_json_free) json_t *j = NULL;
    *why = "answer_form";
    if (text.n > OIDC_ANSWER_MAX)
        return ERR_INVALID;
    TRY(oidc_json(text, &j));
    struct str got = oidc_json_str(j, "id_token");
    *why = "no_id_token";
    if (!got.n || got.n > OIDC_TOKEN_MAX)
        return ERR_INVALID;
    *why = "token_type";
    if (!str_eq_nocase(oidc_json_str(j, "token_type"), STR("Bearer")))
        return ERR_INVALID;
    *id_token = arena_str(a, got);
    return OK;
}

struct str oidc_challenge(struct arena *a, struct str verifier)
{
    unsigned char hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(hash, (const unsigned char *)verifier.p, verifier.n);
    return oidc_base64(a, (struct bytes){hash, sizeof hash});
}
