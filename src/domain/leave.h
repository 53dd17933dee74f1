/* leave.h: periods in which a trainee's clock stands still (handbook, "Resultat": parental leave, finished afterwards). */
#pragma once
#include "domain/levels.h"

enum leave_kind { LEAVE_UNKNOWN, LEAVE_PARENTAL, LEAVE_OTHER, LEAVE_KIND_N }; /* general words only, never a diagnosis */
extern const struct level_name leave_kind_names[LEAVE_KIND_N];
struct leave {
    int from_on;     /* first day away */
    int until_on;    /* expected last day away; 0: not known */
    int returned_on; /* first day back; 0: still away */
};
/* Days of leave in [from_on, to_on], each day counted once however the periods overlap; a leave that has not ended runs to to_on. */
int leave_days(const struct leave *l, size_t n, int from_on, int to_on);
bool leave_is_on(const struct leave *l, size_t n, int on);
/* The last day of a period that began on from_on and would have ended on end_on: every day of leave inside it moves the end by one
 * day, also leave that falls in the days it was moved by. A leave that has not ended counts to its expected last day, or to `today` when
 * that is later. */
int leave_moves_end(const struct leave *l, size_t n, int from_on, int end_on, int today);
