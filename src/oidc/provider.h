/* provider.h: the configured providers, what is remembered of them, and the requests to them. Blocking where it says so: on a worker thread.
 *
 * What a provider says about itself and its keys are kept for an hour; when it cannot be reached they are used for a day. An unknown key
 * asks for the keys anew at once, but not more often than the provider can bear: strangers can make unknown keys. */
#pragma once
#include "oidc/conf.h"
#include "oidc/discovery.h"
#include "oidc/idtoken.h"

struct oidc;
/* Copies the configuration; goes nowhere yet. */
enum err oidc_open(const struct oidc_conf *conf, size_t n, struct oidc **out) MUST_CHECK;
void oidc_close(struct oidc *o); /* NULL is fine */
size_t oidc_count(const struct oidc *o); /* 0 for NULL */
const struct oidc_conf *oidc_conf(const struct oidc *o, size_t i);
/* The provider of that name, or ERR_NOT_FOUND. */
enum err oidc_find(const struct oidc *o, struct str name, size_t *i) MUST_CHECK;

/* Blocking when it is not remembered. `why` as in the pure parts. ERR_BUSY: not to be reached now. */
enum err oidc_meta(struct oidc *o, size_t i, struct arena *a, struct oidc_meta *out, const char **why) MUST_CHECK;
/* The same without going anywhere: ERR_NOT_FOUND when nothing is remembered. */
enum err oidc_meta_known(struct oidc *o, size_t i, struct arena *a, struct oidc_meta *out) MUST_CHECK;

struct oidc_code { /* what came back by the browser */
    struct str code, verifier, redirect_uri, nonce;
};
/* Blocking: buys the id token for the code and checks it. The files with keys are read each time: a new key needs no restart. */
enum err oidc_redeem(struct oidc *o, size_t i, struct arena *a, int64_t now, const struct oidc_code *code, struct oidc_claims *claims,
                     struct str *id_token, const char **why) MUST_CHECK;
/* Blocking when the keys are not remembered. */
enum err oidc_said_logout(struct oidc *o, size_t i, struct arena *a, int64_t now, struct str token, struct str *sid, const char **why) MUST_CHECK;
