/* Who may do what (domain/access.h), as sentences that can be read aloud and objected to. The list is complete: a rule without a
 * sentence fails, and so does a sentence without a rule. Below it stand the promises: what a role may not do however it stands to the
 * person. */
#include "domain/access.h"
#include "tests/test.h"

static const char *const sentences[] = {
    /* The project leader runs the programme of one organisation: everything in it but the talk between trainee and mentor. */
    "A project leader may see the list of participants, in the own organisation.",
    "A project leader may see a participant's record, in the own organisation.",
    "A project leader may correct a participant's record, in the own organisation.",
    "A project leader may import participants from a file, in the own organisation.",
    "A project leader may recommend a participant, with a reason, in the own organisation.",
    "A project leader may judge a criterion and note a competence gap, in the own organisation.",
    "A project leader may see what was decided about a participant, in the own organisation.",
    "A project leader may decide in screening, in the own organisation.",
    "A project leader may change the criteria, in the own organisation.",
    "A project leader may invite a participant to apply, in the own organisation.",
    "A project leader may read the application, in the own organisation.",
    "A project leader may open a sent application again, in the own organisation.",
    "A project leader may plan, hold and assess an interview, in the own organisation.",
    "A project leader may see time and feedback of an interview, in the own organisation.",
    "A project leader may see a cohort, in the own organisation.",
    "A project leader may make and change a cohort, in the own organisation.",
    "A project leader may offer a place, put on the waiting list, say no with a reason, in the own organisation.",
    "A project leader may see the register of mentors, in the own organisation.",
    "A project leader may see a mentor's record, in the own organisation.",
    "A project leader may change a mentor's record, in the own organisation.",
    "A project leader may propose, pin, forbid and follow up matches, in the own organisation.",
    "A project leader may change the agreement's template, in the own organisation.",
    "A project leader may read the agreement, in the own organisation.",
    "A project leader may change the agreement's text, in the own organisation.",
    "A project leader may see the list of trainees, in the own organisation.",
    "A project leader may see how far a trainee has come, in the own organisation.",
    "A project leader may read the workbook, in the own organisation.",
    "A project leader may plan, move, cancel and hold a mentoring meeting, in the own organisation.",
    "A project leader may see time and place of a mentoring meeting, in the own organisation.",
    "A project leader may add a task, in the own organisation.",
    "A project leader may tick off a task, in the own organisation.",
    "A project leader may write the midway and final evaluation, in the own organisation.",
    "A project leader may read the evaluations, in the own organisation.",
    "A project leader may register leave and return, in the own organisation.",
    "A project leader may complete or end a mentorship, in the own organisation.",
    "A project leader may register jobs, education and internships, in the own organisation.",
    "A project leader may see jobs, education and internships of a trainee, in the own organisation.",
    "A project leader may see the results of the programme, in the own organisation.",
    "A project leader may see the mails of the demo, in the own organisation, in a demo.",
    "A project leader may change the own account and end own sessions, about themselves.",
    "A project leader may see and download the own data, consent, and ask for correction or erasure, about themselves.",
    "A project leader may see and answer what persons ask about their data, in the own organisation.",
    "A project leader may erase a person, and see who is over time, in the own organisation.",
    /* The adviser follows single participants: their record and progress, not application, interview or agreement. */
    "An adviser may see the list of participants, in the own organisation.",
    "An adviser may see a participant's record, in the own organisation, as that participant's adviser.",
    "An adviser may correct a participant's record, in the own organisation, as that participant's adviser.",
    "An adviser may recommend a participant, with a reason, in the own organisation, as that participant's adviser.",
    "An adviser may judge a criterion and note a competence gap, in the own organisation, as that participant's adviser.",
    "An adviser may see what was decided about a participant, in the own organisation, as that participant's adviser.",
    "An adviser may see a cohort, in the own organisation.",
    "An adviser may see the list of trainees, in the own organisation.",
    "An adviser may see how far a trainee has come, in the own organisation, as that participant's adviser.",
    "An adviser may see jobs, education and internships of a trainee, in the own organisation, as that participant's adviser.",
    "An adviser may change the own account and end own sessions, about themselves.",
    "An adviser may see and download the own data, consent, and ask for correction or erasure, about themselves.",
    /* The NAV contact: the same persons' way into work. */
    "A NAV contact may see the list of participants, in the own organisation.",
    "A NAV contact may see a participant's record, in the own organisation, as that participant's NAV contact.",
    "A NAV contact may recommend a participant, with a reason, in the own organisation, as that participant's NAV contact.",
    "A NAV contact may see a cohort, in the own organisation.",
    "A NAV contact may see the list of trainees, in the own organisation.",
    "A NAV contact may see how far a trainee has come, in the own organisation, as that participant's NAV contact.",
    "A NAV contact may register jobs, education and internships, in the own organisation, as that participant's NAV contact.",
    "A NAV contact may see jobs, education and internships of a trainee, in the own organisation, as that participant's NAV contact.",
    "A NAV contact may see the results of the programme, in the own organisation.",
    "A NAV contact may change the own account and end own sessions, about themselves.",
    "A NAV contact may see and download the own data, consent, and ask for correction or erasure, about themselves.",
    /* The trainee, and the applicant before: everything about themselves. */
    "A trainee may write and send the application, about themselves.",
    "A trainee may read the application, about themselves.",
    "A trainee may see time and feedback of an interview, about themselves.",
    "A trainee may answer an offer, about themselves.",
    "A trainee may see the own match, about themselves.",
    "A trainee may answer whether to go on with a match, in confidence, about themselves.",
    "A trainee may prepare for the matching meeting: motivation, goals, wishes, about themselves.",
    "A trainee may read the agreement, about themselves.",
    "A trainee may change the agreement's text, about themselves.",
    "A trainee may sign the agreement, about themselves.",
    "A trainee may see how far a trainee has come, about themselves.",
    "A trainee may read the workbook, about themselves.",
    "A trainee may plan, move, cancel and hold a mentoring meeting, about themselves.",
    "A trainee may see time and place of a mentoring meeting, about themselves.",
    "A trainee may write minutes, about themselves.",
    "A trainee may read minutes, about themselves.",
    "A trainee may add a task, about themselves.",
    "A trainee may tick off a task, about themselves.",
    "A trainee may read the evaluations, about themselves.",
    "A trainee may judge the own skills, about themselves.",
    "A trainee may see jobs, education and internships of a trainee, about themselves.",
    "A trainee may change the own account and end own sessions, about themselves.",
    "A trainee may see and download the own data, consent, and ask for correction or erasure, about themselves.",
    /* The mentor: the own record, and the own trainee while the match is under way or the pair runs. */
    "A mentor may see a mentor's record, about themselves.",
    "A mentor may change a mentor's record, about themselves.",
    "A mentor may see the own match, while the match is under way.",
    "A mentor may answer whether to go on with a match, in confidence, while the match is under way.",
    "A mentor may read the agreement, while the match is under way.",
    "A mentor may read the agreement, while the pair works together.",
    "A mentor may change the agreement's text, while the match is under way.",
    "A mentor may sign the agreement, while the match is under way.",
    "A mentor may see how far a trainee has come, while the pair works together.",
    "A mentor may read the workbook, while the pair works together.",
    "A mentor may read the workbook, about themselves.",
    "A mentor may plan, move, cancel and hold a mentoring meeting, while the pair works together.",
    "A mentor may see time and place of a mentoring meeting, while the pair works together.",
    "A mentor may read minutes, while the pair works together.",
    "A mentor may add a task, while the pair works together.",
    "A mentor may tick off a task, while the pair works together.",
    "A mentor may read the evaluations, while the pair works together.",
    "A mentor may change the own account and end own sessions, about themselves.",
    "A mentor may see and download the own data, consent, and ask for correction or erasure, about themselves.",
    /* The administrator keeps the installation: texts, accounts, figures. */
    "An administrator may import participants from a file, in the own organisation.",
    "An administrator may change the criteria, in the own organisation.",
    "An administrator may change the agreement's template, in the own organisation.",
    "An administrator may see the results of the programme, in the own organisation.",
    "An administrator may make, change and close accounts, in the own organisation.",
    "A project leader may make a code that a participant logs in with once, in the own organisation.",
    "An adviser may make a code that a participant logs in with once, in the own organisation, as that participant's adviser.",
    "An adviser may make a code that a participant logs in with once, in a cooperating organisation, as that participant's adviser.",
    "An administrator may see the mails of the demo, in the own organisation, in a demo.",
    "An administrator may see the state of the mail queue, without contents, in the own organisation.",
    "An administrator may change the own account and end own sessions, about themselves.",
    "An administrator may see and download the own data, consent, and ask for correction or erasure, about themselves.",
    "An administrator may see and answer what persons ask about their data, in the own organisation.",
    "An administrator may erase a person, and see who is over time, in the own organisation.",
    /* Living documents: the owner, whoever it is. Nobody else sees one that is not shared, and nobody outside of the owner's circle. */
    "A project leader may see the list of own living documents and of those shared, about themselves.",
    "A project leader may make a living document, about themselves.",
    "A project leader may read a living document, about themselves.",
    "A project leader may comment a living document, about themselves.",
    "A project leader may write in a living document, about themselves.",
    "A project leader may share, rename, put away and delete a living document, about themselves.",
    "A project leader may see and restore earlier states of a living document, about themselves.",
    "An adviser may see the list of own living documents and of those shared, about themselves.",
    "An adviser may make a living document, about themselves.",
    "An adviser may read a living document, about themselves.",
    "An adviser may comment a living document, about themselves.",
    "An adviser may write in a living document, about themselves.",
    "An adviser may share, rename, put away and delete a living document, about themselves.",
    "An adviser may see and restore earlier states of a living document, about themselves.",
    "A NAV contact may see the list of own living documents and of those shared, about themselves.",
    "A NAV contact may make a living document, about themselves.",
    "A NAV contact may read a living document, about themselves.",
    "A NAV contact may comment a living document, about themselves.",
    "A NAV contact may write in a living document, about themselves.",
    "A NAV contact may share, rename, put away and delete a living document, about themselves.",
    "A NAV contact may see and restore earlier states of a living document, about themselves.",
    "A trainee may see the list of own living documents and of those shared, about themselves.",
    "A trainee may make a living document, about themselves.",
    "A trainee may read a living document, about themselves.",
    "A trainee may comment a living document, about themselves.",
    "A trainee may write in a living document, about themselves.",
    "A trainee may share, rename, put away and delete a living document, about themselves.",
    "A trainee may see and restore earlier states of a living document, about themselves.",
    "A mentor may see the list of own living documents and of those shared, about themselves.",
    "A mentor may make a living document, about themselves.",
    "A mentor may read a living document, about themselves.",
    "A mentor may comment a living document, about themselves.",
    "A mentor may write in a living document, about themselves.",
    "A mentor may share, rename, put away and delete a living document, about themselves.",
    "A mentor may see and restore earlier states of a living document, about themselves.",
    "An administrator may see the list of own living documents and of those shared, about themselves.",
    "An administrator may make a living document, about themselves.",
    "An administrator may read a living document, about themselves.",
    "An administrator may comment a living document, about themselves.",
    "An administrator may write in a living document, about themselves.",
    "An administrator may share, rename, put away and delete a living document, about themselves.",
    "An administrator may see and restore earlier states of a living document, about themselves.",
    "A project leader may make a living document, in the own organisation.",
    "A project leader may read a living document, in the own organisation, with the document shared to read.",
    "A project leader may comment a living document, in the own organisation, with the document shared to comment.",
    "A project leader may write in a living document, in the own organisation, with the document shared to write.",
    "A project leader may see and restore earlier states of a living document, in the own organisation, with the document shared to write.",
    "An adviser may make a living document, in the own organisation, as that participant's adviser.",
    "An adviser may read a living document, in the own organisation, as that participant's adviser, with the document shared to read.",
    "An adviser may comment a living document, in the own organisation, as that participant's adviser, with the document shared to comment.",
    "An adviser may write in a living document, in the own organisation, as that participant's adviser, with the document shared to write.",
    "An adviser may see and restore earlier states of a living document, in the own organisation, as that participant's adviser, with the document shared to write.",
    "A NAV contact may make a living document, in the own organisation, as that participant's NAV contact.",
    "A NAV contact may read a living document, in the own organisation, as that participant's NAV contact, with the document shared to read.",
    "A NAV contact may comment a living document, in the own organisation, as that participant's NAV contact, with the document shared to comment.",
    "A NAV contact may write in a living document, in the own organisation, as that participant's NAV contact, with the document shared to write.",
    "A NAV contact may see and restore earlier states of a living document, in the own organisation, as that participant's NAV contact, with the document shared to write.",
    "A mentor may make a living document, while the pair works together.",
    "A mentor may read a living document, while the pair works together, with the document shared to read.",
    "A mentor may comment a living document, while the pair works together, with the document shared to comment.",
    "A mentor may write in a living document, while the pair works together, with the document shared to write.",
    "A mentor may see and restore earlier states of a living document, while the pair works together, with the document shared to write.",
    "A project leader may change the templates of living documents, in the own organisation.",
    "An administrator may change the templates of living documents, in the own organisation.",
    "A trainee may read who has looked at the own data, about themselves.",
    "A mentor may read who has looked at the own data, about themselves.",
    "An administrator may search the log and see unusual looking, in the own organisation.",
    "An adviser may see a participant's record, in a cooperating organisation, as that participant's adviser.",
    "A NAV contact may see a participant's record, in a cooperating organisation, as that participant's NAV contact.",
    "An adviser may correct a participant's record, in a cooperating organisation, as that participant's adviser.",
    "An adviser may recommend a participant, with a reason, in a cooperating organisation, as that participant's adviser.",
    "A NAV contact may recommend a participant, with a reason, in a cooperating organisation, as that participant's NAV contact.",
    "An adviser may judge a criterion and note a competence gap, in a cooperating organisation, as that participant's adviser.",
    "An adviser may see what was decided about a participant, in a cooperating organisation, as that participant's adviser.",
    "A NAV contact may see a cohort, in a cooperating organisation.",
    "An adviser may see a cohort, in a cooperating organisation.",
    "An adviser may see how far a trainee has come, in a cooperating organisation, as that participant's adviser.",
    "A NAV contact may see how far a trainee has come, in a cooperating organisation, as that participant's NAV contact.",
    "A NAV contact may register jobs, education and internships, in a cooperating organisation, as that participant's NAV contact.",
    "An adviser may see jobs, education and internships of a trainee, in a cooperating organisation, as that participant's adviser.",
    "A NAV contact may see jobs, education and internships of a trainee, in a cooperating organisation, as that participant's NAV contact.",
    "An adviser may make a living document, in a cooperating organisation, as that participant's adviser.",
    "A NAV contact may make a living document, in a cooperating organisation, as that participant's NAV contact.",
    "An adviser may read a living document, in a cooperating organisation, as that participant's adviser, with the document shared to read.",
    "A NAV contact may read a living document, in a cooperating organisation, as that participant's NAV contact, with the document shared to read.",
    "An adviser may comment a living document, in a cooperating organisation, as that participant's adviser, with the document shared to comment.",
    "A NAV contact may comment a living document, in a cooperating organisation, as that participant's NAV contact, with the document shared to comment.",
    "An adviser may write in a living document, in a cooperating organisation, as that participant's adviser, with the document shared to write.",
    "A NAV contact may write in a living document, in a cooperating organisation, as that participant's NAV contact, with the document shared to write.",
    "An adviser may see and restore earlier states of a living document, in a cooperating organisation, as that participant's adviser, with the document shared to write.",
    "A NAV contact may see and restore earlier states of a living document, in a cooperating organisation, as that participant's NAV contact, with the document shared to write.",
    "A supervisor may change the own account and end own sessions, about themselves.",
    "A supervisor may see and download the own data, consent, and ask for correction or erasure, about themselves.",
    "A mentor may sign the duty of confidentiality, about themselves.",
    "A supervisor may sign the duty of confidentiality, about themselves.",
    "A supervisor may see whose internship it is, its days and whom to call, from the invitation until 12 weeks after the internship.",
    "A project leader may invite a supervisor to an internship and end that, in the own organisation.",
    "A project leader may hand a participant over from adviser to NAV contact, and take it back, in the own organisation.",
    "An adviser may hand a participant over from adviser to NAV contact, and take it back, in the own organisation, as that participant's adviser.",
    "An adviser may hand a participant over from adviser to NAV contact, and take it back, in a cooperating organisation, as that participant's adviser.",
    "A project leader may see who was and is responsible for a participant, and a hand-over, in the own organisation.",
    "An adviser may see who was and is responsible for a participant, and a hand-over, in the own organisation, as that participant's adviser.",
    "An adviser may see who was and is responsible for a participant, and a hand-over, in a cooperating organisation, as that participant's adviser.",
    "A NAV contact may see who was and is responsible for a participant, and a hand-over, in the own organisation, as that participant's NAV contact.",
    "A NAV contact may see who was and is responsible for a participant, and a hand-over, in a cooperating organisation, as that participant's NAV contact.",
    "A trainee may see who was and is responsible for a participant, and a hand-over, about themselves.",
    "An administrator may begin and end cooperation with another organisation, in the own organisation.",
    "An administrator may see and make organisations and their first administrator, in the own organisation.",
};

