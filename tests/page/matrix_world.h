/* matrix_world.h: the world of the matrix test: organisations, people in every stage and relation, and all that is kept about them.
 *
 * What stands in which relation to whom is said here by hand, in the fields of struct mx_actor and struct mx_person, and written into
 * the database. Nothing is asked of the program. Every field of every person holds a word of its own ("qzxanxq": person a, kind n), so
 * that any answer shows whose data of which kind it gives away. */
#pragma once
#include "mentoring_data.h"
#include "domain/leave.h"
#include "domain/outcome.h"
#include "domain/document.h"
#include "model/application.h"
#include "model/document.h"
#include "model/evaluation.h"
#include "model/interview.h"
#include "model/leave.h"
#include "model/meeting.h"
#include "model/outcome.h"
#include "model/relation.h"
#include "model/rights.h"
#include "model/screening.h"
#include "model/task.h"

/* Whose the installation is: A is the house everything happens in; B another municipality on the same installation. */
enum mx_org { ORG_NONE, ORG_A, ORG_B, ORG_NAV, ORG_NAV_OVER, ORG_N };
enum mx_when { NEVER, BEFORE, DURING, AFTER };

enum mx_who {
    W_STRANGER,
    W_ADMIN,
    W_LEADER,
    W_ADVISER,       /* of most people of A */
    W_ADVISER_TWO,   /* a colleague; was the adviser of the one handed over */
    W_ADVISER_NAMED, /* adviser of the protected ones; named for the strictly protected one */
    W_NAV,
    W_NAV_COOP, /* works in a NAV office that cooperates with A */
    W_ADVISER_COOP, /* an adviser of that office */
    W_NAV_OVER, /* works in one whose cooperation has ended */
    W_MENTOR,
    W_MENTOR_MATCH,    /* has met the trainee, and is asked */
    W_MENTOR_BEFORE,   /* has been proposed, and nobody has been told */
    W_MENTOR_UNSIGNED, /* has a pair, and has not confirmed the duty of confidentiality */
    W_MENTOR_ENDED,
    W_MENTOR_OTHER, /* of other trainees than the own */
    W_MENTOR_SECRET, /* of the two protected ones */
    W_CLOSED,       /* a project leader whose account is closed */
    W_ROLE_OVER,    /* a project leader whose role has ended */
    W_ADMIN_B,
    W_LEADER_B,
    W_ADVISER_B,
    W_MENTOR_B,
    W_STAFF_N,
    /* people of the programme, who log in themselves; see mx_people */
    W_APPLICANT = W_STAFF_N,
    W_OFFERED,
    W_MATCHED,
    W_PROPOSED,
    W_TRAINEE,
    W_DONE,
    W_SECRET,
    W_TRAINEE_B,
    W_N
};

struct mx_actor {
    const char *say;
    enum role role;
    enum mx_org org;
    bool unsigned_, closed, role_over;
    /* filled */
    struct pt_person p;
    int64_t role_id, session_id, participant_id, mentor_id, own_document;
    char letter; /* of a mentor's words */
};

enum { DOCS = 4 }; /* not shared, shared to read, to comment, to write */
struct mx_person {
    const char *say;
    enum mx_org org;
    int stage; /* enum intake_stage */
    int protection;
    enum mx_who adviser, nav, mentor, self, named; /* W_STRANGER: nobody */
    enum mx_who was_adviser;
    enum mx_when pair, match; /* the mentor's with this person */
    bool stands;              /* one of the few to try with the doors open */
    /* filled */
    char letter;
    struct pt_person p;
    int64_t participant, interview, question, gap, offer, trainee, match_id, agreement, named_id, mentorship, planned, held, past, task, leave, outcome,
        internship, request, document[DOCS], comment[DOCS], ad, cohort, cohort_id;
    struct str hash; /* of the agreement's text */
};

enum { MX_PEOPLE_MAX = 20, MX_STRICT = 2 };
struct mx {
    struct pt t;
    struct arena *keep, *first; /* what outlives a cell; t.a is emptied after each */
    int64_t org[ORG_N], cohort[ORG_N], draft, template, mail, run, user[ORG_N], invitation[ORG_N];
    struct mx_actor who[W_N];
    struct mx_person person[MX_PEOPLE_MAX];
    size_t n_person;
};

