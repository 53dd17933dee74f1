#include "model/person.h"
#include "model/log_read.h"

/* $1 participant, $2 account, $3 mentor; -1 where there is none. */
#define ALL3 " AND CAST($1 AS BIGINT) + CAST($2 AS BIGINT) + CAST($3 AS BIGINT) > -9"
#define TRAINEE_OF "(SELECT tr.id FROM trainee tr WHERE tr.participant_id = $1)"
/* Who stands on either side: one database looks up an OR over a list in an index, the other does not. */
#define ON_SIDE(t) "(SELECT x1.id FROM " t " x1 WHERE x1.mentor_id = $3 UNION ALL SELECT x2.id FROM " t " x2 WHERE x2.trainee_id IN " TRAINEE_OF ")"
#define MATCH_OF ON_SIDE("match")
#define PAIR_OF ON_SIDE("mentorship")
#define OWN_PAIR_OF "(SELECT mp.id FROM mentorship mp WHERE mp.trainee_id IN " TRAINEE_OF ")"
#define DOCUMENT_OF "(SELECT dc.id FROM document dc WHERE (dc.participant_id = $1 AND dc.participant_id > 0) OR dc.owner_account = $2)"
#define EMAIL_OF                                                                                   \
    "(SELECT p.email FROM participant p WHERE p.id = $1 AND p.email <> '' UNION ALL SELECT m.email FROM mentor m WHERE m.id = $3 AND m.email <> ''" \
    " UNION ALL SELECT a.email FROM account a WHERE a.id = $2)"

/* Which rows of a table are about the person. Where those that are given out and those that are erased differ, GONE_ says the latter. */
#define OF_participant "id = $1"
#define OF_participant_word "participant_id = $1"
#define OF_criterion_assessment "participant_id = $1"
#define OF_recommendation "participant_id = $1"
#define OF_competence_gap "participant_id = $1"
#define OF_application_answer "application_id IN (SELECT ap.id FROM application ap WHERE ap.participant_id = $1)"
#define OF_application "participant_id = $1"
#define OF_interview_question "interview_id IN (SELECT iv.id FROM interview iv WHERE iv.participant_id = $1)"
#define OF_interview "participant_id = $1"
#define OF_offer "participant_id = $1"
#define OF_trainee "participant_id = $1"
#define EITHER(t) "id IN " ON_SIDE(t)
#define OF_match_wish EITHER("match_wish")
#define OF_match EITHER("match")
#define OF_agreement "match_id IN " MATCH_OF
#define OF_agreement_signature "account_id = $2"
#define GONE_agreement_signature "agreement_id IN (SELECT ag.id FROM agreement ag WHERE ag.match_id IN " MATCH_OF ")"
#define OF_mentorship EITHER("mentorship")
#define OF_meeting "mentorship_id IN " PAIR_OF
#define GONE_meeting "mentorship_id IN " OWN_PAIR_OF
#define OF_minutes "meeting_id IN (SELECT me.id FROM meeting me WHERE me.mentorship_id IN " OWN_PAIR_OF ")"
#define OF_task "trainee_id IN " TRAINEE_OF
#define OF_evaluation "mentorship_id IN " OWN_PAIR_OF
#define OF_leave "trainee_id IN " TRAINEE_OF
#define OF_self_assessment "trainee_id IN " TRAINEE_OF
#define OF_internship "trainee_id IN " TRAINEE_OF
#define OF_outcome "trainee_id IN " TRAINEE_OF
#define OF_mentor "id = $3"
#define OF_document "((participant_id = $1 AND participant_id > 0) OR owner_account = $2)"
#define OF_document_share "document_id IN " DOCUMENT_OF
#define OF_document_visit "account_id = $2"
#define OF_document_ad "document_id IN " DOCUMENT_OF
#define OF_document_comment "by_account = $2"
#define GONE_document_comment "document_id IN " DOCUMENT_OF
#define OF_document_digest "account_id = $2"
#define OF_document_version "document_id IN " DOCUMENT_OF
#define OF_document_text "document_id IN " DOCUMENT_OF
#define OF_document_log "document_id IN " DOCUMENT_OF
#define OF_document_snap "document_id IN " DOCUMENT_OF
#define OF_account "id = $2"
#define OF_account_role "account_id = $2"
#define OF_session "account_id = $2"
#define OF_known_device "account_id = $2"
#define OF_link                                                                                    \
    "id IN (SELECT x1.id FROM link x1 WHERE x1.email IN " EMAIL_OF                                 \
    " UNION ALL SELECT x2.id FROM link x2 WHERE x2.kind = 'invite_participant' AND x2.subject_id = $1" \
    " UNION ALL SELECT x3.id FROM link x3 WHERE x3.kind = 'invite_mentor' AND x3.subject_id = $3"  \
    " UNION ALL SELECT x4.id FROM link x4 WHERE x4.kind = 'new_password' AND x4.subject_id = $2)"