static const char *const who[ROLE_N] = {
    [ROLE_NONE] = "Nobody", [ROLE_ADMINISTRATOR] = "An administrator", [ROLE_PROJECT_LEADER] = "A project leader",
    [ROLE_ADVISER] = "An adviser", [ROLE_NAV_CONTACT] = "A NAV contact", [ROLE_TRAINEE] = "A trainee", [ROLE_MENTOR] = "A mentor", [ROLE_SUPERVISOR] = "A supervisor",
};

static void say(char *out, size_t n, const struct access_rule *r)
{
    static const struct {
        unsigned rel;
        const char *words;
    } rels[] = {
        {REL_ORG, ", in the own organisation"},
        {REL_COOP, ", in a cooperating organisation"},
        {REL_SELF, ", about themselves"},
        {REL_ADVISER, ", as that participant's adviser"},
        {REL_NAV, ", as that participant's NAV contact"},
        {REL_PAIR, ", while the pair works together"},
        {REL_MATCH, ", while the match is under way"},
        {REL_DEMO, ", in a demo"},
        {REL_SUPERVISOR, ", from the invitation until 12 weeks after the internship"},
        {REL_DOC_READ, ", with the document shared to read"},
        {REL_DOC_COMMENT, ", with the document shared to comment"},
        {REL_DOC_WRITE, ", with the document shared to write"},
    };
    char where[200] = "";
    size_t at = 0;
    for (size_t i = 0; i < COUNT(rels); i++)
        if (r->need & rels[i].rel)
            at += (size_t)snprintf(where + at, sizeof where - at, "%s", rels[i].words);
    snprintf(out, n, "%s may %s%s.", who[r->role], act_sentence(r->act), where);
}

