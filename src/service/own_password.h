/* own_password.h: changing the own password in a running session. */
#pragma once
#include "service/login.h"

enum { PASSWORD_FRESH_MS = 60 * 60 * 1000 };
struct own_password {
    struct str email, name; /* of the account, for domain/password.h */
    bool asks_old; /* no: there is none yet, or the session began with a code from staff a short while ago */
    bool first;    /* there is none yet */
};
enum err own_password_look(struct ctx *c, const struct session_row *s, struct own_password *out) MUST_CHECK;
/* Slow: is `old` right? Nothing is looked at while wait_ms > 0. */
enum err own_password_check(struct ctx *c, struct str old, bool *right, int64_t *wait_ms) MUST_CHECK;
enum err own_password_failed(struct ctx *c) MUST_CHECK;
/* Sets it, ends all other sessions, renews this one's token. Event "account.password_changed", and a mail. */
enum err own_password_set(struct ctx *c, const struct session_row *s, struct str hash, struct str *token) MUST_CHECK;
