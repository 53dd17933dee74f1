/* outcome.h: what became of a trainee (handbook, "Resultat"; product L1). */
#pragma once
#include "domain/levels.h"

/* Numbered as the database keeps them. */
enum outcome_kind { OUTCOME_UNKNOWN, OUTCOME_JOB, OUTCOME_EDUCATION, OUTCOME_NONE, OUTCOME_INTERNSHIP, OUTCOME_LEAVE, OUTCOME_KIND_N };
enum relevance { RELEVANT_UNKNOWN, RELEVANT_YES, RELEVANT_PARTLY, RELEVANT_NO, RELEVANCE_N };
enum permanence { PERMANENCE_UNKNOWN, PERMANENT, TEMPORARY, PERMANENCE_N };
enum outcome_subsidy { SUBSIDY_NONE, SUBSIDY_WAGE, SUBSIDY_OTHER, SUBSIDY_N };
enum outcome_found { FOUND_UNKNOWN, FOUND_INTERNSHIP, FOUND_MENTOR, FOUND_TOUR, FOUND_AD, FOUND_NETWORK, FOUND_NAV, FOUND_OTHER, FOUND_N };
enum self_support { SUPPORT_UNKNOWN, SUPPORT_NO, SUPPORT_PARTLY, SUPPORT_YES, SUPPORT_N };
enum job_class { JOB_NONE, JOB_FULL, JOB_FULL_SUBSIDY, JOB_PART_PRACTICE, JOB_PART, JOB_PART_SUBSIDY, JOB_CLASS_N };

struct outcome {
    enum outcome_kind kind;
    enum relevance relevance;
    enum permanence permanence;
    enum outcome_found found;
    int offered_on, from_on, until_on; /* until_on 0: open */
    int percent;                    /* share of a full position, 1-100; 0: not known */
    int practice_percent;           /* share in work practice on a NAV benefit beside it */
    enum outcome_subsidy subsidy;
};
/* What a form may hold: ERR_INVALID with the field's name and why. */
enum err outcome_check(const struct outcome *o, const char **field, struct say *why) MUST_CHECK;
/* Lives on the own wage? Full position without subsidy: yes. Wage subsidy, or a part position: partly. No job: no. */
enum self_support outcome_self_support(const struct outcome *o);
enum job_class outcome_job_class(const struct outcome *o); /* JOB_NONE unless a job */
bool outcome_is_relevant_job(const struct outcome *o);     /* a job in the own profession and at its level */
bool outcome_is_current(const struct outcome *o, int today);
/* Of everything a trainee has, what holds today: jobs together make a full position or part of one; without a job, education or an
 * internship is no wage. SUPPORT_UNKNOWN when nothing holds today. */
enum self_support outcome_support_now(const struct outcome *o, size_t n, int today);
/* The one that counts when there are several: a field-relevant job before another job, then the larger share, without subsidy, the
 * earlier offer. -1 when there is no job at all. */
int outcome_best_job(const struct outcome *o, size_t n);

extern const struct level_name outcome_kind_names[OUTCOME_KIND_N];
extern const struct level_name relevance_names[RELEVANCE_N];
extern const struct level_name permanence_names[PERMANENCE_N];
extern const struct level_name outcome_subsidy_names[SUBSIDY_N];
extern const struct level_name outcome_found_names[FOUND_N];
extern const struct level_name self_support_names[SUPPORT_N];
extern const struct level_name job_class_names[JOB_CLASS_N];
