/* oidc.h: logging in at a provider (ID-porten, the municipality's own): to the provider and back, tying an identity to an account, and the end
 * of sessions on either side.
 *
 *     oidc_go (writer)    remembers state, nonce and verifier for this browser, and says where to go
 *     oidc_look (worker)  is the answer to a login that this browser began? buys the id token and checks it; changes nothing
 *     oidc_in (writer)    uses the state up and finds whose identity it is; the page ends in login_begin()
 *
 * An account is found by (issuer, keyed hash of pid or sub) alone; e-mail, name and roles that a provider claims are never looked at. An
 * identity is tied by somebody who is logged in already, or holds an open invitation. */
#pragma once
#include "model/oidc.h"
#include "oidc/provider.h"
#include "service/ctx.h"

enum { OIDC_LOGIN_MS = 10 * 60 * 1000 };

struct oidc_start {
    struct str browser;    /* the cookie that binds the login to this browser */
    struct str next;       /* a path of ours */
    struct str invitation; /* token of the link that is accepted this way; "": none */
    bool shared;           /* a computer that others use */
    bool tie;              /* tie the identity to the actor's account */
};
/* *url: the provider's page. Public but for `tie`. */
enum err oidc_go(struct ctx *c, struct oidc *o, size_t provider, const struct oidc_meta *m, const struct oidc_start *s, struct str *url) MUST_CHECK;

struct oidc_back { /* what the browser brings */
    struct str state, code, iss, error, browser;
};
struct oidc_seen {
    const char *why; /* NULL: all is right; else a word for the log */
    bool ours;       /* a login that this browser began: its state is used up, also when the rest is wrong */
    bool cancelled;  /* the person said no there */
    bool away;       /* the provider cannot be reached */
    struct oidc_login_row login;
    struct oidc_claims claims;
    struct str id_token, end_session;
};
/* Blocking. An answer that is wrong is OK with a word in `why`. Public: nobody is logged in yet. */
enum err oidc_look(struct ctx *c, struct oidc *o, size_t provider, const struct oidc_back *b, struct oidc_seen *out) MUST_CHECK;

enum oidc_end {
    OIDC_REFUSED,
    OIDC_LOG_IN,       /* account_id may log in, and goes to next */
    OIDC_TIED,         /* the actor's account has the identity now */
    OIDC_UNKNOWN,      /* nobody here has this identity */
    OIDC_OTHERS,       /* it is another account's */
    OIDC_NOT_FOR_ROLE, /* people with this account's roles log in in another way */
    OIDC_HAS_ACCOUNT,  /* the invited person has an account: log in there first */
    OIDC_LINK_CLOSED,  /* the invitation is used or old */
};
struct oidc_done {
    enum oidc_end end;
    const char *why; /* of a refusal */
    int64_t account_id;
    struct str next;
    bool welcome; /* the account was made now */
};
enum err oidc_in(struct ctx *c, struct oidc *o, size_t provider, const struct oidc_seen *seen, struct oidc_done *out) MUST_CHECK;
/* Notes which session of the provider this session of ours belongs to. */
enum err oidc_keep(struct ctx *c, struct oidc *o, size_t provider, const struct oidc_seen *seen, int64_t session_id) MUST_CHECK;

struct oidc_leave { /* how to log out at the provider, too */
    struct str url, id_token, client_id, back, label; /* url "": one cannot, or need not */
};
enum err oidc_leave_of(struct ctx *c, const struct oidc *o, int64_t session_id, struct oidc_leave *out) MUST_CHECK;
/* The same for somebody who came from the provider and has no account. */
struct oidc_leave oidc_leave_now(struct ctx *c, const struct oidc *o, size_t provider, const struct oidc_seen *seen);
/* A session of the provider has ended: ours that belong to it end. OK whether there are any or not. Public: the provider's session id is the
 * right. */
enum err oidc_ended(struct ctx *c, struct str issuer, struct str sid) MUST_CHECK;

/* The identities of the actor's account. */
enum err oidc_own(struct ctx *c, struct identity_row **rows, size_t *n) MUST_CHECK;
enum err oidc_forget(struct ctx *c, int64_t identity_id) MUST_CHECK;
/* "trainee,mentor" -> bits of roles, all for "". ERR_INVALID: a word that is no role. */
enum err oidc_roles(struct str codes, unsigned *bits) MUST_CHECK;