#define OF_form_once "account_id = $2"
#define OF_access_token "account_id = $2"
#define OF_totp "account_id = $2"
#define OF_recovery_code "account_id = $2"
#define OF_login_step "account_id = $2"
#define OF_login_link "account_id = $2"
#define OF_login_code "account_id = $2"
#define OF_oidc_login "account_id = $2"
#define OF_identity "account_id = $2"
#define OF_oidc_session "session_id IN (SELECT se.id FROM session se WHERE se.account_id = $2)"
#define OF_confidentiality "account_id = $2"
#define OF_outbox "to_email IN " EMAIL_OF
/* What the account did is found by the log: an event has its line there. */
#define EVENT_OF                                                                                   \
    "SELECT e1.id FROM event e1 WHERE e1.participant_id = $1"                                      \
    " UNION ALL SELECT ll.event_id FROM log_line ll WHERE ll.account_id = $2 AND ll.event_id > 0 AND ($1 > 0 OR $3 > 0)" \
    " UNION ALL SELECT e2.id FROM event e2 WHERE e2.participant_id = 0 AND e2.subject_id = $3 AND e2.kind LIKE 'mentor.%'" \
    " UNION ALL SELECT e3.id FROM event e3 WHERE e3.participant_id = 0 AND e3.subject_id = $2 AND e3.kind LIKE 'user.%'"
#define OF_event "id IN (" EVENT_OF ")"
/* Also why a leader pinned or forbade a pair: for leaders only, so it is not given out. */
#define GONE_event                                                                                 \
    "id IN (" EVENT_OF " UNION ALL SELECT e4.id FROM event e4 WHERE e4.participant_id = 0 AND e4.kind LIKE 'matching.%' AND e4.subject_id IN" \
    " (SELECT tr.id FROM trainee tr WHERE tr.participant_id = $1 UNION ALL SELECT wi.trainee_id FROM match_wish wi WHERE wi.mentor_id = $3" \
    "  UNION ALL SELECT ma.trainee_id FROM match ma WHERE ma.mentor_id = $3))"
/* Not one's own refusals: who asks for somebody hidden and for nobody must not find a difference afterwards. */
#define OF_log_line                                                                                \
    "(participant_id = $1 OR (account_id = $2 AND participant_id = 0 AND act <> 'refused') OR (" LOG_ABOUT_MENTOR("$3") "))"
/* For the same reason not a day of refusals only: it stands with the organisation whose person was asked for. */
#define OF_log_day "account_id = $2 AND (persons > 0 OR night > 0)"
#define OF_relation "participant_id = $1"
#define OF_handover "participant_id = $1"
#define OF_consent "account_id = $2"
#define OF_rights_request "(account_id = $2 OR participant_id = $1)"
#define OF_erasure "((participant_id = $1 AND participant_id > 0) OR (account_id = $2 AND account_id > 0))"

/* ---- reading */

#define PICK_TEXT(c) #c
#define PICK_CODE(c) #c
#define PICK_NUMBER(c) "CAST(" #c " AS TEXT)"
#define PICK_DAY(c) "CAST(" #c " AS TEXT)"
#define PICK_AT(c) "CAST(" #c " AS TEXT)"
#define PICK_WHO(c) "CASE WHEN COALESCE(" #c ", 0) = 0 THEN '' WHEN " #c " = $2 THEN 'self' ELSE 'other' END"
#define PICK_KEY(c) "''"
#define PICK_INNER(c) "''"
#define PICK_BYTES(c) "''"
#define PICK_TRAINEE(c) "CASE WHEN $1 > 0 THEN " #c " ELSE '' END"
#define PICK_MENTOR(c) "CASE WHEN $3 > 0 THEN " #c " ELSE '' END"
#define PICK_TRAINEENUM(c) "CASE WHEN $1 > 0 THEN CAST(" #c " AS TEXT) ELSE '' END"
#define PICK_MENTORNUM(c) "CASE WHEN $3 > 0 THEN CAST(" #c " AS TEXT) ELSE '' END"
/* Where somebody was to be met tells where they are: a mentor has it no longer than the match (5: one said no) or the pair, and never in a file when the
 * trainee's address is protected (protection_leaves). */
