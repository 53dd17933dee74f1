/* supervision.h: how long a supervisor in a business sees a trainee's internship. Pure. */
#pragma once
#include "base/base.h"

enum { SUPERVISION_DAYS_AFTER = 12 * 7 }; /* after the internship's last day */
struct supervision_facts {
    int from_on;              /* day of the invitation */
    bool ended;               /* taken back by the leader */
    int internship_until_on;  /* 0: no last day yet */
};
/* The last day; 0: not known yet. */
int supervision_last_on(const struct supervision_facts *f);
bool supervision_open(const struct supervision_facts *f, int today);
