/* matrix_rules.h: who may see and do what, as sentences that a lawyer could read. They are written from the programme's handbook, the law
 * and the threats, not from the program: nothing here asks domain/access. docs/access-rules.md is made of them. */
#pragma once
#include "matrix_world.h"

/* X(topic, what it is): one kind of work or knowledge. */
#define MX_TOPICS(X)                                                                               \
    X(T_PUBLIC, "pages that are open to everybody")                                                \
    X(T_START, "the start page, and what the programme is")                                        \
    X(T_ACCOUNT, "the own account: language, role in use, sessions")                               \
    X(T_PEOPLE, "the list of participants, each seeing only those named below")                    \
    X(T_RECORD, "a participant's record: facts, contact, views given, gaps in competence")         \
    X(T_RECORD_EDIT, "correcting or adding a participant's record")                                \
    X(T_IMPORT, "importing participants from a file")                                              \
    X(T_IMPORT_DRAFT, "an import that is not finished")                                            \
    X(T_RECOMMEND, "recommending a participant")                                                   \
    X(T_ASSESS, "judging criteria and noting gaps in competence")                                  \
    X(T_HISTORY, "what was decided about a participant, with the reasons")                         \
    X(T_SCREEN, "deciding in screening, and inviting to apply")                                                           \
    X(T_CRITERIA, "the criteria")                                                                  \
    X(T_APPLY, "writing the own application")                                                      \
    X(T_APPLICATION, "reading an application")                                                     \
    X(T_INTERVIEW, "planning, holding and judging an interview, opening an application again")                                   \
    X(T_INTERVIEW_OWN, "time and place of, and feedback from, the own interview")                  \
    X(T_COHORTS, "making and leading cohorts")                                                     \
    X(T_COHORT, "a cohort, each seeing only the people named below")                               \
    X(T_OFFER, "offering a place, the waiting list, saying no")                                    \
    X(T_ANSWER, "answering an offer")                                                              \
    X(T_MENTORS, "the register of mentors")                                                        \
    X(T_MENTOR_OWN, "the own record as a mentor")                                                  \
    X(T_MATCHING, "proposing and following up matches, with points, wishes and comments in confidence") \
    X(T_MATCH, "the own match: with whom, when, where")                                            \
    X(T_MATCH_ANSWER, "answering, in confidence, whether to go on")                                \
    X(T_PREPARE, "the own preparation for the matching meeting")                                   \
    X(T_AGREEMENT, "reading an agreement")                                                         \
    X(T_AGREEMENT_EDIT, "changing an agreement's text before it is signed")                        \
    X(T_SIGN, "signing an agreement")                                                              \
    X(T_TEMPLATE, "the templates of the agreement and of documents")                               \
    X(T_TRAINEES, "the list of trainees, each seeing only those named below")                      \
    X(T_PROGRESS, "how far a trainee has come")                                                    \
    X(T_WORKBOOK, "the workbook")                                                                  \
    X(T_MEETING, "time and place of a mentoring meeting")                                          \
    X(T_MEETING_PLAN, "planning, moving and holding a mentoring meeting")                          \
    X(T_MINUTES, "reading minutes")                                                                \
    X(T_MINUTES_WRITE, "writing minutes")                                                          \
    X(T_TASK, "tasks")                                                                             \
    X(T_EVALUATE, "writing the evaluations")                                                       \
    X(T_EVALUATION, "reading the evaluations")                                                     \
    X(T_SELF, "judging the own skills")                                                            \
    X(T_END, "leave and return, completing or ending a mentorship")                                                  \
    X(T_OUTCOME, "jobs, education and internships of a trainee")                                   \
    X(T_OUTCOME_SET, "registering jobs, education and internships")                                \
    X(T_DOCUMENTS, "the own documents, and the list of those shared")                              \
    X(T_DOC_READ, "reading a document")                                                            \
    X(T_DOC_COMMENT, "commenting a document")                                                      \
    X(T_DOC_WRITE, "writing in a document, and its earlier states")                                \
    X(T_DOC_OWN, "sharing, renaming, putting away and deleting a document")                        \
    X(T_DOC_FOR, "making a document for a participant")                                            \
    X(T_RESULTS, "the results of the programme, in numbers")                                       \
    X(T_ACCOUNTS, "accounts: who has one, the name and e-mail address it has, as what one logs in")                                                             \
    X(T_SETTINGS, "the settings page")                                                             \
    X(T_OWN_DATA, "the own data: reading, downloading, consent, asking for correction or erasure")  \
    X(T_LOG_OWN, "who has looked at the own data")                                                 \
    X(T_LOG, "the log of the organisation, and what is unusual in it")                             \
    X(T_RIGHTS, "what persons ask about their data, and the answers")                              \
    X(T_ERASE, "erasing a person")                                                                 \
    X(T_CODE, "giving a participant a code to log in with, handing over to NAV, naming staff for a protected person") \
    X(T_HANDOVER, "who was and is responsible for a participant, and a hand-over")                 \
    X(T_MAIL, "the mails of a demo")                                                               \
    X(T_MAIL_QUEUE, "the state of the mail queue, without contents")
