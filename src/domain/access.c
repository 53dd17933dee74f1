#include "domain/access.h"

#define N_(s) s

/* Read a line as: "<role> may <act> if <relations>". */
#define LEADER(act) {act, ROLE_PROJECT_LEADER, REL_ORG}
#define ADMIN(act) {act, ROLE_ADMINISTRATOR, REL_ORG}
/* Also from an organisation that cooperates with the person's: the relation to the person is needed all the same. */
#define ADVISER(act) {act, ROLE_ADVISER, REL_ORG | REL_ADVISER}, {act, ROLE_ADVISER, REL_COOP | REL_ADVISER}
#define NAV(act) {act, ROLE_NAV_CONTACT, REL_ORG | REL_NAV}, {act, ROLE_NAV_CONTACT, REL_COOP | REL_NAV}
#define TRAINEE(act) {act, ROLE_TRAINEE, REL_SELF}
#define MENTOR_PAIR(act) {act, ROLE_MENTOR, REL_PAIR}
#define MENTOR_MATCH(act) {act, ROLE_MENTOR, REL_MATCH}
#define MENTOR_SELF(act) {act, ROLE_MENTOR, REL_SELF}
/* Documents: the owner, whichever role is in use. Others only what is shared with them, and only while they are in the owner's circle. */
#define OWNER(act)                                                                                 \
    {act, ROLE_ADMINISTRATOR, REL_SELF}, {act, ROLE_PROJECT_LEADER, REL_SELF}, {act, ROLE_ADVISER, REL_SELF}, \
        {act, ROLE_NAV_CONTACT, REL_SELF}, {act, ROLE_TRAINEE, REL_SELF}, {act, ROLE_MENTOR, REL_SELF}
#define SHARED(act, right)                                                                         \
    {act, ROLE_PROJECT_LEADER, REL_ORG | (right)}, {act, ROLE_ADVISER, REL_ORG | REL_ADVISER | (right)}, \
        {act, ROLE_ADVISER, REL_COOP | REL_ADVISER | (right)}, {act, ROLE_NAV_CONTACT, REL_ORG | REL_NAV | (right)}, \
        {act, ROLE_NAV_CONTACT, REL_COOP | REL_NAV | (right)}, {act, ROLE_MENTOR, REL_PAIR | (right)}
