/* login.h: logging in and out with e-mail and password, sessions, roles. More ways to log in have files of their own beside this one; each
 * ends in login_begin() (from a page: login_enter() of page/login/login.h). */
#pragma once
#include "model/account.h"
#include "service/ctx.h"

/* However it began, a session ends after so long; without use earlier (service/login_rules.h). */
enum { LOGIN_STEP_MS = 10 * 60 * 1000 }; /* so long a one-time code is waited for */
enum { LOGIN_SESSION_MS = 12 * 3600 * 1000, LOGIN_SHARED_MS = 2 * 3600 * 1000 };

/* Whom a session (or a token) lets in, in its role. */
struct actor session_actor(const struct session_row *s);

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

struct login_from { /* how somebody has shown who it is, and where */
    struct str method;        /* kept with the session: "password", "link", "code", "invitation", "oidc:NAME" */
    struct str agent, device; /* login_agent(); the known-device cookie or "" */
    struct str next;          /* where to go afterwards: a path of ours */
    bool strong;              /* the way itself took a second factor (a provider with a high enough acr): no code is asked for */
    bool shared;              /* a computer that others use: short, and remembered nowhere */
};
struct login_opened {
    struct str token, device; /* for the cookies; device "" on a shared computer */
    int64_t account_id, session_id;
    bool shared;
};
struct login_begun {
    struct login_opened opened; /* token "": not yet, a code is asked for */
    struct str step;            /* else the cookie of the half login; "" when the session is open */
};
/* Who it is has been shown by the first means. Opens a session, or, when the account has one-time codes and the way was not strong, keeps
 * half a login (service/factor.h goes on). Always a new session id; the caller ends the session this browser had (login_leave). Public: no
 * actor yet. ERR_DENIED: the account is closed or has no role now. */
enum err login_begin(struct ctx *c, int64_t account_id, const struct login_from *from, struct login_begun *out) MUST_CHECK;
/* Opens a session without asking further: for login_begin and what follows it. factor_at: when a second factor was given, 0 none. */
enum err login_open(struct ctx *c, int64_t account_id, const struct login_from *from, int64_t factor_at, struct login_opened *out) MUST_CHECK;
/* A failure is counted by login_failed, and kept. */
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
/* Those of an account that go on now, for services that asked. */
enum err login_open_sessions(struct ctx *c, int64_t account_id, struct session_row **rows, size_t *n) MUST_CHECK;
/* The actor is still there: this session goes on. */
enum err login_stay(struct ctx *c, int64_t session_id) MUST_CHECK;
/* The same session under a new token, after a step up. *token for the cookie. */
enum err login_renew(struct ctx *c, int64_t session_id, int64_t factor_at, struct str *token) MUST_CHECK;
/* An event about the own account, by whoever it belongs to: nobody needs to be logged in. */
enum err login_event(struct ctx *c, int64_t account_id, const char *kind, const char *outcome) MUST_CHECK;
/* A mail to the account's owner: `words` is one sentence or two, then what to do if it was not the owner. */
enum err login_tell(struct ctx *c, int64_t account_id, const char *subject, const char *words) MUST_CHECK;
/* IPv4 /24 or IPv6 /56 of an address: what counts as one network. */
struct str login_network(struct arena *a, struct str peer);
/* "Firefox på Windows" kind of words from a User-Agent: short, no versions. */
struct str login_agent(struct arena *a, struct str user_agent);
