/* fetch.h: one request to a provider by libcurl: TLS verified, no redirects, limits of time and size. Blocking: on a worker thread only. */
#pragma once
#include "base/arena.h"

struct oidc_request {
    struct str url;      /* oidc_url_ok */
    bool post;
    struct str form;     /* the body of a post */
    struct str user, password; /* Basic; user "": none */
    size_t max;          /* bytes of the answer */
    int connect_ms, total_ms; /* 0: 5 s and 10 s */
};
/* The body of a 200. `why`: a word for the log; never an address or a body. ERR_BUSY: it could not be reached or did not answer in time;
 * ERR_INVALID: another status, or too long. */
enum err oidc_fetch(struct arena *a, const struct oidc_request *q, struct str *body, const char **why) MUST_CHECK;
