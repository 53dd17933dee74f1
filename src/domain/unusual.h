/* unusual.h: who looks too much. Pure: one day of one account in one role is told in numbers, the rules say what is out of the common.
 * A sign is no proof: a person has to ask. */
#pragma once
#include "domain/access.h"

struct unusual_day {
    enum role role;
    int opened;  /* persons whose data was opened, not only named in a list */
    int persons; /* persons seen at all, lists count by their rows */
    int outside; /* of the opened: those the account does not follow up, where the role follows up only its own */
    int night;   /* looks between 22 and 6 */
    int refused; /* asked for what was not for them, or not there */
    int hidden;  /* looks or tries at strictly protected people by somebody not named for them */
    int stops;   /* times the day's limit was met */
    int usual;   /* persons opened on an ordinary day of the last month, */
    int days;    /* of so many days */
};
enum unusual {
    UNUSUAL_STOPPED = 1,
    UNUSUAL_HIDDEN = 2,
    UNUSUAL_MANY = 4,
    UNUSUAL_REFUSED = 8,
    UNUSUAL_OUTSIDE = 16,
    UNUSUAL_RISE = 32,
    UNUSUAL_NIGHT = 64,
};
enum { UNUSUAL_SIGNS = 7 };

struct unusual_limits {
    int warn; /* more persons opened on a day are a sign */
    int stop; /* more persons seen on a day are not shown */
};
/* Of a role. The settings log.persons_day_warn and log.persons_day_stop, 0 for none: they stand in place of the staff's figures, and
 * lower those of mentors and trainees but do not raise them. */
struct unusual_limits unusual_limits(enum role role, int64_t warn, int64_t stop);
/* The signs, as bits; 0: an ordinary day. */
unsigned unusual_signs(const struct unusual_day *d, const struct unusual_limits *l);
/* For sorting: the graver, the larger. */
int unusual_weight(unsigned signs);
const char *unusual_words(unsigned sign); /* msgid for one bit */
