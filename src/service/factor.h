/* factor.h: the second factor: one-time codes by an app (domain/totp.h), with ten recovery codes on paper. Set up, used at login, proved again
 * in a running session, replaced, turned off. */
#pragma once
#include "model/login.h"
#include "service/login.h"

enum { FACTOR_TRIES = 5, FACTOR_RECOVERY = 10, FACTOR_RECOVERY_CHARS = 12, FACTOR_WARN_AT = 10 };

struct factor { /* of the actor's own account */
    bool on;              /* confirmed */
    bool required;        /* staff of an organisation that wants it */
    bool has_password;
    int64_t since, recovery_left;
    struct str secret, uri; /* while it is being set up: base32 and what the QR code says; else "" */
};
enum err factor_look(struct ctx *c, struct factor *out) MUST_CHECK;
/* Makes a secret. ERR_STATE: it is on already. */
enum err factor_start(struct ctx *c) MUST_CHECK;

enum factor_said { FACTOR_RIGHT, FACTOR_WRONG, FACTOR_WAIT, FACTOR_OVER };
struct factor_answer {
    enum factor_said said;   /* WRONG is counted, and must be kept: the caller returns OK to the edge */
    int64_t wait_ms;         /* WAIT */
    struct str recovery[FACTOR_RECOVERY]; /* new ones, to show once */
    struct str token;        /* the session's new token */
    bool by_recovery;        /* it was a recovery code */
};
/* What each of these is told: the code as typed, the session it happens in, where from. */
struct factor_try {
    struct str code, network, device;
    int64_t session_id;
};
/* The first right code turns it on. ERR_STATE: nothing is being set up. */
enum err factor_confirm(struct ctx *c, const struct factor_try *t, struct factor_answer *out) MUST_CHECK;
/* Steps this session up. */
enum err factor_prove(struct ctx *c, const struct factor_try *t, struct factor_answer *out) MUST_CHECK;
/* Ten new recovery codes; the old ones are void. */
enum err factor_recover(struct ctx *c, const struct factor_try *t, struct factor_answer *out) MUST_CHECK;
/* Turns it off; the caller has checked the password. ERR_DENIED: it is required. */
enum err factor_off(struct ctx *c, const struct factor_try *t, struct factor_answer *out) MUST_CHECK;
/* An administrator, for somebody who lost telephone and codes: that account's is off until it is set up anew; its sessions end. */
enum err factor_reset(struct ctx *c, int64_t account_id) MUST_CHECK;
/* Has this account one-time codes? For services that asked. */
enum err factor_has(struct ctx *c, int64_t account_id, bool *on) MUST_CHECK;

/* The second step of a login (service/login.h: login_begin). Public: the cookie is the right. OVER: no such half login, or too late. */
enum err factor_waits(struct ctx *c, struct str step, struct login_step_row *out) MUST_CHECK;
struct factor_entry {
    struct factor_answer answer;
    struct login_opened opened; /* RIGHT */
    struct str next;
    bool tries_over;            /* OVER: by too many wrong codes */
};
enum err factor_enter(struct ctx *c, struct str step, const struct factor_try *t, struct str agent, struct factor_entry *out) MUST_CHECK;