enum mx_topic {
#define X(t, say) t,
    MX_TOPICS(X)
#undef X
    TOPIC_N
};
_Static_assert(TOPIC_N <= 64, "topics are bits of one number");
static const char *const mx_topic_say[TOPIC_N] = {
#define X(t, say) [t] = say,
    MX_TOPICS(X)
#undef X
};
#define TOPIC(t) (1ULL << (t))

/* How somebody stands to what is asked for, today. */
enum mx_tie {
    TIE_ORG = 1,
    TIE_HOUSE = 2, /* the own organisation, or one that cooperates with it today */
    TIE_ADVISER = 4,
    TIE_NAV = 8,
    TIE_SELF = 16,
    TIE_PAIR = 32,
    TIE_MATCH = 64,
    TIE_NAMED = 128,
    TIE_READ = 256,
    TIE_COMMENT = 512,
    TIE_WRITE = 1024,
    TIE_DEMO = 2048,
    TIE_STRICT = 4096, /* it is about a strictly protected person */
};

struct mx_rule {
    const char *say;
    unsigned roles; /* ROLE_BIT */
    unsigned need;  /* all of these ties */
    uint64_t topics;
};
#define ANYONE ((1u << ROLE_N) - 1)
#define LOGGED_IN (ANYONE & ~1u)
#define ADM ROLE_BIT(ROLE_ADMINISTRATOR)
#define LEA ROLE_BIT(ROLE_PROJECT_LEADER)
#define ADV ROLE_BIT(ROLE_ADVISER)
#define NAVC ROLE_BIT(ROLE_NAV_CONTACT)
#define TRA ROLE_BIT(ROLE_TRAINEE)
#define MEN ROLE_BIT(ROLE_MENTOR)

