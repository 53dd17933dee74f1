/* access.h: who may do what. Pure; one table that can be read aloud (access.c).
 *
 * An actor is an account in one of its roles. A relation says how the actor stands to the thing asked for; the service finds it from
 * the facts. A rule line allows an act to a role when all relations it names hold. No line, no access. What one may not know of
 * answers as what does not exist. */
#pragma once
#include "base/base.h"

enum role {
    ROLE_NONE, /* not logged in */
    ROLE_ADMINISTRATOR,
    ROLE_PROJECT_LEADER,
    ROLE_ADVISER,
    ROLE_NAV_CONTACT,
    ROLE_TRAINEE, /* also the applicant: a participant who can log in */
    ROLE_MENTOR,
    ROLE_SUPERVISOR, /* "fadder": follows an internship in a business */
    ROLE_N
};
const char *role_code(enum role r); /* "project_leader", as stored; "" for ROLE_NONE */
const char *role_demo(enum role r); /* "project-leader", as `springbrett demo` prints it */
enum role role_of(struct str code);
const char *role_label(enum role r); /* msgid */
#define ROLE_BIT(r) (1u << (r))
enum { ROLES_ALL = 0xfe, ROLES_STAFF = 0x1e }; /* staff: administrator, project leader, adviser, NAV contact */

enum { ACTOR_COOP_MAX = 32 }; /* more at once are not made */
struct actor {
    int64_t account_id, organisation_id, account_role_id;
    enum role role;
    int64_t participant_id; /* when the role is trainee: who that is */
    int64_t mentor_id;      /* when the role is mentor */
    bool unbound;           /* a mentor or supervisor who has not signed the duty of confidentiality: in no relation to any trainee yet */
    size_t n_coop;          /* organisations whose data the actor's may see today (service/relation.h); for adviser and NAV contact */
    int64_t coop[ACTOR_COOP_MAX];
    bool half;              /* staff who must give a second factor and have not: only the own account */
    size_t n_named;         /* strictly protected people for whom the actor is named today */
    const int64_t *named;
    struct str name;
};

enum relation {
    REL_ORG = 1,      /* the thing belongs to the actor's organisation */
    REL_SELF = 2,     /* it is about the actor: the own application, meeting, answer, account */
    REL_ADVISER = 4,  /* the actor is the participant's adviser */
    REL_NAV = 8,      /* the actor is the participant's NAV contact */
    REL_PAIR = 16,    /* the actor is a mentor in a running mentorship with the trainee */
    REL_MATCH = 32,   /* the actor is a mentor with a match under way with the trainee */
    REL_DEMO = 64,    /* the installation is a demo */
    REL_DOC_READ = 128,    /* the document is shared with the actor, to read at least */
    REL_DOC_COMMENT = 256, /* ... to comment at least */
    REL_DOC_WRITE = 512,   /* ... to write */
    REL_COOP = 1024,       /* the thing belongs to an organisation that cooperates with the actor's today */
    REL_SUPERVISOR = 2048, /* the actor is the supervisor of the trainee's internship, until 12 weeks after its end */
    REL_NAMED = 4096,      /* the actor is named for this strictly protected person */
    REL_HIDDEN = 8192,     /* takes away: it is about a strictly protected person; see access_may */
};
enum { REL_ALL = 8191 }; /* all that give */