static void t_sentences(void)
{
    size_t n;
    const struct access_rule *rules = access_rules(&n);
    bool used[COUNT(sentences)] = {false};
    for (size_t i = 0; i < n; i++) {
        char line[400];
        bool found = false;
        say(line, sizeof line, &rules[i]);
        for (size_t k = 0; k < COUNT(sentences) && !found; k++)
            found = !used[k] && !strcmp(line, sentences[k]) && (used[k] = true);
        if (!found)
            printf("# a rule nobody has put in words: \"%s\",\n", line);
        CHECK(found);
    }
    for (size_t k = 0; k < COUNT(sentences); k++) {
        if (!used[k])
            printf("# no such rule: %s\n", sentences[k]);
        CHECK(used[k]);
    }
}

/* A rule's relations must all hold; one missing is a no, further ones change nothing. */
static void t_relations(void)
{
    size_t n;
    const struct access_rule *rules = access_rules(&n);
    bool right = true;
    for (enum role role = ROLE_NONE; role < ROLE_N; role++)
        for (enum act act = ACT_UNSET; act < ACT_N; act++)
            for (unsigned rel = 0; rel <= REL_ALL; rel++) {
                bool want = false;
                for (size_t i = 0; i < n; i++)
                    want = want || (rules[i].role == role && rules[i].act == act && (rel & rules[i].need) == rules[i].need);
                right = right && access_may(role, act, rel) == want;
            }
    CHECK(right);
    for (size_t i = 0; i < n; i++)
        if (rules[i].need == 0 || rules[i].role == ROLE_NONE || rules[i].act == ACT_UNSET)
            test_check(false, "every rule needs a role, an act and a relation", __FILE__, __LINE__);
    for (enum act act = ACT_UNSET + 1; act < ACT_N; act++) {
        bool any = false;
        for (enum role role = ROLE_ADMINISTRATOR; role < ROLE_N; role++)
            any = any || access_ever(role, act);
        if (!any)
            printf("# nobody may %s\n", act_sentence(act));
        CHECK(any);
        CHECK(!access_ever(ROLE_NONE, act));
    }
}