static const struct mx_rule mx_rules[] = {
    {"Everybody may read the pages that are open.", ANYONE, 0, TOPIC(T_PUBLIC)},
    {"Whoever is logged in has a start page, may read about the programme, and looks after the own account, and may see, download and ask about the "
     "own data.",
     LOGGED_IN, 0, TOPIC(T_START) | TOPIC(T_ACCOUNT) | TOPIC(T_OWN_DATA)},
    {"A participant and a mentor may see who has looked at the own data.", TRA | MEN, TIE_SELF, TOPIC(T_LOG_OWN)},
    {"An administrator may see the log of the own organisation.", ADM, TIE_ORG, TOPIC(T_LOG)},
    {"An administrator and a project leader answer what the persons of the own organisation ask about their data, and erase a person.", ADM | LEA, TIE_ORG,
     TOPIC(T_RIGHTS) | TOPIC(T_ERASE)},
    {"A project leader may give a participant of the own organisation a code to log in with, hand over to NAV, and name staff for a strictly "
     "protected person.",
     LEA, TIE_ORG, TOPIC(T_CODE) | TOPIC(T_HANDOVER)},
    {"... an adviser those whose adviser the adviser is today.", ADV, TIE_HOUSE | TIE_ADVISER,
     TOPIC(T_CODE) | TOPIC(T_HANDOVER)},
    {"... a NAV contact may see, of those whose NAV contact the NAV contact is today, who was and is responsible.", NAVC, TIE_HOUSE | TIE_NAV, TOPIC(T_HANDOVER)},
    {"A participant may see who was and is responsible.", TRA, TIE_SELF, TOPIC(T_HANDOVER)},

    {"An administrator looks after the accounts and the settings of the own organisation.", ADM, TIE_ORG,
     TOPIC(T_ACCOUNTS) | TOPIC(T_SETTINGS) | TOPIC(T_CRITERIA) | TOPIC(T_TEMPLATE) | TOPIC(T_MAIL_QUEUE)},
    {"An administrator may import a file of participants into the own organisation, and see the results in numbers. Of what is kept about "
     "single persons an administrator sees nothing but names and addresses of accounts.",
     ADM, TIE_ORG, TOPIC(T_IMPORT) | TOPIC(T_RESULTS)},

    {"A project leader may see and do everything that staff of the own organisation keep about its participants and trainees, from the list to "
     "the end of the programme.",
     LEA, TIE_ORG,
     TOPIC(T_PEOPLE) | TOPIC(T_RECORD) | TOPIC(T_RECORD_EDIT) | TOPIC(T_IMPORT) | TOPIC(T_RECOMMEND) | TOPIC(T_ASSESS) | TOPIC(T_HISTORY) | TOPIC(T_SCREEN) |
         TOPIC(T_APPLICATION) | TOPIC(T_INTERVIEW) | TOPIC(T_COHORTS) | TOPIC(T_COHORT) | TOPIC(T_OFFER) | TOPIC(T_MENTORS) | TOPIC(T_MATCHING) | TOPIC(T_MATCH) | TOPIC(T_AGREEMENT) |
         TOPIC(T_AGREEMENT_EDIT) | TOPIC(T_TRAINEES) | TOPIC(T_PROGRESS) | TOPIC(T_WORKBOOK) | TOPIC(T_MEETING) | TOPIC(T_MEETING_PLAN) | TOPIC(T_TASK) | TOPIC(T_EVALUATE) |
         TOPIC(T_EVALUATION) | TOPIC(T_END) | TOPIC(T_OUTCOME) | TOPIC(T_OUTCOME_SET) | TOPIC(T_DOC_FOR) | TOPIC(T_RESULTS)},
    {"A project leader may change criteria, the agreement's template and the templates of documents of the own organisation.", LEA, TIE_ORG,
     TOPIC(T_SETTINGS) | TOPIC(T_CRITERIA) | TOPIC(T_TEMPLATE)},

    {"An adviser and a NAV contact have lists, and see in them the own people only.", ADV | NAVC, TIE_ORG, TOPIC(T_PEOPLE) | TOPIC(T_TRAINEES)},
    {"An adviser and a NAV contact may see a cohort of the own organisation, or of one that cooperates with it today, and in it the own people only.",
     ADV | NAVC, TIE_HOUSE, TOPIC(T_COHORT)},
    {"An adviser of the participant's organisation, or of one that cooperates with it today, may see and correct the record of those whose adviser the adviser is today, recommend and judge them, and follow how they fare.", ADV,
     TIE_HOUSE | TIE_ADVISER,
     TOPIC(T_RECORD) | TOPIC(T_RECORD_EDIT) | TOPIC(T_RECOMMEND) | TOPIC(T_ASSESS) | TOPIC(T_HISTORY) | TOPIC(T_PROGRESS) | TOPIC(T_OUTCOME) | TOPIC(T_DOC_FOR)},
    {"A NAV contact of the participant's organisation, or of one that cooperates with it today, may see the record of those whose NAV contact the NAV contact is today, recommend them, follow how they fare, and register "
     "jobs, education and internships.",
     NAVC, TIE_HOUSE | TIE_NAV, TOPIC(T_RECORD) | TOPIC(T_RECOMMEND) | TOPIC(T_PROGRESS) | TOPIC(T_OUTCOME) | TOPIC(T_OUTCOME_SET) | TOPIC(T_DOC_FOR)},
    {"A NAV contact may see the results of the own organisation, in numbers.", NAVC, TIE_ORG, TOPIC(T_RESULTS)},

    {"A participant sees and does everything that is the participant's own: application, interview, offer, match, agreement, workbook, meetings, "
     "minutes, tasks, evaluations, outcome.",
     TRA, TIE_SELF,
     TOPIC(T_APPLY) | TOPIC(T_APPLICATION) | TOPIC(T_INTERVIEW_OWN) | TOPIC(T_ANSWER) | TOPIC(T_MATCH) | TOPIC(T_MATCH_ANSWER) | TOPIC(T_PREPARE) | TOPIC(T_AGREEMENT) |
         TOPIC(T_AGREEMENT_EDIT) | TOPIC(T_SIGN) | TOPIC(T_PROGRESS) | TOPIC(T_WORKBOOK) | TOPIC(T_MEETING) | TOPIC(T_MEETING_PLAN) | TOPIC(T_MINUTES) | TOPIC(T_MINUTES_WRITE) |
         TOPIC(T_TASK) | TOPIC(T_EVALUATION) | TOPIC(T_SELF) | TOPIC(T_OUTCOME)},

    {"A mentor looks after the own record as a mentor, and has the workbook, meetings and tasks to read.", MEN, TIE_SELF,
     TOPIC(T_MENTOR_OWN) | TOPIC(T_WORKBOOK) | TOPIC(T_MEETING) | TOPIC(T_MEETING_PLAN) | TOPIC(T_TASK)},
    {"A mentor sees the match and the agreement from when the trainee has been told until it comes to nothing, answers in confidence, and signs.", MEN,
     TIE_MATCH, TOPIC(T_MATCH) | TOPIC(T_MATCH_ANSWER) | TOPIC(T_AGREEMENT) | TOPIC(T_AGREEMENT_EDIT) | TOPIC(T_SIGN)},
    {"A mentor sees the own trainee's progress, workbook, meetings, minutes, tasks, evaluations and agreement from the first day of the pair to "
     "the last. What the trainee does not share, a mentor does not see.",
     MEN, TIE_PAIR,
     TOPIC(T_PROGRESS) | TOPIC(T_WORKBOOK) | TOPIC(T_MEETING) | TOPIC(T_MEETING_PLAN) | TOPIC(T_MINUTES) | TOPIC(T_TASK) | TOPIC(T_EVALUATION) | TOPIC(T_AGREEMENT) | TOPIC(T_DOC_FOR)},

    {"Everybody who has documents looks after the own ones: nobody else does.", LOGGED_IN, TIE_SELF,
     TOPIC(T_DOCUMENTS) | TOPIC(T_DOC_READ) | TOPIC(T_DOC_COMMENT) | TOPIC(T_DOC_WRITE) | TOPIC(T_DOC_OWN)},
    {"A document that its owner has shared to read may be read by the owner's project leader.", LEA, TIE_ORG | TIE_READ, TOPIC(T_DOC_READ)},
    {"... by the owner's adviser of today.", ADV, TIE_HOUSE | TIE_ADVISER | TIE_READ, TOPIC(T_DOC_READ)},
    {"... by the owner's NAV contact of today.", NAVC, TIE_HOUSE | TIE_NAV | TIE_READ, TOPIC(T_DOC_READ)},
    {"... by the owner's mentor as long as the pair lasts.", MEN, TIE_PAIR | TIE_READ, TOPIC(T_DOC_READ)},
    {"Shared to comment, the same may comment it.", LEA, TIE_ORG | TIE_COMMENT, TOPIC(T_DOC_COMMENT)},
    {"... adviser likewise.", ADV, TIE_HOUSE | TIE_ADVISER | TIE_COMMENT, TOPIC(T_DOC_COMMENT)},
    {"... NAV contact likewise.", NAVC, TIE_HOUSE | TIE_NAV | TIE_COMMENT, TOPIC(T_DOC_COMMENT)},
    {"... mentor likewise.", MEN, TIE_PAIR | TIE_COMMENT, TOPIC(T_DOC_COMMENT)},
    {"Shared to write, the same may write in it and see its earlier states.", LEA, TIE_ORG | TIE_WRITE, TOPIC(T_DOC_WRITE)},
    {"... adviser likewise.", ADV, TIE_HOUSE | TIE_ADVISER | TIE_WRITE, TOPIC(T_DOC_WRITE)},
    {"... NAV contact likewise.", NAVC, TIE_HOUSE | TIE_NAV | TIE_WRITE, TOPIC(T_DOC_WRITE)},
    {"... mentor likewise.", MEN, TIE_PAIR | TIE_WRITE, TOPIC(T_DOC_WRITE)},

    {"An import that is not finished is seen by who began it only.", ADM | LEA, TIE_SELF, TOPIC(T_IMPORT_DRAFT)},
    {"The mails of a demo may be read by its administrator and leader; those of a real installation by nobody.", ADM | LEA, TIE_ORG | TIE_DEMO, TOPIC(T_MAIL)},
};