static const struct mx_actor mx_actors[W_N] = {
    [W_STRANGER] = {"a stranger", ROLE_NONE, ORG_NONE},
    [W_ADMIN] = {"the administrator", ROLE_ADMINISTRATOR, ORG_A},
    [W_LEADER] = {"the project leader", ROLE_PROJECT_LEADER, ORG_A},
    [W_ADVISER] = {"the adviser", ROLE_ADVISER, ORG_A},
    [W_ADVISER_TWO] = {"another adviser", ROLE_ADVISER, ORG_A},
    [W_ADVISER_NAMED] = {"the adviser named for the protected one", ROLE_ADVISER, ORG_A},
    [W_NAV] = {"the NAV contact", ROLE_NAV_CONTACT, ORG_A},
    [W_NAV_COOP] = {"the NAV contact of a cooperating office", ROLE_NAV_CONTACT, ORG_NAV},
    [W_ADVISER_COOP] = {"the adviser of a cooperating office", ROLE_ADVISER, ORG_NAV},
    [W_NAV_OVER] = {"the NAV contact of an office whose cooperation has ended", ROLE_NAV_CONTACT, ORG_NAV_OVER},
    [W_MENTOR] = {"the mentor", ROLE_MENTOR, ORG_A},
    [W_MENTOR_MATCH] = {"the mentor in a match", ROLE_MENTOR, ORG_A},
    [W_MENTOR_BEFORE] = {"the mentor who has only been proposed", ROLE_MENTOR, ORG_A},
    [W_MENTOR_UNSIGNED] = {"the mentor who has not signed", ROLE_MENTOR, ORG_A, .unsigned_ = true},
    [W_MENTOR_ENDED] = {"the mentor whose pair has ended", ROLE_MENTOR, ORG_A},
    [W_MENTOR_OTHER] = {"another mentor", ROLE_MENTOR, ORG_A},
    [W_MENTOR_SECRET] = {"the mentor of the protected ones", ROLE_MENTOR, ORG_A},
    [W_CLOSED] = {"a leader whose account is closed", ROLE_PROJECT_LEADER, ORG_A, .closed = true},
    [W_ROLE_OVER] = {"a leader whose role is over", ROLE_PROJECT_LEADER, ORG_A, .role_over = true},
    [W_ADMIN_B] = {"the other municipality's administrator", ROLE_ADMINISTRATOR, ORG_B},
    [W_LEADER_B] = {"the other municipality's leader", ROLE_PROJECT_LEADER, ORG_B},
    [W_ADVISER_B] = {"the other municipality's adviser", ROLE_ADVISER, ORG_B},
    [W_MENTOR_B] = {"the other municipality's mentor", ROLE_MENTOR, ORG_B},
    [W_APPLICANT] = {"the applicant", ROLE_TRAINEE, ORG_A},
    [W_OFFERED] = {"the applicant with an offer", ROLE_TRAINEE, ORG_A},
    [W_MATCHED] = {"the trainee in a match", ROLE_TRAINEE, ORG_A},
    [W_PROPOSED] = {"the trainee for whom a mentor is proposed", ROLE_TRAINEE, ORG_A},
    [W_TRAINEE] = {"the trainee", ROLE_TRAINEE, ORG_A},
    [W_DONE] = {"the trainee whose pair has ended", ROLE_TRAINEE, ORG_A},
    [W_SECRET] = {"the strictly protected trainee", ROLE_TRAINEE, ORG_A},
    [W_TRAINEE_B] = {"the other municipality's trainee", ROLE_TRAINEE, ORG_B},
};

