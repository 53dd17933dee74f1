/* leave.h: periods in which a trainee's clock stands still (handbook, "Resultat": parental leave, finished afterwards). */
#pragma once
#include "domain/levels.h"

enum leave_reason { LEAVE_UNKNOWN, LEAVE_PARENTAL, LEAVE_ILLNESS, LEAVE_OTHER, LEAVE_REASON_N };
extern const struct level_name leave_reason_names[LEAVE_REASON_N];
struct leave {
    int from_on; /* first day away */
    int to_on;   /* last day away; 0: not ended */
};
/* Days of leave in [from_on, to_on], each day counted once however the periods overlap; an open leave runs to to_on. */
int leave_days(const struct leave *l, size_t n, int from_on, int to_on);
bool leave_is_on(const struct leave *l, size_t n, int on);
/* The last day of a period that began on from_on and would have ended on end_on: every day of leave inside it moves the end by one
 * day, also leave that falls in the days it was moved by. An open leave counts as far as `today`. */
int leave_moves_end(const struct leave *l, size_t n, int from_on, int end_on, int today);