/* What stands over all sentences. */
static const char *const mx_over[] = {
    "No sentence, no access.",
    ("A strictly protected person does not exist for anybody but the person, the staff named for the person, and the person's mentor in a match or "
    "pair: no sentence above gives anything about such a person to others."),
    "A mentor who has not confirmed the duty of confidentiality is in no relation to anybody, and is asked to confirm it first.",
    "Whose account is closed or whose role is over is a stranger from that moment.",
    "What one may not know of answers exactly like what does not exist.",
};

/* What may be read in an answer, by the letter in its word, and which topics give it. */
struct mx_kind {
    char letter;
    const char *say;
    uint64_t topics;
    bool address; /* tells where somebody is */
};
static const struct mx_kind mx_kinds[] = {
    {'r', "reference", TOPIC(T_RECORD) | TOPIC(T_PROGRESS), false},
    {'e', "e-mail address", TOPIC(T_RECORD) | TOPIC(T_APPLY), false},
    {'N', "name of the account", TOPIC(T_ACCOUNTS), false},
    {'E', "address of the account", TOPIC(T_ACCOUNTS) | TOPIC(T_ACCOUNT), false},
    {'h', "reason of a decision", TOPIC(T_HISTORY), false},
    {'c', "note on a criterion", TOPIC(T_ASSESS), false},
    {'m', "recommendation", TOPIC(T_RECORD), false},
    {'g', "gap in competence", TOPIC(T_RECORD), false},
    {'a', "answer in the application", TOPIC(T_APPLICATION) | TOPIC(T_APPLY), false},
    {'i', "question at the interview", TOPIC(T_INTERVIEW), false},
    {'k', "place of the interview", TOPIC(T_INTERVIEW) | TOPIC(T_INTERVIEW_OWN), true},
    {'o', "reason for one place more", TOPIC(T_OFFER), false},
    {'w', "motivation", TOPIC(T_PREPARE) | TOPIC(T_MATCHING) | TOPIC(T_MATCH) | TOPIC(T_PROGRESS), false},
    {'W', "wish for a mentor", TOPIC(T_PREPARE) | TOPIC(T_MATCHING), false},
    {'X', "place of the matching meeting", TOPIC(T_MATCH) | TOPIC(T_MATCHING), true},
    {'l', "the trainee's comment in confidence", TOPIC(T_MATCHING), false},
    {'q', "the mentor's comment in confidence", TOPIC(T_MATCHING), false},
    {'f', "text of the agreement", TOPIC(T_AGREEMENT), false},
    {'x', "place of a meeting", TOPIC(T_MEETING), true},
    {'u', "minutes", TOPIC(T_MINUTES), false},
    {'t', "task", TOPIC(T_TASK), false},
    {'v', "evaluation", TOPIC(T_EVALUATION), false},
    {'z', "why a pair ended", TOPIC(T_END) | TOPIC(T_PROGRESS), false},
    {'j', "employer", TOPIC(T_OUTCOME), true},
    {'R', "question about the own data", TOPIC(T_RIGHTS) | TOPIC(T_APPLY), false},
    {'b', "business of an internship", TOPIC(T_OUTCOME), true},
};