static const struct mx_person mx_people[] = {
    {"somebody on the list", ORG_A, INTAKE_LISTED, .adviser = W_ADVISER, .nav = W_NAV, .stands = true},
    {"the applicant", ORG_A, INTAKE_INTERVIEW_PLANNED, .adviser = W_ADVISER, .nav = W_NAV, .self = W_APPLICANT, .stands = true},
    {"the applicant with an offer", ORG_A, INTAKE_OFFERED, .adviser = W_ADVISER, .nav = W_NAV, .self = W_OFFERED, .stands = true},
    {"the trainee with a mentor proposed", ORG_A, INTAKE_ADMITTED, .adviser = W_ADVISER, .nav = W_NAV, .self = W_PROPOSED,
     .mentor = W_MENTOR_BEFORE, .match = BEFORE},
    {"the trainee in a match", ORG_A, INTAKE_ADMITTED, .adviser = W_ADVISER, .nav = W_NAV, .self = W_MATCHED, .mentor = W_MENTOR_MATCH,
     .match = DURING, .stands = true},
    {"the trainee with an agreement to sign", ORG_A, INTAKE_ADMITTED, .adviser = W_ADVISER, .nav = W_NAV, .mentor = W_MENTOR_MATCH, .match = AFTER, .stands = true},
    {"the trainee in a pair", ORG_A, INTAKE_ADMITTED, .adviser = W_ADVISER, .nav = W_NAV, .self = W_TRAINEE, .mentor = W_MENTOR, .pair = DURING, .stands = true},
    {"the trainee whose mentor has not signed", ORG_A, INTAKE_ADMITTED, .adviser = W_ADVISER, .nav = W_NAV, .mentor = W_MENTOR_UNSIGNED,
     .pair = DURING},
    {"the trainee whose pair has ended", ORG_A, INTAKE_ADMITTED, .adviser = W_ADVISER, .nav = W_NAV, .self = W_DONE, .mentor = W_MENTOR_ENDED,
     .pair = AFTER},
    {"a colleague's trainee", ORG_A, INTAKE_ADMITTED, .adviser = W_ADVISER_TWO, .mentor = W_MENTOR_OTHER, .pair = DURING},
    {"the trainee handed over to the cooperating NAV office", ORG_A, INTAKE_ADMITTED, .was_adviser = W_ADVISER_TWO, .nav = W_NAV_COOP,
     .mentor = W_MENTOR_OTHER, .pair = DURING, .stands = true},
    {"the trainee whose adviser works in a cooperating office", ORG_A, INTAKE_ADMITTED, .adviser = W_ADVISER_COOP, .mentor = W_MENTOR_OTHER, .pair = DURING, .stands = true},
    {"the trainee whose NAV office cooperates no more", ORG_A, INTAKE_ADMITTED, .adviser = W_ADVISER_TWO, .nav = W_NAV_OVER,
     .mentor = W_MENTOR_OTHER, .pair = DURING},
    {"the protected trainee", ORG_A, INTAKE_ADMITTED, .protection = 1, .adviser = W_ADVISER_NAMED, .nav = W_NAV, .mentor = W_MENTOR_SECRET,
     .pair = DURING},
    {"the strictly protected trainee", ORG_A, INTAKE_ADMITTED, .protection = MX_STRICT, .adviser = W_ADVISER_NAMED, .nav = W_NAV, .self = W_SECRET,
     .mentor = W_MENTOR_SECRET, .pair = DURING, .named = W_ADVISER_NAMED},
    {"the other municipality's trainee", ORG_B, INTAKE_ADMITTED, .adviser = W_ADVISER_B, .self = W_TRAINEE_B, .mentor = W_MENTOR_B, .pair = DURING, .stands = true},
};

/* ---- the words */
static inline struct str mx_word(struct mx *w, char letter, char kind)
{
    /* Staff end otherwise than people, so that names in small letters (of files) are told apart too. */
    return arena_fmt(w->keep, "qzx%c%c%cq", letter, kind, letter <= 'Z' && letter >= 'A' ? 'y' : 'x');
}
#define WORD(kind) mx_word(w, p->letter, kind)

DB_EXEC(q_mx_close, 2, "UPDATE account SET disabled_at = $2 WHERE id = $1");
DB_EXEC(q_mx_name, 3, "UPDATE account SET name = $2, email = $3 WHERE id = $1");
DB_EXEC(q_mx_role_over, 2, "UPDATE account_role SET until_at = $2 WHERE account_id = $1");
DB_EXEC(q_mx_coop, 5, "INSERT INTO cooperation (organisation_id, partner_id, purpose, from_on, until_on, by_account, at) VALUES ($1, $2, 'x', $3, $4, 0, $5)");
DB_EXEC(q_mx_relation, 7,
        "INSERT INTO relation (organisation_id, participant_id, account_id, kind, from_on, until_on, by_account, at)"
        " VALUES ($1, $2, $3, $4, $5, $6, 0, $7)");

