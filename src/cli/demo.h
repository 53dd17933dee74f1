/* demo.h: a filled installation to look around in: an invented municipality whose three first cohorts came to what the handbook's
 * chapter of results tells, and people at every earlier stage. Everybody in it is invented. Dates are counted back from today. */
#pragma once
#include "db/db.h"
#include "domain/access.h"

enum { DEMO_LOGINS = ROLE_N - 1 };
struct demo_login {
    enum role role;
    struct str email, password;
};
/* Fills an empty database inside the caller's transaction. ERR_STATE: there is an organisation already. *failed (may be NULL) says
 * which step went wrong. */
enum err demo_fill(struct arena *a, struct db *db, int64_t now, struct str base_url, struct demo_login out[DEMO_LOGINS],
                   const char **failed) MUST_CHECK;