/* ---- how they stand to each other, from what the world says */

static inline bool mx_cooperates(enum mx_org of, enum mx_org with)
{
    return of == ORG_A && with == ORG_NAV;
}

static inline unsigned mx_tie_person(const struct mx *w, enum mx_who k, const struct mx_person *p)
{
    const struct mx_actor *a = &w->who[k];
    unsigned tie = 0;
    if (a->role == ROLE_NONE)
        return 0;
    tie |= a->org == p->org ? TIE_ORG : 0;
    tie |= a->org == p->org || mx_cooperates(p->org, a->org) ? TIE_HOUSE : 0;
    tie |= p->adviser == k ? TIE_ADVISER : 0;
    tie |= p->nav == k ? TIE_NAV : 0;
    tie |= p->self == k ? TIE_SELF : 0;
    tie |= p->named == k ? TIE_NAMED : 0;
    tie |= p->protection > 1 ? TIE_STRICT : 0;
    if (p->mentor == k && !a->unsigned_) {
        tie |= p->pair == DURING ? TIE_PAIR : 0;
        tie |= !p->pair && p->match >= DURING ? TIE_MATCH : 0; /* AFTER: both said yes, the agreement waits */
    }
    return tie;
}

static inline bool mx_gives(unsigned role, unsigned tie, uint64_t topics)
{
    if ((tie & TIE_STRICT) && !(tie & (TIE_SELF | TIE_NAMED | TIE_PAIR | TIE_MATCH)))
        return false;
    for (size_t i = 0; i < COUNT(mx_rules); i++)
        if ((mx_rules[i].roles & ROLE_BIT(role)) && (mx_rules[i].topics & topics) && (mx_rules[i].need & ~tie) == 0)
            return true;
    return false;
}