static inline void mx_actor_in(struct mx *w, enum mx_who k, struct mx_actor as)
{
    struct pt *t = &w->t;
    struct mx_actor *x = &w->who[k];
    *x = as;
    if (as.role == ROLE_NONE)
        return;
    struct role_row *roles;
    size_t n;
    struct pt at = *t;
    at.organisation_id = w->org[as.org];
    x->letter = (char)('A' + k);
    struct str name = as.role == ROLE_TRAINEE ? STR("x") : mx_word(w, x->letter, 'n');
    x->p = pt_add(&at, as.role, arena_fmt(w->keep, "who%d@example.no", (int)k).p, name.p);
    PT_MUST(role_of_account(t->db, t->a, x->p.account_id, t->now, &roles, &n));
    x->role_id = roles[0].id;
    struct session_row *sessions;
    PT_MUST(session_of_account(t->db, t->a, x->p.account_id, t->now, 0, &sessions, &n));
    x->session_id = sessions[0].id;
    if (as.closed)
        PT_MUST(db_run(t->db, &q_mx_close, NULL, DB_IN(x->p.account_id, t->now - 1000)));
    if (as.role_over)
        PT_MUST(db_run(t->db, &q_mx_role_over, NULL, DB_IN(x->p.account_id, t->now - 1000)));
    if (as.role == ROLE_MENTOR) {
        struct mentor_row m = {.organisation_id = w->org[as.org], .first_name = name, .last_name = STR("M"), .lang = STR("nb"), .capacity = 9,
                               .email = arena_fmt(w->keep, "qzx%ceyq@mentor.no", x->letter), .motivation = mx_word(w, x->letter, 'y'),
                               .job_title = STR("Farmasøyt"), .created_at = t->now, .updated_at = t->now};
        m.confidentiality_at = as.unsigned_ ? 0 : t->now;
        PT_MUST(mentor_insert(t->db, &m, &x->mentor_id));
        PT_MUST(mentor_set_account(t->db, x->mentor_id, x->p.account_id));
        if (as.unsigned_)
            pt_unsign(t, x->p);
    }
}

static inline int64_t mx_document(struct mx *w, int64_t org, int64_t owner, int64_t participant, const char *kind, struct str word)
{
    int64_t id;
    struct document_row d = {.organisation_id = org, .owner_account = owner, .participant_id = participant, .created_by = owner,
                             .created_at = w->t.now, .changed_by = owner, .changed_at = w->t.now, .kind = str_c(kind), .title = word};
    PT_MUST(document_insert(w->t.db, &d, &id));
    PT_MUST(document_text_put(w->t.db, id, word, word, 1, w->t.now + 1));
    return id;
}

/* Everybody who could ever have been in the circle is named, so that only the relation decides. */
static inline void mx_share(struct mx *w, struct mx_person *p, int may, int64_t document)
{
    for (enum mx_who k = W_ADMIN; k < W_N; k++) {
        struct document_share_row s = {.document_id = document, .account_id = w->who[k].p.account_id, .given_by = p->p.account_id,
                                       .given_at = w->t.now, .may = may};
        if (w->who[k].p.account_id != p->p.account_id && w->who[k].role != ROLE_TRAINEE)
            PT_MUST(document_share_put(w->t.db, &s));
    }
}

static inline void mx_documents(struct mx *w, struct mx_person *p)
{
    for (int i = 0; i < DOCS; i++) {
        p->document[i] = mx_document(w, w->org[p->org], p->p.account_id, p->participant, "free", mx_word(w, p->letter, (char)('0' + i)));
        if (i)
            mx_share(w, p, i, p->document[i]);
        struct document_comment_row c = {.document_id = p->document[i], .by_account = p->p.account_id, .at = w->t.now, .mark = STR(""),
                                         .text = mx_word(w, p->letter, (char)('0' + i))};
        PT_MUST(document_comment_insert(w->t.db, &c, &p->comment[i]));
        struct document_version_row v = {.document_id = p->document[i], .by_account = p->p.account_id, .at = w->t.now, .name = STR("v")};
        int64_t id;
        PT_MUST(document_version_insert(w->t.db, &v, &id));
    }
    p->ad = mx_document(w, w->org[p->org], p->p.account_id, p->participant, "ad", mx_word(w, p->letter, '3'));
    mx_share(w, p, DOCUMENT_WRITE, p->ad);
}

