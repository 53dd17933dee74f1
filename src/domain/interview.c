#include "domain/interview.h"

enum err interview_may_plan(int64_t at, int64_t now, struct say *why)
{
    if (at <= now)
        *why = say(N_("Tidspunktet har vært. Velg et som kommer."));
    else if (at > now + (int64_t)366 * 86400000)
        *why = say(N_("Tidspunktet er mer enn et år frem. Sjekk årstallet."));
    else
        return OK;
    return ERR_STATE;
}

bool interview_judged(const int score[INTERVIEW_AREAS])
{
    for (int i = 0; i < INTERVIEW_AREAS; i++)
        if (score[i] < 1 || score[i] > INTERVIEW_SCORES)
            return false;
    return true;
}
