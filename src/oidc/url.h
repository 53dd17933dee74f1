/* url.h: addresses of a provider. Pure. */
#pragma once
#include "base/arena.h"
#include "base/buf.h"

/* https:// with a host, or http:// on this machine itself (for tests and demos); no user name, fragment, blank, quote or byte beyond ASCII. */
bool oidc_url_ok(struct str url);
/* Would a request to it stay on this machine? */
bool oidc_url_local(struct str url);
/* "https://login.example.no" of "https://login.example.no/a?b"; for a url that is ok. */
struct str oidc_url_origin(struct str url);
/* Adds "key=value", percent-encoded, after '?' or '&' as the address needs; to an empty buffer without either (a form's body). */
void oidc_url_add(struct buf *b, const char *key, struct str value);
void oidc_url_encode(struct buf *b, struct str s);