static inline int64_t mx_leader_of(const struct mx *w, const struct mx_person *p)
{
    return w->who[p->org == ORG_A ? W_LEADER : W_LEADER_B].p.account_id;
}

/* The way in: what is asked, said, judged and offered. */
static inline void mx_intake(struct mx *w, struct mx_person *p)
{
    struct pt *t = &w->t;
    int64_t by = mx_leader_of(w, p);
    struct event_row e = {.organisation_id = w->org[p->org], .at = t->now, .account_id = by, .role = STR("project_leader"),
                          .participant_id = p->participant, .kind = STR("intake.step"), .outcome = STR("recommend"), .reason = WORD('h')};
    struct assessment_row as = {.participant_id = p->participant, .criterion = 1, .verdict = 1, .note = WORD('c'), .by_account = by, .at = t->now};
    struct recommendation_row rec = {.participant_id = p->participant, .verdict = RECOMMEND_YES, .reason = WORD('m'), .by_account = by, .at = t->now};
    struct gap_row gap = {.participant_id = p->participant, .requirement = STR("x"), .gap = WORD('g'), .by_account = by, .at = t->now};
    struct gap_row *gaps;
    size_t n;
    int64_t event;
    PT_MUST(event_insert(t->db, &e, &event));
    PT_MUST(assessment_insert(t->db, &as));
    PT_MUST(recommendation_insert(t->db, &rec));
    PT_MUST(gap_insert(t->db, &gap));
    PT_MUST(gap_of(t->db, t->a, p->participant, &gaps, &n));
    p->gap = gaps[0].id;
    if (p->stage < INTAKE_APPLIED)
        return;
    int64_t application;
    struct application_row app = {.participant_id = p->participant, .created_at = t->now, .updated_at = t->now, .lang = STR("nb")};
    struct application_answer_row answer = {.question = 1, .text = WORD('a'), .at_version = 1};
    PT_MUST(application_insert(t->db, &app, &application));
    PT_MUST(application_answer_put(t->db, application, &answer));
    PT_MUST(application_of(t->db, t->a, p->participant, &app));
    app.status = APPLICATION_SENT;
    app.submitted_at = t->now;
    PT_MUST(application_update(t->db, &app));
    struct interview_row in = {.participant_id = p->participant, .interviewer_id = by, .at = t->now + TM_DAY_MS, .minutes = 60,
                               .place = WORD('k'), .status = p->stage == INTAKE_INTERVIEW_PLANNED ? INTERVIEW_PLANNED : INTERVIEW_HELD, .created_at = t->now};
    PT_MUST(interview_insert(t->db, &in, &p->interview));
    struct interview_question_row question = {.interview_id = p->interview, .text = WORD('i')};
    PT_MUST(interview_question_insert(t->db, &question, &p->question));
    if (p->stage == INTAKE_OFFERED) {
        struct offer_row o = {.participant_id = p->participant, .cohort_id = w->cohort[p->org], .by_account = by, .at = t->now,
                              .answer_by_on = tm_on_of(t->now) + 9, .over_seats_reason = WORD('o')};
        PT_MUST(offer_insert(t->db, &o, &p->offer));
    }
}

static inline int64_t mx_meeting(struct mx *w, struct mx_person *p, int64_t at, int held_on)
{
    int64_t id;
    struct meeting_row m = {.mentorship_id = p->mentorship, .at = at, .theme = 1, .minutes = 60, .place = WORD('x'), .created_by = p->p.account_id,
                            .created_at = w->t.now, .held_on = held_on, .status = held_on ? MEETING_HELD : MEETING_PLANNED};
    PT_MUST(meeting_insert(w->t.db, &m, &id));
    if (held_on) {
        m.id = id;
        m.version = 1;
        PT_MUST(meeting_update(w->t.db, &m));
    }
    return id;
}

