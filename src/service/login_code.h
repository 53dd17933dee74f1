/* login_code.h: codes that staff hand to a participant who has neither BankID nor mail at hand. Twelve letters and digits, shown once, good for
 * a week, once, ten tries. The first four say which code is meant, so that nobody has to type an address. The person sees that it was made and
 * used, and by whom; staff do not slip into an account unseen. */
#pragma once
#include "model/login.h"
#include "model/participant.h"
#include "service/login.h"

enum { LOGIN_CODE_CHARS = 12, LOGIN_CODE_BEGINS = 4, LOGIN_CODE_DAYS = 7, LOGIN_CODE_TRIES = 10 };

struct login_code_new { /* made on a worker thread: the hash is slow */
    struct str shown, begins, hash;
};
enum err login_code_make(struct arena *a, struct login_code_new *out) MUST_CHECK;

struct login_code_person {
    struct participant_row p;
    struct str address; /* where to log in */
    struct str email; /* what the account is called at login; "" when there is none yet */
    bool own_mail;    /* it is an address that mail goes to */
    bool may;         /* a code can be made: invited, or with an account that is open */
    struct login_code_row *codes; /* the last ones, newest first */
    size_t n_codes;
};
enum err login_code_look(struct ctx *c, int64_t participant_id, struct login_code_person *out) MUST_CHECK;
/* Keeps the code; ends open ones; makes the account when there is none. Event "login.code_made", and a mail to the person. ERR_STATE: may is
 * false. ERR_CONFLICT: the address belongs to somebody else. */
enum err login_code_give(struct ctx *c, int64_t participant_id, const struct login_code_new *code) MUST_CHECK;

struct login_code_checked {
    bool right;
    int64_t id, account_id, wait_ms; /* id: the code that was meant, 0 none */
};
/* Slow, and the same for a code that does not exist. Public: no actor yet. */
enum err login_code_check(struct ctx *c, struct str typed, struct str network, struct login_code_checked *out) MUST_CHECK;
/* Counts the failure. */
enum err login_code_failed(struct ctx *c, const struct login_code_checked *seen, struct str network) MUST_CHECK;
/* Uses it up: who may log in is seen->account_id. Event "login.code_used", and a mail. ERR_CONFLICT: used or over meanwhile. */
enum err login_code_take(struct ctx *c, const struct login_code_checked *seen) MUST_CHECK;
/* The last ones of the actor's own account. */
enum err login_code_own(struct ctx *c, struct login_code_row **rows, size_t *n) MUST_CHECK;