/* A share opens nothing by itself, and the circle opens nothing without a share. */
static void documents(void)
{
    static const enum act acts[] = {ACT_DOCUMENT_SEE, ACT_DOCUMENT_COMMENT, ACT_DOCUMENT_WRITE, ACT_DOCUMENT_HISTORY};
    const unsigned doc = REL_DOC_READ | REL_DOC_COMMENT | REL_DOC_WRITE;
    for (size_t i = 0; i < COUNT(acts); i++) {
        for (enum role role = ROLE_ADMINISTRATOR; role < ROLE_N; role++) {
            CHECK(!access_may(role, acts[i], doc));
            CHECK(!access_may(role, acts[i], REL_ALL & ~doc & ~(unsigned)REL_SELF));
            CHECK(access_may(role, acts[i], REL_SELF) == (role != ROLE_SUPERVISOR));
        }
        CHECK(!access_may(ROLE_TRAINEE, acts[i], REL_ALL & ~(unsigned)REL_SELF)); /* trainees do not read each other */
        CHECK(!access_may(ROLE_ADMINISTRATOR, acts[i], REL_ALL & ~(unsigned)REL_SELF));
        CHECK(!access_may(ROLE_MENTOR, acts[i], REL_ORG | REL_MATCH | doc)); /* a match is no pair yet */
        CHECK(access_may(ROLE_MENTOR, acts[i], REL_PAIR | doc));
    }
    CHECK(!access_may(ROLE_PROJECT_LEADER, ACT_DOCUMENT_WRITE, REL_ORG | REL_DOC_READ | REL_DOC_COMMENT));
    CHECK(!access_may(ROLE_PROJECT_LEADER, ACT_DOCUMENT_SHARE, REL_ALL & ~(unsigned)REL_SELF));
}