static inline void mx_pair(struct mx *w, struct mx_person *p)
{
    struct pt *t = &w->t;
    struct mentorship_row s = {.organisation_id = w->org[p->org], .match_id = p->match_id, .trainee_id = p->trainee,
                               .mentor_id = w->who[p->mentor].mentor_id, .started_at = t->now - 40LL * TM_DAY_MS};
    PT_MUST(mentorship_insert(t->db, &s, &p->mentorship));
    int today = tm_on_of(t->now);
    PT_MUST(mentorship_get(t->db, t->a, p->mentorship, &s));
    s.first_meeting_on = today - 30;
    if (p->pair == AFTER) {
        s.status = MENTORSHIP_ENDED;
        s.ended_on = today - 1;
        s.end_reason = WORD('z');
    }
    PT_MUST(mentorship_update(t->db, &s));
    p->held = mx_meeting(w, p, t->now - 30LL * TM_DAY_MS, today - 30);
    p->past = mx_meeting(w, p, t->now - 2LL * TM_DAY_MS, 0);
    p->planned = mx_meeting(w, p, t->now + 5LL * TM_DAY_MS, 0);
    struct minutes_row minutes = {.meeting_id = p->held, .by_account = p->p.account_id, .written_at = t->now, .talked = WORD('u')};
    PT_MUST(minutes_insert(t->db, &minutes));
    struct evaluation_row ev = {.mentorship_id = p->mentorship, .by_account = mx_leader_of(w, p), .at = t->now, .kind = EVALUATION_MIDWAY,
                                .held_on = today - 3, .go_on = EVALUATION_GO_ON, .goals = WORD('v')};
    int64_t evaluation;
    PT_MUST(evaluation_insert(t->db, &ev, &evaluation));
}

static inline void mx_matching(struct mx *w, struct mx_person *p)
{
    struct pt *t = &w->t;
    struct match_row m = {.organisation_id = w->org[p->org], .trainee_id = p->trainee, .mentor_id = w->who[p->mentor].mentor_id, .points = 800,
                          .by_account = mx_leader_of(w, p), .at = t->now - 50LL * TM_DAY_MS};
    PT_MUST(match_insert(t->db, &m, &p->match_id));
    PT_MUST(match_get(t->db, t->a, p->match_id, &m));
    m.status = p->pair ? MATCH_RUNNING : p->match == BEFORE ? MATCH_PROPOSED : p->match == DURING ? MATCH_ASKED : MATCH_ACCEPTED;
    if (m.status != MATCH_PROPOSED) {
        m.meeting_at = t->now - 9LL * TM_DAY_MS;
        m.meeting_place = WORD('X');
        m.meeting_held_on = tm_on_of(t->now) - 9;
        m.asked_at = t->now - 2LL * TM_DAY_MS;
    }
    if (m.status == MATCH_ACCEPTED || m.status == MATCH_RUNNING) {
        m.trainee_answer = m.mentor_answer = MATCH_YES;
        m.trainee_answer_at = m.mentor_answer_at = t->now - TM_DAY_MS;
        m.trainee_comment = WORD('l');
        m.mentor_comment = WORD('q');
    }
    PT_MUST(match_update(t->db, &m));
    if (m.status == MATCH_ACCEPTED || m.status == MATCH_RUNNING) {
        p->hash = secret_hash_hex(w->keep, WORD('f'));
        struct agreement_row g = {.match_id = p->match_id, .created_at = t->now, .updated_at = t->now, .text_hash = p->hash,
                                  .text = arena_fmt(w->keep, "## Avtale om noe\n\n%.*s og mer tekst til", STR_FMT(WORD('f')))};
        PT_MUST(agreement_insert(t->db, &g, &p->agreement));
    }
    if (p->pair)
        mx_pair(w, p);
}

