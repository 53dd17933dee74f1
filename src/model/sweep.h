/* sweep.h: rows that nobody needs any more because time has passed, whoever they belonged to: sessions, form marks, limits, logins that were never
 * finished, mails that were sent, links that were used. (People and their data: person.h.) */
#pragma once
#include "db/db.h"

enum { SWEEP_SOME = 1000 };
struct sweep_times {
    int64_t now, mail_before, link_before; /* mails and links that were made before; 0: none go */
};
/* At most SWEEP_SOME rows of each table, so that nobody waits long for it. *more: there were as many in one of them. */
enum err sweep_some(struct db *db, const struct sweep_times *t, bool *more) MUST_CHECK;
