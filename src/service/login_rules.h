/* login_rules.h: what an organisation has decided about logging in (settings "login.*"), and how long a session lasts. */
#pragma once
#include "model/account.h"
#include "service/ctx.h"

enum { LOGIN_IDLE_STAFF_MIN = 30, LOGIN_IDLE_OTHERS_MIN = 120, LOGIN_IDLE_SHARED_MIN = 15, LOGIN_IDLE_MOST_MIN = 480 };
struct login_rules {
    bool factor_staff; /* staff must have one-time codes */
    bool link_trainee; /* trainees too may log in by a link in a mail */
    int idle_staff, idle_others; /* minutes without use until a session ends */
};
/* Of any organisation; for services of the login. */
enum err login_rules_of(struct ctx *c, int64_t organisation_id, struct login_rules *out) MUST_CHECK;
/* Of the actor's own, for administrators. */
enum err login_rules_look(struct ctx *c, struct login_rules *out) MUST_CHECK;
/* ERR_INVALID: minutes that are not on offer. Event "organisation.login_rules". */
enum err login_rules_save(struct ctx *c, const struct login_rules *r) MUST_CHECK;

/* After how long without use this session is over. */
int64_t login_idle_ms(const struct session_row *s);
/* Is a second factor asked of this session before anything else is shown? */
bool login_factor_due(const struct session_row *s);
/* Does the session go on at `now`? Its absolute end is session_find's. One that was used in the future does not: the clock was wrong then, and
 * its end may lie anywhere. */
bool login_alive(const struct session_row *s, int64_t now);
/* At most so much later than its true last use is a session's last use written down. */
enum { LOGIN_TOUCH_MS = 60000, LOGIN_AHEAD_MS = 5 * 60000 }; /* ahead: as far as a clock may be set back under a session */