static inline void mx_trainee(struct mx *w, struct mx_person *p)
{
    struct pt *t = &w->t;
    int today = tm_on_of(t->now);
    int64_t by = mx_leader_of(w, p);
    struct trainee_row tr = {.organisation_id = w->org[p->org], .participant_id = p->participant, .cohort_id = w->cohort[p->org],
                             .admitted_at = t->now - 60LL * TM_DAY_MS};
    PT_MUST(trainee_insert(t->db, &tr, &p->trainee));
    PT_MUST(trainee_get(t->db, t->a, p->trainee, &tr));
    tr.motivation = WORD('w');
    tr.wish_text = WORD('W');
    PT_MUST(trainee_set_preparation(t->db, &tr));
    struct task_row task = {.organisation_id = w->org[p->org], .trainee_id = p->trainee, .owner = TASK_TRAINEE, .text = WORD('t'),
                            .due_on = today + 3, .by_account = p->p.account_id, .at = t->now};
    PT_MUST(task_insert(t->db, &task, &p->task));
    struct leave_row lv = {.trainee_id = p->trainee, .by_account = by, .at = t->now, .kind = LEAVE_OTHER, .from_on = today - 20, .returned_on = today - 10};
    PT_MUST(leave_insert(t->db, &lv, &p->leave));
    struct outcome_row o = {.trainee_id = p->trainee, .by_account = by, .at = t->now, .kind = OUTCOME_JOB, .from_on = today - 5, .employer = WORD('j'),
                            .percent = 50, .permanent = TEMPORARY, .field_relevant = RELEVANT_YES};
    PT_MUST(outcome_insert(t->db, &o, &p->outcome));
    struct internship_row in = {.trainee_id = p->trainee, .by_account = by, .at = t->now, .business = WORD('b'), .from_on = today - 25, .percent = 50,
                                .field_relevant = RELEVANT_YES};
    PT_MUST(internship_insert(t->db, &in, &p->internship));
    if (p->mentor)
        mx_matching(w, p);
}

static inline void mx_person_in(struct mx *w, struct mx_person as)
{
    struct pt *t = &w->t;
    struct mx_person *p = &w->person[w->n_person];
    *p = as;
    p->letter = (char)('a' + (int)w->n_person++);
    int64_t org = w->org[p->org];
    int today = tm_on_of(t->now);
    if (p->self)
        p->p = w->who[p->self].p;
    else if (p->stage != INTAKE_LISTED) {
        struct pt at = *t;
        at.organisation_id = org;
        p->p = pt_add(&at, ROLE_TRAINEE, arena_fmt(w->keep, "person-%c@example.no", p->letter).p, "x");
    }
    struct participant_row row = {.organisation_id = org, .reference = WORD('r'), .first_name = WORD('n'), .last_name = STR("Z"),
                                  .email = arena_fmt(w->keep, "qzx%cexq@deltaker.no", p->letter), .lang = STR("nb"), .stage = p->stage,
                                  .stage_at = t->now, .experience_years = 5, .adviser_id = w->who[p->adviser].p.account_id,
                                  .nav_contact_id = w->who[p->nav].p.account_id, .address_protection = p->protection, .created_at = t->now,
                                  .updated_at = t->now};
    PT_MUST(participant_insert(t->db, t->a, &row, &p->participant));
    if (p->p.account_id) {
        PT_MUST(participant_set_account(t->db, p->participant, p->p.account_id));
        PT_MUST(db_run(t->db, &q_mx_name, NULL, DB_IN(p->p.account_id, WORD('N'), arena_fmt(w->keep, "qzx%cExq@konto.no", p->letter))));
    }
    if (p->self)
        w->who[p->self].participant_id = p->participant;
    if (p->named)
        PT_MUST(db_run(t->db, &q_mx_relation, NULL,
                       DB_IN(org, p->participant, w->who[p->named].p.account_id, STR("named"), today - 9, 0, t->now)));
    if (p->named) {
        struct relation_row *rows;
        size_t n;
        PT_MUST(relation_named_for(t->db, t->a, p->participant, today, &rows, &n));
        p->named_id = rows[0].id;
    }
    if (p->was_adviser)
        PT_MUST(db_run(t->db, &q_mx_relation, NULL,
                       DB_IN(org, p->participant, w->who[p->was_adviser].p.account_id, STR("adviser"), today - 90, today - 1, t->now)));
    struct rights_request_row ask = {.organisation_id = org, .participant_id = p->participant, .account_id = p->p.account_id, .kind = STR("correction"),
                                     .text = WORD('R'), .at = t->now};
    if (p->p.account_id)
        PT_MUST(rights_request_insert(t->db, &ask, &p->request));
    mx_intake(w, p);
    if (p->stage == INTAKE_ADMITTED)
        mx_trainee(w, p);
    if (p->p.account_id)
        mx_documents(w, p);
}

