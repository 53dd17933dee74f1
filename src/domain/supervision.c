#include "domain/supervision.h"

int supervision_last_on(const struct supervision_facts *f)
{
    return f->internship_until_on ? f->internship_until_on + SUPERVISION_DAYS_AFTER : 0;
}

bool supervision_open(const struct supervision_facts *f, int today)
{
    int last = supervision_last_on(f);
    return !f->ended && f->from_on && today >= f->from_on && (!last || today <= last);
}
