#include "domain/outcome.h"

const struct level_name outcome_kind_names[OUTCOME_KIND_N] = {
    [OUTCOME_UNKNOWN] = {"", N_("Ikke oppgitt")},
    [OUTCOME_JOB] = {"job", N_("Jobb")},
    [OUTCOME_EDUCATION] = {"education", N_("Utdanning")},
    [OUTCOME_NONE] = {"none", N_("Verken jobb eller utdanning")},
    [OUTCOME_INTERNSHIP] = {"internship", N_("Internship")},
    [OUTCOME_LEAVE] = {"leave", N_("Permisjon")},
};

const struct level_name relevance_names[RELEVANCE_N] = {
    [RELEVANT_UNKNOWN] = {"", N_("Ikke oppgitt")},
    [RELEVANT_YES] = {"yes", N_("Ja, i eget fag og på riktig nivå")},
    [RELEVANT_PARTLY] = {"partly", N_("Delvis")},
    [RELEVANT_NO] = {"no", N_("Nei")},
};

const struct level_name permanence_names[PERMANENCE_N] = {
    [PERMANENCE_UNKNOWN] = {"", N_("Ikke oppgitt")},
    [PERMANENT] = {"permanent", N_("Fast")},
    [TEMPORARY] = {"temporary", N_("Midlertidig")},
};

const struct level_name outcome_subsidy_names[SUBSIDY_N] = {
    [SUBSIDY_NONE] = {"", N_("Uten tilskudd")},
    [SUBSIDY_WAGE] = {"wage", N_("Med lønnstilskudd")},
    [SUBSIDY_OTHER] = {"other", N_("Med annet tilskudd")},
};

const struct level_name outcome_found_names[FOUND_N] = {
    [FOUND_UNKNOWN] = {"", N_("Ikke oppgitt")},
    [FOUND_INTERNSHIP] = {"internship", N_("Gjennom internship")},
    [FOUND_MENTOR] = {"mentor", N_("Gjennom mentor")},
    [FOUND_TOUR] = {"tour", N_("På virksomhetsturné")},
    [FOUND_AD] = {"advertisement", N_("Utlyst stilling")},
    [FOUND_NETWORK] = {"network", N_("Gjennom nettverk")},
    [FOUND_NAV] = {"nav", N_("Gjennom NAV")},
    [FOUND_OTHER] = {"other", N_("På en annen måte")},
};

const struct level_name self_support_names[SUPPORT_N] = {
    [SUPPORT_UNKNOWN] = {"", N_("Ikke kjent")},
    [SUPPORT_NO] = {"no", N_("Ikke selvforsørget")},
    [SUPPORT_PARTLY] = {"partly", N_("Delvis selvforsørget")},
    [SUPPORT_YES] = {"yes", N_("Selvforsørget")},
};

const struct level_name job_class_names[JOB_CLASS_N] = {
    [JOB_NONE] = {"none", N_("Ingen jobb")},
    [JOB_FULL] = {"full_time_unsubsidised", N_("Full stilling uten tilskudd")},
    [JOB_FULL_SUBSIDY] = {"full_time_wage_subsidy", N_("Full stilling med lønnstilskudd")},
    [JOB_PART_PRACTICE] = {"part_time_with_practice", N_("Deltidsjobb og praksis")},
    [JOB_PART] = {"part_time", N_("Deltidsjobb uten tilskudd")},
    [JOB_PART_SUBSIDY] = {"part_time_wage_subsidy", N_("Deltidsjobb med lønnstilskudd")},
};

static enum err bad(const char **field, const char *name, struct say *why, const char *msgid)
{
    *field = name;
    *why = say(msgid);
    return ERR_INVALID;
}