/* The sentence that speaks of this role and topic, for the message; NULL: there is none. */
static inline const char *mx_sentence(unsigned role, enum mx_topic topic)
{
    for (size_t i = 0; i < COUNT(mx_rules); i++)
        if ((mx_rules[i].roles & ROLE_BIT(role)) && (mx_rules[i].topics & TOPIC(topic)))
            return mx_rules[i].say;
    return NULL;
}

/* Everything about single persons: whoever is given one of these knows that the person is there. */
#define ABOUT_SOMEBODY                                                                             \
    (TOPIC(T_RECORD) | TOPIC(T_APPLICATION) | TOPIC(T_INTERVIEW) | TOPIC(T_OFFER) | TOPIC(T_MATCHING) | TOPIC(T_MATCH) | TOPIC(T_AGREEMENT) | TOPIC(T_PROGRESS) | TOPIC(T_MEETING) | \
     TOPIC(T_OUTCOME) | TOPIC(T_DOC_FOR))
static inline bool mx_is_hidden_from(const struct mx *w, enum mx_who k)
{
    return w->who[k].closed || w->who[k].role_over;
}
static inline bool mx_knows(const struct mx *w, enum mx_who k, const struct mx_person *p)
{
    return !mx_is_hidden_from(w, k) && mx_gives(w->who[k].role, mx_tie_person(w, k, p), ABOUT_SOMEBODY);
}
static inline unsigned mx_tie_document(const struct mx *w, enum mx_who k, const struct mx_person *p, int level)
{
    static const unsigned shared[DOCS] = {0, TIE_READ, TIE_READ | TIE_COMMENT, TIE_READ | TIE_COMMENT | TIE_WRITE};
    return mx_tie_person(w, k, p) | (p->self == k ? 0 : shared[level]);
}

/* May the answer to k hold this word of p? */
static inline bool mx_may_read(const struct mx *w, enum mx_who k, const struct mx_person *p, char letter)
{
    unsigned tie = mx_tie_person(w, k, p), role = w->who[k].role;
    if (mx_is_hidden_from(w, k))
        return false;
    if (letter == 'n')
        return mx_knows(w, k, p);
    if (letter == 'N' && mx_knows(w, k, p))
        return true;
    if (letter >= '0' && letter < '0' + DOCS)
        return mx_gives(role, mx_tie_document(w, k, p, letter - '0'), TOPIC(T_DOC_READ));
    if (letter == 'l' && (tie & TIE_SELF))
        return true; /* one's own words */
    if (letter == 'q' && (p->mentor == k))
        return mx_knows(w, k, p);
    for (size_t i = 0; i < COUNT(mx_kinds); i++)
        if (mx_kinds[i].letter == letter)
            return mx_gives(role, tie, mx_kinds[i].topics);
    return false;
}

/* The same for a member of staff or a mentor (letters A..): the name is known to colleagues and to those who know a person of theirs. */
static inline bool mx_may_read_staff(const struct mx *w, enum mx_who k, enum mx_who of, char letter)
{
    const struct mx_actor *a = &w->who[k], *b = &w->who[of];
    if (k == of)
        return true;
    if (mx_is_hidden_from(w, k) || a->role == ROLE_NONE)
        return false;
    if (letter != 'n')
        return b->role == ROLE_MENTOR && a->org == b->org && a->role == ROLE_PROJECT_LEADER;
    if (a->role == ROLE_ADMINISTRATOR && a->org == b->org)
        return true; /* accounts */
    if (a->org == b->org && (ROLES_STAFF & ROLE_BIT(a->role)) && (ROLES_STAFF & ROLE_BIT(b->role)))
        return true;
    if (b->role == ROLE_MENTOR && a->org == b->org && a->role == ROLE_PROJECT_LEADER)
        return true;
    if (b->role != ROLE_MENTOR && a->org == b->org)
        return true; /* who works in the house is no secret to those it serves */
    for (size_t i = 0; i < w->n_person; i++) {
        const struct mx_person *p = &w->person[i];
        if (b->role != ROLE_MENTOR && b->org == p->org && mx_knows(w, k, p))
            return true; /* those who work with a person know who else does */
        if ((p->mentor == of || p->adviser == of || p->nav == of || p->was_adviser == of) && mx_knows(w, k, p) && (p->match != BEFORE || p->mentor != of))
            return true;
    }
    return false;
}