/* X(act, sentence): "may ..." */
#define ACCESS_ACTS(X)                                                                             \
    X(ACT_PARTICIPANT_LIST, "see the list of participants")                                        \
    X(ACT_PARTICIPANT_SEE, "see a participant's record")                                           \
    X(ACT_PARTICIPANT_EDIT, "correct a participant's record")                                      \
    X(ACT_PARTICIPANT_IMPORT, "import participants from a file")                                   \
    X(ACT_PARTICIPANT_RECOMMEND, "recommend a participant, with a reason")                         \
    X(ACT_PARTICIPANT_ASSESS, "judge a criterion and note a competence gap")                       \
    X(ACT_PARTICIPANT_HISTORY, "see what was decided about a participant")                         \
    X(ACT_SCREENING_DECIDE, "decide in screening")                                                 \
    X(ACT_CRITERIA_SET, "change the criteria")                                                     \
    X(ACT_INVITE, "invite a participant to apply")                                                 \
    X(ACT_APPLICATION_WRITE, "write and send the application")                                     \
    X(ACT_APPLICATION_SEE, "read the application")                                                 \
    X(ACT_APPLICATION_REOPEN, "open a sent application again")                                     \
    X(ACT_INTERVIEW_LEAD, "plan, hold and assess an interview")                                    \
    X(ACT_INTERVIEW_SEE, "see time and feedback of an interview")                                  \
    X(ACT_COHORT_SEE, "see a cohort")                                                              \
    X(ACT_COHORT_EDIT, "make and change a cohort")                                                 \
    X(ACT_OFFER_MAKE, "offer a place, put on the waiting list, say no with a reason")              \
    X(ACT_OFFER_ANSWER, "answer an offer")                                                         \
    X(ACT_MENTOR_LIST, "see the register of mentors")                                              \
    X(ACT_MENTOR_SEE, "see a mentor's record")                                                     \
    X(ACT_MENTOR_EDIT, "change a mentor's record")                                                 \
    X(ACT_MATCH_LEAD, "propose, pin, forbid and follow up matches")                                \
    X(ACT_MATCH_SEE, "see the own match")                                                          \
    X(ACT_MATCH_ANSWER, "answer whether to go on with a match, in confidence")                     \
    X(ACT_MATCH_PREPARE, "prepare for the matching meeting: motivation, goals, wishes")            \
    X(ACT_AGREEMENT_TEMPLATE, "change the agreement's template")                                   \
    X(ACT_AGREEMENT_SEE, "read the agreement")                                                     \
    X(ACT_AGREEMENT_EDIT, "change the agreement's text")                                           \
    X(ACT_AGREEMENT_SIGN, "sign the agreement")                                                    \
    X(ACT_TRAINEE_LIST, "see the list of trainees")                                                \
    X(ACT_PROGRESS_SEE, "see how far a trainee has come")                                          \
    X(ACT_WORKBOOK_SEE, "read the workbook")                                                       \
    X(ACT_MEETING_PLAN, "plan, move, cancel and hold a mentoring meeting")                         \
    X(ACT_MEETING_SEE, "see time and place of a mentoring meeting")                                \
    X(ACT_MINUTES_WRITE, "write minutes")                                                          \
    X(ACT_MINUTES_READ, "read minutes")                                                            \
    X(ACT_TASK_ADD, "add a task")                                                                  \
    X(ACT_TASK_DONE, "tick off a task")                                                            \
    X(ACT_EVALUATION_WRITE, "write the midway and final evaluation")                               \
    X(ACT_EVALUATION_SEE, "read the evaluations")                                                  \
    X(ACT_SELF_ASSESS, "judge the own skills")                                                     \
    X(ACT_LEAVE_SET, "register leave and return")                                                  \
    X(ACT_MENTORSHIP_END, "complete or end a mentorship")                                          \
    X(ACT_OUTCOME_SET, "register jobs, education and internships")                                 \
    X(ACT_OUTCOME_SEE, "see jobs, education and internships of a trainee")                         \
    X(ACT_DOCUMENT_LIST, "see the list of own living documents and of those shared")               \
    X(ACT_DOCUMENT_NEW, "make a living document")                                                  \
    X(ACT_DOCUMENT_SEE, "read a living document")                                                  \
    X(ACT_DOCUMENT_COMMENT, "comment a living document")                                           \
    X(ACT_DOCUMENT_WRITE, "write in a living document")                                            \
    X(ACT_DOCUMENT_SHARE, "share, rename, put away and delete a living document")                  \
    X(ACT_DOCUMENT_HISTORY, "see and restore earlier states of a living document")                 \
    X(ACT_DOCUMENT_TEMPLATE, "change the templates of living documents")                           \
    X(ACT_RESULTS_SEE, "see the results of the programme")                                         \
    X(ACT_LOG_OWN, "read who has looked at the own data")                                          \
    X(ACT_LOG_SEE, "search the log and see unusual looking")                                       \
    X(ACT_ACCOUNT_ADMIN, "make, change and close accounts")                                        \
    X(ACT_MAIL_SEE, "see the mails of the demo")                                                   \
    X(ACT_MAIL_QUEUE_SEE, "see the state of the mail queue, without contents")                     \
    X(ACT_CONFIDENTIALITY_SIGN, "sign the duty of confidentiality")                                \
    X(ACT_INTERNSHIP_SEE, "see whose internship it is, its days and whom to call")                 \
    X(ACT_SUPERVISOR_INVITE, "invite a supervisor to an internship and end that")                  \
    X(ACT_HANDOVER_SET, "hand a participant over from adviser to NAV contact, and take it back")   \
    X(ACT_HANDOVER_SEE, "see who was and is responsible for a participant, and a hand-over")       \
    X(ACT_COOPERATION_SET, "begin and end cooperation with another organisation")                  \
    X(ACT_ORGANISATION_ADMIN, "see and make organisations and their first administrator")          \
    X(ACT_DATA_OWN, "see and download the own data, consent, and ask for correction or erasure")    \
    X(ACT_RIGHTS_ANSWER, "see and answer what persons ask about their data")                       \
    X(ACT_PERSON_ERASE, "erase a person, and see who is over time")                                \
    X(ACT_LOGIN_CODE, "make a code that a participant logs in with once")                          \
    X(ACT_ACCOUNT_SELF, "change the own account and end own sessions")
enum act {
    ACT_UNSET,
#define X(act, say) act,
    ACCESS_ACTS(X)
#undef X
    ACT_N
};
const char *act_name(enum act act);     /* "ACT_INVITE" */
const char *act_sentence(enum act act); /* English, for docs/access.md */

/* May the role do this, standing in these relations (bits of enum relation)? With REL_HIDDEN nobody may anything who is not the person,
 * named for the person, or tied to the person by pair, match or internship: for all others the person does not exist. */
bool access_may(enum role role, enum act act, unsigned relations);
/* Is there any relation in which the role may do this? Then a refusal looks like "does not exist"; else like "not for you". */
bool access_ever(enum role role, enum act act);

struct access_rule {
    enum act act;
    enum role role;
    unsigned need; /* relations that must all hold */
};
const struct access_rule *access_rules(size_t *n);