static void t_promises(void)
{
    static const struct {
        enum role role;
        enum act act;
        const char *because;
    } never[] = {
        {ROLE_PROJECT_LEADER, ACT_MINUTES_READ, "the talk between trainee and mentor is theirs"},
        {ROLE_PROJECT_LEADER, ACT_MINUTES_WRITE, "minutes are the trainee's"},
        {ROLE_PROJECT_LEADER, ACT_AGREEMENT_SIGN, "the two sign, nobody for them"},
        {ROLE_PROJECT_LEADER, ACT_MATCH_ANSWER, "nobody answers for another"},
        {ROLE_PROJECT_LEADER, ACT_APPLICATION_WRITE, "an application is in the applicant's own words"},
        {ROLE_PROJECT_LEADER, ACT_OFFER_ANSWER, "nobody accepts a place for another"},
        {ROLE_PROJECT_LEADER, ACT_SELF_ASSESS, "a self-assessment is one's own"},
        {ROLE_PROJECT_LEADER, ACT_ACCOUNT_ADMIN, "who runs the programme does not hand out access"},
        {ROLE_ADVISER, ACT_APPLICATION_SEE, "the application is between applicant and leader"},
        {ROLE_ADVISER, ACT_INTERVIEW_SEE, "so is the interview"},
        {ROLE_ADVISER, ACT_SCREENING_DECIDE, "advisers suggest, the leader decides"},
        {ROLE_ADVISER, ACT_MINUTES_READ, "the talk is theirs"},
        {ROLE_ADVISER, ACT_AGREEMENT_SEE, "the agreement is between the two"},
        {ROLE_ADVISER, ACT_MATCH_LEAD, "a match is proposed by the leader"},
        {ROLE_NAV_CONTACT, ACT_APPLICATION_SEE, "the application is between applicant and leader"},
        {ROLE_NAV_CONTACT, ACT_INTERVIEW_SEE, "so is the interview"},
        {ROLE_NAV_CONTACT, ACT_PARTICIPANT_EDIT, "the record is the municipality's"},
        {ROLE_NAV_CONTACT, ACT_PARTICIPANT_HISTORY, "so is the history of decisions"},
        {ROLE_NAV_CONTACT, ACT_MINUTES_READ, "the talk is theirs"},
        {ROLE_MENTOR, ACT_PARTICIPANT_SEE, "a mentor meets a colleague, not a case"},
        {ROLE_MENTOR, ACT_APPLICATION_SEE, "a mentor meets a colleague, not a case"},
        {ROLE_MENTOR, ACT_PARTICIPANT_HISTORY, "a mentor meets a colleague, not a case"},
        {ROLE_MENTOR, ACT_OUTCOME_SEE, "what became of the trainee is told by the trainee"},
        {ROLE_MENTOR, ACT_MENTOR_LIST, "mentors do not look each other up"},
        {ROLE_MENTOR, ACT_MINUTES_WRITE, "minutes are the trainee's"},
        {ROLE_SUPERVISOR, ACT_PARTICIPANT_SEE, "a business sees a name and days, not a case"},
        {ROLE_SUPERVISOR, ACT_TRAINEE_LIST, "nor who else is there"},
        {ROLE_SUPERVISOR, ACT_OUTCOME_SEE, "nor what became of the trainee elsewhere"},
        {ROLE_SUPERVISOR, ACT_PROGRESS_SEE, "nor how far the trainee is"},
        {ROLE_SUPERVISOR, ACT_DOCUMENT_LIST, "nor what the trainee writes"},
        {ROLE_SUPERVISOR, ACT_DOCUMENT_SEE, "nor what the trainee writes"},
        {ROLE_TRAINEE, ACT_PARTICIPANT_LIST, "trainees do not look each other up"},
        {ROLE_TRAINEE, ACT_MENTOR_LIST, "nor mentors"},
        {ROLE_TRAINEE, ACT_MENTOR_SEE, "a mentor's record is between mentor and leader"},
        {ROLE_ADMINISTRATOR, ACT_PARTICIPANT_SEE, "who keeps the machine does not read the people"},
        {ROLE_ADMINISTRATOR, ACT_PARTICIPANT_LIST, "not even who they are"},
        {ROLE_ADMINISTRATOR, ACT_APPLICATION_SEE, "nor what they write"},
        {ROLE_ADMINISTRATOR, ACT_MINUTES_READ, "nor what they talk about"},
        {ROLE_ADMINISTRATOR, ACT_PROGRESS_SEE, "nor how far they are"},
    };
    for (size_t i = 0; i < COUNT(never); i++) {
        bool ever = access_ever(never[i].role, never[i].act);
        if (ever)
            printf("# %s may never %s: %s\n", who[never[i].role], act_sentence(never[i].act), never[i].because);
        CHECK(!ever);
    }
    /* A relation to a person of another organisation opens nothing for staff; the own account and the own documents are no such thing. */
    for (enum role role = ROLE_ADMINISTRATOR; role <= ROLE_NAV_CONTACT; role++)
        for (enum act act = ACT_UNSET + 1; act < ACT_N; act++) {
            unsigned own = act >= ACT_DOCUMENT_LIST && act <= ACT_DOCUMENT_HISTORY ? REL_SELF : 0;
            if (act != ACT_ACCOUNT_SELF && act != ACT_DATA_OWN && access_may(role, act, REL_ALL & ~(unsigned)(REL_ORG | REL_COOP) & ~own))
                test_check(false, "staff without the organisation", __FILE__, __LINE__);
        }
    documents();
    /* A match under way shows the mentor no workbook, no meetings, no minutes: the pair is not a pair yet. */
    CHECK(!access_may(ROLE_MENTOR, ACT_MINUTES_READ, REL_ORG | REL_MATCH));
    CHECK(!access_may(ROLE_MENTOR, ACT_PROGRESS_SEE, REL_ORG | REL_MATCH));
    CHECK(!access_may(ROLE_MENTOR, ACT_MEETING_SEE, REL_ORG | REL_MATCH));
}

static void t_roles(void)
{
    for (enum role role = ROLE_ADMINISTRATOR; role < ROLE_N; role++) {
        CHECK(role_of(str_c(role_code(role))) == role);
        CHECK(*role_label(role) && *role_demo(role));
    }
    CHECK(role_of(STR("")) == ROLE_NONE && role_of(STR("root")) == ROLE_NONE && role_of(STR("project-leader")) == ROLE_NONE);
    CHECK((ROLES_ALL & ROLE_BIT(ROLE_NONE)) == 0);
}

int main(void)
{
    t_sentences();
    t_relations();
    t_promises();
    t_roles();
    return test_end();
}