static inline void mx_house(struct mx *w)
{
    struct pt *t = &w->t;
    static const char *const name[ORG_N] = {[ORG_B] = "Nabokommunen", [ORG_NAV] = "NAV her", [ORG_NAV_OVER] = "NAV der"};
    int today = tm_on_of(t->now);
    w->org[ORG_A] = t->organisation_id;
    for (enum mx_org o = ORG_B; o < ORG_N; o++) {
        struct organisation_row row = {.name = str_c(name[o]), .kind = o == ORG_B ? STR("municipality") : STR("nav"), .created_at = t->now};
        PT_MUST(organisation_insert(t->db, &row, &w->org[o]));
    }
    PT_MUST(db_run(t->db, &q_mx_coop, NULL, DB_IN(w->org[ORG_A], w->org[ORG_NAV], today - 100, 0, t->now)));
    PT_MUST(db_run(t->db, &q_mx_coop, NULL, DB_IN(w->org[ORG_A], w->org[ORG_NAV_OVER], today - 100, today - 1, t->now)));
    for (enum mx_org o = ORG_A; o <= ORG_B; o++) {
        struct cohort_row c = {.organisation_id = w->org[o], .name = o == ORG_A ? STR("qzxAcxq") : STR("qzxBcxq"), .start_on = today - 60, .seats = 20,
                               .created_at = t->now};
        PT_MUST(cohort_insert(t->db, &c, &w->cohort[o]));
    }
}

/* What the organisation itself has: a mail, a template, an import under way and one that is done. */
static inline void mx_things(struct mx *w)
{
    struct pt *t = &w->t;
    int64_t by = w->who[W_LEADER].p.account_id;
    struct import_draft_row d = {.organisation_id = w->org[ORG_A], .account_id = by, .at = t->now, .filename = STR("x.csv"),
                                 .text = STR("Referanse;Fornavn;Etternavn\n1;Qzx;Y\n"), .mapping = STR("")};
    PT_MUST(import_draft_insert(t->db, &d, &w->draft));
    struct import_run_row r = {.organisation_id = w->org[ORG_A], .by_account = by, .at = t->now, .kind = STR("participants"), .rows = 1, .created = 1};
    PT_MUST(import_run_insert(t->db, &r, &w->run));
    struct document_template_row tp = {.organisation_id = w->org[ORG_A], .changed_by = by, .changed_at = t->now, .kind = STR("cv"), .lang = STR("nb"),
                                       .title = STR("Mal"), .text = STR("En mal med tekst")};
    PT_MUST(document_template_insert(t->db, &tp, &w->template));
    struct outbox_row m = {.organisation_id = w->org[ORG_A], .kind = STR("interview.planned"), .to_email = STR("x@example.no"), .to_name = STR("x"),
                           .lang = STR("nb"), .subject = STR("Nytt"), .body = STR("Logg inn"), .calendar = STR("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"),
                           .calendar_method = STR("REQUEST"), .created_at = t->now, .due_at = t->now};
    PT_MUST(outbox_insert(t->db, &m));
    w->mail = md_mail(t).id;
}

static inline void mx_start(struct mx *w)
{
    *w = (struct mx){.t = pt_start(), .keep = arena_new((size_t)1 << 28)};
    w->t.now = tm_at(tm_on(2027, 3, 10), 10, 0);
    mx_house(w);
    for (enum mx_who k = 0; k < W_N; k++)
        mx_actor_in(w, k, mx_actors[k]);
    for (size_t i = 0; i < COUNT(mx_people); i++)
        mx_person_in(w, mx_people[i]);
    for (enum mx_who k = W_ADMIN; k < W_N; k++)
        w->who[k].own_document = mx_document(w, w->org[w->who[k].org], w->who[k].p.account_id, w->who[k].participant_id, "free", STR("Mitt eget"));
    mx_things(w);
    w->first = w->t.a; /* keeps what was made so far */
    w->t.a = arena_new((size_t)1 << 30);
}
