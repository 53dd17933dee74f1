#include "domain/leave.h"

const struct level_name leave_kind_names[LEAVE_KIND_N] = {
    [LEAVE_UNKNOWN] = {"", N_("Ikke oppgitt")},
    [LEAVE_PARENTAL] = {"parental", N_("Foreldrepermisjon")},
    [LEAVE_OTHER] = {"other", N_("Annen permisjon")},
};

/* Last day away, where one that has not ended lasts to `open_on`. */
static int last_on(const struct leave *l, int open_on)
{
    return l->returned_on ? l->returned_on - 1 : open_on;
}

/* Days in [from_on, to_on] that some leave covers; `open_on` by leave, so that each may end where it is expected to. Jumps from edge
 * to edge, so long periods cost nothing. */
static int count(const struct leave *l, size_t n, int from_on, int to_on, int today)
{
    int days = 0, on = from_on;
    while (on <= to_on) {
        int last = on - 1, next = to_on + 1;
        for (size_t i = 0; i < n; i++) {
            int open = today == 0 ? to_on : l[i].until_on > today ? l[i].until_on : today;
            int end = last_on(&l[i], open);
            if (l[i].from_on <= on && end > last)
                last = end;
            if (l[i].from_on > on && l[i].from_on < next && last_on(&l[i], open) >= l[i].from_on)
                next = l[i].from_on;
        }
        if (last > to_on)
            last = to_on;
        if (last >= on) {
            days += last - on + 1;
            on = last + 1;
        } else {
            on = next;
        }
    }
    return days;
}

int leave_days(const struct leave *l, size_t n, int from_on, int to_on)
{
    return count(l, n, from_on, to_on, 0);
}

bool leave_is_on(const struct leave *l, size_t n, int on)
{
    for (size_t i = 0; i < n; i++)
        if (l[i].from_on <= on && (!l[i].returned_on || on < l[i].returned_on))
            return true;
    return false;
}

int leave_moves_end(const struct leave *l, size_t n, int from_on, int end_on, int today)
{
    int end = end_on;
    for (;;) {
        int moved = end_on + count(l, n, from_on, end, today);
        if (moved <= end)
            return end;
        end = moved;
    }
}
