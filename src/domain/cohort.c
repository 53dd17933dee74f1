#include "domain/cohort.h"
#include "base/say.h"
#include "base/tm.h"

const char *const cohort_phase_names[COHORT_PHASE_N + 1] = {
    [COHORT_ADMISSION] = N_("Opptak"),
    [COHORT_MATCHING] = N_("Matching"),
    [COHORT_MENTORING] = N_("Mentorperiode"),
    [COHORT_TO_WORK] = N_("Overgang til jobb"),
    [COHORT_ENDING] = N_("Avslutning"),
    [COHORT_DONE] = N_("Avsluttet"),
};

static int end_of(const struct cohort_facts *f)
{
    return f->first_meeting_on ? tm_add_months(f->first_meeting_on, f->months) : 0;
}

enum cohort_phase cohort_phase(const struct cohort_facts *f)
{
    if (f->closed)
        return COHORT_DONE;
    if (!f->running)
        return f->over ? COHORT_ENDING : COHORT_ADMISSION;
    if (!f->first_meeting_on)
        return !f->paired && f->today < f->start_on ? COHORT_ADMISSION : COHORT_MATCHING;
    int end = end_of(f);
    if (f->today > end)
        return COHORT_ENDING;
    return f->today >= tm_add_months(end, -COHORT_TO_WORK_MONTHS) ? COHORT_TO_WORK : COHORT_MENTORING;
}

struct cohort_span cohort_span(const struct cohort_facts *f, enum cohort_phase phase)
{
    int end = end_of(f), to_work = end ? tm_add_months(end, -COHORT_TO_WORK_MONTHS) : 0;
    switch (phase) {
    case COHORT_ADMISSION:
        return (struct cohort_span){0, f->start_on};
    case COHORT_MATCHING:
        return (struct cohort_span){f->start_on, f->first_meeting_on};
    case COHORT_MENTORING:
        return (struct cohort_span){f->first_meeting_on, to_work};
    case COHORT_TO_WORK:
        return (struct cohort_span){to_work, end};
    case COHORT_ENDING:
        return (struct cohort_span){end, 0};
    case COHORT_PHASE_N:
        break;
    }
    return (struct cohort_span){0, 0};
}