static const struct access_rule rules[] = {
    LEADER(ACT_PARTICIPANT_LIST),
    {ACT_PARTICIPANT_LIST, ROLE_ADVISER, REL_ORG}, /* the query shows only the own */
    {ACT_PARTICIPANT_LIST, ROLE_NAV_CONTACT, REL_ORG},
    LEADER(ACT_PARTICIPANT_SEE),
    ADVISER(ACT_PARTICIPANT_SEE),
    NAV(ACT_PARTICIPANT_SEE),
    LEADER(ACT_PARTICIPANT_EDIT),
    ADVISER(ACT_PARTICIPANT_EDIT),
    LEADER(ACT_PARTICIPANT_IMPORT),
    ADMIN(ACT_PARTICIPANT_IMPORT),
    LEADER(ACT_PARTICIPANT_RECOMMEND),
    ADVISER(ACT_PARTICIPANT_RECOMMEND),
    NAV(ACT_PARTICIPANT_RECOMMEND),
    LEADER(ACT_PARTICIPANT_ASSESS),
    ADVISER(ACT_PARTICIPANT_ASSESS),
    LEADER(ACT_PARTICIPANT_HISTORY),
    ADVISER(ACT_PARTICIPANT_HISTORY),
    LEADER(ACT_SCREENING_DECIDE),
    LEADER(ACT_CRITERIA_SET),
    ADMIN(ACT_CRITERIA_SET),
    LEADER(ACT_INVITE),
    TRAINEE(ACT_APPLICATION_WRITE),
    TRAINEE(ACT_APPLICATION_SEE),
    LEADER(ACT_APPLICATION_SEE),
    LEADER(ACT_APPLICATION_REOPEN),
    LEADER(ACT_INTERVIEW_LEAD),
    LEADER(ACT_INTERVIEW_SEE),
    TRAINEE(ACT_INTERVIEW_SEE),
    LEADER(ACT_COHORT_SEE),
    {ACT_COHORT_SEE, ROLE_NAV_CONTACT, REL_ORG}, /* own trainees in it only */
    {ACT_COHORT_SEE, ROLE_ADVISER, REL_ORG},     /* own trainees in it only */
    {ACT_COHORT_SEE, ROLE_NAV_CONTACT, REL_COOP},
    {ACT_COHORT_SEE, ROLE_ADVISER, REL_COOP},
    LEADER(ACT_COHORT_EDIT),
    LEADER(ACT_OFFER_MAKE),
    TRAINEE(ACT_OFFER_ANSWER),
    LEADER(ACT_MENTOR_LIST),
    LEADER(ACT_MENTOR_SEE),
    MENTOR_SELF(ACT_MENTOR_SEE),
    LEADER(ACT_MENTOR_EDIT),
    MENTOR_SELF(ACT_MENTOR_EDIT),
    LEADER(ACT_MATCH_LEAD),
    TRAINEE(ACT_MATCH_SEE),
    MENTOR_MATCH(ACT_MATCH_SEE),
    TRAINEE(ACT_MATCH_ANSWER),
    MENTOR_MATCH(ACT_MATCH_ANSWER),
    TRAINEE(ACT_MATCH_PREPARE),
    LEADER(ACT_AGREEMENT_TEMPLATE),
    ADMIN(ACT_AGREEMENT_TEMPLATE),
    LEADER(ACT_AGREEMENT_SEE),
    TRAINEE(ACT_AGREEMENT_SEE),
    MENTOR_MATCH(ACT_AGREEMENT_SEE),
    MENTOR_PAIR(ACT_AGREEMENT_SEE),
    LEADER(ACT_AGREEMENT_EDIT),
    TRAINEE(ACT_AGREEMENT_EDIT),
    MENTOR_MATCH(ACT_AGREEMENT_EDIT),
    TRAINEE(ACT_AGREEMENT_SIGN),
    MENTOR_MATCH(ACT_AGREEMENT_SIGN),
    LEADER(ACT_TRAINEE_LIST),
    {ACT_TRAINEE_LIST, ROLE_ADVISER, REL_ORG}, /* the query shows only the own */
    {ACT_TRAINEE_LIST, ROLE_NAV_CONTACT, REL_ORG},
    LEADER(ACT_PROGRESS_SEE),
    ADVISER(ACT_PROGRESS_SEE),
    NAV(ACT_PROGRESS_SEE),
    TRAINEE(ACT_PROGRESS_SEE),
    MENTOR_PAIR(ACT_PROGRESS_SEE),
    LEADER(ACT_WORKBOOK_SEE),
    TRAINEE(ACT_WORKBOOK_SEE),
    MENTOR_PAIR(ACT_WORKBOOK_SEE),
    MENTOR_SELF(ACT_WORKBOOK_SEE),
    LEADER(ACT_MEETING_PLAN),
    TRAINEE(ACT_MEETING_PLAN),
    MENTOR_PAIR(ACT_MEETING_PLAN),
    LEADER(ACT_MEETING_SEE),
    TRAINEE(ACT_MEETING_SEE),
    MENTOR_PAIR(ACT_MEETING_SEE),
    TRAINEE(ACT_MINUTES_WRITE),
    TRAINEE(ACT_MINUTES_READ),
    MENTOR_PAIR(ACT_MINUTES_READ), /* not the leader: the talk is theirs */
    LEADER(ACT_TASK_ADD),
    TRAINEE(ACT_TASK_ADD),
    MENTOR_PAIR(ACT_TASK_ADD),
    LEADER(ACT_TASK_DONE),
    TRAINEE(ACT_TASK_DONE),
    MENTOR_PAIR(ACT_TASK_DONE),
    LEADER(ACT_EVALUATION_WRITE),
    LEADER(ACT_EVALUATION_SEE),
    TRAINEE(ACT_EVALUATION_SEE),
    MENTOR_PAIR(ACT_EVALUATION_SEE),
    TRAINEE(ACT_SELF_ASSESS),
    LEADER(ACT_LEAVE_SET),
    LEADER(ACT_MENTORSHIP_END),
    LEADER(ACT_OUTCOME_SET),
    NAV(ACT_OUTCOME_SET),
    LEADER(ACT_OUTCOME_SEE),
    ADVISER(ACT_OUTCOME_SEE),
    NAV(ACT_OUTCOME_SEE),
    TRAINEE(ACT_OUTCOME_SEE),
    OWNER(ACT_DOCUMENT_LIST),
    OWNER(ACT_DOCUMENT_NEW),
    LEADER(ACT_DOCUMENT_NEW), /* for a trainee, who owns it */
    ADVISER(ACT_DOCUMENT_NEW),
    NAV(ACT_DOCUMENT_NEW),
    MENTOR_PAIR(ACT_DOCUMENT_NEW),
    OWNER(ACT_DOCUMENT_SEE),
    SHARED(ACT_DOCUMENT_SEE, REL_DOC_READ),
    OWNER(ACT_DOCUMENT_COMMENT),
    SHARED(ACT_DOCUMENT_COMMENT, REL_DOC_COMMENT),
    OWNER(ACT_DOCUMENT_WRITE),
    SHARED(ACT_DOCUMENT_WRITE, REL_DOC_WRITE),
    OWNER(ACT_DOCUMENT_SHARE),
    OWNER(ACT_DOCUMENT_HISTORY),
    SHARED(ACT_DOCUMENT_HISTORY, REL_DOC_WRITE),
    LEADER(ACT_DOCUMENT_TEMPLATE),
    ADMIN(ACT_DOCUMENT_TEMPLATE),
    LEADER(ACT_RESULTS_SEE),
    ADMIN(ACT_RESULTS_SEE),
    {ACT_RESULTS_SEE, ROLE_NAV_CONTACT, REL_ORG},
    TRAINEE(ACT_LOG_OWN),
    MENTOR_SELF(ACT_LOG_OWN),
    ADMIN(ACT_LOG_SEE), /* not the leader: it is data about colleagues too, and leaders look the most */
    ADMIN(ACT_ACCOUNT_ADMIN),
    LEADER(ACT_LOGIN_CODE),
    ADVISER(ACT_LOGIN_CODE),
    {ACT_MAIL_SEE, ROLE_ADMINISTRATOR, REL_ORG | REL_DEMO},
    {ACT_MAIL_SEE, ROLE_PROJECT_LEADER, REL_ORG | REL_DEMO},
    ADMIN(ACT_MAIL_QUEUE_SEE),
    OWNER(ACT_DATA_OWN),
    {ACT_DATA_OWN, ROLE_SUPERVISOR, REL_SELF},
    LEADER(ACT_RIGHTS_ANSWER),
    ADMIN(ACT_RIGHTS_ANSWER),
    LEADER(ACT_PERSON_ERASE),
    ADMIN(ACT_PERSON_ERASE),
    {ACT_ACCOUNT_SELF, ROLE_ADMINISTRATOR, REL_SELF},
    {ACT_ACCOUNT_SELF, ROLE_PROJECT_LEADER, REL_SELF},
    {ACT_ACCOUNT_SELF, ROLE_ADVISER, REL_SELF},
    {ACT_ACCOUNT_SELF, ROLE_NAV_CONTACT, REL_SELF},
    {ACT_ACCOUNT_SELF, ROLE_TRAINEE, REL_SELF},
    {ACT_ACCOUNT_SELF, ROLE_MENTOR, REL_SELF},
    {ACT_ACCOUNT_SELF, ROLE_SUPERVISOR, REL_SELF},
    MENTOR_SELF(ACT_CONFIDENTIALITY_SIGN),
    {ACT_CONFIDENTIALITY_SIGN, ROLE_SUPERVISOR, REL_SELF},
    {ACT_INTERNSHIP_SEE, ROLE_SUPERVISOR, REL_SUPERVISOR}, /* this, and nothing else of the trainee */
    LEADER(ACT_SUPERVISOR_INVITE),
    LEADER(ACT_HANDOVER_SET),
    ADVISER(ACT_HANDOVER_SET),
    LEADER(ACT_HANDOVER_SEE),
    ADVISER(ACT_HANDOVER_SEE),
    NAV(ACT_HANDOVER_SEE),
    TRAINEE(ACT_HANDOVER_SEE),
    ADMIN(ACT_COOPERATION_SET),
    ADMIN(ACT_ORGANISATION_ADMIN),
};