enum err outcome_check(const struct outcome *o, const char **field, struct say *why)
{
    bool job = o->kind == OUTCOME_JOB;
    if (o->kind <= OUTCOME_UNKNOWN || o->kind >= OUTCOME_KIND_N)
        return bad(field, "kind", why, N_("Velg hva som skjedde."));
    if (!o->from_on)
        return bad(field, "from_on", why, N_("Skriv datoen det gjelder fra."));
    if (o->until_on && o->until_on < o->from_on)
        return bad(field, "until_on", why, N_("Sluttdatoen er før startdatoen."));
    if (job && (o->relevance <= RELEVANT_UNKNOWN || o->relevance >= RELEVANCE_N))
        return bad(field, "relevance", why, N_("Velg om jobben er fagrelevant."));
    if (o->percent < (job ? 1 : 0) || o->percent > 100)
        return bad(field, "percent", why, N_("Skriv stillingsprosenten, et tall fra 1 til 100."));
    if (o->practice_percent < 0 || o->percent + o->practice_percent > 100)
        return bad(field, "practice_percent", why, N_("Jobb og praksis kan ikke bli mer enn 100 prosent til sammen."));
    if (!job && o->subsidy != SUBSIDY_NONE)
        return bad(field, "subsidy", why, N_("Bare en jobb kan ha lønnstilskudd."));
    return OK;
}

enum self_support outcome_self_support(const struct outcome *o)
{
    switch (o->kind) {
    case OUTCOME_JOB:
        if (o->percent <= 0)
            return SUPPORT_UNKNOWN;
        return o->percent >= 100 && o->subsidy == SUBSIDY_NONE ? SUPPORT_YES : SUPPORT_PARTLY;
    case OUTCOME_EDUCATION:
    case OUTCOME_INTERNSHIP:
    case OUTCOME_NONE:
        return SUPPORT_NO;
    case OUTCOME_UNKNOWN:
    case OUTCOME_LEAVE:
    case OUTCOME_KIND_N:
        break;
    }
    return SUPPORT_UNKNOWN;
}

enum job_class outcome_job_class(const struct outcome *o)
{
    if (o->kind != OUTCOME_JOB)
        return JOB_NONE;
    if (o->percent >= 100)
        return o->subsidy == SUBSIDY_NONE ? JOB_FULL : JOB_FULL_SUBSIDY;
    if (o->practice_percent > 0)
        return JOB_PART_PRACTICE;
    return o->subsidy == SUBSIDY_NONE ? JOB_PART : JOB_PART_SUBSIDY;
}

bool outcome_is_relevant_job(const struct outcome *o)
{
    return o->kind == OUTCOME_JOB && o->relevance == RELEVANT_YES;
}

bool outcome_is_current(const struct outcome *o, int today)
{
    return o->from_on <= today && (!o->until_on || today <= o->until_on);
}

enum self_support outcome_support_now(const struct outcome *o, size_t n, int today)
{
    int percent = 0, jobs = 0, unsubsidised = 0;
    enum self_support other = SUPPORT_UNKNOWN;
    for (size_t i = 0; i < n; i++) {
        if (!outcome_is_current(&o[i], today))
            continue;
        if (o[i].kind != OUTCOME_JOB) {
            other = outcome_self_support(&o[i]) == SUPPORT_NO ? SUPPORT_NO : other;
            continue;
        }
        jobs++;
        unsubsidised += o[i].subsidy == SUBSIDY_NONE;
        percent += o[i].percent;
    }
    if (!jobs)
        return other;
    if (!percent)
        return SUPPORT_UNKNOWN;
    return percent >= 100 && unsubsidised == jobs ? SUPPORT_YES : SUPPORT_PARTLY;
}

/* Is a the better job of two? */
static bool better(const struct outcome *a, const struct outcome *b)
{
    if (outcome_is_relevant_job(a) != outcome_is_relevant_job(b))
        return outcome_is_relevant_job(a);
    if (a->percent != b->percent)
        return a->percent > b->percent;
    if ((a->subsidy == SUBSIDY_NONE) != (b->subsidy == SUBSIDY_NONE))
        return a->subsidy == SUBSIDY_NONE;
    return a->offered_on < b->offered_on;
}

int outcome_best_job(const struct outcome *o, size_t n)
{
    int best = -1;
    for (size_t i = 0; i < n; i++)
        if (o[i].kind == OUTCOME_JOB && (best < 0 || better(&o[i], &o[best])))
            best = (int)i;
    return best;
}
