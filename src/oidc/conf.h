/* conf.h: what springbrett.conf says about one provider of logins (OpenID Connect), "oidc.NAME.KEY". */
#pragma once
#include "base/base.h"

enum { OIDC_PROVIDERS_MAX = 100 };
struct oidc_conf {
    struct str name;      /* in addresses: small letters, digits, hyphens */
    struct str issuer;    /* exactly as the provider writes it */
    struct str client_id;
    struct str client_key_file;    /* private RSA key (PEM, or JWK with its kid): the program proves itself by private_key_jwt */
    struct str client_key_id;      /* kid of it; "": the JWK's own, or its RFC 7638 thumbprint */
    struct str client_secret_file; /* or: client_secret_basic */
    struct str scope;      /* "": openid */
    struct str acr_values; /* levels that are enough, separated by blanks; "": not asked for */
    struct str label;      /* as people call it: "ID-porten"; "": the name */
    struct str roles;      /* who may log in this way: codes, separated by commas; "": all */
    struct str pid_claim;  /* claim that holds the national identity number; "": people are known by sub */
    struct str keep_pid;   /* "yes": the number is kept, sealed */
};
