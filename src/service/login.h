/* login.h: logging in and out with e-mail and password, sessions, roles. More ways to log in get files of their own beside this one;
 * each ends in login_open(). */
#pragma once
#include "model/account.h"
#include "service/ctx.h"

enum { LOGIN_SESSION_MS = 12 * 3600 * 1000, LOGIN_IDLE_MS = 2 * 3600 * 1000, LOGIN_PASSWORD_MIN = 10, LOGIN_PASSWORD_MAX = 200 };

struct login_try { /* what was typed and from where */
    struct str email, password, network, device; /* device: the known-device cookie or "" */
};
struct login_checked { /* made on a worker thread, because the hash is slow */
    bool right;
    int64_t account_id; /* 0: no such account */
    int64_t wait_ms;    /* > 0: too many failures, nothing was looked at */
};
/* Slow (a password hash). Costs the same for an account that does not exist. Public: no actor yet. */
enum err login_check(struct ctx *c, const struct login_try *t, struct login_checked *out) MUST_CHECK;

struct login_opened {
    struct str token, device; /* for the cookies */
    int64_t account_id;
};
/* Counts a failure (ERR_DENIED, and the count is kept by login_failed) or opens a session. */
enum err login_open(struct ctx *c, int64_t account_id, struct str agent, struct str device, struct login_opened *out) MUST_CHECK;
enum err login_failed(struct ctx *c, const struct login_try *t, const struct login_checked *seen) MUST_CHECK;
/* Forgets the failures of this account from this network and device. */
enum err login_forgive(struct ctx *c, const struct login_try *t, int64_t account_id) MUST_CHECK;
/* Ends the session this browser had until somebody logs in anew (0: none): nobody can use or end it any more. */
enum err login_leave(struct ctx *c, int64_t session_id) MUST_CHECK;
/* Ends a session of the actor's own account: the present one or another of the list. */
enum err login_end(struct ctx *c, int64_t session_id) MUST_CHECK;
enum err login_end_others(struct ctx *c, int64_t but_session_id) MUST_CHECK;
/* Uses another of the actor's own roles from now on in this session. */
enum err login_switch(struct ctx *c, int64_t session_id, int64_t account_role_id) MUST_CHECK;
enum err login_sessions(struct ctx *c, struct session_row **rows, size_t *n) MUST_CHECK;
/* IPv4 /24 or IPv6 /56 of an address: what counts as one network. */
struct str login_network(struct arena *a, struct str peer);
/* "Firefox på Windows" kind of words from a User-Agent: short, no versions. */
struct str login_agent(struct arena *a, struct str user_agent);