const struct access_rule *access_rules(size_t *n)
{
    *n = COUNT(rules);
    return rules;
}

bool access_may(enum role role, enum act act, unsigned relations)
{
    if ((relations & REL_HIDDEN) && !(relations & (REL_SELF | REL_NAMED | REL_PAIR | REL_MATCH | REL_SUPERVISOR)))
        return false;
    for (size_t i = 0; i < COUNT(rules); i++)
        if (rules[i].act == act && rules[i].role == role && (rules[i].need & ~relations) == 0)
            return true;
    return false;
}

bool access_ever(enum role role, enum act act)
{
    return access_may(role, act, REL_ALL);
}

static const struct {
    const char *code, *demo, *label;
} roles[ROLE_N] = {
    [ROLE_NONE] = {"", "", ""},
    [ROLE_ADMINISTRATOR] = {"administrator", "administrator", N_("Administrator")},
    [ROLE_PROJECT_LEADER] = {"project_leader", "project-leader", N_("Prosjektleder")},
    [ROLE_ADVISER] = {"adviser", "adviser", N_("Programrådgiver")},
    [ROLE_NAV_CONTACT] = {"nav_contact", "nav-contact", N_("NAV-kontakt")},
    [ROLE_TRAINEE] = {"trainee", "trainee", N_("Trainee")},
    [ROLE_MENTOR] = {"mentor", "mentor", N_("Mentor")},
    [ROLE_SUPERVISOR] = {"supervisor", "supervisor", N_("Fadder")},
};

const char *role_code(enum role r)
{
    return r < ROLE_N ? roles[r].code : "";
}
const char *role_demo(enum role r)
{
    return r < ROLE_N ? roles[r].demo : "";
}
const char *role_label(enum role r)
{
    return r < ROLE_N ? roles[r].label : "";
}
enum role role_of(struct str code)
{
    for (enum role r = ROLE_ADMINISTRATOR; r < ROLE_N; r++)
        if (str_is(code, roles[r].code))
            return r;
    return ROLE_NONE;
}

static const struct {
    const char *name, *say;
} acts[ACT_N] = {
    [ACT_UNSET] = {"ACT_UNSET", "do nothing"},
#define X(act, say) [act] = {#act, say},
    ACCESS_ACTS(X)
#undef X
};
const char *act_name(enum act act)
{
    return act < ACT_N ? acts[act].name : "?";
}
const char *act_sentence(enum act act)
{
    return act < ACT_N ? acts[act].say : "?";
}
