/* login_link.h: logging in by a link in a mail, for people who come seldom (mentors, businesses). Good for a quarter of an hour, once, in the
 * browser that asked for it. Not for staff; for trainees where the organisation says so. */
#pragma once
#include "model/login.h"
#include "service/login.h"

enum { LOGIN_LINK_MS = 15 * 60 * 1000 };
/* Somebody asks for a link. Public. The same work and the same answer whether the address is known, may have one, or asked too often;
 * *browser goes into a cookie of the browser that asks. */
enum err login_link_ask(struct ctx *c, struct str email, struct str network, bool shared, struct str *browser) MUST_CHECK;

enum login_link_state { LOGIN_LINK_OPEN, LOGIN_LINK_USED, LOGIN_LINK_OLD, LOGIN_LINK_ELSEWHERE, LOGIN_LINK_NONE };
struct login_link {
    enum login_link_state state; /* ELSEWHERE: another browser asked; it stays good there */
    bool shared;
};
/* Changes nothing: programs that look through mail open every link. */
enum err login_link_look(struct ctx *c, struct str token, struct str browser, struct login_link *out) MUST_CHECK;
/* Uses it up. *account_id: who may log in (login_begin). ERR_STATE: it is not open. */
enum err login_link_take(struct ctx *c, struct str token, struct str browser, struct login_link *out, int64_t *account_id) MUST_CHECK;