#define RUNNING_PAIR(is) "EXISTS (SELECT 1 FROM mentorship rp WHERE rp." is " AND rp.status = 0)"
#define OPEN_TRAINEE(of) \
    "NOT EXISTS (SELECT 1 FROM trainee ot JOIN participant op ON op.id = ot.participant_id WHERE ot.id = " of " AND op.address_protection > 0)"
#define PICK_MATCHPLACE(c) \
    "CASE WHEN $1 > 0 OR ((status < 5 OR " RUNNING_PAIR("match_id = match.id") ") AND " OPEN_TRAINEE("match.trainee_id") ") THEN " #c " ELSE '' END"
#define PICK_PAIRPLACE(c)                                                                          \
    "CASE WHEN $1 > 0 OR (" RUNNING_PAIR("id = meeting.mentorship_id") " AND "                     \
    OPEN_TRAINEE("(SELECT om.trainee_id FROM mentorship om WHERE om.id = meeting.mentorship_id)") ") THEN " #c " ELSE '' END"
/* Why a leader took a proposal back is said to leaders only (the page promises it). */
#define PICK_REASON(c) "CASE WHEN kind = 'match.taken_back' THEN '' ELSE " #c " END"
#define PICK(t, c, k, s, f, l) PICK_##s(c) " AS " #c ", "
#define MEMBER(t, c, k, s, f, l) struct str c;
#define COLUMN(t, c, k, s, f, l) DB_COL(struct cells_##t, c),
#define READ(t)                                                                                    \
    struct cells_##t {                                                                             \
        REGISTER_##t(MEMBER, t) struct str tail_;                                                  \
    };                                                                                             \
    DB_QUERY(q_person_##t, struct cells_##t, 3, "SELECT " REGISTER_##t(PICK, t) "'' AS tail_ FROM " #t " WHERE " OF_##t ALL3, \
             REGISTER_##t(COLUMN, t) DB_COL(struct cells_##t, tail_));

#define READ_ROWS(t) READ(t)
#define READ_TEXTS(t) READ(t)
#define READ_STAY(t) READ(t)
#define READ_SPECIAL(t)
#define X(t, k, rows, title) READ_##rows(t)
REGISTER_TABLES(X)
#undef X

#define AT_ROWS(t) &q_person_##t
#define AT_TEXTS(t) &q_person_##t
#define AT_STAY(t) &q_person_##t
#define AT_SPECIAL(t) NULL
static const struct db_query *const reading[REG_N] = {
#define X(t, k, rows, title) [REG_##t] = AT_##rows(t),
    REGISTER_TABLES(X)
#undef X
};

struct each {
    person_row_fn *fn;
    void *arg;
};
static enum err each_row(void *arg, const void *row)
{
    const struct each *e = arg;
    return e->fn(e->arg, row);
}

enum err person_rows(struct db *db, struct arena *a, const struct person_ids *p, enum register_id table, person_row_fn *fn, void *arg)
{
    struct each e = {fn, arg};
    if (!reading[table])
        return ERR_NOT_FOUND;
    return db_each(db, a, reading[table], each_row, &e, DB_IN(p->participant_id, p->account_id, p->mentor_id));
}

/* ---- taking away */

#define WIPE_KEEP(c)
#define WIPE_EMPTY(c) #c " = '', "
#define WIPE_ZERO(c) #c " = 0, "
#define WIPE_MINUS(c) #c " = -1, "
#define WIPE_NULLED(c) #c " = NULL, "
#define WIPE_FIRST(c) #c " = '" ERASED_FIRST "', "
#define WIPE_LAST(c) #c " = 'person', "
#define WIPE_LASTMENTOR(c) #c " = 'mentor', "
#define WIPE_NUMBERED(c) #c " = 'slettet-' || CAST(id AS TEXT), "
#define WIPE_SORT(c) #c " = '" ERASED_SORT "', "
#define WIPE_MAIL(c) #c " = 'slettet-' || CAST(id AS TEXT) || '@slettet.invalid', "
#define WIPE_USER(c) #c " = 'Slettet bruker', "
#define WIPE(t, c, k, s, f, l) WIPE_##f(c)

#define DROP(t, which) DB_EXEC(q_drop_##t, 3, "DELETE FROM " #t " WHERE " which ALL3)
#define TEXTS(t, which) DB_EXEC(q_wipe_##t, 3, "UPDATE " #t " SET " REGISTER_##t(WIPE, t) "id = id WHERE " which ALL3)

DROP(participant_word, OF_participant_word);
DROP(criterion_assessment, OF_criterion_assessment);
DROP(recommendation, OF_recommendation);
DROP(competence_gap, OF_competence_gap);
DROP(application_answer, OF_application_answer);
DROP(interview_question, OF_interview_question);
DROP(match_wish, OF_match_wish);
DROP(minutes, OF_minutes);
DROP(task, OF_task);
DROP(self_assessment, OF_self_assessment);
DROP(document_share, OF_document_share);
DROP(document_visit, "document_id IN " DOCUMENT_OF);
DB_EXEC(q_drop_shared, 3, "DELETE FROM document_share WHERE account_id = $2" ALL3);
DB_EXEC(q_drop_visited, 3, "DELETE FROM document_visit WHERE account_id = $2" ALL3);
DROP(document_ad, OF_document_ad);
DROP(document_comment, GONE_document_comment);
DROP(document_digest, OF_document_digest);
DROP(document_version, OF_document_version);
DROP(document_text, OF_document_text);
DROP(document_log, OF_document_log);
DROP(document_snap, OF_document_snap);
DROP(document, OF_document);
DROP(oidc_session, OF_oidc_session);
DROP(session, OF_session);
DROP(known_device, OF_known_device);
DROP(link, OF_link);
DROP(form_once, OF_form_once);
DROP(access_token, OF_access_token);
DROP(totp, OF_totp);
DROP(recovery_code, OF_recovery_code);
DROP(login_step, OF_login_step);
DROP(login_link, OF_login_link);
DROP(login_code, OF_login_code);
DROP(oidc_login, OF_oidc_login);
DROP(identity, OF_identity);
DROP(outbox, OF_outbox);
TEXTS(application, OF_application);
TEXTS(interview, OF_interview);
TEXTS(offer, OF_offer);
TEXTS(trainee, OF_trainee);
TEXTS(match, OF_match);
TEXTS(agreement, OF_agreement);
TEXTS(agreement_signature, GONE_agreement_signature);
TEXTS(mentorship, OF_mentorship);
TEXTS(meeting, GONE_meeting);
TEXTS(evaluation, OF_evaluation);
DROP(leave, OF_leave);
TEXTS(internship, OF_internship);
TEXTS(outcome, OF_outcome);
TEXTS(event, GONE_event);
TEXTS(relation, OF_relation);
TEXTS(handover, OF_handover);
TEXTS(rights_request, OF_rights_request);
TEXTS(participant, OF_participant);
TEXTS(mentor, OF_mentor);
TEXTS(account, OF_account);
TEXTS(account_role, OF_account_role);
/* What the person said in other people's documents is taken back, as the person could have done; what the person wrote in their text stays. */
DB_EXEC(q_wipe_document_comment, 3,
        "UPDATE document_comment SET text = '', quote = '', deleted_at = CASE WHEN deleted_at > 0 THEN deleted_at ELSE at END WHERE by_account = $2" ALL3);

static enum err run_all(struct db *db, const struct person_ids *p, const struct db_query *const *q, size_t n)
{
    for (size_t i = 0; i < n; i++)
        TRY(db_run(db, q[i], NULL, DB_IN(p->participant_id, p->account_id, p->mentor_id)));
    return OK;
}

/* Nobody waits for who is gone: a place in a cohort, or a match that has not become a mentorship (5: declined, 6: taken back). */
DB_EXEC(q_end_trainee, 4, "UPDATE trainee SET status = 3, ended_on = $4 WHERE status IN (0, 2) AND " OF_trainee ALL3);
DB_EXEC(q_end_match, 3, "UPDATE match SET status = 6 WHERE status < 5 AND " OF_match ALL3);
static enum err nobody_waits(struct db *db, const struct person_ids *p, int today)
{
    TRY(db_run(db, &q_end_trainee, NULL, DB_IN(p->participant_id, p->account_id, p->mentor_id, today)));
    return db_run(db, &q_end_match, NULL, DB_IN(p->participant_id, p->account_id, p->mentor_id));
}

enum err person_wipe(struct db *db, const struct person_ids *p, int today)
{
    static const struct db_query *const all[] = {
        &q_wipe_event, /* first: it asks who was wished for whom */
        &q_drop_participant_word, &q_drop_criterion_assessment, &q_drop_recommendation, &q_drop_competence_gap, &q_drop_application_answer,
        &q_drop_interview_question, &q_drop_match_wish, &q_drop_leave, &q_drop_minutes, &q_drop_task, &q_drop_self_assessment, &q_drop_document_share, &q_drop_shared, &q_drop_visited,
        &q_drop_document_visit, &q_drop_document_ad, &q_drop_document_comment, &q_drop_document_digest, &q_drop_document_version,
        &q_drop_document_text, &q_drop_document_log, &q_drop_document_snap, &q_drop_document, &q_wipe_document_comment, &q_drop_link,
        &q_drop_outbox, &q_wipe_application, &q_wipe_interview, &q_wipe_offer, &q_wipe_trainee, &q_wipe_match, &q_wipe_agreement,
        &q_wipe_agreement_signature, &q_wipe_mentorship, &q_wipe_meeting, &q_wipe_evaluation, &q_wipe_internship,
        &q_wipe_outcome, &q_wipe_relation, &q_wipe_handover, &q_wipe_rights_request, &q_wipe_participant, &q_wipe_mentor,
    };
    TRY(nobody_waits(db, p, today));
    return run_all(db, p, all, COUNT(all));
}

DROP(interview, OF_interview);
DROP(application, OF_application);
DROP(offer, OF_offer);
DROP(relation, OF_relation);
DROP(handover, OF_handover);
DROP(participant, OF_participant);
enum err person_remove_participant(struct db *db, const struct person_ids *p)
{
    static const struct db_query *const all[] = {&q_drop_interview, &q_drop_application, &q_drop_offer, &q_drop_relation, &q_drop_handover, &q_drop_participant};
    return run_all(db, p, all, COUNT(all));
}

DB_EXEC(q_unrecommend, 3, "UPDATE mentor SET recommended_by = NULL WHERE recommended_by = $3" ALL3);
DROP(mentor, OF_mentor);
enum err person_remove_mentor(struct db *db, const struct person_ids *p)
{
    static const struct db_query *const all[] = {&q_unrecommend, &q_drop_mentor};
    return run_all(db, p, all, COUNT(all));
}

DB_EXEC(q_close_account, 2, "UPDATE account SET disabled_at = CASE WHEN disabled_at > 0 THEN disabled_at ELSE $2 END, version = version + 1 WHERE id = $1");
DB_EXEC(q_end_roles, 2, "UPDATE account_role SET until_at = $2 WHERE account_id = $1 AND (until_at = 0 OR until_at > $2)");
enum err person_wipe_account(struct db *db, const struct person_ids *p, int64_t now)
{
    static const struct db_query *const all[] = {
        &q_drop_oidc_session, &q_drop_session, &q_drop_known_device, &q_drop_form_once, &q_drop_access_token, &q_drop_totp, &q_drop_recovery_code,
        &q_drop_login_step, &q_drop_login_link, &q_drop_login_code, &q_drop_oidc_login, &q_drop_identity, &q_wipe_account, &q_wipe_account_role,
    };
    TRY(run_all(db, p, all, COUNT(all)));
    TRY(db_run(db, &q_close_account, NULL, DB_IN(p->account_id, now)));
    return db_run(db, &q_end_roles, NULL, DB_IN(p->account_id, now));
}
