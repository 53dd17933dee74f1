#include "domain/unusual.h"

#define N_(s) s

/* Leaders see everybody and go through long lists; mentors have a trainee or two. */
static const struct unusual_limits of_role[ROLE_N] = {
    [ROLE_ADMINISTRATOR] = {30, 300}, [ROLE_PROJECT_LEADER] = {100, 1000}, [ROLE_ADVISER] = {30, 300},
    [ROLE_NAV_CONTACT] = {30, 300},   [ROLE_TRAINEE] = {5, 30},            [ROLE_MENTOR] = {5, 30},
};

static int set(int own, int64_t setting, bool staff)
{
    if (setting <= 0 || setting > 1000000)
        return own;
    return staff || setting < own ? (int)setting : own;
}

struct unusual_limits unusual_limits(enum role role, int64_t warn, int64_t stop)
{
    struct unusual_limits own = role > ROLE_NONE && role < ROLE_N && of_role[role].stop ? of_role[role] : (struct unusual_limits){5, 30};
    bool staff = (ROLES_STAFF & ROLE_BIT(role)) != 0;
    return (struct unusual_limits){set(own.warn, warn, staff), set(own.stop, stop, staff)};
}

enum { REFUSED = 5, NIGHT = 5, OUTSIDE = 3, RISE_DAYS = 5, RISE_PERSONS = 10, RISE_TIMES = 3 };

unsigned unusual_signs(const struct unusual_day *d, const struct unusual_limits *l)
{
    unsigned s = 0;
    if (d->stops > 0)
        s |= UNUSUAL_STOPPED;
    if (d->hidden > 0)
        s |= UNUSUAL_HIDDEN;
    if (d->opened > l->warn)
        s |= UNUSUAL_MANY;
    if (d->refused >= REFUSED)
        s |= UNUSUAL_REFUSED;
    if (d->outside >= OUTSIDE && 2 * d->outside > d->opened)
        s |= UNUSUAL_OUTSIDE;
    if (d->days >= RISE_DAYS && d->opened >= RISE_PERSONS && d->opened > RISE_TIMES * d->usual)
        s |= UNUSUAL_RISE;
    if (d->night >= NIGHT)
        s |= UNUSUAL_NIGHT;
    return s;
}

static const struct {
    unsigned sign;
    int weight;
    const char *words;
} signs[UNUSUAL_SIGNS] = {
    {UNUSUAL_STOPPED, 8, N_("Så på så mange at det ble stoppet")},
    {UNUSUAL_HIDDEN, 8, N_("Så på eller prøvde å se en skjermet person")},
    {UNUSUAL_MANY, 4, N_("Åpnet opplysningene til mange")},
    {UNUSUAL_REFUSED, 4, N_("Prøvde ofte å se det som ikke er for dem")},
    {UNUSUAL_OUTSIDE, 3, N_("Mest personer som andre følger opp")},
    {UNUSUAL_RISE, 2, N_("Mye mer enn vanlig")},
    {UNUSUAL_NIGHT, 1, N_("Om natten")},
};

int unusual_weight(unsigned bits)
{
    int w = 0;
    for (size_t i = 0; i < COUNT(signs); i++)
        w += bits & signs[i].sign ? signs[i].weight : 0;
    return w;
}

const char *unusual_words(unsigned sign)
{
    for (size_t i = 0; i < COUNT(signs); i++)
        if (signs[i].sign == sign)
            return signs[i].words;
    return "";
}
